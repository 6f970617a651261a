"""The real way with several processes: the same bytes as with one, failures included."""

from __future__ import annotations

from pathlib import Path

from pipeline.ingestion import Options, ingest
from pipeline.schema import TABLES
from tests.bad_files import docx_bytes, pdf_bytes, plan_text, write


def _parts(dataset: Path) -> dict[str, bytes]:
    parts = (part for name in TABLES for part in (dataset / name).iterdir())
    return {f"{part.parent.name}/{part.name}": part.read_bytes() for part in parts}


def test_the_number_of_processes_changes_nothing(tmp_path: Path) -> None:
    source = tmp_path / "source"
    for number in range(6):
        write(source, f"{number}.txt", plan_text(f"Trồng cây đợt {number} năm 2024", f"{number + 1}/KH-UBND"))
    write(source, "copy/0.txt", plan_text("Trồng cây đợt 0 năm 2024", "1/KH-UBND"))
    write(source, "a.docx", docx_bytes())
    write(source, "b.pdf", pdf_bytes(2))
    write(source, "cut.pdf", pdf_bytes(3)[:500])
    write(source, "empty.txt", b"")
    one = ingest(source, tmp_path / "one")
    many = ingest(source, tmp_path / "many", options=Options(engine="processes", jobs=2))
    assert one == many
    assert one.files == {"failed": 2, "read": 9}
    assert _parts(tmp_path / "one") == _parts(tmp_path / "many")
