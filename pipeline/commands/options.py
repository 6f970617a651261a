"""What the options of several commands have in common."""

from __future__ import annotations

import argparse
import os
import re
from typing import TYPE_CHECKING, Any, NoReturn

USAGE = 2  # exit status of a request that is wrong


# A word with the blanks behind it; what stands in quotes is not parted, nor an option from its value.
_WORDS = re.compile(r"""(?: --[\w-]+\s+ )? (?: "[^"]*" | \S )+ \s*""", re.VERBOSE)


class _Help(argparse.RawDescriptionHelpFormatter):
    """Lines as they were written, folded where they are longer than the terminal is wide."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        return "\n".join(row for line in text.splitlines() for row in _folded(indent + line, width))


def _folded(line: str, width: int) -> list[str]:
    """A line in rows of so many columns: an example as a shell takes it, with a backslash at a row's end."""
    if len(line) <= width:
        return [line]
    indent = line[: len(line) - len(line.lstrip())]
    end = " \\" if line.lstrip().startswith("kehoach ") else ""
    rows, row = [], indent
    for word in _WORDS.findall(line):
        if row.strip() and len(row) + len(word.rstrip()) + len(end) > width:
            rows.append(row.rstrip() + end)
            row = indent * 3
        row += word
    return [*rows, row.rstrip()]


class Parser(argparse.ArgumentParser):
    """Help that fits the terminal; errors in one line, with what to do."""

    def __init__(self, **given: Any) -> None:
        super().__init__(formatter_class=_Help, **given)

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
