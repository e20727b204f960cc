"""The archive: days, weeks, months, years, and the same day in other years."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pelican.plugins.news_digest.pages.addresses import week_name
from pelican.plugins.news_digest.pages.archive.years import plan_archive
from pelican.plugins.news_digest.pages.dates import choose_locale
from pelican.plugins.news_digest.pages.items.cards import Cards
from pelican.plugins.news_digest.pages.plans import made
from tests.builders import make_date, make_item, make_link, make_provider_ref, make_topic
from tests.pages.rooms import make_room

if TYPE_CHECKING:
    from pelican.plugins.news_digest.model import NewsItem
    from pelican.plugins.news_digest.pages.views.archive import DayView


def pages_of(items: Sequence[NewsItem], **values: Any) -> dict[str, Any]:
    """Return the views of the archive of *items* by their addresses."""
    room = make_room(items, **values)
    return {plan.view.head.address: plan.view for plan in map(made, plan_archive(room, cards=Cards(room)))}


def slugs_on(view: DayView) -> list[str]:
    """Return the slugs of all items on a day's page, top to bottom."""
    lead = (view.lead,) if view.lead else ()
    return [story.slug for story in (*lead, *view.top, *view.rest, *view.further)]


def on(*days: str) -> list[NewsItem]:
    """Return one item for each of *days*, named after it."""
    return [make_item(day, date=day) for day in days]


def test_day_has_a_page_only_when_it_has_items():
    """Addresses are those of days, weeks, months and years that have something to show."""
    assert {
        "archive/", "2026/", "2026/05/", "2026/05/01/", "2026/05/03/", "2026/w18/",
    } == pages_of(on("2026-05-01", "2026-05-03")).keys()  # fmt: skip


def test_site_without_items_has_an_archive_all_the_same():
    """The way in the masthead leads somewhere; there is no day whose like could be looked for."""
    pages = pages_of([])
    assert ["archive/"] == list(pages)
    assert (0, 0, None, (), None) == (
        pages["archive/"].count,
        pages["archive/"].day_count,
        pages["archive/"].since,
        pages["archive/"].years,
        pages["archive/"].same_day,
    )


def test_day_belongs_to_the_sites_zone():
    """What was late evening in London was another day in Tokyo."""
    assert "2026/05/02/" in pages_of([make_item(date="2026-05-01T20:00")], zone="Asia/Tokyo")


def test_neighbours_of_a_day_skip_empty_days():
    """Previous and next lead to days with items, however far away, and say how many."""
    view = pages_of(on("2026-05-03", "2026-04-01", "2019-12-31"))["2026/04/01/"]
    assert (("2019/12/31/", 1), ("2026/05/03/", 1)) == (
        (view.older.href, view.older.count),
        (view.newer.href, view.newer.count),
    )


@pytest.mark.parametrize(
    ("older", "address", "newer"),
    [("2019/12/", "2026/04/", "2026/05/"), ("2020/w01/", "2026/w14/", "2026/w18/"), ("2019/", "2026/", "")],
)
def test_neighbours_of_longer_times_skip_empty_ones(older: str, address: str, newer: str):
    """Weeks, months and years do as days do."""
    view = pages_of(on("2026-05-03", "2026-04-01", "2019-12-31"))[address]
    assert (older, newer) == (view.older.href, view.newer.href if view.newer else "")


def test_stories_of_a_day_are_ranked():
    """The hottest leads; an item of the evening does not outrank a big story of the morning."""
    items = [
        make_item("small", date="2026-05-01T22:00", heat=80),
        make_item("big", date="2026-05-01T06:00", heat=900),
    ]
    assert ["big", "small"] == slugs_on(pages_of(items)["2026/05/01/"])


def test_story_has_one_headline_and_its_further_reports_follow():
    """Two reports of one story: one headline, and the other below; the count is that of the calendar."""
    items = [
        make_item("member", heat=90, related=(make_link("lead"),)),
        make_item("lead", heat=200, related=(make_link("member"),)),
        make_item("other", heat=100, provider=make_provider_ref("b.example", "B")),
    ]
    view = pages_of(items)["2026/05/01/"]
    assert ["lead", "other", "member"] == slugs_on(view)
    assert ["member"] == [story.slug for story in view.further]
    assert (3, 2) == (view.count, view.provider_count)
    assert [("The Post", 2), ("B", 1)] == [(link.text, link.count) for link in view.sources]


def test_page_of_a_day_does_not_change_with_the_reference_time():
    """A day that is over keeps its page when news come in elsewhere; its bands are those of a year, not of a moment."""
    items = [make_item(f"a{n}", date=f"2026-05-01T{n:02}:00", heat=10 * n) for n in range(20)]
    before = pages_of(items, now=make_date("2026-05-02"))["2026/05/01/"]
    assert before == pages_of(items, now=make_date("2026-05-20"))["2026/05/01/"]


@settings(max_examples=60, deadline=None)
@given(
    days=st.lists(st.dates(date(2018, 12, 20), date(2021, 1, 10)), max_size=25),
    edges=st.lists(st.lists(st.integers(0, 24), max_size=3), max_size=25),
)
def test_every_item_stands_on_exactly_one_day(days: list[date], edges: list[list[int]]):
    """Whatever links to what, days together hold every listed item once, and calendars count the same."""
    items = [
        make_item(
            f"s{n}",
            date=day.isoformat(),
            heat=n,
            related=tuple(make_link(f"s{m}") for m in (edges[n] if n < len(edges) else [])),
        )
        for n, day in enumerate(days)
    ]
    room = make_room(items)
    pages = {plan.view.head.address: plan.view for plan in map(made, plan_archive(room, cards=Cards(room)))}
    found = [slug for address, view in pages.items() if address.count("/") == 3 for slug in slugs_on(view)]
    assert sorted(item.slug for item in room.catalogue.listed) == sorted(found)
    assert len(items) == pages["archive/"].count == sum(year.count for year in pages["archive/"].years)
    for year in pages["archive/"].years:
        view = pages[year.href]
        assert year.count == view.count == sum(month.count for month in view.months)
        assert year.count == sum(d.count for c in view.calendars for row in c.rows for d in row if d)
    assert all(link.href in pages for view in pages.values() for link in ways_from(view))


def ways_from(view: Any) -> list[Any]:
    """Return every link of a page of the archive to another one."""
    links = [*view.breadcrumbs, getattr(view, "older", None), getattr(view, "newer", None), getattr(view, "week", None)]
    links += [*getattr(view, "days", ()), *getattr(view, "months", ()), *getattr(view, "weeks", ())]
    calendars = [*getattr(view, "calendars", ()), *([view.calendar] if hasattr(view, "calendar") else [])]
    links += [*calendars, *(day for calendar in calendars for row in calendar.rows for day in row)]
    links += [month for year in getattr(view, "years", ()) for month in (year, *year.months)]
    return [link for link in links if link is not None and link.href]


def test_week_at_the_turn_of_the_year_has_one_page():
    """The first of January 2021 is in week 53 of 2020, and its page leads up to a year that exists."""
    pages = pages_of(on("2021-01-01"))
    assert "2020/w53/" in pages
    assert "2020/" not in pages
    assert ["archive/", "2021/"] == [crumb.href for crumb in pages["2020/w53/"].breadcrumbs]
    assert "2020/w53/" == pages["2021/01/01/"].week.href


def test_week_has_seven_days_five_big_stories_and_the_rest_by_topic():
    """Days without items are no links; stories without a topic stand last."""
    items = [make_item(f"s{n}", heat=1000 - n, topics=("Busy",) if n < 20 else ()) for n in range(22)]
    view = pages_of(items)["2026/w18/"]
    assert ["", "", "", "", "2026/05/01/", "", ""] == [day.href for day in view.days]
    assert ["Mon", "27"] == [view.days[0].name, view.days[0].text]
    assert ["s0", "s1", "s2", "s3", "s4"] == [story.slug for story in (view.lead, *view.top)]
    assert [("Busy", 15, 8), ("", 2, 2)] == [(s.topic.text, s.total, len(s.stories)) for s in view.sections]


def test_month_is_a_calendar_with_the_best_of_it():
    """Ten hottest stories, its weeks, its topics; rows begin as the language of the site says."""
    items = [make_item(f"s{n:02}", date=f"2026-02-{n + 1:02}", heat=n, topics=("Trams",)) for n in range(12)]
    view = pages_of(items, topics=[make_topic("City"), make_topic("Trams", parent="City")])["2026/02/"]
    assert 10 == len(view.hottest)
    assert "s11" == view.hottest[0].slug
    assert ["2026/w05/", "2026/w06/", "2026/w07/"] == [week.href for week in view.weeks]
    assert [("Trams", 12)] == [(topic.text, topic.count) for topic in view.topics]
    assert "Monday" == view.calendar.weekdays[0].name
    assert [None] * 6 == list(view.calendar.rows[0][:6])
    american = pages_of(items, lang="en-US")["2026/02/"]
    assert ("Sunday", "1") == (american.calendar.weekdays[0].name, american.calendar.rows[0][0].text)


def test_year_has_twelve_months_and_calendars_of_those_with_items():
    """A month without items is no link and has no calendar."""
    view = pages_of(on("2026-05-01", "2026-05-02", "2026-02-01"))["2026/"]
    assert [0, 1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0] == [month.count for month in view.months]
    assert ["", "2026/02/"] == [month.href for month in view.months[:2]]
    assert ["2026/02/", "2026/05/"] == [calendar.href for calendar in view.calendars]


def test_archive_counts_all_years_newest_first():
    """The front page of the archive says how much there is and since when."""
    view = pages_of(on("2026-05-01", "2019-02-01"))["archive/"]
    assert [("2026", 1), ("2019", 1)] == [(year.name, year.count) for year in view.years]
    assert (2, 2, "1 Feb 2019") == (view.count, view.day_count, view.since.day)


def test_same_day_in_other_years_newest_year_first():
    """The day is that of the reference time; this year's is left out."""
    view = pages_of(on("2026-05-01", "2025-05-01", "2025-05-02", "2020-05-01"))["on-this-day/"]
    assert ["2025-05-01", "2020-05-01"] == [group.iso for group in view.groups]
    assert ["2025/05/01/", "2020/05/01/"] == [group.href for group in view.groups]
    assert ("1 May", 2) == (view.day, view.count)


@pytest.mark.parametrize(
    ("expected", "days"),
    [
        (["2023-02-28"], ("2024-02-29", "2023-02-28", "2023-03-02")),
        (["2025-12-30", "2020-01-02"], ("2026-01-01", "2025-12-30", "2025-01-05", "2020-01-02", "2020-06-01")),
        ([], ("2026-05-01", "2025-06-01")),
    ],
)
def test_no_same_day_in_other_years(expected: list[str], days: tuple[str, ...]):
    """Then it is the nearest day of each year within a week, also round the end of a year; the page says so."""
    view = pages_of(on(*days))["on-this-day/"]
    assert (expected, bool(expected)) == ([group.iso for group in view.groups], view.is_near)


@pytest.mark.parametrize(
    ("expected", "lang"),
    [
        ("Week 53 of 2020", "en-US"),
        ("Woche 53 des Jahres 2020", "de"),
        ("2020年第53週", "ja"),
        ("53.ª semana de 2020", "pt-PT"),
    ],
)
def test_week_is_named_in_the_sites_language(expected: str, lang: str):
    """Numbers are those of ISO 8601, also where the language counts weeks in another way."""
    assert expected == week_name((2020, 53), choose_locale(lang))


def test_months_of_a_topic_are_twelve_bars():
    """The last bar is the month of the newest item; what is older than a year counts no more."""
    items = on("2026-05-01", "2026-05-02", "2026-04-01", "2025-06-01", "2025-05-31")
    activity = make_room(items).months.activity(items)
    assert [10, *[0] * 9, 10, 20] == [bar.height for bar in activity.bars]
    assert (4, "June 2025", "May 2026") == (activity.count, activity.first, activity.last)


def test_plans_do_not_depend_on_the_order_of_items():
    """Two builds of one archive are the same."""
    items = [make_item(f"s{n}", date=(date(2026, 1, 1) + timedelta(days=n % 9)).isoformat()) for n in range(40)]
    assert pages_of(items) == pages_of(items[::-1])
