"""A child process as its parent sees it: started, asked, watched over, and ended with all that it started."""

from __future__ import annotations

import os
import pickle
import re
import signal
import subprocess
import sys
import time
from collections.abc import Collection
from contextlib import suppress
from multiprocessing import Pipe
from typing import Final

import psutil

from pipeline.engines.contract import LOOK_LIMIT, START_LIMIT, WorkersFail
from pipeline.engines.inside import TERMINATED
from pipeline.engines.messages import Message, Ready

_LARGEST_ANSWER: Final = 256 << 20  # bytes; a length beyond it is the noise of a broken process
_GRACE: Final = 0.8  # seconds to end in good order
# Without the working directory on the path (-P): it may hold anybody's files. Not by multiprocessing,
# which runs the caller's script anew in each child and refuses to start any in a Dask worker.
_START: Final = (
    "import sys; pipe, trace, parent, memory, *sys.path = sys.argv[1:]; "
    "from pipeline.engines.inside import main; main(int(pipe), int(trace), int(parent), int(memory))"
)
_FROM_OUTSIDE: Final = {-signal.SIGKILL, -signal.SIGTERM, -signal.SIGHUP, -signal.SIGINT, TERMINATED}
_PLACE: Final = re.compile(r'File "(?:.*/)?(?P<file>[^/"]+/[^/"]+)", line (?P<line>\d+) in (?P<function>\S+)')


class Child:
    """A process of its own session that works on one item at a time."""

    def __init__(self, work: bytes, memory_limit: int) -> None:
        self.pipe, theirs = Pipe()
        self._trace = os.memfd_create("trace")
        descriptors = (theirs.fileno(), self._trace)
        arguments = [*descriptors, os.getpid(), memory_limit, *sys.path]
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-c", _START, *map(str, arguments)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,  # libraries in C print as they like; the terminal is the parent's
                stderr=subprocess.DEVNULL,
                pass_fds=descriptors,
                start_new_session=True,
            )
        except OSError as error:  # the system has no memory or no number for it
            raise WorkersFail(f"No process can be started: {error}.") from error
        theirs.close()
        self.is_ready = False
        self.items = 0  # that it was asked for
        self.deadline = 0.0
        self.seconds = START_LIMIT
        self.memory = 0  # bytes at the last look
        self._send(work)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, item: bytes) -> None:
        """Hand it an item; whether it lives to take it shows in `receive`."""
        self.items += 1
        self.allow(LOOK_LIMIT if self.is_ready else START_LIMIT)
        self._send(item)

    def allow(self, seconds: float) -> None:
        """Give it so much time from now on."""
        self.seconds = seconds
        self.deadline = time.monotonic() + seconds

    def _send(self, data: bytes) -> None:
        with suppress(BrokenPipeError, ConnectionResetError):
            self.pipe.send_bytes(data)

    def receive(self) -> Message | None:
        """What it tells; None when it has died."""
        try:
            data = self.pipe.recv_bytes(_LARGEST_ANSWER)
        except (EOFError, OSError):
            return None
        message: Message = pickle.loads(data)
        self.is_ready = self.is_ready or isinstance(message, Ready)
        return message

    def end(self) -> None:
        """Kill it and all that it started; one that has died leaves its session behind."""
        family = _family(self)
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self._process.wait()
        self.pipe.close()
        os.close(self._trace)
        _end_orphans(family)

    def post_mortem(self) -> tuple[str, bool]:
        """End what is left of a child that died: what it died of, and whether that came from outside."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_GRACE)
        code = self._process.poll()
        place = self._place()
        self.end()
        if code is None:
            return "it closed its pipe", False
        cause = f"signal {-code} ({signal.Signals(-code).name})" if code < 0 else f"exit status {code}"
        return cause + place, code in _FROM_OUTSIDE

    def _place(self) -> str:
        """Where the fault was, as Python's fault handler told; empty for any other death."""
        found = _PLACE.search(os.pread(self._trace, 1 << 12, 0).decode("utf-8", "replace"))
        return " at {file}:{line} in {function}".format(**found.groupdict()) if found else ""

    def terminate(self) -> None:
        """Ask it to end in good order."""
        with suppress(ProcessLookupError):
            self._process.terminate()


def end_all(children: Collection[Child]) -> None:
    """End all of them in good order where they do so at once, else the hard way."""
    families = [process for child in children for process in _family(child)]
    for child in children:
        child.terminate()
    until = time.monotonic() + _GRACE
    while any(child.is_alive for child in children) and time.monotonic() < until:
        time.sleep(0.01)
    for child in children:
        child.end()
    _end_orphans(families)


def weigh(children: Collection[Child]) -> None:
    """Look at how much memory each child holds, with all that it started."""
    held = dict.fromkeys((child.pid for child in children), 0)
    root = {pid: pid for pid in held}
    for process in psutil.Process().children(recursive=True):  # parents before their children
        with suppress(psutil.Error):
            root.setdefault(process.pid, root.get(process.ppid(), 0))
            if root[process.pid]:
                held[root[process.pid]] += process.memory_info().rss
    for child in children:
        child.memory = held[child.pid]


def _end_orphans(processes: list[psutil.Process]) -> None:
    """End those that do not end by themselves now that their parent has; some clean up after them."""
    stayed = psutil.wait_procs(processes, timeout=_GRACE / 2)[1]
    for process in stayed:
        with suppress(psutil.Error):
            process.kill()
    psutil.wait_procs(stayed, timeout=_GRACE / 2)


def _family(child: Child) -> list[psutil.Process]:
    try:
        return psutil.Process(child.pid).children(recursive=True)
    except psutil.Error:
        return []
