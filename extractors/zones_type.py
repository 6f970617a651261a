"""Where the line of the type stands (KẾ HOẠCH), and how far a letterhead goes that no type line ends."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.doc_types import TypeLine, read_type_line
from extractors.document import Block, Document, Paragraph
from extractors.vietnamese.bases import bare
from extractors.vietnamese.letters import upper_share
from extractors.zones_dates import is_date_line
from extractors.zones_marks import is_electronic_signature, is_noise, number_end, read_anchor
from extractors.zones_pieces import hard_lines, printed_lines

_FIRST_BLOCKS = 90  # a type line stands on the first page, after a title page at most on the third
_LONG = 220  # characters of a paragraph of prose
_PREAMBLE = re.compile(r"[\s*_-]*(?:Can\s+cu|CAN\s+CU|Xet\s+de\s+nghi|Theo\s+de\s+nghi|Kinh\s+gui)\b")
_BODY_HEADING = re.compile(r"\s*(?:I|1|A|PHAN\s+\w+)\s*[.)/:-]\s+[A-Z]|\s*Dieu\s+1\b")
# A name divided so that its last word looks like a type: “PHÒNG TÀI CHÍNH - / KẾ HOẠCH”.
_DANGLING = re.compile(r"(?:\b(?:SỞ|PHÒNG|VỤ|VÀ)|\w\s*[-–,])\s*$")
_ATTACHED = re.compile(
    r"[\s*_(]*(?:Ban\s+hanh\s+)?kem\s+theo\s+(?:Quyet\s+dinh|QD|Cong\s+van|Nghi\s+quyet)", re.I
)


@dataclass(frozen=True, slots=True)
class TypePlace:
    """A type line: the block that holds it, its span in the document, what it says."""

    index: int
    start: int
    end: int
    line: TypeLine
    after_dangling: bool = False  # the line above could be a name that goes on


def find_type(document: Document, blocks: Sequence[Block]) -> TypePlace | None:
    """The line of the type: one that says nothing else before one that goes on with the title.

    After a title page, which bears the same line, the second one counts. A line in sentence case
    (“Kế hoạch công tác tháng 5”) counts where the document has no other.
    """
    found = list(_candidates(document, blocks))
    places = [place for place in found if not place.after_dangling] or found
    exact = [place for place in places if place.line.exact and place.line.capitals]
    if exact:
        return next((p for p in exact[1:] if _repeats(document, blocks, exact[0], p)), exact[0])
    loud = [place for place in places if place.line.capitals]
    shown = loud or [place for place in places if _may_be_quiet(document, blocks, place)]
    return shown[0] if shown else None


def _candidates(document: Document, blocks: Sequence[Block]) -> Iterator[TypePlace]:
    """Type lines before the text begins: before legal bases, headings and prose."""
    above = ""
    for index, block in enumerate(blocks[:_FIRST_BLOCKS]):
        if not isinstance(block, Paragraph):
            continue
        for start, end in printed_lines(document, block):
            text = document.text[start:end]
            folded = bare(text)
            if _PREAMBLE.match(folded) or _BODY_HEADING.match(folded):
                return
            line = read_type_line(text) if len(text) < _LONG * 3 else None
            if line and block.column != "left":
                yield TypePlace(index, start, end, line, bool(_DANGLING.search(above)))
            above = above if is_noise(text) else text[-40:]
        if block.end - block.start > _LONG * 2 and not _is_head_like(document, block):
            return


def _is_head_like(document: Document, paragraph: Paragraph) -> bool:
    text = document.cut(paragraph)
    return read_anchor(text[:2000]) is not None or read_type_line(text[:2000]) is not None


def _repeats(document: Document, blocks: Sequence[Block], first: TypePlace, second: TypePlace) -> bool:
    """Whether `second` is the type line behind a title page that ends in a letterhead or a date line."""
    if second.line.abbr != first.line.abbr:
        return False
    between = [b for b in blocks[first.index + 1 : second.index] if isinstance(b, Paragraph)]
    lines = [document.text[a:b] for p in between for a, b in printed_lines(document, p)]
    marked = any(read_anchor(t) or is_date_line(t) or number_end(t) for t in lines)
    return marked or blocks[second.index].page > blocks[first.index].page


def _may_be_quiet(document: Document, blocks: Sequence[Block], place: TypePlace) -> bool:
    """Whether a type in sentence case may be the title's: short, no sentence, at the very beginning."""
    text = document.text[place.start : place.end].strip()
    paragraph = blocks[place.index]
    if not isinstance(paragraph, Paragraph) or len(text) > _LONG or text[-1:] in ".;:":
        return False
    style = paragraph.style
    shown = bool(style.bold or style.centred or style.heading)
    return place.line.exact or shown or place.index < 6


# --- a plan behind a decision -------------------------------------------------------------------


def find_attached_type(document: Document, blocks: Sequence[Block], carrier: str) -> TypePlace | None:
    """The type line of a plan that a decision, a resolution or a letter carries as its annex."""
    if carrier not in {"QĐ", "NQ", "CV", "TTr"}:
        return None
    for index, block in enumerate(blocks[1:], start=1):
        if not isinstance(block, Paragraph) or block.end - block.start > 2000:
            continue
        for start, end in printed_lines(document, block):
            line = read_type_line(document.text[start:end])
            if (
                line
                and line.abbr == "KH"
                and line.capitals
                and _says_attached(document, blocks[index:], line)
            ):
                return TypePlace(index, start, end, line)
    return None


def _says_attached(document: Document, blocks: Sequence[Block], line: TypeLine) -> bool:
    """A type line alone on its line, or one with “(Kèm theo Quyết định …)” soon below."""
    following = [document.cut(b) for b in blocks[:8] if isinstance(b, Paragraph)]
    return line.exact or any(_ATTACHED.search(bare(text[:400])) for text in following)


# --- no type line -------------------------------------------------------------------------------


def head_length(document: Document, blocks: Sequence[Block]) -> int:
    """How many blocks the letterhead takes where no type line ends it: those that look like one."""
    length = 0
    for index, block in enumerate(blocks[:40]):
        if not isinstance(block, Paragraph) or not _belongs_to_head(document, block):
            break
        if any(_marks_head(document.text[a:b]) for a, b in hard_lines(document, block)):
            length = index + 1
    return length


def _marks_head(text: str) -> bool:
    return (
        read_anchor(text) is not None
        or is_date_line(text)
        or (number_end(text) is not None and "/" in text)
        or is_electronic_signature(text)
    )


def _belongs_to_head(document: Document, paragraph: Paragraph) -> bool:
    """Whether every line of a paragraph may stand in a letterhead."""
    return all(
        len(text) < 150
        and not _BODY_HEADING.match(bare(text))
        and (_marks_head(text) or is_noise(text) or upper_share(text) > 0.6 or number_end(text) is not None)
        for text in (document.text[a:b] for a, b in hard_lines(document, paragraph))
    )
