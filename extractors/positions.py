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
        names = (entry["text"], *entry.get("printed", ()), *_short_deputies(entry["text"]))
        found += [(bare(name).upper(), post) for name in names]
    return tuple(sorted(found, key=lambda item: -len(item[0])))


def _short_deputies(text: str) -> tuple[str, ...]:
    """`P. CHỦ TỊCH`, `P.CHỦ TỊCH` for `Phó Chủ tịch`."""
    head = text.removeprefix("Phó ")
    return (f"P. {head}", f"P.{head}") if head != text else ()


@lru_cache(maxsize=1)
def _with_marks() -> dict[str, Post]:
    """Posts by their printed form, marks and all: TRƯỞNG BẢN is no TRƯỞNG BAN."""
    found: dict[str, Post] = {}
    for entry in load("positions"):
        post = next(post for _, post in _posts() if post.text == entry["text"])
        for name in (entry["text"], *entry.get("printed", ())):
            found.setdefault(key(name), post)
    return found


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
    post = _with_marks().get(key(text[start:end]), _posts()[int(group[1:])][1])
    return PostLine(post, start, end, rest)


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
    ^(?: (?: GS | PGS | TSKH | TS | Th\.?\s?[Ss] | THS | CN(?:ĐD|HS|YTCC)? | KS | BS(?:NT)? | Bs | [YDd]s | YS
        | DS | ĐD(?:T|CKI|TH)? | KTV | NHS | LS | NCS | KTS | CVCC | NGƯT | NGND | TTƯT | TTND | NSND | NSƯT
        | (?:BS|DS|Bs|ĐD)?[.\s]?CK\s?(?:I{1,2}|[12])
        | (?i: (?:bác|thạc|tiến|dược|y|nha)\ s[ĩỹ] | cử\ nhân | kỹ\ sư | luật\ sư | điều\ dưỡng(?:\ trưởng)?
             | (?:nhà\ giáo|thầy\ thuốc)\ (?:ưu\ tú|nhân\ dân) | (?:phó\ )?giáo\ sư | chuyên\ khoa\ I{1,2}
             | đồng\ chí | (?:đại|thượng|trung|thiếu)\ (?:tướng|tá|[úu][ýyỷ]) )
        | Ông | Bà | Thầy | Cô | Đ/c | ÔNG | BÀ
        ) (?:[\s.,:–-]+|$) )+
    """,
    re.VERBOSE,
)
_SYLLABLE = re.compile(r"^(?:[^\W\d_]+(?:['’-][^\W\d_]+)*\.?|[A-ZĐ]['’])$")
_WITH_PREFIX = re.compile(r"^[A-ZĐ]['’][^\W\d_]")  # K'Dền: prefix and name written together
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
    least = 1 if _WITH_PREFIX.match(text[start:end]) else 2
    if not least <= len(syllables) <= 6 or not all(_is_syllable(s) for s in syllables):
        return None
    capitals = all(s.isupper() for s in syllables)
    if not capitals and any(s.isupper() and len(s.rstrip("'’")) > 1 for s in syllables):
        return None  # an abbreviation among words: “Ban TĐKT”
    if all(plain(s) in _NEVER_A_NAME for s in syllables[:2]):
        return None
    known = _is_known(syllables[0], capitals)
    if capitals and not known:
        return None
    return NameLine(_name_case(syllables) if capitals else squeeze(text[start:end]), start, end, known)


def _is_known(syllable: str, capitals: bool) -> bool:
    """Whether a name begins with a known surname, or with the prefix that stands for one (K', H')."""
    surname = syllable.replace("’", "'")
    if _WITH_PREFIX.match(surname):
        surname = surname[:2]
    if surname.endswith("'"):
        return surname in _prefixes()
    return plain(surname) in surnames() and (not capitals or key(surname) in _exact_surnames())


@lru_cache(maxsize=1)
def _prefixes() -> frozenset[str]:
    return frozenset(name for group in load("surnames") for name in group["surnames"] if name.endswith("'"))


def _is_syllable(word: str) -> bool:
    return bool(_SYLLABLE.match(word)) and word[0].isupper() and len(word) <= 12


def _name_case(syllables: list[str]) -> str:
    """NGUYỄN VĂN A as Nguyễn Văn A."""
    return " ".join("-".join(p.capitalize() for p in s.split("-")) for s in syllables)
