"""The manifest of a dataset: its version, what it was made with, the parts it consists of; and its history.

    DATASET/manifest.json -> .current/manifest.json    of the tables as they stand
    DATASET/.history/<version>.jsonl                   documents that a version added, changed, removed

Nothing of the clock stands in either: equal documents give equal manifests but for the version.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from pipeline.errors import KehoachError
from pipeline.files import write_whole
from pipeline.folder import CURRENT, DESCRIPTOR, HISTORY, MANIFEST
from pipeline.places import Place
from pipeline.schema import DATASET_NAME
from pipeline.usage import NoSuchVersion, NotADataset

What = Literal["added", "changed", "removed"]
Setting = str | int | float | bool | None


_DAMAGED = f"{MANIFEST} of the dataset is damaged: which tables belong together is not known any more."
_MISSING = f"{MANIFEST} of the dataset is not there any more, though there are tables."


class DamagedManifest(KehoachError):
    code = "damaged-manifest"
    summary = "The dataset's manifest cannot be read."
    remedy = "Make it anew with: kehoach build DATASET."


# A dataset may come from a stranger: what its manifest names is written, read and taken away.
BuildName = Annotated[str, StringConstraints(pattern=r"\A([0-9a-f]{16})?\z")]
PartName = Annotated[str, StringConstraints(pattern=r"\A[a-z_]+/part-[0-9a-z]+-[0-9a-f]+\.parquet\z")]


class Part(BaseModel):
    """A Parquet file of a table; `bucket` is the first digit of its documents' ids, `size` in bytes."""

    model_config = ConfigDict(frozen=True)

    name: PartName
    table: str
    bucket: str
    rows: int
    size: int
    sha256: str


class Manifest(BaseModel):
    """What a dataset consists of.

    `version` grows by one with each build that changes anything; `made_with` names the versions of the
    stages, the libraries and the OCR model; `settings` are those of the run that built it.
    """

    model_config = ConfigDict(frozen=True)

    version: int
    build: BuildName
    schema_version: str
    made_with: dict[str, str | None]
    settings: dict[str, Setting]
    counts: dict[str, int]
    files: dict[str, int]
    documents: dict[str, int]
    buckets: dict[str, str]
    parts: tuple[Part, ...]

    @classmethod
    def current(cls, dataset: Path) -> Manifest | None:
        """The manifest of the tables as they stand; None where there are none. Raises DamagedManifest."""
        for build in (dataset / CURRENT, dataset):  # a copied dataset has no .current
            try:
                return cls.model_validate_json((build / MANIFEST).read_bytes())
            except (FileNotFoundError, NotADirectoryError):
                continue
            except (OSError, ValidationError) as error:
                raise DamagedManifest(_DAMAGED) from error
        if (dataset / CURRENT).exists():
            raise DamagedManifest(_MISSING)
        return None

    @classmethod
    def last(cls, dataset: Path) -> Manifest | None:
        """What the next build follows: the current manifest, or of a damaged one the version alone.

        Then nothing is taken over: all is built anew.
        """
        try:
            return cls.current(dataset)
        except DamagedManifest:
            steps = [int(path.stem) for path in (dataset / HISTORY).glob("*.jsonl") if path.stem.isdecimal()]
            return cls(
                version=max(steps, default=0),
                build="",
                schema_version="",
                made_with={},
                settings={},
                counts={},
                files={},
                documents={},
                buckets={},
                parts=(),
            )

    @classmethod
    def of(cls, build: Path) -> Manifest | None:
        """The manifest in the folder of a build; None where there is none that can be read."""
        try:
            return cls.model_validate_json((build / MANIFEST).read_bytes())
        except (OSError, ValidationError):
            return None


def published_manifest(place: Place) -> Manifest | None:
    """The manifest of a dataset elsewhere; None where there is none, or something else.

    Raises DamagedManifest.
    """
    content, descriptor = place.read(MANIFEST), place.read(DESCRIPTOR)
    if content is None or f'"{DATASET_NAME}"'.encode() not in (descriptor or b""):
        return None
    try:
        return Manifest.model_validate_json(content)
    except ValidationError as error:
        raise DamagedManifest(_DAMAGED) from error


class Change(BaseModel):
    """What became of a document between two versions; `path` is the first of its paths."""

    model_config = ConfigDict(frozen=True)

    document_id: str
    path: str
    what: What


def write_step(dataset: Path, version: int, changes: Iterator[Change]) -> None:
    """Keep what a version is about to change, a line a document, in place of what never became current."""
    lines = (f"{change.model_dump_json()}\n".encode() for change in changes)
    write_whole(dataset / HISTORY / f"{version}.jsonl", lines)


def changes(dataset: Path, since: int) -> list[Change]:
    """Documents added, changed and removed after version `since`, by id.

    What was added and removed meanwhile is not told. Raises NotADataset, DamagedManifest, NoSuchVersion.
    """
    manifest = Manifest.current(dataset)
    if manifest is None:
        raise NotADataset(f"{dataset} has no manifest.")
    if not 0 <= since <= manifest.version:
        raise NoSuchVersion(f"The dataset has versions 0 (nothing) to {manifest.version}; {since} is none.")
    net: dict[str, Change] = {}
    for version in range(since + 1, manifest.version + 1):
        for change in _step(dataset, version):
            joined = _joined(net.pop(change.document_id, None), change)
            if joined is not None:
                net[change.document_id] = joined
    return sorted(net.values(), key=lambda change: change.document_id)


def _step(dataset: Path, version: int) -> Iterator[Change]:
    try:
        with (dataset / HISTORY / f"{version}.jsonl").open(encoding="utf-8") as lines:
            yield from map(Change.model_validate_json, lines)
    except (OSError, ValidationError) as error:
        raise NoSuchVersion(f"The history of version {version} is not there any more.") from error


def _joined(first: Change | None, then: Change) -> Change | None:
    """Two changes of a document as one; None where nothing remains of them."""
    if first is None:
        return then
    what: Mapping[tuple[What, What], What] = {
        ("added", "changed"): "added",
        ("changed", "changed"): "changed",
        ("changed", "removed"): "removed",
        ("removed", "added"): "changed",
    }
    joined = what.get((first.what, then.what))
    return None if joined is None else then.model_copy(update={"what": joined})
