"""Parsers: one module a format; what the bytes are decides, not the name's ending."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractors.document import Document
from pipeline.errors import (
    EmptyFile,
    EncryptedFile,
    NeedsConversion,
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

_CONVERTIBLE = {
    sniff.DOC: "a Word 97-2003 file (.doc)",
    sniff.RTF: "a Rich Text file (.rtf)",
    sniff.ODT: "an OpenDocument text (.odt)",
    sniff.MHTML: "a web archive (.mht)",
    sniff.WORD_XML: "a Word 2003 XML file",
}
_NO_DOCUMENTS = {
    sniff.XLSX: "a spreadsheet (.xlsx)",
    sniff.PPTX: "a presentation (.pptx)",
    sniff.ZIP: "an archive",
}
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")  # a DOCX behind a password is an OLE2 file


def parse(path: str | os.PathLike[str], *, limits: Limits = DEFAULT_LIMITS) -> Document:
    """A file as a Document. Raises a KehoachError that names the cause and the remedy."""
    return parse_bytes(read_bytes(path, limits), os.fspath(path), limits=limits)


def read_bytes(path: str | os.PathLike[str], limits: Limits = DEFAULT_LIMITS) -> bytes:
    """All bytes of a regular file of at most `limits.max_bytes`.

    Raises UnreadableFile, TooLarge, EmptyFile.
    """
    try:
        info = Path(path).stat()
        if not stat.S_ISREG(info.st_mode):
            raise UnreadableFile(f"{Path(path).name} is no regular file.")
        if info.st_size > limits.max_bytes:
            raise _too_many_bytes(info.st_size, limits)
        with open(path, "rb") as file:
            data = file.read(limits.max_bytes + 1)  # the file may grow while it is read
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


def parse_bytes(data: bytes, name: str = "", *, limits: Limits = DEFAULT_LIMITS) -> Document:
    """The bytes of a file as a Document; `name` is only the last evidence of what they are."""
    if len(data) > limits.max_bytes:
        raise _too_many_bytes(len(data), limits)
    kind = sniff.media_type(data, name or None)
    if kind == sniff.DOCX:
        from pipeline.parsers.docx import parse_docx

        return parse_docx(data, limits)
    if kind == sniff.PDF:
        from pipeline.parsers.pdf import parse_pdf

        return parse_pdf(data, limits, _read_by_ocr)
    if kind == sniff.HTML:
        from pipeline.parsers.html import parse_html

        return parse_html(data, limits)
    if kind in (sniff.TEXT, sniff.MARKDOWN):
        from pipeline.parsers.text import parse_text

        return parse_text(data, limits, kind == sniff.MARKDOWN)
    if kind.startswith("image/"):
        from pipeline.parsers.image import parse_image

        return parse_image(data, kind, limits)
    raise _not_read(data, kind)


def _read_by_ocr(source: Any, number: int) -> ReadImage:
    """OCR is loaded when the first page needs it."""
    from pipeline.ocr.pages import read_pdf_page

    return read_pdf_page(source, number)


def _not_read(data: bytes, kind: str) -> UnknownFormat | EncryptedFile:
    if kind == sniff.DOC and _ENCRYPTED_PACKAGE in data:
        return EncryptedFile("The file is an office document protected by a password.")
    if kind in _CONVERTIBLE:
        return NeedsConversion(f"The file is {_CONVERTIBLE[kind]}, which is not read directly.")
    if kind in _NO_DOCUMENTS:
        return NotADocument(f"The file is {_NO_DOCUMENTS[kind]}, no running document.")
    return UnknownFormat()
