"""Made plans as PDF: real columns, ruled tables that break over pages, page numbers, embedded fonts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Literal
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    BaseDocTemplate,
    Frame,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from tests.maker.facts import MadePlan
from tests.maker.printed import Element, Grid, GridCell, Line, Para, Sides, printed

PdfLayout = Literal["header repeated", "header once", "rows cut", "large"]
LAYOUTS: tuple[PdfLayout, ...] = ("header repeated", "header once", "rows cut", "large")
FONTS = Path("/usr/share/fonts/truetype/dejavu")  # Debian package fonts-dejavu-core
_MARGINS = (30 * mm, 20 * mm)  # left, right; top and bottom are 20 mm
_SIZES: dict[PdfLayout, float] = {"header repeated": 12, "header once": 11, "rows cut": 12.5, "large": 14}


def as_pdf(plan: MadePlan, layout: PdfLayout) -> bytes:
    """The plan as a PDF with a text layer.

    `header repeated` and `header once`: what a table prints on its next page. `rows cut`: a page's end
    may fall inside a row, with the header repeated. `large`: bigger letters and wide lines, so that more
    pages end in a table. An annex stands on landscape pages.
    """
    out = BytesIO()
    template = _template(out, plan)
    flowables = [f for element in printed(plan) for f in _flowables(element, layout)]
    template.build(flowables)
    return out.getvalue()


@cache
def _font(bold: bool) -> str:
    """A serif font with all Vietnamese letters, registered once."""
    name = "MadeBold" if bold else "Made"
    pdfmetrics.registerFont(TTFont(name, str(FONTS / f"DejaVuSerif{'-Bold' if bold else ''}.ttf")))
    return name


def _template(out: BytesIO, plan: MadePlan) -> Any:
    pages = []
    for name, (width, height) in (("portrait", A4), ("landscape", landscape(A4))):
        frame = Frame(
            _MARGINS[0], 20 * mm, width - sum(_MARGINS), height - 40 * mm,
            leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
        )  # fmt: skip
        pages.append(PageTemplate(name, [frame], onPage=_page_number, pagesize=(width, height)))
    return BaseDocTemplate(out, pageTemplates=pages, pagesize=A4, title=plan.name, invariant=1)


def _page_number(canvas: Any, template: Any) -> None:
    """Top centre, not on the first page (NĐ 30/2020)."""
    number = canvas.getPageNumber()
    if number > 1:
        canvas.setFont(_font(False), 12)
        width, height = canvas._pagesize
        canvas.drawCentredString(width / 2, height - 14 * mm, str(number))


def _style(layout: PdfLayout, bold: bool = False, align: int = TA_JUSTIFY, **more: float) -> ParagraphStyle:
    size = _SIZES[layout]
    return ParagraphStyle(
        "made", fontName=_font(bold), fontSize=size, leading=size * 1.3, alignment=align, **more
    )


def _flowables(element: Element, layout: PdfLayout) -> Iterator[Any]:
    if isinstance(element, Sides):
        yield Spacer(1, 4 * mm) if element.flush else Spacer(1, 0)
        yield _sides(element, layout)
        yield Spacer(1, 6 * mm)
    elif isinstance(element, Para):
        if element.new_page:
            yield NextPageTemplate("landscape")
            yield PageBreak()
        yield _paragraph(element, layout)
    else:
        yield Spacer(1, 2 * mm)
        yield _grid(element, layout)
        yield Spacer(1, 4 * mm)


def _sides(sides: Sides, layout: PdfLayout) -> Any:
    columns = [
        [_line(line, layout, TA_LEFT if sides.flush and i == 0 else TA_CENTER) for line in side]
        for i, side in enumerate((sides.left, sides.right))
    ]
    width = A4[0] - sum(_MARGINS)
    rows = [list(pair) for pair in zip(*columns, strict=True)]
    bare = [("LEFTPADDING", (0, 0), (-1, -1), 2), ("RIGHTPADDING", (0, 0), (-1, -1), 2)]
    bare += [("TOPPADDING", (0, 0), (-1, -1), 0), ("BOTTOMPADDING", (0, 0), (-1, -1), 1)]
    return Table(
        rows,
        colWidths=[width * 0.45, width * 0.55],
        style=TableStyle([*bare, ("VALIGN", (0, 0), (-1, -1), "TOP")]),
    )


def _line(line: Line, layout: PdfLayout, align: int) -> Any:
    style = _style(layout, line.bold, align)
    style.fontSize, style.leading = style.fontSize * 0.78, style.leading * 0.8
    return Paragraph(escape(line.text) or "&nbsp;", style)


def _paragraph(para: Para, layout: PdfLayout) -> Any:
    if para.centred:
        style = _style(layout, para.bold, TA_CENTER, spaceAfter=2)
    else:
        style = _style(layout, para.bold, firstLineIndent=10 * mm, spaceBefore=3, spaceAfter=3)
    return Paragraph(escape(para.whole), style)


def _grid(grid: Grid, layout: PdfLayout) -> Any:
    size = 8.5  # points: what lets a date stand on one line of a narrow column
    leading = size * (2 if layout == "large" else 1.3)
    data: list[list[Any]] = [[""] * grid.n_cols for _ in range(grid.n_rows)]
    rules: list[Any] = [("LEFTPADDING", (0, 0), (-1, -1), 3), ("RIGHTPADDING", (0, 0), (-1, -1), 3)]
    rules += [("GRID", (0, 0), (-1, -1), 0.6, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")]
    for cell in grid.cells:
        data[cell.row][cell.col] = [
            Paragraph(escape(line), _cell_style(cell, size, leading)) for line in cell.lines
        ]
        if cell.row_span > 1 or cell.col_span > 1:
            end = (cell.col + cell.col_span - 1, cell.row + cell.row_span - 1)
            rules.append(("SPAN", (cell.col, cell.row), end))
    width = A4[0] - sum(_MARGINS)
    return Table(
        data,
        colWidths=[width * share for share in grid.widths],
        repeatRows=0 if layout == "header once" else grid.header_rows,
        splitInRow=int(layout == "rows cut"),
        style=TableStyle(rules),
    )


def _cell_style(cell: GridCell, size: float, leading: float) -> ParagraphStyle:
    return ParagraphStyle(
        "cell",
        fontName=_font(cell.bold),
        fontSize=size,
        leading=leading,
        alignment=TA_CENTER if cell.centred else TA_LEFT,
    )
