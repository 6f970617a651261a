"""A value that was found, and where: what the readers of the head and the foot hand on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from extractors import plan
from extractors.document import Document

T_co = TypeVar("T_co", covariant=True)
Severity = Literal["info", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Found(Generic[T_co]):
    """A value, the span that prints it, the rule that found it, and how sure that is (0 to 1)."""

    value: T_co
    start: int
    end: int
    rule: str
    confidence: float = 0.95


def finding(
    document: Document, stage: str, severity: Severity, code: str, message: str, at: int | None = None
) -> plan.Finding:
    """A diagnostic of extraction, with the page of the offset `at`."""
    page = None if at is None else document.page_of(at)
    return plan.Finding(stage=stage, severity=severity, code=code, message=message, page=page)


def hull(spans: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The smallest span that holds all `spans` (not empty)."""
    return min(s for s, _ in spans), max(e for _, e in spans)
