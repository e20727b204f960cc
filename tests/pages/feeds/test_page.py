"""``/feeds/`` and the OPML file: what there is to follow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree

from pelican.plugins.news_digest.pages.addresses import NEWSLETTER_FEED as NEWSLETTER
from pelican.plugins.news_digest.pages.feeds.channels import channels, plan_feeds
from pelican.plugins.news_digest.pages.feeds.page import plan_feed_page, plan_opml
from pelican.plugins.news_digest.pages.newsletter.editions import Editions
from pelican.plugins.news_digest.pages.plans import made
from pelican.plugins.news_digest.pages.stories.entries import plan_story_feeds
from pelican.plugins.news_digest.pages.stories.index import running_stories
from tests.builders import make_date, make_item, make_provider_ref, make_topic
from tests.pages.rooms import make_room
from tests.pages.stories.telling import report

if TYPE_CHECKING:
    from pelican.plugins.news_digest.model import NewsItem
    from pelican.plugins.news_digest.pages.views.feeds import FeedsView


def page_of(items: Sequence[NewsItem], **values: Any) -> FeedsView:
    """Return what the page of feeds says."""
    room = make_room(items, **values)
    view: FeedsView = plan_feed_page(room, channels(room, sent=Editions(room).sent)).view
    return view


def addresses(view: FeedsView) -> list[str]:
    """Return every feed that the page links to."""
    return [link.href for group in view.groups for row in group.rows for link in row.formats]


ITEMS = [make_item(f"i{n:02}", date=f"2026-04-{n + 1:02}", heat=n, topics=("Trams",)) for n in range(24)]


def test_page_lists_every_feed_once():
    """Every feed is on the page, in each of its formats, and none that does not exist."""
    room = make_room(ITEMS, feed_size=5)
    pages = {
        plan.save_as
        for plan in map(made, plan_feeds(room, channels(room)))
        if not plan.save_as.startswith("feeds/all/page/")
    }
    pages.add(NEWSLETTER)
    assert sorted(addresses(page_of(ITEMS, feed_size=5))) == sorted(pages)


def test_site_comes_first_then_topics_then_sources():
    """Each group has a name of its own."""
    assert ["site", "topic", "provider"] == [group.kind for group in page_of(ITEMS).groups]


def test_running_stories_come_last():
    """With the feeds that they have; those that are over are not listed, and a list to import has none."""
    items = [
        report(f"{story}{n}", f"2026-05-{day}", story=story) for story, day in (("on", 20), ("off", "01")) for n in "ab"
    ]
    room = make_room(items)
    view: FeedsView = plan_feed_page(room, channels(room), running=running_stories(room)).view
    assert ("story", ["on"]) == (view.groups[-1].kind, [row.subject.href.split("/")[1] for row in view.groups[-1].rows])
    made_of = {plan.save_as: made(plan) for plan in plan_story_feeds(room)}
    (row,) = view.groups[-1].rows
    assert {row.title} == {made_of[link.href].title for link in row.formats}  # type: ignore[attr-defined]
    assert view.feed_count == sum(len(group.rows) for group in view.groups)
    (opml,) = plan_opml(room, channels(room))
    assert b"stories/" not in opml.data


def test_kinds_of_the_site():
    """The template has a word for each of these."""
    (site, *_) = page_of(ITEMS).groups
    assert ["all", "top-5", "top-25", "daily", "weekly", "newsletter"] == [row.kind for row in site.rows]


@pytest.mark.parametrize(
    ("expected", "count", "zone"),
    [("1", 8, "en"), ("0.1", 1, "en"), ("0,1", 1, "de"), ("1.5", 12, "en")],
)
def test_items_a_week_are_an_average_of_eight_weeks(expected: str, count: int, zone: str):
    """The number is written as the site's language does."""
    items = [make_item(f"i{n}", date=f"2026-05-{n + 1:02}") for n in range(count)]
    old = make_item("old", date="2020-01-01")
    (site, *_) = page_of([*items, old], lang=zone).groups
    assert site.rows[0].per_week == expected


def test_quiet_feed_has_no_items_a_week():
    """Before "now", not before the newest item of the feed."""
    (site, *_) = page_of(ITEMS, now=make_date("2027-01-01")).groups
    assert {"0"} == {row.per_week for row in site.rows}


def test_page_names_the_api_where_there_is_one():
    """A site without an API does not promise it."""
    assert "api/news/index.json" == page_of(ITEMS).api
    assert "" == page_of(ITEMS, has_api=False).api


def test_empty_site_has_a_page_without_feeds():
    """Nothing to follow yet is no error."""
    view = page_of([])
    assert ((), "", ()) == (view.groups, view.opml, plan_opml(make_room([]), ()))


def test_opml_names_every_feed_once_in_atom_and_none_that_does_not_exist():
    """Readers import each feed once, whichever formats it has."""
    items = [*ITEMS, make_item("x", provider=make_provider_ref("rare.example", "Rare & Co"), topics=("A & B",))]
    room = make_room(items, topics=[make_topic("A & B", id="a-b")])
    (opml,) = plan_opml(room, channels(room, sent=Editions(room).sent))
    outlines = etree.fromstring(opml.data).xpath("//outline[@xmlUrl]")
    named = [outline.get("xmlUrl") for outline in outlines]
    planned = {
        plan.self_url for plan in map(made, plan_feeds(room, channels(room))) if plan.save_as.endswith(".atom.xml")
    }
    planned.add(f"https://tiny.example/{NEWSLETTER}")
    assert len(named) == len(set(named))
    assert set(named) == planned
    assert {"rss"} == {outline.get("type") for outline in outlines}
    assert "Tiny: A & B" in {outline.get("text") for outline in outlines}
