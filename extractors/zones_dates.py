"""Date lines: `Lai Châu, ngày … tháng 5 năm 2024`, whatever of it is printed, and the place before it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.vietnamese.bases import bare
from extractors.vietnamese.letters import upper_share

_BLANK = r"[\s.…_·]{0,60}"
_DAY = r"\s?\d\s?\d?(?!\d)"  # a text layer may part the digits: `ngày 1 5 tháng 1 2`
_MONTH = r"\s{0,9}\d\s?\d?(?!\d)"
_YEAR = r"\s{0,9}(?:\d(?:\s?\d){3}(?!\d)|\d{2,5})"
_WHOLE_YEAR = r"\s{0,9}\d{4}(?!\d)"
DATE = re.compile(
    rf"""
    (?: ngay (?P<d>{_DAY}|{_BLANK}) [\s,]{{0,9}}
        thang (?P<m>{_MONTH}|{_BLANK}) [\s,]{{0,9}}nam (?P<y>{_YEAR}|{_BLANK})
      | ngay (?P<d2>\s{{0,9}}\d{{1,2}}(?!\d)|{_BLANK}) \s{{0,9}}[/.-]
        (?P<m2>\s?\d{{1,2}}(?!\d)|[\s._…]{{0,20}})
        \s{{0,9}}[/.-]\s{{0,9}} (?P<y2>\d{{4}})(?!\d)
      | (?<=,)\s{{0,9}} (?P<d3>\d{{1,2}}) \s?[/.-]\s? (?P<m3>\d{{1,2}}) \s?[/.-]\s? (?P<y3>\d{{4}})(?!\d)
        \s{{0,9}}$
      | (?<=,)\s{{0,9}} (?P<d6>\d{{1,2}}) \s{{1,9}}thang (?P<m6>{_MONTH}) \s{{0,9}}nam (?P<y6>{_WHOLE_YEAR})
      | ngay (?P<d5>[^\n]{{0,9}}?) [\s,]{{0,9}}thang (?P<m5>[^\n]{{0,7}}?) [\s,]{{0,9}}
        nam (?P<y5>{_WHOLE_YEAR})
      | thang (?P<m4>\s{{0,9}}\d{{1,2}}(?!\d)|{_BLANK}) \s{{0,9}}nam (?P<y4>{_WHOLE_YEAR})
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
# A name of a place, with or without its kind: `Sơn La`, `Thị xã Sơn Tây`, `TP.HCM`, `Đắk R'lấp`, `Phường 5`.
_NAME = r"""
    (?: (?: (?:thanh\s+pho|thi\s+xa|thi\s+tran|thu\s+do|dac\s+khu|tinh|huyen|quan|phuong|xa)\s+
          | T\.?\s?[PXT]\b\.?\s{0,2} | [HQPX]\.\s? ) (?=[A-Z\d]) | (?!\d) )
    (?-i: (?!S[oO]\b) [A-Z\d][\w'’]*\.? (?: [ -]+ [A-Z\d(][\w'’.)]* ){0,6} )
"""
_NO_PLACE = (
    r"(?-i:(?:Thu\s+(?:Hai|Ba|Tu|Nam|Sau|Bay)|Chu\s+[Nn]hat|Sang|Chieu|Toi)\b)"  # of a day's programme
)
_PLACE = re.compile(
    rf"""
    (?: ^ | (?<=\s{{2}}) | (?<=\t) ) [\s*_(]{{0,9}} (?!{_NO_PLACE})
    (?P<place> {_NAME} (?: \s{{0,3}},\s{{0,3}} {_NAME} ){{0,2}} )
    \s{{0,9}} (?P<end>[,.;:]?) \s{{0,9}} $
    """,
    re.VERBOSE | re.IGNORECASE,
)
_BODY = re.compile(r"(?:SỞ|UBND|PHÒNG|BAN|TRƯỜNG|HỘI|CỤC|TRUNG TÂM|BỆNH VIỆN)\b")
_LONGEST_IN_CAPITALS = 30  # characters; longer words in capitals are a body of the other column


@dataclass(frozen=True, slots=True)
class DateLine:
    """A date line: parts as printed (None where blank), and spans of the place and of the date."""

    day: str | None
    month: str | None
    year: str | None
    place: tuple[int, int] | None
    start: int
    end: int
    full: bool  # the line prints a day's place, not only month and year


def read_date_line(text: str) -> DateLine | None:
    """The date line that `text` holds, with the place before it where one is printed."""
    folded = bare(text)
    found = DATE.search(folded)
    if not found:
        return None
    before = _PLACE.search(folded, max(0, found.start() - 80), found.start())
    place = before.span("place") if before and _may_be_place(text, before) else None
    parts = [_part(found, name) for name in "dmy"]
    return DateLine(parts[0], parts[1], parts[2], place, found.start(), found.end(), found["y4"] is None)


def _may_be_place(text: str, found: re.Match[str]) -> bool:
    """Whether the words before the date are a place: words in capitals are only where a comma ends them."""
    words = text[slice(*found.span("place"))]
    if upper_share(words) < 1:
        return True
    return found["end"] == "," and len(words) <= _LONGEST_IN_CAPITALS and not _BODY.match(words)


def _part(found: re.Match[str], name: str) -> str | None:
    printed = next((v for k, v in found.groupdict().items() if k[0] == name and v is not None), None)
    said = "".join((printed or "").split())
    return said if said.isdigit() else None  # what a pen or a recogniser spoilt is no digit


def is_date_line(text: str) -> bool:
    """Whether the line is nothing but a date line: `Lai Châu, ngày … tháng 5 năm 2024`."""
    line = read_date_line(text.strip()) if len(text.strip()) <= 90 else None
    if line is None or re.search(r"\w", text.strip()[line.end :]):
        return False
    if ")" in text.strip()[line.end :] and "(" not in text:
        return False  # the end of a sentence in brackets that the printer wrapped
    before = text.strip()[: line.start].strip(" ,.;*_(")
    return not before or line.place is not None
