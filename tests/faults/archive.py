"""Small archives of made texts, and what a dataset holds."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pyarrow.dataset as pads

from pipeline.ingestion import Options, Summary, ingest
from pipeline.schema import TABLES
from tests.bad_files import plan_text, write

LONG_AGO = 1_700_000_000  # a file that was changed then is known by its stamp
Row = dict[str, object]


def plan(folder: Path, name: str, trap: str = "", mtime: float = LONG_AGO) -> Path:
    """A short plan of its own in a file; `trap` is what reading it falls into."""
    return dated(write(folder, name, plan_text(f"Việc {name}") + (f"\nbẫy: {trap}\n" if trap else "")), mtime)


def dated(path: Path, mtime: float = LONG_AGO) -> Path:
    """A file with another time of its last change."""
    os.utime(path, (mtime, mtime))
    return path


def plans(folder: Path, count: int, trap: str = "") -> Path:
    """A folder of short plans, some of them deeper in it."""
    for number in range(count):
        plan(folder, f"hộp {number % 3}/{number:03}.txt", trap)
    return folder


def parts(dataset: Path) -> dict[str, bytes]:
    """Every Parquet file of a dataset by its name."""
    return {
        f"{table}/{part.name}": part.read_bytes()
        for table in TABLES
        for part in sorted((dataset / table).iterdir())
    }


def rows(dataset: Path, table: str) -> list[Row]:
    found: list[Row] = pads.dataset(dataset / table, format="parquet").to_table().to_pylist()
    return found


def states(dataset: Path) -> dict[str, object]:
    """The state of every path in table files."""
    return {str(row["path"]): row["state"] for row in rows(dataset, "files")}


def codes(dataset: Path) -> dict[str, object]:
    """The code of every path in table files."""
    return {str(row["path"]): row["code"] for row in rows(dataset, "files")}


def leftovers(dataset: Path) -> list[str]:
    """What a run should have taken away: half builds, half files, claims."""
    found = [*dataset.rglob(".builds/tmp-*"), *dataset.rglob(".records/tmp/*"), *dataset.glob(".link-*")]
    return sorted(str(path.relative_to(dataset)) for path in [*found, *dataset.glob(".history/.*")])


@dataclass(frozen=True)
class Archive:
    """A source and its dataset in a folder; `clean` is what a run without faults makes of the source."""

    folder: Path

    @property
    def source(self) -> Path:
        return self.folder / "source"

    @property
    def dataset(self) -> Path:
        return self.folder / "dataset"

    @property
    def traps(self) -> Path:
        return self.folder / "traps"

    def arm(self, trap: str) -> Path:
        return write(self.traps, trap, "")

    def ingest(self, options: Options | None = None) -> Summary:
        return ingest(self.source, self.dataset, options=options or Options())

    def clean(self) -> dict[str, bytes]:
        """The tables of a run without faults."""
        from tempfile import TemporaryDirectory

        with TemporaryDirectory(dir=self.folder) as folder:
            ingest(self.source, Path(folder) / "dataset")
            return parts(Path(folder) / "dataset")
