"""Posts (chức vụ) in capitals above a name, authority marks (TM., KT. …), and names of persons."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from extractors.rulebook import load
from extractors.vietnamese.bases import bare
from extractors.vietnamese.letters import key, plain, squeeze, upper_share


@dataclass(frozen=True, slots=True)
class Post:
    """A post: its name in sentence case, the first words of the bodies that it heads."""

    text: str
    heads: tuple[str, ...]
    approves: bool = False
    weak: bool = False


@dataclass(frozen=True, slots=True)
class PostLine:
    """A line that begins with a post: its span, and the span of what follows (unit or second post)."""

    post: Post
    start: int
    end: int
    rest: int


@lru_cache(maxsize=1)
def _posts() -> tuple[tuple[str, Post], ...]:
    """(bare capitals, post), the longest first."""
    found = []
    for entry in load("positions"):
        post = Post(
            entry["text"],
            tuple(plain(head) for head in entry["heads"]),
            entry.get("approves", False),
            entry.get("weak", False),
        )
        found += [(bare(name).upper(), post) for name in (entry["text"], *entry.get("printed", ()))]
    return tuple(sorted(found, key=lambda item: -len(item[0])))


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    names = "|".join(rf"(?P<p{i}>{_spaced(name)})" for i, (name, _) in enumerate(_posts()))
    return re.compile(rf"[\s*_]*(?:{names})(?![^\W\d_])")


def _spaced(name: str) -> str:
    return r"\s+".join(re.escape(word) for word in name.split())


def read_post(text: str) -> PostLine | None:
    """The post that a line begins with, in capitals (or all of a line in sentence case)."""
    folded = bare(text)
    found = _pattern().match(folded.upper()) if len(folded.upper()) == len(text) else None
    if not found:
        return None
    group = str(found.lastgroup)
    start, end = found.span(group)
    alone = not re.search(r"\w", text[end:])
    if upper_share(text[start:end]) < 0.8 and not (alone and text[start].isupper()):
        return None
    after = text[end:]
    rest = end + len(after) - len(after.lstrip(" \t\n:.,-–*_"))
    return PostLine(_posts()[int(group[1:])][1], start, end, rest)


# --- authority --------------------------------------------------------------------------------

_AUTHORITY = re.compile(
    r"""
    [\s*_"]* (?:
      (?P<tm>T\ ?[./]?\ ?M\b|TIM\b(?=\.)|THAY\s+MAT\b)
    | (?P<kt>K\ ?[./]?\ ?T\b|KI\b(?=[.,])|K1\b(?=[.,])|KY\s+THAY\b)
    | (?P<tl>T\ ?[./]?\ ?L\b|THUA\s+LENH\b)
    | (?P<tuq>T\ ?\.?\ ?U\ ?\.?\ ?Q\b|THUA\s+UY\s+QUYEN\b)
    | (?P<q>Q\b(?=\.))
    ) [\s.,:/]* (?=[A-Z("]|$)
    """,
    re.VERBOSE,
)
_MARKS = {"tm": "TM.", "kt": "KT.", "tl": "TL.", "tuq": "TUQ.", "q": "Q."}


@dataclass(frozen=True, slots=True)
class AuthorityLine:
    """A line that begins with an authority mark: TM., KT., TL., TUQ., Q.; `rest` is where the body begins."""

    mark: str
    start: int
    rest: int


def read_authority(text: str) -> AuthorityLine | None:
    """The authority mark that a line in capitals begins with; `KI. CHỦ TỊCH` is a misread KT."""
    if upper_share(text) < 0.75:
        return None
    found = _AUTHORITY.match(bare(text))
    if not found:
        return None
    kind = str(found.lastgroup)
    if found.end() == found.end(kind) and found.end() < len(text):
        return None  # TMNT, KTX: no mark but the beginning of a word
    return AuthorityLine(_MARKS[kind], found.start(kind), found.end())


# --- names of persons -------------------------------------------------------------------------

_TITLES = re.compile(
    r"""
    ^(?: (?: GS | PGS | TSKH | TS | ThS | Th\.\s?S | Ths | THS | CN | KS | BS | BSCK\s?I{1,2}
        | BS\.?\s?CK\s?I{1,2} | CK\s?I{1,2} | DS | DSCK\s?I{1,2} | LS | NGƯT | NGND | TTƯT | TTND | NSND
        | NSƯT | KTS | CVCC | NCS
        | [Bb]ác\ sĩ | [Tt]hạc\ sĩ | [Tt]iến\ sĩ | [Cc]ử\ nhân | [Kk]ỹ\ sư | [Ll]uật\ sư
        | Ông | Bà | Đ/c | Đồng\ chí
        | (?:[Đđ]ại|[Tt]hượng|[Tt]rung|[Tt]hiếu|ĐẠI|THƯỢNG|TRUNG|THIẾU)\ (?:tướng|tá|[úu][ýyỷ]|TƯỚNG|TÁ|ÚY|UÝ)
        ) (?:[\s.,:–-]+|$) )+
    """,
    re.VERBOSE,
)
_SYLLABLE = re.compile(r"^[^\W\d_]+(?:['’-][^\W\d_]+)*\.?$")
_NEVER_A_NAME = frozenset(
    [
        "so",
        "ngay",
        "thang",
        "nam",
        "kinh",
        "noi",
        "nhan",
        "luu",
        "phu",
        "luc",
        "bieu",
        "mau",
        "danh",
        "sach",
        "dia",
        "diem",
        "thoi",
        "gian",
        "ke",
        "hoach",
    ]
)
_CLOSED = re.compile(r"[\s.,;:*_✓/\\|'\"“”‘’`]+$")


@lru_cache(maxsize=1)
def surnames() -> frozenset[str]:
    """Known surnames, without marks and case."""
    return frozenset(plain(name) for group in load("surnames") for name in group["surnames"])


@lru_cache(maxsize=1)
def _exact_surnames() -> frozenset[str]:
    """Known surnames with their marks: a line in capitals must match them, so much else is in capitals."""
    return frozenset(key(name) for group in load("surnames") for name in group["surnames"])


def without_titles(text: str) -> int:
    """Offset at which the name begins, behind degrees, titles of honour and military ranks."""
    found = _TITLES.match(text)
    return found.end() if found else 0


@dataclass(frozen=True, slots=True)
class NameLine:
    """A line that is a person's name: its span and spelling, and whether its surname is known."""

    value: str
    start: int
    end: int
    known_surname: bool


def read_name(text: str) -> NameLine | None:
    """The person's name that a line consists of: two to six capitalised syllables."""
    lead = len(text) - len(text.lstrip(" \t*_/\\|.,:-–'\"“”‘’`"))
    start = lead + without_titles(text[lead:])
    end = start + len(_CLOSED.sub("", text[start:]))
    syllables = text[start:end].split()
    if not 2 <= len(syllables) <= 6 or not all(_is_syllable(s) for s in syllables):
        return None
    capitals = all(s.isupper() for s in syllables)
    if not capitals and any(s.isupper() and len(s) > 1 for s in syllables):
        return None  # an abbreviation among words: “Ban TĐKT”
    if all(plain(s) in _NEVER_A_NAME for s in syllables[:2]):
        return None
    known = plain(syllables[0]) in surnames() and (not capitals or key(syllables[0]) in _exact_surnames())
    if capitals and not known:
        return None
    return NameLine(_name_case(syllables) if capitals else squeeze(text[start:end]), start, end, known)


def _is_syllable(word: str) -> bool:
    return bool(_SYLLABLE.match(word)) and word[0].isupper() and len(word) <= 12


def _name_case(syllables: list[str]) -> str:
    """NGUYỄN VĂN A as Nguyễn Văn A."""
    return " ".join("-".join(p.capitalize() for p in s.split("-")) for s in syllables)
