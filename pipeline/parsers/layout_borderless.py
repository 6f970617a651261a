"""Tables without ruling lines, where columns are clear: three columns and more, over three rows and more."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.parsers.layout_columns import Gap, wide_gaps
from pipeline.parsers.layout_model import PlacedWord, TextLine
from pipeline.parsers.layout_paragraphs import cell_paragraphs
from pipeline.parsers.layout_tables import PageTable, TableCell

_MIN_ROWS = 3
_MIN_GAPS = 2
_RUNNER = 0.8  # of the font size: width that a gap must keep through all rows
_MAX_PITCH = 2.6  # line heights between rows
_FILLED = 0.7  # share of rows in which a column must have text
_CONFIDENCE = 0.6


def find_borderless(lines: Sequence[TextLine]) -> list[TextLine | PageTable]:
    """The lines, those of a table without borders replaced by it."""
    out: list[TextLine | PageTable] = []
    i = 0
    while i < len(lines):
        end, gaps = _run(lines, i)
        table = _table(lines[i:end], gaps) if end - i >= _MIN_ROWS and len(gaps) >= _MIN_GAPS else None
        if table is None:
            out.append(lines[i])
            i += 1
        else:
            out.append(table)
            i = end
    return out


def _run(lines: Sequence[TextLine], i: int) -> tuple[int, list[Gap]]:
    """End of the run of lines from `i` that share two gaps or more, and the gaps."""
    gaps = wide_gaps(lines[i])
    end = i + 1
    while len(gaps) >= _MIN_GAPS and end < len(lines):
        line = lines[end]
        if line.y0 - lines[end - 1].y1 > _MAX_PITCH * line.size:
            break
        kept = _kept(gaps, line)
        if len(kept) < _MIN_GAPS or len(kept) < len(gaps) - 1:
            break
        gaps = kept
        end += 1
    return end, gaps


def _kept(gaps: Sequence[Gap], line: TextLine) -> list[Gap]:
    """The gaps that the line leaves open, as wide as it leaves them."""
    edges = [(float("-inf"), line.words[0].x0)]
    edges += [(a.x1, b.x0) for a, b in zip(line.words, line.words[1:], strict=False)]
    edges.append((line.x1, float("inf")))
    kept = []
    for lo, hi in gaps:
        cut = max(((max(lo, a), min(hi, b)) for a, b in edges), key=lambda g: g[1] - g[0])
        if cut[1] - cut[0] >= _RUNNER * line.size:
            kept.append(cut)
    return kept


def _table(lines: Sequence[TextLine], gaps: Sequence[Gap]) -> PageTable | None:
    cuts = [(a + b) / 2 for a, b in gaps]
    xs = [min(x.x0 for x in lines) - 1, *cuts, max(x.x1 for x in lines) + 1]
    parts = [_parts(line, cuts) for line in lines]
    rows = _rows(parts)
    n_cols = len(xs) - 1
    filled = [sum(1 for row in rows if any(parts[i][c] for i in row)) for c in range(n_cols)]
    if len(rows) < _MIN_ROWS or min(filled) < _FILLED * len(rows):
        return None
    cells = []
    for r, row in enumerate(rows):
        for c in range(n_cols):
            inside = [TextLine.of(parts[i][c], lines[i].page) for i in row if parts[i][c]]
            groups = cell_paragraphs(inside, xs[c], xs[c + 1]) if inside else []
            cells.append(TableCell(r, c, r + 1, c + 1, groups))
    number = lines[0].page.number
    return PageTable(
        xs,
        len(rows),
        cells,
        lines[0].y0,
        lines[-1].y1,
        number,
        ruled=False,
        confidence=_CONFIDENCE,
        last_page=number,
    )


def _parts(line: TextLine, cuts: Sequence[float]) -> list[list[PlacedWord]]:
    parts: list[list[PlacedWord]] = [[] for _ in range(len(cuts) + 1)]
    for word in line.words:
        parts[sum(1 for cut in cuts if (word.x0 + word.x1) / 2 > cut)].append(word)
    return parts


def _rows(parts: Sequence[Sequence[Sequence[PlacedWord]]]) -> list[list[int]]:
    """Lines to rows: a line that leaves its first column empty goes on with the row above."""
    rows: list[list[int]] = []
    for i, cells in enumerate(parts):
        if rows and not cells[0]:
            rows[-1].append(i)
        else:
            rows.append([i])
    return rows
