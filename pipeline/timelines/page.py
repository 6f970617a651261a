"""A timeline as a page of HTML: tasks as bars over the months, a lane a lead body."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

from extractors.plan import Role, TimeKind
from extractors.vietnamese.letters import search_key
from pipeline.html import Label, render, write
from pipeline.timelines import labels
from pipeline.timelines.axis import Axis
from pipeline.timelines.links import links
from pipeline.timelines.model import Mark, Shape, Timeline, TimelinePlan, TimelineTask, Where
from pipeline.timelines.recurring import middle

_LEGEND: Mapping[TimeKind, Shape] = {
    "interval": "bar",
    "deadline": "deadline",
    "ongoing": "ongoing",
    "recurring": "dot",
}
_POINTS: tuple[Shape, ...] = ("deadline", "dot")  # they have a place and no length


@dataclass(frozen=True, slots=True)
class Drawn:
    """A mark on the track: where it begins and how long it is, in hundredths of the track."""

    shape: Shape
    left: float
    width: float | None


@dataclass(frozen=True, slots=True)
class Row:
    """A task as a row, and what it is filtered by: bodies and headings by their places in the lists."""

    task: TimelineTask
    plan: TimelinePlan
    bodies: tuple[tuple[Role, tuple[str, ...]], ...]
    days: str
    marks: tuple[Drawn, ...]
    before: bool
    after: bool
    body_places: tuple[int, ...]
    heading_place: int | None
    plan_place: int
    text: str


@dataclass(frozen=True, slots=True)
class Lane:
    """Rows under a name: a body's as a plan names it, or a label."""

    name: str | None
    label: Label | None
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the months' head: its label, and how many months it takes."""

    label: Label
    months: int


@dataclass(frozen=True, slots=True)
class _Lists:
    """What the filters offer: bodies and headings in the order of their names."""

    bodies: tuple[str, ...]
    headings: tuple[str, ...]


def timeline_page(timeline: Timeline, addresses: Mapping[str, str] | None = None) -> str:
    """The page; `addresses` of documents, by document_id, make links of their pages."""
    lists = _lists(timeline.tasks)
    rows = {task.task_id: _row(task, timeline, lists) for task in timeline.tasks}
    kinds = Counter(task.time_kind for task in timeline.tasks)
    return render(
        "pipeline.timelines",
        "timeline.html.j2",
        "timeline.js",
        timeline=timeline,
        links=addresses or {},
        lanes=_lanes(timeline, rows),
        undated=_by_kind(timeline.of("undated"), rows),
        outside=tuple(rows[task.task_id] for task in timeline.of("outside")),
        years=_years(timeline.axis),
        columns=_columns(timeline.axis),
        step=100 * timeline.axis.step / timeline.axis.months,
        bodies=lists.bodies,
        headings=lists.headings,
        kinds=[(kind, label, kinds[kind]) for kind, label in labels.KINDS.items() if kinds[kind]],
        where=labels.PLACES,
        shapes=_LEGEND,
        places=_places(timeline),
        roles=labels.ROLES,
        words=labels.WORDS,
    )


def write_page(timeline: Timeline, path: Path, files: Path | None = None) -> int:
    """Write the page of a timeline, with links to documents in `files`, else in the dataset's source.

    Gives how many documents were not found there and have no link. Raises NoSource, UsageError, StoreError.
    """
    addresses = links(timeline, path, files)
    write(timeline_page(timeline, addresses), path)
    return len(timeline.plans) - len(addresses)


def _lists(tasks: Iterable[TimelineTask]) -> _Lists:
    tasks = tuple(tasks)
    bodies = {body.body for task in tasks for body in task.bodies}
    headings = {task.heading for task in tasks if task.heading is not None}
    return _Lists(
        *(tuple(sorted(each, key=lambda name: (search_key(name), name))) for each in (bodies, headings))
    )


def _places(timeline: Timeline) -> list[tuple[Where, Label, int]]:
    """The places of tasks that hold any, with their numbers: together all tasks."""
    counts = timeline.counts()
    return [(where, label, counts[where]) for where, label in labels.PLACES.items() if counts[where]]


def _lanes(timeline: Timeline, rows: Mapping[str, Row]) -> tuple[Lane, ...]:
    return tuple(
        Lane(
            name=lane.body,
            label=labels.WORDS["nobody"] if lane.body is None else None,
            rows=tuple(rows[task.task_id] for task in lane.tasks),
        )
        for lane in timeline.lanes()
    )


def _by_kind(tasks: Iterable[TimelineTask], rows: Mapping[str, Row]) -> tuple[Lane, ...]:
    """Tasks without a day by the kind of their time, those that say least last."""
    order = list(labels.KINDS)
    ordered = sorted(tasks, key=lambda task: order.index(task.time_kind))
    return tuple(
        Lane(None, labels.KINDS[kind], tuple(rows[task.task_id] for task in held))
        for kind, held in groupby(ordered, key=lambda task: task.time_kind)
    )


def _row(task: TimelineTask, timeline: Timeline, lists: _Lists) -> Row:
    axis, plans = timeline.axis, timeline.plans
    place = next(i for i, plan in enumerate(plans) if plan.document_id == task.document_id)
    on_axis = [mark for mark in task.marks if axis.holds(mark.start, mark.end)]
    return Row(
        task=task,
        plan=plans[place],
        bodies=_by_role(task),
        days=days_of(task),
        marks=tuple(_drawn(mark, axis) for mark in on_axis),
        before=any(mark.start < axis.first for mark in task.marks),
        after=any(mark.end > axis.last for mark in task.marks),
        body_places=tuple(sorted({lists.bodies.index(body.body) for body in task.bodies})),
        heading_place=lists.headings.index(task.heading) if task.heading is not None else None,
        plan_place=place,
        text=search_key(" ".join(filter(None, _words(task)))),
    )


def _words(task: TimelineTask) -> Iterator[str | None]:
    yield from (task.no, task.content, task.time_text, task.heading, task.product, task.note)
    yield from dict.fromkeys(name for body in task.bodies for name in (body.body, body.text))


def _by_role(task: TimelineTask) -> tuple[tuple[Role, tuple[str, ...]], ...]:
    """The bodies of each role."""
    return tuple(
        (role, tuple(dict.fromkeys(body.body for body in task.bodies if body.role == role)))
        for role in labels.ROLES
        if any(body.role == role for body in task.bodies)
    )


def days_of(task: TimelineTask) -> str:
    """The days of a task in the order of the calendar: `01/02/2024 – 30/04/2024; 15/12/2024`."""
    told = []
    for each in task.dates:
        days = [f"{day:%d/%m}/{day.year}" for day in (each.start, each.end) if day is not None]
        told.append(" – ".join(dict.fromkeys(days)) + (" – …" if each.end is None else ""))
    return "; ".join(told)


def _drawn(mark: Mark, axis: Axis) -> Drawn:
    """A mark in hundredths of the track, cut at its ends."""
    if mark.shape in _POINTS:
        day = middle(mark.start, mark.end)
        return Drawn(mark.shape, _hundredths((axis.place(day) + axis.place_after(day)) / 2, axis), None)
    left = max(axis.place(mark.start), 0.0)
    right = min(axis.place_after(mark.end), float(axis.months))
    return Drawn(mark.shape, _hundredths(left, axis), _hundredths(right - left, axis))


def _hundredths(months: float, axis: Axis) -> float:
    return round(100 * months / axis.months, 2)


def _columns(axis: Axis) -> list[Column]:
    starts = range(0, axis.months, axis.step)
    return [Column(labels.MONTHS[axis.month(i).month - 1], min(axis.step, axis.months - i)) for i in starts]


def _years(axis: Axis) -> list[tuple[int, int]]:
    """The years of the axis, and how many of its months each has."""
    months: Sequence[date] = [axis.month(i) for i in range(axis.months)]
    return sorted(Counter(day.year for day in months).items())
