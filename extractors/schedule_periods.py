"""The year and period that a title or heading names (năm 2024, năm học 2025 - 2026, giai đoạn 2021-2025)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Literal

from extractors.schedule_masks import (
    HIDDEN,
    without_anniversaries,
    without_citations,
    without_law_years,
    without_outlook,
    without_quotes,
)
from extractors.schedule_resolve import TimeContext, resolve_all
from extractors.schedule_scan import Expression, scan
from extractors.schedule_units import Grain, Unit, unit_days
from extractors.vietnamese.dates import find_dates
from extractors.vietnamese.folding import fold
from extractors.vietnamese.letters import nfc, squeeze

PeriodKind = Literal["year", "years", "school_year", "part_of_year", "days", "horizon"]

_PARTS_OF_YEAR: frozenset[Grain] = frozenset({"month", "quarter", "months", "week"})
_SCHOOL_TERM = re.compile(r"học\s+k[ỳì]|(?<!\w)hk\s?(?:i{1,2}|[12])(?!\w)")
_TERM = re.compile(
    r"(?:đại\s+hội|bầu\s+cử|đại\s+biểu|hđnd|hội\s+đồng\s+nhân\s+dân|ban\s+chấp\s+hành|quốc\s+hội|kh[oó]á?)(?!\w)"
    r"[^;]{0,80}?(?P<term>nhiệm\s+k[ỳì]\s+(?:19|20)\d\d\s*-\s*(?:19|20)\d\d)"
)
_REPORT = re.compile(
    r"(?:tổng\s+kết|sơ\s+kết|kết\s+quả|đánh\s+giá|thành\s+tích|quyết\s+toán)(?!\w)[^;]{0,60}$"
)
_AHEAD = re.compile(r"triển\s+khai|nhiệm\s+vụ|phương\s+hướng|kế\s+hoạch|phát\s+động|ký\s+kết|giao\s+ước")
_NUMBER_OF = re.compile(r"\s*(?![-–(]|năm|và|đến|tại|trên|của|cho|theo|ở|do|gắn|với|về|trong)[^\W\d_]")
_LONGEST_DAYS = 400
_LONGEST_TITLE = 1000


@dataclass(frozen=True, slots=True)
class Period:
    """What a title says of time: the plan's year and first and last day, None where it does not say.

    A horizon (đến năm 2030) has an end and no year.
    """

    plan_year: int | None
    start: date | None
    end: date | None
    kind: PeriodKind


@lru_cache(maxsize=2048)
def named_period(title: str) -> Period | None:
    """The period that a title or heading names; dates and years of cited instruments do not count.

    Of years that differ, one that follows tổng kết, kết quả … is of the report before; where two still
    differ, None.
    """
    folded = fold(squeeze(nfc(title[:_LONGEST_TITLE]))).text
    text = _title_text(folded)
    found = [e for e in scan(text).expressions if e.mode != "before" and not _counts_things(text, e)]
    units = [unit for e in found if e.mode == "plain" for unit in e.units]
    return (
        _part_of_year(found, units)
        or _school_year(text, units)
        or _single_year(text, found)
        or _span_of_years(units)
        or _days(folded)
        or _horizon(found)
    )


def _title_text(folded: str) -> str:
    """The title without cited numbers, full dates, outlooks, terms of office and years of laws."""
    cited = without_citations(folded)
    # The words in quotes after a citation are the instrument's title.
    text = without_quotes(cited) if cited != without_anniversaries(folded) else cited
    for found in find_dates(text):
        text = text[: found.start] + HIDDEN * (found.end - found.start) + text[found.end :]
    return without_law_years(_TERM.sub(_hide_term, without_outlook(text)))


def _hide_term(match: re.Match[str]) -> str:
    start = match.start("term") - match.start()
    return match.group()[:start] + HIDDEN * (len(match.group()) - start)


def _counts_things(text: str, expression: Expression) -> bool:
    """`2000 cây xanh` is no year."""
    bare = text[expression.start : expression.end]
    return bare.isdecimal() and _NUMBER_OF.match(text, expression.end) is not None


def _part_of_year(found: Sequence[Expression], units: Sequence[Unit]) -> Period | None:
    """`tháng 4/2021`, `quý I năm 2020`, `6 tháng cuối năm 2022`, `tháng 10 năm học 2025-2026`."""
    own = [e for e in found if e.mode == "plain" and e.units[0].grain in _PARTS_OF_YEAR]
    school = next((u.year for u in units if u.grain == "school_year" and u.year), None)
    years = {u.year for u in units if u.year is not None and u.grain != "years"}
    if not own or (not own[0].units[0].month and own[0].units[0].grain in ("month", "week")):
        return None
    year = school or (years.pop() if len(years) == 1 else own[0].units[-1].year)
    if year is None:
        return None
    stretches = resolve_all(own[:1], TimeContext(year=year, school_year=school is not None))
    if not stretches or stretches[0].start is None:
        return None
    return Period(school or stretches[0].start.year, stretches[0].start, stretches[-1].end, "part_of_year")


def _school_year(text: str, units: Sequence[Unit]) -> Period | None:
    """A school year; of a term (học kỳ) the days are not known."""
    school = next((u for u in units if u.grain == "school_year" and u.year), None)
    if school is None:
        return None
    if _SCHOOL_TERM.search(text):
        return Period(school.year, None, None, "school_year")
    days = unit_days(replace(school, part="whole"), school.year)
    return Period(school.year, *days, "school_year") if days else None


def _single_year(text: str, found: Sequence[Expression]) -> Period | None:
    """One year, or years that follow each other in one expression."""
    named = [
        e for e in found if e.mode == "plain" and e.units[0].grain in ("year", "day") and e.units[-1].year
    ]
    if len({e.units[-1].year for e in named}) > 1:
        ahead = [e for e in named if not _is_reported(text, e)]
        named = ahead or named
    years = sorted({u.year for e in named for u in e.units if u.year})
    is_row = bool(named) and (
        "range" in named[0].joins or years == list(range(years[0], years[0] + len(years)))
    )
    if not years or (len(years) > 1 and (len(named) > 1 or not is_row)):
        return None
    days = unit_days(Unit("years", last_year=years[-1]), years[0])
    if days is None:
        return None
    is_open = any(e.is_open for e in named)
    return Period(years[0], days[0], None if is_open else days[1], "year" if len(years) == 1 else "years")


def _is_reported(text: str, expression: Expression) -> bool:
    """Is the year one that is looked back on: `tổng kết năm 2023, nhiệm vụ năm 2024`?"""
    match = _REPORT.search(text, max(0, expression.start - 100), expression.start)
    return match is not None and _AHEAD.search(match.group()) is None


def _span_of_years(units: Sequence[Unit]) -> Period | None:
    spans = {(u.year, u.last_year) for u in units if u.grain == "years"}
    if len(spans) != 1:
        return None
    first, last = spans.pop()
    days = unit_days(Unit("years", last_year=last), first)
    return Period(first, *days, "years") if days else None


def _days(folded: str) -> Period | None:
    """`Tuần 28 (từ 29/3/2021 đến 03/4/2021)`: a range of full dates."""
    for e in scan(without_citations(folded)).expressions:
        if (
            e.mode != "plain"
            or "range" not in e.joins
            or any(u.grain != "day" for u in e.units)
            or not e.units[-1].year
        ):
            continue
        stretches = resolve_all([e], TimeContext(year=None))
        if stretches and stretches[0].start and stretches[0].end:
            start, end = stretches[0].start, stretches[0].end
            return Period(start.year, start, end, "days") if (end - start).days <= _LONGEST_DAYS else None
    return None


def _horizon(found: Sequence[Expression]) -> Period | None:
    """`đến năm 2030` says how far the plan looks, not its year."""
    for e in found:
        if e.mode == "by" and e.units[0].grain == "year" and e.units[0].year:
            days = unit_days(e.units[0], e.units[0].year)
            return Period(None, None, days[1], "horizon") if days else None
    return None
