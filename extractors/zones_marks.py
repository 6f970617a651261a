"""Lines that mark a zone: national motto, number, date line, recipients' label, electronic signature, annex.

Patterns run over bare text (no marks, same offsets), because recognisers lose marks first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.numbers import SYMBOL
from extractors.positions import read_authority, read_name, read_post
from extractors.vietnamese.bases import CAPITALS, bare
from extractors.vietnamese.letters import upper_share

MOTTO = re.compile(
    r"C\W?[O0]NG\s{0,5}HO\s?A?\s{0,5}XA\s{0,5}HO[IL]\s{0,5}CHU\s{0,5}NGH[IL]A\s{0,5}V[IL]ET\s{0,5}NAM",
    re.IGNORECASE,
)
SLOGAN = re.compile(r"DOC\s{0,4}LAP\W{0,5}TU\s{0,4}DO\W{0,5}HANH\s{0,4}PHUC", re.IGNORECASE)
PARTY = re.compile(r"DANG\s+CONG\s+SAN\s+VIET\s+NAM")
# Youth union letterheads print the union where others print the motto.
YOUTH = re.compile(r"DOAN\s+(?:TNCS|THANH\s+NIEN\s+CONG\s+SAN)\s+HO\s+CHI\s+MINH")
_ANCHORS = (MOTTO, SLOGAN, PARTY, YOUTH)

_BLANK = r"[\s.…_·]{0,60}"
DATE = re.compile(
    rf"""
    (?: ngay (?P<d>\s?\d{{1,2}}(?!\d)|{_BLANK}) [\s,]{{0,9}}
        thang (?P<m>\s{{0,9}}\d{{1,2}}(?!\d)|{_BLANK}) [\s,]{{0,9}}nam (?P<y>\s{{0,9}}\d{{2,5}}|{_BLANK})
      | ngay (?P<d2>\s{{0,9}}\d{{1,2}}(?!\d)|{_BLANK}) \s{{0,9}}[/.-]
        (?P<m2>\s?\d{{1,2}}(?!\d)|[\s._…]{{0,20}})
        \s{{0,9}}[/.-]\s{{0,9}} (?P<y2>\d{{4}})(?!\d)
      | (?<=,)\s{{0,9}} (?P<d3>\d{{1,2}}) \s?[/.-]\s? (?P<m3>\d{{1,2}}) \s?[/.-]\s? (?P<y3>\d{{4}})(?!\d)
        \s{{0,9}}$
      | ngay (?P<d5>[^\n]{{0,9}}?) [\s,]{{0,9}}thang (?P<m5>[^\n]{{0,7}}?) [\s,]{{0,9}}
        nam (?P<y5>\s{{0,9}}\d{{4}})(?!\d)
      | thang (?P<m4>\s{{0,9}}\d{{1,2}}(?!\d)|{_BLANK}) \s{{0,9}}nam (?P<y4>\s{{0,9}}\d{{4}})(?!\d)
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PLACE = re.compile(
    r"""
    (?: ^ | (?<=\s{2}) | (?<=\t) ) \s{0,9}
    (?P<place> (?!S[oO]\b)[A-Z][\w'’]*\.? (?: [ -]+ [A-Z\d(][\w'’.)]* ){0,6} )
    \s{0,9} [,.;:]? \s{0,9} $
    """,
    re.VERBOSE,
)
# On printed text: SỞ would be SO without its marks. A misread `So` counts with its colon only.
NUMBER_LABEL = re.compile(r"[\s*_(]*(?:[Ss]ố|SỐ|S[oOô0Ôõó](?=\s?[:;]))\s{0,9}(?P<colon>[:.;]*)")
# A code divided by a blank, `KH-THCS NVL`, at the end of the line or before the place of the date line.
_MORE_OF_SYMBOL = re.compile(
    rf"(?:[ ](?!TP\b|TX\b|TT\b)[{CAPITALS}]{{2,6}}\d?)+(?=\s*$|\s+[{CAPITALS}][^\W\d_{CAPITALS}])"
)
_BARE_NUMBER = re.compile(r"\s{0,40}(?:\d{1,5}|[.…_]{1,60})(?![\w/])")
LABEL = re.compile(
    r"[\s*_]*(?:KINH\s+)?N[oO0][iI1]\s*[nN][hH][aA][nN]\s*(?P<colon>[:;.])?[\s*_]*", re.IGNORECASE
)
ARCHIVE = re.compile(
    r"""
    [\s*_]*[-+•*]?\s*L[uU]{2}\s*:?\s*(?: VT | VP | HS | TT | HC | TCHC | Van\s+(?:th|ph) | [A-Z]{2} )
  | [\s*_]*[-+•*]\s*L[uU]{2}\s*[:.,]
    """,
    re.VERBOSE,
)
_ESIGN = re.compile(
    r"""
    \s*(?: (?: Nguoi\s+ky | (?:Duoc\s+|Da\s+)?Ky\s+(?:boi|so) | Co\s+quan | Don\s+vi\s+ky | Thoi\s+gian\s+ky
             | Gio\s+ky | Ngay\s+ky | Ngay\s+gio\s+ky | E-?mail | DN | Reason | Location | Date | Ly\s+do
             | Chuc\s+vu | To\s+chuc )\s*[:=]
         | Digitally\s+sign | Signature\s+(?:not\s+|is\s+)?(?:verified|valid) | Signed\s+by
         | Chu\s+ky\s+(?:so|dien\s+tu) | Foxit\s | Adobe\s
         | \d{4}[.-]\d\d[.-]\d\d\s+\d\d:\d\d | \d\d[./-]\d\d[./-]\d{4}\s+\d\d:\d\d )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ANNEX = re.compile(
    r"""
    [\s*_(]*(?: PHU\s+LUC | Phu\s+luc\s*(?:so\s*)?(?:[IVX\d]{1,5}|[A-Z])?\s*[:.)]?\s*$
      | Phu\s+luc\s+(?:so\s*)?[IVX\d]{1,4}\b
      | BIEU\s+(?:MAU|SO|TONG|\d|[IVX]+\b) | Bieu\s+(?:mau|so)?\s*[\dIVX] | BANG\s+(?:TONG|PHAN|CHI)
      | MAU\s+(?:SO|\d|BIEU|BAO) | Mau\s+(?:so\s*)?\d
      | DANH\s+SACH\b | DANH\s+MUC\b | LICH\s+(?:TRINH|KIEM|THI|CONG)
      | (?:Ban\s+hanh\s+)?[Kk]em\s+theo\s+
        (?:Ke\s+hoach|KH|Quyet\s+dinh|QD|Cong\s+van|Van\s+ban|To\s+trinh|Huong\s+dan) )
    """,
    re.VERBOSE,
)
_SIGNED = re.compile(
    r"[\s*_(\[]*(?:da\s+ky|ky\s+ten|ky\s*,\s*(?:ghi\s+ro|dong\s+dau)|ky\s+va\s+ghi)\b", re.IGNORECASE
)
_RIGHT_INDENT = 20  # blanks before what plain text sets on the right side
_GAP = re.compile(r"[ ]{3,}|[ ]*\t\s*")


@dataclass(frozen=True, slots=True)
class DateLine:
    """A date line: parts as printed (None where blank), and spans of the place and of the date."""

    day: str | None
    month: str | None
    year: str | None
    place: tuple[int, int] | None
    start: int
    end: int
    full: bool  # the line prints a day's place, not only month and year


def read_date_line(text: str) -> DateLine | None:
    """The date line that `text` holds, with the place before it where one is printed."""
    folded = bare(text)
    found = DATE.search(folded)
    if not found:
        return None
    before = _PLACE.search(folded, max(0, found.start() - 80), found.start())
    place = before.span("place") if before and upper_share(text[slice(*before.span("place"))]) < 1 else None
    parts = [_part(found, name) for name in "dmy"]
    return DateLine(parts[0], parts[1], parts[2], place, found.start(), found.end(), found["y4"] is None)


def _part(found: re.Match[str], name: str) -> str | None:
    printed = next((v for k, v in found.groupdict().items() if k[0] == name and v is not None), None)
    said = (printed or "").strip()
    return said if said.isdigit() else None  # what a pen or a recogniser spoilt is no digit


def is_date_line(text: str) -> bool:
    """Whether the line is nothing but a date line: `Lai Châu, ngày … tháng 5 năm 2024`."""
    line = read_date_line(text.strip()) if len(text.strip()) <= 90 else None
    if line is None or re.search(r"\w", text.strip()[line.end :]):
        return False
    before = text.strip()[: line.start].strip(" ,.;*_(")
    return not before or line.place is not None


def read_anchor(text: str) -> tuple[int, int] | None:
    """Span of the national motto, the slogan, or the name of the Party or the youth union."""
    folded = bare(text)
    spans = [found.span() for pattern in _ANCHORS if (found := pattern.search(folded))]
    return min(spans) if spans else None


def number_end(text: str) -> int | None:
    """Where the number that the line begins with (`Số: 12/KH-UBND`) ends; None where it begins with none."""
    label = NUMBER_LABEL.match(text)
    if not label:
        return None
    after = label.end()
    at = after + len(text[after:]) - len(text[after:].lstrip())
    symbol = SYMBOL.match(text, after) or SYMBOL.match(text, at)
    if symbol:
        more = _MORE_OF_SYMBOL.match(text, symbol.end())
        return more.end() if more else symbol.end()
    number = _BARE_NUMBER.match(text, after)
    if number:
        return number.end()
    return after if label["colon"] or at == len(text) else None


def head_sides(text: str) -> list[tuple[int, int, str]]:
    """The sides of a letterhead's line as (start, end, column), cut at motto, number or date."""
    anchor = read_anchor(text)
    if anchor:
        return _sides(text, anchor[0], anchor[1])
    number = number_end(text)
    if number is not None and re.search(r"\w", text[number:]):
        return _sides(text, number, len(text))
    date = read_date_line(text)
    if date and (date.place or _GAP.search(text[: date.start])):
        gaps = [g.end() for g in _GAP.finditer(text[: date.start])]
        start = date.place[0] if date.place else gaps[-1]
        if re.search(r"\w", text[:start]):
            return _sides(text, start, len(text))
    return [(0, len(text), "full")]


def _sides(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """Left and right of a line whose right side is `text[start:end]`; what follows it is left again."""
    parts = [(0, start, "left"), (start, end, "right"), (end, len(text), "left")]
    kept = [part for part in parts if re.search(r"[\w*]", text[part[0] : part[1]])]
    return kept if len(kept) > 1 else [(0, len(text), "full")]


def is_signature_text(text: str) -> bool:
    """Whether a text can stand in a signature block: authority, post, name, `(Đã ký)`."""
    bare_text = text.strip(" \t*_")
    if not bare_text or len(bare_text) > 100:
        return False
    if read_authority(bare_text) or read_name(bare_text) or _SIGNED.match(bare(bare_text)):
        return True
    post = read_post(bare_text)
    return post is not None and upper_share(bare_text) > 0.75


def is_recipients_label(text: str) -> bool:
    """Whether a line begins with the recipients' label (`Nơi nhận:`) and is no sentence about it."""
    label = LABEL.match(bare(text))
    if not label:
        return False
    after = text[label.end() :].lstrip()
    return bool(label["colon"]) or not after or not after[0].islower()


def closing_sides(text: str) -> list[tuple[int, int, str]]:
    """The sides of a line of the closing as (start, end, column): recipients left, signature right."""
    lead = len(text) - len(text.lstrip())
    if lead >= _RIGHT_INDENT and is_signature_text(text):
        return [(0, len(text), "right")]
    for gap in _GAP.finditer(text, lead):
        right = text[gap.end() :]
        if gap.end() < len(text) and (is_signature_text(right) or is_date_line(right)):
            return [(0, gap.start(), "left"), (gap.end(), len(text), "right")]
    pair = _second_post(text)
    if pair is not None:
        return [(0, pair, "left"), (pair, len(text), "right")]
    glued = re.compile(r"(?<=[;.:,)])[\s|¬~]+(?=[^\W\d_]{1,12}[\s./])").finditer(text)
    for mark in glued:
        right = text[mark.end() :]
        if read_authority(text[: mark.end()] + "X"):
            break  # “KT. CHỦ TỊCH” is one
        if upper_share(right) > 0.9 and (read_authority(right) or read_post(right)):
            return [(0, mark.start(), "left"), (mark.end(), len(text), "right")]
    return [(0, len(text), "full")]


def _second_post(text: str) -> int | None:
    """Offset of the second of two posts side by side: `CHỦ TỊCH GIÁM ĐỐC`."""
    first = read_post(text) if len(text) < 80 and upper_share(text) > 0.9 else None
    second = read_post(text[first.rest :]) if first is not None else None
    if first is None or second is None or "," in text or first.post.approves:
        return None
    return first.rest if second.post.text != first.post.text else None


def is_electronic_signature(text: str) -> bool:
    """Whether a line belongs to the text of an electronic signature (`Người ký: …`, `Thời gian ký: …`)."""
    return bool(_ESIGN.match(bare(text)))


def is_annex_heading(text: str) -> bool:
    """Whether a line heads an annex: `PHỤ LỤC I`, `Biểu số 1`, `(Kèm theo Kế hoạch số …)`."""
    return len(text) < 400 and bool(_ANNEX.match(bare(text)))


def is_signed_note(text: str) -> bool:
    """Whether a line only says that the paper is signed: `(Đã ký)`."""
    return bool(_SIGNED.match(bare(text))) and len(text) < 60


def is_noise(text: str) -> bool:
    """Whether a line says nothing: rules, stars, a lone page number, a stray letter."""
    said = re.findall(r"\w", text[:300])
    return sum(ch.isalpha() for ch in said) <= 1 and len(said) <= 4
