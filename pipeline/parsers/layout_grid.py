"""Ruling lines to grids: where they cross, they make cells; a cell that misses a side is a merged one."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.parsers.layout_model import Ruling

_SNAP = 2.5  # points: strokes so near each other are one ruling line (double lines too)
_JOIN = 4.0  # points: gaps in a ruling line that are none (dashes, corners)
_REACH = 3.5  # points: how far a ruling line may end before the one that it meets
_OPEN = 8.0  # points that lines must stick out for an edge that is not drawn
_COVER = 0.6  # share of a cell's side that must be drawn
_MAX_LINES = 1500  # ruling lines of a page, their pieces joined; more are a drawing
_MAX_CELLS = 6000
_MIN_WIDTH, _MIN_HEIGHT = 40.0, 12.0  # points; a smaller grid is a box to tick


@dataclass(frozen=True, slots=True)
class Bar:
    """A ruling line: at `at`, from `lo` to `hi` (horizontal: at is y; vertical: at is x)."""

    at: float
    lo: float
    hi: float


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a grid by its rows and columns, ends excluded."""

    row: int
    col: int
    row_end: int
    col_end: int


@dataclass(frozen=True, slots=True)
class Grid:
    """Edges of columns and rows, the cells, and whether top and bottom edge are drawn."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[GridCell, ...]
    open_top: bool = False
    open_bottom: bool = False

    def place(self, x: float, y: float) -> tuple[int, int] | None:
        """Row and column of the point; None outside."""
        col, row = bisect_right(self.xs, x) - 1, bisect_right(self.ys, y) - 1
        inside = 0 <= col < len(self.xs) - 1 and 0 <= row < len(self.ys) - 1
        return (row, col) if inside else None


def find_grids(rulings: Sequence[Ruling]) -> list[Grid]:
    """The grids of a page from top to bottom; frames, underlines and loose lines make none."""
    level = merge_bars([Bar((r.y0 + r.y1) / 2, r.x0, r.x1) for r in rulings if r.horizontal])
    upright = merge_bars([Bar((r.x0 + r.x1) / 2, r.y0, r.y1) for r in rulings if not r.horizontal])
    if len(level) + len(upright) > _MAX_LINES:
        return []
    grids = [g for h, v in _connected(level, upright) if (g := _grid(h, v)) is not None]
    outer = [g for g in grids if not any(_holds(other, g) for other in grids if other is not g)]
    return sorted(outer, key=lambda g: (g.ys[0], g.xs[0]))


def merge_bars(bars: Iterable[Bar]) -> list[Bar]:
    """Pieces of one line joined: dashes, cell by cell strokes, double strokes."""
    out: list[Bar] = []
    for group in _bands(sorted(bars, key=lambda b: b.at)):
        at = sum(b.at * max(b.hi - b.lo, 0.1) for b in group) / sum(max(b.hi - b.lo, 0.1) for b in group)
        lo, hi = None, 0.0
        for bar in sorted(group, key=lambda b: b.lo):
            if lo is None:
                lo, hi = bar.lo, bar.hi
            elif bar.lo <= hi + _JOIN:
                hi = max(hi, bar.hi)
            else:
                out.append(Bar(at, lo, hi))
                lo, hi = bar.lo, bar.hi
        if lo is not None:
            out.append(Bar(at, lo, hi))
    return [b for b in out if b.hi - b.lo > _REACH]


def _bands(ordered: Sequence[Bar]) -> list[list[Bar]]:
    groups: list[list[Bar]] = []
    for bar in ordered:
        if groups and bar.at - groups[-1][-1].at <= _SNAP and bar.at - groups[-1][0].at <= 2 * _SNAP:
            groups[-1].append(bar)
        else:
            groups.append([bar])
    return groups


def _connected(level: list[Bar], upright: list[Bar]) -> list[tuple[list[Bar], list[Bar]]]:
    """Sets of lines that meet each other, horizontals and verticals apart."""
    parent = list(range(len(level) + len(upright)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, h in enumerate(level):
        for j, v in enumerate(upright):
            if _meet(h, v):
                parent[root(i)] = root(len(level) + j)
    sets: dict[int, tuple[list[Bar], list[Bar]]] = defaultdict(lambda: ([], []))
    for i, bar in enumerate(level + upright):
        sets[root(i)][i >= len(level)].append(bar)
    return [(h, v) for h, v in sets.values() if (len(v) >= 2 and h) or (len(h) >= 3 and v)]


def _meet(h: Bar, v: Bar) -> bool:
    return h.lo - _REACH <= v.at <= h.hi + _REACH and v.lo - _REACH <= h.at <= v.hi + _REACH


def _grid(level: list[Bar], upright: list[Bar]) -> Grid | None:
    ys, open_top, open_bottom = _edges(level, upright)
    xs, open_left, open_right = _edges(upright, level)
    if len(xs) < 2 or len(ys) < 2 or xs[-1] - xs[0] < _MIN_WIDTH or ys[-1] - ys[0] < _MIN_HEIGHT:
        return None
    if len(xs) * len(ys) > _MAX_CELLS or (len(xs) == 2 and len(ys) == 2):
        return None
    level = level + _missing(ys, xs, open_top, open_bottom)
    upright = upright + _missing(xs, ys, open_left, open_right)
    return Grid(tuple(xs), tuple(ys), tuple(_cells(xs, ys, level, upright)), open_top, open_bottom)


def _edges(along: Sequence[Bar], across: Sequence[Bar]) -> tuple[list[float], bool, bool]:
    """Positions of the lines, and of the ends that the crossing lines have beyond the outermost."""
    at: list[float] = []
    for bar in sorted(along, key=lambda b: b.at):
        if not at or bar.at - at[-1] > _SNAP:
            at.append(bar.at)
    first = sorted(b.lo for b in across)[min(1, len(across) - 1)]
    last = sorted(b.hi for b in across)[-min(2, len(across))]
    before, after = first < at[0] - _OPEN, last > at[-1] + _OPEN
    return ([first] if before else []) + at + ([last] if after else []), before, after


def _missing(at: Sequence[float], across: Sequence[float], first: bool, last: bool) -> list[Bar]:
    out = [Bar(at[0], across[0], across[-1])] if first else []
    return out + ([Bar(at[-1], across[0], across[-1])] if last else [])


def _cells(xs: list[float], ys: list[float], level: list[Bar], upright: list[Bar]) -> list[GridCell]:
    """The cells of the grid: places without a line between them are one cell, made rectangular."""
    n_rows, n_cols = len(ys) - 1, len(xs) - 1
    below = [_drawn(level, y, xs) for y in ys[1:]]
    beside = list(zip(*(_drawn(upright, x, ys) for x in xs[1:]), strict=True))
    taken = [[False] * n_cols for _ in range(n_rows)]
    cells = []
    for r in range(n_rows):
        for c in range(n_cols):
            if taken[r][c]:
                continue
            right = c + 1
            while right < n_cols and not beside[r][right - 1] and not taken[r][right]:
                right += 1
            down = r + 1
            while down < n_rows and _goes_on(below, beside, taken, down, c, right):
                down += 1
            for i in range(r, down):
                taken[i][c:right] = [True] * (right - c)
            cells.append(GridCell(r, c, down, right))
    return cells


def _goes_on(
    below: Sequence[Sequence[bool]],
    beside: Sequence[Sequence[bool]],
    taken: Sequence[Sequence[bool]],
    row: int,
    left: int,
    right: int,
) -> bool:
    """Whether the cell above goes on into `row`: no line between, the same width."""
    if any(below[row - 1][c] or taken[row][c] for c in range(left, right)):
        return False
    return not any(beside[row][c] for c in range(left, right - 1))


def _drawn(bars: Iterable[Bar], at: float, edges: Sequence[float]) -> list[bool]:
    """For each interval between edges: whether lines at `at` cover most of it."""
    near = [b for b in bars if abs(b.at - at) <= 2 * _SNAP]
    return [
        sum(max(0.0, min(b.hi, hi) - max(b.lo, lo)) for b in near) >= _COVER * (hi - lo)
        for lo, hi in itertools.pairwise(edges)
    ]


def _holds(outer: Grid, inner: Grid) -> bool:
    return (
        outer.xs[0] - 1 <= inner.xs[0]
        and inner.xs[-1] <= outer.xs[-1] + 1
        and outer.ys[0] - 1 <= inner.ys[0]
        and inner.ys[-1] <= outer.ys[-1] + 1
    )
