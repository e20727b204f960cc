"""Days: the site's time zone decides, never a file's name."""

from __future__ import annotations

from datetime import UTC, date
from zoneinfo import ZoneInfo

import pytest
from builders import make_item

from pelican.plugins.news_digest.catalogue.calendar import by_day, day_of


@pytest.mark.parametrize(
    ("expected", "zone"),
    [
        (date(2021, 8, 28), "UTC"),
        (date(2021, 8, 28), "America/Los_Angeles"),
        (date(2021, 8, 29), "Asia/Tokyo"),
        (date(2021, 8, 29), "Pacific/Kiritimati"),
    ],
)
def test_day_is_that_of_the_sites_zone(expected: date, zone: str):
    """One moment is Saturday here and Sunday there."""
    assert expected == day_of(make_item(date="2021-08-28T17:00"), tz=ZoneInfo(zone))


def test_name_of_the_file_does_not_decide():
    """A file named one day after its UTC date belongs to its UTC date."""
    item = make_item("2021-08-29-late-news", date="2021-08-28T23:30")
    assert date(2021, 8, 28) == day_of(item, tz=UTC)


def test_hour_that_a_clock_shows_twice_is_one_day():
    """The night in which clocks go back has one day on either side of midnight, as any other."""
    zone = ZoneInfo("Europe/London")
    moments = ["2021-10-30T22:59", "2021-10-30T23:00", "2021-10-31T00:30", "2021-10-31T01:30", "2021-10-31T23:59"]
    assert [30, 31, 31, 31, 31] == [day_of(make_item(date=moment), tz=zone).day for moment in moments]


def test_days_and_their_items_are_newest_first():
    """The newest day stands first, and in it the newest item; a day without items is absent."""
    items = [
        make_item("b", date="2021-08-28T08:00"),
        make_item("old", date="2021-08-25"),
        make_item("a", date="2021-08-28T08:00"),
        make_item("new", date="2021-08-28T09:00"),
    ]
    days = by_day(items, tz=UTC)
    assert [date(2021, 8, 28), date(2021, 8, 25)] == list(days)
    assert ["new", "a", "b"] == [item.slug for item in days[date(2021, 8, 28)]]
