"""Reading of page images: cleaning, ruling lines, whole scans, and images that hold no plan."""

from __future__ import annotations

import io
from pathlib import Path

import cv2
import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageDraw, ImageFont

from extractors import extract
from extractors.repair import repair
from pipeline.errors import BrokenFile, MissingTool, PageTimeout, TooLarge
from pipeline.ocr import models, recognition
from pipeline.ocr.cleaning import Pixels, clean, even_paper, skew_of, without_coloured_ink, without_specks
from pipeline.ocr.reading import read_image
from pipeline.ocr.rulings import find_rulings
from pipeline.parsers import parse_bytes
from pipeline.parsers.layout_grid import find_grids
from tests.maker import as_scan
from tests.maker.as_pdf import as_pdf
from tests.maker.expected import expected, found
from tests.maker.plans import PLANS

DPI = 200.0
PLAN = PLANS[0]


def lines_of_text(skew: float = 0.0) -> Pixels:
    """A white page with rows of strokes like words, leaning by `skew` degrees to the left."""
    page = np.full((2200, 1600), 255, np.uint8)
    for y in range(200, 2000, 50):
        for x in range(150 + y % 7, 1400, 21):
            cv2.rectangle(page, (x, y), (x + 13, y + 18), 0, 2)
    matrix = cv2.getRotationMatrix2D((800, 1100), skew, 1.0)
    return np.asarray(cv2.warpAffine(page, matrix, (1600, 2200), borderValue=(255,)), dtype=np.uint8)


def grid_of(rows: int, cols: int, ink: int = 0, gap: int = 0) -> Pixels:
    """A ruled grid; `gap` pixels are missing from each line every centimetre."""
    page = np.full((1200, 1600), 255, np.uint8)
    for r in range(rows + 1):
        cv2.line(page, (100, 100 + 80 * r), (100 + 300 * cols, 100 + 80 * r), ink, 2)
    for c in range(cols + 1):
        cv2.line(page, (100 + 300 * c, 100), (100 + 300 * c, 100 + 80 * rows), ink, 2)
    if gap:
        for at in range(140, 1600, int(DPI / 2.54)):
            page[:, at : at + gap] = np.maximum(page[:, at : at + gap], 255)
    return page


# --- cleaning -----------------------------------------------------------------------------------


@pytest.mark.parametrize("skew", [-5.0, -1.3, -0.4, 0.0, 0.6, 2.0, 5.0])
def test_skew_is_measured(skew: float) -> None:
    assert abs(skew_of(lines_of_text(skew), DPI) - skew) <= 0.2


def test_red_ink_goes_and_print_under_it_stays() -> None:
    page = np.full((400, 400, 3), 255, np.uint8)
    page[190:210, 50:350] = 20
    stamp = page.copy()
    cv2.circle(stamp, (200, 200), 120, (205, 40, 50), 12)
    grey, had_colour = without_coloured_ink(np.minimum(page, stamp))
    assert had_colour
    assert (grey[195:205, 60:340] < 100).all()
    assert (grey[70:100, 190:210] > 180).all()


def test_a_page_without_colour_is_left_alone() -> None:
    page = cv2.cvtColor(lines_of_text(), cv2.COLOR_GRAY2RGB)
    grey, had_colour = without_coloured_ink(np.asarray(page, dtype=np.uint8))
    assert not had_colour and (grey == lines_of_text()).all()


def test_grey_paper_becomes_white() -> None:
    page = np.minimum(lines_of_text(), 200).astype(np.uint8)
    assert np.percentile(even_paper(page, DPI), 60) > 245


def test_specks_go_and_dots_stay() -> None:
    page = lines_of_text()
    cv2.circle(page, (120, 120), 4, 0, -1)  # a dot below a letter is as large as that
    random = np.random.default_rng(3)
    specks = page.copy()
    specks[random.integers(0, 2200, 900), random.integers(0, 1600, 900)] = 0
    cleaned = without_specks(specks, DPI)
    assert np.count_nonzero(cleaned < 128) < np.count_nonzero(page < 128) * 1.02
    assert cleaned[120, 120] == 0


# --- ruling lines -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ink", "gap"), [(0, 0), (150, 0), (0, 6), (140, 6)], ids=["plain", "pale", "broken", "both"]
)
def test_rulings_make_a_grid(ink: int, gap: int) -> None:
    rulings, _ = find_rulings(grid_of(5, 3, ink, gap), DPI)
    (grid,) = find_grids(rulings)
    assert (len(grid.ys) - 1, len(grid.xs) - 1, len(grid.cells)) == (5, 3, 15)


@pytest.mark.parametrize("turned", [False, True], ids=["rows", "columns"])
def test_short_rests_of_broken_lines_belong_to_them(turned: bool) -> None:
    """All lines break shortly before the edge that they meet: the last column keeps its width."""
    page = grid_of(5, 5 if turned else 3)
    far = 100 + 80 * 5 if turned else 100 + 300 * 3
    cut = slice(far - 32, far - 24)  # leaves 24 pixels, 0.12 inches: less than a line's shortest piece
    page[(cut, slice(None)) if turned else (slice(None), cut)] = 255
    rulings, cleaned = find_rulings(page, DPI)
    (grid,) = find_grids(rulings)
    edge = (grid.ys if turned else grid.xs)[-1]
    assert abs(edge - far * 72 / DPI) < 2
    assert not (grid.open_top or grid.open_bottom)
    assert np.count_nonzero(cleaned < 128) < 20  # the rests are no letters


def test_a_line_that_ends_at_a_merged_cell_is_not_carried_on() -> None:
    page = grid_of(5, 3)
    page[104:177, 395:405] = 255  # the first row's first two cells are one
    rulings, _ = find_rulings(page, DPI)
    (grid,) = find_grids(rulings)
    assert grid.cells[0].col_end == 2 and len(grid.cells) == 14


def test_letters_are_no_rulings() -> None:
    rulings, cleaned = find_rulings(lines_of_text(), DPI)
    assert rulings == []
    assert (cleaned == lines_of_text()).all()


def test_rulings_are_taken_out() -> None:
    _, cleaned = find_rulings(grid_of(4, 3), DPI)
    assert np.count_nonzero(cleaned < 128) < 20  # of some 18,000 pixels of ink


# --- whole scans --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["USUAL", "FAINT", "BITONAL", "UPSIDE_DOWN", "SIDEWAYS"])
def test_a_scan_gives_the_rows_and_no_wrong_number_or_date(name: str) -> None:
    document = repair(parse_bytes(as_scan.as_scan(PLAN, getattr(as_scan, name)), "scan"))
    want, got = expected(PLAN), found(extract(document))
    assert [t.no for t in got.tasks if t.source == "table"] == [
        t.no for t in want.tasks if t.source == "table"
    ]
    assert got.fields.number in (want.fields.number, None)
    assert got.fields.issued_on in (want.fields.issued_on, None)
    assert got.fields.signer in (want.fields.signer, None)
    assert all(page.method == "ocr" for page in document.pages)


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_with_a_single_name_is_turned_too(degrees: int) -> None:
    """The last page of a plan: too little for the orientation to be told."""
    page = Image.new("L", (1654, 2339), 255)
    font = ImageFont.truetype("DejaVuSerif-Bold.ttf", 38)
    ImageDraw.Draw(page).text((980, 300), "Lâm Thị Ngọc Diễm", 0, font)
    read = read_image(np.rot90(np.asarray(page, dtype=np.uint8), degrees // 90).copy(), 200.0, 1)
    assert " ".join(word.text for word in read.content.words) == "Lâm Thị Ngọc Diễm"
    assert read.content.turn == degrees


@pytest.mark.parametrize("name", ["USUAL", "SIDEWAYS"])
def test_a_fact_is_where_the_page_shows_it(name: str) -> None:
    """Skew and turn are undone: the type's region holds its ink on the sheet as scanned."""
    scan = getattr(as_scan, name)
    document = repair(parse_bytes(as_scan.as_scan(PLAN, scan), "scan"))
    (printed,) = [f for f in extract(document).fields if f.field == "doc_type"]
    (region,) = printed.regions
    straight = pdfium.PdfDocument(as_pdf(PLAN, "header repeated"))[0]
    text = straight.get_textpage()
    left, bottom, right, top = text.get_charbox(text.search("KẾ HOẠCH").get_next()[0])
    width, height = straight.get_size()
    x, y = (left + right) / 2, height - (bottom + top) / 2
    if scan.turn == 90:
        x, y = y, width - x
    assert region.x0 - 8 <= x <= region.x1 + 8
    assert region.y0 - 8 <= y <= region.y1 + 8


def test_a_good_text_layer_is_never_replaced() -> None:
    scanned = pdfium.PdfDocument(as_scan.as_scan(PLAN, as_scan.USUAL))
    digital = pdfium.PdfDocument(as_pdf(PLAN, "header repeated"))
    digital.import_pages(scanned, pages=[0])
    out = io.BytesIO()
    digital.save(out)
    methods = [page.method for page in parse_bytes(out.getvalue(), "mixed.pdf").pages]
    assert methods == ["text"] * (len(methods) - 1) + ["ocr"]


# --- images that hold no plan -------------------------------------------------------------------


def png(image: Image.Image, kind: str = "PNG", **more: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def codes(data: bytes, name: str = "page.png") -> set[str]:
    return {d.code for d in parse_bytes(data, name).diagnostics}


def test_an_image_of_one_pixel() -> None:
    assert codes(png(Image.new("L", (1, 1), 255))) == {"blank-page"}


def test_an_image_that_is_too_large_is_refused() -> None:
    with pytest.raises(TooLarge, match="pixels"):
        parse_bytes(png(Image.new("1", (20_000, 20_000), 1)), "huge.png")


def test_a_blank_page() -> None:
    assert codes(png(Image.new("RGB", (1654, 2339), "white"), dpi=(200, 200))) == {"blank-page"}


def test_a_photo_gives_no_text() -> None:
    random = np.random.default_rng(5)
    blobs = cv2.GaussianBlur(random.integers(0, 255, (1400, 1000, 3)).astype(np.float32), (0, 0), 25)
    picture = cv2.normalize(blobs, None, 0, 255, cv2.NORM_MINMAX).astype(np.uint8)
    document = parse_bytes(png(Image.fromarray(picture), "JPEG"), "photo.jpg")
    assert len(document.text) < 20
    assert {d.code for d in document.diagnostics} & {"blank-page", "unreadable-page"}


def test_a_tiff_cut_in_the_middle_keeps_the_pages_before() -> None:
    whole = as_scan.as_scan(PLAN, as_scan.BITONAL)
    document = parse_bytes(whole[: int(len(whole) * 0.75)], "cut.tif")
    assert "Hà Nam" in document.text
    assert "broken-file" in {d.code for d in document.diagnostics}


def test_what_is_no_image_inside_is_broken() -> None:
    with pytest.raises(BrokenFile):
        parse_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "broken.png")


@pytest.fixture
def no_models(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(models, "_FOLDERS", (str(tmp_path),))
    monkeypatch.delenv("TESSDATA_PREFIX", raising=False)
    recognition.recogniser.cache_clear()
    recognition.number_recogniser.cache_clear()


@pytest.mark.usefixtures("no_models")
def test_a_missing_model_names_its_package() -> None:
    with pytest.raises(MissingTool, match="tesseract-ocr-script-viet"):
        parse_bytes(as_scan.as_scan(PLAN, as_scan.BITONAL), "scan.tif")


@pytest.mark.usefixtures("no_models")
def test_without_models_digital_documents_are_read() -> None:
    assert "KẾ HOẠCH" in parse_bytes(as_pdf(PLAN, "header repeated"), "plan.pdf").text
    found_codes = codes(as_scan.as_scan(PLAN, as_scan.USUAL), "scan.pdf")
    assert {"missing-tool", "needs-ocr"} <= found_codes


def test_a_page_that_takes_too_long_fails_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.ocr import pages

    read, calls = pages.read_image, []

    def slow_first(image: Pixels, dpi: float, number: int) -> object:
        calls.append(number)
        if number == 1:
            raise PageTimeout()
        return read(image, dpi, number)

    monkeypatch.setattr(pages, "read_image", slow_first)
    document = parse_bytes(as_scan.as_scan(PLAN, as_scan.USUAL), "scan.pdf")
    assert {d.page for d in document.diagnostics if d.code == PageTimeout.code} == {1}
    assert "TỔ CHỨC THỰC HIỆN" in document.text
    assert calls == [1, 2]


def test_recognition_has_a_time_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition, "LONGEST", 0.001)
    recognition.recogniser().begin()
    with pytest.raises(PageTimeout):
        recognition.recogniser().page(clean(lines_of_text(), DPI).grey, DPI)
