"""Names as people type them: without accents, abbreviated, in any case."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.rulebook import load
from extractors.vietnamese.letters import plain, search_key
from pipeline.spelling import meant, spellings

TYPED = [
    ("UBND tinh Ha Nam", "uy ban nhan dan tinh ha nam"),
    ("ubnd tp hai phong", "uy ban nhan dan thanh pho hai phong"),
    ("hdnd xa hoa binh", "hoi dong nhan dan xa hoa binh"),
    ("so gd&dt tinh an khe", "so giao duc va dao tao tinh an khe"),
    ("so gddt", "so giao duc va dao tao"),
    ("so gd va dt", "so giao duc va dao tao"),
    ("Hội đồng TĐKT tỉnh", "hoi dong thi dua khen thuong tinh"),
    ("vp ubnd tinh", "van phong uy ban nhan dan tinh"),
    ("so tp ha nam", "so tu phap ha nam"),
    ("truong thpt hoa mai", "truong trung hoc pho thong hoa mai"),
    ("so tu phap", "so tu phap"),
    ("ubnd xa cat tien", "uy ban nhan dan xa cat tien"),
    ("truong chinh tri", "truong chinh tri"),
    ("", ""),
]


@pytest.mark.parametrize(("typed", "in_full"), TYPED)
def test_abbreviations_are_written_out_without_accents_too(typed: str, in_full: str) -> None:
    assert (spellings(typed)[0], spellings(typed)[-1]) == (search_key(typed), in_full)


@pytest.mark.parametrize("entry", load("abbreviations"), ids=lambda entry: entry["short"][0])
def test_every_example_of_the_rules_is_understood_in_capitals_without_accents(
    entry: dict[str, object],
) -> None:
    short, full = entry["example"]  # type: ignore[misc]
    typed = "".join(plain(ch).upper() if ch.isupper() else plain(ch) for ch in short)
    assert search_key(full) in spellings(typed)


def test_a_name_as_it_stands_comes_before_what_it_may_be_short_for() -> None:
    assert meant("TC", ["TC", "Tài chính"]) == ["TC"]
    assert meant("ubnd xa hoa binh", ["Ủy ban nhân dân xã Hòa Bình", "UBND xã Hóa Bình"]) == [
        "UBND xã Hóa Bình"
    ]
    assert meant("nobody", ["UBND"]) == []


@given(st.text(max_size=60))
def test_any_text_has_spellings(text: str) -> None:
    assert spellings(text)[0] == search_key(text)
