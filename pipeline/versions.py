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
from typing import Literal, get_args

Stage = Literal["parse", "repair", "extract"]
STAGES: tuple[Stage, ...] = get_args(Stage)

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
_BUILDING = (
    "pipeline/rows.py",
    "pipeline/schema.py",
    "pipeline/schema_overall.py",
    "pipeline/parts.py",
    "pipeline/buckets.py",
    "pipeline/overall.py",
    "pipeline/bodies.py",
    "pipeline/conflicts.py",
    "pipeline/conflicts_across.py",
    "extractors/register*",
    "extractors/units.py",
    "extractors/replaced.py",
    "extractors/cited_instruments.py",
    "extractors/symbol_issuers.py",
    "extractors/rules",
)
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
        model = ocr_model()
        how = _WITHOUT_OCR if not ocr else f"-{model}" if model else ""
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


@cache
def build_version() -> str:
    """Fingerprint of what makes rows and parts of records: 12 hex digits."""
    digest = hashlib.sha256(f"pyarrow={_installed('pyarrow')} duckdb={_installed('duckdb')}".encode())
    for path, content in _files(_BUILDING):
        digest.update(path.encode() + content)
    return digest.hexdigest()[:12]


@cache
def ocr_model() -> str | None:
    """Fingerprint of the installed OCR model: 8 hex digits; None where there is none."""
    from pipeline.errors import MissingTool
    from pipeline.ocr.models import MODEL, model_folder

    try:
        content = (model_folder() / f"{MODEL}.traineddata").read_bytes()
    except (MissingTool, OSError):
        return None
    return hashlib.sha256(content).hexdigest()[:8]


def made_with() -> dict[str, str | None]:
    """Versions of all that has a part in a dataset: stages, libraries, the OCR model."""
    from pipeline import __version__

    libraries = dict.fromkeys((*_LIBRARIES["parse"], *_LIBRARIES["extract"], "pyarrow"))
    stages: dict[str, str | None] = {stage: stage_version(stage) for stage in _SOURCES}
    return {
        "kehoach": __version__,
        **stages,
        "build": build_version(),
        "ocr model": ocr_model(),
        **{name: _installed(name) for name in libraries},
    }


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
