"""Changes to a read document's text: every place in it is anchored anew, every change is logged."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from extractors.document import (
    Block,
    Cell,
    Correction,
    Document,
    Line,
    Page,
    Paragraph,
    Word,
)


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """`text[start:end]` is to become `replacement`, by `rule`. Half-open, code points."""

    start: int
    end: int
    replacement: str
    rule: str


def edited(document: Document, edits: Iterable[Edit]) -> Document:
    """The document with the edits made, all offsets shifted, a correction for each of them.

    What is inserted between two places belongs to the one that follows. A word of which nothing is
    left is dropped; lines, paragraphs and cells stay, empty if need be. An edit that changes nothing
    is passed over. Raises ValueError for edits that overlap or leave the text.
    """
    wanted = sorted(e for e in edits if document.text[e.start : e.end] != e.replacement)
    if not wanted:
        return document
    _check(wanted, len(document.text))
    return _Anchors(document.text, wanted).document(document)


def _check(edits: Sequence[Edit], length: int) -> None:
    if edits[0].start < 0 or edits[-1].end > length:
        raise ValueError("an edit leaves the text")
    for one, other in pairwise(edits):
        if other.start < one.end or one.start == other.start:
            raise ValueError(f"edits overlap at {other.start}")
    if any(e.end < e.start for e in edits):
        raise ValueError("an edit ends before it starts")


class _Anchors:
    """Where each offset of the old text stands in the new one."""

    def __init__(self, text: str, edits: Sequence[Edit]) -> None:
        self._edits = edits
        self._starts: list[int] = []  # of what changes, without the ends that stay
        self._ends: list[int] = []
        self._lengths: list[int] = []  # of what it becomes
        self._shifts = [0]  # before each change, and after the last
        pieces: list[str] = []
        at = 0
        for edit in edits:
            start, end, new = _core(text, edit)
            pieces += (text[at:start], new)
            at = end
            self._starts.append(start)
            self._ends.append(end)
            self._lengths.append(len(new))
            self._shifts.append(self._shifts[-1] + len(new) - (end - start))
        self.text = "".join((*pieces, text[at:]))
        self._old = text

    def at(self, offset: int) -> int:
        """The new place of an old offset; one inside a change stays as far from its start, if it can."""
        i = bisect_right(self._starts, offset) - 1
        if i < 0:
            return offset
        start, end = self._starts[i], self._ends[i]
        if offset == start:  # what is inserted here belongs to what follows
            return offset + self._shifts[i]
        if offset >= end:
            return offset + self._shifts[i + 1]
        return start + self._shifts[i] + min(offset - start, self._lengths[i])

    def document(self, old: Document) -> Document:
        lines = tuple(self._line(line) for line in old.lines)
        known = {id(line): new for line, new in zip(old.lines, lines, strict=True)}
        return replace(
            old,
            text=self.text,
            blocks=tuple(self._block(block, known) for block in old.blocks),
            pages=tuple(self._page(page) for page in old.pages),
            corrections=self._corrections(old.corrections),
            lines=lines,
            line_starts=tuple(line.start for line in lines),
        )

    def _page(self, page: Page) -> Page:
        return replace(page, start=self.at(page.start))

    def _block(self, block: Block, known: dict[int, Line]) -> Block:
        if isinstance(block, Paragraph):
            return self._paragraph(block, known)
        cells = tuple(self._cell(cell, known) for cell in block.cells)
        return replace(block, start=self.at(block.start), end=self.at(block.end), cells=cells)

    def _cell(self, cell: Cell, known: dict[int, Line]) -> Cell:
        paragraphs = tuple(self._paragraph(p, known) for p in cell.paragraphs)
        return replace(cell, start=self.at(cell.start), end=self.at(cell.end), paragraphs=paragraphs)

    def _paragraph(self, paragraph: Paragraph, known: dict[int, Line]) -> Paragraph:
        lines = tuple(known.get(id(line)) or self._line(line) for line in paragraph.lines)
        return replace(paragraph, start=self.at(paragraph.start), end=self.at(paragraph.end), lines=lines)

    def _line(self, line: Line) -> Line:
        words = tuple(new for word in line.words if (new := self._word(word)) is not None)
        return Line(self.at(line.start), self.at(line.end), line.page, line.region, words)

    def _word(self, word: Word) -> Word | None:
        start, end = self.at(word.start), self.at(word.end)
        if start == end and word.start < word.end:
            return None
        return Word(start, end, word.region, word.confidence, word.alternatives)

    def _corrections(self, old: Sequence[Correction]) -> tuple[Correction, ...]:
        moved = []
        for row in old:
            start, end = self.at(row.start), self.at(row.end)
            moved.append(Correction(start, end, row.before, self.text[start:end], row.rule))
        for edit, shift in zip(self._edits, self._shifts, strict=False):
            start = edit.start + shift
            end, before = start + len(edit.replacement), self._old[edit.start : edit.end]
            moved.append(Correction(start, end, before, edit.replacement, edit.rule))
        return tuple(sorted(moved, key=lambda row: (row.start, row.end)))


def _core(text: str, edit: Edit) -> tuple[int, int, str]:
    """The part of an edit that changes: start, end, what it becomes; equal ends are left out.

    One old character stays in it, else letters put at a word's end would be the next word's.
    """
    start, end, new = edit.start, edit.end, edit.replacement
    while end - start > 1 and new and text[start] == new[0]:
        start, new = start + 1, new[1:]
    while end - start > 1 and new and text[end - 1] == new[-1]:
        end, new = end - 1, new[:-1]
    return start, end, new
