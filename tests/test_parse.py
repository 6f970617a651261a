"""The one door to all parsers: dispatch by content, bounded reading, errors with a remedy."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from parsed import assert_sound, prose

from pipeline import errors
from pipeline.errors import (
    BrokenFile,
    EmptyFile,
    EncryptedFile,
    InputError,
    KehoachError,
    NotADocument,
    TooLarge,
    UnknownFormat,
    UnreadableFile,
)
from pipeline.parsers import Limits, parse, parse_bytes, sniff

PLAN = "KẾ HOẠCH\n\nTrồng cây năm 2024"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("data", "name", "media_type"),
    [
        (PLAN.encode(), "a.pdf", sniff.TEXT),
        (f"# {PLAN}".encode(), "a.txt", sniff.MARKDOWN),
        (f"<html><p>{PLAN}</p></html>".encode(), "a.doc", sniff.HTML),
    ],
)
def test_the_content_decides(data: bytes, name: str, media_type: str) -> None:
    document = parse_bytes(data, name)
    assert document.media_type == media_type
    assert "KẾ HOẠCH" in document.text


def test_a_path_as_text_or_path(tmp_path: Path) -> None:
    path = tmp_path / "kế hoạch.txt"
    path.write_text(PLAN, encoding="utf-8")
    assert parse(path) == parse(str(path)) == parse_bytes(PLAN.encode())


NOT_READ: dict[str, tuple[bytes, type[KehoachError], str]] = {
    "no bytes": (b"", EmptyFile, "empty-file"),
    "blanks": (b" \n", EmptyFile, "empty-file"),
    "Word 97 cut short": (OLE + bytes(100), BrokenFile, "broken-file"),
    "a spreadsheet": (OLE + "Workbook".encode("utf-16-le"), NotADocument, "not-a-document"),
    "DOCX behind a password": (OLE + "EncryptedPackage".encode("utf-16-le"), EncryptedFile, "encrypted-file"),
    "an archive named as a document": (b"PK\x05\x06" + bytes(18), NotADocument, "not-a-document"),
    "packed data": (bytes(range(256)) * 8, UnknownFormat, "unknown-format"),
}


@pytest.mark.parametrize(("data", "kind", "code"), NOT_READ.values(), ids=NOT_READ.keys())
def test_what_is_not_read_says_why(data: bytes, kind: type[KehoachError], code: str) -> None:
    with pytest.raises(kind) as caught:
        parse_bytes(data, "a.docx")
    assert type(caught.value) is kind and caught.value.code == code
    assert caught.value.message and caught.value.remedy in str(caught.value)


def test_an_archive_is_no_document() -> None:
    with pytest.raises(NotADocument, match="archive"):
        parse_bytes(b"PK\x05\x06" + bytes(18), "box.bin")


def test_formats_that_are_not_read_are_of_an_unknown_format() -> None:
    assert issubclass(NotADocument, UnknownFormat)


def test_what_cannot_be_opened(tmp_path: Path) -> None:
    for path in (tmp_path / "none.txt", tmp_path, Path("a\0b")):
        with pytest.raises(UnreadableFile):
            parse(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UnreadableFile, match="no regular file"):
        parse(tmp_path / "pipe")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(PLAN)
    path.chmod(0)
    with pytest.raises(UnreadableFile):
        parse(path)


def test_bytes_are_bounded(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"a" * 101)
    for action in (
        lambda: parse(path, limits=Limits(max_bytes=100)),
        lambda: parse_bytes(b"a" * 101, limits=Limits(max_bytes=100)),
    ):
        with pytest.raises(TooLarge, match="101 bytes; max_bytes is 100"):
            action()


def test_one_line_of_fifty_million_characters_is_too_large() -> None:
    with pytest.raises(TooLarge, match="max_text_chars"):
        parse_bytes(b"a " * 25_000_000)


def _all_errors() -> list[type[KehoachError]]:
    return [e for e in vars(errors).values() if isinstance(e, type) and issubclass(e, KehoachError)]


def test_codes_are_distinct_and_remedies_written() -> None:
    kinds = _all_errors()
    assert len({kind.code for kind in kinds}) == len(kinds) >= 12
    for kind in kinds:
        assert kind.summary.endswith(".") and kind.remedy.endswith((".", ")"))


@pytest.mark.parametrize("kind", _all_errors(), ids=lambda kind: kind.__name__)
def test_errors_cross_processes(kind: type[KehoachError]) -> None:
    error = kind("Trang hỏng.", page=3)
    copy = pickle.loads(pickle.dumps(error))
    assert (type(copy), copy.message, copy.page) == (kind, "Trang hỏng.", 3)
    assert str(copy) == f"Trang hỏng. (page 3) {kind.remedy}"
    assert kind().message == kind.summary


def test_input_errors_are_told_from_those_of_the_house() -> None:
    assert not issubclass(errors.MissingTool, InputError)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda t: t.encode("utf-8", "ignore"))))
def test_any_bytes_give_a_document_or_an_error_with_a_code(data: bytes) -> None:
    try:
        assert_sound(parse_bytes(data, "a"))
    except KehoachError as error:
        assert error.code != KehoachError.code


def test_nothing_is_read_twice_or_lost_between_formats() -> None:
    page = f"<html><p>KẾ HOẠCH</p><p>Trồng cây năm 2024</p></html>"  # noqa: F541
    assert prose(parse_bytes(page.encode())) == prose(parse_bytes(PLAN.encode()))
