"""Automatic numbers of Word as they are printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.parsers.docx_numbering import written
from tests.docx_files import p, read, rows, tbl, texts, tr


def lvl(depth: int, form: str, text: str, more: str = "", font: str = "") -> str:
    look = f'<w:rPr><w:rFonts w:ascii="{font}"/></w:rPr>' if font else ""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/>{more}{look}</w:lvl>'
    )


def numbering(*levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> str:
    return f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{nums}'


def item(text: str, depth: int = 0, num: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{num}"/></w:numPr>')


PLAN = numbering(
    lvl(0, "upperRoman", "%1."), lvl(1, "decimal", "%2."), lvl(2, "lowerLetter", "%3)"), lvl(3, "bullet", "-")
)
OUTLINE = numbering(lvl(0, "decimal", "%1."), lvl(1, "decimal", "%1.%2."), lvl(2, "decimal", "%1.%2.%3."))


def test_levels_of_a_plan() -> None:
    body = "".join(
        item(text, depth)
        for text, depth in [
            ("Mục đích", 0),
            ("Mục đích", 1),
            ("Nêu cao", 3),
            ("Yêu cầu", 1),
            ("Nội dung", 0),
            ("Quý I", 1),
            ("sơ kết", 2),
            ("tổng kết", 2),
            ("Quý II", 1),
            ("phát động", 2),
        ]
    )
    assert texts(read(body, numbering=PLAN)) == [
        "I. Mục đích",
        "1. Mục đích",
        "- Nêu cao",
        "2. Yêu cầu",
        "II. Nội dung",
        "1. Quý I",
        "a) sơ kết",
        "b) tổng kết",
        "2. Quý II",
        "a) phát động",
    ]


def test_places_of_all_levels() -> None:
    body = item("a") + item("b", 1) + item("c", 2) + item("d", 2) + item("e", 1) + item("f") + item("g", 1)
    expected = ["1. a", "1.1. b", "1.1.1. c", "1.1.2. d", "1.2. e", "2. f", "2.1. g"]
    assert texts(read(body, numbering=OUTLINE)) == expected


@pytest.mark.parametrize(
    ("levels", "body", "expected"),
    [
        pytest.param([lvl(0, "decimal", "Điều %1.")], item("Đối tượng"), ["Điều 1. Đối tượng"], id="words"),
        pytest.param(
            [lvl(0, "decimal", "%1", '<w:suff w:val="nothing"/>')], item("/ Mục"), ["1/ Mục"], id="no suffix"
        ),
        pytest.param(
            [lvl(0, "decimal", "%1.", '<w:suff w:val="space"/>')], item("Mục"), ["1. Mục"], id="space suffix"
        ),
        pytest.param([lvl(0, "none", "")], item("Mục"), ["Mục"], id="no number"),
        pytest.param([lvl(0, "decimalZero", "%1.")], item("Mục"), ["01. Mục"], id="leading zero"),
        pytest.param(
            [lvl(0, "bullet", "\uf0b7", font="Symbol")], item("Mục"), ["- Mục"], id="bullet of Symbol"
        ),
        pytest.param(
            [lvl(0, "bullet", "\uf0d8", font="Wingdings")], item("Mục"), ["- Mục"], id="bullet of Wingdings"
        ),
        pytest.param([lvl(0, "bullet", "–")], item("Mục"), ["- Mục"], id="dash"),
        pytest.param([lvl(0, "bullet", "+")], item("Mục"), ["+ Mục"], id="plus"),
        pytest.param([lvl(0, "bullet", "*")], item("Mục"), ["* Mục"], id="star"),
        pytest.param(
            [lvl(0, "bullet", "\uf02d", font="Symbol")], item("Mục"), ["- Mục"], id="dash of Symbol"
        ),
        pytest.param(
            [lvl(0, "bullet", "•"), lvl(1, "bullet", "o", font="Courier New")],
            item("a") + item("b", 1),
            ["- a", "+ b"],
            id="bullet below a bullet",
        ),
        pytest.param(
            [lvl(0, "upperRoman", "%1."), lvl(1, "decimal", "%1.%2.", "<w:isLgl/>")],
            item("a") + item("b") + item("c", 1),
            ["I. a", "II. b", "2.1. c"],
            id="legal style",
        ),
        pytest.param(
            [lvl(0, "upperRoman", "%1."), lvl(1, "decimal", "%2.", '<w:lvlRestart w:val="0"/>')],
            item("a") + item("b", 1) + item("c") + item("d", 1),
            ["I. a", "1. b", "II. c", "2. d"],
            id="level that never restarts",
        ),
        pytest.param(
            [
                lvl(0, "upperRoman", "%1."),
                lvl(1, "decimal", "%2."),
                lvl(2, "lowerLetter", "%3)", '<w:lvlRestart w:val="1"/>'),
            ],
            item("a") + item("b", 1) + item("c", 2) + item("d", 1) + item("e", 2) + item("f") + item("g", 2),
            ["I. a", "1. b", "a) c", "2. d", "b) e", "II. f", "a) g"],
            id="level that restarts after the first only",
        ),
        pytest.param(
            [lvl(0, "decimal", "%1."), lvl(1, "decimal", "%1.%2.")],
            item("a", 1),
            ["1.1. a"],
            id="level above unused",
        ),
        pytest.param([lvl(0, "decimal", "%1.")], item("a", 5), ["a"], id="level not defined"),
        pytest.param([lvl(0, "decimal", "%1.")], item("a", num=7), ["a"], id="list not defined"),
        pytest.param(
            [lvl(0, "decimal", "%1.")], item("a", num=0) + item("b"), ["a", "1. b"], id="numbering taken away"
        ),
        pytest.param([lvl(0, "bullet", "-")], item("") + item("a"), ["- a"], id="bullet without text"),
        pytest.param(
            [lvl(0, "decimal", "%1.")], item("") + item("a"), ["1.", "2. a"], id="number without text"
        ),
    ],
)
def test_level(levels: list[str], body: str, expected: list[str]) -> None:
    assert texts(read(body, numbering=numbering(*levels))) == expected


TWO = (
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/>{}</w:num>'
)


@pytest.mark.parametrize(
    ("override", "expected"),
    [
        pytest.param("", ["1. a", "2. b", "3. c", "4. d"], id="two uses of a list go on"),
        pytest.param(
            '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>',
            ["1. a", "1. b", "2. c", "3. d"],
            id="restart",
        ),
        pytest.param(
            '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>',
            ["1. a", "5. b", "6. c", "7. d"],
            id="restart at five",
        ),
        pytest.param(
            f'<w:lvlOverride w:ilvl="0">{lvl(0, "lowerLetter", "%1)")}</w:lvlOverride>',
            ["1. a", "b) b", "c) c", "4. d"],
            id="level of its own",
        ),
    ],
)
def test_overrides(override: str, expected: list[str]) -> None:
    body = item("a") + item("b", num=2) + item("c", num=2) + item("d")
    parts = numbering(lvl(0, "decimal", "%1."), nums=TWO.format(override))
    assert texts(read(body, numbering=parts)) == expected


STYLES = """
<w:style w:type="paragraph" w:styleId="Muc"><w:name w:val="Muc"/>
  <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Tieu"><w:name w:val="Tieu"/><w:basedOn w:val="Muc"/></w:style>
<w:style w:type="numbering" w:styleId="Kieu"><w:name w:val="Kieu"/>
  <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
"""


def test_numbers_by_style_and_its_level() -> None:
    parts = numbering(
        lvl(0, "upperRoman", "%1.", '<w:pStyle w:val="Muc"/>'),
        lvl(1, "decimal", "%2.", '<w:pStyle w:val="Tieu"/>'),
    )
    body = "".join(p(t, f'<w:pStyle w:val="{s}"/>') for t, s in [("a", "Muc"), ("b", "Tieu"), ("c", "Muc")])
    off = p("d", '<w:pStyle w:val="Muc"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    assert texts(read(body + off, numbering=parts, styles=STYLES)) == ["I. a", "1. b", "II. c", "d"]


def test_list_defined_by_a_numbering_style() -> None:
    parts = numbering(
        lvl(0, "decimal", "%1)"),
        nums='<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="Kieu"/></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>',
    )
    assert texts(read(item("a", num=2), numbering=parts, styles=STYLES)) == ["1) a"]


def test_custom_format_with_zeros() -> None:
    custom = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><mc:AlternateContent><mc:Choice Requires="w14">'
        '<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/>'
        '</mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
        '<w:lvlText w:val="%1"/></w:lvl>'
    )
    assert texts(read(item("a"), numbering=numbering(custom))) == ["001 a"]


def test_number_alone_in_a_cell() -> None:
    table = tbl(tr("TT", "Việc"), *(tr(f"<w:tc>{item('')}</w:tc>", t) for t in ("một", "hai")))
    document = read(table, numbering=numbering(lvl(0, "decimal", "%1.")))
    assert rows(document) == [["TT", "Việc"], ["1.", "một"], ["2.", "hai"]]


def test_deleted_paragraph_is_not_counted() -> None:
    gone = p("", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr>')
    parts = numbering(lvl(0, "decimal", "%1."))
    assert texts(read(item("a") + gone + item("b"), numbering=parts)) == ["1. a", "2. b"]


def test_indent_comes_from_the_list() -> None:
    parts = numbering(lvl(0, "decimal", "%1.", '<w:pPr><w:ind w:left="720" w:hanging="360"/></w:pPr>'))
    paragraph = next(read(item("a"), numbering=parts).paragraphs())
    assert paragraph.indent == 18.0


def test_number_is_no_vote_on_the_look() -> None:
    parts = numbering(lvl(0, "decimal", "Nhiệm vụ số %1:"))
    body = p("ít", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>', "<w:b/>")
    assert next(read(body, numbering=parts).paragraphs()).style.bold is True


@pytest.mark.parametrize(
    ("value", "form", "expected"),
    [
        (4, "upperRoman", "IV"),
        (1999, "lowerRoman", "mcmxcix"),
        (26, "lowerLetter", "z"),
        (27, "lowerLetter", "aa"),
        (53, "upperLetter", "AAA"),
        (7, "decimalZero", "07"),
        (12, "ordinal", "12th"),
        (22, "ordinal", "22nd"),
        (3, "decimalEnclosedParen", "(3)"),
        (2, "numberInDash", "- 2 -"),
        (5, "chicago", "5"),
        (5, "none", ""),
        (0, "upperRoman", "0"),
        (5000, "upperRoman", "5000"),
        (0, "lowerLetter", "0"),
    ],
)
def test_written(value: int, form: str, expected: str) -> None:
    assert written(value, form) == expected


VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}


@given(st.integers(1, 3999))
def test_roman_numbers_read_back(value: int) -> None:
    digits = [VALUES[ch] for ch in written(value, "upperRoman")]
    total = sum(-d if any(e > d for e in digits[i + 1 : i + 2]) else d for i, d in enumerate(digits))
    assert total == value


@given(st.integers(1, 200))
def test_letters_repeat_after_z(value: int) -> None:
    letters = written(value, "lowerLetter")
    assert len(set(letters)) == 1
    assert (len(letters) - 1) * 26 + ord(letters[0]) - ord("a") + 1 == value


@given(st.text(), st.text(max_size=12), st.integers(-(10**9), 10**9), st.text(max_size=8))
def test_odd_definitions_never_raise(text: str, form: str, start: int, depth: str) -> None:
    from xml.sax.saxutils import quoteattr

    allowed = "".join(ch for ch in text if ch.isprintable())
    level = (
        f'<w:lvl w:ilvl="0"><w:start w:val="{start}"/><w:numFmt w:val={quoteattr(printable(form))}/>'
        f"<w:lvlText w:val={quoteattr(allowed)}/></w:lvl>"
    )
    numbered = f'<w:numPr><w:ilvl w:val={quoteattr(printable(depth))}/><w:numId w:val="1"/></w:numPr>'
    assert "chữ" in read(p("chữ", numbered), numbering=numbering(level)).text


def printable(text: str) -> str:
    return "".join(ch for ch in text if ch.isprintable() and ch not in "\ufffe\uffff")
