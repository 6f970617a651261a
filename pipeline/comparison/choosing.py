"""Which plans of a dataset are compared: by body and years, by series, or by document.

One copy of a plan is taken (`preferred_copy`). A body is followed through renamings: `lineage` gives the
same key for a body and its successor.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from extractors.bodies import body_key
from extractors.vietnamese.letters import search_key
from pipeline.comparison.errors import NoPlanOfYear, SeveralPlans, UnknownIssuer, UnknownPlan
from pipeline.comparison.facts import Lineage
from pipeline.comparison.model import ComparedPlan

if TYPE_CHECKING:
    from pipeline.dataset import Dataset

_COLUMNS = (
    "document_id", "path", "series_key", "plan_year", "number", "title", "issuer", "issuer_key",
)  # fmt: skip
_NEAREST = 5  # names offered for an unknown one
_ALIKE = 50  # of 100: less alike is no help


def plans_of(dataset: Dataset) -> list[ComparedPlan]:
    """The plans of a dataset, one copy each; other documents only of bodies that have no plan."""
    table = dataset.arrow("documents").select([*_COLUMNS, "doc_type", "status", "preferred_copy"])
    rows = [row for row in table.to_pylist() if row["status"] != "failed" and row["preferred_copy"]]
    planners = {row["issuer_key"] for row in rows if row["doc_type"] == "KH"}
    return [
        ComparedPlan(**{name: row[name] for name in _COLUMNS})
        for row in rows
        if row["doc_type"] == "KH" or row["issuer_key"] not in planners
    ]


def by_issuer(
    plans: Sequence[ComparedPlan], issuer: str, years: Sequence[int], series: str | None, lineage: Lineage
) -> list[ComparedPlan]:
    """A body's plan for each year, in the given order.

    Raises UnknownIssuer, NoPlanOfYear, and SeveralPlans where only a series tells which is meant.
    """
    own = _of_body(plans, issuer, lineage)
    if series is not None:
        own = _of_series(own, series, lineage)
    return [_only(_nearest(_of_year(own, year, issuer), issuer), year, issuer) for year in years]


def by_series(
    plans: Sequence[ComparedPlan], series: str, years: Sequence[int], lineage: Lineage
) -> list[ComparedPlan]:
    """A series' plan for each year; without years, of every year that there is. Raises as by_issuer."""
    own = _of_series(plans, series, lineage)
    chosen = years or sorted({plan.plan_year for plan in own if plan.plan_year is not None})
    return [_only(_nearest(_of_year(own, year, series), series), year, series) for year in chosen]


def all_of_year(
    plans: Sequence[ComparedPlan],
    year: int | None,
    *,
    issuer: str | None,
    series: str | None,
    lineage: Lineage,
) -> list[ComparedPlan]:
    """All plans of a body or series for a year; for the last that there is, where none is named.

    Raises UnknownIssuer, UnknownPlan, NoPlanOfYear.
    """
    own = list(plans) if issuer is None else _of_body(plans, issuer, lineage)
    own = own if series is None else _of_series(own, series, lineage)
    name = issuer or series or "The dataset"
    years = [plan.plan_year for plan in own if plan.plan_year is not None]
    if year is None and not years:
        raise NoPlanOfYear(f"{name} has no plan that tells its year.")
    return list(_nearest(_of_year(own, max(years) if year is None else year, name), name))


def by_id(dataset: Dataset, ids: Sequence[str]) -> list[ComparedPlan]:
    """Documents by their ids, whatever copies they are. Raises UnknownPlan."""
    import pyarrow.compute as pc

    table = dataset.arrow("documents").select(list(_COLUMNS))
    rows = table.filter(pc.field("document_id").isin(list(ids))).to_pylist()
    found = {row["document_id"]: ComparedPlan(**row) for row in rows}
    for name in ids:
        if name not in found:
            raise UnknownPlan(f"There is no document {name}.")
    return [found[name] for name in ids]


def _of_body(plans: Sequence[ComparedPlan], issuer: str, lineage: Lineage) -> list[ComparedPlan]:
    """Plans of a body, of those before and after it; accents may be left out."""
    own = [plan for plan in plans if plan.issuer and lineage(plan.issuer) == lineage(issuer)]
    own = own or [plan for plan in plans if plan.issuer and search_key(plan.issuer) == search_key(issuer)]
    if not own:
        raise UnknownIssuer(f"No plan is of {issuer}.{_offered(issuer, plans)}")
    return own


def _offered(issuer: str, plans: Iterable[ComparedPlan]) -> str:
    return _nearest_names(issuer, {plan.issuer for plan in plans if plan.issuer})


def _nearest_names(name: str, known: Iterable[str]) -> str:
    """The names that are nearest to an unknown one, as a sentence."""
    from rapidfuzz import fuzz, process

    found = process.extract(
        name, sorted(known), scorer=fuzz.WRatio, processor=search_key, limit=_NEAREST, score_cutoff=_ALIKE
    )
    return f" Nearest: {'; '.join(near for near, _, _ in found)}." if found else ""


def _of_series(plans: Sequence[ComparedPlan], series: str, lineage: Lineage) -> list[ComparedPlan]:
    """Plans of a series, under the names that its body had before and after too."""
    named = next((plan for plan in plans if plan.series_key == series and plan.issuer), None)
    if named is None:
        there = _nearest_names(series, {plan.series_key for plan in plans if plan.series_key})
        raise UnknownPlan(f"There is no series {series}.{there}")
    wanted = _followed(named, lineage)
    return [plan for plan in plans if plan.series_key and _followed(plan, lineage) == wanted]


def _followed(plan: ComparedPlan, lineage: Lineage) -> tuple[str, str]:
    """The series of a plan by its body's lineage and its title."""
    return lineage(plan.issuer or ""), (plan.series_key or "").partition("|")[2]


def _nearest(plans: Sequence[ComparedPlan], name: str) -> Sequence[ComparedPlan]:
    """Plans of just this body or series, where there are any; others are of bodies merged with it."""
    named = [p for p in plans if name in (p.issuer, p.series_key) or p.issuer_key == body_key(name)]
    return named or plans


def _of_year(plans: Sequence[ComparedPlan], year: int, name: str) -> list[ComparedPlan]:
    found = [plan for plan in plans if plan.plan_year == year]
    if not found:
        years = sorted({plan.plan_year for plan in plans if plan.plan_year is not None})
        there = f"There are plans for {', '.join(map(str, years))}." if years else "No plan tells its year."
        raise NoPlanOfYear(f"{name} has no plan for {year}. {there}")
    return found


def _only(found: Sequence[ComparedPlan], year: int, name: str) -> ComparedPlan:
    if len(found) > 1:
        lines = "".join(
            f"\n  {plan.series_key or plan.document_id}  ({plan.number or 'no number'}: {plan.title})"
            for plan in sorted(found, key=lambda plan: (plan.series_key or "", plan.document_id))
        )
        raise SeveralPlans(f"{name} has {len(found)} plans for {year}:{lines}\n", found)
    return found[0]
