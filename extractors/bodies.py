"""Bodies (cơ quan, đơn vị): their names in full, their keys, where they stand in cells and sentences."""

from __future__ import annotations

from extractors.bodies_keys import body_key
from extractors.bodies_names import BodyContext, expanded, full_name, kind_of_province, sentence_case
from extractors.bodies_pieces import split_bodies
from extractors.bodies_split import RoleSpan, lead_then_coordinate, split_roles
from extractors.bodies_subject import body_at_start, is_body

__all__ = [
    "BodyContext",
    "RoleSpan",
    "body_at_start",
    "body_key",
    "expanded",
    "full_name",
    "is_body",
    "kind_of_province",
    "lead_then_coordinate",
    "sentence_case",
    "split_bodies",
    "split_roles",
]
