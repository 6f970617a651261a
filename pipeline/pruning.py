"""Takes away records that nothing hangs on any more: of documents without a path, and of old versions."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.index import Index
from pipeline.places import place
from pipeline.store import ContentKey, Store
from pipeline.versions import STAGES, Versions


@dataclass(frozen=True, slots=True)
class Pruned:
    """What was forgotten: files that are gone, their documents, and records of so many bytes."""

    files: int
    documents: int
    records: int
    size: int


def remove_unused_records(index: Index, records: Path | str) -> tuple[int, int]:
    """Delete records of contents that the index does not name, and of other versions.

    Gives their number and bytes.
    """
    kept: set[str] = set()
    for row in index.select("SELECT sha256, media_type, parse, repair, extract FROM contents"):
        store = Store(records, Versions(row["parse"], row["repair"], row["extract"]))
        kept.update(store.name(stage, ContentKey(row["sha256"], row["media_type"])) for stage in STAGES)
    held = place(records)
    unused = [name for stage in STAGES for name in held.names(f"{stage}/") if name not in kept]
    size = sum(held.size(name) for name in unused)
    for name in unused:
        held.delete(name)
    return len(unused), size
