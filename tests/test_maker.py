"""The sample maker: its facts are those that it prints, its files are the same every time."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageChops, ImageSequence, ImageStat

from extractors.vietnamese.letters import key, nfc
from pipeline.parsers import parse_bytes
from tests.maker.__main__ import write
from tests.maker.facts import Activity, Basis, Duty, MadePlan, TaskTable, TimedList
from tests.maker.formats import FORMATS, SCANS, Format
from tests.maker.plans import PLANS
from tests.maker.printed import Grid, Para, printed

_LIKE = 2.0  # mean difference of a channel
RAW = Path(__file__).parents[1] / "data" / "raw"
every_plan = pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.name)
every_format = pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)


def dated(basis: Basis) -> bool:
    """Does the citation print its date, in words or with slashes?"""
    day = basis.issued_on
    if day is None:
        return True
    words = f"{day.day:02d} tháng {day.month:02d} năm {day.year}"
    forms = (
        words,
        words.replace("tháng 0", "tháng "),
        f"{day:%d/%m/%Y}",
        f"{day.day:02d}/{day.month}/{day.year}",
    )
    return any(form in basis.text for form in forms)


@every_plan
def test_head_is_printed(plan: MadePlan) -> None:
    head, letterhead = plan.head, plan.letterhead
    lines = [line for line in plan.title if not line.startswith("(")]
    assert key(" ".join(lines)) == key(head.title)
    assert head.number is None or letterhead.number.endswith(head.number)
    assert head.place is None or letterhead.dated.startswith(head.place)
    if head.issued_on is not None:
        assert f"ngày {head.issued_on.day:02d} " in letterhead.dated
        assert letterhead.dated.endswith(f"năm {head.issued_on.year}")


@every_plan
def test_citations_print_their_parts(plan: MadePlan) -> None:
    for basis in (*plan.bases, *plan.references):
        parts = [basis.instrument, basis.number, basis.issuer, basis.title]
        assert all(part in basis.text for part in parts if part)
        assert dated(basis)


@every_plan
def test_movements_are_printed_in_quotes(plan: MadePlan) -> None:
    texts = [e.whole for e in printed(plan) if isinstance(e, Para)]
    assert all(any(f"“{name}”" in text for text in texts) for name in plan.movements)


@every_plan
def test_labelled_lines_print_time_and_bodies(plan: MadePlan) -> None:
    for block in plan.blocks:
        if isinstance(block, Activity):
            values = [value for _, value in block.lines]
            assert block.when.text in values
            assert all(who.text in values for who in block.who)


@every_plan
def test_cells_print_every_fact_of_a_row(plan: MadePlan) -> None:
    grids = [e for e in printed(plan) if isinstance(e, Grid)]
    tables = [block for block in plan.blocks if isinstance(block, TaskTable)]
    for grid, table in zip(grids, tables, strict=True):
        cells = [" ".join(cell.lines) for cell in grid.cells]
        for row in (row for group in table.groups for row in group.rows):
            facts = [" ".join(row.content), row.product, row.note, *(who.text for who in row.who)]
            facts += [row.when.text if row.when else None]
            assert all(any(fact in cell for cell in cells) for fact in facts if fact)


@every_plan
def test_grids_are_covered_once(plan: MadePlan) -> None:
    for grid in (e for e in printed(plan) if isinstance(e, Grid)):
        places = [
            (cell.row + i, cell.col + j)
            for cell in grid.cells
            for i in range(cell.row_span)
            for j in range(cell.col_span)
        ]
        assert sorted(places) == [(r, c) for r in range(grid.n_rows) for c in range(grid.n_cols)]


def test_plans_show_all_kinds_of_facts() -> None:
    kinds = {type(block) for plan in PLANS for block in plan.blocks}
    assert {TaskTable, TimedList, Activity, Duty} <= kinds
    rows = [r for p in PLANS for b in p.blocks if isinstance(b, TaskTable) for g in b.groups for r in g.rows]
    times = {row.when.kind for row in rows if row.when}
    assert times == {"interval", "deadline", "ongoing", "recurring", "duration", "conditional"}
    assert len({plan.head.province for plan in PLANS}) > 10


@every_plan
def test_texts_are_nfc(plan: MadePlan) -> None:
    texts = [e.whole for e in printed(plan) if isinstance(e, Para)]
    assert all(nfc(text) == text for text in texts)


@every_format
def test_same_plan_gives_the_same_bytes(form: Format) -> None:
    plan = next(plan for plan in PLANS if form.fits(plan))
    assert form.write(plan) == form.write(plan)


@every_format
def test_every_format_fits_some_plans(form: Format) -> None:
    assert sum(form.fits(plan) for plan in PLANS) >= 3


def test_pdf_embeds_its_fonts() -> None:
    form = next(form for form in FORMATS if form.suffix == ".pdf")
    with pikepdf.open(BytesIO(form.write(PLANS[0]))) as pdf:
        fonts = [font for page in pdf.pages for font in page.Resources.Font.values()]
        named = [font for font in fonts if "DejaVu" in str(font.BaseFont)]
        assert named
        assert all("/FontFile2" in font.FontDescriptor for font in named)


def test_tables_break_over_pages() -> None:
    forms = [form for form in FORMATS if form.suffix == ".pdf"]
    for form in forms:
        pages = [
            {paragraph.page for cell in block.cells for paragraph in cell.paragraphs}
            for plan in PLANS
            for block in parse_bytes(form.write(plan), "ke-hoach.pdf").blocks
            if hasattr(block, "cells")
        ]
        assert any(len(numbers) > 1 for numbers in pages), form.name


def test_sample_files(tmp_path: Path) -> None:
    paths = write(tmp_path)
    assert len(paths) >= 12
    assert {path.suffix for path in paths} == {".txt", ".md", ".html", ".docx", ".pdf", ".tif", ".jpg"}
    assert len({path.name for path in paths}) == len(paths)


def page_pictures(data: bytes) -> list[Image.Image]:
    """The pages of a scan; libraries of other versions may blend and compress a little differently."""
    if data.startswith(b"%PDF"):
        return [page.render(scale=1.5).to_pil().convert("RGB") for page in pdfium.PdfDocument(data)]
    with Image.open(BytesIO(data)) as image:
        return [frame.convert("RGB") for frame in ImageSequence.Iterator(image)]


def test_scans_among_the_samples_are_small() -> None:
    sizes = [(RAW / f"{sample.plan}{sample.suffix}").stat().st_size for sample in SCANS]
    assert max(sizes) < 400_000
    assert sum(sizes) < 1_000_000


def test_samples_of_the_repository_are_those_of_the_maker(tmp_path: Path) -> None:
    scans = {f"{sample.plan}{sample.suffix}" for sample in SCANS}
    for path in write(tmp_path):
        kept = RAW / path.name
        assert kept.exists(), f"make the samples anew: {path.name}"
        if path.suffix in (".txt", ".md", ".html"):
            assert kept.read_bytes() == path.read_bytes()
        elif path.name in scans:
            pictures = (page_pictures(p.read_bytes()) for p in (kept, path))
            for one_page, other_page in zip(*pictures, strict=True):
                assert one_page.size == other_page.size
                difference = ImageChops.difference(one_page, other_page)
                assert max(ImageStat.Stat(difference).mean) < _LIKE, path.name
        else:
            one, other = (parse_bytes(p.read_bytes(), p.name) for p in (kept, path))
            assert one.text == other.text
