"""The signature block: signer, own post, authority; of several signatures the issuer's."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.building import DocumentBuilder, RawLine, RawParagraph, RawWord
from extractors.document import Document, Page
from extractors.signature import Signature, read_signature
from extractors.zones import find_zones
from tests.zone_documents import of_blocks, of_columns, of_lines, table

BODY = "KẾ HOẠCH\nTổ chức hội thi\nI. NỘI DUNG\nCác đơn vị tổ chức thực hiện./.\n"


def read(document: Document, *issuers: str) -> Signature:
    found = read_signature(document, find_zones(document), issuers)
    for value in (found.signer, found.signer_title, found.signed_as, found.on_behalf_of):
        if value is not None:
            assert document.text[value.start : value.end].strip()
    if found.signer is not None:
        assert (
            document.text[found.signer.start : found.signer.end].casefold() == found.signer.value.casefold()
        )
    return found


def facts(found: Signature) -> tuple[str | None, str | None, str | None, str | None]:
    values = (found.signer, found.signer_title, found.signed_as, found.on_behalf_of)
    return tuple(v.value if v else None for v in values)  # type: ignore[return-value]


BLOCKS = [
    (
        "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nLê Văn An",
        ("Lê Văn An", "Phó Chủ tịch", "TM. KT.", "Ủy ban nhân dân"),
    ),
    ("TM. UBND HUYỆN\nCHỦ TỊCH\nLê Văn An", ("Lê Văn An", "Chủ tịch", "TM.", "UBND huyện")),
    ("KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n(Đã ký)\nLê Văn An", ("Lê Văn An", "Phó Giám đốc", "KT.", "Giám đốc")),
    ("KI. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nLê Văn An", ("Lê Văn An", "Phó Giám đốc", "KT.", "Giám đốc")),
    ("KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC\nLê Văn An", ("Lê Văn An", "Phó Giám đốc", "KT.", "Giám đốc")),
    ("TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG\nLê Văn An", ("Lê Văn An", "Chánh Văn phòng", "TL.", "Chủ tịch")),
    (
        "TUQ. GIÁM ĐỐC\nTRƯỞNG PHÒNG TỔ CHỨC\nLê Văn An",
        ("Lê Văn An", "Trưởng phòng Tổ chức", "TUQ.", "Giám đốc"),
    ),
    ("Q. GIÁM ĐỐC\nLê Văn An", ("Lê Văn An", "Giám đốc", "Q.", "Giám đốc")),
    (
        "T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ THƯỜNG TRỰC\nLê Văn An",
        ("Lê Văn An", "Phó Bí thư Thường trực", "TM.", "Ban Thường vụ"),
    ),
    (
        "TM. BAN CHỈ ĐẠO\nKT. TRƯỞNG BAN\nPHÓ TRƯỞNG BAN\nGIÁM ĐỐC SỞ NỘI VỤ\nLê Văn An",
        ("Lê Văn An", "Phó Trưởng ban", "TM. KT.", "Ban Chỉ đạo"),
    ),
    (
        "KT. TRƯỞNG BAN\nPHÓ TRƯỞNG BAN\nTHƯỜNG TRỰC\nLê Văn An",
        ("Lê Văn An", "Phó Trưởng ban Thường trực", "KT.", "Trưởng ban"),
    ),
    ("TRƯỞNG ĐOÀN\nLê Văn An\nPHÓ GIÁM ĐỐC SỞ XÂY DỰNG", ("Lê Văn An", "Trưởng đoàn", None, None)),
    ("HIỆU TRƯỞNG\nTHS. LÊ VĂN AN", ("Lê Văn An", "Hiệu trưởng", None, None)),
    ("HIỆU TRƯỞNG\nPGS.TS Lê Văn An", ("Lê Văn An", "Hiệu trưởng", None, None)),
    ("TRƯỞNG CÔNG AN HUYỆN\nĐại tá Lê Văn An", ("Lê Văn An", "Trưởng Công an huyện", None, None)),
    ("HIỆU TRƯỞNG\n(Đã ký) Lê Văn An", ("Lê Văn An", "Hiệu trưởng", None, None)),
    ("HIỆU TRƯỞNG Lê Văn An", ("Lê Văn An", "Hiệu trưởng", None, None)),
    ("HIỆU TRƯỞNG\n(Đã ký)", (None, "Hiệu trưởng", None, None)),
    (
        "CHỦ TỊCH\nKý bởi: Lê Văn Ba\nThời gian ký: 01/02/2020 10:11\nLê Văn An",
        ("Lê Văn An", "Chủ tịch", None, None),
    ),
    ("K/T CHỦ TỊCH\nP. CHỦ TỊCH\nLê Văn An", ("Lê Văn An", "Phó Chủ tịch", "KT.", "Chủ tịch")),
    ("BỘ TRƯỞNG, CHỦ NHIỆM\nLê Văn An", ("Lê Văn An", "Bộ trưởng, Chủ nhiệm", None, None)),
    ("PHÓ GIÁM ĐỐC PHỤ TRÁCH\nLê Văn An", ("Lê Văn An", "Phó Giám đốc phụ trách", None, None)),
    ("PHỤ TRÁCH TRƯỜNG\nLê Văn An", ("Lê Văn An", "Phụ trách trường", None, None)),
    ("QUYỀN CHỦ TỊCH\nLê Văn An", ("Lê Văn An", "Quyền Chủ tịch", None, None)),
    ("CHỦ TỊCH\nK' Brin", ("K' Brin", "Chủ tịch", None, None)),
    ("TRẠM TRƯỞNG\nYs. Lê Văn An", ("Lê Văn An", "Trạm trưởng", None, None)),
    ("TM. BAN TỔ CHỨC\nLê Văn An", ("Lê Văn An", None, "TM.", "Ban Tổ chức")),
    ("CHÁNH THANH TRA\nGiàng A Páo", ("Giàng A Páo", "Chánh Thanh tra", None, None)),
    ("Tổ trưởng\nNguyễn Văn An", ("Nguyễn Văn An", "Tổ trưởng", None, None)),
]


@pytest.mark.parametrize(("block", "wanted"), BLOCKS, ids=[b[0].replace("\n", "/") for b in BLOCKS])
def test_block_below_the_text(block: str, wanted: tuple[str | None, ...]) -> None:
    assert facts(read(of_lines(BODY + block))) == wanted


@pytest.mark.parametrize(("block", "wanted"), BLOCKS, ids=[b[0].replace("\n", "/") for b in BLOCKS])
def test_block_beside_the_recipients(block: str, wanted: tuple[str | None, ...]) -> None:
    recipients = "Nơi nhận:\n- Như trên;\n- Lưu: VT."
    assert facts(read(of_blocks(BODY, table([[recipients, block]])))) == wanted
    assert facts(read(of_columns([], BODY, [("left", recipients), ("right", block)]))) == wanted


@pytest.mark.parametrize(("block", "wanted"), BLOCKS, ids=[b[0].replace("\n", "/") for b in BLOCKS])
def test_block_above_and_below_the_recipients(block: str, wanted: tuple[str | None, ...]) -> None:
    recipients = "Nơi nhận:\n- Như trên;\n- Lưu: VT."
    assert facts(read(of_lines(f"{BODY}{block}\n{recipients}"))) == wanted
    assert facts(read(of_lines(f"{BODY}{recipients}\n{block}"))) == wanted


SEVERAL = [
    (
        "GIÁM ĐỐC SỞ TÀI CHÍNH\nBùi Văn Ba",
        "GIÁM ĐỐC SỞ NỘI VỤ\nLê Văn An",
        ["SỞ NỘI VỤ", "SỞ TÀI CHÍNH"],
        "Lê Văn An",
    ),
    (
        "GIÁM ĐỐC SỞ NỘI VỤ\nLê Văn An",
        "GIÁM ĐỐC SỞ TÀI CHÍNH\nBùi Văn Ba",
        ["SỞ NỘI VỤ", "SỞ TÀI CHÍNH"],
        "Lê Văn An",
    ),
    (
        "TM. BCH CÔNG ĐOÀN\nCHỦ TỊCH\nBùi Văn Ba",
        "GIÁM ĐỐC\nLê Văn An",
        ["SỞ Y TẾ", "CÔNG ĐOÀN NGÀNH"],
        "Lê Văn An",
    ),
    ("CHỦ TỊCH\nBùi Văn Ba", "GIÁM ĐỐC\nLê Văn An", ["SỞ Y TẾ", "CÔNG ĐOÀN NGÀNH"], "Lê Văn An"),
    ("PHÊ DUYỆT\nTRƯỞNG PHÒNG\nBùi Văn Ba", "HIỆU TRƯỞNG\nLê Văn An", ["TRƯỜNG TIỂU HỌC X"], "Lê Văn An"),
    ("DUYỆT CỦA BGH\nHIỆU TRƯỞNG\nBùi Văn Ba", "TỔ TRƯỞNG\nLê Văn An", ["TỔ TOÁN"], "Lê Văn An"),
    ("XÁC NHẬN CỦA UBND XÃ\nCHỦ TỊCH\nBùi Văn Ba", "HIỆU TRƯỞNG\nLê Văn An", [], "Lê Văn An"),
    ("NGƯỜI LẬP KẾ HOẠCH\nBùi Văn Ba", "HIỆU TRƯỞNG\nLê Văn An", [], "Lê Văn An"),
]


@pytest.mark.parametrize(
    ("left", "right", "issuers", "signer"), SEVERAL, ids=[s[0].split("\n")[0] for s in SEVERAL]
)
def test_signature_of_the_issuing_body(left: str, right: str, issuers: list[str], signer: str) -> None:
    found = read(of_blocks(BODY, table([[left, right]])), *issuers)
    assert found.signer is not None
    assert found.signer.value == signer
    beside = of_lines(
        BODY + "\n".join(f"{a:<50}{b}" for a, b in zip(left.split("\n"), right.split("\n"), strict=False))
    )
    if left.count("\n") == right.count("\n"):
        assert read(beside, *issuers).signer is not None


@pytest.mark.parametrize("archive", ["- Lưu: TM.", "- Lưu: VT, KT.", "- Lưu: VT; TL."])
def test_office_in_the_archive_copy_is_no_authority(archive: str) -> None:
    found = read(of_lines(f"{BODY}Nơi nhận:\n- Như trên;\n{archive}\nCHỦ TỊCH\nLê Văn An"))
    assert facts(found) == ("Lê Văn An", "Chủ tịch", None, None)
    assert not found.diagnostics


ROWS_OF_BARS = [
    "Nơi nhận: | KT. GIÁM ĐỐC |\n- Như trên; | PHÓ GIÁM ĐỐC |\n- Lưu: VT. | Lê Văn An |",
    "| Nơi nhận: - Như trên; - Lưu: VT. | KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC Lê Văn An |",
]


@pytest.mark.parametrize("rows", ROWS_OF_BARS, ids=["a row a line", "one row"])
def test_cells_parted_by_bars(rows: str) -> None:
    assert facts(read(of_lines(BODY + rows))) == ("Lê Văn An", "Phó Giám đốc", "KT.", "Giám đốc")


def test_approval_alone_is_no_signature() -> None:
    found = read(of_blocks(BODY, table([["", "PHÊ DUYỆT\nTRƯỞNG PHÒNG\nBùi Văn Ba"]])))
    assert facts(found) == (None, None, None, None)
    assert {f.code for f in found.diagnostics} == {"approval-only"}


@pytest.mark.parametrize(
    ("foot", "code"),
    [
        ("KT. HIỆU TRƯỞNG\nPHÓ HIỆU TRƯỞNG", "no-signer-name"),
        ("Nơi nhận:\n- Như trên;\n- Lưu: VT.", "no-signature"),
        ("", "no-signature"),
    ],
)
def test_what_is_missing_is_said(foot: str, code: str) -> None:
    found = read(of_lines(BODY + foot))
    assert found.signer is None
    assert code in {f.code for f in found.diagnostics}


def test_recipients_are_no_signers() -> None:
    found = read(
        of_lines(BODY + "Nơi nhận:\n- Lê Văn Ba;\n- Trần Văn Tư;\n- Lưu: VT.\nHIỆU TRƯỞNG\nLê Văn An")
    )
    assert found.signer is not None
    assert found.signer.value == "Lê Văn An"


@given(st.lists(st.one_of(st.text(max_size=40), st.sampled_from([b[0] for b in BLOCKS])), max_size=6))
@settings(max_examples=200, deadline=None)
def test_never_raises(lines: list[str]) -> None:
    read(of_lines(BODY + "\n".join(lines)))


def recognised(*lines: str) -> Document:
    """A plan with a signature in these lines, read by a recogniser that was sure of every word."""
    builder = DocumentBuilder("application/pdf")
    builder.page(Page(1, 0, "ocr"))
    for line in (*BODY.strip().split("\n"), *lines):
        words = tuple(RawWord(word, None, 0.9) for word in line.split())
        builder.paragraph(RawParagraph((RawLine(line, words=words),)))
    return builder.build()


@pytest.mark.parametrize(
    ("lines", "post"),
    [
        (("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Phó Chủ tịch"),
        (("KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG NỘI VỤ"), "Phó Trưởng phòng Nội vụ"),
        (("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "#HÓ CHỦ TỊCH"), None),  # a stamp over the first letters
        (("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "HÓ CHỦ TỊCH"), None),
        (("KT. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN, GIÁM ĐỐC SỞ Y TẾ"), "Phó Trưởng ban, Giám đốc Sở Y tế"),
    ],
)
def test_a_recognised_post_with_what_no_post_holds_is_null(lines: tuple[str, ...], post: str | None) -> None:
    signature = read(recognised(*lines, "Lê Văn An"))
    assert (signature.signer_title.value if signature.signer_title else None) == post
    assert ("unsure-post" in {note.code for note in signature.diagnostics}) == (post is None)
