"""The name of an issuing body in full: its abbreviations, its superior, its place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.bodies import BodyContext, expanded, full_name, kind_of_province, sentence_case
from extractors.geography import districts, province_mentions, province_named
from extractors.issuer_place import is_kind, territory_in
from extractors.letterhead import Letterhead
from extractors.letterhead_bodies import head_kind
from extractors.vietnamese.bases import CAPITALS
from extractors.vietnamese.letters import key, plain


def lacks_its_place(name: str) -> bool:
    """`Ủy ban nhân dân` of nowhere names no body."""
    return plain(name) in {"uy ban nhan dan", "hoi dong nhan dan", "dang uy", "tinh uy", "huyen uy"}


_BY_NUMBER = re.compile(r"\bSố(?=\s+\d)", re.IGNORECASE)
# `Công đoàn Trường Tiểu học …` names whose union it is.
_NAMED_INSIDE = re.compile(r"\s(?:Trường|Bệnh viện|Sở|Công ty|Trung tâm|Học viện|Đại học)\s+\w")


def _takes_superior(name: str, parent: str) -> bool:
    """Whether a unit is known by its superior: `Thanh tra Sở …`, `Văn phòng Ủy ban nhân dân …`."""
    if plain(name) in plain(parent):
        return False
    if is_kind("organ", name):
        return name == "Văn phòng" or not parent.startswith("Ủy ban nhân dân")
    return is_kind("sub_unit", name) and not is_kind("territorial", parent)


def completed_name(name: str, parent: str | None, context: BodyContext, names: Sequence[str]) -> str:
    """One issuer's name in full; what it lacks comes from its superior, else from the territory."""
    name = _with_field(name, names)
    if _BY_NUMBER.search(name):
        return _BY_NUMBER.sub(lambda m: m.group().lower(), name)  # one of its kind, by its decision
    full = with_kind(full_name(name, context), context)
    if is_kind("territorial", full):
        full = _WIDER.sub(lambda m: m["own"], full)
    if _names_a_place(full) or _NAMED_INSIDE.search(full):
        return _with_union(full, parent)
    if context.level == "central" and not (parent and is_kind("sub_unit", full)):
        return full
    if parent and _takes_superior(full, parent):
        return f"{full} {parent}"
    if is_kind("named", full) or is_kind("organ", full) or not context.place:
        return full
    where = context.place if parent or is_kind("territorial", full) or not _province_only(context) else None
    where = where or f"{context.province_kind} {context.province}"
    return f"{full} {where}" if head_kind(full) is not None else full


_OF_PROVINCE = re.compile(
    r"\b(?:[Tt]ỉnh|[Tt]hành|[Hh]uyện|[Qq]uận|[Tt]hị) (?:[Đđ]oàn|ủy|uỷ)\s+$"
)  # says the kind


def with_kind(name: str, context: BodyContext) -> str:
    """`Liên đoàn Lao động Thái Bình` as `Liên đoàn Lao động tỉnh Thái Bình`."""
    mention = next(iter(province_mentions(name)), None)
    if mention is None or mention.marked or mention.end != len(name) or not is_kind("takes_kind", name):
        return name
    if _OF_PROVINCE.search(name[: mention.start]):
        return name
    return f"{name[: mention.start]}{kind_of_province(mention.province, context)} {name[mention.start :]}"


def _province_only(context: BodyContext) -> bool:
    return context.province is not None and context.place == f"{context.province_kind} {context.province}"


def _with_field(name: str, names: Sequence[str]) -> str:
    """`Công đoàn ngành` beside `Sở Y tế` is `Công đoàn ngành Y tế`."""
    department = re.match(r"Sở\s+(?P<field>.+?)(?:\s+(?:tỉnh|thành phố)\b.*)?$", expanded(names[0]))
    if name.endswith(" ngành") and department and name != names[0]:
        return f"{name} {department['field']}"
    return name


_UNITS = r"(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn)"
_ORGAN_OF_PLACE = re.compile(rf"^(?P<organ>Ban Chấp hành|Ban Thường vụ|Ban Thường trực)(?= {_UNITS}\b)")
_SHORT_ORGAN = re.compile(rf"^(?P<organ>BCH|BTV)(?= {_UNITS}\b)")
_ORGANS = {"BCH": "Ban Chấp hành", "BTV": "Ban Thường vụ"}
_UNION = re.compile(r"(?:Hội|Đoàn|Công đoàn|Mặt trận|Ủy ban Mặt trận)\b")


def organ_in_full(name: str, *, youth: bool) -> str:
    """`BCH huyện …` written out; beside the youth union's name it is the union's."""
    name = _SHORT_ORGAN.sub(lambda m: _ORGANS[m["organ"]], name.replace("Đặc Khu ", "đặc khu "))
    if youth and name.endswith("Trung ương"):
        return f"{name} Đoàn Thanh niên Cộng sản Hồ Chí Minh"
    return _ORGAN_OF_PLACE.sub(lambda m: f"{m['organ']} Đoàn", name) if youth else name


_BARE_KIND = re.compile(
    r"\b(?P<kind>huyện|quận|thị xã|thành phố|xã|phường|thị trấn)$|^(?P<party>Huyện|Quận|Thị|Thành) (?:ủy|uỷ)$"
)
_OF_PARTY = {"Huyện": "huyện", "Quận": "quận", "Thị": "thị xã", "Thành": "thành phố"}
# `Ủy ban nhân dân xã Tân Lập, huyện …, tỉnh …`: the territories behind its own tell where it lies.
_WIDER = re.compile(
    rf"(?P<own>\b(?:xã|phường|thị trấn|huyện|quận|thị xã) (?:\d+|[{CAPITALS}][\w’']*)"
    rf"(?: [{CAPITALS}][\w’']*)*)"
    rf",? (?:huyện|quận|thị xã|thành phố|tỉnh) [{CAPITALS}\d].*$"
)


def named_with_place(printed: str, letterhead: Letterhead) -> str:
    """A body's name in sentence case; `UBND HUYỆN` is of the district that the date line names."""
    name = sentence_case(printed)
    found = _BARE_KIND.search(name)
    place = letterhead.place.value if letterhead.place else None
    if found is None or place is None:
        return name
    kind = found["kind"] or _OF_PARTY[found["party"]]
    return f"{name} {_PRINTED_KIND.sub('', place)}" if _may_be(kind, place) else name


_PRINTED_KIND = re.compile(r"^(?:TP|Tp|TX)\.?\s*")


def _may_be(kind: str, place: str) -> bool:
    """Whether the place of a date line can be of that kind; the seat of a district may bear another name."""
    name = _PRINTED_KIND.sub("", place)
    province = province_named(name)
    if kind in {"xã", "phường", "thị trấn"}:
        return province is None
    if kind == "thành phố" and province is not None and province.kind == kind:
        return True
    return any(kind == of and key(name) == key(known) for of, known, _ in districts())


def _with_union(name: str, parent: str | None) -> str:
    """`Ban Chấp hành tỉnh …` below `Hội Nông dân Việt Nam` as `Ban Chấp hành Hội Nông dân tỉnh …`."""
    organ = _ORGAN_OF_PLACE.match(name)
    if organ is None or parent is None or not _UNION.match(parent):
        return name
    return f"{organ['organ']} {parent.removesuffix(' Việt Nam')}{name[organ.end() :]}"


# A place behind its kind need not be known: `tỉnh Hà Đông`.
_OF_COUNTRY_OR_PLACE = re.compile(
    rf"""
    \b(?:Trung\ ương|Việt\ Nam|Quốc\ gia)\b
    | \b(?:tỉnh|thành\ phố|huyện|quận|thị\ xã|xã|phường|thị\ trấn|[Đđ]ặc\ [Kk]hu)\ [{CAPITALS}]
    """,
    re.VERBOSE,
)


def _names_a_place(name: str) -> bool:
    found = territory_in(name)
    return found is not None or _OF_COUNTRY_OR_PLACE.search(name) is not None
