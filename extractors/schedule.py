"""Time words of plans (tháng 3, quý II, trước ngày 10/02, thường xuyên …) to dates.

Kinds are those of the dataset's column time_kind. What cannot be decided is of kind `none` with its
text kept; a time whose year is unknown has its kind and no dates.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from extractors.plan import Interval, Time, TimeKind
from extractors.schedule_deadlines import find_deadline_span
from extractors.schedule_lexer import has_clock
from extractors.schedule_masks import of_cell, with_quarters_settled
from extractors.schedule_periods import Period, named_period
from extractors.schedule_recurrence import Recurrence, read_recurrence
from extractors.schedule_resolve import Stretch, TimeContext, resolve_all
from extractors.schedule_rules import pattern_of
from extractors.schedule_scan import Expression, Scan, scan
from extractors.vietnamese.folding import fold
from extractors.vietnamese.letters import nfc, squeeze
from extractors.vietnamese.numerals import quarter_value, roman_value

__all__ = [
    "Period",
    "TimeContext",
    "find_deadline",
    "is_time_like",
    "named_period",
    "read_heading_time",
    "read_time",
]

_LONGEST_CELL = 600  # characters; a longer text is no time
_LONGEST_HEADING = 160
_DURATION = re.compile(
    r"(?<![\d/.])(?:1/2|\d{1,3}|một|hai|ba|nửa)\s*(?:\([^()]{1,20}\)\s*)?"
    r"(?:(?:ngày|tuần|tháng|năm|quý|giờ|phút|buổi|tiết)(?:\s*làm(?:\s*việc)?)?|\(ngày\s+làm\s+việc\))(?!\w)(?!\s*thứ)"
)
_NUMBERING = re.compile(
    r"""
    \s* (?: [-*+•●▪○✓] \s* )?
    (?:
        (?:
            \(? (?: [ivxl]{1,6} | \d{1,3}(?:\.\d{1,2}){0,3} | [a-zđ] ) (?: \s?[.)/](?!\d) | \s?-\s )
          | \d{1,2}(?:\.\d{1,2}){1,3} (?=\s+\D)
          | \(\d{1,2}\)
          | [-*+•●▪○✓]
        )
        \s*
    )?
    """,
    re.VERBOSE,
)
_GOES_ON = re.compile(
    r"(?:và|sau\s+đó|duy\s+trì|tiếp\s+tục|;|,)(?:\s+(?:duy\s+trì|thực\s+hiện|tiếp\s+tục))?\s*$"
)
# A range from a quarter to the same quarter is a misprint or misread: which end is wrong nobody knows.
_SAME_ENDS = re.compile(r"(?<!\w)qu[ýí]\s([ivxl\d]{1,4})\s?(?:-|đến)\s?(?:qu[ýí]\s)?\1(?![\w/])")
# A range whose end lost its numeral: `Quý II - Quý`.
_NO_END = re.compile(r"(?<!\w)(?:qu[ýí]|tháng)\s[ivxl\d]{1,4}\s?(?:-|đến)\s?(?:qu[ýí]|tháng)\s*$")
# A quarter or month whose numeral is blank or not readable: the year after it is not the time.
_NO_NUMERAL = re.compile(
    r"(?<!\w)(?<!các\s)(?<!mỗi\s)(?<!từng\s)(?<![\dm]\s)"
    r"(?:qu[ýí](?:\s(?:[.…_]+|(?P<numeral>[hijltvnuyx1!|\[\]]{1,5})))?|tháng\s(?:[.…_]+|năm|(?P<letter>[a-zđ])))"
    r"\s(?:của\s)?năm\s(?:19|20)\d\d(?!\d)"
)
_DECORATION = " .:;-*_=~\t"


def read_time(text: str, context: TimeContext) -> Time:
    """The time that a cell or a label's value says; `text` is kept as printed, spaces squeezed."""
    printed = squeeze(nfc(text))
    if not printed:
        return Time()
    if len(printed) > _LONGEST_CELL:
        return Time(text=printed)
    return _read(printed, of_cell(fold(printed).text), context)


def read_heading_time(text: str, context: TimeContext) -> Time | None:
    """The time that a heading, group row or cell is (`1. Quý I:`); None where it says more than a time."""
    printed = squeeze(nfc(text))
    if not printed or len(printed) > _LONGEST_HEADING:
        return None
    numbering = _NUMBERING.match(fold(printed).text)
    core = printed[numbering.end() if numbering else 0 :].strip(_DECORATION)
    folded = of_cell(fold(core).text)
    found = scan(folded)
    if _says_more(folded, found):
        return None
    time = _read(core, folded, context)
    return time if _is_heading_time(time, found) else None


def is_time_like(text: str) -> bool:
    """Does a table's cell look like a time, whatever its column is headed?"""
    printed = squeeze(nfc(text))
    if not printed or len(printed) > _LONGEST_HEADING:
        return False
    folded = of_cell(fold(printed).text)
    time = _read(printed, folded, TimeContext(year=2000))
    unknown = len(scan(folded).unknown)
    if time.kind == "duration":
        return unknown <= 8
    if time.kind == "none":
        return has_clock(folded) and unknown <= 2
    if time.kind == "conditional":
        trigger = pattern_of("conditional").search(folded)
        return trigger is not None and trigger.start() <= len("thời gian ") and unknown <= 15
    return unknown <= max(3, len(folded.split()) // 2) and not _begins_otherwise(folded)


def _begins_otherwise(folded: str) -> bool:
    """Do other words lead up to the time: `Công tác tháng 3`?"""
    first = next(iter(scan(folded).expressions), None)
    return first is not None and not first.strong and bool(scan(folded[: first.start]).unknown)


def find_deadline(text: str, context: TimeContext) -> tuple[Time, int, int] | None:
    """A task's own deadline or time in running text, with its span in `text`; None where it names none.

    Dates of cited instruments, periods of reports, years in names and anniversaries are not taken.
    """
    folded = fold(text)
    span = find_deadline_span(folded.text, context.year)
    if span is None:
        return None
    start, end = folded.span(*span)
    time = _read(squeeze(nfc(text[start:end])), squeeze(folded.text[span[0] : span[1]]), context)
    return (time, start, end) if time.kind not in ("none", "conditional", "ongoing") else None


def _read(printed: str, folded: str, context: TimeContext) -> Time:
    """The time of squeezed text; `folded` is its folded form with citations hidden."""
    if _SAME_ENDS.search(folded) or _NO_END.search(folded):
        return Time(text=printed)
    found = scan(folded)
    trigger = pattern_of("conditional").search(folded)
    expressions = [e for e in found.expressions if not _is_governed(folded, trigger, e)]
    recurrence = _own(folded, trigger, read_recurrence(folded, expressions))
    ongoing = pattern_of("ongoing").search(folded)
    if ongoing is not None and not (
        trigger and trigger.start() < ongoing.start() and "theo" in trigger.group()
    ):
        goes_on = _GOES_ON.search(folded, 0, ongoing.start()) is not None
        return _ongoing(printed, expressions, recurrence, goes_on, context)
    if recurrence is not None:
        return Time(text=printed, kind="recurring", recurrence=recurrence.rule)
    if expressions:
        return Time(text=printed) if _lacks_numeral(folded) else _calendar(printed, expressions, context)
    return _without_calendar(printed, folded, found, trigger, context)


def _lacks_numeral(folded: str) -> bool:
    found = _NO_NUMERAL.search(with_quarters_settled(folded))
    if found is None:
        return False
    return (
        quarter_value(found["numeral"] or "") is None and roman_value((found["letter"] or "").upper()) is None
    )


def _without_calendar(
    printed: str, folded: str, found: Scan, trigger: re.Match[str] | None, context: TimeContext
) -> Time:
    """A length of time, a condition, or hours of the one day that the plan is for."""
    if _DURATION.search(folded):
        return Time(text=printed, kind="duration")
    if trigger is not None:
        return Time(text=printed, kind="conditional")
    start, end = context.period
    if start is not None and start == end and has_clock(folded) and len(found.unknown) <= 2:
        return Time(text=printed, kind="interval", start_on=start, end_on=end)
    return Time(text=printed)


def _is_governed(folded: str, trigger: re.Match[str] | None, expression: Expression) -> bool:
    """Does a condition before it take the time in: `Theo Kế hoạch năm 2024 của Sở`?"""
    if trigger is None or trigger.start() >= expression.start or trigger.end() > expression.end:
        return False
    between = folded[trigger.end() : expression.start]
    if expression.strong or pattern_of("turn").search(between):
        return False
    return not (re.search(r"[;(]|\.\s", between) or between.rstrip().endswith((",", ":", "-")))


def _own(folded: str, trigger: re.Match[str] | None, recurrence: Recurrence | None) -> Recurrence | None:
    """None for a recurrence within a condition: `Theo Kế hoạch hằng năm của Sở`."""
    if recurrence is None or trigger is None or trigger.start() >= recurrence.start:
        return recurrence
    between = folded[trigger.end() : recurrence.start]
    # `theo định kỳ` is a recurrence itself; `sau khi …, định kỳ` turns to one
    return recurrence if not between.strip() or re.search(r"[,;(]", between) else None


def _ongoing(
    printed: str,
    expressions: Sequence[Expression],
    recurrence: Recurrence | None,
    goes_on: bool,
    context: TimeContext,
) -> Time:
    """Thường xuyên: the days that the text itself names, else the plan's period.

    `goes_on`: a time comes first and the task goes on after it (trong tháng 3 và thường xuyên).
    """
    start, end = context.period
    # A deadline beside `thường xuyên` is of a report, unless it says how long: `đến hết năm 2025`.
    own = [] if recurrence else [e for e in expressions if not e.strong]
    named = _calendar(printed, own, replace(context, deadline_column=False)) if own else Time()
    if named.start_on is not None or named.end_on is not None:
        start, end = (start if named.kind == "deadline" else named.start_on), named.end_on or end
        if goes_on and context.period[1] is not None and end is not None:
            end = max(end, context.period[1])
    return Time(
        text=printed,
        kind="ongoing",
        start_on=start,
        end_on=end,
        recurrence=recurrence.rule if recurrence else None,
    )


def _calendar(printed: str, expressions: Sequence[Expression], context: TimeContext) -> Time:
    """Interval or deadline from the days of all expressions; none where a day does not exist."""
    stretches = resolve_all(expressions, context)
    if not stretches:
        return Time(text=printed)
    if context.deadline_column:
        stretches = _joined(stretches)
        stretches = tuple(_as_deadline(one, context.strict_column) for one in stretches)
    deadlines = [one for one in stretches if one.is_deadline]
    if len(deadlines) == len(stretches):
        return _deadline(printed, deadlines)
    return _interval(printed, stretches)


def _joined(stretches: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """Plain stretches that touch as one (quý I, II); all others as they are."""
    plain = [(one.start, one.end) for one in stretches if not one.is_deadline and one.start is not None]
    others = [one for one in stretches if one.is_deadline or one.start is None]
    return (*(Stretch(start, end) for start, end in _merged(plain)), *others)


def _as_deadline(stretch: Stretch, is_strict: bool) -> Stretch:
    if stretch.end is None and stretch.start is not None:
        return stretch
    return Stretch(None, stretch.end, True, stretch.is_strict or is_strict)


def _deadline(printed: str, deadlines: Sequence[Stretch]) -> Time:
    ends = [one.end for one in deadlines if one.end is not None]
    last = max(ends, default=None)
    strict = any(one.is_strict for one in deadlines if one.end == last)
    several = tuple(Interval(start=None, end=end) for end in dict.fromkeys(ends))
    return Time(
        text=printed,
        kind="deadline",
        end_on=last if len(ends) == len(deadlines) else None,
        end_strict=strict,
        dates=several if len(several) > 1 else (),
    )


def _interval(printed: str, stretches: Sequence[Stretch]) -> Time:
    """Stretches of plain time, with deadlines among them as their ends."""
    plain = [one for one in stretches if not one.is_deadline]
    limits = [one.end for one in stretches if one.is_deadline and one.end is not None]
    if any(one.start is None and one.end is None for one in plain):
        return Time(text=printed, kind="interval")
    merged = _merged([(one.start, one.end) for one in plain])
    starts = [start for start, _ in merged]
    ends = [end for _, end in merged]
    start = None if None in starts else min(s for s in starts if s is not None)
    if limits and merged[-1][1] is None:
        end: date | None = max(limits)
        merged = [*merged[:-1], (merged[-1][0], end)]
    else:
        end = None if None in ends else max(e for e in [*ends, *limits] if e is not None)
    if start is not None and end is not None and end < start:
        return Time(text=printed)
    dates = tuple(Interval(start=s, end=e) for s, e in merged) if len(merged) > 1 else ()
    kind: TimeKind = "interval"
    return Time(text=printed, kind=kind, start_on=start, end_on=end, dates=dates)


def _merged(days: Sequence[tuple[date | None, date | None]]) -> list[tuple[date | None, date | None]]:
    """Stretches in order, those that touch or overlap as one."""
    merged: list[tuple[date | None, date | None]] = []
    for start, end in sorted(days, key=lambda one: one[0] or date.min):
        if merged:
            before = merged[-1]
            touches = before[1] is None or start is None or start <= before[1] + timedelta(days=1)
            if touches:
                last = None if before[1] is None or end is None else max(before[1], end)
                merged[-1] = (before[0], last)
                continue
        merged.append((start, end))
    return merged


def _says_more(folded: str, found: Scan) -> bool:
    """Has the heading words that belong to no time?"""
    if not found.unknown:
        return False
    again = read_recurrence(folded)
    if again is None:
        return True
    return bool(scan(folded[: again.start] + folded[again.end :]).unknown)


def _is_heading_time(time: Time, found: Scan) -> bool:
    """A heading's time has days or comes again; a condition or a length is no heading."""
    if time.kind in ("interval", "deadline"):
        return bool(found.expressions)
    return time.kind in ("ongoing", "recurring")
