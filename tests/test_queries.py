"""Questions to a dataset: tasks of a body, what is due, bodies, movements, search, SQL."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from extractors.plan import Header, Movement, Plan, Task, TaskBody, Time
from extractors.vietnamese.letters import key, search_key
from pipeline.dataset import Dataset, open_dataset
from pipeline.ingestion import ingest
from pipeline.queries import Between, interval
from pipeline.schema import TABLES
from pipeline.usage import OtherSchema, UnknownBody, UsageError
from tests.bad_files import write
from tests.stubs import use_extract

SNV, STC, VP = "Sở Nội vụ tỉnh An Khê", "Sở Tài chính tỉnh An Khê", "Văn phòng Ủy ban nhân dân tỉnh An Khê"


def body(name: str, role: str = "lead") -> TaskBody:
    return TaskBody(start=0, end=1, rule="test", role=role, text=name, body=name, body_key=key(name))


def task(content: str, end: str | None, *bodies: TaskBody) -> Task:
    time = Time(kind="deadline" if end else "ongoing", end_on=dt.date.fromisoformat(end) if end else None)
    return Task(
        start=0, end=2, rule="test", source="table", content=content, content_key=search_key(content),
        task_id=f"t{abs(hash(content)) % 9999}", time=time, bodies=bodies,
    )  # fmt: skip


def movement(name: str) -> Movement:
    return Movement(start=0, end=1, rule="test", name=name, key=key(name), mentions=2)


PLANS = {
    "2023": Plan(
        header=Header(doc_type="KH", plan_year=2023, plan_id="a", issuer=SNV, issuer_key=key(SNV)),
        tasks=(
            task("Tổng kết thi đua của Hội Chữ thập đỏ", "2023-12-31", body(SNV), body(STC, "coordinating")),
            task("Thẩm định hồ sơ khen thưởng", "2023-06-30", body(STC)),
        ),
        movements=(movement("Cả nước chung tay vì người nghèo"),),
    ),
    "2024": Plan(
        header=Header(doc_type="KH", plan_year=2024, plan_id="b", issuer=SNV, issuer_key=key(SNV)),
        tasks=(
            task("Khen thưởng đột xuất", None, body(SNV)),
            task("Sơ kết công tác khen thưởng", "2024-06-30", body(VP, "implementing")),
        ),
        movements=(movement("Cả nước chung tay vì người nghèo"), movement("Dân vận khéo")),
    ),
}


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    folder = tmp_path_factory.mktemp("queries [1]*")  # a path that looks like a pattern
    for year, copies in (("2023", 1), ("2024", 2)):
        for copy in range(copies):
            write(folder, f"in/{year}-{copy}.txt", f"KẾ HOẠCH năm {year}, bản {copy}")
    with pytest.MonkeyPatch.context() as patch:
        use_extract(patch, lambda document: PLANS["2023" if "2023" in document.text else "2024"])
        ingest(folder / "in", folder / "out")
    return open_dataset(folder / "out")


def contents(frame: object) -> list[str]:
    return list(frame["content"])  # type: ignore[index]


def test_the_tasks_that_a_body_leads(dataset: Dataset) -> None:
    assert contents(dataset.tasks_of(body=SNV)) == [
        "Tổng kết thi đua của Hội Chữ thập đỏ",
        "Khen thưởng đột xuất",
    ]
    assert contents(dataset.tasks_of(body=SNV, year=2023)) == ["Tổng kết thi đua của Hội Chữ thập đỏ"]
    assert contents(dataset.tasks_of(body=STC, role="coordinating")) == [
        "Tổng kết thi đua của Hội Chữ thập đỏ"
    ]
    assert len(dataset.tasks_of(body=STC, role="any")) == 2
    assert contents(dataset.tasks_of(body=VP)) == ["Sơ kết công tác khen thưởng"], (
        "one column that says no more"
    )


def test_copies_of_a_plan_count_once(dataset: Dataset) -> None:
    assert len(dataset.tasks) == 6
    assert len(dataset.tasks_of(year=2024)) == 2


@pytest.mark.parametrize(
    "name",
    [SNV.upper(), "so noi vu tinh an khe", "Sở  nội vụ tỉnh An Khê", "SNV tỉnh An Khê", "SNV tinh An Khe",
     "snv tinh an khe", "so nv tinh an khe"],
)  # fmt: skip
def test_a_body_is_known_by_any_spelling_of_its_name(name: str, dataset: Dataset) -> None:
    assert len(dataset.tasks_of(body=name)) == 2


def test_an_unknown_body_is_told_with_the_nearest_names(dataset: Dataset) -> None:
    with pytest.raises(UnknownBody, match=f"{SNV}"):
        dataset.tasks_of(body="Sở Nội vụ tỉnh An Kê")
    with pytest.raises(UnknownBody) as told:
        dataset.due(("2024-01-01", "2024-12-31"), body="???")
    assert "Near to it" not in str(told.value)


def test_what_is_due_between_two_days_both_included(dataset: Dataset) -> None:
    assert contents(dataset.due(("2023-06-30", dt.date(2023, 12, 31)))) == [
        "Thẩm định hồ sơ khen thưởng",
        "Tổng kết thi đua của Hội Chữ thập đỏ",
    ]
    assert contents(dataset.due(("2023-07-01", "2023-12-30"))) == []
    (leads,) = dataset.due(("2024-06-30", "2024-06-30"))["leads"]
    assert list(leads) == [VP]
    assert contents(dataset.due(("2023-01-01", "2024-12-31"), body=STC)) == [
        "Thẩm định hồ sơ khen thưởng",
        "Tổng kết thi đua của Hội Chữ thập đỏ",
    ]


@pytest.mark.parametrize(
    ("between", "days"),
    [
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2024-Q3", ("2024-07-01", "2024-09-30")),
        ("2024", ("2024-01-01", "2024-12-31")),
        ("2024-07-31", ("2024-07-31", "2024-07-31")),
        (dt.datetime(2024, 7, 31, 11), ("2024-07-31", "2024-07-31")),
        (("2023-11", "2024-Q1"), ("2023-11-01", "2024-03-31")),
        ((dt.date(2024, 5, 6), "2024"), ("2024-05-06", "2024-12-31")),
    ],
)
def test_a_period_is_its_first_and_last_day(between: Between, days: tuple[str, str]) -> None:
    assert tuple(map(str, interval(between))) == days


@pytest.mark.parametrize(
    "between",
    [None, 2024, "07/2024", "2024-13", "2024-02-30", "202407", ("2024-07-01",), ("2023-01-01", "31/12/2023"),
     (None, "2024-01-01"), ("2024-01", "2024-02", "2024-03")],
)  # fmt: skip
def test_what_is_no_time_is_told_with_what_is_accepted(between: object, dataset: Dataset) -> None:
    with pytest.raises(UsageError, match=r"2024-07-31.*2024-Q3.*pair") as told:
        dataset.due(between)  # type: ignore[arg-type]
    assert repr(between) in str(told.value)


def test_days_the_wrong_way_round_are_told() -> None:
    with pytest.raises(UsageError, match="2024-09-01, comes after the last, 2024-07-31"):
        interval(("2024-09", "2024-07"))


@pytest.mark.parametrize(
    ("asked", "told"), [({"year": "2024"}, "'2024' is no year"), ({"role": "leads"}, "there are lead, ")]
)
def test_what_is_no_year_or_role_is_told(asked: dict[str, str], told: str, dataset: Dataset) -> None:
    with pytest.raises(UsageError, match=told):
        dataset.tasks_of(**asked)  # type: ignore[arg-type]


@pytest.mark.parametrize("words", ["khen thuong", "KHEN THƯỞNG", "khen  thưởng"])
def test_search_without_accents_gives_the_best_first(words: str, dataset: Dataset) -> None:
    assert contents(dataset.search(words)) == [
        "Khen thưởng đột xuất",
        "Thẩm định hồ sơ khen thưởng",
        "Sơ kết công tác khen thưởng",
    ]


def test_search_finds_whole_syllables_in_any_order(dataset: Dataset) -> None:
    assert contents(dataset.search("thưởng sơ kết")) == ["Sơ kết công tác khen thưởng"]
    assert contents(dataset.search("khe")) == []
    for nothing in ("%", ""):
        with pytest.raises(UsageError, match="no word"):
            dataset.search(nothing)


@pytest.mark.parametrize("words", ["hoi ctd", "Hội CTĐ", "thi dua hoi CTD"])
def test_search_finds_what_an_abbreviation_stands_for(words: str, dataset: Dataset) -> None:
    assert contents(dataset.search(words)) == ["Tổng kết thi đua của Hội Chữ thập đỏ"]


def test_bodies_with_what_they_lead(dataset: Dataset) -> None:
    rows = {row["name"]: row for row in dataset.bodies().to_dict("records")}
    own = rows[SNV]
    assert (own["tasks_led"], own["issued"], own["first_year"], own["last_year"]) == (2, 2, 2023, 2024)
    assert (rows[STC]["tasks_led"], rows[STC]["issued"]) == (1, 0)


def test_movements_by_year(dataset: Dataset) -> None:
    found = dataset.movements_by_year()
    assert list(zip(found["plan_year"], found["name"], found["plans"], strict=True)) == [
        (2023, "Cả nước chung tay vì người nghèo", 1),
        (2024, "Cả nước chung tay vì người nghèo", 1),
        (2024, "Dân vận khéo", 1),
    ]


@pytest.mark.parametrize("table", TABLES)
def test_sql_knows_every_table(table: str, dataset: Dataset) -> None:
    found = dataset.sql(f'SELECT count(*) AS n FROM "{table}"')
    assert found["n"].tolist() == [len(dataset.frame(table))]


def test_sql_takes_parameters(dataset: Dataset) -> None:
    found = dataset.sql("SELECT issuer FROM documents WHERE plan_year = $year", {"year": 2023})
    assert found["issuer"].tolist() == [SNV]
    assert str(found.dtypes["issuer"]) == "string[pyarrow]"


def test_a_relation_is_lazy_and_can_be_asked(dataset: Dataset) -> None:
    due = dataset.relation("tasks").filter("end_on IS NOT NULL").aggregate("count(*)")
    assert due.fetchall() == [(4,)]


def test_tables_of_another_schema_are_told(dataset: Dataset, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    write(tmp_path, "datapackage.json", (dataset.folder / "datapackage.json").read_text())
    (tmp_path / "documents").mkdir()
    old = dataset.arrow("documents").drop_columns(["series_key"])
    pq.write_table(old, tmp_path / "documents" / "part-0-0.parquet")
    with pytest.raises(OtherSchema, match="series_key"):
        open_dataset(tmp_path)
