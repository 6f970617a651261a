"""What was made: a line of made.jsonl for each file, with the facts that a reader must find in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter

from tests.maker.expected import Facts

Kind = Literal["good", "scan", "broken", "duplicate"]


@dataclass(frozen=True)
class MadeFile:
    """A made file: its path below the folder of plans, what it is, and the SHA-256 of its bytes.

    `form` is the format and layout, or how it is scanned; `damage` tells how a broken one is broken;
    `original` is the path of the file whose bytes a duplicate has. Broken files have no facts.
    """

    path: str
    kind: Kind
    form: str
    sha256: str
    size: int
    damage: str | None = None
    original: str | None = None
    facts: Facts | None = None

    @property
    def document_id(self) -> str:
        return self.sha256[:16]


@cache
def _lines() -> TypeAdapter[MadeFile]:
    return TypeAdapter(MadeFile)


def write_truth(path: Path, made: Iterable[MadeFile]) -> int:
    """Write made.jsonl; how many lines it has."""
    count = 0
    with path.open("wb") as out:
        for each in made:
            out.write(_lines().dump_json(each) + b"\n")
            count += 1
    return count


def read_truth(path: Path) -> Iterator[MadeFile]:
    """The lines of made.jsonl."""
    with path.open("rb") as lines:
        for line in lines:
            yield _lines().validate_json(line)
