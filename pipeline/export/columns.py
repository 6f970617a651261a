"""Columns as each kind of target can hold them: expressions in DuckDB's SQL."""

from __future__ import annotations

import re
from collections.abc import Callable

from pipeline.schema import TABLES, Column

Form = Callable[[Column], str]

NESTED = frozenset({"intervals", "regions", "texts", "rows"})
LISTS = NESTED | {"strings"}

# A float32 that is read as a double shows digits that nobody wrote: 0.95 becomes 0.949999988079071.
_EXACT = "{0}::VARCHAR::DOUBLE"
_CORNERS = ", ".join(f"'{name}': {_EXACT.format(f'r.{name}')}" for name in ("x0", "y0", "x1", "y1"))
_REGIONS = f"list_transform({{0}}, lambda r: {{{{'page': r.page, {_CORNERS}}}}})"
_INSTANT = "strftime({0} AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%S.%fZ')"
_LINES = "array_to_string({}, chr(10))"
_DAY = "strftime(i.{}, '%d/%m/%Y')"
_INTERVAL = f"concat_ws(' – ', {_DAY.format('start')}, {_DAY.format('end')})"
_READABLE = {
    "strings": _LINES.format("{0}"),
    "intervals": _LINES.format(f"list_transform({{0}}, lambda i: {_INTERVAL})"),
    "texts": _LINES.format("list_transform(map_entries({0}), lambda e: e.key || ': ' || e.value)"),
}
# What a spreadsheet would take for a formula; what is so marked already gets one more, to be taken off.
_FORMULA = r"^'*[=+\-@\t\r\n]"


def select(table: str, form: Form) -> str:
    """The columns of a table in a form, under their names."""
    return ", ".join(f"{form(column)} AS {quoted(column.name)}" for column in TABLES[table].columns)


def quoted(name: str) -> str:
    """A name as SQL writes it: `end` and `group` are words of SQL."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def native(column: Column) -> str:
    """As it is."""
    return quoted(column.name)


def exact(column: Column) -> str:
    """Typed, with numbers as they are printed."""
    name = quoted(column.name)
    form = {"float32": _EXACT, "regions": _REGIONS, "timestamp": _INSTANT}.get(column.kind, "{0}")
    return form.format(name)


def json_text(column: Column) -> str:
    """A list or map as JSON."""
    return f"to_json({exact(column)})::VARCHAR"


def plain(column: Column) -> str:
    """Text, numbers and truth values only: lists as JSON, days and times in ISO form."""
    if column.kind in LISTS:
        return json_text(column)
    return f"{quoted(column.name)}::VARCHAR" if column.kind == "date" else exact(column)


def readable(column: Column) -> str:
    """For people: lists as lines, the rest typed."""
    return _READABLE[column.kind].format(quoted(column.name)) if column.kind in _READABLE else exact(column)


def defused(text: str) -> str:
    """A text that no spreadsheet takes for a formula: with an apostrophe before it if it must be."""
    return f"'{text}" if re.match(_FORMULA, text) else text


def spreadsheet(column: Column) -> str:
    """As `plain`, with texts as `defused` makes them."""
    if column.kind != "string":
        return plain(column)
    name = quoted(column.name)
    return f"CASE WHEN regexp_matches({name}, {literal(_FORMULA)}) THEN '''' || {name} ELSE {name} END"
