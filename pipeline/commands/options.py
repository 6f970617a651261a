"""What the options of several commands have in common."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING, NoReturn

USAGE = 2  # exit status of a request that is wrong


class Parser(argparse.ArgumentParser):
    """Errors in one line, with what to do."""

    def error(self, message: str) -> NoReturn:
        self.exit(USAGE, f"{self.prog}: {message}. See {self.prog} --help.\n")


if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[Parser]
else:
    Commands = argparse._SubParsersAction


def positive(text: str) -> int:
    """A whole number above 0."""
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is no positive number")
    return number


def add_dataset(command: Parser) -> None:
    command.add_argument("dataset", metavar="DATASET", help="folder or URL of a dataset")


def add_no_ocr(command: Parser) -> None:
    command.add_argument(
        "--no-ocr",
        dest="ocr",
        action="store_false",
        help="leave out pages that only OCR can read (they are reported as needs-ocr)",
    )


def cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0))
