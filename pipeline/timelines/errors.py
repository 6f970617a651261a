"""Requests for a timeline that cannot be met."""

from __future__ import annotations

from pipeline.usage import UsageError


class TooManyTasks(UsageError):
    """More tasks than a page can show."""

    code = "too-many-tasks"
    summary = "The plans of this year have too many tasks for one page."
    remedy = "Choose one of the plans with --series KEY."


class NoSuchCalendar(UsageError):
    """The plan is of a year of which no days are reckoned."""

    code = "no-such-calendar"
    summary = "The plan is of a year that has no calendar here."
    remedy = "See plan_year in table documents: it was misread or misprinted."
