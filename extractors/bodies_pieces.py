"""The bodies of a table cell or list, one span a body: at lines, bullets, semicolons."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from extractors import bodies_rules as rules
from extractors.bodies_subject import label_end, starts_body
from extractors.vietnamese.tokens import Span

_BULLET = re.compile(r"\s*[-–—+*•·▪●○◦\uf0b7\uf02d](?=\s|[^\W\d_])\s*")
_MARKS = " \t\n\r\u00a0"
_END_MARKS = _MARKS + ".;,:/…*•"
LONGEST_CELL = 6000  # characters; a longer cell is cut at lines and semicolons, nothing else
# A line that cannot end here: its body goes on in the next line.
_OPEN_END = re.compile(
    r"""
    (?: [,(/&–-]
      | (?<![^\W_])
        (?: và|hoặc|của|các|thuộc|với|cho|tại|cùng|trên|trong|từ|theo|về|là|có|được|cấp|những|mọi|địa\sbàn
          | BCH|BTV|BCĐ|UBND|Ban|Sở|Phòng|Bộ|Hội|Trường|Công|Ủy|Uỷ|Hiệu|Phó|Thủ|UB|VP
        )
    )\s*$
    """,
    re.VERBOSE,
)
_FIELD = 60  # characters of the name of a field of work, at most
_MEDIAN_DASH = re.compile(r"(?<=\s)[-–•+*](?=\s+[^\W\d_])|[•●▪](?=\s*[^\W\d_])")
_HEADS_OF_WORDS = frozenset(("Tổ", "Hội", "Đoàn"))  # Tổ chức, Hội nghị, Đoàn kết
_CLOSED = re.compile(r"[.;,:)]\s*$")


@dataclass(frozen=True, slots=True)
class Piece:
    """An item of a cell; `line` counts the lines and bullets of the author, not the printer's."""

    start: int
    end: int
    line: int


def split_bodies(text: str) -> list[Span]:
    """Spans of the bodies of a cell or list: a line, or an item between semicolons, each.

    Dash, number and final mark are left out; commas do not split; a line that goes on in the next is one.
    """
    return [(p.start, p.end) for p in pieces(text)]


@lru_cache(maxsize=2048)
def pieces(text: str) -> tuple[Piece, ...]:
    """The items of a cell in order, each with the line that it stands on."""
    found: list[Piece] = []
    line = 0
    if len(text) > LONGEST_CELL:
        spans = (bare_span(text, *m.span()) for m in re.finditer(r"[^\n;]+", text))
        return tuple(Piece(a, b, i) for i, (a, b) in enumerate(spans) if a < b)
    for start, end in _lines(text):
        for a, b in _bulleted(text, start, end):
            line += 1
            for c, d in _items(text, a, b):
                c, d = bare_span(text, c, d)
                if d > c and any(ch.isalnum() for ch in text[c:d]):
                    found.append(Piece(c, d, line))
    return tuple(found)


def _lines(text: str) -> Iterator[Span]:
    """Lines of `text`, those joined that are one body."""
    lines = [m.span() for m in re.finditer(r"[^\n\r]+", text) if m.group().strip()]
    bulleted = sum(bool(_BULLET.match(text, a, b)) for a, b in lines) > 0
    start: int | None = None
    end = 0
    for a, b in lines:
        if start is not None and not _continues(text[start:end], text[a:b], bulleted):
            yield start, end
            start = None
        start = a if start is None else start
        end = b
    if start is not None:
        yield start, end


def _continues(above: str, line: str, bulleted: bool) -> bool:
    """Whether `line` goes on with the body of the line above it."""
    above, bare = above.rstrip(), line.strip()
    if bullet := _BULLET.match(line):
        return _is_one_field(above, line[bullet.end() :])
    if label_end(bare):
        return False
    if above.count("(") > above.count(")") or bare.startswith("(") or _OPEN_END.search(above):
        return True
    if above.endswith((";", ".", ":")):
        return False
    if _wants_a_name(above) and not starts_body(bare, 0):
        return True
    if bare[0].islower():
        return rules.DETERMINER.match(bare) is None
    return bulleted and not starts_body(bare, 0)


def _is_one_field(above: str, line: str) -> bool:
    """`Phòng Tài chính` / `- Kế hoạch`: the dash that begins the line stands within the name of a field."""
    last = above[-_FIELD:]
    text, at = f"{last} - {line[:_FIELD]}", len(last) + 3
    own = rules.fields().at(text, at)
    end = own.end if own is not None else at
    return any(
        hit.label == "field" and hit.start < len(last) < end <= hit.end for hit in rules.fields().find(text)
    )


def _wants_a_name(line: str) -> bool:
    """`Trường Tiểu học`, `Công ty`: the line holds the kind of a body and nothing else."""
    bullet = _BULLET.match(line)
    phrase = rules.names().phrase(line[bullet.end() :] if bullet else line)
    return phrase is not None and phrase[0] == "head"


def _bulleted(text: str, start: int, end: int) -> Iterator[Span]:
    """The items of a line that holds several dashes: `- Sở A; - Sở B`, `- Sở A chủ trì - Sở B`."""
    begins = bool(_BULLET.match(text, start, end))
    cut = start
    for match in _MEDIAN_DASH.finditer(text, start, end):
        before, behind = text[cut : match.start()], match.end() + 1
        behind += len(text[behind:end]) - len(text[behind:end].lstrip())
        if not before.strip() or rules.inside(match.start(), _brackets_in(text, start, end)):
            continue
        if _CLOSED.search(before) or ends_in_role(before[-60:]) or (begins and begins_new_body(text, behind)):
            yield cut, match.start()
            cut = match.start()
    yield cut, end


def begins_new_body(text: str, at: int) -> bool:
    """Behind a dash within a line only what is certainly a body begins a new item."""
    if not starts_body(text, at):
        return False
    if rules.DETERMINER.match(text, at):
        return True
    hit = rules.names().at(text, at)
    if hit is None or not text[at].isupper():
        return False
    return hit.phrase not in _HEADS_OF_WORDS or _names_a_field(text, hit.end + 1)


def _names_a_field(text: str, at: int) -> bool:
    """Whether a field in capitals stands at `at`: `Tổ Khoa học xã hội`, not `Tổ chức`."""
    field = rules.fields().at(text, at)
    return field is not None and field.label == "field" and text[at].isupper()


def ends_in_role(text: str) -> bool:
    """Whether a text ends in a role word: `Sở A chủ trì`."""
    stripped = text.rstrip(_END_MARKS)
    return any(h.end == len(stripped) for h in rules.role_words().find(stripped))


@lru_cache(maxsize=512)
def _brackets_in(text: str, start: int, end: int) -> tuple[Span, ...]:
    return tuple((start + a, start + b) for a, b in rules.brackets(text[start:end]))


def _items(text: str, start: int, end: int) -> Iterator[Span]:
    """Items between semicolons, and between full stops where a new body begins."""
    closed = _brackets_in(text, start, end)
    cut = start
    for match in re.finditer(r";|(?<=[^\W\d_]{2})\.\s+(?=[^\W\d_])", text[start:end]):
        at, behind = start + match.start(), start + match.end()
        behind += len(text[behind:end]) - len(text[behind:end].lstrip())
        if rules.inside(at, closed) or (match.group() != ";" and not _sentence(text, at, behind)):
            continue
        yield cut, at
        cut = behind
    yield cut, end


def _sentence(text: str, stop: int, behind: int) -> bool:
    word = re.search(r"[^\W\d_]+$", text[:stop])
    abbreviation = word is not None and (word.group().isupper() or word.group() in {"Tp", "Tx", "Ths", "Ông"})
    return not abbreviation and text[behind].isupper() and starts_body(text, behind)


def bare_span(text: str, start: int, end: int) -> Span:
    """The span without dash, number and closing marks."""
    for _ in range(3):
        bullet = _BULLET.match(text, start, end)
        start = bullet.end() if bullet else start
        numbered = re.match(r"\s*(?:\(?(?:\d{1,2}|[a-hđ])[.)]|\(\d{1,2}\))\s*(?=[^\W\d_])", text[start:end])
        start += numbered.end() if numbered else 0
    while start < end and text[start] in _MARKS:
        start += 1
    while end > start and text[end - 1] in _END_MARKS:
        end -= 1
    return start, end
