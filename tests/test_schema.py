"""The tables in code against the page that fixes their names, against Arrow, Frictionless and the plan."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pyarrow as pa
import pytest

from extractors.plan import FieldValue, Header, LegalBasis, Movement, Plan, Recipient, Section, Task, TaskBody
from pipeline.schema import TABLES, arrow_schema, datapackage, plan_json_schema, table_schema

PLACED = ("legal_bases", "movements", "tasks", "task_bodies", "recipients", "sections", "fields")
PROVENANCE = ("start", "end", "regions", "confidence", "rule")

_ARROW = {
    "string": pa.string(),
    "int32": pa.int32(),
    "date": pa.date32(),
    "float32": pa.float32(),
    "bool": pa.bool_(),
    "list of string": pa.list_(pa.string()),
}


@pytest.fixture(scope="module")
def contract() -> str:
    """The page that other programs rely on; it stands outside the repository."""
    acceptance = os.environ.get("KEHOACH_ACCEPTANCE")
    page = Path(acceptance or ".").parent / "dataset.md"
    if acceptance is None or not page.exists():
        pytest.skip("KEHOACH_ACCEPTANCE names no folder beside dataset.md")
    return page.read_text(encoding="utf-8")


# What other programs rely on; more columns may be there.
CONTRACT = {
    "files": "path size mtime sha256 document_id state code message",
    "documents": "document_id path media_type page_count ocr_pages status plan_id preferred_copy series_key "
    "doc_type number number_text number_no notation issued_on issued_year place issuer issuer_key "
    "issuer_parent issuer_source province province_code province_now title plan_year period_start period_end "
    "signer signer_title signed_as on_behalf_of secrecy urgency confidence",
    "legal_bases": "document_id seq role instrument number issued_on issuer title relation text",
    "movements": "document_id seq name key launched_by period_start period_end mentions",
    "tasks": "document_id task_id seq source no section group content items content_key time_text time_kind "
    "start_on end_on end_strict dates recurrence product budget note extra",
    "task_bodies": "task_id document_id seq role text body body_key",
    "recipients": "document_id seq text body purpose is_archive_copy",
    "sections": "document_id seq level label title parent_seq text",
    "tables": "document_id seq page is_task_table cells",
    "texts": "document_id text",
    "pages": "document_id page start method reason text width height ocr_confidence",
    "corrections": "document_id start end before after rule",
    "fields": "document_id field value",
    "diagnostics": "document_id stage severity code message page",
}
_IN_ONE_LINE = ["recipients", "sections", "tables", "texts", "pages", "corrections", "fields", "diagnostics"]


def _section(page: str, heading: str) -> str:
    found = re.search(rf"^## {heading}\b.*?\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    assert found is not None, heading
    return found[1]


def test_every_table_and_column_that_others_rely_on_is_there() -> None:
    assert list(TABLES)[: len(CONTRACT)] == list(CONTRACT)
    for table, names in CONTRACT.items():
        assert set(names.split()) <= set(TABLES[table].names), table


@pytest.mark.parametrize("table", CONTRACT)
def test_the_page_speaks_of_the_same_columns(contract: str, table: str) -> None:
    section = _section(contract, "The rest" if table in _IN_ONE_LINE else table)
    words = set(re.findall(r"\w+", section))
    assert set(CONTRACT[table].split()) <= words
    assert set(PROVENANCE) <= set(re.findall(r"\w+", _section(contract, "Where a fact came from")))


@pytest.mark.parametrize("table", ["documents", "tasks"])
def test_the_pages_columns_are_here_in_their_types(contract: str, table: str) -> None:
    schema, held = arrow_schema(table), set(CONTRACT[table].split())
    rows = re.findall(r"^\| ([a-z_, ]+) \| ([a-z0-9 ]+) \|(.*)$", _section(contract, table), re.MULTILINE)
    for names, kind, meaning in rows[1:]:
        for name in names.split(", "):
            assert name in held
            assert schema.field(name).type == _ARROW.get(kind, schema.field(name).type), name
        for name, kind in re.findall(r"`([a-z_]+)` \((bool|int32)\)", meaning):
            assert schema.field(name).type == _ARROW[kind]


@pytest.mark.parametrize("table", _IN_ONE_LINE)
def test_the_pages_short_tables_are_here(contract: str, table: str) -> None:
    assert f"`{table}`: document_id" in _section(contract, "The rest")


@pytest.mark.parametrize("table", PLACED)
def test_every_fact_has_its_place(table: str) -> None:
    assert set(PROVENANCE) <= set(TABLES[table].names)
    rectangle = arrow_schema(table).field("regions").type.value_type
    assert [field.name for field in rectangle] == ["page", "x0", "y0", "x1", "y1"]


@pytest.mark.parametrize("table", TABLES)
def test_every_column_tells_its_meaning_in_arrow_and_frictionless(table: str) -> None:
    schema = arrow_schema(table)
    assert schema.metadata[b"description"].decode() == TABLES[table].description
    for column, field in zip(TABLES[table].columns, schema, strict=True):
        assert field.name == column.name
        assert len(field.metadata[b"description"].decode()) > 4
    fields = table_schema(table)["fields"]
    assert [field["name"] for field in fields] == schema.names  # type: ignore[union-attr,index,call-overload]


@pytest.mark.parametrize("table", TABLES)
def test_rows_are_sorted_by_columns_that_are_there(table: str) -> None:
    assert set(TABLES[table].order) <= set(TABLES[table].names)


FACTS = {
    "documents": (Header, set()),
    "legal_bases": (LegalBasis, set()),
    "movements": (Movement, set()),
    "tasks": (Task, {"time", "bodies"}),
    "task_bodies": (TaskBody, set()),
    "recipients": (Recipient, set()),
    "sections": (Section, set()),
    "fields": (FieldValue, set()),
}


@pytest.mark.parametrize("table", FACTS)
def test_nothing_that_a_plan_holds_is_left_out_of_its_table(table: str) -> None:
    model, told_otherwise = FACTS[table]
    assert set(model.model_fields) - told_otherwise <= set(TABLES[table].names)


def test_the_descriptor_names_every_table_and_its_parts() -> None:
    descriptor = datapackage({"tasks": ["tasks/part-0-x.parquet"]}, "1")
    resources = {resource["name"]: resource for resource in descriptor["resources"]}  # type: ignore[union-attr,index,call-overload]
    assert set(resources) == set(TABLES)
    assert resources["tasks"]["path"] == ["tasks/part-0-x.parquet"]
    keys = resources["task_bodies"]["schema"]["foreignKeys"]
    assert {key["reference"]["resource"] for key in keys} == {"documents", "tasks"}


def test_the_json_schema_describes_the_plan() -> None:
    schema = plan_json_schema()
    assert schema["title"] == "Plan"
    assert set(schema["properties"]) == set(Plan.model_fields)  # type: ignore[arg-type]
