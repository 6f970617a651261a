"""What a run has to say when it is over: its speed, the slowest files, the failed ones, where to look.

Memory is bounded whatever the number of files: counters, the slowest few, the first few that failed.
"""

from __future__ import annotations

import heapq
import textwrap
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from pipeline.events import FAILURES, WAITING, FileDone
from pipeline.wording import count, cut, cut_path, duration, one_line, rate

REPORT = "report.html"  # in the dataset

_SLOWEST = 10
_FAILED = 20
_CODES = 50  # kinds of failure counted apart: a code is a word of ours, but nothing may grow without bound
_WORTH_NAMING = 1.0  # seconds: below that no file is slow
_WORTH_A_RATE = 0.1  # seconds: of less a speed says nothing
_LEAST = 10  # columns for a path, however narrow the terminal
_INDENT = "  "


class RunSummary:
    """A `Watcher` that counts; `lines` tells what it counted, during a run or after it."""

    def __init__(
        self, dataset: Path, log: Path | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._places = (dataset / REPORT, log)
        self._dataset = dataset
        self._clock = clock
        self._began: float | None = None
        self._ended: float | None = None
        self._slowest: list[tuple[float, str, int]] = []
        self._phase, self._found = "", 0
        self.to_read = self.known = self.pages = self.ocr_pages = 0
        self.states: Counter[str] = Counter()
        self.codes: Counter[str] = Counter()
        self.seconds: Counter[str] = Counter()
        self.failed: list[FileDone] = []
        self._messages: dict[str, str] = {}  # of the first file of each code: cause and remedy

    def waiting(self, holder: str, seconds: float) -> None:
        self.phase(WAITING)

    def phase(self, name: str) -> None:
        self._phase, self._found = name, 0

    def found(self, files: int, size: int) -> None:
        self._found = files

    def begin(self, files: int, size: int, known: int) -> None:
        self._began, self.to_read, self.known = self._clock(), files, known

    def done(self, event: FileDone) -> None:
        self._ended = self._clock()
        self.states[event.state] += 1
        self.pages += event.pages
        self.ocr_pages += event.ocr_pages
        self.seconds.update(event.seconds)
        self._note_slow(event)
        if event.state in FAILURES:
            self._note_failed(event)

    def built(self, part: str, done: int, total: int) -> None:
        """The tables are told by their own counts."""

    def end(self) -> None:
        """Nothing is held open."""

    @property
    def elapsed(self) -> float:
        """Seconds of reading, from the first file to the last."""
        return (
            max((self._ended or 0.0) - self._began, 0.0) if self._ended and self._began is not None else 0.0
        )

    @property
    def slowest(self) -> list[tuple[float, str, int]]:
        """Seconds, path and pages of the slowest files, the slowest first."""
        return sorted(self._slowest, key=lambda slow: (-slow[0], slow[1]))

    def interrupted(self) -> str:
        """What stands when the run is broken off at this moment, and how it is gone on with."""
        found = f" ({self._found:,} found so far)" if self._found else ""
        during = f" while {self._phase}{found}" if self._phase else ""
        return f"Interrupted{during}. Run it again: it goes on from there, what was read is kept."

    def lines(self, width: int) -> list[str]:
        """The summary as lines of at most `width` columns; none where nothing was read."""
        if not self.states:
            return []
        return [*self._speed(), *self._slow_files(width), *self._failed_files(width), *self._where(width)]

    def _note_slow(self, event: FileDone) -> None:
        item = (sum(event.seconds.values()), event.path, event.pages)
        if len(self._slowest) < _SLOWEST:
            heapq.heappush(self._slowest, item)
        else:
            heapq.heappushpop(self._slowest, item)

    def _note_failed(self, event: FileDone) -> None:
        code = one_line(event.code or event.state)
        code = code if code in self.codes or len(self.codes) < _CODES else "other"
        self.codes[code] += 1
        self._messages.setdefault(code, one_line(event.message or ""))
        if len(self.failed) < _FAILED:
            self.failed.append(event)

    def _speed(self) -> Iterator[str]:
        number, elapsed = self.states.total(), self.elapsed
        by_ocr = f" ({self.ocr_pages:,} by OCR)" if self.ocr_pages else ""
        yield f"{count(number, 'file')} and {count(self.pages, 'page')}{by_ocr} in {duration(elapsed)}"
        files, pages = rate(number, elapsed), rate(self.pages, elapsed)
        if files and elapsed >= _WORTH_A_RATE:
            yield _INDENT + f"{files} files/s" + (f", {pages} pages/s" if pages else "")
        stages = ", ".join(f"{name} {duration(spent)}" for name, spent in self.seconds.most_common())
        if stages:
            yield f"{_INDENT}{stages}"
        if number < self.to_read:
            yield f"{_INDENT}broken off: {count(self.to_read - number, 'file')} left to read"

    def _slow_files(self, width: int) -> Iterator[str]:
        slow = [each for each in self.slowest if each[0] >= _WORTH_NAMING]
        if slow:
            yield "slowest"
        for seconds, path, pages in slow:
            told = f"{_INDENT}{duration(seconds):>12}  {count(pages, 'page'):>11}  "
            yield cut(told + cut_path(one_line(path), max(width - len(told), _LEAST)), width)

    def _failed_files(self, width: int) -> Iterator[str]:
        failures = self.codes.total()
        if not failures:
            return
        yield f"{count(failures, 'file')} not read"
        for code, number in sorted(self.codes.items(), key=lambda item: (-item[1], item[0])):
            yield cut(f"{_INDENT}{number:>12,}  {code}", width)
            yield from _wrapped(self._messages.get(code, ""), width)
        yield "the first of them"
        for event in self.failed:
            told = f"{_INDENT}{one_line(event.code or event.state):<16}  "
            yield cut(told + cut_path(one_line(event.path), max(width - len(told), _LEAST)), width)
        if failures > len(self.failed):
            yield f"{_INDENT}… and {failures - len(self.failed):,} more"

    def _where(self, width: int) -> Iterator[str]:
        """Where the rest stands; paths are never cut, they are there to be copied."""
        told = (
            "state, code and message of every file",
            "counts, completeness, frequent problems",
            "one line a file, with the seconds of each stage",
        )
        places = (self._dataset / "files", *self._places)
        if any(place is not None and place.exists() for place in places):
            yield "see"
        for place, what in zip(places, told, strict=True):
            if place is not None and place.exists():
                yield f"{_INDENT}{one_line(str(place))}  {what}"


def _wrapped(message: str, width: int) -> list[str]:
    """A message under the code that it explains."""
    from rich.cells import cell_len

    indent = " " * (len(_INDENT) + 14)
    room = max(width - len(indent), _LEAST)
    if any(
        cell_len(letter) > 1 for letter in message
    ):  # letters of two columns, which textwrap does not know
        room //= 2
    return [indent + line for line in textwrap.wrap(message, room)]
