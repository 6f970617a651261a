"""What discovery tells of a path: where it is, its name, its stamp, and why it is not read."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from pipeline.errors import KehoachError
from pipeline.locations import Location, Stamp

NO_STAMP = Stamp()
UNREADABLE_FOLDER = "unreadable-folder"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a path is not read: a code for programs, a message for people."""

    code: str
    message: str

    @classmethod
    def of(cls, error: KehoachError) -> Reason:
        return cls(error.code, printable(str(error)))


@dataclass(frozen=True, slots=True)
class Found:
    """A file: where it is, its name in the dataset (relative, `/` between parts), why it is not read.

    A member of an archive has the archive's name as a folder: `box1.zip/folder/plan.pdf`. `failed`
    tells what ought to have been read and cannot be from what is left out on purpose.
    """

    location: Location
    name: str
    stamp: Stamp = NO_STAMP
    reason: Reason | None = None
    failed: bool = False

    @property
    def is_closed_folder(self) -> bool:
        """Whether it stands for all that is in a folder that cannot be opened."""
        return self.reason is not None and self.reason.code == UNREADABLE_FOLDER


SYSTEM_FILE = Reason("system-file", "A file that a system or program keeps for itself; no document.")
_SYSTEM_FILE = re.compile(
    r"""(?: .*/ )? (?: __MACOSX/.*                 # what macOS puts into archives
      | \._[^/]* | \.DS_Store                      # and beside files on foreign disks
      | Thumbs\.db | ehthumbs\.db | desktop\.ini   # Windows
      | ~\$[^/]* | \.~lock\.[^/]*\# )              # beside a document while it is edited
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)


def is_system_file(name: str) -> bool:
    return _SYSTEM_FILE.fullmatch(name) is not None


def printable(name: str) -> str:
    """A file name as text: bytes that are no UTF-8 and control characters are written as escapes."""
    if name.isprintable():  # says no to surrogates, too
        return name
    plain = name.encode("utf-8", "backslashreplace").decode("utf-8")
    return "".join(f"\\x{ord(c):02x}" if unicodedata.category(c) == "Cc" else c for c in plain)
