"""Lines to paragraphs: by what the printer would have done.

A line break is the author's where the next line's first word would still have fitted on the line;
else the printer wrapped. Indents, list marks, distances and centred lines decide the rest.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from extractors.building import RawParagraph
from extractors.document import Style
from pipeline.parsers.layout_margins import Measure
from pipeline.parsers.layout_model import TextLine, label_of

_SPACE = 0.3  # of the font size: a word space
_SLACK = 0.35  # of the font size: how exactly a right edge is known
_INDENT = 0.7  # of the font size: the smallest indent
_CLEAR = 12.0  # points; a line clear of both edges by so much needs not be centred so exactly
_EXACT = 1.5  # points by which a centred line of a text layer may miss the middle
_DEEP = 60.0  # points; a line that begins so far in is no first line of prose
_GAP = 1.3  # times the distance of lines: a space between paragraphs
_WIDE_GAP = 1.9  # times the distance of lines: never inside a paragraph
_SIZES = 1.2  # ratio of font sizes that a paragraph may hold
_GUESSED_SIZES = 1.5  # the same by a recogniser: a short last line (`kỳ.`) has no letters to tell it from


def fits_after(line: TextLine, word_of: TextLine) -> bool:
    """Whether the first word of `word_of` would have fitted at the end of `line`."""
    first = word_of.words[0]
    need = first.x1 - first.x0 + (_SPACE + _SLACK) * line.size
    return line.right - line.x1 > need


def is_centred(line: TextLine) -> bool:
    """Whether the line stands in the middle of its measure, clear of both edges."""
    if line.right <= line.left or line.column != "full":
        return False
    before, after = line.x0 - line.left, line.right - line.x1
    width = line.right - line.left
    exact = max(5.0, 0.012 * width)
    if before > _DEEP and after > 0.08 * width:
        return abs(before - after) < 0.16 * width
    plain = line.words[0].bold is not None and max(line.bold, line.italic) < 0.5 and not line.text.isupper()
    if plain or label_of(line.text):
        return False
    return abs(before - after) < (exact if before > _CLEAR else _EXACT) and before > 2 * _EXACT


def _fills_title(line: TextLine, above: TextLine) -> bool:
    """Whether a line goes on with a centred title above it, so long that it fills the measure."""
    alike = above.bold > 0.9 and line.bold > 0.9 and line.page is above.page and line.column == above.column
    near = line.y1 - above.y1 < 2 * line.size
    return alike and near and line.indent < _CLEAR and not label_of(line.text)


class Grouper:
    """Decides between two lines of one flow whether the second begins a paragraph."""

    def __init__(self, measure: Measure) -> None:
        self.measure = measure

    def begins(self, lines: Sequence[TextLine], line: TextLine) -> bool:
        """Whether `line` begins a paragraph after the paragraph that holds `lines` so far."""
        last = lines[-1]
        if line.column != last.column or line.part != last.part or not line.words[0].upright:
            return True
        if line.column != "full":
            return self._begins_in_column(lines, line)
        if _differs(last, line) or self._centred(lines, line):
            return True
        if self._labelled(lines, line):
            return True
        same_page = line.page is last.page
        if line.page.number > last.page.number + 1:
            return True  # a page between could not be read
        down = (line.y1 - last.y1) / self._pitch(lines) if same_page else 1.0
        if down > _WIDE_GAP or down < 0:
            return True
        if line.indent > _INDENT * line.size:
            return self._begins_indented(lines, line, down)
        small = line.starts_small() and not last.ends()
        if fits_after(last, line):
            return not small
        return down > _GAP and last.ends()

    def _pitch(self, lines: Sequence[TextLine]) -> float:
        """Distance of lines: that of the paragraph, else the page's."""
        downs = [b.y1 - a.y1 for a, b in itertools.pairwise(lines) if a.page is b.page]
        usual = max(self.measure.pitch, 1.1 * lines[-1].size)
        return max(min(downs[-1], 1.5 * usual), 1.0) if downs else usual

    def _begins_indented(self, lines: Sequence[TextLine], line: TextLine, down: float) -> bool:
        last = lines[-1]
        small = line.starts_small() and not last.ends()
        if fits_after(last, line) or small:
            return not small
        block = len(lines) > 1 or label_of(lines[0].text) != ""
        hangs = block and abs(line.x0 - self._rest(lines)) < 0.5 * line.size
        level = abs(line.x0 - last.x0) < 0.3 * line.size and not last.ends()
        return not ((hangs or level) and down < _GAP)

    @staticmethod
    def _rest(lines: Sequence[TextLine]) -> float:
        """Where the lines after the first begin: the second line tells, else the text after the mark."""
        if len(lines) > 1:
            return lines[-1].x0
        words = lines[0].words
        return words[1].x0 if len(words) > 1 else words[0].x0

    def _labelled(self, lines: Sequence[TextLine], line: TextLine) -> bool:
        """Whether the line begins with a list mark, and not with a dash or number of the sentence."""
        mark = label_of(line.text)
        if not mark:
            return False
        last, first = lines[-1], lines[0]
        if last.ends() or fits_after(last, line):
            return True
        if line.indent > _INDENT * line.size and line.x0 > last.x0 + 0.5 * line.size:
            return True
        if abs(line.x0 - first.x0) < 0.5 * line.size and label_of(first.text) == mark:
            return True
        indented = self.measure.indent > 0 or first.indent > _INDENT * first.size
        wrapped = line.indent < _INDENT * line.size and indented
        return not wrapped or last.bold > 0.9 > line.bold

    def _centred(self, lines: Sequence[TextLine], line: TextLine) -> bool:
        last = lines[-1]
        if is_centred(line):
            return True
        if is_centred(last):
            return not (line.indent < 1.0 and line.starts_small() and fits_after(last, line) is False)
        return False

    def _begins_in_column(self, lines: Sequence[TextLine], line: TextLine) -> bool:
        """In a column every line is a paragraph, but for the items of a list that go on."""
        first, last = lines[0], lines[-1]
        wraps = line.column == "left" and label_of(first.text) != "" and not last.ends()
        near = line.page is last.page and line.y1 - last.y1 < 1.9 * line.size
        return not (wraps and near and not label_of(line.text) and line.x0 < first.x0 + 2 * line.size)


def _differs(last: TextLine, line: TextLine) -> bool:
    sizes = (last.size, line.size)
    is_guess = line.words[0].confidence is not None
    if max(sizes) > (_GUESSED_SIZES if is_guess else _SIZES) * min(sizes):
        return True
    heading = last.bold > 0.95 and line.bold < 0.05 and last.ends() is False
    return heading and len(line.words) > 2 and fits_after(last, line)


def to_paragraph(lines: Sequence[TextLine], title: TextLine | None = None) -> RawParagraph:
    """The paragraph that the lines make; `title` is the last line of a centred paragraph above it."""
    first = lines[0]
    letters = sum(len(line.text) for line in lines) or 1
    style = Style(
        bold=sum(line.bold * len(line.text) for line in lines) / letters > 0.6,
        italic=sum(line.italic * len(line.text) for line in lines) / letters > 0.6,
        centred=None if first.column != "full" else is_centred(first) or _in_title(first, title),
        size=round(first.size, 1),
    )
    raw = [line.raw() for line in lines]
    for i, (above, line) in enumerate(itertools.pairwise(lines)):
        if is_broken_word(above, line):
            raw[i] = replace(raw[i], glue=True)
    raw[-1] = replace(raw[-1], glue=False)
    return RawParagraph(tuple(raw), style, first.column, first.part, indent=round(max(first.indent, 0.0), 1))


def _in_title(line: TextLine, title: TextLine | None) -> bool:
    return title is not None and _fills_title(line, title)


# --- cells ----------------------------------------------------------------------------------

_PADDING = 5.0  # points between a ruling line and the text


_GOES_ON = ("(", "-", "–", "/", ",")
_NEW_BODIES = "Các"  # within a name or a sentence it is small: Sở Nội vụ / Các huyện are two


def cell_paragraphs(lines: Sequence[TextLine], left: float, right: float) -> list[list[TextLine]]:
    """The lines of a cell between two ruling lines, paragraph by paragraph."""
    inner_right = max([right - _PADDING, *(line.x1 for line in lines)])
    inner_left = min([left + _PADDING, *(line.x0 for line in lines)])
    groups: list[list[TextLine]] = []
    for line in lines:
        placed = line.set_in(inner_left, inner_right)
        if groups and not begins_in_cell(groups[-1], placed):
            groups[-1].append(placed)
        else:
            groups.append([placed])
    return groups


def begins_in_cell(lines: Sequence[TextLine], line: TextLine) -> bool:
    """Whether `line` begins a paragraph of a cell: a list mark, or a break that was not needed."""
    last = lines[-1]
    if not line.words[0].upright or not last.words[0].upright:
        return True
    if label_of(line.text):
        return _item_in_cell(lines, line)
    if line.starts_small() and not last.ends():
        return False
    same_page = line.page is last.page
    if same_page and line.y1 - last.y1 > 2.2 * max(line.size, last.size):
        return True
    if last.text.rstrip().endswith(_GOES_ON):
        return False
    return fits_after(last, line) or line.words[0].text == _NEW_BODIES


def _item_in_cell(lines: Sequence[TextLine], line: TextLine) -> bool:
    last = lines[-1]
    mark = label_of(line.text)
    if last.ends() or fits_after(last, line) or label_of(lines[0].text) == mark:
        return True
    # A full line that does not end goes on, be it with a dash: `Thi đua` and `- Khen thưởng`.
    return line.x0 > last.x0 + 0.5 * line.size or bool(label_of(lines[0].text))


# What is no word by itself: a year cut off, capitals without a vowel.
_CUT_YEAR = re.compile(r"(?:\d{1,2}/){1,2}(?:[12]|19\d?|20\d?)")
_YEAR_WHOLE = re.compile(r"(?:\d{1,2}/){1,2}(?:19|20)\d\d[.,;)]?")
_CONSONANTS = re.compile(r"[BCDĐGHKLMNPQRSTVX]{1,3}")


def is_broken_word(line: TextLine, following: TextLine) -> bool:
    """Whether a cell too narrow for a word broke it: `15/11/202` and `4`, `ST` and `T`.

    Both lines are all of one word, but the second may go on where that is a date's; not one letter more
    would have fitted on the first.
    """
    if len(line.words) != 1 or line.right <= line.left:
        return False
    word, rest = line.words[0], following.words[0]
    letter = (word.x1 - word.x0) / len(word.text)
    if line.right - line.x1 > letter + _SLACK * line.size:
        return False
    if _CUT_YEAR.fullmatch(word.text):
        return _YEAR_WHOLE.fullmatch(word.text + rest.text) is not None
    alone = len(following.words) == 1 and len(rest.text) <= len(word.text)
    return alone and all(_CONSONANTS.fullmatch(w.text) for w in (word, rest))


def joined(groups: Iterable[Sequence[TextLine]]) -> tuple[RawParagraph, ...]:
    return tuple(to_paragraph(group) for group in groups)
