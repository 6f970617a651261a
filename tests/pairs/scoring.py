"""Measures a comparison against what was done: F1 over links with their classes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from pipeline.comparison.alignment import align
from pipeline.comparison.changes import task_change
from pipeline.comparison.facts import task_facts
from pipeline.comparison.likeness import WEIGHTS, Weights
from pipeline.comparison.model import TaskChange
from tests.pairs.making import Pair, Truth


@dataclass
class Tally:
    """Right, wrong and missed changes by class; a change is right with its class and all of its tasks."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)

    def f1(self, kind: str | None = None) -> float:
        right, wrong, missed = (
            sum(c.values()) if kind is None else c[kind] for c in (self.right, self.wrong, self.missed)
        )
        return 2 * right / (2 * right + wrong + missed) if right + wrong + missed else 1.0

    def count(self, found: Iterable[Truth], truth: Iterable[Truth]) -> None:
        found, truth = set(found), set(truth)
        self.right.update(t.kind for t in found & truth)
        self.wrong.update(t.kind for t in found - truth)
        self.missed.update(t.kind for t in truth - found)


def told(changes: Iterable[TaskChange]) -> frozenset[Truth]:
    """What a comparison says, in the form of the truth."""
    return frozenset(
        Truth(c.kind, frozenset(t.task_id for t in c.old), frozenset(t.task_id for t in c.new))
        for c in changes
    )


def changes_of(pair: Pair, weights: Weights = WEIGHTS) -> list[TaskChange]:
    old, new = ([task_facts(task, str) for task in side] for side in (pair.old, pair.new))
    return [task_change(match) for match in align(old, new, weights)]


def measured(pairs: Iterable[Pair], weights: Weights = WEIGHTS) -> Tally:
    """All pairs together."""
    tally = Tally()
    for pair in pairs:
        tally.count(told(changes_of(pair, weights)), pair.truth)
    return tally
