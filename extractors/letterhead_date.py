"""Place and date of issue: the date line of the letterhead, of a title page, or at the foot."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from extractors import plan
from extractors.document import Document, Paragraph
from extractors.found import Found, finding
from extractors.geography import is_place_name
from extractors.handwriting import doubtful_digits
from extractors.recognised import SURE_OF_DATE, has_doubtful_digits, is_recognised, province_of_bare
from extractors.vietnamese.bases import bare
from extractors.vietnamese.letters import squeeze, upper_share
from extractors.zones import Zones
from extractors.zones_dates import DateLine, is_date_line, read_date_line
from extractors.zones_marks import is_electronic_signature

_STAGE = "letterhead"
_FIRST_YEAR, _LAST_YEAR = 1945, 2100
_MOST_LINES = 3  # over which a narrow column breaks a date line
_LONGEST_PLACE = 40  # characters
_DATE_WORD = re.compile(r"ng[àa]y|th[áa]ng|,\s*\d", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DateFacts:
    day: Found[date] | None = None
    year: Found[int] | None = None
    place: Found[str] | None = None
    diagnostics: tuple[plan.Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class _Strand:
    """Lines put together for reading, and where each of their characters stands in the document."""

    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        return self.offsets[start], self.offsets[end - 1] + 1


def read_date(document: Document, zones: Zones) -> DateFacts:
    for paragraphs, rule, confidence in (
        (zones.head, "date-line", 0.95),
        (zones.title + zones.preamble[:4], "date-line-of-title-page", 0.8),
        (zones.closing, "date-line-at-foot", 0.85),
    ):
        read = [(strand, read_date_line(strand.text)) for strand in _strands(document, paragraphs)]
        lines = [(strand, line) for strand, line in read if line is not None]
        if lines:
            strand, line = max(lines, key=lambda item: _fullness(item[1]))
            return _dated(document, strand, line, rule, confidence)
    return DateFacts(diagnostics=(finding(document, _STAGE, "info", "no-date", "no date line is printed"),))


def _fullness(line: DateLine) -> tuple[bool, bool]:
    """A title page's month and year give way to a date line; of equals the first counts."""
    return line.full, bool(line.day and line.month and line.year)


def _strands(document: Document, paragraphs: Sequence[Paragraph]) -> Iterator[_Strand]:
    """Lines that are date lines, alone or with the next lines of their side."""
    for index, paragraph in enumerate(paragraphs):
        text = document.cut(paragraph)
        if len(text) > 120 or not _DATE_WORD.search(text) or is_electronic_signature(text):
            continue
        run = [paragraph, *_neighbours(document, paragraphs, index, 1)][:_MOST_LINES]
        strands = [_strand(document, run[:length]) for length in range(1, len(run) + 1)]
        dated = [strand for strand in strands if is_date_line(strand.text)]
        if dated:
            own = max(dated, key=_fullness_of)
            yield _with_place(document, own, next(_neighbours(document, paragraphs, index, -1), None))


def _fullness_of(strand: _Strand) -> tuple[bool, bool]:
    line = read_date_line(strand.text)
    return _fullness(line) if line is not None else (False, False)


def _with_place(document: Document, own: _Strand, before: Paragraph | None) -> _Strand:
    """The date line with the place on the line above, or with the first word of a place that is wrapped."""
    above = document.cut(before).strip() if before is not None else ""
    if before is None or len(above) > _LONGEST_PLACE or upper_share(above) >= 0.6:
        return own
    if bare(own.text).lstrip().lower().startswith(("ngay", "thang")):
        belongs = above.endswith(",") or len(above.split()) <= 3
    else:
        belongs = _is_wrapped_place(above, own.text)
    return _joined(_strand(document, [before]), own) if belongs else own


def _is_wrapped_place(above: str, text: str) -> bool:
    """Whether the line above holds the beginning of the place: `Tiền` / `Giang, ngày …`."""
    line = read_date_line(text)
    words = above.split()
    if line is None or line.place is None or text[: line.place[0]].strip():
        return False
    if not words or not words[0][0].isupper() or not all(word.rstrip(".").isalpha() for word in words):
        return False
    place = text[slice(*line.place)]
    alone = len(words) == 1 and len(place.split()) == 1 and not is_place_name(place)
    return is_place_name(f"{above} {place}") or alone


def _neighbours(
    document: Document, paragraphs: Sequence[Paragraph], index: int, step: int
) -> Iterator[Paragraph]:
    """The next lines of the same side (or of none), rules and strokes passed over."""
    at = index + step
    own = paragraphs[index].column
    sides = {own, "full"} if own == "right" else {own}
    while 0 <= at < len(paragraphs):
        if paragraphs[at].column in sides and re.search(r"\w", document.cut(paragraphs[at])):
            yield paragraphs[at]
        at += step


def _joined(upper: _Strand, lower: _Strand) -> _Strand:
    return _Strand(f"{upper.text} {lower.text}", (*upper.offsets, upper.offsets[-1], *lower.offsets))


def _strand(document: Document, paragraphs: Sequence[Paragraph]) -> _Strand:
    text = ""
    offsets: list[int] = []
    for paragraph in paragraphs:
        if text:
            text += " "
            offsets.append(offsets[-1])
        text += document.cut(paragraph)
        offsets += range(paragraph.start, paragraph.end)
    return _Strand(text, tuple(offsets))


def _dated(document: Document, strand: _Strand, line: DateLine, rule: str, confidence: float) -> DateFacts:
    span = strand.span(line.start, line.end)
    place = None
    if line.place is not None and line.place[1] > line.place[0]:
        printed = squeeze(strand.text[slice(*line.place)]).strip(" ,.;")
        if is_recognised(document, span[0]):
            printed = province_of_bare(printed) or printed
        if printed.isupper() and len(printed.split()) > 1:
            printed = " ".join(word.capitalize() for word in printed.split())
        place = Found(printed, *strand.span(*line.place), rule, confidence)
    year = int(line.year) if line.year and len(line.year) >= 4 else None
    known_year = year is not None and _FIRST_YEAR <= year <= _LAST_YEAR
    found_year = Found(year, *span, rule, confidence) if known_year and year is not None else None
    if year is None or not line.day or not line.month:
        note = _date_note(document, "blank-date", "day, month or year is blank", strand, line)
        return DateFacts(None, found_year, place, (note,))
    try:
        day = date(year, int(line.month), int(line.day)) if known_year else None
    except ValueError:
        day = None
    doubt = doubtful_digits(document, *span)
    if day is not None and (doubt or has_doubtful_digits(document, *span, SURE_OF_DATE)):
        code = "handwritten" if doubt == "handwritten" else "unsure-date"
        note = _date_note(document, code, "the date is not read for certain", strand, line)
        return DateFacts(None, found_year, place, (note,))
    if day is None:
        note = _date_note(document, "bad-date", "there is no such day", strand, line)
        return DateFacts(None, found_year, place, (note,))
    return DateFacts(Found(day, *span, rule, confidence), found_year, place)


def _date_note(document: Document, code: str, message: str, strand: _Strand, line: DateLine) -> plan.Finding:
    printed = squeeze(strand.text[line.start : line.end])
    severity: Literal["info", "warning"] = "info" if code == "blank-date" else "warning"
    return finding(document, _STAGE, severity, code, f"{message}: {printed}", strand.offsets[line.start])
