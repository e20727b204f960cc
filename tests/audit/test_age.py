"""Whether a site still gets news."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pelican.plugins.news_digest.audit.age import check_age, feed_moments, newest_of, published_time

NOW = datetime(2026, 5, 10, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("expected", "newest", "days"),
    [
        ([], "2026-05-03T12:00:00+00:00", 7),
        (["the newest item is 7 days old; DIGEST_MAX_AGE_DAYS allows 7"], "2026-05-03T11:59:59+00:00", 7),
        (["the newest item is 30 days old; DIGEST_MAX_AGE_DAYS allows 1"], "2026-04-10T09:00:00+00:00", 1),
        ([], "1999-01-01T00:00:00+00:00", 0),
        ([], "2026-05-11T12:00:00+00:00", 1),
        (["every item is dated ahead of the clock"], "2026-05-11T12:00:01+00:00", 1),
        (["every item is dated ahead of the clock"], "2091-03-14T08:00:00+00:00", 3),
        ([], "2091-03-14T08:00:00+00:00", 0),
        (["the age of the newest item is unknown"], None, 1),
        ([], None, 0),
    ],
)
def test_old_news_is_an_error_when_asked_for(expected: list[str], newest: str | None, days: int):
    """To the second; a site that does not ask is never too old."""
    moments = (datetime.fromisoformat(newest),) if newest else ()
    assert expected == [found.message for found in check_age(moments, max_age_days=days, now=NOW)]


def test_year_to_come_is_no_news():
    """A typing error keeps no alarm silent, wherever it stands in the feed."""
    moments = (datetime(2091, 3, 14, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC))
    (said,) = check_age(moments, max_age_days=3, now=NOW)
    assert "the newest item is 39 days old; DIGEST_MAX_AGE_DAYS allows 3" == said.message
    assert [] == list(check_age((*moments, NOW), max_age_days=3, now=NOW))


@pytest.mark.parametrize(
    ("expected", "feed"),
    [
        (NOW, b'{"items":[{"date_published":"2026-05-09T12:00:00Z"},{"date_published":"2026-05-10T14:00:00+02:00"}]}'),
        (NOW, b'{"items":[{"date_published":"2026-05-10T12:00:00Z"},{"date_published":"2027-05-10T12:00:00Z"}]}'),
        (None, b'{"items":[{"date_published":"2027-05-10T12:00:00Z"}]}'),
        (None, b'{"items":[{"date_published":"0001-01-01T00:00:00+09:00"}]}'),
        (None, b'{"items":[]}'),
        (None, b'{"items":[{}]}'),
        (None, b"[]"),
        (None, b"<feed/>"),
    ],
)
def test_newest_is_that_of_the_feed(expected: datetime | None, feed: bytes):
    """Whatever its order; nothing is known of what is no feed, or of times to come."""
    assert expected == newest_of(feed_moments(feed), now=NOW)


@pytest.mark.parametrize(
    ("expected", "page"),
    [
        (NOW, b'<meta property="article:published_time" content="2026-05-10T14:00:00+02:00">'),
        (None, b'<meta property="article:published_time" content="soon">'),
        (None, b"<p>2026-05-10T14:00:00+02:00</p>"),
    ],
)
def test_page_says_when_its_item_was_published(expected: datetime | None, page: bytes):
    """In its head, as networks read it."""
    assert expected == published_time(page)
