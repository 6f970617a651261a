"""Provinces and districts: which one a text names, its code on a day, what it is today."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files

from extractors.rulebook import load
from extractors.vietnamese.letters import plain, upper_share
from extractors.vietnamese.tokens import Gazetteer, Hit, Span, fold, gazetteer, syllables


@dataclass(frozen=True, slots=True)
class Term:
    """A stretch of time in which a province had this name, kind and code; None is an open end."""

    name: str
    kind: str
    code: str
    first: date | None = None
    last: date | None = None

    def holds(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Province:
    """A province (tỉnh, thành phố trực thuộc trung ương) under its latest name.

    `kind` is `tỉnh` or `thành phố` of its first term; `now` names today's successor.
    """

    name: str
    kind: str
    now: str
    terms: tuple[Term, ...]
    aliases: tuple[str, ...] = ()

    def code(self, day: date | None) -> str | None:
        """Statistics code on that day; without a day only a code that never changed."""
        if day is None:
            codes = {term.code for term in self.terms}
            return codes.pop() if len(codes) == 1 and self.terms[-1].last is None else None
        return next((term.code for term in self.terms if term.holds(day)), None)


@dataclass(frozen=True, slots=True)
class ProvinceAt:
    """A province on a day: its name and kind then, code then (None where it was none), name today."""

    name: str
    kind: str
    code: str | None
    now: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A province named at `text[start:end]`; `marked`: with the word tỉnh or thành phố before it."""

    start: int
    end: int
    province: Province
    marked: bool


_KIND_OF_PLACE = re.compile(
    r"^(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|TP\.?|TX\.?)\s+", re.IGNORECASE
)

# --- the lists --------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def provinces() -> tuple[Province, ...]:
    """All provinces of rules/provinces.yaml."""
    found = []
    for entry in load("provinces"):
        terms = tuple(
            Term(t.get("name", entry["name"]), t["kind"], t["code"], t.get("from"), t.get("until"))
            for t in entry["terms"]
        )
        aliases = tuple(entry.get("aliases", ()))
        found.append(Province(entry["name"], terms[0].kind, entry["now"], terms, aliases))
    return tuple(found)


@lru_cache(maxsize=1)
def districts() -> tuple[tuple[str, str, str], ...]:
    """(kind, name, province) of every district of rules/districts.tsv."""
    text = files("extractors.rules").joinpath("districts.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return tuple((row[0], row[1], row[2]) for row in rows)


@lru_cache(maxsize=1)
def _by_name() -> dict[str, Province]:
    return {_key(name): p for p in provinces() for name in names_of(p)}


def names_of(province: Province) -> Iterable[str]:
    """Every spelling of a province's name."""
    yield province.name
    yield from (term.name for term in province.terms)
    yield from province.aliases


def _key(name: str) -> str:
    return " ".join(fold(name[a:b]) for a, b in syllables(name))


def province_named(name: str) -> Province | None:
    """The province of exactly this name (an earlier or variant spelling too)."""
    return _by_name().get(_key(name))


@lru_cache(maxsize=1)
def _district_names() -> frozenset[str]:
    return frozenset(_key(name) for _, name, _ in districts())


def is_place_name(name: str) -> bool:
    """Whether a name, its kind left out, is exactly that of a province or a district."""
    bare = _KIND_OF_PLACE.sub("", name)
    return province_named(bare) is not None or _key(bare) in _district_names()


def province_at(name: str, day: date | None) -> ProvinceAt | None:
    """Name, kind and code that a province had on `day`, and its successor today; None if unknown.

    The name of a province that no longer is one on that day comes without a code.
    """
    province = province_named(name)
    if province is None:
        return None
    term = next((t for t in province.terms if day is not None and t.holds(day)), None)
    if term is None:
        return ProvinceAt(province.name, province.kind, province.code(day), province.now)
    return ProvinceAt(term.name, term.kind, term.code, province.now)


def province_on(name: str, day: date | None, year: int | None) -> ProvinceAt | None:
    """As `province_at`; where only the year is known, what held from its first day to its last."""
    if day is not None or year is None:
        return province_at(name, day)
    found = province_at(name, date(year, 1, 1))
    return found if found == province_at(name, date(year, 12, 31)) else province_at(name, None)


# --- provinces in a text ----------------------------------------------------------------------

_MARKED = re.compile(
    r"(?:\b(?:tỉnh|thành phố|thành ủy|thành uỷ|tỉnh ủy|tỉnh uỷ)|\bt\.?p\.?)\s*$", re.IGNORECASE
)
_PLURAL = re.compile(r"\bcác\s+(?:tỉnh|thành phố)[\s:]*$", re.IGNORECASE)
# A unit below the province, a street or a school may bear a province's name.
_OTHER = re.compile(
    r"\b(?:xã|phường|thị trấn|thôn|ấp|bản|khu phố|tổ dân phố|đường|phố|huyện|quận|thị xã|cầu|sông|hồ|chợ"
    r"|quốc lộ|nhà máy|học|tiểu học|phổ thông|cơ sở|THPT|THCS|TH|mầm non)\s*$",
    re.IGNORECASE,
)
_CITY_NAMES = {"ho chi minh"}  # the name of a person first: a city only when the text says city


@lru_cache(maxsize=1)
def _province_gazetteer() -> Gazetteer:
    return gazetteer((p.name, name) for p in provinces() for name in names_of(p))


@lru_cache(maxsize=1)
def _bare_gazetteer() -> Gazetteer:
    return gazetteer((p.name, plain(name)) for p in provinces() for name in names_of(p))


def province_mentions(text: str) -> tuple[Mention, ...]:
    """Every province that `text` names, in reading order; units below the province are left out."""
    return _mentions(text)


@lru_cache(maxsize=4096)
def _mentions(text: str) -> tuple[Mention, ...]:
    bare = bool(text) and text.isascii()
    shouted = upper_share(text) > 0.8
    found = []
    for hit in (_bare_gazetteer() if bare else _province_gazetteer()).find(text):
        mention = _mention(text, hit, bare, shouted)
        if mention is not None:
            found.append(mention)
    return tuple(found)


def _mention(text: str, hit: Hit, bare: bool, shouted: bool) -> Mention | None:
    before = text[max(0, hit.start - 20) : hit.start]
    marked = bool(_MARKED.search(before) or (bare and re.search(r"\b(tinh|thanh pho)\s*$", before, re.I)))
    if marked and _PLURAL.search(before):
        marked = False
    printed = text[hit.start : hit.end]
    acronym = printed.isupper() and printed.upper().startswith(("TP", "BR", "TT"))
    if plain(hit.phrase) in _CITY_NAMES and not marked:
        return None
    if plain(hit.phrase) == "hcm" and not marked:
        return None
    if not marked and not acronym and (_OTHER.search(before) or not _capital(text, hit, shouted)):
        return None
    province = province_named(hit.label)
    return Mention(hit.start, hit.end, province, marked or acronym) if province else None


_GOES_ON = {"Phủ", "Đông", "Tây", "Hạ", "Thượng", "Ninh"}  # Điện Biên Phủ, Hà Nam Ninh


def _capital(text: str, hit: Hit, shouted: bool) -> bool:
    """Whether the name is printed with capitals and does not go on into another name."""
    spans = syllables(text)
    if not all(text[a].isupper() for a, b in spans[hit.first : hit.last] if b - a > 1):
        return False
    if text[hit.start : hit.end].isupper() or shouted or hit.last >= len(spans):
        return True
    start, end = spans[hit.last]
    return text[hit.end : start] != " " or text[start:end] not in _GOES_ON


def find_province(text: str) -> Province | None:
    """The province that `text` names; of several the one named with tỉnh or thành phố, else None."""
    mentions = province_mentions(text)
    named = {m.province.name: m.province for m in mentions}
    if len(named) > 1:
        named = {m.province.name: m.province for m in mentions if m.marked}
    return next(iter(named.values())) if len(named) == 1 else None


# --- districts in a text ----------------------------------------------------------------------

_KINDS = {
    "huyện": "huyện", "h": "huyện", "huyện ủy": "huyện", "quận": "quận", "q": "quận", "quận ủy": "quận",
    "thị xã": "thị xã", "tx": "thị xã", "thị ủy": "thị xã", "thành phố": "thành phố", "tp": "thành phố",
    "thành ủy": "thành phố", "ubnd": "", "ủy ban nhân dân": "", "hđnd": "", "hội đồng nhân dân": "",
}  # fmt: skip
_KIND_WORDS = {_key(word): kind for word, kind in _KINDS.items()}


@lru_cache(maxsize=1)
def _district_gazetteer() -> Gazetteer:
    return gazetteer(("district", name) for _, name, _ in districts())


@lru_cache(maxsize=1)
def _district_index() -> dict[tuple[str, str], frozenset[str]]:
    """Provinces of (kind, folded name); kind "" stands for any."""
    found: dict[tuple[str, str], set[str]] = {}
    for kind, name, province in districts():
        for known in (kind, ""):
            found.setdefault((known, _key(name)), set()).add(province)
    return {k: frozenset(v) for k, v in found.items()}


@dataclass(frozen=True, slots=True)
class DistrictMention:
    """A district named at `text[start:end]`, its kind included; province None where it is ambiguous."""

    start: int
    end: int
    kind: str
    name: str
    province: Province | None


@lru_cache(maxsize=4096)
def district_mentions(text: str) -> tuple[DistrictMention, ...]:
    """Every district that `text` names after its kind (huyện, quận, thị xã, thành phố), in order."""
    spans = syllables(text)
    tokens = [fold(text[a:b]) for a, b in spans]
    found = []
    for hit in _district_gazetteer().find(text):
        kind, first = _kind_before(tokens, hit.first)
        if kind is not None and (text[hit.start].isupper() or text[hit.start].isdigit()):
            provinces_ = _provinces_of(kind, _key(hit.phrase))
            province = province_named(next(iter(provinces_))) if len(provinces_) == 1 else None
            found.append(DistrictMention(spans[first][0], hit.end, kind, hit.phrase, province))
    return tuple(found)


def _kind_before(tokens: list[str], first: int) -> tuple[str | None, int]:
    at = first
    if at and tokens[at - 1] == ".":
        at -= 1
    for length in (4, 3, 2, 1):
        word = " ".join(tokens[at - length : at]) if at >= length else ""
        if word in _KIND_WORDS:
            return _KIND_WORDS[word], at - length
    return None, first


def _provinces_of(kind: str, name: str) -> frozenset[str]:
    """By kind and name; a district that changed its kind is found by its name alone."""
    index = _district_index()
    return index.get((kind, name)) or (frozenset() if name.isdigit() else index.get(("", name), frozenset()))


def province_of_district(text: str) -> Province | None:
    """The province of the one district that `text` names; None where names are ambiguous or differ."""
    found = {m.province.name if m.province else None: m.province for m in district_mentions(text)}
    return next(iter(found.values())) if len(found) == 1 else None


def spans_of_places(text: str) -> tuple[Span, ...]:
    """Spans of all provinces and districts that `text` names."""
    named = [(m.start, m.end) for m in province_mentions(text)]
    return tuple(sorted({*named, *((m.start, m.end) for m in district_mentions(text))}))


def place_at(text: str, at: int) -> bool:
    """Whether the bare name of a province or district stands at offset `at`, with a capital."""
    named = _province_gazetteer().at(text, at) or _district_gazetteer().at(text, at)
    return named is not None and text[at].isupper()
