"""WordprocessingML as a tree: names, switches, and children without their transparent wrappers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from lxml import etree

Element = etree._Element

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MATH: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

TWIPS_A_POINT: Final = 20.0
_OFF: Final = frozenset({"0", "false", "off", "none"})


def w(name: str) -> str:
    """Qualified name of a WordprocessingML element or attribute."""
    return _W + name


ALTERNATE: Final = _MC + "AlternateContent"
CHOICE: Final = _MC + "Choice"
FALLBACK: Final = _MC + "Fallback"
MATH_TEXT: Final = _MATH + "t"
MATH: Final = frozenset({_MATH + "oMath", _MATH + "oMathPara"})
RELATION_ID: Final = _R + "id"
BOX: Final = w("txbxContent")

# What they hold stands in the text as if they were not there.
WRAPPERS: Final = frozenset(
    w(name)
    for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "dir", "bdo", "hyperlink")
)


def find(parent: Element | None, *path: str) -> Element | None:
    """The first child of that name, its first child of the next name and so on; None where one is missing."""
    for name in path:
        if parent is None:
            return None
        parent = parent.find(w(name))
    return parent


def attribute(element: Element | None, name: str = "val") -> str | None:
    """A WordprocessingML attribute, None where it or the element is missing."""
    if element is None:
        return None
    value = element.get(w(name))
    return None if value is None else str(value)


def number(element: Element | None, name: str = "val") -> int | None:
    """A whole number; None where it is missing or not one (Word itself writes “12.0” at times)."""
    value = attribute(element, name)
    try:
        return None if value is None else max(-(10**6), min(10**6, int(float(value))))
    except (ValueError, OverflowError):
        return None


def switch(parent: Element | None, name: str) -> bool | None:
    """A property that is on or off; None where it is not stated."""
    found = find(parent, name)
    if found is None:
        return None
    return (attribute(found) or "1").lower() not in _OFF


def unwrapped(parent: Element) -> Iterator[Element]:
    """Children in order; content controls, tracked insertions and the like give their own children."""
    waiting: list[Iterator[Element]] = [iter(parent)]
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
        elif child.tag in WRAPPERS:
            waiting.append(iter(child))
        elif child.tag == ALTERNATE:
            chosen = alternative(child)
            waiting.append(iter(chosen if chosen is not None else ()))
        else:
            yield child


def alternative(element: Element) -> Element | None:
    """The one branch of AlternateContent that is read: the choice, unless only the fallback has text."""
    choices = [c for c in element if c.tag == CHOICE]
    fallback = element.find(FALLBACK)
    for branch in choices:
        if fallback is None or _has_text(branch) or not _has_text(fallback):
            return branch
    return fallback


def _has_text(branch: Element) -> bool:
    return next(branch.iter(w("t"), BOX), None) is not None
