"""Plots of a dataset: tasks by month, movements by year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from extractors.plan import TimeKind
from pipeline.html import Label
from pipeline.plots.look import WIDTH, Color, Language, canvas, name, plot, say, title
from pipeline.timelines import labels
from pipeline.timelines.axis import YEAR

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from pipeline.dataset import Dataset

_DUE: Mapping[TimeKind, tuple[Color, str]] = {"interval": (Color.BLUE, ""), "deadline": (Color.ORANGE, "//")}
_ENDS = Label("Nhiệm vụ kết thúc trong tháng", "Tasks that end in a month")
_MOVEMENTS = Label("Kế hoạch nêu phong trào thi đua", "Plans that name an emulation movement")


@plot
def plot_tasks_by_month(
    dataset: Dataset, year: int, *, body: str | None = None, language: Language = "vi"
) -> Figure:
    """How many tasks end in each month of a year: intervals and deadlines, of all bodies or of one.

    Raises UnknownBody.
    """
    due = dataset.due((date(year, 1, 1), date(year, YEAR, 31)), body=body)
    counts = Counter(zip(due["time_kind"], due["end_on"].map(lambda day: day.month), strict=True))
    figure, axes = canvas(WIDTH * 0.75, 3.6)
    below = [0] * YEAR
    for kind, (color, hatch) in _DUE.items():
        heights = [counts[kind, month] for month in range(1, YEAR + 1)]
        axes.bar(
            range(YEAR),
            heights,
            bottom=below,
            color=color,
            hatch=hatch,
            edgecolor="white",
            label=say(labels.KINDS[kind], language),
        )
        below = [low + height for low, height in zip(below, heights, strict=True)]
    _count_above(axes, below)
    axes.set_xticks(range(YEAR), [say(month, language) for month in labels.MONTHS])
    title(axes, " · ".join(filter(None, (say(_ENDS, language), body, str(year)))))
    axes.legend(frameon=False)
    return figure


@plot
def plot_movements(dataset: Dataset, *, most: int = 15, language: Language = "vi") -> Figure:
    """In how many plans of each year the movements stand that most plans name."""
    found = dataset.movements_by_year().dropna(subset=["plan_year"])
    names = dict(zip(found["key"], found["name"], strict=True))
    plans = Counter[str]()
    cells: dict[tuple[str, int], int] = {}
    for key, year, count in zip(found["key"], found["plan_year"], found["plans"], strict=True):
        plans[key] += int(count)
        cells[key, int(year)] = int(count)
    keys = sorted(plans, key=lambda key: (-plans[key], key))[:most]
    years = sorted({year for _, year in cells})
    figure, axes = canvas(WIDTH * 0.85, 1.1 + 0.36 * max(len(keys), 2))
    _grid(axes, [[cells.get((key, year), 0) for year in years] for key in keys])
    axes.set_xticks(range(len(years)), [str(year) for year in years])
    axes.set_yticks(range(len(keys)), [name(names[key]) for key in keys])
    title(axes, say(_MOVEMENTS, language))
    return figure


def _grid(axes: Axes, rows: list[list[int]]) -> None:
    """Numbers as a grid, the larger the darker; nought stays white and empty."""
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    if not rows:
        return
    largest = max(max(row) for row in rows)
    axes.imshow(rows, cmap="Blues", vmin=0, vmax=largest * 1.25, aspect="auto")
    for y, row in enumerate(rows):
        for x, number in enumerate(row):
            if number:
                color = "white" if number > 0.6 * largest else Color.INK
                axes.text(x, y, f"{number:,}", ha="center", va="center", color=color)


def _count_above(axes: Axes, heights: list[int]) -> None:
    axes.spines["left"].set_visible(False)
    axes.set_yticks([])
    axes.set_ylim(0, 1.1 * max(*heights, 1))  # room for the highest number below the title
    for place, height in enumerate(heights):
        if height:
            axes.text(place, height, f"{height:,}", ha="center", va="bottom")
