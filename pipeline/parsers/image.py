"""Images of pages: they are counted and measured; reading them takes a recogniser (OCR)."""

from __future__ import annotations

import io
import warnings

from extractors.document import Diagnostic, Document, DocumentBuilder, Page
from pipeline.errors import BrokenFile, TooManyPages
from pipeline.parsers.limits import DEFAULT_LIMITS, Limits

_POINTS = 72.0  # an inch
_USUAL_DPI = 200.0  # of a scan that does not tell: what the decree asks of digital copies


def parse_image(data: bytes, kind: str, limits: Limits = DEFAULT_LIMITS) -> Document:
    """A Document with the image's pages and no text. Raises BrokenFile, TooManyPages."""
    builder = DocumentBuilder(kind)
    for number, (width, height) in enumerate(_page_sizes(data, limits), 1):
        builder.page(Page(number, 0, reason="needs-ocr", width=width, height=height))
        message = "The page is an image; it has no text until it is read by OCR."
        builder.diagnose(Diagnostic("parse", "error", "needs-ocr", message, number))
    return builder.build()


def _page_sizes(data: bytes, limits: Limits) -> list[tuple[float, float]]:
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # only the header is read: the number of pixels is no danger
            with Image.open(io.BytesIO(data)) as image:
                count = getattr(image, "n_frames", 1)
                if count > limits.max_pages:
                    raise TooManyPages(f"The image has {count:,} pages; max_pages is {limits.max_pages:,}.")
                sizes = []
                for frame in range(count):
                    image.seek(frame)
                    sizes.append(_points(image.size, image.info.get("dpi")))
                return sizes
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, KeyError, TypeError) as error:
        raise BrokenFile(f"The image cannot be read: {error}.") from error
    except Image.DecompressionBombError as error:
        raise BrokenFile(f"The image claims a size that no page has: {error}.") from error


def _points(pixels: tuple[int, int], dpi: object) -> tuple[float, float]:
    x_dpi, y_dpi = dpi if isinstance(dpi, tuple) and len(dpi) == 2 else (_USUAL_DPI, _USUAL_DPI)
    return (
        round(pixels[0] * _POINTS / (float(x_dpi) or _USUAL_DPI), 1),
        round(pixels[1] * _POINTS / (float(y_dpi) or _USUAL_DPI), 1),
    )
