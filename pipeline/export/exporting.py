"""Writes a dataset to a target: a file, a folder or a server."""

from __future__ import annotations

from pathlib import Path

from pipeline.dataset import Dataset
from pipeline.export.contract import ExportSummary, Written
from pipeline.export.errors import InsideDataset
from pipeline.export.source import Source
from pipeline.export.targets import FileTarget, Server, read_target
from pipeline.export.whole import refuse_taken, told_as_cannot_write, whole_file, whole_folder
from pipeline.files import write_whole
from pipeline.folder import BUILDS, is_dataset


def export(
    dataset: Dataset | str | Path, target: str, *, include_secret: bool = False, overwrite: bool = False
) -> ExportSummary:
    """Write a dataset to a target: see `pipeline.export.targets.read_target` for what may stand there.

    Documents with a secrecy mark are left out unless `include_secret`. A target that exists is replaced
    only with `overwrite`; a PostgreSQL database is brought up to date in one transaction. Raises
    UsageError for what cannot be met as it stands, CannotWrite, NoConnection, DatabaseRefused.
    """
    wanted = read_target(target, _name(dataset))
    if isinstance(wanted, Server):
        return _to_server(dataset, wanted, include_secret=include_secret, overwrite=overwrite)
    for path in (wanted.path, wanted.beside):
        if path is not None:
            _refuse_inside(path, _home(dataset))
            refuse_taken(path, folder=wanted.kind.folder, overwrite=overwrite)
    with Source(dataset, include_secret=include_secret) as source:
        with told_as_cannot_write(str(wanted)):
            written = _write(source, wanted)
        return _told(str(wanted), written, source)


def _write(source: Source, target: FileTarget) -> Written:
    write = target.kind.writer()
    with (whole_folder if target.kind.folder else whole_file)(target.path) as new:
        written = write(source, new)
        if target.beside is not None:
            write_whole(target.beside, target.kind.text_beside().encode())
    return written


def _to_server(
    dataset: Dataset | str | Path, server: Server, *, include_secret: bool, overwrite: bool
) -> ExportSummary:
    from pipeline.export.as_postgresql import upsert
    from pipeline.export.postgresql_address import Address

    address = Address.read(server.url)
    with Source(dataset, include_secret=include_secret) as source:
        return _told(str(address), upsert(source, address, overwrite=overwrite), source)


def _told(target: str, written: Written, source: Source) -> ExportSummary:
    return ExportSummary(target, written.rows, source.withheld, tuple(written.notes))


def _refuse_inside(target: Path, home: Path) -> None:
    if is_dataset(home) and home in target.parent.resolve().joinpath(target.name).parents:
        raise InsideDataset(f"{target} lies in the dataset {home}.")


def _name(dataset: Dataset | str | Path) -> str:
    """What a dataset is called."""
    return _home(dataset).name


def _home(dataset: Dataset | str | Path) -> Path:
    """The folder of a dataset, not the build in it."""
    folder = Path(dataset.folder if isinstance(dataset, Dataset) else dataset).resolve()
    return folder.parent.parent if folder.parent.name == BUILDS else folder
