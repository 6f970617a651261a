"""The log and the summary of a run: whole lines whatever happens, and bounded memory."""

from __future__ import annotations

import errno
import io
import json
import os
import threading
from pathlib import Path
from types import MappingProxyType

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from pipeline.events import FileDone
from pipeline.runlog import NoLog, RunLog, log_schema
from pipeline.summary import RunSummary

CONFIG = {"jobs": 2, "ocr": True, "limits": {"max_pages": 2000}, "source": "kế hoạch"}


def file_done(
    path: str = "hộp 1/kế hoạch.docx",
    state: str = "read",
    *,
    code: str | None = None,
    message: str | None = None,
    pages: int = 2,
    seconds: float = 1.5,
) -> FileDone:
    spent = MappingProxyType({"parse": seconds})
    return FileDone(path, 10, state, code, message, "ab" * 8, "text/plain", pages, 1, spent, 3)


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def log(path: Path, warnings: io.StringIO | None = None) -> RunLog:
    return RunLog(path, "1.2.3", CONFIG, warnings=warnings or io.StringIO(), clock=Clock())


def run(watcher: RunLog, *events: FileDone) -> None:
    watcher.phase("reading")
    watcher.begin(2, 20, 5)
    for event in events:
        watcher.done(event)
    watcher.end()
    watcher.end()


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n")[:-1]]


def test_a_run_is_its_configuration_its_files_and_its_summary(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    run(log(path), file_done(), file_done("b.pdf", "failed", code="broken-file", message="Cut short."))
    told = lines(path)
    assert [line["event"] for line in told] == ["run", "phase", "begin", "file", "file", "summary"]
    assert (told[0]["version"], told[0]["config"]) == ("1.2.3", CONFIG)
    assert told[3] | {"time": "", "run": ""} == {
        "event": "file",
        "time": "",
        "run": "",
        "path": "hộp 1/kế hoạch.docx",
        "size": 10,
        "state": "read",
        "code": None,
        "message": None,
        "document_id": "ab" * 8,
        "media_type": "text/plain",
        "pages": 2,
        "ocr_pages": 1,
        "seconds": {"parse": 1.5},
        "diagnostics": 3,
    }
    summary = told[5]
    assert (summary["to_read"], summary["files"], summary["known"]) == (2, 2, 5)
    assert (summary["states"], summary["codes"]) == ({"failed": 1, "read": 1}, {"broken-file": 1})
    assert (summary["pages"], summary["ocr_pages"], summary["seconds"]) == (4, 2, {"parse": 3.0})
    assert summary["lost_lines"] == 0


def test_every_line_keeps_to_the_schema(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    run(log(path), file_done(), file_done("b", "failed", code="x"))
    validator = jsonschema.Draft202012Validator(log_schema())
    for line in lines(path):
        validator.validate(line)
        assert not validator.is_valid({**line, "event": "else"})
        for key in line:
            assert not validator.is_valid({k: v for k, v in line.items() if k != key}), key


def test_a_line_is_on_the_disk_before_the_next_file(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    watcher = log(path)
    assert [line["event"] for line in lines(path)] == ["run"]
    watcher.done(file_done())
    assert [line["event"] for line in lines(path)] == ["run", "file"]
    watcher.end()


def test_a_second_run_appends_and_is_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    run(log(path), file_done())
    first = path.read_bytes()
    run(log(path), file_done())
    assert path.read_bytes().startswith(first)
    assert len({line["run"] for line in lines(path)}) == 2


def test_a_torn_line_of_an_earlier_run_spoils_no_other(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    path.write_text('{"event": "fi')
    run(log(path), file_done())
    torn, *whole = path.read_text(encoding="utf-8").splitlines()
    assert torn == '{"event": "fi'
    assert [json.loads(line)["event"] for line in whole][-1] == "summary"


def test_runs_that_share_a_log_do_not_mix(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    events = [file_done("x" * 5000 + str(i)) for i in range(100)]
    threads = [threading.Thread(target=run, args=(log(path), *events)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(lines(path)) == 4 * 104


@given(st.text(), st.text())
def test_any_name_and_message_comes_back(path: str, message: str) -> None:
    """Also one of bytes that are no UTF-8, which Python writes as lone surrogates."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "log"
        run(log(file), file_done(path + "\udcff", "failed", message=message))
        line = lines(file)[3]
    assert (line["path"], line["message"]) == (path + "\udcff", message)


def test_a_full_disk_is_told_once_and_the_run_goes_on(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full, the disk that is always full")
    warnings = io.StringIO()
    run(log(Path("/dev/full"), warnings), file_done(), file_done())
    assert warnings.getvalue().count("\n") == 1
    assert "/dev/full cannot be written (No space left on device); the run goes on" in warnings.getvalue()


def test_once_there_is_space_again_lines_are_whole_and_the_lost_ones_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, warnings = tmp_path / "run.jsonl", io.StringIO()
    watcher, write = log(path, warnings), os.write
    with monkeypatch.context() as full:
        full.setattr(os, "write", lambda file, line: write(file, line[:20]))
        watcher.done(file_done("half"))

    def refuse(file: int, line: bytes) -> int:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as broken:
        broken.setattr(os, "write", refuse)
        watcher.done(file_done("lost"))
    watcher.done(file_done("whole"))
    watcher.done(file_done("whole"))
    watcher.end()
    run_line, half, *rest = path.read_text(encoding="utf-8").splitlines()
    assert json.loads(run_line)["event"] == "run" and len(half) == 20
    assert [json.loads(line).get("path") for line in rest] == ["whole", "whole", None]
    assert json.loads(rest[-1])["lost_lines"] == 2
    assert warnings.getvalue().count("\n") == 1


@pytest.mark.parametrize("name", ["", "no folder/run.jsonl", "pipe"])
def test_a_log_that_cannot_be_opened_is_told_at_once(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(NoLog, match=r"cannot be opened: .+ Name a file"):
        log(tmp_path / name)


def summary_of(
    dataset: Path, *events: FileDone, to_read: int | None = None, log: Path | None = None
) -> RunSummary:
    clock = Clock()
    summary = RunSummary(dataset, log, clock)
    summary.begin(len(events) if to_read is None else to_read, 0, 0)
    for event in events:
        clock.now += 0.5
        summary.done(event)
    summary.end()
    return summary


def test_the_summary_tells_speed_slowest_failed_and_where_to_look(tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "report.html").touch()
    (tmp_path / "run.jsonl").touch()
    broken = file_done("b.pdf", "failed", code="broken-file", message="Cut short.\nFetch it.", seconds=0.1)
    events = [file_done(pages=40, seconds=75), file_done("quick.txt", seconds=0.5), broken]
    told = "\n".join(summary_of(tmp_path, *events, log=tmp_path / "run.jsonl").lines(100))
    for expected in (
        "3 files and 44 pages (3 by OCR) in 1.5 s",
        "2.0 files/s, 29.3 pages/s",
        "parse 1 min 16 s",
        "1 min 15 s     40 pages  hộp 1/kế hoạch.docx",
        "1 file not read",
        "1  broken-file\n                Cut short. Fetch it.",
        "broken-file       b.pdf",
        f"{tmp_path / 'files'}  state, code and message",
        f"{tmp_path / 'report.html'}  counts",
        f"{tmp_path / 'run.jsonl'}  one line a file",
    ):
        assert expected in told
    assert "quick.txt" not in told, "half a second is not slow"
    assert "broken off" not in told


def test_nothing_read_has_no_summary(tmp_path: Path) -> None:
    assert summary_of(tmp_path).lines(80) == []


def test_a_run_broken_off_says_so_and_names_no_report_that_is_not_there(tmp_path: Path) -> None:
    told = "\n".join(summary_of(tmp_path, file_done(), to_read=5).lines(80))
    assert "broken off: 4 files left to read" in told
    assert "report.html" not in told


def test_the_slowest_are_named_in_their_order(tmp_path: Path) -> None:
    events = [file_done(f"{i:02}", seconds=1 + (i * 7) % 30) for i in range(30)]
    slowest = summary_of(tmp_path, *events).slowest
    assert [seconds for seconds, _, _ in slowest] == [float(30 - i) for i in range(10)]


def test_what_is_kept_does_not_grow_with_the_files(tmp_path: Path) -> None:
    events = [file_done(str(i), "failed", code=f"code-{i % 300}", message="m" * 100) for i in range(3000)]
    summary = summary_of(tmp_path, *events)
    assert (len(summary.failed), len(summary.slowest), len(summary.codes)) == (20, 10, 51)
    assert summary.codes.total() == 3000
    assert "… and 2,980 more" in "\n".join(summary.lines(80))


@given(st.text(), st.text(), st.text(), st.integers(30, 200))
def test_summary_lines_fit_and_steer_no_terminal(path: str, code: str, message: str, width: int) -> None:
    event = file_done(path, "failed", code=code, message=message, seconds=100)
    told = summary_of(Path("d"), event).lines(width)
    for line in told:
        assert cell_len(line) <= max(width, 40)
        assert line.isprintable()
