"""Invented plans on safety, health, inspection and culture."""
# ruff: noqa: E501  (texts are data: they are not cut where a line of code ends)

from __future__ import annotations

from datetime import date

from tests.maker.facts import (
    Activity,
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
    helped,
    lead,
    row,
    watched,
    within,
)

FIRE = MadePlan(
    name="KH-PCCC-phuong-Tan-Lap-2024",
    letterhead=Letterhead(
        ("ỦY BAN NHÂN DÂN", "PHƯỜNG TÂN LẬP"), "Số: 35/KH-UBND", "Tân Lập, ngày 21 tháng 02 năm 2024"
    ),
    head=Head(
        "35/KH-UBND", date(2024, 2, 21), "Tân Lập", "Ủy ban nhân dân phường Tân Lập", "Đắk Lắk",
        "Công tác phòng cháy, chữa cháy và cứu nạn, cứu hộ năm 2024", 2024,
        period=(date(2024, 1, 1), date(2024, 12, 31)),
    ),
    title=("Công tác phòng cháy, chữa cháy và cứu nạn, cứu hộ năm 2024",),
    bases=(
        Basis(
            "Kế hoạch số 18/KH-UBND ngày 30/01/2024 của UBND thành phố Buôn Ma Thuột, tỉnh Đắk Lắk về công tác phòng"
            " cháy, chữa cháy năm 2024",
            "Kế hoạch", "18/KH-UBND", date(2024, 1, 30), "UBND thành phố Buôn Ma Thuột, tỉnh Đắk Lắk",
            "công tác phòng cháy, chữa cháy năm 2024", lead="Thực hiện",
        ),
    ),
    adopts="Ủy ban nhân dân phường Tân Lập xây dựng kế hoạch với các nội dung cụ thể sau:",
    body=(
        Heading("I.", "MỤC ĐÍCH, YÊU CẦU"),
        Items(("Nâng cao ý thức phòng cháy, chữa cháy của người dân.", "Hạn chế thấp nhất số vụ cháy và thiệt hại.")),
        Heading("II.", "CÁC HOẠT ĐỘNG"),
        Activity(
            "1.", "Ra quân tuyên truyền phòng cháy, chữa cháy tại khu dân cư",
            (("Thời gian", "từ ngày 04/3/2024 đến ngày 08/3/2024"), ("Địa điểm", "các tổ dân phố"),
             ("Đơn vị chủ trì", "Công an phường"), ("Đơn vị phối hợp", "Đoàn Thanh niên phường")),
            within("từ ngày 04/3/2024 đến ngày 08/3/2024", (2024, 3, 4), (2024, 3, 8)),
            lead("Công an phường") + helped("Đoàn Thanh niên phường"),
        ),
        Activity(
            "2.", "Kiểm tra an toàn phòng cháy tại các hộ kinh doanh",
            (("Thời gian", "tháng 4/2024"), ("Địa điểm", "chợ Tân Lập và các cửa hàng trên đường Nguyễn Tất Thành"),
             ("Đơn vị chủ trì", "Công an phường"), ("Đơn vị phối hợp", "Ban Quản lý chợ")),
            within("tháng 4/2024", (2024, 4, 1), (2024, 4, 30)), lead("Công an phường") + helped("Ban Quản lý chợ"),
        ),
        Activity(
            "3.", "Diễn tập phương án chữa cháy và cứu nạn",
            (("Thời gian", "trước ngày 30/6/2024"), ("Địa điểm", "Nhà văn hóa tổ dân phố 5"),
             ("Đơn vị chủ trì", "Ban Chỉ huy Quân sự phường"), ("Đơn vị phối hợp", "Công an phường")),
            by("trước ngày 30/6/2024", (2024, 6, 30), True),
            lead("Ban Chỉ huy Quân sự phường") + helped("Công an phường"),
        ),
        Heading("III.", "TỔ CHỨC THỰC HIỆN"),
        Duty("1.", "Công an phường", ("Tham mưu triển khai kế hoạch.", "Tổng hợp kết quả, báo cáo hằng quý.")),
        Duty("2.", "Công chức Tài chính - Kế toán", ("Tham mưu bố trí kinh phí thực hiện.",)),
        Duty("3.", "Các tổ dân phố", ("Vận động mỗi hộ trang bị ít nhất 01 bình chữa cháy.",)),
    ),
    recipients=("UBND thành phố (b/c)", "Đảng ủy, HĐND phường", "Các tổ dân phố", "Lưu: VT"),
    signature=Signature(
        ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Y Thương Niê", "Phó Chủ tịch", "TM. KT."
    ),
)  # fmt: skip

HOSPITAL = MadePlan(
    name="BVDK Bac Kan - ke hoach 210 - kiem soat nhiem khuan",
    letterhead=Letterhead(
        ("BỆNH VIỆN ĐA KHOA TỈNH",), "Số: 210/KH-BVĐK", "Bắc Kạn, ngày 03 tháng 4 năm 2023",
        parent=("SỞ Y TẾ TỈNH BẮC KẠN",),
    ),
    head=Head(
        "210/KH-BVĐK", date(2023, 4, 3), "Bắc Kạn", "Bệnh viện Đa khoa tỉnh Bắc Kạn", "Bắc Kạn",
        "Kiểm soát nhiễm khuẩn bệnh viện năm 2023", 2023, "Sở Y tế tỉnh Bắc Kạn",
        (date(2023, 1, 1), date(2023, 12, 31)),
    ),
    title=("Kiểm soát nhiễm khuẩn bệnh viện năm 2023",),
    bases=(
        Basis(
            "Thông tư số 16/2018/TT-BYT ngày 20 tháng 7 năm 2018 của Bộ Y tế quy định về kiểm soát nhiễm khuẩn trong"
            " các cơ sở khám bệnh, chữa bệnh",
            "Thông tư", "16/2018/TT-BYT", date(2018, 7, 20), "Bộ Y tế",
            "quy định về kiểm soát nhiễm khuẩn trong các cơ sở khám bệnh, chữa bệnh",
        ),
    ),
    adopts="Bệnh viện Đa khoa tỉnh Bắc Kạn xây dựng Kế hoạch kiểm soát nhiễm khuẩn năm 2023 như sau:",
    body=(
        Heading("1.", "MỤC TIÊU"),
        Text("Giảm tỷ lệ nhiễm khuẩn bệnh viện, bảo đảm an toàn cho người bệnh và nhân viên y tế."),
        Heading("2.", "NỘI DUNG HOẠT ĐỘNG"),
        TaskTable(
            (
                Column("no", "STT", 0.7), Column("content", "Hoạt động", 4), Column("time", "Thời gian thực hiện", 1.7),
                Column("lead", "Phụ trách chính", 2), Column("coordinating", "Đơn vị phối hợp", 2),
                Column("note", "Ghi chú", 1.1),
            ),
            (
                Group(None, (
                    row("1", "Giám sát tuân thủ vệ sinh tay:\n- Tại khoa Hồi sức tích cực.\n- Tại khoa Ngoại tổng hợp.",
                        When("Hằng tháng", "recurring"), lead("Khoa Kiểm soát nhiễm khuẩn") + helped("Các khoa lâm sàng")),
                    row("2", "Đào tạo lại về xử lý dụng cụ y tế.",
                        within("Tháng 5/2023", (2023, 5, 1), (2023, 5, 31)), lead("Khoa Kiểm soát nhiễm khuẩn")
                        + helped("Phòng Điều dưỡng"), note="02 lớp"),
                    row("3", "Điều tra cắt ngang nhiễm khuẩn bệnh viện.",
                        within("Tháng 6 và tháng 12/2023", (2023, 6, 1), (2023, 12, 31)),
                        lead("Hội đồng Kiểm soát nhiễm khuẩn") + helped("Khoa Vi sinh")),
                    row("4", "Bổ sung phương tiện phòng hộ cá nhân.",
                        When("Khi có yêu cầu của các khoa", "conditional"),
                        lead("Khoa Dược") + helped("Phòng Vật tư, thiết bị y tế")),
                )),
            ),
        ),
        Heading("3.", "TỔ CHỨC THỰC HIỆN"),
        Duty("3.1.", "Khoa Kiểm soát nhiễm khuẩn", ("Đầu mối triển khai, giám sát.", "Báo cáo Giám đốc hằng tháng.")),
        Duty("3.2.", "Phòng Điều dưỡng", ("Phối hợp giám sát quy trình chăm sóc.",)),
    ),
    recipients=("Sở Y tế (để báo cáo)", "Các khoa, phòng", "Lưu: VT, KSNK"),
    signature=Signature(("GIÁM ĐỐC",), "Triệu Thị Bích Hằng", "Giám đốc"),
)  # fmt: skip

INSPECTION = MadePlan(
    name="thanhtra_soctrang_kh_phong_chong_tham_nhung_2021",
    letterhead=Letterhead(
        ("THANH TRA TỈNH",), "Số: 56/KH-TTr", "Sóc Trăng, ngày 11 tháng 3 năm 2021", parent=("UBND TỈNH SÓC TRĂNG",)
    ),
    head=Head(
        "56/KH-TTr", date(2021, 3, 11), "Sóc Trăng", "Thanh tra tỉnh Sóc Trăng", "Sóc Trăng",
        "Phòng, chống tham nhũng, tiêu cực năm 2021", 2021, "Ủy ban nhân dân tỉnh Sóc Trăng",
        (date(2021, 1, 1), date(2021, 12, 31)),
    ),
    title=("PHÒNG, CHỐNG THAM NHŨNG, TIÊU CỰC NĂM 2021",),
    bases=(
        Basis(
            "Luật Phòng, chống tham nhũng ngày 20 tháng 11 năm 2018",
            "Luật", None, date(2018, 11, 20), None, "Phòng, chống tham nhũng",
        ),
        Basis(
            "Nghị định số 59/2019/NĐ-CP ngày 01 tháng 7 năm 2019 của Chính phủ quy định chi tiết một số điều và biện pháp"
            " thi hành Luật Phòng, chống tham nhũng",
            "Nghị định", "59/2019/NĐ-CP", date(2019, 7, 1), "Chính phủ",
            "quy định chi tiết một số điều và biện pháp thi hành Luật Phòng, chống tham nhũng",
        ),
    ),
    adopts="Thanh tra tỉnh Sóc Trăng ban hành Kế hoạch phòng, chống tham nhũng, tiêu cực năm 2021 như sau:",
    body=(
        Heading("I.", "MỤC ĐÍCH, YÊU CẦU"),
        Items(("Chủ động phòng ngừa, kịp thời phát hiện và xử lý hành vi tham nhũng.",)),
        Heading("II.", "NHIỆM VỤ VÀ GIẢI PHÁP"),
        TaskTable(
            (
                Column("no", "STT", 0.7), Column("content", "Nội dung nhiệm vụ", 4.2),
                Column("lead", "Đơn vị chủ trì", 2), Column("monitoring", "Theo dõi, đôn đốc", 2),
                Column("deadline", "Thời hạn", 1.5),
            ),
            (
                Group(None, (
                    row("1", "Phổ biến pháp luật về phòng, chống tham nhũng cho công chức, thanh tra viên.",
                        by("Tháng 4/2021", (2021, 4, 30)), lead("Phòng Nghiệp vụ 1") + watched("Văn phòng")),
                    row("2", "Xác minh tài sản, thu nhập theo kế hoạch được phê duyệt.",
                        by("Quý III/2021", (2021, 9, 30)), lead("Phòng Nghiệp vụ 3") + watched("Văn phòng")),
                    row("3", "Theo dõi việc thực hiện các kết luận thanh tra.",
                        always("Thường xuyên", (2021, 1, 1), (2021, 12, 31)), lead("Phòng Nghiệp vụ 4") + watched("Phó Chánh Thanh tra phụ trách")),
                    row("4", "Tổng hợp báo cáo kết quả phòng, chống tham nhũng năm 2021.",
                        by("Trước ngày 05/12/2021", (2021, 12, 5), True), lead("Văn phòng") + watched("Chánh Thanh tra tỉnh")),
                )),
            ),
        ),
        Heading("III.", "TỔ CHỨC THỰC HIỆN"),
        Duty("1.", "Trưởng các phòng nghiệp vụ", ("Quán triệt, triển khai nội dung Kế hoạch đến công chức.",)),
        Duty("2.", "Văn phòng", ("Theo dõi, đôn đốc, tổng hợp kết quả thực hiện.",)),
    ),
    recipients=("UBND tỉnh (b/c)", "Lãnh đạo Thanh tra tỉnh", "Các phòng thuộc Thanh tra tỉnh", "Lưu: VT, NV4"),
    signature=Signature(
        ("KT. CHÁNH THANH TRA", "PHÓ CHÁNH THANH TRA"), "Thạch Sơn Minh", "Phó Chánh Thanh tra", "KT.", "Chánh Thanh tra"
    ),
)  # fmt: skip

COMMUNE = MadePlan(
    name="UBND xa Hoa Binh du thao ke hoach he 2019",
    letterhead=Letterhead(
        ("ỦY BAN NHÂN DÂN", "XÃ HÒA BÌNH"), "Số:      /KH-UBND", "Hòa Bình, ngày      tháng 5 năm 2019"
    ),
    head=Head(
        None, None, "Hòa Bình", "Ủy ban nhân dân xã Hòa Bình", None,
        "Tổ chức các hoạt động hè cho thanh thiếu nhi năm 2019", 2019,
        period=(date(2019, 1, 1), date(2019, 12, 31)),
    ),
    title=("Tổ chức các hoạt động hè cho thanh thiếu nhi năm 2019",),
    bases=(),
    adopts=(
        "Để tạo sân chơi bổ ích, an toàn cho thanh thiếu nhi trong dịp hè, Ủy ban nhân dân xã Hòa Bình xây dựng kế"
        " hoạch như sau:"
    ),
    body=(
        Heading("I.", "MỤC ĐÍCH, YÊU CẦU"),
        Items(("Quản lý, giáo dục thanh thiếu nhi trong thời gian nghỉ hè.",)),
        Heading("II.", "NỘI DUNG, THỜI GIAN THỰC HIỆN"),
        TimedList("1.", "Tháng 6/2019", within("Tháng 6/2019", (2019, 6, 1), (2019, 6, 30)), (
            "Bàn giao học sinh về sinh hoạt hè tại các thôn.", "Khai mạc hè và phát động Tháng hành động vì trẻ em.",
        )),
        TimedList("2.", "Tháng 7/2019", within("Tháng 7/2019", (2019, 7, 1), (2019, 7, 31)), (
            "Mở 02 lớp dạy bơi, phòng tránh đuối nước.", "Thăm, tặng quà gia đình thương binh, liệt sĩ.",
        )),
        TimedList("3.", "Tháng 8/2019", within("Tháng 8/2019", (2019, 8, 1), (2019, 8, 31)), (
            "Tổng kết hoạt động hè, bàn giao học sinh về nhà trường.",
        )),
        Heading("III.", "TỔ CHỨC THỰC HIỆN"),
        Duty("1.", "Đoàn Thanh niên xã", ("Chủ trì tổ chức các hoạt động.", "Báo cáo kết quả trước ngày 30/8/2019."),
             due=date(2019, 8, 30)),
        Duty("2.", "Các trường học trên địa bàn", ("Bàn giao học sinh và phối hợp quản lý.",)),
        Duty("3.", "Trưởng các thôn", ("Bố trí địa điểm sinh hoạt cho các em.",)),
    ),
    recipients=("TT Đảng ủy, HĐND xã", "Các ban, ngành, đoàn thể", "Trưởng các thôn", "Lưu: VP"),
    signature=Signature(("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), "Bùi Văn Quang", "Chủ tịch", "TM."),
)  # fmt: skip

CITY = MadePlan(
    name="ke-hoach-so-98-ubnd-tp-hai-phong-le-hoi",
    letterhead=Letterhead(
        ("ỦY BAN NHÂN DÂN", "THÀNH PHỐ HẢI PHÒNG"), "Số: 98/KH-UBND", "Hải Phòng, ngày 14 tháng 4 năm 2023"
    ),
    head=Head(
        "98/KH-UBND", date(2023, 4, 14), "Hải Phòng", "Ủy ban nhân dân thành phố Hải Phòng", "Hải Phòng",
        "Tổ chức Tuần lễ Văn hóa đọc thành phố Hải Phòng năm 2023", 2023,
        period=(date(2023, 1, 1), date(2023, 12, 31)),
    ),
    title=("Tổ chức Tuần lễ Văn hóa đọc thành phố Hải Phòng năm 2023",),
    bases=(
        Basis(
            "Quyết định số 1862/QĐ-TTg ngày 04/11/2021 của Thủ tướng Chính phủ về Ngày Sách và Văn hóa đọc Việt Nam",
            "Quyết định", "1862/QĐ-TTg", date(2021, 11, 4), "Thủ tướng Chính phủ", "Ngày Sách và Văn hóa đọc Việt Nam",
        ),
    ),
    adopts="Ủy ban nhân dân thành phố ban hành Kế hoạch tổ chức Tuần lễ Văn hóa đọc như sau:",
    body=(
        Heading("I.", "MỤC ĐÍCH, YÊU CẦU"),
        Items(("Khuyến khích và phát triển phong trào đọc sách trong cộng đồng.",)),
        Heading("II.", "PHÂN CÔNG NHIỆM VỤ"),
        TaskTable(
            (
                Column("no", "TT", 0.6), Column("content", "Công việc", 4), Column("lead", "Cơ quan chủ trì", 2.2),
                Column("coordinating", "Cơ quan phối hợp", 2.2), Column("time", "Thời gian", 1.6),
            ),
            (
                Group(None, tuple(
                    row(str(i), content, when, who) for i, (content, when, who) in enumerate((
                        ("Trang trí, tuyên truyền trực quan trên các trục đường chính của thành phố trước và trong"
                         " thời gian diễn ra Tuần lễ.", within("15/4 - 23/4/2023", (2023, 4, 15), (2023, 4, 23)),
                         lead("Sở Văn hóa và Thể thao") + helped("UBND các quận, huyện")),
                        ("Tổ chức lễ khai mạc tại Nhà Triển lãm và Mỹ thuật thành phố.",
                         within("Ngày 21/4/2023", (2023, 4, 21), (2023, 4, 21)),
                         lead("Sở Thông tin và Truyền thông") + helped("Sở Văn hóa và Thể thao", "Sở Giáo dục và Đào tạo")),
                        ("Bố trí các gian hàng sách, không gian đọc và khu vực giao lưu tác giả, bảo đảm thuận tiện cho"
                         " người dân tham quan, mua sắm.", within("21/4 - 23/4/2023", (2023, 4, 21), (2023, 4, 23)),
                         lead("Sở Thông tin và Truyền thông") + helped("Các nhà xuất bản")),
                        ("Phát động cuộc thi giới thiệu sách trực tuyến dành cho học sinh trung học cơ sở và trung học"
                         " phổ thông trên địa bàn thành phố.", within("Tháng 4/2023", (2023, 4, 1), (2023, 4, 30)),
                         lead("Sở Giáo dục và Đào tạo") + helped("Thư viện Khoa học tổng hợp")),
                        ("Tặng sách, tủ sách cho các trường vùng hải đảo.",
                         within("Tháng 5/2023", (2023, 5, 1), (2023, 5, 31)),
                         lead("Thành đoàn Hải Phòng") + helped("UBND huyện Bạch Long Vĩ", "UBND huyện Cát Hải")),
                        ("Bảo đảm an ninh, trật tự, an toàn giao thông và phòng cháy, chữa cháy tại các địa điểm tổ"
                         " chức.", within("21/4 - 23/4/2023", (2023, 4, 21), (2023, 4, 23)),
                         lead("Công an thành phố") + helped("UBND quận Hồng Bàng")),
                        ("Bảo đảm nguồn điện ổn định phục vụ các hoạt động.",
                         within("21/4 - 23/4/2023", (2023, 4, 21), (2023, 4, 23)), lead("Công ty Điện lực Hải Phòng")),
                        ("Đưa tin, tuyên truyền về các hoạt động của Tuần lễ.",
                         within("Tháng 4/2023", (2023, 4, 1), (2023, 4, 30)),
                         lead("Đài Phát thanh và Truyền hình Hải Phòng") + helped("Báo Hải Phòng")),
                        ("Tổng kết, báo cáo kết quả tổ chức Tuần lễ Văn hóa đọc năm 2023 với Ủy ban nhân dân thành phố.",
                         by("Trước ngày 15/5/2023", (2023, 5, 15), True), lead("Sở Thông tin và Truyền thông")),
                    ), 1)
                )),
            ),
        ),
        Heading("III.", "KINH PHÍ"),
        Text("Từ nguồn ngân sách được giao và nguồn xã hội hóa."),
        Heading("IV.", "TỔ CHỨC THỰC HIỆN"),
        Duty("1.", "Sở Thông tin và Truyền thông", (
            "Là cơ quan thường trực, chủ trì triển khai Kế hoạch.", "Tổng hợp, báo cáo kết quả trước ngày 20/5/2023.",
        ), due=date(2023, 5, 20)),
        Duty("2.", "Sở Tài chính", ("Thẩm định, trình cấp kinh phí theo quy định.",)),
        Duty("3.", "Ủy ban nhân dân các quận, huyện", ("Tổ chức các hoạt động hưởng ứng tại địa phương.",)),
    ),
    recipients=("Bộ TT&TT (b/c)", "TTTU, TT HĐND TP", "CT, các PCT UBND TP", "Các sở, ngành, quận, huyện", "CVP, các PCVP",
                "Lưu: VT, VX"),
    signature=Signature(
        ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Đỗ Khắc Nam", "Phó Chủ tịch", "TM. KT."
    ),
)  # fmt: skip

SAFETY = (FIRE, HOSPITAL, INSPECTION, COMMUNE, CITY)
