"""Printed lines to paragraphs: what a page's width or end cut is joined, what the author broke stays apart.

Nothing here knows what a plan is. The evidence is the line itself: its length against the width of
the page, the mark that it ends with, the case of the next letter, labels, capitals, blank lines.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extractors.building import RawLine, RawParagraph
from extractors.document import Column, Style
from extractors.vietnamese.letters import upper_share
from pipeline.parsers.lines import SourceLine
from pipeline.parsers.marks import heading, styled, unquoted

LABEL = re.compile(
    r"""
    (?: [-–—+•●▪■◦○✓▫►*\uf0b7\uf0a7\uf0fc\uf076\uf02d\uf02b] (?=[\s“"‘'*_]|[^\W\d])   # a dash or bullet
      | \(?\d{1,3}[.)/:](?=\s|[^\W\d]|$)(?!(?<=/)[A-ZĐ]{2})     # 1.  1)  (1)  1/  but 12/KH
      | \d{1,2}(?:\.\d{1,2}){1,4}[.)]?(?=\s)                      # 1.1  1.1.
      | [IVXLC]{1,6}[.)/:]?(?:\s*[-–])?(?=\s|[^\W\d]{2})(?<=[.)/:–-])   # I.  II-
      | [A-ZĐ][.)/](?=\s)
      | \(?[a-zđ][.)/](?=\s|[A-ZĐ]|$)                               # a)  a.
      | \(?[ivx]{1,4}\)(?=\s)
      | (?i:điều|chương|mục|phần|khoản)\s+(?:\d{1,3}|[IVXLC]{1,6}|thứ\s\w{1,8})\s*[.:](?=\s|$)
    )""",
    re.VERBOSE,
)
_ENDED = re.compile(r"""(?:[.;:!?…✓]|\./\.)["”’»)\]*]*$""")
# A line that cannot end here, however short: `… ngày 22`, `… của`.
_OPEN_END = re.compile(r"(?:(?:ngày|tháng)(?: \d{1,2})?| số| năm| của| và| về| theo| tại|,)$")
# Words that no line ends in which its author broke, whatever letter follows: `… thành lập các` / `Tổ …`.
_JOINING_END = re.compile(r"\b(?:các|những|của|và|với|cho|để|giữa|hoặc|bởi)$")
_FIRST_WORD = re.compile(r"\S+")
_CAPITALS = 0.75  # share of capitals in a line that is set in capitals
_PROSE = 40  # characters: a shorter line may be a heading or a line of a letterhead
_PHRASE = 25  # characters: no line that is shorter, and no label, tells that a small letter goes on with it
_LONG = 80  # characters: a longer line fills a page's width wherever the width is not known
_WIDEST = 180  # characters: a file with longer lines as a rule was not wrapped
_PAGE_WIDTHS = (65, 110)  # characters of a full line on paper; paragraphs on one line are longer as a rule
_CENTRED = 10  # columns of indent from which a line is centred or on the right side


_PLAIN = Style()


@dataclass(frozen=True, slots=True)
class Printed:
    """A line without its marks. `hard`: the author broke the line after it."""

    text: str
    style: Style = _PLAIN
    page: int = 1
    blanks: int = 0
    cut: bool = False
    indent: int = 0
    hard: bool = False
    column: Column = "full"

    @property
    def label(self) -> bool:
        return LABEL.match(self.text) is not None

    @property
    def capitals(self) -> bool:
        return is_capitals(self.text)

    @property
    def ended(self) -> bool:
        return is_ended(self.text)


def is_ended(text: str) -> bool:
    """Does the text end with a mark that ends a sentence or a part of it?"""
    return _ENDED.search(text) is not None


def is_capitals(text: str) -> bool:
    """Is the line set in capitals? A lone abbreviation or symbol (UBND, 12/KH-UBND) is not."""
    return " " in text and len(text) >= 8 and upper_share(text) >= _CAPITALS


def printed(lines: Sequence[SourceLine], *, marks: bool) -> list[Printed]:
    """Lines with their marks read; emphasis may run over lines that no blank line parts."""
    found: list[Printed] = []
    for group in _groups(lines, marks):
        found += _read_group(group, marks)
    return found


def _groups(lines: Sequence[SourceLine], marks: bool) -> Iterator[list[SourceLine]]:
    """Runs of lines without blank lines between; a Markdown heading stands alone."""
    group: list[SourceLine] = []
    for line in lines:
        alone = marks and heading(line.text) is not None
        if group and (line.blanks or line.cut or alone):
            yield group
            group = []
        group.append(line)
        if alone:
            yield group
            group = []
    if group:
        yield group


def _read_group(group: Sequence[SourceLine], marks: bool) -> Iterator[Printed]:
    level: int | None = None
    texts = [line.text for line in group]
    if marks:
        texts = [unquoted(text) for text in texts]
        found = heading(texts[0])
        if found:
            level, texts[0] = found
    seen = -1
    for piece in styled("\n".join(texts), marks=marks):
        source = group[piece.line]
        first = piece.line != seen
        seen = piece.line
        style = Style(bold=piece.style.bold, italic=piece.style.italic, heading=level)
        yield Printed(
            piece.text,
            style,
            source.page,
            source.blanks if first else 0,
            source.cut and first,
            source.indent,
            piece.breaks,
        )


def paragraphs(lines: Sequence[Printed], width: int | None = None) -> list[RawParagraph]:
    """Paragraphs of printed lines; `width` in characters where the text was wrapped, else None."""
    joined: list[list[Printed]] = []
    under_title = False  # below a line of capitals without label: title or body's name, line by line
    for line in lines:
        if joined and continues(joined[-1], line, width, under_title=under_title):
            joined[-1].append(line)
            continue
        unlabelled = not line.label and len(line.text) < _WIDEST
        under_title = unlabelled and (line.capitals or (under_title and not line.ended))
        joined.append([line])
    return [_paragraph(run) for run in joined]


def _paragraph(run: Sequence[Printed]) -> RawParagraph:
    lines = tuple(RawLine(line.text, line.page) for line in run)
    return RawParagraph(lines, run[0].style, run[0].column)


def continues(
    before: Sequence[Printed], line: Printed, width: int | None, *, under_title: bool = False
) -> bool:
    """Does the line go on with the paragraph of the lines before it?"""
    last = before[-1]
    if last.hard or line.label or last.capitals or line.capitals or last.column != line.column:
        return False
    if not _same_look(last.style, line.style):
        return False
    if line.cut or line.blanks:
        return _goes_on_after_gap(before, line)
    if under_title and not is_full(last, line, width):
        return False
    return _goes_on(before, line, width)


def _same_look(a: Style, b: Style) -> bool:
    return a.heading is None and b.heading is None and (bool(a.bold) == bool(b.bold))


def _goes_on_after_gap(before: Sequence[Printed], line: Printed) -> bool:
    """A sentence that a page's end cut: no final mark before the gap, no capital after it."""
    last = before[-1]
    item = before[0].label
    if last.text.endswith(","):
        return _lower(line.text) or (item and line.indent > 0) or sum(len(b.text) for b in before) >= 60
    if last.ended or len(last.text) < _PROSE:
        return False
    return _lower(line.text) or (line.cut and len(last.text) >= 60 and not before[0].capitals and not item)


def _goes_on(before: Sequence[Printed], line: Printed, width: int | None) -> bool:
    last = before[-1]
    if max(last.indent, line.indent) >= _CENTRED and abs(last.indent - line.indent) > 1:
        return False
    if _lower(line.text) and not last.ended:
        open_end = _OPEN_END.search(last.text) is not None
        within = line.text[0].isalpha() and (before[0].label or len(last.text) >= _PHRASE)
        return open_end or within or len(last.text) >= _PROSE or is_full(last, line, width)
    if _JOINING_END.search(last.text) and len(last.text) >= _PROSE:
        return True
    if width is None or last.text.endswith((";", ":")):
        return False
    if line.indent >= 3 and line.indent > last.indent and len(before) > 1:
        return False  # the first line of a new paragraph
    return is_full(last, line, width) and len(last.text) >= _PROSE


def is_full(last: Printed, line: Printed, width: int | None) -> bool:
    """Would the next word not have fitted in the line? Then the printer broke it, not the author."""
    if width is None:
        return len(last.text) >= _LONG
    first = _FIRST_WORD.match(line.text)
    return last.indent + len(last.text) + 1 + (len(first[0]) if first else 0) > width


def _lower(text: str) -> bool:
    """Does the text go on in mid-sentence: a small letter, or a number that is no label?"""
    return text[:1].islower() or text[:1].isdigit() or (text[:1] in "(“\"‘'–-/%," and text[1:2].islower())


def page_width(lines: Sequence[Printed]) -> int | None:
    """Width in characters to which the text was wrapped, None where its lines are whole paragraphs.

    Told by the lines that certainly were wrapped: no final mark, and a small letter on the next line.
    A short text has few of them; there a first line that is indented tells, if none is longer.
    """
    return _width_of_wrapped(lines) or _width_of_indented(lines)


def _width_of_wrapped(lines: Iterable[Printed]) -> int | None:
    lengths: list[int] = []
    wrapped: list[int] = []
    last: Printed | None = None
    for line in lines:
        lengths.append(line.indent + len(line.text))
        if last is not None and not (line.blanks or line.label or last.ended) and line.text[:1].islower():
            wrapped.append(last.indent + len(last.text))
        last = line
    if len(wrapped) < 3 or len(wrapped) < 0.15 * len(lengths):
        return None
    width = sorted(wrapped)[int(0.95 * (len(wrapped) - 1))]
    longer = sum(length > 1.3 * width for length in lengths)
    return width if _PROSE <= width <= _WIDEST and longer <= 0.05 * len(lengths) else None


def _width_of_indented(lines: Sequence[Printed]) -> int | None:
    """Width of the longest line, where a first line of that width goes on in a line without indent."""
    widest = max((line.indent + len(line.text) for line in lines), default=0)
    if not _PAGE_WIDTHS[0] <= widest <= _PAGE_WIDTHS[1]:
        return None
    for last, line in itertools.pairwise(lines):
        broken = line.blanks or line.label or line.capitals or last.ended or last.hard
        if last.indent > line.indent == 0 and not broken and is_full(last, line, widest):
            return widest
    return None
