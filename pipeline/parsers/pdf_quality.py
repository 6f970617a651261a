"""Whether a page's text layer can be used, or the page must be recognised from its picture.

A text layer is given up only for clear cause: nothing but a stamp on a scan, letters that no
Vietnamese font can mean, legacy encodings, prose without any accents. Tokens that may be English,
abbreviations, numbers and codes count neither for nor against it.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Kind = Literal["good", "plain", "other", "bad"]

_FEW_LETTERS = 160  # a scan's stamp and page number have fewer
_COVERED = 0.5  # share of the page that a scan's picture covers at least
_DRAWN = 60  # paths of a page whose letters are drawn, not set
_MIN_TOKENS = 12  # fewer words tell nothing about the encoding
_BAD = 0.25  # share of impossible words of a text that is not the printed one
_DOUBTFUL = 0.06  # share from which the reader is told
_PLAIN = 0.92  # share of words without any mark, of Vietnamese that has lost its marks

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_EDGES = re.compile(r"^[^\w]+|[^\w]+$")
_SPLIT = re.compile(r"[-–—/.,;:()\[\]“”\"'‘’+&%…_|\\=*<>]+")
_SYLLABLE = re.compile(
    r"""
    (?: ngh | ng | nh | gh | gi | kh | ph | th | tr | ch | qu | [bcdđghklmnpqrstvx] )?
    (?: uyê | uya | iê | ia | yê | ya | uô | ua | ươ | ưa | oă | oa | oe | oo | oô | uâ | uê | uơ | uy | ưu
      | êu | iêu | yêu | âu | ây | [aăâeêioôơuưy] )
    (?: ng | nh | ch | [cmnptiouy] )?
    """,
    re.VERBOSE,
)
_ENGLISH = re.compile(r"[A-Za-z]?[a-z]*[aeiouy][a-z]*")
_LEGACY_FONT = re.compile(r"^(?:[A-Z]{6}\+)?(?:\.Vn|VNI[- ])", re.IGNORECASE)
_VIETNAMESE = frozenset("abcdefghijklmnopqrstuvwxyzđăâêôơư")


@dataclass(frozen=True, slots=True)
class Quality:
    """`reason` is why the text cannot be used, None where it can; `bad` the share of impossible words."""

    reason: str | None = None
    bad: float = 0.0

    @property
    def usable(self) -> bool:
        return self.reason is None

    @property
    def doubtful(self) -> bool:
        return self.usable and self.bad > _DOUBTFUL


def text_layer_quality(
    words: Iterable[str], picture: float = 0.0, paths: int = 0, fonts: Iterable[str] = ()
) -> Quality:
    """Judges a page's words, given the share of the page that its largest picture covers (0 to 1),
    the number of drawn paths, and the names of its fonts."""
    tokens = [w for w in words if w]
    letters = sum(1 for w in tokens for ch in w if ch.isalpha())
    if letters < _FEW_LETTERS and picture >= _COVERED:
        return Quality("stamp-only" if letters else "no-text")
    if not tokens:
        return Quality("no-text") if picture > 0.05 or paths > _DRAWN else Quality()
    kinds = [k for token in tokens for k in token_kinds(token)]
    n = {kind: kinds.count(kind) for kind in ("good", "plain", "other", "bad")}
    judged = n["good"] + n["plain"] + n["bad"]
    if judged < _MIN_TOKENS:
        return Quality()
    bad = n["bad"] / judged
    legacy = [f for f in fonts if _LEGACY_FONT.match(f)]
    if bad > _BAD:
        return Quality("legacy-encoding" if legacy else "garbled", bad)
    if n["plain"] > _PLAIN * judged and judged >= 3 * _MIN_TOKENS and n["other"] < 0.35 * judged:
        return Quality("no-accents", bad)
    return Quality(None, bad)


def token_kinds(token: str) -> list[Kind]:
    """What the pieces of a token between blanks can be; numbers and marks alone give nothing."""
    bare = _EDGES.sub("", token)
    if "@" in token or "://" in token or "www." in token:
        return []
    if any(_is_foreign(ch) for ch in token):
        return ["bad"]
    return [_piece_kind(piece) for piece in _SPLIT.split(bare) if any(ch.isalpha() for ch in piece)]


@lru_cache(maxsize=16384)
def _piece_kind(piece: str) -> Kind:
    if _odd_inside(piece) or (not piece.isascii() and _mixes_case(piece)):
        return "bad"
    low = piece.lower()
    if possible_syllable(low):
        return "plain" if low.isascii() else "good"
    if not low.isascii():
        return "other" if piece.isupper() and len(piece) <= 12 else "bad"
    if piece.isupper() or any(ch.isdigit() for ch in piece) or len(piece) == 1:
        return "other"
    return "other" if _ENGLISH.fullmatch(piece) or piece[:1].isupper() else "bad"


@lru_cache(maxsize=16384)
def possible_syllable(low: str) -> bool:
    """Whether letters (small ones) can be a Vietnamese syllable: onset, rhyme, at most one tone mark."""
    marks = unicodedata.normalize("NFD", low)
    if sum(ch in _TONES for ch in marks) > 1:
        return False
    bare = unicodedata.normalize("NFC", "".join(ch for ch in marks if ch not in _TONES))
    return _SYLLABLE.fullmatch(bare) is not None


def _mixes_case(piece: str) -> bool:
    """Whether a capital follows a small letter."""
    return any(a.islower() and b.isupper() for a, b in itertools.pairwise(piece))


def _odd_inside(piece: str) -> bool:
    """Whether something that is no letter or digit stands between letters: `NhaÂ©n`, `7+Ѭ1`."""
    return any(not (ch.isalnum() or ch in "²³¹⁰⁴⁵⁶⁷⁸⁹ºª°") for ch in piece)


@lru_cache(maxsize=4096)
def _is_foreign(ch: str) -> bool:
    """Whether a character cannot stand in a Vietnamese text: other scripts, old fonts' symbols."""
    if ch.isascii():
        return ch < " "
    category = unicodedata.category(ch)
    if category in ("Co", "Cn", "Cc", "Cs"):
        return not "\uf000" <= ch <= "\uf0ff"  # symbol fonts: bullets and arrows
    if ch == "\ufffd":
        return True
    if category[0] != "L":
        return ch in "§¨©ª¬®¯¶¸µ¹×" and ch not in "§©®×"
    base = unicodedata.normalize("NFD", ch.lower())[0]
    return base not in _VIETNAMESE
