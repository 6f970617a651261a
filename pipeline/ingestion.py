"""Plans in, dataset out: finds files, reads what is new, builds the tables.

Every step leaves what it did behind at once: paths and outcomes in the index, stages in records. So a run
that is broken off, whatever breaks it, is gone on with by the next one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from pipeline.building import MissingRecords, build, engine_of, not_lost
from pipeline.discovery import Found, discover_files, found_again, require_match
from pipeline.engines import DEFAULT_MEMORY, Engine, EngineName, Lost, Processes, engine_for
from pipeline.errors import OutOfTime
from pipeline.events import FAILURES, SILENT, FileDone, Watcher
from pipeline.folder import CURRENT, REPORT
from pipeline.index import Index, Pending
from pipeline.index_views import file_rows, readings, refused, refused_files, refused_sources
from pipeline.manifest import Manifest, Setting
from pipeline.metadata import metadata_columns
from pipeline.parsers.limits import DEFAULT_LIMITS, Limits, is_named_as_document
from pipeline.places import writing
from pipeline.pruning import Pruned, remove_unused_records
from pipeline.reading import Job, Outcome, Reading, ReadWork, Unchanged, Unread, lost
from pipeline.report import ReportWork
from pipeline.rows import FileRow, State, document_id
from pipeline.selection import Selection, select
from pipeline.store import Store
from pipeline.versions import Versions
from pipeline.workspace import Workspace, workspace

_TOLD = 100  # files that a summary names
_LOOKING = "looking for files"
_TELL_EVERY = 500  # files found between two tidings


@dataclass(frozen=True, slots=True)
class Options:
    """How a run works: none of it changes what is found, but for `ocr` and `limits`."""

    engine: EngineName = "serial"
    jobs: int = 1
    scheduler: str | None = None
    memory_limit: int = DEFAULT_MEMORY
    limits: Limits = DEFAULT_LIMITS
    ocr: bool = True
    patience: float = 0.0

    def settings(self) -> dict[str, Setting]:
        """What of it has a part in the dataset."""
        return {
            "ocr": self.ocr,
            **{f"limits.{name}": getattr(self.limits, name) for name in Limits.__slots__},
        }


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run found: files and documents by state, rows by table, and what was not read and why.

    `problems` are the first files that were not read, by path; `failed_before` counts those that failed in
    earlier runs and were not tried in this one; `unknown_metadata` are the paths of an archive's table that
    are no file's; `is_anew` tells that the index was lost, and with it what other sources gave; `pruned` what
    was forgotten.
    """

    files: Mapping[str, int]
    documents: Mapping[str, int]
    rows: Mapping[str, int]
    problems: tuple[FileRow, ...]
    version: int = 0
    gone: int = 0
    unknown_metadata: tuple[str, ...] = ()
    is_anew: bool = False
    failed_before: int = 0
    pruned: Pruned | None = None

    @property
    def all_read(self) -> bool:
        """Whether no file failed; what was left out on purpose, or is gone, does not count."""
        return set(self.files) <= {"read", "skipped", "gone"}


def ingest(
    source: str | Path | Sequence[str | Path],
    dataset: str | Path,
    *,
    options: Options = Options(),
    listed: Path | None = None,
    metadata: Path | None = None,
    watcher: Watcher = SILENT,
) -> Summary:
    """Read every file of `source` and write what they hold as the dataset in folder `dataset`.

    `source` is a folder, a file, a pattern (`plans/**/*.pdf`) or a URL that fsspec knows, or several of
    them; `listed` a file with one path of it a line; `metadata` a CSV file of an archive, joined by its
    column path.

    Files that cannot be read are rows of table files, never exceptions. Raises NoSource (also for a pattern
    that no file matches), NoList, FolderTaken (the folder holds something else) and DatasetBusy before
    anything is written; StoreError where the disk is full.
    """
    watcher.phase(_LOOKING)
    sources = [source] if isinstance(source, str | Path) else source
    selections = [select(each, listed) for each in sources]
    for selection in selections:
        require_match(selection, dataset)
    annotations = list(metadata_columns(metadata)) if metadata is not None else None
    with workspace(dataset, patience=options.patience, watcher=watcher) as space:
        run = _Run(space, options, watcher)
        for selection in selections:
            run.look(selection)
        unknown = space.index.annotate(annotations) if annotations is not None else []
        return run.finish(tuple(unknown))


def retry(dataset: str | Path, *, options: Options = Options(), watcher: Watcher = SILENT) -> Summary:
    """Read again what failed, quarantined files too. Raises NotADataset, DatasetBusy, StoreError."""
    with workspace(dataset, patience=options.patience, must_exist=True, watcher=watcher) as space:
        run = _Run(space, options, watcher)
        run.look_again()
        space.index.retry_failed()
        return run.finish(())


def rebuild(dataset: str | Path, *, options: Options = Options(), watcher: Watcher = SILENT) -> Summary:
    """Build the tables from the records, without reading a file. Raises MissingRecords too."""
    with workspace(dataset, patience=options.patience, must_exist=True, watcher=watcher) as space:
        return _rebuilt(space, options, watcher)


def prune(dataset: str | Path, *, options: Options = Options(), watcher: Watcher = SILENT) -> Summary:
    """Forget files that are gone, their documents and every record that nothing hangs on."""
    with workspace(dataset, patience=options.patience, must_exist=True, watcher=watcher) as space:
        documents = _documents(space)
        files = space.index.prune()
        summary = _rebuilt(space, options, watcher)
        watcher.phase("forgetting records")
        space.keep_index()  # it must not name what is taken away now
        records, size = remove_unused_records(space.index, space.records)
        return replace(summary, pruned=Pruned(files, documents - _documents(space), records, size))


def _documents(space: Workspace) -> int:
    return sum(1 for _ in readings(space.index))


def _rebuilt(space: Workspace, options: Options, watcher: Watcher) -> Summary:
    """The tables built anew; their settings are those of the run that read."""
    run, before = _Run(space, options, watcher), Manifest.last(space.folder)
    run.settings = run.settings if before is None else before.settings
    return run.built(())


class _Run:
    """One run under way."""

    def __init__(self, space: Workspace, options: Options, watcher: Watcher) -> None:
        self.space, self.options, self.watcher = space, options, watcher
        self.index: Index = space.index
        self.versions = Versions.current(ocr=options.ocr)
        self.engine: Engine = engine_for(
            options.engine, options.jobs, memory_limit=options.memory_limit, scheduler=options.scheduler
        )
        # Tables are built in a folder of this machine, which workers of others need not see.
        self.builder = (
            Processes(options.jobs, options.memory_limit) if options.engine == "dask" else self.engine
        )
        self.settings = options.settings()
        self.files = self.size = self.gone = self.failed = 0
        self.is_anew = self.index.is_new and Manifest.last(space.folder) is not None
        self.index.begin()

    def look(self, selection: Selection) -> None:
        """Note what there is in a source, and what is not there any more."""
        source = self._see(selection, discover_files(selection, self.space.dataset, self.options.limits))
        self.gone += self.index.mark_gone(source)
        self.index.commit()

    def look_again(self) -> None:
        """Look again at what could not even be opened: broken archives, closed folders."""
        for (identity, given), roots in refused_sources(self.index).items():
            selection = Selection(given, identity, listed=roots)
            self._see(selection, found_again(selection, self.space.dataset, self.options.limits))
        self.gone += self.index.mark_refused_gone()
        self.index.commit()

    def _see(self, selection: Selection, found: Iterable[Found]) -> int:
        """Note what was found in a source; gives the source's row."""
        self.watcher.phase(_LOOKING)
        source = self.index.source(selection.identity, selection.given)
        for each in found:
            self.index.see(source, each)
            self.files, self.size = self.files + 1, self.size + (each.stamp.size or 0)
            if self.files % _TELL_EVERY == 0:
                self.watcher.found(self.files, self.size)
        self.watcher.found(self.files, self.size)
        self.index.forget_opened()
        return source

    def finish(self, unknown: tuple[str, ...]) -> Summary:
        try:
            self.read(*refused(self.index), refused_files(self.index))
            try:
                return self.built(unknown)
            except MissingRecords as error:
                for sha256 in error.hashes:
                    self.index.read_again(sha256)
                self.read()
                return self.built(unknown)
        finally:
            self.watcher.end()

    def read(self, n_refused: int = 0, their_size: int = 0, are: Iterable[FileDone] = ()) -> None:
        """Read what is left to read, and note what came of each file as soon as it is known.

        Files that cannot be opened `are` told of first: nothing is left to do for them.
        """
        files, size = self.index.left(self.versions)
        self.watcher.phase("reading")
        self.watcher.begin(files + n_refused, size + their_size, self.index.seen() - files)
        for event in are:
            self._tell(event)
        if not files:
            return
        store = Store(self.space.records, self.versions)
        jobs = (self._job(pending, store) for pending in self.index.pending(self.versions))
        with closing(self.engine.run(ReadWork(), jobs)) as results:
            for job, result in results:
                outcome = lost(job, result) if isinstance(result, Lost) else result
                self.index.note(job.row, outcome, self.versions)
                self._tell(_event(job, outcome))
        self.index.commit()

    def _tell(self, event: FileDone) -> None:
        self.failed += event.state in FAILURES
        self.watcher.done(event)

    def _job(self, pending: Pending, store: Store) -> Job:
        options = self.options
        return Job(
            pending.location,
            pending.name,
            pending.size,
            store,
            options.limits,
            options.ocr,
            pending.known,
            pending.settled,
            pending.row,
        )

    def built(self, unknown: tuple[str, ...]) -> Summary:
        self.watcher.phase("building tables")
        space = self.space
        manifest = build(space.folder, self.index, space.records, self.builder, self.watcher, self.settings)
        self._report(manifest)
        space.publish(manifest)
        return self._summary(manifest, unknown)

    def _report(self, manifest: Manifest) -> None:
        """Write report.html of the tables, where they have none yet."""
        tables = self.space.folder / CURRENT
        if (tables / REPORT).exists():
            return
        self.watcher.phase("writing the report")
        work = ReportWork(tables, f"version {manifest.version}")
        # What it loads is not for the process that watches over all others.
        engine = engine_of(manifest.counts["documents"], self.builder)
        with writing(self.space.folder), closing(engine.run(work, [REPORT])) as results:
            for _, result in results:
                not_lost(result, REPORT)

    def _summary(self, manifest: Manifest, unknown: tuple[str, ...]) -> Summary:
        failures = sum(manifest.files.get(state, 0) for state in FAILURES)
        problems = (file for file in file_rows(self.index) if file.code is not None and file.state != "gone")
        return Summary(
            manifest.files,
            manifest.documents,
            manifest.counts,
            tuple(islice(problems, _TOLD)),
            manifest.version,
            self.gone,
            unknown,
            self.is_anew,
            max(failures - self.failed, 0),
        )


def _event(job: Job, outcome: Outcome) -> FileDone:
    """What a watcher is told of a file."""
    result, seconds = outcome.result, outcome.seconds
    if isinstance(result, Unchanged):
        key = result.key
        own = document_id(key.sha256)
        return FileDone(job.name, job.size, "known", None, None, own, key.media_type, 0, 0, seconds, 0)
    problem = result.problem
    if isinstance(result, Unread):
        state = "failed" if result.failed else "skipped"
        return FileDone.unread(
            job.name, job.size, state, result.problem.code, result.problem.message, seconds
        )
    return FileDone(
        job.name,
        job.size,
        _state(job, result),
        problem.code if problem else None,
        problem.message if problem else None,
        document_id(result.key.sha256),
        result.key.media_type,
        result.pages,
        result.ocr_pages,
        seconds,
        result.diagnostics,
    )


def _state(job: Job, reading: Reading) -> State:
    if reading.status != "failed":
        return "read"
    if reading.is_foreign and not is_named_as_document(job.name):
        return "skipped"
    return "timeout" if reading.problem and reading.problem.code == OutOfTime.code else "failed"
