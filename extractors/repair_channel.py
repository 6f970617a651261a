"""What it costs that a recogniser reads one syllable for another, by its letters and marks."""

from __future__ import annotations

from functools import lru_cache

from extractors.repair_rules import mark_costs
from extractors.vietnamese.syllables import marked_letters

# Nats that a misreading costs which rules/confusions.yaml does not list.
_SAME_HAT = 5.8  # another tone, the hat alike
_SAME_TONE = 5.5  # a hat lost or put on, the tone alike
_BOTH = 10.0
_STROKE_READ = 5.0  # đ for d
_STROKE_LOST = 8.0  # d for đ
_OTHER_LETTER = 9.0


@lru_cache(maxsize=16384)
def channel_cost(printed: str, wanted: str) -> float:
    """Nats of a misreading by its letters and marks."""
    ours, theirs = marked_letters(printed), marked_letters(wanted)
    if len(ours) != len(theirs):
        return _OTHER_LETTER + 2.0 * abs(len(ours) - len(theirs))
    return sum(_letter_cost(a, b) for a, b in zip(ours, theirs, strict=True) if a != b)


def _letter_cost(read: tuple[str, str, str], meant: tuple[str, str, str]) -> float:
    if read[0] != meant[0]:
        strokes = {("đ", "d"): _STROKE_READ, ("d", "đ"): _STROKE_LOST}
        return strokes.get((read[0], meant[0]), _OTHER_LETTER)
    listed = mark_costs().get((read[1:], meant[1:]))
    if listed is not None:
        return listed
    if read[1] == meant[1]:
        return _SAME_HAT
    return _SAME_TONE if read[2] == meant[2] else _BOTH
