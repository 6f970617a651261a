"""Finds the files of a source: a folder with all below it, or a single file.

What is found is looked at by its bytes later, whatever its name. Symbolic links are followed to files
inside the source only, so that nothing outside is read and no loop is walked.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a path is not read: a code for programs, a message for people."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Found:
    """A path: where it is, its name in the dataset (relative, `/` between parts), why it is not read.

    `failed` tells what ought to have been read and cannot be from what is left out on purpose.
    """

    path: Path
    name: str
    reason: Reason | None = None
    failed: bool = False


_LINK_OUT = Reason("link-outside", "A link that leads out of the source; such links are not followed.")
_LINK_FOLDER = Reason("link-to-folder", "A link to a folder; folders are read at their own place only.")
_LINK_BROKEN = Reason("broken-link", "A link that leads nowhere.")
_SPECIAL = Reason("not-a-file", "No regular file (a socket, pipe or device).")


def discover(source: Path, leave_out: Path) -> list[Found]:
    """Every path under `source`, sorted by name, but nothing under `leave_out` (the dataset itself)."""
    if not source.is_dir():
        return [Found(source, printable(source.name))]
    root = source.resolve()
    return sorted(_walk(source, root, leave_out.resolve()), key=lambda found: found.name)


def printable(name: str) -> str:
    """A file name as text: bytes that are no UTF-8 are written as escapes."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")


def _walk(source: Path, root: Path, leave_out: Path) -> Iterator[Found]:
    closed: list[OSError] = []
    for folder, folders, files in os.walk(source, onerror=closed.append):
        here = Path(folder)
        for name in list(folders):
            if (here / name).is_symlink():
                folders.remove(name)
                yield _look(here / name, source, root)
            elif (here / name).resolve() == leave_out:
                folders.remove(name)
        yield from (_look(here / name, source, root) for name in files)
    for error in closed:
        path = Path(error.filename)
        reason = Reason("unreadable-folder", f"The folder cannot be opened: {error.strerror}.")
        yield Found(path, _name(path, source), reason, failed=True)


def _look(path: Path, source: Path, root: Path) -> Found:
    try:
        return Found(path, _name(path, source), _reason(path, root))
    except OSError as error:
        reason = Reason("unreadable-file", f"The file cannot be looked at: {error.strerror}.")
        return Found(path, _name(path, source), reason, failed=True)


def _reason(path: Path, root: Path) -> Reason | None:
    if path.is_symlink():
        if not path.exists():
            return _LINK_BROKEN
        if not path.resolve().is_relative_to(root):
            return _LINK_OUT
        if path.is_dir():
            return _LINK_FOLDER
    return None if path.is_file() else _SPECIAL


def _name(path: Path, source: Path) -> str:
    return printable(path.relative_to(source).as_posix())
