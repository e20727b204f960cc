"""A new site as GitHub Pages would serve it, below ``/repo/``: every link, asset and feed answers, and search finds."""

from __future__ import annotations

import http.server
import re
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin

import feedparser
import pytest

from pelican.plugins.news_digest.audit.documents import read_document
from pelican.plugins.news_digest.cli.main import main

from .conftest import Demo, open_tab

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A plain static server, of files and nothing else."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """Make a site, build it for its address, and serve it there with a server that knows nothing of it."""
    folder = tmp_path_factory.mktemp("published")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder / "host")))
    url = f"http://127.0.0.1:{server.server_address[1]}/repo/"
    assert 0 == main(["init", str(folder / "site"), "--name", "Quay", "--url", url, "--yes"])
    output = folder / "host" / "repo"
    said = ""
    for command in ("build", "audit"):
        arguments = ["-m", "pelican.plugins.news_digest", command, "-s", "publishconf.py", "-o", str(output)]
        result = subprocess.run(
            [sys.executable, *arguments],
            cwd=folder / "site",
            stdout=subprocess.PIPE,
            text=True,
            check=command == "build",
        )
        said = result.stdout
    # All that is wrong with it: this machine is no place for the public.
    assert ["ND510"] == re.findall(r"ND\d+", said)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Demo(url=url, output=output)
    server.shutdown()
    server.server_close()


def get(url: str) -> tuple[int, bytes]:
    """Return status and body of one answer."""
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 - an address on loopback
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, b""


def test_everything_that_can_be_reached_answers(published: Demo):
    """From the front page on, each link that stays on this host is followed over HTTP; none leads outside /repo/."""
    host = published.url.removesuffix("repo/")
    seen, left, wrong = {published.url}, [published.url], []
    while left:
        url = left.pop()
        status, body = get(url)
        if status != 200 or not url.startswith(published.url):
            wrong.append((url, status))
            continue
        path = url.removeprefix(published.url).partition("?")[0]
        document = read_document(f"{path}index.html" if not path or path.endswith("/") else path, body)
        if document is None or path.endswith("mail.html"):
            continue
        for link in document.links:
            target = urldefrag(urljoin(url, link)).url
            if target.startswith(host) and target not in seen:
                seen.add(target)
                left.append(target)
    assert [] == wrong
    reached = {url.removeprefix(published.url).partition("?")[0] for url in seen}
    pages = {page.parent.relative_to(published.output).as_posix() for page in published.output.rglob("index.html")}
    assert set() == {f"{page}/" if page != "." else "" for page in pages if not page.startswith("api")} - reached
    assert {"feeds/all.atom.xml", "feeds/all.rss.xml", "feeds/all.json", "theme/digest.css"} <= reached


def test_feeds_lead_back_to_the_site(published: Demo):
    """An entry of an item that lives here leads to its page below /repo/."""
    feed = feedparser.parse(get(f"{published.url}feeds/all.atom.xml")[1])
    assert not feed.bozo
    (entry,) = [entry for entry in feed.entries if entry.title == "Three files made this page"]
    assert entry.link.startswith(f"{published.url}news/")
    assert 200 == get(entry.link)[0]


def test_browser_finds_everything_and_search_works(browser: Browser, published: Demo):
    """No script, style, picture or index is missing, and a word leads to its story."""
    context = browser.new_context()
    tab = open_tab(context, published)
    missing: list[str] = []
    tab.page.on("response", lambda r: missing.append(r.url) if r.status >= 400 else None)
    for address in published.kinds:
        tab.open(address)
    tab.open("search/?q=kitchens")
    first = tab.page.locator("[data-results] .story-title a").first
    first.wait_for()
    assert "First power from the Saltmarsh wind farm" == first.inner_text()
    first.click()
    tab.page.locator("h1").wait_for()
    assert tab.page.url.startswith(f"{published.url}news/")
    assert ([], [], []) == (tab.complaints, tab.foreign, missing)
    context.close()
