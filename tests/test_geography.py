"""Provinces and districts as texts name them, and their codes on a day."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors import geography
from extractors.rulebook import load


@pytest.mark.parametrize(
    ("name", "example"), [(e["name"], x) for e in load("provinces") for x in e["examples"]], ids=str
)
def test_examples_of_the_rules(name: str, example: str) -> None:
    found = geography.find_province(example)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("ỦY BAN NHÂN DÂN\nTỈNH SƠN LA", "Sơn La"),
        ("UBND tỉnh Hoà Bình", "Hòa Bình"),
        ("tỉnh hòa bình", "Hòa Bình"),
        ("góp phần gìn giữ hòa bình", None),
        ("Thành phố Hồ Chí Minh", "Hồ Chí Minh"),
        ("TP. Hồ Chí Minh, ngày", "Hồ Chí Minh"),
        ("TP.HCM", "Hồ Chí Minh"),
        ("Đảng bộ TPHCM", "Hồ Chí Minh"),
        ("tư tưởng Hồ Chí Minh", None),
        ("Đoàn TNCS Hồ Chí Minh tỉnh Sơn La", "Sơn La"),
        ("Sở Y tế Hà Giang", "Hà Giang"),
        ("UBND tinh Ha Giang", "Hà Giang"),
        ("TINH SON LA", "Sơn La"),
        ("tỉnh Đăk Lăk", "Đắk Lắk"),
        ("tỉnh Bắc Cạn", "Bắc Kạn"),
        ("Sở Xây dựng Bà Rịa-Vũng Tàu", "Bà Rịa - Vũng Tàu"),
        ("Bà Rịa – Vũng Tàu", "Bà Rịa - Vũng Tàu"),
        ("tỉnh Thừa Thiên Huế", "Huế"),
        ("UBND tỉnh Yên Bái gửi Sở Y tế Sơn La", "Yên Bái"),
        ("tỉnh Yên Bái, tỉnh Sơn La", None),
        ("các tỉnh: Yên Bái, Sơn La", None),
        ("Sơn La và Yên Bái", None),
        ("đường Điện Biên Phủ", None),
        ("xã Hà Nam", None),
        ("Trường THPT Hà Nam", None),
        ("huyện Quảng Ninh", None),
        ("Thành ủy Hải Phòng", "Hải Phòng"),
        ("TP Cà Mau", "Cà Mau"),
        ("Kế hoạch năm 2024", None),
        ("", None),
    ],
)
def test_find_province(text: str, wanted: str | None) -> None:
    found = geography.find_province(text)
    assert (found.name if found else None) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("UBND huyện Mộc Châu", "Sơn La"),
        ("ỦY BAN NHÂN DÂN HUYỆN CỦ CHI", "Hồ Chí Minh"),
        ("thị xã Kỳ Anh", "Hà Tĩnh"),
        ("TX. Kỳ Anh", "Hà Tĩnh"),
        ("UBND Quận 1", "Hồ Chí Minh"),
        ("Q.3", "Hồ Chí Minh"),
        ("Quận ủy Ba Đình", "Hà Nội"),
        ("Huyện uỷ Củ Chi", "Hồ Chí Minh"),
        ("thành phố Biên Hoà", "Đồng Nai"),
        ("UBND Củ Chi", "Hồ Chí Minh"),
        ("huyện Châu Thành", None),
        ("huyện Hòa Bình", "Bạc Liêu"),
        ("thành phố Hòa Bình", "Hòa Bình"),
        ("quận Hoàng Mai", "Hà Nội"),
        ("thị xã Hoàng Mai", "Nghệ An"),
        ("huyện Phong Điền", None),
        ("huyện Kỳ Sơn", None),
        ("huyện Hoành Bồ", "Quảng Ninh"),
        ("huyện Mộc Châu và huyện Củ Chi", None),
        ("xã Mộc Châu", None),
        ("Mộc Châu", None),
        ("các huyện, thành phố", None),
        ("", None),
    ],
)
def test_province_of_district(text: str, wanted: str | None) -> None:
    found = geography.province_of_district(text)
    assert (found.name if found else None) == wanted


@pytest.mark.parametrize(
    ("name", "day", "wanted"),
    [
        ("Lào Cai", date(2025, 6, 30), ("Lào Cai", "tỉnh", "10", "Lào Cai")),
        ("Lào Cai", date(2025, 7, 1), ("Lào Cai", "tỉnh", "15", "Lào Cai")),
        ("Lào Cai", None, ("Lào Cai", "tỉnh", None, "Lào Cai")),
        ("Yên Bái", date(2019, 3, 1), ("Yên Bái", "tỉnh", "15", "Lào Cai")),
        ("Yên Bái", date(2026, 1, 1), ("Yên Bái", "tỉnh", None, "Lào Cai")),
        ("Huế", date(2020, 1, 1), ("Thừa Thiên Huế", "tỉnh", "46", "Huế")),
        ("Thừa Thiên Huế", date(2025, 1, 1), ("Huế", "thành phố", "46", "Huế")),
        ("Đồng Nai", date(2026, 4, 29), ("Đồng Nai", "tỉnh", "75", "Đồng Nai")),
        ("Đồng Nai", date(2026, 4, 30), ("Đồng Nai", "thành phố", "75", "Đồng Nai")),
        ("Sơn La", None, ("Sơn La", "tỉnh", "14", "Sơn La")),
        ("SƠN LA", date(2012, 1, 1), ("Sơn La", "tỉnh", "14", "Sơn La")),
        ("Hà Tây", date(2012, 1, 1), ("Hà Tây", "tỉnh", None, "Hà Nội")),
    ],
)
def test_province_at(name: str, day: date | None, wanted: tuple[str, str, str | None, str]) -> None:
    found = geography.province_at(name, day)
    assert found is not None
    assert (found.name, found.kind, found.code, found.now) == wanted


@pytest.mark.parametrize(
    ("name", "year", "wanted"),
    [
        ("Huế", 2018, ("Thừa Thiên Huế", "46")),
        ("Huế", 2025, ("Huế", "46")),
        ("Lào Cai", 2024, ("Lào Cai", "10")),
        ("Lào Cai", 2025, ("Lào Cai", None)),
        ("Lào Cai", None, ("Lào Cai", None)),
    ],
)
def test_province_of_a_year(name: str, year: int | None, wanted: tuple[str, str | None]) -> None:
    found = geography.province_on(name, None, year)
    assert found is not None
    assert (found.name, found.code) == wanted


def test_unknown_province() -> None:
    assert geography.province_at("Phường 5", date(2024, 1, 1)) is None


@pytest.mark.parametrize(("day", "number"), [(date(2025, 6, 30), 63), (date(2025, 7, 1), 34)])
def test_number_of_provinces(day: date, number: int) -> None:
    codes = [p.code(day) for p in geography.provinces() if p.code(day)]
    assert len(codes) == len(set(codes)) == number


def test_successors_are_provinces_today() -> None:
    today = {p.name for p in geography.provinces() if p.code(date(2026, 6, 1))}
    assert {p.now for p in geography.provinces()} == today


def test_districts_are_of_known_provinces() -> None:
    assert len(geography.districts()) > 690
    assert all(geography.province_named(province) for _, _, province in geography.districts())


@given(st.text(max_size=100))
@settings(max_examples=100, deadline=None)
def test_mentions_cut_what_they_claim(text: str) -> None:
    for named in geography.province_mentions(text):
        assert 0 <= named.start < named.end <= len(text)
    geography.province_of_district(text)
