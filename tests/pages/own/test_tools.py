"""What ``/search/`` offers, and what its index knows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pytest

from pelican.plugins.news_digest.model import ItemType, Status
from pelican.plugins.news_digest.pages.own.pages import OwnPage
from pelican.plugins.news_digest.pages.own.tools import SearchRecord, SearchState, findables, plan_saved, plan_search

from ...builders import make_item, make_provider_ref, make_topic
from ..rooms import make_room
from ..stories.telling import record as story_record

if TYPE_CHECKING:
    from pelican.plugins.news_digest.pages.newsroom import Newsroom

TOPICS = [make_topic("Transport"), make_topic("Trams", parent="transport")]


def records_of(room: Newsroom, own_pages: Iterable[OwnPage]) -> list[SearchRecord]:
    """Return the records of all that can be found."""
    return [findable.make() for findable in findables(room, own_pages)]


def test_an_item_is_found_by_the_topics_above_its_own():
    """As on the topics' pages: who looks for transport wants trams too."""
    room = make_room([make_item(topics=("Trams",))], topics=TOPICS)
    [record] = records_of(room, ())
    assert ("trams", "transport") == record.filters["topic"]
    assert ("post.example",) == record.filters["source"]
    assert "The Post, Trams" == record.words


def test_years_are_the_sites():
    """An hour before midnight in UTC it may be next year already."""
    room = make_room([make_item(date="2025-12-31T23:30")], zone="Europe/Berlin")
    [record] = records_of(room, ())
    assert ("2026",) == record.filters["year"]
    assert ("2026",) == plan_search(room, SearchState.READY).view.years


def test_what_is_not_published_is_not_found():
    """Drafts and unpublished items have no place in the index, hidden own pages neither."""
    items = [make_item("a"), make_item("b", status=Status.UNPUBLISHED), make_item("c", status=Status.DRAFT)]
    pages = [
        OwnPage(title="About", address="about.html", save_as="about.html", content="<p>Us</p>"),
        OwnPage(title="Secret", address="x.html", save_as="x.html", content="", is_listed=False),
    ]
    assert ["news/a/", "about.html"] == [record.address for record in records_of(make_room(items), pages)]


def test_an_item_without_a_page_leads_out():
    """Where only local items have pages, the others are found all the same."""
    [record] = records_of(make_room([make_item("a")], pages="local-only"), ())
    assert ("https://a.example/story/", True) == (record.card.href, record.card.out)


def test_choices_follow_the_tree():
    """Topics with items, each followed by what is below it; sources by name; types that exist."""
    items = [
        make_item("a", topics=("Trams",), provider=make_provider_ref("z.example", "alpha")),
        make_item("b", topics=("Transport",), provider=make_provider_ref("b.example", "Beta"), type=ItemType.VIDEO),
    ]
    view = plan_search(make_room(items, topics=[*TOPICS, make_topic("Empty")]), SearchState.READY).view
    assert [("transport", 0, 2), ("trams", 1, 1)] == [(c.value, c.depth, c.count) for c in view.topics]
    assert ["alpha", "Beta"] == [choice.text for choice in view.sources]
    assert ("article", "video") == view.kinds


@pytest.mark.parametrize(
    ("state", "may"), [(SearchState.READY, True), (SearchState.MISSING, False), (SearchState.OFF, False)]
)
def test_only_a_search_that_works_may_compile(state: SearchState, *, may: bool):
    """Without an index there is neither script nor leave to run WebAssembly."""
    head = plan_search(make_room([make_item()]), state).view.head
    assert (may, may, False) == ("wasm-unsafe-eval" in head.csp_more, bool(head.scripts), head.is_indexed)


def test_the_saved_page_is_a_frame():
    """It says nothing about anybody, so it is the same for all; search engines leave it alone."""
    plan = plan_saved(make_room([]))
    assert ("saved/index.html", False) == (plan.save_as, plan.view.head.is_indexed)


def test_stories_are_found_as_their_own_type():
    """By headline, excerpt and the owner's words; the filter is offered only where there is a story."""
    items = [make_item(slug, story="bridge", topics=("Trams",), date=f"2026-0{n}-01") for n, slug in enumerate("ab", 4)]
    room = make_room(
        items, topics=TOPICS, stories=[story_record(title="The bridge", excerpt="In <short>.", body="<p>X</p>")]
    )
    found = [record for record in records_of(room, ()) if "story" in record.filters["type"]]
    assert [("stories/bridge/", "The bridge", "<p>In &lt;short&gt;.</p><p>X</p>", "2026-05-01T08:00:00Z")] == [
        (record.address, record.title, record.text, record.date.replace("T00:00", "T08:00")) for record in found
    ]
    assert ("trams", "transport") == found[0].filters["topic"]
    assert "story" in plan_search(room, SearchState.READY).view.kinds
    assert "story" not in plan_search(make_room([make_item()]), SearchState.READY).view.kinds
