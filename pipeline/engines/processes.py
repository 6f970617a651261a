"""The engine of one machine: child processes, watched over."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from contextlib import closing
from typing import TypeVar

from pipeline.engines.contract import DEFAULT_MEMORY, Lost

T = TypeVar("T")
R = TypeVar("R")


class Processes:
    """In `jobs` processes of this machine; each may hold `memory_limit` bytes."""

    def __init__(self, jobs: int, memory_limit: int = DEFAULT_MEMORY) -> None:
        self.jobs = jobs
        self.memory_limit = memory_limit

    def run(self, work: Callable[[T], R], items: Iterable[T]) -> Generator[tuple[T, R | Lost], None, None]:
        from pipeline.engines.supervisor import Supervisor

        with closing(Supervisor(work, self.jobs, self.memory_limit)) as supervisor:
            yield from supervisor.run(items)
