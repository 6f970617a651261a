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
from pipeline.spelling import meant

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
    name, own = _of_body(plans, issuer, lineage)
    if series is not None:
        own = _of_series(own, series, lineage)
    return [_only(_nearest(_of_year(own, year, name), name), year, name) for year in years]


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
    name, own = (series or "", list(plans)) if issuer is None else _of_body(plans, issuer, lineage)
    own = own if series is None else _of_series(own, series, lineage)
    years = [plan.plan_year for plan in own if plan.plan_year is not None]
    if year is None and not years:
        raise NoPlanOfYear(f"{name} has no plan that tells its year.")
    return list(_nearest(_of_year(own, max(years) if year is None else year, name), name))


def what_there_is(
    plans: Sequence[ComparedPlan], *, issuer: str | None, series: str | None, lineage: Lineage
) -> str:
    """The years of which a body or series has plans, as a sentence. Raises UnknownIssuer, UnknownPlan."""
    name, own = (series or "", list(plans)) if issuer is None else _of_body(plans, issuer, lineage)
    return f"{name}: {_years_of(own if series is None else _of_series(own, series, lineage))}"


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


def _of_body(plans: Sequence[ComparedPlan], issuer: str, lineage: Lineage) -> tuple[str, list[ComparedPlan]]:
    """The name that a typed one stands for, and the plans of that body, of those before and after it."""
    known = sorted({plan.issuer for plan in plans if plan.issuer})
    followed = {name: lineage(name) for name in known}
    if lineage(issuer) not in followed.values():
        issuer = _only_meant(issuer, known)
    return issuer, [plan for plan in plans if plan.issuer and followed[plan.issuer] == lineage(issuer)]


def _only_meant(issuer: str, known: Sequence[str]) -> str:
    """The known name that a typed one stands for; names that are the same body are one."""
    found = {body_key(name): name for name in meant(issuer, known)}
    if len(found) > 1:
        raise UnknownIssuer(f"“{issuer}” may be any of these:{_lines(sorted(found.values()))}")
    if not found:
        raise UnknownIssuer(f"No plan is of “{issuer}”.{_nearest_names(issuer, known)}")
    return next(iter(found.values()))


def _lines(names: Iterable[str]) -> str:
    return "".join(f"\n  {name}" for name in names) + "\n"


def _nearest_names(name: str, known: Iterable[str]) -> str:
    """The names that are nearest to an unknown one, a line each."""
    from rapidfuzz import fuzz, process

    found = process.extract(
        name, sorted(known), scorer=fuzz.WRatio, processor=search_key, limit=_NEAREST, score_cutoff=_ALIKE
    )
    return f" Nearest:{_lines(near for near, _, _ in found)}" if found else ""


def _of_series(plans: Sequence[ComparedPlan], series: str, lineage: Lineage) -> list[ComparedPlan]:
    """Plans of a series, under the names that its body had before and after too."""
    named = next((plan for plan in plans if plan.series_key == series and plan.issuer), None)
    if named is None:
        there = _nearest_names(series, {plan.series_key for plan in plans if plan.series_key})
        raise UnknownPlan(f"There is no series “{series}”.{there}")
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
        raise NoPlanOfYear(f"{name} has no plan for {year}. {_years_of(plans)}")
    return found


def _years_of(plans: Iterable[ComparedPlan]) -> str:
    """The years of plans, as a sentence."""
    years = sorted({plan.plan_year for plan in plans if plan.plan_year is not None})
    return f"There are plans for {', '.join(map(str, years))}." if years else "No plan tells its year."


def _only(found: Sequence[ComparedPlan], year: int, name: str) -> ComparedPlan:
    if len(found) > 1:
        lines = _lines(
            f"{plan.series_key or plan.document_id}  ({plan.number or 'no number'}: {plan.title})"
            for plan in sorted(found, key=lambda plan: (plan.series_key or "", plan.document_id))
        )
        raise SeveralPlans(f"{name} has {len(found)} plans for {year}:{lines}", found)
    return found[0]
