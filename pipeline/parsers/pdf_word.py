"""A word of a PDF's text layer, and pieces of a word made whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.vietnamese.letters import nfc
from pipeline.parsers.layout_model import PlacedWord


@dataclass(frozen=True, slots=True)
class PdfWord:
    """A word in the frame of its own direction, and what the layout need not know.

    `letters` counts its characters, `held` are these as the file gives them, before NFC.
    """

    word: PlacedWord
    turn: int
    hidden: bool
    slanted: bool
    address: int
    letters: int
    held: str = ""
    font: str = ""


def whole(pieces: Sequence[PdfWord]) -> PdfWord:
    """The word that pieces side by side, from left to right, make."""
    first, last = pieces[0], pieces[-1]
    held, letters = "".join(p.held for p in pieces), sum(p.letters for p in pieces)
    bold = sum(p.letters for p in pieces if p.word.bold)
    italic = sum(p.letters for p in pieces if p.word.italic)
    a = first.word
    word = PlacedWord(
        nfc(held), a.x0, a.y0, last.word.x1, a.y1, a.size, 2 * bold >= letters, 2 * italic >= letters
    )
    return PdfWord(word, first.turn, first.hidden, first.slanted, first.address, letters, held, first.font)
