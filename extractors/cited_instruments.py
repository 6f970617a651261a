"""Which instrument a citation means: the key that all citations of one instrument share, dates set aside.

A number is one of its kind only within its numbering: that of a body, and of a year or, for the centre of
the Party, of a term between two congresses. Where a citation does not say whose numbering it is, there is
no key.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from datetime import date
from functools import lru_cache

from extractors.bodies import body_key
from extractors.citations_lexicon import issuer_of_symbol
from extractors.numbers import Symbol, parse_symbol
from extractors.register_names import read_name
from extractors.vietnamese.letters import key

# First days of the congresses of the Party: the numbers of its centre begin anew with each.
_CONGRESSES = (date(2001, 4, 19), date(2006, 4, 18), date(2011, 1, 12), date(2016, 1, 20), date(2021, 1, 25),
               date(2026, 1, 19))  # fmt: skip
_GENERIC = re.compile(r"(?:^|\s)(tỉnh|thành phố|huyện|quận|thị xã|xã|phường)(?: uỷ)?$")
_TERRITORIAL = re.compile(r"(?:UBND|HĐND|TU)(?![^\W\d_])")
_OF_SEVERAL = re.compile(r"(?<!\w)(?:và|các|liên)(?!\w)")


def instrument_key(
    instrument: str,
    number: str,
    issued_on: date,
    issuer: str | None,
    province: str | None,
    cited_by: str | None = None,
) -> str | None:
    """The key of a cited instrument; None where it is not certain whose numbering the number stands in.

    `province` and `cited_by` are those of the document that cites it, and of use where the citation names
    no place: a body of the province means the province's instruments.
    """
    symbol = parse_symbol(number)
    if symbol is None or symbol.number is None or symbol.organ is None:
        return None
    whose = _numbering(number, symbol, issuer, province, cited_by)
    return f"{key(instrument)}|{key(number)}|{whose}|{_period(symbol, issued_on)}" if whose else None


def names_its_numbering(number: str, issuer: str | None) -> bool:
    """Whether number and issuer alone say whose instrument it is."""
    return issuer is not None or issuer_of_symbol(number) is not None or number.endswith("/TW")


def _numbering(
    number: str, symbol: Symbol, issuer: str | None, province: str | None, cited_by: str | None
) -> str | None:
    certain = issuer_of_symbol(number)
    if certain is not None or number.endswith("/TW"):
        return body_key(certain or "Trung ương")
    if issuer is not None:
        return _territory(issuer, province)
    of_province = province is not None and cited_by is not None and _is_of_province(cited_by, province)
    return key(province or "") if of_province and _TERRITORIAL.match(symbol.organ or "") else None


@lru_cache(maxsize=8192)
def _territory(issuer: str, province: str | None) -> str | None:
    """The place whose body an issuer is, in full; None where it is not said which place that is."""
    if _OF_SEVERAL.search(issuer):
        return None
    generic = _GENERIC.search(key(issuer))
    if generic is not None:
        return key(province) if generic[1] == "tỉnh" and province else None
    read = read_name(issuer, province)
    places = {unit.place_in_full if unit.level != "province" else unit.province for unit in read.units}
    return key(places.pop()) if len(places) == 1 and read.head != read.name else None


@lru_cache(maxsize=8192)
def _is_of_province(body: str, province: str) -> bool:
    """Whether a body is one of the province itself: not of a district or commune, not a local school."""
    read = read_name(body, province)
    return read.head != read.name and bool(read.units) and all(u.level == "province" for u in read.units)


def _period(symbol: Symbol, issued_on: date) -> int:
    """The year or term in which no number comes twice; 0 where the year is part of the number."""
    if symbol.year is not None:
        return 0
    return bisect_right(_CONGRESSES, issued_on) if symbol.organ == "TW" else issued_on.year
