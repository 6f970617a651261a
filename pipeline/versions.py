"""Versions of the stages: a fingerprint of the code and libraries that a stage's output hangs on.

A record is keyed by it, so nobody has to remember to raise a number when a parser or a rule changes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from typing import Literal

Stage = Literal["parse", "repair", "extract"]

_WITHOUT_OCR = "-no-ocr"
_MODEL = (
    "extractors/document.py",
    "extractors/building.py",
    "extractors/vietnamese/letters.py",
    "extractors/vietnamese/legacy.py",  # without the counts that it weighs by: they ask for no new OCR
)
_LANGUAGE = ("extractors/document.py", "extractors/vietnamese", "extractors/rules")
_SOURCES: dict[Stage, tuple[str, ...]] = {
    "parse": ("pipeline/parsers", "pipeline/ocr", *_MODEL),
    "repair": ("pipeline/parsers", "pipeline/ocr", "extractors/repair*", "extractors/editing.py", *_LANGUAGE),
    "extract": ("pipeline/parsers", "pipeline/ocr", "extractors"),
}
_LIBRARIES: dict[Stage, tuple[str, ...]] = {
    "parse": ("lxml", "opencv-python-headless", "pypdfium2", "tesserocr"),
    "extract": ("spacy", "underthesea"),
}


@dataclass(frozen=True, slots=True)
class Versions:
    """Versions of all stages, taken once a run, so that all its processes agree on them.

    Records of a run without OCR are others than those of a run with it.
    """

    parse: str
    repair: str
    extract: str

    @classmethod
    def current(cls, *, ocr: bool = True) -> Versions:
        how = "" if ocr else _WITHOUT_OCR
        return cls(*(stage_version(stage) + how for stage in ("parse", "repair", "extract")))

    def of(self, stage: Stage) -> str:
        return {"parse": self.parse, "repair": self.repair, "extract": self.extract}[stage]


@cache
def stage_version(stage: Stage) -> str:
    """Fingerprint of a stage: 12 hex digits. A later stage's holds what the earlier ones hang on."""
    digest = hashlib.sha256()
    libraries = _LIBRARIES["parse"] + (_LIBRARIES["extract"] if stage == "extract" else ())
    for name in libraries:
        digest.update(f"{name}={_installed(name)}\n".encode())
    for path, content in _files(_SOURCES[stage]):
        digest.update(f"{path}:{len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()[:12]


def _installed(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _files(places: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    for place in places:
        package, _, rest = place.partition("/")
        root = resources.files(package)
        if rest.endswith("*"):
            named = [child for child in root.iterdir() if child.name.startswith(rest[:-1])]
            for child in sorted(named, key=lambda entry: entry.name):
                yield from _walk(f"{package}/{child.name}", child)
        else:
            yield from _walk(place, root.joinpath(rest) if rest else root)


def _walk(path: str, place: Traversable) -> Iterator[tuple[str, bytes]]:
    if place.is_file():
        yield path, place.read_bytes()
        return
    for child in sorted(place.iterdir(), key=lambda entry: entry.name):
        if child.name != "__pycache__":
            yield from _walk(f"{path}/{child.name}", child)
