"""``/search/``: words, filters, the address, and what happens when there is nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from .conftest import Demo, Tab, open_tab

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.busy("the browser loads an index before it finds anything")]

TITLES = "[data-results] .story-title"


def found(page: Page) -> list[str]:
    """Return the headlines that were found, once the search has answered."""
    page.locator("[data-count]:not(:empty)").wait_for()
    return page.locator(TITLES).all_inner_texts()


@pytest.fixture
def search(tab: Tab, search_demo: Demo) -> Tab:
    """Return a tab at ``/search/``."""
    del search_demo
    tab.open("search/")
    return tab


def test_a_word_is_found_and_stands_in_the_address(search: Tab):
    """Typing is enough; the answer has the story's own page, and the address can be shared."""
    page = search.page
    page.fill("#q", "otters")
    assert "While nobody was looking, otters took over the bridge" == found(page)[0]
    assert {"q": ["otters"]} == parse_qs(urlsplit(page.url).query)
    href = page.locator(f"{TITLES} a").first.get_attribute("href") or ""
    assert href.startswith(f"{search.url}news/2026-05-03-while-nobody-was-looking")
    assert [] == search.complaints


def test_an_address_is_a_search(search: Tab):
    """Words and filters of an address are in the form and in the answer; what does not exist is left out."""
    page = search.open("search/?q=line&topic=trams&source=transitwatch.example&year=1066")
    titles = found(page)
    assert "The tram map gets its first new line since 1974" in titles
    assert ("line", "trams", "") == tuple(page.input_value(f"[name={name}]") for name in ("q", "topic", "year"))
    assert {"Transit Watch"} == set(page.locator("[data-results] .source").all_inner_texts())
    assert ["Trams", "Transit Watch"] == page.locator("[data-pages] a").all_inner_texts()


def test_filters_narrow_and_work_alone(search: Tab):
    """A filter without words lists everything behind it, newest first; a parent topic holds what is below it."""
    page = search.page
    page.select_option("[name=topic]", "transport")
    below = found(page)
    assert "All-night trams start tonight, and the bakers are first in the queue" in below
    dates = page.locator("[data-results] time").evaluate_all("times => times.map((time) => time.dateTime)")
    assert sorted(dates, reverse=True) == dates
    page.select_option("[name=type]", "video")
    page.locator("[data-results] > li >> nth=3").wait_for(state="detached")
    assert {"topic": ["transport"], "type": ["video"]} == parse_qs(urlsplit(page.url).query)
    assert all("Video" in text for text in page.locator("[data-results] .meta").all_inner_texts())


def test_names_of_files_are_not_searched(search: Tab):
    """What a result only shows (pictures, addresses) is not what it is found by; its source and topics are."""
    assert [] == found(search.open("search/?q=jpg"))
    assert "No results" in search.page.inner_text("[data-count]")
    assert search.page.is_visible("[data-elsewhere]")
    assert 5 <= len(found(search.open("search/?q=transit+watch")))


def test_more_results_follow_on_demand(search: Tab):
    """Twenty at once; the button adds the next, and the keyboard goes on where they begin."""
    page = search.open("search/?year=2026")
    assert 20 == len(found(page))
    page.click("[data-more]")
    page.locator("[data-results] > li >> nth=39").wait_for()
    assert page.evaluate(
        "document.activeElement.closest('li') === document.querySelector('[data-results]').children[20]"
    )


def test_arrow_down_leads_into_the_results(search: Tab):
    """From the box the first result is one key away."""
    page = search.open("search/?q=bridge")
    found(page)
    page.focus("#q")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement === document.querySelector('[data-results] a[href*=\"/news/\"]')")


def test_own_pages_are_found(search: Tab):
    """The site's own words are in the index too."""
    assert "About this digest" in found(search.open("search/?type=page"))
    assert "About this digest" in found(search.open("search/?q=about"))


def test_only_the_search_page_may_compile(search: Tab):
    """The policy of other pages knows no WebAssembly, and no page but /search/ asks for the index."""
    policy = "document.querySelector('meta[http-equiv]').content"
    assert "'wasm-unsafe-eval'" in search.page.evaluate(policy)
    asked: list[str] = []
    search.page.on("request", lambda request: asked.append(request.url))
    search.open("latest/")
    search.page.wait_for_timeout(100)
    assert ("wasm" in search.page.evaluate(policy), []) == (False, [url for url in asked if "pagefind" in url])


def test_without_scripts_the_lists_are_offered(browser: Browser, search_demo: Demo):
    """No dead form: a sentence, and links to topics, sources, days."""
    context = browser.new_context(java_script_enabled=False)
    page = open_tab(context, search_demo).open("search/")
    text = page.inner_text("main")
    links = page.locator("main a:visible").all_inner_texts()
    context.close()
    assert "needs JavaScript" in text
    assert {"Latest", "All topics", "All sources", "Archive"} <= set(links)
