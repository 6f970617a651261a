"""The engine of several machines: a Dask scheduler deals the items out, a child process does the work.

Each thread of a Dask worker keeps one child under its own supervisor, so that limits and isolation are
those of the engine `processes`. Items and results pass the scheduler pickled; only trusted machines may
reach it (Dask's own TLS settings apply).
"""

from __future__ import annotations

import logging
import pickle
import signal
import threading
import time
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import CancelledError
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Final, Generic, TypeVar, cast
from uuid import uuid4

from pipeline.engines.contract import Lost, packed
from pipeline.engines.messages import Raised
from pipeline.engines.supervisor import Supervisor
from pipeline.errors import KehoachError, MissingTool
from pipeline.usage import UsageError

if TYPE_CHECKING:
    from distributed import Client, Future, LocalCluster

T = TypeVar("T")
R = TypeVar("R")

_AHEAD: Final = 2  # tasks out for each thread of a Dask worker
# A task costs scheduler, client and worker 5 ms of CPU, a small document 40: so several go together.
_TASK: Final = 0.5  # seconds that the items of a task shall take
_MOST: Final = 16  # items of a task
_LOOK: Final = 1.0  # seconds between two looks whether the scheduler is there
_COUNT: Final = 5.0  # seconds between two counts of the workers
_CONNECT: Final = 10.0  # seconds to reach a scheduler
_NO_WORKERS: Final = 60.0  # seconds to wait for the first worker, or for one after the last has gone
_FAREWELL: Final = 2.0  # seconds for telling the workers that the run is over


class NoScheduler(UsageError):
    code = "no-scheduler"
    summary = "There is no Dask scheduler at the address."
    remedy = "Check the address; start one with: dask scheduler."


class SchedulerLost(KehoachError):
    """The scheduler, or all of its workers, went away in the middle of a run."""

    code = "scheduler-lost"
    summary = "The connection to the Dask scheduler was lost."
    remedy = "Start it again and run the same command again: what was done is kept."


# --- On the Dask workers --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Order:
    """The work of one run; small, as it goes with each item."""

    run: str
    work: bytes
    memory_limit: int


@dataclass(frozen=True, slots=True)
class _Done:
    """What became of the items of a task, in their order, and the seconds that they took."""

    outcomes: list[object]
    seconds: float


class _Bench:
    """One thread's supervisor and the run that it works for."""

    def __init__(self, order: _Order) -> None:
        self.run = order.run
        self._is_left = False
        self._in_use = threading.Lock()
        self._supervisor: Supervisor[object, object] = Supervisor(
            pickle.loads(order.work), 1, order.memory_limit
        )

    def do(self, item: object) -> object:
        with self._in_use:
            if not self._is_left:
                for _, outcome in self._supervisor.run([item]):
                    return outcome
        return Lost("died", "the run was ended")

    def leave(self) -> None:
        """End the child, also in the middle of an item."""
        self._is_left = True
        self._supervisor.stop()
        with self._in_use:
            self._supervisor.close()


_benches: dict[int, _Bench] = {}  # by thread


def _do(order: _Order, items: list[bytes]) -> _Done | Raised:
    """The items of a task one after the other, on a Dask worker."""
    thread = threading.get_ident()
    bench = _benches.get(thread)
    try:
        if bench is None or bench.run != order.run:
            if bench is not None:
                bench.leave()
            bench = _benches[thread] = _Bench(order)
        began = time.monotonic()
        outcomes = [bench.do(pickle.loads(item)) for item in items]
        return _Done(outcomes, time.monotonic() - began)
    except Exception as error:  # an error of the work is raised where the run was started
        return Raised.of(error)


def _leave(run: str) -> None:
    """End the children of a run, on a Dask worker."""
    for thread, bench in list(_benches.items()):
        if bench.run == run:
            bench.leave()
            _benches.pop(thread, None)


def dask_setup(worker: object) -> None:
    """Called by Dask in the workers of an own cluster, whose terminal is ours: Ctrl-C is not for them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


# --- Where the run was started --------------------------------------------------------------------


class Dask:
    """On the workers of a Dask scheduler; without an address on `jobs` own ones on this machine."""

    def __init__(self, jobs: int, memory_limit: int, scheduler: str | None = None) -> None:
        self.jobs = jobs
        self.memory_limit = memory_limit
        self.scheduler = scheduler

    def run(self, work: Callable[[T], R], items: Iterable[T]) -> Generator[tuple[T, R | Lost], None, None]:
        """Raises MissingTool without the package, NoScheduler, SchedulerLost, and what the work raises."""
        order = _Order(uuid4().hex, packed(work), self.memory_limit)
        with _client(self.jobs, self.scheduler) as client:
            flight: _Flight[T, R] = _Flight(client, order)
            try:
                yield from flight.over(items)
            finally:
                flight.land()


@dataclass(frozen=True, slots=True)
class _Task(Generic[T]):
    """Items that are out together."""

    items: list[T]
    future: Future[_Done | Raised]
    is_second: bool


class _Flight(Generic[T, R]):
    """The tasks of a run that are out, twice as many as there are threads to work on them."""

    def __init__(self, client: Client, order: _Order) -> None:
        self._client = client
        self._order = order
        self._out: dict[object, _Task[T]] = {}
        self._landed: SimpleQueue[object] = SimpleQueue()
        self._together = 1  # items of the next task
        self._suspects: list[T] = []  # items whose Dask worker died, perhaps through no fault of theirs
        self._threads = 0
        self._counted = 0.0
        self._last_seen = time.monotonic()  # when there were workers

    def over(self, items: Iterable[T]) -> Iterator[tuple[T, R | Lost]]:
        rest = iter(items)
        self._fill(rest)
        while self._out:
            settled = self._settled()
            self._fill(rest)  # first, so that workers need not wait for the caller
            yield from settled

    def land(self) -> None:
        """Call back what is out and end the children; a scheduler that is gone cannot be told."""
        if self._client.status != "running":
            return
        with suppress(Exception):
            self._client.cancel([task.future for task in self._out.values()])
        with suppress(Exception):
            self._client.sync(
                self._client._run, _leave, self._order.run, on_error="ignore", callback_timeout=_FAREWELL
            )

    def _fill(self, rest: Iterator[T]) -> None:
        """Send what there is room for; a suspect has all workers for itself."""
        self._count_workers()
        if self._suspects:
            if not self._out:
                self._send([self._suspects.pop()], is_second=True)
            return
        while len(self._out) < _AHEAD * self._threads:
            items = list(islice(rest, self._together))
            if not items:
                return
            self._send(items)

    def _send(self, items: list[T], *, is_second: bool = False) -> None:
        with _reached(self._client):
            future = self._client.submit(_do, self._order, [packed(item) for item in items], pure=False)
        self._out[future.key] = _Task(items, future, is_second)
        future.add_done_callback(lambda done: self._landed.put(done.key))

    def _settled(self) -> list[tuple[T, R | Lost]]:
        """Wait for news; the items that are done with."""
        keys = []
        with suppress(Empty):
            keys.append(self._landed.get(timeout=_LOOK))
            while True:
                keys.append(self._landed.get_nowait())
        if self._client.status != "running":
            raise SchedulerLost
        landed = [self._out.pop(key) for key in keys]
        with _reached(self._client):  # at once, as each call is a way to the scheduler and back
            answers = self._client.gather({each.future.key: each.future for each in landed}, errors="skip")
        return [pair for each in landed for pair in self._heard(each, answers.get(each.future.key))]

    def _heard(self, task: _Task[T], answer: _Done | Raised | None) -> Iterator[tuple[T, R | Lost]]:
        match answer:
            case _Done(outcomes, seconds):
                self._together = min(max(int(_TASK * len(outcomes) / max(seconds, 1e-3)), 1), _MOST)
                yield from zip(task.items, cast("list[R | Lost]", outcomes), strict=True)
            case Raised():
                answer.again()
            case None:
                yield from self._failed(task)

    def _failed(self, task: _Task[T]) -> Iterator[tuple[T, R | Lost]]:
        """What becomes of items whose Dask workers died; raises what else kept them from being done."""
        from distributed.scheduler import KilledWorker

        with _reached(self._client):
            error = task.future.exception()
        if not isinstance(error, KilledWorker):
            raise error
        if task.is_second:
            yield task.items[0], Lost("died", "the Dask worker was killed")
        else:
            self._suspects += task.items

    def _count_workers(self) -> None:
        """How many threads there are; waits for the first, and gives up when none comes back."""
        now = time.monotonic()
        if self._threads and now < self._counted + _COUNT:
            return
        while True:
            with _reached(self._client):
                self._threads = sum(self._client.nthreads().values())
            self._counted = time.monotonic()
            if self._threads:
                self._last_seen = self._counted
                return
            if self._counted > self._last_seen + _NO_WORKERS:
                raise SchedulerLost(f"The Dask scheduler had no workers for {_NO_WORKERS:g} seconds.")
            time.sleep(_LOOK)


@contextmanager
def _reached(client: Client) -> Iterator[None]:
    """Turn the many ways in which a lost connection shows into one error."""
    try:
        yield
    except (OSError, CancelledError) as error:
        raise SchedulerLost from error
    except RuntimeError as error:
        if client.status == "running":
            raise
        raise SchedulerLost from error


@contextmanager
def _client(jobs: int, address: str | None) -> Iterator[Client]:
    try:
        from distributed import Client, LocalCluster
    except ImportError as error:
        raise MissingTool("The engine dask needs a package: pip install 'kehoach[dask]'.") from error
    for name in ("distributed", "distributed.client"):  # errors are raised, not printed
        logging.getLogger(name).setLevel(logging.CRITICAL)
    with ExitStack() as stack:
        if address is None:
            cluster = LocalCluster(
                n_workers=jobs,
                threads_per_worker=1,
                host="127.0.0.1",
                dashboard_address="127.0.0.1:0",
                worker_dashboard_address="127.0.0.1:0",
                memory_limit=0,  # the supervisors see to that
                silence_logs=logging.CRITICAL,
                preload=[__name__],
            )
            stack.callback(_close, cluster)
            address = cluster.scheduler_address
        try:
            client = Client(address, timeout=_CONNECT, set_as_default=False)
        except (OSError, ValueError) as error:
            raise NoScheduler(f"There is no Dask scheduler at {address}.") from error
        stack.callback(_close, client)
        yield client


def _close(part: Client | LocalCluster) -> None:
    """Close it in time; what has not ended by then ends with this process."""
    with suppress(TimeoutError, OSError):
        part.close(timeout=_FAREWELL)
