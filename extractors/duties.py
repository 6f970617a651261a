"""Duties: who is charged with what in Tổ chức thực hiện, Phân công and the like.

A body stands as a heading over its duties, before a colon, or as the subject of a sentence. A
paragraph that ends in a colon introduces; “+” lines belong to their dash.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors import plan
from extractors.bodies import split_bodies
from extractors.context import PlanContext
from extractors.document import Block, Paragraph, Table
from extractors.duty_leads import Lead, read_lead
from extractors.outline import Node
from extractors.rulebook import load
from extractors.schedule import find_deadline
from extractors.sections import headings_above, headings_over, kind_of, own_kind
from extractors.task_lists import is_label_line
from extractors.vietnamese.letters import search_key, squeeze

_SHORT = 25  # characters; a shorter item charges nobody with anything
_CHARGES = re.compile(r"\s*(?:giao|đề\s+nghị|yêu\s+cầu|phân\s+công)\s", re.IGNORECASE)
_OF_BODY = re.compile(r"(?:trách nhiệm|nhiệm vụ)\s+của\s", re.IGNORECASE)
_CLOSING = re.compile("|".join(f"(?:{rule['pattern']})" for rule in load("closing_phrases")))


def duty_tasks(context: PlanContext, root: Node) -> Iterator[plan.Task]:
    """The duties of all sections on organisation, in reading order."""
    reader = _DutyReader(context)
    for node in root.walk():
        if node.parent is not None and _opens(node):
            yield from reader.section(node)
    if not root.children:
        yield from reader.charges(root)


def uncharged(context: PlanContext, root: Node, tasks: Sequence[plan.Task]) -> Iterator[tuple[int, int]]:
    """Places of the items in sections on organisation that no task holds: nobody was found to be charged."""
    taken = sorted((task.start, task.end) for task in tasks)
    reader = _DutyReader(context)
    for section in root.walk():
        if section.parent is None or not _opens(section):
            continue
        for node in section.walk():
            if node is not section and not node.children and not reader.is_settled(node, taken):
                yield node.title_start, node.title_end


def _holds_plus_lines(node: Node) -> bool:
    """A dash with “+” lines below: they are parts of its duty, even after a colon."""
    return node.is_bullet and any(child.kind == "plus" for child in node.children)


def _opens(node: Node) -> bool:
    """A section on organisation that stands in no other one."""
    return own_kind(node) == "organisation" and not any(own_kind(n) == "organisation" for n in node.ancestors)


def _charges_in_title(section: Node) -> bool:
    """`II. Trách nhiệm của Ủy ban nhân dân xã`: the section's own heading charges the body."""
    return _OF_BODY.match(section.title) is not None


def _holds_table(node: Node) -> bool:
    return any(isinstance(part, Table) for part in node.content)


def _place(part: Node | Paragraph) -> tuple[int, int]:
    """Where the text of an item (after its label) or paragraph stands."""
    return (part.title_start, part.title_end) if isinstance(part, Node) else (part.start, part.end)


def _stands_beside(named: Node, item: Node) -> bool:
    """Items of one numbered list; a dash goes on with the body of the dash before, a bare title too."""
    return named.kind == item.kind and not item.is_bullet and (bool(named.content) or _says_more(named))


def _says_more(named: Node) -> bool:
    return named.title[-1:] in ".;" or (len(named.title) > 120 and named.title[-1:] != ":")


class _DutyReader:
    def __init__(self, context: PlanContext) -> None:
        self.context = context
        self.text = context.document.text

    def section(self, section: Node) -> Iterator[plan.Task]:
        """Duties of a section: its parts in order, a part without a body going on with the last one."""
        own = self._lead(section.title_start, section.title_end, True) if _charges_in_title(section) else None
        parts = section.content or self._titles_after(section)
        yield from self._parts(parts, own, section)

    def charges(self, root: Node) -> Iterator[plan.Task]:
        """A plan without any headings: the paragraphs that charge a body in so many words (“Giao …”)."""
        for paragraph in root.paragraphs:
            start, end = paragraph.start, paragraph.end
            lead = self._lead(start, end) if _CHARGES.match(self.text, start, end) else None
            if lead is not None and lead.start > start and not self._is_closing(paragraph):
                yield self._task(start, end, lead, root, None)

    def _titles_after(self, section: Node) -> list[Node | Block]:
        """Titles without numbers that follow a section's own, bold like it, and name bodies."""
        beside = section.parent.content if section.parent is not None else []
        at = next((i for i, part in enumerate(beside) if part is section), len(beside))
        titles: list[Node | Block] = []
        for part in beside[at + 1 :]:
            if not isinstance(part, Node) or part.kind != section.kind or part.label or own_kind(part):
                break
            titles.append(part)
        found = (self._lead(t.title_start, t.title_end, True) for t in titles if isinstance(t, Node))
        return titles if any(lead is not None and lead.is_heading for lead in found) else []

    def _parts(self, parts: Sequence[Node | Block], lead: Lead | None, holder: Node) -> Iterator[plan.Task]:
        beside = self._beside_bodies(parts)
        of_section, of_item = lead, None  # who the section's own heading charges; the item that named `lead`
        for part in parts:
            if isinstance(part, Table) or self._is_closing(part):
                continue
            start, end = _place(part)
            if is_label_line(self.text[start:end]):
                continue
            found = self._lead_of_part(part, beside)
            if isinstance(part, Node) and found is None:
                if self._is_topic(part, lead) and (lead is None or lead is not of_section):
                    yield from self._parts(part.content, None, part)
                    continue
                if of_item is not None and _stands_beside(of_item, part):
                    lead = None  # an item beside the one that named a body is not of that body
            if found is not None:
                lead, of_item = found, part if isinstance(part, Node) else None
            if lead is not None:
                yield from self._charged(part, lead, found is not None, holder)

    def _lead_of_part(self, part: Node | Paragraph, beside: frozenset[str]) -> Lead | None:
        start, end = _place(part)
        if isinstance(part, Paragraph):
            return self._lead(start, end)
        return self._lead(start, end, bool(part.content), part.kind in beside)

    def is_settled(self, node: Node, taken: Sequence[tuple[int, int]]) -> bool:
        """Whether an item is a task, or says nothing that could be one."""
        start, end = node.title_start, node.last_end()
        if len(node.title) < _SHORT or is_label_line(node.title) or self._is_closing(node):
            return True
        return any(a < end and start < b for a, b in taken) or _holds_table(node)

    def _is_closing(self, part: Node | Paragraph) -> bool:
        if isinstance(part, Node) and not part.is_bullet and part.kind not in {"arabic", "bold"}:
            return False
        start, end = _place(part)
        return _CLOSING.search(search_key(self.text[start : min(end, start + 400)])) is not None

    def _is_topic(self, node: Node, lead: Lead | None) -> bool:
        """A heading that names no body and holds parts of its own (“1. Công tác chỉ đạo”)."""
        if node.is_bullet or (lead is not None and not lead.is_heading and node.kind != "roman"):
            return False
        return bool(node.content) or kind_of(node) != "organisation" or len(node.title) < 60

    def _lead(self, start: int, end: int, over_items: bool = False, beside: bool = False) -> Lead | None:
        found = read_lead(self.text[start:end], over_items, beside)
        return Lead(start + found.start, start + found.end, found.is_heading) if found else None

    def _beside_bodies(self, parts: Sequence[Node | Block]) -> frozenset[str]:
        """Kinds of items of which half or more name a body, one at least by itself or before a colon.

        The others are then built like them, also those whose body no gazetteer knows.
        """
        named: dict[str, list[int]] = {}
        for part in parts:
            if isinstance(part, Node) and not self._is_closing(part):
                named.setdefault(part.kind, []).append(self._how_named(part))
        return frozenset(
            kind for kind, how in named.items() if max(how) == 2 and 2 * sum(map(bool, how)) >= len(how)
        )

    def _how_named(self, part: Node) -> int:
        """2: a body alone or before a colon; 1: a body as the subject; 0: none."""
        found = self._lead(part.title_start, part.title_end, bool(part.content))
        if found is None:
            return 0
        apart = found.is_heading or self.text[found.end : part.title_end].lstrip().startswith(":")
        return 2 if apart else 1

    def _charged(self, part: Node | Paragraph, lead: Lead, own: bool, holder: Node) -> Iterator[plan.Task]:
        """The duties that a part in `holder` lays on `lead`: itself, or what stands below it."""
        if isinstance(part, Paragraph):
            if not self._introduces(part.start, part.end, lead, own):
                yield self._task(part.start, part.end, lead, holder, None)
            return
        heading = self._introduces(part.title_start, part.title_end, lead, own) or self._is_topic_line(part)
        heading = heading and not _holds_plus_lines(part)
        if not heading:
            after = self._colon(part, lead, own)
            yield self._task(part.title_start, self._own_end(part), lead, part, after)
        yield from self._below(part, lead, heading)

    def _is_topic_line(self, node: Node) -> bool:
        """A numbered title without an end mark over items of its own."""
        is_title = not node.is_bullet and node.title[-1:] not in ".;" and len(node.title) < 200
        return is_title and bool(node.content)

    def _introduces(self, start: int, end: int, lead: Lead, own: bool) -> bool:
        text = self.text[start:end].rstrip()
        if own and lead.is_heading:
            says_more = text.endswith(".") and any(ch.isalpha() for ch in self.text[lead.end : end])
            return not says_more  # “Các bệnh viện thực hiện.” is a duty, short as it is
        return text.endswith(":")

    def _colon(self, node: Node, lead: Lead, own: bool) -> int | None:
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

    def _below(self, node: Node, lead: Lead, heading: bool) -> Iterator[plan.Task]:
        beside = self._beside_bodies(node.content)
        for part in node.content:
            if isinstance(part, Table) or self._is_closing(part):
                continue
            start, end = _place(part)
            other = self._named_before_colon(start, end, part, beside) or self._named_by_heading(part, beside)
            if isinstance(part, Paragraph):
                if heading or other is not None or self._lead(start, end):
                    charged = other or self._lead_of(start, end, lead)
                    yield from self._charged(part, charged, other is not None, node)
            elif part.kind != "plus" or not _holds_plus_lines(node):
                yield from self._charged(part, other or lead, other is not None, node)

    def _lead_of(self, start: int, end: int, lead: Lead) -> Lead:
        return lead if lead.is_heading else self._lead(start, end) or lead

    def _named_before_colon(
        self, start: int, end: int, part: Node | Paragraph, beside: frozenset[str]
    ) -> Lead | None:
        found = self._lead_of_part(part, beside)
        if found is None or not self.text[found.end : end].lstrip().startswith(":"):
            return None
        return found if self.text[found.end : end].lstrip(" :\n") else None

    def _named_by_heading(self, part: Node | Paragraph, beside: frozenset[str]) -> Lead | None:
        """Another body over duties of its own, as a numbered or lettered heading (“a) Phòng Đào tạo”)."""
        if not isinstance(part, Node) or part.is_bullet or not part.content:
            return None
        found = self._lead_of_part(part, beside)
        return found if found and (found.is_heading or part.title.endswith(":")) else None

    def _task(self, start: int, end: int, lead: Lead, node: Node, after: int | None) -> plan.Task:
        """The duty of an item (`node`), or of a paragraph below the heading `node`."""
        begin = after if after is not None else start
        while begin < end and self.text[begin].isspace():
            begin += 1
        content = squeeze(self.text[begin:end])
        is_item = node.title_start == start
        above = headings_above(node) if is_item else headings_over(node)
        found = find_deadline(content, self.context.times(*reversed(above)))
        return plan.Task(
            task_id=f"p{begin}",
            start=begin,
            end=end,
            regions=self.context.regions(begin, end),
            confidence=0.85,
            rule="duty-under-body" if lead.is_heading else "duty-of-subject",
            source="assignment",
            no=node.label if is_item and not node.is_bullet else None,
            section=above,
            content=content,
            content_key=search_key(content),
            time=found[0] if found else plan.Time(),
            bodies=tuple(self._bodies(lead)),
        )

    def _bodies(self, lead: Lead) -> Iterator[plan.TaskBody]:
        """The charged bodies; a list of bodies joined by semicolons is one row each."""
        whole = self.text[lead.start : lead.end]
        for start, end in split_bodies(whole) or [(0, len(whole))]:
            yield self.context.body(lead.start + start, lead.start + end, "lead", "charged-body")
