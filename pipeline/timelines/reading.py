"""What of a dataset a timeline needs: the periods of plans, their tasks and the bodies of those."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from pipeline.comparison.model import ComparedPlan
from pipeline.timelines.errors import TooManyTasks
from pipeline.timelines.model import TimelineBody, TimelinePlan, TimelineTask

if TYPE_CHECKING:
    from pipeline.dataset import Dataset

Row: TypeAlias = Mapping[str, object]
_MOST_TASKS = 5000  # of a year: more make a page that no browser shows well
_TASK = (
    "task_id", "document_id", "seq", "no", "section", "group", "content", "time_text", "time_kind",
    "start_on", "end_on", "dates", "recurrence", "product", "note",
)  # fmt: skip
_BODY = tuple(TimelineBody.model_fields)


def with_periods(dataset: Dataset, plans: Sequence[ComparedPlan]) -> tuple[TimelinePlan, ...]:
    """The plans with their periods and sources, in the order of their numbers."""
    ids = [plan.document_id for plan in plans]
    found = _rows(dataset, "documents", ids, ("document_id", "period_start", "period_end"))
    periods = {row["document_id"]: row for row in found}
    files = _rows(dataset, "files", ids, ("document_id", "path", "source"))
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
    rows = _rows(dataset, "tasks", ids, (*_TASK, "regions"))
    if len(rows) > _MOST_TASKS:
        raise TooManyTasks(f"These plans have {len(rows):,} tasks; {_MOST_TASKS:,} can be shown.")
    bodies: dict[object, list[Row]] = {}
    for row in sorted(_rows(dataset, "task_bodies", ids, ("task_id", "seq", *_BODY)), key=_seq):
        bodies.setdefault(row["task_id"], []).append({name: row[name] for name in _BODY})
    rows.sort(key=lambda row: (ids.index(str(row["document_id"])), _seq(row)))
    return tuple(_task(row, bodies.get(row["task_id"], ())) for row in rows)


def _task(row: Row, bodies: Iterable[Row]) -> TimelineTask:
    known = {name: row[name] for name in _TASK if row[name] is not None}
    hull = {"start": row["start_on"], "end": row["end_on"]}
    dated = row["start_on"] is not None or row["end_on"] is not None
    dates = row["dates"] or ([hull] if dated else [])
    return TimelineTask.model_validate(known | {"dates": dates, "bodies": tuple(bodies), "page": _page(row)})


def _rows(
    dataset: Dataset, table: str, ids: Sequence[str], columns: Sequence[str]
) -> list[dict[str, object]]:
    """Rows of some documents, without the rest of the table in memory."""
    from duckdb import ColumnExpression, ConstantExpression

    mine = ColumnExpression("document_id").isin(*map(ConstantExpression, ids))
    found = dataset.relation(table).filter(mine).select(*map(ColumnExpression, columns))
    rows: list[dict[str, object]] = found.to_arrow_table().to_pylist()
    return rows


def _page(row: Row) -> object:
    """The page on which a task begins."""
    regions = row["regions"]
    return regions[0]["page"] if isinstance(regions, list) and regions else None


def _seq(row: Row) -> int:
    return int(str(row["seq"]))
