"""Keys, references and indexes of the tables, for databases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.export.columns import quoted
from pipeline.schema import TABLES

DOCUMENT = "document_id"

# Tables that others refer to come first, with the column that is referred to.
OWNERS: Mapping[str, str] = {"documents": DOCUMENT, "tasks": "task_id"}
_UNIQUE: Mapping[str, tuple[str, ...]] = {
    "files": ("path",),
    "texts": (DOCUMENT,),
    "pages": (DOCUMENT, "page"),
    "task_bodies": ("task_id", "seq"),
    **{name: (key,) for name, key in OWNERS.items()},
    **dict.fromkeys(("legal_bases", "movements", "recipients", "sections", "tables"), (DOCUMENT, "seq")),
}
_SOUGHT: Mapping[str, tuple[str, ...]] = {
    "documents": ("plan_id", "series_key", "issuer_key", "plan_year", "issued_on"),
    "tasks": ("start_on", "end_on"),
    "task_bodies": ("body_key",),
    "movements": ("key",),
    "bodies": ("body_key",),
    "legal_bases": ("number",),
}


def ordered() -> tuple[str, ...]:
    """The tables, each after those that it refers to."""
    return (*OWNERS, *(name for name in TABLES if name not in OWNERS))


def unique(table: str) -> tuple[str, ...]:
    """The columns that tell a row from all others; none where rows may repeat."""
    return _UNIQUE.get(table, ())


def references(table: str) -> dict[str, str]:
    """Columns that refer to another table, with its name; a row of table files may refer to nothing."""
    names = TABLES[table].names
    return {key: owner for owner, key in OWNERS.items() if key in names and table != owner}


def constraints(table: str) -> Iterator[str]:
    """Key and references as they stand in a CREATE TABLE."""
    if unique(table):
        yield f"PRIMARY KEY ({', '.join(map(quoted, unique(table)))})"
    for column, owner in references(table).items():
        yield f"FOREIGN KEY ({column}) REFERENCES {owner} ({OWNERS[owner]})"


def indexes(table: str) -> tuple[str, ...]:
    """Columns that are asked for, or deleted by, and lead no key already."""
    leading = unique(table)[:1]
    return tuple(name for name in (*references(table), *_SOUGHT.get(table, ())) if (name,) != leading)
