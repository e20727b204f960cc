"""A tab at ``/search/`` that was open while the site was published anew, or while it could not be reached."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from pelican.plugins.news_digest.output.search.index import SearchIndex
from pelican.plugins.news_digest.output.search.program import find_pagefind
from pelican.plugins.news_digest.pages.own.tools import SearchCard, SearchRecord
from pelican.plugins.news_digest.preview.session import open_server
from pelican.plugins.news_digest.preview.site import PreviewSite
from tests.output.search.records import findable

from .conftest import Demo, Tab, open_tab

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

pytestmark = [pytest.mark.browser, pytest.mark.busy("the browser loads an index before it finds anything")]

TITLES = "[data-results] .story-title"


@dataclass(frozen=True)
class Published:
    """The search page of a site of its own, in one open tab."""

    tab: Tab
    output: Path

    def publish(self, *titles: str) -> None:
        """Put an index of stories with *titles* in the place of the one that is there."""
        tool = find_pagefind()
        assert tool is not None
        records = [
            SearchRecord(
                address=f"news/{number}/",
                title=title,
                text=f"<p>{title}</p>",
                words="",
                filters={"year": ("2026",)},
                date=f"2026-05-01T08:{number:02}:00Z",
                card=SearchCard(href=f"news/{number}/", iso="2026-05-01T08:00:00Z", time="1 May"),
            )
            for number, title in enumerate(titles)
        ]
        files = SearchIndex(map(findable, records), lang="en", tool=tool, cache=None).files()
        shutil.rmtree(self.output / "pagefind", ignore_errors=True)
        for name, file in files.items():
            (self.output / name).parent.mkdir(parents=True, exist_ok=True)
            (self.output / name).write_bytes(file.make())


@pytest.fixture
def published(context: BrowserContext, search_demo: Demo, tmp_path: Path) -> Iterator[Published]:
    """Serve the search page below a folder whose index may change, and open it."""
    output = tmp_path / "output"
    for name in ("search", "theme"):
        shutil.copytree(search_demo.output / name, output / name)
    shutil.copy(search_demo.output / "index.html", output)
    server = open_server(PreviewSite(None, folder=str(output), base="/repo/"), port=0, say=print)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    tab = open_tab(context, Demo(url=f"http://127.0.0.1:{server.port}/repo/", output=output))
    yield Published(tab, output)
    server.shutdown()
    server.server_close()
    thread.join()


def look_for(page: Page, words: str) -> None:
    """Type *words* into the box."""
    page.fill("#q", words)


def test_words_of_a_new_index_are_found(published: Published):
    """What came with the deployment is found in the open tab; what is gone is not."""
    published.publish("A heron on the pier", "A pier without herons")
    page = published.tab.open("search/")
    look_for(page, "heron")
    page.locator(f"{TITLES} >> nth=1").wait_for()
    published.publish("A walrus on the pier", "Nobody saw the pier")
    look_for(page, "walrus")
    page.locator(TITLES, has_text="walrus").wait_for()
    look_for(page, "heron")
    page.locator("[data-count]", has_text="No results").wait_for()


def test_more_results_after_a_deployment(published: Published):
    """The button goes on with the stories that the site has now, as many as were asked for."""
    published.publish(*(f"Old story {number} of the pier" for number in range(50)))
    page = published.tab.open("search/?q=pier")
    page.locator(f"{TITLES} >> nth=19").wait_for()
    published.publish(*(f"New story {number} of the pier" for number in range(50)))
    page.click("[data-more]")
    page.locator(f"{TITLES} >> nth=39").wait_for()
    assert {"New"} == {title.split()[0] for title in page.locator(TITLES).all_inner_texts()}


def test_an_old_tab_asks_again(published: Published):
    """After a while even a search that finds something is made in the index that the site has now."""
    published.publish("A heron on the pier", "A walrus on the pier")
    page = published.tab.page
    page.clock.install()
    published.tab.open("search/?q=heron")
    page.locator(TITLES, has_text="heron").wait_for()
    published.publish("A walrus on the pier", "Two walruses on the pier")
    page.clock.fast_forward("02:00")
    look_for(page, "walrus")
    page.clock.run_for(1000)
    page.locator(f"{TITLES} >> nth=1").wait_for()


def test_a_search_that_could_not_be_loaded_is_tried_again(published: Published):
    """A failure is said, with a way to load the page anew, and is not remembered: the next word is looked for."""
    published.publish("A heron on the pier")
    page = published.tab.page
    page.route("**/pagefind/**", lambda route: route.abort())
    published.tab.open("search/?q=heron")
    page.locator("[data-count]", has_text="could not be loaded").wait_for()
    assert page.locator("[data-elsewhere]").is_visible()
    assert page.locator("[data-again]").is_visible()
    page.unroute("**/pagefind/**")
    look_for(page, "pier")
    page.locator(TITLES, has_text="heron").wait_for()
    assert page.locator("[data-again]").is_hidden()


def test_the_page_can_be_loaded_again(published: Published):
    """The words stand in the address, so they are still there after that."""
    published.publish("A heron on the pier")
    page = published.tab.page
    page.route("**/pagefind.js*", lambda route: route.abort())
    published.tab.open("search/?q=heron")
    page.locator("[data-again]").wait_for()
    page.unroute("**/pagefind.js*")
    page.click("[data-again]")
    page.locator(TITLES, has_text="heron").wait_for()
    assert "heron" == page.input_value("#q")


def test_the_program_is_asked_for_by_version(published: Published):
    """A browser that kept the program of an earlier release does not run it over the index of a later one."""
    published.publish("A heron on the pier")
    asked: list[str] = []
    page = published.tab.page
    page.on("request", lambda request: asked.append(request.url))
    published.tab.open("search/?q=heron")
    page.locator(TITLES, has_text="heron").wait_for()
    version = msgspec.json.decode((published.output / "pagefind" / "pagefind-entry.json").read_bytes())["version"]
    assert [f"{published.tab.url}pagefind/pagefind.js?v={version}"] == [url for url in asked if "/pagefind.js" in url]


def test_the_words_stay_in_the_address_of_an_older_browser(published: Published):
    """`URLSearchParams.size` is of 2023."""
    published.publish("A heron on the pier")
    page = published.tab.page
    page.add_init_script("delete URLSearchParams.prototype.size; delete Element.prototype.ariaHidden")
    published.tab.open("search/")
    look_for(page, "heron")
    page.locator(TITLES, has_text="heron").wait_for()
    assert page.url.endswith("?q=heron")
    assert [] == published.tab.complaints
