"""Numerals that are nothing but strokes: counted in the picture, whatever a recogniser read."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extractors.document import Alternative
from pipeline.ocr.cleaning import Pixels
from pipeline.ocr.doubts import Seen
from pipeline.ocr.strokes import upright_strokes, with_strokes_counted
from pipeline.ocr.views import Box
from pipeline.parsers.layout_model import PlacedWord

TOP, HEIGHT, STEP = 20, 30, 18
WORD = Box(60, TOP, 120, HEIGHT)


def page_of(glyphs: str) -> Pixels:
    """I with serifs, H, 1 with a flag, T, a slash and specks, drawn one beside the other."""
    page = np.full((80, 300), 255, np.uint8)
    for at, glyph in enumerate(glyphs):
        x = 70 + at * STEP
        draw = {
            "I": [(x, 0, x, 1), (x - 5, 0, x + 5, 0), (x - 5, 1, x + 5, 1)],
            "H": [(x - 5, 0, x - 5, 1), (x + 5, 0, x + 5, 1), (x - 5, 0.5, x + 5, 0.5)],
            "1": [(x, 0, x, 1), (x - 6, 0.1, x, 0), (x - 5, 1, x + 5, 1)],
            "/": [(x + 7, 0, x - 7, 1)],
            ".": [(x, 1, x + 1, 1)],
        }[glyph]
        for x0, y0, x1, y1 in draw:
            ends = [(int(x), TOP + round(y * (HEIGHT - 3)) + 1) for x, y in ((x0, y0), (x1, y1))]
            cv2.line(page, ends[0], ends[1], 0, 3)
    return page


def read_as(text: str, page: Pixels, before: str = "Quý", sure: float = 0.7) -> PlacedWord:
    line: list[Seen] = [
        (PlacedWord(before, 0, 0, 20, 10, 10, confidence=0.95), Box(5, TOP, 40, HEIGHT)),
        (PlacedWord(text, 25, 0, 40, 10, 10, confidence=sure), WORD),
    ]
    return with_strokes_counted(page, line)[1][0]


@pytest.mark.parametrize(
    ("glyphs", "strokes"), [("I", 1), ("II", 2), ("III", 3), ("II.", 2), ("H", 2), ("II/1", 2), ("/II", 0)]
)
def test_upright_strokes_are_counted_to_the_first_other_letter(glyphs: str, strokes: int) -> None:
    assert upright_strokes(page_of(glyphs), WORD) == strokes


@pytest.mark.parametrize(
    ("glyphs", "read", "meant"),
    [
        ("II", "III", "II"),
        ("III", "II", "III"),
        ("III", "IH", "III"),
        ("II/", "H/2024", "II/2024"),
        ("I", "1", "I"),  # serifs to both sides
        ("1", "1", "1"),  # a flag to the left
        ("I", "l/2024", "I/2024"),
        ("II", "IV", "IV"),  # no numeral of strokes alone
        ("IIII", "III", "III"),  # no numeral at all: as it was read
    ],
)
def test_a_numeral_has_the_strokes_of_the_picture(glyphs: str, read: str, meant: str) -> None:
    word = read_as(read, page_of(glyphs))
    assert word.text == meant
    assert word.alternatives == ((Alternative(read, 0.7),) if read != meant else ())


def test_only_numerals_of_quarters_and_terms_are_counted() -> None:
    assert read_as("III", page_of("II"), before="Phần").text == "III"
    assert read_as("III", page_of("II"), before="kỳ").text == "II"


def test_counting_gives_certainty_and_takes_none() -> None:
    assert read_as("II", page_of("II"), sure=0.5).confidence == 0.9
    assert read_as("II", page_of("II"), sure=0.97).confidence == 0.97
    assert read_as("II", np.full((80, 300), 255, np.uint8), sure=0.5).confidence == 0.5
