"""Two readings of the same line made one: of each word the surer, the other kept as an alternative."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.document import Alternative
from pipeline.ocr.views import Box, around
from pipeline.parsers.layout_model import PlacedWord

Seen = tuple[PlacedWord, Box]  # a word and the pixels of its glyphs

_UNSURE = 0.9  # confidence of a word from which its cell needs no second look
_HARDLY_READ = 0.6  # and its line: repair mends prose as well, but a name below that is null
_SURER = 0.02  # more confidence that the second reading needs
_UNSEEN = 0.9  # confidence of a word that only the second reading has
_LENGTH = 0.7  # share of letters that the second reading must have
_LEVEL = 0.5  # share of the lower word's height that two words of a line have in common
_LIKE_DIGITS = frozenset("lI]|!JOo")  # what digits are misread as
_SPACE = 3.0  # times the size of the type: a wider gap parts two lines
_SLACK = 0.3  # share of a word by which neighbours may overlap


def mean_confidence(words: Sequence[PlacedWord]) -> float:
    """Mean confidence over the letters of the words, 0 for none."""
    letters = sum(len(w.text) for w in words)
    return round(sum((w.confidence or 0.0) * len(w.text) for w in words) / letters, 2) if letters else 0.0


def lines_of(words: Sequence[Seen]) -> Iterator[list[Seen]]:
    """Words in their order, parted where one does not stand to the right of the one before."""
    line: list[Seen] = []
    for seen in words:
        if line and not _follows(line[-1][0], seen[0]):
            yield line
            line = []
        line.append(seen)
    if line:
        yield line


def _follows(word: PlacedWord, following: PlacedWord) -> bool:
    shared = min(word.y1, following.y1) - max(word.y0, following.y0)
    level = shared > _LEVEL * min(word.y1 - word.y0, following.y1 - following.y0)
    return level and word.x0 <= following.x0 < word.x1 + _SPACE * following.size


def is_unsure(cell: Sequence[Seen]) -> bool:
    """Whether a cell has a word that the recogniser was not sure of."""
    return _has_word_below(_UNSURE, cell)


def is_hardly_read(line: Sequence[Seen]) -> bool:
    """Whether a line has a word that the recogniser rather guessed."""
    return _has_word_below(_HARDLY_READ, line)


def _has_word_below(sure: float, words: Sequence[Seen]) -> bool:
    return any((word.confidence or 0.0) < sure for word, _ in words)


def settled(first: Sequence[Seen], second: Sequence[Seen]) -> list[Seen]:
    """The first reading of a line with the words that the second has surer.

    Digits are taken only where the first reading lost some (`20]8`), and with its confidence.
    """
    chosen: list[Seen] = []
    for one, other in _side_by_side(first, second):
        if one and _is_surer(one, other):
            chosen += _instead(one, other)
        elif one:
            chosen += _with_other(one, other)
        elif _confidence(other) >= _UNSEEN:
            chosen += _instead([first[0]], other)
    return chosen


def block_settled(first: Sequence[Seen], second: Sequence[Seen]) -> list[Seen]:
    """Lines of the first reading, each settled by the second's at its height, and those it missed."""
    if not first:
        return list(second)
    lines, others = list(lines_of(first)), list(lines_of(second))
    missed = []
    for other in others:
        if not any(_shares_line(line, other) for line in lines) and _confidence(other) >= _UNSEEN:
            missed.append(other)
    for i, line in enumerate(lines):
        there = [seen for other in others if _shares_line(line, other) for seen in other]
        lines[i] = settled(line, there)
    both = sorted([*lines, *missed], key=lambda line: line[0][0].y0) if missed else lines
    return [seen for line in both for seen in line]


def _shares_line(line: Sequence[Seen], other: Sequence[Seen]) -> bool:
    one, box = around([b for _, b in line]), around([b for _, b in other])
    shared = min(one.y + one.h, box.y + box.h) - max(one.y, box.y)
    return shared > _LEVEL * min(one.h, box.h)


def _side_by_side(first: Sequence[Seen], second: Sequence[Seen]) -> list[tuple[list[Seen], list[Seen]]]:
    """The words of both readings that stand at the same place."""
    places: list[tuple[list[Seen], list[Seen]]] = []
    end = float("-inf")
    both = [(seen, 0) for seen in first] + [(seen, 1) for seen in second]
    for seen, reading in sorted(both, key=lambda item: (item[0][1].x, item[1])):
        box = seen[1]
        if not places or box.x >= end - _SLACK * min(box.w, box.h):
            places.append(([], []))
        places[-1][reading].append(seen)
        end = max(end, box.x + box.w)
    return places


def _is_surer(one: Sequence[Seen], other: Sequence[Seen]) -> bool:
    if _letters(other) < _LENGTH * _letters(one) or _confidence(other) < _confidence(one) + _SURER:
        return False
    digits, digits_now = _digits(one), _digits(other)
    spoilt = sum(ch in _LIKE_DIGITS for word, _ in one for ch in word.text)
    return not digits or len(digits) < len(digits_now) <= len(digits) + spoilt


def _instead(one: Sequence[Seen], other: Sequence[Seen]) -> Iterator[Seen]:
    """The second reading's words on the line of the first's, numbers no surer than the first was."""
    line, limit = one[0][0], min(word.confidence or 0.0 for word, _ in one)
    for word, box in other:
        sure = min(word.confidence or 0.0, limit) if _digits([(word, box)]) else word.confidence
        yield replace(word, y0=line.y0, y1=line.y1, size=line.size, confidence=sure), box


def _with_other(one: Sequence[Seen], other: Sequence[Seen]) -> Iterator[Seen]:
    """The first reading's word, and what else it may be."""
    if len(one) == len(other) == 1 and one[0][0].text != other[0][0].text:
        (word, box), (rival, _) = one[0], other[0]
        yield replace(word, alternatives=(Alternative(rival.text, rival.confidence or 0.0),)), box
    else:
        yield from one


def _confidence(seen: Sequence[Seen]) -> float:
    return mean_confidence([word for word, _ in seen])


def _letters(seen: Sequence[Seen]) -> int:
    return sum(len(word.text) for word, _ in seen)


def _digits(seen: Sequence[Seen]) -> str:
    return "".join(ch for word, _ in seen for ch in word.text if ch.isdigit())
