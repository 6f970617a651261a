"""The tables that are made of the dataset as a whole: bodies over time, facts that contradict each other.

Each is (name, what a row is, columns as lines `name kind description`, columns by which it is sorted).
"""

from __future__ import annotations

from typing import NamedTuple


class Overall(NamedTuple):
    """A table in the words that `pipeline.schema` makes its tables of."""

    name: str
    description: str
    columns: str
    order: str


CONFLICTS = Overall(
    "conflicts",
    "Facts that contradict each other: one row a pair, with both places.",
    """
document_id string The document in which the fact stands
kind string What contradicts what: dates-differ, replaced-basis, task-ends-before-issue …
subject string What it is about: an instrument, a task, a plan
start int32 Offset of the fact's first character in texts
end int32 Offset after its last character
text string The fact as printed
page int32 Page on which it begins, from 1
other_document_id string The document in which the other fact stands; often the same
other_start int32 Offset of the other fact's first character
other_end int32 Offset after its last character
other_text string The other fact as printed
other_page int32 Page on which it begins, from 1
message string What the contradiction is, for people""",
    "document_id start kind other_document_id other_start",
)
BODIES = Overall(
    "bodies",
    "Bodies over time: one row a body that issues, leads or receives, and the province that it was of.",
    """
body_key string The body folded, for joining with issuer_key and task_bodies
name string The body in full
level string central, province, district, commune, department, party, school or part; null where unknown
province string Its province then, without tỉnh or thành phố
province_now string Today's successor of that province
code string Code of its unit with the list that it stands in: 19/2025/QĐ-TTg:15; never the code alone
parent string The body above it, as far as the register knows
first_year int32 First year of a document that names it
last_year int32 Last year of a document that names it
issued int32 Documents that it issued
documents int32 Documents that name it as issuer, lead or recipient
tasks_led int32 Tasks that it leads
successors strings Who came after it; several where they are not one
territory_heirs strings Where nobody came after it: the communes that its territory went to
lineage_key string The same for all bodies that came to be one; null where it is not known
note string Why the register does not know it: a code and what it means""",
    "body_key province",
)
OVERALL = (CONFLICTS, BODIES)
