"""A made dataset of any size, written straight as Parquet parts, for benches of questions and exports.

The rows are like those of real plans in their lengths and in what is null; the words mean nothing.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.rows import Row, as_table
from pipeline.schema import SCHEMA_VERSION, TABLES, arrow_schema, datapackage

TASKS_A_DOCUMENT = 20
_BUCKETS = "0123456789abcdef"
_BATCH = 500  # documents whose rows are held at a time
_WORDS = """
tổ chức triển khai phong trào thi đua khen thưởng năm báo cáo kết quả thực hiện kế hoạch công tác kiểm tra
giám sát đôn đốc tuyên truyền phổ biến pháp luật cán bộ công chức viên chức sở ban ngành ủy nhân dân huyện
"""
_WORD_LENGTH = 5  # mean, with the space
_TEXT = " ".join(random.Random(1).choices(_WORDS.split(), k=20_000))
_BODIES = tuple(f"Sở {name} tỉnh An Khê" for name in ("Nội vụ", "Tài chính", "Y tế", "Tư pháp", "Xây dựng"))


@dataclass(frozen=True, slots=True)
class Made:
    """A made dataset: its folder and how many rows its tables have together."""

    folder: Path
    rows: int


def make(folder: Path, tasks: int, seed: int = 1) -> Made:
    """Write a dataset of about `tasks` tasks, twenty a document."""
    import pyarrow.parquet as pq

    ids = sorted(
        hashlib.sha256(f"{seed}-{i}".encode()).hexdigest()[:16] for i in range(tasks // TASKS_A_DOCUMENT)
    )
    parts: dict[str, list[str]] = {}
    count = 0
    for name in TABLES:
        (folder / name).mkdir(parents=True)
    for bucket in _BUCKETS:
        held = [identity for identity in ids if identity[0] == bucket]
        writers = {
            name: pq.ParquetWriter(
                folder / name / f"part-{bucket}.parquet", arrow_schema(name), compression="zstd"
            )
            for name in TABLES
        }
        for rows in _batches(held):
            for name, found in rows.items():
                writers[name].write_table(as_table(name, found))
                count += len(found)
        for name, writer in writers.items():
            writer.close()
            parts.setdefault(name, []).append(f"{name}/part-{bucket}.parquet")
    descriptor = json.dumps(datapackage(parts, SCHEMA_VERSION), ensure_ascii=False)
    (folder / "datapackage.json").write_text(descriptor, encoding="utf-8")
    return Made(folder, count)


def _batches(ids: list[str]) -> Iterator[dict[str, list[Row]]]:
    for i in range(0, len(ids), _BATCH):
        rows: dict[str, list[Row]] = {name: [] for name in TABLES}
        for identity in ids[i : i + _BATCH]:
            for name, found in _document(identity).items():
                rows[name] += found
        yield rows


def _document(identity: str) -> dict[str, list[Row]]:
    """The rows of one document, the same for the same id."""
    chance = random.Random(identity)
    issuer = chance.choice(_BODIES)
    year = chance.randint(2018, 2026)
    issued = dt.date(year, 1, 1) + dt.timedelta(days=chance.randrange(60))
    number = chance.randint(1, 999)
    document: Row = {
        "path": f"{year}/{identity}.pdf", "media_type": "application/pdf", "page_count": 5, "ocr_pages": 0,
        "status": "ok", "plan_id": f"{issuer.lower()}|{year}|KH|{number}", "preferred_copy": True,
        "series_key": issuer.lower(), "doc_type": "KH", "number": f"{number:02}/KH-UBND", "number_no": number,
        "notation": "KH-UBND", "issued_on": issued, "issued_year": year, "place": "An Khê", "issuer": issuer,
        "issuer_key": issuer.lower(), "title": _phrase(chance, 12), "plan_year": year, "confidence": 0.9,
        "period_start": dt.date(year, 1, 1), "period_end": dt.date(year, 12, 31), "signer": "Nguyễn Văn An",
    }  # fmt: skip
    rows: dict[str, list[Row]] = {
        "documents": [document],
        "files": [{"path": document["path"], "size": 90_000, "state": "read", "sha256": identity * 4}],
        "texts": [{"text": _phrase(chance, 800)}],
        "legal_bases": [
            {"seq": i, "role": "basis", "instrument": "Nghị định", "number": f"{i}/2020/NĐ-CP"}
            | {"text": _phrase(chance, 20)} | _place(chance)
            for i in range(5)
        ],
        "recipients": [{"seq": i, "text": _phrase(chance, 5)} | _place(chance) for i in range(5)],
        "sections": [
            {"seq": i, "level": 1, "title": _phrase(chance, 6), "text": _phrase(chance, 60)} | _place(chance)
            for i in range(6)
        ],
        "tasks": [],
        "task_bodies": [],
    }  # fmt: skip
    for i in range(TASKS_A_DOCUMENT):
        _add_task(rows, chance, f"{identity}-t1r{i:02}", year, i)
    for found in rows.values():
        for row in found:
            row["document_id"] = identity
    return rows


def _add_task(rows: dict[str, list[Row]], chance: random.Random, task_id: str, year: int, seq: int) -> None:
    start = dt.date(year, 1, 1) + dt.timedelta(days=chance.randrange(300))
    content = _phrase(chance, 20)
    rows["tasks"].append(
        {
            "task_id": task_id, "seq": seq, "source": "table", "no": str(seq + 1), "section": ["II"],
            "content": content, "content_key": content, "time_text": f"Tháng {start.month}", "items": [],
            "time_kind": "interval", "start_on": start, "end_on": start + dt.timedelta(days=30),
            "end_strict": False, "dates": [], "extra": {},
        } | _place(chance)
    )  # fmt: skip
    for i, role in enumerate(("lead", "coordinating")):
        body = chance.choice(_BODIES)
        rows["task_bodies"].append(
            {"task_id": task_id, "seq": i, "role": role, "text": body, "body": body, "body_key": body.lower()}
            | _place(chance)
        )


def _phrase(chance: random.Random, words: int) -> str:
    """Words out of a long made text: to choose them one by one would take most of the time."""
    start = chance.randrange(len(_TEXT) - words * _WORD_LENGTH)
    return _TEXT[start : start + words * _WORD_LENGTH].strip()


def _place(chance: random.Random) -> Row:
    start, top = chance.randrange(100_000), chance.random() * 700
    region = {"page": 1, "x0": 85.04, "y0": top, "x1": 510.3, "y1": top + 12.6}
    return {"start": start, "end": start + 80, "regions": [region], "confidence": 0.95, "rule": "task-table"}
