"""Plans in, dataset out: what becomes of every kind of file, and of the folder that is written."""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyarrow.dataset as pads
import pytest

from extractors.document import Document
from extractors.plan import Header, Plan, Task
from pipeline.discovery import discover_files
from pipeline.events import FileDone, Watchers
from pipeline.files import write_whole
from pipeline.folder import LOCK
from pipeline.ingestion import Options, ingest
from pipeline.manifest import DamagedManifest, Manifest
from pipeline.parsers.limits import Limits
from pipeline.schema import TABLES
from pipeline.store import StoreError
from pipeline.usage import DatasetBusy, FolderTaken, NoSource
from pipeline.versions import Versions
from tests.bad_files import (
    docx_bomb,
    docx_bytes,
    pdf_bytes,
    pdf_of_blank_pages,
    plan_text,
    write,
)
from tests.stubs import use_extract

Row = dict[str, object]


def small_extract(document: Document) -> Plan:
    """Stands for the extractors where a test is about files: “mã x” names the plan."""
    if "ném lỗi" in document.text:
        raise ValueError("lỗi thử")
    name = re.search(r"mã (\w+)", document.text)
    plan_id = name[1] if name else None
    confidence = len(document.text) % 100 / 100
    task = Task(start=0, end=2, rule="test", source="list", content="Việc", content_key="viec", task_id="p1")
    return Plan(header=Header(doc_type="KH", plan_id=plan_id, confidence=confidence), tasks=(task, task))


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    use_extract(monkeypatch, small_extract)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    folder.mkdir()
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "dataset"


def rows(dataset: Path, table: str) -> list[Row]:
    found: list[Row] = pads.dataset(dataset / table, format="parquet").to_table().to_pylist()
    return found


def only(dataset: Path, table: str, path: str) -> Row:
    """The one row of a table that has a path."""
    (row,) = [row for row in rows(dataset, table) if row["path"] == path]
    return row


# --- good input -------------------------------------------------------------------------------


def test_a_folder_is_read_with_all_below_it(source: Path, out: Path) -> None:
    write(source, "a.txt", plan_text())
    write(source, "năm 2024/sâu/b.docx", docx_bytes())
    write(source, "c.pdf", pdf_bytes())
    summary = ingest(source, out)
    assert summary.files == {"read": 3}
    assert summary.all_read
    assert [row["path"] for row in rows(out, "files")] == ["a.txt", "c.pdf", "năm 2024/sâu/b.docx"]
    assert {row["media_type"] for row in rows(out, "documents")} >= {"text/plain", "application/pdf"}
    assert summary.rows["tasks"] == 6 == len(rows(out, "tasks"))


def test_a_single_file_is_a_source_too(source: Path, out: Path) -> None:
    ingest(write(source, "a.txt", plan_text()), out)
    assert [row["path"] for row in rows(out, "files")] == ["a.txt"]


def test_the_same_bytes_twice_are_two_files_and_one_document(source: Path, out: Path) -> None:
    write(source, "z.txt", plan_text())
    write(source, "a/copy.txt", plan_text())
    ingest(source, out)
    files = rows(out, "files")
    assert [row["path"] for row in files] == ["a/copy.txt", "z.txt"]
    assert len({row["document_id"] for row in files}) == 1
    (document,) = rows(out, "documents")
    assert document["path"] == "a/copy.txt"
    assert len(rows(out, "tasks")) == 2


def test_ids_are_made_of_the_bytes_and_the_place(source: Path, out: Path) -> None:
    write(source, "a.txt", plan_text())
    ingest(source, out)
    (file,), tasks = rows(out, "files"), rows(out, "tasks")
    assert file["document_id"] == str(file["sha256"])[:16]
    assert [row["task_id"] for row in tasks] == [f"{file['document_id']}-p1", f"{file['document_id']}-p1.2"]


def test_the_best_readable_copy_of_a_plan_is_preferred(source: Path, out: Path) -> None:
    write(source, "poor.txt", "mã x" + " ." * 3)
    write(source, "good.txt", "mã x" + " ." * 40)
    write(source, "other.txt", "mã y")
    write(source, "nameless.txt", "không có gì")
    ingest(source, out)
    preferred = {row["path"]: row["preferred_copy"] for row in rows(out, "documents")}
    assert preferred == {"poor.txt": False, "good.txt": True, "other.txt": True, "nameless.txt": True}


def test_every_table_is_there_with_its_columns_even_without_rows(source: Path, out: Path) -> None:
    ingest(source, out)
    for name, table in TABLES.items():
        found = pads.dataset(out / name, format="parquet")
        assert tuple(found.schema.names) == table.names
        assert found.count_rows() == 0


def test_offsets_count_in_the_texts_that_are_kept(source: Path, out: Path) -> None:
    write(source, "a.txt", plan_text())
    ingest(source, out)
    (text,), pages = rows(out, "texts"), rows(out, "pages")
    assert "KẾ HOẠCH" in str(text["text"])
    assert pages[0]["start"] == 0
    assert pages[0]["text"] == str(text["text"]).strip()


# --- bad input --------------------------------------------------------------------------------


def long_line() -> bytes:
    return ("Kế hoạch " * 6_000_000).encode()[: 50 * 1024 * 1024]


BAD: dict[str, tuple[str, Callable[[], bytes], set[str]]] = {
    "empty": ("empty.docx", lambda: b"", {"empty-file"}),
    "truncated docx": ("cut.docx", lambda: docx_bytes()[:20_000], {"broken-file"}),
    "truncated pdf": ("cut.pdf", lambda: pdf_bytes(3)[:700], {"broken-file"}),
    "encrypted pdf": ("locked.pdf", lambda: pdf_bytes(encrypted=True), {"encrypted-file"}),
    "zip bomb": ("bomb.docx", lambda: docx_bomb(700 * 2**20), {"too-large"}),
    "5000 pages": ("long.pdf", lambda: pdf_of_blank_pages(5000), {"too-many-pages"}),
    "50 MB line": ("line.txt", long_line, {"too-large"}),
    "noise named pdf": ("noise.pdf", lambda: bytes(range(256)) * 40, {"unknown-format", "broken-file"}),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_is_a_row_with_its_reason_and_the_batch_goes_on(
    kind: str, source: Path, out: Path
) -> None:
    name, content, codes = BAD[kind]
    write(source, name, content())
    write(source, "good.txt", plan_text())
    summary = ingest(source, out)
    assert not summary.all_read
    assert summary.files == {"failed": 1, "read": 1}
    bad = only(out, "files", name)
    assert bad["state"] == "failed"
    assert bad["code"] in codes
    assert len(str(bad["message"]).split(". ")) >= 2, "cause and remedy"
    assert only(out, "documents", "good.txt")["status"] == "ok"
    if kind == "empty":
        assert bad["document_id"] is None
        return
    document = only(out, "documents", name)
    assert document["status"] == "failed"
    assert document["preferred_copy"] is None
    found = [row for row in rows(out, "diagnostics") if row["document_id"] == document["document_id"]]
    assert any(row["code"] == bad["code"] and row["severity"] == "error" for row in found)
    assert not [row for row in rows(out, "tasks") if row["document_id"] == document["document_id"]]


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("plan.pdf", docx_bytes, "wordprocessingml"),
        ("plan.docx", pdf_bytes, "application/pdf"),
        ("plan.xyz", lambda: plan_text().encode(), "text/plain"),
        (".plan", lambda: plan_text().encode(), "text/plain"),
    ],
    ids=["docx as pdf", "pdf as docx", "text of unknown ending", "hidden text"],
)
def test_a_wrong_ending_misleads_nobody(
    name: str, content: Callable[[], bytes], media_type: str, source: Path, out: Path
) -> None:
    write(source, name, content())
    assert ingest(source, out).files == {"read": 1}
    assert media_type in str(only(out, "documents", name)["media_type"])


def test_a_file_that_may_not_be_read_is_a_row(
    source: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(source, "good.txt", plan_text())
    closed = write(source, "closed.txt", plan_text("Khác"))
    closed.chmod(0)
    if os.access(closed, os.R_OK):  # permissions do not bind root
        _forbid(monkeypatch, closed)
    summary = ingest(source, out)
    assert summary.files == {"failed": 1, "read": 1}
    row = only(out, "files", "closed.txt")
    assert (row["code"], row["document_id"], row["sha256"]) == ("unreadable-file", None, None)
    assert "Permission denied" in str(row["message"])


def _forbid(monkeypatch: pytest.MonkeyPatch, closed: Path) -> None:
    import builtins

    real = builtins.open

    def guarded(file: object, *args: object, **more: object) -> object:
        if str(file) == str(closed):
            raise PermissionError(13, "Permission denied", str(file))
        return real(file, *args, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(builtins, "open", guarded)


def test_a_document_that_is_no_plan_is_recorded(source: Path, out: Path) -> None:
    write(source, "letter.txt", "Kính gửi ông bà, trân trọng cảm ơn.\n")
    assert ingest(source, out).files == {"read": 1}
    assert only(out, "documents", "letter.txt")["status"] == "ok"


@pytest.mark.parametrize(
    ("name", "content"),
    [("picture.bin", bytes(range(256)) * 40), (".gitkeep", b""), ("data.gz", b"\x1f\x8b\x08" + bytes(50))],
    ids=["noise", "hidden and empty", "archive"],
)
def test_what_is_no_document_is_left_out_with_a_reason(
    name: str, content: bytes, source: Path, out: Path
) -> None:
    write(source, name, content)
    write(source, "good.txt", plan_text())
    summary = ingest(source, out)
    assert summary.all_read
    row = only(out, "files", name)
    assert (row["state"], row["document_id"]) == ("skipped", None)
    assert row["code"] and row["message"]
    assert len(rows(out, "documents")) == 1


def test_a_folder_without_plans_gives_an_empty_dataset(source: Path, out: Path) -> None:
    summary = ingest(source, out)
    assert (summary.files, summary.documents, summary.problems) == ({}, {}, ())
    assert summary.rows == dict.fromkeys(TABLES, 0)
    assert summary.all_read


def test_a_rule_that_fails_costs_one_document_its_facts_only(source: Path, out: Path) -> None:
    write(source, "a.txt", "ném lỗi ở đây")
    write(source, "b.txt", plan_text())
    assert ingest(source, out).files == {"failed": 1, "read": 1}
    row = only(out, "files", "a.txt")
    assert row["code"] == "internal-error"
    assert "ValueError: lỗi thử" in str(row["message"])
    (text,) = [t for t in rows(out, "texts") if t["document_id"] == row["document_id"]]
    assert text["text"] == "ném lỗi ở đây"


def test_a_document_without_any_text_has_failed(source: Path, out: Path) -> None:
    write(source, "blank.pdf", pdf_of_blank_pages(2))
    assert ingest(source, out).files == {"failed": 1}
    assert only(out, "documents", "blank.pdf")["status"] == "failed"


def test_a_file_beyond_the_size_limit_is_not_read(source: Path, out: Path) -> None:
    write(source, "large.txt", "x" * 2000)
    ingest(source, out, options=Options(limits=Limits(max_bytes=1000)))
    assert only(out, "files", "large.txt")["code"] == "too-large"


def test_a_full_disk_ends_the_run_and_is_no_fault_of_a_file(
    source: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    write(source, "a.txt", plan_text())
    monkeypatch.setattr("pipeline.places.write_whole", full)
    with pytest.raises(StoreError, match="No space left"):
        ingest(source, out)


# --- finding files ----------------------------------------------------------------------------


def test_links_are_followed_to_files_inside_only(source: Path, out: Path, tmp_path: Path) -> None:
    write(source, "real/a.txt", plan_text())
    outside = write(tmp_path, "outside/secret.txt", plan_text("Bí mật"))
    links = {
        "inside.txt": source / "real" / "a.txt",
        "outside.txt": outside,
        "folder": source / "real",
        "loop": source,
        "nowhere": source / "none",
    }
    for name, target in links.items():
        (source / name).symlink_to(target)
    ingest(source, out)
    told = {str(row["path"]): row["code"] for row in rows(out, "files")}
    assert told == {
        "real/a.txt": None,
        "inside.txt": None,
        "outside.txt": "link-outside",
        "folder": "link-to-folder",
        "loop": "link-to-folder",
        "nowhere": "broken-link",
    }


def test_pipes_are_not_opened(source: Path, out: Path) -> None:
    os.mkfifo(source / "pipe")
    ingest(source, out)
    assert only(out, "files", "pipe")["code"] == "not-a-file"


def test_names_that_are_no_text_do_not_stop_the_run(source: Path, out: Path) -> None:
    path = os.fsencode(source) + b"/ten\xff.txt"
    with open(path, "wb") as file:
        file.write(plan_text().encode())
    ingest(source, out)
    assert [row["path"] for row in rows(out, "files")] == ["ten\\udcff.txt"]


def test_a_time_that_no_calendar_knows_is_null(
    source: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Calendar:
        @staticmethod
        def fromtimestamp(*_: object) -> None:
            raise OverflowError("year 50000 is out of range")

    write(source, "a.txt", plan_text())
    monkeypatch.setattr("pipeline.index_views.datetime", Calendar)
    ingest(source, out)
    row = only(out, "files", "a.txt")
    assert (row["mtime"], row["state"]) == (None, "read")


def test_the_dataset_inside_its_own_source_is_not_read(source: Path) -> None:
    write(source, "a.txt", plan_text())
    for _ in range(2):
        assert ingest(source, source / "out").files == {"read": 1}


# --- the folder that is written ---------------------------------------------------------------


def _snapshot(dataset: Path) -> dict[str, bytes]:
    return {
        f"{name}/{part.name}": part.read_bytes()
        for name in TABLES
        for part in sorted((dataset / name).iterdir())
    }


def _many(source: Path) -> None:
    for number in range(40):
        write(source, f"{number}.txt", plan_text(f"Việc {number}"))


def test_equal_input_gives_equal_bytes_whatever_the_order(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _many(source)
    ingest(source, tmp_path / "one")
    monkeypatch.setattr("pipeline.ingestion.discover_files", lambda *a: reversed(list(discover_files(*a))))
    ingest(source, tmp_path / "two")
    assert _snapshot(tmp_path / "one") == _snapshot(tmp_path / "two")
    assert (tmp_path / "one/datapackage.json").read_bytes() == (
        tmp_path / "two/datapackage.json"
    ).read_bytes()


def test_a_new_document_rewrites_one_part_of_a_table(source: Path, out: Path) -> None:
    _many(source)
    ingest(source, out)
    before = _snapshot(out)
    write(source, "new.txt", plan_text("Việc mới"))
    ingest(source, out)
    changed = [n for n in set(_snapshot(out)) - set(before) if n.startswith("tasks/")]
    assert len(changed) == 1


def test_rows_are_sorted_as_the_schema_says(source: Path, out: Path) -> None:
    _many(source)
    ingest(source, out)
    for name in ("files", "documents", "tasks", "texts", "pages"):
        keys = [tuple(row[column] for column in TABLES[name].order) for row in rows(out, name)]
        assert keys == sorted(keys)


def test_a_second_run_takes_the_records_of_the_first(
    source: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(source, "a.txt", plan_text())
    ingest(source, out)
    before = _snapshot(out)

    def never(*_: object, **__: object) -> Document:
        raise AssertionError("read again")

    monkeypatch.setattr("pipeline.reading.parse_bytes", never)
    use_extract(monkeypatch, never)
    assert ingest(source, out).files == {"read": 1}
    assert _snapshot(out) == before


def test_a_change_of_rules_reads_no_file_anew(
    source: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(source, "a.txt", plan_text())
    ingest(source, out)

    def never(*_: object, **__: object) -> Document:
        raise AssertionError("read again")

    newer = replace(Versions.current(), extract="new-rules")
    monkeypatch.setattr("pipeline.ingestion.Versions.current", lambda **_: newer)
    monkeypatch.setattr("pipeline.reading.parse_bytes", never)
    use_extract(monkeypatch, lambda document: Plan(header=Header(title="Mới")))
    ingest(source, out)
    assert only(out, "documents", "a.txt")["title"] == "Mới"


def test_a_damaged_record_is_made_anew(source: Path, out: Path) -> None:
    write(source, "a.txt", plan_text())
    ingest(source, out)
    before = _snapshot(out)
    for record in (out / ".records").rglob("*.gz"):
        record.write_bytes(record.read_bytes()[:30])
    ingest(source, out)
    assert _snapshot(out) == before


def test_a_failed_build_leaves_the_old_tables(
    source: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(source, "a.txt", plan_text())
    ingest(source, out)
    before = _snapshot(out)
    write(source, "b.txt", plan_text("Khác"))

    def broken(*_: object) -> None:
        raise RuntimeError("power cut")

    with monkeypatch.context() as patch, pytest.raises(RuntimeError):
        patch.setattr("pipeline.parts.as_table", broken)
        ingest(source, out)
    assert _snapshot(out) == before
    assert ingest(source, out).files == {"read": 2}


def test_the_switch_to_new_tables_is_one_rename(source: Path, out: Path) -> None:
    write(source, "a.txt", plan_text())
    ingest(source, out)
    before = os.readlink(out / ".current")
    write(source, "b.txt", plan_text("Khác"))
    ingest(source, out)
    assert os.readlink(out / ".current") != before
    assert {os.readlink(out / name) for name in TABLES} == {f".current/{name}" for name in TABLES}
    assert (out / before).is_dir(), "who still reads the tables of before can go on"


def test_builds_do_not_pile_up(source: Path, out: Path) -> None:
    for number in range(5):
        write(source, f"{number}.txt", plan_text(f"Việc {number}"))
        ingest(source, out)
    assert len(list((out / ".builds").iterdir())) == 2


def test_a_copied_dataset_can_be_written_again(source: Path, out: Path, tmp_path: Path) -> None:
    import shutil

    write(source, "a.txt", plan_text())
    ingest(source, out)
    copy = tmp_path / "copy"
    shutil.copytree(out, copy)  # follows links: the copy has folders in their place
    write(source, "b.txt", plan_text("Khác"))
    ingest(source, copy)
    assert len(rows(copy, "documents")) == 2


@pytest.mark.parametrize("taken", ["notes.txt", ".git/config", "tasks/part-0.parquet"])
def test_a_folder_that_holds_something_else_is_refused(taken: str, source: Path, out: Path) -> None:
    write(source, "a.txt", plan_text())
    path = write(out, taken, "mine")
    with pytest.raises(FolderTaken):
        ingest(source, out)
    assert path.read_text() == "mine"
    assert not (out / LOCK).exists()


@pytest.mark.parametrize("name", [".builds", ".records", ".history", ".index.sqlite", LOCK])
@pytest.mark.parametrize("begun", [False, True])
def test_a_stranger_s_dataset_does_not_lead_elsewhere(
    name: str, begun: bool, source: Path, out: Path, tmp_path: Path
) -> None:
    write(source, "a.txt", plan_text())
    if begun:
        ingest(source, out)
    mine = write(tmp_path / "home", "photos/a.jpg", "mine")
    lead = tmp_path / "home" if name.startswith((".b", ".r", ".h")) else mine
    if (out / name).is_dir():
        shutil.rmtree(out / name)
    (out / name).unlink(missing_ok=True)
    out.mkdir(exist_ok=True)
    (out / name).symlink_to(lead)
    with pytest.raises(FolderTaken, match="is a link"):
        ingest(source, out)
    assert mine.read_text() == "mine"


def test_folders_that_are_no_builds_stay(source: Path, out: Path) -> None:
    write(source, "a.txt", plan_text())
    ingest(source, out)
    mine = write(out / ".builds", "mine/a.txt", "mine")
    for number in range(3):
        write(source, f"{number}.txt", plan_text(f"Việc {number}"))
        ingest(source, out)
    assert mine.exists()
    assert len([path for path in (out / ".builds").iterdir() if path.name != "mine"]) == 2


def test_a_manifest_names_parts_of_the_dataset_only(source: Path, out: Path, tmp_path: Path) -> None:
    write(source, "a.txt", plan_text())
    ingest(source, out)
    mine = write(tmp_path, "mine.parquet", "mine")
    manifest = out / ".current" / "manifest.json"
    told = json.loads(manifest.read_text())
    told["parts"][0]["name"] = "tasks/../../../../mine.parquet"
    manifest.write_text(json.dumps(told))
    with pytest.raises(DamagedManifest):
        Manifest.current(out)
    ingest(source, out)
    assert mine.read_text() == "mine"
    assert len(rows(out, "documents")) == 1


def test_a_file_in_the_datasets_place_is_refused(source: Path, out: Path) -> None:
    out.write_text("mine")
    with pytest.raises(FolderTaken):
        ingest(source, out)
    assert out.read_text() == "mine"


def test_a_descriptor_of_others_does_not_make_a_folder_ours(source: Path, out: Path) -> None:
    write(out, "datapackage.json", '{"name": "other"}')
    with pytest.raises(FolderTaken):
        ingest(source, out)


def test_a_folder_with_gitkeep_alone_is_empty(source: Path, out: Path) -> None:
    write(out, ".gitkeep", "")
    ingest(source, out)
    assert (out / ".gitkeep").exists()


def test_a_run_that_was_killed_leaves_nothing_in_the_way(source: Path, out: Path) -> None:
    write(out, LOCK, "")
    write(out, ".builds/tmp-1-x/tasks/0.parquet", "half")
    write(out, ".records/tmp/1-x", "half")
    write(source, "a.txt", plan_text())
    ingest(source, out)
    assert not (out / ".builds/tmp-1-x").exists()
    assert not (out / ".records/tmp/1-x").exists()


def test_two_runs_do_not_write_one_dataset(source: Path, out: Path) -> None:
    with open(write(out, LOCK, ""), "w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        with pytest.raises(DatasetBusy):
            ingest(source, out)


def test_a_source_that_is_not_there_is_a_usage_error(tmp_path: Path, out: Path) -> None:
    with pytest.raises(NoSource):
        ingest(tmp_path / "none", out)
    assert not out.exists()


def test_a_watcher_is_told_of_every_file(source: Path, out: Path) -> None:
    write(source, "a.txt", plan_text())
    write(source, "b.pdf", b"")
    write(source, "c.bin", bytes(range(256)) * 40)
    told: list[object] = []

    class Watch(Watchers):
        def begin(self, files: int, size: int, known: int) -> None:
            told.append((files, known))

        def done(self, event: FileDone) -> None:
            told.append((event.path, event.state, event.code))
            if event.path == "a.txt":
                assert set(event.seconds) == {"read", "parse", "extract"}
                assert event.pages == 1

        def end(self) -> None:
            told.append("end")

    ingest(source, out, watcher=Watch())
    assert told[0] == (3, 0)
    assert set(told[1:-1]) == {
        ("a.txt", "read", None),
        ("b.pdf", "failed", "empty-file"),
        ("c.bin", "skipped", "unknown-format"),
    }
    assert told[-1] == "end"


def test_a_write_that_fails_leaves_the_old_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, "record", "old")

    def broken(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(OSError, match="No space"):
        write_whole(path, b"new", tmp_path / "scratch")
    assert path.read_text() == "old"
    assert not list((tmp_path / "scratch").iterdir())
