"""The text of a paragraph as it is printed: runs, fields, tracked changes, symbols, breaks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

from extractors.building import Recoded
from extractors.document import Style
from extractors.vietnamese.legacy import hint
from extractors.vietnamese.letters import nfc
from pipeline.parsers.docx_legacy import Recoder, letters
from pipeline.parsers.docx_styles import RunLook, Styles
from pipeline.parsers.docx_symbols import symbol, unsymboled
from pipeline.parsers.docx_xml import (
    ALTERNATE,
    BOX,
    MATH,
    MATH_TEXT,
    WRAPPERS,
    Element,
    alternative,
    attribute,
    find,
    w,
)

# Marks in a paragraph's text. XML cannot hold these control characters, so nothing is mistaken for one.
LINE: Final = "\n"
TAB: Final = "\t"
RENDERED: Final = "\x0c"  # the page on which Word last laid out the text ended here
PAGE: Final = "\x1c"  # the author began a new page
COLUMN: Final = "\x1d"  # the author began a new column
BREAKS: Final = re.compile(f"[{LINE}{RENDERED}{PAGE}{COLUMN}]")
_MARKS: Final = re.compile(f"[{LINE}{TAB}{RENDERED}{PAGE}{COLUMN}]")

_DELETED: Final = frozenset({w("del"), w("moveFrom")})
_PAGE_FIELD: Final = re.compile(r"\s*(PAGE|NUMPAGES|SECTIONPAGES)\b", re.IGNORECASE)


@dataclass(slots=True)
class Inline:
    """Text of a paragraph with its marks, the looks of its stretches, and what is anchored in it."""

    chunks: list[str] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)  # of the stretches
    looks: list[RunLook] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)  # kind (`footnote`, `endnote`), identifier
    pictures: int = 0
    recoded: list[tuple[int, int, Recoded]] = field(default_factory=list)  # stretches, what stood there

    @property
    def text(self) -> str:
        if len(self.chunks) > 1:
            self.chunks = ["".join(self.chunks)]
        return self.chunks[0] if self.chunks else ""

    def add(self, text: str, look: RunLook) -> None:
        self.chunks.append(text)
        self.ends.append((self.ends[-1] if self.ends else 0) + len(text))
        self.looks.append(look)

    def extend(self, other: Inline) -> None:
        """Append a paragraph whose mark before it was deleted."""
        shift = self.ends[-1] if self.ends else 0
        self.recoded += [(start + shift, end + shift, held) for start, end, held in other.recoded]
        self.chunks += other.chunks
        self.ends += [end + shift for end in other.ends]
        self.looks += other.looks
        self.boxes += other.boxes
        self.notes += other.notes
        self.pictures += other.pictures

    def finish(self, recoder: Recoder) -> None:
        """Make the letters Unicode in NFC, and capitals where they are shown as such."""
        held = recoder.recode(self.chunks, [look.font for look in self.looks])
        at = 0
        for i, look in enumerate(self.looks):
            text = nfc(self.chunks[i])
            self.chunks[i] = text.upper() if look.caps else text
            start, at = at, at + len(self.chunks[i])
            self.ends[i] = at
            if i in held:
                self.recoded.append((start, at, held[i]))

    def before(self, start: int, end: int) -> Recoded | None:
        """What the file holds in place of `text[start:end]`, None where it is the same."""
        text, pieces, at, rule = self.text, [], start, ""
        for first, last, held in self.recoded:
            if first >= end or last <= start:
                continue
            old = held.before
            if len(old) == last - first:  # letter for letter
                old = old[max(start - first, 0) : end - first]
            pieces += [text[at : max(first, at)], old]
            at, rule = last, rule or held.rule
        if not rule:
            return None
        return Recoded(" ".join("".join([*pieces, text[at:end]]).split()), rule)

    def style(self, start: int, end: int) -> Style:
        """Bold, italic and size as most characters of `text[start:end]` have them; None without any."""
        weights = self._weights(start, end)
        total = sum(weights.values())
        if not total:
            return Style()
        sizes: dict[float, int] = {}
        for look, count in weights.items():
            sizes[look.size] = sizes.get(look.size, 0) + count
        return Style(
            bold=2 * sum(n for look, n in weights.items() if look.bold) > total,
            italic=2 * sum(n for look, n in weights.items() if look.italic) > total,
            size=max(sizes, key=lambda size: (sizes[size], size)),
        )

    def _weights(self, start: int, end: int) -> dict[RunLook, int]:
        """How many printed characters of a stretch have which look."""
        weights: dict[RunLook, int] = {}
        text, at = self.text, start
        for i in range(bisect_right(self.ends, start), len(self.ends)):
            if at >= end:
                break
            stop = min(self.ends[i], end)
            count = sum(not ch.isspace() for ch in text[at:stop])
            if count:
                weights[self.looks[i]] = weights.get(self.looks[i], 0) + count
            at = stop
        return weights


@dataclass(slots=True)
class _Field:
    """A complex field that is open: its instruction while that is read, then its result."""

    within_hidden: bool  # it stands in a field that shows nothing
    instruction: str = ""
    in_result: bool = False
    dropped: bool = False

    @property
    def hides(self) -> bool:
        return self.within_hidden or not self.in_result or self.dropped


class InlineReader:
    """Reads the paragraphs of one story (body, header, footnote …) one after the other.

    A field may run over paragraphs, so the reader keeps it open between them; one that is never closed
    is taken for no field. `page_numbers` tells whether the results of page fields are text.
    """

    def __init__(self, story: Element, styles: Styles, recoder: Recoder, page_numbers: bool = True) -> None:
        self._styles = styles
        self._recoder = recoder
        self._page_numbers = page_numbers
        self._paired = _paired_fields(story)
        self._fields: list[_Field] = []
        self._handlers: dict[str, Callable[[Element, str, RunLook, Inline], None]] = {
            w("t"): self._text,
            w("sym"): self._symbol,
            w("drawing"): self._anchored,
            w("pict"): self._anchored,
            w("object"): self._anchored,
            w("fldChar"): self._field_mark,
            w("instrText"): self._instruction,
            w("footnoteReference"): self._note,
            w("endnoteReference"): self._note,
            w("br"): self._break,
        }
        self._marks = {
            w("tab"): TAB,
            w("ptab"): TAB,
            w("cr"): LINE,
            w("noBreakHyphen"): "-",
            w("softHyphen"): "\u00ad",  # a letter in old encodings, else dropped
            w("lastRenderedPageBreak"): RENDERED,
        }

    def read(self, paragraph: Element, style: str) -> Inline:
        """The text of a paragraph that has this style."""
        inline = Inline()
        self._walk(paragraph, style, inline)
        inline.finish(self._recoder)
        return inline

    def _walk(self, parent: Element, style: str, inline: Inline) -> None:
        for child in parent:
            tag = child.tag
            if tag == w("r"):
                self._run(child, style, inline)
            elif tag in _DELETED:
                continue
            elif tag in WRAPPERS or tag == w("rubyBase"):
                self._walk(child, style, inline)
            elif tag == w("fldSimple"):
                if self._page_numbers or not _PAGE_FIELD.match(attribute(child, "instr") or ""):
                    self._walk(child, style, inline)
            elif tag == ALTERNATE:
                chosen = alternative(child)
                if chosen is not None:
                    self._walk(chosen, style, inline)
            elif tag in MATH:
                text = "".join(str(t.text or "") for t in child.iter(MATH_TEXT))
                self._put(text, self._styles.run(style, None), inline)

    def _run(self, run: Element, style: str, inline: Inline) -> None:
        look = self._styles.run(style, find(run, "rPr"))
        self._contents(run, style, look, inline)

    def _contents(self, parent: Element, style: str, look: RunLook, inline: Inline) -> None:
        for child in parent:
            tag = str(child.tag)
            if tag in self._handlers:
                self._handlers[tag](child, style, look, inline)
            elif tag in self._marks:
                self._put(self._marks[tag], look, inline)
            elif tag == ALTERNATE:
                chosen = alternative(child)
                if chosen is not None:
                    self._contents(chosen, style, look, inline)
            elif tag == w("ruby"):
                for base in child.findall(w("rubyBase")):
                    self._walk(base, style, inline)

    def _put(self, text: str, look: RunLook, inline: Inline) -> None:
        if text and not look.hidden and not self._hidden():
            inline.add(text, look)

    def _hidden(self) -> bool:
        return bool(self._fields) and self._fields[-1].hides

    def _text(self, element: Element, style: str, look: RunLook, inline: Inline) -> None:
        text = str(element.text or "").replace("\n", " ").replace("\r", " ")
        self._put(unsymboled(letters(text, look.font), look.font), look, inline)

    def _symbol(self, element: Element, style: str, look: RunLook, inline: Inline) -> None:
        try:
            code = int(attribute(element, "char") or "0", 16)
        except ValueError:
            return
        font = attribute(element, "font") or look.font
        if hint(font) is not None:
            self._put(letters(chr(code), font) if code < 0x10000 else "", replace(look, font=font), inline)
        else:
            self._put(symbol(code, font), look, inline)

    def _break(self, element: Element, style: str, look: RunLook, inline: Inline) -> None:
        kind = attribute(element, "type")
        self._put({"page": PAGE, "column": COLUMN}.get(kind or "", LINE), look, inline)

    def _anchored(self, element: Element, style: str, look: RunLook, inline: Inline) -> None:
        """Text boxes of a drawing; its offsets and names are no text."""
        if look.hidden:
            return
        boxes = _outermost_boxes(element)
        inline.boxes += boxes
        if not boxes and any(str(e.tag).endswith(("}blip", "}imagedata")) for e in element.iter()):
            inline.pictures += 1

    def _note(self, element: Element, style: str, look: RunLook, inline: Inline) -> None:
        kind = "footnote" if element.tag == w("footnoteReference") else "endnote"
        inline.notes.append((kind, attribute(element, "id") or ""))

    def _instruction(self, element: Element, style: str, look: RunLook, inline: Inline) -> None:
        if self._fields and not self._fields[-1].in_result:
            self._fields[-1].instruction += str(element.text or "")

    def _field_mark(self, element: Element, style: str, look: RunLook, inline: Inline) -> None:
        if element not in self._paired:
            return
        kind = attribute(element, "fldCharType")
        if kind == "begin":
            self._fields.append(_Field(self._hidden()))
        elif kind == "end" and self._fields:
            self._fields.pop()
        elif kind == "separate" and self._fields:
            top = self._fields[-1]
            top.in_result = True
            top.dropped = not self._page_numbers and bool(_PAGE_FIELD.match(top.instruction))


def cleaned(text: str) -> str:
    """A stretch without breaks as one line: NFC, tabs and runs of blanks as one space."""
    return " ".join(nfc(text).split())


def _paired_fields(story: Element) -> frozenset[Element]:
    """The field marks of fields that begin and end; the elements are kept, so that they can be compared."""
    paired: list[Element] = []
    waiting: list[list[Element]] = []
    for mark in story.iter(w("fldChar")):
        if _is_deleted(mark, story):
            continue
        kind = attribute(mark, "fldCharType")
        if kind == "begin":
            waiting.append([mark])
        elif waiting:
            waiting[-1].append(mark)
            if kind == "end":
                paired += waiting.pop()
    return frozenset(paired)


def _is_deleted(element: Element, story: Element) -> bool:
    parent = element.getparent()
    while parent is not None and parent is not story:
        if parent.tag in _DELETED:
            return True
        parent = parent.getparent()
    return False


def _outermost_boxes(element: Element) -> list[Element]:
    """Text boxes in a drawing, of AlternateContent one branch only; boxes in boxes are left to these."""
    found: list[Element] = []
    waiting = [element]
    while waiting:
        here = waiting.pop()
        if here.tag == BOX:
            found.append(here)
        elif here.tag == ALTERNATE:
            chosen = alternative(here)
            waiting += [] if chosen is None else [chosen]
        else:
            waiting += reversed(list(here))
    return found
