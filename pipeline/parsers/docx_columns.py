"""Two columns made with tabs or blanks on one line: letterheads and signature blocks without a table.

Geometry alone decides (tab stops, gaps, neighbours), never words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from extractors.document import Column
from pipeline.parsers.docx_runs import COLUMN, LINE, PAGE, RENDERED, TAB, Inline
from pipeline.parsers.docx_styles import ParagraphLook

_GAP: Final = re.compile(r"[ \t]*\t[ \t]*|[ ]{4,}")
_BREAK: Final = re.compile(f"[{LINE}{RENDERED}{PAGE}{COLUMN}]")
_WIDE: Final = 4  # blanks that look like a gap
_DEFAULT_STOP: Final = 36.0  # points between default tab stops
_FAR: Final = 0.3  # of the text width: where a right column may begin
_MOST_SIDE: Final = 90  # characters of one side
_MOST_LINES: Final = 40  # of a paragraph that may be a letterhead
_MOST_BETWEEN: Final = 8  # one-sided lines between two split ones
_CHARACTER: Final = 0.5  # width of a character in sizes, on the average
_ITEM: Final = re.compile(r"\s*(?:[-+*•–]|\(?\w{1,4}[.)/])\s")
_WORD: Final = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of a paragraph with its marks: where it stands in the paragraph's text, and its page."""

    start: int
    end: int
    page: int
    hard: bool = False  # the author broke the line after it
    glue: bool = False  # the next line goes on without a space


@dataclass(slots=True)
class Flow:
    """A paragraph on its way: what was read, before columns are told apart."""

    inline: Inline
    look: ParagraphLook
    lines: list[TextLine]
    label: str = ""  # its automatic number
    page: int = 1  # on which it begins
    section: int = 0
    column: int = 0  # column breaks before it in its section


@dataclass(frozen=True, slots=True)
class Sides:
    """Where a line has its left and its right side (offsets in the paragraph's text); None is empty.

    `sure`: its own layout shows two columns; else neighbours must show them too.
    """

    flow: Flow
    line: TextLine
    left: tuple[int, int] | None
    right: tuple[int, int] | None
    sure: bool = False


def split_columns(flows: Sequence[Flow], width: float) -> Iterator[tuple[Flow, list[tuple[Column, Sides]]]]:
    """For consecutive paragraphs, those that stand in two columns with their sides; the others with [].

    The sides of a whole group are given with its first paragraph, the left column before the right.
    `width` is the text width in points.
    """
    at = 0
    while at < len(flows):
        group = _group(flows, at, width)
        if not group:
            yield flows[at], []
            at += 1
            continue
        sides: list[tuple[Column, Sides]] = [("left", s) for s in group if s.left]
        sides += [("right", s) for s in group if s.right]
        yield flows[at], sides
        at += len({id(s.flow) for s in group})


def _group(flows: Sequence[Flow], at: int, width: float) -> list[Sides]:
    """The sides of a run of paragraphs that begins here, () where it does not show two columns."""
    found: list[Sides] = []
    kept = 0
    split = 0
    sure = False
    for i in range(at, len(flows)):
        flow = flows[i]
        sides = [_sides(flow, line, width) for line in flow.lines[: _MOST_LINES + 1]]
        if not sides or len(sides) > _MOST_LINES or any(s is None for s in sides):
            break
        two = any(s and s.left and s.right for s in sides)
        right = any(s and s.right for s in sides)
        if not found and not two:
            break
        found += [s for s in sides if s is not None]
        if two or right:
            kept = len(found)
        elif len(found) - kept > _MOST_BETWEEN:
            break
        split += sum(bool(s and s.left and s.right) for s in sides)
        sure = sure or any(s is not None and s.sure for s in sides)
    return found[:kept] if sure or split > 1 else []


def _sides(flow: Flow, line: TextLine, width: float) -> Sides | None:
    """The sides of one line; None where it cannot be a line of two columns."""
    text = flow.inline.text[line.start : line.end]
    if flow.look.contents or len(text.strip()) > 2 * _MOST_SIDE:
        return None
    parts = _parts(text)
    if not parts:
        return Sides(flow, line, None, None)
    if flow.label or (len(parts) == 1 and flow.look.justify in ("center", "right", "end")):
        return None
    placed = [_position(flow, text, start, width) for start, _ in parts]
    at = _right_side(flow, text, parts, placed, width)
    if at is None:
        whole = _within(line, parts[0][0], parts[-1][1])
        return Sides(flow, line, whole, None) if _short(text, width) else None
    if parts[-1][1] - parts[at][0] > _MOST_SIDE or (at and parts[at - 1][1] - parts[0][0] > _MOST_SIDE):
        return None
    left = _within(line, parts[0][0], parts[at - 1][1]) if at else None
    right = _within(line, parts[at][0], parts[-1][1])
    return Sides(flow, line, left, right, left is not None and _is_sure(flow, text, parts, at, width))


def _parts(text: str) -> list[tuple[int, int]]:
    """Stretches between tabs and wide gaps."""
    parts: list[tuple[int, int]] = []
    at = 0
    for gap in [*_GAP.finditer(text), None]:
        end = len(text) if gap is None else gap.start()
        if text[at:end].strip():
            lead = len(text[at:end]) - len(text[at:end].lstrip())
            parts.append((at + lead, at + len(text[at:end].rstrip())))
        at = end if gap is None else gap.end()
    return parts


def _right_side(
    flow: Flow, text: str, parts: list[tuple[int, int]], placed: list[float], width: float
) -> int | None:
    """Index of the part with which the right side begins: the one after the widest gap that is far enough."""
    best: tuple[float, int] | None = None
    for i, (start, _) in enumerate(parts):
        before = parts[i - 1][1] if i else 0
        gap = text[before:start]
        if placed[i] < _FAR * width or not _WORD.search(text[start : parts[-1][1]]):
            continue
        if i and (text[start] == "/" or not _WORD.search(text[parts[0][0] : before])):
            continue  # a slash goes on after a number or a day that is to be written by hand
        if TAB not in gap and len(gap) < _WIDE:
            continue
        size = _gap_width(gap)
        if best is None or size > best[0]:
            best = (size, i)
    return None if best is None else best[1]


def _gap_width(gap: str) -> float:
    return sum(8.0 if ch == TAB else 1.0 for ch in gap)


def _position(flow: Flow, text: str, start: int, width: float) -> float:
    """About where a character stands, in points from the margin."""
    size = flow.inline.looks[0].size if flow.inline.looks else 12.0
    x = max(0.0, flow.look.left + flow.look.first)
    for ch in text[:start]:
        x = _next_stop(flow, x, width) if ch == TAB else x + size * _CHARACTER
    return x


def _next_stop(flow: Flow, x: float, width: float) -> float:
    for stop in flow.look.tabs:
        if stop.position > x + 1:
            return stop.position
    return min(width, (x // _DEFAULT_STOP + 1) * _DEFAULT_STOP)


def _is_sure(flow: Flow, text: str, parts: list[tuple[int, int]], at: int, width: float) -> bool:
    """A centre or right tab stop, or several tabs, between two sides of words; no item of a list."""
    gap = text[parts[at - 1][1] : parts[at][0]]
    if _ITEM.match(text) or TAB not in gap or not _WORD.search(text[parts[at][0] :]):
        return False
    if gap.count(TAB) > 1:
        return True
    stops = [s for s in flow.look.tabs if _FAR * width < s.position <= 1.1 * width]
    return any(stop.kind in ("center", "right", "end") and not stop.leader for stop in stops)


def _short(text: str, width: float) -> bool:
    """May a line be the left side alone?"""
    return len(text.strip()) * 6.0 < 0.6 * width


def _within(line: TextLine, start: int, end: int) -> tuple[int, int]:
    return line.start + start, line.start + end
