"""Looks of paragraphs and characters: direct formatting over styles over document defaults."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from pipeline.parsers.docx_xml import TWIPS_A_POINT, Element, attribute, find, number, switch, w

_DEFAULT_SIZE: Final = 10.0  # points, where nothing states one
_MOST_BASES: Final = 50  # styles that a style may build on
_BODY_LEVEL: Final = 9  # the outline level that means “body text”
_HEADING: Final = re.compile(r"heading ([1-9])$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TabStop:
    """A tab stop: points from the margin, kind (`left`, `center`, `right` …), whether dots lead to it."""

    position: float
    kind: str
    leader: bool


@dataclass(frozen=True, slots=True)
class ParagraphLook:
    """Resolved properties of a paragraph; lengths in points, `first` relative to `left`."""

    justify: str = "left"
    left: float = 0.0
    first: float = 0.0
    indented: bool = False  # some layer states an indent
    outline: int | None = None  # heading level from 1
    numbering: str | None = None
    level: int | None = None
    tabs: tuple[TabStop, ...] = ()
    break_before: bool = False
    contents: bool = False  # a line of a table of contents


@dataclass(frozen=True, slots=True)
class RunMarks:
    """What one layer states about characters; None is “nothing”."""

    bold: bool | None = None
    italic: bool | None = None
    caps: bool | None = None
    hidden: bool | None = None
    size: float | None = None
    font: str | None = None


@dataclass(frozen=True, slots=True)
class RunLook:
    """Resolved look of characters."""

    bold: bool
    italic: bool
    caps: bool
    hidden: bool
    size: float
    font: str


class Styles:
    """The styles part, asked for resolved looks. Works without a part: everything is Word's default."""

    def __init__(self, root: Element | None) -> None:
        self._root = root
        self._styles: dict[str, Element] = {}
        self._defaults: dict[str, str] = {}
        for style in root.findall(w("style")) if root is not None else ():
            name, kind = attribute(style, "styleId") or "", attribute(style, "type") or "paragraph"
            self._styles[name] = style
            if (attribute(style, "default") or "0").lower() in ("1", "true", "on"):
                self._defaults.setdefault(kind, name)
        self._paragraphs: dict[str, ParagraphLook] = {}
        self._marks: dict[str, RunMarks] = {}
        self._runs: dict[tuple[str, str, RunMarks], RunLook] = {}

    @cached_property
    def base(self) -> RunMarks:
        """The document's defaults for characters."""
        return _marks(find(self._root, "docDefaults", "rPrDefault", "rPr"))

    def chain(self, style: str | None, kind: str) -> list[Element]:
        """A style and those that it builds on, itself first; the default style of its kind where None."""
        name = style if style in self._styles else self._defaults.get(kind)
        found: list[Element] = []
        while name in self._styles and len(found) < _MOST_BASES:
            found.append(self._styles[name])
            name = attribute(find(found[-1], "basedOn"))
        return found

    def style_of(self, properties: Element | None) -> str:
        """Identifier of a paragraph's style, the default one's where it names none."""
        name = attribute(find(properties, "pStyle"))
        return name if name in self._styles and name else self._defaults.get("paragraph", "")

    def paragraph(self, style: str) -> ParagraphLook:
        """Look that a paragraph style gives."""
        if style not in self._paragraphs:
            look = over(ParagraphLook(), find(self._root, "docDefaults", "pPrDefault", "pPr"))
            for layer in reversed(self.chain(style, "paragraph")):
                look = _named(over(look, find(layer, "pPr")), attribute(find(layer, "name")) or "")
            self._paragraphs[style] = look
        return self._paragraphs[style]

    def run(self, paragraph_style: str, properties: Element | None) -> RunLook:
        """Look of a run (its rPr) in a paragraph of that style."""
        key = (paragraph_style, attribute(find(properties, "rStyle")) or "", _marks(properties))
        if key not in self._runs:
            self._runs[key] = self._resolved(*key)
        return self._runs[key]

    def linked_numbering(self, style: str) -> str | None:
        """The numbering that a (numbering) style names."""
        return attribute(find(self._styles.get(style), "pPr", "numPr", "numId"))

    def _resolved(self, paragraph_style: str, run_style: str, direct: RunMarks) -> RunLook:
        below = self._style_marks(paragraph_style, "paragraph")
        beside = self._style_marks(run_style, "character") if run_style else RunMarks()
        base = self.base
        return RunLook(
            _toggled(direct.bold, beside.bold, below.bold, base.bold),
            _toggled(direct.italic, beside.italic, below.italic, base.italic),
            _toggled(direct.caps, beside.caps, below.caps, base.caps),
            _toggled(direct.hidden, beside.hidden, below.hidden, base.hidden),
            direct.size or beside.size or below.size or base.size or _DEFAULT_SIZE,
            direct.font or beside.font or below.font or base.font or "",
        )

    def _style_marks(self, style: str, kind: str) -> RunMarks:
        key = f"{kind} {style}"
        if key not in self._marks:
            marks = RunMarks()
            for layer in self.chain(style, kind):
                marks = _under(marks, _marks(find(layer, "rPr")))
            self._marks[key] = marks
        return self._marks[key]


def over(look: ParagraphLook, properties: Element | None) -> ParagraphLook:
    """A look with the properties of one more layer (a pPr) on top of it."""
    if properties is None:
        return look
    look = _with_indent(look, find(properties, "ind"))
    level = number(find(properties, "outlineLvl"))
    if level is not None:
        look = replace(look, outline=level + 1 if 0 <= level < _BODY_LEVEL else None)
    numbered = find(properties, "numPr")
    break_before = switch(properties, "pageBreakBefore")
    return replace(
        look,
        justify=attribute(find(properties, "jc")) or look.justify,
        numbering=attribute(find(numbered, "numId")) or look.numbering,
        level=number(find(numbered, "ilvl")) if find(numbered, "ilvl") is not None else look.level,
        tabs=_tabs(look.tabs, find(properties, "tabs")),
        break_before=look.break_before if break_before is None else break_before,
    )


def _with_indent(look: ParagraphLook, ind: Element | None) -> ParagraphLook:
    if ind is None:
        return look
    left = _either(ind, "left", "start")
    hanging, first = number(ind, "hanging"), number(ind, "firstLine")
    if hanging is not None:
        first = -hanging
    return replace(
        look,
        left=look.left if left is None else left / TWIPS_A_POINT,
        first=look.first if first is None else first / TWIPS_A_POINT,
        indented=True,
    )


def _either(element: Element, one: str, other: str) -> int | None:
    value = number(element, one)
    return number(element, other) if value is None else value


def _tabs(known: tuple[TabStop, ...], tabs: Element | None) -> tuple[TabStop, ...]:
    if tabs is None:
        return known
    stops = {stop.position: stop for stop in known}
    for tab in tabs.findall(w("tab")):
        position = (number(tab, "pos") or 0) / TWIPS_A_POINT
        kind = attribute(tab) or "left"
        if kind == "clear":
            stops.pop(position, None)
        elif kind not in ("num", "bar"):
            leader = (attribute(tab, "leader") or "none") != "none"
            stops[position] = TabStop(position, kind, leader)
    return tuple(stops[p] for p in sorted(stops))


def _named(look: ParagraphLook, name: str) -> ParagraphLook:
    """Word's own styles mean something by their (untranslated) names."""
    heading = _HEADING.match(name)
    if heading and look.outline is None:
        look = replace(look, outline=int(heading.group(1)))
    if name.lower().startswith("toc "):
        look = replace(look, contents=True)
    return look


def _marks(properties: Element | None) -> RunMarks:
    if properties is None:
        return RunMarks()
    half_points = number(find(properties, "sz"))
    fonts = find(properties, "rFonts")
    return RunMarks(
        switch(properties, "b"),
        switch(properties, "i"),
        switch(properties, "caps"),
        switch(properties, "vanish"),
        half_points / 2 if half_points and half_points > 0 else None,
        attribute(fonts, "ascii") or attribute(fonts, "hAnsi"),
    )


def _under(marks: RunMarks, lower: RunMarks) -> RunMarks:
    return RunMarks(
        lower.bold if marks.bold is None else marks.bold,
        lower.italic if marks.italic is None else marks.italic,
        lower.caps if marks.caps is None else marks.caps,
        lower.hidden if marks.hidden is None else marks.hidden,
        marks.size or lower.size,
        marks.font or lower.font,
    )


def _toggled(direct: bool | None, run: bool | None, paragraph: bool | None, base: bool | None) -> bool:
    """A toggle property (ISO 29500-1, 17.7.3): two styles that both set it cancel each other."""
    if direct is not None:
        return direct
    return bool(base) or bool(run) != bool(paragraph)
