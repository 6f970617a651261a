"""Table `bodies`: the bodies that a dataset names, with what the register knows of each over the years.

One row a body and province: a body that issues plans, leads tasks or receives plans. Codes stand with the
list that they belong to, never alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from extractors.bodies import body_key
from extractors.geography import province_at
from extractors.register import Unmatched, body_on, lineage
from extractors.register_names import is_central
from pipeline.conflicts import Row

if TYPE_CHECKING:
    import duckdb

_BATCH = 1000  # rows fetched at a time
_MID_YEAR = (6, 30)  # the day that stands for a year of which no day is known

# One copy a plan. A body is taken for one of the document's province, unless it is of the whole country.
# Python is asked once a name and province, not once a task.
_NAMED = """
WITH plan AS (
    SELECT *, coalesce(issued_year, plan_year) AS year FROM documents WHERE preferred_copy
),
named AS (
    SELECT document_id, issuer AS name, issuer_parent AS superior, true AS issues, NULL AS task_id
    FROM plan
    UNION ALL
    SELECT document_id, body, NULL, false, task_id
    FROM task_bodies WHERE role IN ('lead', 'implementing')
    UNION ALL
    SELECT document_id, body, NULL, false, NULL
    FROM recipients WHERE NOT coalesce(is_archive_copy, false)
),
placed AS (
    SELECT named.*, coalesce(province, '') AS said, year, issued_on
    FROM named JOIN plan USING (document_id) WHERE name IS NOT NULL
),
known AS MATERIALIZED (
    SELECT name, said, key_of_body(name) AS key, own_province(name, said) AS own
    FROM (SELECT DISTINCT name, said FROM placed)
)
SELECT key, mode(name ORDER BY name), own, max(superior), min(year), max(year), max(issued_on),
    count(DISTINCT document_id) FILTER (issues), count(DISTINCT document_id), count(DISTINCT task_id)
FROM placed JOIN known USING (name, said)
WHERE key <> ''
GROUP BY key, own
ORDER BY key, own NULLS FIRST
"""


@dataclass(frozen=True, slots=True)
class _Named:
    """What the documents say of one body, as _NAMED gives it."""

    key: str
    name: str
    province: str | None
    superior: str | None
    first_year: int | None
    last_year: int | None
    last_issue: date | None
    issued: int
    documents: int
    tasks_led: int

    @property
    def day(self) -> date | None:
        """The last day on which a document called it so; of one without a day the middle of its year."""
        year = self.last_year
        of_that_year = self.last_issue and self.last_issue.year == year
        return self.last_issue if of_that_year or year is None else date(year, *_MID_YEAR)


def body_rows(connection: duckdb.DuckDBPyConnection) -> Iterator[Row]:
    """Rows of table bodies, in order.

    `connection` knows the tables documents, task_bodies and recipients by their names.
    """
    with _functions(connection):
        result = connection.execute(_NAMED)
        while batch := result.fetchmany(_BATCH):
            yield from (_row(_Named(*values)) for values in batch)


def lineages(rows: Iterable[Row]) -> Callable[[str], str]:
    """From the key of a body to that of its lineage, by rows of table bodies.

    A key that is unknown, or that stands for bodies of several lineages, stays as it is.
    """
    known: dict[str, set[str]] = {}
    for row in rows:
        known.setdefault(str(row["body_key"]), set()).add(str(row["lineage_key"] or row["body_key"]))
    return lambda key: next(iter(known[key])) if len(known.get(key, ())) == 1 else key


@contextmanager
def _functions(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """What SQL asks of Python: the key of a body, and of which province it is."""
    from duckdb.func import SPECIAL
    from duckdb.sqltypes import VARCHAR

    def own_province(name: str, said: str) -> str | None:
        return None if not said or is_central(name) else said

    connection.create_function("key_of_body", body_key, [VARCHAR], VARCHAR)
    connection.create_function(
        "own_province", own_province, [VARCHAR, VARCHAR], VARCHAR, null_handling=SPECIAL
    )
    try:
        yield
    finally:
        connection.remove_function("key_of_body")
        connection.remove_function("own_province")


def _row(named: _Named) -> Row:
    province = province_at(named.province, named.day) if named.province else None
    row: Row = {
        "body_key": named.key,
        "name": named.name,
        "province": named.province,
        "province_now": province.now if province else None,
        "first_year": named.first_year,
        "last_year": named.last_year,
        "issued": named.issued,
        "documents": named.documents,
        "tasks_led": named.tasks_led,
        "lineage_key": lineage(named.name, named.day, named.province, named.superior),
    }
    return row | _known(named)


def _known(named: _Named) -> Row:
    """What the register knows of it; a note where it knows nothing."""
    if named.day is None:
        return {"note": "no-year: no document that names it has a year"}
    body = body_on(named.name, named.day, named.province, named.superior)
    if isinstance(body, Unmatched):
        return {"note": f"{body.code}: {body.message}"}
    return {
        "level": body.level,
        "code": str(body.code) if body.code else None,
        "parent": body.parent or named.superior,
        "successors": list(body.successors),
        "territory_heirs": list(body.territory_heirs),
    }
