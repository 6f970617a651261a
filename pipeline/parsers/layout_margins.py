"""The measure of a page: where its lines begin, where they end, how far first lines are indented."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from pipeline.parsers.layout_model import TextLine

_BIN = 4.0  # points within which two edges are one
_FEW = 5  # lines; a page with fewer is set in the measure of the other pages


@dataclass(frozen=True, slots=True)
class Measure:
    """Left and right edge of the text, usual first-line indent, distance of lines, font size."""

    left: float
    right: float
    indent: float
    pitch: float
    size: float


def measure_pages(pages: Sequence[Sequence[TextLine]]) -> list[Measure]:
    """One measure a page, from its full lines; a page of few lines takes that of its neighbours."""
    own = [measure_lines([x for x in lines if x.column == "full"]) for lines in pages]
    known = [(m, lines) for m, lines in zip(own, pages, strict=True) if m and len(lines) >= _FEW]
    indents = [m.indent for m, _ in known if m.indent]
    usual = median(indents) if indents else 0.0
    out = []
    for lines, measure in zip(pages, own, strict=True):
        if measure is None or len(lines) < _FEW:
            measure = _borrowed(lines, [m for m, other in known if _same_format(lines, other)], measure)
        if not measure.indent:
            models = [m for m, other in known if m.indent and _same_format(lines, other)]
            measure = replace(_widened(measure, models), indent=usual)
        out.append(measure)
    return out


def _widened(measure: Measure, models: Sequence[Measure]) -> Measure:
    """The edges of the other pages for a page on which all lines are short first lines: none reaches them."""
    if not models:
        return measure
    left, right = median(m.left for m in models), median(m.right for m in models)
    if abs(measure.left - left - median(m.indent for m in models)) > _BIN:
        return measure
    return replace(measure, left=left, right=max(right, measure.right))


def _same_format(one: Sequence[TextLine], other: Sequence[TextLine]) -> bool:
    return not one or not other or abs(one[0].page.width - other[0].page.width) < 2


def _borrowed(lines: Sequence[TextLine], others: Sequence[Measure], own: Measure | None) -> Measure:
    if not others:
        width = lines[0].page.width if lines else 595.0
        return own or Measure(0.1 * width, 0.9 * width, 0.0, 18.0, 13.0)
    left = median(m.left for m in others)
    right = median(m.right for m in others)
    if own is not None and (own.left < left - _BIN or own.right > right + _BIN):
        return own
    middle = sorted(others, key=lambda m: m.pitch)[len(others) // 2]
    return Measure(left, right, middle.indent, middle.pitch, middle.size)


def measure_lines(lines: Sequence[TextLine]) -> Measure | None:
    """The measure of running text; None without lines."""
    flat = [line for line in lines if line.words[0].upright and line.part == "body"]
    if not flat:
        return None
    size = median(line.size for line in flat)
    right = _right_edge([line.x1 for line in flat])
    left = _left_edge(flat, right)
    indents = [line.x0 - left for line in flat if 0.7 * size < line.x0 - left < 6 * size]
    usual = _mode(indents) if len(indents) >= 2 else 0.0
    downs = [b.y1 - a.y1 for a, b in itertools.pairwise(flat) if 0.5 * size < b.y1 - a.y1 < 3 * size]
    return Measure(left, right, usual, _low_mode(downs) or 1.35 * size, size)


def _right_edge(values: Sequence[float]) -> float:
    """The edge of justified lines where there are many, else the end of the longest line."""
    shared = _shared_edge(sorted(values, reverse=True), max(4, len(values) // 4))
    return max(values) if shared is None else shared


def _left_edge(lines: Sequence[TextLine], right: float) -> float:
    """The outermost edge that several lines share, or that a wrapped line alone shows."""
    ordered = sorted(line.x0 for line in lines)
    shared = _shared_edge(ordered, max(2, len(lines) // 12))
    left = ordered[0] if shared is None else shared
    wrapped = [
        line.x0
        for above, line in itertools.pairwise(lines)
        if line.x0 < left - _BIN and (line.starts_small() or right - above.x1 < 2 * _BIN)
    ]
    return min([left, *wrapped])


def _shared_edge(ordered: Sequence[float], need: int) -> float | None:
    """The first of the values near which `need` of them lie."""
    for i, value in enumerate(ordered):
        near = [v for v in ordered[i:] if abs(v - value) <= _BIN]
        if len(near) >= need:
            return median(near)
    return None


def _mode(values: Iterable[float]) -> float:
    counted = Counter(round(v / _BIN) for v in values)
    return counted.most_common(1)[0][0] * _BIN if counted else 0.0


def _low_mode(values: Sequence[float]) -> float:
    """The usual distance of lines within paragraphs: the smallest that is frequent."""
    counted = Counter(round(v) for v in values)
    frequent = [v for v, n in counted.items() if n + counted[v + 1] >= max(2, len(values) // 5)]
    return float(min(frequent) + 0.5) if frequent else 0.0
