"""The log of a run (`--log FILE`): JSON Lines for programs, one line a file, whole or not at all.

A line is one write at the file's end, so that it is on its way when a run is killed, and runs that
share a log do not mix. A disk that takes no more lines never ends a run: it is told once, and the
last line says how many were lost. `log_schema` gives the JSON Schema of a line.
"""

from __future__ import annotations

import json
import os
import secrets
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, TextIO

from pydantic import JsonValue

from pipeline.events import WAITING, FileDone
from pipeline.summary import RunSummary
from pipeline.usage import UsageError
from pipeline.wording import one_line


class NoLog(UsageError):
    """The log cannot be opened; told before anything is read."""

    code = "no-log"
    summary = "The log cannot be opened."
    remedy = "Name a file in a folder that exists and that you may write to."


@dataclass(frozen=True, kw_only=True)
class Line:
    """What every line has."""

    time: str  # UTC, ISO 8601
    run: str  # the same in all lines of one run


@dataclass(frozen=True, kw_only=True)
class RunLine(Line):
    """The first line of a run: what it was told to do."""

    event: Literal["run"]
    version: str
    config: Mapping[str, JsonValue]


@dataclass(frozen=True, kw_only=True)
class PhaseLine(Line):
    """A phase of the run begins."""

    event: Literal["phase"]
    name: str


@dataclass(frozen=True, kw_only=True)
class BeginLine(Line):
    """The files have been found: how many are to be read, how many are known already."""

    event: Literal["begin"]
    files: int
    size: int
    known: int


@dataclass(frozen=True, kw_only=True)
class FileLine(FileDone, Line):
    """The reading of one file has ended."""

    event: Literal["file"]


@dataclass(frozen=True, kw_only=True)
class SummaryLine(Line):
    """The last line of a run, also of one that was interrupted: then `files` is less than `to_read`."""

    event: Literal["summary"]
    to_read: int
    files: int
    known: int
    states: Mapping[str, int]
    codes: Mapping[str, int]
    pages: int
    ocr_pages: int
    seconds: Mapping[str, float]
    elapsed: float
    lost_lines: int


AnyLine = RunLine | PhaseLine | BeginLine | FileLine | SummaryLine


def log_schema() -> dict[str, JsonValue]:
    """JSON Schema of a line of the log."""
    from pydantic import TypeAdapter

    adapter: TypeAdapter[AnyLine] = TypeAdapter(AnyLine)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **adapter.json_schema(),
    }


class RunLog:
    """A `Watcher` that writes the log; a second run appends. Raises NoLog when it cannot be opened."""

    def __init__(
        self,
        path: Path,
        version: str,
        config: Mapping[str, JsonValue],
        *,
        warnings: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._file = _Lines(path, warnings)
        self._run = secrets.token_hex(4)
        self._summary = RunSummary(path.parent, clock=clock)
        self._clock, self._began = clock, clock()
        self._ended = False
        self._write(RunLine(event="run", time=_now(), run=self._run, version=version, config=dict(config)))

    def waiting(self, holder: str, seconds: float) -> None:
        self.phase(WAITING)

    def phase(self, name: str) -> None:
        self._write(PhaseLine(event="phase", time=_now(), run=self._run, name=name))

    def found(self, files: int, size: int) -> None:
        """What was found is told by `begin`."""

    def begin(self, files: int, size: int, known: int) -> None:
        self._summary.begin(files, size, known)
        self._write(BeginLine(event="begin", time=_now(), run=self._run, files=files, size=size, known=known))

    def done(self, event: FileDone) -> None:
        self._summary.done(event)
        told = vars(event) | {"seconds": _rounded(event.seconds)}
        self._write(FileLine(event="file", time=_now(), run=self._run, **told))

    def built(self, part: str, done: int, total: int) -> None:
        """The tables are told by their phase."""

    def end(self) -> None:
        if self._ended:
            return
        self._ended = True
        counted = self._summary
        line = SummaryLine(
            event="summary",
            time=_now(),
            run=self._run,
            to_read=counted.to_read,
            files=counted.states.total(),
            known=counted.known,
            states=dict(sorted(counted.states.items())),
            codes=dict(sorted(counted.codes.items())),
            pages=counted.pages,
            ocr_pages=counted.ocr_pages,
            seconds=_rounded(counted.seconds),
            elapsed=round(self._clock() - self._began, 3),
            lost_lines=self._file.lost,
        )
        self._write(line)
        self._file.close()

    def _write(self, line: AnyLine) -> None:
        # A name that is no text comes as lone surrogates; backslashreplace makes JSON escapes of them.
        text = json.dumps(vars(line), ensure_ascii=False)
        self._file.append(text.encode("utf-8", "backslashreplace"))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _rounded(seconds: Mapping[str, float]) -> dict[str, float]:
    return {stage: round(spent, 4) for stage, spent in sorted(seconds.items())}


class _Lines:
    """A file that takes whole lines at its end, and goes on when it cannot."""

    def __init__(self, path: Path, warnings: TextIO | None) -> None:
        self._path, self._warnings = path, warnings
        self.lost = 0
        try:
            # Not blocking: a pipe that nobody reads would hold the run up.
            flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC | os.O_NONBLOCK
            self._file = os.open(path, flags, 0o666)
            self._torn = _ends_in_a_torn_line(path)
        except OSError as error:
            raise NoLog(f"The log {path} cannot be opened: {error.strerror}.") from None

    def append(self, line: bytes) -> None:
        """Write a line in one piece; what a full disk cut off is closed by the next line that fits."""
        whole = (b"\n" if self._torn else b"") + line + b"\n"
        try:
            written = os.write(self._file, whole)
        except OSError as error:
            self._lose(error.strerror or str(error))
            return
        self._torn = written < len(whole)
        if self._torn:
            self._lose("no space for a whole line")

    def close(self) -> None:
        with suppress(OSError):  # a pipe or terminal; a disk that fails has been told of
            os.fsync(self._file)
        os.close(self._file)

    def _lose(self, cause: str) -> None:
        if self.lost == 0:
            place = one_line(str(self._path))
            print(
                f"kehoach: the log {place} cannot be written ({cause}); the run goes on, lines are lost.",
                file=self._warnings or sys.stderr,  # not before now: a bar may stand in its place
            )
        self.lost += 1


def _ends_in_a_torn_line(path: Path) -> bool:
    """Whether the last line of an earlier run was cut off."""
    if not path.is_file() or path.stat().st_size == 0:
        return False
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) != b"\n"
