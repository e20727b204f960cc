"""The documentation as a browser sees it: light and dark, wide and narrow, and nothing asked of another host."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from tests.docs.test_site import build_docs

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.conftest import MakeOnce

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(shared: MakeOnce) -> Iterator[str]:
    """Build the documentation and serve it."""
    folder = shared("docs", build_docs)
    handler = type("Silent", (SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder / "html")))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width_px", [1280, 360])
def test_in_a_browser(browser: Browser, address: str, scheme: str, width_px: int):
    """No request to another host, no complaint, nothing wider than the window; the search finds a setting."""
    page = browser.new_page(viewport={"width": width_px, "height": 900}, color_scheme=scheme)
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for name in ("", "reference/settings.html", "reference/pages.html", "explanation/speed.html"):
        page.goto(f"{address}{name}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width_px, name
    page.goto(f"{address}search.html?q=DIGEST_PAGE_SIZE")
    assert page.locator("#search-results li a").first.inner_text()
    page.close()
    assert [] == [url for url in asked if not url.startswith((address, "data:"))]
    assert [] == complaints
