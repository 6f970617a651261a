"""Tables of HTML: merged cells to a grid, borders if told, tables that only lay out a page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from extractors.building import RawCell, RawParagraph, RawTable
from pipeline.parsers.limits import Limits

_BORDER = re.compile(
    r"\bborder(?:-(?:top|bottom|left|right|width|style|color))?\s*:\s*([^;]{0,100})", re.IGNORECASE
)
_DRAWN = re.compile(r"\b(?:solid|double|dotted|dashed|groove|ridge|inset|outset)\b", re.IGNORECASE)
_LOOKED_AT = 12  # cells whose borders are read
_WRAPPER_SHARE = 0.6  # of a table's text in one cell that holds a table: it lays out the page
_CELLS = frozenset({"td", "th"})


@dataclass(slots=True)
class GridBuilder:
    """Cells row by row, as HTML gives them; `build` finds their places."""

    ruled: bool | None = None
    rows: list[list[RawCell]] = field(default_factory=list)  # row and col not yet known

    def begin_row(self) -> None:
        self.rows.append([])

    def add(self, paragraphs: Iterable[RawParagraph], row_span: int, col_span: int) -> None:
        if not self.rows:
            self.begin_row()
        self.rows[-1].append(RawCell(0, 0, tuple(paragraphs), row_span, col_span))

    def build(self, limits: Limits) -> RawTable | None:
        """The table; None where no cell has text. Rows without cells are left out."""
        rows = [row for row in self.rows if row]
        covered: dict[int, int] = {}  # column: first row that is free again
        cells: list[RawCell] = []
        for r, row in enumerate(rows):
            c = 0
            for cell in row:
                while covered.get(c, 0) > r:
                    c += 1
                if c >= limits.max_columns:
                    c = limits.max_columns - 1
                    cells[-1] = _swallowed(cells[-1], cell)
                    continue
                width = max(1, min(cell.col_span, limits.max_columns - c))
                width = next((w for w in range(1, width) if covered.get(c + w, 0) > r), width)
                height = max(1, min(cell.row_span or len(rows) - r, len(rows) - r))
                for place in range(c, c + width):
                    covered[place] = r + height
                cells.append(RawCell(r, c, cell.paragraphs, height, width))
                c += width
        if not any(paragraph.text.strip() for cell in cells for paragraph in cell.paragraphs):
            return None
        return RawTable(len(rows), max(cell.col + cell.col_span for cell in cells), tuple(cells), self.ruled)


def _swallowed(last: RawCell, cell: RawCell) -> RawCell:
    """A cell beyond the last column: its text is kept in the last one."""
    return RawCell(last.row, last.col, last.paragraphs + cell.paragraphs, last.row_span, last.col_span)


def span(element: etree._Element, name: str) -> int:
    """A rowspan or colspan; 0 means “to the end” for rows, as HTML has it, and 1 for columns."""
    digits = re.match(r"\s*(\d{1,5})", element.get(name) or "")
    value = int(digits[1]) if digits else 1
    return value if name == "rowspan" else max(1, value)


def ruled(table: etree._Element) -> bool | None:
    """Are the table's borders visible? None where neither attribute nor style says so."""
    shown: list[bool] = []
    for cell in _first_cells(table):
        shown += [bool(_DRAWN.search(value)) for value in _BORDER.findall(cell.get("style") or "")]
    if any(shown):
        return True
    own = _BORDER.findall(table.get("style") or "")
    if any(_DRAWN.search(value) for value in own) or table.get("rules") in {"all", "rows", "cols", "groups"}:
        return True
    border = re.match(r"\s*(\d{1,3})", table.get("border") or "")
    if border:
        return int(border[1]) > 0
    return False if shown or any("none" in value.lower() for value in own) else None


def _first_cells(table: etree._Element) -> list[etree._Element]:
    found: list[etree._Element] = []
    for cell in table.iter("td", "th"):
        found.append(cell)
        if len(found) == _LOOKED_AT:
            break
    return found


def wrappers(root: etree._Element) -> set[etree._Element]:
    """Tables that only lay out the page: one cell has most of their text, and a table in it."""
    lengths: dict[etree._Element, int] = {}
    holds_table: set[etree._Element] = set()
    cells: dict[etree._Element, list[etree._Element]] = {}
    open_elements: list[tuple[etree._Element, int]] = []
    total = 0
    tables: list[etree._Element] = []  # open ones
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            open_elements.append((element, total))
            total += len((element.text or "").strip())
            if element.tag == "table":
                holds_table.update(parent for parent, _ in open_elements[:-1] if parent.tag in _CELLS)
                tables.append(element)
                cells[element] = []
            elif element.tag in _CELLS and tables:
                cells[tables[-1]].append(element)
        else:
            _, before = open_elements.pop()
            if element.tag in _CELLS or element.tag == "table":
                lengths[element] = total - before
            if element.tag == "table":
                tables.pop()
            total += len((element.tail or "").strip())
    return {table for table, own in cells.items() if _is_wrapper(table, own, lengths, holds_table)}


def _is_wrapper(
    table: etree._Element,
    own: list[etree._Element],
    lengths: dict[etree._Element, int],
    holds_table: set[etree._Element],
) -> bool:
    widest = max(own, key=lambda cell: lengths.get(cell, 0), default=None)
    if widest is None:
        return False
    if len(own) == 1:
        return widest in holds_table or lengths[table] > 2000
    return (
        widest in holds_table
        and lengths[widest] >= _WRAPPER_SHARE * lengths[table]
        and ruled(table) is not True
    )
