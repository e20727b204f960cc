"""Moments become aware UTC, and what names no moment is None."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pelican.plugins.news_digest.text.dates import parse_date

VIENNA = ZoneInfo("Europe/Vienna")


@pytest.mark.parametrize(
    ("expected", "value"),
    [
        ("2026-05-01T08:00:00", "2026-05-01T08:00:00Z"),
        ("2026-05-01T08:00:00", "2026-05-01t08:00:00z"),
        ("2026-05-01T08:00:00", " 2026-05-01 08:00:00 Z "),
        ("2026-05-01T08:00:00", "2026-05-01T08:00:00.999Z"),
        ("2026-05-01T08:00:00", "2026-05-01T10:00:00+02:00"),
        ("2026-05-01T08:00:00", "2026-05-01T02:30:00-0530"),
        ("2026-05-01T08:00:00", "2026-05-01T10:00:00"),
        ("2026-05-01T08:00:00", "2026-05-01 10:00"),
        ("2026-05-01T08:00:00", "2026-5-1 10:00"),
        ("2026-04-30T22:00:00", "2026-05-01"),
        ("2026-04-30T22:00:00", date(2026, 5, 1)),
        ("2026-05-01T08:00:00", datetime(2026, 5, 1, 10, 0, 0)),  # noqa: DTZ001 - as YAML reads it
        ("2026-05-01T08:00:00", datetime(2026, 5, 1, 9, 0, 0, 5, tzinfo=timezone(timedelta(hours=1)))),
    ],
)
def test_every_form_names_its_moment(expected: str, value: object) -> None:
    """Offsets count, what names no zone is in the site's, a date alone is midnight there, and fractions go."""
    assert datetime.fromisoformat(expected).replace(tzinfo=UTC) == parse_date(value, tz=VIENNA)


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        "soon",
        "2026",
        "2026-13-02",
        "2026-02-30",
        "2026-13-01T00:00:00Z",
        "2026-05-01T25:00:00Z",
        "2026-05-01T08:00:00+25:00",
        "2026-05-01T08:00:00Z or so",
        "2026-05-01T08:00,00Z",
        "0000-01-01",
        "0001-01-01T00:00:00+10:00",
        "9999-12-31T23:59:59-10:00",
        "0999-12-31T23:59:59Z",
        "9990-01-01T00:00:00Z",
        "01.05.2026",
        "２０２６-０５-０１",
        20260501,
        True,
        1.5,
        [],
        {},
    ],
)
def test_what_is_no_date_names_none(value: object) -> None:
    """Whatever names no moment is None and never an exception."""
    assert parse_date(value, tz=UTC) is None


def test_a_time_that_the_clock_change_skips_still_names_a_moment() -> None:
    """Half past two on the night when clocks go forward is read as Python's own rule has it."""
    assert datetime(2026, 3, 29, 1, 30, tzinfo=UTC) == parse_date("2026-03-29 02:30", tz=VIENNA)


@settings(max_examples=100, deadline=None)
@given(st.datetimes(min_value=datetime(1000, 1, 3), max_value=datetime(9989, 12, 29), timezones=st.timezones()))  # noqa: DTZ001
def test_a_written_date_reads_back(moment: datetime) -> None:
    """What ISO 8601 writes is read as the same second."""
    expected = moment.astimezone(UTC).replace(microsecond=0)
    assert expected == parse_date(expected.isoformat(), tz=VIENNA)


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from("0123456789-T:Z+ .")) | st.text())
def test_no_text_raises(value: str) -> None:
    """Any text is a moment in UTC or None."""
    found = parse_date(value, tz=VIENNA)
    assert found is None or found.utcoffset() == timedelta(0)
