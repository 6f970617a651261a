"""Exports a dataset as a DuckDB database: typed tables with keys, and comments on tables and columns."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.export.columns import literal, native, quoted, select
from pipeline.export.contract import Written
from pipeline.export.keys import constraints, ordered
from pipeline.export.source import Source
from pipeline.export.whole import remove
from pipeline.schema import TABLES

if TYPE_CHECKING:
    import duckdb

_TO = "exported"  # the name by which the new database is attached
_BATCH = "batch"
# A database fills what it is given. Little is enough, unless two thousand texts in a row are very long.
_MEMORY, _MORE_MEMORY = "160MB", "4GB"


def write(source: Source, path: Path) -> Written:
    """Write all tables with the types that they have in the dataset."""
    import duckdb

    try:
        return _write(source, path, _MEMORY)
    except duckdb.Error as error:
        if "memory" not in str(error):
            raise
    remove(path)
    return _write(source, path, _MORE_MEMORY)


def _write(source: Source, path: Path, memory: str) -> Written:
    written = Written()
    with source.database(*TABLES, memory=memory) as database:
        database.execute(f"ATTACH {literal(str(path))} AS {_TO}")
        for name in ordered():
            database.execute(_table(database, name))
            for batch in source.batches(name, native):
                database.register(_BATCH, batch)
                database.execute(f"INSERT INTO {_TO}.{quoted(name)} FROM {_BATCH}")
                written.add(name, batch.num_rows)
            for comment in _comments(name):
                database.execute(comment)
        database.execute(f"DETACH {_TO}")
    return written


def _table(database: duckdb.DuckDBPyConnection, name: str) -> str:
    relation = database.sql(f"SELECT {select(name, native)} FROM {quoted(name)}")
    parts = [f"{quoted(c)} {kind}" for c, kind in zip(relation.columns, relation.types, strict=True)]
    return f"CREATE TABLE {_TO}.{quoted(name)} ({', '.join([*parts, *constraints(name)])})"


def _comments(name: str) -> list[str]:
    table = TABLES[name]
    place = f"{_TO}.main.{quoted(name)}"
    return [
        f"COMMENT ON TABLE {place} IS {literal(table.description)}",
        *(f"COMMENT ON COLUMN {place}.{quoted(c.name)} IS {literal(c.description)}" for c in table.columns),
    ]
