"""What a recogniser read: how sure it was, and names of places and bodies whose marks it lost."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from extractors.document import Document
from extractors.geography import province_named, provinces
from extractors.rulebook import load
from extractors.vietnamese.bases import bare

# A wrong number, date or name is worse than none; clean print reads at 0.92 and more.
SURE_OF_NUMBER = 0.88
SURE_OF_DATE = 0.8
SURE_OF_NAME = 0.6
SURE_OF_POST = 0.6


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


def is_doubtful(document: Document, start: int, end: int, sure: float) -> bool:
    """Whether a recogniser was less than `sure` of a word in `text[start:end]`."""
    least = least_confidence(document, start, end)
    return least is not None and least < sure


def has_doubtful_digits(document: Document, start: int, end: int, sure: float) -> bool:
    """Whether a recogniser was less than `sure` of a word with digits in `text[start:end]`."""
    digits = re.finditer(r"\S*\d\S*", document.text[start:end])
    return any(is_doubtful(document, start + m.start(), start + m.end(), sure) for m in digits)


# --- lost marks -----------------------------------------------------------------------------------

_UNITS = {
    "TINH": "TỈNH",
    "HUYEN": "HUYỆN",
    "QUAN": "QUẬN",
    "XA": "XÃ",
    "PHUONG": "PHƯỜNG",
    "THANH PHO": "THÀNH PHỐ",
}
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
        if restored is not None and len(restored) == len(found.group()):
            letters[found.start() : found.end()] = restored
    if _DEPARTMENT.match(folded):
        letters[:2] = "SỞ"
    return "".join(letters)


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
