"""Paragraphs out of lines, over page ends too; what is not the text's own."""

from __future__ import annotations

import pytest

from extractors.building import RawParagraph
from pipeline.parsers.layout import PageContent, lay_out
from tests.layout_pages import INDENT, LEFT, LONG, RIGHT, Sheet, texts

# --- paragraphs -----------------------------------------------------------------------------


def test_indented_paragraphs_without_space_between() -> None:
    sheet = Sheet()
    y = sheet.prose(60, LONG + ".") - 6
    sheet.prose(y, LONG + ";")
    assert texts(lay_out([sheet.page()])) == [LONG + ".", LONG + ";"]


def test_short_paragraphs_each_of_one_line() -> None:
    sheet = Sheet()
    sheet.prose(60, LONG)
    lines = ["I. MỤC ĐÍCH, YÊU CẦU", "1. Mục đích", "Nâng cao chất lượng", "Hoàn thành nhiệm vụ"]
    for i, text in enumerate(lines):
        sheet.at(LEFT + INDENT, 200 + 18 * i, text)
    assert texts(lay_out([sheet.page()]))[1:] == lines


def test_paragraphs_without_indent_are_parted_where_a_line_ends_short() -> None:
    sheet = Sheet()
    sheet.full(60, "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm")
    sheet.at(LEFT, 78, "2030;")
    sheet.full(96, "Căn cứ Nghị định số 12/2030/NĐ-CP ngày 05 tháng 3 năm 2030 của")
    sheet.at(LEFT, 114, "Chính phủ.")
    got = texts(lay_out([sheet.page()]))
    assert [t[-10:] for t in got] == [" năm 2030;", "Chính phủ."]


def test_line_cut_short_by_a_picture_goes_on() -> None:
    sheet = Sheet()
    sheet.prose(60, LONG + ".")
    sheet.at(LEFT + INDENT, 200, "- Đại diện lãnh đạo các phòng, ban")
    sheet.at(LEFT, 218, "cùng tham dự.")
    assert texts(lay_out([sheet.page()]))[-1] == "- Đại diện lãnh đạo các phòng, ban cùng tham dự."


@pytest.mark.parametrize("start", ["- xã hội", "12. Các", "– Hà Nam"], ids=["dash", "number", "long dash"])
def test_dash_or_number_of_a_sentence_at_a_line_start_is_no_item(start: str) -> None:
    sheet = Sheet()
    y = sheet.prose(60, LONG + ".")
    sheet.full(y, "phát triển toàn diện, vững chắc nền kinh tế và văn hóa", LEFT + INDENT)
    sheet.full(y + 18, f"{start} của tỉnh nhà trong giai đoạn tới theo định hướng chung")
    sheet.at(LEFT, y + 36, "của trung ương.")
    assert len(texts(lay_out([sheet.page()]))) == 2


def test_items_flush_with_the_text() -> None:
    sheet = Sheet()
    sheet.full(60, "- Xây dựng, ban hành văn bản chỉ đạo và hướng dẫn thực hiện công")
    sheet.at(LEFT, 78, "tác năm;")
    sheet.full(96, "- Kiểm tra, giám sát việc triển khai thực hiện các nội dung đã")
    sheet.at(LEFT, 114, "đề ra.")
    assert [t[:6] for t in texts(lay_out([sheet.page()]))] == ["- Xây ", "- Kiểm"]


def test_hanging_item_is_one_paragraph() -> None:
    sheet = Sheet()
    sheet.prose(60, LONG + ".")
    sheet.full(200, "- Tổ chức tuyên truyền sâu rộng trong cán bộ, đoàn viên về", LEFT + 20)
    sheet.full(218, "nội dung của phong trào Chung tay vì cộng đồng an toàn và", LEFT + 29)
    sheet.at(LEFT + 29, 236, "nghĩa tình.")
    assert len(texts(lay_out([sheet.page()]))) == 2


def test_each_centred_line_is_a_paragraph() -> None:
    sheet = Sheet()
    mid = (LEFT + RIGHT) / 2
    lines = ["KẾ HOẠCH", "Tổ chức phong trào thi đua yêu nước", "năm 2030"]
    for i, text in enumerate(lines):
        sheet.centred(mid, 60 + 18 * i, text)
    sheet.prose(140, LONG)
    blocks = lay_out([sheet.page()])
    assert texts(blocks) == [*lines, LONG]
    assert [b.style.centred for b in blocks if isinstance(b, RawParagraph)] == [True, True, True, False]


@pytest.mark.parametrize("end", ["cơ quan", "các cơ sở"], ids=["nearly", "wholly"])
def test_title_line_that_fills_the_measure_is_centred_too(end: str) -> None:
    sheet = Sheet()
    mid = (LEFT + RIGHT) / 2
    lines = ["KẾ HOẠCH", f"Phòng cháy, chữa cháy và cứu nạn, cứu hộ cho các hộ gia đình và {end}", "NĂM 2030"]
    for i, text in enumerate(lines):
        sheet.centred(mid, 60 + 18 * i, text)
    sheet.prose(140, LONG)
    blocks = [b for b in lay_out([sheet.page()]) if isinstance(b, RawParagraph)]
    assert blocks[1].indent < 8
    assert [(b.text, b.style.centred) for b in blocks] == [*((text, True) for text in lines), (LONG, False)]


def test_edge_that_one_wrapped_line_alone_shows() -> None:
    sheet = Sheet()
    sheet.centred((LEFT + RIGHT) / 2, 60, "Công tác năm 2030")
    sheet.full(90, "Trường xây dựng kế hoạch đào tạo các lớp, gồm các phần năm", LEFT + INDENT)
    sheet.at(LEFT, 108, "2030 như sau:")
    for i, text in enumerate(["I. YÊU CẦU CHUNG", "II. NỘI DUNG VIỆC", "III. TỔ CHỨC"]):  # two end alike
        sheet.at(LEFT + INDENT, 130 + 20 * i, text, bold=True)
    got = texts(lay_out([sheet.page()]))
    assert got[1].endswith("năm 2030 như sau:") and len(got) == 5


def test_paragraph_tells_its_style_and_indent() -> None:
    sheet = Sheet()
    sheet.at(LEFT + INDENT, 60, "II. NHIỆM VỤ", 13, bold=True)
    sheet.prose(90, LONG)
    heading, body = (b for b in lay_out([sheet.page()]) if isinstance(b, RawParagraph))
    assert (heading.style.bold, heading.style.size, heading.indent) == (True, 13, INDENT)
    assert body.style.bold is False and len(body.lines) == 3


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("số 29-", "NQ/TW ngày", "29-NQ/TW"),
        ("số 15/", "KH-UBND ngày", "15/KH-UBND"),
        ("kinh tế -", "xã hội", "tế - xã"),
    ],
    ids=["hyphen", "slash", "dash"],
)
def test_number_divided_at_the_line_end(first: str, second: str, joined: str) -> None:
    sheet = Sheet()
    sheet.full(60, f"Thực hiện nghiêm túc các nội dung của Nghị quyết {first}", LEFT + INDENT)
    sheet.full(78, f"{second} về đổi mới căn bản, toàn diện và các văn bản có liên")
    sheet.at(LEFT, 96, "quan.")
    assert joined in texts(lay_out([sheet.page()]))[0]


# --- pages ----------------------------------------------------------------------------------


def two_pages(end: str, start: str, *, indented: bool, second: int = 2) -> list[PageContent]:
    one, two = Sheet(1), Sheet(second)
    one.prose(60, LONG + ".")
    one.full(740, f"Ủy ban nhân dân các xã phối hợp với phòng chuyên môn {end}", LEFT + INDENT)
    two.at(310, 40, str(second), 13)
    two.at(LEFT + (INDENT if indented else 0), 70, start)
    two.prose(100, LONG + ".")
    return [one.page(), two.page()]


def test_paragraph_goes_on_over_the_page_end() -> None:
    pages = two_pages("rà soát", "và báo cáo.", indented=False)
    (_, joined, _) = texts(lay_out(pages))
    assert joined.endswith("rà soát và báo cáo.")


def test_paragraph_over_the_page_end_has_lines_on_both_pages() -> None:
    pages = two_pages("rà soát", "và báo cáo.", indented=False)
    joined = lay_out(pages)[1]
    assert isinstance(joined, RawParagraph)
    assert [line.region.page for line in joined.lines if line.region] == [1, 2]


@pytest.mark.parametrize(
    ("end", "start", "indented", "second"),
    [
        ("rà soát.", "Sở Nội vụ", True, 2),
        ("rà soát;", "- Sở Nội vụ", True, 2),
        ("rà soát", "và báo cáo.", False, 3),
    ],
    ids=["indented", "item", "page between is missing"],
)
def test_paragraph_ends_with_the_page(end: str, start: str, indented: bool, second: int) -> None:
    got = texts(lay_out(two_pages(end, start, indented=indented, second=second)))
    assert start in got


def test_page_of_short_first_lines_has_the_edges_of_the_others() -> None:
    first, second = Sheet(), Sheet(2)
    y = 60.0
    for _ in range(4):
        y = first.prose(
            y, "Các đơn vị rà soát, đánh giá kết quả thực hiện và báo cáo theo quy định trong năm."
        )
    lines = [
        "- Đơn vị phối hợp: Văn phòng Ủy ban huyện",
        "III. KINH PHÍ",
        "Từ ngân sách.",
        "IV. THỰC HIỆN",
        "Giao Sở Y.",
    ]
    for i, line in enumerate(lines):
        second.at(LEFT + INDENT, 60 + 20 * i, line)
    assert texts(lay_out([first.page(), second.page()]))[4:] == lines


@pytest.mark.parametrize("mark", ["2", "- 2 -", "2/10", "Trang 2"])
@pytest.mark.parametrize("y", [35, 805], ids=["top", "bottom"])
def test_page_numbers_are_dropped(mark: str, y: float) -> None:
    sheet = Sheet()
    sheet.prose(70, LONG)
    sheet.at(300, y, mark, 13)
    assert texts(lay_out([sheet.page()])) == [LONG]


def test_number_within_the_text_is_no_page_number() -> None:
    sheet = Sheet()
    sheet.prose(70, LONG)
    sheet.at(300, 400, "2")
    assert texts(lay_out([sheet.page()])) == [LONG, "2"]


def test_running_header_and_footer_stand_once_and_apart() -> None:
    pages = []
    for n in (1, 2, 3):
        sheet = Sheet(n)
        sheet.at(LEFT, 30, "Trường Mẫu - Kế hoạch năm", 10)
        sheet.prose(70, f"Phần {n * 'a'} {LONG}.")
        sheet.at(LEFT, 810, f"Điện thoại: 0123 - tờ {n}", 10)
        pages.append(sheet.page())
    blocks = [b for b in lay_out(pages) if isinstance(b, RawParagraph)]
    assert [b.text for b in blocks if b.part == "header"] == ["Trường Mẫu - Kế hoạch năm"]
    assert [b.text for b in blocks if b.part == "body"] == [f"Phần {n * 'a'} {LONG}." for n in (1, 2, 3)]
    assert {b.text for b in blocks if b.part == "footer"} == {f"Điện thoại: 0123 - tờ {n}" for n in (1, 2, 3)}


def test_items_alike_at_the_ends_of_pages_are_no_footer() -> None:
    pages = []
    for n in (1, 2, 3):
        sheet = Sheet(n)
        sheet.prose(70, f"Phần {n * 'a'} {LONG}.")
        sheet.at(LEFT + INDENT, 765, f"{n}. Việc {n * 'a'}")
        sheet.at(LEFT + INDENT, 785, "- Thời gian: Tháng 8")
        pages.append(sheet.page())
    blocks = [b for b in lay_out(pages) if isinstance(b, RawParagraph)]
    assert [b.part for b in blocks if b.text == "- Thời gian: Tháng 8"] == ["body"] * 3


def test_footnote_under_its_rule() -> None:
    sheet = Sheet()
    y = sheet.prose(70, LONG + ".")
    sheet.prose(y, LONG + ".")
    sheet.rule(LEFT, 760, LEFT + 140, 760)
    sheet.at(LEFT, 765, "1 Theo báo cáo của phòng.", 10)
    blocks = [b for b in lay_out([sheet.page()]) if isinstance(b, RawParagraph)]
    assert [b.part for b in blocks] == ["body", "body", "footnote"]


def test_regions_are_turned_back_to_the_page_as_displayed() -> None:
    sheet = Sheet(width=842, height=595)
    sheet.at(100, 50, "Phụ", 10)
    page = sheet.page()
    for turn, expected in {
        0: (100, 50, 115, 60),
        90: (50, 842 - 115, 60, 842 - 100),
        180: (842 - 115, 595 - 60, 842 - 100, 595 - 50),
        270: (595 - 60, 100, 595 - 50, 115),
    }.items():
        turned = PageContent(1, 842, 595, page.words, (), turn)
        (block,) = lay_out([turned])
        assert isinstance(block, RawParagraph) and block.lines[0].region is not None
        region = block.lines[0].region
        assert (region.x0, region.y0, region.x1, region.y1) == pytest.approx(expected), turn
