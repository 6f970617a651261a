"""Comparisons as pandas DataFrames."""

from __future__ import annotations

import pandas as pd

from pipeline.comparison.csvtable import COLUMNS, row_of
from pipeline.comparison.model import Comparison, FollowedTask, Years

BEGINS = "●"  # where a task stands for the first time


def changes_frame(comparison: Comparison) -> pd.DataFrame:
    """A row a change; what is not known is missing."""
    rows = [row_of(change, comparison) for change in comparison.tasks]
    frame = pd.DataFrame(rows, columns=list(COLUMNS), dtype="string").replace("", pd.NA)
    return frame.astype({"score": "Float64"})


def matrix_frame(years: Years) -> pd.DataFrame:
    """A row a task, a column a plan: its year, or its path where two plans are of one year."""
    rows = [_steps(row) for row in years.rows]
    names = [plan.plan_year for plan in years.plans]
    told = len(set(names)) == len(names) and None not in names
    columns = names if told else [plan.path for plan in years.plans]
    index = pd.Index([row.latest.content for row in years.rows], name="task", dtype="string")
    return pd.DataFrame(rows, index=index, columns=pd.Index(columns), dtype="string")


def _steps(row: FollowedTask) -> list[str | None]:
    return [step or (BEGINS if cell else None) for cell, step in zip(row.cells, row.steps, strict=True)]
