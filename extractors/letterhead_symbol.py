"""The body in a recognised symbol, held against the words of the bodies in its letterhead.

`STTTT` is Sở Thông tin và Truyền thông, `TTra` Thanh tra: where a recogniser read `STTTI`, the
letterhead tells. What is settled so is no repair of the text, and digits are never touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import takewhile

from extractors.document import Document, Paragraph
from extractors.numbers import Symbol, parse_symbol
from extractors.recognised import other_readings
from extractors.vietnamese.bases import bare

_WORD = re.compile(r"[^\W\d_]+")
_CHUNK = re.compile(r"[A-ZĐ][a-zđ]*")  # what a word gives to a symbol: its initial, or more: TTra
_UNSPOKEN = "VA"  # và gives nothing
_VOWEL = re.compile(r"[AEIOUY]")  # what has none is no word but initials
_LEAST = 3  # letters; two stand side by side in many a letterhead by chance
_LEAST_SETTLED = 4
_RUN = 2  # like letters side by side, of which a recogniser loses some
_TERRITORY = "TINH\n"  # tỉnh at the end of a line belongs to no symbol
# What a recogniser reads for a letter where no clerk would write it.
_READ_FOR = {"T": "I1lJ", "I": "T1l", "D": "Đ", "O": "Q0"}


def held_against_bodies(document: Document, head: Sequence[Paragraph], symbol: Symbol) -> Symbol | None:
    """The symbol as the letterhead's bodies spell it; None where it stands for none of them."""
    if not symbol.organ or not symbol.notation:
        return None
    words = list(_words(document, head))
    groups = symbol.organ.split("-")
    spelled = [_spelled(group, words) for group in groups]
    if not any(spelled):
        return None
    organ = "-".join(new or group for new, group in zip(spelled, groups, strict=True))
    notation = _ending(symbol.notation, symbol.organ, organ)
    number = _ending(symbol.number, symbol.organ, organ) if symbol.number else None
    return replace(symbol, organ=organ, notation=notation, number=number)


def rival_symbols(document: Document, start: int, end: int, symbol: Symbol) -> Iterator[Symbol]:
    """The symbol as other readings of its words spell its body, or its type where both are types."""
    for other in other_readings(document, start, end):
        rival = parse_symbol(other)
        if rival is None or not rival.organ or not rival.notation or not symbol.notation:
            continue
        other_type = rival.doc_type and symbol.doc_type and rival.doc_type != symbol.doc_type
        if rival.organ != symbol.organ or other_type:
            number = _ending(symbol.number, symbol.notation, rival.notation) if symbol.number else None
            yield replace(symbol, organ=rival.organ, notation=rival.notation, number=number)


def agreed(spelled: Sequence[Symbol | None]) -> Symbol | None:
    """The symbol that readings agree on once bodies spelled them, the longest where others are cut short
    of it; None where none is spelled or two differ."""
    known = [symbol for symbol in spelled if symbol is not None and symbol.notation]
    longest = max(known, key=lambda symbol: len(symbol.notation or ""), default=None)
    whole = longest.notation if longest is not None and longest.notation else ""
    return longest if all(whole.startswith(symbol.notation or "") for symbol in known) else None


def _ending(text: str, old: str, new: str) -> str:
    return text.removesuffix(old) + new if text.endswith(old) else text


def _words(document: Document, head: Sequence[Paragraph]) -> Iterator[str]:
    """The words on the bodies' side, in order, in capitals without marks but Đ's; THPT as four.
    The last word of a line ends with a line break."""
    for paragraph in head:
        if paragraph.column != "right":
            line = list(_capitals(document.cut(paragraph)))
            yield from [*line[:-1], *(word + "\n" for word in line[-1:])]


def _capitals(text: str) -> Iterator[str]:
    for word in _WORD.findall(text.upper()):
        if bare(word) != _UNSPOKEN:
            capitals = "".join(ch if ch == "Đ" else bare(ch) for ch in word)
            yield from capitals if _VOWEL.search(capitals) is None else [capitals]


def _spelled(group: str, words: Sequence[str]) -> str | None:
    """The group where successive words spell it, or the one that they spell and it may be a misreading of."""
    if len(group) < _LEAST:
        return None
    chunks = [chunk.upper() for chunk in _CHUNK.findall(group)]
    if "".join(chunks) == group.upper():
        for at in range(len(words) - len(chunks) + 1):
            if all(word.startswith(chunk) for word, chunk in zip(words[at:], chunks, strict=False)):
                return group + _rest_of_run(group, words[at + len(chunks) - 1 :])
    initials = "".join(word[0] for word in words)
    stretches = {initials[at : at + len(group)]: at for at in range(len(initials) - len(group) + 1)}
    meant = [stretch for stretch in stretches if _may_be(group, stretch)]
    if len(meant) != 1 or len(group) < _LEAST_SETTLED:
        return None
    return meant[0] + _rest_of_run(meant[0], words[stretches[meant[0]] + len(group) - 1 :])


def _rest_of_run(group: str, words: Sequence[str]) -> str:
    """The letters that a recogniser lost of a run of like ones: `STTT` of Sở Thông tin và Truyền thông.

    `words` begins with the last one spelled: where all after it, to the end of its line, begin alike.
    """
    letter = group[-1]
    if not group.endswith(_RUN * letter):
        return ""
    before_end = list(takewhile(lambda word: not word.endswith("\n"), words))
    following = words[1 : len(before_end) + 1]
    alike = all(word[0] == letter and word != _TERRITORY for word in following)
    return letter * len(following) if alike else ""


def _may_be(read: str, meant: str) -> bool:
    return all(a == b or a in _READ_FOR.get(b, "") for a, b in zip(read, meant, strict=True))
