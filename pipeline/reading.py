"""One file, from its path to records: the plain function that every engine runs.

`read` never raises for what a file is; whatever goes wrong becomes an `Outcome` with a code, the cause
and what to do.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from extractors.document import Document
from extractors.plan import Plan
from pipeline.discovery import Found, printable
from pipeline.errors import EmptyFile, KehoachError, UnknownFormat
from pipeline.parsers import parse_bytes, read_bytes
from pipeline.parsers.limits import DEFAULT_LIMITS, Limits
from pipeline.parsers.sniff import media_type
from pipeline.rows import FileRow, Problem, State, Status
from pipeline.store import ContentKey, Store, StoreError

# Endings under which people keep plans: bytes that are no document are a failure there, elsewhere not.
DOCUMENT_ENDINGS = (".pdf", ".docx", ".doc", ".txt", ".md", ".html", ".htm", ".rtf", ".odt")
NEEDS_OCR = "needs-ocr"  # diagnostic of a page without a usable text layer
_REPORT = "Report it with the file."
_NO_TEXT = Problem("parse", "no-text", "There is no text in it. Check the file by opening it.")


@dataclass(frozen=True, slots=True)
class Job:
    """A file to read and where its records are kept; small, as it crosses process borders."""

    found: Found
    store: Store
    limits: Limits = DEFAULT_LIMITS
    ocr: bool = True


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known of a file's content after it was read; the rest stands in the records."""

    key: ContentKey
    status: Status
    problem: Problem | None = None
    plan_id: str | None = None
    ocr_share: float = 0.0
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a path; `reading` is None where there are no bytes or they are no document."""

    file: FileRow
    reading: Reading | None = None


def read(job: Job) -> Outcome:
    """Read a file and keep what its stages gave; a record of the same versions is not made again."""
    found = job.found
    if found.reason is not None:
        return _unread(found, Problem("discover", found.reason.code, found.reason.message), found.failed)
    try:
        content = read_bytes(found.path, job.limits)
    except EmptyFile as error:
        return _unread(found, _problem("read", error), failed=not found.path.name.startswith("."))
    except (KehoachError, MemoryError) as error:
        return _unread(found, _problem("read", error), failed=True)
    content_key = ContentKey(hashlib.sha256(content).hexdigest(), media_type(content, found.name))
    try:
        reading = _stages(content, content_key, job)
    except UnknownFormat as error:
        return _unread(found, _problem("parse", error), failed=False, sha256=content_key.sha256)
    state: State = "failed" if reading.status == "failed" else "read"
    return Outcome(_file(found, state, reading.problem, content_key.sha256), reading)


def lost(job: Job) -> Outcome:
    """The outcome of a file at which the process died."""
    message = "The process that read the file died, twice: out of memory, or a fault in a library."
    return _unread(job.found, Problem("read", "process-died", f"{message} {_REPORT}"), failed=True)


def _stages(content: bytes, key: ContentKey, job: Job) -> Reading:
    """Parse and extract; raises UnknownFormat for what nobody takes for a document."""
    stage = "parse"
    try:
        document = _document(content, key, job)
        problem = _first_problem(document)
        if not document.text.strip():
            return Reading(key, "failed", problem or _NO_TEXT)
        stage = "repair"
        document = _repaired(document, key, job.store)
        stage = "extract"
        plan = _plan(document, key, job.store)
    except StoreError:  # a full disk is no fault of the file
        raise
    except Exception as error:  # whatever a hostile file provokes in a library
        if _is_foreign(error, job.found.path.name):
            raise
        return Reading(key, "failed", _problem(stage, error))
    ocr_share = sum(page.method == "ocr" for page in document.pages) / len(document.pages)
    status: Status = "partial" if problem else "ok"
    return Reading(key, status, problem, plan.header.plan_id, ocr_share, plan.header.confidence)


def _is_foreign(error: Exception, name: str) -> bool:
    """Whether a file is none of ours: of no document format, and not named as if it were one."""
    return isinstance(error, UnknownFormat) and not name.casefold().endswith(DOCUMENT_ENDINGS)


def _document(content: bytes, key: ContentKey, job: Job) -> Document:
    document = job.store.document(key)
    if document is None:
        document = parse_bytes(content, job.found.name, limits=job.limits, ocr=job.ocr)
        job.store.keep_document(key, document)
    return document


def _repaired(document: Document, key: ContentKey, store: Store) -> Document:
    """The document repaired where OCR read it; another document has nothing to repair, and no record."""
    if not document.is_recognised:
        return document
    from extractors.repair import repair

    mended = store.document(key, "repair")
    if mended is None:
        mended = repair(document)
        store.keep_document(key, mended, "repair")
    return mended


def _plan(document: Document, key: ContentKey, store: Store) -> Plan:
    from extractors.extraction import extract

    plan = store.plan(key)
    if plan is None:
        plan = extract(document)
        store.keep_plan(key, plan)
    return plan


def _first_problem(document: Document) -> Problem | None:
    """The first sign that a part of the document could not be read."""
    for d in document.diagnostics:
        if d.severity == "error" or d.code == NEEDS_OCR:
            return Problem(d.stage, d.code, d.message, d.page)
    return None


def _problem(stage: str, error: Exception) -> Problem:
    """An error as a row of the dataset can tell it."""
    if isinstance(error, KehoachError):
        return Problem(stage, error.code, printable(str(error)), error.page)
    if isinstance(error, MemoryError):
        return Problem(stage, "out-of-memory", "There is not enough memory for it. Run with fewer --jobs.")
    cause = printable(f"{type(error).__name__}: {error}"[:500])
    return Problem(stage, "internal-error", f"{cause} {_REPORT}")


def _unread(found: Found, problem: Problem, failed: bool, sha256: str | None = None) -> Outcome:
    return Outcome(_file(found, "failed" if failed else "skipped", problem, sha256))


def _file(found: Found, state: State, problem: Problem | None, sha256: str | None) -> FileRow:
    try:
        status = found.path.lstat() if found.reason else found.path.stat()
        size, changed = status.st_size, datetime.fromtimestamp(status.st_mtime, UTC)
    except (OSError, OverflowError, ValueError):  # gone meanwhile, or a time that no calendar knows
        size, changed = None, None
    code, message = (problem.code, problem.message) if problem else (None, None)
    return FileRow(found.name, size, changed, sha256, state, code, message)
