"""What pages and feeds show of what a file declares: a mark, a recording, discussions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from pelican.plugins.news_digest.model import Access, Discussion, ProviderRecord, Recording
from pelican.plugins.news_digest.pages.everything import plan_site
from pelican.plugins.news_digest.pages.plans import Enclosure, FeedPlan, PagePlan, made
from tests.builders import make_item
from tests.pages.rooms import make_room

if TYPE_CHECKING:
    from pelican.plugins.news_digest.model import NewsItem

PAID = ProviderRecord(domain="post.example", name="The Post", access=Access.PAID, owner="Tide Ltd", country="no")


def views_of(item: NewsItem, *records: ProviderRecord, **values: Any) -> dict[str, Any]:
    """Return the views of all pages of a site of one item."""
    plans = map(made, plan_site(make_room([item], providers=records, **values)))
    return {plan.save_as: plan.view for plan in plans if isinstance(plan, PagePlan)}


@pytest.mark.parametrize(
    ("access", "record", "is_paid"),
    [
        (Access.UNKNOWN, None, False),
        (Access.PAID, None, True),
        (Access.UNKNOWN, PAID, True),
        (Access.FREE, PAID, False),
    ],
)
def test_an_items_own_word_stands_above_that_of_its_source(
    access: Access, record: ProviderRecord | None, *, is_paid: bool
):
    """It is marked, and machines are told of the report at the source; nothing is said where nothing is known."""
    view = views_of(make_item("a", access=access), *((record,) if record else ()))["news/a/index.html"]
    assert is_paid is view.story.is_paid
    page = json.loads(view.head.json_ld)["@graph"][0]
    assert page["citation"].get("isAccessibleForFree") is (False if is_paid else None)


def test_a_sources_page_says_what_its_record_declares():
    """A country of two letters is named in the site's language."""
    facts = views_of(make_item("a"), PAID, lang="de")["providers/post.example/index.html"].facts
    assert [("Owner", "Tide Ltd"), ("Country", "Norwegen"), ("Access", "For subscribers")] == [
        (fact.name, fact.value) for fact in facts
    ]


def test_recording_and_discussions_are_linked():
    """A discussion without a title is known by its host."""
    item = make_item(
        "a",
        audio=Recording(url="https://a.example/x.mp3", mime="audio/mpeg"),
        discussions=(Discussion(url="https://talk.example/1"), Discussion(url="https://b.example/2", title="Two")),
    )
    view = views_of(item)["news/a/index.html"]
    assert "https://a.example/x.mp3" == view.audio_url
    assert ["talk.example", "Two"] == [link.text for link in view.discussions]
    feeds = [plan for plan in map(made, plan_site(make_room([item]))) if isinstance(plan, FeedPlan)]
    enclosed = {entry.enclosure for feed in feeds for entry in feed.entries if entry.id.endswith("news/a")}
    assert {Enclosure(url="https://a.example/x.mp3", type="audio/mpeg")} == enclosed
