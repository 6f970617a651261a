"""Makes pairs of plans by a seed: tasks of one year, and those of the next after known edits.

Years go on, order is shuffled, numbers are given anew: none of that is a change. `Pair.truth` tells what
was done: the tasks of both sides by their ids, and the main class.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from extractors.bodies import body_key
from pipeline.comparison.model import CLASSES, ChangeClass, ComparedTask
from tests.pairs.phrases import (
    ACTS,
    BODIES,
    DUTIES,
    MONTHLY,
    PERIODS,
    QUARTERLY,
    SCOPES,
    SECTIONS,
    SUBJECTS,
    SYNONYMS,
    TAILS,
)

OLD_YEAR = 2023


class Truth(NamedTuple):
    """What became of some tasks: their ids in both plans, and the main class."""

    kind: ChangeClass
    old: frozenset[str]
    new: frozenset[str]


@dataclass(frozen=True)
class Pair:
    """Two plans and what was changed from one to the other."""

    old: tuple[ComparedTask, ...]
    new: tuple[ComparedTask, ...]
    truth: frozenset[Truth]


@dataclass(frozen=True)
class Made:
    """A task apart from its year: {y}, {p} and {n} stand in its content. `months` is first and last."""

    content: str
    months: tuple[int, int] | None
    lead: str
    helpers: tuple[str, ...] = ()
    section: str = SECTIONS[0]
    spare: tuple[str, ...] = ()  # contents of further parts, for those that are split or merged
    repeated: bool = False  # others are told from it by their time or body alone


@dataclass(frozen=True)
class Outcome:
    """What an edit makes: tasks of the old and the new plan, and what was done to them."""

    old: tuple[Made, ...]
    new: tuple[Made, ...]
    changes: frozenset[ChangeClass] = frozenset({"same"})

    @property
    def kind(self) -> ChangeClass:
        return next(kind for kind in CLASSES if kind in self.changes)


Edit = Callable[[Made, Random], Outcome]


def make_pair(seed: int, size: int = 40, *, edits: Sequence[Edit], series: int = 0) -> Pair:
    """A pair of plans of about `size` tasks, and of some `series` of tasks that come again and again.

    Of a series some tasks are dropped or some added, not both: which of two equal tasks went and which came
    nobody could tell.
    """
    random = Random(seed)
    contents = _contents(random)
    outcomes: list[Outcome] = []
    for _ in range(size):
        edit = random.choice(edits)
        made = Made(next(contents), _some_time(random), *_some_bodies(random), random.choice(SECTIONS))
        if edit in (split, merge):
            made = replace(made, spare=(next(contents), next(contents)))
        outcomes.append(edit(made, random))
    for held in random.sample(_series(random), series):
        allowed = (*AMONG_REPEATED, random.choice((drop, add)))
        outcomes += (random.choice(allowed)(made, random) for made in held)
    return printed(outcomes, random)


def _contents(random: Random) -> Iterator[str]:
    """What is done and about what, never the same; a subject comes again when all were taken."""
    acts = {subject: random.sample(ACTS, len(ACTS)) for subject in SUBJECTS}
    for turn in range(len(ACTS)):
        for subject in random.sample(SUBJECTS, len(SUBJECTS)):
            yield acts[subject][turn].format(about=subject) + random.choice(SCOPES)


def _some_time(random: Random) -> tuple[int, int] | None:
    start = random.randint(1, 12)
    quarter = 3 * random.randint(0, 3) + 1
    return random.choice(((start, start), (start, start), (quarter, quarter + 2), (1, 12), None))


def _some_bodies(random: Random) -> tuple[str, tuple[str, ...]]:
    lead, *helpers = random.sample(BODIES, 3)
    return lead, tuple(helpers[: random.randint(0, 2)])


def _series(random: Random) -> list[list[Made]]:
    """Tasks that come every month or quarter, for every period, or to every body."""
    found: list[list[Made]] = []
    for phrase in MONTHLY:
        who = _some_bodies(random)
        found.append([Made(phrase.replace("{m}", str(m)), (m, m), *who, repeated=True) for m in range(1, 13)])
    for phrase in QUARTERLY:
        who = _some_bodies(random)
        quarters = [(3 * q + 1, 3 * q + 3, numeral) for q, numeral in enumerate(("I", "II", "III", "IV"))]
        found.append(
            [
                Made(phrase.replace("{q}", n), (first, last), *who, repeated=True)
                for first, last, n in quarters
            ]
        )
    lead = random.choice(BODIES)
    found.append([Made(phrase, (month, month), lead, repeated=True) for phrase, month in PERIODS])
    found += ([Made(duty, None, body, repeated=True) for body in random.sample(BODIES, 5)] for duty in DUTIES)
    return found


# --- edits ------------------------------------------------------------------------------------


def keep(made: Made, random: Random) -> Outcome:
    return Outcome((made,), (made,))


def drop(made: Made, random: Random) -> Outcome:
    return Outcome((made,), (), frozenset({"dropped"}))


def add(made: Made, random: Random) -> Outcome:
    return Outcome((), (made,), frozenset({"added"}))


def reword(made: Made, random: Random) -> Outcome:
    """Other words that say the same, a clause more or less, parts turned round; one or two of these."""
    content = made.content
    for change in random.sample((_with_synonym, _with_tail, _without_scope, _turned_round), 2):
        content = change(content, random)
        if content != made.content and random.random() < 0.6:
            break
    if content == made.content:
        content += " kịp thời"
    return Outcome((made,), (replace(made, content=content),), frozenset({"reworded"}))


def _with_synonym(content: str, random: Random) -> str:
    fitting = [(a, b) for a, b in SYNONYMS if a in content]
    return content.replace(*random.choice(fitting), 1) if fitting else content


def _with_tail(content: str, random: Random) -> str:
    """A clause more, no longer than half of what there is."""
    fitting = [tail for tail in TAILS if 2 * len(tail) <= len(content)]
    return content + random.choice(fitting) if fitting else content


def _without_scope(content: str, random: Random) -> str:
    scope = next((s for s in SCOPES if s and content.endswith(s) and "{" not in s), None)
    return content.removesuffix(scope) if scope else content


def _turned_round(content: str, random: Random) -> str:
    """`A, b c` gives `B, a c` for the first two words: tuyên truyền, phổ biến."""
    first, comma, rest = content.partition(", ")
    words = rest.split()
    if not comma or len(words) < 3 or len(first.split()) > 2:
        return content
    second = " ".join(words[: len(first.split())])
    return f"{second.capitalize()}, {first.lower()} {' '.join(words[len(first.split()) :])}"


def move(made: Made, random: Random) -> Outcome:
    """Some months later or earlier; what is repeated stays, for there it would be another."""
    if made.months is None or made.months == (1, 12) or made.repeated:
        return keep(made, random)
    first, last = made.months
    shifts = [s for s in (-6, -3, -2, -1, 1, 2, 3, 6) if first + s >= 1 and last + s <= 12]
    shift = random.choice(shifts)
    return Outcome((made,), (replace(made, months=(first + shift, last + shift)),), frozenset({"moved"}))


def reassign(made: Made, random: Random) -> Outcome:
    """Another leads; duties that each body has stay, for there it would be another's."""
    if made.repeated and made.months is None:
        return keep(made, random)
    others = [body for body in BODIES if body not in (made.lead, *made.helpers)]
    return Outcome((made,), (replace(made, lead=random.choice(others)),), frozenset({"reassigned"}))


def split(made: Made, random: Random) -> Outcome:
    """A task of two or three things becomes as many tasks."""
    parts, whole = _parts_and_whole(made, random)
    return Outcome((whole,), parts, frozenset({"split"}))


def merge(made: Made, random: Random) -> Outcome:
    parts, whole = _parts_and_whole(made, random)
    return Outcome(parts, (whole,), frozenset({"merged"}))


def _parts_and_whole(made: Made, random: Random) -> tuple[tuple[Made, ...], Made]:
    """Two or three tasks of the same time and body, and the one that they make."""
    contents = [made.content, *made.spare[: random.choice((1, 1, 2))]]
    joint = random.choice(("; ", " và "))
    whole = contents[0] + "".join(joint + content[0].lower() + content[1:] for content in contents[1:])
    return tuple(replace(made, content=content) for content in contents), replace(made, content=whole)


def both(first: Edit, second: Edit) -> Edit:
    """One edit after another, of those that leave one task of each side."""

    def edit(made: Made, random: Random) -> Outcome:
        one = first(made, random)
        two = second(one.new[0], random)
        done = (one.changes | two.changes) - {"same"}
        return Outcome((made,), two.new, frozenset(done) or frozenset({"same"}))

    return edit


SIMPLE: tuple[Edit, ...] = (keep, keep, keep, drop, add, reword, reword, move, reassign, split, merge)
MIXED: tuple[Edit, ...] = (
    *SIMPLE,
    both(reword, move),
    both(reword, reassign),
    both(move, reassign),
    both(both(reword, move), reassign),
)
AMONG_REPEATED: tuple[Edit, ...] = (keep, keep, keep, reword, reassign)  # and drop or add


# --- printing ---------------------------------------------------------------------------------


def printed(outcomes: Sequence[Outcome], random: Random) -> Pair:
    """Both plans with years, numbers and ids, each in an order of its own."""
    old = [(i, made) for i, outcome in enumerate(outcomes) for made in outcome.old]
    new = [(i, made) for i, outcome in enumerate(outcomes) for made in outcome.new]
    random.shuffle(old)
    random.shuffle(new)
    tasks = _tasks("old", OLD_YEAR, old), _tasks("new", OLD_YEAR + 1, new)
    truth = frozenset(
        Truth(
            outcome.kind,
            frozenset(task.task_id for (j, _), task in zip(old, tasks[0], strict=True) if i == j),
            frozenset(task.task_id for (j, _), task in zip(new, tasks[1], strict=True) if i == j),
        )
        for i, outcome in enumerate(outcomes)
    )
    return Pair(*tasks, truth)


def _tasks(name: str, year: int, made: Sequence[tuple[int, Made]]) -> tuple[ComparedTask, ...]:
    return tuple(_task(name, year, seq, each) for seq, (_, each) in enumerate(made))


def _task(name: str, year: int, seq: int, made: Made) -> ComparedTask:
    words = {"y": year, "p": year - 1, "n": year - 2020}
    content = made.content
    for word, value in words.items():
        content = content.replace(f"{{{word}}}", str(value))
    bodies = [("lead", made.lead), *(("coordinating", helper) for helper in made.helpers)]
    return ComparedTask.model_validate(
        {
            "task_id": f"{name}{seq}",
            "document_id": name,
            "seq": seq,
            "source": "table",
            "no": str(seq + 1),
            "section": (made.section,),
            "content": content,
            "bodies": [{"role": role, "body": body, "body_key": body_key(body)} for role, body in bodies],
        }
        | _time(year, made.months)
    )


def _time(year: int, months: tuple[int, int] | None) -> dict[str, object]:
    if months is None:
        return {"time_kind": "none"}
    first, last = months
    end = date(year + last // 12, last % 12 + 1, 1) - timedelta(days=1)
    text = f"Tháng {first}/{year}" if first == last else f"Từ tháng {first} đến tháng {last}/{year}"
    return {
        "time_text": text,
        "time_kind": "interval",
        "start_on": date(year, first, 1),
        "end_on": end,
        "months": tuple(range(first, last + 1)),
    }
