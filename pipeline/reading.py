"""One file, from its place to records: the plain function that every engine runs.

`read` never raises for what a file is; whatever goes wrong becomes an `Outcome` with a code, the cause
and what to do.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TypeVar

from extractors.document import Document
from extractors.plan import Plan
from pipeline.engines import Lost
from pipeline.errors import (
    Cause,
    KehoachError,
    OutOfMemory,
    OutOfTime,
    ProcessDied,
    UnknownFormat,
    cause_of,
    shortage,
)
from pipeline.found import printable
from pipeline.locations import Location
from pipeline.parsers import parse_bytes
from pipeline.parsers.counting import page_count
from pipeline.parsers.limits import DEFAULT_LIMITS, Limits
from pipeline.parsers.sniff import media_type
from pipeline.rows import Problem, Status
from pipeline.store import ContentKey, Store, StoreError, dump_document

T = TypeVar("T")

NEEDS_OCR = "needs-ocr"  # diagnostic of a page without a usable text layer
_REPORT = "Report it with the file."
_NO_TEXT = Problem("parse", "no-text", "There is no text in it. Check the file by opening it.")
_LOST: dict[str, type[KehoachError]] = {
    "died": ProcessDied,
    "timeout": OutOfTime,
    "out-of-memory": OutOfMemory,
}


@dataclass(frozen=True, slots=True)
class Job:
    """A file to read and where its records are kept; small, as it crosses process borders.

    `known` is what its bytes are, where they are the same as when they were read last; `settled` what they
    were, where there is nothing left to do if they still are; `row` is its place in the index.
    """

    location: Location
    name: str
    size: int | None
    store: Store
    limits: Limits = DEFAULT_LIMITS
    ocr: bool = True
    known: ContentKey | None = None
    settled: ContentKey | None = None
    row: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known of a file's content after it was read; the rest stands in the records.

    `digest` tells whether a later reading found anything else.
    """

    key: ContentKey
    status: Status
    problem: Problem | None = None
    cause: Cause | None = None
    is_foreign: bool = False
    plan_id: str | None = None
    ocr_share: float = 0.0
    confidence: float = 0.0
    pages: int = 0
    ocr_pages: int = 0
    diagnostics: int = 0
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """Why there are no bytes to read; `failed` unless the file was left out on purpose."""

    problem: Problem
    cause: Cause
    failed: bool = True


@dataclass(frozen=True, slots=True)
class Unchanged:
    """Its bytes are those of before, and what came of reading them stands."""

    key: ContentKey


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a path, and the seconds of each stage that was not taken from a record.

    `read_ns` is the time, before its bytes were read, by the clock that stamps files.
    """

    result: Reading | Unread | Unchanged
    read_ns: int
    seconds: dict[str, float] = field(default_factory=dict)


class ReadWork:
    """`read` as engines run it, with the time that a file may take."""

    def __init__(self) -> None:
        self._peeked: tuple[Job, bytes] | None = None  # set where the work is done; it never travels

    def __call__(self, job: Job) -> Outcome:
        held, self._peeked = self._peeked, None
        return read(job, held[1] if held and held[0] == job else None)

    def seconds(self, job: Job) -> float:
        """Seconds that a file may take: by its pages, which are counted without reading them."""
        limits = job.limits
        if job.known is not None and job.store.has("parse", job.known):
            return limits.max_seconds
        try:
            data = job.location.read(limits)
        except (KehoachError, MemoryError):  # told again, with its cause, by the work itself
            return limits.max_seconds
        self._peeked = job, data
        return limits.max_seconds + page_count(data, job.name, limits) * limits.max_page_seconds


def read(job: Job, data: bytes | None = None) -> Outcome:
    """Read a file (`data`: its bytes, where they are at hand) and keep what its stages gave.

    A record of the same versions is not made again.
    """
    clock = _Clock()
    begun = time.time_ns()
    content = _Content(job, clock, data)
    try:
        result = _result(job, content, clock)
    except _Changed:
        return read(replace(job, known=None))
    except _NoBytes as error:
        result = error.unread
    return Outcome(result, begun, clock.seconds)


def _result(job: Job, content: _Content, clock: _Clock) -> Reading | Unread | Unchanged:
    key = job.known or content.key()
    return Unchanged(key) if key == job.settled else _Stages(job, key, content, clock).run()


def lost(job: Job, loss: Lost) -> Outcome:
    """The outcome of a file at which the process died, or was ended for want of time or memory."""
    clock = _Clock()
    begun = time.time_ns()
    error = _LOST[loss.reason](f"{_LOST[loss.reason].summary} ({loss.detail}).")
    try:
        key = job.known or _Content(job, clock, None).key()
    except _NoBytes as missing:
        return Outcome(missing.unread, begun)
    return Outcome(Reading(key, "failed", _problem("read", error), error.cause), begun)


class _NoBytes(Exception):
    """Inside this module: there are no bytes, and why."""

    def __init__(self, unread: Unread) -> None:
        super().__init__(unread)
        self.unread = unread


class _Changed(Exception):
    """Inside this module: the bytes are others than they are known for."""


class _Clock:
    """Seconds by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        begin = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = round(time.perf_counter() - begin, 4)


class _Content:
    """A file's bytes, fetched when they are first asked for."""

    def __init__(self, job: Job, clock: _Clock, held: bytes | None) -> None:
        self.job, self.clock = job, clock
        self._held = held

    def data(self) -> bytes:
        if self._held is None:
            with self.clock.stage("read"):
                self._held = self._fetched()
            if self.job.known is not None and self.key() != self.job.known:
                raise _Changed
        return self._held

    def key(self) -> ContentKey:
        held = self.data()
        return ContentKey(hashlib.sha256(held).hexdigest(), media_type(held, self.job.name))

    def _fetched(self) -> bytes:
        try:
            return self.job.location.read(self.job.limits)
        except KehoachError as error:
            # An empty file of the system's (.gitkeep) was never meant to be read.
            hidden = error.code == "empty-file" and self.job.location.is_hidden
            raise _NoBytes(Unread(_problem("read", error), error.cause, not hidden)) from error
        except MemoryError as error:
            raise _NoBytes(Unread(_problem("read", OutOfMemory()), OutOfMemory.cause)) from error


class _Stages:
    """The stages of one document, each from its record where there is one."""

    def __init__(self, job: Job, key: ContentKey, content: _Content, clock: _Clock) -> None:
        self.job, self.key, self.content, self.clock = job, key, content, clock
        self.store = job.store
        self.stage = "parse"

    def run(self) -> Reading:
        try:
            return self._reading()
        except (
            StoreError,
            _NoBytes,
            _Changed,
        ):  # a full disk or a file that went meanwhile: no fault of its content
            raise
        except Exception as error:  # whatever a hostile file provokes in a library
            return self._failed(error)

    def _reading(self) -> Reading:
        document = self._document()
        problem, cause = _first_problem(document)
        if not document.text.strip():
            return Reading(self.key, "failed", problem or _NO_TEXT, cause or "file")
        document = self._repaired(document)
        plan = self._plan(document)
        n_ocr = sum(page.method == "ocr" for page in document.pages)
        return Reading(
            self.key,
            "partial" if problem else "ok",
            problem,
            cause if cause != "file" else None,
            plan_id=plan.header.plan_id,
            ocr_share=n_ocr / len(document.pages),
            confidence=plan.header.confidence,
            pages=len(document.pages),
            ocr_pages=n_ocr,
            diagnostics=len(document.diagnostics) + len(plan.diagnostics),
            digest=_digest(document, plan),
        )

    def _failed(self, error: Exception) -> Reading:
        error = shortage(error) or error
        cause = error.cause if isinstance(error, KehoachError) else "file"
        problem = _problem(self.stage, error)
        return Reading(self.key, "failed", problem, cause, isinstance(error, UnknownFormat))

    def _document(self) -> Document:
        with self.store.claim(self.key):
            document = self.store.document(self.key)
            if document is None or _first_problem(document)[1] in ("resource", "environment"):
                data = self.content.data()
                document = self._timed(lambda: self._parsed(data))
                self.store.keep_document(self.key, document)
        return document

    def _parsed(self, data: bytes) -> Document:
        return parse_bytes(data, self.job.name, limits=self.job.limits, ocr=self.job.ocr)

    def _repaired(self, document: Document) -> Document:
        """The document repaired where OCR read it; another has nothing to repair, and no record."""
        if not document.is_recognised:
            return document
        self.stage = "repair"
        mended = self.store.document(self.key, "repair")
        if mended is None or "parse" in self.clock.seconds:
            mended = self._timed(lambda: _repair(document))
            self.store.keep_document(self.key, mended, "repair")
        return mended

    def _plan(self, document: Document) -> Plan:
        self.stage = "extract"
        plan = self.store.plan(self.key)
        if plan is None or "parse" in self.clock.seconds:
            plan = self._timed(lambda: _extract(document))
            self.store.keep_plan(self.key, plan)
        return plan

    def _timed(self, work: Callable[[], T]) -> T:
        with self.clock.stage(self.stage):
            return work()


def _repair(document: Document) -> Document:
    from extractors.repair import repair

    return repair(document)


def _extract(document: Document) -> Plan:
    from extractors.extraction import extract

    return extract(document)


def _digest(document: Document, plan: Plan) -> str:
    """Tells whether another reading found anything else: 16 hex digits."""
    held = hashlib.sha256(dump_document(document))
    held.update(plan.model_dump_json().encode())
    return held.hexdigest()[:16]


def _first_problem(document: Document) -> tuple[Problem | None, Cause | None]:
    """The first sign that a part of the document could not be read, and the gravest cause of such signs."""
    signs = [d for d in document.diagnostics if d.severity == "error" or d.code == NEEDS_OCR]
    if not signs:
        return None, None
    first, causes = signs[0], {cause_of(d.code) for d in signs}
    cause: Cause = (
        "environment" if "environment" in causes else "resource" if "resource" in causes else "file"
    )
    return Problem(first.stage, first.code, first.message, first.page), cause


def _problem(stage: str, error: Exception) -> Problem:
    """An error as a row of the dataset can tell it."""
    if isinstance(error, KehoachError):
        return Problem(stage, error.code, printable(str(error)), error.page)
    cause = printable(f"{type(error).__name__}: {error}"[:500])
    return Problem(stage, "internal-error", f"{cause} {_REPORT}")
