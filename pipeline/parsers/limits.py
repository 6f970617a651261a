"""Limits of what a parser accepts: input is hostile until it has been read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is read; a file beyond a limit raises, it is never read in part."""

    max_bytes: int = 200 * 1024 * 1024
    max_pages: int = 3000
    max_text_chars: int = 20_000_000
    max_line_chars: int = 2_000_000  # a longer line is no line of a plan
    max_blocks: int = 500_000  # paragraphs and tables, cells counted one by one
    max_depth: int = 200  # nesting of elements (HTML, XML); what is deeper is flattened
    max_unpacked_bytes: int = 600 * 1024 * 1024  # all members of an archive together
    max_columns: int = 200
    max_page_words: int = 50_000  # words on one page
    max_conversion_seconds: float = 120.0  # for an office program, with one file
    max_seconds: float = 180.0  # for a file, without its pages
    max_page_seconds: float = 40.0  # for each page that may need OCR


DEFAULT_LIMITS = Limits()

# Endings under which people keep plans: bytes that are no document are a failure there, elsewhere not.
_DOCUMENT_ENDINGS = (".pdf", ".docx", ".doc", ".txt", ".md", ".html", ".htm", ".rtf", ".odt")


def is_named_as_document(name: str) -> bool:
    return name.casefold().endswith(_DOCUMENT_ENDINGS)
