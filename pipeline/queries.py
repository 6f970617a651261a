"""Questions to a dataset in SQL, and the DuckDB database that answers them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from extractors.vietnamese.letters import key, search_key
from pipeline.remote import file_system, is_url
from pipeline.schema import arrow_schema
from pipeline.usage import UnknownBody, UsageError

if TYPE_CHECKING:
    import duckdb
    import pandas as pd
    import pyarrow as pa

Parameters = Mapping[str, object] | Sequence[object]

_PATTERN = frozenset("*?[]{}")  # characters that DuckDB takes for a pattern in a path
_NEAREST = 5  # names offered for one that is not known

# One copy of each plan: a scan and its Word file are the same tasks.
_PLANS = "SELECT * FROM documents WHERE preferred_copy"
_WHEN = "t.end_on, t.end_strict, t.start_on, t.time_text, t.time_kind"
_ABOUT = "d.issuer, d.number, d.issued_on, d.plan_year, d.title AS plan, d.path"


def _with_bodies(columns: str) -> str:
    """Columns of the tasks in `hit` (t), their plan (d) and bodies (b), gathered for these tasks alone."""
    return f"""
SELECT {columns}
FROM hit AS t JOIN ({_PLANS}) AS d USING (document_id) LEFT JOIN (
    SELECT task_id,
        list(body ORDER BY seq) FILTER (role IN ('lead', 'implementing')) AS leads,
        list(body ORDER BY seq) FILTER (role = 'coordinating') AS coordinates
    FROM task_bodies WHERE task_id IN (SELECT task_id FROM hit) GROUP BY task_id
) AS b USING (task_id)
"""


_OF_BODY = """
($body IS NULL OR task_id IN (
    SELECT task_id FROM task_bodies WHERE body_key = $body AND (
        $role = 'any' OR role = $role OR ($role = 'lead' AND role = 'implementing')
    )
))
"""

TASKS_OF = f"""
WITH hit AS MATERIALIZED (
    SELECT * FROM tasks WHERE {_OF_BODY} AND ($year IS NULL OR document_id IN (
        SELECT document_id FROM documents WHERE plan_year = $year
    ))
)
{_with_bodies(f"t.*, b.leads, b.coordinates, {_ABOUT}")}
ORDER BY d.plan_year, d.issued_on, t.document_id, t.seq
"""

DUE = f"""
WITH hit AS MATERIALIZED (
    SELECT * FROM tasks WHERE end_on BETWEEN $first AND $last AND {_OF_BODY.replace("$role", "'any'")}
)
{_with_bodies(f"{_WHEN}, t.content, b.leads, b.coordinates, {_ABOUT}, t.document_id, t.task_id, t.seq")}
ORDER BY t.end_on, t.document_id, t.seq
"""

MOVEMENTS_BY_YEAR = f"""
SELECT d.plan_year, m.key, mode(m.name ORDER BY m.name) AS name,
    count(DISTINCT m.document_id) AS plans, count(DISTINCT d.issuer_key) AS issuers,
    sum(m.mentions)::INTEGER AS mentions, mode(m.launched_by ORDER BY m.launched_by) AS launched_by
FROM movements AS m JOIN ({_PLANS}) AS d USING (document_id)
GROUP BY d.plan_year, m.key ORDER BY d.plan_year, plans DESC, m.key
"""

_SEARCH = f"""
WITH hit AS MATERIALIZED (
    SELECT * FROM tasks
    WHERE list_bool_and(list_transform($words, lambda word: contains(' ' || content_key || ' ', word)))
)
{_with_bodies(f"t.content, t.time_text, t.start_on, t.end_on, b.leads, {_ABOUT}, t.document_id, t.task_id")}
ORDER BY contains(t.content_key, $phrase) DESC, length(t.content_key), d.plan_year, d.issued_on,
    t.document_id, t.seq
"""

_KNOWN_BODIES = """
SELECT body_key, min(body) FROM task_bodies WHERE body_key IS NOT NULL GROUP BY body_key
"""


def database(parts: Mapping[str, Sequence[str]]) -> duckdb.DuckDBPyConnection:
    """A database of its own, in memory, that knows each table by its name and reads its parts as asked."""
    import duckdb

    connection = duckdb.connect()
    for name, files in parts.items():
        if files and not any(is_url(path) or _PATTERN & set(path) or not is_text(path) for path in files):
            connection.read_parquet(list(files)).create_view(name)
        else:
            connection.register(name, _arrow(name, files))
    return connection


def is_text(path: str) -> bool:
    """Whether a path is UTF-8; libraries of databases take no other."""
    return not any("\ud800" <= ch <= "\udfff" for ch in path)


def _arrow(name: str, files: Sequence[str]) -> object:
    """Parts at an address, or at a path that DuckDB would misread, as Arrow's data set."""
    import pyarrow.dataset as pads
    import pyarrow.parquet as pq

    schema = arrow_schema(name)
    if any(not is_text(path) for path in files):  # Arrow takes opened files alone then
        tables = []
        for path in files:
            with open(path, "rb") as file:
                tables.append(pq.read_table(file, schema=schema))
        return pads.dataset(tables)
    storage = file_system(files[0])[0] if files and is_url(files[0]) else None
    paths = [file_system(path)[1] if storage else path for path in files]
    return pads.dataset(paths, schema=schema, format="parquet", filesystem=storage)


def as_frame(table: pa.Table) -> pd.DataFrame:
    """Arrow as a DataFrame whose columns keep Arrow's types."""
    import pandas as pd

    frame: pd.DataFrame = table.to_pandas(types_mapper=pd.ArrowDtype)
    return frame


def day(value: date | str) -> date:
    """A day, or its ISO form. Raises UsageError."""
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise UsageError(f"{value!r} is no day; write it as 2024-12-31.") from None


def ask(
    connection: duckdb.DuckDBPyConnection, query: str, parameters: Parameters | None = None
) -> pd.DataFrame:
    """What a query gives, as a DataFrame."""
    found = connection.sql(query, params=parameters)
    if found is None:
        raise UsageError("The query gives no rows; write a SELECT.")
    return as_frame(found.to_arrow_table())


def body_key(connection: duckdb.DuckDBPyConnection, name: str) -> str:
    """The key of a body that the dataset knows; accents may be left out where that is not ambiguous.

    Raises UnknownBody, with the names that are nearest.
    """
    known = {str(key): str(body) for key, body in connection.sql(_KNOWN_BODIES).fetchall()}
    if key(name) in known:
        return key(name)
    wanted = search_key(name)
    folded: dict[str, list[str]] = {}
    for body in known:
        folded.setdefault(search_key(body), []).append(body)
    if len(folded.get(wanted, [])) == 1:
        return folded[wanted][0]
    near = folded.get(wanted) or _near(wanted, folded)
    offered = f" Near to it: {'; '.join(known[each] for each in near)}." if near else ""
    raise UnknownBody(f"No task of the dataset names {name!r}.{offered}")


def _near(wanted: str, folded: Mapping[str, Sequence[str]]) -> list[str]:
    from rapidfuzz import process

    found = process.extract(wanted, list(folded), limit=_NEAREST, score_cutoff=60)
    return [body for name, *_ in found for body in folded[name]]


def search(connection: duckdb.DuckDBPyConnection, words: str) -> pd.DataFrame:
    """Tasks that hold all of the words as whole syllables, accents and capitals set aside."""
    phrase = search_key(words)
    values = {"phrase": phrase, "words": [f" {word} " for word in phrase.split()]}
    return ask(connection, _SEARCH, values)
