"""Places of records: whole or not at all, here and elsewhere; one worker at a time on a content."""

from __future__ import annotations

import errno
import multiprocessing
import os
import pickle
import signal
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from extractors.plan import Header, Plan
from pipeline import files, remote
from pipeline.errors import MissingTool
from pipeline.places import LocalPlace, Place, RemotePlace, StoreError, place
from pipeline.remote import UnknownAddress
from pipeline.store import ContentKey, Store
from pipeline.versions import Versions
from tests.bad_files import write
from tests.full_disk import largest_file
from tests.storage import s3_server

KEY = ContentKey("ab" * 32, "application/pdf")
PLAN = Plan(header=Header(title="Trồng cây"))
VERSIONS = Versions("1", "2", "3")


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    with s3_server() as address:
        yield address


@pytest.fixture(params=["path", "file", "memory", "s3"])
def where(request: pytest.FixtureRequest, tmp_path: Path, s3: str) -> str:
    own = tmp_path.name
    return {
        "path": str(tmp_path / "d"),
        "file": f"file://{tmp_path}/d",
        "memory": f"memory://kho/{own}",
        "s3": f"{s3}/{own}/",
    }[str(request.param)]


# --- every place ------------------------------------------------------------------------------


def test_what_is_written_is_read_listed_and_deleted(where: str) -> None:
    held: Place = pickle.loads(pickle.dumps(place(where)))
    assert held.read("a/b.json") is None and not held.exists("a/b.json")
    assert list(held.names()) == []
    for name, content in {
        "a/c/d": b"4",
        "a/b.json": b"1",
        "a.b": b"2",
        "Kế hoạch.json": b"",
        "b/x": b"5",
    }.items():
        held.write(name, content)
    held.write("a/b.json", b"new")
    assert held.read("a/b.json") == b"new"
    assert held.read("Kế hoạch.json") == b""
    assert held.exists("a/b.json")
    assert held.read("a") is None and not held.exists("a"), "a folder is no content"
    assert sorted(held.names()) == ["Kế hoạch.json", "a.b", "a/b.json", "a/c/d", "b/x"]
    assert sorted(held.names("a")) == ["a.b", "a/b.json", "a/c/d"]
    assert sorted(held.names("a/")) == ["a/b.json", "a/c/d"]
    assert list(held.names("none/")) == []
    held.delete("a/b.json")
    held.delete("a/b.json")
    assert held.read("a/b.json") is None


def test_a_store_keeps_records_anywhere(where: str) -> None:
    store = pickle.loads(pickle.dumps(Store(where, VERSIONS)))
    assert store.plan(KEY) is None and not store.has("extract", KEY)
    with store.claim(KEY):
        store.keep_plan(KEY, PLAN)
    assert store.plan(KEY) == PLAN and store.has("extract", KEY)
    assert list(store.place.names("extract/")) == [store.name("extract", KEY)]
    store.place.write(store.name("extract", KEY), b"damaged")
    assert store.plan(KEY) is None


def test_kinds_of_places(tmp_path: Path) -> None:
    assert place(tmp_path) == place(f"file://{tmp_path}") == LocalPlace(tmp_path)
    assert place("memory://kho/x") == RemotePlace("memory://kho/x")
    with pytest.raises(UnknownAddress):
        place("s4://kho/x")


def test_a_package_that_is_missing_is_told_before_anything_is_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import fsspec

    def missing(_: str) -> None:
        raise ImportError("Install s3fs to access S3")

    monkeypatch.setattr(fsspec, "get_filesystem_class", missing)
    with pytest.raises(MissingTool, match=r"kehoach\[s3\]"):
        place("s3://kho/x")


# --- faults -----------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS])
@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_write_that_fails_leaves_what_was_there_and_no_half_file(
    call: str, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = LocalPlace(tmp_path)
    held.write("a/b", b"old")

    def broken(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as patch, pytest.raises(StoreError, match=os.strerror(code)):
        patch.setattr(Path if call == "replace" else os, call, broken)
        held.write("a/b", b"new")
    assert held.read("a/b") == b"old"
    assert list(held.scratch.iterdir()) == []
    held.write("a/b", b"new")
    assert held.read("a/b") == b"new"


def test_a_write_that_the_system_cuts_short_leaves_no_half_file(tmp_path: Path) -> None:
    held = LocalPlace(tmp_path)
    with largest_file(1000):
        held.write("a", bytes(1000))
        with pytest.raises(StoreError, match="too large"):
            held.write("a", bytes(5000))
    assert held.read("a") == bytes(1000)
    assert list(held.scratch.iterdir()) == []


def test_a_folder_where_a_content_should_be_is_told(tmp_path: Path) -> None:
    write(tmp_path, "a/b", "x")
    held = LocalPlace(tmp_path)
    with pytest.raises(StoreError, match="cannot be written"):
        held.write("a", b"1")
    with pytest.raises(StoreError, match="cannot be written"):
        held.write("a/b/c", b"1")
    assert held.read("a/b/c") is None


def test_a_storage_out_of_reach_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def out(*_: object, **__: object) -> None:
        raise ConnectionError("no network")

    storage, _ = remote.file_system("memory://x")
    for call in ("cat_file", "pipe_file", "rm_file", "info", "ls"):
        monkeypatch.setattr(type(storage), call, out)
    held = place("memory://x")
    for work in (
        lambda: held.read("a"),
        lambda: held.write("a", b"1"),
        lambda: held.exists("a"),
        lambda: held.delete("a"),
        lambda: list(held.names()),
    ):
        with pytest.raises(StoreError, match=r"memory://x.*no network"):
            work()


def test_an_unreadable_record_counts_as_absent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(tmp_path, VERSIONS)
    store.keep_plan(KEY, PLAN)

    def broken(_: Path) -> bytes:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", broken)
        assert store.plan(KEY) is None
    assert store.plan(KEY) == PLAN


def test_a_new_folder_is_made_as_lasting_as_its_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[Path] = []
    monkeypatch.setattr(files, "sync_folder", synced.append)
    files.write_whole(tmp_path / "a/b/c", b"1", tmp_path / "tmp")
    assert synced == [tmp_path, tmp_path, tmp_path / "a", tmp_path / "a/b"]


def test_readers_see_one_whole_content_or_another(tmp_path: Path) -> None:
    held = LocalPlace(tmp_path)
    held.write("a", b"0" * 200_000)
    writer = multiprocessing.get_context("fork").Process(target=_write_on, args=(tmp_path,))
    writer.start()
    try:
        seen = {held.read("a") for _ in range(200)}
    finally:
        writer.kill()
        writer.join()
    assert seen <= {bytes([digit]) * 200_000 for digit in b"01"}
    assert len(held.read("a") or b"") == 200_000, "a writer that was killed leaves no half content"


def _write_on(folder: Path) -> None:
    while True:
        for digit in b"10":
            LocalPlace(folder).write("a", bytes([digit]) * 200_000)


# --- claims -----------------------------------------------------------------------------------


def _claim(root: Path, told: Connection) -> None:
    """Hold a content until told to let go."""
    with Store(root, VERSIONS).claim(KEY):
        told.send("held")
        told.recv()


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[tuple[multiprocessing.Process, Connection]]:
    """Another process that holds the content."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("fork").Process(target=_claim, args=(tmp_path, there))
    process.start()
    assert here.recv() == "held"
    yield process, here  # type: ignore[misc]
    process.kill()
    process.join()


_SHORT, _LONG = 0.5, 30.0  # seconds: to see that one waits, to see that one does not


def _is_taken(root: Path, patience: float, key: ContentKey = KEY) -> bool:
    """Whether another process can claim the content within that time; it is ended afterwards."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("fork").Process(target=_take, args=(root, key, there))
    process.start()
    taken = here.poll(patience)
    process.kill()
    process.join()
    return taken


def _take(root: Path, key: ContentKey, told: Connection) -> None:
    with Store(root, VERSIONS).claim(key):
        told.send("taken")


def test_a_claim_holds_one_content_alone(
    holder: tuple[multiprocessing.Process, Connection], tmp_path: Path
) -> None:
    assert not _is_taken(tmp_path, _SHORT)
    assert _is_taken(tmp_path, _LONG, ContentKey("cd" * 32, KEY.media_type))


def test_a_claim_is_lost_with_its_process(
    holder: tuple[multiprocessing.Process, Connection], tmp_path: Path
) -> None:
    process, _ = holder
    os.kill(process.pid or 0, signal.SIGKILL)
    process.join()
    with Store(tmp_path, VERSIONS).claim(KEY):
        assert not _is_taken(tmp_path, _SHORT)
    assert not list((tmp_path / "tmp").iterdir())


def _work(root: Path, log: Path) -> None:
    """What a worker does with a content: look for the record, else make it."""
    store = Store(root, VERSIONS)
    with store.claim(KEY):
        if store.plan(KEY) is None:
            with log.open("a") as file:
                file.write("made\n")
            time.sleep(0.02)
            store.keep_plan(KEY, PLAN)


def test_of_many_workers_one_makes_the_record_and_the_others_find_it(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    for _ in range(3):
        log, root = tmp_path / "log", tmp_path / "records"
        workers = [context.Process(target=_work, args=(root, log)) for _ in range(8)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        assert [worker.exitcode for worker in workers] == [0] * 8
    assert log.read_text() == "made\n"
    assert not list((root / "tmp").iterdir())


def _count(root: Path, counter: Path, times: int) -> None:
    """Add to a number, in a way that loses some where two do it at once."""
    store = Store(root, VERSIONS)
    for _ in range(times):
        with store.claim(KEY):
            number = int(counter.read_text())
            time.sleep(0.001)
            counter.write_text(str(number + 1))


def test_never_two_hold_a_content_however_often_it_changes_hands(tmp_path: Path) -> None:
    counter = write(tmp_path, "counter", "0")
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=_count, args=(tmp_path, counter, 25)) for _ in range(6)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert counter.read_text() == "150"


def test_a_claim_without_room_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.open

    def full(path: object, flags: int, *more: int, **others: int) -> int:
        if flags & os.O_CREAT:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(path, flags, *more, **others)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", full)
    with pytest.raises(StoreError, match="No space"), Store(tmp_path, VERSIONS).claim(KEY):
        raise AssertionError("held without a claim")


def test_an_error_in_the_work_lets_the_content_go(tmp_path: Path) -> None:
    store = Store(tmp_path, VERSIONS)
    with pytest.raises(ValueError, match="work"), store.claim(KEY):
        raise ValueError("work")
    assert _is_taken(tmp_path, _LONG)
