"""Rows of the tables: rounded, null where unknown, in the types of the schema."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.document import Diagnostic, Document, Page
from extractors.plan import (
    FieldValue,
    Finding,
    Header,
    Interval,
    Plan,
    Region,
    Task,
    TaskBody,
    Time,
)
from pipeline.rows import Problem, Source, as_table, document_rows, task_ids
from pipeline.schema import TABLES

SOURCE = Source("0123456789abcdef" * 4, "a.pdf", "application/pdf", "ok", True)
DOCUMENT = Document(
    "Trang một\nTrang hai", (), (Page(1, 0, width=595.0), Page(2, 10, "ocr")), "application/pdf"
)


def task(place: str = "p1", **more: object) -> Task:
    facts = {"start": 0, "end": 5, "rule": "r", "source": "table", "content": "Việc", "content_key": "viec"}
    return Task.model_validate({**facts, "task_id": place, **more})


def table_of(name: str, plan: Plan) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = as_table(name, document_rows(SOURCE, DOCUMENT, plan)[name]).to_pylist()
    return rows


def test_a_task_has_its_time_place_and_bodies() -> None:
    body = TaskBody(start=1, end=2, rule="r", role="lead", text="Sở A", body="Sở A", body_key="sở a")
    quarter = Interval(start=date(2024, 1, 1), end=date(2024, 3, 31))
    time = Time(text="Quý I", kind="interval", start_on=quarter.start, end_on=quarter.end, dates=(quarter,))
    region = Region(page=2, x0=1.5, y0=2.0, x1=3.0, y1=4.0)
    found = task(time=time, bodies=(body,), regions=(region,), confidence=0.876, extra={"Cột": "x"})
    plan = Plan(header=Header(), tasks=(found,))
    (row,) = table_of("tasks", plan)
    assert row["task_id"] == "0123456789abcdef-p1"
    assert (row["time_text"], row["time_kind"]) == ("Quý I", "interval")
    assert row["dates"] == [{"start": date(2024, 1, 1), "end": date(2024, 3, 31)}]
    assert row["regions"] == [{"page": 2, "x0": 1.5, "y0": 2.0, "x1": 3.0, "y1": 4.0}]
    assert row["confidence"] == pytest.approx(0.88)
    assert row["extra"] == [("Cột", "x")]
    (body_row,) = table_of("task_bodies", plan)
    assert (body_row["task_id"], body_row["role"], body_row["seq"]) == (row["task_id"], "lead", 0)


def test_two_tasks_at_one_place_have_two_ids_and_the_first_keeps_its_own() -> None:
    assert task_ids("d", [task("t1r1"), task("t1r2"), task("t1r1"), task("")]) == [
        "d-t1r1",
        "d-t1r2",
        "d-t1r1.2",
        "d-n3",
    ]


def test_what_is_not_known_is_null() -> None:
    plan = Plan(header=Header(title="", number_no=2**40, plan_year=2024))
    (row,) = table_of("documents", plan)
    assert (row["title"], row["number_no"], row["plan_year"]) == (None, None, 2024)
    (first, second) = table_of("pages", plan)
    assert (first["width"], second["width"], second["ocr_confidence"]) == (595.0, None, None)


def test_pages_hold_their_text() -> None:
    rows = table_of("pages", Plan(header=Header()))
    assert [(row["page"], row["start"], row["text"]) for row in rows] == [
        (1, 0, "Trang một"),
        (2, 10, "Trang hai"),
    ]
    (document,) = table_of("documents", Plan(header=Header()))
    assert (document["page_count"], document["ocr_pages"]) == (2, 1)


def test_fields_stand_in_the_order_of_the_text() -> None:
    fields = tuple(
        FieldValue(field=n, value="x", start=s, end=s + 1, rule="r") for n, s in (("b", 9), ("a", 2))
    )
    rows = table_of("fields", Plan(header=Header(), fields=fields))
    assert [row["field"] for row in rows] == ["a", "b"]


def test_diagnostics_of_all_stages_are_told() -> None:
    document = Document("x", (), (Page(1, 0),), diagnostics=(Diagnostic("parse", "info", "a", "m"),))
    plan = Plan(
        header=Header(), diagnostics=(Finding(stage="tasks", severity="warning", code="b", message="m"),)
    )
    source = Source(SOURCE.sha256, "a", "text/plain", "failed", None, Problem("extract", "c", "m", 3))
    rows = as_table("diagnostics", document_rows(source, document, plan)["diagnostics"]).to_pylist()
    assert [(row["code"], row["page"]) for row in rows] == [("c", 3), ("a", None), ("b", None)]


def test_an_unread_document_has_a_row_all_the_same() -> None:
    source = Source(
        SOURCE.sha256, "a", "application/pdf", "failed", None, Problem("parse", "broken-file", "m")
    )
    rows = document_rows(source, None, None)
    assert {name for name, found in rows.items() if found} == {"documents", "diagnostics"}
    assert as_table("documents", rows["documents"])["status"].to_pylist() == ["failed"]


@pytest.mark.parametrize("name", TABLES)
def test_no_rows_make_an_empty_table_with_all_columns(name: str) -> None:
    assert tuple(as_table(name, []).column_names) == TABLES[name].names
