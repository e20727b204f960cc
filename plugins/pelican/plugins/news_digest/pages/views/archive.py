"""What templates of the archive may read: days, weeks, months and years. See :mod:`.story` for the rules."""

from __future__ import annotations

from .base import BasePageView, LinkView, TimeView, View
from .story import DayGroupView, StoryView, TopicSectionView


class PeriodView(View, frozen=True, kw_only=True):
    """A day or a month in a calendar.

    ``href`` is ``""`` where there are no items. ``step`` is how strong its tint is: 0 for none, 1 to 5. ``name`` is
    what stands above ``text`` where one column is one period (the day of the week), else ``""``.
    """

    text: str
    href: str
    iso: str
    count: int
    step: int
    name: str = ""


class WeekdayView(View, frozen=True, kw_only=True):
    """The head of a calendar's column: short to look at, long to hear."""

    short: str
    name: str


class CalendarView(View, frozen=True, kw_only=True):
    """A month as a wall calendar; ``rows`` are its weeks, None for the days of other months. ``href`` is its page."""

    name: str
    href: str
    count: int
    weekdays: tuple[WeekdayView, ...]
    rows: tuple[tuple[PeriodView | None, ...], ...]


class YearRowView(View, frozen=True, kw_only=True):
    """A year among others: twelve months, January first."""

    name: str
    href: str
    count: int
    months: tuple[PeriodView, ...]


class PeriodPageView(BasePageView, frozen=True, kw_only=True):
    """What pages of a day, week, month and year share.

    ``older`` and ``newer`` are the nearest of the same kind that have items; their counts are numbers of items.
    """

    heading: str
    count: int
    provider_count: int
    older: LinkView | None
    newer: LinkView | None


class DayView(PeriodPageView, frozen=True, kw_only=True):
    """``/2021/08/28/``: ``lead``, ``top`` and ``rest`` are its stories by score, each story once.

    ``further`` are the other items of that day: more reports on the stories above. ``topics`` and ``sources`` come
    with the day's own counts.
    """

    iso: str
    week: LinkView
    lead: StoryView | None
    top: tuple[StoryView, ...]
    rest: tuple[StoryView, ...]
    further: tuple[StoryView, ...]
    topics: tuple[LinkView, ...]
    sources: tuple[LinkView, ...]
    newsletter: LinkView | None = None


class WeekView(PeriodPageView, frozen=True, kw_only=True):
    """``/2021/w34/``: seven days, the five hottest stories, then all others by topic.

    ``span`` says from which day to which. A section whose topic has no ``href`` holds the stories without a topic.
    """

    span: str
    days: tuple[PeriodView, ...]
    lead: StoryView | None
    top: tuple[StoryView, ...]
    sections: tuple[TopicSectionView, ...]


class MonthView(PeriodPageView, frozen=True, kw_only=True):
    """``/2021/08/``: a calendar, its weeks, its topics, the ten hottest stories."""

    calendar: CalendarView
    weeks: tuple[LinkView, ...]
    topics: tuple[LinkView, ...]
    hottest: tuple[StoryView, ...]


class YearView(PeriodPageView, frozen=True, kw_only=True):
    """``/2021/``: twelve months, a small calendar for each one with items, the six hottest stories."""

    months: tuple[PeriodView, ...]
    calendars: tuple[CalendarView, ...]
    hottest: tuple[StoryView, ...]


class ArchiveView(BasePageView, frozen=True, kw_only=True):
    """``/archive/``: all years, newest first; the newest months day by day.

    ``same_day`` leads to the same day in other years, if there are any.
    """

    count: int
    day_count: int
    since: TimeView | None
    years: tuple[YearRowView, ...]
    calendars: tuple[CalendarView, ...]
    same_day: LinkView | None


class OnThisDayView(BasePageView, frozen=True, kw_only=True):
    """``/on-this-day/``: ``day`` is written without a year; one group for each other year that has items.

    ``is_near``: no other year has that day, and the groups are of days around it.
    """

    day: str
    is_near: bool
    count: int
    groups: tuple[DayGroupView, ...]
