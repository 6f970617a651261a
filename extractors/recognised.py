"""What a recogniser read: how sure it was, and names of places and bodies whose marks it lost."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from extractors.document import Document, Region
from extractors.geography import province_named, provinces
from extractors.rulebook import load
from extractors.vietnamese.bases import bare
from extractors.vietnamese.letters import squeeze, upper_share

# A wrong number, date or name is worse than none; clean print reads at 0.92 and more.
SURE_OF_NUMBER = 0.88
SURE_WITH_KNOWN_BODY = 0.85  # the symbol's letters are known: they pull a word down, not the digits
RIVAL = 0.3  # confidence from which another reading cannot be passed over
SURE_OF_DATE = 0.8
SURE_OF_NAME = 0.6
SURE_OF_POST = 0.5  # posts are few and fixed: what reads as one is seldom another


def is_recognised(document: Document, offset: int) -> bool:
    """Whether the page of the character at `offset` was read by a recogniser."""
    number = document.page_of(offset)
    return any(page.method == "ocr" for page in document.pages if page.number == number)


def least_confidence(document: Document, start: int, end: int) -> float | None:
    """The recogniser's confidence in the least sure word of `text[start:end]`; None where none was asked."""
    least: float | None = None
    at = max(0, bisect_right(document.line_starts, start) - 1)
    for line in document.lines[at:]:
        if line.start >= end:
            break
        for word in line.words:
            if word.start < end and word.end > start and word.confidence is not None:
                least = word.confidence if least is None else min(least, word.confidence)
    return least


def other_readings(document: Document, start: int, end: int) -> Iterator[str]:
    """What else the recogniser may have seen in the words of `text[start:end]`."""
    at = max(0, bisect_right(document.line_starts, start) - 1)
    for line in document.lines[at:]:
        if line.start >= end:
            return
        for word in line.words:
            if word.start < end and word.end > start:
                yield from (other.text for other in word.alternatives if other.confidence >= RIVAL)


def is_doubtful(document: Document, start: int, end: int, sure: float) -> bool:
    """Whether a recogniser was less than `sure` of a word in `text[start:end]`."""
    least = least_confidence(document, start, end)
    return least is not None and least < sure


def has_doubtful_digits(document: Document, start: int, end: int, sure: float) -> bool:
    """Whether a recogniser was less than `sure` of a word with digits in `text[start:end]`."""
    digits = re.finditer(r"\S*\d\S*", document.text[start:end])
    return any(is_doubtful(document, start + m.start(), start + m.end(), sure) for m in digits)


def pages_across(document: Document) -> frozenset[int]:
    """Pages whose lines run along y: regions stand on the sheet as it was scanned, maybe sideways."""
    along_x, along_y = Counter[int](), Counter[int]()
    for line in document.lines:
        boxes = [word.region for word in line.words if word.region is not None]
        if len(boxes) > 1:
            along_x[line.page] += round(abs(boxes[-1].x0 - boxes[0].x0))
            along_y[line.page] += round(abs(boxes[-1].y0 - boxes[0].y0))
    return frozenset(page for page, length in along_y.items() if length > along_x[page])


def upright(box: Region, across: bool) -> Region:
    """The box of a word, turned so that its line runs along x."""
    return Region(box.page, box.y0, box.x0, box.y1, box.x1) if across else box


# --- lost marks -----------------------------------------------------------------------------------

_UNITS = {
    "TINH": "TỈNH",
    "HUYEN": "HUYỆN",
    "QUAN": "QUẬN",
    "XA": "XÃ",
    "PHUONG": "PHƯỜNG",
    "THANH PHO": "THÀNH PHỐ",
}
_SMALL = 0.7  # share of capitals below which a name is one of prose
_DEPARTMENT = re.compile(r"^SO(?=\s+[A-Z])")


@lru_cache(maxsize=1)
def _phrases() -> dict[str, str]:
    """Set phrases of letterheads by their bare form."""
    return {
        bare(phrase).upper(): phrase for entry in load("letterhead_phrases") for phrase in entry["phrases"]
    }


@lru_cache(maxsize=1)
def _restorable() -> re.Pattern[str]:
    """Phrases and provinces (with or without their unit) in bare capitals, the longest first."""
    names = {bare(term.name).upper() for p in provinces() for term in p.terms}
    units = "|".join(_UNITS)
    phrases = "|".join(sorted(map(re.escape, _phrases()), key=len, reverse=True))
    places = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    return re.compile(
        rf"(?<!\w)(?:(?P<phrase>{phrases})|(?:(?P<unit>{units})(?P<gap>\s+))?(?P<place>{places}))(?!\w)"
    )


def restored_name(name: str) -> str:
    """A body's name in capitals with the marks that a recogniser lost: `UBND TĨNH SƠN LÀ`, `SƠ Y TẾ`.

    Only set phrases, departments and provinces are restored; other words stay as they were read.
    """
    folded = bare(name).upper()
    if len(folded) != len(name):
        return name

    letters = list(name)
    for found in _restorable().finditer(folded):
        restored = _phrases().get(found["phrase"]) if found["phrase"] else _place(found)
        if found["place"] and not found["unit"] and _is_another(found["place"], name[slice(*found.span())]):
            continue
        if restored is not None and len(restored) == len(found.group()):
            letters[found.start() : found.end()] = restored
    if _DEPARTMENT.match(folded):
        letters[:2] = "SỞ"
    return "".join(letters)


def spelled_in_prose(document: Document, name: str) -> str:
    """A body's name in capitals with the marks that it has where the prose names it: small letters keep them.

    A name that the prose does not spell, or spells in two ways, stays as it was read.
    """
    words = r"\s+".join(map(re.escape, bare(name).lower().split()))
    places = re.finditer(rf"(?<!\w){words}(?!\w)", bare(document.text).lower()) if words else ()
    spelled = (squeeze(document.text[slice(*found.span())]) for found in places)
    readings = {text.upper() for text in spelled if upper_share(text) < _SMALL}
    reading = readings.pop() if len(readings) == 1 else name
    if len(reading) != len(name):
        return name
    # Prose, too, loses marks: a word that has none there stays as it was read.
    both = zip(reading.split(), name.split(), strict=True)
    return " ".join(read if bare(prose) == prose else prose for prose, read in both)


def _is_another(place: str, read: str) -> bool:
    """Whether a lone syllable with marks is rather another name: `NGUYỄN HUỆ` is not of Huế."""
    return " " not in place and read != place


def _place(found: re.Match[str]) -> str | None:
    province = province_of_bare(found["place"])
    if province is None:
        return None
    return (_UNITS[found["unit"]] + found["gap"] if found["unit"] else "") + province.upper()


@lru_cache(maxsize=256)
def province_of_bare(name: str) -> str | None:
    """The province's name for a name without (or with wrong) marks: `Lao Cai` gives `Lào Cai`."""
    folded = bare(name).upper()
    names = {term.name for p in provinces() for term in p.terms if bare(term.name).upper() == folded}
    if len(names) == 1 and province_named(next(iter(names))) is not None:
        return names.pop()
    return None
