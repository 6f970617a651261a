"""What of a dataset a comparison needs: the tasks, movements and legal bases of some documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from pipeline.comparison.errors import PlanTooLong
from pipeline.comparison.facts import months_of, usual_year
from pipeline.comparison.model import (
    ComparedBasis,
    ComparedMovement,
    ComparedPlan,
    ComparedTask,
)
from pipeline.schema import arrow_schema

_COPIED = (
    "task_id", "document_id", "seq", "source", "no", "section", "group", "content", "time_text", "time_kind",
    "start_on", "end_on", "recurrence",
)  # fmt: skip

if TYPE_CHECKING:
    from pipeline.dataset import Dataset
_MOST_TASKS = 3000  # of a plan: what is held against each other grows with the square
Row = Mapping[str, object]


def tasks_of(dataset: Dataset, plan: ComparedPlan) -> tuple[ComparedTask, ...]:
    """The tasks of a plan in their order. Raises PlanTooLong."""
    rows = _rows(dataset, "tasks", plan, (*_COPIED, "dates", "regions"))
    if len(rows) > _MOST_TASKS:
        raise PlanTooLong(f"{plan.path} has {len(rows):,} tasks; {_MOST_TASKS:,} can be compared.")
    bodies: dict[object, list[Row]] = {}
    for row in _rows(dataset, "task_bodies", plan, ("task_id", "seq", "role", "body", "body_key")):
        bodies.setdefault(row["task_id"], []).append(row)
    times = {row["task_id"]: _intervals(row) for row in rows}
    year = plan.plan_year or usual_year(day for held in times.values() for _, day in held if day)
    return tuple(
        ComparedTask.model_validate(
            {name: row[name] for name in _COPIED if row[name] is not None}
            | {"page": _page(row), "months": months_of(times[row["task_id"]], year)}
            | {"bodies": [_body(body) for body in sorted(bodies.get(row["task_id"], ()), key=_seq)]}
        )
        for row in sorted(rows, key=_seq)
    )


def movements_of(dataset: Dataset, plan: ComparedPlan) -> tuple[ComparedMovement, ...]:
    """The movements that a plan names."""
    rows = sorted(_rows(dataset, "movements", plan, ("seq", "name", "key")), key=_seq)
    return tuple(ComparedMovement.model_validate({k: row[k] for k in ("name", "key")}) for row in rows)


def bases_of(dataset: Dataset, plan: ComparedPlan) -> tuple[ComparedBasis, ...]:
    """The legal bases of a plan, without references elsewhere in it."""
    names = ("instrument", "number", "issued_on", "issuer", "title", "text")
    rows = _rows(dataset, "legal_bases", plan, ("seq", "role", *names, "regions"))
    return tuple(
        ComparedBasis.model_validate({name: row[name] for name in names} | {"page": _page(row)})
        for row in sorted(rows, key=_seq)
        if row["role"] == "basis"
    )


def _rows(dataset: Dataset, table: str, plan: ComparedPlan, columns: Sequence[str]) -> list[Row]:
    """Rows of one document, without the rest of the table in memory."""
    import pyarrow.compute as pc
    import pyarrow.dataset as pads

    parts = [str(part) for part in dataset.parts(table)]
    source = pads.dataset(parts, schema=arrow_schema(table), format="parquet")
    mine = pc.field("document_id") == plan.document_id
    rows: list[Row] = source.to_table(columns=list(columns), filter=mine).to_pylist()
    return rows


def _seq(row: Row) -> int:
    return int(str(row["seq"]))


def _body(row: Row) -> Row:
    return {name: row[name] for name in ("role", "body", "body_key")}


def _page(row: Row) -> object:
    """The page on which a fact begins."""
    regions = row["regions"]
    return regions[0]["page"] if isinstance(regions, list) and regions else None


def _intervals(row: Row) -> list[tuple[date | None, date | None]]:
    """Every interval of a task's time; its hull where no single ones are told."""
    dates = row["dates"]
    held = [(each["start"], each["end"]) for each in dates] if isinstance(dates, list) else []
    start, end = row["start_on"], row["end_on"]
    hull = (start if isinstance(start, date) else None, end if isinstance(end, date) else None)
    return held or [hull]
