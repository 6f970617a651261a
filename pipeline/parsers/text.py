"""Plain text and Markdown, as writers, OCR services and web converters leave it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from extractors.building import DocumentBuilder, RawParagraph, RawTable
from extractors.document import Diagnostic, Document, Page
from pipeline.errors import EmptyFile
from pipeline.parsers.aligned import aligned_rows_at
from pipeline.parsers.barecells import bare_rows_at
from pipeline.parsers.celllines import CellLineReader
from pipeline.parsers.columns import has_aligned_columns, sides_at
from pipeline.parsers.encodings import decode
from pipeline.parsers.limits import DEFAULT_LIMITS, Limits
from pipeline.parsers.lines import SourceLine, source_lines
from pipeline.parsers.marks import has_marks
from pipeline.parsers.prose import page_width, paragraphs, printed
from pipeline.parsers.recoding import told, with_sources
from pipeline.parsers.sniff import MARKDOWN, TEXT
from pipeline.parsers.tabbed import Found, has_inner_tab, list_text, pipe_rows_at, tab_rows_at

_COLUMN_WIDTH = 36  # characters to which one of two columns side by side is wrapped
_ALIGNED_LINES = 3  # so many lines of three columns are a table, fewer are forms
_MOST_TABLE_LINES = 20_000  # of an HTML table inside a text

RawBlock = RawParagraph | RawTable


def parse_text(data: bytes, limits: Limits = DEFAULT_LIMITS, markdown: bool = False) -> Document:
    """A text file as a Document; pages are known where form feeds part them, else it is one page.

    Markdown's marks are read where `markdown` says so or the text shows them. Raises TooLarge,
    TooManyPages, and EmptyFile where there is nothing but white space.
    """
    decoded = decode(data, limits)
    marks = markdown or has_marks(decoded.text)
    lines, pages = source_lines(decoded.text, limits)
    if not lines:
        raise EmptyFile("The file holds nothing but white space.")
    builder = DocumentBuilder(MARKDOWN if marks else TEXT)
    for number in range(1, pages + 1):
        builder.page(Page(number, 0))
    for diagnostic in decoded.diagnostics:
        builder.diagnose(diagnostic)
    reader = _Reader(lines, marks, limits, CellLineReader(lines, marks))
    reader.read()
    for diagnostic in reader.diagnostics():
        builder.diagnose(diagnostic)
    for block in with_sources(reader.found, decoded.source):
        if isinstance(block, RawTable):
            builder.table(block)
        else:
            builder.paragraph(block)
    return told(builder.build())


@dataclass(slots=True)
class _Reader:
    """Goes through the lines once; what is neither table nor column waits as prose."""

    lines: Sequence[SourceLine]
    marks: bool
    limits: Limits
    cells: CellLineReader
    found: list[RawBlock] = field(default_factory=list)
    prose: list[SourceLine] = field(default_factory=list)
    width: int | None = None
    aligned: list[SourceLine] = field(default_factory=list)  # columns set with spaces that stay lines

    def read(self) -> None:
        self.width = page_width(printed([ln for ln in self.lines if "\t" not in ln.bare], marks=self.marks))
        i = 0
        while i < len(self.lines):
            i = self._step(i)
        self._flush()

    def diagnostics(self) -> Iterator[Diagnostic]:
        if len(self.aligned) >= _ALIGNED_LINES:
            message = (
                f"{len(self.aligned)} lines look like a table set with spaces; its cells are not told apart."
            )
            yield Diagnostic("parse", "warning", "aligned-columns", message, self.aligned[0].page)

    def _step(self, i: int) -> int:
        if "<table" in self.lines[i].text:
            return self._html_table(i)
        for reader in self._table_readers():
            table = reader(i)
            if table is not None:
                self._flush()
                self.found.append(table.table)
                return table.end
        sides = None if self._is_aligned(i) else sides_at(self.lines, i)
        if sides is not None:
            self._flush()
            for lines, column in ((sides.left, "left"), (sides.right, "right")):
                laid = paragraphs(printed(lines, marks=self.marks), _COLUMN_WIDTH)
                self.found += [replace(p, column=column) for p in laid]  # type: ignore[arg-type]
            return sides.end
        line = self.lines[i]
        self.prose.append(replace(line, text=list_text(line.text)) if has_inner_tab(line.text) else line)
        return i + 1

    def _is_aligned(self, i: int) -> bool:
        """Is the line, or one next to it, of three columns: then it has no left and right side."""
        if has_aligned_columns(self.lines[i].text):
            self.aligned.append(self.lines[i])
            return True
        near = self.lines[max(0, i - 1) : i + 2]
        return any(line.blanks == 0 and has_aligned_columns(line.text) for line in near)

    def _table_readers(self) -> Iterator[Callable[[int], Found | None]]:
        yield lambda i: pipe_rows_at(self.lines, i)
        yield lambda i: tab_rows_at(self.lines, i, marks=self.marks)
        yield self.cells.at
        yield lambda i: bare_rows_at(self.lines, i, marks=self.marks)
        yield lambda i: aligned_rows_at(self.lines, i, marks=self.marks)

    def _html_table(self, i: int) -> int:
        """A table in HTML that a converter put between lines of Markdown."""
        from pipeline.parsers.html import fragment_blocks

        end = i
        last = min(len(self.lines), i + _MOST_TABLE_LINES)
        depth = 0
        while end < last:
            depth += self.lines[end].text.count("<table") - self.lines[end].text.count("</table")
            end += 1
            if depth <= 0:
                break
        self._flush()
        source = "\n".join(line.text for line in self.lines[i:end])
        self.found += fragment_blocks(source, self.lines[i].page, self.limits)
        return end

    def _flush(self) -> None:
        if self.prose:
            self.found += paragraphs(printed(self.prose, marks=self.marks), self.width)
            self.prose = []
