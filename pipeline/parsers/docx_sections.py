"""Sections of a Word document: page size, columns, which headers and footers they show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from pipeline.parsers.docx_xml import (
    RELATION_ID,
    TWIPS_A_POINT,
    Element,
    attribute,
    find,
    number,
    switch,
    unwrapped,
    w,
)

_DEFAULT_WIDTH: Final = 467.0  # points between usual margins on A4
_SAME_PAGE: Final = frozenset({"continuous", "nextColumn"})


@dataclass(frozen=True, slots=True)
class Section:
    """A section: its properties (w:sectPr, None where there are none) and the column breaks in it."""

    properties: Element | None
    column_breaks: int = 0

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the page in points, 0 where unknown."""
        page = find(self.properties, "pgSz")
        return (number(page, "w") or 0) / TWIPS_A_POINT, (number(page, "h") or 0) / TWIPS_A_POINT

    @property
    def text_width(self) -> float:
        """Width between the margins, in points."""
        margins = find(self.properties, "pgMar")
        sides = ((number(margins, "left") or 0) + (number(margins, "right") or 0)) / TWIPS_A_POINT
        width = self.size[0] - sides
        return width if width > 0 else _DEFAULT_WIDTH

    @property
    def new_page(self) -> bool:
        """Does it begin on a new page?"""
        return (attribute(find(self.properties, "type")) or "nextPage") not in _SAME_PAGE

    @property
    def two_columns(self) -> bool:
        """Two columns with one break between them: two sides, not running text in columns."""
        return number(find(self.properties, "cols"), "num") == 2 and self.column_breaks == 1

    def shown(self, kind: Literal["header", "footer"], even: bool) -> list[str]:
        """Relationship identifiers of its headers or footers, the first page's first."""
        wanted = ["default", *(["even"] if even else [])]
        if switch(self.properties, "titlePg"):
            wanted.insert(0, "first")
        references = [] if self.properties is None else self.properties.findall(w(f"{kind}Reference"))
        found = {attribute(r, "type") or "default": str(r.get(RELATION_ID) or "") for r in references}
        return [found[name] for name in wanted if name in found]


def sections_of(body: Element) -> list[Section]:
    """The sections in order; a body without any gives one that knows nothing."""
    found: list[Section] = []
    breaks = 0
    properties: Element | None = None
    for child in unwrapped(body):
        breaks += sum(attribute(br, "type") == "column" for br in child.iter(w("br")))
        ends = child if child.tag == w("sectPr") else find(child, "pPr", "sectPr")
        if ends is not None:
            found.append(Section(ends, breaks))
            breaks = 0
            properties = ends
    if not found or breaks:
        found.append(Section(properties, breaks))
    return found
