"""Ruling lines of a page image: found, measured in points, and taken out before recognition."""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.ocr.cleaning import Pixels
from pipeline.parsers.layout_model import Ruling

_SHORTEST = 0.42  # inches: shorter strokes may be dashes and parts of letters
_SHORTEST_UPRIGHT = 0.19  # inches: a row of one line is hardly higher, a letter is lower
_PIECE = 0.17  # inches: of a broken line; no letter has so long a stroke
_BRIDGE = 0.12  # inches: gaps of broken and faint lines
_THICKEST = 0.035  # inches: thicker bars are pictures
_END = 0.05  # inches: rest of a broken upright line
_RIM = 0.01  # inches: ragged edge of a line that is taken out with it
_INK = 170  # of 255: faint lines are grey
_POINTS = 72.0


def find_rulings(grey: Pixels, dpi: float) -> tuple[list[Ruling], Pixels]:
    """The ruling lines in points, and the image without them."""
    ink = (grey < _INK).astype(np.uint8)
    level, level_mask = _strokes(ink, dpi, None)
    upright, upright_mask = _strokes(ink, dpi, level_mask)
    rulings = [_ruling(box, dpi) for box in (*level, *upright)]
    cleaned = grey.copy()
    rim = 2 * max(1, int(dpi * _RIM)) + 1
    mask = _dilated(level_mask, _bar(rim, False)) | _dilated(upright_mask, _bar(rim, True))
    cleaned[mask.astype(bool)] = 255
    return rulings, cleaned


def _strokes(ink: Pixels, dpi: float, level: Pixels | None) -> tuple[list[tuple[int, int, int, int]], Pixels]:
    """Boxes (x, y, width, height) of long thin strokes, and their pixels: the horizontal ones, or,
    given those as `level`, the upright ones."""
    horizontal = level is None
    shortest = _SHORTEST if horizontal else _SHORTEST_UPRIGHT
    longest, bridge, piece = (max(3, int(dpi * inches)) for inches in (shortest, _BRIDGE, _PIECE))
    # A line may lean by a pixel or two over the kernel: thicken it across before the opening.
    across = np.ones((2, 1) if horizontal else (1, 2), np.uint8)
    thickened = _dilated(ink, across)
    pieces = _opened(thickened, _bar(piece, horizontal))
    if level is not None:
        pieces |= _ends(thickened, level, max(3, int(dpi * _END)))
    joined = cv2.morphologyEx(pieces, cv2.MORPH_CLOSE, _bar(bridge, horizontal))
    opened = cv2.morphologyEx(joined, cv2.MORPH_OPEN, _bar(longest, horizontal))
    thickest = max(4, int(dpi * _THICKEST))
    boxes, mask = [], np.zeros_like(ink)
    outlines, _ = cv2.findContours(opened, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    for outline in outlines:
        x, y, w, h = cv2.boundingRect(outline)
        stroke = np.zeros((h, w), np.uint8)
        cv2.drawContours(stroke, [outline], 0, (1,), cv2.FILLED, offset=(-x, -y))
        length = w if horizontal else h
        if length >= longest and np.count_nonzero(stroke) <= thickest * length:
            boxes.append((x, y, w, h))
            place = slice(y, y + h), slice(x, x + w)
            mask[place] |= stroke & ink[place]
    return sorted(boxes, key=lambda box: (box[1], box[0])), mask


def _ends(ink: Pixels, level: Pixels, shortest: int) -> Pixels:
    """Short upright pieces that stand on a horizontal line: a broken line's ends, never letters."""
    short = _opened(ink, _bar(shortest, False))
    if not level.any():
        return np.zeros_like(short)
    count, labels = cv2.connectedComponents(short, connectivity=8)
    touching = np.zeros(count, dtype=np.uint8)
    touching[labels[_dilated(level, _bar(5, False)).astype(bool)]] = 1
    return np.asarray(short & touching[labels], dtype=np.uint8)


def _dilated(ink: Pixels, kernel: Pixels) -> Pixels:
    return np.asarray(cv2.dilate(ink, kernel), dtype=np.uint8)


def _opened(ink: Pixels, kernel: Pixels) -> Pixels:
    return np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, kernel), dtype=np.uint8)


def _bar(length: int, horizontal: bool) -> Pixels:
    return np.ones((1, length) if horizontal else (length, 1), np.uint8)


def _ruling(box: tuple[int, int, int, int], dpi: float) -> Ruling:
    x, y, w, h = box
    scale = _POINTS / dpi
    if w >= h:
        mid = (y + h / 2) * scale
        return Ruling(x * scale, mid - 0.3, (x + w) * scale, mid + 0.3)
    mid = (x + w / 2) * scale
    return Ruling(mid - 0.3, y * scale, mid + 0.3, (y + h) * scale)
