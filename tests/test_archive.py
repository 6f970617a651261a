"""What an archive does over time: files that come, change and go, runs that find little to do."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.cli import main
from pipeline.engines import EngineName
from pipeline.events import FileDone, Watchers
from pipeline.folder import INDEX, LOCK, RECORDS
from pipeline.ingestion import Options, Summary, ingest, prune, rebuild, retry
from pipeline.manifest import Manifest, changes
from pipeline.parsers.limits import Limits
from pipeline.status import status
from pipeline.usage import BadMetadata, NoSuchVersion, NotADataset
from pipeline.versions import Versions
from tests.bad_files import pdf_of_pictures, plan_text, write
from tests.faults.archive import LONG_AGO, Archive, codes, dated, parts, plan, plans, rows, states
from tests.faults.work import quick_extract
from tests.stubs import use_extract
from tests.zips import zip_bytes


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Archive:
    """An empty archive, read here and by a quick stand-in for the extractors."""
    use_extract(monkeypatch, quick_extract)
    made = Archive(tmp_path)
    made.source.mkdir()
    return made


class Told(Watchers):
    """The files that a run was done with, and what became of each."""

    def __init__(self) -> None:
        super().__init__()
        self.files: dict[str, str] = {}

    def done(self, event: FileDone) -> None:
        self.files[event.path] = event.state


def read_by_a_run(archive: Archive, **options: bool) -> dict[str, str]:
    told = Told()
    ingest(archive.source, archive.dataset, options=Options(**options), watcher=told)  # type: ignore[arg-type]
    return told.files


def documents(dataset: Path) -> dict[str, object]:
    """The first path and the status of every document."""
    return {str(row["path"]): row["status"] for row in rows(dataset, "documents")}


# --- what is read again ---------------------------------------------------------------------------


def test_a_second_run_opens_no_file(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    plans(archive.source, 5)
    assert len(read_by_a_run(archive)) == 5
    monkeypatch.setattr("pipeline.locations.Location.read", None)
    assert read_by_a_run(archive) == {}
    assert Manifest.current(archive.dataset).version == 1  # type: ignore[union-attr]


def test_a_file_with_another_time_is_opened_and_known_by_its_bytes(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans(archive.source, 2)
    archive.ingest()
    touched = dated(archive.source / "hộp 0/000.txt", LONG_AGO + 7)
    monkeypatch.setattr("pipeline.reading.parse_bytes", None)
    assert read_by_a_run(archive) == {"hộp 0/000.txt": "known"}
    assert read_by_a_run(archive) == {}
    (row,) = [row for row in rows(archive.dataset, "files") if row["path"] == "hộp 0/000.txt"]
    assert row["mtime"].timestamp() == os.stat(touched).st_mtime  # type: ignore[attr-defined]


def test_a_file_put_in_the_place_of_another_is_read_though_size_and_time_are_equal(archive: Archive) -> None:
    path = plan(archive.source, "a.txt")
    archive.ingest()
    other = archive.source / "other"
    other.write_text(path.read_text().replace("Việc a", "Việc b"))
    dated(other).rename(path)
    assert read_by_a_run(archive) == {"a.txt": "read"}
    assert parts(archive.dataset) == archive.clean()


@pytest.mark.parametrize("stage", ["parse", "extract"])
def test_other_versions_have_all_read_again_from_the_records_that_hold(
    stage: str, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans(archive.source, 3)
    archive.ingest()
    newer = replace(Versions.current(), **{stage: "newer"})
    monkeypatch.setattr("pipeline.versions.Versions.current", lambda **_: newer)
    assert status(archive.dataset).stale == 3
    if stage == "extract":
        monkeypatch.setattr("pipeline.locations.Location.read", None)
    assert set(read_by_a_run(archive).values()) == {"read"}
    assert status(archive.dataset).stale == 0
    assert read_by_a_run(archive) == {}


def test_an_empty_file_in_the_place_of_a_document_leaves_no_document(archive: Archive) -> None:
    plans(archive.source, 2)
    archive.ingest()
    dated(write(archive.source, "hộp 0/000.txt", ""), LONG_AGO + 5)
    archive.ingest()
    assert codes(archive.dataset)["hộp 0/000.txt"] == "empty-file"
    assert list(documents(archive.dataset)) == ["hộp 1/001.txt"]
    assert parts(archive.dataset) == archive.clean()


# --- files that go --------------------------------------------------------------------------------


def test_a_file_that_is_gone_stays_known_and_its_document_stays_until_it_is_pruned(archive: Archive) -> None:
    plans(archive.source, 4)
    archive.ingest()
    before = rows(archive.dataset, "tasks")
    (archive.source / "hộp 0/003.txt").unlink()
    summary = archive.ingest()
    assert (summary.files, summary.gone, summary.all_read) == ({"gone": 1, "read": 3}, 1, True)
    assert rows(archive.dataset, "tasks") == before
    assert archive.ingest().gone == 0, "it is no news any more"
    assert prune(archive.dataset).files == {"read": 3}
    assert parts(archive.dataset) == archive.clean()


def test_a_file_that_comes_back_is_as_if_it_had_never_been_gone(archive: Archive) -> None:
    plans(archive.source, 2)
    archive.ingest()
    before = parts(archive.dataset)
    (archive.source / "hộp 0").rename(archive.folder / "away")
    assert archive.ingest().files == {"gone": 1, "read": 1}
    (archive.folder / "away").rename(archive.source / "hộp 0")
    assert read_by_a_run(archive) == {}
    assert parts(archive.dataset) == before


def test_a_document_at_two_paths_stays_while_one_of_them_does(archive: Archive) -> None:
    plan(archive.source, "a.txt")
    shutil.copy2(archive.source / "a.txt", archive.source / "b.txt")
    archive.ingest()
    assert documents(archive.dataset) == {"a.txt": "ok"}
    (archive.source / "a.txt").unlink()
    archive.ingest()
    assert states(archive.dataset) == {"a.txt": "gone", "b.txt": "read"}
    assert documents(archive.dataset) == {"b.txt": "ok"}, "a path that is there is named"
    prune(archive.dataset)
    assert parts(archive.dataset) == archive.clean()
    (archive.source / "b.txt").unlink()
    archive.ingest()
    assert documents(archive.dataset) == {"b.txt": "ok"}
    assert prune(archive.dataset).documents == {}


def test_pruning_takes_away_records_that_nothing_hangs_on_and_no_others(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def records() -> list[str]:
        return sorted(path.name for path in (archive.dataset / RECORDS).rglob("*.gz"))

    plans(archive.source, 3)
    archive.ingest()
    kept = records()
    newer = replace(Versions.current(), extract="newer")
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.versions.Versions.current", lambda **_: newer)
        archive.ingest()
    plan(archive.source, "x.txt")
    archive.ingest()
    (archive.source / "x.txt").unlink()
    archive.ingest()
    assert len(records()) == len(kept) + 3 + 2
    prune(archive.dataset)
    assert records() == kept
    assert read_by_a_run(archive) == {}


def test_a_folder_that_cannot_be_opened_makes_no_file_gone(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans(archive.source, 3)
    archive.ingest()
    closed = str(archive.source / "hộp 1")

    def denied(*_: object) -> None:
        raise PermissionError(13, "Permission denied", closed)

    from pipeline import longpaths

    names_in, lstat = longpaths.names_in, longpaths.lstat
    monkeypatch.setattr(longpaths, "names_in", lambda at: denied() if at == closed else names_in(at))
    monkeypatch.setattr(longpaths, "lstat", lambda at: denied() if at.startswith(f"{closed}/") else lstat(at))
    summary = archive.ingest()
    assert (summary.files, summary.gone) == ({"failed": 1, "read": 3}, 0)
    assert codes(archive.dataset)["hộp 1"] == "unreadable-folder"


# --- what failed ----------------------------------------------------------------------------------


def test_retry_reads_what_failed_for_good_too(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    plans(archive.source, 2)
    plan(archive.source, "bad.txt")
    with monkeypatch.context() as patch:
        use_extract(patch, _raises_on_bad)
        assert archive.ingest().files == {"failed": 1, "read": 2}
    assert read_by_a_run(archive) == {}, "a fault of the file is an answer that stays"
    told = Told()
    assert retry(archive.dataset, watcher=told).all_read
    assert told.files == {"bad.txt": "read"}
    assert parts(archive.dataset) == archive.clean()


def test_what_was_too_large_is_read_by_a_retry_with_a_raised_limit(archive: Archive) -> None:
    plan(archive.source, "a.txt")
    write(archive.source, "b.zip", zip_bytes({"c.txt": plan_text().encode()}))
    little = Options(limits=Limits(max_bytes=60))
    assert archive.ingest(little).files == {"failed": 2}
    assert set(codes(archive.dataset).values()) == {"too-large"}
    assert retry(archive.dataset).files == {"read": 2}
    assert parts(archive.dataset) == archive.clean()


@pytest.mark.parametrize("engine", ["serial", "processes"])
def test_a_member_may_have_any_name(engine: EngineName, archive: Archive) -> None:
    long = "ế" * 20_000 + ".txt"
    write(archive.source, "a.zip", zip_bytes({"b.zip": zip_bytes({long: plan_text().encode()})}))
    assert archive.ingest(Options(engine, 1)).files == {"read": 1}


def _raises_on_bad(document: object) -> object:
    if "bad" in document.text:  # type: ignore[attr-defined]
        raise ValueError("lỗi thử")
    return quick_extract(document)  # type: ignore[arg-type]


def test_what_the_machine_lacked_is_tried_by_every_run(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pipeline.errors import MissingTool

    def lacking(*_: object, **__: object) -> None:
        raise MissingTool("no program")

    plan(archive.source, "a.txt")
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.reading.parse_bytes", lacking)
        for _ in range(4):
            assert archive.ingest().files == {"failed": 1}
    assert read_by_a_run(archive) == {"a.txt": "read"}
    assert parts(archive.dataset) == archive.clean()


def test_too_little_memory_for_the_bytes_alone_is_no_answer(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lacking(*_: object) -> None:
        raise MemoryError

    plan(archive.source, "a.txt")
    with monkeypatch.context() as patch:
        patch.setattr("pipeline.locations.Location.read", lacking)
        assert archive.ingest().files == {"failed": 1}
    assert codes(archive.dataset)["a.txt"] == "out-of-memory"
    assert read_by_a_run(archive) == {"a.txt": "read"}


# --- status ---------------------------------------------------------------------------------------


def test_status_tells_files_documents_and_what_is_not_read(archive: Archive) -> None:
    plans(archive.source, 3)
    write(archive.source, "cut.pdf", b"%PDF-1.7\n1 0 obj\n<<")
    archive.ingest()
    (archive.source / "hộp 0/000.txt").unlink()
    archive.ingest()
    found = status(archive.dataset)
    assert found.files == {"failed": 1, "gone": 1, "read": 2}
    assert found.documents == {"failed": 1, "ok": 3}
    assert found.codes == {"broken-file": 1}
    assert (found.version, found.behind, found.busy, found.stale) == (2, False, False, 0)
    assert found.sources == [str(archive.source)]


def test_status_of_a_run_under_way(archive: Archive) -> None:
    plans(archive.source, 2)
    archive.ingest()
    plan(archive.source, "new.txt")
    seen = []

    class Watch(Told):
        def phase(self, name: str) -> None:
            if name == "reading":
                seen.append(status(archive.dataset))

    ingest(archive.source, archive.dataset, watcher=Watch())
    assert (seen[0].busy, seen[0].behind, seen[0].files) == (True, True, {"read": 2, "waiting": 1})
    assert seen[0].codes == {}
    assert (status(archive.dataset).busy, status(archive.dataset).behind) == (False, False)


@pytest.mark.parametrize("act", [None, rebuild, prune])
def test_documents_read_without_ocr_are_not_stale_for_that(act: object, archive: Archive) -> None:
    write(archive.source, "scan.pdf", pdf_of_pictures(1))
    plan(archive.source, "a.txt")
    archive.ingest(Options(ocr=False))
    if callable(act):
        plan(archive.source, "b.txt")
        (archive.source / "a.txt").unlink()
        archive.ingest(Options(ocr=False))
        act(archive.dataset)
    assert status(archive.dataset).stale == 0


@pytest.mark.parametrize("act", [status, retry, rebuild, prune])
def test_what_is_no_dataset_is_told(act: object, tmp_path: Path) -> None:
    with pytest.raises(NotADataset):
        act(tmp_path)  # type: ignore[operator]
    assert list(tmp_path.iterdir()) == []


# --- versions and changes -------------------------------------------------------------------------


def _changed(archive: Archive, since: int) -> dict[str, str]:
    return {change.path: change.what for change in changes(archive.dataset, since)}


def test_changes_are_told_by_version(archive: Archive) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        plan(archive.source, name)
    assert archive.ingest().version == 1
    assert archive.ingest().version == 1, "nothing has changed"
    (archive.source / "b.txt").unlink()
    plan(archive.source, "d.txt")
    assert archive.ingest().version == 2
    assert prune(archive.dataset).version == 3
    assert _changed(archive, 0) == {"a.txt": "added", "c.txt": "added", "d.txt": "added"}
    assert _changed(archive, 1) == {"b.txt": "removed", "d.txt": "added"}
    assert _changed(archive, 2) == {"b.txt": "removed"}
    assert _changed(archive, 3) == {}
    for version in (-1, 4):
        with pytest.raises(NoSuchVersion, match=str(version)):
            changes(archive.dataset, version)


def test_a_rule_that_finds_something_else_changes_the_document_it_finds_it_in(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.txt", "b.txt"):
        plan(archive.source, name)
    archive.ingest()
    newer = replace(Versions.current(), extract="newer")
    monkeypatch.setattr("pipeline.versions.Versions.current", lambda **_: newer)

    def extract(document: object) -> object:
        plan = quick_extract(document)  # type: ignore[arg-type]
        if "Việc b" not in document.text:  # type: ignore[attr-defined]
            return plan
        return plan.model_copy(update={"header": plan.header.model_copy(update={"title": "Mới"})})

    use_extract(monkeypatch, extract)  # type: ignore[arg-type]
    archive.ingest()
    assert _changed(archive, 1) == {"b.txt": "changed"}


def test_what_was_changed_and_taken_back_is_a_new_version_of_the_old_tables(archive: Archive) -> None:
    plan(archive.source, "a.txt")
    archive.ingest()
    before = parts(archive.dataset)
    plan(archive.source, "b.txt")
    archive.ingest()
    (archive.source / "b.txt").unlink()
    archive.ingest()
    assert prune(archive.dataset).version == 4
    assert parts(archive.dataset) == before
    assert _changed(archive, 1) == {}
    assert json.loads((archive.dataset / "manifest.json").read_text())["version"] == 4


def test_a_build_alone_changes_nothing_where_nothing_changed(archive: Archive) -> None:
    plans(archive.source, 3)
    archive.ingest()
    before = parts(archive.dataset)
    shutil.rmtree(archive.source)
    assert rebuild(archive.dataset).version == 1
    assert parts(archive.dataset) == before


def test_a_build_after_a_run_that_was_broken_off_has_what_was_read(archive: Archive) -> None:
    plans(archive.source, 4)

    class Watch(Told):
        def done(self, event: FileDone) -> None:
            super().done(event)
            if len(self.files) == 2:
                raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ingest(archive.source, archive.dataset, watcher=Watch())
    summary = rebuild(archive.dataset)
    assert summary.files == {"read": 2, "skipped": 2}
    assert sorted(filter(None, codes(archive.dataset).values())) == ["not-yet-read"] * 2  # type: ignore[type-var]
    archive.ingest()
    assert parts(archive.dataset) == archive.clean()


# --- several sources ------------------------------------------------------------------------------


def test_sources_stand_side_by_side_in_one_dataset(archive: Archive) -> None:
    plan(archive.folder, "one/a.txt")
    plan(archive.folder, "two/a.txt", trap="other")
    one, two = archive.folder / "one", archive.folder / "two"
    ingest(one, archive.dataset)
    assert ingest(two, archive.dataset).files == {"read": 2}
    assert [(row["path"], row["source"]) for row in rows(archive.dataset, "files")] == [
        ("a.txt", str(one)),
        ("a.txt", str(two)),
    ]
    before = parts(archive.dataset)
    assert ingest(one, archive.dataset).gone == 0, "the other source was not looked at"
    assert parts(archive.dataset) == before
    together = archive.folder / "together"
    ingest([two, one], together)
    assert parts(together) == before


def test_one_source_is_one_however_it_is_called(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    plans(archive.source, 2)
    archive.ingest()
    monkeypatch.chdir(archive.source)
    (archive.folder / "link").symlink_to(archive.source)
    for name in (".", archive.folder / "link", f"{archive.source}/", "hộp 0/../"):
        summary = ingest(name, archive.dataset)
        assert (summary.files, summary.gone) == ({"read": 2}, 0), name


def test_a_list_reads_what_it_names_and_makes_nothing_gone(archive: Archive) -> None:
    plans(archive.source, 4)
    listed = write(archive.folder, "list.txt", "hộp 0/000.txt\nhộp 1/001.txt\n../outside.txt\nnone.txt\n")
    summary = ingest(archive.source, archive.dataset, listed=listed)
    assert summary.files == {"failed": 2, "read": 2}
    assert {code for code in codes(archive.dataset).values() if code} == {"outside-source", "not-found"}
    listed.write_text("hộp 2/002.txt\n")
    summary = ingest(archive.source, archive.dataset, listed=listed)
    assert (summary.files["read"], summary.files.get("gone")) == (3, 2), "the two that never were"


# --- an archive's own columns ---------------------------------------------------------------------


def _annotated(archive: Archive, content: str | bytes) -> Summary:
    table = write(archive.folder, "columns.csv", content)
    return ingest(archive.source, archive.dataset, metadata=table)


def _metadata(dataset: Path) -> dict[str, object]:
    return {str(row["path"]): dict(row["metadata"] or ()) for row in rows(dataset, "files")}  # type: ignore[call-overload]


TABLE = "path,Hộp,Mã hồ sơ\na.txt,12,HS-1\nkhông/có.txt,1,1\nb.txt,,HS-2\n"


@pytest.mark.parametrize(
    "content",
    [
        TABLE,
        TABLE.replace(",", ";"),
        TABLE.replace(",", "\t"),
        TABLE.replace("\n", "\r\n"),
        TABLE.encode("utf-8-sig"),
        TABLE.encode("utf-16"),
        unicodedata.normalize("NFD", TABLE),
    ],
    ids=["commas", "semicolons", "tabs", "lines of Windows", "byte mark", "UTF-16", "marks apart"],
)
def test_columns_are_joined_by_path_and_unknown_paths_are_told(
    content: str | bytes, archive: Archive
) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        plan(archive.source, name)
    summary = _annotated(archive, content)
    assert summary.unknown_metadata == ("không/có.txt",)
    assert _metadata(archive.dataset) == {
        "a.txt": {"Hộp": "12", "Mã hồ sơ": "HS-1"},
        "b.txt": {"Mã hồ sơ": "HS-2"},
        "c.txt": {},
    }


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_path_is_found_however_its_marks_are_written(form: str, archive: Archive) -> None:
    name = unicodedata.normalize(form, "hộp/kế hoạch.txt")
    plan(archive.source, name)
    for other in ("NFC", "NFD"):
        written = unicodedata.normalize(other, "hộp/kế hoạch.txt")
        assert _annotated(archive, f"path,Hộp\n{written},7\n").unknown_metadata == ()
        assert _metadata(archive.dataset) == {name: {"Hộp": "7"}}


def test_columns_stay_without_the_table_and_are_those_of_the_last_one(archive: Archive) -> None:
    for name in ("a.txt", "b.txt"):
        plan(archive.source, name)
    _annotated(archive, "path,Hộp\na.txt,1\nb.txt,1\n")
    before = parts(archive.dataset)
    assert read_by_a_run(archive) == {}
    assert parts(archive.dataset) == before
    _annotated(archive, "path,Hộp\nb.txt,2\n")
    assert _metadata(archive.dataset) == {"a.txt": {}, "b.txt": {"Hộp": "2"}}


@pytest.mark.parametrize(
    "content", ["", "tên,Hộp\na.txt,1\n", b"path,H\xf4p\na.txt,1\n", b"path,a\n\xff\xff\n"]
)
def test_a_table_that_cannot_be_joined_stops_the_run_before_it_begins(
    content: str | bytes, archive: Archive
) -> None:
    plan(archive.source, "a.txt")
    with pytest.raises(BadMetadata):
        _annotated(archive, content)
    assert not archive.dataset.exists()


# --- the commands ---------------------------------------------------------------------------------


def _run(capsys: pytest.CaptureFixture[str], arguments: Sequence[object]) -> tuple[int, str, str]:
    state = main([str(argument) for argument in arguments])
    told = capsys.readouterr()
    return state, told.out, told.err


def test_the_commands_of_an_archive(archive: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    plans(archive.source, 2)
    columns = write(archive.folder, "columns.csv", "path,Hộp\nnone.txt,1\n")
    out = archive.dataset
    state, told, err = _run(
        capsys,
        ["ingest", archive.source, "--out", out, "--engine", "serial", "--metadata", columns],
    )
    assert (state, "version 1" in told) == (0, True)
    assert "none.txt: named in the table of metadata" in err
    (archive.source / "hộp 0/000.txt").unlink()
    assert _run(capsys, ["ingest", archive.source, "--out", out, "--engine", "serial"])[0] == 0
    assert "1 gone, 1 read" in _run(capsys, ["status", out])[1]
    assert json.loads(_run(capsys, ["status", out, "--json"])[1])["files"] == {"gone": 1, "read": 1}
    assert _run(capsys, ["retry", out, "--failed", "--engine", "serial"])[0] == 0
    state, told, _ = _run(capsys, ["prune", out])
    assert (state, "version 3" in told) == (0, True)
    assert told.startswith(_run(capsys, ["build", out])[1])
    state, told, _ = _run(capsys, ["changes", out, "--since", "2"])
    assert told.startswith("removed ") and told.endswith("  hộp 0/000.txt\n")
    assert json.loads(_run(capsys, ["changes", out, "--since", "2", "--json"])[1])[0]["what"] == "removed"
    assert _run(capsys, ["changes", out, "--since", "9"])[0] == 2


def test_an_index_that_was_lost_is_told(archive: Archive, capsys: pytest.CaptureFixture[str]) -> None:
    plan(archive.source, "a.txt")
    arguments = ["ingest", archive.source, "--out", archive.dataset, "--engine", "serial"]
    assert "anew" not in _run(capsys, arguments)[2]
    assert "anew" not in _run(capsys, arguments)[2]
    (archive.dataset / INDEX).unlink()
    assert "run it on the dataset's other sources" in _run(capsys, arguments)[2]


def test_who_looks_at_the_state_does_not_get_a_run_refused(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan(archive.source, "a.txt")
    archive.ingest()
    with (archive.dataset / LOCK).open("r") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        monkeypatch.setattr("pipeline.folder.time.sleep", lambda _: fcntl.flock(file, fcntl.LOCK_UN))
        assert archive.ingest().files == {"read": 1}


def test_names_that_are_no_text_live_through_it_all(archive: Archive) -> None:
    with open(os.fsencode(archive.source) + b"/t\xean.txt", "wb") as file:
        file.write(plan_text().encode())
    os.utime(os.fsencode(archive.source) + b"/t\xean.txt", (LONG_AGO, LONG_AGO))
    archive.ingest()
    assert read_by_a_run(archive) == {}
    assert "extractors.extraction" in sys.modules
    os.remove(os.fsencode(archive.source) + b"/t\xean.txt")
    assert archive.ingest().files == {"gone": 1}


def test_a_change_of_rules_does_not_parse_again_what_cannot_be_parsed(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(archive.source, "cut.pdf", b"%PDF-1.7\n1 0 obj\n<<")
    os.utime(path, (LONG_AGO, LONG_AGO))
    assert read_by_a_run(archive) == {"cut.pdf": "failed"}
    newer = replace(Versions.current(), repair="new-rules", extract="new-rules")
    monkeypatch.setattr("pipeline.ingestion.Versions.current", lambda **_: newer)
    assert read_by_a_run(archive) == {}
