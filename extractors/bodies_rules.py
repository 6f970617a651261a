"""The packaged rules on bodies as gazetteers: names, fields, roles, charges, verbs."""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.plan import Role
from extractors.rulebook import load
from extractors.vietnamese.tokens import Gazetteer, Hit, Span, gazetteer

# Determiners that make a noun a group of bodies: các, mọi, từng …
DETERMINER = re.compile(
    r"(?:tất cả các|toàn thể các|toàn bộ các|một số|toàn thể|tất cả|những|các|mọi|từng|mỗi|\d{1,3})\s+",
    re.IGNORECASE,
)
UNIT = r"tỉnh|thành phố|huyện|quận|thị xã|thị trấn|xã|phường|đặc khu"
UNIT_AND_NAME = re.compile(rf"(?:{UNIT}|tp\.?)\s+(?=[^\W\d_])", re.IGNORECASE)
PERSON = re.compile(
    r"(?:ông|bà|đồng chí|đ/c|ths|ts|cô|thầy|anh|chị|bs|cn)\b\.?:?\s+(?=[^\W\d_])", re.IGNORECASE
)


@lru_cache(maxsize=1)
def names() -> Gazetteer:
    """Names that begin a body, by kind (head, organ, office, people)."""
    entries = [e for e in load("bodies") if e["kind"] not in {"none", "group", "family"}]
    written = [(e["kind"], n) for e in entries for n in e["names"]]
    return gazetteer([*written, *_abbreviated(written)])


def _abbreviated(written: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Abbreviations that stand for a whole name: BHXH, LĐLĐ, SYT."""
    kinds = {n.casefold(): kind for kind, n in written}
    found: list[tuple[str, str]] = []
    for entry in load("abbreviations"):
        full = entry["full"].casefold()
        begun = (k for n, k in kinds.items() if " " in n and full.startswith(n + " "))
        kind = kinds.get(full) or next(begun, None) or ("organ" if full.startswith("sở ") else None)
        if kind is None or "before" in entry:
            continue
        for form in (f for f in entry["short"] if len(f) > 2 or f in _SHORT):
            found += [(kind, form.replace("&", joint)) for joint in ("", "&", "-")]
    return found


_SHORT = {"GV", "VP"}


@lru_cache(maxsize=1)
def groups() -> Gazetteer:
    """Nouns for bodies in general."""
    return gazetteer(("group", n) for e in load("bodies") if e["kind"] == "group" for n in e["names"])


@lru_cache(maxsize=1)
def no_names() -> Gazetteer:
    """Phrases that begin like a body and are none."""
    return gazetteer(("none", n) for e in load("bodies") if e["kind"] == "none" for n in e["names"])


@lru_cache(maxsize=1)
def nouns() -> Gazetteer:
    """Lower-case words that go with a body's name."""
    return gazetteer((e["use"], n) for e in load("body_fields") if e["use"] == "noun" for n in e["names"])


@lru_cache(maxsize=1)
def fields() -> Gazetteer:
    """Fields of work and lower-case words within names."""
    return gazetteer((e["use"], n) for e in load("body_fields") if e["use"] != "noun" for n in e["names"])


@lru_cache(maxsize=1)
def family_names() -> frozenset[str]:
    """Family names as they are printed."""
    return frozenset(n for e in load("bodies") if e["kind"] == "family" for n in e["names"])


@lru_cache(maxsize=8)
def words(use: str) -> Gazetteer:
    """Verbs, charges, intros, bracket words, each under its use."""
    return gazetteer((use, n) for e in load("body_roles") if e["use"] == use for n in e["names"])


@lru_cache(maxsize=1)
def role_words() -> Gazetteer:
    """Role words; the label holds role, `before` and `weak`, joined by blanks."""
    return gazetteer(
        (f"{e['role']} {'before' if e.get('before') else ''} {'weak' if e.get('weak') else ''}", n)
        for e in load("body_roles")
        if e["use"] == "role"
        for n in e["names"]
    )


@lru_cache(maxsize=1)
def role_labels() -> Gazetteer:
    """Roles that stand before a colon."""
    return gazetteer((e["role"], n) for e in load("body_roles") if e["use"] == "label" for n in e["names"])


@lru_cache(maxsize=1)
def placed() -> dict[str, str]:
    """Folded name to where a body of that name belongs: province, district or territory."""
    from extractors.vietnamese.letters import key

    return {key(n): e["place"] for e in load("bodies") if e.get("place") for n in e["names"]}


def role_of(label: str) -> Role:
    """The role that a label of `role_words` or `role_labels` holds."""
    return label.split(" ")[0]  # type: ignore[return-value]


def brackets(text: str) -> tuple[Span, ...]:
    """Spans of bracketed and quoted pieces; a bracket that is never closed is none."""
    return tuple(m.span() for m in _BRACKETED.finditer(text))


_BRACKETED = re.compile(r"\([^()\n]{0,400}\)|\[[^\[\]\n]{0,400}\]|“[^“”\n]{0,400}”")


def inside(at: int, spans: tuple[Span, ...]) -> bool:
    """Whether offset `at` lies in one of `spans`."""
    return any(a < at < b for a, b in spans)


def longer(hit: Hit | None, than: Hit | None) -> bool:
    """Whether `hit` reaches further than `than` (any hit is longer than none)."""
    return hit is not None and (than is None or hit.end > than.end)
