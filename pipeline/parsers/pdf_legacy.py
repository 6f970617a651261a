"""Old encodings in a PDF's text layer: words of one font on a page are judged together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from extractors.building import Recoded
from extractors.vietnamese.legacy import Encoding, Judge, decoded, is_capitals, is_possible, is_unicode
from extractors.vietnamese.letters import nfc
from extractors.vietnamese.syllables import folded, model
from pipeline.parsers.pdf_word import PdfWord

_UNICODE_SHARE: Final = 0.2  # of a font's words; where so many are Unicode, the others are, too
_HORN_SEEN: Final = 20  # times that a syllable must have been seen to be put in place of a hyphen
_HYPHENED: Final = re.compile(r"[A-Za-z\u00a1-\u00ff]*-[A-Za-z\u00a1-\u00ff]*")


def recoded(words: Sequence[PdfWord]) -> list[PdfWord]:
    """The words of a page as Unicode, each with what the file holds in its place."""
    judge = Judge()
    for word in words:  # what is Unicode for sure speaks against an old encoding of its font
        if is_unicode(word.held):
            judge.encoding(word.held, word.font)
    found = {font: _encoding(font, words, judge) for font in dict.fromkeys(w.font for w in words)}
    return [_recoded(word, found[word.font]) for word in words]


def _encoding(font: str, words: Sequence[PdfWord], judge: Judge) -> Encoding | None:
    mine = [w.held for w in words if w.font == font]
    marked = [held for held in mine if not held.isascii()]
    if sum(map(is_unicode, marked)) > _UNICODE_SHARE * len(marked):
        return None
    if not marked:
        return "tcvn3" if is_capitals(font) else None
    return judge.encoding(" ".join(held for held in marked if not is_unicode(held)), font)


def _recoded(word: PdfWord, encoding: Encoding | None) -> PdfWord:
    if encoding is None or is_unicode(word.held):
        return word
    held = _with_horns(word.held) if encoding == "tcvn3" else word.held
    text = nfc(decoded(held, encoding, word.font))
    if text == word.held:
        return word
    return replace(word, word=replace(word.word, text=text, recoded=Recoded(word.held, encoding)))


@lru_cache(maxsize=4096)
def _with_horns(held: str) -> str:
    """TCVN3's `ư` has the code of the soft hyphen, which PDF writers and readers take for a hyphen."""
    return _HYPHENED.sub(_horned, held) if "-" in held else held


def _horned(match: re.Match[str]) -> str:
    piece = match[0]
    syllable = decoded(piece.replace("-", "\u00ad"), "tcvn3").lower()
    if len(syllable) < 2 or all(is_possible(decoded(part, "tcvn3")) for part in piece.split("-") if part):
        return piece
    if not is_possible(syllable):
        return piece
    number = model().number(folded(syllable))
    known = number >= 0 and model().singles[number] >= _HORN_SEEN
    return piece.replace("-", "\u00ad") if known else piece
