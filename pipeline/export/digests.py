"""A digest of every document with all its rows: by it is known what has changed since an export."""

from __future__ import annotations

from pipeline.export.columns import literal, native
from pipeline.export.keys import DOCUMENT
from pipeline.export.source import Source
from pipeline.schema import TABLES

NO_DOCUMENT = ""  # stands for the rows that hang on no document, such as files that could not be read

# The sum does not hang on the order of rows, and tells two equal rows from one.
_ROWS = """
SELECT {identity} AS identity, {table} || sum(hash({columns})::HUGEINT) || '/' || count(*) AS part
FROM {rows} GROUP BY ALL
"""
_ALL = (
    "SELECT identity, md5(string_agg(part, ' ' ORDER BY part)) FROM ({}) GROUP BY identity ORDER BY identity"
)


def digests(source: Source) -> dict[str, str]:
    """The digest of each document that may be handed over, by its id, and that of NO_DOCUMENT.

    Digests of different versions of DuckDB may differ: the documents are then taken for changed.
    """
    parts = []
    for name, table in TABLES.items():
        identity = f"coalesce({DOCUMENT}, {literal(NO_DOCUMENT)})" if DOCUMENT in table.names else literal("")
        columns = ", ".join(native(column) for column in table.columns)
        rows = source.shown(name)
        parts.append(_ROWS.format(identity=identity, table=literal(name), columns=columns, rows=rows))
    with source.database(*TABLES) as database:
        source.know_withheld(database)
        return dict(database.sql(_ALL.format(" UNION ALL ".join(parts))).fetchall())
