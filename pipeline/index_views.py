"""What the index says of files and documents: rows for the tables, counts for people."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby

from pipeline.events import FileDone
from pipeline.index import MOST_ATTEMPTS, Index
from pipeline.parsers.limits import is_named_as_document
from pipeline.rows import FileRow, Problem, Source, State, document_id
from pipeline.versions import Versions

NOT_YET_READ = "not-yet-read"
_NANO = 1_000_000_000

_READ = """
SELECT p.name, p.size, p.mtime_ns, p.metadata, p.barred, p.bar_code, p.bar_message,
    p.failure, p.code AS read_code, p.message AS read_message,
    p.sha256, p.media_type, s.given,
    c.status, c.cause, c.attempts, c.stage, c.code, c.message, c.page, c.is_foreign,
    c.parse, c.repair, c.extract, c.plan_id, c.ocr_share, c.confidence, c.digest
FROM paths AS p JOIN sources AS s ON s.id = p.source
LEFT JOIN contents AS c ON c.sha256 = p.sha256 AND c.media_type = p.media_type
"""

_REFUSED = "FROM paths WHERE run = :run AND barred = 'failed'"
_SEVERAL = "SELECT plan_id FROM contents WHERE plan_id IS NOT NULL GROUP BY plan_id HAVING count(*) > 1"


def file_rows(index: Index) -> Iterator[FileRow]:
    """Rows of table files, in order of their paths."""
    for row in index.select(f"{_READ} ORDER BY p.name, s.given, p.id"):
        state, code, message = _state(row)
        known = row["status"] is not None and not _is_left_out(row)
        yield FileRow(
            row["name"],
            row["size"],
            _time(row["mtime_ns"]),
            row["sha256"],
            state,
            code,
            message,
            source=row["given"],
            document_id=document_id(row["sha256"]) if known else None,
            metadata=json.loads(row["metadata"]) if row["metadata"] else {},
        )


def _state(row: sqlite3.Row) -> tuple[State, str | None, str | None]:
    """What became of a path: what bars it, else why it was not read, else what its content tells."""
    if row["barred"] is not None:
        return row["barred"], row["bar_code"], row["bar_message"]
    if row["read_code"] is not None:
        return row["failure"], row["read_code"], row["read_message"]
    if row["status"] is None:
        return "skipped", NOT_YET_READ, "It was found, and is read by the next run."
    if _is_left_out(row):
        return "skipped", row["code"], row["message"]
    if row["status"] != "failed":
        return "read", row["code"], row["message"]
    if row["cause"] == "resource" and row["attempts"] >= MOST_ATTEMPTS:
        return "quarantined", row["code"], row["message"]
    return "timeout" if row["code"] == "timeout" else "failed", row["code"], row["message"]


def _is_left_out(row: sqlite3.Row) -> bool:
    """Whether bytes are of no document format, and nobody named them as if they were."""
    return bool(row["is_foreign"]) and not is_named_as_document(row["name"])


def _time(nanoseconds: int | None) -> datetime | None:
    try:
        return None if nanoseconds is None else datetime.fromtimestamp(nanoseconds / _NANO, UTC)
    except (OverflowError, ValueError, OSError):  # a time that no calendar knows
        return None


@dataclass(frozen=True, slots=True)
class Reading:
    """A distinct content as the index knows it: what its document's row is made of, besides its records."""

    source: Source
    versions: Versions
    rank: tuple[bool, float, float, str]
    plan_id: str | None
    digest: str

    def is_stale(self, versions: Versions) -> bool:
        """Whether it was read by other versions; what cannot be parsed hangs on no later stage."""
        problem = self.source.problem
        if problem is not None and problem.stage == "parse":
            return self.versions.parse != versions.parse
        return self.versions != versions


def readings(index: Index) -> Iterator[Reading]:
    """One for each distinct content, in order of document_id: its best reading, at a path that is there."""
    known = (
        row for row in index.select(f"{_READ} WHERE c.sha256 IS NOT NULL ORDER BY p.sha256, p.name, p.id")
    )
    for sha256, rows in groupby(known, key=lambda row: str(row["sha256"])):
        named = [row for row in rows if not _is_left_out(row)]
        if named:
            best = min(named, key=lambda row: row["status"] == "failed")
            there = min(named, key=lambda row: row["barred"] == "gone")
            yield _reading(sha256, there["name"], best)


def _reading(sha256: str, path: str, row: sqlite3.Row) -> Reading:
    problem = None
    if row["status"] == "failed" and row["code"] is not None:
        problem = Problem(row["stage"], row["code"], row["message"], row["page"])
    own = document_id(sha256)
    return Reading(
        Source(sha256, path, row["media_type"], row["status"], None, problem),
        Versions(row["parse"], row["repair"], row["extract"]),
        (row["status"] != "ok", row["ocr_share"], -round(row["confidence"], 2), own),
        row["plan_id"],
        row["digest"] or "",
    )


def preferred_copies(index: Index) -> dict[str, str]:
    """The best readable copy of each plan that has several: whole first, least OCR, surest; ties by id."""
    several = {row["plan_id"] for row in index.select(_SEVERAL)}
    best: dict[str, tuple[bool, float, float, str]] = {}
    for reading in readings(index) if several else ():
        if reading.plan_id is not None and reading.plan_id in several and reading.source.status != "failed":
            best[reading.plan_id] = min(reading.rank, best.get(reading.plan_id, reading.rank))
    return {plan_id: rank[-1] for plan_id, rank in best.items()}


# --- what could not even be opened ----------------------------------------------------------------


def refused(index: Index) -> tuple[int, int]:
    """How many files this run found and could not open, and how many bytes they have."""
    ((files, size),) = index.select(f"SELECT count(*), coalesce(sum(size), 0) {_REFUSED}", {"run": index.run})
    return int(files), int(size)


def refused_files(index: Index) -> Iterator[FileDone]:
    """Those files: nothing of them is left to do, and all is known that there is to tell."""
    how = f"SELECT name, size, bar_code, bar_message {_REFUSED} ORDER BY name, id"
    for name, size, code, message in index.select(how, {"run": index.run}):
        yield FileDone.unread(name, size, "failed", code, message)


def refused_sources(index: Index) -> dict[tuple[str, str], tuple[str, ...]]:
    """Paths that no run could open, below the sources (identity and name) that they are of."""
    held: dict[tuple[str, str], list[str]] = {}
    for identity, given, root in index.select(
        "SELECT DISTINCT s.identity, s.given, p.root FROM paths AS p JOIN sources AS s ON s.id = p.source"
        " WHERE p.barred = 'failed' ORDER BY s.id, p.root"
    ):
        held.setdefault((identity, given), []).append(os.fsdecode(root))
    return {source: tuple(roots) for source, roots in held.items()}
