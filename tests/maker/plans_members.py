"""Invented plans of a union and a school."""
# ruff: noqa: E501  (texts are data: they are not cut where a line of code ends)

from __future__ import annotations

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
    Signature,
    TaskTable,
    Text,
    Who,
    done_by,
    row,
    within,
)

UNION = MadePlan(
    name="KH-41-LDLD-Binh-Dinh-thi-dua-CNVCLD-2021",
    letterhead=Letterhead(
        ("LIÊN ĐOÀN LAO ĐỘNG", "TỈNH BÌNH ĐỊNH"), "Số: 41/KH-LĐLĐ", "Bình Định, ngày 22 tháng 01 năm 2021",
        parent=("TỔNG LIÊN ĐOÀN LAO ĐỘNG", "VIỆT NAM"),
    ),
    head=Head(
        "41/KH-LĐLĐ", date(2021, 1, 22), "Bình Định", "Liên đoàn Lao động tỉnh Bình Định", "Bình Định",
        "Phát động phong trào thi đua trong công nhân, viên chức, lao động giai đoạn 2021 - 2025", 2021,
        "Tổng Liên đoàn Lao động Việt Nam", (date(2021, 1, 1), date(2025, 12, 31)),
    ),
    title=(
        "Phát động phong trào thi đua trong công nhân,", "viên chức, lao động giai đoạn 2021 - 2025",
    ),
    bases=(
        Basis(
            "Chỉ thị số 34-CT/TW ngày 07 tháng 4 năm 2014 của Bộ Chính trị về tiếp tục đổi mới công tác thi đua, khen"
            " thưởng",
            "Chỉ thị", "34-CT/TW", date(2014, 4, 7), "Bộ Chính trị", "tiếp tục đổi mới công tác thi đua, khen thưởng",
        ),
        Basis(
            "Nghị quyết số 05/NQ-BCH ngày 14 tháng 01 năm 2021 của Ban Chấp hành Liên đoàn Lao động tỉnh",
            "Nghị quyết", "05/NQ-BCH", date(2021, 1, 14), "Ban Chấp hành Liên đoàn Lao động tỉnh", None,
        ),
    ),
    adopts="Ban Thường vụ Liên đoàn Lao động tỉnh xây dựng kế hoạch phát động phong trào thi đua như sau:",
    body=(
        Heading("I.", "MỤC ĐÍCH"),
        Items(("Động viên đoàn viên, người lao động thi đua lao động giỏi, lao động sáng tạo.",)),
        Heading("II.", "NỘI DUNG"),
        Text("Các cấp công đoàn tổ chức phong trào thi đua “Lao động giỏi, lao động sáng tạo” và phong trào thi đua"
             " “Xanh - Sạch - Đẹp, bảo đảm an toàn vệ sinh lao động” do Tổng Liên đoàn Lao động Việt Nam phát động."),
        Heading("III.", "PHÂN CÔNG THỰC HIỆN CÁC NHIỆM VỤ"),
        TaskTable(
            (
                Column("no", "STT", 0.7), Column("content", "Nội dung hoạt động", 4),
                Column("mixed", "Chỉ đạo, tham mưu và phối hợp thực hiện", 3),
                Column("time", "Thời gian", 1.5),
            ),
            (
                Group(None, (
                    row("1", "Ban hành các văn bản:\n- Hướng dẫn đăng ký thi đua.\n- Quy chế xét thưởng sáng kiến.",
                        within("Tháng 02/2021", (2021, 2, 1), (2021, 2, 28)),
                        (
                            Who("directing", "Thường trực LĐLĐ tỉnh", "- Thường trực LĐLĐ tỉnh chỉ đạo."),
                            Who("lead", "Ban Chính sách - Pháp luật", "- Ban Chính sách - Pháp luật tham mưu chủ trì."),
                            Who("coordinating", "Các Ban", "- Các Ban phối hợp thực hiện."),
                        )),
                    row("2", "Tổ chức Tháng Công nhân và Tháng hành động về an toàn, vệ sinh lao động.",
                        within("Tháng 5/2021", (2021, 5, 1), (2021, 5, 31)),
                        (
                            Who("advising", "Ban Tuyên giáo", "- Ban Tuyên giáo tham mưu."),
                            Who("implementing", "Công đoàn các cấp", "- Công đoàn các cấp thực hiện."),
                        )),
                    row("3", "Tổng kết phong trào, đề nghị khen thưởng.",
                        within("Quý IV/2025", (2025, 10, 1), (2025, 12, 31)),
                        (
                            Who("lead", "Văn phòng", "- Văn phòng chủ trì."),
                            Who("coordinating", "Ban Tài chính", "- Ban Tài chính phối hợp."),
                        )),
                )),
            ),
        ),
        Heading("IV.", "TỔ CHỨC THỰC HIỆN"),
        Duty("1.", "Liên đoàn Lao động các huyện, thị xã, thành phố", (
            "Triển khai kế hoạch đến công đoàn cơ sở.", "Định kỳ 6 tháng báo cáo kết quả.",
        )),
        Duty("2.", "Ban Chính sách - Pháp luật", ("Theo dõi, đôn đốc, tổng hợp kết quả phong trào.",)),
    ),
    recipients=(
        "Tổng LĐLĐ Việt Nam (b/c)", "Ban TĐKT tỉnh", "LĐLĐ các huyện, thị xã, thành phố", "Lưu: VP, CSPL",
    ),
    signature=Signature(
        ("TM. BAN THƯỜNG VỤ", "CHỦ TỊCH"), "Đào Quốc Khánh", "Chủ tịch", "TM.", "Ban Thường vụ"
    ),
    movements=("Lao động giỏi, lao động sáng tạo", "Xanh - Sạch - Đẹp, bảo đảm an toàn vệ sinh lao động"),
)  # fmt: skip

SCHOOL = MadePlan(
    name="THPT Nguyen Trai - KH thi dua nam hoc 2023-2024",
    letterhead=Letterhead(
        ("TRƯỜNG THPT NGUYỄN TRÃI",), "Số: 112/KH-THPTNT", "Vũ Thư, ngày 15 tháng 9 năm 2023",
        parent=("SỞ GD&ĐT THÁI BÌNH",),
    ),
    head=Head(
        "112/KH-THPTNT", date(2023, 9, 15), "Vũ Thư", "Trường Trung học phổ thông Nguyễn Trãi", "Thái Bình",
        "Công tác thi đua, khen thưởng năm học 2023 - 2024", 2023, "Sở Giáo dục và Đào tạo tỉnh Thái Bình",
    ),
    title=("CÔNG TÁC THI ĐUA, KHEN THƯỞNG", "NĂM HỌC 2023 - 2024"),
    bases=(
        Basis(
            "Công văn số 1405/SGDĐT-VP ngày 05/9/2023 của Sở Giáo dục và Đào tạo tỉnh Thái Bình về việc hướng dẫn công"
            " tác thi đua năm học 2023 - 2024",
            "Công văn", "1405/SGDĐT-VP", date(2023, 9, 5), "Sở Giáo dục và Đào tạo tỉnh Thái Bình",
            "hướng dẫn công tác thi đua năm học 2023 - 2024",
        ),
    ),
    adopts="Trường THPT Nguyễn Trãi xây dựng kế hoạch công tác thi đua, khen thưởng năm học 2023 - 2024 cụ thể như sau:",
    body=(
        Heading("I.", "MỤC ĐÍCH, YÊU CẦU"),
        Heading("1.", "Mục đích", 2),
        Text("Khơi dậy lòng yêu nghề, tinh thần trách nhiệm của cán bộ, giáo viên, nhân viên và học sinh."),
        Heading("2.", "Yêu cầu", 2),
        Text("Việc bình xét thi đua khách quan, đúng người, đúng thành tích."),
        Heading("II.", "KẾ HOẠCH CỤ THỂ"),
        TaskTable(
            (
                Column("time", "Thời gian", 1.4), Column("content", "Nội dung công việc", 4),
                Column("implementing", "Người thực hiện", 2.4), Column("note", "Ghi chú", 1.2),
            ),
            (
                Group(None, (
                    row(None, "Đăng ký danh hiệu thi đua đầu năm học.",
                        within("Tháng 9/2023", (2023, 9, 1), (2023, 9, 30)), done_by("Tổ trưởng chuyên môn")),
                    row(None, "Phát động đợt thi đua chào mừng ngày Nhà giáo Việt Nam 20/11.",
                        within("Tháng 11/2023", (2023, 11, 1), (2023, 11, 30)),
                        done_by("Công đoàn", "Đoàn Thanh niên"), note="Theo chủ đề"),
                    row(None, "Hội giảng cấp trường vòng 1.",
                        within("Tháng 11/2023", (2023, 11, 1), (2023, 11, 30)), done_by("Tổ chuyên môn")),
                    row(None, "Sơ kết thi đua học kỳ I.",
                        within("Tháng 01/2024", (2024, 1, 1), (2024, 1, 31)), done_by("Hội đồng thi đua")),
                    row(None, "Chấm sáng kiến kinh nghiệm cấp cơ sở.",
                        within("Tháng 4/2024", (2024, 4, 1), (2024, 4, 30)), done_by("Hội đồng khoa học")),
                    row(None, "Tổng kết, bình xét thi đua cuối năm học.",
                        within("Tháng 5/2024", (2024, 5, 1), (2024, 5, 31)), done_by("Hội đồng thi đua")),
                )),
            ),
            merged=("time",),
        ),
        Heading("III.", "TỔ CHỨC THỰC HIỆN"),
        Duty("1.", "Ban Giám hiệu", ("Chỉ đạo chung, phê duyệt kết quả thi đua.",)),
        Duty("2.", "Công đoàn", ("Vận động đoàn viên đăng ký thi đua.", "Giám sát việc bình xét tại các tổ.")),
        Duty("3.", "Các tổ chuyên môn", ("Tổ chức cho giáo viên đăng ký và bình xét hằng tháng.",)),
    ),
    recipients=("Sở GD&ĐT (để b/c)", "Các tổ chuyên môn (để t/h)", "Lưu: VT"),
    signature=Signature(("KT. HIỆU TRƯỞNG", "PHÓ HIỆU TRƯỞNG"), "Phạm Thị Hồng Nhung", "Phó Hiệu trưởng", "KT."),
)  # fmt: skip

MEMBERS = (UNION, SCHOOL)
