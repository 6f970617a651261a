"""The letterhead: bodies, number, date line, marks, in whatever layout it is printed."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.letterhead import Letterhead, read_letterhead
from extractors.letterhead_bodies import head_kind
from extractors.rulebook import load
from extractors.zones import find_zones
from extractors.zones_dates import is_date_line
from tests.zone_documents import MOTTO, SLOGAN, of_columns, of_lines

TITLE = "KẾ HOẠCH\nTổ chức hội thi\nI. NỘI DUNG\nabc"


def read(head: str) -> Letterhead:
    document = of_lines(f"{head}\n{TITLE}")
    found = read_letterhead(document, find_zones(document))
    for name in ("number", "number_text", "issued_on", "place", "secrecy", "urgency"):
        value = getattr(found, name)
        assert value is None or document.text[value.start : value.end].strip()
    return found


def codes(letterhead: Letterhead) -> set[str]:
    return {f.code for f in letterhead.diagnostics}


# --- bodies -------------------------------------------------------------------------------------

BODIES = [
    ("UBND TỈNH SƠN LA\nSỞ XÂY DỰNG", ["UBND TỈNH SƠN LA"], ["SỞ XÂY DỰNG"]),
    ("ỦY BAN NHÂN DÂN\nTỈNH SƠN LA", [], ["ỦY BAN NHÂN DÂN TỈNH SƠN LA"]),
    ("ỦY BAN NHÂN DÂN TỈNH\nBÀ RỊA - VŨNG TÀU", [], ["ỦY BAN NHÂN DÂN TỈNH BÀ RỊA - VŨNG TÀU"]),
    ("UBND HUYỆN YÊN SƠN\nPHÒNG GIÁO DỤC\nVÀ ĐÀO TẠO", ["UBND HUYỆN YÊN SƠN"], ["PHÒNG GIÁO DỤC VÀ ĐÀO TẠO"]),
    ("UBND HUYỆN YÊN SƠN\nPHÒNG GIÁO DỤC VÀ\nĐÀO TẠO", ["UBND HUYỆN YÊN SƠN"], ["PHÒNG GIÁO DỤC VÀ ĐÀO TẠO"]),
    (
        "UBND TỈNH HÀ NAM\nBAN CHỈ ĐẠO\nPHÒNG, CHỐNG THIÊN TAI",
        ["UBND TỈNH HÀ NAM"],
        ["BAN CHỈ ĐẠO PHÒNG, CHỐNG THIÊN TAI"],
    ),
    ("SỞ Y TẾ HÀ NAM\nTRUNG TÂM\nY TẾ HUYỆN LÝ NHÂN", ["SỞ Y TẾ HÀ NAM"], ["TRUNG TÂM Y TẾ HUYỆN LÝ NHÂN"]),
    ("UBND TỈNH X\nSỞ Y TẾ\nTHANH TRA", ["UBND TỈNH X", "SỞ Y TẾ"], ["THANH TRA"]),
    ("SỞ NỘI VỤ - SỞ TÀI CHÍNH", [], ["SỞ NỘI VỤ", "SỞ TÀI CHÍNH"]),
    ("SỞ NỘI VỤ\nSỞ TÀI CHÍNH", [], ["SỞ NỘI VỤ", "SỞ TÀI CHÍNH"]),
    ("SỞ Y TẾ -\nCÔNG ĐOÀN NGÀNH Y TẾ", [], ["SỞ Y TẾ", "CÔNG ĐOÀN NGÀNH Y TẾ"]),
    ("HỘI ĐỒNG\nTHI ĐUA - KHEN THƯỞNG", [], ["HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG"]),
    (
        "LIÊN ĐOÀN LAO ĐỘNG HÀ NAM\nCÔNG ĐOÀN NGÀNH Y TẾ",
        ["LIÊN ĐOÀN LAO ĐỘNG HÀ NAM"],
        ["CÔNG ĐOÀN NGÀNH Y TẾ"],
    ),
    ("TỈNH ỦY HÀ NAM\n*", [], ["TỈNH ỦY HÀ NAM"]),
    ("BAN CHẤP HÀNH\nĐẢNG BỘ TỈNH HÀ NAM", [], ["BAN CHẤP HÀNH ĐẢNG BỘ TỈNH HÀ NAM"]),
    ("BCH ĐOÀN HUYỆN LÝ NHÂN\n***\nĐOÀN TNCS HỒ CHÍ MINH", [], ["BCH ĐOÀN HUYỆN LÝ NHÂN"]),
    ("Người ký: Sở Y tế\nCơ quan: Tỉnh Hà Nam\nThời gian ký: 01.02.2021\nSỞ Y TẾ", [], ["SỞ Y TẾ"]),
    ("DỰ THẢO\nSỞ Y TẾ\nHỎA TỐC", [], ["SỞ Y TẾ"]),
    ("SỞ Y TẾ\nCÔNG VĂN ĐẾN\nSố: 121\nNgày: 3/4/2020", [], ["SỞ Y TẾ"]),
    ("UBND HUYỆN YÊN SƠN -------\nUBND XÃ KIM QUAN", ["UBND HUYỆN YÊN SƠN"], ["UBND XÃ KIM QUAN"]),
    ("UBND HUYỆN YÊN SƠN –\nUBND XÃ KIM QUAN", ["UBND HUYỆN YÊN SƠN"], ["UBND XÃ KIM QUAN"]),
    ("HỘI LHPN TỈNH HÀ NAM\nHỘI LHPN HUYỆN LÝ NHÂN", ["HỘI LHPN TỈNH HÀ NAM"], ["HỘI LHPN HUYỆN LÝ NHÂN"]),
    ("TỔNG CỤC X\nCỤC X TỈNH HÀ NAM", ["TỔNG CỤC X"], ["CỤC X TỈNH HÀ NAM"]),
    ("BỘ QUỐC PHÒNG\nBỘ TƯ LỆNH THỦ ĐÔ", ["BỘ QUỐC PHÒNG"], ["BỘ TƯ LỆNH THỦ ĐÔ"]),
    ("TRƯỜNG CAO ĐẲNG X\nTRƯỜNG MẦM NON HOA SEN", ["TRƯỜNG CAO ĐẲNG X"], ["TRƯỜNG MẦM NON HOA SEN"]),
    ("SỞ Y TẾ VÀ\nSỞ GIÁO DỤC VÀ ĐÀO TẠO", [], ["SỞ Y TẾ", "SỞ GIÁO DỤC VÀ ĐÀO TẠO"]),
    ("SỞ Y TẾ VÀ SỞ NỘI VỤ", [], ["SỞ Y TẾ", "SỞ NỘI VỤ"]),
    ("SỞ Y TẾ,\nSỞ NỘI VỤ", [], ["SỞ Y TẾ", "SỞ NỘI VỤ"]),
    ("VĂN PHÒNG HĐND VÀ\nUBND HUYỆN LÝ NHÂN", [], ["VĂN PHÒNG HĐND VÀ UBND HUYỆN LÝ NHÂN"]),
    ("HỘI ĐỒNG TUYÊN TRUYỀN,\nPHỔ BIẾN PHÁP LUẬT", [], ["HỘI ĐỒNG TUYÊN TRUYỀN, PHỔ BIẾN PHÁP LUẬT"]),
    (
        "CÔNG AN TỈNH HÀ NAM\nTỈNH ĐOÀN HÀ NAM\nSố: 5/KHLT-CAT-TĐTN",
        [],
        ["CÔNG AN TỈNH HÀ NAM", "TỈNH ĐOÀN HÀ NAM"],
    ),
    (
        "CÔNG AN TỈNH HÀ NAM\nCÔNG AN HUYỆN LÝ NHÂN\nSố: 5/KHPH-CAT-CAH",
        ["CÔNG AN TỈNH HÀ NAM"],
        ["CÔNG AN HUYỆN LÝ NHÂN"],
    ),
    (
        "HỘI ĐỒNG NHÂN DÂN\nTỈNH HÀ NAM\nTHƯỜNG TRỰC",
        ["HỘI ĐỒNG NHÂN DÂN TỈNH HÀ NAM"],
        ["THƯỜNG TRỰC"],
    ),
    ("BỘ Y TẾ VÀ MÔI\nTRƯỜNG\nCỤC MÔI TRƯỜNG Y TẾ", ["BỘ Y TẾ VÀ MÔI TRƯỜNG"], ["CỤC MÔI TRƯỜNG Y TẾ"]),
    ("TRUNG TÂM Y TẾ DỰ\nPHÒNG HÀ NAM\nKHOA DƯỢC", ["TRUNG TÂM Y TẾ DỰ PHÒNG HÀ NAM"], ["KHOA DƯỢC"]),
    (
        "UBND HUYỆN MƯỜNG LA\nPHÒNG TÀI CHÍNH -\nKẾ HOẠCH\nSố: 28/KH-PTCKH",
        ["UBND HUYỆN MƯỜNG LA"],
        ["PHÒNG TÀI CHÍNH - KẾ HOẠCH"],
    ),
    (
        "UBND HUYỆN MƯỜNG LA\nPHÒNG TÀI CHÍNH\n- KẾ HOẠCH\nSố: ....../KH-PTCKH",
        ["UBND HUYỆN MƯỜNG LA"],
        ["PHÒNG TÀI CHÍNH - KẾ HOẠCH"],
    ),
    (
        "SỞ XÂY DỰNG\nĐOÀN KIỂM TRA THEO KẾ HOẠCH\nSỐ 12/KH-SXD",
        ["SỞ XÂY DỰNG"],
        ["ĐOÀN KIỂM TRA THEO KẾ HOẠCH SỐ 12/KH-SXD"],
    ),
    ("ỦY BAN NHÂN DÂN\nHUYỆN ĐOAN HÙNG", [], ["ỦY BAN NHÂN DÂN HUYỆN ĐOAN HÙNG"]),
    ("UBND HUYỆN KIÊN HẢI\nPHÒNG NỘI VỤ", ["UBND HUYỆN KIÊN HẢI"], ["PHÒNG NỘI VỤ"]),
    (
        "ỦY BAN NHÂN DÂN\nHUYỆN ĐỒNG VĂN\nPHÒNG TƯ PHÁP",
        ["ỦY BAN NHÂN DÂN HUYỆN ĐỒNG VĂN"],
        ["PHÒNG TƯ PHÁP"],
    ),
    ("SỞ GD&ĐT ĐẮK NÔNG\nTRƯỜNG THPT KIM QUAN", ["SỞ GD&ĐT ĐẮK NÔNG"], ["TRƯỜNG THPT KIM QUAN"]),
    ("UBND XÃ KIM QUAN\nTRƯỜNG THCS LÊ HỒNG\nPHONG", ["UBND XÃ KIM QUAN"], ["TRƯỜNG THCS LÊ HỒNG PHONG"]),
    ("UBND XÃ KIM QUAN\nTRƯỜNG TIỂU HỌC LÊ QUÝ\nĐÔN", ["UBND XÃ KIM QUAN"], ["TRƯỜNG TIỂU HỌC LÊ QUÝ ĐÔN"]),
    ("UBND XÃ KIM QUAN\nTRƯỜNG THCS\nĐOÀN THỊ ĐIỂM", ["UBND XÃ KIM QUAN"], ["TRƯỜNG THCS ĐOÀN THỊ ĐIỂM"]),
    ("UBND XÃ KIM QUAN\nTRƯỜNG\nTRƯƠNG ĐỊNH", ["UBND XÃ KIM QUAN"], ["TRƯỜNG TRƯƠNG ĐỊNH"]),
    ("TRƯỜNG CAO ĐẲNG KIM QUAN\nPHÒNG ĐÀO TẠO", ["TRƯỜNG CAO ĐẲNG KIM QUAN"], ["PHÒNG ĐÀO TẠO"]),
    ("UBND XÃ THƯỢNG HẢI\nPHÒNG KINH TẾ", ["UBND XÃ THƯỢNG HẢI"], ["PHÒNG KINH TẾ"]),
    ("BỘ CHỈ HUY BỘ ĐỘI BIÊN\nPHÒNG TỈNH SƠN LA", [], ["BỘ CHỈ HUY BỘ ĐỘI BIÊN PHÒNG TỈNH SƠN LA"]),
    ("UBND THÀNH PHỐ HẢI\nPHÒNG\nSỞ XÂY DỰNG", ["UBND THÀNH PHỐ HẢI PHÒNG"], ["SỞ XÂY DỰNG"]),
    ("ỦY\nBAN NHÂN DÂN\nTỈNH HÀ NAM", [], ["ỦY BAN NHÂN DÂN TỈNH HÀ NAM"]),
    ("SỞ Y TẾ HÀ NAM\nTRUNG\nTÂM Y TẾ LÝ NHÂN", ["SỞ Y TẾ HÀ NAM"], ["TRUNG TÂM Y TẾ LÝ NHÂN"]),
    ("ỦY BAN\nMẶT TRẬN TỔ QUỐC VIỆT NAM\nXÃ KIM QUAN", [], ["ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM XÃ KIM QUAN"]),
    ("ĐOÀN TNCS HỒ CHÍ MINH\nHUYỆN LÝ NHÂN", [], ["ĐOÀN TNCS HỒ CHÍ MINH HUYỆN LÝ NHÂN"]),
    ("BCH ĐOÀN TNCS HỒ CHÍ MINH XÃ KIM QUAN", [], ["BCH ĐOÀN TNCS HỒ CHÍ MINH XÃ KIM QUAN"]),
    ("Sở Y tế Hà Nam\nTrung tâm Y tế huyện Lý Nhân", ["Sở Y tế Hà Nam"], ["Trung tâm Y tế huyện Lý Nhân"]),
]


@pytest.mark.parametrize(
    ("lines", "parents", "issuers"), BODIES, ids=[b[0].replace("\n", "/") for b in BODIES]
)
def test_bodies(lines: str, parents: list[str], issuers: list[str]) -> None:
    found = read(f"{lines}\n{MOTTO}\n{SLOGAN}")
    assert ([b.value for b in found.parents], [b.value for b in found.issuers]) == (parents, issuers)


@pytest.mark.parametrize("name", ["TÀI CHÍNH -\nKẾ HOẠCH", "TÀI CHÍNH\n- KẾ HOẠCH", "KẾ HOẠCH -\nTÀI CHÍNH"])
def test_number_below_a_name_that_ends_like_a_type(name: str) -> None:
    found = read(f"UBND HUYỆN MƯỜNG LA\nPHÒNG {name}\nSố: 28/KH-PTCKH\n{MOTTO}\n{SLOGAN}")
    assert found.number is not None
    assert found.number.value == "28/KH-PTCKH"


@pytest.mark.parametrize("example", [x for e in load("letterhead_compounds") for x in e["examples"]])
def test_examples_of_compounds(example: str) -> None:
    found = read(f"{example.replace(' / ', chr(10))}\n{MOTTO}")
    assert [body.value for body in found.issuers] == [example.replace(" / ", " ")]


@pytest.mark.parametrize("example", [x for e in load("letterhead_bodies") for x in e["examples"]])
def test_examples_of_bodies(example: str) -> None:
    assert head_kind(example) is not None


def test_bodies_of_columns_beside_the_motto() -> None:
    document = of_columns([("left", "UBND TỈNH SƠN LA\nSỞ XÂY DỰNG"), ("right", f"{MOTTO}\n{SLOGAN}")], TITLE)
    found = read_letterhead(document, find_zones(document))
    assert [document.text[b.start : b.end] for b in found.issuers] == ["SỞ XÂY DỰNG"]


WRAPPED_MOTTOES = [
    "CỘNG HÒA XÃ HỘI\nCHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
    "CỘNG\nHÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc\nlập - Tự do - Hạnh phúc",
    "CỘNG HOÀ XÃ HỘI\nCHỦ NGHĨA\nVIỆT NAM\nĐỘC LẬP - TỰ DO -\nHẠNH PHÚC",
    "ĐẢNG CỘNG SẢN\nVIỆT NAM",
    "ĐOÀN TNCS\nHỒ CHÍ MINH",
]


@pytest.mark.parametrize("motto", WRAPPED_MOTTOES, ids=[m.replace("\n", "/") for m in WRAPPED_MOTTOES])
def test_wrapped_motto_is_no_body(motto: str) -> None:
    found = read(f"ỦY BAN NHÂN DÂN\nTỈNH SƠN LA\n-------\n|\n{motto}\n---------------\n|")
    assert [b.value for b in found.issuers] == ["ỦY BAN NHÂN DÂN TỈNH SƠN LA"]


ROWS = [
    f"UBND XÃ KIM QUAN | {MOTTO} |\nSố: 12/KH-UBND | Kim Quan, ngày 5 tháng 3 năm 2019 |",
    f"| UBND XÃ KIM QUAN |\n| {MOTTO} |\n| Số: 12/KH-UBND | Kim Quan, ngày 5 tháng 3 năm 2019 |",
    f"UBND XÃ KIM QUAN {MOTTO} {SLOGAN} Số: 12/KH-UBND Kim Quan, ngày 5 tháng 3 năm 2019",
    f"UBND XÃ KIM QUAN Số: 12/KH-UBND\n{MOTTO} {SLOGAN} Kim Quan, ngày 5 tháng 3 năm 2019",
]


@pytest.mark.parametrize("lines", ROWS, ids=["bars", "rows of bars", "one line", "one line a side"])
def test_cells_on_one_line(lines: str) -> None:
    found = read(lines)
    assert [b.value for b in found.issuers] == ["UBND XÃ KIM QUAN"]
    assert found.number is not None and found.issued_on is not None and found.place is not None
    assert (found.number.value, found.issued_on.value, found.place.value) == (
        "12/KH-UBND", date(2019, 3, 5), "Kim Quan",
    )  # fmt: skip


# --- number -------------------------------------------------------------------------------------

NUMBERS = [
    ("Số: 412 /KH-UBND", "412/KH-UBND", set()),
    ("Số 59-KH/TU", "59-KH/TU", set()),
    ("Số: 6/KH-THBK", "06/KH-THBK", set()),
    ("Số: 06 /KH - THBK Phường 7, ngày 21 tháng 3 năm 2020", "06/KH-THBK", set()),
    ("Số: 45/KH-THCS NVL Cẩm Lệ, ngày 12 tháng 9 năm 2023", "45/KH-THCSNVL", set()),
    ("Số: 12/KH-UBND TP. Huế, ngày 12 tháng 9 năm 2023", "12/KH-UBND", set()),
    ("SỐ: 12/KH-UBND", "12/KH-UBND", set()),
    ("Số:\n12/KH-UBND", "12/KH-UBND", set()),
    ("12/KH-UBND", "12/KH-UBND", set()),
    ("Số:        /KH-UBND", None, {"blank-number"}),
    ("Số: ………/KH-SNV", None, {"blank-number"}),
    ("Số   -KH/TU", None, {"blank-number"}),
    ("Số: 285/KH-\nSYT", "285/KH-SYT", set()),
    ("Số: 285/KH\n-SYT", "285/KH-SYT", set()),
    ("Số: 285\n/KH-SYT", "285/KH-SYT", set()),
    ("Số:\n285\n/KH-SYT", "285/KH-SYT", set()),
    ("Số: 285/KH-SYT-\nNVY", "285/KH-SYT-NVY", set()),
    ("Số: 285\nKH-SYT", "285/KH-SYT", {"malformed-number"}),
    ("Số: 1.285/KH-SYT", "1285/KH-SYT", set()),
    ("Số: 27 KH/HĐTN", "27-KH/HĐTN", {"malformed-number"}),
    ("Số: 12/KH", "12/KH", {"malformed-number"}),
    ("Số: 15/KH/UBND", "15/KH/UBND", {"malformed-number"}),
    ("ĐẾN\nSố: 1234\nNgày: 2/3/2020\nSố: 12/KH-SYT", "12/KH-SYT", {"other-number"}),
    ("Số: 12/KH-SYT\nCÔNG VĂN ĐẾN\nSố: 1234", "12/KH-SYT", {"other-number"}),
    ("ĐẾN Số: 1234\nSố: 12/KH-SYT", "12/KH-SYT", {"other-number"}),
    ("CÔNG VĂN ĐẾN\nSố: 1234", None, {"other-number"}),
    ("Số: 88/QĐ-UBND\nSố: 12/KH-UBND", "12/KH-UBND", {"other-number"}),
    ("SỞ Y TẾ", None, {"no-number"}),
]


@pytest.mark.parametrize(
    ("line", "number", "wanted"), NUMBERS, ids=[n[0].replace("\n", "/") for n in NUMBERS]
)
def test_number(line: str, number: str | None, wanted: set[str]) -> None:
    found = read(f"SỞ Y TẾ\n{MOTTO}\n{line}")
    assert (found.number.value if found.number else None) == number
    assert [body.value for body in found.issuers] == ["SỞ Y TẾ"]
    assert codes(found) - {"no-date", "blank-date"} == wanted
    assert found.number_blank == ("blank-number" in wanted)


def test_date_line_broken_beside_the_number() -> None:
    found = read(f"SỞ Y TẾ {MOTTO}\nSố: 12/KH-SYT Sơn La, ngày\n05 tháng 3 năm 2022")
    assert found.issued_on is not None and found.place is not None
    assert (found.issued_on.value, found.place.value) == (date(2022, 3, 5), "Sơn La")


def test_parts_of_the_number() -> None:
    found = read("Số: 07 /KH-SYT")
    assert found.number is not None and found.number_no is not None and found.notation is not None
    assert (found.number.value, found.number_no.value, found.notation.value) == ("07/KH-SYT", 7, "KH-SYT")
    assert found.number_text is not None
    assert found.number_text.value == "Số: 07 /KH-SYT"


def test_blank_number_keeps_its_notation() -> None:
    found = read("Số:      /KH-SYT")
    assert found.notation is not None
    assert (found.notation.value, found.number, found.number_no) == ("KH-SYT", None, None)


def test_plan_that_names_the_decision_that_carries_it() -> None:
    document = of_lines(
        "KẾ HOẠCH\nTổ chức hội thi\n(Ban hành kèm theo Quyết định số 12/QĐ-SYT ngày 1/2/2020)\nI. NỘI DUNG"
    )
    found = read_letterhead(document, find_zones(document))
    assert found.number is not None
    assert found.number.value == "12/QĐ-SYT"
    assert "number-of-decision" in codes(found)


# --- date line ----------------------------------------------------------------------------------

DATES = [
    ("Sơn La, ngày 07 tháng 02 năm 2024", date(2024, 2, 7), 2024, "Sơn La"),
    ("Sơn La, ngày25 tháng 3 năm2019", date(2019, 3, 25), 2019, "Sơn La"),
    ("Sơn La ngày 5 tháng 3 năm 2019", date(2019, 3, 5), 2019, "Sơn La"),
    ("Sơn La, ngày 12/4/2023", date(2023, 4, 12), 2023, "Sơn La"),
    ("Sơn La, ngày 12-4-2023", date(2023, 4, 12), 2023, "Sơn La"),
    ("Sơn La, 12/4/2023", date(2023, 4, 12), 2023, "Sơn La"),
    ("TP. Hồ Chí Minh, ngày 12 tháng 4 năm 2023", date(2023, 4, 12), 2023, "TP. Hồ Chí Minh"),
    ("Phường 5, ngày 2 tháng 4 năm 2023", date(2023, 4, 2), 2023, "Phường 5"),
    ("Bà Rịa - Vũng Tàu, ngày 2 tháng 4 năm 2023", date(2023, 4, 2), 2023, "Bà Rịa - Vũng Tàu"),
    ("Thành phố Hồ Chí Minh, ngày 2 tháng 4 năm 2023", date(2023, 4, 2), 2023, "Thành phố Hồ Chí Minh"),
    ("Thị xã Sơn Tây, ngày 2 tháng 4 năm 2023", date(2023, 4, 2), 2023, "Thị xã Sơn Tây"),
    ("thị trấn Yên Châu, ngày 2 tháng 4 năm 2023", date(2023, 4, 2), 2023, "thị trấn Yên Châu"),
    ("Huyện Yên Châu, ngày 2 tháng 4 năm 2023", date(2023, 4, 2), 2023, "Huyện Yên Châu"),
    ("Đặc khu Côn Đảo, ngày 2 tháng 9 năm 2025", date(2025, 9, 2), 2025, "Đặc khu Côn Đảo"),
    ("TP.HCM, ngày 2 tháng 4 năm 2023", date(2023, 4, 2), 2023, "TP.HCM"),
    ("Q.3, ngày 2 tháng 4 năm 2023", date(2023, 4, 2), 2023, "Q.3"),
    (
        "Xã Chiềng Pha, huyện Thuận Châu, ngày 2/4/2023",
        date(2023, 4, 2),
        2023,
        "Xã Chiềng Pha, huyện Thuận Châu",
    ),
    ("SƠN LA, ngày 2 tháng 4 năm 2023", date(2023, 4, 2), 2023, "Sơn La"),
    ("Sơn\nLa, ngày 2 tháng 4 năm 2023", date(2023, 4, 2), 2023, "Sơn La"),
    ("Thành phố\nHồ Chí Minh, ngày 2 tháng 4 năm 2023", date(2023, 4, 2), 2023, "Thành phố Hồ Chí Minh"),
    ("Kim\nQuan, ngày 2 tháng 4 năm 2023", date(2023, 4, 2), 2023, "Kim Quan"),
    ("Sơn La, ngày 12 tháng 4 năm\n2023", date(2023, 4, 12), 2023, "Sơn La"),
    ("Sơn La, ngày\n12 tháng 4 năm 2023", date(2023, 4, 12), 2023, "Sơn La"),
    ("Sơn La, 12 tháng 4 năm 2023", date(2023, 4, 12), 2023, "Sơn La"),
    ("Sơn La, ngày 1 2 tháng 0 4 năm 2 023", date(2023, 4, 12), 2023, "Sơn La"),
    ("Sơn La,\nngày 12\ntháng 4 năm 2023", date(2023, 4, 12), 2023, "Sơn La"),
    ("Sơn La, ngày 12\n|\ntháng 4\nnăm 2023", date(2023, 4, 12), 2023, "Sơn La"),
    ("Đắk R'lấp, ngày 2 tháng 4 năm 2023", date(2023, 4, 2), 2023, "Đắk R'lấp"),
    ("Sơn La, ngày 12\ntháng 4 năm 2023", date(2023, 4, 12), 2023, "Sơn La"),
    ("Sơn La,\nngày 12 tháng 4 năm 2023", date(2023, 4, 12), 2023, "Sơn La"),
    ("Sơn La, ngày     tháng 4 năm 2023", None, 2023, "Sơn La"),
    ("Sơn La, ngày … tháng … năm 2023", None, 2023, "Sơn La"),
    ("Sơn La, ngày ..../..../2023", None, 2023, "Sơn La"),
    ("Sơn La, ngày   tháng   năm 20", None, None, "Sơn La"),
    ("Sơn La, ngày 31 tháng 2 năm 2023", None, 2023, "Sơn La"),
    ("Sơn La, ngày 12 tháng 13 năm 2023", None, 2023, "Sơn La"),
    ("Sơn La, ngày 12 tháng 3 năm 20233", None, None, "Sơn La"),
    ("ngày 12 tháng 3 năm 2023", date(2023, 3, 12), 2023, None),
]


@pytest.mark.parametrize(
    ("line", "day", "year", "place"), DATES, ids=[d[0].replace("\n", "/") for d in DATES]
)
def test_date_line(line: str, day: date | None, year: int | None, place: str | None) -> None:
    found = read(f"SỞ Y TẾ\n{MOTTO}\n{SLOGAN}\n{line}")
    assert (found.issued_on.value if found.issued_on else None) == day
    assert (found.issued_year.value if found.issued_year else None) == year
    assert (found.place.value if found.place else None) == place


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("Sơn La, ngày 31 tháng 2 năm 2023", "bad-date"),
        ("Sơn La, ngày    tháng 2 năm 2023", "blank-date"),
        ("SỞ Y TẾ", "no-date"),
    ],
)
def test_date_diagnostics(line: str, code: str) -> None:
    assert code in codes(read(line))


@pytest.mark.parametrize(
    "line", ["Thứ Hai, ngày 2 tháng 4 năm 2023", "Ban hành ngày 2 tháng 4 năm 2023", "SỞ Y TẾ ngày 2/4/2023"]
)
def test_no_date_line(line: str) -> None:
    assert not is_date_line(line)


def test_stamp_date_is_not_the_documents() -> None:
    assert read("ĐẾN\nSố: 12\nNgày: 12/3/2020\nChuyển:").issued_on is None


def test_electronic_signature_time_is_not_the_documents() -> None:
    assert read("Thời gian ký: ngày 12 tháng 3 năm 2020\nSỞ Y TẾ").issued_on is None


def test_date_at_the_foot() -> None:
    document = of_lines(
        "KẾ HOẠCH\nTổ chức hội thi\nI. NỘI DUNG\nabc\nHà Nam, ngày 3 tháng 4 năm 2020\nHIỆU TRƯỞNG\nLê Văn An"
    )
    found = read_letterhead(document, find_zones(document))
    assert found.issued_on is not None and found.place is not None
    assert (found.issued_on.value, found.place.value, found.issued_on.rule) == (
        date(2020, 4, 3), "Hà Nam", "date-line-at-foot",
    )  # fmt: skip


# --- marks --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "secrecy", "urgency"),
    [
        ("MẬT", "MẬT", None),
        ("TỐI MẬT", "TỐI MẬT", None),
        ("HỎA TỐC", None, "HỎA TỐC"),
        ("THƯỢNG KHẨN", None, "THƯỢNG KHẨN"),
        ("Độ mật: MẬT", "MẬT", None),
        ("BẢO MẬT THÔNG TIN", None, None),
    ],
)
def test_marks(line: str, secrecy: str | None, urgency: str | None) -> None:
    found = read(f"SỞ Y TẾ\n{MOTTO}\n{line}")
    assert (found.secrecy.value if found.secrecy else None) == secrecy
    assert (found.urgency.value if found.urgency else None) == urgency


@pytest.mark.parametrize(
    ("head", "form"),
    [
        ("TỈNH ỦY HÀ NAM\nĐẢNG CỘNG SẢN VIỆT NAM", "party"),
        ("TRƯỜNG CHÍNH TRỊ\nSố 12-KH/TCT", "party"),
        (f"SỞ Y TẾ\n{MOTTO}\nSố: 12/KH-SYT", "administrative"),
    ],
)
def test_form(head: str, form: str) -> None:
    assert read(head).form == form


@given(
    st.lists(
        st.one_of(st.text(max_size=50), st.sampled_from([n[0] for n in NUMBERS] + [d[0] for d in DATES])),
        max_size=8,
    )
)
@settings(max_examples=200, deadline=None)
def test_never_raises(lines: list[str]) -> None:
    read("\n".join(lines))
