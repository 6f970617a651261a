"""What is not the text's own: page numbers, running headers and footers, footnotes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from extractors.document import Part
from pipeline.parsers.layout_model import PageContent, Ruling, TextLine, label_of

_PAGE_NUMBER = re.compile(
    r"[-–—.\s]*(?:trang|page)?\s*(?:\d{1,4}|[ivxl]{1,6})(?:\s*(?:/|of)\s*\d{1,4})?[-–—.\s]*", re.IGNORECASE
)
_DIGITS = re.compile(r"\d+")
_EDGE = 0.12  # of the page's height: where page numbers and running lines stand
_OUTER = 3  # lines from the top or bottom that may be running lines
_SAME = 6.0  # points; a running line stands at the same height on every page
_NEAR = 2.0  # times the font size: lines of one text
_SMALL = 0.92  # of the page's font size: a footnote's at most


def drop_page_numbers(lines: Sequence[TextLine], page: PageContent) -> list[TextLine]:
    """The lines without an isolated number at the top or bottom."""
    kept = list(lines)
    for at in (0, -1):
        if kept and _is_page_number(kept[at], kept, page):
            del kept[at]
    return kept


def _is_page_number(line: TextLine, lines: Sequence[TextLine], page: PageContent) -> bool:
    top, bottom = line.y1 < _EDGE * page.height, line.y0 > (1 - _EDGE) * page.height
    if not (top or bottom) or len(line.text) > 16 or not _PAGE_NUMBER.fullmatch(line.text):
        return False
    if not any(ch.isdigit() for ch in line.text) and len(lines) > 1:
        return False  # a Roman numeral alone is a number only on an empty page
    others = [x for x in lines if x is not line]
    beside = any(min(x.y1, line.y1) - max(x.y0, line.y0) > 0.3 * (line.y1 - line.y0) for x in others)
    return not beside


def mark_running(pages: Sequence[Sequence[TextLine]]) -> list[list[TextLine]]:
    """Lines repeated at the same height of the pages become header or footer; each stands once."""
    heads = _repeated([_outer(lines, "header") for lines in pages])
    feet = _repeated([_outer(lines, "footer") for lines in pages])
    seen: set[str] = set()
    out = []
    for lines in pages:
        kept = []
        for line in lines:
            part: Part = "header" if _key(line) in heads else "footer" if _key(line) in feet else "body"
            if part == "body" or line.part != "body":
                kept.append(line)
            elif line.text not in seen:
                seen.add(line.text)
                kept.append(replace(line, part=part))
        out.append(kept)
    return out


def _outer(lines: Sequence[TextLine], part: Part) -> list[TextLine]:
    """The lines of the page's edge, without items of a list that goes on to the page's end."""
    flat = [line for line in lines if line.words[0].upright]
    inward = flat if part == "header" else flat[::-1]
    pairs = zip(inward[:_OUTER], [*inward[1 : _OUTER + 1], None], strict=False)
    return [x for x, beside in pairs if _is_at_edge(x, part) and not (beside and _is_item(x, beside))]


def _is_at_edge(line: TextLine, part: Part) -> bool:
    height = line.page.height
    return line.y1 < _EDGE * height if part == "header" else line.y0 > (1 - _EDGE) * height


def _is_item(line: TextLine, beside: TextLine) -> bool:
    """Whether a line with a list mark stands in the text's own size at a line's distance from it."""
    near = abs(line.y1 - beside.y1) < _NEAR * line.size and abs(line.size - beside.size) < 0.5
    return near and label_of(line.text) != ""


def _key(line: TextLine) -> tuple[str, int]:
    return (_DIGITS.sub("0", line.text), round(line.y0 / _SAME))


def _repeated(edges: Sequence[Sequence[TextLine]]) -> set[tuple[str, int]]:
    """Keys of lines that at least two pages, and half of the pages, have in common."""
    counted: Counter[tuple[str, int]] = Counter()
    for lines in edges:
        for key in {_key(line) for line in lines}:
            for shift in (-1, 0, 1):
                counted[(key[0], key[1] + shift)] += 1
    need = max(2, (len(edges) + 1) // 2)
    return {key for key, n in counted.items() if n >= need}


def mark_footnotes(lines: Sequence[TextLine], rulings: Sequence[Ruling]) -> list[TextLine]:
    """Small lines at the page's foot below a short rule at the left edge become footnotes."""
    if len(lines) < 3:
        return list(lines)
    size = median(line.size for line in lines)
    left = min(line.x0 for line in lines)
    for rule in sorted(rulings, key=lambda r: r.y0):
        if not _is_separator(rule, left, lines[0].page):
            continue
        below = [x for x in lines if x.y0 >= rule.y0 - 2]
        if not below or len(below) > len(lines) // 2:
            continue
        if all(x.size <= _SMALL * size for x in below):
            return [replace(x, part="footnote") if x in below else x for x in lines]
    return list(lines)


def _is_separator(rule: Ruling, left: float, page: PageContent) -> bool:
    width = rule.x1 - rule.x0
    short = 0.1 * page.width < width < 0.45 * page.width
    return rule.horizontal and short and abs(rule.x0 - left) < 8 and rule.y0 > 0.4 * page.height
