"""Writes made plans as sample files: python -m tests.maker [FOLDER]."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.maker.as_scan import as_scan
from tests.maker.formats import FORMATS, SCANS
from tests.maker.plans import PLANS


def write(folder: Path) -> list[Path]:
    """One file a plan, formats and layouts in turn, every format of the first plan, and some scans."""
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for i, plan in enumerate(PLANS):
        fitting = [form for form in FORMATS if form.fits(plan)]
        formats = {form.suffix: form for form in reversed(fitting)} if i == 0 else {}
        chosen = [*formats.values()] or [fitting[(5 * i) % len(fitting)]]
        for form in chosen:
            path = folder / f"{plan.name}{form.suffix}"
            path.write_bytes(form.write(plan))
            written.append(path)
    return written + write_scans(folder)


def write_scans(folder: Path) -> list[Path]:
    """The plans of which there is a scan."""
    plans = {plan.name: plan for plan in PLANS}
    written: list[Path] = []
    for sample in SCANS:
        path = folder / f"{sample.plan}{sample.suffix}"
        path.write_bytes(as_scan(plans[sample.plan], sample.scan))
        written.append(path)
    return written


if __name__ == "__main__":
    for path in write(Path(sys.argv[1] if len(sys.argv) > 1 else "data/raw")):
        print(path)
