"""Made plans as web pages: plain, or as Word saves them."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Literal

from tests.maker.facts import MadePlan
from tests.maker.printed import Element, Grid, GridCell, Line, Para, Sides, printed

HtmlLayout = Literal["plain", "word", "portal"]
LAYOUTS: tuple[HtmlLayout, ...] = ("plain", "word", "portal")
_NAVIGATION = (
    "<nav><ul><li><a href='/'>Trang chủ</a></li><li><a href='/van-ban'>Văn bản</a></li></ul></nav>"
    "<script>var a = 'KẾ HOẠCH';</script>"
)


def as_html(plan: MadePlan, layout: HtmlLayout) -> bytes:
    """The plan as an HTML page in UTF-8.

    `plain`: headings, paragraphs, tables. `word`: everything a styled paragraph, letterhead in a table
    without borders. `portal`: the page of an office's site, menus around it.
    """
    body = "\n".join(part for element in printed(plan) for part in _parts(element, layout))
    if layout == "portal":
        body = f"{_NAVIGATION}<main><article>{body}</article></main>"
    head = f'<meta charset="utf-8"><title>{escape(plan.name)}</title>'
    return f'<!DOCTYPE html><html lang="vi"><head>{head}</head><body>{body}</body></html>\n'.encode()


def _parts(element: Element, layout: HtmlLayout) -> Iterator[str]:
    if isinstance(element, Sides):
        yield _sides(element, layout)
    elif isinstance(element, Para):
        yield _word(element) if layout == "word" else _plain(element)
    else:
        yield table(element, word=layout == "word")


def _sides(sides: Sides, layout: HtmlLayout) -> str:
    left, right = (_side(side, layout) for side in (sides.left, sides.right))
    style = ' style="border:none" border="0"' if layout == "word" else ""
    return f"<table{style}><tr><td>{left}</td><td>{right}</td></tr></table>"


def _side(side: tuple[Line, ...], layout: HtmlLayout) -> str:
    texts = [_styled(line) for line in side]
    if layout == "word":
        return "".join(f'<p class="MsoNormal" align="center">{text or "&nbsp;"}</p>' for text in texts)
    return "<br>\n".join(texts)


def _styled(line: Line) -> str:
    text = escape(line.text)
    text = f"<b>{text}</b>" if line.bold and text else text
    return f"<i>{text}</i>" if line.italic and text else text


def _plain(para: Para) -> str:
    text = escape(para.whole)
    if para.heading:
        return f"<h{para.heading + 1}>{text}</h{para.heading + 1}>"
    text = f"<strong>{text}</strong>" if para.bold else f"<em>{text}</em>" if para.italic else text
    return f'<p style="text-align:center">{text}</p>' if para.centred else f"<p>{text}</p>"


def _word(para: Para) -> str:
    weight = "font-weight:bold;" if para.bold else ""
    slope = "font-style:italic;" if para.italic else ""
    align = "center" if para.centred else "justify"
    text = escape(para.whole).replace(" ", "&nbsp;", 1)
    return (
        f'<p class="MsoNormal" style="text-align:{align};text-indent:.5in">'
        f'<span lang="VI" style="{weight}{slope}font-size:14.0pt">{text}</span></p>'
    )


def table(grid: Grid, word: bool = False) -> str:
    """A ruled HTML table with its spans."""
    rows = "".join(f"<tr>{''.join(_cell(cell, word) for cell in row)}</tr>" for row in grid.by_rows())
    return f'<table border="1" style="border-collapse:collapse">{rows}</table>'


def _cell(cell: GridCell, word: bool) -> str:
    spans = f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
    spans += f' colspan="{cell.col_span}"' if cell.col_span > 1 else ""
    lines = [escape(line) for line in cell.lines]
    paragraphs = "".join(f'<p class="MsoNormal">{line}</p>' for line in lines)
    inner = paragraphs if word else "<br>".join(lines)
    return f"<td{spans}>{f'<b>{inner}</b>' if cell.bold and inner else inner}</td>"
