"""The tree of an HTML page to paragraphs and tables, in one pass and without recursion."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from extractors.building import RawLine, RawParagraph, RawTable
from extractors.document import Diagnostic, Style
from extractors.vietnamese.letters import squeeze
from pipeline.errors import TooLarge, TooManyPages
from pipeline.parsers import htmltables
from pipeline.parsers.encodings import clean
from pipeline.parsers.limits import Limits
from pipeline.parsers.prose import LABEL

DROPPED = frozenset({
    "head", "script", "style", "nav", "noscript", "template", "iframe", "object", "embed", "svg", "math",
    "button", "select", "input", "textarea", "audio", "video", "canvas", "map", "link", "meta",
})  # fmt: skip
INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "img", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
    "time", "tt", "u", "var", "wbr", "st1:place", "o:p",
})  # fmt: skip
TABLE_TAGS = frozenset({"table", "tr", "td", "th"})
_AROUND = frozenset({"header", "footer", "aside"})  # of the page, where it says which part is its content
_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "menu", "menubar"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_PAGE_BREAK = re.compile(r"(?:page-)?break-before\s*:\s*(?:always|page)", re.IGNORECASE)
_BOLD = re.compile(r"font-weight\s*:\s*(bold|bolder|[6-9]00|normal|lighter|[1-5]00)", re.IGNORECASE)
_ITALIC = re.compile(r"font-style\s*:\s*(italic|oblique|normal)", re.IGNORECASE)
_ALIGN = re.compile(r"text-align\s*:\s*(\w+)", re.IGNORECASE)
_SIZE = re.compile(r"font-size\s*:\s*(\d{1,3}(?:\.\d{1,2})?)\s*(pt|px)", re.IGNORECASE)
_NOT_SO = frozenset({"normal", "lighter", "100", "200", "300", "400", "500"})
_ENDED = re.compile(r"[.;:!?…][\"”’)\]]*$")
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))

RawBlock = RawParagraph | RawTable


@dataclass(slots=True)
class _Frame:
    """What an open element says of the text in it."""

    tag: str
    bold: bool = False
    italic: bool = False
    centred: bool | None = None
    size: float | None = None
    heading: int | None = None


@dataclass(slots=True)
class _Line:
    """A line of the open paragraph: its texts, and how many of its letters are bold and italic."""

    texts: list[str] = field(default_factory=list)
    letters: int = 0
    bold: int = 0
    italic: int = 0

    def add(self, text: str, frame: _Frame) -> None:
        letters = sum(map(str.isalnum, text))
        self.texts.append(text)
        self.letters += letters
        self.bold += letters if frame.bold else 0
        self.italic += letters if frame.italic else 0


@dataclass(slots=True)
class _List:
    """An open list: the next number, the kind of its numbers; None for bullets, "" for no mark."""

    number: int
    kind: str | None

    def mark(self) -> str:
        if self.kind is None:
            return "- "
        if not self.kind:
            return ""
        text = _numeral(self.number, self.kind)
        self.number += 1
        return f"{text}. "


@dataclass(slots=True)
class Walk:
    """Goes through the tree once, without recursion, and collects paragraphs and tables."""

    limits: Limits
    page: int = 1
    flattened: bool = False
    blocks: list[RawBlock] = field(default_factory=list)
    frames: list[_Frame] = field(default_factory=lambda: [_Frame("")])
    lists: list[_List] = field(default_factory=list)
    lines: list[_Line] = field(default_factory=lambda: [_Line()])
    block_frame: _Frame | None = None  # of the open paragraph
    mark: str = ""  # of the open list item, until its text begins
    grid: htmltables.GridBuilder | None = None
    inner: int = 0  # open tables inside the open grid
    cell: list[RawParagraph] | None = None
    dropped: set[str] = field(default_factory=set)
    wrappers: set[etree._Element] = field(default_factory=set)
    has_content: bool = False  # the page says which part of it is the content
    count: int = 0

    def run(self, root: etree._Element) -> None:
        self.wrappers = htmltables.wrappers(root)
        self.has_content = any(
            any(str(piece).strip() for piece in e.itertext()) for e in root.iter("main", "article")
        )
        events = etree.iterwalk(root, events=("start", "end"))
        skipped: etree._Element | None = None
        for event, element in events:
            if event == "start":
                if self._is_dropped(element):
                    skipped = element
                    events.skip_subtree()
                    continue
                self._start(element)
            else:
                if element is skipped:
                    skipped = None
                elif isinstance(element.tag, str):
                    self._end(element)
                if element.tail and element is not root:
                    self._text(element.tail)
        self._end_paragraph()

    def diagnostics(self) -> Iterator[Diagnostic]:
        if self.flattened:
            message = "The page is nested too deeply; it was read without its inner structure."
            yield Diagnostic("parse", "warning", "deep-nesting", message)
        if self.dropped:
            message = f"Parts around the content were left out: {', '.join(sorted(self.dropped))}."
            yield Diagnostic("parse", "info", "boilerplate-dropped", message)
        if not self.blocks:
            message = "The page has no text; it may be filled by a script. Save it from a browser."
            yield Diagnostic("parse", "error", "no-text", message)

    def _is_dropped(self, element: etree._Element) -> bool:
        tag = element.tag
        if not isinstance(tag, str) or tag in DROPPED - {"nav"}:
            return True
        hidden = element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))
        role = (element.get("role") or "").lower()
        around = tag in _AROUND and self.has_content and element.find(".//article") is None
        if hidden or around or tag == "nav" or role in _ROLES:
            if element.text or len(element):
                self.dropped.add("hidden text" if hidden else tag)
            return True
        return False

    # --- elements

    def _start(self, element: etree._Element) -> None:
        tag = str(element.tag)
        if _PAGE_BREAK.search(element.get("style") or ""):
            self._break_page()
        if tag == "br":
            self.lines.append(_Line())
        elif tag not in INLINE:
            self._end_paragraph()
        self.frames.append(_frame(element, self.frames[-1]))
        if tag in {"ul", "ol", "menu", "dir"}:
            self.lists.append(_list(element))
        elif tag == "li":
            self._begin_item(element)
        elif tag in TABLE_TAGS:
            self._start_table_part(element, tag)
        if element.text:
            self._text(element.text)

    def _end(self, element: etree._Element) -> None:
        tag = str(element.tag)
        if tag not in INLINE and tag != "br":
            self._end_paragraph()
        if tag in {"ul", "ol", "menu", "dir"} and self.lists:
            self.lists.pop()
        elif tag == "li":
            self.mark = ""
        elif tag in {"td", "th"}:
            self._end_cell(element)
        elif tag == "table":
            self._end_table(element)
        if len(self.frames) > 1:
            self.frames.pop()

    def _begin_item(self, element: etree._Element) -> None:
        if self.lists:
            value = re.match(r"\s*(\d{1,4})\s*$", element.get("value") or "")
            if value:
                self.lists[-1].number = int(value[1])
            self.mark = self.lists[-1].mark()

    def _start_table_part(self, element: etree._Element, tag: str) -> None:
        if tag == "table":
            if self.grid is not None:
                self.inner += 1
            elif element not in self.wrappers:
                self.grid = htmltables.GridBuilder(htmltables.ruled(element))
        elif self.grid is not None and not self.inner:
            if tag == "tr":
                self.grid.begin_row()
            else:
                self.cell = []

    def _end_cell(self, element: etree._Element) -> None:
        if self.grid is not None and not self.inner and self.cell is not None:
            self.grid.add(self.cell, htmltables.span(element, "rowspan"), htmltables.span(element, "colspan"))
            self.cell = None
            self._count()

    def _end_table(self, element: etree._Element) -> None:
        if self.grid is None:
            return
        if self.inner:
            self.inner -= 1
            return
        table = self.grid.build(self.limits)
        self.grid, self.cell = None, None
        if table is not None:
            self.blocks.append(table)

    # --- text

    def _text(self, text: str) -> None:
        frame = self.frames[-1]
        if frame.tag == "pre":
            first, *more = text.split("\n")
            self._add(first, frame)
            for line in more:
                self.lines.append(_Line())
                self._add(line, frame)
        else:
            self._add(text, frame)

    def _add(self, text: str, frame: _Frame) -> None:
        if self.block_frame is None and text.strip():
            self.block_frame = frame
        self.lines[-1].add(text, frame)

    def _end_paragraph(self) -> None:
        """The open lines as paragraphs: a `<br>` in mid-sentence breaks a line, any other a paragraph."""
        frame, lines = self.block_frame or self.frames[-1], self.lines
        self.lines, self.block_frame = [_Line()], None
        runs: list[list[tuple[str, _Line]]] = []
        for line in lines:
            text = squeeze(clean("".join(line.texts)))
            if not text:
                continue
            if runs and text[:1].islower() and not LABEL.match(text) and not _ENDED.search(runs[-1][-1][0]):
                runs[-1].append((text, line))
            else:
                runs.append([(text, line)])
        for run in runs:
            self._paragraph(run, frame)

    def _paragraph(self, run: list[tuple[str, _Line]], frame: _Frame) -> None:
        texts = [text for text, _ in run]
        if self.mark and not LABEL.match(texts[0]):
            texts[0] = self.mark + texts[0]
        self.mark = ""
        letters = sum(line.letters for _, line in run)
        style = Style(
            bold=0 < letters == sum(line.bold for _, line in run),
            italic=0 < letters == sum(line.italic for _, line in run),
            centred=frame.centred,
            size=frame.size,
            heading=frame.heading,
        )
        paragraph = RawParagraph(tuple(RawLine(text, self.page, hard_break=True) for text in texts), style)
        (self.blocks if self.cell is None else self.cell).append(paragraph)
        self._count()

    def _count(self) -> None:
        self.count += 1
        if self.count > self.limits.max_blocks:
            raise TooLarge(
                f"The page has more than {self.limits.max_blocks:,} paragraphs and cells (max_blocks)."
            )

    def _break_page(self) -> None:
        if self.blocks:
            self._end_paragraph()
            self.page += 1
            if self.page > self.limits.max_pages:
                raise TooManyPages(
                    f"The page is printed on more than {self.limits.max_pages:,} pages (max_pages)."
                )


def _frame(element: etree._Element, outer: _Frame) -> _Frame:
    """What the element's tag, attributes and style add to those around it."""
    tag, css = str(element.tag), element.get("style") or ""
    frame = replace(outer, tag=outer.tag if outer.tag == "pre" and tag in INLINE else tag)
    if tag in {"b", "strong", "th"} or tag in _HEADINGS:
        frame.bold = True
    if tag in {"i", "em", "cite"}:
        frame.italic = True
    frame.heading = _HEADINGS.get(tag, outer.heading)
    align = "center" if tag in {"center", "caption"} else (element.get("align") or "").lower()
    for pattern, name in ((_BOLD, "bold"), (_ITALIC, "italic")):
        found = pattern.search(css)
        if found:
            setattr(frame, name, found[1].lower() not in _NOT_SO)
    found = _ALIGN.search(css)
    align = found[1].lower() if found else align
    if align:
        frame.centred = align == "center"
    size = _SIZE.search(css)
    if size:
        frame.size = round(float(size[1]) * (0.75 if size[2].lower() == "px" else 1.0), 1)
    return frame


def _list(element: etree._Element) -> _List:
    css = (element.get("style") or "").replace(" ", "").lower()
    if "list-style-type:none" in css or "list-style:none" in css:
        return _List(1, "")
    start = re.match(r"\s*(\d{1,4})\s*$", element.get("start") or "")
    kind = element.get("type") or "1"
    return _List(int(start[1]) if start else 1, kind if element.tag == "ol" else None)


def _numeral(number: int, kind: str) -> str:
    if kind in {"a", "A"} and 1 <= number <= 26:
        return chr(ord(kind) + number - 1)
    if kind in {"i", "I"} and 1 <= number < 400:
        roman = ""
        for value, letters in _ROMAN:
            roman += letters * (number // value)
            number %= value
        return roman if kind == "I" else roman.lower()
    return str(number)
