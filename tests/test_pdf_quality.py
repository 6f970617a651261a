"""When a page's text layer is given up, and when not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.parsers.pdf_quality import possible_syllable, text_layer_quality, token_kinds


def words_of(text: str) -> list[str]:
    return text.split()


GOOD = words_of(
    "Thực hiện Nghị quyết số 12-NQ/TU ngày 05/3/2030 của Ban Thường vụ Huyện ủy, UBND huyện xây dựng "
    "kế hoạch tổ chức phong trào thi đua yêu nước, khuyến khích các quý cơ quan, gìn giữ môi trường "
    "xanh"
)
ENGLISH = words_of(
    "The company shall provide the annual report on environmental protection and the list of "
    "equipment used for research in the region with the support of experts from the university"
)
CODES = words_of("THCS THPT UBND HĐND GDĐT CB-GV-NV A1.2 B7/09 KH-VHTT 3D mm2 USB PDF http://mau.vn a@b.vn")
PLAIN = words_of(
    "Uy ban nhan dan xa phoi hop voi cac phong chuyen mon to chuc ra soat danh gia ket qua thuc hien "
    "phong trao thi dua yeu nuoc kip thoi bieu duong cac tap the va ca nhan co thanh tich xuat sac "
    "trong nam hoc nay"
)
TCVN3 = words_of(
    "Uû ban nh©n d©n huyÖn tæ chøc phong trµo thi ®ua yªu n\xadíc vµ ®¸nh gi¸ kÕt qu¶ thùc hiÖn c¸c "
    "nhiÖm vô ®\xadîc giao trong n¨m häc míi cña c¸c tr\xadêng"
)
VNI = words_of(
    "UÛy ban nhaân daân huyeän toå chöùc phong traøo thi ñua yeâu nöôùc vaø ñaùnh giaù keát quaû "
    "thöïc hieän caùc nhieäm vuï ñöôïc giao trong naêm hoïc môùi"
)


def by_glyph(text: str) -> str:
    """Text as it comes out of a font without a map to Unicode: glyph numbers in place of letters."""
    return "".join(
        chr(ord(c) - 29) if "A" <= c <= "z" else chr(0x4A0 + ord(c) % 64) if c > "~" else c for c in text
    )


GARBLED = [by_glyph(word) for word in GOOD]


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (GOOD, None),
        (GOOD + CODES, None),
        (ENGLISH * 2, None),
        (CODES * 3, None),
        (["1", "2,5", "100%", "-", "..."] * 30, None),
        (PLAIN * 2, "no-accents"),
        (GOOD + PLAIN, None),
        (TCVN3, "garbled"),
        (VNI, "garbled"),
        (GARBLED, "garbled"),
        ([w[:1] + "\ue00c" + w[1:] for w in GOOD], "garbled"),
        (["\ufffd" + w for w in GOOD], "garbled"),
        ([], None),
    ],
    ids=[
        "good",
        "codes",
        "english",
        "abbreviations",
        "numbers",
        "plain",
        "half-plain",
        "tcvn3",
        "vni",
        "garbled",
        "private",
        "replaced",
        "empty",
    ],
)
def test_reason(words: list[str], reason: str | None) -> None:
    assert text_layer_quality(words).reason == reason


def test_old_fonts_are_named() -> None:
    assert text_layer_quality(TCVN3, fonts=["ABCDEF+.VnTime"]).reason == "legacy-encoding"
    assert text_layer_quality(GOOD, fonts=[".VnTime"]).reason is None


@pytest.mark.parametrize(
    ("words", "picture", "paths", "reason"),
    [
        ([], 1.0, 0, "no-text"),
        ([], 0.3, 0, "no-text"),
        ([], 0.0, 500, "no-text"),
        ([], 0.0, 3, None),
        (["2"], 1.0, 0, "no-text"),
        (["Ký", "bởi:", "UBND"], 0.9, 0, "stamp-only"),
        (["Ký", "bởi:", "UBND"], 0.2, 0, None),
        (GOOD * 5, 1.0, 0, None),
    ],
    ids=["scan", "picture", "outlines", "blank", "number", "stamp", "figure", "read-scan"],
)
def test_pictures(words: list[str], picture: float, paths: int, reason: str | None) -> None:
    assert text_layer_quality(words, picture, paths).reason == reason


def test_some_damage_is_told_but_read() -> None:
    damaged = GOOD * 3 + ["thng", "nhấấn", "đưýc", "ph·p", "liÍn", "quyÕt", "hiÖn", "c¸c", "tæchøc"]
    quality = text_layer_quality(damaged)
    assert quality.usable and quality.doubtful
    assert not text_layer_quality(GOOD).doubtful


@pytest.mark.parametrize(
    "word",
    [
        "nghiêng",
        "khuya",
        "quyết",
        "giữ",
        "gìn",
        "hoà",
        "hòa",
        "uỷ",
        "ủy",
        "thuở",
        "yêu",
        "oanh",
        "xoong",
        "quý",
        "rượu",
        "chuyến",
        "tuyên",
        "đẩy",
        "khuỷu",
        "ngoằn",
        "a",
        "ở",
        "y",
    ],
)
def test_possible(word: str) -> None:
    assert possible_syllable(word)


@pytest.mark.parametrize("word", ["nhaân", "thng", "strong", "hieän", "liÍn", "đưýc", "ptt", "bcdg", "tổnǵ"])
def test_impossible(word: str) -> None:
    assert not possible_syllable(word)


@given(st.text(max_size=40))
def test_any_token_is_judged(token: str) -> None:
    assert set(token_kinds(token)) <= {"good", "plain", "other", "bad"}
    text_layer_quality(token.split())
