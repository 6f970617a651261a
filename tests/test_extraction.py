"""Whole documents through `extract`: header, years, period, diagnostics; and what holds for any document."""

import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors import extract
from extractors.building import RawParagraph, RawTable
from extractors.document import Document, Style
from extractors.plan import Plan
from tests.builders import document, grid

HEAD = (
    "ỦY BAN NHÂN DÂN\nTỈNH LAI CHÂU",
    "Số: 12/KH-UBND",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
)
DATE_LINE = "Lai Châu, ngày 05 tháng 02 năm 2024"
CLOSING = (
    "Nơi nhận:", "- Bộ Nội vụ;", "- Lưu: VT.",
    "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Nguyễn Văn An",
)  # fmt: skip


def made(*body: str | RawTable, title: str = "Công tác dân vận năm 2024", dated: str = DATE_LINE) -> Document:
    return document(*HEAD, dated, "KẾ HOẠCH", title, *body, *CLOSING)


def codes(plan: Plan) -> set[str]:
    return {note.code for note in plan.diagnostics}


def test_a_whole_plan() -> None:
    plan = extract(
        made(
            "Căn cứ Kế hoạch số 05/KH-BNV ngày 03/01/2024 của Bộ Nội vụ;",
            "Ủy ban nhân dân tỉnh ban hành kế hoạch như sau:",
            "I. MỤC ĐÍCH",
            "Nâng cao hiệu quả.",
            "II. NỘI DUNG",
            grid(
                ("STT", "Nội dung", "Chủ trì", "Phối hợp", "Thời gian"),
                ("1", "Tổ chức đối thoại", "Sở Nội vụ", "Các sở, ban, ngành", "Tháng 4"),
            ),
            "III. TỔ CHỨC THỰC HIỆN",
            "1. Sở Nội vụ",
            "- Theo dõi, đôn đốc, báo cáo trước ngày 15/12/2024.",
        )
    )
    header = plan.header
    assert (header.doc_type, header.number, header.issued_on) == ("KH", "12/KH-UBND", date(2024, 2, 5))
    assert (header.issuer, header.province, header.title) == (
        "Ủy ban nhân dân tỉnh Lai Châu", "Lai Châu", "Công tác dân vận năm 2024",
    )  # fmt: skip
    assert (header.signer, header.signer_title, header.signed_as) == (
        "Nguyễn Văn An",
        "Phó Chủ tịch",
        "TM. KT.",
    )
    assert [base.number for base in plan.legal_bases if base.role == "basis"] == ["05/KH-BNV"]
    assert [(task.source, task.time.end_on) for task in plan.tasks] == [
        ("table", date(2024, 4, 30)),
        ("assignment", date(2024, 12, 15)),
    ]
    assert [recipient.text for recipient in plan.recipients] == ["Bộ Nội vụ", "Lưu: VT"]
    assert [table.is_task_table for table in plan.tables] == [True]


@pytest.mark.parametrize(
    ("title", "year", "start", "end"),
    [
        ("Công tác dân vận năm 2025", 2025, date(2025, 1, 1), date(2025, 12, 31)),
        ("Công tác dân vận giai đoạn 2021 - 2025", 2021, date(2021, 1, 1), date(2025, 12, 31)),
        ("Kiểm tra nội bộ năm học 2022 - 2023", 2022, date(2022, 9, 1), date(2023, 5, 31)),
        ("Phát triển đô thị đến năm 2030", 2024, None, date(2030, 12, 31)),
        ("Công tác tuyên truyền", 2024, None, None),
    ],
    ids=["year", "period", "school year", "horizon", "none"],
)
def test_the_year_of_a_plan(title: str, year: int, start: date | None, end: date | None) -> None:
    header = extract(made("I. MỤC ĐÍCH", "Nâng cao hiệu quả.", title=title)).header
    assert (header.plan_year, header.period_start, header.period_end) == (year, start, end)


def test_the_one_year_of_the_tasks() -> None:
    table = grid(
        ("TT", "Nội dung", "Đơn vị thực hiện", "Thời gian"),
        ("1", "Xây dựng đề án", "Sở Y tế", "Tháng 4/2025"),
    )
    assert extract(made("I. NHIỆM VỤ", table, title="Triển khai Luật Đất đai")).header.plan_year == 2025


def test_blank_number_and_date_are_null_and_told() -> None:
    blank = [line if "Số" not in line else "Số:      /KH-UBND" for line in HEAD]
    plan = extract(
        document(*blank, "Lai Châu, ngày    tháng 02 năm 2024", "KẾ HOẠCH", "Công tác dân vận", *CLOSING)
    )
    assert (plan.header.number, plan.header.issued_on, plan.header.issued_year) == (None, None, 2024)
    assert "blank-number" in codes(plan)


@pytest.mark.parametrize(
    "place", ["Thành phố Hồ Chí Minh", "Thị xã Sơn Tây", "Tp. Hồ Chí Minh", "Buôn Ma Thuột"]
)
def test_date_lines_of_towns(place: str) -> None:
    header = extract(made("I. MỤC ĐÍCH", "a.", dated=f"{place}, ngày 15 tháng 01 năm 2024")).header
    assert (header.place, header.issued_on) == (place, date(2024, 1, 15))


def test_a_plan_without_tasks_says_so() -> None:
    assert "no-tasks" in codes(extract(made("Nâng cao hiệu quả công tác.")))


def test_a_duty_of_nobody_says_so() -> None:
    plan = extract(
        made(
            "I. TỔ CHỨC THỰC HIỆN", "1. Sở Y tế: khám.", "2. Tăng cường tuyên truyền rộng rãi trong nhân dân."
        )
    )
    assert "duty-not-read" in codes(plan)


def test_a_time_that_is_not_understood_says_so() -> None:
    table = grid(
        ("TT", "Nội dung", "Đơn vị thực hiện", "Thời gian"),
        ("1", "Họp xét thi đua", "Sở Y tế", "Khoảng chừng ấy"),
    )
    assert "time-not-read" in codes(extract(made("I. NHIỆM VỤ", table)))


# --- what holds for any document ----------------------------------------------------------------

_PIECES = st.sampled_from(
    ["I. NỘI DUNG", "1. Quý I:", "a) Sở Y tế", "- Trước ngày 30/4: họp", "III. TỔ CHỨC THỰC HIỆN",
     "* Tháng 3", "KẾ HOẠCH", "Số: 5/KH-UBND", "UBND TỈNH LAI CHÂU", "Nơi nhận:", "- Lưu: VT.", "CHỦ TỊCH",
     "Nguyễn Văn An", "Giao Sở Nội vụ theo dõi.", "Căn cứ Luật Đất đai ngày 18/01/2024;",
     "Thời gian: tháng 5",
     "Đơn vị chủ trì: Sở Y tế", "STT", "Nội dung",
     "Thời gian", "Phối hợp", "x", "nt", "Quý II", "", "1.1", "II",
     "phong trào thi đua “A b c”"]
)  # fmt: skip
_TEXTS = st.one_of(_PIECES, st.text(max_size=40))
_PARAGRAPHS = st.builds(
    lambda text, bold: RawParagraph.of(text, style=Style(bold=bold)), _TEXTS, st.booleans()
)
_TABLES = st.integers(1, 5).flatmap(
    lambda width: st.lists(st.lists(_TEXTS, min_size=width, max_size=width), min_size=1, max_size=5)
).map(lambda rows: grid(*[[cell or " " for cell in row] for row in rows]))  # fmt: skip
_DOCUMENTS = st.lists(st.one_of(_PARAGRAPHS, _PARAGRAPHS, _TABLES), max_size=14).map(
    lambda blocks: document(*blocks)
)


@settings(max_examples=60, deadline=None)
@given(_DOCUMENTS)
def test_every_document_gives_a_plan_whose_facts_stand_in_it(read: Document) -> None:
    plan = extract(read)
    facts = [*plan.fields, *plan.legal_bases, *plan.movements, *plan.tasks, *plan.recipients, *plan.sections]
    facts += [body for task in plan.tasks for body in task.bodies]
    for fact in facts:
        assert 0 <= fact.start <= fact.end <= len(read.text), fact
    for task in plan.tasks:
        assert " ".join(read.text[task.start : task.end].split()) == task.content
        for body in task.bodies:
            assert " ".join(read.text[body.start : body.end].split()) == body.text
    assert len({task.task_id for task in plan.tasks}) == len(plan.tasks)


@settings(max_examples=30, deadline=None)
@given(_DOCUMENTS)
def test_extraction_is_the_same_every_time(read: Document) -> None:
    assert extract(read) == extract(read)


@pytest.mark.parametrize("spelling", ["NFC", "NFD"])
def test_spellings_of_unicode_agree_after_parsing(spelling: str, tmp_path: Path) -> None:
    from pipeline.parsers import parse

    text = "\n\n".join(
        [
            *HEAD,
            DATE_LINE,
            "KẾ HOẠCH",
            "Công tác dân vận năm 2024",
            "I. TỔ CHỨC THỰC HIỆN",
            "1. Sở Y tế: khám.",
            *CLOSING,
        ]
    )
    path = tmp_path / "plan.txt"
    path.write_text(unicodedata.normalize(spelling, text), encoding="utf-8")  # type: ignore[arg-type]
    plan = extract(parse(path))
    assert plan.header.issuer == "Ủy ban nhân dân tỉnh Lai Châu"
    assert [(task.content, task.bodies[0].text) for task in plan.tasks] == [("khám.", "Sở Y tế")]


def test_a_dated_item_under_a_time_is_one_task() -> None:
    plan = extract(
        made("II. NỘI DUNG", "1. Quý II:", "- Trước ngày 30/4: Họp xét.", "- Trước ngày 15/6: Báo cáo.")
    )
    assert [(task.content, task.time.end_on) for task in plan.tasks] == [
        ("Họp xét.", date(2024, 4, 30)),
        ("Báo cáo.", date(2024, 6, 15)),
    ]
