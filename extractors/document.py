"""The document model: what a parser read, before anybody asks what it means.

A `Document` is one string (`text`) and the places in it. Every place is a half-open interval of
code points; every place that a layout gives also has regions on the page. Parsers build it with
`DocumentBuilder`, extractors only read it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

Column = Literal["full", "left", "right"]
Part = Literal["body", "header", "footer", "footnote"]
Severity = Literal["info", "warning", "error"]
Method = Literal["text", "ocr"]


@dataclass(frozen=True, slots=True)
class Region:
    """A rectangle on a page: page from 1, points (1/72 inch) from the page's top left corner."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float

    def union(self, other: Region) -> Region:
        """Smallest rectangle that holds both; the pages must be the same."""
        return Region(
            self.page,
            min(self.x0, other.x0),
            min(self.y0, other.y0),
            max(self.x1, other.x1),
            max(self.y1, other.y1),
        )


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """Something that the reader of the dataset ought to know: what, where, and what to do."""

    stage: str
    severity: Severity
    code: str
    message: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another reading of a word, as the recogniser offered it (confidence 0 to 1)."""

    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Word:
    """A printed word. `confidence` (0 to 1) and `alternatives` come from a recogniser, else None, ()."""

    start: int
    end: int
    region: Region | None = None
    confidence: float | None = None
    alternatives: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line of a paragraph. `page` counts from 1; `words` is () where a format has no layout."""

    start: int
    end: int
    page: int
    region: Region | None = None
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Style:
    """How a paragraph looks, as far as the format tells; None is "the format does not tell"."""

    bold: bool | None = None
    italic: bool | None = None
    centred: bool | None = None
    size: float | None = None  # points
    heading: int | None = None  # level of a declared heading (Markdown #, HTML h1, Word style)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, its lines joined: with a space where the printer wrapped, with a newline where
    the author broke the line. An automatic number of Word stands in the text as it is printed.

    `column` is the side on which it stands where two columns run side by side (letterhead,
    signature block); `part` tells running headers, footers and footnotes from the body.
    """

    start: int
    end: int
    lines: tuple[Line, ...]
    style: Style = Style()
    column: Column = "full"
    part: Part = "body"
    indent: float = 0.0  # of the first line, in points

    @property
    def page(self) -> int:
        return self.lines[0].page if self.lines else 1


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its top left grid position, its spans, its paragraphs."""

    row: int
    col: int
    row_span: int
    col_span: int
    paragraphs: tuple[Paragraph, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Table:
    """A grid of cells, rows broken by a page end joined, a header repeated on later pages dropped.

    `cells` holds each merged cell once, in reading order. `ruled` is False for a table without
    visible borders (letterheads, signature blocks and the like), None where the format does not tell.
    """

    start: int
    end: int
    n_rows: int
    n_cols: int
    cells: tuple[Cell, ...]
    ruled: bool | None = None
    confidence: float = 1.0

    def grid(self) -> list[list[Cell | None]]:
        """Rows of cells; a merged cell stands in every place that it covers."""
        rows: list[list[Cell | None]] = [[None] * self.n_cols for _ in range(self.n_rows)]
        for cell in self.cells:
            for r in range(cell.row, min(cell.row + cell.row_span, self.n_rows)):
                for c in range(cell.col, min(cell.col + cell.col_span, self.n_cols)):
                    rows[r][c] = cell
        return rows

    @property
    def page(self) -> int:
        return next((p.page for c in self.cells for p in c.paragraphs), 1)


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Page:
    """A page: number from 1, offset of its first character, size in points (0 where unknown)."""

    number: int
    start: int
    method: Method = "text"
    reason: str | None = None
    width: float = 0.0
    height: float = 0.0
    ocr_confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Correction:
    """A repair of recognition or encoding: `text[start:end]` is `after`, was `before`."""

    start: int
    end: int
    before: str
    after: str
    rule: str


@dataclass(frozen=True, slots=True)
class Document:
    """A file as it was read. `blocks` are in reading order and do not overlap."""

    text: str
    blocks: tuple[Block, ...]
    pages: tuple[Page, ...]
    media_type: str = "text/plain"
    diagnostics: tuple[Diagnostic, ...] = ()
    corrections: tuple[Correction, ...] = ()
    lines: tuple[Line, ...] = field(default=(), repr=False)  # of all blocks, by start
    line_starts: tuple[int, ...] = field(default=(), repr=False)

    @property
    def is_recognised(self) -> bool:
        """Whether OCR read any of its pages."""
        return any(page.method == "ocr" for page in self.pages)

    def cut(self, place: Paragraph | Cell | Table | Line | Word) -> str:
        """The text of a place, as it stands in `text`."""
        return self.text[place.start : place.end]

    def paragraphs(self) -> Iterator[Paragraph]:
        """Every paragraph, those in table cells included, in reading order."""
        for block in self.blocks:
            if isinstance(block, Paragraph):
                yield block
            else:
                for cell in block.cells:
                    yield from cell.paragraphs

    def page_of(self, offset: int) -> int:
        """Number (from 1) of the page on which the character at `offset` stands."""
        line = self._line_at(offset)
        if line is not None:
            return line.page
        starts = [p.start for p in self.pages]
        return self.pages[max(0, bisect_right(starts, offset) - 1)].number if self.pages else 1

    def regions(self, start: int, end: int) -> tuple[Region, ...]:
        """Where `text[start:end]` is printed: one region a page; () without layout."""
        found: dict[int, Region] = {}
        for line in self._lines_in(start, end):
            for region in _regions_of(line, start, end):
                known = found.get(region.page)
                found[region.page] = region if known is None else known.union(region)
        return tuple(found[p] for p in sorted(found))

    def _lines_in(self, start: int, end: int) -> Iterator[Line]:
        for line in self.lines[max(0, bisect_right(self.line_starts, start) - 1) :]:
            if line.start >= end:
                return
            if line.end > start:
                yield line

    def _line_at(self, offset: int) -> Line | None:
        i = bisect_right(self.line_starts, offset) - 1
        return self.lines[i] if i >= 0 else None


def _regions_of(line: Line, start: int, end: int) -> Iterator[Region]:
    if line.region is None:
        return
    if (start <= line.start and line.end <= end) or not line.words:
        yield line.region
        return
    for word in line.words:
        if word.region is not None and word.start < end and word.end > start:
            yield word.region
