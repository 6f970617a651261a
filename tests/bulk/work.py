"""What made plans set out to do: task tables, lists under times, activities with labelled lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from tests.bulk.issuers import Issuer
from tests.bulk.times import month, quarter, some_deadline, some_time
from tests.bulk.words import Topic, words
from tests.maker.facts import (
    Activity,
    Block,
    Column,
    ColumnKind,
    Group,
    Row,
    TaskTable,
    TimedList,
    When,
    Who,
    done_by,
    helped,
    lead,
)

_MANY = 30  # tasks that nobody lists one by one
_WIDTHS: dict[ColumnKind, float] = {"no": 0.7, "content": 4.0, "time": 1.9, "deadline": 1.9}

# Columns of tables as they are met; what each holds decides what its rows say.
_FORMS: tuple[tuple[ColumnKind, ...], ...] = (
    ("no", "content", "lead", "coordinating", "time"),
    ("no", "content", "time", "lead", "coordinating"),
    ("no", "content", "lead", "coordinating", "deadline"),
    ("no", "content", "product", "lead", "coordinating", "deadline"),
    ("no", "content", "implementing", "time"),
    ("no", "time", "content", "implementing"),
    ("no", "content", "lead_coordinating", "deadline", "product"),
    ("no", "content", "lead", "time", "note"),
    ("content", "lead", "time"),
)
_HEADINGS: dict[ColumnKind, Sequence[str]] = {
    "no": ("TT", "STT", "Số TT"),
    "content": ("Nội dung công việc", "Nội dung", "Nhiệm vụ", "Nội dung nhiệm vụ", "Công việc"),
    "lead": ("Đơn vị chủ trì", "Cơ quan chủ trì", "Chủ trì"),
    "coordinating": ("Đơn vị phối hợp", "Cơ quan phối hợp", "Phối hợp"),
    "lead_coordinating": ("Đơn vị chủ trì/phối hợp", "Cơ quan chủ trì, phối hợp"),
    "implementing": ("Đơn vị thực hiện", "Người thực hiện", "Phụ trách"),
    "time": ("Thời gian", "Thời gian thực hiện", "Tiến độ"),
    "deadline": ("Thời gian hoàn thành", "Thời hạn", "Thời hạn hoàn thành"),
    "product": ("Sản phẩm", "Kết quả", "Sản phẩm đầu ra"),
    "note": ("Ghi chú",),
}


@dataclass(frozen=True)
class Scene:
    """For whom and about what the work is."""

    issuer: Issuer
    topic: Topic
    year: int


def work(random: Random, scene: Scene, count: int) -> tuple[Block, ...]:
    """About `count` tasks in one of the forms; many stand in a table."""
    forms = (_one_table, _timed_lists, _activities)
    make = _one_table if count > _MANY else random.choices(forms, (15, 3, 2))[0]
    return make(random, scene, count)


def _one_table(random: Random, scene: Scene, count: int) -> tuple[Block, ...]:
    return (table(random, scene, count),)


# --- tables -----------------------------------------------------------------------------------


def table(random: Random, scene: Scene, count: int) -> TaskTable:
    """A task table of one of the forms, under group rows or without."""
    form = random.choice(_FORMS)
    columns = tuple(Column(kind, random.choice(_HEADINGS[kind]), _WIDTHS.get(kind, 2.0)) for kind in form)
    contents = list(_contents(random, scene.topic, count))
    rows = tuple(_row(random, scene, form, i, text) for i, text in enumerate(contents, 1))
    numbered = random.random() < 0.1
    return TaskTable(
        columns,
        _grouped(random, scene, form, rows),
        numbered_columns=numbered,
        joint=random.choice(("\n", "; ")),
    )


def _row(random: Random, scene: Scene, form: Sequence[ColumnKind], number: int, content: str) -> Row:
    when = (some_deadline if "deadline" in form else some_time)(random, scene.year)
    lists = words()
    return Row(
        str(number) if "no" in form else None,
        tuple(content.split("\n")),
        when,
        _who(random, scene, form),
        random.choice(lists["products"]) if "product" in form else None,
        random.choice(lists["notes"]) if "note" in form and random.random() < 0.3 else None,
    )


def _who(random: Random, scene: Scene, form: Sequence[ColumnKind]) -> tuple[Who, ...]:
    bodies = random.sample(scene.issuer.bodies(), random.randint(2, 4))
    if "implementing" in form:
        return done_by(*bodies[: random.randint(1, 2)])
    if "coordinating" not in form and "lead_coordinating" not in form:
        return lead(bodies[0])
    others = bodies[1:] if random.random() < 0.8 else [scene.issuer.everyone()]
    return lead(bodies[0]) + helped(*others)


def _grouped(
    random: Random, scene: Scene, form: Sequence[ColumnKind], rows: tuple[Row, ...]
) -> tuple[Group, ...]:
    """All rows in one group, or under group rows: fields of work, or quarters that give their time."""
    if len(rows) < 6 or "no" not in form or random.random() < 0.5:
        return (Group(None, rows),)
    parts = _parts(rows, random.randint(2, 4))
    if "time" in form and random.random() < 0.4:
        return tuple(_in_quarter(part, number, scene.year) for number, part in enumerate(parts, 1))
    titles = random.sample(words()["groups"], len(parts))
    numerals = ("I", "II", "III", "IV")
    return tuple(
        Group(f"{n}. {title}", part) for n, title, part in zip(numerals, titles, parts, strict=False)
    )


def _in_quarter(rows: tuple[Row, ...], number: int, year: int) -> Group:
    when = quarter(number, year)
    title = when.text.upper()
    untimed = tuple(Row(r.no, r.content, None, r.who, r.product, r.note) for r in rows)
    return Group(title, untimed, When(title, when.kind, when.start, when.end))


def _parts(rows: tuple[Row, ...], count: int) -> list[tuple[Row, ...]]:
    size = -(-len(rows) // count)
    return [rows[i : i + size] for i in range(0, len(rows), size)]


# --- other forms ------------------------------------------------------------------------------


def _timed_lists(random: Random, scene: Scene, count: int) -> tuple[Block, ...]:
    """Lists of tasks under headings that are quarters or months."""
    quarters = random.random() < 0.5
    first = 1 if quarters else random.randint(1, 8)
    times = [(quarter if quarters else month)(first + i, scene.year) for i in range(4)]
    contents = list(_contents(random, scene.topic, max(count, len(times)), plain=True))
    size = -(-len(contents) // len(times))
    lists = [contents[i : i + size] for i in range(0, len(contents), size)]
    return tuple(
        TimedList(f"{n}.", when.text, when, tuple(items))
        for n, (when, items) in enumerate(zip(times, lists, strict=False), 1)
    )


def _activities(random: Random, scene: Scene, count: int) -> tuple[Block, ...]:
    """Activities with labelled lines: time, place, bodies."""
    contents = _contents(random, scene.topic, min(count, 12), plain=True)
    return tuple(_activity(random, scene, n, text) for n, text in enumerate(contents, 1))


def _activity(random: Random, scene: Scene, number: int, content: str) -> Activity:
    when = some_time(random, scene.year)
    leading, helping = random.sample(scene.issuer.bodies(), 2)
    lines = (
        ("Thời gian", when.text), ("Địa điểm", f"Hội trường {scene.issuer.place}"),
        ("Đơn vị chủ trì", leading), ("Đơn vị phối hợp", helping),
    )  # fmt: skip
    return Activity(f"{number}.", content.removesuffix("."), lines, when, lead(leading) + helped(helping))


def _contents(random: Random, topic: Topic, count: int, plain: bool = False) -> Iterator[str]:
    """Different contents of tasks; some have bullets below, unless `plain`."""
    lists = words()
    seen: set[str] = set()
    while len(seen) < count:
        text = random.choice(lists["actions"]).replace("{o}", random.choice(topic.objects))
        text = f"{text} {random.choice(lists['scopes'])}".rstrip() + "."
        if text in seen:
            continue
        seen.add(text)
        below = random.sample(lists["details"], 2) if not plain and random.random() < 0.1 else []
        yield "\n".join([text.replace(".", ":") if below else text, *below])
