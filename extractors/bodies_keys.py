"""Keys of bodies for joining: one for all spellings of a name."""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.bodies_names import LONGEST_NAME, expanded
from extractors.geography import provinces
from extractors.vietnamese.letters import key, squeeze

_JOINTS = re.compile(r"(?:[^\w\s]|_)+|\s+(?:và)(?=\s)")


@lru_cache(maxsize=16384)
def body_key(text: str) -> str:
    """Key for joining: folded case and tone placement, no marks, brackets, `và`; one spelling a province."""
    if len(text) > LONGEST_NAME:
        return key(text)
    bare = re.sub(r"\([^()]*\)", " ", text)
    folded = squeeze(_JOINTS.sub(" ", f" {key(expanded(bare if bare.strip() else text))} "))
    for variant, name in _variants():
        folded = re.sub(rf"\b{re.escape(variant)}\b", name, folded) if variant in folded else folded
    return folded


@lru_cache(maxsize=1)
def _variants() -> tuple[tuple[str, str], ...]:
    """Other spellings of provinces and the one that a key holds."""
    found = [(key(a), key(p.name)) for p in provinces() for a in p.aliases if len(a) > 6]
    flat = [(squeeze(_JOINTS.sub(" ", a)), squeeze(_JOINTS.sub(" ", n))) for a, n in found]
    return tuple(sorted((v for v in flat if v[0] != v[1] and v[0] not in v[1]), key=lambda v: -len(v[0])))
