"""Where records and tables are written: a folder of this machine, or a storage elsewhere.

What is written under a name is there whole or not at all, and is there after a power cut.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pipeline import remote
from pipeline.errors import KehoachError, reason_of
from pipeline.files import write_whole
from pipeline.folder import SCRATCH

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class StoreError(KehoachError):
    """No fault of the file that is read."""

    cause = "environment"
    code = "store-error"
    summary = "A record cannot be written or read back."
    remedy = "Check the disk and run it again: what is missing is made anew."


class Place(Protocol):
    """Contents by names, which are relative paths with `/`. Every method raises StoreError for a fault."""

    def read(self, name: str) -> bytes | None:
        """What stands under a name; None where there is nothing."""

    def write(self, name: str, content: bytes) -> None:
        """Put it under a name, in the place of what is there."""

    def exists(self, name: str) -> bool: ...

    def size(self, name: str) -> int:
        """How many bytes stand under a name; 0 where there is nothing."""

    def names(self, prefix: str = "") -> Iterator[str]:
        """Names that begin with `prefix`, in an order that is always the same."""

    def delete(self, name: str) -> None:
        """Take away what stands under a name, if anything does."""


@dataclass(frozen=True, slots=True)
class LocalPlace:
    """A folder of this machine. What is being written stands in its sub-folder `scratch`."""

    root: Path
    scratch_name: str = SCRATCH

    @property
    def scratch(self) -> Path:
        return self.root / self.scratch_name

    def read(self, name: str) -> bytes | None:
        try:
            return (self.root / name).read_bytes()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None
        except OSError as error:
            raise fault(self.root / name, "read", error) from error

    def write(self, name: str, content: bytes) -> None:
        with writing(self.root / name):
            write_whole(self.root / name, content, self.scratch)

    def exists(self, name: str) -> bool:
        return (self.root / name).is_file()

    def size(self, name: str) -> int:
        try:
            return (self.root / name).stat().st_size
        except FileNotFoundError:
            return 0
        except OSError as error:
            raise fault(self.root / name, "read", error) from error

    def names(self, prefix: str = "") -> Iterator[str]:
        top = self.root / prefix.rpartition("/")[0]
        folders = [top] if top.is_dir() else []
        while folders:
            folder = folders.pop()
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
            for entry in entries:
                name = Path(entry.path).relative_to(self.root).as_posix()
                if entry.is_file() and name.startswith(prefix):
                    yield name
            folders += [
                Path(entry.path)
                for entry in reversed(entries)
                if entry.is_dir(follow_symlinks=False) and Path(entry.path) != self.scratch
            ]

    def delete(self, name: str) -> None:
        try:
            (self.root / name).unlink(missing_ok=True)
        except OSError as error:
            raise fault(self.root / name, "deleted", error) from error


@dataclass(frozen=True, slots=True)
class RemotePlace:
    """A folder of a storage elsewhere, by its address. Object stores put a whole object or none."""

    root: str

    def read(self, name: str) -> bytes | None:
        storage, path = self._at(name)
        try:
            return bytes(storage.cat_file(path))
        except (FileNotFoundError, IsADirectoryError):
            return None
        except Exception as error:  # each storage has errors of its own
            raise fault(self._address(name), "read", error) from error

    def write(self, name: str, content: bytes) -> None:
        storage, path = self._at(name)
        try:
            storage.pipe_file(path, content)
        except Exception as error:
            raise fault(self._address(name), "written", error) from error

    def exists(self, name: str) -> bool:
        storage, path = self._at(name)
        try:
            return not remote.look(storage, path).is_folder
        except FileNotFoundError:
            return False
        except Exception as error:
            raise fault(self._address(name), "read", error) from error

    def size(self, name: str) -> int:
        storage, path = self._at(name)
        try:
            return remote.look(storage, path).size or 0
        except FileNotFoundError:
            return 0
        except Exception as error:
            raise fault(self._address(name), "read", error) from error

    def names(self, prefix: str = "") -> Iterator[str]:
        storage, base = self._at("")
        folder = f"{base}/{prefix.rpartition('/')[0]}".rstrip("/")
        try:
            for entry in remote.walk(storage, folder):
                name = entry.path[len(base) + 1 :]
                if name.startswith(prefix):
                    yield name
        except FileNotFoundError:
            return
        except Exception as error:
            raise fault(self._address(prefix), "listed", error) from error

    def delete(self, name: str) -> None:
        storage, path = self._at(name)
        try:
            storage.rm_file(path)
        except FileNotFoundError:
            return
        except Exception as error:
            raise fault(self._address(name), "deleted", error) from error

    def _address(self, name: str) -> str:
        return f"{self.root.rstrip('/')}/{name}"

    def _at(self, name: str) -> tuple[remote.Storage, str]:
        storage, path = remote.file_system(self._address(name))
        return storage, path.rstrip("/")


def place(where: str | os.PathLike[str]) -> LocalPlace | RemotePlace:
    """The place of a path or an address. Raises MissingTool, UnknownAddress."""
    text = os.fspath(where)
    path = remote.local_path(text) if remote.is_url(text) else text
    if path is not None:
        return LocalPlace(Path(path))
    remote.file_system(text)
    return RemotePlace(text)


def is_full(error: BaseException) -> bool:
    """Whether it is for lack of room that something cannot be written."""
    return isinstance(error, OSError) and error.errno in _FULL


def fault(where: Path | str, done: str, error: Exception) -> StoreError:
    """What the system or a storage raised, as an error that names the place."""
    return StoreError(f"{where} cannot be {done}: {reason_of(error)}.")


@contextmanager
def writing(where: Path) -> Iterator[None]:
    """Errors of the system while something is written as errors that name the place."""
    try:
        yield
    except OSError as error:
        raise fault(where, "written", error) from error
