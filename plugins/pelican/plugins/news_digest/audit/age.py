"""Whether a site still gets news."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import msgspec

from ..errors import Diagnostic, diagnose

if TYPE_CHECKING:
    from collections.abc import Iterator

FEED: Final = "feeds/all.json"
_DAY: Final = timedelta(days=1)


def newest_item(feed: bytes) -> datetime | None:
    """Return when the newest entry of a JSON feed was published, in UTC; None when there is none."""
    try:
        entries: Any = msgspec.json.decode(feed).get("items", ())
        dates = [datetime.fromisoformat(entry["date_published"]) for entry in entries]
    except (msgspec.DecodeError, AttributeError, KeyError, TypeError, ValueError):
        return None
    return max(dates).astimezone(UTC) if dates else None


def check_age(newest: datetime | None, *, max_age_days: int, now: datetime) -> Iterator[Diagnostic]:
    """Yield a report when *newest* is more than *max_age_days* before *now*; 0 days: never.

    Args:
        newest: When the newest item was published; None when that is not known.
    """
    if not max_age_days:
        return
    if newest is None:
        hint = "DIGEST_MAX_AGE_DAYS needs the feed of all items"
        yield diagnose("ND504", "nobody knows how old the newest item is", path=FEED, hint=hint)
    elif now - newest > max_age_days * _DAY:
        days = (now - newest) // _DAY
        message = f"the newest item is {days} days old; DIGEST_MAX_AGE_DAYS allows {max_age_days}"
        yield diagnose("ND504", message, path=FEED, hint="look at what brings in the items")
