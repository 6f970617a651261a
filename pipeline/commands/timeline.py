"""The command timeline: a year of a body as a page."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from pipeline.commands.options import Commands, add_dataset, positive
from pipeline.usage import UsageError

OK = 0
_EXAMPLES = """\
examples:
  kehoach timeline dataset --issuer "Sở Y tế tỉnh Hà Nam" --html year.html
  kehoach timeline dataset --issuer "Sở Y tế tỉnh Hà Nam" --year 2024 --html 2024.html --files plans/
  kehoach timeline dataset --issuer "Sở Y tế tỉnh Hà Nam" --year 2024 --json
"""


def add(commands: Commands) -> None:
    """Add the command of this module."""
    command = commands.add_parser(
        "timeline",
        help="show the tasks of a body's year over the months",
        description="The tasks of all plans of a body for a year over the months, by the body that leads.",
        epilog=_EXAMPLES,
    )
    add_dataset(command)
    command.add_argument("--issuer", metavar="NAME", help="the body, with or without accents")
    command.add_argument(
        "--year", metavar="YEAR", type=positive, help="of the plans (default: the last that there is)"
    )
    command.add_argument("--series", metavar="KEY", help="series_key of one of several plans of the year")
    command.add_argument(
        "--files",
        metavar="FOLDER",
        type=Path,
        help="where the documents lie, for links to them (default: the source of the dataset)",
    )
    form = command.add_mutually_exclusive_group(required=True)
    form.add_argument("--html", metavar="FILE", type=Path, help="write a page with filters, fit for print")
    form.add_argument("--json", action="store_true", help="print all of it as JSON")
    command.set_defaults(run=_timeline)


def _timeline(arguments: argparse.Namespace) -> int:
    from pipeline.dataset import open_dataset
    from pipeline.timelines import timeline

    dataset = open_dataset(arguments.dataset)
    found = timeline(dataset, issuer=arguments.issuer, year=arguments.year, series=arguments.series)
    if arguments.json and arguments.files is not None:
        raise UsageError("--files goes with --html.")
    if arguments.json:
        sys.stdout.write(found.model_dump_json(indent=2) + "\n")
        return OK
    from pipeline.timelines.page import write_page

    missing = write_page(found, arguments.html, arguments.files)
    told = ", ".join(f"{count:,} {where}" for where, count in found.counts().items() if count)
    print(
        f"{arguments.html}  {found.issuer or found.year}, {found.year}: {len(found.tasks):,} tasks ({told})"
    )
    if missing and arguments.files is not None:
        there = f"{missing} of {len(found.plans)} documents are not in {arguments.files}"
        print(f"note: {there}; the page has no links to them.", file=sys.stderr)
    return OK
