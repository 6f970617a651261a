"""What is marked on a page: the places of a plan's facts, each of a kind that has a colour and a name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from extractors import plan as plan_model
from extractors.document import Cell, Document, Region, Table
from extractors.plan import FieldValue, Plan, Task
from extractors.vietnamese.letters import squeeze

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of facts: its name in the legend and its colour, which the colour-blind can tell apart."""

    name: str
    colour: Colour


FIELD = Kind("field", (0, 102, 178))
BASIS = Kind("legal basis", (170, 60, 140))
TASK = Kind("task", (0, 130, 90))
TIME = Kind("time", (224, 150, 0))
BODY = Kind("body", (200, 80, 20))
DUTY = Kind("duty", (95, 75, 165))
KINDS = (FIELD, BASIS, TASK, TIME, BODY, DUTY)

# What says a field best, where several were read from the same words; what only repeats it is not marked.
_FIELDS = (
    "doc_type", "title", "number", "number_text", "issued_on", "issued_year", "place", "issuer",
    "issuer_parent", "signer", "signer_title", "signed_as", "on_behalf_of", "secrecy", "urgency", "province",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """A place to mark. `is_band`: it lies behind others, as a row behind its cells."""

    kind: Kind
    region: Region
    label: str | None = None
    is_band: bool = False


def marks_of(document: Document, plan: Plan) -> tuple[Mark, ...]:
    """The marks of a plan, the outer before those inside; nothing is marked twice in the same way.

    Tasks, duties, bases and references are labelled with their `seq` in the dataset.
    """
    found: dict[tuple[str, Region], Mark] = {}
    for mark in (*_bases(plan), *_tasks(document, plan), *_fields(plan)):
        found.setdefault((mark.kind.name, mark.region), mark)
    return tuple(found.values())


def _fields(plan: Plan) -> Iterator[Mark]:
    for field in _apart(plan.fields):
        yield from (Mark(FIELD, region, field.field) for region in _regions(field.regions))


def _apart(fields: Iterable[FieldValue]) -> list[FieldValue]:
    """Fields that lie in no other: the longest of those that overlap, the best named of equal ones."""
    known = [field for field in fields if field.field in _FIELDS]
    known.sort(key=lambda field: (field.start - field.end, _FIELDS.index(field.field)))
    kept: list[FieldValue] = []
    for field in known:
        if not any(field.start < other.end and other.start < field.end for other in kept):
            kept.append(field)
    return kept


def _bases(plan: Plan) -> Iterator[Mark]:
    for seq, basis in enumerate(plan.legal_bases, start=1):
        yield from (Mark(BASIS, region, f"{basis.role} {seq}") for region in _regions(basis.regions))


def _tasks(document: Document, plan: Plan) -> Iterator[Mark]:
    tables = [block for block in document.blocks if isinstance(block, Table)]
    for seq, task in enumerate(plan.tasks, start=1):
        table = next((t for t in tables if t.start <= task.start < t.end), None)
        if task.source == "table" and table is not None:
            yield from _row(document, table, task, f"task {seq}")
        else:
            following = min((t.start for t in plan.tasks if t.start > task.start), default=len(document.text))
            yield from _item(document, task, following, seq)


def _row(document: Document, table: Table, task: Task, label: str) -> Iterator[Mark]:
    """A row of a table: a band as wide as the table, and on it each cell by what it holds."""
    home = next((c for c in table.cells if c.start <= task.start < max(c.end, c.start + 1)), None)
    if home is None:
        return
    rows = range(home.row, home.row + home.row_span)
    cells = [c for c in table.cells if c.start < c.end and set(rows) & set(range(c.row, c.row + c.row_span))]
    own = [c for c in cells if c.row in rows and c.row + c.row_span <= rows.stop]
    whole = {region.page: region for region in document.regions(table.start, table.end)}
    for hull in _hulls(document, own):
        band = replace(hull, x0=whole[hull.page].x0, x1=whole[hull.page].x1)
        yield Mark(TASK, band, label, is_band=True)
    for cell in cells:
        kind = _kind(document, cell, task)
        yield from (Mark(kind, region) for region in document.regions(cell.start, cell.end))


def _hulls(document: Document, cells: Iterable[Cell]) -> Iterable[Region]:
    """What the cells cover together, page by page."""
    hulls: dict[int, Region] = {}
    for region in (r for cell in cells for r in document.regions(cell.start, cell.end)):
        hulls[region.page] = hulls[region.page].union(region) if region.page in hulls else region
    return hulls.values()


def _kind(document: Document, cell: Cell, task: Task) -> Kind:
    if task.time.text and squeeze(task.time.text) == squeeze(document.cut(cell)):
        return TIME
    return BODY if any(cell.start <= body.start < cell.end for body in task.bodies) else TASK


def _item(document: Document, task: Task, following: int, seq: int) -> Iterator[Mark]:
    """A task or duty in prose, its bodies and the words of its time.

    Labelled lines stand below the task's own line, but before the next task at `following`.
    """
    is_duty = task.source == "assignment"
    kind, label = (DUTY, f"duty {seq}") if is_duty else (TASK, f"task {seq}")
    yield from (Mark(kind, region, label) for region in _regions(task.regions))
    for body in task.bodies:
        yield from (Mark(BODY, region) for region in _regions(body.regions))
    end = following if task.source == "block" else task.end
    at = document.text.find(task.time.text, task.start, end) if task.time.text else -1
    if at >= 0 and task.time.text:
        yield from (Mark(TIME, region) for region in document.regions(at, at + len(task.time.text)))


def _regions(regions: Iterable[plan_model.Region]) -> Iterator[Region]:
    """Regions of a fact as those of a document."""
    for r in regions:
        yield Region(r.page, r.x0, r.y0, r.x1, r.y1)
