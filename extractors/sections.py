"""What each section of the tree is about, and the rows of table sections."""

from __future__ import annotations

from collections.abc import Iterator

from extractors import plan
from extractors.context import PlanContext
from extractors.document import Paragraph
from extractors.outline import Node
from extractors.rulebook import classify
from extractors.vietnamese.letters import squeeze

_TITLE_LENGTH = 250  # characters; a longer numbered paragraph is an item, no heading


def kind_of(node: Node) -> str | None:
    """What a section is about (rules/section_kinds.yaml), by its own heading or the nearest above."""
    current: Node | None = node
    while current is not None and current.parent is not None:
        kind = own_kind(current)
        if kind is not None:
            return kind
        current = current.parent
    return None


def own_kind(node: Node) -> str | None:
    """What a heading itself says; None for bullets, long paragraphs and headings that say nothing."""
    if node.is_bullet or len(node.title) > _TITLE_LENGTH or node.kind in {"letter", "bracketed"}:
        return None
    return classify("section_kinds", "kind", node.title)


def is_heading(node: Node) -> bool:
    """Whether a labelled paragraph is a heading: it has content and is no finished sentence."""
    return bool(node.content) and len(node.title) <= _TITLE_LENGTH and not node.title.endswith((".", ";"))


def headings_above(node: Node) -> tuple[str, ...]:
    """The printed headings over a node, outermost first."""
    return tuple(printed(n) for n in node.ancestors if not n.is_bullet)


def headings_over(node: Node) -> tuple[str, ...]:
    """The printed headings over a paragraph of a node: those above it and its own, a root having none."""
    own = () if node.is_bullet or node.parent is None else (printed(node),)
    return (*headings_above(node), *own)


def printed(node: Node) -> str:
    """A heading with its label, as printed."""
    return squeeze(f"{node.label}. {node.title}" if node.label and node.label[-1].isalnum() else node.title)


def section_rows(context: PlanContext, roots: tuple[Node, ...]) -> tuple[plan.Section, ...]:
    """Rows of table sections: every heading and numbered item, dashes left out, in reading order."""
    rows: list[plan.Section] = []
    known: dict[int, int] = {}
    for root in roots:
        for node in root.walk():
            if node.parent is not None and not node.is_bullet and node.title:
                known[id(node)] = len(rows) + 1
                rows.append(_section(context, node, len(rows) + 1, known))
    return tuple(rows)


def _section(context: PlanContext, node: Node, seq: int, known: dict[int, int]) -> plan.Section:
    above = [n for n in node.ancestors if id(n) in known]
    start = node.paragraph.start if node.paragraph else node.title_start
    return plan.Section(
        seq=seq,
        level=len(above) + 1,
        label=node.label,
        title=node.title
        if len(node.title) <= _TITLE_LENGTH
        else node.title[:_TITLE_LENGTH].rsplit(" ", 1)[0],
        parent_seq=known[id(above[-1])] if above else None,
        text=" ".join((node.title, *_own_texts(context, node))).strip(),
        start=start,
        end=node.title_end,
        regions=context.regions(start, node.title_end),
        confidence=0.95 if node.label else 0.7,
        rule=f"label-{node.kind}",
    )


def _own_texts(context: PlanContext, node: Node) -> Iterator[str]:
    for part in node.content:
        if isinstance(part, Paragraph):
            yield squeeze(context.document.cut(part))
        elif isinstance(part, Node) and part.is_bullet:
            yield squeeze(f"{part.label} {part.title}")
            yield from _own_texts(context, part)
