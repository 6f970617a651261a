"""Marks inside a line: Markdown's stars and escapes, HTML's tags and entities, as style, not as text.

Text that a converter left carries both at once: a Markdown paragraph, a table row whose cells hold
`<p>` and `<ul><li>`. One linear scan reads them all; nothing here can backtrack.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractors.document import Style
from extractors.vietnamese.letters import squeeze
from pipeline.parsers.encodings import clean

_BLOCK_TAGS = frozenset({
    "p", "div", "li", "ul", "ol", "tr", "td", "th", "table", "tbody", "thead", "center", "blockquote",
    "h1", "h2", "h3", "h4", "h5", "h6",
})  # fmt: skip
_BOLD_TAGS = frozenset({"b", "strong", "th"})
_ITALIC_TAGS = frozenset({"i", "em"})
_INLINE_TAGS = ("br", "b", "strong", "i", "em", "u", "span", "font", "sup", "sub", "a", "o:p")
_TAG_NAMES = "|".join(sorted({*_BLOCK_TAGS, *_INLINE_TAGS}))
_HTML = rf"""
      (?P<tag></?(?P<name>{_TAG_NAMES})(?:\s[^<>]{{0,2000}})?/?>)
    | (?P<entity>&(?:[a-zA-Z]{{2,10}}|\#\d{{1,7}}|\#[xX][0-9a-fA-F]{{1,6}});)
    | (?P<comment><!--[^<>]{{0,300}}-->)
    | (?P<end>\n)"""
_MARKDOWN = r"""
    | (?P<escape>\\[\\`*_{}\[\]()\#+\-.!|>~<])
    | (?P<stars>\*{1,40})
    | (?P<link>!?\[[^\[\]\n]{0,300}\]\([^()\s]{0,1000}\))"""
_PLAIN_SCAN = re.compile(_HTML, re.IGNORECASE | re.VERBOSE)
_MARKED_SCAN = re.compile(_HTML + _MARKDOWN, re.IGNORECASE | re.VERBOSE)
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_QUOTE = re.compile(r"^\s{0,3}(?:>\s?)+")
_OPENS_BEFORE = frozenset(" \t\n([{\"'“‘«-–—/,;:.*_>")
_NUMBERED = re.compile(r"\(?(?:\d{1,3}|[a-zđ]|[ivxIVX]{1,5})[.)/]|[-–+•*]")
_EVIDENCE = re.compile(r"\*\*[^\s*][^*\n]{0,500}\*\*|^\s{0,3}#{1,6}\s+\S", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Piece:
    """Text between two breaks. `line`: which of the source lines it began on (from 0);
    `breaks`: the author broke the line after it (else only the source line ended)."""

    text: str
    line: int
    style: Style
    breaks: bool = False


def has_marks(text: str) -> bool:
    """Does the text carry Markdown's stars or headings?"""
    return _EVIDENCE.search(text) is not None


def styled(text: str, *, marks: bool) -> list[Piece]:
    """Pieces of a text of one or more lines; `marks`: stars and escapes are Markdown's.

    A piece ends at a line's end, at a block tag, and where one emphasis ends and the next begins
    without a space (headings that a converter glued together).
    """
    return _Scan(text, marks).pieces()


@dataclass(slots=True)
class _Token:
    kind: str  # text, end, break, bold, italic, item
    text: str = ""
    on: bool = False


@dataclass(slots=True)
class _Scan:
    source: str
    marks: bool
    tokens: list[_Token] = field(default_factory=list)
    open_stars: list[int] = field(default_factory=list)  # places in tokens of stars not yet closed
    numbers: list[int] = field(default_factory=list)  # next number of each open list; 0: no numbers

    def pieces(self) -> list[Piece]:
        scan = _MARKED_SCAN if self.marks else _PLAIN_SCAN
        at = 0
        for match in scan.finditer(self.source):
            self._text(self.source[at : match.start()])
            self._mark(match)
            at = match.end()
        self._text(self.source[at:])
        for place in self.open_stars:  # never closed: they are text
            token = self.tokens[place]
            self.tokens[place] = _Token("text", "**" if token.kind == "bold" else "*")
        return list(_cut(self.tokens, self.marks))

    def _text(self, text: str) -> None:
        if text:
            self.tokens.append(_Token("text", text))

    def _mark(self, match: re.Match[str]) -> None:
        kind = match.lastgroup if match.lastgroup != "name" else "tag"
        if kind == "tag":
            self._tag(match["name"].lower(), match["tag"].startswith("</"))
        elif kind == "comment":
            self.tokens.append(_Token("break"))
        elif kind == "entity":
            self._text(html.unescape(match["entity"]))
        elif kind == "end":
            before = self.source[max(0, match.start() - 2) : match.start()]
            self.tokens.append(_Token("end", on=self.marks and (before == "  " or before[-1:] == "\\")))
        elif kind == "escape":
            self._text(match["escape"][1])
        elif kind == "link":
            if not match["link"].startswith("!"):
                self._text(match["link"][1 : match["link"].index("]")])
        else:
            self._stars(match)

    def _tag(self, name: str, closing: bool) -> None:
        if name in _BOLD_TAGS:
            self.tokens.append(_Token("bold", on=not closing))
        elif name in _ITALIC_TAGS:
            self.tokens.append(_Token("italic", on=not closing))
        if name == "br" or name in _BLOCK_TAGS:
            self.tokens.append(_Token("break"))
        if name in {"ul", "ol"}:
            self._list(name, closing)
        elif name == "li" and not closing:
            self._item()

    def _list(self, name: str, closing: bool) -> None:
        if closing and self.numbers:
            self.numbers.pop()
        elif not closing:
            self.numbers.append(1 if name == "ol" else 0)

    def _item(self) -> None:
        if self.numbers and self.numbers[-1]:
            self.tokens.append(_Token("item", f"{self.numbers[-1]}. "))
            self.numbers[-1] += 1

    def _stars(self, match: re.Match[str]) -> None:
        """Close what these stars can close, open what they can open (CommonMark's rule, simplified)."""
        before = self.source[match.start() - 1 : match.start()] or "\n"
        after = self.source[match.end() : match.end() + 1] or "\n"
        left = len(match["stars"])
        closed = False
        while left and self.open_stars and not before.isspace():
            kind = self.tokens[self.open_stars[-1]].kind
            size = 2 if kind == "bold" else 1
            if size > left:
                break
            self.open_stars.pop()
            self.tokens.append(_Token(kind, on=False))
            left, closed = left - size, True
        opens = not after.isspace() and (closed or before in _OPENS_BEFORE)
        if left in (1, 2, 3) and opens and not (left == 1 and after in ")]},.;:"):
            if closed:
                self.tokens.append(_Token("break"))
            self._open(left)
        elif left:
            self._text("*" * left)

    def _open(self, stars: int) -> None:
        for kind, wanted in (("bold", stars >= 2), ("italic", stars != 2)):
            if wanted:
                self.open_stars.append(len(self.tokens))
                self.tokens.append(_Token(kind, on=True))


def _cut(tokens: Sequence[_Token], marks: bool) -> Iterator[Piece]:
    """Tokens cut at their breaks; a piece is bold when all of its letters are."""
    run = _Run()
    styled_source = marks or any(token.kind in {"bold", "italic"} for token in tokens)
    line = 0
    for token in tokens:
        if token.kind == "bold":
            run.bold = max(0, run.bold + (1 if token.on else -1))
        elif token.kind == "italic":
            run.italic = max(0, run.italic + (1 if token.on else -1))
        elif token.kind == "item":
            run.number = token.text
        elif token.kind == "text":
            run.add(token.text, line)
        else:
            hard = token.kind == "break" or token.on
            yield from run.finish(styled_source, hard)
            line += token.kind == "end"
    yield from run.finish(styled_source, hard=False)


@dataclass(slots=True)
class _Run:
    bold: int = 0
    italic: int = 0
    number: str = ""
    line: int = -1
    texts: list[str] = field(default_factory=list)
    letters: int = 0
    bold_letters: int = 0
    italic_letters: int = 0

    def add(self, text: str, line: int) -> None:
        if self.line < 0 and text.strip():
            self.line = line
        self.texts.append(text)
        letters = sum(map(str.isalnum, text))
        self.letters += letters
        self.bold_letters += letters if self.bold else 0
        self.italic_letters += letters if self.italic else 0

    def finish(self, styled_source: bool, hard: bool) -> Iterator[Piece]:
        text = squeeze(clean("".join(self.texts)).rstrip("\\"))
        if text:
            if self.number and not _NUMBERED.match(text):
                text = self.number + text
            yield Piece(text, max(self.line, 0), self._style(styled_source), hard)
            self.number = ""
        self.texts, self.line = [], -1
        self.letters = self.bold_letters = self.italic_letters = 0

    def _style(self, styled_source: bool) -> Style:
        if not styled_source:
            return Style()
        return Style(
            bold=0 < self.letters == self.bold_letters, italic=0 < self.letters == self.italic_letters
        )


def heading(line: str) -> tuple[int, str] | None:
    """Level and text of a Markdown heading (`## II. …`), None for any other line."""
    match = _HEADING.match(line)
    return (len(match[1]), match[2]) if match else None


def unquoted(line: str) -> str:
    """A line without the mark of a block quotation."""
    return _QUOTE.sub("", line, count=1)
