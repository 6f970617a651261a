"""Compares plans: what was added, dropped, reworded, moved, reassigned, split and merged.

compare(dataset, issuer=…, years=(2023, 2024)) -> Comparison
compare_years(dataset, issuer=…, years=(2022, 2023, 2024)) -> Years
"""

from __future__ import annotations

from pipeline.comparison.comparing import compare, compare_tasks
from pipeline.comparison.model import Comparison, TaskChange, Years
from pipeline.comparison.years import compare_years

__all__ = ["Comparison", "TaskChange", "Years", "compare", "compare_tasks", "compare_years"]
