"""Exports a dataset as an Excel workbook for people: a sheet a table, with filters and a frozen heading.

Days are real days, text is never taken for a formula or a link. Where a fact stands on the page is left
out: that is for programs.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.export.columns import readable
from pipeline.export.contract import Written
from pipeline.export.source import Source
from pipeline.export.xml_text import legal
from pipeline.rows import Row, Value
from pipeline.schema import TABLES

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

SHEETS = ("documents", "tasks", "task_bodies", "legal_bases", "movements", "recipients", "diagnostics")
# Of Excel 2007 and later.
ROWS = 1_048_576  # of a sheet, the heading among them
CHARACTERS = 32_767  # of a cell, in UTF-16
_CUT = " […]"
_FIRST_DAY = dt.date(1900, 1, 1)
_LEFT_OUT = {"start", "end", "regions", "rule"}
_LEADING = {"lead", "implementing"}
_BODIES = {
    "lead_bodies": _LEADING,
    "coordinating_bodies": {"coordinating"},
}  # columns of sheet tasks by roles
_WIDTHS: Mapping[str, int] = {"content": 60, "text": 50, "title": 50, "message": 60, "path": 40, "issuer": 35}
_USUAL_WIDTH, _BODY_WIDTH = 14, 35


def write(source: Source, path: Path) -> Written:
    """Write the sheets; a table with more rows than a sheet holds goes on in `tasks 2` and so on."""
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    written = Written()
    options = {
        "constant_memory": True,
        "tmpdir": str(source.scratch),
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    try:
        with Workbook(str(path), options) as book:
            forms = _Forms(book)
            for name in SHEETS:
                _write_table(_Sheets(book, forms, name, written), source, name)
    except FileCreateError as error:
        raise OSError(str(error)) from error
    return written


def _write_table(sheets: _Sheets, source: Source, name: str) -> None:
    if name != "tasks":
        for row in source.rows(name, readable):
            sheets.add(row)
        return
    for _, rows in source.documents("tasks", "task_bodies", form=readable):
        bodies = _names_of_bodies(rows["task_bodies"])
        for row in rows["tasks"]:
            sheets.add(row | {heading: "\n".join(bodies[row["task_id"], heading]) for heading in _BODIES})


def _names_of_bodies(rows: Sequence[Row]) -> Mapping[tuple[Value, str], Sequence[str]]:
    """The names of bodies by task and the column that they go to."""
    found: dict[tuple[Value, str], list[str]] = defaultdict(list)
    for row in rows:
        for heading, roles in _BODIES.items():
            if row["role"] in roles:
                found[row["task_id"], heading].append(str(row["body"] or row["text"]))
    return found


def _headings(name: str) -> list[str]:
    more = _BODIES if name == "tasks" else ()
    return [*(column for column in TABLES[name].names if column not in _LEFT_OUT), *more]


class _Forms:
    """How cells look: a heading, a day, lines of text."""

    def __init__(self, book: Workbook) -> None:
        top = {"valign": "top"}
        self.heading: Format = book.add_format({"bold": True, "bottom": 1, **top})
        self.plain: Format = book.add_format(top)
        self.day: Format = book.add_format({"num_format": "dd/mm/yyyy", **top})
        self.lines: Format = book.add_format({"text_wrap": True, **top})


class _Sheets:
    """The sheets of one table: rows are added, and a new sheet begun when one is full."""

    def __init__(self, book: Workbook, forms: _Forms, name: str, written: Written) -> None:
        self._book, self._forms, self._name, self._written = book, forms, name, written
        self._headings = _headings(name)
        self._count, self._next = 0, 0
        self._sheet = self._begin()

    def _begin(self) -> Worksheet:
        self._count += 1
        name = self._name if self._count == 1 else f"{self._name} {self._count}"
        self._written.add(name, 0)
        sheet: Worksheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for i, heading in enumerate(self._headings):
            width = _BODY_WIDTH if heading in _BODIES else _WIDTHS.get(heading, _USUAL_WIDTH)
            sheet.set_column(i, i, width)
            sheet.write_string(0, i, heading, self._forms.heading)
        sheet.autofilter(0, 0, 0, len(self._headings) - 1)
        self._next = 1
        return sheet

    def add(self, row: Row) -> None:
        """Add a row."""
        if self._next == ROWS:
            self._sheet = self._begin()
        for i, heading in enumerate(self._headings):
            self._write(i, row[heading])
        self._sheet.autofilter(0, 0, self._next, len(self._headings) - 1)
        self._next += 1
        self._written.add(self._sheet.get_name(), 1)

    def _write(self, i: int, value: Value) -> None:
        if isinstance(value, bool):
            self._sheet.write_boolean(self._next, i, value, self._forms.plain)
        elif isinstance(value, int | float):
            self._sheet.write_number(self._next, i, value, self._forms.plain)
        elif isinstance(value, dt.date) and value >= _FIRST_DAY:
            self._sheet.write_datetime(self._next, i, value, self._forms.day)
        elif value is not None and value != "":
            self._write_text(i, str(value))

    def _write_text(self, i: int, text: str) -> None:
        text = legal(
            text.replace("\r\n", "\n").replace("\r", "\n")
        )  # a cell breaks lines by line feeds alone
        if (shortened := cut(text)) != text:
            place = f"{self._sheet.get_name()}, row {self._next + 1}, {self._headings[i]}"
            self._written.notes.append(f"{place}: {len(text):,} characters, cut to what a cell holds")
            text = shortened
        form = self._forms.lines if "\n" in text else self._forms.plain
        self._sheet.write_string(self._next, i, text, form)


def cut(text: str) -> str:
    """A text as a cell can hold it, with a sign at its end where there was more."""
    if len(text) * 2 <= CHARACTERS or len(text.encode("utf-16-le")) <= 2 * CHARACTERS:
        return text
    kept = text.encode("utf-16-le")[: 2 * (CHARACTERS - len(_CUT))]
    return kept.decode("utf-16-le", errors="ignore") + _CUT
