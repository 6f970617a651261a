"""The Document and its builder: offsets, pages and regions of made-up layouts."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from parsed import assert_sound

from extractors.building import DocumentBuilder, RawCell, RawLine, RawParagraph, RawTable, RawWord
from extractors.document import Document, Line, Page, Paragraph, Region, Table

WORDS = st.text("abcdđôéêơư", min_size=1, max_size=6)


@st.composite
def laid_lines(draw: st.DrawFn, page: int, top: float) -> RawLine:
    """A printed line: words from left to right, each five points a letter wide."""
    words: list[RawWord] = []
    x = draw(st.floats(50, 100, width=16))
    for text in draw(st.lists(WORDS, min_size=1, max_size=5)):
        words.append(RawWord(text, Region(page, x, top, x + 5 * len(text), top + 10)))
        x += 5 * len(text) + 4
    return RawLine(
        " ".join(word.text for word in words),
        page,
        words=tuple(words),
        hard_break=draw(st.booleans()),
        glue=draw(st.booleans()),
    )


@st.composite
def laid_paragraphs(draw: st.DrawFn, first_page: int) -> tuple[RawParagraph, int]:
    """A paragraph that may run over page ends, and the page that it ends on."""
    page = first_page
    lines: list[RawLine] = []
    for i in range(draw(st.integers(1, 4))):
        page += draw(st.integers(0, 5)) == 0
        lines.append(draw(laid_lines(page, 20.0 * i)))
    return RawParagraph(tuple(lines)), page


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Paragraphs and tables over some pages."""
    builder = DocumentBuilder("text/plain")
    page = 1
    for _ in range(draw(st.integers(0, 5))):
        if draw(st.booleans()):
            paragraph, page = draw(laid_paragraphs(page))
            builder.paragraph(paragraph)
        else:
            cells = []
            for row, col in ((0, 0), (0, 1), (1, 0), (1, 1)):
                paragraph, page = draw(laid_paragraphs(page))
                cells.append(RawCell(row, col, (paragraph,) * draw(st.integers(0, 2))))
            builder.table(RawTable(2, 2, tuple(cells)))
    for number in range(1, page + draw(st.integers(1, 2))):
        builder.page(Page(number, 0))
    return builder.build()


@settings(max_examples=200, deadline=None)
@given(documents())
def test_blocks_lines_and_words_are_in_order(document: Document) -> None:
    assert_sound(document)
    assert (
        list(document.line_starts) == [line.start for line in document.lines] == sorted(document.line_starts)
    )
    for line in document.lines:
        assert [document.cut(word) for word in line.words] == document.cut(line).split(" ")


@settings(max_examples=200, deadline=None)
@given(documents())
def test_a_paragraph_is_its_lines_and_what_joins_them(document: Document) -> None:
    for paragraph in document.paragraphs():
        rest = document.cut(paragraph)
        for line in paragraph.lines:
            assert rest.startswith(document.cut(line))
            rest = rest[len(document.cut(line)) :].lstrip(" \n")
        assert not rest


@settings(max_examples=200, deadline=None)
@given(documents(), st.data())
def test_a_word_has_its_own_region_and_page(document: Document, data: st.DataObject) -> None:
    words = [(line, word) for line in document.lines for word in line.words]
    assume(words)
    line, word = data.draw(st.sampled_from(words))
    assert document.regions(word.start, word.end) == (word.region,)
    assert document.page_of(word.start) == line.page == document.page_of(word.end - 1)


@settings(max_examples=200, deadline=None)
@given(documents(), st.data())
def test_regions_are_the_hull_of_the_words_one_a_page(document: Document, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(document.text)))
    end = data.draw(st.integers(start, len(document.text)))
    wanted: dict[int, Region] = {}
    for line in document.lines:
        for word in line.words:
            if word.region is not None and word.start < end and word.end > start:
                known = wanted.get(line.page)
                wanted[line.page] = word.region if known is None else known.union(word.region)
    assert document.regions(start, end) == tuple(wanted[page] for page in sorted(wanted))


@settings(max_examples=200, deadline=None)
@given(documents(), st.integers(-5, 3000))
def test_every_offset_is_on_a_page(document: Document, offset: int) -> None:
    assert document.page_of(offset) in {page.number for page in document.pages}


@settings(max_examples=100, deadline=None)
@given(documents())
def test_pages_begin_where_their_first_line_does(document: Document) -> None:
    firsts: dict[int, int] = {}
    for line in document.lines:
        firsts.setdefault(line.page, line.start)
    for page in document.pages:
        if page.number in firsts:
            assert page.start == firsts[page.number]


@settings(max_examples=100, deadline=None)
@given(documents())
def test_cells_are_parted_by_tabs_and_rows_by_newlines(document: Document) -> None:
    for block in document.blocks:
        if isinstance(block, Table):
            [a, b, c, d] = block.cells
            assert document.text[a.end : b.start] == "\t" == document.text[c.end : d.start]
            assert document.text[b.end : c.start] == "\n"
            assert (block.start, block.end) == (a.start, d.end)


def build(*blocks: RawParagraph | RawTable, pages: int = 1) -> Document:
    builder = DocumentBuilder("text/plain")
    for number in range(1, pages + 1):
        builder.page(Page(number, 0))
    for block in blocks:
        if isinstance(block, RawTable):
            builder.table(block)
        else:
            builder.paragraph(block)
    return builder.build()


JOINS = {
    "wrapped": ((RawLine("a"), RawLine("b")), "a b"),
    "broken by the author": ((RawLine("a", hard_break=True), RawLine("b")), "a\nb"),
    "a word divided": ((RawLine("kế-", glue=True), RawLine("hoạch")), "kế-hoạch"),
    "marks of the last line join nothing": ((RawLine("a", hard_break=True, glue=True),), "a"),
}


@pytest.mark.parametrize(("lines", "wanted"), JOINS.values(), ids=JOINS.keys())
def test_how_lines_join(lines: tuple[RawLine, ...], wanted: str) -> None:
    assert RawParagraph(lines).text == wanted
    assert build(RawParagraph(lines)).text == wanted


def test_a_paragraph_of_blanks_is_left_out() -> None:
    assert build(RawParagraph.of(" \n "), RawParagraph.of("a")).text == "a"


def test_a_merged_cell_stands_in_all_its_places() -> None:
    cells = (
        RawCell(0, 0, (RawParagraph.of("a"),), 2, 1),
        RawCell(0, 1, ()),
        RawCell(1, 1, (RawParagraph.of("b"),)),
    )
    document = build(RawTable(2, 2, cells))
    [table] = document.blocks
    assert isinstance(table, Table)
    grid = table.grid()
    assert grid[0][0] is grid[1][0] and grid[0][0] is not None and document.cut(grid[0][0]) == "a"
    assert grid[1][1] is not None and document.cut(grid[1][1]) == "b"
    assert document.text == "a\t\nb"


def test_a_span_over_a_page_end_has_two_regions() -> None:
    def line(text: str, page: int) -> RawLine:
        return RawLine(text, page, Region(page, 10, 20, 30, 40))

    document = build(RawParagraph((line("một hai", 1), line("ba", 2))), pages=2)
    assert [region.page for region in document.regions(0, len(document.text))] == [1, 2]
    assert [region.page for region in document.regions(0, 3)] == [1]
    assert document.regions(7, 8) == ()  # the space between the lines is printed nowhere


def test_words_that_the_line_does_not_hold_are_left_out() -> None:
    words = (RawWord("một"), RawWord("lạc"), RawWord("hai"))
    [line] = build(RawParagraph((RawLine("một hai", words=words),))).lines
    assert [(word.start, word.end) for word in line.words] == [(0, 3), (4, 7)]


def test_a_document_without_layout_has_no_regions_and_one_page() -> None:
    document = DocumentBuilder("text/plain").build()
    assert (document.text, document.blocks, document.regions(0, 9), document.page_of(0)) == ("", (), (), 1)
    document = build(RawParagraph.of("a b"))
    assert document.regions(0, 3) == () and document.page_of(2) == 1


def test_a_page_without_text_begins_where_the_next_one_does() -> None:
    paragraphs = [RawParagraph.of("một", 1), RawParagraph.of("ba", 3)]
    assert [page.start for page in build(*paragraphs, pages=4).pages] == [0, 4, 4, 6]


def test_places_are_told_by_their_kind() -> None:
    document = build(RawParagraph.of("a\nb", 1))
    [paragraph] = document.blocks
    assert isinstance(paragraph, Paragraph) and paragraph.page == 1
    assert all(isinstance(line, Line) for line in paragraph.lines)
    assert Paragraph(0, 0, ()).page == 1
