"""Invented plans on emulation and commendation (thi đua, khen thưởng)."""
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
    always,
    by,
    helped,
    lead,
    row,
    within,
)

LAW = Basis(
    "Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022",
    "Luật", None, date(2022, 6, 15), None, "Thi đua, khen thưởng",
)  # fmt: skip
DECREE = Basis(
    "Nghị định số 98/2023/NĐ-CP ngày 31 tháng 12 năm 2023 của Chính phủ quy định chi tiết thi hành một số điều"
    " của Luật Thi đua, khen thưởng",
    "Nghị định", "98/2023/NĐ-CP", date(2023, 12, 31), "Chính phủ",
    "quy định chi tiết thi hành một số điều của Luật Thi đua, khen thưởng",
)  # fmt: skip

PROVINCE = MadePlan(
    name="12_KH-UBND_Ha_Nam_05-01-2024_thi_dua_khen_thuong",
    letterhead=Letterhead(
        ("ỦY BAN NHÂN DÂN", "TỈNH HÀ NAM"), "Số: 12/KH-UBND", "Hà Nam, ngày 05 tháng 01 năm 2024"
    ),
    head=Head(
        "12/KH-UBND", date(2024, 1, 5), "Hà Nam", "Ủy ban nhân dân tỉnh Hà Nam", "Hà Nam",
        "Công tác thi đua, khen thưởng năm 2024", 2024, period=(date(2024, 1, 1), date(2024, 12, 31)),
    ),
    title=("Công tác thi đua, khen thưởng năm 2024",),
    bases=(
        LAW,
        DECREE,
        Basis(
            "Quyết định số 1583/QĐ-UBND ngày 20 tháng 12 năm 2023 của Ủy ban nhân dân tỉnh Hà Nam ban hành Chương"
            " trình công tác năm 2024",
            "Quyết định", "1583/QĐ-UBND", date(2023, 12, 20), "Ủy ban nhân dân tỉnh Hà Nam",
            "ban hành Chương trình công tác năm 2024",
        ),
    ),
    adopts="Ủy ban nhân dân tỉnh Hà Nam ban hành Kế hoạch công tác thi đua, khen thưởng năm 2024 như sau:",
    body=(
        Heading("I.", "MỤC ĐÍCH, YÊU CẦU"),
        Heading("1.", "Mục đích", 2),
        Items((
            "Tạo khí thế thi đua sôi nổi ngay từ những ngày đầu năm, động viên các tầng lớp Nhân dân hăng hái lao"
            " động, sản xuất và công tác.",
            "Kịp thời phát hiện, bồi dưỡng, nhân rộng các gương điển hình tiên tiến trên mọi lĩnh vực.",
        )),
        Heading("2.", "Yêu cầu", 2),
        Items((
            "Phong trào thi đua phải thiết thực, có nội dung và tiêu chí rõ ràng, tránh hình thức.",
            "Khen thưởng bảo đảm chính xác, công khai, minh bạch, ưu tiên người trực tiếp lao động.",
        )),
        Heading("II.", "NỘI DUNG TRỌNG TÂM"),
        Text(
            "Tiếp tục triển khai các phong trào thi đua: “Hà Nam chung sức xây dựng nông thôn mới”, “Cả nước chung"
            " tay vì người nghèo - Không để ai bị bỏ lại phía sau” và “Doanh nghiệp Hà Nam hội nhập, phát triển"
            " bền vững”; nhiệm vụ cụ thể theo bảng sau:"
        ),
        TaskTable(
            (
                Column("no", "TT", 0.6), Column("content", "Nội dung công việc", 4),
                Column("lead", "Cơ quan chủ trì", 2), Column("coordinating", "Cơ quan phối hợp", 2.2),
                Column("time", "Thời gian thực hiện", 1.7),
            ),
            (
                Group(None, (
                    row("1", "Tổ chức Lễ phát động thi đua và ký giao ước thi đua năm 2024 của các cụm, khối.",
                        within("Tháng 01", (2024, 1, 1), (2024, 1, 31)), lead("Sở Nội vụ")
                        + helped("Văn phòng UBND tỉnh", "Các cụm, khối thi đua")),
                    row("2", "Tham mưu kiện toàn Hội đồng Thi đua - Khen thưởng tỉnh.",
                        by("Trước ngày 15/02/2024", (2024, 2, 15), True), lead("Sở Nội vụ")
                        + helped("Các sở, ban, ngành liên quan")),
                    row("3", "Tuyên truyền gương người tốt, việc tốt trên Báo Hà Nam và Đài Phát thanh và Truyền hình"
                        " tỉnh.", always("Thường xuyên", (2024, 1, 1), (2024, 12, 31)),
                        lead("Sở Thông tin và Truyền thông") + helped("Báo Hà Nam", "Đài PT-TH tỉnh")),
                    row("4", "Thẩm định hồ sơ khen thưởng thành tích thực hiện nhiệm vụ năm 2023 của các đơn vị.",
                        within("Quý I", (2024, 1, 1), (2024, 3, 31)), lead("Sở Nội vụ")),
                    row("5", "Sơ kết công tác thi đua, khen thưởng 6 tháng đầu năm và bàn nhiệm vụ 6 tháng cuối năm.",
                        within("Tháng 7", (2024, 7, 1), (2024, 7, 31)),
                        lead("Hội đồng TĐKT tỉnh") + helped("Sở Nội vụ")),
                    row("6", "Kiểm tra công tác thi đua, khen thưởng tại một số huyện, thị xã và sở, ngành.",
                        within("Tháng 8, 9", (2024, 8, 1), (2024, 9, 30)),
                        lead("Hội đồng TĐKT tỉnh") + helped("Sở Nội vụ", "Các đơn vị được kiểm tra")),
                    row("7", "Hướng dẫn tổng kết công tác thi đua, khen thưởng năm 2024.",
                        within("Quý IV", (2024, 10, 1), (2024, 12, 31)),
                        lead("Sở Nội vụ") + helped("Các cơ quan, đơn vị")),
                )),
            ),
        ),
        Heading("III.", "TỔ CHỨC THỰC HIỆN"),
        Duty("1.", "Sở Nội vụ", (
            "Chủ trì, phối hợp với các cơ quan liên quan theo dõi, đôn đốc việc thực hiện Kế hoạch này.",
            "Tổng hợp kết quả, báo cáo Ủy ban nhân dân tỉnh theo quy định.",
        )),
        Duty("2.", "Sở Tài chính", ("Bố trí kinh phí cho công tác khen thưởng theo phân cấp ngân sách.",)),
        Duty("3.", "Ủy ban nhân dân các huyện, thị xã, thành phố", (
            "Xây dựng kế hoạch và tổ chức thực hiện phù hợp với tình hình của địa phương.",
            "Gửi báo cáo kết quả về Sở Nội vụ trước ngày 25 tháng 11 năm 2024.",
        ), due=date(2024, 11, 25)),
    ),
    recipients=(
        "Ban TĐKT Trung ương (để b/c)", "Thường trực Tỉnh ủy", "Chủ tịch, các PCT UBND tỉnh",
        "Các sở, ban, ngành tỉnh", "UBND các huyện, thị xã, thành phố", "Lưu: VT, NC",
    ),
    signature=Signature(
        ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Trần Đức Hòa", "Phó Chủ tịch", "TM. KT."
    ),
    movements=(
        "Hà Nam chung sức xây dựng nông thôn mới",
        "Cả nước chung tay vì người nghèo - Không để ai bị bỏ lại phía sau",
        "Doanh nghiệp Hà Nam hội nhập, phát triển bền vững",
    ),
)  # fmt: skip

DISTRICT = MadePlan(
    name="KH 27 UBND huyen Yen Lac 2023 phong trao thi dua",
    letterhead=Letterhead(
        ("ỦY BAN NHÂN DÂN", "HUYỆN YÊN LẠC"), "Số: 27/KH-UBND", "Yên Lạc, ngày 10 tháng 02 năm 2023"
    ),
    head=Head(
        "27/KH-UBND", date(2023, 2, 10), "Yên Lạc", "Ủy ban nhân dân huyện Yên Lạc", "Vĩnh Phúc",
        "Tổ chức phong trào thi đua yêu nước trên địa bàn huyện năm 2023", 2023,
        period=(date(2023, 1, 1), date(2023, 12, 31)),
    ),
    title=("Tổ chức phong trào thi đua yêu nước", "trên địa bàn huyện năm 2023"),
    bases=(
        Basis(
            "Kế hoạch số 15/KH-UBND ngày 12/01/2023 của UBND tỉnh Vĩnh Phúc về công tác thi đua, khen thưởng năm"
            " 2023",
            "Kế hoạch", "15/KH-UBND", date(2023, 1, 12), "UBND tỉnh Vĩnh Phúc",
            "công tác thi đua, khen thưởng năm 2023", lead="Thực hiện",
        ),
    ),
    adopts=(
        "Ủy ban nhân dân huyện xây dựng Kế hoạch tổ chức phong trào thi đua yêu nước trên địa bàn huyện năm 2023 với"
        " các nội dung sau:"
    ),
    body=(
        Heading("I.", "MỤC ĐÍCH, YÊU CẦU"),
        Items((
            "Phát huy tinh thần đoàn kết, sáng tạo của cán bộ và Nhân dân trong huyện.",
            "Gắn phong trào thi đua với việc hoàn thành các chỉ tiêu kinh tế - xã hội của huyện.",
        )),
        Heading("II.", "NỘI DUNG VÀ THỜI GIAN THỰC HIỆN"),
        TimedList("1.", "Quý I", within("Quý I", (2023, 1, 1), (2023, 3, 31)), (
            "Tổ chức ký giao ước thi đua giữa các xã, thị trấn và các trường học.",
            "Thành lập các tổ công tác theo dõi phong trào tại cơ sở.",
        )),
        TimedList("2.", "Quý II", within("Quý II", (2023, 4, 1), (2023, 6, 30)), (
            "Phát động phong trào thi đua “Yên Lạc sáng - xanh - sạch - đẹp” tại các thôn, tổ dân phố.",
            "Bình xét, đề nghị khen thưởng ngành giáo dục năm học 2022 - 2023.",
            "Sơ kết phong trào thi đua 6 tháng đầu năm.",
        )),
        TimedList("3.", "Quý III", within("Quý III", (2023, 7, 1), (2023, 9, 30)), (
            "Kiểm tra việc thực hiện giao ước thi đua tại các xã, thị trấn.",
        )),
        TimedList("4.", "Quý IV", within("Quý IV", (2023, 10, 1), (2023, 12, 31)), (
            "Bình xét các danh hiệu thi đua và hình thức khen thưởng năm 2023.",
            "Tổ chức hội nghị tổng kết phong trào thi đua, biểu dương điển hình tiên tiến.",
        )),
        Heading("III.", "TỔ CHỨC THỰC HIỆN"),
        Duty("1.", "Phòng Nội vụ", (
            "Là cơ quan thường trực, giúp Ủy ban nhân dân huyện theo dõi, tổng hợp kết quả phong trào.",
            "Tham mưu tổ chức hội nghị sơ kết, tổng kết.",
        )),
        Duty("2.", "Trung tâm Văn hóa - Thông tin - Thể thao huyện", (
            "Mở chuyên mục giới thiệu gương điển hình tiên tiến trên hệ thống truyền thanh.",
        )),
        Duty("3.", "Ủy ban nhân dân các xã, thị trấn", (
            "Tuyên truyền, vận động Nhân dân hưởng ứng phong trào.",
            "Báo cáo kết quả về Phòng Nội vụ trước ngày 30/11/2023.",
        ), due=date(2023, 11, 30)),
    ),
    recipients=(
        "Sở Nội vụ tỉnh Vĩnh Phúc", "TT Huyện ủy, TT HĐND huyện", "Các phòng, ban, ngành huyện",
        "UBND các xã, thị trấn", "Lưu: VT",
    ),
    signature=Signature(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "Nguyễn Hữu Tiến", "Chủ tịch", "TM."),
    movements=("Yên Lạc sáng - xanh - sạch - đẹp",),
)  # fmt: skip

COUNCIL = MadePlan(
    name="03.KH-HDTDKT.Ca.Mau.2022",
    letterhead=Letterhead(
        ("HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG",), "Số: 03/KH-HĐTĐKT", "Cà Mau, ngày 18 tháng 3 năm 2022",
        parent=("ỦY BAN NHÂN DÂN", "TỈNH CÀ MAU"),
    ),
    head=Head(
        "03/KH-HĐTĐKT", date(2022, 3, 18), "Cà Mau", "Hội đồng Thi đua - Khen thưởng tỉnh Cà Mau", "Cà Mau",
        "Kiểm tra công tác thi đua, khen thưởng năm 2022", 2022, "Ủy ban nhân dân tỉnh Cà Mau",
        (date(2022, 1, 1), date(2022, 12, 31)),
    ),
    title=("Kiểm tra công tác thi đua, khen thưởng năm 2022",),
    bases=(
        Basis(
            "Quyết định số 214/QĐ-UBND ngày 25 tháng 01 năm 2022 của Chủ tịch Ủy ban nhân dân tỉnh về việc kiện toàn"
            " Hội đồng Thi đua - Khen thưởng tỉnh Cà Mau",
            "Quyết định", "214/QĐ-UBND", date(2022, 1, 25), "Chủ tịch Ủy ban nhân dân tỉnh",
            "kiện toàn Hội đồng Thi đua - Khen thưởng tỉnh Cà Mau",
        ),
        Basis(
            "Chương trình số 02/CTr-HĐTĐKT ngày 28 tháng 02 năm 2022 của Hội đồng Thi đua - Khen thưởng"
            " tỉnh",
            "Chương trình", "02/CTr-HĐTĐKT", date(2022, 2, 28), "Hội đồng Thi đua - Khen thưởng tỉnh", None,
        ),
    ),
    adopts=(
        "Hội đồng Thi đua - Khen thưởng tỉnh ban hành Kế hoạch kiểm tra công tác thi đua, khen thưởng năm 2022 như"
        " sau:"
    ),
    body=(
        Heading("I.", "MỤC ĐÍCH, YÊU CẦU"),
        Items((
            "Đánh giá đúng thực trạng công tác thi đua, khen thưởng của các cơ quan, đơn vị, địa phương.",
            "Việc kiểm tra không gây trở ngại cho hoạt động bình thường của đơn vị.",
        )),
        Heading("II.", "TIẾN ĐỘ THỰC HIỆN"),
        TaskTable(
            (
                Column("no", "Số TT", 0.8), Column("time", "Thời gian", 1.6), Column("content", "Nhiệm vụ", 4),
                Column("lead", "Chủ trì", 1.8, "Phân công"), Column("coordinating", "Phối hợp", 1.8, "Phân công"),
            ),
            (
                Group(None, (
                    row("1", "Thông báo lịch kiểm tra đến các đơn vị.",
                        within("Từ ngày 04/4 đến ngày 08/4/2022", (2022, 4, 4), (2022, 4, 8)),
                        lead("Sở Nội vụ"), ),
                    row("2", "Các đơn vị tự kiểm tra và gửi báo cáo về Sở Nội vụ.",
                        by("Chậm nhất ngày 29/4/2022", (2022, 4, 29)),
                        lead("Các sở, ban, ngành") + helped("Sở Nội vụ")),
                    row("3", "Kiểm tra trực tiếp tại 06 đơn vị được chọn.",
                        within("Tháng 5 - Tháng 6/2022", (2022, 5, 1), (2022, 6, 30)),
                        lead("Đoàn kiểm tra") + helped("Các đơn vị được kiểm tra")),
                    row("4", "Báo cáo kết quả kiểm tra với Hội đồng.",
                        by("Trước ngày 15/7/2022", (2022, 7, 15), True), lead("Sở Nội vụ")
                        + helped("Đoàn kiểm tra")),
                )),
            ),
            numbered_columns=True,
        ),
        Heading("III.", "TỔ CHỨC THỰC HIỆN"),
        Duty("1.", "Sở Nội vụ", ("Tham mưu thành lập Đoàn kiểm tra và chuẩn bị các điều kiện cần thiết.",), below=False),
        Duty("2.", "Các cơ quan, đơn vị được kiểm tra", ("Chuẩn bị báo cáo, hồ sơ và cử người làm việc với Đoàn.",),
             below=False),
    ),
    recipients=(
        "UBND tỉnh (để báo cáo)", "Thành viên Hội đồng TĐKT tỉnh", "Các đơn vị được kiểm tra", "Lưu: VT, HĐTĐKT",
    ),
    signature=Signature(
        ("TM. HỘI ĐỒNG", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Lâm Thị Ngọc Diễm", "Phó Chủ tịch", "TM. KT."
    ),
)  # fmt: skip

EMULATION = (PROVINCE, DISTRICT, COUNCIL)
