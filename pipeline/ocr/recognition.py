"""Recognition with Tesseract: words with boxes, confidences and other readings.

One recogniser a process, one thread each: set OMP_THREAD_LIMIT=1 before the first one is made
(with more threads a page takes five times as long).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from extractors.document import Alternative
from pipeline.errors import MissingTool
from pipeline.ocr.cleaning import Pixels
from pipeline.parsers.layout_model import PlacedWord

MODEL = "Vietnamese"
_FOLDERS = ("/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tessdata", "/usr/local/share/tessdata")
_POINTS = 72.0
_MAX_ALTERNATIVES = 4
_NOTHING = 0.05  # confidence of marks that are no words


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of pixels: left, top, width, height."""

    x: int
    y: int
    w: int
    h: int


def model_folder() -> Path:
    """The folder of the recogniser's model. Raises MissingTool where there is none."""
    named = os.environ.get("TESSDATA_PREFIX")
    for folder in (*([named] if named else []), *_FOLDERS):
        for inside in (Path(folder), Path(folder) / "script"):
            if (inside / f"{MODEL}.traineddata").is_file():
                return inside
    raise MissingTool(
        "The OCR model for Vietnamese is not installed; install Debian's package tesseract-ocr-script-viet."
    )


@lru_cache(maxsize=1)
def recogniser() -> Recogniser:
    """The process's own recogniser, made at the first call."""
    return Recogniser()


class Recogniser:
    """Tesseract in process. Raises MissingTool where its model or the library is missing."""

    def __init__(self) -> None:
        os.environ.setdefault("OMP_THREAD_LIMIT", "1")
        folder = model_folder()
        try:
            import tesserocr
        except ImportError as error:
            raise MissingTool("The package tesserocr is not installed; install kehoach[ocr].") from error
        self._tess: Any = tesserocr
        self._api: Any = tesserocr.PyTessBaseAPI(path=str(folder), lang=MODEL, psm=tesserocr.PSM.AUTO)
        self._api.SetVariable("debug_file", os.devnull)

    def page(self, grey: Pixels, dpi: float) -> list[PlacedWord]:
        """The words of a whole page, wherever they stand."""
        self._load(grey, dpi)
        self._api.SetPageSegMode(self._tess.PSM.AUTO)
        self._api.Recognize()
        return list(self._words(dpi))

    def cells(self, grey: Pixels, dpi: float, boxes: list[Box]) -> list[PlacedWord]:
        """The words of table cells, recognised cell by cell (page recognition loses lone digits)."""
        self._load(grey, dpi)
        found: list[PlacedWord] = []
        for box in boxes:
            ink = grey[box.y : box.y + box.h, box.x : box.x + box.w] < 128
            rows = ink.any(axis=1).nonzero()[0]
            if len(rows) < 3:
                continue
            one_line = int(rows[-1] - rows[0]) < dpi * 0.24
            self._api.SetPageSegMode(self._tess.PSM.SINGLE_LINE if one_line else self._tess.PSM.SINGLE_BLOCK)
            top = max(0, box.y + int(rows[0]) - 6)
            bottom = min(grey.shape[0], box.y + int(rows[-1]) + 7)
            self._api.SetRectangle(box.x, top, box.w, bottom - top)
            self._api.Recognize()
            found += self._words(dpi)
        return found

    def orientation(self, grey: Pixels, dpi: float) -> int:
        """Degrees (0, 90, 180, 270) by which the page must be turned clockwise to stand upright."""
        with self._tess.PyTessBaseAPI(path=str(model_folder()), lang="osd", psm=self._tess.PSM.OSD_ONLY) as api:
            api.SetImageBytes(grey.tobytes(), grey.shape[1], grey.shape[0], 1, grey.shape[1])
            api.SetSourceResolution(int(dpi))
            seen = api.DetectOrientationScript()
        return int(seen["orient_deg"]) if seen and seen.get("orient_conf", 0) > 1.0 else 0

    def _load(self, grey: Pixels, dpi: float) -> None:
        self._api.SetImageBytes(grey.tobytes(), grey.shape[1], grey.shape[0], 1, grey.shape[1])
        self._api.SetSourceResolution(int(dpi))

    def _words(self, dpi: float) -> Iterator[PlacedWord]:
        level = self._tess.RIL.WORD
        scale = _POINTS / dpi
        places = self._api.GetIterator()
        if places is None:
            return
        for word in self._tess.iterate_level(places, level):
            if word.Empty(level):
                continue
            text = (word.GetUTF8Text(level) or "").strip()
            box = word.BoundingBox(level)
            confidence = round(word.Confidence(level) / 100, 2)
            if not text or box is None or (confidence < _NOTHING and not any(ch.isalnum() for ch in text)):
                continue
            x0, y0, x1, y1 = (v * scale for v in box)
            yield PlacedWord(text, x0, y0, x1, y1, max(y1 - y0, 1.0), confidence=confidence)


def alternatives_of(readings: list[tuple[str, float]]) -> tuple[Alternative, ...]:
    """Other readings, the likeliest first."""
    ordered = sorted(readings, key=lambda r: -r[1])[:_MAX_ALTERNATIVES]
    return tuple(Alternative(text, round(confidence / 100, 2)) for text, confidence in ordered)
