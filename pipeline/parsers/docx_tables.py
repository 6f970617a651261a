"""Tables of Word: the grid with its merged cells, whether it is ruled, tables that go on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from extractors.building import RawCell, RawParagraph, RawTable
from extractors.vietnamese.letters import key
from pipeline.parsers.docx_styles import Styles
from pipeline.parsers.docx_xml import Element, attribute, find, number, switch, unwrapped, w

_MOST_COLUMNS: Final = 200  # Word itself stops at 63
_SLIVER: Final = 140  # twips (7 points): edges of two rows that are nearer are one column edge
_SIDES: Final = ("top", "left", "bottom", "right")
_ALIASES: Final = {"left": "start", "right": "end"}
_INVISIBLE: Final = frozenset({"nil", "none"})
_RULED_SHARE: Final = 0.15  # of the inner edges: a single line under a letterhead makes no ruled table
_MOST_HEADER_ROWS: Final = 3
_MOST_JOINED: Final = 5000  # rows of a table that another is joined to


@dataclass(slots=True)
class GridCell:
    """A cell on the grid of w:tblGrid: edges as grid lines (from 0), what it holds, its drawn sides."""

    row: int
    start: int
    end: int
    row_span: int
    element: Element
    paragraphs: tuple[RawParagraph, ...] = ()
    sides: dict[str, bool] = field(default_factory=dict)


@dataclass(slots=True)
class Grid:
    """A table before its cells are read."""

    rows: list[list[GridCell]]
    widths: list[int]  # of the grid columns, in twips
    hidden_text: bool = False  # a merged-away cell holds text that Word does not show

    def cells(self) -> Iterable[GridCell]:
        return (cell for row in self.rows for cell in row)


def read_grid(table: Element, styles: Styles) -> Grid:
    """The cells of a table, each merged cell once; deleted and hidden rows are left out."""
    widths = [max(0, number(column, "w") or 0) for column in _grid_columns(table)]
    grid = Grid([], widths)
    above: dict[int, GridCell] = {}
    for tr in unwrapped(table):
        if tr.tag != w("tr") or _dropped(tr):
            continue
        row, above = _row(tr, len(grid.rows), above, grid)
        grid.rows.append(row)
    _draw(grid, table, styles)
    return grid


def _grid_columns(table: Element) -> list[Element]:
    columns = find(table, "tblGrid")
    return [] if columns is None else columns.findall(w("gridCol"))[:_MOST_COLUMNS]


def _dropped(tr: Element) -> bool:
    properties = find(tr, "trPr")
    return find(properties, "del") is not None or bool(switch(properties, "hidden"))


def _row(
    tr: Element, index: int, above: dict[int, GridCell], grid: Grid
) -> tuple[list[GridCell], dict[int, GridCell]]:
    """Cells that begin in a row, and those open for vertical merging below it."""
    row: list[GridCell] = []
    reach: dict[int, GridCell] = {}
    at = _skipped(tr)
    last: GridCell | None = None
    for tc in unwrapped(tr):
        if tc.tag != w("tc"):
            continue
        properties = find(tc, "tcPr")
        if find(properties, "cellDel") is not None:
            continue
        end = min(at + _span(properties), _MOST_COLUMNS)
        if _merge(properties, "hMerge") == "continue" and last is not None:
            last.end = end
        else:
            last = _placed(tc, index, at, end, above, grid)
            if last.row == index:
                row.append(last)
            if _merge(properties, "vMerge"):
                reach[at] = last
        at = end
    return row, reach


def _placed(tc: Element, index: int, at: int, end: int, above: dict[int, GridCell], grid: Grid) -> GridCell:
    """The cell above that this one continues, else a new cell."""
    going_on = above.get(at) if _merge(find(tc, "tcPr"), "vMerge") == "continue" else None
    if going_on is None:
        return GridCell(index, at, max(end, at + 1), 1, tc)
    going_on.row_span = index - going_on.row + 1
    grid.hidden_text |= any(str(t.text or "").strip() for t in tc.iter(w("t")))
    return going_on


def _merge(properties: Element | None, name: str) -> str | None:
    found = find(properties, name)
    return None if found is None else attribute(found) or "continue"


def _span(properties: Element | None) -> int:
    return max(1, min(_MOST_COLUMNS, number(find(properties, "gridSpan")) or 1))


def _skipped(tr: Element) -> int:
    return max(0, min(_MOST_COLUMNS - 1, number(find(tr, "trPr", "gridBefore")) or 0))


# --- borders --------------------------------------------------------------------------------


def _draw(grid: Grid, table: Element, styles: Styles) -> None:
    """Resolve the drawn sides of every cell: its own borders over the table's over its style's."""
    whole = _table_borders(table, styles)
    last_row = len(grid.rows) - 1
    last_column = max((cell.end for cell in grid.cells()), default=0)
    for cell in grid.cells():
        own = _borders(find(cell.element, "tcPr", "tcBorders"))
        outer = {
            "top": cell.row == 0,
            "left": cell.start == 0,
            "bottom": cell.row + cell.row_span - 1 >= last_row,
            "right": cell.end >= last_column,
        }
        for side in _SIDES:
            inner = "insideH" if side in ("top", "bottom") else "insideV"
            cell.sides[side] = own.get(side, whole.get(side if outer[side] else inner, False))


def _table_borders(table: Element, styles: Styles) -> dict[str, bool]:
    style = attribute(find(table, "tblPr", "tblStyle"))
    found = _borders(find(table, "tblPr", "tblBorders"))
    for layer in styles.chain(style, "table"):
        found = {**_borders(find(layer, "tblPr", "tblBorders")), **found}
    if not any(found.values()) and _drawn_by_parts(styles.chain(style, "table")):
        return dict.fromkeys((*_SIDES, "insideH", "insideV"), True)
    return found


def _drawn_by_parts(chain: list[Element]) -> bool:
    """Does a table style draw inner lines for its parts (banded rows, first row …)?"""
    parts = [part for layer in chain for part in layer.findall(w("tblStylePr"))]
    drawn = [_borders(find(part, "tcPr", "tcBorders")) for part in parts]
    return any(sides.get("insideH") or sides.get("insideV") for sides in drawn)


def _borders(element: Element | None) -> dict[str, bool]:
    found: dict[str, bool] = {}
    for side in (*_SIDES, "insideH", "insideV"):
        border = find(element, side)
        if border is None and side in _ALIASES:
            border = find(element, _ALIASES[side])
        if border is not None:
            white = (attribute(border, "color") or "").upper() == "FFFFFF"
            found[side] = (attribute(border) or "single") not in _INVISIBLE and not white
    return found


def is_ruled(grid: Grid) -> bool:
    """Are its lines seen? A line or two, as under an issuer's name, are no ruling."""
    rows = len(grid.rows)
    columns = max((cell.end for cell in grid.cells()), default=0)
    inner = [drawn for cell in grid.cells() for drawn in _inner_sides(cell, rows, columns)]
    if inner and sum(inner) >= _RULED_SHARE * len(inner):
        return True
    outer = [
        [cell.sides["top"] for cell in grid.cells() if cell.row == 0],
        [cell.sides["left"] for cell in grid.cells() if cell.start == 0],
        [cell.sides["bottom"] for cell in grid.cells() if cell.row + cell.row_span >= rows],
        [cell.sides["right"] for cell in grid.cells() if cell.end >= columns],
    ]
    return all(edge and 2 * sum(edge) > len(edge) for edge in outer)


def _inner_sides(cell: GridCell, rows: int, columns: int) -> list[bool]:
    at_edge = (
        cell.row == 0,
        cell.start == 0,
        cell.row + cell.row_span >= rows,
        cell.end >= columns,
    )
    return [cell.sides[side] for side, edge in zip(_SIDES, at_edge, strict=True) if not edge]


# --- columns --------------------------------------------------------------------------------


def as_table(grid: Grid) -> RawTable:
    """The table with its columns counted as they are seen, not as Word splits its grid."""
    lines = _grid_lines(grid)
    starts = sorted({lines[cell.start] for cell in grid.cells()})
    place = {line: i for i, line in enumerate(starts)}
    cells: list[RawCell] = []
    for cell in grid.cells():
        first = place[lines[cell.start]]
        end = sum(line < lines[cell.end] for line in starts)
        cells.append(RawCell(cell.row, first, cell.paragraphs, cell.row_span, max(1, end - first)))
    return RawTable(len(grid.rows), len(starts), tuple(cells), is_ruled(grid))


def _grid_lines(grid: Grid) -> list[int]:
    """For every grid line the line that it counts as: edges nearer than a sliver are one."""
    most = max((cell.end for cell in grid.cells()), default=0)
    plain = list(range(most + 1))
    if len(grid.widths) < most or not all(grid.widths[:most]):
        return plain
    snapped = [0]
    width = 0
    for column in grid.widths[:most]:
        width += column
        if width < _SLIVER:
            snapped.append(snapped[-1])
        else:
            snapped.append(len(snapped))
            width = 0
    if any(snapped[cell.start] == snapped[cell.end] for cell in grid.cells()):
        return plain
    return snapped


# --- tables that go on ----------------------------------------------------------------------


def joined(first: RawTable, second: RawTable, adjacent: bool) -> RawTable | None:
    """Two tables as one where the second goes on with the first, else None.

    It does when it has the same columns and begins with the same header (which is dropped), or when
    nothing at all stands between them (`adjacent`): Word shows no seam there.
    """
    if first.n_cols != second.n_cols or not (first.ruled and second.ruled) or first.n_rows > _MOST_JOINED:
        return None
    repeated = _repeated_rows(first, second)
    if not repeated and not adjacent:
        return None
    shift = first.n_rows - repeated
    moved = [
        RawCell(cell.row + shift, cell.col, cell.paragraphs, cell.row_span, cell.col_span)
        for cell in second.cells
        if cell.row >= repeated
    ]
    return RawTable(shift + second.n_rows, first.n_cols, (*first.cells, *moved), first.ruled)


def _repeated_rows(first: RawTable, second: RawTable) -> int:
    one, other = _signatures(first), _signatures(second)
    most = min(_MOST_HEADER_ROWS, len(one), len(other) - 1)
    count = 0
    while count < most and one[count] == other[count] and any(text for *_, text in one[count]):
        count += 1
    return count


def _signatures(table: RawTable) -> list[list[tuple[int, int, int, str]]]:
    seen = min(table.n_rows, _MOST_HEADER_ROWS + 1)
    rows: list[list[tuple[int, int, int, str]]] = [[] for _ in range(seen)]
    for cell in table.cells:
        if cell.row >= len(rows):
            break
        text = key(" ".join(p.text for p in cell.paragraphs))
        rows[cell.row].append((cell.col, cell.col_span, cell.row_span, text))
    return rows
