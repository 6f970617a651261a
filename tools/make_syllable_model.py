"""Make the syllable model of the repair stage from a folder of counts.

Usage: python -m tools.make_syllable_model FOLDER

FOLDER holds syllables.tsv.gz, bigrams.tsv.gz and trigrams.tsv.gz: an n-gram, a tab and its count a
line. The field's own words (rules/field_words.yaml) are counted in. Only counts go into the model.
"""

from __future__ import annotations

import gzip
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from extractors.rulebook import load
from extractors.vietnamese.letters import new_style, nfc
from extractors.vietnamese.syllables import MAX_VOCABULARY, packed

MODEL = Path(__file__).resolve().parent.parent / "extractors" / "rules" / "syllables.bin"
_FILES = ("syllables", "bigrams", "trigrams")
Counts = tuple[Counter[tuple[str, ...]], ...]


def read_counts(folder: Path) -> Counts:
    """Counts of single syllables, pairs and triples, tone marks where the new style puts them."""
    counts: Counts = (Counter(), Counter(), Counter())
    for kept, name in zip(counts, _FILES, strict=True):
        with gzip.open(folder / f"{name}.tsv.gz", "rt", encoding="utf-8") as lines:
            for line in lines:
                ngram, count = line.rstrip("\n").split("\t")
                kept[_folded(ngram)] += int(count)
    return counts


def _folded(ngram: str) -> tuple[str, ...]:
    return tuple(new_style(syllable) for syllable in nfc(ngram).lower().split())


def field_phrases() -> Iterator[tuple[tuple[str, ...], int]]:
    """The phrases of the field and how often each is to count."""
    for group in load("field_words"):
        for phrase in group["phrases"]:
            yield _folded(phrase), group["weight"]


def add_phrases(counts: Counts) -> None:
    """Count every n-gram of the field's phrases as often as its phrase."""
    for phrase, weight in field_phrases():
        for length, kept in enumerate(counts, start=1):
            for start in range(len(phrase) - length + 1):
                kept[phrase[start : start + length]] += weight


def main(folder: Path) -> None:
    """Write the model and say how large it is."""
    counts = read_counts(folder)
    add_phrases(counts)
    known = {syllable for (syllable,) in counts[0]}
    if len(known) >= MAX_VOCABULARY:
        raise SystemExit(f"too many syllables for the model's form: {len(known)}")
    kept = [{k: n for k, n in part.items() if known.issuperset(k)} for part in counts]
    content = packed(kept[0], kept[1], kept[2])
    MODEL.write_bytes(content)
    sizes = ", ".join(f"{len(part)} {name}" for part, name in zip(kept, _FILES, strict=True))
    print(f"{MODEL.name}: {len(content)} bytes, {sizes}")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]))
