"""The demonstration below ``/repo/``, as a project page of GitHub has it: every address that it names is there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin, urlsplit

import feedparser
import msgspec
import pytest
from lxml import etree, html

from pelican.plugins.news_digest.preview.address import TYPES
from tests.preview.talking import Reply, ask

from .conftest import Demo, open_tab

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

# SITEURL of the demonstration as it is served: no port, so it is told from what leads here by itself.
SITEURL = "http://127.0.0.1/repo/"
ATTRIBUTES = ("href", "src", "poster", "action", "data")


class Crawl:
    """Everything that can be reached from the front page, asked for once each."""

    def __init__(self, demo: Demo) -> None:
        self.base = demo.url
        self.port = urlsplit(demo.url).port or 0
        self.replies: dict[str, Reply] = {}
        self.named_by: dict[str, str] = {demo.url: "the front page"}
        self.places: list[tuple[str, str, str]] = []
        self.outside: set[tuple[str, str]] = set()
        left = [demo.url]
        while left:
            url = left.pop()
            reply = self.replies[url] = ask(self.port, url.removeprefix(f"http://127.0.0.1:{self.port}"))
            for link in self._links(url, reply):
                target, _, place = self._here(urljoin(url, link)).partition("#")
                if not target.startswith(self.base):
                    if urlsplit(target).hostname == "127.0.0.1":
                        self.outside.add((url, link))
                    continue
                if place:
                    self.places.append((url, target, place))
                if target not in self.named_by:
                    self.named_by[target] = url
                    left.append(target)

    def _here(self, url: str) -> str:
        """Return *url* as it is on this server, without its query: nothing here answers to one."""
        bare, place = urldefrag(url)
        bare = bare.partition("?")[0]
        if bare.startswith(SITEURL):
            bare = self.base + bare.removeprefix(SITEURL)
        return f"{bare}#{place}"

    def _links(self, url: str, reply: Reply) -> list[str]:
        """Return every address that a file names, by its kind."""
        kind = reply.headers.get("content-type", "")
        if reply.status != 200 or not reply.body:
            return []
        if kind.startswith("text/html"):
            root = html.fromstring(reply.body.encode())
            found = [str(link) for name in ATTRIBUTES for link in root.xpath(f"//@{name}")]
            found += [part.split()[0] for value in root.xpath("//@srcset") for part in str(value).split(",")]
            return [link for link in found if not link.startswith("{{")]  # what whoever sends a mail fills in
        if kind.startswith("application/atom+xml"):
            feed = feedparser.parse(reply.body)
            return [link.href for part in (feed.feed, *feed.entries) for link in part.links]
        if "xml" in kind or url.endswith(".opml"):
            root = etree.fromstring(reply.body.encode())
            return [
                str(text)
                for text in root.xpath("//*[local-name()='loc']/text() | //@xmlUrl | //@htmlUrl | //link/text()")
            ]
        if url.endswith(".json") and "/feed" in url:
            feed = msgspec.json.decode(reply.body)
            return [feed["feed_url"], feed["home_page_url"], *filter(None, [feed.get("next_url")])]
        return []


@pytest.fixture(scope="module")
def crawl(demo: Demo) -> Crawl:
    """Return the site as a robot finds it."""
    return Crawl(demo)


def test_every_address_is_there(crawl: Crawl):
    """Every link, picture, style sheet, script, feed and entry of a sitemap, in every file that names one."""
    broken = {url: (reply.status, crawl.named_by[url]) for url, reply in crawl.replies.items() if reply.status != 200}
    assert {} == broken
    assert len(crawl.replies) > 250


def test_nothing_leads_beside_the_sites_path(crawl: Crawl):
    """A link that forgets ``/repo/`` would lead to another site of the same owner."""
    assert set() == crawl.outside


def test_every_place_in_a_page_is_there(crawl: Crawl):
    """What stands behind ``#`` is an id of the page that is linked to."""
    ids: dict[str, set[str]] = {}
    for url in {target for _, target, _ in crawl.places}:
        reply = crawl.replies[url]
        if reply.headers["content-type"].startswith("text/html"):
            ids[url] = {str(name) for name in html.fromstring(reply.body.encode()).xpath("//@id")}
    missing = [found for found in crawl.places if found[1] in ids and found[2] not in ids[found[1]]]
    assert [] == missing


def test_every_page_and_feed_of_the_output_is_reached(crawl: Crawl, demo: Demo):
    """Nothing is built that nobody can find, but for the page of what is not there; mails are for sending.

    A page that leads on from an old address is for those who have it; those below ``embed/`` are for other sites.
    """
    built = {
        path.relative_to(demo.output).as_posix().removesuffix("index.html")
        for pattern in ("*.html", "*.atom.xml")
        for path in demo.output.rglob(pattern)
        if path.name != "mail.html" and "embed" not in path.parts and b'http-equiv="refresh"' not in path.read_bytes()
    }
    reached = {url.removeprefix(crawl.base) for url in crawl.replies}
    assert {"404.html"} == {path for path in built if path not in reached}


ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"


def broken_rules(address: str, feed: etree._Element) -> Iterator[str]:
    """Yield what the W3C's validator of feeds would object to in an Atom or RSS feed that is at *address*."""
    is_atom = feed.tag == f"{ATOM}feed"
    channel = feed if is_atom else feed[0]
    entries = channel.findall(f"{ATOM}entry" if is_atom else "item")
    if [address] != [link.get("href") for link in channel.findall(f"{ATOM}link") if link.get("rel") == "self"]:
        yield "self"
    ids = [entry.findtext(f"{ATOM}id" if is_atom else "guid") for entry in entries]
    if len(set(ids)) < len(ids) or not all(urlsplit(str(each)).scheme for each in ids):
        yield "id"
    dates = [datetime.fromisoformat(str(each.text)) for each in feed.iter(f"{ATOM}updated", f"{ATOM}published")]
    dates += [parsedate_to_datetime(str(each.text)) for each in feed.iter("pubDate", "lastBuildDate")]
    if not all(date.tzinfo for date in dates):
        yield "date"
    for entry in entries:
        tags = [each.tag for each in entry]
        if is_atom and not {f"{ATOM}{name}" for name in ("id", "title", "updated", "author", "link")} <= set(tags):
            yield "missing"
        if CONTENT in tags and "description" not in tags[: tags.index(CONTENT)]:
            yield "description"
        if {"script", "style", "iframe", "object"} & {each.tag for each in inside(entry).iter()}:
            yield "script"
        links = [*entry.xpath("./link/text() | ./*/@href | ./*/@url"), *inside(entry).xpath("//@href | //@src")]
        if not all(urlsplit(str(link)).scheme in {"http", "https"} for link in links):
            yield "relative"


def inside(entry: etree._Element) -> etree._Element:
    """Return the HTML of an entry: its text and its summary."""
    named = (f"{ATOM}content", f"{ATOM}summary", CONTENT, "description")
    return html.fromstring(f"<div>{''.join(str(each.text) for each in entry.iter(*named))}</div>")


def test_every_feed_keeps_the_rules_of_its_format(crawl: Crawl):
    """As the W3C's validator has them: where it is, unique ids, dates with a zone, whole addresses, no script."""
    feeds = {url: reply for url, reply in crawl.replies.items() if url.endswith((".atom.xml", ".rss.xml"))}
    addresses = {url: SITEURL + url.removeprefix(crawl.base) for url in feeds}
    broken = {
        url: found
        for url, reply in feeds.items()
        if (found := [*broken_rules(addresses[url], etree.fromstring(reply.body.encode()))])
    }
    assert {} == broken


def test_every_feed_can_be_read(crawl: Crawl):
    """By a reader that knows only what the server says of it."""
    feeds = {url: reply for url, reply in crawl.replies.items() if url.endswith((".atom.xml", ".rss.xml"))}
    assert len(feeds) > 10
    for url, reply in feeds.items():
        feed = feedparser.parse(reply.body, response_headers={"content-type": reply.headers["content-type"]})
        assert not feed.bozo, (url, feed.get("bozo_exception"))
        assert feed.entries, url


def test_every_file_has_a_type_of_the_web(crawl: Crawl):
    """Nothing is sent as "some bytes" that a browser would offer to save."""
    unknown = {url for url, reply in crawl.replies.items() if reply.headers["content-type"] not in TYPES.values()}
    assert set() == unknown


@pytest.mark.slow
def test_no_page_complains_in_a_browser(browser: Browser, crawl: Crawl, demo: Demo):
    """All of them, each with all that it loads: no missing file, no error, nothing that its policy refuses.

    One of each kind was asked that in ``test_every_page.py``.
    """
    context = browser.new_context()
    tab = open_tab(context, demo)
    missing: list[str] = []
    tab.page.on("response", lambda response: missing.append(response.url) if response.status >= 400 else None)
    pages = [
        url
        for url, reply in crawl.replies.items()
        # A mail has no icon, and a browser that shows one asks for /favicon.ico of its own accord.
        if reply.headers["content-type"].startswith("text/html") and not url.endswith("/mail.html")
    ]
    for url in pages:
        if url.removeprefix(crawl.base) not in demo.kinds:
            tab.page.goto(url)
    context.close()
    assert len(pages) > 100
    assert ([], [], []) == (tab.complaints, tab.foreign, missing)
