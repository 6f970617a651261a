"""DOCX tables: merged cells, borders, nested tables, tables that go on."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from extractors.document import Paragraph, Table
from extractors.vietnamese.letters import squeeze
from pipeline.parsers.docx import parse_docx
from pipeline.parsers.limits import DEFAULT_LIMITS
from tests.docx_files import RULED, first_table, p, r, read, rows, tbl, tc, texts, tr

SPAN = '<w:gridSpan w:val="{}"/>'
BEGINS = '<w:vMerge w:val="restart"/>'
GOES_ON = "<w:vMerge/>"


def spans(body: str) -> list[tuple[int, int, int, int]]:
    return [(c.row, c.col, c.row_span, c.col_span) for c in first_table(read(body)).cells]


def test_plain_grid() -> None:
    document = read(tbl(tr("TT", "Việc"), tr("1", "Phát động")))
    assert rows(document) == [["TT", "Việc"], ["1", "Phát động"]]
    assert document.text == "TT\tViệc\n1\tPhát động"


def test_cell_over_columns() -> None:
    body = tbl(tr("1", "a", "b"), tr(tc("QUÝ I", SPAN.format(3))))
    assert spans(body) == [(0, 0, 1, 1), (0, 1, 1, 1), (0, 2, 1, 1), (1, 0, 1, 3)]


def test_cell_over_rows_is_one_cell() -> None:
    body = tbl(
        tr("1", tc("Quý I", BEGINS)), tr("2", tc("", GOES_ON)), tr("3", tc("", GOES_ON)), tr("4", "Quý II")
    )
    document = read(body)
    assert [row[1] for row in rows(document)] == ["Quý I", "Quý I", "Quý I", "Quý II"]
    assert document.text.count("Quý I\n") == 1
    assert (0, 1, 3, 1) in spans(body)


def test_cell_over_rows_and_columns() -> None:
    both = SPAN.format(2)
    body = tbl(tr(tc("x", both + BEGINS), "a"), tr(tc("", both + GOES_ON), "b"), tr("1", "2", "3"))
    assert spans(body)[0] == (0, 0, 2, 2)


def test_merge_that_goes_on_from_nothing_is_a_cell() -> None:
    assert rows(read(tbl(tr(tc("a", GOES_ON), "b")))) == [["a", "b"]]


def test_old_horizontal_merge() -> None:
    body = tbl(tr(tc("x", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), "y"), tr("1", "2", "3"))
    assert spans(body)[:2] == [(0, 0, 1, 2), (0, 2, 1, 1)]


def test_text_under_a_merged_cell_is_told() -> None:
    document = read(tbl(tr(tc("a", BEGINS), "b"), tr(tc("bị che", GOES_ON), "c")))
    assert "bị che" not in document.text
    assert [d.code for d in document.diagnostics] == ["hidden-cell-text"]


def test_row_that_begins_with_empty_columns() -> None:
    body = tbl(tr("1", "2"), tr("b", properties='<w:gridBefore w:val="1"/>'))
    assert rows(read(body))[1] == ["", "b"]


def test_columns_whose_edges_differ_by_a_hair_are_one() -> None:
    body = tbl(
        tr("TT", tc("Việc", SPAN.format(2)), "Hạn"),
        tr("1", "Phát động", tc("Quý I", SPAN.format(2))),
        widths=(600, 3000, 60, 1500),
    )
    assert rows(read(body)) == [["TT", "Việc", "Hạn"], ["1", "Phát động", "Quý I"]]
    assert first_table(read(body)).n_cols == 3


def test_grid_columns_that_no_cell_uses_are_none() -> None:
    body = tbl(tr(tc("a", SPAN.format(4)), tc("b", SPAN.format(2))), widths=(500,) * 6)
    assert (first_table(read(body)).n_cols, spans(body)) == (2, [(0, 0, 1, 1), (0, 1, 1, 1)])


def test_paragraphs_of_a_cell() -> None:
    document = read(tbl(tr(f"<w:tc>{p('- một')}{p('- hai')}</w:tc>", "x")))
    cell = first_table(document).cells[0]
    assert [document.cut(q) for q in cell.paragraphs] == ["- một", "- hai"]


def test_rows_and_cells_in_content_controls() -> None:
    inner = tr(f"<w:sdt><w:sdtContent>{tc('a')}</w:sdtContent></w:sdt>", "b")
    assert rows(read(tbl(f"<w:sdt><w:sdtContent>{inner}</w:sdtContent></w:sdt>"))) == [["a", "b"]]


# --- borders --------------------------------------------------------------------------------

NONE = (
    "<w:tblBorders>"
    + "".join(f'<w:{s} w:val="nil"/>' for s in ("top", "insideH", "insideV"))
    + "</w:tblBorders>"
)
OUTER = (
    "<w:tblBorders>"
    + "".join(f'<w:{s} w:val="single"/>' for s in ("top", "left", "bottom", "right"))
    + "</w:tblBorders>"
)
CELL = (
    "<w:tcBorders>"
    + "".join(f'<w:{s} w:val="single"/>' for s in ("top", "start", "bottom", "end"))
    + "</w:tcBorders>"
)
BARE = (
    "<w:tcBorders>"
    + "".join(f'<w:{s} w:val="nil"/>' for s in ("top", "left", "bottom", "right"))
    + "</w:tcBorders>"
)
STYLES = """
<w:style w:type="table" w:default="1" w:styleId="Bang"><w:name w:val="Normal Table"/></w:style>
<w:style w:type="table" w:styleId="Luoi"><w:name w:val="Table Grid"/><w:basedOn w:val="Bang"/><w:tblPr>
  <w:tblBorders><w:top w:val="single"/><w:insideH w:val="single"/><w:insideV w:val="single"/></w:tblBorders>
</w:tblPr></w:style>
<w:style w:type="table" w:styleId="LuoiCon"><w:name w:val="Con"/><w:basedOn w:val="Luoi"/></w:style>
<w:style w:type="table" w:styleId="Dai"><w:name w:val="Dai"/>
  <w:tblStylePr w:type="wholeTable"><w:tcPr><w:tcBorders>
  <w:insideH w:val="single"/></w:tcBorders></w:tcPr></w:tblStylePr></w:style>
"""


def square(properties: str, cell: str = "") -> str:
    return tbl(*(tr(tc("a", cell), tc("b", cell)) for _ in range(3)), properties=properties)


@pytest.mark.parametrize(
    ("body", "ruled"),
    [
        pytest.param(square(RULED), True, id="borders of the table"),
        pytest.param(square(""), False, id="no borders"),
        pytest.param(square(NONE), False, id="borders switched off"),
        pytest.param(square(OUTER), True, id="outer box"),
        pytest.param(square("", CELL), True, id="borders of the cells"),
        pytest.param(square(RULED, BARE), False, id="cells without the table's borders"),
        pytest.param(square('<w:tblStyle w:val="Luoi"/>'), True, id="style"),
        pytest.param(square('<w:tblStyle w:val="LuoiCon"/>'), True, id="style based on a style"),
        pytest.param(square(f'<w:tblStyle w:val="Luoi"/>{NONE}'), False, id="direct over style"),
        pytest.param(square('<w:tblStyle w:val="Dai"/>'), True, id="style that draws its parts"),
        pytest.param(square(RULED.replace("/>", ' w:color="FFFFFF"/>')), False, id="white lines"),
    ],
)
def test_ruled(body: str, ruled: bool) -> None:
    assert first_table(read(body, styles=STYLES)).ruled is ruled


def test_rule_under_an_issuer_makes_no_ruled_table() -> None:
    line = '<w:tcBorders><w:bottom w:val="single"/></w:tcBorders>'
    body = tbl(
        tr("UBND TỈNH", "CỘNG HÒA"),
        tr(tc("SỞ Y TẾ", line), "Độc lập"),
        tr("Số", "ngày"),
        tr("", ""),
        properties="",
    )
    assert first_table(read(body)).ruled is False


# --- nested tables and frames ---------------------------------------------------------------


def test_table_in_a_ruled_cell_is_flattened() -> None:
    inner = tbl(tr("x", "y"))
    document = read(tbl(tr(f"<w:tc>{p('trước')}{inner}{p('sau')}</w:tc>", "b")))
    assert [document.cut(q) for q in first_table(document).cells[0].paragraphs] == ["trước", "x", "y", "sau"]


def test_frame_around_a_table_is_unfolded() -> None:
    document = read(tbl(tr(f"<w:tc>{p('KẾ HOẠCH')}{tbl(tr('1', 'việc'))}{p('hết')}</w:tc>"), properties=""))
    assert [type(block) for block in document.blocks] == [Paragraph, Table, Paragraph]
    assert rows(document) == [["1", "việc"]]


def test_ruled_table_in_a_layout_row_stands_after_it() -> None:
    layout = tbl(tr(f"<w:tc>{p('trái')}{tbl(tr('1', 'việc'))}{p()}</w:tc>", "phải"), properties="")
    tables = [block for block in read(layout).blocks if isinstance(block, Table)]
    assert [table.ruled for table in tables] == [False, True]


def test_one_column_without_borders_is_text() -> None:
    assert texts(read(tbl(tr("một"), tr("hai"), properties=""))) == ["một", "hai"]


def test_text_box_in_a_cell_stays_in_it() -> None:
    box = f"<w:r><w:pict><w:txbxContent>{p('khung')}</w:txbxContent></w:pict></w:r>"
    assert rows(read(tbl(tr(f"<w:tc><w:p>{r('ô')}{box}</w:p></w:tc>", "b")))) == [["ô\nkhung", "b"]]


# --- tables that go on ----------------------------------------------------------------------

HEADER = tr("TT", "Việc")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            tbl(HEADER, tr("1", "a")) + p() + tbl(HEADER, tr("2", "b")),
            [[["TT", "Việc"], ["1", "a"], ["2", "b"]]],
            id="repeated header is dropped",
        ),
        pytest.param(
            tbl(HEADER, tr("1", "a")) + tbl(tr("2", "b")),
            [[["TT", "Việc"], ["1", "a"], ["2", "b"]]],
            id="nothing between",
        ),
        pytest.param(
            tbl(HEADER, tr("1", "a")) + p() + tbl(tr("2", "b")),
            [[["TT", "Việc"], ["1", "a"]], [["2", "b"]]],
            id="empty paragraph and no header",
        ),
        pytest.param(
            tbl(HEADER, tr("1", "a")) + p("Phụ lục 2") + tbl(HEADER, tr("2", "b")),
            [[["TT", "Việc"], ["1", "a"]], [["TT", "Việc"], ["2", "b"]]],
            id="text between",
        ),
        pytest.param(
            tbl(HEADER, tr("1", "a")) + tbl(tr("2", "b", "c")),
            [[["TT", "Việc"], ["1", "a"]], [["2", "b", "c"]]],
            id="other columns",
        ),
        pytest.param(
            tbl(tr("UBND", "CỘNG HÒA"), properties="") + tbl(tr("Số", "ngày"), properties=""),
            [[["UBND", "CỘNG HÒA"]], [["Số", "ngày"]]],
            id="layout tables",
        ),
    ],
)
def test_joining(body: str, expected: list[list[list[str]]]) -> None:
    document = read(body)
    assert [rows(document, block) for block in document.blocks if isinstance(block, Table)] == expected


# --- files as they were issued --------------------------------------------------------------

ACCEPTANCE = os.environ.get("KEHOACH_ACCEPTANCE")


@pytest.mark.skipif(not ACCEPTANCE, reason="KEHOACH_ACCEPTANCE names no folder")
@pytest.mark.parametrize("name", ["sct_5fab57", "sct_12aaea"])
def test_rows_of_issued_plans(name: str) -> None:
    folder = Path(ACCEPTANCE or "")
    gold = json.loads((folder / "real-gold" / f"{name}.json").read_text(encoding="utf-8"))
    document = parse_docx((folder / "real" / f"{name}.docx").read_bytes(), DEFAULT_LIMITS)
    table = [block for block in document.blocks if isinstance(block, Table)][-1]
    found = {row[0].rstrip("."): row[1:] for row in rows(document, table)}
    assert table.ruled is True
    for task in gold["tasks"]:
        cells = [squeeze(text) for text in found[task["no"]]]
        assert squeeze(task["content"]) in cells
        assert all(any(body in cell for cell in cells) for body in task.get("lead", []))
