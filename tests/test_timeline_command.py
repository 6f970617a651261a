"""Timelines from a dataset: which plans, links to their files, the command and what it says."""
# ruff: noqa: E501  (tables are data: they are not cut where a line of code ends)

from __future__ import annotations

import argparse
import json
from pathlib import Path
from urllib.parse import unquote

import pytest

from pipeline.cli import main
from pipeline.commands import timeline as command
from pipeline.commands.options import Parser
from pipeline.comparison.errors import NoPlanOfYear, UnknownIssuer, UnknownPlan
from pipeline.dataset import Dataset, open_dataset
from pipeline.ingestion import ingest
from pipeline.timelines import timeline
from pipeline.timelines.errors import NoSuchCalendar, TooManyTasks
from pipeline.timelines.links import links
from pipeline.timelines.model import Timeline
from pipeline.timelines.page import timeline_page, write_page
from pipeline.usage import NoSource, UsageError
from tests.bad_files import write
from tests.timelines import made, one_of_each, parsed, plan

# --- links --------------------------------------------------------------------------------------------


def test_links_lead_to_files_that_are_there(tmp_path: Path) -> None:
    name = "hồ sơ/kế hoạch #1 50%.pdf"
    write(tmp_path, f"source/{name}", "x")
    write(tmp_path, "secret.txt", "x")
    (tmp_path / "pages").mkdir()
    plans = [
        plan("a", path=name, source=str(tmp_path / "source")),
        plan("b", path="../secret.txt", source=str(tmp_path / "source")),
        plan("c", path=str(tmp_path / "secret.txt"), source=str(tmp_path / "source")),
        plan("d", path="gone.pdf", source=str(tmp_path / "source")),
        plan("e", path="archive.zip!/a.pdf", source=None),
        plan("f", path="\x00" * 3 + "a" * 5000, source=str(tmp_path / "source")),
    ]
    found = links(made(plans=plans), tmp_path / "pages" / "page.html")
    assert set(found) == {"a"}
    assert "#" not in found["a"] and "?" not in found["a"]
    assert (tmp_path / "pages" / unquote(found["a"])).resolve() == tmp_path / "source" / name
    assert links(made(plans=plans), tmp_path / "page.html", tmp_path / "pages") == {}


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("plans", True),
        ("plans/**/*.pdf", True),
        ("plans/*.pdf", True),
        ("plans/a.pdf", True),
        ("file://plans", False),
        ("gone/x", False),
        (None, False),
    ],
)
def test_links_of_a_source_however_it_was_named(
    source: str | None, found: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "plans/a.pdf", "x")
    monkeypatch.chdir(tmp_path)
    assert links(made(plans=[plan(source=source)]), Path("page.html")) == (
        {"a": "plans/a.pdf"} if found else {}
    )


def test_a_page_number_is_a_link(tmp_path: Path) -> None:
    page = timeline_page(one_of_each(), {"a": "plans/a.pdf"})
    targets = {value for name, value in parsed(page).attributes if name == "href"}
    assert "plans/a.pdf#page=2" in targets


def test_a_page_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="gone"):
        write_page(one_of_each(), tmp_path / "gone" / "page.html")
    (tmp_path / "page.html").mkdir()
    with pytest.raises(UsageError, match=r"page\.html"):
        write_page(one_of_each(), tmp_path / "page.html")
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


def test_a_page_goes_over_a_page_of_ours_and_over_nothing_else(tmp_path: Path) -> None:
    plan = write(tmp_path, "plan.html", "<!DOCTYPE html><p>KẾ HOẠCH")
    with pytest.raises(UsageError, match=r"plan\.html"):
        write_page(one_of_each(), plan)
    assert plan.read_text().endswith("KẾ HOẠCH")
    for _ in range(2):
        write_page(one_of_each(), tmp_path / "page.html")


# --- from a dataset -----------------------------------------------------------------------------------

PLAN = """ỦY BAN NHÂN DÂN
TỈNH HÀ NAM
Số: {number}/KH-UBND
Hà Nam, ngày 05 tháng 01 năm {year}
KẾ HOẠCH
{title} năm {year}
II. NHIỆM VỤ
1. Quý I:
- Sở Nội vụ phát động phong trào thi đua năm {year}.
2. Tháng 11:
- Sở Y tế tổng kết công tác y tế của năm {year}.
III. TỔ CHỨC THỰC HIỆN
1. Sở Tài chính: bố trí kinh phí thực hiện.
"""
ISSUER = "Ủy ban nhân dân tỉnh Hà Nam"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("timeline")
    for number, year, title in ((3, 2023, "Thi đua"), (5, 2024, "Thi đua"), (9, 2024, "Phát triển y tế")):
        write(home, f"in/{year}-{number}.txt", PLAN.format(number=number, year=year, title=title))
    ingest(home / "in", home / "dataset")
    return home / "dataset"


@pytest.fixture(scope="module")
def dataset(folder: Path) -> Dataset:
    return open_dataset(folder)


def test_all_plans_of_the_last_year(dataset: Dataset) -> None:
    found = timeline(dataset, issuer="uy ban nhan dan tinh ha nam")
    assert (found.issuer, found.year) == (ISSUER, 2024)
    assert [plan.number for plan in found.plans] == ["05/KH-UBND", "09/KH-UBND"]
    stored = dataset.sql(
        "SELECT task_id FROM tasks JOIN documents USING (document_id) WHERE plan_year = 2024 AND preferred_copy"
    )
    assert sorted(task.task_id for task in found.tasks) == sorted(stored["task_id"])
    assert sum(found.counts().values()) == len(found.tasks) > 4


def test_one_plan_by_its_series_and_a_year(dataset: Dataset) -> None:
    series = timeline(dataset, issuer=ISSUER, year=2023).plans[0].series_key
    assert series is not None
    assert [plan.number for plan in timeline(dataset, series=series).plans] == ["05/KH-UBND"]
    assert [plan.number for plan in timeline(dataset, series=series, year=2023).plans] == ["03/KH-UBND"]
    assert [p.number for p in timeline(dataset, issuer=ISSUER, series=series).plans] == ["05/KH-UBND"]


def test_what_cannot_be_met_says_what_there_is(dataset: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnknownIssuer, match=f"Nearest:\n  {ISSUER}"):
        timeline(dataset, issuer="Ủy ban nhân dân tỉnh Hà Nội")
    with pytest.raises(NoPlanOfYear, match="There are plans for 2023, 2024"):
        timeline(dataset, issuer=ISSUER, year=2019)
    with pytest.raises(UnknownPlan):
        timeline(dataset, series="no such key")
    with pytest.raises(UsageError, match="No body"):
        timeline(dataset)
    monkeypatch.setattr("pipeline.timelines.reading._MOST_TASKS", 1)
    with pytest.raises(TooManyTasks, match="--series"):
        timeline(dataset, issuer=ISSUER)
    monkeypatch.setattr("pipeline.timelines.making._YEARS", range(0))
    with pytest.raises(NoSuchCalendar, match="2024"):
        timeline(dataset, issuer=ISSUER)


def run(*arguments: str) -> int:
    root = Parser(prog="kehoach")
    command.add(root.add_subparsers())
    parsed: argparse.Namespace = root.parse_args(["timeline", *arguments])
    status: int = parsed.run(parsed)
    return status


def test_the_command_writes_a_page_with_links(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "year.html"
    assert run(str(folder), "--issuer", ISSUER, "--year", "2023", "--html", str(out)) == 0
    page = parsed(out.read_text(encoding="utf-8"))
    printed = capsys.readouterr().out
    assert f"{len(page.contents)} tasks" in printed and str(out) in printed
    targets = {value for name, value in page.attributes if name == "href" and value != "#results"}
    assert {(tmp_path / str(target)).resolve() for target in targets} == {folder.parent / "in" / "2023-3.txt"}


def test_files_that_are_not_there_are_told(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "year.html"
    asked = (str(folder), "--issuer", ISSUER, "--year", "2024", "--html", str(out), "--files")
    with pytest.raises(NoSource, match="gone"):
        run(*asked, str(tmp_path / "gone"))
    assert not out.exists()
    assert run(*asked, str(tmp_path)) == 0
    assert f"2 of 2 documents are not in {tmp_path}" in capsys.readouterr().err
    assert run(*asked, str(folder.parent / "in")) == 0
    assert capsys.readouterr().err == ""
    with pytest.raises(UsageError, match="--files goes with --html"):
        run(str(folder), "--issuer", ISSUER, "--json", "--files", str(tmp_path))


def test_the_command_prints_json(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(str(folder), "--issuer", ISSUER, "--json") == 0
    told = Timeline.model_validate(json.loads(capsys.readouterr().out))
    assert told == timeline(open_dataset(folder), issuer=ISSUER)


def test_the_command_wants_a_form(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        run(str(folder), "--issuer", ISSUER)
    assert "--html" in capsys.readouterr().err


def test_the_datasets_own_report_is_not_written_over(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (folder / "report.html").read_bytes()
    command = ["timeline", str(folder), "--issuer", ISSUER, "--html", str(folder / "report.html")]
    assert main(command) == 2
    assert "is a dataset" in capsys.readouterr().err
    assert (folder / "report.html").read_bytes() == before
