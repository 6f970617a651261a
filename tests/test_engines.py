"""Engines: the same results from one process and from several, and faults that cost one item."""

from __future__ import annotations

import math
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from engine_work import (
    MIB,
    Converts,
    Family,
    Killed,
    StuckPeek,
    TidiesUp,
    Timed,
    answers,
    breaks_its_process,
    holds,
    interrupts,
    misfortune,
    noise,
    square,
    where,
)
from watching import all_gone, descendants, is_running, wait_for

from pipeline.engines import Lost, Processes, Serial, WorkersFail, child, engine_for, supervisor
from pipeline.engines.contract import LARGEST_MESSAGE

LITTLE = 256 * MIB


@pytest.mark.parametrize("engine", [Serial(), Processes(1), Processes(2)], ids=["serial", "one", "two"])
def test_every_item_has_its_result_and_no_process_stays(engine: Serial | Processes) -> None:
    before = descendants()
    assert sorted(engine.run(square, range(20))) == [(i, i * i) for i in range(20)]
    assert list(engine.run(square, range(0))) == []
    assert descendants() <= before


def test_an_engine_is_asked_for_by_its_name() -> None:
    assert isinstance(engine_for("serial", 4, memory_limit=LITTLE), Serial)
    processes = engine_for("processes", 3, memory_limit=LITTLE)
    assert isinstance(processes, Processes)
    assert (processes.jobs, processes.memory_limit) == (3, LITTLE)


# --- Faults ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("item", "reason", "detail"),
    [
        ("segfault", "died", "signal 11 (SIGSEGV) at ctypes/__init__.py:"),
        ("exit", "died", "exit status 7"),
        ("leave", "died", "exit status 1"),
        ("big", "out-of-memory", "than 256 MiB"),
        ("big-child", "out-of-memory", "than 256 MiB"),
        ("sudden", "out-of-memory", "an allocation failed"),
    ],
)
def test_a_fault_costs_its_item_only(item: str, reason: str, detail: str) -> None:
    items = ["a", item, "b", "c"]
    results = dict(Processes(2, LITTLE).run(misfortune, items))
    lost = results.pop(item)
    assert isinstance(lost, Lost)
    assert (lost.reason, detail in lost.detail) == (reason, True), lost
    assert results == {name: name for name in "abc"}


def test_an_item_that_takes_too_long_is_ended_and_the_others_go_on() -> None:
    results = dict(Processes(2).run(Timed(1.0), [0.0, 30.0, 0.01, 0.02]))
    assert results == {0.0: 0.0, 30.0: Lost("timeout", "no answer within 1 s"), 0.01: 0.01, 0.02: 0.02}


def test_an_item_whose_limit_is_never_told_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "LOOK_LIMIT", 1.0)
    assert list(Processes(1).run(StuckPeek(), [1])) == [(1, Lost("timeout", "no answer within 1 s"))]


def test_a_result_that_came_while_the_caller_was_busy_is_no_timeout() -> None:
    results = Processes(1).run(Timed(0.8), [0.0, 0.1, 0.0])
    first = next(results)
    time.sleep(1.3)  # the second item is done within its limit, and heard of after it
    assert [first, *results] == [(0.0, 0.0), (0.1, 0.1), (0.0, 0.0)]


@pytest.mark.parametrize(("kills", "outcome"), [(1, 3), (2, Lost("died", "signal 9 (SIGKILL)"))])
def test_an_item_whose_process_was_killed_is_tried_once_more(
    tmp_path: Path, kills: int, outcome: object
) -> None:
    results = dict(Processes(2).run(Killed(tmp_path, kills), range(8)))
    assert results == {**{i: i for i in range(8)}, 3: outcome}
    assert len(list(tmp_path.glob("3-*"))) == 2
    assert len(list(tmp_path.iterdir())) == 9  # no other item was done twice


def test_an_item_does_not_pay_for_the_one_before_it() -> None:
    assert dict(Processes(1).run(breaks_its_process, range(6))) == {i: i for i in range(6)}


def test_an_idle_process_that_was_killed_costs_no_item(tmp_path: Path) -> None:
    def items() -> Iterator[int]:
        yield 1
        yield 2
        for process in psutil.Process().children():
            process.kill()
            process.wait()
        yield 4

    assert dict(Processes(1).run(Killed(tmp_path, 0), items())) == {1: 1, 2: 2, 4: 4}


def test_processes_that_never_start_end_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(child, "_START", "import os; os._exit(9)")
    with pytest.raises(WorkersFail, match="exit status 9"):
        list(Processes(2).run(square, range(100)))


@pytest.mark.parametrize("fault", ["os._exit(9)", "time.sleep(60)"])
def test_a_process_that_does_not_start_costs_no_item(
    fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    was_here = tmp_path / "was here"
    stumble = f"import os, time; p = {str(was_here)!r}; os.path.exists(p) or (open(p, 'w'), {fault}); "
    monkeypatch.setattr(child, "_START", stumble + child._START)
    monkeypatch.setattr(child, "START_LIMIT", 5.0)
    assert sorted(Processes(2).run(square, range(4))) == [(0, 0), (1, 1), (2, 4), (3, 9)]
    assert was_here.exists()


# --- Errors and answers ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("item", "kind", "text"),
    [
        ("full", OSError, "No space left on device"),
        ("odd", RuntimeError, "Odd: a"),
        ("lambda", Exception, "pickle"),
        ("lock", RuntimeError, "Lock objects should only be shared"),
    ],
)
def test_an_error_ends_the_run_and_tells_where_it_arose(item: str, kind: type, text: str) -> None:
    before = descendants()
    with pytest.raises(kind, match=text) as raised:
        list(Processes(2).run(answers, ["a", item, *"bcdefgh"]))
    assert "Traceback" in str(raised.value.__cause__)
    assert descendants() <= before


def test_an_item_that_carries_content_is_refused() -> None:
    with pytest.raises(ValueError, match="by reference"):
        list(Processes(1).run(len, [b"x" * LARGEST_MESSAGE]))


def test_work_that_cannot_be_imported_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "path", [p for p in sys.path if Path(p).name != "tests"])
    with pytest.raises(ModuleNotFoundError, match="engine_work"):
        list(Processes(1).run(square, [1]))


def test_libraries_in_a_child_do_not_write_on_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    assert list(Processes(1).run(noise, [1])) == [(1, 1)]
    assert capfd.readouterr() == ("", "")


def test_an_interrupt_is_not_for_the_children() -> None:
    assert dict(Processes(1).run(interrupts, [1, 2])) == {1: 1, 2: 2}


# --- Drawing, recycling ---------------------------------------------------------------------------


def test_items_are_drawn_as_there_is_room_for_them() -> None:
    drawn: list[int] = []

    def endless() -> Iterator[int]:
        number = 0
        while True:
            drawn.append(number)
            yield number
            number += 1

    results = Processes(2).run(square, endless())
    for done in range(1, 200):
        next(results)
        assert len(drawn) <= done + 4
    results.close()


def test_a_process_is_replaced_after_so_many_items(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "_ITEMS", 5)
    processes = [number for _, number in Processes(1).run(where, range(20))]
    assert [processes.count(number) for number in dict.fromkeys(processes)] == [5, 5, 5, 5]


def test_a_process_that_keeps_memory_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "_LOOK", 0.0)
    processes = [number for _, number in Processes(1, LITTLE).run(holds, [1, 1, 150, 1])]
    assert len(set(processes)) == 2
    assert processes[0] == processes[1]


# --- Ends -----------------------------------------------------------------------------------------


def test_a_run_that_is_left_early_leaves_no_process(tmp_path: Path) -> None:
    results = Processes(2).run(Family(tmp_path), [0, 1, 2])
    assert next(results) == (0, 0)
    wait_for(lambda: len(list(tmp_path.glob("*.pids"))) == 2)
    started = [int(n) for file in tmp_path.glob("*.pids") for n in file.read_text().split()]
    results.close()
    assert not any(map(is_running, started))


def test_work_may_tidy_up_when_a_run_is_left_early(tmp_path: Path) -> None:
    file = tmp_path / "half-written"
    results = Processes(2).run(TidiesUp(file), [0, 1])
    assert next(results) == (0, 0)
    wait_for(file.exists)
    results.close()
    assert not file.exists()


MAIN = """
import sys
from pathlib import Path
from engine_work import Family
from pipeline.engines import Processes
list(Processes(2).run(Family(Path(sys.argv[1])), [1, 2]))
"""


def test_children_end_with_a_main_process_that_is_killed(tmp_path: Path) -> None:
    paths = os.pathsep.join(sys.path)
    main = subprocess.Popen([sys.executable, "-c", MAIN, tmp_path], env={**os.environ, "PYTHONPATH": paths})
    wait_for(lambda: len(list(tmp_path.glob("*.pids"))) == 2)
    children = [int(file.read_text().split()[0]) for file in tmp_path.glob("*.pids")]
    main.send_signal(signal.SIGKILL)
    main.wait()
    try:
        assert all_gone(children)
    finally:
        for file in tmp_path.glob("*.pids"):
            os.kill(int(file.read_text().split()[1]), signal.SIGKILL)


OFFICE_MAIN = """
from engine_work import Converts
from pipeline.engines import Processes
list(Processes(1).run(Converts(60.0), [1]))
"""
OFFICE = """#!/bin/sh
touch "$(dirname "$0")/$$.pid"
case "$*" in *open.txt) touch "$HOME/.~lock.open.txt#";; esac
sleep 60
"""


def test_an_office_program_ends_with_the_process_that_asked_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "soffice"
    program.write_text(OFFICE)
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    results = dict(Processes(2).run(Converts(1.0), [1, 0]))
    assert results == {1: Lost("timeout", "no answer within 1 s"), 0: 0}
    started = [int(file.stem) for file in tmp_path.glob("*.pid")]
    assert len(started) == 2  # the one that holds the profile, and the one with the request
    assert all_gone(started)
    wait_for(lambda: not list(tmp_path.glob("kehoach-office-*")))


def test_an_office_program_ends_with_a_main_process_that_is_killed(tmp_path: Path) -> None:
    program = tmp_path / "soffice"
    program.write_text(OFFICE)
    program.chmod(0o755)
    main = subprocess.Popen(
        [sys.executable, "-c", OFFICE_MAIN],
        env={
            **os.environ,
            "PATH": os.pathsep.join([str(tmp_path), os.environ["PATH"]]),
            "PYTHONPATH": os.pathsep.join(sys.path),
            "TMPDIR": str(tmp_path),
        },
    )
    wait_for(lambda: len(list(tmp_path.glob("*.pid"))) == 2)
    main.kill()
    main.wait()
    assert all_gone([int(file.stem) for file in tmp_path.glob("*.pid")])
    wait_for(lambda: not list(tmp_path.glob("kehoach-office-*")))


def test_a_plain_function_has_no_time_limit() -> None:
    from pipeline.engines.contract import seconds_of

    assert seconds_of(square, 1) == math.inf
    assert seconds_of(Timed(2.5), 1.0) == 2.5
