"""Repair of recognised text: what is mended, and above all what is left alone."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.building import RawParagraph
from extractors.document import Alternative
from extractors.repair import repair
from extractors.rulebook import load
from extractors.vietnamese.letters import plain
from extractors.vietnamese.syllables import folded, model, packed, unpacked
from tests.builders import document as typed
from tests.scans import raw_line, raw_paragraph, scanned, scanned_table

RULES: dict[str, list[dict[str, Any]]] = load("confusions")


def mended(text: str, confidence: float = 0.9) -> str:
    return repair(scanned(text, confidence=confidence)).text


# --- the rules' own examples ----------------------------------------------------------------------


@pytest.mark.parametrize("rule", RULES["marks"], ids=lambda r: f"{r['read']}-{r['meant']}")
def test_marks_are_settled_by_the_neighbours(rule: dict[str, Any]) -> None:
    printed, meant = rule["example"]
    assert mended(f"cần {printed} cho") == f"cần {meant} cho"


@pytest.mark.parametrize("rule", RULES["phrases"], ids=lambda r: f"{r['read']}-{r['meant']}")
def test_known_phrases_are_mended_in_their_context_only(rule: dict[str, Any]) -> None:
    assert rule["meant"] in mended(rule["example"]).replace("uỷ", "ủy")
    assert rule["read"] not in mended(rule["example"]).split("\n")
    assert [row for row in repair(scanned(rule["counter"])).corrections if row.rule == "phrase"] == []


@pytest.mark.parametrize("rule", RULES["constants"], ids=lambda r: r["text"])
def test_fixed_wording_is_mended(rule: dict[str, Any]) -> None:
    wanted = re.findall(r"[^\W\d_]+", rule["text"].casefold())
    for example in rule["examples"]:
        found = re.findall(r"[^\W\d_]+", mended(example).casefold())
        assert " ".join(wanted) in " ".join(found), example
    assert mended(rule["counter"]) == rule["counter"]


@pytest.mark.parametrize("rule", RULES["signed_as"], ids=lambda r: r["meant"])
def test_marks_before_a_post_are_mended(rule: dict[str, Any]) -> None:
    assert mended(rule["example"]).startswith(f"{rule['meant']}. ")
    assert mended(rule["counter"]) == rule["counter"]


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("- Lưu: VI, NC.", "- Lưu: VT, NC."),
        ("- Lưu VỊ, NN.", "- Lưu VT, NN."),
        ("Lưu: VTI.", "Lưu: VT."),
        ("- Lưu: VT, VI.", "- Lưu: VT, VI."),
        ("- Lưu: VP, CSPL.", "- Lưu: VP, CSPL."),
        ("- Lưu: VIX.", "- Lưu: VIX."),
        ("- TT Huyện ủy, TI HĐND huyện;", "- TT Huyện ủy, TT HĐND huyện;"),
        ("Văn phòng UBNĐ tỉnh tham mưu", "Văn phòng UBND tỉnh tham mưu"),
        ("- UBNDĐ tỉnh;", "- UBND tỉnh;"),
        ("- HĐNĐ các huyện;", "- HĐND các huyện;"),
        ("Công văn số 12/VP-UBNĐ về nội vụ", "Công văn số 12/VP-UBNĐ về nội vụ"),
        ("- Báo TI Tỉnh;", "- Báo TI Tỉnh;"),
        ("- UBND tỉnh (b/c};", "- UBND tỉnh (b/c);"),
        ("- Sở Nội vụ [a];", "- Sở Nội vụ [a];"),
    ],
)
def test_fixed_abbreviations_are_mended(read: str, meant: str) -> None:
    assert mended(read) == meant


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("SẠCH HƠN NAM 2019", "SẠCH HƠN NĂM 2019"),
        ("TỔNG KẾT CÔNG TÁC HÀ NAM 2019", "TỔNG KẾT CÔNG TÁC HÀ NAM 2019"),
        ("CHÀO MỪNG VIỆT NAM 2019", "CHÀO MỪNG VIỆT NAM 2019"),
        ("KHU VỰC PHÍA NAM 2019", "KHU VỰC PHÍA NAM 2019"),
        ("GIẢI BÓNG ĐÁ NAM", "GIẢI BÓNG ĐÁ NAM"),
    ],
)
def test_a_year_has_its_mark_where_the_word_before_is_no_names(read: str, meant: str) -> None:
    assert mended(read) == meant


@pytest.mark.parametrize("rule", RULES["both_right"], ids=lambda r: "-".join(r["words"]))
def test_two_right_spellings_are_never_swapped(rule: dict[str, Any]) -> None:
    assert mended(f"tổng hợp {rule['example']} báo cáo") == f"tổng hợp {rule['example']} báo cáo"


# --- what is mended -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("nhà trường tô chức hội nghị", "nhà trường tổ chức hội nghị"),
        ("Tô chức hội nghị tông kết", "Tổ chức hội nghị tổng kết"),
        ("rà soát, bồ sung quy chế", "rà soát, bổ sung quy chế"),
        ("chuyền đôi số quốc gia", "chuyển đổi số quốc gia"),
        ("nâng cao nhận thức vê chuyển đổi số", "nâng cao nhận thức về chuyển đổi số"),
        ("phối hợp vói các sở", "phối hợp với các sở"),
        ("các cơ quan\nđơn vị đê thực hiện", "các cơ quan\nđơn vị để thực hiện"),
    ],
)
def test_prose(read: str, meant: str) -> None:
    assert mended(read.replace("\n", " ")) == meant.replace("\n", " ")


def test_tone_style_stays_that_of_the_print() -> None:
    assert mended("tuyên truyền văn hỏa thể thao") == "tuyên truyền văn hóa thể thao"
    assert mended("phòng chống tham nhũng và xóa đói giám nghèo bền vững").count("xóa") == 1


def test_the_recognisers_own_other_reading_decides() -> None:
    readings = {"lue": [Alternative("lực", 0.8)], "quà": [Alternative("quả", 0.9)]}
    line = raw_line("huy động lue lượng tham gia có hiệu quà", 100.0, 0.7, readings)
    assert repair(scanned(RawParagraph((line,)))).text == "huy động lực lượng tham gia có hiệu quả"


@pytest.mark.parametrize(
    ("labels", "meant"),
    [
        (["I.", "IL.", "HI.", "1V."], ["I.", "II.", "III.", "IV."]),
        (["I.", "ll.", "IH.", "lV."], ["I.", "II.", "III.", "IV."]),
        (["l.", "II."], ["I.", "II."]),
        (["|.", "H."], ["I.", "II."]),
        (["I/", "H/", "HI/"], ["I/", "II/", "III/"]),
        (["IV.", "Y.", "VL."], ["IV.", "V.", "VI."]),
        (["I.", "JH.", "HI."], ["I.", "II.", "III."]),  # a speck beside the second
    ],
)
def test_numerals_of_headings_go_on(labels: list[str], meant: list[str]) -> None:
    read = scanned(*(f"{label} Nội dung công việc" for label in labels))
    assert [p.split()[0] for p in repair(read).text.split("\n")] == meant


@pytest.mark.parametrize(
    ("labels", "meant"),
    [
        (["4.", "S.", "6."], ["4.", "5.", "6."]),
        (["l.", "2.", "3."], ["1.", "2.", "3."]),
        (["9)", "lO)", "11)"], ["9)", "10)", "11)"]),
        (["7.", "a)", "b)", "B.", "9."], ["7.", "a)", "b)", "8.", "9."]),
        (["b)", 'c "', "d)"], ["b)", "c)", "d)"]),
        (["b)", "1.", "c;", "d)"], ["b)", "1.", "c)", "d)"]),
    ],
)
def test_labels_of_items_are_settled_by_both_neighbours(labels: list[str], meant: list[str]) -> None:
    read = scanned(*(f"{label} Nội dung công việc" for label in labels))
    assert repair(read).text == "\n".join(f"{label} Nội dung công việc" for label in meant)


@pytest.mark.parametrize(
    "labels",
    [
        ["4.", "S.", "7."],  # what stands between is not told by it
        ["3.", "S.", "6."],
        ["S.", "6."],
        ["4.", "S."],
        ["4.", "5.", "5.", "6."],  # printed so
        ["a)", "c;", "d)"],
        ["b)", "c;"],
    ],
)
def test_labels_of_items_stay_without_both_neighbours(labels: list[str]) -> None:
    text = "\n".join(f"{label} Nội dung công việc" for label in labels)
    assert repair(scanned(*text.split("\n"))).text == text
    assert repair(typed(text)).text == text


@pytest.mark.parametrize(
    "labels",
    [
        ["I.", "HI."],
        ["G.", "H.", "I."],
        ["1.", "11.", "III."],
        ["a)", "l)"],
    ],
    ids=["one is missing", "letters", "digits alone", "small letters"],
)
def test_labels_that_no_sequence_settles_stay(labels: list[str]) -> None:
    text = "\n".join(f"{label} Nội dung công việc" for label in labels)
    assert repair(scanned(*text.split("\n"))).text == text


def test_thua_lenh_is_no_numeral() -> None:
    blocks = ["I. Mục tiêu chung", "TL. CHỦ TỊCH"]
    assert repair(scanned(*blocks)).text == "\n".join(blocks)


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("phát. triển kinh tế", "phát triển kinh tế"),
        ("phòng chống tai nạn 'thương tích", "phòng chống tai nạn thương tích"),
        ('phòng chống tai nạn "thương tích', "phòng chống tai nạn thương tích"),
        ("tổ chức ¬ thực hiện", "tổ chức - thực hiện"),
        ("tổ chức ‹ thực hiện", "tổ chức thực hiện"),
        ("_Căn cứ tình hình", "Căn cứ tình hình"),
        ("„Căn cứ tình hình", "Căn cứ tình hình"),
        ("giai đoạn 2021 ~ 2025", "giai đoạn 2021 - 2025"),
        ("theo Nghị định SỐ 12 của", "theo Nghị định số 12 của"),
        ("một SỐ nội dung", "một số nội dung"),
        ("Trung tâm Ÿ tế huyện", "Trung tâm Y tế huyện"),
        ("Trạm YŸ tế", "Trạm Y tế"),
        ("tại 05 đơn Vì được chọn", "tại 05 đơn vị được chọn"),
        ("phòng ở cơ SỞ,", "phòng ở cơ sở,"),
    ],
)
def test_specks_are_taken_out(read: str, meant: str) -> None:
    assert mended(read) == meant


def test_cells_are_mended_too() -> None:
    read = scanned(scanned_table(["1", "Tô chức hội nghị"], ["2", "Rà soát, bồ sung"]))
    table = repair(read).blocks[0]
    assert [repair(read).cut(cell) for cell in table.cells][1::2] == [  # type: ignore[union-attr]
        "Tổ chức hội nghị",
        "Rà soát, bổ sung",
    ]


# --- what is left alone ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Ông Nguyễn Tiên Tăng chủ trì",
        "đồng chí Trần Văn Tô phụ trách",
        "bà Lê Thị Dung và ông Đỗ Bình",
        "TRẦN VĂN TÔ",
        "xã Tân Tiên, huyện Lục Nam",
        "Số: 12/KH-UBND",
        "tại Công văn số 412/SNV-TĐKT ngày 03/4/2024",
        "đạt tỷ lệ 95% trở lên",
        "liên hệ phong.tckt@lamviec.gov.vn",
        "theo QĐ của UBND tỉnh và HĐND",
        "ngày … tháng … năm 2024",
        "ngày TT tháng ^^ năm 2024",
        "Tổ chức hội nghị, v.v. và báo cáo",
        "Phong trào “Xanh - Sạch - Đẹp ” và",
        "TP. Hồ Chí Minh và các tỉnh",
        "chỉ tiết kiệm được một phần",
        "thành lập khoa Dược và phòng Nghiệp vụ dược",
        "Trung tâm Truyền thông giáo dục sức khỏe",
        "trên chuyên trang, chuyên mục",
        "ôn tập cuối năm học",
        "hằng năm và hàng tháng",
    ],
)
@pytest.mark.parametrize("confidence", [0.75, 0.96])
def test_left_alone(text: str, confidence: float) -> None:
    assert mended(text, confidence) == text


def test_a_document_without_recognised_pages_is_the_same_object() -> None:
    read = typed("tô chức hội nghị", "KÉ HOẠCH")
    assert repair(read) is read


def test_a_recognised_document_without_errors_is_the_same_object() -> None:
    read = scanned("KẾ HOẠCH", "Tổ chức hội nghị tổng kết công tác thi đua, khen thưởng")
    assert repair(read) is read


def test_every_change_is_logged() -> None:
    new = repair(scanned("KÉ HOẠCH", "I. MỤC ĐÍCH, YÊU CÀU", "HH. Tô chức thực hiện", "phát. triển kinh tê"))
    assert new.text.startswith("KẾ HOẠCH\nI. MỤC ĐÍCH, YÊU CẦU")
    rows = {(row.before, row.after, row.rule) for row in new.corrections}
    assert {("KÉ", "KẾ", "constant"), ("CÀU", "CẦU", "constant"), ("tê", "tế", "syllable-model")} <= rows
    assert all(new.text[row.start : row.end] == row.after for row in new.corrections)


PROSE = ["tô", "chức", "bồ", "sung", "đê", "thực", "phân", "đấu", "số"]
ODD = ["Nguyễn", "Tiên", "12/KH-UBND", "2024", "KÉ", "HOẠCH", ".", "~", "¬", "^^", "HI.", "II.", "SỐ"]
WORDS = st.sampled_from([*PROSE, *ODD])


@settings(max_examples=150)
@given(
    st.lists(st.lists(WORDS, min_size=1, max_size=12).map(" ".join), min_size=1, max_size=6), st.floats(0, 1)
)
def test_changes_lead_back_and_spare_names_and_numbers(paragraphs: list[str], confidence: float) -> None:
    read = scanned(*paragraphs, confidence=confidence)
    new = repair(read)
    assert re.findall(r"\d+", new.text) == re.findall(r"\d+", read.text)
    names = re.compile(r"(?<=[a-zà-ỹ] )(?:Nguyễn|Tiên)\b")
    assert Counter(names.findall(new.text)) >= Counter(names.findall(read.text))
    assert all(new.text[row.start : row.end] == row.after for row in new.corrections)
    assert [page.start for page in new.pages] == [0]


@given(st.text(max_size=200))
def test_never_raises(text: str) -> None:
    words = " ".join(text.split())
    if words:
        new = repair(scanned(raw_paragraph(words)))
        assert all(0 <= line.start <= line.end <= len(new.text) for line in new.lines)


def test_long_runs_and_odd_pages_take_bounded_time() -> None:
    run = " ".join(["đê", "tô", "vê", "ạt"] * 3_000)
    assert len(repair(scanned(run)).text) >= len(run) - 10
    marks = " ".join("~'.,¬_^" * 2_000)
    repair(scanned(marks, "I" * 5_000, "I. " * 3_000))


# --- the model ------------------------------------------------------------------------------------


def test_the_model_was_made_with_the_fields_words() -> None:
    known = model()
    for group in load("field_words"):
        for phrase in group["phrases"]:
            words = [folded(word) for word in phrase.split()]
            assert all(plain(word) in known.by_letters for word in words), phrase
            pairs = [known.pair(a, b) for a, b in pairwise(words)]
            assert min(pairs, default=group["weight"]) >= group["weight"], phrase


def test_what_is_packed_is_read_back() -> None:
    singles = {("tổ",): 5, ("chức",): 4, ("tô",): 1}
    read = unpacked(packed(singles, {("tổ", "chức"): 4}, {("tổ", "chức", "tổ"): 2}))
    assert (read.pair("tổ", "chức"), read.pair("chức", "tổ"), read.pair("tổ", "không")) == (4, 0, 0)
    assert read.total == 10
    assert [read.syllables[n] for n in read.by_letters["to"]] == ["tổ", "tô"]
    first, second = read.number("tổ"), read.number("chức")
    assert read.chance(first, second, first) > read.chance(first, second, second)


def test_a_file_that_is_no_model_is_refused() -> None:
    with pytest.raises(ValueError, match="not a syllable model"):
        unpacked(b"something else")
