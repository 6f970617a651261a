"""Reads the pairs of plans that were written by hand."""

from __future__ import annotations

from pathlib import Path
from random import Random

import yaml

from tests.pairs.making import Made, Outcome, Pair, printed

_FILE = Path(__file__).with_name("written.yaml")


def written_pairs() -> dict[str, Pair]:
    """The pairs by their names, the order of tasks shuffled."""
    plans = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return {
        plan["name"]: printed([_outcome(change) for change in plan["changes"]], Random(plan["name"]))
        for plan in plans
    }


def _outcome(change: dict[str, object]) -> Outcome:
    old, new = (tuple(map(_made, change.get(side, ()))) for side in ("old", "new"))  # type: ignore[call-overload]
    return Outcome(old, new, frozenset({change["kind"]}))  # type: ignore[arg-type]


def _made(task: list[str]) -> Made:
    content, months, lead = task
    first, _, last = months.partition("-")
    return Made(content, (int(first), int(last)) if last else None, lead)
