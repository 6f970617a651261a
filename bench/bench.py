"""Time and memory of the whole way, side by side in one run with the libraries that people would use.

Rows: a PDF each, seconds a page, the best of three rounds in which all take turns on the same file.
The allowance is what the project holds itself to: bare `extract_text` of pdfplumber on a prose page,
1.2 times its text and tables on a page with a ruled table.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table as Sheet

from extractors.document import Document, Table
from extractors.extraction import extract
from pipeline.errors import KehoachError
from pipeline.parsers import parse, parse_bytes
from pipeline.rows import Source, as_table, document_rows

ROUNDS = 3
TABLE_PAGE_FACTOR = 1.2  # of pdfplumber's text and tables together
PAGE_CHARS = 2500  # a full page of a plan
EXTRACT_LIMIT = 40.0  # milliseconds a page of that length
START_LIMIT = 0.3  # seconds of `kehoach --help`
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Timing:
    """Seconds for a whole file; `bare` holds pdfplumber's page by page: text alone, text and tables."""

    path: Path
    table_pages: frozenset[int]
    ours: float
    bare: tuple[tuple[float, float], ...]

    @property
    def pages(self) -> int:
        return len(self.bare)

    @property
    def allowance(self) -> float:
        return sum(
            TABLE_PAGE_FACTOR * both if number in self.table_pages else text
            for number, (text, both) in enumerate(self.bare, start=1)
        )


def whole_way(path: Path) -> None:
    """From the file to rows in Arrow, as ingest does it but for the disk."""
    document = parse_bytes(path.read_bytes(), path.name)
    source = Source("0" * 64, path.name, document.media_type, "ok", True)
    for name, rows in document_rows(source, document, extract(document)).items():
        as_table(name, rows)


def bare_pages(path: Path) -> tuple[tuple[float, float], ...]:
    """Seconds of pdfplumber for each page: `extract_text` alone, `extract_text` and `extract_tables`.

    Each is timed on pages that nobody has looked at yet; opening the file counts on the first page.
    """
    return tuple(zip(_plumber(path, tables=False), _plumber(path, tables=True), strict=True))


def _plumber(path: Path, tables: bool) -> list[float]:
    import pdfplumber

    spent: list[float] = []
    begin = time.perf_counter()
    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_text()
            if tables:
                page.extract_tables()
            spent.append(time.perf_counter() - begin)
            begin = time.perf_counter()
    return spent


def timed(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def table_pages(document: Document) -> frozenset[int]:
    """Pages on which a ruled table stands."""
    ruled = (block for block in document.blocks if isinstance(block, Table) and block.ruled is not False)
    return frozenset(line.page for t in ruled for c in t.cells for p in c.paragraphs for line in p.lines)


def measure(path: Path, document: Document) -> Timing:
    ours, bare = float("inf"), ()
    for _ in range(ROUNDS):
        ours = min(ours, timed(lambda: whole_way(path)))
        found = bare_pages(path)
        bare = tuple(tuple(map(min, a, b)) for a, b in zip(bare, found, strict=True)) if bare else found
    return Timing(path, table_pages(document), ours, bare)


def readable(paths: Sequence[Path]) -> Iterator[tuple[Path, Document]]:
    """The documents among files that have text of their own; scans are another matter."""
    for path in paths:
        try:
            document = parse(path, ocr=False)
        except KehoachError as error:
            print(f"left out {path.name}: {error.code}", file=sys.stderr)
            continue
        if any(d.code == "needs-ocr" for d in document.diagnostics) or not document.text.strip():
            print(f"left out {path.name}: needs-ocr", file=sys.stderr)
        else:
            yield path, document


def inputs() -> list[Path]:
    """Plans of the repository and, where KEHOACH_ACCEPTANCE names them, real ones."""
    folders = [ROOT / "data" / "raw"]
    if acceptance := os.environ.get("KEHOACH_ACCEPTANCE"):
        folders += [Path(acceptance) / "plans", Path(acceptance) / "real"]
    found = (path for folder in folders for path in sorted(folder.rglob("*")))
    return [path for path in found if path.is_file() and not path.name.startswith(".")]


def rival_seconds(python: Path | None, paths: Sequence[Path]) -> dict[Path, float]:
    """Seconds of markitdown by file; nothing where it is not installed."""
    if python is None or not python.exists() or not paths:
        return {}
    command = [str(python), str(ROOT / "bench" / "rival.py"), *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return {Path(path): seconds for path, seconds in json.loads(done.stdout.splitlines()[-1]).items()}


def pdf_sheet(timings: Sequence[Timing], rival: dict[Path, float]) -> Sheet:
    sheet = Sheet(title="PDF with a text layer: seconds a page, file to rows", title_justify="left")
    sheet.add_column("file", overflow="ellipsis", max_width=26, no_wrap=True)
    for name in ("pages", "tables", "kehoach", "text", "text+tables", "markitdown", "allowed", "of it"):
        sheet.add_column(name, justify="right")
    for t in timings:
        texts, both = (sum(column) for column in zip(*t.bare, strict=True))
        theirs = f"{rival[t.path] / t.pages:.4f}" if t.path in rival else "–"
        sheet.add_row(
            t.path.name,
            str(t.pages),
            str(len(t.table_pages)),
            *(f"{seconds / t.pages:.4f}" for seconds in (t.ours, texts, both)),
            theirs,
            f"{t.allowance / t.pages:.4f}",
            f"{t.ours / t.allowance:.0%}",
        )
    return sheet


def extraction(documents: Sequence[tuple[Path, Document]]) -> list[tuple[float, str]]:
    """Milliseconds of Document → Plan for 2,500 characters, by file, slowest first."""
    found = []
    for path, document in documents:
        seconds = min(timed(lambda d=document: extract(d)) for _ in range(ROUNDS))
        found.append((1000 * seconds * PAGE_CHARS / max(len(document.text), PAGE_CHARS), path.name))
    return sorted(found, reverse=True)


def start_seconds() -> float:
    """Median seconds of `kehoach --help`, the interpreter included."""
    command = [str(Path(sys.executable).with_name("kehoach")), "--help"]
    return statistics.median(
        timed(lambda: subprocess.run(command, capture_output=True, check=True)) for _ in range(9)
    )


# A small process between: a child's peak memory counts that of the process that it was forked from.
_WATCHED = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


def ingest_run(source: Path) -> tuple[float, float]:
    """Seconds and peak memory (MiB) of `kehoach ingest` on a folder, records and tables written."""
    program = str(Path(sys.executable).with_name("kehoach"))
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", _WATCHED, program, "ingest", str(source), "--out", f"{folder}/d"]
        begin = time.perf_counter()
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    return time.perf_counter() - begin, int(done.stdout) / 1024


def report_pdfs(out: Console, documents: Sequence[tuple[Path, Document]], rival: Path | None) -> None:
    pdfs = [(path, document) for path, document in documents if document.media_type == "application/pdf"]
    timings = [measure(path, document) for path, document in pdfs]
    if not timings:
        out.print("no PDF with a text layer")
        return
    out.print(pdf_sheet(timings, rival_seconds(rival, [t.path for t in timings])))
    share = sum(t.ours for t in timings) / sum(t.allowance for t in timings)
    out.print(f"PDF in all: {share:.0%} of what is allowed\n")


def report_extraction(out: Console, documents: Sequence[tuple[Path, Document]]) -> None:
    found = extraction(documents)
    middle = statistics.median(ms for ms, _ in found)
    most = ", ".join(f"{name} {ms:.1f}" for ms, name in found[:3])
    out.print(
        f"extraction, ms for {PAGE_CHARS} characters: "
        f"median {middle:.1f}, most {most} (limit {EXTRACT_LIMIT:.0f})"
    )


def main() -> None:
    options = argparse.ArgumentParser(description="Times the whole way beside pdfplumber and markitdown.")
    options.add_argument("--rival", type=Path, help="Python of the environment that has markitdown")
    chosen = options.parse_args()
    out = Console(width=120, highlight=False)
    documents = list(readable(inputs()))
    if not documents:
        sys.exit("no documents to time: put some into data/raw or set KEHOACH_ACCEPTANCE")
    whole_way(documents[0][0])  # imports, rules and lexicons are no part of the time
    report_pdfs(out, documents, chosen.rival)
    report_extraction(out, documents)
    out.print(f"kehoach --help: {start_seconds():.3f} s (limit {START_LIMIT} s)")
    seconds, peak = ingest_run(ROOT / "data" / "raw")
    out.print(f"kehoach ingest data/raw: {seconds:.1f} s in all, peak memory {peak:.0f} MiB")
    here = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    out.print(f"this run: peak memory {here:.0f} MiB")


if __name__ == "__main__":
    main()
