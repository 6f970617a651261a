"""Dates that are no time of a task: those of cited instruments, anniversaries, words in quotes."""

from __future__ import annotations

import re

HIDDEN = "\u2022"  # stands for each character that is hidden: no letter, no digit, no mark of a time

_DATE = (
    r"\d{1,2}\s{0,2}[/.-]\s{0,2}\d{1,2}\s{0,2}[/.-]\s{0,2}\d{4}"
    r"|\d{1,2}\s{0,2}tháng\s{0,2}\d{1,2}\s{0,2},?\s{0,2}năm\s{0,2}\d{4}"
)
_TIME_WORD = "tháng|qu[ýí]|năm|ngày|đến|tới|đầu|giữa|cuối|nửa|hết|trước|tuần|lần|buổi|từ"
_SYMBOL = (
    rf"\d{{1,5}}[a-zđ]?[-/](?:(?:19|20)\d\d\s?[-/]\s?)?(?!{_TIME_WORD})[a-zđ]{{2}}\w*(?:[-/.&]\w+){{0,5}}"
)
# A number with its symbol (34-CT/TW, 98/2023/NĐ-CP) and the date after it.
_CITATION = re.compile(
    rf"(?<![\w/])(?:{_SYMBOL})(?:\s{{0,2}}[,;]?\s{{0,2}}(?:(?:ban\shành\s)?ngày\s{{0,2}})?(?:{_DATE}))?"
)
_INSTRUMENT = (
    r"nghị\squyết|nghị\sđịnh|quyết\sđịnh|chỉ\sthị|thông\stư|công\svăn|công\sđiện|kế\shoạch|hướng\sdẫn|thông\sbáo|luật"
    r"|kết\sluận|chương\strình|báo\scáo|tờ\strình|văn\sbản|pháp\slệnh|giấy\smời|quy\sđịnh|đề\sán|thông\stri|qđ|nđ|cv"
)
# An instrument by name and its date: no word of time stands before `ngày`.
_NAMED = re.compile(
    rf"(?:{_INSTRUMENT})(?!\w)[^.;:()•]{{0,80}}?"
    r"(?<!trước)(?<!nhất)(?<!hết)(?<!đến)(?<!từ)(?<!vào)(?<!trong)(?<!là)(?<!kiến)(?<!,)\s"
    rf"(?P<date>ngày\s{{0,2}}(?:{_DATE}))"
)
_LAW_YEAR = re.compile(
    r"(?:(?<!pháp\s)(?<!kỷ\s)(?<!quy\s)luật|hiến\spháp|pháp\slệnh)(?!\w)[^.;:()•]{0,90}?"
    r"(?P<date>năm\s{0,2}(?:19|20)\d\d)"
)
_ANNIVERSARY = re.compile(rf"\(\s{{0,2}}(?:{_DATE})\s{{0,2}}(?:-|đến)\s{{0,2}}(?P<last>{_DATE})\s{{0,2}}\)")
_OUTLOOK = re.compile(
    r"(?:tầm\s+nhìn|định\s+hướng)(?:\s+\S+){0,2}?\s+(?:năm\s+)?(?:19|20)\d\d(?:\s*-\s*(?:19|20)\d\d)?"
)
# The year is part of a name: Tết Nguyên đán 2024, Kế hoạch năm 2024, học kỳ I năm học 2024-2025.
_YEAR_OF_NAME = re.compile(
    r"(?<!\w)(?:tết|hè|vụ|mùa|xuân|lễ\s+hội|festival|kế\s+hoạch|chương\s+trình|học\s+k[ỳì]|hk)(?!\w)"
    r"(?:\s+(?!trong|trước|đến|tới|từ|vào|hết|hoàn|xong|và|dự|tháng|quý|cuối|đầu|giữa|năm)[^\W\d_]+){0,3}?"
    r"\s+(?P<year>(?:năm\s+(?:học\s+)?)?(?:19|20)\d\d(?:\s*-\s*(?:19|20)\d\d)?)"
)
# A date whose day and month were left blank.
_BLANK_DATE = re.compile(r"(?<!\w)tháng[\s.…_]*,?\s*năm\s+(?P<year>(?:19|20)\d\d)")
_FROM_ISSUE = re.compile(
    r"(?:kể\s+)?từ\s+(?:ngày|khi)\s+(?:ký(?:\s+ban\s+hành)?|ban\s+hành)(?:\s+kế\s+hoạch)?(?:\s+này)?"
    r"(?=\s*(?:đến|tới|cho|-|trở\s+đi))"
)
_YEARS = re.compile(r"(?:19|20)\d\d")
_QUOTED = re.compile(r"[“\"«„][^“”\"«»„]{1,400}[”\"»]")
_LONG_SPAN = 15  # years between the two dates of an anniversary, at least


# What a recogniser makes of II, III and IV after quý: H, HI, IH, 1II, TV. Letters as they are folded.
_MISREAD_QUARTER = re.compile(
    r"(?P<word>(?<!\w)qu[ýí][\s:]{0,2}\s|-\s?|,\s?|(?<!\w)(?:đến|và)\s)(?P<numeral>[hil1!|tv]{1,5})(?![\w!|])"
)
_LIKE_NUMERAL = str.maketrans(
    {"h": "II", "i": "I", "l": "I", "1": "I", "!": "I", "|": "I", "t": "I", "v": "V"}
)
_QUARTERS = {"I": "1", "II": "2", "III": "3", "IV": "4"}


def with_quarters_settled(folded: str) -> str:
    """Misread numerals of quarters as digits, offsets unchanged; `quý 1ii` is the third, not the first."""
    if "quý" not in folded and "quí" not in folded:
        return folded
    return _MISREAD_QUARTER.sub(_settled_quarter, folded)


def _settled_quarter(match: re.Match[str]) -> str:
    numeral = match["numeral"]
    if numeral.isdigit() and not match["word"].startswith("qu"):
        return match.group()
    if not set(numeral) & set("htl!|") and not ("1" in numeral and len(numeral) > 1):
        return match.group()
    value = _QUARTERS.get(numeral.translate(_LIKE_NUMERAL))
    return match.group() if value is None else match["word"] + value.rjust(len(numeral))


def without_citations(folded: str) -> str:
    """The text with cited numbers and dates hidden, offsets unchanged."""
    hidden = _CITATION.sub(lambda m: HIDDEN * len(m.group()), folded)
    return without_anniversaries(_NAMED.sub(_hide_date, hidden))


def without_outlook(folded: str) -> str:
    """The text without how far a programme looks ahead (tầm nhìn đến năm 2050)."""
    return _OUTLOOK.sub(lambda m: HIDDEN * len(m.group()), folded)


def of_cell(folded: str) -> str:
    """A cell's text without what is no time of its task; `từ ngày ban hành đến` is `từ nay đến`."""
    own = _YEAR_OF_NAME.sub(_hide_year, without_outlook(without_citations(folded)))
    own = _BLANK_DATE.sub(_hide_year, own)
    return _FROM_ISSUE.sub(lambda m: "từ nay".ljust(len(m.group())), own)


def _hide_year(match: re.Match[str]) -> str:
    """Hide the year only: the words before it may say a condition."""
    start = match.start("year") - match.start()
    return match.group()[:start] + HIDDEN * (len(match.group()) - start)


def without_law_years(folded: str) -> str:
    """The text without the year after a law's name (`Luật Đất đai năm 2024`): the law's or the plan's."""
    return _LAW_YEAR.sub(_hide_date, folded)


def without_quotes(folded: str) -> str:
    """The text with words in quotes hidden: names and slogans."""
    return _QUOTED.sub(lambda m: HIDDEN * len(m.group()), folded)


def without_anniversaries(folded: str) -> str:
    """The text without two dates in brackets that lie many years apart (11/6/1948 - 11/6/2018)."""
    return _ANNIVERSARY.sub(_hide_anniversary, folded)


def _hide_date(match: re.Match[str]) -> str:
    start = match.start("date") - match.start()
    return match.group()[:start] + HIDDEN * (len(match.group()) - start)


def _hide_anniversary(match: re.Match[str]) -> str:
    years = [int(year) for year in _YEARS.findall(match.group())]
    if len(years) >= 2 and years[-1] - years[0] < _LONG_SPAN:
        return match.group()
    return HIDDEN * len(match.group())
