"""Labels of items, settled by both neighbours.

`S.` between `4.` and `6.` is `5.`; `c "` between `b)` and `d)` is `c)`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.document import Document, Paragraph
from extractors.editing import Edit
from extractors.repair_tokens import ocr_pages

NUMBER_RULE, LETTER_RULE = "number-sequence", "letter-sequence"
# What a digit is misread as. Roman I, V and X are labels of their own and not among these.
_DIGITS = str.maketrans("l|!]ZSsGBgqOo", "1111255689900")
_NUMBER = re.compile(r"\s*(?P<label>[\dl|!\]ZSsGBgqOo]{1,2})\s?[.,)/:]\s*(?=[^\W\d_])")
_LETTER = re.compile(r"\s*(?P<label>[a-zđ])(?P<mark>\s?[)\]}>.,:;\"“”'’»*]+)\s*(?=[^\W\d_])")
_ALPHABET = "abcdđeghiklmnopqrstuvxy"  # of a Vietnamese list
_MARKS = (")", ".")
_HEAD = 12  # characters of a paragraph in which its label stands


@dataclass(frozen=True, slots=True)
class _Item:
    """A label at the head of a paragraph: `start`, `end` and `text` are those of what may be misread.

    `value` is its place in the order, `is_sure` tells that it is printed as labels are.
    """

    start: int
    end: int
    text: str
    value: int
    is_sure: bool
    is_recognised: bool


def item_label_edits(document: Document) -> Iterator[Edit]:
    """The changes to labels that the one before and the one after ask for."""
    pages = ocr_pages(document)
    heads = [
        (block, document.text[block.start : min(block.end, block.start + _HEAD)], block.page in pages)
        for block in document.blocks
        if isinstance(block, Paragraph) and block.part == "body"
    ]
    numbers = [_number(p, found, seen) for p, head, seen in heads if (found := _NUMBER.match(head))]
    letters = [_letter(p, found, seen) for p, head, seen in heads if (found := _LETTER.match(head))]
    for item in _settled(numbers):
        yield Edit(item.start, item.end, str(item.value), NUMBER_RULE)
    for item in _settled([each for each in letters if each is not None]):
        yield Edit(item.start, item.end, ")", LETTER_RULE)


def _settled(items: Sequence[_Item]) -> Iterator[_Item]:
    """Labels that are not printed as they should be, between two that are and leave a gap of one."""
    for before, item, after in zip((None, *items), items, items[1:], strict=False):
        if item.is_sure or not item.is_recognised or not after.is_sure or after.value != item.value + 1:
            continue
        if item.value == 1 or (before is not None and before.is_sure and before.value == item.value - 1):
            yield item


def _number(paragraph: Paragraph, found: re.Match[str], is_recognised: bool) -> _Item:
    text, (start, end) = found["label"], found.span("label")
    value = int(text.translate(_DIGITS))
    return _Item(paragraph.start + start, paragraph.start + end, text, value, text.isdecimal(), is_recognised)


def _letter(paragraph: Paragraph, found: re.Match[str], is_recognised: bool) -> _Item | None:
    value = _ALPHABET.find(found["label"]) + 1
    mark, (start, end) = found["mark"], found.span("mark")
    item = _Item(
        paragraph.start + start, paragraph.start + end, mark, value, mark.strip() in _MARKS, is_recognised
    )
    return item if value else None
