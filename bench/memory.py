"""Peak memory of a process that reads one file and does nothing else: python -m bench.memory FILE."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory


def peak_alone(data: bytes) -> float:
    """MiB at most that a process of its own takes to read and repair a file. Raises CalledProcessError."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(data)
        command = [sys.executable, "-m", "bench.memory", str(path)]
        return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main() -> None:
    from extractors.repair import repair
    from pipeline.parsers import parse_bytes

    path = Path(sys.argv[1])
    repair(parse_bytes(path.read_bytes(), path.name))
    print(_high_water())


def _high_water() -> float:
    """MiB that this program took at most; what getrusage tells begins with the parent's."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    kib = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(kib) / 1024


if __name__ == "__main__":
    main()
