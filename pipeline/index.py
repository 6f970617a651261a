"""The index of a dataset: which paths were found, what their bytes are, how reading them went.

One SQLite file beside the records. It is what makes a second run quick and what remembers files that are
gone and documents that failed; documents themselves stand in the records. Only the process that holds the
dataset's lock writes it, a transaction a second at most, so that a killed run loses a second of notes.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from pipeline.errors import KehoachError
from pipeline.found import Found
from pipeline.locations import Location, Stamp
from pipeline.reading import Outcome, Reading, Unread
from pipeline.store import ContentKey, StoreError
from pipeline.versions import Versions

FORMAT = 1  # of the tables below; an index of another format is made anew
MOST_ATTEMPTS = 2  # failures for want of time or memory after which a document is left alone
_COMMIT_EVERY = 1.0  # seconds
_CHUNK = 1000  # paths that are handed out in one batch, large ones first
_FRESH = 2_000_000_000  # nanoseconds: a file changed that shortly before it was read may change unseen

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
    status TEXT NOT NULL, cause TEXT, attempts INTEGER NOT NULL,
    stage TEXT, code TEXT, message TEXT, page INTEGER,
    is_foreign INTEGER NOT NULL,
    plan_id TEXT, ocr_share REAL NOT NULL, confidence REAL NOT NULL,
    digest TEXT,
    PRIMARY KEY (sha256, media_type)
) WITHOUT ROWID;
"""

_GONE = ("gone", "The file is not there any more; its document stays until kehoach prune.")

# What is left to do in this run: readable, and not answered for by what was read of it before.
_TO_DO = """
FROM paths AS p LEFT JOIN contents AS c ON c.sha256 = p.sha256 AND c.media_type = p.media_type
WHERE p.run = :run AND p.barred IS NULL AND p.id > :after AND (
    NOT (p.stamp IS p.read_stamp AND p.stamp IS NOT NULL AND p.mtime_ns + :fresh < p.read_ns)
    OR p.cause = 'environment'
    OR (p.cause IS NULL AND (
        c.sha256 IS NULL
        OR (c.parse, c.repair, c.extract) <> (:parse, :repair, :extract)
        OR c.cause = 'environment'
        OR (c.cause = 'resource' AND c.attempts < :most)
    ))
)
"""


class DamagedIndex(KehoachError):
    code = "damaged-index"
    summary = "The dataset's index cannot be read."
    remedy = "Run kehoach ingest on its sources again: what was read is kept, the index is made anew."


@dataclass(frozen=True, slots=True)
class Pending:
    """A path to read: its row, where it is, what its bytes are where that is known already."""

    row: int
    location: Location
    name: str
    size: int | None
    known: ContentKey | None


class Index:
    """The index in a file. Raises StoreError where the disk is full, DamagedIndex where it is no index."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._db = connection
        self._committed = time.monotonic()
        self.run: int = self._db.execute("SELECT run FROM about").fetchone()[0]

    @classmethod
    def open(cls, path: Path) -> Index:
        """The index for writing; one that is damaged or of another format is laid aside and made anew."""
        try:
            return cls(path, _connection(path))
        except DamagedIndex:
            os.replace(path, path.with_name(path.name + ".damaged"))
            return cls(path, _connection(path))

    @classmethod
    def look(cls, path: Path) -> Index:
        """The index for looking only."""
        if not path.exists():
            raise DamagedIndex(f"There is no index {path}.")
        return cls(path, _connection(path, read_only=True))

    def close(self) -> None:
        self.commit()
        self._db.close()

    def commit(self) -> None:
        with _told(self.path):
            self._db.commit()
        self._committed = time.monotonic()

    def _write(
        self, statement: str, values: Mapping[str, object] | tuple[object, ...] = ()
    ) -> sqlite3.Cursor:
        with _told(self.path):
            cursor = self._db.execute(statement, values)
        if time.monotonic() - self._committed > _COMMIT_EVERY:
            self.commit()
        return cursor

    # --- what is found ------------------------------------------------------------------------

    def begin(self) -> None:
        """A new run: paths that it does not see may be gone."""
        self.run += 1
        self._write("UPDATE about SET run = ?", (self.run,))

    def source(self, identity: str, given: str) -> int:
        """The row of a source; `identity` tells two sources apart, `given` is what it was called last."""
        self._write(
            "INSERT INTO sources (identity, given) VALUES (?, ?)"
            " ON CONFLICT (identity) DO UPDATE SET given = excluded.given",
            (identity, given),
        )
        found = self._db.execute("SELECT id FROM sources WHERE identity = ?", (identity,)).fetchone()
        return int(found[0])

    def see(self, source: int, found: Found) -> None:
        """Note a path of this run."""
        stamp, reason = found.stamp, found.reason
        self._write(
            """
            INSERT INTO paths (
                source, root, members, name, run, size, mtime_ns, stamp, barred, bar_code, bar_message
            ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (source, root, members) DO UPDATE SET
                name = excluded.name, run = excluded.run,
                size = excluded.size, mtime_ns = excluded.mtime_ns, stamp = excluded.stamp,
                barred = excluded.barred, bar_code = excluded.bar_code, bar_message = excluded.bar_message
            """,
            (
                source,
                os.fsencode(found.location.root),
                json.dumps(found.location.members),
                found.name,
                self.run,
                stamp.size,
                stamp.mtime_ns,
                _stamp_text(stamp),
                None if reason is None else "failed" if found.failed else "skipped",
                reason.code if reason else None,
                reason.message if reason else None,
            ),
        )

    def mark_gone(self, source: int) -> int:
        """Note as gone what this run did not see in a source and what surely is not there any more."""
        unseen = self._db.execute(
            "SELECT id, root, members FROM paths WHERE source = ? AND run < ? AND barred IS NOT 'gone'",
            (source, self.run),
        )
        gone = [row for row, root, members in unseen if not _location(root, members).exists()]
        for row in gone:
            self._write(
                "UPDATE paths SET barred = 'gone', bar_code = ?, bar_message = ? WHERE id = ?", (*_GONE, row)
            )
        return len(gone)

    # --- what is to do, and what came of it -----------------------------------------------------

    def pending(self, versions: Versions) -> Iterator[Pending]:
        """Paths of this run that have to be read, large ones first within a batch."""
        after = 0
        while True:
            with closing(
                self._to_do(f"SELECT {_PENDING}", "ORDER BY p.id LIMIT :chunk", versions, after)
            ) as cursor:
                chunk = cursor.fetchall()
            if not chunk:
                return
            after = chunk[-1]["id"]
            yield from (_pending(row) for row in sorted(chunk, key=_largest_first))

    def left(self, versions: Versions) -> tuple[int, int]:
        """How many paths are to be read, and how many bytes they have."""
        count, size = self._to_do("SELECT count(*), coalesce(sum(p.size), 0)", "", versions, 0).fetchone()
        return int(count), int(size)

    def seen(self) -> int:
        """How many paths this run has found that can be read."""
        found = self._db.execute("SELECT count(*) FROM paths WHERE run = ? AND barred IS NULL", (self.run,))
        return int(found.fetchone()[0])

    def _to_do(self, what: str, how: str, versions: Versions, after: int) -> sqlite3.Cursor:
        values = asdict(versions) | {
            "run": self.run, "after": after, "most": MOST_ATTEMPTS, "chunk": _CHUNK, "fresh": _FRESH
        }  # fmt: skip
        return self._db.execute(f"{what} {_TO_DO} {how}", values)

    def note(self, row: int, outcome: Outcome, versions: Versions) -> None:
        """Keep what came of reading a path; its stamp is the one that it had when it was found."""
        result = outcome.result
        if isinstance(result, Unread):
            problem, failure = result.problem, "failed" if result.failed else "skipped"
            values = (outcome.read_ns, failure, result.cause, problem.code, problem.message, row)
            self._write(
                "UPDATE paths SET read_stamp = stamp, read_ns = ?,"
                " failure = ?, cause = ?, code = ?, message = ? WHERE id = ?",
                values,
            )
            return
        self._keep(result, versions)
        self._write(
            "UPDATE paths SET read_stamp = stamp, read_ns = ?, sha256 = ?, media_type = ?,"
            " failure = NULL, cause = NULL, code = NULL, message = NULL WHERE id = ?",
            (outcome.read_ns, result.key.sha256, result.key.media_type, row),
        )

    def _keep(self, reading: Reading, versions: Versions) -> None:
        problem = reading.problem
        self._write(
            """
            INSERT INTO contents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (sha256, media_type) DO UPDATE SET
                attempts = CASE WHEN excluded.cause IS NULL THEN 0
                    WHEN (parse, repair, extract) = (excluded.parse, excluded.repair, excluded.extract)
                    THEN attempts + 1 ELSE 1 END,
                parse = excluded.parse, repair = excluded.repair, extract = excluded.extract,
                status = excluded.status, cause = excluded.cause,
                stage = excluded.stage, code = excluded.code,
                message = excluded.message, page = excluded.page, is_foreign = excluded.is_foreign,
                plan_id = excluded.plan_id, ocr_share = excluded.ocr_share,
                confidence = excluded.confidence, digest = excluded.digest
            """,
            (
                reading.key.sha256,
                reading.key.media_type,
                versions.parse,
                versions.repair,
                versions.extract,
                reading.status,
                reading.cause,
                0 if reading.cause is None else 1,
                *((problem.stage, problem.code, problem.message, problem.page) if problem else (None,) * 4),
                reading.is_foreign,
                reading.plan_id,
                reading.ocr_share,
                reading.confidence,
                reading.digest,
            ),
        )

    # --- changes by hand --------------------------------------------------------------------------

    def annotate(self, columns: Iterable[tuple[str, str]]) -> list[str]:
        """Give paths of this run an archive's own columns (name, JSON); gives the names that are unknown."""
        self._write("UPDATE paths SET metadata = NULL WHERE run = ?", (self.run,))
        unknown = []
        for name, values in columns:
            done = self._write(
                "UPDATE paths SET metadata = ? WHERE run = ? AND name = ?", (values, self.run, name)
            )
            if not done.rowcount:
                unknown.append(name)
        return unknown

    def read_again(self, sha256: str) -> None:
        """Have a content read again in this run, whatever came of it before."""
        self._write("DELETE FROM contents WHERE sha256 = ?", (sha256,))
        self._write("UPDATE paths SET run = ? WHERE sha256 = ? AND barred IS NULL", (self.run, sha256))

    def retry_failed(self) -> int:
        """Have everything that failed read again in this run; gives the number of paths."""
        failed = """
            barred IS NULL AND (cause IS NOT NULL OR EXISTS (
                SELECT 1 FROM contents AS c WHERE c.sha256 = paths.sha256
                AND c.media_type = paths.media_type AND c.cause IS NOT NULL AND NOT c.is_foreign
            ))
        """
        done = self._write(f"UPDATE paths SET run = ?, read_stamp = NULL WHERE {failed}", (self.run,))
        self._write("UPDATE contents SET attempts = 0 WHERE cause = 'resource'")
        return done.rowcount

    def prune(self) -> int:
        """Forget paths that are gone and contents without a path; gives the number of paths."""
        pruned = self._write("DELETE FROM paths WHERE barred = 'gone'").rowcount
        self._write(
            "DELETE FROM contents WHERE NOT EXISTS (SELECT 1 FROM paths"
            " WHERE paths.sha256 = contents.sha256 AND paths.media_type = contents.media_type)"
        )
        return pruned

    def select(self, statement: str, values: Mapping[str, object] | None = None) -> Iterator[sqlite3.Row]:
        """Rows of a question to the index; see `pipeline.index_views`."""
        with _told(self.path):
            yield from self._db.execute(statement, values or {})


_PENDING = """
p.id, p.root, p.members, p.name, p.size, p.sha256, p.media_type,
(p.stamp IS p.read_stamp AND p.mtime_ns + :fresh < p.read_ns) AS known
"""


def _pending(row: sqlite3.Row) -> Pending:
    known = ContentKey(row["sha256"], row["media_type"]) if row["known"] and row["sha256"] else None
    return Pending(row["id"], _location(row["root"], row["members"]), row["name"], row["size"], known)


def _largest_first(row: sqlite3.Row) -> tuple[int, str]:
    return -(row["size"] or 0), row["name"]


def _location(root: bytes, members: str) -> Location:
    return Location(os.fsdecode(root), tuple(json.loads(members)))


def _stamp_text(stamp: Stamp) -> str | None:
    """What is equal for a file that was not touched; None where too little is known to tell."""
    if stamp.size is None or stamp.mtime_ns is None:
        return None
    return f"{stamp.size}/{stamp.mtime_ns}/{stamp.inode}"


def _connection(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    new = not path.exists()
    with _told(path):
        how = "?mode=ro" if read_only else ""
        connection = sqlite3.connect(f"{path.absolute().as_uri()}{how}", uri=True, timeout=30.0)
        connection.row_factory = sqlite3.Row
        if new:
            connection.executescript(f"BEGIN;{_TABLES}INSERT INTO about VALUES ({FORMAT}, 0);COMMIT;")
        found = connection.execute("SELECT format FROM about").fetchone()
    if found is None or found["format"] != FORMAT:
        connection.close()
        raise DamagedIndex(f"{path} is of another version of kehoach.")
    return connection


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Errors of SQLite as errors that name the file and what to do."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if "no such table" in str(error):
            raise DamagedIndex(f"{path} is no index.") from error
        raise StoreError(f"{path}: {error}.") from error
    except sqlite3.DatabaseError as error:
        raise DamagedIndex(f"{path}: {error}.") from error
