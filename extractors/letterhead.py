"""The letterhead: bodies, number and symbol, place and date, secrecy and urgency (NĐ 30/2020, Phụ lục I)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from extractors import plan
from extractors.document import Document, Paragraph
from extractors.found import Found, finding
from extractors.letterhead_bodies import read_bodies
from extractors.letterhead_date import read_date
from extractors.letterhead_number import read_number
from extractors.numbers import Symbol
from extractors.vietnamese.bases import bare
from extractors.vietnamese.letters import squeeze
from extractors.zones import Zones
from extractors.zones_marks import PARTY

_STAGE = "letterhead"
_SECRECY = {"MAT": "MẬT", "TOI MAT": "TỐI MẬT", "TUYET MAT": "TUYỆT MẬT"}
_URGENCY = {
    "KHAN": "KHẨN",
    "THUONG KHAN": "THƯỢNG KHẨN",
    "HOA TOC": "HỎA TỐC",
    "HOA TOC HEN GIO": "HỎA TỐC HẸN GIỜ",
}


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What the letterhead says; a field that is missing, blank or invalid is None.

    `issuers` are the issuing body, or the bodies of a joint plan, `parents` the superior bodies above
    it, outermost first; both as printed, lines joined. `number_blank`: the
    symbol's number is blank or cannot be read.
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
    number = read_number(document, zones)
    parents, issuers = read_bodies(document, zones.head, number.symbol)
    dated = read_date(document, zones)
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
