"""Where a body's name begins and ends in running text."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from extractors import bodies_rules as rules
from extractors.geography import place_at, spans_of_places
from extractors.vietnamese.letters import upper_share
from extractors.vietnamese.tokens import Hit, Span, fold, syllables

_WINDOW = 900  # characters of a paragraph that are looked at
_MAX_INTROS = 12  # commas of an introducing clause that are tried
_MAX_BODY = 500  # characters of a list of bodies
_LONGEST_FIELD = 10  # syllables of a field that no rule knows

Stop = Literal["verb", "colon", "period", "end"]

_LABEL = re.compile(
    r"""
    \s* (?: [-–—+*•·▪●○◦\uf0b7\uf02d] \s* )?                   # dash or bullet
    (?: \(? (?:\d{1,2}(?:\.\d{1,2}){0,3}|[a-zđ]|[IVX]{1,5}) \s* [.)/:] \s+   # 1. 1.2. a) II.
      | \d{1,2} \s* [-–] \s+                                             # 1-
      | \d{1,2}(?:\.\d{1,2}){0,3}\.\s*                                  # 1.Sở
    )?
    """,
    re.VERBOSE,
)
_ABBREVIATION = re.compile(r"(?:\b(?:P|TP|Tp|TT|TX|Q|Đ/c|đ/c|Ông|Bà|ThS|TS|BS|VP|KT|TM|T|H|UB)|^\d{1,2})$")
_PLURAL_UNIT = re.compile(
    rf"\b(?:các|\d+)\s+(?:{rules.UNIT}|nước|trường|đơn vị|khoa|phòng)\s*$", re.IGNORECASE
)
_LIST_OF_NAMES = re.compile(r"(?:\s*(?:[^\W\d_]+|\d{1,2}|[,–-]))+")
_MODIFIER = re.compile(
    r"(?:được|tham gia|tham dự|phụ trách|làm công tác|hoạt động|có|đang|là thành viên|trực tiếp|dự thi"
    r"|thực hiện nhiệm vụ(?! (?:theo|được|do|của|sau|trên|tại|như|chính|cụ thể)\b|[.,;:]|$))\b",
    re.IGNORECASE,
)
_TRAILING = re.compile(r"(?:[\s,;:.…–-]|(?<![^\W_])(?:và|thì|để|sẽ|do|đã|cùng|với|hoặc))+$")


def label_end(text: str) -> int:
    """Offset behind the number or dash that begins a paragraph."""
    match = _LABEL.match(text)
    return match.end() if match else 0


def charge_end(text: str, start: int) -> int:
    """Offset behind a word of charge (Giao, Đề nghị, Đối với) that stands at `start`, else `start`."""
    hit = rules.words("charge").at(text, start)
    if hit is None:
        return start
    spans = syllables(text)
    following = spans[hit.last][0] if hit.last < len(spans) else len(text)
    return following + 1 if text[following : following + 1] == ":" else following


@lru_cache(maxsize=8192)
def starts_body(text: str, at: int) -> bool:
    """Whether a body's name, a group of bodies or a person in office begins at offset `at`."""
    determiner = rules.DETERMINER.match(text, at)
    if determiner:
        noun = determiner.end()
        counted = text[at].isdigit() and text[noun : noun + 1].isupper()  # a number before a heading
        return not counted and (_group_at(text, noun) is not None or _name_at(text, noun) is not None)
    if rules.PERSON.match(text, at) and text[rules.PERSON.match(text, at).end()].isupper():  # type: ignore[union-attr]
        return True
    if _name_at(text, at) is not None or _bare_group(text, at):
        return True
    unit = rules.UNIT_AND_NAME.match(text, at)
    return unit is not None and text[unit.end()].isupper()


def _name_at(text: str, at: int) -> Hit | None:
    hit = rules.names().at(text, at)
    none = rules.no_names().at(text, at)
    if hit is None or (none is not None and none.end >= hit.end):
        return None
    return hit if hit.label != "head" or _goes_on(text, hit) else None


def _goes_on(text: str, head: Hit) -> bool:
    """A head such as Sở, Phòng, Trung tâm needs its field, place or name behind it."""
    spans = syllables(text)
    if head.last >= len(spans):
        return False
    start, end = spans[head.last]
    if (
        head.last - head.first > 1
        and text[head.start].isupper()
        and text[start].isalpha() | (text[start] == ",")
    ):
        return True  # `Văn phòng tổng hợp …`, `Thư viện, thiết bị`: long enough to stand alone
    if text[start].isupper() or text[start].isdigit():
        return "\n" not in text[head.end : start]
    if not text[start:end].isalpha():
        return False
    return any(g.at(text, start) is not None for g in (rules.nouns(), rules.fields(), rules.groups()))


def _group_at(text: str, at: int) -> Hit | None:
    hit = rules.groups().at(text, at)
    return None if rules.longer(rules.no_names().at(text, at), hit) else hit


def _bare_group(text: str, at: int) -> bool:
    """A group noun without các: `Cụm, khối thi đua`, `Đơn vị được kiểm tra`; with a capital only."""
    hit = _group_at(text, at)
    if hit is None or not text[at].isupper() or fold(text[hit.start : hit.end]) in {"tổ chức", "công tác"}:
        return False
    return hit.last - hit.first > 1 or text[hit.end : hit.end + 1] == ","


# --- the end of a body ------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def subject_end(text: str, start: int) -> tuple[int, Stop]:
    """Where the body, or the list of bodies, that begins at `start` ends, and what ends it."""
    closed = rules.brackets(text)
    stop, why = _punctuation(text, start, closed)
    for verb in _verbs(text):
        if verb.start >= stop:
            break
        if verb.start > start and not rules.inside(verb.start, closed) and _is_verb(text, start, verb):
            return verb.start, "verb"
    return stop, why


def _punctuation(text: str, start: int, closed: tuple[Span, ...]) -> tuple[int, Stop]:
    for match in re.finditer(r"[:;\n?!]|\.(?=\s|$|/)", text[start:]):
        at = start + match.start()
        mark = match.group()
        if rules.inside(at, closed) or (mark == "." and _ABBREVIATION.search(text, 0, at)):
            continue
        if mark == ":" and _names_follow(text, at):
            continue
        if mark == ";" and _list_goes_on(text, at + 1):
            continue
        return at, "colon" if mark in ":\n" else "period"
    return len(text), "end"


def _list_goes_on(text: str, at: int) -> bool:
    following = at + len(text[at:]) - len(text[at:].lstrip(" -–\n"))
    return following < len(text) and (starts_body(text, following) or place_at(text, following))


def _names_follow(text: str, colon: int) -> bool:
    """`UBND các phường: Ba Đình, Hoàn Kiếm`: the colon opens a list of names."""
    if not _PLURAL_UNIT.search(text[max(0, colon - 40) : colon]):
        return False
    match = _LIST_OF_NAMES.match(text, colon + 1)
    first = [w for w in re.findall(r"[^\W\d_]+", match.group()) if w != "và"] if match else []
    return bool(first) and all(w[0].isupper() for w in first[:2])


@lru_cache(maxsize=1024)
def _verbs(text: str) -> tuple[Hit, ...]:
    return () if upper_share(text) > 0.8 else rules.words("verb").find(text)


def _is_verb(text: str, start: int, verb: Hit) -> bool:
    if text[verb.start].isupper() or _qualifies(text, start, verb):
        return False
    for known in (rules.names(), rules.groups(), rules.nouns()):
        for hit in known.find(text):
            if hit.start < verb.start < hit.end or (hit.start == verb.start and hit.end >= verb.end):
                if fold(text[verb.start : verb.end]) != "tổ chức":
                    return hit.start < start  # a name that began before the body protects nothing
                if not _acts(text, start, verb):
                    return False
    field = rules.fields().at(text, verb.start)
    return not rules.longer(field, verb) and not _in_field(text, verb)


def _in_field(text: str, verb: Hit) -> bool:
    """`Khoa Hồi sức cấp cứu`: a verb within a field of work that begins with a capital."""
    return any(h.start < verb.start < h.end and text[h.start].isupper() for h in rules.fields().find(text))


def _qualifies(text: str, start: int, verb: Hit) -> bool:
    """`Đơn vị được kiểm tra …`, `Các đơn vị tham gia chủ động …`: a verb that tells which body."""
    if re.search(r"\bđược\s*$", text[start : verb.start], re.IGNORECASE):
        return True
    if fold(text[verb.start : verb.start + 4]) == "được":
        mark = re.compile(r"[^;:.]{0,60};\s+").match(text, verb.end)
        return mark is not None and mark.end() < len(text) and starts_body(text, mark.end())
    following = rules.words("verb").at(text, verb.end + 1)
    return fold(text[verb.start : verb.end]) == "tham gia" and following is not None


_NO_OBJECT = re.compile(r"\s*(?:$|[:;]|(?:có|chịu)\s+trách\s+nhiệm\b)", re.IGNORECASE)


def _acts(text: str, start: int, verb: Hit) -> bool:
    """Whether `tổ chức` is the verb: not `các tổ chức`, `cơ quan, tổ chức`, `Ban tổ chức` over nothing."""
    if _NO_OBJECT.match(text, verb.end) or fold(text[start : verb.start]).strip() == "ban":
        return False
    group, none = rules.groups().at(text, verb.start), rules.no_names().at(text, verb.start)
    if none is not None and rules.longer(none, group) and none.end > verb.end:
        return True
    if rules.longer(group, verb):
        return False
    before = text[start : verb.start].rstrip()
    return not re.search(r"(?:\b(?:các|những|mọi|từng|mỗi|và|hoặc|cùng)|,)$", before, re.IGNORECASE)


# --- bodies at the start of a paragraph ---------------------------------------------------------


def body_at_start(text: str) -> Span | None:
    """Span of the body, or list of bodies, that a duty's paragraph begins with; else None.

    Number, dash and word of charge (Giao, Đề nghị, Mời, Đối với) are left out; an introducing clause
    (Căn cứ Kế hoạch này, …) is passed over. A paragraph that begins with a verb names no body.
    """
    window = text[:_WINDOW]
    at = label_end(window)
    start = charge_end(window, at)
    if starts_body(window, start):
        return _body_from(window, start, len(text) > _WINDOW)
    if rules.words("intro").at(window, at) is None:
        return None
    for begin in _after_commas(window, at):
        found = _body_from(window, begin, True) if starts_body(window, begin) else None
        if found is not None and subject_end(window, begin)[1] == "verb":
            return found
    return None


def _after_commas(text: str, at: int) -> list[int]:
    """Offsets behind the commas of an introducing clause where a body could begin."""
    closed = rules.brackets(text)
    marks = (m for m in re.finditer(r",\s+", text) if m.start() > at)
    commas = [m.end() for m in marks if not rules.inside(m.start(), closed)]
    sentence = re.search(r"\.\s", text[at:])
    last = at + sentence.start() if sentence else len(text)
    starts = [_behind_charge(text, c) for c in commas[:_MAX_INTROS] if c < last]
    return [s for s in starts if s < len(text) and (text[s].isupper() or rules.DETERMINER.match(text, s))]


def _behind_charge(text: str, at: int) -> int:
    """`…, yêu cầu các khoa`; but `chức năng, nhiệm vụ của từng đơn vị` charges nobody."""
    behind = charge_end(text, at)
    return at if text[at:behind].rstrip().endswith("của") else behind


def _body_from(text: str, start: int, goes_on: bool) -> Span | None:
    end, why = subject_end(text, start)
    if why in {"end", "period"}:
        unknown = unknown_word(text, start, end)
        if not text[end + 1 :].strip() and _is_of_unknown_field(text, start, end):
            unknown, goes_on = None, False
        if unknown is not None and (why == "period" or not is_body(text[start:end])):
            end = unknown
        elif why == "end" and goes_on:
            return None
    span = trimmed(text, start, end)
    return span if span[1] > span[0] and span[1] - span[0] <= _MAX_BODY else None


def trimmed(text: str, start: int, end: int) -> Span:
    """The span without closing marks, joining words and a bracket that tells the body's part."""
    for _ in range(3):
        match = _TRAILING.search(text[start:end])
        end = start + match.start() if match else end
        bracket = re.search(r"\s*\(\s*([^()]*)\)$", text[start:end])
        if not bracket or rules.words("bracket").at(text, start + bracket.start(1)) is None:
            break
        end = start + bracket.start()
    while start < end and text[start] in " \t\n\u00a0":
        start += 1
    return start, end


@lru_cache(maxsize=2048)
def unknown_word(text: str, start: int, end: int) -> int | None:
    """Offset of the first lower-case word in the span that goes with no name of a body; None if all do."""
    unknown = _unknown_words(text, start, end)
    return unknown[0] if unknown else None


def _unknown_words(text: str, start: int, end: int) -> list[int]:
    closed = rules.brackets(text)
    covered = [*spans_of_places(text)]
    for known in (rules.names(), rules.groups(), rules.nouns(), rules.fields()):
        covered += [(h.start, h.end) for h in known.find(text)]
    return [
        a
        for a, b in syllables(text)
        if start <= a < end
        and text[a].islower()
        and not any(x <= a < y for x, y in covered)
        and not rules.inside(a, closed)
    ]


def is_body(text: str) -> bool:
    """Whether the text as a whole names a body, a list of bodies or a person in charge."""
    if len(text) > 2 * _MAX_BODY:
        return False
    bare = text[label_end(text) :].strip()
    charged = charge_end(bare, 0)
    bare = bare[charged:].strip(" .;:,")
    if not bare or len(bare) > _MAX_BODY or (charged and _is_common_noun(bare)):
        return False
    bare = bare[0].upper() + bare[1:]
    if _is_person_name(bare):
        return True
    if not starts_body(bare, 0):
        return _is_unit_word(bare)
    end, why = subject_end(bare, 0)
    if why == "verb":
        qualified = _MODIFIER.match(bare, end) or bare[:end].rstrip().endswith((" hoạt động", " được"))
        return bool(qualified) and _is_plural(bare, end)
    if end < len(bare):
        return False
    return 3 * len(_unknown_words(bare, 0, end)) <= len(bare.split()) or _is_of_unknown_field(bare, 0, end)


def _is_of_unknown_field(text: str, start: int, end: int) -> bool:
    """`Khoa Hô hấp trẻ em`: a short name whose field begins with a capital and no rule knows."""
    hit, unknown = rules.names().at(text, start), unknown_word(text, start, end)
    if hit is None or hit.label != "head" or unknown is None:
        return False
    within = [(a, b) for a, b in syllables(text) if hit.end <= a < end]
    if not within or len(within) > _LONGEST_FIELD:
        return False
    field_start = within[0][0]
    return text[field_start].isupper() and rules.fields().at(text, field_start) is None


def _is_person_name(text: str) -> bool:
    """`Sùng A Dơ`: two to five syllables with capitals, the first a family name."""
    parts = text.split()
    capitals = all(p[0].isupper() and p.isalpha() for p in parts)
    return 2 <= len(parts) <= 5 and capitals and parts[0] in rules.family_names() and not place_at(text, 0)


def _is_common_noun(text: str) -> bool:
    """`Mời đại biểu`, `Giao ban`: what is charged is no body but a word of the heading."""
    hit = rules.names().at(text, 0)
    return text[0].islower() and hit is not None and (hit.label == "people" or hit.end == len(text))


def _is_plural(text: str, end: int) -> bool:
    """Groups and persons take a clause of their own (`Công chức được giao …`), a single body does not."""
    hit = rules.names().at(text, 0)
    people = hit is not None and hit.label == "people"
    grouped = people or bool(rules.DETERMINER.match(text)) or _bare_group(text, 0)
    return grouped and len(text) <= 160 and not re.search(r"[.;:]", text[end:])


def _is_unit_word(text: str) -> bool:
    """A whole cell such as `BGH`, `GVCN` or `Văn phòng`: abbreviation of a body, or a head alone."""
    from extractors.bodies_names import expanded

    phrase = rules.names().phrase(text)
    if phrase is not None and (phrase[0] != "head" or " " in text) and rules.no_names().phrase(text) is None:
        return True
    written_out = expanded(text)
    return written_out != text and starts_body(written_out, 0)
