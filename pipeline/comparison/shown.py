"""A comparison as people read it, for text, CSV and HTML: times, bodies, places, words that changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.comparison.model import ComparedBasis, ComparedPlan, ComparedTask, Place, TaskChange

Mark = Literal["kept", "old", "new"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a content: kept words, words of the old plan that are gone, or new ones."""

    mark: Mark
    text: str


def time_of(task: ComparedTask) -> str:
    """When a task is, as printed; its dates where nothing is printed."""
    if task.time_text:
        return task.time_text
    days = [f"{day:%d/%m}/{day.year}" for day in (task.start_on, task.end_on) if day is not None]
    return " – ".join(dict.fromkeys(days))


def bodies_of(task: ComparedTask) -> list[str]:
    """The bodies of a task, those in charge first."""
    charged = sorted(task.bodies, key=lambda body: body.role not in ("lead", "implementing"))
    return list(dict.fromkeys(body.body for body in charged))


def place_of(plan: ComparedPlan, fact: ComparedTask | ComparedBasis) -> str:
    """The file in which a fact stands, and its page."""
    return plan.path if fact.page is None else f"{plan.path}, p. {fact.page}"


def name_of(plan: ComparedPlan) -> str:
    """A plan by its body and year."""
    return " · ".join(str(part) for part in (plan.issuer or plan.path, plan.plan_year) if part)


def marked(content: str, places: Sequence[Place], mark: Mark) -> list[Piece]:
    """A content cut at the words that changed."""
    pieces: list[Piece] = []
    at = 0
    for place in sorted(places, key=lambda place: place.start):
        start = max(place.start, at)
        pieces.append(Piece("kept", content[at:start]))
        pieces.append(Piece(mark, content[start : max(place.end, start)]))
        at = max(place.end, start)
    return [piece for piece in (*pieces, Piece("kept", content[at:])) if piece.text]


def old_pieces(change: TaskChange, index: int) -> list[Piece]:
    """Content of a task of the old plan, with the words that are gone."""
    places = [word.old for word in change.words if word.old is not None and word.old.task == index]
    return marked(change.old[index].content, places, "old")


def new_pieces(change: TaskChange, index: int) -> list[Piece]:
    """Content of a task of the new plan, with the words that came."""
    places = [word.new for word in change.words if word.new is not None and word.new.task == index]
    return marked(change.new[index].content, places, "new")


def gone_and_come(change: TaskChange) -> Iterator[tuple[str, str]]:
    """The words that changed, old and new."""
    for word in change.words:
        yield (
            change.old[word.old.task].content[word.old.start : word.old.end] if word.old else "",
            change.new[word.new.task].content[word.new.start : word.new.end] if word.new else "",
        )
