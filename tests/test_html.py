"""HTML pages: blocks to paragraphs, tables to grids, boilerplate left out and said so."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from parsed import assert_sound, cell_items, only_rows, prose, rows, tables

from extractors.document import Document, Paragraph
from pipeline.errors import KehoachError, TooLarge, TooManyPages
from pipeline.parsers.html import fragment_blocks, parse_html
from pipeline.parsers.limits import Limits


def read(body: str, *, limits: Limits | None = None) -> Document:
    document = parse_html(f"<!DOCTYPE html><html><body>{body}</body></html>".encode(), limits or Limits())
    assert_sound(document)
    return document


PARAGRAPHS = {
    "blocks": ("<p>a</p><div>b<div>c</div>d</div>e", ["a", "b", "c", "d", "e"]),
    "inline tags glue": ("<p>K<b>ế</b> <span>hoạch</span></p>", ["Kế hoạch"]),
    "white space": ("<p>a&nbsp;&nbsp;b\n\n   c</p>", ["a b c"]),
    "entities": ("<p>a &amp; b &lt; c &#272; &ocirc;</p>", ["a & b < c Đ ô"]),
    "a break parts paragraphs": ("<p>- Trồng;<br>- Tưới.<br/>Hết</p>", ["- Trồng;", "- Tưới.", "Hết"]),
    "a break in mid-sentence parts lines": ("<p>Trồng cây<br>năm 2024</p>", ["Trồng cây\nnăm 2024"]),
    "numbered list": ("<ol><li>a</li><li><p>b</p></li></ol>", ["1. a", "2. b"]),
    "numbers as printed stay": ("<ol><li>1. a</li><li>b</li></ol>", ["1. a", "2. b"]),
    "start and value": ("<ol start=3><li>a<li value=7>b<li>c</ol>", ["3. a", "7. b", "8. c"]),
    "letters and Roman": (
        "<ol type=a><li>a</ol><ol type=I><li>b<li>c<li>d<li>e</ol>",
        ["a. a", "I. b", "II. c", "III. d", "IV. e"],
    ),
    "bullets": ("<ul><li>a<ul><li>+ b</li></ul></li><li>c</li></ul>", ["- a", "+ b", "- c"]),
    "bullets without mark": ("<ul style='list-style-type: none'><li>a</li></ul>", ["a"]),
    "an empty item leaves no mark": ("<ul><li></li></ul><p>a</p>", ["a"]),
    "scripts, styles, menus": ("<script>x</script><style>y</style><nav>z</nav><p>a</p>", ["a"]),
    "hidden": (
        "<p style='DISPLAY : none'>x</p>a<span hidden>y</span><b style='mso-hide:all'>z</b> b",
        ["a b"],
    ),
    "text after what is left out": ("<div>a<script>x</script> b</div>", ["a b"]),
    "preformatted": ("<pre>KẾ HOẠCH\n  Trồng cây</pre>", ["KẾ HOẠCH", "Trồng cây"]),
    "header and footer around an article": (
        "<header>x</header><article>a</article><footer>y</footer>",
        ["a"],
    ),
    "header and footer alone": ("<header>a</header><p>b</p><footer>c</footer>", ["a", "b", "c"]),
    "comments": ("<p>a<!-- x --><!--[if gte mso 9]><xml>y</xml><![endif]-->b</p>", ["ab"]),
    "Word's list": (
        "<p class=MsoListParagraph><![if !supportLists]><span style='mso-list:Ignore'>1."
        "<span>&nbsp; </span></span><![endif]>a<o:p></o:p></p>",
        ["1. a"],
    ),
}


@pytest.mark.parametrize(("body", "wanted"), PARAGRAPHS.values(), ids=PARAGRAPHS.keys())
def test_blocks_become_paragraphs(body: str, wanted: list[str]) -> None:
    assert prose(read(body)) == wanted


STYLES = {
    "bold": ("<p><b>a</b></p>", "bold", True),
    "bold by style": ("<p style='font-weight:700'>a</p>", "bold", True),
    "not bold inside bold": ("<b><p style='font-weight:normal'>a</p></b>", "bold", False),
    "half bold": ("<p><b>a</b> b</p>", "bold", False),
    "italic": ("<p><em>a</em></p>", "italic", True),
    "italic by style": ("<p><span style='font-style: italic'>a</span></p>", "italic", True),
    "centred": ("<center><p>a</p></center>", "centred", True),
    "centred by attribute": ("<p align=CENTER>a</p>", "centred", True),
    "centred by style": ("<div style='text-align:center'><p>a</p></div>", "centred", True),
    "left inside centred": ("<center><p style='text-align:left'>a</p></center>", "centred", False),
    "not told": ("<p>a</p>", "centred", None),
    "heading": ("<h2>a</h2>", "heading", 2),
    "size": ("<p style='font-size:14.0pt'>a</p>", "size", 14.0),
    "size in pixels": ("<p style='font-size:16px'>a</p>", "size", 12.0),
}


@pytest.mark.parametrize(("body", "name", "wanted"), STYLES.values(), ids=STYLES.keys())
def test_style(body: str, name: str, wanted: object) -> None:
    [block] = read(body).blocks
    assert isinstance(block, Paragraph)
    assert getattr(block.style, name) == wanted


def test_merged_cells() -> None:
    body = """<table><thead><tr><th rowspan=2>TT<th colspan=2>Việc</tr><tr><th>Tên<th>Lúc</tr></thead>
      <tr><td rowspan=2>1<td>Trồng<td>Tháng 3<tr><td>Tưới<td>Tháng 4<tr><td colspan=3>QUÝ II</table>"""
    assert only_rows(read(body)) == [
        ["TT", "Việc", "Việc"],
        ["TT", "Tên", "Lúc"],
        ["1", "Trồng", "Tháng 3"],
        ["1", "Tưới", "Tháng 4"],
        ["QUÝ II"] * 3,
    ]


def test_a_table_in_a_cell_is_flattened_once() -> None:
    inner = "<table><tr><td>b</td><td><p>c</p></td></tr></table>"
    body = f"<table border=1><tr><td>a{inner}d</td><td>e</td></tr></table>"
    document = read(body)
    [table] = tables(document)
    assert cell_items(document, table, 0, 0) == ["a", "b", "c", "d"]
    assert rows(document, table) == [["a b c d", "e"]]


def test_a_table_that_lays_out_the_page_is_none() -> None:
    inner = "<table border=1><tr><td>TT</td><td>Việc</td></tr><tr><td>1</td><td>Trồng cây</td></tr></table>"
    content = f"<p>{'Mở đầu dài. ' * 9}</p>{inner}"
    document = read(f"<table width='100%'><tr><td>Trang chủ</td><td>{content}</td></tr></table>")
    assert only_rows(document) == [["TT", "Việc"], ["1", "Trồng cây"]]
    assert prose(document)[0] == "Trang chủ"


BORDERS = {
    "attribute": ("<table border=1>{}</table>", True),
    "no border": ("<table border=0>{}</table>", False),
    "style": ("<table style='border:1px solid black'>{}</table>", True),
    "style none": ("<table style='border:none'>{}</table>", False),
    "not told": ("<table class=x>{}</table>", None),
}


@pytest.mark.parametrize(("body", "wanted"), BORDERS.values(), ids=BORDERS.keys())
def test_borders(body: str, wanted: bool | None) -> None:
    assert tables(read(body.format("<tr><td>a</td><td>b</td></tr>")))[0].ruled is wanted


def test_borders_of_the_cells_count() -> None:
    cells = "<tr><td style='border:solid windowtext 1.0pt'>a</td><td style='border-left:none'>b</td></tr>"
    assert tables(read(f"<table border=0>{cells}</table>"))[0].ruled is True


def test_an_empty_table_is_none() -> None:
    assert prose(read("<table><tr><td> </td></tr></table><p>a</p>")) == ["a"]
    assert not tables(read("<table><tr><td> </td></tr></table><p>a</p>"))


ENCODINGS = {
    "UTF-8": ('<meta charset="utf-8">', "utf-8"),
    "UTF-8 with a mark": ("", "utf-8-sig"),
    "UTF-16": ("", "utf-16"),
    "UTF-8 declared as something else": ('<meta charset="iso-8859-1">', "utf-8"),
}


@pytest.mark.parametrize(("meta", "encoding"), ENCODINGS.values(), ids=ENCODINGS.keys())
def test_character_sets(meta: str, encoding: str) -> None:
    data = f"<html><head>{meta}</head><body><p>Kế hoạch trồng cây</p></body></html>".encode(encoding)
    assert prose(parse_html(data, Limits())) == ["Kế hoạch trồng cây"]


def test_what_is_left_out_is_said() -> None:
    [diagnostic] = read("<nav><a>x</a></nav><p hidden>y</p><p>a</p>").diagnostics
    assert diagnostic.code == "boilerplate-dropped"
    assert "nav" in diagnostic.message and "hidden" in diagnostic.message


def test_a_page_without_text_says_so() -> None:
    document = read("<script>render()</script>")
    assert (document.text, [d.code for d in document.diagnostics]) == ("", ["no-text"])


def test_printed_pages() -> None:
    document = read("<p>a</p><br style='page-break-before:always'><p>b</p>")
    assert [p.page for p in document.paragraphs()] == [1, 2]
    with pytest.raises(TooManyPages, match="max_pages"):
        read("<p>a</p><p style='page-break-before:always'>b</p>" * 9, limits=Limits(max_pages=5))


DEEP = {
    "blocks": "<div>" * 5000 + "sâu" + "</div>" * 5000 + "<p>sau</p>",
    "inline": "<p>" + "<b>" * 5000 + "sâu" + "</b>" * 5000 + "</p><p>sau</p>",
    "lists": "<ul><li>sâu" * 500 + "<p>sau</p>",
    "tables": "<table><tr><td>" * 500 + "sâu" + "</td></tr></table>" * 500 + "<p>sau</p>",
}


@pytest.mark.parametrize("body", DEEP.values(), ids=DEEP.keys())
def test_deep_nesting_loses_nothing_and_is_said(body: str) -> None:
    document = read(body)
    assert "sâu" in document.text and "sau" in document.text
    assert "deep-nesting" in {d.code for d in document.diagnostics}


def test_nesting_that_is_usual_is_kept() -> None:
    document = read("<div>" * 100 + "<p><b>a</b></p>" + "</div>" * 100)
    assert not document.diagnostics


@pytest.mark.parametrize(
    "body",
    [
        "<td colspan=999999999 rowspan=999999999>a<td>b",
        "<tr><td rowspan=0>a<td>b<tr><td>c",
        "<td colspan=-1>a",
    ],
)
def test_absurd_spans_are_bounded(body: str) -> None:
    document = read(f"<table>{body}</table>")
    assert tables(document)[0].n_cols <= Limits().max_columns
    assert "a" in document.text


def test_cells_beyond_the_last_column_are_kept() -> None:
    body = "".join(f"<td>x{i}</td>" for i in range(30))
    document = read(f"<table><tr>{body}</tr></table>", limits=Limits(max_columns=10))
    assert tables(document)[0].n_cols == 10 and "x29" in document.text


@pytest.mark.parametrize(
    ("body", "limits", "named"),
    [
        ("<p>a</p>" * 50, Limits(max_blocks=20), "max_blocks"),
        ("<p>aaaa</p>" * 50, Limits(max_text_chars=100), "max_text_chars"),
        (f"<p>{'a ' * 6_000_000}</p>", Limits(), "10,000,000"),
    ],
)
def test_limits_are_named(body: str, limits: Limits, named: str) -> None:
    with pytest.raises(TooLarge, match=named):
        read(body, limits=limits)


def test_no_entity_is_expanded_and_nothing_is_fetched() -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "b"><!ENTITY c "&a;&a;"><!ENTITY x SYSTEM "file:///etc/hostname">]>'
    document = parse_html(f"{bomb}<html><body><p>&c; &x; hết</p></body></html>".encode(), Limits())
    assert "bb" not in document.text and "hết" in document.text


def test_a_fragment_keeps_its_page() -> None:
    [block] = fragment_blocks("<p>a</p>", 7)
    assert getattr(block, "lines")[0].page == 7  # noqa: B009


PIECES = st.sampled_from(
    [
        "<p>", "</p>", "<table>", "</table>", "<tr>", "<td>", "<td rowspan=3 colspan=2>", "</td>", "<ol>",
        "<li>", "</ol>", "<br>", "<b>", "</b>", "<nav>", "</nav>", "<article>", "<div hidden>", "</div>",
        "<pre>", "&#0;", "&#xD800;", "&nbsp;", "a", "Kế hoạch ", "\u0301", "\x00", "1. ", "<!--", "-->",
        "<", ">", "<svg>", "<h1>", "<p style='page-break-before:always;font-size:9pt;text-align:center'>",
        "\n", "<o:p>", "<![if !x]>",
    ]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_markup_gives_a_sound_document(body: str) -> None:
    read(body)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_a_sound_document(data: bytes) -> None:
    try:
        assert_sound(parse_html(data, Limits()))
    except KehoachError:
        return
