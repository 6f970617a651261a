"""What is doubtful about the citations of a document: dates and numbers that contradict each other.

Misprints stay as printed; whoever reads the dataset ought to know of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from extractors import plan
from extractors.document import Document
from extractors.found import finding
from extractors.handwriting import rival_words
from extractors.vietnamese.dates import find_dates

_STAGE = "citations"
_YEAR = re.compile(r"^\d+[a-zđ]?/(\d{4})/")
_LOCAL_PARTY = re.compile(
    r"(?i)^(?:ban thường vụ |ban chấp hành |thường trực )?(?:đảng bộ )?(?:tỉnh|thành|huyện|thị|quận)"
)
_CENTRAL_SYMBOL = re.compile(r"[-/]TW$")


def citation_doubts(
    document: Document, citations: Sequence[plan.LegalBasis], issued_on: date | None = None
) -> tuple[plan.Finding, ...]:
    """Findings about `citations`; `issued_on` is the document's own date."""
    return (*_each(document, citations, issued_on), *_disagreeing(document, citations))


def _each(
    document: Document, citations: Sequence[plan.LegalBasis], issued_on: date | None
) -> Iterator[plan.Finding]:
    for c in citations:
        for code, message in _doubts(c, issued_on):
            yield finding(document, _STAGE, "warning", code, message, c.start)


def _doubts(c: plan.LegalBasis, issued_on: date | None) -> Iterator[tuple[str, str]]:
    named = f"{c.instrument} {c.number or ''}".strip()
    if c.issued_on is None and any(d.value is None for d in find_dates(c.text)):
        yield "citation-date-impossible", f"{named}: the calendar has no such day; the date was left out"
    year = _YEAR.match(c.number or "")
    if year and c.issued_on and c.issued_on.year != int(year.group(1)):
        yield "citation-year-differs", f"{named} is dated {c.issued_on}; number and date name different years"
    if issued_on and c.issued_on and c.role == "basis" and c.issued_on > issued_on:
        yield "basis-after-document", f"{named} of {c.issued_on} is later than the document ({issued_on})"
    if c.issuer and _CENTRAL_SYMBOL.search(c.number or "") and _LOCAL_PARTY.match(c.issuer):
        yield "citation-issuer-differs", f"{named} has a central symbol but is cited as of {c.issuer}"


def _disagreeing(document: Document, citations: Sequence[plan.LegalBasis]) -> Iterator[plan.Finding]:
    """One finding for each instrument that is cited with several dates."""
    dates: dict[tuple[str, str], dict[date, plan.LegalBasis]] = {}
    for c in citations:
        if c.number and c.issued_on and "/" in c.number:
            dates.setdefault((c.instrument, c.number), {}).setdefault(c.issued_on, c)
    for (instrument, number), found in dates.items():
        if len(found) > 1:
            days = ", ".join(str(d) for d in sorted(found))
            message = f"{instrument} {number} is cited with several dates: {days}"
            last = max(found.values(), key=lambda c: c.start)
            yield finding(document, _STAGE, "warning", "citation-dates-differ", message, last.start)


def without_rival_digits(
    document: Document, citations: Sequence[plan.LegalBasis]
) -> tuple[tuple[plan.LegalBasis, ...], list[plan.Finding]]:
    """The citations of recognised pages without the numbers and dates whose digits were read in two ways."""
    if not document.is_recognised:
        return tuple(citations), []
    kept, notes = [], []
    for citation in citations:
        rivals = list(rival_words(document, citation.start, citation.end))
        doubtful = [
            name for name in ("number", "issued_on") if _is_among(getattr(citation, name), name, rivals)
        ]
        if doubtful:
            message = f"digits read in two ways: {citation.text[:120]}"
            notes.append(
                finding(document, "citations", "warning", "unsure-citation", message, citation.start)
            )
            citation = citation.model_copy(update=dict.fromkeys(doubtful))
        kept.append(citation)
    return tuple(kept), notes


def _is_among(value: object, name: str, rivals: Sequence[str]) -> bool:
    """Whether a doubtful word prints the citation's number, or a part of its date."""
    if value is None:
        return False
    if name == "number":
        first = re.match(r"\d+", str(value))
        return first is not None and any(first.group() in word and "/" in word for word in rivals)
    symbols = [word for word in rivals if re.search(r"[^\W\d_]", word)]
    return len(symbols) < len(rivals)
