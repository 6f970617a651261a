"""Made PDF files for the tests: text at known places, drawn with a font that has Vietnamese letters."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from extractors.document import Document, Paragraph, Table

WIDTH, HEIGHT = 595.0, 842.0
_FOLDERS = ("/usr/share/fonts/truetype/dejavu", "/usr/share/fonts/TTF", "/usr/share/fonts/dejavu")
_FILES = {"Body": "DejaVuSerif.ttf", "Body-Bold": "DejaVuSerif-Bold.ttf"}


def use_fonts() -> None:
    """Registers the fonts; skips the test where Debian's fonts-dejavu-core is not installed."""
    if "Body" in pdfmetrics.getRegisteredFontNames():
        return
    folder = next((Path(f) for f in _FOLDERS if (Path(f) / _FILES["Body"]).exists()), None)
    if folder is None:
        pytest.skip("the package fonts-dejavu-core is not installed")
    for name, file in _FILES.items():
        pdfmetrics.registerFont(TTFont(name, str(folder / file)))


class Sheet:
    """A canvas that counts y from the top of the page."""

    def __init__(self, width: float = WIDTH, height: float = HEIGHT) -> None:
        use_fonts()
        self._buffer = io.BytesIO()
        self.height = height
        self.canvas = Canvas(self._buffer, pagesize=(width, height))

    def text(self, x: float, y: float, text: str, size: float = 12, bold: bool = False) -> None:
        """Text whose baseline is `y` from the top."""
        self.canvas.setFont("Body-Bold" if bold else "Body", size)
        self.canvas.drawString(x, self.height - y, text)

    def centred(self, x: float, y: float, text: str, size: float = 12, bold: bool = False) -> None:
        self.text(x - self.width_of(text, size, bold) / 2, y, text, size, bold)

    def prose(
        self, x: float, right: float, y: float, text: str, size: float = 12, indent: float = 28
    ) -> float:
        """A left-aligned paragraph; gives the baseline of the line below it."""
        row: list[str] = []
        start = x + indent
        for word in text.split():
            if row and start + self.width_of(" ".join([*row, word]), size) > right:
                self.text(start, y, " ".join(row), size)
                row, start, y = [], x, y + 1.4 * size
            row.append(word)
        self.text(start, y, " ".join(row), size)
        return y + 1.4 * size + 6

    def width_of(self, text: str, size: float, bold: bool = False) -> float:
        return float(pdfmetrics.stringWidth(text, "Body-Bold" if bold else "Body", size))

    def line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self.canvas.line(x0, self.height - y0, x1, self.height - y1)

    def picture(self, x0: float, y0: float, x1: float, y1: float) -> None:
        image = ImageReader(Image.new("L", (20, 20), 220))
        self.canvas.drawImage(image, x0, self.height - y1, x1 - x0, y1 - y0)

    def next_page(self) -> None:
        self.canvas.showPage()

    def bytes(self) -> bytes:
        self.canvas.showPage()
        self.canvas.save()
        return self._buffer.getvalue()


def changed(data: bytes, change: Callable[[pikepdf.Pdf], None], **save: object) -> bytes:
    """The file after `change`."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        pdf.save(out, **save)
    return out.getvalue()


def texts(document: Document) -> list[str]:
    """The paragraphs outside tables."""
    return [document.cut(b) for b in document.blocks if isinstance(b, Paragraph)]


def rows(document: Document) -> list[list[list[str]]]:
    """Tables as rows of cell texts, a merged cell in every place that it covers."""
    tables = [b for b in document.blocks if isinstance(b, Table)]
    return [[[document.cut(c) if c else "" for c in row] for row in t.grid()] for t in tables]


def codes(document: Document) -> list[tuple[str, int | None]]:
    return [(d.code, d.page) for d in document.diagnostics]


def table(sheet: Sheet, xs: Sequence[float], ys: Sequence[float], made: Sequence[Sequence[str]]) -> None:
    """A ruled table with one line of text a cell."""
    for y in ys:
        sheet.line(xs[0], y, xs[-1], y)
    for x in xs:
        sheet.line(x, ys[0], x, ys[-1])
    for row, top in zip(made, ys, strict=False):
        for text, left in zip(row, xs, strict=False):
            sheet.text(left + 5, top + 16, text, 11)
