"""Recipients (nơi nhận): whom the document goes to, and what for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors import plan
from extractors.bodies import BodyContext, full_name
from extractors.document import Document, Paragraph
from extractors.positions import read_authority, read_name
from extractors.recognised import is_recognised
from extractors.vietnamese.bases import bare
from extractors.vietnamese.letters import squeeze
from extractors.zones import Zones
from extractors.zones_dates import is_date_line
from extractors.zones_marks import (
    LABEL,
    is_electronic_signature,
    is_noise,
    is_recipients_label,
    is_signature_text,
)

_MARK = re.compile(r"\s*(?:[-–—+•*·●▪]+\s*|o\s+)")
_NUMBERED = re.compile(r"\s*\d{1,2}\s*[.)/]\s+")
_ARCHIVE = re.compile(r"\s*(?:Luu|LUU)\b\s*[:;,.]?\s*")
_ARCHIVED = re.compile(r"(?:^|[-–;])\s*(?:Luu|LUU)\b")
# A purpose is in brackets, or stands behind a comma: (để b/c), (t/h), ; (B/c), để báo cáo.
_PURPOSE_WORDS = (
    r"(?:de|b\s?/\s?c|bc|bao\s+cao|t\s?/\s?h|th|thuc\s+hien|p\s?/\s?h|ph\s?/\s?h|ph|phoi\s+hop|biet|chi\s+dao|theo\s+doi"
    r"|dang|dua\s+tin|cong\s+bo|bo\s+tri|tham\s+muu|huong\s+dan|t\s?/\s?d|p/c|pc|trien\s+khai|giam\s+sat|kiem\s+tra|xin|luu)"
)
_PURPOSE = re.compile(rf"[;,]?\s*\(\s*(?P<purpose>{_PURPOSE_WORDS}\b[^()]{{0,120}})\)?\s*$", re.IGNORECASE)
_BARE_PURPOSE = re.compile(
    r"[,;]\s*(?P<purpose>de\s+(?:b/c|bao\s+cao|biet|phoi\s+hop|thuc\s+hien|p/h|t/h|theo\s+doi|chi\s+dao)[^,;()]{0,60})$",
    re.I,
)
_ONLY_BRACKET = re.compile(r"\s*[}\]]?\s*\([^()]*\)\s*[;.,]?\s*$")
_CONFIDENCE = 0.95


@dataclass(slots=True)
class _Item:
    """Spans of an item's lines, without their dashes."""

    spans: list[tuple[int, int]]
    marked: bool


def read_recipients(document: Document, zones: Zones, context: BodyContext) -> tuple[plan.Recipient, ...]:
    """The recipients in order: one an item between dashes, the archive copy (Lưu: VT …) among them."""
    items = _items(document, _lines(document, zones.closing))
    pieces = [part for item in items for part in _divided(document, item)]
    found = [_recipient(document, spans, context) for spans in pieces]
    return tuple(recipient for recipient in found if recipient is not None)


# --- which lines --------------------------------------------------------------------------------


def _lines(document: Document, closing: Sequence[Paragraph]) -> list[tuple[int, int]]:
    """Spans of the lines of the list: from the label to the last line of its side, no line of a signature."""
    begin = next((i for i, p in enumerate(closing) if is_recipients_label(document.cut(p))), None)
    if begin is None:
        return _unlabelled(document, closing)
    side = closing[begin].column
    label = LABEL.match(bare(document.cut(closing[begin])))
    assert label is not None
    first = (closing[begin].start + label.end(), closing[begin].end)
    lines = [first] if _is_item(document, closing, begin, first) else []
    archived = bool(lines) and _is_archive(document.text[slice(*first)])
    for paragraph in closing[begin + 1 :]:
        text = document.cut(paragraph)
        if not _same_side(side, paragraph) or is_noise(text) or is_electronic_signature(text):
            continue
        marked = bool(_MARK.match(text))
        if not marked and _is_of_signature(document, lines, text):
            if side == "full":
                break
            continue
        if archived and marked and _is_signer_of_scan(document, paragraph):
            continue
        if archived and not marked and not _is_wrapped(document, lines, paragraph):
            break
        lines.append((paragraph.start, paragraph.end))
        archived = archived or bool(_ARCHIVED.search(bare(text)))
    return lines


def _is_item(document: Document, closing: Sequence[Paragraph], begin: int, first: tuple[int, int]) -> bool:
    """Whether what stands behind the label is an item: not where only the lines below have dashes."""
    text = document.text[slice(*first)].strip(" \t:;.*_")
    if not text:
        return False
    below = document.cut(closing[begin + 1]) if begin + 1 < len(closing) else ""
    closed = document.text[slice(*first)].rstrip().endswith((";", ",", "."))
    return bool(_MARK.match(text)) or closed or not _MARK.match(below)


def _is_of_signature(document: Document, lines: Sequence[tuple[int, int]], text: str) -> bool:
    """Whether a line without a dash belongs to the signature, not to the item above it."""
    if not (is_signature_text(text) or is_date_line(text)):
        return False
    above = document.text[slice(*lines[-1])].rstrip() if lines else ""
    return read_name(text) is None or not (text.rstrip().endswith((";", ",")) or above.endswith(","))


def _is_signer_of_scan(document: Document, paragraph: Paragraph) -> bool:
    """Whether a line below the archive copy is the signer's name, a speck before it read as a dash."""
    name = read_name(document.cut(paragraph))
    return name is not None and name.known_surname and is_recognised(document, paragraph.start)


def _same_side(side: str, paragraph: Paragraph) -> bool:
    return side == "full" or paragraph.column == side or (side == "left" and paragraph.column == "full")


def _is_wrapped(document: Document, lines: Sequence[tuple[int, int]], paragraph: Paragraph) -> bool:
    """Whether a line goes on with the archive copy above it."""
    above = document.text[slice(*lines[-1])].rstrip()
    below = document.cut(paragraph).strip()
    return paragraph.column == "left" and above[-1:] not in ".)" and len(below) < 60


def _unlabelled(document: Document, closing: Sequence[Paragraph]) -> list[tuple[int, int]]:
    """Dashes that end in an archive copy, where the label is missing."""
    marked = [p for p in closing if _MARK.match(document.cut(p))]
    if not any(_is_archive(_MARK.sub("", document.cut(p), count=1)) for p in marked):
        return []
    return [
        (p.start, p.end)
        for p in closing
        if _MARK.match(document.cut(p)) and not read_authority(document.cut(p)) and p.column != "right"
    ]


def _is_archive(text: str) -> bool:
    found = _ARCHIVE.match(bare(text))
    return found is not None and (found.end() < len(text) or len(text) < 8)


# --- which items --------------------------------------------------------------------------------


def _items(document: Document, lines: Sequence[tuple[int, int]]) -> list[_Item]:
    """The lines put together to items: a dash begins one, a line without goes on with the last."""
    items: list[_Item] = []
    dashes = sum(bool(_MARK.match(document.text[a:b])) for a, b in lines)
    numbers = sum(bool(_NUMBERED.match(document.text[a:b])) for a, b in lines)
    for start, end in lines:
        text = document.text[start:end]
        mark = _MARK.match(text) or (_NUMBERED.match(text) if numbers > 1 and not dashes else None)
        body = (start + (mark.end() if mark else 0), end)
        if not document.text[slice(*body)].strip():
            continue
        if mark or not items or _begins_unmarked(document, items[-1], text, dashes > 0):
            items.append(_Item([body], mark is not None))
        else:
            items[-1].spans.append(body)
    return items


def _begins_unmarked(document: Document, last: _Item, text: str, dashed: bool) -> bool:
    """Whether a line without a dash begins an item: where the one above is closed, or none has a dash."""
    if _ONLY_BRACKET.match(text):
        return False
    above = document.text[slice(*last.spans[-1])].rstrip()
    if _is_archive(text):
        return True
    starts = text.lstrip()[:1].isupper()
    if above.endswith(";"):
        return True
    return starts and above.endswith(".") if dashed else starts and not above.endswith((",", "và"))


def _divided(document: Document, item: _Item) -> Iterator[list[tuple[int, int]]]:
    """The item cut at semicolons outside brackets; a bracket behind a semicolon stays with its body."""
    part: list[tuple[int, int]] = []
    for start, end in item.spans:
        at = start
        for cut in _cuts(document.text[start:end]):
            part.append((at, start + cut))
            yield part
            part, at = [], start + cut + 1
        if document.text[at:end].strip():
            part.append((at, end))
    if part:
        yield part


def _cuts(text: str) -> Iterator[int]:
    depth = 0
    for at, letter in enumerate(text):
        depth += (letter in "([") - (letter in ")]")
        if letter == ";" and depth <= 0:
            after = text[at + 1 :].lstrip(" -–\t")
            if after and not after.startswith(("(", ")")) and re.search(r"\w\w", after):
                yield at
        elif letter in "-–" and depth <= 0 and at and _ARCHIVE.match(bare(text[at + 1 : at + 12])):
            yield at  # “… tp - Lưu: VT” has lost its line break


# --- what an item says --------------------------------------------------------------------------


def _recipient(
    document: Document, spans: Sequence[tuple[int, int]], context: BodyContext
) -> plan.Recipient | None:
    ends = [end for _, end in spans]  # sides of an unfolded table do not stand in the text's order
    start, end = _trimmed(document.text, min(start for start, _ in spans), max(ends))
    text = _closed(squeeze(" ".join(document.text[a:b].strip() for a, b in spans)))
    text = _MARK.sub("", text, count=1) if _MARK.match(text) else text
    if sum(ch.isalpha() for ch in text) < 3:
        return None  # a stroke of the pen or of the stamp
    archive = _is_archive(text)
    body, purpose = (None, None) if archive else _body_and_purpose(text)
    return plan.Recipient(
        start=start,
        end=end,
        regions=tuple(
            plan.Region(page=r.page, x0=r.x0, y0=r.y0, x1=r.x1, y1=r.y1) for r in document.regions(start, end)
        ),
        confidence=_CONFIDENCE,
        rule="recipients-list",
        text=text,
        body=full_name(body, context) if body else None,
        purpose=purpose,
        is_archive_copy=archive,
    )


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in " \t\n-–—+•*":
        start += 1
    while end > start and text[end - 1] in " \t\n;.,":
        end -= 1
    return start, end


def _closed(text: str) -> str:
    """Without final marks: `;`, `.`, `,`, `./.`, and a bracket that nothing opens (a misread mark)."""
    closed = re.sub(r"[\s;.,:/*_]+$", "", text)
    if closed.endswith(")") and closed.count(")") > closed.count("("):
        closed = closed[:-1].rstrip()
    return closed


def _body_and_purpose(text: str) -> tuple[str | None, str | None]:
    """`TT. Tỉnh ủy; (B/c)` as body `TT. Tỉnh ủy` and purpose `B/c`."""
    folded = bare(text)
    found = _PURPOSE.search(folded) or _BARE_PURPOSE.search(folded)
    if not found:
        return text, None
    body = _closed(text[: found.start()])
    return body or None, squeeze(text[slice(*found.span("purpose"))]).strip(" ;,.")
