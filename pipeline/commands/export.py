"""The command that hands a dataset over to other systems: export."""

from __future__ import annotations

import argparse
import sys

from pipeline.commands.options import Commands, add_dataset
from pipeline.export.targets import KINDS

OK = 0
_POSTGRESQL = "postgresql://USER@HOST/DATABASE?schema=NAME"


def add(commands: Commands) -> None:
    """Add the commands of this module."""
    told = [(kind.example, kind.description) for kind in KINDS]
    told.append((_POSTGRESQL, "a PostgreSQL server, brought up to date in one transaction"))
    command = commands.add_parser(
        "export",
        help="hand a dataset over: CSV, JSON, Excel, SQL, calendar, archive",
        description="Writes a dataset for other systems. Documents marked secret are left out.",
        epilog="targets:\n" + "\n".join(f"  {example:<22} {what}" for example, what in told),
    )
    add_dataset(command)
    command.add_argument("--to", metavar="TARGET", required=True, help="where to, and as what: see below")
    command.add_argument(
        "--include-secret", action="store_true", help="export documents with a secrecy mark (MẬT …) too"
    )
    command.add_argument(
        "--overwrite", action="store_true", help="replace a target that exists; in PostgreSQL, our tables"
    )
    command.set_defaults(run=_export)


def _export(arguments: argparse.Namespace) -> int:
    from pipeline.export import export

    summary = export(
        arguments.dataset,
        arguments.to,
        include_secret=arguments.include_secret,
        overwrite=arguments.overwrite,
    )
    print(*summary.lines(), sep="\n")
    for note in summary.notes:
        print(f"note: {note}", file=sys.stderr)
    return OK
