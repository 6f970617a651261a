"""Invented plans of the same bodies in other years: what a comparison over years has to tell.

The province's plans for 2023 and 2025 stand around that for 2024 in `plans_emulation`. A department has one
plan before and one after 2025, when it was merged with another and its province with the neighbour.
"""
# ruff: noqa: E501  (texts are data: they are not cut where a line of code ends)

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.maker.facts import (
    Basis,
    Column,
    Duty,
    Group,
    Head,
    Heading,
    Items,
    Letterhead,
    MadePlan,
    Row,
    Signature,
    TaskTable,
    Text,
    always,
    by,
    helped,
    lead,
    row,
    within,
)
from tests.maker.plans_emulation import LAW, PROVINCE

AIMS = PROVINCE.body[:6]  # from I. to the heading of II.: a province prints them again every year
COLUMNS = next(block.columns for block in PROVINCE.body if isinstance(block, TaskTable))
CONTENTS = (
    Column("no", "STT", 0.6), Column("content", "Nhiệm vụ", 4), Column("lead", "Đơn vị chủ trì", 2),
    Column("coordinating", "Đơn vị phối hợp", 2), Column("time", "Thời gian", 1.5),
)  # fmt: skip
NETWORK_LAW = Basis(
    "Luật An toàn thông tin mạng ngày 19 tháng 11 năm 2015",
    "Luật", None, date(2015, 11, 19), None, "An toàn thông tin mạng",
)  # fmt: skip

NETWORK_AIMS = (
    Heading("I.", "MỤC ĐÍCH, YÊU CẦU"),
    Items(
        ("Trang bị kỹ năng số cơ bản cho cán bộ, công chức cấp xã.", "Phát hiện sớm, xử lý kịp thời sự cố.")
    ),
    Heading("II.", "NHIỆM VỤ"),
)


# --- what the province says every year ------------------------------------------------------


def _of_province(number: str, issued: date) -> MadePlan:
    """The province's plan with another number and day, for the year of that day."""
    year, title = issued.year, f"Công tác thi đua, khen thưởng năm {issued.year}"
    dated = f"Hà Nam, ngày {issued:%d} tháng {issued:%m} năm {year}"
    period = (date(year, 1, 1), date(year, 12, 31))
    return replace(
        PROVINCE,
        letterhead=replace(PROVINCE.letterhead, number=f"Số: {number}", dated=dated),
        head=replace(
            PROVINCE.head, number=number, issued_on=issued, title=title, plan_year=year, period=period
        ),
        title=(title,),
        adopts=f"{PROVINCE.head.issuer} ban hành Kế hoạch c{title[1:]} như sau:",
    )


def _programme(number: str, issued: date) -> Basis:
    title = f"ban hành Chương trình công tác năm {issued.year + 1}"
    text = f"Quyết định số {number} ngày {issued:%d} tháng {issued:%m} năm {issued.year} của {PROVINCE.head.issuer} {title}"
    return Basis(text, "Quyết định", number, issued, PROVINCE.head.issuer, title)


def _movements_go_on(last: str) -> Text:
    return Text(
        "Tiếp tục triển khai các phong trào thi đua: “Hà Nam chung sức xây dựng nông thôn mới”, “Cả nước chung"
        f" tay vì người nghèo - Không để ai bị bỏ lại phía sau” và “{last}”; nhiệm vụ cụ thể theo bảng sau:"
    )


def _launch(year: int) -> Row:
    return row(
        "1", f"Tổ chức Lễ phát động thi đua và ký giao ước thi đua năm {year} của các cụm, khối.",
        within("Tháng 01", (year, 1, 1), (year, 1, 31)),
        lead("Sở Nội vụ") + helped("Văn phòng UBND tỉnh", "Các cụm, khối thi đua"),
    )  # fmt: skip


def _publicity(no: str, year: int, body: str) -> Row:
    return row(
        no, "Tuyên truyền gương người tốt, việc tốt trên Báo Hà Nam và Đài Phát thanh và Truyền hình tỉnh.",
        always("Thường xuyên", (year, 1, 1), (year, 12, 31)),
        lead(body) + helped("Báo Hà Nam", "Đài PT-TH tỉnh"),
    )  # fmt: skip


def _charged(year: int, paid: str) -> tuple[Heading | Duty, ...]:
    """Who is charged with what; `paid` is what the department of finance pays for."""
    return (
        Heading("III.", "TỔ CHỨC THỰC HIỆN"),
        Duty("1.", "Sở Nội vụ", (
            "Chủ trì, phối hợp với các cơ quan liên quan theo dõi, đôn đốc việc thực hiện Kế hoạch này.",
            "Tổng hợp kết quả, báo cáo Ủy ban nhân dân tỉnh theo quy định.",
        )),
        Duty("2.", "Sở Tài chính", (f"Bố trí kinh phí cho công tác {paid} theo phân cấp ngân sách.",)),
        Duty("3.", "Ủy ban nhân dân các huyện, thị xã, thành phố", (
            "Xây dựng kế hoạch và tổ chức thực hiện phù hợp với tình hình của địa phương.",
            f"Gửi báo cáo kết quả về Sở Nội vụ trước ngày 25 tháng 11 năm {year}.",
        ), due=date(year, 11, 25)),
    )  # fmt: skip


# --- what the department says before and after its merger -----------------------------------


def _digital_plan(number: str, issued: date, province: str) -> Basis:
    issuer, title = f"Ủy ban nhân dân tỉnh {province}", f"chuyển đổi số năm {issued.year}"
    text = (
        f"Kế hoạch số {number} ngày {issued:%d} tháng {issued:%m} năm {issued.year} của {issuer} về {title}"
    )
    return Basis(text, "Kế hoạch", number, issued, issuer, title)


def _charged_by_department(year: int) -> tuple[Heading | Duty, ...]:
    return (
        Heading("III.", "TỔ CHỨC THỰC HIỆN"),
        Duty("1.", "Văn phòng Sở", (
            "Bố trí kinh phí, phương tiện tổ chức các lớp tập huấn.",
            f"Tổng hợp, báo cáo Ủy ban nhân dân tỉnh trước ngày 10/12/{year}.",
        ), due=date(year, 12, 10)),
        Duty("2.", "Các phòng, đơn vị thuộc Sở", ("Cử người tham gia diễn tập.",)),
    )  # fmt: skip


# --- the plans ------------------------------------------------------------------------------

# The mid-year review is one row from 2024 on; the inspection is moved, the guidance given to another.
EARLIER = replace(
    _of_province("09/KH-UBND", date(2023, 1, 10)),
    name="KH 09 UBND tinh Ha Nam thi dua khen thuong 2023",
    bases=(
        Basis(
            "Luật Thi đua, khen thưởng ngày 26 tháng 11 năm 2003",
            "Luật", None, date(2003, 11, 26), None, "Thi đua, khen thưởng",
        ),
        Basis(
            "Nghị định số 91/2017/NĐ-CP ngày 31 tháng 7 năm 2017 của Chính phủ quy định chi tiết thi hành một số điều"
            " của Luật Thi đua, khen thưởng",
            "Nghị định", "91/2017/NĐ-CP", date(2017, 7, 31), "Chính phủ",
            "quy định chi tiết thi hành một số điều của Luật Thi đua, khen thưởng",
        ),
        _programme("1490/QĐ-UBND", date(2022, 12, 22)),
    ),
    body=(
        *AIMS,
        _movements_go_on("Cán bộ, công chức, viên chức thi đua thực hiện văn hóa công sở"),
        TaskTable(
            COLUMNS,
            (
                Group(None, (
                    _launch(2023),
                    row("2", "Tập huấn Luật Thi đua, khen thưởng năm 2022 cho người làm công tác thi đua.",
                        within("Quý II", (2023, 4, 1), (2023, 6, 30)),
                        lead("Sở Nội vụ") + helped("Trường Chính trị tỉnh")),
                    _publicity("3", 2023, "Sở Thông tin và Truyền thông"),
                    row("4", "Thẩm định hồ sơ đề nghị khen thưởng thành tích năm 2022 của các cơ quan, đơn vị.",
                        within("Quý I", (2023, 1, 1), (2023, 3, 31)), lead("Sở Nội vụ")),
                    row("5", "Sơ kết công tác thi đua, khen thưởng 6 tháng đầu năm.",
                        within("Tháng 7", (2023, 7, 1), (2023, 7, 31)),
                        lead("Hội đồng TĐKT tỉnh") + helped("Sở Nội vụ")),
                    row("6", "Bàn nhiệm vụ thi đua, khen thưởng 6 tháng cuối năm.",
                        within("Tháng 7", (2023, 7, 1), (2023, 7, 31)),
                        lead("Hội đồng TĐKT tỉnh") + helped("Sở Nội vụ")),
                    row("7", "Kiểm tra công tác thi đua, khen thưởng tại một số huyện, thị xã và sở, ngành.",
                        within("Tháng 5, 6", (2023, 5, 1), (2023, 6, 30)),
                        lead("Hội đồng TĐKT tỉnh") + helped("Sở Nội vụ", "Các đơn vị được kiểm tra")),
                    row("8", "Hướng dẫn tổng kết công tác thi đua, khen thưởng năm 2023.",
                        within("Quý IV", (2023, 10, 1), (2023, 12, 31)),
                        lead("Ban Thi đua - Khen thưởng tỉnh") + helped("Các cơ quan, đơn vị")),
                )),
            ),
        ),
        *_charged(2023, "khen thưởng"),
    ),
    signature=Signature(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "Lê Quang Vinh", "Chủ tịch", "TM."),
    movements=(
        "Hà Nam chung sức xây dựng nông thôn mới",
        "Cả nước chung tay vì người nghèo - Không để ai bị bỏ lại phía sau",
        "Cán bộ, công chức, viên chức thi đua thực hiện văn hóa công sở",
    ),
    references=(
        Basis(
            "Luật Thi đua, khen thưởng năm 2022", "Luật", None, None, None, "Thi đua, khen thưởng năm 2022"
        ),
    ),
)  # fmt: skip

# The inspection is split, the review moved a quarter, a congress is new. Its decree has a misprinted day.
LATER = replace(
    _of_province("06/KH-UBND", date(2025, 1, 8)),
    name="06_KH-UBND_Ha_Nam_08-01-2025_thi_dua_khen_thuong",
    bases=(
        LAW,
        Basis(
            "Nghị định số 98/2023/NĐ-CP ngày 30 tháng 12 năm 2023 của Chính phủ quy định chi tiết thi hành một số điều"
            " của Luật Thi đua, khen thưởng",
            "Nghị định", "98/2023/NĐ-CP", date(2023, 12, 30), "Chính phủ",
            "quy định chi tiết thi hành một số điều của Luật Thi đua, khen thưởng",
        ),
        _programme("1712/QĐ-UBND", date(2024, 12, 19)),
    ),
    body=(
        *AIMS,
        _movements_go_on("Cả nước chung tay xóa nhà tạm, nhà dột nát"),
        TaskTable(
            COLUMNS,
            (
                Group(None, (
                    _launch(2025),
                    _publicity("2", 2025, "Sở Văn hóa, Thể thao và Du lịch"),
                    row("3", "Thẩm định hồ sơ khen thưởng thành tích thực hiện nhiệm vụ năm 2024 của các đơn vị.",
                        within("Quý I", (2025, 1, 1), (2025, 3, 31)), lead("Sở Nội vụ")),
                    row("4", "Sơ kết công tác thi đua, khen thưởng 6 tháng đầu năm và bàn nhiệm vụ 6 tháng cuối năm.",
                        within("Tháng 6", (2025, 6, 1), (2025, 6, 30)),
                        lead("Hội đồng TĐKT tỉnh") + helped("Sở Nội vụ")),
                    row("5", "Kiểm tra công tác thi đua, khen thưởng tại một số huyện, thị xã.",
                        within("Tháng 8", (2025, 8, 1), (2025, 8, 31)),
                        lead("Hội đồng TĐKT tỉnh") + helped("Sở Nội vụ", "Các đơn vị được kiểm tra")),
                    row("6", "Kiểm tra công tác thi đua, khen thưởng tại một số sở, ngành.",
                        within("Tháng 9", (2025, 9, 1), (2025, 9, 30)),
                        lead("Hội đồng TĐKT tỉnh") + helped("Sở Nội vụ", "Các đơn vị được kiểm tra")),
                    row("7", "Tổ chức Đại hội Thi đua yêu nước tỉnh lần thứ VI.",
                        by("Trước ngày 15/9/2025", (2025, 9, 15), True),
                        lead("Sở Nội vụ") + helped("Văn phòng UBND tỉnh", "Các sở, ban, ngành liên quan")),
                    row("8", "Hướng dẫn tổng kết công tác thi đua, khen thưởng năm 2025 và giai đoạn 2021 - 2025.",
                        within("Quý IV", (2025, 10, 1), (2025, 12, 31)),
                        lead("Sở Nội vụ") + helped("Các cơ quan, đơn vị")),
                )),
            ),
        ),
        *_charged(2025, "khen thưởng và Đại hội Thi đua yêu nước"),
    ),
    movements=(
        "Hà Nam chung sức xây dựng nông thôn mới",
        "Cả nước chung tay vì người nghèo - Không để ai bị bỏ lại phía sau",
        "Cả nước chung tay xóa nhà tạm, nhà dột nát",
    ),
)  # fmt: skip

BEFORE = MadePlan(
    name="So TTTT Bac Giang - KH 24 - ky nang so, an toan thong tin 2024",
    letterhead=Letterhead(
        ("SỞ THÔNG TIN VÀ TRUYỀN THÔNG",), "Số: 24/KH-STTTT", "Bắc Giang, ngày 26 tháng 01 năm 2024",
        parent=("ỦY BAN NHÂN DÂN", "TỈNH BẮC GIANG"),
    ),
    head=Head(
        "24/KH-STTTT", date(2024, 1, 26), "Bắc Giang", "Sở Thông tin và Truyền thông tỉnh Bắc Giang", "Bắc Giang",
        "Bồi dưỡng kỹ năng số và bảo đảm an toàn thông tin năm 2024", 2024, "Ủy ban nhân dân tỉnh Bắc Giang",
        (date(2024, 1, 1), date(2024, 12, 31)),
    ),
    title=("Bồi dưỡng kỹ năng số và bảo đảm an toàn thông tin năm 2024",),
    bases=(
        NETWORK_LAW,
        _digital_plan("11/KH-UBND", date(2024, 1, 15), "Bắc Giang"),
    ),
    adopts="Sở Thông tin và Truyền thông xây dựng Kế hoạch bồi dưỡng kỹ năng số và bảo đảm an toàn thông tin như sau:",
    body=(
        *NETWORK_AIMS,
        TaskTable(
            CONTENTS,
            (
                Group(None, (
                    row("1", "Mở 10 lớp tập huấn kỹ năng số cho cán bộ, công chức cấp xã.",
                        within("Quý II", (2024, 4, 1), (2024, 6, 30)),
                        lead("Phòng Công nghệ thông tin") + helped("Ủy ban nhân dân các huyện, thành phố")),
                    row("2", "Củng cố tổ công nghệ số cộng đồng tại các thôn, tổ dân phố.",
                        within("Quý I", (2024, 1, 1), (2024, 3, 31)),
                        lead("Phòng Công nghệ thông tin") + helped("Tỉnh đoàn")),
                    row("3", "Rà quét lỗ hổng bảo mật của các hệ thống thông tin dùng chung.",
                        always("Thường xuyên", (2024, 1, 1), (2024, 12, 31)),
                        lead("Trung tâm Công nghệ thông tin và Truyền thông") + helped("Công an tỉnh")),
                    row("4", "Diễn tập ứng cứu sự cố an toàn thông tin mạng.",
                        within("Tháng 9", (2024, 9, 1), (2024, 9, 30)),
                        lead("Trung tâm Công nghệ thông tin và Truyền thông") + helped("Công an tỉnh")),
                    row("5", "Kiểm tra việc bảo đảm an toàn thông tin tại các huyện, thành phố.",
                        within("Tháng 10, 11", (2024, 10, 1), (2024, 11, 30)),
                        lead("Thanh tra Sở") + helped("Phòng Công nghệ thông tin")),
                )),
            ),
        ),
        *_charged_by_department(2024),
    ),
    recipients=("UBND tỉnh (b/c)", "Lãnh đạo Sở", "UBND các huyện, thành phố", "Lưu: VT, CNTT"),
    signature=Signature(("GIÁM ĐỐC",), "Ngô Thị Thu Hằng", "Giám đốc"),
)  # fmt: skip

# No districts any more, no inspectorate of a department; the same work under another name.
AFTER = MadePlan(
    name="15-KH-SKHCN Bac Ninh 2026 ky nang so",
    letterhead=Letterhead(
        ("SỞ KHOA HỌC VÀ CÔNG NGHỆ",), "Số: 15/KH-SKHCN", "Bắc Ninh, ngày 20 tháng 01 năm 2026",
        parent=("ỦY BAN NHÂN DÂN", "TỈNH BẮC NINH"),
    ),
    head=Head(
        "15/KH-SKHCN", date(2026, 1, 20), "Bắc Ninh", "Sở Khoa học và Công nghệ tỉnh Bắc Ninh", "Bắc Ninh",
        "Bồi dưỡng kỹ năng số và bảo đảm an toàn thông tin năm 2026", 2026, "Ủy ban nhân dân tỉnh Bắc Ninh",
        (date(2026, 1, 1), date(2026, 12, 31)),
    ),
    title=("Bồi dưỡng kỹ năng số và bảo đảm an toàn thông tin năm 2026",),
    bases=(
        NETWORK_LAW,
        _digital_plan("07/KH-UBND", date(2026, 1, 12), "Bắc Ninh"),
    ),
    adopts="Sở Khoa học và Công nghệ xây dựng Kế hoạch bồi dưỡng kỹ năng số và bảo đảm an toàn thông tin như sau:",
    body=(
        *NETWORK_AIMS,
        TaskTable(
            CONTENTS,
            (
                Group(None, (
                    row("1", "Mở 25 lớp tập huấn kỹ năng số cho cán bộ, công chức cấp xã.",
                        within("Quý II", (2026, 4, 1), (2026, 6, 30)),
                        lead("Phòng Công nghệ thông tin") + helped("Ủy ban nhân dân các xã, phường")),
                    row("2", "Củng cố tổ công nghệ số cộng đồng tại các thôn, tổ dân phố.",
                        within("Quý III", (2026, 7, 1), (2026, 9, 30)),
                        lead("Phòng Công nghệ thông tin") + helped("Tỉnh đoàn")),
                    row("3", "Bồi dưỡng kiến thức về trí tuệ nhân tạo cho lãnh đạo các sở, ngành.",
                        within("Quý III", (2026, 7, 1), (2026, 9, 30)),
                        lead("Trung tâm Chuyển đổi số") + helped("Trường Chính trị tỉnh")),
                    row("4", "Rà quét lỗ hổng bảo mật của các hệ thống thông tin dùng chung.",
                        always("Thường xuyên", (2026, 1, 1), (2026, 12, 31)),
                        lead("Trung tâm Chuyển đổi số") + helped("Công an tỉnh")),
                    row("5", "Diễn tập ứng cứu sự cố an toàn thông tin mạng.",
                        within("Tháng 9", (2026, 9, 1), (2026, 9, 30)),
                        lead("Trung tâm Chuyển đổi số") + helped("Công an tỉnh")),
                    row("6", "Kiểm tra việc bảo đảm an toàn thông tin tại các xã, phường.",
                        within("Tháng 10, 11", (2026, 10, 1), (2026, 11, 30)),
                        lead("Phòng Công nghệ thông tin") + helped("Công an tỉnh")),
                )),
            ),
        ),
        *_charged_by_department(2026),
    ),
    recipients=("UBND tỉnh (b/c)", "Lãnh đạo Sở", "UBND các xã, phường", "Lưu: VT, CNTT"),
    signature=Signature(("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "Đào Minh Quân", "Phó Giám đốc", "KT.", "Giám đốc"),
)  # fmt: skip

YEARS = (BEFORE, EARLIER, LATER, AFTER)
