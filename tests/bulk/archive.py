"""Makes the archive: every file by its number alone, so that any order and number of processes will do."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from functools import cache, partial
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path
from random import Random
from zipfile import ZipFile, ZipInfo

from tests.bulk.damage import DAMAGES
from tests.bulk.names import copy_of, path_of
from tests.bulk.plans import made
from tests.bulk.quick_docx import LAYOUTS, quick_docx
from tests.bulk.truth import Kind, MadeFile, write_truth
from tests.maker.as_scan import Scan, as_scan
from tests.maker.expected import Facts, expected
from tests.maker.facts import MadePlan
from tests.maker.formats import FORMATS, Format

PLANS, TRUTH = "plans", "made.jsonl"
BLOCK = 20  # files that are made together, and that may share a ZIP archive
_SHARES = {".docx": 45, ".pdf": 20, ".txt": 15, ".html": 12, ".md": 8}
_SCANS: Mapping[str, Scan] = {
    ".tif": Scan(dpi=200, skew=0.3, threshold=150, container="g4"),
    ".pdf": Scan(dpi=200, skew=-0.4, blur=0.4, jpeg=60, paper=245),
}


@dataclass(frozen=True)
class Recipe:
    """How large an archive is and what it is made of: `scans` a number of files, the others shares."""

    files: int
    scans: int = 0
    broken: float = 0.02
    duplicates: float = 0.0
    zip_share: float = 0.0
    seed: int = 1

    def random(self, *what: object) -> Random:
        """Chance that hangs on the seed and on what it is for, nothing else."""
        return Random(":".join(map(str, (self.seed, *what))))


@dataclass(frozen=True)
class _File:
    """A file on its way to the disk; `day` is when it was changed last."""

    path: str
    kind: Kind
    form: str
    data: bytes
    day: date
    damage: str | None = None
    original: str | None = None
    facts: Facts | None = None

    @property
    def truth(self) -> MadeFile:
        sha256, size = hashlib.sha256(self.data).hexdigest(), len(self.data)
        return MadeFile(self.path, self.kind, self.form, sha256, size, self.damage, self.original, self.facts)


def make(out: Path, recipe: Recipe, jobs: int = 1) -> int:
    """Write the archive under `out`/plans and the truth about it beside; how many files it has.

    Raises FileExistsError where there is one already, ValueError for a recipe that does not add up.
    """
    kinds(recipe)
    (out / PLANS).mkdir(parents=True)
    return write_truth(out / TRUTH, _made(out / PLANS, recipe, jobs))


def _made(root: Path, recipe: Recipe, jobs: int) -> Iterator[MadeFile]:
    work = partial(_write_block, root, recipe)
    blocks = range(-(-recipe.files // BLOCK))
    if jobs == 1:
        for block in blocks:
            yield from work(block)
        return
    with ProcessPoolExecutor(jobs, get_context("spawn")) as pool:
        for files in pool.map(work, blocks, chunksize=5):
            yield from files


# --- what each file is ------------------------------------------------------------------------


@cache
def kinds(recipe: Recipe) -> tuple[Kind, ...]:
    """The kind of every file, by its number."""
    counts: dict[Kind, int] = {
        "scan": recipe.scans,
        "broken": round(recipe.files * recipe.broken),
        "duplicate": round(recipe.files * recipe.duplicates),
    }
    found: list[Kind] = [kind for kind, count in counts.items() for _ in range(count)]
    if len(found) >= recipe.files:
        raise ValueError(f"{recipe.files} files are too few for {len(found)} that are not just good plans.")
    found += ["good"] * (recipe.files - len(found))
    recipe.random("kinds").shuffle(found)
    return tuple(found)


def _file(recipe: Recipe, index: int) -> _File:
    return _MAKERS[kinds(recipe)[index]](recipe, index)


def _good(recipe: Recipe, index: int) -> _File:
    random = recipe.random("file", index)
    it = made(random)
    form = _form(random, it.plan)
    path = path_of(random, it, index, form.suffix)
    return _File(path, "good", form.name, form.write(it.plan), it.day, facts=expected(it.plan))


def _scan(recipe: Recipe, index: int) -> _File:
    random = recipe.random("file", index)
    it = made(random, brief=True)
    suffix = random.choice(sorted(_SCANS))
    path = path_of(random, it, index, suffix, scan=True)
    data = as_scan(it.plan, _SCANS[suffix])
    return _File(path, "scan", f"scan, {suffix}", data, it.day, facts=expected(it.plan))


def _broken(recipe: Recipe, index: int) -> _File:
    random = recipe.random("file", index)
    it = made(random, brief=True)
    nth = kinds(recipe)[:index].count("broken")
    damage = DAMAGES[nth % len(DAMAGES)]
    path = path_of(random, it, index, damage.suffix)
    return _File(path, "broken", damage.suffix, damage.make(random, it.plan), it.day, damage=damage.name)


def _duplicate(recipe: Recipe, index: int) -> _File:
    """The bytes of a good plan under another name."""
    good = [i for i, kind in enumerate(kinds(recipe)) if kind == "good"]
    file = _file(recipe, recipe.random("copy", index).choice(good))
    return replace(file, path=copy_of(file.path, index), kind="duplicate", original=file.path)


_MAKERS: Mapping[Kind, Callable[[Recipe, int], _File]] = {
    "good": _good, "scan": _scan, "broken": _broken, "duplicate": _duplicate,
}  # fmt: skip


@cache
def _forms() -> Mapping[str, tuple[Format, ...]]:
    """Formats and layouts by ending; DOCX in the quick layouts."""
    quick = [Format(f"docx, {x}", ".docx", partial(quick_docx, layout=x)) for x in LAYOUTS]
    every = [*quick, *(form for form in FORMATS if form.suffix != ".docx")]
    return {suffix: tuple(f for f in every if f.suffix == suffix) for suffix in _SHARES}


def _form(random: Random, plan: MadePlan) -> Format:
    suffix = random.choices(list(_SHARES), list(_SHARES.values()))[0]
    return random.choice([form for form in _forms()[suffix] if form.fits(plan)])


# --- onto the disk ----------------------------------------------------------------------------


def _write_block(root: Path, recipe: Recipe, block: int) -> list[MadeFile]:
    numbers = range(block * BLOCK, min((block + 1) * BLOCK, recipe.files))
    files = [_file(recipe, index) for index in numbers]
    random = recipe.random("zip", block)
    if random.random() < recipe.zip_share:
        return _write_zip(root, random, block, files)
    for file in files:
        _write(root / file.path, file.data, file.day)
    return [file.truth for file in files]


def _write(path: Path, data: bytes, day: date) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    noon = datetime.combine(day, time(12), UTC).timestamp()
    os.utime(path, (noon, noon))


def _write_zip(root: Path, random: Random, block: int, files: list[_File]) -> list[MadeFile]:
    """The block in one archive, every third time in an archive within it; members keep their names."""
    name = f"Gửi qua thư điện tử/Hồ sơ {block:04d}.zip"
    data, inner = _zipped({file.path: file.data for file in files}), ""
    if random.random() < 1 / 3:
        inner = "bên trong.zip/"
        data = _zipped({inner.rstrip("/"): data})
    _write(root / name, data, files[-1].day)
    return [replace(file, path=f"{name}/{inner}{file.path}").truth for file in files]


def _zipped(members: Mapping[str, bytes]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name, data in members.items():
            archive.writestr(ZipInfo(name), data)
    return out.getvalue()
