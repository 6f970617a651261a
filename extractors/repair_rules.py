"""The rules of repair (rules/confusions.yaml), read once into types."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from extractors.rulebook import load
from extractors.vietnamese.letters import new_style, plain
from extractors.vietnamese.syllables import marked_letters

_WORDS = re.compile(r"[^\W\d_]+")
MarkPair = tuple[tuple[str, str], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand for others; `then` and `not_then` look at what follows after blanks."""

    read: tuple[str, ...]
    meant: tuple[str, ...]
    then: re.Pattern[str] | None
    not_then: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Constant:
    """Fixed wording: its words, printed and without marks; `whole`: only as a whole line."""

    words: tuple[str, ...]
    letters: tuple[str, ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class SignedAs:
    """A misread mark before a post, as a pattern of the whole mark."""

    read: re.Pattern[str]
    meant: str


@lru_cache(maxsize=1)
def mark_costs() -> dict[MarkPair, float]:
    """What it costs that marks (hat, tone) were read for others, in nats."""
    costs: dict[MarkPair, float] = {}
    for rule in load("confusions")["marks"]:
        ((_, *read),), ((_, *meant),) = marked_letters(rule["read"]), marked_letters(rule["meant"])
        pair = ((read[0], read[1]), (meant[0], meant[1]))
        costs[pair] = min(rule["nats"], costs.get(pair, rule["nats"]))
    return costs


@lru_cache(maxsize=1)
def phrases() -> dict[str, tuple[Phrase, ...]]:
    """The phrases by their first word, folded as the syllable model spells it."""
    found: dict[str, list[Phrase]] = {}
    for rule in load("confusions")["phrases"]:
        read = tuple(new_style(word) for word in rule["read"].split())
        phrase = Phrase(
            read, tuple(rule["meant"].split()), _pattern(rule, "then"), _pattern(rule, "not_then")
        )
        found.setdefault(read[0], []).append(phrase)
    return {first: tuple(rules) for first, rules in found.items()}


def _pattern(rule: dict[str, str], name: str) -> re.Pattern[str] | None:
    return re.compile(rf"\s*(?:{rule[name]})", re.IGNORECASE) if name in rule else None


@lru_cache(maxsize=1)
def both_right() -> frozenset[tuple[str, str]]:
    """Pairs of syllables, folded, that are two right spellings of one word; each way round."""
    pairs = [[new_style(word) for word in rule["words"]] for rule in load("confusions")["both_right"]]
    return frozenset((a, b) for pair in pairs for a in pair for b in pair if a != b)


@lru_cache(maxsize=1)
def constants() -> tuple[Constant, ...]:
    """The fixed wordings, the longest first."""
    found = []
    for rule in load("confusions")["constants"]:
        words = tuple(_WORDS.findall(rule["text"]))
        found.append(Constant(words, tuple(plain(w) for w in words), rule["where"] == "line"))
    return tuple(sorted(found, key=lambda c: -len(c.words)))


@lru_cache(maxsize=1)
def signed_as() -> tuple[SignedAs, ...]:
    """The misread marks before a post."""
    return tuple(SignedAs(re.compile(r["read"]), r["meant"]) for r in load("confusions")["signed_as"])
