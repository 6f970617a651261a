"""PDF files made with known geometry, read back."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pikepdf
import pytest

from extractors.document import Paragraph, Table
from pipeline.parsers.pdf import parse_pdf
from tests.pdf_files import (
    HEAD,
    HEIGHT,
    PROSE,
    WIDTH,
    XS,
    Sheet,
    changed,
    check_plan,
    codes,
    drawn,
    plan,
    rows,
    table,
    texts,
)


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
