"""Local files by paths of any length: what is too long for one call of the system is walked in steps."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

_LONGEST = 4000  # bytes of a path in one call; Linux takes 4096 (PATH_MAX), the closing zero included
_UTF8_MOST = 4  # bytes of a character
_FOLDER = os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC


def open_file(path: str) -> BinaryIO:
    """Open a file for reading. Raises OSError, and ValueError for a path that no file can have."""
    return open(path, "rb", opener=_open)


def stat(path: str) -> os.stat_result:
    """What the system knows of a file; of a link, what it knows of its target."""
    with _within_reach(path) as (name, folder):
        return os.stat(name, dir_fd=folder)


def lstat(path: str) -> os.stat_result:
    """What the system knows of a file; of a link, what it knows of the link."""
    if _is_short(path):  # asked for every file of a source
        return os.lstat(path)
    with _within_reach(path) as (name, folder):
        return os.lstat(name, dir_fd=folder)


def names_in(path: str) -> list[str]:
    """Names in a folder, sorted."""
    if _is_short(path):
        return sorted(os.listdir(path))
    descriptor = _open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        return sorted(os.listdir(descriptor))
    finally:
        os.close(descriptor)


def _open(path: str, flags: int) -> int:
    with _within_reach(path) as (name, folder):
        return os.open(name, flags | os.O_CLOEXEC | os.O_NONBLOCK, dir_fd=folder)  # a pipe is not waited for


def _is_short(path: str) -> bool:
    return len(path) * _UTF8_MOST <= _LONGEST or len(os.fsencode(path)) <= _LONGEST


@contextmanager
def _within_reach(path: str) -> Iterator[tuple[str, int | None]]:
    """A name for one call, and the folder (its descriptor) from which it is reached where a path is long."""
    if _is_short(path):
        yield path, None
        return
    folder = os.open("/" if path.startswith("/") else ".", _FOLDER)
    try:
        *above, name = path.split("/")
        for step in _steps(above):
            deeper = os.open(step, _FOLDER, dir_fd=folder)
            os.close(folder)
            folder = deeper
        yield name, folder
    finally:
        os.close(folder)


def _steps(parts: list[str]) -> Iterator[str]:
    """The parts of a path joined into relative paths, each short enough for one call."""
    step = ""
    for part in filter(None, parts):
        if step and not _is_short(f"{step}/{part}"):
            yield step
            step = ""
        step = f"{step}/{part}" if step else part
    if step:
        yield step
