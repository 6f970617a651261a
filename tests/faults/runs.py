"""The command in a process of its own, watched from outside."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.faults.archive import Archive

_ROOT = Path(__file__).parents[2]
PATIENCE = 30.0  # seconds after which a run counts as stuck


@dataclass(frozen=True)
class Run:
    """A command under way, leader of a process group as in a terminal."""

    process: subprocess.Popen[bytes]
    log: Path

    def lines(self) -> list[dict[str, object]]:
        """What it has told its log so far; an unfinished line is not told yet."""
        text = self.log.read_text("utf-8") if self.log.exists() else ""
        return [json.loads(line) for line in text.split("\n")[:-1]]

    def wait_until(self, event: str, name: str | None = None) -> bool:
        """Wait for a line of the log; False where the run ends before it."""
        while not any(line["event"] == event and name in (None, line.get("name")) for line in self.lines()):
            if self.process.poll() is not None:
                return False
            time.sleep(0.005)
        return True

    def read(self) -> list[str]:
        """The files that it was done with."""
        return [str(line["path"]) for line in self.lines() if line["event"] == "file"]

    def family(self) -> list[int]:
        """Its process and all that it started."""
        try:
            own = psutil.Process(self.process.pid)
            return [own.pid, *(each.pid for each in own.children(recursive=True))]
        except psutil.NoSuchProcess:
            return []

    def kill(self) -> list[int]:
        """SIGKILL to the main process alone; the numbers of all that ran."""
        family = self.family()
        self.process.kill()
        self.end()
        return family

    def interrupt(self, signal_: signal.Signals, *, group: bool) -> tuple[int, str]:
        """Status and stderr after a signal to the group (a terminal's Ctrl-C) or to the main process."""
        (os.killpg if group else os.kill)(self.process.pid, signal_)
        return self.end()

    def end(self) -> tuple[int, str]:
        """Wait for its end: status and stderr."""
        try:
            _, told = self.process.communicate(timeout=PATIENCE)
        finally:
            self.process.kill()
        return self.process.returncode, told.decode()


def command(archive: Archive, *arguments: object) -> list[str]:
    traps = str(archive.traps)
    return [sys.executable, "-m", "tests.faults", traps, *map(str, arguments)]


def start(archive: Archive, name: str, *options: str, engine: str = "processes", jobs: int = 2) -> Run:
    """`kehoach ingest` of an archive; `name` is that of its log."""
    log = archive.folder / f"{name}.jsonl"
    arguments = command(archive, "ingest", archive.source, "--out", archive.dataset, "--log", log)
    process = subprocess.Popen(
        [*arguments, "--engine", engine, "--jobs", str(jobs), *options],
        cwd=_ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    return Run(process, log)
