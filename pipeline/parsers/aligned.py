"""Tables that are set with spaces alone: columns are told by the white river that runs between them.

Only numbered tables whose rows begin with their number are read so; where the number stands in the
middle of its row, no one can tell which line belongs to which row, and the lines stay lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.parsers.cells import cell_of_lines
from pipeline.parsers.lines import SourceLine
from pipeline.parsers.rows import Row, is_ordinal, table_of
from pipeline.parsers.tabbed import Found

_WIDEST = 250  # characters of a line of such a table
_MOST_LINES = 2000
_CONFIDENCE = 0.8  # of a table whose columns are told by white space
_RIVER = 2  # columns of white space between two cells, at least
_SEGMENT = re.compile(r"\S(?:\ ?\S)*")  # words one space apart


def aligned_rows_at(lines: Sequence[SourceLine], start: int, *, marks: bool) -> Found | None:
    """The table set with spaces that begins at `lines[start]`, None where there is none."""
    if "\t" in lines[start].text or len(_SEGMENT.findall(lines[start].text[:_WIDEST])) < 3:
        return None
    starts, end = _columns(lines, start)
    if starts is None:
        return None
    cut = [_cells(line, starts) for line in lines[start:end]]
    first = next((i for i, cells in enumerate(cut) if is_ordinal(cells[0])), 0)
    heads = [i for i in range(first, len(cut)) if cut[i][0]]
    numbered = all(is_ordinal(cut[i][0]) for i in heads)
    if not first or len(heads) < 2 or not numbered or not _stands_above(lines[start + first], cut[first]):
        return None
    bounds = [0, *heads, len(cut)]
    widths = [max(len(cells[c]) for cells in cut) for c in range(len(starts))]
    rows = [_row(lines[start + a : start + b], cut[a:b], widths, marks) for a, b in pairwise(bounds)]
    return Found(table_of(rows, confidence=_CONFIDENCE), end)


def _stands_above(line: SourceLine, cells: Sequence[str]) -> bool:
    """Does the first numbered line hold text beside its number: is the number at its row's head?"""
    return sum(map(bool, cells)) >= 2 and bool(cells[1]) and not cells[1][0].islower()


def _columns(lines: Sequence[SourceLine], start: int) -> tuple[list[int] | None, int]:
    """Where the columns begin, and the place after the last line that keeps to them."""
    filled = 0  # a bit for each column of characters that any line fills
    best: tuple[list[int] | None, int] = (None, start)
    for i in range(start, min(len(lines), start + _MOST_LINES)):
        line = lines[i]
        if (i > start and (line.blanks > 2 or line.cut)) or "\t" in line.text or len(line.text) > _WIDEST:
            break
        segments = list(_SEGMENT.finditer(line.text))
        if best[0] is not None and len(segments) == 1 and segments[0].start() <= best[0][0]:
            break  # a line of prose, however short
        for segment in segments:
            filled |= (1 << segment.end()) - (1 << segment.start())
        starts = _starts(filled)
        if len(starts) < 3 or (best[0] is not None and len(starts) < len(best[0]) and i > start + 2):
            break
        best = starts, i + 1
    return best if best[1] - start >= 3 else (None, start)


def _starts(filled: int) -> list[int]:
    starts: list[int] = []
    blank = _RIVER
    for at in range(filled.bit_length()):
        if filled >> at & 1:
            if blank >= _RIVER:
                starts.append(at)
            blank = 0
        else:
            blank += 1
    return starts


def _cells(line: SourceLine, starts: Sequence[int]) -> list[str]:
    ends = [*starts[1:], len(line.text) + 1]
    return [line.text[a:b].strip() for a, b in zip(starts, ends, strict=True)]


def _row(
    lines: Sequence[SourceLine], cut: Sequence[Sequence[str]], widths: Sequence[int], marks: bool
) -> Row:
    """A row of one line or more; each cell has the lines that fill it."""
    cells = []
    for column, width in enumerate(widths):
        parts = [
            replace(line, text=texts[column], blanks=0)
            for line, texts in zip(lines, cut, strict=True)
            if texts[column]
        ]
        cells.append(cell_of_lines(parts, marks=marks, width=width))
    return Row(tuple(cells))
