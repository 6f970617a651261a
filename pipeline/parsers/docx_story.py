"""A story of a Word document (body, header, footnotes …) as paragraphs and tables in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from extractors.building import RawLine, RawParagraph, RawTable
from extractors.document import Column, Part
from pipeline.parsers.docx_columns import Flow, Sides, TextLine, split_columns
from pipeline.parsers.docx_legacy import Recoder
from pipeline.parsers.docx_numbering import Numbering
from pipeline.parsers.docx_runs import BREAKS, COLUMN, PAGE, RENDERED, TAB, Inline, InlineReader, cleaned
from pipeline.parsers.docx_sections import Section
from pipeline.parsers.docx_styles import ParagraphLook, Styles, over
from pipeline.parsers.docx_tables import Grid, as_table, is_ruled, joined, read_grid
from pipeline.parsers.docx_xml import Element, find, switch, unwrapped, w

_TAB_INDENT: Final = 36.0  # points that a leading tab moves a line

RawBlock = RawParagraph | RawTable


class Gap:
    """An empty paragraph: nothing is printed, but it parts what stands before and after."""


Item = Flow | RawTable | Gap


@dataclass(slots=True)
class Context:
    """What all stories of a document share, and what is counted for the diagnostics."""

    styles: Styles
    numbering: Numbering
    hidden_cells: int = 0
    pictures: int = 0
    foreign: int = 0  # embedded documents (w:altChunk, w:subDoc)
    recoder: Recoder = field(default_factory=Recoder)


class Story:
    """Reads one story. `page` is the page that the reading has reached, from 1."""

    def __init__(
        self, root: Element, context: Context, part: Part = "body", sections: Iterable[Section] = ()
    ) -> None:
        self._context = context
        page_numbers = part not in ("header", "footer")
        self._reader = InlineReader(root, context.styles, context.recoder, page_numbers)
        self._part: Part = part
        self._sections = list(sections) or [Section(None)]
        self._section = 0
        self._columns = 0  # column breaks since the section began
        self._fresh = True  # nothing was printed since the page began
        self.page = 1
        self.page_sections: dict[int, Section] = {}
        self.notes: list[tuple[str, str, int]] = []  # kind, identifier, page

    def blocks(self, container: Element) -> list[RawBlock]:
        """Paragraphs and tables of a container (the story's root, or a note in it), in reading order."""
        return list(_joined(self._laid(self._flow(container, top=True))))

    # --- paragraphs -------------------------------------------------------------------------

    def _flow(self, container: Element, top: bool = False) -> Iterator[Item]:
        """Everything in a container in order; text boxes follow the paragraph that holds them."""
        carried: Inline | None = None
        for child in unwrapped(container):
            if child.tag == w("p"):
                inline, style, look = self._read(child)
                if carried is not None:
                    carried.extend(inline)
                    inline = carried
                carried = inline if _joins_next(child) else None
                if carried is None:
                    yield from self._paragraph(inline, style, look)
                if top and find(child, "pPr", "sectPr") is not None:
                    self._next_section()
            elif child.tag == w("tbl"):
                yield from self._table(child)
            elif child.tag in (w("altChunk"), w("subDoc")):
                self._context.foreign += 1
        if carried is not None:
            yield from self._paragraph(carried, "", ParagraphLook())

    def _read(self, paragraph: Element) -> tuple[Inline, str, ParagraphLook]:
        properties = find(paragraph, "pPr")
        styles = self._context.styles
        style = styles.style_of(properties)
        return self._reader.read(paragraph, style), style, over(styles.paragraph(style), properties)

    def _paragraph(self, inline: Inline, style: str, look: ParagraphLook) -> Iterator[Item]:
        if look.break_before:
            self._turn()
        look, label = self._numbered(inline, style, look)
        page, before = self.page, self._columns
        lines = self._lines(inline.text)
        if lines or label:
            lead = inline.text[: lines[0].start] if lines else ""
            column = before + lead.count(COLUMN)
            self._fresh = False
            yield Flow(inline, look, lines, label, page, self._section, column)
        else:
            yield Gap()
        self._context.pictures += inline.pictures
        self.notes += [(kind, name, page) for kind, name in inline.notes]
        for box in inline.boxes:
            yield from self._boxed(box)

    def _numbered(self, inline: Inline, style: str, look: ParagraphLook) -> tuple[ParagraphLook, str]:
        """The automatic number as it is printed, and the look with the indent that the list gives."""
        found = self._context.numbering.level(look.numbering, look.level, style)
        if found is None or look.numbering is None:
            return look, ""
        depth, level = found
        label = self._context.numbering.label(look.numbering, depth)
        if not look.indented:
            look = over(look, level.indent)
        if level.format == "bullet" and not inline.text.strip():
            label = ""
        return look, label

    def _lines(self, text: str) -> list[TextLine]:
        """The lines of a paragraph, with the page of each; lines without text are dropped."""
        lines: list[TextLine] = []
        at = 0
        for mark in [*BREAKS.finditer(text), None]:
            end = len(text) if mark is None else mark.start()
            if text[at:end].strip():
                self._fresh = False
                self.page_sections.setdefault(self.page, self._sections[self._section])
                lines.append(TextLine(at, end, self.page))
            if mark is not None:
                self._pass(mark.group(), lines, text, end)
                at = mark.end()
        return lines

    def _pass(self, mark: str, lines: list[TextLine], text: str, at: int) -> None:
        """Go beyond a break: mark the line before it, turn the page."""
        if lines and mark == RENDERED:
            divided = at > 0 and not text[at - 1].isspace() and not text[at + 1 : at + 2].isspace()
            lines[-1] = replace(lines[-1], glue=divided and lines[-1].end == at)
        elif lines:
            lines[-1] = replace(lines[-1], hard=True, glue=False)
        if mark in (RENDERED, PAGE):
            self._turn()
        elif mark == COLUMN:
            self._columns += 1

    def _turn(self) -> None:
        """Begin a page. Author and last layout may both tell of one break, so an empty page is none."""
        if not self._fresh:
            self.page += 1
            self._fresh = True

    def _next_section(self) -> None:
        self._columns = 0
        if self._section + 1 < len(self._sections):
            self._section += 1
            if self._sections[self._section].new_page:
                self._turn()

    # --- layout -----------------------------------------------------------------------------

    def _laid(self, items: Iterator[Item]) -> Iterator[RawBlock | Gap]:
        """Paragraphs in their final form; those that follow each other are asked for columns together."""
        waiting: list[Flow] = []
        for item in items:
            if isinstance(item, Flow):
                if waiting and waiting[0].section != item.section:
                    yield from self._columned(waiting)
                    waiting = []
                waiting.append(item)
            elif isinstance(item, RawTable) or not waiting:
                yield from self._columned(waiting)
                waiting = []
                yield item
        yield from self._columned(waiting)

    def _columned(self, flows: list[Flow]) -> Iterator[RawParagraph]:
        if not flows:
            return
        for flow, sides in split_columns(flows, self._sections[flows[0].section].text_width):
            if not sides:
                yield self._whole(flow)
            for column, side in sides:
                yield self._side(column, side)

    def _side(self, column: Column, side: Sides) -> RawParagraph:
        start, end = (side.left if column == "left" else side.right) or (0, 0)
        return self._raw(side.flow, [replace(side.line, start=start, end=end)], column)

    def _whole(self, flow: Flow) -> RawParagraph:
        column: Column = "full"
        if self._sections[flow.section].two_columns:
            column = "right" if flow.column else "left"
        return self._raw(flow, flow.lines, column)

    def _raw(self, flow: Flow, lines: list[TextLine], column: Column) -> RawParagraph:
        text = flow.inline.text
        raw = [
            RawLine(
                cleaned(text[line.start : line.end]),
                line.page,
                hard_break=line.hard,
                glue=line.glue,
                recoded=flow.inline.before(line.start, line.end),
            )
            for line in lines
        ]
        if flow.label:
            first = raw[0] if raw else RawLine("", flow.page)
            held = first.recoded and replace(first.recoded, before=flow.label + first.recoded.before)
            raw[:1] = [replace(first, text=(flow.label + first.text).strip(), recoded=held)]
        start, end = (lines[0].start, lines[-1].end) if lines else (0, 0)
        style = replace(
            flow.inline.style(start, end),
            centred=flow.look.justify == "center",
            heading=flow.look.outline,
        )
        tabs = text[: len(text) - len(text.lstrip(TAB + " "))].count(TAB) if column == "full" else 0
        indent = flow.look.left + flow.look.first + tabs * _TAB_INDENT
        return RawParagraph(tuple(raw), style, column, self._part, indent)

    # --- tables and boxes -------------------------------------------------------------------

    def _table(self, table: Element) -> Iterator[Item]:
        grid = read_grid(table, self._context.styles)
        self._context.hidden_cells += grid.hidden_text
        ruled = is_ruled(grid)
        if all(len(row) == 1 for row in grid.rows) and (not ruled or _holds_table(grid)):
            for row in grid.rows:
                yield from self._flow(row[0].element)
            return
        apart: list[RawTable] | None = [] if not ruled and len(grid.rows) == 1 else None
        self._fill(grid, apart)
        if any(cell.paragraphs for cell in grid.cells()):
            yield as_table(grid)
        yield from apart or ()

    def _fill(self, grid: Grid, apart: list[RawTable] | None) -> None:
        """Read the cells; those of a row begin on one page, and the longest tells where the next begins."""
        for row in grid.rows:
            first, last, fresh = self.page, self.page, self._fresh
            for cell in row:
                self.page, self._fresh = first, fresh
                cell.paragraphs = tuple(self._cell(cell.element, apart))
                last = max(last, self.page)
            begun = max((_first_page(cell.paragraphs) for cell in row), default=first)
            for cell in row:
                cell.paragraphs = tuple(_not_before(p, begun) for p in cell.paragraphs)
            self.page = last
            self._fresh = fresh and not any(cell.paragraphs for cell in row)

    def _cell(self, cell: Element, apart: list[RawTable] | None) -> Iterator[RawParagraph]:
        """Paragraphs of a cell, those of tables in it included unless these go `apart`."""
        for item in self._flow(cell):
            if isinstance(item, Flow):
                yield self._whole(item)
            elif isinstance(item, RawTable) and apart is not None and item.ruled:
                apart.append(item)
            elif isinstance(item, RawTable):
                for inner in item.cells:
                    yield from inner.paragraphs

    def _boxed(self, box: Element) -> Iterator[Item]:
        """A text box; it stands on the page of its paragraph and turns none."""
        page, fresh = self.page, self._fresh
        yield from self._flow(box)
        self.page, self._fresh = page, fresh


def _joins_next(paragraph: Element) -> bool:
    """Is the paragraph's mark deleted, moved away or hidden? Then the next paragraph goes on with it."""
    mark = find(paragraph, "pPr", "rPr")
    gone = find(mark, "del") is not None or find(mark, "moveFrom") is not None
    return gone or bool(switch(mark, "vanish"))


def _holds_table(grid: Grid) -> bool:
    return any(next(cell.element.iter(w("tbl")), None) is not None for cell in grid.cells())


def _first_page(paragraphs: tuple[RawParagraph, ...]) -> int:
    return paragraphs[0].lines[0].page if paragraphs and paragraphs[0].lines else 0


def _not_before(paragraph: RawParagraph, page: int) -> RawParagraph:
    if all(line.page >= page for line in paragraph.lines):
        return paragraph
    lines = tuple(line if line.page >= page else replace(line, page=page) for line in paragraph.lines)
    return replace(paragraph, lines=lines)


def _joined(items: Iterable[RawBlock | Gap]) -> Iterator[RawBlock]:
    """Tables that go on after a manual split as one table."""
    held: RawTable | None = None
    adjacent = True
    for item in items:
        if isinstance(item, Gap):
            adjacent = False
        elif isinstance(item, RawTable):
            whole = None if held is None else joined(held, item, adjacent)
            if held is not None and whole is None:
                yield held
            held, adjacent = whole or item, True
        else:
            if held is not None:
                yield held
            held = None
            yield item
    if held is not None:
        yield held
