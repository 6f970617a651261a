"""Where the closing begins and ends: recipients (nơi nhận) and signature block, whichever comes first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.document import Block, Document, Paragraph
from extractors.positions import read_authority, read_name, read_post
from extractors.vietnamese.bases import bare
from extractors.vietnamese.letters import upper_share
from extractors.zones_dates import is_date_line
from extractors.zones_marks import (
    ARCHIVE,
    is_annex_heading,
    is_electronic_signature,
    is_noise,
    is_recipients_label,
    is_signature_text,
    is_signed_note,
    read_anchor,
)
from extractors.zones_pieces import LONGEST_LINE, line_pieces, piece, printed_lines
from extractors.zones_sides import closing_sides

_LOOK_AHEAD = 9  # printed lines below a bare post in which a name or the recipients must stand
_LOOK_BACK = 14  # printed lines above the archive copy in which recipients may stand
_DASH = re.compile(r"\s*[-+•*–—·]\s*\S")


@dataclass(frozen=True, slots=True)
class Place:
    """A printed line: the block that holds it, and its span in the document."""

    index: int
    start: int
    end: int


def split_closing(
    document: Document, blocks: Sequence[Block]
) -> tuple[list[Block], tuple[Paragraph, ...], list[Block]]:
    """Body, closing (one piece a printed line and side), annexes."""
    place = find_closing(document, blocks)
    if place is None:
        annex = _first_annex(document, blocks)
        return list(blocks[:annex]), (), list(blocks[annex:])
    body = list(blocks[: place.index])
    paragraph = blocks[place.index]
    assert isinstance(paragraph, Paragraph)
    if document.text[paragraph.start : place.start].strip():
        body.append(piece(document, paragraph, paragraph.start, place.start))
    rest: list[Block] = [piece(document, paragraph, place.start, paragraph.end), *blocks[place.index + 1 :]]
    length = _closing_length(document, rest)
    closing = [p for block in rest[:length] if isinstance(block, Paragraph) for p in _pieces(document, block)]
    return body, tuple(closing), rest[length:]


def _pieces(document: Document, paragraph: Paragraph) -> Iterator[Paragraph]:
    for part in line_pieces(document, paragraph, closing_sides):
        yield from _post_and_name(document, part)


def _post_and_name(document: Document, part: Paragraph) -> Iterator[Paragraph]:
    """A line “HIỆU TRƯỞNG Nguyễn Văn A” as two."""
    gap = _gap_before_name(document.cut(part))
    if gap is None:
        yield part
        return
    yield piece(document, part, part.start, part.start + gap)
    yield piece(document, part, part.start + gap, part.end)


def _gap_before_name(text: str) -> int | None:
    """Offset of the blank between a post in capitals and a name on the same line."""
    if len(text) > 90 or not text[:2].isupper():
        return None
    for gap in re.finditer(r"\s+", text):
        left, right = text[: gap.start()], text[gap.end() :]
        if (
            upper_share(left) == 1
            and upper_share(right) < 0.8
            and is_signature_text(left)
            and read_name(right)
        ):
            return gap.start()
    return None


# --- the beginning ------------------------------------------------------------------------------


def find_closing(document: Document, blocks: Sequence[Block]) -> Place | None:
    """The first line of the closing: recipients' label, authority, a post over a name, an archive copy."""
    places = [
        Place(index, start, end)
        for index, block in enumerate(blocks)
        if isinstance(block, Paragraph)
        for start, end in printed_lines(document, block)
    ]
    for at, place in enumerate(places):
        text = document.text[place.start : place.end]
        begin = _begins(document, blocks, places, at, text)
        if begin is not None:
            return _with_date_line(document, blocks, places, begin)
    return None


def _begins(
    document: Document, blocks: Sequence[Block], places: Sequence[Place], at: int, text: str
) -> Place | None:
    """The place where a closing begins whose first mark is the line `at`; None where it is no mark."""
    printed, text = text, text.lstrip(" \t|") if text.lstrip(" \t").startswith("|") else text
    head = text.lstrip(" \t*_")[:3]
    if not head or not (head[0].isupper() or head[0] in "-–+•*"):
        glued = _glued(printed)
        return Place(places[at].index, places[at].start + glued, places[at].end) if glued else None
    if is_recipients_label(text):
        return places[at]
    if head[:2].isupper() or head[1:2] in "./":
        line = _signature_side(text)
        authority = read_authority(line)
        if authority and is_signature_text(line) and len(line.strip()) > authority.rest + 1:
            return places[at]
        post = read_post(line)
        if post and _gap_before_name(text.strip()):
            return places[at]
        if post and upper_share(line) > 0.9 and len(line) < 80 and _is_signed(document, blocks, places, at):
            return places[at]
    elif (
        len(text) < 50 and len(places) - at < 12 and read_post(text) and _is_named_below(document, places, at)
    ):
        return places[at]
    if ARCHIVE.match(bare(text[:60])) and _is_dash_run(document, places, at):
        return _run_begin(document, blocks, places, at)
    glued = _glued(printed)
    return Place(places[at].index, places[at].start + glued, places[at].end) if glued else None


def _signature_side(text: str) -> str:
    """The right side of a line with two posts side by side, else the line."""
    for a, b, column in closing_sides(text) if len(text) <= LONGEST_LINE else ():
        if column == "right":
            return text[a:b]
    return text


def _glued(text: str) -> int | None:
    """Offset of a post or authority that a text layer glued to the last sentence of the body."""
    tail = text[-60:]
    for mark in re.finditer(r"[.;/]\s+(?=[^\W\d_])", tail):
        right = tail[mark.end() :]
        if upper_share(right) > 0.95 and len(right) > 6 and (read_authority(right) or read_post(right)):
            return len(text) - len(tail) + mark.end()
    return None


def _is_signed(document: Document, blocks: Sequence[Block], places: Sequence[Place], at: int) -> bool:
    """Whether a post in capitals stands over a name, by the recipients, or last in the document."""
    below = [document.text[p.start : p.end] for p in places[at + 1 : at + 1 + _LOOK_AHEAD]]
    for text in below:
        if is_recipients_label(text) or is_signed_note(text):
            return True
        name = read_name(_signature_side(text))
        if name is not None and (name.known_surname or len(below) < _LOOK_AHEAD):
            return True
        if not (
            is_noise(text) or is_signature_text(text) or _DASH.match(text) or is_electronic_signature(text)
        ):
            return False
    return all(not isinstance(b, Paragraph) for b in blocks[places[at].index + 1 :]) or not below


def _is_named_below(document: Document, places: Sequence[Place], at: int) -> bool:
    """Whether a name with a known surname stands right below a post in sentence case."""
    below = [document.text[p.start : p.end] for p in places[at + 1 : at + 4]]
    said = [text for text in below if not is_noise(text) and not is_signed_note(text)]
    name = read_name(said[0]) if said else None
    return name is not None and name.known_surname


def _is_dash_run(document: Document, places: Sequence[Place], at: int) -> bool:
    """Whether the archive copy ends a list of dashes, or the document."""
    above = document.text[places[at - 1].start : places[at - 1].end] if at else ""
    return bool(_DASH.match(above)) or len(places) - at < _LOOK_AHEAD


def _run_begin(document: Document, blocks: Sequence[Block], places: Sequence[Place], at: int) -> Place:
    """The first of the short dashes that lead up to the archive copy: recipients without their label."""
    begin = at
    for back in range(at - 1, max(-1, at - 1 - _LOOK_BACK), -1):
        text = document.text[places[back].start : places[back].end]
        if not _DASH.match(text) or len(text) > 100 or text.rstrip()[-1:] not in ";,.":
            break
        begin = back
    return places[begin]


def _with_date_line(
    document: Document, blocks: Sequence[Block], places: Sequence[Place], begin: Place
) -> Place:
    """The closing with the date line above it, where the document is dated at its foot."""
    at = places.index(begin) if begin in places else -1
    while at > 0:
        text = document.text[places[at - 1].start : places[at - 1].end]
        dated = is_date_line(text) and not _is_mid_sentence(document, blocks, places[at - 1])
        if not (dated or is_electronic_signature(text)):
            break
        at -= 1
    return places[at] if at >= 0 else begin


def _is_mid_sentence(document: Document, blocks: Sequence[Block], place: Place) -> bool:
    """Whether the line goes on with a sentence that was wrapped: `… và năm (trước` / `ngày 5/12/2020`."""
    above = document.text[blocks[place.index].start : place.start].rstrip()
    return bool(above) and above[-1] not in ".;:/!?)" and not document.text[place.start].isupper()


# --- the end ------------------------------------------------------------------------------------


def _closing_length(document: Document, blocks: Sequence[Block]) -> int:
    """How many blocks the closing takes: up to an annex, a table, another letterhead, or prose."""
    listing = signed = False
    for index, block in enumerate(blocks):
        if not isinstance(block, Paragraph):
            return index
        for start, end in printed_lines(document, block):
            text = document.text[start:end]
            if index and _ends(text, block, listing, signed):
                return index
            listing = (listing or is_recipients_label(text)) and not ARCHIVE.match(bare(text[:60]))
            signed = signed or read_name(_signature_side(text)) is not None
    return len(blocks)


def _ends(text: str, block: Paragraph, listing: bool, signed: bool) -> bool:
    """Whether a line stands no longer in the closing."""
    if is_annex_heading(text) or read_anchor(text):
        return True
    if block.column != "full" or is_noise(text) or _DASH.match(text) or is_electronic_signature(text):
        return False
    if (
        is_signature_text(text)
        or is_recipients_label(text)
        or is_date_line(text)
        or ARCHIVE.match(bare(text[:60]))
    ):
        return False
    if upper_share(text) > 0.9 and signed and len(text) > 12:
        return True
    return len(text) > 160 or (signed and not listing)


def _first_annex(document: Document, blocks: Sequence[Block]) -> int:
    """Index of the first annex heading where the document has no closing."""
    for index, block in enumerate(blocks):
        if isinstance(block, Paragraph) and block.end - block.start < 120:
            text = document.cut(block)
            if text.lstrip(" *_(").startswith(("PHỤ LỤC", "Phụ lục")) and is_annex_heading(text):
                return index
    return len(blocks)
