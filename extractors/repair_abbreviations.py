"""Fixed abbreviations that were misread: `Lưu: VI` is `Lưu: VT`, `TI HĐND` is `TT HĐND`, `UBNĐ` is `UBND`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractors.document import Document, Paragraph
from extractors.editing import Edit

RULE = "abbreviation"
# The archive copy is the clerks' (VT, văn thư) by NĐ 30/2020; no office begins with VI.
_ARCHIVE = re.compile(
    r"^\s*[-–—+*]?\s*[Ll]ưu\s?[:;,.]?\s?(?!VT\b)(?P<word>V[TI1lÍÌĨỊỈ|]{1,2})(?=\s?[,;.(\-–]|\s*$)"
)
# Thường trực before a council or a committee of the Party.
_STANDING = re.compile(
    r"(?:^|[-–—,;]\s*)(?P<word>T[I1l]|I[T1l]|II)(?=\s(?:HĐND|(?:Tỉnh|Thành|Huyện|Quận|Đảng)\sủy)\b)"
)
_COMMITTEE = re.compile(r"(?<![\w/\-–])(?P<word>UBN(?:Đ|DĐ|ĐD))(?![\w/])")
_COUNCIL = re.compile(r"(?<![\w/\-–])(?P<word>H[ĐD]N(?:Đ|DĐ|ĐD))(?![\w/])")
_BRACKET = re.compile(r"\([^(){}\[\]]{1,60}(?P<word>[}\]])(?=\s*[;,.]?\s*$)")
_MEANT = ((_ARCHIVE, "VT"), (_STANDING, "TT"), (_COMMITTEE, "UBND"), (_COUNCIL, "HĐND"), (_BRACKET, ")"))


def abbreviation_edits(document: Document, paragraph: Paragraph) -> Iterator[Edit]:
    """The changes to a paragraph's abbreviations; those within a symbol (12/KH-UBNĐ) stay."""
    for line in paragraph.lines:
        if any(word.confidence is not None for word in line.words):
            text = document.cut(line)
            for pattern, meant in _MEANT:
                for found in pattern.finditer(text):
                    start, end = found.span("word")
                    yield Edit(line.start + start, line.start + end, meant, RULE)
