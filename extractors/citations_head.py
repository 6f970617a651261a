"""The head of a citation: the kind, number, date and issuer that identify an instrument."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from extractors.citations_issuer import issuer_after
from extractors.citations_lexicon import aligned
from extractors.numbers import parse_symbol
from extractors.vietnamese.dates import FoundDate, find_dates

_U = "A-ZĐƠƯ"
# Letters of a symbol: UBND, TTg, CTr, SGD&ĐT, QH15; a word of the language (Sở) is none.
LETTERS = rf"[{_U}](?:[{_U}0-9&]|[ ]?&[ ]?(?=[{_U}])|[a-zđ]{{1,3}}(?![a-zđ])|\.(?=[{_U}]))*(?!\w)"
_DASH = r"\-‐-―−"
SYMBOL = re.compile(
    rf"""
    (?<![A-Za-z0-9_/.,{_DASH}]) (?: \d{{1,5}} (?:\.\d{{1,2}})? [a-zđA-Z]? )      # 503, 30c, 21.4
    (?: [ ]?/[ ]? (?:19|20)\d\d (?=[ ]?[/{_DASH}{_U}]) )?
    (?: [ ]?[/{_DASH}][ ]? | (?<=\d\d\d\d)(?=[{_U}]) | [ ](?=(?:NQ|QĐ|CT|KH|KL|HD|TB|CV)[/{_DASH}]) )
    (?: (?:QH|UBTVQH)[ ]?\d\d?(?!\w) | {LETTERS} )
    (?: (?: [ ]?[/{_DASH}] | [/{_DASH}][ ] | [._] | [ ][{_DASH}][ ](?=[{_U}]{{2}}) )
        (?: {LETTERS} | \d{{1,3}}(?![\w/]) ) )*
    (?: (?<=GD)[ ]&?[ ]?ĐT (?!\w) )?
    """,
    re.VERBOSE,
)
_TO_DATE = re.compile(r"[ ,*]*\(? *(?:(?:được |đã )?(?:ban hành|ký|ký ban hành|thông qua) +)?$")
_UP_TO_DATE = 30  # characters between a number and its date, apart from an issuer


@dataclass(frozen=True, slots=True)
class Head:
    """What identifies an instrument; `text[start:end]` holds it, with date and issuer where they follow.

    `law` is the name of a law cited by name; `shared` means that the kind is taken from the head before.
    """

    start: int
    end: int
    instrument: str
    number: str | None
    issued_on: date | None
    dated: bool  # a date is printed, if perhaps one that the calendar lacks
    issuer: str | None
    rule: str
    is_law: bool = False
    law: str | None = None
    amends: bool = False
    shared: bool = False


@dataclass(slots=True)
class Scan:
    """A text made ready: as printed with blanks as spaces, folded to the same length, its dates."""

    text: str
    folded: str
    dates: dict[int, FoundDate]  # by start

    @classmethod
    def of(cls, text: str) -> Scan:
        flat = re.sub(r"\s", " ", text)
        return cls(flat, aligned(flat), {d.start: d for d in find_dates(flat)})

    def date_after(self, at: int) -> FoundDate | None:
        """The date that follows `at` with nothing but a comma, a bracket or “ban hành” between."""
        for start in range(at, min(at + _UP_TO_DATE, len(self.text))):
            found = self.dates.get(start)
            if found is not None:
                return found if _TO_DATE.fullmatch(self.folded, at, start) else None
        return None


@dataclass(frozen=True, slots=True)
class Tail:
    end: int
    date: FoundDate | None
    issuer: str | None


# Passed over: “(khóa XI)”, “(sau đây gọi là …)”, “, kỳ họp thứ 12”, “của tỉnh”.
_ASIDE = re.compile(
    r" của (?:tỉnh|huyện|thành phố|thị xã|quận|xã|phường|trung ương|cấp trên|ngành)"
    r"(?=,? (?:về|v/v|quy định|phê duyệt|ban hành|triển khai|thực hiện)(?!\w)|[;,.]|$)|"
    r" ?\((?:khoá|viết tắt|gọi tắt|sau đây|gọi là|gồm|bản)[^()]{0,90}\)"
    r"|[ ,]+(?:tại )?(?:kỳ họp|khoá|nhiệm kỳ|phiên họp)[^;,.()“”]{0,60}?"
    r"(?=,? (?:về|v/v|quy định|thông qua|phê duyệt|ban hành|ngày)(?!\w)|[;,.]|$)"
)


def read_tail(scan: Scan, at: int, issuer: str | None = None, joint: bool = False) -> Tail:
    """Date and issuer after the number, in either order, brackets between them passed over."""
    found: FoundDate | None = None
    for _ in range(4):
        if found is None and (found := scan.date_after(at)) is not None:
            at = found.end + (1 if scan.text[found.end : found.end + 1] == ")" else 0)
            continue
        if issuer is None and (after := issuer_after(scan.text, scan.folded, at, joint)) is not None:
            issuer, at = after
            continue
        aside = _ASIDE.match(scan.folded, at)
        if aside is None:
            break
        at = aside.end()
    return Tail(at, found, issuer)


def tidy(printed: str) -> str:
    """A number in the dataset's form: blanks dropped, one kind of dash, at least two digits."""
    bare = re.sub(r"[‐-―−]", "-", re.sub(r"\s+", "", printed)).strip(".,;:")
    symbol = parse_symbol(bare)
    return symbol.number if symbol is not None and symbol.number is not None else bare
