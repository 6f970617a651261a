"""The times of a recurring task: an RRULE of RFC 5545 unrolled between two days, never without end."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from pipeline.timelines.axis import Days, month_end, plus_months

_DAY_OF_MONTH = r"-?([1-9]|[12]\d|3[01])"
_WEEKDAY = r"(-?[1-5])?(MO|TU|WE|TH|FR|SA|SU)"
_MONTH = r"([1-9]|1[0-2])"
_VALUES: Mapping[str, re.Pattern[str]] = {
    "FREQ": re.compile("DAILY|WEEKLY|MONTHLY|YEARLY"),
    "INTERVAL": re.compile(r"[1-9]\d?"),
    "BYMONTH": re.compile(rf"{_MONTH}(,{_MONTH})*"),
    "BYMONTHDAY": re.compile(rf"{_DAY_OF_MONTH}(,{_DAY_OF_MONTH})*"),
    "BYDAY": re.compile(rf"{_WEEKDAY}(,{_WEEKDAY})*"),
}
# What narrows each pace. More would be right too, but a rule that never holds (every day that is a 31st of
# February) is then sought day by day until the year 9999.
_NARROWED: Mapping[str, frozenset[str]] = {
    "DAILY": frozenset(),
    "WEEKLY": frozenset({"BYDAY"}),
    "MONTHLY": frozenset({"BYMONTHDAY", "BYDAY"}),
    "YEARLY": frozenset({"BYMONTH", "BYMONTHDAY"}),
}


@lru_cache(maxsize=1024)
def times_of(rule: str, first: date, last: date) -> tuple[Days, ...]:
    """When a recurring task comes between two days: a day, or a span where the rule names no day.

    `FREQ=MONTHLY;INTERVAL=3` is once in each quarter of the calendar, so it gives quarters. A rule of which
    no day can be told (a part that is not known, a step of nought) gives none.
    """
    from dateutil.rrule import rrulestr

    parts = _parts(rule)
    if not parts:
        return ()
    # Quarters and half-years begin with the year, whenever the plan does.
    january = datetime(first.year, 1, 1)
    found = rrulestr(rule, dtstart=january).between(january, datetime.combine(last, time()), inc=True)
    spans = ((each.date(), _end(each.date(), parts)) for each in found)
    return tuple((start, end) for start, end in spans if first <= middle(start, end) <= last)


def middle(start: date, end: date) -> date:
    """The day in the middle of a span."""
    return start + (end - start) // 2


def _parts(rule: str) -> dict[str, str]:
    """The parts of a rule; none at all where one is not known or twice there."""
    found = [part.partition("=") for part in rule.split(";")]
    parts = {name: value for name, _, value in found}
    known = all(name in _VALUES and _VALUES[name].fullmatch(value) for name, value in parts.items())
    if not known or len(parts) != len(found) or "FREQ" not in parts:
        return {}
    return parts if set(parts) - {"FREQ", "INTERVAL"} <= _NARROWED[parts["FREQ"]] else {}


def _end(day: date, parts: dict[str, str]) -> date:
    """The last day of the span in which a time falls: that day where the rule names days."""
    pace, step = parts["FREQ"], int(parts.get("INTERVAL", "1"))
    if pace == "DAILY" or "BYDAY" in parts or "BYMONTHDAY" in parts:
        return day
    if pace == "WEEKLY":
        return day + timedelta(days=7 * step - 1)
    months = step if pace == "MONTHLY" else 1 if "BYMONTH" in parts else 12 * step
    return month_end(plus_months(day, months - 1))
