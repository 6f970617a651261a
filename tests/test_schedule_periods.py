"""The year and period that titles name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.schedule import named_period

CASES = [
    ("Công tác thi đua, khen thưởng năm 2024", "2024 2024-01-01 2024-12-31 year"),
    ("CÔNG TÁC CẢI CÁCH HÀNH CHÍNH NĂM 2024", "2024 2024-01-01 2024-12-31 year"),
    ("Tổ chức sinh hoạt chuyên môn năm học 2025 - 2026", "2025 2025-09-01 2026-05-31 school_year"),
    ("Công tác học kỳ II năm học 2024-2025", "2024 None None school_year"),
    ("Hoạt động tháng 10 năm học 2025-2026", "2025 2025-10-01 2025-10-31 part_of_year"),
    ("Hoạt động tháng 3 năm học 2025-2026", "2025 2026-03-01 2026-03-31 part_of_year"),
    ("Phát triển du lịch giai đoạn 2021-2025", "2021 2021-01-01 2025-12-31 years"),
    ("Phát triển du lịch giai đoạn từ năm 2021 đến năm 2025", "2021 2021-01-01 2025-12-31 years"),
    ("Phát triển du lịch giai đoạn 2021-2025, tầm nhìn đến năm 2030", "2021 2021-01-01 2025-12-31 years"),
    ("Thực hiện Chương trình nông thôn mới giai đoạn 2021-2025 năm 2024", "2024 2024-01-01 2024-12-31 year"),
    ("Hoạt động tháng 4/2021", "2021 2021-04-01 2021-04-30 part_of_year"),
    ("Công tác tháng 3, 4 năm 2024", "2024 2024-03-01 2024-04-30 part_of_year"),
    ("Kiểm tra quý I năm 2020", "2020 2020-01-01 2020-03-31 part_of_year"),
    ("Công tác quý IV/2023", "2023 2023-10-01 2023-12-31 part_of_year"),
    ("Công tác 6 tháng cuối năm 2022", "2022 2022-07-01 2022-12-31 part_of_year"),
    ("Phòng chống tai nạn thương tích đến năm 2020", "None None 2020-12-31 horizon"),
    ("Phòng chống tai nạn thương tích giai đoạn đến năm 2020", "None None 2020-12-31 horizon"),
    ("Đấu thầu cung ứng vật tư năm 2019 - 2020", "2019 2019-01-01 2020-12-31 years"),
    ("Đào tạo, bồi dưỡng các năm 2024, 2025", "2024 2024-01-01 2025-12-31 years"),
    ("Chuyển đổi số năm 2024 và những năm tiếp theo", "2024 2024-01-01 None year"),
    ("Chuyển đổi số năm 2024, định hướng đến năm 2030", "2024 2024-01-01 2024-12-31 year"),
    ("Tổ chức “Lễ hội mùa xuân lần thứ II, năm 2026”", "2026 2026-01-01 2026-12-31 year"),
    ("Triển khai Nghị định số 98/2023/NĐ-CP năm 2024", "2024 2024-01-01 2024-12-31 year"),
    ("Tổng kết công tác năm 2023, triển khai nhiệm vụ năm 2024", "2024 2024-01-01 2024-12-31 year"),
    ("Triển khai Tháng hành động vì trẻ em năm 2017", "2017 2017-01-01 2017-12-31 year"),
    ("Theo dõi tình hình thi hành pháp luật về y tế năm 2018", "2018 2018-01-01 2018-12-31 year"),
    ("Tổ chức kỷ niệm 50 năm Ngày giải phóng (30/4/1975 - 30/4/2025)", "None"),
    ("Thực hiện Chỉ thị số 11-CT/TU ngày 04/01/2026 của Ban Thường vụ", "None"),
    (
        "Thực hiện Chỉ thị số 34-CT/TW, ngày 07/4/2014 về “thi đua tiến tới Đại hội lần thứ IV năm 2015”",
        "None",
    ),
    ("Triển khai thi hành Luật Đất đai năm 2024", "None"),
    ("Triển khai Nghị định 98/2023/NĐ-CP", "None"),
    ("Tổ chức Đại hội đại biểu nhiệm kỳ 2025 - 2030", "None"),
    ("Trồng 2000 cây xanh", "None"),
    ("Công tác dân số", "None"),
    ("", "None"),
    ("Phát triển năm 2022 và năm 2026", "None"),
    ("QUÍ I/2018", "2018 2018-01-01 2018-03-31 part_of_year"),
    ("2. Năm 2025:", "2025 2025-01-01 2025-12-31 year"),
    ("Tuần 28 (từ 29/3/2021 đến 03/4/2021)", "2021 2021-03-29 2021-04-03 days"),
]


@pytest.mark.parametrize(("title", "wanted"), CASES)
def test_named_period(title: str, wanted: str) -> None:
    period = named_period(title)
    shown = f"{period.plan_year} {period.start} {period.end} {period.kind}" if period else "None"
    assert shown == wanted


PIECES = [
    "năm",
    "2024",
    "2021-2025",
    "năm học",
    "giai đoạn",
    "tháng",
    "4/2021",
    "quý",
    "I",
    "đến",
    "đến năm 2030",
    "số 5/KH",
    "ngày 04/01/2026",
    "“",
    "”",
    ",",
    "và",
    "6 tháng",
    "đầu",
    "nhiệm kỳ",
    "2030 - 2020",
    "9999",
    "2099-2100",
]


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join)))
def test_never_raises_and_periods_have_an_order(title: str) -> None:
    period = named_period(title)
    if period is not None and period.start and period.end:
        assert period.start <= period.end
