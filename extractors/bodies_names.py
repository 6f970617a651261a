"""Names of bodies in full: abbreviations written out, letter case, the place that a name lacks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from unicodedata import normalize

from extractors import bodies_rules as rules
from extractors.geography import (
    Province,
    districts,
    names_of,
    province_mentions,
    province_named,
    provinces,
    spans_of_places,
)
from extractors.rulebook import load
from extractors.vietnamese.letters import key, plain, squeeze, upper_share
from extractors.vietnamese.tokens import Gazetteer, Hit, fold, gazetteer, syllables

LONGEST_NAME = 800  # characters; what is longer is no name and stays as it is


@dataclass(frozen=True, slots=True)
class BodyContext:
    """What completes the names of bodies in a plan.

    issuer         issuing body in full (`Sở Y tế tỉnh Kiên Giang`)
    level          of the issuer: province, district, commune, department, school, party, central …
    province       name without its kind (`Lai Châu`)
    place          the plan's territory with its kind: `tỉnh Lai Châu`, `huyện Vĩnh Cửu`
    province_kind  `tỉnh` or `thành phố`
    """

    issuer: str | None = None
    level: str | None = None
    province: str | None = None
    place: str | None = None
    province_kind: str | None = None


@lru_cache(maxsize=16384)
def full_name(text: str, context: BodyContext) -> str:
    """A body's name in full: abbreviations written out, its place added where the plan tells it.

    `VP UBND tỉnh` in a plan of Lai Châu gives `Văn phòng Ủy ban nhân dân tỉnh Lai Châu`; groups
    (`Các khoa, phòng`) and unknown abbreviations stay as they are.
    """
    name = squeeze(text).lstrip("-–+•* ").rstrip(" .;:,")
    if len(name) > LONGEST_NAME:
        return name
    name = expanded(sentence_case(name))
    name = name[:1].upper() + name[1:]
    if not name or rules.DETERMINER.match(name) or _GROUP.search(name):
        return name
    bracket = re.search(r"\s*\([^()]*\)$", name)
    bare = name[: bracket.start()] if bracket else name
    return _completed(bare, context) + (bracket.group() if bracket else "") if bare else name


# --- abbreviations ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Abbreviation:
    full: str
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None

    def fits(self, before: str, after: str) -> bool:
        return (self.before is None or bool(self.before.search(before))) and (
            self.after is None or bool(self.after.search(after))
        )


@lru_cache(maxsize=1)
def _abbreviations() -> tuple[re.Pattern[str], tuple[tuple[_Abbreviation, ...], ...]]:
    """One pattern for all printed forms (a group each, longest first) and what each may stand for."""
    known: dict[str, list[_Abbreviation]] = {}
    for entry in load("abbreviations"):
        meaning = _Abbreviation(entry["full"], *(_compiled(entry.get(side)) for side in ("before", "after")))
        for form in entry["short"]:
            known.setdefault(form, []).append(meaning)
    forms = sorted(known, key=lambda f: (-len(f), f))
    pattern = "|".join(f"(?P<f{i}>{_form(f)})" for i, f in enumerate(forms))
    return re.compile(rf"(?<![^\W_])(?:{pattern})"), tuple(tuple(known[f]) for f in forms)


@lru_cache(maxsize=1)
def _short_forms() -> frozenset[str]:
    return frozenset(form for entry in load("abbreviations") for form in entry["short"])


def _compiled(pattern: str | None) -> re.Pattern[str] | None:
    return re.compile(pattern) if pattern else None


def _form(form: str) -> str:
    pieces = [re.escape(piece) for piece in form.split("&")]
    joined = r"[ ]?(?:[-–&/.,]|và)?[ ]?".join(pieces).replace(r"\ ", r"\s+")
    return joined if form.endswith(".") else joined + r"(?![^\W_])"


_SHORT = re.compile(r"\b(?:[PT]\.|T[px]\b|[đĐ]/c)")


def _has_capitals(text: str) -> bool:
    return any(a.isupper() and b.isupper() for a, b in pairwise(text)) or bool(_SHORT.search(text))


@lru_cache(maxsize=16384)
def expanded(text: str) -> str:
    """The text with known abbreviations of bodies written out, the rest as printed."""
    if not _has_capitals(text):
        return text
    pattern, meanings = _abbreviations()

    def written_out(match: re.Match[str]) -> str:
        before = _last_word(text[max(0, match.start() - 40) : match.start()])
        after = _first_word(text[match.end() : match.end() + 40])
        index = int((match.lastgroup or "f0")[1:])
        full = next((m.full for m in meanings[index] if m.fits(before, after)), None)
        if full is None:
            return match.group()
        glued = match.group().endswith(".") and text[match.end() : match.end() + 1].strip()
        return full + " " if glued else full

    result = pattern.sub(written_out, text)
    return result[:1].upper() + result[1:] if text[:1].isupper() else result


def _last_word(text: str) -> str:
    found = re.findall(r"[^\W\d_]+|\S", text)
    return fold(found[-1]) if found else ""


def _first_word(text: str) -> str:
    found = re.match(r"\s*([^\W_]+)", text)
    return fold(found.group(1)) if found else ""


# --- letter case ------------------------------------------------------------------------------

_SYLLABLE = re.compile(  # a syllable of Vietnamese without marks, as against an abbreviation
    r"(?:ngh|ng|nh|th|tr|ch|kh|gh|gi|ph|qu|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?"
)
# Marks of vowels that no abbreviation has: in it stand Đ and Ư.
_MARKED_VOWEL = re.compile(r"[A-Z][\u0300-\u0303\u0306\u0309\u0323]")
_NUMERAL = re.compile(r"(?:X{0,3})(?:IX|IV|V?I{0,3})")
_NAMED = frozenset(
    ("tỉnh", "huyện", "quận", "xã", "phường", "trấn", "thôn", "bản", "ấp", "làng", "phố", "ông", "bà")
)
# Family names that are no other word in a body's name.
_FAMILY = frozenset(("nguyễn", "trần", "phạm", "huỳnh", "phan", "vũ", "võ", "đặng", "bùi", "đỗ", "ngô", "lê"))


@lru_cache(maxsize=1)
def _cased() -> Gazetteer:
    """Names, fields and places in their letter case; the label says what follows them."""
    entries: list[tuple[str, str]] = []
    for entry in load("bodies"):
        if entry["kind"] in {"head", "organ", "office"}:
            follows = "name" if entry.get("named") else "field"
            entries += [(follows, name) for name in entry["names"]]
    for entry in load("body_fields"):
        if entry["use"] != "noun":
            entries += [("lower" if entry["use"] == "lower" else "done", name) for name in entry["names"]]
    entries += [("done", name) for p in provinces() for name in names_of(p)]
    entries += [("done", name) for _, name, _ in districts() if not name.isdigit()]
    return gazetteer(entries)


@lru_cache(maxsize=8192)
def sentence_case(text: str) -> str:
    """A body's name that is printed in capitals in its usual letter case; other text as it is.

    `ỦY BAN NHÂN DÂN TỈNH LAI CHÂU` gives `Ủy ban nhân dân tỉnh Lai Châu`.
    """
    if upper_share(text) < 0.6:
        return text
    hits = {h.first: h for h in _cased().find(text)}
    pieces: list[str] = []
    at, follows, index = 0, "field", 0
    spans = syllables(text)
    while index < len(spans):
        hit = hits.get(index)
        last = hit.last if hit else index + 1
        pieces.append(text[at : spans[index][0]])
        if hit:
            pieces.append(_in_case(text, hit))
            follows = _what_follows(hit, follows)
        else:
            word = text[spans[index][0] : spans[index][1]]
            pieces.append(_unknown_case(word, follows))
            follows = _after_unknown(word, follows)
        at, index = spans[last - 1][1], last
    result = "".join(pieces) + text[at:]
    return result[:1].upper() + result[1:]


def _in_case(text: str, hit: Hit) -> str:
    """The printed words of a hit with the capitals of the rule's phrase."""
    out: list[str] = []
    at = hit.start
    model = [hit.phrase[a:b] for a, b in syllables(hit.phrase)]
    for (a, b), word in zip(syllables(text)[hit.first : hit.last], model, strict=True):
        out.append(text[at:a] + _like(word, text[a:b]))
        at = b
    return "".join(out)


def _like(word: str, printed: str) -> str:
    """A printed word with the capitals of another spelling of it (`KBang`, `H'leo`)."""
    if len(word) == len(printed):
        return "".join(p.upper() if w.isupper() else p.lower() for w, p in zip(word, printed, strict=True))
    cased = printed if word.isupper() and len(word) > 1 else printed.lower()
    return cased[:1].upper() + cased[1:] if word[:1].isupper() else cased


def _what_follows(hit: Hit, before: str) -> str:
    """What an unknown word behind the hit is: the name of a place or school, a field, a plain word."""
    last = fold(hit.phrase.split()[-1])
    if hit.label == "lower":
        joins = last in {"và", "các", "ngành"}
        return "name" if last in _NAMED else before if joins and before != "name" else "plain"
    return hit.label if hit.label in {"name", "field"} else "name" if before == "name" else "plain"


def _unknown_case(word: str, follows: str) -> str:
    if not word.isupper() or not word.isalpha():
        return word
    if _NUMERAL.fullmatch(word) or _is_abbreviation(word, follows):
        return word
    capital = follows in {"name", "field"} or fold(word) in _FAMILY
    return word.capitalize() if capital else word.lower()


def _is_abbreviation(word: str, follows: str) -> bool:
    """Whether a word in capitals is no syllable: in a name (EA TU, EA BHỐK) those of other languages are."""
    if follows == "name" and _MARKED_VOWEL.search(normalize("NFD", word)):
        return False
    return not _SYLLABLE.fullmatch(plain(word)) or (follows != "name" and word in _short_forms())


_BEFORE_NAMES = re.compile(r"TH|TH?CS|THPT|PT\w*|DTNT|MN|MG|CĐ|ĐH|TNHH|MTV|CP|UBND|HĐND|TP|TX")


def _after_unknown(word: str, follows: str) -> str:
    if _BEFORE_NAMES.fullmatch(word):
        return "name"
    if not word[:1].isalpha():
        return "field" if word == "-" and follows != "name" else follows
    return "name" if fold(word) in _FAMILY else {"field": "plain"}.get(follows, follows)


# --- the place --------------------------------------------------------------------------------

_PLURAL = r"các|mỗi|từng|cấp|tuyến|ngoài|toàn|liên|mọi|cả|\d+"
# A group of bodies: it takes no place. The last alternative: `UBND các huyện, thành phố`.
_GROUP = re.compile(
    rf"^(?:toàn|cụm, khối|đơn vị|sở, |ban, ngành) | \b(?:{_PLURAL})\s+(?:[^\s,]+,\s)*[^\s]+$",
    re.IGNORECASE | re.VERBOSE,
)
_GENERIC = re.compile(rf"(?<![^\W_])({rules.UNIT})$", re.IGNORECASE)
_NOT_GENERIC = re.compile(rf"(?:^|\s)(?:{_PLURAL}|,|và)\s*$", re.IGNORECASE)


def _completed(name: str, context: BodyContext) -> str:
    generic = _GENERIC.search(name)
    if generic:
        territory = _territory(generic.group(1).lower(), context)
        open_end = _NOT_GENERIC.search(name[: generic.start()])
        return name[: generic.start()] + territory if territory and not open_end else name
    superior = _with_superior(name, context)
    if superior != name:
        return superior
    place = _place_of(name, context)
    if place is None:
        return name
    return _with_place(name, place, context)


def _territory(kind: str, context: BodyContext) -> str | None:
    """The plan's unit of that kind: `tỉnh` gives `tỉnh Lai Châu`."""
    if context.place and context.place.lower().startswith(kind + " "):
        return context.place[:1].lower() + context.place[1:]
    if context.province and context.province_kind == kind:
        return f"{kind} {context.province}"
    return None


def _with_superior(name: str, context: BodyContext) -> str:
    """`Văn phòng Sở` in a plan of a department: `Văn phòng Sở Y tế tỉnh Kiên Giang`."""
    if name.endswith(" Sở") and context.issuer and context.issuer.startswith("Sở ") and " và " not in name:
        return f"{name[:-3]} {_first_issuer(context.issuer)}"
    return name


def _first_issuer(issuer: str) -> str:
    return re.split(r" và (?=Công đoàn|Sở|Ban|Ủy ban|Hội|Liên đoàn|Báo|Đài)", issuer)[0]


def _place_of(name: str, context: BodyContext) -> str | None:
    """The place that a name of this kind takes in the plan; None where it takes none."""
    if context.level == "central":
        return None
    province = _province_of(context)
    last = _last_body(name)
    where = _where(last)
    if where == "province":
        return province
    if where == "district" and context.level in {"district", "commune"}:
        return context.place
    if where == "territory":
        return context.place if _is_of(last, context.place) else province if _is_of(last, province) else None
    if key(name) in {key("Ủy ban nhân dân"), key("Hội đồng nhân dân")}:
        return context.place
    return _place_named(name, context.place) or _place_named(name, province)


def _last_body(name: str) -> str:
    """What stands behind the last comma that is not part of a field (Văn hóa, Thể thao và Du lịch)."""
    fields = tuple((hit.start, hit.end) for hit in rules.fields().find(name))
    commas = (m for m in re.finditer(r",\s+", name) if not rules.inside(m.start(), fields))
    return name[max((comma.end() for comma in commas), default=0) :]


def _province_of(context: BodyContext) -> str | None:
    """The plan's province with its kind: `tỉnh Lai Châu`."""
    if not context.province:
        return None
    known = province_named(context.province)
    kind = context.province_kind or (known.kind if known else "tỉnh")
    return f"{kind} {context.province}"


def kind_of_province(province: Province, context: BodyContext) -> str:
    """Tỉnh or thành phố; of the plan's own province what it was on the plan's day."""
    own = context.province_kind and context.province and province_named(context.province) == province
    return context.province_kind or province.kind if own else province.kind


def _where(name: str) -> str | None:
    """Where a body of that name belongs, by its beginning (Sở …) or its end (… Tỉnh ủy)."""
    known = rules.placed()
    for hit in rules.names().find(name):
        where = known.get(key(hit.phrase))
        if where == "territory" and (hit.end == len(name) or _rest_is_place(name, hit.end)):
            return where
        if hit.start == 0 and where in {"province", "district"}:
            return where
    return "province" if _OF_DEPARTMENT.search(name) else None


_OF_DEPARTMENT = re.compile(r"\bSở\s+[^\W\d_]")


def _rest_is_place(name: str, at: int) -> bool:
    return any(a <= at + 1 and b == len(name) for a, b in spans_of_places(name))


_KIND_IN_NAME = re.compile(r"(?:^|\s)(tỉnh|thành|huyện|quận|thị|xã)\s?(?:ủy|uỷ|đoàn)", re.IGNORECASE)


def _is_of(name: str, place: str | None) -> bool:
    """Tỉnh ủy is of a province, Huyện ủy of a district, Thành ủy of a city."""
    match = _KIND_IN_NAME.search(name)
    if not place or not match:
        return False
    kind = match.group(1).lower()
    return place.lower().startswith({"thành": "thành phố", "thị": "thị xã"}.get(kind, kind) + " ")


def _place_named(name: str, place: str | None) -> str | None:
    """`Ủy ban nhân dân Vĩnh Cửu` names the plan's own place without its kind."""
    bare = place.split(" ", 2 if place.lower().startswith(("thành phố", "thị")) else 1)[-1] if place else ""
    organs = ("ủy ban nhân dân", "hội đồng nhân dân")
    return place if bare and key(name) in {key(f"{o} {bare}") for o in organs} else None


def _with_place(name: str, place: str, context: BodyContext) -> str:
    """The name with its place; a place that it names already gets its kind, no second place."""
    kind, bare = re.match(rf"({rules.UNIT})\s+(.*)", place, re.IGNORECASE).groups()  # type: ignore[union-attr]
    last = _last_body(name)
    if key(name).endswith(" " + key(bare)):
        before = name[: len(name) - len(bare)].rstrip()
        if _GENERIC.search(before) or _where(last) == "territory":
            return name
        return f"{before} {kind.lower()} {bare}"
    mentions = province_mentions(name)
    if mentions and mentions[-1].end == len(name) and not mentions[-1].marked and _where(last) == "province":
        kind = kind_of_province(mentions[-1].province, context)
        return f"{name[: mentions[-1].start]}{kind} {name[mentions[-1].start :]}"
    if mentions or spans_of_places(name) or re.search(rf"\b(?:{rules.UNIT}|Trung ương|TW|Việt Nam)\b", name):
        return name
    return f"{name} {bare}" if _where(last) == "territory" else f"{name} {kind[:1].lower() + kind[1:]} {bare}"
