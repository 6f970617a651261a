"""Datasets for tests, written straight from rows: no file is read, no rule runs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import pyarrow.parquet as pq

from pipeline.rows import Row, as_table
from pipeline.schema import SCHEMA_VERSION, TABLES, datapackage

Rows = Mapping[str, Iterable[Row]]

# Texts on which a format may choke: formulas, quotes, line ends, escapes, control characters, long ones.
HOSTILE = (
    "=1+1", "+84 90", "- gạch đầu dòng", "@SUM(A1)", "\tthụt", "\rx", "\nx", "'=1", "''-", "'",
    "=cmd|' /C calc'!A0", 'a "b" c', "a\nb\r\nc\rd", "a\x00b", "\ufeffx", "😀🇻🇳", "a\u2028b\u2029c\x85d",
    "a,b;c|d\te", "<b>&amp;]]>", "\\u0000", "\\\\u0000\x00\x00", "\\", "'); DROP TABLE tasks;--",
    "a\r\nEND:VEVENT\r\nBEGIN:VALARM", "{}", "[1]", "NULL", "\\N", " ", "_x0041_", "\x0b\x0c\x1b\x7f",
    "\ufffe\uffff", "e\u0301", "x" * 40_000, "😀" * 20_000, "${x}", "%s %d {0}", "0123", "1e5", "2024-01-01",
)  # fmt: skip


def write_dataset(folder: Path, rows: Rows) -> Path:
    """A dataset with these rows, sorted as datasets are; gives its folder."""
    parts: dict[str, list[str]] = {}
    for name, table in TABLES.items():
        (folder / name).mkdir(parents=True)
        keys = [key for key in ("document_id", "task_id", "seq") if key in table.names]
        held = sorted(rows.get(name, ()), key=lambda row: [str(row.get(key) or "") for key in keys])
        pq.write_table(as_table(name, held), folder / name / "part-0.parquet")
        parts[name] = [f"{name}/part-0.parquet"]
    descriptor = json.dumps(datapackage(parts, SCHEMA_VERSION))
    (folder / "datapackage.json").write_text(descriptor, encoding="utf-8")
    return folder


def document(identity: str, **more: object) -> Row:
    """A row of documents."""
    return {"document_id": identity, "path": f"{identity}.pdf", "status": "ok", "preferred_copy": True} | more


def file(identity: str | None, path: str | None = None, **more: object) -> Row:
    """A row of files."""
    return {"document_id": identity, "path": path or f"{identity}.pdf", "state": "read"} | more


def task(identity: str, number: int = 0, **more: object) -> Row:
    """A row of tasks, of the document of that id."""
    usual = {
        "document_id": identity,
        "task_id": f"{identity}-t{number}",
        "seq": number,
        "content": "Trồng cây",
    }
    return usual | {"section": [], "items": [], "dates": [], "extra": {}, "regions": []} | more
