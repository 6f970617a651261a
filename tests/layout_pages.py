"""Made pages for the layout tests: words and ruling lines at known places, no format behind them."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Sequence

from extractors.building import RawParagraph, RawTable
from pipeline.parsers.layout import PageContent, PlacedWord, RawBlock, Ruling

LEFT, RIGHT, WIDTH, HEIGHT = 85.0, 540.0, 595.0, 842.0
INDENT = 36.0
LONG = (
    "Các cơ quan, đơn vị căn cứ chức năng, nhiệm vụ được giao xây dựng chương trình công tác cụ thể và "
    "tổ chức triển khai nghiêm túc, bảo đảm chất lượng, tiến độ theo yêu cầu đã đề ra trong năm"
)


class Sheet:
    """A page under construction. A letter is half as wide as its size, a space a quarter."""

    def __init__(self, number: int = 1, width: float = WIDTH, height: float = HEIGHT) -> None:
        self.number, self.width, self.height = number, width, height
        self.words: list[PlacedWord] = []
        self.rulings: list[Ruling] = []

    def at(
        self, x: float, y: float, text: str, size: float = 14, bold: bool = False, space: float = 0.25
    ) -> None:
        """Writes `text` from x on; y is the top of the line."""
        for word in text.split():
            end = x + 0.5 * size * len(word)
            self.words.append(PlacedWord(word, x, y, end, y + size, size, bold, False))
            x = end + space * size

    def centred(self, mid: float, y: float, text: str, size: float = 14, bold: bool = True) -> None:
        self.at(mid - text_width(text, size) / 2, y, text, size, bold)

    def full(self, y: float, text: str, x: float = LEFT, right: float = RIGHT, size: float = 14) -> None:
        """A justified line: its spaces stretched up to the right edge."""
        words = text.split()
        letters = 0.5 * size * sum(len(w) for w in words)
        self.at(x, y, text, size, space=(right - x - letters) / (len(words) - 1) / size)

    def prose(self, y: float, text: str, size: float = 14, pitch: float = 18) -> float:
        """A justified paragraph with first-line indent; gives the y after it."""
        rows: list[list[str]] = [[]]
        for word in text.split():
            x = LEFT + (INDENT if len(rows) == 1 else 0)
            if rows[-1] and x + text_width(" ".join([*rows[-1], word]), size) > RIGHT:
                rows.append([])
            rows[-1].append(word)
        for i, row in enumerate(rows):
            x = LEFT + (INDENT if i == 0 else 0)
            if i + 1 < len(rows) and len(row) > 1:
                self.full(y, " ".join(row), x, size=size)
            else:
                self.at(x, y, " ".join(row), size)
            y += pitch
        return y + 6

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.rulings.append(Ruling(x0, y0, x1, y1))

    def grid(
        self, xs: Sequence[float], ys: Sequence[float], gone: Sequence[tuple[str, int, int]] = ()
    ) -> None:
        """The lines of a table, side by side. `gone`: ("h", row edge, col) or ("v", col edge, row)."""
        for i, y in enumerate(ys):
            for c, (a, b) in enumerate(itertools.pairwise(xs)):
                if ("h", i, c) not in gone:
                    self.rule(a, y, b, y)
        for i, x in enumerate(xs):
            for r, (a, b) in enumerate(itertools.pairwise(ys)):
                if ("v", i, r) not in gone:
                    self.rule(x, a, x, b)

    def cells(
        self, xs: Sequence[float], ys: Sequence[float], rows: Sequence[Sequence[str]], size: float = 12
    ) -> None:
        """Text into the cells, wrapped by the cell's width."""
        for row, top in zip(rows, ys, strict=False):
            for text, x0, x1 in zip(row, xs, xs[1:], strict=False):
                y = top + 3
                for line in wrapped(text, x1 - x0 - 10, size):
                    self.at(x0 + 5, y, line, size)
                    y += 1.2 * size

    def page(self) -> PageContent:
        return PageContent(self.number, self.width, self.height, tuple(self.words), tuple(self.rulings))


def text_width(text: str, size: float) -> float:
    return sum(0.5 * size * len(w) for w in text.split()) + 0.25 * size * (len(text.split()) - 1)


def wrapped(text: str, width: float, size: float) -> list[str]:
    lines: list[str] = []
    for part in text.split("\n"):
        row: list[str] = []
        for word in part.split():
            if row and text_width(" ".join([*row, word]), size) > width:
                lines.append(" ".join(row))
                row = []
            row.append(word)
        if row:
            lines.append(" ".join(row))
    return lines


def recognised(page: PageContent, degrees: float = 0.3, jitter: float = 0.8, seed: int = 1) -> PageContent:
    """The page as a recogniser gives it: slightly turned, boxes a little off, no styles."""
    rng = random.Random(seed)
    slope = math.tan(math.radians(degrees))

    def off() -> float:
        return rng.uniform(-jitter, jitter)

    words = []
    for w in page.words:
        dy = slope * (w.x0 + w.x1) / 2
        dx = -slope * (w.y0 + w.y1) / 2
        words.append(
            PlacedWord(
                w.text, w.x0 + dx + off(), w.y0 + dy + 2 + off(), w.x1 + dx + off(), w.y1 + dy - 1 + off(),
                w.size + off(), confidence=0.9,
            )
        )  # fmt: skip
    rulings = [
        Ruling(
            r.x0 - slope * r.y0 + off(), r.y0 + slope * r.x0, r.x1 - slope * r.y1 + off(), r.y1 + slope * r.x1
        )
        for r in page.rulings
    ]
    return PageContent(page.number, page.width, page.height, tuple(words), tuple(rulings))


def texts(blocks: Sequence[RawBlock]) -> list[str]:
    """Paragraphs as text, the columns' with their side before them."""
    return [
        (b.text if b.column == "full" else f"{b.column}: {b.text}")
        for b in blocks
        if isinstance(b, RawParagraph)
    ]


def tables(blocks: Sequence[RawBlock]) -> list[RawTable]:
    return [b for b in blocks if isinstance(b, RawTable)]


def rows(table: RawTable) -> list[list[str]]:
    """The grid as text, paragraphs of a cell parted by `|`; a merged cell stands where it begins."""
    out = [[""] * table.n_cols for _ in range(table.n_rows)]
    for cell in table.cells:
        out[cell.row][cell.col] = "|".join(p.text for p in cell.paragraphs)
    return out


def spans(table: RawTable) -> dict[tuple[int, int], tuple[int, int]]:
    """Place to (row span, column span) of the merged cells."""
    return {
        (c.row, c.col): (c.row_span, c.col_span) for c in table.cells if (c.row_span, c.col_span) != (1, 1)
    }
