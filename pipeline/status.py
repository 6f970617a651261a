"""Where a dataset stands: what is done, failed, stale and gone, and what the next run would do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel

from pipeline.events import FAILURES
from pipeline.folder import INDEX, is_busy
from pipeline.index import Index
from pipeline.index_views import NOT_YET_READ, file_rows, readings
from pipeline.manifest import DamagedManifest, Manifest
from pipeline.versions import Versions
from pipeline.wording import one_line
from pipeline.workspace import looked_at

_NAMED = 20  # files that failed; the rest stands in table files


class FailedFile(BaseModel):
    """A file that was not read, and why."""

    path: str
    state: str
    code: str
    message: str


class Status(BaseModel):
    """Files by state, documents by status; `stale` counts documents that were read by other versions.

    `version` is that of the tables, null before the first build; `damage` what is wrong with their manifest;
    `behind` tells whether files are known that the tables do not have yet; `busy` whether a run is writing it
    at this moment; `failed` the first of the files that were not read.
    """

    dataset: str
    version: int | None
    damage: str | None
    busy: bool
    behind: bool
    sources: list[str]
    files: dict[str, int]
    codes: dict[str, int]
    documents: dict[str, int]
    failed: list[FailedFile]
    stale: int

    def lines(self) -> Iterator[str]:
        built = "no tables yet" if self.version is None else f"version {self.version}"
        built = "its manifest is damaged" if self.damage else built
        yield f"{self.dataset}  {built}{', being written' if self.busy else ''}"
        yield from (f"  source      {source}" for source in self.sources)
        yield f"  files       {_told(self.files)}"
        yield f"  documents   {_told(self.documents)}"
        if self.codes:
            yield from (f"  not read    {count:>6,} {code}" for code, count in self.codes.items())
        if self.stale:
            yield f"  stale       {self.stale:,} read by other versions: run kehoach ingest again"
        if self.damage:
            yield f"  {self.damage}"
        elif self.behind:
            yield "  The tables do not have all of this: run kehoach ingest again, or kehoach build."
        failures = sum(self.files.get(state, 0) for state in FAILURES)
        if failures:
            yield from (f"  {file.code:<18} {one_line(file.path)}" for file in self.failed)
            if failures > len(self.failed):
                yield f"  … and {failures - len(self.failed):,} more: column state of {self.dataset}/files"
            yield f"  Try what failed again with: kehoach retry {self.dataset} --failed"


def _told(counts: dict[str, int]) -> str:
    return ", ".join(f"{count:,} {name}" for name, count in counts.items()) or "none"


def status(dataset: str | Path) -> Status:
    """The status of a dataset, also while a run is writing it. Raises NotADataset, DamagedIndex."""
    with looked_at(dataset) as folder:
        return _status(str(dataset), folder)


def _status(dataset: str, folder: Path) -> Status:
    index, damage = Index.look(folder / INDEX), None
    try:
        manifest = Manifest.current(folder)
    except DamagedManifest as error:
        manifest, damage = None, str(error)
    try:
        files, codes, failed = _counted(index)
        documents, stale = _documents(index, manifest)
        sources = [str(row["given"]) for row in index.select("SELECT given FROM sources ORDER BY given")]
    finally:
        index.close()
    return Status(
        dataset=dataset,
        version=manifest.version if manifest else None,
        damage=damage,
        busy=is_busy(folder),
        behind=manifest is None or manifest.files != files or manifest.documents != documents,
        sources=sources,
        files=files,
        codes=codes,
        documents=documents,
        failed=failed,
        stale=stale,
    )


def _counted(index: Index) -> tuple[dict[str, int], dict[str, int], list[FailedFile]]:
    """Files by state, and by code where they were not read; the first of those that failed."""
    files, codes, failed = Counter[str](), Counter[str](), list[FailedFile]()
    for file in file_rows(index):
        waiting = file.code == NOT_YET_READ
        files["waiting" if waiting else file.state] += 1
        if file.state not in ("read", "gone") and not waiting:
            codes[file.code or file.state] += 1
        if file.state in FAILURES and len(failed) < _NAMED:
            code, message = file.code or file.state, file.message or ""
            failed.append(FailedFile(path=file.path, state=file.state, code=code, message=message))
    return dict(sorted(files.items())), dict(codes.most_common()), failed


def _documents(index: Index, manifest: Manifest | None) -> tuple[dict[str, int], int]:
    """Documents by status, and how many were read by other versions than those of now."""
    ocr = None if manifest is None else manifest.settings.get("ocr")
    wanted = [Versions.current(ocr=each) for each in (True, False) if ocr in (None, each)]
    found, stale = Counter[str](), 0
    for reading in readings(index):
        found[reading.source.status] += 1
        stale += all(reading.is_stale(versions) for versions in wanted)
    return dict(sorted(found.items())), stale
