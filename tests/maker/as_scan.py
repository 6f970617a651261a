"""Made plans as scans: the pages of their PDF as pictures, degraded by known amounts."""

from __future__ import annotations

import io
import time
from dataclasses import dataclass
from typing import Any, Literal

import cv2
import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray
from PIL import Image

from tests.maker.as_pdf import as_pdf
from tests.maker.facts import MadePlan

Pixels = NDArray[np.uint8]
Container = Literal["pdf", "tiff", "g4", "png", "jpeg"]
_POINTS = 72.0
_LONG_AGO = time.gmtime(0)  # a file says when it was made; the same scan is the same bytes
_RED = (205, 40, 50)
_BLUE = (50, 60, 190)


@dataclass(frozen=True)
class Scan:
    """How a plan is scanned.

    `skew` degrees, positive leans to the left; `blur` sigma in pixels at 300 dpi; `noise` standard
    deviation of the grey values; `jpeg` quality, 0 for none; `threshold` of a bitonal scan, 0 for
    none; `turn` degrees by which the sheet lay wrong; `stamp`: red seal and blue signature over the
    name; `faint`: ruling lines pale and broken; `paper`: grey value of the paper; `holes`: punched.
    """

    dpi: int = 300
    skew: float = 0.0
    blur: float = 0.0
    noise: float = 0.0
    jpeg: int = 0
    threshold: int = 0
    turn: int = 0
    stamp: bool = False
    faint: bool = False
    paper: int = 255
    holes: bool = False
    container: Container = "pdf"
    seed: int = 1


CLEAN = Scan()
USUAL = Scan(dpi=200, skew=0.6, blur=0.5, noise=6, jpeg=60, stamp=True)
FINE = Scan(dpi=300, skew=-0.9, blur=0.7, noise=8, jpeg=60, stamp=True, paper=238)
BITONAL = Scan(dpi=200, skew=0.4, threshold=150, container="g4")
FAINT = Scan(dpi=300, skew=-0.5, noise=5, jpeg=75, faint=True)
POOR = Scan(dpi=150, skew=2.0, blur=0.6, noise=10, jpeg=50, stamp=True)
UPSIDE_DOWN = Scan(dpi=200, turn=180, jpeg=80)
SIDEWAYS = Scan(dpi=200, turn=90, holes=True, container="tiff")


def as_scan(plan: MadePlan, scan: Scan) -> bytes:
    """The plan as a scanned file."""
    return scan_of(as_pdf(plan, "header repeated"), scan, plan.signature.name)


def scan_of(pdf: bytes, scan: Scan, name: str = "") -> bytes:
    """A PDF as a scanned file; a stamp stands by `name`, wherever that is printed."""
    random = np.random.default_rng(scan.seed)
    source = pdfium.PdfDocument(pdf)
    pages = [_degraded(_rendered(page, name, scan), scan, random) for page in source]
    source.close()
    return _packed(pages, scan)


def _rendered(page: Any, name: str, scan: Scan) -> Pixels:
    image = np.array(page.render(scale=scan.dpi / _POINTS, rev_byteorder=True).to_numpy()[:, :, :3])
    if scan.faint:
        image = _with_faint_lines(image, scan.dpi)
    place = _place_of(page, name) if scan.stamp and name else None
    return _stamped(image, place, scan.dpi) if place else image


def _place_of(page: Any, name: str) -> tuple[float, float] | None:
    """Middle of the name on the page, in points from the top left."""
    text = page.get_textpage()
    found = text.search(name).get_next()
    if found is None:
        return None
    left, bottom, _, top = text.get_charbox(found[0])
    _, _, end, _ = text.get_charbox(found[0] + found[1] - 1)
    return (left + end) / 2, page.get_height() - (bottom + top) / 2


def _stamped(image: Pixels, place: tuple[float, float], dpi: int) -> Pixels:
    """A round seal left of the name, over its beginning, and a signature through it; ink mixes darker."""
    scale = dpi / _POINTS
    ink = np.full_like(image, 255)
    x, y = int(place[0] * scale), int(place[1] * scale)
    middle, radius = (x - int(46 * scale), y - int(18 * scale)), int(45 * scale)
    cv2.circle(ink, middle, radius, _RED, max(2, int(1.6 * scale)), cv2.LINE_AA)
    cv2.circle(ink, middle, int(radius * 0.68), _RED, max(1, int(0.8 * scale)), cv2.LINE_AA)
    cv2.putText(
        ink, "VIET NAM", (middle[0] - radius // 2, middle[1]), cv2.FONT_HERSHEY_DUPLEX, scale * 0.22, _RED, 2
    )
    wave = np.array(
        [[x + int(t * 7 * scale), y - int((18 + 14 * np.sin(t * 1.7)) * scale)] for t in range(-6, 10)]
    )
    cv2.polylines(ink, [wave], False, _BLUE, max(2, int(1.1 * scale)), cv2.LINE_AA)
    return np.minimum(image, ink)


def _with_faint_lines(image: Pixels, dpi: int) -> Pixels:
    """Ruling lines pale grey, with a gap of a millimetre every centimetre."""
    dark = (image.max(axis=2) < 128).astype(np.uint8)
    long = int(dpi * 0.4)
    out = image.copy()
    for shape in ((1, long), (long, 1)):
        lines = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones(shape, np.uint8)).astype(bool)
        out[lines] = 150
        rows, cols = np.nonzero(lines)
        along = cols if shape[0] == 1 else rows
        gap = along % int(dpi / 2.54) < dpi / 25.4
        out[rows[gap], cols[gap]] = 255
    return out


def _degraded(image: Pixels, scan: Scan, random: np.random.Generator) -> Pixels:
    if scan.holes:
        for share in (0.3, 0.7):
            middle = (int(scan.dpi * 0.35), int(image.shape[0] * share))
            cv2.circle(image, middle, int(scan.dpi * 0.12), (25, 25, 25), -1)
    if scan.skew:
        height, width = image.shape[:2]
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), scan.skew, 1.0)
        image = cv2.warpAffine(
            image, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255)
        )
    if scan.paper < 255:
        shade = np.linspace(scan.paper / 255, min(1.0, scan.paper / 255 + 0.05), image.shape[1])
        image = (image * shade[None, :, None]).astype(np.uint8)
    if scan.blur:
        image = cv2.GaussianBlur(image, (0, 0), scan.blur * scan.dpi / 300)
    if scan.noise:
        image = np.clip(image + random.normal(0, scan.noise, image.shape), 0, 255).astype(np.uint8)
    if scan.threshold:
        grey = cv2.cvtColor(image, cv2.COLOR_RGB2GRAY)
        image = np.where(grey < scan.threshold, 0, 255).astype(np.uint8)
    return np.ascontiguousarray(np.rot90(image, scan.turn // 90))


def _packed(pages: list[Pixels], scan: Scan) -> bytes:
    images = [Image.fromarray(page) for page in pages]
    if scan.threshold:
        images = [image.convert("1") for image in images]
    out = io.BytesIO()
    dpi = (scan.dpi, scan.dpi)
    if scan.container in ("tiff", "g4"):
        how = "group4" if scan.container == "g4" else "tiff_deflate"
        images[0].save(out, "TIFF", save_all=True, append_images=images[1:], dpi=dpi, compression=how)
    elif scan.container in ("png", "jpeg"):
        images[0].save(
            out,
            scan.container.upper(),
            dpi=dpi,
            **({"quality": scan.jpeg or 90} if scan.container == "jpeg" else {}),
        )
    else:
        if scan.jpeg:
            images = [_through_jpeg(image, scan.jpeg) for image in images]
        images[0].save(
            out,
            "PDF",
            save_all=True,
            append_images=images[1:],
            resolution=scan.dpi,
            quality=scan.jpeg or 95,
            creationDate=_LONG_AGO,
            modDate=_LONG_AGO,
        )
    return out.getvalue()


def _through_jpeg(image: Image.Image, quality: int) -> Image.Image:
    held = io.BytesIO()
    image.convert("RGB").save(held, "JPEG", quality=quality)
    return Image.open(io.BytesIO(held.getvalue()))
