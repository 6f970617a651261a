"""The command compare: plans of a dataset held against each other."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.commands.options import Commands, add_dataset, positive
from pipeline.usage import UsageError

if TYPE_CHECKING:
    from pipeline.comparison import Comparison, Years

OK = 0
_EXAMPLES = """\
examples:
  kehoach compare dataset --issuer "Sở Y tế tỉnh Hà Nam" --years 2023 2024
  kehoach compare dataset --issuer "Sở Y tế tỉnh Hà Nam" --years 2022 2023 2024 --html years.html
  kehoach compare dataset --issuer "Sở Y tế tỉnh Hà Nam" --issuer "Sở Nội vụ tỉnh Hà Nam" --years 2024
"""


def add(commands: Commands) -> None:
    """Add the command of this module."""
    command = commands.add_parser(
        "compare",
        help="hold the plans of two or more years against each other",
        description="Aligns the tasks of plans and tells what was added, dropped, reworded, moved,"
        " reassigned, split and merged; three years and more as a table. Mergers of bodies are followed.",
        epilog=_EXAMPLES,
    )
    add_dataset(command)
    command.add_argument(
        "--issuer",
        metavar="NAME",
        action="append",
        default=[],
        help="the body; twice: two in one year",
    )
    command.add_argument("--years", metavar="YEAR", nargs="+", type=positive, default=[], help="of the plans")
    command.add_argument("--series", metavar="KEY", help="series_key, where there are several plans a year")
    command.add_argument("--documents", metavar="ID", nargs="+", default=[], help="document_id of each plan")
    form = command.add_mutually_exclusive_group()
    form.add_argument("--html", metavar="FILE", type=Path, help="write a page with filters, fit for print")
    form.add_argument("--json", action="store_true", help="print all of it as JSON")
    form.add_argument("--csv", action="store_true", help="print a row a change, for spreadsheets")
    command.set_defaults(run=_compare)


def _compare(arguments: argparse.Namespace) -> int:
    from pipeline.comparison import compare, compare_years
    from pipeline.dataset import open_dataset

    issuers, years = arguments.issuer, arguments.years
    if len(issuers) > 2:
        raise UsageError("Two bodies at most can be compared.")
    dataset = open_dataset(arguments.dataset)
    chosen = {"years": years, "series": arguments.series, "documents": arguments.documents}
    if len(issuers) == 2:
        return _tell(compare(dataset, issuer=(issuers[0], issuers[1]), **chosen), arguments)
    found = compare_years(dataset, issuer=issuers[0] if issuers else None, **chosen)
    return _tell(found.comparisons[0] if len(found.plans) == 2 else found, arguments)


def _tell(found: Comparison | Years, arguments: argparse.Namespace) -> int:
    from pipeline.comparison.model import Comparison

    if arguments.json:
        sys.stdout.write(found.model_dump_json(indent=2) + "\n")
    elif arguments.csv:
        from pipeline.comparison.csvtable import write_csv

        write_csv([found] if isinstance(found, Comparison) else found.comparisons, sys.stdout)
    elif arguments.html is not None:
        from pipeline.comparison.page import comparison_page, years_page
        from pipeline.html import write

        page = comparison_page(found) if isinstance(found, Comparison) else years_page(found)
        write(page, arguments.html)
        print(arguments.html)
    else:
        from pipeline.comparison.text import print_comparison, print_years

        if isinstance(found, Comparison):
            print_comparison(found, sys.stdout)
        else:
            print_years(found, sys.stdout)
    return OK
