"""What of a dataset a comparison needs: the tasks, movements and legal bases of some documents."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pipeline.comparison.errors import PlanTooLong
from pipeline.comparison.facts import months_of, usual_year
from pipeline.comparison.model import (
    ComparedBasis,
    ComparedBody,
    ComparedMovement,
    ComparedPlan,
    ComparedTask,
)
from pipeline.comparison.rows import TASK, Row, bodies_of, page_of, rows_of, seq_of

if TYPE_CHECKING:
    from pipeline.dataset import Dataset

_TASK = (*TASK, "source")
_BODY = tuple(ComparedBody.model_fields)
_MOST_TASKS = 3000  # of a plan: what is held against each other grows with the square


def tasks_of(dataset: Dataset, plan: ComparedPlan) -> tuple[ComparedTask, ...]:
    """The tasks of a plan in their order. Raises PlanTooLong."""
    ids = [plan.document_id]
    rows = rows_of(dataset, "tasks", ids, (*_TASK, "dates", "regions"))
    if len(rows) > _MOST_TASKS:
        raise PlanTooLong(f"{plan.path} has {len(rows):,} tasks; {_MOST_TASKS:,} can be compared.")
    bodies = bodies_of(dataset, ids, _BODY)
    times = {row["task_id"]: _intervals(row) for row in rows}
    year = plan.plan_year or usual_year(day for held in times.values() for _, day in held if day)
    return tuple(
        ComparedTask.model_validate(
            {name: row[name] for name in _TASK if row[name] is not None}
            | {"page": page_of(row), "months": months_of(times[row["task_id"]], year)}
            | {"bodies": bodies.get(row["task_id"], ())}
        )
        for row in sorted(rows, key=seq_of)
    )


def movements_of(dataset: Dataset, plan: ComparedPlan) -> tuple[ComparedMovement, ...]:
    """The movements that a plan names."""
    rows = sorted(rows_of(dataset, "movements", [plan.document_id], ("seq", "name", "key")), key=seq_of)
    return tuple(ComparedMovement.model_validate({k: row[k] for k in ("name", "key")}) for row in rows)


def bases_of(dataset: Dataset, plan: ComparedPlan) -> tuple[ComparedBasis, ...]:
    """The legal bases of a plan, without references elsewhere in it."""
    names = ("instrument", "number", "issued_on", "issuer", "title", "text")
    rows = rows_of(dataset, "legal_bases", [plan.document_id], ("seq", "role", *names, "regions"))
    return tuple(
        ComparedBasis.model_validate({name: row[name] for name in names} | {"page": page_of(row)})
        for row in sorted(rows, key=seq_of)
        if row["role"] == "basis"
    )


def _intervals(row: Row) -> list[tuple[date | None, date | None]]:
    """Every interval of a task's time; its hull where no single ones are told."""
    dates = row["dates"]
    held = [(each["start"], each["end"]) for each in dates] if isinstance(dates, list) else []
    start, end = row["start_on"], row["end_on"]
    hull = (start if isinstance(start, date) else None, end if isinstance(end, date) else None)
    return held or [hull]
