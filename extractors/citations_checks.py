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
        yield "citation_date_impossible", f"{named}: the calendar has no such day; the date was left out"
    year = _YEAR.match(c.number or "")
    if year and c.issued_on and c.issued_on.year != int(year.group(1)):
        yield "citation_year_differs", f"{named} is dated {c.issued_on}; number and date name different years"
    if issued_on and c.issued_on and c.role == "basis" and c.issued_on > issued_on:
        yield "basis_after_document", f"{named} of {c.issued_on} is later than the document ({issued_on})"
    if c.issuer and _CENTRAL_SYMBOL.search(c.number or "") and _LOCAL_PARTY.match(c.issuer):
        yield "citation_issuer_differs", f"{named} has a central symbol but is cited as of {c.issuer}"


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
            yield finding(document, _STAGE, "warning", "citation_dates_differ", message, last.start)
