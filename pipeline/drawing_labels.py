"""Room for labels on a marked page: near their box where the paper is blank, never over print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from PIL import Image

_INK = 0.8  # of the paper's brightness: darker pixels are print
_TOLERATED = 0.004  # share of dark pixels in blank paper: specks
_GAP = 3  # pixels between a label and what is next to it
_SLIDE, _STEP = 96, 6  # pixels that a label moves out sideways, past a table's ruling line, and its steps
_RINGS = 9  # how many label heights away from its box a label may stand
_CROSSED = 8  # dark pixels under the line from a label to its box: a ruling line, no letters

Point = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of pixels: left, top, right and bottom, the latter two not included."""

    x0: int
    y0: int
    x1: int
    y1: int

    def grown(self, by: int) -> Box:
        return Box(self.x0 - by, self.y0 - by, self.x1 + by, self.y1 + by)


class Room:
    """The blank paper of a page, less what labels and boxes have taken."""

    def __init__(self, page: Image.Image, boxes: Sequence[Box]) -> None:
        grey = np.asarray(page.convert("L"), dtype=np.float32)
        self._print = grey < _INK * float(np.median(grey))
        self._taken = self._print.copy()
        for box in boxes:
            self._fill(box)

    def take(self, box: Box, width: int, height: int, beside: bool) -> Box | None:
        """Room for a label of that size near a box, None where there is none.

        `beside`: left or right of it goes before above and below it.
        """
        sides, ends = tuple(_beside(box, width, height)), tuple(_above(box, width, height))
        near = (*sides, *ends) if beside else (*ends, *sides)
        for x, y in (*near, *_around(box, width, height)):
            place = Box(x, y, x + width, y + height)
            if self._is_free(place) and self._is_seen(place, box):
                self._fill(place.grown(1))
                return place
        return None

    def _fill(self, box: Box) -> None:
        self._taken[max(0, box.y0) : max(0, box.y1), max(0, box.x0) : max(0, box.x1)] = True

    def _is_free(self, box: Box) -> bool:
        height, width = self._taken.shape
        if box.x0 < _GAP or box.y0 < _GAP or box.x1 > width - _GAP or box.y1 > height - _GAP:
            return False
        return float(self._taken[box.y0 : box.y1, box.x0 : box.x1].mean()) <= _TOLERATED

    def _is_seen(self, label: Box, box: Box) -> bool:
        """Whether a line from the label to its box crosses no print."""
        line = leader(label, box)
        if line is None:
            return True
        (x0, y0), (x1, y1) = line
        steps = max(abs(x1 - x0), abs(y1 - y0)) + 1
        ys = np.linspace(y0, y1, steps).round().astype(int).clip(0, self._print.shape[0] - 1)
        xs = np.linspace(x0, x1, steps).round().astype(int).clip(0, self._print.shape[1] - 1)
        return int(np.count_nonzero(self._print[ys, xs])) <= _CROSSED


def _beside(box: Box, width: int, height: int) -> Iterator[Point]:
    """Left and right of a box, by its top or its middle; close to it, else as near as can be."""
    for reach in (range(_GAP, _GAP + 1), range(_GAP, _SLIDE, _STEP)):
        for y in (box.y0, (box.y0 + box.y1 - height) // 2):
            yield from ((box.x0 - width - away, y) for away in reach)
        for y in (box.y0, (box.y0 + box.y1 - height) // 2):
            yield from ((box.x1 + away, y) for away in reach)


def _above(box: Box, width: int, height: int) -> Iterator[Point]:
    for y in (box.y0 - height - _GAP, box.y1 + _GAP):
        yield box.x0, y
        yield box.x1 - width, y


def _around(box: Box, width: int, height: int) -> Iterator[Point]:
    """Places round the box in growing distance, left and right before above and below."""
    for ring in range(1, _RINGS + 1):
        away = ring * height
        for x in (box.x0 - width - away, box.x1 + away):
            yield from ((x, y) for y in range(box.y0 - away, box.y1 + away, height // 2))
        for y in (box.y0 - height - away, box.y1 + away):
            yield from ((x, y) for x in range(box.x0 - away, box.x1 + away, width // 2))


def leader(label: Box, box: Box) -> tuple[Point, Point] | None:
    """The ends of a line from a label to its box; None where they stand side by side."""
    x0, x1 = _nearest(label.x0, label.x1, box.x0, box.x1)
    y0, y1 = _nearest(label.y0, label.y1, box.y0, box.y1)
    return None if abs(x0 - x1) <= 2 * _GAP and abs(y0 - y1) <= 2 * _GAP else ((x0, y0), (x1, y1))


def _nearest(a0: int, a1: int, b0: int, b1: int) -> Point:
    """The points of two intervals that are nearest each other."""
    if a1 <= b0:
        return a1, b0
    if b1 <= a0:
        return a0, b1
    middle = (max(a0, b0) + min(a1, b1)) // 2
    return middle, middle
