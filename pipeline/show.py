"""Prints one plan for people: letterhead, legal bases, movements, tasks, duties, recipients, diagnostics."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TextIO

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from extractors.document import Diagnostic, Document
from extractors.plan import Finding, Header, LegalBasis, Movement, Plan, Task, Time

_WIDTH = 80  # where the output is no terminal
_WIDEST = 120  # longer lines are hard to read
_SEVERITY = {"error": "red", "warning": "yellow", "info": "dim"}


def print_plan(document: Document, plan: Plan, stream: TextIO) -> None:
    """Print a plan to a stream; colours on a terminal only."""
    width = min(shutil.get_terminal_size((_WIDTH, 24)).columns, _WIDEST) if stream.isatty() else _WIDTH
    console = Console(file=stream, width=width, highlight=False)
    with console.capture() as printed:
        for part in _parts(document, plan):
            console.print(part)
    stream.writelines(line.rstrip() + "\n" for line in printed.get().splitlines())


def _parts(document: Document, plan: Plan) -> Iterator[RenderableType]:
    yield _heading(plan.header)
    yield _header_table(plan.header)
    yield from _section("Legal bases", map(_citation, _bases(plan, "basis")))
    yield from _section("References", map(_citation, _bases(plan, "reference")))
    yield from _section("Movements", map(_movement, plan.movements))
    yield from _tasks("Tasks", [t for t in plan.tasks if t.source in ("table", "list", "block")])
    yield from _duties([t for t in plan.tasks if t.source == "assignment"])
    yield from _tasks("Content items", [t for t in plan.tasks if t.source == "narrative"])
    yield from _section("Recipients", (_clean(r.text) for r in plan.recipients))
    yield from _section("Diagnostics", _diagnostics(document, plan))


def _clean(text: str, style: str = "") -> Text:
    """Text of a document: no markup and no control character of it reaches the terminal."""
    shown = "".join(ch if ch.isprintable() or ch == "\n" else " " for ch in text)
    return Text(shown, style)


def _heading(header: Header) -> Text:
    title = header.title or "(no title)"
    return _clean(f"{header.doc_type or '(no type)'} · {title}", "bold")


def _header_table(header: Header) -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(ratio=1)
    for label, value in _header_lines(header):
        if value:
            grid.add_row(label, _clean(value))
    return grid


def _header_lines(header: Header) -> Iterator[tuple[str, str | None]]:
    issued = _day(header.issued_on) or (str(header.issued_year) if header.issued_year else None)
    yield "number", header.number
    yield "issued", _joined(", ", header.place, issued)
    yield "issuer", header.issuer
    yield "superior", header.issuer_parent
    yield "province", _joined(", now ", header.province, _other(header.province_now, header.province))
    yield "plan year", str(header.plan_year) if header.plan_year else None
    yield "period", _span(header.period_start, header.period_end)
    yield "signed", _joined(" ", header.signed_as, header.on_behalf_of)
    yield "signer", _joined(", ", header.signer, header.signer_title)
    yield "marks", _joined(", ", header.secrecy, header.urgency)
    yield "plan id", header.plan_id
    yield "confidence", f"{header.confidence:.2f}"


def _other(value: str | None, than: str | None) -> str | None:
    return None if value == than else value


def _joined(mark: str, *values: str | None) -> str:
    return mark.join(value for value in values if value)


def _section(title: str, lines: Iterable[Text]) -> Iterator[RenderableType]:
    held = list(lines)
    if held:
        yield _title(title, len(held))
        for line in held:
            yield _bullet(line)


def _title(title: str, count: int) -> Text:
    return Text.assemble("\n", (title, "bold cyan"), f" ({count})")


def _bullet(line: Text) -> RenderableType:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=1)
    grid.add_column(ratio=1)
    grid.add_row("·", line)
    return Padding(grid, (0, 0, 0, 1))


def _bases(plan: Plan, role: str) -> list[LegalBasis]:
    return [basis for basis in plan.legal_bases if basis.role == role]


def _citation(basis: LegalBasis) -> Text:
    day = _day(basis.issued_on)
    what = _joined(" ", basis.instrument, basis.number, f"({day})" if day else None)
    return _clean(_joined(" · ", what, basis.issuer, basis.title))


def _movement(movement: Movement) -> Text:
    times = f"{movement.mentions} times" if movement.mentions > 1 else None
    return _clean(_joined(" · ", f"“{movement.name}”", movement.launched_by, times))


def _tasks(title: str, tasks: list[Task]) -> Iterator[RenderableType]:
    if not tasks:
        return
    yield _title(title, len(tasks))
    table = Table(box=None, padding=(0, 1), expand=True, show_edge=False)
    table.add_column("no", max_width=6)
    table.add_column("content", ratio=5)
    table.add_column("when", ratio=2, min_width=12)
    table.add_column("who", ratio=3)
    group: str | None = None
    for task in tasks:
        if task.group and task.group != group:
            table.add_row("", _clean(task.group, "italic"), "", "")
        group = task.group
        table.add_row(_clean(task.no or ""), _clean(task.content), _when(task.time), _who(task))
    yield table


def _when(time: Time) -> Text:
    days = _span(time.start_on, time.end_on)
    if days and time.end_strict:
        days = f"before {_day(time.end_on)}"
    return _clean(days or _joined(": ", _other(time.kind, "none"), time.text))


def _who(task: Task) -> Text:
    return _clean("\n".join(f"{body.text} ({body.role})" for body in task.bodies))


def _duties(tasks: list[Task]) -> Iterator[RenderableType]:
    by_lead: dict[str, list[Task]] = {}
    for task in tasks:
        lead = "; ".join(body.body for body in task.bodies if body.role in ("lead", "implementing"))
        by_lead.setdefault(lead or "(nobody named)", []).append(task)
    if by_lead:
        yield _title("Duties", len(tasks))
    for lead, held in by_lead.items():
        yield Padding(_clean(lead, "bold"), (0, 0, 0, 1))
        for task in held:
            when = _when(task.time).plain
            yield Padding(_bullet(_clean(task.content + (f"  [{when}]" if when else ""))), (0, 0, 0, 2))


def _diagnostics(document: Document, plan: Plan) -> Iterator[Text]:
    found: tuple[Diagnostic | Finding, ...] = (*document.diagnostics, *plan.diagnostics)
    for each in found:
        place = f"page {each.page}: " if each.page is not None else ""
        yield _clean(f"{place}{each.message} [{each.code}]", _SEVERITY[each.severity])


def _day(day: date | None) -> str | None:
    return None if day is None else f"{day:%d/%m/}{day.year}"


def _span(start: date | None, end: date | None) -> str | None:
    if start is None and end is None:
        return None
    if start == end:
        return _day(start)
    if start is None:
        return f"by {_day(end)}"
    return f"{_day(start)} – {_day(end)}" if end else f"from {_day(start)}"
