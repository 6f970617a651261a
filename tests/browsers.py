"""Debian's Chromium without a window, for tests that click through pages."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from selenium.webdriver import Chrome


@contextmanager
def chromium() -> Iterator[Chrome]:
    """A browser; the test is skipped, with the reason, where there is none."""
    pytest.importorskip("selenium", reason="selenium is not installed (pip install selenium)")
    programs = shutil.which("chromium"), shutil.which("chromedriver")
    if None in programs:
        pytest.skip("Debian's packages chromium and chromium-driver are not installed")
    from selenium.webdriver import Chrome, ChromeOptions
    from selenium.webdriver.chrome.service import Service

    options = ChromeOptions()
    options.binary_location = str(programs[0])
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"):
        options.add_argument(argument)
    with Chrome(options=options, service=Service(str(programs[1]))) as driver:
        yield driver


def opened(browser: Chrome, folder: Path, text: str, fragment: str = "") -> Chrome:
    """A page in the browser, from a file."""
    path = folder / "page.html"
    path.write_text(text, encoding="utf-8")
    browser.get(f"{path.as_uri()}{fragment}")
    return browser


def select(page: Chrome, name: str, label: str) -> None:
    from selenium.webdriver.support.select import Select

    Select(page.find_element("name", name)).select_by_visible_text(label)


def requested(browser: Chrome) -> list[str]:
    """Addresses that were asked for since this was last called."""
    events = (json.loads(entry["message"])["message"] for entry in browser.get_log("performance"))
    return [
        str(event["params"]["request"]["url"])
        for event in events
        if event["method"] == "Network.requestWillBeSent"
    ]
