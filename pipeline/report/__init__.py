"""The report of a dataset: one page of HTML that tells what it holds and what it lacks.

`facts.collect` counts, column by column, whatever the number of documents; `page.render` writes the
page, which needs no network, no script and no other file.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.files import write_whole

_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class ReportWork:
    """Writes the report beside the tables that it is of, as engines run it."""

    tables: Path
    version: str

    def seconds(self, _: str) -> float:
        return _SECONDS

    def __call__(self, name: str) -> None:
        write_report(self.tables, self.tables / name, self.version)


def write_report(folder: Path, out: Path, version: str) -> None:
    """Write the report of the tables in `folder` to `out`, in one step; `version` stands in its head.

    Equal tables and an equal `version` give equal bytes.
    """
    from pipeline.report.facts import collect
    from pipeline.report.page import render

    write_whole(out, render(collect(folder), version).encode())
