"""The time of a table's row: one cell, a beginning and an end in two, or marks under months and quarters."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from extractors import plan
from extractors.context import PlanContext
from extractors.schedule import read_heading_time, read_time
from extractors.task_columns import Columns

_MARK = re.compile(r"[xX×✓✔√●•▪■+v]|\uf0fc|\uf0d6")
_CALENDAR_WORD = re.compile(r"(?:qu[ýí]|tháng|tuần|năm)\s+(?:[IVX]+|\d+)\b.*$", re.IGNORECASE | re.DOTALL)

_UNIT = re.compile(
    r"(?P<unit>(?P<month>tháng)|qu[ýí])(?:\s*/?\s*(?:thực hiện|năm(?:\s+\d{4})?|\d{4}))?$", re.IGNORECASE
)
_BARE_NUMBERS = re.compile(r"0?\d{1,2}(?:\s*(?:[-–,+&]|và)\s*0?\d{1,2}){0,5}")

TextOf = Callable[[int], str]  # the text of the row's cell in a column


def row_time(
    context: PlanContext, columns: Columns, text_of: TextOf, above: Sequence[str]
) -> plan.Time | None:
    """The time that a row's own cells print, None where they print none."""
    for reader in (_marked, _begun_and_ended, _single):
        time = reader(context, columns, text_of, above)
        if time is not None:
            return time
    return None


def _single(
    context: PlanContext, columns: Columns, text_of: TextOf, above: Sequence[str]
) -> plan.Time | None:
    for role in ("time", "strict_deadline", "deadline", "start"):
        for col in columns.having(role):
            text = text_of(col)
            if text and not _MARK.fullmatch(text):
                is_deadline = role in {"strict_deadline", "deadline"}
                is_strict = role == "strict_deadline"
                heading = columns.headings[col]
                times = context.times(heading, *above, deadline=is_deadline, strict=is_strict)
                return read_time(_with_unit(text, heading), times).model_copy(update={"text": text})
    return None


def _with_unit(text: str, heading: str) -> str:
    """`9` in the column “Tháng” is Tháng 9."""
    unit = _UNIT.match(heading)
    numbers = _BARE_NUMBERS.fullmatch(text)
    if unit is None or numbers is None:
        return text
    most = 12 if unit["month"] else 4
    known = all(1 <= int(number) <= most for number in re.findall(r"\d+", text))
    return f"{unit['unit']} {text}" if known else text


def _begun_and_ended(
    context: PlanContext, columns: Columns, text_of: TextOf, above: Sequence[str]
) -> plan.Time | None:
    """Columns “Bắt đầu” and “Kết thúc”: the first day of the one to the last day of the other."""
    starts, ends = columns.having("start"), columns.having("deadline", "strict_deadline")
    if not starts or not ends or not text_of(starts[0]) or not text_of(ends[0]):
        return None
    first = read_time(text_of(starts[0]), context.times(columns.headings[starts[0]], *above))
    last = read_time(text_of(ends[0]), context.times(columns.headings[ends[0]], *above))
    start, end = first.start_on or first.end_on, last.end_on
    if start is None or end is None or end < start:
        return None
    text = f"{first.text} - {last.text}"
    return plan.Time(text=text, kind="interval", start_on=start, end_on=end)


def _marked(
    context: PlanContext, columns: Columns, text_of: TextOf, above: Sequence[str]
) -> plan.Time | None:
    """An “x” under “Quý I”, “Tháng 3”: the columns' headings are the times."""
    times: list[plan.Time] = []
    for col, heading in enumerate(columns.headings):
        if columns.roles[col] in {"time", "extra"} and _MARK.fullmatch(text_of(col)):
            named = _CALENDAR_WORD.search(heading)
            time = read_heading_time(named.group(), context.times(heading, *above)) if named else None
            if time is not None and time.start_on is not None and time.end_on is not None:
                times.append(time)
    if not times:
        return None
    starts, ends = [t.start_on for t in times if t.start_on], [t.end_on for t in times if t.end_on]
    spans = tuple(plan.Interval(start=t.start_on, end=t.end_on) for t in times)
    return plan.Time(
        text=", ".join(t.text for t in times if t.text),
        kind="interval",
        start_on=min(starts),
        end_on=max(ends),
        dates=spans if len(spans) > 1 else (),
    )
