"""Positioned words and ruling lines to paragraphs and tables, whatever format they come from.

A PDF's text layer and a recogniser both give `PageContent`; `lay_out` gives blocks in reading order:
columns of letterhead and signature block kept apart, wrapped lines joined, also over a page end,
tables with their merged cells, rows cut by a page end made whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.building import RawParagraph, RawTable
from pipeline.parsers.layout_borderless import find_borderless
from pipeline.parsers.layout_columns import split_columns
from pipeline.parsers.layout_grid import find_grids
from pipeline.parsers.layout_joins import continues, join
from pipeline.parsers.layout_lines import to_lines
from pipeline.parsers.layout_margins import Measure, measure_pages
from pipeline.parsers.layout_model import PageContent, PlacedWord, Ruling, TextLine
from pipeline.parsers.layout_paragraphs import Grouper, to_paragraph
from pipeline.parsers.layout_running import drop_page_numbers, mark_footnotes, mark_running
from pipeline.parsers.layout_tables import PageTable, fill_grid

__all__ = ["PageContent", "PlacedWord", "RawBlock", "Ruling", "lay_out"]

RawBlock = RawParagraph | RawTable
Item = TextLine | PageTable

_MAX_LINES = 400  # of a page; one with more is no page of a plan, columns are not looked for
_TOP = 0.15  # of the page's height: a stamp there stands above the letterhead


def lay_out(pages: Sequence[PageContent]) -> list[RawBlock]:
    """The blocks of the pages, in reading order."""
    tables: list[list[PageTable]] = []
    lines: list[list[TextLine]] = []
    for page in pages:
        found, rest = _tables_of(page)
        tables.append(found)
        lines.append(mark_footnotes(drop_page_numbers(to_lines(rest, page), page), page.rulings))
    lines = [on_page + _stamped(page) for page, on_page in zip(pages, mark_running(lines), strict=True)]
    items = [_ordered(on_page, found) for on_page, found in zip(lines, tables, strict=True)]
    flat = [[x for x in on_page if isinstance(x, TextLine)] for on_page in items]
    return _blocks(items, measure_pages(flat))


def _tables_of(page: PageContent) -> tuple[list[PageTable], list[PlacedWord]]:
    words: list[PlacedWord] = list(page.words)
    tables = []
    for grid in find_grids(page.rulings):
        table, words = fill_grid(grid, words, page)
        if table is not None:
            tables.append(table)
    return tables, words


def _stamped(page: PageContent) -> list[TextLine]:
    """The lines of stamps: above the text they are a header, else a footer."""
    return [
        replace(line, part="header" if line.y1 < _TOP * page.height else "footer")
        for words in page.stamps
        for line in to_lines(words, page)
    ]


def _ordered(lines: Sequence[TextLine], tables: Sequence[PageTable]) -> list[Item]:
    """Lines and tables of a page from top to bottom; columns are looked for between tables."""
    edge = [x for x in lines if x.part != "body"]
    rest = [x for x in lines if x.part == "body" and x.words[0].upright]
    edge += [x for x in lines if x.part == "body" and not x.words[0].upright]
    items: list[Item] = [x for x in edge if x.part == "header"]
    for table in sorted(tables, key=lambda t: (t.top, t.xs[0])):
        above = [x for x in rest if (x.y0 + x.y1) / 2 < table.top]
        rest = rest[len(above) :]
        items += _between(above)
        items.append(table)
    return items + _between(rest) + [x for x in edge if x.part != "header"]


def _between(lines: Sequence[TextLine]) -> list[Item]:
    if len(lines) > _MAX_LINES:
        return list(lines)
    items: list[Item] = []
    plain: list[TextLine] = []
    for piece in find_borderless(lines):
        if isinstance(piece, PageTable):
            items += split_columns(plain)
            items.append(piece)
            plain = []
        else:
            plain.append(piece)
    return items + list(split_columns(plain))


def _blocks(pages: Sequence[Sequence[Item]], measures: Sequence[Measure]) -> list[RawBlock]:
    out: list[RawBlock] = []
    flow = _Flow(out)
    for items, measure in zip(pages, measures, strict=True):
        flow.turn_page(measure)
        for item in items:
            if isinstance(item, PageTable):
                flow.table(item)
            else:
                flow.line(item.set_in(measure.left, measure.right))
    flow.close()
    return out


class _Flow:
    """Takes lines and tables in reading order and closes a block when the next begins.

    Headers, footers, footnotes and sideways words wait until the block that runs around them is closed.
    """

    def __init__(self, out: list[RawBlock]) -> None:
        self._out = out
        self._lines: list[TextLine] = []
        self._table: PageTable | None = None
        self._title: TextLine | None = None  # last line of the block before, where that is centred
        self._aside: list[list[TextLine]] = []
        self._grouper: Grouper | None = None

    def turn_page(self, measure: Measure) -> None:
        self._grouper = Grouper(measure)

    def line(self, line: TextLine) -> None:
        assert self._grouper is not None
        if line.part != "body" or not line.words[0].upright:
            self._put_aside(line)
            return
        if self._lines and not self._grouper.begins(self._lines, line):
            self._lines.append(line)
            return
        self.close()
        self._lines = [line]

    def table(self, table: PageTable) -> None:
        if self._table is not None and continues(self._table, table):
            join(self._table, table)
            return
        self.close()
        self._table = table

    def close(self) -> None:
        """Writes the open block and what was put aside."""
        if self._lines:
            paragraph = to_paragraph(self._lines, self._title)
            self._title = self._lines[-1] if paragraph.style.centred else None
            self._out.append(paragraph)
        if self._table is not None:
            self._out.append(self._table.raw())
        self._out += [to_paragraph(lines) for lines in self._aside]
        self._lines, self._table, self._aside = [], None, []

    def _put_aside(self, line: TextLine) -> None:
        assert self._grouper is not None
        if self._aside and not self._grouper.begins(self._aside[-1], line):
            self._aside[-1].append(line)
        else:
            self._aside.append([line])
