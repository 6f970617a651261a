"""Named emulation movements (phong trào thi đua): their names, who launched them, for which years.

A name stands in quotation marks after the word phong trào, alone or in a list, or without marks where
it is known or plainly ends. Sayings, campaigns (cuộc vận động), themes (chủ đề) and the general words
“phong trào thi đua yêu nước” are no movements.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from extractors import plan
from extractors.citations_lexicon import aligned, alternation
from extractors.document import Block, Document, Paragraph
from extractors.quotes import Quoted, quotations
from extractors.rulebook import load
from extractors.vietnamese.letters import key, squeeze, upper_share
from extractors.zones import Zones

_WORD = re.compile(r"phong trào(?: thi đua)?(?!\w)")
_FURTHEST = 220  # characters from the word to the first quotation of a list
_DIRECT = 70  # characters from the word to a quotation that no colon announces
_LONGEST = 300  # characters of a name
# What announces a list: “…, như:”, “do tỉnh phát động:”, “gồm”.
_ANNOUNCES = re.compile(r"(?::|như|gồm|sau|là|mang tên|có tên|phát động)[ :\-–*]*$")
_CLAUSE = re.compile(r"[;.!?](?:[ ]|$)|,")
# Between the quotations of one list.
_LINK = re.compile(
    r"[ ,;.…*–-]*(?:và |cùng |hoặc )?(?:các |với |hưởng ứng |"
    r"thực hiện )*(?:phong trào(?: thi đua)?)?(?: yêu nước| chuyên đề)?[ :*]*"
)
_MODIFIER = re.compile(
    r"[ ]*(?:giai đoạn|năm|trong|tại|trên địa bàn|của|do|từ năm|đến năm|\(giai đoạn|\(do|ngành|"
    r"toàn)(?: [^;“”\"«»]{0,90})?"
)
_PERIOD = re.compile(
    r"giai đoạn *\(? *(?P<a>20\d\d|19\d\d) *[-–—/] *(?P<b>20\d\d)|"
    r"từ (?:năm )?(?P<c>20\d\d) (?:đến|tới)(?: hết)?(?: năm)? (?P<d>20\d\d)|"
    r"năm (?P<e>20\d\d)(?! *[-–—] *20\d\d)"
)
_LAUNCHED = re.compile(r"do (?P<who>[^;:“”\"()]{2,90}?) phát động")
_MANY = re.compile(r"[,;]|(?<!\w)(?:các|và|những|mỗi)(?!\w)")
# Where a name without marks may end; a word of `unclear` may as well go on with it.
_ENDS_UNQUOTED = re.compile(
    r"[;:.,()“”\"«»/*]|$| (?:do|giai đoạn|năm|tại|trên địa bàn|trong|của|nhằm|được|đã)(?!\w)|"
    r"(?P<unclear> (?:và|gắn|cho|đến|theo|ở|với|đạt|để|từ|phù hợp|có|trên|về)(?!\w))"
)
_KNOWN_STEP = re.compile(r"[ ,\-–—]{0,3}([^\W_]+)")
_UNIT = re.compile(r"(?<!\w)(?:ban|phòng|khoa|tổ|văn phòng|bộ phận) $")  # `Ban Phong trào` is a unit's name
_TO_NAME = re.compile(r"[ :]*(?:chuyên đề |đặc biệt |xây dựng )?")
_PUNCTUATION = re.compile(r"[,;.:–—-]+")


@dataclass(frozen=True, slots=True)
class Mention:
    """A movement named in `text[start:end]`, marks left out; what the words around it say of it."""

    start: int
    end: int
    name: str
    launched_by: str | None
    period: tuple[date, date] | None
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class _Rules:
    names: dict[tuple[str, ...], str]
    longest: int
    general: frozenset[str]
    other: re.Pattern[str]


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    data = load("movements")
    names = {_syllables(n): n for n in data["names"]} | {_syllables(a): n for a, n in data["aliases"].items()}
    other = re.compile(rf"(?<!\w)(?:{alternation(tuple(data['other_things']))})(?!\w)")
    return _Rules(names, max(map(len, names)), frozenset(map(movement_key, data["general"])), other)


def _syllables(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[^\W_]+", aligned(text)))


def movement_key(name: str) -> str:
    """Key of a name over years and bodies: folded, without punctuation and without the years it is for."""
    bare = re.sub(r"\(?\b(?:giai đoạn|năm) *\(?\d{4}(?: *[-–—] *\d{4})?\)?\)?$", "", key(name))
    return squeeze(_PUNCTUATION.sub(" ", bare))


# --- in a text ------------------------------------------------------------------------------


def find_movements(text: str) -> list[Mention]:
    """All mentions of named movements in a text, in order."""
    folded = aligned(text)
    words = [w for w in _WORD.finditer(folded) if not _UNIT.search(folded, max(0, w.start() - 12), w.start())]
    if not words:
        return []
    marks = quotations(text)
    found: dict[int, Mention] = {}
    listed_to = 0
    for word in words:
        if word.start() < listed_to:
            continue
        quoted = _listed(folded, word.end(), marks)
        gap = (word.end(), quoted[0].start) if quoted else (word.end(), word.end())
        mentions = [_quoted_mention(text, folded, gap, q, len(quoted)) for q in quoted]
        listed_to = quoted[-1].end if quoted else listed_to
        if not quoted:
            mentions = [_unquoted_mention(text, folded, word)]
        for mention in mentions:
            if mention is not None:
                found.setdefault(mention.start, mention)
    return [found[start] for start in sorted(found)]


def _listed(folded: str, at: int, marks: tuple[Quoted, ...]) -> list[Quoted]:
    """The quotations that a word phong trào governs: the next one, and the list that it begins."""
    first = bisect_left(marks, at, key=lambda q: q.start)
    if first == len(marks) or not _governs(folded[at : marks[first].start]):
        return []
    return _list_from(folded, marks, first)


def _list_from(folded: str, marks: tuple[Quoted, ...], first: int) -> list[Quoted]:
    """The quotation `first` and those that go on a list with it."""
    last = first
    while last + 1 < len(marks) and _linked(folded[marks[last].end : marks[last + 1].start]):
        last += 1
    return list(marks[first : last + 1])


def _governs(gap: str) -> bool:
    """Whether the words between phong trào and a quotation leave the quotation its name."""
    if len(gap) > _FURTHEST or _WORD.search(gap) or _rules().other.search(gap):
        return False
    if not gap.strip(" :*-–"):
        return True
    announced = _ANNOUNCES.search(gap) is not None
    clauses = _CLAUSE.split(_LAUNCHED.sub("", gap))
    if announced:
        return not re.search(r"[;.!?](?: |$)", gap)
    return (
        len(gap) <= _DIRECT
        and len(clauses) == 1
        and not re.search(r"(?<!\w)(?:với|thực hiện|gắn)(?!\w)", gap)
    )


def _linked(gap: str) -> bool:
    """Whether a quotation goes on a list: nothing between but marks, “và”, years or a launcher."""
    if len(gap) > 140 or _rules().other.search(gap):
        return False
    modifier = _MODIFIER.match(gap)
    if modifier is not None and not _LINK.fullmatch(gap):
        rest = re.split(r"[,;]|(?<!\w)và(?!\w)", gap, maxsplit=1)
        return len(rest) == 2 and _LINK.fullmatch(rest[1]) is not None
    return _LINK.fullmatch(gap) is not None


def _quoted_mention(
    text: str, folded: str, gap: tuple[int, int], quoted: Quoted, of_list: int
) -> Mention | None:
    """The movement of a quotation; `gap` lies between the word and the first quotation of its list."""
    start, end = _inner(text, quoted)
    name = squeeze(text[start:end])
    if (
        not 3 <= len(name) <= _LONGEST
        or movement_key(name) in _rules().general
        or not re.search(r"[^\W\d]", name)
    ):
        return None
    after = folded[quoted.end : quoted.end + 110]
    after = re.split(r"[;“”\"«»]", after, maxsplit=1)[0]
    before = folded[gap[0] : gap[1]]
    launched = _launcher(text, quoted.end, after, 1) or _launcher(text, gap[0], before, of_list)
    period = _only_period(folded[start:end]) or _period_after(after)
    if period is None and of_list == 1:
        period = _only_period(before)
    return Mention(start, end, name, launched, period, "movement: quoted", 0.95)


def _inner(text: str, quoted: Quoted) -> tuple[int, int]:
    start, end = quoted.start + 1, quoted.end - 1
    while start < end and text[start] in " *_.,;:\n\t":
        start += 1
    while end > start and text[end - 1] in " *_.,;:\n\t":
        end -= 1
    return start, end


def _unquoted_mention(text: str, folded: str, word: re.Match[str]) -> Mention | None:
    """A known name, or one with a capital that plainly ends, right after the word."""
    lead = _TO_NAME.match(folded, word.end())
    at = lead.end() if lead else word.end()
    for start in (word.end() + 1, at):
        known = _known_end(folded, start)
        if known is not None:
            return _unquoted(text, folded, start, known, "movement: known name", 0.9)
    if text[at : at + 1].isupper() and upper_share(text[word.start() : at + 40]) < 0.5:
        return _guessed(text, folded, at)
    return None


def _known_end(folded: str, at: int) -> int | None:
    """End of the longest known name that begins at `at`."""
    rules = _rules()
    words: list[str] = []
    best: int | None = None
    for _ in range(rules.longest):
        step = _KNOWN_STEP.match(folded, at)
        if step is None:
            break
        words.append(step.group(1))
        at = step.end()
        if tuple(words) in rules.names:
            best = at
    return best


_NOT_A_NAME = re.compile(
    r"(?:đoàn|đội|hội|công đoàn|công nhân|cnvc|thi đua|quý|tháng|năm|khối|cụm|ngành|tỉnh|huyện|xã|"
    r"phụ nữ|thanh niên|"
    r"thanh thiếu|nông dân|cựu|văn hoá|văn nghệ|thể dục|tdtt|vhvn|chữ thập|khuyến|từ thiện|nhân đạo|của|"
    r"do|tại|trong)(?!\w)"
)
_GUESS = 14  # syllables at most


def _guessed(text: str, folded: str, at: int) -> Mention | None:
    """An unknown name that begins with a capital and runs to a mark, its years or its launcher."""
    if _NOT_A_NAME.match(folded, at):
        return None
    stop = _ENDS_UNQUOTED.search(folded, at)
    if stop is None or stop["unclear"]:
        return None
    end = stop.start()
    if not 3 <= len(text[at:end].split()) <= _GUESS or text[at:end].isupper():
        return None
    return _unquoted(text, folded, at, end, "movement: capital", 0.6)


def _unquoted(text: str, folded: str, start: int, end: int, rule: str, confidence: float) -> Mention:
    after = re.split(r"[;“”\"«»]", folded[end : end + 110], maxsplit=1)[0]
    printed = squeeze(text[start:end])
    alias = load("movements")["aliases"].get(printed)
    name = alias or (printed.capitalize() if printed.isupper() else printed)
    return Mention(start, end, name, _launcher(text, end, after, 1), _period_after(after), rule, confidence)


def _launcher(text: str, at: int, words: str, of_list: int) -> str | None:
    """Who launched: “do Thủ tướng Chính phủ phát động”; None where several did for a whole list."""
    launched = _LAUNCHED.search(words)
    if launched is None or re.search(r"[.;]", words[: launched.start()]):
        return None
    who = squeeze(text[at + launched.start("who") : at + launched.end("who")])
    return None if _MANY.search(aligned(who)) and of_list > 1 else who


def _period_after(words: str) -> tuple[date, date] | None:
    """The years right after a name: “giai đoạn 2021-2025”, “năm 2024”."""
    match = _PERIOD.search(words)
    if match is None or re.search(r"[,;.]", words[: match.start()]) or match.start() > 40:
        return None
    return _years(match)


def _only_period(words: str) -> tuple[date, date] | None:
    """The years in a name, if it names one period only."""
    matches = list(_PERIOD.finditer(words))
    return _years(matches[0]) if len(matches) == 1 else None


def _years(match: re.Match[str]) -> tuple[date, date] | None:
    first = int(match["a"] or match["c"] or match["e"])
    last = int(match["b"] or match["d"] or match["e"])
    return (date(first, 1, 1), date(last, 12, 31)) if first <= last else None


# --- in a document --------------------------------------------------------------------------

_ITEM = re.compile(r"\s*(?:[-–+•*]|\d{1,2}[.)]|[a-zđ]\))?\s*(?:[Pp]hong trào(?: thi đua)?\s*)?(?=[“\"«„])")
_LIST_LEAD = re.compile(r"phong trào[^;.“”\"]{0,200}:\s*$")


def read_movements(document: Document, zones: Zones) -> tuple[plan.Movement, ...]:
    """The named movements of a document, merged over their mentions, in order of the first one."""
    merged: dict[str, list[Mention]] = {}
    for mention in _mentions(document, zones):
        merged.setdefault(movement_key(mention.name), []).append(mention)
    return tuple(_fact(document, name_key, mentions) for name_key, mentions in merged.items())


def _mentions(document: Document, zones: Zones) -> Iterator[Mention]:
    in_list = False
    for start, end in _places(zones):
        text = document.text[start:end]
        found = find_movements(text) if _worth(text) else []
        if not found and in_list and _ITEM.match(text):
            found = _items(text)
        else:
            in_list = _LIST_LEAD.search(aligned(text[-260:])) is not None
        for m in found:
            yield Mention(
                start + m.start, start + m.end, m.name, m.launched_by, m.period, m.rule, m.confidence
            )


def _items(text: str) -> list[Mention]:
    """The quotations of an item in a list of movements that a paragraph above announced."""
    marks = quotations(text)
    if not marks:
        return []
    folded = aligned(text)
    listed = _list_from(folded, marks, 0)
    mentions = (_quoted_mention(text, folded, (q.start, q.start), q, len(listed)) for q in listed)
    return [m for m in mentions if m is not None]


def _worth(text: str) -> bool:
    return "hong trào" in text or "PHONG TRÀO" in text or "hong Trào" in text


def _places(zones: Zones) -> Iterator[tuple[int, int]]:
    if zones.title:
        yield zones.title[0].start, zones.title[-1].end
    blocks: Iterable[Block] = (*zones.preamble, *zones.body, *zones.annexes)
    for block in blocks:
        paragraphs = (
            [block] if isinstance(block, Paragraph) else [p for cell in block.cells for p in cell.paragraphs]
        )
        yield from ((p.start, p.end) for p in paragraphs if p.part in ("body", "footnote"))


def _fact(document: Document, name_key: str, mentions: list[Mention]) -> plan.Movement:
    first = mentions[0]
    best = max(mentions, key=lambda m: (m.confidence, not m.name.isupper()))
    period = next((m.period for m in mentions if m.period), None)
    return plan.Movement(
        start=first.start,
        end=first.end,
        regions=tuple(
            plan.Region(page=r.page, x0=r.x0, y0=r.y0, x1=r.x1, y1=r.y1)
            for r in document.regions(first.start, first.end)
        ),
        confidence=best.confidence,
        rule=best.rule,
        name=best.name,
        key=name_key,
        launched_by=next((m.launched_by for m in mentions if m.launched_by), None),
        period_start=period[0] if period else None,
        period_end=period[1] if period else None,
        mentions=len(mentions),
    )
