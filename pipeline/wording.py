"""Figures and foreign text as people read them: lengths of time, sizes, names that fit a line.

What comes from files is not trusted: `one_line` takes away what could steer a terminal.
"""

from __future__ import annotations

import math

_UNITS = (("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1))
_SIZES = ("B", "kB", "MB", "GB", "TB", "PB")
_CUT = "…"


def one_line(text: str) -> str:
    """A message without line breaks and control characters."""
    return " ".join("".join(ch if ch.isprintable() else " " for ch in text).split())


def duration(seconds: float) -> str:
    """A length of time in its two largest units: `3.2 s`, `41 s`, `12 min 3 s`, `2 h 10 min`."""
    if seconds < 10:
        return f"{max(seconds, 0):.1f} s"
    left, parts = round(seconds), []
    for name, length in _UNITS:
        number, left = divmod(left, length)
        parts.append((number, name))
    first = next(i for i, (number, _) in enumerate(parts) if number)
    return " ".join(f"{number} {name}" for number, name in parts[first : first + 2] if number)


def rough_duration(seconds: float) -> str:
    """An estimated length of time, no finer than an estimate can be: `20 s`, `12 min`, `2 h 10 min`."""
    step = 5 if seconds < 60 else 60 if seconds < 3_600 else 600
    whole = max(1, math.ceil(seconds / step)) * step
    return duration(whole) if whole >= 10 else f"{whole} s"


def size(number: float) -> str:
    """A number of bytes in thousands: `12 B`, `3.4 MB`."""
    unit = 0
    while number >= 999.5 and unit < len(_SIZES) - 1:
        number, unit = number / 1_000, unit + 1
    return f"{number:.0f} {_SIZES[unit]}" if unit == 0 or number >= 99.5 else f"{number:.1f} {_SIZES[unit]}"


def rate(number: float, seconds: float) -> str:
    """So many in a second: `0.42`, `7.5`, `1,234`; an empty string where nothing can be told."""
    if number <= 0 or seconds <= 0:
        return ""
    each = number / seconds
    return f"{each:,.0f}" if each >= 100 else f"{each:.1f}" if each >= 1 else f"{each:.2g}"


def count(number: int, noun: str) -> str:
    """A number and its noun: `1 page`, `1,234 pages`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def cut(text: str, width: int) -> str:
    """A text that takes `width` columns at most: its end is left out."""
    from rich.cells import cell_len

    if cell_len(text) <= width:
        return text
    while text and cell_len(text) + 1 > width:
        text = text[:-1]
    return text.rstrip() + _CUT if width else ""


def cut_path(path: str, width: int) -> str:
    """A path that takes `width` columns at most: its beginning is left out, as the name stands last."""
    return cut(path[::-1], width)[::-1]
