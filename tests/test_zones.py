"""The zones of a document in the layouts that formats give; nothing is guaranteed to be there."""

import os
from pathlib import Path

import pytest

from extractors.building import DocumentBuilder, RawLine, RawParagraph
from extractors.document import Document, Paragraph, Table
from extractors.zones import find_zones
from tests.zone_documents import MOTTO, SLOGAN, of_blocks, of_columns, of_lines, table

BODY = """I. MỤC ĐÍCH
Nâng cao chất lượng công trình.
II. TỔ CHỨC THỰC HIỆN
Các phòng tổ chức thực hiện./."""
HEAD = [
    ["UBND TỈNH SƠN LA\nSỞ XÂY DỰNG", f"{MOTTO}\n{SLOGAN}"],
    ["Số: 41/KH-SXD", "Sơn La, ngày 05 tháng 3 năm 2022"],
]
FOOT = [["Nơi nhận:\n- Như trên;\n- Lưu: VT, QLCL.", "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n\nTrần Văn Bình"]]
TITLE = "KẾ HOẠCH\nKiểm tra chất lượng công trình năm 2022"
PREAMBLE = "Căn cứ Luật Xây dựng ngày 18/6/2014;\nSở Xây dựng ban hành Kế hoạch như sau:"
HEAD_LINES = {
    "UBND TỈNH SƠN LA",
    "SỞ XÂY DỰNG",
    MOTTO,
    SLOGAN,
    "Số: 41/KH-SXD",
    "Sơn La, ngày 05 tháng 3 năm 2022",
}
FOOT_LINES = {
    "Nơi nhận:",
    "- Như trên;",
    "- Lưu: VT, QLCL.",
    "KT. GIÁM ĐỐC",
    "PHÓ GIÁM ĐỐC",
    "Trần Văn Bình",
}


def text_of(document: Document, zone: tuple[Paragraph | Table, ...]) -> list[str]:
    return [document.cut(block) for block in zone]


def interleaved() -> Document:
    return of_lines(f"""
UBND TỈNH SƠN LA                   {MOTTO}
SỞ XÂY DỰNG                             {SLOGAN}
Số: 41/KH-SXD                     Sơn La, ngày 05 tháng 3 năm 2022
{TITLE}
{PREAMBLE}
{BODY}
Nơi nhận:                               KT. GIÁM ĐỐC
- Như trên;                            PHÓ GIÁM ĐỐC
- Lưu: VT, QLCL.
                                         Trần Văn Bình""")


def glued() -> Document:
    """One blank between the sides, as text layers have it."""
    return of_lines(f"""
UBND TỈNH SƠN LA {MOTTO}
SỞ XÂY DỰNG {SLOGAN}
Số: 41/KH-SXD Sơn La, ngày 05 tháng 3 năm 2022
{TITLE}
{PREAMBLE}
{BODY} KT. GIÁM ĐỐC
Nơi nhận: PHÓ GIÁM ĐỐC
- Như trên;
- Lưu: VT, QLCL.
Trần Văn Bình""")


def one_below_the_other() -> Document:
    return of_lines(f"""
UBND TỈNH SƠN LA
SỞ XÂY DỰNG
Số: 41/KH-SXD
{MOTTO}
{SLOGAN}
Sơn La, ngày 05 tháng 3 năm 2022
{TITLE}
{PREAMBLE}
{BODY}
KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC
(Đã ký)
Trần Văn Bình
Nơi nhận:
- Như trên;
- Lưu: VT, QLCL.""")


def columns() -> Document:
    return of_columns(
        [
            ("left", "UBND TỈNH SƠN LA\nSỞ XÂY DỰNG"),
            ("right", f"{MOTTO}\n{SLOGAN}"),
            ("left", "Số: 41/KH-SXD"),
            ("right", "Sơn La, ngày 05 tháng 3 năm 2022"),
        ],
        f"{TITLE}\n{PREAMBLE}\n{BODY}",
        [
            ("left", "Nơi nhận:\n- Như trên;\n- Lưu: VT, QLCL."),
            ("right", "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC"),
            ("right", "Trần Văn Bình"),
        ],
    )


def tables(ruled: bool | None) -> Document:
    return of_blocks(table(HEAD, ruled), f"{TITLE}\n{PREAMBLE}\n{BODY}", table(FOOT, ruled))


LAYOUTS = {
    "interleaved": interleaved(),
    "glued": glued(),
    "one below the other": one_below_the_other(),
    "columns": columns(),
    "borderless tables": tables(False),
    "tables of text": tables(None),
    "bordered tables": tables(True),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_same_zones_in_every_layout(layout: str) -> None:
    document = LAYOUTS[layout]
    zones = find_zones(document)
    assert set(text_of(document, zones.head)) == HEAD_LINES
    assert text_of(document, zones.title) == TITLE.split("\n")
    assert text_of(document, zones.preamble) == PREAMBLE.split("\n")
    assert "\n".join(text_of(document, zones.body)) == BODY
    assert set(text_of(document, zones.closing)) - {"(Đã ký)"} == FOOT_LINES
    assert zones.annexes == ()


@pytest.mark.parametrize("layout", [name for name in LAYOUTS if name != "one below the other"])
def test_sides_are_told_apart(layout: str) -> None:
    document = LAYOUTS[layout]
    zones = find_zones(document)
    sides = {document.cut(p): p.column for p in (*zones.head, *zones.closing)}
    assert sides[MOTTO] == "right"
    assert sides["UBND TỈNH SƠN LA"] == "left"
    assert sides["PHÓ GIÁM ĐỐC"] == "right"


ANNEX = table(
    [["STT", "Nội dung", "Đơn vị"], ["1", "Rà soát", "Phòng A"], ["2", "Kiểm tra", "Phòng B"]], True
)


@pytest.mark.parametrize(
    "heading",
    [
        "PHỤ LỤC",
        "Phụ lục I",
        "Biểu số 1",
        "DANH SÁCH ĐƠN VỊ KIỂM TRA",
        "PHÂN CÔNG NHIỆM VỤ CỦA TỔ KIỂM TRA CHẤT LƯỢNG",
        "(Kèm theo Kế hoạch số 41/KH-SXD)",
        MOTTO,
    ],
)
def test_annex_ends_the_closing(heading: str) -> None:
    document = of_blocks(f"{TITLE}\n{PREAMBLE}\n{BODY}", table(FOOT), heading, ANNEX)
    zones = find_zones(document)
    assert text_of(document, zones.annexes)[0] == heading
    assert isinstance(zones.annexes[-1], Table)
    assert set(text_of(document, zones.closing)) == FOOT_LINES


def test_table_of_tasks_with_the_closing_in_its_last_row() -> None:
    rows = [["TT", "Nội dung", "Đơn vị"], ["1", "Rà soát", "Phòng A"], ["2", "Kiểm tra", "Phòng B"]]
    document = of_blocks(f"{TITLE}\nI. NỘI DUNG", table([*rows, ["", FOOT[0][0], FOOT[0][1]]], None))
    zones = find_zones(document)
    kept = zones.body[-1]
    assert isinstance(kept, Table)
    assert kept.n_rows == 3
    assert set(text_of(document, zones.closing)) == FOOT_LINES


def test_table_of_tasks_stays_whole() -> None:
    document = of_blocks(f"{TITLE}\nI. NỘI DUNG", ANNEX, "II. THỰC HIỆN", table(FOOT))
    zones = find_zones(document)
    assert [type(block) for block in zones.body] == [Paragraph, Table, Paragraph]


@pytest.mark.parametrize("body", ["BGH", "HIỆU TRƯỞNG", "GVCN", "NGUYỄN VĂN HÒA", "Số 15/KH-UBND"])
@pytest.mark.parametrize("row", [1, 2, 3])
def test_a_body_in_capitals_in_a_row_is_no_signature(body: str, row: int) -> None:
    rows = [["Thời gian", "Nội dung", "Người thực hiện"]]
    rows += [[f"Tháng {i}", f"Trồng cây lần {i}", body if i == row else "Tổ Toán"] for i in (1, 2, 3)]
    document = of_blocks("KẾ HOẠCH", "Trồng cây", "I. NỘI DUNG", table(rows, None))
    assert [block.n_rows for block in find_zones(document).body if isinstance(block, Table)] == [4]


def test_headers_and_footers_are_left_out() -> None:
    from extractors.building import DocumentBuilder, RawParagraph

    builder = DocumentBuilder("application/pdf")
    builder.paragraph(RawParagraph.of("2", part="header"))
    builder.paragraph(RawParagraph.of("KẾ HOẠCH"))
    builder.paragraph(RawParagraph.of("Tổ chức hội thi"))
    document = builder.build()
    zones = find_zones(document)
    assert zones.head == ()
    assert text_of(document, zones.title) == ["KẾ HOẠCH", "Tổ chức hội thi"]


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("KẾ HOẠCH\nTổ chức hội thi\nI. NỘI DUNG\nabc", "head"),
        ("I. NỘI DUNG\nabc", "title"),
        ("KẾ HOẠCH\nTổ chức hội thi\nI. NỘI DUNG\nabc", "preamble"),
        ("KẾ HOẠCH\nTổ chức hội thi\nI. NỘI DUNG\nabc", "closing"),
        ("", "body"),
    ],
)
def test_missing_zones_are_empty(text: str, zone: str) -> None:
    assert getattr(find_zones(of_lines(text)), zone) == ()


def test_name_of_a_body_that_ends_in_the_type() -> None:
    document = of_lines(
        f"PHÒNG TÀI CHÍNH -\nKẾ HOẠCH\n{MOTTO}\n{SLOGAN}\nKẾ HOẠCH\nMua sắm tài sản\nI. NỘI DUNG"
    )
    zones = find_zones(document)
    assert text_of(document, zones.title) == ["KẾ HOẠCH", "Mua sắm tài sản"]
    assert len(zones.head) == 4


def test_title_page() -> None:
    document = of_lines(f"""
UBND TỈNH LONG AN
SỞ CÔNG THƯƠNG
KẾ HOẠCH
PHÁT TRIỂN THƯƠNG MẠI
Long An, tháng 3 năm 2022
UBND TỈNH LONG AN
SỞ CÔNG THƯƠNG
{MOTTO}
Số: 21/KH-SCT
KẾ HOẠCH
Phát triển thương mại
I. MỤC TIÊU""")
    zones = find_zones(document)
    assert text_of(document, zones.title) == ["KẾ HOẠCH", "Phát triển thương mại"]
    assert "Số: 21/KH-SCT" in text_of(document, zones.head)


def test_plan_attached_to_a_decision() -> None:
    document = of_lines(f"""
ỦY BAN NHÂN DÂN
TỈNH HÀ NAM
{MOTTO}
Số: 1204/QĐ-UBND
Hà Nam, ngày 20 tháng 6 năm 2022
QUYẾT ĐỊNH
Về việc ban hành Kế hoạch phòng, chống thiên tai
Căn cứ Luật Phòng, chống thiên tai ngày 19/6/2013;
QUYẾT ĐỊNH:
Điều 1. Ban hành kèm theo Quyết định này Kế hoạch phòng, chống thiên tai.
Điều 2. Chánh Văn phòng chịu trách nhiệm thi hành.
Nơi nhận:
- Như Điều 2;
- Lưu: VT.
CHỦ TỊCH
Hoàng Văn Long
ỦY BAN NHÂN DÂN
TỈNH HÀ NAM
{MOTTO}
KẾ HOẠCH
Phòng, chống thiên tai năm 2022
(Ban hành kèm theo Quyết định số 1204/QĐ-UBND)
I. MỤC ĐÍCH
Giảm thiệt hại.""")
    zones = find_zones(document)
    assert text_of(document, zones.title)[:2] == ["KẾ HOẠCH", "Phòng, chống thiên tai năm 2022"]
    assert text_of(document, zones.carrier)[:2] == [
        "QUYẾT ĐỊNH",
        "Về việc ban hành Kế hoạch phòng, chống thiên tai",
    ]
    assert "Số: 1204/QĐ-UBND" in text_of(document, zones.head)
    assert text_of(document, zones.preamble) == ["Căn cứ Luật Phòng, chống thiên tai ngày 19/6/2013;"]
    assert text_of(document, zones.body)[-2:] == ["I. MỤC ĐÍCH", "Giảm thiệt hại."]
    assert "Hoàng Văn Long" in text_of(document, zones.closing)


def test_decision_alone_is_no_plan() -> None:
    document = of_lines(
        "QUYẾT ĐỊNH\nVề việc ban hành Kế hoạch\nCăn cứ Luật;\nĐiều 1. Ban hành Kế hoạch.\nCHỦ TỊCH\nLê An"
    )
    zones = find_zones(document)
    assert zones.carrier == ()
    assert text_of(document, zones.title)[0] == "QUYẾT ĐỊNH"


@pytest.mark.parametrize(
    "line",
    [
        "Nơi nhận hồ sơ là bộ phận một cửa.",
        "- Nơi nhận: bộ phận một cửa",
        "HIỆU TRƯỞNG",
        "TMDT phát triển nhanh",
    ],
)
def test_body_lines_do_not_begin_the_closing(line: str) -> None:
    prose = "\n".join(
        f"{n}. Các đơn vị thực hiện nhiệm vụ được giao theo kế hoạch này." for n in range(1, 14)
    )
    document = of_lines(f"KẾ HOẠCH\nTổ chức hội thi\nI. NỘI DUNG\n{line}\n{prose}")
    assert find_zones(document).closing == ()


@pytest.mark.parametrize(
    "start",
    [
        "Nơi nhận:\n- Như trên;\n- Lưu: VT.",
        "NƠI NHẬN\n- Như trên;",
        "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nLê Văn An",
        "HIỆU TRƯỞNG\n\nLê Văn An",
        "HIỆU TRƯỞNG\n(Đã ký)",
        "TỔ TRƯỞNG                 HIỆU TRƯỞNG\nLê Văn An                 Trần Văn Bé",
        "Tổ trưởng\nNguyễn Văn An",
        "- Các phòng;\n- Trường X;\n- Lưu: VT.",
        "Mường Tè, ngày 5 tháng 3 năm 2020\nHIỆU TRƯỞNG\nLê Văn An",
        "NGƯỜI LẬP KẾ HOẠCH\nLê Văn An",
    ],
)
def test_beginnings_of_the_closing(start: str) -> None:
    document = of_lines(f"KẾ HOẠCH\nTổ chức hội thi\nI. NỘI DUNG\nCác đơn vị tổ chức thực hiện./.\n{start}")
    zones = find_zones(document)
    assert text_of(document, zones.body)[-1] == "Các đơn vị tổ chức thực hiện./."
    first = start.split("\n")[0].split("   ")[0]
    assert text_of(document, zones.closing)[0] == first


ACCEPTANCE = os.environ.get("KEHOACH_ACCEPTANCE")


@pytest.mark.skipif(not ACCEPTANCE, reason="KEHOACH_ACCEPTANCE is not set")
def test_real_plans_have_title_and_closing() -> None:
    for path in sorted(Path(str(ACCEPTANCE), "plans").glob("*.txt")):
        document = of_lines(path.read_text(encoding="utf-8").replace("**", ""))
        zones = find_zones(document)
        assert len(zones.title) == 2, path.name
        assert len(zones.closing) >= 6, path.name


def test_wrapped_date_in_the_last_sentence_stays_in_the_body() -> None:
    builder = DocumentBuilder("application/pdf")
    for lines in (
        ("KẾ HOẠCH",),
        ("Kiểm tra công trình",),
        ("I. NỘI DUNG",),
        ("Báo cáo 6 tháng và năm, trước", "ngày 05/12/2020"),
        ("Báo cáo 6 tháng (trước ngày 05/6/2020) và năm (trước", "ngày 05/12/2020)."),
        ("Nơi nhận:",),
        ("- Như trên;",),
    ):
        builder.paragraph(RawParagraph(tuple(RawLine(line) for line in lines)))
    document = builder.build()
    zones = find_zones(document)
    assert text_of(document, zones.body)[-1].endswith("ngày 05/12/2020).")
    assert text_of(document, zones.closing)[0] == "Nơi nhận:"
