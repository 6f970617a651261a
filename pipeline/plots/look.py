"""What all plots have in common: letters, colours, sizes, and how a figure becomes a file."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, ParamSpec

from pipeline.errors import MissingTool
from pipeline.html import Label
from pipeline.usage import UsageError
from pipeline.wording import cut, one_line

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.typing import RcKeyType

Language = Literal["vi", "en"]
P = ParamSpec("P")

WIDTH = 11.0  # inches
ROW = 0.24  # inches that a row with a name takes
_MOST_ROWS = 1500  # a higher picture is shown by no viewer
_NAME = 56  # columns of a name at an axis
_TITLE = 110  # columns
_DPI = 110
_LOOK: dict[RcKeyType, Any] = {
    "font.family": "DejaVu Sans",  # comes with matplotlib and has all letters of Vietnamese
    "font.size": 9.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "hatch.linewidth": 0.6,
    "text.parse_math": False,  # a dollar in a plan is a dollar
    "svg.hashsalt": "kehoach",  # else names inside an SVG are new each time
    "svg.fonttype": "path",
}
# What would tell when and by what version a picture was made.
_NAMELESS: dict[str, dict[str, None]] = {
    ".png": {"Software": None},
    ".svg": {"Date": None, "Creator": None},
}


class Color(StrEnum):
    """Those of Okabe and Ito, then greys."""

    BLUE = "#0072b2"
    ORANGE = "#d55e00"
    GREEN = "#009e73"
    PURPLE = "#cc79a7"
    SKY = "#56b4e9"
    YELLOW = "#f0e442"
    GREY = "#b8bdc2"
    LINE = "#dcdfd9"
    INK = "#1c2126"


def plot(function: Callable[P, Figure]) -> Callable[P, Figure]:
    """A function that plots, in the look of all plots. Raises MissingTool where matplotlib is not there."""

    @wraps(function)
    def plotted(*args: P.args, **kwargs: P.kwargs) -> Figure:
        with _look():
            return function(*args, **kwargs)

    return plotted


def save(figure: Figure, path: str | Path) -> Path:
    """Write a plot as PNG or SVG, as the name ends; equal plots give equal bytes. Raises UsageError."""
    path = Path(path)
    metadata = _NAMELESS.get(path.suffix.lower())
    if metadata is None:
        raise UsageError(f"{path.name} is no name of a picture that can be written; end it in .png or .svg.")
    with _look():
        figure.savefig(path, dpi=_DPI, metadata=metadata, facecolor="white")
    return path


def _look() -> AbstractContextManager[None]:
    try:
        from matplotlib import rc_context
    except ImportError as error:
        raise MissingTool("Plots need a package: pip install 'kehoach[plots]'.") from error
    return rc_context(_LOOK)


def sheet(width: float, height: float) -> Figure:
    """An empty figure of so many inches, of no window system and no global state."""
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height), layout="constrained")


def canvas(width: float, height: float) -> tuple[Figure, Axes]:
    """A figure of so many inches with one pair of axes."""
    figure = sheet(width, height)
    return figure, figure.subplots()


def fitting(rows: int) -> int:
    """A number of rows, if a picture can have so many. Raises UsageError."""
    if rows > _MOST_ROWS:
        raise UsageError(f"{rows:,} rows are too many for a picture ({_MOST_ROWS:,} at most).")
    return rows


def say(label: Label, language: Language) -> str:
    return label.vi if language == "vi" else label.en


def name(text: str) -> str:
    """A name from a document as it stands at an axis: one line, not without end."""
    return _shown(text, _NAME)


def title(axes: Axes, text: str) -> None:
    axes.set_title(_shown(text, _TITLE), loc="left", fontweight="bold", fontsize=11)


def _shown(text: str, most: int) -> str:
    return cut(one_line(text[: 4 * most]), most)
