"""Records: what a stage made of a file's bytes, kept under the bytes' hash and the stage's version.

A record is written whole or not at all (temporary file, fsync, rename), so a crash, a second run and
two workers on one file need no special case. What cannot be read back counts as absent.
"""

from __future__ import annotations

import fcntl
import gzip
import os
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from extractors.document import Document, Line, Table
from extractors.plan import Plan
from pipeline.files import make_folder
from pipeline.places import LocalPlace, Place, StoreError, fault, place
from pipeline.versions import Stage, Versions

__all__ = [
    "ContentKey",
    "Store",
    "StoreError",
    "dump_document",
    "load_document",
]

_LEVEL = 1  # of compression: JSON shrinks to a tenth at any level, and this one is quick


@dataclass(frozen=True, slots=True)
class ContentKey:
    """A file's content and what its bytes are taken for: the one is not always told by the other."""

    sha256: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Store:
    """Records at a place, one a stage and content: `parse/ab/<sha256>-<type>-<version>.json.gz`.

    `root` is a folder, or the address of one in a storage elsewhere.
    """

    root: Path | str
    versions: Versions
    place: Place = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "place", place(self.root))

    def document(self, key: ContentKey, stage: Literal["parse", "repair"] = "parse") -> Document | None:
        """The document as parsed or as repaired, or None where there is none of this version."""
        content = self._read(stage, key)
        try:
            return None if content is None else load_document(content)
        except ValidationError:
            return None

    def keep_document(
        self, key: ContentKey, document: Document, stage: Literal["parse", "repair"] = "parse"
    ) -> None:
        self._write(stage, key, dump_document(document))

    def final_document(self, key: ContentKey) -> Document | None:
        """The document that the plan was found in: the repaired one, where there was OCR to repair."""
        document = self.document(key)
        return self.document(key, "repair") if document is not None and document.is_recognised else document

    def plan(self, key: ContentKey) -> Plan | None:
        """What was found in it, or None where there is none of this version."""
        content = self._read("extract", key)
        try:
            return None if content is None else Plan.model_validate_json(content)
        except ValidationError:
            return None

    def keep_plan(self, key: ContentKey, plan: Plan) -> None:
        self._write("extract", key, plan.model_dump_json().encode())

    def has(self, stage: Stage, key: ContentKey) -> bool:
        """Whether there is a record, sound or not."""
        return self.place.exists(self.name(stage, key))

    def name(self, stage: Stage, key: ContentKey) -> str:
        """The name of a record at its place."""
        kind = key.media_type.rpartition("/")[2][-16:]
        return f"{stage}/{key.sha256[:2]}/{key.sha256}-{kind}-{self.versions.of(stage)}.json.gz"

    @contextmanager
    def claim(self, key: ContentKey) -> Iterator[None]:
        """Hold a content for the work on it: who comes second waits, and then finds the records.

        It is lost with its process, however that ends. Workers of other machines, and of a dataset that
        stands elsewhere, do not see it: they do the same work twice, with the same outcome.
        """
        if isinstance(self.place, LocalPlace):
            with _held(self.place.scratch / f"{key.sha256}.claim"):
                yield
        else:
            yield

    def _read(self, stage: Stage, key: ContentKey) -> bytes | None:
        try:
            content = self.place.read(self.name(stage, key))
            return None if content is None else gzip.decompress(content)
        except (StoreError, OSError, EOFError, zlib.error):  # damaged, or out of reach: make it anew
            return None

    def _write(self, stage: Stage, key: ContentKey, content: bytes) -> None:
        self.place.write(self.name(stage, key), gzip.compress(content, _LEVEL, mtime=0))


@contextmanager
def _held(path: Path) -> Iterator[None]:
    """A file that is locked by one process at a time, and gone when the last one lets go."""
    try:
        descriptor = _locked(path)
    except OSError as error:
        raise fault(path, "made", error) from error
    try:
        yield
    finally:
        path.unlink(missing_ok=True)  # while it is locked: who waited for it sees that it is gone
        os.close(descriptor)


def _locked(path: Path) -> int:
    """A descriptor of a file with that path, locked."""
    while True:
        make_folder(path.parent)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            if _is_at(path, descriptor):
                return descriptor
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)


def _is_at(path: Path, descriptor: int) -> bool:
    """Whether a path stands for an open file still."""
    try:
        return os.path.samestat(os.stat(path), os.fstat(descriptor))
    except FileNotFoundError:
        return False


# --- documents as JSON ------------------------------------------------------------------------

_DOCUMENT = TypeAdapter(Document)
_DERIVED = {"lines", "line_starts"}  # they repeat what the blocks hold


def dump_document(document: Document) -> bytes:
    """A document as JSON, without what follows from its blocks."""
    return _DOCUMENT.dump_json(document, exclude=_DERIVED, exclude_defaults=True)


def load_document(content: bytes) -> Document:
    """The document that `dump_document` wrote, equal in every part."""
    bare = _DOCUMENT.validate_json(content)
    lines = tuple(sorted(_lines(bare), key=lambda line: line.start))
    return Document(
        bare.text,
        bare.blocks,
        bare.pages,
        bare.media_type,
        bare.diagnostics,
        bare.corrections,
        lines,
        tuple(line.start for line in lines),
    )


def _lines(document: Document) -> list[Line]:
    found: list[Line] = []
    for block in document.blocks:
        if isinstance(block, Table):
            found += (line for cell in block.cells for p in cell.paragraphs for line in p.lines)
        else:
            found += block.lines
    return found
