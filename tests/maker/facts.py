"""Facts of made plans: what a plan says, apart from how a format prints it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from extractors.plan import Role, TimeKind

# --- times and bodies -----------------------------------------------------------------------


@dataclass(frozen=True)
class When:
    """A time as printed, and what it means; days are inclusive, None is open or unknown."""

    text: str
    kind: TimeKind
    start: date | None = None
    end: date | None = None
    strict: bool = False


def within(text: str, start: tuple[int, int, int], end: tuple[int, int, int]) -> When:
    """From a first to a last day, each as year, month, day."""
    return When(text, "interval", date(*start), date(*end))


def by(text: str, end: tuple[int, int, int], strict: bool = False) -> When:
    """A deadline."""
    return When(text, "deadline", None, date(*end), strict)


def always(text: str, start: tuple[int, int, int], end: tuple[int, int, int]) -> When:
    """All the time, in the plan's own period."""
    return When(text, "ongoing", date(*start), date(*end))


@dataclass(frozen=True)
class Who:
    """A body with its role. `printed` is its line where that says more than the body (its role words)."""

    role: Role
    text: str
    printed: str | None = None

    @property
    def line(self) -> str:
        return self.printed or self.text


def lead(*names: str) -> tuple[Who, ...]:
    return tuple(Who("lead", name) for name in names)


def helped(*names: str) -> tuple[Who, ...]:
    """Coordinating bodies (phối hợp)."""
    return tuple(Who("coordinating", name) for name in names)


def watched(*names: str) -> tuple[Who, ...]:
    """Monitoring bodies (theo dõi, đôn đốc)."""
    return tuple(Who("monitoring", name) for name in names)


def done_by(*names: str) -> tuple[Who, ...]:
    """Bodies or persons of a single column that says no more (thực hiện)."""
    return tuple(Who("implementing", name) for name in names)


# --- the head and the end -------------------------------------------------------------------


@dataclass(frozen=True)
class Letterhead:
    """Printed lines of both sides. `party` letterheads have another motto and another number line."""

    issuer: tuple[str, ...]
    number: str  # the whole line: “Số: 12/KH-UBND”
    dated: str  # the whole line: “Hà Nam, ngày 05 tháng 01 năm 2024”
    parent: tuple[str, ...] = ()
    party: bool = False


@dataclass(frozen=True)
class Head:
    """The fields of the document that its letterhead, title and signature give; None is null."""

    number: str | None
    issued_on: date | None
    place: str | None
    issuer: str
    province: str | None
    title: str
    plan_year: int
    issuer_parent: str | None = None
    period: tuple[date, date] | None = None
    doc_type: str = "KH"


@dataclass(frozen=True)
class Signature:
    """Printed lines above the name, and what they say."""

    lines: tuple[str, ...]
    name: str
    title: str
    signed_as: str | None = None
    on_behalf_of: str | None = None


@dataclass(frozen=True)
class Basis:
    """A legal basis: its line as printed is `lead`, a space and `text`; other lines join with semicolons."""

    text: str
    instrument: str
    number: str | None
    issued_on: date | None
    issuer: str | None
    title: str | None
    lead: str = "Căn cứ"


# --- the body -------------------------------------------------------------------------------


@dataclass(frozen=True)
class Heading:
    """A heading with its label as printed: `I.`, `1.`, `a)`."""

    label: str
    title: str
    level: int = 1


@dataclass(frozen=True)
class Text:
    """A paragraph."""

    text: str


@dataclass(frozen=True)
class Items:
    """Items of a list below a paragraph or heading; they are no tasks of a table, list or block."""

    items: tuple[str, ...]
    mark: str = "-"


ColumnKind = Literal[
    "no", "content", "lead", "coordinating", "lead_coordinating", "implementing", "monitoring", "mixed",
    "time", "deadline", "product", "note",
]  # fmt: skip


@dataclass(frozen=True)
class Column:
    """A column of a task table. `over` is a heading above it and its neighbours with the same one."""

    kind: ColumnKind
    heading: str
    width: float = 1.0
    over: str | None = None


@dataclass(frozen=True)
class Row:
    """A row of a task table: its content (one string a paragraph of the cell), time and bodies."""

    no: str | None
    content: tuple[str, ...]
    when: When | None = None
    who: tuple[Who, ...] = ()
    product: str | None = None
    note: str | None = None


def row(
    no: str | None,
    content: str,
    when: When | None = None,
    who: tuple[Who, ...] = (),
    product: str | None = None,
    note: str | None = None,
) -> Row:
    """A row whose content is written as one string, its paragraphs parted by newlines."""
    return Row(no, tuple(content.split("\n")), when, who, product, note)


@dataclass(frozen=True)
class Group:
    """Rows below a group row (None: below no such row); its time holds for rows that have none."""

    title: str | None
    rows: tuple[Row, ...]
    when: When | None = None


@dataclass(frozen=True)
class TaskTable:
    """A task table. `merged` kinds are printed once over the rows of a group that share them;
    `joint` is what stands between bodies of a cell: a newline (each with a dash then) or “; ”."""

    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    merged: tuple[ColumnKind, ...] = ()
    numbered_columns: bool = False
    joint: str = "\n"


@dataclass(frozen=True)
class TimedList:
    """A heading that is a time, over a list of tasks."""

    label: str
    title: str
    when: When
    items: tuple[str, ...]
    mark: str = "-"


@dataclass(frozen=True)
class Activity:
    """An activity's heading over labelled lines: (label, value) as printed."""

    label: str
    title: str
    lines: tuple[tuple[str, str], ...]
    when: When
    who: tuple[Who, ...]


@dataclass(frozen=True)
class Duty:
    """A body and what it is charged with. Items stand below it; a single one without `below` follows
    in the same paragraph after a colon, or, with `charge` (“Giao”), is a sentence that begins with both.
    `due` is the last day that the items name."""

    label: str
    lead: str
    items: tuple[str, ...]
    below: bool = True
    due: date | None = None
    charge: str | None = None


Block = Heading | Text | Items | TaskTable | TimedList | Activity | Duty


@dataclass(frozen=True)
class MadePlan:
    """A plan: what is printed, in order, and the facts that a reader must find in it.

    `title` are the printed lines below the type, or with `one_line` the first of them goes on the type's
    line; `annex` is printed after the signature under the heading `annex_title`.
    """

    name: str
    letterhead: Letterhead
    head: Head
    title: tuple[str, ...]
    bases: tuple[Basis, ...]
    adopts: str
    body: tuple[Block, ...]
    recipients: tuple[str, ...]
    signature: Signature
    movements: tuple[str, ...] = ()
    annex_title: tuple[str, ...] = ()
    annex: tuple[Block, ...] = ()
    one_line: bool = False
    references: tuple[Basis, ...] = field(default=())

    @property
    def blocks(self) -> tuple[Block, ...]:
        return (*self.body, *self.annex)
