"""Old encodings in what parsers read: which stretches were changed, logged and told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from extractors.building import RawLine, RawParagraph, RawTable, Recoded
from extractors.document import Diagnostic, Document
from extractors.vietnamese.legacy import ENCODINGS, NAMES, Encoding, Judge, decoded, encoded
from extractors.vietnamese.letters import squeeze

RawBlock = RawParagraph | RawTable

_LINE_CHARS: Final = 20_000  # of a line that are judged


@dataclass(frozen=True, slots=True)
class RecodedText:
    """Text of a file, and which of its stretches were of an old encoding, as they read now."""

    text: str
    stretches: Mapping[Encoding, str] = field(default_factory=dict)
    whole: Encoding | None = None


def recoded_lines(text: str) -> RecodedText:
    """A text in which some lines, or all, are of an old encoding although its bytes are Unicode."""
    lines = text.split("\n")
    judge = Judge()
    heard = [judge.encoding(line[:_LINE_CHARS]) for line in lines]  # each line teaches the judge
    if not any(heard):
        return RecodedText(text)
    found: dict[Encoding, list[str]] = {}
    for i, line in enumerate(lines):
        encoding = judge.encoding(line[:_LINE_CHARS])
        if encoding is not None:
            lines[i] = decoded(line, encoding)
            found.setdefault(encoding, []).append(lines[i])
    return RecodedText("\n".join(lines), {e: squeeze(" ".join(read)) for e, read in found.items()})


def with_sources(blocks: Iterable[RawBlock], source: RecodedText) -> list[RawBlock]:
    """Blocks of a text, those of its lines marked whose encoding was changed."""
    if source.whole is None and not source.stretches:
        return list(blocks)
    return [_marked(block, source) for block in blocks]


def _marked(block: RawBlock, source: RecodedText) -> RawBlock:
    if isinstance(block, RawTable):
        cells = [
            replace(cell, paragraphs=tuple(_marked_paragraph(p, source) for p in cell.paragraphs))
            for cell in block.cells
        ]
        return replace(block, cells=tuple(cells))
    return _marked_paragraph(block, source)


def _marked_paragraph(paragraph: RawParagraph, source: RecodedText) -> RawParagraph:
    return replace(paragraph, lines=tuple(_marked_line(line, source) for line in paragraph.lines))


def _marked_line(line: RawLine, source: RecodedText) -> RawLine:
    encoding = source.whole or next(
        (e for e in ENCODINGS if squeeze(line.text) in source.stretches.get(e, "")), None
    )
    if encoding is None or line.text.isascii():
        return line
    return replace(line, recoded=Recoded(encoded(line.text, encoding), encoding))


def told(document: Document) -> Document:
    """The document, with a remark where paragraphs of it were of an old encoding."""
    counts = Counter(row.rule for row in document.corrections)
    named = [f"{NAMES[e]}, {counts[e]} paragraph(s)" for e in ENCODINGS if counts[e]]
    if not named:
        return document
    message = f"Text of an old encoding ({'; '.join(named)}) was turned into Unicode."
    remark = Diagnostic("parse", "info", "legacy-encoding", message)
    return replace(document, diagnostics=(*document.diagnostics, remark))
