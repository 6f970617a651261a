"""Invented plans that keep less to the standard: joint issuers, type and title on a line, weeks, sentences."""
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
    TimedList,
    When,
    always,
    by,
    done_by,
    helped,
    lead,
    row,
    within,
)

CAMPAIGN = MadePlan(
    name="So TNMT - ke hoach so 1520 - chien dich lam cho the gioi sach hon",
    letterhead=Letterhead(
        ("SỞ TÀI NGUYÊN VÀ", "MÔI TRƯỜNG"), "Số: 1520/KH-STNMT", "Trà Vinh, ngày 28 tháng 8 năm 2019",
        parent=("UBND TỈNH TRÀ VINH",),
    ),
    head=Head(
        "1520/KH-STNMT", date(2019, 8, 28), "Trà Vinh", "Sở Tài nguyên và Môi trường tỉnh Trà Vinh", "Trà Vinh",
        "Triển khai chiến dịch làm cho thế giới sạch hơn năm 2019", 2019, "Ủy ban nhân dân tỉnh Trà Vinh",
        (date(2019, 1, 1), date(2019, 12, 31)),
    ),
    title=("TRIỂN KHAI CHIẾN DỊCH LÀM CHO THẾ GIỚI SẠCH HƠN NĂM 2019",),
    one_line=True,
    bases=(
        Basis(
            "Công văn số 4213/BTNMT-TTTNMT ngày 20/8/2019 của Bộ Tài nguyên và Môi trường về việc tổ chức Chiến dịch Làm cho thế giới sạch hơn năm 2019",
            "Công văn", "4213/BTNMT-TTTNMT", date(2019, 8, 20), "Bộ Tài nguyên và Môi trường",
            "tổ chức Chiến dịch Làm cho thế giới sạch hơn năm 2019", lead="Thực hiện",
        ),
    ),
    adopts="Sở Tài nguyên và Môi trường xây dựng Kế hoạch triển khai như sau:",
    body=(
        Heading("I.", "MỤC ĐÍCH - YÊU CẦU"),
        Items(("Nâng cao ý thức bảo vệ môi trường của cộng đồng.", "Huy động đông đảo người dân tham gia.")),
        Heading("II.", "NỘI DUNG, TIẾN ĐỘ"),
        TaskTable(
            (
                Column("no", "No.", 0.7), Column("content", "Nội dung thực hiện", 4),
                Column("lead", "Đơn vị chủ trì tham mưu", 2), Column("coordinating", "Đơn vị phối hợp", 2),
                Column("deadline", "Thời hạn hoàn thành", 1.7), Column("note", "Ghi chú", 1),
            ),
            (
                Group(None, (
                    row("1", "Treo băng rôn, khẩu hiệu trên các tuyến đường chính.", by("10/9/2019", (2019, 9, 10)),
                        lead("Chi cục Bảo vệ môi trường") + helped("Văn phòng Sở", "UBND thành phố Trà Vinh")),
                    row("2", "Tổ chức mít tinh hưởng ứng và ra quân thu gom rác thải.", by("20/9/2019", (2019, 9, 20)),
                        lead("Chi cục Bảo vệ môi trường") + helped("Tỉnh đoàn", "Hội Liên hiệp Phụ nữ tỉnh")),
                    row("3", "Phóng sự, tin bài về các điển hình bảo vệ môi trường.", always("Thường xuyên", (2019, 1, 1), (2019, 12, 31)),
                        lead("Trung tâm Công nghệ thông tin")),
                    row("4", "Báo cáo kết quả Chiến dịch về Bộ.", by("Trước 05/10/2019", (2019, 10, 5), True),
                        lead("Chi cục Bảo vệ môi trường"), note="Qua email"),
                )),
            ),
            merged=("lead",),
            joint="; ",
        ),
        Heading("III.", "TỔ CHỨC THỰC HIỆN"),
        Duty("1.", "Chi cục Bảo vệ môi trường", ("chủ trì triển khai, tổng hợp báo cáo Giám đốc Sở trước ngày 03/10/2019.",),
             due=date(2019, 10, 3), charge="Giao"),
        Duty("2.", "Văn phòng Sở", ("bố trí phương tiện, kinh phí phục vụ Chiến dịch.",), charge="Giao"),
        Duty("3.", "Ủy ban nhân dân các huyện, thị xã, thành phố", ("chỉ đạo các đơn vị trực thuộc hưởng ứng Chiến dịch.",),
             charge="Đề nghị"),
    ),
    recipients=("Bộ TN&MT (b/c)", "UBND tỉnh (b/c)", "Ban Giám đốc Sở", "Các đơn vị trực thuộc Sở (t/h)", "Lưu: VT, CCBVMT"),
    signature=Signature(("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "Kim Ngọc Sa Rươne", "Phó Giám đốc", "KT.", "Giám đốc"),
)  # fmt: skip

MONTH = MadePlan(
    name="THCS Tran Phu thang 10.2022",
    letterhead=Letterhead(
        ("TRƯỜNG THCS TRẦN PHÚ",), "Số: 09/KH-THCSTP", "Lộc Ninh, ngày 01 tháng 10 năm 2022",
        parent=("PHÒNG GD&ĐT HUYỆN LỘC NINH",),
    ),
    head=Head(
        "09/KH-THCSTP", date(2022, 10, 1), "Lộc Ninh", "Trường Trung học cơ sở Trần Phú", "Bình Phước",
        "Hoạt động tháng 10/2022", 2022, "Phòng Giáo dục và Đào tạo huyện Lộc Ninh",
        (date(2022, 10, 1), date(2022, 10, 31)),
    ),
    title=("HOẠT ĐỘNG THÁNG 10/2022", "(Lưu hành nội bộ)"),
    bases=(
        Basis(
            "Kế hoạch số 02/KH-THCSTP ngày 05/9/2022 của Trường THCS Trần Phú về nhiệm vụ năm học 2022 - 2023",
            "Kế hoạch", "02/KH-THCSTP", date(2022, 9, 5), "Trường THCS Trần Phú", "nhiệm vụ năm học 2022 - 2023",
        ),
    ),
    adopts="Trường THCS Trần Phú xây dựng kế hoạch hoạt động tháng 10/2022 như sau:",
    body=(
        Heading("I.", "NỘI DUNG CÔNG VIỆC"),
        TaskTable(
            (
                Column("time", "Thời gian", 2), Column("content", "Công việc", 4.4),
                Column("implementing", "Người phụ trách", 2.2),
            ),
            (
                Group(None, (
                    row(None, "Khảo sát chất lượng đầu năm các môn Toán, Ngữ văn, Tiếng Anh.",
                        within("Tuần 5 (03/10 - 08/10/2022)", (2022, 10, 3), (2022, 10, 8)), done_by("Phó Hiệu trưởng")),
                    row(None, "Đại hội Liên đội.", within("Tuần 6 (10/10 - 15/10/2022)", (2022, 10, 10), (2022, 10, 15)),
                        done_by("Tổng phụ trách Đội")),
                    row(None, "Tổ chức hội nghị cán bộ, viên chức.",
                        within("Ngày 14/10/2022", (2022, 10, 14), (2022, 10, 14)), done_by("Hiệu trưởng", "Chủ tịch Công đoàn")),
                    row(None, "Hội giảng chào mừng ngày Phụ nữ Việt Nam.",
                        within("Từ 17/10 đến 22/10/2022", (2022, 10, 17), (2022, 10, 22)), done_by("Các tổ chuyên môn")),
                    row(None, "Kiểm tra hồ sơ giáo viên.", within("24, 25/10/2022", (2022, 10, 24), (2022, 10, 25)),
                        done_by("Ban Giám hiệu")),
                )),
            ),
            joint="; ",
        ),
        Heading("II.", "BIỆN PHÁP"),
        Text("Các bộ phận chủ động triển khai, kịp thời báo cáo khó khăn, vướng mắc."),
        Heading("III.", "TỔ CHỨC THỰC HIỆN"),
        Duty("-", "Tổ trưởng các tổ chuyên môn", ("Xây dựng kế hoạch của tổ.",), below=False),
        Duty("-", "Tổng phụ trách Đội", ("Theo dõi nền nếp học sinh.",), below=False),
    ),
    recipients=("Phòng GD&ĐT (b/c)", "Các tổ, bộ phận (t/h)", "Lưu: VT"),
    signature=Signature(("HIỆU TRƯỞNG",), "Điểu Thị Loan", "Hiệu trưởng"),
)  # fmt: skip

FLOOD = MadePlan(
    name="KH-77-UBND-huyen-Dam-Ha-phong-chong-bao-lu-2020",
    letterhead=Letterhead(
        ("ỦY BAN NHÂN DÂN", "HUYỆN ĐẦM HÀ"), "Số: 77/KH-UBND", "Đầm Hà, ngày 20 tháng 4 năm 2020"
    ),
    head=Head(
        "77/KH-UBND", date(2020, 4, 20), "Đầm Hà", "Ủy ban nhân dân huyện Đầm Hà", "Quảng Ninh",
        "Phòng, chống thiên tai và tìm kiếm cứu nạn năm 2020", 2020, period=(date(2020, 1, 1), date(2020, 12, 31)),
    ),
    title=("Phòng, chống thiên tai và tìm kiếm cứu nạn năm 2020",),
    bases=(
        Basis("Luật Phòng, chống thiên tai ngày 19/6/2013", "Luật", None, date(2013, 6, 19), None, "Phòng, chống thiên tai"),
        Basis(
            "Quyết định số 1018/QĐ-UBND ngày 31/3/2020 của UBND tỉnh Quảng Ninh về giao chỉ tiêu phòng, chống thiên tai năm 2020",
            "Quyết định", "1018/QĐ-UBND", date(2020, 3, 31), "UBND tỉnh Quảng Ninh",
            "giao chỉ tiêu phòng, chống thiên tai năm 2020",
        ),
    ),
    adopts="Ủy ban nhân dân huyện Đầm Hà xây dựng Kế hoạch phòng, chống thiên tai và tìm kiếm cứu nạn năm 2020 như sau:",
    body=(
        Heading("Phần I.", "ĐÁNH GIÁ TÌNH HÌNH NĂM 2019"),
        Text("Năm 2019, trên địa bàn huyện xảy ra 02 đợt mưa lớn, gây ngập úng cục bộ tại một số thôn."),
        Heading("Phần II.", "NHIỆM VỤ NĂM 2020"),
        TaskTable(
            (
                Column("no", "STT", 0.7), Column("content", "Nhiệm vụ trọng tâm", 4),
                Column("implementing", "Cơ quan thực hiện", 2.4), Column("time", "Thời gian, tiến độ", 2),
                Column("product", "Sản phẩm đầu ra", 1.8),
            ),
            (
                Group("A. Công tác phòng ngừa", (
                    row("1", "Kiện toàn Ban Chỉ huy phòng, chống thiên tai các cấp.",
                        by("Xong trước ngày 30/4/2020", (2020, 4, 30), True), done_by("UBND huyện", "UBND các xã, thị trấn"), "Quyết định"),
                    row("2", "Kiểm tra hồ đập, kè, cống trước mùa mưa bão.", within("Tháng 4 - 5/2020", (2020, 4, 1), (2020, 5, 31)),
                        done_by("Phòng Nông nghiệp và Phát triển nông thôn"), "Báo cáo kiểm tra"),
                    row("3", "Duy tu, sửa chữa các công trình xung yếu.", by("Hoàn thành trong tháng 6/2020", (2020, 6, 30)),
                        done_by("Ban Quản lý dự án đầu tư xây dựng"), "Biên bản nghiệm thu"),
                )),
                Group("B. Công tác ứng phó", (
                    row("4", "Trực ban 24/24 giờ trong mùa mưa bão.", When("Khi có thiên tai", "conditional"),
                        done_by("Văn phòng HĐND và UBND huyện"), "Sổ trực ban"),
                    row("5", "Báo cáo nhanh thiệt hại.", When("Trong vòng 24 giờ sau khi thiên tai xảy ra", "duration"),
                        done_by("UBND các xã, thị trấn"), "Báo cáo"),
                )),
            ),
            joint="; ",
        ),
        TimedList("*", "Từ tháng 10 đến tháng 12/2020", within("Từ tháng 10 đến tháng 12/2020", (2020, 10, 1), (2020, 12, 31)), (
            "Tổng kết công tác phòng, chống thiên tai năm 2020.", "Xây dựng kế hoạch năm 2021.",
        )),
        Heading("Phần III.", "TỔ CHỨC THỰC HIỆN"),
        Duty("1.", "Ban Chỉ huy phòng, chống thiên tai và tìm kiếm cứu nạn huyện", (
            "Theo dõi, đôn đốc các xã, thị trấn thực hiện Kế hoạch.", "Phân công thành viên phụ trách địa bàn.",
        )),
        Duty("2.", "Công an huyện, Ban Chỉ huy Quân sự huyện", ("Chuẩn bị lực lượng, phương tiện cứu hộ, cứu nạn.",)),
        Duty("3.", "UBND các xã, thị trấn", ("Xây dựng phương án theo phương châm “4 tại chỗ”.",)),
    ),
    recipients=("UBND tỉnh (B/c)", "TT Huyện ủy, HĐND huyện (B/c)", "Các thành viên BCH PCTT&TKCN huyện", "UBND các xã, thị trấn", "Lưu VT, NN"),
    signature=Signature(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "Chìu Sơn Hải", "Chủ tịch", "TM."),
)  # fmt: skip

ODD = (CAMPAIGN, MONTH, FLOOD)
