"""What the targets of an export have in common: what they are given, and what they tell afterwards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from pipeline.export.source import Source


@dataclass(slots=True)
class Written:
    """Rows written by table or sheet, and what the reader of the target ought to know."""

    rows: dict[str, int] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def add(self, name: str, count: int) -> None:
        self.rows[name] = self.rows.get(name, 0) + count


class FileWriter(Protocol):
    """Writes what a source gives to a new file, or into a new empty folder."""

    def __call__(self, source: Source, path: Path) -> Written: ...


@dataclass(frozen=True, slots=True)
class ExportSummary:
    """An export that was done. `target` holds no password."""

    target: str
    rows: Mapping[str, int]
    withheld: int
    notes: tuple[str, ...] = ()

    def lines(self) -> Iterator[str]:
        """The summary for people."""
        yield self.target
        yield from (f"  {name:<14}{count:>12,}" for name, count in self.rows.items())
        if self.withheld:
            documents = "document" if self.withheld == 1 else "documents"
            yield f"{self.withheld:,} {documents} marked secret left out; --include-secret exports them too"
