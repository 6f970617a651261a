"""Recognition with Tesseract: words with boxes, confidences and other readings.

One recogniser a process, one thread each: set OMP_THREAD_LIMIT=1 before the first one is made
(with more threads a page takes five times as long).
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from statistics import median
from typing import Any

import cv2
import numpy as np

from extractors.document import Alternative
from extractors.vietnamese.letters import nfc
from pipeline.errors import MissingTool, PageTimeout
from pipeline.ocr.cleaning import Pixels
from pipeline.ocr.models import MODEL, model_folder
from pipeline.parsers.layout_model import PlacedWord

_POINTS = 72.0
_NOTHING = 0.05  # confidence below which letters are guessed out of specks
_MARK = 0.5  # confidence that a lone mark needs: specks look like marks
_DASH = 0.25  # a dash is too long for a speck
_MARKS = frozenset("-–—+*•&/=<>≤≥%()[]“”\"':;,.…")
# Vietnamese knows neither mark: they are dashes. Forbidding them to the recogniser instead makes it
# drop the words that they are glued to.
_DASHES = str.maketrans({"~": "–", "¬": "-"})
_ONE_LINE = 0.24  # inches: height of a cell's text that is one line
_SURE = 0.7  # mean confidence below which a cell of one line is read once more
_ENLARGED, _WHITE = 1.5, 30  # factor, and pixels of white around it
_NUMBER = re.compile(r"\d+[.,;:]?")
_TALL = 1.3  # times the height of the page's printed digits: a pen's
_FEW = 4  # numbers without which a page does not tell what its print measures
_GUESS = 0.3  # confidence of what is probably handwriting
_MARGIN = 6  # pixels of white above and below a cell's text
_TYPE_SIZE = 0.8  # of a row's height, ascenders to descenders and marks, is the size of its type
_LONGEST = 60_000  # milliseconds for one page or cell


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of pixels: left, top, width, height."""

    x: int
    y: int
    w: int
    h: int


@lru_cache(maxsize=1)
def recogniser() -> Recogniser:
    """The process's own recogniser, made at the first call."""
    return Recogniser(MODEL)


@lru_cache(maxsize=1)
def number_recogniser() -> Recogniser:
    """A recogniser that reads nothing but numbers."""
    return Recogniser("eng", letters="0123456789.")


class Recogniser:
    """Tesseract in process. Raises MissingTool where its model or the library is missing."""

    def __init__(self, model: str, letters: str = "") -> None:
        os.environ.setdefault("OMP_THREAD_LIMIT", "1")
        try:
            import tesserocr
        except ImportError as error:
            raise MissingTool("The package tesserocr is not installed; install it with pip.") from error
        self._tess: Any = tesserocr
        self._api: Any = self._opened(model, tesserocr.PSM.AUTO)
        self._api.SetVariable("debug_file", os.devnull)
        self._api.SetVariable("tessedit_char_whitelist", letters)

    def _opened(self, model: str, mode: int) -> Any:
        try:
            return self._tess.PyTessBaseAPI(path=str(model_folder(model)), lang=model, psm=mode)
        except RuntimeError as error:  # what tesserocr raises for a model that it cannot load
            raise MissingTool(f"The OCR model {model} cannot be loaded: {error}.") from error

    def page(self, grey: Pixels, dpi: float) -> list[PlacedWord]:
        """The words of a whole page, wherever they stand."""
        self._load(grey, dpi)
        self._api.SetPageSegMode(self._tess.PSM.AUTO)
        self._recognise()
        return self._with_doubts(grey, dpi, list(self._glyphs(dpi)))

    def _with_doubts(self, grey: Pixels, dpi: float, words: list[tuple[PlacedWord, Box]]) -> list[PlacedWord]:
        """Words with digits are looked at twice: a pen's digits are tall, and are read differently.

        What another reading at another size says goes into `alternatives`, and digits that are
        taller than print keep no more than a guess's confidence.
        """
        heights = [box.h for word, box in words if _NUMBER.fullmatch(word.text)]
        tallest = median(heights) * _TALL if len(heights) >= _FEW else float("inf")
        seen = []
        for word, box in words:
            if any(ch.isdigit() for ch in word.text):
                if box.h > tallest and _NUMBER.fullmatch(word.text):
                    word = replace(word, confidence=min(word.confidence or 0.0, _GUESS))
                word = replace(word, alternatives=self._other_digits(grey, dpi, word.text, box))
            seen.append(word)
        return seen

    def _other_digits(self, grey: Pixels, dpi: float, text: str, box: Box) -> tuple[Alternative, ...]:
        """A second reading, enlarged, where it has other digits than the first."""
        x, y = max(0, box.x - 2), max(0, box.y - 2)
        glyphs = grey[y : box.y + box.h + 2, x : box.x + box.w + 2]
        large = cv2.resize(glyphs, None, fx=_ENLARGED, fy=_ENLARGED, interpolation=cv2.INTER_CUBIC)
        alone = np.pad(np.asarray(large, dtype=np.uint8), _WHITE, constant_values=255)
        self._load(np.ascontiguousarray(alone), dpi)
        self._api.SetPageSegMode(self._tess.PSM.SINGLE_LINE)
        self._recognise()
        words = [word for word, _ in self._glyphs(dpi)]
        other = "".join(word.text for word in words)
        if not words or _digits(other) == _digits(text):
            return ()
        return (Alternative(other, mean_confidence(words)),)

    def cells(self, grey: Pixels, dpi: float, boxes: list[Box]) -> list[list[PlacedWord]]:
        """The words of each table cell, recognised cell by cell (page recognition loses lone digits)."""
        self._load(grey, dpi)
        return [self._cell(grey, dpi, box) for box in boxes]

    def _cell(self, grey: Pixels, dpi: float, box: Box) -> list[PlacedWord]:
        ink = grey[box.y : box.y + box.h, box.x : box.x + box.w] < 128
        rows = np.flatnonzero(ink.any(axis=1))
        if len(rows) < 3:
            return []
        one_line = int(rows[-1] - rows[0]) < dpi * _ONE_LINE
        self._api.SetPageSegMode(self._tess.PSM.SINGLE_LINE if one_line else self._tess.PSM.SINGLE_BLOCK)
        top = max(0, box.y + int(rows[0]) - _MARGIN)
        bottom = min(grey.shape[0], box.y + int(rows[-1]) + 1 + _MARGIN)
        self._api.SetRectangle(box.x, top, box.w, bottom - top)
        self._recognise()
        words = list(self._words(dpi))
        if one_line and mean_confidence(words) < _SURE:
            again = self._enlarged(grey, dpi, box)
            return max(words, again, key=mean_confidence)
        return words

    def _enlarged(self, grey: Pixels, dpi: float, box: Box) -> list[PlacedWord]:
        """A cell's line by itself, enlarged on white: small lone letters are seen then."""
        cell = grey[box.y : box.y + box.h, box.x : box.x + box.w]
        rows, cols = (np.flatnonzero((cell < 128).any(axis=axis)) for axis in (1, 0))
        line = cell[rows[0] : rows[-1] + 1, cols[0] : cols[-1] + 1]
        large = cv2.resize(line, None, fx=_ENLARGED, fy=_ENLARGED, interpolation=cv2.INTER_CUBIC)
        alone = np.pad(np.asarray(large, dtype=np.uint8), _WHITE, constant_values=255)
        self._load(np.ascontiguousarray(alone), dpi)
        self._api.SetPageSegMode(self._tess.PSM.SINGLE_LINE)
        self._recognise()
        words = list(self._words(dpi))
        self._load(grey, dpi)
        left, top = (v * _POINTS / dpi for v in (box.x + int(cols[0]), box.y + int(rows[0])))
        rim = _WHITE * _POINTS / dpi
        return [
            replace(
                w,
                x0=left + (w.x0 - rim) / _ENLARGED,
                x1=left + (w.x1 - rim) / _ENLARGED,
                y0=top + (w.y0 - rim) / _ENLARGED,
                y1=top + (w.y1 - rim) / _ENLARGED,
                size=w.size / _ENLARGED,
            )
            for w in words
        ]

    def _recognise(self) -> None:
        if not self._api.Recognize(_LONGEST):
            raise PageTimeout(f"The page was not read within {_LONGEST // 1000} seconds.")

    def orientation(self, grey: Pixels, dpi: float) -> int:
        """Degrees (0, 90, 180, 270) by which the page must be turned clockwise to stand upright."""
        mode = self._tess.PSM.OSD_ONLY
        with self._tess.PyTessBaseAPI(path=str(model_folder()), lang="osd", psm=mode) as api:
            api.SetImageBytes(grey.tobytes(), grey.shape[1], grey.shape[0], 1, grey.shape[1])
            api.SetSourceResolution(int(dpi))
            seen = api.DetectOrientationScript()
        return (360 - int(seen["orient_deg"])) % 360 if seen and seen.get("orient_conf", 0) > 1.0 else 0

    def _load(self, grey: Pixels, dpi: float) -> None:
        self._api.SetImageBytes(grey.tobytes(), grey.shape[1], grey.shape[0], 1, grey.shape[1])
        self._api.SetSourceResolution(int(dpi))

    def _words(self, dpi: float) -> Iterator[PlacedWord]:
        """The words of the last recognition."""
        return (word for word, _ in self._glyphs(dpi))

    def _glyphs(self, dpi: float) -> Iterator[tuple[PlacedWord, Box]]:
        """The words of the last recognition, each as high as its line, and the pixels of its glyphs."""
        level, line_level = self._tess.RIL.WORD, self._tess.RIL.TEXTLINE
        places = self._api.GetIterator()
        if places is None:
            return
        scale = _POINTS / dpi
        for word in self._tess.iterate_level(places, level):
            if word.Empty(level):
                continue
            text = _bare(word.GetUTF8Text(level) or "")
            box, line = word.BoundingBox(level), word.BoundingBox(line_level)
            confidence = round(word.Confidence(level) / 100, 2)
            if box is None or not _is_word(text, confidence):
                continue
            x0, y0, x1, y1 = (v * scale for v in box)
            size = float(word.RowAttributes()["row_height"]) * scale * _TYPE_SIZE
            if line is not None and (line[3] - line[1]) * scale < 2.2 * max(size, y1 - y0):
                y0, y1 = line[1] * scale, line[3] * scale
            glyphs = Box(box[0], box[1], box[2] - box[0], box[3] - box[1])
            yield PlacedWord(nfc(text), x0, y0, x1, y1, max(size, 1.0), confidence=confidence), glyphs


def mean_confidence(words: list[PlacedWord]) -> float:
    """Mean confidence over the letters of the words, 0 for none."""
    letters = sum(len(w.text) for w in words)
    return round(sum((w.confidence or 0.0) * len(w.text) for w in words) / letters, 2) if letters else 0.0


def _digits(text: str) -> str:
    return "".join(ch for ch in text if ch.isdigit())


def _bare(text: str) -> str:
    """Without the marks that specks and rests of ruling lines leave at its ends."""
    return text.strip(" _|‹›¦°").translate(_DASHES)


def _is_word(text: str, confidence: float) -> bool:
    if any(ch.isalnum() for ch in text):
        return confidence >= _NOTHING
    if text in {"-", "–", "—"}:
        return confidence >= _DASH
    return bool(text) and confidence >= _MARK and all(ch in _MARKS for ch in text)
