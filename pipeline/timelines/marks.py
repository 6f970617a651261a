"""What is drawn of a task's time: bars, marks at deadlines, dots where it comes again."""

from __future__ import annotations

from extractors.plan import Interval
from pipeline.timelines.axis import Days
from pipeline.timelines.model import Mark, TimelineTask
from pipeline.timelines.recurring import times_of

_MOST_DOTS = 60  # more than these run into one another


def marks_of(task: TimelineTask, period: Days) -> tuple[Mark, ...]:
    """The marks of a task in a plan of this period; none where its time names no day."""
    if task.time_kind == "recurring":
        return _dots(task.recurrence or "", period)
    if task.time_kind == "ongoing":
        return _lasting(task, period)
    made = (_mark(task, each, period) for each in task.dates)
    return tuple(mark for mark in made if mark is not None)


def _dots(rule: str, period: Days) -> tuple[Mark, ...]:
    times = times_of(rule, *period)
    if len(times) > _MOST_DOTS:
        return (Mark(shape="dense", start=times[0][0], end=times[-1][1]),)
    return tuple(Mark(shape="dot", start=start, end=end) for start, end in times)


def _lasting(task: TimelineTask, period: Days) -> tuple[Mark, ...]:
    start, end = task.start_on or period[0], task.end_on or period[1]
    return (Mark(shape="ongoing", start=min(start, end), end=max(start, end)),)


def _mark(task: TimelineTask, days: Interval, period: Days) -> Mark | None:
    """A bar, a deadline at its end, or a bar that is open to where no day is told."""
    start, end = days.start, days.end
    if end is not None and (task.time_kind == "deadline" or start is None):
        return Mark(shape="deadline", start=end, end=end)
    if start is None:
        return None
    if end is None:
        return Mark(shape="open", start=start, end=max(start, period[1]))
    return Mark(shape="bar", start=min(start, end), end=max(start, end))
