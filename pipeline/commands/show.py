"""Commands that look at one plan, and at the shape of what comes out: show, schema."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from pipeline.commands.options import Commands, add_no_ocr, positive
from pipeline.errors import KehoachError
from pipeline.usage import UsageError

OK, SOME_FAILED = 0, 1


def add(commands: Commands) -> None:
    """Add the commands of this module."""
    _add_show(commands)
    _add_schema(commands)


def _add_show(commands: Commands) -> None:
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
    command.add_argument("--overwrite", action="store_true", help="replace pictures that exist")
    command.add_argument("--page", metavar="N", type=positive, help="draw only this page, to OUT.png")
    add_no_ocr(command)
    command.set_defaults(run=_show)


def _add_schema(commands: Commands) -> None:
    command = commands.add_parser(
        "schema",
        help="print the JSON Schema of a plan, or the columns of a table",
        description="Prints the JSON Schema of what show --json prints, or a table's Frictionless schema.",
    )
    command.add_argument("--table", metavar="NAME", help="a table of the dataset, such as tasks")
    command.set_defaults(run=_schema)


def _png(text: str) -> Path:
    if Path(text).suffix.lower() != ".png":
        raise argparse.ArgumentTypeError(f"{text} does not end in .png")
    return Path(text)


def _show(arguments: argparse.Namespace) -> int:
    from extractors.extraction import extract
    from extractors.repair import repair
    from pipeline.parsers import parse

    for option in ("page", "overwrite"):
        if getattr(arguments, option) and arguments.draw is None:
            raise UsageError(f"--{option} goes with --draw.")
    try:
        document = repair(parse(arguments.file, ocr=arguments.ocr))
    except KehoachError as error:
        told = str(error).removeprefix(f"{arguments.file.name} ")  # some errors begin with the name
        print(f"kehoach: {arguments.file}: {told}", file=sys.stderr)
        return SOME_FAILED
    plan = extract(document)
    if arguments.json:
        sys.stdout.write(plan.model_dump_json(indent=2) + "\n")
        return OK
    if arguments.draw is not None:
        from pipeline.drawing import draw_plan

        for picture in draw_plan(
            arguments.file,
            document,
            plan,
            arguments.draw,
            arguments.page,
            overwrite=arguments.overwrite,
        ):
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
