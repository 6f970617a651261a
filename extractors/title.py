"""Type and title (tên loại, trích yếu): the title in one line, in sentence case, without the type."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors import plan
from extractors.doc_types import read_type_line
from extractors.document import Document, Paragraph
from extractors.found import Found, finding
from extractors.numbers import Symbol
from extractors.title_case import title_case
from extractors.vietnamese.letters import squeeze, upper_share
from extractors.zones import Zones
from extractors.zones_marks import is_noise

_STAGE = "title"
_ABOUT = re.compile(r"(?:V\s?/\s?[vV]|Về\s+việc|VỀ\s+VIỆC|về\s+việc)\s*[:.]?\s*")
_ENDS = " \t\n*_.;:,-–—#|"
# Words behind which the title goes on with a number, be it alone on its line: `… năm` and `2024`.
_BEFORE_YEAR = re.compile(r"(?:(?<!\w)(?:năm|năm học|giai đoạn|nhiệm kỳ|đến)|[-–])\s*$", re.IGNORECASE)
_BEFORE_NUMBER = re.compile(r"(?<!\w)(?:tháng|quý|quí|thứ|số|đợt|kỳ|tuần|khóa|khoá)\s*$", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d\W*")
_SHORT_NUMBER = re.compile(r"(?:\d{1,2}|[IVX])\W*")
_CAPITALS = 0.75  # share of capitals of a line that is set in capitals (numbers and symbols stay)


@dataclass(frozen=True, slots=True)
class Title:
    """Type (abbreviation) and title; None where the document prints none."""

    doc_type: Found[str] | None = None
    title: Found[str] | None = None
    diagnostics: tuple[plan.Finding, ...] = ()


def read_title(document: Document, zones: Zones, symbol: Symbol | None = None) -> Title:
    """Read the title zone; where no type line is printed, the symbol of the number tells the type."""
    lines = list(zones.title)
    doc_type, rest = _read_type(document, lines)
    title = _read_lines(document, rest)
    notes: list[plan.Finding] = []
    if doc_type is None and symbol is not None and symbol.doc_type is not None and zones.head:
        head = zones.head[0]
        doc_type = Found(symbol.doc_type, head.start, zones.head[-1].end, "type-of-symbol", 0.7)
    if doc_type is None:
        notes.append(finding(document, _STAGE, "warning", "no-type", "no line names the type"))
    if title is None:
        notes.append(finding(document, _STAGE, "warning", "no-title", "no title is printed"))
    return Title(doc_type, title, tuple(notes))


def _read_type(
    document: Document, lines: Sequence[Paragraph]
) -> tuple[Found[str] | None, list[tuple[int, int]]]:
    """The type, and the spans of the lines of the title, the rest of the type's line first."""
    spans = [(p.start, p.end) for p in lines]
    if not spans:
        return None, []
    start, end = spans[0]
    line = read_type_line(document.text[start:end])
    if line is None:
        return None, spans
    found = Found(
        line.abbr, start + line.start, start + line.end, "type-line", 0.98 if line.capitals else 0.85
    )
    rest = [(start + line.rest, end)] if not line.exact else []
    return found, rest + spans[1:]


def _read_lines(document: Document, spans: Sequence[tuple[int, int]]) -> Found[str] | None:
    """The title's lines joined; lines in brackets and rules are no part of it."""
    kept = _without_brackets(document, spans)
    if not kept:
        return None
    parts = [squeeze(document.text[a:b]).strip(" *_#|") for a, b in kept]
    joined = _cased(parts)
    about = _ABOUT.match(joined)
    bare_title = joined[about.end() :] if about else joined
    bare_title = _closed(bare_title)
    if not bare_title:
        return None
    start, end = kept[0][0], kept[-1][1]
    value = bare_title[0].upper() + bare_title[1:]
    return Found(value, start, end, "title-lines", 0.95 if len(kept) <= 4 else 0.85)


def _without_brackets(document: Document, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans that print the title: no rule, no line in brackets behind the title (it may run over lines)."""
    kept: list[tuple[int, int]] = []
    depth = 0
    for start, end in spans:
        text = document.text[start:end].strip(" *_")
        if is_noise(text) and not (kept and _completes(document.text[slice(*kept[-1])], text)):
            continue
        if depth or text.startswith(("(", "[")):
            depth = max(0, depth + _depth(text))
            continue
        kept.append((start, end))
        if _depth(text) > 0:  # a bracket inside the title that runs on to the next line
            depth = 0
    return kept


def _completes(above: str, number: str) -> bool:
    """Whether a number alone on its line is what the line above ends in: a year, a month."""
    if _BEFORE_YEAR.search(above[-20:]):
        return _YEAR.fullmatch(number) is not None
    return bool(_BEFORE_NUMBER.search(above[-20:]) and _SHORT_NUMBER.fullmatch(number))


def _depth(text: str) -> int:
    return text.count("(") + text.count("[") - text.count(")") - text.count("]")


def _cased(parts: Sequence[str]) -> str:
    """The lines joined, runs of lines in capitals in sentence case."""
    runs: list[tuple[bool, list[str]]] = []
    for part in parts:
        letters = len(re.findall(r"[^\W\d_]", part))
        follows = bool(runs) and runs[-1][0]  # `NĂM 2019` below a line in capitals is set in capitals too
        loud = upper_share(part) > _CAPITALS and (letters > 3 or (follows and letters > 1))
        if runs and runs[-1][0] == loud:
            runs[-1][1].append(part)
        else:
            runs.append((loud, [part]))
    return " ".join(title_case(" ".join(run)) if loud else " ".join(run) for loud, run in runs)


def _closed(title: str) -> str:
    """The title without marks at its ends; a closing quote or bracket stays with its opening one."""
    return title.strip(_ENDS).removesuffix("./").strip(_ENDS)
