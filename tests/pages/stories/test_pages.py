"""The page of a story: every report once, in the order in which they came."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pelican.plugins.news_digest.model import Correction, NewsItem, Status
from pelican.plugins.news_digest.pages.items.cards import Cards
from pelican.plugins.news_digest.pages.stories import pages
from pelican.plugins.news_digest.pages.stories.pages import plan_stories
from tests.builders import make_date, make_item, make_link, make_topic
from tests.pages.rooms import make_room
from tests.pages.stories.telling import record, report, story_page, story_pages

if TYPE_CHECKING:
    from pelican.plugins.news_digest.pages.views.stories import StoryPageView

TWO = (report("a", "2026-05-01T08:00", heat=50), report("b", "2026-05-03T09:30", heat=80, source="radio.example"))


def titles(view: StoryPageView) -> list[str]:
    """Return the headlines of the timeline."""
    return [item.title for day in view.days for item in day.reports]


def schema_of(view: StoryPageView) -> dict[str, Any]:
    """Return what the page says of itself to machines."""
    found: dict[str, Any] = json.loads(view.head.json_ld)["@graph"][0]
    return found


def test_page_lies_at_the_storys_own_name():
    """Whoever leads it, the address is that of the story."""
    assert ["stories/bridge/"] == list(story_pages(TWO))


def test_headline_is_the_leaders_unless_the_owner_has_one():
    """The hottest report gives the title; a record's goes before it."""
    assert story_page(TWO).heading == "Title of b"
    assert story_page(TWO, stories=[record(title="The bridge")]).heading == "The bridge"


def test_reports_stand_by_day_oldest_first():
    """Each day has its reports; a long pause is said."""
    late = report("c", "2026-05-09T07:00")
    view = story_page([late, *TWO])
    assert ["2026-05-01", "2026-05-03", "2026-05-09"] == [day.iso for day in view.days]
    assert ["Title of a", "Title of b", "Title of c"] == titles(view)
    assert [0, 0, 6] == [day.pause for day in view.days]


def test_first_report_of_each_source_is_marked():
    """Once for each source, and not for reports of nobody knows whom."""
    again = report("c", "2026-05-04T07:00")
    nobody = make_item("d", date="2026-05-05", story="bridge", provider=None, url="")
    view = story_page([*TWO, again, nobody])
    assert [True, True, False, False] == [item.is_first for day in view.days for item in day.reports]
    assert [("Name of post.example", 2), ("Name of radio.example", 1)] == [
        (found.source.name, found.count) for found in view.sources
    ]


def test_counts_and_ends_are_those_of_the_reports():
    """How many from how many sources, when it began and when it was last reported."""
    view = story_page(TWO)
    assert view.first is not None
    assert view.last is not None
    assert (2, 2, "2026-05-01T08:00:00Z", "2026-05-03T09:30:00Z") == (
        view.report_count,
        view.source_count,
        view.first.iso,
        view.last.iso,
    )


def test_report_without_a_page_leads_out_and_one_with_a_page_both_ways():
    """A headline leads to the page here where there is one; the way out stands beside it."""
    hidden = report("c", "2026-05-04", status=Status.UNPUBLISHED)
    first, _, third = [item for day in story_page([*TWO, hidden]).days for item in day.reports]
    assert ("news/a/", False, "https://a.example/story/") == (first.href, first.is_external, first.source_url)
    assert ("https://c.example/story/", True) == (third.href, third.is_external)


def test_reports_that_only_a_list_names_are_told_too():
    """A link to what the archive does not have is a report; two files that name it name one."""
    link = make_link("elsewhere", date="2026-05-02T10:00")
    items = [report("a", "2026-05-01", related=(link,)), report("b", "2026-05-03", related=(link,))]
    view = story_page(items)
    assert ["Title of a", "Title of elsewhere", "Title of b"] == titles(view)
    assert 3 == view.report_count


def test_report_without_a_date_stands_last():
    """It belongs to no day."""
    items = [report("a", "2026-05-01", related=(make_link("x", date="2026-05-01"),)), report("b", "2026-05-03")]
    undated = [
        report(
            "a", "2026-05-01", related=(make_link("x").__class__(url="https://x.example/", key="x.example", title="X"),)
        ),
        report("b", "2026-05-03"),
    ]
    assert story_page(items).days[-1].iso == "2026-05-03"
    view = story_page(undated)
    assert ("", "X") == (view.days[-1].heading, view.days[-1].reports[0].title)


def test_removed_reports_are_nowhere():
    """What is removed is no report."""
    gone = report("gone", "2026-05-02", status=Status.REMOVED)
    assert "Title of gone" not in titles(story_page([*TWO, gone]))


def test_report_ahead_of_the_clock_waits():
    """It is no report before its time."""
    ahead = report("ahead", "2027-05-02")
    view = story_page([*TWO, ahead], clock=make_date("2026-05-04"))
    assert ["Title of a", "Title of b"] == titles(view)


def test_owners_words_and_corrections_stand_above_the_reports():
    """Body, excerpt and what was put right; nothing of it for a story without a record."""
    said = record(
        excerpt="What it is about.",
        body="<p>First.</p>",
        corrections=(Correction(date=make_date("2026-05-05"), text="Not."),),
    )
    view = story_page(TWO, stories=[said])
    assert ("What it is about.", "<p>First.</p>", ["Not."]) == (
        view.excerpt,
        view.body,
        [c.text for c in view.corrections],
    )
    assert view.updated is not None
    assert "2026-05-05T00:00:00Z" == schema_of(view)["dateModified"]
    bare = story_page(TWO)
    assert ("", (), None) == (bare.body, bare.corrections, bare.updated)


def test_machines_are_told_of_a_collection_and_never_of_an_article_of_ours():
    """``Collection`` with its parts; what strangers wrote cannot end the script."""
    evil = report("evil", "2026-05-02", title="</script><b>")
    view = story_page([*TWO, evil])
    schema = schema_of(view)
    assert ("Collection", 3) == (schema["@type"], schema["collectionSize"])
    assert ["https://a.example/story/", "https://evil.example/story/", "https://b.example/story/"] == [
        part["url"] for part in schema["hasPart"]
    ]
    assert "</script>" not in view.head.json_ld
    assert "NewsArticle" not in view.head.json_ld


def test_very_many_reports_are_counted_and_the_newest_shown(monkeypatch: pytest.MonkeyPatch):
    """A page ends; how many it leaves out is said."""
    monkeypatch.setattr(pages, "MOST_REPORTS", 3)
    view = story_page([report(f"r{n}", f"2026-05-0{n}") for n in range(1, 6)])
    assert (["Title of r3", "Title of r4", "Title of r5"], 2, 5) == (titles(view), view.hidden_count, view.report_count)


@pytest.mark.parametrize(("count", "expected"), [(3, []), (4, ["Title of r3"])])
def test_of_many_reports_a_link_leads_to_the_newest(monkeypatch: pytest.MonkeyPatch, count: int, expected: list[str]):
    """To the last one with a date; a page that is short has no such link."""
    monkeypatch.setattr(pages, "LONG_REPORTS", 3)
    undated = make_link("x").__class__(url="https://x.example/", key="x.example", title="X")
    dated = [report(f"r{n}", f"2026-05-0{n}", related=(undated,) if n == 1 else ()) for n in range(1, count)]
    view = story_page(dated)
    assert expected == [item.title for day in view.days for item in day.reports if item.is_newest]
    assert bool(expected) == view.is_long
    assert "X" == view.days[-1].reports[-1].title


def test_stories_alike_stand_before_and_after():
    """By words of the headlines: what began earlier and what began later."""
    words = "otters bridge kittiwake"
    old = [report(f"o{n}", f"2026-04-0{n}", story="old", title=f"{words} early") for n in (1, 2)]
    now = [report(f"n{n}", f"2026-05-0{n}", story="now", title=f"{words} now") for n in (1, 2)]
    new = [report(f"l{n}", f"2026-06-0{n}", story="late", title=f"{words} late") for n in (1, 2)]
    other = [report(f"x{n}", f"2026-05-0{n}", story=f"x{n % 3}", title=f"something {n}") for n in range(1, 7)]
    view = story_pages([*old, *now, *new, *other])["stories/now/"]
    assert (["stories/old/"], ["stories/late/"]) == ([r.href for r in view.before], [r.href for r in view.after])


def test_topics_are_those_of_the_reports():
    """Fullest first, each once."""
    items = [report("a", "2026-05-01", topics=("Trams", "Food")), report("b", "2026-05-02", topics=("Food",))]
    view = story_page(items, topics=[make_topic("Trams"), make_topic("Food"), make_topic("Root")])
    assert {"Food", "Trams"} >= {link.text for link in view.topics}


@given(st.permutations(range(6)))
def test_order_of_files_does_not_matter(order: list[int]):
    """The same reports give the same page, whoever is read first."""
    items = [report(f"r{n}", f"2026-05-0{n % 3 + 1}", source=f"s{n % 2}.example") for n in range(6)]
    assert story_page(items) == story_page([items[n] for n in order])


def facts_of(items: list[NewsItem], **values: Any) -> bytes:
    """Return the facts of the one story of *items*."""
    room = make_room(items, **values)
    (promise,) = plan_stories(room, Cards(room))
    return promise.facts()


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Another"},
        {"url": "https://elsewhere.example/"},
        {"date": make_date("2026-05-01T09:00")},
        {"lang": "ar"},
        {"status": Status.UNPUBLISHED},
        {"related": (make_link("new"),)},
        {"heat": 999},
    ],
)
def test_what_a_page_shows_of_a_report_is_in_its_facts(change: dict[str, Any]):
    """An edit that changes the page changes what it is known again by."""
    items = list(TWO)
    values: dict[str, Any] = {"slug": "a", "date": "2026-05-01T08:00", "heat": 50, **change}
    date = values.pop("date")
    text = date if isinstance(date, str) else date.strftime("%Y-%m-%dT%H:%M")
    edited = [report(values.pop("slug"), text, **values), items[1]]
    assert story_page(items) != story_page(edited)
    assert facts_of(items) != facts_of(edited)
