"""What recognition gets to see of a page: a part of it at another scale, and the way back to the page.

Tesseract cuts a line out of its image with four pixels around the letters, whatever their size, and
so cuts marks off: `ổ` becomes `ồ` or `ô`. Small letters, and lines that lean a little, leave the marks
more room: at some 150 dpi with a lean of a third of a degree a page of prose has half the errors of
300 dpi level, in less time.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.ocr.cleaning import Pixels

LETTER = 14.0  # pixels: height of a small letter at which Tesseract reads best
USUAL_LETTER = 0.0875  # inches: height of a small letter of type of 14 points
_LEAN = 0.35  # degrees
_SCALES = (0.4, 2.0)  # of a page; what asks for more is no type
_LETTERS = (0.035, 0.25)  # inches: heights of what may be a letter
_WIDEST = 2.0  # times its height
_ENOUGH = 25  # letters that tell the size of the type
_CUT_END = 1.6  # times a word's height: as far as the ends of it are looked for
_LETTER_GAP = 0.2  # of a word's height: narrower is no space between words
_BESIDE = 0.01  # share of the ink: a lone digit of a cell has more
_WHITE = 10  # pixels around a part that is seen by itself


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of pixels: left, top, width, height."""

    x: int
    y: int
    w: int
    h: int

    def cut(self, grey: Pixels) -> Pixels:
        return grey[self.y : self.y + self.h, self.x : self.x + self.w]

    def within(self, grey: Pixels, around: int = 0) -> Box:
        """The box with some pixels more around it, as far as there are any."""
        x, y = max(0, self.x - around), max(0, self.y - around)
        right, bottom = self.x + self.w + around, self.y + self.h + around
        return Box(x, y, min(grey.shape[1], right) - x, min(grey.shape[0], bottom) - y)


@dataclass(frozen=True, slots=True)
class View:
    """An image for recognition. `way` (2 by 3) leads from pixels of the page to those of `grey`;
    its lines lean by `lean` degrees."""

    grey: Pixels
    way: NDArray[np.float64]
    scale: float
    lean: float = 0.0

    def on_page(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """A box of the image as a level box of the page, in its pixels."""
        rise = math.tan(math.radians(abs(self.lean))) * (x1 - x0)
        high = max(y1 - y0 - rise, (y1 - y0) / 2) / self.scale
        wide = (x1 - x0) / self.scale
        back = np.asarray(cv2.invertAffineTransform(self.way), dtype=np.float64)
        x, y = back @ np.array([(x0 + x1) / 2, (y0 + y1) / 2, 1.0])
        return float(x - wide / 2), float(y - high / 2), float(x + wide / 2), float(y + high / 2)


def letter_height(grey: Pixels, dpi: float) -> float | None:
    """Height in pixels of most letters, those without ascender; None where there are too few."""
    ink = (grey < 128).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    heights, widths = stats[1:, cv2.CC_STAT_HEIGHT], stats[1:, cv2.CC_STAT_WIDTH]
    lowest, highest = (dpi * inches for inches in _LETTERS)
    fits = (
        (heights >= lowest) & (heights <= highest) & (widths <= _WIDEST * heights) & (widths * 4 >= heights)
    )
    heights = heights[fits]
    if len(heights) < _ENOUGH:
        return None
    counts = np.bincount(heights).astype(np.float64)
    smooth = np.convolve(counts, np.ones(3), "same")
    return float(np.argmax(smooth))


def page_view(grey: Pixels, dpi: float) -> View:
    """The whole page, scaled so that its letters have the best height, its lines leaning."""
    letter = letter_height(grey, dpi) or USUAL_LETTER * dpi
    scale = min(max(LETTER / letter, _SCALES[0]), _SCALES[1])
    height, width = grey.shape
    way = np.asarray(cv2.getRotationMatrix2D((width / 2, height / 2), -_LEAN, scale), dtype=np.float64)
    size = (round(width * scale), round(height * scale))
    way[:, 2] += (size[0] - width) / 2, (size[1] - height) / 2
    seen = cv2.warpAffine(grey, way, size, flags=cv2.INTER_LINEAR, borderValue=(255.0,))
    return View(np.asarray(seen, dtype=np.uint8), way, scale, _LEAN)


def part_view(grey: Pixels, part: Box, scale: float) -> View:
    """A part of the page by itself on white."""
    how = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA
    seen = cv2.resize(part.cut(grey), None, fx=scale, fy=scale, interpolation=how)
    alone = np.pad(np.asarray(seen, dtype=np.uint8), _WHITE, constant_values=255)
    way = np.array([[scale, 0.0, _WHITE - scale * part.x], [0.0, scale, _WHITE - scale * part.y]])
    return View(alone, way, scale)


def around(boxes: Sequence[Box]) -> Box:
    """The smallest box that holds all boxes."""
    x, y = min(box.x for box in boxes), min(box.y for box in boxes)
    right, bottom = max(box.x + box.w for box in boxes), max(box.y + box.h for box in boxes)
    return Box(x, y, right - x, bottom - y)


def with_cut_ends(grey: Pixels, box: Box) -> Box:
    """The box of a word with the letters that stand so near at either end that they belong to it."""
    room = round(_CUT_END * box.h)
    wide = Box(box.x - room, box.y, box.w + 2 * room, box.h).within(grey)
    ink = np.atleast_1d((wide.cut(grey) < 128).any(axis=0))
    gap = max(2, round(_LETTER_GAP * box.h))
    left = _reach(ink[: box.x - wide.x][::-1], gap)
    right = _reach(ink[box.x - wide.x + box.w :], gap)
    return Box(box.x - left, box.y, box.w + left + right, box.h)


def _reach(ink: NDArray[np.bool_], gap: int) -> int:
    """How far ink goes on from the edge without a gap as wide as that."""
    end = 0
    for at in np.flatnonzero(ink):
        if at - end >= gap:
            break
        end = int(at) + 1
    return end


def inked(grey: Pixels, part: Box) -> Box | None:
    """The part of a part that has ink; None for an empty one."""
    ink = part.cut(grey) < 128
    rows, cols = (np.flatnonzero(ink.any(axis=axis)) for axis in (1, 0))
    if len(rows) < 3 or not len(cols):
        return None
    x, y = part.x + int(cols[0]), part.y + int(rows[0])
    return Box(x, y, int(cols[-1] - cols[0]) + 1, int(rows[-1] - rows[0]) + 1)


def leaves_ink(grey: Pixels, part: Box, words: Sequence[Box]) -> bool:
    """Whether a part has more ink beside its words than specks and the edges of letters leave."""
    ink = part.cut(grey) < 128
    beside = ink.copy()
    for box in words:
        x, y = box.x - part.x, box.y - part.y
        beside[max(0, y) : y + box.h, max(0, x) : x + box.w] = False
    return int(np.count_nonzero(beside)) > _BESIDE * int(np.count_nonzero(ink))
