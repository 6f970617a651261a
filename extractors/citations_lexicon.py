"""The words of citations: kinds of instruments, names of laws, issuers that a symbol names for certain."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from extractors.rulebook import load
from extractors.vietnamese.letters import new_style

_LETTERS = re.compile(r"[^\W\d_]+")
_BLANK = re.compile(r"\s")
_WORD = re.compile(r"[^\W_]+")
_LONGEST_LAW = 18  # syllables


@dataclass(frozen=True, slots=True)
class Instrument:
    """A kind of instrument (loại văn bản). `is_law`: it may be cited by its name alone.

    `abbreviations` stand in symbols (12/QĐ-UBND), `short` for the kind itself (QĐ số 12/QĐ-UBND).
    """

    name: str
    short: tuple[str, ...]
    abbreviations: tuple[str, ...]
    is_law: bool
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IssuerRule:
    """A symbol's ending (a regular expression) and the issuer that it names."""

    ending: str
    issuer: str
    example: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All of the rules, read once."""

    instruments: tuple[Instrument, ...]
    issuers: tuple[IssuerRule, ...]
    ministries: dict[str, str]
    title_verbs: tuple[str, ...]
    body_heads: tuple[str, ...]
    laws: tuple[str, ...]
    law_aliases: dict[str, str]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The rules of `rules/instruments.yaml` and `rules/citations_laws.yaml`."""
    data, laws = load("instruments"), load("citations_laws")
    kinds = tuple(
        Instrument(
            cast(str, row["name"]),
            tuple(cast(list[str], row.get("short", []))),
            tuple(cast(list[str], row.get("abbreviations", []))),
            row.get("kind") == "law",
            tuple(cast(list[str], row["examples"])),
        )
        for row in cast(list[dict[str, object]], data["instruments"])
    )
    return Lexicon(
        kinds,
        tuple(IssuerRule(**row) for row in cast(list[dict[str, str]], data["issuers"])),
        cast(dict[str, str], data["ministries"]),
        tuple(cast(list[str], data["title_verbs"])),
        tuple(cast(list[str], data["body_heads"])),
        tuple(cast(list[str], laws["laws"])),
        cast(dict[str, str], laws["aliases"]),
    )


def aligned(text: str) -> str:
    """Text folded without change of length: lower case, one tone placement, every blank a space."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(low if len(low := ch.lower()) == 1 else ch for ch in text)
    return _BLANK.sub(" ", _LETTERS.sub(_same_length, lower))


def _same_length(match: re.Match[str]) -> str:
    syllable = match.group()
    if syllable.isascii():
        return syllable
    placed = new_style(syllable)
    return placed if len(placed) == len(syllable) else syllable


def alternation(phrases: tuple[str, ...]) -> str:
    """A pattern for any of the phrases, longest first, blanks of any length, for aligned text."""
    longest_first = sorted({aligned(p) for p in phrases}, key=lambda p: (-len(p), p))
    return "|".join(r"[ ]+".join(re.escape(word) for word in p.split()) for p in longest_first)


@lru_cache(maxsize=1)
def instrument_pattern() -> re.Pattern[str]:
    """Finds the printed name of an instrument in aligned text, or its short form before a number."""
    names = alternation(tuple(i.name for i in lexicon().instruments))
    short = alternation(tuple(s for i in lexicon().instruments for s in i.short))
    return re.compile(rf"(?<![\w/-])(?:(?:{names})(?!\w)|(?:{short})(?= +(?:số *:? *)?\d))")


@lru_cache(maxsize=1)
def _instruments_by_name() -> dict[str, Instrument]:
    short = {aligned(s): i for i in lexicon().instruments for s in i.short}
    return short | {aligned(i.name): i for i in lexicon().instruments}


def instrument_named(printed: str) -> Instrument:
    """The instrument of a name that `instrument_pattern` found."""
    return _instruments_by_name()[" ".join(aligned(printed).split())]


@lru_cache(maxsize=1)
def _instruments_by_letters() -> dict[str, Instrument]:
    return {a: i for i in lexicon().instruments for a in i.abbreviations}


_FIRST_LETTERS = re.compile(r"^\d+[a-zđ]?(?:/\d{4})?[/-]([^\W\d_]+)(?=[-/]|CP$|UBND$|TTg$|$)")


def instrument_of_symbol(number: str) -> Instrument | None:
    """What a symbol says it is: `98/2023/NĐ-CP` is a Nghị định; None when it does not say."""
    match = _FIRST_LETTERS.match(number)
    if match is None:
        return None
    by_letters = _instruments_by_letters()
    letters = match.group(1)
    known = by_letters.get(letters)
    if known is not None or number.endswith(letters):
        return known
    return next((i for a, i in by_letters.items() if letters == a), None)


_MINISTRY = re.compile(r"/(?:TT|QĐ|CT|KH|CTr|HD|BC|TB)-([A-ZĐ&]+)$")


@lru_cache(maxsize=4096)
def issuer_of_symbol(number: str) -> str | None:
    """The issuer that a symbol names for certain, else None (`34-CT/TW` may be of two bodies)."""
    for rule in lexicon().issuers:
        if re.search(rule.ending + r"$", number):
            return rule.issuer
    match = _MINISTRY.search(number)
    return lexicon().ministries.get(match.group(1)) if match else None


@lru_cache(maxsize=1)
def _laws() -> dict[tuple[str, ...], str]:
    table = {tuple(_WORD.findall(aligned(name))): name for name in lexicon().laws}
    for alias, name in lexicon().law_aliases.items():
        table[tuple(_WORD.findall(aligned(alias)))] = name
    return table


_LAW_STEP = re.compile(r"(?:[ ,]{0,3}|[ ]?[-–/][ ]?)([^\W_]+)")


def law_name_at(folded: str, at: int) -> tuple[int, str] | None:
    """The known law whose name begins at `at` of an aligned text: its end and its name; longest wins."""
    words: list[str] = []
    best: tuple[int, str] | None = None
    for _ in range(_LONGEST_LAW):
        step = _LAW_STEP.match(folded, at)
        if step is None:
            break
        words.append(step.group(1))
        at = step.end()
        known = _laws().get(tuple(words))
        if known is not None:
            best = (at, known)
    return best


def is_alias(printed: str) -> bool:
    """Whether a law is printed by its letters (TĐKT) rather than by its words."""
    return any(aligned(printed.strip()) == aligned(alias) for alias in lexicon().law_aliases)
