"""Sudden ends: a run in a process of its own that is killed, or meets a full disk, at one of its steps.

A step is what it does to files: opening one for writing, renaming, linking, making and removing.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

_CHANGES = {"os.rename", "os.link", "os.symlink", "os.mkdir", "os.remove", "os.rmdir"}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_RAN, _RAISED = 0, 1

Fault = Callable[[str], None]  # is told the path of each step


def in_a_fork(work: Callable[[], object], fault: Fault) -> int:
    """How `work` ended in a fork of this process: 0, 1 where it raised, minus the signal that killed it."""
    child = os.fork()
    if child == 0:
        status = _RAISED
        try:
            sys.addaudithook(_hook(fault))
            work()
            status = _RAN
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def killed_at(number: int) -> Fault:
    """SIGKILL at a step, counted from 0."""
    left = number

    def fault(_: str) -> None:
        nonlocal left
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1

    return fault


def full_for(mark: str) -> Fault:
    """No room for what has a mark in its path."""

    def fault(path: str) -> None:
        if mark in path:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)

    return fault


def forbidden_under(folder: Path) -> Fault:
    """Raises where anything in a folder is changed."""

    def fault(path: str) -> None:
        if path == str(folder) or path.startswith(f"{folder}/"):
            raise AssertionError(f"{path} is changed")

    return fault


def _hook(fault: Fault) -> Callable[[str, tuple[object, ...]], None]:
    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event in _CHANGES or (event == "open" and _is_for_writing(arguments)):
            for path in arguments[:2] if event in ("os.rename", "os.link") else arguments[:1]:
                if isinstance(path, str | bytes | os.PathLike):
                    fault(os.fsdecode(path))

    return hook


def _is_for_writing(arguments: tuple[object, ...]) -> bool:
    flags = arguments[2] if len(arguments) > 2 else 0
    return isinstance(flags, int) and bool(flags & _WRITING) and arguments[0] != os.devnull
