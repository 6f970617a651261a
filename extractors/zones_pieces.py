"""Pieces of a document: layout tables unfolded to two columns, paragraphs cut to printed lines and sides."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.document import Block, Cell, Column, Document, Line, Paragraph, Table
from extractors.positions import read_authority
from extractors.rulebook import classify
from extractors.vietnamese.letters import squeeze, upper_share
from extractors.zones_dates import is_date_line
from extractors.zones_marks import (
    is_recipients_label,
    is_rest_of_number,
    is_signature_text,
    number_end,
    read_anchor,
    wrapped_anchor,
)

Sides = Callable[[str], list[tuple[int, int, str]]]
_MOST_ROWS = 14  # of a table that only lays out a letterhead or a signature block
_MOST_COLUMNS = 5
_HEADING_ROWS = 3  # captions may stand above the headings
_LONGEST_HEADING = 80  # characters of a column's heading
_MOST_BROKEN = 5  # lines over which a narrow column breaks what belongs together
LONGEST_LINE = 600  # characters; longer lines are prose and have no sides


def piece(
    document: Document, paragraph: Paragraph, start: int, end: int, column: Column | None = None
) -> Paragraph:
    """The part `text[start:end]` of a paragraph, white space trimmed, in `column` if given."""
    text = document.text
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    lines = tuple(
        _clipped(line, start, end) for line in paragraph.lines if line.start < end and line.end > start
    )
    return replace(paragraph, start=start, end=end, lines=lines, column=column or paragraph.column)


def _clipped(line: Line, start: int, end: int) -> Line:
    if start <= line.start and line.end <= end:
        return line
    words = tuple(word for word in line.words if word.start < end and word.end > start)
    region = line.region
    for i, word in enumerate(words):
        if word.region is not None:
            region = word.region if i == 0 or region is None else region.union(word.region)
    return replace(line, start=max(line.start, start), end=min(line.end, end), region=region, words=words)


def printed_lines(document: Document, paragraph: Paragraph) -> list[tuple[int, int]]:
    """Spans of the printed lines of a paragraph."""
    spans = [(line.start, line.end) for line in paragraph.lines] or [(paragraph.start, paragraph.end)]
    return [span for span in spans if document.text[slice(*span)].strip()]


def hard_lines(document: Document, paragraph: Paragraph) -> list[tuple[int, int]]:
    """Spans of what the author broke into lines; wraps of the printer are not counted."""
    spans = []
    start = paragraph.start
    for part in document.text[paragraph.start : paragraph.end].split("\n"):
        if part.strip():
            spans.append((start, start + len(part)))
        start += len(part) + 1
    return spans


def line_pieces(document: Document, paragraph: Paragraph, sides: Sides) -> Iterator[Paragraph]:
    """The paragraph as one piece a printed line, lines that print two columns cut in two."""
    for start, end in printed_lines(document, paragraph):
        line = document.text[start:end]
        if paragraph.column != "full" or len(line) > LONGEST_LINE:
            yield piece(document, paragraph, start, end)
            continue
        for a, b, column in sides(line):
            yield piece(document, paragraph, start + a, start + b, _column(column))


def with_whole_lines(document: Document, pieces: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """The pieces, a motto or a number that a narrow column broke over lines put together again."""
    at = 0
    while at < len(pieces):
        run = pieces[at : at + _broken_over(document, pieces[at : at + _MOST_BROKEN])]
        whole = len(run) > 1 and _is_unbroken(document, run)
        yield _whole(run) if whole else run[0]
        at += len(run) if whole else 1


def _broken_over(document: Document, pieces: Sequence[Paragraph]) -> int:
    """Over how many of the pieces one motto or one number runs, beginning with the first."""
    lines = [document.cut(piece) for piece in pieces]
    count = wrapped_anchor(lines)
    if count:
        return count
    count = 1
    while count < len(lines) and is_rest_of_number(" ".join(lines[:count]), lines[count]):
        count += 1
    return count


def _is_unbroken(document: Document, run: Sequence[Paragraph]) -> bool:
    """Whether the pieces stand in one column, with no words of the other between them."""
    between = (document.text[a.end : b.start] for a, b in pairwise(run))
    return len({p.column for p in run}) == 1 and not any(re.search(r"\w", text) for text in between)


def _whole(run: Sequence[Paragraph]) -> Paragraph:
    lines = tuple(line for paragraph in run for line in paragraph.lines)
    return replace(run[0], end=run[-1].end, lines=lines)


def _column(name: str) -> Column:
    return "left" if name == "left" else "right" if name == "right" else "full"


# --- tables that only lay out -------------------------------------------------------------------


def unfold(document: Document) -> list[Block]:
    """The blocks of the body, layout tables unfolded: their cells' paragraphs column by column."""
    blocks: list[Block] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            if block.part == "body":
                blocks.append(block)
        else:
            blocks += _unfold_table(document, block)
    return blocks


def _unfold_table(document: Document, table: Table) -> list[Block]:
    if table.n_cols > _MOST_COLUMNS:
        return [table]
    marked = [cell for cell in table.cells if _is_marked(document, cell)]
    if marked and _has_headings(document, table):
        marked = [cell for cell in marked if not _is_fact(document, table, cell)]
    if not marked:
        return _single_column(table)
    first = min(cell.row for cell in marked)
    if first > 0 and table.n_cols > 1 and _is_data(document, table, first):
        upper, lower = _divided(table, first)
        return [upper, *_columns(lower)]
    return list(_columns(table.cells)) if table.n_rows - first <= _MOST_ROWS else [table]


def _single_column(table: Table) -> list[Block]:
    """A table of one cell without borders is a frame around its paragraphs."""
    if table.n_cols == 1 and table.ruled is not True and table.cells:
        return list(_columns(table.cells))
    return [table]


def _has_headings(document: Document, table: Table) -> bool:
    """Whether one of the first rows heads columns of facts: work, bodies, times."""
    roles: list[set[str]] = [set() for _ in range(min(_HEADING_ROWS, table.n_rows - 1))]
    for cell in table.cells:
        if cell.row < len(roles) and cell.paragraphs and cell.end - cell.start <= _LONGEST_HEADING:
            role = classify("table_headings", "role", squeeze(document.cut(cell)))
            roles[cell.row] |= {role} if role else set()
    return any(len(found) >= 2 for found in roles)


def _is_fact(document: Document, table: Table, cell: Cell) -> bool:
    """Whether a marked cell is a body in a row (`BGH`), not one of a signature block below the rows."""
    lines = [document.text[a:b] for p in cell.paragraphs for a, b in hard_lines(document, p)]
    if any(is_recipients_label(line) or read_anchor(line) for line in lines):
        return False
    beside = [other for other in table.cells if other.row == cell.row and other.paragraphs]
    return len(beside) > 2 or len(beside) == table.n_cols


def _is_marked(document: Document, cell: Cell) -> bool:
    """Whether a cell holds what only a letterhead or a signature block holds."""
    if cell.end - cell.start > 3000:
        return False
    for i, paragraph in enumerate(cell.paragraphs):
        for start, end in hard_lines(document, paragraph):
            line = document.text[start:end]
            if len(line) < 200 and (_is_strong_mark(line) or (i == 0 and _is_signature_cell(document, cell))):
                return True
    lines = [document.cut(paragraph) for paragraph in cell.paragraphs[:8]]
    return any(wrapped_anchor(lines[i:]) for i in range(len(lines)))


def _is_strong_mark(line: str) -> bool:
    if is_recipients_label(line) or read_anchor(line):
        return True
    authority = read_authority(line)
    if authority is not None and is_signature_text(line) and len(line) > authority.rest + 3:
        return True
    number = number_end(line)
    return number is not None and "/" in line[:number]


def _is_signature_cell(document: Document, cell: Cell) -> bool:
    """A cell whose first line is a post in capitals, alone or over a name."""
    lines = [document.text[a:b] for p in cell.paragraphs for a, b in hard_lines(document, p)]
    return (
        cell.col > 0
        and len(lines) <= 8
        and upper_share(lines[0]) > 0.9
        and all(is_signature_text(line) or is_date_line(line) or not re.search(r"\w", line) for line in lines)
    )


def _is_data(document: Document, table: Table, rows: int) -> bool:
    """Whether the first `rows` rows are those of a table of facts, not of a letterhead."""
    return (
        rows >= 2
        and table.n_cols >= 2
        and sum(bool(c.paragraphs) for c in table.cells if c.row < rows) > rows
    )


def _divided(table: Table, row: int) -> tuple[Table, tuple[Cell, ...]]:
    upper = tuple(cell for cell in table.cells if cell.row < row)
    lower = tuple(cell for cell in table.cells if cell.row >= row)
    end = max(cell.end for cell in upper)
    return replace(table, cells=upper, n_rows=row, end=end), lower


def _columns(table: Table | tuple[Cell, ...]) -> Iterator[Paragraph]:
    """Paragraphs column by column: first the left side, then the right."""
    cells = table.cells if isinstance(table, Table) else table
    used = sorted({cell.col for cell in cells if cell.paragraphs})
    for cell in sorted(cells, key=lambda c: (c.col, c.row)):
        for paragraph in cell.paragraphs:
            side: Column = "full"
            if len(used) > 1:
                side = "left" if cell.col == used[0] else "right" if cell.col == used[-1] else "full"
            yield replace(paragraph, column=side)
