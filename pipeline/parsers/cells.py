"""The text of one cell to its paragraphs: the cell may hold HTML, Markdown, or a line a paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.document import RawLine, RawParagraph
from pipeline.parsers.lines import SourceLine
from pipeline.parsers.marks import styled
from pipeline.parsers.prose import paragraphs, printed
from pipeline.parsers.rows import CellText

_WIDEST_CELL = 60  # characters: the width to which a cell of several lines may have been wrapped


def cell_paragraphs(text: str, page: int, *, marks: bool) -> CellText:
    """Paragraphs of a cell that stands on one line: `<p>`, `<li>`, `<br>` begin new ones."""
    found = []
    for piece in styled(text.strip(), marks=marks):
        found.append(RawParagraph((RawLine(piece.text, page),), piece.style))
    return tuple(found)


def cell_of_lines(lines: Sequence[SourceLine], *, marks: bool) -> CellText:
    """Paragraphs of a cell that stands on several lines."""
    bare = [replace(line, text=line.text.strip("\t") if line.bare else "") for line in lines]
    return tuple(paragraphs(printed([line for line in bare if line.text], marks=marks), _WIDEST_CELL))
