"""A table that goes on over a page end: repeated header dropped, cut rows and merged cells joined."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.vietnamese.letters import key
from pipeline.parsers.layout_model import TextLine
from pipeline.parsers.layout_paragraphs import begins_in_cell
from pipeline.parsers.layout_tables import PageTable, TableCell

_SAME_EDGE = 5.0  # points between the edges of one column on two pages
_HEADER_ROWS = 3
_MOST = 0.6  # of a repeated header's cells are printed whole
_LINE = 0.8  # of the font size: lines further apart are not one level
_NUMBER = re.compile(r"\(?[\dIVXLivxla-zđ]{1,4}(?:\.\d{1,2})*[.)]?")


def continues(table: PageTable, following: PageTable) -> bool:
    """Whether the table at the top of a page can be the one at the end of the page before: same columns."""
    if following.page != table.last_page + 1 or table.ruled != following.ruled:
        return False
    return _columns(table.xs, following.xs) is not None


def _columns(one: Sequence[float], other: Sequence[float]) -> list[float] | None:
    """Column edges that hold both; None where the edges differ. The pages' margins may differ."""
    shift = one[0] - other[0]
    moved = [x + shift for x in other]
    if abs(one[-1] - moved[-1]) > _SAME_EDGE or abs(shift) > 60:
        return None
    few, many = sorted((list(one), moved), key=len)
    if any(min(abs(x - y) for y in many) > _SAME_EDGE for x in few):
        return None
    return list(one) if len(one) >= len(moved) else moved


def join(table: PageTable, following: PageTable) -> None:
    """Puts `following` below `table`."""
    xs = _columns(table.xs, following.xs) or table.xs
    shift = table.xs[0] - following.xs[0]
    _regrid(table, xs, 0.0)
    _regrid(following, xs, shift)
    _drop_header(table, following)
    _drop_blank_top(table, following)
    if following.n_rows == 0:
        table.last_page = following.last_page
        return
    cut = _is_cut(table, following)
    offset = table.n_rows - (1 if cut else 0)
    merged = _merge_top(table, following, cut)
    added = [c for c in following.cells if id(c) not in merged]
    for cell in added:
        cell.row, cell.row_end = cell.row + offset, cell.row_end + offset
    table.cells += added
    table.recent = [c for c in table.recent if c.row_end > offset] + added
    table.n_rows = offset + following.n_rows
    table.last_page, table.bottom = following.last_page, following.bottom
    table.open_bottom = following.open_bottom


def _regrid(table: PageTable, xs: Sequence[float], shift: float) -> None:
    at = [min(range(len(xs)), key=lambda i: abs(xs[i] - (x + shift))) for x in table.xs]
    table.xs = list(xs)
    if at == list(range(len(xs))):
        return
    for cell in table.cells:
        cell.col, cell.col_end = at[cell.col], at[cell.col_end]


def _row_key(table: PageTable, r: int) -> tuple[tuple[int, str], ...]:
    return tuple((c.col, key(c.text)) for c in table.first_page_row(r) if c.row == r)


def _drop_header(table: PageTable, following: PageTable) -> None:
    """Removes from the top of `following` the rows with which the table itself begins."""
    same = 0
    most = min(_HEADER_ROWS, table.n_rows, following.n_rows)
    while same < most and _repeats(table, following, same):
        same += 1
    if same < most and _part_from_header(table, following, same):
        table.header_rows, following.rest_on_top = max(table.header_rows, same + 1), True
    while same and any(c.row < same < c.row_end for c in following.cells):
        same -= 1
    following.cells = [c for c in following.cells if c.row >= same]
    for cell in following.cells:
        cell.row, cell.row_end = cell.row - same, cell.row_end - same
    following.n_rows -= same
    following.head = list(following.cells)
    if same:
        table.header_rows = max(table.header_rows, same)


def _repeats(table: PageTable, following: PageTable, r: int) -> bool:
    """Whether row `r` is printed again; a text of it may be cut short, where a line found no room."""
    one, other = _row_key(table, r), _row_key(following, r)
    if [col for col, _ in one] != [col for col, _ in other]:
        return False
    texts = [(a, b) for (_, a), (_, b) in zip(one, other, strict=True) if a or b]
    same = sum(a == b for a, b in texts)
    cut_short = all(b and a.startswith(b) for a, b in texts)
    return same == len(texts) > 0 or (cut_short and same >= _MOST * len(texts) and same > 1)


def _part_from_header(table: PageTable, following: PageTable, r: int) -> bool:
    """Takes header row `r` out of the rest of a cut row, from which no line parts it."""
    one, other = table.first_page_row(r), following.first_page_row(r)
    if [c.col for c in one] != [c.col for c in other] or sum(bool(c.groups) for c in one) < 2:
        return False
    rests = [_below(header, cell) for header, cell in zip(one, other, strict=True)]
    if not all(rest is not None for rest in rests):
        return False
    for cell, rest in zip(other, rests, strict=True):
        cell.groups = rest or []
    return True


def _below(header: TableCell, cell: TableCell) -> list[list[TextLine]] | None:
    """The cell's lines below those that print the header's text; None where it does not begin with it."""
    wanted, said = key(header.text), ""
    groups = [list(group) for group in cell.groups]
    while key(said) != wanted:
        if not groups:
            return None
        said = f"{said} {groups[0].pop(0).text}"
        groups = groups if groups[0] else groups[1:]
    return groups


def _drop_blank_top(table: PageTable, following: PageTable) -> None:
    """A top row without any text is the rest of a cut row: padding, or a merged cell's last line."""
    while following.n_rows > 1 and not any(c.text for c in following.first_page_row(0)):
        if any(c.row_end > 1 for c in following.cells if c.row == 0):
            return
        following.cells = [c for c in following.cells if c.row > 0]
        for cell in following.cells:
            cell.row, cell.row_end = cell.row - 1, cell.row_end - 1
        following.n_rows -= 1
        following.head = list(following.cells)


def _is_cut(table: PageTable, following: PageTable) -> bool:
    """Whether the first row of `following` is the rest of the table's last row."""
    above = {c.col: c for c in table.last_row()}
    top = following.first_page_row(0)
    if [c.col for c in top] != sorted(above) or any(above[c.col].col_end != c.col_end for c in top):
        return False
    single = [c for c in top if c.row_end == 1]
    filled = [c for c in single if c.groups]
    if len(top) < 2 or not filled or table.n_rows - 1 < table.header_rows:
        return False
    if any(_goes_on(above[c.col], c) is False for c in filled):
        return False
    if following.rest_on_top or any(_goes_on(above[c.col], c) for c in filled):
        return True
    if _ends_unevenly([above[c.col] for c in filled]):
        return False
    number_lost = _numbered(table, top[0].col) and not top[0].groups
    lost = any(
        not c.groups and above[c.col].groups and above[c.col].row_end - above[c.col].row == 1 for c in single
    )
    return number_lost or (lost and not top[0].groups) or following.open_top or table.open_bottom


def _ends_unevenly(cells: Sequence[TableCell]) -> bool:
    """Whether the last lines of cells of one row stand apart: then the page's end cut not all of them."""
    ends = [c.groups[-1][-1] for c in cells if c.groups and c.row_end - c.row == 1]
    if len(ends) < 2 or len(ends) < len(cells):
        return False
    levels = [line.y1 for line in ends]
    return max(levels) - min(levels) > _LINE * max(line.size for line in ends)


def _goes_on(above: TableCell, cell: TableCell) -> bool | None:
    """Whether the cell's text goes on from that above: True, False, or None where it may."""
    first = cell.groups[0][0]
    if not above.groups:
        return False if first.text[:1].isdigit() else None
    last = above.groups[-1][-1]
    if first.starts_small() and not last.ends():
        return True
    if _NUMBER.fullmatch(cell.text) and cell.text[:1].isdigit():
        return False
    return None


def _numbered(table: PageTable, col: int) -> bool:
    """Whether the column numbers the rows, one number a row."""
    body = [c for c in table.recent if c.col == col and c.row >= max(1, table.header_rows)]
    cells = [c for c in body if c.col_end - c.col == 1]
    numbers = [c for c in cells if _NUMBER.fullmatch(c.text)]
    single = all(c.row_end - c.row == 1 for c in numbers)
    return single and len(numbers) >= 1 and len(numbers) >= 0.8 * len([c for c in cells if c.groups])


def _merge_top(table: PageTable, following: PageTable, cut: bool) -> set[int]:
    """Joins top cells with the cells above that go on in them; ids of the cells that are used up."""
    above = {(c.col, c.col_end): c for c in table.last_row()}
    used = set()
    for cell in following.first_page_row(0):
        upper = above.get((cell.col, cell.col_end))
        if upper is None or not (cut or _is_rest(table, upper, cell)):
            continue
        _append(upper, cell)
        upper.row_end += cell.row_end - (1 if cut else 0)
        used.add(id(cell))
    return used


def _is_rest(table: PageTable, upper: TableCell, cell: TableCell) -> bool:
    """Whether an empty top cell is the rest of the merged cell above it."""
    if cell.groups or not upper.groups or upper.col_end - upper.col == table.n_cols:
        return False
    if upper.row < table.header_rows or upper.row == 0:
        return False
    if upper.row_end - upper.row > 1 or cell.row_end > 1:
        return True
    return upper.col == 0 and not _numbered(table, 0)


def _append(upper: TableCell, cell: TableCell) -> None:
    groups = [list(g) for g in cell.groups]
    if upper.groups and groups and not _parted(upper.groups[-1], groups[0][0]):
        upper.groups[-1] = upper.groups[-1] + groups.pop(0)
    upper.groups = upper.groups + groups


def _parted(lines: Sequence[TextLine], line: TextLine) -> bool:
    return begins_in_cell(lines, line)
