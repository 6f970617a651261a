"""Words of a line that was drawn in several passes, one a font, made whole.

A program whose font lacks some letters draws first what the font has and then the others, borrowed from
a second font, into the room left for them: `Quy t nh` and `ế đị`. Each piece touches its neighbours.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.parsers.pdf_word import PdfWord, whole

# Of the font size, how far pieces of a word may stand apart, and overlap: the advance that a font states
# can be wider than the room that the program left.
_APART, _OVERLAP = 0.05, 0.3
_LEVEL = 0.25  # points by which the levels of the pieces of one word may differ
_ALIKE = 0.1  # share by which the font sizes of one word may differ


def seamed(words: Sequence[PdfWord]) -> list[PdfWord]:
    """`words` in their order, pieces in different fonts that touch joined where the first of them stands."""
    if len({word.font for word in words}) < 2:
        return list(words)
    pieces_of: dict[int, list[int]] = {}
    used: set[int] = set()
    for pieces in _touching(words):
        pieces_of[min(pieces)] = pieces
        used.update(pieces)
    made = []
    for at, word in enumerate(words):
        if at in pieces_of:
            made.append(whole([words[i] for i in pieces_of[at]]))
        elif at not in used:
            made.append(word)
    return made


def _touching(words: Sequence[PdfWord]) -> Iterator[list[int]]:
    """Indices of the pieces of each word that has several, from left to right."""
    for line in _lines(words):
        line.sort(key=lambda i: words[i].word.x0)
        pieces = line[:1]
        for left, right in pairwise(line):
            if not _is_seam(words[left], words[right]):
                if len(pieces) > 1:
                    yield pieces
                pieces = []
            pieces.append(right)
        if len(pieces) > 1:
            yield pieces


def _lines(words: Sequence[PdfWord]) -> Iterator[list[int]]:
    """Indices of the words on each baseline."""
    ways: dict[tuple[int, bool], list[tuple[float, int]]] = defaultdict(list)
    for i, word in enumerate(words):
        if not word.slanted:
            ways[word.turn, word.hidden].append((word.word.y1, i))
    for placed in ways.values():
        placed.sort()
        line = [placed[0][1]]
        for (upper, _), (level, i) in pairwise(placed):
            if level - upper > _LEVEL:
                yield line
                line = []
            line.append(i)
        yield line


def _is_seam(one: PdfWord, other: PdfWord) -> bool:
    size = one.word.size
    alike = abs(size - other.word.size) < _ALIKE * size
    gap = other.word.x0 - one.word.x1
    return alike and one.font != other.font and -_OVERLAP * size < gap < _APART * size
