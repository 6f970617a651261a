"""Handwriting in the printed form: whether the digits of a number or a date can be trusted.

A clerk writes the number before the printed `/KH-UBND` and the day between `ngày` and `tháng`. A
recogniser reads some digits even there, so they are asked how they look: how sure it was, whether
it held other digits possible, and whether they are as tall, as wide and as close as print is.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from statistics import median
from typing import Literal

from extractors.document import Document, Line, Paragraph, Region, Word
from extractors.recognised import RIVAL, pages_across, upright

Doubt = Literal["handwritten", "doubtful-number"]

_SURE = 0.8  # confidence of printed digits; handwriting is seldom read with more
CERTAIN = 0.96  # confidence in a line's reading that digits cut out of the line do not shake
_TALL = 1.3  # times the height of printed digits
_TALL_WITH_MARKS = 1.6  # for words that hold marks above or letters that go below the line
_WIDE = 1.4  # times the width of a printed digit, each
_GAP = 1.5  # widths of a digit that print may leave before the symbol or the next word
_FEW = 4  # words of digits without which a page does not tell what its print measures


_DIGITS = re.compile(r"\d+")
_LABEL = re.compile(r"^\W*(?:S[ốôóồoỐÔÓỒO])?\W*", re.IGNORECASE)
_HEAD = re.compile(r"[^/\-–—]*")
_PRINTED_HEAD = re.compile(r"\d+(?:[a-zđ]|[A-ZĐ]{1,6})?[.,;:]?")  # also 12KH-UBND, its slash lost
_MARKED = re.compile(r"[^\W\d_a-pr-z]|[qgpy,;()]")  # beyond plain small letters: taller or deeper than digits
_NEXT = re.compile(r"[/\-–]|th[áa]ng|n[ăa]m", re.IGNORECASE)


def doubtful_digits(document: Document, start: int, end: int) -> Doubt | None:
    """Why the digits in `text[start:end]` of a recognised page cannot be trusted; None where they can.

    `handwritten`: they look as no print does. `doubtful-number`: they may be print, but the
    recogniser was not sure of them. Digits that no recogniser read are not doubted.
    """
    doubts = set(_doubts(document, start, end))
    if "handwritten" in doubts:
        return "handwritten"
    return "doubtful-number" if doubts else None


def rival_words(document: Document, start: int, end: int) -> Iterator[str]:
    """The words in a span whose digits the recogniser read in two ways."""
    for line, index in _words_in(document, start, end):
        word = line.words[index]
        if word.alternatives and _has_rival(document.cut(word), word):
            yield document.cut(word)


def _doubts(document: Document, start: int, end: int) -> Iterator[Doubt]:
    for line, index in _words_in(document, start, end):
        word = line.words[index]
        printed = document.cut(word)
        if word.confidence is None or not _DIGITS.search(printed):
            continue
        page = _print(document, line.page)
        if page is not None and _looks_written(document, line, index, page):
            yield "handwritten"
        if word.confidence < _SURE or _is_spoilt(printed) or _has_rival(printed, word):
            yield "doubtful-number"


def _words_in(document: Document, start: int, end: int) -> Iterator[tuple[Line, int]]:
    for line in document.lines[max(0, bisect_right(document.line_starts, start) - 1) :]:
        if line.start >= end:
            return
        for index, word in enumerate(line.words):
            if word.start < end and word.end > start:
                yield line, index


def _is_spoilt(printed: str) -> bool:
    """Whether other marks stand among the digits before the symbol: `2>`, `1]/KH-UBND`."""
    head = _HEAD.match(printed[len(_LABEL.match(printed).group()) :])  # type: ignore[union-attr]
    return head is not None and bool(head.group()) and not _PRINTED_HEAD.fullmatch(head.group())


def _has_rival(printed: str, word: Word) -> bool:
    """Whether the recogniser held other digits possible; a letter for a digit is none of them."""
    if word.confidence is not None and word.confidence >= CERTAIN:
        return False
    own = _digits(printed)
    rivals = (_digits(other.text) for other in word.alternatives if other.confidence >= RIVAL)
    return any(len(rival) == len(own) and rival != own for rival in rivals)


def _digits(text: str) -> str:
    return "".join(_DIGITS.findall(text))


# --- what print measures ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Print:
    """What a page's print measures, in points: a digit's height and width, and how its lines run."""

    height: float
    width: float
    across: bool  # the sheet lay sideways, its lines run along y


def _print(document: Document, page: int) -> _Print | None:
    """Height and width of a printed digit on a page, None where it shows too few.

    Tables are set smaller than letterheads: they are asked only where the rest shows too few.
    """
    prose = [line for block in document.blocks if isinstance(block, Paragraph) for line in block.lines]
    across = page in pages_across(document)
    for lines in (prose, document.lines):
        boxes = list(_digit_boxes(document, (line for line in lines if line.page == page), across))
        if len(boxes) >= _FEW:
            height = median(box.y1 - box.y0 for box, _ in boxes)
            return _Print(height, median((box.x1 - box.x0) / n for box, n in boxes), across)
    return None


def _digit_boxes(document: Document, lines: Iterable[Line], across: bool) -> Iterator[tuple[Region, int]]:
    """Boxes of the words that are digits, and how many digits."""
    for line in lines:
        for word in line.words:
            if word.region is not None and _DIGITS.fullmatch(document.text, word.start, word.end):
                yield upright(word.region, across), word.end - word.start


def _looks_written(document: Document, line: Line, index: int, page: _Print) -> bool:
    """Whether a word's box is too tall or too wide for print, or leaves a gap that print does not."""
    word = line.words[index]
    if word.region is None:
        return False
    box = upright(word.region, page.across)
    printed = document.cut(word)
    tall = _TALL_WITH_MARKS if _MARKED.search(printed) else _TALL
    if box.y1 - box.y0 > tall * page.height:
        return True
    if printed.isdigit() and (box.x1 - box.x0) / len(printed) > _WIDE * page.width:
        return True
    return printed[-1].isdigit() and _gap_after(document, line, index, page.across) > _GAP * page.width


def _gap_after(document: Document, line: Line, index: int, across: bool) -> float:
    """Points between digits and the symbol, `tháng` or `năm` after them on their line; 0 for none."""
    if index + 1 >= len(line.words):
        return 0.0
    here, following = line.words[index].region, line.words[index + 1].region
    if here is None or following is None or not _NEXT.match(document.cut(line.words[index + 1])):
        return 0.0
    one, other = upright(here, across), upright(following, across)
    return max(other.x0 - one.x1, one.x0 - other.x1)  # on a sheet that lay upside down x runs backwards
