"""The members of a ZIP archive as files of the source: nested once, refused where they are a trap."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from zipfile import ZipInfo

from pipeline.archives import (
    LARGE,
    MAX_MEMBERS,
    MAX_RATIO,
    ArchiveBomb,
    check_member,
    is_archive_name,
)
from pipeline.errors import KehoachError
from pipeline.found import SYSTEM_FILE, Found, Reason, is_system_file, printable
from pipeline.locations import Location, member_stamp, naming_errors
from pipeline.parsers.limits import Limits
from pipeline.places import StoreError

_DEEPEST = 2  # an archive, and one in it
_ANY = 2**63  # bytes: what an archive may hold that does not tell its own size
_TOO_DEEP = Reason(
    "nested-too-deep", "An archive in an archive in an archive is not opened. Unpack it and give its files."
)
_EMPTY = Reason("empty-archive", "An archive without files.")


def with_members(found: Found, limits: Limits) -> Iterator[Found]:
    """The members of a found archive; the file itself where it is no archive, or cannot be opened.

    Raises StoreError where there is no room to unpack an archive in it.
    """
    size = found.stamp.size
    yield from _Unpacking(limits, _ANY if size is None else max(LARGE, MAX_RATIO * size)).opened(found)


@dataclass(slots=True)
class _Unpacking:
    """An archive with all that is nested in it, and what it may still hold."""

    limits: Limits
    unpacked: int  # bytes
    members: int = MAX_MEMBERS

    def opened(self, archive: Found) -> Iterator[Found]:
        try:
            members = self._members(archive.location)
        except StoreError:
            raise
        except KehoachError as error:
            yield _failed(archive, error)
            return
        if members is None:
            yield archive
        elif not members:
            yield replace(archive, reason=_EMPTY)
        else:
            for name in sorted(members):
                yield from self._member(archive, name, members[name])

    def _members(self, location: Location) -> dict[str, ZipInfo] | None:
        """Members of an archive by name; None where it is none."""
        with naming_errors(location.root):
            archive = location.open_archive(self.limits)
        if archive is None:
            return None
        archive.close()
        self._spend(archive.members.values())
        return archive.members

    def _spend(self, infos: Collection[ZipInfo]) -> None:
        size = sum(info.file_size for info in infos if _problem(info, self.limits) is None)
        if len(infos) > self.members:
            raise ArchiveBomb(f"With those nested in it it has more than {MAX_MEMBERS:,} members.")
        if size > self.unpacked:
            raise ArchiveBomb(f"With those nested in it it unpacks to over {MAX_RATIO} times its size.")
        self.members -= len(infos)
        self.unpacked -= size

    def _member(self, archive: Found, name: str, info: ZipInfo) -> Iterator[Found]:
        location, shown = archive.location.inside(name), f"{archive.name}/{printable(name)}"
        found = Found(location, shown, member_stamp(archive.stamp, info))
        problem = _problem(info, self.limits)
        if is_system_file(shown):
            yield replace(found, reason=SYSTEM_FILE)
        elif problem is not None:
            yield _failed(found, problem)
        elif not is_archive_name(name):
            yield found
        elif len(location.members) < _DEEPEST:
            yield from self.opened(found)
        else:
            yield replace(found, reason=_TOO_DEEP, failed=True)


def _problem(info: ZipInfo, limits: Limits) -> KehoachError | None:
    """Why a member is not to be read."""
    try:
        check_member(info, limits)
    except KehoachError as error:
        return error
    return None


def _failed(found: Found, error: KehoachError) -> Found:
    return replace(found, reason=Reason.of(error), failed=True)
