"""What pages and feeds show of what a file declares: a mark, a recording, discussions."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from pelican.plugins.news_digest.model import (
    Access,
    Discussion,
    ItemType,
    NewsItem,
    ProviderRecord,
    Recording,
    VideoRef,
)
from pelican.plugins.news_digest.pages.everything import plan_site
from pelican.plugins.news_digest.pages.plans import Enclosure, FeedPlan, PagePlan, Promise, made
from tests.builders import make_item
from tests.pages.rooms import make_room

NOW = datetime(2026, 5, 3, 12, tzinfo=UTC)
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


def day_before(days: int) -> str:
    """Return the moment *days* before the reference time, as an item's date."""
    return f"{NOW - timedelta(days=days):%Y-%m-%dT%H:%M}"


@pytest.mark.parametrize(
    ("days", "age_days", "dead", "is_offered"),
    [(0, 9999, False, False), (30, 30, False, False), (30, 31, False, True), (0, 1, True, True), (30, 1, NOW, True)],
)
def test_an_old_or_dead_report_is_offered_as_a_copy(
    days: int, age_days: int, *, dead: datetime | bool, is_offered: bool
):
    """The copy nearest to its date, in the archive's own time; age is counted from the build's reference time."""
    old = make_item("a", dead=dead, date=day_before(age_days), url="https://post.example/x?y=z")
    view = views_of(old, now=NOW, archived_after_days=days)["news/a/index.html"]
    moment = f"{old.date:%Y%m%d%H%M%S}"
    assert view.archived_url == (f"https://web.archive.org/web/{moment}/https://post.example/x?y=z" * is_offered)
    assert view.is_dead is bool(dead)


def test_a_copy_that_comes_with_age_is_a_fact_of_the_page():
    """Else an incremental build would not notice that it came of age."""
    item = make_item("a", date=day_before(10))

    def facts(now: datetime, days: int) -> bytes:
        room = make_room([item], now=now, archived_after_days=days)
        promises = (plan for plan in plan_site(room) if isinstance(plan, Promise))
        return next(promise.facts() for promise in promises if promise.save_as == "news/a/index.html")

    later = NOW + timedelta(days=30)
    assert facts(NOW, 30) != facts(later, 30)
    assert facts(NOW, 0) == facts(later, 0)


def test_nothing_is_offered_of_a_text_of_the_sites_own():
    """It has no way out; a video's is where it can be watched."""
    assert not views_of(make_item("a", url="", dead=True))["news/a/index.html"].archived_url
    video = make_item(
        "a", url="", type=ItemType.VIDEO, video=VideoRef(host="www.youtube.com", id="dQw4w9WgXcQ"), dead=True
    )
    assert views_of(video)["news/a/index.html"].archived_url.endswith("/https://www.youtube.com/watch?v=dQw4w9WgXcQ")


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
