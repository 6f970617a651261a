"""Images of pages (TIFF, JPEG, PNG) to a Document: every frame is a page, read by OCR."""

from __future__ import annotations

from extractors.document import Diagnostic, Document, DocumentBuilder, Page, RawParagraph
from pipeline.errors import BrokenFile, KehoachError, MissingTool
from pipeline.parsers.layout import PageContent, lay_out
from pipeline.parsers.limits import DEFAULT_LIMITS, Limits

_STAGE = "parse"


def parse_image(data: bytes, kind: str, limits: Limits = DEFAULT_LIMITS) -> Document:
    """A Document with the text of the image's pages.

    A frame that cannot be decoded or read costs a diagnostic, the frames before it are kept.
    Raises BrokenFile, TooLarge, TooManyPages where no frame can be decoded, MissingTool without
    a recogniser.
    """
    from pipeline.ocr.pages import image_pages, read_frame

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
        try:
            seen = read_frame(*frame, number)
        except MissingTool:
            raise
        except KehoachError as error:
            builder.page(Page(number, 0, "ocr", error.code))
            builder.diagnose(Diagnostic(_STAGE, "error", error.code, str(error), number))
            continue
        page = seen.content
        builder.page(Page(number, 0, "ocr", "image", page.width, page.height, seen.confidence))
        for severity, code, message in seen.notes:
            builder.diagnose(Diagnostic(_STAGE, severity, code, message, number))
        contents.append(page)
    if number == 1:
        raise BrokenFile("The image has no pages.")
    for block in lay_out(contents):
        if isinstance(block, RawParagraph):
            builder.paragraph(block)
        else:
            builder.table(block)
    return builder.build()
