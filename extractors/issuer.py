"""The issuing body in full: from the letterhead, else from preamble, signature, title or symbol.

The name is given in sentence case, abbreviations written out, with its place where it has none of its
own; a sub-unit with its superior (`Thanh tra Sở Y tế tỉnh Kiên Giang`); joint issuers joined by “và”.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from extractors import plan
from extractors.bodies import BodyContext, expanded, full_name
from extractors.document import Block, Document, Paragraph
from extractors.found import Found, finding
from extractors.geography import (
    Province,
    district_mentions,
    province_mentions,
    province_named,
    province_on,
)
from extractors.issuer_names import (
    completed_name,
    lacks_its_place,
    named_with_place,
    organ_in_full,
    with_kind,
)
from extractors.issuer_place import (
    Territory,
    bears_name_of,
    is_kind,
    level_of,
    territory_in,
    territory_of_place,
)
from extractors.issuer_sources import Source, printed_names
from extractors.letterhead import Letterhead
from extractors.signature import Signature
from extractors.vietnamese.bases import bare
from extractors.vietnamese.letters import plain
from extractors.zones import Zones
from extractors.zones_marks import YOUTH

_STAGE = "issuer"
_UNIT = re.compile(r" (?:xã|phường|thị trấn|đặc khu|huyện|quận|thị xã|thành phố)$")
_SPEAKER = 200  # characters in which a body that speaks is named
_SPEAKS = re.compile(r"\s*(?P<who>[^;:.]+?),? (?:xây dựng|ban hành|triển khai|đề ra|lập|tổ chức|yêu cầu)\b")
_CAPITAL = "Hà Nội"  # the seat of ministries


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
    youth = any(YOUTH.search(bare(document.cut(paragraph))) for paragraph in zones.head)
    above = letterhead.parents if source == "letterhead" else ()
    names = [organ_in_full(named_with_place(found.value, letterhead), youth=youth) for found in printed]
    parents = [named_with_place(found.value, letterhead) for found in above]
    territory, province = _territory(document, zones, letterhead, [*names, *parents[::-1]])
    territory, province = _in_its_time(document, zones, letterhead, territory, province)
    level = "central" if _is_of_ministry(names, parents, letterhead) else _level(names, parents, territory)
    if level == "central":  # a ministry's seat is not its territory
        territory = province = None
    context = _context(territory, level)
    parent = None
    if above:
        of_parent = _context(territory, level_of(expanded(parents[-1]), territory))
        value = with_kind(full_name(parents[-1], of_parent), of_parent)
        parent = replace(above[-1], value=value, rule="letterhead-parent")
    notes = _notes(document, printed, source, province, level)
    if not printed:
        return Issuer(None, None, parent, province, context.place, level, context, notes)
    full = " và ".join(
        completed_name(name, parent.value if parent else None, context, names) for name in names
    )
    if lacks_its_place(full):
        message = f"of which territory is not said: {full}"
        note = finding(document, _STAGE, "warning", "issuer-without-place", message, printed[0].start)
        return Issuer(None, None, parent, province, context.place, level, context, (*notes, note))
    first, last = printed[0], printed[-1]
    confidence = min(found.confidence for found in printed)
    name = Found(full, min(first.start, last.start), max(first.end, last.end), first.rule, confidence)
    own = BodyContext(full, level, context.province, context.place, context.province_kind)
    return Issuer(name, source, parent, province, context.place, level, own, notes)


def _is_of_ministry(names: Sequence[str], parents: Sequence[str], letterhead: Letterhead) -> bool:
    """Whether a department of a ministry issued the plan, not its office in a province (dated there)."""
    if not names or not any(level_of(expanded(parent), None) == "central" for parent in parents):
        return False
    if territory_in(expanded(names[0])) is not None:
        return False
    dated = territory_of_place(letterhead.place.value) if letterhead.place else None
    return dated is None or dated.province is None or dated.province.name == _CAPITAL


def _level(names: Sequence[str], parents: Sequence[str], territory: Territory | None) -> str | None:
    """Level of the issuer; a sub-unit is of its superior's level."""
    if not names:
        return territory.level if territory else None
    if territory_in(expanded(names[0])) is not None:
        level = level_of(expanded(names[0]), territory)
        return "department" if level == "central" else level  # an office of a central body in a province
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


# --- its territory --------------------------------------------------------------------------------


def _territory(
    document: Document, zones: Zones, letterhead: Letterhead, names: Sequence[str]
) -> tuple[Territory | None, Found[str] | None]:
    """The issuer's territory, and its province: by the names of the letterhead, place, title, text."""
    named = [t for t in map(territory_in, names) if t is not None]
    place = letterhead.place.value if letterhead.place else None
    is_own = place is not None and any(bears_name_of(name, place) for name in names)
    dated = territory_of_place(place) if place is not None and not is_own else None
    titled = next(iter(_territories(document, zones.title)), None)
    spoken = _agreed(_territories(document, zones.preamble))
    sure_date = dated if dated is not None and dated.level == "province" else None
    chosen = _first([*named[:1], _speaking(document, zones, place, names), sure_date, titled, spoken])
    if chosen is None or chosen.province is None:
        province = _province_of(
            [*named, sure_date, titled, spoken, _agreed(_territories(document, _foot(zones)))]
        )
        guess = dated if not names or _may_be_of_a_district(names[0]) else None
        province = province or (guess.province if guess else None)
        chosen = _with_province(chosen, province)
    if chosen is None or chosen.province is None:
        return chosen, None
    return chosen, _found_province(document, zones, letterhead, chosen)


def _speaking(document: Document, zones: Zones, place: str | None, names: Sequence[str]) -> Territory | None:
    """The territory of a body that the letterhead names without it, where it speaks in the preamble.

    `Ủy ban nhân dân thị xã An Khê xây dựng kế hoạch …` below `ỦY BAN NHÂN DÂN` alone; where it says no
    more than `UBND xã` the rest is the place of the date line.
    """
    if not names:
        return None
    own = bare(expanded(names[0])).casefold()
    texts = (document.cut(block)[:_SPEAKER] for block in zones.preamble if isinstance(block, Paragraph))
    speakers = (expanded(found["who"]) for text in texts if (found := _SPEAKS.match(text)))
    own_ones = [who for who in speakers if bare(who).casefold().startswith(own)]
    named = (territory_in(f"{who} {place}" if place and _UNIT.search(who) else who) for who in own_ones)
    return next((territory for territory in named if territory is not None), None)


def _in_its_time(
    document: Document,
    zones: Zones,
    letterhead: Letterhead,
    territory: Territory | None,
    province: Found[str] | None,
) -> tuple[Territory | None, Found[str] | None]:
    """Territory and province as they were when the plan was issued.

    A district tells its province also where both have ended: unless that province is named, the
    plan was issued in its successor (`đặc khu Phú Quốc` of 2025 lies in An Giang).
    """
    day = letterhead.issued_on.value if letterhead.issued_on else None
    if territory is not None and territory.province is not None and province is not None and day is not None:
        held = territory.province
        heir = province_named(held.now)
        if held.code(day) is None and heir not in {None, held} and not _is_named(document, zones, held):
            territory, province = replace(territory, province=heir), replace(province, value=held.now)
    return _as_then(territory, letterhead), province


def _is_named(document: Document, zones: Zones, province: Province) -> bool:
    """Whether the plan names the province itself."""
    blocks = (*zones.head, *zones.title, *zones.preamble, *zones.closing, *zones.body[:60])
    texts = (document.cut(block) for block in blocks if isinstance(block, Paragraph))
    return any(mention.province == province for text in texts for mention in province_mentions(text))


def _as_then(territory: Territory | None, letterhead: Letterhead) -> Territory | None:
    """The territory with the name and kind that its province had when the plan was issued."""
    if territory is None or territory.province is None:
        return territory
    day = letterhead.issued_on.value if letterhead.issued_on else None
    year = letterhead.issued_year.value if letterhead.issued_year else None
    now = territory.province
    then = province_on(now.name, day, year)
    assert then is not None
    whole = f"{then.kind} {then.name}"
    province = replace(now, name=then.name, kind=then.kind)
    if territory.place in {f"{now.kind} {now.name}", whole}:
        return Territory(whole, "province" if territory.place == whole else territory.level, province)
    # The city of the province that bore its name before it was all of it: thành phố Huế until 2024.
    level = "district" if territory.level == "province" and (day or year) else territory.level
    return Territory(territory.place, level, province)


def _first(territories: Sequence[Territory | None]) -> Territory | None:
    """The first territory that has a place; its province may be still unknown."""
    return next((t for t in territories if t is not None and t.place), None)


def _province_of(territories: Sequence[Territory | None]) -> Province | None:
    return next((t.province for t in territories if t is not None and t.province is not None), None)


def _may_be_of_a_district(name: str) -> bool:
    """Whether the place of the date line may be a district: communes often bear the names of districts."""
    return not is_kind("school", name) and level_of(name, None) != "commune"


def _with_province(territory: Territory | None, province: Province | None) -> Territory | None:
    if province is None:
        return territory
    if territory is not None:
        return Territory(territory.place, territory.level, province)
    return Territory(f"{province.kind} {province.name}", None, province)


def _agreed(territories: Iterator[Territory]) -> Territory | None:
    """The first of the territories, if they lie in one province or one province has most of them."""
    found = list(territories)
    counts = Counter(t.province.name for t in found if t.province is not None).most_common(2)
    if not counts or (len(counts) > 1 and counts[0][1] == counts[1][1]):
        return None
    return next(t for t in found if t.province is not None and t.province.name == counts[0][0])


def _foot(zones: Zones) -> tuple[Block, ...]:
    return (*zones.closing, *zones.body[:60])


def _territories(document: Document, blocks: Sequence[Block]) -> Iterator[Territory]:
    """Territories that the paragraphs name, one a paragraph."""
    for block in blocks[:80]:
        found = territory_in(document.cut(block)) if isinstance(block, Paragraph) else None
        if found is not None:
            yield found


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
