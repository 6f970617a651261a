"""All tasks of a plan: the readers one after the other, each leaving alone what another took."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors import plan
from extractors.context import PlanContext
from extractors.document import Table
from extractors.duties import duty_tasks
from extractors.outline import Node
from extractors.sections import headings_above, kind_of, printed
from extractors.task_columns import Columns, cell_text
from extractors.task_lists import block_tasks, list_tasks, narrative_tasks
from extractors.task_tables import read_task_table


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """A table, the headings over it (outermost first), and its number in the document."""

    table: Table
    above: tuple[str, ...]
    place: str
    heading: Node


def placed_tables(context: PlanContext, roots: Sequence[Node]) -> list[PlacedTable]:
    """The tables of the section trees, in reading order."""
    numbers = {id(block): i for i, block in enumerate(context.document.blocks)}
    return [
        PlacedTable(part, _above(node), f"t{numbers.get(id(part), i)}", node)
        for root in roots
        for node in root.walk()
        for i, part in enumerate(node.content)
        if isinstance(part, Table)
    ]


def _above(node: Node) -> tuple[str, ...]:
    own = (printed(node),) if node.title and not node.is_bullet else ()
    return (*headings_above(node), *own)


def read_tasks(
    context: PlanContext, roots: Sequence[Node], tables: Sequence[PlacedTable]
) -> tuple[tuple[plan.Task, ...], frozenset[str]]:
    """The tasks in reading order, and the places of the tables that are task tables."""
    tasks: list[plan.Task] = []
    task_tables: set[str] = set()
    columns: Columns | None = None
    for placed in tables:
        if kind_of(placed.heading) == "review":
            continue
        found, seen = read_task_table(context, placed.table, placed.place, placed.above, columns)
        columns = seen or columns
        if found:
            task_tables.add(placed.place)
            tasks += found
    for root in roots:
        for reader in (duty_tasks, list_tasks, block_tasks):
            tasks += _untaken(reader(context, root), tasks)
        spans = sorted((t.start, t.end) for t in tasks)
        tasks += _untaken(narrative_tasks(context, root, spans), tasks)
    return tuple(sorted(tasks, key=lambda t: (t.start, t.end))), frozenset(task_tables)


def _untaken(fresh: Iterator[plan.Task], known: Sequence[plan.Task]) -> list[plan.Task]:
    """Tasks that do not begin inside a task that is known already, nor inside one before them."""
    taken = _Taken(known)
    kept: list[plan.Task] = []
    for task in fresh:
        if not taken.holds(task.start):
            kept.append(task)
            taken.add(task)
    return kept


class _Taken:
    """The stretches of text that tasks hold: disjoint, in order."""

    def __init__(self, tasks: Sequence[plan.Task]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for task in sorted(tasks, key=lambda t: t.start):
            self.add(task)

    def holds(self, offset: int) -> bool:
        at = bisect_right(self._starts, offset) - 1
        return at >= 0 and offset < self._ends[at]

    def add(self, task: plan.Task) -> None:
        if self.holds(task.start):
            at = bisect_right(self._starts, task.start) - 1
            self._ends[at] = max(self._ends[at], task.end)
            return
        at = bisect_right(self._starts, task.start)
        self._starts.insert(at, task.start)
        self._ends.insert(at, task.end)


def found_tables(
    context: PlanContext, tables: Sequence[PlacedTable], task_tables: frozenset[str]
) -> tuple[plan.FoundTable, ...]:
    """Rows of table tables: every table as strings, a merged cell in each place that it covers."""
    return tuple(
        plan.FoundTable(
            page=placed.table.page,
            is_task_table=placed.place in task_tables,
            cells=tuple(
                tuple(cell_text(context.document, cell) for cell in row) for row in placed.table.grid()
            ),
        )
        for placed in tables
    )
