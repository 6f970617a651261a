"""The inside of a child process: bounded, silent, gone with its parent; it works on one item at a time."""

from __future__ import annotations

import ctypes
import faulthandler
import os
import pickle
import resource
import signal
import sys
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from pipeline.engines.contract import seconds_of
from pipeline.engines.messages import Begun, Message, NoMemory, Raised, Ready, Returned, packed_message

TERMINATED: Final = 128 + signal.SIGTERM  # exit status of a child that was asked to end
_PARENT_DEATH: Final = 1  # PR_SET_PDEATHSIG of linux/prctl.h
_FIRST_TO_GO: Final = "500"  # of 1000: when memory is short the system ends a child, not its parent
_HEADROOM: Final = 1 << 30  # bytes of data beyond twice the memory limit: reserved is not yet used


def main(pipe: int, trace: int, parent: int, memory_limit: int) -> None:
    """Work until the pipe is closed; `trace` is the file for the place of a fault."""
    for descriptor in (pipe, trace):  # no program that a parser starts may keep them open
        os.set_inheritable(descriptor, False)
    _end_with(parent)
    _bound(memory_limit)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))
    faulthandler.enable(trace, all_threads=False)
    connection = Connection(pipe)
    try:
        work = pickle.loads(connection.recv_bytes())
    except Exception as error:  # whatever importing the work raises
        connection.send_bytes(packed_message(Raised.of(error)))
        return
    connection.send_bytes(packed_message(Ready()))
    _serve(connection, work)


def _serve(connection: Connection, work: Callable[[object], object]) -> None:
    while True:
        try:
            item = connection.recv_bytes()
        except EOFError:
            return
        connection.send_bytes(packed_message(_answer(connection, work, item)))


def _answer(connection: Connection, work: Callable[[object], object], packed_item: bytes) -> Message:
    try:
        item = pickle.loads(packed_item)
        seconds = seconds_of(work, item)
        connection.send_bytes(packed_message(Begun(time.monotonic() + seconds, seconds)))
        return Returned(work(item))
    except MemoryError:
        return NoMemory()
    except Exception as error:
        return Raised.of(error)


def _end_with(parent: int) -> None:
    """Be killed when the parent ends, even in the middle of a C function that never returns."""
    ctypes.CDLL(None).prctl(_PARENT_DEATH, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before the call
        sys.exit(TERMINATED)


def _bound(memory_limit: int) -> None:
    """A ceiling for one sudden allocation; the parent watches over what is really used."""
    most = 2 * memory_limit + _HEADROOM
    hard = resource.getrlimit(resource.RLIMIT_DATA)[1]
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    resource.setrlimit(resource.RLIMIT_DATA, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    Path("/proc/self/oom_score_adj").write_text(_FIRST_TO_GO)
