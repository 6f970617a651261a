"""Addresses of storage elsewhere (`s3://`, `memory://` …), reached by fsspec."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, BinaryIO, Protocol
from urllib.parse import unquote

from pipeline.errors import MissingTool
from pipeline.usage import UsageError

_URL = re.compile(r"([a-z][a-z0-9+.-]+)://", re.IGNORECASE)
_LOCAL = ("file", "local")
_EXTRAS = {"s3": "s3", "s3a": "s3"}  # protocol to the extra of this package that reaches it
_POSITIVE = 2**63 - 1
_MODIFIED = ("LastModified", "last_modified", "mtime", "modified", "updated", "created")


class Storage(Protocol):
    """What is used of fsspec's AbstractFileSystem."""

    def info(self, path: str) -> dict[str, Any]: ...
    def ls(self, path: str, detail: bool) -> list[dict[str, Any]]: ...
    def isdir(self, path: str) -> bool: ...
    def exists(self, path: str) -> bool: ...
    def open(self, path: str, mode: str) -> BinaryIO: ...
    def cat_file(self, path: str, start: int | None = None, end: int | None = None) -> bytes: ...
    def pipe_file(self, path: str, value: bytes) -> object: ...
    def rm_file(self, path: str) -> object: ...


class UnknownAddress(UsageError):
    code = "unknown-address"
    summary = "Addresses of this kind are not known."
    remedy = "Give a path, or an address that begins with file:// or s3://."


@dataclass(frozen=True, slots=True)
class Entry:
    """What a storage tells of a file or folder; `path` is the storage's own, without the protocol."""

    path: str
    is_folder: bool
    size: int | None
    mtime_ns: int | None
    mark: int | None  # a number that changes with the content, from its ETag

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]


def is_url(text: str) -> bool:
    return _URL.match(text) is not None


def local_path(url: str) -> str | None:
    """The path that a `file://` address stands for; None where it is an address of something else."""
    protocol, _, path = url.partition("://")
    if protocol.lower() not in _LOCAL:
        return None
    path = path.removeprefix("localhost")
    return path if os.path.exists(path) else unquote(path, errors="surrogateescape")


def file_system(url: str) -> tuple[Storage, str]:
    """The storage of an address, and the path there. Raises MissingTool, UnknownAddress."""
    import fsspec  # type: ignore[import-untyped]

    protocol = url.partition("://")[0].lower()
    try:
        kind = fsspec.get_filesystem_class(protocol)
    except ImportError as error:
        extra = _EXTRAS.get(protocol)
        remedy = f"pip install 'kehoach[{extra}]'" if extra else str(error)
        raise MissingTool(f"{protocol}:// is not reached without a further package: {remedy}.") from error
    except ValueError:
        raise UnknownAddress(f"Addresses of the kind {protocol}:// are not known.") from None
    # No listing is kept: what was written a moment ago must be seen.
    storage = kind(use_listings_cache=False, **kind._get_kwargs_from_urls(url))
    return storage, str(kind._strip_protocol(url))


def look(storage: Storage, path: str) -> Entry:
    """What stands at a path. Raises FileNotFoundError, or whatever the storage raises."""
    return _entry(storage.info(path))


def entries_in(storage: Storage, folder: str) -> list[Entry]:
    """Files and folders in a folder, sorted by name; not the empty one by which some storages mark it.

    One with an empty name stands for keys with two slashes in a row, or one at the end: no path leads there.
    """
    found = []
    for entry in map(_entry, storage.ls(folder, detail=True)):
        if entry.path != folder:
            found.append(entry)
        elif entry.is_folder or entry.size:
            found.append(replace(entry, path=f"{folder}/"))
    return sorted(found, key=lambda entry: entry.path)


def walk(storage: Storage, root: str) -> Iterator[Entry]:
    """Every file below a folder, folder by folder."""
    folders = [root]
    while folders:
        entries = entries_in(storage, folders.pop())
        yield from (entry for entry in entries if not entry.is_folder)
        folders += [entry.path for entry in reversed(entries) if entry.is_folder and entry.name]


def _entry(info: dict[str, Any]) -> Entry:
    size, etag = info.get("size"), info.get("ETag") or info.get("etag")
    mark = None if etag is None else int.from_bytes(hashlib.sha256(str(etag).encode()).digest()[:8], "big")
    return Entry(
        path=str(info["name"]).rstrip("/"),
        is_folder=info.get("type") == "directory",
        size=None if size is None else int(size),
        mtime_ns=_mtime_ns(info),
        mark=None if mark is None else mark & _POSITIVE,
    )


def _mtime_ns(info: dict[str, Any]) -> int | None:
    for key in _MODIFIED:
        value = info.get(key)
        if isinstance(value, datetime):
            whole = value if value.tzinfo else value.replace(tzinfo=UTC)
            return int(whole.timestamp()) * 10**9 + whole.microsecond * 1000
        if isinstance(value, (int, float)):
            return int(value * 10**9)
    return None
