"""Comparing plans of a dataset: which are chosen, what is read of them, the command and what it prints."""
# ruff: noqa: E501  (texts are data: they are not cut where a line of code ends)

from __future__ import annotations

import csv
import io
import json
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import pytest

from pipeline.commands import compare as command
from pipeline.commands.options import Parser
from pipeline.comparison import Comparison, compare, compare_tasks, compare_years
from pipeline.comparison.choosing import by_issuer, by_series
from pipeline.comparison.csvtable import COLUMNS
from pipeline.comparison.errors import (
    NoPlanOfYear,
    PlanTooLong,
    SeveralPlans,
    TooFewPlans,
    UnknownIssuer,
    UnknownPlan,
)
from pipeline.comparison.fates import basis_changes, movement_changes
from pipeline.comparison.lineage import lineage_of
from pipeline.comparison.model import ComparedBasis, ComparedMovement, ComparedPlan, ComparedTask
from pipeline.comparison.years import rows_of
from pipeline.dataset import Dataset, open_dataset
from pipeline.ingestion import ingest
from pipeline.usage import UsageError
from tests.maker.as_docx import LAYOUTS as DOCX_LAYOUTS
from tests.maker.as_docx import as_docx
from tests.maker.as_pdf import as_pdf
from tests.maker.facts import Group, MadePlan, Row, TaskTable, lead, row
from tests.maker.plans_emulation import PROVINCE

ISSUER = "Ủy ban nhân dân tỉnh Hà Nam"
T = TypeVar("T")


def replaced(thing: T, words: Sequence[tuple[str, str]]) -> T:
    """A made plan with words replaced in all that it prints."""
    if isinstance(thing, str):
        for old, new in words:
            thing = thing.replace(old, new)  # type: ignore[assignment]
        return thing
    if isinstance(thing, tuple):
        return tuple(replaced(each, words) for each in thing)  # type: ignore[return-value]
    if is_dataclass(thing) and not isinstance(thing, type):
        return replace(thing, **{f.name: replaced(getattr(thing, f.name), words) for f in fields(thing)})
    return thing


def with_rows(plan: MadePlan, edit: Callable[[list[Row]], list[Row]]) -> MadePlan:
    """A made plan whose task table has other rows."""
    body = tuple(
        replace(block, groups=(Group(None, tuple(edit(list(block.groups[0].rows)))),))
        if isinstance(block, TaskTable)
        else block
        for block in plan.body
    )
    return replace(plan, body=body)


def _next_year(rows: list[Row]) -> list[Row]:
    """The second row dropped, the fifth a month earlier, the third led by another, one added at the end."""
    kept = [each for each in rows if each.no != "2"]
    moved = [replaced(each, [("Tháng 7", "Tháng 6")]) for each in kept]
    reassigned = [replaced(each, [("Sở Thông tin và Truyền thông", "Tỉnh đoàn")]) for each in moved]
    new = row(
        "8",
        "Bình chọn công dân tiêu biểu của tỉnh.",
        replace(kept[0].when, text="Quý III"),
        lead("Tỉnh đoàn"),
    )
    return [*reassigned, new]


YEAR = [("2023", "2024"), ("2024", "2025")][::-1]
LATER = replaced(with_rows(PROVINCE, _next_year), YEAR)
LATEST = replaced(with_rows(LATER, lambda rows: rows[1:]), [("2025", "2026"), ("2024", "2025")])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("compared")
    source = home / "source"
    source.mkdir()
    (source / "2024.pdf").write_bytes(as_pdf(PROVINCE, "header repeated"))
    (source / "2024-copy.docx").write_bytes(as_docx(PROVINCE, DOCX_LAYOUTS[0]))
    (source / "2025.pdf").write_bytes(as_pdf(LATER, "rows cut"))
    (source / "2026.docx").write_bytes(as_docx(LATEST, DOCX_LAYOUTS[0]))
    ingest(source, home / "dataset")
    return home / "dataset"


@pytest.fixture(scope="module")
def dataset(folder: Path) -> Dataset:
    return open_dataset(folder)


def test_two_years_of_a_body(dataset: Dataset) -> None:
    found = compare(dataset, issuer=ISSUER, years=(2024, 2025))
    rows = [change for change in found.tasks if any(t.source == "table" for t in (*change.old, *change.new))]
    kinds = {((c.old or c.new)[0].no, bool(c.old)): c.kind for c in rows if c.kind != "same"}
    assert kinds == {
        ("2", True): "dropped", ("3", True): "reassigned", ("5", True): "moved", ("8", False): "added",
    }  # fmt: skip
    assert {c.kind for c in found.tasks if c not in rows} == {"same"}


def test_a_dataset_at_a_path_that_is_no_text(dataset: Dataset, tmp_path: Path) -> None:
    other = open_dataset(shutil.copytree(dataset.folder, tmp_path / os.fsdecode(b"k\xe9")))
    asked = {"issuer": ISSUER, "years": (2024, 2025)}
    assert compare(other, **asked) == compare(dataset, **asked)  # type: ignore[arg-type]


def test_facts_know_their_files_and_pages(dataset: Dataset) -> None:
    found = compare(dataset, issuer=ISSUER, years=(2024, 2025))
    assert found.new.path == "2025.pdf"
    assert all(task.page is not None for change in found.tasks for task in change.new)
    assert all(change.new.page for change in found.legal_bases if change.new is not None)


def test_one_copy_of_a_plan_is_taken(dataset: Dataset) -> None:
    found = compare(dataset, issuer=ISSUER, years=(2024, 2025))
    preferred = dataset.documents.query("plan_year == 2024 and preferred_copy")["path"].tolist()
    assert [found.old.path] == preferred


def test_bases_are_kept_and_replaced(dataset: Dataset) -> None:
    found = compare(dataset, issuer=ISSUER, years=(2024, 2025))
    assert {change.kind for change in found.legal_bases} == {"kept", "replaced"}


def test_movements_are_kept(dataset: Dataset) -> None:
    found = compare(dataset, issuer=ISSUER, years=(2024, 2025))
    assert [change.kind for change in found.movements] == ["kept"] * 3


def test_by_series_and_by_documents(dataset: Dataset) -> None:
    by_body = compare(dataset, issuer=ISSUER, years=(2024, 2025))
    assert by_body.old.series_key is not None
    assert compare(dataset, series=by_body.old.series_key, years=(2024, 2025)) == by_body
    ids = (by_body.old.document_id, by_body.new.document_id)
    assert compare(dataset, documents=ids) == by_body


def test_three_years_are_followed(dataset: Dataset) -> None:
    found = compare_years(dataset, issuer=ISSUER, years=(2024, 2025, 2026))
    steps = {row.steps for row in found.rows}
    assert {
        (None, "same", "same"),
        (None, "same", "dropped"),
        (None, "dropped", None),
        (None, "added", "same"),
    } <= steps
    assert all(len(row.cells) == 3 for row in found.rows)
    for column, plan in enumerate(found.plans):
        tasks = [task.task_id for row in found.rows for task in row.cells[column]]
        assert sorted(tasks) == sorted(dataset.tasks.query(f"document_id == '{plan.document_id}'")["task_id"])


def test_a_comparison_as_a_frame(dataset: Dataset) -> None:
    found = compare(dataset, issuer=ISSUER, years=(2024, 2025))
    frame = found.frame()
    assert tuple(frame.columns) == COLUMNS
    assert frame["kind"].tolist() == [change.kind for change in found.tasks]
    (moved,) = frame.query("kind == 'moved'").itertuples()
    assert (moved.old_time, moved.new_time) == ("Tháng 7", "Tháng 6")
    added = frame.query("kind == 'added'")
    assert added[["score", "old_content", "old_page"]].isna().all(axis=None)
    assert added["new_content"].notna().all()


def test_years_as_a_frame(dataset: Dataset) -> None:
    found = compare_years(dataset, issuer=ISSUER, years=(2024, 2025, 2026))
    frame = found.frame()
    assert frame.columns.tolist() == [2024, 2025, 2026]
    (new,) = frame.filter(like="Bình chọn công dân", axis=0).fillna("").to_numpy().tolist()
    assert new == ["", "added", "same"]
    assert set(frame[2024].dropna()) == {"●"}
    of_one_year = tuple(plan.model_copy(update={"plan_year": 2024}) for plan in found.plans)
    columns = found.model_copy(update={"plans": of_one_year}).frame().columns
    assert columns.tolist() == [plan.path for plan in found.plans]


def test_a_task_that_goes_on_is_not_dropped_with_its_other_part() -> None:
    def task(name: str, content: str) -> ComparedTask:
        return ComparedTask(
            task_id=name, document_id=name[0], seq=int(name[1]), source="table", content=content
        )

    plans = (
        [task("a0", "Tập huấn chữ ký số; diễn tập chữa cháy tại chợ")],
        [task("b0", "Tập huấn chữ ký số"), task("b1", "Diễn tập chữa cháy tại chợ")],
        [task("c0", "Tập huấn chữ ký số"), task("c1", "Trồng cây đầu xuân")],
    )
    steps = [
        Comparison(old=plan("a", ISSUER, 2024), new=plan("b", ISSUER, 2025), tasks=compare_tasks(old, new))
        for old, new in pairwise(plans)
    ]
    first, second = rows_of(steps)
    assert (first.steps, [len(cell) for cell in first.cells]) == ((None, "split", "same"), [1, 2, 1])
    assert (second.steps, [len(cell) for cell in second.cells]) == ((None, None, "added"), [0, 0, 1])


def test_an_error_that_lists_has_its_remedy_on_a_line_of_its_own(dataset: Dataset) -> None:
    with pytest.raises(UnknownIssuer) as told:
        compare(dataset, issuer="UBND tỉnh Hà Nội", years=(2024, 2025))
    assert str(told.value).splitlines()[1:] == [f"  {ISSUER}", told.value.remedy]


@pytest.mark.parametrize("name", ["UBND tinh Ha Nam", "ubnd tinh ha nam", "UỶ BAN NHÂN DÂN tỉnh Hà Nam"])
def test_a_body_is_known_however_it_is_typed(name: str, dataset: Dataset) -> None:
    assert compare(dataset, issuer=name, years=(2024, 2025)) == compare(
        dataset, issuer=ISSUER, years=(2024, 2025)
    )


def test_names_that_differ_by_accents_alone_are_offered() -> None:
    bodies = ["UBND xã Hòa Bình", "UBND xã Hóa Bình"]
    plans = [plan(name, name, 2024) for name in bodies]
    with pytest.raises(UnknownIssuer, match=r"(?s)may be any of these.*Hòa.*Hóa"):
        by_issuer(plans, "ubnd xa hoa binh", (2024,), None, lineage_of)


def test_a_body_typed_without_accents_is_followed_through_a_merger() -> None:
    plans = [
        plan("a", "Trường Chính trị tỉnh Yên Bái", 2024),
        plan("b", "Trường Chính trị tỉnh Lào Cai", 2026),
    ]
    found = by_issuer(plans, "truong chinh tri tinh yen bai", (2024, 2026), None, lineage_of)
    assert [each.document_id for each in found] == ["a", "b"]


def test_a_series_without_years_has_all(dataset: Dataset) -> None:
    series = compare(dataset, issuer=ISSUER, years=(2024, 2025)).old.series_key
    assert [plan.plan_year for plan in compare_years(dataset, series=series).plans] == [2024, 2025, 2026]


@pytest.mark.parametrize(
    ("request_", "error", "told"),
    [
        ({"issuer": "UBND tỉnh Hà Nội", "years": (2024, 2025)}, UnknownIssuer, ISSUER),
        ({"issuer": ISSUER, "years": (2024, 2031)}, NoPlanOfYear, "2024, 2025, 2026"),
        (
            {"issuer": ISSUER, "years": (2024,)},
            TooFewPlans,
            f"{ISSUER}: There are plans for 2024, 2025, 2026",
        ),
        ({"issuer": ISSUER}, TooFewPlans, "No year is named.*2024, 2025, 2026"),
        ({"issuer": (ISSUER, ISSUER)}, TooFewPlans, "No year is named"),
        ({"issuer": (ISSUER, ISSUER), "years": (2024, 2025, 2026)}, UsageError, "each in its own, not in 3"),
        ({"issuer": ISSUER, "years": (2024, 2024)}, UsageError, "2024 is named twice"),
        ({"documents": ("0" * 16, "0" * 16)}, UsageError, f"{'0' * 16} is named twice"),
        ({"issuer": "", "years": (2024, 2025)}, UnknownIssuer, "“”"),
        ({"issuer": ISSUER, "years": (2024, 2025, 2026)}, UsageError, "3 plans"),
        ({"series": "x|y"}, UnknownPlan, "series “x|y”"),
        ({"documents": ("0" * 16, "1" * 16)}, UnknownPlan, "0" * 16),
        ({}, UsageError, "Nothing to compare"),
    ],
)
def test_a_request_that_cannot_be_met(
    dataset: Dataset, request_: dict[str, object], error: type[UsageError], told: str
) -> None:
    with pytest.raises(error, match="(?s)" + told.replace("|", r"\|")):
        compare(dataset, **request_)  # type: ignore[arg-type]


def test_a_plan_with_too_many_tasks_is_refused(dataset: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.comparison.reading._MOST_TASKS", 3)
    with pytest.raises(PlanTooLong, match=r"2024\S* has \d+ tasks"):
        compare(dataset, issuer=ISSUER, years=(2024, 2025))


# --- choosing ---------------------------------------------------------------------------------


def plan(name: str, issuer: str, year: int, title: str = "kế hoạch") -> ComparedPlan:
    key = issuer.lower()
    return ComparedPlan(
        document_id=name, path=f"{name}.pdf", plan_year=year, issuer=issuer, issuer_key=key,
        series_key=f"{key}|{title}", title=title,
    )  # fmt: skip


def test_several_plans_of_a_year_are_listed_and_the_series_chosen() -> None:
    plans = [
        plan("a", ISSUER, 2024, "thi đua"),
        plan("b", ISSUER, 2024, "cải cách"),
        plan("c", ISSUER, 2025, "thi đua"),
    ]
    with pytest.raises(SeveralPlans) as raised:
        by_issuer(plans, ISSUER, (2024, 2025), None, lineage_of)
    assert [choice.document_id for choice in raised.value.choices] == ["a", "b"]
    assert all(str(choice.series_key) in str(raised.value) for choice in raised.value.choices)
    chosen = by_issuer(plans, ISSUER, (2024, 2025), plans[0].series_key, lineage_of)
    assert [each.document_id for each in chosen] == ["a", "c"]


def test_a_body_is_followed_through_the_merger_of_its_province() -> None:
    before, after = "Trường Chính trị tỉnh Yên Bái", "Trường Chính trị tỉnh Lào Cai"
    plans = [plan("a", before, 2024), plan("b", after, 2024), plan("c", after, 2026)]
    assert [p.document_id for p in by_issuer(plans, before, (2024, 2026), None, lineage_of)] == ["a", "c"]
    assert [p.document_id for p in by_issuer(plans, after, (2024, 2026), None, lineage_of)] == ["b", "c"]
    series = str(plans[0].series_key)
    assert [p.document_id for p in by_series(plans, series, (2024, 2026), lineage_of)] == ["a", "c"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Sở Thông tin và Truyền thông tỉnh Bắc Giang", "Sở Khoa học và Công nghệ tỉnh Bắc Ninh"),
        ("Văn phòng Sở Thông tin và Truyền thông tỉnh Bắc Giang", "Văn phòng Sở Khoa học và Công nghệ tỉnh Bắc Ninh"),
        ("Thanh tra Sở Y tế tỉnh Kiên Giang", "Thanh tra Sở Y tế tỉnh An Giang"),
    ],
)  # fmt: skip
def test_offices_go_on_with_their_department(before: str, after: str) -> None:
    assert lineage_of(before) == lineage_of(after)
    assert lineage_of(f"Phòng Tổ chức {after}") != lineage_of(after)


def test_a_name_may_be_given_without_accents() -> None:
    plans = [plan("a", ISSUER, 2024)]
    assert by_issuer(plans, "uy ban nhan dan tinh ha nam", (2024,), None, lineage_of) == plans


def test_errors_survive_another_process() -> None:
    import pickle

    error = SeveralPlans("two", [plan("a", ISSUER, 2024)])
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.choices) == (str(error), error.choices)


# --- movements and legal bases ----------------------------------------------------------------


def basis(instrument: str, title: str | None, number: str | None = None, **more: object) -> ComparedBasis:
    facts = {
        "instrument": instrument,
        "title": title,
        "number": number,
        "text": f"{instrument} {number} {title}",
    }
    return ComparedBasis.model_validate({**facts, **more})


LAW = "Thi đua, khen thưởng"
FATES = [
    (basis("Nghị định", "a", "98/2023/NĐ-CP"), basis("Nghị định", "b", "98/2023/NĐ-CP"), ["kept"]),
    (
        basis("Quyết định", "ban hành Chương trình công tác năm 2024", "15/QĐ-UBND", issued_on="2023-12-20"),
        basis("Quyết định", "ban hành Chương trình công tác năm 2025", "15/QĐ-UBND", issued_on="2024-12-19"), ["replaced"],
    ),
    (basis("Luật", LAW, issued_on="2003-11-26"), basis("Luật", LAW, issued_on="2022-06-15"), ["replaced"]),
    (basis("Luật", LAW, issued_on="2022-06-15"), basis("Luật", LAW), ["kept"]),
    (basis("Luật", LAW), basis("Luật", "Đất đai"), ["added", "dropped"]),
    (basis("Luật", LAW), basis("Nghị định", LAW), ["added", "dropped"]),
    (
        basis("Kế hoạch", "công tác dân vận năm 2023", "5/KH-UBND", issuer=ISSUER),
        basis("Kế hoạch", "công tác dân vận năm 2024", "9/KH-UBND", issuer=ISSUER), ["replaced"],
    ),
    (
        basis("Kế hoạch", "công tác dân vận năm 2023", "5/KH-UBND", issuer=ISSUER),
        basis("Kế hoạch", "công tác dân vận năm 2024", "9/KH-SYT", issuer="Sở Y tế tỉnh Hà Nam"), ["added", "dropped"],
    ),
    (basis("Công văn", None, "5/UBND-NC"), basis("Công văn", None, "9/UBND-NC"), ["added", "dropped"]),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "kinds"), FATES)
def test_the_fate_of_a_basis(old: ComparedBasis, new: ComparedBasis, kinds: list[str]) -> None:
    assert [change.kind for change in basis_changes([old], [new], lineage_of)] == kinds


def test_a_basis_cited_twice_is_one() -> None:
    cited = basis("Luật", LAW)
    assert len(basis_changes([cited, cited], [cited], lineage_of)) == 1


def test_movements_by_key_and_by_names_nearly_the_same() -> None:
    def named(*names: str) -> list[ComparedMovement]:
        return [ComparedMovement(name=name, key=name.lower()) for name in names]

    old = named(
        "Dân vận khéo", "Hà Nam chung sức xây dựng nông thôn mới giai đoạn 2021-2025", "Giỏi việc nước"
    )
    new = named(
        "Hà Nam chung sức xây dựng nông thôn mới giai đoạn 2026-2030", "Dân vận khéo", "Lao động sáng tạo"
    )
    changes = movement_changes(old, new)
    assert [(c.kind, c.old and c.old.name, c.new and c.new.name) for c in changes] == [
        ("added", None, "Lao động sáng tạo"),
        ("dropped", "Giỏi việc nước", None),
        ("kept", "Dân vận khéo", "Dân vận khéo"),
        ("kept", old[1].name, new[0].name),
    ]


# --- the command ------------------------------------------------------------------------------


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    root = Parser(prog="kehoach")
    command.add(root.add_subparsers())
    chosen = root.parse_args(["compare", *map(str, arguments)])
    assert chosen.run(chosen) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    return printed.out


def test_the_command_prints_counts_then_changes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed = run(capsys, folder, "--issuer", ISSUER, "--years", 2024, 2025)
    assert "1 added · 1 dropped · 1 reassigned · 1 moved · 9 same" in " ".join(printed.split())
    lines = printed.splitlines()
    assert max(map(len, lines)) <= 80
    moved = printed[printed.index("Moved (1)") :]
    assert moved.index("Tháng 7") < moved.index("Tháng 6")
    assert "2025.pdf, p. " in moved


def test_the_command_prints_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(run(capsys, folder, "--issuer", ISSUER, "--years", 2024, 2025, "--json"))
    assert {change["kind"] for change in found["tasks"]} >= {"added", "dropped", "moved", "same"}


def test_the_command_prints_csv(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed = run(capsys, folder, "--issuer", ISSUER, "--years", 2024, 2025, 2026, "--csv")
    assert printed.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(printed.removeprefix("\ufeff"))))
    assert tuple(rows[0]) == COLUMNS
    assert {row["old_path"] for row in rows} >= {"2025.pdf"}
    assert not [value for row in rows for value in row.values() if value.startswith(("=", "+", "-", "@"))]


def test_the_command_prints_a_matrix(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed = run(capsys, folder, "--issuer", ISSUER, "--years", 2024, 2025, 2026)
    heading = next(line for line in printed.splitlines() if line.startswith(" task"))
    assert heading.split() == ["task", "2024", "2025", "2026"]
    assert max(map(len, printed.splitlines())) <= 80


@pytest.mark.parametrize("years", [(2024, 2025), (2024, 2025, 2026)])
def test_the_command_writes_a_page(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], years: tuple[int, ...]
) -> None:
    out = tmp_path / "page.html"
    assert run(capsys, folder, "--issuer", ISSUER, "--years", *years, "--html", out) == f"{out}\n"
    page = out.read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert list(tmp_path.iterdir()) == [out]


def test_two_bodies_in_one_year(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed = run(capsys, folder, "--issuer", ISSUER, "--issuer", ISSUER, "--years", 2024, "--json")
    assert {change["kind"] for change in json.loads(printed)["tasks"]} == {"same"}
    with pytest.raises(UsageError, match="Two bodies"):
        run(capsys, folder, *["--issuer", ISSUER] * 3, "--years", 2024)
