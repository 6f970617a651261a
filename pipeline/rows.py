"""From a read document and its plan to rows of the dataset's tables.

`document_rows` gives every table that hangs on one document; `as_table` turns rows into Arrow. Ids are
made here: `task_id` is the document's id and the task's place in the parsed document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel

from extractors.document import Diagnostic, Document
from extractors.plan import Fact, Finding, Plan, Task, Time
from pipeline.conflicts import document_conflicts
from pipeline.schema import TABLES, Kind, arrow_schema

if TYPE_CHECKING:
    import pyarrow as pa

State = Literal["read", "failed", "skipped", "quarantined", "timeout", "gone"]
Status = Literal["ok", "partial", "failed"]
Value = object  # a cell: what the column's kind says
Row = dict[str, Value]

NOT_OF_DOCUMENTS = ("files", "bodies")  # tables whose rows are not made document by document
_INT32_MAX = 2**31 - 1


@dataclass(frozen=True, slots=True)
class FileRow:
    """A path that was found and what became of it (see table files)."""

    path: str
    size: int | None
    mtime: datetime | None
    sha256: str | None
    state: State
    code: str | None = None
    message: str | None = None
    source: str = ""
    document_id: str | None = None  # None while there are no bytes that are a document
    metadata: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Problem:
    """A diagnostic that belongs to no parsed document: why a file could not be read."""

    stage: str
    code: str
    message: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A distinct file content: where it stands and how reading it went."""

    sha256: str
    path: str
    media_type: str
    status: Status
    preferred_copy: bool | None
    problem: Problem | None = None

    @property
    def document_id(self) -> str:
        return document_id(self.sha256)


def document_id(sha256: str) -> str:
    """Identity of the bytes: the first 16 hex digits of their SHA-256."""
    return sha256[:16]


def file_row(file: FileRow) -> Row:
    """The row of table files."""
    return {
        "path": file.path,
        "size": file.size,
        "mtime": file.mtime,
        "sha256": file.sha256,
        "document_id": file.document_id,
        "state": file.state,
        "code": file.code,
        "message": file.message,
        "source": file.source,
        "metadata": dict(file.metadata),
    }


def document_rows(source: Source, document: Document | None, plan: Plan | None) -> dict[str, list[Row]]:
    """Rows of every table but files, by table, each in its order; an unread document has a row too."""
    rows: dict[str, list[Row]] = {name: [] for name in TABLES if name not in NOT_OF_DOCUMENTS}
    rows["documents"].append(_document_row(source, document, plan))
    rows["diagnostics"] += _diagnostic_rows(source, document, plan)
    if document is not None:
        rows["texts"].append({"text": document.text})
        rows["pages"] += _page_rows(document)
        rows["corrections"] += (
            {"start": c.start, "end": c.end, "before": c.before, "after": c.after, "rule": c.rule}
            for c in sorted(document.corrections, key=lambda c: (c.start, c.end))
        )
    if plan is not None:
        _add_plan(rows, source.document_id, plan)
    for table in rows.values():
        for row in table:
            row["document_id"] = source.document_id
    rows["conflicts"] = document_conflicts(source.document_id, rows)
    return rows


def _document_row(source: Source, document: Document | None, plan: Plan | None) -> Row:
    row: Row = {
        "path": source.path,
        "media_type": source.media_type,
        "status": source.status,
        "preferred_copy": source.preferred_copy,
    }
    if document is not None:
        row["page_count"] = len(document.pages)
        row["ocr_pages"] = sum(page.method == "ocr" for page in document.pages)
    if plan is not None:
        row |= _row("documents", plan.header)
    return row


def _diagnostic_rows(source: Source, document: Document | None, plan: Plan | None) -> Iterator[Row]:
    if source.problem is not None:
        problem = source.problem
        yield _diagnostic(problem.stage, "error", problem.code, problem.message, problem.page)
    found: list[Diagnostic | Finding] = [*(document.diagnostics if document else ())]
    found += plan.diagnostics if plan else ()
    yield from (_diagnostic(d.stage, d.severity, d.code, d.message, d.page) for d in found)


def _diagnostic(stage: str, severity: str, code: str, message: str, page: int | None) -> Row:
    return {"stage": stage, "severity": severity, "code": code, "message": message, "page": page}


def _page_rows(document: Document) -> Iterator[Row]:
    ends = [*(page.start for page in document.pages[1:]), len(document.text)]
    for page, end in zip(document.pages, ends, strict=True):
        yield {
            "page": page.number,
            "start": page.start,
            "method": page.method,
            "reason": page.reason,
            "text": document.text[page.start : end].strip(),
            "width": page.width or None,
            "height": page.height or None,
            "ocr_confidence": page.ocr_confidence,
        }


def _add_plan(rows: dict[str, list[Row]], document: str, plan: Plan) -> None:
    rows["fields"] += (_row("fields", f) for f in sorted(plan.fields, key=lambda f: (f.start, f.field)))
    rows["sections"] += (_row("sections", s) for s in sorted(plan.sections, key=lambda s: s.seq))
    rows["legal_bases"] += _numbered("legal_bases", plan.legal_bases)
    rows["movements"] += _numbered("movements", plan.movements)
    rows["recipients"] += _numbered("recipients", plan.recipients)
    rows["tables"] += _numbered("tables", plan.tables)
    ids = task_ids(document, plan.tasks)
    for i, (task_id, task) in enumerate(zip(ids, plan.tasks, strict=True)):
        rows["tasks"].append(_row("tasks", task) | _time(task.time) | {"task_id": task_id, "seq": i})
        rows["task_bodies"] += (r | {"task_id": task_id} for r in _numbered("task_bodies", task.bodies))
    rows["task_bodies"].sort(key=lambda row: (str(row["task_id"]), row["seq"]))


def _numbered(table: str, facts: Iterable[BaseModel]) -> Iterator[Row]:
    return (_row(table, fact) | {"seq": i} for i, fact in enumerate(facts))


def _row(table: str, fact: BaseModel) -> Row:
    """The columns of a table that a model knows by the same name."""
    known = type(fact).model_fields
    row: Row = {name: getattr(fact, name) for name in TABLES[table].names if name in known}
    if isinstance(fact, Fact):
        row["regions"] = [dict(region) for region in fact.regions]
    return row


def _time(time: Time) -> Row:
    return {
        "time_text": time.text,
        "time_kind": time.kind,
        "start_on": time.start_on,
        "end_on": time.end_on,
        "end_strict": time.end_strict,
        "dates": [dict(interval) for interval in time.dates],
        "recurrence": time.recurrence,
    }


def task_ids(document: str, tasks: Sequence[Task]) -> list[str]:
    """An id for each task: the document's id and the task's place; a second task there has `.2` after it."""
    seen: dict[str, int] = {}
    found: list[str] = []
    for i, task in enumerate(tasks):
        place = task.task_id or f"n{i}"
        seen[place] = seen.get(place, 0) + 1
        copy = f".{seen[place]}" if seen[place] > 1 else ""
        found.append(f"{document}-{place}{copy}")
    return found


# --- rows to Arrow ----------------------------------------------------------------------------


def as_table(name: str, rows: Iterable[Row]) -> pa.Table:
    """Rows of a table as Arrow, in its schema; a column that a row lacks is null."""
    import pyarrow as pa

    held = list(rows)
    schema = arrow_schema(name)
    columns = [
        pa.array([_fit(column.kind, row.get(column.name)) for row in held], type=field.type)
        for column, field in zip(TABLES[name].columns, schema, strict=True)
    ]
    return pa.table(columns, schema=schema)


def _fit(kind: Kind, value: Value) -> Value:
    """A value as its column can hold it: rounded, and null rather than "" or out of range."""
    if value is None:
        return None
    if kind == "string":
        return value or None
    if kind == "int32":
        return value if isinstance(value, int) and abs(value) <= _INT32_MAX else None
    if kind == "float32" and isinstance(value, float | int):
        return round(float(value), 2)
    if kind == "texts" and isinstance(value, dict):
        return sorted(value.items())
    return value
