"""The section tree: which labels are read, and what belongs under what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.building import DocumentBuilder, RawParagraph
from extractors.document import Style
from extractors.outline import Node, build_outline, read_label, roman_value


@pytest.mark.parametrize(
    ("text", "kind", "printed", "value"),
    [
        ("I. MỤC ĐÍCH", "roman", "I", 1),
        ("II- YÊU CẦU", "roman", "II", 2),
        ("III/ NỘI DUNG", "roman", "III", 3),
        ("IV.TỔ CHỨC", "roman", "IV", 4),
        ("ll. NỘI DUNG", "roman", "ll", 2),
        ("A. CÔNG VIỆC", "upper", "A", 1),
        ("1. Mục đích", "arabic", "1", 1),
        ("1.Mục đích", "arabic", "1", 1),
        ("1/ Mục đích", "arabic", "1", 1),
        ("2- Yêu cầu", "arabic", "2", 2),
        ("12) Sở Y tế", "arabic", "12", 12),
        ("1.1. Tăng cường", "decimal", "1.1", 1),
        ("1.2 Tăng cường", "decimal", "1.2", 2),
        ("1.2.3. Tăng cường", "decimal3", "1.2.3", 3),
        ("1. 2. Tăng cường", "decimal", "1. 2", 2),
        ("1. 6 tháng đầu năm", "arabic", "1", 1),
        ("a) Xây dựng", "letter", "a", 1),
        ("đ. Xây dựng", "letter", "đ", 5),
        ("(2) Xây dựng", "bracketed", "(2)", 0),
        ("- Nội dung", "dash", "-", 0),
        ("– Nội dung", "dash", "–", 0),
        ("+ Nội dung", "plus", "+", 0),
        ("* Quý I", "star", "*", 0),
        ("• Nội dung", "star", "•", 0),
        ("PHẦN II. NHIỆM VỤ", "part", "PHẦN II", 2),
        ("Điều 3. Tổ chức", "article", "Điều 3", 3),
        ("Mục tiêu 2: Nâng cao", "mark", "Mục tiêu 2", 2),
        ("- 31/3: họp", "dash", "-", 0),
    ],
)
def test_labels(text: str, kind: str, printed: str, value: int) -> None:
    label = read_label(text)
    assert label is not None
    assert (label.kind, label.text, label.value) == (kind, printed, value)


@pytest.mark.parametrize(
    "text",
    ["30/4 là ngày lễ", "2023 là năm", "10.000 người", "TM. ỦY BAN", "V/v tổ chức", "5/4: nộp", "8-9/4: thi",
     "100% cán bộ", "Mục đích", "", "   ", "1.", "-"],
)  # fmt: skip
def test_no_labels(text: str) -> None:
    assert read_label(text) is None


@pytest.mark.parametrize(
    ("numeral", "value"), [("I", 1), ("IV", 4), ("IX", 9), ("XIV", 14), ("lll", 3), ("A", 0)]
)
def test_roman_values(numeral: str, value: int) -> None:
    assert roman_value(numeral) == value


@given(st.text())
def test_a_label_ends_inside_its_text(text: str) -> None:
    label = read_label(text)
    assert label is None or 0 < label.end <= len(text)


def tree(*lines: str | RawParagraph) -> list[object]:
    """The outline of paragraphs as nested lists of titles."""
    builder = DocumentBuilder("text/plain")
    for line in lines:
        builder.paragraph(RawParagraph.of(line) if isinstance(line, str) else line)
    document = builder.build()

    def shape(node: Node) -> list[object]:
        parts = [shape(p) if isinstance(p, Node) else document.cut(p) for p in node.content]
        return [node.title, *parts]

    return shape(build_outline(document, document.blocks))[1:]


def test_levels_nest_by_kind() -> None:
    assert tree("I. A B", "1. C", "a) D", "- e", "+ f", "b) G", "II. H") == [
        ["A B", ["C", ["D", ["e", ["f"]]], ["G"]]],
        ["H"],
    ]


def test_a_dash_belongs_to_the_nearest_heading() -> None:
    assert tree("I. A B", "- c", "1. D", "- e") == [["A B", ["c"], ["D", ["e"]]]]


def test_a_list_inside_a_lettered_item_is_nested() -> None:
    assert tree("1. A", "a) B", "1. C", "2. D", "b) E", "2. F") == [
        ["A", ["B", ["C"], ["D"]], ["E"]],
        ["F"],
    ]


def test_plain_paragraphs_stay_with_their_heading() -> None:
    assert tree("I. A B", "đoạn một.", "II. C", "đoạn hai.") == [["A B", "đoạn một."], ["C", "đoạn hai."]]


@pytest.mark.parametrize(
    ("upper", "lower", "title"),
    [
        ("III. TỔ CHỨC", "THỰC HIỆN", "TỔ CHỨC THỰC HIỆN"),
        ("I. MỤC ĐÍCH,", "YÊU CẦU", "MỤC ĐÍCH, YÊU CẦU"),
    ],
)
def test_a_heading_that_a_line_end_cut(upper: str, lower: str, title: str) -> None:
    assert tree(upper, lower, "1. A") == [[title, ["A"]]]


def test_a_whole_heading_over_another_in_capitals() -> None:
    assert tree("II. NỘI DUNG", "CÔNG TÁC ĐỘI", "1. A") == [["NỘI DUNG", ["CÔNG TÁC ĐỘI", ["A"]]]]


def test_headings_without_a_label() -> None:
    bold = RawParagraph.of("Mục đích", style=Style(bold=True))
    assert tree("TỔ CHỨC THỰC HIỆN", "- a", bold, "- b") == [
        ["TỔ CHỨC THỰC HIỆN", ["a"], ["Mục đích", ["b"]]]
    ]


def test_numbered_items_under_a_starred_time() -> None:
    assert tree("I. LỊCH", "* Quý I", "1. A b", "2. C d", "* Quý II:", "1. E f", "II. G") == [
        ["LỊCH", ["Quý I", ["A b"], ["C d"]], ["Quý II:", ["E f"]]],
        ["G"],
    ]


def test_a_star_under_a_number_stays_there() -> None:
    assert tree("1. A b", "* c d", "2. E f", "* g h") == [["A b", ["c d"]], ["E f", ["g h"]]]


def test_lists_that_begin_again_and_again_do_not_nest_without_end() -> None:
    builder = DocumentBuilder("text/plain")
    for i in range(400):
        builder.paragraph(RawParagraph.of("a) Phòng A:" if i % 2 else "1. Sở B:"))
    document = builder.build()
    assert max(len(node.ancestors) for node in build_outline(document, document.blocks).walk()) < 50
