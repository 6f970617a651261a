"""Rows of some documents of a dataset, without the rest of the table in memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from pipeline.comparison.model import PlannedTask

if TYPE_CHECKING:
    from pipeline.dataset import Dataset

Row: TypeAlias = Mapping[str, object]
TASK = tuple(name for name in PlannedTask.model_fields if name != "page")  # columns of table tasks


def rows_of(
    dataset: Dataset, table: str, ids: Sequence[str], columns: Iterable[str]
) -> list[dict[str, object]]:
    """The rows of documents, in no order."""
    from duckdb import ColumnExpression, ConstantExpression

    mine = ColumnExpression("document_id").isin(*map(ConstantExpression, ids))
    found = dataset.relation(table).filter(mine).select(*map(ColumnExpression, columns))
    rows: list[dict[str, object]] = found.to_arrow_table().to_pylist()
    return rows


def bodies_of(dataset: Dataset, ids: Sequence[str], columns: Sequence[str]) -> dict[object, list[Row]]:
    """By task_id the bodies of the tasks of documents, in their order."""
    held: dict[object, list[Row]] = {}
    for row in sorted(rows_of(dataset, "task_bodies", ids, ("task_id", "seq", *columns)), key=seq_of):
        held.setdefault(row["task_id"], []).append({name: row[name] for name in columns})
    return held


def seq_of(row: Row) -> int:
    """The place of a row in its document."""
    return int(str(row["seq"]))


def page_of(row: Row) -> object:
    """The page on which a fact begins."""
    regions = row["regions"]
    return regions[0]["page"] if isinstance(regions, list) and regions else None
