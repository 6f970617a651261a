"""Type and title: joined lines, no type, no brackets, capitals in sentence case."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.building import DocumentBuilder, RawLine, RawParagraph
from extractors.document import Document, Style
from extractors.numbers import parse_symbol
from extractors.rulebook import load
from extractors.title import Title, read_title
from extractors.title_case import title_case
from extractors.vietnamese.letters import squeeze
from extractors.zones import find_zones
from tests.zone_documents import MOTTO, of_lines

BASES = "Căn cứ Luật Xây dựng ngày 18/6/2014;\nSở Xây dựng ban hành Kế hoạch như sau:\nI. MỤC ĐÍCH\nabc"


def read(document: Document) -> Title:
    found = read_title(document, find_zones(document))
    if found.title is not None:
        printed = squeeze(document.text[found.title.start : found.title.end]).casefold()
        assert found.title.value.casefold()[-12:] in printed
    return found


TITLES = [
    ("KẾ HOẠCH\nKiểm tra chất lượng công trình năm 2022", "Kiểm tra chất lượng công trình năm 2022"),
    ("KẾ HOẠCH\nKiểm tra chất lượng\ncông trình năm 2022", "Kiểm tra chất lượng công trình năm 2022"),
    (
        "KẾ HOẠCH\nKiểm tra chất lượng công trình trên địa bàn\nTỉnh năm 2022",
        "Kiểm tra chất lượng công trình trên địa bàn Tỉnh năm 2022",
    ),
    ("KẾ HOẠCH\nKiểm tra công trình\nNăm 2022", "Kiểm tra công trình Năm 2022"),
    (
        "KẾ HOẠCH\nTriển khai Nghị quyết số 5-NQ/TU ngày 02/3/2022\nCủa Ban Thường vụ Tỉnh ủy\nĐến năm 2030",
        "Triển khai Nghị quyết số 5-NQ/TU ngày 02/3/2022 Của Ban Thường vụ Tỉnh ủy Đến năm 2030",
    ),
    ("KẾ HOẠCH\nDạy học hai buổi\nNăm học 2022 - 2023", "Dạy học hai buổi Năm học 2022 - 2023"),
    ("KẾ HOẠCH\nKiểm tra công trình\n(Giai đoạn 1)", "Kiểm tra công trình"),
    ("KẾ HOẠCH\nKiểm tra chất lượng công trình năm\n2022", "Kiểm tra chất lượng công trình năm 2022"),
    ("KẾ HOẠCH\nKiểm tra chất lượng công trình tháng\n4", "Kiểm tra chất lượng công trình tháng 4"),
    ("KẾ HOẠCH\nPhát triển đô thị giai đoạn 2021 -\n2025", "Phát triển đô thị giai đoạn 2021 - 2025"),
    ("KẾ HOẠCH\nKiểm tra công trình năm 2022\n1", "Kiểm tra công trình năm 2022"),
    ("KẾ HOẠCH KIỂM TRA CÔNG TRÌNH\nNĂM 2022", "Kiểm tra công trình năm 2022"),
    ("KẾ HOẠCH\nKiểm tra công trình\n(Kèm theo Công văn số 5/SXD\nngày 2/3/2022)", "Kiểm tra công trình"),
    ("KẾ HOẠCH\nKiểm tra công trình (đợt 1) năm 2022", "Kiểm tra công trình (đợt 1) năm 2022"),
    ("KẾ HOẠCH\nKiểm tra công trình\n-------", "Kiểm tra công trình"),
    ("KẾ HOẠCH\n_____\nKiểm tra công trình", "Kiểm tra công trình"),
    ("KẾ HOẠCH KIỂM TRA CÔNG TRÌNH", "Kiểm tra công trình"),
    ("KẾ HOẠCH KIỂM TRA\nCÔNG TRÌNH NĂM 2022", "Kiểm tra công trình năm 2022"),
    ("KẾ HOẠCH: Kiểm tra công trình", "Kiểm tra công trình"),
    ("KẾ HOẠCH HOẠT ĐỘNG\nTháng 4/2022", "Hoạt động Tháng 4/2022"),
    ("KẾ HOẠCH\nV/v kiểm tra công trình", "Kiểm tra công trình"),
    ("KẾ HOẠCH\nVề việc kiểm tra công trình", "Kiểm tra công trình"),
    ("KẾ HOẠCH LIÊN TỊCH\nKiểm tra công trình", "Kiểm tra công trình"),
    ("**KẾ HOẠCH**\n**Kiểm tra công trình**", "Kiểm tra công trình"),
    ("KẾ HOẠCH\nKiểm tra công trình năm 2022.", "Kiểm tra công trình năm 2022"),
    (
        "KẾ HOẠCH\nthực hiện Nghị quyết số 27-NQ/TW ngày 09/11/2022\ncủa Ban Chấp hành Trung ương",
        "Thực hiện Nghị quyết số 27-NQ/TW ngày 09/11/2022 của Ban Chấp hành Trung ương",
    ),
    (
        "KẾ HOẠCH\nThực hiện Chỉ thị số 3/CT-UBND về “Tiếp tục đổi mới;\nnâng cao chất lượng”",
        "Thực hiện Chỉ thị số 3/CT-UBND về “Tiếp tục đổi mới; nâng cao chất lượng”",
    ),
    ("KẾ HOẠCH\nTổ chức “Ngày hội\nĐọc sách”", "Tổ chức “Ngày hội Đọc sách”"),
    (
        "KẾ HOẠCH\nTiến tới Đại hội\nCông đoàn ngành Xây dựng lần thứ IV,\nnhiệm kỳ 2023 - 2028",
        "Tiến tới Đại hội Công đoàn ngành Xây dựng lần thứ IV, nhiệm kỳ 2023 - 2028",
    ),
    (
        "KẾ HOẠCH\nTiến tới Đại hội đại biểu\nHội Xây dựng tỉnh lần thứ II\nNhiệm kỳ 2023 - 2028",
        "Tiến tới Đại hội đại biểu Hội Xây dựng tỉnh lần thứ II Nhiệm kỳ 2023 - 2028",
    ),
    (
        "KẾ HOẠCH\nPhát động thi đua\nLập thành tích chào mừng\nNgày thành lập ngành Xây dựng\n(29/4/1958)",
        "Phát động thi đua Lập thành tích chào mừng Ngày thành lập ngành Xây dựng",
    ),
    ("KẾ HOẠCH |\nKiểm tra công trình |", "Kiểm tra công trình"),
    ("| KẾ HOẠCH |\n| Kiểm tra công trình |", "Kiểm tra công trình"),
    ("Kế hoạch\nKiểm tra công trình", "Kiểm tra công trình"),
    ("Kế hoạch kiểm tra công trình năm 2022", "Kiểm tra công trình năm 2022"),
    ("KẾ HOẠCH TỔ CHỨC LỄ KỶ NIỆM TRÊN ĐỊA BÀN HUYỆN BA VÌ", "Tổ chức lễ kỷ niệm trên địa bàn huyện Ba Vì"),
]


@pytest.mark.parametrize(("lines", "title"), TITLES, ids=[t[0].replace("\n", "/")[:60] for t in TITLES])
@pytest.mark.parametrize(
    "head", ["", f"SỞ XÂY DỰNG\n{MOTTO}\nSố: 12/KH-SXD\n"], ids=["bare", "with letterhead"]
)
def test_title(head: str, lines: str, title: str) -> None:
    found = read(of_lines(f"{head}{lines}\n{BASES}"))
    assert found.title is not None and found.doc_type is not None
    assert (found.doc_type.value, found.title.value) == ("KH", title)


@pytest.mark.parametrize(
    "after",
    [
        "Căn cứ Luật Xây dựng ngày 18/6/2014;",
        "Thực hiện Kế hoạch số 12/KH-UBND ngày 02/3/2022 của UBND tỉnh;",
        "Để nâng cao chất lượng công trình, Sở Xây dựng xây dựng kế hoạch như sau:",
        "Kính gửi: Các phòng thuộc Sở",
        "I. MỤC ĐÍCH",
        "1. Mục đích",
        "PHẦN I. MỞ ĐẦU",
        "A. ĐẶC ĐIỂM TÌNH HÌNH",
        "Điều 1. Phạm vi",
        "Sở Xây dựng lập kế hoạch kiểm tra công trình\nnăm 2022 trên địa bàn tỉnh như sau:\nI. NỘI DUNG",
        "Trường Tiểu học Hoa Sen ở xã vùng cao\nvới nhiều khó khăn.\nI. NỘI DUNG",
        "Họ và tên: Lê Văn An\nTổ: Toán\nI. NỘI DUNG",
    ],
)
def test_what_ends_the_title(after: str) -> None:
    found = read(of_lines(f"KẾ HOẠCH\nKiểm tra công trình\n{after}\nabc"))
    assert found.title is not None
    assert found.title.value == "Kiểm tra công trình"


@pytest.mark.parametrize("unit", ["trên địa bàn xã", "của tỉnh", "toàn ngành"])
@pytest.mark.parametrize("verb", ["Thực hiện", "Triển khai", "Hưởng ứng"])
def test_a_title_that_ends_in_a_unit_is_whole_above_a_sentence(unit: str, verb: str) -> None:
    after = f"{verb} Kế hoạch số 12/KH-UBND ngày 02/3/2022, Sở lập kế hoạch:\nI. NỘI DUNG"
    found = read(of_lines(f"KẾ HOẠCH\nKiểm tra công trình {unit}\n{after}"))
    assert found.title is not None
    assert found.title.value == f"Kiểm tra công trình {unit}"


def test_style_tells_title_from_prose() -> None:
    builder = DocumentBuilder("application/pdf")
    bold, plain = Style(bold=True, centred=True), Style(bold=False, centred=False)
    for text, style in [
        ("KẾ HOẠCH", bold),
        ("Kiểm tra công trình", bold),
        ("Phía Bắc", bold),
        ("Sở nêu rõ", plain),
    ]:
        builder.paragraph(RawParagraph.of(text, style=style))
    found = read(builder.build())
    assert found.title is not None
    assert found.title.value == "Kiểm tra công trình Phía Bắc"


def test_type_and_title_in_one_wrapped_paragraph() -> None:
    builder = DocumentBuilder("application/pdf")
    lines = ("KẾ HOẠCH", "Kiểm tra chất lượng", "công trình năm 2022")
    builder.paragraph(RawParagraph(tuple(RawLine(line) for line in lines)))
    builder.paragraph(RawParagraph.of("Căn cứ Luật Xây dựng;"))
    found = read(builder.build())
    assert found.title is not None
    assert found.title.value == "Kiểm tra chất lượng công trình năm 2022"


def test_type_of_the_symbol_where_no_line_names_it() -> None:
    document = of_lines(f"SỞ XÂY DỰNG\n{MOTTO}\nSố: 12/KH-SXD\nI. MỤC ĐÍCH\nabc")
    found = read_title(document, find_zones(document), parse_symbol("12/KH-SXD"))
    assert found.doc_type is not None
    assert (found.doc_type.value, found.doc_type.rule, found.title) == ("KH", "type-of-symbol", None)


def test_nothing_is_found_in_prose() -> None:
    found = read(of_lines("Các đơn vị tổ chức thực hiện kế hoạch này./."))
    assert (found.doc_type, found.title) == (None, None)
    assert {f.code for f in found.diagnostics} == {"no-type", "no-title"}


@pytest.mark.parametrize(
    ("capitals", "cased"),
    [
        (
            "TRIỂN KHAI CÔNG TÁC CẢI CÁCH HÀNH CHÍNH NĂM 2021",
            "Triển khai công tác cải cách hành chính năm 2021",
        ),
        ("CHUYỂN ĐỔI SỐ GIAI ĐOẠN 2021-2025", "Chuyển đổi số giai đoạn 2021-2025"),
        ("KỶ NIỆM NGÀY SINH CHỦ TỊCH HỒ CHÍ MINH", "Kỷ niệm ngày sinh Chủ tịch Hồ Chí Minh"),
        ("XỬ LÝ HÀNH VI VI PHẠM PHÁP LUẬT", "Xử lý hành vi vi phạm pháp luật"),
        ("ĐẠI HỘI LẦN THỨ VI, VII VÀ XI", "Đại hội lần thứ VI, VII và XI"),
        ("KINH TẾ - XÃ HỘI HẰNG NĂM", "Kinh tế - xã hội hằng năm"),
        ("XÂY DỰNG NÔNG THÔN MỚI, NÂNG CAO ĐỜI SỐNG", "Xây dựng nông thôn mới, nâng cao đời sống"),
        ("RÀ SOÁT VĂN BẢN QUY PHẠM, CÁC XÃ KHÓ KHĂN", "Rà soát văn bản quy phạm, các xã khó khăn"),
        ("XÃ ĐẠT CHUẨN NĂM 2024 TẠI THÔN ĐÔNG HẠ", "Xã đạt chuẩn năm 2024 tại thôn Đông Hạ"),
        ("TUYÊN TRUYỀN LUẬT ĐẤT ĐAI CHO BÁC SĨ, LUẬT SƯ", "Tuyên truyền Luật đất đai cho bác sĩ, luật sư"),
        ("QUẢN LÝ NHÀ NƯỚC VỀ ĐẢNG VIÊN", "Quản lý nhà nước về đảng viên"),
        ("TỔ CHỨC TẾT NGUYÊN ĐÁN ẤT TỴ NĂM 2025", "Tổ chức Tết Nguyên đán Ất Tỵ năm 2025"),
        ("ĐẠI HỘI ĐẢNG BỘ TỈNH LẦN THỨ XV", "Đại hội Đảng bộ tỉnh lần thứ XV"),
        ("CÔNG TÁC CNTT CỦA UBND THÀNH PHỐ HÀ NỘI", "Công tác CNTT của UBND thành phố Hà Nội"),
        ("CÔNG TÁC CỦA SỞ GIÁO DỤC VÀ ĐÀO TẠO NĂM 2016", "Công tác của Sở Giáo dục và Đào tạo năm 2016"),
        ("TỔ CHỨC NGÀY HỘI STEM QUÝ I NĂM 2024", "Tổ chức ngày hội STEM quý I năm 2024"),
        ("PHÒNG CHỐNG DỊCH TRONG TRƯỜNG HỌC", "Phòng chống dịch trong trường học"),
        ("VUI XUÂN, ĐÓN TẾT NGUYÊN ĐÁN", "Vui xuân, đón Tết Nguyên đán"),
    ],
)
def test_title_case(capitals: str, cased: str) -> None:
    assert title_case(capitals) == cased


@pytest.mark.parametrize("name", [name for entry in load("title_names") for name in entry["names"]])
def test_names_keep_their_capitals(name: str) -> None:
    assert name in title_case(f"CHÀO MỪNG {name.upper()} NĂM 2024")


@given(st.text(max_size=80))
@settings(deadline=None)
def test_title_case_changes_case_only(text: str) -> None:
    assert title_case(text).casefold() == text.casefold() or len(text.lower()) != len(text)


@given(st.lists(st.one_of(st.text(max_size=60), st.sampled_from([t[0] for t in TITLES])), max_size=8))
@settings(max_examples=200, deadline=None)
def test_never_raises(lines: list[str]) -> None:
    document = of_lines("\n".join(lines))
    found = read_title(document, find_zones(document))
    if found.title is not None:
        assert 0 <= found.title.start < found.title.end <= len(document.text)
