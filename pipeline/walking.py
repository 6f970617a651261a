"""Walks the folders of a source, here or in a storage elsewhere, one folder at a time.

Symbolic links are followed to files inside the source only, so that nothing outside is read and no
loop is walked.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from typing import Protocol

from pipeline import longpaths, remote
from pipeline.errors import reason_of
from pipeline.folder import BUILDS, CURRENT, HISTORY, INDEX, LOCK, RECORDS
from pipeline.found import NO_STAMP, UNREADABLE_FOLDER, Found, Reason, printable
from pipeline.locations import Location, local_stamp, remote_stamp

_LINK_OUT = Reason("link-outside", "A link that leads out of the source; such links are not followed.")
_LINK_FOLDER = Reason("link-to-folder", "A link to a folder; folders are read at their own place only.")
_LINK_BROKEN = Reason("broken-link", "A link that leads nowhere.")
_SPECIAL = Reason("not-a-file", "No regular file (a socket, pipe or device).")
_DATASET = Reason("dataset", "A dataset of kehoach: what the program writes is not read.")

_NO_NAME = Reason("no-name", "A key with two slashes in a row or one at its end; rename it to be read.")

_DATASET_PARTS = frozenset({BUILDS, CURRENT, HISTORY, INDEX, LOCK, RECORDS})

MayHold = Callable[[str], bool]  # whether the folder of a name may hold something that is wanted


class Tree(Protocol):
    """A folder with all below it. Names are relative to it, as the system gives them."""

    def below(self, folder: str, may_hold: MayHold) -> Iterator[Found]:
        """Every file below a folder (`""`: the root), in an order that is always the same."""

    def at(self, name: str) -> Found | None:
        """What stands at a name. None for a folder; raises FileNotFoundError, NotADirectoryError."""


class LocalTree:
    """A folder of this machine; `root` is a path without links, `leave_out` is not looked into."""

    def __init__(self, root: str, leave_out: str | None) -> None:
        self._root = root.rstrip("/")
        self._leave_out = leave_out

    def below(self, folder: str, may_hold: MayHold) -> Iterator[Found]:
        folders = [folder] if self._is_left_in(self._path(folder)) else []
        while folders:
            here = folders.pop()
            try:
                names = longpaths.names_in(self._path(here))
            except OSError as error:
                yield _closed(Location(self._path(here)), here, error)
                continue
            if LOCK in names and here:
                yield Found(Location(self._path(here)), printable(here), NO_STAMP, _DATASET)
                continue
            deeper = []
            for name in _names(here, names):
                found = self._look(name)
                if found is not None:
                    yield found
                elif may_hold(name) and self._is_left_in(self._path(name)):
                    deeper.append(name)
            folders += reversed(deeper)

    def at(self, name: str) -> Found | None:
        path = self._path(name)
        try:
            longpaths.lstat(path)
        except (FileNotFoundError, NotADirectoryError):
            raise
        except (OSError, ValueError) as error:
            return _unseen(Location(path), name, error)
        if not self._is_inside(os.path.realpath(os.path.dirname(path))):
            return Found(Location(path), printable(name), NO_STAMP, _LINK_OUT)
        return self._look(name)

    def look(self, name: str) -> Found:
        """The file of a name in the root itself."""
        return self._look(name) or Found(Location(self._path(name)), printable(name), NO_STAMP, _SPECIAL)

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}" if name else self._root or "/"

    def _is_left_in(self, path: str) -> bool:
        return path != self._leave_out

    def _is_inside(self, path: str) -> bool:
        return path == self._root or path.startswith(f"{self._root}/")

    def _look(self, name: str) -> Found | None:
        """What stands at a name; None for a folder."""
        path = self._path(name)
        location, shown = Location(path), printable(name)
        try:
            info = longpaths.lstat(path)
            if stat.S_ISLNK(info.st_mode):
                return self._look_behind(location, shown, info)
        except (OSError, ValueError) as error:
            return _unseen(location, name, error)
        if stat.S_ISDIR(info.st_mode):
            return None
        return Found(location, shown, local_stamp(info), None if stat.S_ISREG(info.st_mode) else _SPECIAL)

    def _look_behind(self, link: Location, shown: str, info: os.stat_result) -> Found:
        """What a link leads to."""
        try:
            target = longpaths.stat(link.root)
        except FileNotFoundError:
            return Found(link, shown, local_stamp(info), _LINK_BROKEN)
        if not self._is_inside(os.path.realpath(link.root)):
            return Found(link, shown, local_stamp(info), _LINK_OUT)
        if stat.S_ISDIR(target.st_mode):
            return Found(link, shown, local_stamp(info), _LINK_FOLDER)
        return Found(link, shown, local_stamp(target), None if stat.S_ISREG(target.st_mode) else _SPECIAL)


class RemoteTree:
    """A folder of a storage elsewhere, by its address."""

    def __init__(self, root: str, leave_out: str | None) -> None:
        self._root = root.rstrip("/") if not root.endswith("://") else root
        self._storage, path = remote.file_system(root)
        self._base = path.rstrip("/")
        self._leave_out = None if leave_out is None else leave_out.rstrip("/")

    def below(self, folder: str, may_hold: MayHold) -> Iterator[Found]:
        folders = [folder]
        while folders:
            here = folders.pop()
            try:
                entries = remote.entries_in(self._storage, self._path(here))
            except Exception as error:  # each storage has errors of its own
                yield _closed(Location(self._address(here)), here, error)
                continue
            if here and any(entry.name == LOCK for entry in entries):
                yield Found(Location(self._address(here)), printable(here), NO_STAMP, _DATASET)
                continue
            deeper = []
            for entry in (entry for entry in entries if entry.name not in _DATASET_PARTS):
                name = entry.path[len(self._base) + 1 :]
                if not entry.name:
                    yield Found(
                        Location(self._address(name)), printable(name) or "/", NO_STAMP, _NO_NAME, True
                    )
                elif not entry.is_folder:
                    yield self._found(entry, name)
                elif may_hold(name) and self._address(name) != self._leave_out:
                    deeper.append(name)
            folders += reversed(deeper)

    def look(self, name: str) -> Found:
        """The file of a name in the root itself."""
        try:
            return self._found(remote.look(self._storage, self._path(name)), name)
        except Exception as error:  # each storage has errors of its own
            return _unseen(Location(self._address(name)), name, error)

    def at(self, name: str) -> Found | None:
        try:
            entry = remote.look(self._storage, self._path(name))
        except FileNotFoundError:
            raise
        except Exception as error:  # each storage has errors of its own
            return _unseen(Location(self._address(name)), name, error)
        return None if entry.is_folder else self._found(entry, name)

    def _path(self, name: str) -> str:
        return f"{self._base}/{name}" if name else self._base

    def _address(self, name: str) -> str:
        if self._root.endswith("://"):
            return self._root + name
        return f"{self._root}/{name}" if name else self._root

    def _found(self, entry: remote.Entry, name: str) -> Found:
        return Found(Location(self._address(name)), printable(name), remote_stamp(entry))


def _names(folder: str, names: list[str]) -> Iterator[str]:
    """Names in a folder as seen from the root; not those of a dataset that stands in the root itself."""
    if folder:
        yield from (f"{folder}/{name}" for name in names)
    else:
        yield from (name for name in names if LOCK not in names or name not in _DATASET_PARTS)


def _unseen(location: Location, name: str, error: Exception) -> Found:
    reason = Reason("unreadable-file", f"The file cannot be looked at: {_cause(error)}.")
    return Found(location, printable(name), NO_STAMP, reason, failed=True)


def _closed(location: Location, name: str, error: Exception) -> Found:
    reason = Reason(UNREADABLE_FOLDER, f"The folder cannot be opened: {_cause(error)}.")
    return Found(location, printable(name) or ".", NO_STAMP, reason, failed=True)


def _cause(error: Exception) -> str:
    return printable(reason_of(error))
