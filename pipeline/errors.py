"""Errors with a code and a remedy: what went wrong with a file, and what its owner can do.

`code` is for programs (it stands in the dataset's table files), `message` names the cause and
`remedy` what to do; `str(error)` gives both.
"""

from __future__ import annotations

import errno
from typing import ClassVar, Literal

# Whose fault a failure is: of the file, for good; of the time or memory that it took; of what the machine
# lacks. Only the first is an answer that is kept.
Cause = Literal["file", "resource", "environment"]


class KehoachError(Exception):
    """Base of all errors that a file or a setting can cause. `page` counts from 1."""

    code: ClassVar[str] = "error"
    remedy: ClassVar[str] = "Report it with the file."
    summary: ClassVar[str] = "The work could not be done."
    cause: ClassVar[Cause] = "file"

    def __init__(self, message: str | None = None, *, page: int | None = None) -> None:
        super().__init__(message, page)
        self.message = message or self.summary
        self.page = page

    def __str__(self) -> str:
        place = f" (page {self.page})" if self.page is not None else ""
        gap = "" if self.message.endswith("\n") else " "  # behind a list the remedy has a line of its own
        return f"{self.message}{place}{gap}{self.remedy}"

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuilt, (type(self), self.message, self.page))


def _rebuilt(kind: type[KehoachError], message: str, page: int | None) -> KehoachError:
    """Errors cross process borders: a keyword argument does not survive plain pickling."""
    return kind(message, page=page)


class InputError(KehoachError):
    """The file itself is the cause; another file may well be read."""

    code = "input-error"
    summary = "The file cannot be read."
    remedy = "Check the file by opening it in its own program."


class EmptyFile(InputError):
    code = "empty-file"
    summary = "The file has no content."
    remedy = "Fetch it again from its source; the copy may have been interrupted."


class UnreadableFile(InputError):
    cause = "environment"
    code = "unreadable-file"
    summary = "The file cannot be opened."
    remedy = "Check that it exists, is a regular file, and that you have the right to read it."


class UnknownFormat(InputError):
    """The bytes are no document format that is read here."""

    code = "unknown-format"
    summary = "The file is of no known document format."
    remedy = "Give it as DOCX, DOC, RTF, ODT, PDF, an image, text, Markdown or HTML."


class NotADocument(UnknownFormat):
    """The bytes are of a known format that holds no document: a spreadsheet, an archive, a picture book."""

    code = "not-a-document"
    summary = "The file is of a format that holds no running document."
    remedy = "Take the documents out of it and give them one by one."


class BrokenFile(InputError):
    code = "broken-file"
    summary = "The file is damaged or cut short."
    remedy = "Fetch it again from its source, or open and save it anew in its own program."


class EncryptedFile(InputError):
    code = "encrypted-file"
    summary = "The file is protected by a password."
    remedy = "Remove the password and give it again."


class TooLarge(InputError):
    code = "too-large"
    summary = "The file is larger than the limit."
    remedy = "Split it, or raise the limit that the message names (Limits, in Python) and call retry."


class TooManyPages(TooLarge):
    code = "too-many-pages"
    summary = "The file has more pages than the limit."
    remedy = "Split it, or raise the limit max_pages (Limits, in Python) and call retry."


class MissingTool(KehoachError):
    """A program or package that a format needs is not installed."""

    cause = "environment"
    code = "missing-tool"
    summary = "A program that this format needs is not installed."
    remedy = "Install it and try again."


class ConversionTimeout(KehoachError):
    """An office program took too long with a file; it was ended."""

    cause = "resource"
    code = "conversion-timeout"
    summary = "The file took too long to be converted."
    remedy = "Open it in its own program and save it as DOCX."


class PageTimeout(KehoachError):
    """Recognition of one page took too long; the other pages are read."""

    cause = "resource"
    code = "page-timeout"
    summary = "The page took too long to be read by OCR."
    remedy = "Scan it again with less noise, or read it by hand."


class OutOfMemory(KehoachError):
    """There was not enough memory for the file."""

    cause = "resource"
    code = "out-of-memory"
    summary = "There is not enough memory for it."
    remedy = "Run with fewer --jobs or a higher --memory-limit."


class OutOfRoom(KehoachError):
    """The machine had no room on its disk, no process or no open file left."""

    cause = "environment"
    code = "out-of-room"
    summary = "The machine has no room left for the work."
    remedy = "Free disk space (also for temporary files), memory or processes; the next run tries it again."


class OutOfTime(KehoachError):
    """The file took longer than its limit; the process that read it was ended."""

    cause = "resource"
    code = "timeout"
    summary = "It took too long to be read."
    remedy = "It is tried once more by the next run; then see kehoach retry."


class ProcessDied(KehoachError):
    """The process that read the file died of it, or was killed."""

    cause = "resource"
    code = "process-died"
    summary = "The process that read it died."
    remedy = "It is tried once more by the next run; then report it with the file."


_BY_CODE: dict[str, Cause] = {
    kind.code: kind.cause
    for kind in (
        ConversionTimeout,
        PageTimeout,
        OutOfMemory,
        OutOfRoom,
        OutOfTime,
        ProcessDied,
        MissingTool,
        UnreadableFile,
    )
}


_NO_ROOM = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.ENOMEM, errno.EAGAIN, errno.EMFILE, errno.ENFILE, errno.EROFS}
)
_CV2_NO_MEMORY = -4  # cv::Error::StsNoMem


def shortage(error: BaseException) -> KehoachError | None:
    """What the machine was short of, where that and no file is what an error tells of."""
    if isinstance(error, MemoryError):
        return OutOfMemory()
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        return OutOfRoom(f"The machine has no room left for the work: {error.strerror}.")
    if type(error).__module__ == "cv2" and getattr(error, "code", None) == _CV2_NO_MEMORY:
        return OutOfMemory()
    return None


def reason_of(error: Exception) -> str:
    """What an error says, in few words."""
    return getattr(error, "strerror", None) or f"{type(error).__name__}: {error}"[:300]


def cause_of(code: str) -> Cause:
    """Whose fault a diagnostic of that code tells of."""
    return _BY_CODE.get(code, "file")
