"""The tables of a dataset: names, types and meanings, once, for Arrow, Frictionless and people.

`TABLES` is the source. `arrow_schema` makes the Arrow schema of a table (descriptions stand in its
metadata), `datapackage` the Frictionless descriptor, `plan_json_schema` the JSON Schema of what one
document gives.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from pipeline.schema_overall import OVERALL

if TYPE_CHECKING:
    import pyarrow as pa

DATASET_NAME = "kehoach"  # the descriptor's `name`: by it a folder is known as a dataset of ours
SCHEMA_VERSION = "1"

Kind = Literal[
    "string", "int32", "int64", "float32", "bool", "date", "timestamp",
    "strings", "intervals", "regions", "texts", "rows",
]  # fmt: skip
JsonValue = str | int | float | bool | None | Sequence["JsonValue"] | Mapping[str, "JsonValue"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, what kind of value it holds (null where unknown), what it means."""

    name: str
    kind: Kind
    description: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table: what a row is, its columns, and the columns by which its rows are sorted."""

    name: str
    description: str
    columns: tuple[Column, ...]
    order: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


def _columns(text: str) -> tuple[Column, ...]:
    """Columns from lines `name kind description`."""
    lines = (line.split(None, 2) for line in text.strip().splitlines())
    return tuple(Column(name, kind, description) for name, kind, description in lines)  # type: ignore[arg-type]


_ID = "document_id string The document: first 16 hex digits of the SHA-256 of the file's bytes"
_SEQ = "seq int32 Order in the document, from 0"
_PLACE = """
start int32 Offset of the printed fact's first character in texts, in Unicode code points
end int32 Offset after its last character
regions regions Where it is printed: a rectangle a page, in points from the top left; empty without layout
confidence float32 How sure it is, 0 to 1
rule string The rule that found it"""


def _table(name: str, description: str, columns: str, order: str = "document_id seq") -> Table:
    return Table(name, description, _columns(columns), tuple(order.split()))


_ALL = (
    _table(
        "files",
        "One row a path that was found.",
        """
path string Path relative to the source that was given
size int64 Size in bytes
mtime timestamp Time of the last change
sha256 string SHA-256 of the bytes; null while unread
document_id string The document that these bytes are; null while unread
state string read, failed, skipped, quarantined, timeout or gone
code string Code of the reason, for programs
message string The reason and what to do
source string The source that it was found in, as it was named
metadata texts An archive's own columns, joined by path""",
        "path",
    ),
    _table(
        "documents",
        "One row a distinct file content.",
        f"""
{_ID}
path string The first of its paths
media_type string What the bytes are, not what the name's ending says
page_count int32 Pages in the file
ocr_pages int32 Pages read by OCR
status string ok, partial (a part of it could not be read) or failed
plan_id string The plan whatever its copies: issuer, year, type and number (the title where that is blank)
preferred_copy bool Whether it is the best readable of the plan's copies
series_key string Issuer and title without years and ordinals: the same plan of another year has the same key
doc_type string Abbreviation of the type: KH, QĐ, CT, BC, TB
number string Number and symbol, spaces dropped: 503/KH-UBND
number_text string The number as printed
number_no int32 The number alone
notation string The symbol alone: KH-UBND
issued_on date Day of issue; null when the day or month is blank
issued_year int32 Year of issue, known even where the day is not
place string Place in the date line
issuer string Issuing body in full and in sentence case, with its place
issuer_key string The issuer folded, for joining
issuer_parent string Superior body of the letterhead, in full
issuer_source string letterhead, preamble, signature, title or symbol
province string Province at the time of issue, without tỉnh or thành phố
province_code string Its statistics code, valid on the day of issue
province_now string Today's successor
title string Title (trích yếu) without the type
plan_year int32 The year that the plan is for
period_start date First day that the plan covers
period_end date Last day that the plan covers
signer string Name of who signed
signer_title string The signer's own post, in sentence case
signed_as string KT., TM., TL., TUQ., Q., several joined by a space
on_behalf_of string The body or post signed for
secrecy string MẬT …; null when unmarked
urgency string KHẨN …; null when unmarked
confidence float32 How sure the fields are together, 0 to 1""",
        "document_id",
    ),
    _table(
        "legal_bases",
        "Citations: one row each, the same instrument cited three times is three rows.",
        f"""
{_ID}
{_SEQ}
role string basis (căn cứ: in the preamble, else in the title) or reference (anywhere else)
instrument string Kind of instrument in sentence case: Luật, Nghị định, Kế hoạch
number string Number and symbol; null for a law cited by name
issued_on date Day of issue as cited
issuer string Issuer as cited; inferred from the symbol only where that is certain
title string Title as cited
relation string amends for a law that amends another
text string The citation as printed{_PLACE}""",
    ),
    _table(
        "movements",
        "Named emulation movements (phong trào thi đua).",
        f"""
{_ID}
{_SEQ}
name string Its name, without quotes
key string Its name folded, for joining over years and bodies
launched_by string Who launched it
period_start date First day
period_end date Last day
mentions int32 How often the document names it{_PLACE}""",
    ),
    _table(
        "tasks",
        "Tasks (nhiệm vụ): what, when, and what comes of it.",
        f"""
{_ID}
task_id string document_id and the place in the parsed document; it survives a change of rules
{_SEQ}
source string table, list, block, assignment or narrative
no string Number as printed, without the full stop
section strings Headings above it, outermost first
group string The table's group row above it
content string All of the cell or paragraph, joined with spaces
items strings Its bullets, when it has several
content_key string The content folded without accents, for search
time_text string The time as printed; inherited from group or heading when the row has none
time_kind string interval, deadline, ongoing, recurring, duration, conditional or none
start_on date First day, included
end_on date Last day, included
end_strict bool True for “before” a day: end_on is that day and is not included
dates intervals Every interval, when several are named
recurrence string RFC 5545 RRULE
product string What comes of it
budget string What it costs, as printed
note string Notes
extra texts Other columns, by their heading{_PLACE}""",
    ),
    _table(
        "task_bodies",
        "Bodies of a task: one row a body and role.",
        f"""
task_id string The task
{_ID}
seq int32 Order in the task, from 0
role string lead, coordinating, directing, advising, monitoring or implementing
text string The body as printed
body string The body in full
body_key string The body folded, for joining{_PLACE}""",
        "document_id task_id seq",
    ),
    _table(
        "recipients",
        "Recipients (nơi nhận), one row a line.",
        f"""
{_ID}
{_SEQ}
text string The line as printed, purpose included
body string The body in full
purpose string What it is sent for, as printed
is_archive_copy bool Whether it is the archive's line (Lưu)
{_PLACE.strip()}""",
    ),
    _table(
        "sections",
        "Headings and their place in the section tree.",
        f"""
{_ID}
{_SEQ}
level int32 Depth in the tree, from 1
label string II, 1, a
title string The heading without its label
parent_seq int32 seq of the section above; null at the top
text string The heading's own line and body{_PLACE}""",
    ),
    _table(
        "tables",
        "Every table, also those that give no tasks.",
        f"""
{_ID}
{_SEQ}
page int32 Page on which it begins, from 1
is_task_table bool Whether its rows are tasks
cells rows Rows of cell texts""",
    ),
    _table(
        "texts",
        "The text of a document: what all offsets count in.",
        f"""
{_ID}
text string The text, NFC, repairs applied""",
        "document_id",
    ),
    _table(
        "pages",
        "One row a page.",
        f"""
{_ID}
page int32 Number of the page, from 1
start int32 Offset of its first character
method string text (the file's own text) or ocr
reason string Why it was read that way or not at all
text string Text of the page
width float32 Width in points
height float32 Height in points
ocr_confidence float32 Mean confidence of the recogniser, 0 to 1""",
        "document_id page",
    ),
    _table(
        "corrections",
        "Every repair of OCR or encoding; texts hold the repaired form.",
        f"""
{_ID}
start int32 Offset of the repaired form's first character
end int32 Offset after its last character
before string As it was read
after string As it stands now
rule string The rule that repaired it""",
        "document_id start end",
    ),
    _table(
        "fields",
        "The fields of documents, and where each came from.",
        f"""
{_ID}
field string Name of the column in documents
value string Its value as text{_PLACE}""",
        "document_id start field",
    ),
    _table(
        "diagnostics",
        "What a reader of the dataset ought to know.",
        f"""
{_ID}
stage string Stage of the work that tells it
severity string info, warning or error
code string What it is, for programs
message string What it is, for people
page int32 Page, from 1""",
        "document_id",
    ),
    *(_table(*overall) for overall in OVERALL),
)

TABLES: Mapping[str, Table] = {table.name: table for table in _ALL}


@cache
def _arrow_types() -> dict[Kind, pa.DataType]:
    import pyarrow as pa

    rectangle = [("page", pa.int32()), *((name, pa.float32()) for name in ("x0", "y0", "x1", "y1"))]
    return {
        "string": pa.string(),
        "int32": pa.int32(),
        "int64": pa.int64(),
        "float32": pa.float32(),
        "bool": pa.bool_(),
        "date": pa.date32(),
        "timestamp": pa.timestamp("us", tz="UTC"),
        "strings": pa.list_(pa.string()),
        "intervals": pa.list_(pa.struct([("start", pa.date32()), ("end", pa.date32())])),
        "regions": pa.list_(pa.struct(rectangle)),
        "texts": pa.map_(pa.string(), pa.string()),
        "rows": pa.list_(pa.list_(pa.string())),
    }


@cache
def arrow_schema(name: str) -> pa.Schema:
    """Arrow schema of a table; descriptions are metadata of the fields and of the schema."""
    import pyarrow as pa

    table, types = TABLES[name], _arrow_types()
    fields = [
        pa.field(column.name, types[column.kind], metadata={"description": column.description})
        for column in table.columns
    ]
    return pa.schema(fields, metadata={"description": table.description, "version": SCHEMA_VERSION})


_FRICTIONLESS: Mapping[Kind, str] = {
    "string": "string",
    "int32": "integer",
    "int64": "integer",
    "float32": "number",
    "bool": "boolean",
    "date": "date",
    "timestamp": "datetime",
    "strings": "array",
    "intervals": "array",
    "regions": "array",
    "texts": "object",
    "rows": "array",
}


def table_schema(name: str) -> dict[str, JsonValue]:
    """Frictionless Table Schema of a table."""
    fields: list[JsonValue] = [
        {"name": c.name, "type": _FRICTIONLESS[c.kind], "description": c.description}
        for c in TABLES[name].columns
    ]
    found: dict[str, JsonValue] = {"fields": fields, "missingValues": [""]}
    keys: list[JsonValue] = [
        {"fields": key, "reference": {"resource": owner, "fields": key}}
        for owner, key in (("documents", "document_id"), ("tasks", "task_id"))
        if name != owner and key in TABLES[name].names
    ]
    return {**found, "foreignKeys": keys} if keys else found


def datapackage(parts: Mapping[str, Sequence[str]], version: str) -> dict[str, JsonValue]:
    """Frictionless descriptor of a dataset; `parts` are the part files of each table, relative to it."""
    resources: list[JsonValue] = [
        {
            "name": name,
            "description": table.description,
            "path": list(parts.get(name, ())),
            "format": "parquet",
            "mediatype": "application/vnd.apache.parquet",
            "schema": table_schema(name),
        }
        for name, table in TABLES.items()
    ]
    return {
        "profile": "data-package",
        "name": DATASET_NAME,
        "title": "Plans (kế hoạch) of Vietnamese public bodies",
        "version": version,
        "resources": resources,
    }


def plan_json_schema() -> dict[str, JsonValue]:
    """JSON Schema of the record of one document, as `kehoach show FILE --json` prints it."""
    from extractors.plan import Plan

    schema: dict[str, JsonValue] = Plan.model_json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
