"""What can be read without a network: what a reader saved, and never an old page where a new one can be had."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.builders import front_matter

from .conftest import Demo, open_tab
from .host import Host, hosted

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

    from tests.conftest import Site

pytestmark = pytest.mark.browser

KEPT = "main > .kept"
STORY = "news/2026-05-03-while-nobody-was-looking-otters-took-over-the-bridge/"
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
IS_RENEWED_WORKER = """
  async () => {
    const { installing, waiting } = await navigator.serviceWorker.getRegistration();
    return !installing && !waiting;
  }
"""
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
        """Wait until *check* says yes."""
        wait(self.page, check, argument)


def wait(page: Page, check: str, argument: str = "") -> None:
    """Wait until *check*, which has to wait itself, says yes."""
    again = "await new Promise((resolve) => setTimeout(resolve, 20));"
    tries = f"for (let n = 0; n < 500; n++) {{ if (await ({check})(argument)) return true; {again} }}"
    assert page.evaluate(f"async (argument) => {{ {tries} }}", argument), check


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
    with hosted(site.output) as host:
        tab = open_tab(context, Demo(url=host.url, output=site.output))
        tab.open()
        yield Published(site, host.url, tab.page, context)


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


@dataclass(frozen=True)
class Kept:
    """The demonstration on a host that fails as it is told, and a story of it that is kept."""

    host: Host
    page: Page

    def save(self, *others: str) -> None:
        """Save the story, and pages of *others*; then wait until it is kept, and the worker answers."""
        hrefs = (STORY, *others)
        saved = [{"slug": href, "title": "", "href": href, "source": "", "date": ""} for href in hrefs]
        self.page.goto(self.host.url)
        self.page.evaluate("(saved) => localStorage.setItem('digest/repo/saved', JSON.stringify(saved))", saved)
        self.page.reload()
        self.wait_for(f"/repo/{hrefs[-1]}")
        self.page.goto(self.host.url)

    def wait_for(self, path: str) -> None:
        """Wait until the page at *path* is kept."""
        wait(self.page, IS_KEPT, path)

    def paths(self) -> list[str]:
        """Return the pages that are kept."""
        return [path for path in self.page.evaluate(PATHS) if not path.startswith("/repo/theme/")]


@pytest.fixture
def kept(demo: Demo, context: BrowserContext) -> Iterator[Kept]:
    """Serve the demonstration where no browser has been."""
    with hosted(demo.output) as host:
        yield Kept(host, open_tab(context, Demo(url=host.url, output=demo.output)).page)


def test_a_copy_is_shown_where_the_network_hangs(kept: Kept, demo: Demo):
    """A page that is kept does not wait for ever (six seconds; here none); one that is not kept has all the time."""
    worker = (demo.output / "sw.js").read_text(encoding="utf-8")
    assert "6000" in worker
    kept.host.instead["/repo/sw.js"] = worker.replace("6000", "0")
    kept.save()
    kept.host.lost[f"/repo/{STORY}"] = 0
    kept.page.goto(kept.host.url + STORY)
    assert kept.page.inner_text(KEPT).startswith("You are offline.")
    kept.host.lost["/repo/about/"] = 0
    kept.host.asked.clear()
    kept.page.evaluate("() => { location.href = new URL('about/', newsDigest.base); }")
    assert kept.host.asked.wait(10)
    kept.host.ends.set()
    kept.page.wait_for_url("**/about/")
    assert 0 == kept.page.locator(KEPT).count()


@pytest.mark.parametrize("gone", [404, 410])
def test_what_the_site_answers_is_shown(kept: Kept, gone: int):
    """A host that fails leaves the copy where it is; a page that is gone takes it along."""
    kept.save()
    for status in (503, gone):
        assert f"/repo/{STORY}" in kept.paths()
        kept.host.lost[f"/repo/{STORY}"] = status
        answer = kept.page.goto(kept.host.url + STORY)
        assert answer is not None
        assert status == answer.status
    wait(kept.page, f"async (path) => !(await ({IS_KEPT})(path))", f"/repo/{STORY}")


def test_sixty_pages_are_kept(kept: Kept, demo: Demo):
    """The newest, and what is no page of the site takes no place; a newer one takes that of the oldest."""
    files = sorted(demo.output.glob("[0-9nt]*/**/index.html"))
    pages = [path.parent.relative_to(demo.output).as_posix() + "/" for path in files if STORY not in f"{path}"][:58]
    assert 58 == len(pages)
    kept.save("https://elsewhere.example/", "https://", "javascript:alert(1)", *pages[:57])
    expected = sorted(["/repo/", "/repo/saved/", f"/repo/{STORY}", *(f"/repo/{page}" for page in pages[:57])])
    assert expected == kept.paths()
    kept.save(pages[57], *pages[:57], pages[0])
    expected.remove(f"/repo/{pages[56]}")
    assert sorted([*expected, f"/repo/{pages[57]}"]) == kept.paths()


def test_a_storage_that_fails_costs_no_style(kept: Kept, demo: Demo):
    """Where nothing can be kept any more, pages look as they do without a worker."""
    kept.save()
    worker = (demo.output / "sw.js").read_text(encoding="utf-8")
    kept.host.instead["/repo/sw.js"] = worker + "caches.open = () => Promise.reject(new Error('full'));"
    kept.page.evaluate("async () => (await navigator.serviceWorker.getRegistration()).update()")
    wait(kept.page, IS_RENEWED_WORKER)
    kept.page.goto(kept.host.url + "latest/")
    assert "rgb(251, 250, 247)" == kept.page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
