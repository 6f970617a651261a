"""The months of a timeline: which they are, and where a day lies among them.

All months are equally wide, so that a place is a number of months from the first day of the first one.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date

from extractors.plan import Model

YEAR = 12  # months
_LONGEST = 72  # months: a plan of five years and what sticks out of it
_BEYOND = 6  # months by which tasks may widen the period of the plans
_FAR = 10  # years between a plan's year and its period: one of them is misread

Days = tuple[date, date]
"""A first and a last day, both included."""


class Axis(Model):
    """Whole months, from the first day of one to the last day of another."""

    first: date
    months: int

    @property
    def last(self) -> date:
        return month_end(self.month(self.months - 1))

    @property
    def step(self) -> int:
        """Months that a column takes: one, a quarter or a year, as many as there is room for."""
        return 1 if self.months <= 18 else 3 if self.months <= 36 else YEAR

    def month(self, index: int) -> date:
        """The first day of a month of the axis, counted from 0."""
        return plus_months(self.first, index)

    def place(self, day: date) -> float:
        """Months from the axis's beginning to the beginning of a day."""
        days = monthrange(day.year, day.month)[1]
        return _number(day) - _number(self.first) + (day.day - 1) / days

    def place_after(self, day: date) -> float:
        """Months from the axis's beginning to the end of a day."""
        days = monthrange(day.year, day.month)[1]
        return self.place(day) + 1 / days

    def holds(self, start: date, end: date) -> bool:
        """Whether any day of an interval is on the axis."""
        return start <= self.last and end >= self.first


def axis_of(year: int, periods: Iterable[Days], times: Iterable[Days]) -> Axis:
    """The months for plans of a year: January to December, unless a period or a task leaves the year.

    Then it begins with the first month of the period (September in a school year) and has twelve months at
    least. Times widen it by half a year at most: a day further off is more likely misread or misprinted.
    """
    calendar = (_number_of(year, 1), _number_of(year, YEAR))
    spans = [_months(*each) for each in periods if each[0] <= each[1] and abs(each[0].year - year) < _FAR]
    base = _hull(spans)
    if base is None or base[1] - base[0] >= _LONGEST:
        base = calendar
    low, high = base[0] - _BEYOND, base[1] + _BEYOND
    near = [span for span in (_months(*each) for each in times) if low <= span[0] <= span[1] <= high]
    first, last = _hull([base, *near]) or base
    if calendar[0] <= first and last <= calendar[1]:
        first, last = calendar
    last = max(last, first + YEAR - 1)
    return Axis(first=_from_number(first), months=last - first + 1)


def _hull(spans: list[tuple[int, int]]) -> tuple[int, int] | None:
    return (min(span[0] for span in spans), max(span[1] for span in spans)) if spans else None


def _months(start: date, end: date) -> tuple[int, int]:
    return _number(start), _number(end)


def _number(day: date) -> int:
    return _number_of(day.year, day.month)


def _number_of(year: int, month: int) -> int:
    return year * YEAR + month - 1


def _from_number(number: int) -> date:
    return date(number // YEAR, number % YEAR + 1, 1)


def plus_months(day: date, months: int) -> date:
    """The first day of the month that comes so many months after a day's."""
    return _from_number(_number(day) + months)


def month_end(day: date) -> date:
    """The last day of a day's month."""
    return day.replace(day=monthrange(day.year, day.month)[1])
