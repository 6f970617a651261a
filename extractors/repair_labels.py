"""Roman numerals of headings, settled by their sequence: `HI.` after `II.` is `III.`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.document import Document, Paragraph
from extractors.editing import Edit
from extractors.repair_tokens import ocr_pages
from extractors.vietnamese.numerals import roman_text, roman_value

RULE = "roman-sequence"
_LABEL = re.compile(
    r"""
    \s* (?P<label> [IVXLlHTUYJ1|!\][ÌÍÏìíï]{1,6} ) \s? (?P<mark> [.,)/:\-] )
    \s* (?= (?P<first> [^\W\d_] ) )
    """,
    re.VERBOSE,
)
_LETTER = re.compile(r"\s*(?P<letter>[A-ZĐ])\s?[.)]")
_POST = re.compile(r"(?:CH[UÚỦ]|GI[AÁ]M|HI[EÊỆ]U|TR[UƯ][OƠỞ]NG|B[IÍ]|[UỦÚ]Y|TH[UỦ])\b")
# The strokes that a character may stand for.
_STROKES = {**dict.fromkeys("IlLT1|!][JÌÍÏìíï", "I"), "H": "II", "V": "V", "U": "V", "Y": "V", "X": "X"}


@dataclass(frozen=True, slots=True)
class _Label:
    """A label that is, or may be, a Roman numeral; `value` is None where it is none as it stands."""

    start: int
    end: int
    text: str
    value: int | None

    def may_be(self, value: int) -> bool:
        """Whether the label's strokes are those of the numeral."""
        return self._strokes() == roman_text(value)

    def may_hide(self, value: int) -> bool:
        """Whether the label's strokes are those of the numeral and one more, which a speck left."""
        return self._strokes() == roman_text(value) + "I"

    def _strokes(self) -> str:
        return "".join(_STROKES.get(ch, "?") for ch in self.text)


def label_edits(document: Document) -> Iterator[Edit]:
    """The changes to labels that go on a sequence of Roman numerals, or begin one that goes on."""
    labels = list(_labels(document))
    last = 0
    for i, label in enumerate(labels):
        if label.value is not None:
            last = label.value
            continue
        for value in dict.fromkeys((last + 1, 1)):
            if label.may_be(value) and (value > 1 or _goes_on(labels[i + 1 :])):
                last = value
                yield Edit(label.start, label.end, roman_text(value), RULE)
                break
        else:
            if last and label.may_hide(last + 1) and _goes_on(labels[i + 1 :], last + 2):
                last += 1
                yield Edit(label.start, label.end, roman_text(last), RULE)


def _goes_on(following: Sequence[_Label], value: int = 2) -> bool:
    """Whether the next label is that of the value: without a II after it, an `l.` may be anything."""
    return bool(following) and (following[0].value == value or following[0].may_be(value))


def _labels(document: Document) -> Iterator[_Label]:
    """Labels that begin a paragraph of the body; misread ones only on recognised pages."""
    pages = ocr_pages(document)
    letter = ""  # of the capital that labelled the paragraph before: after G. an H. is a letter
    for block in document.blocks:
        if not isinstance(block, Paragraph) or block.part != "body":
            continue
        text = document.text[block.start : min(block.end, block.start + 40)]
        found = _LABEL.match(text)
        lettered = _LETTER.match(text)
        if found:
            label = _label(found, block, letter)
            if label is not None and (label.value is not None or block.page in pages):
                yield label
        letter = lettered["letter"] if lettered else letter


def _label(found: re.Match[str], paragraph: Paragraph, letter: str) -> _Label | None:
    text, (start, end) = found["label"], found.span("label")
    value = roman_value(text)
    if value is None:
        is_next_letter = len(text) == 1 and text.isalpha() and bool(letter) and ord(text) == ord(letter) + 1
        if (
            text.isdigit()
            or is_next_letter
            or not found["first"].isupper()
            or _POST.match(found.string, found.end())
        ):
            return None
    return _Label(paragraph.start + start, paragraph.start + end, text, value)
