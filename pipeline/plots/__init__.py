"""Plots of a dataset with matplotlib: a timeline, tasks by month, movements by year, comparisons.

Each function gives a matplotlib Figure; `save` writes it as PNG or SVG, the same bytes each time. The
colours are those of Okabe and Ito, which colour-blind people tell apart; shapes and hatches say it again.
"""

from __future__ import annotations

from pipeline.plots.look import save
from pipeline.plots.of_comparison import plot_comparison
from pipeline.plots.of_dataset import plot_movements, plot_tasks_by_month
from pipeline.plots.of_timeline import plot_timeline

__all__ = ["plot_comparison", "plot_movements", "plot_tasks_by_month", "plot_timeline", "save"]
