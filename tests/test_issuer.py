"""The issuing body in full: where it is named, what completes it, of which territory it is."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.document import Document
from extractors.issuer import Issuer, read_issuer
from extractors.issuer_place import is_kind, territory_in, territory_of_place
from extractors.letterhead import read_letterhead
from extractors.rulebook import load
from extractors.signature import read_signature
from extractors.zones import find_zones
from tests.zone_documents import MOTTO, SLOGAN, of_lines

TITLE = "KẾ HOẠCH\nTổ chức hội thi\nI. NỘI DUNG\nCác đơn vị tổ chức thực hiện./."


def read(document: Document) -> Issuer:
    zones = find_zones(document)
    letterhead = read_letterhead(document, zones)
    signature = read_signature(document, zones, [body.value for body in letterhead.issuers])
    found = read_issuer(document, zones, letterhead, signature)
    for value in (found.name, found.parent, found.province):
        assert value is None or document.text[value.start : value.end].strip()
    return found


def name(found: Issuer) -> str | None:
    return found.name.value if found.name else None


LETTERHEADS = [
    ("UBND TỈNH SƠN LA\nSỞ XÂY DỰNG", "Sơn La", "Sở Xây dựng tỉnh Sơn La", "Sơn La"),
    ("ỦY BAN NHÂN DÂN\nTỈNH SƠN LA", "Sơn La", "Ủy ban nhân dân tỉnh Sơn La", "Sơn La"),
    ("UBND TỈNH SƠN LA\nVĂN PHÒNG", "Sơn La", "Văn phòng Ủy ban nhân dân tỉnh Sơn La", "Sơn La"),
    ("SỞ Y TẾ SƠN LA\nTHANH TRA", "Sơn La", "Thanh tra Sở Y tế tỉnh Sơn La", "Sơn La"),
    ("UBND TỈNH SƠN LA\nSỞ Y TẾ\nTHANH TRA", "Sơn La", "Thanh tra Sở Y tế tỉnh Sơn La", "Sơn La"),
    ("UBND HUYỆN MƯỜNG LA\nPHÒNG NỘI VỤ", "Mường La", "Phòng Nội vụ huyện Mường La", "Sơn La"),
    ("ỦY BAN NHÂN DÂN\nHUYỆN MƯỜNG LA", "Mường La", "Ủy ban nhân dân huyện Mường La", "Sơn La"),
    ("SỞ NỘI VỤ - SỞ TÀI CHÍNH", "Sơn La", "Sở Nội vụ tỉnh Sơn La và Sở Tài chính tỉnh Sơn La", "Sơn La"),
    (
        "SỞ Y TẾ -\nCÔNG ĐOÀN NGÀNH",
        "Sơn La",
        "Sở Y tế tỉnh Sơn La và Công đoàn ngành Y tế tỉnh Sơn La",
        "Sơn La",
    ),
    ("SỞ GDĐT SƠN LA\nTRƯỜNG THPT TÔ HIỆU", "Sơn La", "Trường Trung học phổ thông Tô Hiệu", "Sơn La"),
    (
        "TRƯỜNG THCS CHU VĂN AN\nTỔ TOÁN - TIN",
        "Sơn La",
        "Tổ Toán - Tin Trường Trung học cơ sở Chu Văn An",
        "Sơn La",
    ),
    ("TỈNH ỦY SƠN LA\nTRƯỜNG CHÍNH TRỊ", "Sơn La", "Trường Chính trị tỉnh Sơn La", "Sơn La"),
    (
        "LIÊN ĐOÀN LAO ĐỘNG SƠN LA\nCÔNG ĐOÀN NGÀNH GIÁO DỤC",
        "Sơn La",
        "Công đoàn ngành Giáo dục tỉnh Sơn La",
        "Sơn La",
    ),
    (
        "UBND TỈNH SƠN LA\nBAN CHỈ ĐẠO\nPHÒNG, CHỐNG DỊCH",
        "Sơn La",
        "Ban Chỉ đạo phòng, chống dịch tỉnh Sơn La",
        "Sơn La",
    ),
    ("ỦY BAN NHÂN DÂN\nXÃ THANH LÂM", "Thanh Lâm", "Ủy ban nhân dân xã Thanh Lâm", None),
    ("ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HÀ NỘI", "Hà Nội", "Ủy ban nhân dân thành phố Hà Nội", "Hà Nội"),
    ("BỘ NỘI VỤ", "Hà Nội", "Bộ Nội vụ", None),
    ("UBND HUYỆN LỤC NGẠN\nUBND XÃ TÂN SƠN", "Tân Sơn", "Ủy ban nhân dân xã Tân Sơn", "Bắc Giang"),
    ("ỦY BAN NHÂN DÂN\nXÃ SƠN LA", "Sơn La", "Ủy ban nhân dân xã Sơn La", None),
    ("UBND HUYỆN MAI SƠN\nTRƯỜNG MẦM NON HÒA BÌNH", "Hòa Bình", "Trường Mầm non Hòa Bình", "Sơn La"),
    ("TRƯỜNG TIỂU HỌC TÂN LẬP", "Tân Sơn", "Trường Tiểu học Tân Lập", None),
    (
        "CÔNG ĐOÀN GIÁO DỤC HUYỆN ĐAN PHƯỢNG\nCÔNG ĐOÀN TRƯỜNG TIỂU HỌC TÂN LẬP",
        "Đan Phượng",
        "Công đoàn Trường Tiểu học Tân Lập",
        "Hà Nội",
    ),
    (
        "HỘI ĐỒNG NHÂN DÂN\nTỈNH BÌNH ĐỊNH\nBAN PHÁP CHẾ",
        "Bình Định",
        "Ban Pháp chế Hội đồng nhân dân tỉnh Bình Định",
        "Bình Định",
    ),
    (
        "HỘI ĐỒNG NHÂN DÂN\nTỈNH BÌNH ĐỊNH\nTHƯỜNG TRỰC",
        "Bình Định",
        "Thường trực Hội đồng nhân dân tỉnh Bình Định",
        "Bình Định",
    ),
    ("BỘ TÀI CHÍNH\nCỤC TIN HỌC", "Hà Nội", "Cục Tin học", None),
    (
        "NGÂN HÀNG NHÀ NƯỚC VIỆT NAM\nCHI NHÁNH TỈNH SƠN LA",
        "Sơn La",
        "Ngân hàng Nhà nước Việt Nam Chi nhánh tỉnh Sơn La",
        "Sơn La",
    ),
    ("BỘ TÀI CHÍNH\nVĂN PHÒNG", "Hà Nội", "Văn phòng Bộ Tài chính", None),
    ("TỔNG CỤC THUẾ\nCỤC THUẾ", "Sơn La", "Cục Thuế tỉnh Sơn La", "Sơn La"),
    ("TỔNG CỤC THUẾ\nCỤC THUẾ TỈNH SƠN LA", "Sơn La", "Cục Thuế tỉnh Sơn La", "Sơn La"),
    (
        "HỘI NÔNG DÂN VIỆT NAM\nBAN CHẤP HÀNH TỈNH SƠN LA",
        "Sơn La",
        "Ban Chấp hành Hội Nông dân tỉnh Sơn La",
        "Sơn La",
    ),
    (
        "BCH HUYỆN MƯỜNG LA\nĐOÀN TNCS HỒ CHÍ MINH",
        "Mường La",
        "Ban Chấp hành Đoàn huyện Mường La",
        "Sơn La",
    ),
    ("ỦY BAN NHÂN DÂN\nĐẶC KHU CÔ TÔ", "Cô Tô", "Ủy ban nhân dân đặc khu Cô Tô", "Quảng Ninh"),
    ("UBND TỈNH SƠN LA\nBAN DÂN TỘC", "Sơn La", "Ban Dân tộc tỉnh Sơn La", "Sơn La"),
    ("UBND HUYỆN\nPHÒNG NỘI VỤ", "Mường La", "Phòng Nội vụ huyện Mường La", "Sơn La"),
    ("UBND THÀNH PHỐ\nPHÒNG NỘI VỤ", "Yên Bái", "Phòng Nội vụ thành phố Yên Bái", "Yên Bái"),
    ("UBND TỈNH\nVĂN PHÒNG", "Sơn La", "Văn phòng Ủy ban nhân dân tỉnh Sơn La", "Sơn La"),
    ("HUYỆN ỦY\nBAN TỔ CHỨC - KIỂM TRA", "Mường La", "Ban Tổ chức - Kiểm tra Huyện ủy Mường La", "Sơn La"),
    ("ĐẢNG ỦY XÃ\nCHI BỘ QUÂN SỰ", "Đồng Xanh", "Chi bộ Quân sự xã Đồng Xanh", None),
    ("UBND XÃ\nĐỘI BÌNH", "Đội Bình", "Ủy ban nhân dân xã Đội Bình", None),
    ("UBND XÃ TÂN SƠN,\nTỈNH SƠN LA", "Tân Sơn", "Ủy ban nhân dân xã Tân Sơn", "Sơn La"),
    ("UBND XÃ TÂN SƠN\nHUYỆN MAI SƠN, TỈNH SƠN LA", "Tân Sơn", "Ủy ban nhân dân xã Tân Sơn", "Sơn La"),
    ("TRUNG ƯƠNG HỘI\nNGƯỜI CAO TUỔI VIỆT NAM", "Hà Nội", "Trung ương Hội Người cao tuổi Việt Nam", None),
    (
        "TRUNG ƯƠNG ĐOÀN TNCS HỒ CHÍ MINH",
        "Hà Nội",
        "Trung ương Đoàn Thanh niên Cộng sản Hồ Chí Minh",
        None,
    ),
    ("Số hiệu 5/KH-UBND\nUBND TỈNH SƠN LA\nSỞ XÂY DỰNG", "Sơn La", "Sở Xây dựng tỉnh Sơn La", "Sơn La"),
]


@pytest.mark.parametrize(
    ("head", "place", "issuer", "province"), LETTERHEADS, ids=[x[0].replace("\n", "/") for x in LETTERHEADS]
)
def test_issuer_of_the_letterhead(head: str, place: str, issuer: str, province: str | None) -> None:
    found = read(of_lines(f"{head}\n{MOTTO}\n{SLOGAN}\n{place}, ngày 5 tháng 3 năm 2020\n{TITLE}"))
    assert (name(found), found.source) == (issuer, "letterhead")
    assert (found.province.value if found.province else None) == province


PROVINCES_THEN = [
    ("UBND TỈNH THỪA THIÊN HUẾ\nSỞ XÂY DỰNG", "5 tháng 3 năm 2020", "Sở Xây dựng tỉnh Thừa Thiên Huế"),
    ("UBND TỈNH THỪA THIÊN HUẾ\nSỞ XÂY DỰNG", "... tháng 3 năm 2020", "Sở Xây dựng tỉnh Thừa Thiên Huế"),
    ("UBND THÀNH PHỐ HUẾ\nSỞ XÂY DỰNG", "5 tháng 3 năm 2025", "Sở Xây dựng thành phố Huế"),
    ("SỞ XÂY DỰNG HUẾ\nTHANH TRA", "5 tháng 3 năm 2025", "Thanh tra Sở Xây dựng thành phố Huế"),
    ("UBND THÀNH PHỐ HUẾ\nPHÒNG NỘI VỤ", "5 tháng 3 năm 2020", "Phòng Nội vụ thành phố Huế"),
]


@pytest.mark.parametrize(("head", "day", "issuer"), PROVINCES_THEN)
def test_province_has_the_name_and_kind_of_the_day(head: str, day: str, issuer: str) -> None:
    found = read(of_lines(f"{head}\n{MOTTO}\n{SLOGAN}\nHuế, ngày {day}\n{TITLE}"))
    assert name(found) == issuer


@pytest.mark.parametrize(
    ("issued", "province"),
    [
        ("ĐẶC KHU PHÚ QUỐC|Phú Quốc, ngày 5 tháng 9 năm 2025", "An Giang"),
        ("THÀNH PHỐ PHÚ QUỐC|Phú Quốc, ngày 5 tháng 9 năm 2024", "Kiên Giang"),
        ("HUYỆN GÒ QUAO, TỈNH KIÊN GIANG|Gò Quao, ngày 5 tháng 9 năm 2025", "Kiên Giang"),
    ],
)
def test_a_district_that_has_ended_lies_in_the_heir_of_its_province(issued: str, province: str) -> None:
    text = f"ỦY BAN NHÂN DÂN\n{issued}\n{TITLE}".replace("|", f"\n{MOTTO}\n{SLOGAN}\n")
    found = read(of_lines(text))
    assert (found.province.value if found.province else None) == province


def test_the_central_committee_beside_the_union_is_the_unions() -> None:
    text = f"BAN CHẤP HÀNH TRUNG ƯƠNG\n***\nĐOÀN TNCS HỒ CHÍ MINH\nHà Nội, ngày 5 tháng 3 năm 2020\n{TITLE}"
    assert name(read(of_lines(text))) == "Ban Chấp hành Trung ương Đoàn Thanh niên Cộng sản Hồ Chí Minh"


@pytest.mark.parametrize(("day", "level"), [("2020", "district"), ("2025", "province")])
def test_a_city_is_a_province_from_its_day_on(day: str, level: str) -> None:
    found = read(of_lines(f"UBND THÀNH PHỐ HUẾ\n{MOTTO}\n{SLOGAN}\nHuế, ngày 5 tháng 3 năm {day}\n{TITLE}"))
    assert found.level == level


@pytest.mark.parametrize(
    ("kind", "example"), [(e["kind"], x) for e in load("issuer_kinds") for x in e["examples"]]
)
def test_examples_of_kinds(kind: str, example: str) -> None:
    assert is_kind(kind, example)


def test_parent_in_full() -> None:
    found = read(of_lines(f"UBND TỈNH SƠN LA\nSỞ XÂY DỰNG\n{MOTTO}\n{TITLE}"))
    assert found.parent is not None
    assert found.parent.value == "Ủy ban nhân dân tỉnh Sơn La"
    assert (found.place, found.level, found.context.issuer) == (
        "tỉnh Sơn La",
        "department",
        "Sở Xây dựng tỉnh Sơn La",
    )


SENTENCES = [
    (
        "Thực hiện Kế hoạch số 5/KH-UBND của UBND tỉnh Sơn La, Sở Xây dựng ban hành Kế hoạch như sau:",
        "Sở Xây dựng tỉnh Sơn La",
    ),
    (
        "Căn cứ Luật; Ủy ban nhân dân tỉnh Sơn La xây dựng Kế hoạch tổ chức hội thi năm 2024, như sau:",
        "Ủy ban nhân dân tỉnh Sơn La",
    ),
    (
        "Năm 2023 Trường Chính trị tỉnh Sơn La xây dựng kế hoạch hoạt động cụ thể như sau:",
        "Trường Chính trị tỉnh Sơn La",
    ),
    ("Để tổ chức tốt, UBND huyện Mường La xây dựng kế hoạch như sau:", "Ủy ban nhân dân huyện Mường La"),
    (
        "Thực hiện công văn số 12, Sở Văn hóa, Thể thao và Du lịch tỉnh Sơn La tổ chức thực hiện như sau:",
        "Sở Văn hóa, Thể thao và Du lịch tỉnh Sơn La",
    ),
    (
        "Hội đồng Thi đua tỉnh Sơn La ban hành Kế hoạch triển khai, tổ chức, thực hiện Chỉ thị số 4/CT-UBND:",
        "Hội đồng Thi đua tỉnh Sơn La",
    ),
    (
        "Ban Chấp hành Thành đoàn Đà Nẵng ban hành Kế hoạch như sau:",
        "Ban Chấp hành Thành đoàn Đà Nẵng",
    ),
    ("Sở Y tế tỉnh Sơn La phối hợp với Sở Tài chính xây dựng kế hoạch như sau:", "Sở Y tế tỉnh Sơn La"),
]


@pytest.mark.parametrize(("sentence", "issuer"), SENTENCES, ids=[s[1] for s in SENTENCES])
def test_issuer_of_the_adopting_sentence(sentence: str, issuer: str) -> None:
    found = read(of_lines(f"KẾ HOẠCH\nTổ chức hội thi\n{sentence}\nI. NỘI DUNG\nabc"))
    assert (name(found), found.source) == (issuer, "preamble")


@pytest.mark.parametrize(
    ("text", "issuer", "source"),
    [
        (
            f"{TITLE}\nTM. ỦY BAN NHÂN DÂN TỈNH SƠN LA\nCHỦ TỊCH\nLê Văn An",
            "Ủy ban nhân dân tỉnh Sơn La",
            "signature",
        ),
        (f"{TITLE}\nGIÁM ĐỐC SỞ XÂY DỰNG SƠN LA\nLê Văn An", "Sở Xây dựng tỉnh Sơn La", "signature"),
        (
            "KẾ HOẠCH\nKiểm soát thủ tục năm 2016 của Sở Xây dựng tỉnh Sơn La\nI. NỘI DUNG\nabc",
            "Sở Xây dựng tỉnh Sơn La",
            "title",
        ),
        (f"Số: 5/KH-SXD\nSơn La, ngày 5 tháng 3 năm 2020\n{TITLE}", "Sở Xây dựng tỉnh Sơn La", "symbol"),
        (TITLE, None, None),
        (
            "KẾ HOẠCH\nThực hiện Chỉ thị số 5/CT-UBND của Ủy ban nhân dân tỉnh Sơn La\nI. NỘI DUNG\nabc",
            None,
            None,
        ),
    ],
    ids=["authority", "post", "title", "symbol", "none", "title that cites"],
)
def test_further_sources(text: str, issuer: str | None, source: str | None) -> None:
    found = read(of_lines(text))
    assert (name(found), found.source) == (issuer, source)


@pytest.mark.parametrize(
    ("place", "said", "issuer"),
    [
        ("An Khê", "Ủy ban nhân dân thị xã An Khê xây dựng", "Ủy ban nhân dân thị xã An Khê"),
        ("An Khê", "UBND thị xã xây dựng", "Ủy ban nhân dân thị xã An Khê"),
        ("Tân Bình", "UBND xã ban hành", "Ủy ban nhân dân xã Tân Bình"),
        ("Pleiku", "UBND tỉnh Gia Lai ban hành", "Ủy ban nhân dân tỉnh Gia Lai"),
    ],
)
def test_a_body_named_without_its_place_tells_it_where_it_speaks(place: str, said: str, issuer: str) -> None:
    head = f"ỦY BAN NHÂN DÂN\nSố: 8/KH-UBND\n{place}, ngày 5 tháng 3 năm 2019\nKẾ HOẠCH\nTrồng cây năm 2019\n"
    base = "Căn cứ Kế hoạch số 9/KH-UBND ngày 04/9/2018 của UBND tỉnh Gia Lai về trồng cây.\n"
    text = f"{head}{base}{said} Kế hoạch trên địa bàn tỉnh Gia Lai như sau:\nI. NỘI DUNG\n1. Trồng cây.\n"
    found = read(of_lines(text))
    assert found.province is not None
    assert (name(found), found.province.value) == (issuer, "Gia Lai")


def test_committee_of_nowhere_is_no_issuer() -> None:
    found = read(of_lines(f"{TITLE}\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nLê Văn An"))
    assert found.name is None
    assert "issuer-without-place" in {f.code for f in found.diagnostics}


def test_inference_is_said() -> None:
    found = read(of_lines(f"{TITLE}\nGIÁM ĐỐC SỞ XÂY DỰNG SƠN LA\nLê Văn An"))
    assert "issuer-inferred" in {f.code for f in found.diagnostics}


@pytest.mark.parametrize(
    ("text", "place", "level"),
    [
        ("Ủy ban nhân dân tỉnh Sơn La", "tỉnh Sơn La", "province"),
        ("UBND thành phố Hà Nội", "thành phố Hà Nội", "province"),
        ("Phòng GD - ĐT TP Sơn La", "thành phố Sơn La", "district"),
        ("trên địa bàn huyện Mường La năm 2021", "huyện Mường La", "district"),
        ("Ủy ban nhân dân xã Thanh Lâm", "xã Thanh Lâm", "commune"),
        ("UBND Phường 5", "phường 5", "commune"),
        ("UBND thị xã Quảng Yên", "thị xã Quảng Yên", "district"),
        ("UBND các xã, thị trấn", None, None),
        ("Các đơn vị", None, None),
    ],
)
def test_territory(text: str, place: str | None, level: str | None) -> None:
    found = territory_in(text)
    assert (found.place if found else None, found.level if found else None) == (place, level)


@pytest.mark.parametrize(
    ("place", "province"),
    [("Sơn La", "Sơn La"), ("TP. Hồ Chí Minh", "Hồ Chí Minh"), ("Mường La", "Sơn La"), ("Phường 5", None)],
)
def test_province_of_the_place_of_a_date_line(place: str, province: str | None) -> None:
    found = territory_of_place(place)
    assert (found.province.name if found and found.province else None) == province


PIECES = (
    [x[0] for x in LETTERHEADS] + [x[0] for x in SENTENCES] + [TITLE, MOTTO, "Số: 5/KH-SXD", "TM. UBND XÃ"]
)


@given(st.lists(st.one_of(st.text(max_size=60), st.sampled_from(PIECES)), max_size=8))
@settings(max_examples=150, deadline=None)
def test_never_raises(lines: list[str]) -> None:
    read(of_lines("\n".join(lines)))


@pytest.mark.parametrize(
    "text", ["phối hợp với Sở " * 3000 + "xây dựng", "Sở Y tế, " * 5000 + "ban hành kế hoạch"]
)
def test_hostile_preamble(text: str) -> None:
    read(of_lines(f"KẾ HOẠCH\nTổ chức hội thi\n{text}\nI. NỘI DUNG"))


ACCEPTANCE = os.environ.get("KEHOACH_ACCEPTANCE")


@pytest.mark.skipif(not ACCEPTANCE, reason="KEHOACH_ACCEPTANCE is not set")
def test_real_plans_have_an_issuer_and_a_province() -> None:
    for path in sorted(Path(str(ACCEPTANCE), "plans").glob("*.txt")):
        found = read(of_lines(path.read_text(encoding="utf-8").replace("**", "")))
        assert found.name is not None, path.name
        assert found.province is not None, path.name
