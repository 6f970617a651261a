"""The command `kehoach`: reads arguments, calls the library, prints; no logic of its own.

Data goes to stdout, progress and errors to stderr. Status 0: all was read; 1: some was not; 2: the
request was wrong. Modules are imported where they are needed, so that --help is quick.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from pipeline import __version__
from pipeline.errors import KehoachError
from pipeline.usage import UsageError

if TYPE_CHECKING:
    from pipeline.ingestion import Summary

OK, SOME_FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130
_LISTED = 20  # files named one by one; the rest stands in table files

_EXAMPLES = """\
examples:
  kehoach ingest plans/ --out dataset/      read every plan of a folder into tables
  kehoach show plan.docx                    print what one plan says
  kehoach show plan.pdf --json              the same as JSON
  kehoach show scan.pdf --draw scan.png     what was found, drawn on pictures of the pages
  kehoach schema --table tasks              columns of a table and their meaning
"""


class _Parser(argparse.ArgumentParser):
    """Errors in one line, with what to do."""

    def error(self, message: str) -> NoReturn:
        self.exit(USAGE, f"{self.prog}: {message}. See {self.prog} --help.\n")


def parser() -> argparse.ArgumentParser:
    """The command line and its help."""
    root = _Parser(
        prog="kehoach",
        description="Reads plans (kế hoạch) of Vietnamese public bodies into a normalised dataset.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    root.add_argument("--version", action="version", version=f"kehoach {__version__}")
    commands = root.add_subparsers(title="commands", metavar="COMMAND")
    _add_ingest(commands)
    _add_show(commands)
    _add_schema(commands)
    return root


def _add_ingest(commands: argparse._SubParsersAction[_Parser]) -> None:
    command = commands.add_parser(
        "ingest",
        help="read a folder of plans into a dataset",
        description="Reads every file under SOURCE and writes what they hold as Parquet tables.",
        epilog="Status 0: all files read; 1: some failed (see table files); 2: the request was wrong.",
    )
    command.add_argument("source", metavar="SOURCE", type=Path, help="a folder, with all below it, or a file")
    command.add_argument(
        "--out", metavar="DATASET", type=Path, required=True, help="folder of the dataset: new, empty or ours"
    )
    command.add_argument("--jobs", metavar="N", type=_positive, default=1, help="processes (default: 1)")
    _add_no_ocr(command)
    command.set_defaults(run=_ingest)


def _add_show(commands: argparse._SubParsersAction[_Parser]) -> None:
    command = commands.add_parser(
        "show",
        help="print one plan, or draw it on its pages",
        description="Reads one file and prints what its plan says, or draws it on pictures of its pages.",
    )
    command.add_argument(
        "file", metavar="FILE", type=Path, help="a plan: DOCX, PDF, scan, text, Markdown or HTML"
    )
    form = command.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print it as JSON (see kehoach schema)")
    form.add_argument(
        "--draw",
        metavar="OUT.png",
        type=_png,
        help="draw what was found on the pages of a PDF or scan; several go to OUT-1.png, OUT-2.png …",
    )
    command.add_argument("--page", metavar="N", type=_positive, help="draw only this page, to OUT.png")
    _add_no_ocr(command)
    command.set_defaults(run=_show)


def _add_no_ocr(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--no-ocr",
        dest="ocr",
        action="store_false",
        help="leave out pages that only OCR can read (they are reported as needs-ocr)",
    )


def _add_schema(commands: argparse._SubParsersAction[_Parser]) -> None:
    command = commands.add_parser(
        "schema",
        help="print the JSON Schema of a plan, or the columns of a table",
        description="Prints the JSON Schema of what show --json prints, or a table's Frictionless schema.",
    )
    command.add_argument("--table", metavar="NAME", help="a table of the dataset, such as tasks")
    command.set_defaults(run=_schema)


def _positive(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is no positive number")
    return number


def _png(text: str) -> Path:
    if Path(text).suffix.lower() != ".png":
        raise argparse.ArgumentTypeError(f"{text} does not end in .png")
    return Path(text)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; gives the exit status and never a traceback for what a user or a file did."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # File names may hold bytes that are no text, and a terminal may lack Vietnamese letters.
        sys.stdout.reconfigure(errors="backslashreplace")
    command_line = parser()
    arguments = command_line.parse_args(argv)
    if not hasattr(arguments, "run"):
        command_line.print_help(sys.stderr)
        return USAGE
    try:
        status: int = arguments.run(arguments)
        sys.stdout.flush()
        return status
    except UsageError as error:
        return _fail(str(error), USAGE)
    except KehoachError as error:
        return _fail(str(error), SOME_FAILED)
    except BrokenPipeError:  # the reader of our output has gone: `| head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return SOME_FAILED
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        return _fail(f"{place}{error.strerror or error}. Check the path and its permissions.", USAGE)
    except KeyboardInterrupt:
        return _fail("Interrupted. Run it again: what was read is kept.", INTERRUPTED)


def _fail(message: str, status: int) -> int:
    print(f"kehoach: {message}", file=sys.stderr)
    return status


def _ingest(arguments: argparse.Namespace) -> int:
    from pipeline.ingestion import ingest
    from pipeline.progress import shown_progress

    with shown_progress(sys.stderr) as progress:
        summary = ingest(
            arguments.source, arguments.out, jobs=arguments.jobs, ocr=arguments.ocr, progress=progress
        )
    _print_summary(summary, arguments.out)
    _print_problems(summary)
    return OK if summary.all_read else SOME_FAILED


def _print_summary(summary: Summary, out: Path) -> None:
    print(f"{out}")
    if not summary.files:
        print("  nothing found: the source holds no files")
    _print_counts("files", summary.rows["files"], summary.files)
    _print_counts("documents", summary.rows["documents"], summary.documents)
    for name in ("tasks", "task_bodies", "legal_bases", "movements", "recipients", "diagnostics"):
        _print_counts(name, summary.rows[name], {})


def _print_counts(name: str, count: int, states: Mapping[str, int]) -> None:
    told = ", ".join(f"{number} {state}" for state, number in states.items())
    print(f"  {name:<12}{count:>8,}   {told}".rstrip())


def _print_problems(summary: Summary) -> None:
    for file in summary.problems[:_LISTED]:
        print(f"{file.path}: {file.state}: {one_line(file.message or '')} [{file.code}]", file=sys.stderr)
    left = len(summary.problems) - _LISTED
    if left > 0:
        print(f"… and {left} more: see table files", file=sys.stderr)


def one_line(text: str) -> str:
    """A message without line breaks and control characters: file names and contents are not trusted."""
    return " ".join("".join(ch if ch.isprintable() else " " for ch in text).split())


def _show(arguments: argparse.Namespace) -> int:
    from extractors.extraction import extract
    from extractors.repair import repair
    from pipeline.parsers import parse

    if arguments.page is not None and arguments.draw is None:
        raise UsageError("--page goes with --draw.")
    try:
        document = repair(parse(arguments.file, ocr=arguments.ocr))
    except KehoachError as error:
        return _fail(f"{arguments.file}: {error}", SOME_FAILED)
    plan = extract(document)
    if arguments.json:
        sys.stdout.write(plan.model_dump_json(indent=2) + "\n")
        return OK
    if arguments.draw is not None:
        from pipeline.drawing import draw_plan

        for picture in draw_plan(arguments.file, document, plan, arguments.draw, arguments.page):
            print(picture)
        return OK
    from pipeline.show import print_plan

    print_plan(document, plan, sys.stdout)
    return OK


def _schema(arguments: argparse.Namespace) -> int:
    from pipeline.schema import TABLES, plan_json_schema, table_schema

    if arguments.table is None:
        shown = plan_json_schema()
    elif arguments.table in TABLES:
        shown = table_schema(arguments.table)
    else:
        raise UsageError(f"There is no table {arguments.table}; there are {', '.join(TABLES)}.")
    print(json.dumps(shown, ensure_ascii=False, indent=2))
    return OK
