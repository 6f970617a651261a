"""Encodings older than Unicode: TCVN3 (fonts `.VnTime`) and VNI (fonts `VNI-Times`), told by the text.

Both put Vietnamese letters on the places of Latin-1. A font's name is only a hint, as fonts named
.VnTime often hold Unicode and text in an old encoding often stands in another font: what decides is
which reading gives the likelier syllables. Sources: TCVN 5712:1993 and the VNI for Windows charts.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise, product
from math import log, log1p
from typing import Final, Literal

from extractors.vietnamese.syllables import folded, model

Encoding = Literal["tcvn3", "vni"]
ENCODINGS: Final[tuple[Encoding, ...]] = ("tcvn3", "vni")
NAMES: Final[dict[Encoding, str]] = {"tcvn3": "TCVN3", "vni": "VNI"}

_TCVN3_CODES = (
    "A1Ă A2Â A3Ê A4Ô A5Ơ A6Ư A7Đ A8ă A9â AAê ABô ACơ ADư AEđ B5à B6ả B7ã B8á B9ạ BBằ BCẳ BDẵ BEắ C6ặ C7ầ C8ẩ "
    "C9ẫ CAấ CBậ CCè CEẻ CFẽ D0é D1ẹ D2ề D3ể D4ễ D5ế D6ệ D7ì D8ỉ DCĩ DDí DEị DFò E1ỏ E2õ E3ó E4ọ E5ồ E6ổ E7ỗ "
    "E8ố E9ộ EAờ EBở ECỡ EDớ EEợ EFù F1ủ F2ũ F3ú F4ụ F5ừ F6ử F7ữ F8ứ F9ự FAỳ FBỷ FCỹ FDý FEỵ"
)
_TCVN3 = {int(code[:2], 16): code[2:] for code in _TCVN3_CODES.split()}
# The same signs under other names, as fonts and converters give them.
_ALIASES = {0x03BC: 0xB5, 0x2219: 0xB7, 0x02C9: 0xAF}

_VNI_MARKS = {  # the second character: combining marks for the letter before it
    "ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323",
    "â": "\u0302", "á": "\u0302\u0301", "à": "\u0302\u0300", "å": "\u0302\u0309", "ã": "\u0302\u0303",
    "ä": "\u0302\u0323", "ê": "\u0306", "é": "\u0306\u0301", "è": "\u0306\u0300", "ú": "\u0306\u0309",
    "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
_VNI_LETTERS = {
    "ñ": "đ", "Ñ": "Đ", "ô": "ơ", "Ô": "Ơ", "ö": "ư", "Ö": "Ư", "æ": "ỉ", "Æ": "Ỉ", "ó": "ĩ", "Ó": "Ĩ",
    "ò": "ị", "Ò": "Ị", "î": "ỵ", "Î": "Ỵ",
}  # fmt: skip
_VNI_PAIR = re.compile(f"([aeouyôöAEOUYÔÖ])([{''.join(_VNI_MARKS)}{''.join(_VNI_MARKS).upper()}])")
VNI_MARKS: Final = frozenset("".join(_VNI_MARKS) + "".join(_VNI_MARKS).upper())

_FONTS: Final[tuple[tuple[Encoding, re.Pattern[str]], ...]] = (
    ("tcvn3", re.compile(r"\.vn|vn[ -]?(?:time|arial)", re.IGNORECASE)),
    ("vni", re.compile(r"vni[- ]", re.IGNORECASE)),
)
_SUBSET = re.compile(r"[A-Z]{6}\+")  # what a PDF puts before the name of a font that it holds in part
_FACE = re.compile(r"[,-](?:bold|italic|oblique|regular)+$", re.IGNORECASE)

_WORD = re.compile(r"[^\s!-@\[-`{-~\u2010-\u2026\u2032\u2033]+")
_WIDE = re.compile(r"[\u0100-\u0151\u0154-\u015f\u0162-\u0177\u01a0-\u01b0\u0300-\u0323\u1e00-\u1eff]")
_SYLLABLE = re.compile(  # without its tone mark
    r"""(?: ngh | gh | ng | nh | ch | kh | ph | th | tr | gi | qu | [bcdđghklmnpqrstvx] )?
        (?: (?: iê | yê | uyê | uô | ươ | uâ | uê | uơ | uy | oa | oă | oe | oo | [aăâeêioôơuưy] )
            (?: ng | nh | ch | [cmnpt] )?
          | iêu | yêu | uôi | ươi | ươu | uây | uya | uyu | oai | oay | oao | oeo
          | ai | ao | au | ay | âu | ây | eo | êu | ia | iu | oi | ôi | ơi | ua | ui | ưa | ưi | ưu )""",
    re.VERBOSE,
)
_INITIALS = re.compile(r"[A-ZĐƯ]{1,10}|[bcdđghklmnpqrstvx]{2,10}")  # small ones in a font of capitals
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")

_MOST_WORDS = 400  # of a stretch: more tell nothing new
_IMPOSSIBLE, _UNUSUAL = -28.0, -20.0  # log probabilities of a word that cannot be, of a syllable never seen
_HINT = 3.0  # what a font's name is worth
_HABIT = 4.0  # what each tenfold of words that a font held before is worth, about
_CLEAR = 30.0  # by how much text in a font without a name for it must win: two words or more
_SURE = 3  # words of an encoding in a font before, from which that font is expected to hold it
_SENSE = 0.6  # share of the words that must be syllables after decoding


# --- fonts ------------------------------------------------------------------------------------


@lru_cache(maxsize=1024)
def hint(font: str) -> Encoding | None:
    """The encoding that a font's name speaks of."""
    name = _SUBSET.sub("", font)
    return next((encoding for encoding, pattern in _FONTS if pattern.match(name)), None)


@lru_cache(maxsize=1024)
def is_capitals(font: str) -> bool:
    """Whether a font draws capitals for small letters: `.VnTimeH`, `.VNTIMEH`."""
    name = _FACE.sub("", _SUBSET.sub("", font))
    return hint(name) == "tcvn3" and name.endswith("H")


# --- reading and writing ------------------------------------------------------------------------


def decode(text: str, font: str = "") -> tuple[str, Encoding | None]:
    """Text as Unicode, and the encoding that it was in: None where it is left as it is."""
    encoding = Judge().encoding(text, font)
    return (text, None) if encoding is None else (decoded(text, encoding, font), encoding)


def decoded(text: str, encoding: Encoding, font: str = "") -> str:
    """Text of this encoding as Unicode; capitals where the font draws them."""
    if encoding == "vni":
        return from_vni(text)
    read = from_tcvn3(text)
    return read.upper() if is_capitals(font) else with_whole_capitals(read)


def from_tcvn3(text: str) -> str:
    """Text of a TCVN3 font, read as Latin-1, as Unicode."""
    return text.translate(_ALIASES).translate(_TCVN3)


def from_vni(text: str) -> str:
    """Text of a VNI font, read as windows-1252, as Unicode."""
    pieces: list[str] = []
    end = 0
    for match in _VNI_PAIR.finditer(text):
        letter = _VNI_LETTERS.get(match[1], match[1])
        joined = unicodedata.normalize("NFC", letter + _VNI_MARKS[match[2].lower()])
        pieces += [_vni_singles(text[end : match.start()]), joined]
        end = match.end()
    return "".join([*pieces, _vni_singles(text[end:])])


def _vni_singles(text: str) -> str:
    return "".join(_VNI_LETTERS.get(ch, ch) for ch in text)


def encoded(text: str, encoding: Encoding) -> str:
    """Unicode text as the encoding holds it; TCVN3 has no capitals with tone marks and takes small ones."""
    table = _codes(encoding)
    return "".join(table.get(ch) or table.get(ch.lower()) or ch for ch in text)


@lru_cache(maxsize=2)
def _codes(encoding: Encoding) -> dict[str, str]:
    if encoding == "tcvn3":
        return {letter: chr(code) for code, letter in _TCVN3.items()}
    table = {letter: code for code, letter in _VNI_LETTERS.items()}
    for base, (mark, marks) in product("aeouyôöAEOUYÔÖ", _VNI_MARKS.items()):
        letter = unicodedata.normalize("NFC", _VNI_LETTERS.get(base, base) + marks)
        if len(letter) == 1:
            table.setdefault(letter, base + (mark.upper() if base.isupper() else mark))
    return table


def with_whole_capitals(text: str) -> str:
    """Words in capitals made whole: TCVN3 has no `Ộ`, so authors typed `CéNG HßA`, that is `CộNG HòA`.

    `Xã` may be either; it goes with the words beside it.
    """
    pieces: list[str] = []
    group: list[re.Match[str]] = []
    end = 0
    for match in [*_WORD.finditer(text), None]:
        loud = match is not None and not _has_small_base(match[0])
        if match is not None and loud and not (group and "\n" in text[group[-1].end() : match.start()]):
            group.append(match)
            continue
        if group and any(_is_torn(m[0]) for m in group):
            start, stop = group[0].start(), group[-1].end()
            pieces += [text[end:start], text[start:stop].upper()]
            end = stop
        group = [match] if match is not None and loud else []
    return "".join([*pieces, text[end:]])


def _has_small_base(word: str) -> bool:
    return any("a" <= ch <= "z" for ch in word)


def _is_torn(word: str) -> bool:
    """Whether capitals stand about a small letter that has a mark: `HộI`, `THọ`."""
    small_then_capital = any(a.islower() and b.isupper() for a, b in pairwise(word))
    return small_then_capital or (word[:2].isupper() and any(map(str.islower, word)))


# --- judging ------------------------------------------------------------------------------------


@dataclass(slots=True)
class Judge:
    """Decides stretch by stretch of a document; what a font held before settles what is short."""

    _held: Counter[tuple[str, Encoding | None]] = field(default_factory=Counter)

    def encoding(self, text: str, font: str = "") -> Encoding | None:
        """The encoding of a stretch of text in one font; None for Unicode, and where it is in doubt."""
        if text.isascii():
            return None
        if is_unicode(text):
            self._held[font, None] += 1 + text.count(" ")
            return None
        words = _marked_words(text)
        if not words:
            return None
        if hint(font) is None and not self._expected(font) and all(map(is_possible, words)):
            return None
        best = self._best(words, font)
        self._held[font, best] += len(words)
        return best

    def expects_unicode(self, font: str) -> bool:
        """Whether a font held Unicode more than anything else so far."""
        return self._held[font, None] > max(self._held[font, e] for e in ENCODINGS)

    def _expected(self, font: str) -> bool:
        return any(self._held[font, encoding] >= _SURE for encoding in ENCODINGS)

    def _best(self, words: list[str], font: str) -> Encoding | None:
        chances = [sum(column) for column in zip(*map(_chances, words), strict=True)]
        as_is = chances[0] + self._habit(font, None)
        named = hint(font)
        best: Encoding | None = None
        most = as_is
        for encoding, chance in zip(ENCODINGS, chances[1:], strict=True):
            if not any(_reading(word, encoding) != word for word in words):
                continue
            expected = named is not None or self._held[font, encoding] >= _SURE
            score = chance + self._habit(font, encoding) + (_HINT if encoding == named else 0.0)
            clear = score > most and score - as_is >= (0.5 if expected else _CLEAR)
            if clear and _makes_sense(words, encoding):
                best, most = encoding, score
        return best

    def _habit(self, font: str, encoding: Encoding | None) -> float:
        return min(_HABIT * log1p(self._held[font, encoding]) / 2.3, 12.0)


def is_garbled(text: str) -> bool:
    """Whether most words with marks of a text are no syllables."""
    words = _marked_words(text)
    return 2 * sum(not is_possible(w) for w in words) > len(words)


def is_unicode(text: str) -> bool:
    """Whether a text has Vietnamese letters that no old encoding has."""
    return not text.isascii() and _WIDE.search(text) is not None


def _marked_words(text: str) -> list[str]:
    """Words with letters beyond ASCII; a lone sign (§, ½) is none, two in a row are letters of TCVN3."""
    words = [word for word in _WORD.findall(text)[:_MOST_WORDS] if not word.isascii()]
    return [
        w for w in words if any(map(str.isalpha, w)) or (len(w) > 1 and all(ord(ch) in _TCVN3 for ch in w))
    ]


def _makes_sense(words: list[str], encoding: Encoding) -> bool:
    read = [_reading(word, encoding) for word in words]
    return sum(is_possible(word) or _is_abbreviation(word) for word in read) >= _SENSE * len(words)


def _is_abbreviation(word: str) -> bool:
    """Initials as official texts have them: `HĐND`, `TĐKT`."""
    return _INITIALS.fullmatch(word) is not None


@lru_cache(maxsize=16384)
def _reading(word: str, encoding: Encoding) -> str:
    return from_vni(word) if encoding == "vni" else from_tcvn3(word)


@lru_cache(maxsize=16384)
def _chances(word: str) -> tuple[float, float, float]:
    """Log probabilities of a word as it is, read as TCVN3, read as VNI."""
    return _chance(word), _chance(_reading(word, "tcvn3")), _chance(_reading(word, "vni"))


def _chance(word: str) -> float:
    low = word.lower()
    if not is_possible(low):
        return _UNUSUAL if _is_abbreviation(word) else _IMPOSSIBLE
    syllables = model()
    number = syllables.number(folded(low))
    return _UNUSUAL if number < 0 else max(_UNUSUAL, log(syllables.singles[number] / syllables.total))


def syllable_share(text: str) -> float:
    """Share of the words that are Vietnamese syllables, with at most one tone mark, 0 to 1."""
    words = _WORD.findall(text)
    return sum(map(is_possible, words)) / len(words) if words else 0.0


@lru_cache(maxsize=16384)
def is_possible(word: str) -> bool:
    """Whether letters can be a Vietnamese syllable: onset, rhyme, at most one tone mark."""
    bare, tones = _TONES.subn("", unicodedata.normalize("NFD", word.casefold()))
    return tones <= 1 and _SYLLABLE.fullmatch(unicodedata.normalize("NFC", bare)) is not None
