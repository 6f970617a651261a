"""Where the issuing body is named: letterhead, adopting sentence, signature, title, symbol."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from extractors.bodies import expanded
from extractors.document import Document, Paragraph
from extractors.found import Found
from extractors.letterhead import Letterhead
from extractors.letterhead_bodies import head_kind
from extractors.signature import Signature
from extractors.vietnamese.bases import CAPITALS
from extractors.vietnamese.letters import squeeze
from extractors.zones import Zones

Source = Literal["letterhead", "preamble", "signature", "title", "symbol"]


def printed_names(
    document: Document, zones: Zones, letterhead: Letterhead, signature: Signature
) -> tuple[tuple[Found[str], ...], Source | None]:
    """The issuer's names as printed, the best source first."""
    if letterhead.issuers:
        return letterhead.issuers, "letterhead"
    sentence = _adopting_body(document, zones) or _body_of_last_sentence(document, zones)
    if sentence is not None:
        return (sentence,), "preamble"
    signing = _signing_body(signature)
    if signing is not None:
        return (signing,), "signature"
    titled = _body_in_title(document, zones)
    if titled is not None:
        return (titled,), "title"
    symbol = _body_in_symbol(letterhead)
    return ((symbol,), "symbol") if symbol is not None else ((), None)


_ADOPTS = re.compile(
    r"""
    \s+ (?: (?:đã|sẽ|cùng|thống\ nhất|phối\ hợp\ (?:với|cùng|tổ\ chức)[^.;:]{0,120}?)\s+ ){0,2}
    (?: xây\ dựng | ban\ hành | đề\ ra | lập | triển\ khai | tổ\ chức | thực\ hiện | tiến\ hành | phê\ duyệt
      | yêu\ cầu )
    \b (?= [^.;:]{0,80}? \b (?:[Kk]ế\s+hoạch|như\ sau|cụ\ thể|sau\ đây|hoạt\ động|các\ nội\ dung) \b )
    """,
    re.VERBOSE,
)
_STARTS = re.compile(rf"(?:^|(?<=[,;:.]\s)|(?<=\d\s)|(?<=\s{{2}}))(?=[{CAPITALS}])")
_NO_NAME = re.compile(r"[;:“”]|\bsố\s+\d|\b(?:xây dựng|ban hành|triển khai|thực hiện|yêu cầu|đề ra)\b")
_VERB_TAIL = re.compile(r"(?:\s+(?:tổ chức|phối hợp|tiến hành|lập|đã|sẽ))+\s*$")
_LONGEST_NAME = 150


def _adopting_body(document: Document, zones: Zones) -> Found[str] | None:
    """The subject of the sentence that adopts the plan: `Ủy ban nhân dân tỉnh … xây dựng Kế hoạch …`."""
    paragraphs = [*zones.title[-1:], *zones.preamble] if not zones.preamble else list(zones.preamble)
    opening = [b for b in zones.body[:3] if isinstance(b, Paragraph)] if not zones.preamble else []
    for paragraph in reversed([*paragraphs, *opening]):
        found = _subject(document.cut(paragraph), paragraph.start)
        if found is not None:
            return found
    return None


def _subject(text: str, offset: int) -> Found[str] | None:
    """The last body of a sentence that a verb of adopting follows."""
    for verb in reversed(list(_ADOPTS.finditer(text[:4000]))):
        for start in _starts_before(text, verb.start()):
            name = _VERB_TAIL.sub("", text[start : verb.start()]).strip()
            if head_kind(name) is not None and len(name) <= _LONGEST_NAME and not _NO_NAME.search(name):
                return Found(
                    squeeze(name), offset + start, offset + start + len(name), "adopting-sentence", 0.85
                )
    return None


def _starts_before(text: str, end: int) -> Iterator[int]:
    """Where the subject may begin: the nearest beginning of a clause first."""
    begin = max(0, end - _LONGEST_NAME - 20)
    starts = [m.start() for m in _STARTS.finditer(text, begin, end) if m.start() > begin or begin == 0]
    yield from reversed(starts)


_LAST_SENTENCE = re.compile(
    rf"^\s*(?:Trên\s+đây\s+là|Đây\s+là)\b[^.]{{0,400}}?\bcủa\s+(?P<body>[{CAPITALS}][^.,;:/]{{3,90}})"
)


def _body_of_last_sentence(document: Document, zones: Zones) -> Found[str] | None:
    """`Trên đây là Kế hoạch … của Trường …`: the body at the end of the closing sentence."""
    for block in reversed(zones.body[-5:]):
        if not isinstance(block, Paragraph):
            continue
        text = document.cut(block)
        found = _LAST_SENTENCE.match(text)
        if found and found["body"][0].isupper() and head_kind(found["body"]) is not None:
            name = found["body"].rstrip()
            start = block.start + found.start("body")
            return Found(squeeze(name), start, start + len(name), "closing-sentence", 0.7)
    return None


_HEAD_OF = {
    "Chánh Văn phòng": "Văn phòng",
    "Phó Chánh Văn phòng": "Văn phòng",
    "Chánh Thanh tra": "Thanh tra",
    "Phó Chánh Thanh tra": "Thanh tra",
}


def _signing_body(signature: Signature) -> Found[str] | None:
    """The body behind TM., or the one that the post names: `GIÁM ĐỐC SỞ Y TẾ`, `CHÁNH VĂN PHÒNG`."""
    if signature.body is not None and head_kind(signature.body.value) is not None:
        body = signature.body
        return Found(body.value, body.start, body.end, "signature-body", 0.7)
    for post in (signature.on_behalf_of, signature.signer_title):
        if post is None:
            continue
        unit = re.search(r"\b(?:đốc|tịch|trưởng|phòng|thư)\s+(?P<unit>\S.{2,})", post.value)
        if unit and head_kind(unit["unit"]) is not None:
            return Found(unit["unit"], post.start, post.end, "signature-post", 0.6)
        if post.value in _HEAD_OF:
            return Found(_HEAD_OF[post.value], post.start, post.end, "signature-post", 0.5)
    return None


_IN_TITLE = re.compile(
    rf"\b(?:của|tại|trong)\s+(?P<body>[{CAPITALS}][^.,;:“”\"()]{{3,90}}?)(?=\s+năm\b|\s+giai\b|\s*$)"
)
_CITES = re.compile(r"^\s*(?:KẾ HOẠCH\s+)?(?:triển khai|thực hiện|hưởng ứng)\b", re.IGNORECASE)


def _body_in_title(document: Document, zones: Zones) -> Found[str] | None:
    """`… năm 2016 của Sở Xây dựng tỉnh …`; not in a title that carries out another body's paper."""
    if not zones.title:
        return None
    start, end = zones.title[0].start, zones.title[-1].end
    text = document.text[start:end]
    if _CITES.match(text) and re.search(r"\bsố\s*\d", text):
        return None
    for found in _IN_TITLE.finditer(text):
        if head_kind(found["body"]) is not None:
            at = start + found.start("body")
            return Found(squeeze(found["body"]), at, at + len(found["body"]), "body-in-title", 0.6)
    return None


def _body_in_symbol(letterhead: Letterhead) -> Found[str] | None:
    """The body that the symbol's code stands for, where it is known: KH-SNV gives Sở Nội vụ."""
    symbol, notation = letterhead.symbol, letterhead.notation
    if symbol is None or notation is None or not symbol.organ or not symbol.well_formed:
        return None
    code = symbol.organ.split("-")[0]
    name = expanded(code)
    if name == code or head_kind(name) is None:
        return None
    return Found(name, notation.start, notation.end, "organ-in-symbol", 0.5)
