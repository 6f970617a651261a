"""Full dates in their printed forms."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.vietnamese.dates import find_dates, read_date
from extractors.vietnamese.folding import fold

FORMS = [
    ("25/10/2024", date(2024, 10, 25)),
    ("5/3/2024", date(2024, 3, 5)),
    ("25.10.2024", date(2024, 10, 25)),
    ("25-10-2024", date(2024, 10, 25)),
    ("25–10–2024", date(2024, 10, 25)),
    ("07 / 4/2014", date(2014, 4, 7)),
    ("ngày 25 tháng 10 năm 2024", date(2024, 10, 25)),
    ("Ngày 07 tháng 04 năm 2023", date(2023, 4, 7)),
    ("ngày25 tháng10 năm2024", date(2024, 10, 25)),
    ("ngày 25/10/2024", date(2024, 10, 25)),
    ("ngày25/10/2024", date(2024, 10, 25)),
    ("NGÀY 25 THÁNG 10 NĂM 2024", date(2024, 10, 25)),
    ("20 tháng 10/2018", date(2018, 10, 20)),
    ("ngày 15/3 năm 2024", date(2024, 3, 15)),
    ("ngày 15 tháng 3, năm 2024", date(2024, 3, 15)),
    ("ngày\n15  tháng 3 năm 2024", date(2024, 3, 15)),
    ("ngày 29 tháng 02 năm 2024.", date(2024, 2, 29)),
    ("6/1/2025", date(2025, 1, 6)),
]
NOT_DATES = [
    "31/02/2024",
    "29/02/2023",
    "12/13/2022",
    "00/10/2024",
    "25/10",
    "10/2024",
    "ngày tháng 4 năm 2026",
    "98/2023/NĐ-CP",
    "1/2/3",
    "25-10.2024",
    "25/10/0024",
    "125/10/2024",
    "25/10/20245",
    "tháng 10 năm 2024",
    "",
]


@pytest.mark.parametrize(("text", "wanted"), FORMS)
def test_read_date(text: str, wanted: date) -> None:
    assert read_date(text) == wanted
    assert read_date(unicodedata.normalize("NFD", text)) == wanted


@pytest.mark.parametrize("text", NOT_DATES)
def test_not_a_date(text: str) -> None:
    assert read_date(text) is None


def test_find_dates_gives_spans_and_the_impossible_ones() -> None:
    text = "Chỉ thị số 5 ngày 07/4/2014; họp từ 01-15/3/2024, ngày 31/02/2024 và 3.5.2024."
    found = [(text[f.start : f.end], f.value) for f in find_dates(text)]
    assert found == [
        ("ngày 07/4/2014", date(2014, 4, 7)),
        ("15/3/2024", date(2024, 3, 15)),
        ("ngày 31/02/2024", None),
        ("3.5.2024", date(2024, 5, 3)),
    ]


def test_spans_of_decomposed_text_are_its_own() -> None:
    text = unicodedata.normalize("NFD", "Họp ngày 25 tháng 10 năm 2024 tại xã")
    (found,) = find_dates(text)
    assert unicodedata.normalize("NFC", text[found.start : found.end]) == "ngày 25 tháng 10 năm 2024"


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.sampled_from("/.-"))
def test_every_day_is_read_back(day: date, mark: str) -> None:
    assert read_date(f"{day.day}{mark}{day.month}{mark}{day.year}") == day
    assert read_date(f"ngày {day.day:02} tháng {day.month:02} năm {day.year}") == day


@given(st.text())
def test_spans_lie_in_any_text(text: str) -> None:
    for found in find_dates(text):
        assert 0 <= found.start < found.end <= len(text)


@given(st.text())
def test_folding_keeps_the_way_back(text: str) -> None:
    folded = fold(text)
    start, end = folded.span(0, len(folded.text))
    assert (start, end) == (0, len(text))
