"""A title that is printed in capitals in sentence case: names of places, bodies and persons keep theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from extractors.bodies import sentence_case
from extractors.geography import spans_of_places
from extractors.rulebook import load
from extractors.vietnamese.letters import plain, squeeze

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# What a Vietnamese syllable looks like without marks; another word in capitals is an abbreviation.
_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|th|tr|ch|kh|gh|gi|ph|qu|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?"
)
_ROMAN = re.compile(r"(?=[IVX])X{0,3}(?:IX|IV|V?I{0,3})")
_ORDINALS = (
    r"THỨ|LẦN|ĐỢT|KHÓA|KHOÁ|QUÝ|QUÍ|KỲ|HẠNG|LOẠI|PHẦN|CẤP|BẬC|VÙNG|NHÓM|KHỐI|TẬP|KHU VỰC|QUÂN KHU|THẾ KỶ"
    r"|TRUNG ƯƠNG"
)
_BEFORE_ROMAN = re.compile(rf"(?:\b(?:{_ORDINALS}|VÀ)|,|-|–)\s*$")
# VI and XI are words as well: numerals only behind what is counted, or behind another numeral.
_BEFORE_WORDLIKE = re.compile(rf"\b(?:{_ORDINALS}|[IVX]+\s*(?:,|-|–|VÀ))\s*$")
_WORDLIKE = {"VI", "XI"}
_BEHIND_VI = re.compile(r"\s+(?:PHẠM|SINH|RÚT|MÔ|TÍNH|KHUẨN|CHẤT|MẠCH|BẰNG)\b")
_OF_BODY = re.compile(
    r"""
    \b(?:CỦA|TẠI|DO|GIỮA|VỚI)\s+(?P<body>
    (?:SỞ|BỘ|UBND|PHÒNG|BAN|TRƯỜNG|BỆNH\ VIỆN|TRUNG\ TÂM|VĂN\ PHÒNG|CÔNG\ TY|CHI\ CỤC|CỤC|NGÀNH|CÔNG\ AN
      |THANH\ TRA)\ [^,;:.()“”"]+?)
    (?=\s+(?:NĂM|GIAI\ ĐOẠN|TRÊN|VỀ|THÁNG|QUÝ|NHIỆM\ KỲ|ĐẾN|TỪ)\b|\s*$|\s*[,;:.()“”"])
    """,
    re.VERBOSE,
)
_KIND = re.compile(r"^(?:TỈNH|THÀNH PHỐ|HUYỆN|QUẬN|THỊ XÃ|XÃ|PHƯỜNG|THỊ TRẤN|TP\.?|TX\.?)\s+")
_LUNAR_YEAR = re.compile(
    r"\b(?:GIÁP|ẤT|BÍNH|ĐINH|MẬU|KỶ|CANH|TÂN|NHÂM|QUÝ|QUÍ)"
    r"\s+(?:TÝ|TÍ|SỬU|DẦN|MÃO|MẸO|THÌN|TỴ|TỊ|NGỌ|MÙI|THÂN|DẬU|TUẤT|HỢI)\b"
)
_NO_PLACE_NAME = (  # words behind XÃ, PHƯỜNG that begin no name
    r"HỘI|ĐẠT|NÔNG THÔN|PHƯỜNG|THỊ TRẤN|KHÓ KHĂN|ĐẶC BIỆT|THUỘC|VÙNG|CÓ|ĐƯỢC|THEO|TRONG|TRÊN|VÀ|NĂM|LẦN|KHÔNG"
    r"|AN TOÀN|BIÊN GIỚI|MIỀN NÚI|BÃI NGANG|PHÙ HỢP|CHUẨN|ĐIỂM|NGHÈO|CHUNG|MỚI|GIAI ĐOẠN|ĐẾN|TỪ|VỀ|LÀ"
    r"|CÒN|CHƯA"
)
_SMALL_PLACE = re.compile(
    rf"""
    (?: (?<!CÁC\ )(?<!CẤP\ )(?<!MỖI\ )(?<!NHỮNG\ )(?<!TOÀN\ ) \b(?:XÃ|PHƯỜNG|THỊ\ TRẤN)
      | (?:\b(?:TẠI|Ở|CỦA|ĐỊA\ BÀN)|,|^)\s+(?:THÔN|BẢN|ẤP) )
    \s+ (?!(?:{_NO_PLACE_NAME.replace(" ", chr(92) + " ")})\b)
    (?P<name>[^\W\d_]+(?:\s+[^\W\d_]+)?) (?=\s*(?:[,;.)(-]|NĂM|GIAI|$))
    """,
    re.VERBOSE,
)


def title_case(text: str) -> str:
    """A text in capitals in sentence case; the words that are names keep their capitals.

    `TỔ CHỨC HỘI THAO TRÊN ĐỊA BÀN HUYỆN BA VÌ` gives `Tổ chức hội thao trên địa bàn huyện Ba Vì`.
    """
    if len(text.lower()) != len(text):
        return text
    letters = list(text.lower())
    for start, end in _kept(text):
        letters[start:end] = text[start:end]
    for start, cased in _names(text):
        letters[start : start + len(cased)] = cased
    joined = "".join(letters)
    return joined[:1].upper() + joined[1:]


def _kept(text: str) -> Iterator[tuple[int, int]]:
    """Spans of abbreviations and Roman numerals."""
    for word in _WORD.finditer(text):
        if not word.group().isupper():
            yield word.span()
            continue
        if _ROMAN.fullmatch(word.group()):
            if _is_numeral(text, word):
                yield word.span()
        elif not _SYLLABLE.fullmatch(plain(word.group())):
            yield word.span()


def _is_numeral(text: str, word: re.Match[str]) -> bool:
    """Whether I, V, X are a numeral: by what is counted, where they are a word as well."""
    if word.group() in _WORDLIKE:
        counted = _BEFORE_WORDLIKE.search(text, 0, word.start())
        return counted is not None and not _BEHIND_VI.match(text, word.end())
    return len(word.group()) > 1 or _BEFORE_ROMAN.search(text, 0, word.start()) is not None


def _names(text: str) -> Iterator[tuple[int, str]]:
    """Names in their letter case, and where they stand: bodies, then known names, then places."""
    for found in _OF_BODY.finditer(text):
        cased = sentence_case(found["body"])
        if len(cased) == len(found["body"]):
            yield found.start("body"), cased
    for found in _known().finditer(text):
        cased = _models()[squeeze(found.group())]
        if len(cased) == len(found.group()):
            yield found.start(), cased
    for start, end in spans_of_places(text):
        kind = _KIND.match(text[start:end])
        at = start + (kind.end() if kind else 0)
        yield at, _capitalised(text[at:end])
    for found in _LUNAR_YEAR.finditer(text):
        yield found.start(), _capitalised(found.group())
    for found in _SMALL_PLACE.finditer(text):
        yield found.start("name"), _capitalised(found["name"])


def _capitalised(name: str) -> str:
    return _WORD.sub(lambda m: m.group()[:1].upper() + m.group()[1:].lower(), name)


@lru_cache(maxsize=1)
def _models() -> dict[str, str]:
    return {name.upper(): name for entry in load("title_names") for name in entry["names"]}


@lru_cache(maxsize=1)
def _known() -> re.Pattern[str]:
    names = sorted(_models(), key=len, reverse=True)
    return re.compile(
        r"(?<![^\W_])(?:" + "|".join(r"\s+".join(map(re.escape, n.split())) for n in names) + r")(?![^\W_])"
    )
