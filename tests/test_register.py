"""Bodies over time: units and their codes, bodies on a day, lineages, the rules' own examples."""

from __future__ import annotations

from datetime import date, timedelta
from importlib.resources import files

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.bodies import body_key
from extractors.geography import Province, provinces
from extractors.register import Body, Unmatched, body_on, lineage
from extractors.register_names import read_name
from extractors.register_rules import Succession, distinguished_by, successions
from extractors.rulebook import load
from extractors.units import (
    CODES_2004,
    CODES_2025,
    TWO_LEVELS,
    Unit,
    UnitCode,
    forebears,
    heirs,
    local_units,
    province_unit,
    province_units,
    unit_of,
    units_of_province,
)
from pipeline.bodies import body_rows, lineages

BEFORE, AFTER = date(2024, 5, 1), date(2025, 9, 1)


def body(name: str, day: date, province: str | None = None, superior: str | None = None) -> Body:
    found = body_on(name, day, province, superior)
    assert isinstance(found, Body), found
    return found


# --- units and codes --------------------------------------------------------------------------


def test_63_provinces_became_34_and_no_commune_was_lost() -> None:
    last, first = TWO_LEVELS - timedelta(days=1), TWO_LEVELS
    assert sum(unit.holds(last) for unit in province_units()) == 63
    assert sum(unit.holds(first) for unit in province_units()) == 34
    old = [unit for unit in province_units() if unit.last == last]
    assert all(len(heirs(unit)) == 1 for unit in old)


def test_every_old_commune_has_heirs_and_every_new_one_forebears() -> None:
    old = [line.split("\t") for line in _lines("units_until_2025.tsv")]
    new = [line.split("\t")[0] for line in _lines("communes.tsv")]
    communes = [row for row in old if len(row[0]) == 5]
    districts = [row for row in old if len(row[0]) == 3]
    assert (len(communes), len(districts), len(new)) == (10_035, 696, 3_321)
    inherited = {heir for row in old for heir in row[3].split()}
    assert all(row[3] for row in communes)
    assert inherited == set(new)


def _lines(name: str) -> list[str]:
    text = files("extractors.rules").joinpath(name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


REUSED = {
    "15": ("Yên Bái", "Lào Cai"),
    "24": ("Bắc Giang", "Bắc Ninh"),
    "44": ("Quảng Bình", "Quảng Trị"),
    "52": ("Bình Định", "Gia Lai"),
    "80": ("Long An", "Tây Ninh"),
    "82": ("Tiền Giang", "Đồng Tháp"),
    "91": ("Kiên Giang", "An Giang"),
}


@pytest.mark.parametrize("value", REUSED)
def test_a_reused_code_is_two_codes(value: str) -> None:
    old, new = UnitCode(CODES_2004, value), UnitCode(CODES_2025, value)
    assert old != new and str(old) != str(new)
    found = [unit_of(code) for code in (old, new)]
    assert tuple(unit.name for unit in found if unit) == REUSED[value]


def test_these_seven_codes_alone_changed_their_meaning() -> None:
    numbers = {unit.number for unit in province_units() if unit.number}
    changed = {
        number
        for number in numbers
        if (old := unit_of(UnitCode(CODES_2004, number)))
        and (new := unit_of(UnitCode(CODES_2025, number)))
        and old.name != new.name
    }
    assert changed == set(REUSED)


def test_a_code_is_that_of_the_day() -> None:
    lai_chau = units_of_province("Lai Châu")[0]
    assert str(lai_chau.code(BEFORE)) == "124/2004/QĐ-TTg:12"
    assert str(lai_chau.code(AFTER)) == "19/2025/QĐ-TTg:12"
    assert lai_chau.code() is None  # two lists held in its time: without a day it has no code
    assert lai_chau.code(date(2001, 1, 1)) is None


@pytest.mark.parametrize(
    ("name", "day", "forebears_", "heir"),
    [
        ("Hà Nội", date(2008, 8, 1), ["Hà Nội", "Hà Tây"], None),
        ("Hà Tây", date(2008, 7, 31), [], "Hà Nội"),
        ("Thừa Thiên Huế", date(2024, 12, 31), [], "Huế"),
        ("Lào Cai", date(2025, 7, 1), ["Lào Cai", "Yên Bái"], None),
        ("Đồng Nai", date(2026, 4, 29), ["Bình Phước", "Đồng Nai"], "Đồng Nai"),
        ("Lai Châu", date(2025, 7, 1), [], None),
    ],
)
def test_a_province_grows_and_ends(name: str, day: date, forebears_: list[str], heir: str | None) -> None:
    unit = province_unit(name, day)
    assert unit is not None
    assert sorted(old.name for old in forebears(unit)) == sorted(forebears_)
    assert [after.name for after in heirs(unit)] == ([heir] if heir else [])


def test_a_district_ends_and_its_communes_inherit() -> None:
    (unit,) = local_units("Tam Nông", "huyện", "Phú Thọ")
    assert not unit.holds(AFTER)
    assert {heir.level for heir in heirs(unit)} == {"commune"}
    assert all(heir.holds(AFTER) and heir.province == "Phú Thọ" for heir in heirs(unit))
    (island,) = local_units("Lý Sơn", "huyện")
    assert [heir.place for heir in heirs(island)] == ["đặc khu Lý Sơn"]


@given(st.sampled_from(province_units()), st.dates(date(2004, 7, 8), date(2030, 1, 1)))
def test_a_code_leads_back_to_its_province(unit: Unit, day: date) -> None:
    code = unit.code(day) if unit.holds(day) else None
    if code is not None:
        assert unit_of(code) in units_of_province(unit.name)


# --- bodies on a day --------------------------------------------------------------------------


def test_a_body_knows_its_code_parent_and_heir() -> None:
    found = body("Sở Nội vụ tỉnh Hà Nam", BEFORE)
    assert (found.level, found.province, str(found.code)) == ("department", "Hà Nam", "124/2004/QĐ-TTg:35")
    assert found.parent == "Ủy ban nhân dân tỉnh Hà Nam"
    assert (found.valid_from, found.valid_to) == (None, date(2025, 6, 30))
    assert found.successors == ("Sở Nội vụ tỉnh Ninh Bình",)


def test_a_body_of_a_new_province_names_all_that_went_into_it() -> None:
    found = body("Sở Nội vụ tỉnh Ninh Bình", AFTER)
    assert found.valid_from == TWO_LEVELS
    assert set(found.predecessors) == {
        f"Sở Nội vụ tỉnh {name}" for name in ("Hà Nam", "Nam Định", "Ninh Bình")
    }


@pytest.mark.parametrize(
    ("name", "day", "province", "code"),
    [
        ("Ủy ban nhân dân huyện Tam Nông", AFTER, "Phú Thọ", "district-abolished"),
        ("Phòng Nội vụ huyện Tam Nông, tỉnh Đồng Tháp", AFTER, None, "district-abolished"),
        ("Sở Nội vụ tỉnh Hà Nam", AFTER, None, "unit-ended"),
        ("Ủy ban nhân dân huyện Tam Nông", BEFORE, None, "unit-ambiguous"),
        ("Ủy ban nhân dân đặc khu Lý Sơn", BEFORE, None, "unit-not-yet"),
        ("Ủy ban nhân dân xã Không Có Thật", BEFORE, None, "unit-unknown"),
        ("Ủy ban nhân dân huyện", BEFORE, "Phú Thọ", "unit-unknown"),
        ("Bộ Giao thông vận tải", AFTER, None, "body-ended"),
        ("Bộ Nông nghiệp và Môi trường", BEFORE, None, "body-not-yet"),
        ("Sở Kế hoạch và Đầu tư tỉnh Lai Châu", date(2025, 6, 1), None, "body-ended"),
    ],
)
def test_what_was_not_there_that_day_is_no_match(
    name: str, day: date, province: str | None, code: str
) -> None:
    found = body_on(name, day, province)
    assert isinstance(found, Unmatched) and found.code == code, found


def test_a_province_was_given_weeks_to_merge_its_departments() -> None:
    assert body("Sở Kế hoạch và Đầu tư tỉnh Lai Châu", date(2025, 3, 20)).valid_to == date(2025, 2, 28)


def test_a_body_that_was_divided_has_several_successors() -> None:
    assert body("Bộ Thông tin và Truyền thông", BEFORE).successors[:2] == (
        "Bộ Khoa học và Công nghệ",
        "Bộ Văn hóa, Thể thao và Du lịch",
    )
    assert len(body("Ban Dân tộc tỉnh Lai Châu", BEFORE).successors) == 2
    assert lineage("Ban Dân tộc tỉnh Lai Châu", BEFORE) == "ban dân tộc tỉnh lai châu"


def test_a_district_has_no_successor_but_communes_that_inherit() -> None:
    found = body("Ủy ban nhân dân huyện Tam Nông", BEFORE, "Phú Thọ")
    assert found.successors == ()
    assert len(found.territory_heirs) > 1


def test_a_name_without_its_place_is_of_the_plans_province_only_where_that_is_certain() -> None:
    assert body("Sở Nội vụ", BEFORE, "Hà Nam").name == "Sở Nội vụ tỉnh Hà Nam"
    assert body("Ủy ban nhân dân tỉnh", BEFORE, "Hà Nam").name == "Ủy ban nhân dân tỉnh Hà Nam"
    assert body("Trung tâm Công nghệ thông tin", BEFORE, "Hà Nam").code is None
    assert lineage("Phòng Nội vụ", BEFORE, "Hà Nam") is None


# --- lineages ---------------------------------------------------------------------------------

FOLLOWED = [
    ("Sở Nội vụ tỉnh Hà Nam", None, "sở nội vụ tỉnh ninh bình"),
    ("Sở Nội vụ tỉnh Ninh Bình", None, "sở nội vụ tỉnh ninh bình"),
    ("Sở Lao động - Thương binh và Xã hội tỉnh Vĩnh Phúc", None, "sở nội vụ tỉnh phú thọ"),
    ("Sở Bưu chính, Viễn thông tỉnh Hà Tây", None, "sở khoa học công nghệ thành phố hà nội"),
    ("Sở Giao thông vận tải thành phố Hồ Chí Minh", None, "sở xây dựng thành phố hồ chí minh"),
    ("Tỉnh ủy Bình Dương", None, "thành uỷ hồ chí minh"),
    ("UBND tỉnh Thừa Thiên Huế", None, "uỷ ban nhân dân thành phố huế"),
    ("Bộ Kế hoạch và Đầu tư", None, "bộ tài chính"),
    ("Trường Chính trị tỉnh Phú Yên", None, "trường chính trị tỉnh đắk lắk"),
    ("Trường Trung học phổ thông Hoa Lư", "Hà Nam", "trường trung học phổ thông hoa lư tỉnh ninh bình"),
    ("Bệnh viện Đa khoa tỉnh Bắc Kạn", None, "bệnh viện đa khoa bắc kạn tỉnh thái nguyên"),
    ("Trường Đại học Vinh", "Nghệ An", "trường đại học vinh"),
    ("Ủy ban nhân dân huyện Tam Nông", "Phú Thọ", "uỷ ban nhân dân huyện tam nông tỉnh phú thọ"),
    ("Các sở, ban, ngành tỉnh", "Hà Nam", None),
    ("Văn phòng Sở Nội vụ tỉnh Hà Nam", None, None),
    ("Trung tâm Y tế", "Hà Nam", None),
]


@pytest.mark.parametrize(("name", "province", "expected"), FOLLOWED)
def test_a_lineage_holds_over_the_mergers(name: str, province: str | None, expected: str | None) -> None:
    assert lineage(name, BEFORE if "Hà Tây" not in name else date(2006, 1, 1), province) == expected


def test_a_local_school_is_followed_from_its_district_to_its_commune() -> None:
    before = lineage(
        "Trường Trung học cơ sở Hoa Sen", BEFORE, "Bình Phước", "Phòng Giáo dục và Đào tạo huyện Lộc Ninh"
    )
    after = lineage("Trường Trung học cơ sở Hoa Sen", AFTER, "Đồng Nai", "Ủy ban nhân dân xã Lộc Ninh")
    elsewhere = lineage("Trường Trung học cơ sở Hoa Sen", BEFORE, "Bình Phước", "UBND huyện Bù Đăng")
    assert before == after is not None
    assert elsewhere != before


@pytest.mark.parametrize("province", provinces(), ids=lambda p: p.name)
def test_every_provinces_committee_is_followed_to_that_of_today(province: Province) -> None:
    today = units_of_province(province.now)[-1]
    followed = lineage(f"Ủy ban nhân dân {province.kind} {province.name}")
    assert followed == body_key(f"Ủy ban nhân dân {today.place}")


@pytest.mark.parametrize("name", [name for name, _, followed in FOLLOWED if followed])
def test_a_successor_is_there_the_day_after(name: str) -> None:
    for day in (date(2007, 1, 1), BEFORE, date(2025, 5, 1)):
        found = body_on(name, day)
        if isinstance(found, Body) and found.valid_to is not None:
            after = found.valid_to + timedelta(days=1)
            assert all(isinstance(body_on(each, after), Body) for each in found.successors)


@given(st.text(max_size=60), st.dates(), st.sampled_from([None, "Hà Nam", "Atlantis"]))
def test_any_name_gives_a_body_or_a_reason(name: str, day: date, province: str | None) -> None:
    assert isinstance(body_on(name, day, province), Body | Unmatched)
    lineage(name, day, province)


# --- the rules --------------------------------------------------------------------------------


@pytest.mark.parametrize("entry", load("bodies_over_time")["organs"], ids=lambda e: e["example"][0])
def test_every_organ_rule_does_what_its_example_says(entry: dict[str, list[str]]) -> None:
    name, parent = entry["example"]
    assert read_name(name).organ is not None
    assert body(name, BEFORE, None if "tỉnh" in name else "Đồng Tháp").parent == parent


@pytest.mark.parametrize("entry", load("bodies_over_time")["institutions"], ids=lambda e: e["place"])
def test_every_institution_rule_does_what_its_example_says(entry: dict[str, str]) -> None:
    assert distinguished_by(entry["example"]) == entry["place"]


def _of_lai_chau_or(succession: Succession) -> str:
    """The body's name with its place, where it is of a province."""
    unit = province_unit(next(iter(succession.only), "Lai Châu"), succession.day - timedelta(days=1))
    assert unit is not None
    name = succession.printed
    place = unit.name if name.endswith("ủy") else unit.place if name.startswith(("Sở", "Ban Dân tộc")) else ""
    return f"{name} {place}".strip()


@pytest.mark.parametrize("succession", successions(), ids=lambda s: f"{s.printed} {s.day}")
def test_every_succession_is_followed(succession: Succession) -> None:
    if succession.printed.endswith("Thành ủy"):
        assert lineage(f"{succession.printed} Hà Nội") == body_key(f"{succession.heir} Hà Nội")
        return
    last = succession.day - timedelta(days=1)
    found = body(_of_lai_chau_or(succession), last)
    assert found.valid_to == last
    assert len(found.successors) == len(succession.parts) + (succession.heir is not None)


def test_no_succession_leads_back_to_itself() -> None:
    for s in successions():
        heir, steps = s.heir, 0
        while heir is not None and steps < 20:
            heir = next((t.heir for t in successions() if t.body == body_key(heir) and t.day > s.day), None)
            steps += 1
        assert steps < 20


# --- the table --------------------------------------------------------------------------------


@pytest.fixture
def dataset() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    connection.execute(
        """
        CREATE TABLE documents AS
        SELECT *, 'Sở Nội vụ tỉnh ' || province AS issuer, 'sở nội vụ tỉnh ' || lower(province) AS issuer_key,
            NULL::VARCHAR AS issuer_parent, year(issued_on) AS issued_year, year(issued_on) AS plan_year
        FROM (VALUES
            ('a', 'Hà Nam', DATE '2023-01-10', true),
            ('b', 'Ninh Bình', DATE '2026-01-10', true),
            ('c', 'Hà Nam', DATE '2023-01-10', false)
        ) AS d(document_id, province, issued_on, preferred_copy);
        CREATE TABLE task_bodies AS SELECT * FROM (VALUES
            ('a', 'a-1', 'lead', 'Bộ Nội vụ', 'bộ nội vụ'),
            ('a', 'a-2', 'lead', 'Bộ Nội vụ', 'bộ nội vụ'),
            ('b', 'b-1', 'coordinating', 'Bộ Y tế', 'bộ y tế')
        ) AS t(document_id, task_id, role, body, body_key);
        CREATE TABLE recipients AS SELECT * FROM (VALUES
            ('a', 'UBND huyện Kim Bảng', false), ('b', 'UBND huyện Kim Bảng', false), ('b', 'VT', true)
        ) AS r(document_id, body, is_archive_copy);
        """
    )
    return connection


def test_the_table_has_a_row_a_body_and_province(dataset: duckdb.DuckDBPyConnection) -> None:
    rows = {(row["body_key"], row["province"]): row for row in body_rows(dataset)}
    assert list(rows) == sorted(rows, key=lambda k: (k[0], k[1] or ""))
    assert len(rows) == 5
    ministry = rows["bộ nội vụ", None]
    assert (ministry["tasks_led"], ministry["documents"], ministry["issued"]) == (2, 1, 0)
    old = rows["sở nội vụ tỉnh hà nam", "Hà Nam"]
    assert (old["issued"], old["province_now"], old["code"]) == (1, "Ninh Bình", "124/2004/QĐ-TTg:35")
    assert old["lineage_key"] == rows["sở nội vụ tỉnh ninh bình", "Ninh Bình"]["lineage_key"]
    late = rows["uỷ ban nhân dân huyện kim bảng", "Ninh Bình"]
    assert str(late["note"]).startswith("district-abolished") and late.get("code") is None
    assert all(row.get("code") is None or ":" in str(row["code"]) for row in rows.values())


def test_lineages_lead_from_key_to_key(dataset: duckdb.DuckDBPyConnection) -> None:
    follow = lineages(body_rows(dataset))
    assert follow("sở nội vụ tỉnh hà nam") == "sở nội vụ tỉnh ninh bình"
    assert follow("công ty hoa sen") == "công ty hoa sen"
