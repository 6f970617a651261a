"""Numerals that are nothing but strokes (quý I, II, III), counted in the picture.

A recogniser of words loses a stroke, adds one or joins two to an H, and is sure of it: what it read
is held against the upright strokes that the picture shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.document import Alternative
from pipeline.ocr.cleaning import Pixels
from pipeline.ocr.doubts import Seen
from pipeline.ocr.views import Box

_BEFORE = re.compile(r"qu[ýí]|kỳ|kì", re.IGNORECASE)  # words that a numeral follows
_NUMERAL = re.compile(r"(?P<strokes>[IHTlJ1|!]{1,4})(?P<rest>(?:/(?:19|20)\d\d)?[.,;:)]*)")
_DIGITS = frozenset("1l|!")  # one stroke, yet not surely a Roman one
_MOST = 3
_COUNTED = 0.9  # confidence of a numeral whose strokes were counted
_AROUND = 1  # pixels
_BODY = (0.25, 0.75)  # of the height: between the serifs
_STANDS = 0.85  # share of that part that an upright stroke fills
_TOP = 0.2  # of the height: where a serif is, or the flag of a 1
_UNEVEN = 0.5  # of the longer side: by so much the sides of a serif may differ
_HIGH = 0.6  # of the word's height; what is lower is a speck or a mark


def with_strokes_counted(grey: Pixels, words: Sequence[Seen]) -> list[Seen]:
    """The words of a line or a cell, numerals behind `quý` and `học kỳ` with the strokes that they have."""
    counted = list(words)
    for i in range(1, len(counted)):
        word, box = counted[i]
        read = _NUMERAL.fullmatch(word.text)
        if read is None or _BEFORE.fullmatch(counted[i - 1][0].text) is None:
            continue
        strokes = upright_strokes(grey, box)
        if not 0 < strokes <= _MOST or (read["strokes"] in _DIGITS and not _has_even_serifs(grey, box)):
            continue
        text, sure = "I" * strokes + read["rest"], word.confidence or 0.0
        before = () if text == word.text else (Alternative(word.text, sure),)
        mended = replace(word, text=text, confidence=max(sure, _COUNTED), alternatives=before)
        counted[i] = mended, box
    return counted


def _has_even_serifs(grey: Pixels, box: Box) -> bool:
    """Whether a word begins with a stroke whose top reaches out to both sides: I, where 1 has a flag."""
    glyph = next(_glyphs(grey, box), None)
    if glyph is None:
        return False
    stem = np.flatnonzero(_upright(glyph))
    top = np.flatnonzero(glyph[: round(glyph.shape[0] * _TOP)].any(axis=0))
    if not len(stem) or not len(top):
        return False
    left, right = stem[0] - top[0], top[-1] - stem[-1]
    return bool(min(left, right) > 0 and abs(left - right) <= _UNEVEN * max(left, right))


def upright_strokes(grey: Pixels, box: Box) -> int:
    """How many upright strokes stand at the beginning of a word, before its first other letter."""
    strokes = 0
    for glyph in _glyphs(grey, box):
        stems = int(np.count_nonzero(np.diff(_upright(glyph).astype(np.int8), prepend=0) == 1))
        if not stems:
            break
        strokes += stems
    return strokes


def _glyphs(grey: Pixels, box: Box) -> Iterator[Pixels]:
    """The pieces of ink of a word from left to right, each by itself, without specks and marks."""
    ink = (box.within(grey, _AROUND).cut(grey) < 128).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    for i in sorted(range(1, count), key=lambda i: int(stats[i, cv2.CC_STAT_LEFT])):
        x, y, w, h = (int(value) for value in stats[i, :4])
        if h >= _HIGH * ink.shape[0]:
            yield np.asarray(labels[y : y + h, x : x + w] == i, dtype=np.uint8)


def _upright(glyph: Pixels) -> NDArray[np.bool_]:
    """Which columns ink fills between the serifs."""
    low, high = (round(glyph.shape[0] * share) for share in _BODY)
    return np.asarray(glyph[low:high].mean(axis=0) >= _STANDS)
