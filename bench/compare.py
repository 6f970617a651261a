"""Comparison of plans: time for two plans of 500 tasks, F1 on made pairs by class, and weights tried out.

    python -m bench.compare [--calibrate]

Times are CPU seconds (a busy machine tells the same) of a process that has imported everything but has seen
no content; the second figure is with the words of the contents known. Weights are tried on other seeds than
those that are measured.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterable, Mapping
from dataclasses import replace

from rich.console import Console
from rich.table import Table

from pipeline.comparison import compare_tasks
from pipeline.comparison.likeness import WEIGHTS, Weights
from pipeline.comparison.model import CLASSES
from tests.pairs.making import MIXED, SIMPLE, Pair, make_pair
from tests.pairs.scoring import Tally, measured
from tests.pairs.written import written_pairs

LIMIT = 2.0  # seconds for two plans of 500 tasks
F1_LIMIT = 0.97
MEASURED, TRIED = range(20), range(1000, 1012)
# What is tried of each weight, the others as they are.
STEPS: Mapping[str, tuple[float, ...]] = {
    "time": (0.1, 0.15, 0.2),
    "bodies": (0.04, 0.08, 0.12),
    "marks": (0.08, 0.12, 0.18),
    "heading": (0.0, 0.03, 0.06),
    "repeated": (1.0, 2.0, 3.0),
    "letters": (0.4, 0.6, 0.8),
    "rarity": (0.5, 0.7, 1.0),
    "threshold": (0.4, 0.45, 0.5, 0.55),
    "content": (0.3, 0.35, 0.4),
    "sure": (0.85, 0.9, 1.0),
    "inside": (0.5, 0.6, 0.7),
    "covered": (0.65, 0.7, 0.75),
    "own": (0.05, 0.1, 0.15),
    "gain": (0.03, 0.05, 0.08),
}


def corpora(seeds: Iterable[int]) -> dict[str, list[Pair]]:
    """Pairs by how hard they are."""
    seeds = list(seeds)
    return {
        "one edit a task": [make_pair(seed, edits=SIMPLE) for seed in seeds],
        "several edits a task": [make_pair(seed, edits=MIXED) for seed in seeds],
        "much repeated": [make_pair(seed, 15, edits=MIXED, series=8) for seed in seeds],
        "much alike": [make_pair(seed, 130, edits=MIXED) for seed in seeds[:6]],
    }


def report_f1(out: Console) -> None:
    table = Table("F1", "all", *CLASSES, box=None)
    named = {**corpora(MEASURED), "written by hand": list(written_pairs().values())}
    for name, pairs in named.items():
        tally = measured(pairs)
        table.add_row(name, f"{tally.f1():.3f}", *(_f1(tally, kind) for kind in CLASSES))
    out.print(table)
    out.print(f"(limit {F1_LIMIT})\n")


def _f1(tally: Tally, kind: str) -> str:
    there = tally.right[kind] + tally.wrong[kind] + tally.missed[kind]
    return f"{tally.f1(kind):.3f}" if there else "–"


def report_time(out: Console) -> None:
    _seconds(make_pair(1, 2, edits=MIXED))  # imports and models are no part of the time
    pair = make_pair(2, 490, edits=MIXED)
    seconds = [_seconds(pair) for _ in range(2)]
    out.print(
        f"{len(pair.old)} tasks against {len(pair.new)}: {seconds[0]:.2f} s, again {seconds[1]:.2f} s"
        f" (limit {LIMIT} s)"
    )


def _seconds(pair: Pair) -> float:
    started = time.process_time()
    compare_tasks(pair.old, pair.new)
    return time.process_time() - started


def report_calibration(out: Console) -> None:
    """F1 of each corpus for each step of each weight."""
    pairs = corpora(TRIED)
    table = Table("weight", "value", *pairs, box=None)
    for name, values in STEPS.items():
        for value in values:
            weights: Weights = replace(WEIGHTS, **{name: value})
            mark = " *" if getattr(WEIGHTS, name) == value else ""
            table.add_row(
                name, f"{value}{mark}", *(f"{measured(each, weights).f1():.3f}" for each in pairs.values())
            )
    out.print(table)


def main() -> None:
    options = argparse.ArgumentParser(description="Times and measures the comparison of plans.")
    options.add_argument("--calibrate", action="store_true", help="try weights instead")
    chosen = options.parse_args()
    out = Console(width=140, highlight=False)
    if chosen.calibrate:
        report_calibration(out)
        return
    report_time(out)
    report_f1(out)


if __name__ == "__main__":
    main()
