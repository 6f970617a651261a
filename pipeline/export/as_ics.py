"""Exports tasks as an iCalendar file (RFC 5545): deadlines, intervals, and what recurs in the plan's period.

Entries are all-day events, which every calendar shows (many know no to-dos). A deadline stands on the last
day that still meets it; an entry ends before its DTEND. One copy a plan. Tasks without a day (ongoing,
conditional, a duration) are left out and counted.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import __version__
from pipeline.export.contract import Written
from pipeline.export.source import Source
from pipeline.rows import Row, Value

if TYPE_CHECKING:
    from icalendar import Event

_DAY = dt.timedelta(days=1)
_SUMMARY = 120  # characters; all of the task stands in the description
_NO_STAMP = dt.date(
    1970, 1, 1
)  # where the day of issue is not known: the clock would make every export another
_CONTROL = re.compile(r"[^\S ]+|[\x00-\x1f\x7f\ufeff]+")  # a calendar's text has none but line feeds
_LABELS = {"lead": "Chủ trì", "implementing": "Thực hiện", "coordinating": "Phối hợp"}


@dataclass(frozen=True, slots=True)
class Span:
    """First and last day of an entry, and the rule by which it comes again."""

    first: dt.date
    last: dt.date
    rule: str | None = None


def write(source: Source, path: Path) -> Written:
    """Write an event for each day or interval of a task."""
    written, left = Written({"events": 0, "tasks": 0}), Counter[str]()
    head, tail = _calendar()
    with path.open("wb") as file:
        file.write(head)
        for document, rows in source.documents("tasks", "task_bodies"):
            if document["preferred_copy"] is False:
                continue
            for task in rows["tasks"]:
                bodies = [body for body in rows["task_bodies"] if body["task_id"] == task["task_id"]]
                events = [event.to_ical() for event in _events(document, task, bodies)]
                file.writelines(events)
                written.add("events", len(events))
                written.add("tasks", bool(events))
                left[str(task["time_kind"])] += not events
        file.write(tail)
    told = ", ".join(f"{count:,} {kind}" for kind, count in sorted(left.items()) if count)
    if told:
        written.notes.append(f"tasks without a day left out: {told}")
    return written


def _calendar() -> tuple[bytes, bytes]:
    """What stands before the events and after them."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", f"-//kehoach//kehoach {__version__}//VI")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Kế hoạch")
    end = b"END:VCALENDAR\r\n"
    return calendar.to_ical().removesuffix(end), end


def _events(document: Row, task: Row, bodies: Sequence[Row]) -> Iterator[Event]:
    from icalendar import Event, vRecur

    for i, span in enumerate(spans(document, task), 1):
        event = Event()
        event.add("uid", f"{task['task_id']}{f'/{i}' if i > 1 else ''}@kehoach")
        event.add("dtstamp", _midnight(document["issued_on"]))
        event.add("dtstart", span.first)
        event.add("dtend", span.last + _DAY)
        if span.rule is not None:
            event.add("rrule", vRecur.from_ical(span.rule))
        event.add("summary", _summary(str(task["content"] or task["time_text"] or task["task_id"])))
        event.add("description", _description(document, task, bodies))
        event.add("categories", [str(task["time_kind"])])
        event.add("transp", "TRANSPARENT")
        yield event


def _midnight(day: Value) -> dt.datetime:
    stamp = day if isinstance(day, dt.date) else _NO_STAMP
    return dt.datetime(stamp.year, stamp.month, stamp.day, tzinfo=dt.UTC)


# --- days -------------------------------------------------------------------------------------


def spans(document: Row, task: Row) -> list[Span]:
    """The days of a task; none where it has none, or they lie beyond the calendar."""
    kind, first, last = task["time_kind"], task["start_on"], task["end_on"]
    if kind == "recurring":
        return _recurring(document, task["recurrence"])
    if kind not in ("interval", "deadline"):
        return []
    if task["dates"]:
        found = [(each["start"], each["end"]) for each in task["dates"]]  # type: ignore[attr-defined]
    else:
        found = [(None if kind == "deadline" else first, last)]
    spans = [_span(start, end, strict=task["end_strict"] is True) for start, end in found]
    return [span for span in spans if span is not None]


def _span(first: dt.date | None, last: dt.date | None, *, strict: bool) -> Span | None:
    """“Before” a day ends on the day before it; where only one end is known, the entry is that day."""
    if last is not None and strict and last > dt.date.min:
        last -= _DAY
    first, last = first or last, last or first
    if first is None or last is None or last >= dt.date.max:
        return None
    return Span(min(first, last), last)


def _recurring(document: Row, rule: Value) -> list[Span]:
    """From the first time within the period of the plan until its end."""
    from dateutil.rrule import rrulestr

    first, last = _period(document)
    if first is None or last is None or not isinstance(rule, str):
        return []
    begin, end = (dt.datetime.combine(day, dt.time()) for day in (first, last))
    try:
        times = rrulestr(f"{rule};UNTIL={end:%Y%m%dT%H%M%S}", dtstart=begin)
    except ValueError:
        return []
    found = next(iter(times), None)
    return [Span(found.date(), found.date(), f"{rule};UNTIL={end:%Y%m%d}")] if found else []


def _period(document: Row) -> tuple[dt.date | None, dt.date | None]:
    first, last, year = document["period_start"], document["period_end"], document["plan_year"]
    if isinstance(first, dt.date) and isinstance(last, dt.date):
        return first, last
    if isinstance(year, int) and dt.MINYEAR <= year < dt.MAXYEAR:
        return dt.date(year, 1, 1), dt.date(year, 12, 31)
    return None, None


# --- text -------------------------------------------------------------------------------------


def _summary(content: str) -> str:
    text = _clean(content)
    return text if len(text) <= _SUMMARY else text[:_SUMMARY].rsplit(" ", 1)[0] + "…"


def _description(document: Row, task: Row, bodies: Sequence[Row]) -> str:
    section = " › ".join(map(str, task["section"] or ()))  # type: ignore[call-overload]
    plan = ", ".join(str(document[name]) for name in ("number", "issuer", "title") if document[name])
    lines: Mapping[str, Value] = {
        "": task["content"],
        **{
            label: "; ".join(str(b["body"] or b["text"]) for b in bodies if b["role"] == role)
            for role, label in _LABELS.items()
        },
        "Thời gian": task["time_text"],
        "Mục": section,
        "Kế hoạch": plan,
    }
    return "\n".join(f"{label}: {_clean(str(v))}".removeprefix(": ") for label, v in lines.items() if v)


def _clean(text: str) -> str:
    return _CONTROL.sub(" ", text).strip()
