"""Tables that a converter left in the text: a row a line with tabs or pipes between the cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from extractors.building import RawTable
from extractors.vietnamese.letters import key, upper_share
from pipeline.parsers.cells import cell_paragraphs
from pipeline.parsers.limits import DEFAULT_LIMITS
from pipeline.parsers.lines import SourceLine
from pipeline.parsers.rows import Row, column_count, has_ordinals, is_ordinal, table_of

_MOST_BLANKS = 8  # blank lines within a table: a page's end leaves some
_GROUP_LENGTH = 200  # characters: a longer line without tab between two rows is prose
_SHORT_CELL = 100  # characters
_MOST_ROW_LINES = 40  # lines over which one row may be spread
_MOST_SIDES = 20  # lines of a letterhead or signature block
_CELL_MARKUP = re.compile(r"\s*<(?:p|ul|ol|li|b|br|strong)\b", re.IGNORECASE)
_LIST_LABEL = re.compile(
    r"""[-–—+•●▪*\uf0b7]
      | \(?(?:\d{1,3}(?:\.\d{1,2})*|[IVXLC]{1,6}|[a-zđA-ZĐ])[.)/:]
      | \d{1,2}(?:\.\d{1,2})+
      | (?i:điều|mục|chương|phần)\s+\w{1,5}[.:]?""",
    re.VERBOSE,
)
_PIPE_RULE = re.compile(r"\s*\|?(?:\s*:?-+:?\s*\|)+\s*(?::?-+:?)?\s*")
_PIPE = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class Found:
    """A table and the place of the line after it."""

    table: RawTable
    end: int


def has_inner_tab(text: str) -> bool:
    return "\t" in text.strip()


def tab_rows_at(lines: Sequence[SourceLine], start: int, *, marks: bool) -> Found | None:
    """The table of tab-separated rows that begins at `lines[start]`, None where there is none.

    Two lines of two short cells are a letterhead or a list rather than a table: not found here.
    """
    if not has_inner_tab(lines[start].text):
        return None
    run, end = _run(lines, start)
    if _is_list(run) or _is_two_columns(run):
        return None
    usual = median(line.blanks for line in run[1:]) if len(run) > 1 else 0
    rows = [_row(line, usual, marks) for line in run]
    return Found(table_of(rows), end)


def _row(line: SourceLine, usual_blanks: float, marks: bool) -> Row:
    cells = tuple(cell_paragraphs(cell, line.page, marks=marks) for cell in _split(line.text))
    alone = "\t" not in line.text and not _CELL_MARKUP.match(line.text)
    return Row(cells, line.cut or line.blanks > usual_blanks, spans=alone)


def _split(text: str) -> list[str]:
    """Cells of a line; what is beyond the last column that a table can have stays in that column."""
    return text.split("\t", DEFAULT_LIMITS.max_columns - 1)


def _run(lines: Sequence[SourceLine], start: int) -> tuple[list[SourceLine], int]:
    """Rows of the table and lines of one cell between them, and the place after them."""
    run = [lines[start]]
    head = _head_key(lines[start])
    numbered = False
    i = start + 1
    while i < len(lines) and lines[i].blanks <= _MOST_BLANKS:
        line = lines[i]
        if line.blanks and len(head) > 2 and _begins_two_columns(lines, i):
            break
        if "\t" in line.text and (has_inner_tab(line.text) or not _is_lone_cell(lines, i, len(head))):
            if numbered and _is_other_header(line, lines, i, head):
                break
            numbered = numbered or is_ordinal(line.text.split("\t")[0])
        elif not _is_between_rows(lines, i, head):
            break
        spread = _lines_of_row(lines, i, len(head))
        run.append(replace(line, text="\n".join(part.text for part in lines[i : i + spread])))
        i += spread
    return run, i


def _lines_of_row(lines: Sequence[SourceLine], i: int, width: int) -> int:
    """Number of lines over which the row is spread: a cell of several lines breaks the row's line.

    Told by the count: the cells of the lines, one of them shared at each break, are as many as the
    table has columns, and the next line is a row again.
    """
    cells = lines[i].text.split("\t")
    if width < 3 or len(cells) >= width or not is_ordinal(cells[0]):
        return 1
    count = len(cells)
    for taken in range(1, _MOST_ROW_LINES):
        line = lines[i + taken] if i + taken < len(lines) else None
        whole = count == width and taken > 1
        if line is None or line.blanks or is_ordinal(line.text.split("\t")[0]):
            return taken if whole else 1
        count += line.text.count("\t")
        if count > width:
            return taken if whole else 1
    return 1


def _begins_two_columns(lines: Sequence[SourceLine], i: int) -> bool:
    """Does a signature block begin below the table: lines of two short cells, capitals on the right?"""
    rest: list[SourceLine] = []
    for line in lines[i : i + _MOST_SIDES + 1]:
        if "\t" not in line.text:
            break
        rest.append(line)
    return has_inner_tab(lines[i].text) and len(rest) > 1 and _is_two_columns(rest)


def _head_key(line: SourceLine) -> tuple[str, ...]:
    return tuple(key(cell) for cell in _split(line.text))


def _is_lone_cell(lines: Sequence[SourceLine], i: int, width: int) -> bool:
    """A line with tabs at its ends only: prose with an indent, unless rows with tabs follow at once."""
    if lines[i].text.rstrip().startswith("\t"):
        following = lines[i + 1] if i + 1 < len(lines) else None
        rows_follow = following is not None and has_inner_tab(following.text) and following.blanks == 0
        return not rows_follow or width < 3 or len(lines[i].bare) > _GROUP_LENGTH
    return False


def _is_other_header(line: SourceLine, lines: Sequence[SourceLine], i: int, head: tuple[str, ...]) -> bool:
    """The header of another table: full cells, no number, not the first header, and the count begins anew."""
    cells = [cell.strip() for cell in line.text.split("\t")]
    if len(cells) < 2 or not all(cells) or is_ordinal(cells[0]) or _head_key(line) == head:
        return False
    if not line.blanks or i + 1 >= len(lines):
        return False
    first = lines[i + 1].text.split("\t")[0].strip().rstrip(".)")
    return first in {"1", "01", "I", "(1"}


def _is_between_rows(lines: Sequence[SourceLine], i: int, head: tuple[str, ...]) -> bool:
    """A line without tab inside a table: a group row, or the rest of a cell.

    The next rows go on with the same table: no header before them, no line of prose.
    """
    line = lines[i]
    if _CELL_MARKUP.match(line.text) and i + 1 < len(lines) and has_inner_tab(lines[i + 1].text):
        return True
    if len(line.bare) > _GROUP_LENGTH or len(head) < 3 or i + 1 >= len(lines):
        return False
    following = lines[i + 1]
    if not has_inner_tab(following.text) or following.blanks > 1 or line.blanks > 1:
        return False
    return _head_key(following) != head and is_ordinal(following.text.split("\t")[0])


def _is_list(run: Sequence[SourceLine]) -> bool:
    """A list whose labels are parted from the text by a tab (`1.⇥Mục đích`)."""
    cells = [[cell.strip() for cell in line.text.strip().split("\t") if cell.strip()] for line in run]
    labelled = [len(row) == 2 and _LIST_LABEL.fullmatch(row[0]) is not None for row in cells]
    return labelled[0]


def _is_two_columns(run: Sequence[SourceLine]) -> bool:
    """A letterhead or signature block: at most two short cells a line, and capitals on the right."""
    cells = [[cell.strip() for cell in line.text.split("\t") if cell.strip()] for line in run]
    if any(len(row) > 2 or any(len(cell) > _SHORT_CELL for cell in row) for row in cells) or len(run) > 20:
        return False
    if any(is_ordinal(row[0]) for row in cells[1:] if len(row) == 2):
        return False
    return len(run) == 1 or any(len(row) == 2 and upper_share(row[1]) > 0.7 for row in cells)


def list_text(line: str) -> str:
    """A line of a list with a space between label and text."""
    return re.sub(r"\s*\t\s*", " ", line.strip())


def pipe_rows_at(lines: Sequence[SourceLine], start: int) -> Found | None:
    """The Markdown table (`| a | b |`, a rule below the header) that begins at `lines[start]`, else None."""
    if not _is_pipe_row(lines[start].text):
        return None
    run = list(_pipe_run(lines, start))
    ruled = any(_PIPE_RULE.fullmatch(line.text) for line in run)
    rows = [_pipe_row(line) for line in run if not _PIPE_RULE.fullmatch(line.text)]
    rows = [row for row in rows if any(row.cells)]
    framed = len(run) > 1 and all(line.bare.startswith("|") for line in run)
    if not rows or not (ruled or framed or _is_counted(run, rows)):
        return None
    # A converter sets letterheads between pipes, too: two columns without numbers tell no borders.
    sure = column_count(rows) > 2 or has_ordinals(rows)
    return Found(table_of(rows, ruled=True if sure else None), start + len(run))


def _is_counted(run: Sequence[SourceLine], rows: Sequence[Row]) -> bool:
    """Rows with pipes between the cells only: as many in each, and the first column numbers them."""
    pipes = {len(_PIPE.findall(line.bare)) for line in run}
    return len(rows) > 2 and len(pipes) == 1 and column_count(rows) > 2 and has_ordinals(rows)


def _is_pipe_row(text: str) -> bool:
    bare = text.strip()
    least = 1 if bare.startswith("|") else 2
    return len(_PIPE.findall(bare)) >= least or _PIPE_RULE.fullmatch(bare) is not None


def _pipe_run(lines: Sequence[SourceLine], start: int) -> Iterator[SourceLine]:
    for i in range(start, len(lines)):
        line = lines[i]
        if not _is_pipe_row(line.text) or (i > start and line.blanks > _MOST_BLANKS):
            return
        yield line


def _pipe_row(line: SourceLine) -> Row:
    bare = line.bare.removeprefix("|")
    parts = [part.replace("\\|", "|") for part in _PIPE.split(bare, DEFAULT_LIMITS.max_columns)]
    if parts and not parts[-1].strip():
        parts.pop()
    cells = tuple(cell_paragraphs(part, line.page, marks=True) for part in parts)
    return Row(cells, line.cut or line.blanks > 0)
