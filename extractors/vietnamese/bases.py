"""Letters without their marks, one for one: offsets into the bare text hold for the printed one.

Recognisers lose and confuse marks, and headings are letterspaced; patterns over bare text are blind
to both.
"""

from __future__ import annotations

import re
import unicodedata


def _base(letter: str) -> str:
    bare = unicodedata.normalize("NFD", {"đ": "d", "Đ": "D", "Ð": "D"}.get(letter, letter))[0]
    return bare if bare.isascii() else letter


_MARKED = (*range(0xC0, 0x250), *range(0x1EA0, 0x1F00))
_TABLE = {code: _base(chr(code)) for code in _MARKED if chr(code).isalpha()}
_TABLE.update(dict.fromkeys((*range(8208, 8214), 8722), "-"))


# Capitals of Vietnamese for use inside a character class; no range holds them and nothing else.
CAPITALS = "A-Z" + "".join(ch for ch in map(chr, _MARKED) if ch.isupper())


def bare(text: str) -> str:
    """NFC text without marks, case kept, dashes as hyphens; as long as `text`: `Số – Đ` gives `So - D`."""
    return text.translate(_TABLE)


def letterspaced(words: str) -> str:
    """Pattern over bare text for `words` in capitals, however the letters are spaced: `K E  H O A C H`."""
    return r"[ ]{0,3}".join(re.escape(ch) for ch in bare(words).upper() if not ch.isspace())
