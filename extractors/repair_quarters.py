"""Roman numerals of quarters and school terms (quý, học kỳ) that were misread: `Quý IH` is `Quý III`.

A recogniser joins strokes, loses them or adds one. What a numeral is, its strokes tell to within one,
its width among the letters of `Quý` (NĐ 30/2020 prescribes the typeface), and in a range the quarter
before it. It is changed where these leave one reading.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from extractors.document import Document, Paragraph, Word
from extractors.editing import Edit
from extractors.recognised import pages_across, upright
from extractors.repair_tokens import ocr_paragraphs
from extractors.vietnamese.numerals import roman_text, roman_value

RULE = "quarter"
_SURE = 0.8  # confidence of a numeral that needs no settling
_NUMERAL = re.compile(
    r"""
    (?<!\w) (?P<word> [Qq][Uu] [ýíÝÍ] | (?:[Hh]ọc|HỌC) [ ] [Kk][ỳìỲÌ] )
    (?: [ \n] (?P<apart> [IHTlVUYJ1|!ÌÍÏĨỊìíïĩị]{1,4} ) | (?P<glued> [iI]{1,3} | [iI][vV] ) ) (?![^\W_])
    """,
    re.VERBOSE,
)
_ROMAN = re.compile(r"(?<!\w)[Qq][Uu][ýíÝÍ][ \n](?:II|III|IV)(?!\w)")
_ARABIC = re.compile(r"(?<!\w)[Qq][Uu][ýíÝÍ][ \n][2-4](?!\w)")
_TO = re.compile(r"[\s]*(?:[-–—]|đến|tới)[\s]*")
_STROKES = {"H": 2, "V": 0, "U": 0, "Y": 0}  # every other letter is one
_ONE_STROKE = frozenset("1l|!")  # a digit as likely as a numeral
_FOUR = re.compile(r"[I1lT|!Jì]?[VUY]")
_TAIL, _TAIL_WIDTH = re.compile(r"(?:/(?:19|20)\d\d)?"), 1.40  # a year in the same word
# Width of a numeral against that of the word Quý, both in Times New Roman; other faces differ more.
_WIDTHS = {1: (0.10, 0.22), 2: (0.30, 0.43), 3: (0.47, 0.62)}


@dataclass(frozen=True, slots=True)
class _Numeral:
    """A numeral after quý or học kỳ as it was read; `ratio`: its width against that of `Quý`, where known.

    `glued`: it stands in one word with `Quý`. `value` is None where it is no Roman numeral.
    """

    start: int
    end: int
    word_start: int
    printed: str
    glued: bool
    value: int | None
    sure: bool
    ratio: float | None


def quarter_edits(document: Document) -> Iterator[Edit]:
    """The changes to misread numerals of quarters and terms, on pages read by a recogniser."""
    if _NUMERAL.search(document.text) is None:
        return
    across = pages_across(document)
    runs = [list(_numerals(document, p, across)) for p in ocr_paragraphs(document)]
    prescribed = all(_is_set_as_prescribed(numeral) for run in runs for numeral in run)
    for run in runs:
        before: _Numeral | None = None
        least = 0
        for numeral in run:
            in_range = before is not None and _TO.fullmatch(document.text, before.end, numeral.word_start)
            value = _settled(numeral, least if in_range else 0, prescribed)
            if value is None and numeral.printed in _ONE_STROKE and _prints_roman(document):
                value = 1
            before, least = numeral, value or numeral.value or 0
            if value and roman_text(value) != numeral.printed:
                yield Edit(numeral.start, numeral.end, " " * numeral.glued + roman_text(value), RULE)


def _prints_roman(document: Document) -> bool:
    """Whether the document writes its quarters in Roman numerals, none in digits."""
    return _ROMAN.search(document.text) is not None and _ARABIC.search(document.text) is None


def _settled(numeral: _Numeral, least: int, prescribed: bool) -> int | None:
    """The value of a doubtful numeral that is certain now; it is greater than `least`."""
    printed, value = numeral.printed, numeral.value
    if printed in _ONE_STROKE or (value and value > least and (numeral.sure or value > 3)):
        return None
    if _FOUR.search(printed.upper() if numeral.glued else printed):
        return 4
    strokes = sum(_STROKES.get(letter, 1) for letter in printed)
    may_be = {n for n in (1, 2, 3) if abs(n - strokes) <= 1 and n > least}
    measured = {n for n in _WIDTHS if prescribed and numeral.ratio is not None and _fits(n, numeral.ratio)}
    if measured:
        may_be &= measured
    elif value:
        return None
    elif strokes in may_be:
        return strokes
    return may_be.pop() if len(may_be) == 1 else None


def _fits(value: int, ratio: float) -> bool:
    low, high = _WIDTHS.get(value, (0.0, 9.0))
    return low <= ratio <= high


def _is_set_as_prescribed(numeral: _Numeral) -> bool:
    """Whether the width of a numeral that was surely read is that of the prescribed typeface."""
    known = numeral.value and numeral.sure and numeral.ratio is not None
    return not known or _fits(numeral.value or 0, numeral.ratio or 0.0)


# --- reading ------------------------------------------------------------------------------------


def _numerals(document: Document, paragraph: Paragraph, across: frozenset[int]) -> Iterator[_Numeral]:
    for found in _NUMERAL.finditer(document.text, paragraph.start, paragraph.end):
        group = "glued" if found["glued"] else "apart"
        word = _word_at(document, found.end() - 1)
        sure = word is not None and (word.confidence is None or word.confidence >= _SURE)
        value = roman_value(found[group]) if group == "apart" else None
        ratio = _ratio(document, found, across) if group == "apart" else None
        yield _Numeral(*found.span(group), found.start(), found[group], group == "glued", value, sure, ratio)


def _ratio(document: Document, found: re.Match[str], across: frozenset[int]) -> float | None:
    """Width of the numeral against that of `Quý` before it; None where either is no word of its own."""
    word, numeral = _word_at(document, found.start()), _word_at(document, found.end() - 1)
    if word is None or numeral is None or word.region is None or numeral.region is None:
        return None
    tail = document.text[found.end() : numeral.end]
    is_apart = numeral.start == found.start("apart") and document.cut(word) in ("Quý", "Quí")
    if not is_apart or not _TAIL.fullmatch(tail):
        return None
    one, other = (upright(box, box.page in across) for box in (word.region, numeral.region))
    return (other.x1 - other.x0) / max(one.x1 - one.x0, 1.0) - (_TAIL_WIDTH if tail else 0.0)


def _word_at(document: Document, offset: int) -> Word | None:
    at = bisect_right(document.line_starts, offset) - 1
    words = document.lines[at].words if at >= 0 else ()
    return next((word for word in words if word.start <= offset < word.end), None)
