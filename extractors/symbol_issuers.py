"""Whether a symbol (ký hiệu) contradicts the body that is named as the issuer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from extractors.bodies import body_key, expanded
from extractors.citations_lexicon import issuer_of_symbol
from extractors.numbers import parse_symbol
from extractors.register import lineage
from extractors.rulebook import load


@dataclass(frozen=True, slots=True)
class _Organ:
    letters: re.Pattern[str]
    kind: str


@lru_cache(maxsize=1)
def _kinds() -> dict[str, re.Pattern[str]]:
    return {
        kind: re.compile(rf"(?:{words})(?!\w)") for kind, words in load("symbol_issuers")["kinds"].items()
    }


@lru_cache(maxsize=1)
def _organs() -> tuple[_Organ, ...]:
    entries = load("symbol_issuers")["organs"]
    return tuple(_Organ(re.compile(rf"{e['organ']}(?![^\W\d_])"), e["kind"]) for e in entries)


def kinds_of(issuer: str) -> frozenset[str]:
    """The kinds of bodies that an issuer may be; none where its name says nothing."""
    folded = body_key(expanded(issuer))
    return frozenset(kind for kind, words in _kinds().items() if words.search(folded))


@lru_cache(maxsize=8192)
def contradicted(number: str, issuer: str) -> str | None:
    """Who the symbol says issued it, where `issuer` cannot be that; None where that is not certain."""
    certain = issuer_of_symbol(number)
    if certain is not None:
        return certain if _is_another(certain, issuer) else None
    symbol = parse_symbol(number)
    if symbol is None or symbol.organ is None:
        return None
    organ = next((o for o in _organs() if o.letters.match(symbol.organ)), None)
    if organ is not None:
        kinds = kinds_of(issuer)
        return f"a {organ.kind}" if kinds and organ.kind not in kinds else None
    department = expanded(symbol.organ.split("-")[0])
    is_known = department.startswith("Sở ") and department != symbol.organ
    return department if is_known and _is_another(department, issuer) else None


def _is_another(body: str, issuer: str) -> bool:
    """Whether an issuer whose kind is known is another body than `body`, by its name and by its lineage."""
    own, named = body_key(body), body_key(expanded(issuer))
    if not kinds_of(issuer) or own in named or named in own:
        return named == "chính phủ" != own
    return lineage(body) is None or lineage(body) != lineage(issuer)
