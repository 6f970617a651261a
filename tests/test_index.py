"""The index: its notes last whole, and what is asked of it is answered by the rules of the archive."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest

import pipeline.index
from pipeline.found import Found
from pipeline.index import Index
from pipeline.index_views import readings
from pipeline.locations import Location, Stamp
from pipeline.reading import Outcome, Reading
from pipeline.rows import Problem
from pipeline.store import ContentKey
from pipeline.versions import Versions

VERSIONS = Versions("a", "b", "c")
STAMP = Stamp(10, 1000, 1)
LATER = 10**19 // 2  # by the clock that stamps files


def key(digit: str = "0") -> ContentKey:
    return ContentKey(digit * 64, "application/pdf")


def failure(cause: str, digit: str = "0") -> Reading:
    return Reading(key(digit), "failed", Problem("parse", "code", "Message."), cause)  # type: ignore[arg-type]


READ = Reading(key(), "ok")
PARTIAL = Reading(key(), "partial", Problem("ocr", "page-timeout", "Slow.", 7), "resource")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "index.sqlite"


def begun(path: Path, stamp: Stamp = STAMP) -> Index:
    """A run that has found one file."""
    index = Index.open(path)
    index.begin()
    index.see(index.source("x", "x"), Found(Location("/source/a.pdf"), "a.pdf", stamp))
    return index


def note(path: Path, *found: Reading) -> Index:
    """A run for each reading; gives the index in the run after them."""
    for reading in found:
        index = begun(path)
        (pending,) = index.pending(VERSIONS)
        index.note(pending.row, Outcome(reading, LATER), VERSIONS)
        index.close()
    return begun(path)


@pytest.fixture
def in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every note is committed."""
    monkeypatch.setattr(pipeline.index, "_COMMIT_EVERY", -1.0)
    yield


@pytest.mark.parametrize("statement", range(3))
def test_half_a_note_is_no_note(
    statement: int, path: Path, in_a_hurry: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    note(path, READ).close()
    index = begun(path, Stamp(12, 2000, 1))
    (pending,) = index.pending(VERSIONS)
    write, done = Index._write, []

    def killed(self: Index, *arguments: object) -> object:
        if len(done) == statement:
            raise KeyboardInterrupt
        done.append(arguments)
        return write(self, *arguments)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(Index, "_write", killed)
        with pytest.raises(KeyboardInterrupt):
            index.note(pending.row, Outcome(Reading(key("1"), "ok"), LATER), VERSIONS)
    index._db.rollback()
    index._db.close()
    assert begun(path, Stamp(12, 2000, 1)).left(VERSIONS) == (1, 12)


@pytest.mark.parametrize(
    ("found", "left"),
    [
        ([READ], 0),
        ([failure("file")], 0),
        ([failure("environment")] * 3, 1),
        ([failure("resource")], 1),
        ([failure("resource")] * 2, 0),
        ([failure("environment"), failure("resource")], 1),
        ([failure("resource"), failure("environment"), failure("resource")], 1),
        ([PARTIAL], 1),
        ([PARTIAL, PARTIAL], 0),
        ([PARTIAL, failure("resource")], 0),
    ],
    ids=lambda value: "-".join(f"{r.status} {r.cause}" for r in value) if isinstance(value, list) else None,
)
def test_what_is_tried_again(found: list[Reading], left: int, path: Path) -> None:
    assert note(path, *found).left(VERSIONS)[0] == left


def test_what_was_read_in_part_is_not_lost_by_a_second_try(path: Path) -> None:
    index = note(path, PARTIAL, failure("resource"))
    (reading,) = readings(index)
    assert reading.source.status == "partial"


def test_a_failure_by_other_versions_is_told(path: Path) -> None:
    note(path, PARTIAL).close()
    index = begun(path)
    others = dataclasses.replace(VERSIONS, parse="z")
    (pending,) = index.pending(others)
    index.note(pending.row, Outcome(failure("resource"), LATER), others)
    (reading,) = readings(index)
    assert reading.source.status == "failed"


@pytest.mark.parametrize("found", [failure("resource"), failure("environment"), PARTIAL])
def test_what_is_tried_again_is_read_from_its_bytes_with_all_its_time(found: Reading, path: Path) -> None:
    (pending,) = note(path, found).pending(VERSIONS)
    assert (pending.known, pending.settled) == (None, None)


@pytest.mark.parametrize(
    "stamp", [Stamp(2**64 - 1, 1, 1), Stamp(1, 2**80, 1), Stamp(-(2**70), -(2**70), 2**70)]
)
def test_a_stamp_may_be_anything(stamp: Stamp, path: Path) -> None:
    assert begun(path, stamp).left(VERSIONS)[0] == 1


def test_a_source_is_called_by_any_bytes(path: Path) -> None:
    index = Index.open(path)
    first, second = (index.source(f"/{name}", name) for name in ("a\udcff", "a\udcfe"))
    assert first != second == index.source("/a\udcfe", "other")
