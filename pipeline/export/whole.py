"""A target is written beside its place and put there by one rename: whole, or as it was before."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from glob import escape
from pathlib import Path

from pipeline.export.errors import BrokenDataset, CannotWrite, NoFolder, NotOurs, TargetTaken
from pipeline.files import sync_folder

MARK = ".kehoach-export"  # in a folder that an export wrote, and may therefore replace


def refuse_taken(target: Path, *, folder: bool, overwrite: bool) -> None:
    """Raises NoFolder, TargetTaken; NotOurs for what is no file or folder that an export may replace."""
    if not target.absolute().parent.is_dir():
        raise NoFolder(f"There is no folder {target.absolute().parent}.")
    if not os.path.lexists(target) or (folder and target.is_dir() and not os.listdir(target)):
        return
    if not overwrite:
        raise TargetTaken(f"{target} exists.")
    ours = (target / MARK).is_file() if folder else target.is_file()
    if not ours or target.is_symlink():
        raise NotOurs(f"{target} is no {'folder' if folder else 'file'} that an export wrote.")


@contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """A path to write a file to, which takes the target's place at the end, made lasting."""
    new = _beside(target)
    try:
        yield new
        with new.open("rb") as file:
            os.fsync(file.fileno())
        new.replace(target)
        sync_folder(target.absolute().parent)
    finally:
        remove(new)


def remove(path: Path) -> None:
    """Take away a file, if it is there, and what a database put beside it."""
    for left in path.parent.glob(f"{escape(path.name)}*"):
        left.unlink()


@contextmanager
def whole_folder(target: Path) -> Iterator[Path]:
    """An empty folder to write into, which takes the target's place at the end."""
    new, old = _beside(target), _beside(target)
    try:
        new.mkdir()
        yield new
        (new / MARK).touch()
        for path in new.iterdir():
            with path.open("rb") as file:
                os.fsync(file.fileno())
        if target.exists():
            target.rename(old)
        new.rename(target)
        sync_folder(target.absolute().parent)
    except BaseException:
        if old.exists() and not target.exists():
            old.rename(target)
        raise
    finally:
        shutil.rmtree(new, ignore_errors=True)
        shutil.rmtree(old, ignore_errors=True)


def _beside(target: Path) -> Path:
    absolute = target.absolute()
    return absolute.with_name(f".{absolute.name[:40]}-{os.getpid()}-{secrets.token_hex(4)}")


@contextmanager
def told_as_cannot_write(target: str) -> Iterator[None]:
    """Turn what the disk and the libraries that write to it say into one error that names the target."""
    import sqlite3

    import duckdb

    try:
        yield
    except (sqlite3.IntegrityError, duckdb.ConstraintException) as error:
        raise BrokenDataset(f"Rows do not fit together: {error}.") from error
    except (OSError, sqlite3.Error, duckdb.Error) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise CannotWrite(f"{target} cannot be written: {' '.join(reason.split())}.") from error
