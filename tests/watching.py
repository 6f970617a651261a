"""Watching processes: whether they run, and waiting until something comes about."""

from __future__ import annotations

import time
from collections.abc import Callable

import psutil


def all_gone(numbers: list[int], seconds: float = 5.0) -> bool:
    """Whether the processes end in time; a zombie that nobody has reaped yet has ended."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if not any(is_running(number) for number in numbers):
            return True
        time.sleep(0.02)
    return False


def is_running(number: int) -> bool:
    try:
        return psutil.Process(number).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def wait_for(condition: Callable[[], object], seconds: float = 20.0) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it never came about"
        time.sleep(0.02)


def descendants() -> set[int]:
    return {process.pid for process in psutil.Process().children(recursive=True)}
