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
_BEFORE_ROMAN = re.compile(r"(?:THỨ|KHÓA|KHOÁ|QUÝ|QUÍ|KỲ|HẠNG|LOẠI|PHẦN|CẤP|VÀ|,|-|–)\s*$")
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
_SMALL_PLACE = re.compile(
    r"\b(?:XÃ|PHƯỜNG|THỊ TRẤN|THÔN|BẢN|ẤP)\s+(?P<name>[^\W\d_]+(?:\s+[^\W\d_]+)?)"
    r"(?=\s*(?:[,;.)(-]|NĂM|GIAI|$))"
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
        numeral = _ROMAN.fullmatch(word.group())
        if (numeral and (len(word.group()) > 1 or _BEFORE_ROMAN.search(text, 0, word.start()))) or (
            not numeral and not _SYLLABLE.fullmatch(plain(word.group()))
        ):
            yield word.span()


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
