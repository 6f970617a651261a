"""Full dates, day month and year, as Vietnamese documents print them; the day always comes first.

Own patterns instead of dateparser: over a page they take microseconds where dateparser's search
takes tens of milliseconds and a large import, they give the span, and they never fill in or turn
round what is printed (12/13/2022 is no date here).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from extractors.vietnamese.folding import fold

FIRST_YEAR, LAST_YEAR = 1900, 2100

_FULL_DATE = re.compile(
    r"""
    (?<![\d/])
    (?: ng[àaáả]y \s{0,3} )?                                     # ngày, also glued: ngày25
    (?:
        (?P<d1> \d{1,2} ) \s{0,3} / \s{0,3} (?P<m1> \d{1,2} ) \s{0,3} / \s{0,3} (?P<y1> \d{4} )
      | (?P<d2> \d{1,2} ) (?P<mark> [.-] ) (?P<m2> \d{1,2} ) (?P=mark) (?P<y2> \d{4} )
      | (?P<d3> \d{1,2} ) \s{0,3} [,/]? \s{0,3} th[áaảàăâ]ng \s{0,3} (?P<m3> \d{1,2} )
        \s{0,3} (?: [,/]? \s{0,3} n[ăãa]m \s{0,3} | [/-] \s{0,3} ) (?P<y3> \d{4} )
      | (?P<d4> \d{1,2} ) \s{0,3} / \s{0,3} (?P<m4> \d{1,2} )
        \s{0,3} ,? \s{0,3} n[ăãa]m \s{0,3} (?P<y4> \d{4} )
    )
    (?! \d | / \d )
    """,
    re.VERBOSE,
)
_EDGES = " .,;:()"


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A full date in a text; `value` is None where the calendar has no such day (31/02/2024)."""

    start: int
    end: int
    value: date | None


def calendar_day(day: int, month: int, year: int) -> date | None:
    """The day, or None where there is none or the year is out of question."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


@lru_cache(maxsize=1024)
def find_dates(text: str) -> tuple[FoundDate, ...]:
    """All full dates of the text with their spans, `ngày` included where it is printed."""
    folded = fold(text)
    found: list[FoundDate] = []
    for match in _FULL_DATE.finditer(folded.text):
        start, end = folded.span(*match.span())
        found.append(FoundDate(start, end, _value(match)))
    return tuple(found)


def read_date(text: str) -> date | None:
    """The date that the text is, apart from blanks and marks at its ends; None for anything else."""
    match = _FULL_DATE.fullmatch(fold(text).text.strip(_EDGES))
    return _value(match) if match else None


def _value(match: re.Match[str]) -> date | None:
    for form in "1234":
        if match[f"d{form}"]:
            return calendar_day(int(match[f"d{form}"]), int(match[f"m{form}"]), int(match[f"y{form}"]))
    return None
