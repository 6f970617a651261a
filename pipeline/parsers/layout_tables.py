"""Tables of a page: words into the cells of a grid, and the pieces of a table over pages into one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractors.building import RawCell, RawTable
from pipeline.parsers.layout_grid import Grid
from pipeline.parsers.layout_lines import to_lines
from pipeline.parsers.layout_model import PageContent, PlacedWord, TextLine
from pipeline.parsers.layout_paragraphs import cell_paragraphs, joined


@dataclass(slots=True)
class TableCell:
    """A cell while tables are joined: its place (ends excluded) and its paragraphs as lines."""

    row: int
    col: int
    row_end: int
    col_end: int
    groups: list[list[TextLine]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(line.text for group in self.groups for line in group)


@dataclass(slots=True)
class PageTable:
    """A table while pages are joined. `xs` are the edges of its columns, from the page's left."""

    xs: list[float]
    n_rows: int
    cells: list[TableCell]
    top: float
    bottom: float
    page: int
    ruled: bool = True
    confidence: float = 1.0
    open_top: bool = False
    open_bottom: bool = False
    rest_on_top: bool = False  # its first row stood below the header, no line between: the rest of a cut row
    last_page: int = 0
    header_rows: int = 0
    head: list[TableCell] = field(default_factory=list)  # the cells of its first page
    recent: list[TableCell] = field(default_factory=list)  # the cells that stand on its last page

    def __post_init__(self) -> None:
        self.head, self.recent = list(self.cells), list(self.cells)

    @property
    def n_cols(self) -> int:
        return len(self.xs) - 1

    def first_page_row(self, r: int) -> list[TableCell]:
        """The cells that stand in row `r` of its first page, from the left."""
        return sorted((c for c in self.head if c.row <= r < c.row_end), key=lambda c: c.col)

    def last_row(self) -> list[TableCell]:
        """The cells that stand in the last row, from the left."""
        return sorted((c for c in self.recent if c.row_end == self.n_rows), key=lambda c: c.col)

    def raw(self) -> RawTable:
        cells = tuple(
            RawCell(c.row, c.col, joined(c.groups), c.row_end - c.row, c.col_end - c.col)
            for c in sorted(self.cells, key=lambda c: (c.row, c.col))
        )
        return RawTable(self.n_rows, self.n_cols, cells, self.ruled, self.confidence)


def fill_grid(
    grid: Grid, words: Sequence[PlacedWord], page: PageContent
) -> tuple[PageTable | None, list[PlacedWord]]:
    """The grid's table and the words outside it; None where the grid holds no table after all."""
    owners = {
        (r, c): cell
        for cell in grid.cells
        for r in range(cell.row, cell.row_end)
        for c in range(cell.col, cell.col_end)
    }
    inside: dict[tuple[int, int], list[PlacedWord]] = defaultdict(list)
    outside: list[PlacedWord] = []
    for word in words:
        place = grid.place((word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2)
        cell = owners.get(place) if place is not None else None
        if cell is None:
            outside.append(word)
        else:
            inside[cell.row, cell.col].append(word)
    if len(grid.cells) < 2 or not inside:
        return None, list(words)
    cells = []
    for c in grid.cells:
        lines = to_lines(inside.get((c.row, c.col), ()), page)
        groups = cell_paragraphs(lines, grid.xs[c.col], grid.xs[c.col_end]) if lines else []
        cells.append(TableCell(c.row, c.col, c.row_end, c.col_end, groups))
    table = PageTable(
        list(grid.xs),
        len(grid.ys) - 1,
        cells,
        grid.ys[0],
        grid.ys[-1],
        page.number,
        open_top=grid.open_top,
        open_bottom=grid.open_bottom,
        last_page=page.number,
    )
    filled = without_empty(table)
    return (filled, outside) if filled is not None else (None, list(words))


def without_empty(table: PageTable) -> PageTable | None:
    """Without rows and columns that hold nothing of their own (double lines, margins of a frame)."""
    rows = {c.row for c in table.cells if c.row_end - c.row == 1} | {0}
    keep_rows = [r for r in range(table.n_rows) if r in rows or any(c.row == r for c in table.cells)]
    starts = {c.col for c in table.cells}
    keep_cols = [c for c in range(table.n_cols) if c in starts]
    row_at = {r: i for i, r in enumerate(keep_rows)}
    col_at = {c: i for i, c in enumerate(keep_cols)}
    for cell in table.cells:
        cell.row_end = sum(1 for r in keep_rows if r < cell.row_end)
        cell.col_end = sum(1 for c in keep_cols if c < cell.col_end)
        cell.row, cell.col = row_at[cell.row], col_at[cell.col]
    table.xs = [table.xs[c] for c in keep_cols] + [table.xs[-1]]
    table.n_rows = len(keep_rows)
    if sum(1 for c in table.cells if c.groups) == 0 or (table.n_rows == 1 and table.n_cols == 1):
        return None
    return table
