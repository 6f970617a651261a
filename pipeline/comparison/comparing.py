"""Compares plans: two side by side, or several of following years as a matrix."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from pipeline.comparison.alignment import align
from pipeline.comparison.changes import task_change
from pipeline.comparison.choosing import by_id, by_issuer, by_series, plans_of
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
    Raises UnknownIssuer, NoPlanOfYear, SeveralPlans, UnknownPlan, PlanTooLong.
    """
    plans = chosen_plans(dataset, issuer, years, series, documents, lineage)
    if len(plans) != 2:
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
    """The plans that a request means, in its order. Raises as `compare`."""
    if documents:
        return by_id(dataset, documents)
    plans = plans_of(dataset)
    if isinstance(issuer, tuple):
        first, second = (years[:1], years[-1:])
        return [
            *by_issuer(plans, issuer[0], first, series, lineage),
            *by_issuer(plans, issuer[1], second, series, lineage),
        ]
    if issuer is not None:
        return by_issuer(plans, issuer, years, series, lineage)
    if series is not None:
        return by_series(plans, series, years, lineage)
    raise UsageError("Nothing to compare is named: give a body, a series or documents.")


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
