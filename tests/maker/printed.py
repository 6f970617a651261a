"""What of a made plan goes on paper: sides, paragraphs and grids that any writer can print."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import singledispatch
from itertools import groupby

from tests.maker.facts import (
    Activity,
    Basis,
    Block,
    Column,
    Duty,
    Group,
    Heading,
    Items,
    MadePlan,
    Row,
    TaskTable,
    Text,
    TimedList,
)

MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
PARTY = ("ĐẢNG CỘNG SẢN VIỆT NAM",)
TYPE = "KẾ HOẠCH"


@dataclass(frozen=True)
class Line:
    """A line of a letterhead or signature block."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True)
class Sides:
    """Two columns side by side, each centred in itself unless `flush` says that the left is not."""

    left: tuple[Line, ...]
    right: tuple[Line, ...]
    flush: bool = False


@dataclass(frozen=True)
class Para:
    """A paragraph. `label` is its number or mark, `depth` how far it stands in (0 is a heading or text)."""

    text: str
    label: str = ""
    depth: int = 0
    bold: bool = False
    italic: bool = False
    centred: bool = False
    heading: int | None = None
    new_page: bool = False

    @property
    def whole(self) -> str:
        return f"{self.label} {self.text}".strip()


@dataclass(frozen=True)
class GridCell:
    """A cell: its paragraphs, its place and spans."""

    row: int
    col: int
    lines: tuple[str, ...]
    row_span: int = 1
    col_span: int = 1
    bold: bool = False
    centred: bool = False


@dataclass(frozen=True)
class Grid:
    """A ruled table. `widths` are shares of the text width."""

    n_rows: int
    n_cols: int
    header_rows: int
    cells: tuple[GridCell, ...]
    widths: tuple[float, ...]

    @property
    def plain(self) -> bool:
        """Has it no cells over several rows, and none over some of the columns only?"""
        return all(c.row_span == 1 and c.col_span in (1, self.n_cols) for c in self.cells)

    def by_rows(self) -> list[list[GridCell]]:
        rows: list[list[GridCell]] = [[] for _ in range(self.n_rows)]
        for cell in self.cells:
            rows[cell.row].append(cell)
        return [sorted(row, key=lambda c: c.col) for row in rows]


Element = Sides | Para | Grid


def printed(plan: MadePlan) -> list[Element]:
    """The whole plan in the order in which it is printed."""
    return [
        _letterhead(plan),
        *_title(plan),
        *_preamble(plan),
        *(element for block in plan.body for element in elements(block)),
        _closing(plan),
        *_annex(plan),
    ]


def _title(plan: MadePlan) -> Iterator[Para]:
    lines = (f"{TYPE} {plan.title[0]}", *plan.title[1:]) if plan.one_line else (TYPE, *plan.title)
    for line in lines:
        note = line.startswith("(")
        yield Para(line, bold=not note, italic=note, centred=True)


def _letterhead(plan: MadePlan) -> Sides:
    head = plan.letterhead
    left = [Line(t) for t in head.parent] + [Line(t, bold=True) for t in head.issuer]
    right = [Line(t, bold=True) for t in (PARTY if head.party else MOTTO)]
    height = max(len(left), len(right))
    left += [Line("*")] if head.party else []
    left += [Line("")] * (height + head.party - len(left))
    right += [Line("")] * (len(left) - len(right))
    return Sides((*left, Line(head.number)), (*right, Line(head.dated, italic=True)))


def _preamble(plan: MadePlan) -> Iterator[Para]:
    for i, basis in enumerate(plan.bases):
        last = i + 1 == len(plan.bases)
        yield Para(f"{basis.lead} {basis.text}{'.' if last and _ends(basis) else ';'}", italic=True, depth=1)
    yield Para(plan.adopts, depth=1)


def _ends(basis: Basis) -> bool:
    return basis.lead == "Căn cứ"


def _closing(plan: MadePlan) -> Sides:
    ends = [f"- {text}{'.' if text == plan.recipients[-1] else ';'}" for text in plan.recipients]
    left = [Line("Nơi nhận:", bold=True, italic=True), *(Line(t) for t in ends)]
    right = [Line(t, bold=True) for t in plan.signature.lines]
    right += [Line("")] * 3 + [Line(plan.signature.name, bold=True)]
    height = max(len(left), len(right))
    left += [Line("")] * (height - len(left))
    right += [Line("")] * (height - len(right))
    return Sides(tuple(left), tuple(right), flush=True)


def _annex(plan: MadePlan) -> Iterator[Element]:
    for i, line in enumerate(plan.annex_title):
        note = line.startswith("(")
        yield Para(line, bold=not note, italic=note, centred=True, new_page=i == 0)
    for block in plan.annex:
        yield from elements(block)


@singledispatch
def elements(block: Block) -> Iterator[Element]:
    """What a block of the body prints."""
    raise TypeError(block)


@elements.register
def _(block: Heading) -> Iterator[Element]:
    yield Para(block.title, block.label, bold=block.level < 3, heading=block.level)


@elements.register
def _(block: Text) -> Iterator[Element]:
    yield Para(block.text, depth=1)


@elements.register
def _(block: Items) -> Iterator[Element]:
    yield from (Para(item, block.mark, depth=2) for item in block.items)


@elements.register
def _(block: TimedList) -> Iterator[Element]:
    yield Para(block.title, block.label, bold=True, heading=2)
    yield from (Para(item, block.mark, depth=2) for item in block.items)


@elements.register
def _(block: Activity) -> Iterator[Element]:
    yield Para(block.title, block.label, bold=True, heading=2)
    yield from (Para(f"{label}: {value}", "-", depth=2) for label, value in block.lines)


@elements.register
def _(block: Duty) -> Iterator[Element]:
    if block.charge:
        yield Para(f"{block.charge} {block.lead} {block.items[0]}", block.label, depth=1)
        return
    if not block.below:
        yield Para(f"{block.lead}: {block.items[0]}", block.label, depth=1)
        return
    yield Para(block.lead, block.label, bold=True, heading=2)
    yield from (Para(item, "-", depth=2) for item in block.items)


@elements.register
def _(block: TaskTable) -> Iterator[Element]:
    yield _Grids(block).grid()


class _Grids:
    """A task table on its way to a grid."""

    def __init__(self, table: TaskTable) -> None:
        self._table = table
        self._cells: list[GridCell] = []
        self._row = 0

    def grid(self) -> Grid:
        columns = self._table.columns
        self._headings(columns)
        header_rows = self._row
        for group in self._table.groups:
            self._group(group)
        widths = tuple(c.width / sum(c.width for c in columns) for c in columns)
        return Grid(self._row, len(columns), header_rows, tuple(self._cells), widths)

    def _headings(self, columns: tuple[Column, ...]) -> None:
        two = any(c.over for c in columns)
        col = 0
        for over, below in groupby(columns, key=lambda c: c.over):
            under = list(below)
            if over:
                self._put(col, over, col_span=len(under), bold=True)
            for i, column in enumerate(under):
                at = 1 if over else 0
                span = 2 if two and not over else 1
                self._put(col + i, column.heading, row=at, row_span=span, bold=True)
            col += len(under)
        self._row = 2 if two else 1
        if self._table.numbered_columns:
            for i in range(len(columns)):
                self._put(i, f"({i + 1})")
            self._row += 1

    def _group(self, group: Group) -> None:
        if group.title is not None:
            self._put(0, group.title, col_span=len(self._table.columns), bold=True)
            self._row += 1
        first = self._row
        for i, row in enumerate(group.rows):
            for col, column in enumerate(self._table.columns):
                lines = _cell(row, column, self._table.joint)
                if column.kind not in self._table.merged:
                    self._lines(first + i, col, lines, column)
                elif i == 0 or lines != _cell(group.rows[i - 1], column, self._table.joint):
                    same = 1
                    while i + same < len(group.rows) and lines == _cell(
                        group.rows[i + same], column, self._table.joint
                    ):
                        same += 1
                    self._lines(first + i, col, lines, column, same)
        self._row += len(group.rows)

    def _lines(self, row: int, col: int, lines: tuple[str, ...], column: Column, span: int = 1) -> None:
        centred = column.kind in ("no", "time", "deadline")
        self._cells.append(GridCell(row, col, lines, span, centred=centred))

    def _put(
        self, col: int, text: str, row: int = 0, row_span: int = 1, col_span: int = 1, bold: bool = False
    ) -> None:
        self._cells.append(GridCell(self._row + row, col, (text,), row_span, col_span, bold, centred=True))


def _cell(row: Row, column: Column, joint: str) -> tuple[str, ...]:
    """The paragraphs of a cell."""
    kind = column.kind
    if kind == "no":
        return (row.no,) if row.no else ()
    if kind == "content":
        return row.content
    if kind in ("time", "deadline"):
        return (row.when.text,) if row.when else ()
    if kind in ("product", "note"):
        text = row.product if kind == "product" else row.note
        return (text,) if text else ()
    roles = {"lead_coordinating": ("lead", "coordinating")}.get(kind, (kind,))
    lines = [who.line for who in row.who if kind == "mixed" or who.role in roles]
    if len(lines) > 1 and joint == "\n" and kind != "mixed":
        lines = [f"- {line}" for line in lines]
    return tuple(joint.join(lines).split("\n")) if lines else ()


def filled(grid: Grid) -> Grid:
    """The grid without cells over several rows: they are printed again in every row."""
    cells = tuple(
        GridCell(cell.row + i, cell.col, cell.lines if cell.row >= grid.header_rows or not i else (), 1,
                 cell.col_span, cell.bold, cell.centred)
        for cell in grid.cells
        for i in range(cell.row_span)
    )  # fmt: skip
    return Grid(grid.n_rows, grid.n_cols, grid.header_rows, cells, grid.widths)
