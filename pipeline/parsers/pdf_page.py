"""One page of a PDF: its words, ruling lines and stamps, and whether its text layer can be used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Any

import pypdfium2.raw as raw

from extractors.document import Severity
from extractors.vietnamese.letters import nfc, squeeze
from pipeline.parsers.layout_model import PageContent, PlacedWord
from pipeline.parsers.pdf_drawing import Drawing, read_drawing
from pipeline.parsers.pdf_frame import Frame, display_frame
from pipeline.parsers.pdf_legacy import recoded
from pipeline.parsers.pdf_quality import Quality, text_layer_quality
from pipeline.parsers.pdf_word import PdfWord
from pipeline.parsers.pdf_words import TextLayer, main_turn, read_words

_MAX_ANNOTATIONS = 2000  # of a page; a page with more is read without them
_STAMP_LINES = 2  # from so many lines on, text drawn by an annotation is a stamp
_TABLE = 4  # ruling lines that a table has at least
_HIDDEN_ON = 0.3  # share of the page that a picture must cover for hidden text to be its reading
_TEXT_KINDS = frozenset({raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_WIDGET})
_UNSEEN = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW
_SPECK = 0.45  # of the page's usual font size
_OUTSIDE = 2.0  # points by which a word's middle may lie beyond the page's edge

Note = tuple[Severity, str, str]  # severity, code, message


@dataclass(frozen=True, slots=True)
class PageRead:
    """What a page gave. `width`, `height`: as displayed. `notes` tell what was left out."""

    number: int
    width: float
    height: float
    content: PageContent
    quality: Quality
    picture: float
    notes: tuple[Note, ...]


def read_page(document: Any, number: int) -> PageRead:
    """Page `number` (from 1) of a pypdfium2 document.

    Form fields, typed overlays and signature stamps are annotations: they are drawn into the page
    in memory first, so that their text is read where it is printed.
    """
    page = document[number - 1]
    try:
        added, own_objects = _annotation_text(page.raw), None
        if added is not None and _has_appearances(page.raw):
            own_objects = raw.FPDFPage_CountObjects(page.raw)
            raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY)
            page.close()
            page = document[number - 1]
        return _read(page.raw, number, own_objects, added or [])
    finally:
        page.close()


def _read(page: Any, number: int, own_objects: int | None, added: list[PlacedWord]) -> PageRead:
    frame = display_frame(page)
    drawing = read_drawing(page, frame, own_objects)
    text_page = raw.FPDFText_LoadPage(page)
    if not text_page:
        raise ValueError("no text page")
    try:
        layer = read_words(text_page, frame, clips=len(drawing.rulings) >= _TABLE)
    finally:
        raw.FPDFText_ClosePage(text_page)
    words = recoded([w for w in layer.words if not w.hidden or drawing.picture >= _HIDDEN_ON])
    if (turn := main_turn(words)) or drawing.rulings:
        drawing = _turned(drawing, frame, turn)
    content, specks = _without_specks(_content(number, words, drawing, frame, turn))
    if added:
        content = replace(content, words=content.words + tuple(_typed(added, frame, turn)))
    stamped = [w for group in content.stamps for w in group]
    quality = text_layer_quality(
        [w.text for w in (*content.words, *stamped)], drawing.picture, drawing.paths, layer.fonts
    )
    return PageRead(
        number, frame.width, frame.height, content, quality, drawing.picture, _notes(layer, drawing, specks)
    )


def _content(number: int, words: Sequence[PdfWord], drawing: Drawing, frame: Frame, turn: int) -> PageContent:
    upright = frame.turned(turn)
    stamps = [group for addresses in drawing.stamped if (group := _stamp(words, addresses, frame, turn))]
    apart = {id(w) for _, group in stamps for w in group}
    placed = [_placed(w, frame, turn) for w in words if id(w) not in apart]
    inside = [w for w in placed if _on_page(w, upright)]
    return PageContent(
        number,
        upright.width,
        upright.height,
        tuple(inside),
        tuple(drawing.rulings),
        turn,
        tuple(group for group, _ in stamps),
    )


def _stamp(
    words: Sequence[PdfWord], addresses: set[int], frame: Frame, turn: int
) -> tuple[tuple[PlacedWord, ...], list[PdfWord]] | None:
    """The words that an annotation drew, where they are several lines: a signature's stamp."""
    mine = [w for w in words if w.address in addresses]
    placed = tuple(_placed(w, frame, turn) for w in mine)
    bases: list[float] = []
    for word in placed:
        if all(abs(word.y1 - base) > 0.5 * word.size for base in bases):
            bases.append(word.y1)
    return (placed, mine) if len(bases) >= _STAMP_LINES else None


def _placed(word: PdfWord, frame: Frame, turn: int) -> PlacedWord:
    """The word in the page's upright frame."""
    upright = word.turn == turn and not word.slanted
    placed = word.word
    if word.turn != turn:
        back = (turn - word.turn) % 360
        x0, y0, x1, y1 = _turn_box(placed, frame.turned(word.turn), back)
        placed = replace(placed, x0=x0, y0=y0, x1=x1, y1=y1)
    return placed if upright else replace(placed, upright=False)


def _turn_box(word: PlacedWord, within: Frame, turn: int) -> tuple[float, float, float, float]:
    same = Frame(1, 0, 0, 1, 0, 0, within.width, within.height)
    return same.turned(turn).box(word.x0, word.y0, word.x1, word.y1)


def _on_page(word: PlacedWord, frame: Frame) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
    return -_OUTSIDE <= x <= frame.width + _OUTSIDE and -_OUTSIDE <= y <= frame.height + _OUTSIDE


def _without_specks(content: PageContent) -> tuple[PageContent, list[str]]:
    """Without lone marks far smaller than the text: strokes of a slipped pen, seen as specks."""
    if not content.words:
        return content, []
    least = _SPECK * median(w.size for w in content.words)
    specks = [w for w in content.words if w.size < least and len(w.text) == 1 and not w.text.isalnum()]
    if not specks:
        return content, []
    kept = tuple(w for w in content.words if w not in specks)
    return replace(content, words=kept), [w.text for w in specks]


def _turned(drawing: Drawing, frame: Frame, turn: int) -> Drawing:
    if not turn:
        return drawing
    same = Frame(1, 0, 0, 1, 0, 0, frame.width, frame.height).turned(turn)
    rulings = [type(r)(*same.box(r.x0, r.y0, r.x1, r.y1)) for r in drawing.rulings]
    return replace(drawing, rulings=rulings)


def _notes(layer: TextLayer, drawing: Drawing, specks: Sequence[str]) -> tuple[Note, ...]:
    notes: list[Note] = []
    if specks:
        notes.append(("info", "speck", f"Tiny lone marks were left out: {' '.join(specks[:20])}"))
    if not layer.complete:
        message = "The page has more characters than are read; the rest was left out."
        notes.append(("warning", "page-cut", message))
    if not drawing.complete:
        message = "The page has more drawings than are read; its tables may be incomplete."
        notes.append(("warning", "page-cut", message))
    return tuple(notes)


# --- annotations ----------------------------------------------------------------------------


def _annotations(page: Any) -> list[Any]:
    count = raw.FPDFPage_GetAnnotCount(page)
    if count > _MAX_ANNOTATIONS:
        return []
    return [a for i in range(count) if (a := raw.FPDFPage_GetAnnot(page, i))]


def _has_appearances(page: Any) -> bool:
    found = False
    for annotation in _annotations(page):
        found = found or raw.FPDFAnnot_GetObjectCount(annotation) > 0
        raw.FPDFPage_CloseAnnot(annotation)
    return found


def _annotation_text(page: Any) -> list[PlacedWord] | None:
    """Text of annotations that have no appearance of their own, in page space; None without annotations."""
    annotations = _annotations(page)
    words: list[PlacedWord] = []
    for annotation in annotations:
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        seen = not raw.FPDFAnnot_GetFlags(annotation) & _UNSEEN
        if kind in _TEXT_KINDS and seen and raw.FPDFAnnot_GetObjectCount(annotation) == 0:
            field = b"Contents" if kind == raw.FPDF_ANNOT_FREETEXT else b"V"
            words += _words_in(annotation, _string(annotation, field))
        raw.FPDFPage_CloseAnnot(annotation)
    return words if annotations else None


def _string(annotation: Any, key: bytes) -> str:
    size = raw.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    if not 2 < size < 100_000:
        return ""
    buffer = (raw.FPDF_WCHAR * (size // 2))()
    raw.FPDFAnnot_GetStringValue(annotation, key, buffer, size)
    return bytes(buffer).decode("utf-16-le", "replace").rstrip("\0")


def _words_in(annotation: Any, text: str) -> list[PlacedWord]:
    """The words of `text` spread over the annotation's rectangle, line by line."""
    rect = raw.FS_RECTF()
    if not text.strip() or not raw.FPDFAnnot_GetRect(annotation, rect):
        return []
    rows = [row for row in (squeeze(nfc(r)) for r in text.splitlines()) if row]
    high = (rect.top - rect.bottom) / len(rows)
    wide = (rect.right - rect.left) / max(len(row) for row in rows)
    words = []
    for i, row in enumerate(rows):
        at = 0
        for word in row.split(" "):
            x0, top = rect.left + at * wide, rect.top - i * high
            words.append(PlacedWord(word, x0, top - high, x0 + len(word) * wide, top, min(high, 12.0)))
            at += len(word) + 1
    return words


def _typed(words: Sequence[PlacedWord], frame: Frame, turn: int) -> list[PlacedWord]:
    upright = frame.turned(turn)
    out = []
    for word in words:
        x0, y0, x1, y1 = upright.box(word.x0, word.y0, word.x1, word.y1)
        out.append(replace(word, x0=x0, y0=y0, x1=x1, y1=y1))
    return out
