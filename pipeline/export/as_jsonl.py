"""Exports a dataset as JSON Lines: a plan a line, with all that hangs on it nested in it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.export.contract import Written
from pipeline.export.keys import DOCUMENT
from pipeline.export.source import Source
from pipeline.rows import Row
from pipeline.schema import TABLES, Column, JsonValue, Kind

_NESTED = ("legal_bases", "movements", "recipients", "sections", "diagnostics")
_TASK, _BODIES = "task_id", "bodies"  # the key of a task, and where its bodies stand in it


def write(source: Source, path: Path) -> Written:
    """Write a line for each document, in order of document_id."""
    written = Written(dict.fromkeys(("documents", "tasks", "task_bodies", *_NESTED), 0))
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for document, rows in source.documents("tasks", "task_bodies", *_NESTED):
            line = json.dumps(_plan(document, rows), ensure_ascii=False, default=str, separators=(",", ":"))
            file.write(line + "\n")
            written.add("documents", 1)
            for name, found in rows.items():
                written.add(name, len(found))
    return written


def _plan(document: Row, rows: Mapping[str, Sequence[Row]]) -> Row:
    plan = _values("documents", document)
    bodies: dict[object, list[Row]] = {}
    for body in rows["task_bodies"]:
        bodies.setdefault(body[_TASK], []).append(_values("task_bodies", body))
    plan["tasks"] = [
        _values("tasks", task) | {_BODIES: bodies.get(task[_TASK], [])} for task in rows["tasks"]
    ]
    for name in _NESTED:
        plan[name] = [_values(name, row) for row in rows[name]]
    return plan


def _values(table: str, row: Row) -> Row:
    values = {column.name: row[column.name] for column in _shown(table)}
    for column in _shown(table):
        if column.kind == "texts":
            values[column.name] = dict(row[column.name] or ())  # type: ignore[call-overload]
    return values


def _shown(table: str) -> list[Column]:
    """The columns of a table but the keys of what its rows stand in."""
    above = {"documents": (), "tasks": (DOCUMENT,)}.get(table, (DOCUMENT, _TASK))
    return [column for column in TABLES[table].columns if column.name not in above]


# --- JSON Schema ------------------------------------------------------------------------------

_DATE: JsonValue = {"type": ["string", "null"], "format": "date"}
_NUMBER: JsonValue = {"type": "number"}
_TYPES: Mapping[Kind, Mapping[str, JsonValue]] = {
    "string": {"type": ["string", "null"]},
    "int32": {"type": ["integer", "null"]},
    "int64": {"type": ["integer", "null"]},
    "float32": {"type": ["number", "null"]},
    "bool": {"type": ["boolean", "null"]},
    "date": {"type": ["string", "null"], "format": "date"},
    "timestamp": {"type": ["string", "null"], "format": "date-time"},
    "strings": {"type": ["array", "null"], "items": {"type": ["string", "null"]}},
    "texts": {"type": "object", "additionalProperties": {"type": ["string", "null"]}},
    "rows": {"type": ["array", "null"], "items": {"type": "array", "items": {"type": ["string", "null"]}}},
    "intervals": {
        "type": ["array", "null"],
        "items": {
            "type": "object",
            "properties": {"start": _DATE, "end": _DATE},
            "required": ["start", "end"],
        },
    },
    "regions": {
        "type": ["array", "null"],
        "items": {
            "type": "object",
            "properties": {"page": {"type": "integer"}, **dict.fromkeys(("x0", "y0", "x1", "y1"), _NUMBER)},
            "required": ["page", "x0", "y0", "x1", "y1"],
        },
    },
}


def beside() -> str:
    """The JSON Schema of a line."""
    nested = {name: _list_of(name) for name in _NESTED}
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A plan (kế hoạch) of a Vietnamese public body",
        **_object("documents", {"tasks": _list_of("tasks", {_BODIES: _list_of("task_bodies")}), **nested}),
    }
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _list_of(table: str, more: Mapping[str, JsonValue] | None = None) -> JsonValue:
    description = TABLES[table].description
    return {"type": "array", "description": description, "items": _object(table, more or {})}


def _object(table: str, more: Mapping[str, JsonValue]) -> dict[str, JsonValue]:
    properties: dict[str, JsonValue] = {
        column.name: {**_TYPES[column.kind], "description": column.description} for column in _shown(table)
    }
    properties.update(more)
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
