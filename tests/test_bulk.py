"""The bulk maker: the same archive from the same seed, and a dataset of it that holds all that was made."""

from __future__ import annotations

import io
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from pipeline import ingest
from pipeline.parsers import parse_bytes
from tests.bulk.archive import PLANS, TRUTH, Recipe, make
from tests.bulk.checking import Report, check
from tests.bulk.damage import DAMAGES
from tests.bulk.plans import made
from tests.bulk.quick_docx import LAYOUTS, DocxLayout, quick_docx
from tests.bulk.truth import MadeFile, read_truth
from tests.maker.as_docx import as_docx

RECIPE = Recipe(files=110, broken=len(DAMAGES) / 110, duplicates=0.03, zip_share=0.3)
SOME = Recipe(files=24, broken=0.1, duplicates=0.1)


def written(folder: Path, recipe: Recipe, jobs: int = 1) -> list[MadeFile]:
    make(folder, recipe, jobs)
    return list(read_truth(folder / TRUTH))


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made archive and its dataset beside it."""
    folder = tmp_path_factory.mktemp("archive")
    make(folder, RECIPE)
    ingest(folder / PLANS, folder / "dataset")
    return folder


@pytest.fixture(scope="module")
def truth(archive: Path) -> list[MadeFile]:
    return list(read_truth(archive / TRUTH))


@pytest.fixture(scope="module")
def report(archive: Path, truth: list[MadeFile]) -> Report:
    return check(archive / "dataset", truth)


# --- what is made -----------------------------------------------------------------------------


def test_other_processes_make_the_same_files(tmp_path: Path) -> None:
    assert written(tmp_path / "one", SOME) == written(tmp_path / "two", SOME, jobs=2)


def test_another_seed_makes_other_plans(tmp_path: Path) -> None:
    one = written(tmp_path / "one", SOME)
    other = written(tmp_path / "other", replace(SOME, seed=2))
    assert not {m.sha256 for m in one if m.facts} & {m.sha256 for m in other if m.facts}


def test_counts_are_those_of_the_recipe(truth: list[MadeFile]) -> None:
    assert Counter(m.kind for m in truth) == {"good": 92, "broken": 15, "duplicate": 3}
    assert Counter((m.damage, m.form) for m in truth if m.damage) == {(d.name, d.suffix): 1 for d in DAMAGES}


def test_plans_differ(truth: list[MadeFile]) -> None:
    facts = [m.facts for m in truth if m.kind == "good" and m.facts]
    assert len({f.fields.issuer for f in facts}) > 60
    assert len({f.fields.issued_on.year for f in facts if f.fields.issued_on}) == 11
    assert {t.source for f in facts for t in f.tasks} == {"table", "list", "block"}
    assert min(len(f.tasks) for f in facts) >= 3
    assert max(len(f.tasks) for f in facts) > 30
    assert {Path(m.path).suffix.lower() for m in truth if m.facts} == {
        ".docx",
        ".pdf",
        ".txt",
        ".md",
        ".html",
    }


def test_too_many_that_are_no_plans_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="too few"):
        make(tmp_path / "out", Recipe(files=10, scans=10))
    assert not (tmp_path / "out").exists()


def test_members_of_archives_have_the_archive_as_a_folder(tmp_path: Path) -> None:
    found = written(tmp_path, replace(SOME, files=60, zip_share=1.0))
    nested = 0
    for each in found:
        outer, _, member = each.path.partition(".zip/")
        data = (tmp_path / PLANS / f"{outer}.zip").read_bytes()
        for name in member.replace(".zip/", ".zip\n").split("\n"):
            data = zipfile.ZipFile(io.BytesIO(data)).read(name)
            nested += name.endswith(".zip")
        assert len(data) == each.size
    assert 0 < nested < len(found)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_quick_docx_says_what_the_slow_writer_says(layout: DocxLayout) -> None:
    for number in range(3):
        plan = made(SOME.random("docx", number)).plan
        quick, slow = quick_docx(plan, layout), as_docx(plan, layout)
        assert parse_bytes(quick, "k.docx").text == parse_bytes(slow, "k.docx").text
        assert docx.Document(io.BytesIO(quick)).paragraphs  # Word's own rules of the package hold


def test_scans_are_of_one_page(tmp_path: Path) -> None:
    scans = [m for m in written(tmp_path, Recipe(files=9, scans=7, broken=0)) if m.kind == "scan"]
    assert {m.form for m in scans} == {"scan, .tif", "scan, .pdf"}
    for each in scans:
        content = (tmp_path / PLANS / each.path).read_bytes()
        assert len(parse_bytes(content, each.path, ocr=False).pages) == 1


# --- what a dataset holds of it ---------------------------------------------------------------


def test_every_file_is_accounted_for(report: Report) -> None:
    assert report.complete, (report.unaccounted, report.unknown)


@pytest.mark.parametrize(
    "what",
    ["number", "issued_on", "issuer", "title", "plan_year", "signer", "citations", "movements", "tasks"],
)
def test_facts_that_are_never_missed(report: Report, what: str) -> None:
    assert report.share("good", what) == 1, [str(m) for m in report.misses if m.what == what]


@pytest.mark.parametrize(
    "what", ["task content", "task time_text", "task start_on", "task end_on", "task bodies"]
)
def test_facts_that_are_nearly_always_right(report: Report, what: str) -> None:
    assert report.share("good", what) >= 0.999, [str(m) for m in report.misses if m.what == what]


# --- the checking itself ----------------------------------------------------------------------


def altered(truth: list[MadeFile], **fields: object) -> Iterator[MadeFile]:
    """The truth, but for the first good plan."""
    first = next(m for m in truth if m.kind == "good")
    for each in truth:
        if each is first and each.facts is not None:
            facts = replace(each.facts, fields=each.facts.fields._replace(**fields))  # type: ignore[arg-type]
            yield replace(each, facts=facts)
        else:
            yield each


def test_a_wrong_fact_is_a_miss(archive: Path, truth: list[MadeFile], report: Report) -> None:
    found = check(archive / "dataset", altered(truth, title="Trồng cây năm 1999"))
    assert found.right["good", "title"] == report.right["good", "title"] - 1
    assert {m.what for m in found.misses} - {m.what for m in report.misses} == {"title"}


def test_files_that_are_lost_or_that_nobody_made_are_told(archive: Path, truth: list[MadeFile]) -> None:
    moved = replace(truth[0], path="nowhere.docx")
    found = check(archive / "dataset", [moved, *truth[1:]])
    assert not found.complete
    assert found.unknown == [truth[0].path]
    assert "nowhere.docx" in found.unaccounted[0]


def test_a_broken_file_that_passes_for_a_plan_is_told(archive: Path, truth: list[MadeFile]) -> None:
    """A plan taken for broken, which no warning tells of, is not accounted for as broken."""
    quiet = check(archive / "dataset", (replace(m, kind="broken", facts=None) for m in truth if m.facts))
    assert quiet.unaccounted
