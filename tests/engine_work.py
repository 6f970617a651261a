"""Work for the tests of engines: what documents do to a process, and what may go wrong with an answer."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from pipeline.parsers import Limits, office

MIB = 1 << 20


def square(number: int) -> int:
    return number * number


def where(item: int) -> int:
    """The process that the item came to."""
    return os.getpid()


def misfortune(item: str) -> str:
    """One kind of item for each way to fail."""
    match item:
        case "segfault":
            ctypes.string_at(0)
        case "exit":
            os._exit(7)
        case "leave":
            sys.exit("a library that ends the program")
        case "big":
            held = bytearray(400 * MIB)
            time.sleep(60)
            del held
        case "big-child":  # not the worker itself but a program that it started
            subprocess.run([sys.executable, "-c", "import time; b = bytearray(400 << 20); time.sleep(60)"])
        case "sudden":
            bytearray(1 << 40)
    return item


@dataclass(frozen=True)
class Timed:
    """Sleeps for as long as an item says; each may take `limit` seconds."""

    limit: float

    def __call__(self, item: float) -> float:
        time.sleep(item)
        return item

    def seconds(self, item: float) -> float:
        return self.limit


class StuckPeek:
    """Never comes to tell a limit."""

    def __call__(self, item: int) -> int:
        return item

    def seconds(self, item: int) -> float:
        time.sleep(60)
        return 1.0


@dataclass(frozen=True)
class Killed:
    """Somebody kills the process at its first, or at each, try of an item; each try leaves a mark."""

    folder: Path
    tries: int

    def __call__(self, item: int) -> int:
        marks = self.folder / f"{item}-{os.getpid()}"
        marks.touch()
        if item == 3 and len(list(self.folder.glob("3-*"))) <= self.tries:
            os.kill(os.getpid(), signal.SIGKILL)
        return item


@dataclass(frozen=True)
class Family:
    """Starts a program in a session of its own, tells both numbers, and hangs."""

    folder: Path

    def __call__(self, item: int) -> int:
        if item:
            program = subprocess.Popen(["sleep", "60"], start_new_session=True)
            (self.folder / f"{item}.tmp").write_text(f"{os.getpid()} {program.pid}")
            (self.folder / f"{item}.tmp").rename(self.folder / f"{item}.pids")
            ctypes.CDLL(None).sleep(60)  # in C: no handler of Python's runs meanwhile
        return item


@dataclass(frozen=True)
class TidiesUp:
    """Leaves a file behind unless it is asked to end in good order."""

    file: Path

    def __call__(self, item: int) -> int:
        if item:
            self.file.touch()
            try:
                time.sleep(60)
            finally:
                self.file.unlink()
        return item


class Odd(Exception):
    """An error that cannot be made again from its pickled form."""

    def __init__(self, first: str, second: str) -> None:
        super().__init__(first)


def answers(item: str) -> object:
    """Results and errors that do not cross to another process."""
    match item:
        case "lambda":
            return lambda: None
        case "lock":
            return multiprocessing.Lock()
        case "odd":
            raise Odd("a", "b")
        case "full":
            raise OSError(28, "No space left on device")
    return item


def breaks_its_process(item: int) -> int:
    """Item 2 leaves the process in a state in which the next item dies."""
    global broken
    if broken:
        ctypes.string_at(0)
    broken = item == 2
    return item


broken = False


def noise(item: int) -> int:
    os.write(1, b"warning of a library in C\n")
    os.write(2, b"warning of a library in C\n")
    return item


def holds(mib: int) -> int:
    """Keeps memory beyond the item, as a leak does."""
    kept.append(b"x" * (mib * MIB))
    return os.getpid()


kept: list[bytes] = []


def interrupts(item: int) -> int:
    """Ctrl-C reaches the process."""
    os.kill(os.getpid(), signal.SIGINT)
    return item


@dataclass(frozen=True)
class KillsDask:
    """Kills the Dask worker that watches over it, at its first tries of item 3."""

    folder: Path
    tries: int

    def __call__(self, item: int) -> int:
        if item == 3:
            (self.folder / str(os.getppid())).touch()
            if len(list(self.folder.iterdir())) <= self.tries:
                os.kill(os.getppid(), signal.SIGKILL)
                time.sleep(60)
        return item


@dataclass(frozen=True)
class Converts:
    """Hands a document to an office program, which never comes back."""

    limit: float

    def __call__(self, item: int) -> int:
        if item:
            office.as_docx(office.Source(b"", ".rtf", "Rich Text Format"), Limits())
        return item

    def seconds(self, item: int) -> float:
        return self.limit
