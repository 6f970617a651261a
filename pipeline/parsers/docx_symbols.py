"""Glyphs of symbol fonts (Symbol, Wingdings) as the characters that they look like."""

from __future__ import annotations

from typing import Final

_PRIVATE: Final = range(0xF000, 0xF100)  # where Word keeps the codes of a symbol font

# Codes of the font Symbol: signs that occur in running text.
_SYMBOL: Final = {
    0x2B: "+",
    0x2D: "-",
    0x6D: "µ",
    0x70: "π",
    0xA3: "≤",
    0xAE: "→",
    0xB0: "°",
    0xB1: "±",
    0xB2: "″",
    0xB3: "≥",
    0xB4: "×",
    0xB7: "•",
    0xB8: "÷",
    0xB9: "≠",
    0xBB: "≈",
    0xD7: "⋅",
    0xDE: "⇒",
    0xE5: "∑",
}
# Codes of Wingdings that are no bullets.
_WINGDINGS: Final = {
    0x28: "☎",
    0x29: "☎",
    0x2A: "✉",
    0x6F: "☐",
    0x71: "☐",
    0xA8: "☐",
    0xDF: "←",
    0xE0: "→",
    0xE8: "→",
    0xF0: "⇒",
    0xFB: "✗",
    0xFC: "✓",
    0xFD: "☒",
    0xFE: "☑",
    0x4A: "☺",
}
_DASHES: Final = frozenset("-‐‑‒–—―−\uf02d")
BULLETS: Final = frozenset("•●○◦▪▫■□◆◇❖➢➤►▶▸‣⁃·✓✔✗☐☑☒→⇒★☆※¤§")


def symbol(code: int, font: str) -> str:
    """The character that a code of a font prints; a bullet of Wingdings gives •, an unknown sign too.

    `code` may lie in the private area (U+F0B7) or below 256, as w:sym and symbol fonts use both.
    """
    low = code - _PRIVATE.start if code in _PRIVATE else code
    name = font.casefold()
    if code not in _PRIVATE and not _is_symbol_font(name):
        return chr(code) if 0x20 <= code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
    if low < 0x20:
        return ""
    if "dings" in name:
        return " " if low == 0x20 else _WINGDINGS.get(low, "•")
    if low in _SYMBOL:
        return _SYMBOL[low]
    return chr(low) if low < 0x7F else "•"


def unsymboled(text: str, font: str) -> str:
    """Text of a run with its private codes replaced; in a symbol font its plain letters too."""
    lettered = _is_symbol_font(font.casefold()) and all(ord(ch) < 0x100 or ord(ch) in _PRIVATE for ch in text)
    if not lettered and not any(ord(ch) in _PRIVATE for ch in text):
        return text
    return "".join(
        symbol(ord(ch), font) if ord(ch) in _PRIVATE or (lettered and ch != " ") else ch for ch in text
    )


def bullet(text: str, font: str, nested: bool) -> str:
    """The mark that stands for a bullet: “-”, “+” or “*” as printed; another glyph is a dash, and a plus
    where it stands below another bullet. A constant text (“Điều”) stays; an empty one gives ""."""
    mark = text.strip()
    if not mark:
        return ""
    if all(ch in _DASHES for ch in mark):
        return "-"
    if mark in ("+", "*") and "dings" not in font.casefold():
        return mark
    if len(mark) > 1 and not _is_symbol_font(font.casefold()):
        return mark
    if "symbol" in font.casefold() and symbol(ord(mark[0]), font) in ("+", "-"):
        return symbol(ord(mark[0]), font)
    return "+" if nested else "-"


def _is_symbol_font(name: str) -> bool:
    return "dings" in name or name in ("symbol", "marlett")
