"""The two sides of a printed line: letterhead and closing set two columns on one line."""

from __future__ import annotations

import re

from extractors.positions import read_authority, read_post
from extractors.vietnamese.bases import CAPITALS, bare
from extractors.vietnamese.letters import upper_share
from extractors.zones_dates import is_date_line, read_date_line
from extractors.zones_marks import (
    ARCHIVE,
    CITING,
    is_recipients_label,
    is_signature_text,
    number_end,
    read_anchor,
)

_RIGHT_INDENT = 20  # blanks before what plain text sets on the right side
_GAP = re.compile(r"[ ]{3,}|[ ]*\t\s*")
_CELL_MARK = re.compile(r"^\s*\|+\s*|\s+\|+(?=\s|$)\s*|\s*\|+\s*$")
# The number behind the body on one line: `UBND XÃ TÂN LẬP Số: 12/KH-UBND`.
_INNER_NUMBER = re.compile(rf"\s+(?=S[ốỐ]\s{{0,3}}:\s{{0,3}}[\d.…_ ]{{0,12}}[/-]\s?[{CAPITALS}])")
_GLUED = re.compile(r"(?<=[;.:,)])[\s|¬~]+(?=[^\W\d_]{1,12}[\s./])")
_SIGNED_AT_END = re.compile(r"\s+(?=[(\[]\s*(?:đ[ãa]\s+k[ýí])\s*[)\]]\s*$)", re.IGNORECASE)

Side = tuple[int, int, str]


def row_cells(text: str) -> list[Side] | None:
    """The cells of a row that a converter parted with bars: first left, last right; None without bars."""
    if "|" not in text or ((anchor := read_anchor(text)) and "|" in text[slice(*anchor)]):
        return None
    ends = [0]
    for mark in _CELL_MARK.finditer(text):
        ends += mark.span()
    ends.append(len(text))
    spans = [(a, b) for a, b in zip(ends[::2], ends[1::2], strict=True) if text[a:b].strip()]
    if len(ends) == 2 or not spans:
        return None
    if len(spans) == 1:
        return [(*spans[0], "full")]
    names = ["left", *["full"] * (len(spans) - 2), "right"]
    return [(a, b, name) for (a, b), name in zip(spans, names, strict=True)]


def head_sides(text: str) -> list[Side]:
    """The sides of a letterhead's line as (start, end, column), cut at bars, motto, number or date."""
    cells = row_cells(text)
    if cells is not None:
        return [
            (a + c, a + d, column if column != "full" else name)
            for a, b, name in cells
            for c, d, column in _sides_of_cell(text[a:b])
        ]
    return _sides_of_cell(text)


def _sides_of_cell(text: str) -> list[Side]:
    anchor = read_anchor(text)
    if anchor:
        return _around_anchor(text, *anchor)
    number = number_end(text)
    if number is not None and re.search(r"\w", text[number:]):
        return _sides(text, number, len(text))
    inner = _INNER_NUMBER.search(text)
    if number is None and inner and not CITING.search(bare(text[: inner.start()]).upper()):
        return _then(text, [(0, inner.start(), "left")], inner.end())
    date = read_date_line(text)
    if date and (date.place or _GAP.search(text[: date.start])):
        gaps = [g.end() for g in _GAP.finditer(text[: date.start])]
        start = date.place[0] if date.place else gaps[-1]
        if re.search(r"\w", text[:start]):
            return _sides(text, start, len(text))
    return [(0, len(text), "full")]


def _around_anchor(text: str, start: int, end: int) -> list[Side]:
    """Left of a motto the left side, the motto right; what follows it on the line is read anew."""
    found = [side for side in ((0, start, "left"), (start, end, "right")) if _says(text, side)]
    return _then(text, found, end) if _says(text, (end, len(text), "")) else _kept(text, found)


def _then(text: str, found: list[Side], at: int) -> list[Side]:
    """The sides found and those of the rest of the line: a date right, else left."""
    rest = text[at:]
    for a, b, column in _sides_of_cell(rest):
        whole = "right" if is_date_line(rest[a:b]) else "left"
        found.append((at + a, at + b, whole if column == "full" else column))
    return found


def _sides(text: str, start: int, end: int) -> list[Side]:
    """Left and right of a line whose right side is `text[start:end]`; what follows it is left again."""
    return _kept(text, [(0, start, "left"), (start, end, "right"), (end, len(text), "left")])


def _kept(text: str, parts: list[Side]) -> list[Side]:
    kept = [part for part in parts if _says(text, part)]
    return kept if len(kept) > 1 else [(0, len(text), "full")]


def _says(text: str, side: Side) -> bool:
    return re.search(r"[\w*]", text[side[0] : side[1]]) is not None


def closing_sides(text: str) -> list[Side]:
    """The sides of a line of the closing as (start, end, column): recipients left, signature right."""
    cells = row_cells(text)
    if cells is not None:
        return cells
    lead = len(text) - len(text.lstrip())
    if lead >= _RIGHT_INDENT and is_signature_text(text):
        return [(0, len(text), "right")]
    for gap in _GAP.finditer(text, lead):
        right = text[gap.end() :]
        if gap.end() < len(text) and (is_signature_text(right) or is_date_line(right)):
            return [(0, gap.start(), "left"), (gap.end(), len(text), "right")]
    pair = _second_post(text)
    if pair is not None:
        return [(0, pair, "left"), (pair, len(text), "right")]
    post = read_post(text)
    for mark in _GLUED.finditer(text):
        right = text[mark.end() :]
        if read_authority(text[: mark.end()] + "X"):
            break  # “KT. CHỦ TỊCH” is one
        if post is not None and (text[mark.start() - 1] == "," or mark.start() < post.end):
            break  # “BỘ TRƯỞNG, CHỦ NHIỆM” too, and “P. CHỦ TỊCH”
        if upper_share(right) > 0.9 and (_is_authority(right) or read_post(right)):
            return [(0, mark.start(), "left"), (mark.end(), len(text), "right")]
    signed = _SIGNED_AT_END.search(text)
    if signed and (re.match(r"\s*[-–+•*]", text) or ARCHIVE.match(bare(text)) or is_recipients_label(text)):
        return [(0, signed.start(), "left"), (signed.end(), len(text), "right")]
    return [(0, len(text), "full")]


def _is_authority(text: str) -> bool:
    """Whether a text is an authority mark with a body or post behind it: `- Lưu: TM.` names an office."""
    authority = read_authority(text)
    return authority is not None and re.search(r"\w", text[authority.rest :]) is not None


def _second_post(text: str) -> int | None:
    """Offset of the second of two posts side by side: `CHỦ TỊCH GIÁM ĐỐC`."""
    first = read_post(text) if len(text) < 80 and upper_share(text) > 0.9 else None
    second = read_post(text[first.rest :]) if first is not None else None
    if first is None or second is None or "," in text or first.post.approves:
        return None
    return first.rest if second.post.text != first.post.text else None
