"""Made plans as DOCX, XML straight into the archive: fifty times as quick as with python-docx."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Literal
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from tests.docx_files import HEAD, OFFICE, RELATIONS, RULED, p, part, tbl, tc, tr
from tests.maker.facts import MadePlan
from tests.maker.printed import Element, Grid, GridCell, Line, Para, Sides, printed

DocxLayout = Literal["tables", "tabs"]
LAYOUTS: tuple[DocxLayout, ...] = ("tables", "tabs")
_CENTRE = '<w:jc w:val="center"/>'
_INDENT = '<w:ind w:firstLine="720"/>'
_WIDTH = 9072  # twentieths of a point between the margins
_STOPS = '<w:tabs><w:tab w:val="{kind}" w:pos="{left}"/><w:tab w:val="center" w:pos="6800"/></w:tabs>'
_BREAK = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
_FONT = '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman"/><w:sz w:val="28"/>'
_KINDS = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TYPES = (
    f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_KINDS}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_KINDS}.styles+xml"/></Types>'
)


def _links(link: str) -> str:
    return f'{HEAD}<Relationships xmlns="{RELATIONS}"><Relationship {link}/></Relationships>'


_FIXED: Mapping[str, str] = {
    "[Content_Types].xml": _TYPES,
    "_rels/.rels": _links(f'Id="d" Type="{OFFICE}/officeDocument" Target="word/document.xml"'),
    "word/_rels/document.xml.rels": _links(f'Id="s" Type="{OFFICE}/styles" Target="styles.xml"'),
    "word/styles.xml": part(
        "styles", f"<w:docDefaults><w:rPrDefault><w:rPr>{_FONT}</w:rPr></w:rPrDefault></w:docDefaults>"
    ),
}


def quick_docx(plan: MadePlan, layout: DocxLayout) -> bytes:
    """The plan as a DOCX file; letterhead and signature in tables without borders, or with tab stops."""
    body = "".join(xml for element in printed(plan) for xml in _parts(element, layout))
    return packed({**_FIXED, "word/document.xml": part("document", f"<w:body>{body}</w:body>")})


def packed(parts: Mapping[str, str]) -> bytes:
    """The archive of these parts; the same parts give the same bytes at any time."""
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name, xml in parts.items():
            archive.writestr(ZipInfo(name), xml.encode(), ZIP_DEFLATED, compresslevel=1)
    return out.getvalue()


def _parts(element: Element, layout: DocxLayout) -> Iterator[str]:
    if isinstance(element, Sides):
        yield from _tabbed_sides(element) if layout == "tabs" else _sides(element)
    elif isinstance(element, Para):
        yield _BREAK if element.new_page else ""
        yield p(escape(element.whole), _CENTRE if element.centred else _INDENT, _look(element))
    else:
        yield _grid(element)


def _look(text: Line | Para) -> str:
    return ("<w:b/>" if text.bold else "") + ("<w:i/>" if text.italic else "")


def _sides(sides: Sides) -> Iterator[str]:
    cells = []
    for side, flush in ((sides.left, sides.flush), (sides.right, False)):
        cells.append(tc("".join(p(escape(x.text), "" if flush else _CENTRE, _look(x)) for x in side)))
    yield tbl(tr(*cells), widths=(_WIDTH // 2, _WIDTH // 2), properties="")


def _tabbed_sides(sides: Sides) -> Iterator[str]:
    stops = _STOPS.format(kind="left" if sides.flush else "center", left=60 if sides.flush else 1800)
    for left, right in zip(sides.left, sides.right, strict=True):
        runs = "".join(
            f"<w:r><w:rPr>{_look(x)}</w:rPr><w:tab/><w:t>{escape(x.text)}</w:t></w:r>"
            for x in ((left, right) if right.text else (left,))
        )
        yield f"<w:p><w:pPr>{stops}</w:pPr>{runs}</w:p>"


def _grid(grid: Grid) -> str:
    covered = {(cell.row + i, cell.col): cell for cell in grid.cells for i in range(1, cell.row_span)}
    rows = [list(row) for row in grid.by_rows()]
    for (row, _), cell in covered.items():
        rows[row].append(GridCell(row, cell.col, (), 0, cell.col_span))
    xml = (tr(*(_cell(cell) for cell in sorted(row, key=lambda c: c.col))) for row in rows)
    return tbl(*xml, widths=tuple(int(_WIDTH * share) for share in grid.widths), properties=RULED)


def _cell(cell: GridCell) -> str:
    """A cell; one with a row span of 0 goes on with the cell above it."""
    spans = f'<w:gridSpan w:val="{cell.col_span}"/>' if cell.col_span > 1 else ""
    if cell.row_span != 1:
        spans += '<w:vMerge w:val="restart"/>' if cell.row_span else "<w:vMerge/>"
    look, place = "<w:b/>" if cell.bold else "", _CENTRE if cell.centred else ""
    return tc("".join(p(escape(line), place, look) for line in cell.lines) or p(), spans)
