"""The bodies of a letterhead: its lines joined to names, superior and issuing (joint) bodies told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, zip_longest

from extractors.document import Document, Paragraph
from extractors.found import Found
from extractors.geography import is_place_name
from extractors.numbers import SYMBOL, Symbol
from extractors.recognised import is_recognised, restored_name, spelled_in_prose
from extractors.rulebook import load
from extractors.vietnamese.bases import bare
from extractors.vietnamese.letters import squeeze, upper_share
from extractors.zones_dates import is_date_line
from extractors.zones_marks import CITING, YOUTH, is_electronic_signature, is_noise, number_end, read_anchor

_NO_BODY = re.compile(
    r"""
    [\s*_(\[]*(?: DU\s+THAO | V/v\b | VV: | Ve\s+viec | DEN\b | CONG\s+VAN\s+DEN | VAN\s+BAN\s+DEN | SAO\s+Y
      | SAO\s+LUC | PHE\s+DUYET | DUYET\b | MAU\s+(?:SO\s+)?\d | PHU\s+LUC | BIEU | Kem\s+theo | Trang\b
      | SO\s+HIEU\b | (?:TOI\s+|TUYET\s+)?MAT\b(?!\s+TRAN) | KHAN\b | THUONG\s+KHAN | HOA\s+TOC
      | HIEU\s+TRUONG | GIAM\s+DOC | CHU\s+TICH | TRUONG\s+(?:PHONG|BAN)\b | TM\. | KT\. )
    """,
    re.VERBOSE,
)
# With their marks: PHƯỢNG is no PHƯỜNG.
_DANGLING = re.compile(r"(?:\b(?:VÀ|CỦA|NGÀNH)|,)$")
_WITHOUT_PLACE = re.compile(
    r"\b(?:TỈNH|THÀNH PHỐ|HUYỆN|QUẬN|THỊ XÃ|TP|TX)\.?$|\b(?P<commune>XÃ|PHƯỜNG|THỊ TRẤN|TT)\.?$"
)
_JOINT_MARK = re.compile(r"\s*-\s*|\s+VÀ\s+|\s*,\s*", re.IGNORECASE)
_JOINT_END = re.compile(
    r"\w\s{0,3}[-–—][\s*_]*$|(?:\bVÀ|,)[\s*_]*$", re.IGNORECASE
)  # one dash: more are a rule
_DASHED = re.compile(r"[\s*_]*[-–—]\s{0,3}\w")
# Bodies that issue papers together: no office or board whose name joins two councils with “và”.
_EQUALS = re.compile(
    r"""
    (?: SO | BO | CONG\ AN | CUC | CHI\ CUC | KHO\ BAC | BAO\ HIEM | BHXH | PHONG | TRUONG | DAI | THANH\ TRA
      | BAN\ (?:TO\ CHUC|TUYEN\ GIAO|DAN\ VAN|NOI\ CHINH|DAN\ TOC|THUONG|CHAP\ HANH)
      | TINH\ DOAN | HUYEN\ DOAN | THANH\ DOAN | DOAN | HOI(?!\ DONG) | LIEN\ DOAN | LDLD | CONG\ DOAN
      | UBMTTQ | UB\ MTTQ | MTTQ | UY\ BAN | UBND | TOA\ AN | VIEN\ KIEM\ SAT )\b
    """,
    re.VERBOSE,
)
_LEVELS = (  # with their marks: KIM QUAN is no QUẬN
    re.compile(r"\bTỈNH\b"),
    re.compile(r"\b(?:HUYỆN|QUẬN|THỊ XÃ|THÀNH PHỐ|TP|TX)\b"),
    re.compile(r"\b(?:XÃ(?! HỘI)|PHƯỜNG|THỊ TRẤN)\b"),
)
# Symbols of joint papers: 15/KHLT-SNV-STC names the bodies that issue it.
_JOINT_TYPE = re.compile(r"(?:LT|LN|LS|PH)$")
_ENDS_IN_AND = re.compile(r"\s+VÀ$", re.IGNORECASE)
_ENDS_IN_WORD = re.compile(r"\s+VÀ$|,$", re.IGNORECASE)
_SYLLABLES_OF_PLACES = (2, 3, 4)
# Committees and councils that a letterhead may name without their place: it is that of the date line.
_OF_THEIR_PLACE = frozenset(
    {
        "UBND", "UY BAN NHAN DAN", "HDND", "HOI DONG NHAN DAN",
        "TINH UY", "THANH UY", "HUYEN UY", "QUAN UY", "THI UY",
    }
)  # fmt: skip
_SYLLABLES_OF_COMMUNE = 2  # of those whose name begins like a body's
_WHOLE_PLACE = re.compile(r"\b(?:HUYỆN|QUẬN|THỊ XÃ|THÀNH PHỐ|XÃ(?! HỘI)|PHƯỜNG|THỊ TRẤN) \w+ \w+$")
_UNIT = re.compile(r"(?:BCH|BAN CHAP HANH|TINH|THANH PHO|HUYEN|QUAN|THI XA|THI TRAN|XA|PHUONG|TRUONG)\s")
# A school's kind without its name; names that are bodies but for their marks: LÊ HỒNG / PHONG is no PHÒNG.
_SCHOOL_KIND = re.compile(r"\b(?:TIỂU HỌC|MẦM NON|MẪU GIÁO|THCS|THPT|TRUNG HỌC (?:CƠ SỞ|PHỔ THÔNG))$")
_NAME_OF_A_SCHOOL = re.compile(
    r"PHONG$|(?:TÔ|VŨ|QUÝ|ĐÔN|ĐẠI(?! HỌC)|TRƯƠNG(?! TH|(?: TIỂU| TRUNG| CAO| CHÍNH) | MẦM| MẪU| ĐẠI))\b"
)
_TRIM = " \t*_-–—.:;,|"


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    folded: str
    start: int
    end: int
    joint: bool  # ends in a dash: a second body follows
    dashed: bool = False  # begins with a dash: TÀI CHÍNH / - KẾ HOẠCH


@lru_cache(maxsize=1)
def _heads() -> tuple[tuple[re.Pattern[str], bool], ...]:
    return tuple(
        (re.compile(rf"(?:{entry['head']})\b"), bool(entry.get("alone", False)))
        for entry in load("letterhead_bodies")
    )


def head_kind(name: str) -> int | None:
    """Which of the classes of bodies a name begins with; None where it begins with none."""
    folded = bare(name).upper().lstrip(_TRIM)
    return next((i for i, (pattern, _) in enumerate(_heads()) if pattern.match(folded)), None)


def _says_no_body(name: str) -> bool:
    """Whether the name is but a first word: BAN CHỈ ĐẠO, SỞ."""
    folded = squeeze(bare(name).upper()).strip(_TRIM)
    kind = head_kind(name)
    if kind is None:
        return False
    pattern, alone = _heads()[kind]
    found = pattern.match(folded)
    whole = found is not None and found.end() == len(folded)
    return whole and (alone or folded not in _OF_THEIR_PLACE)


def read_bodies(
    document: Document, head: Sequence[Paragraph], symbol: Symbol | None = None
) -> tuple[tuple[Found[str], ...], tuple[Found[str], ...]]:
    """Superior bodies (outermost first) and the issuing bodies (several where the plan is joint)."""
    lines = _body_lines(document, [p for p in head if p.column != "right"])
    if not lines:
        lines = _body_lines(document, [p for p in head if p.column == "right"])
    names: list[list[_Line]] = []
    for line in _with_whole_heads(lines):
        if names and _goes_on(names[-1], line):
            names[-1].append(line)
        elif names or head_kind(line.text) is not None:
            names.append([line])
    names = [name for i, name in enumerate(names) if i == 0 or _said(name) != _said(names[i - 1])]
    bodies = [_found(document, name) for name in names]
    joint_from = _first_joint(names, symbol)
    return tuple(bodies[:joint_from]), tuple(bodies[joint_from:])


def _said(name: Sequence[_Line]) -> str:
    return " ".join(line.folded for line in name)


def _with_whole_heads(lines: Sequence[_Line]) -> Iterator[_Line]:
    """The lines, the first word of a body put before the rest of its name: `ỦY` / `BAN NHÂN DÂN`."""
    waiting: _Line | None = None
    for line in lines:
        if waiting is not None:
            whole = _Line(
                f"{waiting.text} {line.text}",
                f"{waiting.folded} {line.folded}",
                waiting.start,
                line.end,
                line.joint,
                waiting.dashed,
            )
            if head_kind(whole.text) is not None:
                yield whole
                waiting = None
                continue
            yield waiting
        waiting = line if line.text.isalpha() and head_kind(line.text) is None else None
        if waiting is None:
            yield line
    if waiting is not None:
        yield waiting


def _body_lines(document: Document, head: Sequence[Paragraph]) -> list[_Line]:
    lines: list[_Line] = []
    for paragraph, below in zip_longest(head, head[1:]):
        text = document.cut(paragraph)
        cited = bool(lines) and CITING.search(bare(lines[-1].text).upper()) is not None
        union = below is not None and _is_union_of(text, document.cut(below))
        if not (_may_name_a_body(text) or union) and not (cited and number_end(text) is not None):
            continue
        lines += _divided(text, paragraph.start)
    return lines


def _is_union_of(text: str, below: str) -> bool:
    """The youth union's name as the first line of its committee's: ĐOÀN TNCS HỒ CHÍ MINH / HUYỆN MAI SƠN."""
    return YOUTH.fullmatch(bare(text).strip(_TRIM)) is not None and _UNIT.match(bare(below)) is not None


def _may_name_a_body(text: str) -> bool:
    """Whether a letterhead's line can be a name of a body, or a part of one."""
    folded = bare(text)
    if is_noise(text) or len(text) > 160 or _NO_BODY.match(folded) or ":" in text:
        return False
    if SYMBOL.fullmatch(text.strip(" .*_")) and not text.strip(" .*_")[0].isalpha():
        return False
    if (
        read_anchor(text)
        or is_date_line(text)
        or number_end(text) is not None
        or is_electronic_signature(text)
    ):
        return False
    return upper_share(text) > 0.7 or (
        head_kind(text) is not None and len(text) < 70 and text.strip()[-1] != "."
    )


def _divided(text: str, start: int) -> list[_Line]:
    """The line's names: “SỞ Y TẾ - CÔNG ĐOÀN NGÀNH Y TẾ” is two, “THI ĐUA - KHEN THƯỞNG” one."""
    folded = bare(text)
    cuts = [0]
    ends = []
    for mark in _JOINT_MARK.finditer(text.replace("–", "-")):
        if _joins(folded[cuts[-1] : mark.start()], folded[mark.end() :], dash="-" in mark.group()):
            ends.append(mark.start())
            cuts.append(mark.end())
    ends.append(len(text))
    lines = []
    for i, (a, b) in enumerate(zip(cuts, ends, strict=True)):
        name = text[a:b].rstrip(_TRIM.replace(",", ""))
        lead = len(name) - len(name.lstrip(_TRIM))
        joint = i + 1 < len(cuts) or _JOINT_END.search(text) is not None
        dashed = i == 0 and _DASHED.match(text) is not None
        lines.append(
            _Line(
                name[lead:], bare(name[lead:]).upper(), start + a + lead, start + a + len(name), joint, dashed
            )
        )
    return lines


def _joins(left: str, right: str, *, dash: bool) -> bool:
    """Whether a dash or “và” stands between two bodies, not within the name of one."""
    if head_kind(left) is None or head_kind(right) is None or len(right) <= 4:
        return False
    return dash or (_EQUALS.match(left.upper()) is not None and _EQUALS.match(right.upper()) is not None)


def _goes_on(name: Sequence[_Line], line: _Line) -> bool:
    """Whether a line goes on with the name above it rather than beginning another."""
    last = name[-1]
    if CITING.search(last.folded):
        return True
    if last.joint and _joins(name[0].folded, line.folded, dash=not _ENDS_IN_WORD.search(last.text)):
        return False
    if head_kind(line.text) is None or is_place_name(line.text):
        return True  # HUYỆN ĐOAN HÙNG is no youth union (HUYỆN ĐOÀN)
    if _are_one_word(" ".join(part.text for part in name), line.text):
        return True
    if _awaits_place(last.text.upper(), line) or _names_school(name, line.text.upper()):
        return True
    return bool(_DANGLING.search(last.text.upper())) or (len(name) == 1 and _says_no_body(last.text))


def _awaits_place(upper: str, line: _Line) -> bool:
    """Whether `XÃ` waits for its name, `ĐỘI BÌNH`; UBND HUYỆN over PHÒNG NỘI VỤ is named without one."""
    kind = _WITHOUT_PLACE.search(upper)
    if kind is None or kind["commune"] is None:
        return False
    words = line.text.split()
    return len(words) <= _SYLLABLES_OF_COMMUNE and not _is_bare_head(line)


def _names_school(name: Sequence[_Line], upper: str) -> bool:
    """Whether a line is the rest of a school's name: TRƯỜNG THCS / ĐOÀN THỊ ĐIỂM, TIỂU HỌC LÊ QUÝ / ĐÔN."""
    if not name[0].folded.startswith("TRUONG"):
        return False
    nameless = _SCHOOL_KIND.search(name[-1].text.upper()) is not None
    return nameless or _NAME_OF_A_SCHOOL.match(upper) is not None


def _is_bare_head(line: _Line) -> bool:
    """Whether a line is the first word of a body and no more: CHI BỘ, VĂN PHÒNG."""
    return any(pattern.fullmatch(line.folded) for pattern, _ in _heads())


@lru_cache(maxsize=1)
def _compounds() -> frozenset[str]:
    return frozenset(word for entry in load("letterhead_compounds") for word in entry["words"])


def _are_one_word(upper: str, lower: str) -> bool:
    """Whether the line break divides a word whose second syllable looks like a body: MÔI / TRƯỜNG.

    The name of a place that is whole ends the name of its body: HUYỆN KIÊN HẢI / PHÒNG NỘI VỤ.
    """
    is_word = f"{upper.split()[-1]} {lower.split()[0]}".upper() in _compounds()
    return is_word and not _ends_in_place(upper) and bare(upper).upper() not in _OF_THEIR_PLACE


def _ends_in_place(name: str) -> bool:
    """Whether a name ends with that of a place: a known one, or two syllables behind its kind."""
    words = name.split()
    tails = (" ".join(words[-count:]) for count in _SYLLABLES_OF_PLACES)
    return _WHOLE_PLACE.search(name.upper()) is not None or any(map(is_place_name, tails))


def _first_joint(names: Sequence[Sequence[_Line]], symbol: Symbol | None) -> int:
    """Index of the first issuing body: the last, or the first of those that sign together."""
    first = len(names) - 1
    signing = _signing(symbol)
    while first > 0:
        upper, lower = names[first - 1], names[first]
        alike = head_kind(upper[0].text) == head_kind(lower[0].text) and _same_first_word(upper, lower)
        named = len(names) - first < signing
        if _is_above(upper, lower) or not (upper[-1].joint or alike or named):
            break
        first -= 1
    return max(first, 0)


def _signing(symbol: Symbol | None) -> int:
    """How many bodies the symbol of a joint paper names."""
    joint = symbol is not None and symbol.type is not None and _JOINT_TYPE.search(symbol.type)
    return len(symbol.organ.split("-")) if joint and symbol is not None and symbol.organ else 1


def _is_above(upper: Sequence[_Line], lower: Sequence[_Line]) -> bool:
    """Whether two bodies of one kind are of a territory and of one within it: UBND HUYỆN over UBND XÃ."""
    if head_kind(upper[0].text) != head_kind(lower[0].text):
        return False
    ranks = [_rank(" ".join(line.text for line in name).upper()) for name in (upper, lower)]
    return None not in ranks and ranks[0] != ranks[1]


def _rank(name: str) -> int | None:
    return next((rank for rank, pattern in enumerate(_LEVELS) if pattern.search(name)), None)


def _same_first_word(upper: Sequence[_Line], lower: Sequence[_Line]) -> bool:
    """SỞ A over SỞ B: equals. A party cell below its committee is none (ĐẢNG BỘ below ĐẢNG BỘ)."""
    first = upper[0].folded.split()[0]
    below = lower[0].folded
    return (
        first == below.split()[0]
        and first in {"SO", "BO"}
        and not below.startswith(("BO TU LENH", "BO CHI HUY"))
    )


def _joined(lines: Sequence[_Line]) -> str:
    """The lines of a name, a dash kept between them: TÀI CHÍNH - / KẾ HOẠCH."""
    text = lines[0].text
    for above, line in pairwise(lines):
        dash = line.dashed or (above.joint and not _ENDS_IN_WORD.search(above.text))
        text += f" - {line.text}" if dash else f" {line.text}"
    return text


def _found(document: Document, lines: Sequence[_Line]) -> Found[str]:
    value = _ENDS_IN_AND.sub("", squeeze(_joined(lines))).rstrip(_TRIM)
    if is_recognised(document, lines[0].start) and upper_share(value) > 0.7:
        value = restored_name(spelled_in_prose(document, value))
    start, end = lines[0].start, lines[-1].end
    if end - start > 1.5 * len(value) + 10:  # the other column's text lies between
        longest = max(lines, key=lambda line: line.end - line.start)
        start, end = longest.start, longest.end
    confidence = 0.95 if upper_share(value) > 0.7 else 0.7
    return Found(value, start, end, "letterhead-body", confidence)
