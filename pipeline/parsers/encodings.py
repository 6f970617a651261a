"""From bytes to text: Unicode with and without a mark, and the single-byte codes of old Vietnamese files.

Before Unicode, Vietnamese text was kept in windows-1258 (letters and separate tone marks), TCVN 5712
(“TCVN3”, one byte a letter) and VNI (a letter and a mark, two bytes). Which one a file holds is told by
how many of its words then are Vietnamese syllables.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace

from extractors.document import Diagnostic
from extractors.vietnamese.legacy import ENCODINGS, from_tcvn3, from_vni, syllable_share, with_whole_capitals
from extractors.vietnamese.letters import nfc
from pipeline.errors import TooLarge
from pipeline.parsers.limits import Limits
from pipeline.parsers.recoding import RecodedText, recoded_lines

_BOMS = (  # the longer first: UTF-32's mark begins with UTF-16's
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 65536  # bytes (or characters) that are looked at to tell a code
_DAMAGED_SHARE = 0.02  # of the characters: more unreadable ones, and the text is not UTF-8
_SURE_SHARE = 0.7  # of the words that must be syllables for a single-byte code to be believed
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
_BREAKS = re.compile(r"\r\n|[\r\x0b\x85\u2028\u2029\x1c-\x1e]")


_UNRECODED = RecodedText("")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text in NFC with `\\n` line ends, the code it was kept in, and what was doubtful."""

    text: str
    encoding: str
    diagnostics: tuple[Diagnostic, ...] = ()
    source: RecodedText = _UNRECODED


def decode(data: bytes, limits: Limits, declared: str | None = None) -> Decoded:
    """Text of a file: by its byte order mark, as UTF-8, as declared, or by its syllables.

    Raises TooLarge where the text is longer than `limits.max_text_chars`.
    """
    if len(data) > 4 * limits.max_text_chars:  # no code in use takes more than four bytes a character
        raise too_long(len(data) // 4, limits)
    raw = _raw(data, declared)
    whole = next((name for name in ENCODINGS if name == raw.encoding), None)
    source = RecodedText(raw.text, whole=whole) if whole else recoded_lines(raw.text)
    text = clean(source.text)
    if len(text) > limits.max_text_chars:
        raise too_long(len(text), limits)
    return Decoded(text, raw.encoding, raw.diagnostics, replace(source, text=""))


def too_long(length: int, limits: Limits) -> TooLarge:
    return TooLarge(
        f"The text has at least {length:,} characters; max_text_chars is {limits.max_text_chars:,}."
    )


def clean(text: str) -> str:
    """Text in NFC without control characters; every line end as `\\n`, tab and form feed kept."""
    text = _CONTROLS.sub("", _BREAKS.sub("\n", text))
    # Dropping an invisible mark may bring a letter and its tone mark together: NFC once more.
    return unicodedata.normalize("NFC", nfc(text))


def _raw(data: bytes, declared: str | None) -> Decoded:
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _with_damage(data.decode(name, "replace"), name.removesuffix("-sig"))
    wide = utf16_without_mark(data)
    if wide:
        return _with_damage(data.decode(wide, "replace"), wide)
    for codec in dict.fromkeys(["utf-8", _python_codec(declared) or "utf-8"]):
        try:
            return Decoded(data.decode(codec), codec)
        except UnicodeDecodeError:
            continue
    text = data.decode("utf-8", "replace")
    if text.count("\ufffd") <= _DAMAGED_SHARE * len(text):
        return _with_damage(text, "utf-8")
    return _single_byte(data)


def _with_damage(text: str, encoding: str) -> Decoded:
    bad = text.count("\ufffd")
    if not bad:
        return Decoded(text, encoding)
    message = f"{bad} characters are not readable as {encoding}; they stand as U+FFFD in the text."
    return Decoded(text, encoding, (Diagnostic("parse", "warning", "encoding-damaged", message),))


def utf16_without_mark(data: bytes) -> str | None:
    """`utf-16-le` or `utf-16-be` where every second byte is a high byte of Vietnamese text, else None."""
    sample = data[: _SAMPLE - _SAMPLE % 2]
    if len(sample) < 4 or b"\0" not in sample:
        return None
    highs = (b"\x00", b"\x01", b"\x03", b"\x1e", b"\x20")  # Latin, its extensions, marks, “ ” –
    for name, first in (("utf-16-le", 1), ("utf-16-be", 0)):
        high, low = sample[first::2], sample[1 - first :: 2]
        likely = sum(high.count(byte) for byte in highs)
        if likely >= 0.95 * len(high) and low.count(b"\0") < 0.05 * len(low):
            return name
    return None


def _python_codec(declared: str | None) -> str | None:
    """A declared character set as a codec; one byte a character says little where UTF-8 failed."""
    try:
        info = codecs.lookup((declared or "").strip().strip("\"'"))
    except (LookupError, ValueError):
        return None
    multi_byte = info.name.startswith(("utf", "gb", "big5", "euc", "shift"))
    return info.name if multi_byte else None


def _single_byte(data: bytes) -> Decoded:
    """By the code that gives most Vietnamese syllables; none convinces: windows-1252 and a warning."""
    codes: dict[str, Callable[[bytes], str]] = {
        "windows-1258": lambda b: unicodedata.normalize("NFC", b.decode("cp1258", "replace")),
        "tcvn3": lambda b: with_whole_capitals(from_tcvn3(b.decode("latin-1"))),
        "vni": lambda b: from_vni(b.decode("cp1252", "replace")),
        "windows-1252": lambda b: b.decode("cp1252", "replace"),
    }
    scores = {name: syllable_share(read(data[:_SAMPLE])[:_SAMPLE]) for name, read in codes.items()}
    best = max(scores, key=lambda name: scores[name])
    sure = scores[best] >= _SURE_SHARE
    name = best if sure else "windows-1252"
    if name in ENCODINGS:  # told by the paragraphs that it changed
        return Decoded(codes[name](data), name)
    message = f"The text is no Unicode; it was read as {name}" + ("." if sure else ", which is doubtful.")
    code = "legacy-encoding" if sure else "encoding-unknown"
    return Decoded(
        codes[name](data), name, (Diagnostic("parse", "info" if sure else "warning", code, message),)
    )
