"""Where a text names an instrument: kind, number and date, in whatever order and spelling they are printed.

A head is the part of a citation that identifies the instrument. It is found from the printed kind
(Quyết định số …), from a number that shares the kind of the one before it (các Quyết định số …, số …)
or, where the kind is misprinted, from the symbol alone (số 11/2016/TT-BYT).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.citations_head import LETTERS, SYMBOL, Head, Scan, read_tail, tidy
from extractors.citations_issuer import issuer_before
from extractors.citations_laws import law_head
from extractors.citations_lexicon import (
    Instrument,
    aligned,
    instrument_named,
    instrument_of_symbol,
    instrument_pattern,
)
from extractors.vietnamese.dates import find_dates
from extractors.vietnamese.letters import plain

_DASH = r"\-‐-―−"
# A company's own notation, only after số: YBB-SA032/26-LR.
_ODD_NUMBER = re.compile(
    rf"(?=[^\s;,]{{0,30}}\d)(?=[^\s;,]{{0,30}}[A-ZĐ])(?=[^\s;,]{{0,30}}[/{_DASH}])[\w&./{_DASH}]{{3,40}}(?<![.,])"
)
_PLAIN_NUMBER = re.compile(r"\d{1,5}(?![\w/]|[.,]\d)")
_BLANK_NUMBER = re.compile(rf"[ .…_]*[/{_DASH}][ ]?{LETTERS}(?:[/{_DASH}]{LETTERS})*")
# From the kind to its number: “chỉ đạo số”, “số:”, “mật số”, or nothing but a blank.
_TO_NUMBER = re.compile(r"(?:(?P<words>(?: +[a-zà-ỹ]+){0,5}?) +(?:số|sô) *:? *|(?P<bare> *:? *))")
_OF_BODY_TO_NUMBER = re.compile(r" +của (?P<body>[^;:.()“”\"]{3,70}?) +số *:? *(?=\d)")
_SHARED = re.compile(r"[ ,;*]*(?P<join>,|;|và|hoặc) *(?:các )?(?:số *:? *)?$")
_MISPRINTED = re.compile(r"(?P<word>[^\W\d_]+(?: [^\W\d_]+)?)? ?số *:? *$")
_LEADS = re.compile(r"(?:(?:căn|cứ|thực|hiện|theo|triển|khai|tại|và|của|các|với|kèm|qua|xét)(?: |$))+")
_BLOCKED_WORDS = re.compile(r"(?<!\w)(?:ngày|tháng|năm|này|trên|có|là|đến|trong|và|các|của|về)(?!\w)")


def find_heads(scan: Scan) -> list[Head]:
    """All heads in order of their beginning; they do not overlap, except laws inside titles."""
    heads: list[Head] = []
    symbols = {m.start(): m for m in SYMBOL.finditer(scan.text)}
    taken: set[int] = set()
    for kind in instrument_pattern().finditer(scan.folded):
        if heads and kind.start() < heads[-1].end:
            continue
        head = _head_of_kind(scan, kind, symbols, taken)
        if head is not None:
            heads.append(head)
            heads.extend(_sharing(scan, head, symbols, taken))
    heads += _misprinted(scan, symbols, taken)
    return sorted(heads, key=lambda h: h.start)


def _head_of_kind(
    scan: Scan, kind: re.Match[str], symbols: dict[int, re.Match[str]], taken: set[int]
) -> Head | None:
    instrument = instrument_named(kind.group())
    if (
        kind.group() in map(aligned, instrument.short)
        and not scan.text[kind.start() : kind.end()][:2].isupper()
    ):
        return None
    if instrument.is_law:
        head = law_head(scan, kind, instrument, symbols)
        if head is not None:
            taken.update(range(head.start, head.end))
        return head
    return _numbered(scan, kind, instrument, symbols, taken) or _dated(scan, kind, instrument)


def _numbered(
    scan: Scan,
    kind: re.Match[str],
    instrument: Instrument,
    symbols: dict[int, re.Match[str]],
    taken: set[int],
) -> Head | None:
    """A kind with its number: “Quyết định số 12/QĐ-UBND”, “Quyết định của UBND tỉnh số 12/QĐ-UBND”."""
    issuer: str | None = None
    gap = _TO_NUMBER.match(scan.folded, kind.end())
    at = gap.end() if gap else kind.end()
    if gap is not None and gap["words"] and _BLOCKED_WORDS.search(gap["words"]):
        gap = None
    symbol = symbols.get(at) if gap is not None else None
    if gap is not None and _ends_in_kind(gap["words"] or "") and not _is_of(symbol, instrument):
        return None  # “quy định tại Quyết định số …”: the number is that of the nearer kind
    of_body = _OF_BODY_TO_NUMBER.match(scan.folded, kind.end()) if symbol is None else None
    if of_body is not None and _ends_in_kind(of_body["body"]):
        of_body = None
    if of_body is not None:
        symbol, at = symbols.get(of_body.end()), of_body.end()
        issuer = scan.text[of_body.start("body") : of_body.end("body")] if symbol else None
    if symbol is not None:
        taken.add(symbol.start())
        return _finish(scan, kind, instrument.name, symbol.end(), tidy(symbol.group()), issuer, "numbered")
    if gap is None or gap["bare"] is not None:
        return None
    return _oddly_numbered(scan, kind, instrument, at, taken)


def _ends_in_kind(between: str) -> bool:
    """Whether what stands between a kind and “số” names the next instrument already."""
    return any(kind.end() == len(between) for kind in instrument_pattern().finditer(between))


def _is_of(symbol: re.Match[str] | None, instrument: Instrument) -> bool:
    """Whether a symbol says itself that it is of this kind."""
    named = None if symbol is None else instrument_of_symbol(tidy(symbol.group()))
    return named is not None and named.name == instrument.name


def _oddly_numbered(
    scan: Scan, kind: re.Match[str], instrument: Instrument, at: int, taken: set[int]
) -> Head | None:
    """“Văn bản số 02 ngày …”, “số YBB-SA032/26-LR”, and a number left blank before a full date."""
    bare = _PLAIN_NUMBER.match(scan.text, at)
    if bare is not None:
        dated = _finish(scan, kind, instrument.name, bare.end(), tidy(bare.group()), None, "plain number")
        return dated if dated.dated else None
    blank = _BLANK_NUMBER.match(scan.text, at)
    if blank is not None:
        dated = _finish(scan, kind, instrument.name, blank.end(), None, None, "blank number")
        return dated if dated.issued_on is not None else None
    odd = _ODD_NUMBER.match(scan.text, at)
    if odd is None or find_dates(odd.group()):
        return None
    taken.update(range(odd.start(), odd.end()))
    return _finish(scan, kind, instrument.name, odd.end(), tidy(odd.group()), None, "odd number")


def _dated(scan: Scan, kind: re.Match[str], instrument: Instrument) -> Head | None:
    """A kind with a date and an issuer but no number: “Thông báo kết luận ngày 12/3/2024 của …”."""
    if not scan.text[kind.start()].isupper():
        return None
    found = scan.date_after(kind.end())
    if found is None or found.value is None:
        return None
    head = _finish(scan, kind, instrument.name, kind.end(), None, None, "dated")
    return head if head.issuer is not None else None


def _finish(
    scan: Scan,
    kind: re.Match[str],
    instrument: str,
    at: int,
    number: str | None,
    issuer: str | None,
    rule: str,
) -> Head:
    tail = read_tail(scan, at, issuer, joint=any(word in instrument for word in ("liên", "phối hợp")))
    value = tail.date.value if tail.date else None
    found_issuer = tail.issuer or issuer_before(scan.text, scan.folded, kind.start())
    return Head(kind.start(), tail.end, instrument, number, value, tail.date is not None, found_issuer, rule)


def _sharing(scan: Scan, first: Head, symbols: dict[int, re.Match[str]], taken: set[int]) -> Iterator[Head]:
    """Further numbers of the same kind: “các Quyết định số A ngày …, số B ngày … của …”."""
    before = first
    while first.number is not None and not first.is_law:
        symbol = next(
            (symbols[i] for i in range(before.end, min(before.end + 14, len(scan.text))) if i in symbols),
            None,
        )
        if symbol is None or not _SHARED.fullmatch(scan.folded, before.end, symbol.start()):
            return
        number = tidy(symbol.group())
        of_symbol = instrument_of_symbol(number)
        name = of_symbol.name if of_symbol and of_symbol.name != first.instrument else first.instrument
        if first.instrument.startswith(name):
            name = first.instrument
        if name in ("Thông tư", "Quyết định") and first.instrument in ("Thông tri", "Quy định"):
            name = first.instrument
        tail = read_tail(scan, symbol.end())
        value = tail.date.value if tail.date else None
        taken.add(symbol.start())
        start = symbol.start() - (len(m.group()) if (m := _number_word(scan.folded, symbol.start())) else 0)
        before = Head(
            start,
            tail.end,
            name,
            number,
            value,
            tail.date is not None,
            tail.issuer,
            "shared kind",
            shared=True,
        )
        yield before


def _number_word(folded: str, at: int) -> re.Match[str] | None:
    return re.search(r"số *:? *$", folded[max(0, at - 6) : at])


def _misprinted(scan: Scan, symbols: dict[int, re.Match[str]], taken: set[int]) -> Iterator[Head]:
    """Symbols that say their kind themselves where the printed kind is misspelt or left out."""
    for at, symbol in symbols.items():
        if at in taken:
            continue
        number = tidy(symbol.group())
        instrument = instrument_of_symbol(number)
        before = _MISPRINTED.search(scan.folded[max(0, at - 30) : at])
        if instrument is None or before is None:
            continue
        words = (before["word"] or "").strip()
        lead = _LEADS.match(words)
        rest = words[lead.end() :] if lead else words
        if rest and not set(plain(rest).split()) & set(plain(instrument.name).split()):
            continue
        tail = read_tail(scan, symbol.end())
        value = tail.date.value if tail.date else None
        start = at - len(before.group()) + (lead.end() if lead else 0)
        yield Head(
            start,
            tail.end,
            instrument.name,
            number,
            value,
            tail.date is not None,
            tail.issuer,
            "symbol alone",
        )
