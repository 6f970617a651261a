"""Who is charged: the body that a paragraph of a section on organisation begins with.

The gazetteers know many bodies, never all. What they do not know, the build of the text tells: a
title over items of its own, a short phrase before a colon, a subject before “có trách nhiệm”, and
a list in which the items beside it name bodies in the same way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors import bodies_rules as words
from extractors.bodies import body_at_start, is_body
from extractors.bodies_subject import starts_body, subject_end
from extractors.vietnamese.letters import squeeze

HEADING_LENGTH = 300  # characters; lists of bodies over their duties can be long
_UNKNOWN_LENGTH = 120  # characters of a body that only the build of the text tells
_CHARGE = re.compile(
    r"(?:(?:kính\s+)?đề\s+nghị|(?:kính\s+)?mời|giao(?:\s+(?:cho|nhiệm\s+vụ\s+cho|trách\s+nhiệm\s+cho))?|yêu\s+cầu"
    r"|(?:riêng\s+)?đối\s+với|phân\s+công|trách\s+nhiệm\s+của|nhiệm\s+vụ\s+của|về\s+phía)\s+",
    re.IGNORECASE,
)
_CHARGED = re.compile(
    r"\s*(?:có\s+trách\s+nhiệm|chịu\s+trách\s+nhiệm|có\s+nhiệm\s+vụ|thực\s+hiện(?:\s+các\s+nhiệm\s+vụ)?)?\s*[:.;,]?\s*$",
    re.IGNORECASE,
)
# “Phòng A là cơ quan thường trực, …”: what the body is, no part of its name.
_OFFICE = re.compile(
    r",?\s+(?:là|làm)\s+(?=cơ\s+quan|đơn\s+vị|bộ\s+phận|đầu\s+mối|thường\s+trực|trưởng\b|phó\b|tổ\s+trưởng|chủ\s+trì)",
    re.IGNORECASE,
)
# “…, trong phạm vi chức năng, nhiệm vụ được giao, …”: how the body acts, no part of its name.
_MANNER = re.compile(
    r",?\s+(?:trong\s+phạm\s+vi|theo\s+(?:chức\s+năng|phạm\s+vi|thẩm\s+quyền|nhiệm\s+vụ|lĩnh\s+vực|địa\s+bàn|trách\s+nhiệm)"
    r"|căn\s+cứ|trên\s+cơ\s+sở|tù[yỳ]\s+theo|tuỳ\s+theo|với\s+(?:chức\s+năng|vai\s+trò|tư\s+cách))\s",
    re.IGNORECASE,
)
_OBLIGATION = re.compile(r",?\s+(?:(?:có|chịu)\s+trách\s+nhiệm|có\s+nhiệm\s+vụ)\b", re.IGNORECASE)
# A committee of the Party leads, where `các đồng chí lãnh đạo` are leaders.
_PARTY_LEADS = re.compile(
    r"(?:đảng\s+(?:[uủ][yỷ]|bộ|đoàn)|chi\s+(?:bộ|[uủ][yỷ])|ban\s+cán\s+sự|(?:cấp|tỉnh|thành|huyện|quận|thị)\s+[uủ][yỷ])\b"
    r"[^.:;]*?(?P<verb>(?<![,;])\s+lãnh\s+đạo)$",
    re.IGNORECASE,
)
_OBLIGED = re.compile(r"(?P<who>[^\s.:;][^.:;\n]{2,119}?)\s+(?:có|chịu)\s+trách\s+nhiệm\b", re.IGNORECASE)
# Nouns that begin a topic, not a body (“Công tác tuyên truyền: …”).
_TOPIC = re.compile(
    r"(?:công\s+tác|nội\s+dung|nhiệm\s+vụ|kinh\s+phí|thời\s+(?:gian|hạn|điểm)|địa\s+điểm|hình\s+thức|chế\s+độ|báo\s+cáo"
    r"|yêu\s+cầu|mục\s+(?:đích|tiêu)|giải\s+pháp|kết\s+quả|sản\s+phẩm|thành\s+phần|đối\s+tượng|phạm\s+vi|số\s+lượng|lưu\s+ý"
    r"|ghi\s+chú|trách\s+nhiệm|phân\s+công|nguồn|tiêu\s+chuẩn|điều\s+kiện|phương\s+(?:pháp|tiện|châm|án)|quy\s+trình|bước|đợt"
    r"|giai\s+đoạn|quý|tháng|tuần|ngày|năm|việc|về|một\s+số|các\s+(?:nội\s+dung|nhiệm\s+vụ|hoạt\s+động|giải\s+pháp|bước|công\s+việc)"
    r"|kế\s+hoạch|chương\s+trình|hồ\s+sơ|tổ\s+chức\s+(?:thực\s+hiện|triển\s+khai)|trên\s+cơ\s+sở|căn\s+cứ|trong|khi|nếu|sau"
    r"|trước|từ|ngoài|thông\s+tin|hằng|hàng|định\s+kỳ|phần|chuyên\s+đề|cuộc|hoạt\s+động|cấp\s+\w+|ở\b|tại\b|phụ\s+lục"
    r"|danh\s+sách|biểu|mẫu|thủ\s+tục|cơ\s+cấu|chỉ\s+tiêu|tiêu\s+chí|đảm\s+bảo|bảo\s+đảm|khen\s+thưởng|kiểm\s+tra|tuyên\s+(?:truyền|dương)|biểu\s+dương|trang\s+phục|quy\s+định|chi\s+phí|phí)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Lead:
    """The charged body as a place in the text; `is_heading`: the paragraph says no more than its name."""

    start: int
    end: int
    is_heading: bool


def read_lead(text: str, over_items: bool = False, beside_bodies: bool = False) -> Lead | None:
    """The body at the start of a paragraph or heading, without the words that charge it.

    `over_items`: items stand below the paragraph; `beside_bodies`: the items beside it name bodies.
    """
    lead = _read(text, over_items, beside_bodies)
    if lead is None:
        return None
    obliged = _OBLIGATION.search(text, lead.start, lead.end)
    if obliged:
        return Lead(lead.start, obliged.start(), False)
    leads = _PARTY_LEADS.search(text[: lead.end], lead.start) if text[lead.end :].strip() else None
    return Lead(lead.start, leads.start("verb"), lead.is_heading) if leads else lead


def _read(text: str, over_items: bool, beside_bodies: bool) -> Lead | None:
    charge = _CHARGE.match(text)
    skip = charge.end() if charge else 0
    lead = _holder_of_office(text, skip) or _actor_in_a_manner(text, skip)
    if lead is not None:
        return lead
    bare = _CHARGED.sub("", text[skip:])
    if bare and len(bare) <= HEADING_LENGTH and is_body(squeeze(bare)):
        return Lead(skip, skip + len(bare), True)
    lead = _title(text, skip, bare, over_items, beside_bodies)
    if lead is not None:
        return lead
    before_colon = _before_colon(text, skip, charge is not None or beside_bodies)
    span = body_at_start(text)
    if span is not None and not (before_colon and before_colon > span[1]):
        return Lead(span[0], span[1], False)
    if before_colon is not None:
        return Lead(skip, before_colon, False)
    return _obliged(text, skip)


def _holder_of_office(text: str, skip: int) -> Lead | None:
    """`Phòng A là cơ quan thường trực, …`, `Văn phòng làm đầu mối …`."""
    found = _OFFICE.search(text, skip, skip + _UNKNOWN_LENGTH)
    if found is None or not _may_be_body(text[skip : found.start()]):
        return None
    return Lead(skip, found.start(), False)


def _actor_in_a_manner(text: str, skip: int) -> Lead | None:
    """`Thủ trưởng các đơn vị trong phạm vi chức năng của mình …`."""
    found = _MANNER.search(text, skip, skip + HEADING_LENGTH)
    if found is None:
        return None
    bare = text[skip : found.start()]
    if not (is_body(squeeze(bare)) or _is_phrase_on_body(squeeze(bare))):
        return None
    return Lead(skip, skip + len(bare), False)


def _title(text: str, skip: int, bare: str, over_items: bool, beside_bodies: bool) -> Lead | None:
    """A title over items of its own that begins like a body and holds no verb."""
    if not over_items or not bare or len(bare) > _UNKNOWN_LENGTH or text.rstrip()[-1:] in ".;":
        return None
    if "." in bare.strip(" .") and not starts_body(bare, 0):
        return None
    known = starts_body(bare, 0) or _is_unit_with_name(bare)
    if not known and not (beside_bodies and _may_be_body(bare)):
        return None
    return Lead(skip, skip + len(bare), True) if _holds_no_verb(bare) else None


def _before_colon(text: str, skip: int, expected: bool) -> int | None:
    """End of the body before a colon that a duty follows, None where there is none."""
    colon = text.find(":", skip, skip + HEADING_LENGTH)
    if colon < 0 or not text[colon + 1 :].strip():
        return None
    named = _CHARGED.sub("", text[skip:colon])
    bare = squeeze(named)
    if not bare:
        return None
    fits = is_body(bare) or _is_phrase_on_body(bare) or (expected and _may_be_body(bare))
    return skip + len(named) if fits else None


def _is_phrase_on_body(bare: str) -> bool:
    """A short phrase without a verb that begins like a body."""
    if len(bare) > _UNKNOWN_LENGTH or not (starts_body(bare, 0) or _is_unit_with_name(bare)):
        return False
    return _holds_no_verb(bare)


def _obliged(text: str, skip: int) -> Lead | None:
    """`Tổ chức, cá nhân chăn nuôi có trách nhiệm …`: whoever is obliged is the body."""
    found = _OBLIGED.match(text, skip)
    if found is None or not _may_be_body(found["who"]):
        return None
    return Lead(found.start("who"), found.end("who"), False)


# Units of all kinds before a name or a field in capitals: `Phòng Dịch tễ`, `Các Hạt Kiểm lâm`.
_UNIT_WITH_NAME = re.compile(
    r"(?:Các\s+|Trưởng\s+(?:các\s+)?)?(?:Bộ|Sở|Ban|Cục|Vụ|Viện|Phòng|Khoa|Đội|Tổ|Trạm|Hạt|Trung\s+tâm|Chi\s+cục|Chi\s+nhánh|Công\s+ty"
    r"|Tổng\s+công\s+ty|Xí\s+nghiệp|Nhà\s+máy|Trường|Học\s+viện|Bệnh\s+viện|Hội|Đoàn|Chi\s+bộ|Đảng\s+bộ|Đảng\s+ủy|Quỹ|Văn\s+phòng"
    r"|Thanh\s+tra|Kho\s+bạc|Ngân\s+hàng|Điện\s+lực|Bưu\s+điện|Đài|Báo|Tạp\s+chí|Bảo\s+tàng|Thư\s+viện|Nhóm|Cụm|Khối|Liên\s+đoàn"
    r"|Hợp\s+tác\s+xã|Đồn|Tiểu\s+đoàn|Trung\s+đoàn|Hải\s+đội|Cảng\s+vụ|Ban\s+Quản\s+lý|Tòa\s+án|Viện\s+kiểm\s+sát)\s+[A-ZĐÀ-Ỹ\d]"
)


def _is_unit_with_name(text: str) -> bool:
    return _UNIT_WITH_NAME.match(text) is not None


def _holds_no_verb(bare: str) -> bool:
    """Whether a phrase that begins like a body goes on to its end without a verb."""
    end, why = subject_end(bare, 0)
    return why == "end" or (why == "colon" and not bare[end:].strip(" :\n"))


def _may_be_body(text: str) -> bool:
    """A short phrase that begins with a noun, as far as that can be told: no verb, no topic, no clause."""
    bare = squeeze(text).strip(" :.,;-–")
    if not 2 <= len(bare) <= _UNKNOWN_LENGTH or not bare[0].isalpha() or _TOPIC.match(bare):
        return False
    hit = words.words("verb").at(bare[0].lower() + bare[1:], 0)
    if hit is not None and not starts_body(bare, 0):
        return bare.casefold().startswith(("tổ chức, ", "tổ chức và "))
    return words.words("intro").at(bare, 0) is None and not re.search(r"[.;!?“”\"]|\d{1,2}/\d", bare)
