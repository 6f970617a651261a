"""Questions to a dataset in SQL, and the DuckDB database that answers them."""

from __future__ import annotations

import operator
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, get_args

from extractors import bodies
from extractors.plan import Role
from extractors.vietnamese.letters import key, search_key
from pipeline.remote import file_system, is_url
from pipeline.schema import arrow_schema
from pipeline.spelling import meant, spellings
from pipeline.usage import UnknownBody, UsageError

if TYPE_CHECKING:
    import duckdb
    import pandas as pd
    import pyarrow as pa

Parameters = Mapping[str, object] | Sequence[object]
Between = str | date | tuple[date | str, date | str]

_PATTERN = frozenset("*?[]{}")  # characters that DuckDB takes for a pattern in a path
_NEAREST = 5  # names offered for one that is not known
_PERIOD = re.compile(r"\d{4}(?:-?Q[1-4]|-\d\d(?:-\d\d)?)?")
_ACCEPTED = "a day (2024-07-31), month (2024-07), quarter (2024-Q3) or year (2024), or a pair of them"

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
    WHERE list_bool_or(list_transform($spellings, lambda words: list_bool_and(
        list_transform(words, lambda word: contains(' ' || content_key || ' ', word))
    )))
)
{_with_bodies(f"t.content, t.time_text, t.start_on, t.end_on, b.leads, {_ABOUT}, t.document_id, t.task_id")}
ORDER BY list_bool_or(list_transform($phrases, lambda phrase: contains(t.content_key, phrase))) DESC,
    length(t.content_key), d.plan_year, d.issued_on, t.document_id, t.seq
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


def interval(between: Between) -> tuple[date, date]:
    """The first and last day of a period (`2024-07`, `2024-Q3`), or of a pair of them. Raises UsageError."""
    ends = (between, between) if isinstance(between, str | date) else between
    try:
        (first, _), (_, last) = map(_days, ends)
    except (TypeError, ValueError):
        raise UsageError(f"{between!r} is no time; give {_ACCEPTED}.") from None
    if not first <= last:  # NaT is neither
        raise UsageError(f"The first day, {first}, comes after the last, {last}.")
    return first, last


def _days(value: date | str) -> tuple[date, date]:
    """The first and last day of a day, or of a period as pandas writes it. Raises TypeError, ValueError."""
    import pandas as pd

    if isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
        return day, day
    if not _PERIOD.fullmatch(value):
        raise ValueError(value)
    period = pd.Period(value)
    return period.start_time.date(), period.end_time.date()


def known_role(role: str) -> str:
    """A role of bodies, or `any`. Raises UsageError."""
    roles = (*get_args(Role), "any")
    if role not in roles:
        raise UsageError(f"{role!r} is no role of a body; there are {', '.join(roles)}.")
    return role


def known_year(year: int | None) -> int | None:
    """A year in figures, or none. Raises UsageError."""
    try:
        return None if year is None else operator.index(year)
    except TypeError:
        raise UsageError(f"{year!r} is no year; write it as a number, 2024.") from None


def ask(
    connection: duckdb.DuckDBPyConnection, query: str, parameters: Parameters | None = None
) -> pd.DataFrame:
    """What a query gives, as a DataFrame."""
    found = connection.sql(query, params=parameters)
    if found is None:
        raise UsageError("The query gives no rows; write a SELECT.")
    return as_frame(found.to_arrow_table())


def body_key(connection: duckdb.DuckDBPyConnection, name: str) -> str:
    """The key of a body that the dataset knows, however its name is typed: see `pipeline.spelling`.

    Raises UnknownBody, with the names that are nearest, or those that differ by their accents alone.
    """
    known = {str(key): str(body) for key, body in connection.sql(_KNOWN_BODIES).fetchall()}
    for wanted in (key(name), bodies.body_key(name)):
        if wanted in known:
            return wanted
    named = {body: key for key, body in known.items()}
    found = meant(name, known) or [named[body] for body in meant(name, named)]
    if len(found) == 1:
        return found[0]
    near = [known[each] for each in found] or _near(name, named)
    offered = f" Near to it: {'; '.join(near)}." if near else ""
    raise UnknownBody(f"No task of the dataset names {name!r}.{offered}")


def _near(name: str, known: Iterable[str]) -> list[str]:
    from rapidfuzz import process

    wanted = spellings(name)[-1]
    found = process.extract(wanted, sorted(known), processor=search_key, limit=_NEAREST, score_cutoff=60)
    return [body for body, *_ in found]


def search(connection: duckdb.DuckDBPyConnection, words: str) -> pd.DataFrame:
    """Tasks that hold all of the words as whole syllables, accents and capitals set aside.

    An abbreviation finds what it stands for too. Raises UsageError where there is no word.
    """
    phrases = spellings(words)
    if not phrases[0]:
        raise UsageError(f"There is no word to search for in {words!r}.")
    held = [[f" {word} " for word in phrase.split()] for phrase in phrases]
    return ask(connection, _SEARCH, {"phrases": list(phrases), "spellings": held})
