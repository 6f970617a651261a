"""Times of tasks on recognised pages: digits that were read in two ways give no date."""

from datetime import date

import pytest

from extractors import extract
from extractors.building import DocumentBuilder, RawLine, RawParagraph, RawWord
from extractors.document import Alternative, Document, Page

HEAD = ["UBND TỈNH SƠN LA", "SỞ Y TẾ", "Số: 412/KH-SYT", "Sơn La, ngày 17 tháng 4 năm 2024", "KẾ HOẠCH"]
BODY = [
    "Tổ chức hội thi năm 2024",
    "I. NỘI DUNG",
    "- Trước ngày 12/5/2024: Tổ chức thi.",
    "- Quý III: Sơ kết.",
]


def scan(rival: str, confidence: float, sure: float = 0.9) -> Document:
    """A recognised page; `12/5/2024:` may have been read as `rival`."""
    builder = DocumentBuilder("application/pdf")
    builder.page(Page(1, 0, method="ocr"))
    for line in [*HEAD, *BODY]:
        words = tuple(
            RawWord(w, confidence=confidence, alternatives=(Alternative(rival, sure),))
            if w == "12/5/2024:"
            else RawWord(w, confidence=0.96)
            for w in line.split()
        )
        builder.paragraph(RawParagraph((RawLine(line, words=words),)))
    return builder.build()


def ends(document: Document) -> list[date | None]:
    return [task.time.end_on for task in extract(document).tasks]


def test_a_date_read_in_two_ways_is_null_and_told() -> None:
    document = scan("12/5/2021:", 0.7)
    assert ends(document) == [None, date(2024, 9, 30)]
    found = extract(document)
    assert found.tasks[0].time.text == "Trước ngày 12/5/2024"
    assert [d.code for d in found.diagnostics].count("unsure-time") == 1


@pytest.mark.parametrize(
    ("rival", "confidence", "sure"),
    [("12/5/2024;", 0.7, 0.9), ("12/5/2021:", 0.7, 0.1), ("12/5/2021:", 0.99, 0.9)],
    ids=["the same digits", "hardly held possible", "certain"],
)
def test_other_dates_stay(rival: str, confidence: float, sure: float) -> None:
    assert ends(scan(rival, confidence, sure)) == [date(2024, 5, 12), date(2024, 9, 30)]
