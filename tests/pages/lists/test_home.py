"""The front page: how many stories stand where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pelican.plugins.news_digest.model import Curated, NewsItem
from pelican.plugins.news_digest.pages.lists.home import plan_home
from pelican.plugins.news_digest.setting.values import FrontPage
from tests.builders import make_date, make_item, make_link, make_topic
from tests.pages.rooms import make_room

if TYPE_CHECKING:
    from pelican.plugins.news_digest.pages.views.story import HomeView


def home_of(items: Sequence[NewsItem], **values: Any) -> HomeView:
    """Return the front page of *items*."""
    return plan_home(make_room(items, **values)).view


def stories(count: int, **values: Any) -> list[NewsItem]:
    """Return *count* stories of one day, hottest first, about nine topics in turn."""
    return [
        make_item(f"s-{number:03}", heat=1000 - number, topics=(f"Topic {number % 9}",), **values)
        for number in range(count)
    ]


def headlines(view: HomeView) -> list[str]:
    """Return the slugs of all stories that stand on the page once."""
    found = [view.lead] if view.lead else []
    found += [*view.top, *view.latest]
    found += [story for section in view.sections for story in section.stories]
    found += [story for group in view.earlier for story in group.stories]
    return [story.slug for story in found]


def test_no_story_makes_a_page_all_the_same():
    """An empty site has a front page that says so."""
    view = home_of([])
    assert (0, None, (), ()) == (view.story_count, view.lead, view.top, view.earlier)
    assert view.updated is None


def test_one_story_leads_and_earlier_days_follow():
    """A single story is the lead; nothing else stands between it and the days before."""
    view = home_of([*stories(1), make_item("old", date="2026-04-01")])
    assert view.lead is not None
    assert ("s-000", (), ()) == (view.lead.slug, view.top, view.sections)
    assert [["old"]] == [[story.slug for story in group.stories] for group in view.earlier]


@pytest.mark.parametrize("count", [2, 3, 4])
def test_two_to_four_stories_are_a_lead_and_a_list(count: int):
    """A calm day looks calm: a lead, a list, no columns."""
    view = home_of(stories(count))
    assert view.lead is not None
    assert (count - 1, ()) == (len(view.top), view.sections)


@pytest.mark.parametrize("count", [5, 7])
def test_five_to_seven_stories_are_a_lead_and_top_stories(count: int):
    """Up to six stories stand below the lead."""
    view = home_of(stories(count))
    assert view.lead is not None
    assert (count - 1, ()) == (len(view.top), view.sections)


def test_newest_stories_below_the_top_stand_beside_it():
    """The side column shows what is new, and all of it where that is little."""
    view = home_of([*stories(9), make_item("new", date="2026-05-02", heat=1)])
    assert (6, ["new", "s-007", "s-008"]) == (len(view.top), [story.slug for story in view.latest])
    assert view.sections == ()


def test_twelfth_story_is_a_line_under_its_topic():
    """What fits neither at the top nor beside it becomes a headline in a column."""
    view = home_of(stories(12))
    assert (6, ["s-011"]) == (len(view.top), [story.slug for s in view.sections for story in s.stories])
    assert ["Topic 2"] == [section.topic.text for section in view.sections]


def test_most_covered_story_does_not_stand_beside_itself():
    """A story that is among the most covered is no news in the next block; it stays under its topic."""
    covered = make_item("covered", date="2026-05-02", heat=1, topics=("Harbour",), related=(make_link("x"),))
    view = home_of([*stories(12), covered])
    assert ["covered"] == [story.slug for story in view.most_covered]
    assert "covered" not in [story.slug for story in view.latest]
    assert "covered" in headlines(view)


def test_columns_hold_five_headlines_each_and_say_how_many_there_are():
    """A busy topic does not fill the page."""
    view = home_of([make_item(f"s-{n:02}", heat=100 - n, topics=("Busy",)) for n in range(20)])
    (section,) = view.sections
    assert (5, 20) == (len(section.stories), section.total)


@pytest.mark.parametrize("count", [60, 61, 200])
def test_front_page_never_has_more_than_sixty_headlines(count: int):
    """However much happens, the page ends, earlier days included."""
    old = [make_item(f"old-{n:02}", date=f"2026-04-{n + 1:02}") for n in range(20)]
    busy = [make_item(f"b-{n:03}", heat=1000 - n, topics=(f"Topic {n % 30}",)) for n in range(count)]
    assert len(headlines(home_of([*busy, *old]))) <= 60


def test_front_page_without_a_lead_never_has_more_than_sixty_headlines():
    """The plain layout has the same limit."""
    busy = [make_item(f"b-{n:03}", heat=100, topics=(f"Topic {n % 30}",)) for n in range(200)]
    hot = [make_item(f"h-{n:03}", heat=9999, date="2026-03-01") for n in range(20)]
    view = home_of([*busy, *hot])
    assert view.lead is None
    assert len(headlines(view)) <= 60


def test_lead_must_be_in_the_top_band():
    """Without a story that is big for this site the page is a plain list."""
    hot = [make_item(f"h-{n:02}", heat=500, date="2026-02-01") for n in range(30)]
    calm = [make_item(f"c-{n:02}", heat=80, date="2026-05-01") for n in range(6)]
    view = home_of([*hot, *calm])
    assert view.lead is None
    assert 6 == len(view.top)


def test_story_in_the_top_band_leads():
    """A story that is big for this site stands alone at the top."""
    old = [make_item(f"o-{n:02}", heat=80, date="2026-02-01") for n in range(30)]
    calm = [make_item(f"c-{n:02}", heat=80, date="2026-05-01") for n in range(6)]
    view = home_of([*old, *calm, make_item("big", heat=900, date="2026-05-01")])
    assert view.lead is not None
    assert "big" == view.lead.slug


def test_a_pinned_story_leads_whatever_its_heat():
    """A person's word stands above the formula and above the band; a week later it is old news like any other."""
    cold = make_item("cold", heat=1, date="2026-05-01T07:00", curated=Curated(pin=True))
    view = home_of([*stories(40), cold])
    assert view.lead is not None
    assert "cold" == view.lead.slug
    assert "s-000" == view.top[0].slug
    late = home_of([*stories(40, date="2026-05-12"), cold])
    assert late.lead is None or "cold" != late.lead.slug


def test_few_stories_have_a_lead_whatever_their_band():
    """Of up to four stories the best one leads."""
    hot = [make_item(f"h-{n:02}", heat=500, date="2026-02-01") for n in range(30)]
    view = home_of([*hot, make_item("a", heat=71), make_item("b", heat=70)])
    assert view.lead is not None
    assert "a" == view.lead.slug


def test_stories_are_ranked_by_score():
    """Heat and age decide together: a big story of yesterday stands above a small one of today."""
    items = [
        make_item("small", heat=106, date="2026-05-03T12:00"),
        make_item("big", heat=3694, date="2026-05-01T12:00"),
        make_item("faded", heat=3694, date="2026-04-30T12:00"),
    ]
    assert ["big", "small", "faded"] == headlines(home_of(items))


def test_window_is_the_week_before_the_newest_item():
    """What is older than seven days is earlier news."""
    items = [
        make_item("now", date="2026-05-08T08:00"),
        make_item("week", date="2026-05-01T08:00"),
        make_item("older", date="2026-05-01T07:59"),
    ]
    view = home_of(items)
    assert 2 == view.story_count
    assert [["older"]] == [[story.slug for story in group.stories] for group in view.earlier]


def test_item_after_the_reference_time_waits():
    """What the site's clock has not reached yet is no news of this week."""
    view = home_of([make_item("later", date="2026-05-09"), make_item("a")], now=make_date("2026-05-02"))
    assert ["a"] == headlines(view)


def test_earlier_days_are_six_with_three_headlines_each():
    """Six days with items, the best three of each, days without items skipped."""
    days = [make_item(f"d{day:02}-{n}", heat=n, date=f"2026-04-{day:02}") for day in range(1, 20, 2) for n in range(5)]
    view = home_of([make_item("now", date="2026-05-01"), *days])
    assert ["2026-04-19", "2026-04-17", "2026-04-15", "2026-04-13", "2026-04-11", "2026-04-09"] == [
        group.iso for group in view.earlier
    ]
    assert {("4", "3", "2")} == {tuple(story.slug[-1] for story in group.stories) for group in view.earlier}


def test_members_of_a_shown_story_are_not_shown_again():
    """Two reports of one story are one headline."""
    items = [
        make_item("lead", heat=200, related=(make_link("member"),)),
        make_item("member", heat=90, related=(make_link("lead"),)),
        make_item("other", heat=80),
    ]
    view = home_of(items)
    assert ["lead", "other"] == headlines(view)
    assert 2 == view.story_count


def test_story_of_this_week_is_not_repeated_among_earlier_days():
    """An older report of this week's story is no headline below."""
    items = [
        make_item("lead", heat=200, related=(make_link("before"),)),
        make_item("before", heat=90, date="2026-04-10", related=(make_link("lead"),)),
    ]
    assert ["lead"] == headlines(home_of(items))


def test_most_covered_stories_have_coverage():
    """Five stories with most reports; one that nobody else covered is not among them."""
    items = [
        make_item(f"s{n}", related=tuple(make_link(f"x{n}-{m}") for m in range(n)), url=f"https://s.example/{n}")
        for n in range(8)
    ]
    assert ["s7", "s6", "s5", "s4", "s3"] == [story.slug for story in home_of(items).most_covered]


def test_date_line_counts_stories_and_sources():
    """The page says how many stories from how many sources, and when it was updated."""
    view = home_of(stories(3))
    assert (3, 1) == (view.story_count, view.provider_count)
    assert view.updated is not None
    assert "2026-05-01T08:00:00Z" == view.updated.iso


def test_subject_of_the_whole_site_is_no_topic_to_choose():
    """Where one topic holds nearly everything, its children are offered instead."""
    items = [make_item(slug, topics=("Azure", name)) for slug, name in (("a", "Security"), ("b", "Data"))]
    records = [make_topic("Azure"), make_topic("Security", parent="Azure"), make_topic("Data", parent="Azure")]
    assert ["Data", "Security"] == [node.name for node in home_of(items, topics=records).topics]


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        ((5, 4, 0, 0, 0), {"stories": 5}),
        ((1, 0, 0, 0, 0), {"stories": 1}),
        ((9, 6, 2, 0, 0), {"stories": 9}),
        ((13, 6, 4, 2, 0), {"stories": 13}),
        ((60, 6, 4, 18, 31), {}),
        ((12, 2, 0, 9, 0), {"stories": 12, "top": 2, "latest": 0, "days": 3}),
        ((11, 6, 4, 0, 0), {"days": 0, "topic": 0}),
        ((29, 6, 4, 18, 0), {"topic": 0}),
    ],
)
def test_owner_says_how_many_stories_stand_where(expected: tuple[int, ...], said: dict[str, int]):
    """The page is filled from the top, and ends where it is full; 0 leaves a part out."""
    old = [make_item(f"o-{n:02}", date=f"2026-04-{n // 4 + 1:02}", topics=("Topic 1",)) for n in range(40)]
    front = FrontPage(**said)
    view = home_of([*stories(70), *old], front=front)
    earlier = sum(len(group.stories) for group in view.earlier)
    in_topics = len(headlines(view)) - bool(view.lead) - len(view.top) - len(view.latest) - earlier
    assert expected[1:4] == (len(view.top), len(view.latest), earlier)
    assert in_topics <= expected[4]
    assert len(headlines(view)) <= front.stories
    assert (110 if not view.earlier else 0) == view.all_count


def test_most_covered_are_of_those_that_the_page_may_show():
    """A front page of three stories names no fourth."""
    items = [
        make_item(
            f"s{n}", heat=n, related=tuple(make_link(f"x{n}-{m}") for m in range(n)), url=f"https://s.example/{n}"
        )
        for n in range(8)
    ]
    assert ["s7", "s6", "s5"] == [story.slug for story in home_of(items, front=FrontPage(stories=3)).most_covered]
    assert () == home_of(items, front=FrontPage(covered=0)).most_covered


LINKS = st.lists(st.integers(0, 14), max_size=4)


@settings(max_examples=60, deadline=None)
@given(edges=st.lists(LINKS, max_size=15), heats=st.lists(st.integers(0, 500), min_size=15, max_size=15))
def test_no_headline_stands_twice_and_none_is_another_report_of_one_above(edges: list[list[int]], heats: list[int]):
    """Whatever the files link to, no item is repeated, and no story has two headlines."""
    mutual = {(a, b) for a, found in enumerate(edges) for b in found if a != b and b < len(edges)}
    mutual |= {(b, a) for a, b in mutual}
    items = [
        make_item(
            f"s{n}",
            heat=heats[n],
            date=f"2026-05-{n + 1:02}",
            topics=("T",),
            related=tuple(make_link(f"s{b}") for a, b in sorted(mutual) if a == n),
        )
        for n in range(len(edges))
    ]
    found = headlines(home_of(items))
    assert len(found) == len(set(found))
    assert not [(a, b) for a, b in mutual if {f"s{a}", f"s{b}"} <= set(found)]
