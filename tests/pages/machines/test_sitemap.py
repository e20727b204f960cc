"""Sitemaps and robots.txt."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree

from pelican.plugins.news_digest.pages.everything import plan_site
from pelican.plugins.news_digest.pages.machines import sitemap
from pelican.plugins.news_digest.pages.own.pages import OwnPage
from pelican.plugins.news_digest.pages.plans import FilePlan, PagePlan, made
from tests.builders import make_date, make_item
from tests.pages.rooms import make_room

if TYPE_CHECKING:
    from pelican.plugins.news_digest.model import NewsItem

NAMESPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def files_of(items: Sequence[NewsItem], *own: OwnPage, **values: Any) -> dict[str, bytes]:
    """Return the planned files whose bytes are known."""
    plans = map(made, plan_site(make_room(items, **values), own_pages=own))
    return {plan.save_as: plan.data for plan in plans if isinstance(plan, FilePlan)}


def locations(data: bytes) -> list[str]:
    """Return the addresses in a sitemap."""
    return [str(text) for text in etree.fromstring(data).xpath("//s:loc/text()", namespaces=NAMESPACE)]


def _is_plain(name: str) -> bool:
    """Whether a file is a sitemap that announces pages; that of the news announces some of them again."""
    return name.startswith("sitemap-") and name != "sitemap-news.xml"


def test_index_names_one_sitemap_for_each_kind_of_page():
    """The index leads to files that exist."""
    files = files_of([make_item(topics=("T",))])
    names = [location.removeprefix("https://tiny.example/") for location in locations(files["sitemap.xml"])]
    kinds = ("archive", "items", "pages", "providers", "topics", "news")
    assert [f"sitemap-{kind}.xml" for kind in kinds] == names
    assert set(names) <= files.keys()


def test_sitemap_of_items_has_absolute_addresses_and_dates():
    """An item's last change is its modification, else its date."""
    items = [make_item("a", modified=make_date("2026-05-09")), make_item("b", date="2026-05-01T08:00")]
    data = files_of(items, url="https://x.example/repo")["sitemap-items.xml"]
    assert ["https://x.example/repo/news/a/", "https://x.example/repo/news/b/"] == locations(data)
    assert ["2026-05-09T00:00:00Z", "2026-05-01T08:00:00Z"] == etree.fromstring(data).xpath(
        "//s:lastmod/text()", namespaces=NAMESPACE
    )


def test_news_change_the_last_part_of_a_long_sitemap_alone(monkeypatch: pytest.MonkeyPatch):
    """Parts are cut from the oldest item on; within each the newest stands first, and none is lost."""
    monkeypatch.setattr(sitemap, "MAX_URLS", 3)
    items = [make_item(f"i{day}", date=f"2026-05-{day:02}") for day in range(1, 9)]
    before, after = files_of(items[:7]), files_of(items)
    assert ["i3", "i2", "i1"] == [place.split("/")[-2] for place in locations(after["sitemap-items.xml"])]
    for name in ("sitemap-items.xml", "sitemap-items-2.xml"):
        assert before[name] == after[name]
    assert ["i8", "i7"] == [place.split("/")[-2] for place in locations(after["sitemap-items-3.xml"])]
    assert 3 == sum("sitemap-items" in place for place in locations(after["sitemap.xml"]))


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
    plans = tuple(map(made, plan_site(make_room(items, page_size=2))))
    files = {plan.save_as: plan.data for plan in plans if isinstance(plan, FilePlan)}
    found = [location for name, data in files.items() if _is_plain(name) for location in locations(data)]
    heads = [plan.view.head for plan in plans if isinstance(plan, PagePlan)]
    assert sorted(head.canonical for head in heads if head.is_indexed) == sorted(found)


NEWS = {**NAMESPACE, "n": "http://www.google.com/schemas/sitemap-news/0.9"}


def test_news_sitemap_holds_the_last_two_days_before_now():
    """The newest item is "now", not the clock; what is announced has a title, a date and who publishes it."""
    items = [
        make_item("a", date="2026-05-03T08:00", title="A & B", lang="pt-BR"),
        make_item("b", date="2026-05-01T08:00"),
        make_item("c", date="2026-05-01T07:59"),
    ]
    data = files_of(items)["sitemap-news.xml"]
    assert ["https://tiny.example/news/a/", "https://tiny.example/news/b/"] == locations(data)
    (news, _) = etree.fromstring(data).xpath("//n:news", namespaces=NEWS)
    said = [text for text in news.itertext() if text.strip()]
    assert ["Tiny", "pt", "2026-05-03T08:00:00Z", "A & B"] == said


def test_news_sitemap_has_only_pages_to_be_indexed():
    """What search engines may not list is not announced to them; without any there is no such file."""
    items = [make_item("a"), make_item("b", url="")]
    assert ["https://tiny.example/news/b/"] == locations(files_of(items, index_items=False)["sitemap-news.xml"])
    assert "sitemap-news.xml" not in files_of([make_item("a")], index_items=False)


def test_news_sitemap_may_be_empty():
    """A site whose newest item is old says so with an empty list."""
    data = files_of([make_item("a")], now=make_date("2026-06-01"))["sitemap-news.xml"]
    assert [] == locations(data)


def test_robots_may_read_everything_and_find_the_sitemap():
    """Crawlers are told where to look, by an absolute address."""
    text = files_of([make_item()])["robots.txt"].decode()
    assert "Sitemap: https://tiny.example/sitemap.xml" in text.splitlines()
    assert "Disallow: /" not in text


@pytest.mark.parametrize(
    ("expected", "lang"),
    [
        ("en", "en-GB"),
        ("zh-cn", "zh-CN"),
        ("zh-cn", "zh-Hans-HK"),
        ("zh-cn", "zh"),
        ("zh-tw", "zh-TW"),
        ("zh-tw", "zh-Hant"),
        ("zh-tw", "zh-HK"),
        ("pt", "pt-BR"),
        ("gsw", "gsw"),
    ],
)
def test_news_sitemap_has_languages_as_its_schema_does(expected: str, lang: str):
    """Two or three letters without a region, but for the two forms of Chinese."""
    data = files_of([make_item("a", lang=lang)])["sitemap-news.xml"].decode()
    assert f"<news:language>{expected}</news:language>" in data
