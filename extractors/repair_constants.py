"""Fixed wording of letterhead, headings and signature, matched fuzzily (rules/confusions.yaml)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from extractors.document import Document, Line, Paragraph
from extractors.editing import Edit
from extractors.repair_channel import channel_cost
from extractors.repair_rules import Constant, constants, signed_as
from extractors.vietnamese.letters import plain, upper_share
from extractors.vietnamese.syllables import folded, like_printed

RULE = "constant"
SIGNED_RULE = "signed-as"
_MAX_LINE = 120  # code points: fixed wording stands on short lines
_CAPITALS = 0.7  # share of capitals from which a line is one in capitals
_WORDS = re.compile(r"[^\W\d_]+")
_LEAD = re.compile(r"\s*(?:[IVXLl1-9|]{1,5}[.)/]|[A-ZĐ]{2,3}\.|[-–—+•*])\s*")
_TAIL = re.compile(r"[\s.:,;*_~'’\-–—]*")
# Nats that a whole wording may be misread by: so many, and so many more a letter.
_COST, _COST_A_LETTER = 2.0, 1.0
_LETTER_CHANGE = 5.0
_MARKS_CHANGE = 7.0  # at most, all the marks of a word together
_MARK = re.compile(r"\s*(?P<mark>[^\W_]{2,3})[.,]\s*(?=(?P<post>[^\W\d_]+))")
_POSTS = {
    "chu",
    "giam",
    "hieu",
    "truong",
    "bi",
    "thu",
    "vien",
    "cuc",
    "tong",
    "bo",
    "uy",
    "dang",
    "ban",
    "chanh",
}


def constant_edits(document: Document, paragraph: Paragraph) -> Iterator[Edit]:
    """The changes to a paragraph's lines of fixed wording."""
    for line in paragraph.lines:
        text = document.cut(line)
        if len(text) > _MAX_LINE or not _is_recognised(line):
            continue
        if upper_share(text) >= _CAPITALS:
            yield from _signed_as_edits(text, line.start)
        elif len(text) > 40 or not text[:1].isalnum():
            continue
        yield from _line_edits(text, line.start)


def _is_recognised(line: Line) -> bool:
    return any(word.confidence is not None for word in line.words)


def _signed_as_edits(text: str, offset: int) -> Iterator[Edit]:
    found = _MARK.match(text)
    if not found or plain(found["post"]) not in _POSTS:
        return
    for rule in signed_as():
        if rule.read.fullmatch(found["mark"]):
            start, end = (offset + at for at in found.span("mark"))
            yield Edit(start, end, rule.meant, SIGNED_RULE)
            return


def _line_edits(text: str, offset: int) -> Iterator[Edit]:
    words = list(_WORDS.finditer(text))
    letters = [plain(word.group()) for word in words]
    here = set(letters)
    taken: set[int] = set()
    for constant in constants():
        if (
            len(constant.words) > len(words)
            or 2 * len(here.intersection(constant.letters)) < len(constant.words) - 1
        ):
            continue
        for at in _places(text, words, letters, constant):
            places = range(at, at + len(constant.words))
            if taken.isdisjoint(places):
                taken.update(places)
                yield from _word_edits(words[at : places.stop], constant, offset)


def _places(
    text: str, words: Sequence[re.Match[str]], letters: Sequence[str], constant: Constant
) -> Iterator[int]:
    """Where the wording stands, by the index of its first word."""
    length = len(constant.words)
    for at in range(len(words) - length + 1):
        start, end = words[at].start(), words[at + length - 1].end()
        if constant.whole and not _is_whole(text, start, end):
            continue
        if _is_misread([w.group() for w in words[at : at + length]], letters[at : at + length], constant):
            yield at


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether the words are the line, apart from a label and marks at its ends."""
    lead = _LEAD.match(text)
    begin = lead.end() if lead and lead.end() <= start else 0
    return not text[begin:start].strip() and _TAIL.fullmatch(text, end) is not None


def _is_misread(printed: Sequence[str], letters: Sequence[str], constant: Constant) -> bool:
    total = sum(map(len, constant.letters))
    allowed = max(1, total // 8) if constant.whole else total // 12
    cost, changed = 0.0, 0
    for word, ours, wanted, theirs in zip(printed, letters, constant.words, constant.letters, strict=True):
        if ours != theirs:
            distance = _distance(ours, theirs)
            changed += distance
            cost += _LETTER_CHANGE * distance
            if distance > (2 if len(theirs) >= 6 else 1) or changed > allowed:
                return False
        else:
            cost += min(_MARKS_CHANGE, channel_cost(folded(word), folded(wanted)))
    return cost <= _COST + _COST_A_LETTER * total


@lru_cache(maxsize=4096)
def _distance(one: str, other: str) -> int:
    """Levenshtein distance of two words."""
    if abs(len(one) - len(other)) > 2:
        return 9
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        before, row[0] = row[0], i
        for j, b in enumerate(other, start=1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (a != b))
    return row[-1]


def _word_edits(words: Sequence[re.Match[str]], constant: Constant, offset: int) -> Iterator[Edit]:
    for word, wanted in zip(words, constant.words, strict=True):
        printed = word.group()
        if folded(printed) != folded(wanted):
            replacement = like_printed(folded(wanted), printed if len(printed) > 1 else wanted)
            yield Edit(offset + word.start(), offset + word.end(), replacement, RULE)
