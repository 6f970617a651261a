"""Ordinals of headings, alone and in their sequence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.vietnamese.numerals import (
    Ordinal,
    quarter_value,
    read_sequence,
    readings,
    roman_text,
    roman_value,
)


@given(st.integers(1, 99))
def test_roman_round_trip(value: int) -> None:
    assert roman_value(roman_text(value)) == value


@pytest.mark.parametrize("text", ["", "IIII", "VX", "IL", "ABC", "iv", "XXXXX", "I I"])
def test_malformed_roman(text: str) -> None:
    assert roman_value(text) is None


def test_roman_text_refuses_zero() -> None:
    with pytest.raises(ValueError, match="0"):
        roman_text(0)


@pytest.mark.parametrize(
    ("labels", "values"),
    [
        (["I.", "II.", "III.", "IV."], [1, 2, 3, 4]),
        (["I", "Il", "III", "lV", "V"], [1, 2, 3, 4, 5]),
        (["I", "11", "III", "IV"], [1, 2, 3, 4]),
        (["l.", "II.", "IIl."], [1, 2, 3]),
        (["1.", "2.", "3."], [1, 2, 3]),
        (["l.", "2.", "3."], [1, 2, 3]),
        (["9.", "lO.", "11."], [9, 10, 11]),
        (["a)", "b)", "c)", "d)", "đ)", "e)"], [1, 2, 3, 4, 5, 6]),
        (["h)", "i)", "k)"], [8, 9, 10]),
        (["(1)", "(2)"], [1, 2]),
        (["I", "III"], [1, 3]),
        (["?", "2"], [None, 2]),
        ([], []),
    ],
)
def test_read_sequence(labels: list[str], values: list[int | None]) -> None:
    assert [one.value if one else None for one in read_sequence(labels)] == values


def test_readings_put_the_exact_one_first() -> None:
    assert readings("11.")[0] == Ordinal("arabic", 11)
    assert Ordinal("roman", 2, exact=False) in readings("11.")
    assert readings("II")[0] == Ordinal("roman", 2)
    assert readings("Mục") == ()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("I", 1),
        ("ii", 2),
        ("Il", 2),
        ("lI", 2),
        ("11", 2),
        ("IlI", 3),
        ("lv", 4),
        ("iv", 4),
        ("4", 4),
        ("03", 3),
        ("hai", 2),
        ("V", None),
        ("5", None),
        ("VI", None),
        ("x", None),
        ("", None),
    ],
)
def test_quarter_value(text: str, value: int | None) -> None:
    assert quarter_value(text) == value


@given(st.lists(st.text(max_size=8), max_size=8))
def test_a_reading_for_each_label(labels: list[str]) -> None:
    assert len(read_sequence(labels)) == len(labels)
