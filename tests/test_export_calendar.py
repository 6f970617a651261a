"""Exports as a calendar: read back by the parser of a library, days, recurrences, texts of all kinds."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar, Event

from pipeline.export import export
from pipeline.export.as_ics import Span, _events, spans
from pipeline.rows import Row
from pipeline.schema import TABLES
from tests.datasets import HOSTILE, document, task, write_dataset

A = "a" * 16
YEAR = {"period_start": None, "period_end": None, "plan_year": 2024}
NEXT = dt.timedelta(days=1)


def day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def whole(name: str, row: Row) -> Row:
    """A row with all columns of its table."""
    return dict.fromkeys(TABLES[name].names) | row


@pytest.mark.parametrize(
    ("kind", "start", "end", "strict", "first", "last"),
    [
        ("interval", "2024-03-01", "2024-03-31", False, "2024-03-01", "2024-03-31"),
        ("interval", "2024-03-01", "2024-03-01", False, "2024-03-01", "2024-03-01"),
        ("interval", "2024-02-21", None, None, "2024-02-21", "2024-02-21"),
        ("interval", "2024-02-21", "2024-03-01", True, "2024-02-21", "2024-02-29"),
        ("interval", "2024-02-21", "2024-02-21", True, "2024-02-20", "2024-02-20"),
        ("deadline", None, "2024-06-30", False, "2024-06-30", "2024-06-30"),
        ("deadline", None, "2024-02-10", True, "2024-02-09", "2024-02-09"),
        ("deadline", "2024-01-01", "2024-06-30", False, "2024-06-30", "2024-06-30"),
        ("deadline", None, None, False, None, None),
        ("ongoing", "2024-01-01", "2024-12-31", False, None, None),
        ("duration", None, None, None, None, None),
        ("interval", None, "9999-12-31", False, None, None),
        ("deadline", None, "0001-01-01", True, "0001-01-01", "0001-01-01"),
    ],
)
def test_the_days_of_a_task(
    kind: str, start: str | None, end: str | None, strict: bool | None, first: str | None, last: str | None
) -> None:
    row = task(A, time_kind=kind, start_on=day(start), end_on=day(end), end_strict=strict)
    found = spans(whole("documents", document(A)), whole("tasks", row))
    assert found == ([] if first is None else [Span(day(first), day(last))])  # type: ignore[arg-type]


def test_several_intervals_are_several_entries_with_ids_of_their_own() -> None:
    intervals = [{"start": day(f"2024-0{m}-01"), "end": day(f"2024-0{m}-05")} for m in (3, 6, 9)]
    row = whole("tasks", task(A, time_kind="interval", dates=intervals, start_on=day("2024-03-01")))
    events = list(_events(whole("documents", document(A)), row, []))
    assert [str(event["uid"]) for event in events] == [f"{A}-t0{n}@kehoach" for n in ("", "/2", "/3")]


@pytest.mark.parametrize(
    ("rule", "period", "times"),
    [
        ("FREQ=MONTHLY", YEAR, 12),
        ("FREQ=MONTHLY;INTERVAL=3", YEAR, 4),
        ("FREQ=MONTHLY;BYMONTHDAY=20", YEAR, 12),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", YEAR, 12),
        ("FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=15", YEAR, 4),
        ("FREQ=WEEKLY;BYDAY=MO", YEAR, 53),
        ("FREQ=YEARLY", {"period_start": day("2021-01-01"), "period_end": day("2025-12-31")}, 5),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", YEAR, 0),
        ("FREQ=MONTHLY", {"plan_year": None}, 0),
        ("FREQ=SOMETIMES", YEAR, 0),
        (None, YEAR, 0),
    ],
)
def test_what_recurs_begins_at_its_first_time_and_ends_with_the_period(
    rule: str | None, period: Row, times: int
) -> None:
    plan = whole("documents", document(A, **period))
    row = whole("tasks", task(A, time_kind="recurring", recurrence=rule))
    events = [Event.from_ical(event.to_ical()) for event in _events(plan, row, [])]
    assert len(events) == (1 if times else 0)
    for event in events:
        start = dt.datetime.combine(event.decoded("dtstart"), dt.time())
        found = list(rrulestr(event["rrule"].to_ical().decode(), dtstart=start))
        assert len(found) == times
        assert found[0] == start, "an entry stands on a day of its own rule"


def _read(path: Path) -> list[Any]:
    return list(Calendar.from_ical(path.read_bytes()).walk("VEVENT"))


def test_every_task_with_a_day_comes_back(tmp_path: Path) -> None:
    body = {
        "document_id": A,
        "task_id": f"{A}-t0",
        "seq": 0,
        "role": "lead",
        "text": "x",
        "body": "Sở Nội vụ",
    }
    rows = {
        "documents": [
            document(A, number="12/KH-UBND", issued_on=day("2024-01-05")),
            document("b" * 16, preferred_copy=False),
        ],
        "tasks": [
            task(A, 0, time_kind="deadline", end_on=day("2024-03-31"), content="Tổng kết", section=["II"]),
            task(A, 1, time_kind="ongoing"),
            task("b" * 16, 0, time_kind="deadline", end_on=day("2024-03-31")),
        ],
        "task_bodies": [body],
    }
    path = tmp_path / "tasks.ics"
    summary = export(write_dataset(tmp_path / "plans", rows), str(path))
    (event,) = _read(path)
    assert event.decoded("dtstart") == dt.date(2024, 3, 31)
    assert event.decoded("dtend") == dt.date(2024, 4, 1), "DTEND is not included"
    assert event["summary"] == "Tổng kết"
    assert str(event["description"]).split("\n") == [
        "Tổng kết", "Chủ trì: Sở Nội vụ", "Mục: II", "Kế hoạch: 12/KH-UBND",
    ]  # fmt: skip
    assert str(event["uid"]) == f"{A}-t0@kehoach"
    assert summary.notes == ("tasks without a day left out: 1 ongoing",)
    first = path.read_bytes()
    export(tmp_path / "plans", str(path), overwrite=True)
    assert path.read_bytes() == first, "no clock goes in"


@settings(max_examples=60, deadline=None)
@given(st.text() | st.sampled_from(HOSTILE))
def test_no_text_breaks_a_calendar(text: str) -> None:
    plan = whole("documents", document(A, title=text, issuer=text))
    row = whole(
        "tasks", task(A, time_kind="deadline", end_on=day("2024-03-31"), content=text, section=[text])
    )
    (event,) = _events(plan, row, [whole("task_bodies", {"role": "lead", "body": text})])
    lines = event.to_ical().split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    assert not any(set(line) & set(range(0x20)) for line in lines)
    back = Event.from_ical(event.to_ical())
    assert back.decoded("dtstart") == dt.date(2024, 3, 31)
    assert back.subcomponents == []
    # The library takes a backslash before a capital N for a line break already.
    assert str(back["description"]) == str(event["description"]).replace("\\N", "\n")
    if text.isprintable() and "\\N" not in text:
        assert str(back["description"]).split()[: len(text.split())] == text.split()
