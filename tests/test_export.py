"""Exports: what may stand after --to, what is withheld, what happens to a target when an export fails."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.cli import main
from pipeline.dataset import open_dataset
from pipeline.export import export
from pipeline.export import source as sources
from pipeline.export.errors import (
    BrokenDataset,
    CannotWrite,
    InsideDataset,
    NoFolder,
    NotOurs,
    TargetTaken,
    UnknownTarget,
)
from pipeline.export.source import Source
from pipeline.export.targets import KINDS, FileTarget, Server, read_target
from pipeline.rows import as_table
from pipeline.usage import NotADataset, OtherSchema
from tests.datasets import document, file, task, write_dataset
from tests.full_disk import largest_file

A, B, C, D = (digit * 16 for digit in "abcd")
WORD = "chuyenkin"  # stands in every row of the secret document
TARGETS = {
    "csv": "csv:out", "jsonl": "out.jsonl", "xlsx": "out.xlsx", "sqlite": "out.sqlite",
    "duckdb": "out.duckdb", "ics": "out.ics", "tt05": "tt05:out.csv", "akn": "akn:out",
}  # fmt: skip


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test crosses the borders of batches."""
    monkeypatch.setattr(sources, "_BATCH", 3)
    monkeypatch.setattr(sources, "_FEW", 2)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path / "work"


def _due(identity: str, number: int, content: str) -> dict[str, object]:
    return task(identity, number, content=content, time_kind="deadline", end_on=dt.date(2024, 3, 18))


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four documents: B is marked, C another copy of the same plan; D is a plan of its own."""
    secret = {"plan_id": "p2", "title": WORD, "issuer": WORD, "path": f"{WORD}.pdf"}
    rows: dict[str, list[dict[str, object]]] = {
        "documents": [
            document(A, plan_id="p1", title="Trồng cây", issuer="Sở A"),
            document(B, **secret, secrecy="MẬT"),
            document(C, **secret),
            document(D, title="Chăm sóc cây"),
        ],
        "files": [file(A), file(B, f"{WORD}.pdf"), file(C, f"{WORD}-2.pdf"), file(D), file(None, "no.zip")],
        "tasks": [*(_due(A, i, f"Việc {i}") for i in range(8)), _due(B, 0, WORD), _due(C, 0, WORD)],
        "conflicts": [
            {"document_id": A, "kind": "dates-differ", "other_document_id": D, "text": "x"},
            {"document_id": A, "kind": "dates-differ", "other_document_id": B, "other_text": WORD},
        ],
        "bodies": [{"body_key": WORD, "name": WORD}],
    }
    for name in ("legal_bases", "movements", "recipients", "sections"):
        rows[name] = [{"document_id": id_, "seq": 0, "text": WORD, "name": WORD} for id_ in (B, C)]
    rows["texts"] = [
        {"document_id": id_, "text": WORD if id_ in (B, C) else "Văn bản"} for id_ in (A, B, C, D)
    ]
    return write_dataset(tmp_path_factory.mktemp("plans") / "plans", rows)


def _bytes_of(path: Path) -> Iterator[bytes]:
    """All that a target holds, packed files unpacked."""
    for each in sorted(path.rglob("*")) if path.is_dir() else [path]:
        if each.is_file() and zipfile.is_zipfile(each):
            with zipfile.ZipFile(each) as archive:
                yield from (archive.read(name) for name in archive.namelist())
        elif each.is_file():
            yield each.name.encode() + each.read_bytes()


def _path(target: str) -> Path:
    wanted = read_target(target, "plans")
    assert isinstance(wanted, FileTarget)
    return wanted.path


# --- targets ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kind", "path"),
    [
        ("plans.sqlite", "sqlite", "plans.sqlite"),
        ("sqlite:///plans.db", "sqlite", "plans.db"),
        ("sqlite:////var/plans.db", "sqlite", "/var/plans.db"),
        ("sqlite:plans.db", "sqlite", "plans.db"),
        ("duckdb:///plans.duckdb", "duckdb", "plans.duckdb"),
        ("OUT/Plans.XLSX", "xlsx", "OUT/Plans.XLSX"),
        ("csv:out/", "csv", "out"),
        ("csv:/out/a:b", "csv", "/out/a:b"),
        ("tt05:a.csv", "tt05", "a.csv"),
        ("csv", "csv", "my-plans-csv"),
        ("jsonl", "jsonl", "my-plans.jsonl"),
        ("tt05", "tt05", "my-plans-tt05.csv"),
        ("akn", "akn", "my-plans-akn"),
    ],
)
def test_a_target_is_known_by_its_scheme_ending_or_name(text: str, kind: str, path: str) -> None:
    found = read_target(text, "my-plans")
    assert isinstance(found, FileTarget)
    assert (found.kind.name, found.path) == (kind, Path(path))


@pytest.mark.parametrize(
    "text", ["", "plans", "plans.csv", "out/", "sqlite:", "csv://host/x", "s3://bucket/a.xlsx"]
)
def test_a_target_of_no_known_kind_is_refused_with_what_there_is(text: str) -> None:
    with pytest.raises(UnknownTarget):
        read_target(text, "plans")


def test_a_mistyped_address_is_not_repeated() -> None:
    with pytest.raises(UnknownTarget) as told:
        read_target("postgressql://an:sesame@host/db", "plans")
    assert "sesame" not in str(told.value)


@pytest.mark.parametrize("scheme", ["postgresql", "postgres"])
def test_a_server_is_known_by_its_scheme(scheme: str) -> None:
    assert isinstance(read_target(f"{scheme}://host/db", "plans"), Server)


def test_every_kind_is_tested_here() -> None:
    assert set(TARGETS) == {kind.name for kind in KINDS}


# --- secrets ----------------------------------------------------------------------------------


@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS)
def test_nothing_of_a_secret_document_or_its_copies_gets_out(target: str, dataset: Path, here: Path) -> None:
    summary = export(dataset, target)
    held = b"".join(_bytes_of(_path(target)))
    assert summary.withheld == 2
    for hidden in (WORD, B, C):
        assert hidden.encode() not in held
    assert A.encode() in held


@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS)
def test_secret_documents_get_out_when_asked_for(target: str, dataset: Path, here: Path) -> None:
    summary = export(dataset, target, include_secret=True)
    held = b"".join(_bytes_of(_path(target)))
    assert summary.withheld == 0
    assert WORD.encode() in held
    assert B.encode() in held


def test_a_contradiction_with_a_secret_document_is_withheld_and_others_are_not(dataset: Path) -> None:
    with Source(dataset) as source:
        assert [row["other_document_id"] for row in source.rows("conflicts")] == [D]
        assert list(source.rows("bodies")) == [], "counted over the secret documents too"
        assert {row["path"] for row in source.rows("files")} == {f"{A}.pdf", f"{D}.pdf", "no.zip"}
    with Source(dataset, include_secret=True) as source:
        assert len(list(source.rows("conflicts"))) == 2
        assert len(list(source.rows("bodies"))) == 1


def test_the_command_says_how_many_were_left_out(
    dataset: Path, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", str(dataset), "--to", "out.sqlite"]) == 0
    out = capsys.readouterr().out
    assert "2 documents marked secret left out" in out
    assert re.search(r"^  tasks +8$", out, re.MULTILINE)
    assert main(["export", str(dataset), "--to", "all.sqlite", "--include-secret"]) == 0
    assert "left out" not in capsys.readouterr().out


# --- a target that is there already -----------------------------------------------------------


@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS)
def test_a_target_is_replaced_only_when_asked_for(target: str, dataset: Path, here: Path) -> None:
    export(dataset, target)
    before = list(_bytes_of(_path(target)))
    with pytest.raises(TargetTaken, match="--overwrite"):
        export(dataset, target, include_secret=True)
    assert list(_bytes_of(_path(target))) == before
    export(dataset, target, include_secret=True, overwrite=True)
    assert WORD.encode() in b"".join(_bytes_of(_path(target)))
    beside = {"out.schema.json"} if target == "out.jsonl" else set()
    assert {path.name for path in here.iterdir()} == {_path(target).name} | beside, (
        "nothing is left beside it"
    )


@pytest.mark.parametrize("target", ["csv:out", "akn:out"])
def test_a_folder_of_others_is_never_replaced(target: str, dataset: Path, here: Path) -> None:
    (here / "out").mkdir()
    (here / "out" / "mine.txt").write_text("x")
    with pytest.raises(NotOurs):
        export(dataset, target, overwrite=True)
    assert (here / "out" / "mine.txt").read_text() == "x"


def test_an_empty_folder_is_filled(dataset: Path, here: Path) -> None:
    (here / "out").mkdir()
    export(dataset, "csv:out")
    assert (here / "out" / "tasks.csv").exists()


def test_a_folder_in_the_place_of_a_file_stays(dataset: Path, here: Path) -> None:
    (here / "out.sqlite").mkdir()
    with pytest.raises(NotOurs):
        export(dataset, "out.sqlite", overwrite=True)


def test_a_schema_in_the_way_of_ours_is_not_overwritten(dataset: Path, here: Path) -> None:
    (here / "out.schema.json").write_text("{}")
    with pytest.raises(TargetTaken, match="schema"):
        export(dataset, "out.jsonl")
    assert (here / "out.schema.json").read_text() == "{}"


@pytest.mark.parametrize(
    "target", ["csv:{}/out", "{}/tasks/out.sqlite", "csv:{}/../{}/new", "tt05:link/out.csv"]
)
def test_nothing_is_written_into_the_dataset(target: str, dataset: Path, here: Path) -> None:
    (here / "link").symlink_to(dataset)
    before = sorted(dataset.rglob("*"))
    with pytest.raises(InsideDataset, match="outside"):
        export(dataset, target.replace("{}", str(dataset), 1).replace("{}", dataset.name))
    assert sorted(dataset.rglob("*")) == before


def test_a_folder_that_is_missing_is_named(dataset: Path, here: Path) -> None:
    with pytest.raises(NoFolder, match="nowhere"):
        export(dataset, "nowhere/out.sqlite")


def test_a_name_that_looks_like_a_pattern_harms_nothing(dataset: Path, here: Path) -> None:
    (here / ".a").write_text("x")
    export(dataset, "[.a]*.sqlite")
    assert {path.name for path in here.iterdir()} == {".a", "[.a]*.sqlite"}


# --- faults -----------------------------------------------------------------------------------


_FULL = OSError(28, "No space left on device")


@pytest.mark.parametrize(
    ("target", "fault"),
    [
        *((target, KeyboardInterrupt) for target in TARGETS.values()),
        ("csv:out", _FULL),
        ("out.sqlite", _FULL),
    ],
)
def test_an_export_that_is_broken_off_leaves_the_target_as_it_was(
    target: str,
    fault: type[BaseException] | OSError,
    dataset: Path,
    here: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    export(dataset, target)
    before, names = list(_bytes_of(_path(target))), set(here.iterdir())
    whole: Callable[..., Iterator[pa.RecordBatch]] = Source.batches

    def cut_short(self: Source, table: str, *rest: object, **more: object) -> Iterator[pa.RecordBatch]:
        yield from islice(whole(self, table, *rest, **more), 1)
        raise fault

    monkeypatch.setattr(Source, "batches", cut_short)
    with pytest.raises(CannotWrite if isinstance(fault, OSError) else KeyboardInterrupt):
        export(dataset, target, overwrite=True)
    assert list(_bytes_of(_path(target))) == before
    assert set(here.iterdir()) == names


@pytest.mark.parametrize("target", [name for kind, name in TARGETS.items() if kind not in ("tt05", "akn")])
def test_a_full_disk_is_told_and_leaves_nothing(target: str, dataset: Path, here: Path) -> None:
    with largest_file(2048), pytest.raises(CannotWrite, match=r"out"):
        export(dataset, target)
    assert list(here.iterdir()) == []


def test_a_dataset_of_another_schema_is_told(tmp_path: Path, here: Path) -> None:
    folder = write_dataset(tmp_path / "old", {"documents": [document(A)]})
    part = folder / "tasks" / "part-0.parquet"
    pq.write_table(as_table("tasks", []).drop_columns(["end_strict"]), part)
    with pytest.raises(OtherSchema, match="tasks has no column end_strict"):
        export(folder, "out.sqlite")
    assert list(here.iterdir()) == []


def test_a_folder_that_is_no_dataset_is_told(here: Path) -> None:
    with pytest.raises(NotADataset):
        export(here, "out.sqlite")


@pytest.mark.parametrize("target", ["out.jsonl", "out.sqlite", "out.duckdb"])
def test_rows_of_no_document_are_told(target: str, tmp_path: Path, here: Path) -> None:
    folder = write_dataset(tmp_path / "odd", {"documents": [document(A)], "tasks": [task(B)]})
    with pytest.raises(BrokenDataset):
        export(folder, target)
    assert list(here.iterdir()) == []


def test_rows_out_of_order_are_told(tmp_path: Path, here: Path) -> None:
    folder = write_dataset(tmp_path / "odd", {})
    rows = as_table("documents", [document(B), document(A)])
    pq.write_table(rows, folder / "documents" / "part-0.parquet")
    with pytest.raises(BrokenDataset, match="sorted"):
        export(folder, "out.jsonl")


@pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS)
def test_a_dataset_without_rows_is_exported(target: str, tmp_path: Path, here: Path) -> None:
    summary = export(write_dataset(tmp_path / "none", {}), target)
    assert set(summary.rows.values()) <= {0}
    assert _path(target).exists()


def test_an_open_dataset_gives_its_name_to_the_target(dataset: Path, here: Path) -> None:
    assert export(open_dataset(dataset), "jsonl").target == "plans.jsonl"


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (["--to", "plans"], 2, "is no target"),
        (["--to", "nowhere/out.sqlite"], 2, "nowhere"),
        ([], 2, "--to"),
    ],
)
def test_the_command_tells_what_is_wrong_in_one_line(
    arguments: list[str],
    status: int,
    told: str,
    dataset: Path,
    here: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    try:
        assert main(["export", str(dataset), *arguments]) == status
    except SystemExit as ended:
        assert ended.code == status
    error = capsys.readouterr().err
    assert told in error
    assert error.count("\n") == 1
