"""Misread Roman numerals of quarters and terms: settled where strokes, width and range leave one reading."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.building import DocumentBuilder, RawLine, RawParagraph, RawWord
from extractors.document import Document, Page, Region
from extractors.repair import repair
from extractors.schedule import TimeContext, read_time
from tests.builders import document as typed
from tests.scans import scanned

QUY, GAP = 17.0, 3.0  # points: width of the word Quý, and of a space
WIDTHS = {1: 2.5, 2: 6.0, 3: 9.2}  # of the numerals beside it, in Times New Roman
YEAR = 23.8  # of /2024 behind a numeral


def lines(*cells: str, widths: dict[str, float], sideways: bool = False, sure: float = 0.5) -> Document:
    """A page of lines `Quý …`; words in `widths` are so wide, and the recogniser was but `sure` of them."""
    builder = DocumentBuilder("image/png")
    builder.page(Page(1, 0, "ocr"))
    for row, text in enumerate(cells):
        words, x = [], 100.0
        for word in text.split():
            width = widths.get(word, QUY)
            box = (x, 100.0 + 20 * row, x + width, 110.0 + 20 * row)
            region = Region(1, box[1], box[0], box[3], box[2]) if sideways else Region(1, *box)
            words.append(RawWord(word, region, sure if word in widths else 0.95))
            x += width + GAP
        builder.paragraph(RawParagraph((RawLine(text, 1, None, tuple(words)),)))
    return builder.build()


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("QUÝ IH/2024", "QUÝ III/2024"),
        ("QUÝ HI/2024", "QUÝ III/2024"),
        ("Quý IHI", "Quý III"),
        ("Quý H", "Quý II"),
        ("Quý TV", "Quý IV"),
        ("Quýi", "Quý I"),
        ("Quý II - Quý HI", "Quý II - Quý III"),
        ("Sơ kết học kỳ Ï.", "Sơ kết học kỳ I."),
        ("Sơ kết học kỳ Ĩ.", "Sơ kết học kỳ I."),
        ("Quý I; Quý II; Quý 1", "Quý I; Quý II; Quý I"),
        ("Quý l; Quý II", "Quý I; Quý II"),
    ],
)
def test_strokes_tell(read: str, meant: str) -> None:
    document = repair(scanned(read))
    assert document.text == meant
    assert {row.rule for row in document.corrections} == {"quarter"}


@pytest.mark.parametrize(
    "printed",
    [
        "Quý I",
        "QUÝ III/2024",
        "Quý 1",
        "Quý 1; Quý 2",
        "quý báu",
        "Quý Hội",
        "học kỳ thi",
        "Quý khách",
        "Quý VI",
    ],
)
def test_what_is_no_misread_quarter_stays(printed: str) -> None:
    assert repair(scanned(printed)).text == printed


@pytest.mark.parametrize("sideways", [False, True])
@pytest.mark.parametrize(
    ("read", "width", "meant"),
    [
        ("II", WIDTHS[3], "III"),
        ("II", WIDTHS[2], "II"),
        ("IH", WIDTHS[2], "II"),
        ("IH", WIDTHS[3], "III"),
        ("I", WIDTHS[2], "II"),
        ("II/2024", WIDTHS[3] + YEAR, "III/2024"),
        ("II", 7.6, "II"),  # neither the one nor the other
        ("I", WIDTHS[3], "I"),  # two strokes are not lost at once: something else is wrong
    ],
)
def test_width_tells(read: str, width: float, meant: str, sideways: bool) -> None:
    assert repair(lines(f"Quý {read}", widths={read: width}, sideways=sideways)).text == f"Quý {meant}"


def test_width_is_not_asked_of_a_numeral_that_was_surely_read() -> None:
    assert repair(lines("Quý II", widths={"II": WIDTHS[3]}, sure=0.9)).text == "Quý II"


def test_a_page_in_another_typeface_does_not_tell_by_width() -> None:
    """What is surely read there has another width, so that strokes alone tell."""
    prescribed = lines("Quý II", "Quý IH", widths={"II": WIDTHS[2], "IH": WIDTHS[2]}, sure=0.79)
    assert repair(prescribed).text.endswith("Quý II")
    narrow = lines("Quý I", "Quý IH", widths={"IH": WIDTHS[2]})  # its sure I is as wide as Quý
    assert repair(narrow).text.endswith("Quý III")


def test_a_range_ends_after_it_began() -> None:
    document = lines("Quý II - Quý II", widths={"II": WIDTHS[2]}, sure=0.9)
    assert repair(document).text == "Quý II - Quý II"  # as wide as a II: which end is wrong nobody knows
    assert repair(scanned("Quý II - Quý II")).text == "Quý II - Quý II"
    wide = lines("Quý I - Quý I", widths={"I": WIDTHS[2]}, sure=0.9)
    assert repair(wide).text == "Quý I - Quý I"  # nor where both look alike


@pytest.mark.parametrize("text", ["Quý II - Quý", "Quý II đến Quý", "Tháng 5 - Tháng"])
def test_a_range_without_its_end_is_no_time(text: str) -> None:
    time = read_time(text, TimeContext(2024))
    assert (time.text, time.kind, time.end_on) == (text, "none", None)


def test_pages_with_a_text_layer_stay() -> None:
    assert repair(typed("Quý IH")).text == "Quý IH"


@given(st.text("QuýíqU IHVl1|!Ïì/2-–\n", max_size=40))
def test_nothing_but_numerals_changes(text: str) -> None:
    document = scanned(text)
    for row in repair(document).corrections:
        if row.rule == "quarter":
            assert row.after.strip() in {"I", "II", "III", "IV"}
