"""Images of pages (TIFF, JPEG, PNG) to a Document: every frame is a page, read by OCR.

Without a recogniser every page stays without text and has the diagnostic `needs-ocr`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from extractors.building import DocumentBuilder, RawParagraph
from extractors.document import Diagnostic, Document, Page
from pipeline.errors import BrokenFile, KehoachError, MissingTool
from pipeline.parsers.layout import PageContent, lay_out
from pipeline.parsers.limits import DEFAULT_LIMITS, Limits

if TYPE_CHECKING:
    from pipeline.ocr.reading import ReadImage

Recogniser = Callable[[Any, float, int], "ReadImage"]  # pixels, dpi, page number from 1

_STAGE = "parse"
_POINTS = 72.0
_UNREAD = "The page is a picture. Its text was left out; use OCR."


def parse_image(
    data: bytes, kind: str, limits: Limits = DEFAULT_LIMITS, recognise: Recogniser | None = None
) -> Document:
    """A Document with the text of the image's pages.

    A frame that cannot be decoded or read costs a diagnostic, the frames before it are kept.
    Raises BrokenFile, TooLarge, TooManyPages where no frame can be decoded, MissingTool without
    a recogniser.
    """
    from pipeline.ocr.pages import image_pages

    builder = DocumentBuilder(kind)
    contents: list[PageContent] = []
    frames = image_pages(data, limits)
    number = 0
    while True:
        number += 1
        try:
            frame = next(frames, None)
        except KehoachError as error:
            if number == 1:
                raise
            builder.diagnose(Diagnostic(_STAGE, "error", error.code, str(error), number))
            break
        if frame is None:
            break
        image, dpi = frame
        size = (image.shape[1] * _POINTS / dpi, image.shape[0] * _POINTS / dpi)
        if recognise is None:
            builder.page(Page(number, 0, "text", "image", *size))
            builder.diagnose(Diagnostic(_STAGE, "warning", "needs-ocr", _UNREAD, number))
            continue
        try:
            seen = recognise(image, dpi, number)
        except MissingTool:
            raise
        except KehoachError as error:
            builder.page(Page(number, 0, "ocr", error.code, *size))
            builder.diagnose(Diagnostic(_STAGE, "error", error.code, str(error), number))
            continue
        builder.page(Page(number, 0, "ocr", "image", *size, seen.confidence))
        for severity, code, message in seen.notes:
            builder.diagnose(Diagnostic(_STAGE, severity, code, message, number))
        contents.append(seen.content)
    if number == 1:
        raise BrokenFile("The image has no pages.")
    for block in lay_out(contents):
        if isinstance(block, RawParagraph):
            builder.paragraph(block)
        else:
            builder.table(block)
    return builder.build()
