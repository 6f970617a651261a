"""Legal bases (căn cứ) and references: which instruments a plan cites, where, and in what role."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from extractors import plan
from extractors.citations_head import Head, Scan, tidy
from extractors.citations_lexicon import issuer_of_symbol
from extractors.citations_scan import find_heads
from extractors.citations_title import Title, read_title
from extractors.doc_types import read_type_line
from extractors.document import Block, Document, Paragraph
from extractors.vietnamese.letters import key, squeeze
from extractors.zones import Zones

Role = Literal["basis", "reference"]


_NEAR = 12  # heads before a law among which the one is sought whose title the law completes


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation, printed in `text[start:end]`; `number` is in the dataset's form, `title` without quotes."""

    start: int
    end: int
    instrument: str
    number: str | None
    issued_on: date | None
    issuer: str | None
    title: str | None
    relation: Literal["amends"] | None
    rule: str
    confidence: float


_CONFIDENCE = {
    "numbered": 0.97,
    "shared kind": 0.95,
    "law by number": 0.97,
    "law by name and date": 0.97,
    "law by name": 0.85,
    "law by unknown name": 0.6,
    "constitution": 0.9,
    "plain number": 0.9,
    "odd number": 0.85,
    "blank number": 0.7,
    "dated": 0.8,
    "symbol alone": 0.8,
}
# Nothing can be cited without one of these.
_WORTH = re.compile(r"\d\w?\s?[/‐-―−\-._]|[Ll]uật|LUẬT|[Pp]háp lệnh|PHÁP LỆNH|Hiến pháp|ngày|NGÀY|năm \d")
# A line that the author broke before a new item or a new lead begins something new.
_NEW_ITEM = re.compile(
    r"\n(?=\s*(?:\n|[-+•*–]\s|\d{1,2}[.)]\s|"
    r"(?:Căn cứ|Thực hiện|Theo|Xét|Triển khai|Tiếp tục|Trên cơ sở|Luật|Nghị)\b))"
)
_PART_OF_A_TITLE = re.compile(
    r"(?:một số (?:điều|nội dung|quy định)|chi tiết|thi hành|hướng dẫn|các điều|sửa đổi|bổ sung)[^,;.]{0,60}$"
)


def find_citations(text: str) -> list[Citation]:
    """All citations of instruments in a text, in order of their beginning.

    A citation has a number or a date, or is a law by its name. One that stands in the title of
    another is a citation too, unless it is a law named without number and date.
    """
    if not _WORTH.search(text):
        return []
    scan = Scan.of(_NEW_ITEM.sub(";", text))
    heads = _with_shared_issuers(find_heads(scan))
    titles = [None if h.law is not None else read_title(scan, h, heads[i + 1 :]) for i, h in enumerate(heads)]
    found: list[Citation] = []
    for i, (head, title) in enumerate(zip(heads, titles, strict=True)):
        if not _is_bare_in_title(scan, head, titles[max(0, i - _NEAR) : i]):
            found.append(_citation(head, title))
    return found


def _with_shared_issuers(heads: Sequence[Head]) -> list[Head]:
    """Heads of one enumeration share the issuer that only one of them prints."""
    done: list[Head] = []
    group: list[Head] = []
    for head in [*heads, None]:
        if head is not None and head.shared:
            group.append(head)
            continue
        issuers = {key(h.issuer): h.issuer for h in group if h.issuer}
        shared = next(iter(issuers.values())) if len(group) > 1 and len(issuers) == 1 else None
        done += [replace(h, issuer=h.issuer or shared) for h in group]
        group = [head] if head is not None else []
    return done


def _is_bare_in_title(scan: Scan, head: Head, titles: Iterable[Title | None]) -> bool:
    """Whether a law named without number and date only completes the title of its decree."""
    if not head.is_law or head.number or head.dated:
        return False
    return any(
        t is not None
        and t.start < head.start < t.end
        and _PART_OF_A_TITLE.search(scan.folded[max(t.start, head.start - 90) : head.start])
        for t in titles
    )


def _citation(head: Head, title: Title | None) -> Citation:
    named = head.law if head.law is not None else title.text if title else None
    amends = head.is_law and (head.amends or bool(named and re.match(r"(?i)(?:sửa đổi|bổ sung)", named)))
    issuer = squeeze(head.issuer).strip(" ,.;:*") if head.issuer else None
    return Citation(
        head.start,
        max(head.end, title.end) if title else head.end,
        head.instrument,
        head.number,
        head.issued_on,
        issuer or (issuer_of_symbol(head.number) if head.number else None),
        squeeze(named) if named else None,
        "amends" if amends else None,
        head.rule,
        _CONFIDENCE[head.rule] if head.issued_on or not head.dated else 0.5,
    )


# --- in a document --------------------------------------------------------------------------

_ATTACHED = re.compile(r"\W*(?:(?:ban hành|được ban hành) +)?(?:đính +)?kèm theo(?!\w)", re.IGNORECASE)
_BASES_HEADING = re.compile(
    r"(?:[IVX\d]{1,4}|[A-Za-z])?[.)/:\- ]*(?:các |những )?(?:cơ sở|căn cứ)(?: pháp lý| pháp luật| chung)?"
    r"(?: (?:xây dựng|ban hành|lập|để|của|thực hiện)[^.;:]{0,60})?[ .:]*",
    re.IGNORECASE,
)
_HEADING = re.compile(r"\s*(?:[IVX]{1,5}|[A-H]|PHẦN\b.{0,20})[.)/:\- ]+\S")
_LONGEST_ATTACHED = 300  # characters of a line “(Kèm theo Kế hoạch số …)”


@dataclass(frozen=True, slots=True)
class _Place:
    """A stretch of the document that is read as one text."""

    start: int
    end: int
    role: Role


def read_citations(
    document: Document, zones: Zones, own_number: str | None = None
) -> tuple[plan.LegalBasis, ...]:
    """The legal bases and references of a document, in order.

    `basis` in the preamble (or a section headed Căn cứ) or, where it names none, in the title;
    `reference` anywhere else. `own_number` is the document's: what cites it is no citation.
    """
    found = [
        (place.role, replace(c, start=place.start + c.start, end=place.start + c.end))
        for place in _places(document, zones)
        for c in _cited_in(document, place, own_number)
    ]
    if all(role == "reference" for role, _ in found):
        spans = [_span(zones.carrier), _span(zones.title)]
        found = [("basis" if any(a <= c.start < b for a, b in spans) else role, c) for role, c in found]
    completed = _completed(sorted(found, key=lambda f: f[1].start))
    return tuple(_fact(document, role, c) for role, c in completed)


def _cited_in(document: Document, place: _Place, own_number: str | None) -> Iterator[Citation]:
    text = document.text[place.start : place.end]
    attached = len(text) <= _LONGEST_ATTACHED and _ATTACHED.match(text) is not None
    own = tidy(own_number).casefold() if own_number else None
    for citation in find_citations(text):
        number = citation.number.casefold() if citation.number else None
        if own is not None and number == own:
            continue
        if attached and (own is None or number is None):
            continue
        yield citation


def _places(document: Document, zones: Zones) -> Iterator[_Place]:
    """What is read: titles, preamble, body, annexes; not the letterhead, not the closing."""
    for lines in (zones.carrier, zones.title):
        start, end = _span(lines)
        if lines:
            # The type in capitals above its title is no instrument of the citation that follows it.
            line = read_type_line(document.cut(lines[0]))
            start += line.rest if line is not None else 0
        if start < end:
            yield _Place(start, end, "reference")
    yield from _preamble_places(document, zones)
    yield from _body_places(document, zones)
    for paragraph in _paragraphs(zones.annexes):
        yield _Place(paragraph.start, paragraph.end, "reference")


def _preamble_places(document: Document, zones: Zones) -> Iterator[_Place]:
    """Paragraphs of the preamble, those joined that are one sentence broken by the author."""
    waiting: _Place | None = None
    for paragraph in _paragraphs(zones.preamble):
        role: Role = "basis" if paragraph.part == "body" else "reference"
        text = document.text[paragraph.start : paragraph.end].lstrip()
        if waiting is not None:
            unfinished = document.text[waiting.start : waiting.end].rstrip()[-1:] not in ";.:"
            if unfinished and role == waiting.role and (text[:1].islower() or text[:1].isdigit()):
                waiting = replace(waiting, end=paragraph.end)
                continue
            yield waiting
        waiting = _Place(paragraph.start, paragraph.end, role)
    if waiting is not None:
        yield waiting


def _body_places(document: Document, zones: Zones) -> Iterator[_Place]:
    """Paragraphs of the body; those of a section headed Căn cứ are bases."""
    in_bases = False
    for paragraph in _paragraphs(zones.body):
        text = document.text[paragraph.start : paragraph.end]
        if len(text) < 110 and _BASES_HEADING.fullmatch(text.strip()):
            in_bases = True
        elif in_bases and _HEADING.match(text):
            in_bases = False
        basis = in_bases and paragraph.part == "body"
        yield _Place(paragraph.start, paragraph.end, "basis" if basis else "reference")


def _paragraphs(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    for block in blocks:
        of_block = (
            [block] if isinstance(block, Paragraph) else [p for cell in block.cells for p in cell.paragraphs]
        )
        yield from (p for p in of_block if p.part in ("body", "footnote"))


def _span(paragraphs: Sequence[Paragraph]) -> tuple[int, int]:
    return (paragraphs[0].start, paragraphs[-1].end) if paragraphs else (0, 0)


def _completed(found: Sequence[tuple[Role, Citation]]) -> list[tuple[Role, Citation]]:
    """Bases with the issuer and title that the document gives the same instrument elsewhere.

    An instrument is cited in full once and by number and date after that (Nghị định 30/2020/NĐ-CP,
    Phụ lục I), and not always in that order. What the mentions disagree about is left out.
    """
    known: dict[tuple[str, str, date], list[Citation]] = {}
    for _, c in found:
        if c.number and c.issued_on:
            known.setdefault((c.instrument, c.number, c.issued_on), []).append(c)
    return [(role, _complete(c, known) if role == "basis" else c) for role, c in found]


def _complete(c: Citation, known: dict[tuple[str, str, date], list[Citation]]) -> Citation:
    if not c.number or not c.issued_on or (c.issuer and c.title):
        return c
    others = known[c.instrument, c.number, c.issued_on]
    issuer = c.issuer or _agreed([o.issuer for o in others])
    return replace(c, issuer=issuer, title=c.title or _agreed([o.title for o in others]))


def _agreed(values: Iterable[str | None]) -> str | None:
    """The one value that all who have one agree about."""
    known = {key(v): v for v in values if v}
    return next(iter(known.values())) if len(known) == 1 else None


def _fact(document: Document, role: Role, c: Citation) -> plan.LegalBasis:
    return plan.LegalBasis(
        start=c.start,
        end=c.end,
        regions=tuple(
            plan.Region(page=r.page, x0=r.x0, y0=r.y0, x1=r.x1, y1=r.y1)
            for r in document.regions(c.start, c.end)
        ),
        confidence=c.confidence,
        rule=f"citation: {c.rule}",
        role=role,
        instrument=c.instrument,
        number=c.number,
        issued_on=c.issued_on,
        issuer=c.issuer,
        title=c.title,
        relation=c.relation,
        text=squeeze(document.text[c.start : c.end]),
    )
