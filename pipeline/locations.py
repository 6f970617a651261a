"""Where the bytes of a file are, and how to read them: on this machine, elsewhere, in an archive."""

from __future__ import annotations

import hashlib
import os
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO
from zipfile import ZipInfo

from pipeline import longpaths, remote
from pipeline.archives import Archive, open_archive
from pipeline.errors import BrokenFile, EmptyFile, KehoachError, TooLarge, UnreadableFile, reason_of
from pipeline.parsers import read_bytes
from pipeline.parsers.limits import DEFAULT_LIMITS, Limits
from pipeline.places import StoreError, is_full

_KEPT_OPEN = 2  # archives a thread
_POSITIVE = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Stamp:
    """What tells without reading whether a file is what it was: equal stamps, unchanged bytes.

    Of a member of an archive: its own size, the archive's time, and in `inode` what the archive tells of
    the member; of a file elsewhere `inode` stands for its ETag.
    """

    size: int | None = None
    mtime_ns: int | None = None
    inode: int | None = None


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A file: a path of this machine (as os.fsdecode gives it) or an address, and the way into archives.

    `members` are the names of members on the way in, outermost first.
    """

    root: str
    members: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The last part of its path."""
        return _last(self.members[-1] if self.members else self.root)

    @property
    def is_hidden(self) -> bool:
        return self.name.startswith(".")

    def inside(self, member: str) -> Location:
        """The location of a member of the archive that stands here."""
        return Location(self.root, (*self.members, member))

    def read(self, limits: Limits = DEFAULT_LIMITS) -> bytes:
        """All its bytes. Raises EmptyFile, UnreadableFile, TooLarge, BrokenFile, EncryptedFile."""
        with naming_errors(self.root):
            if self.members:
                return self._outer(limits).read(self.members[-1], limits)
            if remote.is_url(self.root):
                return _read_remote(self.root, limits)
            return read_bytes(self.root, limits)

    def exists(self) -> bool:
        """Whether it may still be there: False only where it is surely gone."""
        try:
            if self.members:
                return self.members[-1] in self._outer(DEFAULT_LIMITS).members
            if remote.is_url(self.root):
                return not remote.look(*remote.file_system(self.root)).is_folder
            return not stat.S_ISDIR(longpaths.lstat(self.root).st_mode)
        except (FileNotFoundError, NotADirectoryError):
            return False
        except Exception:  # no permission, no network, a damaged archive: who knows
            return True

    def open_archive(self, limits: Limits = DEFAULT_LIMITS) -> Archive | None:
        """The archive that stands here, opened; None where it is none. The caller closes it."""
        if self.members:
            return open_archive(self._outer(limits).nested(self.members[-1], limits))
        return open_archive(_opened(self.root))

    def _outer(self, limits: Limits) -> Archive:
        """The archive that this is a member of. Raises OSError where it is gone, BrokenFile, …"""
        return _archive_at(self.root, self.members[:-1], limits)


# --- files that are opened --------------------------------------------------------------------


def _opened(root: str) -> BinaryIO:
    """A file as a stream in which one can go back and forth. Raises OSError and what the storage raises."""
    if not remote.is_url(root):
        return longpaths.open_file(root)
    storage, path = remote.file_system(root)
    return storage.open(path, "rb")


def _read_remote(url: str, limits: Limits) -> bytes:
    storage, path = remote.file_system(url)
    size = remote.look(storage, path).size
    if size is not None and size > limits.max_bytes:
        raise TooLarge(f"The file has {size:,} bytes; max_bytes is {limits.max_bytes:,}.")
    content: bytes = b"" if size == 0 else storage.cat_file(path, start=0, end=limits.max_bytes + 1)
    if len(content) > limits.max_bytes:
        raise TooLarge(f"The file has more than max_bytes, {limits.max_bytes:,} bytes.")
    if not content:
        raise EmptyFile
    return content


@contextmanager
def naming_errors(root: str) -> Iterator[None]:
    """Tell what the system or a storage raises as UnreadableFile, a full disk as StoreError."""
    try:
        yield
    except (KehoachError, MemoryError):
        raise
    except FileNotFoundError as error:
        raise UnreadableFile(f"{_last(root)} is not there any more.") from error
    except Exception as error:  # each storage has errors of its own
        if is_full(error):
            raise StoreError(f"There is no room to unpack {_last(root)}.") from error
        raise UnreadableFile(f"{_last(root)} cannot be opened: {reason_of(error)}.") from error


def _last(path: str) -> str:
    return path.rpartition("/")[2]


# --- archives that are kept open --------------------------------------------------------------


class _Shelf(threading.local):
    """Archives that were read last, as members are read one by one: each thread has its own."""

    def __init__(self) -> None:
        self.archives: dict[tuple[object, ...], Archive] = {}

    def take(self, key: tuple[object, ...]) -> Archive | None:
        archive = self.archives.pop(key, None)
        if archive is not None:
            self.archives[key] = archive  # the last one used stands last
        return archive

    def put(self, key: tuple[object, ...], archive: Archive) -> None:
        self.archives[key] = archive
        while len(self.archives) > _KEPT_OPEN:
            self.archives.pop(next(iter(self.archives))).close()


_shelf = _Shelf()


def _archive_at(root: str, members: tuple[str, ...], limits: Limits) -> Archive:
    """An archive, or one in it, kept open. Raises OSError where the file is gone, BrokenFile, …"""
    key = (root, members, _version(root))
    archive = _shelf.take(key)
    if archive is None:
        archive = Location(root, members).open_archive(limits)
        if archive is None:
            raise BrokenFile("It is no archive any more.")
        _shelf.put(key, archive)
    return archive


def _version(root: str) -> Stamp:
    """The stamp of a file as it is now."""
    if remote.is_url(root):
        return remote_stamp(remote.look(*remote.file_system(root)))
    return local_stamp(longpaths.stat(root))


# --- stamps -----------------------------------------------------------------------------------


def local_stamp(info: os.stat_result) -> Stamp:
    return Stamp(info.st_size, info.st_mtime_ns, info.st_ino & _POSITIVE)


def remote_stamp(entry: remote.Entry) -> Stamp:
    return Stamp(entry.size, entry.mtime_ns, entry.mark)


def member_stamp(archive: Stamp, info: ZipInfo) -> Stamp:
    """What an archive's own stamp and its table of contents tell of a member."""
    told = f"{archive.inode}|{info.CRC}|{info.header_offset}|{info.compress_size}".encode()
    mark = int.from_bytes(hashlib.blake2b(told, digest_size=8).digest(), "big") & _POSITIVE
    return Stamp(info.file_size, archive.mtime_ns, mark)
