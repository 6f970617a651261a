"""Made plans as DOCX, with typed or automatic numbers, letterheads in tables or with tabs."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, Literal
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt

from tests.maker.facts import MadePlan
from tests.maker.printed import Element, Grid, GridCell, Line, Para, Sides, printed

DocxLayout = Literal["tables", "tabs", "automatic", "revised"]
LAYOUTS: tuple[DocxLayout, ...] = ("tables", "tabs", "automatic", "revised")
_CENTRE = WD_ALIGN_PARAGRAPH.CENTER
_FORMATS: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile(r"[IVX]+\."), "upperRoman", "%1."),
    (re.compile(r"\d+\."), "decimal", "%1."),
    (re.compile(r"\d+"), "decimal", "%1"),
    (re.compile(r"-"), "bullet", "-"),
)


def as_docx(plan: MadePlan, layout: DocxLayout) -> bytes:
    """The plan as a DOCX file.

    `tables`: letterhead and signature in tables without borders. `tabs`: with tab stops instead, the
    annex on a landscape page. `automatic`: all numbers and dashes are Word's own. `revised`: with
    tracked changes, hidden text, a page number in the header, cells merged by hand.
    """
    writer = _Writer(layout)
    for element in printed(plan):
        writer.write(element)
    if layout == "revised":
        writer.revise()
    out = BytesIO()
    writer.document.save(out)
    return _undated(out.getvalue())


def _undated(data: bytes) -> bytes:
    """The archive without the time of its writing: the same plan gives the same bytes."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as archive, ZipFile(out, "w", ZIP_DEFLATED) as settled:
        for info in archive.infolist():
            settled.writestr(ZipInfo(info.filename), archive.read(info), ZIP_DEFLATED)
    return out.getvalue()


@dataclass
class _Writer:
    """Puts element after element into a document. python-docx's objects are untyped here."""

    layout: DocxLayout
    document: Any = field(default_factory=WordDocument)
    _lists: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        normal = self.document.styles["Normal"]
        normal.font.name, normal.font.size = "Times New Roman", Pt(14)
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin, section.right_margin = Cm(3), Cm(2)

    def write(self, element: Element) -> None:
        if isinstance(element, Sides):
            self._tabbed_sides(element) if self.layout == "tabs" else self._sides(element)
        elif isinstance(element, Para):
            self._para(element)
        else:
            self._grid(element)

    def revise(self) -> None:
        """Leave traces of editing that a reader of the printed page does not see."""
        first = next(p for p in self.document.paragraphs if p.text)
        first._p.append(
            parse_xml(
                f'<w:del {nsdecls("w")} w:id="1"><w:r><w:delText> DỰ THẢO LẦN 2</w:delText></w:r></w:del>'
            )
        )
        hidden = first.add_run(" (lưu nháp)")
        hidden.font.hidden = True
        runs = self.document.sections[0].header.paragraphs[0]
        for kind in ("begin", "separate", "end"):
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            runs.add_run()._r.append(mark)
            if kind == "begin":
                runs.add_run()._r.append(parse_xml(f"<w:instrText {nsdecls('w')}> PAGE </w:instrText>"))
            if kind == "separate":
                runs.add_run("2")

    # --- letterhead and signature -----------------------------------------------------------

    def _sides(self, sides: Sides) -> None:
        table = self.document.add_table(rows=1, cols=2)
        for cell, lines in zip(table.rows[0].cells, (sides.left, sides.right), strict=True):
            for i, line in enumerate(_trimmed(lines)):
                paragraph = cell.paragraphs[0] if i == 0 else cell.add_paragraph()
                _run(paragraph, line)
                if not (sides.flush and cell is table.rows[0].cells[0]):
                    paragraph.alignment = _CENTRE

    def _tabbed_sides(self, sides: Sides) -> None:
        for left, right in zip(sides.left, sides.right, strict=True):
            paragraph = self.document.add_paragraph()
            stops = paragraph.paragraph_format.tab_stops
            kind = WD_TAB_ALIGNMENT.LEFT if sides.flush else WD_TAB_ALIGNMENT.CENTER
            stops.add_tab_stop(Cm(0.1 if sides.flush else 3.2), kind)
            stops.add_tab_stop(Cm(12), WD_TAB_ALIGNMENT.CENTER)
            for line in (left, right):
                if line.text or (line is left and right.text):
                    paragraph.add_run("\t")
                    _run(paragraph, line)

    # --- paragraphs -------------------------------------------------------------------------

    def _para(self, para: Para) -> None:
        if para.new_page:
            self._new_page()
        paragraph = self.document.add_paragraph()
        numbered = self.layout == "automatic" and para.label and self._number(paragraph, para.label)
        self._text(paragraph, para.text if numbered else para.whole, para)
        if para.centred:
            paragraph.alignment = _CENTRE
        elif not numbered:
            paragraph.paragraph_format.first_line_indent = Cm(1.27)

    def _text(self, paragraph: Any, text: str, para: Para) -> None:
        half = text.rfind(" ", 0, len(text) // 2) + 1 if self.layout == "revised" else 0
        for piece in (text[:half], text[half:]):
            if piece:
                run = paragraph.add_run(piece)
                run.bold, run.italic = para.bold or None, para.italic or None

    def _new_page(self) -> None:
        if self.layout != "tabs":
            self.document.add_page_break()
            return
        section = self.document.add_section()
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Cm(29.7), Cm(21)

    def _number(self, paragraph: Any, label: str) -> bool:
        """Make Word print the label; False where it would print another one."""
        found = next(((f, t) for pattern, f, t in _FORMATS if pattern.fullmatch(label)), None)
        if found is None:
            return False
        form, text = found
        key = f"{form} {text}"
        if key not in self._lists or (form == "decimal" and label.strip(".") == "1"):
            self._lists[key] = self._new_list(form, text)
        number = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="{self._lists[key]}"/></w:numPr>'
        paragraph._p.get_or_add_pPr().insert(0, parse_xml(number))
        return True

    def _new_list(self, form: str, text: str) -> int:
        root = self.document.part.numbering_part.element
        ident = 1 + max(int(n.get(qn("w:numId"))) for n in root.findall(qn("w:num")))
        abstract = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{1000 + ident}"><w:lvl w:ilvl="0">'
            f'<w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
            "</w:lvl></w:abstractNum>"
        )
        root.insert(0, abstract)
        root.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{ident}"><w:abstractNumId w:val="{1000 + ident}"/></w:num>'
            )
        )
        return ident

    # --- tables -----------------------------------------------------------------------------

    def _grid(self, grid: Grid) -> None:
        table = self.document.add_table(rows=grid.n_rows, cols=grid.n_cols)
        table.style = "Table Grid"
        for column, share in zip(table.columns, grid.widths, strict=True):
            column.width = Cm(16 * share)
        for cell in grid.cells:
            self._cell(table, cell, grid)

    def _cell(self, table: Any, cell: GridCell, grid: Grid) -> None:
        at = table.cell(cell.row, cell.col)
        if cell.row_span > 1 or cell.col_span > 1:
            at = at.merge(table.cell(cell.row + cell.row_span - 1, cell.col + cell.col_span - 1))
        automatic = self.layout == "automatic" and cell.col == 0 and cell.row >= grid.header_rows
        for i, line in enumerate(cell.lines):
            paragraph = at.paragraphs[0] if i == 0 else at.add_paragraph()
            if not (automatic and re.fullmatch(r"[1-9]\d?", line) and self._number(paragraph, line)):
                paragraph.add_run(line).bold = cell.bold or None
            if cell.centred:
                paragraph.alignment = _CENTRE


def _run(paragraph: Any, line: Line) -> None:
    run = paragraph.add_run(line.text)
    run.bold, run.italic = line.bold or None, line.italic or None


def _trimmed(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    while lines and not lines[-1].text:
        lines = lines[:-1]
    return lines or (Line(""),)
