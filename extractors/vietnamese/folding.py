"""Folding that keeps the way back: lower case, NFC, one kind of dash and space, with offsets.

Rules match on the folded text and answer with spans of the text as it was given, composed or
decomposed (NFC or NFD).
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_DASHES = dict.fromkeys([*range(0x2010, 0x2016), 0x2212, 0xF02D, 0xFE58, 0xFE63, 0xFF0D], "-")
_SPACES = dict.fromkeys([*range(0x09, 0x0E), 0x85, 0xA0, *range(0x2000, 0x200B), 0x202F, 0x3000], " ")
_ALIKE = {0xD0: "đ", 0x110: "đ", 0x01A3: "ư", 0x01A2: "ư", 0x130: "i", 0x2044: "/", 0x2215: "/", 0xFF0F: "/"}
_TABLE = {**_DASHES, **_SPACES, **_ALIKE}


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text; `offsets[i]` is where its character i stands in the original, None if at i."""

    text: str
    offsets: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original of the folded characters start to end."""
        if self.offsets is None:
            return start, end
        return self.offsets[start], self.offsets[end]


@lru_cache(maxsize=4096)
def fold(text: str) -> Folded:
    """Lower case, one kind of dash and of space, NFC; runs of spaces stay, so that offsets hold."""
    if unicodedata.is_normalized("NFC", text):
        lowered = _lower(text)
        return Folded(lowered)
    return _fold_clusters(text)


def _lower(text: str) -> str:
    lowered = text.translate(_TABLE).lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(ch.lower() if len(ch.lower()) == 1 else ch for ch in text.translate(_TABLE))


def _fold_clusters(text: str) -> Folded:
    """Letters with their combining marks composed one by one, each with its first offset."""
    folded: list[str] = []
    offsets: list[int] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end < len(text) and unicodedata.combining(text[end]):
            continue
        composed = _lower(unicodedata.normalize("NFC", text[start:end]))
        folded.append(composed)
        offsets.extend([start] * len(composed))
        start = end
    return Folded("".join(folded), (*offsets, len(text)))
