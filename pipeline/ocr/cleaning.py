"""Cleaning of a page image before recognition: coloured ink, grey paper, specks, skew.

Images are numpy arrays of bytes, rows from the top; grey images have 0 for black ink.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]

_SATURATED = 70  # of 255: pixels of stamps and pens; JPEG leaves black text below
_COLOURED_PAGE = 0.5  # share of the ink that is coloured: the page is printed in colour, not stamped
_STAMP_SAMPLES = 40  # sampled pixels; fewer are stray colour
_PAPER_KERNEL = 0.17  # inches: larger than strokes, smaller than shadows
_MAX_SKEW = 6.0  # degrees
_SKEW_DPI = 75.0
_SPECK = 0.0075  # inches: side of the largest speck
_MANY_SPECKS = 4.0  # specks a square inch: fewer are dots and marks of the text


@dataclass(frozen=True, slots=True)
class CleanPage:
    """A page made ready: grey, upright; `skew` degrees counter-clockwise were turned back."""

    grey: Pixels
    dpi: float
    skew: float
    had_colour: bool


def clean(image: Pixels, dpi: float) -> CleanPage:
    """A colour or grey page image to a clean grey one of the same size."""
    grey, coloured = without_coloured_ink(image)
    grey = even_paper(grey, dpi)
    grey = without_specks(grey, dpi)
    skew = skew_of(grey, dpi)
    if abs(skew) >= 0.1:
        grey = turned(grey, skew)
    return CleanPage(grey, dpi, skew, coloured)


def without_coloured_ink(image: Pixels) -> tuple[Pixels, bool]:
    """Grey with red stamps and blue signatures taken out, and whether there were any.

    Coloured ink is bright in its own channel, black print is dark in all: the brightest channel
    keeps print under a stamp.
    """
    if image.ndim == 2:
        return image, False
    grey = np.asarray(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    if not _is_stamped(image[::4, ::4], grey[::4, ::4]):
        return grey, False
    red, green, blue = cv2.split(image)
    brightest = cv2.max(cv2.max(red, green), blue)
    darkest = cv2.min(cv2.min(red, green), blue)
    coloured = cv2.threshold(cv2.subtract(brightest, darkest), _SATURATED, 255, cv2.THRESH_BINARY)[1]
    mask = cv2.dilate(coloured, np.ones((3, 3), np.uint8))
    lifted = cv2.max(grey, cv2.multiply(brightest, np.ones((1,), np.uint8), scale=1.25))
    return np.asarray(cv2.copyTo(lifted, mask, grey), dtype=np.uint8), True


def _is_stamped(image: Pixels, grey: Pixels) -> bool:
    """Whether there is coloured ink, and the page is not printed in colour as a whole."""
    spread = image.max(axis=2) - image.min(axis=2)
    n_coloured = int(np.count_nonzero((spread > _SATURATED) & (grey < 200)))
    n_ink = int(np.count_nonzero(grey < 140))
    return _STAMP_SAMPLES < n_coloured <= _COLOURED_PAGE * max(n_ink, 1) + 2_000


def even_paper(grey: Pixels, dpi: float) -> Pixels:
    """Paper made white: each pixel against the brightest around it. White paper is left alone."""
    if float(np.percentile(grey[::8, ::8], 60)) >= 250:
        return grey
    small = cv2.resize(grey, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    side = max(3, int(dpi * _PAPER_KERNEL / 4) | 1)
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8))
    paper = cv2.GaussianBlur(paper, (0, 0), side)
    paper = cv2.resize(paper, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(grey, paper, scale=255), dtype=np.uint8)


def without_specks(grey: Pixels, dpi: float) -> Pixels:
    """Specks painted over, where the page has too many for them to be dots of the text."""
    ink = (grey < 128).astype(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    side = max(1.0, dpi * _SPECK)
    tiny = (stats[1:, cv2.CC_STAT_WIDTH] <= side) & (stats[1:, cv2.CC_STAT_HEIGHT] <= side)
    area = grey.size / (dpi * dpi)
    if count < 2 or np.count_nonzero(tiny) < _MANY_SPECKS * area:
        return grey
    out = grey.copy()
    for x, y, w, h, _ in stats[1:][tiny]:
        out[y : y + h, x : x + w] = 255
    return out


def skew_of(grey: Pixels, dpi: float) -> float:
    """Degrees by which the lines of text rise to the right, from their projection; 0 where unclear."""
    scale = min(1.0, _SKEW_DPI / dpi)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ink = (255 - small).astype(np.float32)
    ink[ink < 60] = 0
    if float(ink.sum()) < 255 * 200:
        return 0.0
    coarse = _sharpest(ink, np.arange(-_MAX_SKEW, _MAX_SKEW + 0.01, 0.5))
    fine = _sharpest(ink, np.arange(coarse - 0.5, coarse + 0.51, 0.1))
    return 0.0 if abs(fine) >= _MAX_SKEW else float(round(fine, 2))


def _sharpest(ink: NDArray[np.float32], angles: NDArray[np.float64]) -> float:
    """The angle at which rows of text and gaps between them differ most."""
    ys, xs = np.nonzero(ink)
    weights = ink[ys, xs]
    best, sharpest = 0.0, -1.0
    for angle in angles:
        shifted = ys + np.tan(np.deg2rad(angle)) * xs
        profile = np.bincount((shifted - shifted.min()).astype(np.int64), weights=weights)
        score = float(np.square(np.diff(profile)).sum())
        if score > sharpest * 1.0001:
            best, sharpest = float(angle), score
    return best


def turned(grey: Pixels, degrees: float) -> Pixels:
    """The image turned clockwise about its centre, the corners filled with white."""
    height, width = grey.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
    return np.asarray(
        cv2.warpAffine(grey, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255.0,)),
        dtype=np.uint8,
    )
