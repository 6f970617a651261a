"""The name under which a body goes on through mergers and renamings."""

from __future__ import annotations

from functools import lru_cache

from extractors.bodies import body_key
from extractors.register import lineage


@lru_cache(maxsize=16384)
def lineage_of(name: str) -> str:
    """The key of the body that came last after this one; its own key where the register knows no such body.

    `Trường Chính trị tỉnh Yên Bái` and `Trường Chính trị tỉnh Lào Cai` have the same since 01/07/2025.
    """
    return lineage(name) or body_key(name)
