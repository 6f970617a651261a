"""Finding the time expressions of a text: sequences of units and the words that govern them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from extractors.schedule_grammar import Grammar, Join, UnitSequence
from extractors.schedule_lexer import Token, tokenize, without_clock
from extractors.schedule_masks import with_quarters_settled
from extractors.schedule_rules import Phrase, phrase_table
from extractors.schedule_units import Unit
from extractors.vietnamese.numerals import quarter_value

Mode = Literal["plain", "before", "by", "after"]

_GROUPS = ("idle", "open_end", "before", "by", "until", "after", "ordinal", "filler", "ongoing", "recurring")
_NEAR = ("until", "after")
_STOPS = frozenset({";", ".", "!", "?"})
_DONE = frozenset({"xong", "hoàn", "hoàn thành", "kết thúc", "hoàn tất"})


@dataclass(frozen=True, slots=True)
class Expression:
    """Units of one time and how it is meant; offsets into the folded text, its governing words included.

    open_start is `từ` without an end; `strong` tells that words of a deadline stand by it.
    """

    units: tuple[Unit, ...]
    joins: tuple[Join, ...]
    mode: Mode
    is_open: bool
    strong: bool
    in_brackets: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Scan:
    """All expressions of a text, and its words and numbers that belong to no time."""

    expressions: tuple[Expression, ...]
    unknown: tuple[str, ...]


@lru_cache(maxsize=8192)
def scan(folded: str) -> Scan:
    """Expressions of folded text, left to right."""
    return _Scanner(without_clock(with_quarters_settled(folded))).run()


class _Scanner:
    """One pass over the tokens; `mode` is what the words of a deadline before the next time say."""

    def __init__(self, folded: str) -> None:
        self.folded = folded
        self.tokens: list[Token] = tokenize(folded)
        self.words = [token.text for token in self.tokens]
        self.grammar = Grammar(self.tokens, folded)
        self.found: list[Expression] = []
        self.unknown: list[str] = []
        self._forget()

    def _forget(self) -> None:
        self.mode: Mode = "plain"
        self.mode_start: int | None = None
        self.mode_word = ""

    def run(self) -> Scan:
        i = 0
        while self.tokens[i].kind != "end":
            i = self._step(i)
        self._done_at_end()
        return Scan(tuple(self.found), tuple(self.unknown))

    def _step(self, i: int) -> int:
        """Read what stands at token i and give the index of the next one."""
        if self.words[i] == "từ":
            sequence = self.grammar.sequence(self._skip_fillers(i + 1))
            if sequence is not None:
                return self._take(i, sequence, has_from=True)
            return i + 1
        phrase = phrase_table(*_GROUPS).longest(self.words, i)
        if phrase is None or phrase.group not in ("idle", "open_end"):
            sequence = self.grammar.sequence(i)
            if sequence is not None:
                return self._take(i, sequence, has_from=False)
        return self._phrase(i, phrase) if phrase else self._other(i)

    def _phrase(self, i: int, phrase: Phrase) -> int:
        following = i + len(phrase.words)
        match phrase.group:
            case "before" | "by":
                self._govern(i, "before" if phrase.group == "before" else "by", phrase.words[0])
            case "until" | "after":
                if self.grammar.sequence(self._skip_fillers(following)) is None:
                    return self._other(i)
                if self.mode != "before":
                    self._govern(i, "after" if phrase.group == "after" else "by", "")
            case "ordinal":
                return self._ordinal(i, following)
            case "idle":
                self.unknown.extend(phrase.words)
        return following

    def _govern(self, i: int, mode: Mode, word: str) -> None:
        if self.mode_start is None:
            self.mode_start = self.tokens[i].start
        self.mode, self.mode_word = mode, word

    def _ordinal(self, i: int, following: int) -> int:
        """`đợt 1`, `tuần 28`, `giai đoạn II` say no time; the words alone do not count as known."""
        token = self.tokens[min(following, len(self.tokens) - 1)]
        if token.kind == "number" or (token.kind == "word" and quarter_value(token.text)):
            return following + 1
        self.unknown.extend(self.words[i:following])
        return following

    def _other(self, i: int) -> int:
        token = self.tokens[i]
        if token.text == "tháng" and self.tokens[i + 1].kind == "day_month":
            self.unknown.append("tháng")  # `tháng 3/4`: two months, or a year cut off
            return i + 2
        if token.kind != "mark":
            self.unknown.append(token.text)
        elif token.text in _STOPS:
            self._forget()
        elif token.text.isalnum() or token.text == "%":
            self.unknown.append(token.text)
        return i + 1

    def _skip_fillers(self, i: int) -> int:
        while self.tokens[i].kind != "end" and self.grammar.sequence(i) is None:
            phrase = phrase_table("filler").longest(self.words, i)
            if phrase is None:
                return i
            i += len(phrase.words)
        return i

    def _take(self, i: int, sequence: UnitSequence, has_from: bool) -> int:
        """Record the sequence under the words that govern it."""
        begin = self.tokens[i].start
        following = sequence.next
        end = self.tokens[following - 1].end
        phrase = phrase_table("open_end").longest(self.words, following)
        is_open = phrase is not None or (has_from and "range" not in sequence.joins)
        if phrase is not None:
            following += len(phrase.words)
            end = self.tokens[following - 1].end
        self.found.append(
            Expression(
                sequence.units,
                sequence.joins,
                self.mode,
                is_open and self.mode == "plain",
                self.mode in ("before", "by") and self.mode_word != "",
                self._opens_bracket(begin if self.mode_start is None else self.mode_start),
                begin if self.mode_start is None else self.mode_start,
                end,
            )
        )
        self._forget()
        return following

    def _opens_bracket(self, begin: int) -> bool:
        before = self.folded[max(0, begin - 40) : begin]
        return before.rfind("(") > before.rfind(")")

    def _done_at_end(self) -> None:
        """`Tháng 6 hoàn thành`: the word of the deadline comes last."""
        if self.mode == "by" and self.mode_word in _DONE and self.found and self.found[-1].mode == "plain":
            last = self.found[-1]
            if not self.folded[last.end : self.mode_start].strip(" ,(-"):
                self.found[-1] = Expression(
                    last.units, last.joins, "by", False, True, last.in_brackets, last.start, len(self.folded)
                )
