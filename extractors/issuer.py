"""The issuing body in full: from the letterhead, else from preamble, signature, title or symbol.

The name is given in sentence case, abbreviations written out, with its place where it has none of its
own; a sub-unit with its superior (`Thanh tra Sở Y tế tỉnh Kiên Giang`); joint issuers joined by “và”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractors import plan
from extractors.bodies import BodyContext, expanded, full_name, sentence_case
from extractors.document import Document, Paragraph
from extractors.found import Found, finding
from extractors.geography import district_mentions, province_mentions
from extractors.issuer_place import Territory, is_kind, level_of, territory_in, territory_of_place
from extractors.issuer_sources import Source, printed_names
from extractors.letterhead import Letterhead
from extractors.letterhead_bodies import head_kind
from extractors.signature import Signature
from extractors.vietnamese.letters import plain
from extractors.zones import Zones

_STAGE = "issuer"


@dataclass(frozen=True, slots=True)
class Issuer:
    """The issuer: `name` in full, where it was found, its superior in full, its territory.

    `province` is the name without its kind; `context` completes the names of the bodies in the plan.
    """

    name: Found[str] | None = None
    source: Source | None = None
    parent: Found[str] | None = None
    province: Found[str] | None = None
    place: str | None = None
    level: str | None = None
    context: BodyContext = field(default_factory=BodyContext)
    diagnostics: tuple[plan.Finding, ...] = ()


def read_issuer(document: Document, zones: Zones, letterhead: Letterhead, signature: Signature) -> Issuer:
    """Who issued the document, and of which territory that body is."""
    printed, source = printed_names(document, zones, letterhead, signature)
    names = [sentence_case(found.value) for found in printed]
    parents = [sentence_case(found.value) for found in letterhead.parents] if source == "letterhead" else []
    territory, province = _territory(document, zones, letterhead, [*names, *parents[::-1]])
    level = _level(names, parents, territory)
    if level == "central":  # a ministry's seat is not its territory
        territory = province = None
    context = _context(territory, level)
    parent = None
    if letterhead.parents and source == "letterhead":
        above = letterhead.parents[-1]
        value = _with_kind(
            full_name(parents[-1], _context(territory, level_of(expanded(parents[-1]), territory)))
        )
        parent = Found(value, above.start, above.end, "letterhead-parent", above.confidence)
    notes = _notes(document, printed, source, province, level)
    if not printed:
        return Issuer(None, None, parent, province, context.place, level, context, notes)
    full = " và ".join(_completed(name, parent.value if parent else None, context, names) for name in names)
    first, last = printed[0], printed[-1]
    confidence = min(found.confidence for found in printed)
    name = Found(full, min(first.start, last.start), max(first.end, last.end), first.rule, confidence)
    own = BodyContext(full, level, context.province, context.place, context.province_kind)
    return Issuer(name, source, parent, province, context.place, level, own, notes)


def _level(names: Sequence[str], parents: Sequence[str], territory: Territory | None) -> str | None:
    """Level of the issuer; a sub-unit is of its superior's level."""
    if not names:
        return territory.level if territory else None
    if parents and is_kind("sub_unit", names[0]) and not is_kind("territorial", expanded(parents[-1])):
        return level_of(expanded(parents[-1]), territory)
    return level_of(expanded(names[0]), territory)


def _context(territory: Territory | None, level: str | None) -> BodyContext:
    province = territory.province if territory else None
    return BodyContext(
        issuer=None,
        level=level,
        province=province.name if province else None,
        place=(territory.place if territory else None)
        or (f"{province.kind} {province.name}" if province else None),
        province_kind=province.kind if province else None,
    )


def _notes(
    document: Document,
    printed: Sequence[Found[str]],
    source: Source | None,
    province: Found[str] | None,
    level: str | None,
) -> tuple[plan.Finding, ...]:
    notes = []
    if not printed:
        notes.append(finding(document, _STAGE, "warning", "no-issuer", "no issuing body is named"))
    elif source != "letterhead":
        message = f"the letterhead names no body; taken from the {source}: {printed[0].value}"
        notes.append(finding(document, _STAGE, "info", "issuer-inferred", message, printed[0].start))
    if province is None and level != "central":
        notes.append(finding(document, _STAGE, "info", "no-province", "no province is named"))
    return tuple(notes)


# --- its full name --------------------------------------------------------------------------------


def _completed(name: str, parent: str | None, context: BodyContext, names: Sequence[str]) -> str:
    """One issuer's name in full; what it lacks comes from its superior, else from the territory."""
    name = _with_field(name, names)
    full = _with_kind(full_name(name, context))
    if re.search(r"\d", full) and "số" in full.casefold():
        return full  # “Đoàn kiểm tra theo Quyết định số …” is one of its kind
    if _names_a_place(full):
        return full
    if (
        parent
        and is_kind("sub_unit", full)
        and not is_kind("territorial", parent)
        and plain(full) not in plain(parent)
    ):
        return f"{full} {parent}"
    if (
        parent
        and is_kind("organ", full)
        and (full == "Văn phòng" or not parent.startswith("Ủy ban nhân dân"))
    ):
        return f"{full} {parent}"
    if is_kind("named", full) or context.level == "central" or not context.place or is_kind("organ", full):
        return full
    where = context.place if parent or is_kind("territorial", full) or not _province_only(context) else None
    where = where or f"{context.province_kind} {context.province}"
    return f"{full} {where}" if head_kind(full) is not None else full


def _with_kind(name: str) -> str:
    """`Liên đoàn Lao động Thái Bình` as `Liên đoàn Lao động tỉnh Thái Bình`."""
    mention = next(iter(province_mentions(name)), None)
    if mention is None or mention.marked or mention.end != len(name) or not is_kind("takes_kind", name):
        return name
    return f"{name[: mention.start]}{mention.province.kind} {name[mention.start :]}"


def _province_only(context: BodyContext) -> bool:
    return context.province is not None and context.place == f"{context.province_kind} {context.province}"


def _with_field(name: str, names: Sequence[str]) -> str:
    """`Công đoàn ngành` beside `Sở Y tế` is `Công đoàn ngành Y tế`."""
    department = re.match(r"Sở\s+(?P<field>.+?)(?:\s+(?:tỉnh|thành phố)\b.*)?$", expanded(names[0]))
    if name.endswith(" ngành") and department and name != names[0]:
        return f"{name} {department['field']}"
    return name


def _names_a_place(name: str) -> bool:
    found = territory_in(name)
    return found is not None or bool(re.search(r"\b(?:Trung ương|Việt Nam|Quốc gia)\b", name))


# --- its territory --------------------------------------------------------------------------------


def _territory(
    document: Document, zones: Zones, letterhead: Letterhead, names: Sequence[str]
) -> tuple[Territory | None, Found[str] | None]:
    """The issuer's territory, and its province: by names of the letterhead, place, title, text."""
    own = next((t for t in map(territory_in, names) if t is not None), None)
    dated = territory_of_place(letterhead.place.value) if letterhead.place else None
    titled = next(iter(_territories(document, zones.title, 4)), None)
    spoken = next(iter(_territories(document, tuple(zones.preamble), 40)), None)
    if own is not None and own.level in {"district", "commune"} and own.province is None:
        province = next((t.province for t in (dated, titled, spoken) if t and t.province), None)
        own = Territory(own.place, own.level, province)
    chosen = own or dated or titled or spoken
    if chosen is not None and chosen.place is None and titled is not None and titled.place:
        chosen = Territory(titled.place, titled.level, chosen.province or titled.province)
    if chosen is None or chosen.province is None:
        chosen = _from_text(document, zones, chosen)
    if chosen is None or chosen.province is None:
        return chosen, None
    return chosen, _found_province(document, zones, letterhead, chosen)


def _territories(document: Document, paragraphs: Sequence[Paragraph], most: int) -> Iterator[Territory]:
    """Territories that the sentences name, the smaller ones first of each sentence."""
    for paragraph in paragraphs[:most]:
        found = territory_in(document.cut(paragraph))
        if found is not None:
            yield found


def _from_text(document: Document, zones: Zones, known: Territory | None) -> Territory | None:
    """The province that the closing and the body name, where it is one and the same."""
    found = {}
    for block in (*zones.closing, *zones.body[:60]):
        if isinstance(block, Paragraph):
            territory = territory_in(document.cut(block))
            if territory is not None and territory.province is not None:
                found[territory.province.name] = territory.province
    if len(found) != 1:
        return known
    province = next(iter(found.values()))
    if known is not None:
        return Territory(known.place, known.level, province)
    return Territory(f"{province.kind} {province.name}", None, province)


def _found_province(
    document: Document, zones: Zones, letterhead: Letterhead, territory: Territory
) -> Found[str] | None:
    """The province's name with the first span that prints it, or that names the territory in it."""
    assert territory.province is not None
    name = territory.province.name
    wanted = [plain(name)]
    if territory.place:
        wanted.append(plain(territory.place.split(" ", 1)[-1]))
    blocks = (*zones.head, *zones.title, *zones.preamble, *zones.closing, *zones.body[:60])
    for word in wanted:
        for block in blocks:
            if isinstance(block, Paragraph):
                at = plain(document.cut(block)).find(word)
                if at >= 0:
                    start = block.start + at
                    return Found(name, start, start + len(word), "province-named", 0.9)
    for block in blocks:
        mentions = district_mentions(document.cut(block)) if isinstance(block, Paragraph) else ()
        for mention in mentions:
            if mention.province is not None and mention.province.name == name:
                return Found(
                    name, block.start + mention.start, block.start + mention.end, "province-of-district", 0.8
                )
    place = letterhead.place
    return Found(name, place.start, place.end, "province-of-place", 0.7) if place else None
