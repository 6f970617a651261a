"""Emulation movements: which names are movements, where they end, who launched them and for when."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.building import DocumentBuilder, RawCell, RawParagraph, RawTable
from extractors.document import Document
from extractors.movements import find_movements, movement_key, read_movements
from extractors.rulebook import load
from extractors.zones import Zones


def names(text: str) -> list[str]:
    return [m.name for m in find_movements(text)]


NAMED = [
    ("phong trào thi đua “Dân vận khéo”", ["Dân vận khéo"]),
    ("phong trào “Dân vận khéo”", ["Dân vận khéo"]),
    ('Phong trào thi đua "Lớp học xanh" trong nhà trường', ["Lớp học xanh"]),
    ("phong trào thi đua «Ba nhất» của Công an", ["Ba nhất"]),
    ("phong trào thi đua “Quyết thắng“, tổ chức", ["Quyết thắng"]),
    ("PHONG TRÀO THI ĐUA “LỚP HỌC XANH”", ["LỚP HỌC XANH"]),
    ("phong trào thi đua yêu nước “Lớp học xanh”", ["Lớp học xanh"]),
    ("phong trào thi đua đặc biệt “500 ngày đêm”", ["500 ngày đêm"]),
    ("Phong trào thi đua năm 2024 “Đổi mới, sáng tạo”", ["Đổi mới, sáng tạo"]),
    ("phong trào thi đua: “Lớp học xanh”; “Mái trường vui”", ["Lớp học xanh", "Mái trường vui"]),
    (
        'các phong trào: "Lớp xanh";"Mái trường vui", “Vườn rau sạch”',
        ["Lớp xanh", "Mái trường vui", "Vườn rau sạch"],
    ),
    ("các phong trào thi đua chuyên đề: “Một; hai”, “Ba, bốn”", ["Một; hai", "Ba, bốn"]),
    ("phong trào thi đua do tỉnh phát động: “Xã sạch”, “Làng đẹp”", ["Xã sạch", "Làng đẹp"]),
    ("các phong trào thi đua như “Xã sạch”, “Làng đẹp” và “Phố vui”", ["Xã sạch", "Làng đẹp", "Phố vui"]),
    (
        "phong trào “Xã sạch”, phong trào thi đua “Làng đẹp” và phong trào “Phố vui”",
        ["Xã sạch", "Làng đẹp", "Phố vui"],
    ),
    (
        "phong trào thi đua “Xã sạch” giai đoạn 2021-2025, “Làng đẹp” giai đoạn 2022-2026",
        ["Xã sạch", "Làng đẹp"],
    ),
    (
        "hưởng ứng phong trào thi đua yêu nước do Bộ trưởng, Chủ tịch Công đoàn ngành phát động, trong đó có "
        "các phong trào thi đua: “Xã sạch”; “Làng đẹp”...",
        ["Xã sạch", "Làng đẹp"],
    ),
    ("phong trào thi đua “Người tốt, việc tốt”", ["Người tốt, việc tốt"]),
    # without marks
    ("phong trào thi đua Hai tốt", ["Hai tốt"]),
    ("PHONG TRÀO THI ĐUA HAI TỐT", ["Hai tốt"]),
    (
        "phong trào Toàn dân đoàn kết xây dựng đời sống văn hóa ở khu dân cư",
        ["Toàn dân đoàn kết xây dựng đời sống văn hóa"],
    ),
    ("phong trào TDĐKXDĐSVH", ["Toàn dân đoàn kết xây dựng đời sống văn hóa"]),
    (
        "phong trào xây dựng trường học thân thiện, học sinh tích cực",
        ["xây dựng trường học thân thiện, học sinh tích cực"],
    ),
    ("thực hiện phong trào Vở sạch-chữ đẹp.", ["Vở sạch-chữ đẹp"]),
    ("phong trào Tủ sách nghĩa tình do Huyện đoàn phát động", ["Tủ sách nghĩa tình"]),
]


@pytest.mark.parametrize(("text", "wanted"), NAMED, ids=[t[:60] for t, _ in NAMED])
def test_names(text: str, wanted: list[str]) -> None:
    assert names(text) == wanted


NONE = [
    "đẩy mạnh phong trào thi đua yêu nước",
    "phong trào thi đua “Thi đua yêu nước”",
    "các phong trào thi đua trong toàn trường; nêu gương “Người tốt, việc tốt”",
    "tuyên truyền phong trào thi đua, gương “Người tốt – việc tốt”",
    "cuộc vận động “Ngày vì người nghèo”",
    "phong trào thi đua và cuộc vận động “Ngày vì người nghèo”",
    "phong trào thi đua với chủ đề “Kỷ cương, sáng tạo”",
    "phong trào thi đua theo khẩu hiệu “Tất cả vì học sinh”",
    "gắn phong trào thi đua với việc thực hiện “Học tập và làm theo tấm gương”",
    "phong trào thi đua đặc biệt chào mừng kỷ niệm 80 năm ngày thành lập",
    "phong trào thi đua lập thành tích chào mừng Ngày Nhà giáo Việt Nam",
    "phong trào thi đua thực hiện thắng lợi nhiệm vụ năm 2024",
    "phong trào thi đua. Tổ chức lễ hội “Đường hoa”",
    "tổ chức các phong trào thi đua, biểu dương “Gương sáng” và “Hoa việc thiện”",
    "phong trào Đoàn; phong trào Công đoàn; Phong trào thi đua Quý I",
    "phong trào Văn hóa, văn nghệ của đơn vị",
    "phong trào Tủ sách nghĩa tình cho em do Huyện đoàn phát động",
    "Chương trình “Đường hoa” và lễ hội “Hoa ban”",
    "phong trào thi đua “Lớp học xanh không có dấu đóng",
    "phong trào",
]


@pytest.mark.parametrize("text", NONE, ids=[t[:60] for t in NONE])
def test_what_is_no_movement(text: str) -> None:
    assert names(text) == []


def test_a_campaign_ends_a_list() -> None:
    text = "các phong trào: “Xã sạch”, “Làng đẹp” và cuộc vận động “Hai không”, “Ba có”"
    assert names(text) == ["Xã sạch", "Làng đẹp"]


def test_words_between_quotations_end_a_list() -> None:
    assert names("phong trào “Xã sạch”; “Làng đẹp”... gắn với việc học tập “Tấm gương”") == [
        "Xã sạch",
        "Làng đẹp",
    ]


def test_a_name_is_found_once_where_two_words_govern_it() -> None:
    assert names("các phong trào như: Phong trào “Xã sạch”, phong trào “Làng đẹp”") == ["Xã sạch", "Làng đẹp"]


PERIODS = [
    ("phong trào “Xã sạch” giai đoạn 2021-2025", (2021, 2025)),
    ("phong trào “Xã sạch giai đoạn 2023 – 2030”", (2023, 2030)),
    ("phong trào “Xã sạch” (giai đoạn 2021-2025)", (2021, 2025)),
    ("phong trào “Xã sạch” năm 2024.", (2024, 2024)),
    ("phong trào “Xã sạch” từ năm 2021 đến năm 2025", (2021, 2025)),
    ("Phong trào thi đua năm 2024 “Xã sạch”", (2024, 2024)),
    ("phong trào thi đua Hai tốt giai đoạn 2020-2025", (2020, 2025)),
    ("phong trào “Hoàn thành nhiệm vụ năm 2024 và các chỉ tiêu giai đoạn 2021-2025”", None),
    ("phong trào “Xã sạch”; kế hoạch giai đoạn 2021-2025", None),
    ("phong trào “Xã sạch”. Năm 2024 tổ chức", None),
    ("phong trào “Xã sạch” giai đoạn 2025-2021", None),
    ("phong trào “Xã sạch” năm học 2023-2024", None),
]


@pytest.mark.parametrize(("text", "years"), PERIODS, ids=[t[:60] for t, _ in PERIODS])
def test_periods(text: str, years: tuple[int, int] | None) -> None:
    (found,) = find_movements(text)
    assert (found.period and (found.period[0].year, found.period[1].year)) == years


LAUNCHED = [
    ("phong trào “Xã sạch” do Thủ tướng Chính phủ phát động", ["Thủ tướng Chính phủ"]),
    ("phong trào thi đua do Chủ tịch UBND tỉnh phát động: “Xã sạch”, “Làng đẹp”", ["Chủ tịch UBND tỉnh"] * 2),
    ("phong trào do Thủ tướng, Chủ tịch UBND tỉnh phát động: “Xã sạch”, “Làng đẹp”", [None, None]),
    ("phong trào “Xã sạch” giai đoạn 2021-2025 do Huyện đoàn phát động", ["Huyện đoàn"]),
    ("phong trào “Xã sạch”; hội thi do Huyện đoàn phát động", [None]),
]


@pytest.mark.parametrize(("text", "who"), LAUNCHED, ids=[t[:60] for t, _ in LAUNCHED])
def test_launchers(text: str, who: list[str | None]) -> None:
    assert [m.launched_by for m in find_movements(text)] == who


def test_the_span_is_the_name() -> None:
    text = "Triển khai phong trào thi đua “Lớp học xanh”."
    (found,) = find_movements(text)
    assert text[found.start : found.end] == found.name == "Lớp học xanh"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Vở sạch - chữ đẹp", "vở sạch, chữ đẹp"),
        ("Hòa hợp giai đoạn 2021-2025", "Hoà hợp"),
        ("Thi đua năm 2024", "Thi đua năm 2025"),
        ("Xã sạch.", "“Xã sạch”"),
    ],
)
def test_keys_join_years_and_spellings(one: str, other: str) -> None:
    assert movement_key(one) == movement_key(other)


def test_examples_of_the_rules() -> None:
    for example in load("movements")["examples"]:
        assert names(example["text"])[0] == example["name"]


@pytest.mark.parametrize("name", load("movements")["names"])
def test_every_known_name_is_found_whole(name: str) -> None:
    assert names(f"Triển khai phong trào thi đua {name} tại đơn vị") == [name]


@pytest.mark.parametrize("thing", load("movements")["other_things"])
def test_other_things_are_no_movements(thing: str) -> None:
    assert names(f"phong trào thi đua và {thing} “Xã sạch”") == []


# --- in a document --------------------------------------------------------------------------


def made(*texts: str) -> tuple[Document, Zones]:
    builder = DocumentBuilder("text/plain")
    for text in texts:
        builder.paragraph(RawParagraph.of(text))
    document = builder.build()
    return document, Zones(body=document.blocks)


def test_mentions_are_merged() -> None:
    document, zones = made(
        "PHONG TRÀO THI ĐUA HAI TỐT",
        "phong trào thi đua “Hai tốt” do Công đoàn ngành phát động",
        "phong trào “Xã sạch”; phong trào “Hai tốt” giai đoạn 2021-2025",
    )
    two, clean = read_movements(document, zones)
    assert (two.name, two.mentions, two.launched_by) == ("Hai tốt", 3, "Công đoàn ngành")
    assert (str(two.period_start), str(two.period_end)) == ("2021-01-01", "2025-12-31")
    assert document.text[two.start : two.end] == "HAI TỐT"
    assert (clean.name, clean.mentions, clean.period_start) == ("Xã sạch", 1, None)


def test_a_list_over_paragraphs() -> None:
    document, zones = made(
        "Tổ chức các phong trào thi đua do tỉnh phát động:",
        "- “Xã sạch”;",
        "- “Làng đẹp”;",
        "Tổ chức lễ hội “Hoa ban”",
    )
    assert [m.name for m in read_movements(document, zones)] == ["Xã sạch", "Làng đẹp"]


def test_quotations_after_other_paragraphs_are_no_list() -> None:
    document, zones = made("Tổ chức các phong trào thi đua.", "- “Xã sạch”;")
    assert read_movements(document, zones) == ()


def test_cells_titles_and_annexes_are_read() -> None:
    builder = DocumentBuilder("text/plain")
    builder.paragraph(RawParagraph.of("Thực hiện phong trào “Xã sạch”"))
    builder.table(RawTable(1, 1, (RawCell(0, 0, (RawParagraph.of("phong trào “Làng đẹp”"),)),)))
    builder.paragraph(RawParagraph.of("phong trào “Phố vui”"))
    document = builder.build()
    title, table, annex = document.blocks
    zones = Zones(title=(title,), body=(table,), annexes=(annex,))  # type: ignore[arg-type]
    assert [m.name for m in read_movements(document, zones)] == ["Xã sạch", "Làng đẹp", "Phố vui"]


# --- properties -----------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        "phong trào",
        "thi đua",
        "“",
        "”",
        '"',
        "«",
        "»",
        ":",
        ";",
        ",",
        "Hai tốt",
        "giai đoạn 2021-2025",
        "do",
        "tỉnh",
        "phát động",
        "cuộc vận động",
        "và",
        "như",
        "năm 2024",
        "\n",
        "Xã sạch",
    ]
)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=40).map(" ".join) | st.text(max_size=200))
def test_never_raises_and_spans_hold(text: str) -> None:
    for m in find_movements(text):
        assert 0 <= m.start < m.end <= len(text)
        assert m.name.strip() == m.name != ""


@pytest.mark.parametrize(
    "text",
    [
        "phong trào " * 20000,
        "phong trào “" * 10000,
        "phong trào “a” " * 5000,
        "phong trào: " + "“a”, " * 20000,
    ],
    ids=["words", "open marks", "names", "one list"],
)
def test_hostile_text_ends(text: str) -> None:
    find_movements(text)


@pytest.mark.parametrize(
    "text",
    ["- Ban Phong trào: Tham mưu tổ chức Lễ ra quân; tổng hợp.", "Phòng Phong trào “Sắc xanh” phụ trách"],
)
def test_a_unit_called_phong_trao_names_no_movement(text: str) -> None:
    assert names(text) == []
