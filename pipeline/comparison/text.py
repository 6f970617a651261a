"""Prints a comparison for people: counts, then what changed, old against new, with places in the files."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from typing import TextIO

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pipeline.comparison.model import (
    CLASSES,
    FATES,
    BasisChange,
    ChangeClass,
    ComparedBasis,
    ComparedPlan,
    ComparedTask,
    Comparison,
    MovementChange,
    TaskChange,
    Years,
)
from pipeline.comparison.shown import (
    Mark,
    Piece,
    bodies_of,
    name_of,
    new_pieces,
    old_pieces,
    place_of,
    time_of,
)

_WIDTH = 80  # where the output is no terminal
_WIDEST = 120  # longer lines are hard to read
_STYLES: dict[Mark, str] = {"kept": "", "old": "red strike", "new": "green"}
_BRACKETS: dict[Mark, tuple[str, str]] = {"kept": ("", ""), "old": ("[-", "-]"), "new": ("{+", "+}")}
_LONGEST_KEPT = 240  # characters in which nothing changed
_YEAR_WIDTH = 10  # columns of a year in the matrix


def print_comparison(comparison: Comparison, stream: TextIO) -> None:
    """Print two plans compared; colours on a terminal only. Tasks that are the same are but counted."""
    _print(_parts(comparison), stream)


def print_years(years: Years, stream: TextIO) -> None:
    """Print the matrix of several years: a row a task, what became of it in each."""
    _print(_matrix(years), stream)


def _print(parts: Iterable[RenderableType], stream: TextIO) -> None:
    terminal = stream.isatty()
    width = min(shutil.get_terminal_size((_WIDTH, 24)).columns, _WIDEST) if terminal else _WIDTH
    console = Console(file=stream, width=width, highlight=False)
    with console.capture() as printed:
        for part in parts:
            console.print(part)
    stream.writelines(line.rstrip() + "\n" for line in printed.get().splitlines())


def _clean(text: str, style: str = "") -> Text:
    """Text of a document: no markup and no control character of it reaches the terminal."""
    return Text("".join(ch if ch.isprintable() else " " for ch in text), style)


# --- two plans --------------------------------------------------------------------------------


def _parts(comparison: Comparison) -> Iterator[RenderableType]:
    yield from _plans((comparison.old, comparison.new))
    counts = comparison.counts()
    told = " · ".join(f"{counts[k]} {k}" for k in CLASSES if counts[k])
    yield Text.assemble("\n", ("Tasks  ", "bold cyan"), told or "none")
    for kind in CLASSES:
        held = comparison.of(kind)
        if held and kind != "same":
            yield _title(kind, len(held))
            yield from (_task(change, comparison) for change in held)
    yield from _fates("Movements", comparison.movements, comparison)
    yield from _fates("Legal bases", comparison.legal_bases, comparison)


def _plans(plans: Sequence[ComparedPlan]) -> Iterator[RenderableType]:
    grid = _grid()
    for sign, plan in zip((*"-" * (len(plans) - 1), "+"), plans, strict=True):
        told = " · ".join(part for part in (name_of(plan), plan.number, plan.title) if part)
        grid.add_row(Text(sign), _clean(told, "bold"))
        grid.add_row("", _clean(plan.path, "dim"))
    yield grid


def _grid() -> Table:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(no_wrap=True)
    grid.add_column(ratio=1, overflow="fold")
    return grid


def _title(name: str, count: int) -> Text:
    return Text.assemble("\n", (name.capitalize(), "bold cyan"), f" ({count})")


def _task(change: TaskChange, comparison: Comparison) -> RenderableType:
    grid = _grid()
    for i, task in enumerate(change.old):
        grid.add_row("-", _pieces(old_pieces(change, i)))
        grid.add_row("", _about(task, comparison.old))
    for i, task in enumerate(change.new):
        grid.add_row("+", _pieces(new_pieces(change, i)))
        grid.add_row("", _about(task, comparison.new))
    if change.score is not None:
        further = (f"also {kind}" for kind in change.changes if kind != change.kind)
        grid.add_row("", Text(" · ".join((f"{change.score:.0%} alike", *further)), "dim"))
    return Padding(grid, (0, 0, 0, 1))


def _pieces(pieces: Sequence[Piece]) -> Text:
    """A content with the words that changed marked, without colours too; long runs of others are cut."""
    text = Text()
    for i, piece in enumerate(pieces):
        before, after = _BRACKETS[piece.mark]
        told = piece.text if piece.mark != "kept" else _cut(piece.text, at_end=i == len(pieces) - 1)
        text.append_text(_clean(f"{before}{told}{after}", _STYLES[piece.mark]))
    return text


def _cut(text: str, at_end: bool) -> str:
    if len(text) <= _LONGEST_KEPT:
        return text
    tail = "" if at_end else text[-_LONGEST_KEPT // 3 :].lstrip()
    return f"{text[: _LONGEST_KEPT - len(tail)].rstrip()} … {tail}".rstrip()


def _about(task: ComparedTask, plan: ComparedPlan) -> Text:
    parts = (time_of(task), ", ".join(bodies_of(task)), place_of(plan, task))
    return _clean(" · ".join(part for part in parts if part), "dim")


# --- movements and legal bases ----------------------------------------------------------------


def _fates(
    title: str, changes: Sequence[MovementChange | BasisChange], comparison: Comparison
) -> Iterator[RenderableType]:
    if not changes:
        return
    counts = [(fate, sum(change.kind == fate for change in changes)) for fate in FATES]
    told = " · ".join(f"{count} {fate}" for fate, count in counts if count)
    yield Text.assemble("\n", (f"{title}  ", "bold cyan"), told)
    grid = _grid()
    for change in changes:
        if change.kind != "kept":
            for sign, fact, plan in (("-", change.old, comparison.old), ("+", change.new, comparison.new)):
                if fact is not None:
                    grid.add_row("→" if sign == "+" and change.old else sign, _fact(fact, plan))
    if grid.row_count:
        yield Padding(grid, (0, 0, 0, 1))


def _fact(fact: object, plan: ComparedPlan) -> Text:
    if isinstance(fact, ComparedBasis):
        return Text.assemble(_clean(fact.text), "  ", _clean(place_of(plan, fact), "dim"))
    return _clean(f"“{getattr(fact, 'name', '')}”")


# --- years ------------------------------------------------------------------------------------


def _matrix(years: Years) -> Iterator[RenderableType]:
    yield from _plans(years.plans)
    table = Table(box=None, padding=(0, 1), expand=True, show_edge=False)
    table.add_column("task", ratio=1, overflow="fold")
    for plan in years.plans:
        table.add_column(str(plan.plan_year or "?"), width=_YEAR_WIDTH)
    for row in years.rows:
        cells = [_cell(cell, step) for cell, step in zip(row.cells, row.steps, strict=True)]
        table.add_row(_clean(row.latest.content), *cells)
    yield Text()
    yield table


def _cell(tasks: Sequence[ComparedTask], step: ChangeClass | None) -> Text:
    """What became of a task in a year: its class, ● where it begins, nothing where it is in neither."""
    if step is not None:
        return Text(step, "dim" if step == "same" else "bold")
    return Text("●" if tasks else "")
