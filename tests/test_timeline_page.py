"""The timeline's page in Debian's Chromium: filters, languages, keyboard, sizes, print, nothing fetched."""
# ruff: noqa: E501  (texts are data: they are not cut where a line of code ends)

from __future__ import annotations

import base64
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2 as pdfium
import pytest

from pipeline.timelines.model import Timeline
from pipeline.timelines.page import timeline_page
from tests.browsers import chromium, opened, requested, select
from tests.timelines import ISSUER, SNV, STC, body, made, many, one_of_each, task

if TYPE_CHECKING:
    from selenium.webdriver import Chrome


@pytest.fixture(scope="module")
def browser() -> Iterator[Chrome]:
    with chromium() as found:
        yield found


@pytest.fixture
def page(browser: Chrome, tmp_path: Path) -> Chrome:
    return opened(browser, tmp_path, timeline_page(one_of_each(), {"a": "plans/a.pdf"}))


def shown(page: Chrome) -> list[str]:
    """Text of the tasks that a reader sees."""
    look = "return [...document.querySelectorAll('.task')].filter(e => e.checkVisibility()).map(e => e.innerText)"
    found: list[str] = page.execute_script(look)
    return found


def counts(page: Chrome) -> dict[str, int]:
    """The counts of places that stand on the page."""
    found = page.find_elements("css selector", "[data-place]")
    return {str(each.get_attribute("data-place")): int(each.text) for each in found}


def lanes(page: Chrome) -> list[str]:
    return [lane.text for lane in page.find_elements("css selector", ".lanes h3") if lane.is_displayed()]


def keys(page: Chrome, *pressed: str) -> None:
    from selenium.webdriver import ActionChains

    ActionChains(page).send_keys(*pressed).perform()


def test_all_is_shown_at_first_and_the_counts_are_those_of_the_tasks(page: Chrome) -> None:
    assert len(shown(page)) == len(one_of_each().tasks)
    assert counts(page) == one_of_each().counts()
    assert page.find_element("id", "count").text == "10 / 10"
    assert lanes(page)[0] == f"{SNV} 3"
    assert page.title == f"{ISSUER} · 2024"


def test_nothing_goes_wrong_and_nothing_is_asked_for(browser: Chrome, tmp_path: Path) -> None:
    requested(browser)
    page = opened(browser, tmp_path, timeline_page(one_of_each()))
    page.find_element("css selector", "summary").click()
    assert requested(page) == [(tmp_path / "page.html").as_uri()]
    assert page.get_log("browser") == []


def test_kinds_of_time_are_filtered_by_clicks(page: Chrome) -> None:
    page.find_element("css selector", ".chip.k-deadline").click()
    page.find_element("css selector", ".chip.k-none").click()
    assert counts(page) == {"months": 5, "undated": 2, "outside": 0}
    assert page.find_element("id", "count").text == "7 / 10" and len(shown(page)) == 7
    assert not page.find_element("css selector", "[data-holds=outside]").is_displayed()
    assert lanes(page)[0] == f"{SNV} 2"
    page.find_element("css selector", "button[type=reset]").click()
    assert len(shown(page)) == 10


def test_bodies_headings_and_plans_are_filtered(page: Chrome) -> None:
    select(page, "body", STC)
    assert len(shown(page)) == 3, "it leads one, carries one out and has a part in another"
    assert lanes(page) == [f"{SNV} 1", f"{STC} 1"]
    select(page, "heading", "I. THI ĐUA")
    assert len(shown(page)) == 1
    page.find_element("css selector", "button[type=reset]").click()
    select(page, "plan", "8/KH-UBND · Cải cách")
    assert counts(page) == {"months": 0, "undated": 0, "outside": 1}


@pytest.mark.parametrize("typed", ["tap huan", "TẬP HUẤN", "nghiep vu, huan", "bao cao"])
def test_text_is_found_without_accents(page: Chrome, typed: str) -> None:
    page.find_element("id", "text").send_keys(typed)
    assert [text.split("\n")[0] for text in shown(page)] == ["1Tổ chức tập huấn nghiệp vụ"]


def test_what_is_not_there_is_said(page: Chrome) -> None:
    assert not page.find_element("id", "nothing").is_displayed()
    page.find_element("id", "text").send_keys("zzzz")
    assert shown(page) == []
    assert page.find_element("id", "nothing").is_displayed()


def test_a_task_opens_with_all_that_is_known_of_it(page: Chrome) -> None:
    row = next(row for row in page.find_elements("class name", "task") if "tập huấn" in row.text)
    row.find_element("tag name", "summary").click()
    told = row.text
    for fact in (
        "Từ tháng 2 đến tháng 4",
        "01/02/2024 – 30/04/2024",
        SNV,
        "Phối hợp",
        STC,
        "Báo cáo",
        "7/KH-UBND",
    ):
        assert fact in told
    link = row.find_element("tag name", "a")
    assert link.text == "a.pdf, trang 2"
    assert str(link.get_attribute("href")).endswith("/plans/a.pdf#page=2")


def test_the_language_can_be_chosen(page: Chrome) -> None:
    root = page.find_element("tag name", "html")
    first, month = (page.find_element("css selector", name) for name in (".kicker", ".months span"))
    assert (root.get_attribute("lang"), first.text, month.text) == ("vi", "Nhiệm vụ theo thời gian", "T1")
    page.find_element("css selector", "button[data-language=en]").click()
    assert (root.get_attribute("lang"), first.text, month.text) == ("en", "Tasks over time", "Jan")
    assert page.find_element("id", "text").get_attribute("placeholder") == "accents may be left out: tap huan"
    assert page.find_element("css selector", "select[name=body] option").text == "all"
    assert page.find_element("css selector", ".what").get_attribute("lang") == "vi"


def test_it_opens_in_english_where_the_address_says_so(browser: Chrome, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, timeline_page(one_of_each()), "#en")
    assert page.find_element("class name", "kicker").text == "Tasks over time"


def test_the_keyboard_does_all(page: Chrome) -> None:
    from selenium.webdriver import Keys

    keys(page, Keys.TAB)
    assert page.switch_to.active_element.get_attribute("class") == "skip"
    keys(page, Keys.TAB * 3, Keys.SPACE)
    assert page.switch_to.active_element.get_attribute("value") == "interval"
    assert len(shown(page)) == 7
    keys(page, Keys.SPACE)
    keys(page, Keys.TAB * 12)
    rows = page.find_elements("class name", "task")
    focused = [row.find_element("tag name", "summary") for row in rows]
    assert page.switch_to.active_element == focused[0]
    keys(page, Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ARROW_UP, Keys.ENTER)
    assert page.switch_to.active_element == focused[1]
    assert [row.get_attribute("open") is not None for row in rows[:3]] == [False, True, False]
    keys(page, Keys.ESCAPE, Keys.END)
    assert rows[1].get_attribute("open") is None
    assert page.switch_to.active_element == focused[-1]
    keys(page, Keys.ARROW_DOWN)
    assert page.switch_to.active_element == focused[-1]


def test_bars_stand_under_their_months(page: Chrome) -> None:
    """February to April begins under the head's second column and ends under its fourth."""
    columns = [each.rect for each in page.find_elements("css selector", ".months > span")]
    row = next(row for row in page.find_elements("class name", "task") if "tập huấn" in row.text)
    bar = row.find_element("class name", "bar").rect
    assert bar["x"] == pytest.approx(columns[1]["x"], abs=1.5)
    assert bar["x"] + bar["width"] == pytest.approx(columns[4]["x"], abs=1.5)


def sized(browser: Chrome, width: int) -> None:
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


@pytest.mark.parametrize("width", [1280, 800, 390])
def test_nothing_sticks_out(browser: Chrome, tmp_path: Path, width: int) -> None:
    sized(browser, width)
    long = task(10, "interval", ("2023-12-01", "2025-02-01"), content="x" * 400, bodies=[body("y" * 200)])
    found = made(*one_of_each().tasks[:9], long)
    page = opened(browser, tmp_path, timeline_page(found))
    assert page.execute_script("return document.documentElement.scrollWidth") <= width
    tracks = {track.rect["width"] for track in page.find_elements("css selector", ".lanes .track")}
    assert min(tracks) > 200
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_five_hundred_tasks_stay_usable(browser: Chrome, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, timeline_page(many(500)))
    select(page, "body", "Phòng 7")
    held = [t for t in many(500).tasks if any(b.body == "Phòng 7" for b in t.bodies)]
    assert page.find_element("id", "count").text == f"{len(held)} / 500"
    assert sum(counts(page).values()) == len(held) > 0


def printed(page: Chrome) -> tuple[set[tuple[int, int]], list[str]]:
    """Sizes and texts, without spaces, of the pages that come out of a printer."""
    options = {"preferCSSPageSize": True, "printBackground": True}
    content = base64.b64decode(page.execute_cdp_cmd("Page.printToPDF", options)["data"])
    with pdfium.PdfDocument(BytesIO(content)) as document:
        sizes = {(round(page.get_width()), round(page.get_height())) for page in document}
        texts = ["".join(page.get_textpage().get_text_range().split()) for page in document]
    return sizes, texts


def _long_year() -> Timeline:
    tasks = [
        task(i, "deadline", (None, "2024-06-30"), bodies=[body(SNV)], time_text="Tháng 6") for i in range(60)
    ]
    return made(*tasks, task(60, "none", content="Việc không có ngày"))


def test_print_is_a4_landscape_with_the_months_and_the_lane_on_each_page(
    browser: Chrome, tmp_path: Path
) -> None:
    page = opened(browser, tmp_path, timeline_page(_long_year()))
    sizes, texts = printed(page)
    assert sizes == {(842, 595)} and len(texts) > 2
    assert all("T12" in text and _bare(SNV) in text for text in texts if "Việcthứ" in text)
    whole = "".join(texts)
    assert all(f"Việcthứ{i}·" in whole for i in range(60)) and "Việckhôngcóngày" in whole
    assert "English" not in whole and "Tìmtrongnộidung" not in whole


def _bare(text: str) -> str:
    return "".join(text.split())


def test_what_is_filtered_is_not_printed(page: Chrome) -> None:
    page.find_element("css selector", ".chip.k-ongoing").click()
    _, texts = printed(page)
    assert "9/10" in texts[0] and _bare("Thường xuyên") not in "".join(texts)


def test_shapes_tell_kinds_apart_without_colour(page: Chrome) -> None:
    """A deadline is turned, what is ongoing hatched, a time that comes again round, an interval plain."""
    look = (
        "const s = getComputedStyle(arguments[0]);"
        "return [s.transform.split(',')[1].trim() !== '0', s.backgroundImage !== 'none', s.borderRadius === '50%']"
    )
    marks = {
        kind: page.find_element("css selector", f".track .{kind}")
        for kind in ("bar", "deadline", "ongoing", "dot")
    }
    assert {kind: page.execute_script(look, mark) for kind, mark in marks.items()} == {
        "bar": [False, False, False],
        "deadline": [True, False, False],
        "ongoing": [False, True, False],
        "dot": [False, False, True],
    }
