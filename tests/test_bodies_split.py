"""The bodies of a cell and the role of each."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.bodies import lead_then_coordinate, split_bodies, split_roles
from extractors.bodies_rules import role_labels, role_words, words
from extractors.rulebook import load


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("Sở Nội vụ", ["Sở Nội vụ"]),
        ("Ban TĐKT, Sở Nội vụ.", ["Ban TĐKT, Sở Nội vụ"]),
        ("Sở Y tế, Sở Tài chính, Sở Nội vụ", ["Sở Y tế, Sở Tài chính, Sở Nội vụ"]),
        ("Các Sở, ban, ngành; UBND các xã", ["Các Sở, ban, ngành", "UBND các xã"]),
        (
            "- UBND tỉnh.\n- Sở Y tế, Sở Nội vụ.\n- Các đơn vị.",
            ["UBND tỉnh", "Sở Y tế, Sở Nội vụ", "Các đơn vị"],
        ),
        ("- UBND tỉnh. - Sở Y tế. - Các đơn vị", ["UBND tỉnh", "Sở Y tế", "Các đơn vị"]),
        ("- Văn phòng; - Các khoa, phòng.", ["Văn phòng", "Các khoa, phòng"]),
        ("- Sở Y tế - Sở Nội vụ", ["Sở Y tế", "Sở Nội vụ"]),
        ("- Sở Y tế;\n- Báo Sơn La;\nĐài PTTH tỉnh", ["Sở Y tế", "Báo Sơn La", "Đài PTTH tỉnh"]),
        ("Sở Y tế\nSở Nội vụ", ["Sở Y tế", "Sở Nội vụ"]),
        ("1. Sở Y tế\n2. Sở Nội vụ", ["Sở Y tế", "Sở Nội vụ"]),
        ("1) Sở Y tế; 2) Sở Nội vụ", ["Sở Y tế", "Sở Nội vụ"]),
        ("+ Sở Y tế\n+ Sở Nội vụ", ["Sở Y tế", "Sở Nội vụ"]),
        ("• Sở Y tế\n• Sở Nội vụ", ["Sở Y tế", "Sở Nội vụ"]),
        ("Phòng Hành chính - Tổ chức", ["Phòng Hành chính - Tổ chức"]),
        ("- Phòng Hành chính - Tổ chức", ["Phòng Hành chính - Tổ chức"]),
        ("- Phòng Tổ chức - Hành chính - Phòng Đào tạo", ["Phòng Tổ chức - Hành chính", "Phòng Đào tạo"]),
        (
            "- Phòng Hành chính\n- Tổ chức\n- Phòng Đào tạo",
            ["Phòng Hành chính\n- Tổ chức", "Phòng Đào tạo"],
        ),
        ("Phòng Tài chính -\nKế hoạch\nThanh tra", ["Phòng Tài chính -\nKế hoạch", "Thanh tra"]),
        ("- Sở Tài chính\n- Kế hoạch và Đầu tư", ["Sở Tài chính", "Kế hoạch và Đầu tư"]),
        ("- Ban Giám hiệu - Tổ Khoa học xã hội", ["Ban Giám hiệu", "Tổ Khoa học xã hội"]),
        ("- Hội Phụ nữ - Hội Nông dân - Đoàn Thanh niên", ["Hội Phụ nữ", "Hội Nông dân", "Đoàn Thanh niên"]),
        ("- Phòng Y tế\n- Văn thư", ["Phòng Y tế", "Văn thư"]),
        ("Trưởng Cụm - UBND tỉnh Sơn La", ["Trưởng Cụm - UBND tỉnh Sơn La"]),
        ("BGH-GV- Bộ phận", ["BGH-GV- Bộ phận"]),
        ("Sở Y tế,\ncác bệnh viện", ["Sở Y tế,\ncác bệnh viện"]),
        ("Sở Y tế và\nSở Nội vụ", ["Sở Y tế và\nSở Nội vụ"]),
        ("Các trạm y tế\nxã, phường", ["Các trạm y tế\nxã, phường"]),
        ("Phó Hiệu\ntrưởng", ["Phó Hiệu\ntrưởng"]),
        ("BCH\nCông\nđoàn", ["BCH\nCông\nđoàn"]),
        ("Kế toán\ncác tổ chuyên môn", ["Kế toán", "các tổ chuyên môn"]),
        ("Sở Nội vụ\n(Ban TĐKT)", ["Sở Nội vụ\n(Ban TĐKT)"]),
        ("Sở Nội vụ (Ban TĐKT; Văn phòng); Sở Y tế", ["Sở Nội vụ (Ban TĐKT; Văn phòng)", "Sở Y tế"]),
        ("UBND TP. Cà Mau", ["UBND TP. Cà Mau"]),
        ("Trường Tiểu học\nKim Đồng", ["Trường Tiểu học\nKim Đồng"]),
        ("Văn phòng\nKế toán", ["Văn phòng", "Kế toán"]),
        ("Trần Văn Bình\nLê Thị Hoa", ["Trần Văn Bình", "Lê Thị Hoa"]),
        ("Sở Y tế. Sở Nội vụ", ["Sở Y tế", "Sở Nội vụ"]),
        ("Văn thư, kế toán", ["Văn thư, kế toán"]),
        ("", []),
        ("-", []),
        (" ; . \n", []),
    ],
)
def test_split_bodies(cell: str, wanted: list[str]) -> None:
    assert [cell[a:b] for a, b in split_bodies(cell)] == wanted


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        (
            "- Chủ tịch Hội đồng chỉ đạo. - Phòng TCHC tham mưu chủ trì - Các khoa, phòng phối hợp thực hiện",
            [("Chủ tịch Hội đồng", "directing"), ("Phòng TCHC", "lead"), ("Các khoa, phòng", "coordinating")],
        ),
        (
            "- Hiệu trưởng chỉ đạo\n- Các cá nhân, tập thể\n- Phòng TCHC chủ trì tham mưu",
            [("Hiệu trưởng", "directing"), ("Các cá nhân, tập thể", "implementing"), ("Phòng TCHC", "lead")],
        ),
        ("Phòng TCHC tham mưu.", [("Phòng TCHC", "advising")]),
        ("Phòng TCHC tham mưu Hiệu trưởng", [("Phòng TCHC", "advising")]),
        ("Các đơn vị trong Khối thực hiện", [("Các đơn vị trong Khối", "implementing")]),
        (
            "Chủ trì: Sở Y tế; Phối hợp: Sở Nội vụ, các đơn vị",
            [("Sở Y tế", "lead"), ("Sở Nội vụ, các đơn vị", "coordinating")],
        ),
        (
            "Chủ trì: Sở Y tế. Phối hợp: Các sở, ngành.",
            [("Sở Y tế", "lead"), ("Các sở, ngành", "coordinating")],
        ),
        (
            "- Đơn vị chủ trì: Sở Y tế\n- Đơn vị phối hợp:\n+ Sở Nội vụ\n+ Sở Tài chính",
            [("Sở Y tế", "lead"), ("Sở Nội vụ", "coordinating"), ("Sở Tài chính", "coordinating")],
        ),
        ("Phối hợp: Sở Y tế; Sở Nội vụ", [("Sở Y tế", "coordinating"), ("Sở Nội vụ", "coordinating")]),
        (
            "Sở Y tế chủ trì, phối hợp với Sở Nội vụ, Sở Tài chính",
            [("Sở Y tế", "lead"), ("Sở Nội vụ, Sở Tài chính", "coordinating")],
        ),
        (
            "Sở Y tế chủ trì phối hợp các đơn vị liên quan thực hiện",
            [("Sở Y tế", "lead"), ("các đơn vị liên quan", "coordinating")],
        ),
        (
            "Sở Y tế chủ trì; phối hợp với Sở Nội vụ; Sở Tài chính",
            [("Sở Y tế", "lead"), ("Sở Nội vụ", "coordinating"), ("Sở Tài chính", "coordinating")],
        ),
        ("Sở Y tế (chủ trì)", [("Sở Y tế", "lead")]),
        ("Sở Y tế (chủ trì), Sở Nội vụ (phối hợp)", [("Sở Y tế", "lead"), ("Sở Nội vụ", "coordinating")]),
        ("Chủ trì Sở Y tế, phối hợp Sở Nội vụ", [("Sở Y tế", "lead"), ("Sở Nội vụ", "coordinating")]),
        ("Do Sở Y tế chủ trì thực hiện", [("Sở Y tế", "lead")]),
        ("UBND tỉnh (Sở Nội vụ tham mưu)", [("UBND tỉnh", "implementing"), ("Sở Nội vụ", "advising")]),
        ("Sở Y tế (CQ chủ trì) và các phòng", [("Sở Y tế", "lead"), ("các phòng", "implementing")]),
        ("* Chủ trì: Sở Y tế * Phối hợp: Các sở", [("Sở Y tế", "lead"), ("Các sở", "coordinating")]),
        ("Giao Sở Y tế chủ trì", [("Sở Y tế", "lead")]),
        ("Các đơn vị được kiểm tra", [("Các đơn vị được kiểm tra", "implementing")]),
        (
            "Sở Y tế chủ trì; các đơn vị được giám sát, kiểm tra phối hợp",
            [("Sở Y tế", "lead"), ("các đơn vị được giám sát, kiểm tra", "coordinating")],
        ),
        ("Tổ công tác theo dõi, đôn đốc", [("Tổ công tác", "monitoring")]),
        ("Các đơn vị thuộc diện kiểm tra", [("Các đơn vị thuộc diện kiểm tra", "implementing")]),
        ("Sở Y tế là cơ quan chủ trì", [("Sở Y tế", "lead")]),
        ("Sở Y tế chủ trì, các sở, ngành phối hợp", [("Sở Y tế", "lead"), ("các sở, ngành", "coordinating")]),
        ("Phòng Nội vụ theo dõi, đôn đốc", [("Phòng Nội vụ", "monitoring")]),
        ("Ban Thanh tra nhân dân kiểm tra, giám sát", [("Ban Thanh tra nhân dân", "monitoring")]),
        ("Phối hợp với Sở Nội vụ", [("Sở Nội vụ", "coordinating")]),
        ("Ban Chỉ đạo tỉnh", [("Ban Chỉ đạo tỉnh", "implementing")]),
        ("Ban chỉ đạo", [("Ban chỉ đạo", "implementing")]),
        ("Đoàn kiểm tra", [("Đoàn kiểm tra", "implementing")]),
        ("Thành viên Tổ kiểm tra", [("Thành viên Tổ kiểm tra", "implementing")]),
        ("Cán bộ làm công tác thi đua", [("Cán bộ làm công tác thi đua", "implementing")]),
        ("Cán bộ theo dõi thi đua", [("Cán bộ theo dõi thi đua", "implementing")]),
        ("Người thực hiện: Trần Văn Bình", [("Trần Văn Bình", "implementing")]),
        ("Lãnh đạo phụ trách: Phó Giám đốc", [("Phó Giám đốc", "directing")]),
        ("Sở Y tế\nSở Nội vụ phối hợp", [("Sở Y tế", "implementing"), ("Sở Nội vụ", "coordinating")]),
        ("", []),
        ("Phối hợp", []),
    ],
)
def test_split_roles(cell: str, wanted: list[tuple[str, str]]) -> None:
    assert [(cell[s.start : s.end], s.role) for s in split_roles(cell, "implementing")] == wanted


def test_default_role() -> None:
    assert [s.role for s in split_roles("Sở Y tế; Sở Nội vụ chủ trì", "coordinating")] == [
        "coordinating",
        "lead",
    ]


@pytest.mark.parametrize(
    ("cell", "wanted"),
    [
        ("Sở Y tế; Sở Nội vụ; Sở Tài chính", ["Sở Y tế", "Sở Nội vụ", "Sở Tài chính"]),
        ("Sở Y tế, các sở, ngành", ["Sở Y tế", "các sở, ngành"]),
        ("Sở Y tế/Các đơn vị", ["Sở Y tế", "Các đơn vị"]),
        ("Phòng GDĐT\nCác trường học", ["Phòng GDĐT", "Các trường học"]),
        ("Sở Văn hóa, Thể thao và Du lịch", ["Sở Văn hóa, Thể thao và Du lịch"]),
        ("", []),
    ],
)
def test_lead_then_coordinate(cell: str, wanted: list[str]) -> None:
    found = lead_then_coordinate(cell)
    assert [cell[s.start : s.end] for s in found] == wanted
    assert [s.role for s in found] == ["lead", *["coordinating"] * len(wanted)][: len(wanted)]


def test_a_cell_that_says_who_leads_is_believed() -> None:
    cell = "Sở Y tế phối hợp; Sở Nội vụ chủ trì"
    assert [s.role for s in lead_then_coordinate(cell)] == ["coordinating", "lead"]


def _examples(use: str) -> list[tuple[str, str]]:
    return [(e.get("role", use), x) for e in load("body_roles") if e["use"] == use for x in e["examples"]]


@pytest.mark.parametrize(("role", "example"), _examples("role"))
def test_examples_of_role_words(role: str, example: str) -> None:
    assert [h.label.split()[0] for h in role_words().find(example)] == [role]


@pytest.mark.parametrize(("role", "example"), _examples("label"))
def test_examples_of_labels(role: str, example: str) -> None:
    hit = role_labels().at(example, 0)
    assert hit is not None
    assert hit.label == role
    assert [s.role for s in split_roles(example, "implementing")] == [role]


@pytest.mark.parametrize("use", ["charge", "intro", "verb", "bracket"])
def test_examples_of_other_words(use: str) -> None:
    assert all(words(use).find(example) for _, example in _examples(use))


@pytest.mark.parametrize(
    "cell", ["; " * 4000, "- " * 4000, "(" * 4000, "Sở Y tế chủ trì, " * 400, "\n" * 9000, "và\n" * 900]
)
def test_hostile_cells(cell: str) -> None:
    split_roles(cell, "lead")
    lead_then_coordinate(cell)


@given(st.text(alphabet="SởYtế chủtrì phốihợpvới,;:.()-–\n\t1aĐCác", max_size=120))
@settings(max_examples=150, deadline=None)
def test_spans_cut_text(cell: str) -> None:
    spans = [(s.start, s.end) for s in split_roles(cell, "lead")]
    for start, end in [*spans, *split_bodies(cell)]:
        assert 0 <= start < end <= len(cell)
        assert cell[start:end] == cell[start:end].strip()
    assert spans == sorted(spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


@pytest.mark.parametrize(
    "text",
    [
        "Ban Tổ chức - Kiểm tra",
        "Phòng Thanh tra - Kiểm tra",
        "Ban Tuyên giáo - Chỉ đạo tuyến",
    ],
)
def test_a_capital_after_a_dash_goes_on_with_the_name(text: str) -> None:
    assert [(s.role, text[s.start : s.end]) for s in split_roles(text, "lead")] == [("lead", text)]
