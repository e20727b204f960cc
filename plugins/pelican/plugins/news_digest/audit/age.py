"""Whether a site still gets news, and which of its items are dated in the future."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import msgspec

from ..errors import Diagnostic, diagnose

FEED: Final = "feeds/all.json"
_DAY: Final = timedelta(days=1)
_PUBLISHED: Final = re.compile(rb'<meta property="article:published_time" content="([^"]+)">')


def feed_moments(feed: bytes) -> tuple[datetime, ...]:
    """Return when the entries of a JSON feed were published, in UTC; none when it cannot be read."""
    try:
        entries: Any = msgspec.json.decode(feed).get("items", ())
        return tuple(datetime.fromisoformat(entry["date_published"]).astimezone(UTC) for entry in entries)
    except (msgspec.DecodeError, AttributeError, KeyError, TypeError, ValueError, OverflowError):
        return ()


def newest_of(moments: tuple[datetime, ...], *, now: datetime) -> datetime | None:
    """Return the newest of *moments* that is not more than a day ahead of *now*; None when there is none.

    A typing error in a year is no news.
    """
    return max((moment for moment in moments if moment - _DAY <= now), default=None)


def published_time(page: bytes) -> datetime | None:
    """Return when the item of a page was published, as its head says; None for a page that says nothing of it."""
    found = _PUBLISHED.search(page)
    try:
        return datetime.fromisoformat(found[1].decode()).astimezone(UTC) if found else None
    except (ValueError, OverflowError):
        return None


def check_ahead(published: Mapping[str, datetime], *, now: datetime) -> Iterator[Diagnostic]:
    """Yield a warning for each page whose item is dated more than a day ahead of *now*.

    Args:
        published: Path → when the item of that page was published.
        now: Aware.
    """
    for path in sorted(path for path, moment in published.items() if moment - _DAY > now):
        message = f"published {published[path]:%Y-%m-%dT%H:%M:%SZ}, which is more than a day ahead of the clock"
        yield diagnose("ND507", message, path=path, hint="fix the date; `news-digest check` names file and line")


def check_age(moments: tuple[datetime, ...], *, max_age_days: int, now: datetime) -> Iterator[Diagnostic]:
    """Yield a report when the newest of *moments* is more than *max_age_days* before *now*; 0 days: never.

    Args:
        moments: When the items were published, as far as that is known.
        now: Aware.
    """
    if not max_age_days:
        return
    newest = newest_of(moments, now=now)
    if newest is None and moments:
        hint = "fix the dates, or this computer's clock"
        yield diagnose("ND504", "every item is dated ahead of the clock", path=FEED, hint=hint)
    elif newest is None:
        hint = "DIGEST_MAX_AGE_DAYS needs the feed of all items"
        yield diagnose("ND504", "the age of the newest item is unknown", path=FEED, hint=hint)
    elif now - newest > max_age_days * _DAY:
        days = (now - newest) // _DAY
        message = f"the newest item is {days} days old; DIGEST_MAX_AGE_DAYS allows {max_age_days}"
        yield diagnose("ND504", message, path=FEED, hint="check what delivers the items")
