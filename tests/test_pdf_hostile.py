"""PDF files that cannot be read as they are: scans, damaged and hostile ones."""

from __future__ import annotations

from contextlib import suppress

import pikepdf
import pytest

from pipeline.errors import BrokenFile, EmptyFile, EncryptedFile, TooLarge, TooManyPages
from pipeline.ocr.reading import ReadImage
from pipeline.parsers import pdf_drawing, pdf_words
from pipeline.parsers.layout import PageContent, PlacedWord
from pipeline.parsers.limits import Limits
from pipeline.parsers.pdf import parse_pdf
from tests.pdf_files import (
    HEIGHT,
    PROSE,
    WIDTH,
    Sheet,
    changed,
    check_plan,
    codes,
    drawn,
    plan,
    texts,
)

# --- text layers that cannot be used --------------------------------------------------------


def scan(*words: str, mode: int = 0) -> Sheet:
    """A page that a picture covers, with some text on it (mode 3: invisible)."""
    sheet = Sheet()
    sheet.picture(0, 0, WIDTH, HEIGHT)
    line = sheet.canvas.beginText(70, 700)
    line.setFont("Body", 11)
    line.setTextRenderMode(mode)
    for i in range(0, len(words), 10):
        line.textLine(" ".join(words[i : i + 10]))
    sheet.canvas.drawText(line)
    return sheet


def test_scan_without_text_is_left_to_recognition() -> None:
    document = parse_pdf(scan().bytes())
    assert document.text == "" and codes(document) == [("needs-ocr", 1)]
    assert (document.pages[0].method, document.pages[0].reason) == ("text", "no-text")


def test_scan_with_a_stamp_only() -> None:
    document = parse_pdf(scan("Cơ", "quan:", "UBND", "xã", "Giờ", "ký:", "05/03/2030").bytes())
    assert document.text == "" and document.pages[0].reason == "stamp-only"


def test_good_hidden_text_over_a_scan_is_used() -> None:
    document = parse_pdf(scan(*(PROSE.split() * 3), mode=3).bytes())
    assert "phong trào thi đua" in document.text and document.pages[0].reason is None
    assert codes(document) == [("large-picture", 1)]


def test_hidden_text_without_a_picture_is_no_text() -> None:
    sheet = Sheet()
    sheet.text(100, 100, "Kế hoạch năm")
    line = sheet.canvas.beginText(100, 500)
    line.setFont("Body", 11)
    line.setTextRenderMode(3)
    line.textLine("chữ ẩn")
    sheet.canvas.drawText(line)
    assert drawn(sheet) == "Kế hoạch năm"


def test_text_without_accents_is_left_out_and_the_rest_is_read() -> None:
    sheet = Sheet()
    plain = "Uy ban nhan dan xa phoi hop voi cac phong chuyen mon to chuc ra soat danh gia ket qua thuc hien "
    sheet.prose(70, 525, 100, plain * 4)
    sheet.next_page()
    sheet.prose(70, 525, 100, PROSE)
    document = parse_pdf(sheet.bytes())
    assert texts(document) == [PROSE]
    assert [p.reason for p in document.pages] == ["no-accents", None]
    assert codes(document) == [("needs-ocr", 1)]


def test_recogniser_is_asked_for_the_pages_that_need_it() -> None:
    sheet = scan()
    sheet.next_page()
    sheet.prose(70, 525, 100, PROSE)
    asked: list[int] = []

    def recognise(source: object, number: int) -> ReadImage:
        asked.append(number)
        word = PlacedWord("Nhận", 70, 100, 110, 112, 12, confidence=0.8)
        return ReadImage(PageContent(number, WIDTH, HEIGHT, (word,)), 0.8)

    document = parse_pdf(sheet.bytes(), recognise=recognise)
    assert asked == [1]
    assert texts(document) == ["Nhận", PROSE]
    assert [(p.method, p.ocr_confidence) for p in document.pages] == [("ocr", 0.8), ("text", None)]
    (first,) = document.lines[0].words
    assert first.confidence == 0.8


# --- hostile files --------------------------------------------------------------------------


def test_password_is_told() -> None:
    data = changed(plan().bytes(), lambda pdf: None, encryption=pikepdf.Encryption(user="geheim", owner="x"))
    with pytest.raises(EncryptedFile):
        parse_pdf(data)


def test_file_protected_only_against_changes_is_read() -> None:
    data = changed(plan().bytes(), lambda pdf: None, encryption=pikepdf.Encryption(user="", owner="x"))
    check_plan(parse_pdf(data))


def test_junk_before_the_header() -> None:
    check_plan(parse_pdf(b"\x00\xff junk before it\r\n" * 100 + plan().bytes()))


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", EmptyFile),
        (b"%PDF-1.7\n", BrokenFile),
        (b"%PDF-1.7\n" + bytes(range(256)) * 40, BrokenFile),
        (b"no PDF at all", BrokenFile),
    ],
    ids=["empty", "header only", "garbage", "text"],
)
def test_broken_files(data: bytes, error: type[Exception]) -> None:
    with pytest.raises(error):
        parse_pdf(data)


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.95])
def test_truncated_files_never_crash(share: float) -> None:
    data = plan().bytes()
    with suppress(BrokenFile):
        parse_pdf(data[: int(share * len(data))])


def test_too_many_pages_names_the_limit() -> None:
    sheet = Sheet()
    for _ in range(4):
        sheet.next_page()
    with pytest.raises(TooManyPages, match=r"max_pages is 3"):
        parse_pdf(sheet.bytes(), Limits(max_pages=3))


def test_too_many_bytes_and_too_much_text() -> None:
    data = plan().bytes()
    with pytest.raises(TooLarge, match="max_bytes"):
        parse_pdf(data, Limits(max_bytes=100))
    with pytest.raises(TooLarge, match="max_text_chars"):
        parse_pdf(data, Limits(max_text_chars=50))


def raw_pdf(*objects: str) -> bytes:
    out = b"%PDF-1.4\n"
    places = []
    for i, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{i} 0 obj {body} endobj\n".encode()
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{p:010d} 00000 n \n".encode() for p in places)
    return out + f"trailer <</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF".encode()


@pytest.mark.parametrize(
    "tree",
    [
        ["<</Type/Pages/Kids[2 0 R]/Count 1>>"],
        ["<</Type/Pages/Kids[3 0 R]/Count 2>>", "<</Type/Pages/Parent 2 0 R/Kids[2 0 R 3 0 R]/Count 2>>"],
        ["<</Type/Pages/Kids[3 0 R]/Count 2000000000>>", "<</Type/Page/Parent 2 0 R>>"],
        ["<</Type/Pages/Kids[]/Count 0>>"],
        ["<</Type/Pages/Kids[9 0 R]/Count 1>>"],
    ],
    ids=["its own kid", "circle", "huge count", "no pages", "missing page"],
)
def test_page_trees_that_lie(tree: list[str]) -> None:
    data = raw_pdf("<</Type/Catalog/Pages 2 0 R>>", *tree)
    try:
        document = parse_pdf(data)
    except (BrokenFile, TooManyPages):
        return
    assert document.text == ""


def test_form_that_draws_itself_ends() -> None:
    sheet = Sheet()
    sheet.text(100, 100, "Kế hoạch năm")

    def change(pdf: pikepdf.Pdf) -> None:
        form = pdf.make_stream(b"/X Do 10 10 m 200 10 l S")
        form.update(
            {
                "/Type": pikepdf.Name.XObject,
                "/Subtype": pikepdf.Name.Form,
                "/BBox": pikepdf.Array([0, 0, 500, 500]),
            }
        )
        form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=form))
        page = pdf.pages[0]
        page.Resources.XObject = pikepdf.Dictionary(X=form)
        page.contents_add(b"/X Do")

    assert texts(parse_pdf(changed(sheet.bytes(), change))) == ["Kế hoạch năm"]


def test_page_with_endless_drawings_is_read_without_its_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_drawing, "MAX_SEGMENTS", 5)
    monkeypatch.setattr(pdf_drawing._Budget.__init__, "__defaults__", (1000, 5))
    document = parse_pdf(plan().bytes())
    assert ("page-cut", 1) in codes(document) and "Tổ B" in document.text


def test_page_with_endless_text_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_words, "MAX_CHARS", 30)
    document = parse_pdf(plan().bytes())
    assert codes(document) == [("page-cut", 1), ("page-cut", 2)]


def test_words_beyond_the_limit_are_told() -> None:
    document = parse_pdf(plan().bytes(), Limits(max_page_words=10))
    assert ("page-cut", 1) in codes(document)


def test_broken_page_costs_that_page_only(monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.parsers import pdf_page

    whole = pdf_page.read_page

    def failing(source: object, number: int) -> pdf_page.PageRead:
        if number == 1:
            raise ValueError("damaged")
        return whole(source, number)

    monkeypatch.setattr(pdf_page, "read_page", failing)
    document = parse_pdf(plan().bytes())
    assert codes(document) == [("broken-page", 1)]
    assert "Tổng kết." in document.text and document.pages[0].reason == "broken-page"
