"""Digits that a pen wrote, or that a recogniser was not sure of, are not trusted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.building import DocumentBuilder, RawCell, RawLine, RawParagraph, RawTable, RawWord
from extractors.document import Alternative, Document, Page, Paragraph, Region
from extractors.handwriting import doubtful_digits

Box = tuple[str, float, float]  # text, width and height in points
PRINT = [
    ("ngày", 25.0, 12.0),
    ("17", 12.0, 9.0),
    ("tháng", 29.0, 12.0),
    ("10", 12.0, 9.0),
    ("năm", 22.0, 9.0),
]
YEARS: list[Box] = [("năm", 22.0, 9.0), ("2019", 25.0, 9.0), ("và", 12.0, 9.0), ("2020", 25.0, 9.5)]


def line(
    boxes: Sequence[Box],
    top: float,
    confidence: float,
    gap: float = 4.5,
    rivals: dict[str, str] | None = None,
) -> RawParagraph:
    words, x = [], 90.0
    for text, width, height in boxes:
        rival = (rivals or {}).get(text)
        other = (Alternative(rival, 0.5),) if rival else ()
        words.append(RawWord(text, Region(1, x, top, x + width, top + height), confidence, other))
        x += width + gap
    return RawParagraph((RawLine(" ".join(b[0] for b in boxes), 1, None, tuple(words)),))


def scan(number: RawParagraph, method: str = "ocr") -> Document:
    """A page with a number's line, and enough print to tell how large digits are."""
    builder = DocumentBuilder("image/png")
    builder.page(Page(1, 0, "ocr" if method == "ocr" else "text", None, 595, 842))
    builder.paragraph(number)
    for top in (130.0, 150.0, 170.0):
        builder.paragraph(line([*PRINT, *YEARS], top, 0.96))
    return builder.build()


def doubt(document: Document, text: str) -> str | None:
    at = document.text.index(text)
    return doubtful_digits(document, at, at + len(text))


NUMBER: list[Box] = [("Số:", 14.0, 12.0), ("412/KH-SYT", 72.0, 10.0)]
APART: list[Box] = [("Số:", 14.0, 12.0), ("412", 18.5, 9.0), ("/KH-SYT", 50.0, 10.0)]


@pytest.mark.parametrize(
    ("boxes", "options"),
    [
        (NUMBER, {}),
        (APART, {}),
        ([("Số:412/QĐ-SYT", 90.0, 13.5)], {}),
        (NUMBER, {"rivals": {"412/KH-SYT": "4l2/KH-SYT"}}),
        ([("Số:", 14.0, 12.0), ("12a/KH-SYT", 70.0, 10.0)], {}),
        ([("ngày", 25.0, 12.0), ("20", 12.5, 9.2), ("tháng", 29.0, 12.0)], {}),
    ],
    ids=[
        "one word",
        "two words",
        "label and marks of a symbol",
        "an l for a 1",
        "a letter after it",
        "a day",
    ],
)
def test_print_is_trusted(boxes: list[Box], options: dict[str, dict[str, str]]) -> None:
    document = scan(line(boxes, 100, 0.93, **options))  # type: ignore[arg-type]
    assert doubt(document, " ".join(b[0] for b in boxes)) is None


@pytest.mark.parametrize(
    ("boxes", "gap"),
    [
        ([("Số:", 14.0, 12.0), ("412", 18.0, 14.5), ("/KH-SYT", 50.0, 10.0)], 4.5),
        ([("Số:", 14.0, 12.0), ("412/KH-SYT", 76.0, 16.5)], 4.5),
        ([("Số:", 14.0, 12.0), ("412", 30.0, 9.0), ("/KH-SYT", 50.0, 10.0)], 4.5),
        (APART, 11.0),
        ([("ngày", 25.0, 12.0), ("20", 12.5, 9.2), ("tháng", 29.0, 12.0)], 10.0),
        ([("ngày", 25.0, 12.0), ("20", 12.5, 14.0), ("tháng", 29.0, 12.0)], 4.5),
    ],
    ids=[
        "tall",
        "tall with its symbol",
        "wide",
        "a gap before the symbol",
        "a gap before tháng",
        "a tall day",
    ],
)
def test_handwriting_is_seen(boxes: list[Box], gap: float) -> None:
    document = scan(line(boxes, 100, 0.93, gap))
    assert doubt(document, " ".join(b[0] for b in boxes)) == "handwritten"


@pytest.mark.parametrize(
    ("boxes", "confidence", "rivals"),
    [
        (NUMBER, 0.7, {}),
        (NUMBER, 0.95, {"412/KH-SYT": "472/KH-SYT"}),
        ([("Số:", 14.0, 12.0), ("4>2/KH-SYT", 72.0, 10.0)], 0.95, {}),
        ([("Số:", 14.0, 12.0), ("4⁄2", 18.0, 9.0), ("/KH-SYT", 50.0, 10.0)], 0.95, {}),
        ([("ngày", 25.0, 12.0), ("1]", 12.0, 9.0), ("tháng", 29.0, 12.0)], 0.95, {}),
    ],
    ids=["unsure", "other digits as likely", "a mark among digits", "a fraction", "a bracket for a 1"],
)
def test_what_is_not_sure_is_doubtful(boxes: list[Box], confidence: float, rivals: dict[str, str]) -> None:
    document = scan(line(boxes, 100, confidence, rivals=rivals))
    assert doubt(document, " ".join(b[0] for b in boxes)) == "doubtful-number"


@pytest.mark.parametrize(
    ("confidence", "expected"), [(0.97, None), (0.95, "doubtful-number")], ids=["certain", "sure"]
)
def test_digits_cut_out_of_a_line_do_not_shake_a_certain_reading(
    confidence: float, expected: str | None
) -> None:
    boxes = [("ngày", 25.0, 12.0), ("20", 12.5, 9.2), ("tháng", 29.0, 12.0)]
    document = scan(line(boxes, 100, confidence, rivals={"20": "26"}))
    assert doubt(document, "ngày 20 tháng") == expected


def turned(document: Document, place: Callable[[Region], Region]) -> Document:
    """The document with its words' regions as they lie on a sheet that was scanned the wrong way."""
    lines = tuple(
        replace(old, words=tuple(replace(w, region=w.region and place(w.region)) for w in old.words))
        for old in document.lines
    )
    new = {id(old): line for old, line in zip(document.lines, lines, strict=True)}
    blocks = tuple(
        replace(block, lines=tuple(new[id(old)] for old in block.lines))
        for block in document.blocks
        if isinstance(block, Paragraph)
    )
    return replace(document, lines=lines, blocks=blocks)


@pytest.mark.parametrize(
    "place",
    [
        lambda r: Region(1, r.y0, 595 - r.x1, r.y1, 595 - r.x0),
        lambda r: Region(1, 842 - r.y1, r.x0, 842 - r.y0, r.x1),
        lambda r: Region(1, 595 - r.x1, 842 - r.y1, 595 - r.x0, 842 - r.y0),
    ],
    ids=["left", "right", "upside down"],
)
@pytest.mark.parametrize(
    ("boxes", "gap", "expected"),
    [
        (APART, 4.5, None),
        (APART, 11.0, "handwritten"),
        ([("Số:", 14.0, 12.0), ("412/KH-SYT", 76.0, 16.5)], 4.5, "handwritten"),
    ],
    ids=["print", "a gap before the symbol", "tall"],
)
def test_print_is_measured_along_its_lines_however_the_sheet_lay(
    boxes: list[Box], gap: float, expected: str | None, place: Callable[[Region], Region]
) -> None:
    document = turned(scan(line(boxes, 100, 0.93, gap)), place)
    assert doubt(document, " ".join(b[0] for b in boxes)) == expected


def test_small_type_of_a_table_does_not_make_the_letterhead_tall() -> None:
    builder = DocumentBuilder("image/png")
    builder.page(Page(1, 0, "ocr", None, 595, 842))
    for top in (100.0, 120.0):
        builder.paragraph(line([*PRINT, *YEARS], top, 0.96))
    small = tuple(RawCell(r, 0, (line([(str(r), 4.0, 6.0)], 200.0 + 20 * r, 0.96),)) for r in range(1, 30))
    builder.table(RawTable(30, 1, small, True))
    assert doubt(builder.build(), "ngày 17 tháng 10") is None


def test_digits_of_a_text_layer_are_never_doubted() -> None:
    builder = DocumentBuilder("text/plain")
    builder.paragraph(RawParagraph.of("Số: 4>2/KH-SYT"))
    document = builder.build()
    assert doubtful_digits(document, 0, len(document.text)) is None


def test_a_page_with_little_print_does_not_tell_how_large_print_is() -> None:
    builder = DocumentBuilder("image/png")
    builder.page(Page(1, 0, "ocr"))
    builder.paragraph(line([("Số:", 14.0, 12.0), ("412", 40.0, 30.0)], 100, 0.95))
    document = builder.build()
    assert doubtful_digits(document, 0, len(document.text)) is None


@given(st.text(max_size=40), st.integers(0, 60), st.integers(0, 60))
def test_never_raises(text: str, start: int, end: int) -> None:
    words = tuple(RawWord(w, Region(1, 0, 0, 0, 0), 0.9, (Alternative(w[::-1], 0.9),)) for w in text.split())
    builder = DocumentBuilder("image/png")
    builder.page(Page(1, 0, "ocr"))
    builder.paragraph(RawParagraph((RawLine(" ".join(text.split()), 1, None, words),)))
    document = builder.build()
    assert doubtful_digits(document, start, end) in (None, "handwritten", "doubtful-number")
