"""Pages of providers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pelican.plugins.news_digest.pages.items.cards import Cards
from pelican.plugins.news_digest.pages.lists.providers import plan_providers
from pelican.plugins.news_digest.pages.plans import PagePlan, made
from tests.builders import make_item, make_link, make_provider, make_provider_ref
from tests.pages.rooms import make_room

if TYPE_CHECKING:
    from pelican.plugins.news_digest.model import NewsItem

POST = make_provider_ref("post.example", "The Post")


def plans_of(items: Sequence[NewsItem], **values: Any) -> dict[str, PagePlan]:
    """Return the pages of providers by their files."""
    room = make_room(items, **values)
    return {plan.save_as: plan for plan in map(made, plan_providers(room, Cards(room)))}


def test_every_provider_of_a_listed_item_has_a_page():
    """With a record or without."""
    items = [make_item("a", provider=POST), make_item("b", provider=make_provider_ref("echo.example", "Echo"))]
    found = plans_of(items, providers=[make_provider("post.example"), make_provider("silent.example")])
    assert {"providers/index.html", "providers/post.example/index.html", "providers/echo.example/index.html"} == set(
        found
    )


def test_page_says_what_a_record_says():
    """Name, other names, description and the way out stand on the page."""
    record = make_provider("post.example", "The Post", other_names=("The Posting",), description="A paper.")
    items = [make_item("a", provider=POST), make_item("b", provider=make_provider_ref("post.example", "Post Online"))]
    view = plans_of(items, providers=[record])["providers/post.example/index.html"].view
    assert ("The Post", "A paper.", "https://post.example/") == (view.source.name, view.description, view.domain_url)
    assert {"The Posting", "Post Online"} == set(view.other_names)


def test_page_counts_items_leads_and_clusters():
    """How much, how often first, how often with others."""
    items = [
        make_item("lead", heat=200, provider=POST, related=(make_link("member"),), date="2026-05-01"),
        make_item("member", heat=-1, provider=POST, related=(make_link("lead"),), date="2026-05-02"),
        make_item("alone", provider=POST, date="2026-05-03"),
    ]
    view = plans_of(items)["providers/post.example/index.html"].view
    assert (3, 1, 2) == (view.count, view.lead_count, view.cluster_count)
    assert ("1 May 2026", "3 May 2026") == (view.first.day, view.last.day)


def test_provider_with_three_items_offers_its_feed():
    """Two items make no feed."""
    for count, feeds in ((2, 0), (3, 1)):
        items = [make_item(f"i{n}", provider=POST) for n in range(count)]
        assert feeds == len(plans_of(items)["providers/post.example/index.html"].view.feeds)


def test_index_stands_under_letters_without_accents_or_case():
    """Énergie stands under E, 3D under its own mark, and each letter once."""
    names = ["Énergie", "echo", "Zeit", "3D News"]
    items = [make_item(str(n), provider=make_provider_ref(f"p{n}.example", name)) for n, name in enumerate(names)]
    view = plans_of(items)["providers/index.html"].view
    assert [("#", ["3D News"]), ("E", ["echo", "Énergie"]), ("Z", ["Zeit"])] == [
        (group.letter, [row.source.name for row in group.rows]) for group in view.groups
    ]
    assert 4 == view.provider_count


def test_anchors_of_the_index_are_unique():
    """Every letter leads to a place of its own."""
    items = [
        make_item(str(n), provider=make_provider_ref(f"p{n}.example", name)) for n, name in enumerate("AΑАあ아अ#+7")
    ]
    anchors = [group.anchor for group in plans_of(items)["providers/index.html"].view.groups]
    assert len(anchors) == len(set(anchors))


def test_share_is_of_the_stories_that_lead():
    """Percentages of leads add up, and a site without clusters divides by nothing."""
    items = [
        make_item("a", heat=9, provider=POST, related=(make_link("x"),)),
        make_item("b", heat=9, provider=make_provider_ref("echo.example", "Echo"), related=(make_link("y"),)),
    ]
    rows = [row for group in plans_of(items)["providers/index.html"].view.groups for row in group.rows]
    assert [50, 50] == [row.share_percent for row in rows]
    (row,) = plans_of([make_item("a", provider=POST)])["providers/index.html"].view.groups[0].rows
    assert 0 == row.share_percent


def test_usual_topics_are_linked_with_counts():
    """A page says what a provider writes about."""
    items = [make_item("a", provider=POST, topics=("Food", "Trams")), make_item("b", provider=POST, topics=("Food",))]
    items.append(make_item("c", provider=make_provider_ref("e.example"), topics=("Music",)))
    items.append(make_item("d", provider=make_provider_ref("e.example"), topics=("Music",)))
    view = plans_of(items)["providers/post.example/index.html"].view
    assert [("Food", 2), ("Trams", 1)] == [(link.text, link.count) for link in view.topics]
