"""What the report tells, counted from the tables.

Memory hangs on the number of documents and of different values (bodies, codes), not on that of rows.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from pipeline.report.scan import Counts, batches, groups, row_count, value_counts
from pipeline.schema import TABLES

CONFIDENCE_EDGES = (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)  # between the classes
DOCUMENT_COUNTS = ("plan_year", "issuer", "province", "doc_type", "status", "media_type")
TASK_COUNTS = ("time_kind", "source")
_MOST_COPIED = 10  # plans named


@dataclass(frozen=True, slots=True)
class FileKind:
    """Files of one state and code: how many, with the path and message of the first."""

    state: str
    code: str
    number: int
    path: str
    message: str


@dataclass(frozen=True, slots=True)
class DiagnosticKind:
    """Diagnostics of one stage and code: how many, in how many documents, with an example."""

    severity: str
    stage: str
    code: str
    number: int
    documents: int
    path: str
    message: str


@dataclass(frozen=True, slots=True)
class Confidences:
    """Pages read by OCR, by their confidence: a class below, between and above the edges."""

    classes: tuple[int, ...]
    unknown: int


@dataclass(frozen=True, slots=True)
class Completeness:
    """How often each column of table documents is null, among the documents that could be read."""

    documents: int
    nulls: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class CopiedPlan:
    """A plan of which there are several documents; path and title of the best."""

    documents: int
    path: str
    title: str


@dataclass(frozen=True, slots=True)
class Copies:
    """Files whose bytes stand at another path too, and documents that are copies of one plan."""

    same_bytes: int
    plans: int
    further_documents: int
    most: tuple[CopiedPlan, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the report tells."""

    rows: Mapping[str, int]
    documents: Mapping[str, Counts]
    tasks: Mapping[str, Counts]
    pages: int
    ocr_pages: int
    confidences: Confidences
    completeness: Completeness
    file_states: Counts
    file_kinds: tuple[FileKind, ...]
    diagnostics: tuple[DiagnosticKind, ...]
    copies: Copies


def collect(folder: Path) -> Facts:
    """Count what the tables in `folder` hold."""
    pages, ocr_pages = _pages(folder)
    return Facts(
        rows={name: row_count(folder, name) for name in TABLES},
        documents=value_counts(folder, "documents", DOCUMENT_COUNTS),
        tasks=value_counts(folder, "tasks", TASK_COUNTS),
        pages=pages,
        ocr_pages=ocr_pages,
        confidences=_confidences(folder),
        completeness=_completeness(folder),
        file_states=value_counts(folder, "files", ("state",))["state"],
        file_kinds=_file_kinds(folder),
        diagnostics=_diagnostics(folder),
        copies=_copies(folder),
    )


def _pages(folder: Path) -> tuple[int, int]:
    """Pages in all, and those read by OCR."""
    import pyarrow.compute as pc

    totals = [0, 0]
    for batch in batches(folder, "documents", ("page_count", "ocr_pages")):
        for i, column in enumerate(batch.columns):
            totals[i] += pc.sum(column, min_count=0).as_py()
    return totals[0], totals[1]


def _confidences(folder: Path) -> Confidences:
    counts, unknown = Counter[int](), 0
    for value, number in _ocr_values(folder).items():
        if value is None:
            unknown += number
        else:
            # Confidences are kept as float32 rounded to 0.01: 0.9 must not fall below its edge.
            counts[bisect_right(CONFIDENCE_EDGES, round(value, 2))] += number
    return Confidences(tuple(counts[i] for i in range(len(CONFIDENCE_EDGES) + 1)), unknown)


def _ocr_values(folder: Path) -> Counter[float | None]:
    import pyarrow.compute as pc

    found: Counter[float | None] = Counter()
    for batch in batches(folder, "pages", ("method", "ocr_confidence")):
        recognised = batch.filter(pc.equal(batch.column("method"), "ocr"))
        for entry in pc.value_counts(pc.round(recognised.column("ocr_confidence"), 2)).to_pylist():
            found[entry["values"]] += entry["counts"]
    return found


def _completeness(folder: Path) -> Completeness:
    import pyarrow.compute as pc

    documents, nulls = 0, Counter[str]()
    for batch in batches(folder, "documents", TABLES["documents"].names):
        read = batch.filter(pc.not_equal(batch.column("status"), "failed"))
        documents += read.num_rows
        for name, column in zip(read.schema.names, read.columns, strict=True):
            nulls[name] += column.null_count
    return Completeness(documents, nulls)


def _file_kinds(folder: Path) -> tuple[FileKind, ...]:
    found = groups(folder, "files", ("state", "code"), ("path", "message"))
    kinds = [
        FileKind(state, code, group.number, group.examples[0], group.examples[1])
        for (state, code), group in found.items()
    ]
    return tuple(sorted(kinds, key=lambda kind: (-kind.number, kind.state, kind.code)))


def _diagnostics(folder: Path) -> tuple[DiagnosticKind, ...]:
    found = groups(folder, "diagnostics", ("severity", "stage", "code"), ("document_id", "message"))
    paths = _paths(folder, {group.examples[0] for group in found.values()})
    kinds = []
    for (severity, stage, code), group in found.items():
        document, message = group.examples
        path = paths.get(document, "")
        kinds.append(DiagnosticKind(severity, stage, code, group.number, group.documents, path, message))
    return tuple(sorted(kinds, key=lambda kind: (-kind.number, kind.severity, kind.stage, kind.code)))


def _paths(folder: Path, documents: Collection[str]) -> dict[str, str]:
    """Paths of some documents."""
    import pyarrow as pa
    import pyarrow.compute as pc

    wanted = pa.array(sorted(documents), pa.string())
    found: dict[str, str] = {}
    for batch in batches(folder, "documents", ("document_id", "path")):
        for row in batch.filter(pc.is_in(batch.column("document_id"), wanted)).to_pylist():
            found[row["document_id"]] = row["path"]
    return found


def _copies(folder: Path) -> Copies:
    by_plan = value_counts(folder, "documents", ("plan_id",))["plan_id"]
    del by_plan[None]
    copied = {plan: number for plan, number in by_plan.items() if plan is not None and number > 1}
    most = dict(islice(sorted(copied.items(), key=lambda item: (-item[1], item[0])), _MOST_COPIED))
    return Copies(
        same_bytes=_same_bytes(folder),
        plans=len(copied),
        further_documents=sum(copied.values()) - len(copied),
        most=tuple(_copied_plans(folder, most)),
    )


def _same_bytes(folder: Path) -> int:
    """Files beyond the first of each document."""
    import pyarrow as pa
    import pyarrow.compute as pc

    columns = [batch.column("document_id") for batch in batches(folder, "files", ("document_id",))]
    known = pa.chunked_array(columns, pa.string()).drop_null()
    return len(known) - int(pc.count_distinct(known).as_py())


def _copied_plans(folder: Path, plans: Mapping[str, int]) -> list[CopiedPlan]:
    import pyarrow as pa
    import pyarrow.compute as pc

    wanted, found = pa.array(sorted(plans), pa.string()), {}
    for batch in batches(folder, "documents", ("plan_id", "preferred_copy", "path", "title")):
        chosen = pc.and_kleene(pc.is_in(batch.column("plan_id"), wanted), batch.column("preferred_copy"))
        for row in batch.filter(chosen).to_pylist():
            found[row["plan_id"]] = (row["path"] or "", row["title"] or "")
    return [CopiedPlan(number, *found.get(plan, ("", ""))) for plan, number in plans.items()]
