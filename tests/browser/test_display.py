"""How a page looks is its reader's: colours, size and width of texts, pictures or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from .conftest import Tab

pytestmark = pytest.mark.browser

PAPER = "getComputedStyle(document.documentElement).backgroundColor"


def choose(tab: Tab, *names: str) -> None:
    """Open the panel and choose what is called *names*."""
    tab.page.get_by_role("button", name="Display").click()
    for name in names:
        tab.page.locator("dialog[open]").get_by_label(name, exact=True).click()


def test_colours_are_chosen_and_kept(tab: Tab):
    """In the panel, and by key from the system's colours to light to dark; the choice outlives the page."""
    page = tab.open()
    light = page.evaluate(PAPER)
    choose(tab, "Dark")
    dark = page.evaluate(PAPER)
    assert light != dark
    tab.open("latest/")
    assert ("dark", dark) == (page.evaluate("document.documentElement.dataset.theme"), page.evaluate(PAPER))
    page.keyboard.press("t")
    page.keyboard.press("t")
    assert ("light", light) == (page.evaluate("document.documentElement.dataset.theme"), page.evaluate(PAPER))
    assert [] == tab.complaints


def test_texts_are_larger_and_wider_before_the_first_paint(tab: Tab):
    """The choice is in effect when the next page is painted, and nothing scrolls sideways with the largest letters."""
    page = tab.open()
    choose(tab, "Larger", "Wide")
    page.keyboard.press("Escape")
    tab.open("about/")
    size = "parseFloat(getComputedStyle(document.documentElement).fontSize)"
    assert 21.6 == pytest.approx(page.evaluate(size))
    wide = page.locator(".prose").bounding_box()["width"]  # type: ignore[index]
    choose(tab, "Narrow")
    assert page.locator(".prose").bounding_box()["width"] < wide  # type: ignore[index]
    page.set_viewport_size({"width": 390, "height": 800})
    assert 390 == tab.open().evaluate("document.documentElement.scrollWidth")


def test_without_pictures_none_is_loaded(tab: Tab):
    """Not one arrives, on a list and on a page with a picture of its own; the page has no hole. Then they come back."""
    page = tab.open("latest/")
    choose(tab, "Show pictures")
    arrived: list[str] = []
    page.on("response", lambda answer: arrived.append(answer.url) if answer.request.resource_type == "image" else None)
    for address in ("", "news/2026-04-13-council-opens-340-allotment-plots-on-the-old-gasworks/"):
        tab.open(address)
        page.wait_for_load_state("networkidle")
        assert 0 == page.locator("img:visible").count()
    assert [] == arrived
    with page.expect_event("load"):
        choose(tab, "Show pictures")
    page.locator(".figure-picture").wait_for()
    page.wait_for_load_state("networkidle")
    assert arrived
