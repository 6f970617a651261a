"""Made plans as Markdown: as a converter writes it, or by hand."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Literal

from tests.maker.as_html import table
from tests.maker.facts import MadePlan
from tests.maker.printed import Element, Grid, Line, Para, Sides, filled, printed

MarkdownLayout = Literal["pipes", "html tables", "bold headings"]
LAYOUTS: tuple[MarkdownLayout, ...] = ("pipes", "html tables", "bold headings")


def as_markdown(plan: MadePlan, layout: MarkdownLayout) -> bytes:
    """The plan as Markdown.

    `pipes`: # headings, pipe tables, the letterhead one side after the other. `html tables`: tables as
    HTML, letterhead too. `bold headings`: bold lines instead of headings, two blanks for line breaks.
    """
    parts = [part for element in printed(plan) for part in _parts(element, layout)]
    return ("\n\n".join(parts) + "\n").encode()


def _parts(element: Element, layout: MarkdownLayout) -> Iterator[str]:
    if isinstance(element, Sides):
        yield from _sides(element, layout)
    elif isinstance(element, Para):
        yield _paragraph(element, layout)
    else:
        yield table(element) if layout == "html tables" else _pipes(element)


def _sides(sides: Sides, layout: MarkdownLayout) -> Iterator[str]:
    if layout == "html tables":
        left, right = ("<br>".join(escape(line.text) for line in side) for side in (sides.left, sides.right))
        yield f"<table><tr><td>{left}</td><td>{right}</td></tr></table>"
        return
    for side in (sides.left, sides.right):
        lines = [_styled(line) for line in side if line.text]
        yield ("  \n" if layout == "bold headings" else "\n\n").join(lines)


def _styled(line: Line) -> str:
    text = line.text.replace("*", "\\*")
    return f"**{text}**" if line.bold else f"*{text}*" if line.italic else text


def _paragraph(para: Para, layout: MarkdownLayout) -> str:
    if para.heading and layout != "bold headings":
        return f"{'#' * (para.heading + 1)} {para.whole}"
    if para.bold:
        return f"**{para.whole.replace('*', chr(92) + '*')}**"
    return f"*{para.whole}*" if para.italic else para.whole


def _pipes(grid: Grid) -> str:
    lines: list[str] = []
    for row in filled(grid).by_rows():
        texts = [""] * grid.n_cols
        for cell in row:
            texts[cell.col] = "<br>".join(cell.lines).replace("|", "\\|")
        lines.append("| " + " | ".join(texts) + " |")
    return "\n".join([lines[0], "|" + " --- |" * grid.n_cols, *lines[1:]])
