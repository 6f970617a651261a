"""Counts over a table's Parquet parts: only the columns asked for, a batch or a part at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

Counts = Counter[str | None]  # None: not known
_BATCH = 65_536  # rows


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that agree in some columns: how many, of how many documents, and an example."""

    number: int
    documents: int
    examples: tuple[str, ...]


def row_count(folder: Path, table: str) -> int:
    """Rows of a table, as its parts' footers tell."""
    total = 0
    for part in _parts(folder, table):
        with _opened(part) as file:
            total += file.metadata.num_rows
    return total


def batches(folder: Path, table: str, columns: Sequence[str]) -> Iterator[pa.RecordBatch]:
    """Some columns of a table, in its order."""
    for part in _parts(folder, table):
        with _opened(part) as file:
            yield from file.iter_batches(_BATCH, columns=list(columns), use_threads=False)


def value_counts(folder: Path, table: str, columns: Sequence[str]) -> dict[str, Counts]:
    """How often each value stands in each of some columns; of numbers, their text."""
    import pyarrow.compute as pc

    found: dict[str, Counts] = {column: Counter() for column in columns}
    for batch in batches(folder, table, columns):
        for column, counts in found.items():
            for entry in pc.value_counts(batch.column(column)).to_pylist():
                value = entry["values"]
                counts[None if value is None else str(value)] += entry["counts"]
    return found


def groups(
    folder: Path, table: str, keys: Sequence[str], examples: Sequence[str]
) -> dict[tuple[str, ...], Group]:
    """Rows by the values of `keys` (rows without the last of them are left out), the first as example.

    A document's rows stand in one part, so that documents are counted right.
    """
    import pyarrow.compute as pc

    columns = [*dict.fromkeys((*keys, "document_id", *examples))]
    counted = [("document_id", "count", pc.CountOptions(mode="all")), ("document_id", "count_distinct")]
    firsts = [(name, "first", pc.ScalarAggregateOptions(skip_nulls=False)) for name in examples]
    found: dict[tuple[str, ...], Group] = {}
    for part in _parts(folder, table):
        with _opened(part) as file:
            rows = file.read(columns=columns, use_threads=False)
        rows = rows.filter(pc.is_valid(rows.column(keys[-1])))
        for row in rows.group_by(keys, use_threads=False).aggregate([*counted, *firsts]).to_pylist():
            key = tuple(row[name] or "" for name in keys)
            group = Group(
                row["document_id_count"],
                row["document_id_count_distinct"],
                tuple(row[f"{name}_first"] or "" for name in examples),
            )
            found[key] = _joined(found[key], group) if key in found else group
    return found


def _joined(a: Group, b: Group) -> Group:
    return Group(a.number + b.number, a.documents + b.documents, a.examples)


def _parts(folder: Path, table: str) -> list[Path]:
    return sorted((folder / table).glob("part-*.parquet"))


@contextmanager
def _opened(part: Path) -> Iterator[pq.ParquetFile]:
    """A part; opened here, as Arrow takes no path whose bytes are no text."""
    import pyarrow.parquet as pq

    with part.open("rb") as file:
        yield pq.ParquetFile(file)
