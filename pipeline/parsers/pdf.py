"""PDF with a text layer to a Document: pypdfium2 gives characters and strokes, the layout does the rest.

A page whose text layer cannot be used is left out with the diagnostic `needs-ocr`, unless a
recogniser is given: it is asked for exactly those pages and answers with the same `PageContent`.
pdfium is not safe for threads: parse in processes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from extractors.building import DocumentBuilder, RawParagraph
from extractors.document import Diagnostic, Document, Page, Severity
from pipeline.errors import BrokenFile, EmptyFile, EncryptedFile, KehoachError, TooLarge, TooManyPages
from pipeline.parsers.layout import PageContent, lay_out
from pipeline.parsers.limits import DEFAULT_LIMITS, Limits
from pipeline.parsers.recoding import told

if TYPE_CHECKING:
    from pipeline.ocr.reading import ReadImage

MEDIA_TYPE = "application/pdf"
Recogniser = Callable[[Any, int], "ReadImage"]  # the open document, page number from 1

_STAGE = "parse"
_HEADER = b"%PDF-"
_HEADER_WITHIN = 65_536  # bytes of junk that may stand before the header
_PASSWORD = 4  # pdfium's error code FPDF_ERR_PASSWORD
_LARGE_PICTURE = 0.35  # share of a page from which a picture may hold text that nobody reads
_REASONS = {
    "no-text": "The page has no text layer.",
    "stamp-only": "The page is a scan; its only text is a stamp or page number.",
    "garbled": "The page's text layer is not what is printed (fonts without a map to Unicode).",
    "legacy-encoding": "The page's text is in an encoding older than Unicode (TCVN3, VNI).",
    "no-accents": "The page's text layer has lost its Vietnamese accents.",
}


def parse_pdf(data: bytes, limits: Limits = DEFAULT_LIMITS, recognise: Recogniser | None = None) -> Document:
    """The document in the bytes of a PDF.

    `recognise` is asked for the pages (numbers from 1) whose text layer cannot be used; without it,
    or where it fails, the page stays without text. Raises EmptyFile, TooLarge, TooManyPages,
    EncryptedFile (password needed to open) or BrokenFile.
    """
    if not data:
        raise EmptyFile()
    if len(data) > limits.max_bytes:
        raise TooLarge(f"The file has {len(data)} bytes, the limit max_bytes is {limits.max_bytes}.")
    document = opened(data)
    try:
        n_pages = len(document)
        if n_pages > limits.max_pages:
            raise TooManyPages(f"The file has {n_pages} pages, the limit max_pages is {limits.max_pages}.")
        if n_pages == 0:
            raise BrokenFile("The PDF has no pages.")
        return _Reading(document, limits, recognise).document(n_pages)
    finally:
        document.close()


def opened(data: bytes) -> Any:
    """A pypdfium2 document, to be closed. Raises EncryptedFile, BrokenFile."""
    import pypdfium2 as pdfium

    at = data.find(_HEADER, 0, _HEADER_WITHIN)
    try:
        return pdfium.PdfDocument(data[at:] if at > 0 else data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD or "password" in str(error).casefold():
            raise EncryptedFile() from error
        raise BrokenFile(f"The PDF cannot be opened: {error}") from error


class _Reading:
    """Reads the pages one by one; a broken page costs a diagnostic, never the document."""

    def __init__(self, source: Any, limits: Limits, recognise: Recogniser | None) -> None:
        self._source = source
        self._limits = limits
        self._recognise = recognise
        self._builder = DocumentBuilder(MEDIA_TYPE)
        self._contents: list[PageContent] = []
        self._chars = 0
        self._broken = 0

    def document(self, n_pages: int) -> Document:
        for number in range(1, n_pages + 1):
            self._page(number)
        if self._broken == n_pages:
            raise BrokenFile("No page of the PDF can be read.")
        for block in lay_out(self._contents):
            if isinstance(block, RawParagraph):
                self._builder.paragraph(block)
            else:
                self._builder.table(block)
        return told(self._builder.build())

    def _page(self, number: int) -> None:
        from pypdfium2 import PdfiumError

        from pipeline.parsers.pdf_page import read_page

        try:
            read = read_page(self._source, number)
        except (PdfiumError, ValueError, OverflowError, RecursionError) as error:
            self._broken += 1
            self._builder.page(Page(number, 0, reason="broken-page"))
            self._tell("error", "broken-page", f"The page cannot be read: {error}", number)
            return
        seen = None if read.quality.usable else self._seen(number, read.quality.reason)
        for severity, code, message in (*read.notes, *(seen.notes if seen else ())):
            self._tell(severity, code, message, number)
        self._stamps(read.content)
        reason, size = read.quality.reason, (read.width, read.height)
        confidence = seen.confidence if seen else None
        self._builder.page(Page(number, 0, "ocr" if seen else "text", reason, *size, confidence))
        if seen is not None:
            self._take(seen.content)
        elif read.quality.usable:
            self._doubts(read.quality.doubtful, read.picture, bool(read.content.words), number)
            self._take(read.content)

    def _seen(self, number: int, reason: str | None) -> ReadImage | None:
        """The page as a recogniser sees it; None, and told why, where it does not see it."""
        if self._recognise is None:
            self._tell("warning", "needs-ocr", self._cause(reason), number)
            return None
        try:
            return self._recognise(self._source, number)
        except KehoachError as error:
            self._tell("error", error.code, str(error), number)
            self._tell("warning", "needs-ocr", self._cause(reason), number)
            return None

    def _take(self, content: PageContent) -> None:
        self._chars += sum(len(w.text) + 1 for w in content.words)
        if self._chars > self._limits.max_text_chars:
            raise TooLarge(f"The text exceeds the limit max_text_chars of {self._limits.max_text_chars}.")
        if len(content.words) > self._limits.max_page_words:
            limit = self._limits.max_page_words
            self._tell(
                "warning", "page-cut", f"Only the first {limit} words of the page were read.", content.number
            )
            content = replace(content, words=content.words[:limit], rulings=())
        self._contents.append(content)

    def _stamps(self, content: PageContent) -> None:
        if content.stamps:
            text = " ".join(w.text for group in content.stamps for w in group)
            message = f"Text of an electronic stamp: {text[:300]}"
            self._tell("info", "signature-stamp", message, content.number)

    def _doubts(self, doubtful: bool, picture: float, has_words: bool, number: int) -> None:
        if doubtful:
            self._tell("warning", "text-layer-damaged", "Some words of the text layer are damaged.", number)
        if picture >= _LARGE_PICTURE and has_words:
            self._tell("info", "large-picture", "Text inside the page's picture is not read.", number)

    @staticmethod
    def _cause(reason: str | None) -> str:
        cause = _REASONS.get(reason or "", "The text layer cannot be used.")
        return f"{cause} Its text was left out; use OCR."

    def _tell(self, severity: Severity, code: str, message: str, page: int) -> None:
        self._builder.diagnose(Diagnostic(_STAGE, severity, code, message, page))
