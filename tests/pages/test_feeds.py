"""Feeds: which there are, and what an entry says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from builders import make_date, make_item, make_link, make_provider_ref, make_topic

from pages.rooms import make_room
from pelican.plugins.news_digest.model import ImageRef, NewsItem
from pelican.plugins.news_digest.pages.feeds import plan_feeds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pelican.plugins.news_digest.pages.plans import FeedEntry, FeedPlan


def feeds_of(items: Sequence[NewsItem], **values: Any) -> dict[str, FeedPlan]:
    """Return the feeds of a site by their files."""
    return {plan.save_as: plan for plan in plan_feeds(make_room(items, **values))}


def entry_of(item: NewsItem, *others: NewsItem, **values: Any) -> FeedEntry:
    """Return *item* as the site's feed has it."""
    feed = feeds_of([item, *others], **values)["feeds/all.atom.xml"]
    return next(entry for entry in feed.entries if entry.title == item.title)


def test_site_topics_and_busy_providers_have_feeds():
    """Every topic with items has a feed, and every provider with three items or more."""
    items = [make_item(f"i{n}", topics=("Trams",), provider=make_provider_ref("three.example")) for n in range(3)]
    items += [make_item(f"j{n}", provider=make_provider_ref("two.example")) for n in range(2)]
    assert {"feeds/all.atom.xml", "topics/trams/feed.atom.xml", "providers/three.example/feed.atom.xml"} == set(
        feeds_of(items, topics=[make_topic("Trams"), make_topic("Empty")])
    )


def test_id_of_an_entry_is_made_of_host_day_and_file():
    """The id is a tag URI that names nothing that an editor changes."""
    assert "tag:tiny.example,2026-05-01:news/a" == entry_of(make_item("a")).id


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Edited"},
        {"excerpt": "Edited"},
        {"url": "https://else.example/"},
        {"topics": ("Edited",)},
        {"modified": make_date("2026-06-01")},
        {"heat": 9},
    ],
    ids=lambda change: next(iter(change)),
)
def test_id_of_an_entry_survives_editing(change: dict[str, Any]):
    """A reader does not see an entry again because somebody mended it."""
    item = make_item("a")
    assert entry_of(item).id == entry_of(msgspec.structs.replace(item, **change)).id


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/Los_Angeles"])
def test_id_of_an_entry_survives_another_time_zone(zone: str):
    """The day in an id is the UTC day."""
    assert "tag:tiny.example,2026-05-01:news/a" == entry_of(make_item("a", date="2026-05-01T23:30"), zone=zone).id


def test_id_of_an_entry_survives_a_move_with_the_old_authority():
    """A site that moves keeps its ids by naming its old host."""
    moved = entry_of(make_item("a"), url="https://new.example/path", authority="tiny.example")
    assert entry_of(make_item("a")).id == moved.id


def test_entries_are_newest_first_and_limited():
    """A feed holds the newest entries, as many as the owner wants."""
    items = [make_item(f"i{n}", date=f"2026-05-{n + 1:02}") for n in range(9)]
    feed = feeds_of(items, feed_size=3)["feeds/all.atom.xml"]
    assert ["Title of i8", "Title of i7", "Title of i6"] == [entry.title for entry in feed.entries]


def test_feed_was_updated_when_its_newest_change_was_made():
    """An edit of an old entry moves the feed's time, not its own date."""
    items = [make_item("a", date="2026-05-01", modified=make_date("2026-05-09")), make_item("b", date="2026-05-02")]
    feed = feeds_of(items)["feeds/all.atom.xml"]
    assert "2026-05-09T00:00:00Z" == feed.updated
    assert ("2026-05-01T00:00:00Z", "2026-05-09T00:00:00Z") == (feed.entries[1].date, feed.entries[1].modified)


def test_entry_is_not_modified_before_it_was_published():
    """A modification that lies before the date is the date."""
    entry = entry_of(make_item("a", date="2026-05-02", modified=make_date("2026-05-01")))
    assert entry.date == entry.modified


def test_entry_leads_to_the_source_and_names_it():
    """By default an entry's link is the source's; `via` says so in any case."""
    entry = entry_of(make_item("a"))
    assert ("https://a.example/story/", "https://a.example/story/") == (entry.url, entry.via)


def test_entry_leads_to_the_page_where_the_owner_wants_it():
    """DIGEST_FEED_LINKS = "page" keeps readers on the site, and `via` still names the source."""
    entry = entry_of(make_item("a"), feed_to_source=False)
    assert ("https://tiny.example/news/a/", "https://a.example/story/") == (entry.url, entry.via)


def test_entry_of_an_item_without_a_link_leads_to_its_page():
    """What lives here is linked here, by its absolute address, below the site's path."""
    entry = entry_of(make_item("a", url=""), url="https://x.example/repo")
    assert ("https://x.example/repo/news/a/", "") == (entry.url, entry.via)


def test_entry_of_an_item_without_a_page_leads_to_the_source():
    """No entry leads nowhere."""
    assert "https://a.example/story/" == entry_of(make_item("a"), feed_to_source=False, pages="local-only").url


def test_entry_carries_topics_and_their_parents():
    """Categories are the item's topics, then what stands above them, each once."""
    records = [make_topic("Transport"), make_topic("Trams", parent="Transport"), make_topic("Bikes", parent="Transport")]
    entry = entry_of(make_item("a", topics=("trams", "Bikes")), topics=records)
    assert ("Trams", "Bikes", "Transport") == entry.categories


def test_author_of_an_entry_is_the_provider():
    """An entry names who wrote it; without a provider that is the site."""
    assert "The Post" == entry_of(make_item("a")).author
    assert "Tiny" == entry_of(make_item("a", provider=None)).author


def test_content_lists_who_else_covered_the_story():
    """The members of the cluster are links in the content, twelve at most."""
    item = make_item("a", excerpt="What <b> happened & why", related=tuple(make_link(f"m{n}") for n in range(20)))
    html = entry_of(item).html
    assert 12 == html.count("<li>")
    assert "What &lt;b&gt; happened &amp; why" in html


def test_member_of_a_story_cannot_bring_html():
    """A strange headline is text in a feed as well."""
    item = make_item("a", related=(make_link("m", title="<img src=x onerror=alert(1)>"),))
    assert "<img" not in entry_of(item).html


def test_picture_is_an_absolute_enclosure():
    """A feed reader knows no relative addresses."""
    item = make_item("a", images=(ImageRef(url="/images/a.jpg", width_px=1200, height_px=630),))
    entry = entry_of(item, local_files=["images/a.jpg"], url="https://x.example/repo")
    assert "https://x.example/repo/images/a.jpg" == entry.image_url


def test_generic_picture_is_no_enclosure():
    """A logo is not sent to readers."""
    image = ImageRef(url="/images/logo.jpg", width_px=1200, height_px=630)
    assert "" == entry_of(make_item("a", images=(image,)), local_files=["images/logo.jpg"]).image_url


def test_body_of_an_item_is_its_content():
    """Where the text is here, the feed has the text."""
    assert "<p>All of it</p>" in entry_of(make_item("a", body="<p>All of it</p>")).html


def test_empty_site_has_no_feed_without_entries():
    """A feed without entries would not be valid Atom with a date of its own."""
    assert {} == feeds_of([])


def test_addresses_of_a_feed_are_absolute_below_the_sites_path():
    """A project site lives below a path, and its feeds say so."""
    feed = feeds_of([make_item()], url="https://x.example/repo")["feeds/all.atom.xml"]
    assert ("https://x.example/repo/", "https://x.example/repo/feeds/all.atom.xml") == (feed.home_url, feed.self_url)


def test_site_without_an_address_still_has_absolute_feeds():
    """A preview's feed can be read."""
    feed = feeds_of([make_item(url="")], url="")["feeds/all.atom.xml"]
    assert feed.self_url.startswith("http://localhost")
    assert feed.entries[0].url.startswith("http://localhost")
