"""Document numbers in their normal form; the examples of types."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.doc_types import read_type_line, type_of_symbol
from extractors.numbers import SYMBOL, normalise_number, parse_symbol
from extractors.rulebook import load

NUMBERS = [
    ("Số: 412 /KH-UBND", "412/KH-UBND", "KH-UBND"),
    ("0412/KH–UBND", "412/KH-UBND", "KH-UBND"),
    ("7/KH-TTra", "07/KH-TTra", "KH-TTra"),
    ("003/KH-MNHS", "03/KH-MNHS", "KH-MNHS"),
    ("Số: 06 /KH - THBK", "06/KH-THBK", "KH-THBK"),
    ("Số 88-KH/TU", "88-KH/TU", "KH/TU"),
    ("30 - KH/HU", "30-KH/HU", "KH/HU"),
    ("12-KH/ĐU", "12-KH/ĐU", "KH/ĐU"),
    ("141/KH-SGD&ĐT", "141/KH-SGD&ĐT", "KH-SGD&ĐT"),
    ("88/KH-SYT-CĐN", "88/KH-SYT-CĐN", "KH-SYT-CĐN"),
    ("9/KH-CAT(PV01)", "09/KH-CAT(PV01)", "KH-CAT(PV01)"),
    ("30/2020/NĐ-CP", "30/2020/NĐ-CP", "NĐ-CP"),
    ("06/2022/QH15", "06/2022/QH15", "QH15"),
    ("30c/NQ-CP", "30c/NQ-CP", "NQ-CP"),
    ("1.285/KH-UBND", "1285/KH-UBND", "KH-UBND"),
    ("12.285/KH-UBND", "12285/KH-UBND", "KH-UBND"),
    ("27 KH/HĐTN", "27-KH/HĐTN", "KH/HĐTN"),
    ("Số: 8 KH/TĐTN-PT", "08-KH/TĐTN-PT", "KH/TĐTN-PT"),
    ("27 KH-UBND", "27/KH-UBND", "KH-UBND"),
    ("733/QĐ/TTg", "733/QĐ/TTg", "QĐ/TTg"),
    ("Số:       /KH-UBND", None, "KH-UBND"),
    ("Số: ….../KH-SNV", None, "KH-SNV"),
    ("Số    -KH/TU", None, "KH/TU"),
]


@pytest.mark.parametrize(("printed", "number", "notation"), NUMBERS, ids=[n[0] for n in NUMBERS])
def test_number_and_notation(printed: str, number: str | None, notation: str) -> None:
    symbol = parse_symbol(printed)
    assert symbol is not None
    assert (symbol.number, symbol.notation) == (number, notation)


@pytest.mark.parametrize(
    ("printed", "form", "type_", "organ"),
    [
        ("412/KH-UBND", "administrative", "KH", "UBND"),
        ("88-KH/TU", "party", "KH", "TU"),
        ("30/2020/NĐ-CP", "legal", "NĐ", "CP"),
        ("06/2022/QH15", "legal", None, "QH"),
        ("05/BNV-VP", "administrative", None, "BNV-VP"),
        ("733/QĐ/TTg", "other", "QĐ", "TTg"),
        ("1961/QĐUBND", "other", None, None),
        ("15", "other", None, None),
    ],
)
def test_form_type_and_organ(printed: str, form: str, type_: str | None, organ: str | None) -> None:
    symbol = parse_symbol(printed)
    assert symbol is not None
    assert (symbol.form, symbol.type, symbol.organ) == (form, type_, organ)
    assert symbol.well_formed == (form != "other")


@pytest.mark.parametrize("text", ["", "Số:", "….", "kế hoạch", "ngày 12/5/2024 abc"])
def test_no_number(text: str) -> None:
    assert parse_symbol(text) is None


def test_joint_plan_is_a_plan() -> None:
    symbol = parse_symbol("15/KHLT-SNV-STC")
    assert symbol is not None
    assert symbol.doc_type == "KH"


@given(st.text(max_size=60))
def test_never_raises_and_is_stable(text: str) -> None:
    number = normalise_number(text)
    if number is not None:
        assert normalise_number(number) == number


@given(st.text(alphabet=" .…_/-KHUBND0123456789", max_size=400))
def test_symbols_in_hostile_text(text: str) -> None:
    for found in SYMBOL.finditer(text):
        assert found.group("notation")[0].isupper()


# --- types ------------------------------------------------------------------------------------


HEADLINES = [(e["abbr"], x) for e in load("doc_types") if e.get("headline", True) for x in e["examples"]]
IN_SYMBOLS = [(e["abbr"], x) for e in load("doc_types") if not e.get("headline", True) for x in e["examples"]]


@pytest.mark.parametrize(("abbr", "example"), HEADLINES, ids=[x for _, x in HEADLINES])
def test_examples_of_type_lines(abbr: str, example: str) -> None:
    line = read_type_line(example)
    assert line is not None
    assert (line.abbr, line.capitals) == (abbr, True)


@pytest.mark.parametrize(("abbr", "example"), IN_SYMBOLS, ids=[x for _, x in IN_SYMBOLS])
def test_examples_of_types_in_symbols(abbr: str, example: str) -> None:
    symbol = parse_symbol(example)
    assert symbol is not None
    assert symbol.type == abbr


@pytest.mark.parametrize(
    ("text", "exact", "rest"),
    [
        ("KẾ HOẠCH", True, ""),
        ("(DỰ THẢO) KẾ HOẠCH", True, ""),
        ("KẾ HOẠCH (dự thảo)", True, ""),
        ("K Ế   H O Ạ C H", True, ""),
        ("KẾ HOẠCH TỔ CHỨC HỘI THI", False, "TỔ CHỨC HỘI THI"),
        ("KẾ HOẠCH: Tổ chức hội thi", False, "Tổ chức hội thi"),
        ("KẾ HOẠCH LIÊN TỊCH", True, ""),
    ],
)
def test_rest_of_the_type_line(text: str, exact: bool, rest: str) -> None:
    line = read_type_line(text)
    assert line is not None
    assert (line.exact, text[line.rest :]) == (exact, rest)


@pytest.mark.parametrize("text", ["KẾ HOẠCH VÀ ĐẦU TƯ", "SỞ KẾ HOẠCH", "kế hoạch năm", "KẾ HOẠCHA"])
def test_no_type_line(text: str) -> None:
    assert read_type_line(text) is None


def test_types_of_symbols() -> None:
    assert type_of_symbol("KHPH") == "KH"
    assert type_of_symbol("SNV") is None
