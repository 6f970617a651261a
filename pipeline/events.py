"""What a run tells those who watch it: one event for each file, and the phases around them.

The run knows nothing about bars, logs or summaries; each of them is a `Watcher`, and `Watchers`
passes every event on to several at once.  `Watchers()` with none is the silent run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

FAILURES = frozenset({"failed", "timeout", "quarantined"})
"""States of files that ought to have been read and were not."""


@dataclass(frozen=True)
class FileDone:
    """The reading of one file has ended, well or badly."""

    path: str
    """A printable name, relative to the source."""
    size: int | None
    state: str
    """The state of table `files`: read, failed, skipped, timeout; or known: touched, its bytes unchanged."""
    code: str | None
    message: str | None
    document_id: str | None
    media_type: str | None
    pages: int
    ocr_pages: int
    seconds: Mapping[str, float]
    """By stage: read, parse, repair, extract; a stage that came from a record is absent."""
    diagnostics: int

    @classmethod
    def unread(
        cls,
        path: str,
        size: int | None,
        state: str,
        code: str,
        message: str,
        seconds: Mapping[str, float] = MappingProxyType({}),
    ) -> FileDone:
        """A file of which there were no bytes to read."""
        return cls(path, size, state, code, message, None, None, 0, 0, seconds, 0)


WAITING = "waiting for another run"
"""The phase of a run that another one keeps from its dataset."""


class Watcher(Protocol):
    """One who is told how a run goes; each call is quick and raises nothing."""

    def waiting(self, holder: str, seconds: float) -> None:
        """Another run, `holder`, writes the dataset; it is waited for, so many seconds at most."""

    def phase(self, name: str) -> None:
        """Begin a part of the run: "looking for files", "reading", "building tables"."""

    def found(self, files: int, size: int) -> None:
        """So many files, of so many bytes, have been found so far."""

    def begin(self, files: int, size: int, known: int) -> None:
        """So many files (and bytes) are to be read; `known` more have a record already."""

    def done(self, event: FileDone) -> None:
        """One file's reading has ended."""

    def built(self, part: str, done: int, total: int) -> None:
        """So much of a part of the tables has been built."""

    def end(self) -> None:
        """The run is over; also called when it is broken off."""


class Watchers:
    """Several watchers as one, told in the order given; none at all is the silent run."""

    def __init__(self, *watchers: Watcher) -> None:
        self._watchers = watchers

    def waiting(self, holder: str, seconds: float) -> None:
        for watcher in self._watchers:
            watcher.waiting(holder, seconds)

    def phase(self, name: str) -> None:
        for watcher in self._watchers:
            watcher.phase(name)

    def found(self, files: int, size: int) -> None:
        for watcher in self._watchers:
            watcher.found(files, size)

    def begin(self, files: int, size: int, known: int) -> None:
        for watcher in self._watchers:
            watcher.begin(files, size, known)

    def done(self, event: FileDone) -> None:
        for watcher in self._watchers:
            watcher.done(event)

    def built(self, part: str, done: int, total: int) -> None:
        for watcher in self._watchers:
            watcher.built(part, done, total)

    def end(self) -> None:
        for watcher in self._watchers:
            watcher.end()


SILENT = Watchers()
"""The watcher of a run nobody watches."""
