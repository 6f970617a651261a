"""Parsers: one module a format; what the bytes are decides, not the name's ending."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractors.document import Document
from pipeline import longpaths
from pipeline.errors import (
    EmptyFile,
    NotADocument,
    TooLarge,
    UnknownFormat,
    UnreadableFile,
)
from pipeline.parsers import sniff
from pipeline.parsers.limits import DEFAULT_LIMITS, Limits

if TYPE_CHECKING:
    from pipeline.ocr.reading import ReadImage

__all__ = ["DEFAULT_LIMITS", "Limits", "parse", "parse_bytes", "read_bytes"]

_CONVERTIBLE = frozenset({sniff.DOC, sniff.RTF, sniff.ODT, sniff.MHTML, sniff.WORD_XML})
_NO_DOCUMENTS = {
    sniff.XLSX: "a spreadsheet (.xlsx)",
    sniff.PPTX: "a presentation (.pptx)",
    sniff.ZIP: "an archive",
}


def parse(path: str | os.PathLike[str], *, limits: Limits = DEFAULT_LIMITS, ocr: bool = True) -> Document:
    """A file as a Document. Raises a KehoachError that names the cause and the remedy.

    Without `ocr` a page that would need it stays without text and has the diagnostic `needs-ocr`.
    """
    return parse_bytes(read_bytes(path, limits), os.fspath(path), limits=limits, ocr=ocr)


def read_bytes(path: str | os.PathLike[str], limits: Limits = DEFAULT_LIMITS) -> bytes:
    """All bytes of a regular file of at most `limits.max_bytes`.

    Raises UnreadableFile, TooLarge, EmptyFile.
    """
    place = os.fspath(path)
    try:
        info = longpaths.stat(place)
        if not stat.S_ISREG(info.st_mode):
            raise UnreadableFile(f"{Path(path).name} is no regular file.")
        if info.st_size > limits.max_bytes:
            raise _too_many_bytes(info.st_size, limits)
        with longpaths.open_file(place) as file:
            data = file.read(info.st_size + 1)
            if len(data) > info.st_size:  # it has grown
                data += file.read(limits.max_bytes + 1 - len(data))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableFile(f"{Path(path).name} cannot be opened: {reason}.") from error
    if len(data) > limits.max_bytes:
        raise _too_many_bytes(len(data), limits)
    if not data:
        raise EmptyFile
    return data


def _too_many_bytes(size: int, limits: Limits) -> TooLarge:
    return TooLarge(f"The file has {size:,} bytes; max_bytes is {limits.max_bytes:,}.")


def parse_bytes(
    data: bytes, name: str = "", *, limits: Limits = DEFAULT_LIMITS, ocr: bool = True
) -> Document:
    """The bytes of a file as a Document; `name` is only the last evidence of what they are."""
    if len(data) > limits.max_bytes:
        raise _too_many_bytes(len(data), limits)
    kind = sniff.media_type(data, name or None)
    if kind == sniff.DOCX:
        from pipeline.parsers.docx import parse_docx

        return parse_docx(data, limits)
    if kind == sniff.PDF:
        from pipeline.parsers.pdf import parse_pdf

        return parse_pdf(data, limits, _read_by_ocr if ocr else None)
    if kind == sniff.HTML:
        from pipeline.parsers.html import parse_html

        return parse_html(data, limits)
    if kind in (sniff.TEXT, sniff.MARKDOWN):
        from pipeline.parsers.text import parse_text

        return parse_text(data, limits, kind == sniff.MARKDOWN)
    if kind.startswith("image/"):
        from pipeline.parsers.image import parse_image

        return parse_image(data, kind, limits, _read_frame if ocr else None)
    if kind in _CONVERTIBLE:
        from pipeline.parsers.legacy import parse_legacy

        return parse_legacy(data, kind, limits)
    raise _not_read(kind)


def _read_by_ocr(source: Any, number: int) -> ReadImage:
    """OCR is loaded when the first page needs it."""
    from pipeline.ocr.pages import read_pdf_page

    return read_pdf_page(source, number)


def _read_frame(image: Any, dpi: float, number: int) -> ReadImage:
    from pipeline.ocr.pages import read_frame

    return read_frame(image, dpi, number)


def _not_read(kind: str) -> UnknownFormat:
    if kind in _NO_DOCUMENTS:
        return NotADocument(f"The file is {_NO_DOCUMENTS[kind]}, no running document.")
    return UnknownFormat()
