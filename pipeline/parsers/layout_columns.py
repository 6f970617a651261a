"""Two columns side by side (letterhead, signature block), found by a gap that runs down through lines.

Words are never asked. A gap counts where it is wider than the other gaps of its line, so that
justified lines stay whole; lists set with tabs (all rows in two parts, both flush left) stay whole.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from pipeline.parsers.layout_model import PlacedWord, TextLine, label_of

_GAP = 0.75  # of the font size: the narrowest gap between columns
_MAX_WORDS = 150  # of a line; one with more is no line of a page
_LONE_GAP = 2.5  # the same where one line alone shows it
_WIDER = 2.2  # times the usual gap of the line
_RUNNER = 0.6  # of the font size: what must be left of the gap in every line
_RUNNER_IN_LINE = 0.8  # of a letter's width, where words part: a scan's heading may count as small type
_PROSE = 6  # words of a line, at the least, that may be prose
_WIDER_IN_PROSE = 1.5  # times the usual gap of such a line
_HOLE = 1.5  # of the font size: what a lost letter leaves at the most
_FLUSH = 0.25  # of the font size: edges of a list set with tabs
_SMALL = 0.93  # of the usual font size: the recipients' at most
_FAR = 14.0  # line heights down to a name below its post
_NEAR = 3.0  # line heights between lines of the left column

Gap = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Zone:
    first: int
    last: int
    gap: Gap
    paired: int


def split_columns(lines: Sequence[TextLine]) -> list[TextLine]:
    """Lines in reading order: where two columns run side by side, the left one, then the right one."""
    out: list[TextLine] = []
    i = after = 0  # `after`: the first line behind the last zone
    gaps = [wide_gaps(line) for line in lines]
    usual = median(line.size for line in lines) if lines else 0.0
    while i < len(lines):
        zone = _zone_at(lines, gaps, i)
        if zone is None or _runs_over(lines[i], zone.gap):
            out.append(lines[i])
            i += 1
            continue
        first = _backward(lines, zone, after, usual)
        del out[len(out) - (zone.first - first) :]
        out += _cut(lines[first : zone.last + 1], zone.gap)
        i = after = zone.last + 1
    return out


def wide_gaps(line: TextLine) -> list[Gap]:
    """Gaps that may lie between columns: wide for the font and for the line."""
    words = line.words
    if not 2 <= len(words) <= _MAX_WORDS or not words[0].upright:
        return []
    gaps = [(a.x1, b.x0) for a, b in itertools.pairwise(words)]
    if all(b - a < _GAP * line.size for a, b in gaps):
        return []
    found = []
    for i, (a, b) in enumerate(gaps):
        others = [y - x for j, (x, y) in enumerate(gaps) if j != i and y - x < 2 * line.size]
        usual = max(median(others), 0.0) if others else 0.0
        wide = b - a >= max(_GAP * line.size, min(_WIDER * usual, 3 * line.size))
        if wide and not (i == 0 and label_of(line.text)):
            found.append((a, b))
    return found


def _zone_at(lines: Sequence[TextLine], gaps: Sequence[list[Gap]], i: int) -> _Zone | None:
    starts = list(gaps[i])
    if not starts and i + 1 < len(lines):
        starts = _staggered(lines[i], lines[i + 1])
    zones = [zone for gap in starts if (zone := _grown(lines, i, gap)) is not None]
    if i:
        # The last row of a list set with tabs is no zone either.
        zones = [z for z in zones if z.last > i or _narrowed(lines[i - 1], z.gap) is None]
    return max(zones, key=lambda z: (z.paired, z.gap[1] - z.gap[0]), default=None)


def _staggered(one: TextLine, other: TextLine) -> list[Gap]:
    """The gap between two lines that stand side by side without being one line."""
    left, right = (one, other) if one.x0 < other.x0 else (other, one)
    height = one.y1 - one.y0
    overlap = min(one.y1, other.y1) - max(one.y0, other.y0)
    # A signature begins one line above the recipients; the end of the prose stands above a signature.
    beside = overlap > 0.15 * height or (right is one and overlap > -1.2 * height)
    return [(left.x1, right.x0)] if beside and right.x0 - left.x1 >= 2 * _GAP * one.size else []


def _grown(lines: Sequence[TextLine], i: int, gap: Gap) -> _Zone | None:
    """The zone of two columns that begins in line `i` and is parted by `gap`."""
    best = gap
    last, paired = i, 0
    members: list[TextLine] = []
    for j in range(i, len(lines)):
        narrowed = _passes(lines[j], gap)
        if narrowed is None or not _aligned(lines[j], members, narrowed):
            break
        gap = narrowed
        members.append(lines[j])
        beside = j > i and bool(_staggered(lines[j - 1], lines[j]))
        if _has_both(lines[j], gap) or beside:
            best, last, paired = gap, j, paired + 1
    members = list(lines[i : last + 1])
    if paired == 0:
        return None
    end = _extended(lines, last, list(members), best)
    if not _is_zone(members, lines[last + 1 : end + 1], best):
        return None
    return _Zone(i, end, best, paired)


def _passes(line: TextLine, gap: Gap) -> Gap | None:
    """What is left of the gap after the line; None when the line crosses it."""
    need = _RUNNER * line.size
    lo, hi = gap
    if line.x1 <= hi - need:
        return (max(lo, line.x1), hi)
    if line.x0 >= lo + need:
        return (lo, min(hi, line.x0))
    letters = sum(len(w.text) for w in line.words) or 1
    need = max(need, _RUNNER_IN_LINE * sum(w.x1 - w.x0 for w in line.words) / letters)
    if len(line.words) >= _PROSE:  # whose gaps are all alike
        need = max(need, _WIDER_IN_PROSE * median(b.x0 - a.x1 for a, b in itertools.pairwise(line.words)))
    best: Gap | None = None
    for a, b in zip(line.words, line.words[1:], strict=False):
        cut = (max(lo, a.x1), min(hi, b.x0))
        if cut[1] - cut[0] >= need and (best is None or cut[1] - cut[0] > best[1] - best[0]):
            best = cut
    return best


def _runs_over(line: TextLine, gap: Gap) -> bool:
    """Whether a line is prose above two columns, with a hole where a letter is lost below a stamp."""
    hole = _narrowed(line, gap)
    if hole is None or hole[1] - hole[0] >= _HOLE * line.size or _other_style([line], gap):
        return False
    left = sum(word.x1 <= hole[0] + 0.1 for word in line.words)
    return left >= _PROSE and len(line.words) - left > 1


def _narrowed(line: TextLine, gap: Gap) -> Gap | None:
    """What a line with words on both sides leaves of the gap; None where it stands on one side."""
    return _passes(line, gap) if _has_both(line, gap) else None


def _has_both(line: TextLine, gap: Gap) -> bool:
    at = (gap[0] + gap[1]) / 2
    return line.x0 < at < line.x1


def _sides(members: Sequence[TextLine], gap: Gap) -> tuple[list[Gap], list[Gap]]:
    """Extents (x0, x1) of the left and of the right parts of the lines."""
    at = (gap[0] + gap[1]) / 2
    left, right = [], []
    for line in members:
        before = [w for w in line.words if (w.x0 + w.x1) / 2 < at]
        after = [w for w in line.words if (w.x0 + w.x1) / 2 >= at]
        if before:
            left.append((before[0].x0, max(w.x1 for w in before)))
        if after:
            right.append((after[0].x0, max(w.x1 for w in after)))
    return left, right


def _aligned(line: TextLine, members: Sequence[TextLine], gap: Gap) -> bool:
    """Whether a line on one side fits the column there: on its axis, or flush with its left edge."""
    if _has_both(line, gap) or not members:
        return True
    left, right = _sides(members, gap)
    on_left = line.mid < (gap[0] + gap[1]) / 2
    column = left if on_left else right
    if not column:
        return True
    edge = median(x0 for x0, _ in column)
    if on_left and abs(line.x0 - edge) < 1.5 * line.size:
        return True
    flush = len(column) > 1 and all(abs(x0 - edge) < _FLUSH * line.size for x0, _ in column)
    if flush and abs(line.x0 - edge) < _FLUSH * line.size:
        return True
    axis = (min(x0 for x0, _ in column) + max(x1 for _, x1 in column)) / 2
    return abs(line.mid - axis) < 2.5 * line.size


def _is_zone(members: Sequence[TextLine], below: Sequence[TextLine], gap: Gap) -> bool:
    """Whether lines that a gap parts, and those below on one side, are columns: no list set with tabs."""
    left, right = _sides(members, gap)
    size = members[0].size
    if not left or not right:
        return False
    if len(members) == 1:
        before = [w for w in members[0].words if w.x1 <= gap[0] + 0.1]
        label = bool(before) and before[-1].text.endswith(":")
        signed = _other_style(members, gap) or any(line.x0 >= gap[1] - size for line in below)
        return gap[1] - gap[0] >= _LONE_GAP * size and (signed or not label)
    if _other_style(members, gap):
        return True
    all_paired = len(left) == len(right) == len(members)
    flush = all(max(x for x, _ in side) - min(x for x, _ in side) < _FLUSH * size for side in (left, right))
    return not (all_paired and flush)


def _capitals(word: PlacedWord) -> bool:
    return word.text.isupper() or not any(ch.isalpha() for ch in word.text)


def _other_style(members: Sequence[TextLine], gap: Gap) -> bool:
    """Whether the right side is set larger, in capitals or bold where the left is not: a signature."""
    left = [w for line in members for w in line.words if w.x1 <= gap[0] + 0.1]
    right = [w for line in members for w in line.words if w.x0 >= gap[1] - 0.1]
    if not left or not right:
        return False
    if all(_capitals(w) for w in right) and not all(_capitals(w) for w in left):
        return True
    if right[0].bold is None:
        return False
    larger = median(w.size for w in right) > 1.05 * median(w.size for w in left)
    return larger or (all(w.bold for w in right) and sum(bool(w.bold) for w in left) < 0.6 * len(left))


def _extended(lines: Sequence[TextLine], last: int, members: list[TextLine], gap: Gap) -> int:
    """Takes in what follows on one side only: the number below the date, the name below the post."""
    for j in range(last + 1, len(lines)):
        line = lines[j]
        height = line.y1 - line.y0
        down = line.y0 - max((m.y1 for m in members if _same_side(m, line, gap)), default=line.y0)
        on_left = line.x1 <= gap[1]
        one_sided = line.x1 <= gap[0] + (gap[1] - gap[0]) / 2 or line.x0 >= gap[0] + (gap[1] - gap[0]) / 2
        if not one_sided or down > height * (_NEAR if on_left else _FAR):
            break
        if not _aligned(line, members, gap):
            break
        members.append(line)
        last = j
    return last


def _same_side(member: TextLine, line: TextLine, gap: Gap) -> bool:
    at = (gap[0] + gap[1]) / 2
    return member.x0 < at if line.mid < at else member.x1 > at


def _backward(lines: Sequence[TextLine], zone: _Zone, after: int, usual: float) -> int:
    """First line of the zone: lines above it that stand on one side only and fit the column there."""
    members = list(lines[zone.first : zone.last + 1])
    first = zone.first
    while first > after:
        line, below = lines[first - 1], lines[first]
        near = below.y0 - line.y1 <= 1.5 * (line.y1 - line.y0)
        if not near or not _fits_above(line, members, zone.gap, usual):
            break
        members.insert(0, line)
        first -= 1
    return first


def _fits_above(line: TextLine, members: Sequence[TextLine], gap: Gap, usual: float) -> bool:
    left, right = _sides(members, gap)
    at = (gap[0] + gap[1]) / 2
    column = right if line.x0 >= at else left if line.x1 <= at else []
    if not column:
        return False
    if column is left and abs(line.x0 - median(x0 for x0, _ in left)) < 0.5 * line.size:
        return line.size <= _SMALL * usual  # else it is the end of the prose above
    axis = (min(x0 for x0, _ in column) + max(x1 for _, x1 in column)) / 2
    return abs(line.mid - axis) < line.size


def _cut(lines: Sequence[TextLine], gap: Gap) -> list[TextLine]:
    at = (gap[0] + gap[1]) / 2
    left, right = [], []
    for line in lines:
        before = [w for w in line.words if (w.x0 + w.x1) / 2 < at]
        after = [w for w in line.words if (w.x0 + w.x1) / 2 >= at]
        if before:
            left.append(TextLine.of(before, line.page, "left"))
        if after:
            right.append(TextLine.of(after, line.page, "right"))
    return left + right
