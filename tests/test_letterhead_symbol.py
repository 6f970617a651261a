"""A recognised number and its symbol: held against the letterhead's bodies, and read twice in an annex."""

from __future__ import annotations

import pytest

from extractors.building import DocumentBuilder, RawLine, RawParagraph, RawWord
from extractors.document import Alternative, Document, Page
from extractors.letterhead_number import NumberLine, read_number
from extractors.zones import find_zones

FOOT = [
    "KẾ HOẠCH",
    "Tổ chức hội thi năm 2024",
    "I. NỘI DUNG",
    "Các đơn vị thực hiện.",
    "GIÁM ĐỐC",
    "Lê Văn An",
]
INFORMATION = ["UBND TỈNH SƠN LA", "SỞ THÔNG TIN VÀ TRUYỀN THÔNG"]


def read(
    bodies: list[str], number: str, confidence: float, *annex: str, method: str = "ocr", rival: str = ""
) -> NumberLine:
    builder = DocumentBuilder("application/pdf")
    builder.page(Page(1, 0, "ocr" if method == "ocr" else "text"))
    for line in (*bodies, f"Số: {number}", *FOOT, *annex):
        words = tuple(
            RawWord(
                w,
                None,
                (confidence if w == number else 0.96) if method == "ocr" else None,
                (Alternative(rival, 0.8),) if rival and w == number else (),
            )
            for w in line.split()
        )
        builder.paragraph(RawParagraph((RawLine(line, words=words),)))
    document: Document = builder.build()
    return read_number(document, find_zones(document))


def value(line: NumberLine) -> str | None:
    return line.number.value if line.number else None


@pytest.mark.parametrize(
    ("bodies", "symbol"),
    [
        (INFORMATION, "KH-STTTT"),
        (["UBND TỈNH SƠN LA", "HỘI ĐỒNG THI ĐUA - KHEN", "THƯỞNG"], "KH-HĐTĐKT"),
        (["THANH TRA TỈNH SƠN LA"], "KH-TTr"),
        (["THANH TRA TỈNH SƠN LA"], "KH-TTra"),
        (["ỦY BAN NHÂN DÂN", "TỈNH SƠN LA"], "KH-UBND"),
    ],
)
def test_a_symbol_that_names_the_letterheads_body_lends_trust(bodies: list[str], symbol: str) -> None:
    assert value(read(bodies, f"19/{symbol}", 0.86)) == f"19/{symbol}"
    assert value(read(bodies, f"19/{symbol}", 0.8)) is None
    assert value(read(["UBND TỈNH SƠN LA", "SỞ Y TẾ"], "19/KH-KTNN", 0.86)) is None


@pytest.mark.parametrize(
    ("bodies", "symbol", "meant"),
    [
        (INFORMATION, "KH-STTTI", "KH-STTTT"),
        (INFORMATION, "KH-S1TTT", "KH-STTTT"),
        (INFORMATION, "KH-STTT", "KH-STTTT"),  # one of a run of like letters is lost
        (INFORMATION, "KH-STTI", "KH-STTTT"),
        (INFORMATION, "KH-STT", "KH-STTTT"),
        (["BAN CHỈ ĐẠO THÔNG TIN TỈNH"], "KH-BCĐTT", "KH-BCĐTT"),  # tỉnh is no part of it
        (["SỞ THÔNG TIN VÀ TRUYỀN THÔNG TỈNH SƠN LA"], "KH-STTTT", "KH-STTTT"),  # the line goes on otherwise
        (["ỦY BAN NHÂN DÂN", "TỈNH SƠN LA"], "KH-UBNĐ", "KH-UBND"),
        (["ỦY BAN NHÂN DÂN", "TỈNH SƠN LA"], "KH-UBND", "KH-UBND"),
        (["UBND TỈNH SƠN LA", "SỞ TÀI CHÍNH"], "KH-SIC", "KH-SIC"),  # three letters: too few to tell
        (INFORMATION, "KH-STTNN", "KH-STTNN"),  # no misreading of strokes
    ],
)
def test_letters_of_a_symbol_are_settled_by_the_bodies(bodies: list[str], symbol: str, meant: str) -> None:
    line = read(bodies, f"19/{symbol}", 0.95)
    assert value(line) == f"19/{meant}"
    assert line.text is not None and line.text.value.endswith(symbol)  # as it was read
    assert ("settled-symbol" in {note.code for note in line.diagnostics}) == (symbol != meant)


SCHOOL = ["SỞ GD&ĐT SƠN LA", "TRƯỜNG THPT NGUYỄN HUỆ"]


@pytest.mark.parametrize(
    ("bodies", "symbol", "rival", "meant"),
    [
        (SCHOOL, "KH-THPTN", "KH-THPTNH", "KH-THPTNH"),  # its end was cut off
        (SCHOOL, "KH-THPTNH", "KH-THPTN", "KH-THPTNH"),
        (SCHOOL, "KH-THPTNB", "KH-THPTNH", "KH-THPTNH"),  # one of them is the body's
        (["SỞ Y TẾ SƠN LA"], "KH-KTN", "KH-KTNN", None),  # no body settles it
        (["SỞ Y TẾ SƠN LA"], "KH-KTNN", "KHKTNN", "KH-KTNN"),  # no symbol at all
        (INFORMATION, "KH-STTTT", "KH-STTTI", "KH-STTTT"),
        (["THANH TRA TỈNH SƠN LA"], "KH-TTr", "KH-TTe", "KH-TTr"),
        (["SỞ Y TẾ SƠN LA"], "QĐ-KTNN", "KH-KTNN", None),
    ],
)
def test_letters_that_two_readings_spell_differently_are_the_bodys_or_null(
    bodies: list[str], symbol: str, rival: str, meant: str | None
) -> None:
    line = read(bodies, f"19/{symbol}", 0.93, rival=f"19/{rival}")
    assert value(line) == (f"19/{meant}" if meant else None)
    codes = {note.code for note in line.diagnostics}
    assert ("unsure-number" in codes) == (meant is None)
    assert ("settled-symbol" in codes) == (meant not in (None, symbol))


def test_a_text_layers_symbol_is_as_printed() -> None:
    assert value(read(INFORMATION, "19/KH-STTTI", 0.0, method="text")) == "19/KH-STTTI"


@pytest.mark.parametrize(
    ("annex", "number"),
    [
        ("(Kèm theo Kế hoạch số 415 /KH-KTNN ngày 10/3/2024)", "415/KH-KTNN"),
        ("(Kèm theo Kế hoạch số 0415/KH-KTNN)", "415/KH-KTNN"),
        ("(Kèm theo Kế hoạch số 475/KH-KTNN)", None),
        ("(Kèm theo Kế hoạch số 1415/KH-KTNN)", None),
        ("(Kèm theo Kế hoạch số 415/KH-KTNNN)", None),
        ("Bốn trăm mười lăm", None),
    ],
)
def test_a_number_that_an_annex_repeats_is_read_twice(annex: str, number: str | None) -> None:
    assert value(read(["SỞ Y TẾ"], "415/KH-KTNN", 0.7, annex)) == number


def test_one_digit_proves_nothing() -> None:
    assert value(read(["SỞ Y TẾ"], "5/KH-KTNN", 0.7, "(Kèm theo Kế hoạch số 5/KH-KTNN)")) is None
