"""The lines of a text: their pages, the blank lines before them; rules and page numbers dropped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.errors import TooLarge, TooManyPages
from pipeline.parsers.limits import Limits

_RULE_MARKS = frozenset("-–—_*=~\\ \t")
_RULE_MIDDLE = re.compile(r"[o0O]{3}")  # -----o0o-----
_PAGE_NUMBER = re.compile(
    r"\s*(?:[-–—]\s*)?(?:(?:Trang|Page)\s*:?\s*)?(?P<number>\d{1,4})\s*(?:[/|]\s*\d{1,4}|(?:of|trên)\s+\d{1,4})?\s*(?:[-–—])?\s*",
    re.IGNORECASE,
)
_PAGE_LENGTH = 600  # characters: two page numbers do not stand closer than a thin page
_ENDED = re.compile(r"[.;:!?…][\"”’)\]]*\s*$")


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line that is not blank. `blanks`: blank lines before it; `cut`: a page ended before it."""

    text: str
    page: int = 1
    blanks: int = 0
    cut: bool = False

    @property
    def bare(self) -> str:
        return self.text.strip()

    @property
    def indent(self) -> int:
        """Columns of white space before the text, a tab as eight."""
        wide = self.text.expandtabs(8)
        return len(wide) - len(wide.lstrip())


def source_lines(text: str, limits: Limits) -> tuple[list[SourceLine], int]:
    """Lines that carry text, and the number of pages (form feeds end a page).

    Raises TooManyPages, and TooLarge for a line over `limits.max_line_chars`.
    """
    pages = text.rstrip("\f\n \t").split("\f")
    if len(pages) > limits.max_pages:
        raise TooManyPages(f"The text has {len(pages):,} pages; max_pages is {limits.max_pages:,}.")
    lines = list(_lines(pages, limits))
    if len(lines) > limits.max_blocks:
        raise TooLarge(f"The text has {len(lines):,} lines; max_blocks is {limits.max_blocks:,}.")
    return _without_rules(_without_page_numbers(lines)), len(pages)


def _lines(pages: Iterable[str], limits: Limits) -> Iterator[SourceLine]:
    blanks, cut, cell_above = 0, False, False
    for number, page in enumerate(pages, 1):
        for text in page.split("\n"):
            if len(text) > limits.max_line_chars:
                raise TooLarge(
                    f"A line has {len(text):,} characters; max_line_chars is {limits.max_line_chars:,}.",
                    page=number,
                )
            # Tabs alone, right below a cell, are an empty cell in a table of one cell a line.
            if not text.strip() and not (text.strip(" ") and cell_above and not blanks):
                blanks += 1
                continue
            yield SourceLine(text.rstrip(" "), number, blanks, cut)
            blanks, cut, cell_above = 0, False, text.startswith("\t")
        blanks, cut = blanks + 1, True


def is_rule(text: str) -> bool:
    """Is the line drawn, not written: `---`, `* * *`, the lone `*` of a Party letterhead?"""
    bare = text.strip()
    return bool(bare) and set(_RULE_MIDDLE.sub("", bare, count=1)) <= _RULE_MARKS and not bare.isalnum()


def _without_rules(lines: Iterable[SourceLine]) -> list[SourceLine]:
    kept: list[SourceLine] = []
    blanks, cut = 0, False
    for line in lines:
        if is_rule(line.text) and "\t" not in line.bare:
            blanks, cut = blanks + line.blanks + 1, cut or line.cut
            continue
        if blanks:
            line = replace(line, blanks=blanks + line.blanks, cut=cut or line.cut)
        kept.append(line)
        blanks, cut = 0, False
    return kept


def _without_page_numbers(lines: list[SourceLine]) -> list[SourceLine]:
    dropped = _page_numbers(lines)
    kept: list[SourceLine] = []
    blanks, cut = 0, False
    for i, line in enumerate(lines):
        if i in dropped:
            blanks, cut = blanks + line.blanks + 1, True
            continue
        if cut:
            line = replace(line, blanks=blanks + line.blanks, cut=True)
        kept.append(line)
        blanks, cut = 0, False
    return kept


def _page_numbers(lines: list[SourceLine]) -> set[int]:
    """Places of numbers that stand alone and are page numbers, not cells or list numbers.

    They stand at a page end, or cut a sentence, or count on from 1 or 2 a page's length apart.
    """
    found: set[int] = set()
    series: list[tuple[int, int, int]] = []  # place, number, offset in characters
    offset = 0
    for i, line in enumerate(lines):
        offset += len(line.text)
        match = _PAGE_NUMBER.fullmatch(line.text)
        if not match or line.text.startswith("\t"):
            continue
        after = lines[i + 1] if i + 1 < len(lines) else None
        if line.cut or (after is not None and after.cut) or _cuts_sentence(lines, i):
            found.add(i)
        elif line.blanks and (after is None or after.blanks):
            series.append((i, int(match["number"]), offset))
    return found | _counting(series)


def _cuts_sentence(lines: list[SourceLine], i: int) -> bool:
    if not 0 < i < len(lines) - 1 or not (lines[i].blanks or lines[i + 1].blanks):
        return False
    before, after = lines[i - 1].bare, lines[i + 1].bare
    return len(before) > 40 and not _ENDED.search(before) and after[:1].islower()


def _counting(series: list[tuple[int, int, int]]) -> set[int]:
    if len(series) < 2 or series[0][1] > 2:
        return set()
    steps = pairwise(series)
    if all(b[1] == a[1] + 1 and b[2] - a[2] >= _PAGE_LENGTH for a, b in steps):
        return {place for place, _, _ in series}
    return set()
