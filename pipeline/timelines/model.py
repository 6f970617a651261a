"""What a timeline says: its months, plans and tasks, and what is drawn of each task.

All models are frozen. Every task of the plans stands in just one place: over the months, among those
without a day, or among those whose days lie outside the months.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Literal

from extractors.plan import Interval, Model
from pipeline.comparison.model import ComparedBody, ComparedPlan, PlannedTask
from pipeline.timelines.axis import Axis

Shape = Literal["bar", "open", "ongoing", "deadline", "dot", "dense"]
Where = Literal["months", "undated", "outside"]


class Mark(Model):
    """Something drawn for a task: `start` and `end` are its first and last day, both included.

    `bar` is an interval and `open` one whose other end is not told; `ongoing` lasts all the period;
    `deadline` is a mark at its end; `dot` is one time of a recurring task (a day, or the week, month or
    quarter in which it comes), `dense` many of them.
    """

    shape: Shape
    start: date
    end: date


class TimelinePlan(ComparedPlan):
    """A plan of the timeline: one copy of it, the period that it covers, the source that it was found in."""

    source: str | None = None
    period_start: date | None = None
    period_end: date | None = None


class TimelineBody(ComparedBody):
    """A body of a task, in full and as printed."""

    text: str


class TimelineTask(PlannedTask):
    """A task of the timeline, and what is drawn of it."""

    dates: tuple[Interval, ...] = ()
    product: str | None = None
    note: str | None = None
    bodies: tuple[TimelineBody, ...] = ()
    marks: tuple[Mark, ...] = ()
    where: Where = "undated"

    @property
    def lead(self) -> TimelineBody | None:
        """The body in whose lane it stands: the first that leads, else the first that carries it out."""
        for role in ("lead", "implementing"):
            for body in self.bodies:
                if body.role == role:
                    return body
        return None


class Lane(Model):
    """The tasks that a body leads, by their first day; `body` is None for tasks that name none."""

    body: str | None
    tasks: tuple[TimelineTask, ...]


class Timeline(Model):
    """Plans of a body in a year. `tasks` are in the order of the plans and of the tasks in them."""

    issuer: str | None
    year: int
    axis: Axis
    plans: tuple[TimelinePlan, ...]
    tasks: tuple[TimelineTask, ...]

    def of(self, where: Where) -> tuple[TimelineTask, ...]:
        """The tasks that stand in a place."""
        return tuple(task for task in self.tasks if task.where == where)

    def counts(self) -> dict[Where, int]:
        """How many tasks stand in each place, all places named; together all tasks."""
        found = Counter(task.where for task in self.tasks)
        return {"months": found["months"], "undated": found["undated"], "outside": found["outside"]}

    def lanes(self) -> tuple[Lane, ...]:
        """Tasks over the months by lead body: who leads most comes first, tasks without a body last."""
        held: dict[str, list[TimelineTask]] = {}
        for task in self.of("months"):
            held.setdefault(task.lead.body_key if task.lead else "", []).append(task)
        ordered = sorted(held.items(), key=lambda item: (item[0] == "", -len(item[1])))
        return tuple(_lane(tasks) for _, tasks in ordered)


def _lane(tasks: list[TimelineTask]) -> Lane:
    lead = tasks[0].lead
    return Lane(body=lead.body if lead else None, tasks=tuple(sorted(tasks, key=_first_day)))


def _first_day(task: TimelineTask) -> tuple[date, date]:
    return min(mark.start for mark in task.marks), max(mark.end for mark in task.marks)
