"""Exports to a real PostgreSQL server: rows, keys, comments, what is written again; no password is told."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import traceback
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.dataset import open_dataset
from pipeline.errors import KehoachError, MissingTool
from pipeline.export import as_postgresql, export
from pipeline.export import source as sources
from pipeline.export.errors import DatabaseRefused, NotOurs, TargetTaken, UnknownTarget
from pipeline.export.keys import references, unique
from pipeline.export.postgresql_address import Address
from pipeline.export.postgresql_tables import STATE, sent
from pipeline.export.source import Source
from pipeline.schema import TABLES, Column
from tests.datasets import HOSTILE, Rows, document, file, task, write_dataset
from tests.postgresql import PASSWORD, QUOTED, NoServer, Server, running

dbapi = pytest.importorskip("adbc_driver_postgresql.dbapi")

A, B, C = (digit * 16 for digit in "abc")
_schemas = count(1)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    try:
        with running() as started:
            yield started
    except NoServer as reason:
        pytest.skip(str(reason))


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "_BATCH", 7)


@pytest.fixture
def target(server: Server) -> str:
    """An address with a schema of its own."""
    return f"{server.url()}?schema=Plans {next(_schemas)}"


def ask(target: str, query: str) -> list[tuple[Any, ...]]:
    address = Address.read(target)
    with dbapi.connect(address.url) as connection, connection.cursor() as cursor:
        cursor.execute(f'SET search_path = "{address.schema}"')
        cursor.execute(query)
        rows: list[tuple[Any, ...]] = cursor.fetchall() if cursor.description else []
        connection.commit()
        return rows


def places(target: str) -> dict[str, list[tuple[Any, ...]]]:
    """Where every row stands, and by which transaction it was written: the same where nothing was touched."""
    queries = (f"SELECT '{name}', ctid::text, xmin::text FROM \"{name}\"" for name in (*TABLES, STATE))
    found: dict[str, list[tuple[Any, ...]]] = {}
    for name, *place in ask(target, " UNION ALL ".join(queries)):
        found.setdefault(name, []).append(tuple(place))
    return found


def plans(contents: Sequence[str], identities: Sequence[str] = (A, B)) -> Rows:
    fact = {"start": 0, "end": 5, "confidence": 0.95}
    region = {"page": 1, "x0": 0.1, "y0": 2.5, "x1": 3.0, "y1": 4.25}
    return {
        "documents": [document(each, issued_on=dt.date(2024, 2, 29), number_no=7) for each in identities],
        "files": [
            *(file(each, mtime=dt.datetime(2024, 1, 2, 3, 4, 5, 6, dt.UTC)) for each in identities),
            file(None, "x"),
        ],
        "tasks": [
            task(
                each, i, content=text, section=[text, "b"], extra={text: text}, items=[], end_strict=False,
                regions=[region], dates=[{"start": dt.date(2024, 1, 1), "end": None}], **fact,
            )
            for each in identities
            for i, text in enumerate(contents)
        ],
        "task_bodies": [
            {"document_id": each, "task_id": f"{each}-t0", "seq": 0, "role": "lead", "body": "Sở A"}
            for each in identities
        ],
        "tables": [{"document_id": each, "seq": 0, "cells": [list(contents)]} for each in identities],
        "diagnostics": [{"document_id": each, "message": "m"} for each in identities for _ in range(2)],
    }  # fmt: skip


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    return write_dataset(tmp_path / "plans", plans(["một", "hai"]))


# --- rows -------------------------------------------------------------------------------------


def _storable(value: object) -> object:
    """What PostgreSQL can hold of a value: no NUL; a struct as JSON, a map as an object."""
    if isinstance(value, str):
        return value.replace("\x00", "\ufffd")
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    if isinstance(value, tuple):
        return value
    if isinstance(value, list):
        return [_storable(each) for each in value]
    return value


def test_every_table_comes_back(target: str, tmp_path: Path) -> None:
    dataset = write_dataset(tmp_path / "plans", plans(HOSTILE))
    summary = export(dataset, target)
    for name, table in TABLES.items():
        scalars = [c.name for c in table.columns if c.kind not in ("intervals", "regions", "texts", "rows")]
        columns = ", ".join(f'"{column}"' for column in scalars)
        found = ask(target, f'SELECT {columns} FROM "{name}"')
        rows = open_dataset(dataset).arrow(name).to_pylist()
        wanted = [tuple(_storable(row[column]) for column in scalars) for row in rows]
        assert sorted(map(repr, found)) == sorted(map(repr, wanted)), name
        assert summary.rows[name] == len(rows)


def test_lists_and_maps_can_be_asked_for(target: str, tmp_path: Path) -> None:
    export(write_dataset(tmp_path / "plans", plans(HOSTILE, [A])), target)
    kept = [text.replace("\x00", "\ufffd") for text in HOSTILE]
    assert ask(
        target,
        "SELECT section[1], extra ->> section[1], (regions -> 0 ->> 'x0')::float, dates -> 0 ->> 'start',"
        " dates -> 0 -> 'end' = 'null'::jsonb FROM tasks ORDER BY seq",
    ) == [(text, text, 0.1, "2024-01-01", True) for text in kept]
    ((cells,),) = ask(target, "SELECT array_agg(c) FROM tables, jsonb_array_elements_text(cells -> 0) AS c")
    assert cells == kept


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(st.sampled_from('\x00\\u0"n\x01a')), min_size=5, max_size=20))
def test_json_without_nul_is_the_same_json_otherwise(texts: list[str]) -> None:
    import json

    with duckdb.connect() as database:
        query = f"SELECT {sent(Column('x', 'rows', ''))} FROM (SELECT [$texts] AS x)"
        ((sent_bytes,),) = database.execute(query, {"texts": texts}).fetchall()
    assert sent_bytes[:1] == b"\x01"
    assert json.loads(sent_bytes[1:]) == [[text.replace("\x00", "\ufffd") for text in texts]]


def test_keys_references_indexes_and_comments(target: str, dataset: Path) -> None:
    export(dataset, target)
    schema = Address.read(target).schema
    told = ask(
        target,
        "SELECT c.relname, a.attname, col_description(c.oid, a.attnum) FROM pg_class c JOIN pg_attribute a"
        f" ON a.attrelid = c.oid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = '{schema}'",
    )
    comments = {(table, column): comment for table, column, comment in told}
    constraints = ask(
        target,
        "SELECT c.conrelid::regclass::text, pg_get_constraintdef(c.oid)"
        f" FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace WHERE n.nspname = '{schema}'",
    )
    held = {(table.split(".")[-1].strip('"'), definition) for table, definition in constraints}
    for name, table in TABLES.items():
        assert all(comments[name, c.name] == c.description for c in table.columns)
        for column, owner in references(name).items():
            assert any(
                t == name and d.startswith(f"FOREIGN KEY ({column}) REFERENCES {owner}") for t, d in held
            )
        if unique(name):
            assert any(t == name and d == f"PRIMARY KEY ({', '.join(unique(name))})" for t, d in held)
    indexes = {
        row[0] for row in ask(target, f"SELECT indexdef FROM pg_indexes WHERE schemaname = '{schema}'")
    }
    assert any("tasks" in each and "(end_on)" in each for each in indexes)
    assert any("task_bodies" in each and "(body_key)" in each for each in indexes)


# --- again ------------------------------------------------------------------------------------


def test_a_second_export_touches_nothing(target: str, dataset: Path) -> None:
    export(dataset, target)
    before = places(target)
    summary = export(dataset, target)
    assert places(target) == before
    assert set(summary.rows.values()) == {0}
    assert summary.notes == ("documents: 0 new, 0 changed, 0 gone",)


def test_only_documents_that_changed_are_written(target: str, dataset: Path, tmp_path: Path) -> None:
    export(dataset, target)
    before = places(target)
    rows = {name: list(held) for name, held in plans(["một", "hai"], [A, C]).items()}
    rows["tasks"] += plans(["ba"], [B])["tasks"]
    rows["documents"].append(document(B))
    summary = export(write_dataset(tmp_path / "later", rows), target)
    assert summary.notes == ("documents: 1 new, 1 changed, 0 gone",)
    assert ask(
        target, "SELECT document_id, array_agg(content ORDER BY seq) FROM tasks GROUP BY 1 ORDER BY 1"
    ) == [
        (A, ["một", "hai"]),
        (B, ["ba"]),
        (C, ["một", "hai"]),
    ]
    assert ask(target, "SELECT count(*) FROM task_bodies") == [(2,)]
    of_a = ask(target, f"SELECT ctid::text, xmin::text FROM tasks WHERE document_id = '{A}'")
    assert set(of_a) <= set(before["tasks"]), "A stood untouched"


def test_documents_that_are_gone_are_removed(target: str, dataset: Path, tmp_path: Path) -> None:
    export(dataset, target)
    summary = export(write_dataset(tmp_path / "later", plans(["một", "hai"], [A])), target)
    assert summary.notes == ("documents: 0 new, 0 changed, 1 gone",)
    for name in ("documents", "tasks", "task_bodies", "tables", "diagnostics"):
        assert ask(target, f"SELECT DISTINCT document_id FROM {name}") == [(A,)]
    assert sorted(ask(target, "SELECT path FROM files")) == [(f"{A}.pdf",), ("x",)]


def test_rows_of_no_document_are_brought_up_to_date(target: str, dataset: Path, tmp_path: Path) -> None:
    export(dataset, target)
    rows = dict(plans(["một", "hai"]))
    rows["files"] = [file(A), file(B), file(None, "y"), file(None, "z")]
    rows["bodies"] = [{"body_key": "sở a", "name": "Sở A"}]
    export(write_dataset(tmp_path / "later", rows), target)
    assert sorted(ask(target, "SELECT path FROM files WHERE document_id IS NULL")) == [("y",), ("z",)]
    assert ask(target, "SELECT name FROM bodies") == [("Sở A",)]


def test_one_row_more_of_two_equal_ones_is_a_change(target: str, dataset: Path, tmp_path: Path) -> None:
    export(dataset, target)
    rows = dict(plans(["một", "hai"]))
    rows["diagnostics"] = [*rows["diagnostics"], *[{"document_id": A, "message": "m"}] * 2]
    assert export(write_dataset(tmp_path / "later", rows), target).notes == (
        "documents: 0 new, 1 changed, 0 gone",
    )


def test_what_was_exported_with_secrets_loses_them_again(target: str, tmp_path: Path) -> None:
    rows = dict(plans(["một"], [A, B]))
    rows["documents"] = [document(A), document(B, secrecy="MẬT")]
    rows["conflicts"] = [{"document_id": A, "kind": "dates-differ", "other_document_id": B, "text": "lộ"}]
    dataset = write_dataset(tmp_path / "plans", rows)
    assert export(dataset, target, include_secret=True).withheld == 0
    assert ask(target, "SELECT count(*) FROM conflicts") == [(1,)]
    assert export(dataset, target).withheld == 1
    assert ask(target, "SELECT count(*) FROM conflicts") == [(0,)]
    assert ask(target, "SELECT document_id FROM documents") == [(A,)]


# --- faults -----------------------------------------------------------------------------------


def test_an_export_that_is_broken_off_changes_nothing(
    target: str, dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(dataset, target)
    before = places(target)
    later = write_dataset(tmp_path / "later", plans(["khác"], [A, C]))

    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(as_postgresql, "_remember", fail)
    with pytest.raises(KeyboardInterrupt):
        export(later, target)
    assert places(target) == before


def test_a_dataset_that_breaks_while_it_is_sent_changes_nothing(
    target: str, dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(dataset, target)
    before = places(target)
    whole = Source.batches

    def cut_short(self: Source, table: str, *rest: Any, **more: Any) -> Iterator[pa.RecordBatch]:
        yield from whole(self, table, *rest, **more)
        if table == "tasks":
            raise OSError("the disk is gone")

    monkeypatch.setattr(Source, "batches", cut_short)
    with pytest.raises(KehoachError, match="the disk is gone"):
        export(write_dataset(tmp_path / "later", plans(["khác"], [A, C])), target)
    assert places(target) == before


def test_a_table_of_others_is_never_touched(target: str, dataset: Path) -> None:
    schema = Address.read(target).schema
    ask(target, f'CREATE SCHEMA "{schema}"')
    ask(target, "CREATE TABLE tasks (mine text)")
    for overwrite in (False, True):
        with pytest.raises(NotOurs, match=r"table tasks .*\?schema="):
            export(dataset, target, overwrite=overwrite)
    assert ask(target, "SELECT * FROM tasks") == []


def test_tables_of_another_version_are_made_anew_only_when_asked_for(target: str, dataset: Path) -> None:
    export(dataset, target)
    ask(target, "ALTER TABLE tasks DROP COLUMN recurrence")
    with pytest.raises(TargetTaken, match="recurrence"):
        export(dataset, target)
    assert export(dataset, target, overwrite=True).rows["tasks"] == 4
    assert ask(target, "SELECT count(recurrence) FROM tasks") == [(0,)]


def test_a_user_without_the_right_is_told_and_nothing_is_made(server: Server, dataset: Path) -> None:
    ask(f"{server.url()}?schema=public", "CREATE ROLE guest LOGIN PASSWORD 'khách'")
    with pytest.raises(DatabaseRefused, match="permission denied"):
        export(dataset, server.url(user="guest", password="kh%C3%A1ch"))


def _everything_told(error: BaseException) -> str:
    lines = traceback.TracebackException.from_exception(error, capture_locals=False).format()
    return "".join(lines) + repr(error) + str(error) + repr(error.__dict__)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (("127.0.0.1:", "127.0.0.1:1"), "cannot be reached"),
        (("/postgres", "/nowhere"), "nowhere"),
        (("kehoach:", "nobody:"), "password authentication failed"),
        (("%40", "%4x"), "percent-encoded"),
        (("/postgres", "/postgres?wrong=1"), "wrong"),
        (("127.0.0.1", "[127.0.0.1"), "address"),
    ],
)
def test_no_password_is_told(change: tuple[str, str], reason: str, server: Server, dataset: Path) -> None:
    url = server.url().replace(*change)
    with pytest.raises(KehoachError, match=reason) as raised:
        export(dataset, url)
    for secret in (PASSWORD, QUOTED, "kh%E1", "khẩu"):
        assert secret not in _everything_told(raised.value)


def test_a_message_of_several_lines_keeps_them_and_tells_no_password() -> None:
    address = Address.read("postgresql://me:sesame@127.0.0.1:1/db")
    told = address.told("IO: failed for sesame:\n\tIs the server   running?\n\nport 1\n")
    assert told == "\n  IO: failed for …:\n  Is the server running?\n  port 1\n"


def test_the_command_tells_no_password(server: Server, dataset: Path) -> None:
    wrong = server.url().replace("kehoach:", "nobody:") + "?password=sesame"
    command = [sys.executable, "-m", "pipeline", "export", str(dataset), "--to", wrong]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "cannot be reached" in done.stderr
    assert "Traceback" not in done.stderr
    for secret in (PASSWORD, QUOTED, "khẩu", "sesame"):
        assert secret not in done.stdout + done.stderr


def test_the_summary_tells_no_password(server: Server, target: str, dataset: Path) -> None:
    summary = export(dataset, target)
    assert summary.target.startswith(f"postgresql://kehoach@127.0.0.1:{server.port}/postgres?schema=")
    assert QUOTED not in repr(summary)
    assert QUOTED not in repr(Address.read(target))


@pytest.mark.parametrize(
    ("text", "schema", "shown"),
    [
        (
            "postgresql://an:bí@h:1/d?schema=s&sslmode=require",
            "s",
            "postgresql://an@h:1/d?schema=s&sslmode=require",
        ),
        ("postgresql:///d", None, "postgresql:///d"),
        ("postgresql://h/d?password=bí", None, "postgresql://h/d"),
        ("postgresql://an:a%40b@h/d", None, "postgresql://an@h/d"),
    ],
)
def test_an_address_is_read(text: str, schema: str | None, shown: str) -> None:
    address = Address.read(text)
    assert (address.schema, str(address)) == (schema, shown)
    assert "schema=" not in address.url


@pytest.mark.parametrize(
    "account",
    ["an:p@s3cret", "an:p@s/s3cret", "an:s3cret/p", "an:s3cret#p?", "an:S s3cret@3/t", "an:p?s3cret"],
)
def test_an_address_that_may_be_read_in_several_ways_is_refused_and_not_repeated(account: str) -> None:
    with pytest.raises(UnknownTarget, match="PGPASSWORD") as told:
        Address.read(f"postgresql://{account}@localhost:5999/archive")
    assert "s3cret" not in str(told.value)
    with pytest.raises(UnknownTarget):
        Address.read("postgresql://h/d?user=an&password=p&s3cret")


@pytest.mark.parametrize(
    "text",
    [
        "postgresql:/an:s3cret@h/d",
        "postgresql//an:s3cret@h",
        "postgresql:an:s3cret@h",
        "host=h password=s3cret",
    ],
)
def test_a_mistyped_address_is_not_repeated(text: str, dataset: Path) -> None:
    with pytest.raises(UnknownTarget) as told:
        export(dataset, text)
    assert "s3cret" not in str(told.value)


def test_a_driver_that_is_missing_is_named(dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "adbc_driver_postgresql", None)
    with pytest.raises(MissingTool, match="adbc-driver-postgresql"):
        export(dataset, "postgresql://127.0.0.1/x")
