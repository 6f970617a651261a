"""The progress bar: on a terminal only, two lines that fit it, never anything on stdout.

reading ━━━━━━━━━━━━━━━━━━━━━━━━━━╺━━━━━━━━━━━━━━━━━━━━━━  52 %  12 min left
5,210 of 10,000 documents  18,402 pages  24.1 pages/s  104 failed
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, TextIO

from pipeline.events import FAILURES, SILENT, WAITING, FileDone, Watcher
from pipeline.wording import count, cut, rate, rough_duration, size

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

Clock = Callable[[], float]

_SAMPLE_SECONDS = 1.0
_SAMPLES = 60  # pages a second are those of the last minute
_SURE_AFTER_FILES, _SURE_AFTER_SECONDS = 5, 3.0  # before that a time left would be made up
_REDRAWS = 4  # a second
_BAR_LEAST, _BAR_MOST = 8, 50  # columns


def progress_bar(stream: TextIO) -> Watcher:
    """The bar on `stream`, or a watcher that does nothing where that is no terminal."""
    if not stream.isatty():
        return SILENT
    from rich.console import Console

    console = Console(file=stream)
    return SILENT if console.is_dumb_terminal else Bar(console)


class TimeLeft:
    """Estimates the work that is left from the files done: a file costs `a + b·size`, both from 0 up.

    A line is fitted to the seconds of the files so far. Where size tells nothing (text files beside
    scans) the estimate goes by files, where it tells all (scans alone) by bytes; in between by both.
    """

    def __init__(self) -> None:
        self._files = 0
        self._size = self._size_squared = self._seconds = self._product = 0.0

    def add(self, size: int, seconds: float) -> None:
        """A file of so many bytes has taken so many seconds of somebody's work."""
        self._files += 1
        self._size += size
        self._size_squared += size * size
        self._seconds += seconds
        self._product += size * seconds

    def estimate(self, files: int, size: int, elapsed: float) -> float | None:
        """Seconds for so many files and bytes more, when those so far took `elapsed`; None when unknown."""
        if files == 0:
            return 0.0
        if self._files < _SURE_AFTER_FILES or elapsed < _SURE_AFTER_SECONDS:
            return None
        a, b = self._line()
        work = a * self._files + b * self._size
        return elapsed * (a * files + b * size) / work

    def _line(self) -> tuple[float, float]:
        """Cost of a file and of a byte, in one arbitrary unit; never both 0."""
        spread = self._files * self._size_squared - self._size**2
        slope = (self._files * self._product - self._size * self._seconds) / spread if spread > 0 else 0.0
        base = self._seconds - slope * self._size
        if slope <= 0 or self._seconds <= 0:
            return 1.0, 0.0
        return (base / self._files, slope) if base > 0 else (0.0, 1.0)


class Board:
    """What the bar shows, without a terminal: state in, two lines out."""

    def __init__(self, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._time_left = TimeLeft()
        self._phase, self._reading = "", False
        self._done = self._total = self._known = 0
        self._size_left = self._size_found = 0
        self._pages = self._failed = 0
        self._part = ""
        self._began = clock()
        self._samples: deque[tuple[float, int]] = deque(maxlen=_SAMPLES)

    def waiting(self, holder: str, seconds: float) -> None:
        self.phase(WAITING)

    def phase(self, name: str) -> None:
        self._phase, self._reading = name, False
        self._done, self._total, self._part = 0, 0, ""

    def found(self, files: int, size: int) -> None:
        self._done, self._size_found = files, size

    def begin(self, files: int, size: int, known: int) -> None:
        self._done, self._total, self._known, self._size_left = 0, files, known, size
        self._began, self._reading = self._clock(), True
        self._samples.append((self._began, 0))

    def done(self, event: FileDone) -> None:
        self._done += 1
        self._size_left -= event.size or 0
        self._pages += event.pages
        self._failed += event.state in FAILURES
        if event.seconds:  # what could not even be opened tells nothing of the others
            self._time_left.add(event.size or 0, sum(event.seconds.values()))
        now = self._clock()
        if not self._samples or now - self._samples[-1][0] >= _SAMPLE_SECONDS:
            self._samples.append((now, self._pages))

    def built(self, part: str, done: int, total: int) -> None:
        self._part, self._done, self._total = part, done, total

    def end(self) -> None:
        """Nothing to do: what it showed may still be asked for."""

    @property
    def share(self) -> float | None:
        """How much of the phase is done, 0 to 1; None where nobody knows how much there is."""
        if self._total > 0:
            return min(self._done / self._total, 1.0)
        return 1.0 if self._reading else None

    def right(self) -> str:
        """What stands to the right of the bar."""
        if self.share is None:
            return ""
        percent = f"{int(self.share * 100):3d} %"
        left = self._left()
        return percent if left is None or self.share == 1 else f"{percent}  {rough_duration(left)} left"

    def lines(self, width: int) -> tuple[str, str]:
        """The phase's name, and the second line, the most telling of its forms that fits in `width`."""
        forms = ["  ".join(part for part in parts if part) for parts in self._forms()]
        return self._phase, next((form for form in forms if len(form) <= width), cut(forms[-1], width))

    def _left(self) -> float | None:
        if not self._reading:
            return None
        files = max(self._total - self._done, 0)
        return self._time_left.estimate(files, max(self._size_left, 0), self._clock() - self._began)

    def _speed(self) -> str:
        """Pages a second over the last minute."""
        if not self._samples:
            return ""
        began, pages = self._samples[0]
        return rate(self._pages - pages, self._clock() - began)

    def _forms(self) -> Sequence[Sequence[str]]:
        """The second line, from the longest form to the shortest."""
        if not self._reading:
            return self._other_forms()
        if self._total == 0:
            return [["nothing new to read", f"{self._known:,} known" if self._known else ""]]
        done, failed, speed = f"{self._done:,}", f"{self._failed:,} failed", self._speed()
        documents, pages = f"{done} of {self._total:,} documents", count(self._pages, "page")
        known = f"{self._known:,} known" if self._known else ""
        fast, short_fast = (f"{speed} pages/s", f"{speed}p/s") if speed else ("", "")
        short, short_pages = f"{done}/{self._total:,}", f"{self._pages:,}p"
        return [
            [documents, pages, fast, failed, known],
            [documents, pages, fast, failed],
            [short, pages, fast, failed],
            [short, short_pages, short_fast, failed],
            [short, short_fast, failed],
            [short, failed],
            [short],
        ]

    def _other_forms(self) -> Sequence[Sequence[str]]:
        if self._total:
            return [[f"{self._done:,} of {self._total:,}", self._part], [f"{self._done:,}/{self._total:,}"]]
        if self._done:
            return [[count(self._done, "file"), size(self._size_found)], [f"{self._done:,}"]]
        return [[self._part]]


class Bar(Board):
    """A `Board` drawn on a terminal; what it drew is gone when it ends."""

    def __init__(self, console: Console, clock: Clock = time.monotonic) -> None:
        from rich.live import Live

        super().__init__(clock)
        self._console = console
        self._live = Live(
            console=console,
            get_renderable=self.drawn,
            refresh_per_second=_REDRAWS,
            transient=True,
            redirect_stdout=False,
        )

    def phase(self, name: str) -> None:
        super().phase(name)
        self._live.start()

    def end(self) -> None:
        with suppress(OSError):  # a terminal that has gone must not end the run
            self._live.stop()

    def drawn(self) -> Text:
        """Both lines, one column short of the terminal: some wrap a full line."""
        from rich.text import Text

        width = max(self._console.width - 1, 1)
        (phase, second), right, share = self.lines(width), self.right(), self.share
        room = width - len(phase) - len(right) - 2
        text = Text(no_wrap=True, overflow="crop")
        if share is not None and room >= _BAR_LEAST:
            text.append(f"{phase} ").append_text(self._stroke(share, min(room, _BAR_MOST)))
            text.append(f" {right}")
        else:
            text.append(cut(f"{phase} {right}".rstrip(), width))
        return text.append("\n").append(second, style="dim")

    def _stroke(self, share: float, width: int) -> Text:
        from rich.text import Text

        ascii_only = self._console.options.ascii_only
        stroke, rest = ("#", "-") if ascii_only else ("━", " " if self._console.no_color else "━")
        full = int(share * width)
        bar = Text(stroke * full, style="bar.complete")
        return bar.append(rest * (width - full), style="bar.back")
