"""A comparison as CSV: a row a change, for spreadsheets (UTF-8 with BOM, formulas escaped)."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from typing import TextIO

from pipeline.comparison.model import ComparedPlan, ComparedTask, Comparison, TaskChange
from pipeline.comparison.shown import bodies_of, gone_and_come, time_of

COLUMNS = (
    "kind", "changes", "score", "old_path", "old_page", "old_no", "old_content", "old_time", "old_bodies",
    "new_path", "new_page", "new_no", "new_content", "new_time", "new_bodies", "words_gone", "words_come",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would calculate
_JOINT = " | "  # between tasks that were split or merged


def write_csv(comparisons: Sequence[Comparison], stream: TextIO) -> None:
    """Write the tasks of comparisons one after another, the same ones too."""
    stream.write("\ufeff")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for comparison in comparisons:
        writer.writerows([map(_escaped, row_of(change, comparison)) for change in comparison.tasks])


def row_of(change: TaskChange, comparison: Comparison) -> list[str]:
    """A change as texts, one for each of COLUMNS; what is not known is empty."""
    words = list(gone_and_come(change))
    return [
        change.kind,
        " ".join(change.changes),
        "" if change.score is None else f"{change.score:.2f}",
        *_side(change.old, comparison.old),
        *_side(change.new, comparison.new),
        _JOINT.join(gone for gone, _ in words if gone),
        _JOINT.join(come for _, come in words if come),
    ]


def _side(tasks: Sequence[ComparedTask], plan: ComparedPlan) -> list[str]:
    return [
        plan.path if tasks else "",
        _JOINT.join(str(task.page) for task in tasks if task.page is not None),
        _JOINT.join(task.no for task in tasks if task.no),
        _JOINT.join(task.content for task in tasks),
        _JOINT.join(dict.fromkeys(filter(None, map(time_of, tasks)))),
        _JOINT.join(dict.fromkeys(body for task in tasks for body in bodies_of(task))),
    ]


def _escaped(value: str) -> str:
    return f"'{value}" if value.startswith(_FORMULA) else value
