"""Comparing tasks: made pairs with known edits, properties, what counts as a change, which words changed."""
# ruff: noqa: E501  (texts are data: they are not cut where a line of code ends)

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.comparison import TaskChange, compare_tasks
from pipeline.comparison.alignment import assign
from pipeline.comparison.model import CLASSES, ComparedTask
from pipeline.comparison.shown import gone_and_come
from pipeline.comparison.wording import wording
from tests.pairs.making import MIXED, SIMPLE, make_pair
from tests.pairs.scoring import Tally, changes_of, measured, told
from tests.pairs.written import written_pairs

# The weights were chosen on seeds from 1000 on (bench/compare.py).
HELD_OUT = range(6)
LEAST_F1 = 0.97


def task(name: str, content: str, **more: object) -> ComparedTask:
    facts = {"task_id": name, "document_id": name[0], "seq": int(name[1:] or 0), "source": "table"}
    return ComparedTask.model_validate({**facts, "content": content, **more})


def led_by(*names: str, role: str = "lead") -> list[dict[str, str]]:
    return [{"role": role, "body": name, "body_key": name.lower()} for name in names]


def in_months(*months: int) -> dict[str, object]:
    return {"months": months, "time_kind": "interval", "time_text": f"Tháng {months[0]}"}


def only(changes: Sequence[TaskChange]) -> TaskChange:
    (change,) = changes
    return change


# --- made pairs -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "made",
    [
        pytest.param({"edits": SIMPLE}, id="one edit a task"),
        pytest.param({"edits": MIXED}, id="several edits a task"),
        pytest.param({"edits": MIXED, "size": 15, "series": 8}, id="much repeated"),
        pytest.param({"edits": MIXED, "size": 90}, id="much alike"),
    ],
)
def test_made_edits_are_found(made: dict[str, object]) -> None:
    tally = measured(make_pair(seed, **made) for seed in HELD_OUT)  # type: ignore[arg-type]
    assert tally.f1() >= LEAST_F1, (tally.wrong, tally.missed)


def test_each_class_is_found() -> None:
    tally = measured(make_pair(seed, edits=MIXED) for seed in HELD_OUT)
    assert {kind: tally.f1(kind) for kind in CLASSES if tally.f1(kind) < LEAST_F1} == {}
    assert all(tally.right[kind] for kind in CLASSES)


@pytest.mark.parametrize("name", written_pairs())
def test_pairs_written_by_hand(name: str) -> None:
    pair = written_pairs()[name]
    assert told(changes_of(pair)) == pair.truth


def test_the_measure_can_fail() -> None:
    pair = make_pair(1, edits=SIMPLE)
    tally = Tally()
    tally.count([], pair.truth)
    assert tally.f1() == 0


# --- properties -------------------------------------------------------------------------------

_SWAPPED = {"added": "dropped", "dropped": "added", "split": "merged", "merged": "split"}
_WORDS = (
    "họp",
    "báo cáo",
    "tháng 3",
    "quý II",
    "năm 2024",
    "6 tháng",
    "Sở Y tế",
    "thi đua",
    "05 lớp",
    "; ",
    "x",
)
_contents = st.lists(st.lists(st.sampled_from(_WORDS), max_size=6).map(" ".join), max_size=7)


def _plan(name: str, contents: Sequence[str]) -> list[ComparedTask]:
    return [
        task(f"{name}{i}", content, **(in_months(i % 3 + 1) if i % 2 else {}))
        for i, content in enumerate(contents)
    ]


@pytest.mark.parametrize("seed", HELD_OUT)
def test_a_plan_is_the_same_as_itself(seed: int) -> None:
    plan = make_pair(seed, 20, edits=MIXED, series=3).old
    changes = compare_tasks(plan, plan)
    assert {change.kind for change in changes} == {"same"}
    assert {change.score for change in changes} == {1.0}
    assert [change.old for change in changes] == [change.new for change in changes]


@given(_contents, _contents)
@settings(max_examples=60, deadline=None)
def test_every_task_stands_in_one_change_and_swapping_turns_it_round(
    old: Sequence[str], new: Sequence[str]
) -> None:
    before, after = _plan("a", old), _plan("b", new)
    there, back = told(compare_tasks(before, after)), told(compare_tasks(after, before))
    assert sorted(i for t in there for i in t.old) == sorted(t.task_id for t in before)
    assert sorted(i for t in there for i in t.new) == sorted(t.task_id for t in after)
    assert {(_SWAPPED.get(t.kind, t.kind), t.new, t.old) for t in there} == back


@pytest.mark.parametrize("seed", HELD_OUT)
def test_the_order_of_rows_changes_nothing(seed: int) -> None:
    pair = make_pair(seed, 20, edits=MIXED, series=2)
    shuffled = tuple(Random(seed).sample(side, len(side)) for side in (pair.old, pair.new))
    renumbered = [[t.model_copy(update={"seq": i}) for i, t in enumerate(side)] for side in shuffled]
    assert _said(compare_tasks(*renumbered)) == _said(compare_tasks(pair.old, pair.new))


def _said(changes: Sequence[TaskChange]) -> list[tuple[object, ...]]:
    """Changes by what their tasks say: two tasks that say the same may stand for each other."""
    return sorted(
        (c.kind, c.score or 0.0, sorted(map(_content, c.old)), sorted(map(_content, c.new))) for c in changes
    )


def _content(one: ComparedTask) -> tuple[object, ...]:
    return one.content, one.months, [body.body for body in one.bodies], one.section


def test_it_says_the_same_every_time() -> None:
    pair = make_pair(3, edits=MIXED, series=2)
    assert compare_tasks(pair.old, pair.new) == compare_tasks(pair.old, pair.new)


def test_swapping_turns_splits_and_merges_round() -> None:
    pair = make_pair(4, edits=MIXED)
    there, back = told(compare_tasks(pair.old, pair.new)), told(compare_tasks(pair.new, pair.old))
    assert {(_SWAPPED.get(t.kind, t.kind), t.new, t.old) for t in there} == back


@pytest.mark.parametrize("sides", [(0, 0), (0, 3), (3, 0)])
def test_a_plan_without_tasks(sides: tuple[int, int]) -> None:
    old, new = (_plan(name, ["Họp Ban Chỉ đạo"] * n) for name, n in zip("ab", sides, strict=True))
    assert {c.kind for c in compare_tasks(old, new)} <= {"added", "dropped"}


def test_the_best_pairs_together_are_taken_not_the_best_one() -> None:
    import numpy as np

    gain = np.array([[0.9, 0.8], [0.8, 0.1]])
    assert assign(gain) == [(0, 1), (1, 0)]
    assert assign(np.array([[0.9, 0.0, -1.0]])) == [(0, 0)]
    assert assign(np.zeros((2, 2))) == []


# --- what is a change -------------------------------------------------------------------------

TITLE = "Tổ chức hội nghị tổng kết công tác cải cách hành chính"
SAME = [
    pytest.param(f"{TITLE} năm 2023", f"{TITLE} năm 2024", id="year"),
    pytest.param(f"{TITLE} năm học 2022-2023", f"{TITLE} năm học 2023 - 2024", id="school year"),
    pytest.param(f"{TITLE} lần thứ IV", f"{TITLE} lần thứ V", id="ordinal"),
    pytest.param("Kỷ niệm 78 năm Ngày Quốc khánh", "Kỷ niệm 79 năm Ngày Quốc khánh", id="anniversary"),
    pytest.param(
        "Triển khai Kế hoạch số 12/KH-UBND ngày 05/01/2023", "Triển khai Kế hoạch số 7/KH-UBND ngày 9/1/2024",
        id="number of a document",
    ),
    pytest.param("- Uỷ quyền ký văn bản;", "Ủy quyền ký văn bản.", id="marks and tone placement"),
    pytest.param("Báo cáo UBND tỉnh kết quả", "Báo cáo Ủy ban nhân dân tỉnh kết quả", id="abbreviation"),
    pytest.param("Phát động thi đua TĐKT", "PHÁT ĐỘNG THI ĐUA TĐKT", id="capitals"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new"), SAME)
def test_what_is_another_every_year_is_no_change(old: str, new: str) -> None:
    change = only(compare_tasks([task("a", old)], [task("b", new)]))
    assert (change.kind, change.words) == ("same", ())


CHANGED = [
    pytest.param("Mở 05 lớp tập huấn chữ ký số", "Mở 08 lớp tập huấn chữ ký số", [("05", "08")], id="figure"),
    pytest.param("Đạt 95% hồ sơ trực tuyến", "Đạt 97 % hồ sơ trực tuyến", [("95%", "97 %")], id="per cent"),
    pytest.param("Họp giao ban tháng 3/2023", "Họp giao ban tháng 4/2024", [("tháng 3/2023", "tháng 4/2024")], id="month"),
    pytest.param("Phát động thi đua đợt 1", "Phát động thi đua đợt 2", [("đợt 1", "đợt 2")], id="period"),
    pytest.param("Phát động phong trào thi đua", "Phát triển phong trào thi đua", [("Phát động", "Phát triển")], id="whole words"),
    pytest.param("Kiểm tra công vụ", "Kiểm tra công vụ đột xuất", [("", "đột xuất")], id="words put in"),
    pytest.param("Kiểm tra công vụ đột xuất", "Kiểm tra công vụ", [("đột xuất", "")], id="words taken out"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "words"), CHANGED)
def test_the_words_that_changed(old: str, new: str, words: list[tuple[str, str]]) -> None:
    change = only(compare_tasks([task("a", old)], [task("b", new)]))
    assert set(change.changes) & {"reworded", "moved"}
    assert list(gone_and_come(change)) == words


def test_words_equal_by_chance_amid_others_belong_to_the_change() -> None:
    old = "Kiểm tra việc thực hiện quy chế dân chủ ở cơ sở và đối thoại"
    new = "Kiểm tra việc phòng, chống tham nhũng ở ngành và đối thoại"
    change = only(compare_tasks([task("a", old)], [task("b", new)]))
    assert list(gone_and_come(change)) == [
        ("thực hiện quy chế dân chủ ở cơ sở", "phòng, chống tham nhũng ở ngành")
    ]


ONE = "Kiểm tra công tác văn thư, lưu trữ"
EVIDENCE = [
    pytest.param(in_months(3), in_months(5), ("moved",), id="another month"),
    pytest.param(in_months(1, 2, 3), {**in_months(3), "time_kind": "deadline"}, ("same",), id="by the quarter's end"),
    pytest.param(in_months(3), {}, ("same",), id="no time told"),
    pytest.param(
        {"time_kind": "recurring", "recurrence": "FREQ=MONTHLY;UNTIL=20231231"},
        {"time_kind": "recurring", "recurrence": "FREQ=MONTHLY;UNTIL=20241231"}, ("same",), id="same recurrence",
    ),
    pytest.param(
        {"time_kind": "recurring", "recurrence": "FREQ=MONTHLY"},
        {"time_kind": "recurring", "recurrence": "FREQ=WEEKLY"}, ("moved",), id="other recurrence",
    ),
    pytest.param(
        {"time_kind": "conditional", "time_text": "Sau khi có hướng dẫn năm 2023"},
        {"time_kind": "conditional", "time_text": "Sau khi có hướng dẫn năm 2024"}, ("same",), id="same condition",
    ),
    pytest.param({"bodies": led_by("Sở Y tế")}, {"bodies": led_by("Sở Nội vụ")}, ("reassigned",), id="another leads"),
    pytest.param({"bodies": led_by("Sở Y tế")}, {}, ("same",), id="no body told"),
    pytest.param(
        {"bodies": led_by("Sở Y tế")}, {"bodies": led_by("Sở Y tế", role="implementing")}, ("same",), id="in charge",
    ),
    pytest.param(
        {"bodies": led_by("Sở Y tế")}, {"bodies": led_by("Sở Y tế", role="coordinating")}, ("same",), id="one kind each",
    ),
    pytest.param(
        {"bodies": [*led_by("Sở Y tế"), *led_by("Công an tỉnh", role="coordinating")]},
        {"bodies": [*led_by("Sở Y tế"), *led_by("Tỉnh đoàn", role="coordinating")]}, ("reassigned",), id="another helps",
    ),
    pytest.param(
        {**in_months(3), "bodies": led_by("Sở Y tế")}, {**in_months(9), "bodies": led_by("Sở Nội vụ")},
        ("reassigned", "moved"), id="both",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "changes"), EVIDENCE)
def test_times_and_bodies(old: dict[str, object], new: dict[str, object], changes: tuple[str, ...]) -> None:
    change = only(compare_tasks([task("a", ONE, **old)], [task("b", ONE, **new)]))
    assert change.changes == changes
    assert change.kind == changes[0]


def test_a_body_is_followed_through_a_merger() -> None:
    old = task("a", ONE, bodies=led_by("Sở Kế hoạch và Đầu tư tỉnh Lai Châu"))
    new = task("b", ONE, bodies=led_by("Sở Tài chính tỉnh Lai Châu"))
    assert only(compare_tasks([old], [new])).kind == "same"
    assert only(compare_tasks([old], [new], lineage=str)).kind == "reassigned"


def test_time_tells_equal_tasks_apart() -> None:
    old = [task(f"a{m}", "Họp giao ban Ban Chỉ đạo", **in_months(m)) for m in range(1, 13)]
    new = [task(f"b{m}", "Họp giao ban Ban Chỉ đạo", **in_months(m)) for m in range(1, 13) if m != 6]
    changes = compare_tasks(old, new)
    assert {c.old[0].task_id: c.kind for c in changes if c.kind != "same"} == {"a6": "dropped"}


def test_periods_tell_tasks_apart_that_are_else_alike() -> None:
    old = [task("a1", "Tổ chức Hội nghị sơ kết 6 tháng"), task("a2", "Tổ chức Hội nghị sơ kết 9 tháng")]
    new = [task("b1", "Tổ chức Hội nghị sơ kết chín tháng")]
    found = {(c.kind, c.old[0].task_id) for c in compare_tasks(old, new)}
    assert found == {("same", "a2"), ("dropped", "a1")}


def test_parts_of_a_whole_mark_what_neither_side_has() -> None:
    old = [task("a1", "Tập huấn chữ ký số; tổ chức rà soát quy chế văn thư, lưu hồ sơ điện tử hằng quý")]
    new = [task("b1", "Tập huấn chữ ký số"), task("b2", "Rà soát quy chế văn thư, lưu hồ sơ điện tử bảo mật")]
    change = only(compare_tasks(old, new))
    assert change.kind == "split"
    assert [t.task_id for t in change.new] == ["b1", "b2"]
    words = list(gone_and_come(change))
    assert words == [("tổ chức", ""), ("hằng quý", ""), ("", "bảo mật")]


def test_what_was_dropped_stands_where_it_stood() -> None:
    old = [
        task(f"a{i}", content)
        for i, content in enumerate(("Việc một", "Thu gom rác thải", "Diễn tập chữa cháy"))
    ]
    new = [task("b0", "Việc một"), task("b1", "Diễn tập chữa cháy")]
    assert [change.kind for change in compare_tasks(old, new)] == ["same", "dropped", "same"]


# --- wording ----------------------------------------------------------------------------------

MARKS = [
    ("Sơ kết 6 tháng đầu năm 2024", {"6 tháng"}, set()),
    ("Sơ kết sáu tháng cuối năm", {"6 tháng cuối năm"}, set()),
    ("Báo cáo tháng 8, 9/2024", {"tháng 8,9"}, {8, 9}),
    ("Từ tháng 3 đến tháng 5", {"tháng 3,4,5"}, {3, 4, 5}),
    ("Công khai quý I-III/2024", {"quý 1,2,3"}, set(range(1, 10))),
    ("Kỷ niệm Ngày 20/11", {"ngày 20/11"}, set()),
    ("Thi tuyển học kỳ II", {"học kỳ 2"}, set()),
    ("Chi 1.5 tỷ đồng cho 3-4 lớp", set(), set()),
]


@pytest.mark.parametrize(("content", "marks", "months"), MARKS)
def test_months_days_and_periods_are_marks(content: str, marks: set[str], months: set[int]) -> None:
    found = wording(content)
    assert (found.marks, found.months) == (marks, months)
    assert not any(ch.isdigit() for word in found.words for ch in word)


def test_composed_and_decomposed_letters_say_the_same() -> None:
    import unicodedata

    content = "Tổ chức hội nghị tháng 3, quý II"
    assert wording(unicodedata.normalize("NFD", content)) == wording(content)


@given(st.text(max_size=80))
@settings(max_examples=80, deadline=None)
def test_any_content_can_be_compared(content: str) -> None:
    change = (
        only(compare_tasks([task("a", content)], [task("b", content)])) if wording(content).phrase else None
    )
    assert change is None or change.kind == "same"


def test_a_huge_content_takes_no_long_time() -> None:
    old, new = "việc " * 30_000, "khác " * 30_000 + "việc " * 10
    assert len(compare_tasks([task("a", old)], [task("b", old)])) == 1
    assert len(compare_tasks([task("a", old)], [task("b", new)])) >= 1
