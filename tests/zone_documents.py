"""Documents for the tests of head and foot: the same made-up letter in the layouts that formats give."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.building import DocumentBuilder, RawCell, RawLine, RawParagraph, RawTable
from extractors.document import Document, Style

MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
SLOGAN = "Độc lập - Tự do - Hạnh phúc"


def of_lines(text: str) -> Document:
    """A document of plain text, one paragraph a line."""
    builder = DocumentBuilder("text/plain")
    for line in text.strip("\n").split("\n"):
        builder.paragraph(RawParagraph.of(line))
    return builder.build()


def of_columns(
    head: Sequence[tuple[str, str]], middle: str, foot: Sequence[tuple[str, str]] = ()
) -> Document:
    """A document as a PDF gives it: head and foot in two columns, each a soft-wrapped paragraph."""
    builder = DocumentBuilder("application/pdf")
    for column, text in head:
        builder.paragraph(_wrapped(text, column))
    for line in middle.strip("\n").split("\n"):
        builder.paragraph(RawParagraph.of(line, style=Style(centred=False, bold=False)))
    for column, text in foot:
        builder.paragraph(_wrapped(text, column))
    return builder.build()


def _wrapped(text: str, column: str) -> RawParagraph:
    return RawParagraph(tuple(RawLine(line) for line in text.split("\n")), column=column)  # type: ignore[arg-type]


def table(rows: Sequence[Sequence[str]], ruled: bool | None = False) -> RawTable:
    """A table of rows of cells; a newline in a cell begins a paragraph."""
    cells = tuple(
        RawCell(r, c, tuple(RawParagraph.of(line) for line in text.split("\n") if line.strip()))
        for r, row in enumerate(rows)
        for c, text in enumerate(row)
    )
    return RawTable(len(rows), max(map(len, rows)), cells, ruled)


def of_blocks(*blocks: str | RawTable) -> Document:
    """A document of paragraphs (one a line) and tables."""
    builder = DocumentBuilder("application/vnd.openxmlformats-officedocument.wordprocessingml.document")
    for block in blocks:
        if isinstance(block, RawTable):
            builder.table(block)
        else:
            for line in block.strip("\n").split("\n"):
                builder.paragraph(RawParagraph.of(line))
    return builder.build()
