"""Rows of cells to one table: broken rows joined, slid numbers put back, repeated headers dropped.

A table that a converter left as text has rows that a page's end cut in two, rows that lost their
first cell, and the header once a page. Any format may use this; it knows rows and cells only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.building import RawCell, RawParagraph, RawTable
from extractors.vietnamese.letters import key

ORDINAL = re.compile(
    r"\(?(?P<value>\d{1,3})[.)/]?|[IVXLC]{1,6}[.)]?|[A-ZĐ][.)]?|\d{1,3}(?:\.\d{1,2}){1,3}[.)]?|[a-zđ][.)]"
)
_SLID_NUMBER = re.compile(r"(?P<value>\d{1,3})[.)]\s+(?=\S)")
_ENDED = re.compile(r"[.;:!?…][\"”’)\]]*$")

CellText = tuple[RawParagraph, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """Cells from the left. `cut`: white space or a page's end stands before the row;
    `spans`: its one cell runs across the table (a group row)."""

    cells: tuple[CellText, ...]
    cut: bool = False
    spans: bool = False

    def texts(self) -> list[str]:
        return [cell_text(cell) for cell in self.cells]


def cell_text(cell: CellText) -> str:
    """All of a cell, its paragraphs joined with a space."""
    return " ".join(paragraph.text for paragraph in cell)


def is_ordinal(text: str) -> bool:
    """Is the cell a number of its row: 1, 2., (3), IV, 1.2, a)?"""
    return ORDINAL.fullmatch(text.strip()) is not None


def ordinal_value(text: str) -> int | None:
    match = ORDINAL.fullmatch(text.strip())
    return int(match["value"]) if match and match["value"] else None


def table_of(rows: Sequence[Row], *, ruled: bool | None = None, confidence: float = 1.0) -> RawTable:
    """One table of rows in reading order; a row may have fewer cells than the table has columns."""
    width = column_count(rows)
    numbered = has_ordinals(rows)
    aligned = [_aligned(row, width, numbered) for row in rows]
    kept = without_repeated_headers(aligned)
    if numbered:
        kept = _with_numbers_back(kept)
    joined = joined_rows(kept, numbered=numbered)
    return _grid(joined, width, ruled, confidence)


def column_count(rows: Sequence[Row]) -> int:
    """Columns of the widest row, empty cells at its end not counted."""
    widths = [len(row.cells) - _empty_at_end(row) for row in rows]
    return max([*widths, 1])


def _empty_at_end(row: Row) -> int:
    count = 0
    for cell in reversed(row.cells):
        if cell:
            break
        count += 1
    return count


def has_ordinals(rows: Sequence[Row]) -> bool:
    """Is the first column one of numbers: most of its cells below the header?"""
    firsts = [cell_text(row.cells[0]) for row in rows[1:] if row.cells and row.cells[0] and not row.spans]
    numbers = sum(map(is_ordinal, firsts))
    return numbers >= 1 and numbers >= 0.5 * len(firsts)


def _aligned(row: Row, width: int, numbered: bool) -> Row:
    """Row with as many cells as the table has columns.

    A row that lost cells lost those at its end, unless the first column is of numbers and the row
    begins with none: then it lost its number (a page's end leaves no empty cell).
    """
    cells = row.cells[:width]
    if row.spans:
        return replace(row, cells=cells[:1])
    missing = width - len(cells)
    first = cell_text(cells[0]) if cells else ""
    texts = sum(bool(cell) for cell in cells)
    if missing and numbered and first and not is_ordinal(first):
        if texts == 1 and not (row.cut or first[:1].islower()):
            return replace(row, cells=cells[:1], spans=True)
        cells = ((), *cells)
        missing -= 1
    elif numbered and texts == 1 and first and not is_ordinal(first) and not first[:1].islower():
        return replace(row, cells=cells[:1], spans=True)  # the other cells are there, and empty
    return replace(row, cells=(*cells, *[()] * missing))


def without_repeated_headers(rows: Sequence[Row]) -> list[Row]:
    """Rows without later copies of the first, and of the second below such a copy (header of two rows)."""
    heads = [_header_key(row) for row in rows[:2]]
    kept: list[Row] = []
    dropped_head = False
    for i, row in enumerate(rows):
        mine = _header_key(row)
        repeats = i > 0 and sum(map(bool, mine)) >= 2 and mine == heads[0]
        below = dropped_head and i > 1 and len(heads) > 1 and any(mine) and mine == heads[1]
        if not (repeats or below):
            kept.append(row)
        dropped_head = repeats
    return kept


def _header_key(row: Row) -> tuple[str, ...]:
    return tuple(key(text) for text in row.texts())


def _with_numbers_back(rows: Sequence[Row]) -> list[Row]:
    """A row's number that slid into its text (`2. - …` in the second column) back in the first.

    Only the number that is missing in the order of rows is one: the next after the last, and the
    next row that has a number has the one after it.
    """
    numbers = [ordinal_value(cell_text(row.cells[0])) if not row.spans else None for row in rows]
    kept = list(rows)
    last: int | None = None
    for i, row in enumerate(rows):
        if numbers[i] is not None:
            last = numbers[i]
        elif last is not None and not row.spans and not row.cells[0] and len(row.cells) > 1:
            following = next((n for n in numbers[i + 1 :] if n is not None), last + 2)
            found = _slid(row.cells[1], last + 1) if following == last + 2 else None
            if found is not None:
                last += 1
                kept[i] = replace(row, cells=((RawParagraph.of(f"{last}."),), found, *row.cells[2:]))
    return kept


def _slid(cell: CellText, wanted: int) -> CellText | None:
    """The cell without the number `wanted` that one of its paragraphs begins with; None without it."""
    for i, paragraph in enumerate(cell):
        match = _SLID_NUMBER.match(paragraph.lines[0].text)
        if match and int(match["value"]) == wanted:
            line = replace(paragraph.lines[0], text=paragraph.lines[0].text[match.end() :])
            return (*cell[:i], replace(paragraph, lines=(line, *paragraph.lines[1:])), *cell[i + 1 :])
    return None


def joined_rows(rows: Sequence[Row], *, numbered: bool) -> list[Row]:
    """Rows with those joined that a page's end cut in two."""
    joined: list[Row] = []
    for row in rows:
        if joined and is_continuation(joined[-1], row, numbered=numbered):
            joined[-1] = merged(joined[-1], row)
        else:
            joined.append(row)
    return joined


def is_continuation(before: Row, row: Row, *, numbered: bool) -> bool:
    """Does the row go on with the row before it?

    Evidence: a cell that goes on in mid-sentence; or, after a page's end, no number and a cell
    empty that the row before has filled.
    """
    if before.spans or row.spans or len(before.cells) != len(row.cells) or not any(row.cells):
        return False
    if row.cells[0] and (numbered or not _mid_sentence(before.cells[0], row.cells[0])):
        return False
    pairs = list(zip(before.cells, row.cells, strict=True))
    if any(_mid_sentence(above, below) for above, below in pairs if below):
        return all(above or not below for above, below in pairs) or row.cut
    lost = any(above and not below for above, below in pairs[1:])
    return numbered and row.cut and lost and bool(before.cells[0])


def _mid_sentence(above: CellText, below: CellText) -> bool:
    if not above or not below:
        return False
    last, first = above[-1].text, below[0].text
    return first[:1].islower() and not is_ordinal(first.split(" ")[0]) and not _ENDED.search(last)


def merged(before: Row, row: Row) -> Row:
    """Two halves of a row, cell by cell; a sentence that was cut is one paragraph again."""
    cells = tuple(_merged_cell(a, b) for a, b in zip(before.cells, row.cells, strict=True))
    return replace(before, cells=cells)


def _merged_cell(above: CellText, below: CellText) -> CellText:
    if not _mid_sentence(above, below):
        return above + below
    cut = replace(above[-1].lines[-1], hard_break=False)
    whole = replace(above[-1], lines=(*above[-1].lines[:-1], cut, *below[0].lines))
    return (*above[:-1], whole, *below[1:])


def _grid(rows: Sequence[Row], width: int, ruled: bool | None, confidence: float) -> RawTable:
    cells: list[RawCell] = []
    for r, row in enumerate(rows):
        if row.spans:
            cells.append(RawCell(r, 0, row.cells[0] if row.cells else (), 1, width))
        else:
            cells += [RawCell(r, c, paragraphs) for c, paragraphs in enumerate(row.cells)]
    return RawTable(len(rows), width, tuple(cells), ruled, confidence)
