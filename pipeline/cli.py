"""The command `kehoach`: reads arguments, calls the library, prints; no logic of its own.

Data goes to stdout, progress and errors to stderr. Status 0: all was read; 1: some was not; 2: the
request was wrong; 130: interrupted. Modules are imported where they are needed, so that --help is quick.
"""

from __future__ import annotations

import argparse
import io
import os
import signal
import sys
from collections.abc import Sequence

from pipeline import __version__
from pipeline.commands import archive, compare, export, show, timeline
from pipeline.commands.options import USAGE, Parser
from pipeline.errors import KehoachError
from pipeline.usage import UsageError

SOME_FAILED, INTERRUPTED, TERMINATED = 1, 130, 143

_EXAMPLES = """\
examples:
  kehoach ingest plans/ --out dataset/      read every plan of a folder into tables
  kehoach show plan.docx                    print what one plan says
  kehoach show plan.pdf --json              the same as JSON
  kehoach show scan.pdf --draw scan.png     what was found, drawn on pictures of the pages
  kehoach schema --table tasks              columns of a table and their meaning
  kehoach status dataset/                   what is done, failed, stale, gone
  kehoach compare dataset/ --issuer "Sở Y tế tỉnh Hà Nam" --years 2024 2025
  kehoach timeline dataset/ --issuer "Sở Y tế tỉnh Hà Nam" --html year.html
  kehoach export dataset/ --to plans.xlsx   hand it over: Excel, SQL, calendars …
"""


def parser() -> argparse.ArgumentParser:
    """The command line and its help."""
    root = Parser(
        prog="kehoach",
        description="Reads plans (kế hoạch) of Vietnamese public bodies into a normalised dataset.",
        epilog=_EXAMPLES,
    )
    root.add_argument("--version", action="version", version=f"kehoach {__version__}")
    commands = root.add_subparsers(title="commands", metavar="COMMAND")
    for module in (archive, show, compare, timeline, export):
        module.add(commands)
    return root


class _Terminated(KeyboardInterrupt):
    """The system asks the process to end: what Ctrl-C does, with a status of its own."""


def _on_terminate(*_: object) -> None:
    raise _Terminated


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
    signal.signal(signal.SIGTERM, _on_terminate)
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
    except KeyboardInterrupt as error:
        status = TERMINATED if isinstance(error, _Terminated) else INTERRUPTED
        return _fail(str(error) or "Interrupted.", status)


def _fail(message: str, status: int) -> int:
    print(f"kehoach: {message}", file=sys.stderr)
    return status
