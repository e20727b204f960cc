"""``/2021/08/``, ``/2021/``, ``/archive/`` and ``/on-this-day/``: calendars of what there is, and the best of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Final

from ...catalogue.calendar import Week, month_of, week_of
from ...catalogue.clusters import without_shown
from ...catalogue.ranking import by_heat, by_score
from ..lists.topics import topic_counts
from ..plans import PagePlan, Promise, page_file
from ..promises import promise_page
from ..views.archive import ArchiveView, MonthView, OnThisDayView, YearView
from .almanac import Almanac
from .days import plan_days, plan_weeks
from .periods import period_head, provider_counts

if TYPE_CHECKING:
    from ...model import NewsItem
    from ..items.cards import Cards
    from ..newsroom import Newsroom
    from ..views.base import LinkView

MONTH: Final = "month.html"
YEAR: Final = "year.html"
HOTTEST_OF_MONTH: Final = 10
HOTTEST_OF_YEAR: Final = 6
TOPICS_OF_MONTH: Final = 12
STORIES_OF_YEAR_BEFORE: Final = 10
RECENT_MONTHS: Final = 6
DAYS_AROUND: Final = 7
LEAP_YEAR: Final = 2024
DAYS_IN_LEAP_YEAR: Final = 366


def plan_archive(
    room: Newsroom, *, cards: Cards, newsletter_of: Callable[[str], LinkView | None] = lambda _: None
) -> Iterator[PagePlan | Promise]:
    """Yield the archive from its front page down to its days, then ``/on-this-day/`` where there is more than a year.

    Args:
        newsletter_of: Returns the way to the edition of a day, such as ``2021-08-28``; None: that one has none.
    """
    almanac = Almanac(room)
    yield _plan_index(room, almanac)
    yield from (_promise_year(room, almanac, year) for year in almanac.years)
    yield from (_promise_month(room, almanac, month) for month in almanac.months)
    yield from plan_weeks(room, almanac)
    yield from plan_days(room, almanac, cards=cards, newsletter_of=newsletter_of)
    if len(almanac.years) > 1:
        yield _plan_on_this_day(room, almanac)


def _hottest(room: Newsroom, items: Iterable[NewsItem], *, limit: int) -> list[NewsItem]:
    return without_shown(by_heat(items), room.catalogue.clusters, shown=set(), limit=limit)


def _promise_year(room: Newsroom, almanac: Almanac, year: int) -> Promise:
    return promise_page(
        room,
        almanac.year_links[year].href,
        almanac.items(almanac.years[year]),
        almanac.around_year[year],
        almanac.scale,
        template=YEAR,
        view=partial(_year, room, almanac, year),
    )


def _promise_month(room: Newsroom, almanac: Almanac, month: date) -> Promise:
    days = almanac.months[month]
    return promise_page(
        room,
        almanac.month_links[month].href,
        almanac.items(days),
        almanac.around_month[month],
        almanac.scale,
        # A week may have items in the month beside it, too.
        [almanac.week_links[week] for week in _weeks(days)],
        template=MONTH,
        view=partial(_month, room, almanac, month),
    )


def _weeks(days: Sequence[date]) -> list[Week]:
    return sorted({week_of(day) for day in days})


def _month(room: Newsroom, almanac: Almanac, month: date) -> MonthView:
    days = almanac.months[month]
    items = almanac.items(days)
    hottest = _hottest(room, items, limit=HOTTEST_OF_MONTH)
    breadcrumbs = almanac.breadcrumbs(days[0])[:3]
    calendar = almanac.calendar(month)
    older, newer = almanac.around_month[month]
    return MonthView(
        head=period_head(room, hottest, breadcrumbs=breadcrumbs, title=calendar.name),
        breadcrumbs=breadcrumbs[:-1],
        heading=calendar.name,
        count=len(items),
        provider_count=len(provider_counts(room, items)),
        older=older,
        newer=newer,
        calendar=calendar,
        weeks=tuple(almanac.short_week_link(week) for week in _weeks(days)),
        topics=topic_counts(room, items, limit=TOPICS_OF_MONTH),
        hottest=room.stories(hottest),
    )


def _year(room: Newsroom, almanac: Almanac, year: int) -> YearView:
    days = almanac.years[year]
    items = almanac.items(days)
    hottest = _hottest(room, items, limit=HOTTEST_OF_YEAR)
    name = almanac.year_links[year].text
    breadcrumbs = almanac.breadcrumbs(days[0])[:2]
    older, newer = almanac.around_year[year]
    return YearView(
        head=period_head(room, hottest, breadcrumbs=breadcrumbs, title=name),
        breadcrumbs=breadcrumbs[:-1],
        heading=name,
        count=len(items),
        provider_count=len(provider_counts(room, items)),
        older=older,
        newer=newer,
        months=almanac.months_of(year),
        calendars=tuple(almanac.calendar(month) for month in sorted({month_of(day) for day in days})),
        hottest=room.stories(hottest),
    )


def _plan_index(room: Newsroom, almanac: Almanac) -> PagePlan:
    items = room.catalogue.listed
    view = ArchiveView(
        head=period_head(room, (), breadcrumbs=(almanac.archive,), title=almanac.archive.text),
        breadcrumbs=(almanac.archive,),
        count=len(items),
        day_count=len(almanac.days),
        since=room.since(items),
        years=tuple(almanac.year_row(year) for year in almanac.years),
        calendars=tuple(map(almanac.calendar, list(almanac.months)[:RECENT_MONTHS])),
        same_day=almanac.on_this_day if len(almanac.years) > 1 else None,
    )
    return PagePlan(save_as=page_file(almanac.archive.href), template="archive.html", view=view)


def _plan_on_this_day(room: Newsroom, almanac: Almanac) -> PagePlan:
    today = room.dates.day_of(room.catalogue.now)
    near = _around(today, almanac.days)
    days = [day for day in near if _distance(day, today) == 0] or near
    best = {day: _best_of_day(room, day) for day in days}
    view = OnThisDayView(
        head=period_head(
            room,
            [item for found in best.values() for item in found],
            breadcrumbs=(almanac.archive, almanac.on_this_day),
            title=almanac.on_this_day.text,
        ),
        breadcrumbs=(almanac.archive,),
        day=almanac.day_in_year(today),
        is_near=any(_distance(day, today) for day in days),
        count=almanac.count(days),
        groups=tuple(room.day_group(day, found, count=almanac.count([day])) for day, found in best.items()),
    )
    return PagePlan(save_as=page_file(almanac.on_this_day.href), template="on-this-day.html", view=view)


def _distance(day: date, today: date) -> int:
    """Return how many days lie between *day* and *today* if years are left aside; one of 29 February is next to it."""
    if (day.month, day.day) == (today.month, today.day):
        return 0
    # Of a leap year: every day has a place in it.
    apart = abs(day.replace(year=LEAP_YEAR).toordinal() - today.replace(year=LEAP_YEAR).toordinal())
    return min(apart, DAYS_IN_LEAP_YEAR - apart)


def _around(today: date, days: Iterable[date]) -> list[date]:
    """Return for each year but today's its day that is nearest to *today*, newest first, within a week of it."""
    nearest: dict[int, date] = {}
    for day in days:
        if day.year != today.year and _distance(day, today) <= DAYS_AROUND:
            nearest[day.year] = min(nearest.get(day.year, day), day, key=lambda found: _distance(found, today))
    return list(nearest.values())


def _best_of_day(room: Newsroom, day: date) -> list[NewsItem]:
    items = room.catalogue.days[day]
    ranked = by_score(items, now=items[0].date)
    return without_shown(ranked, room.catalogue.clusters, shown=set(), limit=STORIES_OF_YEAR_BEFORE)
