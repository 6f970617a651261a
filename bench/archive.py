"""The archive bench: thousands of made files through `kehoach ingest`, held against what was made.

    python -m bench.archive [--files N] [--scans N] [--jobs N] [--only speed,memory,again,rules,engines]

speed: documents a second, and whether every file and fact is there. memory: resident memory of the
main process over the run. again: a second run with nothing changed. rules: a run after a change of one
rule file. engines: one process, two, and Dask with two workers, on a smaller archive. With --folder the
archive and its dataset are kept and used again.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table as Sheet

from tests.bulk.archive import PLANS, TRUTH, Recipe, make
from tests.bulk.checking import EXACT, Report, check
from tests.bulk.truth import read_truth

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("speed", "memory", "again", "rules", "engines")
ROUNDS = 3  # of which the median counts: others use the machine too
SAMPLE = 0.2  # seconds between two looks at the memory
MEMORY_GROWTH, MEMORY_LIMIT = 0.10, 500  # of the main process: share, MiB
AGAIN_RATE = 2000  # files a second
TWO_TO_ONE, DASK_TO_PROCESSES = 1.6, 0.85  # least ratios of speed
CHANGED_RULE = "movements.yaml"
MISSES = 5  # that are printed of each kind


@dataclass(frozen=True)
class Sample:
    """Resident memory (MiB) of the main process and of all its children, seconds after the start."""

    at: float
    main: float
    children: float


@dataclass(frozen=True)
class Run:
    """A run of the command that came to its end: status 1 says that some files could not be read."""

    began: float  # seconds since 1970
    seconds: float
    samples: tuple[Sample, ...]

    def peak(self, begin: float = 0.0, end: float = math.inf) -> float:
        """Most memory of the main process between two moments."""
        return max((s.main for s in self.samples if begin <= s.at <= end), default=0.0)

    def growth(self, begin: float, end: float) -> tuple[float, float]:
        """Most memory in the first and in the last quarter of a stretch of the run."""
        quarter = (end - begin) / 4
        return self.peak(begin, begin + quarter), self.peak(end - quarter, end)


@dataclass(frozen=True)
class Place:
    """Where a bench works: an archive made by a recipe, and a dataset of it."""

    folder: Path
    recipe: Recipe

    @property
    def plans(self) -> Path:
        return self.folder / PLANS

    @property
    def dataset(self) -> Path:
        return self.folder / "dataset"

    @property
    def log(self) -> Path:
        return self.folder / "log.jsonl"

    def prepare(self, out: Console, jobs: int) -> None:
        """Make the archive where there is none yet."""
        note = self.folder / "recipe.txt"
        if note.exists():
            if note.read_text() != repr(self.recipe):
                sys.exit(f"{self.folder} holds another archive: {note.read_text()}. Name another folder.")
            return
        begin = time.perf_counter()
        count = make(self.folder, self.recipe, jobs)
        note.write_text(repr(self.recipe))
        seconds = time.perf_counter() - begin
        out.print(f"made {count:,} files in {seconds:.0f} s ({count / seconds:.0f} a second)")

    def report(self) -> Report:
        return check(self.dataset, read_truth(self.folder / TRUTH))


# --- runs of the command ----------------------------------------------------------------------


def copied(source: Path, code: Path) -> Path:
    """The packages in a folder of their own: whoever works on them meanwhile changes no figure."""
    for package in ("extractors", "pipeline"):
        shutil.copytree(source / package, code / package, ignore=shutil.ignore_patterns("__pycache__"))
    return code


def ingest(code: Path, source: Path, dataset: Path, *options: str) -> Run:
    """Run `kehoach ingest`, the packages taken from `code`, and watch its memory."""
    command = [sys.executable, "-m", "pipeline", "ingest", str(source), "--out", str(dataset), *options]
    environment = os.environ | {"PYTHONPATH": str(code)}
    began, begin = time.time(), time.perf_counter()
    with tempfile.TemporaryFile("w+") as said:
        process = subprocess.Popen(command, cwd=code, env=environment, stdout=said, stderr=said)
        samples = tuple(_watched(process, begin))
        seconds = time.perf_counter() - begin
        said.seek(0)
        told = said.read()
        if process.returncode not in (0, 1) or "Traceback" in told:  # 1: some files could not be read
            sys.exit(f"{' '.join(command)} ended with status {process.returncode}:\n{told[-2000:]}")
    return Run(began, seconds, samples)


def _watched(process: subprocess.Popen[bytes], begin: float) -> Iterator[Sample]:
    while process.poll() is None:
        main, *children = (_resident(pid) for pid in _family(process.pid))
        if main:
            yield Sample(time.perf_counter() - begin, main, sum(children))
        time.sleep(SAMPLE)


def _family(pid: int) -> Iterator[int]:
    """A process and all that it started."""
    yield pid
    try:
        tasks = list(Path(f"/proc/{pid}/task").iterdir())
        children = [int(child) for task in tasks for child in (task / "children").read_text().split()]
    except OSError:  # it has ended meanwhile
        return
    for child in children:
        yield from _family(child)


def _resident(pid: int) -> float:
    """VmRSS in MiB; 0 for a process that has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)


def processes(jobs: int) -> tuple[str, ...]:
    return ("--engine", "processes", "--jobs", str(jobs))


# --- the parts --------------------------------------------------------------------------------


class Bench:
    """The parts in turn; the first run over the whole archive serves several of them."""

    def __init__(self, out: Console, code: Path, place: Place, small: Place, jobs: int) -> None:
        self._out, self._code, self._place, self._small, self._jobs = out, code, place, small, jobs
        self._first: Run | None = None
        self._sheet = Sheet(title="The archive", title_justify="left")
        for name, justify in (("what", "left"), ("measured", "right"), ("wanted", "right"), ("", "left")):
            self._sheet.add_column(name, justify=justify)  # type: ignore[arg-type]

    def run(self, parts: Sequence[str]) -> None:
        """Run these parts and print the sheet."""
        work: dict[str, Callable[[], None]] = {
            "speed": self.speed, "memory": self.memory, "again": self.again, "rules": self.rules,
            "engines": self.engines,
        }  # fmt: skip
        for part in PARTS:
            if part in parts:
                work[part]()
        self._out.print(self._sheet)

    def first(self) -> Run:
        """The run over the whole archive into a new dataset."""
        if self._first is None:
            self._place.prepare(self._out, self._jobs)
            shutil.rmtree(self._place.dataset, ignore_errors=True)
            self._place.log.unlink(missing_ok=True)
            self._first = self._ingest(self._code, self._place.log)
        return self._first

    def _ingest(self, code: Path, log: Path) -> Run:
        options = (*processes(self._jobs), "--log", str(log))
        return ingest(code, self._place.plans, self._place.dataset, *options)

    def _measured(self, what: str, value: str, wanted: str = "", good: bool | None = None) -> None:
        verdict = {True: "[green]yes", False: "[red]NO", None: ""}[good]
        self._sheet.add_row(what, value, wanted, verdict)

    def speed(self) -> None:
        run = self.first()
        files = self._place.recipe.files
        self._measured(
            f"first run, {files:,} files", f"{run.seconds:.0f} s, {files / run.seconds:.1f} a second"
        )
        report = self._place.report()
        for kind, made in sorted(report.made.items()):
            found = report.accounted[kind]
            self._measured(f"{kind}: accounted for", f"{found:,}", f"{made:,}", found == made)
        self._measured("files that nobody made", str(len(report.unknown)), "0", not report.unknown)
        for kind in ("good", "scan"):
            if report.wanted[kind, "plans exact"]:
                self._measured(
                    f"{kind}: {', '.join(EXACT)} exact", f"{report.share(kind, 'plans exact'):.2%}"
                )
        self._out.print(facts_sheet(report))
        print_misses(self._out, report)

    def memory(self) -> None:
        run = self.first()
        stretches = {"the whole run": (0.0, run.seconds), "the reading": self._reading(run)}
        for name, stretch in stretches.items():
            first, last = run.growth(*stretch)
            growth = last / first - 1
            what, value = f"main process, first to last quarter of {name}", f"{first:.0f} to {last:.0f} MiB"
            good = growth <= MEMORY_GROWTH
            self._measured(what, f"{value}, {growth:+.1%}", f"≤ {MEMORY_GROWTH:+.0%}", good)
        peak = run.peak()
        self._measured("main process, peak", f"{peak:.0f} MiB", f"< {MEMORY_LIMIT} MiB", peak < MEMORY_LIMIT)
        children = max(sample.children for sample in run.samples)
        self._measured(f"{self._jobs} workers together, peak", f"{children:.0f} MiB")

    def _reading(self, run: Run) -> tuple[float, float]:
        """When a run had read its first and its last file, in seconds after its start."""
        files = (line for line in log_lines(self._place.log) if line["event"] == "file")
        times = [datetime.fromisoformat(line["time"]).timestamp() - run.began for line in files]
        return min(times), max(times)

    def again(self) -> None:
        self.first()
        run = self._ingest(self._code, self._place.log)
        rate = self._place.recipe.files / run.seconds
        self._measured(
            "second run, nothing changed", f"{run.seconds:.1f} s, {rate:,.0f} files a second",
            f"≥ {AGAIN_RATE:,}", rate >= AGAIN_RATE,
        )  # fmt: skip

    def rules(self) -> None:
        """A run by a copy of the packages in which one rule file differs by a comment."""
        self.first()
        with tempfile.TemporaryDirectory() as folder:
            log, code = Path(folder) / "log.jsonl", copied(self._code, Path(folder) / "code")
            rule = code / "extractors" / "rules" / CHANGED_RULE
            rule.write_text(rule.read_text(encoding="utf-8") + "# another version\n", encoding="utf-8")
            run = self._ingest(code, log)
            stages = stages_run(log)
        self._measured("run after a change of rules", f"{run.seconds:.0f} s")
        parsed, extracted = stages["read", "parse"], stages["read", "extract"]
        self._measured("… documents parsed or read by OCR again", f"{parsed:,}", "0", not parsed)
        self._measured("… documents extracted again", f"{extracted:,}", "> 0", extracted > 0)
        self._measured("… broken files tried again", f"{stages['failed', 'parse']:,}")

    def engines(self) -> None:
        """The engines in turn, so that a busy minute of the machine harms all alike."""
        self._small.prepare(self._out, self._jobs)
        options = {
            "one": processes(1), "two": processes(2), "dask": ("--engine", "dask", "--jobs", "2"),
        }  # fmt: skip
        spent: dict[str, list[float]] = {name: [] for name in options}
        for _ in range(ROUNDS):
            for name, chosen in options.items():
                shutil.rmtree(self._small.dataset, ignore_errors=True)
                run = ingest(self._code, self._small.plans, self._small.dataset, *chosen)
                spent[name].append(run.seconds)
        one, two, dask = (statistics.median(spent[name]) for name in options)
        self._measured(f"one process, {self._small.recipe.files:,} files", f"{one:.0f} s")
        for what, ratio, seconds, least in (
            ("two processes to one", one / two, two, TWO_TO_ONE),
            ("Dask, two workers, to two processes", two / dask, dask, DASK_TO_PROCESSES),
        ):
            self._measured(what, f"{ratio:.2f} ({seconds:.0f} s)", f"≥ {least}", ratio >= least)


def stages_run(log: Path) -> Counter[tuple[str, str]]:
    """How many files went through each stage, by what became of them: (state, stage).

    What a record gave has no time in the log.
    """
    files = (line for line in log_lines(log) if line["event"] == "file")
    return Counter((line["state"], stage) for line in files for stage in line["seconds"])


def log_lines(log: Path) -> Iterator[dict[str, Any]]:
    with log.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


# --- facts ------------------------------------------------------------------------------------


def facts_sheet(report: Report) -> Sheet:
    """Shares of right facts, and how many are null or wrong, plans with text beside scans."""
    sheet = Sheet(title="Facts as they were made", title_justify="left")
    sheet.add_column("fact")
    for kind in ("good", "scan"):
        for name in (kind, "null", "wrong"):
            sheet.add_column(name, justify="right")
    for what in report.measures("good"):
        sheet.add_row(what, *_shares(report, "good", what), *_shares(report, "scan", what))
    return sheet


def _shares(report: Report, kind: str, what: str) -> tuple[str, str, str]:
    wanted, right, null = (count[kind, what] for count in (report.wanted, report.right, report.null))
    if not wanted:
        return "–", "–", "–"
    return f"{right / wanted:.2%}", f"{null:,}", f"{wanted - right - null:,}"


def print_misses(out: Console, report: Report) -> None:
    """What is not accounted for, and the first misses of each measure among plans with text."""
    for line in (*report.unaccounted[:MISSES], *(f"nobody made {path}" for path in report.unknown[:MISSES])):
        out.print(line, markup=False, soft_wrap=True)
    misses = [miss for miss in report.misses if not miss.form.startswith("scan")]
    for what in report.measures("good"):
        for miss in [miss for miss in misses if miss.what == what][:MISSES]:
            out.print(f"- {miss}", markup=False, soft_wrap=True)


def main() -> None:
    options = argparse.ArgumentParser(description="Thousands of made files through kehoach ingest.")
    options.add_argument("--files", type=int, default=10_000)
    options.add_argument("--scans", type=int, default=200, help="how many of them are scans")
    options.add_argument("--jobs", type=int, default=2)
    options.add_argument("--engine-files", type=int, default=1000, help="files of the smaller archive")
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--only", default=",".join(PARTS), help="parts, with commas between")
    options.add_argument("--folder", type=Path, help="where to work, kept afterwards (default: temporary)")
    chosen = options.parse_args()
    parts = chosen.only.split(",")
    if unknown := set(parts) - set(PARTS):
        options.error(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    with tempfile.TemporaryDirectory() as temporary:
        folder = chosen.folder or Path(temporary)
        large = Recipe(chosen.files, chosen.scans, duplicates=0.01, zip_share=0.05, seed=chosen.seed)
        small = Recipe(chosen.engine_files, chosen.engine_files // 50, seed=chosen.seed + 1)
        places = Place(folder / "large", large), Place(folder / "small", small)
        code = copied(ROOT, Path(temporary) / "code")
        Bench(Console(width=120, highlight=False), code, *places, chosen.jobs).run(parts)


if __name__ == "__main__":
    main()
