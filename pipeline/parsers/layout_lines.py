"""Words to lines, by vertical overlap with the word to the left: skew and typed-over words do no harm."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.parsers.layout_model import PageContent, PlacedWord, TextLine

_BAND = 16.0  # points; a line is looked for in the bands around a word
_OVERLAP = 0.45  # share of the lower word's height that two words of one line have in common
_CANDIDATES = 12  # lines of a band that a word is compared with; a page has one or two
_OVERLAID = 0.7  # the same for words that lie over each other (typed over dots)


@dataclass(slots=True)
class _Open:
    words: list[PlacedWord] = field(default_factory=list)
    band: int = -1


def to_lines(words: Sequence[PlacedWord], page: PageContent) -> list[TextLine]:
    """Lines from top to bottom, the words of each from left to right; sideways words last, one a line."""
    upright = [TextLine.of(group, page) for group in _clusters([w for w in words if w.upright])]
    sideways = [TextLine.of([w], page) for w in words if not w.upright]
    return [x for part in (upright, sideways) for x in sorted(part, key=lambda x: (x.y0 + x.y1, x.x0))]


def _clusters(words: Sequence[PlacedWord]) -> list[list[PlacedWord]]:
    bands: dict[int, list[_Open]] = defaultdict(list)
    found: list[_Open] = []
    for word in sorted(words, key=lambda w: w.x0):
        band = int((word.y0 + word.y1) / 2 / _BAND)
        line = _line_for(word, band, bands)
        if line is None:
            line = _Open()
            found.append(line)
        line.words.append(word)
        if line.band != band:
            line.band = band
            bands[band].append(line)
    return [line.words for line in found]


def _line_for(word: PlacedWord, band: int, bands: Mapping[int, Sequence[_Open]]) -> _Open | None:
    best: _Open | None = None
    most = _OVERLAP
    for near in (band - 1, band, band + 1):
        for line in bands.get(near, ())[-_CANDIDATES:]:
            share = max(_common(word, known) for known in line.words[-2:])
            if share > most and (share > _OVERLAID or not _over(word, line.words[-1])):
                best, most = line, share
    return best


def _common(one: PlacedWord, other: PlacedWord) -> float:
    height = min(one.y1 - one.y0, other.y1 - other.y0)
    common = min(one.y1, other.y1) - max(one.y0, other.y0)
    return common / height if height > 0 else float(common >= 0)


def _over(word: PlacedWord, last: PlacedWord) -> bool:
    return last.x1 - word.x0 > 0.5 * min(word.x1 - word.x0, last.x1 - last.x0)
