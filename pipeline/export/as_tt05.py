"""Exports metadata rows of Thông tư 05/2025/TT-BNV as CSV: the fields of a document that is handed in.

Fields and lengths are those of EAD_doc in a SIP (Phụ lục III, IV), as implementers note them; check them
against the gazetted text before claiming conformance. What is not known stays empty: number and date are
never guessed, and `description` says that they are missing.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.export.columns import defused
from pipeline.export.contract import Written
from pipeline.export.source import Source
from pipeline.rows import Row

# Field and greatest length in characters; None where the field holds no text.
FIELDS: Mapping[str, int | None] = {
    "docId": 25, "docCode": 100, "maintenance": 2, "typeName": 10, "codeNumber": 11, "codeNotation": 30,
    "issuedDate": 10, "organName": 200, "subject": 500, "language": 100, "numberOfPage": 4, "inforSign": 30,
    "keyword": 100, "mode": 20, "confidenceLevel": 30, "autograph": 2000, "format": 50, "riskRecovery": None,
    "riskRecoveryStatus": 2, "process": None, "description": 500,
}  # fmt: skip
_NUMERIC = {"numberOfPage"}  # cut, such a value would be another one
# Codes of types (nghị định 30/2020/NĐ-CP, điều 7) by our abbreviation.
TYPES: Mapping[str, str] = {
    "NQ": "01", "QĐ": "02", "CT": "03", "QC": "04", "QyĐ": "05", "TC": "06", "TB": "07", "HD": "08",
    "CTr": "09", "KH": "10", "PA": "11", "ĐA": "12", "DA": "13", "BC": "14", "TTr": "15", "GUQ": "16",
    "PG": "17", "PC": "18", "PB": "19", "BB": "20", "HĐ": "21", "CV": "22", "CĐ": "23", "BGN": "24",
    "BTT": "25", "GM": "26", "GGT": "27", "GNP": "28", "TCg": "29",
}  # fmt: skip
_VIETNAMESE = "01"
_SECRET = "03"
_BORN_DIGITAL, _SCANNED, _BOTH = "01", "02", "03"
# What `description` says where a field is empty that a document has in print.
_MISSING = {
    "codeNumber": "số", "codeNotation": "ký hiệu", "issuedDate": "ngày ban hành",
    "organName": "cơ quan ban hành", "subject": "trích yếu",
}  # fmt: skip


@dataclass(slots=True)
class _Cuts:
    """Fields that were too long, with the documents."""

    found: dict[str, list[str]]

    def notes(self) -> list[str]:
        return [
            f"{name} is longer than {FIELDS[name]} characters in {len(ids):,} documents and was"
            f" {'left empty' if name in _NUMERIC else 'cut'}: {', '.join(ids)}"
            for name, ids in self.found.items()
        ]


def write(source: Source, path: Path) -> Written:
    """Write a row for each document."""
    written, cuts = Written({"documents": 0}), _Cuts(defaultdict(list))
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.DictWriter(file, list(FIELDS), restval="")
        rows.writeheader()
        for document, tables in source.documents("movements"):
            rows.writerow(_fitted(_fields(document, tables["movements"]), str(document["document_id"]), cuts))
            written.add("documents", 1)
    written.notes += cuts.notes()
    return written


def _fields(document: Row, movements: Sequence[Row]) -> dict[str, str]:
    known = {
        "docId": document["document_id"],
        "typeName": TYPES.get(str(document["doc_type"])),
        "codeNumber": document["number_no"],
        "codeNotation": document["notation"],
        "issuedDate": _day(document),
        "organName": document["issuer"],
        "subject": document["title"],
        "language": _VIETNAMESE,
        "numberOfPage": document["page_count"],
        "keyword": "; ".join(dict.fromkeys(str(movement["name"]) for movement in movements)),
        "mode": _SECRET if document["secrecy"] else None,
        "confidenceLevel": _origin(document["page_count"], document["ocr_pages"]),
    }
    fields = {name: str(value) for name, value in known.items() if value not in (None, "")}
    missing = [told for name, told in _MISSING.items() if name not in fields]
    if missing:
        fields["description"] = f"Chưa rõ: {', '.join(missing)}."
    return fields


def _day(document: Row) -> str | None:
    day = document["issued_on"]
    return f"{day:%d/%m}/{day.year:04}" if day is not None else None  # type: ignore[attr-defined]


def _origin(pages: object, recognised: object) -> str | None:
    """Where the copy comes from, told by its pages: their own text, OCR, or both."""
    if not pages or recognised is None:
        return None
    return _BORN_DIGITAL if recognised == 0 else _SCANNED if recognised == pages else _BOTH


def _fitted(fields: Mapping[str, str], identity: str, cuts: _Cuts) -> dict[str, str]:
    fitted = {}
    for name, value in fields.items():
        length = FIELDS[name]
        if length is not None and len(value) > length:
            cuts.found[name].append(identity)
            value = "" if name in _NUMERIC else value[: length - 1].rstrip() + "…"
        fitted[name] = defused(value)
    return fitted
