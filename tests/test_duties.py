"""Duties: the body over them, before a colon, or as the subject of the sentence."""

from datetime import date

import pytest

from extractors.duties import duty_tasks
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
    ((who, items),) = charged("1. Căn cứ Kế hoạch này, các sở, ban, ngành tỉnh chủ động xây dựng kế hoạch của đơn vị.")
    assert (who, items) == ("các sở, ban, ngành tỉnh", 1)


def test_a_charge_word_is_no_part_of_the_body() -> None:
    assert charged("1. Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh phối hợp tuyên truyền.") == [
        ("Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh", 1)
    ]
    assert charged("1. Đối với Ủy ban nhân dân các xã, phường", "- Tổ chức tuyên truyền.") == [
        ("Ủy ban nhân dân các xã, phường", 1)
    ]


def test_plus_lines_belong_to_their_dash() -> None:
    assert charged("1. Sở Y tế", "- Thực hiện các việc sau:", "+ Việc một;", "+ Việc hai.", "- Báo cáo.") == [("Sở Y tế", 2)]


def test_a_dash_that_names_a_body() -> None:
    assert charged("1. Các sở, ban, ngành", "- Sở Y tế: Khám sức khỏe.", "- Sở Công Thương: Kiểm tra thị trường.") == [
        ("Sở Y tế", 1),
        ("Sở Công Thương", 1),
    ]


def test_an_introduction_is_no_duty() -> None:
    assert charged("1. Văn phòng Sở có trách nhiệm:", "- Tổng hợp.", "- Báo cáo.") == [("Văn phòng Sở", 2)]


def test_deadlines_in_duties() -> None:
    (task,) = duties("1. Sở Nội vụ tổng hợp, báo cáo Ủy ban nhân dân tỉnh trước ngày 15/11/2024.")
    assert (task.time.kind, task.time.end_on) == ("deadline", date(2024, 11, 15))


@pytest.mark.parametrize("heading", ["IV. PHÂN CÔNG NHIỆM VỤ", "V. TỔ CHỨC TRIỂN KHAI THỰC HIỆN", "VI. PHÂN CÔNG TRÁCH NHIỆM"])
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
