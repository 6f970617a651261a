"""ZIP archives of every kind, sound and hostile: made here, small where they can be."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable, Mapping, Sequence

_LOCAL, _CENTRAL = b"PK\x03\x04", b"PK\x01\x02"
_FLAGS = {_LOCAL: 6, _CENTRAL: 8}  # where the flags stand behind the signature
_UTF8 = 0x800


def zip_bytes(members: Mapping[str, bytes] | Iterable[tuple[str, bytes]], packed: bool = True) -> bytes:
    """An archive of members, in their order."""
    buffer = io.BytesIO()
    method = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members.items() if isinstance(members, Mapping) else members:
            archive.writestr(zipfile.ZipInfo(name), content, compress_type=method)
    return buffer.getvalue()


def zip_of_raw_names(names: Sequence[bytes], utf8: bool = False) -> bytes:
    """An archive whose members have names of any bytes (at least 8 each); each holds its number as text."""
    held = [f"{number:08}".ljust(len(name), "x") for number, name in enumerate(names)]
    data = zip_bytes({stand_in: str(n).encode() for n, stand_in in enumerate(held)}, packed=False)
    for stand_in, name in zip(held, names, strict=True):
        data = data.replace(stand_in.encode(), name)
    return with_flag(data, _UTF8) if utf8 else data


def with_flag(data: bytes, flag: int) -> bytes:
    """The archive with a flag set on every member, in both of its headers."""
    changed = bytearray(data)
    for signature, offset in _FLAGS.items():
        at = data.find(signature)
        while at >= 0:
            (flags,) = struct.unpack_from("<H", data, at + offset)
            struct.pack_into("<H", changed, at + offset, flags | flag)
            at = data.find(signature, at + 1)
    return bytes(changed)


def with_declared_size(data: bytes, size: int) -> bytes:
    """The archive with a lie about the unpacked size of its members."""
    changed = bytearray(data)
    for signature, offset in ((_LOCAL, 22), (_CENTRAL, 24)):
        at = data.find(signature)
        while at >= 0:
            struct.pack_into("<L", changed, at + offset, size)
            at = data.find(signature, at + 1)
    return bytes(changed)


def with_shared_bytes(data: bytes) -> bytes:
    """The archive with every entry of its table of contents pointing at the first member."""
    changed = bytearray(data)
    at = data.find(_CENTRAL)
    while at >= 0:
        struct.pack_into("<L", changed, at + 42, 0)
        at = data.find(_CENTRAL, at + 1)
    return bytes(changed)


def with_declared_count(data: bytes, count: int) -> bytes:
    """The archive with a lie about the number of its members."""
    changed = bytearray(data)
    struct.pack_into("<HH", changed, data.rfind(b"PK\x05\x06") + 8, count, count)
    return bytes(changed)
