"""Timelines: months, what is drawn of each task, that no task is lost; the page's text."""
# ruff: noqa: E501  (tables are data: they are not cut where a line of code ends)

from __future__ import annotations

import datetime as dt
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.plan import Role, TimeKind
from pipeline.timelines import labels
from pipeline.timelines.axis import axis_of
from pipeline.timelines.model import Timeline
from pipeline.timelines.page import days_of, timeline_page
from pipeline.timelines.recurring import times_of
from tests.timelines import SNV, STC, body, day, made, many, one_of_each, parsed, plan, task

YEAR = ("2024-01-01", "2024-12-31")
SCHOOL_YEAR = ("2023-09-01", "2024-05-31")
FIVE_YEARS = ("2021-01-01", "2025-12-31")


# --- months -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "periods", "times", "first", "months"),
    [
        (2024, [], [], "2024-01-01", 12),
        (2024, [YEAR], [("2024-05-01", "2024-05-02")], "2024-01-01", 12),
        (2024, [("2024-10-01", "2024-10-31")], [], "2024-01-01", 12),
        (2023, [SCHOOL_YEAR], [], "2023-09-01", 12),
        (2023, [SCHOOL_YEAR], [("2023-08-15", "2023-08-20")], "2023-08-01", 12),
        (2024, [YEAR], [("2025-01-15", "2025-01-15")], "2024-01-01", 13),
        (2024, [YEAR], [("2023-12-20", "2024-01-05")], "2023-12-01", 13),
        (2024, [YEAR], [("2042-06-30", "2042-06-30")], "2024-01-01", 12),
        (2024, [YEAR], [("2024-03-01", "2042-03-01")], "2024-01-01", 12),
        (2021, [FIVE_YEARS], [], "2021-01-01", 60),
        (2024, [("1024-01-01", "2924-12-31")], [], "2024-01-01", 12),
        (2024, [YEAR[::-1]], [], "2024-01-01", 12),
        (2023, [SCHOOL_YEAR, ("2023-01-01", "2023-12-31")], [], "2023-01-01", 17),
        (9999, [("9999-11-01", "9999-12-31")], [("9999-12-31", "9999-12-31")], "9999-01-01", 12),
    ],
)  # fmt: skip
def test_the_months_follow_the_period(
    year: int, periods: list[tuple[str, str]], times: list[tuple[str, str]], first: str, months: int
) -> None:
    axis = axis_of(year, [(day(a), day(b)) for a, b in periods], [(day(a), day(b)) for a, b in times])
    assert (axis.first, axis.months) == (day(first), months)
    assert axis.holds(axis.last, axis.last)
    assert axis.last == dt.date.max or not axis.holds(*[axis.last + dt.timedelta(days=1)] * 2)


@given(st.dates(dt.date(2024, 1, 1), dt.date(2025, 3, 31)), st.integers(0, 400))
def test_places_are_in_the_order_of_days(start: dt.date, length: int) -> None:
    axis = axis_of(2024, [], [(day("2024-01-01"), day("2025-03-31"))])
    end = start + dt.timedelta(days=length)
    assert axis.place(start) < axis.place_after(start) <= axis.place_after(end)
    assert axis.place_after(start) == pytest.approx(axis.place(start + dt.timedelta(days=1)))
    assert int(axis.place(start)) == (start.year - 2024) * 12 + start.month - 1


# --- what is drawn ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "count", "first", "last"),
    [
        ("FREQ=MONTHLY", 12, ("2024-01-01", "2024-01-31"), ("2024-12-01", "2024-12-31")),
        ("FREQ=MONTHLY;INTERVAL=3", 4, ("2024-01-01", "2024-03-31"), ("2024-10-01", "2024-12-31")),
        ("FREQ=MONTHLY;INTERVAL=6", 2, ("2024-01-01", "2024-06-30"), ("2024-07-01", "2024-12-31")),
        ("FREQ=MONTHLY;BYMONTHDAY=25", 12, ("2024-01-25", "2024-01-25"), ("2024-12-25", "2024-12-25")),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", 12, ("2024-01-31", "2024-01-31"), ("2024-12-31", "2024-12-31")),
        ("FREQ=YEARLY", 1, ("2024-01-01", "2024-12-31"), ("2024-01-01", "2024-12-31")),
        ("FREQ=YEARLY;BYMONTH=3,6,9,12", 4, ("2024-03-01", "2024-03-31"), ("2024-12-01", "2024-12-31")),
        ("FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=15", 1, ("2024-11-15", "2024-11-15"), ("2024-11-15", "2024-11-15")),
        ("FREQ=WEEKLY;BYDAY=MO", 53, ("2024-01-01", "2024-01-01"), ("2024-12-30", "2024-12-30")),
        ("FREQ=MONTHLY;BYDAY=1MO", 12, ("2024-01-01", "2024-01-01"), ("2024-12-02", "2024-12-02")),
        ("FREQ=DAILY", 366, ("2024-01-01", "2024-01-01"), ("2024-12-31", "2024-12-31")),
    ],
)  # fmt: skip
def test_recurring_times(rule: str, count: int, first: tuple[str, str], last: tuple[str, str]) -> None:
    found = times_of(rule, day(YEAR[0]), day(YEAR[1]))
    told = [(start.isoformat(), end.isoformat()) for start, end in (found[0], found[-1])]
    assert (len(found), told) == (count, [first, last])


def test_quarters_are_those_of_the_calendar_in_a_school_year_too() -> None:
    found = times_of("FREQ=MONTHLY;INTERVAL=3", *map(day, SCHOOL_YEAR))
    assert [start.isoformat() for start, _ in found] == ["2023-10-01", "2024-01-01", "2024-04-01"]


@pytest.mark.parametrize(
    "rule",
    [
        "", "FREQ", "FREQ=", "hằng tháng", "FREQ=SECONDLY", "FREQ=MINUTELY;INTERVAL=1", "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=-1", "FREQ=YEARLY;INTERVAL=99999999999999", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31", "FREQ=MONTHLY;BYMONTHDAY=99", "FREQ=MONTHLY;BYDAY=6MO", "FREQ=MONTHLY;BYDAY=XX", "INTERVAL=2",
        "FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE=1,2,3", "FREQ=DAILY\nRRULE:FREQ=DAILY", "FREQ=DAILY;FREQ=WEEKLY",
        "DTSTART:19970902T090000", "FREQ=WEEKLY;BYDAY=" + "MO," * 5,
    ],
)  # fmt: skip
def test_rules_that_tell_no_day_give_none_and_end(rule: str) -> None:
    assert times_of(rule, day(YEAR[0]), day(YEAR[1])) == ()


@pytest.mark.parametrize(
    ("kind", "dates", "more", "marks"),
    [
        ("interval", [("2024-02-01", "2024-04-30")], {}, [("bar", "2024-02-01", "2024-04-30")]),
        ("interval", [("2024-02-21", None)], {}, [("open", "2024-02-21", "2024-12-31")]),
        ("interval", [(None, "2024-02-21")], {}, [("deadline", "2024-02-21", "2024-02-21")]),
        ("interval", [("2024-04-30", "2024-02-01")], {}, [("bar", "2024-02-01", "2024-04-30")]),
        ("interval", [("2024-03-01", "2024-03-31"), ("2024-10-01", "2024-10-31")], {},
         [("bar", "2024-03-01", "2024-03-31"), ("bar", "2024-10-01", "2024-10-31")]),
        ("deadline", [(None, "2024-06-30")], {}, [("deadline", "2024-06-30", "2024-06-30")]),
        ("deadline", [("2024-06-01", "2024-06-30")], {}, [("deadline", "2024-06-30", "2024-06-30")]),
        ("ongoing", [], {}, [("ongoing", "2024-01-01", "2024-12-31")]),
        ("ongoing", [("2024-03-01", "2024-12-31")], {}, [("ongoing", "2024-03-01", "2024-12-31")]),
        ("recurring", [], {"recurrence": "FREQ=DAILY"}, [("dense", "2024-01-01", "2024-12-31")]),
        ("recurring", [], {"recurrence": None}, []),
        ("conditional", [], {}, []),
        ("duration", [], {}, []),
        ("none", [], {}, []),
    ],
)  # fmt: skip
def test_what_is_drawn(
    kind: str,
    dates: list[tuple[str | None, str | None]],
    more: dict[str, str],
    marks: list[tuple[str, str, str]],
) -> None:
    (drawn,) = made(task(0, kind, *dates, **more)).tasks
    assert [(m.shape, m.start.isoformat(), m.end.isoformat()) for m in drawn.marks] == marks
    assert drawn.where == ("months" if marks else "undated")


def test_what_is_ongoing_lasts_as_long_as_its_own_plan() -> None:
    school = plan("b", period_start=day(SCHOOL_YEAR[0]), period_end=day(SCHOOL_YEAR[1]))
    calendar = plan("a", period_start=day("2023-01-01"), period_end=day("2023-12-31"))
    both = made(task(0, "ongoing"), task(0, "ongoing", of="b"), plans=(calendar, school), year=2023)
    assert [(m.start, m.end) for t in both.tasks for m in t.marks] == [
        (day("2023-01-01"), day("2023-12-31")),
        (day(SCHOOL_YEAR[0]), day(SCHOOL_YEAR[1])),
    ]


def test_lanes_by_lead_body() -> None:
    found = one_of_each()
    assert [(lane.body, [t.seq for t in lane.tasks]) for lane in found.lanes()] == [
        (SNV, [3, 0, 1]),
        (STC, [2]),
        ("Văn phòng Ủy ban nhân dân tỉnh An Khê", [4]),
        (None, [5]),
    ]
    assert found.counts() == {"months": 6, "undated": 3, "outside": 1}


_DAYS = st.one_of(st.none(), st.dates(dt.date(2022, 1, 1), dt.date(2026, 12, 31)), st.dates())
_KINDS: st.SearchStrategy[TimeKind] = st.sampled_from(list(labels.KINDS))
_RULES = st.sampled_from([None, "FREQ=MONTHLY", "FREQ=WEEKLY", "FREQ=DAILY;INTERVAL=0", "?"])


@st.composite
def _tasks(draw: st.DrawFn, seq: int = 0) -> Timeline:
    drawn = []
    for at in range(draw(st.integers(1, 5))):
        days = draw(st.lists(st.tuples(_DAYS, _DAYS), max_size=3))
        dates = [(a and a.isoformat(), b and b.isoformat()) for a, b in days]
        bodies = [body(name) for name in draw(st.lists(st.sampled_from([SNV, STC]), max_size=2))]
        drawn.append(task(at, draw(_KINDS), *dates, recurrence=draw(_RULES), bodies=bodies))
    return made(*drawn)


@settings(max_examples=60, deadline=None)
@given(_tasks())
def test_no_task_is_lost_whatever_its_time(found: Timeline) -> None:
    lanes = [task.task_id for lane in found.lanes() for task in lane.tasks]
    placed = [*lanes, *(t.task_id for where in ("undated", "outside") for t in found.of(where))]
    assert sorted(placed) == sorted(t.task_id for t in found.tasks)
    assert sum(found.counts().values()) == len(found.tasks)
    assert found.axis.months <= 24
    page = parsed(timeline_page(found))
    assert sorted(page.contents) == sorted(t.content for t in found.tasks)
    assert all(0 <= left <= 100 and left + width <= 100.02 for left, width in page.marks)


# --- the page -----------------------------------------------------------------------------------------


HOSTILE = (
    "</script><script>document.title='hacked'</script>",
    "<img src=x onerror=\"document.title='hacked'\">",
    '" onmouseover="document.title=1" style="x',
    "</details></summary><!-- ]]> {{ 7 * 7 }} {% raw %} ${1}",
    "dòng\u2028mới\u2029hết\u202e\x00\x1b[31m\ud800",
)


def hostile() -> Timeline:
    tasks = [
        task(seq, "interval", ("2024-02-01", "2024-03-01"), content=text, no=text, time_text=text, group=text,
             product=text, note=text, section=(text,), bodies=[body(text)], recurrence=text)
        for seq, text in enumerate(HOSTILE[:4])
    ]  # fmt: skip
    tasks.append(task(9, "none", content=HOSTILE[4], note=HOSTILE[4]))
    return made(
        *tasks, plans=(plan(title=HOSTILE[0], number=HOSTILE[1], path=HOSTILE[2], issuer=HOSTILE[3]),)
    )


def test_hostile_contents_are_text() -> None:
    page = timeline_page(hostile(), {"a": "javascript%3Aalert%281%29"})
    clean, found = parsed(timeline_page(one_of_each(), {"a": "a.pdf"})), parsed(page)
    assert found.scripts == clean.scripts
    assert set(found.names) <= set(clean.names)
    assert not [name for name, _ in found.attributes if name.startswith("on")]
    assert not set(page) & set("\u2028\u2029\u202e\x00\x1b\ud800")
    page.encode("utf-8")
    assert "49" not in "".join(found.contents)


def test_nothing_is_fetched_and_only_this_script_runs() -> None:
    page = timeline_page(one_of_each())
    assert not re.search(r"https?://|url\(|@import|<link|<iframe|src=", page)
    assert "default-src 'none'" in page
    assert len(parsed(page).scripts) == 1


def test_the_same_timeline_gives_the_same_page() -> None:
    assert timeline_page(one_of_each()) == timeline_page(one_of_each())


def test_five_hundred_tasks_make_less_than_a_megabyte() -> None:
    page = timeline_page(many(500), {"a": "../plans/a.pdf"})
    assert len(parsed(page).contents) == 500
    assert len(page.encode()) < 1_000_000


def test_every_kind_role_and_place_has_words_in_both_languages() -> None:
    from typing import get_args

    assert set(labels.KINDS) == set(get_args(TimeKind))
    assert set(labels.ROLES) == set(get_args(Role))
    everything = [*labels.KINDS.values(), *labels.ROLES.values(), *labels.PLACES.values(), *labels.MONTHS]
    assert all(label.vi and label.en for label in [*everything, *labels.WORDS.values()])


def test_days_as_people_read_them() -> None:
    several = task(
        0, "interval", ("2024-03-01", "2024-03-31"), ("2024-10-05", "2024-10-05"), ("2024-11-01", None)
    )
    assert days_of(several) == "01/03/2024 – 31/03/2024; 05/10/2024; 01/11/2024 – …"
