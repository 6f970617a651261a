"""Phrases out of which tasks of made plans are put together, and words that say the same."""
# ruff: noqa: E501  (texts are data: they are not cut where a line of code ends)

from __future__ import annotations

# {y} is the plan's year, {p} the year before, {n} an ordinal that grows by one each year.
ACTS = (
    "Tổ chức hội nghị {about}", "Xây dựng kế hoạch {about}", "Tuyên truyền, phổ biến {about}",
    "Tập huấn nghiệp vụ {about}", "Kiểm tra việc thực hiện {about}", "Rà soát, hoàn thiện quy chế {about}",
    "Báo cáo kết quả {about}", "Ban hành văn bản hướng dẫn {about}", "Tổ chức hội thi {about}",
    "Thẩm định hồ sơ {about}", "Xây dựng chuyên mục {about} trên cổng thông tin điện tử",
    "Kiện toàn Ban Chỉ đạo {about}", "Khảo sát, đánh giá thực trạng {about}", "Bố trí kinh phí cho {about}",
)  # fmt: skip
SUBJECTS = (
    "cải cách hành chính năm {y}", "phòng, chống tham nhũng, tiêu cực", "chuyển đổi số trong trường học",
    "an toàn thực phẩm dịp Tết Nguyên đán", "phòng cháy, chữa cháy tại chợ và khu dân cư",
    "bảo vệ môi trường và xử lý rác thải", "đào tạo nghề cho lao động nông thôn năm {y}",
    "tiêm chủng mở rộng cho trẻ dưới 5 tuổi", "phòng, chống thiên tai và tìm kiếm cứu nạn",
    "thu gom hồ sơ, tài liệu lưu trữ tồn đọng", "giảm nghèo bền vững giai đoạn 2021-2025",
    "xây dựng nông thôn mới kiểu mẫu", "bình đẳng giới và vì sự tiến bộ của phụ nữ",
    "tiếp công dân, giải quyết khiếu nại, tố cáo", "quản lý đất công và tài sản công",
    "phổ biến, giáo dục pháp luật cho đoàn viên", "khám sức khỏe định kỳ cho người cao tuổi",
    "dịch vụ công trực tuyến toàn trình", "bảo tồn di tích lịch sử cấp tỉnh", "trồng rừng thay thế năm {y}",
    "quản lý nhà nước về tín ngưỡng, tôn giáo", "phát triển kinh tế tập thể, hợp tác xã",
    "vệ sinh lao động và bảo hộ người lao động", "giám sát cộng đồng đối với đầu tư công",
    "xúc tiến thương mại hàng nông sản", "bảo vệ bí mật nhà nước", "phòng, chống dịch tả lợn châu Phi",
    "xây dựng đời sống văn hóa ở khu dân cư", "thể dục, thể thao quần chúng", "chi trả trợ cấp xã hội qua tài khoản",
    "tuyển quân và huấn luyện dự bị động viên", "cấp giấy chứng nhận quyền sử dụng đất lần đầu",
    "sử dụng năng lượng tiết kiệm", "hỗ trợ doanh nghiệp nhỏ và vừa", "nước sạch và vệ sinh nông thôn",
    "xóa nhà tạm, nhà dột nát", "phòng, chống ma túy, mại dâm", "chăm sóc sức khỏe sinh sản vị thành niên",
    "cấp nước và thoát nước đô thị", "kiểm định chất lượng giáo dục mầm non", "đánh giá, phân loại viên chức",
    "sắp xếp, tinh gọn tổ chức bộ máy", "thư viện số và văn hóa đọc", "bảo hiểm y tế toàn dân",
    "quy hoạch sử dụng đất cấp huyện", "ứng phó với biến đổi khí hậu", "bảo vệ trẻ em trên môi trường mạng",
    "cứu trợ đột xuất sau bão lũ", "nghiệm thu đề tài khoa học cấp cơ sở", "sáng kiến cải tiến kỹ thuật",
    "kỷ niệm 7{n} năm Ngày truyền thống của ngành", "mã số vùng trồng và truy xuất nguồn gốc",
    "sinh hoạt chuyên đề về tư tưởng, đạo đức, phong cách Hồ Chí Minh", "xếp hạng bệnh viện và trạm y tế",
    "an toàn giao thông học đường", "phát triển du lịch cộng đồng", "bồi dưỡng học sinh giỏi năm học {p}-{y}",
    "chăm sóc người có công nhân ngày 27/7", "kiểm soát thủ tục hành chính",
)  # fmt: skip
SCOPES = (
    "", " trên địa bàn tỉnh", " cho cán bộ, công chức cấp xã", " tại các huyện, thị xã", " theo quy định",
    " ở vùng đồng bào dân tộc thiểu số", " theo Kế hoạch số 1{n}/KH-UBND ngày 15/01/{y}", " lần thứ {n}",
    " với ít nhất 05 lớp", " trong toàn ngành",
)  # fmt: skip
BODIES = (
    "Sở Nội vụ", "Sở Tài chính", "Sở Y tế", "Sở Tư pháp", "Văn phòng Ủy ban nhân dân tỉnh", "Công an tỉnh",
    "Sở Giáo dục và Đào tạo", "Thanh tra tỉnh", "Báo và Đài tỉnh", "Tỉnh đoàn", "Hội Liên hiệp Phụ nữ tỉnh",
)  # fmt: skip
SECTIONS = ("I. Nhiệm vụ chung", "II. Nhiệm vụ cụ thể", "III. Kiểm tra, giám sát")
# Repeated or nearly the same, told apart by their time alone; {m} is a month, {q} a quarter.
MONTHLY = (
    "Họp giao ban Ban Chỉ đạo",
    "Giao ban công tác tháng {m}",
    "Báo cáo tiến độ giải ngân tháng {m}/{y}",
)
QUARTERLY = (
    "Báo cáo kết quả cải cách hành chính quý {q}",
    "Kiểm tra công vụ đột xuất",
    "Công khai ngân sách quý {q}",
)
PERIODS = (
    ("Tổ chức Hội nghị sơ kết 6 tháng đầu năm {y}", 7), ("Tổ chức Hội nghị sơ kết 9 tháng đầu năm {y}", 10),
    ("Tổ chức Hội nghị tổng kết năm {y}", 12), ("Xét thi đua đợt 1", 5), ("Xét thi đua đợt 2", 11),
    ("Họp Hội đồng Thi đua - Khen thưởng học kỳ I", 1), ("Họp Hội đồng Thi đua - Khen thưởng học kỳ II", 6),
)  # fmt: skip
DUTIES = (
    "Tổng hợp kết quả, báo cáo Ủy ban nhân dân tỉnh trước ngày 15/12/{y}",
    "Theo dõi, đôn đốc các đơn vị thực hiện Kế hoạch này",
    "Bố trí kinh phí, nhân lực để thực hiện nhiệm vụ được giao",
)

SYNONYMS = (
    ("Tổ chức hội nghị", "Mở hội nghị"), ("Xây dựng kế hoạch", "Lập và ban hành kế hoạch"),
    ("Tuyên truyền, phổ biến", "Đẩy mạnh tuyên truyền"), ("Tập huấn nghiệp vụ", "Mở lớp bồi dưỡng nghiệp vụ"),
    ("Kiểm tra việc thực hiện", "Kiểm tra, đánh giá việc triển khai"), ("Báo cáo kết quả", "Tổng hợp, báo cáo kết quả"),
    ("Rà soát, hoàn thiện", "Sửa đổi, bổ sung"), ("Ban hành văn bản hướng dẫn", "Hướng dẫn thực hiện"),
    ("Khảo sát, đánh giá", "Điều tra, khảo sát"), ("Bố trí kinh phí", "Bảo đảm kinh phí"), ("Họp", "Tổ chức họp"),
    ("trên địa bàn tỉnh", "trong toàn tỉnh"), ("cán bộ, công chức", "cán bộ, công chức, viên chức"),
    ("Kiện toàn Ban Chỉ đạo", "Củng cố, kiện toàn Ban Chỉ đạo"), ("Thẩm định hồ sơ", "Tiếp nhận, thẩm định hồ sơ"),
    ("Tổ chức", "Phối hợp tổ chức"), ("Theo dõi, đôn đốc", "Kiểm tra, đôn đốc"), ("05 lớp", "08 lớp"),
)  # fmt: skip
TAILS = (
    " bảo đảm tiết kiệm, hiệu quả", " gắn với nhiệm vụ chính trị của đơn vị", " bằng hình thức trực tuyến",
    " đúng tiến độ", " định kỳ", " có sự tham gia của người dân và doanh nghiệp", ", kịp thời nhân rộng mô hình hay",
)  # fmt: skip
