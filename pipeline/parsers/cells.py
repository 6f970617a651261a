"""The text of one cell to its paragraphs: the cell may hold HTML, Markdown, or a line a paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.building import RawLine, RawParagraph
from pipeline.parsers.lines import SourceLine
from pipeline.parsers.marks import styled
from pipeline.parsers.prose import LABEL, is_ended, paragraphs, printed
from pipeline.parsers.rows import CellText

_WIDEST_CELL = 60  # characters: the width to which a cell of several lines may have been wrapped


def cell_paragraphs(text: str, page: int, *, marks: bool) -> CellText:
    """Paragraphs of a cell: `<p>`, `<li>`, `<br>` begin new ones, a line's end unless it cuts a sentence."""
    found: list[RawParagraph] = []
    parted = True
    for piece in styled(text.strip(), marks=marks):
        line = RawLine(piece.text, page)
        if not parted and piece.text[:1].islower() and not LABEL.match(piece.text):
            found[-1] = replace(found[-1], lines=(*found[-1].lines, line))
        else:
            found.append(RawParagraph((line,), piece.style))
        parted = piece.breaks or is_ended(piece.text)
    return tuple(found)


def cell_of_lines(lines: Sequence[SourceLine], *, marks: bool, width: int = _WIDEST_CELL) -> CellText:
    """Paragraphs of a cell that stands on several lines, wrapped to `width` characters."""
    bare = [replace(line, text=line.text.strip("\t") if line.bare else "") for line in lines]
    return tuple(paragraphs(printed([line for line in bare if line.text], marks=marks), width))
