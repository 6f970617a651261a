"""The territory of an issuer: province, district or commune that its name, letterhead or text names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from extractors.geography import Mention, Province, district_mentions, province_mentions, province_named
from extractors.rulebook import load
from extractors.vietnamese.bases import CAPITALS
from extractors.vietnamese.letters import key, squeeze

_COMMUNE = re.compile(
    rf"""
    \b (?<![Tt]hị[ ]) (?P<kind>xã|phường|thị[ ]trấn|Xã|Phường|Thị[ ]trấn) \s+  # a thị xã is a district
    (?P<name>\d{{1,2}}\b|[{CAPITALS}]\w*(?:[ -][{CAPITALS}]\w*){{0,3}})
    """,
    re.VERBOSE,
)
_KINDS = "xã|phường|thị trấn|huyện|quận|thị xã|thành phố|tỉnh"
_LEVEL_OF_KIND = {
    "xã": "commune", "phường": "commune", "thị trấn": "commune", "huyện": "district", "quận": "district",
    "thị xã": "district", "thành phố": "district", "tỉnh": "province",
}  # fmt: skip
_OF_CITY = re.compile(r"(?:\bthành phố|\bTP\.?)\s*$", re.IGNORECASE)
_NATIONAL = re.compile(r"\b(?:Trung ương|Việt Nam)$")


@lru_cache(maxsize=1)
def _kinds() -> dict[str, re.Pattern[str]]:
    """Pattern of the names of each kind of issuer (rules/issuer_kinds.yaml)."""
    return {
        entry["kind"]: re.compile(
            r"(?:" + "|".join(map(re.escape, entry["names"])) + (r")$" if entry.get("whole") else r")(?!\w)")
        )
        for entry in load("issuer_kinds")
    }


def is_kind(kind: str, name: str) -> bool:
    """Whether a name is of a kind of issuers, by its first words."""
    return bool(_kinds()[kind].match(name))


@dataclass(frozen=True, slots=True)
class Territory:
    """A territory: the place with its kind (`huyện Tam Nông`), its level, its province."""

    place: str | None
    level: str | None
    province: Province | None


def territory_in(text: str) -> Territory | None:
    """The territory that a body's name or a sentence names; the smallest one, with its province."""
    district = next(iter(district_mentions(text)), None)
    provinces = province_mentions(text)
    distinct = {m.province.name: m.province for m in provinces}
    marked = {m.province.name: m.province for m in provinces if m.marked}
    named = distinct if len(distinct) == 1 else marked if len(marked) == 1 else {}
    province = next(iter(named.values()), None)
    commune = _COMMUNE.search(text)
    if commune and not text[: commune.start()].rstrip().endswith(("các", "Các", "cấp")):
        place = f"{commune['kind'].lower()} {squeeze(commune['name'])}"
        return Territory(place, "commune", province or (district.province if district else None))
    if district is not None and not _is_province(text, district.start, district.name):
        named_place = f"{district.kind} {district.name}" if district.kind else None
        level = _LEVEL_OF_KIND.get(district.kind, "district")
        return Territory(named_place, level, district.province or province)
    if province is not None:
        kinds = {_printed_kind(text, m) for m in provinces if m.marked and m.province == province}
        kind = kinds.pop() if len(kinds) == 1 else province.kind
        return Territory(f"{kind} {province.name}", "province", province)
    return None


def _printed_kind(text: str, mention: Mention) -> str:
    """Tỉnh or thành phố, as printed: a province may have become a city, and its city bore its name before."""
    return "thành phố" if _OF_CITY.search(text, 0, mention.start) else mention.province.kind


def _is_province(text: str, start: int, name: str) -> bool:
    """Whether a district's name stands for the province of that name: `tỉnh Cao Bằng`, `thành phố Huế`."""
    province = province_named(name)
    if province is None:
        return False
    kind = text[start:].split(name)[0].strip(" .").casefold()
    return kind in {"tỉnh", "ubnd", "ủy ban nhân dân", "uỷ ban nhân dân", ""} or (
        kind in {"thành phố", "tp", "tp."} and province.kind == "thành phố"
    )


def territory_of_place(place: str) -> Territory | None:
    """The territory that the place of a date line names: a province, or a district without its kind."""
    bare = re.sub(r"^(?:TP|Tp|T\.P)\.?\s*", "thành phố ", place)
    province = province_named(re.sub(r"^(?:tỉnh|thành phố)\s+", "", bare, flags=re.IGNORECASE))
    if province is not None:
        return Territory(f"{province.kind} {province.name}", "province", province)
    found = territory_in(bare)
    if found is not None:
        return found
    for kind in ("huyện", "thị xã", "thành phố", "quận"):
        mentions = district_mentions(f"{kind} {place}")
        if len(mentions) == 1 and mentions[0].province is not None:
            return Territory(None, None, mentions[0].province)
    return None


def bears_name_of(body: str, place: str) -> bool:
    """Whether a commune, district or school has the name of a province or place: `xã Hòa Bình`.

    Its date line then prints its own name and says nothing of the province.
    """
    if f" {key(place)} " not in f" {key(body)} ":
        return False
    province = province_named(place)
    return province is not None and all(m.province.name != province.name for m in province_mentions(body))


def level_of(name: str, territory: Territory | None) -> str | None:
    """Level of an issuer by its name in full, else by its territory."""
    if is_kind("central", name) or _NATIONAL.search(name):
        return "central"
    if is_kind("school", name) and not name.startswith("Trường Chính trị"):
        return "school"
    for level in ("department", "party"):
        if is_kind(level, name):
            return level
    kind = re.search(rf"\b({_KINDS})\b", name)
    if kind and territory is not None and territory.level:
        return territory.level
    return _LEVEL_OF_KIND.get(kind.group(1)) if kind else territory.level if territory else None
