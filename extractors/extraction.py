"""Document to plan: the readers in their order, and what only all of them together can tell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from extractors import plan
from extractors.bodies import body_key
from extractors.citations import read_citations
from extractors.citations_checks import citation_doubts, without_rival_digits
from extractors.context import PlanContext
from extractors.document import Document
from extractors.duties import uncharged
from extractors.found import Found, finding
from extractors.geography import province_on
from extractors.header import Head, body_context, read_head
from extractors.identity import plan_id, series_key
from extractors.movements import read_movements
from extractors.outline import Node, build_outline
from extractors.recipients import read_recipients
from extractors.schedule import named_period
from extractors.schedule_periods import Period
from extractors.sections import section_rows
from extractors.task_checks import without_rival_times
from extractors.tasks import found_tables, placed_tables, read_tasks
from extractors.vietnamese.letters import squeeze
from extractors.zones import find_zones

_HEADING_LENGTH = 150  # characters
_CITES = re.compile(r"\bsố\s*:?\s*\d|\d\s*[-/]\s*[A-ZĐ]{2,}", re.IGNORECASE)
_IDENTIFYING = ("doc_type", "number", "issued_on", "issuer", "title", "signer")


def extract(document: Document) -> plan.Plan:
    """The plan that a document holds.

    Every document gives a plan; what is absent or doubtful is None, with a diagnostic.
    """
    zones = find_zones(document)
    head = read_head(document, zones)
    roots = tuple(build_outline(document, blocks) for blocks in (zones.body, zones.annexes))
    period = _stated_period(head, roots)
    context = _context(document, head, period)
    tables = placed_tables(context, roots)
    read, task_tables = read_tasks(context, roots, tables)
    tasks, unsure_times = without_rival_times(document, read)
    header = _header(head, period, _plan_year(head, period, tasks))
    cited = read_citations(document, zones, header.number)
    legal_bases, unsure = without_rival_digits(document, cited)
    doubts = citation_doubts(document, legal_bases, header.issued_on)
    return plan.Plan(
        header=header,
        fields=tuple(_fields(head, context)),
        legal_bases=legal_bases,
        movements=read_movements(document, zones),
        tasks=tasks,
        recipients=read_recipients(document, zones, context.bodies),
        sections=section_rows(context, roots),
        tables=found_tables(context, tables, task_tables),
        diagnostics=(
            *head.diagnostics,
            *_task_diagnostics(document, header, tasks),
            *unsure_times,
            *_uncharged(context, roots, tasks),
            *unsure,
            *doubts,
        ),
    )


def _stated_period(head: Head, roots: Sequence[Node]) -> Period | None:
    """The period that the title names, else the one that the headings name alone."""
    title = head.title.title
    stated = named_period(title.value) if title else None
    if stated is not None:
        return stated
    headings = [node.title for root in roots for node in root.children if _may_name_the_period(node)]
    named = {found for found in map(named_period, headings) if found is not None and found.plan_year}
    return named.pop() if len(named) == 1 else None


def _may_name_the_period(node: Node) -> bool:
    """A heading proper: not a paragraph with a number before it, nor one that cites another document."""
    return not node.is_bullet and len(node.title) <= _HEADING_LENGTH and not _CITES.search(node.title)


def _context(document: Document, head: Head, period: Period | None) -> PlanContext:
    year = period.plan_year if period else None
    return PlanContext(
        document,
        body_context(head),
        year=year or head.issued_year,
        issued_on=head.issued_on,
        period=(period.start, period.end) if period and period.plan_year else (None, None),
        school_year=period is not None and period.kind == "school_year",
    )


def _plan_year(head: Head, period: Period | None, tasks: Sequence[plan.Task]) -> int | None:
    """Title or heading, else the one year that the tasks fall in, else the year of issue."""
    if period is not None and period.plan_year is not None:
        return period.plan_year
    dated = {day.year for task in tasks for day in (task.time.start_on, task.time.end_on) if day is not None}
    return dated.pop() if len(dated) == 1 else head.issued_year


def _header(head: Head, period: Period | None, year: int | None) -> plan.Header:
    values = {name: found.value if found else None for name, found in head.values().items()}
    issuer = head.issuer.name
    province = head.issuer.province
    on = province_on(province.value, head.issued_on, head.issued_year) if province else None
    header = plan.Header(
        **values,  # type: ignore[arg-type]
        issuer_key=body_key(issuer.value) if issuer else None,
        issuer_source=head.issuer.source,
        province=on.name if on else None,
        province_code=on.code if on else None,
        province_now=on.now if on else None,
        plan_year=year,
        period_start=period.start if period else None,
        period_end=period.end if period else None,
        confidence=_confidence(head),
    )
    return header.model_copy(update={"plan_id": plan_id(header), "series_key": series_key(header)})


def _confidence(head: Head) -> float:
    """Mean over the identifying fields; one that is missing counts nothing."""
    values = head.values()
    found = [values[name] for name in _IDENTIFYING]
    return round(sum(f.confidence for f in found if f is not None) / len(_IDENTIFYING), 2)


def _fields(head: Head, context: PlanContext) -> Iterator[plan.FieldValue]:
    named: dict[str, Found[str] | Found[int] | Found[date] | None] = {
        **head.values(), "province": head.issuer.province,
    }  # fmt: skip
    for name, found in named.items():
        if found is not None:
            yield plan.FieldValue(
                field=name,
                value=str(found.value),
                start=found.start,
                end=found.end,
                regions=context.regions(found.start, found.end),
                confidence=found.confidence,
                rule=found.rule,
            )


def _uncharged(
    context: PlanContext, roots: Sequence[Node], tasks: Sequence[plan.Task]
) -> Iterator[plan.Finding]:
    for root in roots:
        for start, end in uncharged(context, root, tasks):
            text = squeeze(context.document.text[start : min(end, start + 80)])
            message = f"an item on organisation charges nobody that could be read: {text!r}"
            yield finding(context.document, "tasks", "info", "duty-not-read", message, start)


def _task_diagnostics(
    document: Document, header: plan.Header, tasks: Sequence[plan.Task]
) -> Iterator[plan.Finding]:
    """What a reader of the tasks ought to know: none found, times not understood, odd dates."""
    if not tasks and header.doc_type == "KH":
        yield finding(document, "tasks", "warning", "no-tasks", "the plan gives no tasks")
    for task in tasks:
        time = task.time
        if time.text and time.kind == "none":
            yield finding(
                document, "tasks", "warning", "time-not-read", f"time not read: {time.text!r}", task.start
            )
        if time.start_on and time.end_on and time.end_on < time.start_on:
            yield finding(
                document,
                "tasks",
                "warning",
                "ends-before-start",
                f"ends before it starts: {time.text!r}",
                task.start,
            )
        elif time.end_on and header.issued_on and time.end_on < header.issued_on:
            yield finding(
                document,
                "tasks",
                "info",
                "before-issue",
                f"ends before the plan's date: {time.text!r}",
                task.start,
            )
