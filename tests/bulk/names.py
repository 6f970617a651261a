"""Folders and names under which an archive keeps its plans: with blanks, accents, capitals, numbers."""

from __future__ import annotations

import unicodedata
from random import Random

from extractors.vietnamese.letters import plain
from tests.bulk.plans import Made

_DECOMPOSED = 0.03  # share of names from a Mac: letters and accents apart
_PATTERNS = (
    "{number} KH-{symbol} {topic} {year} ({i:05d})",
    "{number}_KH-{symbol}_{day:%d-%m-%Y}_{i:05d}",
    "Kế hoạch {topic} năm {year} - {place} {i:05d}",
    "KẾ HOẠCH {capitals} {year} {i:05d}",
    "ke-hoach-{slug}-{year}-{i:05d}",
    "KH.{symbol}.{slug}.{i:05d}.signed",
    "Văn bản đến số {i:05d} (bản chính thức)",
    "{i:05d} Dự thảo lần 2 - {topic}, {place}",
    "Phu luc va ke hoach so {number} cua {issuer} ve {topic} nam {year} tren dia ban {place} {i:05d}",
)
_SCANS = ("Scan_{year}_{i:05d}", "IMG {i:05d}", "{number} KH-{symbol} dau do {i:05d}")


def path_of(random: Random, made: Made, index: int, suffix: str, scan: bool = False) -> str:
    """A path below the archive's root; the index makes it the only one of its name."""
    by, scene = made.scene.issuer, made.scene
    pattern = random.choice(_SCANS if scan else _PATTERNS)
    name = pattern.format(
        number=made.number, symbol=by.symbol, topic=scene.topic.short, year=scene.year, day=made.day,
        place=by.place, capitals=scene.topic.short.upper(), issuer=by.name, i=index,
        slug=plain(scene.topic.short).lower().replace(" ", "-"),
    )  # fmt: skip
    if random.random() < 0.15:
        suffix = suffix.upper()
    if random.random() < _DECOMPOSED:
        name = unicodedata.normalize("NFD", name)
    return f"{by.province.name}/{scene.year}/{by.folder}/{name}{suffix}"


def copy_of(path: str, index: int) -> str:
    """Where somebody kept a copy."""
    stem, dot, suffix = path.rsplit("/", 1)[-1].rpartition(".")
    return f"Sao lưu/{index // 50:03d}/{stem} - Copy ({index}){dot}{suffix}"
