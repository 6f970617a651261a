"""Exports to files read back by tools of their own: CSV, JSON Lines, Excel, SQLite, DuckDB."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import duckdb
import jsonschema
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from pipeline.dataset import open_dataset
from pipeline.export import as_xlsx, export
from pipeline.export import source as sources
from pipeline.export.columns import defused, plain, spreadsheet
from pipeline.export.keys import OWNERS, indexes, ordered, references, unique
from pipeline.schema import TABLES, Column
from tests.datasets import HOSTILE, Rows, document, file, task, write_dataset

A, B = "a" * 16, "b" * 16
DAY = dt.date(2024, 2, 29)
REGION = {"page": 1, "x0": 85.04, "y0": 0.1, "x1": 510.3, "y1": 1e-05}
TEXTS = st.text(max_size=30).filter(bool)


def rows_of(texts: list[str]) -> Rows:
    """Every kind of value, and every text in a text, a list, a map and a table of cells."""
    fact = {"start": 0, "end": 5, "regions": [REGION, REGION], "confidence": 0.95, "rule": "r"}
    return {
        "documents": [
            document(A, number_no=12, issued_on=DAY, ocr_pages=0, confidence=0.33, preferred_copy=False),
            document(B),
        ],
        "files": [
            file(A, "a", size=2**40, mtime=dt.datetime(2024, 1, 2, 3, 4, 5, 6, dt.UTC)),
            file(None, "b", state="skipped"),
        ],
        "tasks": [
            task(
                A, i, content=text, note=text, section=texts, items=[text], extra={text: text, "Cột": text},
                start_on=dt.date.min, end_on=dt.date.max, end_strict=True,
                dates=[{"start": DAY, "end": None}, {"start": DAY, "end": DAY}], **fact,
            )
            for i, text in enumerate(texts)
        ]
        + [task(B, 0, section=None, items=None, dates=None, extra=None, regions=None)],
        "task_bodies": [
            {"document_id": A, "task_id": f"{A}-t{i}", "seq": seq, "role": role, "text": text, "body": text}
            for i, text in enumerate(texts)
            for seq, role in enumerate(("lead", "implementing", "coordinating"))
        ],
        "tables": [{"document_id": A, "seq": 0, "is_task_table": True, "cells": [texts, [], [""]]}],
        "texts": [{"document_id": A, "text": "\n".join(texts)}],
        "sections": [{"document_id": A, "seq": i, "title": text} for i, text in enumerate(texts)],
        "diagnostics": [{"document_id": A, "severity": "info", "message": texts[0]}] * 2,
    }  # fmt: skip


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_dataset(tmp_path_factory.mktemp("plans") / "plans", rows_of(list(HOSTILE)))


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "_BATCH", 7)
    monkeypatch.setattr(sources, "_FEW", 2)
    monkeypatch.setattr(sources, "_BATCH_BYTES", 100_000)


def held(dataset: Path, name: str) -> list[dict[str, Any]]:
    """The rows of a table as they stand in the dataset, numbers as they are printed."""
    rows: list[dict[str, Any]] = open_dataset(dataset).arrow(name).to_pylist()
    for row in rows:
        if row.get("confidence") is not None:
            row["confidence"] = round(row["confidence"], 2)
        if row.get("regions"):
            row["regions"] = [REGION for _ in row["regions"]]
    return rows


def as_json(value: object) -> object:
    """What JSON makes of a value."""
    return json.loads(json.dumps(value, default=str))


# --- CSV --------------------------------------------------------------------------------------


def undone(text: str) -> str:
    """A text without the apostrophe that an export put before it."""
    return text[1:] if text[:1] == "'" and text.lstrip("'")[:1] in set("=+-@\t\r\n") else text


def _from_csv(column: Column, text: str) -> object:
    if text == "":
        return None
    read: Mapping[str, Callable[[str], object]] = {
        "string": undone, "int32": int, "int64": int, "float32": float,
        "bool": {"true": True, "false": False}.get, "date": dt.date.fromisoformat,
        "timestamp": dt.datetime.fromisoformat,
    }  # fmt: skip
    return read.get(column.kind, json.loads)(text)


@pytest.mark.parametrize("name", TABLES)
def test_csv_gives_every_table_back(name: str, dataset: Path, csv_folder: Path) -> None:
    with (csv_folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    found = [{c.name: _from_csv(c, row[c.name]) for c in TABLES[name].columns} for row in rows]
    wanted = held(dataset, name)
    for row in wanted:
        for column in TABLES[name].columns:
            value = row[column.name]
            if column.kind == "texts" and value is not None:
                row[column.name] = dict(value)
            elif column.kind in ("intervals", "regions", "rows", "strings"):
                row[column.name] = as_json(value)
    assert found == wanted


@pytest.fixture(scope="module")
def csv_folder(dataset: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("csv")
    assert export(dataset, f"csv:{folder}").rows["tasks"] == len(HOSTILE) + 1
    return folder


def test_csv_begins_with_the_mark_by_which_excel_knows_utf8(csv_folder: Path) -> None:
    for name in TABLES:
        assert (csv_folder / f"{name}.csv").read_bytes().startswith(b'\xef\xbb\xbf"')


def test_no_cell_of_csv_is_a_formula(csv_folder: Path) -> None:
    for name, table in TABLES.items():
        with (csv_folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as lines:
            for row in csv.DictReader(lines):
                for column in table.columns:
                    assert column.kind != "string" or row[column.name][:1] not in set("=+-@\t\r")


def test_the_descriptor_of_csv_names_every_file(csv_folder: Path) -> None:
    descriptor = json.loads((csv_folder / "datapackage.json").read_text(encoding="utf-8"))
    assert {each["path"] for each in descriptor["resources"]} == {f"{name}.csv" for name in TABLES}


@given(st.text() | st.sampled_from(HOSTILE) | st.text("'=+-@\t\r\n a"))
def test_a_defused_text_is_no_formula_and_can_be_undone(text: str) -> None:
    assert defused(text)[:1] not in set("=+-@\t\r\n")
    assert undone(defused(text)) == text


@settings(max_examples=25, deadline=None)
@given(st.lists(st.text() | st.sampled_from(HOSTILE) | st.text("'=+-@\t\r\n a"), min_size=20, max_size=50))
def test_sql_defuses_as_python_does(texts: list[str]) -> None:
    query = f"SELECT {spreadsheet(Column('x', 'string', ''))} FROM (SELECT unnest($texts) AS x)"
    with duckdb.connect() as database:
        assert database.execute(query, {"texts": texts}).fetchall() == [(defused(text),) for text in texts]


@given(st.integers(-99_999, 99_999).map(lambda cents: cents / 100))
@settings(max_examples=30, deadline=None)
def test_numbers_are_as_they_are_printed(number: float) -> None:
    expression = plain(Column("x", "float32", ""))
    with duckdb.connect() as database:
        database.execute("CREATE TABLE t (x FLOAT)")
        database.execute("INSERT INTO t VALUES (?)", [number])
        (found,) = database.sql(f"SELECT {expression} FROM t").fetchall()[0]
    assert found == number


# --- JSON Lines -------------------------------------------------------------------------------


def test_jsonl_nests_every_row_and_fits_its_schema(dataset: Path, tmp_path: Path) -> None:
    export(dataset, str(tmp_path / "plans.jsonl"))
    lines = (tmp_path / "plans.jsonl").read_text(encoding="utf-8").split("\n")
    plans = [json.loads(line) for line in lines[:-1]]
    schema = json.loads((tmp_path / "plans.schema.json").read_text(encoding="utf-8"))
    validator = jsonschema.validators.validator_for(schema)
    validator.check_schema(schema)
    for plan in plans:
        validator(schema, format_checker=jsonschema.FormatChecker()).validate(plan)
    assert [plan["document_id"] for plan in plans] == [A, B]
    for name in ("tasks", "sections", "diagnostics"):
        wanted = [row for row in held(dataset, name) if row["document_id"] == A]
        for row in wanted:
            row["extra"] = dict(row["extra"] or ()) if "extra" in row else None
        kept = {column for column in wanted[0] if column in plans[0][name][0]}
        assert [{k: row[k] for k in kept} for row in plans[0][name]] == as_json(
            [{k: row[k] for k in kept} for row in wanted]
        )
    bodies = [body["body"] for each in plans[0]["tasks"] for body in each["bodies"]]
    assert sorted(bodies) == sorted(str(row["body"]) for row in held(dataset, "task_bodies"))


def test_the_schema_of_jsonl_refuses_what_is_none(tmp_path: Path) -> None:
    export(write_dataset(tmp_path / "d", {"documents": [document(A)]}), str(tmp_path / "plans.jsonl"))
    plan = json.loads((tmp_path / "plans.jsonl").read_text(encoding="utf-8"))
    schema = json.loads((tmp_path / "plans.schema.json").read_text(encoding="utf-8"))
    for broken in (plan | {"number_no": "12"}, plan | {"other": 1}, {"document_id": A}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(broken, schema)


# --- Excel ------------------------------------------------------------------------------------


def _sheet(path: Path, name: str) -> list[dict[str, Any]]:
    heading, *rows = openpyxl.load_workbook(path)[name].iter_rows(values_only=True)
    return [dict(zip(heading, row, strict=True)) for row in rows]  # type: ignore[arg-type]


def _in_excel(text: str) -> str:
    """A text as a cell holds it: lines end in line feeds, what XML cannot hold is U+FFFD."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return as_xlsx.cut(re.sub("[\x00-\x08\x0b-\x1f\ufffe\uffff]", "\ufffd", lines))


def test_a_workbook_has_every_row_with_days_as_days(dataset: Path, tmp_path: Path) -> None:
    path = tmp_path / "plans.xlsx"
    summary = export(dataset, str(path))
    book = openpyxl.load_workbook(path)
    assert tuple(book.sheetnames) == as_xlsx.SHEETS
    for name in as_xlsx.SHEETS:
        assert len(_sheet(path, name)) == len(held(dataset, name)) == summary.rows[name]
        assert book[name].freeze_panes == "A2"
        assert book[name].auto_filter.ref == book[name].dimensions
    document_row = _sheet(path, "documents")[0]
    assert document_row["issued_on"] == dt.datetime(2024, 2, 29)
    assert document_row["number_no"] == 12
    assert document_row["preferred_copy"] is False
    assert document_row["confidence"] == 0.33


def test_no_cell_of_a_workbook_is_a_formula_or_a_link(dataset: Path, tmp_path: Path) -> None:
    export(dataset, str(tmp_path / "plans.xlsx"))
    for sheet in openpyxl.load_workbook(tmp_path / "plans.xlsx"):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert cell.hyperlink is None


def test_a_workbook_gives_texts_back(dataset: Path, tmp_path: Path) -> None:
    summary = export(dataset, str(tmp_path / "plans.xlsx"))
    rows = _sheet(tmp_path / "plans.xlsx", "tasks")
    for row, text in zip(rows, sorted_as_tasks(HOSTILE), strict=False):
        assert unescape(row["content"]) == _in_excel(text)
        assert unescape(row["lead_bodies"]) == _in_excel(f"{text}\n{text}")
        assert unescape(row["coordinating_bodies"]) == _in_excel(text)
        assert row["dates"] == "29/02/2024\n29/02/2024 – 29/02/2024"
        assert row["start_on"] == "0001-01-01", "Excel knows no day before 1900"
    assert any("tasks, row" in note and "40,000 characters" in note for note in summary.notes)


def sorted_as_tasks(texts: tuple[str, ...]) -> list[str]:
    """Texts in the order of the tasks that hold them."""
    return [text for _, text in sorted((str(i), text) for i, text in enumerate(texts))]


def test_a_full_sheet_goes_on_in_another(
    dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(as_xlsx, "ROWS", 10)
    export(dataset, str(tmp_path / "plans.xlsx"))
    book = openpyxl.load_workbook(tmp_path / "plans.xlsx")
    sheets = [sheet for sheet in book if sheet.title.split()[0] == "tasks"]
    assert [sheet.title for sheet in sheets][:3] == ["tasks", "tasks 2", "tasks 3"]
    assert sum(sheet.max_row - 1 for sheet in sheets) == len(HOSTILE) + 1
    assert all(sheet.max_row <= 10 and sheet["A1"].value == "document_id" for sheet in sheets)


@given(st.text(st.sampled_from("a😀"), max_size=40), st.integers(32_700, 32_780))
def test_a_cut_text_fits_a_cell(end: str, length: int) -> None:
    text = "a" * length + end
    short = as_xlsx.cut(text)
    assert len(short.encode("utf-16-le")) <= 2 * as_xlsx.CHARACTERS
    assert short == text or text.startswith(short.removesuffix(" […]"))


# --- databases --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", TABLES)
def test_sqlite_gives_every_table_back(name: str, dataset: Path, sqlite_file: Path) -> None:
    with sqlite3.connect(sqlite_file) as database:
        found = database.execute(f'SELECT * FROM "{name}" ORDER BY rowid').fetchall()
    for row, wanted in zip(found, held(dataset, name), strict=True):
        for value, column in zip(row, TABLES[name].columns, strict=True):
            expected = wanted[column.name]
            if column.kind == "date" and expected is not None:
                expected = expected.isoformat()
            elif column.kind == "timestamp" and expected is not None:
                value, expected = dt.datetime.fromisoformat(value), expected
            elif column.kind in ("strings", "intervals", "regions", "texts", "rows") and expected is not None:
                value, expected = (
                    json.loads(value),
                    as_json(dict(expected) if column.kind == "texts" else expected),
                )
            assert value == expected, column.name


@pytest.fixture(scope="module")
def sqlite_file(dataset: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "plans.sqlite"
    export(dataset, f"sqlite:///{path}")
    return path


def test_sqlite_has_keys_indexes_and_tells_its_columns(sqlite_file: Path) -> None:
    with sqlite3.connect(sqlite_file) as database:
        told = dict(
            database.execute("SELECT table_name || '.' || column_name, description FROM about_columns")
        )
        for name, table in TABLES.items():
            foreign = {row[3]: row[2] for row in database.execute(f'PRAGMA foreign_key_list("{name}")')}
            assert foreign == references(name)
            key = sorted((r[5], r[1]) for r in database.execute(f'PRAGMA table_info("{name}")') if r[5])
            assert tuple(column for _, column in key) == unique(name)
            indexed = {r[1] for r in database.execute(f'PRAGMA index_list("{name}")')}
            assert {f"{name}_{column}" for column in indexes(name)} <= indexed
            assert {told[f"{name}.{c.name}"] for c in table.columns} == {c.description for c in table.columns}
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.parametrize("name", TABLES)
def test_duckdb_gives_every_table_back(name: str, dataset: Path, duckdb_file: Path) -> None:
    with duckdb.connect(str(duckdb_file), read_only=True) as database:
        found = database.sql(f'SELECT * FROM "{name}" ORDER BY rowid').to_arrow_table().to_pylist()
    wanted = open_dataset(dataset).arrow(name).to_pylist()
    assert len(found) == len(wanted)
    for row, other in zip(found, wanted, strict=True):
        assert row == other


@pytest.fixture(scope="module")
def duckdb_file(dataset: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("duckdb") / "plans.duckdb"
    export(dataset, f"duckdb:///{path}")
    return path


def test_duckdb_has_keys_and_comments(duckdb_file: Path) -> None:
    with duckdb.connect(str(duckdb_file), read_only=True) as database:
        told = database.sql("SELECT table_name, column_name, comment FROM duckdb_columns()").fetchall()
        keys = database.sql(
            "SELECT table_name, constraint_type, constraint_column_names FROM duckdb_constraints()"
        ).fetchall()
    comments = {(table, column): comment for table, column, comment in told}
    for name, table in TABLES.items():
        assert all(comments[name, c.name] == c.description for c in table.columns)
        if unique(name):
            assert (name, "PRIMARY KEY", list(unique(name))) in keys
        for column in references(name):
            assert (name, "FOREIGN KEY", [column]) in keys


def test_a_database_of_texts_beyond_its_memory_is_written_all_the_same(
    dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.export import as_duckdb

    asked: list[str] = []
    write = as_duckdb._write

    def fill(source: Any, path: Path, memory: str) -> Any:
        asked.append(memory)
        if len(asked) == 1:
            path.write_bytes(b"half")
            raise duckdb.OutOfMemoryException("out of memory")
        return write(source, path, memory)

    monkeypatch.setattr(as_duckdb, "_write", fill)
    assert export(dataset, str(tmp_path / "plans.duckdb")).rows["documents"] == 2
    assert asked == [as_duckdb._MEMORY, as_duckdb._MORE_MEMORY]


# --- any text, every target -------------------------------------------------------------------


@settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(TEXTS | st.sampled_from(HOSTILE), min_size=15, max_size=30, unique=True))
def test_any_text_comes_back(texts: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("any")
    dataset = write_dataset(folder / "plans", rows_of(texts))
    wanted = sorted(str(row["content"]) for row in held(dataset, "tasks"))
    for target in ("out.sqlite", "out.duckdb", "out.jsonl"):
        export(dataset, str(folder / target))
    export(dataset, f"csv:{folder / 'csv'}")
    with sqlite3.connect(folder / "out.sqlite") as lite:
        assert sorted(text for (text,) in lite.execute("SELECT content FROM tasks")) == wanted
    with duckdb.connect(str(folder / "out.duckdb"), read_only=True) as duck:
        assert sorted(text for (text,) in duck.sql("SELECT content FROM tasks").fetchall()) == wanted
    with (folder / "out.jsonl").open(encoding="utf-8", newline="\n") as lines:
        assert sorted(t["content"] for line in lines for t in json.loads(line)["tasks"]) == wanted
    with (folder / "csv" / "tasks.csv").open(encoding="utf-8-sig", newline="") as rows:
        assert sorted(undone(row["content"]) for row in csv.DictReader(rows)) == wanted


# --- keys -------------------------------------------------------------------------------------


def test_every_table_comes_after_those_that_it_refers_to() -> None:
    order = ordered()
    assert set(order) == set(TABLES)
    for name in TABLES:
        assert all(order.index(owner) < order.index(name) for owner in references(name).values())


def test_keys_and_indexes_are_columns() -> None:
    for name, table in TABLES.items():
        assert {*unique(name), *indexes(name), *references(name)} <= set(table.names)
    assert {unique(owner) for owner in OWNERS} == {(key,) for key in OWNERS.values()}
