"""What the layout works on: placed words and ruling lines of a page, and the lines made of them.

No format is known here: a PDF's text layer and a recogniser give the same things. Lengths are
points from the top left corner, y grows downwards.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median

from extractors.building import RawLine, RawWord, Recoded
from extractors.document import Alternative, Column, Part, Region

_CLOSING = "”\"’')]»"
_TERMINAL = ".;:!?…"


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word and its box. `size` is the font size, by a recogniser the height of its line.

    `upright` is False for a word that runs in another direction than the page's text. `recoded` is
    what the file holds where the word was of an old encoding.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    bold: bool | None = None
    italic: bool | None = None
    confidence: float | None = None
    alternatives: tuple[Alternative, ...] = ()
    upright: bool = True
    recoded: Recoded | None = None


@dataclass(frozen=True, slots=True)
class Ruling:
    """A horizontal or vertical stroke: the box of its ink (thin one way)."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def horizontal(self) -> bool:
        return self.x1 - self.x0 >= self.y1 - self.y0


@dataclass(frozen=True, slots=True)
class PageContent:
    """A page's words and ruling lines.

    `turn` (0, 90, 180, 270) is by how many degrees clockwise they were turned from the page as it
    is displayed, so that its text runs from left to right; regions are turned back. `width` and
    `height` are those of the turned page. `stamps` are groups of words that an electronic signature
    put on the page: they are kept apart from the text, as header or footer. `skew`: by how many
    degrees, clockwise about the centre, a scan was turned after that to level its lines.
    """

    number: int
    width: float
    height: float
    words: tuple[PlacedWord, ...]
    rulings: tuple[Ruling, ...] = ()
    turn: int = 0
    stamps: tuple[tuple[PlacedWord, ...], ...] = ()
    skew: float = 0.0

    def region(self, x0: float, y0: float, x1: float, y1: float) -> Region:
        """The place on the page as displayed."""
        if self.skew:
            x0, y0, x1, y1 = self._leant(x0, y0, x1, y1)
        if self.turn == 90:
            x0, y0, x1, y1 = y0, self.width - x1, y1, self.width - x0
        elif self.turn == 180:
            x0, y0, x1, y1 = self.width - x1, self.height - y1, self.width - x0, self.height - y0
        elif self.turn == 270:
            x0, y0, x1, y1 = self.height - y1, x0, self.height - y0, x1
        return Region(self.number, round(x0, 2), round(y0, 2), round(x1, 2), round(y1, 2))

    def _leant(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """The hull of a box turned back by the skew; the box leans about its own middle line."""
        sin, cos = math.sin(math.radians(self.skew)), math.cos(math.radians(self.skew))
        mid_x, mid_y = self.width / 2, self.height / 2
        corners = [(x - mid_x, y - mid_y) for x in (x0, x1) for y in (y0, y1)]
        xs = [mid_x + dx * cos + dy * sin for dx, dy in corners]
        ys = [mid_y - dx * sin + dy * cos for dx, dy in corners]
        return min(xs), min(ys), max(xs), max(ys)


@dataclass(frozen=True, slots=True)
class TextLine:
    """Words side by side, from left to right, and the measure (left, right) that the line is set in."""

    words: tuple[PlacedWord, ...]
    page: PageContent
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    bold: float  # share of its characters, 0 to 1
    italic: float
    text: str
    column: Column = "full"
    part: Part = "body"
    left: float = 0.0
    right: float = 0.0

    @classmethod
    def of(cls, words: Sequence[PlacedWord], page: PageContent, column: Column = "full") -> TextLine:
        letters = sum(len(w.text) for w in words) or 1
        return cls(
            tuple(words),
            page,
            min(w.x0 for w in words),
            min(w.y0 for w in words),
            max(w.x1 for w in words),
            max(w.y1 for w in words),
            words[0].size if len(words) == 1 else median(w.size for w in words),
            sum(len(w.text) for w in words if w.bold) / letters,
            sum(len(w.text) for w in words if w.italic) / letters,
            " ".join(w.text for w in words),
            column,
        )

    @property
    def mid(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def indent(self) -> float:
        return self.x0 - self.left

    def set_in(self, left: float, right: float) -> TextLine:
        return replace(self, left=left, right=right)

    def ends(self) -> bool:
        """Whether the line ends with a mark that ends a sentence or an item."""
        bare = self.text.rstrip(_CLOSING)
        return bool(bare) and bare[-1] in _TERMINAL

    def starts_small(self) -> bool:
        """Whether its first letter or digit is a small letter."""
        first = next((ch for ch in self.text if ch.isalnum()), "")
        return first.islower()

    def raw(self) -> RawLine:
        """The line for the document builder."""
        page = self.page
        words = tuple(
            RawWord(w.text, page.region(w.x0, w.y0, w.x1, w.y1), w.confidence, w.alternatives)
            for w in self.words
        )
        region = page.region(self.x0, self.y0, self.x1, self.y1)
        held = recoded_words(self.words)
        return RawLine(self.text, page.number, region, words, glue=self.glues(), recoded=held)

    def glues(self) -> bool:
        """Whether the next line goes on without a space: `29-` and `NQ/TW`, `15/` and `KH-UBND`."""
        last = self.words[-1].text
        return len(last) > 1 and last[-1] in "-/" and last[-2].isalnum()


def recoded_words(words: Sequence[PlacedWord]) -> Recoded | None:
    """What the file holds in place of a line's words, None where none was of an old encoding."""
    rule = next((w.recoded.rule for w in words if w.recoded is not None), None)
    if rule is None:
        return None
    return Recoded(" ".join(w.recoded.before if w.recoded else w.text for w in words), rule)


# Marks that begin an item of a list, with or without a space after them.
_LABEL = re.compile(
    r"""
      (?P<bullet> [-\u2010-\u2015\u2212\uf02d•●▪■□◦*+➢✓✔❖➤►»·\uf0a7\uf0b7\uf0d8\uf0fc] )
    | (?P<number> \(?\d{1,2} (?:\.\d{1,2}){0,4} (?: [.)](?=\s|$|[^\W\d_]) | /(?=\s) ) )
    | (?P<levels> \d{1,2} (?:\.\d{1,2}){1,4} (?=\s+[^\W\d_a-z]) )
    | (?P<roman>  [IVXL]{1,6} (?: [.)](?=\s|$|[^\W\d_]) | [/-](?=\s) ) )
    | (?P<letter> \(?[a-zđA-ZĐ]\d? (?: \)(?=\s|$|[^\W\d_]) | [./](?=\s) ) )
    """,
    re.VERBOSE,
)


def label_of(text: str) -> str:
    """Kind of the list mark that `text` begins with (the bullet itself for a bullet), "" for none."""
    found = _LABEL.match(text)
    if found is None or not text[found.end() :].strip():
        return ""
    return found.group() if found.lastgroup == "bullet" else str(found.lastgroup)
