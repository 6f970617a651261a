"""What all engines agree on: the work, its items, and what becomes of an item whose process died."""

from __future__ import annotations

import math
import pickle
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from typing import Final, Literal, Protocol, TypeVar

from pipeline.errors import KehoachError

T = TypeVar("T")
R = TypeVar("R")
T_contra = TypeVar("T_contra", contravariant=True)
R_co = TypeVar("R_co", covariant=True)

START_LIMIT: Final = 60.0  # seconds for a new process to start
LOOK_LIMIT: Final = 600.0  # seconds to tell the time limit of an item: its file may have a long way to come
DEFAULT_MEMORY: Final = 2 << 30  # bytes, of one process and what it started
# Bytes of an item, or of the work: a path, never a file's content. Names in a ZIP may have 65,535 bytes.
LARGEST_MESSAGE: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Lost:
    """An item without a result, as its process had to be ended or died; `detail` is for people."""

    reason: Literal["died", "timeout", "out-of-memory"]
    detail: str


class Work(Protocol[T_contra, R_co]):
    """What is done with each item; it and the items are pickled and small."""

    def __call__(self, item: T_contra) -> R_co: ...

    def seconds(self, item: T_contra) -> float:
        """The time limit of an item, asked in the worker before the work; it may look at the file."""
        ...


class Engine(Protocol):
    """Runs work over items, which are drawn as there is room for them; results come in any order.

    The work is a `Work`, or a plain function, whose time is not limited. An error that the work raises
    ends the run and is raised here. Closing the generator ends all that runs.
    """

    def run(
        self, work: Callable[[T], R], items: Iterable[T]
    ) -> Generator[tuple[T, R | Lost], None, None]: ...


class WorkersFail(KehoachError):
    """New processes die before they are given any work."""

    code = "workers-fail"
    summary = "The processes that read the files do not start."
    remedy = "Free memory or run with fewer --jobs; --engine serial does without them."


def seconds_of(work: Callable[[T], object], item: T) -> float:
    """The time limit of an item; none for a plain function."""
    limit: Callable[[T], float] | None = getattr(work, "seconds", None)
    return math.inf if limit is None else limit(item)


def packed(thing: object) -> bytes:
    """The work or an item as it is sent; raises ValueError for what carries content with it."""
    data = pickle.dumps(thing)
    if len(data) > LARGEST_MESSAGE:
        raise ValueError(
            f"{type(thing).__name__} of {len(data):,} bytes: work is sent by reference, "
            f"in at most {LARGEST_MESSAGE:,}."
        )
    return data
