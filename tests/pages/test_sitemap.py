"""Sitemaps and robots.txt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from builders import make_date, make_item
from lxml import etree

from pages.rooms import make_room
from pelican.plugins.news_digest.pages.everything import plan_site
from pelican.plugins.news_digest.pages.own import OwnPage
from pelican.plugins.news_digest.pages.plans import FilePlan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pelican.plugins.news_digest.model import NewsItem

NAMESPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def files_of(items: Sequence[NewsItem], *own: OwnPage, **values: Any) -> dict[str, bytes]:
    """Return the planned files whose bytes are known."""
    plans = plan_site(make_room(items, **values), own_pages=own)
    return {plan.save_as: plan.data for plan in plans if isinstance(plan, FilePlan)}


def locations(data: bytes) -> list[str]:
    """Return the addresses in a sitemap."""
    return [str(text) for text in etree.fromstring(data).xpath("//s:loc/text()", namespaces=NAMESPACE)]


def test_index_names_one_sitemap_for_each_kind_of_page():
    """The index leads to files that exist."""
    files = files_of([make_item(topics=("T",))])
    names = [location.removeprefix("https://tiny.example/") for location in locations(files["sitemap.xml"])]
    assert ["sitemap-news.xml", "sitemap-pages.xml", "sitemap-providers.xml", "sitemap-topics.xml"] == names
    assert set(names) <= files.keys()


def test_sitemap_of_items_has_absolute_addresses_and_dates():
    """An item's last change is its modification, else its date."""
    items = [make_item("a", modified=make_date("2026-05-09")), make_item("b", date="2026-05-01T08:00")]
    data = files_of(items, url="https://x.example/repo")["sitemap-news.xml"]
    assert ["https://x.example/repo/news/a/", "https://x.example/repo/news/b/"] == locations(data)
    assert ["2026-05-09T00:00:00Z", "2026-05-01T08:00:00Z"] == etree.fromstring(data).xpath(
        "//s:lastmod/text()", namespaces=NAMESPACE
    )


def test_page_that_is_not_to_be_indexed_is_in_no_sitemap():
    """Neither 404.html, nor a hidden page, nor linked items where the owner says so."""
    hidden = OwnPage(title="H", address="hidden/", save_as="hidden/index.html", content="", is_listed=False)
    files = files_of([make_item("a"), make_item("b", url="")], hidden, index_items=False)
    found = [location for data in files.values() if data.startswith(b"<?xml") for location in locations(data)]
    assert not [location for location in found if "404" in location or "hidden" in location or "news/a/" in location]
    assert "https://tiny.example/news/b/" in found


def test_every_page_to_be_indexed_is_in_one_sitemap():
    """What has a canonical address is announced once."""
    items = [make_item(f"i{n}", topics=("T & U",)) for n in range(5)]
    plans = plan_site(make_room(items, page_size=2))
    files = {plan.save_as: plan.data for plan in plans if isinstance(plan, FilePlan)}
    found = [location for name, data in files.items() if name.startswith("sitemap-") for location in locations(data)]
    heads = [plan.view.head for plan in plans if hasattr(plan, "view")]
    assert sorted(head.canonical for head in heads if head.is_indexed) == sorted(found)


def test_robots_may_read_everything_and_find_the_sitemap():
    """Crawlers are told where to look, by an absolute address."""
    text = files_of([make_item()])["robots.txt"].decode()
    assert "Sitemap: https://tiny.example/sitemap.xml" in text.splitlines()
    assert "Disallow: /" not in text
