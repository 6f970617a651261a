"""Administrative units over time: on which days each was one, its code in the list of those days, its heirs.

A province is a unit anew when others are merged into it, though it keeps its name. Districts ended on
30/06/2025; communes of that day went into the communes of the next (rules/units_until_2025.tsv).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from extractors.geography import Province, Term, districts, provinces
from extractors.vietnamese.letters import key

UnitLevel = Literal["province", "district", "commune"]

TWO_LEVELS = date(2025, 7, 1)  # since then provinces and communes alone (Quốc hội, 203/2025/QH15)
_LAST_OF_THREE = TWO_LEVELS - timedelta(days=1)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class CodeList:
    """A list of statistics codes (mã số đơn vị hành chính) and the days on which it held."""

    decision: str
    first: date
    last: date | None = None

    def holds(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


CODES_2004 = CodeList("124/2004/QĐ-TTg", date(2004, 7, 8), _LAST_OF_THREE)
CODES_2025 = CodeList("19/2025/QĐ-TTg", TWO_LEVELS)


@dataclass(frozen=True, slots=True, order=True)
class UnitCode:
    """A code in its list: 15 is Yên Bái in one and Lào Cai in the other, so neither is known by 15 alone."""

    system: CodeList
    value: str

    def __str__(self) -> str:
        return f"{self.system.decision}:{self.value}"


@dataclass(frozen=True, slots=True)
class Unit:
    """A province, district or commune as long as it was the same; None is an open end.

    `province` is the province's name then; `district` the kind and name of a commune's district, None
    since 01/07/2025. `number` is the code without its list: use `code`.
    """

    level: UnitLevel
    kind: str
    name: str
    province: str
    number: str | None = None
    district: str | None = None
    first: date | None = None
    last: date | None = None
    heir_numbers: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """Kind and name: `huyện Vĩnh Cửu`."""
        return f"{self.kind} {self.name}"

    @property
    def place_in_full(self) -> str:
        """With the units that it lies in: `xã Tân An, huyện Vĩnh Cửu, tỉnh Đồng Nai`."""
        if self.level == "province":
            return self.place
        return ", ".join(filter(None, (self.place, self.district, _marked(self.province, self.last))))

    def holds(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)

    def code(self, day: date | None = None) -> UnitCode | None:
        """Its code in the list of that day; without a day only where one list held all its time."""
        if self.number is None:
            return None
        held = [codes for codes in (CODES_2004, CODES_2025) if _meets(self, codes)]
        on_day = [codes for codes in held if day is None or codes.holds(day)]
        return UnitCode(on_day[0], self.number) if len(on_day) == 1 else None


def _meets(unit: Unit, codes: CodeList) -> bool:
    starts_in_time = unit.first is None or codes.last is None or unit.first <= codes.last
    return starts_in_time and (unit.last is None or unit.last >= codes.first)


def _marked(province: str, day: date | None) -> str:
    unit = province_unit(province, day or date.max)
    return unit.place if unit else province


# --- provinces --------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def province_units() -> tuple[Unit, ...]:
    """Every province, one unit for each stretch of the same name, kind and territory, in order of time."""
    return tuple(unit for province in provinces() for unit in _stretches(province))


def _stretches(province: Province) -> Iterator[Unit]:
    grown = sorted({day for day in map(_merged_on, _merged_into(province)) if day})
    for term in province.terms:
        inside = [day for day in grown if _is_inside(term, day)]
        starts = [term.first, *inside]
        ends = [*(day - _DAY for day in inside), term.last]
        for first, last in zip(starts, ends, strict=True):
            code = _code_of(province, term, first)
            yield Unit("province", term.kind, term.name, term.name, code, None, first, last)


def _code_of(province: Province, term: Term, first: date | None) -> str:
    return (province.code(first) if first else None) or term.code


def _merged_into(province: Province) -> Iterator[Province]:
    return (p for p in provinces() if p.now == province.name and p.name != province.name)


def _merged_on(province: Province) -> date | None:
    """First day on which it was a province no more."""
    last = province.terms[-1].last
    return last + _DAY if last else None


def _is_inside(term: Term, day: date) -> bool:
    return term.holds(day) and term.holds(day - _DAY)


@lru_cache(maxsize=1)
def _provinces_by_name() -> dict[str, tuple[Unit, ...]]:
    found: dict[str, tuple[Unit, ...]] = {}
    for province in provinces():
        units = tuple(_stretches(province))
        for name in {province.name, *province.aliases, *(term.name for term in province.terms)}:
            found[key(name)] = units
    return found


def units_of_province(name: str) -> tuple[Unit, ...]:
    """All stretches of the province of that name, in order of time; none where it is unknown."""
    return _provinces_by_name().get(key(name), ())


def province_unit(name: str, day: date) -> Unit | None:
    """The province of that name as it was on a day; None on a day on which it was none."""
    return next((unit for unit in units_of_province(name) if unit.holds(day)), None)


# --- districts and communes -------------------------------------------------------------------


def _rows(name: str) -> Iterator[list[str]]:
    text = files("extractors.rules").joinpath(f"{name}.tsv").read_text(encoding="utf-8")
    return (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))


_KINDS = ("thị trấn", "thị xã", "thành phố", "đặc khu", "xã", "phường", "huyện", "quận")


def kind_and_name(place: str) -> tuple[str | None, str]:
    """`huyện Vĩnh Cửu` gives its kind and its name; a place without a kind has None."""
    kind = next((k for k in (*_KINDS, "tỉnh") if place.casefold().startswith(f"{k} ")), None)
    return kind, place[len(kind) + 1 :] if kind else place


@lru_cache(maxsize=1)
def _local_units() -> tuple[Unit, ...]:
    return (*_units_until_2025(), *_earlier_districts(), *_communes())


def _units_until_2025() -> Iterator[Unit]:
    names = {p.code(_LAST_OF_THREE): p.name for p in provinces()}
    known: dict[str, Unit] = {}
    for code, place, above, heirs in _rows("units_until_2025"):
        kind, name = kind_and_name(place)
        district = known.get(above)
        province = district.province if district else names[above]
        level: UnitLevel = "commune" if district else "district"
        unit = Unit(
            level, kind or "", name, province, code, district.place if district else None,
            last=_LAST_OF_THREE, heir_numbers=tuple(heirs.split()),
        )  # fmt: skip
        if district is None:
            known[code] = unit
        yield unit


def _earlier_districts() -> Iterator[Unit]:
    """Districts that ended before 2025; on which day is not known, so they end with all the others."""
    known = {(place, province) for place, province in _districts_of_2025()}
    for kind, name, province in districts():
        if (f"{kind} {name}", province) not in known:
            yield Unit("district", kind, name, province, last=_LAST_OF_THREE)


def _districts_of_2025() -> Iterator[tuple[str, str]]:
    return ((unit.place, unit.province) for unit in _units_until_2025() if unit.level == "district")


def _communes() -> Iterator[Unit]:
    names = {p.code(TWO_LEVELS): p.name for p in provinces()}
    for code, place, above in _rows("communes"):
        kind, name = kind_and_name(place)
        yield Unit("commune", kind or "", name, names[above], code, first=TWO_LEVELS)


@lru_cache(maxsize=1)
def _local_by_name() -> dict[str, tuple[Unit, ...]]:
    found: dict[str, list[Unit]] = {}
    for unit in _local_units():
        found.setdefault(key(unit.name), []).append(unit)
    return {name: tuple(units) for name, units in found.items()}


def local_units(
    name: str,
    kind: str | None = None,
    province: str | None = None,
    district: str | None = None,
    level: UnitLevel | None = None,
) -> tuple[Unit, ...]:
    """Districts and communes of that name, of all times.

    `province` is a name of any time; where it has no such unit, the provinces that went into it are looked
    through. `district` is a kind and name, which only communes until 2025 have.
    """
    named = [
        unit
        for unit in _local_by_name().get(key(name), ())
        if kind in (None, unit.kind)
        and level in (None, unit.level)
        and (district is None or (unit.district is not None and key(unit.district) == key(district)))
    ]
    if province is None:
        return tuple(named)
    whole = units_of_province(province)
    own = {unit.name for unit in whole}
    inside = tuple(unit for unit in named if unit.province in own)
    merged = {old.name for unit in whole for old in forebears(unit)}
    return inside or tuple(unit for unit in named if unit.province in merged)


@lru_cache(maxsize=1)
def _by_code() -> dict[UnitCode, Unit]:
    lists = (CODES_2004, CODES_2025)
    return {
        UnitCode(codes, unit.number): unit
        for unit in (*province_units(), *_local_units())
        for codes in lists
        if unit.number is not None and _meets(unit, codes)
    }


def unit_of(code: UnitCode) -> Unit | None:
    """The unit that a code stands for in its list, as it was on the list's last day."""
    return _by_code().get(code)


# --- who came after whom ----------------------------------------------------------------------


def heirs(unit: Unit) -> tuple[Unit, ...]:
    """The units that its territory went to when it ended: of a district and a divided commune several.

    Empty where it has not ended, and where the heirs are not known.
    """
    if unit.last is None:
        return ()
    if unit.level == "province":
        now = _province_of(unit).now
        heir = province_unit(unit.name, unit.last + _DAY) or province_unit(now, unit.last + _DAY)
        return (heir,) if heir else ()
    return _communes_of(unit.heir_numbers or _heir_numbers(unit))


def _province_of(unit: Unit) -> Province:
    return next(p for p in provinces() if unit.name in {p.name, *(term.name for term in p.terms)})


def _heir_numbers(unit: Unit) -> Iterable[str]:
    """Of a district: of all its communes."""
    inside = _communes_by_district().get((unit.province, unit.place), ())
    return sorted({number for commune in inside for number in commune.heir_numbers})


def _communes_of(numbers: Iterable[str]) -> tuple[Unit, ...]:
    found = (unit_of(UnitCode(CODES_2025, number)) for number in numbers)
    return tuple(unit for unit in found if unit is not None)


@lru_cache(maxsize=1)
def _communes_by_district() -> dict[tuple[str, str], tuple[Unit, ...]]:
    found: dict[tuple[str, str], list[Unit]] = {}
    for unit in _local_units():
        if unit.district is not None:
            found.setdefault((unit.province, unit.district), []).append(unit)
    return {place: tuple(units) for place, units in found.items()}


@lru_cache(maxsize=1)
def _forebears() -> dict[Unit, tuple[Unit, ...]]:
    found: dict[Unit, list[Unit]] = {}
    for unit in (*province_units(), *(u for u in _local_units() if u.level == "commune" or u.heir_numbers)):
        for heir in heirs(unit):
            found.setdefault(heir, []).append(unit)
    return {heir: tuple(units) for heir, units in found.items()}


def forebears(unit: Unit) -> tuple[Unit, ...]:
    """The units whose territory it took over, whole or in part, when it began."""
    return _forebears().get(unit, ())
