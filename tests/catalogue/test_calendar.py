"""Days: the site's time zone decides, never a file's name."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pelican.plugins.news_digest.catalogue.calendar import (
    Week,
    by_day,
    day_of,
    days_of_week,
    grouped,
    month_of,
    month_rows,
    months_until,
    neighbours,
    step_of,
    week_of,
)
from tests.builders import make_item


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
    """As items come: the newest day stands first, and in it the newest item; a day without items is absent."""
    items = [
        make_item("new", date="2021-08-28T09:00"),
        make_item("a", date="2021-08-28T08:00"),
        make_item("b", date="2021-08-28T08:00"),
        make_item("old", date="2021-08-25"),
    ]
    days = by_day(items, tz=UTC)
    assert [date(2021, 8, 28), date(2021, 8, 25)] == list(days)
    assert ["new", "a", "b"] == [item.slug for item in days[date(2021, 8, 28)]]


@pytest.mark.parametrize(
    ("expected", "day"),
    [
        ((2020, 53), date(2020, 12, 31)),
        ((2020, 53), date(2021, 1, 1)),
        ((2020, 53), date(2021, 1, 3)),
        ((2021, 1), date(2021, 1, 4)),
        ((2025, 1), date(2024, 12, 30)),
        ((2021, 34), date(2021, 8, 28)),
    ],
)
def test_week_belongs_to_the_year_of_its_thursday(expected: Week, day: date):
    """At the turn of a year the ISO year of a day is not that of its calendar."""
    assert expected == week_of(day)


def test_week_has_seven_days_and_begins_on_monday():
    """Week 53 of 2020 reaches into 2021."""
    days = days_of_week((2020, 53))
    assert [date(2020, 12, 28), date(2021, 1, 3)] == [days[0], days[-1]]
    assert list(range(7)) == [day.weekday() for day in days]


def test_last_week_of_the_calendar_ends_with_it():
    """There is no day after the last day of year 9999, and that is no reason to fail."""
    assert date(9999, 12, 31) == days_of_week(week_of(date.max))[-1]


@given(st.dates())
def test_week_of_a_day_holds_that_day(day: date):
    """Whatever the day, it is one of its week's."""
    assert day in days_of_week(week_of(day))


@given(st.dates(), st.integers(0, 6))
def test_wall_calendar_has_every_day_of_the_month_once(day: date, first_weekday: int):
    """Rows are weeks of seven, each column is one day of the week, and no day is lost."""
    rows = month_rows(day, first_weekday=first_weekday)
    cells = [cell for row in rows for cell in row]
    assert {7} == {len(row) for row in rows}
    assert [number + 1 for number in range(monthrange(day.year, day.month)[1])] == [cell.day for cell in cells if cell]
    assert all(
        cell is None or cell.weekday() == (first_weekday + column) % 7
        for row in rows
        for column, cell in enumerate(row)
    )


@given(st.sets(st.dates(date(1999, 1, 1), date(2031, 1, 1)), max_size=60))
def test_groups_keep_every_day_once_and_in_order(days: set[date]):
    """Weeks, months and years hold the same days as the whole."""
    newest = sorted(days, reverse=True)
    for key in (week_of, month_of, lambda day: day.year):
        groups = grouped(newest, key)
        assert newest == [day for members in groups.values() for day in members]
        assert all({name} == {key(day) for day in members} for name, members in groups.items())


def test_neighbours_are_the_nearest_with_items():
    """From one day to the next there may be years; at the ends there is nothing."""
    new, middle, old = date(2026, 5, 3), date(2026, 4, 1), date(2019, 1, 1)
    expected = {new: (middle, None), middle: (old, new), old: (None, middle)}
    assert expected == neighbours([new, middle, old])
    assert {} == neighbours([])


@pytest.mark.parametrize(
    ("expected", "month"),
    [
        ((date(2020, 2, 1), date(2021, 1, 1)), date(2021, 1, 1)),
        ((date(2020, 1, 1), date(2020, 12, 1)), date(2020, 12, 1)),
    ],
)
def test_twelve_months_end_with_the_one_given(expected: tuple[date, date], month: date):
    """Twelve months cross the turn of the year."""
    months = months_until(month)
    assert (*expected, 12) == (months[0], months[-1], len(months))


def test_months_before_the_calendar_are_left_out():
    """An item without a sensible date does not stop the build."""
    assert (date(1, 1, 1), date(1, 2, 1)) == months_until(date(1, 2, 1))


@pytest.mark.parametrize(
    ("expected", "count", "most"), [(0, 0, 26), (1, 1, 26), (2, 2, 26), (3, 8, 26), (5, 26, 26), (1, 1, 1), (0, 0, 0)]
)
def test_tint_tells_few_from_many(expected: int, count: int, most: int):
    """One is the lightest, the busiest the strongest."""
    assert expected == step_of(count, most=most)


@given(st.integers(1, 5000), st.integers(1, 5000), st.integers(1, 5000))
def test_tint_never_grows_lighter(less: int, more: int, most: int):
    """More items never have a lighter tint; no tint is beyond the fifth."""
    less, more = sorted((less, more))
    assert 1 <= step_of(less, most=most) <= step_of(more, most=most) <= 5
