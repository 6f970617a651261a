"""Zones of any input: nothing raises, nothing is lost, and no input takes long."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.document import Paragraph, Table
from extractors.zones import Zones, find_zones
from tests.zone_documents import MOTTO, SLOGAN, of_lines

LINES = st.lists(
    st.one_of(
        st.text(max_size=60),
        st.sampled_from(
            [
                MOTTO,
                SLOGAN,
                "KẾ HOẠCH",
                "Số: 12/KH-UBND",
                "Số:      /KH-UBND",
                "Nơi nhận:",
                "- Lưu: VT.",
                "TM. ỦY BAN NHÂN DÂN",
                "CHỦ TỊCH",
                "Lê Văn An",
                "I. NỘI DUNG",
                "Căn cứ Luật;",
                "PHỤ LỤC",
                "(",
                "QUYẾT ĐỊNH",
                "Tổ chức hội thi",
                "như sau:",
                "Điều 1. Ban hành",
                " " * 40,
                "UBND TỈNH X      " + MOTTO,
                "UBND XÃ X | " + MOTTO + " |",
                "Nơi nhận: | CHỦ TỊCH |",
                "CỘNG HÒA XÃ HỘI",
                "CHỦ NGHĨA VIỆT NAM",
                "ngày 5 tháng",
                "Hà Nội, ngày 5 tháng 3 năm 2020",
            ]
        ),
    ),
    max_size=25,
)


@given(LINES)
@settings(max_examples=300, deadline=None)
def test_never_raises_and_loses_nothing(lines: list[str]) -> None:
    document = of_lines("\n".join(line.replace("\n", " ") for line in lines))
    zones = find_zones(document)
    kept = sorted(block.start for zone in all_zones(zones) for block in zone)
    said = "".join(document.cut(block) for zone in all_zones(zones) for block in zone)
    assert len(kept) == len(set(kept))
    assert printed(said) == printed(document.text)


def printed(text: str) -> list[str]:
    """The characters that must stand in some zone: bars part cells as white space does."""
    return sorted(ch for ch in text if not ch.isspace() and ch != "|")


def all_zones(zones: Zones) -> list[tuple[Paragraph | Table, ...]]:
    return [zones.head, zones.title, zones.preamble, zones.body, zones.closing, zones.annexes, zones.carrier]


@pytest.mark.parametrize(
    "text",
    [
        " " * 50_000 + "ngày",
        "ngày" + " " * 50_000 + "tháng",
        "Số:" + " " * 50_000 + "x",
        "Số: " + "." * 50_000,
        "CỘNG " * 10_000,
        "A-" * 20_000,
        "KẾ HOẠCH\n" * 2_000,
        "Nơi nhận:\n" * 2_000,
        "- Lưu: VT.\n" * 2_000,
        "(" * 20_000,
        "|" * 20_000,
        " | " * 10_000,
        "Thị xã, " * 5_000 + "ngày 5 tháng 3 năm 2020",
        "CỘNG HÒA\n" * 2_000,
    ],
    ids=lambda text: text[:12],
)
def test_hostile_text_is_read(text: str) -> None:
    find_zones(of_lines(text))
