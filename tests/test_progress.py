"""The bar: silent where nobody looks, right in its numbers, never wider than the terminal."""

from __future__ import annotations

import io
import os
import pty
import select

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from pipeline.events import SILENT, FileDone, Watchers
from pipeline.progress import Bar, Board, TimeLeft, progress_bar
from pipeline.wording import count, cut, cut_path, duration, one_line, rate, rough_duration, size


class Clock:
    """A clock that stands until it is told to go on."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def file_done(
    state: str = "read", *, size: int | None = 1000, pages: int = 2, seconds: float = 1.0
) -> FileDone:
    return FileDone("a.docx", size, state, None, None, None, None, pages, 0, {"parse": seconds}, 0)


def drawn(board: Bar) -> list[str]:
    return board.drawn().plain.split("\n")


def bar(width: int, clock: Clock | None = None) -> Bar:
    console = Console(file=io.StringIO(), force_terminal=True, width=width, color_system=None)
    return Bar(console, clock or Clock())


def all_that_waits(master: int) -> str:
    """What was written to a terminal: it gives it in pieces, as they were written."""
    pieces = []
    while select.select([master], [], [], 0)[0]:
        pieces.append(os.read(master, 100_000))
    return b"".join(pieces).decode()


def test_no_terminal_no_bar() -> None:
    assert progress_bar(io.StringIO()) is SILENT


def test_a_dumb_terminal_has_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "dumb")
    master, slave = pty.openpty()
    with os.fdopen(master), os.fdopen(slave, "w") as stream:
        assert progress_bar(stream) is SILENT


def test_on_a_terminal_it_draws_there_alone_and_takes_itself_away(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    master, slave = pty.openpty()
    with os.fdopen(slave, "w") as stream:
        watcher = progress_bar(stream)
        watcher.phase("reading")
        watcher.begin(2, 2000, 0)
        watcher.done(file_done())
        watcher.end()
        watcher.end()
        shown = all_that_waits(master)
    os.close(master)
    assert "1 of 2 documents" in shown
    assert shown.rindex("\x1b[?25h") > shown.rindex("\x1b[?25l"), "the cursor is back"
    assert shown.rindex("\x1b[2K") > shown.rindex("documents"), "the lines are cleared"
    assert capfd.readouterr() == ("", "")


def test_phases_and_what_they_know_are_shown() -> None:
    board = bar(80)
    board.phase("looking for files")
    board.found(1234, 5_600_000)
    assert drawn(board) == ["looking for files", "1,234 files  5.6 MB"]
    board.phase("reading")
    board.begin(4, 4000, 7)
    board.done(file_done("failed", pages=1))
    first, second = drawn(board)
    assert first.startswith("reading ━") and first.endswith(" 25 %")
    assert second == "1 of 4 documents  1 page  1 failed  7 known"
    board.phase("building tables")
    board.built("tasks", 3, 16)
    first, second = drawn(board)
    assert first.startswith("building tables ━") and " 18 %" in first
    assert second == "3 of 16  tasks"


def test_nothing_to_read_is_all_done() -> None:
    board = bar(80)
    board.phase("reading")
    board.begin(0, 0, 9000)
    first, second = drawn(board)
    assert first.endswith("100 %")
    assert second == "nothing new to read  9,000 known"


@pytest.mark.parametrize(
    ("state", "failed"),
    [("read", 0), ("skipped", 0), ("failed", 1), ("timeout", 1), ("quarantined", 1)],
)
def test_failures_are_files_that_ought_to_have_been_read(state: str, failed: int) -> None:
    board = bar(80)
    board.phase("reading")
    board.begin(3, 3000, 0)
    board.done(file_done(state))
    assert f"{failed} failed" in drawn(board)[1]


@given(
    width=st.integers(10, 200),
    files=st.integers(0, 10**7),
    done=st.integers(0, 30),
    sizes=st.integers(0, 10**12),
    pages=st.integers(0, 10**9),
)
def test_it_never_wraps(width: int, files: int, done: int, sizes: int, pages: int) -> None:
    clock = Clock()
    board = bar(width, clock)
    board.phase("building tables")
    assert all(len(line) < width for line in drawn(board))
    board.begin(files, sizes, files)
    for _ in range(done):
        clock.now += 7.7
        board.done(file_done("failed", size=sizes, pages=pages, seconds=3))
        assert all(len(line) < width for line in drawn(board))


@pytest.mark.parametrize("width", [40, 50, 80])
def test_a_usual_run_tells_all_on_narrow_terminals(width: int) -> None:
    clock = Clock()
    board = bar(width, clock)
    board.phase("reading")
    board.begin(10_000, 10_000_000, 0)
    for i in range(1_234):
        clock.now += 0.25
        board.done(file_done("failed" if i < 12 else "read"))
    first, second = drawn(board)
    assert "12 %" in first and "37 min left" in first
    for figure in ("1,234", "10,000", "2,468", "8.0", "12 failed"):
        assert figure in second


def test_pages_a_second_are_those_of_the_last_minute() -> None:
    clock = Clock()
    board = Board(clock)
    board.phase("reading")
    board.begin(500, 500_000, 0)
    for pages in [1] * 100 + [20] * 100:
        clock.now += 1
        board.done(file_done(pages=pages))
    assert "20.0 pages/s" in board.lines(100)[1]


def left(costs: list[tuple[int, float]], files: int, size: int, jobs: int = 1) -> float | None:
    estimate = TimeLeft()
    for each, seconds in costs:
        estimate.add(each, seconds)
    return estimate.estimate(files, size, sum(seconds for _, seconds in costs) / jobs)


@pytest.mark.parametrize(
    ("costs", "files", "size", "expected"),
    [
        pytest.param([(100, 1.0), (200, 2.0), (300, 3.0)] * 3, 1, 5000, 50, id="scans alone: by bytes"),
        pytest.param([(100, 1.0), (9000, 1.0), (10, 1.0)] * 3, 7, 99, 7, id="size tells nothing: by files"),
        pytest.param([(9000, 0.1), (100, 5.0)] * 4, 10, 10, 25.5, id="the small ones are scans: by files"),
        pytest.param([(0, 1.0), (100, 2.0), (200, 3.0)] * 3, 10, 1000, 20, id="both"),
        pytest.param([(50, 1.0)] * 9, 4, 1, 4, id="all of one size"),
        pytest.param([(0, 1.0)] * 9, 4, 0, 4, id="no size known"),
        pytest.param([(50, 1.0)] * 9, 0, 0, 0, id="all is done"),
        pytest.param([(50, 9.0)] * 4, 4, 200, None, id="too few files to tell"),
        pytest.param([(50, 0.1)] * 9, 4, 200, None, id="too early to tell"),
    ],
)
def test_time_left(costs: list[tuple[int, float]], files: int, size: int, expected: float | None) -> None:
    assert left(costs, files, size) == (None if expected is None else pytest.approx(expected))


def test_two_workers_take_half_the_time() -> None:
    costs = [(100, 2.0)] * 10
    assert left(costs, 10, 1000, jobs=2) == pytest.approx(10)


@given(
    costs=st.lists(st.tuples(st.integers(0, 10**10), st.floats(0, 10**4)), max_size=30),
    files=st.integers(0, 10**6),
    size=st.integers(0, 10**13),
)
def test_time_left_is_never_negative(costs: list[tuple[int, float]], files: int, size: int) -> None:
    estimate = left(costs, files, size)
    assert estimate is None or 0 <= estimate < float("inf")


def test_each_of_several_watchers_is_told_all() -> None:
    boards = [Board(Clock()), Board(Clock())]
    watchers = Watchers(*boards)
    watchers.phase("reading")
    watchers.begin(2, 2, 0)
    watchers.done(file_done())
    assert {board.lines(80)[1] for board in boards} == {"1 of 2 documents  2 pages  0 failed"}
    watchers.found(3, 3)
    watchers.built("tasks", 1, 4)
    watchers.end()
    assert {board.share for board in boards} == {0.25}


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (duration(0), "0.0 s"),
        (duration(3.24), "3.2 s"),
        (duration(41.2), "41 s"),
        (duration(723), "12 min 3 s"),
        (duration(3600), "1 h"),
        (duration(7805), "2 h 10 min"),
        (duration(100_000), "1 d 3 h"),
        (rough_duration(1), "5 s"),
        (rough_duration(61), "2 min"),
        (rough_duration(7200.1), "2 h 10 min"),
        (size(0), "0 B"),
        (size(999), "999 B"),
        (size(3_449_999), "3.4 MB"),
        (size(999_999), "1.0 MB"),
        (rate(1, 0), ""),
        (rate(0, 5), ""),
        (rate(1, 3), "0.33"),
        (rate(15, 2), "7.5"),
        (rate(12_345, 10), "1,234"),
        (count(1, "page"), "1 page"),
        (count(2000, "page"), "2,000 pages"),
        (cut("thi đua", 7), "thi đua"),
        (cut("thi đua", 4), "thi…"),
        (cut("計画", 3), "計…"),
        (cut("thi đua", 0), ""),
        (cut_path("hộp 1/kế hoạch.pdf", 8), "…ạch.pdf"),
        (one_line("a\x1b[31m\r\nb\u202ec"), "a [31m b c"),
    ],
)
def test_wording(told: str, expected: str) -> None:
    assert told == expected
