"""The folder of a dataset: whose it is, and who alone writes it."""

from __future__ import annotations

import fcntl
import json
import os
import re
import secrets
import shutil
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pipeline.files import sync_folder
from pipeline.schema import DATASET_NAME, TABLES
from pipeline.usage import DatasetBusy, FolderTaken
from pipeline.wording import one_line

BUILDS = ".builds"
CURRENT = ".current"
HISTORY = ".history"
INDEX = ".index.sqlite"
RECORDS = ".records"
SOURCES = ".sources"  # in a build: the documents that it was made of
SCRATCH = "tmp"  # in the records: what is being written
DESCRIPTOR = "datapackage.json"
MANIFEST = "manifest.json"
REPORT = "report.html"
LOCK = ".kehoach-lock"  # made first of all: a folder that holds it is ours, even after a crash
_HALF_WRITTEN = (".link-*", f".{INDEX}-*", f"{HISTORY}/.*", f"{BUILDS}/*/.{REPORT}-*")
_NEVER_LINKS = (BUILDS, HISTORY, RECORDS, INDEX, LOCK)
_BUILD = re.compile(r"[0-9a-f]{16}|damaged")
_MOMENT = 0.1  # seconds: somebody may be looking whether a run holds it
_LOOK_AGAIN = 0.5  # seconds between two looks at a lock
_LONGEST_HOLDER = 200  # letters of what a lock says of who holds it
_NOTHING = {".gitkeep", ".gitignore", ".DS_Store"}  # a folder with these alone is empty


Waiting = Callable[[str, float], None]  # told who holds a folder, and how many seconds that is waited for


@contextmanager
def locked(
    target: Path, *, patience: float = 0.0, waiting: Waiting = lambda holder, seconds: None
) -> Iterator[None]:
    """Hold a folder that is ours, alone; a lock is gone with its process, however that ends.

    Where another run holds it, say so once and wait `patience` seconds at most. Raises FolderTaken,
    DatasetBusy.
    """
    _refuse_what_is_not_ours(target)
    target.mkdir(parents=True, exist_ok=True)
    with (target / LOCK).open("a") as file:
        _lock(file.fileno(), target, patience, waiting)
        _sign(file.fileno(), f"process {os.getpid()} on {socket.gethostname()}")
        try:
            _clear(target)
            yield
        finally:
            _sign(file.fileno(), "")


def _lock(descriptor: int, target: Path, patience: float, waiting: Waiting) -> None:
    """Get the lock; who looks whether a run holds the folder has it for a moment, too."""
    begun, told = time.monotonic(), False
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return
        except BlockingIOError:
            waited = time.monotonic() - begun
        if waited >= max(patience, _MOMENT):
            raise DatasetBusy(f"{_holder(target)} is writing {target}.")
        if waited >= _MOMENT and not told:
            told = True
            waiting(_holder(target), patience)
        time.sleep(_LOOK_AGAIN if told else _MOMENT)


def _sign(descriptor: int, holder: str) -> None:
    """Let the lock say who holds it; a disk that has no room for that must not end the run."""
    with suppress(OSError):
        os.ftruncate(descriptor, 0)
        os.write(descriptor, holder.encode())


def _holder(target: Path) -> str:
    """Who holds a folder, as far as that is known."""
    try:
        known = (target / LOCK).read_text(encoding="utf-8", errors="replace")[:_LONGEST_HOLDER]
    except OSError:
        known = ""
    return f"Another run ({one_line(known)})" if known else "Another run"


def is_busy(target: Path) -> bool:
    """Whether a run holds the folder at this moment."""
    try:
        with (target / LOCK).open("r") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def _refuse_what_is_not_ours(target: Path) -> None:
    if not target.exists() and not target.is_symlink():
        return
    if not target.is_dir():
        raise FolderTaken(f"{target} is no folder.")
    links = [name for name in _NEVER_LINKS if (target / name).is_symlink()]
    if links:  # made by nobody of us: what it leads to would be written and taken away
        raise FolderTaken(f"{target / links[0]} is a link.")
    names = set(os.listdir(target)) - _NOTHING
    if names and not is_ours(target):
        raise FolderTaken(f"{target} holds something else ({min(names)}).")


def is_ours(folder: Path) -> bool:
    """Whether a folder is a dataset, or was to become one when a run was broken off."""
    return (folder / LOCK).is_file() or is_dataset(folder)


def is_dataset(folder: Path) -> bool:
    """Whether a folder has the descriptor of a dataset of ours."""
    try:
        descriptor = json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(descriptor, dict) and descriptor.get("name") == DATASET_NAME


def _clear(target: Path) -> None:
    """Take away what a killed run left half done."""
    shutil.rmtree(target / RECORDS / SCRATCH, ignore_errors=True)
    for folder in (target / BUILDS).glob("tmp-*"):
        shutil.rmtree(folder, ignore_errors=True)
    for pattern in _HALF_WRITTEN:
        for file in target.glob(pattern):
            file.unlink(missing_ok=True)


def switch_to(dataset: Path, build: str) -> None:
    """Make a build the current one; the one before it stays, older ones go."""
    sync_folder(dataset / BUILDS)
    before = os.readlink(dataset / CURRENT) if (dataset / CURRENT).is_symlink() else ""
    _link(dataset / CURRENT, f"{BUILDS}/{build}")
    for name in (*TABLES, DESCRIPTOR, MANIFEST, REPORT):
        _link(dataset / name, f"{CURRENT}/{name}")
    sync_folder(dataset)
    kept = {build, Path(before).name}
    for folder in sorted((dataset / BUILDS).iterdir()):
        if _BUILD.fullmatch(folder.name) and folder.name not in kept and before != f"{BUILDS}/{build}":
            shutil.rmtree(folder, ignore_errors=True)


def _link(link: Path, target: str) -> None:
    """Let a name stand for `target`, by one rename; a copied dataset has folders in the links' place."""
    if link.is_symlink() and os.readlink(link) == target:
        return
    if link.is_dir() and not link.is_symlink():
        shutil.rmtree(link)
    temporary = link.with_name(f".link-{os.getpid()}-{secrets.token_hex(4)}")
    temporary.symlink_to(target)
    temporary.replace(link)
