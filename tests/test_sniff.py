"""What the bytes are, whatever the name says."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import EmptyFile
from pipeline.parsers import sniff
from pipeline.parsers.sniff import media_type

PLAN = "Kế hoạch trồng cây của xã Đồng Xanh năm 2024.\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def archive(*names: str, first: bytes = b"") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        if first:
            file.writestr("mimetype", first)
        for name in names:
            file.writestr(name, "x")
    return buffer.getvalue()


CASES: dict[str, tuple[bytes, str | None, str]] = {
    "PDF": (b"%PDF-1.7\n1 0 obj", None, sniff.PDF),
    "PDF behind junk": (b"\x00junk\r\n" * 20 + b"%PDF-1.4\n1 0 obj\n", None, sniff.PDF),
    "a text on PDF": (f"{PLAN}%PDF-1.4 là phần đầu của tệp.".encode(), None, sniff.TEXT),
    "PDF header too late": (b"a" * 1100 + b"%PDF-1.4\n1 0 obj", None, sniff.TEXT),
    "DOCX": (archive("[Content_Types].xml", "word/document.xml"), None, sniff.DOCX),
    "DOCX named .doc": (archive("[Content_Types].xml", "word/document.xml"), "a.doc", sniff.DOCX),
    "DOCX with its parts in another order": (
        archive("x.bin", "word/document.xml", "[Content_Types].xml"),
        None,
        sniff.DOCX,
    ),
    "DOCX cut short": (archive("[Content_Types].xml", "word/document.xml")[:120], None, sniff.DOCX),
    "XLSX": (archive("[Content_Types].xml", "xl/workbook.xml"), None, sniff.XLSX),
    "PPTX": (archive("[Content_Types].xml", "ppt/presentation.xml"), None, sniff.PPTX),
    "ODT": (archive("content.xml", first=sniff.ODT.encode()), None, sniff.ODT),
    "archive": (archive("a.txt"), "a.docx", sniff.ZIP),
    "empty archive": (archive(), None, sniff.ZIP),
    "another archive": (b"Rar!\x1a\x07\x01\x00", "a.txt", sniff.ZIP),
    "a text that begins with PK": (f"PK - Phòng khám\n{PLAN}".encode(), None, sniff.TEXT),
    "a text that begins with BM": (f"BM\n{PLAN}".encode(), None, sniff.TEXT),
    "a text that begins with Rar!": (f"Rar! {PLAN}".encode(), None, sniff.TEXT),
    "Word 97": (OLE + bytes(600), "a.docx", sniff.DOC),
    "RTF": (b"{\\rtf1\\ansi x}", "a.doc", sniff.RTF),
    "TIFF": (b"II*\x00\x08\x00\x00\x00", None, sniff.TIFF),
    "TIFF, big endian": (b"MM\x00*\x00\x00\x00\x08", None, sniff.TIFF),
    "JPEG": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a.pdf", sniff.JPEG),
    "PNG": (b"\x89PNG\r\n\x1a\n\x00", None, sniff.PNG),
    "WebP": (b"RIFF\x00\x00\x00\x00WEBPVP8 ", None, sniff.WEBP),
    "BMP": (b"BM\x00\x01\x00\x00\x00\x00\x00\x00\x36\x00", None, sniff.BMP),
    "HTML": (b"<!DOCTYPE html><html><p>a</p>", None, sniff.HTML),
    "HTML named .doc": (b"\r\n <html xmlns:o='urn'><head>", "a.doc", sniff.HTML),
    "HTML behind a comment": (b"<!-- saved --><html>", None, sniff.HTML),
    "XHTML": (b"<?xml version='1.0'?>\n<html>", None, sniff.HTML),
    "HTML in UTF-16": (f"<html><p>{PLAN}".encode("utf-16"), None, sniff.HTML),
    "a piece of HTML": (f"<div>\n<p>{PLAN}</p>\n</div>".encode(), None, sniff.HTML),
    "a piece of HTML by its name": (f"<p>{PLAN}".encode(), "a.html", sniff.HTML),
    "a text with markup in its cells": (
        b"<b>STT</b>\t<b>Viec</b>\n1\t<p>a</p>\n<p>b</p>\t<p>c</p>\n",
        None,
        sniff.TEXT,
    ),
    "Word 2003 XML": (
        b"<?xml version='1.0'?><?mso-application progid='Word.Document'?>",
        None,
        sniff.WORD_XML,
    ),
    "web archive": (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n", "a.doc", sniff.MHTML),
    "text": (PLAN.encode(), None, sniff.TEXT),
    "text named .pdf": (PLAN.encode(), "a.pdf", sniff.TEXT),
    "text in UTF-16": (PLAN.encode("utf-16"), None, sniff.TEXT),
    "text in UTF-16 without mark": (PLAN.encode("utf-16-le"), None, sniff.TEXT),
    "text in TCVN3": (b"K\xd5 ho\xb9ch tr\xe5ng c\xa9y cho c\xb8c th\xabn", None, sniff.TEXT),
    "text with some zero bytes": (PLAN.encode() * 20 + b"\0\0", None, sniff.TEXT),
    "text cut in a letter": (PLAN.encode() * 3 + "ế".encode()[:2], None, sniff.TEXT),
    "Markdown by a heading": (f"# Một\n\n{PLAN}".encode(), "a.txt", sniff.MARKDOWN),
    "Markdown by bold": (f"**Một**\n\n{PLAN}".encode(), None, sniff.MARKDOWN),
    "Markdown by a table": (b"| a | b |\n|---|---|\n| 1 | 2 |\n", None, sniff.MARKDOWN),
    "Markdown by its name": (PLAN.encode(), "a.MD", sniff.MARKDOWN),
    "stars of plain text": (b"* * *\n** ghi chu\n", None, sniff.TEXT),
    "packed data": (bytes(range(256)) * 8, "a.txt", sniff.UNKNOWN),
    "zeros": (bytes(5000), None, sniff.UNKNOWN),
}


@pytest.mark.parametrize(("data", "name", "wanted"), CASES.values(), ids=CASES.keys())
def test_media_type(data: bytes, name: str | None, wanted: str) -> None:
    assert media_type(data, name) == wanted


def test_no_bytes_are_an_empty_file() -> None:
    with pytest.raises(EmptyFile):
        media_type(b"", "a.txt")


def test_an_archive_is_told_by_its_end_where_only_the_head_is_given(tmp_path: Path) -> None:
    data = archive("[Content_Types].xml", *[f"media/{i}.bin" for i in range(99)], "xl/workbook.xml")
    path = tmp_path / "a.docx"
    path.write_bytes(data)
    assert media_type(data[:200], path) == sniff.XLSX


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.binary(min_size=1, max_size=400),
        st.text(min_size=1).map(lambda t: t.encode("utf-8", "ignore") or b"a"),
    )
)
def test_any_bytes_have_a_type(data: bytes) -> None:
    assert "/" in media_type(data, None)


@settings(max_examples=200, deadline=None)
@given(
    st.text("aăâbcdđeêghiklmnoôơpqrstuưvxy ,.\n", min_size=1),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_vietnamese_text_is_text(text: str, encoding: str) -> None:
    assert media_type(text.encode(encoding), None) == sniff.TEXT
