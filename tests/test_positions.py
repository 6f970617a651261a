"""Posts, authority marks and names of persons."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.positions import read_authority, read_name, read_post, surnames
from extractors.rulebook import load
from extractors.vietnamese.letters import plain

POSTS = [(e["text"], x) for e in load("positions") for x in e["examples"]]


@pytest.mark.parametrize(("text", "example"), POSTS, ids=[x for _, x in POSTS])
def test_examples_of_posts(text: str, example: str) -> None:
    line = read_post(example)
    assert line is not None
    assert line.post.text == text


@pytest.mark.parametrize("name", [x for g in load("surnames") for x in g["examples"]])
def test_examples_of_surnames(name: str) -> None:
    assert plain(name.split()[0]) in surnames()
    found = read_name(name)
    assert found is not None
    assert found.known_surname


@pytest.mark.parametrize(
    ("line", "mark", "rest"),
    [
        ("KT. GIÁM ĐỐC", "KT.", "GIÁM ĐỐC"),
        ("KI. GIÁM ĐỐC", "KT.", "GIÁM ĐỐC"),
        ("K/T HIỆU TRƯỞNG", "KT.", "HIỆU TRƯỞNG"),
        ("KT.HIỆU TRƯỞNG", "KT.", "HIỆU TRƯỞNG"),
        ("T/M BAN THƯỜNG VỤ", "TM.", "BAN THƯỜNG VỤ"),
        ("TM. ỦY BAN NHÂN DÂN", "TM.", "ỦY BAN NHÂN DÂN"),
        ("TL. BỘ TRƯỞNG", "TL.", "BỘ TRƯỞNG"),
        ("TUQ. CHỦ TỊCH", "TUQ.", "CHỦ TỊCH"),
        ("Q. GIÁM ĐỐC", "Q.", "GIÁM ĐỐC"),
    ],
)
def test_authority_marks(line: str, mark: str, rest: str) -> None:
    found = read_authority(line)
    assert found is not None
    assert (found.mark, line[found.rest :]) == (mark, rest)


@pytest.mark.parametrize(
    ("line", "post"),
    [("P. CHỦ TỊCH", "Phó Chủ tịch"), ("P.TRƯỞNG BAN", "Phó Trưởng ban"), ("P. GIÁM ĐỐC", "Phó Giám đốc")],
)
def test_short_deputies(line: str, post: str) -> None:
    found = read_post(line)
    assert found is not None
    assert found.post.text == post


@pytest.mark.parametrize("line", ["TMNT", "KTX SINH VIÊN", "QUẢN LÝ", "Kt. ghi chú", "TLH"])
def test_no_authority(line: str) -> None:
    assert read_authority(line) is None


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Nguyễn Thị Bích", "Nguyễn Thị Bích"),
        ("TRẦN VĂN ĐÔNG", "Trần Văn Đông"),
        ("PGS.TS. Lê Hữu", "Lê Hữu"),
        ("BS.CKII Lò Văn Ban", "Lò Văn Ban"),
        ("Đại tá Phạm Quốc Tân", "Phạm Quốc Tân"),
        ("Thượng uý Hà Văn Chinh", "Hà Văn Chinh"),
        ("Y Thông Niê", "Y Thông Niê"),
        ("H’Linh Êban", "H’Linh Êban"),
        ("Ys. Bùi Thị Cúc", "Bùi Thị Cúc"),
        ("ĐD. Bùi Thị Cúc", "Bùi Thị Cúc"),
        ("CNĐD Bùi Thị Cúc", "Bùi Thị Cúc"),
        ("ThS.BS Bùi Thị Cúc", "Bùi Thị Cúc"),
        ("BSCKI. Bùi Thị Cúc", "Bùi Thị Cúc"),
        ("Bs CK2. Bùi Thị Cúc", "Bùi Thị Cúc"),
        ("THẠC SĨ, BÁC SĨ BÙI THỊ CÚC", "Bùi Thị Cúc"),
        ("Nhà giáo ưu tú Bùi Thị Cúc", "Bùi Thị Cúc"),
        ("KTV Bùi Thị Cúc", "Bùi Thị Cúc"),
        ("K' Brin", "K' Brin"),
        ("K’Brin", "K’Brin"),
        ("H' Lan Kđoh", "H' Lan Kđoh"),
        ("Siu H'Nga", "Siu H'Nga"),
        ("**Bùi Thị Cúc** ✓", "Bùi Thị Cúc"),
    ],
)
def test_names(line: str, name: str) -> None:
    found = read_name(line)
    assert found is not None
    assert found.value == name
    assert line[found.start : found.end].casefold() == name.casefold()


@pytest.mark.parametrize(
    "line", ["Sở Nội vụ", "Lưu VP", "Ban TĐKT", "ỦY BAN NHÂN DÂN", "Tam Kỳ, ngày", "Nguyễn", "- Như trên;"]
)
def test_no_names(line: str) -> None:
    assert read_name(line) is None


@given(st.text(max_size=80))
def test_never_raise(text: str) -> None:
    for read in (read_post, read_authority, read_name):
        read(text)
