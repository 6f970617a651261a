"""Text and Markdown: lines to paragraphs, marks to style, letterheads to sides."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from parsed import assert_sound, prose, tables

from extractors.document import Document, Paragraph
from pipeline.errors import EmptyFile, KehoachError, TooLarge, TooManyPages
from pipeline.parsers.limits import Limits
from pipeline.parsers.lines import is_rule
from pipeline.parsers.text import parse_text

LONG = "Các đơn vị trực thuộc phối hợp với nhà trường tổ chức trồng cây ở sân sau và dọc theo bờ"


def read(text: str, *, markdown: bool = False, limits: Limits | None = None) -> Document:
    return parse_text(text.encode(), limits or Limits(), markdown)


PARAGRAPHS = {
    "blank lines part paragraphs": ("Một.\n\nHai.\n\n\nBa.", ["Một.", "Hai.", "Ba."]),
    "a line a paragraph": (f"{LONG} ao.\nHai là giữ cây.\n", [f"{LONG} ao.", "Hai là giữ cây."]),
    "a sentence cut by blank lines": (f"{LONG}\n\n\nao, hồ.", [f"{LONG} ao, hồ."]),
    "a sentence cut by a page number": (f"{LONG}\n\n3\n\nao, hồ.", [f"{LONG} ao, hồ."]),
    "a sentence cut by a form feed": (f"{LONG}\n\fao, hồ.", [f"{LONG} ao, hồ."]),
    "a name after a form feed": (f"{LONG}\n\fHồng Hà.", [f"{LONG} Hồng Hà."]),
    "a symbol is no label": (f"{LONG} số\n12/KH-UBND.", [f"{LONG} số 12/KH-UBND."]),
    "a number goes on": (f"{LONG} trước ngày\n\n05/3/2024.", [f"{LONG} trước ngày 05/3/2024."]),
    "a finished sentence stays": (f"{LONG} ao.\n\nvà hồ", [f"{LONG} ao.", "và hồ"]),
    "a label is no continuation": (
        f"{LONG}\n\na) Trồng cây\n\nb. Tưới cây",
        [LONG, "a) Trồng cây", "b. Tưới cây"],
    ),
    "a dash is no continuation": (f"{LONG}\n- trồng cây\n- tưới cây", [LONG, "- trồng cây", "- tưới cây"]),
    "capitals join nothing": (
        f"KẾ HOẠCH\ntrồng cây\n\n{LONG}\nỦY BAN XÃ",
        ["KẾ HOẠCH", "trồng cây", LONG, "ỦY BAN XÃ"],
    ),
    "title lines stay apart": (
        "KẾ HOẠCH\nTrồng cây ở các trường học trên địa bàn xã\nnăm 2024\n\nMở đầu.",
        ["KẾ HOẠCH", "Trồng cây ở các trường học trên địa bàn xã", "năm 2024", "Mở đầu."],
    ),
    "no line ends in a joining word": (f"{LONG} các\nTổ tự quản.", [f"{LONG} các Tổ tự quản."]),
    "an item cut within a name": (
        "1. Sở Xây\ndựng và các phòng\nTrồng cây.",
        ["1. Sở Xây dựng và các phòng", "Trồng cây."],
    ),
    "short lines stay apart": ("Đồng Xanh\nngày 5", ["Đồng Xanh", "ngày 5"]),
    "a recipient goes on": (
        "- Các thôn: Đông, Đoài,\n\n  Thượng, Hạ;\n\n- Lưu: VT.",
        ["- Các thôn: Đông, Đoài, Thượng, Hạ;", "- Lưu: VT."],
    ),
    "rules and ornaments go": ("*\n\nSố 1\n\n-----\n\n___\n\n* * *\n\n---o0o---\n\nHết.", ["Số 1", "Hết."]),
    "invisible and control characters go": ("K\u200bế\x00 hoa\u0323ch\x07\xa0 mới", ["Kế hoạch mới"]),
    "line ends of every kind": ("Một.\r\nHai.\rBa.\u2028Bốn.", ["Một.", "Hai.", "Ba.", "Bốn."]),
    "eth and old letters": ("Ðồng Xanh văn thƣ", ["Đồng Xanh văn thư"]),
    "a label and its text parted by a tab": (
        "1.\tTrồng cây\n2.\tTưới cây\n-\tBón cây",
        ["1. Trồng cây", "2. Tưới cây", "- Bón cây"],
    ),
    "paragraphs indented by a tab": (
        "\tI. MỤC ĐÍCH\n\tTrồng cây cho xanh.\n\tTưới cây.",
        ["I. MỤC ĐÍCH", "Trồng cây cho xanh.", "Tưới cây."],
    ),
}


@pytest.mark.parametrize(("text", "wanted"), PARAGRAPHS.values(), ids=PARAGRAPHS.keys())
def test_lines_become_paragraphs(text: str, wanted: list[str]) -> None:
    document = read(text)
    assert prose(document) == wanted
    assert not tables(document)
    assert_sound(document)


WRAPPED = """\
     Căn cứ kế hoạch của cấp trên về việc trồng cây, Ủy ban nhân dân xã Đồng
Xanh xây dựng kế hoạch trồng cây năm 2024 trên địa bàn xã với những nội dung
sau đây:
I. MỤC ĐÍCH
     1. Mục đích
     Trồng cây để che mát đường làng. Các thôn phối hợp với trường học, Đoàn
Thanh niên và Hội Phụ nữ cùng trồng, cùng tưới cây cho đến khi cây đã lớn và
ra hoa.
     Việc trồng cây phải xong trước mùa mưa; cây chết thì trồng lại ngay trong
năm.
     - Thôn Đông trồng cây ở đình, ở chợ và ở hai bên đường liên thôn vào dịp
đầu xuân.
"""


def test_wrapped_lines_are_joined_by_the_width_of_the_page() -> None:
    found = prose(read(WRAPPED))
    assert (
        found[0].startswith("Căn cứ") and found[0].endswith("sau đây:") and "Đồng Xanh xây dựng" in found[0]
    )
    assert found[1:3] == ["I. MỤC ĐÍCH", "1. Mục đích"]
    assert "Đoàn Thanh niên" in found[3] and found[3].endswith("ra hoa.")
    assert found[4].startswith("Việc trồng cây") and found[5].endswith("đầu xuân.")
    assert len(found) == 6


def test_one_wrapped_line_is_joined_where_its_indent_tells() -> None:
    text = """\
    Để làng thêm bóng mát, Ủy ban nhân dân và các thôn của xã Đồng
Xanh trồng cây như sau:
I. MỤC ĐÍCH
    - Che mát đường làng và sân trường.
"""
    assert prose(read(text))[0].endswith("xã Đồng Xanh trồng cây như sau:")
    flush = text.replace("    ", "")
    assert prose(read(flush))[0].endswith("xã Đồng")


def test_short_line_that_breaks_a_date_is_joined() -> None:
    text = "I. CĂN CỨ\n1. Quyết định số 24/QĐ-TTg ngày 22\ntháng 8 năm 2022 của Bộ\n2. Chỉ thị của\nbộ\n"
    assert prose(read(text))[1:] == [
        "1. Quyết định số 24/QĐ-TTg ngày 22 tháng 8 năm 2022 của Bộ",
        "2. Chỉ thị của bộ",
    ]


def test_page_numbers_that_count_on_are_dropped_and_a_lone_number_stays() -> None:
    page = "\n\n".join(f"Nội dung thứ {i} của trang giấy này là một câu đầy đủ và dài." for i in range(15))
    found = prose(read(f"{page}\n\n2\n\n{page}\n\n- 3 -\n\n{page}"))
    assert not {"2", "- 3 -"} & set(found) and len(found) == 45
    assert prose(read("Số người\n\n12\n\nHết.")) == ["Số người", "12", "Hết."]


def test_form_feeds_are_pages() -> None:
    document = read("Một.\n\fHai.\n\f\n\fBốn.\f")
    assert [page.number for page in document.pages] == [1, 2, 3, 4]
    assert [p.page for p in document.paragraphs()] == [1, 2, 4]
    assert [document.text[page.start :][:3] for page in document.pages] == ["Một", "Hai", "Bốn", "Bốn"]


def test_a_paragraph_over_a_page_end_has_lines_on_both_pages() -> None:
    [paragraph] = read(f"{LONG}\n\fao hồ.").paragraphs()
    assert [line.page for line in paragraph.lines] == [1, 2]


def _looks(document: Document) -> list[tuple[str, bool | None, bool | None, int | None]]:
    return [
        (document.cut(b), b.style.bold, b.style.italic, b.style.heading)
        for b in document.blocks
        if isinstance(b, Paragraph)
    ]


MARKED = {
    "bold": ("**Kế hoạch**\n\nCây", [("Kế hoạch", True, False, None), ("Cây", False, False, None)]),
    "half bold": ("**Đích:** Cây", [("Đích: Cây", False, False, None)]),
    "bold over a hard break": (
        "**TM. XÃ  \nCHỦ TỊCH**",
        [("TM. XÃ", True, False, None), ("CHỦ TỊCH", True, False, None)],
    ),
    "italic": ("**a**\n\n*(Kèm theo)*", [("a", True, False, None), ("(Kèm theo)", False, True, None)]),
    "both": ("***a***", [("a", True, True, None)]),
    "headings": (
        "# Một\n## **Hai** ##\nba",
        [("Một", False, False, 1), ("Hai", True, False, 2), ("ba", False, False, None)],
    ),
    "glued emphases": (
        "**PHỤ LỤC A****NỘI DUNG CÂY***(Kèm theo)*",
        [
            ("PHỤ LỤC A", True, False, None),
            ("NỘI DUNG CÂY", True, False, None),
            ("(Kèm theo)", False, True, None),
        ],
    ),
    "escapes": (
        "**a**\n\n1\\. \\*cây\\* \\- \\[x\\]",
        [("a", True, False, None), ("1. *cây* - [x]", False, False, None)],
    ),
    "links and images": (
        "# a\n[cây](http://b.c) ![x](y.png)",
        [("a", False, False, 1), ("cây", False, False, None)],
    ),
    "stars that are none": (
        "# a\n2 * 3 ** 4 (*) ngoài",
        [("a", False, False, 1), ("2 * 3 ** 4 (*) ngoài", False, False, None)],
    ),
    "never closed": ("# a\n**b *c", [("a", False, False, 1), ("**b *c", False, False, None)]),
    "bullets": ("# a\n* Cây", [("a", False, False, 1), ("* Cây", False, False, None)]),
    "tags and entities": ("<b>Cây</b>&nbsp;&amp; <i>hoa</i>", [("Cây & hoa", False, False, None)]),
    "comments": ("# a\n<!-- image -->\nCây", [("a", False, False, 1), ("Cây", False, False, None)]),
    "quotation": ("# a\n> Cây", [("a", False, False, 1), ("Cây", False, False, None)]),
}


@pytest.mark.parametrize(("text", "wanted"), MARKED.values(), ids=MARKED.keys())
def test_marks_become_style(text: str, wanted: list[tuple[str, bool, bool, int | None]]) -> None:
    assert _looks(read(text, markdown=True)) == wanted


def test_stars_of_plain_text_stay() -> None:
    assert prose(read("* Tháng 3:\n\n(*) Ghi chú: a*b*c")) == ["* Tháng 3:", "(*) Ghi chú: a*b*c"]


def test_style_is_unknown_in_plain_text() -> None:
    assert _looks(read("KẾ HOẠCH")) == [("KẾ HOẠCH", None, None, None)]


LETTERHEAD = """\
  ỦY BAN NHÂN DÂN                 CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
   XÃ ĐỒNG XANH                        Độc lập - Tự do - Hạnh phúc
Số:     /KH-UBND                  Đồng Xanh, ngày    tháng    năm 2024

                            KẾ HOẠCH
                      Trồng cây năm 2024

Mở đầu là một câu dài để không ai nhầm nó với một dòng của phần đầu văn bản này, như thế là đủ.

Nơi nhận:                              TM. ỦY BAN NHÂN DÂN
- Như trên;                                  CHỦ TỊCH
- Các thôn;
- Lưu: VT.

                                           Lê Văn Cây
"""


def test_two_sides_of_a_line_are_told_apart() -> None:
    document = read(LETTERHEAD)
    sides: dict[str, list[str]] = {"left": [], "right": [], "full": []}
    for paragraph in document.paragraphs():
        sides[paragraph.column].append(document.cut(paragraph))
    assert sides["left"] == [
        "ỦY BAN NHÂN DÂN", "XÃ ĐỒNG XANH", "Số: /KH-UBND", "Nơi nhận:", "- Như trên;",
        "- Các thôn;", "- Lưu: VT.",
    ]  # fmt: skip
    assert sides["right"] == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Đồng Xanh, ngày tháng năm 2024",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
        "Lê Văn Cây",
    ]
    assert sides["full"][:2] == ["KẾ HOẠCH", "Trồng cây năm 2024"]


def test_marked_sides_are_told_apart() -> None:
    document = read("**UBND XÃ A**        **CỘNG HÒA XÃ HỘI**\n\nHết.", markdown=True)
    assert [(p.column, p.style.bold) for p in document.paragraphs()][:2] == [("left", True), ("right", True)]


ONE_SIDE = [
    "Đồng Xanh, ngày    tháng    năm 2024",
    "Số:      /KH-UBND",
    "1.     Trồng cây",
    "Địa điểm:     Nhà văn hóa",
    "Điều 1.    Trồng cây",
]


@pytest.mark.parametrize("line", ONE_SIDE)
def test_blanks_for_a_pen_part_no_columns(line: str) -> None:
    [paragraph] = read(line).paragraphs()
    assert paragraph.column == "full"


def test_columns_set_with_spaces_that_are_no_table_are_reported() -> None:
    line = "Trồng cây    Thôn Đông    Tháng 3\n"
    document = read(line * 4)
    assert [d.code for d in document.diagnostics] == ["aligned-columns"]
    assert {p.column for p in document.paragraphs()} == {"full"}
    assert not read(line).diagnostics


@pytest.mark.parametrize("text", ["", " \n\t\n", "---\n", "\ufeff", "\f\f"])
def test_nothing_but_blanks_is_an_empty_file(text: str) -> None:
    with pytest.raises(EmptyFile):
        read(text)


@pytest.mark.parametrize(
    ("text", "limits", "error", "named"),
    [
        ("a" * 101, Limits(max_text_chars=100), TooLarge, "max_text_chars"),
        ("a" * 1000, Limits(max_text_chars=100), TooLarge, "max_text_chars"),
        ("a" * 101, Limits(max_line_chars=100), TooLarge, "max_line_chars"),
        ("a\n" * 101, Limits(max_blocks=100), TooLarge, "max_blocks"),
        ("a\f" * 11, Limits(max_pages=10), TooManyPages, "max_pages"),
    ],
)
def test_limits_are_named(text: str, limits: Limits, error: type[KehoachError], named: str) -> None:
    with pytest.raises(error, match=named):
        read(text, limits=limits)


@pytest.mark.parametrize("text", ["---", "* * *", "*", "___", "-----o0o-----", "\\*", "–––", "=="])
def test_rules(text: str) -> None:
    assert is_rule(text)


@pytest.mark.parametrize("text", ["000", "", "- a", "…", "ooo", "1", "--- a"])
def test_no_rules(text: str) -> None:
    assert not is_rule(text)


HOSTILE = {
    "stars": "**a" * 3000,
    "open brackets": "# a\n" + "[" * 20000,
    "open tags": "<p " * 10000,
    "tabs": "a\t" * 5000,
    "cells": "\ta\n\n" * 3000,
    "pipes": "|" * 20000,
    "pipe rule": "|-" * 10000 + "x",
    "dashes": "- " * 20000 + "x",
    "spaces": "a" + " " * 50000 + "b",
    "gaps": "AA   BB\n" * 2000,
    "gaps in a line": "Aa    " * 5000,
    "tables never closed": "<table><tr><td>\n" * 500,
    "numbers": "1\n\n" * 3000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_is_read(text: str) -> None:
    try:
        assert_sound(read(text, markdown=True))
    except EmptyFile:
        assert not any(ch.isalnum() for ch in text.replace("table", "").replace("tr", "").replace("td", ""))


SCRAPS = st.sampled_from(
    [
        "\t", "\n", "\n\n", "\f", "|", "**", "*", "# ", " ", "    ", "<p>", "</p>", "<ul>", "<li>", "<br>",
        "&amp;", "<table>", "</table>", "<tr>", "<td>", "\\", "---", "|---|", "1", "2.", "a)", "- ", "I. ",
        "Nội dung", "cây.", "KẾ HOẠCH", "CỘNG HÒA XÃ HỘI", "Lê Văn Cây", "\x00", "\u0301", "a\u200b", "ƣ",
        "Ð", "\r", "\ufeff", "Tháng 3;", "\n\tTT\n\tNội dung\n\tBan\n\n", "\n\t1\n\ta\n\tb\n\n",
        "1\ta\tb\n", "TT\tViệc\tAi\n",
    ]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(SCRAPS, max_size=40).map("".join), st.booleans())
def test_any_scraps_give_a_sound_document(text: str, markdown: bool) -> None:
    try:
        assert_sound(read(text, markdown=markdown))
    except KehoachError:
        return


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_a_sound_document(data: bytes) -> None:
    try:
        assert_sound(parse_text(data, Limits(), True))
    except KehoachError:
        return


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text("aăcđeêghiôơưtàạ ", min_size=3, max_size=30), min_size=1, max_size=12))
def test_no_word_is_lost(sentences: list[str]) -> None:
    text = "\n\n".join(f"A{sentence}." for sentence in sentences)
    assert "".join(read(text).text.split()) == "".join(text.split())


def test_decomposed_and_composed_text_give_the_same_document() -> None:
    import unicodedata

    assert read(unicodedata.normalize("NFD", LETTERHEAD)) == read(LETTERHEAD)
