"""Datasets and sources in a storage elsewhere, reached by fsspec: a storage in memory, and S3 on loopback."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from pathlib import Path

import fsspec  # type: ignore[import-untyped]
import pytest

from extractors.document import Document
from extractors.plan import Header, Plan, Task
from pipeline.dataset import open_dataset
from pipeline.events import Watchers
from pipeline.folder import INDEX, MANIFEST
from pipeline.ingestion import ingest, prune, rebuild, retry
from pipeline.manifest import changes
from pipeline.places import RemotePlace, place
from pipeline.publishing import Published, working_folder
from pipeline.schema import TABLES
from pipeline.status import status
from pipeline.usage import DatasetBusy, FolderTaken, NoSource, NotADataset
from pipeline.workspace import looked_at
from tests.bad_files import plan_text
from tests.stubs import use_extract


def small_extract(document: Document) -> Plan:
    task = Task(start=0, end=2, rule="test", source="list", content="Việc", content_key="viec", task_id="p1")
    return Plan(header=Header(doc_type="KH"), tasks=(task,))


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    use_extract(monkeypatch, small_extract)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """The address of a bucket of an S3 server of our own."""
    moto = pytest.importorskip("moto.server")
    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {
            "AWS_ENDPOINT_URL": f"http://{host}:{port}",
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_DEFAULT_REGION": "us-east-1",
        }.items():
            patch.setenv(name, value)
        fsspec.filesystem("s3").mkdir("archive")
        yield "s3://archive"
    server.stop()


@pytest.fixture(params=["memory", "s3"])
def base(request: pytest.FixtureRequest) -> str:
    """An empty place, by its address."""
    bucket = request.getfixturevalue("s3") if request.param == "s3" else "memory://test"
    return f"{bucket}/{secrets.token_hex(4)}"


def put(url: str, content: bytes) -> None:
    storage, path = fsspec.url_to_fs(url, use_listings_cache=False)
    storage.pipe_file(path, content)


def take(url: str) -> None:
    storage, path = fsspec.url_to_fs(url, use_listings_cache=False)
    storage.rm_file(path)


def names(url: str) -> set[str]:
    storage, path = fsspec.url_to_fs(url, use_listings_cache=False)
    storage.invalidate_cache()
    return {str(name)[len(path) :].lstrip("/") for name in storage.find(path)}


def plans(base: str, *names: str) -> str:
    for name in names:
        put(f"{base}/in/{name}", plan_text(f"Việc {name}").encode())
    return f"{base}/in"


def test_a_dataset_elsewhere_is_the_one_of_this_machine(base: str, tmp_path: Path) -> None:
    source = plans(base, "a.txt", "năm 2024/b.txt")
    here = ingest(source, tmp_path / "here")
    there = ingest(source, f"{base}/out")
    assert (there.files, there.rows, there.version) == (here.files, here.rows, 1)
    own, other = open_dataset(tmp_path / "here"), open_dataset(f"{base}/out")
    for table in TABLES:
        assert own.arrow(table).equals(other.arrow(table)), table
    assert [row["path"] for row in other.files.to_dict("records")] == ["a.txt", "năm 2024/b.txt"]


def test_a_dataset_elsewhere_is_asked_by_sql(base: str) -> None:
    ingest(plans(base, "a.txt", "b.txt"), f"{base}/out")
    found = open_dataset(f"{base}/out").sql(
        "SELECT count(*) AS n FROM tasks JOIN documents USING (document_id)"
    )
    assert found["n"].tolist() == [2]


def test_a_second_run_takes_records_and_parts_of_the_first(
    base: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = plans(base, "a.txt", "b.txt")
    ingest(source, f"{base}/out")
    before = names(f"{base}/out")

    def never(*_: object, **__: object) -> Document:
        raise AssertionError("read again")

    monkeypatch.setattr("pipeline.reading.parse_bytes", never)
    assert ingest(source, f"{base}/out").version == 1
    assert names(f"{base}/out") == before


@pytest.mark.parametrize("machine", ["same", "another"])
def test_a_new_file_is_published_and_old_parts_go(
    base: str, machine: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    ingest(plans(base, *(f"{i}.txt" for i in range(6))), f"{base}/out")
    before = {name for name in names(f"{base}/out") if name.startswith("tasks/")}
    if machine == "another":
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "other cache"))
    summary = ingest(plans(base, "new.txt"), f"{base}/out")
    after = {name for name in names(f"{base}/out") if name.startswith("tasks/")}
    assert summary.version == 2
    assert len(after - before) == 1, "one new document, one new part"
    assert len(open_dataset(f"{base}/out").tasks) == 7
    with looked_at(f"{base}/out") as folder:
        assert [change.path for change in changes(folder, 1)] == ["new.txt"]


def test_a_file_that_is_gone_stays_until_it_is_pruned(base: str) -> None:
    source = plans(base, "a.txt", "b.txt")
    ingest(source, f"{base}/out")
    take(f"{base}/in/b.txt")
    assert ingest(source, f"{base}/out").files == {"gone": 1, "read": 1}
    assert len(open_dataset(f"{base}/out").documents) == 2
    assert prune(f"{base}/out").files == {"read": 1}
    assert len(open_dataset(f"{base}/out").documents) == 1
    assert sum(name.startswith(".records/") for name in names(f"{base}/out")) == 2


def test_status_retry_and_build_work_elsewhere(base: str) -> None:
    source = plans(base, "a.txt")
    put(f"{base}/in/cut.pdf", b"%PDF-1.7\n1 0 obj\n<<")
    ingest(source, f"{base}/out")
    assert status(f"{base}/out").files == {"failed": 1, "read": 1}
    assert retry(f"{base}/out").files == {"failed": 1, "read": 1}
    assert rebuild(f"{base}/out").version == 1


def test_a_run_that_breaks_off_publishes_nothing(base: str, monkeypatch: pytest.MonkeyPatch) -> None:
    source = plans(base, "a.txt")
    ingest(source, f"{base}/out")
    plans(base, "b.txt")

    def full(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(Published, "publish", full)
        ingest(source, f"{base}/out")
    assert len(open_dataset(f"{base}/out").documents) == 1
    assert ingest(source, f"{base}/out").files == {"read": 2}
    assert len(open_dataset(f"{base}/out").documents) == 2


def test_a_run_that_breaks_off_before_the_manifest_loses_no_change(
    base: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = plans(base, "a.txt")
    ingest(source, f"{base}/out")
    plans(base, "b.txt")
    write = RemotePlace.write

    def write_all_but(self: RemotePlace, name: str, content: bytes) -> None:
        if name == MANIFEST:
            raise KeyboardInterrupt
        write(self, name, content)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(RemotePlace, "write", write_all_but)
        ingest(source, f"{base}/out")
    assert ingest(source, f"{base}/out").version == 2
    with looked_at(f"{base}/out") as folder:
        assert [(change.path, change.what) for change in changes(folder, 1)] == [("b.txt", "added")]
    assert len({name.split("/")[1] for name in names(f"{base}/out") if name.startswith(".sources/")}) == 1


def test_two_machines_do_not_write_over_each_other(
    base: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    source, dataset = plans(base, "a.txt"), f"{base}/out"
    put(f"{base}/in 2/b.txt", plan_text("Việc b").encode())

    class OtherMachine(Watchers):
        """Comes while the first has read and not yet built."""

        def phase(self, name: str) -> None:
            if name == "building tables":
                with pytest.MonkeyPatch.context() as patch:
                    patch.setenv("XDG_CACHE_HOME", str(tmp_path / "other cache"))
                    ingest(f"{base}/in 2", dataset)

    with pytest.raises(DatasetBusy, match="another machine"):
        ingest(source, dataset, watcher=OtherMachine())
    assert open_dataset(dataset).documents["path"].tolist() == ["b.txt"]
    assert ingest(source, dataset).files == {"read": 2}
    assert sorted(open_dataset(dataset).documents["path"]) == ["a.txt", "b.txt"]


def test_what_a_killed_run_left_is_not_undone_in_the_index_of_another(base: str) -> None:
    dataset = f"{base}/out"
    ingest(plans(base, "a.txt"), dataset)
    journal = working_folder(dataset) / f"{INDEX}-journal"
    journal.write_bytes(bytes.fromhex("d9d505f920a163d7") + bytes(4000))  # that of a transaction under way
    assert ingest(plans(base, "b.txt"), dataset).files == {"read": 2}
    assert not journal.exists()


@pytest.mark.parametrize("build", ["../../../../evil", "/evil", "0" * 15 + "/"])
def test_a_stranger_names_no_place_outside(base: str, build: str, tmp_path: Path) -> None:
    dataset = f"{base}/out"
    ingest(plans(base, "a.txt"), dataset)
    content = place(dataset).read(MANIFEST) or b""
    put(f"{dataset}/{MANIFEST}", re.sub(rb'"build": *"[^"]*"', f'"build": "{build}"'.encode(), content))
    put(f"{dataset}/.history/..%2f..%2fevil.jsonl", b"evil")
    ingest(plans(base, "b.txt"), dataset)
    assert not [path for path in tmp_path.rglob("*") if "evil" in path.name]
    assert len(open_dataset(dataset).documents) == 2


def test_what_stands_elsewhere_already_is_not_written_over(base: str) -> None:
    put(f"{base}/out/notes.txt", b"mine")
    with pytest.raises(FolderTaken):
        ingest(plans(base, "a.txt"), f"{base}/out")
    assert names(f"{base}/out") == {"notes.txt"}


def test_an_address_with_nothing_there_is_told(base: str, tmp_path: Path) -> None:
    with pytest.raises(NotADataset):
        open_dataset(f"{base}/none")
    with pytest.raises(NotADataset):
        status(f"{base}/none")
    with pytest.raises(NoSource):
        ingest(f"{base}/none", tmp_path / "out")
