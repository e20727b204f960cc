"""Items by day, and days by week, month and year, as the site's time zone has it.

A day is that of the moment of publication, never of a file's name. Weeks are those of ISO 8601: they begin on Monday,
and a week belongs to the year that holds its Thursday.
"""

from __future__ import annotations

import math
from calendar import Calendar
from collections.abc import Callable, Iterable, Sequence
from datetime import date, tzinfo
from itertools import zip_longest
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from ..model import NewsItem

Week = tuple[int, int]
"""ISO year and week, such as ``(2020, 53)`` for the first of January 2021."""

STEPS: Final = 5
DAYS_IN_WEEK: Final = 7
MONTHS_IN_YEAR: Final = 12

Key = TypeVar("Key")


def day_of(item: NewsItem, *, tz: tzinfo) -> date:
    """Return the day on which *item* was published, on the wall calendar of *tz*."""
    return item.date.astimezone(tz).date()


def by_day(items: Iterable[NewsItem], *, tz: tzinfo) -> dict[date, tuple[NewsItem, ...]]:
    """Return day → its items; *items* and what is returned are newest first. Days without items are absent."""
    days: dict[date, list[NewsItem]] = {}
    for item in items:
        days.setdefault(day_of(item, tz=tz), []).append(item)
    return {day: tuple(found) for day, found in days.items()}


def week_of(day: date) -> Week:
    """Return the ISO week of *day*; its year is not always that of the day."""
    year, week, _ = day.isocalendar()
    return (year, week)


def days_of_week(week: Week) -> tuple[date, ...]:
    """Return the days of *week*, Monday first: seven, but for the week in which the calendar ends."""
    monday = date.fromisocalendar(*week, 1).toordinal()
    return tuple(map(date.fromordinal, range(monday, min(monday + DAYS_IN_WEEK, date.max.toordinal() + 1))))


def month_of(day: date) -> date:
    """Return the first day of the month of *day*: what stands for that month here."""
    return day.replace(day=1)


def months_until(month: date) -> tuple[date, ...]:
    """Return twelve months, oldest first, of which *month* is the last; fewer where the calendar begins."""
    last = month.year * MONTHS_IN_YEAR + month.month - 1
    numbers = range(max(last - MONTHS_IN_YEAR + 1, MONTHS_IN_YEAR), last + 1)
    return tuple(date(number // MONTHS_IN_YEAR, number % MONTHS_IN_YEAR + 1, 1) for number in numbers)


def month_rows(month: date, *, first_weekday: int) -> tuple[tuple[date | None, ...], ...]:
    """Return the rows of a wall calendar; None where a row begins before the month or ends after it.

    Args:
        first_weekday: With which day of the week rows begin; 0 is Monday.
    """
    rows = Calendar(first_weekday).monthdayscalendar(month.year, month.month)
    return tuple(tuple(month.replace(day=number) if number else None for number in row) for row in rows)


def grouped(days: Iterable[date], key: Callable[[date], Key]) -> dict[Key, tuple[date, ...]]:
    """Return the days under each *key* (a week, a month, a year), both in the order of *days*."""
    found: dict[Key, list[date]] = {}
    for day in days:
        found.setdefault(key(day), []).append(day)
    return {name: tuple(members) for name, members in found.items()}


def neighbours(keys: Sequence[Key]) -> dict[Key, tuple[Key | None, Key | None]]:
    """Return each of *keys*, which are newest first, → the older and the newer one beside it; None at the ends."""
    found: dict[Key, tuple[Key | None, Key | None]] = {}
    newer: Key | None = None
    for key, older in zip_longest(keys, keys[1:]):
        found[key] = (older, newer)
        newer = key
    return found


def step_of(count: int, *, most: int) -> int:
    """Return how strong a tint says *count*: 0 for none, 1 for one, 5 for *most*; between them by the square root.

    A busy day has ten times the items of a usual one: on an even scale all usual days would look alike.
    """
    if count < 1:
        return 0
    if most <= 1:
        return 1
    return 1 + round((STEPS - 1) * math.sqrt((min(count, most) - 1) / (most - 1)))
