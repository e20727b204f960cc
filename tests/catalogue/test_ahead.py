"""Items dated ahead of the clock."""

from __future__ import annotations

import random

import pytest

from pelican.plugins.news_digest.catalogue.ahead import ahead_diagnostics, ahead_of, date_places, waiting_diagnostic
from pelican.plugins.news_digest.catalogue.build import build_catalogue
from pelican.plugins.news_digest.model import NewsItem, Status
from tests.builders import make_date, make_item

CLOCK = make_date("2026-05-10T12:00")


def week() -> list[NewsItem]:
    """Return the items of a week that ended 40 days ago."""
    return [make_item(f"i{day}", date=f"2026-03-{24 + day}") for day in range(7)]


@pytest.mark.parametrize("date", ["2026-05-12", "2027-05-01", "2031-01-01", "2091-03-14T08:00", "9989-12-31"])
def test_item_ahead_of_the_clock_leads_nothing(date: str):
    """It keeps its place in the API and its page, but no list has it, and "now" is the newest of the others."""
    ahead = make_item("ahead", date=date, topics=("Later",))
    catalogue = build_catalogue([*week(), ahead], clock=CLOCK)
    expected = build_catalogue(week(), clock=CLOCK)
    assert (expected.now, expected.listed, expected.days) == (catalogue.now, catalogue.listed, catalogue.days)
    assert {"ahead"} == catalogue.ahead
    assert "ahead" in catalogue.paged
    assert ahead in catalogue.published
    assert () == catalogue.by_topic["later"]


@pytest.mark.parametrize("date", ["2026-05-10T12:00", "2026-05-11T12:00", "2026-05-10", "1000-01-01", "1969-12-31"])
def test_a_day_is_allowed(date: str):
    """Dates without a zone and clocks that are an hour wrong are no errors, nor is any date of the past."""
    assert frozenset() == ahead_of([*week(), make_item("a", date=date)], clock=CLOCK)


def test_where_all_are_ahead_the_clock_is_wrong():
    """A machine that thinks it is 1970 publishes the whole site; so does a beginner with one file and a wrong year."""
    for items in ([make_item(date="2091-01-01")], week()):
        catalogue = build_catalogue(items, clock=make_date("1970-01-01"))
        assert build_catalogue(items) == catalogue


def test_drafts_and_unpublished_items_make_no_clock_right():
    """Only what is published is looked at."""
    draft = make_item("old", date="2020-01-01", status=Status.DRAFT)
    assert ["a"] == [i.slug for i in build_catalogue([make_item(date="2091-01-01"), draft], clock=CLOCK).listed]


def test_clock_decides_nothing_where_no_item_is_ahead():
    """So a build repeats byte for byte whenever it runs."""
    clocks = (make_date("2026-05-01T00:00"), make_date("2026-05-10"), make_date("2091-01-01"), None)
    items = [*week(), make_item("newest", date="2026-05-02")]
    first, *others = (build_catalogue(items, clock=clock) for clock in clocks)
    assert all(first == other for other in others)


def test_of_twins_the_one_ahead_does_not_hide_the_other():
    """Two files have one address, and the hotter one has the wrong year."""
    twins = [
        make_item("hot", date="2027-05-01", heat=900, url="https://x.example/"),
        make_item("b", url="https://x.example/"),
    ]
    assert ["b"] == [item.slug for item in build_catalogue(twins, clock=CLOCK).listed]


def test_order_of_items_does_not_matter():
    """A property of the whole catalogue."""
    items = [*week(), make_item("x", date="2027-01-01"), make_item("y", date="2028-01-01")]
    shuffled = random.Random(3).sample(items, len(items))  # noqa: S311 - no secret
    assert build_catalogue(items, clock=CLOCK) == build_catalogue(shuffled, clock=CLOCK)


@pytest.mark.parametrize(
    ("key", "line", "text"),
    [
        ("publishedDateTime", 3, "---\ntitle: a\npublishedDateTime: 2091-01-01\n---\n"),
        ("date", 2, '---\n"date": 2091-01-01\ntitle: a\n---\n'),
        ("Date", 2, "Title: Classic\nDate: 2091-01-01\n\nText\n"),
        ("publishedDateTime", 3, "---\ndate: 2020-01-01\npublishedDateTime: 2091-01-01\n---\n"),
        ("publishedDateTime", 1, "---\n{title: a}\n---\n"),
    ],
)
def test_report_names_the_line_and_what_the_file_calls_it(key: str, line: int, text: str):
    """The format's name and Pelican's are both known; the words do not change from day to day."""
    item = make_item(date="2091-01-01")
    (said,) = ahead_diagnostics(item, clock=CLOCK, places=date_places(text))
    expected = f"news/a.md:{line}: ND131 {key}: 2091-01-01T00:00:00Z is more than a day ahead of the clock"
    assert expected == str(said).partition(" → ")[0]
    assert f"news/a.md:{line}: ND132 {key}: a draft until 2091-01-01T00:00:00Z" in str(
        waiting_diagnostic(item, place=date_places(text)[0])
    )


def test_change_of_next_year_is_reported():
    """The date of a change is a date, too."""
    item = make_item(modified=make_date("2027-01-01"))
    said = list(ahead_diagnostics(item, clock=CLOCK, places=date_places("---\ndate: 1\nmodified: 2\n---\n")))
    assert [("modified: 2027-01-01T00:00:00Z is more than a day ahead of the clock", 3)] == [
        (found.message, found.line) for found in said
    ]
