"""Automatic numbers of Word: what is printed before a paragraph and stands in no text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from extractors.vietnamese.legacy import decode
from extractors.vietnamese.letters import nfc, squeeze
from pipeline.parsers.docx_styles import Styles
from pipeline.parsers.docx_symbols import bullet
from pipeline.parsers.docx_xml import ALTERNATE, FALLBACK, Element, attribute, find, number, switch, w

_LEVELS: Final = 9
_PLACE: Final = re.compile(r"%([1-9])")
_OLD_FONT: Final = ".VnTime"  # an old encoding is expected where a level names no font of its own
_MOST_LETTERS: Final = 26 * 20  # Word repeats the letter (aa, bbb); beyond this a plain number
_ROMAN: Final = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list as numbering.xml defines it."""

    format: str = "decimal"
    text: str = ""
    start: int = 1
    suffix: str = "tab"
    restart: int | None = None  # 1-based level at whose use it starts again; 0 is never
    legal: bool = False  # isLgl: all places in decimal
    font: str = ""
    picture: bool = False
    style: str | None = None  # the paragraph style that this level is tied to
    indent: Element | None = None  # its pPr


@dataclass(slots=True)
class _List:
    """An abstract numbering and how far it has counted."""

    levels: dict[int, Level]
    counts: list[int | None] = field(default_factory=lambda: [None] * _LEVELS)


@dataclass(slots=True)
class _Use:
    """A numbering instance: its list, and the levels that it overrides."""

    shared: _List
    own: dict[int, Level]
    starts: dict[int, int]
    begun: bool = False

    def level(self, depth: int) -> Level:
        return self.own.get(depth) or self.shared.levels.get(depth) or Level(format="none")

    def start(self, depth: int) -> int:
        return self.starts.get(depth, self.level(depth).start)


class Numbering:
    """The numbering part, asked paragraph by paragraph in document order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._uses: dict[str, _Use] = {}
        if root is not None:
            self._read(root, styles)

    def level(self, numbering: str | None, depth: int | None, style: str) -> tuple[int, Level] | None:
        """Depth (from 0) and definition of a paragraph's level; None where it has no number."""
        use = self._uses.get(numbering or "")
        if use is None:
            return None
        if depth is None:
            depth = next((d for d, lvl in use.shared.levels.items() if style and lvl.style == style), 0)
        depth = max(0, min(_LEVELS - 1, depth))
        return depth, use.level(depth)

    def label(self, numbering: str, depth: int) -> str:
        """Count one paragraph and give what is printed before it, with the space that follows; or ""."""
        use = self._uses[numbering]
        self._count(use, depth)
        level = use.level(depth)
        text = bullet(level.text, level.font, self._nested(use, depth)) if level.format == "bullet" else ""
        if level.picture and not text:
            text = "-"
        # A number's word (“§iÒu” for “Điều”) is all there is to judge by: only nonsense is decoded.
        text = text or squeeze(nfc(decode(self._filled(use, depth, level), level.font or _OLD_FONT)[0]))
        return text if not text or level.suffix == "nothing" else text + " "

    def _count(self, use: _Use, depth: int) -> None:
        counts = use.shared.counts
        if not use.begun:
            use.begun = True
            for overridden in use.starts:
                counts[overridden] = None
        now = counts[depth]
        counts[depth] = use.start(depth) if now is None else now + 1
        for deeper in range(depth + 1, _LEVELS):
            restart = use.level(deeper).restart
            if restart is None or depth < restart:
                counts[deeper] = None

    def _filled(self, use: _Use, depth: int, level: Level) -> str:
        if level.format == "bullet":
            return ""

        def printed(place: re.Match[str]) -> str:
            at = int(place.group(1)) - 1
            count = use.shared.counts[at]
            value = use.start(at) if count is None else count
            return written(value, "decimal" if level.legal else use.level(at).format)

        return _PLACE.sub(printed, level.text)

    def _nested(self, use: _Use, depth: int) -> bool:
        """Does a bullet stand below another bullet of its list?"""
        return any(use.level(d).format == "bullet" for d in range(depth))

    def _read(self, root: Element, styles: Styles) -> None:
        lists = {attribute(a, "abstractNumId") or "": a for a in root.findall(w("abstractNum"))}
        shared = {name: _List(_levels(element)) for name, element in lists.items()}
        targets = {
            attribute(n, "numId") or "": attribute(find(n, "abstractNumId")) or ""
            for n in root.findall(w("num"))
        }
        for num in root.findall(w("num")):
            name = targets[attribute(num, "numId") or ""]
            link = attribute(find(lists.get(name), "numStyleLink"))
            if link:
                name = targets.get(styles.linked_numbering(link) or "", name)
            if name in shared:
                self._uses[attribute(num, "numId") or ""] = _use(num, shared[name])
        self._uses.pop("0", None)


def _levels(parent: Element) -> dict[int, Level]:
    return {number(lvl, "ilvl") or 0: _level(lvl) for lvl in parent.findall(w("lvl"))}


def _level(lvl: Element) -> Level:
    fonts = find(lvl, "rPr", "rFonts")
    start = number(find(lvl, "start"))
    return Level(
        _format(lvl),
        attribute(find(lvl, "lvlText")) or "",
        start or 0,
        attribute(find(lvl, "suff")) or "tab",
        number(find(lvl, "lvlRestart")),
        bool(switch(lvl, "isLgl")),
        attribute(fonts, "ascii") or attribute(fonts, "hAnsi") or "",
        find(lvl, "lvlPicBulletId") is not None,
        attribute(find(lvl, "pStyle")),
        find(lvl, "pPr"),
    )


def _format(lvl: Element) -> str:
    plain = find(lvl, "numFmt")
    wrapped = lvl.find(ALTERNATE)
    if plain is None and wrapped is not None:
        custom = next((f for f in wrapped.iter(w("numFmt")) if attribute(f, "format")), None)
        zeros = len((attribute(custom, "format") or "").split(",")[0])
        if zeros > 1:
            return f"zeros{zeros}"
        plain = find(wrapped.find(FALLBACK), "numFmt")
    return attribute(plain) or "decimal"


def _use(num: Element, shared: _List) -> _Use:
    own: dict[int, Level] = {}
    starts: dict[int, int] = {}
    for override in num.findall(w("lvlOverride")):
        depth = number(override, "ilvl")
        if depth is None or not 0 <= depth < _LEVELS:
            continue
        lvl = find(override, "lvl")
        if lvl is not None:
            own[depth] = _level(lvl)
        start = number(find(override, "startOverride"))
        if start is not None:
            starts[depth] = start
    return _Use(shared, own, starts)


def written(value: int, form: str) -> str:
    """A count in a number format of Word (ST_NumberFormat); decimal where the format is another.

    >>> written(4, "upperRoman"), written(28, "lowerLetter"), written(3, "decimalZero")
    ('IV', 'bb', '03')
    """
    if form == "none":
        return ""
    if form in ("upperRoman", "lowerRoman") and 0 < value < 4000:
        return _roman(value) if form == "upperRoman" else _roman(value).lower()
    if form in ("upperLetter", "lowerLetter") and 0 < value <= _MOST_LETTERS:
        letter = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form == "decimalZero":
        return f"{value:02d}"
    if form.startswith("zeros"):
        return f"{value:0{form[5:]}d}"
    if form == "ordinal":
        return _ordinal(value)
    if form == "numberInDash":
        return f"- {value} -"
    return f"({value})" if form == "decimalEnclosedParen" else str(value)


def _roman(value: int) -> str:
    parts: list[str] = []
    for size, letters in _ROMAN:
        times, value = divmod(value, size)
        parts.append(letters * times)
    return "".join(parts)


def _ordinal(value: int) -> str:
    teen = 10 <= value % 100 <= 20
    return f"{value}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(value % 10, 'th')}"
