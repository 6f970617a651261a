"""What a file's bytes are: its media type, told by content; the name's ending is the last evidence."""

from __future__ import annotations

import io
import os
import re
import zipfile
from pathlib import PurePath

from pipeline.errors import EmptyFile
from pipeline.parsers.encodings import utf16_without_mark

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ODT = "application/vnd.oasis.opendocument.text"
ZIP = "application/zip"
DOC = "application/msword"  # every OLE2 file: .doc, .xls, and DOCX behind a password
RTF = "application/rtf"
MHTML = "multipart/related"
WORD_XML = "application/vnd.ms-word2003+xml"
HTML = "text/html"
MARKDOWN = "text/markdown"
TEXT = "text/plain"
TIFF, JPEG, PNG, GIF, BMP, WEBP = (f"image/{kind}" for kind in ("tiff", "jpeg", "png", "gif", "bmp", "webp"))
UNKNOWN = "application/octet-stream"

HEAD_BYTES = 65536  # enough to tell every format, save an archive whose parts are found at its end
_PDF_WITHIN = 1024  # bytes: readers accept junk before the header (ISO 32000-1, annex H.3.4.1)

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", DOC),
    (b"{\\rtf", RTF),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"%PDF-", PDF),
)
_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08", b"BZh9", b"\xfd7zXZ\x00")
_PDF_HEADER = re.compile(rb"%PDF-[12]\.\d")
_HTML_START = re.compile(
    r"(?:<!--(?:(?!-->).){0,5000}-->\s*|<\?xml[^>]{0,300}>\s*)*<(?:!doctype\s+html|html|head|body|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
_HTML_FRAGMENT = re.compile(
    r"<(?:div|table|center|p|h[1-6]|section|article|title|style|span)\b", re.IGNORECASE
)
_MARKDOWN_MARKS = re.compile(
    r"^\#{1,6}\ +\S | \*\*[^\s*][^*\n]{0,300}\*\* | ^\s{0,3}\|?\s*:?-{3,}:?\s*\|[\s|:-]*$",
    re.VERBOSE | re.MULTILINE,
)
_BLANK_CONTROLS = b"\t\n\r\x0b\x0c\x1a\x1b"


def media_type(head: bytes, path: str | os.PathLike[str] | None = None) -> str:
    """Media type of a file from its first bytes (or all of them) and, as last evidence, its name.

    `path` is opened only for an archive whose parts do not show in `head`. Raises EmptyFile.
    """
    if not head:
        raise EmptyFile
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):  # a text may begin with the letters PK
        return _archive_type(head, path)
    if head.startswith(_ARCHIVES):
        return ZIP
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head[:2] == b"BM" and head[6:10] == b"\0\0\0\0":
        return BMP
    if _is_pdf_behind_junk(head):
        return PDF
    return _text_type(head, path)


def _is_pdf_behind_junk(head: bytes) -> bool:
    """A header within the first bytes; a text that speaks of “%PDF-1.4” has no objects after it."""
    found = _PDF_HEADER.search(head[: _PDF_WITHIN + 8])
    return found is not None and b" obj" in head[found.end() :]


def _archive_type(head: bytes, path: str | os.PathLike[str] | None) -> str:
    names = _member_names(io.BytesIO(head)) or (_member_names(path) if path is not None else set())
    if not names:  # cut short, or only the head was given: parts that begin in it
        names = {name for name in ("word/document.xml", "xl/workbook.xml") if name.encode() in head}
    if "word/document.xml" in names or any(re.fullmatch(r"word/document\d*\.xml", name) for name in names):
        return DOCX
    if "xl/workbook.xml" in names:
        return XLSX
    if "ppt/presentation.xml" in names:
        return PPTX
    if b"mimetype" + ODT.encode() in head[:200]:
        return ODT
    if b"[Content_Types].xml" in head and b"word/" in head:
        return DOCX  # damaged, and yet it says what it was: its parser tells what is wrong
    return ZIP


def _member_names(source: io.BytesIO | str | os.PathLike[str]) -> set[str]:
    try:
        with zipfile.ZipFile(source) as archive:
            return set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        return set()


def _text_type(head: bytes, path: str | os.PathLike[str] | None) -> str:
    text = _as_text(head[:HEAD_BYTES])
    if text is None:
        return UNKNOWN
    start = text.lstrip("\ufeff \t\r\n\f\0")
    if re.match(r"MIME-Version:|From:[^\n]{0,200}\n[^\n]{0,200}MIME-Version:", start, re.IGNORECASE):
        return MHTML
    if start.startswith("<?xml") and ("Word.Document" in start[:2000] or "wordml" in start[:2000]):
        return WORD_XML
    ending = PurePath(path).suffix.lower() if path is not None else ""
    if _HTML_START.match(start) or (_HTML_FRAGMENT.match(start) and _is_html_fragment(start, ending)):
        return HTML
    return MARKDOWN if _MARKDOWN_MARKS.search(text) or ending in {".md", ".markdown"} else TEXT


def _is_html_fragment(start: str, ending: str) -> bool:
    """Markup throughout; a text may begin with a tag, too, where a table's cells hold them."""
    if ending in {".html", ".htm", ".xhtml"}:
        return True
    lines = [line for line in start.splitlines() if line.strip()]
    tagged = sum(line.lstrip().startswith("<") for line in lines)
    return tagged >= 0.6 * len(lines) and not any("\t" in line.strip() for line in lines)


def _as_text(head: bytes) -> str | None:
    """The head as text of any code, None where it is binary."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace")
    wide = utf16_without_mark(head)
    if wide:
        return head.decode(wide, "replace")
    controls = sum(head.count(bytes([code])) for code in range(32) if code not in _BLANK_CONTROLS)
    nuls = head.count(b"\0")
    if controls - nuls > 0.01 * len(head) or nuls > 0.5 * len(head):
        return None
    text = head.decode("utf-8", "ignore")
    if nuls and len(text.encode()) < 0.98 * len(head):
        return None  # zero bytes are tolerated in text that else is sound
    # A single-byte text has mostly letters; what else fails as UTF-8 is packed data.
    return text if len(text.encode()) >= 0.98 * len(head) else _single_byte_text(head)


def _single_byte_text(head: bytes) -> str | None:
    ascii_share = sum(1 for byte in head if byte < 0x80) / len(head)
    return head.decode("cp1252", "replace") if ascii_share >= 0.5 and b"\0" not in head else None
