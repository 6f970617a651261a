"""Documents as a recogniser reads them, made from strings."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.building import DocumentBuilder, RawCell, RawLine, RawParagraph, RawTable, RawWord
from extractors.document import Alternative, Document, Page, Region

_WIDTH, _HEIGHT, _LETTER = 595.0, 842.0, 6.0  # points


def raw_line(
    text: str,
    top: float = 100.0,
    confidence: float = 0.9,
    readings: dict[str, Sequence[Alternative]] | None = None,
) -> RawLine:
    """A printed line whose words stand side by side, every letter as wide as the other."""
    words = tuple(
        RawWord(
            m.group(),
            Region(1, 50 + m.start() * _LETTER, top, 50 + m.end() * _LETTER, top + 12),
            confidence,
            tuple((readings or {}).get(m.group(), ())),
        )
        for m in re.finditer(r"\S+", text)
    )
    return RawLine(text, 1, None, words)


def raw_paragraph(text: str, confidence: float = 0.9, top: float = 100.0) -> RawParagraph:
    """A paragraph; a newline is where the printer wrapped."""
    lines = tuple(raw_line(t, top + 14 * i, confidence) for i, t in enumerate(text.split("\n")))
    return RawParagraph(lines)


def scanned(*blocks: str | RawParagraph | RawTable, confidence: float = 0.9) -> Document:
    """A page that was read by OCR: strings are paragraphs."""
    builder = DocumentBuilder("application/pdf")
    builder.page(Page(1, 0, "ocr", "no-text", _WIDTH, _HEIGHT, confidence))
    for i, block in enumerate(blocks):
        if isinstance(block, RawTable):
            builder.table(block)
        else:
            builder.paragraph(
                block if isinstance(block, RawParagraph) else raw_paragraph(block, confidence, 100.0 + 30 * i)
            )
    return builder.build()


def scanned_table(*rows: Sequence[str]) -> RawTable:
    """A table that was read by OCR, cell by cell."""
    cells = tuple(
        RawCell(r, c, (raw_paragraph(text),)) for r, row in enumerate(rows) for c, text in enumerate(row)
    )
    return RawTable(len(rows), len(rows[0]), cells, True)
