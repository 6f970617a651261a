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
from pipeline.parsers.pdf import parse_pdf

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


def drawn(sheet: Sheet) -> str:
    return parse_pdf(sheet.bytes()).text


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


# --- a whole plan ---------------------------------------------------------------------------

PROSE = (
    "Ủy ban nhân dân xã phối hợp với các phòng chuyên môn tổ chức rà soát, đánh giá kết quả thực hiện "
    "phong trào thi đua yêu nước, kịp thời biểu dương các tập thể, cá nhân có thành tích xuất sắc trong năm."
)
XS = (70.0, 110.0, 330.0, 430.0, 525.0)
HEAD = ("STT", "Nội dung", "Đơn vị", "Thời gian")


def plan() -> Sheet:
    """Letterhead, title, prose, a table over two pages, signature block."""
    sheet = Sheet()
    sheet.centred(160, 60, "UBND HUYỆN SÔNG MÂY", 11)
    sheet.centred(400, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 11, bold=True)
    sheet.centred(160, 76, "PHÒNG VĂN HÓA", 11, bold=True)
    sheet.centred(400, 76, "Độc lập - Tự do - Hạnh phúc", 11, bold=True)
    sheet.line(130, 80, 190, 80)
    sheet.centred(160, 100, "Số: 21/KH-VH", 12)
    sheet.centred(400, 101, "Sông Mây, ngày 05 tháng 3 năm 2030", 12)
    sheet.centred(297, 140, "KẾ HOẠCH", 14, bold=True)
    sheet.prose(70, 525, 180, PROSE)
    table(
        sheet,
        XS,
        [690, 715, 740, 765],
        [HEAD, ("1", "Hội nghị triển khai.", "Tổ A", "Quý I"), ("2", "Rà soát, đánh giá", "Tổ B", "Quý II")],
    )
    sheet.next_page()
    sheet.centred(297, 40, "2")
    table(
        sheet, XS, [60, 85, 110, 135], [HEAD, ("", "kết quả.", "", ""), ("3", "Tổng kết.", "Tổ C", "Quý IV")]
    )
    sheet.text(70, 200, "Nơi nhận:", 11, bold=True)
    sheet.centred(420, 200, "TRƯỞNG PHÒNG", 13, bold=True)
    sheet.text(70, 215, "- Như trên;", 10)
    sheet.text(70, 229, "- Lưu: VT.", 10)
    sheet.centred(420, 290, "Trần Văn Mẫu", 13, bold=True)
    return sheet


def check_plan(document: Document) -> None:
    assert texts(document) == [
        "UBND HUYỆN SÔNG MÂY",
        "PHÒNG VĂN HÓA",
        "Số: 21/KH-VH",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Sông Mây, ngày 05 tháng 3 năm 2030",
        "KẾ HOẠCH",
        PROSE,
        "Nơi nhận:",
        "- Như trên;",
        "- Lưu: VT.",
        "TRƯỞNG PHÒNG",
        "Trần Văn Mẫu",
    ]
    assert rows(document) == [
        [
            list(HEAD),
            ["1", "Hội nghị triển khai.", "Tổ A", "Quý I"],
            ["2", "Rà soát, đánh giá kết quả.", "Tổ B", "Quý II"],
            ["3", "Tổng kết.", "Tổ C", "Quý IV"],
        ]
    ]
