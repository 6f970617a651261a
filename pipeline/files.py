"""Files of this machine that are there whole or not at all, and are there after a power cut."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterable
from pathlib import Path


def write_whole(path: Path, content: bytes | Iterable[bytes], scratch: Path | None = None) -> None:
    """Write a file so that a reader, even after a power cut, sees all of it or what was there before.

    It is written in `scratch`, a folder on the same file system whose content is nobody's after a crash,
    or else under a hidden name beside its place. Raises OSError.
    """
    beside = scratch or path.parent
    make_folder(beside)
    make_folder(path.parent)
    temporary = beside / f".{path.name}-{os.getpid()}-{secrets.token_hex(4)}"
    try:
        with temporary.open("xb") as file:
            file.writelines([content] if isinstance(content, bytes) else content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, as lasting as what will stand in them."""
    if folder.is_dir():
        return
    if folder.parent != folder:
        make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder as lasting as the files they stand for."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
