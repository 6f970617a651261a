"""From records to tables: a whole new build beside the old one, then one switch.

    DATASET/.builds/<id>/<table>/part-<bucket>-<hash>.parquet     a build; its id is the hash of its parts
    DATASET/.current -> .builds/<id>                              the switch, replaced by one rename
    DATASET/<table>  -> .current/<table>                          what readers open

A reader sees the old tables or the new ones. The build before stays until the next one, for those who
are still reading it. Equal input gives equal bytes: rows are sorted, buckets hang on document_id, and
nothing of the clock or of the order of work goes in.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path

from pipeline.folder import BUILDS, CURRENT, DESCRIPTOR
from pipeline.rows import FileRow, Row, Source, as_table, document_rows, file_row
from pipeline.schema import SCHEMA_VERSION, TABLES, arrow_schema, datapackage
from pipeline.store import ContentKey, Store, StoreError, sync_folder

BUCKETS = "0123456789abcdef"  # by the first digit of document_id
_BATCH = 200  # documents whose rows are held at a time; a row group each


def build(dataset: Path, files: Sequence[FileRow], sources: Sequence[Source], store: Store) -> dict[str, int]:
    """Write all tables and switch to them; gives the number of rows of each table."""
    builds = dataset / BUILDS
    new = builds / f"tmp-{os.getpid()}-{secrets.token_hex(4)}"
    try:
        counts = _write_tables(new, files, sources, store)
        identity = _finish(new)
        if (builds / identity).exists():
            shutil.rmtree(new)
        else:
            new.rename(builds / identity)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    sync_folder(builds)
    _switch(dataset, identity)
    return counts


def _write_tables(
    folder: Path, files: Sequence[FileRow], sources: Sequence[Source], store: Store
) -> dict[str, int]:
    for name in TABLES:
        (folder / name).mkdir(parents=True)
    counts = dict.fromkeys(TABLES, 0)
    rows = [file_row(file) for file in sorted(files, key=lambda file: file.path)]
    _write_part(folder, BUCKETS[0], [{"files": rows}], ("files",), counts)
    others = tuple(name for name in TABLES if name != "files")
    ordered = sorted(sources, key=lambda source: source.document_id)
    for bucket in BUCKETS:
        held = [source for source in ordered if source.document_id.startswith(bucket)]
        _write_part(folder, bucket, _batches(held, store), others, counts)
    return counts


def _batches(sources: Sequence[Source], store: Store) -> Iterator[dict[str, list[Row]]]:
    for i in range(0, len(sources), _BATCH):
        rows: dict[str, list[Row]] = {name: [] for name in TABLES}
        for source in sources[i : i + _BATCH]:
            for name, found in _rows_of(source, store).items():
                rows[name] += found
        yield rows


def _rows_of(source: Source, store: Store) -> dict[str, list[Row]]:
    key = ContentKey(source.sha256, source.media_type)
    document, plan = store.final_document(key), store.plan(key)
    if source.status != "failed" and (document is None or plan is None):
        raise StoreError(f"{source.path}: a record that this run made cannot be read back.")
    return document_rows(source, document, plan)


def _write_part(
    folder: Path,
    bucket: str,
    batches: Iterable[Mapping[str, list[Row]]],
    names: Sequence[str],
    counts: dict[str, int],
) -> None:
    """A part of each table that has rows in this bucket; the first bucket has a part of each."""
    import pyarrow.parquet as pq

    writers: dict[str, pq.ParquetWriter] = {}
    with ExitStack() as stack:

        def writer(name: str) -> pq.ParquetWriter:
            if name not in writers:
                # Opened here: Arrow takes no path whose bytes are no text.
                file = stack.enter_context((folder / name / f"{bucket}.parquet").open("wb"))
                opened = pq.ParquetWriter(file, arrow_schema(name), compression="zstd")
                writers[name] = stack.enter_context(opened)
            return writers[name]

        for name in names if bucket == BUCKETS[0] else ():
            writer(name)  # a table without rows has its columns still
        for batch in batches:
            for name in (name for name in names if batch[name]):
                writer(name).write_table(as_table(name, batch[name]))
                counts[name] += len(batch[name])


def _finish(folder: Path) -> str:
    """Name the parts by their content, write the descriptor, make all of it lasting; gives the build's id."""
    parts: dict[str, list[str]] = {}
    for name in TABLES:
        for path in sorted((folder / name).iterdir()):
            digest = _digest(path)[:8]
            path.rename(path.with_name(f"part-{path.stem}-{digest}.parquet"))
            parts.setdefault(name, []).append(f"{name}/part-{path.stem}-{digest}.parquet")
        sync_folder(folder / name)
    content = json.dumps(datapackage(parts, SCHEMA_VERSION), ensure_ascii=False, indent=2) + "\n"
    with (folder / DESCRIPTOR).open("w", encoding="utf-8") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    sync_folder(folder)
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def _digest(path: Path) -> str:
    """SHA-256 of a file's bytes, which are on the disk afterwards."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
        return hashlib.file_digest(file, "sha256").hexdigest()


def _switch(dataset: Path, identity: str) -> None:
    """Make a build the current one; the one before it stays, older ones go."""
    before = os.readlink(dataset / CURRENT) if (dataset / CURRENT).is_symlink() else ""
    _link(dataset / CURRENT, f"{BUILDS}/{identity}")
    for name in (*TABLES, DESCRIPTOR):
        _link(dataset / name, f"{CURRENT}/{name}")
    sync_folder(dataset)
    kept = {identity, Path(before).name}
    for build_folder in sorted((dataset / BUILDS).iterdir()):
        if build_folder.name not in kept and before != f"{BUILDS}/{identity}":
            shutil.rmtree(build_folder, ignore_errors=True)


def _link(link: Path, target: str) -> None:
    """Let a name stand for `target`, by one rename; a copied dataset has folders in the links' place."""
    if link.is_symlink() and os.readlink(link) == target:
        return
    if link.is_dir() and not link.is_symlink():
        shutil.rmtree(link)
    temporary = link.with_name(f".link-{os.getpid()}-{secrets.token_hex(4)}")
    temporary.symlink_to(target)
    temporary.replace(link)
