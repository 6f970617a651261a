"""Where running text of a task names its own deadline or time."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.schedule_masks import without_citations, without_quotes
from extractors.schedule_recurrence import Recurrence, read_recurrence
from extractors.schedule_scan import Expression, scan

Span = tuple[int, int]

_DONE = r"(?:hoàn\s+thành|hoàn\s+tất|xong|kết\s+thúc)"
_HOUR = r"(?:\d{1,2}\s?(?:h|g|giờ)\s?(?:\d{2})?(?:\s?phút)?\s*,?\s*(?:của\s+)?)?"
_QUARTER = r"qu[ýíy]\s*(?:[ivl]{1,4}|\d{1,2})(?!\w)"
_DAY = r"(?:ngày\s*\d|ngày\s+(?:mùng|mồng|cuối)|\d{1,2}\s?/\s?\d|\d{1,2}[.-]\d{1,2}[.-]\d{4})"
_TIME = rf"(?:{_DAY}|(?:đầu|giữa|cuối)?\s*(?:tháng\s*\d|{_QUARTER}))"

# Words of a deadline; the time follows at once.
_DEADLINE = re.compile(
    rf"""
    (?<!\w)(?:
        (?: {_DONE} \s+ )? (?: (?:chậm|muộn) \s+ nhất \s+ (?:là \s+)? )? (?:đến\s+)? trước \s+
        {_HOUR} (?= {_TIME} )
      | (?: {_DONE} \s+ )?
        (?: (?:chậm|muộn) \s+ nhất | không \s+ (?:muộn|chậm) \s+ hơn | hạn \s+ (?:cuối|chót|nộp) )
        \s* :? \s* (?: (?:là|vào|đến|đến\s+hết|trong) \s+ )? {_HOUR} (?= {_TIME} | \d{{1,3}}\s+ngày )
      | (?: {_DONE} \s+ )? (?: đến | tới ) \s+ hết \s+ (?= {_TIME} )
      | {_DONE} \s+ (?: (?:trong|vào|đến|trước|đến\s+hết|hết) \s+ )? {_HOUR}
        (?= {_TIME} | năm\s+(?:19|20)\d\d | \d\ tháng\ (?:đầu|cuối) )
      | thời \s+ hạn (?: \s+ [^\W\d_]+ ){{0,5}}? \s* (?: : | là | đến | trước ) \s* {_HOUR}
        (?= {_TIME} | \d{{1,3}}\s+ngày )
    )
    """,
    re.VERBOSE,
)
# A word of completion and, in the same clause, its time.
_COMPLETION = re.compile(rf"(?<!\w){_DONE}(?!\w)[^.;:()]{{1,80}}?\s(?:trong|vào|trước|hết)\s+(?={_TIME})")
# The task's own time where no deadline is named.
_OWN_TIME = re.compile(
    rf"""
    (?<!\w)(?:
        thời \s+ gian (?: \s+ [^\W\d_]+ ){{0,3}}? \s* : \s* {_HOUR}
        (?: (?:từ|trong|vào|dự\s+kiến) \s+ )? (?= {_TIME} | năm\s+\d )
      | (?: trong | vào (?: \s+ khoảng )? ) \s+
        (?= (?:đầu|giữa|cuối)?\s*(?: tháng\s*\d | {_QUARTER} ) | ngày\s*\d{{1,2}} \s? (?: / | tháng ) )
      | từ \s+ (?= ngày\s*\d{{1,2}}[^.;]{{0,30}}?\s(?:đến|-)\s | tháng\s*\d[^.;]{{0,20}}?\s(?:đến|-)\s )
    )
    """,
    re.VERBOSE,
)
_LENGTH = re.compile(
    r"(?<!\w)(?:trong\s+(?:vòng|thời\s+hạn|thời\s+gian)|chậm\s+nhất|muộn\s+nhất|không\s+quá|sau|trước)\s+(?:là\s+)?"
    r"\d{1,3}\s*(?:\([^()]{1,20}\)\s*)?(?:ngày|tuần|tháng)(?:\s+làm\s+việc)?(?!\w)(?!\s*(?:đầu|cuối))"
)
_NOT_OWN = re.compile(
    r"(?:kết\s+quả|số\s+liệu|tính|phát\s+sinh|sơ\s+kết|tổng\s+kết|đánh\s+giá|thành\s+tích|diễn\s+ra|ban\s+hành|đã|được|hiệu\s+lực)"
    r"(?:\s+\S+){0,3}\s*$"
)
_SENTENCE_END = re.compile(r"[.;]\s|;|\n\s*\n")
_REACH = 120  # characters between two deadlines of one sentence, or from the words to their time
_TRIES = 8  # recurring words of a text that are looked at
_LONGEST = 8000  # characters of a task that are looked at
_BETWEEN = re.compile(r"[\s,()]*(?:vào\s+|là\s+|và\s+|trước\s+)?[\s,()]*")
_BEGINS = re.compile(r"(?:^|[.;:]\s)\W*$")


def find_deadline_span(folded: str, year: int | None) -> Span | None:
    """Span in folded text of the first deadline, else of the task's own time, else of a recurring one.

    `year` is the plan's: a time that lies years before it is history, not a deadline.
    """
    text = without_quotes(without_citations(folded[:_LONGEST]))
    dated = _joined(text, list(_dated(text, year)))
    recurring = _recurring(text, dated)
    if dated is not None and recurring is not None:
        return min(dated[0], recurring[0]), max(dated[1], recurring[1])
    return dated or recurring or _length(text)


def _dated(text: str, year: int | None) -> Iterator[Span]:
    """Spans with a date or month: those of deadlines, or of plain times where there is no deadline."""
    found = False
    for pattern in (_DEADLINE, _COMPLETION, _OWN_TIME):
        for match in pattern.finditer(text):
            if pattern is not _DEADLINE and _NOT_OWN.search(text, max(0, match.start() - 40), match.start()):
                continue
            span = _with_time(text, match, year)
            if span is not None:
                found = True
                yield span
        if found:
            return


def _with_time(text: str, match: re.Match[str], year: int | None) -> Span | None:
    """The span from the words to the end of the time that follows them."""
    window = text[match.start() : match.end() + _REACH]
    stop = _SENTENCE_END.search(window, match.end() - match.start())
    inner = scan(window[: stop.start()] if stop else window).expressions
    offset = match.end() - match.start()
    expression = next((e for e in inner if e.end > offset), None)
    if expression is None or not _is_near(expression, year) or not window[offset:].strip():
        return None
    if expression.start > offset + 3:
        return None
    return match.start(), match.start() + expression.end


def _is_near(expression: Expression, year: int | None) -> bool:
    years = [unit.year for unit in expression.units if unit.year is not None]
    return year is None or not years or min(years) >= year - 1


def _joined(text: str, spans: list[Span]) -> Span | None:
    """The first span, and those after it in its sentence."""
    if not spans:
        return None
    spans.sort()
    start, end = spans[0]
    for begin, last in spans[1:]:
        if begin - end > _REACH or _SENTENCE_END.search(text, end, max(begin, end)):
            break
        end = max(end, last)
    return start, end


def _recurring(text: str, dated: Span | None) -> Span | None:
    """Words of a recurring time: beside the deadline, after định kỳ, or at the beginning of a sentence."""
    if dated is not None:
        return _beside(text, dated)
    found = _shifted(text, 0)
    for _ in range(_TRIES):
        if found is None:
            break
        words = text[found.start : found.end]
        is_own = words.startswith(("định k", "ngày")) or _BEGINS.search(
            text, max(0, found.start - 6), found.start
        )
        if is_own and found.rule is not None:
            return found.start, found.end
        found = _shifted(text, found.end)
    return None


def _shifted(text: str, start: int) -> Recurrence | None:
    """The first recurrence after `start`, with offsets of the whole text."""
    found = read_recurrence(text[start:])
    if found is None or found.end <= found.start:
        return None
    return Recurrence(found.start + start, found.end + start, found.rule)


def _beside(text: str, dated: Span) -> Span | None:
    """`định kỳ hằng năm (trước ngày 10/12`, `trước ngày 15 tháng 11 hằng năm`."""
    begin = max(0, dated[0] - 40)
    before = read_recurrence(text[begin : dated[0]])
    if before is not None and _BETWEEN.fullmatch(text, begin + before.end, dated[0]):
        return begin + before.start, dated[1]
    within = read_recurrence(text[dated[0] : dated[1] + 40])
    if within is None:
        return None
    start, end = dated[0] + within.start, dated[0] + within.end
    if start <= dated[1] or _BETWEEN.fullmatch(text, dated[1], start):
        return dated[0], max(end, dated[1])
    return None


def _length(text: str) -> Span | None:
    """A stated length of time: `trong vòng 05 ngày làm việc`."""
    match = _LENGTH.search(text)
    return match.span() if match else None
