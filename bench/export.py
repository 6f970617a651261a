"""Exports of a made dataset: rows a second and peak memory of each target.

    python -m bench.export [--rows N] [--only sqlite,postgresql,duckdb,csv,jsonl] [--folder FOLDER]

`--rows` counts tasks; the rows of all tables are about four times as many. Each export is a process of
its own. PostgreSQL is a server that the bench starts, where it is installed. With --folder the dataset is
kept and used again.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table as Sheet

from bench.made_dataset import make
from tests.postgresql import NoServer, running

ROOT = Path(__file__).resolve().parent.parent
MIB = 1024  # KiB
RATE, MEMORY = 50_000, 500  # wanted: rows a second of the databases, MiB at most
FILES = {"sqlite": "plans.sqlite", "duckdb": "plans.duckdb", "csv": "csv:plans", "jsonl": "plans.jsonl"}
SERVER = "postgresql"
TARGETS = ("sqlite", SERVER, "duckdb", "csv", "jsonl")


@dataclass(frozen=True)
class Measured:
    """One export."""

    rows: int
    seconds: float
    peak: float

    @property
    def rate(self) -> float:
        return self.rows / self.seconds


def measure(dataset: Path, target: str, folder: Path) -> Measured:
    """Export in a process of its own."""
    command = [sys.executable, "-m", "bench.export", "--export", str(dataset), target]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    rows, seconds, peak = done.stdout.split()
    return Measured(int(rows), float(seconds), float(peak))


def export_alone(dataset: str, target: str) -> None:
    """Export, and print rows, seconds and peak memory in MiB."""
    from pipeline.export import export

    begin = time.perf_counter()
    summary = export(dataset, target)
    seconds = time.perf_counter() - begin
    status = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    peak = next(int(line.split()[1]) / MIB for line in status if line.startswith("VmHWM:"))
    print(sum(summary.rows.values()), seconds, peak)


def lines(dataset: Path, targets: Mapping[str, str], folder: Path) -> Iterator[tuple[str, Measured]]:
    """The exports in turn; a server is asked a second time, with nothing changed."""
    for name, target in targets.items():
        yield name, measure(dataset, target, folder)
        if name == SERVER:
            yield f"{name}, again", measure(dataset, target, folder)


def sheet(measured: Iterator[tuple[str, Measured]]) -> Sheet:
    """A line an export."""
    shown = Sheet(title="Exports", title_justify="left")
    for heading in ("target", "rows", "seconds", "rows a second", "peak MiB", ""):
        shown.add_column(heading, justify="left" if heading in ("target", "") else "right")
    for name, found in measured:
        good = found.peak < MEMORY and (name not in ("sqlite", SERVER) or found.rate > RATE)
        shown.add_row(
            name, f"{found.rows:,}", f"{found.seconds:.1f}", f"{found.rate:,.0f}", f"{found.peak:.0f}",
            "[green]yes" if good else "[red]NO",
        )  # fmt: skip
    return shown


def main() -> None:
    options = argparse.ArgumentParser(description="Rows a second and memory of exports.")
    options.add_argument("--rows", type=int, default=1_000_000, help="tasks of the made dataset")
    options.add_argument("--only", default=",".join(TARGETS), help="targets, with commas between")
    options.add_argument("--folder", type=Path, help="where the dataset is kept (default: temporary)")
    options.add_argument("--export", nargs=2, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.export:
        export_alone(*chosen.export)
        return
    wanted = chosen.only.split(",")
    out = Console(width=100, highlight=False)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        dataset = (chosen.folder or folder) / f"made-{chosen.rows}"
        if not dataset.exists():
            make(dataset, chosen.rows)
        targets = {name: FILES[name] for name in wanted if name in FILES}
        if SERVER in wanted:
            try:
                targets[SERVER] = stack.enter_context(running()).url()
            except NoServer as reason:
                out.print(reason)
        out.print(sheet(lines(dataset.absolute(), targets, folder)))


if __name__ == "__main__":
    main()
