"""The feeds of a story."""

from __future__ import annotations

import msgspec
import pytest

from pelican.plugins.news_digest.model import Correction, Status
from pelican.plugins.news_digest.output.documents.feed import render_feed
from pelican.plugins.news_digest.pages.plans import FeedFormat, FeedPlan, made
from pelican.plugins.news_digest.pages.stories.entries import plan_story_feeds
from tests.builders import make_date, make_link
from tests.pages.rooms import make_room
from tests.pages.stories.telling import record, report

REPORTS = (
    report("a", "2026-05-01T08:00", related=(make_link("x", date="2026-05-02", title="<X> & co"),)),
    report("b", "2026-05-03T09:30", source="radio.example", status=Status.UNPUBLISHED, excerpt="Why <b>."),
)


def feeds(**values: object) -> dict[str, FeedPlan]:
    """Return the feeds of one story, by their file."""
    found = {plan.save_as: made(plan) for plan in plan_story_feeds(make_room(REPORTS, **values))}
    assert all(isinstance(plan, FeedPlan) for plan in found.values())
    return found  # type: ignore[return-value]


@pytest.mark.parametrize("ending", ["feed.atom.xml", "feed.json"])
def test_every_report_is_an_entry_newest_first(ending: str):
    """Those with a page, those without, and those that the archive does not have; each with an id of its own."""
    plan = feeds()[f"stories/bridge/{ending}"]
    assert ["Title of b", "<X> & co", "Title of a"] == [entry.title for entry in plan.entries]
    assert 3 == len({entry.id for entry in plan.entries})
    assert ("2026-05-03T09:30:00Z", "https://tiny.example/stories/bridge/") == (plan.updated, plan.home_url)


def test_feeds_are_whole_documents():
    """What strangers wrote is escaped in both."""
    found = feeds()
    atom = render_feed(found["stories/bridge/feed.atom.xml"]).decode()
    assert "&lt;X&gt; &amp; co" in atom
    document = msgspec.json.decode(render_feed(found["stories/bridge/feed.json"]))
    assert "Why &lt;b&gt;." in document["items"][0]["content_html"]


def test_correction_of_the_owners_words_is_an_update():
    """The feed is as new as what was put right last."""
    said = record(corrections=(Correction(date=make_date("2026-05-09"), text="Not."),))
    assert {"2026-05-09T00:00:00Z"} == {plan.updated for plan in feeds(stories=[said]).values()}


def test_both_formats_exist():
    """Atom, and JSON Feed."""
    assert {FeedFormat.ATOM, FeedFormat.JSON} == {plan.format for plan in feeds().values()}
