"""The command: what it prints, where, and with which status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

import pipeline
from extractors.document import Diagnostic, Document, Page
from extractors.plan import Header, Plan
from pipeline.cli import main
from pipeline.show import print_plan
from tests.bad_files import pdf_bytes, pdf_of_pictures, plan_text, write
from tests.stubs import use_extract


def _extract(document: Document) -> Plan:
    return Plan(header=Header(doc_type="KH", title="Trồng cây", number="12/KH-UBND"))


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    use_extract(monkeypatch, _extract)


SERIAL = ("--engine", "serial")  # what stands for the extractors is known to this process alone


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """Status, stdout and stderr of a call."""
    try:
        status = main([str(argument) for argument in arguments])
    except SystemExit as leaving:  # argparse
        status = int(str(leaving.code))
    told = capsys.readouterr()
    return status, told.out, told.err


def test_ingest_prints_what_it_found(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, "in/a.txt", plan_text())
    status, out, err = run(capsys, "ingest", tmp_path / "in", "--out", tmp_path / "out", *SERIAL)
    assert status == 0
    assert "files              1   1 read" in out
    assert "documents          1   1 ok" in out
    assert "1 file and 1 page in" in err and "not read" not in err


def test_a_file_that_failed_gives_status_1_and_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, "in/a.txt", plan_text())
    write(tmp_path, "in/cut.pdf", b"%PDF-1.7\n1 0 obj\n<<")
    status, out, err = run(capsys, "ingest", tmp_path / "in", "--out", tmp_path / "out", *SERIAL)
    assert status == 1
    assert "1 failed, 1 read" in out
    assert "1 file not read" in err
    assert "broken-file" in err and "cut.pdf" in err and "Fetch it again" in err


def test_many_failures_are_counted_and_not_all_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(25):
        write(tmp_path, f"in/{number:02}.pdf", b"")
    _, _, err = run(capsys, "ingest", tmp_path / "in", "--out", tmp_path / "out", *SERIAL)
    assert err.count(".pdf") == 20
    assert "25  empty-file" in err and "5 more" in err


def test_an_empty_folder_is_no_failure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "in").mkdir()
    status, out, _ = run(capsys, "ingest", tmp_path / "in", "--out", tmp_path / "out", *SERIAL)
    assert status == 0
    assert "nothing found" in out


USAGE = {
    "no command": (),
    "unknown command": ("eat",),
    "no --out": ("ingest", "x"),
    "no source": ("ingest", "{tmp}/none", "--out", "{tmp}/out"),
    "taken folder": ("ingest", "{tmp}/in", "--out", "{tmp}/in"),
    "jobs of zero": ("ingest", "{tmp}/in", "--out", "{tmp}/out", "--jobs", "0"),
    "jobs of no number": ("ingest", "{tmp}/in", "--out", "{tmp}/out", "--jobs", "many"),
    "unknown table": ("schema", "--table", "none"),
    "drawing of a text": ("show", "{tmp}/in/a.txt", "--draw", "{tmp}/out.png"),
    "drawing to no picture": ("show", "{tmp}/in/a.txt", "--draw", "{tmp}/out.jpg"),
    "drawing and JSON": ("show", "{tmp}/in/a.txt", "--draw", "{tmp}/out.png", "--json"),
    "a page without drawing": ("show", "{tmp}/in/a.txt", "--page", "1"),
    "replacing without drawing": ("show", "{tmp}/in/a.txt", "--overwrite"),
    "page zero": ("show", "{tmp}/in/a.txt", "--draw", "{tmp}/out.png", "--page", "0"),
}


@pytest.mark.parametrize("kind", USAGE)
def test_a_wrong_request_gives_status_2_and_says_what_to_do(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, "in/a.txt", plan_text())
    status, out, err = run(capsys, *(argument.format(tmp=tmp_path) for argument in USAGE[kind]))
    assert (status, out) == (2, "")
    assert "kehoach" in err and "Traceback" not in err
    assert kind == "no command" or err.count("\n") == 1
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.txt", "in"]


def test_show_prints_a_plan_for_people(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "show", write(tmp_path, "a.txt", plan_text()))
    assert status == 0
    assert "KH · Trồng cây" in out and "12/KH-UBND" in out


def test_show_json_fits_the_schema_that_is_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, schema, _ = run(capsys, "schema")
    status, out, _ = run(capsys, "show", write(tmp_path, "a.txt", plan_text()), "--json")
    assert status == 0
    jsonschema.validate(json.loads(out), json.loads(schema))
    assert json.loads(out)["header"]["number"] == "12/KH-UBND"


def test_show_draws_pages_and_names_the_pictures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, "a.pdf", pdf_bytes(2))
    status, out, err = run(capsys, "show", path, "--draw", tmp_path / "out.png")
    assert (status, err) == (0, "")
    assert out.splitlines() == [f"{tmp_path}/out-1.png", f"{tmp_path}/out-2.png"]
    _, out, _ = run(capsys, "show", path, "--draw", tmp_path / "one.png", "--page", "2")
    assert out.splitlines() == [f"{tmp_path}/one.png"]
    assert (tmp_path / "one.png").read_bytes().startswith(b"\x89PNG")
    status, out, err = run(capsys, "show", path, "--draw", tmp_path / "out.png")
    assert (status, out) == (2, "") and "out-1.png exists" in err and "--overwrite" in err
    assert run(capsys, "show", path, "--draw", tmp_path / "out.png", "--overwrite")[0] == 0


def test_a_page_that_is_not_there_gives_status_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, "a.pdf", pdf_bytes(2))
    status, out, err = run(capsys, "show", path, "--draw", tmp_path / "out.png", "--page", "3")
    assert (status, out, err.count("\n")) == (2, "", 1)
    assert [each.name for each in tmp_path.iterdir()] == ["a.pdf"]


def test_without_ocr_a_scan_is_told_and_not_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, "in/a.pdf", pdf_of_pictures(1))
    status, out, err = run(capsys, "ingest", tmp_path / "in", "--out", tmp_path / "out", *SERIAL, "--no-ocr")
    assert status == 1
    assert "1 failed" in out and "needs-ocr" in err
    status, out, _ = run(capsys, "show", tmp_path / "in" / "a.pdf", "--no-ocr")
    assert status == 0
    assert "[needs-ocr]" in out


@pytest.mark.parametrize(
    ("name", "content"), [("none.txt", None), ("empty.pdf", b""), ("x.xlsx", b"PK\x05\x06")]
)
def test_show_tells_in_one_line_why_a_file_cannot_be_read(
    name: str, content: bytes | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if content is not None:
        write(tmp_path, name, content)
    status, out, err = run(capsys, "show", tmp_path / name)
    assert (status, out) == (1, "")
    assert err.count(name) == 1 and err.count("\n") == 1, "named once, in one line"


def test_schema_prints_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "schema", "--table", "tasks")
    assert status == 0
    assert "task_id" in [field["name"] for field in json.loads(out)["fields"]]


def test_the_version_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "--version") == (0, f"kehoach {pipeline.__version__}\n", "")


def full_plan() -> Plan:
    """A plan with something of every kind, and with marks that would hurt a terminal."""
    place = {"start": 0, "end": 1, "rule": "r"}
    body = {"role": "lead", "text": "Sở A", "body": "Sở A", "body_key": "sở a", **place}
    task = {"content": "Trồng [red]cây[/red]\x1b[31m", "content_key": "x", "bodies": [body], **place}
    time = {"text": "trước 10/2", "kind": "deadline", "end_on": "2024-02-10", "end_strict": True}
    return Plan.model_validate(
        {
            "header": {"doc_type": "KH", "title": "Trồng cây", "issued_on": "2024-03-05", "place": "Hà Nam"},
            "legal_bases": [
                {"role": r, "instrument": "Luật", "title": r, "text": "x", **place}
                for r in ("basis", "reference")
            ],
            "movements": [{"name": "Xanh", "key": "xanh", "mentions": 3, **place}],
            "tasks": [
                {"source": "table", "no": "1", "group": "I. ĐẦU", "time": time, **task},
                {"source": "assignment", **task},
                {"source": "narrative", "time": {"kind": "ongoing", "text": "thường xuyên"}, **task},
            ],
            "recipients": [{"text": "Lưu: VT", **place}],
            "diagnostics": [
                {"stage": "s", "severity": "warning", "code": "doubt", "message": "Có thể sai.", "page": 4}
            ],
        }
    )


def shown(tmp_path: Path, plan: Plan) -> str:
    document = Document(
        "x", (), (Page(1, 0),), diagnostics=(Diagnostic("parse", "error", "bad", "Hỏng.", 2),)
    )
    with open(tmp_path / "shown.txt", "w+", encoding="utf-8") as stream:
        print_plan(document, plan, stream)
        stream.seek(0)
        return stream.read()


def test_everything_of_a_plan_is_shown(tmp_path: Path) -> None:
    text = shown(tmp_path, full_plan())
    for told in (
        "05/03/2024", "Legal bases (1)", "References (1)", "“Xanh” · 3 times", "I. ĐẦU", "before",
        "10/02/2024", "Sở A (lead)", "Duties (1)", "ongoing", "Lưu: VT",
        "page 4: Có thể sai. [doubt]", "page 2: Hỏng. [bad]",
    ):  # fmt: skip
        assert told in text, told


def test_a_document_writes_no_markup_and_no_codes_to_the_terminal(tmp_path: Path) -> None:
    text = shown(tmp_path, full_plan())
    assert "\x1b" not in text
    assert "[red]cây[/red]" in text.replace("\n", "")


def test_lines_are_80_wide_where_the_output_is_no_terminal(tmp_path: Path) -> None:
    long = Plan(header=Header(title="rất dài " * 100))
    assert max(map(len, shown(tmp_path, long).splitlines())) <= 80


def test_a_plan_of_nothing_is_shown(tmp_path: Path) -> None:
    assert "(no title)" in shown(tmp_path, Plan(header=Header()))


def command(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "pipeline", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **more},
        cwd=Path(__file__).parent.parent,
    )


def test_the_command_starts_as_a_module() -> None:
    done = command("--help")
    assert done.returncode == 0
    assert "ingest" in done.stdout and done.stderr == ""


def test_help_loads_nothing_heavy() -> None:
    done = command("--help", PYTHONPROFILEIMPORTTIME="1")
    loaded = {line.rsplit("|", 1)[1].strip() for line in done.stderr.splitlines() if "|" in line}
    heavy = {"pandas", "pyarrow", "pydantic", "rich", "spacy", "underthesea", "docx", "pdfplumber", "numpy"}
    assert not loaded & heavy


@pytest.mark.parametrize("name", [b"k\xff.txt", "kế hoạch.txt".encode()], ids=["no text", "Vietnamese"])
def test_a_terminal_without_vietnamese_letters_is_no_error(name: bytes, tmp_path: Path) -> None:
    source, out = os.fsencode(tmp_path) + b"/in", os.fsencode(tmp_path) + b"/out-" + name
    os.mkdir(source)
    with open(source + b"/" + name, "wb"):
        pass
    done = command("ingest", os.fsdecode(source), "--out", os.fsdecode(out), PYTHONIOENCODING="ascii")
    assert done.returncode == 1
    assert "1 failed" in done.stdout and "Traceback" not in done.stderr


def test_a_reader_that_leaves_early_is_no_error() -> None:
    script = f"{sys.executable} -m pipeline schema | head -n 1"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=False)
    assert done.stderr == ""
