"""Repair of recognised text: a Document in, a Document out, a correction for every change.

Only pages read by OCR are touched, and on them no names, numbers, symbols, dates and places: words
in capitals or with a capital within a sentence are changed only as parts of fixed wording.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from extractors.document import Document
from extractors.editing import Edit, edited
from extractors.repair_abbreviations import abbreviation_edits
from extractors.repair_constants import constant_edits
from extractors.repair_items import item_label_edits
from extractors.repair_labels import label_edits
from extractors.repair_phrases import phrase_edits, year_word_edits
from extractors.repair_quarters import quarter_edits
from extractors.repair_specks import speck_edits
from extractors.repair_syllables import syllable_edits
from extractors.repair_tokens import ocr_pages, ocr_paragraphs

REPAIR_VERSION = "2"


def repair(document: Document) -> Document:
    """The document with what the recogniser misread put right, where that is certain enough.

    Fixed wording, headings' numerals, stray marks and known phrases come first, so that the
    syllable model reads clean neighbours. A document without recognised pages is returned as it is.
    """
    if not ocr_pages(document):
        return document
    mended = edited(document, _apart(_certain(document)))
    settled = [(row.start, row.end) for row in mended.corrections]
    edits = [e for p in ocr_paragraphs(mended) for e in syllable_edits(mended, p, settled)]
    return edited(mended, edits)


def _certain(document: Document) -> Iterator[Edit]:
    """The changes that hang on no model of prose, the surest kinds first."""
    yield from label_edits(document)
    yield from item_label_edits(document)
    yield from quarter_edits(document)
    for edits_of in (constant_edits, abbreviation_edits, phrase_edits, year_word_edits, speck_edits):
        for paragraph in ocr_paragraphs(document):
            yield from edits_of(document, paragraph)


def _apart(edits: Iterable[Edit]) -> list[Edit]:
    """Edits that do not overlap: of those that do, the first given stays."""
    taken: set[int] = set()
    kept = []
    for edit in edits:
        places = range(edit.start, max(edit.end, edit.start + 1))
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(edit)
    return kept
