"""A comparison as a page of HTML: one file that needs no network, with filters, fit for A4."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors.vietnamese.letters import search_key
from pipeline.comparison import labels, shown
from pipeline.comparison.model import (
    CLASSES,
    FATES,
    BasisChange,
    ChangeClass,
    ComparedBasis,
    ComparedPlan,
    ComparedTask,
    Comparison,
    Fate,
    MovementChange,
    TaskChange,
    Years,
)
from pipeline.html import render

if TYPE_CHECKING:
    from pipeline.comparison.shown import Piece

_LONG_ROW = 900  # letters of a row


@dataclass(frozen=True, slots=True)
class Entry:
    """A task in a cell: its content in pieces, when, who, where it stands."""

    no: str | None
    pieces: tuple[Piece, ...]
    time: str
    bodies: tuple[str, ...]
    page: int | None


@dataclass(frozen=True, slots=True)
class Cell:
    """The tasks of a plan in a row, and what became of them there."""

    plan: ComparedPlan
    entries: tuple[Entry, ...]
    step: ChangeClass | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row and what it is filtered by: classes, bodies (places in the list), months, folded text."""

    kinds: tuple[ChangeClass, ...]
    cells: tuple[Cell, ...]
    bodies: tuple[int, ...]
    months: tuple[int, ...]
    text: str
    score: float | None = None

    @property
    def is_long(self) -> bool:
        """Whether it may be broken by the end of a printed page."""
        return len(self.text) > _LONG_ROW


@dataclass(frozen=True, slots=True)
class Fact:
    """A movement or legal basis as a plan prints it."""

    text: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class FateRow:
    """What became of a movement or legal basis."""

    kind: Fate
    old: Fact | None
    new: Fact | None


def comparison_page(comparison: Comparison) -> str:
    """Two plans side by side, the words that changed marked."""
    plans = (comparison.old, comparison.new)
    bodies = _bodies(task for change in comparison.tasks for task in (*change.old, *change.new))
    rows = [_row(change, plans, bodies) for change in comparison.tasks]
    return _render(
        "plans.html.j2",
        plans,
        rows,
        bodies,
        counts=comparison.counts(),
        movements=_fates(comparison.movements),
        legal_bases=_fates(comparison.legal_bases),
    )


def years_page(years: Years) -> str:
    """The tasks of several years as a matrix."""
    bodies = _bodies(task for row in years.rows for cell in row.cells for task in cell)
    rows: list[Row] = []
    for row in years.rows:
        told = zip(years.plans, row.cells, row.steps, strict=True)
        cells = tuple(Cell(plan, tuple(map(_plain_entry, tasks)), step) for plan, tasks, step in told)
        kinds = tuple(kind for kind in CLASSES if kind in row.steps) or ("same",)
        rows.append(_filtered(kinds, cells, [task for cell in row.cells for task in cell], bodies))
    counts = {kind: sum(kind in row.kinds for row in rows) for kind in CLASSES}
    return _render("years.html.j2", years.plans, rows, bodies, counts=counts)


def _row(change: TaskChange, plans: tuple[ComparedPlan, ComparedPlan], bodies: Sequence[str]) -> Row:
    old = tuple(_entry(task, shown.old_pieces(change, i)) for i, task in enumerate(change.old))
    new = tuple(_entry(task, shown.new_pieces(change, i)) for i, task in enumerate(change.new))
    cells = (Cell(plans[0], old), Cell(plans[1], new))
    return _filtered(change.changes, cells, [*change.old, *change.new], bodies, change.score)


def _filtered(
    kinds: tuple[ChangeClass, ...],
    cells: tuple[Cell, ...],
    tasks: Sequence[ComparedTask],
    bodies: Sequence[str],
    score: float | None = None,
) -> Row:
    named = {body for task in tasks for body in shown.bodies_of(task)}
    place = {body: i for i, body in enumerate(bodies)}
    words = (
        text for task in tasks for text in (task.no, task.content, task.time_text, *shown.bodies_of(task))
    )
    return Row(
        kinds=kinds,
        cells=cells,
        bodies=tuple(sorted(place[body] for body in named)),
        months=tuple(sorted({month for task in tasks for month in task.months})),
        text=search_key(" ".join(filter(None, words))),
        score=score,
    )


def _entry(task: ComparedTask, pieces: Iterable[Piece]) -> Entry:
    return Entry(task.no, tuple(pieces), shown.time_of(task), tuple(shown.bodies_of(task)), task.page)


def _plain_entry(task: ComparedTask) -> Entry:
    return _entry(task, shown.marked(task.content, (), "new"))


def _bodies(tasks: Iterable[ComparedTask]) -> list[str]:
    """All bodies, in the order of their names."""
    return sorted({body for task in tasks for body in shown.bodies_of(task)}, key=search_key)


def _fates(changes: Sequence[MovementChange | BasisChange]) -> list[FateRow]:
    rows = [FateRow(change.kind, _fact(change, "old"), _fact(change, "new")) for change in changes]
    return sorted(rows, key=lambda row: FATES.index(row.kind))


def _fact(change: MovementChange | BasisChange, side: str) -> Fact | None:
    fact = change.old if side == "old" else change.new
    if isinstance(fact, ComparedBasis):
        return Fact(fact.text, fact.page)
    return None if fact is None else Fact(f"“{fact.name}”")


def _render(
    template: str, plans: Sequence[ComparedPlan], rows: Sequence[Row], bodies: Sequence[str], **more: object
) -> str:
    return render(
        "pipeline.comparison",
        template,
        "comparison.js",
        plans=plans,
        rows=rows,
        bodies=bodies,
        months=sorted({month for row in rows for month in row.months}),
        kinds=labels.KINDS,
        fates=labels.FATES,
        words=labels.WORDS,
        **more,
    )
