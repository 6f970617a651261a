"""How many pages a file may have to be read by OCR: for time limits, told without reading them."""

from __future__ import annotations

import io

from pipeline.parsers import sniff
from pipeline.parsers.limits import Limits


def page_count(data: bytes, name: str, limits: Limits) -> int:
    """Pages of a PDF or frames of an image, at most `limits.max_pages`; 0 for what has no page images."""
    kind = sniff.media_type(data, name or None)
    if kind == sniff.PDF:
        return min(_pdf_pages(data), limits.max_pages)
    if kind.startswith("image/"):
        return min(_frames(data), limits.max_pages)
    return 0


def _pdf_pages(data: bytes) -> int:
    import pypdfium2 as pdfium

    try:
        with pdfium.PdfDocument(data[max(0, data.find(b"%PDF", 0, 1024)) :]) as document:
            return len(document)
    except pdfium.PdfiumError:  # the parser tells what is wrong with it
        return 1


def _frames(data: bytes) -> int:
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data)) as image:
            return int(getattr(image, "n_frames", 1))
    except Exception:  # the parser tells what is wrong with it
        return 1
