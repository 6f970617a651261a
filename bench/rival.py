"""Times markitdown on files, in its own environment: prints one line of JSON, seconds by path."""

from __future__ import annotations

import json
import sys
import time


def main(paths: list[str], rounds: int = 3) -> None:
    from markitdown import MarkItDown

    reader = MarkItDown(enable_plugins=False)
    reader.convert(paths[0])  # imports and models are no part of the time
    best: dict[str, float] = {}
    for _ in range(rounds):
        for path in paths:
            begin = time.perf_counter()
            reader.convert(path)
            best[path] = min(best.get(path, float("inf")), time.perf_counter() - begin)
    print(json.dumps(best))


if __name__ == "__main__":
    main(sys.argv[1:])
