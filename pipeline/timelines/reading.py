"""What of a dataset a timeline needs: the periods of plans, their tasks and the bodies of those."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from pipeline.comparison.model import ComparedPlan
from pipeline.comparison.rows import TASK, Row, bodies_of, page_of, rows_of, seq_of
from pipeline.timelines.errors import TooManyTasks
from pipeline.timelines.model import TimelineBody, TimelinePlan, TimelineTask

if TYPE_CHECKING:
    from pipeline.dataset import Dataset

_MOST_TASKS = 5000  # of a year: more make a page that no browser shows well
_TASK = (*TASK, "dates", "product", "note")
_BODY = tuple(TimelineBody.model_fields)


def with_periods(dataset: Dataset, plans: Sequence[ComparedPlan]) -> tuple[TimelinePlan, ...]:
    """The plans with their periods and sources, in the order of their numbers."""
    ids = [plan.document_id for plan in plans]
    found = rows_of(dataset, "documents", ids, ("document_id", "period_start", "period_end"))
    periods = {row["document_id"]: row for row in found}
    files = rows_of(dataset, "files", ids, ("document_id", "path", "source"))
    sources = {(row["document_id"], row["path"]): row["source"] for row in files}
    ordered = sorted(plans, key=lambda plan: (plan.number or "", plan.document_id))
    return tuple(
        TimelinePlan.model_validate(
            plan.model_dump()
            | periods[plan.document_id]
            | {"source": sources.get((plan.document_id, plan.path))}
        )
        for plan in ordered
    )


def tasks_of(dataset: Dataset, plans: Sequence[TimelinePlan]) -> tuple[TimelineTask, ...]:
    """The tasks of plans in their order, nothing drawn yet. Raises TooManyTasks."""
    ids = [plan.document_id for plan in plans]
    rows = rows_of(dataset, "tasks", ids, (*_TASK, "regions"))
    if len(rows) > _MOST_TASKS:
        raise TooManyTasks(f"These plans have {len(rows):,} tasks; {_MOST_TASKS:,} can be shown.")
    bodies = bodies_of(dataset, ids, _BODY)
    rows.sort(key=lambda row: (ids.index(str(row["document_id"])), seq_of(row)))
    return tuple(_task(row, bodies.get(row["task_id"], ())) for row in rows)


def _task(row: Row, bodies: Iterable[Row]) -> TimelineTask:
    known = {name: row[name] for name in _TASK if row[name] is not None}
    hull = {"start": row["start_on"], "end": row["end_on"]}
    dated = row["start_on"] is not None or row["end_on"] is not None
    dates = row["dates"] or ([hull] if dated else [])
    return TimelineTask.model_validate(
        known | {"dates": dates, "bodies": tuple(bodies), "page": page_of(row)}
    )
