"""The engine without other processes: nothing is isolated, and no limit is kept."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from typing import TypeVar

from pipeline.engines.contract import Lost

T = TypeVar("T")
R = TypeVar("R")


class Serial:
    """One item after the other in this process; an item that kills it kills the run."""

    def run(self, work: Callable[[T], R], items: Iterable[T]) -> Generator[tuple[T, R | Lost], None, None]:
        for item in items:
            yield item, work(item)
