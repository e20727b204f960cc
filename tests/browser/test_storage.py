"""Storage that is off, full or wiped: what a reader keeps is kept, or it is said that it is not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import FIRST, Tab, stored

pytestmark = pytest.mark.browser

NO_STORAGE = """
  for (const name of ["localStorage", "sessionStorage"])
    Object.defineProperty(window, name, { get() { throw new DOMException("denied", "SecurityError"); } });
"""


FILL = """
  () => {
    let size = 1 << 20;
    for (let number = 0; size > 0; )
      try { localStorage.setItem(`filler${number}`, "x".repeat(size)); number += 1; } catch { size >>= 1; }
  }
"""
EMPTY = "for (const key of Object.keys(localStorage)) if (key.startsWith('filler')) localStorage.removeItem(key)"
NOT_KEPT = "This could not be saved"


def test_a_switched_off_storage_is_said_where_it_matters(tab: Tab):
    """Nothing ends, and whoever saves, hides, marks or chooses learns that it will not last."""
    page = tab.page
    page.add_init_script(NO_STORAGE)
    tab.open("latest/")
    page.locator(FIRST).locator(".save").click()
    assert "false" == page.locator(FIRST).locator(".save").get_attribute("aria-pressed")
    assert NOT_KEPT in page.locator(FIRST).locator(".unkept").inner_text()
    assert "alert" == page.locator(FIRST).locator(".unkept").get_attribute("role")
    page.locator("[data-hide-read]").click()
    assert [NOT_KEPT] == [text[: len(NOT_KEPT)] for text in page.locator(".unkept").all_inner_texts()]
    page.keyboard.press("t")
    assert NOT_KEPT in page.locator(".masthead .unkept").inner_text()
    tab.open("providers/transitwatch.example/").locator("[data-hide-source]").click()
    assert 1 == page.locator(".unkept").count()
    tab.open("saved/")
    assert "Nothing can be saved here" in page.inner_text("[data-status]")
    assert [] == tab.complaints


def test_a_full_storage_is_said_and_loses_nothing(tab: Tab, tmp_path: Path):
    """What was saved before stays; an import that does not fit changes nothing, and says so."""
    page = tab.open("latest/")
    page.locator(FIRST).locator(".save").click()
    before = stored(tab, "saved")
    page.evaluate(FILL)
    page.locator(".day .story >> nth=1").locator(".save").click()
    assert NOT_KEPT in page.locator(".day .story >> nth=1").locator(".unkept").inner_text()
    assert before == stored(tab, "saved")
    entry = {"slug": "x", "title": "x" * 500, "href": "news/x/", "source": "", "date": ""}
    file = tmp_path / "export.json"
    data = {"format": "news-digest-reader", "version": 1, "saved": [entry], "read": [], "hidden": []}
    file.write_text(json.dumps(data), encoding="utf-8")
    tab.open("saved/")
    page.set_input_files("[data-file]", file)
    page.locator("[data-status]:not(:empty)").wait_for()
    assert page.inner_text("[data-status]").startswith(NOT_KEPT)
    assert page.inner_text("[data-status]").endswith("Nothing was changed.")
    assert (before, 1) == (stored(tab, "saved"), page.locator("[data-saved] .story").count())
    page.evaluate(EMPTY)
    page.set_input_files("[data-file]", file)
    page.locator("[data-saved] .story >> nth=1").wait_for()
    assert "The file was imported" in page.inner_text("[data-status]")


def test_a_storage_that_was_wiped_is_an_empty_one(tab: Tab):
    """Browsers may take away what a site kept while a page is open: nothing ends, and saving begins anew."""
    page = tab.open("latest/")
    page.locator(FIRST).locator(".save").click()
    page.evaluate("localStorage.clear()")
    page.locator(".day .story >> nth=1").locator(".save").click()
    assert 1 == len(stored(tab, "saved"))  # type: ignore[arg-type]
    assert "false" == page.locator(FIRST).locator(".save").get_attribute("aria-pressed")
    assert [] == tab.complaints


def test_the_browser_is_asked_to_keep_what_was_saved(tab: Tab):
    """Once, with the first story, and not before: some browsers put the question to the reader."""
    page = tab.page
    page.add_init_script("window.asked = 0; StorageManager.prototype.persist = async () => { window.asked += 1; }")
    tab.open("latest/")
    asked = [page.evaluate("asked")]
    for number in (0, 1):
        page.locator(f".day .story >> nth={number}").locator(".save").click()
        asked.append(page.evaluate("asked"))
    assert [0, 1, 1] == asked
