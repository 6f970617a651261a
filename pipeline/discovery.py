"""Finds the files of a source: in folders, in ZIP archives, here or in a storage elsewhere, one by one.

What is found is looked at by its bytes later, whatever its name.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from pipeline import remote
from pipeline.archives import is_archive_name
from pipeline.found import NO_STAMP, SYSTEM_FILE, Found, Reason, is_system_file, printable
from pipeline.locations import Location, Stamp
from pipeline.members import with_members
from pipeline.parsers.limits import DEFAULT_LIMITS, Limits
from pipeline.selection import NoList, Selection, select, spellings
from pipeline.usage import NoSource
from pipeline.walking import LocalTree, RemoteTree, Tree

__all__ = ["Found", "Location", "Reason", "Selection", "Stamp", "discover_files", "printable", "select"]

_OUTSIDE = Reason("outside-source", "A path of the list that does not lie below the source.")
_MISSING = Reason("not-found", "A path of the list at which there is nothing. Check the list.")

_NOT_THERE = (_OUTSIDE, _MISSING)

Wanted = Callable[[str], bool]  # whether the file of a name is


def discover_files(
    selection: Selection, leave_out: str | Path | None = None, limits: Limits = DEFAULT_LIMITS
) -> Iterator[Found]:
    """Every file of a selection in an order that is always the same, but nothing under `leave_out`.

    `leave_out` is the dataset that is written. Files are looked for while they are asked for; no list
    of all is held.
    """
    tree = _tree(selection, leave_out)
    if selection.single is not None:
        yield from _with_members(_single(selection, selection.single), _anything, limits)
    elif selection.listed is not None:
        for line in selection.listed:
            yield from _listed(tree, selection.root, line, limits)
    else:
        for found in tree.below("", selection.may_hold):
            yield from _with_members(found, selection.wants, limits)


def found_again(
    selection: Selection, leave_out: str | Path | None = None, limits: Limits = DEFAULT_LIMITS
) -> Iterator[Found]:
    """What stands now at the paths of a list; of a path at which there is nothing, nothing."""
    return (found for found in discover_files(selection, leave_out, limits) if found.reason not in _NOT_THERE)


def require_match(selection: Selection, leave_out: str | Path | None = None) -> None:
    """Raise NoSource, NoList where a pattern or a list chooses nothing; a folder may well be empty."""
    if selection.pattern is None and selection.listed is None:
        return
    if next(found_again(selection, leave_out), None) is not None:
        return
    if selection.listed is None:
        raise NoSource(f"No file matches the pattern {selection.given}.")
    if not selection.listed:
        raise NoList("The list names no file.")
    first = printable(selection.listed[0])
    raise NoList(f"No path of the list stands for a file below {selection.given} (the first: {first}).")


def _tree(selection: Selection, leave_out: str | Path | None) -> Tree:
    if selection.is_remote:
        return RemoteTree(selection.root, None if leave_out is None else os.fspath(leave_out))
    outside = leave_out is None or remote.is_url(os.fspath(leave_out))
    return LocalTree(selection.root, None if outside else os.path.realpath(os.fspath(leave_out or "")))


def _single(selection: Selection, name: str) -> Found:
    """The one file that was named; a link is followed, as somebody asked for it."""
    if selection.is_remote:
        return RemoteTree(selection.root, None).look(name)
    folder, target = os.path.split(os.path.realpath(f"{selection.root}/{name}"))
    return replace(LocalTree(folder, None).look(target), name=printable(name))


def _with_members(found: Found, wanted: Wanted, limits: Limits) -> Iterator[Found]:
    """A file if it is wanted; of an archive that is not wanted whole the members that are."""
    if found.reason is None and is_system_file(found.name):
        found = replace(found, reason=SYSTEM_FILE)
    if found.reason is None and is_archive_name(found.location.name):
        whole = wanted(found.name)
        yield from (member for member in with_members(found, limits) if whole or wanted(member.name))
    elif wanted(found.name) or found.is_closed_folder:
        yield found


def _listed(tree: Tree, root: str, line: str, limits: Limits) -> Iterator[Found]:
    """What a line of a list stands for: a file, a folder with all below it, a member of an archive."""
    name = _relative(root, line)
    if name is None:
        yield Found(Location(line), printable(line), NO_STAMP, _OUTSIDE, failed=True)
        return
    for spelling in spellings(name):
        there = False
        for found in _standing(tree, spelling, limits):
            there = True
            yield found
        if there:
            return
    yield Found(Location(f"{root}/{name}"), printable(name), NO_STAMP, _MISSING, failed=True)


def _standing(tree: Tree, name: str, limits: Limits) -> Iterator[Found]:
    try:
        found = tree.at(name)
    except (FileNotFoundError, NotADirectoryError):
        yield from _in_archive(tree, name, limits)
        return
    files = tree.below(name, _anything) if found is None else [found]
    for file in files:
        yield from _with_members(file, _anything, limits)


def _in_archive(tree: Tree, name: str, limits: Limits) -> Iterator[Found]:
    """The member of an archive that is named as if the archive were a folder."""
    archive = next(_archives_above(tree, name), None)
    if archive is not None:
        for member in with_members(archive, limits):
            if f"{member.name}/".startswith(f"{printable(name)}/"):
                yield member


def _archives_above(tree: Tree, name: str) -> Iterator[Found]:
    parts = name.split("/")
    for i in range(1, len(parts)):
        with suppress(FileNotFoundError, NotADirectoryError):
            found = tree.at("/".join(parts[:i])) if is_archive_name(parts[i - 1]) else None
            if found is not None and found.reason is None:
                yield found


def _relative(root: str, line: str) -> str | None:
    """A path of a list relative to the root; None where it does not lie below it."""
    below = line.removeprefix(root if root.endswith("/") else f"{root}/")
    if remote.is_url(root):
        return None if remote.is_url(below) else below.strip("/")
    name = os.path.normpath(below)
    return None if name.startswith(("/", "../")) or name in ("..", ".") else name


def _anything(_: str) -> bool:
    return True
