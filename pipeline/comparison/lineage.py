"""The name under which a body goes on through mergers and renamings."""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.bodies import body_key
from extractors.register import lineage

_OF_DEPARTMENT = re.compile(r"(?<=\S)\s+(Sở\s+[^\W\d_].*)")  # what an office of a department is of


@lru_cache(maxsize=16384)
def lineage_of(name: str) -> str:
    """The key of the body that came last after this one; its own key where the register knows no such body.

    `Trường Chính trị tỉnh Yên Bái` and `Trường Chính trị tỉnh Lào Cai` have the same since 01/07/2025. An
    office of a department (Văn phòng Sở …) goes on in that of the department's successor.
    """
    return lineage(name) or _lineage_of_office(name) or body_key(name)


def _lineage_of_office(name: str) -> str | None:
    department = _OF_DEPARTMENT.search(name)
    above = lineage(department[1]) if department else None
    return f"{body_key(name[: department.start()])} {above}" if department and above else None
