"""Round trips: made facts, printed in every format and layout, parsed and extracted, are the same facts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import pytest

from extractors import extract
from extractors.document import Document
from extractors.plan import Fact, Plan
from extractors.vietnamese.letters import squeeze
from pipeline.parsers import parse_bytes
from tests.maker.expected import Facts, expected, found
from tests.maker.formats import FORMATS, Format
from tests.maker.plans import PLANS

_PLANS = {plan.name: plan for plan in PLANS}
_FORMATS = {form.name: form for form in FORMATS}
CASES = [
    pytest.param(plan.name, form.name, id=f"{plan.name} as {form.name}")
    for plan in PLANS
    for form in FORMATS
    if form.fits(plan)
]
every_case = pytest.mark.parametrize(("plan", "form"), CASES)


@cache
def read(plan: str, form: str) -> tuple[Document, Plan]:
    """Write, parse and extract; once for all tests."""
    writer: Format = _FORMATS[form]
    document = parse_bytes(writer.write(_PLANS[plan]), f"ke-hoach{writer.suffix}")
    return document, extract(document)


def both(plan: str, form: str) -> tuple[Facts, Facts]:
    return expected(_PLANS[plan]), found(read(plan, form)[1])


def differences(want: Sequence[object], got: Sequence[object]) -> list[str]:
    """What is missing, and what nobody printed."""
    missing = [f"missing: {row}" for row in want if row not in got]
    extra = [f"extra:   {row}" for row in got if row not in want]
    out_of_order = [] if missing or extra or list(want) == list(got) else ["found in another order or twice"]
    return missing + extra + out_of_order


@every_case
def test_fields(plan: str, form: str) -> None:
    want, got = both(plan, form)
    wrong = {
        name: (a, b)
        for name, a, b in zip(want.fields._fields, want.fields, got.fields, strict=True)
        if a != b
    }
    assert not wrong
    if _PLANS[plan].head.period:
        assert got.period == want.period


@every_case
def test_citations(plan: str, form: str) -> None:
    want, got = both(plan, form)
    assert not differences(want.citations, got.citations)


@every_case
def test_movements(plan: str, form: str) -> None:
    want, got = both(plan, form)
    assert not differences(want.movements, got.movements)


@every_case
def test_tasks(plan: str, form: str) -> None:
    want, got = both(plan, form)
    assert not differences(want.tasks, got.tasks)


@every_case
def test_duties(plan: str, form: str) -> None:
    want, got = both(plan, form)
    assert not differences(want.duties, got.duties)


@every_case
def test_recipients(plan: str, form: str) -> None:
    want, got = both(plan, form)
    assert not differences(want.recipients, got.recipients)


@every_case
def test_every_fact_is_where_it_says(plan: str, form: str) -> None:
    document, extracted = read(plan, form)
    facts: list[tuple[Fact, str]] = [(b, b.text) for b in extracted.legal_bases]
    facts += [(movement, movement.name) for movement in extracted.movements]
    facts += [(recipient, recipient.text) for recipient in extracted.recipients]
    facts += [(task, task.content) for task in extracted.tasks]
    facts += [(body, body.text) for task in extracted.tasks for body in task.bodies]
    wrong = [
        (text, cut)
        for fact, text in facts
        if squeeze(cut := document.text[fact.start : fact.end]).strip(" .;,") != squeeze(text).strip(" .;,")
    ]
    assert not wrong


@every_case
def test_facts_of_a_pdf_have_regions_on_its_pages(plan: str, form: str) -> None:
    document, extracted = read(plan, form)
    if not form.startswith("pdf"):
        assert not any(task.regions for task in extracted.tasks)
        return
    sizes = {page.number: (page.width, page.height) for page in document.pages}
    for task in extracted.tasks:
        assert task.regions
        for region in task.regions:
            width, height = sizes[region.page]
            assert 0 <= region.x0 < region.x1 <= width
            assert 0 <= region.y0 < region.y1 <= height
