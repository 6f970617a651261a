"""The letterhead: bodies, number and symbol, place and date, secrecy and urgency (NĐ 30/2020, Phụ lục I)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from extractors import plan
from extractors.doc_types import read_type_line
from extractors.document import Document, Paragraph
from extractors.found import Found, finding
from extractors.letterhead_bodies import read_bodies
from extractors.numbers import SYMBOL, Symbol, parse_symbol
from extractors.vietnamese.bases import bare
from extractors.vietnamese.letters import squeeze, upper_share
from extractors.zones import Zones
from extractors.zones_marks import (
    NUMBER_LABEL,
    PARTY,
    DateLine,
    is_date_line,
    is_electronic_signature,
    number_end,
    read_date_line,
)

_STAGE = "letterhead"
_FIRST_YEAR, _LAST_YEAR = 1945, 2100
_SECRECY = {"MAT": "MẬT", "TOI MAT": "TỐI MẬT", "TUYET MAT": "TUYỆT MẬT"}
_URGENCY = {
    "KHAN": "KHẨN",
    "THUONG KHAN": "THƯỢNG KHẨN",
    "HOA TOC": "HỎA TỐC",
    "HOA TOC HEN GIO": "HỎA TỐC HẸN GIỜ",
}
_STAMP = re.compile(r"[\s*_]*(?:(?:CONG\s+VAN|VAN\s+BAN|CV)\s+)?DEN\b(?!\s+NAM)", re.IGNORECASE)
_CARRIED = re.compile(
    r"kem\s+theo\s+(?:Quyet\s+dinh|QD)\s+(?:so\s*)?[:.]?\s*"
    r"(?P<number>\d{1,5}\s*/\s*(?:\d{4}\s*/\s*)?QD\s*-\s*[\w&.]+(?:-\w+)*)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What the letterhead says; a field that is missing, blank or invalid is None.

    `issuers` are the issuing body, or the bodies of a joint plan, `parents` the superior bodies above
    it, outermost first; both as printed, lines joined. `number_blank`: a symbol is printed without number.
    """

    issuers: tuple[Found[str], ...] = ()
    parents: tuple[Found[str], ...] = ()
    number: Found[str] | None = None
    number_text: Found[str] | None = None
    number_no: Found[int] | None = None
    notation: Found[str] | None = None
    number_blank: bool = False
    issued_on: Found[date] | None = None
    issued_year: Found[int] | None = None
    place: Found[str] | None = None
    secrecy: Found[str] | None = None
    urgency: Found[str] | None = None
    form: Literal["administrative", "party"] = "administrative"
    symbol: Symbol | None = None
    diagnostics: tuple[plan.Finding, ...] = ()


def read_letterhead(document: Document, zones: Zones) -> Letterhead:
    """Read the letterhead zone; a date at the foot of the document serves where the head has none."""
    parents, issuers = read_bodies(document, zones.head)
    number = _read_number(document, zones)
    dated = _read_date(document, zones)
    text = "\n".join(document.cut(p) for p in zones.head)
    party = bool(PARTY.search(bare(text))) or (number.symbol is not None and number.symbol.form == "party")
    return Letterhead(
        issuers=issuers,
        parents=parents,
        number=number.number,
        number_text=number.text,
        number_no=number.ordinal,
        notation=number.notation,
        number_blank=number.symbol is not None and number.number is None,
        issued_on=dated.day,
        issued_year=dated.year,
        place=dated.place,
        secrecy=_mark(document, zones.head, _SECRECY, "secrecy-mark"),
        urgency=_mark(document, zones.head, _URGENCY, "urgency-mark"),
        form="party" if party else "administrative",
        symbol=number.symbol,
        diagnostics=(*number.diagnostics, *dated.diagnostics, *_attached(document, zones)),
    )


def _attached(document: Document, zones: Zones) -> tuple[plan.Finding, ...]:
    if not zones.carrier:
        return ()
    message = "the plan is the annex of a decision; number, date and signature are the decision's"
    return (finding(document, _STAGE, "info", "attached-plan", message, zones.carrier[0].start),)


def _mark(
    document: Document, head: Sequence[Paragraph], marks: dict[str, str], rule: str
) -> Found[str] | None:
    """A mark that stands alone on its line: MẬT, HỎA TỐC."""
    for paragraph in head:
        folded = squeeze(bare(document.cut(paragraph))).strip(" *_.:()[]").upper()
        folded = re.sub(r"^DO (?:MAT|KHAN)\s*:\s*", "", folded)
        if folded in marks:
            return Found(marks[folded], paragraph.start, paragraph.end, rule)
    return None


# --- number -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Number:
    number: Found[str] | None = None
    text: Found[str] | None = None
    ordinal: Found[int] | None = None
    notation: Found[str] | None = None
    symbol: Symbol | None = None
    diagnostics: tuple[plan.Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A number of the letterhead: its span, its reading, whether it is the mark of a received-stamp."""

    start: int
    end: int
    symbol: Symbol | None
    stamped: bool
    labelled: bool


def _read_number(document: Document, zones: Zones) -> _Number:
    found = list(_candidates(document, zones.head))
    own = [c for c in found if not c.stamped and c.symbol is not None]
    if not own:
        return _number_elsewhere(document, zones, found)
    wanted = _type_of(document, zones.carrier or zones.title)
    best = max(own, key=lambda c: _rank(c, wanted))
    others = [c for c in found if c.start != best.start and c.symbol is not None and c.symbol.number]
    notes = [
        finding(
            document, _STAGE, "info", "other-number",
            f"another number in the letterhead: {squeeze(document.text[c.start : c.end])}", c.start,
        )
        for c in others
    ]  # fmt: skip
    return _number_of(document, best, notes)


def _rank(candidate: _Candidate, wanted: str | None) -> tuple[bool, bool, bool, int]:
    symbol = candidate.symbol
    assert symbol is not None
    typed = wanted is not None and symbol.doc_type == wanted
    return typed, symbol.notation is not None, candidate.labelled, -candidate.start


def _number_of(document: Document, best: _Candidate, notes: list[plan.Finding]) -> _Number:
    symbol = best.symbol
    assert symbol is not None
    span = (best.start, best.end)
    confidence = 0.95 if symbol.well_formed else 0.7
    text = squeeze(document.text[best.start : best.end])
    if symbol.number is None:
        message = f"the number is blank: {text}"
        notes.append(finding(document, _STAGE, "info", "blank-number", message, best.start))
    elif not symbol.well_formed:
        message = f"the number does not follow the standard: {text}"
        notes.append(finding(document, _STAGE, "warning", "malformed-number", message, best.start))

    def found(value: str) -> Found[str]:
        return Found(value, *span, "number-line", confidence)

    ordinal = None
    if symbol.number is not None and symbol.number_no is not None:
        ordinal = Found(symbol.number_no, *span, "number-line", confidence)
    return _Number(
        found(symbol.number) if symbol.number else None,
        found(text),
        ordinal,
        found(symbol.notation) if symbol.notation else None,
        symbol,
        tuple(notes),
    )


def _candidates(document: Document, head: Sequence[Paragraph]) -> Iterator[_Candidate]:
    """Numbers that begin a line of the letterhead, with or without the word Số."""
    stamp = 0  # lines that may still belong to a received-stamp
    for index, paragraph in enumerate(head):
        text = document.cut(paragraph)
        if _STAMP.match(bare(text)) and upper_share(text.split(":")[0]) > 0.7:
            stamp = 3
            label = re.search(r"S[ốo]\s*:?\s*\d+", text)
            if label:
                yield _Candidate(
                    paragraph.start + label.start(), paragraph.start + label.end(),
                    parse_symbol(label.group()), True, True,
                )  # fmt: skip
            continue
        candidate = _candidate(document, head, index)
        if candidate is not None:
            notation = candidate.symbol.notation if candidate.symbol else None
            stamped = stamp > 0 and (notation is None or notation.split("-")[0] in {"UBND", "SNV", "VP"})
            yield _Candidate(candidate.start, candidate.end, candidate.symbol, stamped, candidate.labelled)
        stamp = max(0, stamp - 1)


def _candidate(document: Document, head: Sequence[Paragraph], index: int) -> _Candidate | None:
    paragraph = head[index]
    text = document.cut(paragraph)
    end = number_end(text)
    if end is not None:
        label = NUMBER_LABEL.match(text)
        assert label is not None
        body = text[label.end() : end]
        if not body.strip() and index + 1 < len(head):
            return _number_below(document, paragraph, head[index + 1])
        start = paragraph.start + len(text) - len(text.lstrip())
        return _Candidate(start, paragraph.start + end, parse_symbol(body), False, True)
    whole = SYMBOL.fullmatch(text.strip(" .*_"))
    symbol = parse_symbol(whole.group()) if whole else None
    if symbol is None or symbol.doc_type is None or symbol.number is None:
        return None
    return _Candidate(paragraph.start, paragraph.end, symbol, False, False)


def _number_below(document: Document, label: Paragraph, below: Paragraph) -> _Candidate | None:
    """A number on the line below its label."""
    whole = SYMBOL.fullmatch(document.cut(below).strip(" .*_"))
    symbol = parse_symbol(whole.group()) if whole else None
    return _Candidate(below.start, below.end, symbol, False, True) if symbol else None


def _type_of(document: Document, title: Sequence[Paragraph]) -> str | None:
    line = read_type_line(document.cut(title[0])) if title else None
    return line.abbr if line else None


def _number_elsewhere(document: Document, zones: Zones, found: Sequence[_Candidate]) -> _Number:
    """No number of its own: that of the decision that the plan is attached to, if it names one."""
    for paragraph in zones.title[1:] + zones.preamble[:2]:
        text = document.cut(paragraph)
        carried = _CARRIED.search(bare(text))
        if carried and text.lstrip(" *_").startswith("("):
            start, end = (paragraph.start + at for at in carried.span("number"))
            symbol = parse_symbol(document.text[start:end])
            message = "the number is that of the decision that the plan is attached to"
            note = finding(document, _STAGE, "warning", "number-of-decision", message, start)
            return _number_of(document, _Candidate(start, end, symbol, False, True), [note])
    below = [c for c in _candidates(document, zones.preamble[:3]) if c.symbol and c.symbol.notation]
    if below and not found:  # printed under the title
        return _number_of(document, below[0], [])
    if found:
        message = f"not the document's own: {squeeze(document.text[found[0].start : found[0].end])}"
        note = finding(document, _STAGE, "warning", "other-number", message, found[0].start)
        return _Number(diagnostics=(note,))
    return _Number(diagnostics=(finding(document, _STAGE, "info", "no-number", "no number is printed"),))


# --- date line ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Dated:
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


def _read_date(document: Document, zones: Zones) -> _Dated:
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
    return _Dated(diagnostics=(finding(document, _STAGE, "info", "no-date", "no date line is printed"),))


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


def _dated(document: Document, strand: _Strand, line: DateLine, rule: str, confidence: float) -> _Dated:
    span = strand.span(line.start, line.end)
    place = None
    if line.place is not None and line.place[1] > line.place[0]:
        printed = squeeze(strand.text[slice(*line.place)]).strip(" ,.;")
        place = Found(printed, *strand.span(*line.place), rule, confidence)
    year = int(line.year) if line.year and len(line.year) >= 4 else None
    known_year = year is not None and _FIRST_YEAR <= year <= _LAST_YEAR
    found_year = Found(year, *span, rule, confidence) if known_year and year is not None else None
    if year is None or not line.day or not line.month:
        note = _date_note(document, "blank-date", "day, month or year is blank", strand, line)
        return _Dated(None, found_year, place, (note,))
    try:
        day = date(year, int(line.month), int(line.day)) if known_year else None
    except ValueError:
        day = None
    if day is None:
        note = _date_note(document, "bad-date", "there is no such day", strand, line)
        return _Dated(None, found_year, place, (note,))
    return _Dated(Found(day, *span, rule, confidence), found_year, place)


def _date_note(document: Document, code: str, message: str, strand: _Strand, line: DateLine) -> plan.Finding:
    printed = squeeze(strand.text[line.start : line.end])
    severity: Literal["info", "warning"] = "info" if code == "blank-date" else "warning"
    return finding(document, _STAGE, severity, code, f"{message}: {printed}", strand.offsets[line.start])
