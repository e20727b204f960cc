"""Whether a site still gets news."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pelican.plugins.news_digest.audit.age import check_age, newest_item

NOW = datetime(2026, 5, 10, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("expected", "newest", "days"),
    [
        ([], "2026-05-03T12:00:00+00:00", 7),
        (["the newest item is 7 days old; DIGEST_MAX_AGE_DAYS allows 7"], "2026-05-03T11:59:59+00:00", 7),
        (["the newest item is 30 days old; DIGEST_MAX_AGE_DAYS allows 1"], "2026-04-10T09:00:00+00:00", 1),
        ([], "1999-01-01T00:00:00+00:00", 0),
        ([], "2027-01-01T00:00:00+00:00", 1),
        (["nobody knows how old the newest item is"], None, 1),
        ([], None, 0),
    ],
)
def test_old_news_is_an_error_when_asked_for(expected: list[str], newest: str | None, days: int):
    """To the second; a site that does not ask is never too old."""
    moment = datetime.fromisoformat(newest) if newest else None
    assert expected == [found.message for found in check_age(moment, max_age_days=days, now=NOW)]


@pytest.mark.parametrize(
    ("expected", "feed"),
    [
        (NOW, b'{"items":[{"date_published":"2026-05-09T12:00:00Z"},{"date_published":"2026-05-10T14:00:00+02:00"}]}'),
        (None, b'{"items":[]}'),
        (None, b'{"items":[{}]}'),
        (None, b"[]"),
        (None, b"<feed/>"),
    ],
)
def test_newest_is_that_of_the_feed(expected: datetime | None, feed: bytes):
    """Whatever its order; nothing is known of what is no feed."""
    assert expected == newest_item(feed)
