"""An archive's own columns (file code, box, fonds …), joined to files by path.

The table is a CSV file with a heading line and a column `path`, in UTF-8 or UTF-16, between commas,
semicolons or tabs.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from extractors.vietnamese.letters import nfc
from pipeline.usage import BadMetadata

_KEY = "path"
_SEPARATORS = ",;\t"
_LONGEST = 1_000_000  # characters of a cell


def metadata_columns(path: Path) -> Iterator[tuple[str, str]]:
    """(path, JSON object of the other columns that are not empty) a line. Raises BadMetadata."""
    csv.field_size_limit(_LONGEST)
    try:
        with path.open(encoding=_encoding(path), newline="") as file:
            yield from _lines(path, file)
    except OSError as error:
        raise BadMetadata(f"{path} cannot be opened: {error.strerror}.") from error
    except (UnicodeError, csv.Error) as error:
        raise BadMetadata(f"{path} is no table of text: {error}.") from error


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        return "utf-16" if file.read(2) in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"


def _lines(path: Path, file: TextIO) -> Iterator[tuple[str, str]]:
    heading = file.readline()
    separator = max(_SEPARATORS, key=heading.count)
    names = [nfc(name.strip()) for name in next(csv.reader([heading], delimiter=separator), [])]
    if _KEY not in names:
        raise BadMetadata(f"{path} has no column {_KEY} in its first line.")
    for values in csv.reader(file, delimiter=separator):
        row = {name: nfc(value.strip()) for name, value in zip(names, values, strict=False)}
        name = row.pop(_KEY, "")
        if name:
            kept = {column: value for column, value in row.items() if column and value}
            yield name.replace("\\", "/"), json.dumps(kept, ensure_ascii=False)
