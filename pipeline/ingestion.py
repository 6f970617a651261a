"""Plans in, dataset out: finds files, reads each, builds the tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.building import build
from pipeline.discovery import discover
from pipeline.engines import Lost, engine_for
from pipeline.folder import RECORDS, locked
from pipeline.parsers.limits import DEFAULT_LIMITS, Limits
from pipeline.reading import Job, Outcome, Reading, lost, read
from pipeline.rows import FileRow, Source, document_id
from pipeline.store import Store
from pipeline.usage import NoSource
from pipeline.versions import Versions

Progress = Callable[[int, int], None]  # files done, files in all


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run found: files and documents by state, rows by table, and what was not read and why."""

    files: Mapping[str, int]
    documents: Mapping[str, int]
    rows: Mapping[str, int]
    problems: tuple[FileRow, ...]

    @property
    def all_read(self) -> bool:
        """Whether no file failed; what was left out on purpose does not count."""
        return set(self.files) <= {"read", "skipped"}


def ingest(
    source: str | Path,
    dataset: str | Path,
    *,
    jobs: int = 1,
    limits: Limits = DEFAULT_LIMITS,
    ocr: bool = True,
    progress: Progress | None = None,
) -> Summary:
    """Read every file under `source` and write what they hold as the dataset in folder `dataset`.

    Without `ocr` pages that would need it stay without text; the next run with it reads them.

    Files that cannot be read are rows of table files, never exceptions. Raises NoSource, FolderTaken
    (the folder holds something else) and DatasetBusy before anything is written.
    """
    origin, target = Path(source), Path(dataset)
    if not origin.exists():
        raise NoSource(f"There is no file or folder {origin}.")
    with locked(target):
        store = Store(target / RECORDS, Versions.current(ocr=ocr))
        found = discover(origin, target)
        work = [Job(each, store, limits, ocr) for each in found]
        outcomes = list(_outcomes(work, jobs, progress))
        files = [outcome.file for outcome in outcomes]
        sources = _sources(outcomes)
        rows = build(target, files, sources, store)
    return _summary(files, sources, rows)


def _outcomes(work: Sequence[Job], jobs: int, progress: Progress | None) -> Iterator[Outcome]:
    for done, (job, outcome) in enumerate(engine_for(jobs).run(read, work), start=1):
        yield lost(job) if isinstance(outcome, Lost) else outcome
        if progress is not None:
            progress(done, len(work))


def _sources(outcomes: Iterable[Outcome]) -> list[Source]:
    """One source for each distinct content: the best reading of it, at the first of its paths."""
    chosen: dict[str, Reading] = {}
    paths: dict[str, str] = {}
    for outcome in sorted(outcomes, key=lambda o: o.file.path):
        reading = outcome.reading
        if reading is None:
            continue
        sha256 = reading.key.sha256
        paths.setdefault(sha256, outcome.file.path)
        if sha256 not in chosen or (chosen[sha256].status == "failed" and reading.status != "failed"):
            chosen[sha256] = reading
    preferred = _preferred(chosen.values())
    return [_source(reading, paths[sha256], preferred) for sha256, reading in chosen.items()]


def _source(reading: Reading, path: str, preferred: Mapping[str, str]) -> Source:
    key = reading.key
    if reading.status == "failed":
        return Source(key.sha256, path, key.media_type, "failed", None, reading.problem)
    own = document_id(key.sha256)
    copy = preferred.get(reading.plan_id or "", own) == own
    # A document that was read in part tells so by its own diagnostics.
    return Source(key.sha256, path, key.media_type, reading.status, copy)


def _preferred(readings: Iterable[Reading]) -> dict[str, str]:
    """The best readable copy of each plan: whole before partial, least OCR, surest; ties by id."""
    best: dict[str, tuple[bool, float, float, str]] = {}
    for reading in readings:
        if reading.plan_id is not None and reading.status != "failed":
            own = document_id(reading.key.sha256)
            rank = (reading.status != "ok", reading.ocr_share, -round(reading.confidence, 2), own)
            best[reading.plan_id] = min(rank, best.get(reading.plan_id, rank))
    return {plan_id: rank[-1] for plan_id, rank in best.items()}


def _summary(files: Sequence[FileRow], sources: Sequence[Source], rows: Mapping[str, int]) -> Summary:
    problems = sorted((file for file in files if file.code is not None), key=lambda file: file.path)
    return Summary(
        dict(sorted(Counter(file.state for file in files).items())),
        dict(sorted(Counter(source.status for source in sources).items())),
        rows,
        tuple(problems),
    )
