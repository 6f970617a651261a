"""Makes a timeline: chooses the plans of a body and year, reads their tasks, finds the months."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from pipeline.comparison.choosing import all_of_year, plans_of
from pipeline.comparison.facts import Lineage
from pipeline.comparison.lineage import lineage_of
from pipeline.timelines.axis import Axis, Days, axis_of
from pipeline.timelines.errors import NoSuchCalendar
from pipeline.timelines.marks import marks_of
from pipeline.timelines.model import Timeline, TimelinePlan, TimelineTask, Where
from pipeline.timelines.reading import tasks_of, with_periods
from pipeline.usage import UsageError

if TYPE_CHECKING:
    from pipeline.dataset import Dataset

_YEARS = range(1000, 9000)  # of which days can be reckoned


def timeline(
    dataset: Dataset,
    *,
    issuer: str | None = None,
    year: int | None = None,
    series: str | None = None,
    lineage: Lineage = lineage_of,
) -> Timeline:
    """All plans of a body for a year (the last that there is, where none is named), task by task.

    `series` (a series_key) takes one of several plans, and does without `issuer`. One copy of each plan.
    Raises UnknownIssuer, NoPlanOfYear, UnknownPlan.
    """
    if issuer is None and series is None:
        raise UsageError("No body and no series is named.")
    chosen = all_of_year(plans_of(dataset), year, issuer=issuer, series=series, lineage=lineage)
    shown_year = chosen[0].plan_year
    if shown_year is None or shown_year not in _YEARS:
        raise NoSuchCalendar(f"{chosen[0].path} is of the year {shown_year}.")
    plans = with_periods(dataset, chosen)
    return timeline_of(shown_year, plans, tasks_of(dataset, plans))


def timeline_of(year: int, plans: tuple[TimelinePlan, ...], tasks: Sequence[TimelineTask]) -> Timeline:
    """The timeline of plans and their tasks, of which nothing is drawn yet."""
    axis = axis_of(year, _periods(plans), (days for task in tasks for days in _days(task)))
    return Timeline(
        issuer=plans[0].issuer,
        year=year,
        axis=axis,
        plans=plans,
        tasks=tuple(_placed(task, axis, plans) for task in tasks),
    )


def _periods(plans: Sequence[TimelinePlan]) -> list[Days]:
    return [(plan.period_start, plan.period_end) for plan in plans if plan.period_start and plan.period_end]


def _days(task: TimelineTask) -> Iterator[Days]:
    """The intervals of a task that may widen the months: what is ongoing lasts as long as the plan."""
    for each in task.dates if task.time_kind != "ongoing" else ():
        first, last = each.start or each.end, each.end or each.start
        if first is not None and last is not None and first <= last:
            yield first, last


def _placed(task: TimelineTask, axis: Axis, plans: Sequence[TimelinePlan]) -> TimelineTask:
    """A task with what is drawn of it; a mark outside the months is kept, for the page to say so."""
    plan = next(plan for plan in plans if plan.document_id == task.document_id)
    marks = marks_of(task, _period(plan, axis))
    on_axis = any(axis.holds(mark.start, mark.end) for mark in marks)
    where: Where = "months" if on_axis else "outside" if marks else "undated"
    return task.model_copy(update={"marks": marks, "where": where})


def _period(plan: TimelinePlan, axis: Axis) -> Days:
    """The period of a plan; the months, where it tells none or one that the months do not follow."""
    start, end = plan.period_start, plan.period_end
    if start is None or end is None or start > end or not axis.holds(start, end):
        return axis.first, axis.last
    return max(start, axis.first), min(end, axis.last)
