"""Plots a comparison: how many tasks became what, and the tasks of several years as a matrix."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypedDict

from pipeline.comparison import labels
from pipeline.comparison.model import CLASSES, ChangeClass, Comparison, Years
from pipeline.comparison.shown import name_of
from pipeline.plots.look import ROW, WIDTH, Color, Language, canvas, fitting, name, plot, say, sheet, title

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_LOOKS: Mapping[ChangeClass, tuple[Color, str]] = {
    "added": (Color.GREEN, ""),
    "dropped": (Color.ORANGE, "xx"),
    "split": (Color.PURPLE, "//"),
    "merged": (Color.PURPLE, "--"),
    "reassigned": (Color.YELLOW, "oo"),
    "moved": (Color.YELLOW, ".."),
    "reworded": (Color.SKY, ""),
    "same": (Color.GREY, ""),
}


class _Look(TypedDict):
    color: Color
    hatch: str
    edgecolor: Color
    linewidth: float
    gid: str


_PATCH = {"facecolor": "white", "edgecolor": "none", "pad": 1.0}  # behind a number on a hatched bar


@plot
def plot_comparison(found: Comparison | Years, *, language: Language = "vi") -> Figure:
    """Counts of the classes as one bar for each plan and the one before; of several years also the matrix.

    In the matrix a row is a task and a column a plan, filled in the colour of how the task came there.
    """
    if isinstance(found, Comparison):
        figure, axes = canvas(WIDTH, 2.2)
        _stack(axes, [found], language)
        return figure
    bars, matrix = 1.3 + 0.5 * len(found.comparisons), 0.6 + ROW * fitting(len(found.rows))
    figure = sheet(WIDTH, bars + matrix)
    above, below = figure.subplots(2, 1, height_ratios=[bars, matrix])
    _stack(above, found.comparisons, language)
    _matrix(below, found)
    return figure


def _stack(axes: Axes, comparisons: Sequence[Comparison], language: Language) -> None:
    """A bar for each comparison, the classes one behind the other; empty classes are left out."""
    counts = [comparison.counts() for comparison in comparisons]
    left = [0] * len(comparisons)
    for kind in CLASSES:
        numbers = [each[kind] for each in counts]
        if not any(numbers):
            continue
        label = say(labels.KINDS[kind], language)
        drawn = axes.barh(range(len(numbers)), numbers, left=left, height=0.6, label=label, **_look(kind))
        axes.bar_label(drawn, [str(number or "") for number in numbers], label_type="center", bbox=_PATCH)
        left = [before + number for before, number in zip(left, numbers, strict=True)]
    names = [f"{name_of(each.old)}\n→ {name_of(each.new)}" for each in comparisons]
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_xticks([])
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0)
    title(axes, say(labels.WORDS["comparison"], language))
    if any(left):
        axes.legend(frameon=False, ncols=4, loc="upper left", bbox_to_anchor=(0, 0))


def _matrix(axes: Axes, years: Years) -> None:
    """A cell for each task and plan that has it, or where it was dropped."""
    for y, row in enumerate(years.rows):
        for x, (cell, step) in enumerate(zip(row.cells, row.steps, strict=True)):
            if cell or step:
                axes.barh(y, 0.9, left=x - 0.45, height=0.8, **_look(step))
    latest = [next(cell[0] for cell in reversed(row.cells) if cell) for row in years.rows]
    axes.set_yticks(range(len(latest)), [name(task.content) for task in latest])
    axes.set_xticks(range(len(years.plans)), [str(plan.plan_year or plan.path) for plan in years.plans])
    axes.set_xlim(-0.5, len(years.plans) - 0.5)
    axes.set_ylim(max(len(latest), 1) - 0.5, -0.5)
    axes.tick_params(length=0, top=True, labeltop=True, bottom=False, labelbottom=False)
    axes.spines[:].set_visible(False)


def _look(kind: ChangeClass | None) -> _Look:
    """Colour, hatch and name of a class; of None, a task of the first plan, those of one that is kept."""
    color, hatch = _LOOKS[kind or "same"]
    return {"color": color, "hatch": hatch, "edgecolor": Color.INK, "linewidth": 0.4, "gid": kind or "first"}
