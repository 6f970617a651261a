"""Records: what a stage made of a file's bytes, kept under the bytes' hash and the stage's version.

A record is written whole or not at all (temporary file, fsync, rename), so a crash, a second run and
two workers on one file need no special case. What cannot be read back counts as absent.
"""

from __future__ import annotations

import gzip
import os
import secrets
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter, ValidationError

from extractors.document import Document, Line, Table
from extractors.plan import Plan
from pipeline.errors import KehoachError
from pipeline.folder import SCRATCH
from pipeline.versions import Stage, Versions

_LEVEL = 1  # of compression: JSON shrinks to a tenth at any level, and this one is quick


class StoreError(KehoachError):
    code = "store-error"
    summary = "A record cannot be written or read back."
    remedy = "Check the disk and run it again: what is missing is made anew."


@dataclass(frozen=True, slots=True)
class ContentKey:
    """A file's content and what its bytes are taken for: the one is not always told by the other."""

    sha256: str
    media_type: str


@dataclass(frozen=True, slots=True)
class Store:
    """Records under a folder, one file a stage and content: `parse/ab/<sha256>-<type>-<version>.json.gz`."""

    root: Path
    versions: Versions

    @property
    def scratch(self) -> Path:
        return self.root / SCRATCH

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

    def path(self, stage: Stage, key: ContentKey) -> Path:
        """Where a record stands."""
        name = f"{key.sha256}-{key.media_type.rpartition('/')[2][-16:]}-{self.versions.of(stage)}.json.gz"
        return self.root / stage / key.sha256[:2] / name

    def _read(self, stage: Stage, key: ContentKey) -> bytes | None:
        try:
            return gzip.decompress(self.path(stage, key).read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, EOFError, zlib.error):  # damaged on the disk: make it anew
            return None

    def _write(self, stage: Stage, key: ContentKey, content: bytes) -> None:
        path = self.path(stage, key)
        try:
            write_atomically(path, gzip.compress(content, _LEVEL, mtime=0), self.scratch)
        except OSError as error:
            raise StoreError(f"{path} cannot be written: {error.strerror}.") from error


def write_atomically(path: Path, content: bytes, scratch: Path) -> None:
    """Write a file so that a reader, even after a power cut, sees all of it or what was there before.

    `scratch` is a folder on the same file system; what a killed process left there is nobody's.
    """
    scratch.mkdir(parents=True, exist_ok=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = scratch / (f"{os.getpid()}-{secrets.token_hex(4)}")
    try:
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder as lasting as the files they stand for."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


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
