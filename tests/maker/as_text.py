"""Made plans as plain text, in the shapes in which texts of plans circulate."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Literal

from tests.maker.facts import MadePlan
from tests.maker.printed import Element, Grid, GridCell, Para, Sides, filled, printed

TextLayout = Literal["tabbed", "wrapped", "cell a line", "html cells"]
LAYOUTS: tuple[TextLayout, ...] = ("tabbed", "wrapped", "cell a line", "html cells")
_WIDTH = 88  # characters of a wrapped line
_SIDE = 40  # characters of the left side
_HEADER_AGAIN = 3  # rows after which a converter printed the header again


def fits(plan: MadePlan, layout: TextLayout) -> bool:
    """Can the layout hold the plan without loss? One cell a line cannot tell an empty cell."""
    grids = [e for e in printed(plan) if isinstance(e, Grid)]
    if layout == "wrapped":
        return not grids
    if layout == "cell a line":
        return all(grid.plain and all(cell.lines for cell in grid.cells) for grid in grids)
    return True


def as_text(plan: MadePlan, layout: TextLayout) -> bytes:
    """The plan as UTF-8 text.

    `tabbed`: a row of a table a line, letterhead left then right. `wrapped`: lines as on paper, both
    sides of the letterhead on one line (for plans without tables). `cell a line`: as pasted from a web
    page. `html cells`: rows with tabs, cells with tags, the header again further down.
    """
    between = {"tabbed": "\n", "wrapped": "\n", "cell a line": "\n\n", "html cells": "\n\n"}[layout]
    parts = [part for element in printed(plan) for part in _parts(element, layout)]
    return (between.join(parts) + "\n").encode()


def _parts(element: Element, layout: TextLayout) -> Iterator[str]:
    if isinstance(element, Sides):
        yield from _side_by_side(element) if layout == "wrapped" else _one_after_the_other(element)
    elif isinstance(element, Para):
        yield _wrapped(element) if layout == "wrapped" else element.whole
    elif layout == "cell a line":
        yield _cell_a_line(element)
    else:
        yield _tabbed(element, markup=layout == "html cells")


def _side_by_side(sides: Sides) -> Iterator[str]:
    for left, right in zip(sides.left, sides.right, strict=True):
        if left.text or right.text:
            yield f"{left.text:<{_SIDE}}    {right.text}".rstrip()
    yield ""


def _one_after_the_other(sides: Sides) -> Iterator[str]:
    for side in (sides.left, sides.right):
        yield from (line.text for line in side if line.text)


def _wrapped(para: Para) -> str:
    if para.centred:
        return para.whole.center(_WIDTH).rstrip()
    indent = "    " if para.depth else ""
    return textwrap.fill(para.whole, _WIDTH, initial_indent=indent, break_on_hyphens=False)


def _tabbed(grid: Grid, markup: bool) -> str:
    rows = filled(grid).by_rows()
    lines = [_row(row, grid.n_cols, markup) for row in rows]
    header = lines[: grid.header_rows]
    if markup and grid.header_rows == 1 and len(lines) > 2 * _HEADER_AGAIN:
        at = grid.header_rows + _HEADER_AGAIN
        lines = [*lines[:at], "", *header, *lines[at:]]
    return "\n".join(lines)


def _row(row: list[GridCell], n_cols: int, markup: bool) -> str:
    if len(row) == 1 and row[0].col_span == n_cols:
        return row[0].lines[0]
    texts = [""] * n_cols
    for cell in row:
        texts[cell.col] = _marked(cell) if markup else " ".join(cell.lines)
    return "\t".join(texts)


def _marked(cell: GridCell) -> str:
    if cell.bold:
        return "".join(f"<b>{line}</b>" for line in cell.lines)
    if len(cell.lines) > 1:
        return " ".join(f"<p>{line}</p>" for line in cell.lines)
    return "".join(cell.lines)


def _cell_a_line(grid: Grid) -> str:
    return "\n\n".join("\n".join("\t" + "\n\n".join(cell.lines) for cell in row) for row in grid.by_rows())
