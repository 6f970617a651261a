"""OCR beside bare Tesseract on the same scans: errors of prose, seconds a page, memory.

    python -m bench.ocr [--plans N] [--pages N] [--real-only]

Truth is the text of the PDF that a scan was made from: the plans of the sample maker and, where
KEHOACH_ACCEPTANCE names them, real PDFs with a text layer. A paragraph of prose is looked for anywhere
in the page's recognised text, so that reading order pays nothing; letterhead, signature and tables are
no prose. Times are CPU seconds of this process, so that a busy machine tells the same.
"""

from __future__ import annotations

import argparse
import os
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pypdfium2 as pdfium
from PIL import Image
from rich.console import Console
from rich.table import Table as Sheet

from bench.memory import peak_alone
from extractors.document import Document, Paragraph, Table
from extractors.repair import repair
from extractors.vietnamese.letters import squeeze
from pipeline.errors import KehoachError
from pipeline.ocr.recognition import MODEL, model_folder
from pipeline.parsers import parse_bytes
from tests.maker.as_pdf import as_pdf
from tests.maker.as_scan import BITONAL, FINE, USUAL, Scan, scan_of
from tests.maker.plans import PLANS

SCANS = {"usual": USUAL, "fine": FINE, "bitonal": BITONAL}
SHORTEST = 60  # letters of a paragraph that counts as prose
TIMES_SLOWER = {"prose": 1.3, "table": 2.0}  # than bare Tesseract, at most
MEMORY_LIMIT = 600  # MiB at 300 dpi
Reader = Literal["bare", "read", "repaired"]


@dataclass(frozen=True)
class Source:
    """A PDF with a text layer, and the name by which a stamp stands."""

    name: str
    pdf: bytes
    signer: str = ""


@dataclass
class Tally:
    """Letters of truth, errors by reader, CPU seconds and pages by kind of page."""

    letters: int = 0
    errors: dict[Reader, int] = field(default_factory=lambda: defaultdict(int))
    ours: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    bare: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    pages: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def rate(self, reader: Reader) -> float:
        return self.errors[reader] / max(1, self.letters)

    def add(self, other: Tally) -> None:
        self.letters += other.letters
        for mine, theirs in (
            (self.errors, other.errors),
            (self.ours, other.ours),
            (self.bare, other.bare),
            (self.pages, other.pages),
        ):
            for key, value in theirs.items():
                mine[key] += value  # type: ignore[index]


def errors_of(truth: str, text: str) -> int:
    """Fewest changes of letters that make some part of `text` the truth."""
    page = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
    steps = np.arange(len(page) + 1)
    row = np.zeros(len(page) + 1, dtype=np.int64)
    for code in np.frombuffer(truth.encode("utf-32-le"), dtype=np.uint32):
        best = row + 1
        best[1:] = np.minimum(best[1:], row[:-1] + (page != code))
        row = np.minimum.accumulate(best - steps) + steps
    return int(row.min())


def prose(document: Document) -> dict[int, list[str]]:
    """Paragraphs of running text by page; those that a page's end cuts are left out."""
    found: dict[int, list[str]] = defaultdict(list)
    for block in document.blocks:
        if not isinstance(block, Paragraph) or block.column != "full" or block.part != "body":
            continue
        text = squeeze(document.cut(block))
        if len({line.page for line in block.lines}) == 1 and len(text) >= SHORTEST:
            found[block.page].append(text)
    return found


def page_text(document: Document, number: int) -> str:
    return " ".join(squeeze(document.cut(line)) for line in document.lines if line.page == number)


def page_kinds(document: Document) -> dict[int, str]:
    """Pages with a ruled table are another matter than prose."""
    ruled = (block for block in document.blocks if isinstance(block, Table) and block.ruled is not False)
    tables = {line.page for t in ruled for c in t.cells for p in c.paragraphs for line in p.lines}
    return {page.number: "table" if page.number in tables else "prose" for page in document.pages}


@lru_cache(maxsize=1)
def _bare_api() -> Any:
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    import tesserocr

    return tesserocr.PyTessBaseAPI(path=str(model_folder()), lang=MODEL, psm=tesserocr.PSM.AUTO)


def frames(scan: bytes, how: Scan) -> Iterator[Image.Image]:
    """The page images as they stand in the file."""
    if scan.startswith(b"%PDF"):
        document = pdfium.PdfDocument(scan)
        for page in document:
            yield page.render(scale=how.dpi / 72).to_pil()
        return
    with Image.open(BytesIO(scan)) as image:
        for number in range(getattr(image, "n_frames", 1)):
            image.seek(number)
            yield image.copy()


def bare_page(image: Image.Image, dpi: int) -> str:
    """What `tesseract -l Vietnamese --psm 3` prints for the page."""
    api = _bare_api()
    api.SetImage(image)
    api.SetSourceResolution(dpi)
    return squeeze(str(api.GetUTF8Text()).replace("\n", " "))


def one_page(pdf: bytes, number: int) -> bytes:
    """A page (from 1) as a PDF of its own."""
    source, out = pdfium.PdfDocument(pdf), pdfium.PdfDocument.new()
    out.import_pages(source, [number - 1])
    held = BytesIO()
    out.save(held)
    return held.getvalue()


def compare(source: Source, how: Scan, most_pages: int) -> Tally:
    """Both readers on the scanned pages of a PDF, page by page."""
    tally = Tally()
    digital = parse_bytes(source.pdf, source.name)
    truths, kinds = prose(digital), page_kinds(digital)
    for number in sorted(kinds)[:most_pages]:
        scan = scan_of(one_page(source.pdf, number), how, source.signer)
        kind = kinds[number]
        begin = time.process_time()
        document = parse_bytes(scan, "scan")
        tally.ours[kind] += time.process_time() - begin
        begin = time.process_time()
        bare = " ".join(bare_page(image, how.dpi) for image in frames(scan, how))
        tally.bare[kind] += time.process_time() - begin
        tally.pages[kind] += 1
        texts: dict[Reader, str] = {
            "bare": bare, "read": page_text(document, 1), "repaired": page_text(repair(document), 1)
        }  # fmt: skip
        for truth in truths.get(number, []):
            tally.letters += len(truth)
            for reader, text in texts.items():
                tally.errors[reader] += errors_of(truth, text)
    return tally


def made_sources(plans: int) -> list[Source]:
    return [Source(p.name, as_pdf(p, "header repeated"), p.signature.name) for p in PLANS[:plans]]


def real_sources() -> Iterator[Source]:
    """Real PDFs whose text layers are good, where KEHOACH_ACCEPTANCE names them."""
    folder = os.environ.get("KEHOACH_ACCEPTANCE")
    for path in sorted((Path(folder) / "real").glob("*.pdf")) if folder else ():
        data = path.read_bytes()
        try:
            document = parse_bytes(data[:], path.name) if _has_text(data) else None
        except KehoachError:
            continue
        if document is not None and not document.is_recognised:
            yield Source(path.name, data)


def _has_text(pdf: bytes) -> bool:
    """Whether the first page has a text layer worth parsing: a scan would be read by OCR for nothing."""
    try:
        with pdfium.PdfDocument(pdf[max(0, pdf.find(b"%PDF")) :]) as document:
            return len(document[0].get_textpage().get_text_range()) > 300
    except pdfium.PdfiumError:
        return False


def stamped_table(how: Scan) -> bytes:
    """One page of a made plan with a table and a stamp by the signer's name, scanned."""
    for source in made_sources(len(PLANS)):
        document = parse_bytes(source.pdf, source.name)
        for number, kind in page_kinds(document).items():
            if kind == "table" and source.signer in page_text(document, number):
                return scan_of(one_page(source.pdf, number), how, source.signer)
    raise LookupError("No made plan has its signature below a table.")


def _row(sheet: Sheet, name: str, tally: Tally) -> None:
    ratios = [
        f"{tally.ours[kind] / tally.pages[kind]:.2f} ({tally.ours[kind] / tally.bare[kind]:.2f}×)"
        if tally.pages[kind]
        else "–"
        for kind in TIMES_SLOWER
    ]
    rates = [f"{tally.rate(reader):.2%}" for reader in ("bare", "read", "repaired")]
    share = f"{tally.rate('repaired') / tally.rate('bare'):.2f}" if tally.errors["bare"] else "–"
    sheet.add_row(name, str(sum(tally.pages.values())), str(tally.letters), *rates, share, *ratios)


def report(out: Console, sources: Sequence[Source], title: str, most_pages: int) -> None:
    sheet = Sheet(title=title, title_justify="left")
    sheet.add_column("scan")
    for name in ("pages", "letters", "bare", "read", "repaired", "of bare", "s/prose page", "s/table page"):
        sheet.add_column(name, justify="right")
    total = Tally()
    for name, how in SCANS.items():
        tally = Tally()
        for source in sources:
            tally.add(compare(source, how, most_pages))
        _row(sheet, name, tally)
        total.add(tally)
    _row(sheet, "all", total)
    out.print(sheet)


def main() -> None:
    options = argparse.ArgumentParser(description="Compares OCR with bare Tesseract on made scans.")
    options.add_argument("--plans", type=int, default=8, help="made plans that are scanned")
    options.add_argument("--pages", type=int, default=3, help="pages of a PDF that are scanned, at most")
    options.add_argument("--real-only", action="store_true", help="leave the made plans out")
    chosen = options.parse_args()
    out = Console(width=120, highlight=False)
    if not chosen.real_only:
        report(out, made_sources(chosen.plans), "Made plans: character error rate of prose", chosen.pages)
    if real := list(real_sources()):
        report(out, real, "Real PDFs, scanned: character error rate of prose", chosen.pages)
    allowed = ", ".join(f"{kind} pages {times}×" for kind, times in TIMES_SLOWER.items())
    out.print(f"wanted: half of bare's errors; CPU seconds {allowed}")
    scans = (replace(FINE, container="pdf"), replace(FINE, container="tiff"))
    peaks = ", ".join(f"{peak_alone(stamped_table(how)):.0f} MiB ({how.container})" for how in scans)
    out.print(
        f"peak memory of a worker alone, a stamped page with a table at {FINE.dpi} dpi: {peaks}"
        f" (wanted: under {MEMORY_LIMIT})"
    )


if __name__ == "__main__":
    main()
