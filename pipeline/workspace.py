"""Where a run works: the folder of a dataset, its index and its records, held by this run alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline.folder import INDEX, RECORDS, is_ours, locked
from pipeline.index import Index
from pipeline.manifest import Manifest
from pipeline.usage import NotADataset


@dataclass(frozen=True, slots=True)
class Workspace:
    """A dataset that is held: `folder` is where tables are built, `records` where stages are kept."""

    folder: Path
    records: Path | str
    index: Index

    def publish(self, manifest: Manifest) -> None:
        """Let readers have what was built; in a folder of this machine the switch has done that."""


@contextmanager
def workspace(
    dataset: str | Path, *, patience: float = 0.0, must_exist: bool = False
) -> Iterator[Workspace]:
    """Hold a dataset. Raises FolderTaken, DatasetBusy; NotADataset where there is none and it must exist."""
    folder = Path(dataset)
    if must_exist and not is_ours(folder):
        raise NotADataset(f"{folder} is no dataset of kehoach.")
    with locked(folder, patience=patience):
        index = Index.open(folder / INDEX)
        try:
            yield Workspace(folder, folder / RECORDS, index)
        finally:
            index.close()
