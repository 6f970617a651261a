"""Tables in text: rows of tabs, one cell a line, pipes; rows that a page cut, headers that repeat."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from parsed import assert_sound, cell_items, only_rows, prose, rows, tables

from extractors.building import RawParagraph
from extractors.document import Document, Table
from extractors.vietnamese.letters import squeeze
from pipeline.parsers import parse
from pipeline.parsers.limits import Limits
from pipeline.parsers.rows import Row, is_ordinal, table_of
from pipeline.parsers.text import parse_text

HEAD = "TT\tViệc\tAi làm\tThời gian\n"


def read(text: str, *, markdown: bool = False) -> Document:
    document = parse_text(text.encode(), Limits(), markdown)
    assert_sound(document)
    return document


def test_rows_of_tabs() -> None:
    document = read(f"Mở đầu.\n\n{HEAD}1\tTrồng cây\tThôn Đông\tTháng 3\n2\tTưới cây\t\tTháng 4\n\nHết.")
    assert only_rows(document) == [
        ["TT", "Việc", "Ai làm", "Thời gian"],
        ["1", "Trồng cây", "Thôn Đông", "Tháng 3"],
        ["2", "Tưới cây", "", "Tháng 4"],
    ]
    assert prose(document) == ["Mở đầu.", "Hết."]
    assert tables(document)[0].ruled is None


CUT_ROWS = {
    "a sentence goes on, first cell empty": (
        f"{HEAD}1\tTrồng cây ở\tThôn\tTháng 3\n\n\n\tđầu làng.\tĐông phối hợp.\t\n2\tTưới\tb\tc",
        ["1", "Trồng cây ở đầu làng.", "Thôn", "Tháng 3"],
    ),
    "the first cell is missing": (
        f"{HEAD}1\tTrồng cây ở\t- Thôn\tTháng 3\n\n<p>đầu làng.</p>\t<p>đông.</p>\t\n2\tTưới\tb\tc",
        ["1", "Trồng cây ở đầu làng.", "- Thôn đông.", "Tháng 3"],
    ),
    "further items after a page end": (
        f"{HEAD}1\t- Trồng.\t- A.\tTháng 3\n\n\n\t- Tưới.\t- B.\t\n2\tBón\tb\tc",
        ["1", "- Trồng. - Tưới.", "- A. - B.", "Tháng 3"],
    ),
    "a sentence goes on without blank line": (
        f"{HEAD}1\tTrồng cây ở\tA\tTháng 3\n\tđầu làng\t\t\n2\tTưới\tb\tc",
        ["1", "Trồng cây ở đầu làng", "A", "Tháng 3"],
    ),
}


@pytest.mark.parametrize(("text", "wanted"), CUT_ROWS.values(), ids=CUT_ROWS.keys())
def test_a_row_cut_by_a_page_end_is_one_row(text: str, wanted: list[str]) -> None:
    found = only_rows(read(text))
    assert [row[0] for row in found] == ["TT", "1", "2"]
    assert found[1][:2] == wanted[:2] and found[1][3] == wanted[3]
    assert found[1][2].startswith(wanted[2])


def test_a_sentence_cut_in_a_cell_is_one_paragraph_and_items_are_several() -> None:
    document = read(f"{HEAD}1\t- Trồng ở\tA\tT\n\n\n<p>đầu làng.</p> <p>- Tưới.</p>\t<p>B.</p>\t\n2\tx\ty\tz")
    assert cell_items(document, tables(document)[0], 1, 1) == ["- Trồng ở đầu làng.", "- Tưới."]


WHOLE_ROWS = {
    "merged numbers: a row of its own": f"{HEAD}1\tTrồng.\tA\tTháng 3\n\tTưới cây.\tB\tTháng 4\n2\tBón\tb\tc",
    "complete after a blank line": f"{HEAD}1\tTrồng.\tA\tTháng 3\n\n\tTưới cây.\tB\tTháng 4\n2\tBón\tb\tc",
    "every row apart": f"{HEAD}\n1\tTrồng cây.\tA\tTháng 3\n\n\tTưới cây.\tB\t\n\n2\tBón\tb\tc",
}


@pytest.mark.parametrize("text", WHOLE_ROWS.values(), ids=WHOLE_ROWS.keys())
def test_a_row_without_number_that_is_complete_stays(text: str) -> None:
    assert [row[0] for row in only_rows(read(text))] == ["TT", "1", "", "2"]


def test_a_number_that_slid_into_the_text_goes_back() -> None:
    second = "<p>Ban hành:</p> <p>2. - Lịch tưới.</p>\tB\tT2\n\n\t- Lịch bón.\tC\t\n"
    text = f"{HEAD}1\tTrồng\tA\tT1\n{second}3.\tHọp\tD\tT3"
    assert only_rows(read(text))[1:] == [
        ["1", "Trồng", "A", "T1"],
        ["2.", "Ban hành: - Lịch tưới. - Lịch bón.", "B C", "T2"],
        ["3.", "Họp", "D", "T3"],
    ]


def test_a_number_in_the_text_that_is_not_missing_stays() -> None:
    found = only_rows(read(f"{HEAD}1\tTrồng\tA\tT1\n\t2. Tưới hằng ngày\tB\tT2\n2\tBón\tC\tT3"))
    assert found[2] == ["", "2. Tưới hằng ngày", "B", "T2"]


def test_repeated_headers_are_dropped_and_the_table_is_one() -> None:
    second = "(1)\t(2)\t(3)\t(4)\n"
    text = f"{HEAD}{second}1\ta\tb\tc\n\n{HEAD}{second}2\td\te\tf\n\n\n{HEAD}3\tg\th\ti\n"
    assert [row[0] for row in only_rows(read(text))] == ["TT", "(1)", "1", "2", "3"]


def test_another_header_begins_another_table() -> None:
    text = f"{HEAD}1\ta\tb\tc\n2\td\te\tf\n\nTT\tTên\tNơi ở\tTuổi\n1\tg\th\ti\n"
    document = read(text)
    assert [table.n_rows for table in tables(document)] == [3, 2]


GROUPS = {
    "with its tabs": "QUÝ I\t\t\t\n",
    "without tabs": "QUÝ I\n",
    "bold": "<b>QUÝ I</b>\t\t\t\n",
}


@pytest.mark.parametrize("group", GROUPS.values(), ids=GROUPS.keys())
def test_a_group_row_spans_the_table(group: str) -> None:
    document = read(f"{HEAD}{group}1\ta\tb\tc\n2\td\te\tf\n")
    [table] = tables(document)
    [spanning] = [cell for cell in table.cells if cell.col_span > 1]
    assert (spanning.row, spanning.col_span, document.cut(spanning)) == (1, 4, "QUÝ I")


def test_a_heading_below_a_table_is_no_row() -> None:
    document = read(f"{HEAD}1\ta\tb\tc\nIV. TỔ CHỨC\n1. Thôn Đông trồng cây.\n")
    assert tables(document)[0].n_rows == 2
    assert prose(document) == ["IV. TỔ CHỨC", "1. Thôn Đông trồng cây."]


def test_a_cell_of_several_lines_breaks_the_line_of_its_row() -> None:
    spread = "1\t- Trồng;\n- Tưới cây\nở đình\tThôn Đông\nThôn Đoài\tTháng 3\n"
    text = f"{HEAD}{spread}2\tBón\tA\tT4\n3\tHọp\tB\nQUÝ II\n4\tc\td\te\n"
    document = read(text)
    [table] = tables(document)
    assert cell_items(document, table, 1, 1) == ["- Trồng;", "- Tưới cây ở đình"]
    assert cell_items(document, table, 1, 2) == ["Thôn Đông", "Thôn Đoài"]
    assert [row[0] for row in rows(document, table)] == ["TT", "1", "2", "3", "QUÝ II", "4"]


def test_cells_hold_markup() -> None:
    cell = '<ul style="x"> <li>- Thôn Đông;</li> <li>Thôn Đoài &amp; chợ</li> </ul>'
    ordered = "<ol><li>một</li><li>2. hai</li></ol><p>ba<br/>bốn</p>"
    document = read(f"<b>TT</b>\t<b>Việc</b>\t<b>Ai</b>\n1\t{ordered}\t{cell}\n")
    [table] = tables(document)
    assert cell_items(document, table, 1, 1) == ["1. một", "2. hai", "ba", "bốn"]
    assert cell_items(document, table, 1, 2) == ["- Thôn Đông;", "Thôn Đoài & chợ"]
    assert all(cell.paragraphs[0].style.bold for cell in table.cells if cell.row == 0)


def test_a_signature_block_below_a_table_is_no_row() -> None:
    tail = "Nơi nhận:\tT/M ĐẢNG ỦY\n- Huyện;\tBÍ THƯ\n- Lưu.\t\n\n\n\tLê Văn Cây\n"
    document = read(f"{HEAD}1\ta\tb\tc\n2\td\te\tf\n\n{tail}")
    assert tables(document)[0].n_rows == 3
    columns = {document.cut(p): p.column for p in document.paragraphs() if p.column != "full"}
    assert columns == {
        "Nơi nhận:": "left", "- Huyện;": "left", "- Lưu.": "left",
        "T/M ĐẢNG ỦY": "right", "BÍ THƯ": "right", "Lê Văn Cây": "right",
    }  # fmt: skip


def test_a_letterhead_of_tabs_is_two_sides() -> None:
    document = read(
        "UBND XÃ A\tCỘNG HÒA XÃ HỘI\nTRƯỜNG B\tĐộc lập - Tự do\nSố: 1/KH-B\tA, ngày 02 tháng 3 năm 2024\n"
    )
    assert not tables(document)
    assert [p.column for p in document.paragraphs()] == ["left"] * 3 + ["right"] * 3


CELL_LINES = """\
II. NỘI DUNG

\tTT
\tViệc
\tAi làm

\tQUÝ I

\t01
\tTrồng cây ở đình.
\t- Thôn Đông.

- Thôn Đoài.

\t02
\t- Tưới cây;

- Bón cây.

\t- Trường học.

\t03
\tLàm cỏ.
\t

\tQUÝ II

\t04
\tHọp.
\t- Các thôn.

- Trường.


III. TỔ CHỨC

- Các thôn làm.

\tNơi nhận:

- Huyện;

- Các thôn: Đông, Đoài,

  Thượng;
\tKT. CHỦ TỊCH

PHÓ CHỦ TỊCH

Lê Văn Cây

Phụ lục kèm theo.
"""


def test_one_cell_a_line() -> None:
    document = read(CELL_LINES)
    table, closing = tables(document)
    assert rows(document, table) == [
        ["TT", "Việc", "Ai làm"],
        ["QUÝ I"] * 3,
        ["01", "Trồng cây ở đình.", "- Thôn Đông. - Thôn Đoài."],
        ["02", "- Tưới cây; - Bón cây.", "- Trường học."],
        ["03", "Làm cỏ.", ""],
        ["QUÝ II"] * 3,
        ["04", "Họp.", "- Các thôn. - Trường."],
    ]
    assert rows(document, closing) == [
        ["Nơi nhận: - Huyện; - Các thôn: Đông, Đoài, Thượng;", "KT. CHỦ TỊCH PHÓ CHỦ TỊCH Lê Văn Cây"]
    ]
    assert prose(document) == ["II. NỘI DUNG", "III. TỔ CHỨC", "- Các thôn làm.", "Phụ lục kèm theo."]


def test_one_cell_a_line_without_numbers() -> None:
    lines = [("Tháng", "Việc", "Ai"), ("Tháng 1", "Trồng", "Thôn Đông"), ("Tháng 2", "Tưới", "Thôn Đoài")]
    text = "\n\n".join("\n".join(f"\t{cell}" for cell in row) for row in lines)
    assert only_rows(read(text)) == [list(row) for row in lines]


def test_one_cell_a_line_begins_with_a_column_of_prose() -> None:
    works = [
        f"Vận động các hộ dân trong thôn trồng và chăm sóc hàng cây dọc đường liên thôn đoạn số {i}"
        for i in range(4)
    ]
    lines = [("Việc", "Ai làm", "Thời gian"), *((work, "Thôn Đông", "Tháng 3") for work in works)]
    text = "\n\n".join("\n".join(f"\t{cell}" for cell in row) for row in lines)
    assert only_rows(read(text)) == [list(row) for row in lines]


@pytest.mark.parametrize("first", ["Việc", "1"], ids=["without row numbers", "with row numbers"])
def test_one_cell_a_line_with_a_row_of_column_numbers(first: str) -> None:
    head = ("TT" if first == "1" else "Việc", "Ai làm", "Thời gian")
    works = [
        (f"{i}" if first == "1" else f"Trồng cây ở thôn {i}.", "Thôn Đông", "Tháng 3") for i in (1, 2, 3)
    ]
    lines = [head, ("(1)", "(2)", "(3)"), *works]
    text = "\n\n".join("\n".join(f"\t{cell}" for cell in row) for row in lines)
    assert only_rows(read(text)) == [list(row) for row in lines]


def test_paragraphs_in_threes_are_no_table() -> None:
    long = "Câu này của đoạn văn thụt đầu dòng dài quá một ô của bảng, ba đoạn liền nhau chưa là hàng."
    group = "\n".join(f"\t{long}" for _ in range(3))
    assert not tables(read(f"\tMột\n\tHai\n\tBa\n\n{group}\n\n{group}\n"))


def test_a_row_that_lacks_its_last_cell() -> None:
    text = "\tTT\n\tViệc\n\tAi\n\n\t1\n\tTrồng\n\n\t2\n\tTưới\n\tThôn\n\n\t3\n\tBón\n\tThôn\n"
    assert only_rows(read(text))[1:] == [["1", "Trồng", ""], ["2", "Tưới", "Thôn"], ["3", "Bón", "Thôn"]]


def test_a_table_right_below_an_indented_heading() -> None:
    text = "\tII. NỘI DUNG\n\n\tTT\n\tViệc\n\tAi\n\n\t1\n\ta\n\tb\n\n\t2\n\tc\n\td\n"
    document = read(text)
    assert prose(document) == ["II. NỘI DUNG"] and tables(document)[0].n_rows == 3


def test_prose_after_the_last_row_is_no_row() -> None:
    closing = (
        "Trên đây là kế hoạch, các thôn thực hiện.\n\n\tNơi nhận:\n\n- Huyện;\n\tCHỦ TỊCH\n\nLê Văn Cây\n"
    )
    text = f"\tTT\n\tViệc\n\tAi\n\n\t1\n\ta\n\tb\n\n\t2\n\tc\n\td\n\n{closing}"
    document = read(text)
    assert [table.n_rows for table in tables(document)] == [3, 1]
    assert prose(document) == ["Trên đây là kế hoạch, các thôn thực hiện."]


def test_indented_prose_is_no_table() -> None:
    text = "\n".join(f"\tCâu thứ {i} của đoạn văn này dài vừa đủ để là một câu." for i in range(9))
    assert not tables(read(text))
    assert not tables(read(text.replace("\n", "\n\n")))


def test_markdown_tables() -> None:
    text = "| STT | Việc | Ai |\n|:---|:---:|---|\n| 1 | Trồng<br>cây | **A** |\n| 2 | a \\| b | |\n\nHết."
    document = read(text)
    assert only_rows(document) == [["STT", "Việc", "Ai"], ["1", "Trồng cây", "A"], ["2", "a | b", ""]]
    assert tables(document)[0].ruled is True
    assert prose(document) == ["Hết."]


def test_a_letterhead_between_pipes_tells_no_borders() -> None:
    document = read(
        "| UBND XÃ A<br>TRƯỜNG B | CỘNG HÒA XÃ HỘI<br>Độc lập |\n|---|---|\n| Số: 1 | A, ngày 2 |"
    )
    [table] = tables(document)
    assert table.ruled is None
    assert cell_items(document, table, 0, 0) == ["UBND XÃ A", "TRƯỜNG B"]


def test_pipes_between_cells_only_where_rows_are_counted() -> None:
    text = "TT | Việc | Ai\n1 | Trồng cây | A\n2 | Tưới cây | B"
    assert only_rows(read(text)) == [["TT", "Việc", "Ai"], ["1", "Trồng cây", "A"], ["2", "Tưới cây", "B"]]
    assert not tables(read(text.replace("1 |", "Một |").replace("2 |", "Hai |")))
    assert not tables(read(text.replace("Tưới cây | B", "Tưới cây")))


BARE_HEAD = ["STT", "Việc", "Ai làm", "Thời gian"]
BARE_ROWS = [
    ["1", "Trồng cây ở đầu làng", "Thôn Đông", "Tháng 3"],
    ["2", "Tưới cây mới trồng", "Thôn Đoài", "Tháng 4"],
    ["3", "Bón phân cho cây", "Thôn Đông", "Tháng 5"],
]


def bare(rows: list[list[str]]) -> str:
    return "Mở đầu.\n" + "\n".join(cell for row in rows for cell in row if cell) + "\nII. KẾT THÚC\nHết."


BARE = {
    "full rows": (BARE_ROWS, BARE_ROWS),
    "headings again at a page's top": ([*BARE_ROWS[:2], BARE_HEAD, BARE_ROWS[2]], BARE_ROWS),
    "a cell of two lines": (
        [*BARE_ROWS, ["4", "Chăm sóc hàng cây", "ven đường của thôn", "Thôn Đoài", "Tháng 6"]],
        [*BARE_ROWS, ["4", "Chăm sóc hàng cây ven đường của thôn", "Thôn Đoài", "Tháng 6"]],
    ),
    "an empty cell": (
        [*BARE_ROWS, ["4", "Rào cây ở đầu làng", "", "Tháng 7"]],
        [*BARE_ROWS, ["4", "Rào cây ở đầu làng", "", "Tháng 7"]],
    ),
    "a group": ([["I", "VƯỜN CÂY"], *BARE_ROWS], [["I", "VƯỜN CÂY", "", ""], *BARE_ROWS]),
}


@pytest.mark.parametrize(("written", "wanted"), BARE.values(), ids=BARE.keys())
def test_one_cell_a_line_without_any_mark(written: list[list[str]], wanted: list[list[str]]) -> None:
    document = read(bare([BARE_HEAD, *written]))
    assert only_rows(document) == [BARE_HEAD, *wanted]
    assert prose(document) == ["Mở đầu.", "II. KẾT THÚC", "Hết."]


@pytest.mark.parametrize(
    "rows",
    [
        [["Việc", *BARE_HEAD[1:]], *BARE_ROWS],
        [BARE_HEAD, BARE_ROWS[0]],
        [BARE_HEAD, *[[row[0], row[1]] for row in BARE_ROWS]],
        [["STT", "Một câu dài quá để là tên của một cột trong bảng của kế hoạch này"], *BARE_ROWS],
    ],
    ids=["no heading for numbers", "one row", "rows of other lengths", "a sentence below STT"],
)
def test_lines_that_only_look_like_cells(rows: list[list[str]]) -> None:
    assert not tables(read(bare(rows)))


def test_prose_below_the_last_bare_row_is_no_cell() -> None:
    closing = "Trên đây là kế hoạch trồng cây của xã. " * 8
    document = read("\n".join(cell for row in [BARE_HEAD, *BARE_ROWS] for cell in row) + "\n" + closing)
    assert only_rows(document) == [BARE_HEAD, *BARE_ROWS]
    assert prose(document) == [closing.strip()]


def test_a_line_with_a_pipe_is_prose() -> None:
    assert prose(read("Thư | báo | đài")) == ["Thư | báo | đài"]


def test_an_html_table_between_lines() -> None:
    table = "<table border=1><tr><td>TT</td>\n\n<td>Việc</td></tr>\n<tr><td>1</td><td>Trồng</td></tr></table>"
    text = f"# A\n\n{table}\n\nHết."
    document = read(text, markdown=True)
    assert only_rows(document) == [["TT", "Việc"], ["1", "Trồng"]]
    assert prose(document) == ["A", "Hết."]


ALIGNED = """\
Bảng phân công như sau:

STT   Nội dung công việc      Người làm      Thời gian
1     Trồng cây ở đình và     Thôn Đông      Tháng 3
      ở chợ
2     Tưới cây                Các thôn,      Tháng 4
                              trường học

III. TỔ CHỨC
"""


def test_a_table_set_with_spaces() -> None:
    document = read(ALIGNED)
    assert only_rows(document) == [
        ["STT", "Nội dung công việc", "Người làm", "Thời gian"],
        ["1", "Trồng cây ở đình và ở chợ", "Thôn Đông", "Tháng 3"],
        ["2", "Tưới cây", "Các thôn, trường học", "Tháng 4"],
    ]
    assert tables(document)[0].confidence < 1
    assert prose(document) == ["Bảng phân công như sau:", "III. TỔ CHỨC"]
    assert not document.diagnostics


def test_a_number_in_the_middle_of_its_row_tells_no_rows() -> None:
    lines = ALIGNED.replace(
        "1     Trồng cây ở đình và     Thôn Đông", "      Trồng cây ở đình và     Thôn Đông"
    )
    document = read(lines.replace("      ở chợ", "1     ở chợ"))
    assert not tables(document)
    assert "Trồng cây" in document.text and "ở chợ" in document.text


ORDINALS = ["1", "01", "2.", "(3)", "4)", "IV", "V.", "1.2", "1.2.3.", "a)", "A", "B."]
NO_ORDINALS = ["", "Số 1", "1 năm", "tháng 3", "2024", "-", "QUÝ I", "1/2024"]


@pytest.mark.parametrize("text", ORDINALS)
def test_ordinals(text: str) -> None:
    assert is_ordinal(text)


@pytest.mark.parametrize("text", NO_ORDINALS)
def test_no_ordinals(text: str) -> None:
    assert not is_ordinal(text)


CELL = st.sampled_from(["", "1", "2", "3.", "TT", "Việc", "trồng cây", "Tưới cây.", "- Thôn", "2. Bón"])


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.lists(CELL, min_size=1, max_size=5), st.booleans()), min_size=1, max_size=12))
def test_no_cell_is_lost_save_repeated_headers(raw: list[tuple[list[str], bool]]) -> None:
    made = [Row(tuple((RawParagraph.of(c),) if c else () for c in cells), cut) for cells, cut in raw]
    table = table_of(made)
    found = " ".join(p.text for cell in table.cells for p in cell.paragraphs).split()
    wanted = " ".join(c for cells, _ in raw for c in cells).split()
    head = " ".join(raw[0][0] + (raw[1][0] if len(raw) > 1 else [])).split()
    missing = list(wanted)
    for word in found:
        if word in missing:
            missing.remove(word)
    assert set(missing) <= set(head) | {"2.", "2"}
    assert all(cell.row < table.n_rows and cell.col + cell.col_span <= table.n_cols for cell in table.cells)


ACCEPTANCE = os.environ.get("KEHOACH_ACCEPTANCE")
TABLE_PLANS = ["000", "002", "004"]


@pytest.mark.skipif(not ACCEPTANCE, reason="KEHOACH_ACCEPTANCE is not set")
@pytest.mark.parametrize("number", TABLE_PLANS)
def test_rows_of_the_acceptance_plans(number: str) -> None:
    folder = Path(ACCEPTANCE or "")
    [path] = (folder / "plans").glob(f"{number}_*.txt")
    gold = json.loads((folder / "gold" / f"{path.stem}.json").read_text(encoding="utf-8"))
    document = parse(path)
    assert_sound(document)
    table = max(tables(document), key=lambda t: t.n_rows)
    found = [row for row in rows(document, table) if re.fullmatch(r"\d+\.?", row[0])]
    assert [row[0].rstrip(".") for row in found] == [task["no"] for task in gold["tasks"]]
    assert [squeeze(row[1]) for row in found] == [squeeze(task["content"]) for task in gold["tasks"]]
    assert [row[-1] for row in found] == _last_cells(table, gold["tasks"], [row[-1] for row in found])


def _last_cells(table: Table, tasks: list[dict[str, object]], found: list[str]) -> list[str]:
    """The time column where the table has one, else the cells as they were found."""
    return [str(task["time_text"] or "") for task in tasks] if table.n_cols > 3 else found
