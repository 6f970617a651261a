"""Syllables whose marks the recogniser lost or took for others, settled by their neighbours.

A noisy channel: each syllable that may be touched gets the known syllables with the same letters,
and the recogniser's own other readings, as candidates; the path through a run of prose that the
syllable model and the channel together hold most likely is taken, but a change is made only where
it is better than what is printed by a margin: a wrong change is worse than a missed one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log

from extractors.document import Document, Paragraph
from extractors.editing import Edit
from extractors.repair_tokens import Token, runs, tokens_of
from extractors.vietnamese.letters import new_style, plain
from extractors.vietnamese.syllables import UNKNOWN, SyllableModel, model

RULE = "syllable-model"
_MARGIN = 3.0  # nats by which a change must be the likelier reading
_SURE_MARGIN = 3.0  # more, where the recogniser was sure
_EDGE_MARGIN = 1.0  # more, where a mark stands before or after it: one neighbour only
_CAPITAL_MARGIN = 2.0  # more, for the capital that begins a sentence
_MAX_CANDIDATES = 7
_MAX_RUN = 400  # syllables; a longer run of prose is read in pieces

# Nats that a misreading costs, by what it did to the marks of a vowel. Lost and mistaken tone marks
# above a hat (ổ, ố, ồ for ô) are by far the most frequent; a dot below is seldom missed.
_HAT_TONE = 3.5
_HAT = 4.5
_TONE = 6.0
_DOT = 6.5
_STROKE = 6.0  # d for đ
_OTHER_LETTER = 9.0

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_DOT_BELOW = "\u0323"
_HATS = "\u0302\u0306\u031b"


def syllable_edits(document: Document, paragraph: Paragraph) -> Iterator[Edit]:
    """The changes to a paragraph's syllables."""
    for run in runs(tokens_of(document, paragraph)):
        if any(token.free for token in run):
            for start in range(0, len(run), _MAX_RUN):
                yield from _run_edits(run[start : start + _MAX_RUN])


@dataclass(frozen=True, slots=True)
class _Reading:
    """A reading of a token: the number of its folded syllable and what the channel charges for it."""

    number: int
    cost: float


def _run_edits(run: Sequence[Token]) -> Iterator[Edit]:
    known = model()
    lattice = _lattice(known, run)
    if all(len(readings) == 1 for readings in lattice):
        return
    for i, reading in _settled(known, run, lattice):
        replacement = like_printed(known.syllables[reading.number], run[i].text)
        yield Edit(run[i].start, run[i].end, replacement, RULE)


def _settled(
    known: SyllableModel, run: Sequence[Token], lattice: Sequence[Sequence[_Reading]]
) -> list[tuple[int, _Reading]]:
    """The changes of the best path that are better by their margins, next to what is then printed."""
    best = _best_path(known, lattice)
    chosen = list(best)
    open_ = [i for i, reading in enumerate(best) if reading is not lattice[i][0]]
    while open_:
        gains = [(_gain(known, lattice, chosen, i) - _margin(run, i), i) for i in open_]
        worst, i = min(gains)
        if worst >= 0:
            break
        chosen[i] = lattice[i][0]
        open_.remove(i)
    return [(i, best[i]) for i in open_]


def _margin(run: Sequence[Token], i: int) -> float:
    token = run[i]
    sure = max(0.0, (token.confidence or 0.0) - 0.8) * 5
    margin = _MARGIN + _SURE_MARGIN * sure
    if token.text[0].isupper():
        margin += _CAPITAL_MARGIN
    return margin + (_EDGE_MARGIN if i in (0, len(run) - 1) else 0.0)


# --- candidates ---------------------------------------------------------------------------------


def _lattice(known: SyllableModel, run: Sequence[Token]) -> list[list[_Reading]]:
    """The readings of each token, what is printed first."""
    printed = [known.number(folded(token.text)) for token in run]
    lattice: list[list[_Reading]] = []
    for i, token in enumerate(run):
        readings = [_Reading(printed[i], 0.0)]
        if token.free:
            before = printed[i - 1] if i else None
            after = printed[i + 1] if i + 1 < len(run) else None
            readings += _others(known, token, printed[i], before, after)
        lattice.append(readings)
    return lattice


def _others(
    known: SyllableModel, token: Token, printed: int, before: int | None, after: int | None
) -> list[_Reading]:
    offered = {known.number(folded(text)): share for text, share in token.alternatives}
    family = known.by_letters.get(plain(token.text), ())
    numbers = [n for n in family if n != printed] + [n for n in offered if n not in family]
    numbers = [n for n in numbers if n not in (UNKNOWN, printed)]
    if not numbers or not _doubtful(known, printed, before, after, numbers):
        return []
    text = folded(token.text)
    readings = [_Reading(n, _cost(text, known.syllables[n], offered.get(n))) for n in numbers]
    readings.sort(key=lambda r: r.cost - log(known.singles[r.number] + 1))
    return readings[:_MAX_CANDIDATES]


def _doubtful(
    known: SyllableModel, printed: int, before: int | None, after: int | None, numbers: Sequence[int]
) -> bool:
    """Whether a neighbour goes better with another reading, or with none that is known."""
    if printed == UNKNOWN:
        return True
    for first, second in ((before, printed), (printed, after)):
        if first is None or second is None:
            continue
        own = known.pairs.get(first << 13 | second, 0) if first >= 0 and second >= 0 else 0
        if not own:
            return True
        for n in numbers:
            one, other = (n, second) if second != printed or first == printed else (first, n)
            if known.pairs.get(one << 13 | other, 0) > 2 * own:
                return True
    return before is None and after is None


def _cost(printed: str, wanted: str, share: float | None) -> float:
    cost = channel_cost(printed, wanted)
    if share is None:
        return cost
    return min(cost, 1.0 - 2.0 * log(max(share, 0.01)))


@lru_cache(maxsize=16384)
def channel_cost(printed: str, wanted: str) -> float:
    """Nats that it costs to take `printed` for a misreading of `wanted`."""
    ours, theirs = _letters(printed), _letters(wanted)
    if len(ours) != len(theirs):
        return _OTHER_LETTER + 2.0 * abs(len(ours) - len(theirs))
    cost = 0.0
    for (letter, hat, tone), (other, other_hat, other_tone) in zip(ours, theirs, strict=True):
        if letter != other:
            cost += _STROKE if {letter, other} == {"d", "đ"} else _OTHER_LETTER
        elif hat != other_hat:
            cost += _HAT
        elif tone != other_tone:
            cost += _tone_cost(hat or other_hat, tone, other_tone)
    return cost


def _tone_cost(hat: str, tone: str, other: str) -> float:
    if _DOT_BELOW in (tone, other):
        return _DOT
    return _HAT_TONE if hat else _TONE


@lru_cache(maxsize=16384)
def _letters(syllable: str) -> tuple[tuple[str, str, str], ...]:
    """Letters of a syllable, each with its hat (or horn) and its tone mark."""
    letters: list[tuple[str, str, str]] = []
    for ch in unicodedata.normalize("NFD", syllable):
        if ch in _TONES and letters:
            letters[-1] = (*letters[-1][:2], ch)
        elif ch in _HATS and letters:
            letters[-1] = (letters[-1][0], ch, letters[-1][2])
        else:
            letters.append((ch, "", ""))
    return tuple(letters)


# --- the likeliest path -------------------------------------------------------------------------


def _best_path(known: SyllableModel, lattice: Sequence[Sequence[_Reading]]) -> list[_Reading]:
    """The readings of least cost, each after the two before it (Viterbi)."""
    chance = known.chance
    # state: (number before, this reading) -> (score, path as linked list)
    states: dict[tuple[int, int], tuple[float, _Link | None]] = {(UNKNOWN, UNKNOWN): (0.0, None)}
    for readings in lattice:
        following: dict[tuple[int, int], tuple[float, _Link | None]] = {}
        for (first, second), (score, path) in states.items():
            for reading in readings:
                total = score + chance(first, second, reading.number) - reading.cost
                state = (second, reading.number)
                known_one = following.get(state)
                if known_one is None or total > known_one[0]:
                    following[state] = (total, _Link(reading, path))
        states = following
    _, link = max(states.values(), key=lambda found: found[0])
    readings_back: list[_Reading] = []
    while link is not None:
        readings_back.append(link.reading)
        link = link.before
    return readings_back[::-1]


@dataclass(frozen=True, slots=True)
class _Link:
    reading: _Reading
    before: _Link | None


def _gain(
    known: SyllableModel, lattice: Sequence[Sequence[_Reading]], chosen: Sequence[_Reading], i: int
) -> float:
    """By how much the reading chosen at `i` is likelier than the printed one, the others as chosen."""
    numbers = [reading.number for reading in chosen[max(0, i - 2) : i + 3]]
    at = min(i, 2)
    with_change = _local(known, numbers, at) - chosen[i].cost
    numbers[at] = lattice[i][0].number
    return with_change - _local(known, numbers, at)


def _local(known: SyllableModel, numbers: Sequence[int], i: int) -> float:
    """Log probability of the up to three places that hang on place `i`."""
    score = 0.0
    for at in range(i, min(i + 3, len(numbers))):
        first = numbers[at - 2] if at >= 2 else UNKNOWN
        second = numbers[at - 1] if at >= 1 else UNKNOWN
        score += known.chance(first, second, numbers[at])
    return score


# --- letters ------------------------------------------------------------------------------------


@lru_cache(maxsize=16384)
def folded(syllable: str) -> str:
    """A syllable as the model spells it."""
    return new_style(syllable.lower())


def like_printed(syllable: str, printed: str) -> str:
    """A folded syllable in the letter case and tone style of what is printed."""
    styled = syllable if folded(printed) == printed.lower() else old_style(syllable)
    if printed.isupper() and len(printed) > 1:
        return styled.upper()
    return styled[0].upper() + styled[1:] if printed[0].isupper() else styled


@lru_cache(maxsize=4096)
def old_style(syllable: str) -> str:
    """A syllable with its tone mark where the old style puts it: hoà gives hòa, uý gives úy."""
    decomposed = unicodedata.normalize("NFD", syllable)
    tone = next((ch for ch in decomposed if ch in _TONES), "")
    bare = unicodedata.normalize("NFC", "".join(ch for ch in decomposed if ch not in _TONES))
    if not tone or bare[-2:] not in ("oa", "oe", "uy") or bare[:-1] == "qu":
        return syllable
    return unicodedata.normalize("NFC", bare[:-1] + tone + bare[-1])
