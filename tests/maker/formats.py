"""Every format and layout in which a made plan can be written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from tests.maker import as_docx, as_html, as_markdown, as_pdf, as_scan, as_text
from tests.maker.facts import MadePlan


def _always(plan: MadePlan) -> bool:
    return True


@dataclass(frozen=True)
class Format:
    """A format in one layout: how files in it end, how a plan is written, which plans it can hold."""

    name: str
    suffix: str
    write: Callable[[MadePlan], bytes]
    fits: Callable[[MadePlan], bool] = _always


def _formats() -> list[Format]:
    found = [
        Format(f"text, {x}", ".txt", partial(as_text.as_text, layout=x), partial(as_text.fits, layout=x))
        for x in as_text.LAYOUTS
    ]
    found += [
        Format(f"markdown, {x}", ".md", partial(as_markdown.as_markdown, layout=x))
        for x in as_markdown.LAYOUTS
    ]
    found += [Format(f"html, {x}", ".html", partial(as_html.as_html, layout=x)) for x in as_html.LAYOUTS]
    found += [Format(f"docx, {x}", ".docx", partial(as_docx.as_docx, layout=x)) for x in as_docx.LAYOUTS]
    found += [Format(f"pdf, {x}", ".pdf", partial(as_pdf.as_pdf, layout=x)) for x in as_pdf.LAYOUTS]
    return found


FORMATS: tuple[Format, ...] = tuple(_formats())


@dataclass(frozen=True)
class SampleScan:
    """A plan of which the samples hold a scan, and how it is scanned."""

    plan: str
    suffix: str
    scan: as_scan.Scan


# In colour with seal and signature; two pages in black and white; a picture of a sheet upside down.
SCANS: tuple[SampleScan, ...] = (
    SampleScan("thanhtra_soctrang_kh_phong_chong_tham_nhung_2021", ".pdf", as_scan.USUAL),
    SampleScan("03.KH-HDTDKT.Ca.Mau.2022", ".tif", as_scan.BITONAL),
    SampleScan(
        "Truong Chinh tri Phu Yen_KH 64_2020",
        ".jpg",
        as_scan.Scan(dpi=200, turn=180, jpeg=60, paper=240, container="jpeg"),
    ),
)
