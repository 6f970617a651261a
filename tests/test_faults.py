"""Whatever breaks a run off, the next one goes on: the tables are those of a run without faults."""

from __future__ import annotations

import errno
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

import pipeline.index_file
from extractors.document import Document
from pipeline.building import MissingRecords
from pipeline.cli import main
from pipeline.engines import EngineName
from pipeline.events import Watchers
from pipeline.folder import INDEX, RECORDS
from pipeline.index import Index
from pipeline.index_file import DamagedIndex
from pipeline.ingestion import Options, ingest, prune, rebuild, retry
from pipeline.manifest import Manifest
from pipeline.parsers.limits import Limits
from pipeline.store import StoreError
from pipeline.usage import DatasetBusy
from pipeline.versions import Versions
from tests.bad_files import plan_text, write
from tests.faults.archive import LONG_AGO, Archive, codes, dated, leftovers, parts, plan, plans, rows, states
from tests.faults.runs import Run, start
from tests.faults.steps import forbidden_under, full_for, in_a_fork, killed_at
from tests.faults.work import TrappedWork, stand_in
from tests.watching import all_gone, descendants, wait_for

_MIB = 1 << 20


@pytest.fixture
def archive(monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    """An empty archive whose files are read by the quick stand-in, here and in worker processes."""
    memory = Path("/dev/shm")  # thousands of fsyncs take minutes on a disk
    with TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as folder:
        yield _archive(Path(folder), monkeypatch)


def _archive(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Archive:
    made = Archive(folder)
    made.source.mkdir()
    monkeypatch.setattr("pipeline.versions.stage_version", lambda stage: f"test-{stage}")
    monkeypatch.setattr("pipeline.ingestion.ReadWork", lambda: TrappedWork(made.traps))
    monkeypatch.setattr("pipeline.reading.parse_bytes", None)  # set and taken back by the stand-in
    monkeypatch.setitem(__import__("sys").modules, "extractors.extraction", None)
    stand_in(made.traps)
    return made


# --- SIGKILL of the main process ----------------------------------------------------------------

_SEED = 20240305
_KILLS = 20
# From which line of the log on, and within how many seconds, a run is killed.
_MOMENTS = (("run", None, 0.1), ("phase", "reading", 2.0), ("phase", "building tables", 0.3))


def _delayed(run: Run, event: str, name: str | None, seconds: float) -> None:
    """Wait so long after a line of a run's log."""
    if run.wait_until(event, name):
        time.sleep(seconds)


def test_killed_at_twenty_moments_the_last_run_ends_as_if_nothing_had_been(archive: Archive) -> None:
    chance = random.Random(_SEED)
    plans(archive.source, 40, "slow")
    archive.arm("slow")
    kills = Counter[str]()
    while kills.total() < _KILLS:
        event, name, most = _MOMENTS[kills.total() * len(_MOMENTS) // _KILLS]
        plan(archive.source, f"mới {chance.random()}.txt")  # so that there is always something to do
        run = start(archive, str(kills.total()))
        _delayed(run, event, name, chance.uniform(0, most))
        assert all_gone(run.kill()), "no process stays"
        kills[name or event] += run.process.returncode == -signal.SIGKILL
    status, told = start(archive, "last").end()
    assert (status, leftovers(archive.dataset)) == (0, []), told
    assert parts(archive.dataset) == archive.clean()


def test_killed_at_any_step_of_the_first_run_the_next_heals_it(archive: Archive) -> None:
    plans(archive.source, 3)
    clean = archive.clean()
    steps = _killed_at_steps(archive, clean, every=11)
    assert steps > 100, "the last step killed nothing"


def test_killed_at_any_step_of_a_later_run_a_reader_sees_old_or_new(archive: Archive) -> None:
    plans(archive.source, 3)
    archive.ingest()
    before = parts(archive.dataset)
    plan(archive.source, "new.txt")
    after = archive.clean()
    _killed_at_steps(archive, after, every=9, readable=(before, after))


def _killed_at_steps(
    archive: Archive,
    clean: dict[str, bytes],
    every: int,
    readable: tuple[dict[str, bytes], ...] | None = None,
) -> int:
    """Kill a run at each `every`th step, each time from the same state; the steps that it took."""
    kept = archive.folder / "kept"
    if archive.dataset.exists():
        shutil.copytree(archive.dataset, kept, symlinks=True)
    step = 0
    while in_a_fork(archive.ingest, killed_at(step)) == -signal.SIGKILL:
        if readable is not None:
            assert parts(archive.dataset) in readable, step
        archive.ingest()
        assert parts(archive.dataset) == clean, step
        assert leftovers(archive.dataset) == [], step
        assert (archive.dataset / "report.html").exists(), step
        shutil.rmtree(archive.dataset)
        if kept.exists():
            shutil.copytree(kept, archive.dataset, symlinks=True)
        step += every
    return step


# --- workers --------------------------------------------------------------------------------------


def test_a_worker_that_is_killed_costs_nothing(archive: Archive) -> None:
    plans(archive.source, 12)
    plan(archive.source, "x.txt", "killed-once")
    clean = archive.clean()
    trap = archive.arm("killed-once")
    summary = archive.ingest(Options("processes", 2))
    assert not trap.exists(), "nobody was killed"
    assert (summary.files, parts(archive.dataset)) == ({"read": 13}, clean)


FAULTS = {
    "segfault": ("failed", "process-died", "SIGSEGV"),
    "hang": ("timeout", "timeout", "no answer within 2 s"),
    "memory": ("failed", "out-of-memory", "MiB"),
    "killed": ("failed", "process-died", "SIGKILL"),
}


@pytest.mark.parametrize("trap", FAULTS)
def test_a_document_that_breaks_its_worker_is_tried_twice_then_left_alone(
    trap: str, archive: Archive
) -> None:
    plans(archive.source, 3)
    bad = plan(archive.source, "bad.txt", trap)
    clean = archive.clean()
    armed = archive.arm(trap)
    limits = Limits(max_seconds=2 if trap == "hang" else 60, max_page_seconds=0)
    options = Options("processes", 1, memory_limit=500 * _MIB, limits=limits)
    state, code, detail = FAULTS[trap]

    summary = archive.ingest(options)
    assert summary.files == {state: 1, "read": 3}
    assert (states(archive.dataset)["bad.txt"], codes(archive.dataset)["bad.txt"]) == (state, code)
    assert detail in str(summary.problems[0].message)
    assert archive.ingest(options).files == {"quarantined": 1, "read": 3}

    told = _Told()
    again = ingest(archive.source, archive.dataset, options=options, watcher=told)
    assert (again.files, told.read) == ({"quarantined": 1, "read": 3}, [])
    dated(bad, LONG_AGO + 5)
    touched = ingest(archive.source, archive.dataset, options=options, watcher=told)
    assert (touched.files, told.read) == ({"quarantined": 1, "read": 3}, [("bad.txt", "known")])

    armed.unlink()
    dated(bad)
    archive.ingest(options)
    assert states(archive.dataset)["bad.txt"] == "quarantined", "nobody asked for it yet"
    assert retry(archive.dataset, options=options).all_read
    assert parts(archive.dataset) == clean


class _Told(Watchers):
    """What a run was done with, and what it does when a phase begins."""

    def __init__(self, at: str = "", act: Callable[[], object] = lambda: None) -> None:
        super().__init__()
        self.read: list[tuple[str, str]] = []
        self.built_parts = 0
        self._at, self._act = at, act

    def phase(self, name: str) -> None:
        if name == self._at:
            self._act()

    def done(self, event: object) -> None:
        self.read.append((event.path, event.state))  # type: ignore[attr-defined]

    def built(self, part: str, done: int, total: int) -> None:
        self.built_parts = done


def test_copies_of_a_document_that_hangs_are_one_failure_a_run(archive: Archive) -> None:
    for name in ("a.txt", "b.txt"):
        dated(write(archive.source, name, plan_text() + "bẫy: no-memory"))
    archive.arm("no-memory")
    assert archive.ingest().files == {"failed": 2}
    assert archive.ingest().files == {"quarantined": 2}


# --- the disk -------------------------------------------------------------------------------------


@contextmanager
def small_disk(folder: Path, mib: float) -> Iterator[Callable[[float], None]]:
    """A file system of its own, and how to let it have another size."""
    folder.mkdir()

    def mount(*how: str, size: float) -> None:
        options = f"{','.join((*how, f'size={int(size * 1024)}k'))}"
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], capture_output=True)
        if done.returncode:
            pytest.skip(f"no file system can be mounted here: {done.stderr.decode().strip()}")

    mount(size=mib)
    try:
        yield lambda size: mount("remount", size=size)
    finally:
        subprocess.run(["umount", folder], check=True)


def _used(disk: Path) -> float:
    info = os.statvfs(disk)
    return (info.f_blocks - info.f_bfree) * info.f_frsize / _MIB


@pytest.mark.parametrize("room", [0, 0.03, 0.1, 0.2, 0.3])
def test_a_disk_that_fills_up_leaves_the_old_tables_and_ends_with_a_word(
    room: float, archive: Archive, capsys: pytest.CaptureFixture[str]
) -> None:
    plans(archive.source, 4)
    with small_disk(archive.dataset.parent / "disk", 50) as resize:
        disk = archive.dataset.parent / "disk"
        dataset = disk / "dataset"
        ingest(archive.source, dataset)
        before = parts(dataset)
        plans(archive.source, 12)
        resize(_used(disk) + room)
        arguments = ["ingest", str(archive.source), "--out", str(dataset), "--engine", "serial"]
        status, told = main(arguments), capsys.readouterr().err
        assert status == 1
        assert str(disk) in told and ("No space left" in told or "full" in told) and "Check the disk" in told
        assert parts(dataset) == before
        resize(50)
        assert main(arguments) == 0
        assert parts(dataset) == archive.clean()
        assert leftovers(dataset) == []


@pytest.mark.parametrize(
    "place", [".parquet", "manifest.json", ".sources", ".history", "records/tmp", "report.html"]
)
def test_no_room_for_one_kind_of_file(place: str, archive: Archive) -> None:
    plans(archive.source, 3)
    archive.ingest()
    before = parts(archive.dataset)
    plan(archive.source, "new.txt")
    clean = archive.clean()

    def attempt() -> None:
        with pytest.raises(StoreError, match="No space left"):
            archive.ingest()

    assert in_a_fork(attempt, full_for(place)) == 0
    assert parts(archive.dataset) == (clean if place == "report.html" else before)
    archive.ingest()
    assert parts(archive.dataset) == clean
    assert leftovers(archive.dataset) == []


def test_no_room_for_the_index(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    plans(archive.source, 3)
    archive.ingest()
    before = parts(archive.dataset)
    plans(archive.source, 60)
    connected = pipeline.index_file._connected

    def small(path: Path, mode: str) -> sqlite3.Connection:
        connection = connected(path, mode)
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
        return connection

    with monkeypatch.context() as patch, pytest.raises(StoreError, match="full"):
        patch.setattr("pipeline.index_file._connected", small)
        archive.ingest()
    assert parts(archive.dataset) == before
    assert archive.ingest().files == {"read": 60}
    assert parts(archive.dataset) == archive.clean()


def test_nothing_is_written_into_the_source(archive: Archive) -> None:
    plans(archive.source, 3)
    shutil.make_archive(str(archive.source / "hộp"), "zip", archive.source)
    held = {path: path.stat() for path in archive.source.rglob("*")}
    for path in [*held, archive.source]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        assert in_a_fork(archive.ingest, forbidden_under(archive.source)) == 0
        now = {path: path.stat() for path in archive.source.rglob("*")}
        assert [(s.st_mtime_ns, s.st_size, s.st_ino) for s in now.values()] == [
            (s.st_mtime_ns, s.st_size, s.st_ino) for s in held.values()
        ]
    finally:
        for path in [archive.source, *held]:
            path.chmod(0o755)
    assert states(archive.dataset).keys() >= {"hộp 0/000.txt", "hộp.zip/hộp 0/000.txt"}


# --- clocks ---------------------------------------------------------------------------------------

_YEAR_2100 = 4_102_444_800


@pytest.mark.parametrize("now", [0, LONG_AGO - 3_600, _YEAR_2100 + 1], ids=["1970", "set back", "2100"])
def test_a_clock_that_is_wrong_hides_no_change(
    now: int, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan(archive.source, "usual.txt")
    plan(archive.source, "epoch.txt", mtime=0)
    plan(archive.source, "future.txt", mtime=_YEAR_2100)
    archive.ingest()
    with monkeypatch.context() as patch:
        patch.setattr("time.time_ns", lambda: now * 10**9)
        assert archive.ingest().version == 1, "nothing has changed"
        for name in ("usual.txt", "epoch.txt", "future.txt"):
            dated(write(archive.source, name, plan_text(f"Khác {name}")), now)
        archive.ingest()
    assert parts(archive.dataset) == archive.clean()


@pytest.mark.parametrize("clock", [time.time, lambda: _YEAR_2100], ids=["just now", "in the future"])
def test_a_file_changed_within_the_tick_of_its_stamp_is_seen(
    clock: Callable[[], float], archive: Archive
) -> None:
    mtime = clock()
    path = plan(archive.source, "a.txt", mtime=mtime)
    archive.ingest()
    dated(write(archive.source, "a.txt", path.read_text().replace("Việc a", "Việc b")), mtime)
    archive.ingest()
    assert parts(archive.dataset) == archive.clean()


# --- two runs at once -----------------------------------------------------------------------------


def test_a_second_run_is_refused_or_waits_and_the_lock_dies_with_its_process(archive: Archive) -> None:
    plans(archive.source, 3, "hang")
    armed = archive.arm("hang")
    first = start(archive, "first")
    assert first.wait_until("phase", "reading")
    status, told = start(archive, "second").end()
    assert status == 2
    assert "Another run (process" in told and "Traceback" not in told
    with pytest.raises(DatasetBusy):
        rebuild(archive.dataset)
    waiting = start(archive, "third", "--wait")
    assert waiting.wait_until("run")
    armed.unlink()
    assert all_gone(first.kill())
    assert waiting.end()[0] == 0
    assert parts(archive.dataset) == archive.clean()


# --- interrupted ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "group", "status"),
    [(signal.SIGINT, True, 130), (signal.SIGINT, False, 130), (signal.SIGTERM, False, 143)],
    ids=["Ctrl-C", "SIGINT to the main process", "SIGTERM"],
)
def test_an_interrupted_run_sums_up_and_the_next_goes_on(
    kind: signal.Signals, group: bool, status: int, archive: Archive
) -> None:
    plans(archive.source, 8)
    plan(archive.source, "hộp 0/hangs.txt", "hang")
    armed = archive.arm("hang")
    run = start(archive, "first")
    wait_for(lambda: len(run.read()) == 8)
    family = run.family()
    ended, told = run.interrupt(kind, group=group)
    assert ended == status
    assert "8 files and 8 pages" in told and "broken off: 1 file left to read" in told
    assert "Interrupted while reading. Run it again" in told and "Traceback" not in told
    assert all_gone(family)
    armed.unlink()
    again = start(archive, "again")
    assert again.end()[0] == 0
    assert again.read() == ["hộp 0/hangs.txt"], "what was done is not done again"
    assert parts(archive.dataset) == archive.clean()


@pytest.mark.parametrize("phase", ["looking for files", "building tables", "writing the report"])
def test_a_run_may_be_interrupted_in_every_phase(phase: str, archive: Archive) -> None:
    plans(archive.source, 4)
    archive.ingest()
    before = parts(archive.dataset)
    plan(archive.source, "new.txt")

    def interrupt() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingest(archive.source, archive.dataset, watcher=_Told(phase, interrupt))
    if phase != "writing the report":
        assert parts(archive.dataset) == before
    told = _Told()
    ingest(archive.source, archive.dataset, watcher=told)
    assert told.read == ([("new.txt", "read")] if phase == "looking for files" else [])
    assert parts(archive.dataset) == archive.clean()
    assert leftovers(archive.dataset) == []


def test_an_interrupted_build_ends_the_processes_that_write_its_parts(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Interrupts(_Told):
        def built(self, part: str, done: int, total: int) -> None:
            raise KeyboardInterrupt

    plans(archive.source, 4)
    monkeypatch.setattr("pipeline.building.FEW", 0)
    before = descendants()
    with pytest.raises(KeyboardInterrupt) as held:
        ingest(archive.source, archive.dataset, options=Options("processes", 2), watcher=Interrupts())
    assert descendants() == before, held  # its traceback holds all that nobody has closed
    assert leftovers(archive.dataset) == []


# --- damage ---------------------------------------------------------------------------------------


def _records(dataset: Path, stage: str) -> list[Path]:
    return sorted((dataset / RECORDS / stage).rglob("*.gz"))


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _scribble(path: Path) -> None:
    """Noise over all of an index but its head, which says that it is an index, and of which format."""
    data, head = path.read_bytes(), 3 * 4096
    path.write_bytes(data[:head] + bytes(range(256)) * ((len(data) - head) // 256))


def _fill(path: Path) -> None:
    path.write_bytes(b"not what it was")


DAMAGE: dict[str, Callable[[Path], None]] = {
    "a parse record is cut": lambda dataset: _cut(_records(dataset, "parse")[0]),
    "a parse record is gone": lambda dataset: _records(dataset, "parse")[0].unlink(),
    "an extract record is cut": lambda dataset: _cut(_records(dataset, "extract")[1]),
    "an extract record is gone": lambda dataset: _records(dataset, "extract")[1].unlink(),
    "all records are gone": lambda dataset: shutil.rmtree(dataset / RECORDS),
    "the index is gone": lambda dataset: (dataset / INDEX).unlink(),
    "the index is empty": lambda dataset: (dataset / INDEX).write_bytes(b""),
    "the index is cut": lambda dataset: _cut(dataset / INDEX),
    "the index is noise": lambda dataset: _fill(dataset / INDEX),
    "the index is noise behind its head": lambda dataset: _scribble(dataset / INDEX),
    "a part is gone": lambda dataset: next((dataset / "tasks").iterdir()).unlink(),
    "a part is cut": lambda dataset: _cut(next((dataset / "tasks").iterdir())),
    "a table is gone": lambda dataset: (dataset / "tasks").unlink(),
    "the manifest is noise": lambda dataset: _fill(dataset / "manifest.json"),
    "the builds are gone": lambda dataset: shutil.rmtree(dataset / ".builds"),
    "the link to the tables is gone": lambda dataset: (dataset / ".current").unlink(),
}


@pytest.mark.parametrize("what", DAMAGE)
def test_what_is_damaged_is_made_anew(what: str, archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    plans(archive.source, 5)
    archive.ingest()
    before = parts(archive.dataset)
    DAMAGE[what](archive.dataset)
    if "record" in what:  # which are asked for where the tables are built otherwise
        monkeypatch.setattr("pipeline.building.build_version", lambda: "other")
    archive.ingest()
    assert parts(archive.dataset) == before


@pytest.mark.parametrize("what", [what for what in DAMAGE if "index" not in what])
def test_what_is_damaged_is_not_taken_over(what: str, archive: Archive) -> None:
    plans(archive.source, 5)
    archive.ingest()
    DAMAGE[what](archive.dataset)
    plan(archive.source, "new.txt")
    archive.ingest()
    assert parts(archive.dataset) == archive.clean()


@pytest.mark.parametrize("what", ["an extract record is cut", "all records are gone"])
def test_a_build_without_records_tells_which_are_missing(
    what: str, archive: Archive, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    plans(archive.source, 5)
    archive.ingest()
    before = parts(archive.dataset)
    DAMAGE[what](archive.dataset)
    monkeypatch.setattr("pipeline.building.build_version", lambda: "other")
    with pytest.raises(MissingRecords):
        rebuild(archive.dataset)
    assert main(["build", str(archive.dataset)]) == 1
    assert "Run kehoach ingest again" in capsys.readouterr().err
    assert parts(archive.dataset) == before
    archive.ingest()
    assert parts(archive.dataset) == before


@pytest.mark.parametrize("act", [rebuild, prune, retry])
@pytest.mark.parametrize("what", ["the index is gone", "the index is noise behind its head"])
def test_without_its_index_a_dataset_is_not_emptied(
    what: str, act: Callable[[Path], object], archive: Archive
) -> None:
    plans(archive.source, 3)
    archive.ingest()
    before, records = parts(archive.dataset), _records(archive.dataset, "parse")
    DAMAGE[what](archive.dataset)
    with pytest.raises(DamagedIndex, match="kehoach ingest"):
        act(archive.dataset)
    assert parts(archive.dataset) == before
    assert _records(archive.dataset, "parse") == records
    summary = archive.ingest()
    assert summary.is_anew
    assert parts(archive.dataset) == before


def test_a_document_without_file_and_records_is_told(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans(archive.source, 3)
    plan(archive.source, "x.txt")
    archive.ingest()
    (archive.source / "x.txt").unlink()
    shutil.rmtree(archive.dataset / RECORDS)
    monkeypatch.setattr("pipeline.building.build_version", lambda: "other")
    archive.ingest()
    assert states(archive.dataset)["x.txt"] == "gone"
    (lost,) = [row for row in rows(archive.dataset, "documents") if row["status"] == "failed"]
    assert lost["path"] == "x.txt"
    assert {row["code"] for row in rows(archive.dataset, "diagnostics") if row["severity"] == "error"} == {
        "missing-records"
    }
    plan(archive.source, "x.txt")
    archive.ingest()
    assert parts(archive.dataset) == archive.clean()


def test_the_state_is_told_after_a_run_was_killed_in_the_middle_of_a_note(
    archive: Archive, capsys: pytest.CaptureFixture[str]
) -> None:
    plans(archive.source, 3)
    archive.ingest()
    plan(archive.source, "new.txt")

    def killed() -> None:
        ingest(
            archive.source,
            archive.dataset,
            watcher=_Told("reading", lambda: os.kill(os.getpid(), signal.SIGKILL)),
        )

    def torn() -> None:
        connection = sqlite3.connect(archive.dataset / INDEX)
        connection.execute("PRAGMA cache_size = 1")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE paths SET name = name || hex(zeroblob(4000))")
        os.kill(os.getpid(), signal.SIGKILL)

    assert in_a_fork(killed, lambda _: None) == -signal.SIGKILL
    assert in_a_fork(torn, lambda _: None) == -signal.SIGKILL
    assert (archive.dataset / f"{INDEX}-journal").exists()
    assert main(["status", str(archive.dataset)]) == 0
    assert "3 read, 1 waiting" in capsys.readouterr().out


def test_a_damaged_record_does_not_shorten_the_time_of_the_next_try(archive: Archive) -> None:
    plan(archive.source, "a.txt", "no-memory")
    archive.ingest()
    (record,) = _records(archive.dataset, "parse")
    _cut(record)
    _records(archive.dataset, "extract")[0].unlink()
    trap = archive.arm("no-memory")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipeline.building.build_version", lambda: "other")
        assert archive.ingest().files == {"failed": 1}
    with closing(Index.look(archive.dataset / INDEX)) as index:
        (pending,) = index.pending(Versions.current())
    assert pending.known is None, "its time is that of a file which is read for the first time"
    trap.unlink()
    archive.ingest()
    assert parts(archive.dataset) == archive.clean()


# --- what the machine lacks -----------------------------------------------------------------------


class _NoMatrix(Exception):
    """An error of OpenCV, which has its own for want of memory."""

    code = -4


_NoMatrix.__module__ = "cv2"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "out-of-room"),
        (BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable"), "out-of-room"),
        (OSError(errno.EMFILE, "Too many open files"), "out-of-room"),
        (MemoryError(), "out-of-memory"),
        (_NoMatrix("insufficient memory"), "out-of-memory"),
    ],
    ids=lambda value: str(value),
)
def test_what_the_machine_lacked_is_no_answer(error: Exception, code: str, archive: Archive) -> None:
    plans(archive.source, 2)

    def lacking(*_: object, **__: object) -> Document:
        raise error

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tests.faults.work._parse", lacking)
        assert archive.ingest().files == {"failed": 2}
        assert set(codes(archive.dataset).values()) == {code}
    assert archive.ingest().files == {"read": 2}
    assert parts(archive.dataset) == archive.clean()


def test_equal_tables_of_other_versions_are_told_of_and_not_built_again(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans(archive.source, 3)
    archive.ingest()
    before = Manifest.current(archive.dataset)
    monkeypatch.setattr("pipeline.building.build_version", lambda: "other")
    monkeypatch.setattr("pipeline.building.made_with", lambda: {"rules": "other"})
    archive.ingest()
    after = Manifest.current(archive.dataset)
    assert before is not None
    assert after is not None
    assert (after.version, after.parts) == (before.version, before.parts)
    assert after.made_with == {"rules": "other"}
    told = _Told()
    ingest(archive.source, archive.dataset, watcher=told)
    assert told.built_parts == 0


# --- files that do not stay -----------------------------------------------------------------------


def test_a_file_that_changes_between_finding_and_reading_is_read_again(archive: Archive) -> None:
    plans(archive.source, 3)
    plan(archive.source, "a.txt")

    def change() -> None:
        dated(write(archive.source, "a.txt", plan_text("Khác hẳn")), LONG_AGO + 10)

    ingest(archive.source, archive.dataset, watcher=_Told("reading", change))
    told = _Told()
    ingest(archive.source, archive.dataset, watcher=told)
    assert told.read == [("a.txt", "known")]
    assert parts(archive.dataset) == archive.clean()


def test_a_file_that_changes_while_it_is_read_is_read_again(archive: Archive) -> None:
    path = plan(archive.source, "a.txt")
    archive.ingest()
    shutil.rmtree(archive.dataset / RECORDS)  # so that its bytes are asked for, though its stamp is known

    def change() -> None:
        dated(write(archive.source, "a.txt", path.read_text().replace("Việc a", "Việc b")))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipeline.building.build_version", lambda: "other")
        ingest(archive.source, archive.dataset, watcher=_Told("reading", change))
        assert parts(archive.dataset) == archive.clean()


def test_a_file_that_vanishes_between_finding_and_reading_is_told_and_then_gone(archive: Archive) -> None:
    plans(archive.source, 3)
    path = plan(archive.source, "a.txt")
    summary = ingest(archive.source, archive.dataset, watcher=_Told("reading", path.unlink))
    assert summary.files == {"failed": 1, "read": 3}
    assert codes(archive.dataset)["a.txt"] == "unreadable-file"
    assert archive.ingest().files == {"gone": 1, "read": 3}
    plan(archive.source, "a.txt")
    archive.ingest()
    assert parts(archive.dataset) == archive.clean()


# --- engines --------------------------------------------------------------------------------------

ENGINES: list[tuple[EngineName, int]] = [("processes", 2), ("dask", 2)]


@pytest.mark.parametrize(("engine", "jobs"), ENGINES, ids=lambda value: str(value))
def test_engine_and_number_of_workers_do_not_change_a_byte(
    engine: EngineName, jobs: int, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    if engine == "dask":
        pytest.importorskip("distributed")
    plans(archive.source, 10)
    shutil.copy(archive.source / "hộp 0/000.txt", archive.source / "copy.txt")
    dated(archive.source / "copy.txt")
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.building.FEW", 0)  # buckets are built by the engine, too
        archive.ingest(Options(engine, jobs))
    assert parts(archive.dataset) == archive.clean()


def test_a_scheduler_that_is_lost_in_the_middle_leaves_what_was_done(
    archive: Archive, tmp_path: Path
) -> None:
    pytest.importorskip("distributed")
    from pipeline.engines.dask import SchedulerLost
    from tests.test_engines_dask import cluster

    plans(archive.source, 12, "slow")
    archive.arm("slow")
    with cluster(tmp_path, workers=1) as machines:

        class Watch(_Told):
            def done(self, event: object) -> None:
                super().done(event)
                if len(self.read) == 3:
                    machines.scheduler.kill()

        told = Watch()
        with pytest.raises(SchedulerLost):
            ingest(
                archive.source,
                archive.dataset,
                options=Options("dask", scheduler=machines.address),
                watcher=told,
            )
    again = _Told()
    ingest(archive.source, archive.dataset, options=Options("processes", 2), watcher=again)
    assert not set(told.read) & set(again.read), "what was done is not done again"
    assert parts(archive.dataset) == archive.clean()
