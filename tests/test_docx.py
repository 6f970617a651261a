"""DOCX: what of a paragraph is read, how it looks, in which order things stand."""

from __future__ import annotations

from io import BytesIO

import pytest
from docx import Document as WordDocument

from extractors.document import Paragraph
from pipeline.parsers.docx import parse_docx
from pipeline.parsers.limits import DEFAULT_LIMITS
from tests.docx_files import box, docx, first_table, p, r, read, tbl, texts, tr

DELETED = '<w:r><w:delText xml:space="preserve">bỏ </w:delText></w:r>'


def field(instruction: str, result: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'{r(result)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        pytest.param(r("Thi ") + r("đua"), "Thi đua", id="runs joined without a space"),
        pytest.param(r("Thi đua".encode().decode() + " u\u031b\u0301ng"), "Thi đua ứng", id="NFC"),
        pytest.param(r("Thi đu") + r("a\u0301"), "Thi đuá", id="NFC over runs"),
        pytest.param(f"<w:ins>{r('thêm')}</w:ins><w:del>{DELETED}</w:del>", "thêm", id="tracked change"),
        pytest.param(
            f"<w:moveFrom>{r('cũ ')}</w:moveFrom><w:moveTo>{r('mới')}</w:moveTo>", "mới", id="tracked move"
        ),
        pytest.param(
            f'<w:hyperlink r:id="x">{r("baohatinh")}</w:hyperlink>{r(".vn")}', "baohatinh.vn", id="hyperlink"
        ),
        pytest.param(
            f"<w:sdt><w:sdtContent>{r('Sở Nội vụ')}</w:sdtContent></w:sdt>", "Sở Nội vụ", id="content control"
        ),
        pytest.param(f"<w:smartTag>{r('Hà Nam')}</w:smartTag>", "Hà Nam", id="smart tag"),
        pytest.param(field("DATE", "01/02/2024"), "01/02/2024", id="field result"),
        pytest.param(field("IF " + "x", "năm") + r(" 2024"), "năm 2024", id="text after a field"),
        pytest.param(
            f'<w:fldSimple w:instr="AUTHOR">{r("Ban Tổ chức")}</w:fldSimple>',
            "Ban Tổ chức",
            id="simple field",
        ),
        pytest.param(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + r("còn nguyên"),
            "còn nguyên",
            id="field not closed",
        ),
        pytest.param(r("một") + "<w:r><w:br/></w:r>" + r("hai"), "một\nhai", id="line break"),
        pytest.param(r("một") + "<w:r><w:tab/></w:r>" + r("hai"), "một hai", id="tab"),
        pytest.param(r("thi") + "<w:r><w:noBreakHyphen/></w:r>" + r("đua"), "thi-đua", id="no-break hyphen"),
        pytest.param(r("khen") + "<w:r><w:softHyphen/></w:r>" + r("thưởng"), "khenthưởng", id="soft hyphen"),
        pytest.param(
            '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>' + r(" 90%"), "≥ 90%", id="symbol of Symbol"
        ),
        pytest.param(
            '<w:r><w:sym w:font="Wingdings" w:char="F0D8"/></w:r>' + r(" Mục"), "• Mục", id="Wingdings bullet"
        ),
        pytest.param(r("ẩn ", "<w:vanish/>") + r("hiện"), "hiện", id="hidden text"),
        pytest.param(r("hiện", '<w:vanish w:val="0"/>'), "hiện", id="hidden switched off"),
        pytest.param(r("kế hoạch", "<w:caps/>"), "KẾ HOẠCH", id="printed in capitals"),
        pytest.param("<m:oMath><m:r><m:t>x+y</m:t></m:r></m:oMath>", "x+y", id="formula"),
        pytest.param(
            "<w:r><w:ruby><w:rt><w:r><w:t>trên</w:t></w:r></w:rt>"
            f"<w:rubyBase>{r('dưới')}</w:rubyBase></w:ruby></w:r>",
            "dưới",
            id="ruby",
        ),
        pytest.param(
            '<w:commentRangeStart w:id="1"/>'
            + r("chữ")
            + '<w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>',
            "chữ",
            id="comment",
        ),
    ],
)
def test_text_of_a_paragraph(inner: str, expected: str) -> None:
    assert texts(read(f"<w:p>{inner}</w:p>")) == [expected]


def test_field_over_paragraphs_shows_its_result_only() -> None:
    body = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r("I. Mục đích")}</w:p>'
        f'<w:p>{r("II. Yêu cầu")}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    assert texts(read(body)) == ["I. Mục đích", "II. Yêu cầu"]


@pytest.mark.parametrize("mark", ["<w:del/>", "<w:moveFrom/>", "<w:vanish/>"])
def test_deleted_paragraph_mark_joins_paragraphs_under_the_later_look(mark: str) -> None:
    body = p("Phát động ", f'<w:jc w:val="left"/><w:rPr>{mark}</w:rPr>') + p(
        "thi đua", '<w:jc w:val="center"/>'
    )
    document = read(body)
    assert texts(document) == ["Phát động thi đua"]
    assert next(document.paragraphs()).style.centred is True


def test_deleted_and_hidden_rows_are_left_out() -> None:
    table = tbl(
        tr("1", "giữ"),
        tr("2", "xóa", properties="<w:del/>"),
        tr("3", "thêm", properties="<w:ins/>"),
        tr("4", "ẩn", properties="<w:hidden/>"),
    )
    document = read(table)
    assert [document.cut(cell) for cell in first_table(document).cells] == ["1", "giữ", "3", "thêm"]


# --- looks ----------------------------------------------------------------------------------

STYLES = """
<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="26"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Dam"><w:name w:val="Dam"/><w:basedOn w:val="Normal"/>
  <w:pPr><w:jc w:val="center"/><w:ind w:left="200"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="DamLon"><w:name w:val="DamLon"/><w:basedOn w:val="Dam"/>
  <w:rPr><w:sz w:val="32"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/></w:style>
<w:style w:type="paragraph" w:styleId="Vong"><w:name w:val="Vong"/><w:basedOn w:val="Vong"/></w:style>
<w:style w:type="character" w:styleId="Manh"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
"""


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(p("a"), (False, False, False, 13.0, None), id="document defaults"),
        pytest.param(
            p("a", '<w:pStyle w:val="DamLon"/>'),
            (True, False, True, 16.0, None),
            id="inherited from two styles",
        ),
        pytest.param(
            p("a", '<w:pStyle w:val="Dam"/>', '<w:b w:val="0"/>')[:],
            (False, False, True, 13.0, None),
            id="direct over style",
        ),
        pytest.param(
            p("a", '<w:pStyle w:val="Dam"/>', '<w:rStyle w:val="Manh"/>'),
            (False, False, True, 13.0, None),
            id="two styles toggle each other off",
        ),
        pytest.param(
            p("a", "", '<w:rStyle w:val="Manh"/>'), (True, False, False, 13.0, None), id="character style"
        ),
        pytest.param(
            p("a", '<w:pStyle w:val="H2"/>'), (False, False, False, 13.0, 2), id="Word's heading style"
        ),
        pytest.param(p("a", '<w:outlineLvl w:val="0"/>'), (False, False, False, 13.0, 1), id="outline level"),
        pytest.param(
            p("a", '<w:pStyle w:val="H2"/><w:outlineLvl w:val="9"/>'),
            (False, False, False, 13.0, None),
            id="outline level of body text",
        ),
        pytest.param(
            p("a", '<w:pStyle w:val="Vong"/>'), (False, False, False, 13.0, None), id="style based on itself"
        ),
        pytest.param(
            p("a", '<w:pStyle w:val="Nobody"/>'), (False, False, False, 13.0, None), id="unknown style"
        ),
        pytest.param(
            f"<w:p>{r('Mục ', '<w:b/><w:i/>')}{r('nội dung còn lại')}</w:p>",
            (False, False, False, 13.0, None),
            id="majority of characters decides",
        ),
        pytest.param(
            p("a", "", '<w:i/><w:sz w:val="28"/><w:rPrChange><w:rPr><w:b/></w:rPr></w:rPrChange>'),
            (False, True, False, 14.0, None),
            id="former look of a tracked change",
        ),
    ],
)
def test_style(body: str, expected: tuple[bool, bool, bool, float, int | None]) -> None:
    style = next(read(body, styles=STYLES).paragraphs()).style
    assert (style.bold, style.italic, style.centred, style.size, style.heading) == expected


@pytest.mark.parametrize(
    ("properties", "expected"),
    [
        pytest.param('<w:ind w:firstLine="720"/>', 36.0, id="first line"),
        pytest.param('<w:ind w:left="720" w:hanging="360"/>', 18.0, id="hanging"),
        pytest.param('<w:pStyle w:val="Dam"/><w:ind w:firstLine="100"/>', 15.0, id="left from the style"),
        pytest.param('<w:ind w:start="400"/>', 20.0, id="start instead of left"),
    ],
)
def test_indent_in_points(properties: str, expected: float) -> None:
    assert next(read(p("a", properties), styles=STYLES).paragraphs()).indent == expected


def test_leading_tab_is_an_indent_and_no_text() -> None:
    paragraph = next((document := read(f"<w:p><w:r><w:tab/></w:r>{r('Căn cứ')}</w:p>")).paragraphs())
    assert (document.cut(paragraph), paragraph.indent) == ("Căn cứ", 36.0)


# --- boxes, notes, margins ------------------------------------------------------------------


def test_text_box_is_read_once_after_its_paragraph() -> None:
    body = f"<w:p>{r('trước')}{box(p('trong khung'))}{r(' sau')}</w:p>{p('kế tiếp')}"
    assert texts(read(body)) == ["trước sau", "trong khung", "kế tiếp"]


def test_text_box_only_in_the_fallback_is_read() -> None:
    run = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing/></mc:Choice><mc:Fallback><w:pict>'
        f"<v:textbox><w:txbxContent>{p('khung cũ')}</w:txbxContent></v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    assert texts(read(f"<w:p>{run}</w:p>")) == ["khung cũ"]


def test_offsets_of_a_drawing_are_never_text() -> None:
    assert "123456" not in read(f"<w:p>{r('Số')}{box(p('khung'))}</w:p>").text


def test_box_in_a_box_is_read_once() -> None:
    inner = f"<w:p>{r('ngoài')}{box(p('trong'))}</w:p>"
    assert texts(read(f"<w:p>{box(inner)}</w:p>")) == ["ngoài", "trong"]


NOTES = (
    '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
    f'<w:footnote w:id="2">{p("Luật năm 2022.")}</w:footnote>'
    f'<w:footnote w:id="3">{p("Nghị định năm 2023.")}</w:footnote>'
    f'<w:footnote w:id="4">{p("Không ai dẫn.")}</w:footnote>'
)


def test_footnotes_follow_the_body_in_the_order_of_their_references() -> None:
    reference = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    gone = f"<w:del>{reference.format(4)}</w:del>"
    body = f"<w:p>{r('Căn cứ')}{reference.format(3)}{r(' luật')}{reference.format(2)}{gone}</w:p>" + p("Hết")
    document = read(body, footnotes=NOTES)
    assert texts(document) == ["Căn cứ luật", "Hết", "Nghị định năm 2023.", "Luật năm 2022."]
    assert [q.part for q in document.paragraphs()] == ["body", "body", "footnote", "footnote"]


def test_headers_and_footers_stand_apart_without_page_numbers() -> None:
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="header1"/>'
        '<w:headerReference w:type="first" r:id="header2"/><w:footerReference r:id="footer1"/></w:sectPr>'
    )
    document = read(
        p("Thân") + section,
        header1=f"<w:p>{field('PAGE', '7')}</w:p>" + p("Kế hoạch"),
        header2=p("trang đầu không bật"),
        footer1=f'<w:p>{r("Trang ")}<w:fldSimple w:instr=" PAGE ">{r("7")}</w:fldSimple></w:p>',
    )
    found = [(q.part, document.cut(q)) for q in document.paragraphs()]
    assert found == [("header", "Kế hoạch"), ("body", "Thân"), ("footer", "Trang")]


def test_header_of_the_first_page_counts_where_the_section_wants_it() -> None:
    section = '<w:sectPr><w:headerReference w:type="first" r:id="header1"/><w:titlePg/></w:sectPr>'
    table = tbl(tr("UBND HUYỆN", "CỘNG HÒA"), properties="")
    document = read(p("Thân") + section, header1=table)
    found = [(q.part, q.column, document.cut(q)) for q in document.paragraphs()]
    assert found[:2] == [("header", "left", "UBND HUYỆN"), ("header", "right", "CỘNG HÒA")]


def test_page_fields_of_the_body_are_text() -> None:
    assert texts(read(f"<w:p>{r('trang ')}{field('PAGE', '3')}</w:p>")) == ["trang 3"]


# --- pages ----------------------------------------------------------------------------------

RENDERED = "<w:r><w:lastRenderedPageBreak/></w:r>"
PAGE_BREAK = '<w:r><w:br w:type="page"/></w:r>'
SECTION = '<w:sectPr><w:type w:val="{}"/><w:pgSz w:w="11900" w:h="16840"/></w:sectPr>'


@pytest.mark.parametrize(
    ("body", "pages"),
    [
        pytest.param(p("a") + p("b"), [1, 1], id="none known"),
        pytest.param(p("a") + f"<w:p>{RENDERED}{r('b')}</w:p>", [1, 2], id="as last laid out"),
        pytest.param(p("a") + f"<w:p>{PAGE_BREAK}</w:p>" + p("b"), [1, 2], id="break of the author"),
        pytest.param(
            p("a") + f"<w:p>{PAGE_BREAK}</w:p><w:p>{RENDERED}{r('b')}</w:p>",
            [1, 2],
            id="one break told twice",
        ),
        pytest.param(p("a") + p("b", "<w:pageBreakBefore/>"), [1, 2], id="break before the paragraph"),
        pytest.param(
            p("a", SECTION.format("nextPage")) + p("b") + SECTION.format("nextPage"),
            [1, 2],
            id="next page section",
        ),
        pytest.param(
            p("a", SECTION.format("nextPage")) + p("b") + SECTION.format("continuous"),
            [1, 1],
            id="continuous section",
        ),
    ],
)
def test_pages(body: str, pages: list[int]) -> None:
    document = read(body)
    assert [q.page for q in document.paragraphs()] == pages
    assert [page.number for page in document.pages] == list(range(1, pages[-1] + 1))


def test_page_break_inside_a_word_and_between_words() -> None:
    document = read(f"<w:p>{r('khen thư')}{RENDERED}{r('ởng năm ')}{RENDERED}{r('2024')}</w:p>")
    assert document.text == "khen thưởng năm 2024"
    assert [line.page for line in document.lines] == [1, 2, 3]
    assert [page.start for page in document.pages] == [0, 8, 16]


def test_cells_of_a_row_count_a_page_end_once() -> None:
    def broken(text: str) -> str:
        return f"<w:tc><w:p>{r(text)}{RENDERED}{r(' tiếp')}</w:p></w:tc>"

    document = read(tbl(tr(broken("a"), broken("b")), tr("c", "d")))
    assert [[line.page for line in q.lines] for q in document.paragraphs()] == [[1, 2], [1, 2], [2], [2]]


def test_row_that_begins_a_page_is_on_it_as_a_whole() -> None:
    start = f"<w:tc><w:p>{RENDERED}{r('2')}</w:p></w:tc>"
    document = read(tbl(tr("1", "a"), tr(start, "b")))
    assert [q.page for q in document.paragraphs()] == [1, 1, 2, 2]


def test_page_size_in_points() -> None:
    page = read(p("a") + SECTION.format("nextPage")).pages[0]
    assert (page.width, page.height) == (595.0, 842.0)


# --- columns --------------------------------------------------------------------------------

TABS = '<w:tabs><w:tab w:val="center" w:pos="1800"/><w:tab w:val="center" w:pos="6600"/></w:tabs>'


def tabbed(*pieces: str, properties: str = "") -> str:
    inner = "<w:r><w:tab/></w:r>".join(r(piece) if piece else "" for piece in pieces)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(
            tabbed("", "UBND TỈNH X", "CỘNG HÒA XÃ HỘI", properties=TABS)
            + tabbed("", "SỞ Y TẾ", "Độc lập - Tự do", properties=TABS)
            + tabbed("", "Số:      /KH-SYT", "X, ngày      tháng 02 năm 2024", properties=TABS)
            + p("KẾ HOẠCH", '<w:jc w:val="center"/>'),
            [
                ("left", "UBND TỈNH X"),
                ("left", "SỞ Y TẾ"),
                ("left", "Số: /KH-SYT"),
                ("right", "CỘNG HÒA XÃ HỘI"),
                ("right", "Độc lập - Tự do"),
                ("right", "X, ngày tháng 02 năm 2024"),
                ("full", "KẾ HOẠCH"),
            ],
            id="letterhead at centre tab stops",
        ),
        pytest.param(
            tabbed("Nơi nhận:", "", "", "", "", "", "TM. ỦY BAN", properties="")
            + tabbed("- Như trên;", "", "", "", "", "", "CHỦ TỊCH")
            + p("- Lưu: VT.")
            + tabbed("", "", "", "", "", "", "", "Nguyễn Văn Mẫu"),
            [
                ("left", "Nơi nhận:"),
                ("left", "- Như trên;"),
                ("left", "- Lưu: VT."),
                ("right", "TM. ỦY BAN"),
                ("right", "CHỦ TỊCH"),
                ("right", "Nguyễn Văn Mẫu"),
            ],
            id="signature with runs of tabs",
        ),
        pytest.param(
            p("UBND HUYỆN MẪU" + " " * 24 + "CỘNG HÒA XÃ HỘI")
            + p("Số: 12/KH-UBND" + " " * 24 + "Mẫu, ngày 02 tháng 3"),
            [
                ("left", "UBND HUYỆN MẪU"),
                ("left", "Số: 12/KH-UBND"),
                ("right", "CỘNG HÒA XÃ HỘI"),
                ("right", "Mẫu, ngày 02 tháng 3"),
            ],
            id="letterhead with blanks",
        ),
        pytest.param(
            p("Mẫu, ngày      tháng      năm 2024"),
            [("full", "Mẫu, ngày tháng năm 2024")],
            id="blanks left for the pen are no columns",
        ),
        pytest.param(
            tabbed(
                "Mục đích, yêu cầu của kế hoạch",
                "2",
                properties='<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9000"/></w:tabs>',
            ),
            [("full", "Mục đích, yêu cầu của kế hoạch 2")],
            id="contents line with a page number",
        ),
        pytest.param(
            tabbed("- Phát động thi đua", "", "", "Sở Nội vụ"),
            [("full", "- Phát động thi đua Sở Nội vụ")],
            id="a single item with tabs",
        ),
        pytest.param(tabbed("1.", "Mục đích"), [("full", "1. Mục đích")], id="tab after a typed number"),
        pytest.param(
            p("Tổ chức   phát động") + p("Sơ kết,   tổng kết"),
            [("full", "Tổ chức phát động"), ("full", "Sơ kết, tổng kết")],
            id="doubled blanks in running text",
        ),
    ],
)
def test_columns(body: str, expected: list[tuple[str, str]]) -> None:
    document = read(body)
    assert [(q.column, document.cut(q)) for q in document.paragraphs()] == expected


def test_columns_have_the_looks_of_their_sides() -> None:
    body = "".join(
        f"<w:p><w:pPr>{TABS}</w:pPr><w:r><w:tab/></w:r>{r(one)}<w:r><w:tab/></w:r>{r(two, '<w:b/>')}</w:p>"
        for one, two in (("UBND TỈNH MẪU", "CỘNG HÒA"), ("Số 01", "Độc lập"))
    )
    assert [q.style.bold for q in read(body).paragraphs()] == [False, False, True, True]


def test_section_in_two_columns_with_a_column_break() -> None:
    two = '<w:sectPr><w:type w:val="continuous"/><w:cols w:num="2"/></w:sectPr>'
    body = (
        p("Nơi nhận:")
        + f'<w:p><w:r><w:br w:type="column"/></w:r>{r("CHỦ TỊCH")}</w:p>'
        + p("", two)
        + p("PHỤ LỤC")
        + SECTION.format("continuous")
    )
    document = read(body)
    found = [(q.column, document.cut(q)) for q in document.paragraphs()]
    assert found == [("left", "Nơi nhận:"), ("right", "CHỦ TỊCH"), ("full", "PHỤ LỤC")]


# --- files of other programs ----------------------------------------------------------------


def test_file_written_by_python_docx() -> None:
    made = WordDocument()
    made.add_heading("Kế hoạch", 1)
    made.add_paragraph("Phát động phong trào", style="List Bullet")
    made.add_paragraph("Sơ kết", style="List Number")
    made.add_paragraph("Tổng kết", style="List Number")
    out = BytesIO()
    made.save(out)
    document = parse_docx(out.getvalue(), DEFAULT_LIMITS)
    assert texts(document) == ["Kế hoạch", "- Phát động phong trào", "1. Sơ kết", "2. Tổng kết"]
    assert next(document.paragraphs()).style.heading == 1


def test_strict_file_is_read_as_any_other() -> None:
    usual = docx(p("Kế hoạch"), {"numbering": ""})
    strict = {
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main": b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    }
    from zipfile import ZipFile

    from tests.docx_files import archive

    with ZipFile(BytesIO(usual)) as zipped:
        files = {name: zipped.read(name) for name in zipped.namelist()}
    for before, after in strict.items():
        files = {name: data.replace(before, after) for name, data in files.items()}
    assert parse_docx(archive(files), DEFAULT_LIMITS).text == "Kế hoạch"


def test_empty_paragraphs_leave_nothing() -> None:
    document = read(p() + p("a") + p("   ") + p("b"))
    assert document.text == "a\nb"
    assert all(isinstance(block, Paragraph) for block in document.blocks)
