"""From units to days: years and months that the text leaves open come from their neighbours or the plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from extractors.schedule_scan import Expression
from extractors.schedule_units import Days, Unit, unit_days

_SCHOOL_START = 9  # September; months before it fall in the second year
_LONGEST = 15  # years; a longer range of days is an anniversary or a misreading
_MONTH = 31  # days, at most, of a plan of one month


@dataclass(frozen=True, slots=True)
class TimeContext:
    """What a time hangs on besides its own words.

    year             of the nearest group row, heading or title, else of issue
    issued_on        day of issue; `từ nay` begins there
    period           first and last day that the plan covers, for `thường xuyên`
    deadline_column  the column is headed hoàn thành, thời hạn: every time in it is a deadline
    strict_column    the column is headed hoàn thành trước
    school_year      the plan is of a school year that begins in `year`
    """

    year: int | None
    issued_on: date | None = None
    period: tuple[date | None, date | None] = (None, None)
    deadline_column: bool = False
    strict_column: bool = False
    school_year: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days of one time; both None where the year is unknown."""

    start: date | None
    end: date | None
    is_deadline: bool = False
    is_strict: bool = False


def resolve_all(expressions: Sequence[Expression], context: TimeContext) -> tuple[Stretch, ...] | None:
    """The days of all expressions in order; None where one of them is no day of the calendar."""
    years = {unit.year for e in expressions for unit in e.units if unit.year is not None}
    # One year printed in a cell holds for its other times too.
    inner = replace(context, year=years.pop(), school_year=False) if len(years) == 1 else context
    stretches: list[Stretch] = []
    last: Unit | None = None
    for expression in expressions:
        units = _with_years(_with_months(expression.units, last, context), inner, context)
        found = _stretches(expression, units, inner)
        if found is None:
            return None
        if expression.in_brackets and stretches:
            # the days of a numbered week are a guess, those in brackets are not
            stretches = found if last is not None and last.grain == "week" else _refined(stretches, found)
        else:
            stretches.extend(found)
        last = units[-1]
    return tuple(stretches)


def plan_month(context: TimeContext) -> date | None:
    """First day of the month that the plan is for, where it is a plan of one month."""
    start, end = context.period
    if start is None or end is None or start.day != 1 or (end - start).days >= _MONTH:
        return None
    return start


def _with_months(units: Sequence[Unit], last: Unit | None, context: TimeContext) -> list[Unit]:
    """Days without a month take the next day's month (8-9/5), else the one before, else the plan's."""
    filled = list(units)
    for i in range(len(filled) - 2, -1, -1):
        if (
            filled[i].grain in ("day", "week")
            and not filled[i].month
            and filled[i + 1].grain == filled[i].grain
        ):
            filled[i] = replace(filled[i], month=filled[i + 1].month)
    for i, unit in enumerate(filled):
        if unit.month or unit.grain not in ("day", "week", "month"):
            continue
        before = filled[i - 1] if i else last
        month = plan_month(context)
        if before is not None and before.month and unit.grain == "day":
            filled[i] = replace(unit, month=before.month, year=unit.year or before.year)
        elif month is not None:
            filled[i] = replace(unit, month=month.month, year=unit.year or month.year)
    return filled


def _with_years(units: Sequence[Unit], inner: TimeContext, context: TimeContext) -> list[Unit]:
    """Units without a year take it from the right (15/10 - 20/10/2018), then the left, then the plan."""
    filled = [_shifted(unit, context) for unit in units]
    for i in range(len(filled) - 2, -1, -1):
        year = filled[i + 1].year
        if filled[i].year is None and year is not None and filled[i].grain != "today":
            filled[i] = replace(filled[i], year=year - 1 if _descends(filled[i], filled[i + 1]) else year)
    for i, unit in enumerate(filled):
        if unit.year is not None:
            continue
        before = filled[i - 1] if i else None
        if before is None or before.year is None or inner.school_year:
            filled[i] = replace(unit, year=_plan_year(unit, inner))
        else:
            filled[i] = replace(unit, year=before.year + 1 if _descends(before, unit) else before.year)
    return filled


def _shifted(unit: Unit, context: TimeContext) -> Unit:
    """`năm sau` and `năm trước` count from the plan's year."""
    if not unit.year_shift or context.year is None:
        return unit
    return replace(unit, year=context.year + unit.year_shift, year_shift=0)


def _descends(first: Unit, second: Unit) -> bool:
    """Does the second come before the first within a year: tháng 12, 01?"""
    return first.order is not None and second.order is not None and second.order < first.order


def _plan_year(unit: Unit, context: TimeContext) -> int | None:
    year = (
        context.year if context.year is not None else (context.issued_on.year if context.issued_on else None)
    )
    if year is None or not context.school_year or unit.order is None:
        return year
    month = unit.order // 100
    # Work of August before the school year begins stands in plans issued by then.
    issued = context.issued_on
    early = issued is not None and issued.year == year and issued.month <= month < _SCHOOL_START
    return year if month >= _SCHOOL_START or early else year + 1


def _stretches(expression: Expression, units: list[Unit], context: TimeContext) -> list[Stretch] | None:
    """The expression's ranges and single units as days."""
    if any(_is_undated(unit) for unit in units):
        return [_governed(expression, None, units[-1])]
    result: list[Stretch] = []
    for first, last in _groups(units, expression.joins):
        days = _group_days(first, last, context)
        if days is None:
            return None
        if first.grain == "today" and context.issued_on is None:
            result.append(Stretch(None, days[1] if last.grain != "today" else None))
        else:
            result.append(_governed(expression, days, last))
    return result


def _is_undated(unit: Unit) -> bool:
    return (
        unit.year is None
        and unit.grain != "today"
        and (unit.month > 0 or unit.grain not in ("day", "week", "month"))
    )


def _groups(units: Sequence[Unit], joins: Sequence[str]) -> list[tuple[Unit, Unit]]:
    """First and last unit of each range; a unit that no range joins is both."""
    groups: list[tuple[Unit, Unit]] = []
    for i, unit in enumerate(units):
        if i and joins[i - 1] == "range":
            groups[-1] = (groups[-1][0], unit)
        else:
            groups.append((unit, unit))
    return groups


def _group_days(first: Unit, last: Unit, context: TimeContext) -> Days | None:
    end = _days(last, context)
    begin = end if first.grain == "today" and context.issued_on is None else _days(first, context)
    if begin is None or end is None or begin[0] > end[1]:
        return None
    if "day" in (first.grain, last.grain) and end[1].year - begin[0].year > _LONGEST:
        return None
    return begin[0], end[1]


def _days(unit: Unit, context: TimeContext) -> Days | None:
    if unit.grain == "today":
        day = context.issued_on or date.min
        return day, day
    own = (
        context.period
        if unit.grain == "school_year" and unit.part == "whole" and context.school_year
        else (None, None)
    )
    if own[0] is not None and own[1] is not None and own[0].year == unit.year:
        return own[0], own[1]
    return unit_days(unit, unit.year)


def _governed(expression: Expression, days: Days | None, last: Unit) -> Stretch:
    """The days under trước, chậm nhất, sau, từ. “Trước tháng 6” ends on the day before, itself included."""
    deadline = expression.mode in ("before", "by")
    if days is None:
        return Stretch(None, None, deadline, expression.mode == "before" and last.grain == "day")
    start, end = days
    if expression.mode == "after":
        return Stretch(end + timedelta(days=1), None)
    if expression.mode == "by":
        return Stretch(None, end, True)
    if expression.mode == "before":
        is_day = last.grain == "day"
        return Stretch(None, end if is_day else start - timedelta(days=1), True, is_day)
    return Stretch(start, None if expression.is_open else end)


def _refined(stretches: list[Stretch], found: list[Stretch]) -> list[Stretch]:
    """`Tháng 3 (05/3 - 10/3)`: what stands in brackets says the time before it more closely."""
    last, inner = stretches[-1], found[0]
    if last.start is None or last.end is None or inner.end is None:
        return [*stretches, *found]
    if last.start <= (inner.start or inner.end) and inner.end <= last.end:
        return [*stretches[:-1], *found]
    return [*stretches, *found]
