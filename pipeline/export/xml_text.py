"""Text as XML 1.0 can hold it."""

from __future__ import annotations

import re

_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(text: str) -> str:
    """A text with U+FFFD for each character that XML cannot hold (control characters, noncharacters)."""
    return _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", text)
