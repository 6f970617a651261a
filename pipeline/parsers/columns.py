"""Two columns side by side on one line, told by a wide gap: letterhead and signature block."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.vietnamese.letters import upper_share
from pipeline.parsers.lines import SourceLine

_GAP = re.compile(r"(?<=\S)(?:\ {3,}|\ *\t[\t ]*)(?=\S)")
_SPACES = re.compile(r"\S\ {3,}(?=\S)")
_WIDEST_SIDE = 90  # characters
_LABEL_ONLY = re.compile(
    r"(?:[-–—+•*]|\(?\w{1,5}(?:\.\d{1,2}){0,3}[.)/]|(?i:điều|mục|chương|phần)\s+\w{1,5}[.:]?)"
)
_PATIENCE = 5  # blank lines after which the right side does not go on
_EMPHASIS = " \t*_"  # white space, and Markdown's marks
_WAITING = 20  # lines of the left side alone between two lines of both
_SLACK = 6  # columns by which the right side's lines may stand left of its first


@dataclass(frozen=True, slots=True)
class Gap:
    """A line of two sides; `at` is the column (tabs as eight) where the right side begins."""

    left: str
    right: str
    at: int


def gap_in(line: str) -> Gap | None:
    """The two sides of a line, None where it has one (a blank left for a pen is no column gap)."""
    text = line.rstrip()
    if len(text) > 4 * _WIDEST_SIDE or ("   " not in text and "\t" not in text):
        return None
    wide = text.expandtabs(8)
    gaps = [g for g in _GAP.finditer(wide) if _is_side(wide[: g.start()], wide[g.end() :])]
    if not gaps and "\t" in text.strip():  # a tab that happens to be narrow
        gaps = [g for g in re.finditer(r"(?<=\S)\ +(?=\S)", wide) if _is_tab_gap(text, wide, g)]
    if not gaps:
        return None
    gaps.sort(key=lambda g: g.start() - g.end())
    gap = gaps[0]
    if len(gaps) > 1 and _width(gap) < 2 * _width(gaps[1]):
        return None  # three columns or more, set with spaces
    return Gap(wide[: gap.start()].strip(), wide[gap.end() :].strip(), gap.end())


def _width(gap: re.Match[str]) -> int:
    return gap.end() - gap.start()


def has_aligned_columns(line: str) -> bool:
    """Three columns or more, set with spaces alone: a table that only its widths tell."""
    return (
        "   " in line
        and "\t" not in line
        and len(re.findall(r"\S\ {3,}(?=\S)", line.strip())) >= 2
        and gap_in(line) is None
    )


def _is_tab_gap(text: str, wide: str, gap: re.Match[str]) -> bool:
    left, _, right = text.strip().partition("\t")
    sides = wide[: gap.start()].strip(), wide[gap.end() :].strip()
    return sides == (left.strip(), right.strip()) and _is_side(left, right)


def _is_side(left: str, right: str) -> bool:
    left, right = left.strip(_EMPHASIS), right.strip(_EMPHASIS)
    if (
        not left
        or not right
        or len(left) > _WIDEST_SIDE
        or len(right) > _WIDEST_SIDE
        or _LABEL_ONLY.fullmatch(left)
    ):
        return False
    if not (right[0].isupper() or (right[0] == "(" and right[1:].strip()[:1].isupper())):
        return False
    if left.endswith(":") and upper_share(right) < 0.8:  # “Địa điểm:   Hội trường …”
        return False
    return not left[0].islower()


@dataclass(slots=True)
class Sides:
    """A run of lines of two columns: the left ones, the right ones, and the place after it."""

    left: list[SourceLine]
    right: list[SourceLine]
    end: int
    at: int  # where the right side begins
    centre: float  # of the right side's first line
    tabbed: bool = False  # a tab, not spaces, parts the sides

    def under_right(self, line: SourceLine) -> bool:
        """Does the line stand below the right side: at its edge, or centred as it is?"""
        if self.tabbed and line.text.startswith("\t") and len(line.bare) <= _WIDEST_SIDE:
            return True
        if line.indent < max(20, self.at // 2) or len(line.bare) > _WIDEST_SIDE:
            return False
        return abs(line.indent - self.at) <= _SLACK / 2 or abs(_centre(line) - self.centre) <= _SLACK + 2

    def beside_right(self, line: SourceLine) -> bool:
        """May the line be of the left side alone: it ends before the right side begins?"""
        near = line.blanks == 0 or (line.blanks == 1 and line.bare[0] in "-–+•*")
        return near and line.indent + len(line.bare) < max(self.at, 40)


def _centre(line: SourceLine) -> float:
    return line.indent + len(line.bare) / 2


def sides_at(lines: Sequence[SourceLine], start: int) -> Sides | None:
    """The run of lines in two columns that begins at `lines[start]`, None where there is none.

    A line of one side belongs to the run where more lines of two sides follow, or where it stands
    under the right side (a signature below its post).
    """
    first = gap_in(lines[start].text)
    if first is None:
        return None
    left, right = replace(lines[start], text=first.left), replace(lines[start], text=first.right)
    tabbed = "\t" in lines[start].bare
    run = Sides([left], [right], start + 1, first.at, first.at + len(first.right) / 2, tabbed)
    waiting: list[SourceLine] = []  # of the left side, should the run go on
    for i in range(start + 1, min(len(lines), start + 60)):
        line = lines[i]
        gap = gap_in(line.text) if line.blanks <= _PATIENCE else None
        if gap is None and (line.blanks > _PATIENCE or not run.under_right(line)):
            if len(waiting) >= _WAITING or not run.beside_right(line):
                break
            waiting.append(replace(line, text=line.bare))
            continue
        run.left += waiting
        if gap is not None:
            run.left.append(replace(line, text=gap.left))
        run.right.append(replace(line, text=gap.right if gap is not None else line.bare))
        waiting, run.end = [], i + 1
    return run
