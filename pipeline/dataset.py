"""Opens a dataset: each table as a pandas DataFrame, read when it is first asked for."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.folder import CURRENT, is_dataset
from pipeline.schema import TABLES, arrow_schema
from pipeline.usage import NotADataset

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


def open_dataset(path: str | Path) -> Dataset:
    """The dataset in a folder, as it is now; a later run does not change what it gives.

    Raises NotADataset.
    """
    folder = Path(path)
    if not is_dataset(folder):
        raise NotADataset(f"{folder} is no dataset of kehoach.")
    current = folder / CURRENT
    return Dataset((current if current.exists() else folder).resolve())


class Dataset:
    """The tables of a dataset. Columns have Arrow types; unknown values are missing, never "" or 0."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __repr__(self) -> str:
        return f"Dataset({str(self.folder)!r})"

    def arrow(self, name: str) -> pa.Table:
        """A table as Arrow, in the schema of `pipeline.schema`."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        tables = []
        for part in sorted((self.folder / TABLES[name].name).glob("part-*.parquet")):
            with part.open("rb") as file:
                tables.append(pq.read_table(file, schema=arrow_schema(name)))
        return pa.concat_tables(tables)

    def frame(self, name: str) -> pd.DataFrame:
        """A table as a DataFrame."""
        import pandas as pd

        frame: pd.DataFrame = self.arrow(name).to_pandas(types_mapper=pd.ArrowDtype)
        return frame

    @cached_property
    def files(self) -> pd.DataFrame:
        """One row a path that was found."""
        return self.frame("files")

    @cached_property
    def documents(self) -> pd.DataFrame:
        """One row a distinct file content."""
        return self.frame("documents")

    @cached_property
    def legal_bases(self) -> pd.DataFrame:
        """Citations."""
        return self.frame("legal_bases")

    @cached_property
    def movements(self) -> pd.DataFrame:
        """Named emulation movements."""
        return self.frame("movements")

    @cached_property
    def tasks(self) -> pd.DataFrame:
        """Tasks."""
        return self.frame("tasks")

    @cached_property
    def task_bodies(self) -> pd.DataFrame:
        """Bodies of tasks, one row a body and role."""
        return self.frame("task_bodies")

    @cached_property
    def recipients(self) -> pd.DataFrame:
        """Recipients."""
        return self.frame("recipients")

    @cached_property
    def sections(self) -> pd.DataFrame:
        """Headings and their tree."""
        return self.frame("sections")

    @cached_property
    def tables(self) -> pd.DataFrame:
        """Every table as rows of strings."""
        return self.frame("tables")

    @cached_property
    def texts(self) -> pd.DataFrame:
        """Text of each document."""
        return self.frame("texts")

    @cached_property
    def pages(self) -> pd.DataFrame:
        """One row a page."""
        return self.frame("pages")

    @cached_property
    def corrections(self) -> pd.DataFrame:
        """Repairs of OCR and encoding."""
        return self.frame("corrections")

    @cached_property
    def fields(self) -> pd.DataFrame:
        """The fields of documents and where each came from."""
        return self.frame("fields")

    @cached_property
    def diagnostics(self) -> pd.DataFrame:
        """What a reader ought to know."""
        return self.frame("diagnostics")
