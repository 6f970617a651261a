"""Follows tasks through three and more years: each plan is compared with the one before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.comparison.comparing import chosen_plans, compare_plans
from pipeline.comparison.facts import Lineage
from pipeline.comparison.lineage import lineage_of
from pipeline.comparison.model import (
    CLASSES,
    ChangeClass,
    ComparedTask,
    Comparison,
    FollowedTask,
    Years,
)

if TYPE_CHECKING:
    from pipeline.dataset import Dataset

_Node = tuple[int, str]  # column and task_id


def compare_years(
    dataset: Dataset,
    *,
    issuer: str | None = None,
    years: Sequence[int] = (),
    series: str | None = None,
    documents: Sequence[str] = (),
    lineage: Lineage = lineage_of,
) -> Years:
    """The plans of two and more years as a matrix: a row a task, a column a plan.

    Plans are chosen as by `compare`; a series without years has every year that there is. Raises as it.
    """
    plans = chosen_plans(dataset, issuer, years, series, documents, lineage)
    compared = tuple(compare_plans(dataset, old, new, lineage) for old, new in pairwise(plans))
    return Years(plans=tuple(plans), rows=tuple(rows_of(compared)), comparisons=compared)


def rows_of(compared: Sequence[Comparison]) -> Iterator[FollowedTask]:
    """Rows of the matrix: tasks that hang together, in order of the year and place where each begins."""
    columns = range(len(compared) + 1)
    distinct = {id(row): row for row in _linked(compared).values()}.values()
    for row in sorted(distinct, key=_Row.beginning):
        cells = tuple(row.cell(column) for column in columns)
        yield FollowedTask(cells=cells, steps=tuple(row.step(column, cells[column]) for column in columns))


@dataclass
class _Row:
    """Tasks that hang together: each with its column, by both; and what became of them in each column."""

    tasks: dict[_Node, tuple[int, ComparedTask]] = field(default_factory=dict)
    steps: set[tuple[int, ChangeClass]] = field(default_factory=set)

    def beginning(self) -> tuple[int, int]:
        return min((column, task.seq) for column, task in self.tasks.values())

    def cell(self, column: int) -> tuple[ComparedTask, ...]:
        held = (task for at, task in self.tasks.values() if at == column)
        return tuple(sorted(held, key=lambda task: task.seq))

    def step(self, column: int, cell: Sequence[ComparedTask]) -> ChangeClass | None:
        """The main of several changes; where tasks go on, those that were dropped beside them are not."""
        kinds = {kind for at, kind in self.steps if at == column}
        going_on = kinds - {"added", "dropped"}
        return min((going_on if cell else kinds) or kinds, key=CLASSES.index, default=None)


def _linked(compared: Sequence[Comparison]) -> dict[_Node, _Row]:
    """The row of each task of each plan."""
    rows: dict[_Node, _Row] = {}
    for column, comparison in enumerate(compared, start=1):
        for change in comparison.tasks:
            held = [(column - 1, task) for task in change.old] + [(column, task) for task in change.new]
            row = _Row({(at, task.task_id): (at, task) for at, task in held}, {(column, change.kind)})
            for node in list(row.tasks):
                if node in rows:
                    row.tasks |= rows[node].tasks
                    row.steps |= rows[node].steps
            rows |= dict.fromkeys(row.tasks, row)
    return rows
