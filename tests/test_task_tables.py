"""Task tables: headings of all kinds, group rows, merged cells, inherited times."""

from datetime import date

import pytest

from extractors.plan import Task
from extractors.task_tables import read_task_table
from tests.builders import Row, context, document, grid, only_table


def tasks(*rows: Row, above: tuple[str, ...] = (), year: int = 2024) -> list[Task]:
    read = document(grid(*rows))
    return read_task_table(context(read, year), only_table(read), "t1", above)[0]


def bodies(task: Task) -> list[tuple[str, str]]:
    return [(body.role, body.text) for body in task.bodies]


HEAD: Row = ("STT", "Nội dung công việc", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời gian")


def test_a_plain_table() -> None:
    first, second = tasks(
        HEAD,
        ("1", "Phát động thi đua", "Sở Nội vụ", "- Sở Y tế;\n- Sở Tài chính.", "Tháng 3"),
        ("2", "Tổng kết công tác", "Sở Nội vụ", "Các sở, ban, ngành", "Trước ngày 15/12"),
    )
    assert (first.no, first.content) == ("1", "Phát động thi đua")
    assert bodies(first) == [
        ("lead", "Sở Nội vụ"),
        ("coordinating", "Sở Y tế"),
        ("coordinating", "Sở Tài chính"),
    ]
    assert (first.time.start_on, first.time.end_on) == (date(2024, 3, 1), date(2024, 3, 31))
    assert (second.time.kind, second.time.end_on, second.time.end_strict) == (
        "deadline",
        date(2024, 12, 15),
        True,
    )


@pytest.mark.parametrize(
    "head",
    [
        ("TT", "NỘI DUNG, NHIỆM VỤ", "THỜI GIAN THỰC HIỆN", "ĐƠN VỊ THỰC HIỆN"),
        ("Số TT", "Hoạt động", "Tiến độ", "Cơ quan, đơn vị thực hiện"),
        ("No", "Tên nhiệm vụ", "Thời gian, tiến độ", "Phụ trách, thực hiện"),
        ("STT", "Công việc", "Tháng", "Đơn vị/cá nhân phụ trách"),
        ("STT", "Nhiệm vụ cụ thể", "Thời điểm thực hiện", "Trách nhiệm"),
    ],
    ids=lambda head: head[1],
)
def test_the_usual_headings(head: Row) -> None:
    (task,) = tasks(head, ("1", "Ban hành kế hoạch", "Tháng 2", "Văn phòng"))
    assert task.no == "1"
    assert task.content == "Ban hành kế hoạch"
    assert task.time.end_on == date(2024, 2, 29)
    assert bodies(task) == [("implementing", "Văn phòng")]


def test_columns_in_another_order() -> None:
    (task,) = tasks(
        ("Thời gian", "TT", "Bộ phận chủ trì", "Nội dung", "Sản phẩm", "Ghi chú", "Kinh phí"),
        ("Quý I", "1", "Văn phòng", "Rà soát thủ tục", "Báo cáo", "Theo quý", "10 triệu"),
    )
    assert (task.no, task.content, task.product, task.note, task.budget) == (
        "1", "Rà soát thủ tục", "Báo cáo", "Theo quý", "10 triệu",
    )  # fmt: skip


def test_headings_of_two_levels_and_column_numbers() -> None:
    (task,) = tasks(
        ("STT", "Nội dung", "Cơ quan thực hiện", None, "Thời hạn"),
        ("^", "^", "Chủ trì", "Phối hợp", "^"),
        ("(1)", "(2)", "(3)", "(4)", "(5)"),
        ("1", "Xây dựng đề án", "Sở Y tế", "Sở Tài chính", "Tháng 6"),
    )
    assert bodies(task) == [("lead", "Sở Y tế"), ("coordinating", "Sở Tài chính")]
    assert (task.time.kind, task.time.start_on, task.time.end_on) == ("deadline", None, date(2024, 6, 30))


@pytest.mark.parametrize(
    "rows",
    [
        [("STT", "Nội dung", "Cơ quan thực hiện", "", "Thời hạn"), ("", "", "Chủ trì", "Phối hợp", "")],
        [
            ("STT", "Nội dung", "Phân công", "Phân công", "Thời hạn"),
            ("STT", "Nội dung", "Chủ trì", "Phối hợp", "Thời hạn"),
        ],
        [
            ("STT", "Nội dung", "Cơ quan chủ trì", "", "Thời hạn"),
            ("", "", "Chủ trì", "Cùng tham gia phối hợp", ""),
            ("(1)", "(2)", "(3)", "(4)", "(5)"),
        ],
    ],
    ids=["empty cells", "repeated cells", "column numbers"],
)
def test_headings_of_two_levels_that_lost_their_merged_cells(rows: list[Row]) -> None:
    (task,) = tasks(*rows, ("1", "Xây dựng đề án", "Sở Y tế", "Sở Tài chính", "Tháng 6"))
    assert bodies(task) == [("lead", "Sở Y tế"), ("coordinating", "Sở Tài chính")]
    assert (task.no, task.time.kind) == ("1", "deadline")


def test_a_row_of_data_under_an_empty_heading_is_a_task() -> None:
    rows = tasks(
        ("TT", "Nội dung", "Chủ trì", "", "Thời gian"),
        ("1", "Công tác văn bản", "Ban Chỉ đạo", "Văn phòng", "Tháng 2"),
        ("", "Chương trình hoạt động", "Văn phòng", "Tổ phối hợp", "Quý I"),
    )
    assert [task.content for task in rows] == ["Công tác văn bản", "Chương trình hoạt động"]


def test_group_rows_give_time_and_group() -> None:
    rows = tasks(
        ("TT", "Nội dung", "Đơn vị thực hiện"),
        ("QUÝ I/2023", None, None),
        ("01", "Ký giao ước thi đua", "Các đơn vị"),
        ("QUÝ II/2023", None, None),
        ("02", "Sơ kết 6 tháng đầu năm", "Sở Nội vụ"),
    )
    assert [(t.no, t.group, t.time.text, t.time.end_on) for t in rows] == [
        ("01", "QUÝ I/2023", "QUÝ I/2023", date(2023, 3, 31)),
        ("02", "QUÝ II/2023", "QUÝ II/2023", date(2023, 6, 30)),
    ]


def test_a_group_row_with_a_roman_number() -> None:
    rows = tasks(
        HEAD,
        ("I", "CẢI CÁCH THỂ CHẾ", "", "", ""),
        ("1", "Rà soát văn bản", "Sở Tư pháp", "Các sở", "Quý II"),
        ("2", "Kiểm tra văn bản", "", "", ""),
    )
    assert [(t.no, t.group) for t in rows] == [("1", "I CẢI CÁCH THỂ CHẾ"), ("2", "I CẢI CÁCH THỂ CHẾ")]


def test_a_numbered_heading_over_its_parts() -> None:
    rows = tasks(
        HEAD,
        ("1", "Công tác tuyên truyền", "", "", ""),
        ("1.1", "Đăng tin bài", "Báo tỉnh", "", "Thường xuyên"),
        ("1.2", "Treo băng rôn", "Văn phòng", "", "Tháng 5"),
    )
    assert [(t.no, t.group) for t in rows] == [
        ("1.1", "1 Công tác tuyên truyền"),
        ("1.2", "1 Công tác tuyên truyền"),
    ]


def test_a_row_without_bodies_and_time_is_a_task() -> None:
    (task,) = tasks(HEAD, ("7", "Tổ chức lễ kỷ niệm", "", "", ""))
    assert (task.no, task.time.kind, bodies(task)) == ("7", "none", [])


def test_a_time_merged_over_rows() -> None:
    rows = tasks(
        ("Thời gian", "Nội dung", "Phụ trách"),
        ("Tháng 3", "Họp hội đồng", "Hiệu trưởng"),
        ("^", "Thi giáo viên giỏi", "Tổ trưởng"),
    )
    assert [t.time.end_on for t in rows] == [date(2024, 3, 31)] * 2


def test_roles_said_inside_a_cell() -> None:
    (task,) = tasks(
        ("TT", "Nội dung", "Chỉ đạo, chủ trì và bộ phận phối hợp", "Thời gian"),
        (
            "1",
            "Ban hành kế hoạch",
            "- Hiệu trưởng chỉ đạo.\n- Phòng Đào tạo chủ trì\n- Các khoa phối hợp",
            "Tháng 1",
        ),
    )
    assert bodies(task) == [
        ("directing", "Hiệu trưởng"),
        ("lead", "Phòng Đào tạo"),
        ("coordinating", "Các khoa"),
    ]


def test_the_first_body_of_a_shared_column_leads() -> None:
    (task,) = tasks(
        ("TT", "Nội dung", "Đơn vị chủ trì/phối hợp", "Thời gian"),
        ("1", "Tập huấn nghiệp vụ", "Sở Nội vụ\nSở Y tế", "Tháng 4"),
    )
    assert bodies(task) == [("lead", "Sở Nội vụ"), ("coordinating", "Sở Y tế")]


def test_a_heading_that_is_a_time_holds_for_the_table() -> None:
    (task,) = tasks(("TT", "Nội dung", "Phụ trách"), ("1", "Họp xét", "Văn phòng"), above=("1. Quý III",))
    assert task.time.end_on == date(2024, 9, 30)


def test_bullets_become_items() -> None:
    (task,) = tasks(HEAD, ("1", "Ban hành:\n- Kế hoạch năm;\n- Quy chế khối.", "Sở Nội vụ", "", "Tháng 1"))
    assert task.content == "Ban hành: - Kế hoạch năm; - Quy chế khối."
    assert task.items == ("Kế hoạch năm;", "Quy chế khối.")


def test_repeated_headings_are_no_task() -> None:
    assert (
        len(tasks(HEAD, ("1", "A b", "Sở Y tế", "", "Tháng 1"), HEAD, ("2", "C d", "Sở Y tế", "", "Tháng 2")))
        == 2
    )


@pytest.mark.parametrize(
    "rows",
    [
        [("STT", "Họ và tên", "Chức vụ", "Nhiệm vụ"), ("1", "Nguyễn Văn A", "Giám đốc", "Trưởng ban")],
        [
            ("STT", "Nội dung", "Đơn vị tính", "Số lượng", "Thành tiền"),
            ("1", "In tài liệu", "bộ", "5", "100"),
        ],
        [("Thời gian", "Nội dung", "Người thực hiện"), ("7h30 - 8h00", "Đón khách", "Ban Tổ chức")],
        [("STT", "Tên đơn vị", "Địa chỉ"), ("1", "Trường A", "Phường 1")],
        [("STT", "Nội dung", "Đơn vị thực hiện"), ("1", "…", ""), ("2", "…", "")],
    ],
    ids=["persons", "budget", "programme", "units", "form"],
)
def test_other_tables_give_no_tasks(rows: list[Row]) -> None:
    assert tasks(*rows) == []


def test_spans_cut_what_they_claim() -> None:
    read = document(grid(HEAD, ("1", "Phát động\nthi đua", "- Sở Nội vụ;", "", "Tháng 3")))
    (task,) = read_task_table(context(read), only_table(read), "t1", ())[0]
    assert read.text[task.start : task.end] == "Phát động\nthi đua"
    assert [read.text[b.start : b.end] for b in task.bodies] == ["Sở Nội vụ"]


def test_a_beginning_and_an_end_in_two_columns() -> None:
    (task,) = tasks(
        ("TT", "Công việc", "Bắt đầu", "Kết thúc", "Chịu trách nhiệm"),
        ("1", "Rà soát chuẩn đầu ra", "15/02/2024", "30/3/2024", "Phòng Đào tạo"),
    )
    assert (task.time.kind, task.time.start_on, task.time.end_on) == (
        "interval", date(2024, 2, 15), date(2024, 3, 30),
    )  # fmt: skip


def test_marks_under_quarters() -> None:
    first, second = tasks(
        ("Hoạt động", "Thời gian", None, None, None, "Phụ trách"),
        ("^", "Quý I", "Quý II", "Quý III", "Quý IV", "^"),
        ("Tuần lễ áo dài", "x", "", "", "", "Ban Tuyên giáo"),
        ("Đại hội chi hội", "", "x", "x", "", "Ban Tổ chức"),
    )
    assert (first.time.start_on, first.time.end_on) == (date(2024, 1, 1), date(2024, 3, 31))
    assert (second.time.start_on, second.time.end_on) == (date(2024, 4, 1), date(2024, 9, 30))
    assert len(second.time.dates) == 2


@pytest.mark.parametrize(
    ("heading", "printed", "first", "last"),
    [
        ("Tháng", "9", date(2024, 9, 1), date(2024, 9, 30)),
        ("Tháng", "3 và 4", date(2024, 3, 1), date(2024, 4, 30)),
        ("Tháng thực hiện", "09-11", date(2024, 9, 1), date(2024, 11, 30)),
        ("Quý", "3", date(2024, 7, 1), date(2024, 9, 30)),
        ("Tháng", "13", None, None),
        ("Quý", "5", None, None),
        ("Thời gian", "9", None, None),
    ],
)
def test_a_bare_number_is_of_the_unit_that_heads_its_column(
    heading: str, printed: str, first: date | None, last: date | None
) -> None:
    (task,) = tasks((heading, "Nội dung", "Người thực hiện"), (printed, "Tổ chức hội thi", "Văn phòng"))
    assert (task.time.text, task.time.start_on, task.time.end_on) == (printed, first, last)


def test_marks_under_numbers_of_months() -> None:
    (task,) = tasks(
        ("TT", "Nội dung", "Tháng thực hiện", None, None, "Người thực hiện"),
        ("^", "^", "1", "2", "3", "^"),
        ("1", "Đánh giá nội bộ", "", "x", "x", "Hội đồng"),
    )
    assert (task.time.start_on, task.time.end_on) == (date(2024, 2, 1), date(2024, 3, 31))


def test_the_period_that_is_inspected_is_no_time_of_the_task() -> None:
    (task,) = tasks(
        ("TT", "Nội dung thanh tra", "Thời kỳ thanh tra", "Thời gian triển khai", "Đơn vị chủ trì"),
        ("01", "Thanh tra cấp phép", "2019-2020", "Quý II", "Đội 1"),
    )
    assert (task.time.start_on, task.time.end_on) == (date(2024, 4, 1), date(2024, 6, 30))
    assert task.extra["Thời kỳ thanh tra"] == "2019-2020"


def test_ditto_repeats_its_own_column_only() -> None:
    _, second = tasks(
        ("Nội dung", "Thời gian", "Người thực hiện", "Người giám sát"),
        ("Truyền thông", "25/5", "Ủy ban nhân dân xã", "Trạm trưởng"),
        ("Uống vét", "03/6", "nt", "nt"),
    )
    assert bodies(second) == [("implementing", "Ủy ban nhân dân xã"), ("monitoring", "Trạm trưởng")]


def test_a_cell_that_counts_several_things_is_one_task() -> None:
    (task,) = tasks(
        ("Tháng", "Nội dung công việc", "Phụ trách"),
        ("8/2024", "1. Tuyển sinh\n2. Họp phụ huynh", "Hiệu trưởng"),
    )
    assert (task.no, task.content, task.items) == (
        None, "1. Tuyển sinh 2. Họp phụ huynh", ("Tuyển sinh", "Họp phụ huynh"),
    )  # fmt: skip


def test_one_number_before_the_content_is_its_number() -> None:
    (task,) = tasks(("Tháng", "Nội dung công việc", "Phụ trách"), ("8/2024", "1. Tuyển sinh", "Hiệu trưởng"))
    assert (task.no, task.content) == ("1", "Tuyển sinh")
