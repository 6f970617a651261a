"""Drawing of a plan on its pages: what is marked, where, and that no label covers print."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw, ImageFont

from extractors.building import DocumentBuilder, RawLine, RawParagraph, RawWord
from extractors.document import Document, Page, Region
from extractors.extraction import extract
from extractors.plan import Header, Plan
from pipeline.drawing import DPI, draw_page, draw_plan
from pipeline.drawing_labels import Box, Room, leader
from pipeline.drawing_marks import BASIS, BODY, DUTY, FIELD, KINDS, TASK, TIME, Kind, Mark, marks_of
from pipeline.parsers import parse_bytes
from pipeline.usage import NoLayout, NoSuchPage, UsageError
from tests.bad_files import pdf_bytes, plan_text, write
from tests.maker.as_pdf import as_pdf
from tests.maker.plans import PLANS

PLAN_OF_TWO_PAGES, PLAN_OF_LABELLED_LINES = 0, 9


@lru_cache(maxsize=4)
def read(number: int) -> tuple[bytes, Document, Plan]:
    """A made plan as PDF, and what is read from it."""
    data = as_pdf(PLANS[number], "header repeated")
    document = parse_bytes(data, "a.pdf")
    return data, document, extract(document)


def marked(number: int) -> dict[str, list[str]]:
    """The words under the marks of a made plan, by the name of their kind; words by their middle."""
    _, document, plan = read(number)
    words = [w for line in document.lines for w in line.words if w.region is not None]
    found: dict[str, list[str]] = {kind.name: [] for kind in KINDS}
    for mark in marks_of(document, plan):
        if not mark.is_band:
            inside = [document.cut(w) for w in words if w.region and _holds(mark.region, w.region)]
            found[mark.kind.name].append(" ".join(inside))
    return found


def _holds(outer: Region, word: Region) -> bool:
    x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
    return outer.page == word.page and outer.x0 <= x <= outer.x1 and outer.y0 <= y <= outer.y1


# --- what is marked -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "kind", "text"),
    [
        (PLAN_OF_TWO_PAGES, FIELD, "Số: 12/KH-UBND"),
        (PLAN_OF_TWO_PAGES, FIELD, "Trần Đức Hòa"),
        (PLAN_OF_TWO_PAGES, TASK, "Tham mưu kiện toàn Hội đồng Thi đua - Khen thưởng tỉnh."),
        (PLAN_OF_TWO_PAGES, TIME, "Trước ngày 15/02/2024"),
        (PLAN_OF_TWO_PAGES, BODY, "Sở Thông tin và Truyền thông"),
        (PLAN_OF_LABELLED_LINES, TIME, "từ ngày 04/3/2024 đến ngày 08/3/2024"),
        (PLAN_OF_LABELLED_LINES, BODY, "Đoàn Thanh niên phường"),
        (PLAN_OF_LABELLED_LINES, DUTY, "Tham mưu bố trí kinh phí thực hiện."),
    ],
)  # fmt: skip
def test_facts_are_marked_where_they_are_printed(number: int, kind: Kind, text: str) -> None:
    assert text in marked(number)[kind.name]


def test_all_tasks_duties_and_bases_have_their_label() -> None:
    _, document, plan = read(PLAN_OF_TWO_PAGES)
    labels = {mark.label for mark in marks_of(document, plan)}
    for seq, task in enumerate(plan.tasks, start=1):
        assert f"{'duty' if task.source == 'assignment' else 'task'} {seq}" in labels
    for seq, basis in enumerate(plan.legal_bases, start=1):
        assert f"{basis.role} {seq}" in labels


def test_words_that_gave_several_fields_are_marked_once() -> None:
    _, document, plan = read(PLAN_OF_TWO_PAGES)
    fields = [mark for mark in marks_of(document, plan) if mark.kind is FIELD]
    assert len({mark.region for mark in fields}) == len(fields)
    labels = [mark.label for mark in fields]
    assert "number" in labels and "signed_as" in labels
    assert not {"number_text", "notation", "issued_year", "on_behalf_of"} & set(labels)


def test_a_row_has_one_band_on_a_page_and_its_cells_lie_on_it() -> None:
    _, document, plan = read(PLAN_OF_TWO_PAGES)
    marks = marks_of(document, plan)
    bands = [mark for mark in marks if mark.is_band]
    rows = [task for task in plan.tasks if task.source == "table"]
    assert len(bands) == len(rows) == len({mark.label for mark in bands})
    for cell in (mark for mark in marks if mark.kind is TASK and not mark.is_band):
        held = [b for b in bands if b.region.page == cell.region.page and b.region.y0 <= cell.region.y0]
        assert any(cell.region.y1 <= band.region.y1 for band in held)


def test_a_plan_without_places_has_no_marks() -> None:
    document = parse_bytes(plan_text().encode(), "a.txt")
    assert marks_of(document, extract(document)) == ()


# --- pictures -------------------------------------------------------------------------------------


def drawn_page(number: int, page: int) -> tuple[Image.Image, Image.Image, list[Mark]]:
    """A page of a made plan as it is and as it is drawn, without the legend."""
    import pypdfium2 as pdfium

    data, document, plan = read(number)
    image = pdfium.PdfDocument(data)[page - 1].render(scale=DPI / 72).to_pil().convert("RGB")
    marks = [mark for mark in marks_of(document, plan) if mark.region.page == page]
    drawn = draw_page(image, document.pages[page - 1], marks)
    return image, drawn.crop((0, 0, *image.size)), marks


@pytest.mark.parametrize("page", [1, 2])
def test_print_stays_as_dark_as_it_was(page: int) -> None:
    image, drawn, _ = drawn_page(PLAN_OF_TWO_PAGES, page)
    dark = np.asarray(image.convert("L")) < 60
    assert np.asarray(drawn.convert("L"))[dark].max() < 60


def test_nothing_is_drawn_where_nothing_was_found() -> None:
    image, _, _ = drawn_page(PLAN_OF_TWO_PAGES, 1)
    drawn = draw_page(image, Page(1, 0, width=595.3, height=841.9), [])
    assert ImageChops.difference(image, drawn.crop((0, 0, *image.size))).getbbox() is None
    assert drawn.height > image.height  # the legend still tells how the page was read


def test_every_mark_has_its_colour() -> None:
    _, drawn, marks = drawn_page(PLAN_OF_TWO_PAGES, 1)
    colours = set(drawn.get_flattened_data())
    assert {mark.kind for mark in marks} == {FIELD, BASIS, TASK, TIME, BODY}
    assert {mark.kind.colour for mark in marks} <= colours
    assert DUTY.colour not in colours


def test_every_label_finds_its_room() -> None:
    """Margins as the decree wants them are room enough: a label that is left out is found here."""
    image, _, marks = drawn_page(PLAN_OF_TWO_PAGES, 1)
    page = read(PLAN_OF_TWO_PAGES)[1].pages[0]
    bare = [replace(mark, label=None) for mark in marks]
    for i, mark in enumerate(marks):
        if mark.label is not None:
            alone = [*bare[:i], mark, *bare[i + 1 :]]
            shown, hidden = draw_page(image, page, alone), draw_page(image, page, bare)
            assert ImageChops.difference(shown, hidden).getbbox() is not None, mark.label
    assert sum(mark.label is not None for mark in marks) > 10


def test_a_font_of_its_own_is_taken_where_there_is_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object) -> None:
        raise OSError("no font")

    image = Image.new("RGB", (400, 200), "white")
    mark = Mark(FIELD, Region(1, 60, 30, 120, 40), "number")
    usual = draw_page(image, Page(1, 0, width=192, height=96), [mark])
    monkeypatch.setattr(ImageFont, "truetype", none)
    monkeypatch.setattr(ImageFont, "load_default", lambda size: ImageFont.load_default_imagefont())
    assert draw_page(image, Page(1, 0, width=192, height=96), [mark]).size == usual.size


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_marks_stand_on_the_page_as_it_is_displayed(turn: int, tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(as_pdf(PLANS[10], "header repeated"))) as pdf:
        pdf.pages[0].rotate(turn, relative=True)
        buffer = io.BytesIO()
        pdf.save(buffer)
    path = write(tmp_path, "turned.pdf", buffer.getvalue())
    document = parse_bytes(buffer.getvalue(), "turned.pdf")
    plan = extract(document)
    (picture,) = draw_plan(path, document, plan, tmp_path / "out.png")
    with Image.open(picture) as image:
        grey = np.asarray(image.convert("L"))
    fields = [mark for mark in marks_of(document, plan) if mark.kind is FIELD]
    assert len(fields) > 5
    for mark in fields:
        x0, y0, x1, y1 = (
            int(v * DPI / 72) for v in (mark.region.x0, mark.region.y0, mark.region.x1, mark.region.y1)
        )
        assert (grey[y0:y1, x0:x1] < 80).mean() > 0.05, mark.label


# --- files ----------------------------------------------------------------------------------------


def test_several_pages_go_to_files_with_their_number(tmp_path: Path) -> None:
    data, document, plan = read(PLAN_OF_TWO_PAGES)
    path = write(tmp_path, "a.pdf", data)
    pictures = list(draw_plan(path, document, plan, tmp_path / "out.png"))
    assert [picture.name for picture in pictures] == ["out-1.png", "out-2.png"]
    assert all(Image.open(picture).format == "PNG" for picture in pictures)


def test_one_page_goes_to_the_file_that_was_named(tmp_path: Path) -> None:
    data, document, plan = read(PLAN_OF_TWO_PAGES)
    path = write(tmp_path, "a.pdf", data)
    assert list(draw_plan(path, document, plan, tmp_path / "out.png", 2)) == [tmp_path / "out.png"]
    (second,) = list(draw_plan(path, document, plan, tmp_path / "again.png", 2))
    assert second.read_bytes() == (tmp_path / "out.png").read_bytes()
    single = write(tmp_path, "b.pdf", pdf_bytes())
    one = parse_bytes(single.read_bytes(), "b.pdf")
    assert list(draw_plan(single, one, Plan(header=Header()), tmp_path / "b.png")) == [tmp_path / "b.png"]


def tiff_of_two_frames() -> bytes:
    """Two pages of 100 by 140 mm at 100 dpi, the second with a black bar."""
    frames = [Image.new("L", (394, 551), 255) for _ in range(2)]
    ImageDraw.Draw(frames[1]).rectangle((100, 100, 199, 119), fill=0)
    out = io.BytesIO()
    frames[0].save(out, "TIFF", save_all=True, append_images=frames[1:], dpi=(100, 100))
    return out.getvalue()


def test_frames_of_an_image_are_drawn_at_their_scale(tmp_path: Path) -> None:
    path = write(tmp_path, "a.tif", tiff_of_two_frames())
    region = Region(2, 72.0, 72.0, 144.0, 86.4)  # the bar, in points
    builder = DocumentBuilder("image/tiff")
    for number in (1, 2):
        builder.page(Page(number, 0, "ocr", "image", 283.7, 396.7, 0.9))
    builder.paragraph(RawParagraph((RawLine("số", 2, None, (RawWord("số", region, 0.9),)),)))
    field = {"field": "number", "value": "1", "start": 0, "end": 2, "rule": "r"}
    place = {"page": 2, "x0": 72.0, "y0": 72.0, "x1": 144.0, "y1": 86.4}
    plan = Plan.model_validate({"header": {}, "fields": [{**field, "regions": [place]}]})
    first, second = draw_plan(path, builder.build(), plan, tmp_path / "out.png")
    with Image.open(first) as image, Image.open(second) as other:
        assert image.size == other.size == (591, 866)  # 150 dpi and a legend
        left, top = round(72 * DPI / 72) - 2, round(72 * DPI / 72) - 2
        assert other.getpixel((left + 20, top)) == FIELD.colour != image.getpixel((left + 20, top))


@pytest.mark.parametrize(
    "content", [plan_text().encode(), b"<html><body><p>K\xe1\xba\xbf ho\xe1\xba\xa1ch</p></body></html>"]
)
def test_a_format_without_pages_is_a_wrong_request(content: bytes, tmp_path: Path) -> None:
    path = write(tmp_path, "a.txt", content)
    document = parse_bytes(content, "a.txt")
    with pytest.raises(NoLayout, match="Give a PDF or an image"):
        list(draw_plan(path, document, extract(document), tmp_path / "out.png"))
    assert [each.name for each in tmp_path.iterdir()] == ["a.txt"]


def test_a_page_that_is_not_there_is_a_wrong_request(tmp_path: Path) -> None:
    path = write(tmp_path, "a.pdf", pdf_bytes(2))
    document = parse_bytes(path.read_bytes(), "a.pdf")
    with pytest.raises(NoSuchPage, match="no page 3"):
        list(draw_plan(path, document, Plan(header=Header()), tmp_path / "out.png", 3))
    assert [each.name for each in tmp_path.iterdir()] == ["a.pdf"]


def test_a_picture_that_exists_is_replaced_only_when_asked_for(tmp_path: Path) -> None:
    path = write(tmp_path, "a.pdf", pdf_bytes(2))
    document, plan = parse_bytes(path.read_bytes(), "a.pdf"), Plan(header=Header())
    other = write(tmp_path, "out-2.png", b"mine")
    with pytest.raises(UsageError, match=r"out-2\.png exists.*--overwrite"):
        list(draw_plan(path, document, plan, tmp_path / "out.png"))
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.pdf", "out-2.png"], "not even page 1"
    assert other.read_bytes() == b"mine"
    list(draw_plan(path, document, plan, tmp_path / "out.png", overwrite=True))
    assert other.read_bytes().startswith(b"\x89PNG")
    (tmp_path / "folder.png").mkdir()
    with pytest.raises(UsageError, match="exists"):
        list(draw_plan(path, document, plan, tmp_path / "folder.png", 1, overwrite=True))


def test_the_file_itself_is_never_written_over(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    Image.new("L", (100, 100), 255).save(buffer, "PNG")
    path = write(tmp_path, "a.png", buffer.getvalue())
    builder = DocumentBuilder("image/png")
    builder.page(Page(1, 0, "ocr", "image", 100, 100))
    with pytest.raises(UsageError, match="the file itself"):
        list(draw_plan(path, builder.build(), Plan(header=Header()), path, overwrite=True))
    assert path.read_bytes() == buffer.getvalue()


# --- room for labels ------------------------------------------------------------------------------

_sides = st.integers(0, 260)
_boxes = st.builds(
    lambda x, y, w, h: Box(x, y, x + w + 4, y + h + 4), _sides, _sides, _sides, st.integers(0, 40)
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_boxes, min_size=1, max_size=5), st.lists(_boxes, max_size=5), st.booleans())
def test_a_label_covers_no_print_no_box_and_no_other_label(
    boxes: list[Box], prints: list[Box], beside: bool
) -> None:
    page = Image.new("L", (300, 300), 255)
    draw = ImageDraw.Draw(page)
    for box in prints:
        draw.rectangle((box.x0, box.y0, box.x1 - 1, box.y1 - 1), fill=0)
    taken = np.asarray(page) < 128
    if taken.mean() > 0.45:  # more print than paper: no page
        return
    room = Room(page, boxes)
    covered = taken.copy()
    for box in boxes:
        covered[box.y0 : box.y1, box.x0 : box.x1] = True
    for box in boxes:
        place = room.take(box, 60, 20, beside)
        if place is not None:
            assert min(place.x0, place.y0) >= 0 and max(place.x1, place.y1) <= 300
            under = covered[place.y0 : place.y1, place.x0 : place.x1]
            assert np.count_nonzero(under) <= 0.004 * under.size
            under[:] = True


@pytest.mark.parametrize(
    ("label", "box", "line"),
    [
        (Box(0, 0, 10, 10), Box(13, 0, 40, 10), None),
        (Box(0, 0, 10, 10), Box(30, 0, 60, 10), ((10, 5), (30, 5))),
        (Box(0, 50, 10, 60), Box(20, 0, 60, 10), ((10, 50), (20, 10))),
    ],
    ids=["side by side", "apart", "askew"],
)
def test_a_line_leads_from_a_label_that_stands_apart(label: Box, box: Box, line: object) -> None:
    assert leader(label, box) == line
