"""The title (trích yếu) of a cited instrument: where it begins after its number, date and issuer, and ends.

It ends at a semicolon, at the next instrument that stands beside it (not in it), or where the body
that adopts the plan takes the word; quotation marks and brackets are balanced before any of that.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from extractors.citations_head import Head, Scan
from extractors.citations_issuer import is_body_at
from extractors.citations_lexicon import alternation, law_name_at, lexicon
from extractors.quotes import quotations, shielded
from extractors.vietnamese.letters import squeeze

_LONGEST = 900  # characters
_CONJUNCTION = 60  # characters of what stands between two instruments side by side
_ABOUT = re.compile(r"[ ,*]*(?:về việc|về v/v|v/v|về)(?!\w)[ :*]*")
_ABOUT_IN_QUOTES = re.compile(r"(?:về việc|về|v/v)\s+", re.IGNORECASE)
_QUOTE = re.compile(r"[ ,:*]*(?=[“\"«])")
# A title of several parts: Nghị định … quy định về …; quy định chi tiết thi hành một số điều của Luật ….
_NEXT_PART = (
    r"[ ]?(?:quy[ ]định[ ](?:chi[ ]tiết|về|một[ ]số)|sửa[ ]đổi,[ ]bổ[ ]sung|hướng[ ]dẫn[ ]thi[ ]hành)(?!\w)"
)
_STOPS = re.compile(
    rf"""
    (?P<end> ; (?!{_NEXT_PART}) | : (?=[ ]*$) | [)”»] | [*]{{2}} )
  | (?P<stop> \. (?=[ ]|$) )
  | (?P<clause> ,?[ ]+(?:cụ[ ]thể[ ])?(?:như[ ]sau|với[ ](?:các|những|một[ ]số)[ ]nội[ ]dung)(?!\w)
      | [ ,]+(?:và[ ])?(?:các|những)[ ](?:văn[ ]bản|quy[ ]định|hướng[ ]dẫn)
        [ ](?:hướng|có[ ]liên|liên|khác|chỉ[ ]đạo|của|pháp)
      | [ ]và[ ](?:văn[ ]bản[ ]hướng|hướng[ ]dẫn[ ]của)
      | ,[ ](?:căn[ ]cứ|theo[ ]đề[ ]nghị|xét|trên[ ]cơ[ ]sở|để|nhằm|đồng[ ]thời|trong[ ]đó|qua[ ]đó|nay
          |được[ ]sự|đến[ ]nay|góp[ ]phần|trong[ ]thời[ ]gian)(?!\w)
      | (?<!pháp)(?<!nhiệm[ ]vụ)(?<!chính[ ]sách)[ ]nhằm(?!\w) )
  | (?P<comma> , )
  | (?P<body> [ ] (?=uỷ[ ]ban|ubnd|sở|trường|phòng|công[ ]đoàn|ban|hội|bộ) )
    """,
    re.VERBOSE,
)
_ADOPTS = re.compile(
    r"(?:xây dựng|ban hành|triển khai|tổ chức|đề ra|lập|thực hiện|yêu cầu|đề nghị|thông báo|phối hợp|"
    r"hướng dẫn|phát động|báo cáo|giao|quy định|phê duyệt|quyết định)(?!\w)"
)
_MAKES_PLAN = re.compile(
    r"[^,;.]{3,90}? (?:xây dựng|ban hành|lập|đề ra)(?: và triển khai)?(?: bản)? kế hoạch(?!\w)"
)
_ADDS_NAME = re.compile(
    r" *\((?:sau đây|viết tắt|gọi tắt|dưới đây|gọi là|được sửa đổi|đã được|có hiệu lực|thay thế|"
    r"sửa đổi, bổ sung (?:tại|bởi|theo|năm))"
)
_BESIDE = re.compile(
    r"(?P<join>[,;:]|(?<!\w)(?:và|cùng với|cùng|hoặc|căn cứ))[ *]*"
    r"(?:(?:căn cứ|theo|thực hiện|triển khai|trên cơ sở|tiếp tục thực hiện) +)?"
    r"(?:các +|nội dung +|số *:? *)*$"
)
_GOES_ON = re.compile(
    r" *(?:trên địa bàn|giai đoạn|năm (?:học )?\d{4}|tại|của|đến năm|cho|đối với|trong)(?!\w)"
)
_ABBREVIATED = re.compile(r"(?:^|[ (])(?:[A-ZĐ]|TP|Tp|TX|TT|ThS|TS|GS|PGS|Th|ĐC|đ/c|No|St)$")
_QUOTES = '“”"«»„'
_EDGES = " ,.;:-–—/*"


@dataclass(frozen=True, slots=True)
class Title:
    """A title without its quotation marks, and where it stands (marks included)."""

    text: str
    start: int
    end: int


@lru_cache(maxsize=1)
def _verb_pattern() -> re.Pattern[str]:
    return re.compile(rf"[ *]+(?=(?:{alternation(lexicon().title_verbs)})(?!\w))")


def read_title(scan: Scan, head: Head, following: Sequence[Head]) -> Title | None:
    """The title of `head`; `following` are the heads after it, in order."""
    if head.is_law and head.law is None and (known := law_name_at(scan.folded, head.end + 1)) is not None:
        return Title(scan.text[head.end + 1 : known[0]], head.end + 1, known[0])
    start = _title_start(scan, head.end)
    if start is None:
        return None
    limit = min(start + _LONGEST, len(scan.text))
    window = scan.text[start:limit]
    marks = quotations(window)
    if marks and marks[0].start == 0 and not _GOES_ON.match(scan.folded, start + marks[0].end):
        return _titled(window[1 : marks[0].end - 1], start, start + marks[0].end)
    end = _title_end(scan, start, limit, following)
    text = scan.text[start:end].rstrip(_EDGES)
    return _titled(text, start, start + len(text))


def _titled(text: str, start: int, end: int) -> Title | None:
    clean = squeeze(text).strip(_EDGES)
    if clean[:1] in _QUOTES and clean[:1]:
        marks = quotations(clean)
        clean = clean if marks and marks[0].start == 0 else clean[1:]
    if clean[-1:] in _QUOTES and clean[-1:]:
        marks = quotations(clean)
        clean = clean if marks and marks[-1].end == len(clean) else clean[:-1]
    clean = clean.strip(_EDGES)
    about = _ABOUT_IN_QUOTES.match(clean)
    clean = clean[about.end() :] if about else clean
    return Title(clean, start, end) if len(clean) >= 3 else None


def _title_start(scan: Scan, at: int) -> int | None:
    for pattern in (_ABOUT, _QUOTE, _verb_pattern()):
        match = pattern.match(scan.folded, at)
        if match is not None:
            return match.end()
    return None


def _title_end(scan: Scan, start: int, limit: int, following: Sequence[Head]) -> int:
    """The first place where the title must end; quotations and brackets are passed over."""
    mask = shielded(scan.text[start:limit])
    end = _beside(scan, start, limit, following, mask)
    adds = _ADDS_NAME.search(scan.folded, start, end)
    end = adds.start() if adds else end
    for stop in _STOPS.finditer(scan.folded, start, end):
        at = stop.start()
        if at > start and not mask[at - start] and _ends_here(scan, stop):
            return at
    return end


def _ends_here(scan: Scan, stop: re.Match[str]) -> bool:
    at = stop.start()
    if stop.lastgroup == "stop":
        after = scan.text[at + 1 : at + 5].lstrip()
        if after and not after[0].isupper() and after[0] not in "-+•“*":
            return False
        return not _ABBREVIATED.search(scan.text[max(0, at - 5) : at])
    if stop.lastgroup == "comma":
        return _takes_the_word(scan, at + 1)
    if stop.lastgroup == "body":
        return scan.text[at + 1].isupper() and _MAKES_PLAN.match(scan.folded, at + 1, at + 130) is not None
    return True


def _takes_the_word(scan: Scan, at: int) -> bool:
    """Whether after a comma a body begins the clause that adopts the plan or charges somebody."""
    while scan.text[at : at + 1] == " ":
        at += 1
    if not scan.text[at : at + 1].isupper() or not is_body_at(scan.folded, at):
        return False
    return _ADOPTS.search(scan.folded, at, at + 220) is not None


def _beside(scan: Scan, start: int, limit: int, following: Sequence[Head], mask: bytearray) -> int:
    """Beginning of the first head that stands beside the title and not in it, its conjunction left out."""
    inside: Head | None = None
    for head in following:
        if head.start >= limit:
            break
        if head.start <= start or mask[head.start - start]:
            continue
        near = max(start, head.start - _CONJUNCTION)
        before = _BESIDE.search(scan.folded[near : head.start])
        if before is None or (head.shared and inside is not None):
            inside = head
            continue
        if inside is not None and before["join"] in ("và", "hoặc") and inside.instrument == head.instrument:
            continue
        return near + before.start()
    return limit
