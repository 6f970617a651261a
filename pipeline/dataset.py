"""Opens a dataset: each table as a pandas DataFrame, and the questions that are asked most.

A table is read when it is first asked for; questions go through DuckDB over the Parquet parts, so that
they need no memory for what they do not give.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from pipeline import queries
from pipeline.folder import CURRENT, is_dataset
from pipeline.manifest import Manifest, published_manifest
from pipeline.places import RemotePlace, place
from pipeline.remote import file_system
from pipeline.schema import TABLES, arrow_schema
from pipeline.usage import NotADataset, OtherSchema

if TYPE_CHECKING:
    import duckdb
    import pandas as pd
    import pyarrow as pa


def open_dataset(path: str | Path) -> Dataset:
    """The dataset in a folder or at an address, as it is now; a later run does not change what it gives.

    Of a dataset elsewhere a later run takes parts away: open it again then. Raises NotADataset; OtherSchema
    for a dataset of another version of kehoach.
    """
    where = place(path)
    if isinstance(where, RemotePlace):
        manifest = published_manifest(where)
        if manifest is None:
            raise NotADataset.at(path)
        return Dataset(where.root.rstrip("/"), manifest)
    folder = where.root
    if not is_dataset(folder):
        raise NotADataset.at(folder)
    current = folder / CURRENT
    return Dataset((current if current.exists() else folder).resolve())


class Dataset:
    """The tables of a dataset. Columns have Arrow types; unknown values are missing, never "" or 0."""

    def __init__(self, folder: Path | str, manifest: Manifest | None = None) -> None:
        self.folder = folder
        self.manifest = manifest if isinstance(folder, str) else Manifest.current(folder)
        self._refuse_other_schema()

    def __repr__(self) -> str:
        return f"Dataset({str(self.folder)!r})"

    def _refuse_other_schema(self) -> None:
        import pyarrow.parquet as pq

        names: list[str] = []
        for part in self.parts("documents")[:1]:
            with self._opened(part) as file:
                names = pq.read_schema(file).names
        missing = set(TABLES["documents"].names) - set(names)
        if missing:
            raise OtherSchema(f"{self.folder}: table documents has no column {min(missing)}.")

    # --- tables -----------------------------------------------------------------------------------

    def parts(self, name: str) -> list[str]:
        """The Parquet files of a table: paths, or addresses of a dataset elsewhere."""
        if isinstance(self.folder, Path):
            return [str(path) for path in sorted((self.folder / TABLES[name].name).glob("part-*.parquet"))]
        parts = self.manifest.parts if self.manifest else ()
        return [f"{self.folder}/{part.name}" for part in parts if part.table == name]

    def _opened(self, part: str) -> BinaryIO:
        if isinstance(self.folder, Path):
            return open(part, "rb")  # opened here: Arrow takes no path whose bytes are no text
        storage, path = file_system(part)
        return storage.open(path, "rb")

    def arrow(self, name: str) -> pa.Table:
        """A table as Arrow, in the schema of `pipeline.schema`."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        tables = []
        for part in self.parts(name):
            with self._opened(part) as file:
                tables.append(pq.read_table(file, schema=arrow_schema(name)))
        return pa.concat_tables(tables)

    def frame(self, name: str) -> pd.DataFrame:
        """A table as a DataFrame."""
        return queries.as_frame(self.arrow(name))

    def relation(self, name: str) -> duckdb.DuckDBPyRelation:
        """A table as a DuckDB relation: filter, join and count it, nothing is read before it is asked for."""
        return self._database.table(name) if name in TABLES else self._database.view(name)

    def sql(self, query: str, parameters: queries.Parameters | None = None) -> pd.DataFrame:
        """What a query in DuckDB's SQL gives; every table is known by its name.

        It may read and write files, as DuckDB does: words of others go into `parameters`, never into `query`.
        """
        return queries.ask(self._database, query, parameters)

    @cached_property
    def _database(self) -> duckdb.DuckDBPyConnection:
        return queries.database({name: self.parts(name) for name in TABLES})

    # --- questions --------------------------------------------------------------------------------

    def tasks_of(
        self, body: str | None = None, year: int | None = None, *, role: str = "lead"
    ) -> pd.DataFrame:
        """Tasks of the plans of a year that a body leads (or has another `role` in; `any` for all roles).

        One copy a plan. `body` is a name, with or without accents or abbreviations. Raises UnknownBody,
        UsageError.
        """
        asked = {"role": queries.known_role(role), "year": queries.known_year(year)}
        return self.sql(queries.TASKS_OF, asked | {"body": self._key(body)})

    def due(self, between: queries.Between, body: str | None = None) -> pd.DataFrame:
        """Tasks whose last day lies between two days, both included, the earliest first.

        `between` is a pair of days, or a day, month, quarter or year: `2024-07`, `2024-Q3`. One copy a plan.
        Recurring and conditional tasks have no last day. Raises UnknownBody, UsageError.
        """
        first, last = queries.interval(between)
        return self.sql(queries.DUE, {"first": first, "last": last, "body": self._key(body)})

    def _key(self, body: str | None) -> str | None:
        return None if body is None else queries.body_key(self._database, body)

    def search(self, words: str) -> pd.DataFrame:
        """Tasks that hold all of the words, accents and capitals set aside, with the best first.

        Abbreviations of bodies find those in full too: `tdkt`, `thi đua, khen thưởng`.
        """
        return queries.search(self._database, words)

    def bodies(self) -> pd.DataFrame:
        """Table bodies: who issues, leads and receives: province, successors, a key over the years."""
        return self.frame("bodies")

    def movements_by_year(self) -> pd.DataFrame:
        """Emulation movements a year: plans that name them, bodies that issued those, and mentions."""
        return self.sql(queries.MOVEMENTS_BY_YEAR)

    # --- one property a table ---------------------------------------------------------------------

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

    @cached_property
    def conflicts(self) -> pd.DataFrame:
        """Facts that contradict each other."""
        return self.frame("conflicts")
