"""Pictures in a browser: nothing moves when they come, nobody else is asked, the smallest sharp one is taken."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from typing import TYPE_CHECKING

import pytest
from pelican.settings import read_settings

from pelican import Pelican
from pelican.plugins.news_digest.cli.main import main
from pelican.plugins.news_digest.preview.session import open_server
from pelican.plugins.news_digest.preview.site import PreviewSite
from tests.browser.conftest import Demo, Tab, open_tab
from tests.builders import front_matter
from tests.network.host import Host

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

    from tests.conftest import Site

pytestmark = pytest.mark.browser
# Kept from the first moment on, in the page itself.
WATCH = """
window.shifts = []; window.largest = null;
new PerformanceObserver((list) => { for (const shift of list.getEntries()) window.shifts.push(
  [shift.value, ...shift.sources.map((source) => source.node?.outerHTML?.slice(0, 120))]); })
  .observe({ type: "layout-shift", buffered: true });
new PerformanceObserver((list) => { window.largest = list.getEntries().at(-1).element; })
  .observe({ type: "largest-contentful-paint", buffered: true });
"""


def late(route: Route) -> None:
    """Let a picture come when the page has long been laid out."""
    time.sleep(0.15)
    route.continue_()


def scroll_through(page: Page) -> None:
    """Scroll to the end, so that every picture is asked for, and wait for all."""
    page.evaluate("""async () => {
        for (let y = 0; y < document.body.scrollHeight; y += 600) {
            scrollTo(0, y); await new Promise((done) => setTimeout(done, 30));
        }
        await Promise.all([...document.images].filter((image) => !image.complete)
            .map((image) => new Promise((done) => { image.onload = image.onerror = done; })));
    }""")


@pytest.mark.parametrize("size", [(1280, 900), (390, 844)])
def test_nothing_moves_and_nobody_else_is_asked(browser: Browser, demo: Demo, size: tuple[int, int]):
    """However late pictures come, on a screen and on a phone: CLS is 0, and every one of them is the site's own."""
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    tab = open_tab(context, demo)
    tab.page.add_init_script(WATCH)
    tab.page.route("**/pictures/*", late)
    article = next(
        path for path in sorted(demo.output.glob("news/*/index.html")) if "figure-picture" in path.read_text()
    )
    for address in ("", "latest/", "2026/05/03/", f"news/{article.parent.name}/"):
        tab.open(address)
        scroll_through(tab.page)
        tab.page.wait_for_timeout(100)
        assert [] == tab.page.evaluate("window.shifts"), address
        shown = "[...document.querySelectorAll('.story-picture, .figure-picture')]"
        assert tab.page.evaluate(f"{shown}.length > 0 && {shown}.every((image) => image.naturalWidth > 0)"), address
    assert ([], []) == (tab.foreign, tab.complaints)
    context.close()


def test_the_lead_is_the_largest_paint(browser: Browser, demo: Demo):
    """What a reader waits for on the front page is the lead, headline or picture."""
    for size in ((1280, 900), (390, 844)):
        context = browser.new_context(viewport={"width": size[0], "height": size[1]})
        tab = open_tab(context, demo)
        tab.page.add_init_script(WATCH)
        tab.open()
        tab.page.wait_for_function("() => window.largest")
        tab.page.wait_for_timeout(300)
        assert tab.page.evaluate("Boolean(window.largest.closest('.lead'))"), size
        assert "high" == tab.page.get_attribute(".lead img.story-picture", "fetchpriority")
        assert 1 == tab.page.locator("img.story-picture:not([loading=lazy])").count()
        context.close()


@pytest.mark.parametrize(
    ("expected", "width", "scale", "selector"),
    [
        ("640", 1280, 1, ".lead img.story-picture"),
        ("960", 1280, 2, ".lead img.story-picture"),
        ("320", 1280, 2, ".stories img.story-picture"),
        ("320", 390, 3, ".stories img.story-picture"),
    ],
)
def test_the_smallest_sharp_file_is_taken(
    browser: Browser, demo: Demo, expected: str, width: int, scale: int, selector: str
):
    """A browser that knows how wide a picture is shown need not take more than it shows."""
    context = browser.new_context(viewport={"width": width, "height": 900}, device_scale_factor=scale)
    tab = open_tab(context, demo)
    image = tab.open().locator(selector).first
    image.scroll_into_view_if_needed()
    tab.page.wait_for_function("(image) => image.complete && image.currentSrc", arg=image.element_handle())
    assert image.evaluate("(image) => image.currentSrc").endswith(f"-{expected}.webp")
    context.close()


def test_a_colour_holds_the_place(tab: Tab):
    """Before a picture is there, its main colour is, without a request, a script or a style in the page."""
    held: list[Route] = []
    tab.page.route("**/pictures/*", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks its handlers
    tab.page.goto(tab.url, wait_until="domcontentloaded")
    image = tab.page.locator(".lead img.story-picture")
    tone = image.get_attribute("data-tone") or ""
    assert re.fullmatch(r"[0-7]-[0-7]-[0-7]", tone)
    expected = ", ".join(str(int(step) * 32 + 16) for step in tone.split("-"))
    assert f"rgb({expected})" == image.evaluate("(image) => getComputedStyle(image).backgroundColor")
    assert image.get_attribute("style") is None
    assert [] == tab.complaints
    for route in held:
        route.abort()


@pytest.fixture
def fetched(site: Site) -> Iterator[tuple[Host, str]]:
    """Build a site whose pictures came from a host that still listens; yield the host, and where the site is."""
    host = Host()
    item = front_matter(
        images=f'\n  - {{url: "{host.url("/good/pier.jpg")}", width: 700, height: 400}}',
        provider=f'\n  name: P\n  domain: p.example\n  images: [{{url: "{host.url("/good/icon.png")}", width: 50}}]',
    )
    site.write("news/pier.md", item)
    site.settings(SITEURL="", CACHE_PATH="cache", DIGEST_SEARCH=False, DIGEST_WORKERS=1)
    settings = str(site.root / "pelicanconf.py")
    with redirect_stdout(StringIO()):
        assert 0 == main(["images", "-s", settings, "--allow-host", host.name])
        Pelican(read_settings(settings)).run()
    host.seen.paths.clear()
    server = open_server(PreviewSite(None, folder=str(site.output), base="/"), port=0, say=print)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield host, f"http://127.0.0.1:{server.port}/"
    server.shutdown()
    server.server_close()
    thread.join()
    host.close()


def test_readers_do_not_ask_the_hosts_of_pictures(browser: Browser, fetched: tuple[Host, str]):
    """The picture and the icon are shown, and their host, which would answer, hears of no reader."""
    host, url = fetched
    page = browser.new_context().new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for address in ("latest/", "news/pier/"):
        page.goto(url + address, wait_until="networkidle")
        assert page.locator("img.icon").first.evaluate("(image) => image.naturalWidth") == 96
        assert page.locator(".story-picture, .figure-picture").first.evaluate("(image) => image.naturalWidth") > 0
    assert [] == [address for address in asked if not address.startswith(url)]
    assert [] == host.seen.paths
    page.context.close()
