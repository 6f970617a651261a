"""The issuing body in full: from the letterhead, else from preamble, signature, title or symbol.

The name is given in sentence case, abbreviations written out, with its place where it has none of its
own; a sub-unit with its superior (`Thanh tra Sở Y tế tỉnh Kiên Giang`); joint issuers joined by “và”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from extractors import plan
from extractors.bodies import BodyContext, expanded, full_name, sentence_case
from extractors.document import Document, Paragraph
from extractors.found import Found, finding
from extractors.geography import province_mentions
from extractors.issuer_place import Territory, level_of, territory_in, territory_of_place
from extractors.letterhead import Letterhead
from extractors.letterhead_bodies import head_kind
from extractors.signature import Signature
from extractors.vietnamese.bases import CAPITALS
from extractors.vietnamese.letters import plain, squeeze
from extractors.zones import Zones

Source = Literal["letterhead", "preamble", "signature", "title", "symbol"]

_STAGE = "issuer"


@dataclass(frozen=True, slots=True)
class Issuer:
    """The issuer: `name` in full, where it was found, its superior in full, its territory.

    `province` is the name without its kind; `context` completes the names of the bodies in the plan.
    """

    name: Found[str] | None = None
    source: Source | None = None
    parent: Found[str] | None = None
    province: Found[str] | None = None
    place: str | None = None
    level: str | None = None
    context: BodyContext = BodyContext()
    diagnostics: tuple[plan.Finding, ...] = ()


def read_issuer(document: Document, zones: Zones, letterhead: Letterhead, signature: Signature) -> Issuer:
    """Who issued the document, and of which territory that body is."""
    printed, source = _printed_names(document, zones, letterhead, signature)
    names = [sentence_case(found.value) for found in printed]
    parents = [sentence_case(found.value) for found in letterhead.parents] if source == "letterhead" else []
    territory, province = _territory(document, zones, letterhead, [*names, *parents[::-1]])
    level = _level(names, parents, territory)
    if level == "central":  # a ministry's seat is not its territory
        territory = province = None
    context = _context(territory, level)
    parent = None
    if letterhead.parents and source == "letterhead":
        above = letterhead.parents[-1]
        value = _with_kind(full_name(parents[-1], _context(territory, level_of(expanded(parents[-1]), territory))))
        parent = Found(value, above.start, above.end, "letterhead-parent", above.confidence)
    notes = _notes(document, printed, source, province, level)
    if not printed:
        return Issuer(None, None, parent, province, context.place, level, context, notes)
    full = " và ".join(_completed(name, parent.value if parent else None, context, names) for name in names)
    first, last = printed[0], printed[-1]
    confidence = min(found.confidence for found in printed)
    name = Found(full, min(first.start, last.start), max(first.end, last.end), first.rule, confidence)
    own = BodyContext(full, level, context.province, context.place, context.province_kind)
    return Issuer(name, source, parent, province, context.place, level, own, notes)


def _level(names: Sequence[str], parents: Sequence[str], territory: Territory | None) -> str | None:
    """Level of the issuer; a sub-unit is of its superior's level."""
    if not names:
        return territory.level if territory else None
    if parents and _SUB_UNITS.match(names[0]) and not _TERRITORIAL.match(expanded(parents[-1])):
        return level_of(expanded(parents[-1]), territory)
    return level_of(expanded(names[0]), territory)


def _context(territory: Territory | None, level: str | None) -> BodyContext:
    province = territory.province if territory else None
    return BodyContext(
        issuer=None,
        level=level,
        province=province.name if province else None,
        place=(territory.place if territory else None) or (f"{province.kind} {province.name}" if province else None),
        province_kind=province.kind if province else None,
    )


def _notes(
    document: Document, printed: Sequence[Found[str]], source: Source | None, province: Found[str] | None,
    level: str | None,
) -> tuple[plan.Finding, ...]:
    notes = []
    if not printed:
        notes.append(finding(document, _STAGE, "warning", "no-issuer", "no issuing body is named"))
    elif source != "letterhead":
        message = f"the letterhead names no body; taken from the {source}: {printed[0].value}"
        notes.append(finding(document, _STAGE, "info", "issuer-inferred", message, printed[0].start))
    if province is None and level != "central":
        notes.append(finding(document, _STAGE, "info", "no-province", "no province is named"))
    return tuple(notes)


# --- which name ---------------------------------------------------------------------------------


def _printed_names(
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
    (?: xây\ dựng | ban\ hành | đề\ ra | lập | triển\ khai | tổ\ chức | thực\ hiện | tiến\ hành | phê\ duyệt | yêu\ cầu )
    [^.;:]{0,80}? \b (?:[Kk]ế\s+hoạch|như\ sau|cụ\ thể|sau\ đây|hoạt\ động|các\ nội\ dung) \b
    """,
    re.VERBOSE,
)
_STARTS = re.compile(rf"(?:^|(?<=[,;:.]\s)|(?<=\d\s)|(?<=\s{{2}}))(?=[{CAPITALS}])")
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
            name = text[start : verb.start()].strip()
            if head_kind(name) is not None and len(name) <= _LONGEST_NAME and not re.search(r"[;:“”]|\bsố\s+\d", name):
                return Found(squeeze(name), offset + start, offset + start + len(name), "adopting-sentence", 0.85)
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


_HEAD_OF = {"Chánh Văn phòng": "Văn phòng", "Phó Chánh Văn phòng": "Văn phòng", "Chánh Thanh tra": "Thanh tra",
            "Phó Chánh Thanh tra": "Thanh tra"}  # fmt: skip


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


# --- its full name --------------------------------------------------------------------------------

_SUB_UNITS = re.compile(
    r"^(?:Thanh tra|Văn phòng|Phòng|Khoa|Tổ|Đội|Bộ môn|Công đoàn|Chi bộ|Đảng bộ|Đảng ủy|Chi đoàn|Đoàn thanh niên|Liên đội"
    r"|Lớp|Nhóm|Ban|Hội đồng|Hội Cựu|Hội Chữ thập|Khối|Cụm)\b"
)
_TERRITORIAL = re.compile(
    r"^(?:Ủy ban nhân dân|Hội đồng nhân dân|Uỷ ban|Tỉnh ủy|Huyện ủy|Thành ủy|Thị ủy|Quận ủy|Đảng bộ|Liên đoàn Lao động"
    r"|Ủy ban Mặt trận|Tỉnh đoàn|Đảng ủy)"
)
# Organs of a committee, a council or a front that bear no place of their own.
_OFFICES = re.compile(
    r"^(?:Văn phòng|Ban Thường trực|Ban Thường vụ|Ban Chấp hành|Thường trực|Ban Pháp chế|Ban Văn hóa.*|Ban Kinh tế.*"
    r"|Ban Tổ chức|Ban Tuyên giáo.*|Ban Dân vận|Ban Nội chính|Ủy ban Kiểm tra|Cơ quan .*)$"
)
_OWN_NAME = re.compile(r"^(?:Trường|Bệnh viện|Công ty|Tập đoàn|Tổng công ty|Ngân hàng|Học viện|Đại học|Nhà hát|Vườn|Khu|Viện|Bộ|Báo)\b")


def _completed(name: str, parent: str | None, context: BodyContext, names: Sequence[str]) -> str:
    """One issuer's name in full; what it lacks comes from its superior, else from the territory."""
    name = _with_field(name, names)
    full = _with_kind(full_name(name, context))
    if re.search(r"\d", full) and "số" in full.casefold():
        return full  # “Đoàn kiểm tra theo Quyết định số …” is one of its kind
    if _names_a_place(full):
        return full
    if parent and _SUB_UNITS.match(full) and not _TERRITORIAL.match(parent) and plain(full) not in plain(parent):
        return f"{full} {parent}"
    if parent and _OFFICES.match(full) and (full == "Văn phòng" or not parent.startswith("Ủy ban nhân dân")):
        return f"{full} {parent}"
    if _OWN_NAME.match(full) or context.level == "central" or not context.place or _OFFICES.match(full):
        return full
    where = context.place if parent or _TERRITORIAL.match(full) or not _province_only(context) else None
    where = where or f"{context.province_kind} {context.province}"
    return f"{full} {where}" if head_kind(full) is not None else full


_TAKES_KIND = re.compile(r"^(?:Liên đoàn Lao động|Công an|Công đoàn|Sở|Ban|Hội|Cục|Chi cục|Thanh tra|Kho bạc|Bảo hiểm)\b")


def _with_kind(name: str) -> str:
    """`Liên đoàn Lao động Thái Bình` as `Liên đoàn Lao động tỉnh Thái Bình`."""
    mention = next(iter(province_mentions(name)), None)
    if mention is None or mention.marked or mention.end != len(name) or not _TAKES_KIND.match(name):
        return name
    return f"{name[: mention.start]}{mention.province.kind} {name[mention.start :]}"


def _province_only(context: BodyContext) -> bool:
    return context.province is not None and context.place == f"{context.province_kind} {context.province}"


def _with_field(name: str, names: Sequence[str]) -> str:
    """`Công đoàn ngành` beside `Sở Y tế` is `Công đoàn ngành Y tế`."""
    department = re.match(r"Sở\s+(?P<field>.+?)(?:\s+(?:tỉnh|thành phố)\b.*)?$", expanded(names[0]))
    if name.endswith(" ngành") and department and name != names[0]:
        return f"{name} {department['field']}"
    return name


def _names_a_place(name: str) -> bool:
    found = territory_in(name)
    return found is not None or bool(re.search(r"\b(?:Trung ương|Việt Nam|Quốc gia)\b", name))


# --- its territory --------------------------------------------------------------------------------


def _territory(
    document: Document, zones: Zones, letterhead: Letterhead, names: Sequence[str]
) -> tuple[Territory | None, Found[str] | None]:
    """The issuer's territory, and its province: by names of the letterhead, place, title, text."""
    own = next((t for t in map(territory_in, names) if t is not None), None)
    dated = territory_of_place(letterhead.place.value) if letterhead.place else None
    titled = next(iter(_territories(document, zones.title, 4)), None)
    spoken = next(iter(_territories(document, tuple(zones.preamble), 40)), None)
    if own is not None and own.level in {"district", "commune"} and own.province is None:
        province = next((t.province for t in (dated, titled, spoken) if t and t.province), None)
        own = Territory(own.place, own.level, province)
    chosen = own or dated or titled or spoken
    if chosen is not None and chosen.place is None and titled is not None and titled.place:
        chosen = Territory(titled.place, titled.level, chosen.province or titled.province)
    if chosen is None or chosen.province is None:
        chosen = _from_text(document, zones, chosen)
    if chosen is None or chosen.province is None:
        return chosen, None
    return chosen, _found_province(document, zones, letterhead, chosen)


def _territories(document: Document, paragraphs: Sequence[Paragraph], most: int) -> Iterator[Territory]:
    """Territories that the sentences name, the smaller ones first of each sentence."""
    for paragraph in paragraphs[:most]:
        found = territory_in(document.cut(paragraph))
        if found is not None:
            yield found


def _from_text(document: Document, zones: Zones, known: Territory | None) -> Territory | None:
    """The province that the closing and the body name, where it is one and the same."""
    found = {}
    for block in (*zones.closing, *zones.body[:60]):
        if isinstance(block, Paragraph):
            territory = territory_in(document.cut(block))
            if territory is not None and territory.province is not None:
                found[territory.province.name] = territory.province
    if len(found) != 1:
        return known
    province = next(iter(found.values()))
    if known is not None:
        return Territory(known.place, known.level, province)
    return Territory(f"{province.kind} {province.name}", None, province)


def _found_province(
    document: Document, zones: Zones, letterhead: Letterhead, territory: Territory
) -> Found[str] | None:
    """The province's name with the first span that prints it, or that names the territory in it."""
    assert territory.province is not None
    name = territory.province.name
    wanted = [plain(name)]
    if territory.place:
        wanted.append(plain(territory.place.split(" ", 1)[-1]))
    blocks = (*zones.head, *zones.title, *zones.preamble, *zones.closing, *zones.body[:60])
    for word in wanted:
        for block in blocks:
            if isinstance(block, Paragraph):
                at = plain(document.cut(block)).find(word)
                if at >= 0:
                    start = block.start + at
                    return Found(name, start, start + len(word), "province-named", 0.9)
    span = letterhead.issuers[0] if letterhead.issuers else None
    return Found(name, span.start if span else 0, span.end if span else 0, "province-of-district", 0.8)
