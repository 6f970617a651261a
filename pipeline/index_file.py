"""The file of an index: its tables, how it is opened and looked over, what its errors mean."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import KehoachError
from pipeline.store import StoreError

FORMAT = 2  # of the tables below; an index of another format is made anew
_PATIENCE = 30.0  # seconds: somebody who looks at the index may hold it while it is written

_TABLES = """
CREATE TABLE about (format INTEGER NOT NULL, run INTEGER NOT NULL);
CREATE TABLE sources (id INTEGER PRIMARY KEY, identity TEXT NOT NULL UNIQUE, given TEXT NOT NULL);
CREATE TABLE paths (
    id INTEGER PRIMARY KEY,
    source INTEGER NOT NULL REFERENCES sources (id),
    root BLOB NOT NULL,
    members TEXT NOT NULL,
    name TEXT NOT NULL,
    metadata TEXT,
    -- when it was found last
    run INTEGER NOT NULL,
    size INTEGER, mtime_ns INTEGER, stamp TEXT,
    barred TEXT, bar_code TEXT, bar_message TEXT,
    -- when its bytes were read last
    read_stamp TEXT, read_ns INTEGER,
    sha256 TEXT, media_type TEXT,
    failure TEXT, cause TEXT, code TEXT, message TEXT,
    UNIQUE (source, root, members)
);
CREATE INDEX paths_by_content ON paths (sha256, name);
CREATE INDEX paths_by_name ON paths (name);
CREATE TABLE contents (
    sha256 TEXT NOT NULL, media_type TEXT NOT NULL,
    parse TEXT NOT NULL, repair TEXT NOT NULL, extract TEXT NOT NULL,
    status TEXT NOT NULL, cause TEXT,
    -- in how many runs it failed, and which was the last to try it
    attempts INTEGER NOT NULL, tried INTEGER NOT NULL,
    stage TEXT, code TEXT, message TEXT, page INTEGER,
    is_foreign INTEGER NOT NULL,
    plan_id TEXT, ocr_share REAL NOT NULL, confidence REAL NOT NULL,
    digest TEXT,
    PRIMARY KEY (sha256, media_type)
) WITHOUT ROWID;
"""


class DamagedIndex(KehoachError):
    code = "damaged-index"
    summary = "The dataset's index cannot be read."
    remedy = "Run kehoach ingest on its sources again: what was read is kept, the index is made anew."


def writable(path: Path) -> sqlite3.Connection:
    """The index for writing, looked over for damage; its tables are made where there are none."""
    with told(path):
        connection = _connected(path, "rwc")
        try:
            if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                connection.executescript(f"BEGIN;{_TABLES}INSERT INTO about VALUES ({FORMAT}, 0);COMMIT;")
            _check(path, connection)
            damage = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            if damage != "ok":
                raise DamagedIndex(f"{path}: {damage}.")
        except BaseException:
            connection.close()
            raise
    return connection


def readable(path: Path) -> sqlite3.Connection:
    """The index for looking.

    It is opened for writing where that is allowed: what a killed run left half written is undone first.
    """
    if not path.exists():
        raise DamagedIndex(f"There is no index {path}.")
    with told(path):
        connection = _connected(path, "rw")
        try:
            _check(path, connection)
        except BaseException:
            connection.close()
            raise
    return connection


def lay_aside(path: Path) -> None:
    """Take a damaged index out of the way."""
    forget_journal(path)
    os.replace(path, path.with_name(path.name + ".damaged"))


def forget_journal(path: Path) -> None:
    """Take away what a killed run left beside an index: it is not to be undone in another one."""
    path.with_name(path.name + "-journal").unlink(missing_ok=True)


def _connected(path: Path, mode: str) -> sqlite3.Connection:
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=_PATIENCE)
    connection.row_factory = sqlite3.Row
    return connection


def _check(path: Path, connection: sqlite3.Connection) -> None:
    found = connection.execute("SELECT format FROM about").fetchone()
    if found is None or found["format"] != FORMAT:
        raise DamagedIndex(f"{path} is of another version of kehoach.")


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Errors of SQLite as errors that name the file and what to do."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            raise DamagedIndex(f"{path} is no index.") from error
        raise StoreError(f"{path}: {error}.") from error
    except sqlite3.DatabaseError as error:
        raise DamagedIndex(f"{path}: {error}.") from error
