"""HTML pages: those of portals, and those that Word and other programs save (often named .doc)."""

from __future__ import annotations

import re

from lxml import etree

from extractors.building import DocumentBuilder, RawTable
from extractors.document import Document, Page
from pipeline.errors import BrokenFile, TooLarge
from pipeline.parsers.encodings import decode
from pipeline.parsers.htmlwalk import DROPPED, INLINE, TABLE_TAGS, RawBlock, Walk
from pipeline.parsers.limits import DEFAULT_LIMITS, Limits
from pipeline.parsers.recoding import told, with_sources
from pipeline.parsers.sniff import HTML

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w:.-]{2,40})", re.IGNORECASE)
_TAG = re.compile(r"</?([a-zA-Z][\w:]{0,20})[^<>]{0,5000}>")


def parse_html(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Document:
    """An HTML page as a Document. Raises TooLarge, TooManyPages, BrokenFile.

    What stands around the content (menus, scripts, hidden text) is left out, and said so.
    """
    declared = _CHARSET.search(data[:4096])
    decoded = decode(data, limits, declared[1].decode("ascii", "ignore") if declared else None)
    walk = _read(decoded.text, limits)
    builder = DocumentBuilder(HTML)
    for number in range(1, walk.page + 1):
        builder.page(Page(number, 0))
    for diagnostic in (*decoded.diagnostics, *walk.diagnostics()):
        builder.diagnose(diagnostic)
    for block in with_sources(walk.blocks, decoded.source):
        if isinstance(block, RawTable):
            builder.table(block)
        else:
            builder.paragraph(block)
    return told(builder.build())


def fragment_blocks(source: str, page: int = 1, limits: Limits = DEFAULT_LIMITS) -> list[RawBlock]:
    """Paragraphs and tables of a piece of HTML that stands inside another format, all on `page`."""
    return _read(source, limits, page).blocks


def _read(source: str, limits: Limits, page: int = 1) -> Walk:
    flattened = False
    root, too_deep = _tree(source)
    if too_deep:
        flattened = True
        root, too_deep = _tree(_flat(source, TABLE_TAGS))
    if too_deep:
        root, too_deep = _tree(_flat(source, frozenset()))
    walk = Walk(limits, page, flattened)
    if root is not None:
        walk.run(root)
    return walk


def _tree(source: str) -> tuple[etree._Element | None, bool]:
    """The tree of a page, and whether it was cut off because it is nested too deeply."""
    parser = etree.HTMLParser(
        recover=True,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
        encoding="utf-8",
    )
    try:
        root = etree.fromstring(source.encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        if not any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
            if "empty" in str(error).lower():
                return None, False
            raise BrokenFile(f"The page cannot be read: {error}.") from error
        root = None
    for entry in parser.error_log:
        if entry.type_name == "ERR_RESOURCE_LIMIT":
            if "depth" in entry.message.lower():
                return root, True
            raise TooLarge("The page has a piece of text or an attribute of more than 10,000,000 characters.")
    return root, False


def _flat(source: str, kept: frozenset[str]) -> str:
    """The page without nesting: inline tags dropped, block tags as line ends, `kept` tags as they are."""

    def flat(match: re.Match[str]) -> str:
        name = match[1].lower()
        if name in kept or name in DROPPED:
            return match[0]
        return "" if name in INLINE else "<br>"

    return _TAG.sub(flat, source)
