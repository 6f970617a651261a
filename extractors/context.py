"""What the readers of tasks know of the plan as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from extractors import plan
from extractors.bodies import BodyContext, body_key, full_name
from extractors.document import Document
from extractors.schedule import TimeContext, named_period
from extractors.vietnamese.letters import squeeze


@dataclass(frozen=True, slots=True)
class PlanContext:
    """The document, its year and period, and the territory that its bodies belong to."""

    document: Document
    bodies: BodyContext
    year: int | None = None
    issued_on: date | None = None
    period: tuple[date | None, date | None] = (None, None)
    school_year: bool = False

    def times(self, *above: str, deadline: bool = False, strict: bool = False) -> TimeContext:
        """Context for a time expression; a year in the nearest heading `above` goes before the plan's."""
        year = next((y for y in map(_year_of, above) if y is not None), self.year)
        return TimeContext(
            year=year,
            issued_on=self.issued_on,
            period=self.period,
            deadline_column=deadline,
            strict_column=strict,
            school_year=self.school_year and year == self.year,
        )

    def regions(self, start: int, end: int) -> tuple[plan.Region, ...]:
        """Where `text[start:end]` is printed, as the facts hold it."""
        return tuple(
            plan.Region(page=r.page, x0=r.x0, y0=r.y0, x1=r.x1, y1=r.y1)
            for r in self.document.regions(start, end)
        )

    def body(self, start: int, end: int, role: plan.Role, rule: str) -> plan.TaskBody:
        """The body printed at `text[start:end]`, in its role."""
        text = squeeze(self.document.text[start:end])
        full = full_name(text, self.bodies)
        return plan.TaskBody(
            start=start,
            end=end,
            regions=self.regions(start, end),
            confidence=0.9,
            rule=rule,
            role=role,
            text=text,
            body=full,
            body_key=body_key(full),
        )


def _year_of(heading: str) -> int | None:
    period = named_period(heading)
    return period.plan_year if period else None


def trimmed(text: str, start: int, end: int, marks: str = " \n\t") -> tuple[int, int]:
    """The span without `marks` at its ends."""
    while start < end and text[start] in marks:
        start += 1
    while end > start and text[end - 1] in marks:
        end -= 1
    return start, end
