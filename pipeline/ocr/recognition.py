"""Recognition with Tesseract: words with boxes, confidences and other readings.

One recogniser a process, one thread each: set OMP_THREAD_LIMIT=1 before the first one is made
(with more threads a page takes five times as long).
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from statistics import median
from typing import Any

import cv2

from extractors.document import Alternative
from extractors.handwriting import CERTAIN
from extractors.vietnamese.letters import nfc
from pipeline.errors import MissingTool, PageTimeout
from pipeline.ocr.cleaning import Pixels
from pipeline.ocr.doubts import (
    Seen,
    block_settled,
    is_hardly_read,
    is_unsure,
    lines_of,
    mean_confidence,
    settled,
)
from pipeline.ocr.models import MODEL, model_folder
from pipeline.ocr.strokes import with_strokes_counted
from pipeline.ocr.views import (
    LETTER,
    USUAL_LETTER,
    Box,
    View,
    around,
    inked,
    leaves_ink,
    letter_height,
    page_view,
    part_view,
    with_cut_ends,
)
from pipeline.parsers.layout_model import PlacedWord

_POINTS = 72.0
_NOTHING = 0.05  # confidence below which letters are guessed out of specks
_MARK = 0.5  # confidence that a lone mark needs: specks look like marks
_DASH = 0.25  # a dash is too long for a speck
_MARKS = frozenset("-–—+*•&/=<>≤≥%()[]“”\"':;,.…")
# Vietnamese knows none of these marks: they are dashes and a slash. Forbidding them to the recogniser
# instead makes it drop the words that they are glued to.
_NO_MARKS = str.maketrans({"~": "–", "¬": "-", "⁄": "/"})
_CELL_LETTER = 20.0  # pixels: height of a small letter in a cell
_CELL_LETTER_TWICE = 26.0  # and in its second reading
_ONE_LINE = 2.9  # small letters high: what is lower is one line
_ENLARGED = 450.0  # dpi
_ANOTHER_LETTER = 18.0  # pixels: height of a small letter in the second reading of a line
_AROUND_LINE = 3  # pixels
_AROUND = 2  # pixels around a word that is looked at again
_NUMBER = re.compile(r"\d+[.,;:]?")
_PARTS = re.compile(r"[A-ZĐƯ\d]- -?[A-ZĐƯ\d]|\d \d")  # of a symbol, of years, of a number
_SYMBOL = re.compile(r"\d/.*[A-ZĐ]{2}")  # of a document: its marks lower the confidence, not its digits
_MARKS_AROUND = " .,:;"
_TALL = 1.3  # times the height of the page's printed digits: a pen's
_FEW = 4  # numbers without which a page does not tell what its print measures
_GUESS = 0.3  # confidence of what is probably handwriting
_TYPE_SIZE = 0.8  # of a row's height, ascenders to descenders and marks, is the size of its type
_TALLEST_LINE = 2.2  # times the size of its type; a taller one is two lines taken for one
LONGEST = 60.0  # seconds for one page
_SPACE = 0.45  # of the size of the type: a space, which no symbol has
_CUT_SYMBOL = re.compile(r"(?:^|\D)\d{1,5}/(?:\d{4}/)?[A-ZĐ]+- -?[A-ZĐ]|^\d{1,2} \d{1,3}/\d{4}/[A-ZĐ]")
_NO_SPACE = 0.15  # of the size of the type: less than that is no space between words


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
        cv2.setNumThreads(1)  # pages are cleaned by as many processes as there are processors
        try:
            import tesserocr
        except ImportError as error:
            raise MissingTool("The package tesserocr is not installed; install it with pip.") from error
        self._tess: Any = tesserocr
        self._api: Any = self._opened(model, tesserocr.PSM.AUTO)
        self._api.SetVariable("debug_file", os.devnull)
        self._api.SetVariable("tessedit_char_whitelist", letters)
        self._api.SetVariable("tessedit_do_invert", "0")  # or it reads each doubtful line in negative, too
        self.begin()

    def _opened(self, model: str, mode: int) -> Any:
        try:
            return self._tess.PyTessBaseAPI(path=str(model_folder(model)), lang=model, psm=mode)
        except RuntimeError as error:  # what tesserocr raises for a model that it cannot load
            raise MissingTool(f"The OCR model {model} cannot be loaded: {error}.") from error

    def begin(self) -> None:
        """Start the clock of a page."""
        self._until = time.monotonic() + LONGEST

    def for_numbers(self) -> Recogniser:
        """The recogniser that reads nothing but numbers, on the same clock."""
        sibling = number_recogniser()
        sibling._until = self._until
        return sibling

    def page(self, grey: Pixels, dpi: float) -> list[PlacedWord]:
        """The words of a whole page, wherever they stand. Raises PageTimeout."""
        view = page_view(grey, dpi)
        seen = self._read(view, dpi, self._tess.PSM.AUTO)
        scale = view.scale * _ANOTHER_LETTER / LETTER
        seen = [word for line in lines_of(seen) for word in self._seen_twice(grey, dpi, line, scale)]
        return self._with_doubts(grey, dpi, with_strokes_counted(grey, seen))

    def _seen_twice(self, grey: Pixels, dpi: float, line: list[Seen], scale: float) -> list[Seen]:
        """A line with words that were hardly read, once more by itself at another size."""
        if not is_hardly_read(line):
            return line
        part = around([box for _, box in line]).within(grey, _AROUND_LINE)
        again = self._read(part_view(grey, part, scale), dpi, self._tess.PSM.SINGLE_LINE)
        return settled(line, again)

    def _with_doubts(self, grey: Pixels, dpi: float, words: list[Seen]) -> list[PlacedWord]:
        """Words with digits are looked at twice: a pen's digits are tall, and are read differently.

        What another reading at another size says goes into `alternatives`; digits that are taller
        than print keep no more than a guess's confidence.
        """
        heights = [box.h for word, box in words if _NUMBER.fullmatch(word.text)]
        tallest = median(heights) * _TALL if len(heights) >= _FEW else float("inf")
        seen = []
        for word, box in words:
            if any(ch.isdigit() for ch in word.text):
                if box.h > tallest and _NUMBER.fullmatch(word.text):
                    word = replace(word, confidence=min(word.confidence or 0.0, _GUESS))
                if (word.confidence or 0.0) < CERTAIN or _SYMBOL.search(word.text):
                    part = with_cut_ends(grey, box).within(grey, _AROUND)
                    word = _confirmed(word, self._enlarged(grey, dpi, part))
            seen.append(word)
        return seen

    def cells(self, grey: Pixels, dpi: float, boxes: list[Box]) -> list[list[PlacedWord]]:
        """The words of each table cell, recognised cell by cell: page recognition loses lone digits.
        Raises PageTimeout."""
        letter = letter_height(around(boxes).cut(grey), dpi) or USUAL_LETTER * dpi
        return [self._cell(grey, dpi, box, letter) for box in boxes]

    def _cell(self, grey: Pixels, dpi: float, box: Box, letter: float) -> list[PlacedWord]:
        part = inked(grey, box)
        if part is None:
            return []
        one_line = part.h < _ONE_LINE * letter
        mode = self._tess.PSM.SINGLE_LINE if one_line else self._tess.PSM.SINGLE_BLOCK
        seen = self._read(part_view(grey, part, _CELL_LETTER / letter), dpi, mode)
        if not seen or is_unsure(seen) or leaves_ink(grey, part, [place for _, place in seen]):
            scale = _ENLARGED / dpi if one_line else _CELL_LETTER_TWICE / letter
            seen = block_settled(seen, self._read(part_view(grey, part, scale), dpi, mode))
        return [word for word, _ in with_strokes_counted(grey, seen)]

    def _enlarged(self, grey: Pixels, dpi: float, part: Box) -> list[PlacedWord]:
        """A line by itself, enlarged on white: small lone letters are seen then."""
        view = part_view(grey, part, _ENLARGED / dpi)
        return [word for word, _ in self._read(view, dpi, self._tess.PSM.SINGLE_LINE)]

    def _read(self, view: View, dpi: float, mode: int) -> list[Seen]:
        height, width = view.grey.shape
        self._api.SetImageBytes(view.grey.tobytes(), width, height, 1, width)
        self._api.SetSourceResolution(int(dpi * view.scale))
        self._api.SetPageSegMode(mode)
        left = int((self._until - time.monotonic()) * 1000)
        if left <= 0 or not self._api.Recognize(left):
            raise PageTimeout(f"The page was not read within {LONGEST:.0f} seconds.")
        return _joined(self._seen(view, dpi))

    def orientation(self, grey: Pixels, dpi: float) -> int:
        """Degrees (0, 90, 180, 270) by which the page must be turned clockwise to stand upright."""
        mode = self._tess.PSM.OSD_ONLY
        with self._tess.PyTessBaseAPI(path=str(model_folder()), lang="osd", psm=mode) as api:
            api.SetImageBytes(grey.tobytes(), grey.shape[1], grey.shape[0], 1, grey.shape[1])
            api.SetSourceResolution(int(dpi))
            seen = api.DetectOrientationScript()
        return (360 - int(seen["orient_deg"])) % 360 if seen and seen.get("orient_conf", 0) > 1.0 else 0

    def _seen(self, view: View, dpi: float) -> Iterator[Seen]:
        """The words of the last recognition, each as high as its line, and the pixels of its glyphs."""
        level, line_level = self._tess.RIL.WORD, self._tess.RIL.TEXTLINE
        places = self._api.GetIterator()
        if places is None:
            return
        for word in self._tess.iterate_level(places, level):
            if word.Empty(level):
                continue
            text = _bare(word.GetUTF8Text(level) or "")
            box, line = word.BoundingBox(level), word.BoundingBox(line_level)
            confidence = round(word.Confidence(level) / 100, 2)
            if box is None or not _is_word(text, confidence):
                continue
            x0, y0, x1, y1 = glyphs = view.on_page(*box)
            size = float(word.RowAttributes()["row_height"]) / view.scale * _TYPE_SIZE
            if line is not None:
                _, top, _, bottom = view.on_page(*line)
                if bottom - top < _TALLEST_LINE * max(size, y1 - y0):
                    y0, y1 = top, bottom
            x0, y0, x1, y1, size = (v * _POINTS / dpi for v in (x0, y0, x1, y1, size))
            placed = PlacedWord(nfc(text), x0, y0, x1, y1, max(size, 1.0), confidence=confidence)
            yield placed, _pixels(*glyphs)


def _confirmed(word: PlacedWord, again: list[PlacedWord]) -> PlacedWord:
    """A word with digits after another reading of it: a symbol that reads the same is as sure as the
    surer reading, other digits and other letters of a symbol are an alternative."""
    other = "".join(w.text for w in again)
    is_symbol = _SYMBOL.search(word.text) is not None
    if again and is_symbol and other.strip(_MARKS_AROUND) == word.text.strip(_MARKS_AROUND):
        return replace(word, confidence=max(word.confidence or 0.0, mean_confidence(again)))
    if not again or (_digits(other) == _digits(word.text) and not is_symbol):
        return word
    return replace(word, alternatives=(Alternative(other, mean_confidence(again)), *word.alternatives))


def _joined(words: Iterable[Seen]) -> list[Seen]:
    """Words with the parts put together that small letters let fall apart at a dash: `QĐ- UBND`."""
    joined: list[Seen] = []
    for word, box in words:
        if joined and _goes_on(joined[-1][0], word):
            before, start = joined.pop()
            text = before.text + word.text.lstrip("-")
            sure = min(before.confidence or 0.0, word.confidence or 0.0)
            word = replace(before, text=text, x1=word.x1, confidence=sure)
            box = Box(start.x, start.y, box.x + box.w - start.x, max(start.h, box.h))
        joined.append((word, box))
    return joined


def _goes_on(word: PlacedWord, following: PlacedWord) -> bool:
    level = word.y0 < (following.y0 + following.y1) / 2 < word.y1
    both = f"{word.text} {following.text}"
    space = _SPACE if _CUT_SYMBOL.search(both) else _NO_SPACE
    near = following.x0 - word.x1 < space * word.size
    seam = f"{word.text[-2:]} {following.text[:2]}"
    return level and near and (space == _SPACE or _PARTS.search(seam) is not None)


def _pixels(x0: float, y0: float, x1: float, y1: float) -> Box:
    x, y = max(0, round(x0)), max(0, round(y0))
    return Box(x, y, max(1, round(x1) - x), max(1, round(y1) - y))


def _digits(text: str) -> str:
    return "".join(ch for ch in text if ch.isdigit())


def _bare(text: str) -> str:
    """Without the marks that specks and rests of ruling lines leave at its ends."""
    return text.strip(" _|‹›¦°").translate(_NO_MARKS)


def _is_word(text: str, confidence: float) -> bool:
    if any(ch.isalnum() for ch in text):
        return confidence >= _NOTHING
    if text in {"-", "–", "—"}:
        return confidence >= _DASH
    return bool(text) and confidence >= _MARK and all(ch in _MARKS for ch in text)
