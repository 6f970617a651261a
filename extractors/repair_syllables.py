"""Syllables whose marks the recogniser lost or took for others, settled by their neighbours.

A noisy channel: each syllable that may be touched gets the known syllables with the same letters,
and the recogniser's own other readings, as candidates; the path through a run of prose that the
syllable model and the channel together hold most likely is taken, but a change is made only where
it is better than what is printed by a margin: a wrong change is worse than a missed one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

from extractors.document import Document, Paragraph
from extractors.editing import Edit
from extractors.repair_channel import channel_cost
from extractors.repair_rules import both_right
from extractors.repair_tokens import Token, runs, tokens_of
from extractors.vietnamese.letters import plain
from extractors.vietnamese.syllables import (
    UNKNOWN,
    SyllableModel,
    folded,
    like_printed,
    model,
)

RULE = "syllable-model"
_MARGIN = 3.0  # nats by which a change must be the likelier reading
_EDGE_MARGIN = 2.0  # more, where a mark or a name stands beside it: one neighbour only
_ATTESTED_MARGIN = 3.0  # more, where what is printed is known beside a neighbour
_ATTESTED = 60  # times
_CAPITAL_MARGIN = 2.0  # more, for the capital that begins a sentence
_MAX_CANDIDATES = 7
_MAX_RUN = 400  # syllables; a longer run of prose is read in pieces

# What the recogniser's confidence in a word says: below, one word in two is wrong, above, one in fifty.
_SURE, _UNSURE = 0.95, 0.9
_SURE_COST, _HALF_SURE_COST, _UNSURE_COST = 1.2, -0.5, -1.5
# Another reading that the recogniser holds as likely as its own is the right one once in three.
_OFFERED, _OFFERED_SLOPE = 1.0, 3.0


def syllable_edits(
    document: Document, paragraph: Paragraph, settled: Sequence[tuple[int, int]] = ()
) -> Iterator[Edit]:
    """The changes to a paragraph's syllables, but for those within the spans `settled`."""
    for run in runs(tokens_of(document, paragraph, settled)):
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
        gains = [(_gain(known, lattice, chosen, i) - _margin(known, run, lattice, i), i) for i in open_]
        worst, i = min(gains)
        if worst >= 0:
            break
        chosen[i] = lattice[i][0]
        open_.remove(i)
    return [(i, best[i]) for i in open_]


def _margin(
    known: SyllableModel, run: Sequence[Token], lattice: Sequence[Sequence[_Reading]], i: int
) -> float:
    margin = _MARGIN + (_CAPITAL_MARGIN if run[i].text[0].isupper() else 0.0)
    beside = (lattice[at][0].number if 0 <= at < len(run) else UNKNOWN for at in (i - 1, i + 1))
    if UNKNOWN in beside:
        margin += _EDGE_MARGIN
    return margin + (_ATTESTED_MARGIN if _is_attested(known, lattice, i) else 0.0)


def _is_attested(known: SyllableModel, lattice: Sequence[Sequence[_Reading]], i: int) -> bool:
    """Whether what is printed is at home next to a printed neighbour: truyền thông, truyền thống."""
    own = lattice[i][0].number
    before = lattice[i - 1][0].number if i else UNKNOWN
    after = lattice[i + 1][0].number if i + 1 < len(lattice) else UNKNOWN
    return max(known.count(before, own), known.count(own, after)) >= _ATTESTED


# --- candidates ---------------------------------------------------------------------------------


def _lattice(known: SyllableModel, run: Sequence[Token]) -> list[list[_Reading]]:
    """The readings of each token, what is printed first."""
    printed = _printed(known, run)
    lattice: list[list[_Reading]] = []
    for i, token in enumerate(run):
        readings = [_Reading(printed[i], 0.0)]
        if token.free:
            before = printed[i - 1] if i else None
            after = printed[i + 1] if i + 1 < len(run) else None
            readings += _others(known, token, printed[i], before, after)
        lattice.append(readings)
    return lattice


def _printed(known: SyllableModel, run: Sequence[Token]) -> list[int]:
    """Numbers of what is printed; names (capitals side by side that prose does not know) say nothing."""
    numbers = [known.number(folded(token.text)) for token in run]
    named = set()
    for i, (one, other) in enumerate(pairwise(run)):
        capitals = one.text[0].isupper() and other.text[0].isupper() and not (one.free or other.free)
        if capitals and not known.count(numbers[i], numbers[i + 1]):
            named |= {i, i + 1}
    return [UNKNOWN if i in named else number for i, number in enumerate(numbers)]


def _others(
    known: SyllableModel, token: Token, printed: int, before: int | None, after: int | None
) -> list[_Reading]:
    offered = {known.number(folded(text)): share for text, share in token.alternatives}
    family = known.by_letters.get(plain(token.text), ())
    numbers = [n for n in family if n != printed] + [n for n in offered if n not in family]
    numbers = [n for n in numbers if n not in (UNKNOWN, printed)]
    if not numbers or not _doubtful(known, printed, before, after, numbers):
        return []
    spelled = folded(token.text)
    readings = [
        _Reading(n, _cost(token, known.syllables[n], offered.get(n)))
        for n in numbers
        if (spelled, known.syllables[n]) not in both_right()
    ]
    readings.sort(key=lambda r: r.cost - log(known.singles[r.number] + 1))
    return readings[:_MAX_CANDIDATES]


def _doubtful(
    known: SyllableModel, printed: int, before: int | None, after: int | None, numbers: Sequence[int]
) -> bool:
    """Whether a neighbour goes better with another reading, or with none that is known."""
    if printed == UNKNOWN:
        return True
    for i, pair in enumerate(((before, printed), (printed, after))):
        first, second = pair
        if first is None or second is None:
            continue
        own = known.count(first, second)
        others = ((first, n) if i == 0 else (n, second) for n in numbers)
        if not own or any(known.count(a, b) > 2 * own for a, b in others):
            return True
    return before is None and after is None


def _cost(token: Token, wanted: str, share: float | None) -> float:
    """Nats that it costs to take a token for a misreading of `wanted`, offered with `share` or not."""
    cost = channel_cost(folded(token.text), wanted) + _cost_of_confidence(token.confidence or 0.0)
    return cost if share is None else min(cost, _OFFERED + _OFFERED_SLOPE * (1.0 - share))


def _cost_of_confidence(confidence: float) -> float:
    if confidence >= _SURE:
        return _SURE_COST
    return _HALF_SURE_COST if confidence >= _UNSURE else _UNSURE_COST


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
