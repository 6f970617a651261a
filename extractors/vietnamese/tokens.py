"""Tokens: syllables and punctuation without loss (spaCy), sentences and words over them (underthesea).

A gazetteer hit must not hang on a segmenter's mood, so its tokens are syllables (tiếng), numbers and
single marks, the same every time. Sentences and words are spans over the same text, for what needs
words: where a sentence ends, what the words of a task are.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from extractors.vietnamese.letters import new_style, nfc

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.matcher import PhraseMatcher
    from spacy.tokens import Doc

Span = tuple[int, int]

_MAX_SENTENCE = 4000  # characters; underthesea's tagger grows with the sentence
_MARK = r"[\u0300-\u036f]"  # combining marks: text that is not NFC keeps its syllables whole
_TOKEN = re.compile(rf"(?:[^\W\d_]{_MARK}*)+|\d+|\S{_MARK}*")
_TOKEN_OR_SPACE = re.compile(rf"{_TOKEN.pattern}|\s+")
_SURROGATE = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase of a gazetteer found in a text: `text[start:end]`, tokens `first` to `last` (excluded)."""

    start: int
    end: int
    label: str
    phrase: str
    first: int
    last: int


@lru_cache(maxsize=4096)
def syllables(text: str) -> tuple[Span, ...]:
    """Spans of the syllables, numbers and marks of `text`; white space is left out."""
    return tuple(m.span() for m in _TOKEN.finditer(text))


@lru_cache(maxsize=32768)
def fold(token: str) -> str:
    """A token for matching: lower case, new tone placement, one kind of dash and ampersand."""
    folded = new_style(unicodedata.normalize("NFC", nfc(token).casefold()))
    return "-" if folded in {"–", "—", "‐", "‑", "−"} else _SURROGATE.sub("\ufffd", folded) or "\ufffd"


# --- the spaCy pipeline -----------------------------------------------------------------------


@lru_cache(maxsize=1)
def nlp() -> Language:
    """A blank pipeline whose tokens are syllables and marks; `nlp()(text).text == text`."""
    import spacy

    pipeline = spacy.blank("xx")
    pipeline.tokenizer = _Syllables(pipeline)
    return pipeline


class _Syllables:
    """Tokenizer: what `syllables` gives, and white space other than a single blank as its own token."""

    def __init__(self, pipeline: Language) -> None:
        self.vocab = pipeline.vocab

    def __call__(self, text: str) -> Doc:
        from spacy.tokens import Doc

        words, spaces = _words_and_spaces(text)
        return Doc(self.vocab, words=words, spaces=spaces)


def _words_and_spaces(text: str) -> tuple[list[str], list[bool]]:
    words: list[str] = []
    spaces: list[bool] = []
    for match in _TOKEN_OR_SPACE.finditer(text):
        piece = match.group()
        if piece[0] == " " and words and not spaces[-1] and not words[-1].isspace():
            spaces[-1] = True
            piece = piece[1:]
        if piece:
            words.append(piece)
            spaces.append(False)
    return words, spaces


# --- gazetteers -------------------------------------------------------------------------------


class Gazetteer:
    """Phrases under labels, found whatever their case, tone placement and spacing.

    Built once from (label, phrase) pairs. Of hits that overlap the leftmost, then the longest stays,
    then the one whose label was given first.
    """

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        self._phrases: dict[tuple[str, ...], tuple[str, str]] = {}
        for label, phrase in phrases:
            self._phrases.setdefault(_folded_tokens(phrase)[1], (label, phrase))
        self._phrases.pop((), None)
        self._lengths = sorted({len(words) for words in self._phrases}, reverse=True)
        self._find: Callable[[str], tuple[Hit, ...]] = lru_cache(maxsize=4096)(self._search)
        self._built: tuple[Language, PhraseMatcher] | None = None

    def find(self, text: str) -> tuple[Hit, ...]:
        """Hits in reading order, none overlapping another."""
        return self._find(text)

    def at(self, text: str, start: int) -> Hit | None:
        """The longest phrase that begins at offset `start`, whatever stands before it."""
        spans, folded = _folded_tokens(text)
        first = bisect_left(spans, (start, start))
        if first == len(spans) or spans[first][0] != start:
            return None
        for length in self._lengths:
            known = self._phrases.get(folded[first : first + length])
            if known is not None and first + length <= len(folded):
                return Hit(start, spans[first + length - 1][1], *known, first, first + length)
        return None

    def phrase(self, text: str) -> tuple[str, str] | None:
        """Label and phrase when the whole of `text` is one phrase."""
        return self._phrases.get(_folded_tokens(text)[1])

    def _search(self, text: str) -> tuple[Hit, ...]:
        from spacy.tokens import Doc

        spans, folded = _folded_tokens(text)
        if not folded:
            return ()
        pipeline, matcher = self._matcher()
        found = matcher(Doc(pipeline.vocab, words=list(folded)))
        hits: list[Hit] = []
        end = 0
        for _, first, last in sorted(found, key=lambda m: (m[1], -m[2])):
            if first >= end:
                label, phrase = self._phrases[folded[first:last]]
                hits.append(Hit(spans[first][0], spans[last - 1][1], label, phrase, first, last))
                end = last
        return tuple(hits)

    def _matcher(self) -> tuple[Language, PhraseMatcher]:
        if self._built is None:
            from spacy.matcher import PhraseMatcher
            from spacy.tokens import Doc

            pipeline = nlp()
            matcher = PhraseMatcher(pipeline.vocab, attr="ORTH")
            matcher.add("phrase", [Doc(pipeline.vocab, words=list(words)) for words in self._phrases])
            self._built = (pipeline, matcher)
        return self._built


def gazetteer(phrases: Iterable[tuple[str, str]]) -> Gazetteer:
    """A gazetteer of (label, phrase) pairs; it loads spaCy when it is first asked, not before."""
    return Gazetteer(phrases)


@lru_cache(maxsize=2048)
def _folded_tokens(text: str) -> tuple[tuple[Span, ...], tuple[str, ...]]:
    spans = syllables(text)
    return spans, tuple(fold(text[a:b]) for a, b in spans)


# --- sentences and words ----------------------------------------------------------------------


def sentences(text: str) -> tuple[Span, ...]:
    """Spans of the sentences of `text`, white space at their ends left out."""
    composed, offsets = _composed(text)
    found: list[Span] = []
    for line in re.finditer(r"[^\n]+", composed):
        for start, end in _sentences_of(line.group()):
            found.append((offsets[line.start() + start], offsets[line.start() + end]))
    return tuple(found)


def words(text: str, fixed: Sequence[str] = ()) -> tuple[Span, ...]:
    """Spans of the words and marks of `text`; words of `fixed` are never cut.

    A sentence that the segmenter gives back changed, and one too long for it, comes in syllables.
    """
    composed, offsets = _composed(text)
    found: list[Span] = []
    for start, end in sentences(composed):
        for a, b in _words_of(composed[start:end], tuple(fixed)):
            found.append((offsets[start + a], offsets[start + b]))
    return tuple(found)


def _sentences_of(line: str) -> Iterator[Span]:
    from underthesea import sent_tokenize

    at = 0
    for sentence in sent_tokenize(line) if line.strip() else []:
        start = line.find(sentence, at)
        if start < 0:
            break
        at = start + len(sentence)
        yield _stripped(line, start, at)
    if line[at:].strip():
        yield _stripped(line, at, len(line))


def _stripped(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


@lru_cache(maxsize=2048)
def _words_of(sentence: str, fixed: tuple[str, ...]) -> tuple[Span, ...]:
    from underthesea import word_tokenize

    if len(sentence) > _MAX_SENTENCE or _SURROGATE.search(sentence):
        return syllables(sentence)
    given = word_tokenize(sentence, fixed_words=list(fixed), use_token_normalize=False)
    return _placed(sentence, given) or syllables(sentence)


def _placed(sentence: str, given: Sequence[str]) -> tuple[Span, ...]:
    """Where the words stand; () when they are not the sentence, white space apart."""
    found: list[Span] = []
    at = 0
    for word in given:
        first: int | None = None
        for piece in word.split():
            start = at + len(sentence[at:]) - len(sentence[at:].lstrip())
            if not sentence.startswith(piece, start):
                return ()
            first = start if first is None else first
            at = start + len(piece)
        if first is not None:
            found.append((first, at))
    return tuple(found) if not sentence[at:].strip() else ()


def _composed(text: str) -> tuple[str, Sequence[int]]:
    """The text in NFC, and for each of its offsets the offset in `text`."""
    if unicodedata.is_normalized("NFC", text):
        return text, range(len(text) + 1)
    pieces: list[str] = []
    offsets: list[int] = []
    for match in re.finditer(rf"[\s\S]{_MARK}*", text):
        piece = unicodedata.normalize("NFC", match.group())
        pieces.append(piece)
        offsets += [match.start()] * len(piece)
    return "".join(pieces), [*offsets, len(text)]
