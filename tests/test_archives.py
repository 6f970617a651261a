"""ZIP archives: members are files of the source, each read or told why not; no archive is trusted."""

from __future__ import annotations

import io
import os
import struct
import unicodedata
import zipfile
import zlib
from functools import partialmethod
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pipeline import archives
from pipeline.discovery import Found, discover_files, select
from pipeline.errors import BrokenFile, EmptyFile, KehoachError, TooLarge, UnreadableFile
from pipeline.locations import Location
from pipeline.members import _Unpacking
from pipeline.parsers.limits import Limits
from pipeline.store import StoreError
from tests.bad_files import docx_bytes, write
from tests.zips import (
    with_declared_count,
    with_declared_size,
    with_flag,
    with_shared_bytes,
    zip_bytes,
    zip_of_raw_names,
)

SMALL = Limits(max_bytes=1000)


def found_in(folder: Path, limits: Limits | None = None) -> list[Found]:
    return list(discover_files(select(folder), limits=limits or Limits()))


def told(folder: Path, limits: Limits | None = None) -> dict[str, str | None]:
    """The code of the reason, by name."""
    return {found.name: found.reason.code if found.reason else None for found in found_in(folder, limits)}


# --- members as files -------------------------------------------------------------------------


def test_members_are_files_under_the_archives_name(tmp_path: Path) -> None:
    write(tmp_path, "kho/Hộp 1.ZIP", zip_bytes({"b.txt": b"hai", "thư mục/a.txt": b"mot", "rỗng/": b""}))
    contents = {found.name: found.location.read() for found in found_in(tmp_path)}
    assert contents == {"kho/Hộp 1.ZIP/b.txt": b"hai", "kho/Hộp 1.ZIP/thư mục/a.txt": b"mot"}


def test_an_archive_in_an_archive_is_opened_and_one_in_that_is_not(tmp_path: Path) -> None:
    deepest = zip_bytes({"x.txt": b"x"})
    inner = zip_bytes({"deep.zip": deepest, "y.txt": b"y"})
    write(tmp_path, "a.zip", zip_bytes({"inner.zip": inner, "z.txt": b"z"}))
    found = {each.name: each for each in found_in(tmp_path)}
    assert list(found) == ["a.zip/inner.zip/deep.zip", "a.zip/inner.zip/y.txt", "a.zip/z.txt"]
    deep = found["a.zip/inner.zip/deep.zip"]
    assert deep.failed and deep.reason is not None and deep.reason.code == "nested-too-deep"
    assert found["a.zip/inner.zip/y.txt"].location.read() == b"y"


def test_a_long_nested_archive_is_read_from_a_temporary_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "_IN_MEMORY", 100)
    inner = zip_bytes({f"{n}.txt": b"noi dung" * 50 for n in range(20)}, packed=False)
    write(tmp_path, "a.zip", zip_bytes({"inner.zip": inner}))
    assert {found.location.read() for found in found_in(tmp_path)} == {b"noi dung" * 50}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (docx_bytes(), None),
        (b"not an archive at all", None),
        (b"", None),
        (zip_bytes({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<a/>"}), None),
        (zip_bytes({}), "empty-archive"),
        (zip_bytes({"a.txt": b"a" * 300})[:60], "broken-file"),
    ],
    ids=["office package", "other bytes", "no bytes", "open document", "no members", "cut short"],
)
def test_what_is_called_zip_and_is_no_archive_is_one_file(
    content: bytes, code: str | None, tmp_path: Path
) -> None:
    write(tmp_path, "a.zip", content)
    assert told(tmp_path) == {"a.zip": code}


def test_what_systems_put_into_archives_is_told_and_left_out(tmp_path: Path) -> None:
    names = ["__MACOSX/._a.txt", "x/.DS_Store", "Thumbs.db", "x/~$plan.docx", "x/a.txt"]
    write(tmp_path, "a.zip", zip_bytes(dict.fromkeys(names, b"1")))
    codes = told(tmp_path)
    assert codes.pop("a.zip/x/a.txt") is None
    assert set(codes.values()) == {"system-file"} and len(codes) == 4
    assert not any(found.failed for found in found_in(tmp_path))


def test_names_that_lead_elsewhere_are_only_names(tmp_path: Path) -> None:
    write(tmp_path, "secret.txt", "bí mật")
    names = ["../secret.txt", "/etc/passwd", "..\\..\\boot.ini", "C:\\x.txt"]
    write(tmp_path, "in/a.zip", zip_bytes(dict.fromkeys(names, b"inside")))
    found = found_in(tmp_path / "in")
    assert {each.location.read() for each in found} == {b"inside"}
    assert {each.name for each in found} == {
        "a.zip/../secret.txt",
        "a.zip//etc/passwd",
        "a.zip/../../boot.ini",
        "a.zip/C:/x.txt",
    }


def test_members_of_one_name_are_all_read(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        data = zip_bytes([("a.txt", b"1"), ("a.txt~2", b"2"), ("a.txt", b"3"), ("a.txt", b"4")])
    write(tmp_path, "a.zip", data)
    assert sorted(found.location.read() for found in found_in(tmp_path)) == [b"1", b"2", b"3", b"4"]


# --- names ------------------------------------------------------------------------------------

KE_HOACH = "Kế hoạch số 5.txt"


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (KE_HOACH.encode(), KE_HOACH),
        (unicodedata.normalize("NFD", KE_HOACH).encode(), unicodedata.normalize("NFD", KE_HOACH)),
        (b"K\xea\xec hoa\xf2ch s\xf4\xec 5.txt", KE_HOACH),
        (b"K\xd5 ho\xb9ch s\xe8 5.txt", KE_HOACH),
        (b"caf\x82 r\x82sum\x82.txt", "café résumé.txt"),
        (b"dong 1\ndong 2.txt", "dong 1\\x0adong 2.txt"),
    ],
    ids=["UTF-8", "marks apart", "Windows", "TCVN3", "DOS", "a line break"],
)
def test_names_are_read_in_the_code_they_are_written_in(raw: bytes, name: str, tmp_path: Path) -> None:
    write(tmp_path, "a.zip", zip_of_raw_names([raw]))
    (found,) = found_in(tmp_path)
    assert found.name == f"a.zip/{name}"
    assert found.location.read() == b"0"


@pytest.mark.parametrize("sound", [True, False], ids=["of this name", "of another name"])
def test_the_name_in_the_extra_field_counts_if_it_belongs_to_the_name(sound: bool) -> None:
    info = zipfile.ZipInfo("K? hoach.txt")
    crc = zlib.crc32(b"K? hoach.txt" if sound else b"other")
    field = struct.pack("<BL", 1, crc) + KE_HOACH.encode()
    info.extra = struct.pack("<HH", 0x5455, 1) + b"\1" + struct.pack("<HH", 0x7075, len(field)) + field
    assert archives.member_name(info) == (KE_HOACH if sound else "K? hoach.txt")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.binary(min_size=8, max_size=20), max_size=6), st.booleans())
def test_no_name_loses_a_member_or_stops_the_run(
    tmp_path_factory: pytest.TempPathFactory, names: list[bytes], utf8: bool
) -> None:
    assume(not {b"mimetype", b"[Content_Types].xml"} & set(names))  # they make it an office package
    folder = tmp_path_factory.mktemp("names")
    write(folder, "a.zip", zip_of_raw_names(names, utf8))
    found = found_in(folder)
    if [each.name for each in found] == ["a.zip"]:
        assert found[0].reason is not None
        assert not names or utf8, "only a name that says it is UTF-8 and is not makes an archive broken"
        return
    assert len({each.name for each in found}) == len(names)
    read = [each.location.read() for each in found if each.reason is None]
    assert len(read) == len(set(read))
    told = [each.reason.code for each in found if each.reason]
    assert set(told) <= {"system-file", "broken-file"}, "what is called .zip by chance is broken"


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_damage_anywhere_gives_members_or_a_reason(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    sound = zip_bytes({"a.txt": b"mot hai ba " * 9, "b/c.txt": b"bon", "d.zip": zip_bytes({"e.txt": b"nam"})})
    changed = bytearray(sound)
    for _ in range(data.draw(st.integers(1, 4))):
        changed[data.draw(st.integers(0, len(sound) - 1))] = data.draw(st.integers(0, 255))
    folder = tmp_path_factory.mktemp("damage")
    write(folder, "a.zip", bytes(changed[: data.draw(st.integers(1, len(sound)))]))
    found = found_in(folder)
    assert found, "nothing is lost in silence"
    for each in found:
        try:
            each.location.read()
        except KehoachError as error:
            assert error.remedy


# --- what is refused --------------------------------------------------------------------------


def test_an_encrypted_member_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    write(tmp_path, "a.zip", with_flag(zip_bytes({"a.txt": b"1"}), 0x1))
    write(tmp_path, "b.zip", zip_bytes({"a.txt": b"1"}))
    assert told(tmp_path) == {"a.zip/a.txt": "encrypted-file", "b.zip/a.txt": None}
    assert found_in(tmp_path)[0].failed


def test_an_unknown_method_is_told(tmp_path: Path) -> None:
    data = zip_bytes({"a.txt": b"1"}).replace(b"\x08\x00", b"\x63\x00")
    write(tmp_path, "a.zip", data)
    assert told(tmp_path) == {"a.zip/a.txt": "unknown-compression"}


def test_a_member_beyond_the_limit_is_told(tmp_path: Path) -> None:
    write(tmp_path, "a.zip", zip_bytes({"large.txt": bytes(1001), "small.txt": bytes(1000)}))
    assert told(tmp_path, SMALL) == {"a.zip/large.txt": "too-large", "a.zip/small.txt": None}


def test_a_member_that_unpacks_to_far_more_than_it_is_is_told(tmp_path: Path) -> None:
    write(tmp_path, "a.zip", zip_bytes({"zeros.txt": bytes(11 * 2**20), "a.txt": b"1"}))
    assert told(tmp_path) == {"a.zip/a.txt": None, "a.zip/zeros.txt": "archive-bomb"}


@pytest.mark.parametrize("size", [10, 100_000], ids=["less than there is", "more than there is"])
def test_a_lie_about_the_size_gives_no_more_than_the_limit(size: int, tmp_path: Path) -> None:
    write(tmp_path, "a.zip", with_declared_size(zip_bytes({"a.txt": bytes(50_000)}), size))
    (found,) = found_in(tmp_path)
    with pytest.raises((BrokenFile, TooLarge)):
        found.location.read(SMALL)


def test_what_is_unpacked_stops_at_the_limit_whatever_was_declared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "a.zip", zip_bytes({"a.txt": bytes(5000)}))
    monkeypatch.setattr(archives, "check_member", lambda *_: None)
    monkeypatch.setattr(archives, "_BLOCK", 100)
    taken: list[int] = []
    real = zipfile.ZipExtFile.read
    monkeypatch.setattr(
        zipfile.ZipExtFile,
        "read",
        lambda self, n=-1: taken.append(n) or real(self, n),  # type: ignore[func-returns-value]
    )
    with pytest.raises(TooLarge):
        Location(str(tmp_path / "a.zip"), ("a.txt",)).read(SMALL)
    assert sum(taken) <= 1100


def test_members_that_share_their_bytes_are_refused(tmp_path: Path) -> None:
    members = {f"{n}.txt": b"x" * 100 for n in range(5)}
    write(tmp_path, "a.zip", with_shared_bytes(zip_bytes(members)))
    assert told(tmp_path) == {"a.zip": "archive-bomb"}


@pytest.mark.parametrize("count", [100_001, 3], ids=["as the end record tells", "as they are counted"])
def test_too_many_members_are_refused(count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = zip_bytes({f"{n}.txt": b"1" for n in range(3)})
    if count > 0xFFFF:
        data = long_end(data, count)
    else:
        monkeypatch.setattr(archives, "MAX_MEMBERS", 2)
        data = with_declared_count(data, 1)
    write(tmp_path, "a.zip", data)
    assert told(tmp_path) == {"a.zip": "archive-bomb"}


def long_end(data: bytes, count: int, directory: int = 100) -> bytes:
    """The archive with the end records of ZIP64, which tell these numbers."""
    at = data.rfind(b"PK\x05\x06")
    start, end = data[:at], bytearray(data[at:])
    struct.pack_into("<HHLL", end, 8, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF)
    record = struct.pack("<4sQHHLLQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, count, count, directory, 0)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, len(start), 1)
    return start + record + locator + bytes(end)


def test_a_huge_table_of_contents_is_not_loaded(tmp_path: Path) -> None:
    write(tmp_path, "a.zip", long_end(zip_bytes({"a.txt": b"1"}), 1, 2**40))
    assert told(tmp_path) == {"a.zip": "archive-bomb"}


def test_an_archive_of_the_long_form_is_read(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive, archive.open("a.txt", "w", force_zip64=True) as member:
        member.write(b"1")
    write(tmp_path, "a.zip", buffer.getvalue())
    (found,) = found_in(tmp_path)
    assert found.location.read() == b"1"


def test_members_of_nested_archives_count_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = zip_bytes({f"{n}.txt": b"1" for n in range(10)})
    write(tmp_path, "a.zip", zip_bytes({f"{n}.zip": inner for n in range(3)}))
    monkeypatch.setattr(_Unpacking, "__init__", partialmethod(_Unpacking.__init__, members=24))
    codes = told(tmp_path)
    assert len(codes) == 21
    assert codes["a.zip/2.zip"] == "archive-bomb"


def test_bytes_of_nested_archives_count_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = zip_bytes({f"{n}.txt": bytes(40_000) for n in range(10)})
    write(tmp_path, "a.zip", zip_bytes({f"{n}.zip": inner for n in range(3)}))
    assert set(told(tmp_path).values()) == {None}
    monkeypatch.setattr("pipeline.members.LARGE", 900_000)
    monkeypatch.setattr("pipeline.members.MAX_RATIO", 1)
    codes = told(tmp_path)
    assert codes["a.zip/0.zip/0.txt"] is codes["a.zip/1.zip/0.txt"] is None
    assert codes["a.zip/2.zip"] == "archive-bomb"


def test_a_broken_nested_archive_costs_itself_only(tmp_path: Path) -> None:
    broken = zip_bytes({"x.txt": b"x" * 50})[:40]
    write(tmp_path, "a.zip", zip_bytes({"b.zip": broken, "c.txt": b"c"}))
    assert told(tmp_path) == {"a.zip/b.zip": "broken-file", "a.zip/c.txt": None}


# --- reading ----------------------------------------------------------------------------------


def test_reading_a_member_tells_what_is_wrong(tmp_path: Path) -> None:
    path = write(tmp_path, "a.zip", zip_bytes({"empty.txt": b"", "a.txt": b"1" * 100}, packed=False))
    with pytest.raises(EmptyFile):
        Location(str(path), ("empty.txt",)).read()
    with pytest.raises(UnreadableFile, match="not there"):
        Location(str(path), ("gone.txt",)).read()
    with pytest.raises(UnreadableFile, match="not there"):
        Location(str(tmp_path / "gone.zip"), ("a.txt",)).read()
    path.write_bytes(path.read_bytes().replace(b"1111", b"1211"))
    with pytest.raises(BrokenFile):
        Location(str(path), ("a.txt",)).read()


def test_an_archive_that_was_replaced_is_opened_anew(tmp_path: Path) -> None:
    path = write(tmp_path, "a.zip", zip_bytes({"a.txt": b"old"}))
    location = Location(str(path), ("a.txt",))
    assert location.read() == b"old"
    write(tmp_path, "new.zip", zip_bytes({"a.txt": b"new"})).replace(path)
    assert location.read() == b"new"


def test_many_archives_in_turn_leave_few_open(tmp_path: Path) -> None:
    for n in range(8):
        write(tmp_path, f"{n}.zip", zip_bytes({"a.txt": str(n).encode()}))
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(3):
        assert [f.location.read() for f in found_in(tmp_path)] == [str(n).encode() for n in range(8)]
    assert len(os.listdir("/proc/self/fd")) <= before + 2


def test_a_member_is_gone_when_the_archive_no_longer_has_it(tmp_path: Path) -> None:
    path = write(tmp_path, "a.zip", zip_bytes({"a.txt": b"1"}))
    there, gone = Location(str(path), ("a.txt",)), Location(str(path), ("b.txt",))
    assert there.exists() and not gone.exists()
    path.write_bytes(path.read_bytes()[:30])
    assert there.exists(), "a damaged archive may still hold it"
    path.unlink()
    assert not there.exists()


def test_no_room_to_unpack_is_no_fault_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    write(tmp_path, "a.zip", zip_bytes({"b.zip": zip_bytes({"a.txt": b"1"})}))
    monkeypatch.setattr(archives.tempfile, "SpooledTemporaryFile", full)
    with pytest.raises(StoreError, match="no room"):
        found_in(tmp_path)


def test_a_stamp_changes_with_the_member_only(tmp_path: Path) -> None:
    path = write(tmp_path, "a.zip", zip_bytes({"a.txt": b"1", "b.txt": b"2"}))
    first = {found.name: found.stamp for found in found_in(tmp_path)}
    assert first == {found.name: found.stamp for found in found_in(tmp_path)}
    assert len(set(first.values())) == 2
    info = path.stat()
    path.write_bytes(zip_bytes({"a.txt": b"1", "b.txt": b"3"}))
    os.utime(path, ns=(info.st_atime_ns, info.st_mtime_ns))
    second = {found.name: found.stamp for found in found_in(tmp_path)}
    assert second["a.zip/a.txt"] == first["a.zip/a.txt"]
    assert second["a.zip/b.txt"] != first["a.zip/b.txt"]
    assert all(0 <= (stamp.inode or 0) < 2**63 for stamp in second.values())
