"""Commands that make a dataset and keep it: ingest, status, retry, build, changes, prune."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline import __version__
from pipeline.commands.options import Commands, Parser, add_dataset, add_no_ocr, cores, positive
from pipeline.events import Watchers
from pipeline.wording import count, duration, one_line, size

if TYPE_CHECKING:
    from pipeline.events import Watcher
    from pipeline.ingestion import Options, Summary
    from pipeline.pruning import Pruned

OK, SOME_FAILED = 0, 1
_MIB = 2**20
_MEMORY = 2048  # MiB
_FOREVER = 10.0**9  # seconds
_LISTED = 20  # files named one by one; the rest stands in table files
_STATUS = (
    "Status 0: no file of the dataset has failed; 1: some have, in this run or before (the run names its"
    " own, kehoach status all of them); 2: the request was wrong; 130: interrupted, to be gone on with."
)
_STATUS_OF_TABLES = "Status 0: the tables are built, whatever failed before; 1: they are not."


def add(commands: Commands) -> None:
    """Add the commands of this module."""
    _add_ingest(commands)
    _add_retry(commands)
    for name, run, told in (
        ("build", _build, "build the tables from the records, without reading a file"),
        ("prune", _prune, "forget files that are gone, and their documents"),
    ):
        command = commands.add_parser(
            name, help=told, description=f"{told[0].upper()}{told[1:]}.", epilog=_STATUS_OF_TABLES
        )
        add_dataset(command)
        _add_work(command, run)
        command.set_defaults(ocr=True)  # nothing is read
    for name, run, told in (
        ("status", _status, "tell what of a dataset is done, failed, stale or gone"),
        ("changes", _changes, "list documents that were added, changed and removed"),
    ):
        command = commands.add_parser(name, help=told, description=f"{told[0].upper()}{told[1:]}.")
        add_dataset(command)
        command.add_argument("--json", action="store_true", help="print it as JSON")
        command.set_defaults(run=run)
    command.add_argument(
        "--since", metavar="VERSION", type=int, required=True, help="version of the dataset, 0 for none"
    )


def _add_ingest(commands: Commands) -> None:
    command = commands.add_parser(
        "ingest",
        help="read a folder of plans into a dataset",
        description="Reads every file of the sources and writes what they hold as Parquet tables.",
        epilog=_STATUS,
    )
    command.add_argument(
        "source",
        metavar="SOURCE",
        nargs="+",
        help="a folder, with all below it, a file, a pattern ('plans/**/*.pdf') or a URL (s3://…)",
    )
    command.add_argument(
        "--out", metavar="DATASET", required=True, help="folder or URL of the dataset: new, empty or ours"
    )
    command.add_argument(
        "--from-list", metavar="FILE", type=Path, help="read only these files of SOURCE, one path a line"
    )
    command.add_argument(
        "--metadata",
        metavar="FILE.csv",
        type=Path,
        help="an archive's columns, joined to files by column path",
    )
    add_no_ocr(command)
    _add_work(command, _ingest)


def _add_retry(commands: Commands) -> None:
    command = commands.add_parser(
        "retry",
        help="read again what failed",
        description="Reads again the files of a dataset that failed, quarantined ones too.",
        epilog=_STATUS,
    )
    add_dataset(command)
    command.add_argument("--failed", action="store_true", required=True, help="all that failed")
    add_no_ocr(command)
    _add_work(command, _retry)


def _add_work(command: Parser, run: Callable[[argparse.Namespace], int]) -> None:
    """The options of a command that holds the dataset and has work done."""
    command.add_argument(
        "--engine",
        choices=("serial", "processes", "dask"),
        default="processes",
        help="who does the work (default: processes of this machine)",
    )
    command.add_argument(
        "--jobs", metavar="N", type=positive, default=cores(), help="processes (default: one a processor)"
    )
    command.add_argument("--scheduler", metavar="ADDRESS", help="of a Dask scheduler; else one is started")
    command.add_argument(
        "--memory-limit",
        metavar="MIB",
        type=positive,
        default=_MEMORY,
        help=f"memory of a process, in MiB (default: {_MEMORY})",
    )
    command.add_argument("--log", metavar="FILE", type=Path, help="append a JSON line a document to FILE")
    command.add_argument("--wait", action="store_true", help="wait while another run writes the dataset")
    command.set_defaults(run=run)


def _options(arguments: argparse.Namespace) -> Options:
    from pipeline.ingestion import Options

    return Options(
        engine=arguments.engine,
        jobs=arguments.jobs,
        scheduler=arguments.scheduler,
        memory_limit=arguments.memory_limit * _MIB,
        ocr=arguments.ocr,
        patience=_FOREVER if arguments.wait else 0.0,
    )


def _ingest(arguments: argparse.Namespace) -> int:
    from pipeline.ingestion import ingest

    with _watched(arguments, arguments.out) as watcher:
        summary = ingest(
            arguments.source,
            arguments.out,
            options=_options(arguments),
            listed=arguments.from_list,
            metadata=arguments.metadata,
            watcher=watcher,
        )
    return _told(summary, arguments.out)


def _retry(arguments: argparse.Namespace) -> int:
    from pipeline.ingestion import retry

    with _watched(arguments, arguments.dataset) as watcher:
        summary = retry(arguments.dataset, options=_options(arguments), watcher=watcher)
    return _told(summary, arguments.dataset)


def _build(arguments: argparse.Namespace) -> int:
    from pipeline.ingestion import rebuild

    with _watched(arguments, arguments.dataset) as watcher:
        summary = rebuild(arguments.dataset, options=_options(arguments), watcher=watcher)
    _told(summary, arguments.dataset)
    return OK


def _prune(arguments: argparse.Namespace) -> int:
    from pipeline.ingestion import prune

    with _watched(arguments, arguments.dataset) as watcher:
        summary = prune(arguments.dataset, options=_options(arguments), watcher=watcher)
    _told(summary, arguments.dataset)
    return OK


class _Waiting(Watchers):
    """Says once that another run is waited for: a bar is not everywhere, and goes away."""

    def waiting(self, holder: str, seconds: float) -> None:
        until = "until it has ended" if seconds >= _FOREVER else f"{duration(seconds)} at most"
        print(f"kehoach: {holder} is writing the dataset; waiting {until}.", file=sys.stderr)


@contextmanager
def _watched(arguments: argparse.Namespace, dataset: str) -> Iterator[Watcher]:
    """Bar, log and summary of a run; the summary is printed however the run ends."""
    from pipeline.progress import progress_bar
    from pipeline.runlog import RunLog
    from pipeline.summary import RunSummary

    told = RunSummary(Path(dataset), arguments.log)
    watchers: list[Watcher] = [progress_bar(sys.stderr), told, _Waiting()]
    if arguments.log is not None:
        settings = {"dataset": str(dataset), "engine": arguments.engine, "jobs": arguments.jobs}
        watchers.append(RunLog(arguments.log, __version__, settings))
    watcher = Watchers(*watchers)
    try:
        yield watcher
    except KeyboardInterrupt as error:
        raise type(error)(told.interrupted()) from None
    finally:
        watcher.end()
        for line in told.lines(shutil.get_terminal_size().columns):
            print(line, file=sys.stderr)


def _told(summary: Summary, out: str | Path) -> int:
    print(f"{out}  version {summary.version}")
    if not summary.files:
        print("  nothing found: the source holds no files")
    _print_counts("files", summary.rows["files"], summary.files)
    _print_counts("documents", summary.rows["documents"], summary.documents)
    for name in ("tasks", "task_bodies", "legal_bases", "movements", "recipients", "diagnostics"):
        _print_counts(name, summary.rows[name], {})
    if summary.pruned is not None:
        print(f"  forgotten   {_forgotten(summary.pruned)}")
    if summary.failed_before:
        told = f"{count(summary.failed_before, 'file')} failed in earlier runs and not tried in this one"
        print(f"{told}: kehoach status {out} names them", file=sys.stderr)
    for name in summary.unknown_metadata[:_LISTED]:
        print(f"{one_line(name)}: named in the table of metadata, and no file of the source", file=sys.stderr)
    if summary.is_anew:
        told = "The index was lost and is made anew: run it on the dataset's other sources, too."
        print(f"kehoach: {told}", file=sys.stderr)
    return OK if summary.all_read else SOME_FAILED


def _forgotten(pruned: Pruned) -> str:
    files, documents = count(pruned.files, "file"), count(pruned.documents, "document")
    return f"{files}, {documents}, {count(pruned.records, 'record')} of {size(pruned.size)}"


def _print_counts(name: str, count: int, states: Mapping[str, int]) -> None:
    told = ", ".join(f"{number:,} {state}" for state, number in states.items())
    print(f"  {name:<12}{count:>8,}   {told}".rstrip())


def _status(arguments: argparse.Namespace) -> int:
    from pipeline.status import status

    found = status(arguments.dataset)
    if arguments.json:
        print(found.model_dump_json(indent=2))
    else:
        print(*found.lines(), sep="\n")
    return OK


def _changes(arguments: argparse.Namespace) -> int:
    from pipeline.manifest import changes
    from pipeline.workspace import looked_at

    with looked_at(arguments.dataset) as folder:
        found = changes(folder, arguments.since)
    if arguments.json:
        print(json.dumps([change.model_dump() for change in found], ensure_ascii=False, indent=2))
    else:
        if not found:
            print(f"No document has changed since version {arguments.since}.", file=sys.stderr)
        for change in found:
            print(f"{change.what:<8} {change.document_id}  {one_line(change.path)}")
    return OK
