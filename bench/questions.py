"""Questions to a dataset of a million tasks: python -m bench.questions [--tasks N]."""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

from bench.made_dataset import make
from pipeline.dataset import Dataset, open_dataset

WANTED = 1.0  # seconds
_TIMES = 3

_QUESTIONS: dict[str, Callable[[Dataset], object]] = {
    'ds.due(("2024-01-01", "2024-01-31"))': lambda ds: ds.due(("2024-01-01", "2024-01-31")),
    'ds.due(…, body="so noi vu tinh an khe")': lambda ds: ds.due(
        ("2024-01-01", "2024-01-31"), body="so noi vu tinh an khe"
    ),
    'ds.sql("… GROUP BY time_kind")': lambda ds: ds.sql("SELECT time_kind, count(*) FROM tasks GROUP BY 1"),
    'ds.sql("tasks JOIN task_bodies … GROUP BY body, year")': lambda ds: ds.sql(
        "SELECT body, plan_year, count(*) FROM tasks JOIN task_bodies USING (task_id)"
        " JOIN documents AS d ON d.document_id = tasks.document_id GROUP BY ALL"
    ),
    'ds.relation("tasks").filter(…).aggregate("count(*)")': lambda ds: (
        ds.relation("tasks").filter("end_on > DATE '2024-06-30'").aggregate("count(*)").fetchall()
    ),
    "ds.movements_by_year()": lambda ds: ds.movements_by_year(),
}


def main() -> None:
    options = argparse.ArgumentParser(description="Times questions to a made dataset.")
    options.add_argument("--tasks", type=int, default=1_000_000)
    tasks = options.parse_args().tasks
    out = Console(width=110, highlight=False)
    sheet = Table(title=f"{tasks:,} made tasks; wanted: at most {WANTED:.0f} s", title_justify="left")
    sheet.add_column("question")
    sheet.add_column("seconds", justify="right")
    with TemporaryDirectory() as folder:
        make(Path(folder) / "made", tasks)
        dataset = open_dataset(Path(folder) / "made")
        dataset.sql("SELECT 1")  # loading the library is not what is asked
        for name, question in _QUESTIONS.items():
            sheet.add_row(name, f"{median(_seconds(question, dataset) for _ in range(_TIMES)):.2f}")
    out.print(sheet)
    out.print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB")


def _seconds(question: Callable[[Dataset], object], dataset: Dataset) -> float:
    begin = time.perf_counter()
    question(dataset)
    return time.perf_counter() - begin


if __name__ == "__main__":
    main()
