"""Document numbers and symbols (số, ký hiệu): `503/KH-UBND`, `159-KH/TCT`, `30/2020/NĐ-CP`.

Grammar: NĐ 30/2020/NĐ-CP, Phụ lục I.II.3 (administrative), HD 36-HD/VPTW (Party). What is printed
otherwise is kept as it is, spaces dropped, and flagged as malformed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from extractors.doc_types import abbreviations, type_of_symbol
from extractors.vietnamese.bases import CAPITALS

Form = Literal["administrative", "party", "legal", "other"]

_DASHES = re.compile(r"[‐-―−]")
_SPACES = re.compile(r"\s+")
_GROUP = rf"[{CAPITALS}][\w&.]*(?:\(\w{{1,8}}\))?"  # begins with a capital: KH, TTra, SGD&ĐT, THPTCL2
_JOIN = r"[ \t]*[/‐-―−-][ \t]*"

# A number with its symbol, as a letterhead or a sentence prints it.
SYMBOL = re.compile(
    rf"""
    (?: (?P<no>[1-9]\d?\.\d{{3}}(?=[ ]?[/-])|\d{{1,5}}) [ ]? (?P<letter>[a-zđ](?![\w]))?
      | (?P<blank>(?<![\w/])[ .…_·]*) )
    (?: [ \t]* / [ \t]* (?P<year>(?:19|20)\d\d) (?=[ \t]*[/-]) )?
    (?P<sep>{_JOIN}|[ ](?={_GROUP}{_JOIN})|(?<=\d)(?=(?:KH|QĐ|CT|BC|TB|CTr|NQ)-))  # 12KH-UBND lost its slash
    (?P<notation>{_GROUP} (?:{_JOIN}{_GROUP})*)
    """,
    re.VERBOSE,
)
_COMPACT = re.compile(
    rf"""
    ^ (?P<no>\d{{1,5}})? (?P<letter>[a-zđ](?![\w]))? [.…_·]*
    (?:/(?P<year>(?:19|20)\d\d)(?=[/-]))? (?P<sep>[/-])? (?P<notation>[{CAPITALS}][\w&./()-]*)? $
    """,
    re.VERBOSE,
)
_THOUSANDS = re.compile(r"(?<=^\d)\.(?=\d{3}[/-])|(?<=^\d\d)\.(?=\d{3}[/-])")  # 1.285/KH-UBND
_ADMINISTRATIVE = re.compile(r"^(?P<type>[^\W\d_]+)-(?P<organ>[\w&.()]+(?:-[\w&.()]+)*)$")
_PARTY = re.compile(r"^(?P<type>[^\W\d_]+)/(?P<organ>[\w&.()]+(?:-[\w&.()]+)*)$")
_OF_ASSEMBLY = re.compile(r"^(?P<organ>QH|UBTVQH)(?:\d{1,2}|[IVX]+)$")
_LEAD = re.compile(r"^\s*(?:Số|SỐ|số)\s*[:.;]*\s*")


@dataclass(frozen=True, slots=True)
class Symbol:
    """A number and its symbol. `number` is None where the number is blank."""

    number: str | None
    number_no: int | None
    year: int | None
    type: str | None  # abbreviation as printed: KH, KHLT, NĐ
    organ: str | None  # UBND, TCT, SGDĐT-VP
    notation: str | None  # what stands after the number: KH-UBND, KH/TCT
    form: Form
    well_formed: bool

    @property
    def doc_type(self) -> str | None:
        """The type that the symbol names: KH for KH and KHLT."""
        return type_of_symbol(self.type) if self.type else None


@lru_cache(maxsize=4096)
def parse_symbol(text: str) -> Symbol | None:
    """Read a number with its symbol; `Số:` before it is skipped. None where there is neither.

    `503 /KH-UBND`, `Số: 0503/KH-UBND` and `503/ KH–UBND` all give `503/KH-UBND`; `9/KH-TTra` gives
    `09/KH-TTra`; `/KH-UBND` and `…/KH-UBND` give no number but the notation.
    """
    bare = _SPACES.sub("", _DASHES.sub("-", _LEAD.sub("", text))).strip(".,;:")
    found = _COMPACT.match(_THOUSANDS.sub("", bare, count=1))
    if not found or not (found["no"] or (found["sep"] and found["notation"])):
        return None
    notation = (found["notation"] or "").rstrip(".-/") or None
    form, type_, organ = _form(found["sep"], found["year"], notation)
    well_formed = form != "other" and found["sep"] is not None
    if found["no"] is None:
        return Symbol(None, None, _year(found["year"]), type_, organ, notation, form, well_formed)
    number_no = int(found["no"])
    number = f"{number_no:02d}{found['letter'] or ''}"
    number += f"/{found['year']}" if found["year"] else ""
    number += f"{found['sep'] or _usual_sep(notation)}{notation}" if notation else ""
    return Symbol(number, number_no, _year(found["year"]), type_, organ, notation, form, well_formed)


def normalise_number(text: str) -> str | None:
    """The number in its normal form: no spaces, one kind of dash, at least two digits; None where blank."""
    symbol = parse_symbol(text)
    return symbol.number if symbol else None


def _usual_sep(notation: str) -> str:
    """What stands before a notation where nothing is printed: `27 KH/HĐTN` is 27-KH/HĐTN, as unions write."""
    party = _PARTY.match(notation)
    return "-" if party is not None and party["type"] in abbreviations() else "/"


def _year(printed: str | None) -> int | None:
    return int(printed) if printed else None


def _form(sep: str | None, year: str | None, notation: str | None) -> tuple[Form, str | None, str | None]:
    """Form, type and organ of a notation; a letter (công văn, 05/BNV-VP) has no type."""
    if notation is None:
        return "other", None, None
    assembly = _OF_ASSEMBLY.match(notation)
    if year and sep == "/" and assembly:
        return "legal", None, assembly["organ"]
    for pattern, wanted, form in ((_ADMINISTRATIVE, "/", "administrative"), (_PARTY, "-", "party")):
        found = pattern.match(notation)
        if found and sep == wanted:
            return _typed(form, bool(year), found["type"], found["organ"])
    first = re.split(r"[/-]", notation)[0]
    type_ = first if first in abbreviations() else None
    organ = notation[len(first) + 1 :] or None if type_ else None
    return "other", type_, organ


def _typed(form: str, dated: bool, type_: str, organ: str) -> tuple[Form, str | None, str | None]:
    if type_ not in abbreviations():
        return ("administrative" if form == "administrative" else "party"), None, f"{type_}-{organ}"
    if form == "administrative":
        return ("legal" if dated else "administrative"), type_, organ
    return "party", type_, organ
