"""Files that no program should choke on: made here, small where they can be."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

_PARAGRAPH = "Kế hoạch trồng cây của trường năm 2024."


def plan_text(title: str = "Trồng cây năm 2024", number: str = "12/KH-UBND") -> str:
    """A short made-up plan as text."""
    return (
        f"ỦY BAN NHÂN DÂN\nXÃ ĐỒNG XANH\n\nSố: {number}\n\nĐồng Xanh, ngày 05 tháng 3 năm 2024\n\n"
        f"KẾ HOẠCH\n{title}\n\nI. NHIỆM VỤ\n\n1. Trồng cây ở sân trường.\n\n2. Chăm sóc cây đã trồng.\n"
    )


def docx_bytes(text: str = _PARAGRAPH) -> bytes:
    """A Word file of one paragraph."""
    import docx

    document = docx.Document()
    document.add_paragraph(text)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def pdf_bytes(pages: int = 1, text: str = "Ke hoach trong cay nam 2024", encrypted: bool = False) -> bytes:
    """A PDF of short pages; `encrypted` asks for a password to open it."""
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    lock = StandardEncryption("mat-khau", ownerPassword="chu", canPrint=0) if encrypted else None
    canvas = Canvas(buffer, encrypt=lock, invariant=1)
    for number in range(pages):
        canvas.drawString(72, 720, f"{text} {number}")
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def pdf_of_blank_pages(pages: int) -> bytes:
    """A PDF whose pages share one empty content: thousands of them in little room."""
    import pikepdf

    buffer = io.BytesIO()
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page(page_size=(595, 842))
        pdf.save(buffer)
    return buffer.getvalue()


def pdf_of_pictures(pages: int) -> bytes:
    """A PDF whose pages are pictures of grey paper: a scan."""
    from PIL import Image

    first, *others = [Image.new("L", (413, 583), 250) for _ in range(pages)]
    buffer = io.BytesIO()
    first.save(buffer, "PDF", resolution=100, save_all=True, append_images=others)
    return buffer.getvalue()


def docx_bomb(unpacked: int = 2 * 1024**3) -> bytes:
    """A Word file of a few megabytes whose document part unpacks to `unpacked` bytes."""
    source = io.BytesIO(docx_bytes())
    buffer = io.BytesIO()
    block = b" " * (1 << 20)
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != "word/document.xml":
                new.writestr(name, old.read(name))
        with new.open("word/document.xml", "w") as part:
            for _ in range(unpacked // len(block)):
                part.write(block)
    return buffer.getvalue()


def write(folder: Path, name: str, content: bytes | str) -> Path:
    """A file in a folder that is made for it."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path
