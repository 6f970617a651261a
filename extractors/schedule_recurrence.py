"""Times that come again (hằng tháng, định kỳ 6 tháng, ngày 05 hằng tháng) as RFC 5545 rules."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.schedule_rules import pattern_of
from extractors.schedule_scan import Expression
from extractors.schedule_units import Unit
from extractors.vietnamese.numerals import word_value

_UNIT = r"ngày|tuần|tháng|qu[ýí]|năm"
_EACH_WORD = r"h[ằàăa]ng|mỗi|từng"
_AMOUNT = r"(?:(?P<n>\d{1,2}|hai|ba|sáu)\s*)?"
_MORE = (
    rf"(?P<more>(?:\s*(?:,|;|và|hoặc|/|-)\s*(?:định\s+k[ỳì]\s+)?(?:(?:{_EACH_WORD})\s+)?"
    rf"(?:\d{{1,2}}\s*)?(?:{_UNIT})(?!\s*\d|\w)){{0,5}})"
)
_EACH = re.compile(rf"(?<!\w)(?:{_EACH_WORD})\s+(?:một\s+)?{_AMOUNT}(?P<unit>{_UNIT})(?!\w){_MORE}")
_PERIODIC = re.compile(
    r"(?<!\w)(?:định\s+k[ỳì]|theo)\s+(?:(?:báo\s+cáo|thực\s+hiện|vào|là|theo)\s+)?"
    rf"(?:(?:{_EACH_WORD})\s+)?{_AMOUNT}(?P<unit>{_UNIT})"
    rf"(?!\w|\s*\d|\s+(?:i{{1,3}}|iv)(?!\w)){_MORE}"
)
_PER = re.compile(
    rf"(?<!\w)(?P<n>\d{{1,2}}|một|hai|ba|sáu)?\s*(?P<unit>{_UNIT})\s*(?:/|một|0?1)\s*(?:một|0?1)?\s*lần(?P<more>)"
)
_TIMES = re.compile(
    rf"(?<!\w)(?P<times>\d{{1,2}}|một|hai|ba)\s*(?:lần|kỳ|đợt|buổi|cuộc)\s*(?:/|mỗi|một|trong)\s*(?P<n>\d{{1,2}}\s*)?(?P<unit>{_UNIT})(?!\w)(?P<more>)"
)
_TIMES_IN = re.compile(
    rf"(?<!\w)(?:(?:{_EACH_WORD})\s+)?{_AMOUNT}(?P<unit>{_UNIT})\s+(?P<times>0?[2-9]|hai|ba|bốn)\s*lần(?!\w)(?P<more>)"
)
_PERIOD_MONTH = re.compile(r"tháng\s+cuối\s+(?:của\s+)?k[ỳì]|tháng\s+cuối\s+cùng\s+của\s+k[ỳì]")
_ALL_OF = re.compile(r"(?<!\w)các\s+(?P<unit>tuần|tháng|qu[ýí])\s+trong\s+(?:năm|quý|tháng)(?P<n>)(?P<more>)")
_LIST_ITEM = rf"(?:báo\s+cáo\s+)?(?:\d{{1,2}}\s*)?(?:{_UNIT})"
_BARE_LIST = re.compile(rf"\s*{_LIST_ITEM}(?:\s*(?:,|;|và|hoặc|/|-)\s*{_LIST_ITEM}){{1,5}}\s*\.?\s*")
_PIECE = re.compile(rf"(?P<n>\d{{1,2}})?\s*(?P<unit>{_UNIT})(?!\w)")
_QUARTER_MONTH = re.compile(
    rf"tháng\s+(?P<which>đầu|thứ\s+hai|giữa|cuối)(?:\s+cùng)?\s+(?:của\s+)?(?:(?:{_EACH_WORD})\s+)?qu[ýí](?!\s*[ivl\d])"
)
_OF_MONTH = re.compile(
    rf"ngày\s*\d{{1,2}}(?:\s*(?:,|và|-)\s*(?:ngày\s*)?\d{{1,2}}){{0,4}}\s+(?:của\s+)?(?:(?:{_EACH_WORD})\s+)?tháng(?!\s*\d)(?!\w)(?!\s+(?:sau|tới|này))"
)
_LAST_DAY = re.compile(rf"ngày\s+cuối(?:\s+cùng)?\s+(?:của\s+)?(?:(?:{_EACH_WORD})\s+)?tháng(?!\s*\d)")
_WEEKDAY = re.compile(
    r"(?<!\w)(?:thứ\s*(?P<day>hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])|(?P<sunday>chủ\s+nh[ậự]t))(?!\w)"
)
_WEEKDAYS = {"hai": "MO", "2": "MO", "ba": "TU", "3": "TU", "tư": "WE", "4": "WE", "năm": "TH", "5": "TH",
             "sáu": "FR", "6": "FR", "bảy": "SA", "bẩy": "SA", "7": "SA"}  # fmt: skip
_DAY_RANGE = re.compile(r"\d\s*(?:-|đến|tới)\s*(?:ngày\s*)?\d")
_WEEK = re.compile(r"tuần\s+(?:thứ\s+)?(?P<week>đầu|nhất|hai|ba|tư|cuối|[1-4])(?!\w)")
_WEEKS = {
    "đầu": "1",
    "nhất": "1",
    "hai": "2",
    "ba": "3",
    "tư": "4",
    "cuối": "-1",
    "1": "1",
    "2": "2",
    "3": "3",
    "4": "4",
}
_DAYS_OF = {"ngày": 1, "tuần": 7, "tháng": 30, "quý": 91, "năm": 365}
_FREQUENCY = {
    "ngày": ("DAILY", 1),
    "tuần": ("WEEKLY", 1),
    "tháng": ("MONTHLY", 1),
    "quý": ("MONTHLY", 3),
    "năm": ("YEARLY", 1),
}
_QUARTER_MONTHS = {"đầu": "1,4,7,10", "thứ hai": "2,5,8,11", "giữa": "2,5,8,11", "cuối": "3,6,9,12"}


@dataclass(frozen=True, slots=True)
class Recurrence:
    """Where the words of a recurring time stand in folded text, and its rule if it can be told."""

    start: int
    end: int
    rule: str | None


@dataclass(frozen=True, slots=True)
class _Step:
    """Every `count` units; `count` 0 where the text does not say (2 lần/năm)."""

    unit: str
    count: int = 1

    @property
    def days(self) -> int:
        return _DAYS_OF[self.unit] * self.count


def read_recurrence(folded: str, expressions: Sequence[Expression] = ()) -> Recurrence | None:
    """The recurring time of folded text; `expressions` are its days and months (15/11 hằng năm)."""
    found = _first(folded)
    if found is None:
        return None
    match, steps = found
    units = [unit for e in expressions if e.mode != "after" for unit in e.units]
    if _PERIOD_MONTH.search(folded):
        return Recurrence(match.start(), match.end(), None)
    quarter = _QUARTER_MONTH.search(folded)
    if quarter is not None:
        return Recurrence(
            min(match.start(), quarter.start()), max(match.end(), quarter.end()), _in_quarter(quarter, units)
        )
    if not steps or "hoặc" in match.group() or any(step.count == 0 for step in steps):
        return Recurrence(match.start(), match.end(), None)
    step = min(steps, key=lambda one: one.days)
    return Recurrence(match.start(), match.end(), _rule(step, units, folded))


def _first(folded: str) -> tuple[re.Match[str], list[_Step]] | None:
    """The first words that say a time comes again, and its steps."""
    whole = _BARE_LIST.fullmatch(folded)
    if whole is not None:
        return whole, _steps(whole.group())
    found: list[tuple[re.Match[str], list[_Step]]] = []
    for pattern in (_TIMES_IN, _EACH, _PERIODIC, _PER, _TIMES, _ALL_OF):
        match = pattern.search(folded)
        if match is not None:
            found.append((match, _match_steps(match)))
    for pattern in (_QUARTER_MONTH, _OF_MONTH, _LAST_DAY):
        match = pattern.search(folded)
        if match is not None:
            found.append((match, [_Step("tháng")]))
    if not found:
        match = pattern_of("recurring").search(folded)
        return (match, []) if match is not None else None
    return min(found, key=lambda one: one[0].start())


def _match_steps(match: re.Match[str]) -> list[_Step]:
    groups = match.groupdict()
    times = groups.get("times")
    count = _number(groups.get("n"))
    if times is not None and _number(times) != 1:
        count = 0
    return [_Step(_name(match["unit"]), count), *_steps(match["more"])]


def _steps(text: str) -> list[_Step]:
    return [_Step(_name(m["unit"]), _number(m["n"])) for m in _PIECE.finditer(text)]


def _name(unit: str) -> str:
    return "quý" if unit == "quí" else unit


def _number(text: str | None) -> int:
    """The number of a step, 1 where none is printed."""
    text = (text or "").strip()
    return int(text) if text.isdecimal() else (word_value(text) or 1)


def _rule(step: _Step, units: Sequence[Unit], folded: str) -> str:
    frequency, interval = _FREQUENCY[step.unit]
    interval *= step.count
    parts = [f"FREQ={frequency}"] if interval == 1 else [f"FREQ={frequency}", f"INTERVAL={interval}"]
    if frequency == "YEARLY" and interval == 1:
        parts += _by_month(units)
    elif frequency == "MONTHLY" and interval == 1:
        parts += _by_day(units, folded)
    elif frequency == "WEEKLY":
        parts += _by_weekday(folded)
    return ";".join(parts)


def _by_month(units: Sequence[Unit]) -> list[str]:
    """BYMONTH and BYMONTHDAY; several days only where they are the same in each month."""
    months: set[int] = set()
    days: set[int] = set()
    for unit in units:
        if unit.grain == "quarter" and unit.part == "whole":
            months.update(range(unit.number * 3 - 2, unit.number * 3 + 1))
        elif unit.month and unit.year is None:
            months.add(unit.month)
            days.add(unit.day if unit.grain == "day" else 0)
    if not months or not all(1 <= month <= 12 for month in months):
        return []
    by_month = f"BYMONTH={','.join(map(str, sorted(months)))}"
    if len(days) == 1 and 1 <= min(days) <= 31:
        return [by_month, f"BYMONTHDAY={days.pop()}"]
    return [by_month] if days <= {0} else []


def _by_day(units: Sequence[Unit], folded: str) -> list[str]:
    days = sorted(
        {unit.day for unit in units if unit.grain == "day" and not unit.month and 1 <= unit.day <= 31}
    )
    if len(days) == 2 and _DAY_RANGE.search(folded):
        days = list(range(days[0], days[1] + 1))
    if days:
        return [f"BYMONTHDAY={','.join(map(str, days))}"]
    week = _WEEK.search(folded)
    weekdays = _weekdays(folded)
    if week is not None and len(weekdays) == 1:
        return [f"BYDAY={_WEEKS[week['week']]}{weekdays[0]}"]
    return ["BYMONTHDAY=-1"] if _LAST_DAY.search(folded) else []


def _by_weekday(folded: str) -> list[str]:
    days = _weekdays(folded)
    return [f"BYDAY={','.join(days)}"] if days else []


def _weekdays(folded: str) -> list[str]:
    days = ["SU" if m["sunday"] else _WEEKDAYS[m["day"]] for m in _WEEKDAY.finditer(folded)]
    return list(dict.fromkeys(days))


def _in_quarter(match: re.Match[str], units: Sequence[Unit]) -> str:
    """`ngày 20 tháng cuối quý`: the same day in four months of the year."""
    which = " ".join(match["which"].split())
    days = _by_day(units, "")
    return ";".join([f"FREQ=YEARLY;BYMONTH={_QUARTER_MONTHS[which]}", *days])
