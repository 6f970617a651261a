"""Times of cells and headings: what each printed form means."""

from __future__ import annotations

import json
import os
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.plan import Time
from extractors.rulebook import load
from extractors.schedule import TimeContext, is_time_like, named_period, read_heading_time, read_time

YEAR = (date(2024, 1, 1), date(2024, 12, 31))
PLAN = TimeContext(2024, date(2024, 2, 7), YEAR)
CONTEXTS = {
    "plan": PLAN,
    "no year": TimeContext(None),
    "done": TimeContext(2024, date(2024, 2, 7), YEAR, deadline_column=True),
    "done before": TimeContext(2024, None, YEAR, deadline_column=True, strict_column=True),
    "school": TimeContext(2025, date(2025, 9, 10), (date(2025, 9, 1), date(2026, 5, 31)), school_year=True),
    "school in July": TimeContext(2025, date(2025, 7, 30), school_year=True),
    "month": TimeContext(2021, date(2021, 3, 30), (date(2021, 4, 1), date(2021, 4, 30))),
    "day": TimeContext(2026, None, (date(2026, 4, 18), date(2026, 4, 18))),
    "term": TimeContext(2021, date(2021, 6, 1), (date(2021, 1, 1), date(2025, 12, 31))),
    "no period": TimeContext(2026),
}


def shown(time: Time) -> str:
    """`interval 2024-03-01 2024-03-31`; `<` before a strict end, `-` for an open one, then dates and rule."""
    parts: list[str] = [time.kind]
    if time.kind in ("interval", "deadline", "ongoing"):
        start, end = time.start_on or "-", time.end_on or "-"
        parts.append(
            f"{start} {'<' if time.end_strict else ''}{end}"
            if time.kind != "deadline"
            else f"{'<' if time.end_strict else ''}{end}"
        )
    if time.dates:
        parts.append("[" + ", ".join(f"{d.start or '-'} {d.end or '-'}" for d in time.dates) + "]")
    return " ".join([*parts, *([time.recurrence] if time.recurrence else [])])


MONTHS = [
    ("Tháng 3", "interval 2024-03-01 2024-03-31"),
    ("Tháng 03", "interval 2024-03-01 2024-03-31"),
    ("Tháng 02", "interval 2024-02-01 2024-02-29"),
    ("Tháng 01", "interval 2024-01-01 2024-01-31"),
    ("THÁNG 12", "interval 2024-12-01 2024-12-31"),
    ("tháng3", "interval 2024-03-01 2024-03-31"),
    ("Tháng 3/2025", "interval 2025-03-01 2025-03-31"),
    ("Tháng 3 năm 2025", "interval 2025-03-01 2025-03-31"),
    ("Tháng 3-2025", "interval 2025-03-01 2025-03-31"),
    ("Tháng 3 - 2025", "interval 2025-03-01 2025-03-31"),
    ("Tháng 3.2025", "interval 2025-03-01 2025-03-31"),
    ("Tháng 3, năm 2025", "interval 2025-03-01 2025-03-31"),
    ("12/2025", "interval 2025-12-01 2025-12-31"),
    ("3/2025", "interval 2025-03-01 2025-03-31"),
    ("03 / 2025", "interval 2025-03-01 2025-03-31"),
    ("T3/2024", "interval 2024-03-01 2024-03-31"),
    ("T11", "interval 2024-11-01 2024-11-30"),
    ("T.9/2025", "interval 2025-09-01 2025-09-30"),
    ("T3-5/2024", "interval 2024-03-01 2024-05-31"),
    ("Tháng 11, 12", "interval 2024-11-01 2024-12-31"),
    ("Tháng 9, 10, 11", "interval 2024-09-01 2024-11-30"),
    ("Tháng 6, 7, 8/2020", "interval 2020-06-01 2020-08-31"),
    ("tháng 3,4,5 năm 2025", "interval 2025-03-01 2025-05-31"),
    ("Tháng 12, 01", "interval 2024-12-01 2025-01-31"),
    ("Tháng 12, 01/2025", "interval 2024-12-01 2025-01-31"),
    ("Tháng 12/2024, tháng 01", "interval 2024-12-01 2025-01-31"),
    ("Tháng 9-11", "interval 2024-09-01 2024-11-30"),
    ("Tháng 9 – 11", "interval 2024-09-01 2024-11-30"),
    ("Tháng 9 — tháng 11", "interval 2024-09-01 2024-11-30"),
    ("Tháng 11-2", "interval 2024-11-01 2025-02-28"),
    ("Tháng 9 đến tháng 11", "interval 2024-09-01 2024-11-30"),
    ("từ tháng 3 đến tháng 8 năm 2026", "interval 2026-03-01 2026-08-31"),
    ("Từ tháng 3 - 8/2026", "interval 2026-03-01 2026-08-31"),
    ("Từ tháng 10/2024 đến tháng 3/2025", "interval 2024-10-01 2025-03-31"),
    ("Từ tháng 10 đến tháng 3/2025", "interval 2024-10-01 2025-03-31"),
    ("2/2024-5/2024", "interval 2024-02-01 2024-05-31"),
    ("Tháng 3 và tháng 9", "interval 2024-03-01 2024-09-30 [2024-03-01 2024-03-31, 2024-09-01 2024-09-30]"),
    (
        "Tháng 3, tháng 9/2025",
        "interval 2025-03-01 2025-09-30 [2025-03-01 2025-03-31, 2025-09-01 2025-09-30]",
    ),
    (
        "Tháng 3, 6, 9, 12",
        "interval 2024-03-01 2024-12-31 [2024-03-01 2024-03-31, 2024-06-01 2024-06-30,"
        " 2024-09-01 2024-09-30, 2024-12-01 2024-12-31]",
    ),
    ("Các tháng 3, 4, 5", "interval 2024-03-01 2024-05-31"),
    ("trong tháng 02/2024", "interval 2024-02-01 2024-02-29"),
    ("Trong tháng 5", "interval 2024-05-01 2024-05-31"),
    ("Dự kiến tháng 9", "interval 2024-09-01 2024-09-30"),
    ("Tháng 9 (dự kiến)", "interval 2024-09-01 2024-09-30"),
    ("Khoảng tháng 9", "interval 2024-09-01 2024-09-30"),
    ("Đầu tháng 6", "interval 2024-06-01 2024-06-10"),
    ("Giữa tháng 6", "interval 2024-06-11 2024-06-20"),
    ("Cuối tháng 6/2025", "interval 2025-06-21 2025-06-30"),
    ("Nửa đầu tháng 6", "interval 2024-06-01 2024-06-15"),
    ("Nửa cuối tháng 2", "interval 2024-02-16 2024-02-29"),
    ("Trung tuần tháng 7", "interval 2024-07-11 2024-07-20"),
    ("Cuối tháng 3, đầu tháng 4", "interval 2024-03-21 2024-04-10"),
    ("Cuối tháng 3 - đầu tháng 4", "interval 2024-03-21 2024-04-10"),
    ("10 ngày đầu tháng 3", "interval 2024-03-01 2024-03-10"),
    ("Tuần 2 tháng 3", "interval 2024-03-08 2024-03-14"),
    ("Tuần thứ hai của tháng 3", "interval 2024-03-08 2024-03-14"),
    ("Tuần cuối tháng 3", "interval 2024-03-25 2024-03-31"),
    ("Tuần 1, 2 tháng 4", "interval 2024-04-01 2024-04-14"),
    ("Tuần 3-4 tháng 9/2024", "interval 2024-09-15 2024-09-28"),
    ("Tháng ba", "interval 2024-03-01 2024-03-31"),
    ("Tháng mười hai", "interval 2024-12-01 2024-12-31"),
    ("Thảng 3", "interval 2024-03-01 2024-03-31"),
    ("thang 3/2024", "interval 2024-03-01 2024-03-31"),
    ("Tháng 0l", "interval 2024-01-01 2024-01-31"),
    ("Tháng l0", "interval 2024-10-01 2024-10-31"),
    ("Tháng 1O", "interval 2024-10-01 2024-10-31"),
    ("Tháng IX/2024", "interval 2024-09-01 2024-09-30"),
    (
        "Tháng 3: tổ chức; tháng 9: sơ kết",
        "interval 2024-03-01 2024-09-30 [2024-03-01 2024-03-31, 2024-09-01 2024-09-30]",
    ),
    (
        "Đợt 1: tháng 3; đợt 2: tháng 9",
        "interval 2024-03-01 2024-09-30 [2024-03-01 2024-03-31, 2024-09-01 2024-09-30]",
    ),
    (
        "Lần 1: tháng 3/2025, lần 2: tháng 9/2025",
        "interval 2025-03-01 2025-09-30 [2025-03-01 2025-03-31, 2025-09-01 2025-09-30]",
    ),
    ("Tháng 3, theo kế hoạch của Sở", "interval 2024-03-01 2024-03-31"),
    ("Tháng 3 hoặc khi có yêu cầu", "interval 2024-03-01 2024-03-31"),
    ("Tháng 3 (từ ngày 5 đến ngày 10)", "interval 2024-03-05 2024-03-10"),
    ("Tháng 6, 2 lần", "interval 2024-06-01 2024-06-30"),
    ("10-11/2024", "interval 2024-10-01 2024-11-30"),
    ("10,11/2024", "interval 2024-10-01 2024-11-30"),
    ("Tháng 1.2.3", "interval 2024-01-01 2024-03-31"),
    ("Tuần 3/10", "interval 2024-10-15 2024-10-21"),
    ("Tuần 1-T10", "interval 2024-10-01 2024-10-07"),
    ("Tuần 1 tháng 4 (từ 05/4-10/4)", "interval 2024-04-05 2024-04-10"),
    (
        "Cuối tháng 3 và cuối tháng 9",
        "interval 2024-03-21 2024-09-30 [2024-03-21 2024-03-31, 2024-09-21 2024-09-30]",
    ),
    ("Tháng 4/2024 và các tháng tiếp theo", "interval 2024-04-01 -"),
    (
        "Tháng 3: 50%; tháng 6: 100%",
        "interval 2024-03-01 2024-06-30 [2024-03-01 2024-03-31, 2024-06-01 2024-06-30]",
    ),
    (
        "3/2024 - 5/2024; 9/2024 - 11/2024",
        "interval 2024-03-01 2024-11-30 [2024-03-01 2024-05-31, 2024-09-01 2024-11-30]",
    ),
    ("Tháng …/2024", "none"),
    ("Tháng     năm 2024", "none"),
    ("Tháng 13", "none"),
    ("Tháng 0", "none"),
    ("Tháng 3/4", "none"),
]

QUARTERS = [
    ("Quý II", "interval 2024-04-01 2024-06-30"),
    ("Quý 3", "interval 2024-07-01 2024-09-30"),
    ("quý I năm 2025", "interval 2025-01-01 2025-03-31"),
    ("Quý I 2025", "interval 2025-01-01 2025-03-31"),
    ("QUÍ I/2018", "interval 2018-01-01 2018-03-31"),
    ("Quý 3 năm 2025", "interval 2025-07-01 2025-09-30"),
    ("Quý 2/2025", "interval 2025-04-01 2025-06-30"),
    ("Qúy IV", "interval 2024-10-01 2024-12-31"),
    ("Quý Il", "interval 2024-04-01 2024-06-30"),
    ("Quý ll/2024", "interval 2024-04-01 2024-06-30"),
    ("Quý 11", "interval 2024-04-01 2024-06-30"),
    ("Quý lV", "interval 2024-10-01 2024-12-31"),
    ("Quý IlI", "interval 2024-07-01 2024-09-30"),
    ("Quy II", "interval 2024-04-01 2024-06-30"),
    ("quýIII", "interval 2024-07-01 2024-09-30"),
    ("Q1/2024", "interval 2024-01-01 2024-03-31"),
    ("QIII", "interval 2024-07-01 2024-09-30"),
    ("Trong quý III, IV", "interval 2024-07-01 2024-12-31"),
    ("Quý II-III/2026", "interval 2026-04-01 2026-09-30"),
    ("Quý II – Quý III", "interval 2024-04-01 2024-09-30"),
    ("Quý I, II", "interval 2024-01-01 2024-06-30"),
    ("Quý I, III", "interval 2024-01-01 2024-09-30 [2024-01-01 2024-03-31, 2024-07-01 2024-09-30]"),
    (
        "Quý I và quý III năm 2025",
        "interval 2025-01-01 2025-09-30 [2025-01-01 2025-03-31, 2025-07-01 2025-09-30]",
    ),
    ("Quý I+II", "interval 2024-01-01 2024-06-30"),
    ("Quý I, II, III, IV", "interval 2024-01-01 2024-12-31"),
    ("Quý IV/2026 đến hết Quý II/2027", "interval 2026-10-01 2027-06-30"),
    ("Quý IV - Quý I/2025", "interval 2024-10-01 2025-03-31"),
    ("Từ quý II đến quý IV", "interval 2024-04-01 2024-12-31"),
    ("từ quý II/2026", "interval 2026-04-01 -"),
    ("cuối quý I", "interval 2024-03-01 2024-03-31"),
    ("cuối quý I 2025", "interval 2025-03-01 2025-03-31"),
    ("đầu quý III/2026", "interval 2026-07-01 2026-07-31"),
    ("Cả 4 quý", "interval 2024-01-01 2024-12-31"),
    ("Quý: II, III", "interval 2024-04-01 2024-09-30"),
    ("Quí I năm sau", "interval 2025-01-01 2025-03-31"),
    ("Quý V", "none"),
]

YEARS = [
    ("6 tháng đầu năm", "interval 2024-01-01 2024-06-30"),
    ("06 tháng cuối năm 2025", "interval 2025-07-01 2025-12-31"),
    ("Sáu tháng đầu năm", "interval 2024-01-01 2024-06-30"),
    ("9 tháng đầu năm", "interval 2024-01-01 2024-09-30"),
    ("Trong 6 tháng đầu năm 2024", "interval 2024-01-01 2024-06-30"),
    ("Nửa đầu năm", "interval 2024-01-01 2024-06-30"),
    ("Đầu năm", "interval 2024-01-01 2024-03-31"),
    ("Cuối năm 2025", "interval 2025-10-01 2025-12-31"),
    ("Trong năm", "interval 2024-01-01 2024-12-31"),
    ("Cả năm", "interval 2024-01-01 2024-12-31"),
    ("Trong năm nay", "interval 2024-01-01 2024-12-31"),
    ("Năm 2025", "interval 2025-01-01 2025-12-31"),
    ("NĂM 2025", "interval 2025-01-01 2025-12-31"),
    ("2025", "interval 2025-01-01 2025-12-31"),
    ("trong năm 2023", "interval 2023-01-01 2023-12-31"),
    ("Trong cả năm 2024", "interval 2024-01-01 2024-12-31"),
    ("2024-2025", "interval 2024-01-01 2025-12-31"),
    ("Năm 2024 - 2025", "interval 2024-01-01 2025-12-31"),
    ("Năm 2024, 2025", "interval 2024-01-01 2025-12-31"),
    ("Năm 2024 và năm 2026", "interval 2024-01-01 2026-12-31 [2024-01-01 2024-12-31, 2026-01-01 2026-12-31]"),
    ("Giai đoạn 2021-2025", "interval 2021-01-01 2025-12-31"),
    ("2021 – 2025", "interval 2021-01-01 2025-12-31"),
    ("nhiệm kỳ 2021-2026", "interval 2021-01-01 2026-12-31"),
    ("từ năm 2019 đến năm 2025", "interval 2019-01-01 2025-12-31"),
    ("Từ 2024 đến 2026", "interval 2024-01-01 2026-12-31"),
    ("Năm 2024 và những năm tiếp theo", "interval 2024-01-01 -"),
    ("Trong năm 2024 và các năm tiếp theo", "interval 2024-01-01 -"),
    ("từ 2025 trở đi", "interval 2025-01-01 -"),
    ("Từ năm 2025", "interval 2025-01-01 -"),
    ("năm học 2022 - 2023", "interval 2022-09-01 2023-05-31"),
    ("Từ nay đến hết năm 2025", "interval 2024-02-07 2025-12-31"),
    ("Từ nay đến cuối năm", "interval 2024-02-07 2024-12-31"),
    ("Từ đầu năm đến tháng 6", "interval 2024-01-01 2024-06-30"),
    ("Giai đoạn 2024-2026, định hướng đến 2030", "interval 2024-01-01 2026-12-31"),
    ("3 năm (2024-2026)", "interval 2024-01-01 2026-12-31"),
    ("Từ ngày ký đến hết ngày 31/12/2024", "interval 2024-02-07 2024-12-31"),
    ("Hai tháng cuối năm", "interval 2024-11-01 2024-12-31"),
    ("Tết Nguyên đán 2024", "none"),
    ("Hè 2024", "none"),
    ("Học kỳ I năm học 2024-2025", "none"),
    ("Ngày     tháng     năm 2024", "none"),
    ("…/…/2024", "none"),
    ("2025-2021", "none"),
]

DAYS = [
    ("25/10", "interval 2024-10-25 2024-10-25"),
    ("ngày 25/10", "interval 2024-10-25 2024-10-25"),
    ("Ngày25/10/2024", "interval 2024-10-25 2024-10-25"),
    ("23/3/2026", "interval 2026-03-23 2026-03-23"),
    ("6/1/2025", "interval 2025-01-06 2025-01-06"),
    ("6/30/2025", "interval 2025-06-30 2025-06-30"),
    ("30.6.2025", "interval 2025-06-30 2025-06-30"),
    ("30-6-2025", "interval 2025-06-30 2025-06-30"),
    ("2025-06-30 00:00:00", "interval 2025-06-30 2025-06-30"),
    ("2025-06-30", "interval 2025-06-30 2025-06-30"),
    ("25/10/24", "interval 2024-10-25 2024-10-25"),
    ("07 / 4/2014", "interval 2014-04-07 2014-04-07"),
    ("ngày 07 tháng 4 năm 2014", "interval 2014-04-07 2014-04-07"),
    ("Ngày 25 tháng 10", "interval 2024-10-25 2024-10-25"),
    ("Ngày 15.3", "interval 2024-03-15 2024-03-15"),
    ("ngày 11/9/2026 (thứ Sáu)", "interval 2026-09-11 2026-09-11"),
    ("Thứ Hai, ngày 18/3/2024", "interval 2024-03-18 2024-03-18"),
    ("07h00 ngày 25/10/2024", "interval 2024-10-25 2024-10-25"),
    ("14h00-16h00 ngày 3/5", "interval 2024-05-03 2024-05-03"),
    ("Từ 7 giờ 30 đến 11 giờ 30 ngày 3/5/2024", "interval 2024-05-03 2024-05-03"),
    ("13h30’ ngày 29/4/2026 (Thứ Tư)", "interval 2026-04-29 2026-04-29"),
    ("Từ 07h00 ngày 25/10 đến 17h00 ngày 26/10/2024", "interval 2024-10-25 2024-10-26"),
    ("Ngày 01/11/2018, khai mạc hồi 14h30", "interval 2018-11-01 2018-11-01"),
    ("Sáng 15/3/2024", "interval 2024-03-15 2024-03-15"),
    ("ngày 8-9/5/2021", "interval 2021-05-08 2021-05-09"),
    ("01-15/3/2024", "interval 2024-03-01 2024-03-15"),
    ("01 - 15/3", "interval 2024-03-01 2024-03-15"),
    ("15 - 20 tháng 3", "interval 2024-03-15 2024-03-20"),
    ("Ngày 12 và 13/9/2026", "interval 2026-09-12 2026-09-13"),
    ("Ngày 12, 14/9/2026", "interval 2026-09-12 2026-09-14 [2026-09-12 2026-09-12, 2026-09-14 2026-09-14]"),
    ("Từ 05/04/2021 đến 10/04/2021", "interval 2021-04-05 2021-04-10"),
    ("29/03/2021-03/4/2021", "interval 2021-03-29 2021-04-03"),
    ("04/6/2018–15/6/2018", "interval 2018-06-04 2018-06-15"),
    ("Từ ngày 01/3 - 31/3/2024", "interval 2024-03-01 2024-03-31"),
    ("Từ 15/12 đến 15/01/2025", "interval 2024-12-15 2025-01-15"),
    ("từ 15/10 đến 20 tháng 10/2018", "interval 2018-10-15 2018-10-20"),
    ("Từ ngày 5 đến ngày 10 tháng 3 năm 2025", "interval 2025-03-05 2025-03-10"),
    ("từ ngày 11/9 đến hết năm 2026", "interval 2026-09-11 2026-12-31"),
    ("từ 21/02", "interval 2024-02-21 -"),
    ("Bắt đầu từ ngày 21/02/2024", "interval 2024-02-21 -"),
    ("Sau ngày 15/3", "interval 2024-03-16 -"),
    ("Tuần 28 (29/03/2021 đến 03/4/2021)", "interval 2021-03-29 2021-04-03"),
    ("Tuần 29 ( Từ 05/04/2021 đến 10/04/2021)", "interval 2021-04-05 2021-04-10"),
    ("15/3 và 15/9", "interval 2024-03-15 2024-09-15 [2024-03-15 2024-03-15, 2024-09-15 2024-09-15]"),
    ("Dịp 20/11", "interval 2024-11-20 2024-11-20"),
    ("Chào mừng ngày 8/3", "interval 2024-03-08 2024-03-08"),
    ("Kỷ niệm 02/9", "interval 2024-09-02 2024-09-02"),
    ("≤ 10 ngày Dự kiến 10/7/2018", "interval 2018-07-10 2018-07-10"),
    ("≥ 20 ngày Dự kiến 23/7/2018 – 14/8/2018", "interval 2018-07-23 2018-08-14"),
    ("Sau khi được phê duyệt, dự kiến 20/7/2024", "interval 2024-07-20 2024-07-20"),
    ("Từ 01/3, hoàn thành trước 30/6", "interval 2024-03-01 2024-06-30"),
    ("Ngày 18; 19; 20/3/2024", "interval 2024-03-18 2024-03-20"),
    ("Chiều ngày 18/3 và sáng ngày 19/3/2024", "interval 2024-03-18 2024-03-19"),
    ("2 ngày (15-16/3)", "interval 2024-03-15 2024-03-16"),
    ("Tuần 1: 05/9 - 10/9/2024", "interval 2024-09-05 2024-09-10"),
    ("Theo kế hoạch, quý III/2024", "interval 2024-07-01 2024-09-30"),
    ("31/02/2024", "none"),
    ("32/5/2024", "none"),
    ("Từ 20/5/2024 đến 15/3/2024", "none"),
    ("(30/4/1975 - 30/4/2025)", "none"),
]

DEADLINES = [
    ("Trước ngày 10/02", "deadline <2024-02-10"),
    ("trước ngày 10/12/2014", "deadline <2014-12-10"),
    ("Trước 15/11", "deadline <2024-11-15"),
    ("Trước 17h00 ngày 20/10/2024", "deadline <2024-10-20"),
    ("Trước tháng 6/2025", "deadline 2025-05-31"),
    ("Trước quý III", "deadline 2024-06-30"),
    ("Hoàn thành trước 30/6/2025", "deadline <2025-06-30"),
    ("Hoàn thành đầu tư, lắp đặt xong trước ngày 01/01/2030", "deadline <2030-01-01"),
    ("Chậm nhất ngày 15/7", "deadline 2024-07-15"),
    ("Chậm nhất là ngày 15/7/2024", "deadline 2024-07-15"),
    ("muộn nhất ngày 24/8/2018", "deadline 2018-08-24"),
    ("chậm nhất trước ngày 01 tháng 12", "deadline <2024-12-01"),
    ("Không muộn hơn ngày 5/5", "deadline 2024-05-05"),
    ("đến hết ngày 30/6", "deadline 2024-06-30"),
    ("Hoàn thành đến ngày 30/6/2024", "deadline 2024-06-30"),
    ("Hết tháng 6", "deadline 2024-06-30"),
    ("đến năm 2030", "deadline 2030-12-31"),
    ("Đến hết năm 2025", "deadline 2025-12-31"),
    ("Xong trong Quý II/2026", "deadline 2026-06-30"),
    ("Hoàn thành trong tháng 3", "deadline 2024-03-31"),
    ("Hoàn thành quý IV", "deadline 2024-12-31"),
    ("Tháng 6 hoàn thành", "deadline 2024-06-30"),
    ("Thời hạn: 20/9/2024", "deadline 2024-09-20"),
    ("Trước ngày 25/5/2018 ≤ 3 ngày làm việc", "deadline <2018-05-25"),
    ("Trước ngày 15/3 hoặc khi có yêu cầu", "deadline <2024-03-15"),
    ("Sau khi có hướng dẫn của Bộ, trước ngày 30/6", "deadline <2024-06-30"),
    ("trước ngày 31/01 năm sau", "deadline <2025-01-31"),
    ("Trước ngày 31/01 năm liền kề", "deadline <2025-01-31"),
    ("trước ngày 15/12 năm trước", "deadline <2023-12-15"),
    ("trước ngày 15 tháng 6 và trước ngày 01 tháng 12", "deadline <2024-12-01 [- 2024-06-15, - 2024-12-01]"),
    ("Trước Ngày hội Đại đoàn kết 18/11", "deadline <2024-11-18"),
    ("Trước ngày 31/02", "none"),
]

RECURRING = [
    ("Hằng tháng", "FREQ=MONTHLY"),
    ("Hàng tháng", "FREQ=MONTHLY"),
    ("Hằng quý", "FREQ=MONTHLY;INTERVAL=3"),
    ("Hàng quí", "FREQ=MONTHLY;INTERVAL=3"),
    ("Hằng năm", "FREQ=YEARLY"),
    ("HÀNG NĂM", "FREQ=YEARLY"),
    ("Hằng tuần", "FREQ=WEEKLY"),
    ("Hằng ngày", "FREQ=DAILY"),
    ("Mỗi quý một lần", "FREQ=MONTHLY;INTERVAL=3"),
    ("6 tháng/lần", "FREQ=MONTHLY;INTERVAL=6"),
    ("06 tháng một lần", "FREQ=MONTHLY;INTERVAL=6"),
    ("1 lần/tháng", "FREQ=MONTHLY"),
    ("01 lần/quý", "FREQ=MONTHLY;INTERVAL=3"),
    ("2 lần/năm", ""),
    ("Định kỳ hằng quý", "FREQ=MONTHLY;INTERVAL=3"),
    ("Định kỳ quý", "FREQ=MONTHLY;INTERVAL=3"),
    ("Định kỳ 6 tháng", "FREQ=MONTHLY;INTERVAL=6"),
    ("Định kỳ 6 tháng, năm", "FREQ=MONTHLY;INTERVAL=6"),
    ("Định kỳ, đột xuất", ""),
    ("Hàng quý hoặc hằng năm", ""),
    ("Tháng, quý, năm", "FREQ=MONTHLY"),
    ("6 tháng và năm", "FREQ=MONTHLY;INTERVAL=6"),
    ("Theo quý", "FREQ=MONTHLY;INTERVAL=3"),
    ("ngày 05 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=5"),
    ("Trước ngày 15 hàng tháng", "FREQ=MONTHLY;BYMONTHDAY=15"),
    ("Chậm nhất ngày 10 của tháng", "FREQ=MONTHLY;BYMONTHDAY=10"),
    ("Ngày 15 và ngày 30 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=15,30"),
    ("Ngày cuối cùng của tháng", "FREQ=MONTHLY;BYMONTHDAY=-1"),
    ("Trước ngày 15 tháng 11 hàng năm", "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=15"),
    ("Hằng năm, trước ngày 10/12", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=10"),
    ("Trước ngày 15/6 và 15/12 hằng năm", "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=15"),
    ("Tháng 11 hằng năm", "FREQ=YEARLY;BYMONTH=11"),
    ("Quý I hằng năm", "FREQ=YEARLY;BYMONTH=1,2,3"),
    ("Ngày 20 tháng cuối quý", "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=20"),
    ("Trước ngày 05 của tháng đầu mỗi quý", "FREQ=YEARLY;BYMONTH=1,4,7,10;BYMONTHDAY=5"),
    ("Thứ Hai hàng tuần", "FREQ=WEEKLY;BYDAY=MO"),
    ("Chiều thứ sáu hằng tuần", "FREQ=WEEKLY;BYDAY=FR"),
    ("Thứ 2, thứ 5 hàng tuần", "FREQ=WEEKLY;BYDAY=MO,TH"),
    ("Hằng tháng trong năm 2024", "FREQ=MONTHLY"),
    ("Các tháng trong năm", "FREQ=MONTHLY"),
    ("Từ ngày 15 đến ngày 18 hàng tháng", "FREQ=MONTHLY;BYMONTHDAY=15,16,17,18"),
    ("Sáng thứ hai tuần đầu hằng tháng", "FREQ=MONTHLY;BYDAY=1MO"),
    ("Mỗi năm 02 lần", ""),
    ("1 năm 2 lần", ""),
    ("5 năm một lần", "FREQ=YEARLY;INTERVAL=5"),
    ("Ngày 25 của tháng cuối kỳ báo cáo", ""),
    ("Ngày 10/6 và 05/12 hằng năm", "FREQ=YEARLY"),
]

OTHERS = [
    ("Thường xuyên", "plan", "ongoing 2024-01-01 2024-12-31"),
    ("Thường xuyên trong năm", "plan", "ongoing 2024-01-01 2024-12-31"),
    ("Thường xuyên, liên tục", "plan", "ongoing 2024-01-01 2024-12-31"),
    ("Nhiệm vụ thường xuyên", "plan", "ongoing 2024-01-01 2024-12-31"),
    ("Thường xuyên trong năm 2025", "plan", "ongoing 2025-01-01 2025-12-31"),
    ("Thường xuyên", "no period", "ongoing - -"),
    ("Thường xuyên", "term", "ongoing 2021-01-01 2025-12-31"),
    ("Thường xuyên, hằng năm", "plan", "ongoing 2024-01-01 2024-12-31 FREQ=YEARLY"),
    ("Thường xuyên khi có yêu cầu", "plan", "ongoing 2024-01-01 2024-12-31"),
    ("Trong suốt quá trình thực hiện", "plan", "ongoing 2024-01-01 2024-12-31"),
    ("Trong tháng 3 và thường xuyên", "plan", "ongoing 2024-03-01 2024-12-31"),
    ("Thường xuyên (báo cáo trước ngày 15/12)", "plan", "ongoing 2024-01-01 2024-12-31"),
    ("Thường xuyên đến hết năm 2025", "plan", "ongoing 2024-01-01 2025-12-31"),
    ("Liên tục từ tháng 3 đến tháng 12", "plan", "ongoing 2024-03-01 2024-12-31"),
    ("1/2 ngày", "plan", "duration"),
    ("≤ 5 ngày làm việc", "plan", "duration"),
    ("7 ngày làm việc sau khi công bố kết quả", "plan", "duration"),
    ("20 ngày sau khi Tỉnh uỷ ban hành", "plan", "duration"),
    ("Trong vòng 05 (năm) ngày kể từ ngày nhận", "plan", "duration"),
    ("18 tháng", "plan", "duration"),
    ("02 ngày", "plan", "duration"),
    ("5 năm", "plan", "duration"),
    ("90 phút", "plan", "duration"),
    ("48 giờ", "plan", "duration"),
    ("Sau khi có Thông tư của Bộ Nội vụ", "plan", "conditional"),
    ("Ngay sau khi có kết quả", "plan", "conditional"),
    ("Khi có yêu cầu", "plan", "conditional"),
    ("Theo Kế hoạch của Sở Nội vụ", "plan", "conditional"),
    ("Theo Kế hoạch năm 2024 của Bộ", "plan", "conditional"),
    ("Theo Kế hoạch số 12/KH-ABC ngày 05/3/2024", "plan", "conditional"),
    ("Theo Quyết định ngày 05/3/2024 của Bộ", "plan", "conditional"),
    ("Theo quy định", "plan", "conditional"),
    ("Theo Điều 17 Nghị định số 05/2020/NĐ-CP", "plan", "conditional"),
    ("Theo tiến độ dự án", "plan", "conditional"),
    ("Thời gian theo QĐ phê duyệt", "plan", "conditional"),
    ("Đến trước thời điểm mở thầu", "plan", "conditional"),
    ("Đột xuất", "plan", "conditional"),
    ("Tùy tình hình thực tế", "plan", "conditional"),
    ("", "plan", "none"),
    ("1", "plan", "none"),
    ("12", "plan", "none"),
    ("Công đoàn", "plan", "none"),
    ("Nguyễn Văn An", "plan", "none"),
    ("Văn thư", "plan", "none"),
    ("0912 345 678", "plan", "none"),
    ("Tuần 28", "plan", "none"),
    ("Học kỳ I", "plan", "none"),
    ("Giai đoạn 1", "plan", "none"),
    ("x", "plan", "none"),
    ("-", "plan", "none"),
    ("Tháng 3", "no year", "interval - -"),
    ("Trước ngày 10/02", "no year", "deadline <-"),
    ("Tháng 3/2024", "no year", "interval 2024-03-01 2024-03-31"),
    ("Quý II", "no year", "interval - -"),
    ("Tháng 6/2025", "done", "deadline 2025-06-30"),
    ("12/2025", "done", "deadline 2025-12-31"),
    ("30/6", "done", "deadline 2024-06-30"),
    ("Quý I, II", "done", "deadline 2024-06-30"),
    ("Tháng 3, tháng 9", "done", "deadline 2024-09-30 [- 2024-03-31, - 2024-09-30]"),
    ("Năm 2025", "done", "deadline 2025-12-31"),
    ("Từ 01/3 đến 15/4", "done", "deadline 2024-04-15"),
    ("Thường xuyên", "done", "ongoing 2024-01-01 2024-12-31"),
    ("Hằng quý", "done", "recurring FREQ=MONTHLY;INTERVAL=3"),
    ("30/6/2025", "done before", "deadline <2025-06-30"),
    ("Tháng 10", "school", "interval 2025-10-01 2025-10-31"),
    ("Tháng 3", "school", "interval 2026-03-01 2026-03-31"),
    ("Tháng 8", "school", "interval 2026-08-01 2026-08-31"),
    ("Tháng 8", "school in July", "interval 2025-08-01 2025-08-31"),
    ("Tháng 12, 01", "school", "interval 2025-12-01 2026-01-31"),
    ("Từ tháng 9 đến tháng 5", "school", "interval 2025-09-01 2026-05-31"),
    ("20/11", "school", "interval 2025-11-20 2025-11-20"),
    ("Trước ngày 15/01", "school", "deadline <2026-01-15"),
    ("Cả năm học", "school", "interval 2025-09-01 2026-05-31"),
    ("Trong năm học", "school", "interval 2025-09-01 2026-05-31"),
    ("Đầu năm học", "school", "interval 2025-09-01 2025-09-30"),
    ("Cuối năm học", "school", "interval 2026-05-01 2026-05-31"),
    ("Ngày 15", "month", "interval 2021-04-15 2021-04-15"),
    ("Từ ngày 5 đến ngày 10", "month", "interval 2021-04-05 2021-04-10"),
    ("Cuối tháng", "month", "interval 2021-04-21 2021-04-30"),
    ("Trong tháng", "month", "interval 2021-04-01 2021-04-30"),
    ("Ngày 15", "plan", "none"),
    ("Cuối tháng", "plan", "none"),
    ("8h30 - 8h35", "day", "interval 2026-04-18 2026-04-18"),
    ("8h30 - 8h35", "plan", "none"),
]

CASES = [
    *((text, "plan", wanted) for text, wanted in [*MONTHS, *QUARTERS, *YEARS, *DAYS, *DEADLINES]),
    *((text, "plan", f"recurring {rule}".strip()) for text, rule in RECURRING),
    *OTHERS,
]


@pytest.mark.parametrize(("text", "context", "wanted"), CASES)
def test_read_time(text: str, context: str, wanted: str) -> None:
    assert shown(read_time(text, CONTEXTS[context])) == wanted


@pytest.mark.parametrize("text", [text for text, _, _ in CASES])
def test_forms_of_unicode_and_case_agree(text: str) -> None:
    time = read_time(text, PLAN)
    assert shown(read_time(unicodedata.normalize("NFD", text), PLAN)) == shown(time)
    if "l" not in text and "O" not in text:  # misread letters have a case of their own
        assert shown(read_time(text.upper(), PLAN)) == shown(time)


def test_text_is_kept_as_printed() -> None:
    assert read_time("  Quý\n II ", PLAN).text == "Quý II"
    assert read_time("Công đoàn", PLAN).text == "Công đoàn"
    assert read_time(" \n", PLAN).text is None


HEADINGS = [
    ("1. Quý I:", "interval 2024-01-01 2024-03-31"),
    ("QUÍ I/2018", "interval 2018-01-01 2018-03-31"),
    ("* Tháng 6, 7, 8/2020:", "interval 2020-06-01 2020-08-31"),
    ("Tuần 28 (29/03/2021 đến 03/4/2021)", "interval 2021-03-29 2021-04-03"),
    ("Đợt 1: từ 01/3 đến 15/4", "interval 2024-03-01 2024-04-15"),
    ("II. THÁNG 5/2021", "interval 2021-05-01 2021-05-31"),
    ("Tháng 3/2024", "interval 2024-03-01 2024-03-31"),
    ("a) Trong quý II năm 2024:", "interval 2024-04-01 2024-06-30"),
    ("III/ Quý III", "interval 2024-07-01 2024-09-30"),
    ("- Thời gian: từ ngày 01/3/2024 đến ngày 15/3/2024.", "interval 2024-03-01 2024-03-15"),
    ("Thời gian thực hiện: Quý II", "interval 2024-04-01 2024-06-30"),
    ("6 tháng đầu năm", "interval 2024-01-01 2024-06-30"),
    ("1.2. 6 tháng cuối năm:", "interval 2024-07-01 2024-12-31"),
    ("2. Năm 2025:", "interval 2025-01-01 2025-12-31"),
    ("+ Trước ngày 30/6/2024:", "deadline <2024-06-30"),
    ("Thường xuyên:", "ongoing 2024-01-01 2024-12-31"),
    ("Hằng tháng", "recurring FREQ=MONTHLY"),
    ("(1) Ngày 15/3/2024", "interval 2024-03-15 2024-03-15"),
    ("IV. QUÝ IV", "interval 2024-10-01 2024-12-31"),
    ("Công tác quý I", None),
    ("Kết quả tháng 3", None),
    ("Mục tiêu đến năm 2030", None),
    ("NHIỆM VỤ THƯỜNG XUYÊN", None),
    ("I. Nhiệm vụ trọng tâm năm 2024", None),
    ("Giai đoạn 1", None),
    ("Đợt 2:", None),
    ("Tuần 1", None),
    ("Theo kế hoạch của Sở", None),
    ("Thời gian", None),
    ("Thời gian, địa điểm", None),
    ("1.", None),
    ("II", None),
    ("5 ngày làm việc", None),
    ("", None),
    ("Hà Nội, ngày 15 tháng 3 năm 2024", None),
    ("Tháng hành động vì trẻ em", None),
]


@pytest.mark.parametrize(("text", "wanted"), HEADINGS)
def test_read_heading_time(text: str, wanted: str | None) -> None:
    time = read_heading_time(text, PLAN)
    assert (shown(time) if time else None) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Tháng 3", True),
        ("Quý II/2024", True),
        ("Trước ngày 15/3", True),
        ("Thường xuyên", True),
        ("Hằng tháng", True),
        ("Sau khi có hướng dẫn của Bộ", True),
        ("Theo kế hoạch của Sở", True),
        ("≤ 5 ngày làm việc", True),
        ("12/2025", True),
        ("7h00 - 7h15", True),
        ("Sở Nội vụ", False),
        ("1", False),
        ("12", False),
        ("Kế hoạch", False),
        ("", False),
        ("Ban hành Kế hoạch công tác thi đua, khen thưởng của huyện năm 2024 và tổ chức thực hiện", False),
        ("Báo cáo", False),
        ("Công tác tháng 3", False),
        ("Nhiệm vụ quý I", False),
        ("Hoàn thành rà soát trước 30/6", True),
        ("15.000.000", False),
    ],
)
def test_is_time_like(text: str, wanted: bool) -> None:
    assert is_time_like(text) is wanted


RULE_EXAMPLES = [
    (group, example)
    for group, entries in load("time_words").items()
    for entry in entries
    for example in entry["examples"]
]
KINDS_OF_GROUP = {
    "before": {"deadline"},
    "by": {"deadline"},
    "until": {"deadline"},
    "after": {"interval"},
    "idle": {"interval"},
    "filler": {"interval", "recurring"},
    "ordinal": {"interval"},
    "open_end": {"interval"},
    "ongoing": {"ongoing"},
    "recurring": {"recurring"},
    "conditional": {"conditional"},
    "turn": {"interval"},
}


@pytest.mark.parametrize(("group", "example"), RULE_EXAMPLES)
def test_examples_of_the_rules(group: str, example: str) -> None:
    time = read_time(example, PLAN)
    assert time.kind in KINDS_OF_GROUP[group]
    if group == "open_end":
        assert time.end_on is None


PIECES = [
    "tháng",
    "quý",
    "năm",
    "ngày",
    "từ",
    "đến",
    "trước",
    "hằng",
    "tuần",
    "3",
    "12",
    "IV",
    "2024",
    "1/3",
    "31/12/2024",
    "-",
    ",",
    "(",
    ")",
    "và",
    "hoàn thành",
    "sau khi",
    "6 tháng",
    "đầu",
    "cuối",
    "2021-2025",
]


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join)))
def test_never_raises_and_ends_do_not_come_before_starts(text: str) -> None:
    for context in CONTEXTS.values():
        time = read_time(text, context)
        if time.start_on and time.end_on:
            assert time.start_on <= time.end_on
        assert all(not (d.start and d.end) or d.start <= d.end for d in time.dates)
    read_heading_time(text, PLAN)
    is_time_like(text)
    named_period(text)


@pytest.mark.parametrize(
    "text", ["1," * 5000, "tháng " * 3000, "ngày 1 - " * 2000, "(" * 9000, "từ " * 5000, "9" * 9000]
)
def test_hostile_texts_are_no_times(text: str) -> None:
    assert read_time(text, PLAN).kind == "none"
    assert read_heading_time(text, PLAN) is None


ACCEPTANCE = os.environ.get("KEHOACH_ACCEPTANCE")


@pytest.mark.skipif(ACCEPTANCE is None, reason="KEHOACH_ACCEPTANCE is not set")
def test_times_of_the_acceptance_plans() -> None:
    wrong: list[str] = []
    for path in sorted(Path(ACCEPTANCE or ".").glob("*gold/*.json")):
        facts = json.loads(path.read_text(encoding="utf-8"))
        head = facts["document"]
        period = named_period(head["title"])
        issued = date.fromisoformat(head["issued_on"]) if head["issued_on"] else None
        days = (period.start, period.end) if period else (None, None)
        context = TimeContext(head["plan_year"], issued, days)
        for task in [*facts["tasks"], *facts.get("tasks_optional", [])]:
            if (
                not task.get("time_text") or "h" in task["time_text"][:5]
            ):  # hours of a day that stands elsewhere
                continue
            time = read_time(task["time_text"], context)
            got = [time.kind, *(str(d) if d else None for d in (time.start_on, time.end_on))]
            if got != [task["time_kind"], task["start_on"], task["end_on"]]:
                wrong.append(f"{path.stem}: {task['time_text']}: {got}")
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("QUÝ HI/2020", date(2020, 7, 1), date(2020, 9, 30)),
        ("QUÝ IH/2020", date(2020, 7, 1), date(2020, 9, 30)),
        ("QUÝ 1II/2020", date(2020, 7, 1), date(2020, 9, 30)),
        ("Quý H - Quý HI", date(2020, 4, 1), date(2020, 9, 30)),
        ("Quý TV", date(2020, 10, 1), date(2020, 12, 31)),
        ("Quý I, H", date(2020, 1, 1), date(2020, 6, 30)),
    ],
)
def test_misread_numerals_of_quarters(text: str, start: date, end: date) -> None:
    time = read_time(text, TimeContext(year=2020))
    assert (time.start_on, time.end_on) == (start, end)


@pytest.mark.parametrize("text", ["Quý II - Quý II", "Quý III đến quý III", "Quý I - I"])
def test_a_range_to_itself_is_not_read(text: str) -> None:
    time = read_time(text, TimeContext(year=2020))
    assert (time.text, time.kind) == (text, "none")


@pytest.mark.parametrize(
    "text",
    ["Quý HH năm 2024", "Trước quý IHH năm 2024", "Quý ... năm 2024", "Quý năm 2024", "Tháng Z năm 2024",
     "Tháng năm năm 2024"],
)  # fmt: skip
def test_a_year_after_a_numeral_that_cannot_be_read_is_no_time(text: str) -> None:
    time = read_time(text, TimeContext(year=2024))
    assert (time.text, time.kind, time.start_on, time.end_on) == (text, "none", None, None)


@pytest.mark.parametrize("text", ["Các quý năm 2024", "4 quý năm 2024", "Các tháng của năm 2024"])
def test_all_quarters_of_a_year_are_the_year(text: str) -> None:
    time = read_time(text, TimeContext(year=2024))
    assert (time.start_on, time.end_on) == (date(2024, 1, 1), date(2024, 12, 31))


def test_every_quarter_of_a_year_comes_again() -> None:
    assert read_time("Hằng quý năm 2024", TimeContext(year=2024)).kind == "recurring"


def test_a_limit_before_the_start_is_no_time() -> None:
    time = read_time("Trước 2024 từ 2024", TimeContext(year=2024))
    assert (time.kind, time.start_on, time.end_on) == ("none", None, None)
