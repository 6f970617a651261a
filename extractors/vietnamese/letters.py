"""Letters and marks: NFC, tone-mark placement, keys for joining and searching.

Two spellings of one syllable are in use, hoà and hòa, uỷ and ủy; both are right, so keys hold one
of them and printed text keeps its own.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
_LETTERS = re.compile(r"[^\W\d_]+")
_DASHES = re.compile(r"[\u2010-\u2015\u2212\uf02d]")
_QUOTES = re.compile(r"[“”\"'‘’«»„]")
_SPACES = re.compile(r"\s+")
# The last vowel letter of an open syllable that begins oa, oe, uy: the new style marks it.
_OPEN = {"oa", "oe", "uy"}
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_SPACE_LIKE = dict.fromkeys(
    map(ord, "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000"), " "
)
_LOOKALIKES = {0xD0: "Đ", 0x01A3: "ư", 0x01A2: "Ư"}  # Ð (eth) and Ƣ stand for Đ and Ư in old fonts
_ONE_OF_A_KIND = {**_INVISIBLE, **_SPACE_LIKE, **_LOOKALIKES}


def nfc(text: str) -> str:
    """Text in NFC, spaces of all kinds as one kind, invisible marks dropped, Ð and ƣ as Đ and ư."""
    return unicodedata.normalize("NFC", text).translate(_ONE_OF_A_KIND)


def squeeze(text: str) -> str:
    """All white space runs, newlines too, as one space; none at the ends."""
    return _SPACES.sub(" ", text).strip()


@lru_cache(maxsize=16384)
def plain(text: str) -> str:
    """Without marks and case: `Khen thưởng` gives `khen thuong`. Length may differ from `text`."""
    bare = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(ch for ch in bare if not unicodedata.combining(ch))


def key(text: str) -> str:
    """Key for joining: folded case and tone placement (hòa as hoà), one dash, no quotes and end marks."""
    folded = _QUOTES.sub("", _DASHES.sub("-", unicodedata.normalize("NFC", text).casefold()))
    return _LETTERS.sub(lambda m: new_style(m.group()), squeeze(folded).strip(" .;:,-/"))


def search_key(text: str) -> str:
    """Key for searching without accents: letters and digits, single spaces."""
    return squeeze(re.sub(r"[^\w]+", " ", plain(text)))


@lru_cache(maxsize=65536)
def new_style(syllable: str) -> str:
    """A syllable with its tone mark where the new style puts it: hòa gives hoà, úy gives uý."""
    decomposed = unicodedata.normalize("NFD", syllable)
    tone = next((ch for ch in decomposed if ch in _TONES), "")
    if not tone:
        return syllable
    bare = unicodedata.normalize("NFC", "".join(ch for ch in decomposed if ch not in _TONES))
    if bare[-2:].casefold() not in _OPEN or bare[:-1].casefold() == "qu":
        return syllable
    return unicodedata.normalize("NFC", bare + tone)


def upper_share(text: str) -> float:
    """Share of capitals among the letters, 0 where there are none."""
    letters = [ch for ch in text if ch.isalpha()]
    return sum(ch.isupper() for ch in letters) / len(letters) if letters else 0.0
