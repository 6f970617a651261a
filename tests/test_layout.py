"""Lines and columns out of placed words, whatever gave the words."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.building import RawParagraph
from pipeline.parsers.layout import PageContent, PlacedWord, Ruling, lay_out
from pipeline.parsers.layout_model import label_of
from tests.layout_pages import INDENT, LEFT, LONG, Sheet, recognised, rows, tables, text_width, texts


def letterhead(sheet: Sheet) -> None:
    sheet.centred(150, 60, "UBND HUYỆN SÔNG MÂY", 12, bold=False)
    sheet.centred(400, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12)
    sheet.centred(150, 76, "PHÒNG VĂN HÓA", 12)
    sheet.centred(400, 76, "Độc lập - Tự do - Hạnh phúc", 12)
    sheet.rule(120, 92, 180, 92)
    sheet.centred(150, 104, "Số: 21/KH-VH", 13)
    sheet.centred(400, 105, "Sông Mây, ngày 05 tháng 3 năm 2030", 13)


LETTERHEAD = [
    "left: UBND HUYỆN SÔNG MÂY",
    "left: PHÒNG VĂN HÓA",
    "left: Số: 21/KH-VH",
    "right: CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "right: Độc lập - Tự do - Hạnh phúc",
    "right: Sông Mây, ngày 05 tháng 3 năm 2030",
]


# --- columns --------------------------------------------------------------------------------


def test_letterhead_columns_are_read_one_after_the_other() -> None:
    sheet = Sheet()
    letterhead(sheet)
    sheet.centred(312, 140, "KẾ HOẠCH")
    sheet.prose(180, LONG)
    assert texts(lay_out([sheet.page()])) == [*LETTERHEAD, "KẾ HOẠCH", LONG]


def test_title_flush_with_the_right_column_is_no_part_of_it() -> None:
    sheet = Sheet()
    letterhead(sheet)
    sheet.at(273, 140, "KẾ HOẠCH", bold=True)  # begins where the motto begins
    sheet.prose(180, LONG)
    assert texts(lay_out([sheet.page()]))[6:] == ["KẾ HOẠCH", LONG]


def test_heading_of_a_scan_is_not_cut_by_the_gap_that_runs_down_between_its_words() -> None:
    """A recogniser gave the heading the small size of the page's table; its letters are wide all the same."""
    sheet = Sheet()
    sheet.at(122, 60, "PHÒNG GIÁO DỤC SÔNG MÂY VÀ ĐẢO", 11.8, space=0.1)
    sheet.at(300, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 11.8)
    sheet.at(130, 80, "TRƯỜNG TIỂU HỌC SỐ MỘT", 11.8)
    sheet.at(330, 80, "Độc lập - Tự do - Hạnh phúc", 11.8)
    letterhead_words = [replace(word, size=8.5) for word in sheet.words]
    heading = [
        PlacedWord("KẾ", 274.6, 108.0, 293.0, 122.0, 8.5, True, False),
        PlacedWord("HOẠCH", 298.3, 108.0, 349.4, 122.0, 8.5, True, False),
    ]
    sheet.words = [*letterhead_words, *heading]
    assert texts(lay_out([sheet.page()]))[-1] == "KẾ HOẠCH"


def test_number_below_the_date_stays_in_the_left_column() -> None:
    sheet = Sheet()
    sheet.centred(150, 60, "SỞ NÔNG NGHIỆP", 12)
    sheet.centred(400, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12)
    sheet.centred(400, 80, "Sông Mây, ngày 05 tháng 3 năm 2030", 13)
    sheet.centred(150, 98, "Số: 21/KH-SNN", 13)
    sheet.centred(312, 140, "KẾ HOẠCH")
    sheet.prose(180, LONG)
    got = texts(lay_out([sheet.page()]))
    assert got[:2] == ["left: SỞ NÔNG NGHIỆP", "left: Số: 21/KH-SNN"]
    assert got[4:] == ["KẾ HOẠCH", LONG]


def test_columns_whose_lines_stand_at_other_heights() -> None:
    sheet = Sheet()
    for i, text in enumerate(["UBND XÃ TÂM AN", "BAN VĂN HÓA", "Số: 8/KH"]):
        sheet.centred(150, 60 + 19 * i, text, 12)
    for i, text in enumerate(["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]):
        sheet.centred(400, 68 + 19 * i, text, 12)
    sheet.centred(312, 150, "KẾ HOẠCH")
    sheet.prose(180, LONG)
    assert texts(lay_out([sheet.page()]))[:5] == [
        "left: UBND XÃ TÂM AN",
        "left: BAN VĂN HÓA",
        "left: Số: 8/KH",
        "right: CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "right: Độc lập - Tự do - Hạnh phúc",
    ]


def test_one_line_is_parted_at_a_very_wide_gap() -> None:
    sheet = Sheet()
    sheet.at(LEFT, 60, "Số: 15/KH-UBND")
    sheet.at(330, 60, "Tân An, ngày 07 tháng 02 năm 2030")
    sheet.prose(100, LONG)
    assert texts(lay_out([sheet.page()])) == [
        "left: Số: 15/KH-UBND",
        "right: Tân An, ngày 07 tháng 02 năm 2030",
        LONG,
    ]


def test_signature_block() -> None:
    sheet = Sheet()
    y = sheet.prose(60, LONG + ".")
    sheet.at(LEFT, y + 10, "Nơi nhận:", 12, bold=True)
    sheet.centred(430, y + 10, "KT. GIÁM ĐỐC")
    sheet.at(LEFT, y + 26, "- Như trên;", 11)
    sheet.centred(430, y + 28, "PHÓ GIÁM ĐỐC")
    sheet.at(LEFT, y + 40, "- Các phòng, ban, đơn vị thuộc và", 11)
    sheet.at(LEFT, y + 54, "trực thuộc;", 11)
    sheet.at(LEFT, y + 68, "- Lưu: VT.", 11)
    sheet.centred(430, y + 130, "Trần Văn Mẫu")
    assert texts(lay_out([sheet.page()])) == [
        LONG + ".",
        "left: Nơi nhận:",
        "left: - Như trên;",
        "left: - Các phòng, ban, đơn vị thuộc và trực thuộc;",
        "left: - Lưu: VT.",
        "right: KT. GIÁM ĐỐC",
        "right: PHÓ GIÁM ĐỐC",
        "right: Trần Văn Mẫu",
    ]


def test_signature_that_begins_above_the_recipients() -> None:
    sheet = Sheet()
    y = sheet.prose(60, LONG + ".")
    sheet.centred(430, y + 4, "HIỆU TRƯỞNG")
    sheet.at(LEFT + 10, y + 21, "Nơi nhận:", 12)
    sheet.at(LEFT + 10, y + 35, "- Các tổ;", 12)
    got = texts(lay_out([sheet.page()]))
    assert got[1:] == ["left: Nơi nhận:", "left: - Các tổ;", "right: HIỆU TRƯỞNG"]


def test_signature_block_cut_by_the_page_end_after_its_first_line() -> None:
    one, two = Sheet(1), Sheet(2)
    one.prose(60, LONG + ".")
    one.at(LEFT, 760, "Nơi nhận:", 12, bold=True)
    one.centred(430, 760, "TM. BAN THƯỜNG VỤ", 12)
    two.at(LEFT, 60, "- Như trên;", 12)
    two.centred(430, 60, "CHỦ TỊCH", 12)
    two.centred(430, 130, "Trần Văn Mẫu", 12)
    assert texts(lay_out([one.page(), two.page()]))[1:] == [
        "left: Nơi nhận:",
        "right: TM. BAN THƯỜNG VỤ",
        "left: - Như trên;",
        "right: CHỦ TỊCH",
        "right: Trần Văn Mẫu",
    ]


def test_two_signatures_side_by_side() -> None:
    sheet = Sheet()
    y = sheet.prose(60, LONG + ".")
    for x, post, name in ((170, "CHỦ TỊCH", "Lê Thị Một"), (440, "GIÁM ĐỐC", "Phạm Văn Hai")):
        sheet.centred(x, y + 10, post)
        sheet.centred(x, y + 90, name)
    assert texts(lay_out([sheet.page()]))[1:] == [
        "left: CHỦ TỊCH",
        "left: Lê Thị Một",
        "right: GIÁM ĐỐC",
        "right: Phạm Văn Hai",
    ]


def test_end_of_the_prose_stays_out_of_the_signature_block() -> None:
    sheet = Sheet()
    y = sheet.prose(60, LONG + " và báo cáo kết quả.")
    sheet.at(LEFT, y, "Nơi nhận:", 12)
    sheet.centred(430, y, "GIÁM ĐỐC")
    sheet.at(LEFT, y + 16, "- Lưu: VT.", 11)
    assert texts(lay_out([sheet.page()]))[0] == LONG + " và báo cáo kết quả."


@pytest.mark.parametrize("gap", [1.0, 2.0], ids=["wide", "very wide"])
def test_justified_lines_are_not_columns(gap: float) -> None:
    sheet = Sheet()
    words = ["phối", "hợp", "với", "các", "đơn", "vị"]
    for i in range(4):
        x = LEFT
        for word in words:
            sheet.at(x, 60 + 18 * i, word)
            x += text_width(word, 14) + gap * 14
    assert all(not t.startswith(("left", "right")) for t in texts(lay_out([sheet.page()])))


def test_list_set_with_tabs_is_read_row_by_row() -> None:
    sheet = Sheet()
    people = [
        ("1. Ông Trần Văn A", "Trưởng ban"),
        ("2. Bà Lê Thị Bình", "Phó ban"),
        ("3. Ông Hồ C", "Ủy viên"),
    ]
    for i, (name, post) in enumerate(people):
        sheet.at(LEFT + INDENT, 60 + 20 * i, name)
        sheet.at(350, 60 + 20 * i, post)
    assert texts(lay_out([sheet.page()])) == [f"{name} {post}" for name, post in people]


def test_number_and_tab_are_no_column() -> None:
    sheet = Sheet()
    for i, text in enumerate(["Xây dựng chương trình;", "Tổ chức hội nghị;"]):
        sheet.at(LEFT + INDENT, 60 + 20 * i, f"{i + 1}.")
        sheet.at(LEFT + 2 * INDENT, 60 + 20 * i, text)
    assert texts(lay_out([sheet.page()])) == ["1. Xây dựng chương trình;", "2. Tổ chức hội nghị;"]


# --- lines ----------------------------------------------------------------------------------


def test_typed_over_words_land_in_their_line() -> None:
    sheet = Sheet()
    sheet.at(100, 60, "Số:")
    sheet.at(170, 60, "/KH-UBND")
    sheet.at(128, 56, "173", 13)  # another font, higher, last in the content
    sheet.prose(100, LONG)
    assert texts(lay_out([sheet.page()]))[0] == "Số: 173 /KH-UBND"


def test_word_typed_over_dots() -> None:
    sheet = Sheet()
    sheet.at(100, 60, "ngày ........ tháng 3")
    sheet.at(145, 59, "28")
    sheet.prose(100, LONG)
    assert Counter(texts(lay_out([sheet.page()]))[0].split()) == Counter(
        ["ngày", "........", "28", "tháng", "3"]
    )


def test_lines_of_a_turned_word_stand_alone() -> None:
    sheet = Sheet()
    sheet.prose(60, LONG)
    sheet.words.append(PlacedWord("DỰ THẢO", 20, 50, 34, 200, 14, upright=False))
    assert sorted(texts(lay_out([sheet.page()]))) == sorted([LONG, "DỰ THẢO"])


# --- recognised pages -----------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("degrees", [-0.4, 0.0, 0.4])
def test_skewed_and_noisy_boxes_give_the_same_text(seed: int, degrees: float) -> None:
    sheet = Sheet()
    letterhead(sheet)
    y = sheet.prose(180, LONG + ".")
    sheet.prose(y, LONG + ";")
    clean = texts(lay_out([sheet.page()]))
    assert texts(lay_out([recognised(sheet.page(), degrees, seed=seed)])) == clean


# --- marks, properties ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("- Tổ chức", "-"),
        ("-Tổ chức", "-"),
        ("+ Xây dựng", "+"),
        ("1. Mục tiêu", "number"),
        ("2.Các hoạt động", "number"),
        ("1/ Mục tiêu", "number"),
        ("1.2. Yêu cầu", "number"),
        ("1.2 Yêu cầu", "levels"),
        ("(1) Rà soát", "number"),
        ("IV. TỔ CHỨC", "roman"),
        ("I- MỤC ĐÍCH", "roman"),
        ("a) Sở Nội vụ", "letter"),
        ("đ) Sở Y tế", "letter"),
        ("15/KH-UBND ngày", ""),
        ("2030. ", ""),
        ("2030 là năm", ""),
        ("31.12 hằng năm", ""),
        ("1.", ""),
        ("Công an tỉnh", ""),
        ("IX", ""),
    ],
)
def test_list_marks(text: str, kind: str) -> None:
    assert label_of(text) == kind


_number = st.floats(-50, 900, allow_nan=False)
_word = st.builds(
    lambda text, x, y, w, h, size, up: PlacedWord(text, x, y, x + w, y + h, size, upright=up),
    st.text("ab1.-;:Ở", min_size=1, max_size=5),
    _number,
    _number,
    st.floats(0, 200),
    st.floats(0, 40),
    st.floats(1, 40),
    st.booleans(),
)
_ruling = st.builds(
    lambda x, y, w, h: Ruling(x, y, x + w, y + h), _number, _number, st.floats(0, 600), st.floats(0, 600)
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.lists(_word, max_size=25), st.lists(_ruling, max_size=12)), max_size=3))
def test_no_word_is_lost_or_doubled(made: list[tuple[list[PlacedWord], list[Ruling]]]) -> None:
    pages = [PageContent(i + 1, 595, 842, tuple(w), tuple(r)) for i, (w, r) in enumerate(made)]
    blocks = lay_out(pages)
    lines = [line for b in blocks if isinstance(b, RawParagraph) for line in b.lines]
    lines += [line for t in tables(blocks) for c in t.cells for p in c.paragraphs for line in p.lines]
    got = Counter(w.text for line in lines for w in line.words)
    given_words = Counter(w.text for page in pages for w in page.words)
    assert not got - given_words
    assert all(not any(ch.isalpha() for ch in text) or text in got for text in given_words)


def test_empty_document_and_empty_pages() -> None:
    assert lay_out([]) == []
    assert lay_out([Sheet(1).page(), Sheet(2).page()]) == []


def test_table_without_lines_where_columns_are_clear() -> None:
    sheet = Sheet()
    sheet.prose(60, LONG + ".")
    xs = (90, 160, 330, 450)
    made = [
        ("1", "Họp giao ban", "Văn phòng", "Tháng 1"),
        ("2", "Tập huấn", "Tổ Một", "Tháng 2"),
        ("3", "Tổng kết", "Tổ Hai", "Tháng 3"),
    ]
    for i, row in enumerate(made):
        for x, text in zip(xs, row, strict=True):
            sheet.at(x, 200 + 22 * i, text, 12)
    (table,) = tables(lay_out([sheet.page()]))
    assert rows(table) == [list(r) for r in made]
    assert table.ruled is False and table.confidence < 1
