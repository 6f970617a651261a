"""Small documents for tests: paragraphs and tables from strings."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.bodies import BodyContext
from extractors.building import DocumentBuilder, RawCell, RawParagraph, RawTable
from extractors.context import PlanContext
from extractors.document import Block, Document, Table

Row = Sequence[str | None]


def grid(*rows: Row, ruled: bool | None = True) -> RawTable:
    """A table of strings: None goes on the cell to its left, "^" the cell above; newlines part paragraphs."""
    cells: list[RawCell] = []
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text is None or text == "^":
                continue
            col_span = 1
            while c + col_span < len(row) and row[c + col_span] is None:
                col_span += 1
            row_span = 1
            while r + row_span < len(rows) and rows[r + row_span][c] == "^":
                row_span += 1
            paragraphs = tuple(RawParagraph.of(t) for t in text.split("\n"))
            cells.append(RawCell(r, c, paragraphs, row_span, col_span))
    return RawTable(len(rows), max(len(row) for row in rows), tuple(cells), ruled)


def document(*blocks: str | RawParagraph | RawTable) -> Document:
    """A document of these blocks, a string being a paragraph."""
    builder = DocumentBuilder("text/plain")
    for block in blocks:
        if isinstance(block, RawTable):
            builder.table(block)
        else:
            builder.paragraph(RawParagraph.of(block) if isinstance(block, str) else block)
    return builder.build()


def context(read: Document, year: int | None = 2024) -> PlanContext:
    """The context of a plan of Lai Châu for `year`."""
    bodies = BodyContext(
        issuer="Ủy ban nhân dân tỉnh Lai Châu", level="province", province="Lai Châu", place="tỉnh Lai Châu"
    )
    return PlanContext(read, bodies, year=year)


def only_table(read: Document) -> Table:
    """The one table of a document."""
    (table,) = [block for block in read.blocks if isinstance(block, Table)]
    return table


def blocks_of(read: Document) -> tuple[Block, ...]:
    return read.blocks
