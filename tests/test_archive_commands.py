"""The commands that keep an archive: wrong patterns, broken archives, Ctrl-C, two runs."""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import fsspec
import pytest

from pipeline.cli import main, parser
from pipeline.dataset import open_dataset
from pipeline.folder import CURRENT, HISTORY, INDEX, LOCK
from pipeline.ingestion import ingest, prune, rebuild
from pipeline.manifest import Change, DamagedManifest, Manifest, changes
from pipeline.status import status
from pipeline.workspace import looked_at
from tests.bad_files import write
from tests.faults.archive import Archive, codes, parts, plan, plans, states
from tests.faults.work import quick_extract
from tests.stubs import use_extract
from tests.zips import with_flag, zip_bytes

SERIAL = ("--engine", "serial")


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Archive:
    """An empty archive, read here and by a quick stand-in for the extractors."""
    use_extract(monkeypatch, quick_extract)
    made = Archive(tmp_path)
    made.source.mkdir()
    return made


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Status, stdout and stderr of a call."""
    ended = main([str(argument) for argument in arguments])
    told = capsys.readouterr()
    return ended, told.out, told.err


def ingested(archive: Archive, capsys: pytest.CaptureFixture[str], *more: object) -> tuple[int, str, str]:
    return run(capsys, "ingest", archive.source, "--out", archive.dataset, *SERIAL, *more)


# --- sources that name nothing --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sources", "lines", "named"),
    [
        (["{}/*.docx"], None, "/*.docx"),
        (["{}", "{}/**/*.docx"], None, "/**/*.docx"),
        (["{}/box.zip/*.docx"], None, "/box.zip/*.docx"),
        (["{}"], "", "names no file"),
        (["{}"], "none.txt\n../a.txt\n", "none.txt"),
    ],
)
@pytest.mark.parametrize("existing", [True, False])
def test_what_names_no_file_is_refused_before_anything_is_written(
    existing: bool,
    sources: Sequence[str],
    lines: str | None,
    named: str,
    archive: Archive,
    capsys: pytest.CaptureFixture[str],
) -> None:
    plan(archive.source, "a.txt")
    write(archive.source, "box.zip", zip_bytes({"b.txt": b"1"}))
    if existing:
        archive.ingest()
    before = parts(archive.dataset) if existing else None
    chosen = [] if lines is None else ["--from-list", write(archive.folder, "list", lines)]
    given = [source.format(archive.source) for source in sources]
    ended, out, err = run(capsys, "ingest", *given, *chosen, "--out", archive.dataset, *SERIAL)
    assert (ended, out, err.count("\n")) == (2, "", 1)
    assert named in err and "Traceback" not in err
    assert (parts(archive.dataset) if existing else archive.dataset.exists() or None) == before


def test_a_folder_may_be_empty_or_empty_by_now(archive: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    assert ingested(archive, capsys)[0] == 0
    plan(archive.source, "a.txt")
    assert ingested(archive, capsys)[0] == 0
    (archive.source / "a.txt").unlink()
    assert ingested(archive, capsys)[0] == 0
    assert states(archive.dataset) == {"a.txt": "gone"}


# --- what cannot be opened ------------------------------------------------------------------------

_PLAN = "KẾ HOẠCH\nTrồng cây\n".encode()
_DEEP = zip_bytes({"in.zip": zip_bytes({"deep.zip": zip_bytes({"a.txt": _PLAN})})})
REFUSED = {
    "broken-file": (zip_bytes({"a.txt": _PLAN})[:40], "box.zip"),
    "encrypted-file": (with_flag(zip_bytes({"a.txt": _PLAN}), 1), "box.zip/a.txt"),
    "archive-bomb": (zip_bytes({"a.txt": bytes(40_000_000)}), "box.zip/a.txt"),
    "nested-too-deep": (_DEEP, "box.zip/in.zip/deep.zip"),
}


@pytest.mark.parametrize("code", REFUSED)
def test_an_archive_that_cannot_be_opened_is_told_by_every_run_and_opened_again_by_retry(
    code: str, archive: Archive, capsys: pytest.CaptureFixture[str]
) -> None:
    content, named = REFUSED[code]
    plan(archive.source, "ok.txt")
    write(archive.source, "hộp/box.zip", content)
    log = archive.folder / "log.jsonl"
    for command in (
        ("ingest", archive.source, "--out", archive.dataset, "--log", log),
        ("ingest", archive.source, "--out", archive.dataset),
        ("retry", archive.dataset, "--failed"),
    ):
        ended, _, err = run(capsys, *command, *SERIAL)
        assert ended == 1
        assert (
            "1 file not read" in err and code in err and f"hộp/{named}" in err and "earlier runs" not in err
        )
    logged = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert [line["code"] for line in logged if line["event"] == "file"] == [code, None]
    assert [line["files"] for line in logged if line["event"] in ("begin", "summary")] == [2, 2]
    assert f"hộp/{named}" in run(capsys, "status", archive.dataset)[1]
    write(archive.source, "hộp/box.zip", zip_bytes({"b.txt": _PLAN, "c.txt": _PLAN + b"x"}))
    ended, _, err = run(capsys, "retry", archive.dataset, "--failed", *SERIAL)
    assert (ended, "not read" in err) == (0, False)
    if code == "broken-file":
        assert parts(archive.dataset) == archive.clean()


def test_a_retry_reads_only_what_failed_and_knows_what_is_gone(
    archive: Archive, capsys: pytest.CaptureFixture[str]
) -> None:
    plan(archive.source, "a.txt")
    broken = write(archive.source, "box.zip", zip_bytes({"a.txt": _PLAN})[:40])
    missing = write(archive.folder, "list", "a.txt\nbox.zip\nnone.txt\n")
    assert ingested(archive, capsys, "--from-list", missing)[0] == 1
    plan(archive.source, "new.txt")
    broken.unlink()
    ended, _, err = run(capsys, "retry", archive.dataset, "--failed", *SERIAL)
    assert (ended, codes(archive.dataset)) == (1, {"a.txt": None, "box.zip": "gone", "none.txt": "not-found"})
    assert "1 file failed in earlier runs" in err
    plan(archive.source, "none.txt")
    assert run(capsys, "retry", archive.dataset, "--failed", *SERIAL)[0] == 0
    assert states(archive.dataset) == {"a.txt": "read", "box.zip": "gone", "none.txt": "read"}


def test_an_archive_that_was_mended_is_no_failed_file_any_more(
    archive: Archive, capsys: pytest.CaptureFixture[str]
) -> None:
    inner = zip_bytes({"a.txt": _PLAN})
    write(archive.source, "x.zip", inner[:40])
    write(archive.source, "y.zip", zip_bytes({"in.zip": inner[:40], "in.zip2": _PLAN}))
    assert ingested(archive, capsys)[0] == 1
    write(archive.source, "x.zip", inner)
    write(archive.source, "y.zip", zip_bytes({"in.zip": inner, "in.zip2": _PLAN}))
    assert ingested(archive, capsys)[0] == 0
    assert parts(archive.dataset) == archive.clean()


def test_failures_of_earlier_runs_are_counted_and_told_by_status(
    archive: Archive, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(23):
        write(archive.source, f"{number:02}.pdf", b"%PDF-1.7\n1 0 obj\n<<")
    assert "earlier runs" not in ingested(archive, capsys)[2]
    write(archive.source, "new.pdf", b"%PDF-1.4\n")
    ended, _, err = ingested(archive, capsys)
    assert ended == 1
    assert "1 file not read" in err and "new.pdf" in err
    assert (
        f"23 files failed in earlier runs and not tried in this one: kehoach status {archive.dataset}" in err
    )
    told = run(capsys, "status", archive.dataset)[1]
    assert told.count(".pdf") == 20 and "and 4 more" in told
    assert len(status(archive.dataset).failed) == 20


# --- Ctrl-C and other runs ------------------------------------------------------------------------


def test_ctrl_c_while_files_are_looked_for_tells_what_stands(
    archive: Archive, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> Iterator[object]:
        raise KeyboardInterrupt
        yield

    plans(archive.source, 2)
    monkeypatch.setattr("pipeline.ingestion.discover_files", interrupted)
    ended, out, err = ingested(archive, capsys)
    assert (ended, out, err.count("\n")) == (130, "", 1)
    assert "Interrupted while looking for files. Run it again" in err


@pytest.fixture
def held(archive: Archive) -> Iterator[int]:
    """A dataset that another run holds; gives the descriptor of its lock."""
    plans(archive.source, 2)
    archive.ingest()
    (archive.dataset / LOCK).write_text("process 7 on \x1b[1mkho")
    with (archive.dataset / LOCK).open("r") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file.fileno()


def commands(archive: Archive) -> list[tuple[object, ...]]:
    return [
        ("ingest", archive.source, "--out", archive.dataset, *SERIAL),
        ("retry", archive.dataset, "--failed", *SERIAL),
        ("build", archive.dataset, *SERIAL),
        ("prune", archive.dataset, *SERIAL),
    ]


@pytest.mark.parametrize("number", range(4))
def test_another_run_is_named_and_waited_for(
    number: int,
    held: int,
    archive: Archive,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    command = commands(archive)[number]
    assert run(capsys, *command)[::2] == (
        2,
        f"kehoach: Another run (process 7 on [1mkho) is writing {archive.dataset}."
        " Wait until it has ended (--wait does so), or name another folder.\n",
    )
    looks = []

    def passes(_: float) -> None:
        looks.append(1)
        if len(looks) == 4:
            fcntl.flock(held, fcntl.LOCK_UN)

    clock = iter(range(100))
    monkeypatch.setattr("pipeline.folder.time.sleep", passes)
    monkeypatch.setattr("pipeline.folder.time.monotonic", lambda: next(clock))
    ended, _, err = run(capsys, *command, "--wait")
    assert ended == 0
    assert err.count("is writing the dataset; waiting until it has ended.") == 1
    assert (archive.dataset / LOCK).read_text() == "", "who held it is told while it is held alone"


def test_ctrl_c_while_another_run_is_waited_for(
    held: int, archive: Archive, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("pipeline.folder._MOMENT", 0.0)
    monkeypatch.setattr("pipeline.folder.time.sleep", interrupted)
    ended, out, err = run(capsys, *commands(archive)[0], "--wait")
    assert (ended, out) == (130, "")
    assert "Interrupted while waiting for another run. Run it again" in err


def test_a_run_signs_its_lock(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    signed = []
    monkeypatch.setattr(
        "pipeline.folder._clear", lambda folder: signed.append((folder / LOCK).read_text(encoding="utf-8"))
    )
    archive.ingest()
    assert len(signed) == 1 and signed[0].startswith(f"process {os.getpid()} on ")


# --- what is forgotten, what is damaged -----------------------------------------------------------


def test_prune_tells_what_it_forgot(archive: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    plans(archive.source, 3)
    archive.ingest()
    held = {path: path.stat().st_size for path in (archive.dataset / ".records").rglob("*.gz")}
    (archive.source / "hộp 0/000.txt").rename(archive.folder / "elsewhere.txt")
    archive.ingest()
    told = prune(archive.dataset).pruned
    left = set((archive.dataset / ".records").rglob("*.gz"))
    assert told is not None
    assert (told.files, told.documents, told.records) == (1, 1, len(held) - len(left))
    assert told.size == sum(size for path, size in held.items() if path not in left) > 0
    assert "forgotten   0 files, 0 documents, 0 records of 0 B" in run(capsys, "prune", archive.dataset)[1]


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:100])


DAMAGE = {
    "cut": _cut,
    "empty": lambda path: path.write_bytes(b""),
    "no JSON": lambda path: path.write_bytes(b"\xff\x00"),
    "something else": lambda path: path.write_text('{"version": "?"}'),
    "gone": lambda path: path.unlink(),
}


@pytest.mark.parametrize("how", DAMAGE)
@pytest.mark.parametrize("again", ["build", "ingest"])
def test_a_damaged_manifest_is_told_and_made_anew(
    again: str, how: str, archive: Archive, capsys: pytest.CaptureFixture[str]
) -> None:
    plans(archive.source, 2)
    archive.ingest()
    plan(archive.source, "later.txt")
    archive.ingest()
    before = parts(archive.dataset)
    DAMAGE[how](archive.dataset / CURRENT / "manifest.json")
    ended, out, _ = run(capsys, "status", archive.dataset)
    assert (ended, "no tables yet" in out) == (0, False)
    assert "its manifest is damaged" in out and "kehoach build" in out and "stale" not in out
    ended, _, err = run(capsys, "changes", archive.dataset, "--since", "1")
    assert (ended, "kehoach build DATASET" in err) == (1, True)
    with pytest.raises(DamagedManifest):
        Manifest.current(archive.dataset)
    command = commands(archive)[2 if again == "build" else 0]
    assert run(capsys, *command)[0] == 0
    made = Manifest.current(archive.dataset)
    assert made is not None and made.version == 3, "versions go on: what others have seen of 1 and 2 stands"
    assert parts(archive.dataset) == before
    assert changes(archive.dataset, 2) == []
    assert [change.path for change in changes(archive.dataset, 1)] == ["later.txt"]


@pytest.mark.parametrize("cached", [True, False])
def test_a_damaged_manifest_elsewhere_is_told_and_made_anew(
    cached: bool, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`cached`: the machine has the folder still in which the dataset was worked on."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(archive.folder / "cache"))
    url = f"memory://damaged/{archive.folder.name}-{cached}"
    plan(archive.source, "a.txt")
    ingest(archive.source, url)
    storage, path = fsspec.url_to_fs(f"{url}/manifest.json")
    storage.pipe_file(path, b"{")
    if not cached:
        shutil.rmtree(archive.folder / "cache")
    told = status(url)
    assert told.damage is not None and "kehoach build" in told.damage
    with pytest.raises(DamagedManifest):
        open_dataset(url)
    made = rebuild(url)
    assert made.files == {"read": 1}
    assert (status(url).damage, status(url).version, status(url).behind) == (None, made.version, False)
    assert [change.what for change in _changes_at(url)] == ["added"]
    storage.rm(path.rpartition("/")[0], recursive=True)


def _changes_at(url: str) -> list[Change]:
    with looked_at(url) as folder:
        return changes(folder, 0)


def test_a_damaged_manifest_without_its_history_begins_anew(archive: Archive) -> None:
    plan(archive.source, "a.txt")
    archive.ingest()
    (archive.dataset / CURRENT / "manifest.json").write_bytes(b"")
    (archive.dataset / HISTORY / "1.jsonl").unlink()
    assert rebuild(archive.dataset).version == 1


def test_a_dataset_of_which_nothing_is_built_yet_is_not_damaged(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan(archive.source, "a.txt")
    with monkeypatch.context() as patch, pytest.raises(TypeError):
        patch.setattr("pipeline.ingestion.build", None)
        archive.ingest()
    assert (archive.dataset / INDEX).exists()
    assert (status(archive.dataset).version, status(archive.dataset).damage) == (None, None)


# --- help -----------------------------------------------------------------------------------------


def _commands() -> list[str]:
    found = (action for action in parser()._actions if isinstance(action, argparse._SubParsersAction))
    return list(next(found).choices)


@pytest.mark.parametrize("command", ["", *_commands()])
def test_help_fits_a_terminal_of_80_columns(
    command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    with pytest.raises(SystemExit):
        main([command, "--help"] if command else ["--help"])
    told = capsys.readouterr().out
    assert told.startswith(f"usage: kehoach {command}".rstrip())
    assert [line for line in told.splitlines() if len(line) > 80] == []


def test_an_example_that_is_folded_is_still_one_command(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    with pytest.raises(SystemExit):
        main(["compare", "--help"])
    told = capsys.readouterr().out.replace(" \\\n      ", " ")
    assert 'dataset --issuer "Sở Y tế tỉnh Hà Nam" --years 2022 2023 2024 --html years.html\n' in told
