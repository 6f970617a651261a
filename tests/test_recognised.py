"""Facts of head and foot that a recogniser read: doubtful ones are left out, lost marks restored."""

import pytest

from extractors import extract
from extractors.building import DocumentBuilder, RawLine, RawParagraph, RawWord
from extractors.document import Document, Page
from extractors.letterhead import read_letterhead
from extractors.recognised import least_confidence, province_of_bare, restored_name, spelled_in_prose
from extractors.signature import read_signature
from extractors.zones import find_zones

HEAD = ["UBND TỈNH SƠN LA", "SỞ Y TẾ", "Số: 412/KH-SYT", "Sơn La, ngày 17 tháng 4 năm 2024"]
FOOT = ["KẾ HOẠCH", "Tổ chức hội thi", "I. NỘI DUNG", "Các đơn vị thực hiện./.", "GIÁM ĐỐC", "Lê Văn An"]


LIST = ["Nơi nhận:", "- Như trên;", "- Lưu: VT, TCHC."]


def scan(lines: list[str], doubtful: str = "", confidence: float = 0.4) -> Document:
    """A page read by a recogniser that was sure of every word but `doubtful`."""
    builder = DocumentBuilder("application/pdf")
    builder.page(Page(1, 0, method="ocr"))
    for line in lines:
        words = tuple(RawWord(w, confidence=confidence if w == doubtful else 0.96) for w in line.split())
        builder.paragraph(RawParagraph((RawLine(line, words=words),)))
    return builder.build()


@pytest.mark.parametrize(
    ("doubtful", "missing", "code"),
    [
        ("412/KH-SYT", "number", "unsure-number"),
        ("17", "issued_on", "unsure-date"),
        ("2024", "issued_on", "unsure-date"),
    ],
)
def test_doubtful_fact_of_the_letterhead_is_left_out(doubtful: str, missing: str, code: str) -> None:
    document = scan(HEAD + FOOT, doubtful)
    found = read_letterhead(document, find_zones(document))
    assert getattr(found, missing) is None
    assert code in {f.code for f in found.diagnostics}
    assert found.notation is not None
    assert found.notation.value == "KH-SYT"


def test_sure_facts_stay() -> None:
    document = scan(HEAD + FOOT)
    found = read_letterhead(document, find_zones(document))
    assert found.number is not None and found.issued_on is not None
    assert (found.number.value, str(found.issued_on.value)) == ("412/KH-SYT", "2024-04-17")


@pytest.mark.parametrize(
    "line",
    ["Số: 4⁄2 /KH-SYT", "Số: 412KH-SYT", "Số: 412/KH/SYT"],
)
def test_spoilt_number_is_left_out(line: str) -> None:
    document = scan(["SỞ Y TẾ", line, *FOOT])
    found = read_letterhead(document, find_zones(document))
    assert found.number is None
    assert "unsure-number" in {f.code for f in found.diagnostics}


@pytest.mark.parametrize(
    "line",
    [
        "Sơn La, ngày TT tháng năm 2024",
        "Sơn La, ngày©*Ò tháng 10 năm 2024",
        "Sơn La, ngày 15 tháng 1] năm 2024",
        "Sơn La, ngày ƠI tháng 3 năm 2024",
    ],
)
def test_spoilt_date_keeps_place_and_year(line: str) -> None:
    document = scan(["SỞ Y TẾ", line, *FOOT])
    found = read_letterhead(document, find_zones(document))
    assert found.issued_on is None
    assert found.place is not None and found.issued_year is not None
    assert (found.place.value, found.issued_year.value) == ("Sơn La", 2024)


@pytest.mark.parametrize(("doubtful", "missing"), [("Văn", "signer"), ("ĐỐC", "signer_title")])
def test_doubtful_fact_of_the_signature_is_left_out(doubtful: str, missing: str) -> None:
    document = scan(HEAD + FOOT, doubtful)
    assert getattr(read_signature(document, find_zones(document)), missing) is None


@pytest.mark.parametrize(
    ("read", "restored"),
    [
        ("UBND TĨNH SƠN LÀ", "UBND TỈNH SƠN LA"),
        ("SƠ Y TẾ", "SỞ Y TẾ"),
        ("ỦY BAN NHÂN DẦN TINH QUANG BÌNH", "ỦY BAN NHÂN DÂN TỈNH QUẢNG BÌNH"),
        ("ĐOÀN KIÊM TRA", "ĐOÀN KIỂM TRA"),
        ("TRƯỜNG THPT TÔ HIÊU", "TRƯỜNG THPT TÔ HIÊU"),
        ("TRƯỜNG THCS NGUYỄN HUỆ", "TRƯỜNG THCS NGUYỄN HUỆ"),
        ("SỞ Y TẾ HUE", "SỞ Y TẾ HUẾ"),
    ],
)
def test_marks_are_restored_in_set_phrases_only(read: str, restored: str) -> None:
    assert restored_name(read) == restored


@pytest.mark.parametrize(
    ("read", "prose", "spelled"),
    [
        ("HUYỆN THANH LIEM", "huyện Thanh Liêm", "HUYỆN THANH LIÊM"),
        ("QUẬN THANH LIÊM", "quan Thanh Liêm", "QUẬN THANH LIÊM"),  # prose loses marks, too
        ("HUYỆN THANH LIÊM", "huyện Thánh Liêm; huyện Thanh Liêm", "HUYỆN THANH LIÊM"),
    ],
)
def test_prose_spells_what_capitals_lost(read: str, prose: str, spelled: str) -> None:
    assert spelled_in_prose(scan([read, prose]), read) == spelled


@pytest.mark.parametrize(
    ("prose", "issuer"),
    [
        ("Trường THPT Tô Hiệu xây dựng kế hoạch như sau.", "TRƯỜNG THPT TÔ HIỆU"),
        ("Trường THPT Tô Hiệu và Trường THPT Tô Hiếu phối hợp.", "TRƯỜNG THPT TÔ HIÊU"),
        ("TRƯỜNG THPT TÔ HIỆU xây dựng kế hoạch.", "TRƯỜNG THPT TÔ HIÊU"),
        ("Nhà trường xây dựng kế hoạch.", "TRƯỜNG THPT TÔ HIÊU"),
    ],
    ids=["once", "in two ways", "in capitals", "not at all"],
)
def test_an_issuer_has_the_marks_that_the_prose_gives_it(prose: str, issuer: str) -> None:
    document = scan(["TRƯỜNG THPT TÔ HIÊU", *HEAD[2:], *FOOT[:3], prose, *FOOT[4:]])
    found = read_letterhead(document, find_zones(document))
    assert [name.value for name in found.issuers] == [issuer]


@pytest.mark.parametrize("ink", ["VN", "Ñ A", "NNIEEN"])
def test_a_stamp_between_post_and_name_is_no_part_of_the_post(ink: str) -> None:
    document = scan([*HEAD, *FOOT[:4], *LIST, "PHÓ CHỦ TỊCH", ink, "Lê Văn An"], ink)
    found = read_signature(document, find_zones(document))
    assert found.signer is not None and found.signer_title is not None
    assert (found.signer.value, found.signer_title.value) == ("Lê Văn An", "Phó Chủ tịch")


def test_a_posts_second_line_that_was_surely_read_stays() -> None:
    document = scan([*HEAD, *FOOT[:4], *LIST, "PHÓ TRƯỞNG BAN", "THƯỜNG TRỰC", "Lê Văn An"])
    found = read_signature(document, find_zones(document))
    assert found.signer_title is not None
    assert found.signer_title.value == "Phó Trưởng ban Thường trực"


def test_a_name_with_a_speck_behind_it_is_the_signers() -> None:
    document = scan([*HEAD, *FOOT[:4], *LIST, "' Lê Văn An ."])
    found = read_signature(document, find_zones(document))
    assert found.signer is not None
    assert found.signer.value == "Lê Văn An"


def test_a_name_with_a_speck_before_it_is_no_recipient() -> None:
    document = scan([*HEAD, *FOOT[:4], *LIST, "- Lê Văn An"])
    assert [recipient.text for recipient in extract(document).recipients] == ["Như trên", "Lưu: VT, TCHC"]


@pytest.mark.parametrize(
    ("read", "name"), [("Lao Cai", "Lào Cai"), ("Quang Binh", "Quảng Bình"), ("Sa Pa", None)]
)
def test_province_of_bare(read: str, name: str | None) -> None:
    assert province_of_bare(read) == name


def test_printed_text_is_never_restored() -> None:
    builder = DocumentBuilder("application/pdf")
    for line in ["SƠ Y TẾ", "Lao Cai, ngày 5 tháng 3 năm 2020", *FOOT]:
        builder.paragraph(RawParagraph.of(line))
    document = builder.build()
    found = read_letterhead(document, find_zones(document))
    assert found.place is not None
    assert (found.issuers[0].value, found.place.value) == ("SƠ Y TẾ", "Lao Cai")
    assert least_confidence(document, 0, 5) is None
