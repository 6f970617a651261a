"""From records to tables: a whole new build beside the old one, then one switch.

    DATASET/.builds/<id>/<table>/part-<bucket>-<hash>.parquet     a build; its id is the hash of its parts
    DATASET/.builds/<id>/.sources/<bucket>.jsonl                  the documents that a bucket was made of
    DATASET/.current -> .builds/<id>                              the switch, replaced by one rename
    DATASET/<table>  -> .current/<table>                          what readers open

A reader sees the old tables or the new ones. The build before stays until the next one, for those who
are still reading it. Equal input gives equal bytes: rows are sorted, buckets hang on document_id, and
nothing of the clock or of the order of work goes in. A bucket whose documents are the same as in the
build before is taken from there.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from heapq import merge
from itertools import groupby
from pathlib import Path
from typing import TypeVar

from pipeline.buckets import FILES, BucketWork, Origin, file_line
from pipeline.engines import Engine, Lost, Serial
from pipeline.events import Watcher
from pipeline.files import sync_folder, write_whole
from pipeline.folder import (
    BUILDS,
    CURRENT,
    DESCRIPTOR,
    MANIFEST,
    SOURCES,
    switch_to,
)
from pipeline.index import Index
from pipeline.index_views import Reading, file_rows, preferred_copies, readings
from pipeline.manifest import Change, Manifest, Part, Setting, write_step
from pipeline.overall import OverallWork
from pipeline.parts import BUCKETS, OVERALL
from pipeline.places import writing
from pipeline.schema import SCHEMA_VERSION, TABLES, datapackage
from pipeline.store import StoreError
from pipeline.versions import build_version, made_with

R = TypeVar("R")

FEW = 400  # documents or files that are not worth starting processes for


class MissingRecords(StoreError):
    """Records of documents that were read are not there any more, or are damaged."""

    code = "missing-records"
    remedy = "Run kehoach ingest again: they are made anew."

    def __init__(self, hashes: Sequence[str]) -> None:
        super().__init__(f"The records of {len(hashes):,} documents cannot be read back.")
        self.hashes = tuple(hashes)


def build(
    dataset: Path,
    index: Index,
    records: Path | str,
    engine: Engine,
    watcher: Watcher,
    settings: Mapping[str, Setting],
) -> Manifest:
    """Write all tables and switch to them; gives the manifest of what stands there afterwards.

    Where nothing has changed what stands there stays. Raises StoreError, MissingRecords.
    """
    before = Manifest.last(dataset)
    new = dataset / BUILDS / f"tmp-{os.getpid()}-{secrets.token_hex(4)}"
    with writing(dataset):
        try:
            manifest = _Build(dataset, new, before, index).written(records, engine, watcher, settings)
            if before is not None and manifest.build == before.build:  # perhaps made with other versions
                manifest = manifest.model_copy(update={"version": before.version})
            else:
                write_step(dataset, manifest.version, _changes(dataset / CURRENT if before else None, new))
            _put_in_place(new, manifest)
        finally:
            shutil.rmtree(new, ignore_errors=True)
        switch_to(dataset, manifest.build)
    return manifest


def engine_of(size: int, engine: Engine) -> Engine:
    """The engine for work on so many documents or files: none is started for a few."""
    return Serial() if size <= FEW else engine


def not_lost(result: R | Lost, what: str) -> R:
    """A result that must be there. Raises StoreError."""
    if isinstance(result, Lost):
        raise StoreError(f"{what} cannot be built: {result.reason}, {result.detail}.")
    return result


def _put_in_place(new: Path, manifest: Manifest) -> None:
    """Give a build its name, unless it stands there already, whole."""
    place = new.with_name(manifest.build)
    there = Manifest.of(place)
    if there and there.parts == manifest.parts and all(_is_whole(place, part) for part in there.parts):
        if there != manifest:
            _retell(new, place, manifest)
        return
    write_whole(new / MANIFEST, (manifest.model_dump_json(indent=2) + "\n").encode())
    if place.exists():  # what an interrupted switch left, a damaged one, or the build before
        shutil.rmtree(place)
    new.rename(place)


def _retell(new: Path, place: Path, manifest: Manifest) -> None:
    """Take over what a build tells of how the same parts were made."""
    for file in (new / SOURCES).iterdir():
        file.replace(place / SOURCES / file.name)
    write_whole(place / MANIFEST, (manifest.model_dump_json(indent=2) + "\n").encode())


def _is_whole(build_folder: Path, part: Part) -> bool:
    """Whether a part is there in its length."""
    path = build_folder / part.name
    return path.is_file() and path.stat().st_size == part.size


def _bucket_of(part: Part) -> str:
    return FILES if part.table == FILES else part.bucket


class _Build:
    """One build under way, in a folder of its own."""

    def __init__(self, dataset: Path, folder: Path, before: Manifest | None, index: Index) -> None:
        self.dataset, self.folder, self.before, self.index = dataset, folder, before, index
        self.parts: list[Part] = []
        self.buckets: dict[str, str] = {}
        self.files: Counter[str] = Counter()
        self.documents: Counter[str] = Counter()

    def written(
        self, records: Path | str, engine: Engine, watcher: Watcher, settings: Mapping[str, Setting]
    ) -> Manifest:
        for name in (*TABLES, SOURCES):
            (self.folder / name).mkdir(parents=True)
        sizes = self._write_sources() | {FILES: self._write_files()}
        stale = [bucket for bucket in (FILES, *BUCKETS) if not self._taken_over(bucket)]
        work = BucketWork(self.folder, records)
        missing: list[str] = []
        runner = engine_of(sum(sizes[bucket] for bucket in stale), engine)
        with closing(runner.run(work, stale)) as results:
            for done, (bucket, result) in enumerate(results, start=1):
                built = not_lost(result, f"Bucket {bucket} of the tables")
                self.parts += built.parts
                missing += built.missing
                watcher.built("tables", done, len(stale))
        if missing:
            raise MissingRecords(missing)
        if not self._taken_over(OVERALL):
            with closing(runner.run(OverallWork(self.folder), [OVERALL])) as results_of_all:
                for _, parts in results_of_all:
                    self.parts += not_lost(parts, "What is told of all documents together")
        return self._finished(settings)

    def _write_files(self) -> int:
        """The rows of table files as lines of a file; gives how many there are."""
        mark = hashlib.sha256(f"{SCHEMA_VERSION}/{build_version()}".encode())
        with (self.folder / SOURCES / f"{FILES}.jsonl").open("w", encoding="utf-8") as lines:
            for file in file_rows(self.index):
                line = file_line(file)
                lines.write(line)
                mark.update(line.encode())
                self.files[file.state] += 1
        self.buckets[FILES] = mark.hexdigest()[:16]
        return self.files.total()

    def _write_sources(self) -> dict[str, int]:
        """The documents of each bucket as lines of a file; gives how many there are."""
        sizes = dict.fromkeys(BUCKETS, 0)
        marks = {bucket: hashlib.sha256(f"{SCHEMA_VERSION}/{build_version()}".encode()) for bucket in BUCKETS}
        preferred = preferred_copies(self.index)
        for bucket, found in groupby(readings(self.index), key=lambda r: r.source.document_id[0]):
            with (self.folder / SOURCES / f"{bucket}.jsonl").open("w", encoding="utf-8") as file:
                for reading in found:
                    origin = _origin(reading, preferred)
                    file.write(origin.line())
                    marks[bucket].update(origin.fingerprint.encode())
                    sizes[bucket] += 1
                    self.documents[reading.source.status] += 1
        self.buckets = {bucket: mark.hexdigest()[:16] for bucket, mark in marks.items()}
        self.buckets[OVERALL] = hashlib.sha256("".join(self.buckets.values()).encode()).hexdigest()[:16]
        return sizes

    def _taken_over(self, bucket: str) -> bool:
        """Whether the build before has the parts of a bucket of these very documents; they are taken then."""
        if self.before is None or self.before.buckets.get(bucket) != self.buckets[bucket]:
            return False
        held = [part for part in self.before.parts if bucket == _bucket_of(part)]
        place = self.dataset / CURRENT
        if not all(_is_whole(place, part) for part in held):
            return False
        for part in held:
            _link_or_copy(place / part.name, self.folder / part.name)
        self.parts += held
        return True

    def _finished(self, settings: Mapping[str, Setting]) -> Manifest:
        (self.folder / SOURCES / f"{FILES}.jsonl").unlink()  # table files has all of it
        parts = tuple(sorted(self.parts, key=lambda part: part.name))
        names: dict[str, list[str]] = {name: [] for name in TABLES}
        for part in parts:
            names[part.table].append(part.name)
        descriptor = json.dumps(datapackage(names, SCHEMA_VERSION), ensure_ascii=False, indent=2) + "\n"
        write_whole(self.folder / DESCRIPTOR, descriptor.encode())
        identity = hashlib.sha256(descriptor.encode()).hexdigest()[:16]
        counts = Counter(dict.fromkeys(TABLES, 0))
        for part in parts:
            counts[part.table] += part.rows
        manifest = Manifest(
            version=self.before.version + 1 if self.before else 1,
            build=identity,
            schema_version=SCHEMA_VERSION,
            made_with=made_with(),
            settings=dict(settings),
            counts=dict(counts),
            files=dict(sorted(self.files.items())),
            documents=dict(sorted(self.documents.items())),
            buckets=self.buckets,
            parts=parts,
        )
        for name in (*TABLES, SOURCES):
            sync_folder(self.folder / name)
        return manifest


def _changes(before: Path | None, after: Path) -> Iterator[Change]:
    """Documents whose rows differ between two builds, bucket by bucket, by id."""
    for bucket in BUCKETS:
        old = () if before is None else _origins(before, bucket)
        both = merge(old, _origins(after, bucket), key=lambda known: known[1].document_id)
        for identity, known in groupby(both, key=lambda known: known[1].document_id):
            found = dict(known)
            now = found.pop(after, None)
            was = next(iter(found.values()), None)
            if now is None:
                yield Change(document_id=identity, path=was.source.path if was else "", what="removed")
            elif was is None or was.fingerprint != now.fingerprint:
                yield Change(document_id=identity, path=now.source.path, what="changed" if was else "added")


def _origins(build: Path, bucket: str) -> Iterator[tuple[Path, Origin]]:
    """The documents that a build has in a bucket, in order of their ids, each with the build."""
    path = build / SOURCES / f"{bucket}.jsonl"
    if path.exists():
        with path.open(encoding="utf-8") as lines:
            yield from ((build, Origin.of_line(line)) for line in lines)


def _origin(reading: Reading, preferred: Mapping[str, str]) -> Origin:
    source = reading.source
    copy = None
    if source.status != "failed":
        copy = preferred.get(reading.plan_id or "", source.document_id) == source.document_id
    return Origin(replace(source, preferred_copy=copy), reading.versions, reading.digest)


def _link_or_copy(old: Path, new: Path) -> None:
    try:
        os.link(old, new)
    except OSError:  # a file system without links
        shutil.copyfile(old, new)
