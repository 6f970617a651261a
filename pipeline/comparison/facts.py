"""What of a task is held against another's: wording, place in the year, bodies, heading.

The place in the year is told in months from January of the plan's year, so that plans of different years
can be compared, and a school year's months after December are 13, 14 and so on.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import TypeVar

from pipeline.comparison.model import ComparedTask
from pipeline.comparison.wording import Wording, wording

T = TypeVar("T")
Lineage = Callable[[str], str]
"""The key by which a body is known through mergers and renamings, from its name in full."""

_IN_CHARGE = {"lead", "implementing"}
_LONGEST_SPAN = 36  # months; a time that is longer tells no place in a year
_DAYS = re.compile(r"(?:UNTIL|DTSTART)=[^;\s]*;?")  # of a recurrence rule


@dataclass(frozen=True, slots=True)
class TaskFacts:
    """A task taken apart. An empty set is what the plan does not tell, never a difference.

    `months` hold where both tell months, `pace` where both tell none (thường xuyên, hằng quý): then it is
    how the time is told. `in_charge` leads or carries out, `beside` has any other role.
    """

    task: ComparedTask
    wording: Wording
    months: frozenset[int]
    pace: str
    in_charge: frozenset[str]
    beside: frozenset[str]
    heading: str

    @property
    def order(self) -> tuple[object, ...]:
        """By this tasks are sorted: by what they say, so that their order in the plan changes nothing."""
        return (
            self.wording.phrase, sorted(self.wording.marks), sorted(self.months), self.pace,
            sorted(self.in_charge), sorted(self.beside), self.heading, self.task.content, self.task.source,
            self.task.seq,
        )  # fmt: skip


def task_facts(task: ComparedTask, lineage: Lineage) -> TaskFacts:
    """The facts of a task."""
    said = wording(task.content)
    roles = [(body.role in _IN_CHARGE, lineage(body.body)) for body in task.bodies]
    return TaskFacts(
        task=task,
        wording=said,
        months=frozenset(task.months) or (said.months if task.time_kind == "none" else frozenset()),
        pace=_pace(task),
        in_charge=frozenset(key for charge, key in roles if charge),
        beside=frozenset(key for charge, key in roles if not charge),
        heading=" ".join(wording(task.heading or "").phrase),
    )


def _pace(task: ComparedTask) -> str:
    """How the time of a task is told, without what is another every year."""
    if task.time_kind == "none":
        return ""
    if task.recurrence:
        return _DAYS.sub("", task.recurrence).strip(";")
    if task.time_kind == "ongoing":
        return "ongoing"
    said = wording(task.time_text or "")
    return " ".join((*said.phrase, *sorted(said.marks)))


def months_of(intervals: Sequence[tuple[date | None, date | None]], year: int | None) -> tuple[int, ...]:
    """Months that the days fall in, January of `year` being 1; () where no day is known."""
    if year is None:
        return ()
    found: set[int] = set()
    for start, end in intervals:
        first, last = start or end, end or start
        if first is None or last is None:
            continue
        low, high = _month(first, year), _month(last, year)
        if 0 <= high - low < _LONGEST_SPAN:
            found.update(range(low, high + 1))
    return tuple(sorted(found))


def _month(day: date, year: int) -> int:
    return (day.year - year) * 12 + day.month


def usual_year(days: Iterable[date]) -> int | None:
    """The year that most of the days fall in, the earlier of two."""
    counts = Counter(day.year for day in days)
    return min(counts, key=lambda year: (-counts[year], year), default=None)


def together(parts: Sequence[TaskFacts]) -> TaskFacts:
    """Tasks as one: the whole that they make. What only a single task has is that of the first."""
    if len(parts) == 1:
        return parts[0]
    first = parts[0]
    said = Wording(
        tuple(chain.from_iterable(part.wording.phrase for part in parts)),
        _all(part.wording.words for part in parts),
        _all(part.wording.marks for part in parts),
        _all(part.wording.months for part in parts),
    )
    return replace(
        first,
        wording=said,
        months=_all(part.months for part in parts),
        pace=first.pace if len({part.pace for part in parts}) == 1 else "",
        in_charge=_all(part.in_charge for part in parts),
        beside=_all(part.beside for part in parts),
    )


def _all(sets: Iterable[frozenset[T]]) -> frozenset[T]:
    return frozenset(chain.from_iterable(sets))
