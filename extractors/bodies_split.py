"""The role of each body of a table cell or list: who leads, who coordinates, who carries out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors import bodies_rules as rules
from extractors.bodies_pieces import (
    LONGEST_CELL,
    Piece,
    bare_span,
    begins_new_body,
    ends_in_role,
    pieces,
    split_bodies,
)
from extractors.bodies_subject import charge_end, starts_body
from extractors.plan import Role
from extractors.vietnamese.tokens import Hit, Span

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


def split_roles(text: str, default: Role) -> list[RoleSpan]:
    """The bodies of a cell that says who does what, each with its role and without those words.

    `- Chủ tịch chỉ đạo. - Phòng A tham mưu chủ trì - Các khoa phối hợp` gives directing, lead,
    coordinating; a body without a role word gets `default`.
    """
    if len(text) > LONGEST_CELL:
        return [RoleSpan(p.start, p.end, default) for p in pieces(text)]
    found: list[RoleSpan] = []
    carried: Role | None = None
    labelled, line = False, 0
    for piece in pieces(text):
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


def _label(text: str, piece: Piece) -> tuple[int, Role | None]:
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


def _unmarked_label(text: str, hit: Hit, piece: Piece) -> tuple[int, Role | None]:
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
        if before and before[-1] not in ".;:(\n" and not labelled and not ends_in_role(before):
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
    start, end = bare_span(text, start, end)
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
        if behind < end and not rules.inside(at, closed) and begins_new_body(text, behind):
            return [(start, at), (behind, end)]
    return [(start, end)]
