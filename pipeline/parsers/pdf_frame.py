"""From a PDF page's own space to points from the top left of the page as displayed, and turned upright."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as raw

_DEVICE = 100_000  # device units across the page while pdfium is asked where its corners are


@dataclass(frozen=True, slots=True)
class Frame:
    """An affine map x' = a x + c y + e, y' = b x + d y + f; `width` and `height` of where it leads."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float
    width: float = 0.0
    height: float = 0.0

    def point(self, x: float, y: float) -> tuple[float, float]:
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """The box around a mapped rectangle: left, top, right, bottom."""
        corners = [self.point(x, y) for x in (x0, x1) for y in (y0, y1)]
        xs, ys = [p[0] for p in corners], [p[1] for p in corners]
        return min(xs), min(ys), max(xs), max(ys)

    def after(self, inner: Frame) -> Frame:
        """The map that applies `inner` first."""
        return Frame(
            self.a * inner.a + self.c * inner.b,
            self.b * inner.a + self.d * inner.b,
            self.a * inner.c + self.c * inner.d,
            self.b * inner.c + self.d * inner.d,
            self.a * inner.e + self.c * inner.f + self.e,
            self.b * inner.e + self.d * inner.f + self.f,
            self.width,
            self.height,
        )

    def turned(self, turn: int) -> Frame:
        """The same, then turned clockwise by `turn` degrees (a multiple of 90)."""
        w, h = self.width, self.height
        if turn == 90:
            return Frame(-self.b, self.a, -self.d, self.c, h - self.f, self.e, h, w)
        if turn == 180:
            return Frame(-self.a, -self.b, -self.c, -self.d, w - self.e, h - self.f, w, h)
        if turn == 270:
            return Frame(self.b, -self.a, self.d, -self.c, self.f, w - self.e, h, w)
        return self


def display_frame(page: Any) -> Frame:
    """The map for a page (raw handle): its rotation and crop box as pdfium displays them."""
    width = float(raw.FPDF_GetPageWidthF(page))
    height = float(raw.FPDF_GetPageHeightF(page))
    x, y = ctypes.c_double(), ctypes.c_double()

    def corner(device_x: int, device_y: int) -> tuple[float, float]:
        raw.FPDF_DeviceToPage(page, 0, 0, _DEVICE, _DEVICE, 0, device_x, device_y, x, y)
        return x.value, y.value

    (ox, oy), (rx, ry), (dx, dy) = corner(0, 0), corner(_DEVICE, 0), corner(0, _DEVICE)
    ux, uy, vx, vy = rx - ox, ry - oy, dx - ox, dy - oy
    det = ux * vy - uy * vx
    if not det:
        return Frame(1, 0, 0, -1, 0, height, width, height)
    a, c = width * vy / det, -width * vx / det
    b, d = -height * uy / det, height * ux / det
    return Frame(a, b, c, d, -(a * ox + c * oy), -(b * ox + d * oy), width, height)


def matrix_of(matrix: Any) -> Frame:
    """pdfium's FS_MATRIX as a map."""
    return Frame(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
