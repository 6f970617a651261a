"""Tokens of a time expression: dates and numbers in their printed forms, words, marks.

Times of the day are blanked out first: a plan's times are days.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

TokenKind = Literal[
    "date",
    "years",
    "month_year",
    "day_month",
    "short_month",
    "short_quarter",
    "year",
    "number",
    "word",
    "mark",
    "end",
]

_CLOCK = r"\d{1,2}(?:\s?(?:h|g|giờ)\s?(?:[0-5]\d(?!\d))?\s?(?:phút|p(?!\w)|['’′])?|:[0-5]\d)(?!\w)"
_CLOCKS = re.compile(rf"(?<![\d/])(?:từ\s+)?{_CLOCK}(?:\s*(?:-|đến|tới)\s*{_CLOCK})?")
_MIDNIGHT = re.compile(r"(?<=\d)[ t]00:00(?::00)?(?:\.0+)?")

_TOKEN = re.compile(
    r"""
      (?P<iso> (?<!\d) (?:19|20)\d\d - [01]\d - [0-3]\d (?!\d) )
    | (?P<slash> \d{1,2} \s{0,2} / \s{0,2} \d{1,2} \s{0,2} / \s{0,2} (?: \d{4} | \d{2} ) (?!\d) (?!/) )
    | (?P<dotted> \d{1,2} (?P<sep> [.-] ) \d{1,2} (?P=sep) (?:19|20)\d\d (?!\d) )
    | (?P<years> (?:19|20)\d\d \s{0,2} [-/] \s{0,2} (?:19|20)\d\d (?!\d) )
    | (?P<month_year> \d{1,2} \s{0,2} [/.-] \s{0,2} (?:19|20)\d\d (?!\d) (?! \s?/ ) )
    | (?P<day_month> \d{1,2} \s{0,2} / \s{0,2} \d{1,2} (?!\d) (?! \s?/\s?\d ) )
    | (?P<short_month> (?<!\w) t\.?(?:1[0-2]|0?[1-9]) (?!\d|\w) )
    | (?P<short_quarter> (?<!\w) q\.?\s?(?:iv|i{1,3}|0?[1-4]) (?!\w) )
    | (?P<quarter> (?: qu[ýíyiìỳịỵ] | qúy | qúi ) (?= [\s:]{0,3} [ivl\d]{1,4} (?!\w) ) )
    | (?P<month> th[áaảàãạăắâ]ng (?= [\s:]{0,3} \d ) )
    | (?P<misread> (?<= th[áaảàãạ]ng\s ) (?= \d?[oil] ) (?!ii) [\doil]{1,2} (?!\w) )
    | (?P<roman> (?<= th[áaảàãạ]ng\s ) (?: x | xi | xii | ix | iv | v | vi | vii | viii | iii ) (?!\w) )
    | (?P<day> ng[àaáả]y (?= \s{0,3} \d ) )
    | (?P<in_year> n[ăãa]m (?= \s{0,3} (?:19|20)\d\d (?!\d) ) )
    | (?P<year> (?<!\d) (?:19|20)\d\d (?!\d) )
    | (?P<number> \d+ )
    | (?P<word> [^\W\d_]+ )
    | (?P<mark> \S )
    """,
    re.VERBOSE,
)
_DIGITS = re.compile(r"\d+")
_CANONICAL = {"quarter": "quý", "month": "tháng", "day": "ngày", "in_year": "năm"}
_ROMAN_MONTHS = {
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
    "xi": 11,
    "xii": 12,
}
_ROMAN_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_MISREAD = str.maketrans("oil", "011")
_CENTURY = 2000  # 25/10/24 is of this century


@dataclass(frozen=True, slots=True)
class Token:
    """A token of folded text and its offsets; `numbers` are day, month, year or what it has of them."""

    kind: TokenKind
    text: str
    start: int
    end: int
    numbers: tuple[int, ...] = ()


def without_clock(folded: str) -> str:
    """The text with times of the day as blanks, offsets unchanged."""
    blanked = _MIDNIGHT.sub(lambda m: " " * len(m.group()), folded)
    return _CLOCKS.sub(_blank_clock, blanked)


def has_clock(folded: str) -> bool:
    """Does the text name a time of the day?"""
    return without_clock(folded) != folded


def tokenize(folded: str) -> list[Token]:
    """Tokens of the folded text, closed by one of kind `end`."""
    tokens = [_token(match) for match in _TOKEN.finditer(folded)]
    return [*tokens, Token("end", "", len(folded), len(folded))]


def _blank_clock(match: re.Match[str]) -> str:
    hour = int(re.search(r"\d+", match.group()).group())  # type: ignore[union-attr]
    return " " * len(match.group()) if hour < 24 else match.group()


def _token(match: re.Match[str]) -> Token:
    group = match.lastgroup or "mark"
    text, start, end = match.group(), match.start(), match.end()
    # int() also reads digits of other scripts; none of them is long enough to be refused.
    numbers = tuple(int(d[:9]) for d in _DIGITS.findall(text))
    match group:
        case "iso":
            return Token("date", text, start, end, numbers[::-1])
        case "slash" | "dotted" | "sep":
            return Token("date", text, start, end, _day_first(numbers, text))
        case "misread":
            return Token("number", text, start, end, (int(text.translate(_MISREAD)),))
        case "roman":
            return Token("number", text, start, end, (_ROMAN_MONTHS[text],))
        case "short_quarter":
            value = numbers[0] if numbers else _ROMAN_QUARTERS[text.lstrip("q. ")]
            return Token("short_quarter", text, start, end, (value,))
        case "quarter" | "month" | "day" | "in_year":
            return Token("word", _CANONICAL[group], start, end)
    return Token(group, text, start, end, numbers)  # type: ignore[arg-type]


def _day_first(numbers: tuple[int, ...], text: str) -> tuple[int, ...]:
    """Day, month, year; a spreadsheet's 6/30/2025 only where the numbers leave no choice."""
    first, second, year = numbers
    year = year if year > 99 else _CENTURY + year
    if second > 12 >= first and "/" in text:
        return second, first, year
    return first, second, year
