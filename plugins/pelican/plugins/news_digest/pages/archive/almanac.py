"""Days, weeks, months and years that have items: what they are called, where their pages are, how full they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, TypeVar

import msgspec

from ...catalogue.calendar import (
    MONTHS_IN_YEAR,
    Week,
    days_of_week,
    grouped,
    month_of,
    month_rows,
    neighbours,
    step_of,
    week_of,
)
from ..addresses import day_address, month_address, week_address, week_name, year_address
from ..dates import format_interval, format_skeleton
from ..views.archive import CalendarView, PeriodView, WeekdayView, YearRowView
from ..views.base import LinkView

if TYPE_CHECKING:
    from ...model import NewsItem
    from ..newsroom import Newsroom


Key = TypeVar("Key")
Around = tuple[LinkView | None, LinkView | None]
"""Older and newer neighbour; None at the ends."""


class Almanac:
    """Everything that pages of the archive know of each other; each name is written once.

    Attributes:
        archive, on_this_day: Links to the two pages that belong to no one day.
        days: Newest first, as are the days of each week, month and year.
        day_links, week_links, month_links, year_links: The way to each that has items: ``Friday 27 August 2021``,
            ``Week 34 of 2021``, ``August 2021``, ``2021``.
        around_day, around_week, around_month, around_year: The ways to those with items before and after each.
    """

    def __init__(self, room: Newsroom) -> None:
        self.archive = LinkView(text=room.say("Archive"), href="archive/")
        self.on_this_day = LinkView(text=room.say("On this day"), href="on-this-day/")
        self._locale = room.dates.locale
        self._items = room.catalogue.days
        self._most = max(map(len, self._items.values()), default=0)
        self.days = tuple(self._items)
        self.weeks = grouped(self.days, week_of)
        self.months = grouped(self.days, month_of)
        self.years = grouped(self.days, lambda day: day.year)
        self._most_in_month = max(map(self.count, self.months.values()), default=0)
        self.day_links = {
            day: LinkView(text=room.dates.long_day(day), href=day_address(day), count=len(items))
            for day, items in self._items.items()
        }
        self.week_links = {
            week: LinkView(
                text=week_name(week, self._locale), href=week_address(week), count=self.count(self.weeks[week])
            )
            for week in self.weeks
        }
        self.month_links = {
            month: LinkView(text=room.dates.month(month), href=month_address(month), count=self.count(days))
            for month, days in self.months.items()
        }
        self.year_links = {
            year: LinkView(
                text=format_skeleton("y", days[0], self._locale),
                href=year_address(year),
                count=self.count(days),
            )
            for year, days in self.years.items()
        }
        self.around_day, self.around_week = _around(self.day_links), _around(self.week_links)
        self.around_month, self.around_year = _around(self.month_links), _around(self.year_links)
        self._weekdays = self._make_weekdays()

    def _make_weekdays(self) -> tuple[WeekdayView, ...]:
        names = self._locale.days["stand-alone"]
        first = self._locale.first_week_day
        order = [(first + number) % 7 for number in range(7)]
        return tuple(WeekdayView(short=names["abbreviated"][n], name=names["wide"][n]) for n in order)

    @property
    def scale(self) -> tuple[int, int]:
        """How many items the busiest day has, and the busiest month: what the tints of calendars are steps of."""
        return (self._most, self._most_in_month)

    def items(self, days: Iterable[date]) -> list[NewsItem]:
        """Return the items of *days*, in their order."""
        return [item for day in days for item in self._items[day]]

    def count(self, days: Iterable[date]) -> int:
        """Return how many items *days* have."""
        return sum(len(self._items[day]) for day in days)

    def short_week_link(self, week: Week) -> LinkView:
        """Return the way to a week where its year is known: ``23–29 Aug``."""
        days = days_of_week(week)
        name = format_interval(days[0], days[-1], "MMMd", self._locale)
        return LinkView(text=name, href=week_address(week), count=self.count(self.weeks[week]))

    def span(self, week: Week) -> str:
        """Return from when to when a week is: ``23–29 Aug 2021``."""
        days = days_of_week(week)
        return format_interval(days[0], days[-1], "yMMMd", self._locale)

    def day_in_year(self, day: date) -> str:
        """Return a day of every year: ``27 August``."""
        return format_skeleton("MMMMd", day, self._locale)

    def breadcrumbs(self, day: date) -> tuple[LinkView, ...]:
        """Return the way from the archive down to a day that has items: ``Archive › 2021 › August › 27 August``."""
        year, month = self.year_links[day.year], self.month_links[month_of(day)]
        return (
            self.archive,
            LinkView(text=year.text, href=year.href),
            LinkView(text=self._locale.months["stand-alone"]["wide"][day.month], href=month.href),
            LinkView(text=self.day_in_year(day), href=day_address(day)),
        )

    def day(self, day: date) -> PeriodView:
        """Return a day of a calendar; only one with items is a link."""
        count = len(self._items.get(day, ()))
        return PeriodView(
            text=str(day.day),
            href=day_address(day) if count else "",
            iso=day.isoformat(),
            count=count,
            step=step_of(count, most=self._most),
        )

    def week(self, week: Week) -> tuple[PeriodView, ...]:
        """Return the seven days of a week, each under its name."""
        names = self._locale.days["stand-alone"]["abbreviated"]
        return tuple(msgspec.structs.replace(self.day(day), name=names[day.weekday()]) for day in days_of_week(week))

    def calendar(self, month: date) -> CalendarView:
        """Return a month that has items as a wall calendar that begins its rows as the site's language does."""
        link = self.month_links[month]
        rows = month_rows(month, first_weekday=self._locale.first_week_day)
        return CalendarView(
            name=link.text,
            href=link.href,
            count=link.count or 0,
            weekdays=self._weekdays,
            rows=tuple(tuple(self.day(day) if day else None for day in row) for row in rows),
        )

    def months_of(self, year: int) -> tuple[PeriodView, ...]:
        """Return the twelve months of a year that has items, those without items too."""
        newest = self.years[year][0]
        names = self._locale.months["stand-alone"]["abbreviated"]
        found = []
        for number in range(1, MONTHS_IN_YEAR + 1):
            month = newest.replace(month=number, day=1)
            count = self.count(self.months.get(month, ()))
            found.append(
                PeriodView(
                    text=names[number],
                    href=month_address(month) if count else "",
                    iso=f"{year:04}-{number:02}",
                    count=count,
                    step=step_of(count, most=self._most_in_month),
                )
            )
        return tuple(found)

    def year_row(self, year: int) -> YearRowView:
        """Return a year that has items, as one among others."""
        link = self.year_links[year]
        return YearRowView(name=link.text, href=link.href, count=link.count or 0, months=self.months_of(year))


def _around(links: Mapping[Key, LinkView]) -> dict[Key, Around]:
    """Return what stands before and after each of *links*, which are newest first."""
    return {
        key: (links[older] if older else None, links[newer] if newer else None)
        for key, (older, newer) in neighbours(tuple(links)).items()
    }
