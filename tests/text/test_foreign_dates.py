"""Dates as databases, feeds and programming languages write them; what has two meanings is refused, with a hint."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pelican.plugins.news_digest.text.dates import DATE_HINT, date_hint, parse_date
from tests.frontmatter.parsing import parse

EIGHT = datetime(2026, 3, 14, 8, tzinfo=UTC)
VIENNA = ZoneInfo("Europe/Vienna")


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-14T08Z",  # ISO 8601 without minutes
        "2026-03-14 08:00:00+00",  # PostgreSQL
        "2026-03-14 08:00:00.123456+00",
        "2026-03-14 13:30:00+05:30",
        "2026-03-14 08:00:00.0000000 +00:00",  # SQL Server
        "2026-03-14 08:00:00 UTC",  # Ruby, R
        "2026-03-14 08:00:00 +0000 UTC",  # Go
        "2026-03-14 09:00:00 +0100 CET",
        "2026-03-14T09:00+01:00[Europe/Paris]",  # Java
        "2026-03-14T08:00:00Z[UTC]",
        "2026-03-14T08:00:00,123Z",
        "2026-03-14T08:00:00.000000000Z",
        "2026-03-14T07:59:60Z",
        "2026-03-14T06:00:00\u221202:00",
        "20260314T080000Z",
        "20260314T0800Z",
        "20260314T090000+01",
        "20260314 08:00:00 UTC",
        "2026-W11-6T08:00:00Z",
        "2026W116T0800Z",
        "2026-073T08:00:00Z",
        "2026/03/14 08:00:00 +0000",
        "2026.03.14 08:00 UTC",
        "Sat, 14 Mar 2026 08:00:00 GMT",  # feeds
        "Sat, 14 Mar 2026 08:00:00 +0000",
        "14 Mar 2026 08:00 UT",
        "Sat, 14 Mar 26 08:00:00 GMT",
        "Sat, 14 Mar 2026 03:00:00 EST",
        "Sat, 14 Mar 2026 08:00:00 +0000 (UTC)",
        "Saturday, 14-Mar-2026 08:00:00 GMT",
        "Saturday, 14-Mar-26 08:00:00 GMT",
        "14/Mar/2026:08:00:00 +0000",  # logs of servers
        "Sat Mar 14 08:00:00 UTC 2026",  # Java, date
        "Sat Mar 14 08:00:00 2026 +0000",  # git
        "Sat Mar 14 2026 08:00:00 GMT+0000 (Coordinated Universal Time)",  # JavaScript
        "Saturday, March 14, 2026 8:00:00 AM UTC",
        "March 14, 2026 at 8:00 a.m. UTC",
        "14th March 2026, 08:00 GMT",
    ],
)
def test_one_meaning_is_read(text: str):
    """All of these are eight o'clock on that Saturday, wherever the site is."""
    assert EIGHT == parse_date(text, tz=VIENNA)
    assert EIGHT == parse_date(f"  {text} ", tz=UTC)


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("2026-03-14T07:00", "Sat Mar 14 08:00:00 2026"),
        ("2026-03-14T19:00", "Mar 14, 2026 8:00 PM"),
        ("2026-03-13T23:00", "14 March 2026"),
        ("2026-03-13T23:00", "March 14, 2026"),
        ("2026-03-13T23:00", "2026/3/14"),
        ("2026-03-13T23:00", "14-MAR-2026"),
        ("2026-03-13T23:00", "20260314"),
        ("2026-03-13T23:00", "2026-073"),
        ("2026-03-14T23:00", "2026-03-14T24:00:00"),
        ("2026-03-14T11:00", "March 14, 2026 12:00 PM"),
        ("2026-03-13T23:00", "March 14, 2026 12:00 AM"),
    ],
)
def test_without_a_zone_the_sites_is_meant(expected: str, text: str):
    """A day alone is its midnight."""
    assert datetime.fromisoformat(expected).replace(tzinfo=UTC) == parse_date(text, tz=VIENNA)


@pytest.mark.parametrize(
    "text",
    [
        "03/04/2026", "14/03/2026", "14.03.2026", "03-04-2026", "3/14/2026 8:00:00 AM", "14 Mar 26", "Sat 2026",
        "Sun, 14 Mar 2026 08:00:00 GMT", "2026-03-14 08:00:00 EST", "2026-03-14 08:00:00 CET",
        "2026-03-14 08:00 (PST)", "Sat Mar 14 08:00:00 EST 2026", "Sat, 14 Mar 2026 08:00:00 IST",
        "2026-03-14T08:00[Europe/Paris]", "14 Mär 2026", "14 foo 2026", "2026-W54-1", "2026-366", "2026-000",
        "20261314", "2026-03-14 13:00 PM", "2026-03-14 08:61", "2026-03-14 24:30", "Mar 14", "1773475200",
        "2026-03/14", "yesterday", "14 Mar 2026 08:00 " + "x" * 90, "20２60314",
    ],
)  # fmt: skip
def test_what_has_no_one_meaning_is_refused(text: str):
    """Days and months that could change places, zones of several places, a day of the week that is another one."""
    assert parse_date(text, tz=VIENNA) is None


@given(st.datetimes(datetime(1970, 1, 1), datetime(2068, 12, 31), timezones=st.just(UTC)))  # noqa: DTZ001 - in UTC
def test_what_python_prints_is_read(moment: datetime):
    """In each of its forms."""
    whole = moment.replace(microsecond=0)
    for text in (str(moment), moment.isoformat(), format_datetime(moment), format_datetime(whole, usegmt=True),
                 moment.strftime("%Y%m%dT%H%M%SZ"), moment.strftime("%G-W%V-%uT%H:%M:%SZ")):  # fmt: skip
        assert whole == parse_date(text, tz=VIENNA), text
    assert whole.replace(tzinfo=VIENNA).astimezone(UTC) == parse_date(whole.ctime(), tz=VIENNA)


@given(st.text(max_size=30) | st.text(st.sampled_from("0123456789-/:TZ +Marto,()"), max_size=40))
def test_no_text_stops_anything(text: str):
    """Whatever is written, there is a moment or a hint."""
    assert parse_date(text, tz=UTC) or date_hint(text)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("write 2026-03-14T08:00:00Z", 1773475200),
        ("write 2026-03-14T08:00:00Z", "1773475200000"),
        ("a number is not a date", 20260314),
        ("2026-03-14T08:00:00Z", 1773475200.5),
        ("a number is not a date", 2026.5),
        ("that day is a Saturday", "Fri, 14 Mar 2026 08:00:00 GMT"),
        ("that day is a Saturday", "Sunday 14 March 2026"),
        ("ambiguous: which is the day, which the month?", "03/04/2026"),
        ("ambiguous: which is the day, which the month?", "14.03.2026 08:00"),
        ("EST is the name of several time zones", "2026-03-14 08:00:00 EST"),
        (DATE_HINT, "yesterday"),
        (DATE_HINT, None),
    ],
)
def test_hints_say_what_to_write(words: str, value: object):
    """Each kind of mistake has its own, and the diagnostic carries it."""
    assert words in date_hint(value)
    found = parse(f"---\ntitle: A\npublishedDateTime: {value or ''}\n---\n")
    assert [words in d.hint for d in found.diagnostics] == [True]
