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
from extractors.handwriting import doubtful_digits
from extractors.recognised import SURE_OF_DATE, has_doubtful_digits, is_recognised, province_of_bare
from extractors.vietnamese.bases import bare
from extractors.vietnamese.letters import squeeze, upper_share
from extractors.zones import Zones
from extractors.zones_marks import DateLine, is_date_line, is_electronic_signature, read_date_line

_STAGE = "letterhead"
_FIRST_YEAR, _LAST_YEAR = 1945, 2100


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
    """Lines that are date lines, alone or with the next line of their side."""
    for index, paragraph in enumerate(paragraphs):
        text = document.cut(paragraph)
        if (
            len(text) > 120
            or not re.search(r"ng[àa]y|th[áa]ng|,\s*\d", text, re.I)
            or is_electronic_signature(text)
        ):
            continue
        own = _strand(document, [paragraph])
        if is_date_line(own.text):
            before = _neighbour(paragraphs, index, -1)
            yield _with_place(document, own, before)
            continue
        after = _neighbour(paragraphs, index, 1)
        both = _strand(document, [paragraph, after]) if after is not None else own
        if is_date_line(both.text):
            yield both


def _with_place(document: Document, own: _Strand, before: Paragraph | None) -> _Strand:
    """The date line with the place on the line above, where the line begins with `ngày`."""
    if before is None or not bare(own.text).lstrip().lower().startswith(("ngay", "thang")):
        return own
    above = document.cut(before).strip()
    if len(above) < 40 and upper_share(above) < 0.6 and (above.endswith(",") or len(above.split()) <= 3):
        both = _strand(document, [before])
        return _Strand(both.text + " " + own.text, (*both.offsets, both.offsets[-1], *own.offsets))
    return own


def _neighbour(paragraphs: Sequence[Paragraph], index: int, step: int) -> Paragraph | None:
    """The next line of the same side."""
    at = index + step
    while 0 <= at < len(paragraphs):
        if paragraphs[at].column == paragraphs[index].column:
            return paragraphs[at]
        at += step
    return None


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
