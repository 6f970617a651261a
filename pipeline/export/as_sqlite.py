"""Exports a dataset as an SQLite database, with keys, indexes and a table that tells what columns mean."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from pipeline.export.columns import plain, quoted
from pipeline.export.contract import Written
from pipeline.export.errors import BrokenDataset
from pipeline.export.keys import constraints, indexes, ordered
from pipeline.export.source import Source
from pipeline.schema import TABLES, Kind

ABOUT = "about_columns"
_TYPES: dict[Kind, str] = {"int32": "INTEGER", "int64": "INTEGER", "bool": "INTEGER", "float32": "REAL"}
# The file takes its place when it is done: until then nothing is lost with it.
_HASTE = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536"


def write(source: Source, path: Path) -> Written:
    """Write all tables: days as ISO text, lists as JSON text, truth as 0 and 1."""
    written = Written()
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.executescript(_HASTE)
        database.execute("BEGIN")
        for name in ordered():
            database.execute(_table(name))
            written.add(name, _fill(source, database, name))
        for statement in (index for name in TABLES for index in _indexes(name)):
            database.execute(statement)
        _describe(database)
        database.execute("COMMIT")
        _refuse_orphans(database)
    return written


def _table(name: str) -> str:
    parts = [f"{quoted(c.name)} {_TYPES.get(c.kind, 'TEXT')}" for c in TABLES[name].columns]
    return f"CREATE TABLE {quoted(name)} ({', '.join([*parts, *constraints(name)])})"


def _indexes(name: str) -> list[str]:
    return [f"CREATE INDEX {name}_{column} ON {quoted(name)} ({quoted(column)})" for column in indexes(name)]


def _fill(source: Source, database: sqlite3.Connection, name: str) -> int:
    count = 0
    marks = ", ".join("?" * len(TABLES[name].columns))
    for batch in source.batches(name, plain):
        rows = zip(*(column.to_pylist() for column in batch.columns), strict=True)
        database.executemany(f"INSERT INTO {quoted(name)} VALUES ({marks})", rows)
        count += batch.num_rows
    return count


def _describe(database: sqlite3.Connection) -> None:
    """SQLite knows no comments on columns; a table holds them."""
    database.execute(f"CREATE TABLE {ABOUT} (table_name TEXT, column_name TEXT, description TEXT)")
    rows = [(name, None, table.description) for name, table in TABLES.items()]
    rows += [(name, c.name, c.description) for name, table in TABLES.items() for c in table.columns]  # type: ignore[misc]
    database.executemany(f"INSERT INTO {ABOUT} VALUES (?, ?, ?)", rows)


def _refuse_orphans(database: sqlite3.Connection) -> None:
    orphan = database.execute("PRAGMA foreign_key_check").fetchone()
    if orphan is not None:
        raise BrokenDataset(f"A row of table {orphan[0]} refers to a row of {orphan[2]} that is not there.")
