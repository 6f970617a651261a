"""The number and symbol of a letterhead: its own, not a received-stamp's or a cited paper's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors import plan
from extractors.doc_types import read_type_line
from extractors.document import Document, Paragraph
from extractors.found import Found, finding
from extractors.handwriting import doubtful_digits
from extractors.letterhead_symbol import agreed, held_against_bodies, rival_symbols
from extractors.numbers import SYMBOL, Symbol, parse_symbol
from extractors.recognised import SURE_OF_NUMBER, SURE_WITH_KNOWN_BODY, is_doubtful, is_recognised
from extractors.vietnamese.bases import bare
from extractors.vietnamese.letters import squeeze, upper_share
from extractors.zones import Zones
from extractors.zones_marks import CITING, NUMBER_LABEL, number_end

_STAGE = "letterhead"
_STAMP = re.compile(r"[\s*_]*(?:(?:CONG\s+VAN|VAN\s+BAN|CV)\s+)?DEN\b(?!\s+NAM)", re.IGNORECASE)
_FEWEST_DIGITS = 2  # of a number whose second printing proves the first: one digit is too easily alike
_CARRIED = re.compile(
    r"kem\s+theo\s+(?:Quyet\s+dinh|QD)\s+(?:so\s*)?[:.]?\s*"
    r"(?P<number>\d{1,5}\s*/\s*(?:\d{4}\s*/\s*)?QD\s*-\s*[\w&.]+(?:-\w+)*)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class NumberLine:
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
    known_body: bool = False  # its symbol names a body of the letterhead
    contested: bool = False  # readings of its symbol differ, and no body settles them
    broken: bool = False  # digits and symbol do not join: a pen or a recogniser spoilt what stands between


def read_number(document: Document, zones: Zones) -> NumberLine:
    found = list(_candidates(document, zones.head))
    own = [c for c in found if not c.stamped and c.symbol is not None]
    if not own:
        return _number_elsewhere(document, zones, found)
    wanted = _type_of(document, zones.carrier or zones.title)
    best = max(own, key=lambda c: _rank(c, wanted))
    best, settled = _with_known_body(document, zones.head, best)
    others = [c for c in found if c.start != best.start and c.symbol is not None and c.symbol.number]
    notes = [
        finding(
            document, _STAGE, "info", "other-number",
            f"another number in the letterhead: {squeeze(document.text[c.start : c.end])}", c.start,
        )
        for c in others
    ]  # fmt: skip
    return _number_of(document, best, [*settled, *notes])


def _with_known_body(
    document: Document, head: Sequence[Paragraph], best: _Candidate
) -> tuple[_Candidate, list[plan.Finding]]:
    """A recognised number whose symbol is that of the letterhead's body, and a note where that settled it."""
    symbol = best.symbol
    if symbol is None or not is_recognised(document, best.start):
        return best, []
    readings = [symbol, *rival_symbols(document, best.start, best.end, symbol)]
    bodies = [paragraph for paragraph in head if paragraph.end <= best.start or paragraph.start >= best.end]
    spelled = agreed([held_against_bodies(document, bodies, reading) for reading in readings])
    if spelled is None:
        return replace(best, contested=len(readings) > 1), []
    known = replace(best, symbol=spelled, known_body=True)
    if spelled == symbol:
        return known, []
    message = f"the symbol {symbol.notation} is read as {spelled.notation}, by the body's initials"
    return known, [finding(document, _STAGE, "info", "settled-symbol", message, best.start)]


def _rank(candidate: _Candidate, wanted: str | None) -> tuple[bool, bool, bool, int]:
    symbol = candidate.symbol
    assert symbol is not None
    typed = wanted is not None and symbol.doc_type == wanted
    return typed, symbol.notation is not None, candidate.labelled, -candidate.start


def _number_of(document: Document, best: _Candidate, notes: list[plan.Finding]) -> NumberLine:
    symbol = best.symbol
    assert symbol is not None
    span = (best.start, best.end)
    confidence = 0.95 if symbol.well_formed else 0.7
    text = squeeze(document.text[best.start : best.end])
    if symbol.number is not None and _is_unreadable(document, best):
        message = f"the number is not read for certain: {text}"
        code = "handwritten" if doubtful_digits(document, *span) == "handwritten" else "unsure-number"
        notes.append(finding(document, _STAGE, "warning", code, message, best.start))
        symbol = replace(symbol, number=None, number_no=None)
    elif symbol.number is None:
        code, said = ("unsure-number", "not read") if best.broken else ("blank-number", "blank")
        notes.append(finding(document, _STAGE, "info", code, f"the number is {said}: {text}", best.start))
    elif not symbol.well_formed:
        message = f"the number does not follow the standard: {text}"
        notes.append(finding(document, _STAGE, "warning", "malformed-number", message, best.start))

    def found(value: str) -> Found[str]:
        return Found(value, *span, "number-line", confidence)

    ordinal = None
    if symbol.number is not None and symbol.number_no is not None:
        ordinal = Found(symbol.number_no, *span, "number-line", confidence)
    return NumberLine(
        found(symbol.number) if symbol.number else None,
        found(text),
        ordinal,
        found(symbol.notation) if symbol.notation else None,
        symbol,
        tuple(notes),
    )


def _is_unreadable(document: Document, candidate: _Candidate) -> bool:
    """Whether a recogniser was not sure of the number, or read what no number looks like."""
    symbol = candidate.symbol
    if symbol is not None and _is_read_twice(document, candidate, symbol):
        return False
    malformed = symbol is not None and not symbol.well_formed and is_recognised(document, candidate.start)
    sure = SURE_WITH_KNOWN_BODY if candidate.known_body else SURE_OF_NUMBER
    return (
        candidate.broken
        or candidate.contested
        or malformed
        or is_doubtful(document, candidate.start, candidate.end, sure)
        or doubtful_digits(document, candidate.start, candidate.end) is not None
    )


def _is_read_twice(document: Document, candidate: _Candidate, symbol: Symbol) -> bool:
    """Whether the document prints its number again, as an annex does (Kèm theo Kế hoạch số …)."""
    if symbol.number_no is None or not symbol.notation or len(str(symbol.number_no)) < _FEWEST_DIGITS:
        return False
    notation = r"\s?".join(map(re.escape, symbol.notation))
    again = re.compile(rf"(?<![\d.,/])0?{symbol.number_no}\s?[/-]?\s?{notation}(?!\w)")
    places = (found.start() for found in again.finditer(document.text))
    return any(not candidate.start <= at < candidate.end for at in places)


def _candidates(document: Document, head: Sequence[Paragraph]) -> Iterator[_Candidate]:
    """Numbers that begin a line of the letterhead, with or without the word Số."""
    stamp = 0  # lines that may still belong to a received-stamp
    above = ""
    for index, paragraph in enumerate(head):
        text = document.cut(paragraph)
        cited, above = bool(CITING.search(bare(above).upper())), text
        if cited:
            continue
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
            yield replace(candidate, stamped=stamped)
        stamp = max(0, stamp - 1)


def _candidate(document: Document, head: Sequence[Paragraph], index: int) -> _Candidate | None:
    paragraph = head[index]
    text = document.cut(paragraph).replace("\n", " ")
    end = number_end(text)
    if end is not None:
        label = NUMBER_LABEL.match(text)
        assert label is not None
        body = text[label.end() : end]
        if not body.strip() and index + 1 < len(head):
            return _number_below(document, paragraph, head[index + 1])
        start = paragraph.start + len(text) - len(text.lstrip())
        symbol = parse_symbol(body)
        rest = SYMBOL.search(text, end)
        if rest and (symbol is None or symbol.notation is None) and rest.end() >= len(text.rstrip()):
            broken = parse_symbol(text[rest.start("sep") :])
            return _Candidate(start, paragraph.start + rest.end(), broken, False, True, True)
        return _Candidate(start, paragraph.start + end, symbol, False, True)
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


def _number_elsewhere(document: Document, zones: Zones, found: Sequence[_Candidate]) -> NumberLine:
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
        return NumberLine(diagnostics=(note,))
    return NumberLine(diagnostics=(finding(document, _STAGE, "info", "no-number", "no number is printed"),))
