"""Units of calendar time that plans name (day, week, month, quarter, year …) and their days."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from extractors.vietnamese.dates import FIRST_YEAR, LAST_YEAR, calendar_day

Grain = Literal["day", "days", "week", "month", "months", "quarter", "year", "years", "school_year", "today"]
Part = Literal["whole", "early", "middle", "late", "first_half", "last_half"]
Days = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as printed: what the text leaves open is None (year) or 0 (month).

    day          day and month
    days         the first (`early`) or last `day` days of the month
    week         week number `day` of the month, -1 the last one
    months       the first or last `number` months of the year (6 tháng đầu năm)
    quarter      quarter `number`
    years        `year` to `last_year` (giai đoạn); school_year begins in `year`
    today        the day of issue (từ nay)
    """

    grain: Grain
    year: int | None = None
    month: int = 0
    day: int = 0
    number: int = 0
    last_year: int | None = None
    part: Part = "whole"
    year_shift: int = 0

    @property
    def order(self) -> int | None:
        """Place in the year, to see whether a later unit comes before an earlier one; None if unknown."""
        if self.grain in ("day", "days", "week", "month"):
            return self.month * 100 + (self.day if self.grain == "day" else 0) if self.month else None
        return (self.number * 3 - 2) * 100 if self.grain == "quarter" else None


def unit_days(unit: Unit, year: int | None) -> Days | None:
    """First and last day of the unit in `year`; None where the calendar has none."""
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    match unit.grain:
        case "day":
            day = calendar_day(unit.day, unit.month, year)
            return (day, day) if day else None
        case "month" | "days" | "week":
            return _in_month(unit, year)
        case "quarter":
            return _in_quarter(unit, year)
        case "months":
            return _months_of_year(unit, year)
        case "year":
            return _in_year(unit.part, year)
        case "years":
            last = unit.last_year
            return (date(year, 1, 1), date(last, 12, 31)) if last and year <= last <= LAST_YEAR else None
        case "school_year":
            return _in_school_year(unit.part, year)
    return None


def month_days(year: int, month: int, last_month: int | None = None) -> Days:
    """First day of the month and last day of it, or of `last_month` of the same year."""
    last = last_month or month
    return date(year, month, 1), date(year, last, calendar.monthrange(year, last)[1])


def _in_month(unit: Unit, year: int) -> Days | None:
    if not 1 <= unit.month <= 12:
        return None
    first, last = month_days(year, unit.month)
    if unit.grain == "week":
        return _week(first, last, unit.day)
    if unit.grain == "days":
        span = timedelta(days=unit.day - 1)
        return (
            ((first, first + span) if unit.part == "early" else (last - span, last))
            if 0 < unit.day < 29
            else None
        )
    begin, end = _MONTH_PARTS[unit.part]
    return first.replace(day=begin), first.replace(day=end) if end else last


_MONTH_PARTS: dict[Part, tuple[int, int]] = {
    "whole": (1, 0),
    "early": (1, 10),
    "middle": (11, 20),
    "late": (21, 0),
    "first_half": (1, 15),
    "last_half": (16, 0),
}


def _week(first: date, last: date, number: int) -> Days | None:
    """Days 1–7 are week 1; approximate, as plans mean it."""
    if number == -1:
        return last - timedelta(days=6), last
    if not 1 <= number <= 5:
        return None
    begin = first + timedelta(days=7 * (number - 1))
    return (begin, min(begin + timedelta(days=6), last)) if begin <= last else None


def _in_quarter(unit: Unit, year: int) -> Days | None:
    if not 1 <= unit.number <= 4:
        return None
    first = unit.number * 3 - 2
    months: dict[Part, int] = {"early": first, "middle": first + 1, "late": first + 2}
    if unit.part == "whole":
        return month_days(year, first, first + 2)
    return month_days(year, months[unit.part]) if unit.part in months else None


def _months_of_year(unit: Unit, year: int) -> Days | None:
    if not 1 <= unit.number <= 12:
        return None
    return (
        month_days(year, 1, unit.number) if unit.part == "early" else month_days(year, 13 - unit.number, 12)
    )


def _in_year(part: Part, year: int) -> Days:
    return month_days(year, *_YEAR_PARTS[part])


_YEAR_PARTS: dict[Part, tuple[int, int]] = {
    "whole": (1, 12),
    "early": (1, 3),
    "middle": (6, 7),
    "late": (10, 12),
    "first_half": (1, 6),
    "last_half": (7, 12),
}


def _in_school_year(part: Part, year: int) -> Days | None:
    """September to May; its beginning is September, its end May."""
    if year >= LAST_YEAR:
        return None
    if part == "early":
        return month_days(year, 9)
    if part == "late":
        return month_days(year + 1, 5)
    return (date(year, 9, 1), date(year + 1, 5, 31)) if part == "whole" else None
