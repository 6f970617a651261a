"""Two readings of a line made one."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.ocr.doubts import Seen, block_settled, is_hardly_read, is_unsure, lines_of, settled
from pipeline.ocr.views import Box, with_cut_ends
from pipeline.parsers.layout_model import PlacedWord

_LETTER, _HEIGHT, _GAP = 10, 20, 8


def reading(*words: tuple[str, float], top: int = 0) -> list[Seen]:
    """Words with confidences, side by side; `_` holds the place of a word that was not read."""
    seen, x = [], 0
    for text, confidence in words:
        width = _LETTER * len(text)
        if text.strip("_"):
            placed = PlacedWord(text, x, top, x + width, top + _HEIGHT, 14.0, confidence=confidence)
            seen.append((placed, Box(x, top, width, _HEIGHT)))
        x += width + _GAP
    return seen


def text_of(seen: list[Seen]) -> str:
    return " ".join(word.text for word, _ in seen)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ([("nhăm", 0.6), ("xem", 0.96)], [("nhằm", 0.95), ("xam", 0.7)], "nhằm xem"),
        ([("kế", 0.85), ("hoạch", 0.8)], [("kể", 0.86), ("hoạch", 0.81)], "kế hoạch"),  # hardly surer
        ([("năm", 0.95), ("20]8", 0.7)], [("năm", 0.95), ("2018", 0.9)], "năm 2018"),
        ([("352/KH-SYT", 0.7)], [("359/KH-SYT", 0.95)], "352/KH-SYT"),  # other digits
        ([("vòng", 0.95), ("1.", 0.7)], [("vòng", 0.95), ("l1.", 0.9)], "vòng 1."),
        ([("15/11/2023", 0.7)], [("15/11/202:", 0.95)], "15/11/2023"),  # a digit lost
        ([("Quý", 0.9), ("I/2018", 0.5)], [("Quý", 0.9), ("______", 0.0)], "Quý I/2018"),
        ([("Lưu:", 0.9), ("___", 0.0), ("nphue", 0.8)], [("Lưu:", 0.9), ("VT,", 0.95)], "Lưu: VT, nphue"),
        ([("Lưu:", 0.9), ("___", 0.0), ("nphue", 0.8)], [("Lưu:", 0.9), ("Ạ^,", 0.5)], "Lưu: nphue"),
        ([("thống", 0.6)], [("ki", 0.95)], "thống"),  # most of it lost
    ],
)
def test_of_each_word_the_surer_reading_stays(
    first: list[tuple[str, float]], second: list[tuple[str, float]], expected: str
) -> None:
    assert text_of(settled(reading(*first), reading(*second))) == expected


def test_digits_of_a_second_reading_are_no_surer_than_the_first() -> None:
    [(word, _)] = settled(reading(("24l1/QĐ-UBND", 0.4)), reading(("2411/QĐ-UBND", 0.96)))
    assert (word.text, word.confidence) == ("2411/QĐ-UBND", 0.4)


def test_the_other_reading_is_kept_as_an_alternative() -> None:
    [(word, _)] = settled(reading(("chồng", 0.8)), reading(("chống", 0.78)))
    assert [(a.text, a.confidence) for a in word.alternatives] == [("chống", 0.78)]


def test_a_line_that_the_first_reading_of_a_cell_missed_is_put_in_its_place() -> None:
    first = reading(("lựa", 0.9), ("chọn", 0.9)) + reading(("(HSMT)", 0.9), top=60)
    second = reading(("lựa", 0.9), ("chọn", 0.9)) + reading(("nhà", 0.95), ("thầu", 0.95), top=30)
    assert text_of(block_settled(first, second)) == "lựa chọn nhà thầu (HSMT)"
    assert text_of(block_settled([], second)) == text_of(second)


def test_words_are_parted_into_lines() -> None:
    words = reading(("một", 0.9), ("hai", 0.9)) + reading(("ba", 0.9), top=40)
    assert [text_of(line) for line in lines_of(words)] == ["một hai", "ba"]
    assert is_unsure(reading(("một", 0.95), ("hai", 0.85)))
    assert not is_unsure(reading(("một", 0.95), ("hai", 0.95)))
    assert is_hardly_read(reading(("một", 0.95), ("hai", 0.5)))
    assert not is_hardly_read(reading(("một", 0.95), ("hai", 0.65)))


@pytest.mark.parametrize(
    ("seen", "box", "whole"),
    [
        ((10, 50), Box(10, 4, 34, 12), Box(10, 4, 40, 12)),  # its last letter was cut off
        ((10, 50), Box(20, 4, 30, 12), Box(10, 4, 40, 12)),  # its first
        ((10, 50), Box(10, 4, 40, 12), Box(10, 4, 40, 12)),
        ((10, 50), Box(10, 4, 10, 12), Box(10, 4, 29, 12)),  # as far as it is looked for
    ],
)
def test_a_word_gets_the_letters_that_its_box_cut_off(seen: tuple[int, int], box: Box, whole: Box) -> None:
    page = np.full((20, 80), 255, np.uint8)
    page[6:14, seen[0] : seen[1]] = 0
    page[6:14, 60:70] = 0  # the next word
    assert with_cut_ends(page, box) == whole


_WORDS = st.lists(st.tuples(st.text("abcđ0123", min_size=1, max_size=6), st.floats(0, 1)), max_size=8)


@given(_WORDS, _WORDS)
def test_settled_words_stand_in_their_order_and_come_from_a_reading(
    first: list[tuple[str, float]], second: list[tuple[str, float]]
) -> None:
    one, other = reading(*first), reading(*second)
    both = settled(one, other) if one else block_settled(one, other)
    assert {word.text for word, _ in both} <= {word.text for word, _ in (*one, *other)}
    assert all(a.x <= b.x for (_, a), (_, b) in pairwise(both))
    assert not one or both
