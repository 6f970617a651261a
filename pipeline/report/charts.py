"""Bars of the report: counts as labelled bars with their share, in a telling order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractors.vietnamese.letters import plain
from pipeline.report.facts import CONFIDENCE_EDGES, Completeness, Confidences
from pipeline.report.labels import FORMATS, GLOSSES, TONES, UNKNOWN
from pipeline.report.scan import Counts
from pipeline.wording import cut, one_line

_LABEL = 160  # characters: a title or path of a hostile document may be of any length


@dataclass(frozen=True, slots=True)
class Bar:
    """A number with its label, the bar's length and the share of the whole, both in hundredths."""

    label: str
    gloss: str
    number: int
    length: float
    share: float
    tone: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars under a heading in English and Vietnamese."""

    title: str
    title_vi: str
    bars: tuple[Bar, ...]
    note: str = ""


def shown(text: str, most: int = _LABEL) -> str:
    """Text of a document as the report shows it: one line, no control characters, not without end."""
    return cut(one_line(text[: 4 * most]), most)


def by_count(counts: Counts, most: int, glosses: Mapping[str, str] = GLOSSES) -> tuple[Bar, ...]:
    """The most frequent values, the most frequent first; then the others as one, and the unknown."""
    frequent = _frequent(counts)
    return _bars(frequent[:most], _rest(frequent[most:], counts), glosses)


def by_value(counts: Counts, most: int) -> tuple[Bar, ...]:
    """The most frequent values in the order of the values, as years; then the others, and the unknown."""
    frequent = _frequent(counts)
    return _bars(sorted(frequent[:most]), _rest(frequent[most:], counts), {})


def formats(counts: Counts) -> tuple[Bar, ...]:
    """Formats by their usual names."""
    named: Counts = Counts()
    for media_type, number in counts.items():
        named[None if media_type is None else FORMATS.get(media_type, media_type)] += number
    return by_count(named, len(named), {})


def confidences(found: Confidences) -> tuple[Bar, ...]:
    """Pages by class of OCR confidence, without the empty classes below the lowest."""
    edges = CONFIDENCE_EDGES
    labels = [f"below {edges[0]:.2f}"]
    labels += [f"{low:.2f} – {high - 0.01:.2f}" for low, high in zip(edges, (*edges[1:], 1.01), strict=True)]
    lowest = next((i for i, number in enumerate(found.classes) if number), len(labels))
    rows = list(zip(labels, found.classes, strict=True))[lowest:]
    return _bars(rows, [(UNKNOWN, found.unknown)] if found.unknown else [], {})


def completeness(found: Completeness, columns: Sequence[str]) -> tuple[Bar, ...]:
    """Share of documents in which each column is known."""
    if not found.documents:
        return ()
    rows = []
    for name in columns:
        share = 100 * (found.documents - found.nulls[name]) / found.documents
        rows.append(Bar(name, "", found.nulls[name], share, share, ""))
    return tuple(rows)


def _frequent(counts: Counts) -> list[tuple[str, int]]:
    """Known values, the most frequent first; those of equal number by name, Đ beside D."""
    known = [(label, number) for label, number in counts.items() if label is not None]
    return sorted(known, key=lambda item: (-item[1], plain(item[0]), item[0]))


def _rest(others: Sequence[tuple[str, int]], counts: Counts) -> list[tuple[str, int]]:
    rows = [(f"{len(others):,} others (khác)", sum(number for _, number in others))] if others else []
    return rows + ([(UNKNOWN, counts[None])] if counts[None] else [])


def _bars(
    rows: Sequence[tuple[str, int]], rest: Sequence[tuple[str, int]], glosses: Mapping[str, str]
) -> tuple[Bar, ...]:
    """Bars of `rows` and, paler, of `rest`; the largest number has the full length."""
    numbers = [number for _, number in (*rows, *rest)]
    longest, total = max(numbers, default=0) or 1, sum(numbers) or 1
    toned = [(label, number, TONES.get(label, "")) for label, number in rows]
    toned += [(label, number, "rest") for label, number in rest]
    return tuple(
        Bar(shown(label), glosses.get(label, ""), number, 100 * number / longest, 100 * number / total, tone)
        for label, number, tone in toned
    )
