"""Issuers of made plans: letterhead, symbol, signature and the bodies that such an issuer charges."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random

from tests.bulk.words import DISTRICTS_END, Place, known_districts, province_of, provinces_on, words
from tests.maker.facts import Signature

_LONG = 22  # letters of a letterhead line that is cut in two


@dataclass(frozen=True)
class Issuer:
    """Who issues a plan: printed lines (`parent`, `lines`) and what they say (`parent_name`, `name`).

    `level` chooses the bodies that it charges; `folder` is where an archive keeps its plans.
    """

    level: str
    name: str
    lines: tuple[str, ...]
    symbol: str
    place: str
    province: Place
    territory: Place
    head: str
    deputy: str
    folder: str
    behalf: str | None = None  # signs for it: TM. …
    parent: tuple[str, ...] = ()
    parent_name: str | None = None

    def bodies(self) -> list[str]:
        return [_in(self.territory, body) for body in words().bodies[self.level]]

    def everyone(self) -> str:
        return words().everyone[self.level]

    def signature(self, random: Random) -> Signature:
        """Signed by the head or for the head (KT.), on behalf of a committee (TM.) or not."""
        name, behalf = words().person(random), self.behalf
        above = (f"TM. {behalf.upper()}",) if behalf else ()
        if random.random() < 0.4:
            return Signature((*above, self.head.upper()), name, self.head, "TM." if behalf else None)
        lines = (*above, f"KT. {self.head.upper()}", self.deputy.upper())
        return Signature(lines, name, self.deputy, "TM. KT." if behalf else "KT.")


Maker = Callable[[Random, date], Issuer]


def issuer(random: Random, day: date) -> Issuer:
    """An issuer that there was on that day."""
    makers, weights = zip(*_KINDS, strict=True)
    make: Maker = random.choices(makers, weights)[0]
    if make in _OF_DISTRICTS and day > DISTRICTS_END:
        make = _department
    return make(random, day)


def _in(place: Place, body: str) -> str:
    return body.replace("{k}", place.kind).replace("{n}", place.name)


def _committee(place: Place, day: date, level: str, folder: str) -> Issuer:
    return Issuer(
        level, f"Ủy ban nhân dân {place.full}", ("ỦY BAN NHÂN DÂN", place.full.upper()), "UBND",
        place.name, province_of(place, day), place, "Chủ tịch", "Phó Chủ tịch", folder, "Ủy ban nhân dân",
    )  # fmt: skip


def _province(random: Random, day: date) -> Issuer:
    return _committee(random.choice(provinces_on(day)), day, "province", "UBND tỉnh")


def _district(random: Random, day: date) -> Issuer:
    place = random.choice(known_districts())
    return _committee(place, day, "district", f"UBND {place.full}")


def _commune(random: Random, day: date) -> Issuer:
    province = random.choice(provinces_on(day))
    kinds = words()["commune_kinds"][: 2 if day > DISTRICTS_END else 3]
    place = Place(random.choice(kinds), random.choice(words()["communes"]), province.name)
    return _committee(place, day, "commune", f"Cấp xã/{place.full}")


def _department(random: Random, day: date) -> Issuer:
    place = random.choice(provinces_on(day))
    office = random.choice([d for d in words().departments if d.exists(day)])
    parent = random.choice(((f"UBND {place.full.upper()}",), ("ỦY BAN NHÂN DÂN", place.full.upper())))
    return Issuer(
        "department", f"Sở {office.name} {place.full}", _cut(f"SỞ {office.name.upper()}"), office.symbol,
        place.name, place, place, "Giám đốc", "Phó Giám đốc", f"Sở, ngành/Sở {office.name}",
        parent=parent, parent_name=f"Ủy ban nhân dân {place.full}",
    )  # fmt: skip


def _office(random: Random, day: date) -> Issuer:
    place, office = random.choice(known_districts()), random.choice(words().offices)
    parent = random.choice(((f"UBND {place.full.upper()}",), ("ỦY BAN NHÂN DÂN", place.full.upper())))
    return Issuer(
        "district", f"Phòng {office.name} {place.full}", _cut(f"PHÒNG {office.name.upper()}"), office.symbol,
        place.name, province_of(place, day), place, "Trưởng phòng", "Phó Trưởng phòng",
        f"UBND {place.full}/Các phòng",
        parent=parent, parent_name=f"Ủy ban nhân dân {place.full}",
    )  # fmt: skip


def _school(random: Random, day: date) -> Issuer:
    place, school = random.choice(known_districts()), random.choice(words().schools)
    namesake = random.choice(words()["namesakes"])
    kind = random.choice((school.kind, school.short)).upper()
    province = province_of(place, day)
    parent, parent_name = _school_parent(school.level, place, province)
    initials = "".join(word[0] for word in namesake.split())
    return Issuer(
        "school", f"Trường {school.kind} {namesake}", (f"TRƯỜNG {kind}", namesake.upper()),
        f"{school.short}{initials}", place.name, province, place, "Hiệu trưởng", "Phó Hiệu trưởng",
        f"Trường học/Trường {school.short} {namesake}", parent=parent, parent_name=parent_name,
    )  # fmt: skip


def _school_parent(level: str, place: Place, province: Place) -> tuple[tuple[str, ...], str]:
    if level == "office":
        return (f"PHÒNG GD&ĐT {place.full.upper()}",), f"Phòng Giáo dục và Đào tạo {place.full}"
    return (f"SỞ GD&ĐT {province.name.upper()}",), f"Sở Giáo dục và Đào tạo {province.full}"


def _cut(line: str) -> tuple[str, ...]:
    """A long name on two lines, cut after VÀ or between words."""
    if len(line) <= _LONG:
        return (line,)
    words_of = line.split()
    at = words_of.index("VÀ") + 1 if "VÀ" in words_of else len(words_of) // 2
    return " ".join(words_of[:at]), " ".join(words_of[at:])


_KINDS: tuple[tuple[Maker, int], ...] = (
    (_province, 4), (_department, 5), (_district, 4), (_office, 3), (_commune, 3), (_school, 3),
)  # fmt: skip
_OF_DISTRICTS = (_district, _office, _school)
