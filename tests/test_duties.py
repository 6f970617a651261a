"""Duties: the body over them, before a colon, or as the subject of the sentence."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.building import RawParagraph
from extractors.document import Style
from extractors.duties import duty_tasks, uncharged
from extractors.duty_leads import read_lead
from extractors.outline import build_outline
from extractors.plan import Task
from tests.builders import context, document


def duties(*lines: str, heading: str = "III. TỔ CHỨC THỰC HIỆN") -> list[Task]:
    read = document("I. MỤC ĐÍCH", "Nâng cao chất lượng.", heading, *lines)
    return list(duty_tasks(context(read), build_outline(read, read.blocks)))


def charged(*lines: str, heading: str = "III. TỔ CHỨC THỰC HIỆN") -> list[tuple[str, int]]:
    """Each body and the number of its duties, in order."""
    counts: dict[str, int] = {}
    for task in duties(*lines, heading=heading):
        who = "; ".join(body.text for body in task.bodies)
        counts[who] = counts.get(who, 0) + 1
    return list(counts.items())


def test_bodies_as_headings() -> None:
    assert charged(
        "1. Sở Nội vụ",
        "- Chủ trì, phối hợp với các đơn vị triển khai.",
        "- Theo dõi, đôn đốc việc thực hiện.",
        "2. Sở Tài chính:",
        "Tham mưu bố trí kinh phí.",
    ) == [("Sở Nội vụ", 2), ("Sở Tài chính", 1)]


def test_lettered_items_under_a_body() -> None:
    assert charged(
        "1. Giao Phòng Nội vụ (Thường trực Hội đồng):",
        "a. Tham mưu triển khai.",
        "b. Phối hợp tuyên truyền.",
        "Trên đây là Kế hoạch công tác thi đua.",
    ) == [("Phòng Nội vụ (Thường trực Hội đồng)", 2)]


def test_the_subject_of_the_sentence() -> None:
    assert charged(
        "1. Các cơ quan thông tin đại chúng của tỉnh tăng cường công tác tuyên truyền.",
        "2. Sở Tài chính: Căn cứ nội dung Kế hoạch này, bố trí kinh phí.",
        "3. Giao Sở Nội vụ theo dõi, đôn đốc các cơ quan.",
    ) == [("Các cơ quan thông tin đại chúng của tỉnh", 1), ("Sở Tài chính", 1), ("Sở Nội vụ", 1)]


def test_after_a_basis_clause() -> None:
    ((who, items),) = charged(
        "1. Căn cứ Kế hoạch này, các sở, ban, ngành tỉnh chủ động xây dựng kế hoạch của đơn vị."
    )
    assert (who, items) == ("các sở, ban, ngành tỉnh", 1)


def test_a_charge_word_is_no_part_of_the_body() -> None:
    assert charged("1. Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh phối hợp tuyên truyền.") == [
        ("Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", 1)
    ]
    assert charged("1. Đối với Ủy ban nhân dân các xã, phường", "- Tổ chức tuyên truyền.") == [
        ("Ủy ban nhân dân các xã, phường", 1)
    ]


def test_plus_lines_belong_to_their_dash() -> None:
    assert charged("1. Sở Y tế", "- Thực hiện các việc sau:", "+ Việc một;", "+ Việc hai.", "- Báo cáo.") == [
        ("Sở Y tế", 2)
    ]


def test_a_dash_that_names_a_body() -> None:
    assert charged(
        "1. Các sở, ban, ngành", "- Sở Y tế: Khám sức khỏe.", "- Sở Công Thương: Kiểm tra thị trường."
    ) == [
        ("Sở Y tế", 1),
        ("Sở Công Thương", 1),
    ]


def test_an_introduction_is_no_duty() -> None:
    assert charged("1. Văn phòng Sở có trách nhiệm:", "- Tổng hợp.", "- Báo cáo.") == [("Văn phòng Sở", 2)]


def test_deadlines_in_duties() -> None:
    (task,) = duties("1. Sở Nội vụ tổng hợp, báo cáo Ủy ban nhân dân tỉnh trước ngày 15/11/2024.")
    assert (task.time.kind, task.time.end_on) == ("deadline", date(2024, 11, 15))


@pytest.mark.parametrize(
    "heading", ["IV. PHÂN CÔNG NHIỆM VỤ", "V. TỔ CHỨC TRIỂN KHAI THỰC HIỆN", "VI. PHÂN CÔNG TRÁCH NHIỆM"]
)
def test_names_of_the_section(heading: str) -> None:
    assert charged("1. Sở Y tế", "- Khám sức khỏe.", heading=heading) == [("Sở Y tế", 1)]


def test_closing_words_charge_nobody() -> None:
    assert charged(
        "1. Sở Y tế",
        "- Khám sức khỏe.",
        "Trong quá trình thực hiện, nếu có vướng mắc, các đơn vị phản ánh về Sở Y tế.",
    ) == [("Sở Y tế", 1)]


def test_one_task_a_place() -> None:
    found = duties("1. Sở Y tế", "a) Khám sức khỏe.", "b) Báo cáo.")
    assert len({task.task_id for task in found}) == 2


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (
            ["1. Quỹ Phòng, chống thiên tai", "- Thu quỹ.", "2. Phòng Quản lý chất lượng", "- Báo cáo."],
            [("Quỹ Phòng, chống thiên tai", 1), ("Phòng Quản lý chất lượng", 1)],
        ),
        (
            [
                "1. Phòng Dịch tễ thú y",
                "a) Lấy mẫu.",
                "b) Báo cáo.",
                "2. Đội Cảnh sát hình sự",
                "- Tuần tra.",
            ],
            [("Phòng Dịch tễ thú y", 2), ("Đội Cảnh sát hình sự", 1)],
        ),
    ],
    ids=["fields in capitals", "fields that no list knows"],
)
def test_a_title_over_items_is_the_whole_body(lines: list[str], wanted: list[tuple[str, int]]) -> None:
    assert charged(*lines) == wanted


def test_items_built_alike_name_bodies_that_no_list_knows() -> None:
    assert charged(
        "1. Trạm Y tế: chuẩn bị thuốc.",
        "2. Y tế thôn: mời trẻ ra uống thuốc.",
        "3. Các Hạt Kiểm lâm: tuần tra.",
    ) == [("Trạm Y tế", 1), ("Y tế thôn", 1), ("Các Hạt Kiểm lâm", 1)]


def test_topics_before_a_colon_are_no_bodies() -> None:
    found = charged(
        "1. Sở Y tế: khám sức khỏe.",
        "2. Công tác tuyên truyền: treo băng rôn.",
        "3. Khen thưởng: theo quy định.",
    )
    assert found == [("Sở Y tế", 1)]


def test_an_item_beside_the_one_that_named_a_body_is_not_of_that_body() -> None:
    assert charged(
        "1. Văn phòng Cục: theo dõi, báo cáo.",
        "2. Tăng cường tuyên truyền trên các phương tiện thông tin.",
    ) == [("Văn phòng Cục", 1)]


def test_jobs_counted_on_after_an_introduction_are_of_its_body() -> None:
    assert charged("1. Giao Phòng Nội vụ thực hiện các việc sau:", "2. Tổ chức thi.", "3. Chấm thi.") == [
        ("Phòng Nội vụ", 2)
    ]


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("1. Tổ chức, cá nhân chăn nuôi có trách nhiệm khai báo dịch bệnh.", "Tổ chức, cá nhân chăn nuôi"),
        (
            "1. Phòng Văn hóa - Xã hội là cơ quan thường trực, theo dõi việc thực hiện.",
            "Phòng Văn hóa - Xã hội",
        ),
        ("1. Văn phòng làm đầu mối tổng hợp báo cáo.", "Văn phòng"),
        (
            "1. Thủ trưởng các đơn vị trực thuộc trong phạm vi chức năng, nhiệm vụ tổ chức thực hiện.",
            "Thủ trưởng các đơn vị trực thuộc",
        ),
        ("1. Kính đề nghị Ủy ban nhân dân xã chỉ đạo các thôn phối hợp.", "Ủy ban nhân dân xã"),
        ("1. Các phòng, khoa, bộ môn có trách nhiệm tổ chức thực hiện.", "Các phòng, khoa, bộ môn"),
        ("1. Đảng ủy xã lãnh đạo cụ thể hóa Kế hoạch.", "Đảng ủy xã"),
        ("1. Các chi bộ trực thuộc lãnh đạo, chỉ đạo thực hiện Kế hoạch.", "Các chi bộ trực thuộc"),
        ("1. Các đồng chí lãnh đạo phòng theo dõi, đôn đốc thực hiện.", "Các đồng chí lãnh đạo phòng"),
        ("1. Đoàn kiểm tra thực hiện nhiệm vụ theo quy định.", "Đoàn kiểm tra"),
        ("1. Tổ công tác thực hiện nhiệm vụ được giao.", "Tổ công tác"),
        ("1. Ban tổ chức báo cáo kết quả.", "Ban tổ chức"),
    ],
    ids=lambda value: value[:40],
)
def test_where_the_body_ends(line: str, who: str) -> None:
    assert charged(line) == [(who, 1)]


def test_a_semicolon_between_bodies_ends_no_list() -> None:
    line = "1. Chánh án các huyện; Chánh Tòa, Trưởng phòng tỉnh: Tổ chức triển khai tại đơn vị."
    assert [body.text for body in duties(line)[0].bodies] == [
        "Chánh án các huyện",
        "Chánh Tòa, Trưởng phòng tỉnh",
    ]


def test_a_body_in_office_over_its_duties() -> None:
    found = charged("1. Phòng Văn hóa là cơ quan thường trực, có trách nhiệm:", "a) Theo dõi;", "b) Báo cáo.")
    assert found == [("Phòng Văn hóa", 2)]


def test_bodies_nested_under_a_group() -> None:
    assert charged(
        "1. Các đơn vị thuộc Cục",
        "1.1. Văn phòng Cục",
        "a) Tổng hợp.",
        "b) Báo cáo.",
        "1.2. Trung tâm Chẩn đoán",
        "Xét nghiệm mẫu.",
    ) == [("Văn phòng Cục", 2), ("Trung tâm Chẩn đoán", 1)]


@pytest.mark.parametrize(
    "heading",
    [
        "II. TRÁCH NHIỆM CỦA CÁC BÊN",
        "II. TRÁCH NHIỆM CỦA CÁC THÀNH VIÊN",
        "II. NHIỆM VỤ CỦA CÁC BỘ PHẬN",
        "II. PHÂN CÔNG",
    ],
)
def test_sections_on_responsibility(heading: str) -> None:
    assert charged("1. Trách nhiệm của Sở Y tế", "a) Khám.", "b) Báo cáo.", heading=heading) == [
        ("Sở Y tế", 2)
    ]


def test_a_section_whose_own_heading_charges() -> None:
    assert charged(
        "1. Tuyên truyền.", "2. Báo cáo.", heading="IV. Trách nhiệm của Ủy ban nhân dân các xã"
    ) == [("Ủy ban nhân dân các xã", 2)]


def test_persons_with_their_posts() -> None:
    assert charged(
        "1- Đồng chí Lò Văn An - Bí thư Huyện ủy: Chỉ đạo chung.",
        "2- Đồng chí Vàng A Sử – Phó Giám đốc Sở: Phụ trách tài chính.",
        heading="III- PHÂN CÔNG NHIỆM VỤ",
    ) == [("Đồng chí Lò Văn An - Bí thư Huyện ủy", 1), ("Đồng chí Vàng A Sử – Phó Giám đốc Sở", 1)]


def test_bold_titles_without_numbers() -> None:
    def bold(text: str) -> RawParagraph:
        return RawParagraph.of(text, style=Style(bold=True))

    read = document(
        bold("Tổ chức thực hiện"),
        bold("Văn phòng Sở"),
        "Theo dõi.",
        "Đôn đốc.",
        bold("Các đơn vị trực thuộc"),
        "Báo cáo.",
    )
    found = duty_tasks(context(read), build_outline(read, read.blocks))
    assert [task.bodies[0].text for task in found] == [
        "Văn phòng Sở",
        "Văn phòng Sở",
        "Các đơn vị trực thuộc",
    ]


def test_a_plan_without_headings() -> None:
    read = document(
        "Tổ chức tổng vệ sinh.", "Giao Công an xã tuần tra.", "Đề nghị các đoàn thể vận động hội viên."
    )
    found = duty_tasks(context(read), build_outline(read, read.blocks))
    assert [task.bodies[0].text for task in found] == ["Công an xã", "các đoàn thể"]


def test_the_clause_of_execution_charges_nobody() -> None:
    assert charged("1. Sở Y tế: khám.", "2. Chánh Văn phòng chịu trách nhiệm thi hành Kế hoạch này.") == [
        ("Sở Y tế", 1)
    ]


def test_what_charges_nobody_is_told() -> None:
    read = document(
        "III. TỔ CHỨC THỰC HIỆN", "1. Sở Y tế: khám.", "2. Tăng cường tuyên truyền rộng rãi trong nhân dân."
    )
    root = build_outline(read, read.blocks)
    tasks = list(duty_tasks(context(read), root))
    assert [read.text[a:b] for a, b in uncharged(context(read), root, tasks)] == [
        "Tăng cường tuyên truyền rộng rãi trong nhân dân."
    ]


@pytest.mark.parametrize(
    "team",
    ["Ban kiểm tra nội bộ", "Ban tổ chức", "Tổ rà soát văn bản", "Bộ phận tiếp nhận hồ sơ", "Đội xung kích"],
)
def test_a_team_named_by_what_it_does_is_charged(team: str) -> None:
    assert charged("1. Sở Y tế: khám.", f"2. {team}", "- Báo cáo kết quả.") == [("Sở Y tế", 1), (team, 1)]


@given(st.text(max_size=300), st.booleans(), st.booleans())
def test_a_lead_lies_inside_its_text(text: str, over_items: bool, beside: bool) -> None:
    lead = read_lead(text, over_items, beside)
    assert lead is None or 0 <= lead.start < lead.end <= len(text)


def test_a_short_sentence_is_a_duty() -> None:
    assert charged("1. Sở Y tế chủ trì.", "2. Các bệnh viện thực hiện.") == [
        ("Sở Y tế", 1),
        ("Các bệnh viện", 1),
    ]


def test_a_paragraph_below_a_body_has_the_body_among_its_headings() -> None:
    item, paragraph, under_dash = duties(
        "1. Sở Nội vụ",
        "a) Theo dõi việc thực hiện.",
        "2. Sở Tài chính",
        "Tham mưu bố trí kinh phí.",
        "Trung tâm Lưu trữ: Bảo quản hồ sơ.",
    )
    assert item.section == ("III. TỔ CHỨC THỰC HIỆN", "1. Sở Nội vụ")
    assert paragraph.section == ("III. TỔ CHỨC THỰC HIỆN", "2. Sở Tài chính")
    assert under_dash.section == paragraph.section and (item.no, paragraph.no) == ("a", None)
