"""Targets of an export: what may stand after --to, and which module writes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

from pipeline.export.errors import UnknownTarget

if TYPE_CHECKING:
    from pipeline.export.contract import FileWriter

POSTGRESQL = ("postgresql://", "postgres://")
_MODULE = "pipeline.export.as_{}"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file or folder that is written. `name` stands before a colon, `ending` tells it by itself."""

    name: str
    description: str
    ending: str = ""
    folder: bool = False
    usual: str = ""  # what is added to the dataset's name where no path is given, if not the ending
    beside: str = ""  # ending of a second file that goes beside it

    @property
    def example(self) -> str:
        path = f"{self.name}:FOLDER" if self.folder else f"FILE{self.ending}"
        return f"{self.name}:FILE.csv" if self.name == "tt05" else path

    def writer(self) -> FileWriter:
        """The function that writes it; its module is loaded now, not for --help."""
        return cast("FileWriter", import_module(_MODULE.format(self.name)).write)

    def text_beside(self) -> str:
        """What stands in the second file."""
        return cast(str, import_module(_MODULE.format(self.name)).beside())


KINDS = (
    Kind("csv", "a CSV file a table, for spreadsheets", folder=True, usual="-csv"),
    Kind("jsonl", "a plan a line as nested JSON, its JSON Schema beside", ".jsonl", beside=".schema.json"),
    Kind("xlsx", "a workbook with filters, for people", ".xlsx"),
    Kind("sqlite", "an SQLite database; sqlite:///FILE too", ".sqlite"),
    Kind("duckdb", "a DuckDB database; duckdb:///FILE too", ".duckdb"),
    Kind("ics", "a calendar of deadlines, intervals and recurring tasks", ".ics"),
    Kind("tt05", "metadata rows of Thông tư 05/2025/TT-BNV, as CSV", usual="-tt05.csv"),
    Kind("akn", "Akoma Ntoso 3.0, an XML file a document", folder=True, usual="-akn"),
)
_NAMES = {kind.name: kind for kind in KINDS}
_ENDINGS = {kind.ending: kind for kind in KINDS if kind.ending}


@dataclass(frozen=True, slots=True)
class FileTarget:
    """A file or folder to write."""

    kind: Kind
    path: Path

    def __str__(self) -> str:
        return str(self.path)

    @property
    def beside(self) -> Path | None:
        """The second file, if there is one: plans.schema.json beside plans.jsonl."""
        return self.path.with_suffix(self.kind.beside) if self.kind.beside else None


@dataclass(frozen=True, slots=True)
class Server:
    """A database server, by its URL, which may hold a password."""

    url: str


def read_target(text: str, dataset: str) -> FileTarget | Server:
    """What is meant by the text after --to. Raises UnknownTarget.

    `KIND:PATH`, `KIND:///PATH` (a fourth slash for an absolute path), a path whose ending tells the kind,
    a kind alone (a path in this folder, named after the `dataset`), or the URL of a PostgreSQL server.
    """
    if text.startswith(POSTGRESQL):
        return Server(text)
    name, colon, path = text.partition(":")
    if name in _NAMES:
        kind = _NAMES[name]
        path = path.removeprefix("///") if colon else dataset + (kind.usual or kind.ending)
        if not path or path.startswith("//"):
            raise UnknownTarget(f"{_without_secrets(text)} names no path; write {kind.example}.")
        return FileTarget(kind, Path(path))
    found = _ENDINGS.get(Path(text).suffix.lower())
    if found is None or "://" in text:
        raise UnknownTarget(f"{_without_secrets(text)} is no target; there are {', '.join(examples())}.")
    return FileTarget(found, Path(text))


def examples() -> Iterator[str]:
    """A target of each kind."""
    yield from (kind.example for kind in KINDS)
    yield "postgresql://USER@HOST/DATABASE"


_SCHEME = 12  # letters of a target that are told where it may hold a password


def _without_secrets(text: str) -> str:
    """A mistyped address may hold a password: before its @, or by name."""
    if "@" not in text and "password" not in text.casefold():
        return text
    return f"{text.partition(':')[0][:_SCHEME]}…" if ":" in text else "What was given"
