"""Pages of topics."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pelican.plugins.news_digest.pages.items.cards import Cards
from pelican.plugins.news_digest.pages.lists.topics import plan_topics
from pelican.plugins.news_digest.pages.machines.api import plan_api
from pelican.plugins.news_digest.pages.own.tools import SearchState, plan_search
from pelican.plugins.news_digest.pages.plans import PagePlan, made
from tests.builders import make_item, make_link, make_topic
from tests.pages.rooms import make_room

if TYPE_CHECKING:
    from pelican.plugins.news_digest.model import NewsItem
    from pelican.plugins.news_digest.pages.newsroom import Newsroom

TREE = [make_topic("Transport"), make_topic("Trams", parent="Transport", description="Five lines."), make_topic("Food")]


def plans_of(items: Sequence[NewsItem], **values: Any) -> dict[str, PagePlan]:
    """Return the pages of topics by their files."""
    room = make_room(items, **{"topics": TREE, **values})
    return {plan.save_as: plan for plan in map(made, plan_topics(room, Cards(room)))}


def test_index_is_a_tree_with_counts_that_include_children():
    """A parent counts what is below it."""
    view = plans_of([make_item("a", topics=("trams",)), make_item("b", topics=("transport",))])[
        "topics/index.html"
    ].view
    assert [("Food", 0), ("Transport", 2)] == [(node.name, node.count) for node in view.topics]
    assert [("Trams", 1)] == [(node.name, node.count) for node in view.topics[1].children]


def test_topic_without_items_has_a_page():
    """A topic that a record describes can be linked to; it offers no feed that does not exist."""
    view = plans_of([])["topics/food/index.html"].view
    assert (0, None, ()) == (view.count, view.since, view.feeds)


def test_topic_knows_its_family():
    """Parent, children and the record's words stand on the page."""
    plans = plans_of([make_item(topics=("Trams",))])
    trams, transport = plans["topics/trams/index.html"].view, plans["topics/transport/index.html"].view
    assert trams.parent is not None
    assert ("Transport", "Five lines.") == (trams.parent.text, trams.description)
    assert [("Trams", 1)] == [(child.text, child.count) for child in transport.children]


def test_hottest_three_stand_on_top_and_not_again_below():
    """On the newest page the biggest stories come first, each item once."""
    items = [make_item(f"i{n}", heat=n, topics=("Food",)) for n in range(6)]
    view = plans_of(items)["topics/food/index.html"].view
    assert ["i5", "i4", "i3"] == [story.slug for story in view.hottest]
    assert {"i0", "i1", "i2"} == {story.slug for group in view.groups for story in group.stories}


def test_hottest_are_three_stories_not_three_reports_of_one():
    """One story takes one of the three places."""
    items = [make_item(f"i{n}", heat=n, topics=("Food",)) for n in range(5)]
    items.append(make_item("big", heat=99, topics=("Food",), related=(make_link("i4"),)))
    assert ["big", "i3", "i2"] == [s.slug for s in plans_of(items)["topics/food/index.html"].view.hottest]


def test_every_item_of_a_topic_stands_on_one_of_its_pages():
    """Paging loses nothing and repeats nothing."""
    items = [make_item(f"i{n:02}", heat=n, topics=("Food",), date=f"2026-05-{n + 1:02}") for n in range(25)]
    views = [plan.view for path, plan in plans_of(items, page_size=7).items() if path.startswith("topics/food/")]
    found = [s.slug for view in views for s in (*view.hottest, *(s for group in view.groups for s in group.stories))]
    assert sorted(item.slug for item in items) == sorted(found)
    assert [True, False, False] == [bool(view.hottest) for view in views]


def test_older_pages_lie_at_addresses_that_stay():
    """Page 1 of a topic is its oldest."""
    items = [make_item(f"i{n:02}", topics=("Food",)) for n in range(25)]
    expected = {"topics/food/index.html", "topics/food/page/1/index.html", "topics/food/page/2/index.html"}
    assert expected == {path for path in plans_of(items, page_size=7) if path.startswith("topics/food/")}


def test_neighbours_are_topics_that_stand_beside_this_one():
    """What often shares a story is offered; the topic's own family is linked elsewhere."""
    items = [
        make_item("a", topics=("Trams", "Transport", "Food")),
        make_item("b", topics=("Trams", "Food", "Music")),
        make_item("c", topics=("Music",)),
    ]
    neighbours = plans_of(items)["topics/trams/index.html"].view.neighbours
    assert [("Food", 2), ("Music", 1)] == [(link.text, link.count) for link in neighbours]


def test_topic_in_another_script_has_an_encoded_address_and_a_plain_file():
    """An address is ASCII, the file behind it is not."""
    plans = plans_of([make_item(topics=("東京",))])
    plan = plans["topics/東京/index.html"]
    assert plan.view.head.address.isascii()


def test_topics_cost_what_they_print():
    """Twenty thousand topics are planned in seconds: nothing looks at all of them once for each."""
    items = [make_item(f"i{n}", topics=tuple(f"t{5 * n + k}" for k in range(5))) for n in range(4_000)]
    room = make_room(items)
    start = time.process_time()
    topics = sum(1 for _ in plan_topics(room, Cards(room)))
    count = topics + sum(1 for _ in plan_api(room)) + len(plan_search_choices(room))
    assert count > 3 * 20_000
    assert time.process_time() - start < 30  # seconds; in squares it takes minutes


def plan_search_choices(room: Newsroom) -> Sequence[object]:
    """Return the topics that /search/ offers."""
    return plan_search(room, SearchState.READY).view.topics
