"""Old encodings in Word documents: a run's font is a hint, the text of its paragraph the evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from extractors.building import Recoded
from extractors.vietnamese.legacy import (
    VNI_MARKS,
    Encoding,
    Judge,
    decoded,
    hint,
    is_capitals,
    is_garbled,
    is_unicode,
)

_VNI_BASES = frozenset("aeouyôöAEOUYÔÖ")
_PRIVATE = range(0xF020, 0xF100)  # where Word keeps the codes of fonts that it takes for symbols


def letters(text: str, font: str) -> str:
    """Text of a font of an old encoding with its private codes as Latin-1; other text as it is."""
    if hint(font) is None or not any(ord(ch) in _PRIVATE for ch in text):
        return text
    return "".join(chr(ord(ch) - 0xF000) if ord(ch) in _PRIVATE else ch for ch in text)


class Recoder:
    """Turns the runs of a document into Unicode, paragraph by paragraph."""

    def __init__(self) -> None:
        self._judge = Judge()
        self.garbled: set[str] = set()  # fonts of old encodings whose text could not be decoded

    def recode(self, chunks: list[str], fonts: Sequence[str]) -> dict[int, Recoded]:
        """Decode the chunks of a paragraph in place; gives what stood in those that changed."""
        groups: dict[str, list[int]] = {}
        for i, (chunk, font) in enumerate(zip(chunks, fonts, strict=True)):
            if is_unicode(chunk):
                self._judge.encoding(chunk, _named(font))
            else:
                groups.setdefault(_named(font), []).append(i)
        found: dict[int, Recoded] = {}
        for font, indices in groups.items():
            stretches = list(_stretches(indices))
            encoding = self._encoding(" ".join("".join(chunks[a:b]) for a, b in stretches), font)
            if encoding is not None:
                for start, stop in stretches:
                    found |= _decode(chunks, start, stop, encoding, font)
        return found

    def _encoding(self, text: str, font: str) -> Encoding | None:
        if text.isascii():  # nothing to decode, and yet the font may draw it in capitals
            return "tcvn3" if is_capitals(font) and not self._judge.expects_unicode(font) else None
        encoding = self._judge.encoding(text, font)
        if encoding is None and hint(font) is not None and is_garbled(text):
            self.garbled.add(font)
        return encoding


def _named(font: str) -> str:
    """Fonts of no old encoding are one: a text that was pasted in has many."""
    return font if hint(font) is not None else ""


def _stretches(indices: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Indices that follow each other, as intervals."""
    start = indices[0]
    for here, following in pairwise([*indices, -1]):
        if following != here + 1:
            yield start, here + 1
            start = following


def _decode(chunks: list[str], start: int, stop: int, encoding: Encoding, font: str) -> dict[int, Recoded]:
    before = chunks[start:stop]
    if encoding == "vni":
        after = [decoded(chunk, encoding, font) for chunk in _with_marks_joined(before)]
    else:  # letter for letter: capitals are seen over the borders of runs
        whole = decoded("".join(before), encoding, font)
        ends = list(accumulate(map(len, before), initial=0))
        after = [whole[a:b] for a, b in pairwise(ends)]
    chunks[start:stop] = after
    return {
        start + i: Recoded(old, encoding)
        for i, (old, new) in enumerate(zip(before, after, strict=True))
        if old != new
    }


def _with_marks_joined(chunks: Sequence[str]) -> list[str]:
    """Chunks of VNI text; a mark that begins one goes back to the letter before it."""
    joined = list(chunks)
    for i in range(1, len(joined)):
        if joined[i][:1] in VNI_MARKS and joined[i - 1][-1:] in _VNI_BASES:
            joined[i - 1] += joined[i][0]
            joined[i] = joined[i][1:]
    return joined
