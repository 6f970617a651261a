"""Lines that mark a zone: national motto, number, recipients' label, electronic signature, annex.

Patterns run over bare text (no marks, same offsets), because recognisers lose marks first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.doc_types import abbreviations
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
YOUTH = re.compile(
    r"""
    (?<!BCH\s)(?<!TRUNG\sUONG\s)(?<!CHAP\sHANH\s)(?<!THUONG\sVU\s)(?<!BTV\s)
    DOAN\s+(?:TNCS|THANH\s+NIEN\s+CONG\s+SAN)\s+HO\s+CHI\s+MINH
    (?!\s(?:TINH|THANH\s+PHO|HUYEN|QUAN|THI|XA|PHUONG|TRUONG|SO|TP)\b)
    """,
    re.VERBOSE,
)
_ANCHORS = (MOTTO, SLOGAN, PARTY, YOUTH)
_ANCHOR_LETTERS = (
    "CONGHOAXAHOICHUNGHIAVIETNAM", "DOCLAPTUDOHANHPHUC", "DANGCONGSANVIETNAM",
    "DOANTNCSHOCHIMINH", "DOANTHANHNIENCONGSANHOCHIMINH",
)  # fmt: skip
_MOST_ANCHOR_LINES = 5  # over which a narrow column breaks the motto

# On printed text: SỞ would be SO without its marks. A misread `So` counts with its colon only.
NUMBER_LABEL = re.compile(r"[\s*_(]*(?:[Ss]ố|SỐ|S[oOô0Ôõó](?=\s?[:;]))\s{0,9}(?P<colon>[:.;]*)")
# A body that bears the number of its founding decision: ĐOÀN KIỂM TRA / THEO QUYẾT ĐỊNH / SỐ 12/QĐ-SXD.
# KẾ HOẠCH alone can be the end of a name (PHÒNG TÀI CHÍNH - / KẾ HOẠCH) over the paper's own number.
CITING = re.compile(r"\b(?:QUYET\s+DINH|(?:THEO|THUC\s+HIEN)\s+KE\s+HOACH|CONG\s+VAN|NGHI\s+QUYET|THEO)\s*$")
# A code divided by a blank, `KH-THCS NVL`, at the end of the line or before the place of the date line.
_MORE_OF_SYMBOL = re.compile(
    rf"(?:[ ](?!TP\b|TX\b|TT\b)[{CAPITALS}]{{2,6}}\d?)+(?=\s*$|\s+[{CAPITALS}][^\W\d_{CAPITALS}])"
)
# The end of a symbol on a line of its own: `-UBND`, `/KH-UBND`, `UBND`.
_REST_OF_SYMBOL = re.compile(
    rf"(?P<mark>[/‐-―−-]?)\s?[{CAPITALS}][\w&.]*(?:\s?[/‐-―−-]\s?[{CAPITALS}][\w&.]*)*"
)
_LONGEST_NUMBER = 60  # characters
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


def read_anchor(text: str) -> tuple[int, int] | None:
    """Span of the national motto, the slogan, or the name of the Party or the youth union."""
    folded = bare(text)
    spans = [found.span() for pattern in _ANCHORS if (found := pattern.search(folded))]
    return min(spans) if spans else None


def wrapped_anchor(lines: Sequence[str]) -> int:
    """How many of the lines print one motto between them, beginning with the first; 0 where none does."""
    said = ""
    for count, line in enumerate(lines[:_MOST_ANCHOR_LINES], start=1):
        said += "".join(ch for ch in bare(line[:80]).upper() if ch.isalpha())
        if said in _ANCHOR_LETTERS and count > 1:
            return count
        if len(said) < 4 or not any(phrase.startswith(said) for phrase in _ANCHOR_LETTERS):
            return 0
    return 0


def is_rest_of_number(upper: str, lower: str) -> bool:
    """Whether a line goes on with the number of the line above it: `Số:` / `12`, `Số: 12/KH-` / `UBND`."""
    label = NUMBER_LABEL.match(upper)
    if label is None or len(lower) > _LONGEST_NUMBER:
        return False
    said, lower = upper[label.end() :].strip(), lower.strip()
    if not said:
        return lower.isdecimal() or SYMBOL.fullmatch(lower) is not None
    rest = _REST_OF_SYMBOL.fullmatch(lower)
    if rest is None or not said[:1].isdigit():
        return False
    typed = said.isdecimal() and re.split(r"[/-]", lower)[0] in abbreviations()
    return bool(rest["mark"]) or said.endswith(("/", "-", "–")) or typed


def number_end(text: str) -> int | None:
    """Where the number that the line begins with (`Số: 12/KH-UBND`) ends; None where it begins with none."""
    text = text.replace("\n", " ")  # a number that a narrow column broke
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
