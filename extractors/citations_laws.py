"""Laws, codes and ordinances, which are cited by their names: where the name ends, what it amends."""

from __future__ import annotations

import re

from extractors.citations_head import Head, Scan, Tail, read_tail, tidy
from extractors.citations_lexicon import Instrument, is_alias, law_name_at

_LONGEST_NAME = 170  # characters between the kind and the number or date that anchors an unknown name
_NUMBER_LEAD = re.compile(r" *\(?(?:(?:luật|bộ luật|pháp lệnh) +)?(?:số *:? *)?")
_YEAR = re.compile(r" +(?:năm +)?(?:19|20)\d\d(?![\d/-])|,? +các năm(?:,? *(?:và *)?(?:19|20)\d\d)+")
_AMENDS = re.compile(
    r" +(?:sửa đổi|bổ sung)(?:[ ,]*(?:và *)?(?:sửa đổi|bổ sung))?"
    r"(?: +(?:một số|các|nhiều) +(?:điều|khoản)(?: +và +[^;:,.()]{1,40}?)?)?"
    r"(?: +của)?(?: +các)? +(?:luật|bộ luật|pháp lệnh)(?!\w)"
)
_AND_LAW = re.compile(r" *(?:,|và|,? và) *(?:luật|bộ luật|pháp lệnh)(?!\w)")
# Before it the word is no law: pháp luật, kỷ luật, Khoa Luật, dự thảo Luật.
_NOT_AFTER = re.compile(
    r"(?:pháp|kỷ|kỉ|trật|khoa|ngành|trường|đại học|bộ môn|cử nhân|thạc sĩ|văn phòng|công ty|báo|tạp chí|"
    r"phòng|hội|dự thảo|dự án|xây dựng|soạn thảo|nhà xuất bản|thư viện|đề cương) *$"
)
_NO_NAME = re.compile(
    r" +(?:này|sư|gia|hoá|pháp|định|lệ|học|hiện hành|nêu trên|nói trên|mới|trên|đó|số)(?!\w)"
)
_ANCHOR = re.compile(
    r" *,? *\(?(?:luật |bộ luật |pháp lệnh )?(?:số *:? *(?=\d)|ngày *(?=\d)|năm +(?=(?:19|20)\d\d))"
)
_NOT_IN_NAME = re.compile(
    r"[;:.()“”\"\[\]]|(?<!\w)(?:luật|nghị định|nghị quyết|thông tư|quyết định|chỉ thị|kế hoạch|"
    r"pháp lệnh|được|ban hành|căn cứ|theo|trong năm|có hiệu lực|văn bản|công văn)(?!\w)"
)
# Where a name that no list knows and nothing anchors must end.
_NAME_STOP = re.compile(
    r"[;:,.()“”\"\[\]*/]| (?:như|và|của|để|theo|quy định|trong|cho|đến|tại|trên|ở|được|đã|với|vào|là|"
    r"nhằm|đối|khi|có|thì|về|ngày|năm|do|từ|gắn|tới|hiện|này|cùng|bằng|số|qua|sau|trước|nêu|hoặc|còn|các|"
    r"một|những|sửa)(?!\w)"
)
_LONGEST_GUESS = 8  # syllables
_CONSTITUTION = re.compile(r"(?: +nước +cộng hoà +xã hội +chủ nghĩa +việt nam)?(?: +năm +(?:19|20)\d\d)?")


def law_head(
    scan: Scan, kind: re.Match[str], instrument: Instrument, symbols: dict[int, re.Match[str]]
) -> Head | None:
    """The head of a law cited at `kind`: by number, by name, or as the amendment of another."""
    if _NOT_AFTER.search(scan.folded[max(0, kind.start() - 14) : kind.start()]):
        return None
    if instrument.name == "Hiến pháp":
        return _constitution(scan, kind)
    number_at = _NUMBER_LEAD.match(scan.folded, kind.end())
    if number_at is not None and (symbol := symbols.get(number_at.end())) is not None:
        return _by_number(scan, kind, instrument, symbol)
    amends = _AMENDS.match(scan.folded, kind.end())
    end = _amended_end(scan, amends.end()) if amends else _name_end(scan, kind)
    if end is None:
        return None
    return _named(scan, kind, instrument, end, symbols, amends is not None)


def _constitution(scan: Scan, kind: re.Match[str]) -> Head | None:
    """The constitution, when its year, its date or the state's name is given."""
    rest = _CONSTITUTION.match(scan.folded, kind.end())
    end = rest.end() if rest else kind.end()
    tail = read_tail(scan, end)
    if end == kind.end() and (tail.date is None or tail.date.value is None):
        return None
    name = scan.text[kind.end() : end].strip() or None
    return _head(kind, "Hiến pháp", None, tail, "constitution", name, amends=False)


def _by_number(scan: Scan, kind: re.Match[str], instrument: Instrument, symbol: re.Match[str]) -> Head:
    """“Luật số 06/2022/QH15 ngày …”; what it amends stands in its title."""
    known = law_name_at(scan.folded, symbol.end() + 1)
    name = scan.text[symbol.end() + 1 : known[0]] if known else None
    tail = read_tail(scan, known[0] if known else symbol.end())
    return _head(kind, instrument.name, tidy(symbol.group()), tail, "law by number", name, amends=False)


def _named(
    scan: Scan,
    kind: re.Match[str],
    instrument: Instrument,
    end: int,
    symbols: dict[int, re.Match[str]],
    amends: bool,
) -> Head | None:
    """A law by name, with the number, date or year that follow."""
    year = _YEAR.match(scan.folded, end)
    name_end = year.end() if year else end
    number: str | None = None
    at = name_end
    lead = _NUMBER_LEAD.match(scan.folded, name_end)
    if lead is not None and (symbol := symbols.get(lead.end())) is not None:
        number, at = tidy(symbol.group()), symbol.end()
    tail = read_tail(scan, at)
    bare = number is None and tail.date is None
    if bare and not scan.text[kind.start()].isupper():
        return None
    name = _printed_name(scan, kind.end(), end) + (scan.text[year.start() : year.end()] if year else "")
    rule = "law by name" if bare else "law by name and date"
    if bare and law_name_at(scan.folded, kind.end() + 1) is None and not amends:
        rule = "law by unknown name"
    if bare:
        tail = Tail(name_end, None, None)
    return _head(kind, instrument.name, number, tail, rule, name, amends=amends)


def _printed_name(scan: Scan, start: int, end: int) -> str:
    """The name as printed; letters that stand for it (TĐKT) written out."""
    printed = scan.text[start:end].strip()
    if is_alias(printed):
        known = law_name_at(scan.folded, start + 1)
        return known[1] if known else printed
    return printed


def _amended_end(scan: Scan, at: int) -> int | None:
    """Where the names of the amended laws end."""
    end = _base_end(scan, at)
    while end is not None and (more := _AND_LAW.match(scan.folded, end)) is not None:
        further = _base_end(scan, more.end())
        if further is None:
            break
        end = further
    return end


def _name_end(scan: Scan, kind: re.Match[str]) -> int | None:
    if _NO_NAME.match(scan.folded, kind.end()):
        return None
    return _base_end(scan, kind.end())


def _base_end(scan: Scan, at: int) -> int | None:
    """End of the name that begins after `at`: a known name, else up to its date, else what looks like one."""
    if scan.text[at : at + 1] != " ":
        return None
    known = law_name_at(scan.folded, at + 1)
    anchored = _anchored_end(scan, at)
    if known is not None:
        breaks = anchored is None or scan.folded[known[0] : anchored].lstrip().startswith(_BREAKS)
        return known[0] if breaks else anchored
    return anchored if anchored is not None else _guessed_end(scan, at)


_BREAKS = (",", "và các", "như", "do", "kèm")


def _anchored_end(scan: Scan, at: int) -> int | None:
    """End of a name that a number, date or year follows with no other instrument between."""
    limit = min(at + _LONGEST_NAME, len(scan.text))
    barrier = _NOT_IN_NAME.search(scan.folded, at + 1, limit)
    anchor = _ANCHOR.search(scan.folded, at + 1, min(limit, barrier.start() + 1 if barrier else limit))
    if anchor is None or anchor.start() <= at + 1 or not scan.text[at + 1].isalpha():
        return None
    return anchor.start()


def _guessed_end(scan: Scan, at: int) -> int | None:
    """End of an unknown name: it begins with a capital and ends before a word that no name holds."""
    if not scan.text[at + 1 : at + 2].isupper() or scan.text[at + 1 : at + 5].isupper():
        return None
    limit = min(at + _LONGEST_NAME, len(scan.text))
    stop = _NAME_STOP.search(scan.folded, at + 1, limit)
    end = stop.start() if stop else limit
    words = scan.text[at:end].split()
    return end if 2 <= len(words) <= _LONGEST_GUESS else None


def _head(
    kind: re.Match[str],
    name: str,
    number: str | None,
    tail: Tail,
    rule: str,
    law: str | None,
    *,
    amends: bool,
) -> Head:
    value = tail.date.value if tail.date else None
    return Head(
        kind.start(), tail.end, name, number, value, tail.date is not None, tail.issuer, rule,
        is_law=True, law=law, amends=amends,
    )  # fmt: skip
