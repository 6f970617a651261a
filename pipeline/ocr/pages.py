"""Page images out of PDFs and image files, at the resolution that recognition likes best."""

from __future__ import annotations

import io
import itertools
import warnings
from collections.abc import Iterator
from typing import Any

import cv2
import numpy as np

from pipeline.errors import BrokenFile, TooLarge, TooManyPages
from pipeline.ocr.cleaning import Pixels
from pipeline.ocr.reading import ReadImage, read_image
from pipeline.parsers.limits import Limits

DPI = 200.0
_LOWEST, _HIGHEST = 180.0, 240.0  # dpi that need no resampling
_BELIEVED = (60.0, 1300.0)  # dpi that a file may claim
_MAX_PIXELS = 60_000_000  # of one page: A3 at 600 dpi has 70 million
_MAX_WORKED = 24_000_000  # pixels of a page as it is recognised
_POINTS = 72.0
_A4_WIDTH = 8.27  # inches


def read_pdf_page(source: Any, number: int) -> ReadImage:
    """Render a page (from 1) of an open pypdfium2 document and read it. Raises PageTimeout, MissingTool."""
    page = source[number - 1]
    width, height = page.get_size()
    dpi = _bounded(DPI, width / _POINTS, height / _POINTS)
    bitmap = page.render(scale=dpi / _POINTS, rev_byteorder=True)
    try:
        image = np.array(bitmap.to_numpy()[:, :, :3])
    finally:
        bitmap.close()
        page.close()
    return read_image(_grey_if_plain(image), dpi, number)


def image_pages(data: bytes, limits: Limits) -> Iterator[tuple[Pixels, float]]:
    """The frames of an image file with their dpi. Raises BrokenFile, TooLarge, TooManyPages."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the number of pixels is checked below, before decoding
            with Image.open(io.BytesIO(data)) as image:
                for frame in itertools.count():  # a damaged file cannot count its own pages
                    if not _turn_to(image, frame):
                        return
                    if frame >= limits.max_pages:
                        raise TooManyPages(f"The image has more pages than max_pages, {limits.max_pages:,}.")
                    if image.width * image.height > _MAX_PIXELS:
                        raise TooLarge(
                            f"The image is {image.width:,} by {image.height:,} pixels;"
                            f" a page may have {_MAX_PIXELS:,} pixels."
                        )
                    dpi = _dpi_of(image)
                    yield _array(ImageOps.exif_transpose(image)), dpi
    except Image.DecompressionBombError as error:
        raise TooLarge(f"The image claims a size that no page has: {error}.") from error
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, KeyError, TypeError) as error:
        raise BrokenFile(f"The image cannot be read: {error}.") from error


def _turn_to(image: Any, frame: int) -> bool:
    """Go to a frame; False behind the last one."""
    try:
        image.seek(frame)
    except EOFError:
        return False
    return True


def read_frame(image: Pixels, dpi: float, number: int) -> ReadImage:
    """Read a frame of an image file, resampled where its resolution is far from the best."""
    wanted = _bounded(DPI, image.shape[1] / dpi, image.shape[0] / dpi)
    if _LOWEST <= dpi <= _HIGHEST and wanted >= _LOWEST:
        return read_image(image, dpi, number)
    scale = wanted / dpi
    how = cv2.INTER_CUBIC if scale > 1 else cv2.INTER_AREA
    resized = cv2.resize(image, None, fx=scale, fy=scale, interpolation=how)
    return read_image(np.asarray(resized, dtype=np.uint8), wanted, number)


def _bounded(dpi: float, width: float, height: float) -> float:
    """The resolution at which a page of that size (inches) keeps within the pixels of one page."""
    inches = max(width * height, 0.01)
    return min(dpi, float((_MAX_WORKED / inches) ** 0.5))


def _dpi_of(image: Any) -> float:
    """The resolution that a file claims, else the one that makes its width that of A4."""
    claimed = image.info.get("dpi")
    dpi = float(claimed[0]) if isinstance(claimed, tuple) and claimed and claimed[0] else 0.0
    inches = image.width / dpi if dpi else 0.0
    if _BELIEVED[0] < dpi < _BELIEVED[1] and 3.0 <= inches <= 25.0 and dpi != 72.0 and dpi != 96.0:
        return dpi
    return max(50.0, float(min(image.width, image.height)) / _A4_WIDTH)


def _array(image: Any) -> Pixels:
    """A frame as grey or RGB bytes, what is transparent on white paper."""
    from PIL import Image

    if image.mode in ("1", "L"):
        return np.array(image.convert("L"))
    if image.mode.startswith("I;16") or image.mode in ("I", "F"):
        values = np.asarray(image, dtype=np.float32)
        return np.asarray(values / max(float(values.max()), 1.0) * 255, dtype=np.uint8)
    if image.mode in ("RGBA", "LA", "PA", "P"):
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
    return _grey_if_plain(np.array(image.convert("RGB")))


def _grey_if_plain(image: Pixels) -> Pixels:
    """One channel where the picture has no colour at all: bitonal and grey scans."""
    sample = image[::7, ::7].astype(np.int16)
    if int(np.abs(sample[..., 0] - sample[..., 1]).max(initial=0)) <= 2 and (
        int(np.abs(sample[..., 1] - sample[..., 2]).max(initial=0)) <= 2
    ):
        return np.ascontiguousarray(image[..., 1])
    return image
