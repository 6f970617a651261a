"""Register of bodies (cơ quan, đơn vị): what a body was on a day, who came before and after it, its lineage.

A body is a head (Sở Nội vụ) of a unit of administration (tỉnh Hà Nam). It ends when its head goes into
another (ministries and departments, 2007 and 2025) or, for organs, when its unit does (the mergers of
01/08/2008 and 01/07/2025). Institutions (schools, hospitals) keep their name in the new territory.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from extractors.bodies import body_key
from extractors.geography import province_named
from extractors.issuer_place import Territory, level_of
from extractors.register_names import BodyName, Style, is_central, named, read_name
from extractors.register_rules import Succession, distinguished_by, is_part, successions
from extractors.units import Unit, UnitCode, forebears, heirs, province_unit, units_of_province

_DAY = timedelta(days=1)
_NAMED_AT_MOST = 5  # places in a message


@dataclass(frozen=True, slots=True)
class Body:
    """A body as it was on a day.

    level            central, province, district, commune, department, party, school, part (of a
                     body, or a group of bodies), None where it is not known
    province         name of its province then, without its kind
    code             code of the unit that it is of, in the list of that day
    parent           the body above it, in full
    valid_from/to    first and last day, both included; None is open or not known
    predecessors     bodies that went into it until that day
    successors       bodies that it goes into; several where they are not one
    territory_heirs  where nobody came after it (a district): the communes that its territory went to
    """

    key: str
    name: str
    level: str | None
    province: str | None
    code: UnitCode | None
    parent: str | None
    valid_from: date | None = None
    valid_to: date | None = None
    predecessors: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    territory_heirs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unmatched:
    """Why the register gives no body: a code for programs and a message for people.

    district-abolished, unit-ended, unit-not-yet, unit-unknown, unit-ambiguous, body-ended, body-not-yet
    """

    code: str
    message: str


def body_on(
    name: str, day: date, province: str | None = None, superior: str | None = None
) -> Body | Unmatched:
    """The body of that name on a day.

    `province` (a name of any time) and `superior` (a body or place in full) complete a name without a place
    and tell places of one name apart.
    """
    read = read_name(name, province, superior)
    unit = _unit_on(read, day)
    return unit if isinstance(unit, Unmatched) else _body(read, unit, day)


def lineage(
    name: str, day: date | None = None, province: str | None = None, superior: str | None = None
) -> str | None:
    """A key that holds over years: that of the body which came last after this one.

    The departments of three provinces that were merged have one lineage, that of the department of the new
    province. A body that ended with no one heir has its own. None where the name may mean several bodies.
    """
    read = read_name(name, province, superior)
    if is_part(read.name):
        return None
    if is_central(read.name):
        return body_key(_last_head(read.head, None))
    if read.organ is None and distinguished_by(read.name) == "nation":
        return body_key(read.name)
    of_unit = _lineage_of_organ if read.organ else _lineage_of_institution
    found = {of_unit(read, unit) for unit in _units_near(read, day)}
    return found.pop() if len(found) == 1 else None


# --- the body on a day ------------------------------------------------------------------------


def _unit_on(read: BodyName, day: date) -> Unit | Unmatched | None:
    """The one unit that the name's place was that day; None for a name without a place."""
    if read.unknown_place is not None:
        return Unmatched("unit-unknown", f"{read.name}: no place is known as {read.unknown_place}")
    on_day = [unit for unit in read.units if unit.holds(day)]
    if len(on_day) > 1:
        places = "; ".join(unit.place_in_full for unit in on_day[:_NAMED_AT_MOST])
        more = f" and {len(on_day) - _NAMED_AT_MOST} more" if len(on_day) > _NAMED_AT_MOST else ""
        return Unmatched("unit-ambiguous", f"{read.name} may be of: {places}{more}")
    return on_day[0] if on_day else _not_that_day(read.units, day) if read.units else None


def _not_that_day(units: tuple[Unit, ...], day: date) -> Unmatched:
    ended = [unit for unit in units if unit.last is not None and unit.last < day]
    if not ended:
        return Unmatched("unit-not-yet", f"{units[0].place_in_full} came into being on {units[0].first}")
    unit = ended[-1]
    after = ", ".join(heir.place for heir in heirs(unit)) or "units that are not known"
    code = "district-abolished" if unit.level == "district" else "unit-ended"
    return Unmatched(code, f"{unit.place_in_full} ended on {unit.last}; its territory went to {after}")


def _body(read: BodyName, unit: Unit | None, day: date) -> Body | Unmatched:
    began, ended = _beginning_of(read.head, unit), _end_of(read.head, unit, day)
    if ended is not None and day >= ended.day + ended.slack:
        after = ", ".join(_after(ended, read, unit))
        return Unmatched("body-ended", f"{read.name} ended on {ended.day - _DAY}; after it came {after}")
    if began is not None and day < began.day - began.slack:
        return Unmatched("body-not-yet", f"{read.name} came into being on {began.day}")
    territory = unit if read.organ else None
    after_it = heirs(territory) if territory else ()
    goes_on = len(after_it) == 1 or (territory is not None and territory.level == "commune")
    firsts = (began.day if began else None, territory.first if territory else None)
    lasts = (ended.day - _DAY if ended else None, territory.last if territory else None)
    is_whole = unit is None or (read.style != "bare" and unit.name in read.name)
    name = read.name if is_whole else _named(read, unit)
    return Body(
        key=body_key(name),
        name=name,
        level=_level(read, unit),
        province=unit.province if unit else None,
        code=unit.code(day) if unit else None,
        parent=_parent(read, unit, day),
        valid_from=max(filter(None, firsts), default=None),
        valid_to=min(filter(None, lasts), default=None),
        predecessors=tuple(_before(read, unit, day)),
        successors=tuple(_after(ended, read, unit)) if ended or goes_on else (),
        territory_heirs=() if goes_on else tuple(heir.place for heir in after_it),
    )


def _named(read: BodyName, unit: Unit | None, head: str | None = None) -> str:
    """The name of the same body (or of `head`) of a unit; an institution keeps the one that it has."""
    if unit is None or read.organ is None:
        return head or read.name
    return named(head or read.head, unit, _style(read))


def _style(read: BodyName) -> Style:
    return "party" if read.style == "party" else "marked"


def _level(read: BodyName, unit: Unit | None) -> str | None:
    if is_part(read.name):
        return "part"
    territory = Territory(unit.place, unit.level, province_named(unit.province)) if unit else None
    level = level_of(read.name, territory)
    is_territorial = read.organ is not None and level in {"province", "district", "commune", None}
    return unit.level if unit and is_territorial else level


def _parent(read: BodyName, unit: Unit | None, day: date) -> str | None:
    if read.organ is None or read.organ.parent is None or unit is None:
        return None
    if "{above}" in read.organ.parent and unit.level == "province":
        return read.organ.top
    province = province_unit(unit.province, day)
    above = unit.district or (province.place if province else unit.province)
    return read.organ.parent.format(place=unit.place, above=above)


# --- before and after -------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _ends() -> dict[str, tuple[Succession, ...]]:
    found: dict[str, list[Succession]] = {}
    for succession in successions():
        found.setdefault(succession.body, []).append(succession)
    return {body: tuple(held) for body, held in found.items()}


def _end_of(head: str, unit: Unit | None, day: date | None = None) -> Succession | None:
    """The succession by which a head ends: the next after `day`, else the last one."""
    found = [s for s in _ends().get(body_key(head), ()) if s.is_true_of(_province_of(unit))]
    later = (s for s in found if day is None or day < s.day + s.slack)
    return next(later, found[-1] if found else None)


def _beginning_of(head: str, unit: Unit | None) -> Succession | None:
    into = (s for s in _into(body_key(head)) if s.new and s.is_true_of(_province_of(unit)))
    return next(into, None)


@lru_cache(maxsize=1024)
def _into(head: str) -> tuple[Succession, ...]:
    """The successions by which other heads went into one."""
    return tuple(s for s in successions() if s.heir is not None and body_key(s.heir) == head)


def _province_of(unit: Unit | None) -> str | None:
    """The province's name as the rules have it."""
    province = province_named(unit.province) if unit else None
    return province.name if province else None


def _after(ended: Succession | None, read: BodyName, unit: Unit | None) -> Iterator[str]:
    """Who came after a body: after its head, where that went into others first, else after its unit."""
    if ended is not None and (unit is None or unit.last is None or ended.day <= unit.last):
        for head in filter(None, (ended.heir, *ended.parts)):
            yield head if unit is None else named(head, unit, _style(read))
    elif unit is not None:
        yield from (_named(read, heir) for heir in heirs(unit))


def _before(read: BodyName, unit: Unit | None, day: date) -> Iterator[str]:
    """Who went into a body: of the units that went into its unit, the heads that went into its head."""
    if read.organ is not None and unit is not None:
        yield from (_named(read, old) for old in forebears(unit))
    for s in _into(body_key(read.head)):
        in_time = s.day <= day and (unit is None or unit.first is None or unit.first <= s.day)
        if in_time and s.is_true_of(_province_of(unit)):
            yield _named(read, unit, _head_named(s.body))


@lru_cache(maxsize=64)
def _head_named(body: str) -> str:
    return next(s.printed for s in successions() if s.body == body)


# --- lineage ----------------------------------------------------------------------------------


def _units_near(read: BodyName, day: date | None) -> tuple[Unit, ...]:
    """The units that a name's place may be: those of the day, else those of any time."""
    on_day = tuple(unit for unit in read.units if day is not None and unit.holds(day))
    return on_day or read.units


def _last_head(head: str, unit: Unit | None) -> str:
    """The head that came last after one; a head that was divided is its own last."""
    for _ in successions():
        ended = _end_of(head, unit)
        if ended is None or ended.heir is None:
            break
        head = ended.heir
    return head


def _last_unit(unit: Unit) -> Unit:
    while len(after := heirs(unit)) == 1:
        unit = after[0]
    return unit


def _lineage_of_organ(read: BodyName, unit: Unit) -> str:
    last = _last_unit(unit)
    name = named(_last_head(read.head, unit), last, _style(read))
    return body_key(name if last.level == "province" else f"{name}{last.place_in_full[len(last.place) :]}")


def _lineage_of_institution(read: BodyName, unit: Unit) -> str | None:
    """Its own name with today's province; one that many districts have with the district of 2025."""
    province = units_of_province(unit.province)[-1]
    name = f"{read.head} {unit.name}" if read.style in {"marked", "party", "bare"} else read.name
    where = [_last_unit(province).place]
    if distinguished_by(read.name) == "local" and unit.level != "province":
        district = _district_of_2025(unit)
        if district is None:
            return None
        where.insert(0, district)
    return body_key(", ".join((name, *where)))


def _district_of_2025(unit: Unit) -> str | None:
    """The district that a unit is or lay in; of a commune since 2025 that of all that went into it."""
    if unit.level == "district":
        return unit.place
    found = {old.district for old in (unit, *forebears(unit)) if old.district}
    return found.pop() if len(found) == 1 else None
