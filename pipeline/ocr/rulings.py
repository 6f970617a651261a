"""Ruling lines of a page image: found, measured in points, and taken out before recognition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import cv2
import numpy as np

from pipeline.ocr.cleaning import Pixels
from pipeline.parsers.layout_model import Ruling

_SHORTEST = 0.42  # inches: shorter strokes may be dashes and parts of letters
_SHORTEST_UPRIGHT = 0.19  # inches: a row of one line is hardly higher, a letter is lower
_PIECE = 0.17  # inches: of a broken line; no letter has so long a stroke
_BRIDGE = 0.12  # inches: gaps of broken and faint lines
_THICKEST = 0.035  # inches: thicker bars are pictures
_END = 0.05  # inches: rest of a broken upright line; lines so near each other meet
_DRAWN = 0.5  # share of ink along the rest of a line
_RIM = 0.01  # inches: ragged edge of a line that is taken out with it
_INK = 170  # of 255: faint lines are grey
_POINTS = 72.0

_Stroke = tuple[int, int, int, int]  # left, top, width, height in pixels


def find_rulings(grey: Pixels, dpi: float) -> tuple[list[Ruling], Pixels]:
    """The ruling lines in points, and the image without them."""
    ink = (grey < _INK).astype(np.uint8)
    level, level_mask = _strokes(ink, dpi, None)
    upright, upright_mask = _strokes(ink, dpi, level_mask)
    rests = list(_rests(ink, dpi, level, upright))
    level_mask = _with_rests(level_mask, ink, rests)
    turned = [[_turned(box) for box in boxes] for boxes in (upright, level)]
    upright_rests = [_turned(box) for box in _rests(ink.T, dpi, *turned)]
    upright_mask = _with_rests(upright_mask, ink, upright_rests)
    rulings = [_ruling(box, dpi) for box in (*level, *rests, *upright, *upright_rests)]
    cleaned = grey.copy()
    rim = 2 * max(1, int(dpi * _RIM)) + 1
    mask = _dilated(level_mask, _bar(rim, False)) | _dilated(upright_mask, _bar(rim, True))
    cleaned[mask.astype(bool)] = 255
    return rulings, cleaned


def _strokes(ink: Pixels, dpi: float, level: Pixels | None) -> tuple[list[_Stroke], Pixels]:
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


def _rests(
    ink: Pixels, dpi: float, level: Sequence[_Stroke], upright: Sequence[_Stroke]
) -> Iterator[_Stroke]:
    """What horizontal lines lack to the upright lines that they meet: a gap, and a piece too short to be
    told from a dash."""
    met, furthest, bridge = (int(dpi * inches) for inches in (_END, _BRIDGE + _PIECE, _BRIDGE))
    for x, y, w, h in level:
        crossed = [
            box[0] + box[2] // 2 for box in upright if y - met <= box[1] + box[3] and box[1] <= y + h + met
        ]
        for end, ahead in ((x + w, [at - x - w for at in crossed]), (x, [x - at for at in crossed])):
            if any(abs(distance) <= met for distance in ahead):
                continue
            lacking = min((distance for distance in ahead if 0 < distance <= furthest), default=0)
            start = end if end != x else x - lacking
            drawn = ink[y : y + h, start : start + lacking].any(axis=0)
            if lacking and (lacking <= bridge or drawn.mean() >= _DRAWN):
                yield start, y, lacking, h


def _with_rests(mask: Pixels, ink: Pixels, rests: Iterable[_Stroke]) -> Pixels:
    for x, y, w, h in rests:
        place = slice(y, y + h), slice(x, x + w)
        mask[place] |= ink[place]
    return mask


def _turned(box: _Stroke) -> _Stroke:
    x, y, w, h = box
    return y, x, h, w


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


def _ruling(box: _Stroke, dpi: float) -> Ruling:
    x, y, w, h = box
    scale = _POINTS / dpi
    if w >= h:
        mid = (y + h / 2) * scale
        return Ruling(x * scale, mid - 0.3, (x + w) * scale, mid + 0.3)
    mid = (x + w / 2) * scale
    return Ruling(mid - 0.3, y * scale, mid + 0.3, (y + h) * scale)
