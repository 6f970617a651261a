"""Characters of a PDF's text layer to placed words.

Gaps between the advance boxes decide where a word ends, a space character only where there is a
gap; so kerned spaces do not cut words, and letter-spaced words are whole.
"""

from __future__ import annotations

import ctypes
import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import hypot
from statistics import median
from typing import Any

import pypdfium2.raw as raw

from extractors.vietnamese.letters import nfc
from pipeline.parsers.layout_model import PlacedWord
from pipeline.parsers.pdf_clip import is_clipped
from pipeline.parsers.pdf_frame import Frame
from pipeline.parsers.pdf_seams import seamed
from pipeline.parsers.pdf_word import PdfWord, whole

MAX_CHARS = 400_000  # of a page, blanks too; what comes after is left out
_ASCENT, _DESCENT = 0.78, 0.22  # of the font size above and below the baseline
# Of the font size, the gap that parts words: without a blank, with one that pdfium inferred, with
# one of the text. A space character that leaves less room is none.
_GAPS = (0.14, 0.08, 0.04)
_BACK = 0.5  # how far a glyph may begin left of the end of the one before
_RISE = 0.3  # how far baselines of one word may differ
_SMALLER = 0.82  # font size of a superscript, by that of its word
_SLANT = 0.14  # tangent of the angle from which text is slanted (8 degrees)
_TILT = 0.004  # tangent of the angle from which each glyph has its own baseline
_SPACED = 4  # single letters in a row that are one letter-spaced word
_BLANKS = frozenset({0, 9, 10, 13, 32, 0xA0, 0x200B, 0xFFFE, 0xFEFF, *range(0x2000, 0x200B), 0x202F, 0x3000})
_HYPHEN = 0x02  # pdfium's mark for a hyphen at a line end
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_INVISIBLE = 3  # text render mode
_FAKE_BOLD = 2  # text render mode: filled and stroked

# The same functions with plain addresses: a pointer object a character would cost twice the time.
_object_at = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)(
    ctypes.cast(raw.FPDFText_GetTextObject, ctypes.c_void_p).value or 0
)
_font_of = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p)(
    ctypes.cast(raw.FPDFTextObj_GetFont, ctypes.c_void_p).value or 0
)
_mode_of = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p)(
    ctypes.cast(raw.FPDFTextObj_GetTextRenderMode, ctypes.c_void_p).value or 0
)


@dataclass(frozen=True, slots=True)
class _Run:
    """What the characters of one text object have in common."""

    turn: int  # by which its text reads from left to right
    frame: Frame
    base: float
    size: float
    bold: bool
    italic: bool
    hidden: bool
    slanted: bool
    tilted: bool
    address: int
    font: str
    clipped: bool = False


@dataclass(slots=True)
class _Building:
    run: _Run
    base: float
    text: list[str] = field(default_factory=list)
    x0: float = 0.0
    x1: float = 0.0
    last_x0: float = 0.0
    bold: int = 0
    italic: int = 0


@dataclass(slots=True)
class TextLayer:
    """The words of a page in content order; `chars` without blanks."""

    words: list[PdfWord] = field(default_factory=list)
    chars: int = 0
    complete: bool = True
    fonts: frozenset[str] = frozenset()


def read_words(text_page: Any, frame: Frame, *, clips: bool) -> TextLayer:
    """The words of a text page (raw handle), each in the frame in which it reads from left to right.

    `clips`: look for text that is clipped away (lines of a row that a page end cuts).
    """
    reader = _Reader(text_page, frame, clips)
    words = _without_doubles(list(_spaced_out(seamed(list(reader.words())))))
    return TextLayer(words, reader.chars, reader.complete, frozenset(reader.names))


def main_turn(words: Sequence[PdfWord]) -> int:
    """By how many degrees (clockwise) the page must be turned so that most of its text is upright."""
    letters: Counter[int] = Counter()
    for word in words:
        letters[word.turn] += word.letters
    if not letters:
        return 0
    turn, most = letters.most_common(1)[0]
    return turn if most > 0.6 * sum(letters.values()) else 0


class _Reader:
    def __init__(self, text_page: Any, frame: Frame, clips: bool) -> None:
        self._page = text_page
        self._clips = clips
        self._frames = {turn: frame.turned(turn) for turn in (0, 90, 180, 270)}
        self._runs: dict[int, _Run] = {}
        self._fonts: dict[int, tuple[bool, bool, str]] = {}
        self.names: set[str] = set()
        count = raw.FPDFText_CountChars(text_page)
        self.complete = count <= MAX_CHARS
        self._count = min(count, MAX_CHARS)
        self.chars = 0

    def words(self) -> Iterator[PdfWord]:
        page, box = self._page, raw.FS_RECTF()
        address_of_page = ctypes.cast(page, ctypes.c_void_p).value
        box_ref = ctypes.byref(box)
        code_at, box_at, runs = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox, self._runs
        now: _Building | None = None
        blank = 0  # 0 no blank before the character, 1 one of pdfium's own, 2 one of the text
        last_box = (0.0, 0.0)
        for i in range(self._count):
            code = code_at(page, i)
            if code in _BLANKS:
                if blank < 2:
                    blank = 1 if raw.FPDFText_IsGenerated(page, i) else 2
                continue
            address = _object_at(address_of_page, i) or 0
            run = runs.get(address) or self._run(address, i)
            if run.clipped or not box_at(page, i, box_ref):
                continue
            self.chars += 1
            frame = run.frame
            xa = frame.a * box.left + frame.c * box.bottom + frame.e
            xb = frame.a * box.right + frame.c * box.top + frame.e
            if xa > xb:
                xa, xb = xb, xa
            base = self._base(i, frame) if run.tilted else run.base
            char = _char(code)
            if last_box == (xa, xb):
                blank = 0  # one of several letters that share a box: a ligature
            if now is not None and self._belongs(now, run, base, xa, blank, char):
                _add(now, run, base, xa, xb, char)
            else:
                if now is not None:
                    yield _finished(now)
                now = _Building(run, base, x0=xa)
                _add(now, run, base, xa, xb, char)
            blank, last_box = 0, (xa, xb)
        if now is not None:
            yield _finished(now)

    @staticmethod
    def _belongs(now: _Building, run: _Run, base: float, x0: float, blank: int, char: str) -> bool:
        if run.turn != now.run.turn or run.hidden != now.run.hidden:
            return False
        size = max(now.run.size, run.size)
        gap = x0 - now.x1
        if gap < -_BACK * size:
            return x0 >= now.last_x0 - 0.1 * size and abs(base - now.base) < _RISE * size
        if gap > _GAPS[blank] * size:
            return False
        return abs(base - now.base) < _RISE * size or _is_superscript(now, run, base, char)

    def _base(self, i: int, frame: Frame) -> float:
        x, y = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharOrigin(self._page, i, x, y)
        return frame.point(x.value, y.value)[1]

    def _run(self, address: int, i: int) -> _Run:
        matrix = raw.FS_MATRIX(1, 0, 0, 1, 0, 0)
        raw.FPDFText_GetMatrix(self._page, i, matrix)
        upright = self._frames[0]
        dx = upright.a * matrix.a + upright.c * matrix.b
        dy = upright.b * matrix.a + upright.d * matrix.b
        turn = (0 if dx >= 0 else 180) if abs(dx) >= abs(dy) else (270 if dy > 0 else 90)
        slope = min(abs(dx), abs(dy)) / (max(abs(dx), abs(dy)) or 1.0)
        frame = self._frames[turn]
        size = raw.FPDFText_GetFontSize(self._page, i) * hypot(matrix.c, matrix.d)
        bold, italic, font = self._font(address, i)
        mode = _mode_of(address) if address else 0
        run = _Run(
            turn, frame, self._base(i, frame), min(max(size, 1.0), 400.0), bold or mode == _FAKE_BOLD,
            italic or abs(matrix.c) > 0.15 * abs(matrix.d) > 0, mode == _INVISIBLE,
            slope > _SLANT, slope > _TILT, address, font, self._is_clipped(address),
        )  # fmt: skip
        self._runs[address] = run
        return run

    def _is_clipped(self, address: int) -> bool:
        return self._clips and bool(address) and is_clipped(ctypes.cast(address, raw.FPDF_PAGEOBJECT))

    def _font(self, address: int, i: int) -> tuple[bool, bool, str]:
        font = (_font_of(address) if address else None) or 0
        known = self._fonts.get(font)
        if known is None:
            known = self._fonts[font] = self._font_style(i)
        return known

    def _font_style(self, i: int) -> tuple[bool, bool, str]:
        name = ctypes.create_string_buffer(128)
        flags = ctypes.c_int()
        raw.FPDFText_GetFontInfo(self._page, i, name, 128, flags)
        plain = name.value.decode("utf-8", "replace")
        self.names.add(plain)
        weight = raw.FPDFText_GetFontWeight(self._page, i)
        low = plain.casefold()
        bold = "bold" in low or "black" in low or weight >= 600 or bool(flags.value & 1 << 18)
        return bold, "italic" in low or "oblique" in low or bool(flags.value & 1 << 6), plain


def _char(code: int) -> str:
    if code == _HYPHEN:
        return "-"
    return chr(code) if code < 0xD800 or 0xE000 <= code < 0x110000 else "\ufffd"


def _is_superscript(now: _Building, run: _Run, base: float, char: str) -> bool:
    raised = now.base - base
    small = run.size <= _SMALLER * now.run.size
    return char.isdecimal() and small and 0.15 * now.run.size < raised < 0.8 * now.run.size


def _add(now: _Building, run: _Run, base: float, x0: float, x1: float, char: str) -> None:
    if now.text and char == now.text[-1] and abs(x0 - now.last_x0) < 0.12 * run.size and char != "\ufffd":
        now.bold += 1  # the same glyph drawn twice to look bold
        return
    if _is_superscript(now, run, base, char):
        char = char.translate(_SUPERSCRIPT)
    now.text.append(char)
    now.x1 = max(now.x1, x1) if len(now.text) > 1 else x1
    now.last_x0 = x0
    now.bold += run.bold
    now.italic += run.italic


def _finished(now: _Building) -> PdfWord:
    run, n, held = now.run, len(now.text), "".join(now.text)
    word = PlacedWord(
        nfc(held),
        now.x0,
        now.base - _ASCENT * run.size,
        now.x1,
        now.base + _DESCENT * run.size,
        run.size,
        2 * now.bold >= n,
        2 * now.italic >= n,
    )
    return PdfWord(word, run.turn, run.hidden, run.slanted, run.address, n, held, run.font)


def _spaced_out(words: list[PdfWord]) -> Iterator[PdfWord]:
    """Letter-spaced words made whole: `C Ộ N G` drawn or typed with gaps."""
    i = 0
    while i < len(words):
        end = i
        while end < len(words) and _is_letter(words[end]):
            if end > i and not _next_to(words[end - 1], words[end]):
                break
            end += 1
        if end - i >= _SPACED:
            yield from _regrouped(words[i:end])
        else:
            yield from words[i : max(end, i + 1)]
        i = max(end, i + 1)


def _is_letter(word: PdfWord) -> bool:
    return len(word.word.text) == 1 and word.word.text.isalpha()


def _next_to(one: PdfWord, other: PdfWord) -> bool:
    a, b = one.word, other.word
    return one.turn == other.turn and abs(a.y1 - b.y1) < 0.2 * a.size and 0 < b.x0 - a.x1 < 1.5 * a.size


def _regrouped(letters: Sequence[PdfWord]) -> Iterator[PdfWord]:
    gaps = [b.word.x0 - a.word.x1 for a, b in itertools.pairwise(letters)]
    size = letters[0].word.size
    usual = median(gaps)
    group = [letters[0]]
    for gap, letter in zip(gaps, letters[1:], strict=True):
        if gap > 1.5 * usual and gap > usual + 0.12 * size:
            yield whole(group)
            group = []
        group.append(letter)
    yield whole(group)


def _without_doubles(words: Sequence[PdfWord]) -> list[PdfWord]:
    """Words drawn twice in one place (shadow, overprint, hidden text under text) once."""
    seen: dict[tuple[str, int], list[PlacedWord]] = defaultdict(list)
    kept = []
    for word in sorted(words, key=lambda w: w.hidden):
        known = seen[word.word.text, word.turn]
        if not word.word.text.strip() or any(_same_place(word.word, other) for other in known[-64:]):
            continue
        known.append(word.word)
        kept.append(word)
    return kept


def _same_place(one: PlacedWord, other: PlacedWord) -> bool:
    reach = 0.2 * min(one.size, other.size)
    return abs(one.x0 - other.x0) < reach and abs(one.y1 - other.y1) < reach
