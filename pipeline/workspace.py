"""Where a run works: the folder of a dataset, its index and its records, held by this run alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.events import SILENT, Watcher
from pipeline.folder import INDEX, RECORDS, is_ours, locked
from pipeline.index import Index
from pipeline.manifest import Manifest
from pipeline.places import RemotePlace, place
from pipeline.usage import NotADataset

if TYPE_CHECKING:
    from pipeline.publishing import Published


@dataclass(frozen=True, slots=True)
class Workspace:
    """A dataset that is held: `folder` is where tables are built, `records` where stages are kept.

    `dataset` is the path or address that it goes by; `elsewhere` its place, where that is not this machine.
    """

    dataset: str
    folder: Path
    records: Path | str
    index: Index
    elsewhere: Published | None = None

    def publish(self, manifest: Manifest) -> None:
        """Let readers have what was built; in a folder of this machine the switch has done that."""
        if self.elsewhere is not None:
            self.elsewhere.publish(manifest)

    def keep_index(self) -> None:
        """Let the next run know all that this one did, whatever becomes of it now."""
        self.index.commit()
        if self.elsewhere is not None:
            self.elsewhere.put_index()


@contextmanager
def workspace(
    dataset: str | Path, *, patience: float = 0.0, must_exist: bool = False, watcher: Watcher = SILENT
) -> Iterator[Workspace]:
    """Hold a dataset, in a folder or elsewhere; the watcher is told where another run has to be waited for.

    Raises FolderTaken, DatasetBusy, StoreError; where it must exist NotADataset and DamagedIndex too: without
    its index nothing is known of its files.
    """
    where = place(dataset)
    if isinstance(where, RemotePlace):
        with _elsewhere(where, patience, must_exist, watcher) as space:
            yield space
        return
    folder = where.root
    if must_exist and not is_ours(folder):
        raise NotADataset.at(folder)
    held = locked(folder, patience=patience, waiting=watcher.waiting)
    with held, _opened(folder, must_exist) as index:
        yield Workspace(str(dataset), folder, folder / RECORDS, index)


@contextmanager
def _elsewhere(
    where: RemotePlace, patience: float, must_exist: bool, watcher: Watcher
) -> Iterator[Workspace]:
    from pipeline.publishing import Published, working_folder

    url = where.root.rstrip("/")
    if must_exist and not where.exists(INDEX):
        raise NotADataset.at(url)
    folder = working_folder(url)
    with locked(folder, patience=patience, waiting=watcher.waiting):
        published = Published(where, folder)
        published.fetch()
        try:
            with _opened(folder, must_exist) as index:
                yield Workspace(url, folder, f"{url}/{RECORDS}", index, published)
        finally:
            published.put_index()


@contextmanager
def looked_at(dataset: str | Path) -> Iterator[Path]:
    """A folder with the index, manifest and history of a dataset, to look at. Raises NotADataset."""
    where = place(dataset)
    if not isinstance(where, RemotePlace):
        if not is_ours(where.root):
            raise NotADataset.at(where.root)
        yield where.root
        return
    from tempfile import TemporaryDirectory

    from pipeline.publishing import Published

    if not where.exists(INDEX):
        raise NotADataset.at(where.root)
    with TemporaryDirectory(prefix="kehoach-") as folder:
        Published(where, Path(folder)).fetch()
        yield Path(folder)


@contextmanager
def _opened(folder: Path, must_exist: bool) -> Iterator[Index]:
    index = (Index.existing if must_exist else Index.open)(folder / INDEX)
    try:
        yield index
    finally:
        index.close()
