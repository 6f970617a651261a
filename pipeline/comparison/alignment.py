"""Which tasks of two plans belong together: one to one as well as can be, then parts to their whole.

The outcome hangs on what the tasks say, not on their order or on which plan is the old one: tasks are
sorted by what they say, and the plan that comes first in that order is taken as the first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pipeline.comparison.facts import TaskFacts
from pipeline.comparison.likeness import WEIGHTS, Weights, common, likeness, totals

if TYPE_CHECKING:
    from pipeline.comparison.likeness import Mask, Matrix

_SCALE = 1_000_000  # costs are whole numbers: rounding must not lead the solver astray

Side = Literal["old", "new"]
_OTHER: Mapping[Side, Side] = {"old": "new", "new": "old"}


@dataclass(frozen=True, slots=True)
class Match:
    """Tasks that belong together; nothing on one side where a task has no counterpart."""

    old: tuple[TaskFacts, ...]
    new: tuple[TaskFacts, ...]
    score: float | None


def align(old: Sequence[TaskFacts], new: Sequence[TaskFacts], weights: Weights = WEIGHTS) -> list[Match]:
    """Every task of both plans in just one match."""
    first, second = (sorted(side, key=lambda task: task.order) for side in (old, new))
    turned = [task.order[:-1] for task in first] > [task.order[:-1] for task in second]
    if turned:
        first, second = second, first
    found = _Alignment(first, second, weights).matches()
    return [Match(match.new, match.old, match.score) for match in found] if turned else list(found)


def assign(gain: Matrix) -> list[tuple[int, int]]:
    """Pairs (row, column), one to one, whose gains together are the most; only pairs that gain."""
    import lap
    import numpy as np

    if not gain.size:
        return []
    cost = -np.round(np.maximum(gain, 0) * _SCALE)
    _, columns, _ = lap.lapjv(cost, extend_cost=True)
    return [(row, int(column)) for row, column in enumerate(columns) if column >= 0 and gain[row, column] > 0]


@dataclass(frozen=True, slots=True)
class _Gathered:
    """Parts (places on side `of`) that together make a whole of the other side."""

    gain: float
    score: float
    of: Side
    whole: int
    parts: tuple[int, ...]


class _Alignment:
    """The matches of two plans, tasks named by their places on their side.

    First come pairs that leave no doubt, then wholes whose parts would each by itself be taken for a
    rewording of something, then the other pairs, then parts that are left beside a pair.
    """

    def __init__(self, old: Sequence[TaskFacts], new: Sequence[TaskFacts], weights: Weights) -> None:
        self.tasks: Mapping[Side, Sequence[TaskFacts]] = {"old": old, "new": new}
        self.weights = weights
        self.found = likeness(old, new, weights)
        self.free: dict[Side, set[int]] = {side: set(range(len(held))) for side, held in self.tasks.items()}
        self.partner: dict[Side, dict[int, int]] = {"old": {}, "new": {}}
        self.gathered: list[_Gathered] = []
        self._inside: dict[Side, Matrix] = {
            "old": self._share_inside("old"),
            "new": self._share_inside("new"),
        }
        self._pair(self.found.scores >= weights.sure)
        self._gather()
        self._pair(self.found.contents >= weights.content)
        self._gather()

    def matches(self) -> Iterator[Match]:
        for group in self.gathered:
            held = (self.tasks[group.of][i] for i in group.parts)
            parts = tuple(sorted(held, key=lambda part: part.task.seq))
            whole = (self.tasks[_OTHER[group.of]][group.whole],)
            old, new = (whole, parts) if group.of == "new" else (parts, whole)
            yield Match(old, new, group.score)
        for row, column in sorted(self.partner["old"].items()):
            score = float(self.found.contents[row, column] + min(self.found.evidence[row, column], 0))
            yield Match((self.tasks["old"][row],), (self.tasks["new"][column],), score)
        yield from (Match((self.tasks["old"][i],), (), None) for i in sorted(self.free["old"]))
        yield from (Match((), (self.tasks["new"][i],), None) for i in sorted(self.free["new"]))

    def _pair(self, allowed: Mask) -> None:
        """Pair free tasks as well as can be."""
        rows, columns = sorted(self.free["old"]), sorted(self.free["new"])
        gain = (self.found.scores + self._same_turn() - self.weights.threshold) * allowed
        for i, j in assign(gain[rows][:, columns]):
            self.partner["old"][rows[i]] = columns[j]
            self.partner["new"][columns[j]] = rows[i]
            self.free["old"].discard(rows[i])
            self.free["new"].discard(columns[j])

    def _same_turn(self) -> Matrix:
        """Next to nothing for tasks of one turn: of tasks that say just the same, first goes with first."""
        import numpy as np

        old, new = (np.array(_turns(held)) for held in self.tasks.values())
        same: Matrix = (old[:, None] == new[None, :]) * (2.0 / _SCALE)
        return same

    def _gather(self) -> None:
        """Take free parts to their wholes, the surest first, until there are none."""
        while proposals := [*self._proposals("new"), *self._proposals("old")]:
            used: set[tuple[Side, int]] = set()
            for proposal in sorted(proposals, key=lambda p: (-p.gain, p.of, p.whole)):
                members = {(proposal.of, i) for i in proposal.parts} | {(_OTHER[proposal.of], proposal.whole)}
                if not members & used:
                    used |= members
                    self._take(proposal)

    def _take(self, group: _Gathered) -> None:
        other = _OTHER[group.of]
        self.gathered.append(group)
        partner = self.partner[other].pop(group.whole, None)
        if partner is not None:
            del self.partner[group.of][partner]
        self.free[group.of] -= set(group.parts)
        self.free[other].discard(group.whole)

    def _proposals(self, of: Side) -> Iterator[_Gathered]:
        """Wholes that free tasks of side `of` would cover better, with or around their counterpart."""
        other, inside = _OTHER[of], self._inside[of]
        for whole in sorted(self.free[other] | set(self.partner[other])):
            parts = [part for part in sorted(self.free[of]) if inside[part, whole] >= self.weights.inside]
            held = self.partner[other].get(whole)
            if parts and (held is None or inside[held, whole] >= self.weights.inside):
                found = self._covered(of, whole, [] if held is None else [held], parts)
                if found is not None:
                    yield found

    def _share_inside(self, of: Side) -> Matrix:
        """How sure it is that each task of side `of` is a part of each of the other: the share of its words
        that the other has, and the evidence beside."""
        import numpy as np

        words = {side: [task.wording.words for task in tasks] for side, tasks in self.tasks.items()}
        shared = common(words[of], words[_OTHER[of]], self.found.weight)
        total = totals(words[of], self.found.weight)[:, None]
        share = np.divide(shared, total, out=np.zeros_like(shared), where=total > 0)
        evidence = self.found.evidence if of == "old" else self.found.evidence.T
        found: Matrix = np.where(share > 0, share + evidence, 0)
        return found

    def _covered(self, of: Side, whole: int, parts: list[int], more: list[int]) -> _Gathered | None:
        """The parts, and of `more` those that each bring the parts together nearer to the whole."""
        words = {i: self.tasks[of][i].wording.words for i in (*parts, *more)}
        target = self.tasks[_OTHER[of]][whole].wording.words
        held = _united(words[i] for i in parts)
        first = score = self._alike(target, held)
        while more:
            reached = {i: self._alike(target, held | words[i]) for i in more}
            best = max(more, key=lambda i: (reached[i], -i))
            if reached[best] - score < self.weights.gain:
                break
            parts, held, score = [*parts, best], held | words[best], reached[best]
            more = [i for i in more if i != best]
        if len(parts) < 2 or score < self.weights.covered:
            return None
        if not self._each_has_its_own(target, [words[i] for i in parts]):
            return None
        return _Gathered(score - first, score, of, whole, tuple(parts))

    def _each_has_its_own(self, whole: Set[str], parts: Sequence[Set[str]]) -> bool:
        """Whether each part has some of the whole that no other has: else they are but repeated."""
        least = self.weights.own * self._weight(whole)
        return all(
            self._weight((whole & part) - _united(other for other in parts if other is not part)) >= least
            for part in parts
        )

    def _alike(self, whole: Set[str], parts: Set[str]) -> float:
        total = self._weight(whole) + self._weight(parts)
        return 2 * self._weight(whole & parts) / total if total else 0.0

    def _weight(self, words: Set[str]) -> float:
        return sum(self.found.weight[word] for word in sorted(words))


def _turns(tasks: Sequence[TaskFacts]) -> list[int]:
    """For each task how many before it say just the same."""
    seen: Counter[str] = Counter()
    turns: list[int] = []
    for task in tasks:
        said = repr(task.order[:-1])
        turns.append(seen[said])
        seen[said] += 1
    return turns


def _united(sets: Iterable[Set[str]]) -> Set[str]:
    return frozenset[str]().union(*sets)
