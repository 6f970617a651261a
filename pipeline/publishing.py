"""A dataset in a storage elsewhere (`s3://…`): worked on in a folder of this machine, then published.

    URL/.records/…                  records, read and written in place by all workers
    URL/.index.sqlite               the index, fetched before a run and put back after it
    URL/<table>/part-….parquet      the parts, as on this machine; their names tell their content
    URL/manifest.json               which parts make up the dataset: one object, so one switch
    URL/.sources/…, URL/.history/…  what the next build and `kehoach changes` compare with

New parts are put first, then the manifest, then parts of before are taken away. Who opens the dataset by
its manifest (`open_dataset`) sees one state or the other; who lists a folder of parts may see both for
the seconds in between.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from pipeline.files import write_whole
from pipeline.folder import BUILDS, CURRENT, DESCRIPTOR, HISTORY, INDEX, MANIFEST, REPORT, SOURCES, switch_to
from pipeline.manifest import DamagedManifest, Manifest, published_manifest
from pipeline.places import Place
from pipeline.schema import TABLES
from pipeline.usage import FolderTaken

_DAMAGED = "damaged"  # name of a build whose manifest does not tell it


def working_folder(url: str) -> Path:
    """The folder of this machine and user in which a dataset elsewhere is worked on; the same in each run."""
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    if not os.access(os.path.dirname(base) if not os.path.exists(base) else base, os.W_OK):
        base = os.path.join(tempfile.gettempdir(), f"kehoach-{os.getuid()}")
    return Path(base) / "kehoach" / hashlib.sha256(url.rstrip("/").encode()).hexdigest()[:16]


def fetch(place: Place, folder: Path) -> None:
    """Bring the folder to the state of what is published: index, manifest, history, sources of the build.

    Raises FolderTaken where something else stands at the address.
    """
    try:
        published = published_manifest(place)
    except DamagedManifest:  # fetched as it is: the next build goes on from there
        _fetch_index(place, folder)
        _fetch_build(place, folder, _DAMAGED)
        return
    if published is None and next(iter(place.names()), None) is not None and not _is_begun(place):
        raise FolderTaken("The address holds something else.")
    _fetch_index(place, folder)
    if published is not None and published != Manifest.of(folder / CURRENT):
        _fetch_build(place, folder, published.build)


def _is_begun(place: Place) -> bool:
    """Whether a first run was broken off before it published anything."""
    return place.exists(INDEX) or next(iter(place.names(".records/")), None) is not None


def _fetch_index(place: Place, folder: Path) -> None:
    index = place.read(INDEX)
    if index is not None:
        write_whole(folder / INDEX, index)
    else:
        (folder / INDEX).unlink(missing_ok=True)


def _fetch_build(place: Place, folder: Path, name_of_build: str) -> None:
    """What another machine built, but for its parts: buckets that change are built anew here."""
    build = folder / BUILDS / name_of_build
    for name in (MANIFEST, DESCRIPTOR):
        write_whole(build / name, place.read(name) or b"")
    for prefix, target in ((SOURCES, build), (HISTORY, folder)):
        for name in place.names(f"{prefix}/"):
            write_whole(target / name, place.read(name) or b"")
    for table in TABLES:
        (build / table).mkdir(exist_ok=True)
    switch_to(folder, name_of_build)


def publish(place: Place, folder: Path, manifest: Manifest) -> None:
    """Let readers have what was built in the folder; parts that stand there already are not put again."""
    build = folder / CURRENT
    there = {name for table in TABLES for name in place.names(f"{table}/")}
    names = {part.name for part in manifest.parts}
    for name in sorted(names - there):
        place.write(name, (build / name).read_bytes())
    for path in sorted((build / SOURCES).iterdir()):
        place.write(f"{SOURCES}/{path.name}", path.read_bytes())
    step = folder / HISTORY / f"{manifest.version}.jsonl"
    if step.exists():
        place.write(f"{HISTORY}/{step.name}", step.read_bytes())
    if (folder / REPORT).exists():
        place.write(REPORT, (folder / REPORT).read_bytes())
    place.write(DESCRIPTOR, (build / DESCRIPTOR).read_bytes())
    place.write(MANIFEST, (build / MANIFEST).read_bytes())
    for name in sorted(there - names):
        place.delete(name)


def put_index(place: Place, folder: Path) -> None:
    """Put the index back, so that the next run, on whatever machine, knows what this one did."""
    if (folder / INDEX).exists():
        place.write(INDEX, (folder / INDEX).read_bytes())
