"""What is drawn on a PDF page besides text: ruling lines, how much of it pictures cover, stamps."""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as raw

from pipeline.parsers.layout_model import Ruling
from pipeline.parsers.pdf_frame import Frame, matrix_of

MAX_OBJECTS = 200_000  # of a page; what comes after is not looked at
MAX_SEGMENTS = 60_000  # of all paths of a page: more is a drawing, not a table
_MAX_DEPTH = 6  # of form objects in form objects
_THIN = 4.5  # points: a filled shape so thin is a line
_DOT = 2.0  # points: a filled shape so small may be a dot of a line either way
_STRAIGHT = 1.0  # points by which a stroke may be off the level
_SHORT = 4.0  # points: a stroke so short is part of a letter or picture


@dataclass(slots=True)
class Drawing:
    """`stamped`: for each annotation drawn into the page, the addresses of its text objects."""

    rulings: list[Ruling] = field(default_factory=list)
    paths: int = 0
    picture: float = 0.0  # share of the page that its largest picture covers
    stamped: list[set[int]] = field(default_factory=list)
    complete: bool = True


@dataclass(slots=True)
class _Budget:
    objects: int = MAX_OBJECTS
    segments: int = MAX_SEGMENTS


def read_drawing(page: Any, frame: Frame, own_objects: int | None) -> Drawing:
    """Lines, pictures and stamps of a page (raw handle).

    Objects after the first `own_objects` are annotations that were drawn into the page.
    """
    drawing, budget = Drawing(), _Budget()
    count = raw.FPDFPage_CountObjects(page)
    for i in range(count):
        stamped: set[int] | None = None
        if own_objects is not None and i >= own_objects:
            stamped = set()
            drawing.stamped.append(stamped)
        _read_object(raw.FPDFPage_GetObject(page, i), frame, drawing, budget, 0, stamped)
        if budget.objects <= 0 or budget.segments <= 0:
            drawing.complete = False
            break
    return drawing


def _read_object(
    item: Any, frame: Frame, drawing: Drawing, budget: _Budget, depth: int, stamped: set[int] | None
) -> None:
    budget.objects -= 1
    kind = raw.FPDFPageObj_GetType(item)
    if kind == raw.FPDF_PAGEOBJ_TEXT:
        if stamped is not None:
            stamped.add(ctypes.cast(item, ctypes.c_void_p).value or 0)
    elif kind == raw.FPDF_PAGEOBJ_PATH:
        drawing.paths += 1
        _read_path(item, frame.after(_matrix(item)), drawing, budget)
    elif kind == raw.FPDF_PAGEOBJ_IMAGE:
        drawing.picture = max(drawing.picture, _share(frame.after(_matrix(item))))
    elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
        inner = frame.after(_matrix(item))
        for i in range(raw.FPDFFormObj_CountObjects(item)):
            if budget.objects <= 0 or budget.segments <= 0:
                return
            _read_object(raw.FPDFFormObj_GetObject(item, i), inner, drawing, budget, depth + 1, stamped)


def _matrix(item: Any) -> Frame:
    matrix = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, matrix):
        return Frame(1, 0, 0, 1, 0, 0)
    return matrix_of(matrix)


def _share(frame: Frame) -> float:
    """Share of the page that the unit square (a picture) covers."""
    x0, y0, x1, y1 = frame.box(0, 0, 1, 1)
    across = max(0.0, min(x1, frame.width) - max(x0, 0.0))
    down = max(0.0, min(y1, frame.height) - max(y0, 0.0))
    area = frame.width * frame.height
    return across * down / area if area else 0.0


def _read_path(item: Any, frame: Frame, drawing: Drawing, budget: _Budget) -> None:
    n = raw.FPDFPath_CountSegments(item)
    budget.segments -= max(n, 0)
    if n < 2 or budget.segments < 0:
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, fill, stroke)
    for points in _subpaths(item, n, frame):
        if stroke.value:
            drawing.rulings += _strokes(points)
        elif fill.value:
            drawing.rulings += _filled(points)


def _subpaths(item: Any, n: int, frame: Frame) -> Iterator[list[tuple[float, float]]]:
    """The corners of each straight-lined part of a path; parts with curves are left out."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    curved = False
    for i in range(n):
        segment = raw.FPDFPath_GetPathSegment(item, i)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            if len(points) > 1 and not curved:
                yield points
            points, curved = [], False
        elif kind == raw.FPDF_SEGMENT_BEZIERTO:
            curved = True
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        points.append(frame.point(x.value, y.value))
        if raw.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if len(points) > 1 and not curved:
        yield points


def _strokes(points: list[tuple[float, float]]) -> Iterator[Ruling]:
    for (xa, ya), (xb, yb) in itertools.pairwise(points):
        wide, high = abs(xb - xa), abs(yb - ya)
        if min(wide, high) <= _STRAIGHT and max(wide, high) >= _SHORT:
            yield Ruling(min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb))


def _filled(points: list[tuple[float, float]]) -> Iterator[Ruling]:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    x0, y0, x1, y1 = min(xs), min(ys), max(xs), max(ys)
    wide, high = x1 - x0, y1 - y0
    if max(wide, high) <= _DOT:
        middle = (y0 + y1) / 2
        yield Ruling(x0, middle, x1, middle)
        middle = (x0 + x1) / 2
        yield Ruling(middle, y0, middle, y1)
    elif min(wide, high) <= _THIN and max(wide, high) > 1.5 * min(wide, high):
        yield Ruling(x0, y0, x1, y1)
