"""Items by day, as the site's time zone has it: the day of the moment of publication, never of a file's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .ranking import newest_first

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, tzinfo

    from ..model import NewsItem


def day_of(item: NewsItem, *, tz: tzinfo) -> date:
    """Return the day on which *item* was published, on the wall calendar of *tz*."""
    return item.date.astimezone(tz).date()


def by_day(items: Iterable[NewsItem], *, tz: tzinfo) -> dict[date, tuple[NewsItem, ...]]:
    """Return day → its items, newest first; newest day first. Days without items are absent."""
    days: dict[date, list[NewsItem]] = {}
    for item in sorted(items, key=newest_first):
        days.setdefault(day_of(item, tz=tz), []).append(item)
    return {day: tuple(found) for day, found in days.items()}
