"""The identities of a plan: whatever its copies (plan_id), whatever its year (series_key).

Both are readable keys, parts joined by `|`, and both are None where the document does not tell
enough: a key that two plans could share by accident would merge them.
"""

from __future__ import annotations

import re

from extractors.plan import Header
from extractors.vietnamese.letters import key, plain, search_key, squeeze

_YEAR = r"(?:19|20)\d\d"
# Folded text, letters without accents. What makes this year's plan another than last year's.
_YEARS = re.compile(
    rf"""
    \b (?: tu \s+ | den \s+ | (?:va\s+)? dinh \s+ huong \s+ (?:den\s+)? | tam \s+ nhin \s+ (?:den\s+)? )*
    (?: (?:ngay \s+)? \d{{1,2}} \s* [/.-] \s* \d{{1,2}} \s* [/.-] \s* {_YEAR}   # ngày 19/5/2024
      | (?: nam \s+ (?:hoc|tai \s+ chinh|ngan \s+ sach) | nam | nien \s+ khoa | giai \s+ doan | nhiem \s+ ky
            | thoi \s+ ky | khoa )? \s*
        [(]? {_YEAR} (?: \s* (?:[-/,]|den|va) \s* (?:nam\s+)? {_YEAR} )* [)]?     # năm học 2023-2024
    ) (?!\d)
    """,
    re.VERBOSE,
)
_ORDINALS = re.compile(
    r"""
    \b (?: (?:lan|khoa|ky|nhiem \s+ ky|dai \s+ hoi) \s+ )? thu \s+ (?:[ivxlc]+|\d+|nhat|hai|ba|tu|nam) \b
  | \b (?:lan|khoa|nhiem \s+ ky) \s+ (?:[ivxlc]+|\d+) \b
  | (?<=\bky\sniem\s) (?:lan \s+ thu \s+)? \d+ \s+ nam \b                          # kỷ niệm 70 năm ngày …
    """,
    re.VERBOSE,
)


def plan_id(header: Header) -> str | None:
    """Issuer key, year, type and number; where the number is blank, the folded title in its place.

    None where issuer or year is unknown, or where neither number nor title is.
    """
    year = header.issued_year or header.plan_year
    if not header.issuer_key or year is None:
        return None
    name = key(header.number) if header.number else search_key(header.title or "")
    return f"{header.issuer_key}|{year}|{header.doc_type or ''}|{name}" if name else None


def series_key(header: Header) -> str | None:
    """Issuer key and title without years and ordinals: the same plan of another year has the same key."""
    if not header.issuer_key or not header.title:
        return None
    title = timeless(header.title)
    return f"{header.issuer_key}|{title}" if title else None


def timeless(title: str) -> str:
    """A title folded, without the words that tell one year from the next.

    `Công tác thi đua, khen thưởng năm 2024` gives `cong tac thi dua khen thuong`. Quarters and months
    stay: a plan of the first quarter is another than one of the second.
    """
    folded = squeeze(plain(title))
    return search_key(_ORDINALS.sub(" ", _YEARS.sub(" ", folded)))
