"""Writes an archive of made plans: python -m tests.bulk OUT --files 10000 --scans 200.

The plans stand in OUT/plans; OUT/made.jsonl tells, a line a file, what each is and what it says.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from tests.bulk.archive import Recipe, make


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bulk", description="Makes an archive of plans.")
    parser.add_argument("out", type=Path, help="a new folder")
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--scans", type=int, default=200, help="how many of them are scans")
    parser.add_argument("--broken", type=float, default=0.02, help="share of broken files")
    parser.add_argument("--duplicates", type=float, default=0.01, help="share of second copies")
    parser.add_argument("--zip-share", type=float, default=0.0, help="share of files in ZIP archives")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1, help="processes; the files are the same")
    chosen = parser.parse_args()
    recipe = Recipe(
        chosen.files, chosen.scans, chosen.broken, chosen.duplicates, chosen.zip_share, chosen.seed
    )
    begin = time.perf_counter()
    try:
        count = make(chosen.out, recipe, chosen.jobs)
    except (ValueError, FileExistsError) as error:
        sys.exit(f"nothing made: {error}")
    seconds = time.perf_counter() - begin
    print(f"{count} files in {chosen.out} in {seconds:.1f} s ({count / seconds:.0f} a second)")


if __name__ == "__main__":
    main()
