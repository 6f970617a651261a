"""Exports a dataset to a PostgreSQL server: writes documents that are new or changed, removes those gone.

All of it is one transaction, by binary COPY. A digest of every document with its rows is kept beside the
tables, so that an export of an unchanged dataset writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pipeline.errors import MissingTool
from pipeline.export.columns import quoted
from pipeline.export.contract import Written
from pipeline.export.digests import NO_DOCUMENT, digests
from pipeline.export.errors import DatabaseRefused, NoConnection, NotOurs, TargetTaken
from pipeline.export.keys import DOCUMENT, ordered
from pipeline.export.postgresql_address import Address
from pipeline.export.postgresql_tables import CREATE_STATE, STATE, bind, create, sent
from pipeline.export.source import Source
from pipeline.schema import TABLES

if TYPE_CHECKING:
    from adbc_driver_manager.dbapi import Connection, Cursor

_COLUMNS = (
    "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = current_schema()"
)
_STALE = "kehoach_stale"  # documents whose rows are taken out


def upsert(source: Source, address: Address, *, overwrite: bool = False) -> Written:
    """Bring the tables of a schema up to date; with `overwrite`, make ours anew first.

    Raises NoConnection, DatabaseRefused; NotOurs, TargetTaken for tables that are others.
    """
    with _connected(address) as connection, connection.cursor() as cursor, _told_as_refused(address):
        _enter_schema(cursor, address.schema)
        fresh = _make_tables(cursor, overwrite=overwrite)
        written = _bring_up_to_date(source, cursor, fresh=fresh)
        connection.commit()
    return written


@contextmanager
def _connected(address: Address) -> Iterator[Connection]:
    try:
        from adbc_driver_postgresql import dbapi
    except ImportError:
        raise MissingTool(
            "PostgreSQL needs the package adbc-driver-postgresql (kehoach[postgresql])."
        ) from None
    try:
        connection = dbapi.connect(address.url)
    except dbapi.Error as error:
        told = address.told(str(error))
    else:
        with connection:
            yield connection
        return
    raise NoConnection(f"{address} cannot be reached:{told}")  # outside: no traceback leads to the address


@contextmanager
def _told_as_refused(address: Address) -> Iterator[None]:
    from adbc_driver_manager.dbapi import Error

    told = None
    try:
        yield
    except Error as error:
        told = address.told(str(error))
    if told is not None:
        raise DatabaseRefused(f"{address}:{told}")


# --- tables -----------------------------------------------------------------------------------


def _enter_schema(cursor: Cursor, schema: str | None) -> None:
    if schema is not None:
        # Not IF NOT EXISTS: that asks for the right to make schemas even where there is nothing to make.
        if (schema,) not in _fetch(cursor, "SELECT nspname FROM pg_namespace"):
            cursor.execute(f"CREATE SCHEMA {quoted(schema)}")
        cursor.execute(f"SET LOCAL search_path = {quoted(schema)}")


def _make_tables(cursor: Cursor, *, overwrite: bool) -> bool:
    """Make the tables where there are none yet; gives whether they were made."""
    found: dict[str, set[str]] = {}
    for table, column in _fetch(cursor, _COLUMNS):
        found.setdefault(table, set()).add(column)
    taken = sorted(found.keys() & TABLES.keys())
    if taken and STATE not in found:
        raise NotOurs(f"The schema holds a table {taken[0]} that kehoach did not write; add ?schema=NAME.")
    if overwrite:
        for name in (*taken, *([STATE] if STATE in found else [])):
            cursor.execute(f"DROP TABLE {quoted(name)} CASCADE")
    elif STATE in found:
        _refuse_other_columns(found)
        cursor.execute(f"LOCK TABLE {STATE} IN EXCLUSIVE MODE")  # a second export waits for this one
        return False
    for statement in (*CREATE_STATE, *(s for name in ordered() for s in create(name))):
        cursor.execute(statement)
    return True


def _refuse_other_columns(found: dict[str, set[str]]) -> None:
    for name, table in TABLES.items():
        missing = set(table.names) - found.get(name, set())
        if missing:
            raise TargetTaken(f"Table {name} of the schema is of another version: no column {min(missing)}.")


def _fetch(cursor: Cursor, query: str) -> list[tuple[str, ...]]:
    cursor.execute(query)
    return [tuple(map(str, row)) for row in cursor.fetchall()]


# --- rows -------------------------------------------------------------------------------------


def _bring_up_to_date(source: Source, cursor: Cursor, *, fresh: bool) -> Written:
    now, before = digests(source), _digests_before(cursor)
    changed = [identity for identity, digest in now.items() if before.get(identity) != digest]
    stale = [identity for identity, digest in before.items() if now.get(identity) != digest]
    written = Written(dict.fromkeys(ordered(), 0))
    if stale:
        _remove(cursor, stale)
    if changed:
        for name in ordered():
            written.add(name, _copy(source, cursor, name, None if fresh else changed))
        _remember(cursor, {identity: now[identity] for identity in changed})
    if fresh:
        for statement in (statement for name in ordered() for statement in bind(name)):
            cursor.execute(statement)
    written.notes.append(_told(set(changed), set(stale)))
    return written


def _digests_before(cursor: Cursor) -> dict[str, str]:
    cursor.execute(f"SELECT document_id, digest FROM {STATE}")
    return dict(cursor.fetchall())


def _told(changed: set[str], stale: set[str]) -> str:
    new, other, gone = (
        len(ids - {NO_DOCUMENT}) for ids in (changed - stale, changed & stale, stale - changed)
    )
    return f"documents: {new:,} new, {other:,} changed, {gone:,} gone"


def _remove(cursor: Cursor, stale: Sequence[str]) -> None:
    """Take out documents; what hangs on them goes with them."""
    import pyarrow as pa

    cursor.adbc_ingest(_STALE, pa.table({DOCUMENT: stale}), mode="create", temporary=True)
    for name in ("documents", STATE):
        cursor.execute(f"DELETE FROM {name} WHERE {DOCUMENT} IN (SELECT {DOCUMENT} FROM {_STALE})")
    if NO_DOCUMENT in stale:
        for name, table in TABLES.items():
            where = f" WHERE {DOCUMENT} IS NULL" if DOCUMENT in table.names else ""
            cursor.execute(f"DELETE FROM {quoted(name)}{where}")


def _copy(source: Source, cursor: Cursor, name: str, changed: Sequence[str] | None) -> int:
    """Send the rows of documents, or all rows; gives how many there were."""
    import pyarrow as pa

    among = None
    if changed is not None:
        if DOCUMENT not in TABLES[name].names and NO_DOCUMENT not in changed:
            return 0
        among = pa.array([identity or None for identity in changed], pa.string())
    return int(cursor.adbc_ingest(name, source.reader(name, sent, among), mode="append"))


def _remember(cursor: Cursor, documents: Mapping[str, str]) -> None:
    import pyarrow as pa

    table = pa.table({DOCUMENT: list(documents), "digest": list(documents.values())})
    cursor.adbc_ingest(STATE, table, mode="append")
