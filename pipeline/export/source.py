"""What is exported: a dataset without what is not to leave it, table by table, as streams.

Documents with a secrecy mark (độ mật) are withheld, and so are other copies of the same plan, whose mark
may not have been read; with them goes every row that hangs on them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from pipeline import queries
from pipeline.dataset import Dataset, open_dataset
from pipeline.export.columns import Form, exact, literal, quoted, select
from pipeline.export.errors import BrokenDataset
from pipeline.export.keys import DOCUMENT
from pipeline.rows import Row
from pipeline.schema import TABLES
from pipeline.usage import OtherSchema

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

_BATCH = 5_000  # rows held at a time
_FEW = 1_000  # … as Python values, of several tables at once
_BATCH_BYTES = 16 * 2**20  # … which may be long
_MEMORY = "2GB"  # most that reading a part may take: that of its two hundred longest texts
_THREADS = min(4, len(os.sched_getaffinity(0)))
_TABLE = "withheld"
_WITHHELD = """
WITH marked AS (SELECT document_id, plan_id FROM documents WHERE secrecy IS NOT NULL)
SELECT document_id FROM documents
WHERE document_id IN (SELECT document_id FROM marked) OR plan_id IN (SELECT plan_id FROM marked)
"""


DocumentRows = tuple[Row, Mapping[str, Sequence[Row]]]  # the row of a document, its rows of other tables


class Source:
    """The tables of a dataset that may be handed over; in a `with`, for the folder that it may spill to."""

    def __init__(self, dataset: Dataset | str | Path, *, include_secret: bool = False) -> None:
        self.dataset = dataset if isinstance(dataset, Dataset) else open_dataset(dataset)
        self._secret = include_secret
        self._folder = TemporaryDirectory(prefix="kehoach-export-")
        self.scratch = Path(self._folder.name)  # for what does not fit into memory

    def __enter__(self) -> Source:
        """Raises OtherSchema."""
        self._refuse_other_schema()
        return self

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()

    def _refuse_other_schema(self) -> None:
        with self.database(*TABLES) as database:
            for name, table in TABLES.items():
                found = database.sql(f"SELECT * FROM {quoted(name)} LIMIT 0").columns
                missing = set(table.names) - set(found)
                if missing:
                    place = f"{self.dataset.folder}: table {name}"
                    raise OtherSchema(f"{place} has no column {min(missing)}.")

    @contextmanager
    def database(self, *tables: str, memory: str = _MEMORY) -> Iterator[duckdb.DuckDBPyConnection]:
        """A database of its own, in memory, that knows some tables, withheld rows included."""
        connection = queries.database({name: self.dataset.parts(name) for name in tables})
        try:
            connection.execute(f"SET memory_limit = '{memory}'")
            connection.execute(f"SET threads = {_THREADS}")
            connection.execute(f"SET temp_directory = {literal(self._folder.name)}")
            connection.execute("SET TimeZone = 'UTC'")
            yield connection
        finally:
            connection.close()

    @property
    def withheld(self) -> int:
        """How many documents are left out."""
        return len(self._withheld)

    @cached_property
    def _withheld(self) -> pa.Array:
        import pyarrow as pa

        if self._secret:
            return pa.array([], pa.string())
        with self.database("documents") as database:
            return database.sql(_WITHHELD).to_arrow_table()[DOCUMENT].combine_chunks()

    def shown(self, table: str) -> str:
        """The rows of a table that may be handed over, for a FROM, in no order; see `know_withheld`."""
        if not (hanging := _hanging(table)):
            return f"(FROM {quoted(table)} WHERE NOT EXISTS (FROM {_TABLE}))"
        joins = (f"ANTI JOIN (SELECT {DOCUMENT} AS {name} FROM {_TABLE}) USING ({name})" for name in hanging)
        return f"(FROM {quoted(table)} {' '.join(joins)})"

    def know_withheld(self, database: duckdb.DuckDBPyConnection) -> None:
        """Let a database know the documents that are left out."""
        import pyarrow as pa

        database.register(_TABLE, pa.table({DOCUMENT: self._withheld}))

    def batches(
        self, table: str, form: Form, among: pa.Array | None = None, size: int = _BATCH
    ) -> Iterator[pa.RecordBatch]:
        """The rows of a table as Arrow, in order, some at a time; only those of documents `among`."""
        hanging = _hanging(table)
        if self.withheld and not hanging:
            return  # it tells of all documents together, the withheld ones too
        with self.database(table) as database, _told_as_broken():
            # Filtered here: a join would lose the order.
            rows = database.sql(f"SELECT {select(table, form)} FROM {quoted(table)}")
            for batch in rows.to_arrow_reader(size):
                for name in hanging:
                    batch = _without(batch, name, self._withheld)
                yield from _slices(batch if among is None or not hanging else _of(batch, among))

    def reader(self, table: str, form: Form, among: pa.Array | None = None) -> pa.RecordBatchReader:
        """The same as one Arrow stream, which knows its columns before the first row is read."""
        import pyarrow as pa

        with self.database(table) as database:
            columns = database.sql(f"SELECT {select(table, form)} FROM {quoted(table)} LIMIT 0")
            schema = columns.to_arrow_table().schema
        return pa.RecordBatchReader.from_batches(schema, self.batches(table, form, among))

    def rows(self, table: str, form: Form = exact) -> Iterator[Row]:
        """The rows of a table as Python values; a map is a list of pairs, a time its ISO form."""
        for batch in self.batches(table, form, size=_FEW):
            yield from batch.to_pylist()

    def documents(
        self, *tables: str, form: Form = exact
    ) -> Iterator[tuple[Row, Mapping[str, Sequence[Row]]]]:
        """Each document with its rows of some tables; one document is in memory at a time.

        Raises BrokenDataset where tables are not sorted by document, as every dataset of ours is.
        """
        cursors = {table: _Cursor(table, self.rows(table, form)) for table in tables}
        last = ""
        for document in self.rows("documents", form):
            identity = str(document[DOCUMENT])
            if identity <= last:
                raise BrokenDataset(f"Table documents is not sorted at {identity}.")
            last = identity
            yield document, {table: cursor.rows_of(identity) for table, cursor in cursors.items()}
        for cursor in cursors.values():
            cursor.finish()


def _hanging(table: str) -> list[str]:
    """The columns by which the rows of a table hang on documents."""
    return [name for name in TABLES[table].names if name.endswith(DOCUMENT)]


def _without(batch: pa.RecordBatch, name: str, identities: pa.Array) -> pa.RecordBatch:
    import pyarrow.compute as pc

    return batch.filter(pc.invert(pc.is_in(batch[name], identities))) if len(identities) else batch


def _of(batch: pa.RecordBatch, identities: pa.Array) -> pa.RecordBatch:
    """The rows of some documents; null among them asks for rows of no document."""
    import pyarrow.compute as pc

    return batch.filter(pc.is_in(batch[DOCUMENT], identities))


def _slices(batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    """A batch in pieces that are not too long; none where it is empty."""
    pieces = max(1, batch.nbytes // _BATCH_BYTES)
    size = max(1, batch.num_rows // pieces)
    yield from (batch.slice(i, size) for i in range(0, batch.num_rows, size))


@contextmanager
def _told_as_broken() -> Iterator[None]:
    import duckdb

    try:
        yield
    except duckdb.Error as error:
        raise BrokenDataset(f"A table cannot be read: {error}.") from error


class _Cursor:
    """Goes through a table that is sorted by document, a document at a time."""

    def __init__(self, table: str, rows: Iterator[Row]) -> None:
        self._table, self._rows = table, rows
        self._next = next(rows, None)

    def rows_of(self, identity: str) -> list[Row]:
        found: list[Row] = []
        while self._next is not None and self._next[DOCUMENT] == identity:
            found.append(self._next)
            self._next = next(self._rows, None)
        return found

    def finish(self) -> None:
        if self._next is not None:
            owner = self._next[DOCUMENT]
            raise BrokenDataset(f"Table {self._table} has rows out of order, or of no document: {owner}.")
