"""The report: right figures, harmless whatever documents hold, the same bytes each time, readable."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import lxml.html
import pyarrow as pa
import pyarrow.parquet as pq
import pypdfium2
import pytest

from pipeline.report import write_report
from pipeline.report.facts import CONFIDENCE_EDGES, collect
from pipeline.schema import TABLES, arrow_schema

VERSION = "kehoach 9.9, dataset version 3"
HOSTILE = (
    "<script>alert(1)</script>\"'><img src=http://x.invalid/a onerror=alert(2)>{{ 7 * 7 }}&amp;\u202e\x1b[31m"
)

Rows = Sequence[Mapping[str, object]]


def write_tables(folder: Path, tables: Mapping[str, Rows], parts: int = 1) -> Path:
    """A dataset's tables; with several parts, by the first digit of document_id as the build does."""
    for name in TABLES:
        (folder / name).mkdir(parents=True)
        for part in range(parts):
            rows = [row for row in tables.get(name, ()) if _part(row, name, parts) == part]
            table = pa.Table.from_pylist(rows, schema=arrow_schema(name))
            pq.write_table(table, folder / name / f"part-{part:x}-0.parquet")
    return folder


def _part(row: Mapping[str, object], name: str, parts: int) -> int:
    return 0 if name == "files" else int(str(row["document_id"])[0], 16) % parts


def document(number: int, **columns: object) -> dict[str, object]:
    """A document that was read, with the columns that the report counts."""
    return {
        "document_id": f"{number % 16:x}{number:015x}",
        "path": f"hộp {number % 3}/{number}.pdf",
        "media_type": "application/pdf",
        "page_count": 2,
        "ocr_pages": 1,
        "status": "ok",
        "plan_id": f"plan {number}",
        "preferred_copy": True,
        "issuer": "Sở Y tế tỉnh Hà Nam",
        "province": "Hà Nam",
        "doc_type": "KH",
        "plan_year": 2020 + number % 3,
        "title": "Tiêm chủng mở rộng",
        **columns,
    }


def file(number: int, state: str = "read", **columns: object) -> dict[str, object]:
    made = document(number)
    return {"path": made["path"], "document_id": made["document_id"], "state": state, **columns}


def report(folder: Path) -> str:
    out = folder / "report.html"
    write_report(folder, out, VERSION)
    return out.read_text(encoding="utf-8")


def cards(text: str) -> dict[str, list[list[str]]]:
    """Rows of cell texts of each card, by its English heading."""
    found = {}
    for card in lxml.html.fromstring(text).iter("section"):
        heading = (card.find("h2").text or "").strip()
        rows = [[cell.text_content().strip() for cell in row.iter("td", "th")] for row in card.iter("tr")]
        found[heading] = [[cell for cell in row if cell] for row in rows]
    return found


def tiles(text: str) -> dict[str, str]:
    items = lxml.html.fromstring(text).xpath("//ul[@class='tiles']/li")
    return {item.find("b").tail.strip(): item.find("b").text for item in items}


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The report of thirty documents, two of them unread, one a copy of another."""
    documents = [document(n) for n in range(28)]
    documents[1] |= {"plan_id": "plan 0", "preferred_copy": False, "plan_year": None}
    documents[2] |= {"status": "partial", "doc_type": "QĐ", "media_type": "image/tiff"}
    unread = dict.fromkeys(documents[0]) | {"status": "failed", "media_type": "application/pdf"}
    documents += [unread | {key: document(n)[key] for key in ("document_id", "path")} for n in (28, 29)]
    broken = {"code": "broken-file", "message": "Cut short. Fetch it again."}
    files = [file(n) for n in range(28)]
    files += [file(28, "failed", **broken), file(29, "quarantined", **broken)]
    files += [file(0, path="again.pdf"), {"path": "a.zip", "state": "skipped", "code": "not-a-document"}]
    pages = [
        {
            "document_id": documents[n]["document_id"],
            "page": page,
            "method": method,
            "ocr_confidence": confidence,
        }
        for n in range(10)
        for page, (method, confidence) in enumerate(
            [("ocr", 0.9), ("ocr", 0.89), ("ocr", None), ("text", None)]
        )
    ]
    tasks = [
        {"document_id": documents[n]["document_id"], "source": "table", "time_kind": kind}
        for n, kind in enumerate(["deadline", "deadline", "none"])
    ]
    diagnostics = [
        {"document_id": documents[n]["document_id"], "stage": "letterhead", "severity": "info",
         "code": "blank-date", "message": f"day is blank {n}"}
        for n in (3, 3, 5)
    ]  # fmt: skip
    tables: dict[str, Rows] = {
        "documents": documents, "files": files, "pages": pages, "tasks": tasks, "diagnostics": diagnostics
    }  # fmt: skip
    return report(write_tables(tmp_path_factory.mktemp("usual") / "dataset", tables, parts=16))


def test_the_head_tells_how_much_there_is(usual: str) -> None:
    assert VERSION in usual
    assert tiles(usual) == {
        "files": "32",
        "documents": "30",
        "files not read": "2",
        "pages": "56",
        "pages by OCR": "28",
        "tasks": "3",
        "bodies of tasks": "0",
        "citations": "0",
    }


@pytest.mark.parametrize(
    ("heading", "rows"),
    [
        (
            "Documents by the year of the plan",
            [["2020", "10", "33.3 %"], ["2021", "8", "26.7 %"], ["2022", "9", "30.0 %"],
             ["unknown (không rõ)", "3", "10.0 %"]],
        ),
        (
            "Status of documents",
            [["ok đọc được", "27", "90.0 %"], ["failed không đọc được", "2", "6.7 %"],
             ["partial đọc được một phần", "1", "3.3 %"]],
        ),
        ("Formats", [["PDF", "29", "96.7 %"], ["TIFF", "1", "3.3 %"]]),
        (
            "Types of documents",
            [["KH Kế hoạch", "27", "90.0 %"], ["QĐ Quyết định", "1", "3.3 %"],
             ["unknown (không rõ)", "2", "6.7 %"]],
        ),
        (
            "Issuing bodies",
            [["Sở Y tế tỉnh Hà Nam", "28", "93.3 %"], ["unknown (không rõ)", "2", "6.7 %"]],
        ),
        (
            "Pages read by OCR, by confidence",
            [["0.85 – 0.89", "10", "33.3 %"], ["0.90 – 0.94", "10", "33.3 %"], ["0.95 – 1.00", "0", "0.0 %"],
             ["unknown (không rõ)", "10", "33.3 %"]],
        ),
        (
            "Tasks by kind of time",
            [["deadline hạn hoàn thành", "2", "66.7 %"], ["none không nêu", "1", "33.3 %"]],
        ),
        (
            "Files not read",
            [["State, code", "Files", "First of them", "What to do"],
             ["failed broken-file", "1", "hộp 1/28.pdf", "Cut short. Fetch it again."],
             ["quarantined broken-file", "1", "hộp 2/29.pdf", "Cut short. Fetch it again."]],
        ),
        (
            "Files left out",
            [["State, code", "Files", "First of them", "What to do"],
             ["skipped not-a-document", "1", "a.zip"]],
        ),
        (
            "Most frequent diagnostics",
            [["Stage, code", "Times", "Documents", "Example", "Its message"],
             ["info, letterhead blank-date", "3", "2", "hộp 0/3.pdf", "day is blank 3"]],
        ),
        ("Copies", [["Documents", "Best of them", "Title"], ["2", "hộp 0/0.pdf", "Tiêm chủng mở rộng"]]),
    ],
)  # fmt: skip
def test_figures(usual: str, heading: str, rows: list[list[str]]) -> None:
    assert cards(usual)[heading] == rows


def test_completeness_is_that_of_the_documents_read(usual: str) -> None:
    rows = {row[0]: row[1:] for row in cards(usual)["Completeness of documents"]}
    assert list(rows) == list(TABLES["documents"].names)
    assert rows["title"] == ["100.0 %"]
    assert rows["plan_year"] == ["96.4 %", "1"]
    assert rows["signer"] == ["0.0 %", "28"]


def test_copies_are_counted(usual: str) -> None:
    assert (
        "1 files have the bytes of another file; 1 plans have more than one document, "
        "1 documents beyond the first of each" in usual
    )


def test_the_longest_bar_is_full_and_the_others_keep_the_measure(usual: str) -> None:
    card = lxml.html.fromstring(usual).xpath("//section[h2[starts-with(., 'Documents by')]]")[0]
    assert [rect.get("width") for rect in card.iter("rect")][1::2] == ["100.00", "80.00", "90.00", "30.00"]


def test_many_values_are_cut_to_the_most_frequent_and_the_rest(tmp_path: Path) -> None:
    documents = [document(n, issuer=f"Xã {n:02}") for n in range(25)] + [document(99, issuer="Xã 24")]
    rows = cards(report(write_tables(tmp_path / "d", {"documents": documents})))["Issuing bodies"]
    assert rows[0] == ["Xã 24", "2", "7.7 %"] and rows[1][0] == "Xã 00"
    assert len(rows) == 21
    assert rows[-1] == ["5 others (khác)", "5", "19.2 %"]


def test_every_confidence_has_its_class(tmp_path: Path) -> None:
    """Kept as float32, 0.85 is a little less than its edge, 0.95 a little more."""
    values = [0.0, 0.49, *CONFIDENCE_EDGES, 1.0]
    pages = [{"document_id": "0", "page": 1, "method": "ocr", "ocr_confidence": value} for value in values]
    found = collect(write_tables(tmp_path / "d", {"pages": pages})).confidences
    assert found.classes == (2, *[1] * (len(CONFIDENCE_EDGES) - 1), 2)
    assert found.unknown == 0


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    columns = ("issuer", "province", "doc_type", "title", "media_type", "plan_id", "path")
    documents = [document(n, **dict.fromkeys(columns, HOSTILE)) for n in range(2)]
    tables: dict[str, Rows] = {
        "documents": documents,
        "files": [{"path": HOSTILE, "state": state, "code": HOSTILE, "message": HOSTILE}
                  for state in ("failed", "skipped", "read")],
        "diagnostics": [{"document_id": documents[0]["document_id"], "stage": HOSTILE, "severity": HOSTILE,
                         "code": HOSTILE, "message": HOSTILE}],
        "tasks": [{"document_id": "0", "source": HOSTILE, "time_kind": HOSTILE}],
    }  # fmt: skip
    folder = write_tables(tmp_path / "d", tables)
    write_report(folder, folder / "report.html", HOSTILE)
    text = (folder / "report.html").read_text(encoding="utf-8")
    page = lxml.html.fromstring(text)
    assert not page.xpath("//script | //img | //link | //iframe | //a | //@src | //@href | //@onerror")
    assert page.text_content().count("<script>alert(1)</script>") == text.count("&lt;script&gt;") > 15
    assert "49" not in page.find("body").xpath("string(header)")
    assert all(ch.isprintable() or ch == "\n" for ch in text)


def test_endless_text_is_cut(tmp_path: Path) -> None:
    documents = [document(n, issuer="đ" * 100_000, plan_id="x", title="t" * 100_000) for n in range(2)]
    assert len(report(write_tables(tmp_path / "d", {"documents": documents}))) < 40_000


def test_nothing_is_fetched(usual: str) -> None:
    assert "default-src 'none'" in usual
    assert not any(word in usual for word in ("http:", "https:", "url(", "@import", "<script", "//"))


def test_equal_tables_give_equal_bytes_however_they_are_cut(tmp_path: Path) -> None:
    tables: dict[str, Rows] = {
        "documents": [document(n, issuer=f"Xã {n % 7}") for n in range(40)],
        "tasks": [{"document_id": document(n)["document_id"], "time_kind": "none"} for n in range(40)],
        "diagnostics": [
            {"document_id": document(n)["document_id"], "severity": "info", "stage": "s", "code": f"c{n % 3}"}
            for n in range(40)
        ],
    }
    tables = {name: sorted(rows, key=lambda row: str(row["document_id"])) for name, rows in tables.items()}
    texts = {report(write_tables(tmp_path / str(parts), tables, parts)) for parts in (1, 4)}
    texts.add(report(tmp_path / "4"))
    assert len(texts) == 1


@pytest.mark.parametrize(
    "tables",
    [
        pytest.param({}, id="nothing found"),
        pytest.param(
            {
                "documents": [{"document_id": "a" * 16, "path": "a.pdf", "status": "failed"}],
                "files": [file(1, "failed", code="broken-file", message="Cut.")],
            },
            id="all failed",
        ),
    ],
)
def test_a_dataset_without_a_document_read_says_none(tmp_path: Path, tables: dict[str, Rows]) -> None:
    text = report(write_tables(tmp_path / "d", tables))
    assert cards(text)["Completeness of documents"] == []
    assert cards(text)["Pages read by OCR, by confidence"] == []
    assert "none ·" in text
    assert not any(word in text for word in ("nan", "None", "inf "))


def test_a_dataset_without_any_part_is_reported_too(tmp_path: Path) -> None:
    assert tiles(report(tmp_path))["documents"] == "0"


def test_a_report_that_cannot_be_written_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = report(write_tables(tmp_path / "d", {}))

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pipeline.files.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_report(tmp_path / "d", tmp_path / "d/report.html", "another version")
    assert (tmp_path / "d/report.html").read_text(encoding="utf-8") == before
    assert [path.name for path in (tmp_path / "d").glob("*report*")] == ["report.html"]


def test_it_prints_on_a4_from_the_first_page_on(tmp_path: Path, usual: str) -> None:
    browser = shutil.which("chromium")
    if browser is None:
        pytest.skip("needs chromium (Debian package chromium) to print the report")
    (tmp_path / "report.html").write_text(usual, encoding="utf-8")
    command = [
        browser, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}",
        "--no-pdf-header-footer", f"--print-to-pdf={tmp_path / 'a4.pdf'}", str(tmp_path / "report.html"),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    with pypdfium2.PdfDocument(tmp_path / "a4.pdf") as pdf:
        first = pdf[0]
        assert [round(side) for side in first.get_size()] == pytest.approx([595, 842], abs=1)
        text = first.get_textpage().get_text_bounded()
        assert len(pdf) <= 4
    for expected in ("Bộ dữ liệu kế hoạch", "Documents by the year", "Sở Y tế tỉnh Hà Nam", "33.3 %"):
        assert expected in text
