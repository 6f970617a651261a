"""The engine for several machines: a scheduler and two workers on loopback, and the faults of each."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import resource_tracker
from pathlib import Path

import psutil
import pytest
from engine_work import MIB, Family, KillsDask, Timed, answers, misfortune, square, where
from watching import all_gone, descendants, is_running, wait_for

from pipeline.engines import Lost, dask, engine_for
from pipeline.engines.dask import Dask, NoScheduler, SchedulerLost
from pipeline.errors import MissingTool

pytest.importorskip("distributed")

LIMIT = 256 * MIB
_QUIET = ("--no-dashboard", "--dashboard-address", "127.0.0.1:0")


@dataclass(frozen=True)
class Cluster:
    """A scheduler and its workers, each a process of its own as on machines of their own."""

    address: str
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]]

    @property
    def engine(self) -> Dask:
        return Dask(2, LIMIT, self.address)


@contextmanager
def cluster(folder: Path, workers: int = 2) -> Iterator[Cluster]:
    file = folder / "scheduler.json"
    started = [_dask("scheduler", "--port", "0", "--scheduler-file", str(file))]
    try:
        wait_for(lambda: file.exists() and file.read_text())
        address = json.loads(file.read_text())["address"]
        started += [_dask("worker", address, "--nthreads", "1") for _ in range(workers)]
        yield Cluster(address, started[0], started[1:])
    finally:
        for process in started:
            for descendant in psutil.Process(process.pid).children(recursive=True):
                descendant.kill()
            process.kill()
            process.wait()


def _dask(command: str, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.dask_{command}", *arguments, "--host", "127.0.0.1", *_QUIET],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(sys.path),
            "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0",
        },
    )


@pytest.fixture(scope="module")
def machines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster(tmp_path_factory.mktemp("cluster")) as started:
        yield started


def test_results_are_those_of_the_other_engines(machines: Cluster) -> None:
    engines = [engine_for("serial", 1, memory_limit=LIMIT), engine_for("processes", 2, memory_limit=LIMIT)]
    results = [set(engine.run(square, range(50))) for engine in [*engines, machines.engine]]
    assert results[0] == results[1] == results[2]
    assert list(machines.engine.run(square, range(0))) == []


def test_each_worker_keeps_one_child_for_a_run_and_none_after_it(machines: Cluster) -> None:
    children = {number for _, number in machines.engine.run(where, range(40))}
    assert len(children) <= 2
    assert not any(map(is_running, children))


def test_work_that_takes_time_goes_to_both_workers(machines: Cluster) -> None:
    assert len(set(dict(machines.engine.run(where_slowly, range(8))).values())) == 2


def where_slowly(item: int) -> int:
    Timed(1.0)(0.2)
    return where(item)


@pytest.mark.parametrize(("item", "reason"), [("segfault", "died"), ("big", "out-of-memory")])
def test_a_fault_costs_its_item_only(machines: Cluster, item: str, reason: str) -> None:
    results = dict(machines.engine.run(misfortune, ["a", item, "b"]))
    lost = results.pop(item)
    assert isinstance(lost, Lost)
    assert lost.reason == reason
    assert results == {"a": "a", "b": "b"}


def test_an_item_that_takes_too_long_is_ended(machines: Cluster) -> None:
    results = dict(machines.engine.run(Timed(0.5), [0.0, 30.0, 0.01]))
    assert results == {0.0: 0.0, 30.0: Lost("timeout", "no answer within 0.5 s"), 0.01: 0.01}


@pytest.mark.parametrize(("item", "kind"), [("full", OSError), ("odd", RuntimeError), ("lambda", Exception)])
def test_an_error_ends_the_run_and_tells_where_it_arose(machines: Cluster, item: str, kind: type) -> None:
    with pytest.raises(kind) as raised:
        list(machines.engine.run(answers, ["a", item, "b"]))
    assert "Traceback" in str(raised.value.__cause__)


def test_an_item_that_carries_content_is_refused(machines: Cluster) -> None:
    with pytest.raises(ValueError, match="by reference"):
        list(machines.engine.run(len, [bytes(MIB)]))


def test_items_are_drawn_as_there_is_room_for_them(machines: Cluster) -> None:
    drawn: list[int] = []
    results = machines.engine.run(square, _noted(drawn))
    for done in range(1, 300):
        next(results)
        assert len(drawn) <= done + 4 * dask._AHEAD * dask._MOST  # as many settled together as are out
    results.close()


def test_short_items_go_together_and_long_ones_alone(
    machines: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[int] = []
    send = dask._Flight._send
    monkeypatch.setattr(
        dask._Flight, "_send", lambda self, items, **how: (sent.append(len(items)), send(self, items, **how))
    )
    assert len(list(machines.engine.run(square, range(200)))) == 200
    assert sent[:4] == [1, 1, 1, 1], "nobody knows yet how long an item takes"
    assert max(sent) == dask._MOST
    sent.clear()
    list(machines.engine.run(Timed(10.0), [2 * dask._TASK / 3] * 8))
    assert set(sent) == {1}


def _noted(drawn: list[int]) -> Iterator[int]:
    while True:
        drawn.append(len(drawn))
        yield drawn[-1]


def test_a_run_that_is_left_early_leaves_no_process(machines: Cluster, tmp_path: Path) -> None:
    results = machines.engine.run(Family(tmp_path), [0, 0, 0, 0, 1])  # the last has room when one is done
    assert next(results) == (0, 0)
    wait_for((tmp_path / "1.pids").exists)
    started = [int(number) for number in (tmp_path / "1.pids").read_text().split()]
    results.close()
    assert all_gone(started)


@pytest.mark.parametrize(("kills", "outcome"), [(1, 3), (2, Lost("died", "the Dask worker was killed"))])
def test_an_item_whose_dask_worker_was_killed_is_tried_once_more(
    machines: Cluster, tmp_path: Path, kills: int, outcome: object
) -> None:
    others = range(100, 200)  # in its task, or waiting at its worker
    results = list(machines.engine.run(KillsDask(tmp_path, kills), [*others[:60], 3, *others[60:]]))
    assert sorted(results, key=lambda pair: pair[0]) == [(3, outcome), *((n, n) for n in others)]


def test_a_scheduler_that_is_lost_ends_the_run(tmp_path: Path) -> None:
    with cluster(tmp_path) as machines:
        results = machines.engine.run(Timed(60.0), [0.0, 50.0, 50.0])
        assert next(results) == (0.0, 0.0)
        machines.scheduler.kill()
        with pytest.raises(SchedulerLost, match="again"):
            next(results)


def test_a_scheduler_without_workers_ends_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask, "_NO_WORKERS", 0.5)
    with cluster(tmp_path, workers=0) as machines, pytest.raises(SchedulerLost, match="no workers"):
        list(machines.engine.run(square, [1]))


def test_an_address_without_a_scheduler(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask, "_CONNECT", 0.5)
    with pytest.raises(NoScheduler, match="tcp://127"):
        list(Dask(2, LIMIT, "tcp://127.0.0.1:9").run(square, [1]))
    with pytest.raises(NoScheduler, match="no-address"):
        list(Dask(2, LIMIT, "no-address://x").run(square, [1]))


def test_without_the_package_the_error_tells_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingTool, match=r"pip install 'kehoach\[dask\]'"):
        list(engine_for("dask", 2, memory_limit=LIMIT).run(square, [1]))


# --- A cluster of its own -------------------------------------------------------------------------


def test_an_own_cluster_listens_on_loopback_only_and_is_gone_afterwards() -> None:
    resource_tracker.ensure_running()  # Python's own, which stays for the life of this process
    before = descendants()
    results = engine_for("dask", 2, memory_limit=LIMIT).run(square, range(20))
    first = next(results)
    addresses = {
        connection.laddr.ip
        for number in {os.getpid(), *descendants()}
        for connection in psutil.Process(number).net_connections("inet")
        if connection.status == psutil.CONN_LISTEN
    }
    assert sorted([first, *results]) == [(i, i * i) for i in range(20)]
    assert addresses == {"127.0.0.1"}
    assert all_gone(list(descendants() - before))


MAIN = """
import sys
from pathlib import Path
from engine_work import Family
from pipeline.engines import engine_for
if __name__ == "__main__":
    engine = engine_for("dask", 2, memory_limit=1 << 28)
    try:
        for item, _ in engine.run(Family(Path(sys.argv[1])), [1, 2]):
            pass
    except KeyboardInterrupt:
        sys.exit(130)
"""


@pytest.mark.parametrize("kind", [signal.SIGINT, signal.SIGKILL])
def test_an_own_cluster_ends_with_the_main_process(tmp_path: Path, kind: signal.Signals) -> None:
    script = tmp_path / "main.py"
    script.write_text(MAIN)
    main = subprocess.Popen(
        [sys.executable, script, tmp_path],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    wait_for(lambda: len(list(tmp_path.glob("*.pids"))) == 2)
    processes = [process.pid for process in psutil.Process(main.pid).children(recursive=True)]
    programs = [int(file.read_text().split()[1]) for file in tmp_path.glob("*.pids")]
    try:
        if kind == signal.SIGINT:
            os.killpg(main.pid, kind)  # as a terminal does
            assert main.communicate(timeout=10)[1].decode() == ""
            assert main.returncode == 130
        else:
            main.kill()
            processes = [number for number in processes if number not in programs]
        assert all_gone(processes)
    finally:
        main.kill()
        main.communicate()
        for number in filter(is_running, programs):
            os.kill(number, signal.SIGKILL)
