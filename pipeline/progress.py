"""The progress bar: on a terminal only, with rate and time left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO


@contextmanager
def shown_progress(stream: TextIO) -> Iterator[Callable[[int, int], None] | None]:
    """A function to tell (files done, files in all) to, or None where `stream` is no terminal."""
    if not stream.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("reading"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(file=stream), transient=True) as bar:
        task = bar.add_task("reading", total=None, rate="")

        def tell(done: int, total: int) -> None:
            speed = bar.tasks[0].speed
            rate = f"{speed:.1f} files/s" if speed else ""
            bar.update(task, completed=done, total=total, rate=rate)

        yield tell
