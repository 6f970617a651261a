"""Building of documents: parsers lay raw paragraphs and tables out in one text, which gives them offsets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from extractors.document import (
    Alternative,
    Block,
    Cell,
    Column,
    Correction,
    Diagnostic,
    Document,
    Line,
    Page,
    Paragraph,
    Part,
    Region,
    Style,
    Table,
    Word,
)

_PLAIN = Style()  # the format tells nothing


@dataclass(frozen=True, slots=True)
class RawWord:
    """A word that has no offsets yet."""

    text: str
    region: Region | None = None
    confidence: float | None = None
    alternatives: tuple[Alternative, ...] = ()


@dataclass(frozen=True, slots=True)
class Recoded:
    """What a file holds where its letters were of an old encoding, and the rule that made them Unicode."""

    before: str
    rule: str


@dataclass(frozen=True, slots=True)
class RawLine:
    """A printed line that has no offsets yet: either words with regions or bare `text`.

    `hard_break`: the author broke the line after it (else the printer wrapped it).
    `glue`: the next line goes on without a space (a word divided at the line end).
    `recoded`: what the file holds in its place, where the parser changed its encoding.
    """

    text: str
    page: int = 1
    region: Region | None = None
    words: tuple[RawWord, ...] = ()
    hard_break: bool = False
    glue: bool = False
    recoded: Recoded | None = None


@dataclass(frozen=True, slots=True)
class RawParagraph:
    """A paragraph that has no offsets yet."""

    lines: tuple[RawLine, ...]
    style: Style = _PLAIN
    column: Column = "full"
    part: Part = "body"
    indent: float = 0.0

    @property
    def text(self) -> str:
        return _joined(self.lines)

    @classmethod
    def of(cls, text: str, page: int = 1, style: Style | None = None, **more: object) -> RawParagraph:
        """A paragraph without layout; a newline in `text` is a hard break."""
        lines = tuple(RawLine(t, page, hard_break=True) for t in text.split("\n"))
        return replace(cls(lines, style or Style()), **more)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell that has no offsets yet."""

    row: int
    col: int
    paragraphs: tuple[RawParagraph, ...]
    row_span: int = 1
    col_span: int = 1


@dataclass(frozen=True, slots=True)
class RawTable:
    """A table that has no offsets yet; a row broken by a page end is already one row."""

    n_rows: int
    n_cols: int
    cells: tuple[RawCell, ...]
    ruled: bool | None = None
    confidence: float = 1.0


def _joined(lines: Sequence[RawLine]) -> str:
    parts: list[str] = []
    for i, line in enumerate(lines):
        parts.append(line.text)
        if i + 1 < len(lines):
            parts.append("\n" if line.hard_break else "" if line.glue else " ")
    return "".join(parts)


class DocumentBuilder:
    """Lays blocks out in one text and gives them their offsets.

    Blocks are separated by a newline, cells of a row by a tab, rows and the paragraphs of a cell
    by a newline. Text must be NFC already.
    """

    def __init__(self, media_type: str) -> None:
        self.media_type = media_type
        self._chunks: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._lines: list[Line] = []
        self._pages: list[Page] = []
        self._diagnostics: list[Diagnostic] = []
        self._corrections: list[Correction] = []

    def page(self, page: Page) -> None:
        """Declare a page (its `start` is found when the document is built)."""
        self._pages.append(page)

    def diagnose(self, diagnostic: Diagnostic) -> None:
        self._diagnostics.append(diagnostic)

    def paragraph(self, raw: RawParagraph) -> None:
        if raw.text.strip():
            self._separate("\n")
            self._blocks.append(self._lay(raw))

    def table(self, raw: RawTable) -> None:
        self._separate("\n")
        start = self._length
        cells: list[Cell] = []
        ordered = sorted(raw.cells, key=lambda c: (c.row, c.col))
        for i, cell in enumerate(ordered):
            if i:
                self._write("\t" if cell.row == ordered[i - 1].row else "\n")
            cells.append(self._lay_cell(cell))
        self._blocks.append(
            Table(start, self._length, raw.n_rows, raw.n_cols, tuple(cells), raw.ruled, raw.confidence)
        )

    def build(self) -> Document:
        text = "".join(self._chunks)
        first: dict[int, int] = {}
        for line in self._lines:
            first.setdefault(line.page, line.start)
        pages: list[Page] = []
        following = len(text)
        for page in sorted(self._pages, key=lambda p: p.number, reverse=True):
            following = min(first.get(page.number, following), following)
            pages.append(replace(page, start=following))
        lines = tuple(sorted(self._lines, key=lambda line: line.start))
        return Document(
            text,
            tuple(self._blocks),
            tuple(reversed(pages)) or (Page(1, 0),),
            self.media_type,
            tuple(self._diagnostics),
            tuple(self._corrections),
            lines,
            tuple(line.start for line in lines),
        )

    def _separate(self, mark: str) -> None:
        if self._length:
            self._write(mark)

    def _write(self, text: str) -> None:
        self._chunks.append(text)
        self._length += len(text)

    def _lay_cell(self, raw: RawCell) -> Cell:
        start = self._length
        laid: list[Paragraph] = []
        for paragraph in raw.paragraphs:
            if paragraph.text.strip():
                if laid:
                    self._write("\n")
                laid.append(self._lay(paragraph))
        return Cell(raw.row, raw.col, raw.row_span, raw.col_span, tuple(laid), start, self._length)

    def _lay(self, raw: RawParagraph) -> Paragraph:
        start = self._length
        lines: list[Line] = []
        for i, raw_line in enumerate(raw.lines):
            lines.append(self._lay_line(raw_line))
            if i + 1 < len(raw.lines):
                self._write("\n" if raw_line.hard_break else "" if raw_line.glue else " ")
        self._lines += lines
        rule = next((line.recoded.rule for line in raw.lines if line.recoded is not None), None)
        if rule is not None:
            self._log_recoding(start, raw, rule)
        return Paragraph(start, self._length, tuple(lines), raw.style, raw.column, raw.part, raw.indent)

    def _log_recoding(self, start: int, raw: RawParagraph, rule: str) -> None:
        held = [replace(line, text=line.recoded.before) if line.recoded else line for line in raw.lines]
        self._corrections.append(Correction(start, self._length, _joined(held), raw.text, rule))

    def _lay_line(self, raw: RawLine) -> Line:
        start = self._length
        self._write(raw.text)
        words: list[Word] = []
        at = 0
        for word in raw.words:
            found = raw.text.find(word.text, at)
            if found < 0:
                continue
            at = found + len(word.text)
            words.append(Word(start + found, start + at, word.region, word.confidence, word.alternatives))
        return Line(start, self._length, raw.page, raw.region or _hull(words), tuple(words))


def _hull(words: Iterable[Word]) -> Region | None:
    hull: Region | None = None
    for word in words:
        if word.region is not None:
            hull = word.region if hull is None else hull.union(word.region)
    return hull
