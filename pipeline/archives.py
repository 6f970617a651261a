"""ZIP archives: their members as files, unpacked one at a time, with nothing in them believed."""

from __future__ import annotations

import lzma
import os
import struct
import tempfile
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from typing import IO, BinaryIO, Final, cast
from zipfile import BadZipFile, ZipFile, ZipInfo

from extractors.vietnamese.legacy import from_tcvn3
from pipeline.errors import BrokenFile, EmptyFile, EncryptedFile, InputError, TooLarge
from pipeline.parsers.limits import Limits

MAX_RATIO: Final = 200  # unpacked to packed, of what is large
LARGE: Final = 10 * 1024 * 1024  # bytes
MAX_MEMBERS: Final = 100_000
_MAX_DIRECTORY: Final = 64 * 1024 * 1024  # bytes of the table of contents
_IN_MEMORY: Final = 8 * 1024 * 1024  # bytes of a nested archive; a longer one goes into a temporary file
_BLOCK: Final = 1024 * 1024
_ENCRYPTED: Final = 0x1 | 0x40  # flag bits of a member: by a password, by a certificate
_UTF8: Final = 0x800  # flag bit of a member whose name is UTF-8
_METHODS: Final = frozenset({0, 8, 12, 14})  # stored, deflate, bzip2, LZMA
_LOCAL_HEADER: Final = 30  # bytes before the name
_END: Final = b"PK\x05\x06"
_END_BYTES: Final = 22 + 65535  # of the end record with the longest comment
_END64_LOCATOR: Final = b"PK\x06\x07"
_END64: Final = b"PK\x06\x06"
_NO_NAME: Final = "(no name)"
_WINDOWS_LETTERS: Final = 0xC0  # the first letter in code page 1258
_TCVN3_LETTERS: Final = 0xA1
_UNICODE_PATH: Final = 0x7075  # extra field of Info-ZIP: the name as UTF-8
_FAULTS: Final = (
    BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    OSError,
    ValueError,
    IndexError,
    struct.error,
    RuntimeError,
    lzma.LZMAError,
)


class ArchiveBomb(TooLarge):
    """An archive that is made to unpack to far more than it is."""

    code = "archive-bomb"
    summary = "The archive unpacks to far more than its own size."
    remedy = "Unpack it by hand, if you trust it, and give its files."


class UnknownCompression(InputError):
    code = "unknown-compression"
    summary = "The member is packed by a method that is not read here."
    remedy = "Unpack the archive and give its files, or pack them anew as plain ZIP."


class Archive:
    """An opened archive. `members`: what is no folder, by unique names with `/` between their parts."""

    def __init__(self, file: BinaryIO, packed: ZipFile) -> None:
        self._file, self._packed = file, packed
        self.members = dict(_named(packed.infolist()))

    def read(self, name: str, limits: Limits) -> bytes:
        """All bytes of a member. Raises EmptyFile, BrokenFile and what `check_member` raises."""
        content = b"".join(self._blocks(name, limits))
        if not content:
            raise EmptyFile
        return content

    def nested(self, name: str, limits: Limits) -> BinaryIO:
        """A member as a file of its own, for an archive in the archive; gone when it is closed."""
        with ExitStack() as stack:
            file = stack.enter_context(tempfile.SpooledTemporaryFile(_IN_MEMORY))
            for block in self._blocks(name, limits):
                file.write(block)
            stack.pop_all()
        return cast(BinaryIO, file)

    def close(self) -> None:
        self._packed.close()
        self._file.close()

    def _blocks(self, name: str, limits: Limits) -> Iterator[bytes]:
        info = self.members.get(name)
        if info is None:
            raise FileNotFoundError
        check_member(info, limits)
        try:
            with self._packed.open(info) as member:
                yield from _limited(member, limits)
        except _FAULTS as error:
            raise _broken("member", error) from error


def is_archive_name(name: str) -> bool:
    return name[-4:].lower() == ".zip"


def open_archive(file: BinaryIO) -> Archive | None:
    """The archive in an open file, which it closes; None where it is no ZIP or an office package.

    Raises BrokenFile, ArchiveBomb.
    """
    with ExitStack() as stack:
        stack.enter_context(file)
        size = file.seek(0, os.SEEK_END)
        if not _check_end(file, size):
            return None
        try:
            packed = ZipFile(file)
        except _FAULTS as error:
            raise _broken("archive", error) from error
        infos = packed.infolist()
        if _is_package(infos):
            return None
        if len(infos) > MAX_MEMBERS:  # the end record may lie
            raise _too_many(len(infos))
        _refuse_overlaps(infos)
        stack.pop_all()
        return Archive(file, packed)


def _broken(what: str, error: Exception) -> Exception:
    """A fault of the archive as BrokenFile; one of the disk or network stays what it is."""
    if isinstance(error, OSError) and error.errno is not None:
        return error
    return BrokenFile(f"The {what} cannot be unpacked ({error}).")


def check_member(info: ZipInfo, limits: Limits) -> None:
    """Raise for a member that is not to be read: EncryptedFile, UnknownCompression, TooLarge, ArchiveBomb."""
    if info.flag_bits & _ENCRYPTED:
        raise EncryptedFile("The member of the archive is protected by a password.")
    if info.compress_type not in _METHODS:
        raise UnknownCompression(f"The member is packed by method {info.compress_type}.")
    if info.file_size > limits.max_bytes:
        raise _too_large(info.file_size, limits)
    if info.file_size > LARGE and info.file_size > MAX_RATIO * info.compress_size:
        raise ArchiveBomb(f"{info.compress_size:,} bytes unpack to {info.file_size:,}.")


def _limited(member: IO[bytes], limits: Limits) -> Iterator[bytes]:
    """Blocks of a member; what it says of its size is not believed."""
    left = limits.max_bytes
    while block := member.read(_BLOCK):
        left -= len(block)
        if left < 0:
            raise _too_large(limits.max_bytes - left, limits)
        yield block


def _too_large(size: int, limits: Limits) -> TooLarge:
    return TooLarge(f"The member has {size:,} bytes; max_bytes is {limits.max_bytes:,}.")


def _too_many(count: int) -> ArchiveBomb:
    return ArchiveBomb(f"The archive has {count:,} members; at most {MAX_MEMBERS:,} are read.")


def _is_package(infos: list[ZipInfo]) -> bool:
    """Whether it is an office document or book: a package that is one file to people."""
    return bool(infos) and (
        infos[0].filename == "mimetype" or any(info.filename == "[Content_Types].xml" for info in infos)
    )


def _refuse_overlaps(infos: list[ZipInfo]) -> None:
    """Members that share their bytes are how a small archive is made to unpack to a huge one."""
    end = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < end:
            raise ArchiveBomb("Members of the archive share their bytes.")
        end = info.header_offset + _LOCAL_HEADER + info.compress_size


# --- end record -------------------------------------------------------------------------------


def _check_end(file: BinaryIO, size: int) -> bool:
    """Look at the end record before the table of contents is loaded; False where there is no archive.

    Raises BrokenFile where one begins and does not end, ArchiveBomb where it holds too much.
    """
    file.seek(0)
    begins = file.read(4) == b"PK\x03\x04"
    start = max(0, size - _END_BYTES)
    file.seek(start)
    tail = file.read(_END_BYTES)
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < 22:
        if begins:
            raise BrokenFile("The archive is cut short: it has no table of contents.")
        return False
    count, directory = struct.unpack_from("<HL", tail, at + 10)
    if count == 0xFFFF or directory == 0xFFFFFFFF:
        count, directory = _long_counts(file, start + at) or (count, directory)
    if count > MAX_MEMBERS:
        raise _too_many(count)
    if directory > _MAX_DIRECTORY:
        raise ArchiveBomb(f"The table of contents has {directory:,} bytes.")
    return True


def _long_counts(file: BinaryIO, end: int) -> tuple[int, int] | None:
    """Members and bytes of the table of contents as a ZIP64 archive tells them; None where it is none."""
    file.seek(max(0, end - 20))
    locator = file.read(20)
    if len(locator) < 20 or not locator.startswith(_END64_LOCATOR):
        return None
    (offset,) = struct.unpack_from("<Q", locator, 8)
    for place in (offset, end - 76):  # where it says, or where it is behind something that was put before
        if 0 <= place <= end:
            file.seek(place)
            record = file.read(56)
            if len(record) == 56 and record.startswith(_END64):
                count, directory = struct.unpack_from("<QQ", record, 32)
                return count, directory
    return None


# --- names ------------------------------------------------------------------------------------


def _named(infos: Iterable[ZipInfo]) -> Iterator[tuple[str, ZipInfo]]:
    """Members that are no folders, with names; of equal ones the second has `~2` behind it."""
    taken: dict[str, int] = {}
    for info in infos:
        name = member_name(info)
        if name.endswith("/") and not info.file_size:
            continue
        name = name.rstrip("/") or _NO_NAME
        unique, count = name, taken.get(name, 0) + 1
        if count > 1:
            while (unique := f"{name}~{count}") in taken:
                count += 1
            taken[unique] = 1
        taken[name] = count
        yield unique, info


def member_name(info: ZipInfo) -> str:
    """A member's name. Archives tell seldom how it is written: UTF-8, DOS, Windows or TCVN3."""
    if info.flag_bits & _UTF8:
        name = info.orig_filename
    else:
        raw = info.orig_filename.encode("cp437", "replace")
        name = _unicode_path(info.extra, raw) or _decoded(raw)
    return name.replace("\\", "/")


def _decoded(raw: bytes) -> str:
    """A name in the code that its bytes fit: DOS has signs where the others have letters."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        lowest = min(byte for byte in raw if byte >= 0x80)
    if lowest >= _WINDOWS_LETTERS:
        return unicodedata.normalize("NFC", raw.decode("cp1258", "replace"))
    return from_tcvn3(raw.decode("latin-1")) if lowest >= _TCVN3_LETTERS else raw.decode("cp437")


def _unicode_path(extra: bytes, raw: bytes) -> str | None:
    """The name as an extra field gives it, if it was made for this name (APPNOTE.TXT 4.6.9)."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        field = extra[at + 4 : at + 4 + length]
        if kind == _UNICODE_PATH and len(field) > 5 and field[0] == 1:
            crc = int.from_bytes(field[1:5], "little")
            return field[5:].decode("utf-8", "replace") if crc == zlib.crc32(raw) else None
        at += 4 + length
    return None
