"""The tables of a dataset in PostgreSQL: types, keys, references, indexes and comments."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.export.columns import LISTS, NESTED, exact, literal, quoted
from pipeline.export.keys import OWNERS, indexes, references, unique
from pipeline.schema import TABLES, Column, Kind

STATE = (
    "kehoach_export"  # by it a schema is known as ours; what each document's rows were when it was written
)
CREATE_STATE = (
    f"CREATE TABLE {STATE} (document_id text PRIMARY KEY, digest text NOT NULL)",
    f"COMMENT ON TABLE {STATE} IS 'Documents as they were exported, each with a digest of its rows'",
)

_TYPES: dict[Kind, str] = {
    "int32": "integer",
    "int64": "bigint",
    "float32": "real",
    "bool": "boolean",
    "date": "date",
    "timestamp": "timestamptz",
    "strings": "text[]",
}
_NUL, _STANDS_FOR_NUL = "chr(0)", literal("\N{REPLACEMENT CHARACTER}")
_BACKSLASHES, _MARK = r"'\\'", "chr(1)"  # a control character stands in no JSON text


def column_type(column: Column) -> str:
    """The type of a column in PostgreSQL."""
    return "jsonb" if column.kind in NESTED else _TYPES.get(column.kind, "text")


def sent(column: Column) -> str:
    """A column as binary COPY wants it: text holds no NUL there, and jsonb begins with a version byte."""
    name = quoted(column.name)
    if column.kind == "string":
        return _without_nul(name)
    if column.kind == "strings":
        return f"list_transform({name}, lambda each: {_without_nul('each')})"
    if column.kind in LISTS:
        return f"encode({_MARK} || {_json_without_nul(f'to_json({exact(column)})::VARCHAR')})"
    return name


def _without_nul(text: str) -> str:
    return f"replace({text}, {_NUL}, {_STANDS_FOR_NUL})"


def _json_without_nul(json: str) -> str:
    """Escaped backslashes are put aside meanwhile: after one of them, `u0000` is text."""
    aside = f"replace({json}, {_BACKSLASHES}, {_MARK})"
    return rf"replace(replace({aside}, '\u0000', {_STANDS_FOR_NUL}), {_MARK}, {_BACKSLASHES})"


def create(table: str) -> Iterator[str]:
    """A table with its comments and its key; rows may be put in before `bind`."""
    columns = ", ".join(f"{quoted(c.name)} {column_type(c)}" for c in TABLES[table].columns)
    name = quoted(table)
    yield f"CREATE TABLE {name} ({columns})"
    yield f"COMMENT ON TABLE {name} IS {literal(TABLES[table].description)}"
    for column in TABLES[table].columns:
        yield f"COMMENT ON COLUMN {name}.{quoted(column.name)} IS {literal(column.description)}"


def bind(table: str) -> Iterator[str]:
    """Key, references and indexes of a table, once the first rows are there: then they are made at one go."""
    name = quoted(table)
    if unique(table):
        yield f"ALTER TABLE {name} ADD PRIMARY KEY ({', '.join(map(quoted, unique(table)))})"
    for column, owner in references(table).items():
        target = f"{quoted(owner)} ({OWNERS[owner]}) ON DELETE CASCADE"
        yield f"ALTER TABLE {name} ADD FOREIGN KEY ({column}) REFERENCES {target}"
    for column in indexes(table):
        yield f"CREATE INDEX ON {name} ({quoted(column)})"
