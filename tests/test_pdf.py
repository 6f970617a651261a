"""PDF files made with known geometry, and hostile ones, read back."""

from __future__ import annotations

import io
import os
from contextlib import suppress
from pathlib import Path

import pikepdf
import pytest

from extractors.document import Document, Paragraph, Table
from pipeline.errors import BrokenFile, EmptyFile, EncryptedFile, TooLarge, TooManyPages
from pipeline.parsers import pdf_drawing, pdf_words
from pipeline.parsers.layout import PageContent, PlacedWord
from pipeline.parsers.limits import Limits
from pipeline.parsers.pdf import parse_pdf
from tests.pdf_files import HEIGHT, WIDTH, Sheet, changed, codes, rows, table, texts

PROSE = (
    "Ủy ban nhân dân xã phối hợp với các phòng chuyên môn tổ chức rà soát, đánh giá kết quả thực hiện "
    "phong trào thi đua yêu nước, kịp thời biểu dương các tập thể, cá nhân có thành tích xuất sắc trong năm."
)
XS = (70.0, 110.0, 330.0, 430.0, 525.0)
HEAD = ("STT", "Nội dung", "Đơn vị", "Thời gian")


def plan() -> Sheet:
    """Letterhead, title, prose, a table over two pages, signature block."""
    sheet = Sheet()
    sheet.centred(160, 60, "UBND HUYỆN SÔNG MÂY", 11)
    sheet.centred(400, 60, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 11, bold=True)
    sheet.centred(160, 76, "PHÒNG VĂN HÓA", 11, bold=True)
    sheet.centred(400, 76, "Độc lập - Tự do - Hạnh phúc", 11, bold=True)
    sheet.line(130, 80, 190, 80)
    sheet.centred(160, 100, "Số: 21/KH-VH", 12)
    sheet.centred(400, 101, "Sông Mây, ngày 05 tháng 3 năm 2030", 12)
    sheet.centred(297, 140, "KẾ HOẠCH", 14, bold=True)
    sheet.prose(70, 525, 180, PROSE)
    table(
        sheet,
        XS,
        [690, 715, 740, 765],
        [HEAD, ("1", "Hội nghị triển khai.", "Tổ A", "Quý I"), ("2", "Rà soát, đánh giá", "Tổ B", "Quý II")],
    )
    sheet.next_page()
    sheet.centred(297, 40, "2")
    table(
        sheet, XS, [60, 85, 110, 135], [HEAD, ("", "kết quả.", "", ""), ("3", "Tổng kết.", "Tổ C", "Quý IV")]
    )
    sheet.text(70, 200, "Nơi nhận:", 11, bold=True)
    sheet.centred(420, 200, "TRƯỞNG PHÒNG", 13, bold=True)
    sheet.text(70, 215, "- Như trên;", 10)
    sheet.text(70, 229, "- Lưu: VT.", 10)
    sheet.centred(420, 290, "Trần Văn Mẫu", 13, bold=True)
    return sheet


def check_plan(document: Document) -> None:
    assert texts(document) == [
        "UBND HUYỆN SÔNG MÂY",
        "PHÒNG VĂN HÓA",
        "Số: 21/KH-VH",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Sông Mây, ngày 05 tháng 3 năm 2030",
        "KẾ HOẠCH",
        PROSE,
        "Nơi nhận:",
        "- Như trên;",
        "- Lưu: VT.",
        "TRƯỞNG PHÒNG",
        "Trần Văn Mẫu",
    ]
    assert rows(document) == [
        [
            list(HEAD),
            ["1", "Hội nghị triển khai.", "Tổ A", "Quý I"],
            ["2", "Rà soát, đánh giá kết quả.", "Tổ B", "Quý II"],
            ["3", "Tổng kết.", "Tổ C", "Quý IV"],
        ]
    ]


def test_plan_is_read_back() -> None:
    document = parse_pdf(plan().bytes())
    check_plan(document)
    assert document.media_type == "application/pdf"
    assert [(p.number, p.method, p.width, p.height) for p in document.pages] == [
        (1, "text", WIDTH, HEIGHT),
        (2, "text", WIDTH, HEIGHT),
    ]
    assert codes(document) == []
    styles = {document.cut(b): b.style for b in document.blocks if isinstance(b, Paragraph)}
    assert styles["KẾ HOẠCH"].bold is True and styles["KẾ HOẠCH"].centred is True
    assert styles["KẾ HOẠCH"].size == 14 and styles[PROSE].bold is False


def test_regions_are_where_the_text_was_drawn() -> None:
    sheet = Sheet()
    sheet.text(100, 200, "Kế hoạch năm", 12)
    document = parse_pdf(sheet.bytes())
    (region,) = document.regions(3, 8)
    assert document.text[3:8] == "hoạch"
    x0 = 100 + sheet.width_of("Kế ", 12)
    assert (region.x0, region.x1) == pytest.approx((x0, x0 + sheet.width_of("hoạch", 12)), abs=0.1)
    assert region.y0 < 200 < region.y1 and region.y1 - region.y0 == pytest.approx(12, abs=0.1)


def rotated(data: bytes, degrees: int) -> bytes:
    """The pages displayed as before, but by another /Rotate and turned content."""
    matrices = {90: "0 1 -1 0 842 0", 180: "-1 0 0 -1 595 842", 270: "0 -1 1 0 0 595"}

    def change(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            page.contents_add(f"q {matrices[degrees]} cm".encode(), prepend=True)
            page.contents_add(b"Q")
            size = [595, 842] if degrees == 180 else [842, 595]
            page.MediaBox = pikepdf.Array([0, 0, *size])
            page.Rotate = degrees

    return changed(data, change)


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_rotated_pages_are_read_as_displayed(degrees: int) -> None:
    straight = parse_pdf(plan().bytes())
    document = parse_pdf(rotated(plan().bytes(), degrees))
    check_plan(document)
    assert (document.pages[0].width, document.pages[0].height) == pytest.approx((WIDTH, HEIGHT))
    at = document.text.index("Tổng kết")
    (one,), (other,) = straight.regions(at, at + 8), document.regions(at, at + 8)
    assert (one.x0, one.y0, one.x1, one.y1) == pytest.approx(
        (other.x0, other.y0, other.x1, other.y1), abs=0.1
    )


@pytest.mark.parametrize(("matrix", "inside"), [("0 1 -1 0 595 0", "left"), ("0 -1 1 0 0 842", "right")])
def test_table_drawn_sideways_on_an_upright_page(matrix: str, inside: str) -> None:
    sheet = Sheet(842, 595)
    table(sheet, XS, [60, 85, 110], [HEAD, ("1", "Tổng kết.", "Tổ C", "Quý IV")])

    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        page.contents_add(f"q {matrix} cm".encode(), prepend=True)
        page.contents_add(b"Q")
        page.MediaBox = pikepdf.Array([0, 0, 595, 842])

    document = parse_pdf(changed(sheet.bytes(), change))
    assert rows(document) == [[list(HEAD), ["1", "Tổng kết.", "Tổ C", "Quý IV"]]]
    at = document.text.index("STT")
    (region,) = document.regions(at, at + 3)
    assert region.y1 - region.y0 > region.x1 - region.x0  # it stands upright on the page
    assert (region.x1 < 200) if inside == "left" else (region.x0 > 300)


def test_crop_box_moves_the_origin_and_hides_what_is_outside() -> None:
    sheet = Sheet()
    sheet.text(100, 200, "Kế hoạch năm")
    sheet.text(100, 20, "ngoài lề cắt")

    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].CropBox = pikepdf.Array([50, 60, 595, 742])

    document = parse_pdf(changed(sheet.bytes(), change))
    assert texts(document) == ["Kế hoạch năm"]
    (region,) = document.regions(0, 2)
    assert (region.x0, region.y1) == pytest.approx((50, 100 + 0.22 * 12), abs=0.2)
    assert (document.pages[0].width, document.pages[0].height) == (545, 682)


def test_blank_page_between() -> None:
    sheet = Sheet()
    sheet.text(100, 200, "Trang đầu.")
    sheet.next_page()
    sheet.next_page()
    sheet.text(100, 200, "Trang cuối.")
    document = parse_pdf(sheet.bytes())
    assert texts(document) == ["Trang đầu.", "Trang cuối."]
    assert len(document.pages) == 3 and codes(document) == []


# --- glyphs ---------------------------------------------------------------------------------


def drawn(sheet: Sheet) -> str:
    return parse_pdf(sheet.bytes()).text


def test_word_drawn_glyph_by_glyph_is_one_word() -> None:
    sheet = Sheet()
    x = 100.0
    for ch in "Kế hoạch năm 2030":
        sheet.text(x, 200, ch)
        x += sheet.width_of(ch, 12)
    assert drawn(sheet) == "Kế hoạch năm 2030"


def test_words_placed_without_space_characters() -> None:
    sheet = Sheet()
    x = 100.0
    for word in ["Kế", "hoạch", "năm", "2030"]:
        sheet.text(x, 200, word)
        x += sheet.width_of(word, 12) + 0.25 * 12
    assert drawn(sheet) == "Kế hoạch năm 2030"


@pytest.mark.parametrize("spacing", [2.5, 5.0])
def test_letter_spaced_heading(spacing: float) -> None:
    sheet = Sheet()
    line = sheet.canvas.beginText(100, 600)
    line.setFont("Body", 12)
    line.setCharSpace(spacing)
    line.textOut("KẾ HOẠCH CHUNG")
    sheet.canvas.drawText(line)
    assert drawn(sheet) == "KẾ HOẠCH CHUNG"


def test_heading_typed_with_spaces_between_letters() -> None:
    sheet = Sheet()
    sheet.text(100, 200, "K Ế   H O Ạ C H")
    assert drawn(sheet) == "KẾ HOẠCH"


def test_overprinted_text_is_read_once() -> None:
    sheet = Sheet()
    for dx in (0, 0.3):
        sheet.text(100 + dx, 200, "KẾ HOẠCH NĂM")
    x = 100.0
    for ch in "Tổ chức":  # each glyph twice at once
        sheet.text(x, 230, ch)
        sheet.text(x + 0.2, 230, ch)
        x += sheet.width_of(ch, 12)
    assert drawn(sheet).split() == ["KẾ", "HOẠCH", "NĂM", "Tổ", "chức"]


def test_marks_drawn_as_glyphs_of_their_own() -> None:
    sheet = Sheet()
    sheet.text(100, 200, "Ke\u0302\u0301 hoa\u0323ch")
    assert drawn(sheet) == "Kế hoạch"


def test_superscript_is_told_from_the_number_before_it() -> None:
    sheet = Sheet()
    sheet.text(100, 200, "năm 2030")
    sheet.text(100 + sheet.width_of("năm 2030", 12), 196, "1", 7)
    assert drawn(sheet) == "năm 2030¹"


def test_text_clipped_away_is_not_read() -> None:
    sheet = Sheet()
    table(sheet, XS, [60, 85], [("1", "Việc", "Tổ A", "Quý I")])
    sheet.canvas.saveState()
    path = sheet.canvas.beginPath()
    path.rect(70, HEIGHT - 85, 40, 25)
    sheet.canvas.clipPath(path, stroke=0)
    sheet.text(72, 104, "cắt")
    sheet.canvas.restoreState()
    assert "cắt" not in drawn(sheet)


def test_typed_overlay_lands_in_its_line() -> None:
    sheet = Sheet()
    sheet.text(100, 200, "Số:")
    sheet.text(160, 200, "/KH-UBND")
    sheet.prose(70, 525, 260, PROSE)
    sheet.text(130, 197, "173", 13, bold=True)
    assert texts(parse_pdf(sheet.bytes()))[0] == "Số: 173 /KH-UBND"


# --- annotations ----------------------------------------------------------------------------


def annotated(
    sheet: Sheet, x: float, y: float, lines: list[str], *, appearance: bool, kind: str = "/FreeText"
) -> bytes:
    """The sheet with an annotation whose text begins at (x, y), with or without an appearance of its own."""

    def change(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        rect = [x, HEIGHT - y - 3 - 14 * (len(lines) - 1), x + 150, HEIGHT - y + 11]
        made = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name(kind), Rect=rect, F=4)
        made["/Contents" if kind == "/FreeText" else "/V"] = pikepdf.String("\r".join(lines))
        if appearance:
            drawn_lines = " ".join(
                f"1 0 0 1 0 {3 + 14 * (len(lines) - 1 - i)} Tm ({line}) Tj" for i, line in enumerate(lines)
            )
            form = pdf.make_stream(f"BT /F 12 Tf {drawn_lines} ET".encode())
            font = pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
            )
            form.update(
                {
                    "/Type": pikepdf.Name.XObject,
                    "/Subtype": pikepdf.Name.Form,
                    "/BBox": pikepdf.Array([0, 0, rect[2] - rect[0], rect[3] - rect[1]]),
                    "/Resources": pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font)),
                }
            )
            made.AP = pikepdf.Dictionary(N=form)
        page.Annots = pikepdf.Array([pdf.make_indirect(made)])

    return changed(sheet.bytes(), change)


@pytest.mark.parametrize("kind", ["/FreeText", "/Widget"])
@pytest.mark.parametrize("appearance", [True, False], ids=["drawn", "not drawn"])
def test_text_of_annotations_is_printed_text(kind: str, appearance: bool) -> None:
    sheet = Sheet()
    sheet.text(100, 200, "Số:")
    sheet.text(160, 200, "/KH-UBND")
    sheet.prose(70, 525, 260, PROSE)
    data = annotated(sheet, 128, 200, ["173"], appearance=appearance, kind=kind)
    words = texts(parse_pdf(data))[0].split()
    assert sorted(words) == ["/KH-UBND", "173", "Số:"] and words[0] == "Số:"


def test_stamp_of_a_signature_stands_apart_from_the_letterhead() -> None:
    sheet = Sheet()
    sheet.centred(160, 60, "UBND XÃ SÔNG MÂY", 11)
    sheet.prose(70, 525, 160, PROSE)
    data = annotated(sheet, 380, 40, ["Ky boi: UBND", "Ngay ky: 05/03/2030"], appearance=True, kind="/Widget")
    document = parse_pdf(data)
    parts = {document.cut(b): b.part for b in document.blocks if isinstance(b, Paragraph)}
    assert parts["UBND XÃ SÔNG MÂY"] == "body" and parts[PROSE] == "body"
    assert {p for text, p in parts.items() if text.startswith(("Ky", "Ngay"))} == {"header"}
    assert codes(document) == [("signature-stamp", 1)]


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

    def recognise(number: int) -> PageContent:
        asked.append(number)
        word = PlacedWord("Nhận", 70, 100, 110, 112, 12, confidence=0.8)
        return PageContent(number, WIDTH, HEIGHT, (word,))

    document = parse_pdf(sheet.bytes(), recognise=recognise)
    assert asked == [1]
    assert texts(document) == ["Nhận", PROSE]
    assert [p.method for p in document.pages] == ["ocr", "text"]
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


# --- real files -----------------------------------------------------------------------------

REAL = Path(os.environ.get("KEHOACH_ACCEPTANCE", "/nowhere")) / "real"
real = pytest.mark.skipif(not REAL.is_dir(), reason="KEHOACH_ACCEPTANCE is not set")


@real
@pytest.mark.parametrize("path", sorted(REAL.glob("*.pdf")), ids=lambda p: p.stem)
def test_real_pdf_reads_every_page_or_tells(path: Path) -> None:
    document = parse_pdf(path.read_bytes())
    with pikepdf.open(io.BytesIO(path.read_bytes()[path.read_bytes().find(b"%PDF") :])) as pdf:
        assert len(document.pages) == len(pdf.pages)
    told = {d.page for d in document.diagnostics if d.code == "needs-ocr"}
    assert told == {p.number for p in document.pages if p.reason}
    for line in document.lines:
        assert line.region is not None and 1 <= line.page <= len(document.pages)


@real
def test_real_table_over_four_pages_is_one() -> None:
    path = REAL / "quangtrung_kh06_2021.pdf"
    if not path.exists():
        pytest.skip("the file is not there")
    (made,) = (b for b in parse_pdf(path.read_bytes()).blocks if isinstance(b, Table))
    assert (made.n_rows, made.n_cols) == (45, 3)
