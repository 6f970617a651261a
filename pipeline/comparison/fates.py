"""Movements and legal bases of two plans: kept, replaced by a successor, added, dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TypeVar

from extractors.identity import timeless
from extractors.vietnamese.letters import search_key
from pipeline.comparison.alignment import assign
from pipeline.comparison.facts import Lineage
from pipeline.comparison.model import BasisChange, ComparedBasis, ComparedMovement, MovementChange

_ALIKE = 0.85  # names and titles that are less alike, years taken out, are others
_SAME = 2.0  # an instrument itself comes before any that is like it

_YEAR = re.compile(r"/(?:19|20)\d\d/")
T = TypeVar("T")


def movement_changes(
    old: Sequence[ComparedMovement], new: Sequence[ComparedMovement]
) -> tuple[MovementChange, ...]:
    """Movements by their keys, then by names that are nearly the same."""
    before, after = _distinct((m.key, m) for m in old), _distinct((m.key, m) for m in new)
    scores = [[_SAME if a.key == b.key else _likeness(a.name, b.name) for b in after] for a in before]
    pairs = _pairs(scores, len(before), len(after))
    kept = [MovementChange(kind="kept", old=before[a], new=after[b]) for a, b in pairs]
    dropped = [MovementChange(kind="dropped", old=m) for m in _left(before, [a for a, _ in pairs])]
    added = [MovementChange(kind="added", new=m) for m in _left(after, [b for _, b in pairs])]
    return (*added, *dropped, *kept)


def basis_changes(
    old: Sequence[ComparedBasis], new: Sequence[ComparedBasis], lineage: Lineage
) -> tuple[BasisChange, ...]:
    """Legal bases by kind and number; one of the same kind, issuer and title but another number or day
    is the successor of the one that is gone."""
    before, after = _distinct((_identity(b), b) for b in old), _distinct((_identity(b), b) for b in new)
    scores = [[_succession(a, b, lineage) for b in after] for a in before]
    pairs = _pairs(scores, len(before), len(after))
    found = [
        BasisChange(kind="kept" if scores[a][b] == _SAME else "replaced", old=before[a], new=after[b])
        for a, b in pairs
    ]
    dropped = [BasisChange(kind="dropped", old=b) for b in _left(before, [a for a, _ in pairs])]
    added = [BasisChange(kind="added", new=b) for b in _left(after, [b for _, b in pairs])]
    replaced = [change for change in found if change.kind == "replaced"]
    return (*added, *dropped, *replaced, *(change for change in found if change.kind == "kept"))


def _identity(basis: ComparedBasis) -> str:
    named = f"{basis.number or basis.title or basis.text} {basis.issued_on or ''}"
    return search_key(f"{basis.instrument} {named}")


def _succession(old: ComparedBasis, new: ComparedBasis, lineage: Lineage) -> float:
    """2 for the same instrument, the likeness of titles for a successor, 0 for another instrument."""
    if search_key(old.instrument) != search_key(new.instrument):
        return 0.0
    if (
        old.number
        and new.number
        and search_key(old.number) == search_key(new.number)
        and not _other_year(old, new)
    ):
        return _SAME
    if old.title is None or new.title is None or _differ(old.issuer, new.issuer, lineage):
        return 0.0
    alike = _likeness(old.title, new.title)
    by_name = old.number is None and new.number is None
    same_day = not (old.issued_on and new.issued_on) or old.issued_on == new.issued_on
    return _SAME if by_name and same_day and alike == 1 else alike


def _other_year(old: ComparedBasis, new: ComparedBasis) -> bool:
    """Whether equal numbers are of two years: one that does not tell its year comes again every year."""
    days = old.issued_on, new.issued_on
    return (
        None not in days
        and len({day.year for day in days if day}) == 2
        and not _YEAR.search(old.number or "")
    )


def _differ(old: str | None, new: str | None, lineage: Lineage) -> bool:
    return old is not None and new is not None and lineage(old) != lineage(new)


def _likeness(old: str, new: str) -> float:
    """How alike two names are without years and ordinals, 0 to 1."""
    from rapidfuzz import fuzz

    return fuzz.token_sort_ratio(timeless(old), timeless(new)) / 100


def _pairs(scores: list[list[float]], rows: int, columns: int) -> list[tuple[int, int]]:
    import numpy as np

    return assign(np.array(scores).reshape(rows, columns) - _ALIKE)


def _distinct(keyed: Iterator[tuple[str, T]]) -> list[T]:
    """The first of those with the same key."""
    found: dict[str, T] = {}
    for key, each in keyed:
        found.setdefault(key, each)
    return list(found.values())


def _left(all_of: Sequence[T], taken: Sequence[int]) -> list[T]:
    return [each for i, each in enumerate(all_of) if i not in set(taken)]
