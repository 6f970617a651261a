"""Tasks out of task tables: a row is a task, group rows and merged cells hold for rows below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractors import plan
from extractors.bodies import lead_then_coordinate, split_roles
from extractors.context import PlanContext
from extractors.document import Cell, Table
from extractors.outline import read_label
from extractors.schedule import read_heading_time
from extractors.table_times import row_time
from extractors.task_columns import BODY_ROLES, TIME_ROLES, Columns, Grid, cell_text, read_columns
from extractors.vietnamese.letters import search_key, squeeze, upper_share

_NUMBER = re.compile(r"\(?((?:\d{1,3}|[IVXLC]{1,6})(?:\.\d{1,2}){0,3}|[a-zđA-ZĐ])\s*[.)/]?")
_LEADING_NUMBER = re.compile(r"(\d{1,3}(?:\.\d{1,2}){0,3})\s*[.)](?!\d)\s*")
_GROUP_NUMBER = re.compile(r"(?:[IVXLC]{1,6}|[A-ZĐ])[.)/]?")
_TOTAL = re.compile(r"(?:tổng(?:\s+cộng|\s+số)?|cộng)\b[\s:]*", re.IGNORECASE)
_DITTO = re.compile(r"[„″\"”]{1,2}|-?\s*(?:nt|n/t|như trên)\s*-?", re.IGNORECASE)
_BULLET = re.compile(r"\s*[-–—+•*]\s*(?=\S)")


@dataclass(slots=True)
class _State:
    """What rows above hold for the rows below."""

    group: Cell | None = None
    group_text: str | None = None
    group_time: plan.Time | None = None
    tasks: list[plan.Task] = field(default_factory=list)


def read_task_table(
    context: PlanContext, table: Table, place: str, above: Sequence[str], known: Columns | None = None
) -> tuple[list[plan.Task], Columns | None]:
    """The tasks of a table and its columns; ([], None) where it is no task table.

    `place` names the table in the document (task_id hangs on it), `above` are the headings over
    it, outermost first, `known` the columns of the task table before it.
    """
    grid = table.grid()
    columns = read_columns(context.document, table, grid, known)
    if columns is None:
        return [], None
    reader = _TableReader(context, columns, place, tuple(above), table.confidence)
    return reader.read(grid), columns


class _TableReader:
    def __init__(
        self, context: PlanContext, columns: Columns, place: str, above: tuple[str, ...], confidence: float
    ) -> None:
        self.context, self.columns, self.place, self.above = context, columns, place, above
        self.document = context.document
        self.confidence = confidence
        self.state = _State(group_time=self._heading_time())

    def _heading_time(self) -> plan.Time | None:
        """A heading over the table that is a time ("1. Quý I") holds for its rows."""
        if not self.above:
            return None
        return read_heading_time(self.above[-1], self.context.times(*reversed(self.above)))

    def read(self, grid: Grid) -> list[plan.Task]:
        rows = grid[self.columns.first_row :]
        for i, row in enumerate(rows):
            following = rows[i + 1] if i + 1 < len(rows) else None
            if not self._is_repeated(row, grid):
                self._read_row(row, following, self.columns.first_row + i)
        return self.state.tasks

    def text(self, cell: Cell | None) -> str:
        return cell_text(self.document, cell)

    def _is_repeated(self, row: Sequence[Cell | None], grid: Grid) -> bool:
        """Headings printed again on a later page, or a row whose task was read with the row above."""
        texts = [self.text(cell) for cell in row]
        if not any(texts):
            return True
        return any(texts == [self.text(cell) for cell in above] for above in grid[: self.columns.first_row])

    def _read_row(
        self, row: Sequence[Cell | None], following: Sequence[Cell | None] | None, index: int
    ) -> None:
        content = row[self.columns.content or 0]
        if self._is_group(row, following):
            self._open_group(row)
        elif content is None or not self.text(content):
            self._without_content(row)
        elif content.row < index and content.row >= self.columns.first_row:
            self._add_to_last(row, index)
        elif not _TOTAL.fullmatch(self.text(content)):
            self.state.tasks.append(self._task(row, content, index))

    def _is_group(self, row: Sequence[Cell | None], following: Sequence[Cell | None] | None) -> bool:
        """A row that is a heading: one text over all columns, or but a number and a title."""
        filled = [cell for cell in dict.fromkeys(row) if cell is not None and self.text(cell)]
        if not filled or len(filled) > 2:
            return False
        if len(filled) == 1:
            return self._is_lone_heading(filled[0], row, following)
        number, title = self.text(filled[0]), self.text(filled[1])
        if filled[0].col != 0 or len(title) > 200 or not _NUMBER.fullmatch(number):
            return False
        if not self._could_be_title(filled[1]):
            return False
        return bool(_GROUP_NUMBER.fullmatch(number)) or self._has_parts(number, following)

    def _could_be_title(self, cell: Cell) -> bool:
        return self.columns.roles[cell.col] in {"content", "group", "extra", "no"} and not self._fills_all(
            cell
        )

    def _fills_all(self, cell: Cell) -> bool:
        return (
            len(self.columns.roles) == 2 and self.columns.roles[cell.col] == "content" and cell.col_span == 1
        )

    def _is_lone_heading(
        self, cell: Cell, row: Sequence[Cell | None], following: Sequence[Cell | None] | None
    ) -> bool:
        text = self.text(cell)
        if cell.row_span > 1 and cell.col_span == 1:
            return False
        if cell.col_span >= len(row) - 1 and len(row) > 2:
            return True
        if len(text) > 200 or cell.col not in (0, self.columns.content):
            return False
        label = read_label(text)
        is_title = upper_share(text) > 0.8 or (label is not None and label.kind in {"roman", "upper", "part"})
        is_time = read_heading_time(text, self.context.times(*reversed(self.above))) is not None
        return is_title or is_time or (cell.col == 0 and self.columns.content != 0)

    def _has_parts(self, number: str, following: Sequence[Cell | None] | None) -> bool:
        """`1` is a heading where the next row is `1.1`."""
        if following is None:
            return False
        bare = number.rstrip(" .)/")
        return self.text(following[0]).startswith(bare + ".") and len(self.text(following[0])) > len(bare) + 1

    def _open_group(self, row: Sequence[Cell | None]) -> None:
        filled = [cell for cell in dict.fromkeys(row) if cell is not None and self.text(cell)]
        text = " ".join(self.text(cell) for cell in filled)
        self.state.group, self.state.group_text = filled[0], text
        time = read_heading_time(text, self.context.times(*reversed(self.above)))
        self.state.group_time = time or (self._heading_time() if self.state.group_time is None else None)

    def _without_content(self, row: Sequence[Cell | None]) -> None:
        """A row with a body or time but no content carries on the task above."""
        if self.state.tasks and any(self.text(c) for c in row):
            self._add_to_last(row, -1)

    def _add_to_last(self, row: Sequence[Cell | None], index: int) -> None:
        if not self.state.tasks:
            return
        task = self.state.tasks[-1]
        known = {(b.start, b.role) for b in task.bodies}
        fresh = tuple(b for b in self._bodies(row, index) if (b.start, b.role) not in known)
        self.state.tasks[-1] = task.model_copy(update={"bodies": task.bodies + fresh})

    def _task(self, row: Sequence[Cell | None], content: Cell, index: int) -> plan.Task:
        no, start = self._number(row, content)
        end = content.end
        cells = {role: self._column_text(row, role) for role in ("product", "budget", "note")}
        text = squeeze(self.document.text[start:end])
        group = self._group_of(row)
        return plan.Task(
            task_id=f"{self.place}r{index}",
            start=start,
            end=end,
            regions=self.context.regions(start, end),
            confidence=round(0.95 * self.confidence, 2),
            rule="task-table",
            source="table",
            no=no,
            section=self.above,
            group=group,
            content=text,
            items=self._items(content),
            content_key=search_key(text),
            time=self._time(row),
            extra=self._extra(row),
            bodies=tuple(self._bodies(row, index)),
            **cells,
        )

    def _number(self, row: Sequence[Cell | None], content: Cell) -> tuple[str | None, int]:
        """The row's number, and where its content begins (after a number printed in the same cell)."""
        for col in self.columns.having("no"):
            found = _NUMBER.fullmatch(self.text(row[col]))
            if found:
                return found[1], content.start
            if self.text(row[col]):
                return self.text(row[col]).rstrip(" ."), content.start
        found = _LEADING_NUMBER.match(self.document.text, content.start, content.end)
        if found is None or len(self._numbered(content)) > 1:
            return None, content.start  # a cell that counts several things is one task
        return found[1], found.end()

    def _numbered(self, content: Cell) -> list[str]:
        """The texts of the cell's paragraphs that a number begins, without it."""
        texts = [squeeze(self.document.cut(p)) for p in content.paragraphs]
        return [_LEADING_NUMBER.sub("", t, count=1) for t in texts if _LEADING_NUMBER.match(t)]

    def _group_of(self, row: Sequence[Cell | None]) -> str | None:
        for col in self.columns.having("group"):
            if self.text(row[col]):
                return self.text(row[col])
        return self.state.group_text

    def _items(self, content: Cell) -> tuple[str, ...]:
        texts = [squeeze(self.document.cut(p)) for p in content.paragraphs]
        bullets = [_BULLET.sub("", t, count=1) for t in texts if _BULLET.match(t)]
        bullets = bullets if len(bullets) > 1 else self._numbered(content)
        return tuple(bullets) if len(bullets) > 1 else ()

    def _column_text(self, row: Sequence[Cell | None], role: str) -> str | None:
        texts = [self.text(row[c]) for c in self.columns.having(role)]
        return " ".join(t for t in texts if t) or None

    def _extra(self, row: Sequence[Cell | None]) -> dict[str, str]:
        columns = self.columns.having("extra", "place", "participants", "foreign")
        return {
            self.columns.headings[c] or f"column {c + 1}": self.text(row[c])
            for c in columns
            if self.text(row[c])
        }

    def _time(self, row: Sequence[Cell | None]) -> plan.Time:
        above = [t for t in (self.state.group_text, *reversed(self.above)) if t]
        texts = [self.text(cell) for cell in row]
        times = self.columns.having(*TIME_ROLES)
        if self.state.tasks and any(texts[c] and _DITTO.fullmatch(texts[c]) for c in times):
            return self.state.tasks[-1].time
        own = row_time(self.context, self.columns, texts.__getitem__, above)
        return own or self.state.group_time or plan.Time()

    def _bodies(self, row: Sequence[Cell | None], index: int) -> Iterator[plan.TaskBody]:
        for col in self.columns.having(*BODY_ROLES):
            cell = row[col]
            if cell is not None and self.text(cell):
                yield from self._bodies_in(cell, self.columns.roles[col])

    def _bodies_in(self, cell: Cell, column: str) -> Iterator[plan.TaskBody]:
        text = self.document.cut(cell)
        if _DITTO.fullmatch(text.strip()) and self.state.tasks:
            yield from (b for b in self.state.tasks[-1].bodies if b.rule == f"column-{column}")
            return
        if column == "lead_coordinating":
            spans = lead_then_coordinate(text)
        elif column == "mixed":
            spans = split_roles(text, "implementing")
        else:
            spans = split_roles(text, column)  # type: ignore[arg-type]
        for span in spans:
            yield self.context.body(
                cell.start + span.start, cell.start + span.end, span.role, f"column-{column}"
            )
