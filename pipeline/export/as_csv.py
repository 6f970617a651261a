"""Exports a dataset as CSV: a file a table, for spreadsheets, with a Frictionless descriptor.

UTF-8 with a byte order mark, by which Excel knows it. Text that a spreadsheet would take for a formula
(it begins with = + - @, a tab or a line break) has an apostrophe before it; so has text in which
apostrophes come first, so that taking one off again gives what was there.
"""

from __future__ import annotations

import codecs
import json
from pathlib import Path

from pipeline.export.columns import spreadsheet
from pipeline.export.contract import Written
from pipeline.export.source import Source
from pipeline.schema import DATASET_NAME, TABLES, JsonValue, table_schema

_DESCRIPTOR = "datapackage.json"


def write(source: Source, path: Path) -> Written:
    """Write TABLE.csv for every table, and datapackage.json."""
    written = Written()
    for name in TABLES:
        written.add(name, _write_table(source, name, path / f"{name}.csv"))
    descriptor = json.dumps(_descriptor(), ensure_ascii=False, indent=2)
    (path / _DESCRIPTOR).write_text(descriptor + "\n", encoding="utf-8")
    return written


def _write_table(source: Source, name: str, path: Path) -> int:
    import pyarrow.csv

    count = 0
    rows = source.reader(name, spreadsheet)
    with path.open("wb") as file:
        file.write(codecs.BOM_UTF8)
        with pyarrow.csv.CSVWriter(file, rows.schema) as writer:
            for batch in rows:
                writer.write_batch(batch)
                count += batch.num_rows
    return count


def _descriptor() -> dict[str, JsonValue]:
    resources: list[JsonValue] = [
        {
            "name": name,
            "description": table.description,
            "path": f"{name}.csv",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "schema": table_schema(name),
        }
        for name, table in TABLES.items()
    ]
    return {"profile": "data-package", "name": f"{DATASET_NAME}-csv", "resources": resources}
