"""Syllables of official prose: which there are, how likely one is between its neighbours.

The packaged model holds counts of syllables, pairs and triples, lower case, tone marks where the
new style puts them (letters.new_style). It is read at the first call of `model`.
"""

from __future__ import annotations

import sys
import unicodedata
import zlib
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.resources import files
from itertools import accumulate, pairwise
from math import log

from extractors.vietnamese.letters import new_style, plain

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_HATS = "\u0302\u0306\u031b"  # circumflex, breve, horn
_OPEN = ("oa", "oe", "uy")  # vowels of open syllables that old and new style mark differently

MAX_VOCABULARY = 1 << 13  # a syllable's number takes 13 bits of a key
_BITS = 13
_MAGIC = b"KHSYL1\n"
_FILE = "syllables.bin"
# How much the counts of a longer history must hold against the shorter one (Dirichlet smoothing).
_TRUST_PAIR = 60.0
_TRUST_TRIPLE = 12.0
_TRUST_SINGLE = 500.0

UNKNOWN = -1  # the number of a syllable that the model does not know
_UNKNOWN_CHANCE = log(2e-8)


def packed(
    singles: Mapping[tuple[str, ...], int],
    pairs: Mapping[tuple[str, ...], int],
    triples: Mapping[tuple[str, ...], int],
) -> bytes:
    """The model file: sorted syllables and counts, then sorted keys as differences, then counts."""
    syllables = sorted(key[0] for key in singles)
    number = {syllable: i for i, syllable in enumerate(syllables)}
    parts = ["\n".join(syllables).encode(), _bytes("I", (singles[(s,)] for s in syllables))]
    for counts in (pairs, triples):
        keyed = sorted((_key(number[s] for s in ngram), count) for ngram, count in counts.items())
        keys = [key for key, _ in keyed]
        parts.append(_bytes("Q", (b - a for a, b in pairwise([0, *keys]))))
        parts.append(_bytes("I", (count for _, count in keyed)))
    packed_parts = [zlib.compress(part, 9) for part in parts]
    return _MAGIC + _bytes("I", map(len, packed_parts)) + b"".join(packed_parts)


def _key(numbers: Iterable[int]) -> int:
    key = 0
    for number in numbers:
        key = key << _BITS | number
    return key


def _bytes(kind: str, values: Iterable[int]) -> bytes:
    column = array(kind, values)
    if sys.byteorder == "big":
        column.byteswap()
    return column.tobytes()


def _column(kind: str, content: bytes) -> array[int]:
    column: array[int] = array(kind)
    column.frombytes(content)
    if sys.byteorder == "big":
        column.byteswap()
    return column


@dataclass(frozen=True)
class SyllableModel:
    """Counts by number of syllable; keys of pairs and triples are their numbers, 13 bits each."""

    syllables: tuple[str, ...]
    numbers: dict[str, int]
    singles: Sequence[int]
    pairs: dict[int, int]
    triples: dict[int, int]
    total: int

    def number(self, syllable: str) -> int:
        """The number of a folded syllable, UNKNOWN where there is none."""
        return self.numbers.get(syllable, UNKNOWN)

    def count(self, first: int, second: int) -> int:
        """How often two syllables follow each other, by their numbers."""
        return self.pairs.get(first << _BITS | second, 0) if first >= 0 and second >= 0 else 0

    def pair(self, first: str, second: str) -> int:
        """How often two folded syllables follow each other."""
        return self.count(self.number(first), self.number(second))

    def chance(self, first: int, second: int, third: int) -> float:
        """Log probability of `third` after the two before it; UNKNOWN stands for no history."""
        if third < 0:
            return _UNKNOWN_CHANCE
        single = (self.singles[third] + 0.1) / (self.total + _TRUST_SINGLE)
        if second < 0:
            return log(single)
        history = self.singles[second]
        pair_key = second << _BITS | third
        pair = (self.pairs.get(pair_key, 0) + _TRUST_PAIR * single) / (history + _TRUST_PAIR)
        if first < 0:
            return log(pair)
        seen = self.pairs.get(first << _BITS | second, 0)
        if not seen:
            return log(pair)
        triple = self.triples.get(first << 2 * _BITS | pair_key, 0)
        return log((triple + _TRUST_TRIPLE * pair) / (seen + _TRUST_TRIPLE))

    @cached_property
    def by_letters(self) -> dict[str, tuple[int, ...]]:
        """Numbers of the syllables that share their letters without marks, the most frequent first."""
        groups: dict[str, list[int]] = {}
        for number, syllable in enumerate(self.syllables):
            groups.setdefault(plain(syllable), []).append(number)
        return {k: tuple(sorted(g, key=lambda n: -self.singles[n])) for k, g in groups.items()}


def unpacked(content: bytes) -> SyllableModel:
    """The model of a file's content. Raises ValueError for a file that is none."""
    start = len(_MAGIC)
    if content[:start] != _MAGIC:
        raise ValueError("not a syllable model")
    sizes = _column("I", content[start : start + 24])
    ends = list(accumulate(sizes, initial=start + 24))
    parts = [zlib.decompress(content[a:b]) for a, b in pairwise(ends)]
    syllables = tuple(parts[0].decode().split("\n"))
    singles = _column("I", parts[1])
    pairs, triples = (
        dict(zip(accumulate(_column("Q", keys)), _column("I", counts), strict=True))
        for keys, counts in ((parts[2], parts[3]), (parts[4], parts[5]))
    )
    numbers = {syllable: i for i, syllable in enumerate(syllables)}
    return SyllableModel(syllables, numbers, singles, pairs, triples, sum(singles))


@lru_cache(maxsize=1)
def model() -> SyllableModel:
    """The packaged model, read at the first call."""
    return unpacked(files("extractors.rules").joinpath(_FILE).read_bytes())


# --- spelling -----------------------------------------------------------------------------------


@lru_cache(maxsize=16384)
def folded(syllable: str) -> str:
    """A syllable as the model spells it: lower case, tone mark in the new style."""
    return new_style(syllable.lower())


@lru_cache(maxsize=4096)
def old_style(syllable: str) -> str:
    """A syllable with its tone mark where the old style puts it: hoà gives hòa, uý gives úy."""
    decomposed = unicodedata.normalize("NFD", syllable)
    tone = next((ch for ch in decomposed if ch in _TONES), "")
    bare = unicodedata.normalize("NFC", "".join(ch for ch in decomposed if ch not in _TONES))
    if not tone or bare[-2:].lower() not in _OPEN or bare[:-1].lower() == "qu":
        return syllable
    return unicodedata.normalize("NFC", bare[:-1] + tone + bare[-1])


def like_printed(syllable: str, printed: str) -> str:
    """A folded syllable in the letter case and tone style of what is printed, else in the old style."""
    lowered = printed.lower()
    is_new_style = folded(printed) == lowered and old_style(lowered) != lowered
    styled = syllable if is_new_style else old_style(syllable)
    if printed.isupper() and len(printed) > 1:
        return styled.upper()
    return styled[0].upper() + styled[1:] if printed[0].isupper() else styled


@lru_cache(maxsize=16384)
def marked_letters(syllable: str) -> tuple[tuple[str, str, str], ...]:
    """Letters of a syllable, each with its hat (or horn) and its tone mark; đ is a letter of its own."""
    letters: list[tuple[str, str, str]] = []
    for ch in unicodedata.normalize("NFD", syllable):
        if ch in _TONES and letters:
            letters[-1] = (letters[-1][0], letters[-1][1], ch)
        elif ch in _HATS and letters:
            letters[-1] = (letters[-1][0], ch, letters[-1][2])
        else:
            letters.append((ch, "", ""))
    return tuple(letters)
