"""The zones of a document: letterhead, title, preamble, body, closing, annexes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.document import Block, Document, Paragraph
from extractors.zones_body import first_of_body, read_title_zone
from extractors.zones_closing import split_closing
from extractors.zones_pieces import line_pieces, piece, unfold, with_whole_lines
from extractors.zones_sides import head_sides
from extractors.zones_type import TypePlace, find_attached_type, find_type, head_length


@dataclass(frozen=True, slots=True)
class Zones:
    """The document cut into its zones, in reading order; a zone that is missing is ().

    head      letterhead: issuer, national motto, number, date line
    title     the line of the type (KẾ HOẠCH) and the title (trích yếu)
    preamble  between the title and the first heading: legal bases, the sentence that adopts the plan
    body      from the first heading to the signature block: paragraphs and tables
    closing   recipients (nơi nhận) and signature block, the two sides told apart by `column`
    annexes   what follows the closing: phụ lục, tables after the signature
    carrier   type and title of the decision that carries the plan as its annex (and the plan's own
              letterhead); head, preamble and closing are then the decision's, title and body the plan's

    Paragraphs of head, title and closing are cut to printed lines and sides; those of the other
    zones are as they were read. Tables that only lay out a letterhead or a signature are unfolded.
    """

    head: tuple[Paragraph, ...] = ()
    title: tuple[Paragraph, ...] = ()
    preamble: tuple[Paragraph, ...] = ()
    body: tuple[Block, ...] = ()
    closing: tuple[Paragraph, ...] = ()
    annexes: tuple[Block, ...] = ()
    carrier: tuple[Paragraph, ...] = ()


def find_zones(document: Document) -> Zones:
    """Cut a document into its zones. Nothing is taken for granted: any zone may be missing."""
    blocks = unfold(document)
    place = find_type(document, blocks)
    if place is None:
        length = head_length(document, blocks)
        return _zones(document, blocks[:length], blocks[length:], None)
    before, after = _cut_at_type(document, blocks, place)
    attached = find_attached_type(document, after, place.line.abbr)
    if attached is not None:
        return _zones_of_attached(document, before, after, attached)
    return _zones(document, before, after, place)


def _cut_at_type(
    document: Document, blocks: Sequence[Block], place: TypePlace
) -> tuple[list[Block], list[Block]]:
    """Blocks before the type line and from it on; its paragraph is divided where it holds more."""
    paragraph = blocks[place.index]
    assert isinstance(paragraph, Paragraph)
    before, after = list(blocks[: place.index]), list(blocks[place.index + 1 :])
    if document.text[paragraph.start : place.start].strip():
        before.append(piece(document, paragraph, paragraph.start, place.start))
    if document.text[place.end : paragraph.end].strip():
        after.insert(0, piece(document, paragraph, place.end, paragraph.end))
    return before, [piece(document, paragraph, place.start, place.end), *after]


def _zones(
    document: Document, before: Sequence[Block], after: Sequence[Block], place: TypePlace | None
) -> Zones:
    title, rest = read_title_zone(document, after, place is not None)
    begin = first_of_body(document, rest)
    preamble = tuple(block for block in rest[:begin] if isinstance(block, Paragraph))
    kept_tables = [block for block in rest[:begin] if not isinstance(block, Paragraph)]
    body, closing, annexes = split_closing(document, [*kept_tables, *rest[begin:]])
    return Zones(_head(document, before), tuple(title), preamble, tuple(body), closing, tuple(annexes))


def _zones_of_attached(
    document: Document, before: Sequence[Block], after: Sequence[Block], attached: TypePlace
) -> Zones:
    """A decision with the plan attached: the decision's head, bases, closing; the plan's title and body."""
    of_decision, of_plan = _cut_at_type(document, after, attached)
    carrier, rest = read_title_zone(document, of_decision, True)
    begin = first_of_body(document, rest)
    articles, signed, between = split_closing(document, rest[begin:])
    own_head = [block for block in between if isinstance(block, Paragraph)]  # the plan's own letterhead
    tables = [block for block in between if not isinstance(block, Paragraph)]
    title, plan = read_title_zone(document, of_plan, True)
    plan_begin = first_of_body(document, plan)
    body, plan_closing, annexes = split_closing(document, plan[plan_begin:])
    preamble = [block for block in (*rest[:begin], *plan[:plan_begin]) if isinstance(block, Paragraph)]
    return Zones(
        head=_head(document, before or own_head),
        title=tuple(title),
        preamble=tuple(preamble),
        body=(*articles, *body),
        closing=signed or plan_closing,
        annexes=(*tables, *(plan_closing if signed else ()), *annexes),
        carrier=(*carrier, *own_head),
    )


def _head(document: Document, blocks: Sequence[Block]) -> tuple[Paragraph, ...]:
    """The letterhead as pieces, one a printed line and side."""
    pieces = [
        part
        for block in blocks
        for paragraph in (
            (block,) if isinstance(block, Paragraph) else [p for c in block.cells for p in c.paragraphs]
        )
        for part in line_pieces(document, paragraph, head_sides)
    ]
    return tuple(with_whole_lines(document, pieces))
