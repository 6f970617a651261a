"""The folder of a dataset: whose it is, and who alone writes it."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.schema import DATASET_NAME
from pipeline.usage import DatasetBusy, FolderTaken

BUILDS = ".builds"
CURRENT = ".current"
RECORDS = ".records"
SCRATCH = "tmp"  # in the records: what is being written
DESCRIPTOR = "datapackage.json"
LOCK = ".kehoach-lock"  # made first of all: a folder that holds it is ours, even after a crash
_NOTHING = {".gitkeep", ".gitignore", ".DS_Store"}  # a folder with these alone is empty


@contextmanager
def locked(target: Path) -> Iterator[None]:
    """Hold a folder that is ours, alone; a lock is gone with its process, however that ends."""
    _refuse_what_is_not_ours(target)
    target.mkdir(parents=True, exist_ok=True)
    with (target / LOCK).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DatasetBusy(f"Another run is writing {target}.") from None
        _clear(target)
        yield


def _refuse_what_is_not_ours(target: Path) -> None:
    if not target.exists() and not target.is_symlink():
        return
    if not target.is_dir():
        raise FolderTaken(f"{target} is no folder.")
    names = set(os.listdir(target)) - _NOTHING
    if names and LOCK not in names and not is_dataset(target):
        raise FolderTaken(f"{target} holds something else ({min(names)}).")


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
