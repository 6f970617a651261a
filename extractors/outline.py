"""The section tree: headings, numbered items, dashes, and the paragraphs and tables under them.

Numbering of plans (NĐ 30/2020, Phụ lục I.II.6, and what is printed besides): PHẦN, Chương, A., I.,
Mục, Điều, 1., 1.1., a), -, +. A level is told by the kind of its label; a list that starts again
at 1 inside an item is nested in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractors.document import Block, Document, Paragraph, Table
from extractors.rulebook import classify
from extractors.vietnamese.letters import squeeze, upper_share

LETTERS = "abcdđeghiklmnopqrstuvxy"  # lettered items know no f, j, w, z
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}

# Kinds of labels, outermost first; the index is the rank in the tree.
KINDS = (
    "root", "part", "chapter", "upper", "roman", "capitals", "article", "mark", "arabic", "decimal",
    "decimal3", "bold", "time", "letter", "bracketed", "star", "dash", "plus",
)  # fmt: skip
RANK = {kind: rank for rank, kind in enumerate(KINDS)}
_COUNTED = frozenset({"upper", "roman", "arabic", "letter"})
BULLETS = frozenset({"star", "dash", "plus"})
_MAX_DEPTH = 24  # levels; deeper ones are no outline, and readers walk down by recursion
_HEADING_LENGTH = 160  # characters; a longer paragraph without a label is prose

_LABEL = re.compile(
    r"""
    (?P<part>(?:PHẦN|Phần|PHỤ\ LỤC|Phụ\ lục|CHƯƠNG|Chương)\s+(?:thứ\s+\w+|[IVX]+|\d{1,2}|[A-Z])\b)
      \s*[.:/\-–]*\s*
  | (?P<article>(?:Điều|ĐIỀU)\s+(?P<article_no>\d{1,3}))\s*[.:]\s*
  | (?P<mark>(?:Mục\ tiêu|Mục|MỤC|Nhiệm\ vụ|Nội\ dung|Giải\ pháp|Hoạt\ động|Đợt|Giai\ đoạn|Bước|Vòng)\s+
        (?P<mark_no>\d{1,2}|[IVX]{1,5}))\s*[:.]\s+
  | (?P<decimal>\d{1,2}(?:\s?\.\s?\d{1,2}){1,4})\s*(?:[.)/:]\s*|\s+(?=\w))(?!\d)
  | (?P<arabic>\d{1,2})\s*(?:[.)]\s*(?!\d)|[/\-–]\s*(?=[^\W\d])|\.?:\s+(?=\w))
  | (?P<roman>[IVXLl1]{1,6})\s*[.)/\-–]\s*(?=\S)(?![\d.]|v\s)
  | (?P<upper>[A-ZĐ])\s*[.)/]\s*(?=\S)(?!v\s)(?=[^.]{2})
  | (?P<letter>[a-zđ])\s*[.)/]\s*(?=\S)
  | (?P<bracketed>\(\s?(?:\d{1,2}|[ivx]{1,4}|[a-zđ])\s?\))\s*
  | (?P<star>[•●▪■◦○✓\uf0b7\uf0a7\uf076\uf0fc\uf06e]|\*(?!\*)|o(?=\s))\s*(?=\S)
  | (?P<dash>[-–—−])\s*(?=[^\s\d\-–—]|\d)
  | (?P<plus>[+])\s*(?=\S)
    """,
    re.VERBOSE,
)


# `1. 6 tháng đầu năm`: the second number is the text's own.
_NUMBER_BEFORE_NUMBER = re.compile(r"(?P<label>\d{1,2})\s?[.]\s+(?=\d)")


@dataclass(frozen=True, slots=True)
class Label:
    """The label of a paragraph: its kind, as printed, its ordinal, and where the text after it begins."""

    kind: str
    text: str
    value: int
    end: int  # offset into the paragraph's text


def roman_value(numeral: str) -> int:
    """Value of a Roman numeral, 0 where it is none; l and 1 stand for I, as recognisers read it."""
    digits = [_ROMAN_VALUES.get(ch, 0) for ch in numeral.upper().replace("1", "I").replace("L", "I")]
    if not digits or 0 in digits:
        return 0
    total = sum(-d if d < max(digits[i:]) else d for i, d in enumerate(digits))
    return max(total, 0)


def read_label(text: str) -> Label | None:
    """The label at the start of a paragraph's text, None where there is none."""
    lead = len(text) - len(text.lstrip())
    found = _LABEL.match(text, lead)
    if not found or found.end() == lead or not text[found.end() :].strip():
        return None
    apart = _NUMBER_BEFORE_NUMBER.match(text, lead)
    if apart and found["decimal"] and text[found.end()].islower():
        return Label("arabic", apart["label"], int(apart["label"]), apart.end())
    kind = found.lastgroup or ""
    if kind.endswith("_no"):
        kind = kind.removesuffix("_no")
    printed = squeeze(found.group(kind))
    kind, value = _kind_and_value(kind, printed, found)
    return Label(kind, printed, value, found.end())


def _kind_and_value(kind: str, printed: str, found: re.Match[str]) -> tuple[str, int]:
    if kind == "part":
        return ("part" if printed[0] in "Pp" else "chapter"), roman_value(printed.split()[-1]) or 1
    if kind == "article":
        return kind, int(found["article_no"])
    if kind == "mark":
        number = found["mark_no"]
        return kind, int(number) if number.isdigit() else roman_value(number)
    if kind == "decimal":
        parts = re.split(r"\s?\.\s?", printed)
        return ("decimal" if len(parts) == 2 else "decimal3"), int(parts[-1])
    if kind == "arabic":
        return kind, int(printed)
    if kind == "roman":
        return _roman(printed)
    if kind == "letter":
        return kind, LETTERS.find(printed) + 1
    if kind == "upper":
        return kind, LETTERS.upper().find(printed) + 1
    return kind, 0


def _roman(printed: str) -> tuple[str, int]:
    if printed == "1":
        return "arabic", 1
    if printed == "l":
        return "letter", LETTERS.find("l") + 1
    return "roman", roman_value(printed)


@dataclass(slots=True)
class Node:
    """A heading or item with what stands under it, in reading order (`content`)."""

    kind: str
    label: str | None
    value: int
    paragraph: Paragraph | None
    title_start: int  # offsets into Document.text of the text after the label
    title_end: int
    title: str
    parent: Node | None = None
    content: list[Node | Block] = field(default_factory=list)

    @property
    def rank(self) -> int:
        return RANK[self.kind]

    @property
    def is_bullet(self) -> bool:
        return self.kind in BULLETS

    @property
    def children(self) -> list[Node]:
        return [part for part in self.content if isinstance(part, Node)]

    @property
    def paragraphs(self) -> list[Paragraph]:
        """Unlabelled paragraphs directly under the heading."""
        return [part for part in self.content if isinstance(part, Paragraph)]

    @property
    def ancestors(self) -> list[Node]:
        """The headings above, outermost first, without the root and itself."""
        above: list[Node] = []
        node = self.parent
        while node is not None and node.parent is not None:
            above.append(node)
            node = node.parent
        return above[::-1]

    def walk(self) -> Iterator[Node]:
        """Itself and all nodes below, in reading order."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))

    def last_end(self) -> int:
        """Offset of the end of its last content."""
        node: Node = self
        while node.content and isinstance(node.content[-1], Node):
            node = node.content[-1]
        last = node.content[-1] if node.content else node.paragraph
        end = last.end if last is not None and not isinstance(last, Node) else node.title_end
        return max(end, self.title_end)  # sides of an unfolded table do not stand in the text's order


def build_outline(document: Document, blocks: Sequence[Block]) -> Node:
    """The section tree of `blocks` (body or annexes of a document) under a root without a title."""
    root = Node("root", None, 0, None, 0, 0, "")
    stack = [root]
    for block in blocks:
        node = None if isinstance(block, Table) else _node(document, block)
        if node is None:
            stack[-1].content.append(block)
        elif _completes(stack[-1], node):
            _join(stack[-1], node)
        else:
            _attach(stack, node)
    return root


def _completes(heading: Node, node: Node) -> bool:
    """Whether a line of capitals is the rest of the heading above: `III. TỔ CHỨC` / `THỰC HIỆN`."""
    if node.kind != "capitals" or heading.kind not in {"roman", "upper"} or heading.content:
        return False
    if heading.title.endswith(","):
        return True
    is_half = classify("section_kinds", "kind", heading.title) is None and upper_share(heading.title) > 0.9
    return is_half and classify("section_kinds", "kind", f"{heading.title} {node.title}") is not None


def _join(heading: Node, rest: Node) -> None:
    heading.title, heading.title_end = f"{heading.title} {rest.title}", rest.title_end


def _node(document: Document, paragraph: Paragraph) -> Node | None:
    text = document.cut(paragraph)
    label = read_label(text)
    if label is None:
        kind = _unlabelled_heading(paragraph, text)
        if kind is None:
            return None
        label = Label(kind, "", 0, len(text) - len(text.lstrip()))
    title = text[label.end :].rstrip()
    start = paragraph.start + label.end
    return Node(
        label.kind, label.text or None, label.value, paragraph, start, start + len(title), squeeze(title)
    )


_TIME_HEADING = re.compile(
    r"(?:trong\s+)?(?:qu[ýíyi]\s+[IVl1-4]|(?:các\s+)?tháng\s*\d|tuần\s+(?:thứ\s+)?\d|0?6\s+tháng|đợt\s+[\dIV])",
    re.IGNORECASE,
)


def _unlabelled_heading(paragraph: Paragraph, text: str) -> str | None:
    """Kind of a heading that has no label: by capitals, by declared level, by bold type."""
    bare = text.strip()
    if not bare or len(bare) > _HEADING_LENGTH or bare[-1] in ".;,":
        return None
    if upper_share(bare) > 0.9 and len(bare) > 5:
        return "capitals"
    if len(bare) < 60 and _TIME_HEADING.match(bare):
        return "time"
    if paragraph.style.heading or (paragraph.style.bold and not bare.startswith("(")):
        return "bold"
    return None


def _attach(stack: list[Node], node: Node) -> None:
    """Put `node` under the open node that it belongs to."""
    depth = _depth_of_predecessor(stack, node)
    if depth is None:
        depth = _depth_of_bullet_heading(stack, node)
    if depth is not None:
        del stack[depth:]
    elif not _starts_nested_list(stack, node):
        while len(stack) > 1 and stack[-1].rank >= node.rank and not _is_parent(stack[-1], node):
            stack.pop()
    node.parent = stack[-1]
    stack[-1].content.append(node)
    stack.append(node)


def _depth_of_predecessor(stack: Sequence[Node], node: Node) -> int | None:
    """Depth of the innermost open item that `node` counts on from, for lists that can be nested."""
    if node.kind not in _COUNTED:
        return None
    for depth in range(len(stack) - 1, 0, -1):
        if stack[depth].kind == node.kind and stack[depth].value == node.value - 1:
            return depth
    return None


def _depth_of_bullet_heading(stack: Sequence[Node], node: Node) -> int | None:
    """Depth of an open heading with the same mark (“* Quý I”) over a numbered list: `node` comes next."""
    if not node.is_bullet or not _heads_a_list(node):
        return None
    for depth in range(len(stack) - 1, 0, -1):
        if stack[depth].kind == node.kind and _heads_a_list(stack[depth]):
            return depth if any(below.kind in _COUNTED for below in stack[depth + 1 :]) else None
    return None


def _heads_a_list(node: Node) -> bool:
    """Whether a bullet is a heading over items: a time, or words that a colon ends."""
    return node.title.endswith(":") or (len(node.title) < 60 and _TIME_HEADING.match(node.title) is not None)


def _is_parent(open_node: Node, node: Node) -> bool:
    """1.1 belongs under 1., whatever their ranks are; 1.1.1 under 1.1."""
    if not node.kind.startswith("decimal") or not open_node.label or not node.label:
        return False
    return squeeze(node.label).startswith(open_node.label.rstrip(".") + ".")


def _starts_nested_list(stack: Sequence[Node], node: Node) -> bool:
    """A list numbered from 1 under a bullet that heads it, or inside a lettered item of its own kind."""
    if node.value != 1 or node.kind not in _COUNTED or len(stack) > _MAX_DEPTH:
        return False
    if stack[-1].is_bullet and _heads_a_list(stack[-1]):
        return True
    same = [open_node for open_node in stack[1:] if open_node.kind == node.kind]
    inside = stack[-1]
    return (
        bool(same)
        and inside.rank > node.rank
        and inside.kind in {"letter", "bracketed"}
        and same[-1].value >= 1
    )
