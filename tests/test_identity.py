"""Identities of plans: copies share one, years share the other, different plans share none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.identity import plan_id, series_key, timeless
from extractors.plan import Header
from extractors.vietnamese.letters import search_key

ISSUER = "ủy ban nhân dân tỉnh hà nam"


def header(**more: object) -> Header:
    facts = {
        "issuer_key": ISSUER,
        "issued_year": 2024,
        "doc_type": "KH",
        "number": "12/KH-UBND",
        "title": "Trồng cây",
    }
    return Header.model_validate({**facts, **more})


def test_plan_id_is_issuer_year_type_and_number() -> None:
    assert plan_id(header()) == f"{ISSUER}|2024|KH|12/kh-ubnd"


def test_a_blank_number_is_replaced_by_the_folded_title() -> None:
    assert plan_id(header(number=None)) == f"{ISSUER}|2024|KH|trong cay"


def test_the_year_of_the_plan_stands_in_for_an_unknown_year_of_issue() -> None:
    assert plan_id(header(issued_year=None, plan_year=2023)) == f"{ISSUER}|2023|KH|12/kh-ubnd"


@pytest.mark.parametrize(
    "lacking",
    [
        {"issuer_key": None},
        {"issued_year": None},
        {"number": None, "title": None},
        {"number": None, "title": "…"},
    ],
    ids=["no issuer", "no year", "neither number nor title", "a title without letters"],
)
def test_what_tells_too_little_has_no_plan_id(lacking: dict[str, object]) -> None:
    assert plan_id(header(**lacking)) is None


@pytest.mark.parametrize(
    "other",
    [{"number": "13/KH-UBND"}, {"issued_year": 2023}, {"doc_type": "QĐ"}, {"issuer_key": "ubnd tỉnh khác"}],
    ids=["number", "year", "type", "issuer"],
)
def test_different_plans_have_different_ids(other: dict[str, object]) -> None:
    assert plan_id(header()) != plan_id(header(**other))


SAME_SERIES = [
    ("Công tác thi đua, khen thưởng năm 2023", "Công tác thi đua khen thưởng năm 2024"),
    ("Dạy học năm học 2022-2023", "Dạy học năm học 2023 – 2024"),
    ("Chuyển đổi số giai đoạn 2016-2020, định hướng đến năm 2025", "Chuyển đổi số giai đoạn 2021-2025"),
    ("Kỷ niệm 70 năm Ngày truyền thống", "Kỷ niệm 71 năm Ngày truyền thống"),
    ("Kỷ niệm lần thứ 50 Ngày truyền thống", "Kỷ niệm lần thứ 51 Ngày truyền thống"),
    ("Đại hội lần thứ XIX, nhiệm kỳ 2020-2025", "Đại hội lần thứ XX, nhiệm kỳ 2025-2030"),
    ("Phát động từ ngày 19/5/2023 đến ngày 02/9/2023", "Phát động từ ngày 20/5/2024 đến ngày 02/9/2024"),
    ("KIỂM TRA NĂM 2023", "Kiểm tra năm 2024"),
    ("Hòa giải ở cơ sở năm 2023", "Hoà giải ở cơ sở năm 2024"),
]


@pytest.mark.parametrize(("one", "another"), SAME_SERIES, ids=[a for a, _ in SAME_SERIES])
def test_another_year_has_the_same_series(one: str, another: str) -> None:
    assert series_key(header(title=one)) == series_key(header(title=another))


OTHER_SERIES = [
    ("Kiểm tra quý I năm 2024", "Kiểm tra quý II năm 2024"),
    ("Báo cáo 6 tháng đầu năm 2024", "Báo cáo 6 tháng cuối năm 2024"),
    ("Trồng 100 cây năm 2024", "Trồng 200 cây năm 2024"),
    ("Thi đua năm 2024", "Kiểm tra năm 2024"),
]


@pytest.mark.parametrize(("one", "another"), OTHER_SERIES, ids=[a for a, _ in OTHER_SERIES])
def test_another_plan_of_the_year_has_another_series(one: str, another: str) -> None:
    assert series_key(header(title=one)) != series_key(header(title=another))


def test_a_title_that_is_a_year_only_gives_no_series() -> None:
    assert series_key(header(title="Năm 2024")) is None


@given(st.text(alphabet=st.sampled_from("nămhọc giaiđoạn0129-/.,quýIVthứlần"), max_size=80))
def test_any_title_gives_a_search_key(text: str) -> None:
    folded = timeless(text)
    assert folded == search_key(folded)
