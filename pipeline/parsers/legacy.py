"""Older and other office formats: .doc, RTF, ODT and Word XML by way of DOCX, web archives by their page."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace
from typing import Final

from extractors.document import Diagnostic, Document
from pipeline.errors import BrokenFile, EncryptedFile, NotADocument
from pipeline.parsers import office, sniff
from pipeline.parsers.docx import parse_docx
from pipeline.parsers.html import parse_html
from pipeline.parsers.limits import DEFAULT_LIMITS, Limits
from pipeline.parsers.text import parse_text

_READERS: Final = {  # ending, and LibreOffice's name of the format, so that it never guesses
    sniff.RTF: (".rtf", "Rich Text Format"),
    sniff.ODT: (".odt", "writer8"),
    sniff.WORD_XML: (".xml", "MS Word 2003 XML"),
}

# Streams of an OLE2 file ([MS-CFB] 2.6.1: names are UTF-16) that tell what it holds.
_WORD = "WordDocument".encode("utf-16-le")
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")  # a DOCX behind a password
_OTHERS: Final = {
    "Workbook": "a spreadsheet (.xls)",
    "Book": "a spreadsheet (.xls)",
    "PowerPoint Document": "a presentation (.ppt)",
    "__properties_version1.0": "a mail message (.msg)",
}
_SECTOR: Final = 512  # bytes, at whose multiples streams begin
_WORD_97, _WORD_6 = b"\xec\xa5", b"\xdc\xa5"  # the first bytes of the stream ([MS-DOC] 2.5.2, wIdent)
_FLAGS: Final = 10  # where its flags stand
_ENCRYPTED: Final = 0x0100


def parse_legacy(data: bytes, kind: str, limits: Limits = DEFAULT_LIMITS) -> Document:
    """A file of one of these kinds as a Document of that media type.

    Raises MissingTool without LibreOffice, ConversionTimeout, EncryptedFile, NotADocument, BrokenFile,
    and what the parser of the converted file raises.
    """
    if kind == sniff.MHTML:
        return _web_archive(data, limits)
    ending, reader = _word_reader(data) if kind == sniff.DOC else _READERS[kind]
    document = parse_docx(office.as_docx(office.Source(data, ending, reader), limits), limits)
    remark = Diagnostic("parse", "info", "converted", "The file was read by way of LibreOffice.")
    return replace(document, media_type=kind, diagnostics=(*document.diagnostics, remark))


def _word_reader(data: bytes) -> tuple[str, str]:
    """Ending and reader of an OLE2 file, if it holds a text of Word that is not encrypted."""
    if _ENCRYPTED_PACKAGE in data:
        raise EncryptedFile("The file is an office document protected by a password.")
    if _WORD not in data:
        for name, what in _OTHERS.items():
            if name.encode("utf-16-le") in data:
                raise NotADocument(f"The file is {what}, no running document.")
        raise BrokenFile("The file holds no text of Word.")
    head = _head(data)
    if int.from_bytes(head[_FLAGS : _FLAGS + 2], "little") & _ENCRYPTED:
        raise EncryptedFile
    return ".doc", "MS WinWord 6.0" if head.startswith(_WORD_6) else "MS Word 97"


def _head(data: bytes) -> bytes:
    """The first bytes of the stream that holds the text; b"" where none is found."""
    for at in range(_SECTOR, len(data), _SECTOR):
        if data[at : at + 2] in (_WORD_97, _WORD_6):
            return data[at : at + _SECTOR]
    return b""


def _web_archive(data: bytes, limits: Limits) -> Document:
    """The page of a web archive (RFC 2557), or its text where it has no page."""
    try:
        parts = list(email.message_from_bytes(data, policy=email.policy.compat32).walk())
    except RecursionError as error:
        raise BrokenFile("The archive is nested deeper than any program would.") from error
    for wanted, parse in (("text/html", parse_html), ("text/plain", parse_text)):
        for part in parts:
            content = part.get_payload(decode=True) if part.get_content_type() == wanted else None
            if isinstance(content, bytes) and content.strip():
                return replace(parse(content, limits), media_type=sniff.MHTML)
    raise BrokenFile("The web archive holds no page.")
