"""Names and words as people type them: without accents, abbreviated, in any case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from extractors.bodies import expanded
from extractors.rulebook import load
from extractors.vietnamese.letters import plain, search_key

_SYLLABLE = re.compile(r"[bcdghklmnpqrstvx]{0,3}[aeiouy]{1,3}(?:c|ch|m|n|ng|nh|p|t)?")


def spellings(text: str) -> tuple[str, ...]:
    """The search keys that a text may stand for: as it is typed, then with abbreviations written out.

    `hdnd xa hoa binh` gives itself and `hoi dong nhan dan xa hoa binh`.
    """
    typed = search_key(text)
    return tuple(dict.fromkeys((typed, _written_out(typed), search_key(expanded(text)))))


def meant(name: str, known: Iterable[str]) -> list[str]:
    """Those of the known names that a typed one stands for; several where accents alone tell them apart."""
    by_key: dict[str, list[str]] = {}
    for each in known:
        by_key.setdefault(search_key(each), []).append(each)
    return next((by_key[spelling] for spelling in spellings(name) if spelling in by_key), [])


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What an abbreviation stands for, and which words must stand beside it."""

    full: str
    before: re.Pattern[str]
    after: re.Pattern[str]

    def fits(self, before: str, after: str) -> bool:
        last, first = before.split()[-1:], after.split()[:1]
        return bool(self.before.search("".join(last)) and self.after.search("".join(first)))


def _written_out(text: str) -> str:
    """A search key with the abbreviations in it written out, those first that are longest."""
    for form, meanings in _abbreviations():
        for match in reversed(list(form.finditer(text))):
            before, after = text[: match.start()], text[match.end() :]
            fitting = (meaning.full for meaning in meanings if meaning.fits(before, after))
            text = before + next(fitting, match.group()) + after
    return text


@cache
def _abbreviations() -> tuple[tuple[re.Pattern[str], tuple[_Meaning, ...]], ...]:
    """Printed forms without accents, the longest first, and what each may stand for."""
    known: dict[str, list[_Meaning]] = {}
    for form, meaning in _entries():
        known.setdefault(form, []).append(meaning)
    longest_first = sorted(known, key=lambda form: (-len(form), form))
    return tuple((re.compile(rf"\b{form}\b"), tuple(known[form])) for form in longest_first)


def _entries() -> Iterator[tuple[str, _Meaning]]:
    """Each form as a pattern; without one that reads as a syllable wherever it stands (CAT, cát)."""
    for entry in load("abbreviations"):
        sides = [re.compile(plain(entry.get(side) or "")) for side in ("before", "after")]
        meaning = _Meaning(search_key(entry["full"]), *sides)
        for form in entry["short"]:
            pieces = [search_key(piece) for piece in form.split("&")]
            if entry.keys() & {"before", "after"} or not _SYLLABLE.fullmatch("".join(pieces)):
                yield r"\s?(?:va\s)?".join(pieces), meaning
