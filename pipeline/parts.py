"""Parquet parts of a build: rows in batches to files that are named by their content."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import TypeVar

from pipeline.manifest import Part
from pipeline.rows import Row, as_table
from pipeline.schema import arrow_schema

T = TypeVar("T")

BUCKETS = "0123456789abcdef"  # by the first digit of document_id
OVERALL = "all"  # what stands for the bucket in parts that are made of the dataset as a whole


def chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(items)
    while chunk := list(islice(iterator, size)):
        yield chunk


def write_parts(
    folder: Path, bucket: str, batches: Iterable[Mapping[str, list[Row]]], names: Sequence[str]
) -> list[Part]:
    """A part of each table that has rows in this bucket; the first bucket has a part of each."""
    import pyarrow.parquet as pq

    writers: dict[str, pq.ParquetWriter] = {}
    counts = dict.fromkeys(names, 0)
    with ExitStack() as stack:

        def writer(name: str) -> pq.ParquetWriter:
            if name not in writers:
                # Opened here: Arrow takes no path whose bytes are no text.
                file = stack.enter_context((folder / name / f"{bucket}.parquet").open("wb"))
                opened = pq.ParquetWriter(file, arrow_schema(name), compression="zstd")
                writers[name] = stack.enter_context(opened)
            return writers[name]

        for name in names if bucket in (BUCKETS[0], OVERALL) else ():
            writer(name)  # a table without rows has its columns still
        for batch in batches:
            for name in (name for name in names if batch[name]):
                writer(name).write_table(as_table(name, batch[name]))
                counts[name] += len(batch[name])
    return [_named(folder, name, bucket, counts[name]) for name in names if name in writers]


def _named(folder: Path, table: str, bucket: str, rows: int) -> Part:
    """Name a part by its content."""
    path = folder / table / f"{bucket}.parquet"
    with path.open("rb") as file:
        os.fsync(file.fileno())
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    size = path.stat().st_size
    path.rename(path.with_name(f"part-{bucket}-{digest[:8]}.parquet"))
    name = f"{table}/part-{bucket}-{digest[:8]}.parquet"
    return Part(name=name, table=table, bucket=bucket, rows=rows, size=size, sha256=digest)
