"""Views of a parsed Document that tests compare, and what holds for every Document."""

from __future__ import annotations

import unicodedata

from extractors.document import Document, Paragraph, Table
from extractors.vietnamese.letters import squeeze


def prose(document: Document) -> list[str]:
    """Texts of the paragraphs that stand in no table."""
    return [document.cut(block) for block in document.blocks if isinstance(block, Paragraph)]


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


def rows(document: Document, table: Table) -> list[list[str]]:
    """Texts of the cells, row by row; a merged cell in every place that it covers."""
    return [[squeeze(document.cut(cell)) if cell else "" for cell in row] for row in table.grid()]


def only_rows(document: Document) -> list[list[str]]:
    """Rows of the one table of the document."""
    [table] = tables(document)
    return rows(document, table)


def cell_items(document: Document, table: Table, row: int, col: int) -> list[str]:
    """Texts of the paragraphs of one cell."""
    cell = table.grid()[row][col]
    assert cell is not None
    return [document.cut(paragraph) for paragraph in cell.paragraphs]


def assert_sound(document: Document) -> None:
    """Text in NFC; blocks, cells and paragraphs in order, within the text, none overlapping."""
    assert unicodedata.is_normalized("NFC", document.text)
    end = 0
    for block in document.blocks:
        assert end <= block.start <= block.end <= len(document.text)
        end = block.end
        if isinstance(block, Table):
            _assert_sound_table(block)
    end = 0
    for paragraph in document.paragraphs():
        assert end <= paragraph.start < paragraph.end
        end = paragraph.end
        assert document.cut(paragraph).strip() == document.cut(paragraph)
        assert all(paragraph.start <= line.start < line.end <= paragraph.end for line in paragraph.lines)
    assert [page.number for page in document.pages] == list(range(1, len(document.pages) + 1))
    starts = [page.start for page in document.pages]
    assert starts == sorted(starts) and all(0 <= start <= len(document.text) for start in starts)


def _assert_sound_table(table: Table) -> None:
    end = table.start
    covered: set[tuple[int, int]] = set()
    for cell in table.cells:
        assert end <= cell.start <= cell.end <= table.end
        end = cell.end
        places = {
            (r, c)
            for r in range(cell.row, cell.row + cell.row_span)
            for c in range(cell.col, cell.col + cell.col_span)
        }
        assert not covered & places, "cells overlap"
        covered |= places
        assert all(r < table.n_rows and c < table.n_cols for r, c in places)
