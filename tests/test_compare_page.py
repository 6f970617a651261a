"""The comparison page: hostile contents; in Debian's Chromium its filters, languages, keyboard and print."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2 as pdfium
import pytest

from pipeline.comparison import Comparison, Years, compare_tasks
from pipeline.comparison.fates import basis_changes, movement_changes
from pipeline.comparison.labels import FATES, KINDS
from pipeline.comparison.lineage import lineage_of
from pipeline.comparison.model import (
    CLASSES,
    ComparedBasis,
    ComparedMovement,
    ComparedPlan,
    ComparedTask,
    TaskChange,
)
from pipeline.comparison.page import comparison_page, years_page
from pipeline.comparison.shown import marked, new_pieces, old_pieces
from pipeline.comparison.years import rows_of
from tests.browsers import chromium, opened, select
from tests.pairs.making import MIXED, make_pair

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

HOSTILE = (
    "</script><script>document.title='hacked'</script>",
    "<img src=x onerror=\"document.title='hacked'\">",
    '" onmouseover="document.title=1" data-x="',
    "' autofocus onfocus='document.title=1",
    "{{ 7 * 7 }} {% raw %} ${document.title} &lt;b&gt; \u202e \x00 <!-- ]]>",
    "=HYPERLINK(\"http://x\")",
)  # fmt: skip


def plan(year: int, tasks: str = "old", **more: str) -> ComparedPlan:
    facts = {"document_id": tasks, "path": f"plans/{year}.pdf", "issuer": "Ủy ban nhân dân tỉnh Hà Nam"}
    return ComparedPlan.model_validate({"plan_year": year, "title": "Cải cách", **facts, **more})


def paged(tasks: tuple[ComparedTask, ...]) -> tuple[ComparedTask, ...]:
    return tuple(task.model_copy(update={"page": 1 + i // 8}) for i, task in enumerate(tasks))


def made_comparison() -> Comparison:
    """A pair with every class, movements and bases."""
    pair = make_pair(5, 45, edits=MIXED)
    old_law = ComparedBasis(instrument="Luật", title="Đất đai", text="Luật Đất đai năm 2013", page=1)
    laws = (old_law, old_law.model_copy(update={"text": "Luật Đất đai năm 2024", "number": "31/2024/QH15"}))
    movement = ComparedMovement(name="Dân vận khéo", key="dân vận khéo")
    return Comparison(
        old=plan(2023),
        new=plan(2024),
        tasks=compare_tasks(paged(pair.old), paged(pair.new)),
        movements=movement_changes([], [movement]),
        legal_bases=basis_changes(laws[:1], laws[1:], lineage_of),
    )


def made_years() -> Years:
    first, second = make_pair(5, 12, edits=MIXED), make_pair(6, 12, edits=MIXED)
    steps = (
        Comparison(old=plan(2022), new=plan(2023), tasks=compare_tasks(first.old, first.new)),
        Comparison(old=plan(2023), new=plan(2024), tasks=compare_tasks(first.new, second.new)),
    )
    return Years(plans=(plan(2022), plan(2023), plan(2024)), rows=tuple(rows_of(steps)), comparisons=steps)


# --- the text of the page ---------------------------------------------------------------------


class _Tags(HTMLParser):
    """Tags and attributes of a page, and the text of its scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.scripts: list[str] = []
        self._in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes += attrs
        self._in_script = tag == "script"

    def handle_endtag(self, tag: str) -> None:
        self._in_script = False

    def handle_data(self, data: str) -> None:
        if self._in_script:
            self.scripts.append(data)


def tags(page: str) -> _Tags:
    found = _Tags()
    found.feed(page)
    return found


def hostile_comparison() -> Comparison:
    bodies = [{"role": "lead", "body": text, "body_key": text} for text in HOSTILE]
    facts = {
        "document_id": "d",
        "source": "table",
        "no": HOSTILE[0],
        "time_text": HOSTILE[1],
        "bodies": bodies,
    }
    old, new = (
        tuple(
            ComparedTask.model_validate(
                {**facts, "task_id": f"{side}{i}", "seq": i, "content": f"{text} {side}"}
            )
            for i, text in enumerate(HOSTILE)
        )
        for side in ("old", "new")
    )
    basis = ComparedBasis(instrument="Luật", text=HOSTILE[0])
    return Comparison(
        old=plan(2023, title=HOSTILE[0], issuer=HOSTILE[1], path=HOSTILE[2]),
        new=plan(2024, number=HOSTILE[3]),
        tasks=compare_tasks(old, new),
        movements=movement_changes([ComparedMovement(name=HOSTILE[0], key="k")], []),
        legal_bases=basis_changes([basis], [], lineage_of),
    )


def _hostile_years() -> str:
    step = hostile_comparison()
    return years_page(Years(plans=(step.old, step.new), rows=tuple(rows_of([step])), comparisons=(step,)))


@pytest.mark.parametrize(
    "page", [comparison_page(hostile_comparison()), _hostile_years()], ids=["plans", "years"]
)
def test_hostile_contents_are_text(page: str) -> None:
    clean = tags(comparison_page(made_comparison()))
    found = tags(page)
    assert found.names.count("script") == 1
    assert set(found.names) <= set(clean.names) | {"del", "ins"}
    assert not [name for name, _ in found.attributes if name.startswith("on")]
    assert not [value for name, value in found.attributes if name in ("src", "href") and value != "#results"]
    assert "hacked" not in "".join(found.scripts)
    assert not set(page) & {"\x00", "\u202e"}


def test_the_policy_allows_this_script_alone() -> None:
    import hashlib

    page = comparison_page(made_comparison())
    (script,) = tags(page).scripts
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy is not None
    assert f"script-src 'sha256-{digest}'" in policy[1]
    assert "default-src 'none'" in policy[1]


def test_nothing_is_fetched() -> None:
    assert not re.search(r"https?://|url\(|@import|<link|<iframe", comparison_page(made_comparison()))


def test_every_class_and_fate_has_labels_in_both_languages() -> None:
    assert tuple(KINDS) == CLASSES
    assert all(label.vi and label.en for label in (*KINDS.values(), *FATES.values()))


def test_marked_pieces_are_the_content() -> None:
    for change in made_comparison().tasks:
        for i, task in enumerate(change.old):
            assert "".join(piece.text for piece in old_pieces(change, i)) == task.content
        for i, task in enumerate(change.new):
            assert "".join(piece.text for piece in new_pieces(change, i)) == task.content
    assert marked("", (), "new") == []


# --- in a browser -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser() -> Iterator[Chrome]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    return made_comparison()


@pytest.fixture
def page(browser: Chrome, comparison: Comparison, tmp_path: Path) -> Chrome:
    return opened(browser, tmp_path, comparison_page(comparison))


def shown_rows(page: Chrome) -> list[str]:
    """Text of the rows that a reader sees."""
    rows = page.find_elements("css selector", "tr[data-kinds]")
    return [row.text for row in rows if row.is_displayed()]


def involved(change: TaskChange) -> tuple[ComparedTask, ...]:
    return (*change.old, *change.new)


def test_all_is_shown_at_first_and_nothing_went_wrong(page: Chrome, comparison: Comparison) -> None:
    assert len(shown_rows(page)) == len(comparison.tasks)
    assert page.find_element("id", "count").text == f"{len(comparison.tasks)} / {len(comparison.tasks)}"
    assert page.get_log("browser") == []


def test_classes_are_filtered_by_clicks(page: Chrome, comparison: Comparison) -> None:
    for kind in CLASSES:
        if kind != "moved":
            page.find_element("css selector", f".chip.k-{kind}").click()
    expected = [change for change in comparison.tasks if "moved" in change.changes]
    assert len(shown_rows(page)) == len(expected) > 0
    page.find_element("css selector", "button[type=reset]").click()
    page.find_element("css selector", ".chip.k-moved").click()
    hidden = [change for change in comparison.tasks if change.changes == ("moved",)]
    assert len(shown_rows(page)) == len(comparison.tasks) - len(hidden)


def test_bodies_and_months_are_filtered(page: Chrome, comparison: Comparison) -> None:
    select(page, "body", "Sở Y tế")
    held = [c for c in comparison.tasks if any(b.body == "Sở Y tế" for t in involved(c) for b in t.bodies)]
    assert len(shown_rows(page)) == len(held) > 0
    assert all("Sở Y tế" in text for text in shown_rows(page))
    select(page, "month", "3")
    both = [c for c in held if any(3 in t.months for t in involved(c))]
    assert len(shown_rows(page)) == len(both) < len(held)


@pytest.mark.parametrize("typed", ["tap huan", "Tập huấn", "HUAN, tap"])
def test_text_is_found_without_accents(page: Chrome, comparison: Comparison, typed: str) -> None:
    page.find_element("id", "text").send_keys(typed)
    held = [c for c in comparison.tasks if any("tập huấn" in t.content.lower() for t in involved(c))]
    assert len(shown_rows(page)) == len(held) > 0


def test_what_is_not_there_is_said(page: Chrome) -> None:
    page.find_element("id", "text").send_keys("zzzz")
    assert shown_rows(page) == []
    assert page.find_element("id", "nothing").is_displayed()


def test_the_language_can_be_chosen(page: Chrome) -> None:
    heading = page.find_element("tag name", "h1")
    assert (heading.text, page.find_element("tag name", "html").get_attribute("lang")) == (
        "So sánh kế hoạch",
        "vi",
    )
    page.find_element("css selector", "button[data-language=en]").click()
    assert (heading.text, page.title) == ("Plans compared", "Plans compared")
    assert page.find_element("tag name", "html").get_attribute("lang") == "en"
    assert (
        page.find_element("css selector", "button[data-language=en]").get_attribute("aria-pressed") == "true"
    )
    assert "Added" in page.find_element("css selector", ".chip.k-added").text
    assert (
        page.find_element("css selector", ".content").find_element("xpath", "..").get_attribute("lang")
        == "vi"
    )


def test_it_opens_in_english_where_the_address_says_so(
    browser: Chrome, comparison: Comparison, tmp_path: Path
) -> None:
    page = opened(browser, tmp_path, comparison_page(comparison), "#en")
    assert page.find_element("tag name", "h1").text == "Plans compared"


def test_the_keyboard_does_all(page: Chrome, comparison: Comparison) -> None:
    from selenium.webdriver import ActionChains, Keys

    keys = ActionChains(page)
    keys.send_keys(Keys.TAB).perform()
    assert page.switch_to.active_element.get_attribute("class") == "skip"
    keys.send_keys(Keys.TAB * 3).send_keys(Keys.SPACE).perform()
    focused = page.switch_to.active_element
    assert (focused.get_attribute("value"), focused.is_selected()) == ("added", False)
    assert len(shown_rows(page)) == len(comparison.tasks) - comparison.counts()["added"]
    reached = []
    for _ in range(11):
        ActionChains(page).send_keys(Keys.TAB).perform()
        reached.append(page.switch_to.active_element.get_attribute("name"))
    assert reached[7:10] == ["body", "month", "text"]


def test_changed_words_are_marked(page: Chrome, comparison: Comparison) -> None:
    change = next(c for c in comparison.tasks if any(word.new for word in c.words))
    place = next(word.new for word in change.words if word.new)
    words = change.new[place.task].content[place.start : place.end]
    assert words in [mark.text for mark in page.find_elements("tag name", "ins")]


def test_hostile_contents_do_not_run(browser: Chrome, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, comparison_page(hostile_comparison()))
    assert page.title == "So sánh kế hoạch"
    assert HOSTILE[0] in page.find_element("css selector", ".content").text or HOSTILE[0] in "".join(
        shown_rows(page)
    )
    assert page.get_log("browser") == []


def test_years_are_filtered_too(browser: Chrome, tmp_path: Path) -> None:
    years = made_years()
    page = opened(browser, tmp_path, years_page(years))
    assert len(shown_rows(page)) == len(years.rows)
    for kind in CLASSES:
        if kind != "dropped":
            page.find_element("css selector", f".chip.k-{kind}").click()
    assert len(shown_rows(page)) == sum("dropped" in row.steps for row in years.rows)


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_sticks_out(browser: Chrome, comparison: Comparison, tmp_path: Path, width: int) -> None:
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    page = opened(browser, tmp_path, comparison_page(comparison))
    assert page.execute_script("return document.documentElement.scrollWidth") <= width
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_print_is_a4_without_filters(page: Chrome, comparison: Comparison) -> None:
    page.find_element("css selector", ".chip.k-same").click()
    options = {"preferCSSPageSize": True, "printBackground": True}
    printed = base64.b64decode(page.execute_cdp_cmd("Page.printToPDF", options)["data"])
    with pdfium.PdfDocument(BytesIO(printed)) as document:
        sizes = {tuple(round(side) for side in document[i].get_size()) for i in range(len(document))}
        text = " ".join(document[i].get_textpage().get_text_range() for i in range(len(document)))
    flat = " ".join(text.split())
    assert sizes == {(595, 842)}
    assert "Tìm trong nội dung" not in flat and "English" not in flat
    changed = next(change for change in comparison.tasks if change.kind == "dropped")
    assert " ".join(changed.old[0].content.split()[:4]) in flat
    assert "Giữ nguyên" not in flat
