"""Engines: do one kind of work on many items, in this process, in several, or on several machines.

An engine gives results in any order; nobody may depend on it. An item whose process crashed, hung or
ate memory comes back as `Lost`; the others are not harmed.
"""

from __future__ import annotations

from typing import Literal

from pipeline.engines.contract import DEFAULT_MEMORY, Engine, Lost, Work, WorkersFail
from pipeline.engines.processes import Processes
from pipeline.engines.serial import Serial

__all__ = [
    "DEFAULT_MEMORY",
    "Engine",
    "EngineName",
    "Lost",
    "Processes",
    "Serial",
    "Work",
    "WorkersFail",
    "engine_for",
]

EngineName = Literal["serial", "processes", "dask"]


def engine_for(
    name: EngineName,
    jobs: int,
    *,
    memory_limit: int = DEFAULT_MEMORY,
    scheduler: str | None = None,
) -> Engine:
    """The engine of a name, with `jobs` processes of `memory_limit` bytes each.

    `scheduler` is the address of a Dask scheduler; without it Dask starts one of its own on this machine.
    """
    if name == "serial":
        return Serial()
    if name == "processes":
        return Processes(jobs, memory_limit)
    from pipeline.engines.dask import Dask

    return Dask(jobs, memory_limit, scheduler)
