"""Watches over child processes: hands them items, keeps their limits, replaces those that die."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Final, Generic, TypeVar, cast

from pipeline.engines.child import Child, end_all, weigh
from pipeline.engines.contract import LOOK_LIMIT, Lost, WorkersFail, packed
from pipeline.engines.messages import Begun, NoMemory, Raised, Ready, Returned

T = TypeVar("T")
R = TypeVar("R")

_LOOK: Final = 0.25  # seconds between two looks at clocks and memory
_ITEMS: Final = 500  # of one child; then a new one takes its place, so that leaks do not add up
_FALSE_STARTS: Final = 3  # children that die in a row before they are ready
_MIB: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class _Try(Generic[T]):
    """An item in a child's hands."""

    item: T
    is_second: bool = False


class Supervisor(Generic[T, R]):
    """Up to `jobs` children that do one kind of work; they live until `close`, over several runs."""

    def __init__(self, work: Callable[[T], R], jobs: int, memory_limit: int) -> None:
        self._work = packed(work)
        self._jobs = jobs
        self._memory_limit = memory_limit
        self._idle: list[Child] = []
        self._busy: dict[Child, _Try[T]] = {}
        self._suspects: list[T] = []  # items whose child died, perhaps through no fault of theirs
        self._returned: list[_Try[T]] = []  # items whose child died before it had taken them
        self._false_starts = 0
        self._looked = 0.0
        self._is_stopped = False

    def run(self, items: Iterable[T]) -> Generator[tuple[T, R | Lost], None, None]:
        """Each item with its result, in the order in which they come.

        Raises what the work raises, and WorkersFail.
        """
        rest = iter(items)
        try:
            self._hand_out(rest)
            while self._busy and not self._is_stopped:
                settled = self._settled()
                self._hand_out(rest)  # first, so that children need not wait for the caller
                yield from settled
        finally:
            end_all(self._busy)
            self._busy.clear()
            self._suspects.clear()
            self._returned.clear()

    def stop(self) -> None:
        """Have a run in another thread end before its time."""
        self._is_stopped = True

    def close(self) -> None:
        """End the children that have nothing to do; a run ends its own."""
        for child in self._idle:
            child.end()
        self._idle.clear()

    def _hand_out(self, rest: Iterator[T]) -> None:
        """Give work to children without any; a suspect has the machine and a new child for itself."""
        while self._returned:
            self._ask(self._returned.pop())
        if self._suspects:
            if not self._busy:
                self.close()
                self._ask(_Try(self._suspects.pop(), is_second=True))
            return
        while len(self._busy) < self._jobs:
            try:
                item = next(rest)
            except StopIteration:
                return
            self._ask(_Try(item))

    def _ask(self, attempt: _Try[T]) -> None:
        item = packed(attempt.item)
        child = self._free_child()
        self._busy[child] = attempt
        child.ask(item)

    def _free_child(self) -> Child:
        while self._idle:
            child = self._idle.pop()
            if child.is_alive:
                return child
            child.end()
        return Child(self._work, self._memory_limit)

    def _settled(self) -> list[tuple[T, R | Lost]]:
        """Wait for news; the items that are done with."""
        settled: list[tuple[T, R | Lost]] = []
        speakers = {child.pipe: child for child in self._busy}
        for pipe in wait(list(speakers), _LOOK):
            settled += self._heard(speakers[cast("Connection", pipe)])
        if time.monotonic() >= self._looked + _LOOK:
            settled += self._ended()
            self._looked = time.monotonic()
        return settled

    def _heard(self, child: Child) -> Iterator[tuple[T, R | Lost]]:
        match child.receive():
            case Ready():
                self._false_starts = 0
                child.allow(LOOK_LIMIT)
            case Begun(deadline, seconds):
                child.deadline, child.seconds = deadline, seconds
            case Returned(result):
                yield self._released(child), cast("R", result)
            case NoMemory():
                yield self._released(child), Lost("out-of-memory", "an allocation failed")
            case Raised() as raised:
                raised.again()
            case None:
                yield from self._buried(child)

    def _released(self, child: Child) -> T:
        """The item of a child that is done with it."""
        if child.items >= _ITEMS or self._stays_big(child):
            child.end()
        else:
            self._idle.append(child)
        return self._busy.pop(child).item

    def _stays_big(self, child: Child) -> bool:
        """Whether it holds half of what it may have, now that it has nothing to do."""
        if child.memory > self._memory_limit // 2:
            weigh([child])
        return child.memory > self._memory_limit // 2

    def _buried(self, child: Child) -> Iterator[tuple[T, R | Lost]]:
        """What becomes of the item of a child that died.

        It is tried once more where the system or somebody killed the child, and where an earlier item may
        have left the child broken.
        """
        attempt = self._busy.pop(child)
        cause, was_killed = child.post_mortem()
        if not child.is_ready:
            self._started_falsely(attempt, cause)
        elif not attempt.is_second and (was_killed or child.items > 1):
            self._suspects.append(attempt.item)
        else:
            yield attempt.item, Lost("died", cause)

    def _started_falsely(self, attempt: _Try[T], cause: str) -> None:
        """Take back the item of a child that never took it: it is no fault of the item."""
        self._returned.append(attempt)
        self._false_starts += 1
        if self._false_starts == _FALSE_STARTS:
            raise WorkersFail(f"{_FALSE_STARTS} new processes died before they had any work: {cause}.")

    def _ended(self) -> Iterator[tuple[T, R | Lost]]:
        """End the children that are beyond a limit; one that has news to tell is heard first."""
        weigh(self._busy)
        for child in list(self._busy):
            lost = None if child.pipe.poll() else self._beyond(child)
            if lost is not None:
                child.end()
                attempt = self._busy.pop(child)
                if child.is_ready:
                    yield attempt.item, lost
                else:
                    self._started_falsely(attempt, lost.detail)

    def _beyond(self, child: Child) -> Lost | None:
        if child.memory > self._memory_limit:
            # How much it was is chance, and what is told of a file is not to hang on that.
            return Lost("out-of-memory", f"more than {self._memory_limit // _MIB:,} MiB")
        if time.monotonic() > child.deadline:
            return Lost("timeout", f"no answer within {child.seconds:g} s")
        return None
