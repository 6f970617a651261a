"""The syllables of recognised paragraphs: where they stand, how sure the recogniser was, which are free."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.document import Document, Paragraph, Word

_LETTERS = re.compile(r"[^\W\d_]+")
_JOINT = re.compile(r"[ \n]{1,2}")  # between syllables of one run of prose
_SENTENCE_END = re.compile(r"[.:;!?…\-–—+•*)\]”\"]\s*$")
_NOT_PROSE = re.compile(r"[\d@/\\_&%=<>]|www|\.\w{2,4}\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Token:
    """A run of letters: `joined` to the one before by nothing but a space.

    `confidence` is that of its word, None where no recogniser read it; `alternatives` are other
    readings of these letters and how likely they are against the one taken (0 to 1).
    `free`: it may be touched (no name, number, symbol or abbreviation).
    """

    start: int
    end: int
    text: str
    joined: bool
    confidence: float | None
    alternatives: tuple[tuple[str, float], ...]
    free: bool


def ocr_pages(document: Document) -> frozenset[int]:
    """Numbers of the pages that a recogniser read."""
    return frozenset(page.number for page in document.pages if page.method == "ocr")


def ocr_paragraphs(document: Document) -> Iterator[Paragraph]:
    """The paragraphs that begin on a page read by a recogniser."""
    pages = ocr_pages(document)
    for paragraph in document.paragraphs():
        if paragraph.lines and paragraph.page in pages:
            yield paragraph


def tokens_of(
    document: Document, paragraph: Paragraph, settled: Sequence[tuple[int, int]] = ()
) -> list[Token]:
    """The syllables of a paragraph, in order; those within the spans `settled` (sorted) are not free."""
    words = [word for line in paragraph.lines for word in line.words]
    starts = [word.start for word in words]
    settled_starts = [start for start, _ in settled]
    text = document.text
    found = list(_LETTERS.finditer(text, paragraph.start, paragraph.end))
    tokens: list[Token] = []
    for i, match in enumerate(found):
        at = bisect_right(starts, match.start()) - 1
        word = words[at] if at >= 0 and match.end() <= words[at].end else None
        before = text[found[i - 1].end() if i else paragraph.start : match.start()]
        following = found[i + 1].group() if i + 1 < len(found) else ""
        known = bisect_right(settled_starts, match.start()) - 1
        is_open = known < 0 or settled[known][1] <= match.start()
        tokens.append(_token(text, match, word if is_open else None, before, i == 0, following))
    return tokens


def _token(
    text: str, match: re.Match[str], word: Word | None, before: str, first: bool, following: str
) -> Token:
    letters, start, end = match.group(), match.start(), match.end()
    joined = not first and _JOINT.fullmatch(before) is not None
    if word is None or word.confidence is None:
        return Token(start, end, letters, joined, None, (), False)
    begins = first or _SENTENCE_END.search(before) is not None
    free = _is_free(letters, begins, following) and not _NOT_PROSE.search(text, word.start, word.end)
    readings = tuple(_readings(word, text[word.start : start], text[end : word.end])) if free else ()
    return Token(start, end, letters, joined, word.confidence, readings, free)


def _is_free(letters: str, begins: bool, following: str) -> bool:
    """Whether letters are prose: lower case, or a capital that begins a sentence and no name."""
    if len(letters) < 2:
        return False
    if letters.islower():
        return True
    return begins and letters[0].isupper() and letters[1:].islower() and following[:1].islower()


def _readings(word: Word, head: str, tail: str) -> Iterator[tuple[str, float]]:
    """The recogniser's other readings of the letters between the word's head and tail marks."""
    for other in word.alternatives:
        if other.text.startswith(head) and other.text.endswith(tail):
            core = other.text[len(head) : len(other.text) - len(tail)]
            if _LETTERS.fullmatch(core):
                yield core, other.confidence


def runs(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Tokens in runs of prose: a mark or a number ends one."""
    run: list[Token] = []
    for token in tokens:
        if run and not token.joined:
            yield run
            run = []
        run.append(token)
    if run:
        yield run
