"""Duties: who is charged with what in Tổ chức thực hiện, Phân công and the like.

A body stands as a heading over its duties, before a colon, or as the subject of a sentence. A
paragraph that ends in a colon introduces; “+” lines belong to their dash.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extractors import plan
from extractors.bodies import body_at_start, is_body, split_bodies
from extractors.context import PlanContext
from extractors.document import Paragraph, Table
from extractors.outline import Node
from extractors.rulebook import load
from extractors.schedule import find_deadline
from extractors.sections import headings_above, kind_of, own_kind
from extractors.task_lists import is_label_line
from extractors.vietnamese.letters import search_key, squeeze

_CLOSING = re.compile("|".join(f"(?:{rule['pattern']})" for rule in load("closing_phrases")))
_CHARGE = re.compile(
    r"(?:giao(?:\s+(?:cho|nhiệm\s+vụ\s+cho|trách\s+nhiệm\s+cho))?|đề\s+nghị|mời|yêu\s+cầu|đối\s+với|phân\s+công"
    r"|trách\s+nhiệm\s+của|nhiệm\s+vụ\s+của)\s+",
    re.IGNORECASE,
)
_CHARGED = re.compile(r"\s*(?:có\s+trách\s+nhiệm|chịu\s+trách\s+nhiệm|thực\s+hiện(?:\s+các\s+nhiệm\s+vụ)?)?\s*[:.;,]?\s*$", re.I)
_HEADING_LENGTH = 300  # characters; lists of bodies over their duties can be long


@dataclass(frozen=True, slots=True)
class _Lead:
    """The body that is charged, as a place in the text; None where nobody was named yet."""

    start: int
    end: int
    is_heading: bool


def duty_tasks(context: PlanContext, root: Node) -> Iterator[plan.Task]:
    """The duties of all sections on organisation, in reading order."""
    for node in root.walk():
        if node.parent is not None and _opens(node):
            yield from _DutyReader(context).section(node)


def _holds_plus_lines(node: Node) -> bool:
    """A dash with “+” lines below: they are parts of its duty, even after a colon."""
    return node.is_bullet and any(child.kind == "plus" for child in node.children)


def _opens(node: Node) -> bool:
    """A section on organisation that stands in no other one."""
    return own_kind(node) == "organisation" and not any(own_kind(n) == "organisation" for n in node.ancestors)


class _DutyReader:
    def __init__(self, context: PlanContext) -> None:
        self.context = context
        self.text = context.document.text

    def section(self, section: Node) -> Iterator[plan.Task]:
        """Duties of a section: its parts in order, a part without a body going on with the last one."""
        yield from self._parts(section, None)

    def _parts(self, node: Node, lead: _Lead | None) -> Iterator[plan.Task]:
        for part in node.content:
            if isinstance(part, Table) or self._is_closing(part):
                continue
            start, end = (part.title_start, part.title_end) if isinstance(part, Node) else (part.start, part.end)
            if is_label_line(self.text[start:end]):
                continue
            found = self._lead(start, end)
            if isinstance(part, Node) and found is None and self._is_topic(part, lead):
                yield from self._parts(part, None)
                continue
            lead = found or lead
            if lead is not None:
                yield from self._charged(part, lead, found is not None)

    def _is_closing(self, part: Node | Paragraph) -> bool:
        if isinstance(part, Node) and not part.is_bullet and part.kind not in {"arabic", "bold"}:
            return False
        start, end = (part.title_start, part.title_end) if isinstance(part, Node) else (part.start, part.end)
        return _CLOSING.search(search_key(self.text[start : min(end, start + 400)])) is not None

    def _is_topic(self, node: Node, lead: _Lead | None) -> bool:
        """A heading that names no body and holds parts of its own (“1. Công tác chỉ đạo”)."""
        if node.is_bullet or (lead is not None and not lead.is_heading and node.kind != "roman"):
            return False
        return bool(node.content) or kind_of(node) != "organisation" or len(node.title) < 60

    def _lead(self, start: int, end: int) -> _Lead | None:
        """The body at the start of a paragraph or heading, without the words that charge it."""
        text = self.text[start:end]
        charge = _CHARGE.match(text)
        skip = charge.end() if charge else 0
        bare = _CHARGED.sub("", text[skip:])
        if bare and len(bare) <= _HEADING_LENGTH and is_body(squeeze(bare)):
            return _Lead(start + skip, start + skip + len(bare), True)
        span = body_at_start(text)
        if span is not None:
            return _Lead(start + span[0], start + span[1], False)
        before_colon = self._before_colon(text, skip)
        return _Lead(start + skip, start + before_colon, False) if before_colon is not None else None

    def _before_colon(self, text: str, skip: int) -> int | None:
        colon = text.find(":", skip, skip + _HEADING_LENGTH)
        if colon < 0 or not text[colon + 1 :].strip():
            return None
        named = _CHARGED.sub("", text[skip:colon])
        return skip + len(named) if named.strip() and is_body(squeeze(named)) else None

    def _charged(self, part: Node | Paragraph, lead: _Lead, own: bool) -> Iterator[plan.Task]:
        """The duties that a part lays on `lead`: itself, or what stands below it."""
        if isinstance(part, Paragraph):
            if not self._introduces(part.start, part.end, lead, own):
                yield self._task(part.start, part.end, lead, None, None)
            return
        heading = self._introduces(part.title_start, part.title_end, lead, own) or self._is_topic_line(part)
        heading = heading and not _holds_plus_lines(part)
        if not heading:
            yield self._task(part.title_start, self._own_end(part), lead, part, self._colon(part, lead, own))
        yield from self._below(part, lead, heading)

    def _is_topic_line(self, node: Node) -> bool:
        """A numbered title without an end mark over items of its own."""
        return bool(node.content) and not node.is_bullet and node.title[-1:] not in ".;" and len(node.title) < 200

    def _introduces(self, start: int, end: int, lead: _Lead, own: bool) -> bool:
        text = self.text[start:end].rstrip()
        if own and lead.is_heading:
            return True
        return text.endswith(":")

    def _colon(self, node: Node, lead: _Lead, own: bool) -> int | None:
        """Where the duty begins after “<body>:”, None where the body is part of the sentence."""
        if own and self.text[lead.end : node.title_end].lstrip().startswith(":"):
            return self.text.index(":", lead.end) + 1
        return None

    def _own_end(self, node: Node) -> int:
        """End of an item with what belongs to it: unlabelled paragraphs and “+” lines."""
        end = node.title_end
        for part in node.content:
            if isinstance(part, Table) or self._is_closing(part):
                break
            if isinstance(part, Paragraph):
                if self._lead(part.start, part.end):
                    break
                end = part.end
            elif part.kind == "plus" and node.is_bullet:
                end = part.last_end()
            else:
                break
        return end

    def _below(self, node: Node, lead: _Lead, heading: bool) -> Iterator[plan.Task]:
        for part in node.content:
            if isinstance(part, Table) or self._is_closing(part):
                continue
            start, end = (part.title_start, part.title_end) if isinstance(part, Node) else (part.start, part.end)
            other = self._named_before_colon(start, end) or self._named_by_heading(part, start, end)
            if isinstance(part, Paragraph):
                if heading or other is not None or self._lead(start, end):
                    yield from self._charged(part, other or self._lead_of(start, end, lead), other is not None)
            elif part.kind != "plus" or not _holds_plus_lines(node):
                yield from self._charged(part, other or lead, other is not None)

    def _lead_of(self, start: int, end: int, lead: _Lead) -> _Lead:
        return lead if lead.is_heading else self._lead(start, end) or lead

    def _named_before_colon(self, start: int, end: int) -> _Lead | None:
        found = self._lead(start, end)
        if found is None or not self.text[found.end : end].lstrip().startswith(":"):
            return None
        return found if self.text[found.end : end].lstrip(" :\n") else None

    def _named_by_heading(self, part: Node | Paragraph, start: int, end: int) -> _Lead | None:
        """Another body over duties of its own, as a numbered or lettered heading (“a) Phòng Đào tạo”)."""
        if not isinstance(part, Node) or part.is_bullet or not part.content:
            return None
        found = self._lead(start, end)
        return found if found and (found.is_heading or part.title.endswith(":")) else None

    def _task(self, start: int, end: int, lead: _Lead, node: Node | None, after: int | None) -> plan.Task:
        begin = after if after is not None else start
        while begin < end and self.text[begin].isspace():
            begin += 1
        content = squeeze(self.text[begin:end])
        above = headings_above(node) if node is not None else ()
        found = find_deadline(content, self.context.times(*reversed(above)))
        return plan.Task(
            task_id=f"p{begin}",
            start=begin,
            end=end,
            regions=self.context.regions(begin, end),
            confidence=0.85,
            rule="duty-under-body" if lead.is_heading else "duty-of-subject",
            source="assignment",
            no=node.label if node is not None and not node.is_bullet else None,
            section=above,
            content=content,
            content_key=search_key(content),
            time=found[0] if found else plan.Time(),
            bodies=tuple(self._bodies(lead)),
        )

    def _bodies(self, lead: _Lead) -> Iterator[plan.TaskBody]:
        """The charged bodies; a list of bodies joined by semicolons is one row each."""
        whole = self.text[lead.start : lead.end]
        for start, end in split_bodies(whole) or [(0, len(whole))]:
            yield self.context.body(lead.start + start, lead.start + end, "lead", "charged-body")
