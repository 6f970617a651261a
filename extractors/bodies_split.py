"""The bodies of a table cell or list, one span a body, and the role of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from extractors import bodies_rules as rules
from extractors.bodies_subject import charge_end, label_end, starts_body
from extractors.plan import Role
from extractors.vietnamese.tokens import Hit, Span

_BULLET = re.compile(r"\s*[-–—+*•·▪●○◦\uf0b7\uf02d](?=\s|[^\W\d_])\s*")
_MARKS = " \t\n\r\u00a0"
_END_MARKS = _MARKS + ".;,:/…*•"
_LONGEST_CELL = 6000  # characters; a longer cell is cut at lines and semicolons, nothing else
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
_MEDIAN_DASH = re.compile(r"(?<=\s)[-–•+*](?=\s+[^\W\d_])|[•●▪](?=\s*[^\W\d_])")
_CLOSED = re.compile(r"[.;,:)]\s*$")
# Words that make a role word behind them tell which bodies are meant: các đơn vị được kiểm tra.
_TELLING = 30  # characters of such words
_TELLS_WHICH = re.compile(
    r"(?<![^\W_])(?:được|bị|tự|chịu(?:\s+sự)?|(?:đối\s+tượng|diện|(?<!tổ\s)(?<!đoàn\s)công\s+tác|việc)(?:\s+được)?)\s+$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class RoleSpan:
    """A body at `text[start:end]` and its role."""

    start: int
    end: int
    role: Role


@dataclass(frozen=True, slots=True)
class _Piece:
    """An item of a cell; `line` counts the lines and bullets of the author, not the printer's."""

    start: int
    end: int
    line: int


def split_bodies(text: str) -> list[Span]:
    """Spans of the bodies of a cell or list: a line, or an item between semicolons, each.

    Dash, number and final mark are left out; commas do not split; a line that goes on in the next is one.
    """
    return [(p.start, p.end) for p in _pieces(text)]


@lru_cache(maxsize=2048)
def _pieces(text: str) -> tuple[_Piece, ...]:
    found: list[_Piece] = []
    line = 0
    if len(text) > _LONGEST_CELL:
        spans = (_bare(text, *m.span()) for m in re.finditer(r"[^\n;]+", text))
        return tuple(_Piece(a, b, i) for i, (a, b) in enumerate(spans) if a < b)
    for start, end in _lines(text):
        for a, b in _bulleted(text, start, end):
            line += 1
            for c, d in _items(text, a, b):
                c, d = _bare(text, c, d)
                if d > c and any(ch.isalnum() for ch in text[c:d]):
                    found.append(_Piece(c, d, line))
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
    if _BULLET.match(line) or label_end(bare):
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
        if _CLOSED.search(before) or _ends_in_role(before[-60:]) or (begins and _new_body(text, behind)):
            yield cut, match.start()
            cut = match.start()
    yield cut, end


def _new_body(text: str, at: int) -> bool:
    """Behind a dash within a line only what is certainly a body begins a new item."""
    if not starts_body(text, at):
        return False
    if rules.DETERMINER.match(text, at):
        return True
    hit = rules.names().at(text, at)
    return hit is not None and text[at].isupper() and hit.phrase not in {"Tổ", "Hội", "Đoàn"}


def _ends_in_role(text: str) -> bool:
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


def _bare(text: str, start: int, end: int) -> Span:
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


# --- roles ------------------------------------------------------------------------------------


def split_roles(text: str, default: Role) -> list[RoleSpan]:
    """The bodies of a cell that says who does what, each with its role and without those words.

    `- Chủ tịch chỉ đạo. - Phòng A tham mưu chủ trì - Các khoa phối hợp` gives directing, lead,
    coordinating; a body without a role word gets `default`.
    """
    if len(text) > _LONGEST_CELL:
        return [RoleSpan(p.start, p.end, default) for p in _pieces(text)]
    found: list[RoleSpan] = []
    carried: Role | None = None
    labelled, line = False, 0
    for piece in _pieces(text):
        if piece.line != line and not labelled:
            carried = None
        line = piece.line
        start, role = _label(text, piece)
        if role is not None:
            carried, labelled = role, True
        spans, after = _roles_in(text, start, piece.end, carried or default)
        if after is not None:
            carried, labelled = after, False
        found += spans
    return found


def _label(text: str, piece: _Piece) -> tuple[int, Role | None]:
    """Behind a label such as `Đơn vị chủ trì:`, and its role."""
    hit = rules.role_labels().at(text, piece.start)
    if hit is None or hit.end > piece.end:
        return piece.start, None
    rest = re.match(r"\s*(?:\([^()]*\)\s*)?[:：]\s*", text[hit.end :])
    if rest is None and hit.end == piece.end and text[hit.end : hit.end + 1] == ":":
        return piece.end, rules.role_of(hit.label)
    if rest is None:
        return _unmarked_label(text, hit, piece)
    return min(hit.end + rest.end(), piece.end), rules.role_of(hit.label)


def _unmarked_label(text: str, hit: Hit, piece: _Piece) -> tuple[int, Role | None]:
    """`Chủ trì Sở Y tế, phối hợp Sở Nội vụ`: a label without its colon."""
    role = rules.role_of(hit.label)
    behind = hit.end + 1
    if role in {"lead", "coordinating"} and behind < piece.end and starts_body(text, behind):
        return behind, role
    return piece.start, None


def _roles_in(text: str, start: int, end: int, default: Role) -> tuple[list[RoleSpan], Role | None]:
    """Role spans of one item, and the role that holds for the items after it on its line."""
    found: list[RoleSpan] = []
    cursor, ahead = start, None
    dropped = False
    for hit in _role_hits(text, start, end):
        if hit.start < cursor:
            continue
        chunk = _body_span(text, cursor, hit.start)
        role = rules.role_of(hit.label)
        before = " before " in hit.label or _body_follows(text, hit, end)
        if chunk[1] > chunk[0] and not dropped:
            found += _outside_and_inside(text, chunk, default, ahead or (default if before else role))
        ahead = role if before else None
        dropped = not before and not _clause_ends(text, hit.end, end)
        cursor = hit.end
    chunk = _body_span(text, cursor, end)
    if chunk[1] > chunk[0] and not dropped:
        found.append(RoleSpan(*chunk, ahead or default))
    return found, ahead


def _outside_and_inside(text: str, chunk: Span, default: Role, role: Role) -> list[RoleSpan]:
    """`UBND tỉnh (Sở Nội vụ tham mưu)`: the role in a bracket is that of the body in it."""
    start, end = chunk
    opened = text.rfind("(", start, end)
    if opened < 0 or ")" in text[opened:end]:
        return [RoleSpan(start, end, role)]
    outside, inside = _body_span(text, start, opened), _body_span(text, opened + 1, end)
    if inside[0] < inside[1] and starts_body(text, inside[0]):
        outer = [RoleSpan(*outside, default)] if outside[0] < outside[1] else []
        return [*outer, RoleSpan(*inside, role)]
    return [RoleSpan(*outside, role)] if outside[0] < outside[1] else []


def _role_hits(text: str, start: int, end: int) -> list[Hit]:
    """Role words of the item that are no part of a name (Ban Chỉ đạo, Đoàn kiểm tra) and end a clause."""
    hits = []
    for hit in rules.role_words().find(text):
        if not start <= hit.start or hit.end > end or _in_name(text, hit, start):
            continue
        weak = hit.label.endswith("weak")
        if _TELLS_WHICH.search(text, max(start, hit.start - _TELLING), hit.start):
            continue
        if weak and not (_clause_ends(text, hit.end, end) and hit.start > start):
            continue
        if hit.label.startswith("advising") and hit.start == start:
            continue
        hits.append(hit)
    return hits


def _in_name(text: str, role: Hit, start: int) -> bool:
    if text[role.start].isupper() and role.start > start:
        before = text[start : role.start].rstrip().rstrip("-–—+*•").rstrip(" ")
        labelled = text[role.end : role.end + 1] == ":"
        if before and before[-1] not in ".;:(\n" and not labelled and not _ends_in_role(before):
            return True
    known = (*rules.names().find(text), *rules.groups().find(text))
    return any(h.start < role.start < h.end for h in known)


def _clause_ends(text: str, at: int, end: int) -> bool:
    """Whether nothing of the sentence follows the role word: a mark, a role word or the end."""
    rest = text[at:end].lstrip()
    if not rest or rest[0] in ".,;:)-–(/":
        return True
    following = at + len(text[at:end]) - len(rest)
    return rules.role_words().at(text, following) is not None or rest.startswith(("và ", "với "))


def _body_follows(text: str, hit: Hit, end: int) -> bool:
    """`phối hợp các đơn vị`, `phối hợp với Sở B`, `chủ trì: Sở A`: the body stands behind the word."""
    if not hit.label.startswith(("coordinating", "lead")) or "thực hiện" in hit.phrase:
        return text[hit.end : hit.end + 1] == ":" and hit.end + 1 < end
    rest = re.match(r"\s*(?::|là|với|cùng|chặt chẽ với)?\s*", text[hit.end : end])
    at = hit.end + (rest.end() if rest else 0)
    if at >= end or (hit.label.startswith("lead") and text[hit.end : hit.end + 1] != ":"):
        return False
    return starts_body(text, at) or text[hit.end : hit.end + 1] == ":"


_LEADING = re.compile(
    r"""
    [\s,;:.()–+-]*
    (?: (?i:do|và|còn|sau\sđó|đồng\sthời|cùng\svới|cùng|với|là|trong\sđó|cơ\squan|đơn\svị)
        (?=\s*[:,]|\s+(?:[A-ZĐÀ-Ỹ]|các\s)) \s*[:,]?\s*
    )?
    """,
    re.VERBOSE,
)
_CLOSING = re.compile(
    r"""
    (?: [\s,;:.(/–-]
      | (?<![^\W_])
        (?: và|để|sẽ|là|làm|thì|cùng|có\strách\snhiệm|chịu\strách\snhiệm|trực\stiếp|được\sgiao
          | là\sđơn\svị|là\scơ\squan|triển\skhai|tổ\schức\sthực\shiện|thực\shiện
        )
    )+$
    """,
    re.VERBOSE,
)


def _body_span(text: str, start: int, end: int) -> Span:
    """The body in a clause: without words of charge, joining words and marks at its ends."""
    if text[start:end].lstrip().startswith("(") and text[start:end].rstrip().endswith(")"):
        return start, start
    start, end = _bare(text, start, end)
    leading = _LEADING.match(text, start, end)
    start = leading.end() if leading else start
    charged = charge_end(text, start)
    if start < charged <= end and starts_body(text, charged):
        start = charged
    if text[start:end].count("(") < text[start:end].count(")") and text[end - 1] == ")":
        end -= 1
    closing = _CLOSING.search(text, start, end)
    end = closing.start() if closing else end
    return (start, end) if any(ch.isalnum() for ch in text[start:end]) else (start, start)


def lead_then_coordinate(text: str) -> list[RoleSpan]:
    """A column “Đơn vị chủ trì/phối hợp”: the first body leads, the others coordinate.

    Where the cell says itself who leads, that holds.
    """
    said = split_roles(text, "implementing")
    if any(span.role in {"lead", "coordinating"} for span in said):
        named = any(span.role == "lead" for span in said)
        return [RoleSpan(s.start, s.end, _unsaid(s.role, named)) for s in said]
    spans = split_bodies(text)
    if len(spans) == 1:
        spans = _at_first_joint(text, *spans[0])
    return [RoleSpan(a, b, "coordinating" if i else "lead") for i, (a, b) in enumerate(spans)]


def _unsaid(role: Role, lead_is_named: bool) -> Role:
    return role if role != "implementing" else "coordinating" if lead_is_named else "lead"


def _at_first_joint(text: str, start: int, end: int) -> list[Span]:
    """`Sở A, các Sở B, C` or `Sở A/Sở B`: cut where the second body begins."""
    closed = rules.brackets(text)
    for match in re.finditer(r"\s*[,/]\s*|\s+[-–]\s+", text[start:end]):
        at, behind = start + match.start(), start + match.end()
        if behind < end and not rules.inside(at, closed) and _new_body(text, behind):
            return [(start, at), (behind, end)]
    return [(start, end)]
