"""Invented plans on administrative reform, digital transformation and training."""
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
    When,
    always,
    by,
    done_by,
    helped,
    lead,
    row,
    within,
)

YEARLY = When("Hằng năm", "recurring")
MONTHLY = When("Hằng tháng", "recurring")

REFORM = MadePlan(
    name="SNV Quang Tri_KH 08_cai cach hanh chinh 2023",
    letterhead=Letterhead(
        ("SỞ NỘI VỤ",), "Số: 08/KH-SNV", "Quảng Trị, ngày 16 tháng 01 năm 2023", parent=("UBND TỈNH QUẢNG TRỊ",)
    ),
    head=Head(
        "08/KH-SNV", date(2023, 1, 16), "Quảng Trị", "Sở Nội vụ tỉnh Quảng Trị", "Quảng Trị",
        "Cải cách hành chính năm 2023 của Sở Nội vụ", 2023, "Ủy ban nhân dân tỉnh Quảng Trị",
        (date(2023, 1, 1), date(2023, 12, 31)),
    ),
    title=("Cải cách hành chính năm 2023 của Sở Nội vụ",),
    bases=(
        Basis(
            "Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ ban hành Chương trình tổng thể cải cách hành chính nhà"
            " nước giai đoạn 2021 - 2030",
            "Nghị quyết", "76/NQ-CP", date(2021, 7, 15), "Chính phủ",
            "ban hành Chương trình tổng thể cải cách hành chính nhà nước giai đoạn 2021 - 2030",
        ),
        Basis(
            "Kế hoạch số 250/KH-UBND ngày 28/12/2022 của UBND tỉnh Quảng Trị về cải cách hành chính năm 2023",
            "Kế hoạch", "250/KH-UBND", date(2022, 12, 28), "UBND tỉnh Quảng Trị", "cải cách hành chính năm 2023",
        ),
    ),
    adopts="Sở Nội vụ ban hành Kế hoạch cải cách hành chính năm 2023 như sau:",
    body=(
        Heading("I.", "MỤC TIÊU"),
        Items(("100% thủ tục hành chính được giải quyết đúng hạn.", "Mức độ hài lòng của người dân đạt trên 90%.")),
        Heading("II.", "NHIỆM VỤ"),
        Text("Các nhiệm vụ cụ thể nêu tại Phụ lục ban hành kèm theo Kế hoạch này."),
        Heading("III.", "TỔ CHỨC THỰC HIỆN"),
        Duty("1.", "Văn phòng Sở", (
            "Là đầu mối theo dõi, đôn đốc, tổng hợp kết quả thực hiện.",
            "Tham mưu báo cáo định kỳ gửi Ủy ban nhân dân tỉnh.",
        )),
        Duty("2.", "Các phòng, đơn vị thuộc Sở", ("Cụ thể hóa nhiệm vụ được giao vào chương trình công tác.",)),
    ),
    recipients=("UBND tỉnh (b/c)", "Giám đốc, các PGĐ Sở", "Các phòng, đơn vị thuộc Sở", "Lưu: VT, CCHC"),
    signature=Signature(("GIÁM ĐỐC",), "Hồ Thị Lan Anh", "Giám đốc"),
    annex_title=("PHỤ LỤC", "NHIỆM VỤ CẢI CÁCH HÀNH CHÍNH NĂM 2023", "(Kèm theo Kế hoạch của Sở Nội vụ)"),
    annex=(
        TaskTable(
            (
                Column("no", "TT", 0.6), Column("content", "Nhiệm vụ", 3.6), Column("product", "Sản phẩm", 1.8),
                Column("lead", "Đơn vị chủ trì", 1.8), Column("coordinating", "Đơn vị phối hợp", 1.8),
                Column("deadline", "Thời gian hoàn thành", 1.6),
            ),
            (
                Group("I. CẢI CÁCH THỂ CHẾ", (
                    row("1", "Rà soát văn bản quy phạm pháp luật thuộc lĩnh vực nội vụ.",
                        by("Quý I/2023", (2023, 3, 31)), lead("Thanh tra Sở") + helped("Các phòng chuyên môn"), "Báo cáo"),
                    row("2", "Đề xuất sửa đổi quy định về tuyển dụng viên chức.",
                        by("Tháng 6/2023", (2023, 6, 30)), lead("Phòng Công chức, viên chức") + helped("Thanh tra Sở"),
                        "Tờ trình"),
                )),
                Group("II. CẢI CÁCH THỦ TỤC HÀNH CHÍNH", (
                    row("3", "Cập nhật, công khai bộ thủ tục hành chính tại Bộ phận một cửa.",
                        always("Thường xuyên", (2023, 1, 1), (2023, 12, 31)),
                        lead("Văn phòng Sở") + helped("Các phòng chuyên môn"), "Danh mục thủ tục"),
                    row("4", "Khảo sát sự hài lòng của tổ chức, cá nhân.",
                        by("Trước ngày 15/11/2023", (2023, 11, 15), True),
                        lead("Phòng Cải cách hành chính") + helped("Văn phòng Sở"), "Báo cáo kết quả khảo sát"),
                )),
                Group("III. HIỆN ĐẠI HÓA HÀNH CHÍNH", (
                    row("5", "Số hóa hồ sơ cán bộ, công chức, viên chức.",
                        by("30/9/2023", (2023, 9, 30)), lead("Phòng Tổ chức bộ máy") + helped("Chi cục Văn thư - Lưu trữ"),
                        "Cơ sở dữ liệu"),
                    row("6", "Đánh giá, xếp hạng mức độ chuyển đổi số của các phòng.", YEARLY,
                        lead("Văn phòng Sở"), "Quyết định xếp hạng"),
                )),
            ),
        ),
    ),
)  # fmt: skip

DIGITAL = MadePlan(
    name="2022-STTTT-TuyenQuang-chuyendoiso",
    letterhead=Letterhead(
        ("SỞ THÔNG TIN VÀ TRUYỀN THÔNG",), "Số: 19/KH-STTTT", "Tuyên Quang, ngày 09 tháng 3 năm 2022",
        parent=("ỦY BAN NHÂN DÂN", "TỈNH TUYÊN QUANG"),
    ),
    head=Head(
        "19/KH-STTTT", date(2022, 3, 9), "Tuyên Quang", "Sở Thông tin và Truyền thông tỉnh Tuyên Quang",
        "Tuyên Quang", "Triển khai nhiệm vụ chuyển đổi số năm 2022", 2022, "Ủy ban nhân dân tỉnh Tuyên Quang",
        (date(2022, 1, 1), date(2022, 12, 31)),
    ),
    title=("Triển khai nhiệm vụ chuyển đổi số năm 2022",),
    bases=(
        Basis(
            "Quyết định số 749/QĐ-TTg ngày 03 tháng 6 năm 2020 của Thủ tướng Chính phủ phê duyệt Chương trình Chuyển"
            " đổi số quốc gia đến năm 2025, định hướng đến năm 2030",
            "Quyết định", "749/QĐ-TTg", date(2020, 6, 3), "Thủ tướng Chính phủ",
            "phê duyệt Chương trình Chuyển đổi số quốc gia đến năm 2025, định hướng đến năm 2030",
        ),
    ),
    adopts="Sở Thông tin và Truyền thông xây dựng Kế hoạch triển khai nhiệm vụ chuyển đổi số năm 2022 như sau:",
    body=(
        Heading("I.", "MỤC ĐÍCH, YÊU CẦU"),
        Items(("Nâng cao nhận thức về chuyển đổi số.", "Phân công rõ trách nhiệm, rõ thời gian, rõ sản phẩm.")),
        Heading("II.", "NHIỆM VỤ CỤ THỂ"),
        TaskTable(
            (
                Column("no", "STT", 0.7), Column("content", "Tên nhiệm vụ", 4),
                Column("lead_coordinating", "Đơn vị chủ trì/phối hợp", 2.6), Column("time", "Tiến độ", 1.5),
                Column("product", "Kết quả", 1.6),
            ),
            (
                Group(None, (
                    row("1", "Tập huấn kỹ năng số cho cán bộ, công chức cấp xã.",
                        within("Quý II - Quý III", (2022, 4, 1), (2022, 9, 30)),
                        lead("Phòng Công nghệ thông tin") + helped("Trung tâm Công nghệ thông tin và Truyền thông"),
                        "06 lớp tập huấn"),
                    row("2", "Vận hành nền tảng tích hợp, chia sẻ dữ liệu của tỉnh.",
                        always("Thường xuyên", (2022, 1, 1), (2022, 12, 31)),
                        lead("Trung tâm Công nghệ thông tin và Truyền thông"), "Hệ thống hoạt động ổn định"),
                    row("3", "Kiểm tra an toàn thông tin tại các cơ quan nhà nước.",
                        within("Tháng 10, 11", (2022, 10, 1), (2022, 11, 30)),
                        lead("Thanh tra Sở") + helped("Phòng Công nghệ thông tin"), "Kết luận kiểm tra"),
                    row("4", "Báo cáo kết quả chuyển đổi số.", MONTHLY, lead("Phòng Công nghệ thông tin"), "Báo cáo"),
                )),
            ),
            joint="; ",
        ),
        Heading("III.", "TỔ CHỨC THỰC HIỆN"),
        Duty("1.", "Phòng Công nghệ thông tin", ("Chủ trì theo dõi, đôn đốc thực hiện Kế hoạch.",)),
        Duty("2.", "Văn phòng Sở", ("Bố trí kinh phí, phương tiện phục vụ.", "Đăng tải Kế hoạch trên trang thông tin.")),
    ),
    recipients=("UBND tỉnh (báo cáo)", "Lãnh đạo Sở", "Các phòng, đơn vị thuộc Sở", "Lưu: VT, CNTT"),
    signature=Signature(("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), "Ma Văn Thắng", "Phó Giám đốc", "KT.", "Giám đốc"),
)  # fmt: skip

PARTY = MadePlan(
    name="45-KH.HU Do Luong hoc tap nghi quyet",
    letterhead=Letterhead(
        ("HUYỆN ỦY ĐÔ LƯƠNG",), "Số 45-KH/HU", "Đô Lương, ngày 12 tháng 8 năm 2022", parent=("TỈNH ỦY NGHỆ AN",),
        party=True,
    ),
    head=Head(
        "45-KH/HU", date(2022, 8, 12), "Đô Lương", "Huyện ủy Đô Lương", "Nghệ An",
        "Nghiên cứu, học tập, quán triệt các nghị quyết của Trung ương", 2022, "Tỉnh ủy Nghệ An",
    ),
    title=("nghiên cứu, học tập, quán triệt", "các nghị quyết của Trung ương"),
    bases=(
        Basis(
            "Kế hoạch số 91-KH/TU, ngày 25/7/2022 của Ban Thường vụ Tỉnh ủy về tổ chức học tập, quán triệt các nghị"
            " quyết của Trung ương",
            "Kế hoạch", "91-KH/TU", date(2022, 7, 25), "Ban Thường vụ Tỉnh ủy",
            "tổ chức học tập, quán triệt các nghị quyết của Trung ương", lead="Thực hiện",
        ),
    ),
    adopts="Ban Thường vụ Huyện ủy xây dựng kế hoạch tổ chức nghiên cứu, học tập, quán triệt như sau:",
    body=(
        Heading("I-", "MỤC ĐÍCH, YÊU CẦU"),
        Items(("Giúp cán bộ, đảng viên nắm vững nội dung cốt lõi của các nghị quyết.",)),
        Heading("II-", "NỘI DUNG, THỜI GIAN"),
        TaskTable(
            (
                Column("no", "TT", 0.6), Column("content", "Nội dung", 4), Column("time", "Thời gian", 2),
                Column("implementing", "Đơn vị thực hiện", 2.6),
            ),
            (
                Group(None, (
                    row("1", "Tổ chức hội nghị trực tuyến quán triệt đến đảng viên toàn huyện.",
                        within("Ngày 30/8/2022", (2022, 8, 30), (2022, 8, 30)), done_by("Ban Tuyên giáo Huyện ủy")),
                    row("2", "Xây dựng chương trình hành động thực hiện nghị quyết.",
                        by("Trước ngày 30/9/2022", (2022, 9, 30), True), done_by("Văn phòng Huyện ủy")),
                    row("3", "Viết bài thu hoạch.", When("05 ngày sau khi học tập", "duration"),
                        done_by("Các chi bộ, đảng bộ trực thuộc")),
                )),
            ),
        ),
        Heading("III-", "TỔ CHỨC THỰC HIỆN"),
        Duty("1-", "Ban Tuyên giáo Huyện ủy", (
            "Chủ trì, phối hợp mời báo cáo viên.", "Theo dõi, tổng hợp báo cáo Ban Thường vụ Huyện ủy.",
        )),
        Duty("2-", "Các chi bộ, đảng bộ trực thuộc", ("Xây dựng kế hoạch học tập của đơn vị mình.",)),
    ),
    recipients=("Tỉnh ủy (b/c)", "Các đồng chí Ủy viên BCH Đảng bộ huyện", "Các chi, đảng bộ trực thuộc",
                "Lưu Văn phòng Huyện ủy"),
    signature=Signature(("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ"), "Hoàng Văn Hiệp", "Phó Bí thư", "TM.", "Ban Thường vụ"),
)  # fmt: skip

POLITICAL = MadePlan(
    name="Truong Chinh tri Phu Yen_KH 64_2020",
    letterhead=Letterhead(
        ("TRƯỜNG CHÍNH TRỊ",), "Số: 64/KH-TCT", "Phú Yên, ngày 06 tháng 7 năm 2020", parent=("TỈNH ỦY PHÚ YÊN",)
    ),
    head=Head(
        "64/KH-TCT", date(2020, 7, 6), "Phú Yên", "Trường Chính trị tỉnh Phú Yên", "Phú Yên",
        "Đào tạo, bồi dưỡng 6 tháng cuối năm 2020", 2020, "Tỉnh ủy Phú Yên", (date(2020, 7, 1), date(2020, 12, 31)),
    ),
    title=("Đào tạo, bồi dưỡng 6 tháng cuối năm 2020",),
    bases=(),
    adopts="Trường Chính trị tỉnh Phú Yên xây dựng kế hoạch đào tạo, bồi dưỡng 6 tháng cuối năm 2020 như sau:",
    body=(
        Heading("I.", "YÊU CẦU"),
        Items(("Bảo đảm đúng chương trình, nội dung, thời lượng.",)),
        Heading("II.", "NỘI DUNG CÔNG VIỆC"),
        TaskTable(
            (
                Column("no", "TT", 0.6), Column("content", "Công việc", 4), Column("lead", "Chủ trì", 2),
                Column("coordinating", "Phối hợp", 2), Column("time", "Thời gian", 1.4),
            ),
            (
                Group("QUÝ III/2020", (
                    row("01", "Khai giảng lớp trung cấp lý luận chính trị khóa 52.", None,
                        lead("Phòng Quản lý đào tạo") + helped("Khoa Xây dựng Đảng")),
                    row("02", "Tổ chức cho học viên đi nghiên cứu thực tế.", None,
                        lead("Khoa Nhà nước và Pháp luật") + helped("Phòng Hành chính")),
                ), within("QUÝ III/2020", (2020, 7, 1), (2020, 9, 30))),
                Group("QUÝ IV/2020", (
                    row("03", "Bồi dưỡng ngạch chuyên viên chính.", None,
                        lead("Phòng Quản lý đào tạo") + helped("Các khoa")),
                    row("04", "Hội thi giảng viên dạy giỏi cấp trường.",
                        within("Tháng 11", (2020, 11, 1), (2020, 11, 30)), lead("Phòng Quản lý đào tạo")),
                ), within("QUÝ IV/2020", (2020, 10, 1), (2020, 12, 31))),
            ),
        ),
        Heading("III.", "TỔ CHỨC THỰC HIỆN"),
        Duty("1.", "Phòng Quản lý đào tạo", ("Xây dựng lịch học chi tiết từng lớp.",)),
        Duty("2.", "Các khoa", ("Phân công giảng viên lên lớp.", "Đổi mới phương pháp giảng dạy.")),
    ),
    recipients=("Ban Giám hiệu", "Các khoa, phòng", "Lưu: VT, QLĐT"),
    signature=Signature(("HIỆU TRƯỞNG",), "Võ Minh Tâm", "Hiệu trưởng"),
)  # fmt: skip

REFORMS = (REFORM, DIGITAL, PARTY, POLITICAL)
