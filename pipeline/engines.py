"""Engines: run one plain function over many items, in this process or in several.

An engine gives results in any order; nobody may depend on it. An item whose process died (out of
memory, a fault in a library) comes back as `Lost`; the others are not harmed.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from typing import Protocol, TypeVar

T = TypeVar("T")
R = TypeVar("R")

_AHEAD = 4  # items a worker that are handed out before their turn


@dataclass(frozen=True, slots=True)
class Lost:
    """The process that worked on an item died twice, the second time with this item alone."""


class Engine(Protocol):
    """Runs `work` over `items`; `work` and the items must be picklable."""

    def run(self, work: Callable[[T], R], items: Sequence[T]) -> Iterator[tuple[T, R | Lost]]: ...


class Serial:
    """One after the other, in this process."""

    def run(self, work: Callable[[T], R], items: Sequence[T]) -> Iterator[tuple[T, R | Lost]]:
        for item in items:
            yield item, work(item)


class Processes:
    """In `jobs` processes of this machine."""

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs

    def run(self, work: Callable[[T], R], items: Sequence[T]) -> Iterator[tuple[T, R | Lost]]:
        left = list(items)
        while left:
            done: set[int] = set()
            suspects: list[int] = []
            for index, result in self._pass(work, left, suspects):
                done.add(index)
                yield left[index], result
            for index in suspects or ([] if done else [0]):  # every round does away with one at least
                done.add(index)
                yield left[index], self._alone(work, left[index])
            left = [item for index, item in enumerate(left) if index not in done]

    def _pass(
        self, work: Callable[[T], R], items: Sequence[T], suspects: list[int]
    ) -> Iterator[tuple[int, R]]:
        """Results until all are done or the pool breaks; then `suspects` are those that were under way."""
        order = iter(range(len(items)))
        pending: dict[Future[R], int] = {}
        pool = _pool(self.jobs)
        try:
            while True:
                for index in islice(order, self.jobs * _AHEAD - len(pending)):
                    pending[pool.submit(work, items[index])] = index
                if not pending:
                    return
                for future in wait(pending, return_when=FIRST_COMPLETED).done:
                    result = future.result()
                    yield pending.pop(future), result
        except BrokenProcessPool:
            suspects += pending.values()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)

    def _alone(self, work: Callable[[T], R], item: T) -> R | Lost:
        with _pool(1) as pool:
            try:
                return pool.submit(work, item).result()
            except BrokenProcessPool:
                return Lost()


def _pool(jobs: int) -> ProcessPoolExecutor:
    # Not by fork: the parent may hold threads of Arrow or of the progress bar.
    context = multiprocessing.get_context("forkserver")
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_leave_interrupts_to_the_parent)


def _leave_interrupts_to_the_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def engine_for(jobs: int) -> Engine:
    """The engine for a number of processes."""
    return Serial() if jobs <= 1 else Processes(jobs)
