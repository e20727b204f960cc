"""Feeds and lists of other projects' test suites: none crashes, and what is said of them is what those projects expect.

They lie beside the checkout and are no part of it. What differs is listed here, with the reason.
"""

from __future__ import annotations

import json
import os
import tarfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from pelican.plugins.news_digest.newsdesk.incoming.entries import Feed, FeedError, html_to_text
from pelican.plugins.news_digest.newsdesk.incoming.opml import OpmlError, read_opml
from pelican.plugins.news_digest.newsdesk.incoming.parsing import parse_feed
from pelican.plugins.news_digest.newsdesk.incoming.sources import parse_sources, with_sources
from pelican.plugins.news_digest.text.dates import parse_date
from tests.conftest import ROOT, unpack

FEEDS = ROOT.parent / "shared" / "feeds" / "feeds.tar.xz"
pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not FEEDS.is_file(), reason="no feeds of other projects beside the checkout"),
]
URL = "http://example.org/feed.xml"
# Markup in a title is text to them, escaped; here `&lt;p&gt;` was meant as `<p>` and is read so.
ESCAPED = "escaped_markup"
# They keep the address as it is written, or take the last of several links; here it is whole, and the first.
LINKS = {"rdf_item_links.xml", "rss_channel_item_links.xml", "feed_item_links_-_rss_channel_item_links.xml"}
# "http://exa@mple.com": a user name, which nobody should follow.
REFUSED = {"rss_channel_item_uri_at_protocol.xml"}


class Case(NamedTuple):
    """A feed, and what its project expects of each entry."""

    name: str
    feed: Path
    expected: list[dict[str, Any]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with all of them."""
    where = tmp_path_factory.mktemp("feeds")
    with tarfile.open(FEEDS) as archive:
        unpack(archive, where)
    return where


def cases(folder: Path) -> Iterator[Case]:
    """Yield the feeds that have expected values."""
    for root in ("mmcdole+gofeed/testdata", "feed-rs+feed-rs", "macieklamberski+feedsmith/src/feeds"):
        for path in sorted((folder / root).rglob("*.json")):
            stem = str(path).removesuffix(".json").removesuffix(".serde")
            feed = next((folder / f"{stem}{end}" for end in (".xml", ".rss") if os.path.exists(f"{stem}{end}")), None)
            if feed is not None:
                found = json.loads(path.read_bytes())
                entries = found.get("items") or found.get("entries") or []
                yield Case(feed.name, feed, [each for each in entries if isinstance(each, dict)])


def link_of(expected: dict[str, Any]) -> str:
    """Return where an entry leads, as any of the projects says it."""
    links = expected.get("links") or [""]
    named = (
        each.get("href") for each in links if isinstance(each, dict) and each.get("rel") in {None, "", "alternate"}
    )
    return str(expected.get("link") or (next(named, "") if isinstance(links[0], dict) else links[0]) or "").strip()


def title_of(expected: dict[str, Any]) -> str:
    """Return a title, as any of them says it."""
    title = expected.get("title")
    return str((title.get("content") or title.get("value")) if isinstance(title, dict) else title or "")


def read(path: Path) -> Feed | None:
    """Return what a feed says; None where it is said why it is none."""
    try:
        return parse_feed(path.read_bytes(), url=URL)
    except FeedError:
        return None


def test_none_crashes(folder: Path):
    """Each gives entries, or nothing, or one line that says why not."""
    read_as = [read(path) for path in sorted(folder.rglob("*")) if path.suffix in {".xml", ".rss", ".atom", ".json"}]
    assert sum(feed is not None and bool(feed.entries) for feed in read_as) > 350


def test_they_say_what_their_projects_expect(folder: Path):
    """As many entries, with the same titles, links and dates."""
    differences: list[tuple[str, str, object, object]] = []
    count = 0
    for case in cases(folder):
        feed = read(case.feed)
        if feed is None:
            continue
        if len(feed.entries) != len(case.expected):
            differences.append((case.name, "entries", len(feed.entries), len(case.expected)))
        for entry, expected in zip(feed.entries, case.expected, strict=False):
            count += 1
            title, link = html_to_text(title_of(expected))[:299], link_of(expected)
            if title and html_to_text(entry.title)[:299] != title and ESCAPED not in case.name:
                differences.append((case.name, "title", entry.title, title))
            if (
                link.startswith("http")
                and entry.link.rstrip("/") != link.rstrip("/")
                and case.name not in LINKS | REFUSED
            ):
                differences.append((case.name, "link", entry.link, link))
            moment = parse_date(str(expected.get("published") or ""), tz=UTC)
            if moment and moment.timestamp() > 0 and moment.timestamp() not in {entry.published_s, entry.updated_s}:
                differences.append((case.name, "published", entry.published_s, expected["published"]))
    assert [] == differences
    assert count > 380


def test_lists_of_feeds_go_in_and_come_once(folder: Path):
    """118 lists of a real collection: every feed, no entry of `sources.yaml` that is not understood, nothing twice."""
    text, added = "", 0
    lists = [read_opml(path.read_bytes())[0] for path in (folder / "plenaryapp+awesome-rss-feeds").rglob("*.opml")]
    assert all(lists)
    half, whole = ([entry for one in some for entry in one] for some in (lists[::2], lists))
    for entries in (half, whole, half):
        text, new = with_sources(text, entries)
        added += new
    assert 0 == new
    found = parse_sources(text)
    assert (118, (), added) == (len(lists), found.diagnostics, len(found.sources))
    assert added > 700


def test_odd_lists_are_read_or_said(folder: Path):
    """Those that listparser and feedsmith are tried on."""
    for root in ("kurtmckee+listparser", "macieklamberski+feedsmith/src/opml"):
        for path in sorted((folder / root).rglob("*")):
            if path.suffix in {".opml", ".xml"}:
                with suppress(OpmlError):
                    read_opml(path.read_bytes())
