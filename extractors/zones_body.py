"""Where title and preamble end: the lines of the title, the first heading of the body."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.document import Block, Document, Paragraph
from extractors.vietnamese.bases import bare
from extractors.vietnamese.letters import upper_share
from extractors.zones_dates import is_date_line
from extractors.zones_marks import is_annex_heading, is_noise
from extractors.zones_pieces import hard_lines, piece

_MOST_TITLE_LINES = 9
_LONGEST_TITLE_LINE = 420  # characters: a title may name three decisions
_MOST_TAILS, _LONGEST_TAIL = 2, 70  # short lines (characters) that still belong to a title
_MOST_LINES_TO_BASES = 6
_LONG_PREAMBLE = 40  # blocks between a title and the first heading

# First words of legal bases. “Thực hiện”, “Triển khai” begin titles as well.
_BASIS = re.compile(r"[\s*_+-]*(?:Can\s+cu|CAN\s+CU|Xet\b|Theo\s+de\s+nghi|Kinh\s+gui|Tren\s+co\s+so)")
_OPENING = re.compile(
    r"[\s*_]*(?:Thuc\s+hien|Trien\s+khai|Tiep\s+tuc\s+thuc\s+hien|Theo|De|Nham|Can\s+cu|Xet|Huong\s+ung|Tren\s+co\s+so|Nam"
    r"\s+(?:hoc\s+)?\d|Ngay\s+\d|Trong|Uy\s+ban|UBND|So|Phong|Truong|Ban|Hoi|Cong\s+doan|Dang)\b"
)
_TIME_LINE = re.compile(
    r"[\s*_(]*(?:Nam\s+hoc|Nam\s+\d|Giai\s+doan|Thang\s+\d|Quy\s+[IV\d]|Tuan\s+\d|Hoc\s+ky|Tu\s+(?:ngay|thang))",
    re.I,
)
# Words with which a line goes on with the line above even behind a capital: `Của Ban Thường vụ Tỉnh ủy`.
_CONNECTS = re.compile(
    r"(?:Cua|Va|Ve|Den\s+nam|Tren\s+dia\s+ban|Doi\s+voi|Thuoc|Giua|Gan\s+voi|Cho)\s+(?:cac\s+)?\w"
)
_LABEL = re.compile(
    r"""
    \s*(?!V\s?/\s?[vV])(?: (?:PHAN|Phan|CHUONG|Chuong|MUC|Muc)\s+(?:thu\s+\w+|[IVX]{1,5}|\d{1,2}|[A-E])\b
         | (?:Dieu|DIEU)\s+\d{1,3}\b
         | (?:[IVX]{1,5}|[A-E])\s*[.)/:]\s*(?=\S) | [IVX]{1,5}\s*-\s*(?=[A-Z])
         | \d{1,2}(?:\.\d{1,2}){0,3}\s*(?:[.)]\s*(?=\D)|[/:-]\s*(?=[A-Za-z])) )
    """,
    re.VERBOSE,
)
_FOLLOWS = re.compile(
    r"(?:nhu\s+sau|sau\s+day|noi\s+dung\s+sau|cu\s+the\s+sau|\bsau)\s*[:.;/]*\s*$", re.IGNORECASE
)
# `… trên địa bàn xã` is whole where a sentence follows it.
_ENDS_IN_UNIT = re.compile(r"\b(?:dia\s+ban|thanh\s+pho|tinh|huyen|xa|phuong|nganh)\s*$", re.IGNORECASE)
_SENTENCE = re.compile(r"[\s*_]*(?:Thuc\s+hien|Trien\s+khai|Tiep\s+tuc|Theo|De|Nham|Huong\s+ung)\b")
_GOES_ON = re.compile(
    r"(?:[,\-–(“]|\b(?:va|cua|ve|tren|tai|cho|cac|nhung|doi\s+voi|theo|trong|den|tu|voi|giua|bang|do|nam|nganh|dia\s+ban|thanh\s+pho|"
    r"tinh|huyen|xa|so|phong|cong\s+tac|thuc\s+hien|to\s+chuc|trien\s+khai))\s*$",
    re.IGNORECASE,
)


def read_title_zone(
    document: Document, blocks: Sequence[Block], has_type: bool
) -> tuple[list[Paragraph], list[Block]]:
    """The type line and the title's lines, and the blocks that follow them."""
    queue = list(blocks)
    title: list[Paragraph] = []
    if has_type and isinstance(queue[0], Paragraph):
        title.append(queue[0])
        del queue[0]
    while queue and len(title) < _MOST_TITLE_LINES:
        block = queue[0]
        if not isinstance(block, Paragraph) or (not has_type and not _may_be_untyped(document, block)):
            break
        taken = _title_lines(document, title, block, queue[1:])
        title += [piece(document, block, a, b) for a, b in taken]
        if not taken or document.text[taken[-1][1] : block.end].strip():
            if taken:
                queue[0] = piece(document, block, taken[-1][1], block.end)
            break
        del queue[0]
    return title, queue


def _title_lines(
    document: Document, title: Sequence[Paragraph], block: Paragraph, following: Sequence[Block]
) -> list[tuple[int, int]]:
    """Spans of the block's lines that go on with the title."""
    taken: list[tuple[int, int]] = []
    so_far = [document.cut(p) for p in title]
    spans = hard_lines(document, block)
    below = [document.text[slice(*span)] for span in spans] + _next_texts(document, following)
    for index, span in enumerate(spans):
        text = document.text[slice(*span)]
        if not _goes_on(so_far, text, block, title, below[index + 1 :]):
            break
        taken.append(span)
        so_far.append(text)
    return taken


def _next_texts(document: Document, following: Sequence[Block]) -> list[str]:
    return [document.cut(b) if isinstance(b, Paragraph) else "" for b in following[:_MOST_TITLE_LINES]]


def _goes_on(
    so_far: Sequence[str], text: str, block: Paragraph, title: Sequence[Paragraph], after: Sequence[str]
) -> bool:
    """Whether a line belongs to the title whose lines are `so_far` (the type line is the first)."""
    folded = bare(text)
    if is_noise(text) or text.strip().startswith(("(", "[")):
        return True  # rules and brackets stand in the title's place; the reader of titles drops them
    if _BASIS.match(folded) or _LABEL.match(folded) or is_annex_heading(text) or is_date_line(text):
        return False
    if len(text) > _LONGEST_TITLE_LINE:
        return False
    if not _has_words(so_far):
        return not _is_sentence(text) or len(so_far) > 0
    if _is_open(so_far) and not (_SENTENCE.match(folded) and _ENDS_IN_UNIT.search(bare(so_far[-1]))):
        return not _FOLLOWS.search(folded)
    return _goes_on_complete(so_far, text, block, title, after)


def _has_words(so_far: Sequence[str]) -> bool:
    """Whether the title has begun behind the bare type line."""
    said = " ".join(so_far[1:]) if so_far else ""
    return bool(said.strip(" -_*.")) or (bool(so_far) and len(so_far[0].split()) > 3)


def _is_open(so_far: Sequence[str]) -> bool:
    """Whether the title cannot end here: a dangling word, an open quote or bracket."""
    last = so_far[-1].strip()
    said = " ".join(so_far)
    return (
        bool(_GOES_ON.search(bare(last)))
        or said.count("“") > said.count("”")
        or said.count("(") > said.count(")")
    )


def _goes_on_complete(
    so_far: Sequence[str], text: str, block: Paragraph, title: Sequence[Paragraph], after: Sequence[str]
) -> bool:
    """Whether a further line belongs to a title that could end before it."""
    words = text.strip()
    if words[0].islower() or (_CONNECTS.match(bare(words)) and not _is_sentence(words)):
        return len(words) < 200
    if _TIME_LINE.match(bare(words)) and len(words) < 60 and words[-1] not in ";:":
        return True
    if upper_share(words) > 0.9 and upper_share(so_far[-1]) > 0.9:
        return True
    if _is_sentence(words):
        return False
    looks = _same_look(block, title[-1] if title else block)
    if looks is not None:
        return looks
    if len(words) < 90 and not _OPENING.match(bare(words)) and _stops(after) and len(so_far) < 6:
        return True
    return _runs_to_bases([words, *after])


def _same_look(block: Paragraph, last: Paragraph) -> bool | None:
    """Whether two lines look alike in weight and place; None where the format does not tell."""
    if block.style.centred is not None and last.style.centred:
        if block.style.bold is not None and last.style.bold is not None:
            return bool(block.style.centred) and block.style.bold == last.style.bold
        return bool(block.style.centred)
    if last.style.bold and block.style.bold is not None:
        return block.style.bold
    return None


def _is_sentence(text: str) -> bool:
    words = text.strip()
    return words[-1:] in ".;:" or len(words) > 220


def _stops(after: Sequence[str]) -> bool:
    """Whether legal bases, a heading or prose follow, so that this line ended the title.

    Between them there may be short lines that go on with it: `nhiệm kỳ 2022 - 2027`, `Năm học 2022 - 2023`.
    """
    rest = [text.strip() for text in after if not is_noise(text)] or [""]
    more = next((i for i, text in enumerate(rest) if not _is_tail(text)), len(rest))
    text = rest[more] if 0 < more <= _MOST_TAILS and more < len(rest) else rest[0]
    folded = bare(text)
    return bool(_BASIS.match(folded) or _LABEL.match(folded)) or len(text) > 90 or _is_sentence(text)


def _runs_to_bases(lines: Sequence[str]) -> bool:
    """Whether short lines without a final mark run on to the legal bases or the first heading.

    A sentence that adopts the plan would end before them.
    """
    for line in lines[:_MOST_LINES_TO_BASES]:
        text, folded = line.strip(), bare(line)
        if _BASIS.match(folded) or _LABEL.match(folded):
            return True
        if text.startswith("(") or is_noise(text):
            continue
        if len(text) > 120 or _is_sentence(text) or ":" in text or _FOLLOWS.search(folded):
            return False
    return False


def _is_tail(text: str) -> bool:
    short = 0 < len(text) < _LONGEST_TAIL and text[-1] not in ".;:"
    return short and (text[0].islower() or _TIME_LINE.match(bare(text)) is not None)


def _may_be_untyped(document: Document, block: Paragraph) -> bool:
    """Whether a paragraph may be a title that no type line announces: in capitals or set off."""
    text = document.cut(block)
    set_off = upper_share(text) > 0.8 or bool(block.style.heading)
    set_off = set_off or (bool(block.style.bold) and block.style.centred is not False)
    return set_off and len(text) < _LONGEST_TITLE_LINE and not _is_sentence(text)


# --- preamble -------------------------------------------------------------------------------------


def first_of_body(document: Document, blocks: Sequence[Block]) -> int:
    """Index of the first block of the body: a heading, a table, or what follows “như sau:”."""
    announced: int | None = None
    bases = 0
    for index, block in enumerate(blocks[:_LONG_PREAMBLE]):
        if not isinstance(block, Paragraph):
            return index
        text = document.cut(block)
        if is_heading(text, block):
            return index
        if announced is not None:
            return announced
        folded = bare(text)
        if _FOLLOWS.search(folded[-60:]) and not _BASIS.match(folded[:40]):
            announced = index + 1
        bases = index + 1 if _OPENING.match(folded) or _BASIS.match(folded) else bases
    return announced if announced is not None else min(bases, len(blocks))


def is_heading(text: str, block: Paragraph) -> bool:
    """Whether a paragraph heads a section: by its label, by capitals, by its declared level."""
    folded = bare(text)
    if _LABEL.match(folded):
        return True
    short = len(text) < 160 and text.strip()[-1:] not in ".;,"
    return short and ((upper_share(text) > 0.9 and len(text.strip()) > 5) or bool(block.style.heading))
