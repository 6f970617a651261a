"""Tasks out of dated lists, labelled activity blocks and narrative sections."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors import plan
from extractors.bodies import split_bodies
from extractors.context import PlanContext
from extractors.document import Paragraph
from extractors.outline import Node
from extractors.schedule import find_deadline, read_heading_time, read_time
from extractors.sections import headings_above, is_heading, kind_of, printed
from extractors.vietnamese.letters import search_key, squeeze

_NO_TASKS = frozenset({"review", "purpose", "funding"})
_BRACKETED_END = re.compile(r"\(([^()]{4,80})\)\s*:?$")
_BESIDE = 60  # items beside a dated one that are looked at
_PREFIX_LENGTH = 90  # characters of a time before a colon
_PHASE = re.compile(r"(?:đợt|giai đoạn|bước|vòng) (?:thứ )?(?:\d|[IVX]+|một|hai|ba|nhất)\b", re.IGNORECASE)
_LABELLED = re.compile(
    r"""
    (?:[-–+*•]\s*|[a-zđ\d]{1,2}[.)]\s*)?
    (?P<label>
        (?P<time>(?:dự\ kiến\ )?(?:thời\ (?:gian|điểm|hạn)|tiến\ độ|lịch)(?:\s+[\w,]+){0,5}?)
      | (?P<place>địa\ điểm(?:\s+\w+){0,3}?)
      | (?P<lead>(?:(?:đơn\ vị|cơ\ quan|bộ\ phận|người)(?:,\s*(?:đơn\ vị|cá\ nhân))?\s+)?
            (?:chủ\ trì|đầu\ mối)(?:\s+\w+){0,3}?)
      | (?P<coordinating>(?:(?:đơn\ vị|cơ\ quan|bộ\ phận)(?:,\s*(?:đơn\ vị|cá\ nhân))?\s+)?
            phối\ hợp(?:\s+\w+){0,3}?)
      | (?P<implementing>(?:đơn\ vị|cơ\ quan|bộ\ phận|người)\s+
            (?:thực\ hiện|chỉ\ đạo|phụ\ trách|tổ\ chức|triển\ khai)|phụ\ trách|phân\ công)
      | (?P<other>thành\ phần|đối\ tượng|nội\ dung|hình\ thức|kinh\ phí|quy\ mô|số\ lượng|sản\ phẩm
            |kết\ quả)(?:\s+\w+){0,4}?
    )\s*:\s*
    """,
    re.VERBOSE | re.IGNORECASE,
)


def list_tasks(context: PlanContext, root: Node) -> Iterator[plan.Task]:
    """Items of lists under a heading that is a time, and items that begin with their own time."""
    for node in root.walk():
        if node.parent is None or kind_of(node) in _NO_TASKS:
            continue
        time = _heading_time(context, node)
        if time is not None and node.content and not is_label_line(node.title):
            yield from _items_under(context, node, time)
        elif time is None:
            yield from _dated_item(context, node)


def is_label_line(text: str) -> bool:
    """Whether a line begins with a label of an activity (“Thời gian:”, “Đơn vị chủ trì:”)."""
    return _LABELLED.match(text) is not None


def _items_under(context: PlanContext, heading: Node, time: plan.Time) -> Iterator[plan.Task]:
    """The items below a time heading; a heading below that is a time itself is read on its own."""
    above = (*headings_above(heading), printed(heading))
    for part in heading.content:
        if isinstance(part, Paragraph):
            yield _task(context, part.start, part.end, "list", None, above, time, "list-paragraph")
        elif isinstance(part, Node) and not _is_time(context, part):
            yield from _items_of(context, part, above, time)


def _is_time(context: PlanContext, node: Node) -> bool:
    return bool(node.content) and _heading_time(context, node) is not None


def _heading_time(context: PlanContext, node: Node) -> plan.Time | None:
    """The time that a heading is, or that brackets at its end hold (“Bước 1 (từ 25/5 đến 05/6)”)."""
    times = context.times(*reversed(headings_above(node)))
    time = read_heading_time(node.title, times)
    if time is not None or node.is_bullet or kind_of(node) == "organisation":
        return time
    bracketed = _BRACKETED_END.search(node.title)
    time = read_heading_time(bracketed[1], times) if bracketed else None
    days = [day for day in (time.start_on, time.end_on) if day is not None] if time else []
    near = context.year is not None and all(0 <= day.year - context.year <= 1 for day in days)
    return time if days and near else None  # “(03/02/1930 - 03/02/2025)” is an anniversary


def _items_of(
    context: PlanContext, node: Node, above: tuple[str, ...], time: plan.Time
) -> Iterator[plan.Task]:
    """An item, or the items below a sub-heading without an end mark."""
    deeper = [child for child in node.children if child.kind != "plus" or node.is_bullet]
    if deeper and is_heading(node) and not node.is_bullet:
        time = _own_time(context, node)[1] or time
        for child in node.children:
            yield from _items_of(context, child, (*above, printed(node)), time)
        for paragraph in node.paragraphs:
            yield _task(context, paragraph.start, paragraph.end, "list", None, above, time, "list-paragraph")
        return
    start, own = _own_time(context, node)
    no = None if node.is_bullet else node.label
    yield _task(context, start, node.last_end(), "list", no, above, own or time, "list-item")


def _own_time(context: PlanContext, node: Node) -> tuple[int, plan.Time | None]:
    """Where the item's content begins and the time printed before it (“- Trước ngày 30/6: …”)."""
    text = context.document.text[node.title_start : node.title_end]
    times = context.times(*reversed(headings_above(node)))
    for colon in (found.start() for found in re.finditer(":", text[:_PREFIX_LENGTH])):
        said = text[colon + 1 :].lstrip()
        time = read_heading_time(text[:colon], times) if said else None
        if time is not None:
            return node.title_start + len(text) - len(said), time
    return node.title_start, None


def _dated_item(context: PlanContext, node: Node) -> Iterator[plan.Task]:
    """An item that begins with its time and a colon, outside the sections on duties.

    What stands below a phase (“1. Đợt 1: từ 5/9 đến 20/11: …”) or is dated itself are tasks of their own.
    """
    kind = kind_of(node)
    if kind in {"organisation", "reporting"} or is_label_line(node.title):
        return
    start, time = _own_time(context, node)
    if time is None or time.kind == "none" or (kind == "scope" and not _is_one_of_several(context, node)):
        return
    is_phase = _PHASE.match(node.title) is not None and is_heading(node) and not node.is_bullet
    is_over_others = is_phase or any(_own_time(context, child)[1] for child in node.children)
    if is_over_others and not node.title.endswith((".", ";")):
        yield from _items_under(context, node, time)
    elif not node.content or node.is_bullet or kind != "content":  # else it is read as what it tells
        no = None if node.is_bullet else node.label
        end = node.title_end if is_over_others else node.last_end()
        yield _task(context, start, end, "list", no, headings_above(node), time, "list-dated-item")
        if is_over_others:
            yield from _items_under(context, node, time)


def _is_one_of_several(context: PlanContext, node: Node) -> bool:
    """Whether an item beside it begins with a time too: steps under “Thời gian, tiến độ”, not one time."""
    beside = node.parent.children[:_BESIDE] if node.parent is not None else []
    return any(_own_time(context, item)[1] is not None for item in beside if item is not node)


def block_tasks(context: PlanContext, root: Node) -> Iterator[plan.Task]:
    """Activities whose time, place and bodies stand in labelled lines below their heading."""
    for node in root.walk():
        if node.parent is None or is_label_line(node.title + ":"):
            continue
        lines = list(_labelled_lines(context, node))
        kinds = {kind for kind, _, _ in lines}
        # With a time and a body it is an activity, whatever its heading speaks of (“Bố trí kinh phí …”).
        whole = "time" in kinds and bool(kinds & {"lead", "implementing"})
        if kind_of(node.parent if whole else node) in _NO_TASKS:
            continue
        if len(kinds) >= 2 and kinds & {"time", "lead", "implementing"} and kind_of(node) != "scope":
            yield _block(context, node, lines)


def _labelled_lines(context: PlanContext, node: Node) -> Iterator[tuple[str, int, int]]:
    """(kind of label, start, end of the value) of the lines directly below a heading."""
    for part in node.content:
        if isinstance(part, Node):
            start, end = part.title_start, part.title_end
        elif isinstance(part, Paragraph):
            start, end = part.start, part.end
        else:
            continue
        found = _LABELLED.match(context.document.text, start, end)
        if found:
            kind = next(
                k for k in ("time", "place", "lead", "coordinating", "implementing", "other") if found[k]
            )
            yield kind, found.end(), end


def _block(context: PlanContext, node: Node, lines: list[tuple[str, int, int]]) -> plan.Task:
    text = context.document.text
    time = plan.Time()
    bodies: list[plan.TaskBody] = []
    for kind, start, end in lines:
        if kind == "time" and time.kind == "none":
            time = read_time(
                squeeze(text[start:end]).rstrip(".;"), context.times(*reversed(headings_above(node)))
            )
        elif kind in {"lead", "coordinating", "implementing"}:
            for a, b in split_bodies(text[start:end]):
                bodies.append(context.body(start + a, start + b, kind, f"block-{kind}"))  # type: ignore[arg-type]
    no = None if node.is_bullet else node.label
    task = _task(
        context, node.title_start, node.title_end, "block", no, headings_above(node), time, "labelled-block"
    )
    return task.model_copy(update={"bodies": tuple(bodies)})


def narrative_tasks(context: PlanContext, root: Node, taken: list[tuple[int, int]]) -> Iterator[plan.Task]:
    """The lowest numbered or lettered items of the content sections that gave no other task."""
    for node in root.walk():
        if node.parent is None or node.is_bullet or kind_of(node) != "content" or node.label is None:
            continue
        if any(not child.is_bullet and child.label for child in node.children) or node.kind in {
            "roman",
            "part",
            "upper",
        }:
            continue
        start, end = node.title_start, node.last_end()
        if any(a < end and start < b for a, b in taken) or is_label_line(node.title):
            continue
        found = find_deadline(
            squeeze(context.document.text[start:end]), context.times(*reversed(headings_above(node)))
        )
        time = found[0] if found else plan.Time()
        yield _task(
            context, start, end, "narrative", node.label, headings_above(node), time, "narrative-item"
        )


def _task(
    context: PlanContext,
    start: int,
    end: int,
    source: plan.Source,
    no: str | None,
    section: tuple[str, ...],
    time: plan.Time,
    rule: str,
) -> plan.Task:
    content = squeeze(context.document.text[start:end])
    return plan.Task(
        task_id=f"p{start}",
        start=start,
        end=end,
        regions=context.regions(start, end),
        confidence={"list": 0.9, "block": 0.8}.get(source, 0.7),
        rule=rule,
        source=source,
        no=no,
        section=section,
        content=content,
        content_key=search_key(content),
        time=time,
    )
