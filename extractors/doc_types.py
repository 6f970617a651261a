"""Types of documents: the line that names the type (tên loại), the abbreviations used in symbols."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from extractors.rulebook import load
from extractors.vietnamese.bases import bare, letterspaced
from extractors.vietnamese.letters import upper_share


@dataclass(frozen=True, slots=True)
class TypeLine:
    """A line that begins with a type: its abbreviation, the span of the type and of what follows it."""

    abbr: str
    name: str
    start: int
    end: int
    rest: int  # where the rest of the line begins; len(text) where there is none
    exact: bool  # the line holds nothing else
    capitals: bool


_BEFORE = r"[\s*_#|]*(?:[(\[]?\s?DU\s{1,9}THAO(?:\s{1,9}(?:LAN\s{1,9})?\d{1,2})?\s{0,9}[)\]]?\s{0,9})?"
_LONGEST = 2000  # characters of a line that may name a type and a title
_DRAFT_AFTER = re.compile(r"[(\[]?\s*DU\s+THAO[^)\]]{0,20}[)\]]?")
# “SỞ KẾ HOẠCH VÀ ĐẦU TƯ” divided before its second word.
_PART_OF_A_BODY = re.compile(r"\s*(?:VA|&|-)\s*(?:DAU\s+TU|TAI\s+CHINH|KY\s+THUAT|NGHIEP\s+VU|QUY\s+HOACH)")


@lru_cache(maxsize=1)
def _types() -> tuple[tuple[str, str, str], ...]:
    """(printed name, abbreviation, name), longest printed name first."""
    found = [
        (printed, entry["abbr"], entry["name"])
        for entry in load("doc_types")
        if entry.get("headline", True)
        for printed in (entry["name"], *entry.get("variants", ()))
    ]
    return tuple(sorted(found, key=lambda t: -len(t[0])))


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    names = "|".join(f"(?P<t{i}>{letterspaced(printed)})" for i, (printed, _, _) in enumerate(_types()))
    return re.compile(rf"{_BEFORE}(?:{names})(?![^\W\d_])")


@lru_cache(maxsize=1)
def abbreviations() -> frozenset[str]:
    """Every abbreviation of a type that stands in symbols."""
    found = {str(entry["abbr"]) for entry in load("doc_types")}
    return frozenset(found.union(*(entry.get("in_symbols", ()) for entry in load("doc_types"))))


@lru_cache(maxsize=256)
def type_of_symbol(abbr: str) -> str | None:
    """The type for the abbreviation in a symbol: KHLT and KH give KH; None where it is none."""
    for entry in load("doc_types"):
        if abbr == entry["abbr"] or abbr in entry.get("in_symbols", ()):
            return str(entry["abbr"])
    return None


def read_type_line(text: str) -> TypeLine | None:
    """The type that a line begins with; prose begins so too: see whether it is `exact` or in `capitals`."""
    if len(text) > _LONGEST:
        return None
    folded = bare(text)
    upper = folded.upper()
    if len(upper) != len(folded):
        return None
    found = _pattern().match(upper)
    if not found or _PART_OF_A_BODY.match(folded, found.end()):
        return None
    group = str(found.lastgroup)
    _, abbr, name = _types()[int(group[1:])]
    start, end = found.span(group)
    exact = not re.search(r"\w", _DRAFT_AFTER.sub("", upper[end:]))
    capitals = upper_share(text[start:end]) > 0.8
    if not text[start].isupper():
        return None
    after = text[end:]
    rest = len(text) if exact else end + len(after) - len(after.lstrip(" \t\n:.-–—*_|"))
    return TypeLine(abbr, name, start, end, rest, exact, capitals)
