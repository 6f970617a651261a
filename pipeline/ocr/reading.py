"""A page image to words and ruling lines: orientation, cleaning, tables cell by cell, the rest as a page."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from statistics import median

import numpy as np

from extractors.document import Severity
from pipeline.ocr.cleaning import CleanPage, Pixels, clean
from pipeline.ocr.doubts import mean_confidence
from pipeline.ocr.recognition import Recogniser, recogniser
from pipeline.ocr.rulings import find_rulings
from pipeline.ocr.views import Box
from pipeline.parsers.layout_grid import Grid, GridCell, find_grids
from pipeline.parsers.layout_model import PageContent, PlacedWord, Ruling

_POINTS = 72.0
_INSET = 2  # pixels of a cell's edge that its ruling line may leave
_UPRIGHT = 0.62  # mean confidence from which a page surely stands upright
_OTHER_TURNS = (180, 90, 270)  # degrees
_FEW_WORDS = 60
_SEVERAL_LETTERS = 3
_READABLE = 0.4  # mean confidence below which a page holds no text that can be read
_NUMBER = re.compile(r"\d{1,3}[.)]?")
_NUMBER_LENGTH = 4  # characters of a cell that may be a misread number
_MOST = 0.5  # share of numbers in a column of numbers
_NEAR = (0.72, 1.32)  # of the usual size: the same type, with more or fewer marks above and below
_SPREAD_WORDS = 60  # words on each half of a sheet that shows two pages

Note = tuple[Severity, str, str]


@dataclass(frozen=True, slots=True)
class ReadImage:
    """What a page image gave: content in points, mean confidence of its words, what is to be told."""

    content: PageContent
    confidence: float | None
    notes: tuple[Note, ...] = ()


def read_image(image: Pixels, dpi: float, number: int) -> ReadImage:
    """Read a page image (grey or RGB). Raises PageTimeout, MissingTool."""
    reader = recogniser()
    reader.begin()
    page = clean(image, dpi)
    words, rulings = _recognised(reader, page)
    turn = 0
    sure = mean_confidence(words) >= _UPRIGHT and _lies_level(words)
    if not sure and page.grey.min() < 128:
        told = reader.orientation(page.grey, dpi)
        # On the few lines of a last page orientation is not told; they are read in each.
        for other in (told,) if told else _OTHER_TURNS if len(words) <= _FEW_WORDS else ():
            turned = clean(np.ascontiguousarray(np.rot90(image, -other // 90)), dpi)
            found, lines = _recognised(reader, turned)
            least = mean_confidence(words) if _lies_level(words) else 0.0
            surer = mean_confidence(found) > max(least, _UPRIGHT)
            if told or (surer and _lies_level(found)):
                page, words, rulings, turn = turned, found, lines, other
    height, width = (side * _POINTS / dpi for side in page.grey.shape)
    confidence = mean_confidence(words) if words else None
    notes = tuple(_notes(words, confidence, width, height))
    if any(code == "unreadable-page" for _, code, _ in notes):
        words = []
    content = PageContent(number, width, height, _levelled(words), tuple(rulings), turn, skew=page.skew)
    return ReadImage(content, confidence, notes)


def _lies_level(words: list[PlacedWord]) -> bool:
    """Whether words of several letters are wider than high: lines that stand upright are read as well."""
    long = [word for word in words if len(word.text) >= _SEVERAL_LETTERS]
    return not long or 2 * sum(word.x1 - word.x0 > word.y1 - word.y0 for word in long) > len(long)


def _recognised(reader: Recogniser, page: CleanPage) -> tuple[list[PlacedWord], list[Ruling]]:
    rulings, grey = find_rulings(page.grey, page.dpi)
    rest, words = grey, []
    for grid in find_grids(rulings):
        boxes = [_cell_box(cell, grid, page.dpi, grey.shape) for cell in grid.cells]
        words += _in_cells(reader, grey, page.dpi, grid, boxes)
        rest = rest.copy() if rest is grey else rest
        for box in boxes:
            rest[box.y : box.y + box.h, box.x : box.x + box.w] = 255
    prose = reader.page(rest, page.dpi) if _has_ink(rest) else []
    return prose + words, rulings


def _in_cells(reader: Recogniser, grey: Pixels, dpi: float, grid: Grid, boxes: list[Box]) -> list[PlacedWord]:
    """The words of a grid's cells; in a column of numbers what is no number is read again as one."""
    cells = reader.cells(grey, dpi, boxes)
    for column in range(len(grid.xs) - 1):
        inside = [i for i, c in enumerate(grid.cells) if (c.col, c.col_end) == (column, column + 1)]
        texts = {i: "".join(w.text for w in cells[i]) for i in inside}
        numbers = [i for i in inside if _NUMBER.fullmatch(texts[i])]
        again = [i for i in inside if i not in numbers and len(texts[i]) <= _NUMBER_LENGTH]
        if len(numbers) >= 2 and len(numbers) >= _MOST * len(inside) and again:
            found = reader.for_numbers().cells(grey, dpi, [boxes[i] for i in again])
            for i, words in zip(again, found, strict=True):
                cells[i] = words or cells[i]
    return [word for words in cells for word in words]


def _has_ink(grey: Pixels) -> bool:
    return int(np.count_nonzero(grey < 128)) > 50


def _cell_box(cell: GridCell, grid: Grid, dpi: float, shape: tuple[int, ...]) -> Box:
    scale = dpi / _POINTS
    x0, x1 = (int(grid.xs[c] * scale) for c in (cell.col, cell.col_end))
    y0, y1 = (int(grid.ys[r] * scale) for r in (cell.row, cell.row_end))
    x0, y0 = max(0, x0 + _INSET), max(0, y0 + _INSET)
    return Box(x0, y0, max(1, min(shape[1], x1 - _INSET) - x0), max(1, min(shape[0], y1 - _INSET) - y0))


def _levelled(words: list[PlacedWord]) -> tuple[PlacedWord, ...]:
    """Words with the size of the page's type where theirs is near it: a recogniser only guesses sizes."""
    if not words:
        return ()
    usual = median(w.size for w in words)
    return tuple(replace(w, size=usual) if _NEAR[0] < w.size / usual < _NEAR[1] else w for w in words)


def _notes(words: list[PlacedWord], confidence: float | None, width: float, height: float) -> list[Note]:
    if confidence is None:
        return [("info", "blank-page", "The page shows no text.")]
    if confidence < _READABLE:
        return [("warning", "unreadable-page", "The picture holds no text that can be read.")]
    if width > height and _shows_two_pages(words, width):
        message = "The sheet seems to show two pages side by side; split them and read again."
        return [("warning", "two-pages", message)]
    return []


def _shows_two_pages(words: list[PlacedWord], width: float) -> bool:
    middle, gutter = width / 2, width * 0.02
    crossing = sum(w.x0 < middle - gutter < w.x1 or w.x0 < middle + gutter < w.x1 for w in words)
    left = sum(1 for w in words if w.x1 <= middle)
    return crossing <= 2 and left >= _SPREAD_WORDS and len(words) - left >= _SPREAD_WORDS
