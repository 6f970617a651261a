"""Facts of several documents that contradict each other: table `conflicts`, asked of a whole dataset.

Work is done in DuckDB, which spills to the disk: memory does not grow with the dataset. Of several dates of
one instrument that which most plans give is the other place, so that a misprint is told once for each plan
that has it, not once for each pair.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from extractors.cited_instruments import instrument_key, names_its_numbering
from extractors.vietnamese.letters import search_key
from pipeline.conflicts import (
    LONGEST_TEXT,
    Citation,
    Conflict,
    Place,
    Row,
    differences,
    party_organ,
    sort_key,
)

if TYPE_CHECKING:
    import duckdb

_LIKENESS_OF_TITLES = 0.6  # shared words of two titles of one instrument, of the shorter one's
_LIKENESS_OF_COPIES = 0.97  # shared runs of words of two copies of one plan
_COMPARED = 20_000  # characters of a text that are compared
_MOST_COPIES = 12  # documents of one plan that are compared with each other
_RUN = 3  # words
_BATCH = 200  # rows fetched at a time

# One copy a plan: a scan and its Word file are one witness.
_CITED = f"""
CREATE OR REPLACE TEMP TABLE cited AS
SELECT c.document_id, c.seq, c.instrument, c.number, c.issued_on, c.issuer, c.title, c.start, c."end",
    left(c.text, {LONGEST_TEXT}) AS text, c.role,
    cited_key(c.instrument, c.number, c.issued_on, c.issuer, d.province, d.issuer) AS key
FROM legal_bases AS c JOIN documents AS d USING (document_id)
WHERE d.preferred_copy AND c.number IS NOT NULL AND c.issued_on IS NOT NULL
"""
_PAGE = """(SELECT max(pages.page) FROM pages
    WHERE pages.document_id = {place}.document_id AND pages.start <= {place}.start)"""
_CITATION = """{place}.document_id, {place}.start, {place}."end", {place}.text, {page},
    {place}.role, {place}.instrument, {place}.number, {place}.issued_on, {place}.issuer, {place}.title"""
# `same` is what an instrument has in common, `variant` what may differ: its date; the organ of the Party.
_DIFFERENT = """
WITH told AS (SELECT *, {variant} AS variant FROM cited WHERE key IS NOT NULL AND {variant} IS NOT NULL),
nth AS (
    SELECT *, row_number() OVER (PARTITION BY {same}, variant, document_id ORDER BY title IS NULL, seq) AS nth
    FROM told
),
one AS (SELECT * FROM nth WHERE nth = 1),
known AS (SELECT {same}, variant, count(*) AS plans, min(document_id) AS earliest FROM one GROUP BY ALL),
best AS (
    SELECT * FROM known QUALIFY row_number() OVER (PARTITION BY {same} ORDER BY plans DESC, earliest) = 1
)
SELECT {this}, {other}
FROM one AS a JOIN best USING ({same})
JOIN (SELECT one.* FROM one JOIN best USING ({same}, variant) WHERE one.document_id = best.earliest) AS b
    USING ({same})
WHERE a.variant <> best.variant AND a.document_id <> b.document_id
"""
_DATES = {"same": "key", "variant": "issued_on"}
_ORGANS = {"same": "key, issued_on", "variant": "party_organ(issuer)"}

_COPIES = f"""
WITH plan AS (
    SELECT document_id, number, issued_on, lower(title) AS title, issuer_key, doc_type, plan_year,
        coalesce(province, '') AS province,
        row_number() OVER (
            PARTITION BY issuer_key, province, doc_type, plan_year, lower(title) ORDER BY document_id) AS nth
    FROM documents WHERE title IS NOT NULL AND issuer_key IS NOT NULL
    QUALIFY nth <= {_MOST_COPIES}
),
pair AS (
    SELECT b.document_id AS this, a.document_id AS other, b.title, a.number <> b.number AS of_number
    FROM plan AS a JOIN plan AS b USING (issuer_key, province, doc_type, plan_year, title)
    WHERE a.document_id < b.document_id AND (a.number <> b.number OR a.issued_on <> b.issued_on)
),
told AS (SELECT *, CASE WHEN of_number THEN 'number' ELSE 'issued_on' END AS field FROM pair)
SELECT told.title, told.field, this, a.start, a."end", a.value, {_PAGE.format(place="a")},
    other, b.start, b."end", b.value, {_PAGE.format(place="b")},
    left(this_text.text, {_COMPARED}), left(other_text.text, {_COMPARED})
FROM told
JOIN fields AS a ON a.document_id = this AND a.field = told.field
JOIN fields AS b ON b.document_id = other AND b.field = told.field
JOIN texts AS this_text ON this_text.document_id = this
JOIN texts AS other_text ON other_text.document_id = other
"""


def dataset_conflicts(connection: duckdb.DuckDBPyConnection) -> list[Row]:
    """Rows of table conflicts between documents, in order.

    `connection` knows the tables documents, legal_bases, pages, fields and texts by their names.
    """
    with _functions(connection):
        connection.execute(_CITED)
        found = [*_citations_differ(connection), *_copies_differ(connection)]
    return sorted((conflict.row() for conflict in found), key=sort_key)


@contextmanager
def _functions(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """What SQL asks of Python: the key of a cited instrument, the organ of the Party."""
    from duckdb.func import SPECIAL
    from duckdb.sqltypes import DATE, VARCHAR

    connection.create_function(
        "cited_key",
        instrument_key,
        [VARCHAR, VARCHAR, DATE, VARCHAR, VARCHAR, VARCHAR],
        VARCHAR,
        null_handling=SPECIAL,
    )
    connection.create_function("party_organ", _organ, [VARCHAR], VARCHAR, null_handling=SPECIAL)
    try:
        yield
    finally:
        connection.remove_function("cited_key")
        connection.remove_function("party_organ")


def _organ(issuer: str | None) -> str | None:
    return party_organ(issuer) if issuer else None


def _rows(connection: duckdb.DuckDBPyConnection, query: str) -> Iterator[tuple[object, ...]]:
    """What a query gives, a few rows at a time."""
    result = connection.execute(query)
    while batch := result.fetchmany(_BATCH):
        yield from batch


# --- citations --------------------------------------------------------------------------------


def _citations_differ(connection: duckdb.DuckDBPyConnection) -> Iterator[Conflict]:
    places = {name: _CITATION.format(place=at, page=_PAGE.format(place=at)) for name, at in _SIDES}
    for what in (_DATES, _ORGANS):
        for row in _rows(connection, _DIFFERENT.format(**places, **what)):
            half = len(row) // 2
            this, other = _citation(row[:half]), _citation(row[half:])
            if _may_be_one(this, other):
                yield from differences(this, other)


_SIDES = (("this", "a"), ("other", "b"))


def _citation(row: tuple[Any, ...]) -> Citation:
    return Citation(Place(*row[:5]), *row[5:])


def _may_be_one(this: Citation, other: Citation) -> bool:
    """Whether titles do not say otherwise; where an issuer is only supposed, they have to say so."""
    if this.title and other.title:
        return _likeness(_words(this.title), _words(other.title)) >= _LIKENESS_OF_TITLES
    return all(c.number and names_its_numbering(c.number, c.issuer) for c in (this, other))


def _words(title: str) -> frozenset[str]:
    return frozenset(search_key(title).split())


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Share of the smaller set that is in the other."""
    return len(one & other) / max(1, min(len(one), len(other)))


# --- copies -----------------------------------------------------------------------------------


def _copies_differ(connection: duckdb.DuckDBPyConnection) -> Iterator[Conflict]:
    for title, field, *sides, text, other_text in _rows(connection, _COPIES):
        this, other = _place(sides[:5]), _place(sides[5:])
        if _are_copies(str(text), str(other_text)):
            named = {"number": "number", "issued_on": "date"}[str(field)]
            message = f"copies of one plan with different {named}s: {this.text}, {other.text}"
            yield Conflict("copies-differ", str(title), this, other, message)


def _place(values: Sequence[Any]) -> Place:
    document, start, end, text, page = values
    return Place(document, start, end, text, page)


def _are_copies(one: str, other: str) -> bool:
    """Whether two texts say the same but for a word here and there."""
    runs, others = _runs(one), _runs(other)
    return len(runs & others) >= _LIKENESS_OF_COPIES * max(1, len(runs | others))


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    words = search_key(text).split()
    return frozenset(zip(*(words[i:] for i in range(_RUN)), strict=False))
