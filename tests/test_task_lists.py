"""Dated lists, labelled blocks, narrative items; and what looks like them and is none."""

from datetime import date

import pytest

from extractors.outline import build_outline
from extractors.plan import Task
from extractors.task_lists import block_tasks, is_label_line, list_tasks, narrative_tasks
from tests.builders import context, document


def listed(*lines: str) -> list[Task]:
    read = document(*lines)
    return list(list_tasks(context(read), build_outline(read, read.blocks)))


def spans(*lines: str) -> list[tuple[str, date | None, date | None]]:
    return [(task.content, task.time.start_on, task.time.end_on) for task in listed(*lines)]


FIRST_QUARTER = (date(2024, 1, 1), date(2024, 3, 31))


@pytest.mark.parametrize(
    "heading",
    ["1. Quý I", "1. Quý I:", "* QUÝ I", "a) Quý I/2024", "- Quý I:", "Quý I:", "I. QUÝ I NĂM 2024"],
)
def test_headings_that_are_times(heading: str) -> None:
    assert spans("II. NỘI DUNG", heading, "+ Phát động thi đua.") == [("Phát động thi đua.", *FIRST_QUARTER)]


@pytest.mark.parametrize(
    ("heading", "start", "end"),
    [
        ("Tháng 02 - 3:", date(2024, 2, 1), date(2024, 3, 31)),
        ("* Tuần 1 (từ 01/9 - 07/9):", date(2024, 9, 1), date(2024, 9, 7)),
        ("1. Đợt 1: từ ngày 05/4/2024 đến ngày 10/4/2024", date(2024, 4, 5), date(2024, 4, 10)),
        ("Bước 1: Chuẩn bị (từ ngày 25/5 đến ngày 05/6/2024)", date(2024, 5, 25), date(2024, 6, 5)),
        ("2. Thực hành (ngày 10/6/2024)", date(2024, 6, 10), date(2024, 6, 10)),
    ],
)
def test_other_headings(heading: str, start: date, end: date) -> None:
    assert spans("II. NỘI DUNG", heading, "- Họp hội đồng.") == [("Họp hội đồng.", start, end)]


def test_an_anniversary_in_brackets_is_no_time() -> None:
    assert listed("II. NỘI DUNG", "1. Kỷ niệm ngày thành lập (03/02/1930 - 03/02/2024)", "- Treo cờ.") == []


def test_items_that_begin_with_their_time() -> None:
    first, second = listed("II. TIẾN ĐỘ", "- Trước ngày 10/8: Ban hành kế hoạch.", "- Ngày 19/8: Tổ chức lễ.")
    assert (first.content, first.time.kind, first.time.end_on) == (
        "Ban hành kế hoạch.", "deadline", date(2024, 8, 10),
    )  # fmt: skip
    assert (second.time.start_on, second.time.end_on) == (date(2024, 8, 19), date(2024, 8, 19))


MARCH = (date(2024, 3, 1), date(2024, 3, 31))


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (
            ("- Tháng 3: Tổ chức hội thi.", "+ Cấp trường.", "+ Cấp huyện.", "- Quý I: Sơ kết."),
            [("Tổ chức hội thi. + Cấp trường. + Cấp huyện.", *MARCH), ("Sơ kết.", *FIRST_QUARTER)],
        ),
        (
            ("- Quý I: Các việc sau:", "+ Tháng 3: Thi cấp trường.", "+ Tổng kết."),
            [("Thi cấp trường.", *MARCH), ("Tổng kết.", *FIRST_QUARTER)],
        ),
        (
            ("1. Đợt 1: từ 01/01/2024 đến 31/3/2024: chào mừng 26/3", "- Phát động thi đua.", "- Sơ kết."),
            [("Phát động thi đua.", *FIRST_QUARTER), ("Sơ kết.", *FIRST_QUARTER)],
        ),
        (
            ("1. Đợt 1: Từ ngày 01 tháng 3 năm 2024 đến ngày 31 tháng 3 năm 2024: Phát động.",),
            [("Phát động.", *MARCH)],
        ),
    ],
    ids=["with details", "over dated ones", "a phase", "two colons"],
)
def test_a_dated_item_with_content_is_not_lost(
    lines: tuple[str, ...], wanted: list[tuple[str, date, date]]
) -> None:
    assert (
        list(dict.fromkeys(spans("II. CÁC ĐỢT THI ĐUA", *lines))) == wanted
    )  # the reader of all takes each once


def test_several_dated_steps_under_thoi_gian() -> None:
    assert [task.no for task in listed(
        "2. Thời gian và tiến độ",
        "2.1. Trước ngày 15/3/2024: Các đơn vị gửi báo cáo.",
        "2.2. Trong tháng 5/2024: Hoàn thiện báo cáo.",
    )] == ["2.1", "2.2"]  # fmt: skip


@pytest.mark.parametrize(
    "lines",
    [
        ("I. KẾT QUẢ THỰC HIỆN 6 THÁNG ĐẦU NĂM", "Quý I:", "- Tổ chức 12 đợt tuần tra."),
        ("I. ĐÁNH GIÁ TÌNH HÌNH", "1. Tháng 4 năm 2024: Xảy ra 02 trận dông lốc."),
        ("II. NỘI DUNG", "1. Thời gian: Từ ngày 01/11 đến ngày 18/11/2024."),
        ("II. THỜI GIAN", "- Từ ngày 01/11/2024: bắt đầu."),
    ],
    ids=["look back", "situation", "label", "one time"],
)
def test_what_gives_no_task(lines: tuple[str, ...]) -> None:
    assert listed(*lines) == []


def test_labelled_lines_under_an_activity() -> None:
    read = document(
        "II. CÁC HOẠT ĐỘNG",
        "1. Thăm hỏi gia đình chính sách",
        "- Thời gian: từ ngày 10/7 đến 20/7/2024.",
        "- Địa điểm: tại nhà.",
        "- Đơn vị chủ trì: Công đoàn Tổng công ty.",
        "- Đơn vị phối hợp: Văn phòng.",
    )
    (task,) = block_tasks(context(read), build_outline(read, read.blocks))
    assert (task.no, task.content) == ("1", "Thăm hỏi gia đình chính sách")
    assert (task.time.start_on, task.time.end_on) == (date(2024, 7, 10), date(2024, 7, 20))
    assert [(b.role, b.text) for b in task.bodies] == [
        ("lead", "Công đoàn Tổng công ty"),
        ("coordinating", "Văn phòng"),
    ]


@pytest.mark.parametrize(
    "title", ["Bố trí kinh phí, phương tiện", "Báo cáo kết quả thực hiện", "Thăm hộ khó khăn"]
)
def test_an_activity_whose_heading_sounds_like_another_section(title: str) -> None:
    read = document("II. NHIỆM VỤ", f"1. {title}", "- Thời gian: tháng 3/2024", "- Đơn vị chủ trì: Sở Y tế")
    (task,) = block_tasks(context(read), build_outline(read, read.blocks))
    assert task.content == title


def test_a_section_on_money_with_a_time_is_no_activity() -> None:
    read = document("III. KINH PHÍ", "- Kinh phí: 20 triệu đồng", "- Thời gian: tháng 3/2024")
    assert not list(block_tasks(context(read), build_outline(read, read.blocks)))


@pytest.mark.parametrize(
    "line", ["Thời gian: tháng 3", "- Đơn vị chủ trì: Sở Y tế", "a) Địa điểm tổ chức: hội trường"]
)
def test_label_lines(line: str) -> None:
    assert is_label_line(line)


@pytest.mark.parametrize("line", ["Sở Y tế: khám sức khỏe", "Tháng 3: họp", "Tổ chức hội nghị"])
def test_other_lines(line: str) -> None:
    assert not is_label_line(line)


def test_narrative_items_are_the_lowest_numbered() -> None:
    read = document(
        "II. NHIỆM VỤ", "1. Tuyên truyền", "a) Treo băng rôn.", "b) Phát thanh.", "2. Kiểm tra chéo."
    )
    found = narrative_tasks(context(read), build_outline(read, read.blocks), [])
    assert [task.content for task in found] == ["Treo băng rôn.", "Phát thanh.", "Kiểm tra chéo."]
