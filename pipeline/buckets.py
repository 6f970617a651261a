"""A bucket of a build: the documents that it is made of, as lines of a file, and the making of its parts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from pydantic import TypeAdapter

from pipeline.folder import SOURCES
from pipeline.manifest import Part
from pipeline.parts import BUCKETS, chunks, write_parts
from pipeline.rows import NOT_OF_DOCUMENTS, FileRow, Problem, Row, Source, document_rows, file_row
from pipeline.schema import TABLES
from pipeline.store import ContentKey, Store
from pipeline.versions import Versions

FILES = "files"  # what stands for the bucket of table files, which hangs on no document
_BATCH = 200  # documents whose rows are held at a time; a row group each
_FILES_BATCH = 5_000  # rows of table files that are held at a time
_SECONDS = 6 * 3600.0  # for a bucket
_OF_DOCUMENTS = tuple(name for name in TABLES if name not in NOT_OF_DOCUMENTS)
_FILE = TypeAdapter(FileRow)


def file_line(file: FileRow) -> str:
    """A row of table files as a line of a build's sources."""
    return _FILE.dump_json(file).decode() + "\n"


@dataclass(frozen=True, slots=True)
class Origin:
    """A document as a line of a build's sources: what its rows hang on."""

    source: Source
    versions: Versions
    digest: str

    @property
    def document_id(self) -> str:
        return self.source.document_id

    @property
    def fingerprint(self) -> str:
        """Equal for equal rows. Of a document that failed nothing but the versions tells."""
        failed = asdict(self.versions) if self.source.status == "failed" else {}
        return json.dumps([asdict(self.source), self.digest, failed], ensure_ascii=False)

    def line(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False) + "\n"

    @classmethod
    def of_line(cls, line: str) -> Origin:
        held = json.loads(line)
        source = held["source"]
        problem = Problem(**source.pop("problem")) if source["problem"] else source.pop("problem")
        return cls(Source(**source, problem=problem), Versions(**held["versions"]), held["digest"])


@dataclass(frozen=True, slots=True)
class BucketDone:
    """What became of a bucket: its parts, and the hashes of documents whose records are not there."""

    parts: tuple[Part, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BucketWork:
    """Builds the parts of one bucket, as engines run it."""

    folder: Path
    records: Path | str

    def seconds(self, _: str) -> float:
        return _SECONDS

    def __call__(self, bucket: str) -> BucketDone:
        if bucket == FILES:
            return BucketDone(tuple(write_parts(self.folder, BUCKETS[0], self._file_batches(), (FILES,))), ())
        missing: list[str] = []
        parts = write_parts(self.folder, bucket, self._batches(bucket, missing), _OF_DOCUMENTS)
        return BucketDone(tuple(parts), tuple(missing))

    def _lines(self, bucket: str) -> Iterator[str]:
        path = self.folder / SOURCES / f"{bucket}.jsonl"
        if path.exists():
            with path.open(encoding="utf-8") as lines:
                yield from lines

    def _file_batches(self) -> Iterator[dict[str, list[Row]]]:
        for chunk in chunks(map(_FILE.validate_json, self._lines(FILES)), _FILES_BATCH):
            yield {FILES: [file_row(file) for file in chunk]}

    def _batches(self, bucket: str, missing: list[str]) -> Iterator[dict[str, list[Row]]]:
        for chunk in chunks(map(Origin.of_line, self._lines(bucket)), _BATCH):
            rows: dict[str, list[Row]] = {name: [] for name in _OF_DOCUMENTS}
            for origin in chunk:
                found = self._rows_of(origin)
                if found is None:
                    missing.append(origin.source.sha256)
                for name, of_table in (found or {}).items():
                    rows[name] += of_table
            yield rows

    def _rows_of(self, origin: Origin) -> dict[str, list[Row]] | None:
        source = origin.source
        key = ContentKey(source.sha256, source.media_type)
        store = Store(self.records, origin.versions)
        document, plan = store.final_document(key), store.plan(key)
        if source.status != "failed" and (document is None or plan is None):
            return None
        return document_rows(source, document, plan)
