"""What can be read without a network: what a reader saved, and never an old page where a new one can be had."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from pelican.plugins.news_digest.preview.session import open_server
from pelican.plugins.news_digest.preview.site import PreviewSite
from tests.builders import front_matter

from .conftest import Demo, open_tab

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import BrowserContext, Page

    from tests.conftest import Site

pytestmark = pytest.mark.browser

KEPT = "main > .kept"
# What the browser keeps of this site, by path.
PATHS = """
  async () => {
    const found = await caches.keys();
    const requests = await Promise.all(found.map(async (name) => (await caches.open(name)).keys()));
    return requests.flat().map(({ url }) => new URL(url).pathname).sort();
  }
"""
IS_KEPT = f"async (path) => (await ({PATHS})()).includes(path)"
IS_RENEWED = "async (title) => (await (await caches.match(location.pathname)).text()).includes(title)"
WORKERS = "async () => (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => new URL(scope).pathname)"


IS_GONE = f"async () => !(await ({WORKERS})()).length && !(await caches.keys()).length"


@dataclass(frozen=True)
class Published:
    """A small site below ``/repo/`` as it is published again and again."""

    site: Site
    url: str
    page: Page
    context: BrowserContext

    def publish(self, day: int, *, offline: bool) -> None:
        """Add a story of *day*, and build."""
        publish(self.site, day, offline=offline)

    def open(self, address: str = "") -> str:
        """Open a page and return its text."""
        self.page.goto(self.url + address)
        return self.page.inner_text("main")

    def save(self) -> None:
        """Save the first story, and wait until it is kept: it comes last."""
        self.page.locator("[data-slug='day-1'] [data-save]").first.click()
        self.wait(IS_KEPT, "/repo/news/day-1/")

    def wait(self, check: str, argument: str = "") -> None:
        """Wait until *check*, which has to wait itself, says yes."""
        again = "await new Promise((resolve) => setTimeout(resolve, 20));"
        tries = f"for (let n = 0; n < 500; n++) {{ if (await ({check})(argument)) return true; {again} }}"
        assert self.page.evaluate(f"async (argument) => {{ {tries} }}", argument), check


def publish(site: Site, day: int, *, offline: bool) -> None:
    """Add a story of *day* to *site*, and build it."""
    values = {"title": f"Story of day {day}", "webUrl": f"https://post.example/{day}/"}
    text = front_matter(publishedDateTime=f"2026-05-0{day}T08:00:00Z", **values)
    site.write(f"news/day-{day}.md", f"{text}Body {day}.\n")
    site.settings(SITEURL="http://127.0.0.1/repo", DIGEST_OFFLINE=offline, DIGEST_SEARCH=False)
    done = site.build()
    assert 0 == done.returncode, done.stdout


@pytest.fixture
def published(site: Site, context: BrowserContext) -> Iterator[Published]:
    """Publish a site that offers copies, and open its front page."""
    publish(site, 1, offline=True)
    server = open_server(PreviewSite(None, folder=str(site.output), base="/repo/"), port=0, say=print)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    url = f"http://127.0.0.1:{server.port}/repo/"
    tab = open_tab(context, Demo(url=url, output=site.output))
    tab.open()
    yield Published(site, url, tab.page, context)
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_saved_story_opens_without_a_network(published: Published):
    """Nothing is registered before a story is saved; then it, its list and the front page open offline and say so."""
    page = published.page
    assert [] == page.evaluate(WORKERS)
    published.save()
    assert ["/repo/"] == page.evaluate(WORKERS)
    published.context.set_offline(True)
    published.open("saved/")
    page.get_by_role("link", name="Story of day 1").click()
    page.wait_for_url("**/news/day-1/")
    assert "Body 1." in page.inner_text("main")
    assert page.inner_text(KEPT).startswith("You are offline. This is a copy of ")
    published.context.set_offline(False)
    published.open("saved/")
    assert 0 == page.locator(KEPT).count()
    page.locator("[data-saved] [data-save]").click()
    published.wait(IS_GONE)


def test_a_new_page_is_shown_as_soon_as_there_is_one(published: Published):
    """Published twice: online the second is there at once, offline the newest that was seen; switched off, all goes."""
    page = published.page
    published.save()
    assert "Story of day 2" not in published.open()
    published.publish(2, offline=True)
    assert "Story of day 2" in published.open()
    published.wait(IS_RENEWED, "Story of day 2")
    published.publish(3, offline=True)
    published.context.set_offline(True)
    text = published.open("?utm_source=x")
    assert ("Story of day 2" in text, "Story of day 3" in text) == (True, False)
    assert page.locator(KEPT).is_visible()
    published.context.set_offline(False)
    assert "Story of day 3" in published.open()
    published.publish(4, offline=False)
    assert "Story of day 4" in published.open()
    published.wait(IS_GONE)
