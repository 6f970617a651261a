"""Numerals of headings and dates: Roman, Arabic, lettered and written out, with their OCR variants.

A recogniser reads I, l and 1 for each other. One label alone is then open (`11` is eleven or II);
the labels before it decide, so a sequence of headings is read as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["roman", "arabic", "letter"]

_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_ROMAN = re.compile(r"(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
_LIKE_ONE = str.maketrans("lıi|!1İ", "IIIIIII")
# What a recogniser reads for the digits of an Arabic number.
_LIKE_DIGIT = str.maketrans({"O": "0", "o": "0", "l": "1", "I": "1", "|": "1", "i": "1"})
_LABEL = re.compile(r"\(?\s*([0-9A-Za-zĐđƯư|!ı]{1,6})\s*[.):/\-–]*\s*")
# Letters of items in the order of the decree on clerical work (Nghị định 30/2020/NĐ-CP).
_LETTERS = "abcdđeghiklmnopqrstuưvxy"
_WORDS = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8,
    "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ordinal:
    """A heading's number; `exact` is False where letters were taken for others to read it."""

    kind: Kind
    value: int
    exact: bool = True


def roman_value(text: str) -> int | None:
    """Value of a well-formed Roman numeral of capitals, 1 to 99; None for anything else."""
    if not text or not _ROMAN.fullmatch(text):
        return None
    digits = [_ROMAN_DIGITS[ch] for ch in text]
    return sum(-a if b > a else a for a, b in zip(digits, [*digits[1:], 0], strict=True))


def roman_text(value: int) -> str:
    """Roman numeral of 1 to 99."""
    if not 1 <= value <= 99:
        raise ValueError(f"no Roman ordinal for {value}")
    tens = ["", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC"][value // 10]
    return tens + ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"][value % 10]


def word_value(text: str) -> int | None:
    """Value of a number written out, một to mười hai, in lower case."""
    return _WORDS.get(text)


def quarter_value(text: str) -> int | None:
    """Quarter that a numeral after `quý` means, OCR variants too: `II`, `Il`, `lI`, `11` are 2."""
    if text in ("2", "3", "4", "02", "03", "04", "01"):
        return int(text)
    value = word_value(text.lower()) or roman_value(text.translate(_LIKE_ONE).upper())
    return value if value is not None and 1 <= value <= 4 else None


def readings(label: str) -> tuple[Ordinal, ...]:
    """All that a heading's label may be, the exact readings first: `11.` is 11, or II misread."""
    match = _LABEL.fullmatch(label)
    if not match:
        return ()
    core = match.group(1)
    found = [_arabic(core), _roman(core), _letter(core)]
    unique = [one for one in found if one is not None]
    return tuple(sorted(unique, key=lambda one: not one.exact))


def read_sequence(labels: Sequence[str]) -> tuple[Ordinal | None, ...]:
    """Ordinals of a sequence of headings, each the reading that goes on from the one before it.

    `I, Il, III, lV` gives Roman 1 to 4. A label that fits no sequence keeps its exact reading;
    one that has none is None.
    """
    options = [readings(label) for label in labels]
    result: list[Ordinal | None] = []
    last: Ordinal | None = None
    for i, own in enumerate(options):
        chosen = _next(last, own, options[i + 1] if i + 1 < len(options) else ())
        result.append(chosen)
        last = chosen or last
    return tuple(result)


def _next(last: Ordinal | None, own: tuple[Ordinal, ...], following: tuple[Ordinal, ...]) -> Ordinal | None:
    """The reading that follows `last`, else one that begins a sequence, else the exact one."""
    for one in own:
        if last is not None and _follows(last, one):
            return one
    begins = [one for one in own if one.value == 1]
    # `I` is Roman one, the letter i, a misread 1: at a beginning the label after it tells.
    for one in begins:
        if any(_follows(one, other) for other in following):
            return one
    exact = [one for one in own if one.exact]
    return next(iter([*(one for one in begins if one.exact), *exact, *begins]), None)


def _follows(one: Ordinal, other: Ordinal) -> bool:
    return one.kind == other.kind and other.value == one.value + 1


def _arabic(core: str) -> Ordinal | None:
    if core.isdecimal() and core.isascii():
        return Ordinal("arabic", int(core))
    mended = core.translate(_LIKE_DIGIT)
    if len(core) <= 3 and mended.isdecimal() and mended.isascii() and mended[0] != "0":
        return Ordinal("arabic", int(mended), exact=False)
    return None


def _roman(core: str) -> Ordinal | None:
    value = roman_value(core)
    if value is not None:
        return Ordinal("roman", value)
    mended = roman_value(core.translate(_LIKE_ONE))
    return None if mended is None else Ordinal("roman", mended, exact=False)


def _letter(core: str) -> Ordinal | None:
    index = _LETTERS.find(core.lower()) if len(core) == 1 else -1
    return Ordinal("letter", index + 1) if index >= 0 else None
