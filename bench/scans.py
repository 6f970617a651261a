"""Accuracy of made scans, whose facts are known: python -m bench.scans [--plans N] [--kinds A,B]."""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import mean

from extractors import extract
from extractors.repair import repair
from pipeline.parsers import parse_bytes
from tests.maker import as_scan
from tests.maker.expected import Facts, expected, found
from tests.maker.facts import MadePlan
from tests.maker.plans import PLANS

SCANS = {
    name.lower(): getattr(as_scan, name)
    for name in ("CLEAN", "USUAL", "FINE", "BITONAL", "FAINT", "UPSIDE_DOWN", "SIDEWAYS", "POOR")
}
REPORTED_ONLY = {"poor"}  # 150 dpi, 2 degrees: no figure is asked but that nothing is wrong
ASKED = {"fields": 0.98, "rows": 1.0, "contents": 0.95, "cells": 0.99, "score": 0.95}
_CELLS = ("no", "content", "time_text", "time_kind", "start_on", "end_on", "bodies")
_DATED = ("number", "issued_on")  # fields that must be right or null


@dataclass(slots=True)
class Measured:
    """What the plans in one kind of scan gave. `scores`: mean F1 of a plan's families of facts."""

    right: Counter[str] = field(default_factory=Counter)
    wanted: Counter[str] = field(default_factory=Counter)
    wrong: int = 0
    scores: list[float] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)
    seconds: float = 0.0
    pages: int = 0

    def share(self, name: str) -> float:
        """The figure of that name, as ASKED names them."""
        return mean(self.scores) if name == "score" else self.right[name] / max(1, self.wanted[name])

    def count(self, figure: str, name: str, want: object, got: object) -> None:
        self.wanted[figure] += 1
        if _folded(want) == _folded(got):
            self.right[figure] += 1
        else:
            self.misses.append(f"{figure} {name}: want {want!r}, got {got!r}")


def _folded(value: object) -> object:
    return " ".join(value.split()) if isinstance(value, str) else value


def compare(want: Facts, got: Facts, measured: Measured) -> None:
    """Count facts that are exact, folded in spaces; rows are told apart by their order."""
    for name, a, b in zip(want.fields._fields, want.fields, got.fields, strict=True):
        measured.count("fields", name, a, b)
        measured.wrong += name in _DATED and b is not None and a != b
    wanted, rows = ([row for row in facts.tasks if row.source == "table"] for facts in (want, got))
    measured.wanted["rows"] += len(wanted)
    measured.right["rows"] += len(wanted) - abs(len(rows) - len(wanted))
    for one, other in zip(wanted, rows, strict=False):
        for name in _CELLS:
            figure = "contents" if name == "content" else "cells"
            measured.count(figure, name, getattr(one, name), getattr(other, name))
    measured.scores.append(mean(_scores(want, got, measured.misses)))


def _scores(want: Facts, got: Facts, misses: list[str]) -> Iterator[float]:
    """F1 of each family of facts that the plan has, or was said to have."""
    for name, facts_of in _FAMILIES.items():
        wanted: Counter[Hashable] = Counter(facts_of(want))
        given: Counter[Hashable] = Counter(facts_of(got))
        if wanted or given:
            yield 2 * (wanted & given).total() / (wanted.total() + given.total())
        if name not in ("fields", "tasks"):  # told one by one above, tasks but for lists and blocks
            misses += [f"{name}: missing {fact}" for fact in wanted - given]
            misses += [f"{name}: extra {fact}" for fact in given - wanted]


def _known_fields(facts: Facts) -> Sequence[Hashable]:
    return [pair for pair in zip(facts.fields._fields, facts.fields, strict=True) if pair[1] is not None]


_FAMILIES: dict[str, Callable[[Facts], Iterable[Hashable]]] = {
    "fields": _known_fields,
    "citations": lambda facts: [(c.role, c.instrument, c.number, c.issued_on) for c in facts.citations],
    "movements": lambda facts: facts.movements,
    "tasks": lambda facts: [(t.content, t.time_kind, t.start_on, t.end_on, t.bodies) for t in facts.tasks],
    "duties": lambda facts: facts.duties,
    "recipients": lambda facts: facts.recipients,
}


def measure(plans: Iterable[MadePlan], scan: as_scan.Scan) -> Measured:
    """What the plans give in one kind of scan."""
    measured = Measured()
    for plan in plans:
        data = as_scan.as_scan(plan, scan)
        start = time.perf_counter()
        document = repair(parse_bytes(data, "scan"))
        result = extract(document)
        measured.seconds += time.perf_counter() - start
        measured.pages += len(document.pages)
        compare(expected(plan), found(result), measured)
    return measured


def verdict(kind: str, measured: Measured) -> str:
    """Which figures fall short of what is asked of this kind of scan."""
    asked = {} if kind in REPORTED_ONLY else ASKED
    short = [name for name, least in asked.items() if round(measured.share(name), 3) < least]
    short += ["wrong"] if measured.wrong else []
    return f"below: {', '.join(short)}" if short else "as asked" if asked else "reported"


def options() -> argparse.Namespace:
    asked = argparse.ArgumentParser(description="Accuracy of made scans, whose facts are known.")
    asked.add_argument("--plans", type=int, default=len(PLANS), help="made plans that are scanned")
    asked.add_argument("--kinds", default=",".join(SCANS), help=f"of scans: {', '.join(SCANS)}")
    asked.add_argument("--misses", action="store_true", help="tell each fact that was missed")
    return asked.parse_args()


def main() -> None:
    chosen = options()
    plans = PLANS[: chosen.plans]
    print(f"{len(plans)} of {len(PLANS)} made plans: {'; '.join(plan.name for plan in plans)}")
    print(f"{'scan':12}", *(f"{name:>9}" for name in (*ASKED, "wrong", "s/page")))
    print(f"{'asked':12}", *(f"{least:9.3f}" for least in ASKED.values()), f"{0:9d}")
    for kind in chosen.kinds.split(","):
        measured = measure(plans, SCANS[kind])
        shares = (f"{measured.share(name):9.3f}" for name in ASKED)
        pace = measured.seconds / max(1, measured.pages)
        print(
            f"{kind:12}", *shares, f"{measured.wrong:9d} {pace:9.2f}  {verdict(kind, measured)}", flush=True
        )
        if chosen.misses:
            print(*(f"    {miss}" for miss in measured.misses), sep="\n")
    print(f"Wrong: document numbers and dates that are neither right nor null. {', '.join(REPORTED_ONLY)}: "
          "150 dpi and 2 degrees, reported only.")  # fmt: skip


if __name__ == "__main__":
    main()
