"""A year of a body as a timeline: what it has to do when, by the body that leads.

timeline(dataset, issuer=…, year=2024) -> Timeline
"""

from __future__ import annotations

from pipeline.timelines.making import timeline
from pipeline.timelines.model import Timeline

__all__ = ["Timeline", "timeline"]
