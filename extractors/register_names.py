"""The name of a body taken apart: what it is, and the units of administration that it may be of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from extractors.bodies import expanded
from extractors.geography import names_of, provinces
from extractors.issuer_place import level_of
from extractors.register_rules import Organ, is_institution, is_of_province, is_part, organ_of
from extractors.units import Unit, UnitLevel, local_units, units_of_province
from extractors.vietnamese.bases import CAPITALS
from extractors.vietnamese.letters import key, squeeze

Style = Literal["marked", "party", "bare", "none"]  # Sở Y tế tỉnh X; Tỉnh ủy X; Đài Truyền hình X; Trường Y

_KIND = r"đặc khu|thị trấn|thị xã|thành phố|tỉnh|huyện|quận|phường|xã"
_MARKED = re.compile(rf"(?i:(?<!\w)(?P<kind>{_KIND}))\s+(?=[{CAPITALS}]|\d)")
_PARTY = re.compile(
    r"(?P<kind>[Tt]ỉnh|[Tt]hành|[Hh]uyện|[Qq]uận|[Tt]hị)\s?(?P<organ>ủy|uỷ|đoàn)\s+(?P<name>[^\W\d_].*)$"
)
_BRACKET = re.compile(r"\s*\([^()]*\)\s*$")
_OF_PARTY = {"tỉnh": "tỉnh", "thành": "thành phố", "huyện": "huyện", "quận": "quận", "thị": "thị xã"}


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place as a name has it: the units of all times that it may be, the words before it."""

    head: str
    units: tuple[Unit, ...]
    style: Style
    printed: str  # with its kind


@dataclass(frozen=True, slots=True)
class BodyName:
    """A body's name taken apart.

    units          those that its place may be, of all times; none where it has no place
    organ          None for institutions
    unknown_place  printed in the name, and no unit of the register
    """

    name: str
    head: str
    units: tuple[Unit, ...]
    style: Style
    organ: Organ | None
    unknown_place: str | None = None


@lru_cache(maxsize=8192)
def read_name(name: str, province: str | None = None, superior: str | None = None) -> BodyName:
    """A body's name taken apart.

    A body that is of a province by its kind (Sở …, … tỉnh) and names none is of `province`; a school or
    hospital that names no place is where its `superior` is, else somewhere in `province`.
    """
    full = squeeze(expanded(_BRACKET.sub("", name)))
    if is_part(full) or is_central(full):
        return BodyName(full, full, (), "none", None if is_part(full) else organ_of(full))
    organ = organ_of(full)
    found = _place_in(full, province) or _generic_place(full, province)
    if found is not None:
        unknown = None if found.units else found.printed
        return BodyName(full, found.head, found.units, found.style, organ, unknown)
    whole = units_of_province(province) if province else ()
    if organ is not None:
        units = whole if is_of_province(full) else ()
        return BodyName(full, full, units, "marked" if units else "none", organ)
    above = _place_in(squeeze(expanded(superior)), province) if superior else None
    units = above.units if above is not None and above.units else whole
    return BodyName(full, full, units if is_institution(full) else (), "none", None)


_GENERIC = re.compile(rf"(?P<head>.+?)\s(?P<kind>{_KIND})$", re.IGNORECASE)
_GENERIC_PARTY = re.compile(
    r"(?P<head>(?:.*\s)?(?P<kind>tỉnh|thành|huyện|quận|thị)\s?(?:ủy|uỷ|đoàn))$", re.IGNORECASE
)


def _generic_place(name: str, province: str | None) -> NamedPlace | None:
    """`Ủy ban nhân dân tỉnh` is of the province; `Văn phòng Huyện ủy` does not say of which district."""
    marked, party = _GENERIC.match(name), _GENERIC_PARTY.match(name)
    match = marked or party
    if match is None:
        return None
    kind = _OF_PARTY.get(match["kind"].casefold(), match["kind"].casefold())
    whole = units_of_province(province) if province else ()
    units = whole if kind == "tỉnh" or all(unit.kind == kind for unit in whole) else ()
    return NamedPlace(match["head"], units, "marked" if marked else "party", match["kind"])


def is_central(name: str) -> bool:
    """Whether a body is of the whole country by its name."""
    return level_of(name, None) == "central"


def _place_in(name: str, province: str | None) -> NamedPlace | None:
    """The smallest place at the end of a name, looked for within the larger ones behind it."""
    marks = list(_MARKED.finditer(name))
    larger: list[tuple[str, str]] = []
    end = len(name)
    found: NamedPlace | None = None
    for mark in reversed(marks):
        kind, bare = mark["kind"].casefold(), name[mark.end() : end].strip(" ,")
        if "," in bare or len(bare.split()) > 6:
            break
        units = _units(kind, bare, larger, province)
        if found is not None and not units:
            break
        found = NamedPlace(name[: mark.start()].strip(" ,"), units, "marked", f"{kind} {bare}")
        larger.append((kind, bare))
        end = mark.start()
    if found is None or not found.head:
        return _party_place(name, province) or _bare_place(name)
    return found


def _units(kind: str, name: str, larger: list[tuple[str, str]], province: str | None) -> tuple[Unit, ...]:
    """The units of that kind and name; of that name alone where a district or commune changed its kind."""
    provinces_above = [bare for above, bare in larger if units_of_province(bare) and above in _PROVINCIAL]
    within = provinces_above[0] if provinces_above else province
    if kind in _PROVINCIAL:
        whole = tuple(unit for unit in units_of_province(name) if _is_called(unit, kind))
        if whole and not provinces_above:
            return whole
    district = next(
        (f"{above} {bare}" for above, bare in larger if above in _DISTRICTS and bare != within), None
    )
    level: UnitLevel = "district" if kind in _DISTRICTS else "commune"
    of_kind = local_units(name, kind, within, district, level)
    return of_kind or (() if name.isdigit() else local_units(name, None, within, district, level))


_PROVINCIAL = ("tỉnh", "thành phố")
_DISTRICTS = ("huyện", "quận", "thị xã", "thành phố")


def _is_called(unit: Unit, kind: str) -> bool:
    """A province of any kind by the word tỉnh, as many write; a city only where it is one."""
    return kind == "tỉnh" or unit.kind == kind


def _party_place(name: str, province: str | None) -> NamedPlace | None:
    """`Huyện ủy Đô Lương`, `Ban Tổ chức Tỉnh ủy Nghệ An`."""
    match = _PARTY.search(name)
    if match is None:
        return None
    kind = _OF_PARTY[match["kind"].casefold()]
    bare = match["name"].split(",")[0].strip()
    units = _units(kind, bare, [], province)
    return NamedPlace(name[: match.start("name")].strip(), units, "party", f"{kind} {bare}")


def _bare_place(name: str) -> NamedPlace | None:
    """`Đài Phát thanh và Truyền hình Hải Phòng`: the bare name of a province at the end."""
    folded = f" {key(name)}"
    called = next((n for n in _province_names() if folded.endswith(f" {n}") and folded.strip() != n), None)
    if called is None:
        return None
    words = name.split()[: -len(called.split())]
    return NamedPlace(" ".join(words), units_of_province(called), "bare", called)


@lru_cache(maxsize=1)
def _province_names() -> tuple[str, ...]:
    """Folded names of provinces; letters that stand for one are left out."""
    return tuple(key(name) for province in provinces() for name in names_of(province) if len(name) > 4)


def named(head: str, unit: Unit, style: Style) -> str:
    """The name of a body that is `head` of a unit."""
    if style == "party":
        return f"{_party_head(head, unit)} {unit.name}"
    return f"{head} {unit.name if style == 'bare' else unit.place}"


def _party_head(head: str, unit: Unit) -> str:
    """Tỉnh ủy of a province, Thành ủy of a city."""
    if unit.level != "province":
        return head
    word = "hành" if unit.kind == "thành phố" else "ỉnh"
    return re.sub(r"(?<=\b[Tt])(?:hành|ỉnh)(?=\s?(?:ủy|uỷ|đoàn))", word, head)
