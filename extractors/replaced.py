"""Instruments that another has replaced: the last day on which each held, and what came after it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from extractors.rulebook import load
from extractors.vietnamese.letters import key, search_key

_YEAR = re.compile(r"(?:\s+nam)?\s+((?:19|20)\d\d)$")


@dataclass(frozen=True, slots=True)
class Replaced:
    """An instrument that was replaced. `until` is the last day on which it held; `by` what came after."""

    number: str
    instrument: str
    name: str | None
    issued_on: date
    until: date
    by: str


@lru_cache(maxsize=1)
def replaced_instruments() -> tuple[Replaced, ...]:
    """All of rules/replaced_instruments.yaml."""
    return tuple(
        Replaced(e["number"], e["instrument"], e.get("name"), e["date"], e["until"], e["by"])
        for e in load("replaced_instruments")
    )


@lru_cache(maxsize=1)
def _by_number() -> dict[str, Replaced]:
    return {key(r.number): r for r in replaced_instruments()}


@lru_cache(maxsize=1)
def _by_name() -> dict[str, tuple[Replaced, ...]]:
    found: dict[str, list[Replaced]] = {}
    for replaced in replaced_instruments():
        if replaced.name is not None:
            found.setdefault(search_key(replaced.name), []).append(replaced)
    return {name: tuple(held) for name, held in found.items()}


def replaced_instrument(number: str | None, title: str | None, issued_on: date | None) -> Replaced | None:
    """The replaced instrument that is cited: by its number, else by its name with its date or year."""
    if number is not None:
        return _by_number().get(key(number))
    folded = search_key(title or "")
    year = _YEAR.search(folded)
    named = _by_name().get(folded[: year.start()] if year else folded, ())
    for replaced in named:
        of_year = issued_on is None and year is not None and int(year[1]) == replaced.issued_on.year
        if of_year or issued_on == replaced.issued_on:
            return replaced
    return None
