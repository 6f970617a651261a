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
from dataclasses import asdict, dataclass
from pathlib import Path

from pipeline.found import Found, printable
from pipeline.index_file import DamagedIndex, lay_aside, readable, told, writable
from pipeline.locations import Location, Stamp
from pipeline.reading import Outcome, Reading, Unread
from pipeline.selection import spellings
from pipeline.store import ContentKey
from pipeline.versions import Versions

MOST_ATTEMPTS = 2  # failures for want of time or memory after which a document is left alone
_COMMIT_EVERY = 1.0  # seconds
_CHUNK = 1000  # paths that are handed out in one batch, large ones first
_FRESH = 2_000_000_000  # nanoseconds: a file changed that shortly before it was read may change unseen

_MISSING = (
    "missing-records",
    "Its records cannot be read back, nor the file itself. Put the file back and run kehoach ingest again.",
)
_GONE = ("gone", "The file is not there any more; its document stays until kehoach prune.")

# Whether a file is, by its stamp, what it was when it was read last.
_SAME = "coalesce(p.stamp = p.read_stamp AND p.mtime_ns + :fresh < p.read_ns, 0)"
# Whether what came of reading these bytes stands; what cannot be parsed hangs on no later stage.
_SETTLED = """(
    p.cause IS NULL AND c.sha256 IS NOT NULL
    AND c.parse = :parse
    AND ((c.repair, c.extract) = (:repair, :extract) OR c.status = 'failed' AND c.stage = 'parse')
    AND c.cause IS NOT 'environment' AND (c.cause IS NOT 'resource' OR c.attempts >= :most)
)"""
# What is left to do in this run: readable, and not answered for by what was read of it before.
_TO_DO = f"""
FROM paths AS p LEFT JOIN contents AS c ON c.sha256 = p.sha256 AND c.media_type = p.media_type
WHERE p.run = :run AND p.barred IS NULL AND p.id > :after
AND NOT ({_SAME} AND (p.cause IS 'file' OR {_SETTLED}))
"""
_PENDING = f"""
p.id, p.root, p.members, p.name, p.size, p.sha256, p.media_type, ({_SAME} AND c.cause IS NULL) AS same,
(p.read_stamp IS NOT NULL AND {_SETTLED}) AS settled
"""


@dataclass(frozen=True, slots=True)
class Pending:
    """A path to read: its row, where it is, what its bytes are where that is known already.

    `settled`: if its bytes are these still there is nothing left to do.
    """

    row: int
    location: Location
    name: str
    size: int | None
    known: ContentKey | None
    settled: ContentKey | None


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
            return cls(path, writable(path))
        except DamagedIndex:
            lay_aside(path)
            return cls(path, writable(path))

    @classmethod
    def existing(cls, path: Path) -> Index:
        """The index for writing, where there must be one."""
        readable(path).close()
        return cls(path, writable(path))

    @classmethod
    def look(cls, path: Path) -> Index:
        """The index for looking only."""
        return cls(path, readable(path))

    @property
    def is_new(self) -> bool:
        """Whether no run has written it yet."""
        return self.run == 0

    def close(self) -> None:
        try:
            self.commit()
        finally:
            self._db.close()

    def commit(self) -> None:
        with told(self.path):
            self._db.commit()
        self._committed = time.monotonic()

    def _write(
        self, statement: str, values: Mapping[str, object] | tuple[object, ...] = ()
    ) -> sqlite3.Cursor:
        with told(self.path):
            return self._db.execute(statement, values)

    def _noted(self) -> None:
        """A note is whole: it may last from now on. Half a note must not, so nothing else commits."""
        if time.monotonic() - self._committed > _COMMIT_EVERY:
            self.commit()

    # --- what is found ------------------------------------------------------------------------

    def begin(self) -> None:
        """A new run: paths that it does not see may be gone."""
        self.run += 1
        self._write("UPDATE about SET run = ?", (self.run,))

    def source(self, identity: str, given: str) -> int:
        """The row of a source; `identity` tells two sources apart, `given` what it was called first."""
        self._write(
            "INSERT INTO sources (identity, given) VALUES (?, ?) ON CONFLICT (identity) DO NOTHING",
            (printable(identity), printable(given)),
        )
        how = "SELECT id FROM sources WHERE identity = :identity"
        ((row,),) = self.select(how, {"identity": printable(identity)})
        return int(row)

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
                _stored(stamp.size),
                _stored(stamp.mtime_ns),
                _stamp_text(stamp),
                None if reason is None else "failed" if found.failed else "skipped",
                reason.code if reason else None,
                reason.message if reason else None,
            ),
        )
        self._noted()

    def mark_gone(self, source: int) -> int:
        """Note as gone what this run did not see in a source and what surely is not there any more."""
        return self._mark_gone("source = :source AND barred IS NOT 'gone'", {"source": source})

    def _mark_gone(self, which: str, values: Mapping[str, object]) -> int:
        how = f"SELECT id, root, members FROM paths WHERE run < :run AND {which}"
        unseen = self.select(how, {"run": self.run, **values})
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
            chunk = self._to_do(f"SELECT {_PENDING}", "ORDER BY p.id LIMIT :chunk", versions, after)
            if not chunk:
                return
            after = chunk[-1]["id"]
            yield from (_pending(row) for row in sorted(chunk, key=_largest_first))

    def left(self, versions: Versions) -> tuple[int, int]:
        """How many paths are to be read, and how many bytes they have."""
        ((count, size),) = self._to_do("SELECT count(*), coalesce(sum(p.size), 0)", "", versions, 0)
        return int(count), int(size)

    def seen(self) -> int:
        """How many paths this run has found that can be read."""
        how = "SELECT count(*) FROM paths WHERE run = :run AND barred IS NULL"
        ((count,),) = self.select(how, {"run": self.run})
        return int(count)

    def _to_do(self, what: str, how: str, versions: Versions, after: int) -> list[sqlite3.Row]:
        values = asdict(versions) | {
            "run": self.run, "after": after, "most": MOST_ATTEMPTS, "chunk": _CHUNK, "fresh": _FRESH
        }  # fmt: skip
        return list(self.select(f"{what} {_TO_DO} {how}", values))

    def note(self, row: int, outcome: Outcome, versions: Versions) -> None:
        """Keep what came of reading a path; its stamp is the one that it had when it was found."""
        result = outcome.result
        self._write("UPDATE paths SET read_stamp = stamp, read_ns = ? WHERE id = ?", (outcome.read_ns, row))
        if isinstance(result, Unread):
            self._note_unread(row, result)
        elif isinstance(result, Reading):
            self._keep(result, versions)
            self._write(
                "UPDATE paths SET sha256 = ?, media_type = ?,"
                " failure = NULL, cause = NULL, code = NULL, message = NULL WHERE id = ?",
                (result.key.sha256, result.key.media_type, row),
            )
        self._noted()

    def _note_unread(self, row: int, unread: Unread) -> None:
        problem, failure = unread.problem, "failed" if unread.failed else "skipped"
        self._write(
            "UPDATE paths SET failure = ?, cause = ?, code = ?, message = ? WHERE id = ?",
            (failure, unread.cause, problem.code, problem.message, row),
        )
        if unread.cause == "file":  # the bytes of before are not there any more; else they may be
            self._write("UPDATE paths SET sha256 = NULL, media_type = NULL WHERE id = ?", (row,))

    def _keep(self, reading: Reading, versions: Versions) -> None:
        if (
            reading.status == "failed"
            and reading.cause == "resource"
            and self._failed_again(reading, versions)
        ):
            return
        problem = reading.problem
        self._write(
            """
            INSERT INTO contents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (sha256, media_type) DO UPDATE SET
                attempts = CASE WHEN excluded.cause IS NOT 'resource' THEN 0
                    WHEN (parse, repair, extract) <> (excluded.parse, excluded.repair, excluded.extract)
                    OR cause IS NOT 'resource'
                    THEN 1 ELSE attempts + (tried <> excluded.tried) END,
                tried = excluded.tried,
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
                int(reading.cause == "resource"),
                self.run,
                *((problem.stage, problem.code, problem.message, problem.page) if problem else (None,) * 4),
                reading.is_foreign,
                reading.plan_id,
                reading.ocr_share,
                reading.confidence,
                reading.digest,
            ),
        )

    def _failed_again(self, reading: Reading, versions: Versions) -> bool:
        """Note one more failure of a document that was read in part, if it was: that part stands."""
        done = self._write(
            "UPDATE contents SET attempts = attempts + (tried <> :run), tried = :run"
            " WHERE sha256 = :sha256 AND media_type = :media_type AND status = 'partial'"
            " AND (parse, repair, extract) = (:parse, :repair, :extract)",
            {"run": self.run} | asdict(reading.key) | asdict(versions),
        )
        return done.rowcount > 0

    # --- changes by hand --------------------------------------------------------------------------

    def annotate(self, columns: Iterable[tuple[str, str]]) -> list[str]:
        """Give paths of this run an archive's own columns (name, JSON); gives the names that are unknown."""
        self._write("UPDATE paths SET metadata = NULL WHERE run = ?", (self.run,))
        unknown = []
        for name, values in columns:
            if not any(self._annotated(spelling, values) for spelling in spellings(name)):
                unknown.append(name)
        return unknown

    def _annotated(self, name: str, values: str) -> int:
        how = "UPDATE paths SET metadata = ? WHERE run = ? AND name = ?"
        return self._write(how, (values, self.run, name)).rowcount

    def read_again(self, sha256: str) -> None:
        """Have a content read again in this run, as its records are not there; it has failed until then."""
        self._write(
            "UPDATE contents SET status = 'failed', cause = 'environment',"
            " stage = 'build', code = ?, message = ?, page = NULL WHERE sha256 = ?",
            (*_MISSING, sha256),
        )
        self._write("UPDATE paths SET run = ? WHERE sha256 = ? AND barred IS NULL", (self.run, sha256))

    def retry_failed(self) -> int:
        """Have everything that failed read again in this run; gives the number of paths."""
        failed = """
            barred IS NULL AND (cause IS NOT NULL OR EXISTS (
                SELECT 1 FROM contents AS c WHERE c.sha256 = paths.sha256
                AND c.media_type = paths.media_type AND c.cause IS NOT NULL
            ))
        """
        done = self._write(f"UPDATE paths SET run = ?, read_stamp = NULL WHERE {failed}", (self.run,))
        self._write("UPDATE contents SET attempts = 0 WHERE cause = 'resource'")
        return done.rowcount

    def mark_refused_gone(self) -> int:
        """Note as gone what could not be opened, was looked at again, and surely is not there any more."""
        return self._mark_gone("barred = 'failed' AND bar_code <> 'not-found'", {})

    def forget_opened(self) -> None:
        """Forget archives that could not be opened and now were: their members stand in their place."""
        self._write(
            """
            DELETE FROM paths WHERE run < :run AND barred IN ('failed', 'skipped') AND sha256 IS NULL
            AND EXISTS (
                SELECT 1 FROM paths AS member
                WHERE member.source = paths.source AND member.root = paths.root AND member.run = :run
                AND substr(member.members, 1, length(paths.members) - 1)
                    = substr(paths.members, 1, length(paths.members) - 1)
                AND member.members <> paths.members
            )
            """,
            {"run": self.run},
        )

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
        with told(self.path):
            yield from self._db.execute(statement, values or {})


def _pending(row: sqlite3.Row) -> Pending:
    key = ContentKey(row["sha256"], row["media_type"]) if row["sha256"] else None
    known, settled = key if row["same"] else None, key if row["settled"] else None
    location = _location(row["root"], row["members"])
    return Pending(row["id"], location, row["name"], row["size"], known, settled)


def _largest_first(row: sqlite3.Row) -> tuple[int, str]:
    return -(row["size"] or 0), row["name"]


def _location(root: bytes, members: str) -> Location:
    return Location(os.fsdecode(root), tuple(json.loads(members)))


def _stored(number: int | None) -> int | None:
    """A number as SQLite can hold it: what a file says of itself may be anything."""
    return None if number is None else max(-(2**63), min(number, 2**63 - 1))


def _stamp_text(stamp: Stamp) -> str | None:
    """What is equal for a file that was not touched; None where too little is known to tell."""
    if stamp.size is None or stamp.mtime_ns is None:
        return None
    return f"{stamp.size}/{stamp.mtime_ns}/{stamp.inode}"
