"""Words drawn in several passes, one a font: pieces that touch are one word, in the first one's place."""

from __future__ import annotations

import pytest

from pipeline.parsers.layout_model import PlacedWord
from pipeline.parsers.pdf_seams import seamed
from pipeline.parsers.pdf_word import PdfWord
from tests.pdf_files import Sheet, drawn


def piece(text: str, x0: float, x1: float, font: str = "Serif", y: float = 100.0, turn: int = 0) -> PdfWord:
    word = PlacedWord(text, x0, y, x1, y + 12, 12, font.endswith("Bold"), False)
    return PdfWord(word, turn, False, False, 0, len(text), text, font)


def read(*pieces: PdfWord) -> list[str]:
    return [one.word.text for one in seamed(pieces)]


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        pytest.param(
            [piece("Quy", 10, 30), piece("t", 36, 40), piece("nh", 50, 62), piece("ế", 30, 36, "Sans"),
             piece("đị", 43, 50, "Sans")],
            ["Quyết", "định"], id="two-passes",
        ),
        pytest.param(
            [piece("TH", 10, 30), piece("C", 42, 52), piece("Ự", 30, 44.6, "Sans")], ["THỰC"],
            id="stated-too-wide",
        ),
        pytest.param([piece("xã", 10, 22), piece("ở", 25, 31, "Sans")], ["xã", "ở"], id="word-space"),
        pytest.param([piece("a", 10, 16), piece("b", 16, 22)], ["a", "b"], id="one-font"),
        pytest.param([piece("a", 10, 16), piece("ế", 16, 22, "Sans", y=114)], ["a", "ế"], id="another-line"),
        pytest.param([piece("a", 10, 16), piece("ế", 16, 22, "Sans", turn=90)], ["a", "ế"], id="turned"),
        pytest.param([], [], id="nothing"),
    ],
)  # fmt: skip
def test_pieces_of_words(pieces: list[PdfWord], expected: list[str]) -> None:
    assert read(*pieces) == expected


def test_a_word_made_whole_has_the_box_of_all_its_pieces() -> None:
    (word,) = seamed([piece("V", 10, 18), piece("n", 24, 30), piece("ă", 18, 24, "Sans-Bold")])
    assert (word.word.x0, word.word.x1, word.letters, word.held) == (10, 30, 3, "Văn")
    assert word.word.bold is False


def test_page_whose_letters_come_from_two_fonts() -> None:
    sheet = Sheet()
    text, borrowed, at, placed = "Kế hoạch tổ chức lễ hội", "ếạổứễộ", 80.0, []
    for letter in text:
        bold = letter in borrowed
        placed.append((bold, at, letter))
        at += sheet.width_of(letter, 12, bold)
    for wanted in (False, True):
        for bold, x, letter in placed:
            if bold is wanted:
                sheet.text(x, 100, letter, bold=bold)
    assert drawn(sheet).strip() == text
