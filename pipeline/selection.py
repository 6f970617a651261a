"""What is to be read: a folder, a file, a pattern, a list of paths, here or in a storage elsewhere."""

from __future__ import annotations

import glob
import os
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from pipeline import remote
from pipeline.usage import NoSource, UsageError

_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")  # of UTF-16, in which PowerShell writes lists


class NoList(UsageError):
    code = "no-list"
    summary = "The list of files cannot be read."
    remedy = "Give a text file with one path a line, relative to the source."


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern over the parts of a path: `*`, `?`, `[…]` within a part, `**` for any folders.

    As in a shell, what begins with a full stop is found only by a pattern that does.
    """

    parts: tuple[str, ...]

    def matches(self, name: str) -> bool:
        return _matches(_parts(name), self.parts)

    def may_hold(self, folder: str) -> bool:
        """Whether a folder may hold something that matches."""
        return _may_hold(_parts(folder), self.parts)


@dataclass(frozen=True, slots=True)
class Selection:
    """A source that was looked up. `root` is what names are relative to: a folder or an address.

    `single` is the file where the source is one, `pattern` and `listed` choose among what is below root.
    """

    source: str
    root: str
    single: str | None = None
    pattern: Pattern | None = None
    listed: tuple[str, ...] | None = None

    @property
    def given(self) -> str:
        """The source as it was given."""
        return self.source

    @property
    def identity(self) -> str:
        """What tells two sources apart: names are relative to it."""
        return self.root

    def wants(self, name: str) -> bool:
        """Whether the file of a name is among those that a pattern chooses."""
        return self.pattern is None or self.pattern.matches(name)

    def may_hold(self, folder: str) -> bool:
        """Whether a folder may hold such a file."""
        return self.pattern is None or self.pattern.may_hold(folder)

    @property
    def is_remote(self) -> bool:
        return remote.is_url(self.root)


def select(source: str | Path, listed: Path | None = None) -> Selection:
    """Look up a folder, file, pattern or address; `listed` names a list of paths, `-` standard input.

    Raises NoSource, NoList, UnknownAddress, MissingTool.
    """
    given = os.fspath(source)
    path = remote.local_path(given) if remote.is_url(given) else given
    selection = _select_remote(given) if path is None else _select_local(given, path)
    if listed is None:
        return selection
    if selection.single is not None or selection.pattern is not None:
        raise NoSource(f"A list of paths is relative to a folder, which {given} is not.")
    return Selection(given, selection.root, listed=tuple(read_list(listed)))


def _select_local(given: str, path: str) -> Selection:
    if os.path.isdir(path):
        return Selection(given, os.path.realpath(path))
    if os.path.exists(path):
        folder, name = os.path.split(os.path.abspath(path))
        return Selection(given, os.path.realpath(folder), single=name)
    base, pattern = _split(path)
    if pattern and os.path.isdir(base or "."):
        return Selection(given, os.path.realpath(base or "."), pattern=Pattern(pattern))
    raise NoSource(f"There is no file or folder {given}.")


def _select_remote(given: str) -> Selection:
    url = given.rstrip("/") if not given.endswith("://") else given
    storage, path = remote.file_system(url)
    try:
        if storage.isdir(path):
            return Selection(given, url)
        if storage.exists(path):
            folder, _, name = url.rpartition("/")
            return Selection(given, folder, single=name)
    except Exception as error:  # each storage has errors of its own
        raise NoSource(f"{given} cannot be reached: {type(error).__name__}: {error}.") from error
    base, pattern = _split(url)
    if pattern:
        return Selection(given, base, pattern=Pattern(pattern))
    raise NoSource(f"There is nothing at {given}.")


def _split(path: str) -> tuple[str, tuple[str, ...]]:
    """The folder before the first part with a wildcard, and the parts from there on."""
    start = path[: path.find("://") + 3] if remote.is_url(path) else path[: path.startswith("/")]
    parts = path[len(start) :].split("/")
    first = next((i for i, part in enumerate(parts) if glob.has_magic(part)), len(parts))
    return start + "/".join(parts[:first]), tuple(_same_letters(part) for part in parts[first:] if part)


# --- lists ------------------------------------------------------------------------------------


def read_list(place: Path) -> list[str]:
    """Paths of a list, one a line, or between zero bytes where there are any; each once."""
    try:
        data = sys.stdin.buffer.read() if str(place) == "-" else place.read_bytes()
    except OSError as error:
        raise NoList(f"{place} cannot be read: {error.strerror}.") from error
    if data.startswith(_WIDE_MARKS):
        data = data.decode("utf-16", "replace").encode()
    data = data.removeprefix(b"\xef\xbb\xbf")
    lines = data.split(b"\0") if b"\0" in data else [line.rstrip(b"\r") for line in data.split(b"\n")]
    return list(dict.fromkeys(os.fsdecode(line) for line in lines if line.strip()))


# --- patterns ---------------------------------------------------------------------------------


def _same_letters(text: str) -> str:
    """Names are written with composed letters or with marks apart, as the system pleases."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def spellings(name: str) -> list[str]:
    """A name as it is, with composed letters, and with marks apart."""
    forms = (name, unicodedata.normalize("NFC", name), unicodedata.normalize("NFD", name))
    return list(dict.fromkeys(forms))


def _parts(name: str) -> tuple[str, ...]:
    return tuple(part for part in _same_letters(name).split("/") if part)


def _matches(parts: Sequence[str], pattern: Sequence[str]) -> bool:
    if not pattern:
        return not parts
    if pattern[0] == "**":
        return any(_matches(parts[i:], pattern[1:]) for i in range(len(parts) + 1) if not _hidden(parts[:i]))
    return bool(parts) and _fits(parts[0], pattern[0]) and _matches(parts[1:], pattern[1:])


def _may_hold(parts: Sequence[str], pattern: Sequence[str]) -> bool:
    if not parts:
        return bool(pattern)
    if not pattern:
        return False
    if pattern[0] == "**":
        return not _hidden(parts) or any(_may_hold(parts[i:], pattern[1:]) for i in range(len(parts)))
    return _fits(parts[0], pattern[0]) and _may_hold(parts[1:], pattern[1:])


def _fits(part: str, pattern: str) -> bool:
    return fnmatchcase(part, pattern) and (pattern.startswith(".") or not part.startswith("."))


def _hidden(parts: Sequence[str]) -> bool:
    return any(part.startswith(".") for part in parts)
