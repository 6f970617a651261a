"""Plots a timeline: bars over the months, a lane a lead body."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from pipeline.plots.look import ROW, WIDTH, Color, Language, canvas, fitting, name, plot, say, title
from pipeline.timelines import labels
from pipeline.timelines.axis import Axis
from pipeline.timelines.model import Mark, Shape, Timeline, TimelineTask
from pipeline.timelines.recurring import middle

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure


@plot
def plot_timeline(timeline: Timeline, *, language: Language = "vi") -> Figure:
    """The tasks over the months as bars, a lane a lead body. What has no place there is counted below."""
    lanes = timeline.lanes()
    rows = fitting(sum(1 + len(lane.tasks) for lane in lanes))
    figure, axes = canvas(WIDTH, 1.3 + ROW * max(rows, 3))
    names: list[tuple[str, bool]] = []
    for lane in lanes:
        names.append((lane.body or say(labels.WORDS["nobody"], language), True))
        axes.axhline(len(names) - 1.5, color=Color.INK, linewidth=0.6)
        for task in lane.tasks:
            _draw(axes, task, timeline.axis, len(names))
            names.append((" ".join(filter(None, (task.no, task.content))), False))
    _name_rows(axes, names)
    _months_above(axes, timeline.axis, language)
    title(axes, f"{timeline.issuer or ''} · {timeline.year}")
    axes.set_xlabel(_counted(timeline, language), loc="left")
    return figure


def _draw(axes: Axes, task: TimelineTask, axis: Axis, row: int) -> None:
    for mark in task.marks:
        if axis.holds(mark.start, mark.end):
            _MARKS[mark.shape](axes, mark, axis, row)


def _bar(axes: Axes, mark: Mark, axis: Axis, row: int) -> None:
    left, right = _ends(mark, axis)
    axes.barh(row, right - left, left=left, height=0.56, color=Color.BLUE, gid=mark.shape)


def _open_bar(axes: Axes, mark: Mark, axis: Axis, row: int) -> None:
    left, right = _ends(mark, axis)
    axes.barh(row, right - left, left=left, height=0.56, color=Color.BLUE, alpha=0.35, gid=mark.shape)


def _lasting(axes: Axes, mark: Mark, axis: Axis, row: int) -> None:
    left, right = _ends(mark, axis)
    axes.barh(
        row, right - left, left=left, height=0.4, facecolor="none", edgecolor=Color.PURPLE, hatch="////",
        linewidth=0.8, gid=mark.shape,
    )  # fmt: skip


def _deadline(axes: Axes, mark: Mark, axis: Axis, row: int) -> None:
    axes.plot(_place(mark, axis), row, "D", color=Color.ORANGE, markersize=6.5, clip_on=False, gid=mark.shape)


def _dot(axes: Axes, mark: Mark, axis: Axis, row: int) -> None:
    place = _place(mark, axis)
    axes.plot(place, row, "o", color=Color.GREEN, markerfacecolor="white", markersize=4.5, gid=mark.shape)


def _place(mark: Mark, axis: Axis) -> float:
    """Months to the noon of a mark's day, or of the day in the middle of its span."""
    day = middle(mark.start, mark.end)
    return (axis.place(day) + axis.place_after(day)) / 2


def _many(axes: Axes, mark: Mark, axis: Axis, row: int) -> None:
    left, right = _ends(mark, axis)
    axes.plot([left, right], [row, row], linestyle=":", color=Color.GREEN, linewidth=2.5, gid=mark.shape)


_MARKS: Mapping[Shape, Callable[[Axes, Mark, Axis, int], None]] = {
    "bar": _bar,
    "open": _open_bar,
    "ongoing": _lasting,
    "deadline": _deadline,
    "dot": _dot,
    "dense": _many,
}


def _ends(mark: Mark, axis: Axis) -> tuple[float, float]:
    return max(axis.place(mark.start), 0.0), min(axis.place_after(mark.end), float(axis.months))


def _name_rows(axes: Axes, names: Sequence[tuple[str, bool]]) -> None:
    """Names of rows at the left, lanes in bold."""
    axes.set_yticks(range(len(names)), [name(each) for each, _ in names])
    for tick, (_, is_lane) in zip(axes.get_yticklabels(), names, strict=True):
        tick.set_fontweight("bold" if is_lane else "normal")
    axes.set_ylim(max(len(names), 1) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)


def _months_above(axes: Axes, axis: Axis, language: Language) -> None:
    starts = range(0, axis.months, axis.step)
    days = [axis.month(start) for start in starts]
    axes.set_xlim(0, axis.months)
    axes.set_xticks(list(starts), [_month_name(day, day is days[0], language) for day in days], ha="left")
    axes.tick_params(axis="x", top=True, labeltop=True, bottom=False, labelbottom=False, length=0)
    axes.grid(axis="x", color=Color.LINE, linewidth=0.6)


def _month_name(day: date, first: bool, language: Language) -> str:
    """A month's name, with the year where one begins."""
    short = say(labels.MONTHS[day.month - 1], language)
    return f"{short}\n{day.year}" if first or day.month == 1 else f"{short}\n"


def _counted(timeline: Timeline, language: Language) -> str:
    """Where all tasks are: `Over the months 10 · Without a day 3`."""
    counts = timeline.counts()
    told = [f"{say(labels.PLACES[where], language)} {count}" for where, count in counts.items() if count]
    return " · ".join(told)
