"""Where pages and feeds are, and what feed readers know entries by: names that outlive whatever makes them.

Addresses are relative to the site, without a leading slash. Who only links to a page needs nothing else of it.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from ..naming.names import host_name

if TYPE_CHECKING:
    from babel import Locale

    from ..catalogue.calendar import Week

NEWSLETTER: Final = "newsletter/"
STORIES: Final = "stories/"
NEWSLETTER_FEED: Final = "newsletter/feed.atom.xml"
# In ids of files whose name holds no day: since when names are given out in this way.
YEAR_OF_NAMES: Final = "2026"
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}(?!\d)", re.ASCII)
_QUOTED_OR_FIELD: Final = re.compile(r"'([^']*)'|w+|Y+")


def day_address(day: date) -> str:
    """Return the site-relative address of a day's page: ``2021/08/28/``."""
    return f"{day.year:04}/{day.month:02}/{day.day:02}/"


def week_address(week: Week) -> str:
    """Return the site-relative address of an ISO week's page: ``2021/w34/``."""
    year, number = week
    return f"{year:04}/w{number:02}/"


def month_address(month: date) -> str:
    """Return the site-relative address of the page of the month that holds a day: ``2021/08/``."""
    return f"{month.year:04}/{month.month:02}/"


def year_address(year: int) -> str:
    """Return the site-relative address of a year's page: ``2021/``."""
    return f"{year:04}/"


def week_name(week: Week, locale: Locale) -> str:
    """Return ``Week 34 of 2021``, as *locale* says it. The numbers are those of ISO 8601, whatever its own weeks."""
    year, number = week
    pattern = str(getattr(locale.datetime_skeletons.get("yw"), "pattern", "") or "Y-'W'w")
    fields = {"w": str(number), "Y": f"{year:04}"}
    name = _QUOTED_OR_FIELD.sub(lambda match: fields.get(match[0][0], match[1]), pattern)
    return name[:1].upper() + name[1:]


@lru_cache(maxsize=4096)
def topic_address(topic_id: str) -> str:
    """Return the site-relative address of a topic's page: ``topics/trams/``."""
    return f"topics/{quote(topic_id)}/"


@lru_cache(maxsize=65536)
def provider_address(domain: str) -> str:
    """Return the site-relative address of a provider's page."""
    return f"providers/{quote(host_name(domain))}/"


@lru_cache(maxsize=65536)
def story_address(story_id: str) -> str:
    """Return the site-relative address of a story's page: ``stories/bridge-closed/``."""
    return f"{STORIES}{quote(story_id)}/"


def edition_address(stem: str) -> str:
    """Return the site-relative address of an edition's page."""
    return f"{NEWSLETTER}{quote(stem)}/"


def tag_id(day: str, name: str, *, authority: str) -> str:
    """Return the id of what *authority* called *name* on *day*: ``2021-08-27``, or a year alone."""
    return f"tag:{authority},{day}:{name}"


def named_id(place: str, stem: str, *, authority: str) -> str:
    """Return the id of a file: its name decides it, nothing that an editor corrects.

    The day in it is the one that the name begins with. Most names do; one that does not is of a year that is always
    the same, because the day in the file may be wrong and be put right.

    Args:
        place: The part of the site, such as ``news``.
        stem: The last part of the file's address there.
        authority: The host.
    """
    return tag_id(_named_day(stem) or YEAR_OF_NAMES, f"{place}/{stem}", authority=authority)


def _named_day(stem: str) -> str:
    """Return the day that *stem* begins with; ``""``: none that the calendar has."""
    found = _DAY.match(stem)
    try:
        return date.fromisoformat(found[0]).isoformat() if found else ""
    except ValueError:
        return ""
