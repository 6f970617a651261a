"""Deadlines and own times in running text: which words are taken, and which never."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.schedule import TimeContext, find_deadline

PLAN = TimeContext(2024, date(2024, 2, 7))

TAKEN = [
    # text, the words taken, kind, last day or rule
    (
        "Các đơn vị hoàn thành trước ngày 10/12/2024 và báo cáo.",
        "hoàn thành trước ngày 10/12/2024",
        "deadline",
        "2024-12-10",
    ),
    (
        "Kế hoạch của các đơn vị gửi về Sở Nội vụ trước ngày 10/02/2024 để tổng hợp",
        "trước ngày 10/02/2024",
        "deadline",
        "2024-02-10",
    ),
    ("gửi báo cáo trước 15/11.", "trước 15/11", "deadline", "2024-11-15"),
    (
        "gửi kết quả trước 17h00 ngày 20/10/2024 qua thư điện tử",
        "trước 17h00 ngày 20/10/2024",
        "deadline",
        "2024-10-20",
    ),
    (
        "gửi văn bản trước ngày 25 tháng 6 năm 2024",
        "trước ngày 25 tháng 6 năm 2024",
        "deadline",
        "2024-06-25",
    ),
    ("gửi Sở Y tế chậm nhất ngày 16/12 để báo cáo", "chậm nhất ngày 16/12", "deadline", "2024-12-16"),
    ("gửi về huyện chậm nhất là ngày 05/7/2024", "chậm nhất là ngày 05/7/2024", "deadline", "2024-07-05"),
    ("nộp muộn nhất vào ngày 24/8", "muộn nhất vào ngày 24/8", "deadline", "2024-08-24"),
    (
        "xây dựng kế hoạch, hoàn thành trong tháng 02/2024",
        "hoàn thành trong tháng 02/2024",
        "deadline",
        "2024-02-29",
    ),
    ("xử lý dứt điểm, xong trong quý II", "xong trong quý II", "deadline", "2024-06-30"),
    (
        "Hoàn thành việc rà soát hồ sơ trong quý III năm 2024",
        "Hoàn thành việc rà soát hồ sơ trong quý III năm 2024",
        "deadline",
        "2024-09-30",
    ),
    ("hoàn thành trong năm 2025", "hoàn thành trong năm 2025", "deadline", "2025-12-31"),
    ("nhận hồ sơ đến hết ngày 30/6/2024", "đến hết ngày 30/6/2024", "deadline", "2024-06-30"),
    ("Thời hạn gửi: trước ngày 20/9", "trước ngày 20/9", "deadline", "2024-09-20"),
    (
        "báo cáo trước ngày 15/6 và trước ngày 15/12/2024",
        "trước ngày 15/6 và trước ngày 15/12/2024",
        "deadline",
        "2024-12-15",
    ),
    ("báo cáo năm trước ngày 15/01 năm sau", "trước ngày 15/01 năm sau", "deadline", "2025-01-15"),
    (
        "Thực hiện Chỉ thị số 05/CT-UBND ngày 07/4/2023, gửi báo cáo trước ngày 10/10",
        "trước ngày 10/10",
        "deadline",
        "2024-10-10",
    ),
    ("Tổ chức hội nghị trong tháng 3/2024 tại huyện", "trong tháng 3/2024", "interval", "2024-03-31"),
    ("tổ chức vào quý III", "vào quý III", "interval", "2024-09-30"),
    ("tổ chức lễ phát động vào ngày 18/4/2024", "vào ngày 18/4/2024", "interval", "2024-04-18"),
    (
        "Ra quân từ ngày 01/3 đến ngày 15/3/2024 trên địa bàn",
        "từ ngày 01/3 đến ngày 15/3/2024",
        "interval",
        "2024-03-15",
    ),
    (
        "Thời gian thực hiện: Quý II năm 2024.",
        "Thời gian thực hiện: Quý II năm 2024",
        "interval",
        "2024-06-30",
    ),
    (
        "báo cáo chậm nhất ngày 05 hằng tháng",
        "chậm nhất ngày 05 hằng tháng",
        "recurring",
        "FREQ=MONTHLY;BYMONTHDAY=5",
    ),
    (
        "gửi báo cáo trước ngày 20 tháng cuối quý",
        "trước ngày 20 tháng cuối quý",
        "recurring",
        "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=20",
    ),
    (
        "gửi về Sở trước ngày 15 tháng 11 hàng năm để tổng hợp",
        "trước ngày 15 tháng 11 hàng năm",
        "recurring",
        "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=15",
    ),
    (
        "định kỳ hàng năm (trước ngày 10/12) báo cáo tỉnh",
        "định kỳ hàng năm (trước ngày 10/12",
        "recurring",
        "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=10",
    ),
    ("Định kỳ hằng quý báo cáo kết quả", "Định kỳ hằng quý", "recurring", "FREQ=MONTHLY;INTERVAL=3"),
    (
        "báo cáo định kỳ 6 tháng về Ủy ban nhân dân tỉnh",
        "định kỳ 6 tháng",
        "recurring",
        "FREQ=MONTHLY;INTERVAL=6",
    ),
    ("Hằng năm, tổ chức sơ kết việc thực hiện", "Hằng năm", "recurring", "FREQ=YEARLY"),
    ("trả lời trong vòng 05 ngày làm việc kể từ ngày nhận", "trong vòng 05 ngày làm việc", "duration", ""),
]

NOT_TAKEN = [
    "Thực hiện Chỉ thị số 34-CT/TW ngày 07/4/2014 của Bộ Chính trị",
    "Thực hiện Nghị định 98/2023/NĐ-CP ngày 31/12/2023 của Chính phủ",
    "Kế hoạch công tác năm 2024",
    "Báo cáo sơ kết 6 tháng đầu năm 2024",
    "Tổng kết công tác 6 tháng đầu năm và nhiệm vụ 6 tháng cuối năm",
    "Kế hoạch phát triển kinh tế - xã hội giai đoạn 2021-2025",
    "kỷ niệm 70 năm Ngày truyền thống (11/6/1948 - 11/6/2018)",
    "chào mừng Ngày Nhà giáo Việt Nam 20/11",
    "Đại hội đại biểu toàn quốc lần thứ XIII",
    "hoàn thành thắng lợi nhiệm vụ năm 2024",
    "Quy hoạch tỉnh thời kỳ 2021 - 2030, tầm nhìn đến năm 2050",
    "mục tiêu đến năm 2030 có 80% xã đạt chuẩn",
    "đánh giá kết quả thực hiện trong tháng 3",
    "tham mưu kế hoạch phát triển kinh tế - xã hội hằng năm",
    "các công trình được cấp phép trước ngày 01/7/2016",
    "Thực hiện phong trào “Xanh - sạch trong tháng 3”",
    "kiểm tra trước, trong và sau Tết",
    "Trước hết, các đơn vị rà soát hồ sơ",
    "thường xuyên theo dõi, đôn đốc",
    "Sở Tài chính bố trí kinh phí",
    "số liệu tính từ ngày 15/12/2023 đến ngày 14/6/2024",
    "",
]


@pytest.mark.parametrize(("text", "words", "kind", "value"), TAKEN)
def test_found(text: str, words: str, kind: str, value: str) -> None:
    found = find_deadline(text, PLAN)
    assert found is not None
    time, start, end = found
    assert (text[start:end], time.kind) == (words, kind)
    assert time.text == words
    assert (
        (time.recurrence or "") == value if kind in ("recurring", "duration") else str(time.end_on) == value
    )


@pytest.mark.parametrize("text", NOT_TAKEN)
def test_not_taken(text: str) -> None:
    assert find_deadline(text, PLAN) is None


@pytest.mark.parametrize("text", [text for text, _, _, _ in TAKEN])
def test_decomposed_text_gives_the_same_time_and_its_own_span(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    one, other = find_deadline(text, PLAN), find_deadline(decomposed, PLAN)
    assert one is not None and other is not None
    assert one[0] == other[0]
    assert unicodedata.normalize("NFC", decomposed[other[1] : other[2]]) == text[one[1] : one[2]]


def test_year_of_an_old_time_is_no_deadline() -> None:
    assert find_deadline("hồ sơ trước ngày 30/4/2022", PLAN) is None
    assert find_deadline("hồ sơ trước ngày 30/4/2022", TimeContext(2022)) is not None


PIECES = [
    "trước ngày",
    "hoàn thành",
    "trong",
    "tháng",
    "3",
    "12/2024",
    "31/12/2024",
    "quý",
    "II",
    "hằng năm",
    "định kỳ",
    "chậm nhất",
    "và",
    ";",
    ". ",
    "(",
    ")",
    "số 5/KH-UBND",
    "từ ngày 1",
    "đến",
    "năm 2024",
]


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join)))
def test_spans_lie_in_the_text(text: str) -> None:
    found = find_deadline(text, PLAN)
    if found is not None:
        time, start, end = found
        assert 0 <= start < end <= len(text)
        assert time.kind not in ("none", "conditional")


@pytest.mark.parametrize(
    "text",
    [
        "trước ngày " * 4000,
        "hoàn thành " * 4000,
        "định kỳ " * 4000,
        "từ ngày 1 " * 4000,
        "hằng " * 5000,
        "kế hoạch " * 5000,
        "số 1/" * 8000,
        "“" * 9000,
    ],
)
def test_hostile_texts_end(text: str) -> None:
    find_deadline(text, PLAN)
