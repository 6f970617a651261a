"""Phrases that a recogniser is known to misread (rules/confusions.yaml): a closed list, with context."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.document import Document, Paragraph
from extractors.editing import Edit
from extractors.repair_rules import Phrase, phrases
from extractors.repair_tokens import Token, tokens_of
from extractors.vietnamese.syllables import UNKNOWN, folded, like_printed, model

RULE = "phrase"
_BARE_YEAR_WORD = re.compile(r"(?P<before>[^\W\d_]+)\s(?P<word>NAM)(?=\s(?:19|20)\d\d(?!\d))")
_COMMON = 100  # times that a word was counted which surely is met with Nam where it belongs to a name


def phrase_edits(document: Document, paragraph: Paragraph) -> Iterator[Edit]:
    """The changes to a paragraph's known misreadings."""
    tokens = tokens_of(document, paragraph)
    spelled = [folded(token.text) for token in tokens]
    known = phrases()
    end = 0
    for i, first in enumerate(spelled):
        for phrase in known.get(first, ()):
            if i >= end and _matches(document, tokens, spelled, i, phrase):
                end = i + len(phrase.read)
                yield from _edits(tokens[i:end], phrase)


def year_word_edits(document: Document, paragraph: Paragraph) -> Iterator[Edit]:
    """`năm` that lost its mark before a year: where the word before it is common, and never met with Nam."""
    known = model()
    for found in _BARE_YEAR_WORD.finditer(document.text, paragraph.start, paragraph.end):
        before = folded(found["before"])
        number = known.number(before)
        is_common = number != UNKNOWN and known.singles[number] >= _COMMON
        if is_common and not known.pair(before, folded("nam")):
            yield Edit(*found.span("word"), "NĂM", RULE)


def _matches(
    document: Document, tokens: Sequence[Token], spelled: Sequence[str], i: int, phrase: Phrase
) -> bool:
    end = i + len(phrase.read)
    if tuple(spelled[i:end]) != phrase.read:
        return False
    here = tokens[i:end]
    if not all(t.joined for t in here[1:]) or any(t.confidence is None for t in here):
        return False
    if not _is_prose(here):
        return False
    after = here[-1].end
    if phrase.then is not None and not phrase.then.match(document.text, after):
        return False
    return phrase.not_then is None or not phrase.not_then.match(document.text, after)


def _is_prose(tokens: Sequence[Token]) -> bool:
    """Lower case but for the first letter, which may begin a sentence or a heading's line."""
    first, rest = tokens[0].text, tokens[1:]
    return (first.islower() or first[1:].islower()) and all(t.text.islower() for t in rest)


def _edits(tokens: Sequence[Token], phrase: Phrase) -> Iterator[Edit]:
    for token, wanted in zip(tokens, phrase.meant, strict=True):
        replacement = like_printed(folded(wanted), token.text)
        if folded(token.text) != folded(wanted):
            yield Edit(token.start, token.end, replacement, RULE)
