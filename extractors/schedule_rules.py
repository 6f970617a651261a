"""The words around times (rules/time_words.yaml) as tables of phrases and patterns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from extractors.rulebook import load


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of words that follow each other, and the group of the rules that it is of."""

    words: tuple[str, ...]
    group: str


@dataclass(frozen=True, slots=True)
class PhraseTable:
    """Phrases by their first word, the longest first."""

    by_first: dict[str, tuple[Phrase, ...]]

    def longest(self, words: Sequence[str], start: int) -> Phrase | None:
        """The longest phrase that stands at `words[start:]`."""
        for phrase in self.by_first.get(words[start], ()):
            if tuple(words[start : start + len(phrase.words)]) == phrase.words:
                return phrase
        return None


@cache
def phrases_of(group: str) -> tuple[str, ...]:
    """The phrases of a group as they stand in the file."""
    return tuple(phrase for entry in load("time_words")[group] for phrase in entry["words"].split("|"))


@cache
def phrase_table(*groups: str) -> PhraseTable:
    """Table of the phrases of these groups; where two groups share a phrase, the first one's."""
    table: dict[str, list[Phrase]] = {}
    for group in groups:
        for phrase in phrases_of(group):
            words = tuple(phrase.split())
            table.setdefault(words[0], []).append(Phrase(words, group))
    return PhraseTable({k: tuple(sorted(v, key=lambda p: -len(p.words))) for k, v in table.items()})


@cache
def pattern_of(group: str) -> re.Pattern[str]:
    """Pattern that finds any phrase of the group in folded text, whole words only."""
    phrases = sorted(phrases_of(group), key=len, reverse=True)
    body = "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in phrases)
    return re.compile(rf"(?<!\w)(?:{body})(?!\w)")
