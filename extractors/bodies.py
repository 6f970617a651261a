"""Bodies (cơ quan, đơn vị): their names in full, their keys, where they stand in cells and sentences."""

from __future__ import annotations

from extractors.bodies_names import BodyContext, body_key, expanded, full_name, sentence_case
from extractors.bodies_split import RoleSpan, lead_then_coordinate, split_bodies, split_roles
from extractors.bodies_subject import body_at_start, is_body

__all__ = [
    "BodyContext",
    "RoleSpan",
    "body_at_start",
    "body_key",
    "expanded",
    "full_name",
    "is_body",
    "lead_then_coordinate",
    "sentence_case",
    "split_bodies",
    "split_roles",
]
