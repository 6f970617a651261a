"""Pictures of pages with what was found drawn on them: boxes in a colour a kind, labels, a legend."""

from __future__ import annotations

import math
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFont

from extractors.document import Document, Page, Region
from extractors.plan import Plan
from pipeline.drawing_labels import Box, Room, leader
from pipeline.drawing_marks import FIELD, KINDS, Colour, Mark, marks_of
from pipeline.errors import BrokenFile
from pipeline.parsers import read_bytes
from pipeline.parsers.limits import DEFAULT_LIMITS, Limits
from pipeline.parsers.sniff import PDF
from pipeline.usage import NoLayout, NoSuchPage, UsageError

DPI = 150.0
_MOST_PIXELS = 16_000_000  # of a page; a larger one is drawn smaller
_POINTS = 72.0
_PADDING = 0.8  # points between print and box
_TINT, _FAINT = 0.22, 0.09  # share of the colour in a box, and in a band behind boxes
_LINE = 2  # pixels
_FONTS = ("DejaVuSans.ttf", "NotoSans-Regular.ttf", "LiberationSans-Regular.ttf", "Arial.ttf")
_TEXT_HEIGHT = 16  # pixels
_LEGEND_HEIGHT, _LEGEND_MARGIN = 40, 24  # pixels
_SWATCH = 18  # pixels
_WHITE: Colour = (255, 255, 255)
_BLACK: Colour = (30, 30, 30)

Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


def draw_plan(
    path: str | os.PathLike[str],
    document: Document,
    plan: Plan,
    out: Path,
    page: int | None = None,
    limits: Limits = DEFAULT_LIMITS,
    *,
    overwrite: bool = False,
) -> Iterator[Path]:
    """Draw the pages of a file, or the one with number `page`, and give the path of each picture (PNG).

    `document` and `plan` are what was read from it. Several pages go to OUT-1.png, OUT-2.png and so on.
    Raises NoLayout for a format without pages, NoSuchPage, and UsageError for a picture that exists (unless
    `overwrite`) before anything is written; BrokenFile where a page cannot be shown.
    """
    wanted = _wanted(document, page)
    source = Path(path)
    marks = marks_of(document, plan)
    one = len(wanted) == 1 and (page is not None or len(document.pages) == 1)
    targets = {each.number: out if one else out.with_stem(f"{out.stem}-{each.number}") for each in wanted}
    for target in targets.values():
        _refuse_taken(target, source, overwrite=overwrite)
    for each, image in _images(read_bytes(source, limits), document.media_type, wanted, limits):
        drawn = draw_page(image, each, [m for m in marks if m.region.page == each.number])
        drawn.save(targets[each.number], "PNG", optimize=True)
        yield targets[each.number]


def _refuse_taken(target: Path, source: Path, *, overwrite: bool) -> None:
    if target.exists() and target.samefile(source):
        raise UsageError(f"{target} is the file itself. Name another file for the picture.")
    if os.path.lexists(target) and not (overwrite and target.is_file()):
        raise UsageError(f"{target} exists. Name another file for the picture, or give --overwrite.")


def _wanted(document: Document, page: int | None) -> list[Page]:
    """The pages to draw."""
    kind = document.media_type
    if kind != PDF and not kind.startswith("image/"):
        raise NoLayout(f"A file of type {kind} has no pages with places on them.")
    wanted = [each for each in document.pages if page in (None, each.number) and each.reason != "broken-page"]
    if not wanted:
        raise NoSuchPage(f"There is no page {page} that can be shown; the file has {len(document.pages)}.")
    return wanted


# --- pictures of pages ------------------------------------------------------------------------


def _images(
    data: bytes, kind: str, wanted: Sequence[Page], limits: Limits
) -> Iterator[tuple[Page, Image.Image]]:
    by_number = {page.number: page for page in wanted}
    images = _pdf_images(data, wanted) if kind == PDF else _frames(data, max(by_number), limits)
    for number, image in images:
        if number in by_number:
            yield by_number[number], image


def _pdf_images(data: bytes, wanted: Sequence[Page]) -> Iterator[tuple[int, Image.Image]]:
    import pypdfium2 as pdfium

    from pipeline.parsers.pdf import opened

    document = opened(data)
    try:
        for page in wanted:
            try:
                shown = document[page.number - 1]
                scale = _dpi(*(side / _POINTS for side in shown.get_size())) / _POINTS
                yield page.number, shown.render(scale=scale).to_pil().convert("RGB")
            except pdfium.PdfiumError as error:
                raise BrokenFile(f"The page cannot be shown: {error}.", page=page.number) from error
    finally:
        document.close()


def _frames(data: bytes, last: int, limits: Limits) -> Iterator[tuple[int, Image.Image]]:
    """The frames of an image file, upright as its own mark says, up to number `last`."""
    from pipeline.ocr.pages import image_pages

    for number, (pixels, dpi) in enumerate(image_pages(data, limits), start=1):
        image = Image.fromarray(pixels).convert("RGB")
        scale = _dpi(image.width / dpi, image.height / dpi) / dpi
        size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
        yield number, image.resize(size, Image.Resampling.LANCZOS)
        if number == last:
            return


def _dpi(width: float, height: float) -> float:
    """The resolution for a page of that size (inches)."""
    return min(DPI, math.sqrt(_MOST_PIXELS / max(width * height, 1e-6)))


# --- drawing ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Tag:
    """A label, where it stands, and the box that it names."""

    text: str
    colour: Colour
    place: Box
    box: Box


def draw_page(image: Image.Image, page: Page, marks: Sequence[Mark]) -> Image.Image:
    """A page's picture with marks, their labels, and a legend below it."""
    scale = image.width / page.width if page.width else DPI / _POINTS
    boxes = [_box(mark.region, scale) for mark in marks]
    font = label_font(_TEXT_HEIGHT)
    tags = list(_tags(image, marks, boxes, font))
    overlay = _overlay(image.size, marks, boxes)
    _lead(overlay, tags)
    marked = ImageChops.multiply(image, overlay)
    _write(marked, tags, font)
    return _with_legend(marked, page, marks, font)


def _box(region: Region, scale: float) -> Box:
    x0, y0 = (math.floor((v - _PADDING) * scale) for v in (region.x0, region.y0))
    x1, y1 = (math.ceil((v + _PADDING) * scale) for v in (region.x1, region.y1))
    return Box(x0, y0, max(x1, x0 + 1), max(y1, y0 + 1))


def _overlay(size: tuple[int, int], marks: Sequence[Mark], boxes: Sequence[Box]) -> Image.Image:
    """Tinted boxes on white; multiplied with the page they leave the print black."""
    overlay = Image.new("RGB", size, _WHITE)
    draw = ImageDraw.Draw(overlay)
    for mark, box in zip(marks, boxes, strict=True):
        corners = (box.x0, box.y0, box.x1 - 1, box.y1 - 1)
        if mark.is_band:
            draw.rectangle(corners, fill=_tint(mark.kind.colour, _FAINT))
        else:
            width = _LINE if mark.label else 1
            draw.rectangle(corners, _tint(mark.kind.colour, _TINT), mark.kind.colour, width)
    return overlay


def _tint(colour: Colour, share: float) -> Colour:
    red, green, blue = (round(255 - share * (255 - channel)) for channel in colour)
    return red, green, blue


def _tags(page: Image.Image, marks: Sequence[Mark], boxes: Sequence[Box], font: Font) -> Iterator[_Tag]:
    """Labels where the page is blank; one without room is left out, its box has its colour."""
    frames = [box.grown(_LINE + 2) for box in boxes]
    room = Room(page, frames)
    for mark, box in zip(marks, frames, strict=True):
        if mark.label is not None:
            width, height = math.ceil(font.getbbox(mark.label)[2]) + 8, _TEXT_HEIGHT + 6
            place = room.take(box, width, height, beside=mark.kind is not FIELD)
            if place is not None:
                yield _Tag(mark.label, mark.kind.colour, place, box)


def _lead(overlay: Image.Image, tags: Sequence[_Tag]) -> None:
    """A line from each label that stands apart to its box."""
    draw = ImageDraw.Draw(overlay)
    for tag in tags:
        line = leader(tag.place, tag.box)
        if line is not None:
            draw.line(line, fill=tag.colour, width=1)


def _write(marked: Image.Image, tags: Sequence[_Tag], font: Font) -> None:
    draw = ImageDraw.Draw(marked)
    for tag in tags:
        x0, y0, x1, y1 = tag.place.x0, tag.place.y0, tag.place.x1, tag.place.y1
        draw.rounded_rectangle((x0, y0, x1 - 1, y1 - 1), 4, fill=tag.colour)
        draw.text(((x0 + x1) / 2, (y0 + y1) / 2), tag.text, fill=_WHITE, font=font, anchor="mm")


def _with_legend(marked: Image.Image, page: Page, marks: Sequence[Mark], font: Font) -> Image.Image:
    """The picture with a strip below: what the colours mean, and how the page was read."""
    shown = {mark.kind for mark in marks}
    out = Image.new("RGB", (marked.width, marked.height + _LEGEND_HEIGHT), _WHITE)
    out.paste(marked)
    draw = ImageDraw.Draw(out)
    draw.line((0, marked.height, marked.width, marked.height), fill=(180, 180, 180))
    x, y = _LEGEND_MARGIN, marked.height + _LEGEND_HEIGHT // 2
    for kind in (kind for kind in KINDS if kind in shown):
        swatch = (x, y - _SWATCH // 2, x + _SWATCH, y + _SWATCH // 2)
        draw.rectangle(swatch, fill=_tint(kind.colour, _TINT), outline=kind.colour, width=_LINE)
        draw.text((x + _SWATCH + 6, y), kind.name, fill=_BLACK, font=font, anchor="lm")
        x += _SWATCH + 6 + math.ceil(font.getbbox(kind.name)[2]) + 22
    told = _told(page)
    if x + font.getbbox(told)[2] < marked.width - _LEGEND_MARGIN:
        draw.text((marked.width - _LEGEND_MARGIN, y), told, fill=_BLACK, font=font, anchor="rm")
    return out


def _told(page: Page) -> str:
    """How the page was read, for the legend."""
    if page.method != "ocr":
        return f"page {page.number}"
    sure = f", confidence {page.ocr_confidence:.2f}" if page.ocr_confidence is not None else ""
    return f"page {page.number}, read by OCR{sure}"


def label_font(height: int) -> Font:
    """A font that has Vietnamese letters, else Pillow's own."""
    for name in _FONTS:
        try:
            return ImageFont.truetype(name, height)
        except OSError:
            continue
    return ImageFont.load_default(height)
