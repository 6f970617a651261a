"""Bytes to text: Unicode in its forms, and the codes of old files."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.vietnamese.legacy import encoded
from pipeline.parsers.encodings import clean, decode
from pipeline.parsers.limits import Limits

TEXT = "Kế hoạch trồng cây của ủy ban nhân dân xã, đợt một: những việc phải làm ngay trong quý này."
VNI_BYTES = "Keá hoaïch troàng caây cuûa uûy ban nhaân daân xaõ, ñôït moät: nhöõng vieäc phaûi laøm"


def tcvn3(text: str) -> bytes:
    return encoded(text, "tcvn3").encode("latin-1")


def windows_1258(text: str) -> bytes:
    """Letters with their tone marks apart, as windows-1258 keeps them."""
    found = []
    for ch in text:
        try:
            found.append(ch.encode("cp1258"))
        except UnicodeEncodeError:
            decomposed = unicodedata.normalize("NFD", ch)
            tone = next(mark for mark in decomposed if mark in "\u0300\u0301\u0303\u0309\u0323")
            base = unicodedata.normalize("NFC", decomposed.replace(tone, ""))
            found.append(base.encode("cp1258") + tone.encode("cp1258"))
    return b"".join(found)


UNICODE = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]


@pytest.mark.parametrize("encoding", UNICODE)
def test_unicode(encoding: str) -> None:
    decoded = decode(TEXT.encode(encoding), Limits())
    assert (decoded.text, decoded.diagnostics) == (TEXT, ())


LEGACY = {
    "tcvn3": (tcvn3(TEXT), TEXT),
    "windows-1258": (windows_1258(TEXT), TEXT),
    "vni": (VNI_BYTES.encode("cp1252"), TEXT[: TEXT.index(" ngay")]),
}


@pytest.mark.parametrize(
    ("encoding", "data", "wanted"), [(e, *case) for e, case in LEGACY.items()], ids=LEGACY.keys()
)
def test_old_codes_are_told_by_their_syllables(encoding: str, data: bytes, wanted: str) -> None:
    decoded = decode(data, Limits())
    assert (decoded.text, decoded.encoding) == (wanted, encoding)


def test_an_unknown_code_is_said() -> None:
    decoded = decode(b"caf\xe9 \xa4\xa6\xbc fa\xe7ade stra\xdfe \xf8re gar\xe7on \xc6on", Limits())
    assert decoded.encoding == "windows-1252"
    assert [d.code for d in decoded.diagnostics] == ["encoding-unknown"]


def test_a_few_bad_bytes_do_not_spoil_the_rest() -> None:
    decoded = decode(TEXT.encode() * 3 + b"\xff.", Limits())
    assert decoded.text.startswith(TEXT) and decoded.text.endswith("\ufffd.")
    assert [d.code for d in decoded.diagnostics] == ["encoding-damaged"]


CLEAN = {
    "decomposed": ("hoa\u0323ch", "hoạch"),
    "controls": ("a\x00\x07b\x1f\x7fc\x9f", "abc"),
    "line ends": ("a\r\nb\rc\x0bd\x85e\u2028f", "a\nb\nc\nd\ne\nf"),
    "tab and form feed stay": ("a\tb\fc", "a\tb\fc"),
    "a letter and its mark parted by an invisible mark": ("a\u200b\u0301", "á"),
    "old letters": ("ƣ\u0301 Ð", "ứ Đ"),
    "no-break space": ("a\xa0b", "a b"),
    "half a surrogate pair": ("a\ud800b", "ab"),
}


@pytest.mark.parametrize(("text", "wanted"), CLEAN.values(), ids=CLEAN.keys())
def test_clean(text: str, wanted: str) -> None:
    assert clean(text) == wanted


@settings(max_examples=300, deadline=None)
@given(st.text())
def test_clean_is_nfc_and_done_once(text: str) -> None:
    once = clean(text)
    assert unicodedata.is_normalized("NFC", once)
    assert clean(once) == once


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from([None, "utf-8", "latin-1", "gb18030", "nonsense", "\x00", "base64"]),
)
def test_any_bytes_decode(data: bytes, declared: str | None) -> None:
    assert unicodedata.is_normalized("NFC", decode(data, Limits(), declared).text)
