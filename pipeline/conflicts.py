"""Facts of one document that contradict each other, or the calendar of the law: table `conflicts`.

Each has two places. What contradicts across documents is found by `pipeline.conflicts_across`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from extractors.cited_instruments import instrument_key
from extractors.numbers import parse_symbol
from extractors.replaced import replaced_instrument
from extractors.symbol_issuers import contradicted
from extractors.vietnamese.letters import squeeze

Row = dict[str, object]
LONGEST_TEXT = 300  # characters of a printed fact
_LONGEST_SUBJECT = 120


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fact stands: `text[start:end]` of a document, its page (from 1), the fact as printed."""

    document_id: str
    start: int | None
    end: int | None
    text: str | None
    page: int | None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two facts that cannot both be true, and the places where they are told."""

    kind: str
    subject: str
    this: Place
    other: Place
    message: str

    def row(self) -> Row:
        """The row of table conflicts."""
        row: Row = {"kind": self.kind, "subject": self.subject[:_LONGEST_SUBJECT], "message": self.message}
        for prefix, place in (("", self.this), ("other_", self.other)):
            row[f"{prefix}document_id"] = place.document_id
            row |= {f"{prefix}{name}": getattr(place, name) for name in ("start", "end", "text", "page")}
        return row


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation as table legal_bases has it."""

    place: Place
    role: str
    instrument: str
    number: str | None
    issued_on: date | None
    issuer: str | None
    title: str | None

    @property
    def name(self) -> str:
        return " ".join(filter(None, (self.instrument, self.number or self.title)))


@dataclass(frozen=True, slots=True)
class _Task:
    place: Place
    content: str
    start_on: date | None
    end_on: date | None


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the rows of one document say, typed."""

    issued_on: date | None
    number: str | None
    issuer: str | None
    province: str | None
    fields: Mapping[str, Place]
    citations: Sequence[Citation]
    tasks: Sequence[_Task]


def document_conflicts(document_id: str, rows: Mapping[str, Sequence[Mapping[str, object]]]) -> list[Row]:
    """Rows of table conflicts for one document, in order; `rows` are those of its other tables."""
    facts = _facts(document_id, rows)
    found = [
        *_in_citations(facts),
        *_between_citations(facts),
        *_in_tasks(facts),
        *_in_header(facts),
    ]
    return sorted((conflict.row() for conflict in found), key=sort_key)


def sort_key(row: Row) -> tuple[str, ...]:
    """Rows are sorted by their place, then by kind and the other place."""
    names = ("document_id", "start", "kind", "other_document_id", "other_start", "message")
    return tuple(f"{v:012d}" if isinstance(v := row[name], int) else str(v or "") for name in names)


# --- rows to facts ----------------------------------------------------------------------------


def _facts(document_id: str, rows: Mapping[str, Sequence[Mapping[str, object]]]) -> _Facts:
    header = rows["documents"][0]
    text = str(rows["texts"][0]["text"]) if rows["texts"] else ""
    starts = [(_int(page["start"]), _int(page["page"])) for page in rows["pages"]]

    def place(row: Mapping[str, object]) -> Place:
        start, end = _int(row["start"]), _int(row["end"])
        page = next((number for first, number in reversed(starts) if (first or 0) <= (start or 0)), None)
        return Place(document_id, start, end, squeeze(text[start:end])[:LONGEST_TEXT] or None, page)

    return _Facts(
        issued_on=_date(header.get("issued_on")),
        number=_str(header.get("number")),
        issuer=_str(header.get("issuer")),
        province=_str(header.get("province")),
        fields={str(row["field"]): place(row) for row in rows["fields"]},
        citations=[_citation(row, place(row)) for row in rows["legal_bases"]],
        tasks=[
            _Task(place(row), str(row["content"]), _date(row.get("start_on")), _date(row.get("end_on")))
            for row in rows["tasks"]
        ],
    )


def _citation(row: Mapping[str, object], place: Place) -> Citation:
    return Citation(
        place,
        role=str(row["role"]),
        instrument=str(row["instrument"]),
        number=_str(row.get("number")),
        issued_on=_date(row.get("issued_on")),
        issuer=_str(row.get("issuer")),
        title=_str(row.get("title")),
    )


def _int(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _str(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _date(value: object) -> date | None:
    return value if isinstance(value, date) else None


# --- citations --------------------------------------------------------------------------------


def _in_citations(facts: _Facts) -> Iterator[Conflict]:
    issued = facts.fields.get("issued_on")
    for citation in facts.citations:
        yield from _within(citation)
        if citation.role == "basis" and issued is not None:
            yield from _against_issue(citation, facts, issued)


def _within(citation: Citation) -> Iterator[Conflict]:
    """A citation that contradicts itself: both places are its own."""
    number, place = citation.number, citation.place
    if number is None:
        return
    said = contradicted(number, citation.issuer) if citation.issuer else None
    if said is not None:
        message = f"{number} is the symbol of {said}, but the issuer named is {citation.issuer}"
        yield Conflict("symbol-issuer", citation.name, place, place, message)
    symbol = parse_symbol(number)
    year = symbol.year if symbol else None
    if year and citation.issued_on and citation.issued_on.year != year:
        message = f"the number is of {year}, the date {citation.issued_on}"
        yield Conflict("number-year", citation.name, place, place, message)


def _against_issue(citation: Citation, facts: _Facts, issued: Place) -> Iterator[Conflict]:
    """A basis that was not there yet, or no longer, when the document was issued."""
    if facts.issued_on and citation.issued_on and citation.issued_on > facts.issued_on:
        message = f"a basis of {citation.issued_on} in a document of {facts.issued_on}"
        yield Conflict("basis-after-plan", citation.name, citation.place, issued, message)
    replaced = replaced_instrument(citation.number, citation.title, citation.issued_on)
    if replaced is not None and facts.issued_on and facts.issued_on > replaced.until:
        message = f"it held until {replaced.until}, then {replaced.by}; the document is of {facts.issued_on}"
        yield Conflict("replaced-basis", citation.name, citation.place, issued, message)


def _between_citations(facts: _Facts) -> Iterator[Conflict]:
    """The same instrument cited with two dates or issuers; the other place is its first citation."""
    first: dict[str, Citation] = {}
    told: set[tuple[str, date | None, str | None]] = set()
    for citation in facts.citations:
        if citation.number is None or citation.issued_on is None:
            continue
        key = instrument_key(
            citation.instrument, citation.number, citation.issued_on, citation.issuer, facts.province
        )
        before = first.setdefault(key, citation) if key else citation
        mark = (citation.name, citation.issued_on, citation.issuer)
        if before is not citation and mark not in told:
            told.add(mark)
            yield from differences(citation, before)


def differences(citation: Citation, before: Citation) -> Iterator[Conflict]:
    """What two citations of the same instrument say differently of it."""
    if citation.issued_on != before.issued_on:
        message = f"dated {citation.issued_on}, elsewhere {before.issued_on}"
        yield Conflict("dates-differ", citation.name, citation.place, before.place, message)
    elif citation.issuer and before.issuer and party_organs_differ(citation.issuer, before.issuer):
        message = f"issued by {citation.issuer}, elsewhere by {before.issuer}"
        yield Conflict("issuers-differ", citation.name, citation.place, before.place, message)


_PARTY_ORGANS = ("bộ chính trị", "ban bí thư", "ban chấp hành trung ương")


def party_organ(issuer: str) -> str | None:
    """Which of the three central organs of the Party an issuer is; None for any other."""
    folded = issuer.casefold()
    named = [organ for organ in _PARTY_ORGANS if organ in folded]
    return named[0] if len(named) == 1 else None


def party_organs_differ(one: str, other: str) -> bool:
    """Whether two names are of two of the central organs of the Party, whose symbols are the same."""
    organs = party_organ(one), party_organ(other)
    return None not in organs and organs[0] != organs[1]


# --- tasks and header -------------------------------------------------------------------------


def _in_tasks(facts: _Facts) -> Iterator[Conflict]:
    issued = facts.fields.get("issued_on")
    for task in facts.tasks:
        if task.end_on is None:
            continue
        if task.start_on is not None and task.end_on < task.start_on:
            message = f"it ends on {task.end_on}, before it starts on {task.start_on}"
            yield Conflict("task-ends-before-start", task.content, task.place, task.place, message)
        elif issued is not None and facts.issued_on is not None and task.end_on < facts.issued_on:
            message = f"it ends on {task.end_on}, before the plan was issued on {facts.issued_on}"
            yield Conflict("task-ends-before-issue", task.content, task.place, issued, message)


def _in_header(facts: _Facts) -> Iterator[Conflict]:
    number, issuer = facts.fields.get("number"), facts.fields.get("issuer")
    if number is None or issuer is None or facts.number is None or facts.issuer is None:
        return
    said = contradicted(facts.number, facts.issuer)
    if said is not None:
        message = f"{facts.number} is the symbol of {said}, but the issuer is {facts.issuer}"
        yield Conflict("symbol-issuer", facts.number, number, issuer, message)
