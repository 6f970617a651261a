"""Tables that were pasted as text with one cell a line, and nothing that tells a cell from a paragraph.

A heading for the column of numbers (STT) begins such a table, and rows that count on from 1 make it
sure: most of them have a line for each heading. A row with more lines or fewer is laid over the
columns as it fits the full rows best.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from extractors.vietnamese.letters import key
from pipeline.parsers.cells import cell_of_lines
from pipeline.parsers.lines import SourceLine
from pipeline.parsers.prose import LABEL, is_capitals
from pipeline.parsers.rows import CellText, Row, ordinal_value, table_of
from pipeline.parsers.tabbed import Found

_NUMBER_HEADINGS = frozenset({"stt", "tt", "so tt", "so thu tu", "s.t.t"})
_COLUMNS = range(3, 11)
_HEADING_LENGTH = 60  # characters of a heading of a column
_MOST_ROWS = 2000
_MORE_LINES = 2  # that the last row may have beyond one a column
_LONG = 250  # characters: a longer line below the table is prose
_MOST_LINES = 30  # of one row
_FULL_ROWS = 0.6  # share of the rows that have a line for each column
_SKIP, _GO_ON, _STRANGE = 1.0, 0.6, 0.5  # what it costs to leave a column out, to add a line, to differ


def bare_rows_at(lines: Sequence[SourceLine], start: int, *, marks: bool) -> Found | None:
    """The table whose first heading is `lines[start]`, None where there is none."""
    if key(lines[start].bare) not in _NUMBER_HEADINGS:
        return None
    head = _headings(lines, start)
    if head is None:
        return None
    rows, end = _rows(lines, start + len(head), head)
    full = [row for row in rows if len(row) == len(head)]
    counted = sum(ordinal_value(row[0].bare) is not None for row in rows)
    if len(full) < 2 or counted < 2 or len(full) < _FULL_ROWS * counted:
        return None
    profile = [_Column.of([row[i].bare for row in full]) for i in range(len(head))]
    cells = [_cells(row, profile, marks) for row in rows]
    return Found(table_of([Row(tuple(_text([line], marks) for line in head)), *cells]), end)


def _headings(lines: Sequence[SourceLine], start: int) -> Sequence[SourceLine] | None:
    """The headings: short lines down to the number of the first row or group."""
    for end in range(start + 1, min(len(lines), start + _COLUMNS.stop + 1)):
        text = lines[end].bare
        if _is_number(text, 1) or text.rstrip(".") in {"I", "A"}:
            return lines[start:end] if end - start in _COLUMNS else None
        if len(text) > _HEADING_LENGTH or LABEL.match(text) or "\t" in lines[end].text:
            return None
    return None


def _is_number(text: str, value: int) -> bool:
    return ordinal_value(text) == value


def _rows(
    lines: Sequence[SourceLine], start: int, head: Sequence[SourceLine]
) -> tuple[list[Sequence[SourceLine]], int]:
    """The lines of each row, group rows among them, and the place after the last."""
    rows: list[Sequence[SourceLine]] = []
    at, number = start, 0
    while at < len(lines) and len(rows) < _MOST_ROWS:
        if _repeats(lines, at, head):
            at += len(head)
            continue
        counts = _is_number(lines[at].bare, number + 1)
        if not counts and not _is_group(lines, at):
            break
        number += counts
        end = _end_of_row(lines, at, number, head) if counts else at + 2
        rows.append(lines[at:end])
        at = end
    return rows, at


def _repeats(lines: Sequence[SourceLine], at: int, head: Sequence[SourceLine]) -> bool:
    """Whether the headings are printed again, as at the top of a page."""
    texts = [key(line.bare) for line in lines[at : at + len(head)]]
    return texts == [key(line.bare) for line in head]


def _is_group(lines: Sequence[SourceLine], at: int) -> bool:
    """A Roman number or capital on a line of its own, a title below it and a row below that."""
    mark = lines[at].bare.rstrip(".")
    roman = mark.isalpha() and (set(mark) <= set("IVX") or (len(mark) == 1 and mark.isupper()))
    return roman and at + 2 < len(lines) and ordinal_value(lines[at + 2].bare) is not None


def _end_of_row(lines: Sequence[SourceLine], at: int, number: int, head: Sequence[SourceLine]) -> int:
    """Where the next row, group or page begins; the last row has hardly more lines than headings."""
    for end in range(at + 1, min(len(lines), at + _MOST_LINES)):
        following = _is_number(lines[end].bare, number + 1)
        if following or _is_group(lines, end) or _repeats(lines, end, head):
            return end
        if _is_outside(lines[end].bare):
            return end if end - at <= len(head) + _MORE_LINES else at + len(head)
    return min(len(lines), at + len(head))


def _is_outside(text: str) -> bool:
    """The heading of a section below the table, or prose."""
    if len(text) > _LONG:
        return True
    return LABEL.match(text) is not None and (text[0] in "IVX" or is_capitals(text))


@dataclass(frozen=True, slots=True)
class _Column:
    """What the cells of a column in full rows are like."""

    seen: frozenset[str]
    length: float
    digits: bool

    @classmethod
    def of(cls, texts: Sequence[str]) -> _Column:
        digits = sum(any(map(str.isdigit, text)) for text in texts)
        return cls(frozenset(map(key, texts)), median(map(len, texts)), 2 * digits > len(texts))

    def distance(self, text: str) -> float:
        """How little a line is like the column's cells: 0 for one that stands in it elsewhere."""
        if key(text) in self.seen:
            return 0.0
        strange = _STRANGE * (any(map(str.isdigit, text)) != self.digits)
        return strange + min(1.0, abs(math.log2((len(text) + 1) / (self.length + 1))) / 3)


def _cells(row: Sequence[SourceLine], profile: Sequence[_Column], marks: bool) -> Row:
    if ordinal_value(row[0].bare) is None:  # a group
        return Row((_text(row[:1], marks), _text(row[1:], marks)))
    places = range(len(row)) if len(row) == len(profile) else _laid(row, profile)
    return Row(tuple(_text(found, marks) for found in _by_column(row, list(places), len(profile))))


def _by_column(
    row: Sequence[SourceLine], places: Sequence[int], columns: int
) -> Iterator[Sequence[SourceLine]]:
    for column in range(columns):
        yield [line for line, place in zip(row, places, strict=True) if place == column]


def _laid(row: Sequence[SourceLine], profile: Sequence[_Column]) -> Sequence[int]:
    """The column of each line, in order, at the least cost; the first line is the number."""
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, (0,))}
    for line in row[1:]:
        found: dict[int, tuple[float, tuple[int, ...]]] = {}
        for last, (cost, places) in best.items():
            for column in range(max(1, last), len(profile)):
                price = _GO_ON if column == last else _SKIP * (column - last - 1)
                total = cost + price + profile[column].distance(line.bare)
                if column not in found or total < found[column][0]:
                    found[column] = total, (*places, column)
        best = found
    last = len(profile) - 1
    return min((cost + _SKIP * (last - column), places) for column, (cost, places) in best.items())[1]


def _text(lines: Sequence[SourceLine], marks: bool) -> CellText:
    return cell_of_lines(lines, marks=marks) if lines else ()
