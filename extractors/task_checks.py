"""Times of tasks that a recogniser did not read for certain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from extractors import plan
from extractors.document import Document
from extractors.found import finding
from extractors.handwriting import rival_words

_MARKS = ".,;:()"


def without_rival_times(
    document: Document, tasks: Sequence[plan.Task]
) -> tuple[tuple[plan.Task, ...], list[plan.Finding]]:
    """The tasks of recognised pages without the times whose digits were read in two ways.

    A wrong date is worse than none; what was read stays as the time's text.
    """
    if not document.is_recognised:
        return tuple(tasks), []
    rivals = _rivals(document)
    kept, notes = [], []
    for task in tasks:
        time = task.time
        doubtful = rivals[document.page_of(task.start)]
        printed = {word.strip(_MARKS) for word in (time.text or "").split()}
        if (time.start_on or time.end_on) and not doubtful.isdisjoint(printed):
            message = f"digits read in two ways: {time.text}"
            notes.append(finding(document, "tasks", "warning", "unsure-time", message, task.start))
            task = task.model_copy(update={"time": plan.Time(text=time.text)})
        kept.append(task)
    return tuple(kept), notes


def _rivals(document: Document) -> defaultdict[int | None, set[str]]:
    """The words of each page whose digits were read in two ways."""
    found: defaultdict[int | None, set[str]] = defaultdict(set)
    bounds = [*((page.number, page.start) for page in document.pages), (None, len(document.text))]
    for (number, start), (_, end) in pairwise(bounds):
        found[number].update(word.strip(_MARKS) for word in rival_words(document, start, end))
    return found
