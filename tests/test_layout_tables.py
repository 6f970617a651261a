"""Tables out of ruling lines and words, on one page and over page ends."""

from __future__ import annotations

import pytest

from extractors.building import RawTable
from pipeline.parsers.layout import PageContent, lay_out
from pipeline.parsers.layout_grid import Bar, merge_bars
from tests.layout_pages import LEFT, RIGHT, Sheet, recognised, rows, spans, tables, texts

XS = (85.0, 120.0, 330.0, 440.0, 540.0)
HEAD = ("STT", "Nội dung", "Đơn vị", "Thời gian")


def sheet_of(
    made: list[tuple[str, ...]], number: int = 1, top: float = 100, high: float = 40
) -> tuple[Sheet, list[float]]:
    """A page with a fully ruled table."""
    sheet = Sheet(number)
    ys = [top + high * i for i in range(len(made) + 1)]
    sheet.grid(XS, ys)
    sheet.cells(XS, ys, made)
    return sheet, ys


def one(pages: list[PageContent]) -> RawTable:
    (table,) = tables(lay_out(pages))
    return table


def test_words_stand_in_their_cells() -> None:
    made = [
        HEAD,
        ("1", "Tổ chức hội nghị triển khai công tác năm đến các xã", "Phòng Nội vụ", "Quý I"),
        ("2", "Sơ kết", "Văn phòng", "Tháng 6"),
    ]
    sheet, _ = sheet_of(made)
    sheet.prose(60, "Phụ lục nhiệm vụ.")
    blocks = lay_out([sheet.page()])
    assert rows(tables(blocks)[0]) == [list(r) for r in made]
    assert tables(blocks)[0].ruled is True
    assert texts(blocks) == ["Phụ lục nhiệm vụ."]


def test_empty_cells_are_kept() -> None:
    made = [HEAD, ("1", "Sơ kết", "", "Tháng 6"), ("2", "", "Văn phòng", "")]
    assert rows(one([sheet_of(made)[0].page()])) == [list(r) for r in made]


def test_merged_cells_have_spans() -> None:
    sheet = Sheet()
    ys = [100.0, 130, 160, 190, 220]
    gone = [("v", 1, 1), ("v", 2, 1), ("v", 3, 1), ("h", 3, 3)]  # a group row; two times merged
    sheet.grid(XS, ys, gone)
    sheet.cells(XS, ys, [HEAD, ("", "", "", ""), ("1", "Họp", "Tổ A", ""), ("2", "Thi", "Tổ B", "")])
    sheet.at(90, 135, "I. CÔNG TÁC CHUNG", 12)
    sheet.at(450, 182, "Tháng 3", 12)  # in the middle of the merged cell
    table = one([sheet.page()])
    assert rows(table) == [
        list(HEAD),
        ["I. CÔNG TÁC CHUNG", "", "", ""],
        ["1", "Họp", "Tổ A", "Tháng 3"],
        ["2", "Thi", "Tổ B", ""],
    ]
    assert spans(table) == {(1, 0): (1, 4), (2, 3): (2, 1)}


def test_header_of_two_levels() -> None:
    sheet = Sheet()
    ys = [100.0, 125, 150, 180]
    sheet.grid(XS, ys, [("h", 1, 0), ("h", 1, 1), ("v", 3, 0)])
    sheet.cells(XS, ys, [("", "", "", ""), ("", "", "Chủ trì", "Phối hợp"), ("1", "Họp", "Tổ A", "Tổ B")])
    sheet.at(90, 118, "TT", 12)
    sheet.at(150, 118, "Nội dung", 12)
    sheet.at(400, 105, "Phân công", 12)
    table = one([sheet.page()])
    assert spans(table) == {(0, 0): (2, 1), (0, 1): (2, 1), (0, 2): (1, 2)}
    assert rows(table)[0] == ["TT", "Nội dung", "Phân công", ""]


def test_cell_paragraphs_begin_at_bullets() -> None:
    made = [
        HEAD,
        ("1", "- Rà soát các văn bản đã ban hành;\n- Báo cáo kết quả thực hiện về Ủy ban", "Tổ A", "Quý I"),
    ]
    sheet, _ = sheet_of(made, high=80)
    assert (
        rows(one([sheet.page()]))[1][1]
        == "- Rà soát các văn bản đã ban hành;|- Báo cáo kết quả thực hiện về Ủy ban"
    )


def test_dash_of_a_sentence_wrapped_in_a_cell_is_no_bullet() -> None:
    text = "Trình kiện toàn của Hội đồng Thi đua - Khen thưởng"  # the cell wraps before the dash
    sheet, _ = sheet_of([HEAD, ("1", text, "Tổ A", "Quý I")], high=60)
    assert any(w.text == "-" and w.x0 < XS[1] + 6 for w in sheet.words)
    assert rows(one([sheet.page()]))[1][1] == text


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("Phòng Tài chính Các khu phố", "Phòng Tài chính|Các khu phố"),
        ("Phòng Tài chính, Các khu phố", "Phòng Tài chính, Các khu phố"),
    ],
)
def test_a_group_of_bodies_begins_a_line(cell: str, read: str) -> None:
    sheet, _ = sheet_of([HEAD, ("1", "Họp", cell, "Quý I")], high=60)
    assert rows(one([sheet.page()]))[1][2] == read


@pytest.mark.parametrize(
    "lines",
    [
        [(85, 100, 540, 100), (85, 700, 540, 700), (85, 100, 85, 700), (540, 100, 540, 700)],
        [(120, 120, 220, 120)],
        [(120, 120, 220, 120), (330, 118, 500, 118)],
        [(100, 100, 112, 100), (100, 112, 112, 112), (100, 100, 100, 112), (112, 100, 112, 112)],
        [(60, 100, 540, 100), (60, 400, 540, 400)],
        [(300, 60, 300, 700)],
    ],
    ids=["frame", "underline", "letterhead rules", "box to tick", "two rules", "column rule"],
)
def test_lines_that_make_no_table(lines: list[tuple[float, float, float, float]]) -> None:
    sheet = Sheet()
    sheet.prose(
        200, "Ủy ban nhân dân các xã phối hợp với phòng chuyên môn rà soát và báo cáo kết quả thực hiện."
    )
    for line in lines:
        sheet.rule(*line)
    blocks = lay_out([sheet.page()])
    assert tables(blocks) == [] and len(blocks) == 1


def test_dotted_and_double_lines() -> None:
    bars = [Bar(100 + 0.5 * (i % 2), 10 + 3 * i, 11.5 + 3 * i) for i in range(50)]
    (merged,) = merge_bars(bars)
    assert merged.lo == 10 and merged.hi > 155
    made = [HEAD, ("1", "Họp", "Tổ A", "Quý I")]
    sheet, ys = sheet_of(made)
    for y in ys:
        sheet.rule(XS[0], y + 1.8, XS[-1], y + 1.8)
    assert rows(one([sheet.page()])) == [list(r) for r in made]


def test_table_without_side_lines() -> None:
    sheet = Sheet()
    ys = [100.0, 140, 180]
    sheet.grid(XS, ys, [("v", c, r) for c in (0, 4) for r in (0, 1)])
    made = [HEAD, ("1", "Họp", "Tổ A", "Quý I")]
    sheet.cells(XS, ys, made)
    assert rows(one([sheet.page()])) == [list(r) for r in made]


def test_box_inside_a_cell_stays_text_of_the_cell() -> None:
    sheet, _ = sheet_of([HEAD, ("1", "Họp", "Tổ A", "Quý I")], high=60)
    sheet.grid((200, 240, 300), (165, 185, 200))
    sheet.at(204, 168, "trong", 10)
    assert rows(one([sheet.page()]))[1][1] == "Họp|trong" or rows(one([sheet.page()]))[1][1] == "Họp trong"


@pytest.mark.parametrize("seed", range(4))
def test_table_of_a_recognised_page(seed: int) -> None:
    made = [
        HEAD,
        *((str(i), f"Nội dung công việc thứ {i} trong năm", "Phòng Một", f"Tháng {i}") for i in range(1, 8)),
    ]
    sheet, _ = sheet_of(made)
    assert rows(one([recognised(sheet.page(), 0.2, seed=seed)])) == [list(r) for r in made]


# --- over page ends -------------------------------------------------------------------------


def over_pages(first: list[tuple[str, ...]], second: list[tuple[str, ...]]) -> list[PageContent]:
    one_, _ = sheet_of(first, 1, top=842 - 60 - 40 * len(first))
    two, _ = sheet_of(second, 2, top=60)
    one_.prose(60, "Danh mục công việc.")
    return [one_.page(), two.page()]


FIRST = [HEAD, ("1", "Tổ chức hội nghị.", "Tổ A", "Quý I")]


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ([("2", "Sơ kết.", "Tổ B", "Quý II")], [("2", "Sơ kết.", "Tổ B", "Quý II")]),
        ([HEAD, ("2", "Sơ kết.", "Tổ B", "Quý II")], [("2", "Sơ kết.", "Tổ B", "Quý II")]),
    ],
    ids=["goes on", "header repeated"],
)
def test_table_goes_on(second: list[tuple[str, ...]], expected: list[tuple[str, ...]]) -> None:
    assert rows(one(over_pages(FIRST, second))) == [list(r) for r in [*FIRST, *expected]]


CUTS = {
    "content": (
        ("2", "Rà soát, đánh giá", "Tổ B", "Quý I"),
        ("", "kết quả năm.", "", ""),
        ("2", "Rà soát, đánh giá kết quả năm.", "Tổ B", "Quý I"),
    ),
    "body only": (
        ("2", "Sơ kết.", "Đ/c Một", "Quý I"),
        ("", "", "Đ/c Hai", ""),
        ("2", "Sơ kết.", "Đ/c Một|Đ/c Hai", "Quý I"),
    ),
    "all cells": (
        ("2", "Sơ kết", "Tổ Một, Tổ Cả và", "Từ 01/3"),
        ("", "năm học.", "Tổ D", "đến 05/3"),
        ("2", "Sơ kết năm học.", "Tổ Một, Tổ Cả và Tổ D", "Từ 01/3 đến 05/3"),
    ),
    "bullet": (
        ("2", "- Rà soát;", "Tổ B", "Quý I"),
        ("", "- Báo cáo.", "", ""),
        ("2", "- Rà soát;|- Báo cáo.", "Tổ B", "Quý I"),
    ),
}


@pytest.mark.parametrize(("last", "rest", "joined"), CUTS.values(), ids=CUTS)
def test_row_cut_by_a_page_end_is_one_row(
    last: tuple[str, ...], rest: tuple[str, ...], joined: tuple[str, ...]
) -> None:
    pages = over_pages([*FIRST, last], [rest, ("3", "Tổng kết.", "Tổ C", "Quý IV")])
    assert rows(one(pages)) == [list(r) for r in [*FIRST, joined, ("3", "Tổng kết.", "Tổ C", "Quý IV")]]


def test_cut_row_has_lines_on_both_pages() -> None:
    pages = over_pages([*FIRST, ("2", "Rà soát, đánh giá", "Tổ B", "Quý I")], [("", "kết quả năm.", "", "")])
    (cell,) = (c for c in one(pages).cells if (c.row, c.col) == (2, 1))
    assert [line.page for p in cell.paragraphs for line in p.lines] == [1, 2]


def test_cut_row_under_a_repeated_header() -> None:
    pages = over_pages(
        [*FIRST, ("2", "Rà soát, đánh giá", "Tổ B", "Quý I")], [HEAD, ("", "kết quả năm.", "", "")]
    )
    assert rows(one(pages))[2:] == [["2", "Rà soát, đánh giá kết quả năm.", "Tổ B", "Quý I"]]


def test_cut_row_under_a_repeated_header_without_a_line_between() -> None:
    last = ("2", "Rà soát, đánh giá", "Tổ B", "Quý I")
    top = ("STT", "Nội dung\nkết quả năm.", "Đơn vị", "Thời gian")
    pages = over_pages([*FIRST, last], [top, ("3", "Tổng kết.", "Tổ D", "Quý IV")])
    assert rows(one(pages))[2:] == [
        ["2", "Rà soát, đánh giá kết quả năm.", "Tổ B", "Quý I"],
        ["3", "Tổng kết.", "Tổ D", "Quý IV"],
    ]


def test_rest_below_the_header_of_a_row_whose_cells_end_on_different_lines() -> None:
    last = ("2", "- Rà soát;\n- Đánh giá;", "- Tổ B;", "Quý I")
    top = ("STT", "Nội dung\n- Báo cáo.", "Đơn vị\n- Tổ C.", "Thời gian")
    pages = over_pages([*FIRST, last], [top, ("3", "Tổng kết.", "Tổ D", "Quý IV")])
    assert rows(one(pages))[2] == ["2", "- Rà soát;|- Đánh giá;|- Báo cáo.", "- Tổ B;|- Tổ C.", "Quý I"]


def test_a_row_that_begins_with_one_word_of_the_header_is_a_row() -> None:
    pages = over_pages(
        [*FIRST], [("STT", "Nội dung họp", "Tổ B", "Quý I"), ("2", "Sơ kết.", "Tổ C", "Quý II")]
    )
    assert len(rows(one(pages))) == 4


def test_row_with_a_number_of_its_own_is_a_new_row() -> None:
    pages = over_pages([*FIRST, ("2", "Rà soát", "Tổ B", "Quý I")], [("3", "tổng kết", "Tổ C", "Quý IV")])
    assert len(rows(one(pages))) == 4


def weeks(second_top: str) -> list[PageContent]:
    """A time merged down over rows and over the page end, without a number column."""
    xs = (85.0, 180.0, 430.0, 540.0)
    pages = []
    first = [("Thời gian", "Nội dung", "Phụ trách"), ("Tuần 1", "- Thi.", "Tổ A"), ("", "- Dự giờ.", "Tổ B")]
    second = [("", second_top, "Tổ C"), ("", "- Họp tổ.", "Tổ D"), ("Tuần 2", "- Sơ kết.", "Tổ E")]
    for number, made, top in ((1, first, 600.0), (2, second, 60.0)):
        sheet = Sheet(number)
        ys = [top + 40 * i for i in range(4)]
        sheet.grid(xs, ys, [("h", 2, 0)] if number == 1 else [("h", 1, 0)])
        sheet.cells(xs, ys, made)
        pages.append(sheet.page())
    return pages


def test_merged_cell_goes_on_over_the_page_end() -> None:
    table = one(weeks("- Kiểm tra."))
    assert spans(table) == {(1, 0): (4, 1)}
    assert [r[1] for r in rows(table)] == [
        "Nội dung",
        "- Thi.",
        "- Dự giờ.",
        "- Kiểm tra.",
        "- Họp tổ.",
        "- Sơ kết.",
    ]


def test_group_row_is_not_merged_with_what_follows() -> None:
    one_, two = Sheet(1), Sheet(2)
    ys = [700.0, 740.0, 780.0]
    one_.grid(XS, ys, [("v", c, 1) for c in (1, 2, 3)])
    one_.cells(XS, ys, [HEAD])
    one_.at(90, 745, "II. CÔNG TÁC KHÁC", 12)
    two.grid(XS, (60, 100))
    two.cells(XS, (60, 100), [("1", "Họp", "Tổ A", "Quý I")])
    assert rows(one([one_.page(), two.page()]))[1:] == [
        ["II. CÔNG TÁC KHÁC", "", "", ""],
        ["1", "Họp", "Tổ A", "Quý I"],
    ]


def test_margins_of_facing_pages_may_differ() -> None:
    two = Sheet(2)
    xs = [x + 14 for x in XS]
    two.grid(xs, (60, 100))
    two.cells(xs, (60, 100), [("2", "Sơ kết.", "Tổ B", "Quý II")])
    pages = [over_pages(FIRST, [HEAD])[0], two.page()]
    assert rows(one(pages))[-1] == ["2", "Sơ kết.", "Tổ B", "Quý II"]


def test_row_left_open_at_the_page_end() -> None:
    """No line is drawn where the page cuts the row: the side lines just stop."""
    one_, two = Sheet(1), Sheet(2)
    one_.grid(XS, (700, 740, 790), [("h", 2, c) for c in range(4)])
    one_.cells(XS, (700, 740), [HEAD, ("1", "Tổ chức hội nghị lần thứ nhất của", "Tổ A,", "Quý I")])
    two.grid(XS, (60, 100, 140), [("h", 0, c) for c in range(4)])
    two.cells(XS, (60, 100), [("", "Ban chấp hành", "Tổ B", ""), ("2", "Sơ kết.", "Tổ B", "Quý II")])
    assert rows(one([one_.page(), two.page()]))[1:] == [
        ["1", "Tổ chức hội nghị lần thứ nhất của Ban chấp hành", "Tổ A, Tổ B", "Quý I"],
        ["2", "Sơ kết.", "Tổ B", "Quý II"],
    ]


@pytest.mark.parametrize("why", ["other columns", "prose between", "page between"])
def test_tables_that_are_two(why: str) -> None:
    pages = over_pages(FIRST, [("2", "Sơ kết.", "Tổ B", "Quý II")])
    two = Sheet(3 if why == "page between" else 2)
    xs = (85.0, 250.0, 400.0, 540.0) if why == "other columns" else XS
    if why == "prose between":
        two.at(LEFT, 40, "Phụ lục hai:")
    two.grid(xs, (80, 120, 160))
    two.cells(xs, (80, 120), [("2", "Sơ kết.", "Tổ B", "Quý II"), ("3", "Thi", "Tổ B", "Quý II")])
    assert len(tables(lay_out([pages[0], two.page()]))) == 2


def test_page_number_and_footer_do_not_part_a_table() -> None:
    pages = []
    for number in (1, 2, 3):
        sheet, _ = sheet_of([(f"{number}", f"Việc {number}.", "Tổ A", "Quý I")] * 17, number, top=70)
        sheet.at(300, 30, str(number), 13)
        sheet.at(LEFT, 812, "Trường Mẫu", 9)
        pages.append(sheet.page())
    assert len(tables(lay_out(pages))) == 1


def test_prose_above_and_below_keeps_its_place() -> None:
    sheet, ys = sheet_of([HEAD, ("1", "Họp", "Tổ A", "Quý I")], top=200)
    sheet.at(LEFT, 100, "Trước bảng.")
    sheet.at(LEFT, ys[-1] + 20, "Sau bảng.")
    kinds = [type(b).__name__ for b in lay_out([sheet.page()])]
    assert kinds == ["RawParagraph", "RawTable", "RawParagraph"]
    assert RIGHT > LEFT


def test_rows_whose_cells_end_on_different_lines_are_not_cut() -> None:
    """Month over two rows, no numbers: the page's end stands between rows, not within one."""
    xs = (85.0, 160.0, 400.0, 540.0)
    first, second = Sheet(1), Sheet(2)
    ys = [700.0, 730.0, 765.0]
    first.grid(xs, ys)
    first.cells(
        xs, ys, [("Tháng", "Nội dung", "Phụ trách"), ("9/2030", "Họp bàn", "Tổ trưởng các bộ môn, Công đoàn")]
    )
    second.grid(xs, [60.0, 100.0, 140.0])
    second.cells(xs, [60.0, 100.0], [("", "Phát động thi đua", "Công đoàn"), ("10/2030", "Sơ kết", "Tổ A")])
    table = one([first.page(), second.page()])
    assert [row[1] for row in rows(table)] == ["Nội dung", "Họp bàn", "Phát động thi đua", "Sơ kết"]


@pytest.mark.parametrize(
    ("width", "lines", "expected"),
    [
        (30.0, ("ST", "T"), "STT"),
        (64.0, ("15/11/203", "4"), "15/11/2034"),
        (64.0, ("15/11/203", "4 (thứ"), "15/11/2034 (thứ"),
        (64.0, ("15/11/203", "45"), "15/11/203 45"),
        (34.0, ("2030", "2031"), "2030 2031"),
        (40.0, ("UBND", "TP"), "UBND TP"),
    ],
)
def test_word_broken_by_a_narrow_cell(width: float, lines: tuple[str, str], expected: str) -> None:
    xs, sheet = (85.0, 85.0 + width, 400.0), Sheet()
    sheet.grid(xs, [100.0, 150.0, 200.0])
    for i, text in enumerate(lines):
        sheet.at(90.0, 103.0 + 14 * i, text, 12)
    sheet.cells(xs, [100.0, 150.0], [("", "Nội dung công việc"), ("", "Họp bàn")])
    assert "".join(rows(one([sheet.page()]))[0][0]).replace("\n", " ") == expected


def test_lines_of_a_wide_cell_are_no_broken_word() -> None:
    xs, sheet = (85.0, 205.0, 400.0), Sheet()
    sheet.grid(xs, [100.0, 150.0])
    sheet.cells(xs, [100.0], [("ST\nT", "Nội dung công việc")])
    (cell, _) = one([sheet.page()]).cells
    assert [line.text for p in cell.paragraphs for line in p.lines] == ["ST", "T"]
    assert not any(line.glue for p in cell.paragraphs for line in p.lines)


def test_repeated_header_of_which_a_line_is_cut_off() -> None:
    pages = over_pages(FIRST, [("STT", "Nội dung", "Đơn vị", "Thời"), ("2", "Sơ kết.", "Tổ B", "Quý II")])
    assert [row[0] for row in rows(one(pages))] == ["STT", *[r[0] for r in FIRST[1:]], "2"]
