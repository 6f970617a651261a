"""The columns of a task table: which row is the heading, and what each column holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.bodies import is_body
from extractors.document import Cell, Document, Table
from extractors.rulebook import classify
from extractors.schedule import is_time_like
from extractors.vietnamese.letters import squeeze

BODY_ROLES = frozenset(
    {
        "lead",
        "coordinating",
        "lead_coordinating",
        "mixed",
        "directing",
        "advising",
        "monitoring",
        "implementing",
    }
)
TIME_ROLES = frozenset({"time", "start", "deadline", "strict_deadline"})
_HEADING_ROWS = 4  # headings stand in the first rows, captions may be above them
_HEADING_LENGTH = 90  # characters; a longer cell is no heading
_COLUMN_NUMBER = re.compile(r"\(?\s*(?:\d{1,2}|[A-Da-d]|[IV]{1,3})\s*\)?(?:\s*=.*)?")
_NUMBER_LENGTH = 4  # characters of a column's number, misread ones too
_NUMBER = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,2}){0,3}|[IVXLC]{1,6}|[a-zđ]|[A-ZĐ])\s*[.)/]?")
_MONTHS = re.compile(r"\btháng\b(?!\s*\d)", re.IGNORECASE)
_CLOCK = re.compile(r"\d{1,2}\s?(?:h|giờ|g|:)\s?(?:\d{2})?(?!\w)", re.IGNORECASE)
_CALENDAR = re.compile(r"\d{1,2}\s?[/.-]\s?\d{1,2}|tháng|ngày|quý|quí|năm|tuần", re.IGNORECASE)

Grid = list[list[Cell | None]]


@dataclass(frozen=True, slots=True)
class Columns:
    """Roles and headings of the columns, and the first row below the headings."""

    roles: tuple[str, ...]
    headings: tuple[str, ...]
    first_row: int

    def having(self, *roles: str) -> list[int]:
        """Indexes of the columns in these roles."""
        return [i for i, role in enumerate(self.roles) if role in roles]

    @property
    def content(self) -> int | None:
        return next(iter(self.having("content")), None)


def cell_text(document: Document, cell: Cell | None) -> str:
    """The text of a cell with single spaces; "" for none."""
    return squeeze(document.cut(cell)) if cell is not None else ""


def read_columns(
    document: Document, table: Table, grid: Grid, known: Columns | None = None
) -> Columns | None:
    """The columns of a task table, None where the table is of another kind.

    `known` are the columns of the task table before it: a table of the same width that has no
    headings continues it.
    """
    columns = _by_headings(document, grid)
    if columns is None and known is not None and len(known.roles) == table.n_cols:
        columns = Columns(known.roles, known.headings, 0)
    if columns is None:
        columns = _by_contents(document, grid)
    if columns is None or _is_foreign(document, grid, columns):
        return None
    return columns


def _by_headings(document: Document, grid: Grid) -> Columns | None:
    for i, row in enumerate(grid[:_HEADING_ROWS]):
        if _heading_score(document, row) >= 2:
            last = _last_heading_row(document, grid, i)
            return _classified(document, grid, i, last)
    return None


def _heading_score(document: Document, row: Sequence[Cell | None]) -> int:
    cells = {id(cell): cell for cell in row if cell is not None}
    roles = set()
    for cell in cells.values():
        text = cell_text(document, cell)
        if text and len(text) <= _HEADING_LENGTH and not text.startswith(("-", "+")):
            roles.add(classify("table_headings", "role", text))
    roles.discard(None)
    return len(roles)


def _last_heading_row(document: Document, grid: Grid, first: int) -> int:
    """A second heading row lies under merged cells of the first; a row of column numbers follows."""
    last = first
    for cell in grid[first]:
        if cell is not None and cell.row_span > 1 and cell.row_span <= 3:
            last = max(last, cell.row + cell.row_span - 1)
    last = min(last, len(grid) - 1)
    if last == first and first + 1 < len(grid) and any(c is not None and c.col_span > 1 for c in grid[first]):
        last += _heading_score(document, grid[first + 1]) >= 2
    if last == first and _second_headings(document, grid, first):
        last += 1
    while last + 1 < len(grid) and _numbers_columns(document, grid[last + 1]):
        last += 1
    return last


def _second_headings(document: Document, grid: Grid, first: int) -> bool:
    """Whether the next row divides headings of the first whose merged cells the format lost.

    Column numbers below it say so; else all its texts are headings, one of them under an empty or a
    repeated cell.
    """
    if first + 1 >= len(grid):
        return False
    above, below = ([cell_text(document, cell) for cell in row] for row in grid[first : first + 2])
    filled = [i for i, text in enumerate(below) if text and text != above[i]]
    if not filled or any(len(below[i]) > _HEADING_LENGTH for i in filled):
        return False
    lost = any(i > 0 and above[i] in ("", above[i - 1]) for i in filled)
    if lost and first + 2 < len(grid) and _numbers_columns(document, grid[first + 2]):
        return not _numbers_columns(document, grid[first + 1])
    roles = {classify("table_headings", "role", below[i]) for i in filled}
    return lost and None not in roles and len(roles) >= 2


def _numbers_columns(document: Document, row: Sequence[Cell | None]) -> bool:
    """(1), (2), (3) … below the headings; as recognisers read them, G) and (q) too."""
    texts = [t for t in (cell_text(document, cell) for cell in row) if t]
    if len(texts) < 2 or len(texts) < len(row) - 1:
        return False
    bracketed = sum(t.endswith(")") for t in texts)
    misread = bracketed >= len(texts) / 2 and all(len(t) <= _NUMBER_LENGTH for t in texts)
    return misread or all(map(_COLUMN_NUMBER.fullmatch, texts))


def _classified(document: Document, grid: Grid, first: int, last: int) -> Columns | None:
    headings, roles = [], []
    for col in range(len(grid[first])):
        stacked = [cell_text(document, grid[r][col]) for r in range(first, last + 1)]
        stacked = _heading_texts(stacked)
        headings.append(" ".join(stacked))
        roles.append(_role(stacked))
    if len(roles) > 1 and "content" in roles[1:] and not headings[0]:
        roles[0] = "no"
    _demote_second_contents(document, grid, roles, last + 1)
    return Columns(tuple(roles), tuple(headings), last + 1)


def _heading_texts(stacked: Sequence[str]) -> list[str]:
    """The headings over a column, outermost first; no column numbers, but under “Tháng” one is a month."""
    texts: list[str] = []
    for text in stacked:
        if texts and text.isdigit() and 1 <= int(text) <= 12 and _MONTHS.search(texts[-1]):
            texts.append(f"Tháng {int(text)}")
        elif text and text not in texts and not _COLUMN_NUMBER.fullmatch(text):
            texts.append(text)
    return texts


def _role(stacked: Sequence[str]) -> str:
    for text in (*reversed(stacked), " ".join(stacked)):
        role = classify("table_headings", "role", text)
        if role is not None:
            return role
    return "extra"


def _demote_second_contents(document: Document, grid: Grid, roles: list[str], first: int) -> None:
    """Of several content columns one is the task: the last with a different text in most rows."""
    found = [i for i, role in enumerate(roles) if role == "content"]
    if not found:
        groups = [i for i, role in enumerate(roles) if role in {"group", "product"}]
        if groups:
            roles[groups[0]] = "content"
        return
    cells = {i: {id(row[i]) for row in grid[first:] if cell_text(document, row[i])} for i in found}
    most = max(len(c) for c in cells.values())
    chosen = next((i for i in found if len(cells[i]) == most), found[0])
    for i in found:
        if i != chosen:
            roles[i] = "group" if i < chosen else "extra"


def _by_contents(document: Document, grid: Grid) -> Columns | None:
    """Columns of a table without headings: numbers, times and bodies tell themselves."""
    if len(grid) < 3 or len(grid[0]) < 3:
        return None
    roles: list[str] = []
    for col in range(len(grid[0])):
        texts = [t for t in (cell_text(document, row[col]) for row in grid) if t]
        roles.append(_role_by_contents(texts, len(grid)))
    widths = [
        sum(len(cell_text(document, row[c])) for row in grid) if roles[c] == "extra" else 0
        for c in range(len(roles))
    ]
    if not max(widths) or not ({"time", "implementing"} & set(roles)):
        return None
    roles[widths.index(max(widths))] = "content"
    return Columns(tuple(roles), tuple("" for _ in roles), 0)


def _role_by_contents(texts: Sequence[str], n_rows: int) -> str:
    def most(test: object) -> bool:
        return len(texts) >= max(2, n_rows // 3) and sum(map(test, texts)) >= 0.7 * len(texts)  # type: ignore[call-overload]

    if most(lambda t: bool(_NUMBER.fullmatch(t))):
        return "no"
    if most(is_time_like):
        return "time"
    return "implementing" if most(lambda t: len(t) < 120 and is_body(t)) else "extra"


def _is_foreign(document: Document, grid: Grid, columns: Columns) -> bool:
    """A list of persons, a budget, a form, the programme of a day: no task table."""
    if columns.content is None or not columns.having(*BODY_ROLES, *TIME_ROLES):
        return True
    if len(columns.having("foreign")) >= 1 and len(columns.having(*BODY_ROLES)) == 0:
        return True
    if len(columns.having("foreign")) >= 2:
        return True
    body = grid[columns.first_row :]
    contents = [cell_text(document, row[columns.content]) for row in body]
    if not any(len(t) > 3 and t.strip(".… ") != "" for t in contents):
        return True
    return _is_programme(document, body, columns)


def _is_programme(document: Document, body: Grid, columns: Columns) -> bool:
    """Most times are hours of a day, without a date."""
    times = [cell_text(document, row[c]) for row in body for c in columns.having("time")]
    times = [t for t in times if t]
    hours = [t for t in times if _CLOCK.search(t) and not _CALENDAR.search(_CLOCK.sub("", t))]
    return bool(times) and len(hours) >= 0.6 * len(times)
