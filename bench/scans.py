"""Accuracy of made scans: python -m bench.scans [PLANS]. Facts are made, so every figure is exact."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterable

from extractors import extract
from extractors.repair import repair
from pipeline.parsers import parse_bytes
from tests.maker import as_scan
from tests.maker.expected import Facts, expected, found
from tests.maker.facts import MadePlan
from tests.maker.plans import PLANS

SCANS = {
    name.lower(): getattr(as_scan, name)
    for name in ("CLEAN", "USUAL", "FINE", "BITONAL", "FAINT", "UPSIDE_DOWN", "SIDEWAYS", "POOR")
}
_CELLS = ("no", "content", "time_text", "time_kind", "start_on", "end_on", "bodies")


def _folded(value: object) -> object:
    return " ".join(value.split()) if isinstance(value, str) else value


def compare(want: Facts, got: Facts, count: Counter[str], misses: list[str]) -> None:
    """Count facts that are exact, folded in spaces; rows are told apart by their order."""
    for name, a, b in zip(want.fields._fields, want.fields, got.fields, strict=True):
        _count("fields", name, a, b, count, misses)
        if name in ("number", "issued_on") and b is not None and a != b:
            count["wrong numbers or dates"] += 1
    wanted = [row for row in want.tasks if row.source == "table"]
    rows = [row for row in got.tasks if row.source == "table"]
    count["rows wanted"] += len(wanted)
    count["rows found"] += (
        min(len(rows), len(wanted)) if len(rows) <= len(wanted) else 2 * len(wanted) - len(rows)
    )
    for a, b in zip(wanted, rows, strict=False):
        for name in _CELLS:
            _count(
                "cells" if name == "content" else "cells short",
                name,
                getattr(a, name),
                getattr(b, name),
                count,
                misses,
            )


def _count(family: str, name: str, want: object, got: object, count: Counter[str], misses: list[str]) -> None:
    count[f"{family} wanted"] += 1
    if _folded(want) == _folded(got):
        count[f"{family} right"] += 1
    else:
        misses.append(f"{family} {name}: want {want!r}, got {got!r}")


def measure(plans: Iterable[MadePlan], scan: as_scan.Scan) -> tuple[Counter[str], list[str], float, int]:
    """Counts, misses, seconds and pages of the plans in one kind of scan."""
    count: Counter[str] = Counter()
    misses: list[str] = []
    seconds, pages = 0.0, 0
    for plan in plans:
        data = as_scan.as_scan(plan, scan)
        start = time.perf_counter()
        document = parse_bytes(data, "scan")
        document = repair(document)
        result = extract(document)
        seconds += time.perf_counter() - start
        pages += len(document.pages)
        compare(expected(plan), found(result), count, misses)
    return count, misses, seconds, pages


def main() -> None:
    plans = PLANS[: int(sys.argv[1])] if len(sys.argv) > 1 else PLANS
    print(
        f"{'scan':12} {'fields':>7} {'rows':>7} {'content':>8} {'other':>7}"
        f" {'wrong no./date':>15} {'s/page':>7}"
    )
    for name, scan in SCANS.items():
        count, misses, seconds, pages = measure(plans, scan)
        shares = [
            count[f"{family} right"] / max(1, count[f"{family} wanted"])
            for family in ("fields", "cells", "cells short")
        ]
        rows = count["rows found"] / max(1, count["rows wanted"])
        print(
            f"{name:12} {shares[0]:7.3f} {rows:7.3f} {shares[1]:8.3f} {shares[2]:7.3f}"
            f" {count['wrong numbers or dates']:15d} {seconds / pages:7.2f}"
        )
        if "--misses" in sys.argv:
            print(*(f"    {miss}" for miss in misses), sep="\n")


if __name__ == "__main__":
    main()
