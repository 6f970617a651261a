"""Parser for DOCX and DOCM: WordprocessingML as a Document, automatic numbers and merged cells included.

What a reader of the printed page sees is read: the accepted view of tracked changes, results of
fields, one branch of every drawing; hidden text and comments are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final, Literal

from extractors.building import DocumentBuilder, RawParagraph, RawTable
from extractors.document import Column, Diagnostic, Document, Page, Part
from pipeline.errors import BrokenFile, TooLarge, TooManyPages
from pipeline.parsers.docx_numbering import Numbering
from pipeline.parsers.docx_package import Package, open_package
from pipeline.parsers.docx_sections import Section, sections_of
from pipeline.parsers.docx_story import Context, RawBlock, Story
from pipeline.parsers.docx_styles import Styles
from pipeline.parsers.docx_xml import Element, attribute, switch, w
from pipeline.parsers.limits import Limits
from pipeline.parsers.recoding import told

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SEPARATORS: Final = frozenset({"separator", "continuationSeparator", "continuationNotice"})


def parse_docx(data: bytes, limits: Limits) -> Document:
    """A DOCX file as a Document. Pages are those of Word's last layout, as far as the file tells them;
    regions are None.

    Raises EmptyFile, BrokenFile, EncryptedFile, TooLarge, TooManyPages. A damaged part besides the text
    itself costs only a diagnostic.
    """
    package = open_package(data, limits)
    root = package.main()
    try:
        return _document(package, root, limits)
    except RecursionError as error:
        raise BrokenFile("The text is nested deeper than any author would.") from error
    finally:
        package.archive.close()


def _document(package: Package, root: Element, limits: Limits) -> Document:
    body = root.find(w("body"))
    if body is None:
        raise BrokenFile("The document part holds no text body.")
    styles = Styles(package.part("styles"))
    context = Context(styles, Numbering(package.part("numbering"), styles))
    sections = sections_of(body)
    story = Story(body, context, sections=sections)
    blocks = story.blocks(body)
    blocks += _notes(package, context, story)
    above, below = _running(package, context, sections)
    builder = DocumentBuilder(MEDIA_TYPE)
    _check(blocks, limits)
    for block in [*above, *blocks, *below]:
        builder.table(block) if isinstance(block, RawTable) else builder.paragraph(block)
    _declare_pages(builder, story, sections, limits)
    for diagnostic in [*package.diagnostics, *_remarks(context, blocks)]:
        builder.diagnose(diagnostic)
    return told(builder.build())


def _check(blocks: list[RawBlock], limits: Limits) -> None:
    paragraphs = [p for block in blocks for p in _paragraphs(block)]
    if len(paragraphs) > limits.max_blocks:
        raise TooLarge(f"The text has {len(paragraphs)} paragraphs; the limit is {limits.max_blocks}.")
    length = sum(len(line.text) + 1 for p in paragraphs for line in p.lines)
    if length > limits.max_text_chars:
        raise TooLarge(f"The text has {length} characters; the limit is {limits.max_text_chars}.")


def _paragraphs(block: RawBlock) -> Iterator[RawParagraph]:
    if isinstance(block, RawTable):
        for cell in block.cells:
            yield from cell.paragraphs
    else:
        yield block


def _declare_pages(builder: DocumentBuilder, story: Story, sections: list[Section], limits: Limits) -> None:
    last = max(story.page_sections, default=1)
    if last > limits.max_pages:
        raise TooManyPages(f"The file has {last} pages; the limit is {limits.max_pages}.")
    section = sections[0]
    for number in range(1, last + 1):
        section = story.page_sections.get(number, section)
        width, height = section.size
        builder.page(Page(number, 0, width=width, height=height))


# --- notes, headers and footers -------------------------------------------------------------


def _notes(package: Package, context: Context, body: Story) -> Iterator[RawParagraph]:
    """Footnotes and endnotes in the order in which the body refers to them, on the page of the reference."""
    for kind in ("footnote", "endnote"):
        wanted = [(name, page) for k, name, page in body.notes if k == kind]
        root = package.part(kind + "s") if wanted else None
        if root is None:
            continue
        notes = {
            attribute(note, "id") or "": note
            for note in root.findall(w(kind))
            if attribute(note, "type") not in _SEPARATORS
        }
        story = Story(root, context, "footnote")
        for name, page in dict(wanted).items():
            if name in notes:
                story.page = page
                for block in story.blocks(notes[name]):
                    yield from (_on_page(p, page) for p in _paragraphs(block))


def _on_page(paragraph: RawParagraph, page: int) -> RawParagraph:
    return replace(paragraph, lines=tuple(replace(line, page=page) for line in paragraph.lines))


def _running(
    package: Package, context: Context, sections: list[Section]
) -> tuple[list[RawParagraph], list[RawParagraph]]:
    """Headers and footers, each once: the header of the first page, which a letterhead may stand in,
    apart from all others."""
    even = bool(switch(package.part("settings"), "evenAndOddHeaders"))
    kinds: tuple[Literal["header", "footer"], ...] = ("header", "footer")
    above: list[RawParagraph] = []
    below: list[RawParagraph] = []
    seen: set[str] = set()
    for kind in kinds:
        for section in sections:
            for name in section.shown(kind, even):
                target = package.relations[name].target if name in package.relations else ""
                first = kind == "header" and not any(s for s in seen)
                if target and target not in seen:
                    seen.add(target)
                    (above if first else below).extend(_margin(package, context, name, kind))
    return above, below


def _margin(package: Package, context: Context, relation: str, part: Part) -> Iterator[RawParagraph]:
    root = package.related(relation)
    if root is None:
        return
    for block in Story(root, context, part).blocks(root):
        if isinstance(block, RawTable):
            yield from _sided(block)
        else:
            yield block


def _sided(table: RawTable) -> Iterator[RawParagraph]:
    """Paragraphs of a table in the margin, told apart by their side."""
    for cell in table.cells:
        column: Column = "full"
        if table.n_cols > 1 and cell.col_span < table.n_cols:
            column = "left" if cell.col == 0 else "right"
        yield from (replace(p, column=column) for p in cell.paragraphs)


# --- diagnostics ----------------------------------------------------------------------------


def _remarks(context: Context, blocks: list[RawBlock]) -> Iterator[Diagnostic]:
    """What could not be read and is seen on the page, or the other way round."""
    if not any(True for block in blocks for _ in _paragraphs(block)):
        yield Diagnostic("parse", "warning", "no-text", _no_text(context))
    if context.foreign:
        yield Diagnostic(
            "parse",
            "warning",
            "embedded-document",
            f"{context.foreign} embedded document(s) left out; save the file anew in Word to merge them.",
        )
    if context.recoder.garbled:
        names = ", ".join(sorted(context.recoder.garbled))
        yield Diagnostic(
            "parse", "warning", "legacy-encoding", f"Text in fonts of an old encoding ({names}), no Unicode."
        )
    if context.hidden_cells:
        yield Diagnostic(
            "parse", "info", "hidden-cell-text", "A merged cell covers text, which Word does not show."
        )


def _no_text(context: Context) -> str:
    if context.pictures:
        return f"The file holds no text but {context.pictures} picture(s), which need text recognition."
    return "The file holds no text."
