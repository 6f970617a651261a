"""Requests for a comparison that cannot be met, each with what there is instead."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.comparison.model import ComparedPlan
from pipeline.usage import UsageError


class UnknownIssuer(UsageError):
    """No plan of the dataset is of this body."""

    code = "unknown-issuer"
    summary = "No plan of the dataset is of this body."
    remedy = "Give the name as in column issuer of table documents."


class NoPlanOfYear(UsageError):
    """The body has no plan for a year."""

    code = "no-plan-of-year"
    summary = "The body has no plan for this year."
    remedy = "Choose among the years that there are."


class TooFewPlans(UsageError):
    """There is nothing to hold a plan against."""

    code = "too-few-plans"
    summary = "One plan is chosen; two and more are compared."
    remedy = "Name another year, or another body beside it."


class UnknownPlan(UsageError):
    """No document or series of the dataset has this key."""

    code = "unknown-plan"
    summary = "The dataset has no such plan."
    remedy = "Give document_id or series_key as in table documents."


class PlanTooLong(UsageError):
    """More tasks than can be held against each other in memory."""

    code = "plan-too-long"
    summary = "The plan has too many tasks to be compared."
    remedy = "Compare it task by task in SQL over table tasks."


class SeveralPlans(UsageError):
    """A body has several plans in a year: one series must be chosen among `choices`."""

    code = "several-plans"
    summary = "The body has several plans in a year."
    remedy = "Choose one with --series KEY."

    def __init__(self, message: str | None = None, choices: Sequence[ComparedPlan] = ()) -> None:
        super().__init__(message)
        self.choices = tuple(choices)

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.message, self.choices)
