"""Marks that a recogniser made of specks: lone ones between words, full stops inside a phrase."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.document import Document, Paragraph
from extractors.editing import Edit
from extractors.vietnamese.syllables import UNKNOWN, folded, model

RULE = "speck"
DASH_RULE = "dash"
CASE_RULE = "stray-capital"

# A mark that is none of Vietnamese prose, alone between words; some are what is left of a dash.
_LONE = re.compile(r"(?<=[^\W_])[ \n](?P<mark>[‹›„¬|~^¦¨´`¸°·«»_\\]{1,3})(?=[ \n][^\W_])")
_DATE_WORD = re.compile(r"(?:ng[àa]y|th[áa]ng|n[ăa]m|s[ốo])\s*$", re.IGNORECASE)
_LIKE_DASH = re.compile(r"[~_¬]")
# Marks of prose, alone between two words that belong together.
_LONE_POINT = re.compile(r"(?P<a>[^\W\d_]+)(?P<mark> [.,;:'‘’])(?= (?P<b>[^\W\d_]+))")
# A full stop or quote at a word, the next word in lower case.
_STOP = re.compile(r"(?P<a>[^\W\d_]{2,})(?P<mark>[.’‘'])(?= (?P<b>[^\W\d_]{2,}))")
_QUOTE = re.compile(r"(?P<a>[^\W\d_]+) (?P<mark>['‘’`‹›,\"“])(?=(?P<b>[^\W\d_]{2,}))")
_CLOSING = re.compile(r"[\"”]")
_LEADING = re.compile(r"(?P<mark>[_‹›„¬|~^¦´`·\\]{1,3})(?=\s?[^\W\d_]{2})")
# A quote before the first word that nothing closes, on a short line.
_OPEN_QUOTE = re.compile(r"(?P<mark>[\"'‘’“])(?=[^\W\d_]{2}[^\"”’'\n]{0,80}$)")
_STRAY = re.compile(r"(?<=[^\W\d_] )(?P<word>S[ỐÓÔỒ]|CÓ)(?=[ :]{1,2}(?:\d|[^\W\d_]))")
# The second word of a pair that is written small, in capitals that a recogniser made of small letters.
_PAIRS = ((re.compile(r"(?<=\bcơ )SỞ(?!\w)"), "sở"), (re.compile(r"(?<=\bđơn )V[ịìỊÌ](?!\w)"), "vị"))
_SPECKED_Y = re.compile(r"[Yy]?[Ÿÿ][Yy]?")  # no letter of Vietnamese
_ABBREVIATIONS = {"tr", "tp", "tx", "tt", "th", "ths", "ts", "gs", "pgs", "bs", "cn", "ks", "nxb", "vv", "st"}
_ATTESTED = 8  # times that two syllables stood side by side in the counted prose
_BELONGING = 0.02  # share of the first one's places that the second follows


def speck_edits(document: Document, paragraph: Paragraph) -> Iterator[Edit]:
    """The changes to a paragraph's stray marks."""
    text = document.cut(paragraph)
    offset = paragraph.start
    taken = -1
    for start, end, replacement, rule in sorted(set(_found(text))):
        if start >= taken and _is_recognised(paragraph, offset + end):
            taken = max(end, start + 1)
            yield Edit(offset + start, offset + end, replacement, rule)


def _found(text: str) -> Iterator[tuple[int, int, str, str]]:
    leading = _LEADING.match(text) or _OPEN_QUOTE.match(text)
    if leading:
        yield *leading.span("mark"), "", RULE
    for found in _LONE.finditer(text):
        start, end = found.span("mark")
        if _DATE_WORD.search(text, 0, start):  # the blank of a date, or handwriting in it
            continue
        if _LIKE_DASH.fullmatch(found["mark"]):
            yield start, end, "-", DASH_RULE
        else:
            yield start - 1, end, "", RULE
    for pattern in (_LONE_POINT, _STOP, _QUOTE):
        for found in pattern.finditer(text):
            opens = found["mark"] in '"“' and _CLOSING.search(text, found.end()) is not None
            if not opens and _belong(found["a"], found["b"]):
                yield *found.span("mark"), "", RULE
    for found in _SPECKED_Y.finditer(text):
        yield *found.span(), "Y" if found[0][0] in "YŸ" else "y", RULE
    for pattern, meant in _PAIRS:
        for found in pattern.finditer(text):
            yield *found.span(), meant, CASE_RULE
    for found in _STRAY.finditer(text):
        if _in_lower_case(text, found):
            yield *found.span("word"), "có" if found["word"] == "CÓ" else "số", CASE_RULE


def _belong(first: str, second: str) -> bool:
    """Whether two words in lower case are known to stand side by side."""
    if not second.islower() or first.isupper() or first.lower() in _ABBREVIATIONS:
        return False
    known = model()
    a, count = known.number(folded(first)), known.pair(folded(first), folded(second))
    return a != UNKNOWN and count >= _ATTESTED and count >= _BELONGING * known.singles[a]


def _in_lower_case(text: str, found: re.Match[str]) -> bool:
    """Whether the words on both sides are none in capitals."""
    before = text[: found.start()].split()[-1:]
    after = text[found.end() :].split()[:1]
    return all(not (w.isupper() and len(w) > 1 and w.isalpha()) for w in (*before, *after)) and any(
        w.islower() for w in (*before, *after)
    )


def _is_recognised(paragraph: Paragraph, offset: int) -> bool:
    """Whether a recogniser read the line in which a place stands."""
    return any(
        line.start <= offset <= line.end and any(word.confidence is not None for word in line.words)
        for line in paragraph.lines
    )
