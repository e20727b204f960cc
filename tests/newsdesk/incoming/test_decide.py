"""Which entries become files, and what those say: without a disk, a network or a clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from pelican.plugins.news_digest.newsdesk.incoming.decide import DELETED, REPEATED, Moment, Plan, plan_feed
from pelican.plugins.news_digest.newsdesk.incoming.entries import Entry, Feed
from pelican.plugins.news_digest.newsdesk.incoming.identity import FileLinks, Known, entry_id
from pelican.plugins.news_digest.newsdesk.incoming.sources import Source

NOW = datetime(2026, 5, 3, 12, tzinfo=UTC)
AT = Moment(now=NOW, oldest=NOW - timedelta(days=14))
SOURCE = Source(feed="https://harbour.example/feed")


def entry(number: int = 1, *, hours: float = 1, **more: Any) -> Entry:
    """Return an entry that is *hours* old."""
    given = {
        "title": f"Ferry {number}",
        "link": f"https://harbour.example/{number}",
        "guid": f"g{number}",
        "published_s": int((NOW - timedelta(hours=hours)).timestamp()),
    }
    return Entry(**{**given, **more})


def feed(*entries: Entry, **more: Any) -> Feed:
    """Return a feed of *entries*."""
    return Feed(**{"title": "Harbour Radio", "site": "https://harbour.example/", "entries": entries, **more})


def plan(*entries: Entry, source: Source = SOURCE, known: Known | None = None, **more: Any) -> Plan:
    """Return what becomes of *entries*."""
    return plan_feed(feed(*entries, **more), source, known or Known({}), at=AT)


def values(*entries: Entry, source: Source = SOURCE, **more: Any) -> dict[str, Any]:
    """Return the front matter of the one file that is wanted."""
    [wanted] = plan(*entries, source=source, **more).wanted
    return wanted.values


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        ("2026-05-03T11:00:00Z", {}),
        ("2026-05-01T00:00:00Z", {"published_s": None, "updated_s": int(datetime(2026, 5, 1, tzinfo=UTC).timestamp())}),
        ("2026-05-03T12:00:00Z", {"published_s": None}),
        ("2026-05-03T12:00:00Z", {"published_s": int((NOW + timedelta(days=400)).timestamp())}),
    ],
)
def test_a_date_is_what_the_feed_says_else_now(expected: str, said: dict[str, Any]):
    """No date, and one that has not come yet, is the moment at which it was first seen."""
    assert expected == values(entry(**said))["publishedDateTime"]


def test_dates_that_were_made_up_are_counted():
    """For the table at the end."""
    ahead = int((NOW + timedelta(days=1)).timestamp())
    found = plan(entry(1, published_s=None), entry(2, published_s=ahead), entry(3, is_cut=True))
    assert {
        "without a date, dated now": 1,
        "with a date in the future, dated now": 1,
        "with a title too long, cut": 1,
    } == found.notes


def test_a_later_change_is_said():
    """Unless it lies within a minute, or in the future."""
    said = [(at, values(entry(updated_s=int(at.timestamp()))).get("updatedDateTime")) for at in (
        NOW - timedelta(minutes=59, seconds=30), NOW - timedelta(minutes=5), NOW + timedelta(minutes=5)
    )]  # fmt: skip
    assert [None, "2026-05-03T11:55:00Z", None] == [moment for _, moment in said]


@pytest.mark.parametrize(
    ("expected", "given", "more"),
    [
        ({"name": "Harbour Radio", "domain": "harbour.example"}, {}, {}),
        ({"name": "Harbour Radio", "domain": "news.harbour.example"}, {"link": "https://news.harbour.example/1"}, {}),
        ({"name": "quay.example", "domain": "quay.example"}, {"link": "https://www.quay.example/1"}, {}),
        (
            {"name": "Quay News", "domain": "quay.example"},
            {"link": "https://quay.example/1", "source_name": "Quay News", "source_link": "https://quay.example/feed"},
            {},
        ),
        (
            {"name": "Quay News", "domain": "quay.example"},
            {"source_name": "Quay News", "source_link": "https://quay.example/"},
            {},
        ),
        ({"name": "harbour.example", "domain": "harbour.example"}, {}, {"title": ""}),
    ],
)
def test_the_provider_is_who_published_it(expected: dict[str, str], given: dict[str, Any], more: dict[str, Any]):
    """A feed of its own site's items has its own name; of others' links, the host of each or whom it names."""
    assert expected == values(entry(**given), **more)["provider"]


def test_a_feed_that_a_service_hands_out_is_of_those_whom_it_links_to():
    """Where nearly all of it leads to one host, that is its own; the rest are others' links."""
    source = Source(feed="https://feeds.burner.example/harbour")
    entries = [entry(number) for number in range(4)] + [entry(9, link="https://quay.example/9")]
    found = plan(*entries, source=source, site="").wanted
    assert ["Harbour Radio"] * 4 + ["quay.example"] == [wanted.values["provider"]["name"] for wanted in found]


def test_a_source_adds_what_its_owner_says():
    """Topics, a title, a language where the entry has none."""
    source = msgspec.structs.replace(SOURCE, topics=("Harbour", "Sea"), title="Our radio", lang="de")
    found = values(entry(), source=source, lang="en")
    assert (["Harbour", "Sea"], "Our radio", "de") == (found["topics"], found["provider"]["name"], found["locale"])
    assert "fr" == values(entry(lang="fr"), source=source)["locale"]
    assert "en" == values(entry(), lang="en")["locale"]
    assert "locale" not in values(entry())


def test_a_video_is_a_video():
    """By where it leads."""
    assert "video" == values(entry(link="https://www.youtube.com/watch?v=abcdefghijk"))["type"]
    assert "article" == values(entry(link="https://www.youtube.com/channel/x"))["type"]


def test_the_newest_come_first_and_the_rest_is_over_the_limit():
    """Whatever the order of the feed; what a feed had too many of counts, too."""
    source = msgspec.structs.replace(SOURCE, limit=2)
    found = plan(entry(1, hours=9), entry(2, hours=1), entry(3, hours=5), source=source, left_out=7)
    assert ["Ferry 2", "Ferry 3"] == [wanted.values["title"] for wanted in found.wanted]
    assert {"over the limit": 8} == found.left_out


def test_what_was_deleted_stays_deleted():
    """By its link, or by its id where the link has changed."""
    ended = Known({}, ["harbour.example/1", entry_id(SOURCE.key, "g2")])
    found = plan(entry(1), entry(2, link="https://harbour.example/moved"), entry(3), known=ended)
    assert {DELETED: 2} == found.left_out
    assert ["Ferry 3"] == [wanted.values["title"] for wanted in found.wanted]


def test_what_is_there_is_brought_up_to_date_where_it_lies():
    """Known by its id, also when its link has changed."""
    there = Known({"news/mine.md": FileLinks(("harbour.example/old",), entry_id(SOURCE.key, "g1"))})
    assert ["news/mine.md"] == [wanted.path for wanted in plan(entry(1), known=there).wanted]


def test_one_link_is_one_item_in_one_feed_and_in_two():
    """The first one that comes."""
    known = Known({})
    found = plan(entry(1), entry(2, link="http://www.harbour.example/1/?utm_source=x"), known=known)
    assert {REPEATED: 1} == found.left_out
    other = plan(entry(1, guid="x"), source=Source(feed="https://quay.example/feed"), known=known)
    assert [True] == [bool(wanted.path) for wanted in other.wanted]


def test_a_guid_that_many_entries_share_tells_nothing():
    """Then their links do."""
    found = plan(entry(1, guid="same"), entry(2, guid="same"), entry(3, guid=""), entry(4, guid=""))
    assert 4 == len(found.wanted)
    assert 4 == len({wanted.links.id for wanted in found.wanted})
