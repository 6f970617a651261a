"""What a worker does in the tests: reads with a quick stand-in for the extractors, and falls into traps.

A trap is a line `bẫy: <name>` in a document; it works while a file `<name>` stands in the folder of traps.
"""

from __future__ import annotations

import ctypes
import os
import re
import signal
import sys
import time
from functools import partial
from pathlib import Path
from types import ModuleType

import pipeline.reading
from extractors.document import Document
from extractors.plan import Header, Plan, Task
from pipeline.parsers import parse_bytes
from pipeline.parsers.limits import Limits
from pipeline.reading import Job, Outcome, ReadWork

_TRAP = re.compile("bẫy: ([a-z-]+)".encode())
_MIB = 1 << 20


def quick_extract(document: Document) -> Plan:
    """Stands for the extractors, which take a second to load: one task, named by the text."""
    task = Task(
        start=0, end=2, rule="test", source="list", content=document.text[-80:], content_key="k", task_id="p1"
    )
    return Plan(header=Header(doc_type="KH", confidence=len(document.text) % 100 / 100), tasks=(task,))


class TrappedWork(ReadWork):
    """`ReadWork` with the stand-in and the traps."""

    def __init__(self, traps: Path) -> None:
        super().__init__()
        self.traps = traps

    def __call__(self, job: Job) -> Outcome:
        stand_in(self.traps)
        return super().__call__(job)


def stand_in(traps: Path) -> None:
    """Put the stand-in and the traps into this process."""
    module = ModuleType("extractors.extraction")
    module.extract = quick_extract  # type: ignore[attr-defined]
    sys.modules["extractors.extraction"] = module
    pipeline.reading.parse_bytes = partial(_parse, traps)  # type: ignore[assignment]


def _parse(traps: Path, data: bytes, name: str, *, limits: Limits, ocr: bool) -> Document:
    for found in _TRAP.finditer(data):
        trap = traps / found[1].decode()
        if trap.exists():
            _fall_into(trap)
    return parse_bytes(data, name, limits=limits, ocr=ocr)


def _fall_into(trap: Path) -> None:
    match trap.name:
        case "segfault":
            ctypes.string_at(0)
        case "hang":
            ctypes.CDLL(None).sleep(600)  # in C: no handler of Python's runs meanwhile
        case "memory":
            held = [b"x" * (64 * _MIB) for _ in range(16)]
            time.sleep(600)
            del held
        case "no-memory":
            raise MemoryError
        case "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        case "killed-once":
            trap.unlink()
            os.kill(os.getpid(), signal.SIGKILL)
        case "slow":
            time.sleep(0.1)
