"""Old encodings: TCVN3 and VNI, in strings, Word documents, texts and PDF text layers."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
from collections.abc import Callable

import pytest
from docx_files import p, r, read
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from extractors.document import Document
from extractors.vietnamese.legacy import (
    Judge,
    decode,
    encoded,
    from_tcvn3,
    from_vni,
    hint,
    is_capitals,
    syllable_share,
    with_whole_capitals,
)
from pipeline.parsers.html import parse_html
from pipeline.parsers.pdf import parse_pdf
from pipeline.parsers.text import parse_text

LETTERS = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
PROSE = "Các trường tiểu học tổ chức trồng cây, giữ gìn vệ sinh và báo cáo kết quả về phòng trước ngày 15/3."


def t(text: str) -> str:
    return encoded(text, "tcvn3")


def v(text: str) -> str:
    return encoded(text, "vni")


def font(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>'


# --- strings ------------------------------------------------------------------------------------


def test_both_tables_hold_every_letter() -> None:
    assert from_tcvn3(t(LETTERS)) == LETTERS
    assert from_vni(v(LETTERS)) == LETTERS
    assert from_vni(v(LETTERS.upper())) == LETTERS.upper()


def test_tcvn3_is_what_the_system_takes_for_it() -> None:
    iconv = shutil.which("iconv")
    if iconv is None:
        pytest.skip("iconv is not installed")
    done = subprocess.run(
        [iconv, "-f", "TCVN", "-t", "UTF-8"],
        input=t(LETTERS).encode("latin-1"),
        capture_output=True,
        check=False,
    )
    if done.returncode:
        pytest.skip("iconv knows no TCVN")
    assert unicodedata.normalize("NFC", done.stdout.decode()) == LETTERS


DECODED = {
    "TCVN3 by its font": (t(PROSE), ".VnTime", PROSE, "tcvn3"),
    "TCVN3 in any font": (t(PROSE), "Arial", PROSE, "tcvn3"),
    "TCVN3 in a font of VNI": (t(PROSE), "VNI-Times", PROSE, "tcvn3"),
    "VNI by its font": (v(PROSE), "VNI-Times", PROSE, "vni"),
    "VNI in any font": (v(PROSE), "", PROSE, "vni"),
    "VNI in capitals": (v(PROSE.upper()), "", PROSE.upper(), "vni"),
    "Unicode in an old font": (PROSE, ".VnTime", PROSE, None),
    "one word of Unicode in an old font": ("xã", ".VnTime", "xã", None),
    "one word in its font": (t("xã"), ".VnTime", "xã", "tcvn3"),
    "one odd word in any font": ("Ngµy", "Arial", "Ngµy", None),
    "capitals by the font": (t("ủy ban nhân dân"), ".VnTimeH", "ỦY BAN NHÂN DÂN", "tcvn3"),
    "capitals as they were typed": ("CéNG HßA X· HéI", "", "CỘNG HÒA XÃ HỘI", "tcvn3"),
    "initials": ("- Ban T§KT tØnh, H§ND", ".VnTime", "- Ban TĐKT tỉnh, HĐND", "tcvn3"),
    "a word of signs": ("(§· ký)", ".VnTime", "(Đã ký)", "tcvn3"),
    "foreign names": ("Café José Ramón, naïve façade", "", "Café José Ramón, naïve façade", None),
    "signs": ("5 m², 20°C, § 3, ½ ©", ".VnTime", "5 m², 20°C, § 3, ½ ©", None),
    "ASCII": ("Ban 2024", ".VnTime", "Ban 2024", None),
    "nothing": ("", ".VnTime", "", None),
}


@pytest.mark.parametrize(("text", "name", "wanted", "encoding"), DECODED.values(), ids=DECODED.keys())
def test_decode(text: str, name: str, wanted: str, encoding: str | None) -> None:
    assert decode(text, name) == (wanted, encoding)


FONTS = {
    ".VnTime": ("tcvn3", False),
    ".VnTimeH": ("tcvn3", True),
    ".VNTIMEH": ("tcvn3", True),
    "ABCDEF+.VnArialH,Bold": ("tcvn3", True),
    ".VnTimeH-BoldItalic": ("tcvn3", True),
    ".VnBook-Antiqua": ("tcvn3", False),
    "VNI-Times": ("vni", False),
    "VNI Helve": ("vni", False),
    "Times New Roman": (None, False),
    "GothicH": (None, False),
}


@pytest.mark.parametrize(("name", "wanted"), FONTS.items(), ids=FONTS.keys())
def test_fonts(name: str, wanted: tuple[str | None, bool]) -> None:
    assert (hint(name), is_capitals(name)) == wanted


CAPITALS = {
    "a line": ("ỦY BAN NHâN DâN Xã TâN HộI", "ỦY BAN NHÂN DÂN XÃ TÂN HỘI"),
    "beside a sentence": ("Kính gửi: UBND Xã HộI nhà", "Kính gửi: UBND XÃ HỘI nhà"),
    "no torn word": ("UBND Xã Tú", "UBND Xã Tú"),
    "on another line": ("HộI\nXã", "HỘI\nXã"),
}


@pytest.mark.parametrize(("text", "wanted"), CAPITALS.values(), ids=CAPITALS.keys())
def test_torn_capitals(text: str, wanted: str) -> None:
    assert with_whole_capitals(text) == wanted


def test_what_a_font_held_settles_short_stretches() -> None:
    judge = Judge()
    assert judge.encoding("Ngµy") is None
    assert judge.encoding(t(PROSE)) == "tcvn3"
    assert judge.encoding("Ngµy") == "tcvn3"
    other = Judge()
    assert other.encoding(PROSE, ".VnTime") is None
    assert other.encoding("tốn", ".VnTime") is None and other.expects_unicode(".VnTime")


def test_syllables() -> None:
    assert syllable_share("Kế hoạch trồng cây ở trường Nguyễn Huệ, quý III") >= 0.9
    assert syllable_share("KÕ ho¹ch trång c©y") < 0.6
    assert syllable_share("12/3 ...") == 0.0


@settings(max_examples=300, deadline=None)
@given(st.text(), st.sampled_from(["", ".VnTime", ".VnTimeH", "VNI-Times"]))
def test_any_text(text: str, name: str) -> None:
    read_text, encoding = decode(text, name)
    assert encoding is not None or read_text == text


# --- documents ----------------------------------------------------------------------------------


def notes(document: Document) -> list[tuple[str, str]]:
    return [(d.code, d.severity) for d in document.diagnostics]


def check_corrections(document: Document) -> None:
    for row in document.corrections:
        assert document.text[row.start : row.end] == row.after != row.before


TOLD = [("legacy-encoding", "info")]


def test_word_document_of_several_encodings() -> None:
    soft = t("Phòng trường").split("\u00ad")
    runs = f"{r(soft[0], font('.VnTime'))}<w:r><w:rPr>{font('.VnTime')}</w:rPr><w:softHyphen/></w:r>"
    document = read(
        p(t("kế hoạch"), look=font(".VnTimeH"))
        + f"<w:p>{runs}{r(soft[1], font('.VnTime'))}{r(' và xã', font('Arial'))}</w:p>"
        + p("Đội và xã giữ Unicode", look=font(".VnTime"))
        + p("ban", look=font(".VnTimeH"))
        + f"<w:p>{r(v('Nhiệ')[:-1], font('VNI-Times'))}{r(v('Nhiệm vụ')[4:], font('VNI-Times'))}</w:p>"
    )
    assert document.text.split("\n") == [
        "KẾ HOẠCH", "Phòng trường và xã", "Đội và xã giữ Unicode", "BAN", "Nhiệm vụ",
    ]  # fmt: skip
    assert [(row.after, row.rule) for row in document.corrections] == [
        ("KẾ HOẠCH", "tcvn3"), ("Phòng trường và xã", "tcvn3"), ("BAN", "tcvn3"), ("Nhiệm vụ", "vni"),
    ]  # fmt: skip
    assert document.corrections[1].before == t("Phòng trường") + " và xã"
    check_corrections(document)
    assert notes(document) == TOLD


def test_word_document_in_unicode_is_left_alone() -> None:
    document = read(
        p(PROSE, look=font(".VnTime")) + p("hoà", look=font(".VnTime")) + p("nhß", look=font("Arial"))
    )
    assert document.text == f"{PROSE}\nhoà\nnhß"
    assert (document.corrections, document.diagnostics) == ((), ())


def test_shown_capitals_and_columns() -> None:
    caps = f"{font('.VnTime')}<w:caps/>"
    tabs = '<w:tabs><w:tab w:val="center" w:pos="7000"/></w:tabs>'
    sides = (
        f"{r(t('sở y tế'), font('.VnTimeH'))}<w:r><w:tab/></w:r>{r(t('cộng hòa xã hội'), font('.VnTimeH'))}"
    )
    document = read(p(t("nghị quyết"), look=caps) + f"<w:p><w:pPr>{tabs}</w:pPr>{sides}</w:p>")
    assert "NGHỊ QUYẾT" in document.text and "SỞ Y TẾ" in document.text
    check_corrections(document)


def test_number_words_and_symbols_of_old_fonts() -> None:
    numbering = (
        f'<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        '<w:numFmt w:val="decimal"/>'
        f'<w:lvlText w:val="{t("Điều")} %1."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    symbol = '<w:r><w:sym w:font=".VnTime" w:char="F0B5"/></w:r>'
    body = f"<w:p><w:pPr>{numbered}</w:pPr>{r('Ng', font('.VnTime'))}{symbol}{r('y', font('.VnTime'))}</w:p>"
    assert read(body, numbering=numbering).text == "Điều 1. Ngày"


BEFORE_AFTER = {
    "bytes of TCVN3": (t(PROSE).encode("latin-1"), "tcvn3"),
    "bytes of VNI": (v(PROSE).encode("cp1252"), "vni"),
    "TCVN3 saved as UTF-8": (t(PROSE).encode(), "tcvn3"),
    "VNI saved as UTF-8": (v(PROSE).encode(), "vni"),
}


@pytest.mark.parametrize(("data", "rule"), BEFORE_AFTER.values(), ids=BEFORE_AFTER.keys())
def test_texts(data: bytes, rule: str) -> None:
    document = parse_text(data)
    assert document.text == PROSE
    before = t(PROSE) if rule == "tcvn3" else v(PROSE)
    assert [(row.before, row.rule) for row in document.corrections] == [(before, rule)]
    assert notes(document) == TOLD
    check_corrections(document)


def test_text_of_which_a_part_is_old() -> None:
    document = parse_text(f"Kế hoạch của xã.\n\n{t(PROSE)}\n\nNơi nhận đã rõ.".encode())
    assert document.text == f"Kế hoạch của xã.\n{PROSE}\nNơi nhận đã rõ."
    assert [row.after for row in document.corrections] == [PROSE]


def test_tables_of_old_text() -> None:
    document = parse_text(
        t("| TT | Nội dung | Đơn vị |\n|---|---|---|\n| 1 | Trồng cây | Phòng Giáo dục |").encode()
    )
    assert "Phòng Giáo dục" in document.text
    assert "Trồng cây" in [row.after for row in document.corrections]
    check_corrections(document)


def test_html_of_old_text() -> None:
    document = parse_html(f"<html><body><p>{t(PROSE)}</p></body></html>".encode("latin-1"))
    assert document.text == PROSE and notes(document) == TOLD


def page(*lines: str) -> bytes:
    """A PDF in a font of Latin-1, which is how old fonts stand in a PDF."""
    canvas = Canvas("unused", pagesize=(595, 842))
    for i, line in enumerate(lines):
        canvas.setFont("Helvetica", 11)
        canvas.drawString(40, 780 - 16 * i, line)
    return bytes(canvas.getpdfdata())


@pytest.mark.parametrize("write", [t, v], ids=["tcvn3", "vni"])
def test_pdf_text_layer(write: Callable[[str], str]) -> None:
    lines = [
        "Các trường tổ chức trồng cây và giữ gìn vệ sinh;",
        "phòng được giao báo cáo kết quả tuần như đã ghi.",
    ]
    document = parse_pdf(page(*[write(line) for line in lines]))
    assert document.text == " ".join(lines)
    assert [page.method for page in document.pages] == ["text"]
    assert notes(document) == TOLD and len(document.corrections) == 1
    check_corrections(document)


def test_pdf_hyphens_stay() -> None:
    line = "Số 12/KH-UBND của xã về phát triển kinh tế-xã hội năm 2020-2025 được phê duyệt trước ngày đã ghi"
    assert parse_pdf(page(t(line))).text == line


def test_pdf_of_another_language_is_left_alone() -> None:
    line = "Le café où l'élève a réglé ses dépenses était fermé à Noël, naïveté d'un garçon déçu"
    assert parse_pdf(page(line)).corrections == ()
