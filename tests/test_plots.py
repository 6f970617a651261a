"""Plots: what stands in each figure, letters that the font has, the same bytes each time."""
# ruff: noqa: E501  (tables are data: they are not cut where a line of code ends)

from __future__ import annotations

import builtins
import re
import subprocess
import sys
import warnings
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from pipeline.comparison import Comparison, Years, compare_tasks
from pipeline.comparison.labels import KINDS
from pipeline.comparison.model import CLASSES, ComparedPlan
from pipeline.comparison.years import rows_of
from pipeline.dataset import Dataset
from pipeline.errors import MissingTool
from pipeline.plots import plot_comparison, plot_movements, plot_tasks_by_month, plot_timeline, save
from pipeline.timelines import labels
from pipeline.usage import UsageError
from tests.pairs.making import MIXED, make_pair
from tests.timelines import ISSUER, SNV, STC, body, day, made, many, one_of_each, plan, task

pytest.importorskip("matplotlib", reason="matplotlib is not installed (pip install 'kehoach[plots]')")

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def gids(figure: Figure) -> Counter[str]:
    """How many artists there are of each name."""
    found = (artist.get_gid() for artist in figure.findobj(lambda artist: artist.get_gid() is not None))
    return Counter(str(gid) for gid in found)


def row_names(figure: Figure, axes: int = 0) -> list[str]:
    return [label.get_text() for label in figure.axes[axes].get_yticklabels()]


def column_names(figure: Figure, axes: int = 0) -> list[str]:
    return [label.get_text().strip() for label in figure.axes[axes].get_xticklabels()]


# --- timelines ----------------------------------------------------------------------------------------


def test_a_timeline_has_a_mark_for_each_of_the_page() -> None:
    found = one_of_each()
    figure = plot_timeline(found)
    on_axis = [mark for t in found.tasks for mark in t.marks if found.axis.holds(mark.start, mark.end)]
    assert gids(figure) == Counter(mark.shape for mark in on_axis)
    assert gids(figure) == {"bar": 3, "deadline": 1, "ongoing": 1, "dot": 4, "open": 1}
    assert row_names(figure)[:3] == [SNV, "Việc thứ 3", "1 Tổ chức tập huấn nghiệp vụ"]
    assert row_names(figure)[-2:] == ["Không nêu đơn vị", "Việc thứ 5"]
    assert figure.axes[0].get_title(loc="left") == f"{ISSUER} · 2024"


def test_what_has_no_place_is_counted() -> None:
    assert plot_timeline(one_of_each()).axes[0].get_xlabel() == (
        "Theo tháng 6 · Không có ngày cụ thể 3 · Ngoài các tháng này 1"
    )
    english = plot_timeline(one_of_each(), language="en")
    assert english.axes[0].get_xlabel() == "Over the months 6 · Without a day 3 · Outside these months 1"
    assert column_names(english)[0] == "Jan\n2024"


def test_bars_stand_at_their_months() -> None:
    found = made(
        task(0, "interval", ("2024-02-01", "2024-04-30")), task(1, "interval", ("2023-01-01", "2025-12-31"))
    )
    bars = list(plot_timeline(found).findobj(lambda artist: artist.get_gid() == "bar"))
    spans = sorted((round(bar.get_x(), 3), round(bar.get_x() + bar.get_width(), 3)) for bar in bars)
    assert spans == [(0, 12), (1, 4)]


def test_a_school_year_begins_in_september() -> None:
    found = made(
        task(0, "interval", ("2023-09-01", "2023-09-30")),
        plans=(plan(period_start=day("2023-09-01"), period_end=day("2024-05-31")),),
        year=2023,
    )
    assert column_names(plot_timeline(found))[0] == "T9\n2023"


def test_hostile_names_are_cut_and_plain() -> None:
    text = "$\\frac{1}{2}$ " + "dài\n\x1b[31m" * 4000
    figure = plot_timeline(made(task(0, "ongoing", content=text, bodies=[body(text)])))
    assert all(len(name) < 60 and name.isprintable() for name in row_names(figure))
    assert row_names(figure)[0].startswith("$\\frac{1}{2}$ dài")
    figure.canvas.draw()


def test_an_empty_timeline_is_a_picture_too(tmp_path: Path) -> None:
    assert save(plot_timeline(made(task(0, "none"))), tmp_path / "empty.png").stat().st_size > 1000


def test_too_many_rows_are_refused() -> None:
    with pytest.raises(UsageError, match="1,500 at most"):
        plot_timeline(many(2000))


# --- a dataset ----------------------------------------------------------------------------------------


class FakeDataset(Dataset):
    """Answers of a dataset without its files."""

    def __init__(self, due: pd.DataFrame, movements: pd.DataFrame) -> None:
        self._due, self._movements = due, movements
        self.asked: tuple[object, ...] = ()

    def due(self, between: tuple[object, object], body: str | None = None) -> pd.DataFrame:
        self.asked = (*between, body)
        return self._due

    def movements_by_year(self) -> pd.DataFrame:
        return self._movements


@pytest.fixture
def dataset() -> FakeDataset:
    ends = [("interval", "2024-03-31"), ("interval", "2024-03-05"), ("deadline", "2024-03-15"), ("deadline", "2024-12-01"),
            ("ongoing", "2024-12-31")]  # fmt: skip
    due = pd.DataFrame({"time_kind": [k for k, _ in ends], "end_on": [day(d) for _, d in ends]})
    rows = [(2023, "b", "Dân vận khéo", 2), (2024, "b", "Dân vận khéo", 3), (2024, "a", "Cả nước chung tay", 1),
            (None, "a", "Cả nước chung tay", 9)]  # fmt: skip
    movements = pd.DataFrame(rows, columns=["plan_year", "key", "name", "plans"])
    return FakeDataset(due, movements)


def test_tasks_by_the_month_in_which_they_end(dataset: FakeDataset) -> None:
    figure = plot_tasks_by_month(dataset, 2024, body=STC)
    assert dataset.asked == (day("2024-01-01"), day("2024-12-31"), STC)
    heights = [[round(bar.get_height()) for bar in bars] for bars in figure.axes[0].containers]  # type: ignore[union-attr]
    assert heights == [[0, 0, 2] + [0] * 9, [0, 0, 1] + [0] * 8 + [1]]
    assert [text.get_text() for text in figure.axes[0].texts] == ["3", "1"], (
        "what is ongoing ends in no month"
    )
    assert column_names(figure)[0] == "T1" and column_names(figure)[-1] == "T12"
    assert STC in figure.axes[0].get_title(loc="left")


def test_movements_by_year(dataset: FakeDataset) -> None:
    figure = plot_movements(dataset)
    assert row_names(figure) == ["Dân vận khéo", "Cả nước chung tay"]
    assert column_names(figure) == ["2023", "2024"]
    assert sorted(text.get_text() for text in figure.axes[0].texts) == ["1", "2", "3"]
    assert row_names(plot_movements(dataset, most=1)) == ["Dân vận khéo"]


def test_a_dataset_without_movements(dataset: FakeDataset, tmp_path: Path) -> None:
    none = dataset.movements_by_year().iloc[:0]
    assert save(plot_movements(FakeDataset(dataset.due((0, 0)), none)), tmp_path / "none.svg").exists()


# --- comparisons --------------------------------------------------------------------------------------


def compared(year: int) -> ComparedPlan:
    return ComparedPlan(document_id=str(year), path=f"{year}.pdf", plan_year=year, issuer=ISSUER)


def comparison() -> Comparison:
    pair = make_pair(5, 20, edits=MIXED)
    return Comparison(old=compared(2023), new=compared(2024), tasks=compare_tasks(pair.old, pair.new))


def years() -> Years:
    first, second = make_pair(5, 12, edits=MIXED), make_pair(6, 12, edits=MIXED)
    steps = (
        Comparison(old=compared(2022), new=compared(2023), tasks=compare_tasks(first.old, first.new)),
        Comparison(old=compared(2023), new=compared(2024), tasks=compare_tasks(first.new, second.new)),
    )
    plans = (compared(2022), compared(2023), compared(2024))
    return Years(plans=plans, rows=tuple(rows_of(steps)), comparisons=steps)


def test_a_comparison_is_a_bar_of_its_classes() -> None:
    found = comparison()
    figure = plot_comparison(found, language="en")
    counts = {kind: number for kind, number in found.counts().items() if number}
    widths = {c.patches[0].get_gid(): round(c.patches[0].get_width()) for c in figure.axes[0].containers}  # type: ignore[union-attr]
    assert widths == counts
    legend = figure.axes[0].get_legend()
    assert legend is not None
    assert [text.get_text() for text in legend.get_texts()] == [
        KINDS[kind].en for kind in CLASSES if kind in counts
    ]
    assert [text.get_text() for text in figure.axes[0].texts] == [
        str(counts[k]) for k in CLASSES if k in counts
    ]
    assert row_names(figure) == [f"{ISSUER} · 2023\n→ {ISSUER} · 2024"]


def test_years_have_a_matrix() -> None:
    found = years()
    figure = plot_comparison(found)
    bars = figure.axes[1].patches
    assert len(bars) == sum(
        bool(cell) or bool(step)
        for row in found.rows
        for cell, step in zip(row.cells, row.steps, strict=True)
    )
    dropped = sum(step == "dropped" for row in found.rows for step in row.steps)
    assert sum(bar.get_gid() == "dropped" for bar in bars) == dropped > 0
    assert len(row_names(figure, 1)) == len(found.rows)
    assert column_names(figure, 1) == ["2022", "2023", "2024"]


def test_classes_look_different_without_their_names() -> None:
    from pipeline.plots.of_comparison import _LOOKS

    assert len(set(_LOOKS.values())) == len(CLASSES)


# --- files --------------------------------------------------------------------------------------------

FIGURES: dict[str, Callable[[], Figure]] = {
    "timeline": lambda: plot_timeline(one_of_each()),
    "comparison": lambda: plot_comparison(comparison()),
    "years": lambda: plot_comparison(years()),
}


@pytest.mark.parametrize("ending", ["png", "svg"])
@pytest.mark.parametrize("name", FIGURES)
def test_the_same_figure_is_the_same_bytes(name: str, ending: str, tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # a letter that the font lacks is a warning
        first, second = (save(FIGURES[name](), tmp_path / f"{i}.{ending}").read_bytes() for i in "12")
    assert first == second
    assert not re.search(rb"<dc:date>|Matplotlib v|Software", first)


def test_no_letter_of_vietnamese_is_missing(tmp_path: Path) -> None:
    vowels = "aăâeêioôơuưy"
    letters = "".join(unicode for base in vowels for unicode in _toned(base)) + "đĐ–…“”→·"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        save(
            plot_timeline(
                made(*(task(i, "ongoing", content=letters[i * 20 : i * 20 + 20]) for i in range(8)))
            ),
            tmp_path / "a.png",
        )


def _toned(base: str) -> list[str]:
    import unicodedata

    toned = [
        unicodedata.normalize("NFC", base + tone)
        for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    ]
    return [*toned, *(letter.upper() for letter in toned)]


def test_other_endings_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.png or \.svg"):
        save(plot_timeline(one_of_each()), tmp_path / "plot.exe")
    assert list(tmp_path.iterdir()) == []


def test_settings_of_the_caller_stay(tmp_path: Path) -> None:
    import matplotlib

    before = dict(matplotlib.rcParams)
    save(plot_timeline(one_of_each()), tmp_path / "a.svg")
    assert dict(matplotlib.rcParams) == before


def test_without_matplotlib_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def missing(name: str, *rest: object) -> object:
        if name.startswith("matplotlib"):
            raise ModuleNotFoundError(name)
        return real(name, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(MissingTool, match=r"pip install 'kehoach\[plots\]'"):
        plot_timeline(one_of_each())


def test_matplotlib_is_loaded_only_to_plot() -> None:
    code = "import sys, pipeline.plots; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_every_kind_that_is_due_has_a_name() -> None:
    from pipeline.plots.of_dataset import _DUE

    assert set(_DUE) <= set(labels.KINDS)
