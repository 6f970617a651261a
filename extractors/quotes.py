"""Quotation marks as plans print them: curly, straight and angle marks, mixed and at times unclosed."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARK = re.compile(r"[“”„‟\"«»]")
_BRACKET = re.compile(r"[()]")
_OPENING, _CLOSING = "“„‟«", "”»"
_LONGEST = 700  # characters between a mark and its partner; further away it is a slip of the printer


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation: `text[start:end]` with its marks, `text[start + 1 : end - 1]` without them."""

    start: int
    end: int


def quotations(text: str) -> tuple[Quoted, ...]:
    """The outermost quotations in order of their beginning; a mark without a partner makes none."""
    found: list[Quoted] = []
    waiting: list[int] = []
    for mark in _MARK.finditer(text):
        at = mark.start()
        if waiting and at - waiting[0] > _LONGEST:
            waiting.clear()
        if _opens(text, at, waiting):
            waiting.append(at)
        elif waiting:
            found.append(Quoted(waiting.pop(), at + 1))
    return _outermost(found)


def _opens(text: str, at: int, waiting: list[int]) -> bool:
    """Whether a mark opens: by its shape, unless it sits where only the other kind can."""
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    at_word_end = not before.isspace() and before not in "([“„«" and not after.isalnum()
    if text[at] in _OPENING:
        return not (waiting and at_word_end)
    if text[at] in _CLOSING:
        return not waiting and after.isalnum() and not before.isalnum()
    return not waiting or (text[waiting[-1]] != '"' and before.isspace() and after.isalnum())


def _outermost(found: list[Quoted]) -> tuple[Quoted, ...]:
    kept: list[Quoted] = []
    for quoted in sorted(found, key=lambda q: (q.start, -q.end)):
        if not kept or quoted.start >= kept[-1].end:
            kept.append(quoted)
    return tuple(kept)


def shielded(text: str) -> bytearray:
    """One byte a character: 1 inside quotation marks or round brackets (marks included), else 0."""
    mask = bytearray(len(text))
    for quoted in quotations(text):
        mask[quoted.start : quoted.end] = b"\x01" * (quoted.end - quoted.start)
    waiting: list[int] = []
    for bracket in _BRACKET.finditer(text):
        end = bracket.end()
        if bracket.group() == "(":
            waiting.append(bracket.start())
        elif waiting:
            start = waiting.pop()
            if not waiting and end - start <= _LONGEST:
                mask[start:end] = b"\x01" * (end - start)
    return mask
