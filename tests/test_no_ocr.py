"""Reading without OCR: what only a recogniser can read is told, and never mixed with what it read."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pyarrow.dataset as pads
import pytest
from PIL import Image

from extractors.document import Document
from extractors.plan import Header, Plan
from pipeline.ingestion import Options, ingest
from pipeline.ocr import pages
from pipeline.ocr.reading import ReadImage
from pipeline.parsers import parse, parse_bytes
from pipeline.parsers.layout_model import PageContent, PlacedWord
from pipeline.versions import Versions
from tests.bad_files import pdf_of_pictures, plan_text, write
from tests.stubs import use_extract


def page_image(kind: str = "PNG", frames: int = 1) -> bytes:
    """A page of 105 by 148 mm at 100 dpi, in grey."""
    first, *others = [Image.new("L", (413, 583), 250) for _ in range(frames)]
    out = io.BytesIO()
    first.save(out, kind, dpi=(100, 100), **({"save_all": True, "append_images": others} if others else {}))
    return out.getvalue()


def seen(number: int) -> ReadImage:
    """What a recogniser would give for a page."""
    word = PlacedWord("đã-đọc", 50, 50, 100, 62, 12, confidence=0.9)
    return ReadImage(PageContent(number, 297.4, 419.8, (word,)), 0.9)


@pytest.fixture
def recogniser(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Stands for the recogniser; the numbers of the pages that it was asked for."""
    asked: list[int] = []

    def read(*arguments: Any) -> ReadImage:
        asked.append(arguments[-1])
        return seen(arguments[-1])

    monkeypatch.setattr(pages, "read_pdf_page", read)
    monkeypatch.setattr(pages, "read_frame", read)
    return asked


SCANS = {
    "an image": (page_image(), 1),
    "an image of two pages": (page_image("TIFF", 2), 2),
    "a PDF": (pdf_of_pictures(2), 2),
}


@pytest.mark.parametrize("kind", SCANS)
def test_every_page_without_text_is_told(kind: str, recogniser: list[int]) -> None:
    data, n_pages = SCANS[kind]
    document = parse_bytes(data, ocr=False)
    told = [d.page for d in document.diagnostics if d.code == "needs-ocr"]
    assert told == [page.number for page in document.pages] == list(range(1, n_pages + 1))
    assert {page.method for page in document.pages} == {"text"}
    assert all(page.width > 0 and page.height > 0 for page in document.pages)
    assert (document.text, recogniser) == ("", [])


@pytest.mark.parametrize("kind", SCANS)
def test_with_ocr_every_such_page_is_read_once(kind: str, recogniser: list[int]) -> None:
    data, n_pages = SCANS[kind]
    document = parse_bytes(data)
    assert recogniser == list(range(1, n_pages + 1))
    assert {page.method for page in document.pages} == {"ocr"}
    assert not [d for d in document.diagnostics if d.code == "needs-ocr"]


def test_what_has_text_is_read_all_the_same(tmp_path: Path, recogniser: list[int]) -> None:
    path = write(tmp_path, "a.txt", plan_text())
    assert parse(path, ocr=False) == parse(path)
    assert recogniser == []


def test_an_image_keeps_the_size_of_the_page_as_it_was_scanned(monkeypatch: pytest.MonkeyPatch) -> None:
    def sideways(*_: Any) -> ReadImage:
        word = PlacedWord("chữ", 50, 50, 100, 62, 12, confidence=0.9)
        return ReadImage(PageContent(1, 419.8, 297.4, (word,), turn=90), 0.9)

    monkeypatch.setattr(pages, "read_frame", sideways)
    (page,) = parse_bytes(page_image()).pages
    assert (round(page.width), round(page.height)) == (297, 420)


def small_extract(document: Document) -> Plan:
    return Plan(header=Header(title=document.text or None))


def test_a_run_with_ocr_reads_what_one_without_it_left(
    tmp_path: Path, recogniser: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    use_extract(monkeypatch, small_extract)
    write(tmp_path, "in/a.png", page_image())
    write(tmp_path, "in/b.txt", plan_text())
    for ocr, states in ((False, ["failed", "read"]), (True, ["read", "read"]), (False, ["failed", "read"])):
        ingest(tmp_path / "in", tmp_path / "out", options=Options(ocr=ocr))
        rows = pads.dataset(tmp_path / "out" / "files", format="parquet").to_table().to_pylist()
        assert [row["state"] for row in rows] == states
        assert [row["code"] for row in rows] == [None if ocr else "needs-ocr", None]
    assert recogniser == [1]


def test_versions_without_ocr_are_others() -> None:
    one, other = Versions.current(), Versions.current(ocr=False)
    for stage in ("parse", "repair", "extract"):
        assert one.of(stage) != other.of(stage)
