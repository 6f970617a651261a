"""Made plans and tasks of a year, for tests of timelines and their pictures; what a page of them holds."""

# ruff: noqa: E501  (texts are data: they are not cut where a line of code ends)

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from html.parser import HTMLParser
from random import Random

from extractors.plan import Interval
from extractors.vietnamese.letters import key
from pipeline.timelines.making import timeline_of
from pipeline.timelines.model import Timeline, TimelineBody, TimelinePlan, TimelineTask

SNV, STC, VP = "Sở Nội vụ tỉnh An Khê", "Sở Tài chính tỉnh An Khê", "Văn phòng Ủy ban nhân dân tỉnh An Khê"
WORDS = (
    "tổ chức",
    "triển khai",
    "phong trào",
    "thi đua",
    "báo cáo",
    "kết quả",
    "kiểm tra",
    "giám sát",
    "hằng năm",
)
ISSUER = "Ủy ban nhân dân tỉnh An Khê"


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def plan(name: str = "a", **more: object) -> TimelinePlan:
    facts = {
        "document_id": name,
        "path": f"{name}.pdf",
        "plan_year": 2024,
        "issuer": ISSUER,
        "number": "7/KH-UBND",
    }
    return TimelinePlan.model_validate({**facts, **more})


def body(name: str, role: str = "lead") -> TimelineBody:
    return TimelineBody.model_validate({"role": role, "body": name, "body_key": key(name), "text": name})


def task(
    seq: int, kind: str, *dates: tuple[str | None, str | None], of: str = "a", **more: object
) -> TimelineTask:
    """A task of a kind of time with its intervals, as read from a dataset."""
    intervals = [Interval(start=day(a) if a else None, end=day(b) if b else None) for a, b in dates]
    hull = {"start_on": intervals[0].start, "end_on": intervals[-1].end} if intervals else {}
    facts = {"task_id": f"{of}-{seq}", "document_id": of, "seq": seq, "content": f"Việc thứ {seq}", **hull}
    return TimelineTask.model_validate({**facts, "time_kind": kind, "dates": intervals, **more})


def made(*tasks: TimelineTask, plans: Sequence[TimelinePlan] = (), year: int = 2024) -> Timeline:
    return timeline_of(year, tuple(plans) or (plan(),), tasks)


def one_of_each() -> Timeline:
    """Two plans with a task of every kind of time, three lead bodies and one task without."""
    return made(
        task(0, "interval", ("2024-02-01", "2024-04-30"), bodies=[body(SNV), body(STC, "coordinating")],
             time_text="Từ tháng 2 đến tháng 4", content="Tổ chức tập huấn nghiệp vụ", no="1", page=2,
             group="I. THI ĐUA", product="Báo cáo"),
        task(1, "deadline", (None, "2024-06-30"), bodies=[body(SNV)], time_text="Trước 30/6", group="I. THI ĐUA"),
        task(2, "ongoing", bodies=[body(STC, "implementing")], time_text="Thường xuyên", section=("II. KHÁC",)),
        task(3, "recurring", bodies=[body(SNV)], time_text="Hằng quý", recurrence="FREQ=MONTHLY;INTERVAL=3"),
        task(4, "interval", ("2024-09-01", None), bodies=[body(VP)], time_text="Từ tháng 9"),
        task(5, "interval", ("2024-03-01", "2024-03-05"), ("2024-10-01", "2024-10-31"), time_text="Tháng 3, 10"),
        task(6, "conditional", bodies=[body(VP)], time_text="Sau khi có hướng dẫn"),
        task(7, "duration", bodies=[body(SNV)], time_text="05 ngày làm việc"),
        task(8, "none", bodies=[body(STC)]),
        task(9, "deadline", (None, "2042-06-30"), bodies=[body(SNV)], time_text="30/6/2042", of="b"),
        plans=(plan(), plan("b", number="8/KH-UBND", title="Cải cách")),
    )  # fmt: skip


def many(count: int, seed: int = 1) -> Timeline:
    """A year of many tasks with contents as long as those of real plans."""
    random = Random(seed)
    kinds = ("interval", "deadline", "ongoing", "recurring", "none")
    tasks = []
    for seq in range(count):
        kind = random.choices(kinds, (5, 4, 1, 1, 2))[0]
        start = dt.date(2024, random.randint(1, 12), random.randint(1, 28))
        dates = {
            "interval": [(start.isoformat(), (start + dt.timedelta(days=random.randint(0, 60))).isoformat())],
            "deadline": [(None, start.isoformat())],
        }.get(kind, [])
        bodies = [body(random.choice((SNV, STC, VP))), body(f"Phòng {random.randint(1, 40)}", "coordinating")]
        content = " ".join(random.choices(WORDS, k=random.randint(4, 30))).capitalize()
        rule = "FREQ=MONTHLY" if kind == "recurring" else None
        tasks.append(task(seq, kind, *dates, bodies=bodies, content=content, no=str(seq), page=seq // 9 + 1,
                          time_text="Từ ngày 01/3/2024", recurrence=rule))  # fmt: skip
    return made(*tasks)


class Parsed(HTMLParser):
    """What a page holds: contents of tasks, marks as (left, width), tags, attributes, scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.scripts: list[str] = []
        self.contents: list[str] = []
        self.marks: list[tuple[float, float]] = []
        self._at = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        facts = dict(attrs)
        self.names.append(tag)
        self.attributes += attrs
        self._at = "script" if tag == "script" else str(facts.get("class"))
        if tag == "i" and "style" in facts:
            found = dict(re.findall(r"(left|width):([\d.]+)%", str(facts["style"])))
            self.marks.append((float(found["left"]), float(found.get("width", 0))))

    def handle_endtag(self, tag: str) -> None:
        self._at = "content" if self._at == "no" else ""

    def handle_data(self, data: str) -> None:
        if self._at == "script":
            self.scripts.append(data)
        elif self._at == "content":
            self.contents.append(data)


def parsed(page: str) -> Parsed:
    found = Parsed()
    found.feed(page)
    return found
