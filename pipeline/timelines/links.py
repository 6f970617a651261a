"""Addresses of documents for a page: relative to the page, only of files that are there."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from pipeline.timelines.model import Timeline, TimelinePlan
from pipeline.usage import NoSource


def links(timeline: Timeline, page: Path, files: Path | None = None) -> dict[str, str]:
    """By document_id the address of each plan's file, as a page at `page` would name it.

    Files are looked for in the folder `files`; else in the source that the dataset was made from, as it was
    named then. A path that leaves its folder, or a file that is not there, has no address. Raises NoSource
    where there is no folder `files`.
    """
    if files is not None and not files.is_dir():
        raise NoSource(f"There is no folder {files}.")
    found = ((plan.document_id, _file(plan, files)) for plan in timeline.plans)
    folder = page.absolute().parent
    return {name: quote(os.path.relpath(path, folder)) for name, path in found if path is not None}


def _file(plan: TimelinePlan, files: Path | None) -> Path | None:
    inside = PurePosixPath(plan.path)
    folder = files or _folder(plan.source)
    if folder is None or inside.is_absolute() or ".." in inside.parts:
        return None
    try:
        path = folder / inside
        return path.absolute() if path.is_file() else None
    except (OSError, ValueError):  # a name that this system cannot have
        return None


def _folder(source: str | None) -> Path | None:
    """The folder that a source is, or in which its file or its pattern (`plans/**/*.pdf`) stands."""
    if source is None or "://" in source:
        return None
    path = Path(source)
    return next((each for each in (path, *path.parents) if each.is_dir()), None)
