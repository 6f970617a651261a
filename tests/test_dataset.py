"""Opening a dataset: DataFrames with Arrow types, read late, of one state."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

import pipeline
from extractors.document import Document
from extractors.plan import Header, Plan, Task
from pipeline.dataset import Dataset, open_dataset
from pipeline.ingestion import ingest
from pipeline.schema import TABLES
from pipeline.usage import NotADataset
from tests.bad_files import plan_text, write
from tests.stubs import use_extract


def _one_task(document: Document) -> Plan:
    task = Task(start=0, end=2, rule="test", source="list", content="Việc", content_key="viec")
    return Plan(header=Header(doc_type="KH", plan_year=2024), tasks=(task,))


@pytest.fixture
def dataset(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    use_extract(monkeypatch, _one_task)
    write(tmp_path, "source/a.txt", plan_text())
    write(tmp_path, "source/b.txt", plan_text("Khác"))
    ingest(tmp_path / "source", tmp_path / "dataset")
    return tmp_path / "dataset"


@pytest.mark.parametrize("table", TABLES)
def test_every_table_is_a_frame_with_its_columns(dataset: Path, table: str) -> None:
    held = getattr(open_dataset(dataset), table)
    frame = held() if table == "bodies" else held
    assert isinstance(frame, pd.DataFrame)
    assert tuple(frame.columns) == TABLES[table].names


def test_a_property_stands_for_every_table() -> None:
    assert [name for name in TABLES if not hasattr(Dataset, name)] == []


def test_types_are_arrows_and_unknown_is_missing(dataset: Path) -> None:
    documents = pipeline.open_dataset(dataset).documents
    assert str(documents.dtypes["plan_year"]) == "int32[pyarrow]"
    assert str(documents.dtypes["issued_on"]) == "date32[day][pyarrow]"
    assert documents["plan_year"].tolist() == [2024, 2024]
    assert documents["issued_on"].isna().all()


def test_frames_join_by_their_ids(dataset: Path) -> None:
    opened = open_dataset(dataset)
    joined = opened.tasks.merge(opened.documents, on="document_id")
    assert sorted(joined["path"]) == ["a.txt", "b.txt"]


def test_pandas_alone_reads_a_table(dataset: Path) -> None:
    assert len(pd.read_parquet(dataset / "tasks")) == 2


def test_a_table_is_read_once_and_late(dataset: Path) -> None:
    opened = open_dataset(dataset)
    assert "tasks" not in vars(opened)
    assert opened.tasks is opened.tasks


def test_what_was_opened_does_not_change_under_its_reader(dataset: Path, tmp_path: Path) -> None:
    opened = open_dataset(dataset)
    write(tmp_path, "source/c.txt", plan_text("Thứ ba"))
    ingest(tmp_path / "source", dataset)
    assert len(opened.documents) == 2
    assert len(open_dataset(dataset).documents) == 3


def test_a_copy_without_links_opens_too(dataset: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(dataset, copy, ignore=shutil.ignore_patterns(".*"))
    assert len(open_dataset(copy).documents) == 2


@pytest.mark.parametrize("made", [False, True], ids=["nothing", "empty folder"])
def test_a_folder_that_is_no_dataset_is_told_so(made: bool, tmp_path: Path) -> None:
    folder = tmp_path / "none"
    if made:
        folder.mkdir()
    with pytest.raises(NotADataset, match="kehoach ingest"):
        open_dataset(folder)
