"""Where a dataset stands: what is done, failed, stale and gone, and what the next run would do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel

from pipeline.folder import INDEX, is_busy
from pipeline.index import Index
from pipeline.index_views import NOT_YET_READ, file_rows, readings
from pipeline.manifest import Manifest
from pipeline.versions import Versions
from pipeline.workspace import looked_at


class Status(BaseModel):
    """Files by state, documents by status; `stale` counts documents that were read by other versions.

    `version` is that of the tables, null before the first build; `behind` tells whether files are known
    that the tables do not have yet; `busy` whether a run is writing it at this moment.
    """

    dataset: str
    version: int | None
    busy: bool
    behind: bool
    sources: list[str]
    files: dict[str, int]
    codes: dict[str, int]
    documents: dict[str, int]
    stale: int

    def lines(self) -> Iterator[str]:
        built = "no tables yet" if self.version is None else f"version {self.version}"
        yield f"{self.dataset}  {built}{', being written' if self.busy else ''}"
        yield from (f"  source      {source}" for source in self.sources)
        yield f"  files       {_told(self.files)}"
        yield f"  documents   {_told(self.documents)}"
        if self.codes:
            yield from (f"  not read    {count:>6,} {code}" for code, count in self.codes.items())
        if self.stale:
            yield f"  stale       {self.stale:,} read by other versions: run kehoach ingest again"
        if self.behind:
            yield "  The tables do not have all of this: run kehoach ingest again, or kehoach build."
        if self.files.keys() & {"failed", "timeout", "quarantined"}:
            yield f"  Try what failed again with: kehoach retry {self.dataset} --failed"


def _told(counts: dict[str, int]) -> str:
    return ", ".join(f"{count:,} {name}" for name, count in counts.items()) or "none"


def status(dataset: str | Path) -> Status:
    """The status of a dataset, also while a run is writing it. Raises NotADataset, DamagedIndex."""
    with looked_at(dataset) as folder:
        return _status(str(dataset), folder)


def _status(dataset: str, folder: Path) -> Status:
    index, manifest = Index.look(folder / INDEX), Manifest.current(folder)
    try:
        files, codes = _counted(index)
        documents, stale = _documents(index, manifest)
        sources = [str(row["given"]) for row in index.select("SELECT given FROM sources ORDER BY given")]
    finally:
        index.close()
    return Status(
        dataset=dataset,
        version=manifest.version if manifest else None,
        busy=is_busy(folder),
        behind=manifest is None or manifest.files != files or manifest.documents != documents,
        sources=sources,
        files=files,
        codes=codes,
        documents=documents,
        stale=stale,
    )


def _counted(index: Index) -> tuple[dict[str, int], dict[str, int]]:
    """Files by state, and by code where they were not read."""
    files, codes = Counter[str](), Counter[str]()
    for file in file_rows(index):
        waiting = file.code == NOT_YET_READ
        files["waiting" if waiting else file.state] += 1
        if file.state not in ("read", "gone") and not waiting:
            codes[file.code or file.state] += 1
    return dict(sorted(files.items())), dict(codes.most_common())


def _documents(index: Index, manifest: Manifest | None) -> tuple[dict[str, int], int]:
    """Documents by status, and how many were read by other versions than those of now."""
    ocr = manifest is None or manifest.settings.get("ocr") is not False
    found, stale, versions = Counter[str](), 0, Versions.current(ocr=ocr)
    for reading in readings(index):
        found[reading.source.status] += 1
        stale += reading.is_stale(versions)
    return dict(sorted(found.items())), stale
