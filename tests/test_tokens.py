"""Tokens lose nothing, gazetteers find whatever the case, sentences and words cut what they claim."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.vietnamese.tokens import fold, gazetteer, nlp, sentences, syllables, words


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


VIETNAMESE = st.text(alphabet="aăâđeêioôơuưyÁẬƯởngtrhk .,;:-–()/\n\t0123456789", max_size=120)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Sở Nội vụ", ["Sở", "Nội", "vụ"]),
        ("GD&ĐT", ["GD", "&", "ĐT"]),
        ("7/2024", ["7", "/", "2024"]),
        ("Bà Rịa-Vũng Tàu", ["Bà", "Rịa", "-", "Vũng", "Tàu"]),
        ("lớp 4A", ["lớp", "4", "A"]),
        (nfd("huyện ủy"), [nfd("huyện"), nfd("ủy")]),
        ("", []),
        (" \n ", []),
    ],
)
def test_syllables(text: str, wanted: list[str]) -> None:
    assert [text[a:b] for a, b in syllables(text)] == wanted


@pytest.mark.parametrize(
    "text",
    ["", " ", "  a", "a  b", "a\nb ", "\n\n", "Sở Y tế, huyện.\tXã\u00a0A", "a \n b", "x" * 5000, " " * 3000],
)
def test_pipeline_is_lossless(text: str) -> None:
    assert nlp()(text).text == text


@given(st.one_of(st.text(max_size=80), VIETNAMESE))
@settings(max_examples=200, deadline=None)
def test_pipeline_is_lossless_for_any_text(text: str) -> None:
    assert nlp()(text).text == text


@pytest.mark.parametrize(("one", "other"), [("HOÀ", "hòa"), ("Uỷ", "ủy"), ("–", "-"), ("Thuý", "thúy")])
def test_fold_meets(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("qúy", "quy"), ("ban", "bàn"), ("tổ", "tố")])
def test_fold_keeps_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_gazetteer_takes_the_leftmost_longest() -> None:
    found = gazetteer([("a", "sở"), ("b", "sở y tế"), ("c", "y tế huyện")]).find("SỞ  Y\nTẾ huyện")
    assert [(h.label, h.start, h.end) for h in found] == [("b", 0, 8)]


def test_gazetteer_keeps_the_first_label_of_a_phrase() -> None:
    found = gazetteer([("first", "tổ chức"), ("second", "Tổ Chức")])
    assert found.phrase("TỔ CHỨC") == ("first", "tổ chức")
    assert found.at("các tổ chức", 4) is not None
    assert found.at("các tổ chức", 0) is None


@pytest.mark.parametrize("text", ["", "a" * 100_000, "\ud800 sở", "((((((((" * 500, "\u0301\u0301"])
def test_gazetteer_survives(text: str) -> None:
    assert all(text[h.start : h.end] for h in gazetteer([("x", "sở")]).find(text))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Sở họp. Phòng báo cáo.", ["Sở họp.", "Phòng báo cáo."]),
        ("Dòng một\nDòng hai", ["Dòng một", "Dòng hai"]),
        ("  ", []),
    ],
)
def test_sentences(text: str, wanted: list[str]) -> None:
    assert [text[a:b] for a, b in sentences(text)] == wanted


def test_words_join_syllables() -> None:
    text = "Các đơn vị  tổ chức hội nghị."
    assert [text[a:b] for a, b in words(text)] == ["Các", "đơn vị", "tổ chức", "hội nghị", "."]


def test_fixed_words_are_not_cut() -> None:
    text = "giao Sở Nội vụ chủ trì"
    assert "Sở Nội vụ" in [text[a:b] for a, b in words(text, fixed=("Sở Nội vụ",))]


def test_words_of_decomposed_text() -> None:
    composed = "Các đơn vị tổ chức hội nghị."
    text = nfd(composed)
    found = [unicodedata.normalize("NFC", text[a:b]) for a, b in words(text)]
    assert found == [composed[a:b] for a, b in words(composed)]


@given(st.one_of(st.text(max_size=60), VIETNAMESE))
@settings(max_examples=60, deadline=None)
def test_words_cover_the_text(text: str) -> None:
    spans = words(text)
    covered = {i for a, b in spans for i in range(a, b)}
    assert all(text[i].isspace() or unicodedata.combining(text[i]) or i in covered for i in range(len(text)))
    assert all(a < b for a, b in spans)
