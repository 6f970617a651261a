"""Tables that a web page's text left with one cell a line: a tab begins a cell, blank lines part the rows.

Cells hold further lines without tab, blank lines too; rows lack cells, or are one cell across the
table. So rows are found by the cheapest way to cut the run of cells into rows of at most n cells.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from extractors.building import RawTable
from extractors.vietnamese.letters import upper_share
from pipeline.parsers.cells import cell_of_lines
from pipeline.parsers.lines import SourceLine
from pipeline.parsers.prose import LABEL, is_capitals
from pipeline.parsers.rows import Row, is_ordinal, ordinal_value, table_of
from pipeline.parsers.tabbed import Found, has_inner_tab

_MOST_COLUMNS = 12
_MOST_CELLS = 5000
_CANDIDATES = 3  # numbers of columns that are tried
_ATTEMPTS = 100_000  # cells that are looked at in one text before no more tables are sought
_HEADER_LENGTH = 80  # characters of a heading of a column
_MOST_LINES = 60  # of one cell
_LONG = 250  # characters: a longer line without bullet after a blank line is prose again
_NAME_WITHIN = 8  # lines from the post to the name of the one who signs
_SHORT_LINE = 60
_FAIR_COST = 1.0  # a row, on average: costlier is no table


@dataclass(frozen=True, slots=True)
class TabbedCell:
    """A cell of the run: the place of its first line, its lines, and whether blank lines stand before it."""

    place: int
    lines: tuple[SourceLine, ...]
    apart: bool

    @property
    def first(self) -> str:
        return self.lines[0].bare


@dataclass(slots=True)
class CellLineReader:
    """Finds such tables in the lines of one text, with bounded work however many lines begin with a tab."""

    lines: Sequence[SourceLine]
    marks: bool
    looked_at: int = 0
    below_heading: int = -1  # place of a table that stands right below an indented heading

    def at(self, start: int) -> Found | None:
        """The table that begins at `lines[start]`, None where there is none."""
        if not self._may_begin(start):
            return None
        cells, end = _cells(self.lines, start)
        self.looked_at += len(cells)
        rows = best_rows(cells)
        if rows and rows[0] == 1:
            leading = next(i for i, end in enumerate(rows) if i and end - rows[i - 1] > 1)
            self.below_heading = cells[rows[leading - 1]].place
            return None
        if rows:
            return self._found(cells, rows, layout=False)
        sides = _side_by_side(cells, self.lines, end)
        return self._found(cells, sides, layout=True) if sides else None

    def _may_begin(self, start: int) -> bool:
        """A cell that begins its run: no other cell stands right above it."""
        if self.looked_at > _ATTEMPTS or not _begins_cell(self.lines[start]):
            return False
        apart = not start or bool(self.lines[start].blanks) or not _begins_cell(self.lines[start - 1])
        return apart or start == self.below_heading

    def _found(self, cells: Sequence[TabbedCell], rows: Sequence[int], *, layout: bool) -> Found:
        """The table of these rows; its last cell ends where its items, or the signature, end."""
        cells = cells[: rows[-1]]
        last = cells[-1]
        end = last.place + 1
        if layout:
            end += _signature_lines(self.lines, end)
        else:
            end += _item_lines(last, self.lines, end, _usual_lines(cells))
        last = TabbedCell(last.place, tuple(self.lines[last.place : end]), last.apart)
        return Found(_table([*cells[:-1], last], rows, self.marks), end)


def _begins_cell(line: SourceLine) -> bool:
    return line.text.startswith("\t") and not has_inner_tab(line.text)


def _cells(lines: Sequence[SourceLine], start: int) -> tuple[list[TabbedCell], int]:
    """Cells from `start` on, and the place after the last one's own line."""
    cells: list[TabbedCell] = []
    own: list[SourceLine] = []
    i = end = start
    while i < len(lines) and len(cells) < _MOST_CELLS and not has_inner_tab(lines[i].text):
        line = lines[i]
        if _begins_cell(line):
            if own:
                cells.append(_cell(own, end - 1))
            own, end = [line], i + 1
        elif len(own) >= _MOST_LINES or _is_outside(line):
            break
        else:
            own.append(line)
        i += 1
    cells.append(_cell(lines[end - 1 : end], end - 1))
    return cells, end


def _cell(lines: Sequence[SourceLine], place: int) -> TabbedCell:
    return TabbedCell(place, tuple(lines), lines[0].blanks > 0)


def _is_outside(line: SourceLine) -> bool:
    """A line that no cell goes on with: a heading with a Roman number, a long paragraph."""
    text = line.bare
    label = LABEL.match(text)
    if label and (text[0] in "IVX" or (text[0].isupper() and is_capitals(text))):
        return True
    return line.blanks > 0 and len(text) > _LONG and label is None


def best_rows(cells: Sequence[TabbedCell]) -> list[int] | None:
    """Ends of the rows in the run of cells, None where the cells make no table."""
    lengths = Counter(n for n in _run_lengths(cells) if 2 <= n <= _MOST_COLUMNS)
    candidates = [n for n, _ in lengths.most_common(_CANDIDATES)]
    ordinals = sum(_ordinals(cells))
    best: tuple[float, list[int]] | None = None
    for columns in candidates:
        costs, ends = _cut_rows(cells, columns, ordinals >= 2)
        ends = _without_rest(cells, ends, columns)
        cost = costs[ends[-1]] if ends else 0.0
        if _is_table(cells, ends, cost, columns, ordinals) and (best is None or cost < best[0]):
            best = cost, ends
    return best[1] if best else None


def _without_rest(cells: Sequence[TabbedCell], ends: list[int], columns: int) -> list[int]:
    """Rows without those at the end that are no rows of this table: a signature block, an indented line."""
    while ends:
        start = ends[-2] if len(ends) > 1 else 0
        if ends[-1] - start == columns or (ends[-1] - start > 1 and is_ordinal(cells[start].first)):
            break
        ends = ends[:-1]
    return ends


def _run_lengths(cells: Sequence[TabbedCell]) -> list[int]:
    lengths: list[int] = []
    for cell in cells:
        if cell.apart or not lengths:
            lengths.append(0)
        lengths[-1] += 1
    return lengths


def _ordinals(cells: Sequence[TabbedCell]) -> list[bool]:
    """Which cells number a row; a run of (1), (2), (3) between blank lines numbers the columns."""
    found: list[bool] = []
    start = 0
    for length in _run_lengths(cells):
        run = [cell.first for cell in cells[start : start + length]]
        columns = length > 1 and [ordinal_value(text) for text in run] == list(range(1, length + 1))
        found += [not columns and is_ordinal(text) for text in run]
        start += length
    return found


def _cut_rows(cells: Sequence[TabbedCell], columns: int, numbered: bool) -> tuple[list[float], list[int]]:
    """Cheapest cut into rows (dynamic programming): what each cell's end costs, and the ends of the rows."""
    costs = [0.0] + [float("inf")] * len(cells)
    came = [0] * (len(cells) + 1)
    price = _Price(cells, columns, numbered)
    for end in range(1, len(cells) + 1):
        for start in range(max(0, end - columns), end):
            cost = costs[start] + price.row(start, end)
            if cost < costs[end]:
                costs[end], came[end] = cost, start
    ends: list[int] = []
    at = len(cells)
    while at:
        ends.append(at)
        at = came[at]
    return costs, ends[::-1]


class _Price:
    """What it costs to take cells for a row: missing cells, blank lines inside, numbers out of place."""

    def __init__(self, cells: Sequence[TabbedCell], columns: int, numbered: bool) -> None:
        self.columns, self.numbered = columns, numbered
        self.apart = [cell.apart for cell in cells]
        self.ordinal = _ordinals(cells)
        self.aparts = [0, *accumulate(self.apart)]  # before each cell
        self.ordinals = [0, *accumulate(self.ordinal)]

    def row(self, start: int, end: int) -> float:
        size = end - start
        cost = 0.0 if size == self.columns else 1.0 if size == 1 else 2.0 * (self.columns - size)
        cost += 1.5 * (self.aparts[end] - self.aparts[start + 1])
        if start and not self.apart[start]:
            cost += 2.0
        if self.numbered:
            cost += 3.0 * (self.ordinals[end] - self.ordinals[start + 1])
            if size > 1 and start and not self.ordinal[start]:
                cost += 2.0
            if size == 1 and self.ordinal[start]:
                cost += 2.0
        return cost


def _is_table(
    cells: Sequence[TabbedCell], ends: Sequence[int], cost: float, columns: int, ordinals: int
) -> bool:
    starts = [0, *ends[:-1]]
    full = [s for s, e in zip(starts, ends, strict=False) if e - s == columns]
    if len(full) < 2 or 2 * len(full) < len(ends) or cost > _FAIR_COST * len(ends):
        return False
    heads = cells[full[0] : full[0] + columns]
    if any(len(head.lines) > 4 or len(head.first) > _HEADER_LENGTH for head in heads):
        return False
    if ordinals >= 2:
        return columns >= 3 or sum(is_ordinal(cells[s].first) for s in full) >= 0.6 * (len(full) - 1)
    if columns < 3 or any(LABEL.match(cell.first) for cell in heads):
        return False
    long = {i for s in full for i in range(columns) if len(cells[s + i].first) > _HEADER_LENGTH}
    parted = all(cells[s].apart for s in starts[1:])
    return 0 not in long or (parted and len(long) < columns - 1)  # paragraphs, indented, are all of them long


def _side_by_side(cells: Sequence[TabbedCell], lines: Sequence[SourceLine], end: int) -> list[int] | None:
    """Rows of two cells without borders: letterhead, recipients and signature."""
    count = len(cells) - len(cells) % 2
    if not 2 <= count <= 6:
        return None
    left, right = cells[0], cells[1]
    below = lines[end : end + 1] if count == 2 else []
    more_lines = len(left.lines) > 1 or len(right.lines) > 1 or any(not _begins_cell(line) for line in below)
    shown = (
        upper_share(right.first) >= 0.7 and len(right.first) <= _HEADER_LENGTH and not LABEL.match(left.first)
    )
    items = any(LABEL.match(line.bare) for line in left.lines[1:])
    if not (shown and more_lines and (items or is_capitals(left.first))):
        return None
    return list(range(2, (2 if items else count) + 1, 2))


def _usual_lines(cells: Sequence[TabbedCell]) -> int:
    return max([len(cell.lines) for cell in cells[:-1]] + [3]) - 1


def _item_lines(last: TabbedCell, lines: Sequence[SourceLine], end: int, most: int) -> int:
    """Number of lines after `end` that are further items of a cell that begins with an item."""
    mark = last.first[:1]
    taken = 0
    if mark in "-–+•*" and mark:
        while taken < most and end + taken < len(lines):
            line = lines[end + taken]
            if line.blanks > 1 or line.cut or line.text.startswith("\t") or not line.bare.startswith(mark):
                break
            taken += 1
    return taken


def _signature_lines(lines: Sequence[SourceLine], end: int) -> int:
    """Number of lines after `end` down to the name of the one who signs; without a name, those next to it."""
    near = 0
    for taken, line in enumerate(lines[end : end + _NAME_WITHIN], 1):
        if line.text.startswith("\t") or len(line.bare) > _SHORT_LINE or LABEL.match(line.bare):
            break
        if is_person_like(line.bare):
            return taken
        if line.blanks == 0 and near == taken - 1:
            near = taken
    return near


@lru_cache(maxsize=1024)
def is_person_like(text: str) -> bool:
    """Two to six words, each with one capital at its head: so names are written, and little else."""
    words = text.split()
    return 2 <= len(words) <= 6 and all(word.isalpha() and word.istitle() for word in words)


def _table(cells: Sequence[TabbedCell], ends: Sequence[int], marks: bool) -> RawTable:
    rows: list[Row] = []
    start = 0
    widest = max(end - begin for begin, end in zip([0, *ends], ends, strict=False))
    for end in ends:
        content = tuple(cell_of_lines(cell.lines, marks=marks) for cell in cells[start:end])
        spans = end - start == 1 and widest > 1 and not is_ordinal(cells[start].first)
        rows.append(Row(content, False, spans))
        start = end
    return table_of(rows)
