"""The wording of a task: its words, and apart from them what is another every year.

Years, numbers of documents and ordinals are no words of a task: they tell one year's plan from the next.
Months, days and periods (6 tháng, đợt 1) are marks: they tell tasks apart that are else alike. Figures
(05 lớp, 95%) belong to what is to be done, but do not make two tasks alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from extractors.bodies import expanded
from extractors.vietnamese.folding import fold as fold_text
from extractors.vietnamese.letters import plain
from extractors.vietnamese.tokens import fold, syllables, words

TokenKind = Literal["word", "figure", "mark", "yearly"]

_YEAR = r"(?:19|20)\d\d"
_TO = r"\s*(?:,|;|\+|-|–|và|đến|&)\s*"
_OF_YEAR = rf"(?:\s*(?:/|-|năm)\s*{_YEAR})?"
_DATE = (
    rf"(?:ngày\s+)?\d{{1,2}}(?:\s+tháng\s+\d{{1,2}}(?:\s+năm\s+{_YEAR})?"
    rf"|/\d{{1,2}}(?:/{_YEAR})?|[.-]\d{{1,2}}[.-]{_YEAR})"
)
_NUMERAL = r"(?:iv|i{1,3}|[1-4])\b"  # of a quarter

# Over folded text (lower case, NFC); of two that begin at one place the first named wins.
_VARYING = re.compile(
    rf"""
    (?<!\w) (?:
      (?P<citation> (?:số\s*:?\s*)? \d+[a-z]? (?:/{_YEAR})? [-/] [a-zđ][\wđ&.]* (?:[-/][a-zđ][\w&.]*)*
                    (?:\s+{_DATE})? )
    | (?P<date>     {_DATE} )
    | (?P<months>   tháng\s+\d{{1,2}} (?:{_TO}(?:tháng\s+)?\d{{1,2}}(?!\d|/(?!{_YEAR})))* {_OF_YEAR} )
    | (?P<quarters> qu[ýí]\s+{_NUMERAL} (?:{_TO}(?:qu[ýí]\s+)?{_NUMERAL})* {_OF_YEAR} )
    | (?P<period>   (?:\d{{1,2}}|ba|sáu|chín)\s+tháng (?:\s+(?:đầu|cuối)(?:\s+năm)?)?
                  | (?:học\s+k[ỳì]|đợt)\s+(?:iv|i{{1,3}}|\d{{1,2}}|một|hai)\b )
    | (?P<ordinal>  \d{{1,3}} (?=\s+năm\b)
                  | (?:(?:lần|khoá|khóa|k[ỳì]|đại\s+hội)\s+)? thứ\s+(?:\d+|[ivxlc]+\b|nhất\b)
                  | (?:lần|khoá|khóa|nhiệm\s+k[ỳì])\s+(?:\d+|[ivxlc]+\b) )
    | (?P<years>    (?:(?:năm\s+học|giai\s+đoạn|nhiệm\s+k[ỳì]|niên\s+kh(?:óa|oá)|năm)\s+)?
                    {_YEAR} (?:\s*(?:-|–|,|/|và|đến)\s*(?:năm\s+)?{_YEAR})* )
    | (?P<figure>   \d+(?:[.,]\d+)*(?:\s*%)? )
    ) (?!\d)
    """,
    re.VERBOSE,
)
_UNTIL = re.compile(r"\w\s*(?:-|–|đến)\s*(?:tháng\s+|qu[ýí]\s+)?(?:\d{1,2}|[iv]+)\b")  # tháng 3 đến tháng 5
_PIECE = re.compile(r"[^,;:.()\[\]/\n“”\"…?!+]+")  # no word goes over these marks
LONGEST = 20_000  # characters of a content that are compared


@dataclass(frozen=True, slots=True)
class Token:
    """A syllable, or an expression that varies, as one: `key` folded, `text[start:end]` as printed.

    `word` is where underthesea's word begins that a syllable is of.
    """

    kind: TokenKind
    key: str
    start: int
    end: int
    word: int


@dataclass(frozen=True, slots=True)
class Wording:
    """What a content says, abbreviations of bodies written out.

    `phrase` has its syllables and figures in order, `words` are underthesea's, folded; `marks` are the
    months, days and periods that it names, `months` those from 1 to 12.
    """

    phrase: tuple[str, ...]
    words: frozenset[str]
    marks: frozenset[str]
    months: frozenset[int]

    @property
    def letters(self) -> str:
        """The phrase without accents, sorted: for contents of few words, and slips of a letter."""
        return " ".join(sorted(map(plain, self.phrase)))


@lru_cache(maxsize=16384)
def wording(text: str) -> Wording:
    """The wording of a content; of one longer than 20,000 characters, that of its beginning."""
    tokens = printed_tokens(_written_out(text[:LONGEST]))
    said = tuple(token.key for token in tokens if token.kind in ("word", "figure"))
    marks = frozenset(token.key for token in tokens if token.kind == "mark")
    by_word: dict[int, list[str]] = {}
    for token in tokens:
        if token.kind == "word":
            by_word.setdefault(token.word, []).append(token.key)
    return Wording(said, frozenset(map(" ".join, by_word.values())), marks, _months(marks))


def _written_out(text: str) -> str:
    """The text with abbreviations of bodies in full; those in the number of a document are no bodies."""
    pieces: list[str] = []
    at = 0
    for token in _varying(text):
        pieces += [expanded(text[at : token.start]), text[token.start : token.end]]
        at = token.end
    return "".join((*pieces, expanded(text[at:])))


@lru_cache(maxsize=4096)
def printed_tokens(text: str) -> tuple[Token, ...]:
    """All tokens of a text in order, marks of punctuation left out."""
    return tuple(_tokens(text))


def _tokens(text: str) -> Iterator[Token]:
    at = 0
    for token in _varying(text):
        yield from _syllables(text, at, token.start)
        yield token
        at = token.end
    yield from _syllables(text, at, len(text))


def _syllables(text: str, start: int, end: int) -> Iterator[Token]:
    for piece in _PIECE.finditer(text, start, end):
        for word in _words(piece.group()):
            for a, b, key in word:
                yield Token("word", key, piece.start() + a, piece.start() + b, piece.start() + word[0][0])


@lru_cache(maxsize=65536)
def _words(piece: str) -> tuple[tuple[tuple[int, int, str], ...], ...]:
    """Words of a piece of a sentence as syllables with their keys.

    Pieces recur from year to year, so that few are segmented twice.
    """
    found: list[tuple[tuple[int, int, str], ...]] = []
    for start, end in words(piece):
        word = ((start + a, start + b) for a, b in syllables(piece[start:end]))
        held = tuple((a, b, fold(piece[a:b])) for a, b in word if piece[a].isalnum())
        if held:
            found.append(held)
    return tuple(found)


# --- expressions that vary --------------------------------------------------------------------


def _varying(text: str) -> Iterator[Token]:
    folded = fold_text(text)
    for match in _VARYING.finditer(folded.text):
        kind = str(match.lastgroup)
        start, end = folded.span(*match.span())
        if kind in _KEYS:
            yield Token("mark", _KEYS[kind](match.group()), start, end, start)
        elif kind == "figure":
            yield Token("figure", _number(match.group()), start, end, start)
        else:
            yield Token("yearly", kind, start, end, start)


def _number(text: str) -> str:
    return re.sub(r"\s", "", text).lstrip("0") or "0"


def _date_key(text: str) -> str:
    day, month = re.findall(r"\d+", text)[:2]
    return f"ngày {int(day)}/{int(month)}"


def _months_key(text: str) -> str:
    named = (int(n) for n in re.findall(r"(?<!\d)\d{1,2}(?!\d)", text))
    return "tháng " + _listed(text, [n for n in named if 1 <= n <= 12])


def _quarters_key(text: str) -> str:
    named = (m for m in re.findall(rf"\b{_NUMERAL}", text))
    return "quý " + _listed(text, [{"i": 1, "ii": 2, "iii": 3, "iv": 4}.get(n) or int(n) for n in named])


def _listed(text: str, numbers: list[int]) -> str:
    """Numbers in order; two with a dash or `đến` between them are a range."""
    if len(numbers) == 2 and re.search(
        r"\w\s*(?:-|–|đến)\s*(?:tháng\s+|qu[ýí]\s+)?(?:\d{1,2}|[iv]+)\b", text
    ):
        numbers = list(range(min(numbers), max(numbers) + 1))
    return ",".join(map(str, sorted(set(numbers))))


def _period_key(text: str) -> str:
    numerals = {"ba": "3", "sáu": "6", "chín": "9", "một": "1", "hai": "2", "i": "1", "ii": "2", "iii": "3"}
    key = " ".join(numerals.get(word, _number(word)) for word in text.split())
    return re.sub(r"\s+đầu(?:\s+năm)?$", "", key)


_KEYS: dict[str, Callable[[str], str]] = {
    "date": _date_key,
    "months": _months_key,
    "quarters": _quarters_key,
    "period": _period_key,
}


def _months(marks: frozenset[str]) -> frozenset[int]:
    """Months that the marks of a content name."""
    found: set[int] = set()
    for mark in marks:
        kind, _, numbers = mark.partition(" ")
        if kind == "tháng":
            found.update(map(int, filter(None, numbers.split(","))))
        elif kind == "quý":
            found.update(3 * (int(n) - 1) + k for n in numbers.split(",") if n for k in (1, 2, 3))
    return frozenset(found)
