"""Words of made plans (words.yaml), typed; names of places and persons come from the packaged rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from extractors.geography import districts, province_at, provinces
from extractors.rulebook import load

DISTRICTS_END = date(2025, 6, 30)  # the last day of districts (Quốc hội, 203/2025/QH15)
_USUAL_SURNAMES = 40  # of the list, which begins with the most common ones


@dataclass(frozen=True)
class Topic:
    """What plans are about: in a title, in a file name, and what its tasks deal with."""

    name: str
    short: str
    objects: tuple[str, ...]


@dataclass(frozen=True)
class Office:
    """A department or office: its name without Sở or Phòng, its symbol, and when there was one."""

    name: str
    symbol: str
    first: date = date.min
    last: date = date.max

    def exists(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class School:
    """A kind of school: in full, as an abbreviation, and whose it is (office or department)."""

    kind: str
    short: str
    level: str


@dataclass(frozen=True)
class Law:
    """A law by its name and day."""

    name: str
    day: date


@dataclass(frozen=True)
class Place:
    """A territory: its kind and name, and the province that it lies in (or is)."""

    kind: str
    name: str
    province: str

    @property
    def full(self) -> str:
        return f"{self.kind} {self.name}"


class Words:
    """The lists of words.yaml."""

    def __init__(self, data: Any) -> None:
        self._lists: dict[str, list[str]] = {name: _items(data[name]) for name in _PLAIN}
        self.topics = [Topic(t["name"], t["short"], tuple(_items(t["objects"]))) for t in data["topics"]]
        self.departments = [_office(entry) for entry in data["departments"]]
        self.offices = [_office(entry) for entry in data["offices"]]
        self.schools = [School(**entry) for entry in data["schools"]]
        self.laws = [Law(entry["name"], entry["day"]) for entry in data["laws"]]
        self.bodies = {level: _items(names) for level, names in data["bodies"].items()}
        self.everyone: dict[str, str] = data["everyone"]
        self._middles = {sex: _items(names) for sex, names in data["middles"].items()}
        self._givens = {sex: _items(names) for sex, names in data["givens"].items()}

    def __getitem__(self, name: str) -> list[str]:
        return self._lists[name]

    def person(self, random: Random) -> str:
        """A name of a person: Nguyễn Thị Thu Hà."""
        sex = random.choice(("female", "male"))
        surname = random.choice(_surnames())
        return f"{surname} {random.choice(self._middles[sex])} {random.choice(self._givens[sex])}"


_PLAIN = (
    "actions", "scopes", "details", "products", "notes", "groups", "purposes", "duties", "funds",
    "movements", "namesakes", "communes", "commune_kinds",
)  # fmt: skip


def _items(value: str | list[str]) -> list[str]:
    return [item.strip() for item in value.split("|")] if isinstance(value, str) else value


def _office(entry: Any) -> Office:
    first, last = entry.get("from", date.min), entry.get("until", date.max)
    return Office(entry["name"], entry["symbol"], first, last)


@cache
def words() -> Words:
    """The lists, read once."""
    text = Path(__file__).with_name("words.yaml").read_text(encoding="utf-8")
    return Words(yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))


@cache
def _surnames() -> tuple[str, ...]:
    return tuple(load("surnames")[0]["surnames"][:_USUAL_SURNAMES])


@cache
def provinces_on(day: date) -> tuple[Place, ...]:
    """The provinces that there were on a day, under their names of then."""
    held = [province_at(p.name, day) for p in provinces() if any(term.holds(day) for term in p.terms)]
    return tuple(Place(p.kind, p.name, p.name) for p in held if p is not None)


@cache
def known_districts() -> tuple[Place, ...]:
    """Districts whose name is that of no other district or province, so that it tells its province.

    Their province bears its name of today; see `province_of`.
    """
    found = [Place(*row) for row in districts()]
    names = [place.name for place in found] + [p.name for p in provinces()]
    return tuple(p for p in found if names.count(p.name) == 1 and not any(c.isdigit() for c in p.name))


def province_of(place: Place, day: date) -> Place:
    """The province that a place lies in (or is), by its name and kind of that day."""
    found = province_at(place.province, day)
    assert found is not None, place
    return Place(found.kind, found.name, found.name)
