"""Compares plans: two side by side, or several of following years as a matrix."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from pipeline.comparison.alignment import align
from pipeline.comparison.changes import task_change
from pipeline.comparison.choosing import by_id, by_issuer, by_series, plans_of, what_there_is
from pipeline.comparison.errors import TooFewPlans
from pipeline.comparison.facts import Lineage, task_facts
from pipeline.comparison.fates import basis_changes, movement_changes
from pipeline.comparison.lineage import lineage_of
from pipeline.comparison.model import (
    ComparedPlan,
    ComparedTask,
    Comparison,
    TaskChange,
)
from pipeline.comparison.reading import bases_of, movements_of, tasks_of
from pipeline.usage import UsageError

if TYPE_CHECKING:
    from pipeline.dataset import Dataset


def compare(
    dataset: Dataset,
    *,
    issuer: str | tuple[str, str] | None = None,
    years: Sequence[int] = (),
    series: str | None = None,
    documents: Sequence[str] = (),
    lineage: Lineage = lineage_of,
) -> Comparison:
    """Two plans of a dataset, task by task.

    Of one body in two years (`issuer` and `years`, and `series` where it has several plans a year), of a
    series in two years, of two bodies (a pair as `issuer`) in one year or each in its own, or two
    `documents` by their ids.
    Raises UnknownIssuer, NoPlanOfYear, SeveralPlans, UnknownPlan, TooFewPlans, PlanTooLong.
    """
    plans = chosen_plans(dataset, issuer, years, series, documents, lineage)
    if len(plans) > 2:
        raise UsageError(f"{len(plans)} plans are chosen; two are compared. More go to compare_years.")
    return compare_plans(dataset, plans[0], plans[1], lineage)


def chosen_plans(
    dataset: Dataset,
    issuer: str | tuple[str, str] | None,
    years: Sequence[int],
    series: str | None,
    documents: Sequence[str],
    lineage: Lineage,
) -> list[ComparedPlan]:
    """The plans that a request means, two at least, in its order. Raises as `compare`."""
    if documents:
        _refuse_twice(documents)
        found = by_id(dataset, documents)
        if len(found) < 2:
            raise TooFewPlans
        return found
    plans = plans_of(dataset)
    issuers = issuer if isinstance(issuer, tuple) else (issuer,)
    if issuers == (None,) and series is None:
        raise UsageError("Nothing to compare is named: give a body, a series or documents.")
    found = _chosen(plans, issuers, years, series, lineage)
    if len(found) < 2:
        there = (what_there_is(plans, issuer=each, series=series, lineage=lineage) for each in issuers)
        named = "Only one year is named." if years else "No year is named."
        raise TooFewPlans("\n  ".join([f"{named} Two plans and more are compared.", *there]) + "\n")
    return found


def _chosen(
    plans: Sequence[ComparedPlan],
    issuers: Sequence[str | None],
    years: Sequence[int],
    series: str | None,
    lineage: Lineage,
) -> list[ComparedPlan]:
    """Plans of a body or series in each of the years, or of two bodies in one year or each in its own."""
    first, *others = issuers
    if others and first is not None and others[0] is not None:
        if len(years) > 2:
            raise UsageError(f"Two bodies are compared in one year or each in its own, not in {len(years)}.")
        found = by_issuer(plans, first, years[:1], series, lineage)
        return [*found, *by_issuer(plans, others[0], years[-1:], series, lineage)]
    _refuse_twice(years)
    if first is not None:
        return by_issuer(plans, first, years, series, lineage)
    return by_series(plans, series or "", years, lineage)


def _refuse_twice(named: Sequence[object]) -> None:
    for each in named:
        if named.count(each) > 1:
            raise UsageError(f"{each} is named twice: that would hold a plan against itself.")


def compare_plans(dataset: Dataset, old: ComparedPlan, new: ComparedPlan, lineage: Lineage) -> Comparison:
    """Two plans of a dataset that are known."""
    return Comparison(
        old=old,
        new=new,
        tasks=compare_tasks(tasks_of(dataset, old), tasks_of(dataset, new), lineage),
        movements=movement_changes(movements_of(dataset, old), movements_of(dataset, new)),
        legal_bases=basis_changes(bases_of(dataset, old), bases_of(dataset, new), lineage),
    )


def compare_tasks(
    old: Sequence[ComparedTask], new: Sequence[ComparedTask], lineage: Lineage = lineage_of
) -> tuple[TaskChange, ...]:
    """What became of the tasks of a plan in another: every task of both stands in just one change."""
    before, after = ([task_facts(task, lineage) for task in side] for side in (old, new))
    changes = [task_change(match) for match in align(before, after)]
    return tuple(sorted(changes, key=_reading_order(changes)))


def _reading_order(changes: Sequence[TaskChange]) -> Callable[[TaskChange], tuple[int, int, int]]:
    """Order of the new plan; a dropped task comes after the one that it stood behind in the old plan."""
    behind: dict[int, int] = {}
    last = -1
    for seq, change in sorted(((t.seq, c) for c in changes for t in c.old), key=lambda pair: pair[0]):
        last = change.new[0].seq if change.new else last
        behind[seq] = last

    def place(change: TaskChange) -> tuple[int, int, int]:
        if change.new:
            return min(task.seq for task in change.new), 0, 0
        return behind[change.old[0].seq], 1, change.old[0].seq

    return place
