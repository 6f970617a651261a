"""The zones of a document: letterhead, title, preamble, body, closing, annexes."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.document import Block, Paragraph


@dataclass(frozen=True, slots=True)
class Zones:
    """The document cut into its zones, in reading order; a zone that is missing is ().

    head      letterhead: issuer, national motto, number, date line
    title     the line of the type (KẾ HOẠCH) and the title (trích yếu)
    preamble  between the title and the first heading: legal bases, the sentence that adopts the plan
    body      from the first heading to the signature block: paragraphs and tables
    closing   recipients (nơi nhận) and signature block, the two sides told apart by `column`
    annexes   what follows the closing: phụ lục, tables after the signature
    """

    head: tuple[Paragraph, ...] = ()
    title: tuple[Paragraph, ...] = ()
    preamble: tuple[Paragraph, ...] = ()
    body: tuple[Block, ...] = ()
    closing: tuple[Paragraph, ...] = ()
    annexes: tuple[Block, ...] = ()
