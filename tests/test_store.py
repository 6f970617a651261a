"""Records: a document comes back equal, whatever it holds; versions tell the stages apart."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.building import DocumentBuilder, RawCell, RawLine, RawParagraph, RawTable, RawWord
from extractors.document import Alternative, Correction, Diagnostic, Document, Page, Region, Style
from extractors.plan import Header, Plan
from pipeline.store import ContentKey, Store, dump_document, load_document
from pipeline.versions import Versions, stage_version

VERSIONS = Versions("1", "2", "3")
KEY = ContentKey("ab" * 32, "application/pdf")


def full_document() -> Document:
    """A document that uses every part of the model."""
    builder = DocumentBuilder("application/pdf")
    builder.page(Page(1, 0, "ocr", "no text layer", 595.0, 842.0, 0.93))
    builder.page(Page(2, 0))
    word = RawWord("Kế", Region(1, 10.5, 20.25, 30.0, 40.0), 0.87, (Alternative("Ké", 0.4),))
    line = RawLine("Kế hoạch", 1, Region(1, 1.0, 2.0, 3.0, 4.0), (word,))
    look = Style(bold=True, italic=False, centred=True, size=13.0, heading=2)
    builder.paragraph(RawParagraph((line,), look, "left", "footnote", 12.5))
    cell = RawCell(0, 0, (RawParagraph.of("một\nhai", 2),), 1, 2)
    builder.table(RawTable(2, 2, (cell, RawCell(1, 0, ()), RawCell(1, 1, ())), False, 0.5))
    builder.diagnose(Diagnostic("parse", "warning", "doubt", "Có thể sai.", 2))
    return replace(builder.build(), corrections=(Correction(0, 2, "Ké", "Kế", "tone"),))


def test_a_document_comes_back_equal() -> None:
    document = full_document()
    assert load_document(dump_document(document)) == document


@given(st.lists(st.text(st.characters(exclude_categories=("Cs",)), max_size=30), max_size=6))
def test_any_text_comes_back_equal(texts: list[str]) -> None:
    builder = DocumentBuilder("text/plain")
    for text in texts:
        builder.paragraph(RawParagraph.of(text))
    document = builder.build()
    assert load_document(dump_document(document)) == document


def test_what_is_kept_is_found_under_its_content_only(tmp_path: Path) -> None:
    store, plan = Store(tmp_path, VERSIONS), Plan(header=Header(title="Trồng cây"))
    assert store.document(KEY) is None and store.plan(KEY) is None
    store.keep_document(KEY, full_document())
    store.keep_plan(KEY, plan)
    assert store.document(KEY) == full_document()
    assert store.plan(KEY) == plan
    assert store.plan(ContentKey("cd" * 32, KEY.media_type)) is None
    assert store.plan(ContentKey(KEY.sha256, "text/plain")) is None


def test_equal_content_gives_equal_records(tmp_path: Path) -> None:
    stores = [Store(tmp_path / name, VERSIONS) for name in ("one", "two")]
    for store in stores:
        store.keep_document(KEY, full_document())
    one, two = (store.place.read(store.name("parse", KEY)) for store in stores)
    assert one is not None
    assert one == two


@pytest.mark.parametrize("damage", [b"", b"\x1f\x8b", b"no gzip"], ids=["empty", "cut short", "other"])
def test_a_damaged_record_counts_as_absent(damage: bytes, tmp_path: Path) -> None:
    store = Store(tmp_path, VERSIONS)
    store.keep_plan(KEY, Plan(header=Header()))
    store.place.write(store.name("extract", KEY), damage)
    assert store.plan(KEY) is None


def test_each_stage_has_a_version_of_its_own() -> None:
    assert len({stage_version("parse"), stage_version("extract")}) == 2
    assert all(len(stage_version(stage)) == 12 for stage in ("parse", "extract"))
