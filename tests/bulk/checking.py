"""Holds a dataset against made.jsonl: is every file accounted for, and is every fact right?"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from extractors.vietnamese.letters import squeeze
from tests.bulk.truth import MadeFile
from tests.maker.expected import Cited, DutyRow, Facts, Fields, TaskRow

Row = Mapping[str, Any]
EXACT = ("number", "issued_on", "issuer", "tasks")  # what a plan must have to count as exact
_CELLS = ("content", "time_text", "time_kind", "start_on", "end_on", "bodies")
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "files": ("path", "state", "code", "document_id"),
    "documents": ("document_id", "status", "period_start", "period_end", *Fields._fields),
    "diagnostics": ("document_id", "severity", "code"),
    "legal_bases": ("document_id", *Cited._fields),
    "movements": ("document_id", "name"),
    "recipients": ("document_id", "text"),
    "tasks": ("document_id", "task_id", *(name for name in TaskRow._fields if name != "bodies")),
    "task_bodies": ("document_id", "task_id", "role", "text"),
}


@dataclass(frozen=True)
class Miss:
    """A fact that is not as it was made."""

    path: str
    form: str
    what: str
    want: object
    got: object

    def __str__(self) -> str:
        return f"{self.what}: want {self.want!r}, got {self.got!r} ({self.form}: {self.path})"


@dataclass
class Report:
    """What a dataset holds of what was made. `unaccounted` are paths that are not where they belong;
    facts are counted as wanted, right and null, by (kind of file, measure)."""

    made: Counter[str] = field(default_factory=Counter)
    accounted: Counter[str] = field(default_factory=Counter)
    unaccounted: list[str] = field(default_factory=list)
    wanted: Counter[tuple[str, str]] = field(default_factory=Counter)
    right: Counter[tuple[str, str]] = field(default_factory=Counter)
    null: Counter[tuple[str, str]] = field(default_factory=Counter)  # said to be unknown
    misses: list[Miss] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        """Whether all that was made is where it belongs and nothing else is there."""
        return not self.unaccounted and not self.unknown and self.made == self.accounted

    def share(self, kind: str, what: str) -> float:
        return self.right[kind, what] / max(1, self.wanted[kind, what])

    def measures(self, kind: str) -> list[str]:
        return [what for each, what in self.wanted if each == kind]


def check(dataset: Path, made: Iterable[MadeFile]) -> Report:
    """Every made file against its rows."""
    return _Checking(dataset).report(made)


class _Table:
    """A table of the dataset, kept as Arrow keeps it: as rows of Python it would be twenty times as large."""

    def __init__(self, dataset: Path, name: str) -> None:
        parts = sorted((dataset / name).glob("**/*.parquet"))
        self._arrow = pa.concat_tables(pq.read_table(part, columns=list(_COLUMNS[name])) for part in parts)

    @cached_property
    def _spans(self) -> dict[str, tuple[int, int]]:
        """First row and number of rows of each document; tables of facts are sorted by document."""
        spans, at = {}, 0
        for document_id, rows in groupby(self._arrow["document_id"].to_pylist()):
            count = sum(1 for _ in rows)
            spans[document_id] = at, count
            at += count
        return spans

    def all(self) -> list[Row]:
        rows: list[Row] = self._arrow.to_pylist()
        return rows

    def of(self, document_id: str) -> list[Row]:
        """The rows of a document, in the table's order."""
        rows: list[Row] = self._arrow.slice(*self._spans.get(document_id, (0, 0))).to_pylist()
        return rows


class _Checking:
    def __init__(self, dataset: Path) -> None:
        tables = {name: _Table(dataset, name) for name in _COLUMNS}
        self._files = {row["path"]: row for row in tables["files"].all()}
        self._told = {row["document_id"] for row in tables["diagnostics"].all() if row["severity"] != "info"}
        self._tables = tables

    def report(self, made: Iterable[MadeFile]) -> Report:
        report, seen = Report(), set()
        for each in made:
            path = each.path
            seen.add(path)
            report.made[each.kind] += 1
            if self._is_accounted(each):
                report.accounted[each.kind] += 1
            else:
                report.unaccounted.append(f"{each.kind}: {each.path} {dict(self._files.get(path, {}))}")
            if each.facts is not None and each.kind != "duplicate":
                self._compare(each, each.facts, report)
        report.unknown = sorted(set(self._files) - seen)
        return report

    def _is_accounted(self, made: MadeFile) -> bool:
        """A plan is read, as itself; a broken file is known as failed or has a warning at least."""
        file = self._files.get(made.path)
        if file is None:
            return False
        if made.kind == "broken":
            return file["state"] != "read" or file["document_id"] in self._told
        rows = self._tables["documents"].of(made.document_id)
        return file["state"] == "read" and file["document_id"] == made.document_id and len(rows) == 1

    def _compare(self, made: MadeFile, want: Facts, report: Report) -> None:
        ledger = _Ledger(made, report)
        documents = self._tables["documents"].of(made.document_id)
        got = self._found(made.document_id, documents[0]) if documents else _NOTHING
        exact = True
        for name, a, b in zip(Fields._fields, want.fields, got.fields, strict=True):
            exact &= ledger.count(name, a, b) or name not in EXACT
        ledger.count("period", want.period, got.period)
        exact &= ledger.count("tasks", len(want.tasks), len(got.tasks))
        if len(want.tasks) == len(got.tasks):
            for wanted, found in zip(want.tasks, got.tasks, strict=True):
                for name in _CELLS:
                    ledger.count(f"task {name}", getattr(wanted, name), getattr(found, name))
        for what in ("citations", "movements", "duties", "recipients"):
            ledger.count(what, getattr(want, what), getattr(got, what))
        report.wanted[made.kind, "plans exact"] += 1
        report.right[made.kind, "plans exact"] += exact

    # --- facts of a document, from the tables ---------------------------------------------------

    def _found(self, document_id: str, document: Row) -> Facts:
        def rows(name: str) -> Sequence[Row]:
            return self._tables[name].of(document_id)

        bodies: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for body in rows("task_bodies"):
            bodies[body["task_id"]].append((body["role"], squeeze(body["text"])))
        tasks = rows("tasks")
        return Facts(
            Fields(*(document[name] for name in Fields._fields)),
            (document["period_start"], document["period_end"]),
            [_cited(row) for row in rows("legal_bases")],
            [row["name"] for row in rows("movements")],
            [_task(row, bodies) for row in tasks if row["source"] in ("table", "list", "block")],
            [_duty(row, bodies) for row in tasks if row["source"] == "assignment"],
            [squeeze(row["text"]) for row in rows("recipients")],
        )


@dataclass(frozen=True)
class _Ledger:
    made: MadeFile
    report: Report

    def count(self, what: str, want: object, got: object) -> bool:
        key = (self.made.kind, what)
        self.report.wanted[key] += 1
        if want == got:
            self.report.right[key] += 1
            return True
        self.report.null[key] += got is None
        self.report.misses.append(Miss(self.made.path, self.made.form, what, *_difference(want, got)))
        return False


def _difference(want: object, got: object) -> tuple[object, object]:
    """Of two lists only what the other has not."""
    if isinstance(want, list) and isinstance(got, list):
        rest = [x for x in want if x not in got], [x for x in got if x not in want]
        return rest if any(rest) else (want, got)
    return want, got


_NOTHING = Facts(Fields(*(None,) * len(Fields._fields)), (None, None), [], [], [], [], [])


def _cited(row: Row) -> Cited:
    return Cited(**{name: row[name] for name in Cited._fields})._replace(text=squeeze(row["text"]))


def _task(row: Row, bodies: Mapping[str, list[tuple[str, str]]]) -> TaskRow:
    who = tuple(sorted(bodies.get(row["task_id"], ()), key=lambda body: body[0]))
    listed = row["source"] != "table"
    return TaskRow(
        row["source"], None if listed else row["no"], None if listed else row["group"],
        squeeze(row["content"]), row["time_text"] and squeeze(row["time_text"]), row["time_kind"],
        row["start_on"], row["end_on"], row["end_strict"], who, row["product"], row["note"],
    )  # fmt: skip


def _duty(row: Row, bodies: Mapping[str, list[tuple[str, str]]]) -> DutyRow:
    lead = "; ".join(
        text for role, text in bodies.get(row["task_id"], ()) if role in ("lead", "implementing")
    )
    return DutyRow(lead, squeeze(row["content"]).removeprefix(f"{lead}: "), row["end_on"])
