"""A dataset in a storage elsewhere (`s3://…`): worked on in a folder of this machine, then published.

    URL/.records/…                  records, read and written in place by all workers
    URL/.index.sqlite               the index, fetched before a run and put back after it
    URL/<table>/part-….parquet      the parts, as on this machine; their names tell their content
    URL/manifest.json               which parts make up the dataset: one object, so one switch
    URL/.sources/<build>/…          what the next build compares with
    URL/.history/…                  what `kehoach changes` tells

New parts are put first, then the manifest, then parts of before are taken away. Who opens the dataset by
its manifest (`open_dataset`) sees one state or the other; who lists a folder of parts may see both for
the seconds in between.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from pathlib import Path

from pipeline.files import write_whole
from pipeline.folder import BUILDS, CURRENT, DESCRIPTOR, HISTORY, INDEX, MANIFEST, REPORT, SOURCES, switch_to
from pipeline.index_file import forget_journal
from pipeline.manifest import DamagedManifest, Manifest, published_manifest
from pipeline.places import Place
from pipeline.schema import TABLES
from pipeline.usage import DatasetBusy, FolderTaken

_DAMAGED = "damaged"  # name of a build whose manifest does not tell it
_STEP = re.compile(r"[0-9a-z]+\.jsonl")  # a stranger's storage may name anything


def working_folder(url: str) -> Path:
    """The folder of this machine and user in which a dataset elsewhere is worked on; the same in each run."""
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    if not os.access(os.path.dirname(base) if not os.path.exists(base) else base, os.W_OK):
        base = os.path.join(tempfile.gettempdir(), f"kehoach-{os.getuid()}")
    return Path(base) / "kehoach" / hashlib.sha256(url.rstrip("/").encode()).hexdigest()[:16]


class Published:
    """A dataset elsewhere, and what of it was fetched: who changed it meanwhile is not overwritten.

    A storage has no lock that dies with its process. So a run looks before it writes whether index and
    manifest are those that it fetched; one that finds others says so and changes nothing.
    """

    def __init__(self, place: Place, folder: Path) -> None:
        self.place, self.folder = place, folder
        self._seen: str | None = None

    def fetch(self) -> None:
        """Bring the folder to the state of what is published: index, manifest, history, sources of the build.

        Raises FolderTaken where something else stands at the address.
        """
        self._seen = self._mark()
        try:
            published = published_manifest(self.place)
        except DamagedManifest:  # fetched as it is: the next build goes on from there
            self._fetch_index()
            self._fetch_build(_DAMAGED)
            return
        if published is None and next(iter(self.place.names()), None) is not None and not self._is_begun():
            raise FolderTaken("The address holds something else.")
        self._fetch_index()
        if published is not None and published != Manifest.of(self.folder / CURRENT):
            self._fetch_build(published.build)

    def publish(self, manifest: Manifest) -> None:
        """Let readers have what was built in the folder; parts that stand there already are not put again.

        Raises DatasetBusy where another run has published something since.
        """
        self._require_unchanged()
        build, sources = self.folder / CURRENT, f"{SOURCES}/{manifest.build}"
        there = {name for table in TABLES for name in self.place.names(f"{table}/")}
        names = {part.name for part in manifest.parts}
        for name in sorted(names - there):
            self.place.write(name, (build / name).read_bytes())
        for path in sorted((build / SOURCES).iterdir()):
            self.place.write(f"{sources}/{path.name}", path.read_bytes())
        step = self.folder / HISTORY / f"{manifest.version}.jsonl"
        if step.exists():
            self.place.write(f"{HISTORY}/{step.name}", step.read_bytes())
        if (self.folder / REPORT).exists():
            self.place.write(REPORT, (self.folder / REPORT).read_bytes())
        self.place.write(DESCRIPTOR, (build / DESCRIPTOR).read_bytes())
        self.place.write(MANIFEST, (build / MANIFEST).read_bytes())
        self._seen = self._mark()
        old = [name for name in self.place.names(f"{SOURCES}/") if not name.startswith(f"{sources}/")]
        for name in sorted({*(there - names), *old}):
            self.place.delete(name)

    def put_index(self) -> None:
        """Put the index back, so that the next run, on whatever machine, knows what this one did.

        Raises DatasetBusy as above.
        """
        if (self.folder / INDEX).exists():
            self._require_unchanged()
            self.place.write(INDEX, (self.folder / INDEX).read_bytes())
            self._seen = self._mark()

    def _mark(self) -> str:
        """Tells one state of what is published from another."""
        state = hashlib.sha256()
        for name in (INDEX, MANIFEST):
            state.update(hashlib.sha256(self.place.read(name) or b"").digest())
        return state.hexdigest()

    def _require_unchanged(self) -> None:
        if self._mark() != self._seen:
            raise DatasetBusy("Another run, perhaps of another machine, has written it meanwhile.")

    def _is_begun(self) -> bool:
        """Whether a first run was broken off before it published anything."""
        return self.place.exists(INDEX) or next(iter(self.place.names(".records/")), None) is not None

    def _fetch_index(self) -> None:
        index = self.place.read(INDEX)
        forget_journal(self.folder / INDEX)
        if index is not None:
            write_whole(self.folder / INDEX, index)
        else:
            (self.folder / INDEX).unlink(missing_ok=True)

    def _fetch_build(self, name_of_build: str) -> None:
        """What another machine built, but for its parts: buckets that change are built anew here."""
        build = self.folder / BUILDS / name_of_build
        sources = f"{SOURCES}/" if name_of_build == _DAMAGED else f"{SOURCES}/{name_of_build}/"
        for name in (MANIFEST, DESCRIPTOR):
            write_whole(build / name, self.place.read(name) or b"")
        for prefix, target in ((sources, build / SOURCES), (f"{HISTORY}/", self.folder / HISTORY)):
            for name in self.place.names(prefix):
                own = name.rpartition("/")[2]
                if _STEP.fullmatch(own):
                    write_whole(target / own, self.place.read(name) or b"")
        for table in TABLES:
            (build / table).mkdir(exist_ok=True)
        switch_to(self.folder, name_of_build)
