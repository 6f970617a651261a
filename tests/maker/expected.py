"""The facts of a made plan as comparable rows, and the same rows out of an extracted plan."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from extractors.plan import Plan, Task
from extractors.vietnamese.letters import squeeze
from tests.maker.facts import Activity, Duty, MadePlan, TaskTable, TimedList, When, Who


class Fields(NamedTuple):
    """The fields of a document."""

    doc_type: str | None
    number: str | None
    issued_on: date | None
    place: str | None
    issuer: str | None
    issuer_parent: str | None
    province: str | None
    title: str | None
    plan_year: int | None
    signer: str | None
    signer_title: str | None
    signed_as: str | None


class Cited(NamedTuple):
    """A citation."""

    role: str
    instrument: str
    number: str | None
    issued_on: date | None
    issuer: str | None
    title: str | None
    text: str


class TaskRow(NamedTuple):
    """A task of a table, list or block; bodies are (role, text) in order of the roles."""

    source: str
    no: str | None
    group: str | None
    content: str
    time_text: str | None
    time_kind: str
    start_on: date | None
    end_on: date | None
    end_strict: bool
    bodies: tuple[tuple[str, str], ...]
    product: str | None
    note: str | None


class DutyRow(NamedTuple):
    """What a body is charged with, and the last day."""

    lead: str
    content: str
    end_on: date | None


@dataclass(frozen=True)
class Facts:
    """All compared facts of a plan. `periods` is empty where the plan states none."""

    fields: Fields
    period: tuple[date | None, date | None]
    citations: list[Cited]
    movements: list[str]
    tasks: list[TaskRow]
    duties: list[DutyRow]
    recipients: list[str]


# --- of a made plan -------------------------------------------------------------------------


def expected(plan: MadePlan) -> Facts:
    """What a reader must find in the printed plan."""
    head, signature = plan.head, plan.signature
    fields = Fields(
        head.doc_type, head.number, head.issued_on, head.place, head.issuer, head.issuer_parent,
        head.province, head.title, head.plan_year, signature.name, signature.title, signature.signed_as,
    )  # fmt: skip
    cited = [
        Cited(role, b.instrument, b.number, b.issued_on, b.issuer, b.title, b.text)
        for role, bases in (("basis", plan.bases), ("reference", plan.references))
        for b in bases
    ]
    return Facts(
        fields,
        head.period or (None, None),
        cited,
        list(plan.movements),
        list(_tasks(plan)),
        [duty for block in plan.blocks if isinstance(block, Duty) for duty in _duties(block)],
        list(plan.recipients),
    )


def _tasks(plan: MadePlan) -> Iterator[TaskRow]:
    for block in plan.blocks:
        if isinstance(block, TaskTable):
            yield from _rows(block)
        elif isinstance(block, TimedList):
            yield from (_row("list", item, block.when) for item in block.items)
        elif isinstance(block, Activity):
            yield _row("block", block.title, block.when, block.who)


def _rows(table: TaskTable) -> Iterator[TaskRow]:
    for group in table.groups:
        for row in group.rows:
            yield _row("table", " ".join(row.content), row.when or group.when, row.who)._replace(
                no=row.no, group=group.title, product=row.product, note=row.note
            )


def _row(source: str, content: str, when: When | None, who: tuple[Who, ...] = ()) -> TaskRow:
    when = when or When("", "none")
    bodies = _in_order((w.role, w.text) for w in who)
    return TaskRow(
        source, None, None, content, when.text or None, when.kind, when.start, when.end, when.strict, bodies,
        None, None,
    )  # fmt: skip


def _in_order(bodies: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(bodies, key=lambda body: body[0]))


def _duties(duty: Duty) -> Iterator[DutyRow]:
    for item in duty.items:
        named = duty.due is not None and str(duty.due.year) in item
        sentence = f"{duty.charge} {duty.lead} {item}" if duty.charge else item
        yield DutyRow(duty.lead, sentence, duty.due if named else None)


# --- of an extracted plan -------------------------------------------------------------------


def found(plan: Plan) -> Facts:
    """The same rows out of what was extracted."""
    head = plan.header
    return Facts(
        Fields(*(getattr(head, name) for name in Fields._fields)),
        (head.period_start, head.period_end),
        [
            Cited(b.role, b.instrument, b.number, b.issued_on, b.issuer, b.title, squeeze(b.text))
            for b in plan.legal_bases
        ],
        [movement.name for movement in plan.movements],
        [_found_task(task) for task in plan.tasks if task.source in ("table", "list", "block")],
        [_found_duty(task) for task in plan.tasks if task.source == "assignment"],
        [squeeze(recipient.text) for recipient in plan.recipients],
    )


def _found_task(task: Task) -> TaskRow:
    time = task.time
    bodies = _in_order((b.role, squeeze(b.text)) for b in task.bodies)
    listed = task.source != "table"
    return TaskRow(
        task.source, None if listed else task.no, None if listed else task.group, squeeze(task.content),
        time.text and squeeze(time.text), time.kind, time.start_on, time.end_on, time.end_strict, bodies,
        task.product, task.note,
    )  # fmt: skip


def _found_duty(task: Task) -> DutyRow:
    lead = "; ".join(squeeze(b.text) for b in task.bodies if b.role in ("lead", "implementing"))
    content = squeeze(task.content)
    return DutyRow(lead, content.removeprefix(f"{lead}: "), task.time.end_on)
