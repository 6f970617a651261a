"""Text that a PDF draws outside its clipping path is not seen; this tells which."""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as raw

_MAX_PATHS = 8  # of a clip; one of more is not judged
_MAX_SEGMENTS = 12  # of a clipping path: rectangles, not shapes
_SEEN = 0.5  # share of its width and height by which text must lie within its clip

Box = tuple[float, float, float, float]


def is_clipped(item: Any) -> bool:
    """Whether a page object (raw handle) lies mostly outside its clip; clips of odd shape do not count."""
    clip = raw.FPDFPageObj_GetClipPath(item)
    count = raw.FPDFClipPath_CountPaths(clip) if clip else 0
    if not 0 < count <= _MAX_PATHS:
        return False
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(item, left, bottom, right, top):
        return False
    for i in range(count):
        box = _box(clip, i)
        if box is None:
            continue
        x0, y0, x1, y1 = box
        if _hidden(left.value, right.value, x0, x1) or _hidden(bottom.value, top.value, y0, y1):
            return True
    return False


def _hidden(lo: float, hi: float, clip_lo: float, clip_hi: float) -> bool:
    return min(hi, clip_hi) - max(lo, clip_lo) < _SEEN * (hi - lo)


def _box(clip: Any, i: int) -> Box | None:
    n = raw.FPDFClipPath_CountPathSegments(clip, i)
    if not 3 <= n <= _MAX_SEGMENTS:
        return None
    x, y = ctypes.c_float(), ctypes.c_float()
    xs, ys = [], []
    for k in range(n):
        if not raw.FPDFPathSegment_GetPoint(raw.FPDFClipPath_GetPathSegment(clip, i, k), x, y):
            return None
        xs.append(x.value)
        ys.append(y.value)
    return min(xs), min(ys), max(xs), max(ys)
