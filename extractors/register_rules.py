"""The packaged rules on bodies over time (rules/bodies_over_time.yaml), typed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from extractors.bodies import body_key
from extractors.rulebook import load

Distinguished = Literal["nation", "province", "local"]
_FILE = "bodies_over_time"


@dataclass(frozen=True, slots=True)
class Organ:
    """Bodies that go with their territory, by their first words or (`within`) by words inside."""

    pattern: re.Pattern[str]
    parent: str | None
    top: str | None


@dataclass(frozen=True, slots=True)
class Succession:
    """On `day`, its first day, `heir` came after `body`, and `parts` took over something of it."""

    body: str  # folded, for joining
    printed: str
    day: date
    heir: str | None
    parts: tuple[str, ...] = ()
    new: bool = False
    slack: timedelta = timedelta()
    only: frozenset[str] = frozenset()
    but: frozenset[str] = frozenset()

    def is_true_of(self, province: str | None) -> bool:
        """Whether it happened in a province, by the name that it had."""
        return province not in self.but and (not self.only or province in self.only)


@lru_cache(maxsize=1)
def organs() -> tuple[Organ, ...]:
    return tuple(
        Organ(
            _first_words(e["names"]) if "names" in e else _inside(e["within"]), e.get("parent"), e.get("top")
        )
        for e in load(_FILE)["organs"]
    )


@lru_cache(maxsize=1)
def successions() -> tuple[Succession, ...]:
    """All successions, in order of time."""
    found = [
        Succession(
            body=body_key(e["body"]),
            printed=e["body"],
            day=e["day"],
            heir=e.get("heir"),
            parts=tuple(e.get("parts", ())),
            new=e.get("new", False),
            slack=timedelta(days=e.get("slack", 0)),
            only=frozenset(e.get("only", ())),
            but=frozenset(e.get("but", ())),
        )
        for e in load(_FILE)["successions"]
    ]
    return tuple(sorted(found, key=lambda s: (s.day, s.body)))


@lru_cache(maxsize=1)
def _institutions() -> tuple[tuple[re.Pattern[str], Distinguished], ...]:
    return tuple((_first_words(e["names"]), e["place"]) for e in load(_FILE)["institutions"])


def _institution(name: str) -> Distinguished | None:
    folded = body_key(name)
    return next((place for pattern, place in _institutions() if pattern.search(folded)), None)


def is_institution(name: str) -> bool:
    """Whether a name is that of a school or hospital, which is somewhere even if it does not say where."""
    return _institution(name) is not None


def distinguished_by(name: str) -> Distinguished:
    """What tells an institution from others of the same name."""
    return _institution(name) or "province"


@lru_cache(maxsize=1)
def _of_province() -> re.Pattern[str]:
    return _first_words(load(_FILE)["of_province"])


def is_of_province(name: str) -> bool:
    """Whether bodies of that name are of a province, and of no other unit."""
    return bool(_of_province().search(body_key(name)))


@lru_cache(maxsize=1)
def _parts() -> re.Pattern[str]:
    return _first_words(load(_FILE)["parts"])


_GROUP = re.compile(r"(?<!\w)(?:các|những|mỗi|từng|toàn thể|cấp)(?!\w)|(?<=\w )(?<!cơ )(?<!trụ )sở(?= \w)")


def is_part(name: str) -> bool:
    """Whether a name is that of a part of a body (Văn phòng Sở …), of a post, or of a group of bodies."""
    folded = body_key(name)
    return bool(_GROUP.search(folded)) or (organ_of(name) is None and bool(_parts().search(folded)))


def organ_of(name: str) -> Organ | None:
    """What is known of an organ by its name; None for institutions and parts."""
    folded = body_key(name)
    return next((organ for organ in organs() if organ.pattern.search(folded)), None)


def _first_words(names: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"^(?:{'|'.join(map(re.escape, map(body_key, names)))})(?!\w)")


def _inside(names: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, map(body_key, names)))})(?!\w)")
