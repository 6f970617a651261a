"""Who issued an instrument, as cited: “của UBND tỉnh”, “UBND tỉnh tại Tờ trình số …”."""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.citations_lexicon import alternation, lexicon

_LONGEST = 150  # characters of an issuer
_OF = re.compile(r"[ ,*]*(?:của|do|giữa) +")
_PASSED_BY = re.compile(r"[ ,]*(?:đã )?được +")
_ABBREVIATED = re.compile(r" ?\([A-ZĐ&.\- ]{2,14}\)(?=,? +(?:ngày|năm|\d|về))")  # của Bộ Nội vụ (BNV) ngày …
_PASSED = re.compile(r" +(?:thông qua|ban hành|phê duyệt|ký ban hành|ký) +(?=ngày|năm|\d)")
# A comma that belongs to a name: Bộ Văn hóa, Thể thao và Du lịch; Ban Chỉ đạo phòng, chống tham nhũng.
_BEFORE_COMMA = re.compile(
    r"(?:phòng|thi đua|văn hoá|thể thao|tham nhũng|lãng phí|lao động|nông nghiệp|khoa học|cháy|thiên tai|"
    r"gia đình|cứu nạn|người có công|ma tuý)$"
)
_AFTER_COMMA = re.compile(
    r", *(?:chống|khen thưởng|thể thao|du lịch|thông tin|xã hội|gia đình|lãng phí|tiêu cực|thương binh|"
    r"công nghệ|chữa cháy|cứu nạn|cứu hộ|trẻ em|tìm kiếm)(?!\w)"
)
# A comma between a place and the larger one that it lies in: UBND xã A, huyện B, tỉnh C.
_PLACE = re.compile(
    r"(?:^| )(?P<unit>xã|phường|thị trấn|huyện|quận|thị xã|thành phố|tp)\.? *[^ ,]+(?: [^ ,]+){0,4}$"
)
_LARGER_PLACE = re.compile(r", *(?P<unit>huyện|quận|thị xã|thành phố|tp|tỉnh)\.? *(?=[^\W\d_])")
_COMMUNES, _CITIES = ("xã", "phường", "thị trấn"), ("thành phố", "tp")
_SHORT_UNIT = re.compile(r"(?<!\w)(?:tp|tx|tt|q|p)$")
# Words that may stand inside the name of a committee, but end the name of any other body.
_COMMITTEE = re.compile(
    r"(?:.* )?(?:(?:ban|uỷ ban|hội đồng|tổ|tiểu ban|nhóm|đoàn)"
    r"(?: (?:chỉ đạo|công tác|tổ chức|quản lý|chuyên trách|điều phối|vận động))?(?: [^ ]+)?|và)"
)
_ALWAYS_ENDS = (
    "về", "v/v", "nhằm", "đến", "cho", "đối với", "theo", "để", "tại", "được", "đã", "cùng", "với", "kèm",
    "yêu cầu", "có hiệu lực", "trong việc", "là", "gồm", "khi", "có nêu", "trước", "sau", "như", "tới",
    "do", "gửi", "nêu", "bằng", "từ", "nơi", "cụ thể", "gắn", "hoặc", "trên địa bàn", "năm 1", "năm 2",
)  # fmt: skip
_NEVER_IN_NAME = frozenset((
    "về", "v/v", "quy định", "ban hành", "phê duyệt", "hướng dẫn", "sửa đổi", "bổ sung", "thành lập",
    "kiện toàn", "công bố", "phát động", "thông qua", "triển khai", "tăng cường", "uỷ quyền", "bãi bỏ",
    "thay thế",
))  # fmt: skip
_AND_ENDS = (
    "của", "các", "những", "phù hợp", "chỉ đạo", "triển khai", "hướng dẫn", "quy định", "tổ chức",
    "thực hiện", "tình hình", "chức năng", "kế hoạch", "công văn", "quyết định", "nghị quyết", "nghị định",
    "chỉ thị", "thông tư", "thông tri", "thông báo", "luật", "văn bản", "kết luận", "chương trình", "đề án",
    "yêu cầu", "căn cứ", "số", "ý kiến", "tinh thần", "nội dung", "nhiệm vụ", "nhu cầu", "thực tế",
    "thực trạng", "điều kiện", "đề nghị", "báo cáo", "công điện", "tờ trình", "hướng", "tiếp tục",
)  # fmt: skip


@lru_cache(maxsize=1)
def _end_pattern() -> re.Pattern[str]:
    verbs, always = alternation(lexicon().title_verbs), alternation(_ALWAYS_ENDS)
    return re.compile(
        rf"""
        (?P<hard> [;:“”"„«»()*\[\]] | \.(?=[ ]|$|/) | [ ][-–—][ ](?=uỷ[ ]ban|ubnd) | [ ]ngày[ ]?(?=\d) )
      | (?P<comma> , )
      | (?P<always> [ ](?:{always})(?![^\W\d]) | [ ]và[ ](?:{alternation(_AND_ENDS)})(?!\w) )
      | (?P<verb> [ ](?:{verbs})(?!\w) )
        """,
        re.VERBOSE,
    )


@lru_cache(maxsize=1)
def _body_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternation(lexicon().body_heads)})(?!\w)")


def is_body_at(folded: str, at: int) -> bool:
    """Whether a word that begins the name of a body stands at `at` of an aligned text."""
    return _body_pattern().match(folded, at) is not None


def issuer_after(text: str, folded: str, at: int, joint: bool = False) -> tuple[str, int] | None:
    """The issuer after “của” or “được … thông qua” at `at`, and where it ends; None where there is none.

    In a `joint` instrument (liên tịch) a comma between two bodies does not end it.
    """
    of = _OF.match(folded, at)
    if of is not None:
        end = _name_end(text, folded, of.end(), joint)
        if end <= of.end():
            return None
        short = _ABBREVIATED.match(text, end)
        return text[of.end() : end], short.end() if short else end
    passed_by = _PASSED_BY.match(folded, at)
    if passed_by is None:
        return None
    passed = _PASSED.search(folded, passed_by.end(), passed_by.end() + 90)
    if passed is None or not text[passed_by.end() : passed_by.end() + 1].isupper():
        return None
    return text[passed_by.end() : passed.start()], passed.end()


def _name_end(text: str, folded: str, start: int, joint: bool) -> int:
    """Where the name of a body that begins at `start` ends; `start` itself where none begins."""
    if not (text[start : start + 1].isupper() or is_body_at(folded, start)):
        return start
    limit = min(start + _LONGEST, len(text))
    capitals = text[start:limit].isupper()
    for stop in _end_pattern().finditer(folded, start, limit):
        if stop.start() == start:
            continue
        if text[stop.start() + 1 : stop.start() + 2].isupper() and not capitals and _is_in_name(stop):
            continue
        if stop.group() == "." and _SHORT_UNIT.search(folded, start, stop.start()):
            continue
        if stop.lastgroup == "verb" and _COMMITTEE.fullmatch(folded, start, stop.start()):
            continue
        if stop.lastgroup == "comma" and (
            _is_comma_of_name(folded, stop.start())
            or _is_comma_of_place(text, folded, start, stop.start())
            or (joint and is_body_at(folded, stop.end() + 1))
        ):
            continue
        return _trimmed(text, start, stop.start())
    return _trimmed(text, start, limit) if limit == len(text) else start


def _is_in_name(stop: re.Match[str]) -> bool:
    """Whether a word with a capital belongs to the name: Ban Tổ chức, but not “Quy định …”, “V/v …”."""
    return stop.lastgroup in ("always", "verb") and stop.group().strip() not in _NEVER_IN_NAME


def _is_comma_of_name(folded: str, at: int) -> bool:
    return bool(_BEFORE_COMMA.search(folded[max(0, at - 14) : at]) and _AFTER_COMMA.match(folded, at))


def _is_comma_of_place(text: str, folded: str, start: int, at: int) -> bool:
    """Whether the comma at `at` parts a place from the larger one in which it lies."""
    larger = _LARGER_PLACE.match(folded, at)
    smaller = _PLACE.search(folded[start:at]) if larger else None
    if larger is None or smaller is None or not text[larger.end()].isupper():
        return False
    return smaller["unit"] in _COMMUNES or larger["unit"] in ("tỉnh", *_CITIES)


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in " ,./-–":
        end -= 1
    return end


# “Công ty Hoa Sen tại Văn bản số …”, “được Thủ tướng Chính phủ phê duyệt tại Quyết định số …”.
_AT = re.compile(
    r" +(?:(?:phê duyệt|ban hành|giao|quy định|chỉ đạo|cho phép|phê chuẩn|thông qua|hướng dẫn) +)?tại +$"
)
_BEFORE_NAME = re.compile(r"[;:“”\"(]|(?<!\w)(?:của|được|do)(?!\w)")
_WINDOW = 170


def issuer_before(text: str, folded: str, at: int) -> str | None:
    """The body that speaks “tại” the instrument which begins at `at`; None where none does."""
    start = max(0, at - _WINDOW)
    tail = _AT.search(folded[start:at])
    if tail is None:
        return None
    end = start + tail.start()
    begin = max((m.end() for m in _BEFORE_NAME.finditer(folded, start, end)), default=-1)
    if begin < 0:
        return None
    for comma in re.finditer(",", folded[begin:end]):
        if is_body_at(folded, begin + comma.end() + 1) and not _is_comma_of_name(
            folded, begin + comma.start()
        ):
            begin += comma.end()
            break
    while begin < end and text[begin] in " *":
        begin += 1
    name_end = _name_end(text[:end], folded[:end], begin, joint=False) if begin < end else begin
    cut = name_end < end
    if name_end <= begin or (cut and not is_body_at(folded, begin)):
        return None
    return text[begin:name_end]
