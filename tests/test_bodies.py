"""Names of bodies: in full, in sentence case, as keys; and what is a body at all."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.bodies import (
    BodyContext,
    body_at_start,
    body_key,
    expanded,
    full_name,
    is_body,
    sentence_case,
)
from extractors.rulebook import load

PROVINCE = BodyContext(
    issuer="Ủy ban nhân dân tỉnh Sơn La",
    level="province",
    province="Sơn La",
    place="tỉnh Sơn La",
    province_kind="tỉnh",
)
DISTRICT = BodyContext(level="district", province="Sơn La", place="huyện Mộc Châu", province_kind="tỉnh")
CITY = BodyContext(
    level="province", province="Hải Phòng", place="thành phố Hải Phòng", province_kind="thành phố"
)
DEPARTMENT = BodyContext(
    issuer="Sở Y tế tỉnh Sơn La",
    level="department",
    province="Sơn La",
    place="tỉnh Sơn La",
    province_kind="tỉnh",
)
CENTRAL = BodyContext(issuer="Bộ Nội vụ", level="central")


def _abbreviation_examples() -> list[tuple[str, str]]:
    examples = (entry["example"] for entry in load("abbreviations"))
    return [(example[0], ", ".join(example[1:])) for example in examples]


@pytest.mark.parametrize(("short", "full"), _abbreviation_examples())
def test_examples_of_abbreviations(short: str, full: str) -> None:
    written_out = expanded(short)
    assert written_out[:1].upper() + written_out[1:] == full


@pytest.mark.parametrize(("kind", "example"), [(e["kind"], x) for e in load("bodies") for x in e["examples"]])
def test_examples_of_bodies(kind: str, example: str) -> None:
    assert is_body(example) == (kind != "none")


def test_every_rule_has_an_example() -> None:
    for name in ("bodies", "body_fields", "body_roles"):
        assert all(entry["examples"] for entry in load(name)), name
    assert all(len(entry["example"]) >= 2 for entry in load("abbreviations"))


@pytest.mark.parametrize(
    "text",
    [
        "ABC tỉnh",
        "Phòng XYZQ",
        "TT",
        "Trung tâm VH-ABC và TT huyện",
        "Lớp 5A",
        "Kế hoạch số 12/KH-UBNDX",
        "Phòng TC-ABC",
    ],
)
def test_unknown_abbreviations_stay(text: str) -> None:
    assert expanded(text) == text


@pytest.mark.parametrize(
    ("printed", "wanted"),
    [
        ("ỦY BAN NHÂN DÂN TỈNH SƠN LA", "Ủy ban nhân dân tỉnh Sơn La"),
        ("UỶ BAN NHÂN DÂN\nTỈNH SƠN LA", "Uỷ ban nhân dân\ntỉnh Sơn La"),
        ("SỞ GIÁO DỤC VÀ ĐÀO TẠO", "Sở Giáo dục và Đào tạo"),
        ("SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI", "Sở Lao động - Thương binh và Xã hội"),
        ("SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH", "Sở Văn hóa, Thể thao và Du lịch"),
        ("TRƯỜNG CHÍNH TRỊ", "Trường Chính trị"),
        ("THANH TRA SỞ XÂY DỰNG", "Thanh tra Sở Xây dựng"),
        ("CÔNG ĐOÀN NGÀNH Y TẾ", "Công đoàn ngành Y tế"),
        ("TRƯỜNG TIỂU HỌC KIM ĐỒNG", "Trường Tiểu học Kim Đồng"),
        ("TRƯỜNG THPT NGUYỄN DU", "Trường THPT Nguyễn Du"),
        ("TRƯỜNG MẦM NON HOA PHƯỢNG", "Trường Mầm non Hoa Phượng"),
        ("TRƯỜNG PTDTBT THCS NẬM LÀNH", "Trường PTDTBT THCS Nậm Lành"),
        ("TRƯỜNG ĐẠI HỌC TÂY NGUYÊN", "Trường Đại học Tây Nguyên"),
        ("UBND XÃ TÂN PHONG", "UBND xã Tân Phong"),
        ("ĐẢNG ỦY XÃ TÂN PHONG", "Đảng ủy xã Tân Phong"),
        ("HUYỆN ỦY MỘC CHÂU", "Huyện ủy Mộc Châu"),
        ("PHÒNG GD&ĐT HUYỆN MỘC CHÂU", "Phòng GD&ĐT huyện Mộc Châu"),
        ("TRUNG TÂM Y TẾ HUYỆN MỘC CHÂU", "Trung tâm Y tế huyện Mộc Châu"),
        ("BỆNH VIỆN ĐA KHOA TỈNH SƠN LA", "Bệnh viện Đa khoa tỉnh Sơn La"),
        ("LIÊN ĐOÀN LAO ĐỘNG TỈNH SƠN LA", "Liên đoàn Lao động tỉnh Sơn La"),
        ("ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM", "Ủy ban Mặt trận Tổ quốc Việt Nam"),
        ("HỘI LIÊN HIỆP PHỤ NỮ VIỆT NAM", "Hội Liên hiệp Phụ nữ Việt Nam"),
        ("BAN CHỈ ĐẠO PHÒNG CHỐNG THIÊN TAI", "Ban Chỉ đạo phòng chống thiên tai"),
        ("HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG", "Hội đồng Thi đua - Khen thưởng"),
        ("BAN QUẢN LÝ CÁC KHU CÔNG NGHIỆP", "Ban Quản lý các khu công nghiệp"),
        ("CÔNG TY CỔ PHẦN MINH LONG", "Công ty Cổ phần Minh Long"),
        ("CÔNG TY TNHH MTV MINH LONG", "Công ty TNHH MTV Minh Long"),
        ("BỘ CHỈ HUY QUÂN SỰ TỈNH", "Bộ Chỉ huy Quân sự tỉnh"),
        ("ĐẢNG ỦY KHỐI CÁC CƠ QUAN TỈNH", "Đảng ủy Khối các cơ quan tỉnh"),
        ("CHỦ TỊCH", "Chủ tịch"),
        ("XÃ EA TU", "Xã Ea Tu"),
        ("UBND XÃ EA BHỐK", "UBND xã Ea Bhốk"),
        ("UBND XÃ KRÔNG Á", "UBND xã Krông Á"),
        ("BAN TUYÊN GIÁO TU", "Ban Tuyên giáo TU"),
        ("KHỐI THI ĐUA SỐ II", "Khối thi đua số II"),
        ("SGDĐT", "SGDĐT"),
        ("Sở Nội vụ", "Sở Nội vụ"),
        ("", ""),
        ("BỆNH VIỆN BẠCH MAI", "Bệnh viện Bạch Mai"),
        ("BỆNH VIỆN HỮU NGHỊ VIỆT ĐỨC", "Bệnh viện Hữu nghị Việt Đức"),
        ("VƯỜN QUỐC GIA CÚC PHƯƠNG", "Vườn Quốc gia Cúc Phương"),
        ("HỌC VIỆN HÀNH CHÍNH QUỐC GIA", "Học viện Hành chính Quốc gia"),
        ("ỦY BAN NHÂN DÂN HUYỆN KBANG", "Ủy ban nhân dân huyện KBang"),
        ("HUYỆN ỦY CƯ M'GAR", "Huyện ủy Cư M'gar"),
    ],
)
def test_sentence_case(printed: str, wanted: str) -> None:
    assert sentence_case(printed) == wanted


@pytest.mark.parametrize(
    ("printed", "context", "wanted"),
    [
        ("VP UBND tỉnh", PROVINCE, "Văn phòng Ủy ban nhân dân tỉnh Sơn La"),
        ("Sở Văn hóa, Thể thao và Du lịch", PROVINCE, "Sở Văn hóa, Thể thao và Du lịch tỉnh Sơn La"),
        ("Sở Y tế, Sở VHTT&DL", PROVINCE, "Sở Y tế, Sở Văn hóa, Thể thao và Du lịch tỉnh Sơn La"),
        ("Sở Nội vụ", PROVINCE, "Sở Nội vụ tỉnh Sơn La"),
        ("Sở GD-ĐT", PROVINCE, "Sở Giáo dục và Đào tạo tỉnh Sơn La"),
        ("Sở GDĐT Sơn La", PROVINCE, "Sở Giáo dục và Đào tạo tỉnh Sơn La"),
        ("Sở Y tế tỉnh Hà Giang", PROVINCE, "Sở Y tế tỉnh Hà Giang"),
        ("Sở Y tế Hà Giang", PROVINCE, "Sở Y tế tỉnh Hà Giang"),
        ("Giám đốc Sở Y tế", PROVINCE, "Giám đốc Sở Y tế tỉnh Sơn La"),
        ("Ban TĐKT", PROVINCE, "Ban Thi đua - Khen thưởng tỉnh Sơn La"),
        ("Ban TĐKT, Sở Nội vụ", PROVINCE, "Ban Thi đua - Khen thưởng, Sở Nội vụ tỉnh Sơn La"),
        ("Ban TĐKT Trung ương", PROVINCE, "Ban Thi đua - Khen thưởng Trung ương"),
        ("Sở Nội vụ (Ban TĐKT)", PROVINCE, "Sở Nội vụ tỉnh Sơn La (Ban Thi đua - Khen thưởng)"),
        ("HĐ TĐKT tỉnh", PROVINCE, "Hội đồng Thi đua - Khen thưởng tỉnh Sơn La"),
        ("LĐLĐ tỉnh", PROVINCE, "Liên đoàn Lao động tỉnh Sơn La"),
        ("UB MTTQVN tỉnh", PROVINCE, "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Sơn La"),
        ("TT. HĐND tỉnh", PROVINCE, "Thường trực Hội đồng nhân dân tỉnh Sơn La"),
        ("TT. Tỉnh ủy", PROVINCE, "Thường trực Tỉnh ủy Sơn La"),
        ("Tỉnh uỷ", PROVINCE, "Tỉnh uỷ Sơn La"),
        ("Tỉnh ủy Sơn La", PROVINCE, "Tỉnh ủy Sơn La"),
        ("Tỉnh đoàn", PROVINCE, "Tỉnh đoàn Sơn La"),
        ("Huyện ủy", PROVINCE, "Huyện ủy"),
        ("Công an tỉnh", PROVINCE, "Công an tỉnh Sơn La"),
        ("Thuế tỉnh", PROVINCE, "Thuế tỉnh Sơn La"),
        ("Trường Chính trị Sơn La", PROVINCE, "Trường Chính trị tỉnh Sơn La"),
        ("TRƯỜNG CHÍNH TRỊ", PROVINCE, "Trường Chính trị tỉnh Sơn La"),
        ("Báo Sơn La", PROVINCE, "Báo Sơn La"),
        ("Bộ Nội vụ", PROVINCE, "Bộ Nội vụ"),
        ("Các cơ quan, đơn vị", PROVINCE, "Các cơ quan, đơn vị"),
        ("Các sở, ban, ngành tỉnh", PROVINCE, "Các sở, ban, ngành tỉnh"),
        ("UBND các huyện, thành phố", PROVINCE, "Ủy ban nhân dân các huyện, thành phố"),
        ("UBND huyện", PROVINCE, "Ủy ban nhân dân huyện"),
        ("UBND cấp xã", PROVINCE, "Ủy ban nhân dân cấp xã"),
        ("Trường THPT Nguyễn Du", PROVINCE, "Trường Trung học phổ thông Nguyễn Du"),
        ("Trường TH Kim Đồng", PROVINCE, "Trường Tiểu học Kim Đồng"),
        ("- Sở Nội vụ;", PROVINCE, "Sở Nội vụ tỉnh Sơn La"),
        ("phòng Nội vụ", DISTRICT, "Phòng Nội vụ huyện Mộc Châu"),
        ("Phòng Nội vụ", PROVINCE, "Phòng Nội vụ"),
        ("UBND huyện", DISTRICT, "Ủy ban nhân dân huyện Mộc Châu"),
        ("UBND Mộc Châu", DISTRICT, "Ủy ban nhân dân huyện Mộc Châu"),
        ("UBND tỉnh", DISTRICT, "Ủy ban nhân dân tỉnh Sơn La"),
        ("Huyện ủy", DISTRICT, "Huyện ủy Mộc Châu"),
        ("Công an huyện", DISTRICT, "Công an huyện Mộc Châu"),
        ("Ban CHQS huyện", DISTRICT, "Ban Chỉ huy Quân sự huyện Mộc Châu"),
        ("UBND các xã, thị trấn", DISTRICT, "Ủy ban nhân dân các xã, thị trấn"),
        ("Công an Thành phố", CITY, "Công an thành phố Hải Phòng"),
        ("Thành ủy", CITY, "Thành ủy Hải Phòng"),
        ("Sở Y tế", CITY, "Sở Y tế thành phố Hải Phòng"),
        ("Văn phòng Sở", DEPARTMENT, "Văn phòng Sở Y tế tỉnh Sơn La"),
        ("SYT", DEPARTMENT, "Sở Y tế tỉnh Sơn La"),
        ("BGĐ Sở", DEPARTMENT, "Ban Giám đốc Sở Y tế tỉnh Sơn La"),
        ("THANH TRA SỞ Y TẾ", DEPARTMENT, "Thanh tra Sở Y tế tỉnh Sơn La"),
        ("Các đơn vị trực thuộc Sở", DEPARTMENT, "Các đơn vị trực thuộc Sở"),
        ("Sở Y tế", BodyContext(), "Sở Y tế"),
        ("Sở Y tế", CENTRAL, "Sở Y tế"),
        ("", PROVINCE, ""),
    ],
)
def test_full_name(printed: str, context: BodyContext, wanted: str) -> None:
    assert full_name(printed, context) == wanted


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ban Thi đua - Khen thưởng tỉnh", "BAN THI ĐUA, KHEN THƯỞNG TỈNH"),
        ("Uỷ ban nhân dân", "UBND"),
        ("Sở Kế hoạch và Đầu tư", "Sở KH&ĐT"),
        ("Sở Y tế tỉnh Đắk Lắk", "Sở Y tế tỉnh Đăk Lăk"),
        ("Sở Nội vụ (Ban TĐKT)", "Sở Nội vụ"),
        ("Hội đồng thi đua khen thưởng", "Hội đồng Thi đua – Khen thưởng"),
    ],
)
def test_keys_meet(one: str, other: str) -> None:
    assert body_key(one) == body_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sở Y tế tỉnh Sơn La", "Sở Y tế tỉnh Hà Giang"),
        ("Huyện ủy", "Tỉnh ủy"),
        ("Ban Dân tộc", "Bản Dân tộc"),
    ],
)
def test_keys_keep_apart(one: str, other: str) -> None:
    assert body_key(one) != body_key(other)


BODIES = """
1. Sở Nội vụ | 2. Các khoa, phòng: | Các đơn vị thuộc cụm, khối thi đua trên địa bàn tỉnh
UBND các huyện, thành phố | Trưởng các Phòng, Trung tâm
Giám đốc các Sở và Thủ trưởng các ban, ngành; Chủ tịch UBND các xã | Tổ chuyên môn
Giáo viên tham gia hội thi | Hiệu trưởng | Cán bộ được giao trực tiếp theo dõi | Ngành Giáo dục
Cụm, khối thi đua | Trường cao đẳng nghề | Bệnh viện đa khoa tuyến huyện | Hội đồng thi đua, khen thưởng
Phòng TCHC | BLĐ | P.HT | GVCN | Đoàn thanh tra | Đại sứ quán các nước: Lào, Nhật Bản
Ông. Trần Văn Bình - Trưởng đoàn | Trần Văn Bình | Văn thư | Thành phố Đà Nẵng, tỉnh Sơn La
Giao Phòng Hành chính - Tổ chức: | Đối với các đơn vị | Trách nhiệm của Sở Y tế | Bí thư Chi bộ
Ban Tổ chức Tỉnh ủy | a) Liên đoàn Lao động tỉnh | Các tổ chức chính trị - xã hội | Đơn vị được kiểm tra
BHXH tỉnh | Đội Thiếu niên Tiền phong | Nhà trường | Bộ phận một cửa | Mặt trận Tổ quốc và các đoàn thể
Khoa Hô hấp trẻ em | Trạm Quan trắc nước ngầm | Ban Chỉ đạo phòng, chống bạo lực gia đình huyện
Khoa Hồi sức cấp cứu - Chống độc
"""


@pytest.mark.parametrize("text", [t.strip() for t in re.split(r"[|\n]", BODIES) if t.strip()])
def test_bodies(text: str) -> None:
    assert is_body(text)


NO_BODIES = """
Kinh phí thực hiện | Công tác tuyên truyền | Mục đích | Thời gian | Tổ chức thực hiện | Báo cáo
Phòng, chống dịch | Hội nghị tổng kết | Các giải pháp chủ yếu | Tuyên dương, khen thưởng
Sở Nội vụ chủ trì tổ chức hội nghị | Chế độ báo cáo | Đối tượng | Lãnh đạo, chỉ đạo | Cơ sở vật chất
Thường xuyên | Tháng 3 | Thanh tra, kiểm tra | 1. | Hội thi giáo viên giỏi | Phong trào thi đua
Đề nghị khen thưởng | Giao ban | Giao lưu văn nghệ | Mời đại biểu | Ban hành kế hoạch | Tổ chức hội nghị
Cấp phát kinh phí | Đoàn kết nội bộ | Các phong trào thi đua | Trường hợp đặc biệt
Sở Tài chính: Bố trí kinh phí | Tham mưu UBND tỉnh | Quỹ khen thưởng | Khoa học và công nghệ
2 Báo cáo tổng kết
"""


@pytest.mark.parametrize(
    "text", [t.strip() for t in re.split(r"[|\n]", NO_BODIES) if t.strip()] + ["", ".", "-"]
)
def test_no_bodies(text: str) -> None:
    assert not is_body(text)


@pytest.mark.parametrize(
    ("paragraph", "wanted"),
    [
        ("2. Các cơ quan báo chí của tỉnh tăng cường tuyên truyền", "Các cơ quan báo chí của tỉnh"),
        ("Giao Sở Nội vụ (cơ quan Thường trực Hội đồng) theo dõi, đôn đốc", "Sở Nội vụ"),
        ("3. Giao Sở Nội vụ (Ban TĐKT) theo dõi", "Sở Nội vụ (Ban TĐKT)"),
        ("Giao Phòng Nội vụ (Thường trực Hội đồng huyện):", "Phòng Nội vụ"),
        ("Sở Tài chính: Căn cứ dự toán được giao", "Sở Tài chính"),
        ("Căn cứ Kế hoạch này, Trưởng các phòng, ban tổ chức quán triệt", "Trưởng các phòng, ban"),
        (
            "Căn cứ nhiệm vụ của cơ quan, đơn vị, Thủ trưởng các cơ quan, đơn vị lập kế hoạch",
            "Thủ trưởng các cơ quan, đơn vị",
        ),
        (
            "Căn cứ Kế hoạch của tỉnh, các cơ quan Đảng, các sở, ngành; các hội được giao nhiệm vụ; "
            "các xã, phường lập chương trình",
            "các cơ quan Đảng, các sở, ngành; các hội được giao nhiệm vụ; các xã, phường",
        ),
        ("Định kỳ trước ngày 15 hằng tháng, các đơn vị báo cáo kết quả", "các đơn vị"),
        ("Phòng Tổ chức - Hành chính tổng hợp kết quả", "Phòng Tổ chức - Hành chính"),
        ("Các tổ chức chính trị - xã hội vận động hội viên", "Các tổ chức chính trị - xã hội"),
        ("Các khoa, phòng tổ chức hội nghị", "Các khoa, phòng"),
        ("Các tổ chức, cá nhân đăng ký", "Các tổ chức, cá nhân"),
        ("Ủy ban Kiểm tra Huyện ủy hướng dẫn", "Ủy ban Kiểm tra Huyện ủy"),
        ("Ban Tổ chức Tỉnh ủy phối hợp", "Ban Tổ chức Tỉnh ủy"),
        ("Thanh tra tỉnh xây dựng kế hoạch", "Thanh tra tỉnh"),
        ("Tổ xây dựng hồ sơ mời thầu lập hồ sơ", "Tổ xây dựng hồ sơ mời thầu"),
        ("Sở Xây dựng xây dựng kế hoạch", "Sở Xây dựng"),
        (
            "Đề nghị Ủy ban MTTQ Việt Nam tỉnh, các đoàn thể tuyên truyền",
            "Ủy ban MTTQ Việt Nam tỉnh, các đoàn thể",
        ),
        ("Mời BHXH tỉnh cử cán bộ tham gia", "BHXH tỉnh"),
        ("Yêu cầu Thủ trưởng các đơn vị nghiêm túc triển khai", "Thủ trưởng các đơn vị"),
        ("Riêng Sở Y tế báo cáo trước 10/12", "Sở Y tế"),
        ("Đơn vị được kiểm tra chuẩn bị báo cáo", "Đơn vị được kiểm tra"),
        ("Các đơn vị tham gia chủ động kinh phí", "Các đơn vị tham gia"),
        (
            "7. UBND các xã: Tân An, Phú Bình và UBND phường Hòa Lạc.",
            "UBND các xã: Tân An, Phú Bình và UBND phường Hòa Lạc",
        ),
        ("Phòng Nội vụ hoạch họe văn bản.", "Phòng Nội vụ"),
        ("2. Khoa Hô hấp trẻ em", "Khoa Hô hấp trẻ em"),
        ("Khoa Hô hấp trẻ em báo cáo hằng tuần.", "Khoa Hô hấp trẻ em"),
        ("Khoa Hồi sức cấp cứu hướng dẫn quy trình.", "Khoa Hồi sức cấp cứu"),
        ("1. Ban Chỉ huy phòng, chống thiên tai huyện", "Ban Chỉ huy phòng, chống thiên tai huyện"),
        ("b) Hiệu trưởng các trường chỉ đạo giáo viên", "Hiệu trưởng các trường"),
        ("Ông. Trần Văn Bình - Trưởng đoàn: Chỉ đạo chung", "Ông. Trần Văn Bình - Trưởng đoàn"),
        ("SỞ NỘI VỤ: chủ trì", "SỞ NỘI VỤ"),
        ("Chủ trì, phối hợp với Sở Y tế triển khai", None),
        ("Tham mưu Chủ tịch UBND huyện phát động", None),
        ("Phối hợp với Ủy ban Mặt trận Tổ quốc", None),
        ("Tổ chức kiểm tra thường xuyên", None),
        ("Thanh tra, kiểm tra việc thực hiện", None),
        ("Báo cáo kết quả về Sở Nội vụ", None),
        ("Phòng, chống dịch bệnh trong trường học", None),
        ("Kinh phí thực hiện do Sở Tài chính bố trí", None),
        ("Trên cơ sở nhiệm vụ của từng cơ quan, đơn vị tổ chức phát động thi đua", None),
        ("Trên đây là Kế hoạch của trường, yêu cầu các khoa thực hiện", None),
        ("", None),
    ],
)
def test_body_at_start(paragraph: str, wanted: str | None) -> None:
    span = body_at_start(paragraph)
    assert (paragraph[span[0] : span[1]] if span else None) == wanted


@pytest.mark.parametrize(
    "text",
    ["(" * 5000, "các " * 3000, "Sở, " * 3000, "Căn cứ " + "a, " * 5000, "Sở Y tế; " * 1000, "P.P.P." * 900],
)
def test_hostile_text(text: str) -> None:
    body_at_start(text)
    is_body(text)
    full_name(text, PROVINCE)
    body_key(text)


@given(st.text(alphabet="SởNộivụcácBanCHÍNH TỈNHUNDgiao Căn cứ,;:.()-–\n\t1aA", max_size=150))
@settings(max_examples=150, deadline=None)
def test_never_raises(text: str) -> None:
    span = body_at_start(text)
    assert span is None or (0 <= span[0] < span[1] <= len(text) and text[span[0] : span[1]].strip())
    is_body(text)
    assert sentence_case(text).casefold() == text.casefold()
    full_name(text, DISTRICT)
    assert body_key(text) == body_key(body_key(text)) or "(" in text
