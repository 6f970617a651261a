"""Recipients: one an item, wraps joined, semicolons cut, purposes told apart."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors import plan
from extractors.bodies import BodyContext
from extractors.document import Document
from extractors.recipients import read_recipients
from extractors.vietnamese.letters import squeeze
from extractors.zones import find_zones
from tests.zone_documents import of_blocks, of_columns, of_lines, table

BODY = "KẾ HOẠCH\nTổ chức hội thi\nI. NỘI DUNG\nCác đơn vị tổ chức thực hiện./.\n"
SIGNED = "KT. HIỆU TRƯỞNG\nPHÓ HIỆU TRƯỞNG\n\nLê Văn An"


def read(document: Document) -> tuple[plan.Recipient, ...]:
    found = read_recipients(document, find_zones(document), BodyContext())
    for recipient in found:
        printed = squeeze(document.text[recipient.start : recipient.end].replace("\n", " "))
        assert recipient.text[:10] in printed
        assert len(printed) <= 1.6 * len(recipient.text) + 40
    return found


LISTS = [
    ("Nơi nhận:\n- Sở Nội vụ;\n- Lưu: VT.", ["Sở Nội vụ", "Lưu: VT"]),
    (
        "Nơi nhận :\n- Sở Nội vụ,\n- Các khoa, phòng,\n- Lưu :VT, TĐ .",
        ["Sở Nội vụ", "Các khoa, phòng", "Lưu :VT, TĐ"],
    ),
    ("NƠI NHẬN:\n+ Sở Nội vụ;\n+ Lưu VP.", ["Sở Nội vụ", "Lưu VP"]),
    ("Nơi nhận\n– Như trên;\n– Lưu: HS.", ["Như trên", "Lưu: HS"]),
    ("Nơi nhận: - Như trên;\n- Lưu: VT.", ["Như trên", "Lưu: VT"]),
    ("Nơi nhận: - Như trên; - UBND xã; - Lưu: VT.", ["Như trên", "UBND xã", "Lưu: VT"]),
    (
        "Nơi nhận:\n- UBND các tỉnh: Hà Nam,\n  Nam Định;\n- Lưu: VT.",
        ["UBND các tỉnh: Hà Nam, Nam Định", "Lưu: VT"],
    ),
    ("Nơi nhận:\n- TT. Huyện ủy; (B/c)\n- Lưu: VT.", ["TT. Huyện ủy; (B/c)", "Lưu: VT"]),
    ("Nơi nhận:\n- Như Điều 3; Lưu: VT.", ["Như Điều 3", "Lưu: VT"]),
    ("Nơi nhận:\nSở Nội vụ;\nCác phòng;\nLưu: VT.", ["Sở Nội vụ", "Các phòng", "Lưu: VT"]),
    ("Nơi nhận:\nSở Nội vụ\nCác phòng\nLưu VT", ["Sở Nội vụ", "Các phòng", "Lưu VT"]),
    ("Nơi nhận:\n- Sở A\n(để b/c);\n- Lưu: VT.", ["Sở A (để b/c)", "Lưu: VT"]),
    (
        "Nơi nhận:\n- VP: CVP, các PCVP,\nphòng: TH, KT;\n- Lưu: VT.",
        ["VP: CVP, các PCVP, phòng: TH, KT", "Lưu: VT"],
    ),
    ("Nơi nhận:\n- Lưu: VT, CN(M.Cúc.", ["Lưu: VT, CN(M.Cúc"]),
    ("Nơi nhận:\n1. Sở Nội vụ;\n2. Lưu: VT.", ["Sở Nội vụ", "Lưu: VT"]),
    ("Nơi nhận:\n- Chi cục thuế;\n- Ban TĐKT;\n- Lưu CĐN.", ["Chi cục thuế", "Ban TĐKT", "Lưu CĐN"]),
    ("Nơi nhận:\n- Đồng chí Lê Văn Ba;\n- Lưu: VT.", ["Đồng chí Lê Văn Ba", "Lưu: VT"]),
    ("Nơi nhận:\n- Các tổ)\n- Tổ Toán (b/c)\n- Lưu: VT.", ["Các tổ", "Tổ Toán (b/c)", "Lưu: VT"]),
    ("Nơi nhận:\n- Các tổ;\n- Lưu: TM.", ["Các tổ", "Lưu: TM"]),
    ("Nơi nhận:\n- Các tổ;\n- Lưu: VT, KT (03b).", ["Các tổ", "Lưu: VT, KT (03b)"]),
    ("- Các phòng;\n- Trường X;\n- Lưu: VT.", ["Các phòng", "Trường X", "Lưu: VT"]),
]


@pytest.mark.parametrize(("lines", "wanted"), LISTS, ids=[x[0].replace("\n", "/") for x in LISTS])
def test_list_above_the_signature(lines: str, wanted: list[str]) -> None:
    assert [r.text for r in read(of_lines(f"{BODY}{lines}\n{SIGNED}"))] == wanted


@pytest.mark.parametrize(("lines", "wanted"), LISTS, ids=[x[0].replace("\n", "/") for x in LISTS])
def test_list_below_the_signature(lines: str, wanted: list[str]) -> None:
    assert [r.text for r in read(of_lines(f"{BODY}{SIGNED}\n{lines}"))] == wanted


@pytest.mark.parametrize(("lines", "wanted"), LISTS, ids=[x[0].replace("\n", "/") for x in LISTS])
def test_list_beside_the_signature(lines: str, wanted: list[str]) -> None:
    assert [r.text for r in read(of_blocks(BODY, table([[lines, SIGNED]])))] == wanted
    assert [r.text for r in read(of_columns([], BODY, [("left", lines), ("right", SIGNED)]))] == wanted


def test_list_interleaved_with_the_signature() -> None:
    document = of_lines(
        BODY
        + (
            "Nơi nhận:                              KT. HIỆU TRƯỞNG\n"
            "- Phòng GDĐT (b/c);                  PHÓ HIỆU TRƯỞNG\n"
            "- Các tổ;\n"
            "- Lưu: VT.\n"
            "                                          Lê Văn An"
        )
    )
    assert [r.text for r in read(document)] == ["Phòng GDĐT (b/c)", "Các tổ", "Lưu: VT"]


@pytest.mark.parametrize("gap", [" ", " " * 30])
def test_signed_note_beside_the_archive_copy(gap: str) -> None:
    foot = f"Nơi nhận:\n- Các tổ;\n- Lưu: VT, KT (03b).{gap}(đã ký)\nHIỆU TRƯỞNG\nLê Văn An"
    assert [r.text for r in read(of_lines(BODY + foot))] == ["Các tổ", "Lưu: VT, KT (03b)"]


def test_cells_parted_by_bars() -> None:
    foot = "Nơi nhận: | HIỆU TRƯỞNG |\n- Các tổ; | |\n- Lưu: VT. | Lê Văn An |"
    assert [r.text for r in read(of_lines(BODY + foot))] == ["Các tổ", "Lưu: VT"]


def test_no_list() -> None:
    assert read(of_lines(BODY + SIGNED)) == ()


def test_annex_is_no_recipient() -> None:
    found = read(of_lines(f"{BODY}Nơi nhận:\n- Các tổ;\n- Lưu: VT.\n{SIGNED}\nPHỤ LỤC\n- Mục một;"))
    assert [r.text for r in found] == ["Các tổ", "Lưu: VT"]


@pytest.mark.parametrize(
    ("line", "body", "purpose"),
    [
        ("Sở Nội vụ (để b/c)", "Sở Nội vụ", "để b/c"),
        ("Các tổ (t/h)", "Các tổ", "t/h"),
        ("Tỉnh đoàn; (B/c)", "Tỉnh đoàn", "B/c"),
        ("Các đơn vị (để thực hiện)", "Các đơn vị", "để thực hiện"),
        ("Báo Hà Nam (đưa tin)", "Báo Hà Nam", "đưa tin"),
        ("Các tổ, để thực hiện", "Các tổ", "để thực hiện"),
        ("Sở Nội vụ (Ban TĐKT)", "Sở Nội vụ (Ban Thi đua - Khen thưởng)", None),
        ("Như trên", "Như trên", None),
    ],
)
def test_body_and_purpose(line: str, body: str, purpose: str | None) -> None:
    found = read(of_lines(f"{BODY}Nơi nhận:\n- {line};\n- Lưu: VT.\n{SIGNED}"))
    assert (found[0].text, found[0].body, found[0].purpose) == (line, body, purpose)


def test_archive_copy_has_no_body() -> None:
    found = read(of_lines(f"{BODY}Nơi nhận:\n- Các tổ;\n- Lưu: VT, TCHC.\n{SIGNED}"))
    assert [(r.is_archive_copy, r.body) for r in found] == [(False, "Các tổ"), (True, None)]


@given(st.lists(st.one_of(st.text(max_size=40), st.sampled_from([x[0] for x in LISTS])), max_size=6))
@settings(max_examples=200, deadline=None)
def test_never_raises(lines: list[str]) -> None:
    document = of_lines(BODY + "Nơi nhận:\n" + "\n".join(lines))
    for recipient in read_recipients(document, find_zones(document), BodyContext()):
        assert 0 <= recipient.start < recipient.end <= len(document.text)
        assert recipient.text
