"""Plans by number: the same seed and number give the same plan, whatever was made before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from tests.bulk.issuers import Issuer, issuer
from tests.bulk.times import printed_day
from tests.bulk.words import words
from tests.bulk.work import Scene, table, work
from tests.maker.facts import (
    Basis,
    Block,
    Duty,
    Head,
    Heading,
    Items,
    Letterhead,
    MadePlan,
    TaskTable,
    Text,
)

FIRST_YEAR, LAST_YEAR = 2015, 2025
GIANT = 500  # tasks of a few very long plans
_BRIEF = 3  # tasks of a plan that fits on a page
_GIANTS = 0.01  # share of them
_DRAFTS = 0.04  # share without number and day


@dataclass(frozen=True)
class Made:
    """A made plan and what its file is named after."""

    plan: MadePlan
    scene: Scene
    number: int
    day: date


def made(random: Random, brief: bool = False) -> Made:
    """A made plan; a `brief` one fits on a page."""
    year = random.randint(FIRST_YEAR, LAST_YEAR)
    day = date(year, 1, 4) + timedelta(random.randrange(300))
    scene = Scene(issuer(random, day), random.choice(words().topics), year)
    number = random.randint(1, 60) if random.random() < 0.4 else random.randint(61, 480)
    return Made(_plan(random, scene, number, day, brief), scene, number, day)


def _plan(random: Random, scene: Scene, number: int, day: date, brief: bool) -> MadePlan:
    title, lines = _title(random, scene)
    draft = not brief and random.random() < _DRAFTS
    movements = () if brief else tuple(random.sample(words()["movements"], random.choice((0, 0, 1, 2))))
    body, annex_title, annex = _body(random, scene, movements, brief)
    return MadePlan(
        title,
        _letterhead(random, scene.issuer, number, day, draft),
        _head(scene, number, day, title, draft),
        lines,
        _bases(random, scene, day, brief),
        _adopts(scene, title),
        body,
        _recipients(random, scene.issuer),
        scene.issuer.signature(random),
        movements,
        annex_title,
        annex,
    )


# --- head -------------------------------------------------------------------------------------


def _letterhead(random: Random, by: Issuer, number: int, day: date, draft: bool) -> Letterhead:
    blank = random.choice(("     ", "......"))
    printed = blank if draft else f"{number:02d}"
    day_text = blank if draft else f"{day.day:02d}"
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return Letterhead(
        by.lines,
        f"Số: {printed}/KH-{by.symbol}",
        f"{by.place}, ngày {day_text} tháng {month} năm {day.year}",
        by.parent,
    )


def _head(scene: Scene, number: int, day: date, title: str, draft: bool) -> Head:
    by = scene.issuer
    return Head(
        None if draft else f"{number:02d}/KH-{by.symbol}",
        None if draft else day,
        by.place,
        by.name,
        by.province.name,
        title,
        scene.year,
        by.parent_name,
        (date(scene.year, 1, 1), date(scene.year, 12, 31)),
    )


def _title(random: Random, scene: Scene) -> tuple[str, tuple[str, ...]]:
    """The title in sentence case, and its printed lines."""
    title = random.choice(("{t}", "triển khai {t}", "thực hiện {t}", "tăng cường {t}")) + " năm {y}"
    title = title.format(t=scene.topic.name, y=scene.year)
    title = title[0].upper() + title[1:]
    printed = title.upper() if random.random() < 0.25 else title
    pieces = printed.split()
    half = len(pieces) // 2
    if len(printed) > 50 and random.random() < 0.5:
        return title, (" ".join(pieces[:half]), " ".join(pieces[half:]))
    return title, (printed,)


def _adopts(scene: Scene, title: str) -> str:
    return f"{scene.issuer.name} xây dựng Kế hoạch {title[0].lower()}{title[1:]} như sau:"


# --- legal bases ------------------------------------------------------------------------------


def _bases(random: Random, scene: Scene, day: date, brief: bool) -> tuple[Basis, ...]:
    """Laws by name, the province's plan of that year, letters that ask for it."""
    laws = [law for law in words().laws if law.day < day]
    chosen = random.sample(laws, min(len(laws), 0 if brief else random.randint(0, 2)))
    found = [
        Basis(
            f"Luật {law.name} ngày {law.day.day} tháng {law.day.month} năm {law.day.year}",
            "Luật", None, law.day, None, law.name,
        )
        for law in chosen
    ]  # fmt: skip
    above = f"UBND {scene.issuer.province.full}"
    return (*found, _plan_above(random, scene, day, above))


def _plan_above(random: Random, scene: Scene, day: date, above: str) -> Basis:
    issued = day - timedelta(random.randint(3, 60))
    kind, symbol, says = random.choice(
        (("Kế hoạch", "KH-UBND", "về"), ("Quyết định", "QĐ-UBND", "ban hành Chương trình"))
    )
    number = f"{random.randint(10, 2900)}/{symbol}"
    about = f"{scene.topic.name} năm {issued.year}"
    subject = about if says == "về" else f"{says} {about}"
    text = f"{kind} số {number} ngày {printed_day(issued)} của {above} {says} {about}"
    return Basis(text, kind, number, issued, above, subject)


# --- body -------------------------------------------------------------------------------------


def _body(
    random: Random, scene: Scene, movements: tuple[str, ...], brief: bool
) -> tuple[tuple[Block, ...], tuple[str, ...], tuple[Block, ...]]:
    """The body, and an annex with its heading where the tasks stand there."""
    tasks = (table(random, scene, _BRIEF),) if brief else work(random, scene, _count(random))
    in_annex = not brief and isinstance(tasks[0], TaskTable) and random.random() < 0.2
    lists = words()
    blocks: list[Block] = [
        Heading("I.", "MỤC ĐÍCH, YÊU CẦU"),
        Items(tuple(random.sample(lists["purposes"], 1 if brief else 3))),
        Heading("II.", "NỘI DUNG" if in_annex else "NHIỆM VỤ CỤ THỂ"),
    ]
    if movements:
        named = ", ".join(f"“{name}”" for name in movements)
        blocks.append(Text(f"Tiếp tục thực hiện phong trào thi đua {named}."))
    blocks += [Text("Nội dung công việc nêu tại Phụ lục kèm theo Kế hoạch này.")] if in_annex else tasks
    if not brief:
        blocks += [Heading("III.", "KINH PHÍ"), Text(random.choice(lists["funds"]))]
    label = "III." if brief else "IV."
    blocks += [Heading(label, "TỔ CHỨC THỰC HIỆN"), *_duties(random, scene, brief)]
    if not in_annex:
        return tuple(blocks), (), ()
    return tuple(blocks), ("PHỤ LỤC", f"DANH MỤC NHIỆM VỤ NĂM {scene.year}"), tasks


def _count(random: Random) -> int:
    if random.random() < _GIANTS:
        return GIANT
    return random.randint(3, 60) if random.random() < 0.3 else random.randint(3, 20)


def _duties(random: Random, scene: Scene, brief: bool) -> list[Block]:
    bodies = [*random.sample(scene.issuer.bodies(), 1 if brief else 3), scene.issuer.everyone()]
    below = not brief and random.random() < 0.7
    return [Duty(f"{n}.", body, _charges(random, below), below) for n, body in enumerate(bodies, 1)]


def _charges(random: Random, below: bool) -> tuple[str, ...]:
    return tuple(random.sample(words()["duties"], random.randint(1, 2) if below else 1))


def _recipients(random: Random, by: Issuer) -> tuple[str, ...]:
    bodies = random.sample(by.bodies(), 2)
    return (by.everyone(), *bodies, "Lưu: VT")
